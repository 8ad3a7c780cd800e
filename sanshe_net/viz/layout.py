"""Where every actor stands on the map, and which of the many ties are drawn.

Two levels: groups are found (or given) and packed as circles with the most connected in the middle, then each
group is laid out inside its own circle. Actors without ties wait on a shelf below. The same network
gives the same places, whatever the order of its rows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeAlias

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from scipy.spatial import cKDTree

from sanshe_net.network import Network

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

SPACING: Final = 30.0
"""Distance on the map between neighbours inside a group."""
GAP: Final = 54.0
"""Free ground between two groups; their names go there."""
SHELF_GAP: Final = 96.0
"""Free ground between the groups and the shelf."""
WIDER: Final = 1.6
"""How much more the packing is pressed from above and below than from the sides: screens are wide."""
EXACT: Final = 90
"""Groups up to this size are laid out by Kamada-Kawai, larger ones by Fruchterman-Reingold."""


class _Ties(NamedTuple):
    """Ties between positions in sorted order, all layers on one scale."""

    source: Ints
    target: Ints
    weight: Floats


def two_level_layout(
    network: Network, groups: pd.Series[Any] | None = None, *, seed: int = 1
) -> pd.DataFrame:
    """Place every actor.

    Parameters
    ----------
    network
        Any network; ties are read as undirected, layers count alike.
    groups
        Group of each actor (building, area, team), indexed by actor id. Actors without one stand together
        between the groups. Without ``groups`` they are found by modularity (Leiden).
    seed
        Seed of the random numbers that the algorithms use.

    Returns
    -------
    DataFrame indexed like ``network.actors`` with ``x``, ``y`` (y grows downwards) and ``group``: the group
    given, or the number of the group found (1 is the largest). Missing for an actor with no group.

    References
    ----------
    Traag, V. A., Waltman, L. and van Eck, N. J. (2019). From Louvain to Leiden. *Scientific Reports* 9, 5233.
    Kamada, T. and Kawai, S. (1989). An algorithm for drawing general undirected graphs. *IPL* 31(1).
    """
    order = id_order(network.actors.index)
    ties = _sorted_ties(network, order)
    n = len(order)
    tied = np.zeros(n, dtype=bool)
    tied[ties.source] = tied[ties.target] = True
    with seeded_igraph(seed):
        if groups is None:
            codes, names = _found_groups(ties, tied)
        else:
            codes, names = _given_groups(groups, network.actors.index[order])
        places = _place_groups(ties, tied, codes)
    _fill_shelf(places, tied)
    result = pd.DataFrame({"x": np.empty(n), "y": np.empty(n)}, index=network.actors.index)
    result.iloc[order, [0, 1]] = places.round(1) + 0.0  # no -0.0
    group = np.empty(n, dtype=object)
    group[order] = [names[code] if code >= 0 else None for code in codes]
    return result.assign(group=group)


def strongest_ties(network: Network, per_actor: int = 3) -> pd.DataFrame:
    """Return the ties to draw.

    Attendance ties people by the thousand. Of the ``co_attendance`` layer a tie is kept when it is among
    the ``per_actor`` strongest of either end (ties of equal weight: the smaller actor id first);
    the other layers are kept whole. Nobody who has a tie loses all of them.

    Returns
    -------
    The rows of ``network.ties`` that are drawn, in their order and with their index.
    """
    ties = network.ties
    many = np.flatnonzero((ties["layer"] == "co_attendance").to_numpy())
    rank = np.empty(len(network.actors), dtype=np.int64)
    rank[id_order(network.actors.index)] = np.arange(len(network.actors))
    ends = [rank[network.actors.index.get_indexer(pd.Index(ties[end]))][many] for end in ("source", "target")]
    own, other = np.concatenate(ends), np.concatenate(ends[::-1])
    row = np.concatenate([many, many])
    weight = np.tile(ties["weight"].to_numpy(dtype=float)[many], 2)
    order = np.lexsort((row, other, -weight, own))
    own = own[order]
    first = np.flatnonzero(np.r_[True, own[1:] != own[:-1]][: len(own)])
    place = np.arange(len(own)) - np.repeat(first, np.diff(np.r_[first, len(own)]))
    kept = np.ones(len(ties), dtype=bool)
    kept[many] = False
    kept[row[order][place < per_actor]] = True
    return ties[kept]


@contextmanager
def seeded_igraph(seed: int) -> Iterator[None]:
    """Let igraph draw its random numbers from a seeded generator of our own, then give it back Python's."""
    igraph.set_random_number_generator(random.Random(seed))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def id_order(index: pd.Index[Any]) -> Ints:
    """Return the positions of ``index`` in the order of its ids: the order that no shuffling changes."""
    keys = [(type(actor).__name__, str(actor)) for actor in index]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def _sorted_ties(network: Network, order: Ints) -> _Ties:
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    index = network.actors.index
    source = rank[index.get_indexer(pd.Index(network.ties["source"]))]
    target = rank[index.get_indexer(pd.Index(network.ties["target"]))]
    weight = network.ties["weight"].to_numpy(dtype=float)
    layer, _ = pd.factorize(network.ties["layer"], sort=True)
    mean = np.bincount(layer, weights=weight) / np.maximum(np.bincount(layer), 1)
    weight = weight / mean[layer]
    low, high = np.minimum(source, target), np.maximum(source, target)
    kept = low != high
    by = np.lexsort((weight[kept], high[kept], low[kept]))
    low, high, weight = low[kept][by], high[kept][by], weight[kept][by]
    n = len(order)
    pairs, starts = np.unique(low * n + high, return_index=True)
    summed = np.add.reduceat(weight, starts) if len(starts) else weight
    return _Ties(pairs // max(n, 1), pairs % max(n, 1), np.round(summed, 9))


def _graph(n: int, ties: _Ties) -> igraph.Graph:
    graph = igraph.Graph(n=n, edges=np.column_stack([ties.source, ties.target]))
    graph.es["weight"] = ties.weight.tolist()
    return graph


def _given_groups(groups: pd.Series[Any], ids: pd.Index[Any]) -> tuple[Ints, list[Any]]:
    held = groups.reindex(ids)
    text = held.map(lambda value: None if pd.isna(value) or str(value) == "" else str(value))
    codes, names = pd.factorize(text.astype(object), sort=True)
    return codes.astype(np.int64), list(names)


def _found_groups(ties: _Ties, tied: NDArray[np.bool_]) -> tuple[Ints, list[Any]]:
    n = len(tied)
    if not len(ties.source):
        return np.full(n, -1, dtype=np.int64), []
    graph = _graph(n, ties)
    found = graph.community_leiden(objective_function="modularity", weights="weight", n_iterations=5)
    member = np.array(found.membership, dtype=np.int64)
    size = np.bincount(member[tied], minlength=member.max() + 1)
    first = np.full(len(size), n)
    np.minimum.at(first, member, np.arange(n))
    new = np.empty(len(size), dtype=np.int64)
    new[np.lexsort((first, -size))] = np.arange(len(size))
    return np.where(tied, new[member], -1), list(range(1, int((size > 0).sum()) + 1))


def _place_groups(ties: _Ties, tied: NDArray[np.bool_], codes: Ints) -> Floats:
    # Tied actors of no group form one more circle (the last), which the packing draws to the middle.
    places = np.zeros((len(tied), 2))
    circle = np.where(codes >= 0, codes, codes.max(initial=-1) + 1)
    present, circle_of = np.unique(circle[tied], return_inverse=True)
    if not len(present):
        return places
    at = np.flatnonzero(tied)
    group = np.full(len(tied), -1)
    group[at] = circle_of
    sizes = np.bincount(circle_of)
    radii = SPACING * (0.35 + 0.62 * np.sqrt(sizes))
    centres = _pack(_group_ties(ties, group, len(present)), radii)
    for number in range(len(present)):
        members = np.flatnonzero(group == number)
        inside = _inside(ties, members, radii[number] - SPACING * 0.35)
        places[members] = _turn_towards(inside, members, ties, group, centres, number) + centres[number]
    return places


def _group_ties(ties: _Ties, group: Ints, count: int) -> Floats:
    between = sparse.coo_array((ties.weight, (group[ties.source], group[ties.target])), shape=(count, count))
    matrix = between.toarray()
    matrix = matrix + matrix.T
    np.fill_diagonal(matrix, 0.0)
    return np.asarray(matrix, dtype=np.float64)


def _pack(between: Floats, radii: Floats) -> Floats:
    """Place circles so that tied ones are near, none overlap and all stay close to the middle."""
    k = len(radii)
    if k == 1:
        return np.zeros((1, 2))
    rows, columns = np.nonzero(np.triu(between))
    graph = igraph.Graph(n=k, edges=np.column_stack([rows, columns]))
    ring = np.column_stack([np.cos(2 * np.pi * np.arange(k) / k), np.sin(2 * np.pi * np.arange(k) / k)])
    pull = (between[rows, columns] / max(float(between.max()), 1.0)).tolist()
    found = graph.layout_fruchterman_reingold(weights=pull, niter=400, seed=ring.tolist(), grid="nogrid")
    centres = np.array(found.coords, dtype=np.float64)
    centres -= centres.mean(axis=0)
    spread = np.sqrt((centres**2).sum(axis=1).mean()) or 1.0
    centres *= 1.5 * np.sqrt((radii**2).sum()) / spread
    need = radii[:, None] + radii[None, :] + GAP
    np.fill_diagonal(need, 0.0)
    share = between.sum(axis=1) / max(float(between.sum(axis=1).max()), 1e-9)
    gravity = 0.012 * (0.6 + share[:, None]) * np.array([1.0, WIDER**2])
    for step in range(420):
        if step < 360:
            centres -= centres * gravity
        centres += _apart(centres, need, radii)
    middled: Floats = centres - centres.mean(axis=0)
    return middled


def _apart(centres: Floats, need: Floats, radii: Floats) -> Floats:
    """Return the moves that part overlapping circles; the smaller of two gives way more."""
    difference = centres[:, None, :] - centres[None, :, :]
    distance = np.sqrt((difference**2).sum(axis=2))
    overlap = np.maximum(need - distance, 0.0)
    share = radii[None, :] ** 2 / (radii[:, None] ** 2 + radii[None, :] ** 2)
    push = np.divide(overlap * share, distance, out=np.zeros_like(distance), where=distance > 1e-9)
    moves: Floats = (difference * push[:, :, None]).sum(axis=1) * 0.6
    return moves


def _inside(ties: _Ties, members: Ints, radius: float) -> Floats:
    """Lay out one group in a disc: structure decides the direction and order, the disc is evenly filled."""
    n = len(members)
    if n == 1:
        return np.zeros((1, 2))
    number = np.full(int(members.max()) + 1, -1)
    number[members] = np.arange(n)
    near = (ties.source <= members[-1]) & (ties.target <= members[-1])
    source, target = number[ties.source[near]], number[ties.target[near]]
    kept = (source >= 0) & (target >= 0)
    graph = _graph(n, _Ties(source[kept], target[kept], ties.weight[near][kept]))
    ring = graph.layout_circle()
    if n <= EXACT:
        found = graph.layout_kamada_kawai(seed=ring, maxiter=20 * n)
    else:
        rounds = 250 if n <= 400 else 120
        found = graph.layout_fruchterman_reingold(weights="weight", niter=rounds, seed=ring, grid=n > 600)
    return _fill_disc(np.array(found.coords, dtype=np.float64), radius)


def _fill_disc(points: Floats, radius: float) -> Floats:
    n = len(points)
    points = points - np.median(points, axis=0)
    reach = np.hypot(points[:, 0], points[:, 1])
    rank = np.empty(n)
    rank[np.argsort(reach, kind="stable")] = np.arange(n)
    even = np.sqrt((rank + 0.5) / n)
    blend = 0.75 * even + 0.25 * reach / max(float(reach.max()), 1e-9)
    points = points * (radius * blend / np.maximum(reach, 1e-9))[:, None]
    for _ in range(60):
        pairs = cKDTree(points).query_pairs(SPACING * 0.92, output_type="ndarray")
        if not len(pairs):
            break
        left, right = pairs[:, 0], pairs[:, 1]
        difference = points[left] - points[right]
        distance = np.hypot(difference[:, 0], difference[:, 1])
        stuck = distance < 1e-6
        difference[stuck] = np.column_stack([np.cos(left[stuck]), np.sin(left[stuck])])
        distance = np.maximum(distance, 1e-3)
        move = difference * ((SPACING * 0.92 - distance) * 0.3 / np.where(stuck, 1.0, distance))[:, None]
        np.add.at(points, left, move)
        np.add.at(points, right, -move)
        reach = np.hypot(points[:, 0], points[:, 1])
        points *= np.minimum(1.0, radius / np.maximum(reach, 1e-9))[:, None]
    return points


def _turn_towards(
    inside: Floats, members: Ints, ties: _Ties, group: Ints, centres: Floats, number: int
) -> Floats:
    """Turn a group about its centre so that those who are tied to other groups face them."""
    pull = np.zeros((len(group), 2))
    for own, other in ((ties.source, ties.target), (ties.target, ties.source)):
        outward = (group[own] == number) & (group[other] != number)
        direction = centres[group[other[outward]]] - centres[number]
        direction /= np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-9)[:, None]
        np.add.at(pull, own[outward], direction * ties.weight[outward][:, None])
    pulled = pull[members]
    along = float((inside * pulled).sum())
    across = float((inside[:, 0] * pulled[:, 1] - inside[:, 1] * pulled[:, 0]).sum())
    reach = np.hypot(along, across)
    if reach < 1e-9:
        return inside
    c, s = along / reach, across / reach
    turned: Floats = inside @ np.array([[c, s], [-s, c]])
    return turned


def _fill_shelf(places: Floats, tied: NDArray[np.bool_]) -> None:
    """Put actors without ties in rows below everyone else."""
    waiting = np.flatnonzero(~tied)
    if not len(waiting):
        return
    top, middle, width = 0.0, 0.0, 0.0
    step, row_step = 2.4 * SPACING, 1.7 * SPACING  # with nobody else on the map there is room for names
    if tied.any():
        step = row_step = SPACING
        low, high = places[tied].min(axis=0), places[tied].max(axis=0)
        width, middle = float(high[0] - low[0]) * 0.8, float(high[0] + low[0]) / 2
        top = float(high[1]) + SHELF_GAP
    columns = max(int(width // step), int(np.ceil(np.sqrt(len(waiting) * 1.5))), 1)
    columns = min(columns, len(waiting))
    row, column = np.divmod(np.arange(len(waiting)), columns)
    in_row = np.minimum(len(waiting) - row * columns, columns)
    places[waiting, 0] = middle + (column - (in_row - 1) / 2) * step
    places[waiting, 1] = top + row * row_step
