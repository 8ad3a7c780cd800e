"""What a given set of actors reaches, what falls apart without it: the values of key players."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from sanshe_net.errors import MeasureError
from sanshe_net.measures.key_player_search import worth_of_steps
from sanshe_net.measures.options import check_flag, check_option, check_several, check_whole
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import index_arrays, mutual_strength
from sanshe_net.network import Array, Network, Source, as_network

Direction: TypeAlias = Literal["out", "in", "both"]
DIRECTIONS: Final = ("out", "in", "both")


def reach(
    source: Source, actors: Iterable[Hashable], *, steps: int = 1, direction: Direction = "out"
) -> float:
    r"""The share of all actors whom a set reaches within some steps, members counted.

    It is :math:`\frac1n |\{j : d(K,j) \le m\}|`, with :math:`d(K,j)` the steps from the nearest member of
    the set *K* to *j*. Times *n* it is the count of Borgatti (2006).

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, strengths and self-loops ignored.
    actors
        Ids of the set.
    steps
        The *m* above.
    direction
        In a directed network: along the ties (``out``), against them (``in``) or ``both``.

    Returns
    -------
    float. Unit: share. Range: 0 to 1. 0 for the empty set, ``nan`` without actors.
    Cost: O(n + m), one breadth-first search from the whole set.

    Raises
    ------
    MeasureError
        When an actor is not in the network or an option is none of the allowed.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational and
    Mathematical Organization Theory* 12(1), 21-34.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> chain = Network.from_edges([("甲", "乙"), ("乙", "丙"), ("丙", "丁")])
    >>> reach(chain, ["甲"]), reach(chain, ["甲"], steps=2)
    (0.5, 0.75)
    """
    check_whole("steps", steps)
    nearest = _nearest(source, actors, direction)
    return float(np.mean(nearest <= steps)) if len(nearest) else math.nan


def distance_weighted_reach(
    source: Source, actors: Iterable[Hashable], *, direction: Direction = "out"
) -> float:
    r"""How near all actors are to a set: the mean inverse steps from its nearest member.

    It is :math:`\frac1n \sum_j 1 / \max(1, d(K,j))`: members count 1 as contacts do, those out of reach 0.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, strengths and self-loops ignored.
    actors
        Ids of the set.
    direction
        In a directed network: along the ties (``out``), against them (``in``) or ``both``.

    Returns
    -------
    float. Unit: mean inverse steps. Range: 0 to 1. 1 when everybody is a member or a contact of one; 0 for
    the empty set, ``nan`` without actors. Other tools leave members out, or divide by those who are none.
    Cost: O(n + m), one breadth-first search from the whole set.

    Raises
    ------
    MeasureError
        When an actor is not in the network or ``direction`` is none of the three.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational and
    Mathematical Organization Theory* 12(1), 21-34.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> chain = Network.from_edges([("甲", "乙"), ("乙", "丙"), ("丙", "丁")])
    >>> distance_weighted_reach(chain, ["乙"])
    0.875
    """
    nearest = _nearest(source, actors, direction)
    return float(np.mean(1 / np.maximum(nearest, 1))) if len(nearest) else math.nan


def fragmentation_without(
    source: Source, actors: Iterable[Hashable] = (), *, by_distance: bool = False
) -> float:
    r"""How far the network falls apart once a set of actors is gone.

    It is :math:`1 - \frac{\sum_{i \ne j} r_{ij}}{m(m-1)}` among the *m* actors left, with :math:`r_{ij} = 1`
    where a way from *i* to *j* is left; ``by_distance`` with :math:`1 / d_{ij}` in its place.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, directions, strengths and
        self-loops ignored.
    actors
        Ids of those removed; without them, the network as it is.
    by_distance
        Count long ways less.

    Returns
    -------
    float. Unit: share of pairs. Range: 0 to 1. ``nan`` when fewer than two actors are left: no pair could
    be connected.
    Cost: O(n + m); ``by_distance`` O(n (n + m) / 64), many searches side by side.

    Raises
    ------
    MeasureError
        When an actor is not in the network.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational and
    Mathematical Organization Theory* 12(1), 21-34.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> star = Network.from_edges([("甲", "乙"), ("甲", "丙"), ("甲", "丁")])
    >>> fragmentation_without(star), fragmentation_without(star, ["甲"])
    (0.0, 1.0)
    """
    check_flag("by_distance", by_distance)
    network = as_network(source)
    n = len(network.actors)
    left = np.ones(n, dtype=bool)
    left[positions(network, actors, "actors")] = False
    rest = int(left.sum())
    if rest < 2:
        return math.nan
    matrix = mutual_strength(network, weighted=False)
    if by_distance:
        from sanshe_net.kernels.fragments import nearness

        worth, unit = worth_of_steps(n * n, n + 1)
        return 1 - int(nearness(*index_arrays(matrix), ~left, worth)) / (unit * rest * (rest - 1))
    _, part = csgraph.connected_components(matrix[left][:, left], directed=False)
    sizes = np.bincount(part)
    return 1 - int((sizes * (sizes - 1)).sum()) / (rest * (rest - 1))


@measure(level="actor", lowest=0, unit="pairs of actors", weights="ignored")
def pairs_separated(source: Source) -> pd.Series[float]:
    r"""How many pairs of others would lose all connection if an actor left.

    It is :math:`|\{\{j,h\} : i \notin \{j,h\},\ j \sim h,\ j \nsim_{-i} h\}|`, with :math:`\sim` connected
    by some way and :math:`\sim_{-i}` by a way without *i*. It is what removing one actor does to
    fragmentation, in pairs: above 0 for cut points only. Betweenness counts shortest ways, this counts those
    for whom there is no other way.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, directions, strengths and
        self-loops ignored.

    Returns
    -------
    Series ``pairs_separated`` indexed like ``actors``. Unit: pairs of actors. Range: 0 or more.
    Always defined; 0 for an actor without whom everybody else stays connected.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    Notes
    -----
    Cost: O(n + m), one depth-first walk for all actors.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational and
    Mathematical Organization Theory* 12(1), 21-34.
    Hopcroft, J., & Tarjan, R. (1973). Algorithm 447: efficient algorithms for graph manipulation.
    *Communications of the ACM* 16(6), 372-378.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> pairs_separated(Network.from_edges([("甲", "乙"), ("乙", "丙"), ("丙", "丁")])).to_dict()
    {'丁': 0.0, '丙': 2.0, '乙': 2.0, '甲': 0.0}
    """
    from sanshe_net.kernels.fragments import pairs_after_each

    network = as_network(source)
    matrix = mutual_strength(network, weighted=False)
    n = matrix.shape[0]
    left = np.zeros(n, dtype=np.int64)
    now = pairs_after_each(*index_arrays(matrix), np.zeros(n, dtype=bool), left)
    _, part = csgraph.connected_components(matrix, directed=False)
    own = np.bincount(part, minlength=1)[part] - 1
    return pd.Series(now - left - own, index=network.actors.index, name="pairs_separated", dtype=float)


# --- shared with the search -----------------------------------------------------------------------------


def ties_along(network: Network, direction: Direction) -> sparse.csr_array[Any]:
    """Return whom each actor reaches in one step."""
    check_option("direction", direction, DIRECTIONS)
    if direction == "both" or not network.directed:
        return mutual_strength(network, weighted=False)
    matrix = network.adjacency(weighted=False)
    if direction == "in":
        matrix = sparse.csr_array(matrix.T)
        matrix.sort_indices()
    return matrix


def positions(network: Network, actors: Iterable[Hashable], name: str) -> Array:
    """Return where these actors stand, sorted, each once."""
    check_several(name, actors)
    ids = pd.Index(list(actors), dtype=object, tupleize_cols=False)
    found = network.actors.index.get_indexer(ids)
    if (found < 0).any():
        raise MeasureError("E-SET-ACTOR", name=name, found=ids[found < 0][0])
    return np.unique(found.astype(np.int64))


def _nearest(source: Source, actors: Iterable[Hashable], direction: Direction) -> Array:
    network = as_network(source)
    matrix = ties_along(network, direction)
    members = positions(network, actors, "actors")
    if not len(members):
        return np.full(len(network.actors), np.inf)
    nearest: Array = csgraph.dijkstra(matrix, indices=members, unweighted=True, min_only=True)
    return nearest
