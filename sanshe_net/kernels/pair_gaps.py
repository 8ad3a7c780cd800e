"""The widest gap between two values, each pair measured by its own yardstick."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def widest_gaps(values: Array, precision: Array) -> Array:
    """Return, for each row of ``values``, the largest ``|x_i - x_j| * precision[i, j]`` over all pairs."""
    rows, count = values.shape
    widest = np.zeros(rows)
    for row in range(rows):
        best = 0.0
        for i in range(count):
            value = values[row, i]
            for j in range(i):
                gap = abs(value - values[row, j]) * precision[i, j]
                best = max(best, gap)
        widest[row] = best
    return widest
