"""Called ties and curveball draws: SDSM against NEMtropy and R backbone, curveball against Python sets.

Run ``python benchmarks/bench_called_ties.py``; ``--full`` adds the community (1,000 x 1,000) for the peers,
who need minutes, and 5,000 x 2,000 for us. NEMtropy is compared where it is installed, R backbone where
``--backbone`` names the folder ``R`` of its source (2.1.3 was used) and Rscript is there. Values are compared
before anything is printed: NEMtropy is exact too; backbone's normal approximation has to stay near. Nobody
attends everything, for which NEMtropy 4.0.0 gives wrong p-values (its multiplier is infinite). Ratios are
ours / theirs, below 1 is better; memory is the peak that Python and numpy allocate (tracemalloc).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import subprocess
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds

from sanshe_net.attendance.called_ties import call_ties, pair_p_values
from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance, attendance_from_table

SIZES = ((100, 100), (200, 200))
COMMUNITY = (1000, 1000)
R_SDSM = """
given <- commandArgs(TRUE)
for (file in c("bicm.R", "pb.R", "sdsm.R", "utils.R", "backbone.extract.R", "logit.R", "global.R"))
  source(file.path(given[1], file))
cells <- as.matrix(read.csv(file.path(given[2], "cells.csv"), header = FALSE))
B <- matrix(0, as.integer(given[3]), as.integer(given[4]))
B[cells] <- 1
start <- proc.time()[["elapsed"]]
found <- sdsm(B, alpha = NULL)
cat(proc.time()[["elapsed"]] - start)
writeBin(as.vector(found$Pupper), file.path(given[2], "p.bin"))
"""


def community(people: int, activities: int, seed: int = 1) -> Attendance:
    """Return heavy-tailed people, head counts of 5 to 300 (at most a third of all), 20 neighbourhoods."""
    generator = np.random.default_rng(seed)
    active = np.minimum(generator.pareto(1.5, people) + 0.2, 6.0)
    heads = np.clip(generator.lognormal(3.6, 0.9, activities), 5, min(300, people // 3)).astype(int)
    home, place = generator.integers(0, 20, people), generator.integers(0, 20, activities)
    table = np.zeros((people, activities))
    for activity, count in enumerate(heads):
        near = active * np.where(home == place[activity], 8.0, 1.0)
        table[generator.choice(people, count, replace=False, p=near / near.sum()), activity] = 1.0
    held = attendance_from_table(pd.DataFrame(table))
    return held.of_people(held.attended > 0)


def size_of(held: Attendance) -> str:
    """Return people, activities and attendances in words."""
    return f"{held.shape[0]:,} x {held.shape[1]:,}, {held.present.nnz:,}"


def our_p(held: Attendance) -> np.ndarray[Any, Any]:
    """Return the p-value of each pair that met, as a table that is NaN elsewhere."""
    pairs = pair_p_values(held)
    found = np.full((len(held.people),) * 2, np.nan)
    one, other = (held.people.get_indexer(pd.Index(pairs[name])) for name in ("source", "target"))
    found[one, other] = pairs["p"]
    return found


def nemtropy_p(held: Attendance) -> np.ndarray[Any, Any]:
    """Return the same by NEMtropy: its solver, its exact method, its processes."""
    from NEMtropy import BipartiteGraph

    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        graph = BipartiteGraph(biadjacency=held.present.toarray().astype(int))
        # Without its progress bar the exact method fails with a KeyError.
        graph.compute_projection(rows=True, approx_method="poibin", threads_num=2, progress_bar=True)
        return np.asarray(graph.get_projected_pvals_mat(layer="rows"))


def backbone_p(held: Attendance, source: Path) -> tuple[float, np.ndarray[Any, Any]]:
    """Return seconds and p-values of R backbone's sdsm, timed inside R."""
    with tempfile.TemporaryDirectory() as folder:
        cells = np.column_stack(held.present.nonzero()) + 1
        np.savetxt(Path(folder) / "cells.csv", cells, fmt="%d", delimiter=",")
        script = Path(folder) / "sdsm.R"
        script.write_text(R_SDSM, encoding="utf-8")
        call = ["Rscript", str(script), str(source), folder, *map(str, held.shape)]
        seconds = float(subprocess.run(call, capture_output=True, check=True, text=True).stdout.split()[-1])
        return seconds, np.fromfile(Path(folder) / "p.bin").reshape((len(held.people),) * 2)


def check(ours: np.ndarray[Any, Any], theirs: np.ndarray[Any, Any], allowed: float) -> float:
    """Return the largest difference; stop when it is larger than allowed."""
    met = ~np.isnan(ours)
    difference = float(np.abs(ours[met] - theirs[met]).max())
    assert difference <= allowed, f"p-values differ by {difference}"
    return difference


def peak(call: Callable[[], object]) -> int:
    """Return the most memory that Python and numpy held during a call."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def sdsm_rows(full: bool, backbone: Path | None) -> Iterator[list[str]]:
    """Yield a row per peer and size."""
    for people, activities in (*SIZES, COMMUNITY) if full else SIZES:
        held = community(people, activities)
        large = people >= COMMUNITY[0]
        ours = our_p(held)
        with contextlib.suppress(PackageNotFoundError):
            package = f"NEMtropy {version('NEMtropy')}"
            # Its fit stops at 1e-8, and its Poisson-binomial is a Fourier transform.
            if large:
                start = perf_counter()
                theirs = nemtropy_p(held)
                times = {"theirs": perf_counter() - start}
                times |= interleave({"ours": lambda held=held: pair_p_values(held)}, 3)
            else:
                theirs = nemtropy_p(held)
                calls = {
                    "ours": lambda held=held: pair_p_values(held),
                    "theirs": lambda held=held: nemtropy_p(held),
                }
                times = interleave(calls, 3)
            difference = check(ours, theirs, 1e-5)
            memory = (
                ""
                if large
                else f"{peak(lambda h=held: pair_p_values(h)) / peak(lambda h=held: nemtropy_p(h)):.2f}"
            )
            yield ["SDSM, exact", package, size_of(held), *compared(times), f"{difference:.0e}", memory]
        if backbone is not None and shutil.which("Rscript"):
            runs = [backbone_p(held, backbone) for _ in range(1 if large else 3)]
            times = interleave({"ours": lambda held=held: pair_p_values(held)}, 3)
            times["theirs"] = float(np.median([seconds for seconds, _ in runs]))
            # Theirs holds the lower triangle twice; ours the upper one.
            difference = check(ours, runs[0][1], 0.1)
            yield [
                "SDSM",
                "R backbone (approximate)",
                size_of(held),
                *compared(times),
                f"{difference:.0e}",
                "",
            ]


def compared(times: dict[str, float]) -> tuple[str, str, str]:
    """Return our time, theirs and the ratio."""
    return (
        milliseconds(times["ours"]),
        milliseconds(times["theirs"]),
        f"{times['ours'] / times['theirs']:.5f}",
    )


def sets_curveball(rows: list[set[int]], trades: int, generator: np.random.Generator) -> None:
    """Trade in place, as the published Python code does: sets, shuffled lists."""
    picks = generator.integers(0, len(rows), (trades, 2))
    for i, j in picks.tolist():
        if i == j:
            continue
        both = rows[i] & rows[j]
        pool = list(rows[i] ^ rows[j])
        generator.shuffle(pool)
        gave = len(rows[i]) - len(both)
        rows[i], rows[j] = both.union(pool[:gave]), both.union(pool[gave:])


def curveball_rows() -> Iterator[list[str]]:
    """Yield a row per size: one draw of 10 n trades, the table read and written included."""
    for people, activities in (*SIZES, COMMUNITY):
        held = community(people, activities)
        rows = min(held.shape)

        def theirs(held: Attendance = held, rows: int = rows) -> np.ndarray[Any, Any]:
            table = held.present if held.shape[0] == rows else held.present.T.tocsr()
            sets = [set(part.tolist()) for part in np.split(table.indices, table.indptr[1:-1])]
            sets_curveball(sets, 10 * rows, np.random.default_rng(3))
            filled = np.zeros(table.shape)
            for row, columns in enumerate(sets):
                filled[row, list(columns)] = 1.0
            return filled if held.shape[0] == rows else filled.T

        def ours(held: Attendance = held) -> np.ndarray[Any, Any]:
            return next(fixed_margin_draws(held, 1, 3)).present.toarray()

        met = []
        for table in (ours(), theirs()):
            assert (table.sum(axis=1) == held.attended).all()
            assert (table.sum(axis=0) == held.named).all()
            met.append(float((table @ table.T > 0).mean()))
        assert abs(met[0] - met[1]) < 0.02, "the two shuffles give different densities"
        times = interleave({"ours": ours, "theirs": theirs}, 3)
        memory = f"{peak(ours) / peak(theirs):.2f}"
        yield ["curveball, one draw", "Python sets", size_of(held), *compared(times), "margins equal", memory]


def growth(full: bool) -> Iterator[list[str]]:
    """Yield our own times, people and activities growing, and last the exponent of a log-log fit."""
    sizes = [(250, 250), (500, 500), (1000, 1000)] + ([(2000, 2000), (5000, 2000)] if full else [])
    taken, cells = [], []
    for people, activities in sizes:
        held = community(people, activities)
        taken.append(interleave({"ours": lambda held=held: call_ties(held)}, 3)["ours"])
        cells.append(held.present.nnz)
        called = call_ties(held)
        facts = (
            f"{called.linked:,} pairs met, {called.testable_share:.0%} testable, {len(called.ties):,} called"
        )
        yield [f"call_ties, {size_of(held)}", milliseconds(taken[-1]), facts]
    yield ["exponent of attendances", f"{np.polyfit(np.log(cells), np.log(taken), 1)[0]:.2f}", ""]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also the community for the peers")
    parser.add_argument("--backbone", type=Path, help="folder R of the source of R backbone")
    given = parser.parse_args()
    print(machine("numpy", "scipy", "numba"))
    headers = [
        "what",
        "peer",
        "size",
        "ours (ms)",
        "theirs (ms)",
        "ours / theirs",
        "largest difference",
        "memory",
    ]
    rows = [*sdsm_rows(given.full, given.backbone), *curveball_rows()]
    print(f"\n{markdown_table(headers, rows)}\n")
    print(markdown_table(["growth", "ms", "found"], [*growth(given.full)]))


if __name__ == "__main__":
    main()
