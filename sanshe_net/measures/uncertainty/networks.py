"""Any number of a network with its interval."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import stats

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.options import check_option
from sanshe_net.measures.uncertainty.limits import UNDEFINED, check_numbers, named, refusal, too_little
from sanshe_net.measures.uncertainty.ranks import tails
from sanshe_net.measures.uncertainty.resampling import (
    METHODS,
    Method,
    OnProgress,
    choose,
    effects_of,
    redrawn,
    standard_errors,
)
from sanshe_net.measures.uncertainty.statistic import Measured, Of, Statistic, Ties, network_statistic
from sanshe_net.vocabulary import Label, Lang

LEFT_OUT: Final = Label(
    "逐场去掉一场活动，看数值变多少（“见过没有”一类的指标，有放回抽样会系统偏低）",
    'each activity is left out in turn: for values of the kind "ever met" drawing with replacement would be '
    "too low throughout",
)


@dataclass(frozen=True)
class NetworkInterval:
    """A number of a network and how far other activities could have moved it.

    Attributes
    ----------
    measure, estimate
        What was measured, and its value.
    low, high, standard_error
        The interval and the standard error; NaN when ``because`` says why.
    mean
        Mean of the draws; for the jackknife the mean without one activity.
    method, why
        How the activities were drawn anew, and why so.
    because
        Why there is no interval; ``None`` when there is.
    level, draws, seed
        As asked for; ``draws`` is the number of activities for the jackknife, which draws nothing.
    """

    measure: str
    estimate: float
    low: float
    high: float
    standard_error: float
    mean: float
    method: str
    why: Label
    because: Label | None
    level: float
    draws: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return the number, its interval and how it was made, one sentence each."""
        name = named(self.measure)
        if self.because is not None:
            return refusal(self.measure, self.because, lang)
        times = f"{self.draws} 次，种子 {self.seed}", f"{self.draws} times, seed {self.seed}"
        if self.method == "jackknife":  # nothing is drawn
            times = f"共 {self.draws} 场", f"{self.draws} activities in all"
        reach, error = f"{self.low:.3g}–{self.high:.3g}", f"{self.standard_error:.2g}"
        sentences = [
            Label(
                f"{name.zh} = {self.estimate:.3g}，{self.level:.0%} 区间 {reach}，标准误 {error}。",
                f"{name.en} = {self.estimate:.3g}, {self.level:.0%} interval {reach}, "
                f"standard error {error}.",
            ),
            Label(
                f"做法：{self.why.zh}；{times[0]}。",
                f"Method: {self.why.en}; {times[1]}.",
            ),
        ]
        return [sentence.text(lang) for sentence in sentences]


def network_intervals(
    attendance: Attendance,
    measure: Measured = "density",
    *,
    ties: Ties = "newman",
    of: Of = "network",
    method: Method = "auto",
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    on_progress: OnProgress | None = None,
) -> NetworkInterval:
    r"""Return a number of the network with its interval from drawing activities anew.

    The jackknife leaves out each activity once: :math:`s^2 = (E-1)/E \sum_e (T^{(-e)} - \bar T)^2`. The
    interval uses Student's *t* with *E* - 1 degrees of freedom, for a share strictly between its bounds
    on the logit scale, where it cannot leave them; other values are cut at their bounds. The value is an
    unbiased estimate of what as many activities of the same kind show on average.

    Parameters
    ----------
    attendance
        Who was at what. Apply the size rule first, with :meth:`Attendance.of_activities`.
    measure
        The name of a measure of networks, or a function giving a number.
    ties, of, method, draws, seed, level, on_progress
        As in :func:`actor_intervals`; ``draws`` and ``seed`` matter for ``bootstrap`` and ``subsample``.

    Returns
    -------
    NetworkInterval. With fewer than 5 activities or 2 people, or without names, there is no interval and
    ``because`` says why; where the value never changes the standard error is 0.
    Cost: two sparse products for density and mean degree; else one evaluation per activity or draw.

    Raises
    ------
    MeasureError
        For a measure or option that does not exist, or a function that does not give a number.

    References
    ----------
    Efron, B., & Stein, C. (1981). The jackknife estimate of variance. *Annals of Statistics* 9(3), 586-596.
    Shao, J., & Wu, C. F. J. (1989). A general theory for jackknife variance estimation. *Annals of
    Statistics* 17(3), 1176-1197.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> sheet = pd.DataFrame([[1, 1, 0, 1, 1], [1, 0, 1, 0, 1], [0, 1, 0, 0, 0], [0, 0, 1, 1, 0]])
    >>> found = network_intervals(attendance_from_table(sheet))
    >>> round(found.estimate, 3), round(found.standard_error, 3)
    (0.667, 0.163)
    """
    check_numbers(draws=draws, level=level)
    check_option("method", method, ("auto", *METHODS))
    statistic = network_statistic(measure, ties, of)
    because, chosen, why = too_little(attendance), "none", METHODS["jackknife"]
    estimate = float(statistic.values(attendance)[0]) if attendance.shape[0] else math.nan
    if because is None and math.isnan(estimate):
        because = UNDEFINED
    low = high = error = mean = math.nan
    if because is None:
        chosen, why = choose(method, statistic, attendance)
        if chosen == "jackknife":
            draws = attendance.shape[1]
            why = LEFT_OUT
            low, high, error, mean = _jackknife(statistic, attendance, estimate, level, on_progress)
        else:
            low, high, error, mean = _drawn(
                statistic, attendance, chosen, draws, seed, level, on_progress
            )  # fmt: skip
        if math.isnan(error):
            because, low, high = UNDEFINED, math.nan, math.nan
    return NetworkInterval(
        statistic.name, estimate, low, high, error, mean, chosen, why, because, level, draws, seed
    )


def _jackknife(
    statistic: Statistic,
    attendance: Attendance,
    estimate: float,
    level: float,
    on_progress: OnProgress | None,
) -> tuple[float, float, float, float]:
    effects = effects_of(statistic, attendance, on_progress)
    error = float(standard_errors(effects)[0])
    mean = estimate - float(effects.sum()) / effects.shape[1]
    reach = float(stats.t.ppf(tails(level)[1], effects.shape[1] - 1)) * error
    low, high = statistic.lowest, statistic.highest
    if (low, high) == (0, 1) and 0 < estimate < 1:
        middle, reach = math.log(estimate / (1 - estimate)), reach / (estimate * (1 - estimate))
        ends = [float(1 / (1 + np.exp(-place))) for place in (middle - reach, middle + reach)]
        return ends[0], ends[1], error, mean
    return max(low, estimate - reach), min(high, estimate + reach), error, mean


def _drawn(
    statistic: Statistic,
    attendance: Attendance,
    method: str,
    draws: int,
    seed: int,
    level: float,
    on_progress: OnProgress | None,
) -> tuple[float, float, float, float]:
    drawn = redrawn(statistic, attendance, method, draws, seed, on_progress)[:, 0]
    low, high = (float(end) for end in np.quantile(drawn, tails(level)))
    error = float(drawn.std(ddof=1)) if draws > 1 else math.nan
    return max(statistic.lowest, low), min(statistic.highest, high), error, float(drawn.mean())
