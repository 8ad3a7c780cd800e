"""Intervals against a plain loop over networkx and pandas, and how they grow.

Run ``python benchmarks/bench_uncertainty.py``. The loop draws the activities anew one by one and builds each
co-attendance network with networkx (strength), or leaves out each activity in turn (degree); it runs few
draws and is scaled up. Standard errors are compared before anything is printed. Ratios are ours / theirs,
below 1 is faster.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from time import perf_counter
from typing import Any

import networkx as nx
import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.measures.uncertainty import actor_intervals, inseparable, network_intervals

Values = Any
DRAWS = 1000
THEIRS = 20
"""Draws of the plain loop."""


def community(people: int, activities: int, share: float, seed: int = 0) -> Attendance:
    """Return random attendance with unequal people and activities."""
    generator = np.random.default_rng(seed)
    rate, size = generator.gamma(1, 1, people), generator.gamma(4, 0.25, activities)
    chance = np.minimum(share * rate[:, None] * size, 0.9)
    here = generator.random((people, activities)) < chance
    names = [f"p{person:05d}" for person in range(people)]
    days = pd.date_range("2022-01-01", periods=activities)
    return attendance_from_table(pd.DataFrame(here.astype(float), names), days)


def plain_values(members: list[Values], people: int, measure: str) -> Values:
    """Return the measure the way a script does it: a networkx graph, one pair at a time."""
    graph = nx.Graph()
    graph.add_nodes_from(range(people))
    for here in members:
        for one, other in combinations(here, 2):
            weight = graph[one][other]["weight"] if graph.has_edge(one, other) else 0.0
            graph.add_edge(one, other, weight=weight + 1 / (len(here) - 1))
    values = dict(graph.degree(weight="weight" if measure == "strength" else None))
    return pd.Series(values).sort_index().to_numpy(dtype=float)


def plain(held: Attendance, measure: str, times: int) -> Values:
    """Return the statistic of ``times`` redrawn (strength) or reduced (degree) sets of activities."""
    here = held.present.tocsc()
    members = [column.tolist() for column in np.split(here.indices, here.indptr[1:-1])]
    generator = np.random.default_rng(1)
    people, count = held.shape
    if measure == "strength":
        sets = [[members[place] for place in generator.integers(0, count, count)] for _ in range(times)]
    else:
        sets = [[*members[:place], *members[place + 1 :]] for place in range(min(times, count))]
    return np.array([plain_values(chosen, people, measure) for chosen in sets])


def check(held: Attendance) -> None:
    """Stop when the plain loop finds other standard errors (small community, all draws)."""
    ours = actor_intervals(held, "strength", unseen=False, draws=DRAWS).drawn.std(axis=0)
    np.testing.assert_allclose(ours, plain(held, "strength", DRAWS).std(axis=0), atol=0.25)
    count = held.shape[1]
    errors = np.sqrt((count - 1) * plain(held, "degree", count).var(axis=0))
    drawn = actor_intervals(held, "degree", unseen=False, draws=DRAWS).drawn
    inside = (drawn > 0).all(axis=0) & (drawn < held.shape[0] - 1).all(axis=0)
    np.testing.assert_allclose(drawn.std(axis=0)[inside], errors[inside], rtol=0.15, atol=0.1)


def rivals() -> Iterator[list[str]]:
    """Yield a row for each comparison."""
    check(community(40, 30, 0.15))
    for people, activities, share in [(200, 200, 0.055), (1000, 1000, 0.055)]:
        held = community(people, activities, share)
        for measure in ("strength", "degree"):
            times = THEIRS if people < 1000 else 1
            start = perf_counter()
            plain(held, measure, times)
            needed = DRAWS if measure == "strength" else activities
            theirs = (perf_counter() - start) * needed / times
            calls = {"ours": lambda held=held, measure=measure: actor_intervals(held, measure, draws=DRAWS)}
            ours = interleave(calls, 3)["ours"]
            size = f"{people:,} x {activities:,}, {held.present.nnz:,} attendances"
            times_ = milliseconds(ours), milliseconds(theirs)
            yield [
                f"{measure}, rank intervals",
                f"networkx {nx.__version__}",
                size,
                *times_,
                f"{ours / theirs:.5f}",
            ]


def growth() -> Iterator[list[str]]:
    """Yield our own times, people and activities growing together, and exponents of a log-log fit."""
    sizes = [125, 250, 500, 1000]
    taken: dict[str, list[float]] = {}
    for size in sizes:
        held = community(size, size, 55 / size)
        intervals = actor_intervals(held, "strength", draws=DRAWS)
        calls = {
            "strength": lambda held=held: actor_intervals(held, "strength", draws=DRAWS),
            "degree": lambda held=held: actor_intervals(held, "degree", draws=DRAWS),
            "density": lambda held=held: network_intervals(held, "density"),
            "not separable": lambda intervals=intervals: inseparable(intervals),
        }
        for name, seconds in interleave(calls, 1).items():
            taken.setdefault(name, []).append(seconds)
    for name, seconds in taken.items():
        slope = np.polyfit(np.log(sizes), np.log(seconds), 1)[0]
        yield [name, *map(milliseconds, seconds), f"{slope:.2f}"]


def main() -> None:
    """Print both tables."""
    print(machine("numpy", "scipy", "networkx"))
    headers = ["what", "peer", "people x activities", "ours (ms)", "theirs (ms)", "ours / theirs"]
    print(f"\n{DRAWS} draws (degree: one per activity left out)\n\n{markdown_table(headers, rivals())}\n")
    headers = ["ms, n people x n activities, 55 attendances each", "125", "250", "500", "1,000", "exponent"]
    print(markdown_table(headers, growth()))


if __name__ == "__main__":
    main()
