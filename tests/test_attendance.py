"""The attendance matrix: present, absent and not eligible stay apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_records import made

from sanshe_net.attendance.matrix import attendance_from_table, attendance_of
from sanshe_net.errors import MeasureError
from sanshe_net.records import Records

cells = st.sampled_from([1.0, 0.0, np.nan])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    people, activities = draw(st.integers(1, 5)), draw(st.integers(1, 6))
    rows = draw(
        st.lists(st.lists(cells, min_size=activities, max_size=activities), min_size=people, max_size=people)
    )
    return pd.DataFrame(rows, [f"p{i}" for i in range(people)], [f"a{i}" for i in range(activities)])


def station() -> Records:
    days = pd.to_datetime(["2024-03-01", "2024-01-01", None, "2024-02-01"])
    activities = pd.DataFrame(
        {"title": "x", "date": days, "kind": ["council", None, "culture", "culture"]},
        index=["A3", "A1", "A0", "A2"],
    )
    people = pd.DataFrame(
        {
            "name": ["甲", "乙", "丙"],
            "kind": "resident",
            "moved_in": pd.to_datetime([None, "2024-02-15", "2024-02-15"]),
        },
        index=["p1", "p2", "p3"],
    )
    rows = [
        ("p1", "A1", True), ("p1", "A1", True), ("p1", "A2", pd.NA), ("p2", "A3", True),
        ("p2", "A1", pd.NA), ("p3", "A2", True), ("p3", "A3", False), ("p3", "A3", pd.NA), (None, "A1", True),
    ]  # fmt: skip
    attendance = pd.DataFrame(rows, columns=["person_id", "activity_id", "present"])
    return made(people=people, activities=activities, attendance=attendance)


def test_a_matrix_of_records_has_people_by_id_and_activities_by_day_with_undated_ones_last() -> None:
    held = attendance_of(station())

    assert list(held.people) == ["p1", "p2", "p3"]
    assert list(held.activities.index) == ["A1", "A2", "A3", "A0"]
    assert held.present.toarray().tolist() == [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0]]
    assert held.activities["kind"].tolist() == ["", "culture", "council", "culture"]
    assert held.activities["head_count"].tolist() == [2, 1, 1, 0]


def test_nobody_could_attend_before_moving_in_unless_they_did_nor_where_the_sheet_was_left_blank() -> None:
    held = attendance_of(station())

    assert held.eligible().tolist() == [[1, 0, 1, 1], [0, 0, 1, 1], [0, 1, 1, 1]]
    assert held.opportunities.tolist() == [3, 2, 3]
    assert not held.everybody_eligible


def test_only_people_of_the_records_can_be_asked_for() -> None:
    assert list(attendance_of(station(), ["p3", "p1"]).people) == ["p1", "p3"]
    with pytest.raises(MeasureError, match="E-ATTENDANCE-PERSON"):
        attendance_of(station(), ["p9"])


@given(tables())
def test_a_table_comes_back_from_its_matrix(table: pd.DataFrame) -> None:
    held = attendance_from_table(table)
    back = np.where(held.eligible(), held.present.toarray(), np.nan)

    assert np.array_equal(back, table.to_numpy(), equal_nan=True)
    assert held.attended.tolist() == np.nansum(table, axis=1).tolist()
    assert held.named.tolist() == np.nansum(table, axis=0).tolist()
    assert held.opportunities.tolist() == table.notna().sum(axis=1).tolist()


@given(tables(), st.data())
def test_a_part_of_the_matrix_is_the_matrix_of_the_part(table: pd.DataFrame, data: st.DataObject) -> None:
    people = data.draw(st.lists(st.booleans(), min_size=len(table), max_size=len(table)))
    columns = data.draw(st.lists(st.booleans(), min_size=table.shape[1], max_size=table.shape[1]))
    part = attendance_from_table(table).of_people(np.array(people)).of_activities(np.array(columns))
    direct = attendance_from_table(table.loc[people, columns])

    assert np.array_equal(part.eligible(), direct.eligible())
    assert np.array_equal(part.present.toarray(), direct.present.toarray())
    assert list(part.people) == list(direct.people)


def test_a_stretch_of_time_keeps_everybody_and_its_own_activities() -> None:
    part = attendance_of(station()).between("2024-02-01", "2024-03-31")

    assert list(part.activities.index) == ["A2", "A3"]
    assert part.eligible().tolist() == [[0, 1], [0, 1], [1, 1]]


@pytest.mark.parametrize("value", [2.0, -1.0, 0.5, np.inf])
def test_a_table_with_another_value_is_refused_with_its_place(value: float) -> None:
    table = pd.DataFrame([[1.0, 0.0], [value, 1.0]], ["甲", "乙"], ["课", "会"])

    with pytest.raises(MeasureError, match="乙 / 课"):
        attendance_from_table(table)


def test_a_person_twice_in_a_table_is_refused() -> None:
    with pytest.raises(MeasureError, match="甲"):
        attendance_from_table(pd.DataFrame([[1.0], [0.0]], ["甲", "甲"], ["课"]))


def test_too_many_cells_are_refused_rather_than_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.attendance.matrix.DENSE_CELLS", 3)

    with pytest.raises(MeasureError, match="2"):
        attendance_from_table(pd.DataFrame([[1.0, 0.0], [0.0, 1.0]])).eligible()
