"""What pairs of actors in several groups have in common."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def common_shares(one: Array, other: Array, start: Array, group: Array, share: Array, smaller: bool) -> Array:
    """Return, pair by pair, the sum over groups of the products of two rows, or of their ``smaller`` entries.

    ``start``, ``group`` and ``share`` are the compressed rows of a matrix with sorted indices; ``one`` and
    ``other`` are the rows of each pair, as int64. Both rows are walked along once, side by side.
    """
    values = np.empty(len(one))
    for pair in range(len(one)):
        a, a_end = start[one[pair]], start[one[pair] + 1]
        b, b_end = start[other[pair]], start[other[pair] + 1]
        total = 0.0
        while a < a_end and b < b_end:
            if group[a] < group[b]:
                a += 1
            elif group[b] < group[a]:
                b += 1
            else:
                total += min(share[a], share[b]) if smaller else share[a] * share[b]
                a += 1
                b += 1
        values[pair] = total
    return values
