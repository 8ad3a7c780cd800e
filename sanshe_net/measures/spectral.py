"""Centrality that comes from the centrality of one's contacts: eigenvector and PageRank."""

from __future__ import annotations

import math
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.sparse.linalg import eigs, spsolve

from sanshe_net.measures.options import check_above, check_flag, check_option
from sanshe_net.measures.paths import TOWARDS, Towards
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Source, as_network

Matrix: TypeAlias = "sparse.csr_array[Any]"

DENSE_ACTORS: Final = 64
"""Up to this many actors all eigenvalues at once are quicker than the largest one by iteration."""
SAME: Final = 1e-9
"""Two parts of a network whose eigenvalues differ by less than this share of them lead together."""


@measure(level="actor", lowest=0, highest=1, unit="length-one score", weights="ignored")
def eigenvector(source: Source, *, direction: Towards = "in", weighted: bool = False) -> pd.Series[float]:
    r"""How central an actor's contacts are, whose contacts count in turn.

    It is the *x* of :math:`\lambda x_i = \sum_j a_{ji} x_j` with the largest :math:`\lambda`, all
    :math:`x_i \ge 0` and :math:`\sum_i x_i^2 = 1`. Only one part of a network can lead: the component with
    the largest :math:`\lambda`, when directed the strongly connected one and whoever it leads to. All others
    have 0, however well they are connected among themselves.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: from those who tie themselves to the actor (``in``, as in igraph and networkx),
        or from those to whom the actor is tied (``out``, as in R sna).
    weighted
        ``True`` lets a tie count by its strength, layers summed; without it every tie counts the same.

    Returns
    -------
    Series ``eigenvector`` indexed like ``actors``. Unit: length-one score. Range: 0 to 1.
    ``NaN`` for everybody when nobody leads (no ties, or no cycle of directed ties) and when several parts
    lead together: then the scores of one against the other could be anything.
    Cost: O(m) for each step of the iteration, some tens of steps.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is neither ``in`` nor ``out``.

    References
    ----------
    Bonacich, P. (1972). Factoring and weighting approaches to status scores and clique identification.
    *Journal of Mathematical Sociology* 2(1), 113-120.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> eigenvector(Network.from_edges([("李", "王"), ("李", "赵")])).round(3).to_dict()
    {'李': 0.707, '王': 0.5, '赵': 0.5}
    """
    check_flag("weighted", weighted)
    check_option("direction", direction, TOWARDS)
    network = as_network(source)
    matrix = network.adjacency(weighted=weighted)
    if direction == "in" and network.directed:
        matrix = sparse.csr_array(matrix.T)
    values = np.full(len(network.actors), np.nan)
    leading = _leading_part(matrix)
    if leading is not None:
        values[:] = _principal_vector(matrix, *leading)
    return pd.Series(values, index=network.actors.index, name="eigenvector")


@measure(level="actor", lowest=0, highest=1, unit="share of visits", weights="ignored")
def pagerank(source: Source, *, damping: float = 0.85, weighted: bool = False) -> pd.Series[float]:
    r"""How often a walker who follows ties at random, and now and then starts anew, is with an actor.

    It is the *x* of :math:`x_i = (1-d)/n + d \sum_j x_j \, a_{ji} / \sum_k a_{jk}` with
    :math:`\sum_i x_i = 1`. From an actor who sends no tie the walker starts anew anywhere.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored. Undirected ties
        are followed both ways.
    damping
        The chance *d* to follow a tie rather than to start anew, above 0 and below 1.
    weighted
        ``True`` lets the walker prefer strong ties, layers summed; without it all ties are equal.

    Returns
    -------
    Series ``pagerank`` indexed like ``actors``. Unit: share of visits. Range: 0 to 1.
    Always defined; sums to 1.
    Cost: O(m) for each step of the iteration, some tens of steps.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``damping`` is not between 0 and 1.

    References
    ----------
    Brin, S., & Page, L. (1998). The anatomy of a large-scale hypertextual Web search engine. *Computer
    Networks and ISDN Systems* 30(1-7), 107-117.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> pagerank(Network.from_edges([("李", "王"), ("李", "赵")])).round(3).to_dict()
    {'李': 0.486, '王': 0.257, '赵': 0.257}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    check_above("damping", damping, 0, 1)
    graph, values = network.graph, np.empty(0)
    if graph.vcount():
        values = np.array(graph.pagerank(damping=damping, weights="weight" if weighted else None))
    return pd.Series(values, index=network.actors.index, name="pagerank", dtype=float)


def _leading_part(matrix: Matrix) -> tuple[Array, float] | None:
    """Return the actors of the strong component with the largest eigenvalue; None when several have it."""
    if matrix.nnz == 0:
        return None
    _, part = connected_components(matrix, connection="strong")
    order = np.argsort(part, kind="stable")
    members = np.split(order, np.cumsum(np.bincount(part))[:-1])
    bounds = _eigenvalue_bounds(matrix, part)
    best, leader, alone = 0.0, None, True
    for candidate in np.argsort(-bounds, kind="stable"):
        if bounds[candidate] <= 0 or bounds[candidate] < best * (1 - SAME):
            break
        value = _largest_eigenvalue(_within(matrix, members[candidate]))
        if value > best * (1 + SAME):
            best, leader, alone = value, members[candidate], True
        elif value >= best * (1 - SAME):
            alone = False
    return (leader, best) if leader is not None and alone else None


def _eigenvalue_bounds(matrix: Matrix, part: Array) -> Array:
    """Return what the eigenvalue of each part cannot exceed: the root of its heaviest two steps."""
    coo = matrix.tocoo()
    rows, columns = coo.coords
    inside = part[rows] == part[columns]
    kept = sparse.csr_array((coo.data[inside], (rows[inside], columns[inside])), shape=matrix.shape)
    bounds = np.zeros(part.max() + 1)
    np.maximum.at(bounds, part, np.sqrt(kept @ (kept @ np.ones(len(part)))))
    return bounds


def _within(matrix: Matrix, actors: Array) -> Matrix:
    return sparse.csr_array(matrix[actors][:, actors])


def _largest_eigenvalue(matrix: Matrix) -> float:
    return _leading_pair(matrix)[0]


def _leading_pair(matrix: Matrix) -> tuple[float, Array]:
    """Return the largest eigenvalue of an irreducible matrix of strengths, and its vector: both real."""
    if matrix.shape[0] <= DENSE_ACTORS:
        values, vectors = np.linalg.eig(matrix.toarray())
    else:
        start = np.ones(matrix.shape[0])  # not at random: the same input gives the same bytes
        values, vectors = eigs(matrix, k=1, which="LR", v0=start)
    first = int(np.argmax(values.real))
    return float(values[first].real), np.abs(vectors[:, first].real)


def _principal_vector(matrix: Matrix, leaders: Array, value: float) -> Array:
    r"""Return the vector of the whole network: that of its leading part, and what follows from it.

    Those who draw on the leaders without being drawn on have :math:`(\lambda I - A) x = A_{\cdot L} x_L`.
    """
    vector = np.zeros(matrix.shape[0])
    vector[leaders] = _leading_pair(_within(matrix, leaders))[1]
    reached = breadth_first_order(sparse.csr_array(matrix.T), leaders[0], return_predecessors=False)
    followers = np.setdiff1d(reached, leaders)
    if len(followers):
        system = sparse.csc_array(sparse.eye_array(len(followers)) * value - _within(matrix, followers))
        vector[followers] = np.abs(spsolve(system, matrix[followers] @ vector))
    return np.asarray(vector / math.sqrt(vector @ vector))
