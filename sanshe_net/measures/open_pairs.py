"""Pairs of actors without a tie, and who connects them: the counting that the brokerage measures share.

All two-paths are counted by groups, and those that a tie closes are taken off. Everywhere ``ties`` holds
ones without a diagonal, rows and columns sorted, symmetric unless ``directed``; ``codes`` is the group of
each actor as a number from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from scipy import sparse

from sanshe_net.measures.strengths import index_arrays, with_values
from sanshe_net.measures.triads import (
    Matrix,
    blocks,
    is_dense,
    is_small,
    is_swept,
    oriented,
    product_at,
    rows_of,
    sum_by_actor,
)
from sanshe_net.network import Array, Network

FEW_GROUPS: Final = 16
"""Up to this many groups a dense network is multiplied group by group."""


@dataclass(frozen=True)
class OpenPaths:
    """The open two-paths *a → v → b* of a network, and how often two of them share actors.

    Attributes
    ----------
    roles
        Open two-paths through each actor (row) by role (column), in the order of ``brokerage.ROLES``.
    through, begun, ended
        Open two-paths in which an actor is *v*, is *a*, is *b*.
    reversible
        Those through *v* whose reverse *b → v → a* is open as well.
    same_first, same_last, crossed
        Ordered pairs of open two-paths through *v* with the same *a*; with the same *b*; where *a* of the
        one is *b* of the other. A path pairs with itself too.
    ties
        Sums over directed ties *xy* of the open paths that begin with it (F), end with it (L) or run from
        *y* to *x* (C): F·L; F·F and L·L of the two directions of a mutual tie; F·C and L·C; and last the
        open paths *a → v → b* for which *b → a → v* is open too.
    """

    roles: Array
    through: Array
    reversible: Array
    same_first: Array
    same_last: Array
    crossed: Array
    begun: Array
    ended: Array
    ties: Array


@dataclass(frozen=True)
class Closed:
    """What the ties of a network close: two-paths *a → v → b* with a tie *a → b*.

    Attributes
    ----------
    roles
        Those through each actor *v* (row) by role (column).
    first, last, back
        At each tie *xy*: those that begin with it, that end with it; and two-paths from *y* to *x*.
    mutual
        For each *v* the ordered pairs of mutual contacts who are tied, in whichever direction.
    turned
        The open two-paths *a → v → b* for which *b → a → v* is open too.
    """

    roles: Array
    first: Array
    last: Array
    back: Array
    mutual: Array
    turned: int


def open_roles(ties: Matrix, codes: Array, directed: bool) -> Array:
    """Return the open two-paths through each actor (row) by role (column), without the total.

    Cost: O(m^1.5) for *m* ties, about linear in networks of few contacts each.
    """
    if _is_swept(ties, directed):
        return _swept(ties, codes, True)[0] if directed else _swept_roles(ties, codes)
    few_groups = codes.max(initial=-1) < FEW_GROUPS
    dense = few_groups and is_dense(ties.shape, ties.nnz)
    closed = _closed_in_dense(ties, codes) if dense else _closed_roles(ties, codes)[0]
    return np.asarray(_two_paths(ties, codes, directed) - closed)


def open_paths(ties: Matrix, codes: Array, directed: bool) -> OpenPaths:
    """Return the open two-paths and how often two of them share actors. Cost: as above."""
    if _is_swept(ties, directed):
        roles, closed, turn = _swept(ties, codes, directed)
    else:
        closed, turn = _multiplied(ties, codes, directed), _ties_back(ties, directed)
        roles = _two_paths(ties, codes, directed) - closed.roles
    n, one, other = len(codes), rows_of(ties), ties.indices
    mutual = turn >= 0
    first = np.diff(ties.indptr)[other] - mutual - closed.first
    last = np.bincount(other, minlength=n)[one] - mutual - closed.last
    first_back, last_back = np.where(mutual, first[turn], 0), np.where(mutual, last[turn], 0)
    back = np.where(mutual, 0, closed.back)
    contacts = _sums(one, mutual, n)
    pairs = ((first, last), (first, first_back), (last, last_back), (first, back), (last, back))
    over_ties = [(here * there).sum() for here, there in pairs]  # not @, which would wake up threads
    return OpenPaths(
        roles=roles,
        through=_sums(other, first, n),
        reversible=contacts * (contacts - 1) - closed.mutual,
        same_first=_sums(other, first**2, n),
        same_last=_sums(one, last**2, n),
        crossed=_sums(other, first * last_back, n),
        begun=_sums(one, first, n),
        ended=_sums(other, last, n),
        ties=np.array([*over_ties, closed.turned], dtype=float),
    )


def shared_ends(ties: Matrix, directed: bool) -> tuple[float, float]:
    """Return how many ordered pairs of open two-paths join the same *a* and *b*; and how many turned round.

    Cost: O(two-paths), the sum of indegree times outdegree.
    """
    back = sparse.csr_array(ties.T) if directed else ties
    if not is_small(ties):
        from sanshe_net.kernels.open_pairs import shared_ends as kernel

        return kernel(*index_arrays(ties), *index_arrays(back), directed)
    same = turned = 0.0
    for first, last in blocks(ties @ np.diff(ties.indptr) + back @ np.diff(back.indptr)):
        there = _open_ends(ties, first, last)
        same += float(there.data @ there.data)
        if directed:
            turned += float(there.multiply(_open_ends(back, first, last)).sum())
    return same, turned if directed else same


def _open_ends(ties: Matrix, first: int, last: int) -> Matrix:
    # How many open two-paths lead from each of these actors to each other actor.
    ends = sparse.csr_array(ties[first:last] @ ties)
    ends = sparse.csr_array(ends - ends.multiply(ties[first:last]))
    ends.data[rows_of(ends) + first == ends.indices] = 0
    return ends


def named_network(network: Network, codes: Array) -> tuple[Matrix, Array]:
    """Return the ties among the actors whose group is known (code 0 or more), and the places of these."""
    ties = network.adjacency(weighted=False)
    known = np.flatnonzero(codes >= 0)
    if len(known) < len(codes):
        ties = sparse.csr_array(ties[known][:, known])
        ties.sort_indices()
    return ties, known


def _is_swept(ties: Matrix, directed: bool) -> bool:
    # By the entries of the symmetric form, at most twice the directed ties.
    return is_swept(ties.shape, ties.nnz * (2 if directed else 1))


def _ties_back(ties: Matrix, directed: bool) -> Array:
    # At each tie the place of the tie back, -1 where there is none.
    places = with_values(ties, np.arange(1, ties.nnz + 1))
    back = sparse.csr_array(places.T)
    if not directed:
        return back.data - 1
    turn = np.full(ties.nnz, -1)
    turn[places.multiply(ties.T).tocsr().data.astype(np.int64) - 1] = (
        ties.multiply(back).tocsr().data.astype(np.int64) - 1
    )
    return turn


def _sums(actors: Array, values: Array, n: int) -> Array:
    return np.bincount(actors, values, n).astype(np.float64)


def _two_paths(ties: Matrix, codes: Array, directed: bool) -> Array:
    # Two-paths a-v-b with a ≠ b through each v, one column per role in the order of ROLES, open or not.
    # A path that returns to where it began (a = b) is a mutual tie, hence `mutual`.
    n = len(codes)
    shape = (n, codes.max(initial=-1) + 1)
    member = sparse.csr_array((np.ones(n), (np.arange(n), codes)), shape=shape)
    outward = sparse.csr_array(ties @ member)
    inward = sparse.csr_array(ties.T @ member) if directed else outward
    mutual = sparse.csr_array(ties.multiply(ties.T) @ member) if directed else outward
    out_all, in_all = outward.sum(axis=1), inward.sum(axis=1)
    out_own, in_own = outward.multiply(member).sum(axis=1), inward.multiply(member).sum(axis=1)
    mutual_own = mutual.multiply(member).sum(axis=1)
    mutual_foreign = mutual.sum(axis=1) - mutual_own
    out_foreign, in_foreign = out_all - out_own, in_all - in_own
    # a and b in one group that is not that of v
    same_end = inward.multiply(outward).sum(axis=1) - in_own * out_own
    return np.column_stack(
        [
            in_own * out_own - mutual_own,
            same_end - mutual_foreign,
            in_own * out_foreign,
            in_foreign * out_own,
            in_foreign * out_foreign - same_end,
        ]
    )


def _swept(ties: Matrix, codes: Array, directed: bool) -> tuple[Array, Closed, Array]:
    # Open two-paths by role, what closes the others, and at each tie the place of the tie back.
    from sanshe_net.kernels.triangles import both_ways, count_closed, count_closed_arcs

    codes = codes.astype(np.int64)
    ptr, columns, tie, turn = both_ways(*index_arrays(ties))
    paths = _swept_paths(ptr, columns, tie, turn, codes, directed)
    start, head, entry, back, order = oriented(ptr, columns)
    closed, mutual = np.empty((len(order), 5)), np.empty(len(order))
    if not directed:
        closed[order], triangles = count_closed(start, head, codes[order])
        on_tie = np.empty(ties.nnz)
        on_tie[entry] = on_tie[back] = triangles
        known = sum_by_actor(ties, on_tie)
        return paths - closed, Closed(closed, on_tie, on_tie, on_tie, known, 0), turn
    on_arc = np.zeros((3, ties.nnz), dtype=np.int64)
    places = np.column_stack([tie[entry], tie[back]])
    closed[order], mutual[order], turned = count_closed_arcs(start, head, places, codes[order], on_arc)
    return paths - closed, Closed(closed, on_arc[0], on_arc[1], on_arc[2], mutual, turned), turn


def _swept_roles(ties: Matrix, codes: Array) -> Array:
    # The first of `_swept` for a network without directions, where nothing else is asked for.
    from sanshe_net.kernels.triangles import count_closed

    codes, nothing = codes.astype(np.int64), np.empty(0, dtype=np.int64)
    ptr, columns = index_arrays(ties)
    start, head, _, _, order = oriented(ptr, columns)
    roles = _swept_paths(ptr, columns, nothing, nothing, codes, False)
    roles[order] -= count_closed(start, head, codes[order])[0]
    return roles.astype(float)


def _swept_paths(ptr: Array, columns: Array, tie: Array, turn: Array, codes: Array, directed: bool) -> Array:
    from sanshe_net.kernels.triangles import count_two_paths

    groups = int(codes.max(initial=-1)) + 1
    paths: Array = count_two_paths(ptr, columns, tie, turn, codes, groups, directed)
    return paths


def _multiplied(ties: Matrix, codes: Array, directed: bool) -> Closed:
    roles, first = _closed_roles(ties, codes)
    if not directed:
        return Closed(roles, first, first, first, sum_by_actor(ties, first), 0)
    back = sparse.csr_array(ties.T)
    mutual = sparse.csr_array(ties.multiply(back))
    mutual.sort_indices()
    single = sparse.csr_array((ties - mutual).T)
    known = sum_by_actor(mutual, product_at(mutual, (ties + back).astype(bool).astype(float), mutual))
    turned = int(product_at(single, single, ties).sum())
    return Closed(roles, first, product_at(back, ties, ties), product_at(back, back, ties), known, turned)


def _closed_in_dense(ties: Matrix, codes: Array) -> Array:
    # By role. The products over b of one group each take together no longer than one over everybody; single
    # precision is exact for counts of actors.
    n = len(codes)
    order = np.argsort(codes, kind="stable")
    tied = ties.toarray().astype(np.float32)[order][:, order]
    group = codes[order]
    starts = np.flatnonzero(np.r_[n > 0, group[1:] != group[:-1]])
    own = np.cumsum(np.r_[n > 0, group[1:] != group[:-1]]) - 1  # numbers without gaps
    closed = np.zeros((len(starts), len(starts), n))  # group of a, group of b, v
    for last, (start, end) in enumerate(pairwise([*starts, n])):
        to_group = np.ascontiguousarray(tied[:, start:end])
        met = to_group @ to_group.T  # at each a, v the b of this group both send a tie to
        closed[:, last] = np.add.reduceat(np.multiply(met, tied, out=met), starts, axis=0, dtype=np.float64)
    at = np.arange(n)
    own_first, own_last = closed[own, :, at].sum(axis=1), closed[:, own, at].sum(axis=0)
    within, alike = closed[own, own, at], np.einsum("ggv->v", closed)
    counted = [
        within,
        alike - within,
        own_first - within,
        own_last - within,
        closed.sum(axis=(0, 1)) - own_first - own_last - alike + 2 * within,
    ]
    roles = np.empty((n, len(counted)))
    roles[order] = np.column_stack(counted)
    return roles


def _closed_roles(ties: Matrix, codes: Array) -> tuple[Array, Array]:
    # By role; and at each tie a-v how many b both send a tie to. Summing over a leaves v.
    broker, within = ties.indices, codes[rows_of(ties)] == codes[ties.indices]
    own = with_values(ties, ties.data * within).copy()  # the places are those of `ties`: not to be changed
    own.eliminate_zeros()
    every = product_at(ties, sparse.csr_array(ties.T), ties)
    with_broker = product_at(ties, sparse.csr_array(own.T), ties)  # b in the group of v
    with_first = product_at(own, sparse.csr_array(ties.T), ties)  # b in the group of a
    by_role = [
        with_broker * within,
        with_first * ~within,
        (every - with_broker) * within,
        with_broker * ~within,
        (every - with_broker - with_first) * ~within,
    ]
    return np.column_stack([np.bincount(broker, values, len(codes)) for values in by_role]), every
