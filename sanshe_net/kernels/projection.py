"""Pairs of people from the activities they share, in one walk that never lists a meeting.

The table comes twice: by person (``start``, ``activity``) and by activity (``column``, ``person``), both
with sorted entries; ``place`` says where each entry of the first stands in the second. Person *i* walks
their activities, and in each only those who stand after *i*. What is summed up lies in arrays as long as
there are people; whom *i* met is a set of bits, so that pairs come out in order without being sorted.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.bits import NONE, ONE, place_of
from sanshe_net.kernels.compiled import Array, compiled


@compiled
def pairs_of(
    low: int, high: int, start: Array, activity: Array, column: Array, person: Array, place: Array,
    share: Array, slot: Array, slots: bool, floor: int, room: int,
) -> tuple[Array, Array, Array, Array, Array, Array]:  # fmt: skip
    """Return the pairs of people ``low`` to ``high`` with people after them, in order.

    Parameters
    ----------
    share
        What an activity adds to each of its pairs.
    slot, slots
        With ``slots`` only the first joint activity of each slot adds its share.
    floor
        Pairs with fewer joint activities are left out.
    room
        At least as many as the pairs can be.

    Returns
    -------
    Pairs of each person, and of each pair the other person, sum of shares, joint activities, first and last
    activity. Cost: O(meetings + people² / 64).
    """
    n = len(start) - 1
    pairs = np.zeros(high - low, np.int64)
    other, weight = np.empty(room, np.int32), np.empty(room)
    count, first, last = np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32)
    met = np.zeros((n + 63) // 64, np.uint64)
    sums, joint = np.zeros(n), np.zeros(n, np.int32)
    came, left = np.empty(n, np.int32), np.empty(n, np.int32)
    made = 0
    for i in range(low, high):
        for entry in range(start[i], start[i + 1]):
            c = activity[entry]
            adds = share[c]
            for at in range(place[entry] + 1, column[c + 1]):
                j = person[at]
                if joint[j] == 0:
                    came[j] = c
                    met[j >> 6] |= ONE << np.uint64(j & 63)
                    sums[j] = adds
                elif not slots or slot[left[j]] != slot[c]:
                    sums[j] += adds
                joint[j] += 1
                left[j] = c
        before = made
        for word in range(i >> 6, len(met)):
            bits = met[word]
            met[word] = NONE
            while bits != NONE:
                lowest = bits & (~bits + ONE)
                bits ^= lowest
                j = (word << 6) + place_of(lowest)
                if joint[j] >= floor:
                    other[made], weight[made], count[made] = j, sums[j], joint[j]
                    first[made], last[made] = came[j], left[j]
                    made += 1
                joint[j] = 0
        pairs[i - low] = made - before
    return (
        pairs, other[:made].copy(), weight[:made].copy(),
        count[:made].copy(), first[:made].copy(), last[:made].copy(),
    )  # fmt: skip


@compiled
def while_eligible(
    one: Array, other: Array, start: Array, activity: Array,
    since: Array, until: Array, blank_start: Array, blank: Array,
) -> Array:  # fmt: skip
    """Return, pair by pair, how many activities ``one`` attended that were open to ``other``.

    ``since``, ``until`` and the rows of ``blank`` say what was open to a person; entries are sorted.
    """
    found = np.zeros(len(one), np.int64)
    for pair in range(len(one)):
        i, j = one[pair], other[pair]
        mine = activity[start[i] : start[i + 1]]
        low, high = np.searchsorted(mine, since[j]), np.searchsorted(mine, until[j])
        closed = blank_start[j]
        total = 0
        for at in range(low, high):
            while closed < blank_start[j + 1] and blank[closed] < mine[at]:
                closed += 1
            if closed == blank_start[j + 1] or blank[closed] != mine[at]:
                total += 1
        found[pair] = total
    return found
