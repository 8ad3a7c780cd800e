"""How long the worst files take and how much memory they need: each is checked in a process of its own.

``python benchmarks/bench_corpus.py`` prints the slowest and the largest of the files in tests/badinputs, and
how many stay within 5 seconds and 512 MB.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from _timing import machine, markdown_table

CORPUS = Path(__file__).parents[1] / "tests" / "badinputs"
SECONDS, MEGABYTES = 5.0, 512.0
CHECK = """
import resource, sys
from sanshe_net.cli import main
try:
    main(["check", sys.argv[1]], standalone_mode=True)
except SystemExit:
    pass
used = resource.getrusage(resource.RUSAGE_SELF)
print("\\n" + repr((used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)))
"""


def measured(path: Path) -> tuple[float, float]:
    """Return processor seconds, the start of Python included, and peak memory in MB of checking one file."""
    done = subprocess.run([sys.executable, "-c", CHECK, str(path)], capture_output=True, check=True)
    seconds, megabytes = done.stdout.decode().strip().splitlines()[-1].strip("()").split(",")
    return float(seconds), float(megabytes)


def main() -> None:
    """Print the worst ten by each measure."""
    files = sorted(p for p in CORPUS.iterdir() if p.suffix not in (".json", ".md"))
    found = {path.name: measured(path) for path in files}
    print(machine("pandas", "python-calamine"))
    for title, at, unit in (("seconds", 0, "s"), ("peak memory", 1, "MB")):
        worst = sorted(found, key=lambda name: -found[name][at])[:5]
        print(f"\n{markdown_table(('file', title), [(n, f'{found[n][at]:.2f} {unit}') for n in worst])}")
    within = sum(seconds < SECONDS and megabytes < MEGABYTES for seconds, megabytes in found.values())
    print(f"\n{within} of {len(found)} files within {SECONDS:g} s and {MEGABYTES:g} MB")


if __name__ == "__main__":
    main()
