"""The report in a real browser: on a laptop, on a phone, on paper, and with the network cut."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.demo import write_demo
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.practice.leaders import find_leaders
from sanshe_net.practice.over_time import density_over_time
from sanshe_net.practice.regulars import find_regulars
from sanshe_net.practice.standing import how_firm
from sanshe_net.viz.report import Findings, draw_report, network_figures, write_report

LONG = "Donaudampfschifffahrtsgesellschaft" * 2
HOSTILE = [
    "</script><script>window.hit=1</script>",
    '<img src=x onerror="window.hit=1">',
    "'\"><svg onload=window.hit=1>",
    "</style><script>window.hit=1</script>",
    "</title><script>window.hit=1</script>",
]
LAPTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


def report_of(folder: Path, title: str, *, simulated: bool) -> dict[str, str]:
    records = read_records([folder])
    days, network = records.activities["date"], build_network(records)
    leaders = find_leaders(records, draws=200)
    findings = Findings(
        title=title,
        period=(days.min(), days.max()),
        indicators=headline_indicators(records),
        leaders=leaders,
        network=network,
        figures=network_figures(network),
        records=records,
        simulated=simulated,
        regulars=find_regulars(records),
        over_time=density_over_time(records, null_draws=20, draws=200),
        standing=how_firm(records, leaders),
    )
    return {lang: draw_report(findings, lang=lang) for lang in ("zh", "en")}


def written(folder: Path, pages: dict[str, str]) -> dict[str, Path]:
    paths = {lang: folder / f"report_{lang}.html" for lang in pages}
    for lang, page in pages.items():
        write_report(paths[lang], page)
    return paths


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return written(folder, report_of(folder / "records", "青云社区", simulated=True))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> dict[str, Path]:
    """Names that want to run, and a name, a title and an activity too long for any column."""
    folder = tmp_path_factory.mktemp("hostile")
    rows = ["name,activity,date,role"]
    for week in range(20):
        day = date(2024, 1, 3) + timedelta(days=7 * week)
        for name in [*HOSTILE, LONG, *(f"{letter}{letter}" for letter in "ABCDEFGHIJ")]:
            cell = name.replace('"', '""')
            role = "organiser" if name in HOSTILE or name == LONG else "participant"
            rows.append(f'"{cell}","{LONG}{week % 3}",{day},{role}')
    sheets = folder / "records"
    sheets.mkdir()
    (sheets / f"{LONG[:90]}.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return written(folder, report_of(sheets, f"{HOSTILE[4]}{LONG}", simulated=False))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["demo", "hostile"])
def test_page_is_quiet_and_asks_for_nothing(open_page, request, which, lang):
    path = request.getfixturevalue(which)[lang]
    opened = open_page(path)
    assert opened.requests == [path.resolve().as_uri()]
    assert opened.console == []
    assert opened.errors == []
    assert opened.page.evaluate("window.hit") is None


@pytest.mark.parametrize(
    "viewport", [LAPTOP, {"width": 1024, "height": 768}, PHONE], ids=["1366", "1024", "390"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", ["demo", "hostile"])
def test_no_sideways_scrolling_with_everything_open(open_page, request, which, lang, viewport):
    page = open_page(request.getfixturevalue(which)[lang], viewport=viewport).page
    page.evaluate("document.querySelectorAll('details').forEach(card => { card.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_prints_on_at_most_five_sheets(open_page, demo, lang):
    page = open_page(demo[lang]).page
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= 5


def test_a_name_opens_its_evidence_card(open_page, demo):
    page = open_page(demo["zh"]).page
    card = page.locator("#card-2")
    assert not card.is_visible()
    page.locator('a[href="#card-2"]').click()
    card.wait_for(state="visible")
    assert card.locator(".facts li").count() == 5


def test_cards_open_with_the_keyboard(open_page, demo):
    page = open_page(demo["zh"]).page
    page.locator(".cards summary").first.focus()
    page.keyboard.press("Enter")
    page.locator("#card-1").wait_for(state="visible")


def test_small_type_stays_readable(open_page, demo):
    """Nothing on a phone is smaller than 9 px, the chart included."""
    page = open_page(demo["zh"], viewport=PHONE).page
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll('svg.periods text')].map(text => {
             const scale = text.ownerSVGElement.getBoundingClientRect().width / 440;
             return parseFloat(getComputedStyle(text).fontSize) * scale;
           }), ...[...document.querySelectorAll('main p, main td, main th, main dd, main span')]
             .map(element => parseFloat(getComputedStyle(element).fontSize)))"""
    )
    assert smallest >= 9
