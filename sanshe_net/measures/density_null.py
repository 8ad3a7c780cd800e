"""Density beside what the same attendance, dealt at random, would give."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.joint_activities import pairs_that_met
from sanshe_net.measures.nulls import ROUNDING


@dataclass(frozen=True)
class NullRatio:
    """Density against its null: who came how often and how many came to what, and nothing else.

    Attributes
    ----------
    ratio
        Density / mean density of the draws; below 1 the same people keep meeting. NaN when nobody met.
    zscore
        How many standard deviations of the draws the density lies above their mean; NaN when they do not
        vary (an activity that everybody attended ties everybody in every draw).
    expected, sd
        Pairs that met, as a share of all pairs of the roster: mean and standard deviation of the draws.
    draws
        How many draws.
    """

    ratio: float
    zscore: float
    expected: float
    sd: float
    draws: int


def null_ratio(attendance: Attendance, drawn: Iterable[Attendance]) -> NullRatio:
    r"""Return :math:`R = D / E[D \mid \text{margins}]` and its z.

    Parameters
    ----------
    attendance
        The people and the activities that make ties.
    drawn
        Attendance with the same row and column sums, at random
        (:func:`sanshe_net.attendance.fixed_margins.fixed_margin_draws`).
    """
    people = attendance.shape[0]
    pairs = people * (people - 1) // 2
    counts = np.array([pairs_that_met(one.present) for one in drawn], dtype=float)
    if not pairs or not len(counts):
        return NullRatio(math.nan, math.nan, math.nan, math.nan, len(counts))
    observed, densities = pairs_that_met(attendance.present) / pairs, counts / pairs
    mean = float(densities.mean())
    sd = float(densities.std(ddof=1)) if len(counts) > 1 else math.nan
    zscore = (observed - mean) / sd if sd > ROUNDING else math.nan
    return NullRatio(observed / mean if mean else math.nan, zscore, mean, sd, len(counts))
