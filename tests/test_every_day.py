"""Every day at once, the density of the stream, persistence and alarms, against slow counts."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.errors import MeasureError
from sanshe_net.measures.every_day import every_day, stream_density
from sanshe_net.measures.persistence import cusum_alarm, persistence_curve
from sanshe_net.measures.windows import Window, rolling_windows

FEW = settings(max_examples=30, deadline=None)


def day(number: int) -> pd.Timestamp:
    return pd.Timestamp("2024-01-01") + pd.Timedelta(days=number)


@st.composite
def dated(draw: st.DrawFn) -> Attendance:
    people, activities = draw(st.integers(1, 5)), draw(st.integers(1, 7))
    cells = st.lists(st.sampled_from([1.0, 0.0]), min_size=activities, max_size=activities)
    rows = draw(st.lists(cells, min_size=people, max_size=people))
    days = draw(st.lists(st.integers(0, 12), min_size=activities, max_size=activities))
    return attendance_from_table(pd.DataFrame(rows), [day(number) for number in days])


def slow_days(attendance: Attendance, length: int) -> pd.DataFrame:
    """Count pairs and people anew on each day."""
    dates, cells = attendance.activities["date"], attendance.present.toarray()
    rows = {}
    for today in pd.date_range(dates.min(), dates.max()):
        recent = cells[:, dates.between(today - pd.Timedelta(days=length - 1), today).to_numpy()]
        joint = recent @ recent.T
        rows[today] = (
            sum(joint[i, j] > 0 for i, j in combinations(range(len(cells)), 2)),
            (recent.sum(axis=1) > 0).sum(),
        )
    return pd.DataFrame.from_dict(rows, orient="index", columns=["ties", "active"])


@FEW
@given(dated(), st.integers(1, 15))
def test_every_day_at_once_is_each_day_counted_anew(attendance: Attendance, length: int) -> None:
    held, slow = every_day(attendance, length), slow_days(attendance, length)

    assert list(held.index) == list(slow.index)
    assert held["ties"].tolist() == slow["ties"].tolist()
    assert held["active"].tolist() == slow["active"].tolist()
    assert held["full"].sum() == max(len(held) - length + 1, 0)
    assert held["density_active"].dropna().between(0, 1).all()


def test_two_who_meet_three_times_are_tied_as_long_as_their_meetings_reach() -> None:
    # Days 0, 2 and 9, tied for 4 days each: 0-5 without a break, then 9 until the records end.
    table = pd.DataFrame([[1, 1, 1], [1, 1, 1], [0, 0, 1]])
    held = attendance_from_table(table, [day(0), day(2), day(9)])

    assert every_day(held, 4)["ties"].tolist() == [1] * 6 + [0] * 3 + [3]


def test_stream_density_is_tied_time_over_time_in_which_both_could_come() -> None:
    # The third person could come from day 9 on (blank before): pair-days are 10 + 1 + 1.
    table = pd.DataFrame([[1, 1, 1], [1, 1, 1], [np.nan, np.nan, 1]])
    held = attendance_from_table(table, [day(0), day(2), day(9)])
    arrived = Attendance(
        held.present, held.people, held.activities, np.array([0, 0, 2]), held.until, held.blank
    )

    found = stream_density(arrived, 4)

    assert (found.tied_days, found.eligible_days) == (6 + 3, 12)
    assert found.density == 9 / 12
    assert (found.first, found.last) == (day(0), day(9))
    assert every_day(arrived, 4)["eligible"].tolist() == [2] * 9 + [3]


def test_records_without_days_have_no_stream() -> None:
    held = attendance_from_table(pd.DataFrame([[1, 1], [1, 0]]))

    assert every_day(held).empty
    assert math.isnan(stream_density(held).density)
    assert stream_density(held).first is None


def test_one_person_has_days_but_no_density() -> None:
    held = every_day(attendance_from_table(pd.DataFrame([[1, 1]]), [day(0), day(1)]))

    assert held["density_active"].isna().all()


@pytest.mark.parametrize("days", [0, -5])
def test_ties_last_a_day_at_least(days: int) -> None:
    with pytest.raises(MeasureError, match="E-VALUE"):
        every_day(attendance_from_table(pd.DataFrame([[1]]), [day(0)]), days)


def windows(count: int, length: int = 1) -> list[Window]:
    return [Window(str(at), day(at * length), day(at * length + length - 1), True) for at in range(count)]


def slow_persistence(attendance: Attendance, lag: int, count: int) -> float:
    cells, dates = attendance.present.toarray(), attendance.activities["date"]
    again = met = 0
    for start in range(count - lag):
        one, two = (cells[:, (dates == day(at)).to_numpy()] for at in (start, start + lag))
        for i in range(len(cells)):
            for j in range(len(cells)):
                if i != j and (one[i] @ one[j]) > 0 and two[i].sum() > 0:
                    met += 1
                    again += (two[i] @ two[j]) > 0
    return again / met if met else math.nan


@FEW
@given(dated())
def test_persistence_is_the_share_of_those_met_and_seen_again_who_met_again(attendance: Attendance) -> None:
    curve = persistence_curve(attendance, windows(13))

    for lag in (1, 2, 5):
        assert curve.loc[lag, "persistence"] == pytest.approx(
            slow_persistence(attendance, lag, 13), nan_ok=True
        )


def test_the_same_circle_every_day_persists_and_strangers_every_day_do_not() -> None:
    circle = np.kron(np.eye(2), np.ones((3, 1))) @ np.array([[1, 0, 1, 0], [0, 1, 0, 1]])
    held = attendance_from_table(pd.DataFrame(circle), [day(0), day(0), day(1), day(1)])

    curve = persistence_curve(held, windows(2))

    assert curve.loc[1].to_dict() == {"persistence": 1.0, "by_chance": pytest.approx(2 / 5), "pairs": 12.0}


def test_persistence_leaves_incomplete_windows_out_and_refuses_overlapping_ones() -> None:
    held = attendance_from_table(pd.DataFrame(np.ones((3, 2))), [day(0), day(1)])
    cut = [windows(2)[0], Window("1", day(1), day(1), complete=False)]

    assert math.isnan(persistence_curve(held, cut).loc[1, "persistence"])
    assert persistence_curve(held, []).empty
    with pytest.raises(MeasureError, match="E-WINDOW-ORDER"):
        persistence_curve(held, rolling_windows(held, 1, 1) * 2)


def slow_cusum(z: list[float], k: float) -> list[float]:
    held, sums = 0.0, []
    for value in z:
        held = max(0.0, held + value - k)
        sums.append(held)
    return sums


@given(st.lists(st.floats(-5, 5), min_size=10, max_size=30), st.floats(0, 2))
def test_cumulated_sums_are_those_of_the_recursion(values: list[float], k: float) -> None:
    found = cusum_alarm(pd.Series(values), k=k)
    z = found.table["z"]

    if z.notna().all():
        np.testing.assert_allclose(found.table["up"], slow_cusum(list(z), k), atol=1e-6)
        np.testing.assert_allclose(found.table["down"], slow_cusum(list(-z), k), atol=1e-6)


def test_a_lasting_fall_is_noticed_with_the_day_it_began() -> None:
    course = pd.Series([0.0, 1, -1, 0, 1, -1, 0, -1, 1, 0, -3, -3, -3], index=list("abcdefghijklm"))

    found = cusum_alarm(course, baseline=10)

    assert (found.direction, found.since, found.first) == ("down", "k", "l")
    assert "k" in found.explain("en")[0]
    assert "下降" in found.explain("zh")[0]


def test_a_short_series_has_no_course_and_says_so() -> None:
    found = cusum_alarm(pd.Series([1.0, 9.0, np.nan] + [1.0] * 7))

    assert (found.enough, found.windows, found.first) == (False, 9, "")
    assert "9" in found.explain("en")[0]
    assert "9" in found.explain("zh")[0]


def test_a_series_that_never_varies_raises_no_alarm() -> None:
    found = cusum_alarm(pd.Series([0.3] * 12))

    assert found.enough
    assert found.first == ""


def test_a_baseline_of_a_few_values_is_refused() -> None:
    with pytest.raises(MeasureError, match="E-VALUE"):
        cusum_alarm(pd.Series([1.0] * 12), baseline=4)
