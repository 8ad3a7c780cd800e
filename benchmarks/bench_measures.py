"""Constraint, betweenness and the triad measures against the libraries people would use instead.

Run ``python benchmarks/bench_measures.py``; ``--full`` adds what takes minutes. Values are compared before
anything is printed: a fast wrong answer is not a benchmark. Ratios are ours / theirs, below 1 is
faster; seconds differ between machines, ratios hardly do.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds

from sanshe_net import Network
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.centrality import betweenness
from sanshe_net.measures.social_capital import constraint, constraint_ego, effective_size, effective_size_ego

Values = Any


@dataclass(frozen=True)
class Rival:
    """One comparison: what we do, what they do, on which network."""

    what: str
    peer: str
    size: str
    ours: Callable[[], Values]
    theirs: Callable[[], Values]
    repeats: int = 5


@dataclass(frozen=True)
class Case:
    """A network, ready for each library."""

    name: str
    edges: pd.DataFrame
    actors: pd.DataFrame

    @property
    def size(self) -> str:
        """Return what it is and how large."""
        return f"{self.name}: {len(self.actors):,} actors, {len(self.edges):,} ties"

    def network(self) -> Network:
        """Return it as our network."""
        return Network.from_edges(self.edges, actors=self.actors)

    def igraph(self) -> igraph.Graph:
        """Return it the way an igraph user builds it."""
        pairs = self.edges[["source", "target"]].to_numpy()
        graph = igraph.Graph(n=len(self.actors), edges=pairs)
        graph.es["weight"] = self.edges["weight"].tolist()
        return graph

    def networkx(self) -> nx.Graph[int]:
        """Return it the way a networkx user builds it."""
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(self.actors.index)
        graph.add_weighted_edges_from(self.edges.itertuples(index=False))
        return graph


def community(actors: int, ties: int, seed: int) -> Case:
    """Neighbourhood blocks of 50 with ties mostly inside, as the backbone of a community has."""
    generator = np.random.default_rng(seed)
    source = generator.integers(0, actors, 3 * ties)
    near = source // 50 * 50 + generator.integers(0, 50, len(source))
    far = generator.integers(0, actors, len(source))
    target = np.where(generator.random(len(source)) < 0.7, near, far) % actors
    return _case("community", actors, np.column_stack([source, target]), ties, generator)


def power_law(actors: int, ties: int, seed: int) -> Case:
    """Heavy-tailed degrees: ends are drawn in proportion to 1 / sqrt(rank)."""
    generator = np.random.default_rng(seed)
    chances = 1 / np.sqrt(np.arange(1, actors + 1))
    pairs = generator.choice(actors, size=(2 * ties, 2), p=chances / chances.sum())
    return _case("power law", actors, pairs, ties, generator)


def _case(name: str, actors: int, pairs: Values, ties: int, generator: np.random.Generator) -> Case:
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    kept = np.sort(generator.permutation(len(pairs))[:ties])
    edges = pd.DataFrame(pairs[kept], columns=["source", "target"])
    edges["weight"] = generator.integers(1, 9, len(edges)) / 2
    kinds = generator.choice(["resident", "organisation", "partner"], size=actors, p=[0.9, 0.07, 0.03])
    return Case(name, edges, pd.DataFrame({"kind": kinds}))


def with_graph_ready(case: Case, repeats: int) -> Iterator[Rival]:
    """Rivals on a graph that is there already; the graph of the network is cached on first use."""
    network, graph = case.network(), case.igraph()
    yield Rival("constraint", "igraph", case.size, lambda: constraint(network),
                lambda: graph.constraint(weights="weight"), repeats)  # fmt: skip
    yield Rival("betweenness", "igraph", case.size, lambda: betweenness(network),
                lambda: graph.betweenness(), repeats)  # fmt: skip


def with_building(case: Case, repeats: int) -> Iterator[Rival]:
    """Rivals from a table of edges on."""
    yield Rival("build + constraint", "igraph", case.size, lambda: constraint(case.network()),
                lambda: case.igraph().constraint(weights="weight"), repeats)  # fmt: skip
    yield Rival("build + betweenness", "igraph", case.size, lambda: betweenness(case.network()),
                lambda: case.igraph().betweenness(), repeats)  # fmt: skip


def against_networkx(case: Case, repeats: int) -> Iterator[Rival]:
    """Rivals on a small network; networkx takes minutes on a large one."""
    network, graph = case.network(), case.networkx()
    nodes = list(graph)
    yield Rival("constraint", "networkx", case.size, lambda: constraint(network),
                lambda: list(nx.constraint(graph, weight="weight").values()), repeats)  # fmt: skip
    yield Rival("betweenness", "networkx", case.size, lambda: betweenness(network),
                lambda: list(nx.betweenness_centrality(graph, normalized=False).values()),
                repeats)  # fmt: skip
    # Without nodes= networkx 3.5 to 3.7 gives wrong numbers on weighted graphs (their pull request 8906).
    yield Rival("effective size (nodes=)", "networkx", case.size, lambda: effective_size(network),
                lambda: list(nx.effective_size(graph, nodes=nodes, weight="weight").values()),
                repeats)  # fmt: skip


def check(rival: Rival) -> None:
    """Stop when the two do not give the same numbers."""
    ours, theirs = (np.asarray(values, dtype=float) for values in (rival.ours(), rival.theirs()))
    np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-7, err_msg=f"{rival.what}, {rival.peer}")


def compare(rivals: Iterable[Rival]) -> Iterator[list[str]]:
    """Yield a row of the table for each comparison."""
    for rival in rivals:
        check(rival)
        seconds = interleave({"ours": rival.ours, "theirs": rival.theirs}, rival.repeats)
        ratio = seconds["ours"] / seconds["theirs"]
        times = milliseconds(seconds["ours"]), milliseconds(seconds["theirs"])
        yield [rival.what, rival.peer, version(rival.peer), rival.size, *times, f"{ratio:.2f}"]


def own_times(case: Case, repeats: int) -> Iterator[list[str]]:
    """Yield the times of what no rival does in Python, constraint beside it as the yardstick."""
    network = case.network()
    functions = [constraint, constraint_ego, effective_size, effective_size_ego, brokerage_roles]
    calls = {function.__name__: lambda function=function: function(network) for function in functions}
    for name, seconds in interleave(calls, repeats).items():
        yield [name, case.size, milliseconds(seconds)]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also betweenness on the large network")
    full = parser.parse_args().full
    small, middle = community(200, 1_000, seed=1), community(1_000, 12_000, seed=2)
    dense, large = community(600, 50_000, seed=4), power_law(20_000, 100_000, seed=3)

    rivals = [*against_networkx(small, 5), *with_graph_ready(middle, 25), *with_building(middle, 25)]
    slow = [*with_graph_ready(dense, 5), *with_graph_ready(large, 3), *with_building(large, 3)]
    rivals += [rival for rival in slow if full or "betweenness" not in rival.what]
    headers = ["measure", "peer", "version", "network", "ours (ms)", "theirs (ms)", "ours / theirs"]
    rows = [*compare(rivals)]
    own = [row for case in (middle, dense, large) for row in own_times(case, 5)]
    print(machine("numpy", "scipy", "pandas"))
    print(f"\n{markdown_table(headers, rows)}\n")
    print(markdown_table(["measure", "network", "ms"], own))


if __name__ == "__main__":
    main()
