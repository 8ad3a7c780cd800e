"""Krackhardt's dimensions of a hierarchy: how near an organisation is to a tree with one head.

The fourth, connectedness, is in :mod:`sanshe_net.measures.cohesion`. Directed ties are read as leading from
the one above to the one below, unless said otherwise.
"""

from __future__ import annotations

import math
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from sanshe_net.measures.options import check_option
from sanshe_net.measures.paths import TOWARDS, Towards, path_totals
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import index_arrays
from sanshe_net.network import Array, Source, as_network

Links: TypeAlias = Literal["arcs", "pairs"]
LINKS: Final = ("arcs", "pairs")

ALL_AT_ONCE: Final = 200
"""Up to this many classes all pairs are compared at once in some megabytes, without loading compiled code."""


@measure(level="network", lowest=0, highest=1, unit="share of reachable pairs", weights="ignored")
def krackhardt_hierarchy(source: Source) -> float:
    r"""Share of the pairs with a directed path between them that have it in one direction only.

    It is :math:`1 - V / \max V`, with *V* the unordered pairs that reach each other and :math:`\max V` those
    in which at least one reaches the other.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of reachable pairs. Range: 0 to 1.
    ``NaN`` without ties: no pair reaches. 0 in an undirected network, where every path leads back.
    Cost: O(nm/64) at most.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula
    (Eds.), *Computational Organization Theory* (pp. 89-111). Lawrence Erlbaum.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> krackhardt_hierarchy(Network.from_edges([("李", "王"), ("李", "赵")], directed=True))
    1.0
    """
    network = as_network(source)
    matrix = network.adjacency(weighted=False)
    if matrix.nnz == 0:
        return math.nan
    if not network.directed:
        return 0.0
    sizes = np.bincount(connected_components(matrix, connection="strong")[1])
    mutual = int((sizes * (sizes - 1)).sum()) // 2
    either = int(path_totals(network).reached.sum()) - mutual
    return 1 - mutual / either


@measure(level="network", lowest=0, highest=1, unit="share of superfluous ties", weights="ignored")
def krackhardt_efficiency(source: Source, *, of: Links = "arcs") -> float:
    r"""How few ties there are beyond those that hold the components together.

    It is :math:`1 - \sum_k (m_k - (s_k - 1)) / \sum_k (\max m_k - (s_k - 1))` over the components, with
    :math:`m_k` ties among :math:`s_k` actors: 1 when every component is a tree, 0 when every possible tie
    exists.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    of
        What counts as a tie. ``arcs`` (R sna): directed ties, :math:`\max m_k = s_k (s_k - 1)`; an undirected
        tie is two of them, so that an undirected tree stays below 1. ``pairs``: actors tied in whatever
        direction, :math:`\max m_k = s_k (s_k - 1) / 2`.

    Returns
    -------
    float. Unit: share of superfluous ties. Range: 0 to 1.
    ``NaN`` when no tie could be superfluous: all components are single actors, for ``pairs`` at most two
    actors. Cost: O(n + m).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``of`` is neither ``arcs`` nor ``pairs``.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula
    (Eds.), *Computational Organization Theory* (pp. 89-111). Lawrence Erlbaum.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> krackhardt_efficiency(Network.from_edges([("李", "王"), ("李", "赵")], directed=True))
    1.0
    """
    check_option("of", of, LINKS)
    network = as_network(source)
    if network.actors.empty:
        return math.nan
    matrix = network.adjacency(weighted=False)
    sizes = np.bincount(connected_components(matrix, connection="weak")[1])
    ties, possible = matrix.nnz, int((sizes * (sizes - 1)).sum())
    if of == "pairs":
        ties, possible = (matrix + matrix.T).nnz // 2, possible // 2
    needed = int((sizes - 1).sum())
    return 1 - (ties - needed) / (possible - needed) if possible > needed else math.nan


@measure(level="network", lowest=0, highest=1, unit="share of pairs", weights="ignored")
def krackhardt_lub(source: Source, *, direction: Towards = "out") -> float:
    r"""How far every two actors have one nearest common superior.

    It is :math:`1 - V / \sum_k (s_k - 1)(s_k - 2) / 2` over the components of :math:`s_k` actors, with *V*
    the pairs within a component that lack a least upper bound: an actor who reaches both (or is one of the
    two) and is reached by everybody else who reaches both. Among actors who reach each other any will do.

    R sna's ``lubness`` looks for the actor at the other end: one who *reaches* everybody else who reaches
    both, the highest common superior instead of the nearest. It finds fewer, and its value is lower where two
    heads share a deputy.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        Whether ties lead from the one above to the one below (``out``: "supervises"), or from the one below
        to the one above (``in``: "reports to").

    Returns
    -------
    float. Unit: share of pairs. Range: 0 to 1.
    ``NaN`` without a component of three actors: two who are tied always have a bound. 1 in an undirected
    network with such a component, where everybody in it reaches everybody.
    Cost: O(nm/64 + c³/64) for *c* classes of actors who reach each other.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is neither ``out`` nor ``in``.

    References
    ----------
    Krackhardt, D. (1994). Graph theoretical dimensions of informal organizations. In K. Carley & M. Prietula
    (Eds.), *Computational Organization Theory* (pp. 89-111). Lawrence Erlbaum.
    Everett, M. G., & Krackhardt, D. (2012). A second look at Krackhardt's graph theoretical dimensions of
    informal organizations. *Social Networks* 34(2), 159-163.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> heads = [("李", "陈"), ("王", "陈"), ("陈", "赵"), ("陈", "周")]
    >>> round(krackhardt_lub(Network.from_edges(heads, directed=True)), 3)
    0.833
    """
    check_option("direction", direction, TOWARDS)
    network = as_network(source)
    if network.actors.empty:
        return math.nan
    matrix = network.adjacency(weighted=False)
    component = connected_components(matrix, connection="weak")[1]
    sizes = np.bincount(component)
    possible = int(((sizes - 1) * (sizes - 2)).sum()) // 2
    if not possible:
        return math.nan
    if not network.directed:
        return 1.0
    # Two actors of different components have no bound either, but are not asked for one.
    across = (len(component) ** 2 - int((sizes**2).sum())) // 2
    lacking = _unbounded_pairs(matrix if direction == "out" else sparse.csr_array(matrix.T)) - across
    return 1 - lacking / possible


def _unbounded_pairs(matrix: sparse.csr_array[Any]) -> int:
    """Return the pairs of actors without a least upper bound, by classes of actors who reach each other."""
    count, part = connected_components(matrix, connection="strong")
    rows, columns = matrix.tocoo().coords
    between = part[rows] != part[columns]
    above, below = part[rows[between]], part[columns[between]]
    superiors = _reached_by(above, below, count)
    order = np.argsort(-superiors.sum(axis=1), kind="stable")
    superiors, sizes = superiors[order][:, order], np.bincount(part)[order]
    if count <= ALL_AT_ONCE:
        return _compare_at_once(superiors, sizes)
    from sanshe_net.kernels.paths import unbounded_pairs

    padded = np.ascontiguousarray(np.pad(superiors, ((0, 0), (0, -count % 64))))
    words = np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)
    return int(unbounded_pairs(words, sizes.astype(np.int64)))


def _reached_by(above: Array, below: Array, count: int) -> Array:
    """Return, row by row, which classes reach a class, itself included."""
    if count <= ALL_AT_ONCE:
        reached = np.eye(count)
        reached[below, above] = 1
        for _ in range(max(count - 1, 1).bit_length()):
            reached = ((reached @ reached) > 0).astype(float)
        return np.asarray(reached > 0)
    from sanshe_net.kernels.paths import steps_between

    links = sparse.csr_array((np.ones(len(above)), (above, below)), shape=(count, count))
    links.sort_indices()
    steps = steps_between(*index_arrays(links))
    return np.asarray(steps < np.iinfo(steps.dtype).max)


def _compare_at_once(superiors: Array, sizes: Array) -> int:
    """As the kernel does, in one product: the largest set of superiors stands first."""
    held = superiors.sum(axis=1)
    both = superiors[:, None, :] & superiors[None, :, :]
    shared, top = both.sum(axis=2), both.argmax(axis=2)
    bounded = (shared > 0) & (held[top] == shared)
    pairs = np.outer(sizes, sizes)
    return int(pairs[np.triu(~bounded, 1)].sum())
