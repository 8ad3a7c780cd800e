"""Attendance shuffled with its margins kept: everybody as active, every activity as large, as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.network import Array

TRADES_PER_ROW: Final = 10


def fixed_margin_draws(
    attendance: Attendance, draws: int, seed: int = 0, *, trades: int | None = None
) -> Iterator[Attendance]:
    r"""Yield attendance at random with the attendances of each person and the people of each activity kept.

    The *curveball* chain of Strona and others: two rows pool what only one of them has and deal it back at
    random, each as much as it gave. It runs over the shorter side of the table, *t* trades before the
    first draw and *t* between draws. Margins are exact after any number of trades, and in the long run
    every table with these margins is equally likely.

    Nobody is given an activity they could not attend: only what both were eligible for is dealt. Trades
    between pairs of rows can then fail to reach every table (Berger 2016); the draws are even among those
    that can be reached from the observed one.

    Parameters
    ----------
    attendance
        With fewer than two people or activities there is nothing to trade: every draw is the observed
        table.
    draws
        How many.
    seed
        Seed of the chain.
    trades
        *t*; by default 10 times the rows of the shorter side, the smallest number that Neal (2023) finds
        to mix.

    Yields
    ------
    Attendance with other sign-ins; people, activities and eligibility as given.

    Raises
    ------
    MeasureError
        When ``draws`` or ``trades`` is below 1, or eligibility is too large to hold cell by cell.

    Notes
    -----
    Cost: a trade is O(length of two rows).

    References
    ----------
    Strona, G., Nappo, D., Boccacci, F., Fattorini, S., & San-Miguel-Ayanz, J. (2014). A fast and unbiased
    procedure to randomize ecological binary matrices with fixed row and column totals. *Nature
    Communications* 5, 4114.
    Neal, Z. P. (2023). How many trades? Mixing of the curveball algorithm. arXiv:2305.04937.
    Berger, A. (2016). arXiv:1608.03177.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> import pandas as pd
    >>> table = pd.DataFrame([[1, 1, 0], [0, 1, 1], [0, 0, 1]], ["李", "王", "赵"], ["课", "会", "节"])
    >>> held = attendance_from_table(table)
    >>> [(drawn.attended.tolist(), drawn.named.tolist()) for drawn in fixed_margin_draws(held, 2)]
    [([2, 2, 1], [1, 2, 2]), ([2, 2, 1], [1, 2, 2])]
    """
    for name, value in (("draws", draws), ("trades", trades)):
        if value is not None and value < 1:
            raise MeasureError("E-VALUE", name=name, found=value, allowed="1, 2, 3, ...")
    return _chain(attendance, draws, seed, trades)


def _chain(attendance: Attendance, draws: int, seed: int, trades: int | None) -> Iterator[Attendance]:
    from sanshe_net.kernels.curveball import trade

    people, activities = attendance.shape
    turned = activities < people
    table = sparse.csr_array(attendance.present.T.tocsr() if turned else attendance.present)
    indptr, indices = table.indptr.astype(np.int64), table.indices.astype(np.int32)
    eligible = np.zeros((0, 0), dtype=np.uint8)
    if not attendance.everybody_eligible:
        could = attendance.eligible().astype(np.uint8)
        eligible = np.ascontiguousarray(could.T if turned else could)
    rows, columns = table.shape
    state = np.random.SeedSequence(seed).generate_state(4, np.uint64)
    for _ in range(draws):
        if rows > 1:
            trade(indptr, indices, columns, eligible, trades or TRADES_PER_ROW * rows, state)
        yield replace(attendance, present=_present(indptr, indices, (rows, columns), turned))


def _present(indptr: Array, indices: Array, shape: tuple[int, int], turned: bool) -> sparse.csr_array[Any]:
    # The chain goes on with its own arrays, whose rows are in no order.
    if turned:
        held = sparse.csc_array((np.ones(len(indices)), indices.copy(), indptr), shape=shape[::-1]).tocsr()
    else:
        held = sparse.csr_array((np.ones(len(indices)), indices.copy(), indptr.copy()), shape=shape)
    held.sort_indices()
    return sparse.csr_array(held)
