"""How often ties are called where there are none: independent attendance, unequally active people.

Run ``python benchmarks/calibrate_called_ties.py``; ``--runs N`` sets how many tables of each size are drawn.
Everybody attends each activity by a chance of their own times one of the activity, independently of all
others, so every called tie is a false one. Two rates are of interest: how many tables have any called tie (at
most 5 % with Benjamini-Hochberg, for with no true tie every discovery is false) and how many pairs have
p <= .05 without a correction (at most 5 %; fewer, because counts are discrete).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd
from _timing import machine, markdown_table

from sanshe_net.attendance.called_ties import call_ties, pair_p_values
from sanshe_net.attendance.matrix import Attendance, attendance_from_table

SETTINGS = (
    (100, 60, 6.0, 0.0),
    (300, 100, 6.0, 0.0),
    (500, 200, 6.0, 0.0),
    (800, 300, 6.0, 0.0),
    (300, 100, 6.0, 0.2),
    (60, 500, 80.0, 0.0),
)
"""People, activities, attendances a person on average, share of cells that are blank (not eligible)."""


def noise(seed: int, people: int, activities: int, mean: float, blanks: float) -> Attendance:
    """Return attendance without any structure but how active people are and how large activities."""
    generator = np.random.default_rng(seed)
    chances = np.outer(generator.lognormal(0, 1, people), generator.lognormal(0, 0.5, activities))
    chances = np.minimum(chances * mean / activities / chances.mean(), 0.9)
    table = (generator.random(chances.shape) < chances).astype(float)
    # Whole stretches are blank: some people came to the place later.
    late = generator.random(people) < 2 * blanks
    since = np.where(late, generator.integers(0, activities, people), 0)
    table[np.arange(activities) < since[:, None]] = np.nan
    return attendance_from_table(pd.DataFrame(table))


def row(people: int, activities: int, mean: float, blanks: float, runs: int) -> list[str]:
    """Return the rates of one setting."""
    below = linked = eligible = single = 0
    wrong = {1: 0, 2: 0}
    testable = []
    for seed in range(runs):
        held = noise(seed, people, activities, mean, blanks)
        pairs = pair_p_values(held)
        found = {floor: call_ties(held, min_joint=floor) for floor in wrong}
        for floor, called in found.items():
            wrong[floor] += called.verdict == "enough"
        low = pairs["p"] <= 0.05
        below += int(low.sum())
        single += int((low & (pairs["joint"] == 1)).sum())
        linked += len(pairs)
        eligible += found[1].eligible
        testable.append(found[1].testable_share)
    size = f"{people} x {activities}, {mean:g} each" + (f", {blanks:.0%} blank" if blanks else "")
    shares = below / linked, single / max(below, 1), below / eligible
    rates = (f"{100 * count / runs:.1f} % ({count} of {runs})" for count in wrong.values())
    return [size, f"{np.mean(testable):.0%}", *(f"{100 * share:.1f} %" for share in shares), *rates]


def rows(runs: int) -> Iterator[list[str]]:
    """Yield a row per setting."""
    for setting in SETTINGS:
        yield row(*setting, runs)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    print(machine("numpy", "scipy", "numba"))
    print(f"\n{runs} tables each, seeds 0 to {runs - 1}\n")
    headers = [
        "people x activities, attendances",
        "testable",
        "p <= .05, of pairs that met",
        "... of which on one joint activity",
        "p <= .05, of all pairs",
        "tables with a tie by BH",
        "... with 2 joint activities",
    ]
    print(markdown_table(headers, rows(runs)))


if __name__ == "__main__":
    main()
