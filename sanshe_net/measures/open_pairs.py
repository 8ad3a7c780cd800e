"""Pairs of actors without a tie, and who connects them: the counting that the brokerage measures share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.network import Array, Network

Pattern: TypeAlias = "sparse.csr_array[Any]"


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


def tie_pattern(network: Network) -> Pattern:
    """Return who has a tie with whom: ``network.adjacency(weighted=False)`` without merging strengths.

    Examples
    --------
    >>> tie_pattern(Network.from_edges([("李", "王"), ("王", "李"), ("王", "王")])).toarray().tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    index = network.actors.index
    ends = [index.get_indexer(pd.Index(network.ties[end])) for end in ("source", "target")]
    kept = ends[0] != ends[1]
    one, other = ends[0][kept], ends[1][kept]
    if not network.directed:
        one, other = np.concatenate([one, other]), np.concatenate([other, one])
    pattern = sparse.coo_array((np.ones(len(one)), (one, other)), shape=(len(index), len(index))).tocsr()
    pattern.data[:] = 1.0
    return pattern


def arrays(pattern: Pattern) -> tuple[Array, Array]:
    """Return ``indptr`` and ``indices`` in the types that the kernels are compiled for."""
    return pattern.indptr.astype(np.int64, copy=False), pattern.indices.astype(np.int64, copy=False)


def both_ways(pattern: Pattern, directed: bool) -> tuple[Array, Array, Array, Array]:
    """Return the arrays of the pattern and of its transpose, which leads back."""
    out = arrays(pattern)
    return (*out, *(arrays(sparse.csr_array(pattern.T)) if directed else out))


def open_paths(pattern: Pattern, codes: Array, directed: bool) -> OpenPaths:
    """Return the open two-paths of a pattern between actors whose groups (``codes``) are all known.

    Cost: O(m^1.5) for *m* ties, about linear in networks of few contacts each.
    """
    from sanshe_net.measures.kernels.open_pairs import directed_roles, undirected_roles

    if directed:
        roles, overlaps, ties = directed_roles(*both_ways(pattern, True), codes)
    else:
        roles, overlaps, ties = undirected_roles(*arrays(pattern), codes)
    through, reversible, first, last, crossed, begun, ended = np.ascontiguousarray(overlaps.T)
    return OpenPaths(roles, through, reversible, first, last, crossed, begun, ended, ties)


def shared_ends(pattern: Pattern, directed: bool) -> tuple[float, float]:
    """Return how many ordered pairs of open two-paths join the same *a* and *b*; and how many turned round.

    Cost: O(two-paths), the sum of indegree times outdegree.
    """
    from sanshe_net.measures.kernels.open_pairs import shared_ends as kernel

    return kernel(*both_ways(pattern, directed), directed)


def named_network(network: Network, codes: Array) -> tuple[Pattern, Array]:
    """Return the ties among the actors whose group is known (code 0 or more), and the places of these."""
    pattern = tie_pattern(network)
    known = np.flatnonzero(codes >= 0)
    if len(known) < len(codes):
        pattern = sparse.csr_array(pattern[known][:, known])
        pattern.sort_indices()
    return pattern, known
