"""What a run says of change: called ties, density over time, how firm an order is; and to whom."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.pipeline import run_community
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.practice.leaders import find_leaders
from sanshe_net.practice.over_time import density_over_time
from sanshe_net.practice.regulars import find_regulars
from sanshe_net.practice.standing import how_firm
from sanshe_net.records import Period, Records
from sanshe_net.settings import Settings
from sanshe_net.viz.report import Findings, draw_report, network_figures
from sanshe_net.viz.report_time import methods
from sanshe_net.viz.report_wording import Wording
from sanshe_net.viz.time_chart import density_chart, per_cent
from sanshe_net.vocabulary import LANGUAGES

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"


def sign_ins() -> str:
    """Two activities a week for nine months: four circles that keep to themselves, a worker at each activity."""
    rows = ["姓名,身份,活动,日期"]
    draw = np.random.default_rng(5)
    for turn in range(78):
        day = f"{pd.Timestamp('2024-01-02') + pd.Timedelta(days=3.5 * turn):%Y-%m-%d}"
        circle = SURNAMES[turn % 4 :: 4]
        here = draw.choice(list(circle), 5, replace=False)
        rows.append(f"何社工,社工,排练{turn},{day}")
        rows += [f"{name}一,居民,排练{turn},{day}" for name in here]
    return "\n".join(rows) + "\n"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("change")
    (folder / "签到.csv").write_text(sign_ins(), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def records(sheets: Path) -> Records:
    return read_records([sheets])


def findings_of(records: Records, **options: object) -> Findings:
    days, network = records.activities["date"], build_network(records)
    leaders = find_leaders(records, draws=100)
    return Findings(
        title="", period=(days.min(), days.max()), indicators=headline_indicators(records), leaders=leaders,
        network=network, figures=network_figures(network), records=records, simulated=False,
        regulars=find_regulars(records), standing=how_firm(records, leaders),
        over_time=density_over_time(records, null_draws=5, draws=60, **options),  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture(scope="module")
def findings(records: Records) -> Findings:
    return findings_of(records)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    folder = tmp_path_factory.mktemp("few")
    text = "姓名,活动,日期\n" + "\n".join(
        f"{name}一,练习{turn},2024-05-{turn + 1:02d}"
        for turn in range(6)
        for name in SURNAMES[turn : turn + 4]
    )
    (folder / "签到.csv").write_text(text + "\n", encoding="utf-8")
    return findings_of(read_records([folder]))


def text_of(findings: Findings, lang: str) -> str:
    page = draw_report(findings, lang=lang)  # type: ignore[arg-type]
    return " ".join(unescape(re.sub(r"<style.*?</style>|<[^>]+>", "", page, flags=re.DOTALL)).split())


def test_ties_called_among_residents_keep_within_the_circles(records: Records) -> None:
    found = find_regulars(records)

    assert found.because is None
    assert found.residents is not None
    assert found.everybody is not None
    assert found.everybody.people == found.residents.people + 1  # the worker
    circle = {f"{name}一": place % 4 for place, name in enumerate(SURNAMES)}
    names = records.people["name"]
    ties = found.residents.ties
    ends = [names[ties[end]].map(circle).tolist() for end in ("source", "target")]
    assert len(ties)
    assert ends[0] == ends[1]
    assert found.explain("zh")[-1].startswith("连同工作人员共 25 人")


def test_the_table_of_called_ties_names_both_networks_and_both_people(findings: Findings) -> None:
    assert findings.regulars is not None
    table = findings.regulars.table(findings.network.actors["label"])

    assert set(table["network"]) <= {"residents", "all"}
    assert table[["source_label", "target_label"]].notna().all(axis=None)
    assert (table["joint"] >= 2).all()
    assert (table["q"] <= 0.05).all()


def test_without_a_named_sign_in_the_reason_stands_in_place_of_ties(records: Records) -> None:
    nobody = replace(records, attendance=records.attendance.iloc[:0])
    found = find_regulars(nobody)

    assert found.residents is None
    assert found.everybody is None
    assert found.explain("en") == [found.because.en]  # type: ignore[union-attr]
    assert found.table(pd.Series(dtype=str)).empty
    assert "no sign-in says who" in str(found.facts()["residents"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_too_few_records_are_a_normal_answer(few: Findings, lang: str) -> None:
    text = text_of(few, lang)

    assert {"zh": "这是正常的结果", "en": "That is a normal result"}[lang] in text
    assert {"zh": "没有两个完整的时期可以比较", "en": "neither a rise nor a fall can be claimed"}[
        lang
    ] in text
    assert {"zh": "不能拿来比较高低", "en": "not to be compared"}[lang] in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_says_plainly_what_the_tests_found_and_how(findings: Findings, lang: str) -> None:
    text = text_of(findings, lang)
    found = findings.over_time
    assert found is not None

    assert {"zh": "相邻的 2 组时期：", "en": "Neighbouring periods (2 pairs): "}[lang] in text
    for sentence in found.explain(lang):  # type: ignore[arg-type]
        assert " ".join(sentence.split()) in text
    assert " ".join(found.methods(lang).split()) in text  # type: ignore[arg-type]
    assert f"{found.table['rarefied_at'].iloc[0]:.0f}" in text


def test_the_chart_has_a_dot_with_an_interval_for_each_value_and_marks_what_is_partial(
    findings: Findings,
) -> None:
    found = findings.over_time
    assert found is not None
    table = found.table
    options = {"title": "<b>", "description": "&", "raw": "density_roster", "nothing": "none"}
    chart = str(density_chart(table, **options))
    values = int(table["rarefied"].notna().sum())

    assert values == 3
    assert chart.count('class="interval"') == chart.count('class="equal"') - 1 == values  # one line
    assert "<b>" not in chart
    begun = table.assign(complete=[False, True, True])
    hollow = str(density_chart(begun, **options))
    assert hollow.count('class="equal open"') == hollow.count('class="raw open"') == 1
    assert "Q1*" in hollow
    assert "Q2*" not in hollow
    gone = str(density_chart(table.assign(rarefied=np.nan), **options))
    assert gone.count(">none<") == 3
    assert 'class="interval"' not in gone


@pytest.mark.parametrize(("value", "said"), [(0.0, "0"), (0.0123, "1.2%"), (0.25, "25%"), (1.0, "100%")])
def test_a_small_share_keeps_its_digits(value: float, said: str) -> None:
    assert per_cent(value) == said


def test_many_or_long_phases_stay_within_the_chart() -> None:
    columns = ["rarefied", "rarefied_low", "rarefied_high", "density_roster"]
    table = pd.DataFrame(0.01, index=[f"第{i}个很长很长的阶段名称" for i in range(40)], columns=columns)
    chart = str(
        density_chart(table.assign(complete=True), title="", description="", raw=columns[3], nothing="")
    )

    assert chart.count('class="name"') == 10
    assert not re.search(r">[^<]{6,}</text>", chart.replace("&#", ""))


def test_whoever_cannot_be_told_from_the_first_is_shown_as_tied(findings: Findings) -> None:
    standing = findings.standing
    assert standing is not None
    assert standing.because is None
    table = standing.table(findings.records.people["name"])

    assert table["rank_low"].iloc[0] == 1
    assert len(standing.first) == table["tied"].iloc[0] + 1
    names = findings.records.people["name"].reindex(standing.first[:15])
    assert "、".join(names) in text_of(findings, "zh")
    assert "10%" in standing.explain("en")[-1]


def test_six_activities_of_three_people_have_no_firm_order(tmp_path: Path) -> None:
    (tmp_path / "签到.csv").write_text(
        "姓名,活动,日期\n赵一,晨练,2024-01-01\n钱一,晨练,2024-01-01\n", encoding="utf-8"
    )
    records = read_records([tmp_path])
    standing = how_firm(records, find_leaders(records, draws=5))

    assert standing.because is not None
    assert standing.first == ()
    assert standing.explain("en") == [standing.because.en]
    assert standing.table(records.people["name"]).empty


def test_the_methods_name_the_null_and_what_a_called_tie_is(findings: Findings) -> None:
    said = " ".join(methods(findings, Wording("en")))

    assert "SDSM" in said
    assert "Benjamini-Hochberg" in said
    assert "5 draws a period" in said


def test_a_run_writes_rules_counts_and_tables(sheets: Path, tmp_path: Path) -> None:
    settings = Settings(draws=40, phases=(Period("起步", *map(pd.Timestamp, ("2024-01-01", "2024-05-31"))),))
    steps: list[str] = []
    run_community([sheets], tmp_path / "out", settings=settings, on_step=lambda step: steps.append(step.en))
    facts = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")

    called = pd.read_csv(tmp_path / "out" / "tables" / "called_ties.csv")
    assert facts["called_ties"]["residents"]["called"] == (called["network"] == "residents").sum() > 0
    assert facts["called_ties"]["residents"]["model"] == "sdsm"
    assert facts["over_time"]["null_draws"] == 50
    assert facts["over_time"]["periods"] == 1  # the phase
    assert {"called_ties", "over_time", "period_tests", "standing"} <= set(book.sheetnames)
    shown = [cell.value for cell in book["called_ties"][2]]
    assert shown[0] == "居民之间"
    assert "Comparing the periods" in steps


def test_where_days_are_months_neither_phases_nor_lengths_in_days_are_told(records: Records) -> None:
    """What a partner is given: see share/partner.py."""
    from sanshe_net.build.read import read_inputs  # noqa: F401 - the reading is stood in for below
    from sanshe_net.pipeline import Profile, _over_time

    class Stand:
        pass

    reading = Stand()
    reading.records = records  # type: ignore[attr-defined]
    months = records.activities["date"].dt.to_period("M").dt.to_timestamp()
    coded = replace(records, activities=records.activities.assign(date=months))
    phases = (Period("甲", *map(pd.Timestamp, ("2024-01-10", "2024-05-20"))),)
    settings = Settings(draws=20, phases=phases)
    found = _over_time(coded, reading, settings, Profile(names=False))  # type: ignore[arg-type]
    own = _over_time(records, reading, settings, Profile())  # type: ignore[arg-type]

    assert [window.label for window in own.windows] == ["甲"]
    assert [window.label for window in found.windows] == ["2024Q1", "2024Q2", "2024Q3"]
    assert [window.complete for window in found.windows] == [True, True, True]
    assert found.lengths.isna().all()
    assert attendance_of(coded).shape == attendance_of(records).shape
