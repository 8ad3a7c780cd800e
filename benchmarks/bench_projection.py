"""Pairs of people who attended together against a DuckDB self-join, a pandas merge and scipy products.

``python benchmarks/bench_projection.py`` takes a community and a district of 50,000 people and some 1.5
million attendances, under the size rule; ``--full`` adds the district without it, where pandas takes minutes
and 10 GB. Everybody gives weight (Newman), joint activities, first and last activity of each pair; scipy,
two products, only the first two. Every run is a process of its own, so that its memory is its own: peak
resident size, with libraries and the table it starts from. Processes take turns; medians are printed, after
all answers were the same. Ratios are ours / theirs, below 1 is better.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import numpy as np
from _timing import machine, markdown_table
from scipy import sparse

Array = np.ndarray[Any, Any]
SIZES = {"community": (1_000, 1_000), "district": (50_000, 36_000)}
"""People and activities; half of the activities of the district have more than 30 heads."""
GROWTH = (3_125, 6_250, 12_500, 25_000, 50_000)
THREADS = 2


def draw(people: int, activities: int, seed: int) -> tuple[Array, Array]:
    """Draw who was at what: heavy-tailed people in neighbourhoods of 1,000, head counts of 5 to 300."""
    generator = np.random.default_rng(seed)
    heads = np.clip(generator.lognormal(3.4, 1.0, activities), 5, 300).astype(int)
    blocks = max(people // 1_000, 1)
    eager = generator.pareto(2, people) + 0.3
    # By neighbourhood, which is who lives where in the list; ids are dealt out at random below.
    edges = np.linspace(0, people, blocks + 1).astype(int)
    total = np.r_[0, np.cumsum(eager)]
    activity = np.repeat(np.arange(activities), heads)
    block = np.repeat(generator.integers(blocks, size=activities), heads)
    near = generator.random(len(activity)) < 0.85
    low = np.where(near, total[edges[block]], 0)
    high = np.where(near, total[edges[block + 1]], total[-1])
    drawn = low + generator.random(len(activity)) * (high - low)
    person = np.searchsorted(total, drawn, side="right") - 1
    person = generator.permutation(people)[np.clip(person, 0, people - 1)]
    keys = np.unique(activity * people + person)
    return keys % people, keys // people


# --- the rivals: each takes person, activity and share of each sign-in, and returns the columns of the pairs


def ours(person: Array, activity: Array, shape: tuple[int, int], largest: int) -> Callable[[], list[Array]]:
    """Return our call; the size rule is a part of it."""
    import pandas as pd

    from sanshe_net.attendance.matrix import Attendance
    from sanshe_net.attendance.projection import joint_ties
    from sanshe_net.attendance.size_rule import SizeRule

    n, m = shape

    def attendance(who: Array, what: Array) -> Attendance:
        present = sparse.csr_array((np.ones(len(who)), (who, what)), shape=shape)
        present.sort_indices()
        days = pd.date_range("2020-01-01", periods=m, freq="h")
        heads = np.bincount(what, minlength=m)
        activities = pd.DataFrame({"date": days, "kind": "", "head_count": heads})
        since, until = np.zeros(n, np.int64), np.full(n, m)
        return Attendance(present, pd.RangeIndex(n), activities, since, until, sparse.csr_array(shape))

    size = SizeRule(largest, 1.0) if largest else None
    joint_ties(attendance(person[:100], activity[:100]), size=size)  # compiled once, or read from disk
    held = attendance(person, activity)

    def call() -> list[Array]:
        ties = joint_ties(held, size=size)
        return [ties.source, ties.target, ties.weight, ties.count, ties.first, ties.last]

    return call


def small_ones(person: Array, activity: Array, largest: int) -> tuple[Array, Array, Array]:
    """Return the sign-ins under the size rule, and what each activity adds to a pair."""
    heads = np.bincount(activity)[activity]
    kept = (heads <= largest) if largest else np.ones(len(heads), dtype=bool)
    return person[kept], activity[kept], 1 / np.maximum(heads[kept] - 1, 1)


def with_duckdb(
    person: Array, activity: Array, shape: tuple[int, int], largest: int
) -> Callable[[], list[Array]]:
    """Return the self-join; the table is in the database already."""
    import duckdb
    import pandas as pd

    base = duckdb.connect(config={"threads": THREADS})
    table = pd.DataFrame({"person": person.astype(np.int32), "activity": activity.astype(np.int32)})
    base.register("sign_ins", table)
    base.execute("create table signed as select * from sign_ins")

    def call() -> list[Array]:
        rule = f"where heads <= {largest}" if largest else ""
        found = base.execute(
            f"""with sized as (select activity, count(*) as heads from signed group by activity),
            kept as (select person, activity, 1.0 / greatest(heads - 1, 1) as share
                     from signed join sized using (activity) {rule})
            select a.person as one, b.person as other, sum(a.share::double) as weight, count(*) as joint,
                   min(a.activity) as came, max(a.activity) as went
            from kept a join kept b on a.activity = b.activity and a.person < b.person group by 1, 2"""
        ).fetchnumpy()
        return [np.asarray(found[name]) for name in ("one", "other", "weight", "joint", "came", "went")]

    return call


def with_pandas(
    person: Array, activity: Array, shape: tuple[int, int], largest: int
) -> Callable[[], list[Array]]:
    """Return the merge of the table with itself."""
    import pandas as pd

    def call() -> list[Array]:
        one, what, share = small_ones(person, activity, largest)
        kept = pd.DataFrame({"person": one, "activity": what, "share": share})
        met = kept.merge(kept[["person", "activity"]], on="activity")
        met = met[met["person_x"] < met["person_y"]]
        made = met.groupby(["person_x", "person_y"], sort=False).agg(
            weight=("share", "sum"),
            joint=("share", "size"),
            first=("activity", "min"),
            last=("activity", "max"),
        )
        ends = [made.index.get_level_values(level).to_numpy() for level in (0, 1)]
        return [*ends, *(made[name].to_numpy() for name in ("weight", "joint", "first", "last"))]

    return call


def with_scipy(
    person: Array, activity: Array, shape: tuple[int, int], largest: int
) -> Callable[[], list[Array]]:
    """Return two sparse products and their upper triangles; no first and last activity."""

    def call() -> list[Array]:
        one, what, share = small_ones(person, activity, largest)
        came = sparse.csr_array((np.ones(len(one)), (one, what)), shape=shape)
        shares = sparse.csr_array((share, (one, what)), shape=shape)
        count, weight = (sparse.triu(each @ came.T, 1, format="csr") for each in (came, shares))
        for each in (count, weight):
            each.sort_indices()
        pairs = count.tocoo()
        return [pairs.coords[0], pairs.coords[1], weight.data, pairs.data]

    return call


RIVALS = {"ours": ours, "duckdb": with_duckdb, "scipy": with_scipy, "pandas": with_pandas}


def fingerprint(columns: list[Array]) -> list[float]:
    """Return sums over the pairs that change when one of them does, whatever their order."""
    one, other = columns[0].astype(np.int64), columns[1].astype(np.int64)
    mark = (one * 7919 + other * 104729) % 10007
    return [
        len(one),
        *(float((column * mark.astype(float)).sum()) for column in columns[2:]),
        float(mark.sum()),
    ]


def run_once(rival: str, path: str, largest: int, repeats: int) -> None:
    """Print seconds and peak megabytes of one rival, and what it found; the body of a child process."""
    import resource

    held = np.load(path)
    shape = tuple(int(size) for size in held["shape"])
    call = RIVALS[rival](held["person"], held["activity"], shape, largest)
    seconds = []
    for _ in range(repeats):
        start = perf_counter()
        columns = call()
        seconds.append(perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([median(seconds), peak, fingerprint(columns)]))


def measured(rival: str, path: Path, largest: int, repeats: int = 1) -> tuple[float, float, list[float]]:
    """Run a rival in a process of its own."""
    command = [sys.executable, __file__, "--child", rival, str(path), str(largest), str(repeats)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    seconds, peak, found = json.loads(done.stdout)
    return seconds, peak, found


def same(found: dict[str, list[float]], rival: str) -> None:
    """Refuse to go on when a rival found something else than we."""
    mine, theirs = found["ours"], found[rival]
    if rival == "scipy":
        mine = [*mine[:3], mine[-1]]
    np.testing.assert_allclose(mine, theirs, rtol=1e-9, err_msg=rival)


def compare(name: str, path: Path, largest: int, rivals: list[str], rounds: int) -> Iterator[list[str]]:
    """Yield a row for each rival, after all gave the same."""
    runs: dict[str, list[tuple[float, float, list[float]]]] = {rival: [] for rival in rivals}
    for turn in range(rounds):
        for rival in rivals[:: 1 if turn % 2 == 0 else -1]:
            runs[rival].append(measured(rival, path, largest))
    found = {rival: each[0][2] for rival, each in runs.items()}
    for rival in rivals[1:]:
        same(found, rival)
    seconds = {rival: median(run[0] for run in each) for rival, each in runs.items()}
    peak = {rival: median(run[1] for run in each) for rival, each in runs.items()}
    for rival in rivals:
        ratios = ["", ""] if rival == "ours" else [
            f"{seconds['ours'] / seconds[rival]:.3g}", f"{peak['ours'] / peak[rival]:.2f}"
        ]  # fmt: skip
        yield [name, rival, f"{found['ours'][0]:,.0f}", f"{seconds[rival]:.3g}", ratios[0],
               f"{peak[rival]:,.0f}", ratios[1]]  # fmt: skip


def table_of(folder: Path, people: int, activities: int) -> tuple[Path, int]:
    """Write the sign-ins of a made-up place; return the file and how many there are."""
    path = folder / f"{people}.npz"
    person, activity = draw(people, activities, seed=1)
    np.savez(path, person=person, activity=activity, shape=[people, activities])
    return path, len(person)


def growth(folder: Path) -> Iterator[list[str]]:
    """Yield our seconds as the place grows, with the slope of time by attendances, log by log."""
    for largest in (30, 0):
        held = [table_of(folder, size, size * 36_000 // 50_000) for size in GROWTH]
        seconds = [measured("ours", path, largest, repeats=3)[0] for path, _ in held]
        slope = np.polyfit(np.log([signed for _, signed in held][1:]), np.log(seconds[1:]), 1)[0]
        rule = f"up to {largest} heads" if largest else "no size rule"
        yield [rule, *(f"{each:.3g}" for each in seconds), f"{slope:.2f}"]


def main() -> None:
    """Print the comparison and the growth."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also the district without the size rule")
    parser.add_argument("--small", action="store_true", help="only the community")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each rival")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        rival, path, largest, repeats = options.child
        run_once(rival, path, int(largest), int(repeats))
        return
    print(machine("numpy", "scipy", "numba", "pandas", "duckdb"))
    headers = ["place", "rival", "pairs", "seconds", "time ours / theirs", "peak MB", "memory ours / theirs"]
    print(f"\n{markdown_table(headers, [])}", flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, (people, activities) in SIZES.items():
            if options.small and place != "community":
                continue
            path, signed = table_of(folder, people, activities)
            for largest in (30, 0):
                if place == "district" and not largest and not options.full:
                    continue
                rule = f"up to {largest} heads" if largest else "no size rule"
                rounds = options.rounds if largest or place == "community" else 1
                for row in compare(f"{place}, {signed:,} sign-ins, {rule}", path, largest, [*RIVALS], rounds):
                    print(f"| {' | '.join(row)} |", flush=True)
        if not options.small:
            people_held = [f"{size:,}" for size in GROWTH]
            print("\n" + markdown_table(["seconds at people =", *people_held, "slope"], growth(folder)))


if __name__ == "__main__":
    main()
