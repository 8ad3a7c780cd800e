"""Looking for the best set: exactly while that is affordable, else greedily, else with exchanges.

Values are whole numbers here, so that sums are exact and equal sets are equal: worth of the actors reached,
or worth of the pairs still connected. Nothing is drawn at random, and of equals the first in the order of
the candidates is taken.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from math import comb, lcm
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.strengths import index_arrays
from sanshe_net.network import Array

Method: TypeAlias = Literal["auto", "exact", "greedy", "swap"]
Best: TypeAlias = Callable[[Array, Array], "tuple[int, int, int]"]

ROOM: Final = 20
"""So many of the best sets are named."""
PATIENCE: Final[dict[str, int]] = {"auto": 3 * 10**8, "exact": 10**11}
"""How much work, in single comparisons, an exact search may be: part of a second, some minutes."""
TRIED: Final = 10**7
"""``auto`` does not even begin to branch over more sets than this."""
LEVELS: Final = 6
"""Steps that a search from everybody takes, as a rule; for guessing the work beforehand."""
FEW: Final = 8
"""So many removals are sooner tried than estimated."""
MOST_STEPS: Final = 2 * 10**9
"""A table of steps may take so many bytes."""
_LARGEST: Final = 2**62
NONE: Final = np.empty((0, 0), dtype=np.int64)


@dataclass(frozen=True)
class Found:
    """A set and what is known of it.

    Attributes
    ----------
    members
        Positions of actors, first who does most alone, then who adds most, and so on.
    running
        The value of the first member, of the first two, and so on.
    method
        ``exact``, ``swap`` or ``greedy``.
    bound
        No set of this size has a better value; ``None`` when that is not known.
    optimal, sets
        How many sets share the best value, and the first of them; ``None`` unless the search was exact.
    looked
        How many sets were valued.
    """

    members: Array
    running: tuple[int, ...]
    method: str
    bound: int | None
    optimal: int | None
    sets: Array
    looked: int


def worth_of_steps(terms: int, longest: int) -> tuple[Array, int]:
    """Return ``1 / steps`` for 0 to ``longest`` steps as multiples of a unit, and how many units make 1.

    The unit is the finest of which a sum of that many ``terms`` fits a 64-bit number: exact up to 20 steps
    and more, beyond rounded by less than 1e-8. 0 steps, a member of the set, count as 1.
    """
    unit = 1
    for steps in range(2, longest + 1):
        if lcm(unit, steps) * max(terms, 1) > _LARGEST:
            break
        unit = lcm(unit, steps)
    inverse = [unit, *((unit + steps // 2) // steps for steps in range(1, longest + 1))]
    return np.array(inverse, dtype=np.int64), unit


# --- reaching: more is better ---------------------------------------------------------------------------


def search_reach(
    matrix: sparse.csr_array[Any], candidates: Array, k: int, limit: int | None, method: Method
) -> tuple[Found, int]:
    """Return the set of ``k`` candidates that reaches most, and what reaching one actor fully is worth.

    Up to ``limit`` steps count fully and more not at all; without it, reaching somebody is worth 1 / steps.
    """
    from sanshe_net.kernels import key_players as kernels

    steps, far = _steps(matrix, candidates, matrix.shape[0] if limit is None else limit)
    worth, unit = worth_of_steps(len(matrix.indptr), far)
    if limit is not None:
        worth, unit = (np.arange(far + 1) <= limit).astype(np.int64), 1
    worth[far] = 0
    rows, values, bound, looked = kernels.lazy_greedy(steps, worth, k)
    if method == "greedy":
        return Found(
            candidates[rows], _numbers(values), "greedy", int(bound), None, rows[:0], int(looked)
        ), unit
    rows, value, swapped = _exchange_reach(steps, worth, rows, int(values[-1]))
    bound = min(int(bound), value + _most_to_gain(steps, worth, rows))
    how, optimal, sets, looked = "swap", None, NONE, int(looked) + swapped
    if method in PATIENCE and (method == "exact" or comb(len(candidates), k) <= TRIED):
        best, number, first, tried = kernels.best_sets(steps, worth, k, value, ROOM, PATIENCE[method])
        if tried >= 0:
            optimal, sets = int(number), candidates[first[: min(number, ROOM)]]
            how, rows, bound, looked = "exact", first[0], int(best), int(tried)
        elif method == "exact":
            raise MeasureError("E-SET-SEARCH", found=len(candidates), k=k)
    rows = np.sort(rows)
    order, values, _, _ = kernels.lazy_greedy(steps[rows], worth, k)
    return Found(candidates[rows[order]], _numbers(values), how, bound, optimal, sets, looked), unit


def _exchange_reach(steps: Array, worth: Array, rows: Array, value: int) -> tuple[Array, int, int]:
    from sanshe_net.kernels.key_players import best_swap

    rows, looked = rows.copy(), 0
    while True:
        position, row, gained = best_swap(steps, worth, rows)
        looked += len(rows) * (len(steps) - len(rows))
        if row < 0:
            return rows, value, looked
        rows[position] = row
        value += int(gained)


def _most_to_gain(steps: Array, worth: Array, rows: Array) -> int:
    # Submodular: adding the best set to this one gains no more than its members' single gains together.
    from sanshe_net.kernels import key_players as kernels

    held = worth[steps[rows]].max(axis=0)
    return int(kernels.highest_sum(kernels.all_gains(steps, worth, held), len(rows)))


def _steps(matrix: sparse.csr_array[Any], candidates: Array, longest: int) -> tuple[Array, int]:
    from sanshe_net.kernels.key_players import fill_steps

    n = matrix.shape[0]
    row_of = np.full(n, -1, dtype=np.int64)
    row_of[candidates] = np.arange(len(candidates))
    # Almost every network is less than 255 steps wide: one byte a pair.
    for kind in (np.uint8, np.int32):
        far = min(int(np.iinfo(kind).max), n)
        size = len(candidates) * n * np.dtype(kind).itemsize
        if size > MOST_STEPS:
            raise MeasureError("E-SET-SIZE", found=len(candidates), size=f"{size / 1e9:.1f}")
        steps = np.full((len(candidates), n), far, dtype=kind)
        if fill_steps(*index_arrays(matrix), row_of, min(longest, far - 1), steps) or longest < far:
            break
    return steps, far


# --- fragmenting: less left is better -------------------------------------------------------------------


def search_fragments(
    matrix: sparse.csr_array[Any], candidates: Array, k: int, weighted: bool, method: Method
) -> tuple[Found, int]:
    """Return the ``k`` candidates without whom least is left, and what a pair in touch is worth.

    What is left are the ordered pairs still connected or, ``weighted``, their inverse steps summed.
    """
    from sanshe_net.kernels import fragments as kernels

    ties, n = index_arrays(matrix), matrix.shape[0]
    worth, unit = worth_of_steps(n * n, n + 1) if weighted else (None, 1)
    best = _best_removal(ties, worth)
    work = _exact_work(ties, len(candidates), k, weighted)
    if method in PATIENCE and work <= PATIENCE[method]:
        if worth is None:
            _, number, first, looked = kernels.least_pairs_sets(*ties, candidates, k, ROOM)
        else:
            _, number, first, looked = kernels.least_near_sets(*ties, candidates, k, ROOM, worth)
        sets = candidates[first[: min(number, ROOM)]]
        members, running, _ = _greedy_removal(best, sets[0], k, n)
        return Found(members, running, "exact", running[-1], int(number), sets, int(looked)), unit
    if method == "exact":
        raise MeasureError("E-SET-SEARCH", found=len(candidates), k=k)
    members, running, looked = _greedy_removal(best, candidates, k, n)
    if method != "greedy":
        members, swapped = _exchange_removal(best, candidates, members, running[-1], n)
        members, running, _ = _greedy_removal(best, np.sort(members), k, n)
        looked += swapped
    return Found(members, running, "greedy" if method == "greedy" else "swap", None, None, NONE, looked), unit


def _exact_work(ties: tuple[Array, Array], candidates: int, k: int, weighted: bool) -> int:
    walk = len(ties[0]) + len(ties[1])
    if weighted:
        return comb(candidates, k) * walk * LEVELS * -(-len(ties[0]) // 64)
    return comb(candidates, k - 1) * walk


def _best_removal(ties: tuple[Array, Array], worth: Array | None) -> Best:
    """Return what finds whose removal leaves least beside those gone: place, what is left, how many tried."""
    from sanshe_net.kernels import fragments as kernels

    left = np.empty(len(ties[0]) - 1, dtype=np.int64)

    def fewest_pairs(gone: Array, candidates: Array) -> tuple[int, int, int]:
        kernels.pairs_after_each(*ties, gone, left)
        position = int(np.argmin(left[candidates]))
        return position, 2 * int(left[candidates[position]]), len(candidates)

    if worth is None:
        return fewest_pairs
    return partial(_least_near, ties, worth)


def _least_near(
    ties: tuple[Array, Array], worth: Array, gone: Array, candidates: Array
) -> tuple[int, int, int]:
    # Those who could cost most are tried first, until nobody left could cost more than the best.
    from sanshe_net.kernels import fragments as kernels

    now = int(kernels.nearness(*ties, gone, worth))
    few = len(candidates) <= FEW
    most = np.full(len(candidates), now) if few else kernels.most_lost(*ties, gone, worth)[candidates]
    best, least, tried = -1, now + 1, 0
    for position in np.argsort(-most, kind="stable").tolist():
        hoped = now - int(most[position])
        if hoped > least:
            break
        if hoped == least and position > best:
            continue
        gone[candidates[position]] = True
        left = int(kernels.nearness(*ties, gone, worth))
        gone[candidates[position]] = False
        tried += 1
        if (left, position) < (least, best) or best < 0:
            best, least = position, left
    return best, least, tried


def _greedy_removal(best: Best, candidates: Array, k: int, n: int) -> tuple[Array, tuple[int, ...], int]:
    gone, looked = np.zeros(n, dtype=bool), 0
    members: list[int] = []
    running: list[int] = []
    for _ in range(k):
        position, left, tried = best(gone, candidates)
        members.append(int(candidates[position]))
        running.append(left)
        gone[members[-1]] = True
        candidates = np.delete(candidates, position)
        looked += tried
    return np.array(members, dtype=np.int64), tuple(running), looked


def _exchange_removal(best: Best, candidates: Array, members: Array, value: int, n: int) -> tuple[Array, int]:
    """Replace the one member whose replacement helps most, until none helps."""
    members, looked = members.copy(), 0
    while True:
        gone = np.zeros(n, dtype=bool)
        gone[members] = True
        others = candidates[~gone[candidates]]
        if not len(others):
            return members, looked
        offers = []
        for place, member in enumerate(members.tolist()):
            gone[member] = False
            position, left, tried = best(gone, others)
            gone[member] = True
            offers.append((left, place, int(others[position])))
            looked += tried
        left, place, newcomer = min(offers)
        if left >= value:
            return members, looked
        members[place], value = newcomer, left


def _numbers(values: Array) -> tuple[int, ...]:
    return tuple(int(value) for value in values)
