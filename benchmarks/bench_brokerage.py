"""Gould-Fernandez roles with expected values and z against R's ``sna::brokerage``.

Run ``python benchmarks/bench_brokerage.py``; ``--full`` adds 100,000 ties, where R takes a while. It needs R
with the package sna (Debian: ``r-base-core``, ``r-cran-sna``); without it the peer is left out and said so.

Both get the same directed network and the null that sna knows (ties of equal chance); their counts and their
z by actor must agree before a ratio is printed. sna always gives both levels, as the row "both" does. Its z
over the whole network are wrong and not compared. Seconds of R are those of the call alone.
Ratios of time are theirs / ours, above 1 is faster.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds
from bench_measures import Case, power_law

from sanshe_net import Network
from sanshe_net.measures.brokerage_nulls import (
    NULLS,
    Null,
    brokerage_test,
    brokerage_tests,
    network_brokerage_test,
)
from sanshe_net.measures.intermediaries import activity_exclusivity, honest_broker, partial_brokerage

SNA_COLUMNS = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total"]
SCRIPT = r"""
suppressMessages(library(sna))
peak <- function() as.numeric(gsub("[^0-9]", "", grep("VmHWM", readLines("/proc/self/status"), value = TRUE)))
given <- commandArgs(TRUE)
ties <- as.matrix(read.csv(file.path(given[1], "ties.csv")))
storage.mode(ties) <- "double"
groups <- scan(file.path(given[1], "groups.txt"), what = "", quiet = TRUE)
attr(ties, "n") <- length(groups)
before <- peak()
seconds <- system.time(answer <- brokerage(ties, groups))[["elapsed"]]
memory <- peak() - before
write.table(answer$raw.nli, file.path(given[1], "raw.csv"), sep = ",", row.names = FALSE, col.names = FALSE)
write.table(answer$z.nli, file.path(given[1], "z.csv"), sep = ",", row.names = FALSE, col.names = FALSE)
cat(sprintf('{"seconds": %f, "memory": %f, "version": "%s"}', seconds, memory, packageVersion("sna")))
"""


def network_of(case: Case, *, directed: bool = True) -> Network:
    """Return the network of a case, its ties read as directed."""
    return Network.from_edges(case.edges, actors=case.actors, directed=directed)


def by_actor(network: Network, null: Null) -> None:
    """Roles, expected values and z of every actor."""
    brokerage_test(network, null=null)


def both_levels(network: Network, null: Null) -> None:
    """Roles, expected values and z by actor and over the network, as sna gives them in one call."""
    brokerage_tests(network, null=null)


def run_sna(folder: Path) -> dict[str, Any]:
    """Run sna once on the files in a folder; the seconds are those of the call alone."""
    script = folder / "run.R"
    script.write_text(SCRIPT, encoding="utf-8")
    done = subprocess.run(["Rscript", str(script), str(folder)], capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def agree(network: Network, folder: Path) -> None:
    """Stop when the counts or the z by actor differ from those that sna has just written."""
    answer = brokerage_test(network, null="bernoulli")
    for table, name in ((answer.observed, "raw"), (answer.zscore, "z")):
        theirs = pd.read_csv(folder / f"{name}.csv", header=None).to_numpy(dtype=float)
        theirs[~np.isfinite(theirs)] = np.nan
        np.testing.assert_allclose(table[SNA_COLUMNS], theirs, rtol=1e-9, atol=1e-9, err_msg=name)


def own_memory(case_name: str) -> float:
    """Return by how many kB a fresh process grows at its peak when it does both levels."""
    code = [sys.executable, __file__, "--memory-of", case_name]
    return float(subprocess.run(code, capture_output=True, text=True, check=True).stdout)


def peak() -> int:
    """Return the most memory this process has held, in kB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def against_sna(name: str, case: Case, repeats: int) -> Iterator[list[str]]:
    """Yield the rows that compare with sna, turn by turn."""
    network = network_of(case)
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        ties = case.edges[["source", "target"]] + 1
        ties.assign(value=1).to_csv(folder / "ties.csv", index=False)
        (folder / "groups.txt").write_text("\n".join(case.actors["kind"]), encoding="utf-8")
        theirs = run_sna(folder)
        agree(network, folder)
        calls = {
            f"roles, expected, z, {level} ({null})": partial(function, network, null)
            for level, function in (("by actor", by_actor), ("both", both_levels))
            for null in NULLS
        }
        for call in calls.values():
            call()
        seconds: dict[str, list[float]] = {what: [] for what in calls}
        peer: list[float] = []
        for _ in range(repeats):
            for what in [*calls] * 3:
                start = perf_counter()
                calls[what]()
                seconds[what].append(perf_counter() - start)
            peer.append(run_sna(folder)["seconds"])
    memory = f"{own_memory(name) / max(theirs['memory'], 1):.2f}"
    for what, taken in seconds.items():
        ours, rival = median(taken), median(peer)
        times = milliseconds(ours), milliseconds(rival), f"{rival / ours:.0f}"
        yield [what, f"R sna {theirs['version']}", case.size, *times, memory]


def growth() -> Iterator[list[str]]:
    """Yield the seconds of ours at growing numbers of ties, and last the exponent of a log-log fit."""
    functions: dict[str, Callable[[Network], Any]] = {
        "brokerage_test": brokerage_test,
        "network_brokerage_test": network_brokerage_test,
        "partial_brokerage": partial_brokerage,
        "activity_exclusivity": activity_exclusivity,
        "honest_broker": honest_broker,
    }
    sizes = [12_500, 25_000, 50_000, 100_000]
    seconds: dict[str, list[float]] = {name: [] for name in functions}
    for ties in sizes:
        network = network_of(power_law(ties // 5, ties, seed=3), directed=False)
        calls = {name: partial(function, network) for name, function in functions.items()}
        for name, taken in interleave(calls, 3).items():
            seconds[name].append(taken)
    for name, values in seconds.items():
        slope = np.polyfit(np.log(sizes), np.log(values), 1)[0]
        yield [name, *map(milliseconds, values), f"{slope:.2f}"]


CASES: dict[str, tuple[int, int]] = {"10,000": (2_000, 10_000), "100,000": (20_000, 100_000)}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also 100,000 ties against R")
    parser.add_argument("--memory-of", choices=CASES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.memory_of:
        both_levels(network_of(power_law(50, 100, seed=1)), "bernoulli")  # kernels loaded
        network = network_of(power_law(*CASES[asked.memory_of], seed=3))
        before = peak()
        both_levels(network, "bernoulli")
        print(peak() - before)
        return
    print(machine("numpy", "scipy", "pandas", "numba"))
    if shutil.which("Rscript") is None:
        print("\nR is not installed: sna::brokerage is left out.")
    else:
        held = CASES if asked.full else {"10,000": CASES["10,000"]}
        rows: list[list[str]] = []
        for name, size in held.items():
            rows += against_sna(name, power_law(*size, seed=3), 3 if name == "10,000" else 1)
        headers = ["measure", "peer", "network", "ours (ms)", "theirs (ms)", "theirs / ours"]
        print(f"\n{markdown_table([*headers, 'memory, ours / theirs'], rows)}")
    headers = ["undirected, ms at ties", "12,500", "25,000", "50,000", "100,000", "exponent"]
    print(f"\n{markdown_table(headers, growth())}")


if __name__ == "__main__":
    main()
