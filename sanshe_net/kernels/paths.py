"""Shortest paths of one step a tie: how far everybody is from everybody, and who lies between.

A network comes as the two index arrays of its sparse matrix: ``indptr`` (int64) and ``indices`` (int32), row
*i* holding those whom *i* reaches in one step. Sources are searched from in chunks of a fixed size, whatever
the number of threads; every chunk has its own sums, added in the order of the chunks. So the same input
gives the same bytes on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import numpy as np

from sanshe_net.kernels.arrays import places, words, zeros
from sanshe_net.kernels.bits import NONE, ONE, ones
from sanshe_net.kernels.compiled import Array, compiled

WORDS: Final = 4
"""Words of 64 sources that search side by side: a row of four is half a cache line."""
SOURCES: Final = 64 * WORDS
CHUNKS: Final = 16
"""Parts that the sources of betweenness are cut into."""
THREADS: Final = 2
PLANES: Final = 32
FAR: Final = 65535


def path_totals(indptr: Array, indices: Array) -> tuple[Array, Array, Array]:
    """Return, for each source, whom it reaches and how far away they are.

    Returns
    -------
    How many others it reaches, the sum of the steps to them, the sum of 1 / steps.
    Cost: O(nm/64) at most; less where many sources reach an actor in the same step.
    """
    n = len(indptr) - 1
    reached, steps, inverse = np.zeros(n, np.int64), np.zeros(n, np.int64), np.zeros(n)

    def search(start: int) -> None:
        _search_totals(indptr, indices, start, min(start + SOURCES, n), reached, steps, inverse)

    _share(search, range(0, n, SOURCES))
    return reached, steps, inverse


def steps_between(indptr: Array, indices: Array) -> Array:
    """Return the steps from everybody to everybody as a square matrix, a row for each target.

    65535 where no path leads. Give the reversed ties to have a row for each source; without directions both
    are the same. Cost: O(nm/64 + n²) time, 2 n² bytes.
    """
    n = len(indptr) - 1
    steps = np.full((n, n), FAR, np.uint16)

    def search(start: int) -> None:
        _search_steps(indptr, indices, start, min(start + SOURCES, n), steps)

    _share(search, range(0, n, SOURCES))
    return steps


def betweenness(indptr: Array, indices: Array) -> Array:
    """Return the shortest paths through each actor, over ordered pairs of others (Brandes 2001).

    Cost: O(nm) time, 16 n numbers of memory.
    """
    n = len(indptr) - 1
    cuts = np.arange(CHUNKS + 1) * n // CHUNKS
    sums = np.zeros((CHUNKS, n))

    def search(chunk: int) -> None:
        _search_between(indptr, indices, cuts[chunk], cuts[chunk + 1], sums[chunk])

    _share(search, range(CHUNKS))
    total = np.zeros(n)
    for chunk in range(CHUNKS):
        total += sums[chunk]
    return total


def _share(work: Callable[[int], None], parts: range) -> None:
    threads = min(THREADS, os.cpu_count() or 1, len(parts))
    if threads < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(threads) as pool:
        for _ in pool.map(work, parts):
            pass


@compiled
def _start(first: int, last: int, seen: Array, front: Array, active: Array) -> int:
    """Put each source on its own place; return how many there are."""
    seen[:] = NONE
    front[:] = NONE
    for source in range(first, last):
        word, bit = (source - first) >> 6, np.uint64((source - first) & 63)
        seen[source, word] |= ONE << bit
        front[source, word] |= ONE << bit
        active[source - first] = source
    return last - first


@compiled
def _advance(
    indptr: Array,
    indices: Array,
    seen: Array,
    front: Array,
    active: Array,
    count: int,
    ahead: Array,
    touched: Array,
) -> int:
    """Let all sources take one step; return how many actors someone has reached for the first time.

    Row *v* of ``front`` holds a bit for each source that has just come to *v*; ``active`` lists the rows that
    are not empty. Only these are walked, so that long thin networks cost no more than one search at a time.
    """
    met = 0
    for place in range(count):
        actor = active[place]
        for tie in range(indptr[actor], indptr[actor + 1]):
            other = indices[tie]
            before = NONE
            for word in range(WORDS):
                before |= ahead[other, word]
                ahead[other, word] |= front[actor, word]
            if before == NONE:
                touched[met] = other
                met += 1
    for place in range(count):
        for word in range(WORDS):
            front[active[place], word] = NONE
    kept = 0
    for place in range(met):
        other = touched[place]
        anyone = NONE
        for word in range(WORDS):
            new = ahead[other, word] & ~seen[other, word]
            ahead[other, word] = NONE
            front[other, word] = new
            seen[other, word] |= new
            anyone |= new
        if anyone != NONE:
            active[kept] = other
            kept += 1
    return kept


@compiled
def _count(front: Array, active: Array, count: int, planes: Array) -> None:
    """Count, for each of the sources, the actors it has just reached, in binary digits side by side.

    ``planes[p]`` holds digit *p* of all counters, a bit for each source: adding a row to all of them takes a
    carry or two, where looking at every bit would take hundreds of steps.
    """
    planes[:] = NONE
    carry = words(planes.shape[1])
    for place in range(count):
        for word in range(WORDS):
            carry[word] = front[active[place], word]
        left, digit = ONE, 0
        while left != NONE:
            left = NONE
            for word in range(WORDS):
                up = planes[digit, word] & carry[word]
                planes[digit, word] ^= carry[word]
                carry[word] = up
                left |= up
            digit += 1


@compiled
def _search_totals(
    indptr: Array, indices: Array, first: int, last: int, reached: Array, steps: Array, inverse: Array
) -> None:
    n = len(indptr) - 1
    seen, front = np.empty((n, WORDS), np.uint64), np.empty((n, WORDS), np.uint64)
    ahead, planes = np.zeros((n, WORDS), np.uint64), np.empty((PLANES, WORDS), np.uint64)
    active, touched = places(n), places(n)
    level = 0
    count = _start(first, last, seen, front, active)
    while True:
        level += 1
        count = _advance(indptr, indices, seen, front, active, count, ahead, touched)
        if count == 0:
            return
        _count(front, active, count, planes)
        for source in range(first, last):
            word, bit = (source - first) >> 6, np.uint64((source - first) & 63)
            new = np.int64(0)
            for digit in range(PLANES):
                new += np.int64((planes[digit, word] >> bit) & ONE) << digit
            reached[source] += new
            steps[source] += new * level
            inverse[source] += new / level


@compiled
def _search_steps(indptr: Array, indices: Array, first: int, last: int, steps: Array) -> None:
    n = len(indptr) - 1
    seen, front = np.empty((n, WORDS), np.uint64), np.empty((n, WORDS), np.uint64)
    ahead = np.zeros((n, WORDS), np.uint64)
    active, touched = places(n), places(n)
    level = 0
    count = _start(first, last, seen, front, active)
    for source in range(first, last):
        steps[source, source] = 0
    while True:
        level += 1
        count = _advance(indptr, indices, seen, front, active, count, ahead, touched)
        if count == 0:
            return
        for place in range(count):
            actor = active[place]
            for source in range(first, last):
                word, bit = (source - first) >> 6, np.uint64((source - first) & 63)
                if (front[actor, word] >> bit) & ONE:
                    steps[actor, source] = level


@compiled
def _search_between(indptr: Array, indices: Array, first: int, last: int, total: Array) -> None:
    n = len(indptr) - 1
    order, steps = places(n), np.full(n, -1, np.int32)
    paths, share = np.empty(n), np.empty(n)
    for source in range(first, last):
        order[0], steps[source], paths[source] = source, 0, 1.0
        head, tail = 0, 1
        while head < tail:
            actor = order[head]
            head += 1
            beyond, ways = steps[actor] + 1, paths[actor]
            for tie in range(indptr[actor], indptr[actor + 1]):
                other = indices[tie]
                if steps[other] < 0:
                    steps[other], paths[other] = beyond, ways
                    order[tail] = other
                    tail += 1
                elif steps[other] == beyond:
                    paths[other] += ways
        # Farthest first. Of each actor beyond, share holds (1 + its dependency) / its paths.
        for place in range(tail - 1, 0, -1):
            actor = order[place]
            beyond, dependency = steps[actor] + 1, 0.0
            for tie in range(indptr[actor], indptr[actor + 1]):
                other = indices[tie]
                if steps[other] == beyond:
                    dependency += share[other]
            dependency *= paths[actor]
            total[actor] += dependency
            share[actor] = (1.0 + dependency) / paths[actor]
        for place in range(tail):
            steps[order[place]] = -1


@compiled
def unbounded_pairs(upward: Array, sizes: Array) -> int:
    """Return how many pairs of actors have no least upper bound.

    ``upward`` has a row for each class of actors that reach each other, the largest set of superiors first:
    a bit for each class that reaches it, itself included. ``sizes`` says how many actors a class has. A
    class is the least upper bound of two when its superiors are all those that the two share, and no
    class in the shared set can have more: only the first of them needs a look.
    Cost: O(c³/64) for c classes.
    """
    classes, words = upward.shape
    held = zeros(classes)
    for one in range(classes):
        for word in range(words):
            held[one] += ones(upward[one, word])
    lacking = 0
    for one in range(classes):
        for other in range(one):
            shared, top = np.int64(0), np.int64(-1)
            for word in range(words):
                both = upward[one, word] & upward[other, word]
                if both != NONE:
                    if top < 0:
                        top = np.int64(64 * word) + ones((both & (~both + ONE)) - ONE)
                    shared += ones(both)
            if top < 0 or held[top] != shared:
                lacking += sizes[one] * sizes[other]
    return lacking
