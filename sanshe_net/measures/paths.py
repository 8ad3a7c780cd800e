"""How far actors are from each other: by igraph in a small network, by compiled searches in a large one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.measures.options import check_option
from sanshe_net.measures.strengths import index_arrays
from sanshe_net.network import Array, Network

Towards: TypeAlias = Literal["out", "in"]
TOWARDS: Final = ("out", "in")
"""Along the ties, to those whom an actor reaches; or against them, to those who reach the actor."""

SEARCH_FROM: Final = 10_000_000
"""Actors times ties read, from which 256 searches at once win: igraph then takes 50 ms, the compiled searches
2 ms, and half a second once to load them. Below, loading is not worth it."""
BETWEENNESS_FROM: Final = 30_000_000
"""The same for betweenness, where igraph takes .3 s and the compiled search on two threads half of it."""


@dataclass(frozen=True)
class PathTotals:
    """For each actor: how many others are within reach, and the steps to them summed."""

    reached: Array
    steps: Array


def path_totals(network: Network, towards: Towards = "out") -> PathTotals:
    """Return how far each actor is from all others. Cost: O(nm/64) at most in a large network."""
    check_option("direction", towards, TOWARDS)
    if work(network) < SEARCH_FROM:
        return _totals_by_igraph(network, towards)
    from sanshe_net.kernels import paths

    reached, steps, _ = paths.path_totals(*arrays(network, towards))
    return PathTotals(reached, steps)


def inverse_steps(network: Network, towards: Towards = "out") -> Array:
    """Return 1 / steps summed over all others of each actor, 0 for those out of reach. Cost: as above."""
    check_option("direction", towards, TOWARDS)
    if work(network) < SEARCH_FROM:
        return np.array(network.graph.harmonic_centrality(mode=towards, normalized=False), dtype=float)
    from sanshe_net.kernels import paths

    return paths.path_totals(*arrays(network, towards))[2]


def shortest_path_shares(network: Network) -> Array:
    """Return betweenness without weights. Cost: O(nm)."""
    if work(network) < BETWEENNESS_FROM:
        return np.array(network.graph.betweenness(), dtype=float)
    from sanshe_net.kernels import paths

    shares = paths.betweenness(*arrays(network, "out"))
    return shares if network.directed else shares / 2  # unordered pairs were seen from both ends


def work(network: Network) -> int:
    """Return what a search from everybody reads: actors times ties, seen from both ends when undirected."""
    return len(network.actors) * len(network.ties) * (1 if network.directed else 2)


def arrays(network: Network, towards: Towards) -> tuple[Array, Array]:
    """Return the ties as the two index arrays of the compiled searches."""
    matrix = network.adjacency(weighted=False)
    if towards == "in" and network.directed:
        matrix = sparse.csr_array(matrix.T)
        matrix.sort_indices()
    return index_arrays(matrix)


def _totals_by_igraph(network: Network, towards: Towards) -> PathTotals:
    n = len(network.actors)
    reached, steps = np.zeros(n, np.int64), np.zeros(n, np.int64)
    for first in range(0, n, 512):
        rows = range(first, min(first + 512, n))
        distances = np.array(network.graph.distances(source=rows, mode=towards), dtype=float)
        distances[np.isinf(distances)] = 0
        reached[first : rows.stop] = np.count_nonzero(distances, axis=1)
        steps[first : rows.stop] = distances.sum(axis=1)
    return PathTotals(reached, steps)
