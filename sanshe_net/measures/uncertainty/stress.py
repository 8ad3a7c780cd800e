"""Stress test: would the answer be the same if some of the records were missing?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.options import check_option
from sanshe_net.measures.uncertainty.limits import (
    CONSTANT,
    UNDEFINED,
    check_numbers,
    named,
    refusal,
    too_little,
)
from sanshe_net.measures.uncertainty.ranks import DECIMALS, ranks, tails
from sanshe_net.measures.uncertainty.resampling import OnProgress
from sanshe_net.measures.uncertainty.statistic import (
    Measured,
    Of,
    Ties,
    activity_order,
    actor_statistic,
    with_activities,
)
from sanshe_net.network import Array
from sanshe_net.vocabulary import Label, Lang

Remove: TypeAlias = Literal["sheets", "sign_ins", "people"]
REMOVED: Final = {
    "sheets": Label("的签到表", "of the sheets"),
    "sign_ins": Label("的签到", "of the sign-ins"),
    "people": Label("的人", "of the people"),
}


@dataclass(frozen=True)
class StressTest:
    """How much of a ranking survives missing records.

    Attributes
    ----------
    measure, remove
        What was ranked, and what was taken away.
    table
        One row per share removed: ``correlation`` (Spearman's, of the values of those left) with
        ``correlation_low`` and ``correlation_high``, ``first_kept`` (share of the draws in which somebody
        ranked first still is, among those left), ``overlap`` (of the first ``top_k`` before and after, 1 =
        the same people) with ``overlap_low`` and ``overlap_high``, and ``undefined`` (draws left out because
        nothing could be compared).
    because
        Why there is no test; ``None`` when there is.
    top_k, level, draws, seed
        As asked for.
    """

    measure: str
    remove: str
    table: pd.DataFrame
    because: Label | None
    top_k: int
    level: float
    draws: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return one sentence for each share removed."""
        name, what = named(self.measure), REMOVED[self.remove]
        if self.because is not None:
            return refusal(self.measure, self.because, lang)
        sentences = []
        for share, row in self.table.iterrows():
            if np.isnan(row["first_kept"]):
                sentences.append(Label(
                    f"如果缺了 {share:.0%} {what.zh}，剩下的无法比较。",
                    f"If {share:.0%} {what.en} were missing, nothing could be compared.",
                ))  # fmt: skip
                continue
            reach = f"{row['overlap_low']:.0%}–{row['overlap_high']:.0%}"
            first, same, order = f"{row['first_kept']:.0%}", f"{row['overlap']:.0%}", row["correlation"]
            sentences.append(Label(
                f"如果缺了 {share:.0%} {what.zh}：{name.zh}第一名不变的可能是 {first}，"
                f"前 {self.top_k} 名平均有 {same} 相同（{reach}），名次相关 {order:.2f}。",
                f"If {share:.0%} {what.en} were missing: the first by {name.en} would stay first in "
                f"{first} of cases, {same} of the first {self.top_k} would be the same ({reach}), "
                f"rank correlation {order:.2f}.",
            ))  # fmt: skip
        sentences.append(
            Label(f"各 {self.draws} 次，种子 {self.seed}。", f"{self.draws} draws each, seed {self.seed}.")
        )
        return [sentence.text(lang) for sentence in sentences]


def stress_test(
    attendance: Attendance,
    measure: Measured = "strength",
    *,
    remove: Remove = "sheets",
    shares: Sequence[float] = (0.05, 0.1, 0.2, 0.3),
    ties: Ties = "newman",
    of: Of = "network",
    top_k: int = 3,
    draws: int = 200,
    seed: int = 0,
    level: float = 0.95,
    on_progress: OnProgress | None = None,
) -> StressTest:
    r"""Return how much of a ranking survives when records are missing at random.

    A share *q* of the activities (``sheets``), of the single attendances (``sign_ins``) or of the people
    is removed, rounded to at least one, and the measure computed anew. Values before and after are
    compared among the people left by Spearman's correlation, by whether a first stays first, and by the
    overlap :math:`|A \cap B| / \max(|A|, |B|)` of those ranked ``top_k`` or better.

    Parameters
    ----------
    attendance, measure, ties, of
        As in :func:`actor_intervals`.
    remove
        ``sheets``, ``sign_ins`` or ``people``.
    shares
        Shares removed, each above 0 and below 1.
    top_k
        The places whose overlap is told.
    draws, seed, level
        Draws per share, their seed, and the coverage of the intervals over draws.
    on_progress
        Called with how many evaluations are done, and of how many.

    Returns
    -------
    StressTest. With too few activities or people, or when all values are equal, ``because`` says why
    there is none. Sheets lost together (a lost folder) or names misread are another risk.
    Cost: draws x shares evaluations.

    Raises
    ------
    MeasureError
        For a measure or option that does not exist, or a share that is not between 0 and 1.

    References
    ----------
    Borgatti, S. P., Carley, K. M., & Krackhardt, D. (2006). On the robustness of centrality measures under
    conditions of imperfect data. *Social Networks* 28(2), 124-136.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> sheet = pd.DataFrame([[1] * 9, [1, 0] * 4 + [1], [0, 1] * 4 + [0]], ["李", "王", "赵"])
    >>> stress_test(attendance_from_table(sheet), shares=[0.1], top_k=1, draws=50).explain("en")[0][:63]
    'If 10% of the sheets were missing: the first by tie strength wo'
    """
    check_numbers(draws=draws, level=level, top_k=top_k)
    check_option("remove", remove, tuple(REMOVED))
    for share in shares:
        if not 0 < share < 1:
            raise MeasureError("E-VALUE", name="shares", found=share, allowed="0 < share < 1")
    statistic = actor_statistic(measure, ties, of, attendance.shape[0])
    because = too_little(attendance)
    whole = statistic.values(attendance) if because is None else np.empty(0)
    if because is None:
        defined = whole[~np.isnan(whole)]
        if not len(defined):
            because = UNDEFINED
        elif np.ptp(defined) <= 10.0**-DECIMALS:
            because = CONSTANT
    rows = []
    for place, share in enumerate(shares if because is None else ()):
        generator = np.random.default_rng([seed, place])
        found = np.full((draws, 3), np.nan)
        for draw in range(draws):
            less, left = _without(attendance, remove, share, generator)
            found[draw] = _compared(whole[left], statistic.values(less), top_k)
            if on_progress:
                on_progress(place * draws + draw + 1, draws * len(shares))
        rows.append(_summary(found, level))
    table = pd.DataFrame(rows, index=pd.Index(list(shares) if rows else [], name="share"), columns=[*COLUMNS])
    return StressTest(statistic.name, remove, table, because, top_k, level, draws, seed)


COLUMNS: Final = (
    "correlation", "correlation_low", "correlation_high",
    "first_kept", "overlap", "overlap_low", "overlap_high", "undefined",
)  # fmt: skip


def _without(
    attendance: Attendance, remove: str, share: float, generator: np.random.Generator
) -> tuple[Attendance, Array]:
    """Return the matrix with a share missing, and the positions of the people left."""
    people, activities = attendance.shape
    everybody = np.arange(people)
    if remove == "sheets":
        kept = generator.permutation(activities)[_lost(share, activities) :]
        return with_activities(attendance, activity_order(attendance)[kept]), everybody
    if remove == "people":
        left = np.sort(generator.permutation(people)[_lost(share, people) :])
        chosen = np.zeros(people, dtype=bool)
        chosen[left] = True
        return attendance.of_people(chosen), left
    # Single attendances in the order of people, then of activities by day and name.
    order = activity_order(attendance)
    present = attendance.present.tocoo()
    place = np.argsort(order)[present.coords[1]]
    cells = np.lexsort((place, present.coords[0]))
    kept = np.sort(cells[generator.permutation(len(cells))[_lost(share, len(cells)) :]])
    held = (present.coords[0][kept], present.coords[1][kept])
    fewer = sparse.csr_array((np.ones(len(kept)), held), shape=present.shape)
    return replace(attendance, present=fewer), everybody


def _lost(share: float, count: int) -> int:
    return min(max(round(share * count), 1), count - 1)


def _compared(before: Array, after: Array, top_k: int) -> tuple[float, float, float]:
    """Return rank correlation, whether a first stays first, and the overlap of the first ones."""
    known = ~(np.isnan(before) | np.isnan(after))
    if known.sum() < 2:
        return np.nan, np.nan, np.nan
    both = np.round(np.array([before[known], after[known]]), DECIMALS)
    placed = ranks(both)
    first, top = placed == 1, placed <= top_k
    overlap = (top[0] & top[1]).sum() / max(top[0].sum(), top[1].sum())
    middle = pd.DataFrame(both.T).rank().to_numpy()
    varies = np.ptp(both, axis=1).all()
    correlation = float(np.corrcoef(middle.T)[0, 1]) if varies else np.nan
    return correlation, float((first[0] & first[1]).any()), float(overlap)


def _summary(found: Array, level: float) -> list[float]:
    known = found[~np.isnan(found[:, 0])]
    missing = float(len(found) - len(known))
    if not len(known):
        return [*[np.nan] * 7, missing]
    low, high = np.quantile(known, tails(level), axis=0)
    middle = known.mean(axis=0)
    return [middle[0], low[0], high[0], middle[1], middle[2], low[2], high[2], missing]
