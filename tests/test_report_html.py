"""The report page without a browser: what it says, in which language, and what it can never do."""

from __future__ import annotations

import re
import string
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sanshe_net import vocabulary
from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.errors import OutputError
from sanshe_net.network import Network
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.practice.leaders import find_leaders
from sanshe_net.practice.who_is_who import Sensitivity
from sanshe_net.privacy.coded import KEPT
from sanshe_net.records import Records, empty_records
from sanshe_net.viz import report_wording
from sanshe_net.viz.charts import period_chart, rank_strip
from sanshe_net.viz.report import Findings, draw_report, network_figures, write_report
from sanshe_net.viz.report_findings import main_findings
from sanshe_net.vocabulary import LANGUAGES

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
HOSTILE = [
    "</script><script>window.hit=1</script>",
    '<img src=x onerror="window.hit=1">',
    "'\"><svg onload=window.hit=1>",
    "javascript:window.hit=1//href",
    "{{7*7}}${window.hit=1}{0}{title}",
    "a\u2028b\u2029c</title><script>window.hit=1</script>",
    "<!--<script>",
    "]]>&lt;&amp;",
    "\u202eevil\u202d",
    "--></style><style>*{display:none}",
]
THREE_ROWS = "姓名,活动,日期\n张三,健康讲座,2024-05-04\n李四,健康讲座,2024-05-04\n王五,健康讲座,2024-05-04\n"
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


def sign_ins() -> str:
    """Forty weekly activities: 24 residents who come in turns, four who organise, a social worker at each."""
    rows = ["姓名,身份,角色,活动,日期"]
    for week in range(40):
        day = f"{pd.Timestamp('2024-01-20') + pd.Timedelta(days=7 * week):%Y-%m-%d}"
        what = f"合唱排练{week}"
        rows.append(f"何社工,社工,工作人员,{what},{day}")
        rows.append(f"{SURNAMES[week % 4]}一,居民,组织者,{what},{day}")
        rows += [f"{SURNAMES[4 + (week * 3 + seat) % 20]}一,居民,参加者,{what},{day}" for seat in range(6)]
    return "\n".join(rows) + "\n"


def roster() -> str:
    rows = ["姓名,身份,性别,年龄,户籍,楼栋"]
    for place, surname in enumerate(SURNAMES):
        hukou = "本地户籍" if place % 3 else "非本地户籍"
        rows.append(
            f"{surname}一,居民,{'女' if place % 2 else '男'},{20 + 2 * place},{hukou},{place % 3 + 1}栋"
        )
    return "\n".join(rows) + "\n"


def read(folder: Path, **sheets: str) -> Records:
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_records([folder])


def findings_of(records: Records, title: str = "青云社区", *, simulated: bool = False) -> Findings:
    days, network = records.activities["date"], build_network(records)
    return Findings(
        title=title,
        period=(days.min(), days.max()),
        indicators=headline_indicators(records),
        leaders=find_leaders(records, draws=200),
        network=network,
        figures=network_figures(network),
        records=records,
        simulated=simulated,
    )


@pytest.fixture(scope="module")
def community(tmp_path_factory) -> Findings:
    folder = tmp_path_factory.mktemp("community")
    return findings_of(read(folder, 签到=sign_ins(), 名册=roster()), simulated=True)


@pytest.fixture(scope="module")
def smallest(tmp_path_factory) -> Findings:
    return findings_of(read(tmp_path_factory.mktemp("smallest"), 签到=THREE_ROWS), title="")


class Page(HTMLParser):
    """Tags, attributes and visible text of a page; text inside ``bdi`` (what people typed) apart."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.ours: list[str] = []
        self.typed: list[str] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ours += [value for name, value in attrs if name in ("data-label", "aria-label", "title")]
        if tag not in ("meta", "path", "rect", "circle"):
            self._open.append(tag)

    def handle_endtag(self, tag):
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data):
        if "style" in self._open:
            return
        typed = "bdi" in self._open or self._open[-2:] == ["head", "title"]
        (self.typed if typed else self.ours).append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.ours).split())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_page_loads_nothing_and_runs_nothing(community, lang):
    page = Page(draw_report(community, lang=lang))
    names = {tag for tag, _ in page.tags}
    assert not names & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "audio",
        "video",
    }
    for tag, attributes in page.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", tag  # the policy would block it
            if name in ("src", "href", "srcset", "action", "data"):
                assert value is not None
                assert value.startswith("#"), (tag, value)
    style = re.search(r"<style>(.*?)</style>", draw_report(community, lang=lang), re.DOTALL)
    assert style is not None
    assert "@import" not in style[1]
    assert set(re.findall(r"url\(([^)]*)\)", style[1])) == {'"#hatch"'}


def test_policy_allows_only_the_own_style_sheet(community):
    import hashlib
    from base64 import b64encode

    page = draw_report(community)
    styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert len(styles) == 1
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def test_links_lead_to_a_card_on_the_page(community):
    page = Page(draw_report(community))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    links = [attributes["href"][1:] for tag, attributes in page.tags if tag == "a"]
    assert len(ids) == len(set(ids))
    assert links
    assert set(links) <= set(ids)


@pytest.mark.parametrize("payload", HOSTILE)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_text_stays_text(community, payload, lang):
    records = community.records
    people = records.people.assign(name=payload, building=payload, sex=payload)
    dirty = replace(
        records,
        people=people,
        activities=records.activities.assign(title=payload),
        attendance=records.attendance.assign(file=payload, sheet=payload),
        sources=records.sources.assign(file=payload, sheet=payload),
        problems=pd.DataFrame(
            [
                (
                    "W-SAME-NAME",
                    "warning",
                    "used",
                    payload,
                    payload,
                    3,
                    "A3",
                    payload,
                    payload,
                    payload,
                    payload,
                )
            ],
            columns=records.problems.columns[:11],
        ),
    )
    html = draw_report(findings_of(dirty, title=payload), lang=lang)
    page, clean = Page(html), Page(draw_report(community, lang=lang))
    assert {tag for tag, _ in page.tags} <= {tag for tag, _ in clean.tags} | {
        "code"
    }  # the clean page has no problems
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert page.typed.count(payload) >= 10  # and it is there, as it was typed
    assert not any(payload in text for text in page.ours)


def test_half_characters_can_be_written(community, tmp_path):
    page = draw_report(replace(community, title="青云\ud800社区"))
    write_report(tmp_path / "report.html", page)
    assert "青云?社区" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("which", ["community", "smallest"])
def test_english_page_has_no_chinese_words_of_ours(which, request):
    page = Page(draw_report(request.getfixturevalue(which), lang="en"))
    assert not CHINESE.search(page.text), CHINESE.search(page.text)


@pytest.mark.parametrize("which", ["community", "smallest"])
def test_chinese_page_has_no_english_sentences_of_ours(which, request):
    page = Page(draw_report(request.getfixturevalue(which), lang="zh"))
    # What may stay Latin: versions, error codes, file names, a person's name, an index, a quarter.
    kept = (
        r"\b[EWN]-[A-Z-]+|sanshe_net|Python|pandas|numpy|scipy|igraph|Newman|\(E-I\)|\bQ[1-4]|"
        r"tables/evidence\.csv|issues\.xlsx"
    )
    assert not re.findall(r"[A-Za-z]{2,}", re.sub(kept, "", page.text))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_term_of_the_code_reaches_the_reader(community, lang):
    text = Page(draw_report(community, lang=lang)).text.replace("sanshe_net", "").replace("rank_", "rank ")
    assert not re.findall(r"[a-z]+_[a-z_]+", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_people_are_never_called_names(community, lang):
    text = Page(draw_report(community, lang=lang)).text
    assert not [word for word in ("精英", "边缘人", "无用", "elite", "marginal", "useless") if word in text]


def test_every_wording_has_the_same_facts_in_both_languages():
    def facts(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}

    for key, (zh, en) in report_wording.REPORT_TEXTS.items():
        bilingual = {"zh", "en"}  # English names a Chinese column by both
        assert facts(zh) - bilingual == facts(en) - bilingual, key
        assert zh != en, key
        assert not CHINESE.search(en), key


def test_every_wording_is_used():
    folder = Path(report_wording.__file__).parent
    files = (
        "report.py",
        "report_findings.py",
        "report_people.py",
        "report_time.py",
        "figures.py",
        "report_wording.py",
        "templates/report.html.j2",
    )
    source = "".join((folder / name).read_text(encoding="utf-8") for name in files)
    source = re.sub(r"REPORT_TEXTS.*?# fmt: skip", "", source, count=1, flags=re.DOTALL)
    made = {
        f"column_{name}"
        for name in ("activities", "attendances", "people", "range", "rank", "ranks", "share")
    }
    made |= {f"if_{name}" for name in ("actors", "ties", "density", "mean_degree", "components", "ei_index")}
    made |= {f"time_{name}" for name in ("denser", "sparser", "no_change", "not_comparable")}
    made |= {"if_largest_component_share", "network_residents", "network_all", "column_named"}
    unused = [key for key in report_wording.REPORT_TEXTS if f'"{key}"' not in source and key not in made]
    assert not unused


def test_evidence_units_cover_every_line():
    from sanshe_net.practice.leaders import LINES

    assert list(report_wording.EVIDENCE_UNITS)
    assert set(report_wording.EVIDENCE_UNITS) == set(LINES)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_same_findings_same_bytes(community, lang):
    assert draw_report(community, lang=lang).encode() == draw_report(community, lang=lang).encode()


def test_file_is_utf8_with_plain_line_ends(community, tmp_path):
    page = draw_report(community)
    write_report(tmp_path / "report.html", page)
    written = (tmp_path / "report.html").read_bytes()
    assert written.decode("utf-8") == page
    assert b"\r" not in written


def test_unknown_language_is_refused(community):
    with pytest.raises(OutputError, match="E-VALUE"):
        draw_report(community, lang="fr")


def test_rows_read_are_printed_as_an_equation(community):
    sums = community.records.sources.sum(numeric_only=True).astype(int)
    text = Page(draw_report(community, lang="en")).text
    expected = (
        f"rows read {sums['rows_in']} = used {sums['used']} + duplicate {sums['duplicate']} "
        f"+ left out {sums['left_out']} + set aside for correction {sums['quarantined']}"
    )
    assert expected in text
    assert sums["rows_in"] == sums[["used", "duplicate", "left_out", "quarantined"]].sum()


def test_an_equation_that_does_not_hold_is_not_shown_as_one(community):
    sources = community.records.sources.assign(used=1)
    broken = replace(community, records=replace(community.records, sources=sources))
    page = draw_report(broken, lang="en")
    assert "≠" in page
    assert "does not balance" in page


def test_density_never_without_mean_degree(community):
    for figures in (community.figures, network_figures(Network.from_edges([("a", "b")]))):
        for _, rows in figures.groupby("network"):
            assert {"density", "mean_degree"} <= set(rows["measure"])
    text = Page(draw_report(community, lang="en")).text
    assert text.lower().count("mean degree") >= text.lower().count("density")


def test_figures_by_hand():
    actors = pd.DataFrame(
        {
            "label": list("abcde"),
            "kind": ["resident"] * 4 + ["social_worker"],
            "hukou": ["local", "local", "non_local", None, None],
        },
        index=list("abcde"),
    )
    ties = pd.DataFrame(
        [
            ("a", "b", "co_attendance"),
            ("b", "c", "co_attendance"),
            ("d", "e", "co_attendance"),
            ("a", "b", "council"),
        ],
        columns=["source", "target", "layer"],
    )
    figures = network_figures(Network.from_edges(ties, actors=actors)).set_index(["network", "measure"])[
        "value"
    ]
    assert figures["residents"].to_dict() == pytest.approx({
        "actors": 4, "ties": 2, "mean_degree": 1.0, "density": 2 / 6, "components": 2,
        "largest_component_share": 0.75, "ei_index": 0.0,
    })  # fmt: skip
    assert figures["all", "ties"] == 3  # two layers between a and b are one pair
    assert figures["all", "ei_index"] == pytest.approx(-1 / 3)


def test_figures_of_one_actor_say_so():
    network = Network.from_edges([], actors=pd.DataFrame(index=["a"]))
    figures = network_figures(network).set_index("measure")
    assert figures.at["density", "en"] == "not defined"
    assert network_figures(Network.from_edges([])).empty


def headline(findings: Findings, lang: str) -> tuple[str, str]:
    """Return the figure about the candidates, and the words beside it."""
    found = main_findings(findings, report_wording.Wording(lang))[1]
    return found["figure"], f"{found['sentence']} {found['condition']}"


def with_intervals(findings: Findings, lines: list[str], *, low: int, high: int) -> Findings:
    """Return the findings with rank intervals on these lines only, the same for everybody listed."""
    ranks = findings.leaders.ranks.assign(rank_low=np.nan, rank_high=np.nan)
    held = ranks["evidence"].isin(lines)
    ranks.loc[held, ["estimate", "rank_low", "rank_high"]] = [1.0, float(low), float(high)]
    return replace(findings, leaders=replace(findings.leaders, ranks=ranks))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_with_intervals_on_one_line_the_headline_counts_on_that_line(community, lang):
    listed = len(community.leaders.shortlist)
    figure, said = headline(with_intervals(community, ["activities_attended"], low=1, high=1), lang)
    assert figure == f"{listed} / {listed}"
    assert {"zh": "只有这一条证据", "en": "the only line"}[lang] in said
    assert {"zh": "涉及的活动太少", "en": "too few activities"}[lang] in said
    assert {"zh": "伸出", "en": "beyond"}[lang] not in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_headline_says_beyond_only_of_those_who_reach_beyond(community, lang):
    top = community.leaders.top_k
    listed = len(community.leaders.shortlist)
    both = ["activities_attended", "activities_organised"]
    beyond = {"zh": "伸出前", "en": "beyond"}[lang]

    figure, said = headline(with_intervals(community, both, low=1, high=top), lang)
    assert (figure, beyond in said) == (f"{listed} / {listed}", False)
    figure, said = headline(with_intervals(community, both, low=1, high=top + 1), lang)
    assert (figure, beyond in said) == (f"0 / {listed}", True)
    assert str(listed) in said[said.index(beyond) - 20 :]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_any_interval_the_headline_says_so_instead_of_counting_none(community, lang):
    figure, said = headline(with_intervals(community, [], low=1, high=1), lang)
    assert figure == "—"
    assert {"zh": "没有一条证据算得出名次区间", "en": "no line of evidence has rank intervals"}[lang] in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_candidates_whose_intervals_all_hold_but_on_too_few_lines_are_counted_apart(community, lang):
    found = with_intervals(community, ["activities_attended", "activities_organised"], low=1, high=1)
    ranks, first = found.leaders.ranks.copy(), found.leaders.shortlist.index[0]
    ranks.loc[(ranks["person_id"] == first) & (ranks["evidence"] == "activities_organised"), "estimate"] = 0.0
    figure, said = headline(replace(found, leaders=replace(found.leaders, ranks=ranks)), lang)
    listed = len(found.leaders.shortlist)
    assert figure == f"{listed - 1} / {listed}"
    assert {"zh": "其余 1 位有区间的证据不足 2 条", "en": "fewer than 2 line(s): 1"}[lang] in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pack_asks_for_nothing_that_it_left_out_itself(smallest, lang):
    def asked(findings: Findings) -> str:
        page = draw_report(findings, lang=lang)
        return unescape(page[page.index('id="h-gaps"') : page.index('id="h-problems"')])

    pack = asked(replace(smallest, mark=vocabulary.Label("给街道", "for the street office")))
    for column in ("楼栋", "被推荐人"):
        assert column in asked(smallest)
        assert column not in pack
    assert "户籍" in pack
    assert "building" not in KEPT["people"]
    assert not KEPT["nominations"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_unresolved_rows_of_people_who_did_not_come_are_not_called_attendances(community, lang):
    rows = community.records.attendance.copy()
    rows.loc[rows.index[:3], "person_id"] = None
    rows.loc[rows.index[:2], "present"] = False
    text = Page(
        draw_report(replace(community, records=replace(community.records, attendance=rows)), lang=lang)
    ).text
    assert {"zh": "1 行到场的签到", "en": "names are shared or incomplete: 1."}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_smallest_input(smallest, lang):
    text = Page(draw_report(smallest, lang=lang)).text
    assert ("名次说明不了什么" if lang == "zh" else "ranks say nothing yet") in text
    assert {"zh": "社区签到记录报告", "en": "Report from the sign-in records"}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_joining_the_suggested_pairs_would_change_is_shown_row_by_row(community, lang):
    rows = [("留下", True, True), ("进来", False, True), ("=出去<b>", True, False)]
    table = pd.DataFrame(rows, columns=["label", "none_merged", "all_merged"])
    page = Page(draw_report(replace(community, sensitivity=Sensitivity(3, table, 7)), lang=lang))
    text = " ".join(page.ours)
    facts = [text for text in page.typed if text in ("进来", "=出去<b>", "留下")]

    assert facts == ["进来", "=出去<b>"]
    assert ("7 行签到分不清是谁，未计入个人结果。" in text) == (lang == "zh")
    assert "7" in text
    assert not any(tag == "b" and attrs for tag, attrs in page.tags)


def test_without_pairs_or_unresolved_rows_the_report_says_only_that(community):
    nobody = Sensitivity(0, pd.DataFrame(columns=["label", "none_merged", "all_merged"]), 0)
    html = draw_report(replace(community, sensitivity=nobody))

    assert nobody.explain("zh") in html
    assert "分不清是谁，未计入" not in html


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_candidates_and_no_ties(smallest, lang):
    leaders, network = smallest.leaders, smallest.network
    bare = replace(network, ties=network.ties.iloc[:0])
    empty = replace(
        smallest,
        leaders=replace(
            leaders,
            shortlist=leaders.shortlist.iloc[:0],
            ranks=leaders.ranks.iloc[:0],
            evidence=leaders.evidence.iloc[:0],
        ),
        network=bare,
        figures=network_figures(bare),
    )
    text = Page(draw_report(empty, lang=lang)).text
    assert {"zh": "没有足够的记录，列不出候选人", "en": "Not enough records to list any candidate"}[
        lang
    ] in text
    assert {"zh": "没有联系：没有足够的记录", "en": "No ties: not enough records"}[lang] in text


def test_no_records_at_all(smallest):
    nothing = replace(
        smallest,
        period=(None, None),
        records=empty_records(),
        indicators=replace(smallest.indicators, table=smallest.indicators.table.iloc[:0],
                           by_period=smallest.indicators.by_period.iloc[:0]),
        leaders=replace(smallest.leaders, shortlist=smallest.leaders.shortlist.iloc[:0],
                        ranks=smallest.leaders.ranks.iloc[:0], coverage=float("nan")),
        network=Network.from_edges([]),
        figures=network_figures(Network.from_edges([])),
    )  # fmt: skip
    text = Page(draw_report(nothing, lang="en")).text
    assert "Period not known" in text
    assert "There is nothing to count" in text


def test_gaps_of_a_bare_sheet_are_listed_by_the_column_to_add(smallest):
    page = draw_report(smallest, lang="en")
    section = page[page.index('id="h-gaps"') : page.index('id="h-problems"')]
    gives = unescape(section).lower()
    for gap in (*smallest.indicators.gaps, *smallest.leaders.gaps):
        assert gap.needs.en[1:] in unescape(section)
        assert vocabulary.label(gap.term, "en").lower() in gives
    for ours in ("户籍", "性别", "年龄", "楼栋", "类别"):
        assert f"The column {ours}" in unescape(section)
    assert "E-I index by registration" in unescape(section)


def test_findings_count_what_the_records_hold(community):
    text = Page(draw_report(community, lang="en")).text
    assert "320 of 320 attendances have a name." in text
    assert (
        "The three most active organisers had a part in 30 of the 40 activities residents organised." in text
    )
    assert "residents who organised any: 4" in text


def test_shortlist_has_evidence_intervals_and_no_total(community):
    leaders = community.leaders
    html = draw_report(community, lang="en")
    assert html.count("<summary><b><bdi>") == len(leaders.shortlist)
    first = leaders.ranks[leaders.ranks["draws"].notna() & (leaders.ranks["estimate"] > 0)].iloc[0]
    assert f"{int(first['rank_low'])}–{int(first['rank_high'])}" in html
    assert "no total score" in html
    assert "何社工" not in html[html.index('id="h-shortlist"') : html.index('id="h-network"')]


def test_small_groups_are_hidden_with_one_more(community):
    records = community.records
    few = records.people.assign(building=["9栋"] * 3 + ["1栋"] * (len(records.people) - 13) + ["2栋"] * 10)
    html = draw_report(replace(community, records=replace(records, people=few)), lang="en")
    hidden = re.findall(r'<tr class="hidden"><th scope="row"><bdi>(.*?)</bdi></th>', html)
    assert "9栋" in hidden
    assert len(hidden) == 2


def test_incomplete_periods_are_marked(community):
    periods = community.indicators.by_period
    html = draw_report(community, lang="en")
    assert not periods["complete"].all()
    assert (
        html.count('class="partial"') == 3 * int((~periods["complete"]).sum()) + 1
    )  # two columns, one part, the key
    assert "do not compare it with complete ones" in html


def test_chart_text_is_escaped_and_many_periods_stay_readable():
    rows = [(f"{2000 + i}", 1.0, 5.0, 3.0, i > 0) for i in range(60)]
    periods = pd.DataFrame(rows, columns=["period", "activities", "attendances", "named", "complete"])
    chart = str(period_chart(periods, title="<b>", description="&", lang="en"))
    assert "<b>" not in chart
    assert chart.count('class="value"') == 24


def test_strip_shows_an_interval_only_where_there_is_one():
    with_range = rank_strip(2, 1, 50, top_k=10, ranked=900)
    assert "beyond" in with_range
    assert "range" not in rank_strip(2, float("nan"), float("nan"), top_k=10, ranked=900)


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0%"), (0.004, "<1%"), (0.5, "50%"), (0.996, ">99%"), (1.0, "100%")]
)
def test_shares_do_not_pretend(share, shown):
    assert report_wording.percent(share) == shown


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024", "2024年", "2024"),
        ("2024H1", "2024年上半年", "2024 H1"),
        ("2024-03", "2024年3月", "March 2024"),
    ],
)
def test_periods_in_words(period, zh, en):
    assert report_wording.period_name(period, "zh") == zh
    assert report_wording.period_name(period, "en") == en
