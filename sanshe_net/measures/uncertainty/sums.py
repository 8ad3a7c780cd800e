"""Rank intervals of sums over activities: the activities are drawn anew, with the people as they are."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.uncertainty.ranks import ranks, tails, with_rank_intervals
from sanshe_net.network import Array

CHUNK: Final = 4_000_000
"""Numbers computed at a time; bounds the working memory to some 100 MB."""


def rank_intervals(
    counts: sparse.csr_array[Any],
    actors: pd.Index[Any],
    *,
    top_k: int = 10,
    draws: int = 1000,
    seed: int = 1,
    level: float = 0.95,
) -> pd.DataFrame:
    r"""Return the rank of each actor with the interval that resampling activities gives it.

    The statistic of actor *i* is :math:`x_i = \sum_e c_{ie}` over the activities *e*. A draw gives the *E*
    activities the multinomial weights :math:`(w_1, ..., w_E)`, :math:`\sum_e w_e = E`, and the statistic
    :math:`x_i^* = \sum_e w_e c_{ie}`. Intervals are percentiles over the draws. Rank 1 is the highest
    value; equal values (to 9 decimals) share the best of their ranks.

    Parameters
    ----------
    counts
        What each activity (column) contributes to the statistic of each actor (row).
    actors
        The actors, in the order of the rows.
    top_k
        The places asked about in ``share_in_top_k``.
    draws
        How often the activities are drawn anew.
    seed
        Seed of the draws. The same seed, actors and activities give the same table, in whatever order
        the rows and columns come.
    level
        Coverage of the intervals.

    Returns
    -------
    DataFrame indexed by ``actors``: ``estimate``, ``low``, ``high``, ``rank``, ``rank_low`` (best),
    ``rank_high`` (worst), ``share_in_top_k`` (share of the draws with a rank of ``top_k`` or better),
    ``draws``, ``seed``.
    With fewer than two activities the interval columns and the share are ``NaN``: nothing can vary.

    Raises
    ------
    MeasureError
        When ``counts`` does not have one row per actor or holds a value that is not finite, an actor
        comes twice, or ``top_k``, ``draws`` or ``level`` is impossible.

    References
    ----------
    Efron, B., & Tibshirani, R. J. (1993). *An Introduction to the Bootstrap*. Chapman & Hall. Ch. 13.

    Examples
    --------
    >>> attended = sparse.csr_array([[1, 1, 1, 1], [1, 0, 0, 1], [0, 1, 0, 0]])
    >>> people = pd.Index(["李", "王", "赵"])
    >>> rank_intervals(attended, people, top_k=1)["rank_high"].to_dict()
    {'李': 1.0, '王': 3.0, '赵': 3.0}
    """
    _check(counts, actors, top_k=top_k, draws=draws, level=level)
    matrix, order = _canonical(sparse.csr_array(counts), actors)
    estimate = np.asarray(matrix.sum(axis=1), dtype=float)
    table = pd.DataFrame({"estimate": estimate}, index=actors[order])
    table["low"] = table["high"] = np.nan
    table["rank"] = ranks(estimate[np.newaxis]).ravel()
    table["rank_low"] = table["rank_high"] = table["share_in_top_k"] = np.nan
    if matrix.shape[1] >= 2 and len(actors):
        values = np.concatenate(list(resampled(matrix, draws, seed)))
        table["low"], table["high"] = np.quantile(values, tails(level), axis=0)
        table = with_rank_intervals(table, values, top_k=top_k, level=level)
    return table.assign(draws=draws, seed=seed).reindex(actors)


def resampled(matrix: sparse.csr_array[Any], draws: int, seed: int) -> Iterator[Array]:
    """Yield the sums of each actor when the columns are drawn anew: draws x actors, in chunks.

    The weights come from one stream whatever the size of a chunk.
    """
    generator = np.random.default_rng(seed)
    actors, activities = matrix.shape
    chances = np.full(activities, 1 / activities)
    size = max(1, CHUNK // max(actors, activities))
    for start in range(0, draws, size):
        weights = generator.multinomial(activities, chances, size=min(size, draws - start))
        yield np.ascontiguousarray((matrix @ weights.T.astype(float)).T)


def _canonical(counts: sparse.csr_array[Any], actors: pd.Index[Any]) -> tuple[sparse.csr_array[Any], Array]:
    # Rows by actor, columns by content: activities carry no label here, and equal columns are
    # exchangeable, so the draws do not depend on the order in which anything was given.
    def place(position: int) -> tuple[str, Hashable]:
        return (type(actors[position]).__name__, actors[position])

    order = np.array(sorted(range(len(actors)), key=place), dtype=np.int64)
    columns = counts[order].tocsc().astype(float)
    columns.sum_duplicates()
    columns.eliminate_zeros()

    def content(column: int) -> tuple[bytes, bytes]:
        held = slice(columns.indptr[column], columns.indptr[column + 1])
        return (columns.indices[held].astype(">i8").tobytes(), columns.data[held].tobytes())

    sorted_columns = sorted(range(columns.shape[1]), key=content)
    return sparse.csr_array(columns[:, sorted_columns]), order


def _check(
    counts: sparse.csr_array[Any], actors: pd.Index[Any], *, top_k: int, draws: int, level: float
) -> None:
    def refuse(name: str, found: object, allowed: str) -> None:
        raise MeasureError("E-VALUE", name=name, found=found, allowed=allowed)

    if counts.shape[0] != len(actors):
        refuse("counts", f"{counts.shape[0]} x {counts.shape[1]}", f"{len(actors)} x n")
    if not np.isfinite(counts.data).all():
        refuse("counts", "NaN / inf", "0, 1, 2, ...")
    if actors.has_duplicates:
        raise MeasureError("E-ACTOR-TWICE", found=actors[actors.duplicated()][0])
    if top_k < 1:
        refuse("top_k", top_k, "1, 2, 3, ...")
    if draws < 1:
        refuse("draws", draws, "1, 2, 3, ...")
    if not 0 < level < 1:
        refuse("level", level, "0 < level < 1")
