"""Cohesion: how closely knit the network is as a whole."""

from __future__ import annotations

import math

import numpy as np
from scipy.sparse.csgraph import connected_components

from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network


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


def _component_sizes(network: Network) -> Array:
    if network.actors.empty:
        return np.empty(0, dtype=np.int64)
    _, membership = connected_components(network.adjacency(weighted=False), connection="weak")
    return np.bincount(membership)
