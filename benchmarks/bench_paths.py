"""Closeness and betweenness against the libraries people would use instead, and how their cost grows.

Run ``python benchmarks/bench_paths.py``; ``--full`` adds larger networks. Values are compared before a ratio
is printed. Ratios are ours / theirs, below 1 is faster or smaller. NetworKit is compared where it is
installed, graph-tool where it can be imported; neither is needed to run the rest.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

import networkx as nx
import numpy as np
from _timing import interleave, machine, markdown_table, milliseconds
from bench_measures import Case, Rival, check, community, power_law

from sanshe_net.measures.centrality import betweenness, closeness, harmonic_closeness
from sanshe_net.measures.paths import arrays

HEADERS = ["measure", "peer", "version", "network", "ours (ms)", "theirs (ms)", "time", "memory"]

OWN_THREADS = {"networkit", "graph_tool"}
"""Peers whose threads do not survive a fork, so that their memory is not measured."""


def against_igraph(case: Case, repeats: int) -> Iterator[Rival]:
    """Its measures on a graph that is there already."""
    network, graph = case.network(), case.igraph()
    yield Rival("harmonic closeness", "igraph", case.size, lambda: harmonic_closeness(network),
                graph.harmonic_centrality, repeats)  # fmt: skip
    yield Rival("closeness", "igraph", case.size, lambda: closeness(network, unreached="left_out"),
                graph.closeness, repeats)  # fmt: skip
    yield Rival("betweenness", "igraph", case.size, lambda: betweenness(network),
                graph.betweenness, repeats)  # fmt: skip


def against_networkit(case: Case, repeats: int) -> Iterator[Rival]:
    """Its measures on all its threads; its betweenness counts both directions of a pair."""
    kit = import_module("networkit")
    network, graph = case.network(), kit.Graph(len(case.actors))
    for source, target in case.edges[["source", "target"]].to_numpy().tolist():
        graph.addEdge(source, target)

    def harmonic() -> list[float]:
        return list(kit.centrality.HarmonicCloseness(graph, True).run().scores())

    def between() -> Any:
        return np.array(kit.centrality.Betweenness(graph).run().scores()) / 2

    yield Rival("harmonic closeness", "networkit", case.size, lambda: harmonic_closeness(network),
                harmonic, repeats)  # fmt: skip
    yield Rival("betweenness", "networkit", case.size, lambda: betweenness(network), between,
                repeats)  # fmt: skip


def against_graph_tool(case: Case, repeats: int) -> Iterator[Rival]:
    """Its measures on all its threads."""
    tool, centrality = import_module("graph_tool"), import_module("graph_tool.centrality")
    network, graph = case.network(), tool.Graph(directed=False)
    graph.add_vertex(len(case.actors))
    graph.add_edge_list(case.edges[["source", "target"]].to_numpy())
    yield Rival("betweenness", "graph_tool", case.size, lambda: betweenness(network),
                lambda: centrality.betweenness(graph, norm=False)[0].a, repeats)  # fmt: skip


def against_networkx(case: Case, repeats: int) -> Iterator[Rival]:
    """Its measures, on a small network: minutes on a large one."""
    network, graph = case.network(), case.networkx()
    scale = 1 / (len(case.actors) - 1)
    yield Rival("harmonic closeness", "networkx", case.size, lambda: harmonic_closeness(network),
                lambda: [scale * value for value in nx.harmonic_centrality(graph).values()],
                repeats)  # fmt: skip
    yield Rival("betweenness", "networkx", case.size, lambda: betweenness(network),
                lambda: list(nx.betweenness_centrality(graph, normalized=False).values()),
                repeats)  # fmt: skip


def compare(rival: Rival) -> list[str]:
    """Return the row of one comparison."""
    check(rival)
    seconds = interleave({"ours": rival.ours, "theirs": rival.theirs}, rival.repeats)
    times = milliseconds(seconds["ours"]), milliseconds(seconds["theirs"])
    time = f"{seconds['ours'] / seconds['theirs']:.2f}"
    forks = rival.peer not in OWN_THREADS
    memory = f"{peak(rival.ours) / peak(rival.theirs):.2f}" if forks else "-"
    return [rival.what, rival.peer, held(rival.peer), rival.size, *times, time, memory]


def held(peer: str) -> str:
    """Return the version of a peer, however it says it."""
    try:
        return version(peer)
    except PackageNotFoundError:
        return str(import_module(peer).__version__).partition(" ")[0]


def peak(call: Callable[[], Any]) -> float:
    """Return the megabytes a call adds to a fresh copy of this process, at least 1: less is noise."""
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def measure() -> None:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        call()
        sender.send(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)

    child = context.Process(target=measure)
    child.start()
    added: int = receiver.recv() if receiver.poll(600) else 0
    child.join()
    return max(added / 1024, 1.0)


def growth(repeats: int, sizes: list[int]) -> Iterator[list[str]]:
    """Yield, for each compiled search, how its time grows with actors times ties.

    Cost O(nm) is a slope of 1 in logarithms; below 1 it grows more slowly, as searches share their steps.
    """
    from sanshe_net.kernels import paths

    cases = [power_law(n, 5 * n, seed=3) for n in sizes]
    parts = [arrays(case.network(), "out") for case in cases]
    work = [len(case.actors) * len(case.edges) for case in cases]
    for search in (paths.path_totals, paths.betweenness, paths.steps_between):
        calls = {str(n): partial(search, *part) for n, part in zip(sizes, parts, strict=True)}
        seconds = list(interleave(calls, repeats).values())
        slope = np.polyfit(np.log(work), np.log(seconds), 1)[0]
        yield [search.__name__, *map(milliseconds, seconds), f"{slope:.2f}"]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also networks that take igraph seconds")
    full = parser.parse_args().full
    cases = [community(1_000, 12_000, seed=2), power_law(2_000, 10_000, seed=3)]
    if full:
        cases += [power_law(5_000, 10_000, seed=3), power_law(10_000, 50_000, seed=3)]
    rivals = [*against_networkx(community(200, 1_000, seed=1), 3)]
    for case in cases:
        rivals += against_igraph(case, 5)
        rivals += against_networkit(case, 5) if find_spec("networkit") else []
        rivals += against_graph_tool(case, 5) if find_spec("graph_tool") else []
    rows = [compare(rival) for rival in rivals]
    print(machine("numpy", "scipy", "numba", "igraph"))
    print(f"\n{markdown_table(HEADERS, rows)}\n")
    sizes = [500, 1_000, 2_000, 4_000, *([8_000] if full else [])]
    print(markdown_table(["search", *(f"{n:,} actors (ms)" for n in sizes), "slope"], growth(5, sizes)))


if __name__ == "__main__":
    main()
