"""Exact moments of the Gould-Fernandez roles when the ties are drawn at random and the groups stay.

Two nulls: each possible tie is there with one and the same chance (Bernoulli), or a given number of ties is
dealt to the pairs of actors. Either way the count is a sum over triples of "two ties are there and one is
not", and its variance needs the number of pairs of triples that share a tie.

R's ``sna::brokerage`` 2.7-1 leaves out pairs of triples that contradict each other (representative and
gatekeeper) or counts too few of them (coordinator and total) in the variance over the whole network, and
uses the variance of directed networks for undirected ones, where that of an actor is half of what it should
be for all roles but representative and gatekeeper.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from sanshe_net.network import Array

ROUNDING: Final = 1e-13
"""A variance that is a smaller part of the terms it is summed from is taken to be 0."""


@dataclass(frozen=True)
class Triples:
    """How many triples of actors could have each role, and ordered pairs of them by the ties they share.

    Each is an array whose last axis is the role, total last.

    Attributes
    ----------
    number
        Triples that could have the role.
    both_there
        Pairs that share a tie that both need.
    both_missing
        Pairs that share a tie that neither may have.
    conflict
        Pairs of which one needs a tie that the other may not have.
    weight
        How often a triple is counted: 2 where a pair of ends is counted from both of them.
    """

    number: Array
    both_there: Array
    both_missing: Array
    conflict: Array
    weight: Array


def bernoulli_moments(triples: Triples, ties: float, possible: float) -> tuple[Array, Array]:
    r"""Return expectation and standard deviation when every tie has the chance *ties / possible*.

    With :math:`q = d^2 (1 - d)`: mean :math:`n q`, variance
    :math:`n q (1 - q) + A d^3 (1 - d)^3 + B d^5 (1 - d) - C d^4 (1 - d)^2`.
    """
    d = ties / possible if possible else 0.0
    q = d**2 * (1 - d)
    terms = [
        triples.number * q * (1 - q),
        triples.both_there * d**3 * (1 - d) ** 3,
        triples.both_missing * d**5 * (1 - d),
        -triples.conflict * d**4 * (1 - d) ** 2,
    ]
    return triples.weight * triples.number * q, triples.weight * _root(terms)


def given_ties_moments(triples: Triples, ties: float, possible: float) -> tuple[Array, Array]:
    r"""Return expectation and standard deviation when so many ties are dealt to the possible ones.

    With :math:`P(k, l) = (M)_k (T - M)_l / (T)_{k + l}` in falling factorials: mean :math:`n P(2, 1)`,
    variance :math:`n P(2, 1) + A P(3, 2) + B P(4, 1) + (n^2 - n - A - B - C) P(4, 2)` less the square of
    the mean.
    """

    def chance(there: int, missing: int) -> float:
        # Factor by factor: the products themselves would overflow.
        left = possible - np.arange(there + missing)
        wanted = np.concatenate([ties - np.arange(there), possible - ties - np.arange(missing)])
        return float(np.prod(wanted / left)) if left[-1] > 0 else 0.0

    once, apart = chance(2, 1), chance(4, 2)
    terms = [
        triples.number * once,
        triples.both_there * chance(3, 2),
        triples.both_missing * chance(4, 1),
        -(triples.number + triples.both_there + triples.both_missing + triples.conflict) * apart,
        triples.number**2 * apart,
        -(triples.number**2) * once**2,
    ]
    return triples.weight * triples.number * once, triples.weight * _root(terms)


def _root(terms: list[Array]) -> Array:
    # What is left after terms this large cancelled may be rounding only: then nothing varies.
    variance = sum(terms, np.zeros_like(terms[0]))
    size = sum((np.abs(term) for term in terms), np.zeros_like(terms[0]))
    return np.sqrt(np.where(variance > ROUNDING * size, variance, 0.0))


def node_triples(sizes: Array, *, directed: bool) -> Triples:
    """Return the triples around an actor, by its group (row) and role.

    Parameters
    ----------
    sizes
        Number of actors of each group.
    directed
        Whether ties have a direction.
    """
    s, everybody = sizes.astype(float), float(sizes.sum())
    others = everybody - s

    def elsewhere(terms: Array) -> Array:  # a sum over the groups other than the own
        return np.asarray(terms.sum() - terms)

    two, three = elsewhere(s * (s - 1)), elsewhere(s * (s - 1) * (s - 2))
    # Σ s_j (R - s_j)(R - s_j - 1) over other groups, R = all actors of other groups.
    star = others * (others - 1) * others - (2 * others - 1) * elsewhere(s**2) + elsewhere(s**3)
    mixed = (s - 1) * others
    shared_mixed = mixed * (others - 1) + mixed * (s - 2)
    whole = np.full_like(s, (everybody - 1) * (everybody - 2))
    number = np.column_stack([(s - 1) * (s - 2), two, mixed, mixed, others**2 - elsewhere(s**2), whole])
    alone, anybody = 2 * number[:, 0] * (s - 3), 2 * whole * (everybody - 3)
    there = np.column_stack([alone, 2 * three, shared_mixed, shared_mixed, 2 * star, anybody])
    none = np.zeros_like(number)
    if directed:
        return Triples(number, there, none, none, np.ones(6))
    weight = np.array([2.0, 2.0, 1.0, 1.0, 2.0, 2.0])
    return Triples(number / weight, there / weight, none, none, weight)


def network_triples(sizes: Array, *, directed: bool) -> Triples:
    r"""Return the triples of the whole network by role; parameters as in ``node_triples``.

    For each role and each possible tie *xy* there are :math:`\alpha` triples that need it and
    :math:`\beta` that may not have it. Pairs of triples that share a needed tie are
    :math:`\sum \alpha (\alpha - 1)`, a missing one :math:`\sum \beta (\beta - 1)`; in conflict are
    :math:`\sum 2 \alpha \beta`, where pairs on the same three actors come twice. Without directions
    these share a needed tie too, but never hold together.
    """
    s, everybody = sizes.astype(float), float(sizes.sum())
    # Groups of one size are alike: sums over pairs of groups are sums over pairs of sizes.
    size, groups = np.unique(s, return_counts=True)
    one, other = size[:, np.newaxis], size[np.newaxis]
    pairs = groups[:, np.newaxis] * groups - np.diag(groups)
    per_dyad = 1.0 if directed else 0.5
    within = per_dyad * groups * size * (size - 1)
    between = per_dyad * pairs * one * other

    coordinator = (size * (size - 1) * (size - 2)) @ groups
    mixed = (size * (size - 1) * (everybody - size)) @ groups
    whole = everybody * (everybody - 1) * (everybody - 2)
    number = np.array([coordinator, mixed, mixed, mixed, whole - coordinator - 3 * mixed, whole])
    weight = np.ones(6) if directed else np.array([2.0, 2.0, 1.0, 1.0, 2.0, 2.0])
    number = number / weight

    need_in, avoid_in, need_out, avoid_out = _dyads(size, one, other, everybody, directed)
    there = _sum(need_in * (need_in - 1), within) + _sum(need_out * (need_out - 1), between)
    missing = _sum(avoid_in * (avoid_in - 1), within) + _sum(avoid_out * (avoid_out - 1), between)
    twice = _sum(2 * need_in * avoid_in, within) + _sum(2 * need_out * avoid_out, between)
    same_actors = np.array([2, 0, 1, 1, 2, 2]) * number
    return Triples(number, there - (0 if directed else same_actors), missing, twice - same_actors, weight)


def _dyads(
    size: Array, one: Array, other: Array, everybody: float, directed: bool
) -> tuple[Array, Array, Array, Array]:
    # Triples that need a possible tie x → y, and that may not have it, by role: x and y in one group of
    # this size; x in a group of size `one`, y in another of size `other`.
    none, zero = np.zeros_like(size), np.zeros((len(size), len(size)))
    inside, outside = size - 2, everybody - size
    apart = everybody - one - other
    third = everybody - 2
    if directed:
        sender, receiver = one - 1 + zero, other - 1 + zero
        mixed_within = outside
    else:
        sender = receiver = one + other - 2
        mixed_within = 2 * outside
    need_in = [2 * inside, none, mixed_within, mixed_within, none, none + 2 * third]
    avoid_in = [inside, outside, none, none, none, none + third]
    need_out = [zero, one + other - 2, sender, receiver, 2 * apart, zero + 2 * third]
    avoid_out = [zero, zero, sender, receiver, apart, zero + third]
    return np.stack(need_in), np.stack(avoid_in), np.stack(need_out), np.stack(avoid_out)


def _sum(terms: Array, dyads: Array) -> Array:
    return np.asarray((terms * dyads).reshape(len(terms), -1).sum(axis=1))
