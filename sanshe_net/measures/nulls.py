"""Chance made explicit: a value beside what a named null gives, with p-values that are never 0."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from sanshe_net.network import Array
from sanshe_net.vocabulary import MEASURES, Label, Lang

NULLS: Final = {
    "labels": Label("随机互换行动者的位置（QAP）", "actors trade places at random (QAP)"),
    "residuals": Label(
        "随机互换残差的行与列（双重半偏置换）", "residuals are permuted (double semi-partialling)"
    ),
    "size": Label("人数相同的随机网络", "random networks of the same size"),
    "ties": Label(
        "人数和联系数相同的随机网络", "random networks of the same size with the same number of ties"
    ),
    "dyads": Label(
        "人数和对子构成（互相、单向、无）相同的随机网络",
        "random networks of the same size with as many mutual, one-way and empty pairs",
    ),
    "margins": Label(
        "每人的参加次数和每场的人数不变，其余随机（curveball）",
        "everybody as active and every activity as large as they were, otherwise at random (curveball)",
    ),
    "activities_within_kind": Label(
        "同类活动之间随机互换所属时期", "activities of one kind trade their periods at random"
    ),
}
"""The nulls by name, in words."""
ROUNDING: Final = 1e-9
"""Values that differ by less than this part of their size are equal: sums round by their order."""


@dataclass(frozen=True)
class NullTest:
    """A value and where it lies among the values that a null gives.

    Attributes
    ----------
    statistic
        What was measured.
    null
        The null, a key of :data:`NULLS`.
    observed
        The value of the network.
    mean, sd
        Mean and standard deviation over the draws (of a sample, n - 1).
    zscore
        ``(observed - mean) / sd``; NaN when the draws do not vary. Says how far, not how likely.
    p_upper, p_lower
        How often chance is at least, or at most, the observed value: (1 + extreme) / (1 + draws).
    p_two_sided
        How often chance is at least as far from its centre as the observed value.
    draws
        How many draws the numbers rest on.
    undefined
        Draws left out because the measure has no value for them.
    seed
        Seed of the draws.
    """

    statistic: str
    null: str
    observed: float
    mean: float
    sd: float
    zscore: float
    p_upper: float
    p_lower: float
    p_two_sided: float
    draws: int
    undefined: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return the result in words, one sentence each."""
        null, p = NULLS[self.null], f"{self.p_two_sided:.3g}"
        name = MEASURES.get(self.statistic, Label(self.statistic, self.statistic))
        if math.isnan(self.p_two_sided):
            nothing = Label(
                f"{name.zh} 在这里没有定义，无法与随机情形比较。",
                f"{name.en} is not defined here; there is nothing to compare with chance.",
            )
            return [nothing.text(lang)]
        sentences = [
            Label(
                f"{name.zh} = {self.observed:.4g}；随机情形平均 {self.mean:.4g}，标准差 {self.sd:.3g}。",
                f"{name.en} = {self.observed:.4g}; by chance {self.mean:.4g} on average, "
                f"standard deviation {self.sd:.3g}.",
            ),
            Label(
                f"随机情形：{null.zh}，{self.draws} 次（种子 {self.seed}）；双侧 p = {p}。",
                f"Chance: {null.en}, {self.draws} draws (seed {self.seed}); two-sided p = {p}.",
            ),
        ]
        if self.undefined:
            sentences.append(
                Label(
                    f"另有 {self.undefined} 次随机情形没有定义，未计入。",
                    f"{self.undefined} further draws gave no defined value and are left out.",
                )
            )
        return [sentence.text(lang) for sentence in sentences]


def null_test(
    statistic: str, null: str, observed: float, drawn: Array, *, seed: int, centre: float | None = None
) -> NullTest:
    """Return the test of an ``observed`` value against the values ``drawn`` under a null.

    Parameters
    ----------
    statistic, null
        What was measured, and the key of the null in :data:`NULLS`.
    observed
        The value of the network; NaN leaves everything undefined.
    drawn
        The values under the null; NaN marks a draw without a value, which is left out and counted.
    seed
        Seed the draws were made with, for the record.
    centre
        The exact mean under the null where theory gives it; see :func:`p_values`.
    """
    defined = drawn[~np.isnan(drawn)]
    upper, lower, both = p_values(observed, defined, centre)
    mean = float(defined.mean()) if len(defined) else math.nan
    sd = float(defined.std(ddof=1)) if len(defined) > 1 else math.nan
    varies = sd > ROUNDING * max(abs(mean), float(np.abs(defined).max(initial=0)))
    zscore = (observed - mean) / sd if varies else math.nan
    return NullTest(
        statistic, null, observed, mean, sd, zscore, upper, lower, both,
        draws=len(defined), undefined=len(drawn) - len(defined), seed=seed,
    )  # fmt: skip


def p_values(observed: float, drawn: Array, centre: float | None = None) -> tuple[float, float, float]:
    r"""Return the upper, lower and two-sided Monte-Carlo p-values, each :math:`(1 + extreme) / (1 + draws)`.

    The observed value counts as one of its own draws, so a p-value is never 0 and the test keeps its level
    at any number of draws (Phipson & Smyth 2010). Two-sided extreme means at least as far from ``centre``
    as the observed value; without a ``centre`` from theory it is the mean of the draws and the observed
    value together, which treats them alike. NaN when the observed value is, or nothing was drawn.

    References
    ----------
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical
    Applications in Genetics and Molecular Biology* 9(1), 39.

    Examples
    --------
    >>> p_values(3.0, np.array([0.0, 1.0, -4.0, 3.0]), centre=0.0)
    (0.4, 1.0, 0.6)
    """
    if math.isnan(observed) or not len(drawn):
        return math.nan, math.nan, math.nan
    middle = (observed + drawn.sum()) / (1 + len(drawn)) if centre is None else centre
    slack = ROUNDING * max(abs(observed), float(np.median(np.abs(drawn))))
    extreme = (
        drawn >= observed - slack,
        drawn <= observed + slack,
        np.abs(drawn - middle) >= abs(observed - middle) - slack,
    )
    upper, lower, both = ((1 + int(np.count_nonzero(hits))) / (1 + len(drawn)) for hits in extreme)
    return upper, lower, both
