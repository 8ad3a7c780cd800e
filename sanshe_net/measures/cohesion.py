"""Cohesion: how closely knit the network is as a whole."""

from __future__ import annotations

import math
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy.sparse.csgraph import connected_components

from sanshe_net.measures.options import check_option
from sanshe_net.measures.paths import inverse_steps
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network

Mutual: TypeAlias = Literal["arcs", "pairs"]
MUTUAL: Final = ("arcs", "pairs")


@measure(level="network", lowest=0, highest=1, unit="share of possible ties", weights="ignored")
def density(source: Source) -> float:
    r"""Share of the possible ties that exist.

    With *m* ties among *n* actors it is :math:`2m / [n(n-1)]`, and :math:`m / [n(n-1)]` when directed.
    Density falls as a network grows even if everybody keeps as many contacts as before: never report it
    without :func:`mean_degree`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of possible ties. Range: 0 to 1.
    ``NaN`` with fewer than two actors: no tie is possible.
    Cost: O(n + m) for *n* actors and *m* ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 4.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(density(Network.from_edges([("李", "王"), ("李", "赵")])), 3)
    0.667
    """
    network = as_network(source)
    n = len(network.actors)
    if n < 2:
        return math.nan
    return network.adjacency(weighted=False).nnz / (n * (n - 1))


@measure(level="network", lowest=0, unit="ties per actor", weights="ignored")
def mean_degree(source: Source) -> float:
    r"""Mean number of contacts of an actor.

    With *m* ties among *n* actors it is :math:`2m / n`. In a directed network it is :math:`m / n`: every
    tie is sent once and received once, and this is the mean of either. In both cases it equals
    density times :math:`n - 1`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: ties per actor. Range: 0 or more.
    ``NaN`` without actors: there is nobody to take a mean over.
    Cost: O(n + m) for *n* actors and *m* ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 4.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> mean_degree(Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李")]))
    2.0
    """
    network = as_network(source)
    n = len(network.actors)
    if n == 0:
        return math.nan
    return network.adjacency(weighted=False).nnz / n


@measure(level="network", lowest=0, unit="components", weights="ignored")
def components(source: Source) -> float:
    r"""Number of separate parts of the network, actors without ties included.

    A component is a largest set of actors in which everybody reaches everybody over some chain of ties;
    the direction of ties is ignored. The count is :math:`|V / {\sim}|`, with :math:`i \sim j` when a
    chain leads from *i* to *j*.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged.

    Returns
    -------
    float. Unit: components. Range: 0 or more.
    Always defined; 0 only without actors.
    Cost: O(n + m) for *n* actors and *m* ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 4.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> components(Network.from_edges([("李", "王"), ("赵", "陈")]))
    2.0
    """
    return float(len(_component_sizes(as_network(source))))


@measure(level="network", lowest=0, highest=1, unit="share of actors", weights="ignored")
def largest_component_share(source: Source) -> float:
    r"""Share of the actors that are in the largest component.

    It is :math:`\max_k s_k / n` over the component sizes :math:`s_k`; see :func:`components`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged.

    Returns
    -------
    float. Unit: share of actors. Range: 0 to 1.
    ``NaN`` without actors: there is no component.
    Cost: O(n + m) for *n* actors and *m* ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 4.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> largest_component_share(Network.from_edges([("李", "王"), ("李", "周"), ("李", "吴"), ("赵", "陈")]))
    0.6666666666666666
    """
    sizes = _component_sizes(as_network(source))
    return float(sizes.max() / sizes.sum()) if len(sizes) else math.nan


@measure(level="network", lowest=0, highest=1, unit="share of pairs", weights="ignored")
def connectedness(source: Source) -> float:
    r"""Share of the pairs of actors that some chain of ties joins.

    It is :math:`\sum_k s_k (s_k - 1) / [n(n-1)]` over the component sizes :math:`s_k`: one minus
    :func:`fragmentation`. The direction of ties is ignored, as Krackhardt and R sna do; UCINET's measure of
    the same name follows directions.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of pairs. Range: 0 to 1.
    ``NaN`` with fewer than two actors: there is no pair. Cost: O(n + m).

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
    >>> round(connectedness(Network.from_edges([("李", "王"), ("赵", "陈")])), 3)
    0.333
    """
    sizes = _component_sizes(as_network(source)).astype(float)
    n = sizes.sum()
    return float((sizes * (sizes - 1)).sum() / (n * (n - 1))) if n > 1 else math.nan


@measure(level="network", lowest=0, highest=1, unit="share of pairs", weights="ignored")
def fragmentation(source: Source) -> float:
    r"""Share of the pairs of actors that no chain of ties joins.

    It is :math:`F = 1 - \sum_k s_k (s_k - 1) / [n(n-1)]` over the component sizes :math:`s_k`: 0 in one
    piece, 1 without ties. The direction of ties is ignored.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of pairs. Range: 0 to 1.
    ``NaN`` with fewer than two actors: there is no pair. Cost: O(n + m).

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational & Mathematical
    Organization Theory* 12, 21-34.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(fragmentation(Network.from_edges([("李", "王"), ("赵", "陈")])), 3)
    0.667
    """
    return 1 - connectedness(source)


@measure(level="network", lowest=0, highest=1, unit="mean inverse steps", weights="ignored")
def compactness(source: Source) -> float:
    r"""How near the actors are to each other, on average.

    It is :math:`\sum_{i \ne j} (1 / d_{ij}) / [n(n-1)]`, with :math:`d_{ij}` the steps from *i* to *j* along
    the ties and :math:`1 / d_{ij} = 0` out of reach: the mean of harmonic closeness, elsewhere called global
    efficiency. One minus it is Borgatti's distance-weighted fragmentation.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: mean inverse steps. Range: 0 to 1.
    ``NaN`` with fewer than two actors: there is no pair. Cost: O(nm/64) at most.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational & Mathematical
    Organization Theory* 12, 21-34.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(compactness(Network.from_edges([("李", "王"), ("李", "赵")])), 3)
    0.833
    """
    sums = inverse_steps(as_network(source))
    n = len(sums)
    return math.fsum(sums) / (n * (n - 1)) if n > 1 else math.nan


@measure(level="network", lowest=0, highest=1, unit="share of ties", weights="ignored")
def reciprocity(source: Source, *, of: Mutual = "arcs") -> float:
    r"""Share of the directed ties that are returned.

    With *M* mutual and *A* one-way pairs of actors it is :math:`2M / (2M + A)` of the ``arcs``, the default
    of igraph and networkx, or :math:`M / (M + A)` of the tied ``pairs``, igraph's "ratio" and R sna's
    "dyadic.nonnull". R sna's own default counts pairs without a tie as mutual as well; it is not offered.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    of
        What is counted: directed ties (``arcs``) or the pairs of actors they join (``pairs``).

    Returns
    -------
    float. Unit: share of ties. Range: 0 to 1.
    ``NaN`` in an undirected network, where every tie is mutual by construction and nothing was observed, and
    without ties. Cost: O(m).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``of`` is neither ``arcs`` nor ``pairs``.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 13.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "李"), ("李", "赵")], directed=True)
    >>> round(reciprocity(network), 3), reciprocity(network, of="pairs")
    (0.667, 0.5)
    """
    check_option("of", of, MUTUAL)
    network = as_network(source)
    matrix = network.adjacency(weighted=False)
    if not network.directed or matrix.nnz == 0:
        return math.nan
    returned = int(matrix.multiply(matrix.T).nnz)
    return returned / matrix.nnz if of == "arcs" else returned / (2 * matrix.nnz - returned)


def _component_sizes(network: Network) -> Array:
    if network.actors.empty:
        return np.empty(0, dtype=np.int64)
    _, membership = connected_components(network.adjacency(weighted=False), connection="weak")
    return np.bincount(membership)
