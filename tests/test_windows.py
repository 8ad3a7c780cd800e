"""Windows: calendar, rolling, phases; what is complete, and what falls outside."""

from __future__ import annotations

import pandas as pd
import pytest
from test_records import made

from sanshe_net.errors import SansheError
from sanshe_net.measures.windows import Placed, calendar_windows, phase_windows, placed, rolling_windows
from sanshe_net.records import Period, Records


def recorded(*days: str | None) -> Records:
    table = pd.DataFrame(
        {"title": "x", "date": pd.to_datetime(list(days))}, index=[f"A{i}" for i in range(len(days))]
    )
    return made(activities=table)


def shown(windows):
    return [
        (window.label, f"{window.start:%m-%d}", f"{window.end:%m-%d}", window.complete) for window in windows
    ]


def test_calendar_windows_cover_gaps_and_mark_what_the_records_do_not_cover() -> None:
    windows = calendar_windows(recorded("2024-01-05", "2024-07-02", "2024-09-10", None))

    assert shown(windows) == [
        ("2024Q1", "01-01", "03-31", True),  # within a week of the first day
        ("2024Q2", "04-01", "06-30", True),
        ("2024Q3", "07-01", "09-30", False),
    ]
    assert [window.days for window in windows] == [91, 91, 92]


def test_whoever_knows_since_when_was_recorded_says_so() -> None:
    windows = calendar_windows(recorded("2024-02-20", "2024-03-05"), "month", ("2024-02-01", "2024-03-20"))

    assert [window.complete for window in windows] == [True, False]


def test_rolling_windows_step_from_the_first_day_and_the_last_one_is_marked_when_it_is_cut() -> None:
    windows = rolling_windows(recorded("2024-01-01", "2024-01-12"), length_days=5, step_days=4)

    assert shown(windows) == [
        ("2024-01-05", "01-01", "01-05", True),
        ("2024-01-09", "01-05", "01-09", True),
        ("2024-01-13", "01-09", "01-13", False),
    ]


def test_a_window_that_ends_with_the_records_is_complete_and_the_last() -> None:
    assert shown(rolling_windows(recorded("2024-01-01", "2024-01-10"), 5, 5)) == [
        ("2024-01-05", "01-01", "01-05", True),
        ("2024-01-10", "01-06", "01-10", True),
    ]


def test_records_without_days_have_no_windows() -> None:
    assert calendar_windows(recorded(None)) == []
    assert rolling_windows(recorded(), 30, 30) == []


def test_phases_come_by_their_first_day_from_settings_or_a_table() -> None:
    source = recorded("2024-01-01", "2024-06-30")
    rows = [
        ("二", "2024-04-01", "2024-06-30"),
        ("一", "2024-01-01", "2024-03-31"),
        ("三", "2024-07-01", "2024-12-31"),
    ]
    periods = [Period(label, pd.Timestamp(start), pd.Timestamp(end)) for label, start, end in rows]
    table = pd.DataFrame(rows, columns=["label", "start", "end"])

    assert phase_windows(source, periods) == phase_windows(source, table)
    assert [(w.label, w.complete) for w in phase_windows(source, table)] == [
        ("一", True),
        ("二", True),
        ("三", False),
    ]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("一", "2024-01-01", "2024-03-31"), ("二", "2024-03-31", "2024-06-30")], "E-PHASE-OVERLAP"),
        ([("一", "2024-01-01", "2024-12-31"), ("二", "2024-03-01", "2024-06-30")], "E-PHASE-OVERLAP"),
        ([("一", "2024-01-01", "2024-03-31"), ("一", "2024-04-01", "2024-06-30")], "E-PHASE-TWICE"),
        ([("一", "2024-03-01", "2024-01-31")], "E-PHASE-DAYS"),
        ([("一", None, "2024-01-31")], "E-PHASE-DAYS"),
        ([("", "2024-01-01", "2024-01-31")], "E-PHASE-DAYS"),
    ],
)
def test_phases_that_cannot_be_compared_are_refused(rows, code) -> None:
    with pytest.raises(SansheError, match=code):
        phase_windows(recorded("2024-01-01"), pd.DataFrame(rows, columns=["label", "start", "end"]))


def test_a_table_of_phases_without_a_column_is_refused_by_its_name() -> None:
    with pytest.raises(SansheError, match="end"):
        phase_windows(recorded("2024-01-01"), pd.DataFrame({"label": ["一"], "start": ["2024-01-01"]}))


@pytest.mark.parametrize(("length", "step"), [(0, 1), (1, 0), (-3, 7)])
def test_rolling_windows_need_a_day_at_least(length: int, step: int) -> None:
    with pytest.raises(SansheError, match="E-VALUE"):
        rolling_windows(recorded("2024-01-01"), length, step)


def test_an_unknown_calendar_is_refused() -> None:
    with pytest.raises(SansheError, match="E-VALUE"):
        calendar_windows(recorded("2024-01-01"), "week")  # type: ignore[arg-type]


def test_what_lies_outside_twice_or_nowhere_is_counted() -> None:
    source = recorded("2024-01-01", "2024-01-06", "2024-02-20", None)
    phases = phase_windows(source, [Period("一", pd.Timestamp("2024-01-01"), pd.Timestamp("2024-01-31"))])
    rolling = rolling_windows(source, 10, 5)

    assert placed(source, phases) == Placed(dated=3, undated=1, outside=1, several=0, empty=())
    assert placed(source, rolling).several == 1
    assert len(placed(source, rolling).empty) == 7
