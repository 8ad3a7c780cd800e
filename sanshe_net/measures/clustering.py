"""Clustering: whether the contacts of a contact are contacts, in the network as a whole."""

from __future__ import annotations

import math
from typing import Final, Literal, TypeAlias

import numpy as np

from sanshe_net.measures.options import check_option
from sanshe_net.measures.registry import measure
from sanshe_net.network import Network, Source, as_network

TooFew: TypeAlias = Literal["excluded", "zero"]
TOO_FEW: Final = ("excluded", "zero")

CLOSED: Final = {8: 1, 11: 2, 12: 2, 13: 1, 14: 3, 15: 6}
"""Position in the triad census -> how many a → b → c of such a triad have a → c: 030T, 120D, 120U, 120C, 210,
300. A cycle (030C) has none."""


@measure(level="network", lowest=0, highest=1, unit="share of two-paths", weights="ignored")
def transitivity(source: Source) -> float:
    r"""Share of the two-step paths whose ends are tied as well.

    Undirected it is :math:`3 \times \text{triangles} / \text{paths of two steps}`. Directed it is the share
    of the :math:`a \to b \to c` with :math:`a \ne c` that :math:`a \to c` closes: UCINET's closure and the
    "weak" census of R sna. igraph ignores directions; networkx gives another number on directed graphs.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    float. Unit: share of two-paths. Range: 0 to 1.
    ``NaN`` when nobody has two contacts: there is no path of two steps. Cost: O(m^1.5) undirected; directed
    O(Σ k²) over the numbers of contacts *k*.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Wasserman, S., & Faust, K. (1994). *Social Network Analysis*. Cambridge University Press. Ch. 6.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(transitivity(Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])), 3)
    0.6
    """
    network = as_network(source)
    if len(network.actors) < 3:
        return math.nan
    if network.directed:
        return _directed_transitivity(network)
    return float(network.graph.transitivity_undirected(mode="nan"))


@measure(level="network", lowest=0, highest=1, unit="share of pairs of contacts", weights="ignored")
def mean_local_clustering(source: Source, *, too_few: TooFew = "excluded") -> float:
    r"""Share of an actor's pairs of contacts that are tied, averaged over actors.

    It is the mean of :math:`2 t_i / [k_i (k_i - 1)]`, with :math:`t_i` the ties among the :math:`k_i`
    contacts of *i*. An actor with few contacts weighs as much as one with many, other than in
    :func:`transitivity`. The direction of ties is ignored.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    too_few
        Actors with fewer than two contacts, who have no pair of them: ``excluded`` from the mean (Watts and
        Strogatz as most read them), or counted as ``zero`` (networkx's default). The two differ widely in
        networks with many actors on the edge.

    Returns
    -------
    float. Unit: share of pairs of contacts. Range: 0 to 1.
    ``NaN`` when there is nobody to take a mean over: no actor with two contacts, for ``zero`` no actor.
    Cost: O(m^1.5).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``too_few`` is neither ``excluded`` nor ``zero``.

    References
    ----------
    Watts, D. J., & Strogatz, S. H. (1998). Collective dynamics of 'small-world' networks. *Nature* 393,
    440-442.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> round(mean_local_clustering(network), 3), round(mean_local_clustering(network, too_few="zero"), 3)
    (0.778, 0.583)
    """
    check_option("too_few", too_few, TOO_FEW)
    network = as_network(source)
    if network.actors.empty:
        return math.nan
    graph = network.graph.as_undirected(mode="collapse") if network.directed else network.graph
    shares = np.array(graph.transitivity_local_undirected(mode="nan"))
    if too_few == "zero":
        shares = np.nan_to_num(shares, nan=0.0)
    shares = shares[~np.isnan(shares)]
    return math.fsum(shares) / len(shares) if len(shares) else math.nan


def _directed_transitivity(network: Network) -> float:
    matrix = network.adjacency(weighted=False)
    returned = matrix.multiply(matrix.T).sum()
    paths = float(matrix.sum(axis=0) @ matrix.sum(axis=1) - returned)
    if paths == 0:
        return math.nan
    census = network.graph.triad_census()
    return float(sum(times * census[place] for place, times in CLOSED.items()) / paths)
