"""Small sheets for tests: writing them, and looking at records without their provenance."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter

from sanshe_net.records import Records, record_tables

Rows = Sequence[Sequence[Any]]
WriteSheet = Callable[..., Path]


def write(path: Path, rows: Rows | Mapping[str, Rows], encoding: str = "utf-8") -> Path:
    """Write rows as CSV or xlsx, by the name of the file; a mapping is one workbook of several sheets."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
            for name, sheet_rows in (rows if isinstance(rows, Mapping) else {"签到": rows}).items():
                sheet = book.add_worksheet(name)
                for at, row in enumerate(sheet_rows):
                    sheet.write_row(at, 0, ["" if cell is None else cell for cell in row])
    else:
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file).writerows(rows)  # type: ignore[arg-type]
    return path


PROVENANCE = ["file", "sheet", "row"]
ID_COLUMNS = {
    "person_id", "activity_id", "org_id", "brought_by", "supervisor_id", "leader_id", "giver_id",
    "receiver_id",
    "source_id", "target_id", "issue_id", "actor_id",
}  # fmt: skip


def told(records: Records) -> dict[str, list[tuple[str, ...]]]:
    """Return what the tables say: ids as names, rows in any order, no provenance."""
    names = dict(records.people["name"]) | dict(records.organisations["name"]) | dict(records.issues["title"])
    names |= {i: f"{row['name']}@{row['building']}" for i, row in records.people.iterrows()}
    activities = records.activities[["title", "date", "occurrence"]]
    names |= {i: str(tuple(row)) for i, row in zip(activities.index, activities.to_numpy(), strict=True)}
    found = {}
    for name, table in record_tables(records).items():
        if name not in ("problems", "sources"):
            shown = table.drop(columns=PROVENANCE).sort_index(axis=1)
            for column in shown.columns.intersection(list(ID_COLUMNS)):
                shown[column] = shown[column].map(lambda who: names.get(who, who))
            found[name] = sorted(tuple(map(str, row)) for row in shown.to_numpy(dtype=object))
    return found


def codes(records: Records) -> list[str]:
    """Return the codes of the problems, sorted."""
    return sorted(records.problems["code"])


def balance(records: Records) -> pd.Series:
    """Return for each source how many rows are unaccounted for."""
    sources = records.sources
    return sources["rows_in"] - sources[["used", "duplicate", "left_out", "quarantined"]].sum(axis=1)
