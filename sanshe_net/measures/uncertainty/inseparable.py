"""Who cannot be told apart: differences between actors over the same draws, all pairs at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures.uncertainty.actors import ActorIntervals
from sanshe_net.measures.uncertainty.ranks import DECIMALS
from sanshe_net.network import Array
from sanshe_net.vocabulary import Label, Lang

MOST: Final = 5000
"""A table of all pairs of more actors would not fit in memory."""
SHOWN: Final = 12


@dataclass(frozen=True)
class Inseparable:
    """Sets of actors whose order the records do not decide.

    Attributes
    ----------
    table
        One row per actor compared, best first: ``estimate``, ``rank``, ``rank_low`` and ``rank_high``
        (among those compared, true for all actors at once with probability ``level``), ``tied_with`` (a
        tuple of those who cannot be told from the actor) and ``set`` (the first of ``sets`` they are in, from
        1; 0 for an actor who is apart from everybody).
    sets
        Runs of actors, best first, in which no two can be told apart; runs may overlap, for "A like B, B
        like C, but A above C" is no contradiction.
    critical
        How many standard errors a difference must exceed.
    because
        Why nothing can be said; ``None`` when something can.
    level, draws, seed
        Those of the intervals it rests on.
    """

    table: pd.DataFrame
    sets: tuple[tuple[Any, ...], ...]
    critical: float
    because: Label | None
    level: float
    draws: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return the sets in words, one sentence each, by actor id."""
        if self.because is not None:
            return [self.because.text(lang)]
        return [_named(members).text(lang) for members in self.sets] or [
            Label("所有人都能分出先后。", "Every two of them can be told apart.").text(lang)
        ]


def _named(members: tuple[Any, ...]) -> Label:
    names, more = [str(actor) for actor in members[:SHOWN]], len(members) - SHOWN
    rest = Label(f" 等 {len(members)} 人", f" and {more} more") if more > 0 else Label("", "")
    return Label(f"分不出先后：{'、'.join(names)}{rest.zh}", f"not separable: {', '.join(names)}{rest.en}")


def inseparable(intervals: ActorIntervals, *, first: int | None = None) -> Inseparable:
    r"""Return which actors cannot be told apart.

    Two actors are told apart when their difference exceeds *c* of its standard errors over the common
    draws, with *c* the ``level`` quantile of :math:`\max_{i<j} |d^*_{ij} - \bar d^*_{ij}| / s_{ij}`: all
    statements hold together with that probability, as in the rank confidence sets of Mogstad et al.
    Overlap of two intervals is not used: people who come to the same activities move together, and their
    difference can be sure where neither value is.

    Parameters
    ----------
    intervals
        From :func:`actor_intervals`.
    first
        Compare only the actors ranked so high or better, with each other; by default everybody. Fewer
        comparisons tell more apart, but the choice itself is then not allowed for.

    Returns
    -------
    Inseparable. Actors without a value or an interval are not compared. A difference that no draw
    changes separates. Cost: O(draws x actors^2).

    Raises
    ------
    MeasureError
        When ``first`` is below 1, or more than 5,000 actors would be compared.

    References
    ----------
    Mogstad, M., Romano, J. P., Shaikh, A. M., & Wilhelm, D. (2024). Inference for ranks with applications
    to mobility across neighbourhoods and academic achievement across countries. *Review of Economic
    Studies* 91(1), 476-518.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> from sanshe_net.measures.uncertainty import actor_intervals
    >>> rows = [[1] * 9, [1, 0] * 4 + [1], [0, 1] * 4 + [1], [1] + [0] * 8]
    >>> sheet = pd.DataFrame(rows, ["李", "王", "赵", "陈"])
    >>> inseparable(actor_intervals(attendance_from_table(sheet), draws=200)).explain("en")
    ['not separable: 李, 王, 赵', 'not separable: 王, 赵, 陈']
    """
    if first is not None and first < 1:
        raise MeasureError("E-VALUE", name="first", found=first, allowed="1, 2, 3, ...")
    table = intervals.table
    able = table["rank_low"].notna() & (table["rank"] <= (first or len(table)))
    chosen = np.flatnonzero(able.to_numpy())
    estimate = table["estimate"].to_numpy()[chosen]
    chosen = chosen[np.argsort(-np.round(estimate, DECIMALS), kind="stable")]
    if len(chosen) > MOST:
        raise MeasureError("E-VALUE", name="first", found=len(chosen), allowed=f"<= {MOST}")
    estimate = table["estimate"].to_numpy()[chosen]
    apart, critical = _apart(estimate, intervals.drawn[:, chosen], intervals.level)
    actors = list(table.index[chosen])
    sets = _runs(apart)
    above = apart & (estimate[:, None] < estimate[None, :])
    alike = ~apart & ~np.eye(len(chosen), dtype=bool)
    tied = [tuple(actors[place] for place in np.flatnonzero(row)) for row in alike]
    shown = table.iloc[chosen][["estimate", "rank"]].assign(
        rank_low=1 + above.sum(axis=1),
        rank_high=len(chosen) - above.sum(axis=0),
        tied_with=pd.Series(tied, index=table.index[chosen], dtype=object),
        set=[_place(sets, place) for place in range(len(chosen))],
    )
    named = tuple(tuple(actors[start:stop]) for start, stop in sets)
    return Inseparable(
        shown, named, critical, intervals.because, intervals.level, intervals.draws, intervals.seed
    )


def _apart(estimate: Array, drawn: Array, level: float) -> tuple[Array, float]:
    """Return which pairs are told apart, and the critical number of standard errors."""
    count = len(estimate)
    if count < 2:
        return np.zeros((count, count), dtype=bool), float("nan")
    from sanshe_net.kernels.pair_gaps import widest_gaps

    centred = np.ascontiguousarray(drawn - drawn.mean(axis=0))
    shared = centred.T @ centred / len(centred)
    own = np.diag(shared)
    variance = own[:, None] + own[None, :] - 2 * shared
    # Two who always move together leave a rounding error here, no variance.
    varies = variance > 1e-9 * (own[:, None] + own[None, :])
    precision = np.zeros_like(variance)
    precision[varies] = 1 / np.sqrt(variance[varies])
    critical = float(np.quantile(widest_gaps(centred, precision), level))
    gap = np.abs(estimate[:, None] - estimate[None, :])
    apart: Array = np.where(varies, gap * precision > critical, gap > 10.0**-DECIMALS)
    return apart, critical


def _runs(apart: Array) -> list[tuple[int, int]]:
    """Return the longest runs of neighbours in which no two are apart, of two or more; start and stop."""
    runs: list[tuple[int, int]] = []
    stop = 0
    for start in range(len(apart)):
        stop = max(stop, start + 1)
        reached = stop
        while stop < len(apart) and not apart[stop, start:stop].any():
            stop += 1
        if stop - start > 1 and (stop > reached or not runs):
            runs.append((start, stop))
    return runs


def _place(runs: list[tuple[int, int]], place: int) -> int:
    return next((number for number, (start, stop) in enumerate(runs, 1) if start <= place < stop), 0)
