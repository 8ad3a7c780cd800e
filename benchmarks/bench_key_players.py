"""Key players against computing every set anew, as one would with igraph, networkx and numpy.

Run ``python benchmarks/bench_key_players.py``; ``--full`` adds distance-weighted fragmentation, for which the
plain way takes minutes. The sets and their values are compared before a ratio is printed. Ratios are
theirs / ours, above 1 we are faster, and theirs / ours of the peak memory that each allocates.
"""

from __future__ import annotations

import argparse
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from time import perf_counter
from typing import Any

import igraph
import networkx as nx
import numpy as np
from _timing import interleave, machine, markdown_table, milliseconds
from bench_measures import Case, community, power_law

from sanshe_net.measures.key_players import key_players

Chosen = tuple[list[int], float]


@dataclass(frozen=True)
class Rival:
    """One question, asked of us and of a plain implementation."""

    what: str
    peer: str
    size: str
    ours: Callable[[], Chosen]
    theirs: Callable[[], Chosen]
    repeats: int


def with_igraph_distances(graph: igraph.Graph, k: int, *, swaps: bool) -> Chosen:
    """Greedy distance-weighted reach: all distances at once, then every candidate again in every turn."""
    near = 1 / np.maximum(np.array(graph.distances()), 1)
    chosen: list[int] = []
    held = np.zeros(len(near))
    for _ in range(k):
        sums = np.array([np.maximum(held, row).sum() for row in near])
        sums[chosen] = -1
        chosen.append(int(sums.argmax()))
        held = np.maximum(held, near[chosen[-1]])
    value = held.sum()
    while swaps:
        offers = []
        for place in range(k):
            rest = near[chosen[:place] + chosen[place + 1 :]].max(axis=0, initial=0)
            sums = np.array([np.maximum(rest, row).sum() for row in near])
            offers.append((float(sums.max()), place, int(sums.argmax())))
        best, place, newcomer = max(offers)
        if best <= value + 1e-9:
            break
        chosen[place], value = newcomer, best
    return chosen, float(value) / len(near)


def with_networkx_balls(graph: nx.Graph[int], k: int) -> Chosen:
    """Greedy reach in two steps: sets of who is near, every candidate again in every turn."""
    balls = {actor: set(nx.single_source_shortest_path_length(graph, actor, cutoff=2)) for actor in graph}
    chosen: list[int] = []
    reached: set[int] = set()
    for _ in range(k):
        best = max(
            (actor for actor in graph if actor not in chosen), key=lambda actor: len(balls[actor] | reached)
        )
        chosen.append(best)
        reached |= balls[best]
    return chosen, len(reached) / len(graph)


def by_removing_each(graph: igraph.Graph, k: int, left: Callable[[igraph.Graph], float]) -> Chosen:
    """Greedy fragmentation: a copy of the graph for each candidate, in every turn."""
    graph = graph.copy()
    graph.vs["actor"] = list(range(graph.vcount()))
    chosen = []
    for _ in range(k):
        kept = []
        for actor in range(graph.vcount()):
            without = graph.copy()
            without.delete_vertices(actor)
            kept.append(left(without))
        best = int(np.argmin(np.round(kept, 6)))
        chosen.append(graph.vs[best]["actor"])
        graph.delete_vertices(best)
    m = graph.vcount()
    return chosen, 1 - left(graph) / (m * (m - 1))


def connected_pairs(graph: igraph.Graph) -> float:
    """Return the ordered pairs that are connected."""
    sizes = np.array(graph.connected_components().sizes())
    return float((sizes * (sizes - 1)).sum())


def summed_nearness(graph: igraph.Graph) -> float:
    """Return the inverse steps of all ordered pairs, summed."""
    m = graph.vcount()
    return float(np.nansum(graph.harmonic_centrality(normalized=False))) if m > 1 else 0.0


def ours(case: Case, k: int, **options: Any) -> Callable[[], Chosen]:
    """Return our call; the network is there already."""
    network = case.network()

    def call() -> Chosen:
        answer = key_players(network, k, **options)
        return list(answer.actors), answer.value

    return call


def rivals(large: Case, middle: Case, k: int, full: bool) -> Iterator[Rival]:
    """What is compared: one row each."""
    for case, repeats in ((large, 1), (middle, 5)):
        for method in ("greedy", "swap"):
            plain = partial(with_igraph_distances, case.igraph(), k, swaps=method == "swap")
            yield Rival(f"distance reach, k={k}, {method}", "igraph", case.size,
                        ours(case, k, method=method), plain, repeats)  # fmt: skip
    for case, repeats in ((large, 1), (middle, 5)):
        yield Rival(f"reach in 2 steps, k={k}, greedy", "networkx", case.size,
                    ours(case, k, goal="reach", steps=2, method="greedy"),
                    partial(with_networkx_balls, case.networkx(), k), repeats)  # fmt: skip
    # One turn of the plain way is thousands of copies.
    yield Rival("fragmentation, k=1, greedy", "igraph", large.size,
                ours(large, 1, goal="fragmentation", method="greedy"),
                partial(by_removing_each, large.igraph(), 1, connected_pairs), 1)  # fmt: skip
    if full:
        small = power_law(1_000, 2_000, seed=3)
        yield Rival("distance fragmentation, k=2, greedy", "igraph", small.size,
                    ours(small, 2, goal="distance_fragmentation", method="greedy"),
                    partial(by_removing_each, small.igraph(), 2, summed_nearness), 1)  # fmt: skip


def peak(call: Callable[[], Any]) -> float:
    """Return the most bytes that a call allocates through Python and numpy."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def compare(questions: Iterable[Rival]) -> Iterator[list[str]]:
    """Yield a row for each question, after checking that both found sets of the same value."""
    for rival in questions:
        (our_set, our_value), (their_set, their_value) = rival.ours(), rival.theirs()
        np.testing.assert_allclose(our_value, their_value, rtol=1e-9, err_msg=f"{our_set} {their_set}")
        seconds = interleave({"ours": rival.ours, "theirs": rival.theirs}, rival.repeats)
        memory = peak(rival.theirs) / peak(rival.ours) if rival.repeats > 1 else float("nan")
        times = milliseconds(seconds["ours"]), milliseconds(seconds["theirs"])
        ratio = seconds["theirs"] / seconds["ours"]
        yield [
            rival.what,
            rival.peer,
            version(rival.peer),
            rival.size,
            *times,
            f"{ratio:.0f}x",
            f"{memory:.1f}x",
        ]


def growth() -> Iterator[list[str]]:
    """Yield how our time grows with the number of ties on power-law networks, two ties an actor."""
    questions: dict[str, tuple[dict[str, Any], list[int]]] = {
        "fragmentation, k=3, greedy": (
            {"goal": "fragmentation", "method": "greedy"}, [20_000, 40_000, 80_000, 160_000]),
        "distance reach, k=3, greedy": ({"method": "greedy"}, [4_000, 8_000, 16_000, 32_000]),
        "distance reach, k=3, swap": ({"method": "swap"}, [4_000, 8_000, 16_000, 32_000]),
        "distance fragmentation, k=1, greedy": (
            {"goal": "distance_fragmentation", "method": "greedy"}, [1_000, 2_000, 4_000]),
    }  # fmt: skip
    for what, (options, sizes) in questions.items():
        seconds = []
        for ties in sizes:
            call = ours(power_law(ties // 2, ties, seed=5), 1 if "k=1" in what else 3, **options)
            call()
            seconds.append(min(_once(call) for _ in range(3)))
        slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        spread = f"{sizes[0]:,} to {sizes[-1]:,}"
        yield [what, spread, milliseconds(seconds[0]), milliseconds(seconds[-1]), f"{slope:.2f}"]


def _once(call: Callable[[], Any]) -> float:
    begin = perf_counter()
    call()
    return perf_counter() - begin


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also what takes the plain way minutes")
    full = parser.parse_args().full
    large, middle = power_law(5_000, 10_000, seed=1), community(1_000, 12_000, seed=2)
    headers = ["question", "peer", "version", "network", "ours (ms)", "theirs (ms)", "times faster", "memory"]
    rows = [*compare(rivals(large, middle, 5, full))]
    print(machine("numpy", "scipy", "numba"))
    print(f"\n{markdown_table(headers, rows)}\n")
    headers = ["question", "ties", "fewest (ms)", "most (ms)", "exponent"]
    print(markdown_table(headers, growth()))


if __name__ == "__main__":
    main()
