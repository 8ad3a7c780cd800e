"""Reach: steps between all actors at once, the best set by branching, by lazy greed and by swaps.

``steps[i, t]`` is the number of steps from candidate *i* to actor *t*, the largest value of its type when
there is no way; ``worth[steps]`` what reaching somebody at that distance is worth, a whole number, so that
sums are exact, ties are ties and the same input gives the same bytes.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.arrays import minus_ones, no_flags, whole_numbers, words, zeros
from sanshe_net.kernels.bits import ALL, NONE, ONE, ones, place_of
from sanshe_net.kernels.compiled import Array, compiled


@compiled
def start(first: int, gone: Array, seen: Array, border: Array) -> None:
    """Start a search from 64 actors at once, bit *b* of a word standing for actor ``first + b``."""
    width = min(64, len(gone) - first)
    full = ALL if width == 64 else (ONE << np.uint64(width)) - ONE
    for actor in range(len(gone)):
        border[actor] = NONE
        # Every bit an actor need not find counts as seen: then one test skips those who are done.
        seen[actor] = ALL if gone[actor] else ~full
    for bit in range(width):
        if not gone[first + bit]:
            border[first + bit] = ONE << np.uint64(bit)
            seen[first + bit] |= border[first + bit]


@compiled
def spread(indptr: Array, indices: Array, seen: Array, border: Array, fresh: Array) -> int:
    """Go one step; ``fresh`` is the new border, returned is how many pairs it newly connects."""
    count = 0
    for actor in range(len(seen)):
        missing = ~seen[actor]
        fresh[actor] = NONE
        if missing == NONE:
            continue
        found = NONE
        for tie in range(indptr[actor], indptr[actor + 1]):
            found |= border[indices[tie]]
            if found & missing == missing:
                break
        found &= missing
        if found != NONE:
            fresh[actor] = found
            count += ones(found)
    for actor in range(len(seen)):
        seen[actor] |= fresh[actor]
    return count


@compiled
def fill_steps(indptr: Array, indices: Array, row_of: Array, longest: int, steps: Array) -> bool:
    """Write the steps from each candidate to every actor, up to ``longest``.

    Ties lead from an actor to its ``indices``; ``row_of`` is the row of an actor in ``steps``, -1 for one
    who is no candidate. Returned is whether every way was followed to its end.
    """
    n = len(row_of)
    gone = no_flags(n)
    seen, border, fresh = words(n), words(n), words(n)
    complete = True
    for first in range(0, n, 64):
        start(first, gone, seen, border)
        for actor in range(first, min(first + 64, n)):
            if row_of[actor] >= 0:
                steps[row_of[actor], actor] = 0
        step = 0
        while spread(indptr, indices, seen, border, fresh) > 0:
            step += 1
            if step > longest:
                complete = False
                break
            for actor in range(n):
                row, word = row_of[actor], fresh[actor]
                if row < 0:
                    continue
                while word != NONE:
                    lowest = word & (~word + ONE)
                    steps[row, first + place_of(lowest)] = step
                    word ^= lowest
            border, fresh = fresh, border
    return complete


@compiled
def gain(row: Array, held: Array, worth: Array) -> int:
    """Return what one more member adds to a set that is worth ``held`` to each actor already."""
    total = 0
    for actor in range(len(row)):
        more = worth[row[actor]] - held[actor]
        if more > 0:
            total += more
    return total


@compiled
def add(row: Array, held: Array, worth: Array) -> None:
    """Let the set have one more member."""
    for actor in range(len(row)):
        if worth[row[actor]] > held[actor]:
            held[actor] = worth[row[actor]]


@compiled
def all_gains(steps: Array, worth: Array, held: Array) -> Array:
    """Return what each candidate would add to a set that is worth ``held`` to each actor."""
    gains = whole_numbers(len(steps))
    for row in range(len(steps)):
        gains[row] = gain(steps[row], held, worth)
    return gains


@compiled
def keep(top: Array, value: int) -> int:
    """Put a value in its place among the highest, sorted upwards; return by how much their sum grows."""
    if len(top) == 0 or value <= top[0]:
        return 0
    grown: int = value - top[0]
    place = 0
    while place + 1 < len(top) and top[place + 1] < value:
        top[place] = top[place + 1]
        place += 1
    top[place] = value
    return grown


@compiled
def highest_sum(values: Array, k: int) -> int:
    """Return the sum of the ``k`` highest values, none below 0."""
    top, total = zeros(k), 0
    for value in values:
        total += keep(top, value)
    return total


@compiled
def lazy_greedy(steps: Array, worth: Array, k: int) -> tuple[Array, Array, int, int]:
    """Take the candidate that adds most, ``k`` times; of equals the first.

    What a candidate adds can only shrink as the set grows, so an old gain is an upper bound and only those
    that still look best are computed again. Returned: rows taken, value after each, an upper bound on the
    value of any ``k`` candidates, number of gains computed.
    """
    count, n = steps.shape
    held = zeros(n)
    gains, age = all_gains(steps, worth, held), zeros(count)
    taken, values = whole_numbers(k), whole_numbers(k)
    value, computed = 0, count
    bound = highest_sum(gains, k)
    for turn in range(k):
        best = np.argmax(gains)
        while age[best] < turn:
            gains[best] = gain(steps[best], held, worth)
            age[best] = turn
            computed += 1
            best = np.argmax(gains)
        taken[turn] = best
        value += gains[best]
        values[turn] = value
        gains[best] = -1
        add(steps[best], held, worth)
        bound = min(bound, value + highest_sum(gains, k))
    return taken, values, bound, computed


@compiled
def best_swap(steps: Array, worth: Array, members: Array) -> tuple[int, int, int]:
    """Return the best exchange of a member for another candidate: its position, the row, the gain.

    Of every actor the best and the second best member are remembered, so that one look at a candidate tells
    what becomes of its exchange for each member. The row is -1 when no exchange gains anything.
    """
    count, n = steps.shape
    k = len(members)
    held, second = zeros(n), zeros(n)
    whose = zeros(n)
    is_member = no_flags(count)
    for position in range(k):
        is_member[members[position]] = True
        for actor in range(n):
            value = worth[steps[members[position], actor]]
            if value > held[actor]:
                second[actor], held[actor], whose[actor] = held[actor], value, position
            elif value > second[actor]:
                second[actor] = value
    without, change = zeros(k), zeros(k)
    for actor in range(n):
        without[whose[actor]] += second[actor] - held[actor]
    best, best_out, best_in = 0, 0, -1
    for row in range(count):
        if is_member[row]:
            continue
        for position in range(k):
            change[position] = without[position]
        added = 0
        for actor in range(n):
            value = worth[steps[row, actor]]
            if value > second[actor]:
                if value > held[actor]:
                    added += value - held[actor]
                    value = held[actor]
                change[whose[actor]] += value - second[actor]
        for position in range(k):
            if added + change[position] > best:
                best, best_out, best_in = added + change[position], position, row
    return best_out, best_in, best


@compiled
def best_sets(
    steps: Array, worth: Array, k: int, floor: int, room: int, budget: int
) -> tuple[int, int, Array, int]:
    """Return the best value of any ``k`` candidates, how many sets have it, the first of them.

    Sets are walked through in order. No set that begins as the present one can be worth more than its
    value and the highest gains still to be had: when that is below ``floor`` (the value of a known set) or
    what was found, the branch is left. Returned last is the number of sets looked at, -1 when the work, in
    steps compared, went over ``budget``.
    """
    count, n = steps.shape
    held = np.zeros((k, n), np.int64)
    gains, rest = np.zeros((k, count), np.int64), np.zeros((k, count), np.int64)
    chosen, value = minus_ones(k), zeros(k)
    sets = np.empty((room, k), np.int64)
    best, found, looked, work = floor, 0, 0, 0
    depth, entering = 0, True
    while depth >= 0:
        if entering:
            before = -1 if depth == 0 else chosen[depth - 1]
            work += (count - before) * n
            if work > budget:
                return best, found, sets, -1
            top, total = zeros(k - 1 - depth), 0
            for row in range(count - 1, before, -1):
                gains[depth, row] = gain(steps[row], held[depth], worth)
                rest[depth, row] = total
                total += keep(top, gains[depth, row])
            chosen[depth] = before
            entering = False
        chosen[depth] += 1
        row = chosen[depth]
        if row > count - (k - depth):
            depth -= 1
            continue
        reached = value[depth] + gains[depth, row]
        if depth < k - 1:
            if reached + rest[depth, row] >= best:
                value[depth + 1] = reached
                for actor in range(n):
                    held[depth + 1, actor] = held[depth, actor]
                add(steps[row], held[depth + 1], worth)
                depth, entering = depth + 1, True
            continue
        looked += 1
        if reached > best:
            best, found = reached, 0
        if reached == best:
            if found < room:
                for position in range(k):
                    sets[found, position] = chosen[position]
            found += 1
    return best, found, sets, looked
