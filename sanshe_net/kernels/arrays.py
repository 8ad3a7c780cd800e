"""New arrays for kernels: one function a kind, compiled once and not at every place of use.

Give a number that is not written out: for a constant numba compiles another one.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def whole_numbers(n: int) -> Array:
    """Return ``n`` whole numbers of no value yet (int64)."""
    return np.empty(n, np.int64)


@compiled
def zeros(n: int) -> Array:
    """Return ``n`` times the whole number 0 (int64)."""
    made = whole_numbers(n)
    for place in range(n):
        made[place] = 0
    return made


@compiled
def minus_ones(n: int) -> Array:
    """Return ``n`` times the whole number -1 (int64): none yet."""
    made = whole_numbers(n)
    for place in range(n):
        made[place] = -1
    return made


@compiled
def words(n: int) -> Array:
    """Return ``n`` words of 64 bits of no value yet."""
    return np.empty(n, np.uint64)


@compiled
def places(n: int) -> Array:
    """Return ``n`` places of no value yet (int32)."""
    return np.empty(n, np.int32)


@compiled
def no_flags(n: int) -> Array:
    """Return ``n`` times False."""
    made = np.empty(n, np.bool_)
    for place in range(n):
        made[place] = False
    return made
