"""Do those who met still meet later? And when did a series leave its course?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.nulls import ROUNDING
from sanshe_net.measures.turnover import tied_pairs
from sanshe_net.measures.windows import Window
from sanshe_net.vocabulary import Label, Lang

MIN_WINDOWS: Final = 10
"""A series of fewer values has no course to leave."""


def persistence_curve(attendance: Attendance, windows: Sequence[Window]) -> pd.DataFrame:
    r"""Return how likely two people who met in a window meet again so many windows later.

    The lagged association rate: over all pairs of windows *s* and *t* that lie ``lag`` apart, with
    :math:`a_{ij}` whether the pair met and :math:`b_i` whether *i* was seen,
    :math:`g = \sum a_{ij}(s)\, a_{ij}(t) / \sum a_{ij}(s)\, b_i(t)`. Beside it what it would be if the
    people met were drawn from all who came: a curve that stays above this line is acquaintance, one that
    falls onto it is passing company.

    Parameters
    ----------
    attendance
        The activities that make ties.
    windows
        Of equal length, without overlap, in order; those not complete are left out.

    Returns
    -------
    DataFrame, index ``lag`` (windows): ``persistence``, ``by_chance`` and ``pairs`` (what the rate rests
    on: times a person met another and was seen again). NaN where nobody was seen again.

    Raises
    ------
    MeasureError
        When windows overlap.

    References
    ----------
    Whitehead, H. (1995). Investigating structure and temporal scale in social organizations using
    identified individuals. *Behavioral Ecology* 6(2), 199-208.
    """
    held = list(windows)
    for before, after in pairwise(held):
        if after.start <= before.end:
            raise MeasureError("E-WINDOW-ORDER", one=before.label, other=after.label)
    whole = [position for position, window in enumerate(held) if window.complete]
    parts = {place: attendance.between(held[place].start, held[place].end) for place in whole}
    ties = {place: _both_ways(part) for place, part in parts.items()}
    seen = {place: part.attended > 0 for place, part in parts.items()}
    rows = []
    for lag in range(1, len(held)):
        again = met = chance = 0.0
        for place in whole:
            later = place + lag
            if later not in parts:
                continue
            degree = np.asarray(ties[place].sum(axis=1)).ravel()
            degree_later = np.asarray(ties[later].sum(axis=1)).ravel()
            others = max(int(seen[later].sum()) - 1, 1)
            again += float(ties[place].multiply(ties[later]).sum())
            met += float(degree @ seen[later])
            chance += float(degree @ (degree_later / others))
        rows.append((again / met, chance / met, met) if met else (math.nan, math.nan, 0.0))
    index = pd.RangeIndex(1, max(len(held), 1), name="lag")
    return pd.DataFrame(rows, index=index, columns=["persistence", "by_chance", "pairs"], dtype=float)


def _both_ways(part: Attendance) -> sparse.csr_array:
    upper = tied_pairs(part.present)
    return sparse.csr_array(upper + upper.T)


@dataclass(frozen=True)
class Alarm:
    """A series watched for leaving its course.

    Attributes
    ----------
    table
        Index of the series: ``value``, ``z`` (standardised), ``up``, ``down`` (cumulated excess), ``alarm``.
    windows
        How many defined values there are.
    enough
        Whether they are at least :data:`MIN_WINDOWS`; otherwise nothing is worked out.
    first
        Label of the first alarm; empty without one.
    since
        Label of the value from which the excess of that alarm built up: when the change likely began.
    direction
        ``up``, ``down`` or empty.
    k, h
        Slack and threshold, in standard deviations.
    """

    table: pd.DataFrame
    windows: int
    enough: bool
    first: str
    since: str
    direction: str
    k: float
    h: float

    def explain(self, lang: Lang) -> list[str]:
        """Return what was found in one sentence."""
        if not self.enough:
            said = Label(
                f"只有 {self.windows} 个时段有数值，不足 {MIN_WINDOWS} 个，无法判断走势是否改变。",
                f"Only {self.windows} windows have a value, fewer than {MIN_WINDOWS}: whether the course "
                "changed cannot be told.",
            )
        elif not self.first:
            said = Label(
                f"{self.windows} 个时段中没有发现走势改变（CUSUM，k={self.k:g}，h={self.h:g}）。",
                f"No change of course in {self.windows} windows (CUSUM, k={self.k:g}, h={self.h:g}).",
            )
        else:
            way = Label("上升", "upward") if self.direction == "up" else Label("下降", "downward")
            said = Label(
                f"{self.first} 发出{way.zh}警报，变化大约始于 {self.since}"
                f"（CUSUM，k={self.k:g}，h={self.h:g}）。警报提示去查原因，不是证明。",
                f"An alarm, {way.en}, at {self.first}; the change began around {self.since} (CUSUM, "
                f"k={self.k:g}, h={self.h:g}). It asks for a look at the reasons and proves nothing.",
            )
        return [said.text(lang)]


def cusum_alarm(
    series: pd.Series[float], k: float = 0.5, h: float = 4.0, baseline: int | None = None
) -> Alarm:
    r"""Return when a series left its course: :math:`C_t = \max(0, C_{t-1} + z_t - k)`, alarm at C >= h.

    The same is done downwards with -z. Give it a standardised quantity (rarefied density, z against
    chance), never a raw density, which moves with the number of activities.

    Parameters
    ----------
    series
        One value per window, in order; missing values are passed over. Windows must not overlap.
    k, h
        Slack per window and threshold, in standard deviations. .5 and 4 suit changes of one standard
        deviation, with a false alarm every 170 windows or so.
    baseline
        So many first values give mean and standard deviation; by default all. At least 5.

    Returns
    -------
    Alarm; with fewer than :data:`MIN_WINDOWS` values, or values that do not vary, ``z`` is NaN.

    Raises
    ------
    MeasureError
        When ``baseline`` is below 5.

    References
    ----------
    McCulloh, I., & Carley, K. M. (2011). Detecting change in longitudinal social networks. *Journal of
    Social Structure* 12.

    Examples
    --------
    >>> course = pd.Series([0.3, 0.31, 0.29, 0.3, 0.31, 0.29, 0.3, 0.31, 0.34, 0.35, 0.36])
    >>> cusum_alarm(course, baseline=8).direction
    'up'
    """
    if baseline is not None and baseline < 5:
        raise MeasureError("E-VALUE", name="baseline", found=baseline, allowed="5, 6, 7, ...")
    values = series.dropna().astype(float)
    known = values.iloc[:baseline]
    sd = float(known.std(ddof=1)) if len(known) > 1 else math.nan
    enough = len(values) >= MIN_WINDOWS
    varies = sd > ROUNDING * float(values.abs().max())
    z = (values - known.mean()) / sd if enough and varies else values * math.nan
    up, down = _cumulated(z, k), _cumulated(-z, k)
    table = pd.DataFrame({"value": values, "z": z, "up": up, "down": down})
    table["alarm"] = (table["up"] >= h) | (table["down"] >= h)
    first = since = direction = ""
    if table["alarm"].any():
        place = int(table["alarm"].to_numpy().argmax())
        direction = "up" if table["up"].iloc[place] >= h else "down"
        still = np.flatnonzero(table[direction].to_numpy()[: place + 1] == 0)
        first, since = str(table.index[place]), str(table.index[int(still[-1]) + 1 if len(still) else 0])
    return Alarm(table, len(values), enough, first, since, direction, k, h)


def _cumulated(z: pd.Series[float], k: float) -> pd.Series[float]:
    # max(0, C + x) over a series is the sum less the lowest the sum has been, 0 before the start included.
    total = (z - k).cumsum()
    return total - np.minimum(total.cummin(), 0.0)
