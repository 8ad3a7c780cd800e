"""Records never change; their filters give new ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import told

from sanshe_net.errors import InputError, SettingsError
from sanshe_net.records import EVERY, TABLES, Records, empty_records, record_tables, table


def made(**tables: pd.DataFrame) -> Records:
    return replace(empty_records(), **{name: table(name, rows) for name, rows in tables.items()})


@pytest.fixture
def records() -> Records:
    """Three people, three activities, one group; 甲 brought 乙 in."""
    return made(
        people=pd.DataFrame({"name": ["甲", "乙", "丙"], "kind": "resident"}, index=["P1", "P2", "P3"]),
        organisations=pd.DataFrame({"name": ["舞队"], "leader_id": ["P1"]}, index=["O1"]),
        activities=pd.DataFrame(
            {
                "title": ["灯会", "茶会", "棋会"],
                "date": pd.to_datetime(["2024-01-31", "2024-02-01", "2024-08-15"]),
                "kind": ["festival", "interest", None],
                "head_count": [100.0, 1.0, None],
            },
            index=["A1", "A2", "A3"],
        ),
        hosting=pd.DataFrame({"activity_id": ["A1", "A2"], "org_id": ["O1", "P1"], "role": "host"}),
        attendance=pd.DataFrame(
            {
                "person_id": ["P1", "P2", "P1", "P1", "P2", None, "P3"],
                "activity_id": ["A1", "A1", "A2", "A2", "A2", "A2", "A3"],
                "present": [True, False, False, True, True, True, None],
                "brought_by": [None, "P1", None, None, "P3", None, None],
            }
        ),
        memberships=pd.DataFrame(
            {"person_id": ["P1", "P2"], "org_id": "O1", "start": pd.to_datetime(["2024-02-01", None]),
             "end": pd.to_datetime(["2024-03-01", "2024-01-31"])}
        ),
        support=pd.DataFrame({"giver_id": ["O1",
        "P2"], "receiver_id": ["P1", None], "date": pd.to_datetime(["2024-02-01", None])}),
        nominations=pd.DataFrame({"source_id": ["P1", "P3"], "target_id": ["P2",
        "P2"], "date": pd.to_datetime(["2024-02-01", "2025-01-01"])}),
        issues=pd.DataFrame({"title": ["路灯", "停车"], "raised": pd.to_datetime(["2024-02-01",
        "2025-01-01"])}, index=["I1", "I2"]),
        issue_people=pd.DataFrame({"issue_id": ["I1", "I1", "I2"], "actor_id": ["P1", "O1",
        "P2"], "role": "raiser"}),
    )  # fmt: skip


def test_records_are_frozen_and_know_their_columns(records: Records) -> None:
    with pytest.raises(FrozenInstanceError):
        records.people = records.people  # type: ignore[misc]
    with pytest.raises(InputError, match="kind"):
        replace(records, people=records.people.drop(columns="kind"))


@pytest.mark.parametrize("name", sorted(TABLES))
def test_an_empty_table_has_its_columns_and_types(name: str) -> None:
    kinds = {column: str(kind) for column, kind in table(name).dtypes.items()}

    assert kinds == {**TABLES[name], "file": "str", "sheet": "str", "row": "int64"}


def test_between_takes_both_ends_and_keeps_what_has_no_date(records: Records) -> None:
    found = records.between("2024-02-01", "2024-02-29")

    assert list(found.activities.index) == ["A2"]
    assert set(found.attendance["activity_id"]) == {"A2"}
    assert list(found.hosting["activity_id"]) == ["A2"]
    assert list(found.memberships["person_id"]) == ["P1"]
    assert list(found.support["giver_id"]) == ["O1", "P2"]
    assert list(found.nominations["source_id"]) == ["P1"]
    assert list(found.issues.index) == ["I1"]
    assert set(found.issue_people["issue_id"]) == {"I1"}
    assert len(found.people) == 3


def test_only_some_kinds_of_activity(records: Records) -> None:
    assert list(records.only("festival").attendance["activity_id"]) == ["A1", "A1"]
    assert list(records.only(["festival", "interest"]).activities.index) == ["A1", "A2"]
    assert records.only([]).activities.empty


def test_without_somebody_nothing_points_at_them(records: Records) -> None:
    found = records.without(["P1"])

    for name, rows in record_tables(found).items():
        assert "P1" not in rows.to_csv(), name
    assert list(found.organisations.index) == ["O1"]
    assert list(found.attendance["person_id"].dropna()) == ["P2", "P2", "P3"]
    assert found.activities["head_count"].tolist()[:2] == [100, 1]


def test_filters_never_change_the_records(records: Records) -> None:
    before = told(records)
    records.between("2024-02-01", "2024-02-02").only("interest").without(["P1"]).head_counts()

    assert told(records) == before


def test_presence_is_once_per_person_and_activity(records: Records) -> None:
    assert records.presence().to_numpy().tolist() == [
        ["P1", "A1", True], ["P1", "A2", True], ["P2", "A1", False], ["P2", "A2", True],
    ]  # fmt: skip


def test_head_counts_are_the_larger_of_reported_and_signed(records: Records) -> None:
    assert records.named_sign_ins().to_dict() == {"A1": 1, "A2": 3}
    assert records.head_counts().to_dict() == {"A1": 100, "A2": 3, "A3": 0}


@pytest.mark.parametrize(
    ("every", "labels"),
    [
        ("month", ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06", "2024-07", "2024-08"]),
        ("quarter", ["2024Q1", "2024Q2", "2024Q3"]), ("half", ["2024H1", "2024H2"]), ("year", ["2024"]),
    ],
)  # fmt: skip
def test_periods_follow_the_calendar_with_their_gaps(records: Records, every: str, labels: list[str]) -> None:
    assert [period.label for period in records.periods(every)] == labels  # type: ignore[arg-type]


@given(
    st.lists(
        st.dates(pd.Timestamp("1999-01-01").date(), pd.Timestamp("2001-12-31").date()), min_size=1, max_size=4
    ),
    st.sampled_from(EVERY),
)
def test_every_day_lies_in_exactly_one_period(days: list[object], every: str) -> None:
    activities = pd.DataFrame(
        {"title": "x", "date": pd.to_datetime(days)}, index=[f"A{i}" for i in range(len(days))]
    )
    records = made(activities=activities)

    periods = records.periods(every)  # type: ignore[arg-type]

    for day in activities["date"]:
        assert sum(period.start <= day <= period.end for period in periods) == 1
    for earlier, later in pairwise(periods):
        assert later.start - earlier.end == pd.Timedelta(days=1)
    assert sum(len(records.between(p.start, p.end).activities) for p in periods) == len(days)


def test_periods_of_nothing_and_of_a_wrong_length() -> None:
    assert empty_records().periods() == []
    with pytest.raises(SettingsError, match="week"):
        empty_records().periods("week")  # type: ignore[arg-type]


def test_names_are_found_for_people_and_bodies(records: Records) -> None:
    assert (records.actor_name("P1"), records.actor_name("O1")) == ("甲", "舞队")


def test_reading_gives_the_types_of_the_tables(read_rows: Callable[..., Records]) -> None:
    records = read_rows([["姓名", "活动", "日期"], ["张三", "灯会", "2024-02-24"]])

    for name in TABLES:
        held = record_tables(records)[name]
        assert held.dtypes.astype(str).to_dict() == table(name).dtypes.astype(str).to_dict()
        assert held.index.name == table(name).index.name
