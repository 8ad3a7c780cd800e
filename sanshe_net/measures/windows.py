"""Windows: stretches of days over which a network is looked at, and what falls outside them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Protocol

import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.records import Every, Period, calendar_periods

SLACK_DAYS: Final = 7
"""Records that begin or end within so many days of an edge of a window cover it: stations meet weekly."""


class Dated(Protocol):
    """Whatever has activities with a ``date``: Records or Attendance."""

    @property
    def activities(self) -> pd.DataFrame:
        """One row per activity."""
        ...


@dataclass(frozen=True)
class Window:
    """A stretch of days, both ends included.

    Attributes
    ----------
    label
        How it is called; no two windows of a list share one.
    start, end
        First and last day.
    complete
        Whether the records cover all of it. What is not complete is shown, marked, and never compared.
    """

    label: str
    start: pd.Timestamp
    end: pd.Timestamp
    complete: bool

    @property
    def days(self) -> int:
        """Length in days."""
        return (self.end - self.start).days + 1


@dataclass(frozen=True)
class Placed:
    """Where the activities fall.

    Attributes
    ----------
    dated, undated
        Activities with and without a day; those without are in no window.
    outside
        Dated activities that no window holds.
    several
        Dated activities in more than one window: windows that overlap are not independent.
    empty
        Labels of windows without any activity.
    """

    dated: int
    undated: int
    outside: int
    several: int
    empty: tuple[str, ...]


def calendar_windows(
    source: Dated, every: Every = "quarter", covered: tuple[Any, Any] | None = None
) -> list[Window]:
    """Return the months, quarters, halves or years that the activities fall into, gaps included.

    Parameters
    ----------
    source
        Records or Attendance.
    every
        ``month``, ``quarter``, ``half`` or ``year``.
    covered
        First and last day the records cover; by default those of the first and last activity, with
        :data:`SLACK_DAYS` to spare.

    Raises
    ------
    SettingsError
        When ``every`` is something else.
    """
    dates = _dates(source)
    first, last = _covered(dates, covered)
    return [
        _window(period.label, period.start, period.end, first, last)
        for period in calendar_periods(dates, every)
    ]


def rolling_windows(
    source: Dated, length_days: int, step_days: int, covered: tuple[Any, Any] | None = None
) -> list[Window]:
    """Return windows of ``length_days`` days, one every ``step_days``, from the first recorded day on.

    Windows overlap when the step is shorter than the length and are then not independent. The last window
    is the first that reaches the last recorded day; the label is its last day.

    Raises
    ------
    MeasureError
        When a length or step is below one day.
    """
    for name, days in (("length_days", length_days), ("step_days", step_days)):
        if days < 1:
            raise MeasureError("E-VALUE", name=name, found=days, allowed="1, 2, 3, ...")
    dates = _dates(source)
    if dates.empty:
        return []
    first, last = _covered(dates, covered, slack=0)
    length, step = pd.Timedelta(days=length_days - 1), pd.Timedelta(days=step_days)
    windows, start = [], first
    while True:
        end = start + length
        windows.append(_window(f"{end:%Y-%m-%d}", start, end, first, last))
        if end >= last:
            return windows
        start += step


def phase_windows(
    source: Dated, phases: Sequence[Period] | pd.DataFrame, covered: tuple[Any, Any] | None = None
) -> list[Window]:
    """Return the phases of a project as windows, by their first day.

    Parameters
    ----------
    phases
        Periods (as in the settings), or a table with the columns ``label``, ``start`` and ``end``.

    Raises
    ------
    MeasureError
        When a phase has no label, ends before it starts, or two share a label or a day: an activity
        belongs to one phase, or a comparison of the two compares it with itself.
    """
    held = sorted(_phases(phases), key=lambda phase: (phase.start, phase.end))
    for phase in held:
        if pd.isna(phase.start) or pd.isna(phase.end) or phase.end < phase.start or not phase.label:
            days = "–".join("?" if pd.isna(day) else f"{day:%Y-%m-%d}" for day in (phase.start, phase.end))
            raise MeasureError("E-PHASE-DAYS", found=phase.label or "?", days=days)
    labels = [phase.label for phase in held]
    for label in labels:
        if labels.count(label) > 1:
            raise MeasureError("E-PHASE-TWICE", found=label)
    for before, after in pairwise(held):
        if after.start <= before.end:
            day = f"{after.start:%Y-%m-%d}"
            raise MeasureError("E-PHASE-OVERLAP", one=before.label, other=after.label, day=day)
    first, last = _covered(_dates(source), covered)
    return [_window(phase.label, phase.start, phase.end, first, last) for phase in held]


def placed(source: Dated, windows: Iterable[Window]) -> Placed:
    """Return how many activities the windows hold, and how many they do not."""
    dates = source.activities["date"]
    times = pd.Series(0, index=dates.index)
    empty = []
    for window in windows:
        here = dates.between(window.start, window.end)
        times += here
        if not here.any():
            empty.append(window.label)
    dated = dates.notna()
    outside, several = int((dated & (times == 0)).sum()), int((times > 1).sum())
    return Placed(int(dated.sum()), int((~dated).sum()), outside, several, tuple(empty))


def covered_days(source: Dated) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the first and last day that are taken as recorded, with :data:`SLACK_DAYS` to spare."""
    return _days(_dates(source), SLACK_DAYS)


def _dates(source: Dated) -> pd.Series[Any]:
    return source.activities["date"].dropna()


def _covered(
    dates: pd.Series[Any], covered: tuple[Any, Any] | None, slack: int = SLACK_DAYS
) -> tuple[pd.Timestamp, pd.Timestamp]:
    if covered is not None:
        return pd.Timestamp(covered[0]), pd.Timestamp(covered[1])
    return _days(dates, slack)


def _days(dates: pd.Series[Any], slack: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    spare = pd.Timedelta(days=slack)
    if dates.empty:
        return pd.Timestamp.max, pd.Timestamp.min
    return dates.min().normalize() - spare, dates.max().normalize() + spare


def _window(label: str, start: Any, end: Any, first: pd.Timestamp, last: pd.Timestamp) -> Window:
    return Window(label, start, end, complete=bool(first <= start and end <= last))


def _phases(phases: Sequence[Period] | pd.DataFrame) -> list[Period]:
    if not isinstance(phases, pd.DataFrame):
        return list(phases)
    for column in ("label", "start", "end"):
        if column not in phases:
            raise MeasureError("E-PHASE-COLUMN", found=column)
    days = [pd.to_datetime(phases[column]) for column in ("start", "end")]
    rows = zip(phases["label"].astype(str), *days, strict=True)
    return [Period(label, start, end) for label, start, end in rows]
