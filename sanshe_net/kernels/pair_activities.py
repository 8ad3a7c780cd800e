"""Which pairs of people were at which activities together, and sums over pairs when activities change hands.

Attendance comes in compressed rows by person and by activity, as in
:mod:`sanshe_net.kernels.pair_days`. Pairs are counted once.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def count_pairs(person_start: Array, person_at: Array, activity_start: Array, activity_at: Array) -> int:
    """Return how many pairs were together at least once."""
    n = len(person_start) - 1
    owner = np.full(n, -1, np.int64)
    seen = activity_start[:-1].copy()
    pairs = 0
    for i in range(n):
        for at in range(person_start[i], person_start[i + 1]):
            e = person_at[at]
            seen[e] += 1
            for k in range(seen[e], activity_start[e + 1]):
                if owner[activity_at[k]] != i:
                    owner[activity_at[k]] = i
                    pairs += 1
    return pairs


@compiled
def pair_activities(
    person_start: Array, person_at: Array, activity_start: Array, activity_at: Array,
    pairs: int, meetings: int,
) -> tuple[Array, Array]:  # fmt: skip
    """Return for each pair that was together the activities: ``at[start[pair]:start[pair + 1]]``.

    ``pairs`` is how many there are, ``meetings`` how many pairs of people all activities have in sum.
    """
    n = len(person_start) - 1
    start, at = np.zeros(pairs + 1, np.int64), np.empty(meetings, np.int32)
    owner, place = np.full(n, -1, np.int64), np.empty(n, np.int64)
    first = activity_start[:-1].copy()
    pair = 0
    for i in range(n):
        begin = pair
        for q in range(person_start[i], person_start[i + 1]):
            e = person_at[q]
            for k in range(first[e] + 1, activity_start[e + 1]):
                j = activity_at[k]
                if owner[j] != i:
                    owner[j], place[j] = i, pair
                    pair += 1
                start[place[j] + 1] += 1
        for made in range(begin, pair):
            start[made + 1] += start[made]
        # Fill: each pair's place moves on from where its stretch starts.
        for made in range(pair - 1, begin - 1, -1):
            start[made + 1] = start[made]
        for q in range(person_start[i], person_start[i + 1]):
            e = person_at[q]
            first[e] += 1
            for k in range(first[e], activity_start[e + 1]):
                made = place[activity_at[k]] + 1
                at[start[made]] = e
                start[made] += 1
    return start, at


@compiled
def split_sums(start: Array, at: Array, labels: Array, first: Array, second: Array) -> tuple[Array, Array]:
    """Return, draw by draw, the sums over pairs of ``first[meetings in one]`` and ``second[in the other]``.

    ``labels`` is activities x draws, int16, 1 where a draw puts an activity into the first period. Draws lie
    side by side in memory, so that one pass over the pairs serves all of them.
    """
    draws = labels.shape[1]
    one, other = np.zeros(draws), np.zeros(draws)
    met = np.zeros(draws, np.int16)
    for pair in range(len(start) - 1):
        begin, stop = start[pair], start[pair + 1]
        met[:] = 0
        for k in range(begin, stop):
            row = labels[at[k]]
            for draw in range(draws):
                met[draw] += row[draw]
        for draw in range(draws):
            one[draw] += first[met[draw]]
            other[draw] += second[stop - begin - met[draw]]
    return one, other
