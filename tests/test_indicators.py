"""The headline counts, each against a count made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sanshe_net.build.read import read_records
from sanshe_net.practice.indicators import headline_indicators, named_coverage
from sanshe_net.records import Records


@pytest.fixture
def records(tmp_path: Path) -> Records:
    (tmp_path / "签到.csv").write_text(
        "姓名,活动,日期,角色,服务时长,联系电话\n"
        "李梅,清洁,2024-01-05,志愿者,2,\n李梅,清洁,2024-02-05,志愿者,1.5,\n王强,清洁,2024-02-05,,,\n"
        "张伟,清洁,2024-02-05,,,19900000001\n张伟,清洁,2024-02-12,,,19900000002\n张伟,清洁,2024-02-19,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "台账.csv").write_text(
        "活动名称,日期,参加人数,发起方\n清洁,2024-01-05,10,社工\n清洁,2024-02-05,2,居民\n灯会,2024-02-24,200,居委会\n",
        encoding="utf-8",
    )
    return read_records(tmp_path)


def test_counts_are_those_made_by_hand(records: Records) -> None:
    table = headline_indicators(records).table

    assert table.loc["activities", "value"] == 5
    # 10 reported, 3 signed in (2 reported), 1, 1, 200 reported.
    assert table.loc["attendances", "value"] == 10 + 3 + 1 + 1 + 200
    assert table.loc["volunteers", "value"] == 1
    assert table.loc["volunteer_hours", "value"] == 3.5
    assert table.loc["resident_initiated", "value"] == pytest.approx(1 / 3)


def test_people_of_one_name_give_a_range(records: Records) -> None:
    # 李梅, 王强, 张伟 with one phone, 张伟 with another; the row without a phone is one of them or a fifth.
    assert headline_indicators(records).table.loc["people", "zh"] == "4–5"


def test_coverage_is_named_sign_ins_over_heads(records: Records) -> None:
    assert named_coverage(records) == pytest.approx(6 / 215)


def test_what_cannot_be_counted_is_a_gap_that_names_its_column(records: Records) -> None:
    indicators = headline_indicators(records)
    gaps = {gap.term: gap.needs for gap in indicators.gaps}

    assert "support_amount" in gaps
    assert "折合金额" in gaps["support_amount"].zh
    assert not set(gaps) & set(indicators.table.index)


def signed_in(folder: Path, text: str) -> Records:
    (folder / "签到.csv").write_text(text, encoding="utf-8")
    return read_records(folder)


@pytest.mark.parametrize(
    ("sheet", "zh", "en"),
    [
        ("姓名,活动,日期\n李梅,清洁,2024-01-05\n", "“服务时长”列", "hours"),
        ("姓名,活动,日期,服务时长\n李梅,清洁,2024-01-05,2\n", "“志愿者”的行", "volunteer"),
        (
            "姓名,活动,日期,角色,服务时长\n李梅,清洁,2024-01-05,志愿者,\n王强,清洁,2024-01-05,组织者,2\n",
            "志愿者各行",
            "rows of volunteers",
        ),
    ],
)
def test_hours_that_cannot_be_summed_ask_for_what_is_really_missing(
    sheet: str, zh: str, en: str, tmp_path: Path
) -> None:
    gaps = {gap.term: gap.needs for gap in headline_indicators(signed_in(tmp_path, sheet)).gaps}

    assert zh in gaps["volunteer_hours"].zh
    assert en in gaps["volunteer_hours"].en


def test_an_absence_of_somebody_unresolved_is_no_unresolved_sign_in(records: Records) -> None:
    rows = records.attendance
    unclear = rows.index[rows["person_id"].isna()]
    absent, blank = (
        rows.assign(present=rows["present"].mask(rows.index.isin(unclear), to)) for to in (False, pd.NA)
    )

    assert records.unresolved_sign_ins() == len(unclear) == 1
    assert replace(records, attendance=absent).unresolved_sign_ins() == 0
    assert replace(records, attendance=blank).unresolved_sign_ins() == 0


def test_periods_add_up_to_the_whole_and_incomplete_ones_are_marked(demo_records: Records) -> None:
    indicators = headline_indicators(demo_records)
    periods = indicators.by_period

    assert periods["activities"].sum() == indicators.table.loc["activities", "value"]
    assert periods["attendances"].sum() == indicators.table.loc["attendances", "value"]
    assert periods["complete"].tolist() == [False, *[True] * 7, False]
    assert periods["end"].shift(1).dropna().add(pd.Timedelta(days=1)).eq(periods["start"].iloc[1:]).all()


def test_the_demo_adds_up_to_its_planted_totals(demo_records: Records) -> None:
    table = headline_indicators(demo_records).table

    assert 54_000 <= table.loc["attendances", "value"] <= 56_000
    assert table.loc["organisations_registered", "value"] == 6
