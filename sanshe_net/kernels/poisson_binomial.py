"""Exact upper tails of sums of independent yes-or-no chances, many sums at once."""

from __future__ import annotations

from typing import Final

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled

LANES: Final = 8
"""Sums carried side by side: as many as a processor multiplies at once, twice over."""


@compiled
def upper_tails(chances: Array, one: Array, other: Array, cuts: Array, starts: Array, out: Array) -> None:
    """Write P(X >= 1), ..., P(X >= cut) for sums X of products of chances.

    The distribution of X grows trial by trial, f[j] <- f[j] (1 - q) + f[j - 1] q, and everything at or
    above the cut is held in one place: each tail is a sum of positive numbers, exact to rounding however
    small it is. LANES sums run side by side up to the highest of their cuts, so sums with about the same
    cut should follow each other.

    Parameters
    ----------
    chances
        Trials x classes (float64, C order): the chance of each class at each trial.
    one, other
        For each sum its two classes (int64); X is the sum over trials of chance[one] * chance[other].
    cuts
        For each sum the highest count asked for, at least 1 (int64).
    starts
        Where in ``out`` the tails of each sum begin (int64).
    out
        Filled: one stretch of ``cut`` numbers per sum.
    """
    highest = 1
    for cut in cuts:
        highest = max(highest, cut)
    f = np.empty((highest + 1, LANES))
    q = np.empty(LANES)
    for first in range(0, len(cuts), LANES):
        lanes = min(LANES, len(cuts) - first)
        top = 1
        for lane in range(lanes):
            top = max(top, cuts[first + lane])
        f[: top + 1] = 0.0
        f[0] = 1.0
        q[:] = 0.0
        reached = 0
        for trial in range(len(chances)):
            row = chances[trial]
            possible = 0.0
            for lane in range(lanes):
                q[lane] = row[one[first + lane]] * row[other[first + lane]]
                possible = max(possible, q[lane])
            if possible == 0.0:
                continue
            reached += 1
            if reached >= top:
                # All that is at the cut stays there.
                for lane in range(LANES):
                    f[top, lane] += q[lane] * f[top - 1, lane]
            for j in range(min(reached, top - 1), 0, -1):
                for lane in range(LANES):
                    f[j, lane] = f[j, lane] * (1.0 - q[lane]) + f[j - 1, lane] * q[lane]
            for lane in range(LANES):
                f[0, lane] *= 1.0 - q[lane]
        for lane in range(lanes):
            tail = 0.0
            start = starts[first + lane] - 1
            for j in range(top, 0, -1):
                tail += f[j, lane]
                if j <= cuts[first + lane]:
                    out[start + j] = tail
