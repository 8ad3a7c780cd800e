"""Is the community growing together, or only busier? Density over time with everything it depends on.

A bare density line is an exposure meter: it rises with every activity that is recorded. Here each period
has its roster, activities, head counts and coverage beside it, a density at an equal number of activities,
a comparison with chance, and a test before anybody may say "increased".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance, attendance_of
from sanshe_net.attendance.multiplicity import adjusted
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import MeasureError
from sanshe_net.measures.change import PeriodComparison, compare_periods
from sanshe_net.measures.every_day import StreamDensity, every_day, stream_density
from sanshe_net.measures.persistence import Alarm, cusum_alarm, persistence_curve
from sanshe_net.measures.window_table import DrawNull, window_table
from sanshe_net.measures.windows import Placed, Window, calendar_windows, phase_windows, placed
from sanshe_net.network import Array
from sanshe_net.practice.over_time_wording import explained, methods_text
from sanshe_net.records import Every, Period, Records
from sanshe_net.vocabulary import STAFF_KINDS, Label, Lang

NULL_DRAWS: Final = 200
"""Margin-fixed matrices per window: enough for a mean and a standard deviation."""
HALF_AND_DOUBLE: Final = {"half": 0.5, "same": 1.0, "double": 2.0}


@dataclass(frozen=True)
class DensityOverTime:
    """The periods, what is known of each, and which differences are more than chance.

    Attributes
    ----------
    table
        One row per period; columns :data:`sanshe_net.measures.window_table.COLUMNS`.
    windows
        The periods.
    tests
        Each complete period against the next complete one, and the same season a year apart.
    corrected
        The p-values of ``tests`` corrected for their number (Holm); NaN where there is no test.
    lengths
        Density among active people for pairs who met within half, one and two period lengths, averaged
        over days: how much the choice of the length alone decides.
    persistence
        How likely people who met meet again so many periods later, and by chance.
    stream
        Density of the stream of meetings, at one period length.
    alarm
        Whether the rarefied density left its course.
    placed
        What lies outside the periods.
    everybody, staff_left_out
        People compared, and staff who are not.
    too_big
        Activities that make no ties because of the size rule.
    rule
        The size rule (of its other parts only who is tied matters: density counts no strength).
    period_rule
        How the periods were made, in words.
    null_draws, draws, seed
        Draws of the null per period, of each test, and the seed of both.
    """

    table: pd.DataFrame
    windows: tuple[Window, ...]
    tests: tuple[PeriodComparison, ...]
    corrected: tuple[float, ...]
    lengths: pd.Series[float]
    persistence: pd.DataFrame
    stream: StreamDensity
    alarm: Alarm
    placed: Placed
    everybody: int
    staff_left_out: int
    too_big: int
    rule: TieRule
    period_rule: Label
    null_draws: int
    draws: int
    seed: int

    def test_table(self) -> pd.DataFrame:
        """Return the tests as a table, one row each."""
        rows = [
            {
                "first": test.first, "second": test.second, "verdict": test.verdict,
                "why_not": " ".join(test.why_not), "people": test.people, "activities": test.drawn,
                "density_first": test.densities[0], "density_second": test.densities[1],
                "difference": test.difference, "low": test.low, "high": test.high,
                "p": test.p, "p_corrected": corrected, "draws": self.draws, "seed": self.seed,
            }
            for test, corrected in zip(self.tests, self.corrected, strict=True)
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(TEST_COLUMNS))

    def facts(self) -> dict[str, object]:
        """Return the rules and counts, for the record of a run."""
        return {
            "period_rule": self.period_rule.en,
            "periods": len(self.windows),
            "complete": sum(window.complete for window in self.windows),
            "people": self.everybody,
            "staff_left_out": self.staff_left_out,
            "activities_above_size_rule": self.too_big,
            "null_draws": self.null_draws,
            "draws": self.draws,
            "seed": self.seed,
            "verdicts": dict(sorted(Counter(test.verdict for test in self.tests).items())),
        }

    def explain(self, lang: Lang) -> list[str]:
        """Return what may be said, one sentence each: no rise or fall without a test behind it."""
        return [sentence.text(lang) for sentence in explained(self)]

    def methods(self, lang: Lang) -> str:
        """Return the methods paragraph of a paper or report, from what was done, limits included."""
        return methods_text(self).text(lang)


TEST_COLUMNS: Final = (
    "first", "second", "verdict", "why_not", "people", "activities", "density_first", "density_second",
    "difference", "low", "high", "p", "p_corrected", "draws", "seed",
)  # fmt: skip


def density_over_time(
    records: Records,
    *,
    every: Every = "quarter",
    phases: Sequence[Period] | pd.DataFrame | None = None,
    covered: tuple[Any, Any] | None = None,
    rule: TieRule | None = None,
    staff: bool = False,
    null_draws: int = NULL_DRAWS,
    draws: int = 1000,
    seed: int = 1,
) -> DensityOverTime:
    """Return how the density of a community developed, period by period.

    Parameters
    ----------
    every
        Length of a calendar period: month, quarter, half or year.
    phases
        The phases of a project instead: periods, or a table with ``label``, ``start`` and ``end``.
    covered
        First and last day that was recorded, when the first and last activity do not tell.
    rule
        The size rule; by default :class:`TieRule` as it is.
    staff
        Count social workers and committee staff too; attending is their job.
    null_draws
        Matrices with the same margins per period; 0 for none.
    draws, seed
        Permutations of each test, and the seed of all that is random.

    Raises
    ------
    MeasureError
        When phases overlap or are incomplete, or ``draws`` is below 1 or ``null_draws`` below 0.
    """
    if null_draws < 0:
        raise MeasureError("E-VALUE", name="null_draws", found=null_draws, allowed="0, 1, 2, ...")
    rule = rule or TieRule()
    is_staff = records.people["kind"].isin(list(STAFF_KINDS))
    attendance = attendance_of(records, records.people.index if staff else records.people.index[~is_staff])
    if phases is None:
        windows = calendar_windows(records, every, covered)
    else:
        windows = phase_windows(records, phases, covered)
    order = attendance.activities.index
    allowed = _makes_ties(rule, records, order)
    signed = records.named_sign_ins().reindex(order, fill_value=0).to_numpy()
    null = None if null_draws == 0 else _null(null_draws, seed)
    tests = [
        compare_periods(attendance, *pair, draws=draws, seed=seed, makes_ties=allowed, named=signed)
        for pair in _to_compare(windows, attendance)
    ]
    table = window_table(attendance, windows, makes_ties=allowed, named=signed, null=null)
    of_ties = attendance.of_activities(allowed)
    length = _length(windows)
    return DensityOverTime(
        table,
        tuple(windows),
        tuple(tests),
        holm([test.p for test in tests]),
        _lengths(of_ties, length),
        persistence_curve(of_ties, windows),
        stream_density(of_ties, length),
        cusum_alarm(table["rarefied"].where(table["complete"])),
        placed(records, windows),
        everybody=attendance.shape[0],
        staff_left_out=0 if staff else int(is_staff.sum()),
        too_big=int((~allowed).sum()),
        rule=rule,
        period_rule=_period_rule(every, phases is not None),
        null_draws=null_draws,
        draws=draws,
        seed=seed,
    )


def holm(p_values: Iterable[float]) -> tuple[float, ...]:
    """Return p-values corrected for their number after Holm (1979); missing ones are not counted.

    Examples
    --------
    >>> holm([0.01, 0.04, float("nan"), 0.03])
    (0.03, 0.06, nan, 0.06)
    """
    values = np.array(list(p_values), dtype=float)
    known = ~np.isnan(values)
    values[known] = adjusted(values[known], int(known.sum()), "holm")
    return tuple(values.tolist())


def _makes_ties(rule: TieRule, records: Records, activities: pd.Index[Any]) -> Array:
    """Return for each of ``activities`` whether the size rule lets it make ties."""
    return rule.makes_ties(attendance_of(records)).reindex(activities).to_numpy(dtype=bool)


def _to_compare(windows: Sequence[Window], attendance: Attendance) -> list[tuple[Window, Window]]:
    """Return each complete window with the next, and with that of the same season a year later."""
    dates = attendance.activities["date"]
    held = [one for one in windows if one.complete and dates.between(one.start, one.end).any()]
    pairs = list(pairwise(held))
    for before in held:
        year = before.start + pd.DateOffset(years=1)
        pairs += [(before, after) for after in held if after.start == year and (before, after) not in pairs]
    return pairs


def _null(draws: int, seed: int) -> DrawNull:
    def drawn(attendance: Attendance) -> Iterable[Attendance]:
        return fixed_margin_draws(attendance, draws=draws, seed=seed)

    return drawn


def _length(windows: Sequence[Window]) -> int:
    """Return the length of a typical window in days."""
    return int(np.median([window.days for window in windows])) if windows else 30


def _lengths(of_ties: Attendance, days: int) -> pd.Series[float]:
    """Return the mean density over days at half, one and two window lengths, each over its full days."""
    held: dict[str, float] = {}
    for name, factor in HALF_AND_DOUBLE.items():
        table = every_day(of_ties, max(round(days * factor), 1))
        held[name] = float(table.loc[table["full"], "density_active"].mean())
    return pd.Series(held, name="density_active", dtype=float)


def _period_rule(every: Every, of_phases: bool) -> Label:
    if of_phases:
        return Label("项目的各阶段", "the phases of the project")
    words = {
        "month": ("月", "month"),
        "quarter": ("季度", "quarter"),
        "half": ("半年", "half year"),
        "year": ("年", "year"),
    }
    zh, en = words[every]
    return Label(f"日历上的每{'个' if every in ('month', 'quarter') else ''}{zh}", f"each calendar {en}")
