"""Centralization: how far a network is organised around one actor, from 0 (all alike) to 1 (a star)."""

from __future__ import annotations

import math

import pandas as pd

from sanshe_net.measures.centrality import Direction, betweenness, closeness, degree
from sanshe_net.measures.paths import Towards
from sanshe_net.measures.registry import measure
from sanshe_net.network import Source, as_network


@measure(level="network", lowest=0, highest=1, unit="share of a star's", weights="ignored")
def degree_centralization(source: Source, *, direction: Direction = "both") -> float:
    r"""How unequally contacts are spread, against a star.

    It is :math:`\sum_i (\max_j c_j - c_i) / M` with *c* the :func:`~sanshe_net.measures.centrality.degree`
    and *M* the largest value this sum can have among *n* actors: :math:`(n-1)(n-2)` undirected,
    :math:`2(n-1)(n-2)` for both directions together, :math:`(n-1)^2` for one direction. Ties with oneself
    count neither above nor below the line: R igraph counts them below by default and gives a star of eight
    0.75.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``.

    Returns
    -------
    float. Unit: share of a star's. Range: 0 to 1.
    ``NaN`` when *M* is 0, with fewer than three actors (fewer than two for one direction): all networks of
    that size are alike. Cost: O(m).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is none of the three.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
    1(3), 215-239.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> degree_centralization(Network.from_edges([("李", "王"), ("李", "赵"), ("李", "陈")]))
    1.0
    """
    network = as_network(source)
    n = len(network.actors)
    if network.directed:
        most = 2 * (n - 1) * (n - 2) if direction == "both" else (n - 1) ** 2
    else:
        most = (n - 1) * (n - 2)
    return _spread(degree(network, direction=direction), most)


@measure(level="network", lowest=0, highest=1, unit="share of a star's", weights="ignored")
def betweenness_centralization(source: Source) -> float:
    r"""How far one actor alone lies between all others, against a star.

    It is :math:`\sum_i (\max_j c_j - c_i) / M` with *c* the
    :func:`~sanshe_net.measures.centrality.betweenness` and :math:`M = (n-1)^2 (n-2) / 2`, twice that in a
    directed network.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of a star's. Range: 0 to 1.
    ``NaN`` with fewer than three actors: nobody can lie between. Cost: O(nm).

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
    1(3), 215-239.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> betweenness_centralization(Network.from_edges([("李", "王"), ("李", "赵"), ("李", "陈")]))
    1.0
    """
    network = as_network(source)
    n = len(network.actors)
    most = (n - 1) ** 2 * (n - 2)
    return _spread(betweenness(network), most if network.directed else most / 2)


@measure(level="network", lowest=0, highest=1, unit="share of a star's", weights="ignored")
def closeness_centralization(source: Source, *, direction: Towards = "out") -> float:
    r"""How much nearer one actor is to all others than they are to each other, against a star.

    It is :math:`\sum_i (\max_j c_j - c_i) / M` with *c* the :func:`~sanshe_net.measures.centrality.closeness`
    and :math:`M = (n-1)(n-2) / (2n-3)`; in a directed network :math:`M = (n-1)^2 / n`, the bound of R sna and
    igraph, which no network in which everybody reaches everybody attains.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: closeness to those whom an actor reaches (``out``), or from those who reach the
        actor (``in``).

    Returns
    -------
    float. Unit: share of a star's. Range: 0 to 1.
    ``NaN`` when somebody does not reach everybody, so that closeness is undefined, and with fewer than three
    actors. Cost: O(nm/64) at most.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is neither ``out`` nor ``in``.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
    1(3), 215-239.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(closeness_centralization(Network.from_edges([("李", "王"), ("李", "赵"), ("李", "陈")])), 9)
    1.0
    """
    network = as_network(source)
    n = len(network.actors)
    scores = closeness(network, direction=direction)
    if n < 3:
        return math.nan
    return _spread(scores, (n - 1) ** 2 / n if network.directed else (n - 1) * (n - 2) / (2 * n - 3))


def _spread(scores: pd.Series[float], most: float) -> float:
    if scores.empty or most <= 0:
        return math.nan
    highest = scores.max(skipna=False)
    # Rounding may take a perfect star a hair above 1.
    return min(1.0, math.fsum(highest - scores) / most) if not math.isnan(highest) else math.nan
