"""Which pairs of people were at which activities together: the list that statistics over pairs run on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.incidence import Matrix
from sanshe_net.measures.strengths import index_arrays
from sanshe_net.network import Array


@dataclass(frozen=True)
class JointActivities:
    """Pairs of people with the activities they shared; pairs that never met are not listed.

    Attributes
    ----------
    start, at
        The columns of pair *p* are ``at[start[p]:start[p + 1]]``.
    pairs
        How many pairs there are among all the people, met or not.
    activities
        How many columns there are.
    """

    start: Array
    at: Array
    pairs: int
    activities: int

    @property
    def times(self) -> Array:
        """How often each listed pair met (int64)."""
        return np.diff(self.start)


def joint_activities(attendance: Attendance) -> JointActivities:
    """Return the shared activities of every pair that has any. Cost: O(sum of k^2) time and memory."""
    from sanshe_net.kernels.pair_activities import count_pairs, pair_activities

    people, activities = attendance.shape
    both_ways = two_way(attendance.present)
    pairs = count_pairs(*both_ways)
    heads = attendance.named
    start, at = pair_activities(*both_ways, pairs, int((heads * (heads - 1) // 2).sum()))
    return JointActivities(start, at, people * (people - 1) // 2, activities)


def pairs_that_met(present: Matrix) -> int:
    """Return how many pairs of rows share a column."""
    from sanshe_net.kernels.pair_activities import count_pairs

    return int(count_pairs(*two_way(present)))


def two_way(present: Matrix) -> tuple[Array, Array, Array, Array]:
    """Return attendance in compressed rows by person and by activity, as the kernels take it."""
    by_activity = sparse.csr_array(present.T)
    by_activity.sort_indices()
    by_person = present
    if not by_person.has_sorted_indices:  # never sort in place: the matrix is somebody else's
        by_person = by_person.copy()
        by_person.sort_indices()
    return *index_arrays(by_person), *index_arrays(by_activity)
