"""Two-mode measures against networkx.bipartite on the attendance of a community.

Run ``python benchmarks/bench_two_mode.py``; ``--full`` adds closeness and betweenness of the whole community,
which take networkx minutes. Values are compared before anything is printed. Ratios are ours / theirs, below
1 is better; memory is the peak that Python and numpy allocate (tracemalloc), graphs that are there already
not counted. networkx has neither Opsahl's clustering nor brokerage: their times and growth stand alone.
"""

from __future__ import annotations

import argparse
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds
from networkx.algorithms import bipartite

from sanshe_net import Network
from sanshe_net.measures.dual_projection import dual_projection
from sanshe_net.measures.two_mode import two_mode_betweenness, two_mode_closeness
from sanshe_net.measures.two_mode_brokerage import two_mode_brokerage
from sanshe_net.measures.two_mode_clustering import (
    latapy_clustering,
    opsahl_local_clustering,
    redundancy,
    robins_alexander_clustering,
)

SLOW = 5.0
"""Seconds from which on networkx runs only once, and its memory is not traced."""


@dataclass(frozen=True)
class Attendance:
    """Who was at what: heavy-tailed people and activities, most of it within the own neighbourhood."""

    people: int
    activities: int
    pairs: np.ndarray[Any, Any]

    @property
    def size(self) -> str:
        """People, activities and attendances in words."""
        return f"{self.people:,} x {self.activities:,}, {len(self.pairs):,}"

    def network(self) -> Network:
        """The attendance as a two-mode Network; residents and partners among the people."""
        n = self.people + self.activities
        mode = np.repeat(["person", "activity"], [self.people, self.activities])
        kind = np.where(np.arange(n) % 9 < 7, "resident", "partner")
        actors = pd.DataFrame({"mode": mode, "kind": kind}, index=range(n))
        return Network.from_edges(pd.DataFrame(self.pairs, columns=["source", "target"]), actors=actors)

    def networkx(self) -> nx.Graph[Any]:
        """The attendance as a networkx graph."""
        graph = nx.Graph()
        graph.add_nodes_from(range(self.people), bipartite=0)
        graph.add_nodes_from(range(self.people, self.people + self.activities), bipartite=1)
        graph.add_edges_from(self.pairs.tolist())
        return graph


def community(people: int, activities: int, attendances: int, seed: int) -> Attendance:
    """Draw an attendance in which everybody, and every activity, has two ties at least."""
    generator = np.random.default_rng(seed)
    eager, large = generator.pareto(2, people) + 0.3, generator.pareto(2, activities) + 0.3
    who = generator.choice(people, 4 * attendances, p=eager / eager.sum())
    what = generator.choice(activities, 4 * attendances, p=large / large.sum())
    near = (who * 10 // people == what * 10 // activities) | (generator.random(len(who)) < 0.3)
    drawn = np.unique(who[near] * activities + what[near])
    # Two rings over all, so that networkx does not refuse redundancy.
    ring = np.arange(max(people, activities))
    sure = [ring % people * activities + (ring + step) % activities for step in (0, 1)]
    sure_keys = np.unique(np.concatenate(sure))
    others = generator.permutation(np.setdiff1d(drawn, sure_keys))[: attendances - len(sure_keys)]
    keys = np.sort(np.concatenate([sure_keys, others]))
    return Attendance(people, activities, np.column_stack([keys // activities, people + keys % activities]))


@dataclass(frozen=True)
class Rival:
    """One comparison: what we do, what networkx does, on which attendance."""

    what: str
    size: str
    ours: Callable[[], Any]
    theirs: Callable[[], Any]


def rivals(held: Attendance, *, paths: bool) -> Iterator[Rival]:
    """Yield every measure both have; the ones by shortest paths only when asked for."""
    network, graph = held.network(), held.networkx()
    people = list(range(held.people))

    def rival(what: str, ours: Callable[[], Any], theirs: Callable[[], Any]) -> Rival:
        return Rival(what, held.size, ours, theirs)

    def closeness() -> Any:
        return bipartite.closeness_centrality(graph, people, normalized=False)

    yield rival("Latapy clustering", partial(latapy_clustering, network),
                lambda: bipartite.latapy_clustering(graph))  # fmt: skip
    yield rival("Robins-Alexander", lambda: pd.Series([robins_alexander_clustering(network)]),
                lambda: {0: bipartite.robins_alexander_clustering(graph)})  # fmt: skip
    yield rival("redundancy", partial(redundancy, network), lambda: bipartite.node_redundancy(graph))
    yield rival("both projections", lambda: _strengths(network), lambda: _their_strengths(graph, people))
    if paths:
        yield rival("closeness", partial(two_mode_closeness, network), closeness)
        yield rival("betweenness", partial(two_mode_betweenness, network),
                    lambda: bipartite.betweenness_centrality(graph, people))  # fmt: skip


def _strengths(network: Network) -> pd.Series[float]:
    # What everybody shares with others in all, to compare the projections by.
    both = dual_projection(network)
    ties = pd.concat([both.first.ties, both.second.ties])
    sums = ties.groupby("source")["weight"].sum().add(ties.groupby("target")["weight"].sum(), fill_value=0)
    return sums.astype(float)


def _their_strengths(graph: nx.Graph[Any], people: list[int]) -> dict[Any, float]:
    sides = (people, sorted(set(graph) - set(people)))
    projections = [bipartite.weighted_projected_graph(graph, side) for side in sides]
    return {actor: float(sum_) for held in projections for actor, sum_ in held.degree(weight="weight")}


def peak(call: Callable[[], Any]) -> tuple[Any, int]:
    """Return the result of a call and the most bytes it held at a time."""
    tracemalloc.start()
    try:
        result = call()
        return result, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def compare(held: Iterable[Rival], repeats: int) -> Iterator[list[str]]:
    """Yield a row of the table for each comparison, after the values are the same."""
    for rival in held:
        rival.ours()  # what is compiled or imported once is no part of it
        start = perf_counter()
        theirs = rival.theirs()
        took = perf_counter() - start
        ours, our_peak = peak(rival.ours)
        expected = [theirs[actor] for actor in ours.index]
        np.testing.assert_allclose(ours.to_numpy(), expected, rtol=1e-9, atol=1e-9, err_msg=rival.what)
        if took > SLOW:
            seconds, memory = {**interleave({"ours": rival.ours}, repeats), "theirs": took}, "-"
        else:
            seconds = interleave({"ours": rival.ours, "theirs": rival.theirs}, repeats)
            memory = f"{our_peak / peak(rival.theirs)[1]:.3g}"
        ratio = f"{seconds['ours'] / seconds['theirs']:.3g}"
        times = [milliseconds(seconds[side]) for side in ("ours", "theirs")]
        yield [rival.what, nx.__version__, rival.size, *times, ratio, memory, f"{our_peak / 1e6:.3g}"]


def growth() -> Iterator[list[str]]:
    """Yield our times with everybody at 20 activities, and the slope of time by attendances, log by log."""
    sizes = [250, 500, 1_000, 2_000, 4_000]
    networks = [community(size, size, 20 * size, seed=3).network() for size in sizes]
    for measure in (latapy_clustering, redundancy, opsahl_local_clustering, two_mode_brokerage):
        calls = {str(size): partial(measure, network) for size, network in zip(sizes, networks, strict=True)}
        seconds = list(interleave(calls, repeats=3).values())
        slope = np.polyfit(np.log(sizes[1:]), np.log(seconds[1:]), 1)[0]
        yield [measure.__name__, *(milliseconds(value) for value in seconds), f"{slope:.2f}"]


def main() -> None:
    """Print the comparison and the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also shortest paths of the whole community")
    parser.add_argument("--small", action="store_true", help="only the small attendance")
    parser.add_argument("--repeats", type=int, default=3, help="rounds that count, of each pair")
    options = parser.parse_args()
    small, whole = community(250, 200, 3_000, seed=1), community(1_000, 1_000, 55_000, seed=2)
    held = [*rivals(small, paths=True)]
    if not options.small:
        held += rivals(whole, paths=options.full)
    headers = ["measure", "networkx", "people x activities, attendances", "ours (ms)", "theirs (ms)",
               "time ours / theirs", "memory ours / theirs", "our MB"]  # fmt: skip
    print(machine("numpy", "scipy", "numba", "igraph"))
    print(f"\n{markdown_table(headers, [])}", flush=True)
    for row in compare(held, options.repeats):  # one by one: networkx takes its time
        print(f"| {' | '.join(row)} |", flush=True)
    print()
    if not options.small:
        sizes = ["250", "500", "1,000", "2,000", "4,000"]
        print(markdown_table(["ms at people = activities =", *sizes, "slope"], growth()))


if __name__ == "__main__":
    main()
