"""How often the intervals hold the truth, on simulated communities where the truth is known.

Run ``python benchmarks/calibrate_intervals.py``; ``--sims`` sets how many communities (200).

The process: each person has a rate of coming, spread evenly in the logarithm from 1 to 8 times the lowest;
each activity has a size of its own (a gamma factor, shape 4) and a public: half of them are for one of four
groups, whose people come 2.2 times as often as usual there and the others 0.6 times. Given the activity
people come independently of each other. The truth of a person is the mean of the value over communities
with as many activities, from 4,000 of them; true ranks are the ranks of these means. The unit drawn is
the activity: no person is.

A rank interval is right when it holds the true rank, counted over persons and communities. Nominal is
95 %, accepted 90-98 %. "All at once" is the share of communities in which no rank set of ``inseparable``
misses (at least 95 % by design).
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
import pandas as pd
from _timing import machine, markdown_table

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.measures.uncertainty import actor_intervals, inseparable, network_intervals

Values = Any
TRUTHS = 4000
SETTINGS = [(30, 20, 6), (30, 60, 6), (60, 40, 8), (60, 100, 8), (100, 200, 8)]
"""People, activities, mean head count."""


def present(people: int, activities: int, heads: float, generator: np.random.Generator) -> Values:
    """Return who was at what in one community."""
    rates = np.geomspace(1, 8, people)
    group = np.arange(people) % 4
    public = np.where(
        generator.random(activities) < 0.5, generator.integers(0, 4, activities), -1
    )  # -1 is everybody
    size = generator.gamma(4, 0.25, activities)
    drawn_to = np.where(public < 0, 1.0, np.where(group[:, None] == public, 2.2, 0.6))
    chance = np.minimum(rates[:, None] / rates.sum() * heads * size * drawn_to, 0.95)
    return (generator.random(chance.shape) < chance).astype(np.float32)


def community(people: int, activities: int, heads: float, generator: np.random.Generator) -> Attendance:
    """Return the attendance of one community."""
    here = present(people, activities, heads, generator)
    names = [f"p{person:03d}" for person in range(people)]
    return attendance_from_table(pd.DataFrame(here, names))


def ranks(values: Values) -> Values:
    """Return competition ranks, 1 = highest."""
    return 1 + (values[None, :] > values[:, None] + 1e-9).sum(axis=1)


def truth(people: int, activities: int, heads: float) -> dict[str, Values]:
    """Return the expected values of persons, by measure."""
    generator = np.random.default_rng(7)
    sums: dict[str, Values] = {"strength": 0.0, "degree": 0.0}
    for _ in range(TRUTHS):
        here = present(people, activities, heads, generator)
        sums["strength"] = sums["strength"] + here @ (here.sum(axis=0) > 1)
        sums["degree"] = sums["degree"] + (here @ here.T > 0).sum(axis=1) - here.any(axis=1)
    return {name: total / TRUTHS for name, total in sums.items()}


def rows(people: int, activities: int, heads: float, sims: int, draws: int) -> list[list[str]]:
    """Return a row of coverages for each measure, with and without the unseen activity, and for density."""
    true = truth(people, activities, heads)
    generator = np.random.default_rng(8)
    hits: dict[tuple[str, bool], list[tuple[float, float, float]]] = {}
    density = []
    goal = true["degree"].mean() / (people - 1)
    for seed in range(sims):
        held = community(people, activities, heads, generator)
        found = network_intervals(held, "density")
        density.append(found.low <= goal <= found.high)
        for measure, means in true.items():
            for unseen in (True, False):
                intervals = actor_intervals(held, measure, draws=draws, seed=seed, unseen=unseen)
                table, place = intervals.table, ranks(means)
                values = (table["low"] - 1e-9 <= means) & (means <= table["high"] + 1e-9)
                placed = (table["rank_low"] <= place) & (place <= table["rank_high"])
                sets = inseparable(intervals).table.reindex(table.index)
                sure = (sets["rank_low"] <= place) & (place <= sets["rank_high"])
                hits.setdefault((measure, unseen), []).append((values.mean(), placed.mean(), sure.all()))
    what = f"{people} x {activities}", f"{heads:g}", f"{goal:.2f}"
    made = []
    for (measure, unseen), held_ in hits.items():
        value, rank, sure = np.mean(held_, axis=0)
        name = measure if unseen else f"{measure}, unseen=False"
        made.append([name, *what, f"{value:.1%}", f"{rank:.1%}", f"{sure:.1%}"])
    return [*made, ["density", *what, f"{np.mean(density):.1%}", "", ""]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sims", type=int, default=200)
    parser.add_argument("--draws", type=int, default=500)
    asked = parser.parse_args()
    print(machine("numpy", "scipy"))
    print(
        f"\n{asked.sims} communities, {asked.draws} draws; truth seed 7, data seed 8, draws seeds 0, 1, ...\n"
    )
    headers = ["value", "people x activities", "heads", "density", "values", "ranks", "all at once"]
    made = [row for setting in SETTINGS for row in rows(*setting, asked.sims, asked.draws)]
    print(markdown_table(headers, made))


if __name__ == "__main__":
    main()
