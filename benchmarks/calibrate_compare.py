"""How often the two-period test cries wolf, and how often it sees one: simulations with known truth.

Run ``python benchmarks/calibrate_compare.py`` (some minutes; ``--simulations`` for fewer). A hundred people
of unequal activity in five circles; an activity belongs to a circle, whose members come more readily.
Nominal level 5 %; accepted are 3 to 7 % of false alarms, and 90 to 98 % of intervals that hold the truth.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd
from _timing import machine, markdown_table

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.measures.change import compare_periods
from sanshe_net.measures.rarefaction import rarefied_density
from sanshe_net.records import Period

PEOPLE, CIRCLES, LEVEL, DRAWS = 100, 5, 0.05, 399
START = pd.Timestamp("2024-01-01")


@dataclass(frozen=True)
class Process:
    """How activities come about: head counts between two limits, and how much a circle keeps to itself."""

    fewest: int = 6
    most: int = 18
    own_circle: float = 8.0


STEADY = Process()
LARGER = Process(7, 22)  # a fifth more heads on average
INWARD = Process(own_circle=60.0)


@dataclass(frozen=True)
class Case:
    """What is compared with what."""

    name: str
    first: int
    second: int
    before: Process = STEADY
    after: Process = STEADY


CASES = [
    Case("nothing changed", 20, 60),
    Case("nothing changed", 30, 30),
    Case("nothing changed", 60, 20),
    Case("head counts 20 % larger", 20, 60, after=LARGER),
    Case("head counts 20 % larger", 30, 30, after=LARGER),
    Case("people turn inward (own circle 8 to 60)", 20, 60, after=INWARD),
    Case("people turn inward (own circle 8 to 60)", 30, 30, after=INWARD),
]


def held(process: Process, activities: int, eager: np.ndarray, draws: np.random.Generator) -> np.ndarray:
    """Return who came to each of some activities: people x activities."""
    cells = np.zeros((PEOPLE, activities))
    circle = np.arange(PEOPLE) % CIRCLES
    for column in range(activities):
        odds = eager * np.where(circle == draws.integers(CIRCLES), process.own_circle, 1.0)
        heads = int(draws.integers(process.fewest, process.most + 1))
        cells[draws.choice(PEOPLE, heads, replace=False, p=odds / odds.sum()), column] = 1
    return cells


def simulated(case: Case, seed: int) -> tuple[Attendance, Period, Period]:
    """Return attendance under a case, and its two periods."""
    draws = np.random.default_rng([seed, case.first, case.second])
    eager = draws.gamma(1.5, size=PEOPLE) + 0.1
    cells = np.hstack([
        held(case.before, case.first, eager, draws), held(case.after, case.second, eager, draws),
    ])  # fmt: skip
    days = pd.date_range(START, periods=cells.shape[1])
    table = pd.DataFrame(cells, [f"p{at:03}" for at in range(PEOPLE)])
    one = Period("first", days[0], days[case.first - 1])
    return attendance_from_table(table, days), one, Period("second", days[case.first], days[-1])


def naive_rejects(attendance: Attendance, one: Period, two: Period, draws: np.random.Generator) -> bool:
    """Raw densities with the error of a bootstrap of people, as is commonly done."""
    values, errors = [], []
    for period in (one, two):
        cells = attendance.between(period.start, period.end).present.toarray()
        met = (cells @ cells.T > 0).astype(float)
        values.append(met[np.triu_indices(PEOPLE, 1)].mean())
        chosen = (draws.integers(0, PEOPLE, PEOPLE) for _ in range(30))
        again = [met[np.ix_(who, who)][np.triu_indices(PEOPLE, 1)].mean() for who in chosen]
        errors.append(np.std(again))
    return bool(abs(values[1] - values[0]) > 1.96 * math.hypot(*errors))


def run(case: Case, simulations: int) -> list[object]:
    """Return a row of the table: rejections, intervals that hold the truth, rejections of the naive test."""
    rejected = covered = naive = 0
    truth = expected_difference(case)
    for seed in range(simulations):
        attendance, one, two = simulated(case, seed)
        found = compare_periods(attendance, one, two, draws=DRAWS, seed=seed)
        rejected += found.p <= LEVEL
        covered += found.low <= truth <= found.high
        if case.before == case.after:
            naive += naive_rejects(attendance, one, two, np.random.default_rng(seed))
    share = partial("{:.1%}".format)
    error = math.sqrt(rejected / simulations * (1 - rejected / simulations) / simulations)
    return [
        case.name, f"{case.first} / {case.second}", f"{truth:+.3f}",
        share(rejected / simulations), share(error),
        share(covered / simulations), share(naive / simulations) if case.before == case.after else "",
    ]  # fmt: skip


def expected_difference(case: Case, simulations: int = 200) -> float:
    """Return the true difference at M activities; 0 where nothing changed."""
    if case.before == case.after:
        return 0.0
    drawn = min(case.first, case.second)
    differences = []
    for seed in range(simulations):
        attendance, one, two = simulated(case, 1_000_000 + seed)
        parts = (attendance.between(period.start, period.end) for period in (one, two))
        before, after = (rarefied_density(part, drawn) for part in parts)
        differences.append(after - before)
    return float(np.mean(differences))


def rows(cases: list[Case], simulations: int) -> Iterator[list[object]]:
    for case in cases:
        yield run(case, simulations)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--simulations", type=int, default=200)
    parser.add_argument("--steady", action="store_true", help="only the cases where nothing changed")
    asked = parser.parse_args()
    simulations = asked.simulations
    cases = [case for case in CASES if not asked.steady or case.before == case.after]
    print(f"{machine('numpy', 'pandas', 'numba')}")
    print(
        f"{simulations} simulations (seeds 0 to {simulations - 1}), {DRAWS} draws each, level {LEVEL:.0%}\n"
    )
    headers = [
        "case", "activities", "true difference", "rejected", "s.e.", "interval holds truth",
        "raw density, bootstrap of people: rejected",
    ]  # fmt: skip
    for number, row in enumerate(
        markdown_table(headers, [one]).splitlines() for one in rows(cases, simulations)
    ):
        print(*(row if number == 0 else row[-1:]), sep="\n", flush=True)


if __name__ == "__main__":
    main()
