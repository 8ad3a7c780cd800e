"""The three ways of drawing activities anew, for any statistic."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.uncertainty.statistic import Statistic, activity_order, is_linear, with_activities
from sanshe_net.measures.uncertainty.sums import CHUNK
from sanshe_net.network import Array
from sanshe_net.vocabulary import Label

Method: TypeAlias = Literal["auto", "bootstrap", "jackknife", "subsample"]
OnProgress: TypeAlias = Callable[[int, int], None]
METHODS: Final = {
    "bootstrap": Label(
        "对活动有放回地重复抽样（该指标是各场活动之和）",
        "the activities are drawn anew with replacement: the value is a sum over activities",
    ),
    "jackknife": Label(
        "逐场去掉一场活动，看数值变多少，再对这些变化重复抽样（“见过没有”一类的指标，有放回抽样会系统偏低）",
        "each activity is left out in turn and these effects are drawn anew: for values of the kind "
        '"ever met" drawing with replacement would be too low throughout',
    ),
    "subsample": Label(
        "无放回地去掉一部分活动，再按活动数换算",
        "some activities are left out, without replacement, and the spread is scaled to all of them",
    ),
}
FORCED: Final = Label(
    "对活动有放回地重复抽样；该指标不是各场活动之和，区间系统偏离",
    "the activities are drawn anew with replacement although the value is no sum over activities: "
    "the interval is off",
)


def choose(method: Method, statistic: Statistic, attendance: Attendance) -> tuple[str, Label]:
    """Return the method to use and why."""
    if method == "auto":
        chosen = "bootstrap" if is_linear(statistic, attendance) else "jackknife"
        return chosen, METHODS[chosen]
    if method == "bootstrap" and not is_linear(statistic, attendance):
        return method, FORCED
    return method, METHODS[method]


def effects_of(
    statistic: Statistic, attendance: Attendance, on_progress: OnProgress | None = None
) -> sparse.csr_array:
    """Return what each value loses without each activity, activities by day and name; values x activities."""
    order = activity_order(attendance)
    if statistic.effects is not None:
        return sparse.csr_array(statistic.effects(attendance)[:, order])
    whole, every = statistic.values(attendance), np.arange(len(order))
    lost = np.empty((len(whole), len(order)))
    for place, column in enumerate(order):
        lost[:, place] = whole - statistic.values(with_activities(attendance, np.delete(every, column)))
        if on_progress:
            on_progress(place + 1, len(order))
    return sparse.csr_array(lost)


def drawn_effects(
    whole: Array, effects: sparse.csr_array, draws: int, seed: int, on_progress: OnProgress | None = None
) -> Array:
    r"""Return :math:`T + \sum_e (w_e - 1) D_e` for multinomial weights *w*; draws x values.

    For a sum over activities this is the bootstrap itself; else its linear part, whose variance is that of
    the delete-one jackknife (times *E* / (*E* - 1)).
    """
    generator = np.random.default_rng(seed)
    values, activities = effects.shape
    known = effects.copy()
    known.data = np.nan_to_num(known.data)
    chances = np.full(activities, 1 / activities)
    size = max(1, CHUNK // max(values, activities))
    drawn = np.empty((draws, values))
    for start in range(0, draws, size):
        stop = min(start + size, draws)
        weights = generator.multinomial(activities, chances, size=stop - start) - 1.0
        drawn[start:stop] = whole + (known @ weights.T).T
        if on_progress:
            on_progress(stop, draws)
    return drawn


def redrawn(
    statistic: Statistic,
    attendance: Attendance,
    method: str,
    draws: int,
    seed: int,
    on_progress: OnProgress | None = None,
) -> Array:
    r"""Return the statistic on sets of activities drawn one by one; draws x values.

    ``bootstrap``: as many as there are, with replacement. ``subsample``: all but :math:`d = \sqrt{E}`,
    without replacement, deviations from their mean scaled by :math:`\sqrt{(E - d) / d}` (Shao & Wu 1989).
    """
    generator, order = np.random.default_rng(seed), activity_order(attendance)
    activities = len(order)
    out = max(1, round(math.sqrt(activities)))
    found = []
    for done in range(draws):
        if method == "bootstrap":
            places = generator.integers(0, activities, activities)
        else:
            places = generator.permutation(activities)[out:]
        found.append(statistic.values(with_activities(attendance, order[places])))
        if on_progress:
            on_progress(done + 1, draws)
    drawn = np.array(found)
    if method == "bootstrap":
        return drawn
    whole = statistic.values(attendance)
    spread: Array = whole + math.sqrt((activities - out) / out) * (drawn - _mean(drawn))
    return spread


def standard_errors(effects: sparse.csr_array) -> Array:
    r"""Return the delete-one jackknife standard errors :math:`\sqrt{(E-1)/E \sum_e (D_e - \bar D)^2}`."""
    activities = effects.shape[1]
    squares = np.asarray((effects * effects).sum(axis=1))
    sums = np.asarray(effects.sum(axis=1))
    variance = (activities - 1) / activities * np.maximum(squares - sums**2 / activities, 0.0)
    errors: Array = np.sqrt(variance)
    return errors


def _mean(drawn: Array) -> Any:
    counted = np.maximum((~np.isnan(drawn)).sum(axis=0), 1)
    return np.nansum(drawn, axis=0) / counted
