"""Sparse products of which only some entries are wanted."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def product_at(
    left_start: Array, left_at: Array, left: Array,
    right_start: Array, right_at: Array, right: Array,
    wanted_start: Array, wanted_at: Array, width: int,
) -> Array:  # fmt: skip
    """Return ``left @ right`` at the wanted entries, in their order; all three in compressed rows.

    One row of the product at a time is summed up in a row of ``width`` zeros, read where wanted, and
    cleared again, whichever way is shorter.
    """
    values = np.empty(len(wanted_at))
    row = np.zeros(width)
    for i in range(len(left_start) - 1):
        if wanted_start[i] == wanted_start[i + 1]:
            continue
        steps = 0
        for k in range(left_start[i], left_start[i + 1]):
            j, strength = left_at[k], left[k]
            steps += right_start[j + 1] - right_start[j]
            for q in range(right_start[j], right_start[j + 1]):
                row[right_at[q]] += strength * right[q]
        for k in range(wanted_start[i], wanted_start[i + 1]):
            values[k] = row[wanted_at[k]]
        if steps > width:
            row[:] = 0.0
            continue
        for k in range(left_start[i], left_start[i + 1]):
            for q in range(right_start[left_at[k]], right_start[left_at[k] + 1]):
                row[right_at[q]] = 0.0
    return values
