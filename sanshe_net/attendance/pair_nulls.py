"""How likely a pair is to meet so often by chance: one exact upper tail per pair of classes and count.

Every null here makes all people of a class alike, so a tail is worked out once for a pair of classes and a
count, however many pairs of people ask for it.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy.special import gammaln, logsumexp

from sanshe_net.attendance.configuration import Classes, classes_of, configuration_model
from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance
from sanshe_net.network import Array

ExactModel: TypeAlias = Literal["sdsm", "fixed_row", "fixed_column", "fixed_fill"]
Tails: TypeAlias = Callable[[Array, Array, Array], Array]
SMALLEST: Final = float(np.nextafter(0.0, 1.0))
"""No p-value is 0, however rare the event."""
BLOCK: Final = 4_000_000
"""Pairs of classes looked at at a time."""
PIECES: Final = 16
"""Parts of the work that threads take from."""


@dataclass(frozen=True)
class PairNull:
    """What chance gives pairs of people.

    Attributes
    ----------
    classes
        People that the null makes alike.
    joint
        Activities that both of a pair of classes could attend.
    tails
        From two classes and a count to P(X >= count), X the joint activities by chance; takes and gives
        arrays.
    expected
        Expected joint activities of two classes, where X is a sum of independent chances; None elsewhere.
    """

    classes: Classes
    joint: Array
    tails: Tails
    expected: Array | None = None

    def p_values(self, one: Array, other: Array, counts: Array) -> Array:
        """Return P(X >= count) for pairs of people; worked out once per pair of classes and count."""
        held = np.sort(self.classes.people[np.column_stack([one, other])].astype(np.int64), axis=1)
        keys = (held[:, 0] * len(self.joint) + held[:, 1]) * (counts.max(initial=0) + 1) + counts
        unique, place = np.unique(keys, return_inverse=True)
        pairs, wanted = np.divmod(unique, counts.max(initial=0) + 1)
        first, second = np.divmod(pairs, len(self.joint))
        return np.asarray(self.tails(first, second, wanted)[place])

    def counted(self, alpha: float) -> tuple[int, int]:
        """Return how many pairs of people could have met, and how many of these are testable."""
        sizes, n = self.classes.person_sizes, len(self.joint)
        eligible = testable = 0
        for start in range(0, n, max(1, BLOCK // n)):
            rows = np.arange(start, min(n, start + max(1, BLOCK // n)))
            one, other = (part.ravel() for part in np.meshgrid(rows, np.arange(n), indexing="ij"))
            kept = (one <= other) & (self.joint[one, other] > 0)
            one, other = one[kept], other[kept]
            pairs = np.where(one == other, sizes[one] * (sizes[one] - 1) // 2, sizes[one] * sizes[other])
            eligible += int(pairs.sum())
            testable += int(pairs[self.testable(one, other, alpha)].sum())
        return eligible, testable

    def testable(self, one: Array, other: Array, alpha: float) -> Array:
        """Return for pairs of classes whether meeting as often as they could would have p <= ``alpha``.

        Where a bound on the tail (Chernoff's) already is below ``alpha`` the tail is not worked out.
        """
        most = np.minimum(self.classes.attended[one], self.classes.attended[other])
        most = np.minimum(most, self.joint[one, other])
        possible: Array = most > 0
        unsure = possible.copy()
        if self.expected is not None:
            mean = self.expected[one, other]
            above = possible & (most > mean)
            count, middle = most[above], np.maximum(mean[above], SMALLEST)
            unsure[above] = count - middle - count * np.log(count / middle) > np.log(alpha)
        possible[unsure] = self.tails(one[unsure], other[unsure], most[unsure]) <= alpha
        return possible


def pair_null(attendance: Attendance, model: ExactModel) -> PairNull:
    """Return the null called ``model`` for the pairs of an attendance matrix."""
    if model == "sdsm":
        fitted = configuration_model(attendance)
        classes, chances = fitted.classes, fitted.chances
    else:
        classes = classes_of(attendance)
        chances = _even_chances(classes)
    joint = _shared(classes)
    if model == "fixed_row":
        return PairNull(classes, joint, _overlaps(classes, joint))
    if model == "fixed_fill":
        return PairNull(classes, joint, _fills(classes, joint))
    held = np.repeat(chances, classes.activity_sizes, axis=1)
    return PairNull(classes, joint, _sums(held), expected=held @ held.T)


@dataclass(frozen=True)
class FixedMargins:
    """What curveball draws give pairs of people: how often each pair met so often, by chance.

    Attributes
    ----------
    classes, joint
        As for :class:`PairNull`.
    reached
        People x people: in how many draws they met as often as they really did.
    most
        In how many they met as often as the less active of the two came.
    draws
        How many draws.
    """

    classes: Classes
    joint: Array
    reached: Array
    most: Array
    draws: int

    def p_values(self, one: Array, other: Array, counts: Array) -> Array:
        """Return (1 + extreme) / (1 + draws) for pairs of people and the counts they really have."""
        return np.asarray((1 + self.reached[one, other]) / (1 + self.draws))

    def counted(self, alpha: float) -> tuple[int, int]:
        """Return how many pairs of people could have met, and how many of these are testable."""
        could = self.joint[self.classes.people][:, self.classes.people] > 0
        pairs = np.triu(could, k=1)
        return int(pairs.sum()), int((pairs & ((1 + self.most) / (1 + self.draws) <= alpha)).sum())


def fixed_margins(attendance: Attendance, draws: int, seed: int) -> FixedMargins:
    """Return what ``draws`` curveball draws give every pair of people."""
    classes = classes_of(attendance)
    joint = _shared(classes)

    def together(held: Attendance) -> Array:
        dense = held.present.toarray().astype(np.float32)  # whole numbers to 2^24 are exact
        met: Array = dense @ dense.T
        return met

    observed = together(attendance)
    active = attendance.attended.astype(np.float32)
    attainable = np.minimum(np.minimum.outer(active, active), joint[classes.people][:, classes.people])
    reached, most = (np.zeros(observed.shape, dtype=np.int32) for _ in range(2))
    for held in fixed_margin_draws(attendance, draws, seed):
        met = together(held)
        reached += met >= observed
        most += met >= attainable
    return FixedMargins(classes, joint, reached, most, draws)


def _shared(classes: Classes) -> Array:
    # How many activities two classes of people both could attend.
    could = classes.eligible * np.sqrt(classes.activity_sizes)
    return np.asarray(np.rint(could @ could.T).astype(np.int64))


def _even_chances(classes: Classes) -> Array:
    # Fixed column: two given people among the n who could come are both among the k who did with the
    # chance k (k - 1) / (n (n - 1)); its root for each of them.
    could = classes.person_sizes @ classes.eligible.astype(float)
    chance = classes.named * (classes.named - 1.0) / np.maximum(could * (could - 1.0), 1.0)
    return np.asarray(classes.eligible * np.sqrt(np.clip(chance, 0.0, 1.0)))


def _sums(chances: Array) -> Tails:
    """Poisson-binomial: X is a sum over activities of independent chances."""
    held = np.ascontiguousarray(chances.T)

    def tails(one: Array, other: Array, counts: Array) -> Array:
        return poisson_binomial_tails(held, one, other, counts)

    return tails


def poisson_binomial_tails(chances: Array, one: Array, other: Array, counts: Array) -> Array:
    r"""Return :math:`P(X \ge count)` for sums X over trials of chance[one] * chance[other], exactly.

    Parameters
    ----------
    chances
        Trials x classes.
    one, other, counts
        For each tail its two classes and its count; at 0 or below it is 1.
    """
    from sanshe_net.kernels.poisson_binomial import LANES, upper_tails

    found = np.ones(len(counts))
    asked = np.flatnonzero(counts > 0)
    if not len(asked):
        return found
    # One sum per pair of classes, up to the highest count that is asked of it.
    low, high = np.minimum(one[asked], other[asked]), np.maximum(one[asked], other[asked])
    pairs, place = np.unique(low * chances.shape[1] + high, return_inverse=True)
    cuts = np.zeros(len(pairs), dtype=np.int64)
    np.maximum.at(cuts, place, counts[asked])
    order = np.argsort(cuts, kind="stable")
    cuts, rank = cuts[order], np.empty(len(pairs), dtype=np.int64)
    rank[order] = np.arange(len(pairs))
    starts = np.cumsum(cuts) - cuts
    first, second = np.divmod(pairs[order], chances.shape[1])
    out = np.empty(int(cuts.sum()))

    def part(bounds: tuple[int, int]) -> None:
        held = slice(*bounds)
        upper_tails(chances, first[held], second[held], cuts[held], starts[held], out)

    # Equal work, not equal numbers of sums: the high cuts cost most. Lanes are never split, so that the
    # numbers do not depend on the pieces.
    work = np.cumsum(cuts)
    edges = np.searchsorted(work, np.linspace(0, work[-1], PIECES + 1)[1:-1]) // LANES * LANES
    edges = np.unique(np.r_[0, edges, len(cuts)])
    with ThreadPoolExecutor() as threads:
        list(threads.map(part, zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)))
    found[asked] = np.clip(out[starts[rank[place]] + counts[asked] - 1], SMALLEST, 1.0)
    return found


def _overlaps(classes: Classes, joint: Array) -> Tails:
    """Fixed row: each attended as many as they did, any of those they could, alike.

    Of the activities both could attend the first took part in u, hypergeometric; given u, the overlap
    with the second is hypergeometric again. Where all could attend everything u is sure.
    """
    could = classes.eligible @ classes.activity_sizes

    def tails(one: Array, other: Array, counts: Array) -> Array:
        found = np.zeros(len(counts))
        active, shared = classes.attended[one], joint[one, other]
        lowest = np.maximum(active - (could[one] - shared), 0)
        for more in range(int((np.minimum(active, shared) - lowest).max(initial=-1)) + 1):
            u = lowest + more
            at = np.flatnonzero(u <= np.minimum(active, shared))
            chance = np.exp(_log_hypergeometric(u[at], could[one[at]], shared[at], active[at]))
            found[at] += chance * _hypergeometric_tail(
                counts[at], could[other[at]], u[at], classes.attended[other[at]]
            )
        return np.where(counts > 0, np.clip(found, SMALLEST, 1.0), 1.0)

    return tails


def _log_hypergeometric(x: Array, everything: Array, marked: Array, drawn: Array) -> Array:
    return np.asarray(
        _log_choose(marked, x) + _log_choose(everything - marked, drawn - x) - _log_choose(everything, drawn)
    )


def _hypergeometric_tail(counts: Array, everything: Array, marked: Array, drawn: Array) -> Array:
    # A sum of positive terms, from the count upwards.
    lowest = np.maximum(np.maximum(counts, marked + drawn - everything), 0)
    most = np.minimum(marked, drawn)
    found = np.zeros(len(counts))
    for more in range(int((most - lowest).max(initial=-1)) + 1):
        x = lowest + more
        at = np.flatnonzero(x <= most)
        found[at] += np.exp(_log_hypergeometric(x[at], everything[at], marked[at], drawn[at]))
    return found


def _log_choose(n: Array, k: Array) -> Array:
    return np.asarray(gammaln(n + 1.0) - gammaln(k + 1.0) - gammaln(n - k + 1.0))


def _fills(classes: Classes, joint: Array) -> Tails:
    """Fixed fill: only the number of sign-ins is kept; any cell is as likely as another.

    Of the m activities that both could attend x have both and r one of the two: the ways to place them
    times the ways to place all other sign-ins elsewhere.
    """
    sizes = np.outer(classes.person_sizes, classes.activity_sizes)
    cells = int((sizes * classes.eligible).sum())
    filled = int(classes.person_sizes @ classes.attended)

    def of(m: int, count: int) -> float:
        both = np.arange(count, m + 1)[:, None]
        one = np.arange(m + 1)
        rest = filled - 2 * both - one
        can = (one <= m - both) & (rest >= 0) & (rest <= cells - 2 * m)
        if not can.any():
            return 0.0
        both, one = (part[can] for part in np.broadcast_arrays(both, one))
        ways = _log_choose(np.asarray(m), both) + _log_choose(m - both, one) + one * np.log(2.0)
        ways += _log_choose(np.asarray(cells - 2 * m), rest[can]) - _log_choose(
            np.asarray(cells), np.asarray(filled)
        )
        return float(np.exp(logsumexp(ways)))

    def tails(one: Array, other: Array, counts: Array) -> Array:
        asked = np.column_stack([joint[one, other], counts])
        unique, place = np.unique(asked, axis=0, return_inverse=True)
        # One sum for each number of shared activities and count: a few dozen.
        found = np.array([of(int(m), int(count)) if count > 0 else 1.0 for m, count in unique])
        return np.asarray(np.clip(found, SMALLEST, 1.0)[place.ravel()] if len(unique) else np.ones(0))

    return tails
