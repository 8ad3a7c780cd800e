"""Who was together within a stretch of days, for every day at once.

Attendance comes in compressed rows twice, by person (``person_start``, ``person_at``: their activities) and
by activity (``activity_start``, ``activity_at``: its people); people ascend within an activity, activities
stand by day. Every meeting makes a pair tied for ``length`` days. What counts is when the pair's tie begins
and ends, and for that the last day they met is enough: one pass, and a pair is forgotten once passed.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def tied_changes(
    person_start: Array, person_at: Array, activity_start: Array, activity_at: Array,
    day: Array, length: int, days: int,
) -> Array:  # fmt: skip
    """Return by how much the number of tied pairs changes on each of ``days`` days.

    ``day`` is the day of each activity, from 0, ascending. Needs room for the people and the days only.
    """
    n = len(person_start) - 1
    change = np.zeros(days + length + 1, np.int64)  # beyond the last day: counted, and cut off at the end
    # Until when each other one is tied to i, counted from a base that leaves all earlier people's behind.
    reach, base, stride = np.zeros(n, np.int64), 0, days + length + 1
    seen = activity_start[:-1].copy()  # people of an activity are met in order: i stands just before
    for i in range(n):
        base += stride
        for at in range(person_start[i], person_start[i + 1]):
            e = person_at[at]
            seen[e] += 1
            today = day[e]
            stop = today + length
            for k in range(seen[e], activity_start[e + 1]):
                j = activity_at[k]
                begin = max(today, reach[j] - base)
                reach[j] = base + stop
                change[begin] += 1
            change[stop] -= activity_start[e + 1] - seen[e]
    return change[:days]


@compiled
def active_changes(person_start: Array, person_at: Array, day: Array, length: int, days: int) -> Array:
    """Return by how much the number of people seen within ``length`` days changes on each day."""
    change = np.zeros(days + length + 1, np.int64)
    for i in range(len(person_start) - 1):
        stop = 0
        for at in range(person_start[i], person_start[i + 1]):
            today = day[person_at[at]]
            change[max(today, stop)] += 1
            stop = today + length
            change[stop] -= 1
    return change[:days]
