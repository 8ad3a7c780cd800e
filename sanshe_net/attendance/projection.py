"""From a table of people by activities to the pairs who attended together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.attendance.size_rule import SizeRule
from sanshe_net.attendance.weights import TIMED, TieWeight, WeightName, as_weight
from sanshe_net.errors import SettingsError
from sanshe_net.network import Array

BLOCK: Final = 1 << 18
"""Most pairs that a thread holds room for at a time, one person's pairs apart."""
THREADS: Final = 2


@dataclass(frozen=True)
class JointTies:
    """Pairs of people who attended together, sorted by ``source`` and ``target``.

    Attributes
    ----------
    source, target
        Row numbers of the two people, the lower first (int32).
    weight
        Strength of the tie, above 0.
    count
        Joint activities among those that make ties: the evidence (int32).
    first, last
        Column numbers of the first and the last of them (int32).
    made
        Which activities made ties (bool, one per column).
    """

    source: Array
    target: Array
    weight: Array
    count: Array
    first: Array
    last: Array
    made: Array

    def __len__(self) -> int:
        """How many pairs."""
        return len(self.source)


def joint_ties(
    attendance: Attendance,
    weight: TieWeight | WeightName = "newman",
    *,
    size: SizeRule | None = None,
    among: Array | None = None,
    min_joint: int = 1,
) -> JointTies:
    """Return every pair of people who attended enough activities together, and how strongly that ties them.

    Each person walks their activities, and in each the people after them; weight, size rule and floor are
    applied on the way, so that meetings are never listed nor sorted. The same table gives the same bytes,
    whatever the number of threads.

    Parameters
    ----------
    weight
        See :mod:`sanshe_net.attendance.weights`. A weight that has faded to 0 is no tie.
    size
        Activities larger than this make no ties; by default all do.
    among
        Activities that are looked at (bool, one per column); by default all.
    min_joint
        Floor: pairs with fewer joint activities have no tie.

    Raises
    ------
    SettingsError
        For an unknown weight or a floor below 1.
    MeasureError
        When activities fade that are undated or later than the reference day.

    Notes
    -----
    Cost: time O(meetings + n²/64) with *n* people, an activity of *k* people having k(k-1)/2 meetings; memory
    28 bytes a pair (an eighth more while they are put together), and 10⁷ bytes of working space.
    """
    made, held, weight = _of_rule(attendance, weight, size, among)
    slot = _slots(held, weight)
    walk, ranges = _walk(held, weight, slot, min_joint)
    normalise = _normaliser(held, weight, slot)

    def block(people: Range) -> tuple[Array, ...]:
        pairs, target, sums, count, first, last = walk(people)
        source = np.repeat(np.arange(people[0], people[1], dtype=np.int32), pairs)
        columns = (source, target, normalise(source, target, sums), count, first, last)
        faded = columns[2] <= 0
        return tuple(column[~faded] for column in columns) if faded.any() else columns

    with ThreadPoolExecutor(THREADS) as pool:
        source, target, strength, count, first, last = _joined(pool.map(block, ranges))
    original = np.flatnonzero(made).astype(np.int32)
    return JointTies(source, target, strength, count, original[first], original[last], made)


def count_ties(attendance: Attendance, *, size: SizeRule | None = None, min_joint: int = 1) -> int:
    """Return how many pairs :func:`joint_ties` would return, in bounded memory."""
    _, held, weight = _of_rule(attendance, "count", size, None)
    walk, ranges = _walk(held, weight, _slots(held, weight), min_joint)
    with ThreadPoolExecutor(THREADS) as pool:
        return sum(pool.map(lambda people: int(walk(people)[0].sum()), ranges))


def _of_rule(
    attendance: Attendance, weight: TieWeight | WeightName, size: SizeRule | None, among: Array | None
) -> tuple[Array, Attendance, TieWeight]:
    """Return which activities make ties, their matrix, and the weight with its reference day."""
    made = np.ones(attendance.shape[1], dtype=bool) if size is None else size.makes_ties(attendance)
    if among is not None:
        made = made & among
    stated = as_weight(weight).counted_back_from(attendance.activities["date"])
    return made, attendance if made.all() else attendance.of_activities(made), stated


Range: TypeAlias = "tuple[int, int, int]"
"""The first of some people, one past the last, and the most pairs they can have with people after them."""
Walk: TypeAlias = "Callable[[Range], tuple[Array, Array, Array, Array, Array, Array]]"


def _walk(held: Attendance, weight: TieWeight, slot: Array, floor: int) -> tuple[Walk, list[Range]]:
    """Return the walk over a range of people, and the ranges that are everybody."""
    from sanshe_net.kernels.projection import pairs_of

    if floor < 1:
        raise SettingsError("E-VALUE", name="min_joint", found=floor, allowed=">= 1")
    n, m = held.shape
    start, activity = held.present.indptr.astype(np.int64), held.present.indices.astype(np.int32)
    entries = sparse.csr_array((np.arange(len(activity)), activity, start), shape=(n, m)).tocsc()
    column, person = entries.indptr.astype(np.int64), entries.indices.astype(np.int32)
    place = np.empty(len(activity), np.int64)
    place[entries.data] = np.arange(len(activity))
    met = np.r_[0, np.cumsum(column[activity + 1] - place - 1)]
    # Nobody has more pairs than meetings, or than people after them.
    most = np.minimum(met[start[1:]] - met[start[:-1]], np.arange(n - 1, -1, -1))
    share = weight.shares(held.activities, held.named)
    slots = weight.simultaneous != "none"

    def walk(people: Range) -> tuple[Array, Array, Array, Array, Array, Array]:
        low, high, room = people
        return pairs_of(low, high, start, activity, column, person, place, share, slot, slots, floor, room)

    return walk, _ranges(most)


def _ranges(most: Array) -> list[Range]:
    """Return ranges of people whose pairs sum to BLOCK at most; one at least, be it empty."""
    total = np.r_[0, np.cumsum(most)]
    cuts = [0]
    while cuts[-1] < len(most):
        fits = int(np.searchsorted(total, total[cuts[-1]] + BLOCK, side="right")) - 1
        cuts.append(max(fits, cuts[-1] + 1))
    ranges = [(low, high, int(total[high] - total[low])) for low, high in pairwise(cuts)]
    return ranges or [(0, 0, 0)]


def _slots(held: Attendance, weight: TieWeight) -> Array:
    """Return the slot of each activity, in order: those of one slot are simultaneous."""
    m = held.shape[1]
    if weight.simultaneous == "none":
        return np.arange(m)
    days = held.activities["date"].dt.normalize().to_numpy()
    new = np.r_[True, (days[1:] != days[:-1]) | np.isnat(days[1:])][:m]
    numbers: Array = np.cumsum(new) - 1
    return numbers


Normalise: TypeAlias = Callable[[Array, Array, Array], Array]


def _normaliser(held: Attendance, weight: TieWeight, slot: Array) -> Normalise:
    """Return what makes the strength of pairs from their sums of shares."""
    attended = held.attended.astype(float)
    if weight.name == "ratio":
        return lambda one, other, sums: sums / held.shape[1]
    if weight.name == "cosine":
        return lambda one, other, sums: sums / np.sqrt(attended[one] * attended[other])
    if weight.name not in TIMED:
        return lambda one, other, sums: sums
    slots = weight.simultaneous != "none"
    seen = _by_slot(held, slot) if slots else held
    both = _seen_both(seen)
    alone = _seen_while_eligible(seen)

    def index(one: Array, other: Array, together: Array) -> Array:
        either = alone(one, other) + alone(other, one)  # where both were seen counts twice
        if weight.name == "half_weight":
            halves: Array = 2 * together / either
            return halves
        # Seen at the same time, but apart, they are one observation.
        strength: Array = together / (either - (both(one, other) if slots else together))
        return strength

    return index


def _seen_both(seen: Attendance) -> Callable[[Array, Array], Array]:
    """Return the count of columns where both people of pairs were present."""
    from sanshe_net.kernels.shares import common_shares

    start, column = seen.present.indptr.astype(np.int64), seen.present.indices.astype(np.int64)
    ones = np.ones(len(column))
    return lambda one, other: common_shares(
        one.astype(np.int64), other.astype(np.int64), start, column, ones, False
    )


def _seen_while_eligible(seen: Attendance) -> Callable[[Array, Array], Array]:
    """Return the count of columns where the first of pairs was present and the second could have been."""
    if seen.everybody_eligible:
        return lambda one, other: seen.attended[one]
    from sanshe_net.kernels.projection import while_eligible

    start, column = seen.present.indptr.astype(np.int64), seen.present.indices.astype(np.int32)
    blank_start, blank = seen.blank.indptr.astype(np.int64), seen.blank.indices.astype(np.int32)
    since, until = seen.since.astype(np.int64), seen.until.astype(np.int64)
    return lambda one, other: while_eligible(one, other, start, column, since, until, blank_start, blank)


def _by_slot(held: Attendance, slot: Array) -> Attendance:
    """Return the matrix of people by slots: present where at any activity of it, eligible likewise."""
    n, m = held.shape
    begin = np.flatnonzero(np.r_[True, np.diff(slot) > 0][:m])
    end = np.r_[begin[1:], m][: len(begin)]
    person = np.repeat(np.arange(n), np.diff(held.present.indptr))
    slots = np.r_[slot, len(begin)]
    since = slots[held.since]
    until = np.where(held.until > held.since, slots[np.maximum(held.until - 1, 0)] + 1, since)
    closed = held.blank.tocoo()
    blank = _cells(closed.coords[0], slot[closed.coords[1]], (n, len(begin)))
    row, column = blank.tocoo().coords
    # Blank is a slot of which every activity was blank, as far as it was open to the person.
    stretch = np.minimum(end[column], held.until[row]) - np.maximum(begin[column], held.since[row])
    all_blank = blank.data == stretch
    seen = _cells(person, slot[held.present.indices], (n, len(begin)))
    seen.data[:] = 1.0
    return replace(
        held,
        present=seen,
        activities=held.activities.iloc[begin],
        since=since,
        until=until,
        blank=_cells(row[all_blank], column[all_blank], (n, len(begin))),
    )


def _cells(row: Array, column: Array, shape: tuple[int, int]) -> sparse.csr_array:
    cells = sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)
    cells.sum_duplicates()
    return cells


def _joined(parts: Iterator[tuple[Array, ...]]) -> list[Array]:
    """Return each column in one piece; every part is let go of as soon as it is added."""
    whole = [column.copy() for column in next(parts)]
    used = len(whole[0])
    for part in parts:
        end = used + len(part[0])
        for column, piece in zip(whole, part, strict=True):
            if end > len(column):  # where memory can be remapped, growing moves nothing
                column.resize(max(end, len(column) * 9 // 8), refcheck=False)
            column[used:end] = piece
        used = end
    for column in whole:
        column.resize(used, refcheck=False)
    return whole
