"""Density at an equal number of activities, so that a busy quarter does not look dense because it was busy.

Density only grows with what was recorded: "ever met" is an exposure meter. Rarefaction asks instead how
dense the network would be had only M of the E activities been held, averaged over every choice of M.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
from scipy.special import gammaln

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.joint_activities import JointActivities, joint_activities
from sanshe_net.network import Array


def rarefied_density(attendance: Attendance, activities: int) -> float:
    r"""Return the density expected from ``activities`` of the activities, chosen at random.

    With E activities of which :math:`w_{ij}` were shared by *i* and *j*, and M drawn without replacement,
    the mean over all pairs of people of :math:`1 - \binom{E - w_{ij}}{M} / \binom{E}{M}`. No simulation. At
    M = E it is the density; at M = 1 the mean over activities of k(k-1) / (n(n-1)).

    It equalises the number of activities, not their sizes: show head counts beside it. Give it only the
    activities that make ties (:meth:`Attendance.of_activities`): others would count as held and tie nobody.

    Parameters
    ----------
    attendance
        People (all of them count, active or not) and activities.
    activities
        M, at least 1.

    Returns
    -------
    float. Unit: share of pairs of people. Range: 0 to 1.
    ``NaN`` with fewer than two people or than M activities: nothing is extrapolated.

    Raises
    ------
    MeasureError
        When ``activities`` is below 1.

    Notes
    -----
    Cost: O(sum of k^2) for the joint activities, then O(pairs that met).

    References
    ----------
    Hurlbert, S. H. (1971). The nonconcept of species diversity. *Ecology* 52(4), 577-586.
    Colwell, R. K., Mao, C. X., & Chang, J. (2004). Interpolating, extrapolating, and comparing
    incidence-based species accumulation curves. *Ecology* 85(10), 2717-2727.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> days = pd.DataFrame([[1, 0, 1], [1, 1, 0], [0, 1, 1]], ["李", "王", "赵"])
    >>> [round(rarefied_density(attendance_from_table(days), m), 3) for m in (1, 2, 3)]
    [0.333, 0.667, 1.0]
    """
    return float(rarefaction_curve(attendance, [activities]).iloc[0])


def rarefaction_curve(attendance: Attendance, activities: Iterable[int] | None = None) -> pd.Series[float]:
    """Return the rarefied density at several numbers of activities, by default at each from 1 to all.

    Returns
    -------
    Series ``rarefied_density`` indexed by ``activities``; see :func:`rarefied_density`.

    Raises
    ------
    MeasureError
        When one of ``activities`` is below 1.
    """
    drawn = range(1, attendance.shape[1] + 1) if activities is None else list(activities)
    for number in drawn:
        if number < 1:
            raise MeasureError("E-VALUE", name="activities", found=number, allowed="1, 2, 3, ...")
    joint = joint_activities(attendance)
    values = [expected_density(joint, number) for number in drawn]
    index = pd.Index(list(drawn), name="activities", dtype="int64")
    return pd.Series(values, index=index, name="rarefied_density", dtype=float)


def density_jackknife(attendance: Attendance, activities: int) -> tuple[float, float]:
    """Return the rarefied density and its standard error from leaving out one activity at a time.

    "Ever met" is no average over activities: a bootstrap of activities, which draws some of them twice,
    is far too low (Southern Women: density .908, bootstrap mean .766). Leaving one out is not biased so.
    Where all activities are drawn (M = E) the values without one are at M - 1.

    Returns
    -------
    The density at M activities and its standard error; both NaN where the density is undefined, the error
    also with fewer than two activities.

    References
    ----------
    Efron, B., & Stein, C. (1981). The jackknife estimate of variance. *Annals of Statistics* 9(3), 586-596.
    """
    joint = joint_activities(attendance)
    estimate, error = expected_density(joint, activities), math.nan
    left = joint.activities - 1
    if left >= 1 and not math.isnan(estimate):
        without = _without_each(joint, min(activities, left))
        error = math.sqrt(left / (left + 1) * float(((without - without.mean()) ** 2).sum()))
    return estimate, error


def expected_density(joint: JointActivities, activities: int) -> float:
    """Return the rarefied density of joint activities; see :func:`rarefied_density`."""
    if joint.pairs == 0 or activities > joint.activities:
        return math.nan
    times = np.bincount(joint.times)
    return float(times @ met_chances(joint.activities, activities, len(times) - 1) / joint.pairs)


def met_chances(held: int, drawn: int, most: int) -> Array:
    """Return for 0 .. ``most`` joint activities of ``held`` the chance that one is among ``drawn``."""
    times = np.arange(most + 1)
    rest = held - times - drawn
    possible = rest >= 0
    unmet = (
        gammaln(held - times[possible] + 1)
        - gammaln(rest[possible] + 1)
        - gammaln(held + 1)
        + gammaln(held - drawn + 1)
    )
    chances = np.ones(most + 1)
    chances[possible] = -np.expm1(np.minimum(unmet, 0.0))
    return chances


def _without_each(joint: JointActivities, activities: int) -> Array:
    # Only the pairs of an activity meet once less when it is left out.
    times = joint.times
    chances = met_chances(joint.activities - 1, activities, int(times.max(initial=1)))
    # A pair that met at all of the activities has no chance "of the others" to look up: it meets less once.
    everything = chances[np.minimum(times, joint.activities - 1)].sum()
    less = np.where(times < joint.activities, chances[times] - chances[times - 1], 0.0)
    lost = np.bincount(joint.at, weights=np.repeat(less, times), minlength=joint.activities)
    return np.asarray((everything - lost) / joint.pairs)
