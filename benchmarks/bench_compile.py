"""How long the compiled kernels take the first time ever: the import of numba, then each family of kernels.

Run ``python benchmarks/bench_compile.py``; ``--each`` adds the kernels one by one. A fresh process with an
empty cache runs, once, measures that together need every kernel, on networks just large enough to reach
them; the seconds contain that run. On a busy machine only the seconds of the processor tell something. A
kernel compiled for two kinds of arguments is compiled twice, so the benchmark stops when a kernel has more
than one signature, and when it was never run.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter, process_time
from typing import Any

import numpy as np
import pandas as pd
from _timing import machine, markdown_table
from bench_measures import power_law

from sanshe_net import Network, kernels
from sanshe_net.attendance.called_ties import call_ties
from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import attendance_from_table
from sanshe_net.attendance.projection import joint_ties
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.brokerage_nulls import brokerage_tests
from sanshe_net.measures.centrality import betweenness, harmonic_closeness
from sanshe_net.measures.change import compare_periods
from sanshe_net.measures.every_day import every_day
from sanshe_net.measures.integration import ei_index
from sanshe_net.measures.intermediaries import activity_exclusivity
from sanshe_net.measures.key_player_values import pairs_separated
from sanshe_net.measures.key_players import key_players
from sanshe_net.measures.krackhardt import krackhardt_lub
from sanshe_net.measures.qap import qap_correlation
from sanshe_net.measures.structural_holes import structural_holes
from sanshe_net.measures.two_mode_clustering import opsahl_clustering
from sanshe_net.measures.uncertainty import actor_intervals, inseparable
from sanshe_net.measures.windows import Window


def families() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield measures that together run every kernel."""
    case = power_law(3_000, 15_000, seed=3)
    tied = Network.from_edges(case.edges, actors=case.actors)
    sent = Network.from_edges(case.edges, actors=case.actors, directed=True)
    yield "structural holes", lambda: structural_holes(tied, model="ego")
    yield "brokerage roles", lambda: (brokerage_roles(tied), brokerage_roles(sent))
    yield "brokerage tests", lambda: (brokerage_tests(tied), brokerage_tests(sent))
    yield "replaceable brokers", lambda: activity_exclusivity(tied)
    yield "paths", lambda: (harmonic_closeness(tied), betweenness(tied))
    line = Network.from_edges([(i, i + 1) for i in range(300)], directed=True)
    yield "least upper bounds", lambda: krackhardt_lub(line)
    few = power_law(60, 150, seed=3).network()
    yield "key players, reach", lambda: [key_players(few, 2, goal="reach", method=method)
                                         for method in ("exact", "swap")]  # fmt: skip
    yield "key players, fragmentation", lambda: [
        key_players(few, 2, goal=goal, method=method)
        for goal in ("fragmentation", "distance_fragmentation") for method in ("exact", "swap")
    ]  # fmt: skip
    yield "pairs separated", lambda: pairs_separated(few)
    dense = Network.from_edges([(a, b) for a in range(40) for b in range(a) if (a * a + b) % 3])
    yield "QAP", lambda: (qap_correlation(few, few, draws=9), qap_correlation(dense, dense, draws=9))
    amounts = pd.DataFrame(np.random.default_rng(3).random((3_000, 3)), index=tied.actors.index)
    yield "overlapping groups", lambda: ei_index(tied, by=amounts)
    joined = pd.DataFrame({"source": case.edges["source"], "target": case.edges["target"] + 3_000})
    modes = pd.DataFrame({"mode": ["person"] * 3_000 + ["activity"] * 3_000})
    yield "two-mode", lambda: opsahl_clustering(Network.from_edges(joined, actors=modes))
    yield from of_attendance()


def of_attendance() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what together runs every kernel of attendance."""
    generator = np.random.default_rng(3)
    cells = (generator.random((60, 80)) < 0.15).astype(float)
    days = pd.date_range("2024-01-01", periods=80, freq="D")
    open_to_all = attendance_from_table(pd.DataFrame(cells), days)
    cells[generator.random(cells.shape) < 0.05] = np.nan
    some_blank = attendance_from_table(pd.DataFrame(cells), days)
    halves = Window("1", days[0], days[39], True), Window("2", days[40], days[79], True)
    yield "projection", lambda: (joint_ties(open_to_all), joint_ties(some_blank, "jaccard"))
    yield "called ties", lambda: call_ties(open_to_all)
    yield "curveball", lambda: next(iter(fixed_margin_draws(some_blank, draws=1, seed=1)))
    yield "two periods", lambda: compare_periods(open_to_all, *halves, draws=9)
    yield "every day", lambda: every_day(open_to_all, 30)
    yield "who is apart", lambda: inseparable(actor_intervals(open_to_all, "strength", draws=50))


def all_kernels() -> dict[str, Any]:
    """Return every compiled function by name."""
    modules = [import_module(f"{kernels.__name__}.{held.name}") for held in iter_modules(kernels.__path__)]
    return {
        f"{module.__name__.rpartition('.')[2]}.{name}": function
        for module in modules
        for name, function in vars(module).items()
        if hasattr(function, "signatures") and function.__module__ == module.__name__
    }


def first_run(each: bool) -> None:
    """Print the seconds of this process, in which nothing is compiled yet."""
    calls = list(families())
    start = perf_counter(), process_time()
    from numba.core import event

    rows: list[tuple[str, float, float]] = [("import numba", *since(start))]
    with event.install_recorder("numba:compile") as recorder:
        for name, call in calls:
            start = perf_counter(), process_time()
            call()
            rows.append((name, *since(start)))
    rows.append(("together", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    shown = [[name, f"{seconds:.1f}", f"{used:.1f}"] for name, seconds, used in rows]
    print(markdown_table(["first run ever", "seconds", "of the processor"], shown))
    held = all_kernels()
    if each:
        taken = own_seconds(recorder.buffer)
        ranked = sorted(taken, key=lambda name: -taken[name])
        print(f"\n{markdown_table(['kernel', 'seconds'], [[name, f'{taken[name]:.2f}'] for name in ranked])}")
    print(f"\n{len(held)} kernels", flush=True)
    wrong = {name: function.signatures for name, function in held.items() if len(function.signatures) != 1}
    if wrong:
        sys.exit("\n".join(f"{name}: {len(found)} {found}" for name, found in wrong.items()))


def since(start: tuple[float, float]) -> tuple[float, float]:
    """Return the seconds since then: on the clock, and those the processor worked for us."""
    return perf_counter() - start[0], process_time() - start[1]


def own_seconds(events: list[tuple[float, Any]]) -> dict[str, float]:
    """Return the seconds of each kernel without those of the kernels it calls."""
    taken: dict[str, float] = {}
    running: list[list[Any]] = []
    for moment, held in events:
        if held.is_start:
            running.append([moment, 0.0])
            continue
        start, inner = running.pop()
        name = held.data["dispatcher"].py_func.__qualname__
        taken[name] = taken.get(name, 0.0) + moment - start - inner
        if running:
            running[-1][1] += moment - start
    return taken


def main() -> None:
    """Run the first run in a fresh process with an empty cache."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="also every kernel by itself")
    parser.add_argument("--first-run", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.first_run:
        first_run(asked.each)
        return
    print(machine("numba", "llvmlite"), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        code = [sys.executable, __file__, "--first-run", *(["--each"] if asked.each else [])]
        sys.exit(subprocess.run(code, env={**os.environ, "NUMBA_CACHE_DIR": folder}).returncode)


if __name__ == "__main__":
    main()
