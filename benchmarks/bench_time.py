"""Pairs that met within the last 91 days (a quarter), on every day, against 100 such windows by self-join.

Run ``python benchmarks/bench_time.py``; ``--full`` adds the district. The peers are asked for 100 days only,
ours gives all of them; the numbers of the 100 days are compared before anything is printed. Ratios are
ours / theirs, below 1 is faster. Peers need ``pip install duckdb polars`` (each is passed over when absent).
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.change import compare_periods
from sanshe_net.measures.every_day import every_day
from sanshe_net.records import Period

WINDOW, ASKED, DAYS = 91, 100, 730
START = pd.Timestamp("2023-01-01")
Values = Any


def community(
    people: int, activities: int, attendances: int, seed: int = 1
) -> tuple[Attendance, pd.DataFrame]:
    """Heavy-tailed people and head counts over two years; as a matrix, and as the table a peer reads."""
    draws = np.random.default_rng(seed)
    eager = draws.pareto(2.0, people) + 0.2
    heads = np.clip(draws.lognormal(3.6, 0.9, activities), 5, 300)
    heads = np.clip((heads * attendances / heads.sum()).astype(int), 2, people // 2)
    odds = eager / eager.sum()
    days = np.sort(draws.integers(0, DAYS, activities))
    who = [np.unique(draws.choice(people, int(count * 1.15), p=odds)) for count in heads]
    table = pd.DataFrame(
        {
            "person": np.concatenate(who),
            "activity": np.repeat(np.arange(activities), [len(one) for one in who]),
        }
    )
    cells = (np.ones(len(table)), (table["person"].to_numpy(), table["activity"].to_numpy()))
    dates = START + pd.to_timedelta(days, unit="D")
    held = Attendance(
        sparse.csr_array(cells, shape=(people, activities)),
        pd.Index(np.arange(people)),
        pd.DataFrame({"date": dates, "kind": "", "head_count": heads.astype(float)}),
        np.zeros(people, dtype=np.int64),
        np.full(people, activities),
        sparse.csr_array((people, activities)),
    )
    return held, table.assign(day=days[table["activity"]])


def asked_days() -> Values:
    return np.linspace(WINDOW, DAYS - 10, ASKED).astype(int)


def ours(attendance: Attendance) -> Values:
    return every_day(attendance, WINDOW)["ties"]


def by_scipy(attendance: Attendance, table: pd.DataFrame) -> Values:
    counts = []
    for last in asked_days():
        part = table[(table["day"] > last - WINDOW) & (table["day"] <= last)]
        cells = (np.ones(len(part), dtype=np.int32), (part["person"], part["activity"]))
        held = sparse.csr_array(cells, shape=attendance.shape)
        counts.append(sparse.triu(held @ held.T, 1).nnz)
    return counts


def by_pandas(attendance: Attendance, table: pd.DataFrame) -> Values:
    counts = []
    for last in asked_days():
        part = table.loc[(table["day"] > last - WINDOW) & (table["day"] <= last), ["person", "activity"]]
        pairs = part.merge(part, on="activity")
        pairs = pairs[pairs["person_x"] < pairs["person_y"]]
        counts.append(len(pairs[["person_x", "person_y"]].drop_duplicates()))
    return counts


def by_duckdb(attendance: Attendance, table: pd.DataFrame) -> Values:
    import duckdb

    with duckdb.connect() as base:
        base.execute("SET threads = 2")
        base.register("rows", table)
        base.execute("CREATE TABLE held AS SELECT * FROM rows")
        query = """SELECT count(*) FROM (SELECT DISTINCT a.person, b.person FROM held a JOIN held b
            ON a.activity = b.activity AND a.person < b.person WHERE a.day > ? AND a.day <= ?)"""
        return [base.execute(query, [int(d - WINDOW), int(d)]).fetchone()[0] for d in asked_days()]


def by_polars(attendance: Attendance, table: pd.DataFrame) -> Values:
    import polars

    held = polars.DataFrame({name: table[name].to_numpy() for name in table})
    counts = []
    for last in asked_days():
        part = held.filter((polars.col("day") > last - WINDOW) & (polars.col("day") <= last))
        pairs = part.join(part, on="activity").filter(polars.col("person") < polars.col("person_right"))
        counts.append(pairs.select("person", "person_right").unique().height)
    return counts


PEERS: dict[str, Callable[[Attendance, pd.DataFrame], Values]] = {
    "scipy": by_scipy, "pandas": by_pandas, "duckdb": by_duckdb, "polars": by_polars,
}  # fmt: skip


def compare(size: tuple[int, int, int], names: list[str], repeats: int) -> Iterator[list[str]]:
    """Yield a row for each peer."""
    attendance, table = community(*size)
    first = int(table["day"].min())
    every = ours(attendance).to_numpy()
    for name in names:
        theirs = PEERS[name](attendance, table)
        np.testing.assert_array_equal(every[asked_days() - first], theirs, err_msg=name)
    calls = {name: lambda name=name: PEERS[name](attendance, table) for name in names}
    seconds = interleave({"ours": lambda: ours(attendance), **calls}, repeats)
    label = f"{size[0]:,} people, {size[1]:,} activities, {len(table):,} attendances"
    for name in names:
        yield [
            label, name, milliseconds(seconds["ours"]), milliseconds(seconds[name]),
            f"1 / {seconds[name] / seconds['ours']:.0f}",
        ]  # fmt: skip


def growth(sizes: list[tuple[int, int, int]]) -> str:
    """Return the exponent of time against meetings of pairs."""
    meetings, seconds = [], []
    for size in sizes:
        attendance, _ = community(*size)
        heads = attendance.named.astype(float)
        meetings.append((heads * (heads - 1) / 2).sum())
        seconds.append(interleave({"ours": lambda held=attendance: ours(held)}, 3)["ours"])
    slope = np.polyfit(np.log(meetings), np.log(seconds), 1)[0]
    return f"time grows with meetings of pairs to the power {slope:.2f}"


def test_of_two_years(size: tuple[int, int, int]) -> str:
    """Return how long 1,000 permutations of the two-period test take."""
    attendance, _ = community(*size)
    middle = START + pd.Timedelta(days=DAYS // 2)
    years = (
        Period("1", START, middle),
        Period("2", middle + pd.Timedelta(days=1), START + pd.Timedelta(days=DAYS)),
    )
    rule = attendance.named <= 30
    call = {"ours": lambda: compare_periods(attendance, *years, makes_ties=rule, draws=1000)}
    seconds = interleave(call, 3)["ours"]
    return f"two-period test, 1,000 permutations, size rule 30: {seconds:.2f} s"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="a district of 1.5 M attendances too")
    full = parser.parse_args().full
    names = [name for name in PEERS if importlib.util.find_spec(name)]
    size = (1_000, 1_000, 55_000)
    print(machine("numpy", "numba", *names) + "\n")
    headers = ["every day / 100 windows", "peer", "ours (ms)", "peer (ms)", "ratio"]
    print(markdown_table(headers, compare(size, names, 3)))
    print(
        "\n"
        + growth([(250, 250, 13_000), (500, 500, 27_000), (1_000, 1_000, 55_000), (2_000, 2_000, 110_000)])
    )
    print(test_of_two_years(size))
    if full:
        attendance, _ = community(50_000, 27_000, 1_500_000)
        print(f"district, every day: {interleave({'ours': lambda: ours(attendance)}, 3)['ours']:.2f} s")


if __name__ == "__main__":
    main()
