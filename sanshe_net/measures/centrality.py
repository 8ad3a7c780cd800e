"""Centrality: who has many contacts, who lies between others, who reaches everybody quickly."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.measures.options import check_flag, check_option
from sanshe_net.measures.paths import Towards, inverse_steps, path_totals, shortest_path_shares
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import distance
from sanshe_net.network import Array, Network, Source, as_network

Direction: TypeAlias = Literal["both", "in", "out"]
DIRECTIONS: Final = ("both", "in", "out")
Unreached: TypeAlias = Literal["undefined", "left_out"]
UNREACHED: Final = ("undefined", "left_out")


@measure(level="actor", lowest=0, unit="ties", weights="ignored")
def degree(source: Source, *, direction: Direction = "both") -> pd.Series[float]:
    r"""How many contacts an actor has.

    It is :math:`\sum_j [a_{ij} > 0]`. In a directed network ``both`` is
    :math:`\sum_j [a_{ij} > 0] + [a_{ji} > 0]` (Freeman's total degree): a mutual contact counts twice.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``.

    Returns
    -------
    Series ``degree`` indexed like ``actors``. Unit: ties. Range: 0 or more.
    Always defined; 0 for an actor without ties.
    Cost: O(n + m) for *n* actors and *m* ties.

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
    >>> degree(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {'李': 2.0, '王': 1.0, '赵': 1.0}
    """
    network = as_network(source)
    values = _tie_sums(network, direction, weighted=False)
    return pd.Series(values, index=network.actors.index, name="degree")


@measure(level="actor", lowest=0, unit="summed tie strength", weights="strength")
def strength(source: Source, *, direction: Direction = "both") -> pd.Series[float]:
    r"""The strengths of an actor's ties, summed.

    It is :math:`\sum_j w_{ij}`, in a directed network for ``both`` :math:`\sum_j w_{ij} + w_{ji}`. On ties
    weighted by Newman's rule it is the number of activities attended with company, nothing more.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``.

    Returns
    -------
    Series ``strength`` indexed like ``actors``. Unit: summed tie strength. Range: 0 or more.
    Always defined; 0 for an actor without ties.
    Cost: O(n + m) for *n* actors and *m* ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is none of the three.

    References
    ----------
    Barrat, A., Barthélemy, M., Pastor-Satorras, R., & Vespignani, A. (2004). The architecture of complex
    weighted networks. *PNAS* 101(11), 3747-3752.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> strength(Network.from_edges([("李", "王", 2), ("李", "赵", 0.5)])).to_dict()
    {'李': 2.5, '王': 2.0, '赵': 0.5}
    """
    network = as_network(source)
    values = _tie_sums(network, direction, weighted=True)
    return pd.Series(values, index=network.actors.index, name="strength")


@measure(level="actor", lowest=0, unit="pairs of actors", weights="ignored")
def betweenness(source: Source, *, weighted: bool = False) -> pd.Series[float]:
    r"""How many pairs of others have their shortest connection through an actor.

    It is :math:`\sum_{s \ne i \ne t} \sigma_{st}(i) / \sigma_{st}`: of the :math:`\sigma_{st}` shortest
    paths from *s* to *t*, the part that runs through *i*. Pairs are unordered, in a directed network
    ordered. Not normalised.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    weighted
        ``True`` takes the length of a tie to be the inverse of its strength; without it every tie is one
        step.

    Returns
    -------
    Series ``betweenness`` indexed like ``actors``. Unit: pairs of actors. Range: 0 or more.
    Always defined; 0 for an actor between nobody.
    Cost: O(nm), on two threads when *nm* is large; weighted O(nm + n² log n).

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Freeman, L. C. (1977). A set of measures of centrality based on betweenness. *Sociometry* 40(1), 35-41.
    Brandes, U. (2001). A faster algorithm for betweenness centrality. *Journal of Mathematical Sociology*
    25(2), 163-177.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> betweenness(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {'李': 1.0, '王': 0.0, '赵': 0.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    if weighted:
        values = np.array(network.graph.betweenness(weights=_lengths(network)), dtype=float)
    else:
        values = shortest_path_shares(network)
    return pd.Series(values, index=network.actors.index, name="betweenness", dtype=float)


@measure(level="actor", lowest=0, highest=1, unit="mean inverse steps", weights="ignored")
def harmonic_closeness(source: Source, *, direction: Towards = "out") -> pd.Series[float]:
    r"""How near an actor is to all others, on average.

    It is :math:`\frac{1}{n-1} \sum_{j \ne i} 1 / d_{ij}`, with :math:`d_{ij}` the number of steps from *i*
    to *j* (along the ties when directed) and :math:`1/d_{ij} = 0` for an actor out of reach. Unlike
    :func:`closeness` it can be compared between the parts of a network that falls apart.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: to those whom the actor reaches (``out``), or from those who reach the actor
        (``in``).

    Returns
    -------
    Series ``harmonic_closeness`` indexed like ``actors``. Unit: mean inverse steps. Range: 0 to 1.
    0 for an actor who reaches nobody; ``NaN`` when there is only one actor: nobody is there to be reached.
    Cost: O(nm/64) at most: 256 actors are searched from at a time.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``direction`` is neither ``out`` nor ``in``.

    References
    ----------
    Rochat, Y. (2009). Closeness centrality extended to unconnected graphs: the harmonic centrality index.
    *Applications of Social Network Analysis*, ASNA 2009.
    Boldi, P., & Vigna, S. (2014). Axioms for centrality. *Internet Mathematics* 10(3-4), 222-262.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> harmonic_closeness(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {'李': 1.0, '王': 0.75, '赵': 0.75}
    """
    network = as_network(source)
    sums = inverse_steps(network, direction)
    values = sums / (len(sums) - 1) if len(sums) > 1 else np.full(len(sums), np.nan)
    return pd.Series(values, index=network.actors.index, name="harmonic_closeness")


@measure(level="actor", lowest=0, highest=1, unit="inverse mean steps", weights="ignored")
def closeness(
    source: Source, *, direction: Towards = "out", unreached: Unreached = "undefined"
) -> pd.Series[float]:
    r"""How few steps an actor is from all others: the inverse of the mean.

    It is :math:`(n-1) / \sum_{j \ne i} d_{ij}`, with :math:`d_{ij}` the number of steps from *i* to *j*. It
    asks for a network in one piece: the mean over those within reach is small in a small component, so
    scores of different components say nothing about each other. Prefer :func:`harmonic_closeness`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    direction
        In a directed network: to those whom the actor reaches (``out``), or from those who reach the actor
        (``in``).
    unreached
        What becomes of an actor who does not reach everybody: ``undefined``, or those out of reach are
        ``left_out``: :math:`r_i / \sum_{j\,\text{reached}} d_{ij}` over the :math:`r_i` others reached, to be
        compared within one component only.

    Returns
    -------
    Series ``closeness`` indexed like ``actors``. Unit: inverse mean steps. Range: 0 to 1.
    ``NaN`` for an actor who does not reach everybody, with ``left_out`` for one who reaches nobody, and when
    there is only one actor: a mean over nobody.
    Cost: O(nm/64) at most: 256 actors are searched from at a time.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or an option is not one of those named.

    References
    ----------
    Freeman, L. C. (1978). Centrality in social networks: conceptual clarification. *Social Networks*
    1(3), 215-239.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> closeness(Network.from_edges([("李", "王"), ("李", "赵")])).round(3).to_dict()
    {'李': 1.0, '王': 0.667, '赵': 0.667}
    """
    check_option("unreached", unreached, UNREACHED)
    network = as_network(source)
    totals = path_totals(network, direction)
    n = len(network.actors)
    defined = (totals.reached > 0) & ((totals.reached == n - 1) | (unreached == "left_out"))
    values = np.full(n, np.nan)
    np.divide(totals.reached, totals.steps, out=values, where=defined)
    return pd.Series(values, index=network.actors.index, name="closeness")


@measure(level="actor", lowest=0, unit="ties", weights="ignored")
def k_core(source: Source) -> pd.Series[float]:
    r"""How deep in the core of the network an actor is.

    It is the largest *k* such that the actor belongs to a set in which everybody has at least *k* ties
    inside the set: :math:`\max \{k : i \in C_k\}`, with :math:`C_k` the largest set of actors whose
    degree within it is :math:`\ge k`. In a directed network degree is the total of both directions.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.

    Returns
    -------
    Series ``k_core`` indexed like ``actors``. Unit: ties. Range: 0 or more.
    Always defined; 0 for an actor without ties.
    Cost: O(n + m), peeling off the actors of fewest ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Seidman, S. B. (1983). Network structure and minimum degree. *Social Networks* 5(3), 269-287.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> k_core(Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])).to_dict()
    {'李': 2.0, '王': 2.0, '赵': 2.0, '陈': 1.0}
    """
    network = as_network(source)
    values = network.graph.coreness(mode="all")
    return pd.Series(values, index=network.actors.index, name="k_core", dtype=float)


def _tie_sums(network: Network, direction: Direction, *, weighted: bool) -> Array:
    check_option("direction", direction, DIRECTIONS)
    matrix = network.adjacency(weighted=weighted)
    sent, received = matrix.sum(axis=1), matrix.sum(axis=0)
    if direction == "in":
        return np.asarray(received)
    if direction == "out" or not network.directed:
        return np.asarray(sent)
    return np.asarray(sent + received)


def _lengths(network: Network) -> list[float]:
    lengths = distance(np.array(network.graph.es["weight"]))
    if len(lengths):
        # igraph takes ways that differ by less than 1e-10 for equally short: the shortest tie is made 1 to 2
        # long, by a power of two, which rounds nothing.
        lengths = np.ldexp(lengths, 1 - np.frexp(lengths.min())[1])
    return [float(length) for length in lengths]
