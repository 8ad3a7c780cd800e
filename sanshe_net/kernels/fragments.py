"""Fragmentation: what is left of a network after removing actors, counted in pairs.

Ties are those of an undirected network without self-loops: ``indices[indptr[i]:indptr[i + 1]]`` are the
contacts of *i*. ``gone`` says who is removed already. Pairs are counted in whole numbers.
"""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.arrays import minus_ones, no_flags, places, whole_numbers, words, zeros
from sanshe_net.kernels.compiled import Array, compiled
from sanshe_net.kernels.key_players import spread, start


@compiled
def pairs_after_each(indptr: Array, indices: Array, gone: Array, left: Array) -> int:
    """Write how many pairs stay connected after removing each single actor; return how many are now.

    One depth-first walk: where nobody below a child reaches past its parent, the parent's removal cuts the
    child's part off. Actors gone already get -1.
    """
    n = len(gone)
    number, low, parent = minus_ones(n), zeros(n), minus_ones(n)
    size, tie = zeros(n), indptr[:-1].copy()
    size[:] = 1
    cut, parts = zeros(n), zeros(n)
    walked, path = whole_numbers(n), whole_numbers(n)
    connected, counter = 0, 0
    for root in range(n):
        if gone[root]:
            left[root] = -1
            continue
        if number[root] >= 0:
            continue
        first, depth = counter, 0
        path[0], walked[counter], number[root], low[root] = root, root, counter, counter
        counter += 1
        while depth >= 0:
            actor = path[depth]
            if tie[actor] < indptr[actor + 1]:
                other = indices[tie[actor]]
                tie[actor] += 1
                if gone[other] or other == parent[actor]:
                    continue
                if number[other] >= 0:
                    low[actor] = min(low[actor], number[other])
                    continue
                depth += 1
                path[depth], walked[counter], parent[other] = other, other, actor
                number[other], low[other] = counter, counter
                counter += 1
                continue
            depth -= 1
            above = parent[actor]
            if above >= 0:
                size[above] += size[actor]
                low[above] = min(low[above], low[actor])
                if low[actor] >= number[above]:
                    cut[above] += size[actor]
                    parts[above] += size[actor] * (size[actor] - 1) // 2
        whole = counter - first
        connected += whole * (whole - 1) // 2
        for position in range(first, counter):
            actor = walked[position]
            others = whole - 1 - cut[actor]
            left[actor] = parts[actor] + others * (others - 1) // 2 - whole * (whole - 1) // 2
    for actor in range(n):
        if not gone[actor]:
            left[actor] += connected
    return connected


@compiled
def nearness(indptr: Array, indices: Array, gone: Array, worth: Array) -> int:
    """Return the worth of the steps between all ordered pairs of those who are not gone."""
    n = len(gone)
    seen, border, fresh = words(n), words(n), words(n)
    total = 0
    for first in range(0, n, 64):
        start(first, gone, seen, border)
        step = 0
        count = spread(indptr, indices, seen, border, fresh)
        while count > 0:
            step += 1
            total += count * worth[step]
            border, fresh = fresh, border
            count = spread(indptr, indices, seen, border, fresh)
    return total


@compiled
def common(one: int, two: int, above: Array, level: Array) -> int:
    """Return the lowest actor at or above both in a tree."""
    while one != two:
        if level[one] >= level[two]:
            one = above[one]
        else:
            two = above[two]
    return one


@compiled
def shortest_ways(
    indptr: Array,
    indices: Array,
    gone: Array,
    source: int,
    steps: Array,
    above: Array,
    level: Array,
    queue: Array,
) -> int:
    """Walk from the source; ``above`` is the last actor that all shortest ways to one pass (its dominator).

    Returned is how many are reached; ``queue`` holds them, nearest first.
    """
    steps[:] = -1
    queue[0], steps[source], above[source], level[source] = source, 0, source, 0
    head, tail = 0, 1
    while head < tail:
        actor = queue[head]
        head += 1
        if actor != source:
            level[actor] = level[above[actor]] + 1
        for tie in range(indptr[actor], indptr[actor + 1]):
            other = indices[tie]
            if gone[other]:
                continue
            if steps[other] < 0:
                steps[other], above[other] = steps[actor] + 1, actor
                queue[tail] = other
                tail += 1
            elif steps[other] == steps[actor] + 1 and above[other] != source:
                above[other] = common(above[other], actor, above, level)
    return tail


@compiled
def most_lost(indptr: Array, indices: Array, gone: Array, worth: Array) -> Array:
    """Return the most nearness that removing each single actor can cost, no less than it does cost.

    Removing an actor touches, of the ways from a source, only those to whom all shortest ways lead through
    it. One of them who has a contact at the same distance, or one step further, to whom they do not, is
    still reached over that contact: it costs a step, or two; else perhaps everything.
    """
    n = len(gone)
    most = zeros(n)
    steps, above, level = places(n), places(n), places(n)
    queue, below = places(n), zeros(n)
    for source in range(n):
        if gone[source]:
            continue
        tail = shortest_ways(indptr, indices, gone, source, steps, above, level, queue)
        for position in range(1, tail):
            actor = queue[position]
            step, beside = steps[actor], above[actor]
            if beside == source:  # nobody stands between the two
                continue
            for tie in range(indptr[actor], indptr[actor + 1]):
                if steps[indices[tie]] == step:
                    beside = common(beside, indices[tie], above, level)
                    if beside == source:
                        break
            around = beside
            if around != source:
                for tie in range(indptr[actor], indptr[actor + 1]):
                    if steps[indices[tie]] == step + 1:
                        around = common(around, indices[tie], above, level)
            below[above[actor]] += worth[step] - worth[step + 1]
            below[beside] += worth[step + 1] - worth[step + 2]
            below[around] += worth[step + 2]
        for position in range(tail - 1, 0, -1):
            actor = queue[position]
            most[actor] += below[actor] + worth[steps[actor]]
            most[source] += worth[steps[actor]]
            below[above[actor]] += below[actor]
            below[actor] = 0
        below[source] = 0
    return most


@compiled
def next_set(chosen: Array, count: int) -> bool:
    """Turn a set of positions into the next one in order; ``False`` when it was the last."""
    k = len(chosen)
    place = k - 1
    while place >= 0 and chosen[place] == count - k + place:
        place -= 1
    if place < 0:
        return False
    chosen[place] += 1
    for later in range(place + 1, k):
        chosen[later] = chosen[later - 1] + 1
    return True


@compiled
def least_pairs_sets(
    indptr: Array, indices: Array, candidates: Array, k: int, room: int
) -> tuple[int, int, Array, int]:
    """Return the fewest pairs that removing ``k`` candidates leaves, how many sets do, the first of them.

    One walk values all sets that share their first ``k - 1`` members. Last: the number of sets.
    """
    n, count = len(indptr) - 1, len(candidates)
    gone, left = no_flags(n), whole_numbers(n)
    sets = np.empty((room, k), np.int64)
    chosen = np.arange(k - 1)
    best, found, looked = n * n, 0, 0
    more = True
    while more:
        for position in chosen:
            gone[candidates[position]] = True
        pairs_after_each(indptr, indices, gone, left)
        for last in range(0 if k == 1 else chosen[-1] + 1, count):
            looked += 1
            value = left[candidates[last]]
            if value < best:
                best, found = value, 0
            if value == best:
                if found < room:
                    for place in range(k - 1):
                        sets[found, place] = chosen[place]
                    sets[found, k - 1] = last
                found += 1
        for position in chosen:
            gone[candidates[position]] = False
        more = next_set(chosen, count - 1)
    return best, found, sets, looked


@compiled
def least_near_sets(
    indptr: Array, indices: Array, candidates: Array, k: int, room: int, worth: Array
) -> tuple[int, int, Array, int]:
    """Return the least nearness that removing ``k`` candidates leaves; else as :func:`least_pairs_sets`."""
    n, count = len(indptr) - 1, len(candidates)
    gone = no_flags(n)
    sets = np.empty((room, k), np.int64)
    chosen = np.arange(k)
    best, found, looked = -1, 0, 0
    more = True
    while more:
        for position in chosen:
            gone[candidates[position]] = True
        value = nearness(indptr, indices, gone, worth)
        for position in chosen:
            gone[candidates[position]] = False
        looked += 1
        if value < best or best < 0:
            best, found = value, 0
        if value == best:
            if found < room:
                for place in range(k):
                    sets[found, place] = chosen[place]
            found += 1
        more = next_set(chosen, count)
    return best, found, sets, looked
