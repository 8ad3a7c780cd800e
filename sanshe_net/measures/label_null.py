"""Exact moments of the Gould-Fernandez roles when the groups are dealt anew to the actors of a fixed network.

A role is a sum over open two-paths *a → v → b* of "the groups of the three are so and so". Its expectation
needs the number of open two-paths only; its variance the number of *pairs* of them by which of their actors
they share, times the chance that dealt groups give both the role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import combinations, permutations
from typing import Final, TypeAlias

import numpy as np

from sanshe_net.measures.open_pairs import OpenPaths
from sanshe_net.network import Array

Sharing: TypeAlias = frozenset[tuple[int, int]]
"""Which positions (0 = a, 1 = v, 2 = b) of one path hold the same actor as which of another."""

ROUNDING: Final = 1e-15
"""A variance that is a smaller part of the terms it is summed from is taken to be 0."""
TOGETHER: Final[tuple[dict[tuple[int, ...], int], ...]] = (
    {(0, 1, 2): 1},
    {(0, 2): 1, (0, 1, 2): -1},
    {(0, 1): 1, (0, 1, 2): -1},
    {(1, 2): 1, (0, 1, 2): -1},
    {(): 1, (0, 1): -1, (1, 2): -1, (0, 2): -1, (0, 1, 2): 2},
)
"""Each role as a sum of "these positions are in one group", in the order of ``brokerage.ROLES``."""
SHAPES: Final = ((), (2,), (3,), (4,), (5,), (2, 2), (2, 3), (3, 3))
"""Sizes of the sets of actors that must be in one group each."""


def falling(values: Array | int, factors: int) -> Array:
    r"""Return :math:`x (x-1) \cdots`, so many factors.

    Examples
    --------
    >>> falling(np.array([5, 2]), 3).tolist()
    [60.0, 0.0]
    """
    steps = np.asarray(values, dtype=float)[..., np.newaxis] - np.arange(factors)
    return np.asarray(np.prod(steps, axis=-1))


def node_moments(paths: OpenPaths, codes: Array) -> tuple[Array, Array]:
    """Return expectation and standard deviation by actor and role, the last column the total.

    The actor keeps its group, the groups of all others are dealt anew.
    """
    through, turned = paths.through, paths.reversible
    pairs = [
        through,
        turned,
        paths.same_first - through,
        paths.same_last - through,
        2 * (paths.crossed - turned),
    ]
    pairs.append(through**2 - sum(pairs))  # no end in common
    chances = _chances_through(np.bincount(codes))
    once = chances[0]
    mean = np.column_stack([through[:, np.newaxis] * once[codes], through])
    sd = np.zeros((len(codes), 6))
    shared = np.column_stack(pairs)[:, np.newaxis]
    change, size = (
        np.matmul(shared, np.moveaxis(terms, 0, 1)[codes])[:, 0]
        for terms in (chances - once**2, chances + once**2)
    )
    sd[:, :5] = _root(change, size)
    return mean, sd


def _chances_through(sizes: Array) -> Array:
    # The chance that both of two open paths through v have the role: pairs that share both ends, both
    # turned round, the first, the last, a first that is the other's last, none; by group of v and role.
    everybody = sizes.sum() - 1
    own = sizes - 1.0
    rest = everybody - own

    def elsewhere(terms: Array) -> Array:  # a sum over the groups other than that of v
        return np.asarray(terms.sum() - terms)

    two, three, four = (elsewhere(falling(sizes, factors)) for factors in (2, 3, 4))
    two_twos = two**2 - elsewhere(falling(sizes, 2) ** 2)
    none = np.zeros_like(own)
    # One end in a group, two others neither there nor with v.
    star = (
        rest * (rest - 1) * elsewhere(sizes) - (2 * rest - 1) * elsewhere(sizes**2.0) + elsewhere(sizes**3.0)
    )
    alike = four + two_twos
    apart = falling(rest, 4) - 2 * two * falling(rest - 2, 2) + alike
    mixed, mixed_own, mixed_rest = own * rest, falling(own, 2) * rest, own * falling(rest, 2)
    mixed_all = falling(own, 2) * falling(rest, 2)
    own_two, own_three, own_four = (falling(own, factors) for factors in (2, 3, 4))
    unlike = falling(rest, 2) - two
    if len(sizes) < 3:
        apart = none  # no three groups, no liaison: not even by rounding
    ways = (
        (2, (own_two, two, mixed, mixed, unlike)),
        (2, (own_two, two, none, none, unlike)),
        (3, (own_three, three, mixed_rest, mixed_own, star)),
        (3, (own_three, three, mixed_own, mixed_rest, star)),
        (3, (own_three, three, none, none, star)),
        (4, (own_four, alike, mixed_all, mixed_all, apart)),
    )
    return np.stack([_share(np.column_stack(held), falling(everybody, ends)) for ends, held in ways])


def network_moments(paths: OpenPaths, ends: tuple[float, float], codes: Array) -> tuple[Array, Array]:
    """Return expectation and standard deviation by role over the whole network, the last one the total.

    The groups of all actors are dealt anew. ``ends`` comes from ``open_pairs.shared_ends``.
    """
    chances = _chances_together(np.bincount(codes))
    total = paths.through.sum()
    once = np.array([sum(part * chances[_shape(_blocks(held, ()))] for held, part in role.items())
                     for role in TOGETHER])  # fmt: skip
    numbers = _pairs_by_sharing(paths, ends)
    by_shape = np.array([chances[shape] for shape in SHAPES])
    both = _products() @ by_shape
    if len(np.bincount(codes)) < 3:
        once[4] = both[4] = 0.0  # no three groups, no liaison: not even by rounding
    squared = once[:, np.newaxis] ** 2
    terms = np.abs(_products()) @ by_shape + squared
    sd = _root(((both - squared) * numbers).sum(axis=1), (terms * numbers).sum(axis=1))
    return np.append(total * once, total), np.append(sd, 0.0)


def _chances_together(sizes: Array) -> dict[tuple[int, ...], float]:
    # The chance that actors drawn at random fall into sets of one group each, by sizes of the sets.
    powers = [falling(sizes, factors) for factors in range(7)]
    sums = [power.sum() for power in powers]
    chances: dict[tuple[int, ...], float] = {(): 1.0}
    for shape in SHAPES[1:]:
        if len(shape) == 1:
            ways = sums[shape[0]]
        else:
            one, other = shape
            ways = sums[one] * sums[other] - (powers[one] * powers[other]).sum() + sums[one + other]
        chances[shape] = float(_share(ways, falling(sizes.sum(), sum(shape))))
    return chances


def _pairs_by_sharing(paths: OpenPaths, ends: tuple[float, float]) -> Array:
    # How many ordered pairs of open paths share actors in exactly one way, for each way: first those that
    # share at least so much, then inclusion and exclusion.
    held = (paths.begun, paths.through, paths.ended)
    firsts, lasts, crossed = (values.sum() for values in (paths.same_first, paths.same_last, paths.crossed))
    same_tie, first_both, last_both, first_back, last_back, turned = paths.ties.tolist()
    # Two positions of a path name a tie that begins it (0, 1), one that ends it (1, 2) or its open ends.
    begin, end, open_ends = (0, 1), (1, 2), (0, 2)
    along = {(begin, begin): firsts, (end, end): lasts, (open_ends, open_ends): ends[0],
             (begin, end): same_tie, (end, begin): same_tie}  # fmt: skip
    against = {(begin, begin): first_both, (end, end): last_both, (open_ends, open_ends): ends[1],
               (begin, end): crossed, (end, begin): crossed,
               (begin, open_ends): first_back, (open_ends, begin): first_back,
               (end, open_ends): last_back, (open_ends, end): last_back}  # fmt: skip
    whole: dict[tuple[int, ...], float] = {
        (0, 1, 2): paths.through.sum(),
        (2, 1, 0): paths.reversible.sum(),
        (1, 2, 0): turned,
        (2, 0, 1): turned,
    }
    at_least = np.zeros(len(_sharings()))
    for place, sharing in enumerate(_sharings()):
        pairs = sorted(sharing)
        if not pairs:
            at_least[place] = paths.through.sum() ** 2
        elif len(pairs) == 1:
            at_least[place] = (held[pairs[0][0]] * held[pairs[0][1]]).sum()
        elif len(pairs) == 2:
            (i, j), (k, other) = pairs
            if j < other:
                at_least[place] = along.get(((i, k), (j, other)), 0.0)
            else:
                at_least[place] = against.get(((i, k), (other, j)), 0.0)
        else:
            at_least[place] = whole.get(tuple(j for _, j in pairs), 0.0)
    return _exclusion() @ at_least


@cache
def _sharings() -> tuple[Sharing, ...]:
    # The 34 ways in which two paths can share actors.
    found = [
        frozenset(zip(one, other, strict=True))
        for size in range(4)
        for one in combinations(range(3), size)
        for other in permutations(range(3), size)
    ]
    return tuple(found)


@cache
def _exclusion() -> Array:
    # From "at least shared" to "exactly shared".
    ways = _sharings()
    signs = [[(-1.0) ** len(more - held) if held <= more else 0.0 for more in ways] for held in ways]
    return np.array(signs)


@cache
def _products() -> Array:
    # By role, way of sharing and shape: what the product of two roles is as a sum over shapes.
    table = np.zeros((len(TOGETHER), len(_sharings()), len(SHAPES)))
    for number, role in enumerate(TOGETHER):
        for place, sharing in enumerate(_sharings()):
            second = {j: i for i, j in sharing}
            for one, part in role.items():
                for other, times in role.items():
                    theirs = tuple(second.get(position, position + 3) for position in other)
                    shape = _shape(_blocks(one, theirs))
                    table[number, place, SHAPES.index(shape)] += part * times
    return table


def _blocks(one: tuple[int, ...], other: tuple[int, ...]) -> Iterator[int]:
    # Sizes of the sets of actors that must be in one group: one set when the two meet.
    if set(one) & set(other):
        yield len(set(one) | set(other))
        return
    yield from (len(held) for held in (one, other) if held)


def _shape(sizes: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(sizes))


def _share(ways: Array, all_ways: Array) -> Array:
    # Too few actors: no pair of paths is of that kind, and its chance is never used.
    return np.asarray(ways / all_ways) if all_ways > 0 else np.zeros_like(ways)


def _root(variance: Array, terms: Array) -> Array:
    # What is left of terms this large after they cancelled may be rounding only: then nothing varies.
    return np.sqrt(np.where(variance > ROUNDING * np.abs(terms), variance, 0.0))
