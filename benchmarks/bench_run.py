"""How long the whole run takes, how much memory it needs, and what ``sanshe --help`` costs.

``python benchmarks/bench_run.py`` prints a Markdown table. The run is the demo community end to end in one
process: sheets read, network, measures, shortlist, both pages and every table written.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter, process_time

from _timing import interleave, machine, markdown_table

RUN = """
import resource, sys
from pathlib import Path
from time import perf_counter, process_time
import sanshe_net.pipeline
from sanshe_net.vocabulary import Label
steps = []
wall, cpu = perf_counter(), process_time()
sanshe_net.pipeline.run_community(
    [Path(sys.argv[1])], Path(sys.argv[2]), on_step=lambda step: steps.append((step.en, perf_counter()))
)
end = perf_counter()
print(end - wall, process_time() - cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
for (name, start), stop in zip(steps, [start for _, start in steps[1:]] + [end]):
    print(name, stop - start, sep="\\t")
"""


def whole_run(records: Path, folder: Path, repeats: int = 3) -> str:
    """Return a table of the median run: seconds, processor seconds, peak memory, seconds per step."""
    runs = []
    for turn in range(repeats):
        out = folder / f"out{turn}"
        done = subprocess.run(
            [sys.executable, "-c", RUN, records, out], capture_output=True, encoding="utf-8", check=True
        )
        first, *steps = done.stdout.splitlines()
        runs.append(([float(number) for number in first.split()], [step.split("\t") for step in steps]))
    (wall, cpu, memory), steps = sorted(runs, key=lambda run: run[0][0])[len(runs) // 2]
    rows = [("whole run", f"{wall:.2f} s", f"{cpu:.2f} s", f"{memory:.0f} MB")]
    rows += [(name, f"{float(seconds):.2f} s", "", "") for name, seconds in steps]
    return markdown_table(("step", "wall", "processor", "peak memory"), rows)


def help_ratio() -> str:
    """Return how ``sanshe --help`` compares with starting Python and importing click."""
    command = shutil.which("sanshe", path=str(Path(sys.executable).parent)) or "sanshe"

    def start(*words: str) -> None:
        subprocess.run(words, stdout=subprocess.DEVNULL, check=True)

    seconds = interleave(
        {
            "sanshe --help": lambda: start(command, "--help"),
            "python -c 'import click'": lambda: start(sys.executable, "-c", "import click"),
        },
        repeats=9,
    )
    base = seconds["python -c 'import click'"]
    rows = [(name, f"{value * 1000:.0f} ms", f"{value / base:.2f}") for name, value in seconds.items()]
    return markdown_table(("command", "median", "ratio"), rows)


def main() -> None:
    from sanshe_net.demo import write_demo

    print(machine("pandas", "igraph", "pyvis"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wall, cpu = perf_counter(), process_time()
        demo = write_demo(folder / "demo")
        spent = f"{perf_counter() - wall:.2f} s, {process_time() - cpu:.2f} s processor"
        print(f"\nwriting the sheets: {spent}\n\n{whole_run(demo.records, folder)}\n\n{help_ratio()}")
    print(f"\nthis process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
