"""Attendance: the matrix of people by activities, with who could have come.

Three things are kept apart: present (1), eligible but absent (0), and not eligible (blank): a person who
moved in last month could not attend last year. Nulls and opportunities count only what was possible.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.network import Array
from sanshe_net.records import Records

ACTIVITY_COLUMNS: Final = ("date", "kind", "head_count")
DENSE_CELLS: Final = 100_000_000
"""Cells that may be held one by one; 0.1 GB of booleans."""


@dataclass(frozen=True)
class Attendance:
    """Who was at what, and who could have been.

    Attributes
    ----------
    present
        People x activities, ones where a person was present; ``csr_array`` of float64 with sorted
        indices and without stored zeros.
    people
        Actor ids, one per row, sorted.
    activities
        One row per column, index ``activity_id``, by date and then id (undated last): ``date``, ``kind``
        (empty where unknown) and ``head_count`` (heads counted, at least the people of the column).
    since, until
        For each person the first column they could have attended, and one past the last.
    blank
        Further cells that are not eligible, in the form of ``present``: marks left blank on a sheet.
    """

    present: sparse.csr_array
    people: pd.Index[Any]
    activities: pd.DataFrame
    since: Array
    until: Array
    blank: sparse.csr_array

    @property
    def shape(self) -> tuple[int, int]:
        """How many people and how many activities."""
        return len(self.people), len(self.activities)

    @cached_property
    def attended(self) -> Array:
        """How many activities each person attended (row sums, int64)."""
        return np.diff(self.present.indptr).astype(np.int64)

    @cached_property
    def named(self) -> Array:
        """How many people of the matrix each activity had (column sums, int64)."""
        return np.bincount(self.present.indices, minlength=self.shape[1]).astype(np.int64)

    @cached_property
    def everybody_eligible(self) -> bool:
        """Whether every person could have attended every activity."""
        return not (self.since.any() or (self.until < self.shape[1]).any() or self.blank.nnz)

    def eligible(self) -> Array:
        """Return, cell by cell, who could have attended what; people x activities, bool.

        Raises
        ------
        MeasureError
            When there are too many cells to hold.
        """
        rows, columns = self.shape
        if rows * columns > DENSE_CELLS:
            raise MeasureError("E-ATTENDANCE-LARGE", rows=rows, columns=columns, allowed=DENSE_CELLS)
        order = np.arange(columns)
        could: Array = (order >= self.since[:, None]) & (order < self.until[:, None])
        could[self.blank.nonzero()] = False
        return could

    @cached_property
    def opportunities(self) -> Array:
        """How many activities each person could have attended (int64)."""
        stretch = np.maximum(self.until - self.since, 0)
        counted: Array = (stretch - np.diff(self.blank.indptr)).astype(np.int64)
        return counted

    def of_activities(self, chosen: Array) -> Attendance:
        """Return the matrix of the activities that are ``chosen`` (bool, one per column); people stay."""
        before = np.r_[0, np.cumsum(chosen)]
        return replace(
            self,
            present=sparse.csr_array(self.present[:, chosen]),
            activities=self.activities[chosen],
            since=before[self.since],
            until=before[self.until],
            blank=sparse.csr_array(self.blank[:, chosen]),
        )

    def of_people(self, chosen: Array) -> Attendance:
        """Return the matrix of the people who are ``chosen`` (bool, one per row); activities stay."""
        return replace(
            self,
            present=sparse.csr_array(self.present[chosen]),
            people=self.people[chosen],
            since=self.since[chosen],
            until=self.until[chosen],
            blank=sparse.csr_array(self.blank[chosen]),
        )

    def between(self, start: str | pd.Timestamp, end: str | pd.Timestamp) -> Attendance:
        """Return the matrix of the activities from ``start`` to ``end``, both included; people stay."""
        dates = self.activities["date"]
        return self.of_activities(dates.between(pd.Timestamp(start), pd.Timestamp(end)).to_numpy())


def attendance_of(records: Records, people: Iterable[str] | None = None) -> Attendance:
    """Return the attendance matrix of records.

    A person could attend everything from the day they moved in (from the first record on when that is
    not known, or when they were there earlier all the same), but what is marked blank on a sheet.
    Undated activities are open to everybody.

    Parameters
    ----------
    people
        Only these; by default everybody in the records, with or without a sign-in.

    Returns
    -------
    Attendance; activities nobody of ``people`` signed in for are there and empty.

    Raises
    ------
    MeasureError
        When ``people`` names somebody who is not in the records.
    """
    wanted = pd.Index(sorted(records.people.index if people is None else set(people)), name="person_id")
    unknown = wanted.difference(records.people.index)
    if len(unknown):
        raise MeasureError("E-ATTENDANCE-PERSON", found=unknown[0])
    activities = records.activities.rename_axis(index="activity_id").reset_index()
    activities = activities.sort_values(["date", "activity_id"], ignore_index=True).set_index("activity_id")
    heads = records.head_counts().reindex(activities.index)
    shown = activities[["date"]].assign(kind=activities["kind"].fillna(""), head_count=heads)
    marks = records.presence()
    marks = marks[marks["person_id"].isin(wanted) & marks["activity_id"].isin(shown.index)]
    here = _cells(marks[marks["present"]], wanted, shown.index)
    blanks = records.attendance[records.attendance["present"].isna()].dropna(subset=["person_id"])
    blanks = blanks[blanks["person_id"].isin(wanted) & blanks["activity_id"].isin(shown.index)]
    since = _first_column(records.people["moved_in"].reindex(wanted), shown["date"], here)
    until = np.full(len(wanted), len(shown), dtype=np.int64)
    blank = _open_cells(_cells(blanks, wanted, shown.index), _cells(marks, wanted, shown.index), since)
    return Attendance(here, wanted, shown, since, until, blank)


def attendance_from_table(table: pd.DataFrame, dates: Iterable[Any] | None = None) -> Attendance:
    """Return the attendance matrix of a table of people (rows) by activities (columns).

    Parameters
    ----------
    table
        1 (or True) present, 0 eligible but absent, missing not eligible.
    dates
        A day per column, in order; without days the columns keep their order and have none.

    Raises
    ------
    MeasureError
        For another value, or a person or activity that comes twice.
    """
    values = table.to_numpy(dtype=float)
    odd = ~np.isnan(values) & (values != 0) & (values != 1)
    if odd.any():
        row, column = (int(place[0]) for place in np.nonzero(odd))
        cell = f"{table.index[row]} / {table.columns[column]}"
        raise MeasureError("E-ATTENDANCE-VALUE", cell=cell, found=values[row, column])
    for names in (table.index, table.columns):
        if names.has_duplicates:
            raise MeasureError("E-ACTOR-TWICE", found=names[names.duplicated()][0])
    days = pd.to_datetime(pd.Series(list(dates) if dates is not None else [pd.NaT] * table.shape[1]))
    columns = np.argsort(days.to_numpy(), kind="stable")  # NaT sorts last
    rows = np.array(sorted(range(len(table)), key=lambda row: str(table.index[row])), dtype=np.int64)
    values = values[rows][:, columns]
    activities = pd.DataFrame(
        {"date": days.to_numpy()[columns], "kind": "", "head_count": np.nansum(values, axis=0)},
        index=pd.Index(table.columns[columns], name="activity_id"),
    )
    n, m = values.shape
    return Attendance(
        sparse.csr_array(np.nan_to_num(values)),
        pd.Index(table.index[rows], name="person_id"),
        activities,
        np.zeros(n, dtype=np.int64),
        np.full(n, m, dtype=np.int64),
        sparse.csr_array(np.isnan(values).astype(float)),
    )


def _cells(rows: pd.DataFrame, people: pd.Index[Any], activities: pd.Index[Any]) -> sparse.csr_array:
    held = (
        people.get_indexer(pd.Index(rows["person_id"])),
        activities.get_indexer(pd.Index(rows["activity_id"])),
    )
    cells = sparse.csr_array((np.ones(len(rows)), held), shape=(len(people), len(activities)))
    cells.sum_duplicates()
    cells.data[:] = 1.0
    return cells


def _first_column(moved_in: pd.Series[Any], dates: pd.Series[Any], here: sparse.csr_array) -> Array:
    # Undated activities stand last and are open to all: only the dated ones are searched.
    dated = dates.dropna().to_numpy()
    since = np.searchsorted(dated, moved_in.fillna(pd.Timestamp.min).to_numpy())
    came = np.diff(here.indptr) > 0
    first = np.full(len(since), here.shape[1])
    first[came] = here.indices[here.indptr[:-1][came]]
    return np.minimum(since, np.where(came, first, since)).astype(np.int64)


def _open_cells(blank: sparse.csr_array, known: sparse.csr_array, since: Array) -> sparse.csr_array:
    # A blank beside a sign-in or an absence of the same person says nothing; before `since` all is closed.
    cells = sparse.csr_array(blank - blank.multiply(known)).tocoo()
    keep = (cells.data > 0) & (cells.col >= since[cells.row])
    held = (cells.row[keep], cells.col[keep])
    return sparse.csr_array((np.ones(int(keep.sum())), held), shape=blank.shape)
