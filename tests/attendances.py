"""Attendance matrices that several tests use: public data, small random tables, and every tiny one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd

from sanshe_net.attendance.matrix import Attendance, attendance_from_table

DATA = Path(__file__).parent / "data"


def southern_women() -> Attendance:
    rows = pd.read_csv(DATA / "southern_women_dated.csv")
    table = pd.crosstab(rows["person"], rows["date"])
    return attendance_from_table(table, table.columns)


def toronto(quarter: str | None = None) -> Attendance:
    """Meeting-days with two members or more; a quarter without City Council, or all of it with."""
    rows = pd.read_csv(DATA / "toronto_council_attendance.csv").drop_duplicates()
    rows = rows[rows["present"] == 1]
    if quarter is not None:
        quarters = pd.to_datetime(rows["date"]).dt.to_period("Q").astype(str)
        rows = rows[(quarters == quarter) & (rows["committee"] != "City Council")]
    meeting = rows["date"] + rows["committee"] + rows["meeting"].astype(str)
    rows = rows.assign(at=meeting)[rows.groupby(meeting)["person"].transform("nunique") > 1]
    return attendance_from_table(pd.crosstab(rows["person"], rows["at"]).clip(upper=1))


def random_attendance(seed: int, people: int, activities: int, *, blanks: float = 0.0) -> Attendance:
    """Independent sign-ins, unequally active people, unequally large activities."""
    generator = np.random.default_rng(seed)
    active, large = generator.random(people), generator.random(activities)
    table = (generator.random((people, activities)) < np.outer(active, large)).astype(float)
    table[generator.random((people, activities)) < blanks] = np.nan
    return attendance_from_table(pd.DataFrame(table))


def of(rows: list[list[float]]) -> Attendance:
    return attendance_from_table(pd.DataFrame(rows, dtype=float))


def every_table(held: Attendance) -> Iterator[np.ndarray]:
    """Every table of 0 and 1 with the margins of ``held``, nobody where they could not be: the long way."""
    could = held.eligible()
    for cells in product((0.0, 1.0), repeat=int(could.sum())):
        table = np.zeros(held.shape)
        table[could] = cells
        if (table.sum(axis=1) == held.attended).all() and (table.sum(axis=0) == held.named).all():
            yield table
