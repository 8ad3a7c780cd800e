"""New arrays for kernels: one function a kind, compiled once and not at every place of use."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def whole_numbers(n: int) -> Array:
    """Return ``n`` whole numbers of no value yet (int64)."""
    return np.empty(n, np.int64)


@compiled
def filled(n: int, value: int) -> Array:
    """Return ``n`` times a whole number (int64)."""
    made = whole_numbers(n)
    for place in range(n):
        made[place] = value
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
