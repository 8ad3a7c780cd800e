"""Curveball: tables of 0 and 1 shuffled with every row and column sum kept (Strona et al. 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def trade(indptr: Array, indices: Array, columns: int, eligible: Array, trades: int, state: Array) -> None:
    """Let pairs of rows trade what only one of them has, ``trades`` times; ``indices`` change in place.

    Two different rows are picked. What only one of them has and both could have is pooled and dealt back
    at random, to each as much as it gave. Rows are told apart by marks on the columns, not by merging:
    there is no branch that a processor could guess wrong. They do not stay sorted.

    Parameters
    ----------
    indptr, indices
        A table of 0 and 1 in CSR form (int64 and int32); at least two rows.
    columns
        How many columns the table has.
    eligible
        Rows x columns, uint8: what each row could have; 0 x 0 when every row could have everything.
    trades
        How many pairs of rows are picked.
    state
        State of the random numbers (four uint64), moved on in place.
    """
    rows = len(indptr) - 1
    closed = eligible.size > 0
    marks = np.zeros(columns, np.uint8)
    pool = np.empty(columns, np.int32)
    for _ in range(trades):
        i = _below(state, rows)
        j = _below(state, rows - 1)
        j += j >= i
        one, other = indices[indptr[i] : indptr[i + 1]], indices[indptr[j] : indptr[j + 1]]
        for element in one:
            marks[element] = 1
        # What stays with the second row moves to its front; then the same for the first.
        stays_other = offered = 0
        for at in range(len(other)):
            element = other[at]
            shared = marks[element]
            marks[element] = shared + shared
            stays = shared == 1
            if closed and eligible[i, element] == 0:
                stays = True
            pool[offered] = element
            other[stays_other] = element
            stays_other += stays
            offered += not stays
        gave_other, stays_one = offered, 0
        for at in range(len(one)):
            element = one[at]
            stays = marks[element] == 2
            marks[element] = 0
            if closed and eligible[j, element] == 0:
                stays = True
            pool[offered] = element
            one[stays_one] = element
            stays_one += stays
            offered += not stays
        gave_one = offered - gave_other
        # The first places of the pool are drawn at random: as many as the row that gave less.
        fewer = min(gave_one, gave_other)
        for at in range(fewer):
            place = at + _below(state, offered - at)
            pool[at], pool[place] = pool[place], pool[at]
        if gave_one <= gave_other:
            one[stays_one:] = pool[:fewer]
            other[stays_other:] = pool[fewer:offered]
        else:
            other[stays_other:] = pool[:fewer]
            one[stays_one:] = pool[fewer:offered]


@compiled
def _below(state: Array, bound: int) -> Any:
    # A random whole number from 0 to bound - 1: the upper half of xoshiro256++ (Blackman & Vigna 2021),
    # scaled. Its chances are even to bound / 2^32.
    s0, s1, s2, s3 = state[0], state[1], state[2], state[3]
    mixed = s0 + s3
    drawn = ((mixed << np.uint64(23)) | (mixed >> np.uint64(41))) + s0
    shifted = s1 << np.uint64(17)
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = (s3 << np.uint64(45)) | (s3 >> np.uint64(19))
    state[0], state[1], state[2], state[3] = s0, s1, s2, s3
    return np.int64(((drawn >> np.uint64(32)) * np.uint64(bound)) >> np.uint64(32))
