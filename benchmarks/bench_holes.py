"""Burt's measures and the brokerage roles, all in one sweep, against igraph, networkx and R sna.

Run ``python benchmarks/bench_holes.py``; ``--full`` adds a million ties and effective size by networkx at
10,000 and 100,000 (many minutes, gigabytes). Memory is traced on a small network: tracing takes ten times
longer. Answers are compared before a ratio is printed; ratios are theirs / ours, above 1 is faster or
smaller; what takes a peer seconds is run once. igraph gets its graph ready-made, and our network keeps its
matrix likewise; rows that start from a table of edges say so. R is taken where Rscript and the package sna
are there.
"""

from __future__ import annotations

import argparse
import random
import shutil
import subprocess
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from time import perf_counter
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds
from bench_measures import Case, power_law

from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.social_capital import constraint, effective_size
from sanshe_net.measures.structural_holes import structural_holes

Call = Callable[[], Any]
PATIENCE = 1.0
"""Seconds of a peer from which on it is run once only."""
HEADERS = ["ours", "theirs", "version", "network", "ours (ms)", "theirs (ms)", "theirs / ours",
           "memory, theirs / ours"]  # fmt: skip


@dataclass(frozen=True)
class Rival:
    """One comparison: how to run each side, and how to read the column that both give."""

    what: str
    peer: str
    size: str
    ours: Call
    theirs: Call
    column: str = ""
    repeats: int = 5
    memory: bool = False


def scale_free(actors: int, ties: int, exponent: float, seed: int) -> Case:
    """Return a power-law graph of igraph's static model: heavier hubs, many more triangles."""
    igraph.set_random_number_generator(random.Random(seed))
    pairs = np.array(igraph.Graph.Static_Power_Law(actors, ties, exponent).get_edgelist())
    generator = np.random.default_rng(seed)
    edges = pd.DataFrame(pairs, columns=["source", "target"])
    edges["weight"] = generator.integers(1, 9, ties) / 2
    kinds = generator.choice(["resident", "organisation", "partner"], size=actors, p=[0.9, 0.07, 0.03])
    return Case(f"power law, exponent {exponent}", edges, pd.DataFrame({"kind": kinds}))


def projection(actors: int, activities: int, seed: int) -> Case:
    """Return who attended with whom: heavy-tailed people, every activity a clique, most pairs tied."""
    generator = np.random.default_rng(seed)
    chance = 0.3 / np.sqrt(np.arange(1, actors + 1) / 100)
    attended = (generator.random((actors, activities)) < np.minimum(chance, 0.9)[:, None]).astype(float)
    joint = np.triu(attended @ attended.T, 1)
    source, target = np.nonzero(joint)
    edges = pd.DataFrame({"source": source, "target": target, "weight": joint[source, target]})
    kinds = generator.choice(["resident", "organisation", "partner"], size=actors, p=[0.9, 0.07, 0.03])
    return Case("projection", edges, pd.DataFrame({"kind": kinds}))


def everything(network: Any) -> Any:
    """Run all five Burt measures and the roles."""
    return structural_holes(network), brokerage_roles(network)


def against_igraph(case: Case, repeats: int) -> Iterator[Rival]:
    """All of ours against constraint alone."""
    network, graph = case.network(), case.igraph()
    theirs = partial(graph.constraint, weights="weight")
    yield Rival("constraint", "igraph", case.size, lambda: constraint(network), theirs, "", repeats)
    yield Rival("five measures and roles: constraint alone", "igraph", case.size,
                lambda: everything(network), theirs, "constraint", repeats)  # fmt: skip
    yield Rival("from edges, five measures and roles: constraint alone", "igraph", case.size,
                lambda: everything(case.network()),
                lambda: case.igraph().constraint(weights="weight"), "constraint", repeats)  # fmt: skip


def against_networkx(case: Case, repeats: int, memory: bool) -> Iterator[Rival]:
    """Effective size; nodes= because networkx 3.5 to 3.7 is wrong without it (their pull request 8906)."""
    network, graph = case.network(), case.networkx()
    nodes = list(graph)
    yield Rival("effective size", "networkx", case.size, lambda: effective_size(network),
                lambda: list(nx.effective_size(graph, nodes=nodes, weight="weight").values()), "",
                repeats, memory)  # fmt: skip


def against_networkx_unweighted(case: Case, repeats: int, memory: bool) -> Iterator[Rival]:
    """Effective size without strengths, where the fast way of networkx (all actors at once) is right."""
    network, graph = case.network(), case.networkx()
    yield Rival("effective size, no weights", "networkx", case.size,
                lambda: effective_size(network, weighted=False),
                lambda: list(nx.effective_size(graph).values()), "", repeats, memory)  # fmt: skip


def values_of(result: Any, column: str) -> Any:
    """Return the numbers that are compared."""
    table = result[0] if isinstance(result, tuple) else result
    return np.asarray(table[column] if column and hasattr(table, "columns") else table, dtype=float)


def peak(call: Call) -> int:
    """Return the most bytes that Python and numpy held for the call beyond what was there."""
    tracemalloc.start()
    call()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def compare(rivals: Iterator[Rival]) -> Iterator[list[str]]:
    """Yield a row of the table for each comparison; stop when the answers differ."""
    for rival in rivals:
        start = perf_counter()
        theirs, once = values_of(rival.theirs(), rival.column), perf_counter() - start
        ours = values_of(rival.ours(), rival.column)
        np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-9, err_msg=rival.what)
        if once > PATIENCE:  # what takes seconds is run once
            seconds = {**interleave({"ours": rival.ours}, rival.repeats), "theirs": once}
        else:
            seconds = interleave({"ours": rival.ours, "theirs": rival.theirs}, rival.repeats)
        # igraph allocates where no Python tool sees it: memory is compared with networkx only.
        memory = f"{peak(rival.theirs) / peak(rival.ours):.1f}" if rival.memory else "-"
        yield [rival.what, rival.peer, version(rival.peer), rival.size, milliseconds(seconds["ours"]),
               milliseconds(seconds["theirs"]), f"{seconds['theirs'] / seconds['ours']:.1f}",
               memory]  # fmt: skip


R_PROGRAM = """
arguments <- commandArgs(TRUE); suppressMessages(library(sna))
ties <- as.matrix(read.csv(arguments[1])); groups <- scan(arguments[2], what = "", quiet = TRUE)
network <- rbind(cbind(ties, 1), cbind(ties[, 2:1], 1)); attr(network, "n") <- length(groups)
cat(system.time(found <- brokerage(network, groups))["elapsed"], "\\n")
cat(as.character(packageVersion("sna")), "\\n")
write.csv(found$raw.nli, arguments[3], row.names = FALSE)
"""


def against_r(case: Case) -> Iterator[list[str]]:
    """The roles alone against sna::brokerage, which computes expected values and z in the same run."""
    if not shutil.which("Rscript"):
        return
    network = case.network()
    with tempfile.TemporaryDirectory() as folder:
        program, ties, groups, out = (Path(folder, name) for name in ("run.R", "ties", "groups", "out"))
        program.write_text(R_PROGRAM, encoding="utf-8")
        (case.edges[["source", "target"]] + 1).to_csv(ties, index=False)
        groups.write_text("\n".join(case.actors["kind"]), encoding="utf-8")
        run = subprocess.run(["Rscript", program, ties, groups, out], capture_output=True, text=True)
        if run.returncode:
            print(f"R left out: {run.stderr.strip().splitlines()[-1:]}")
            return
        theirs = np.loadtxt(out, delimiter=",", skiprows=1)
    np.testing.assert_array_equal(brokerage_roles(network).to_numpy(), theirs)
    elapsed, held = run.stdout.split()
    seconds = interleave({"ours": lambda: brokerage_roles(network)}, 5)["ours"]
    yield ["brokerage roles alone; sna also computes z", "R sna", held, case.size, milliseconds(seconds),
           milliseconds(float(elapsed)), f"{float(elapsed) / seconds:.1f}", "-"]  # fmt: skip


def growth(cases: list[Case]) -> Iterator[list[str]]:
    """Yield the exponent b of time ~ ties ** b, fitted to the logarithms."""
    networks = [case.network() for case in cases]
    ties = np.log([len(case.edges) for case in cases])
    for name, function in (("structural_holes", structural_holes), ("brokerage_roles", brokerage_roles),
                           ("structural_holes, ego",
                            partial(structural_holes, model="ego"))):  # fmt: skip
        times = [interleave({"ours": partial(function, network)}, 3)["ours"] for network in networks]
        shown = " / ".join(milliseconds(seconds) for seconds in times)
        yield [name, shown, f"{np.polyfit(ties, np.log(times), 1)[0]:.2f}"]


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also a million ties; networkx at 100,000 (7 GB)")
    full = parser.parse_args().full
    laws = [power_law(2_000, 10_000, seed=3), power_law(20_000, 100_000, seed=3)]
    hubs = [scale_free(10_000, 100_000, 2.1, seed=3)]
    if full:
        laws.append(power_law(200_000, 1_000_000, seed=3))
        hubs.append(scale_free(100_000, 1_000_000, 2.1, seed=3))
    dense = projection(1_000, 40, seed=4)
    rows = [row for case in (*laws, *hubs, dense) for row in compare(against_igraph(case, 3))]
    rows += compare(against_networkx(power_law(200, 600, seed=3), 3, memory=True))
    rows += compare(against_networkx_unweighted(laws[0], 3, memory=True))
    if full:
        rows += compare(against_networkx_unweighted(laws[1], 1, memory=False))
    rows += [row for case in laws[:2] for row in against_r(case)]
    print(machine("numpy", "scipy", "numba"))
    print(f"\n{markdown_table(HEADERS, rows)}\n")
    sizes = [power_law(ties // 5, ties, seed=3) for ties in (10_000, 30_000, 100_000, 300_000)]
    print(markdown_table(["ours", "10k / 30k / 100k / 300k ties (ms)", "exponent"], growth(sizes)))


if __name__ == "__main__":
    main()
