"""From files to Records: read the sheets, find the tables, clean the rows, link who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sanshe_net.build.clean import Columns, Meanings, clean_table, join_tables
from sanshe_net.build.consent import leave_out_withheld
from sanshe_net.build.find_tables import RawTable, find_table
from sanshe_net.build.headers import SCHEMAS
from sanshe_net.build.link import Frames, link
from sanshe_net.build.read_files import RawSheet, read_sheets
from sanshe_net.errors import InputError, ManyProblems, Problem, without_long_numbers
from sanshe_net.records import PROBLEM_COLUMNS, SOURCE_COLUMNS, Records


def read_records(inputs: Path | str | Sequence[Path | str], *, quarantine: bool = False) -> Records:
    """Read sign-in sheets and the optional tables beside them.

    Parameters
    ----------
    inputs
        Files (xlsx, xls, ods, csv, txt) or folders of them. The smallest useful input is a sheet with
        姓名 / 活动 / 日期 (name / activity / date).
    quarantine
        Go on with what can be used when rows or whole files cannot; they are listed in
        ``records.problems`` with the outcome ``quarantined``.

    Returns
    -------
    Records with every table, the problems and the count of rows per source.

    Raises
    ------
    InputError
        When a path does not exist or nothing usable was found.
    ManyProblems
        When anything must be corrected first (unless ``quarantine``); it lists all of it.
    """
    given = [inputs] if isinstance(inputs, Path | str) else list(inputs)
    sheets, problems = read_sheets([Path(item) for item in given])
    raw_tables, found, refused = _find_tables(sheets)
    problems += found
    frames = _clean(raw_tables, problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and not quarantine:
        raise ManyProblems(errors)
    if frames["attendance"].empty and not quarantine:
        raise InputError("E-NO-RECORDS")
    frames, withheld, names = leave_out_withheld(frames)
    if frames["attendance"].empty and not quarantine:
        raise InputError("E-NO-RECORDS")
    # What was noticed before consent was known may quote somebody who must not be in it.
    problems = [_without_names(problem, names) for problem in problems] + withheld
    tables, noticed = link(frames)
    problems += noticed
    sources = _sources(raw_tables, frames, problems) + refused
    return Records(
        **tables,
        problems=_problem_rows(problems),
        sources=pd.DataFrame(sources, columns=list(SOURCE_COLUMNS)),
    )


def _without_names(problem: Problem, names: set[str]) -> Problem:
    return replace(problem, value="…") if any(name in problem.value for name in names) else problem


def _find_tables(
    sheets: Sequence[RawSheet],
) -> tuple[list[RawTable], list[Problem], list[tuple[object, ...]]]:
    """Return the tables, what was noticed, and the account of the sheets that hold no known table."""
    found = [(sheet, *find_table(sheet)) for sheet in sheets]
    tables = [table for _, table, _ in found if table is not None]
    # A cover sheet beside sheets with records is worth a warning; a file without any header is refused.
    read = {table.file for table in tables}
    problems = [_as_warning(problem, read) for _, _, noticed in found for problem in noticed]
    refused: list[tuple[object, ...]] = []
    for sheet, table, noticed in found:
        if table is None:
            rows = sum(any(cell is not None for cell in row) for row in sheet.rows)
            bad = any(_as_warning(problem, read).severity == "error" for problem in noticed)
            refused.append((sheet.file, sheet.sheet, "", rows, 0, 0, 0 if bad else rows, rows if bad else 0))
    return tables, problems, refused


def _as_warning(problem: Problem, read: set[str]) -> Problem:
    if problem.code == "E-NO-COLUMN" and problem.place.file in read:
        return replace(problem, code="W-SHEET-UNKNOWN", outcome="left_out")
    return problem


def _clean(raw_tables: Sequence[RawTable], problems: list[Problem]) -> Frames:
    parts: dict[str, list[Columns]] = {name: [] for name in SCHEMAS}
    meanings: Meanings = {}
    for raw in raw_tables:
        columns, noticed = clean_table(raw, meanings)
        problems += noticed
        parts[raw.schema.name].append(columns)
    frames = {}
    for name, held in parts.items():
        frames[name], repeated = join_tables(name, held)
        problems += repeated
    return frames


def _problem_rows(problems: Sequence[Problem]) -> pd.DataFrame:
    rows = [
        (
            problem.code, problem.severity, problem.outcome, problem.place.file, problem.place.sheet,
            problem.place.row, problem.place.column, without_long_numbers(problem.value), *problem.wording,
            *problem.masked,
        )
        for problem in problems
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype({"row": int})


def _sources(
    raw_tables: Sequence[RawTable], frames: Frames, problems: Sequence[Problem]
) -> list[tuple[object, ...]]:
    """Return what became of the rows of each sheet; a row lost for several reasons counts once."""
    lost: dict[tuple[str, str, int], str] = {}
    for problem in problems:
        if problem.outcome != "used" and problem.place.row:
            lost.setdefault((problem.place.file, problem.place.sheet, problem.place.row), problem.outcome)
    places = (
        at for rows in frames.values() for at in zip(rows["file"], rows["sheet"], rows["row"], strict=True)
    )
    used = Counter(at[:2] for at in places if at not in lost)
    outcomes = Counter((file, sheet, outcome) for (file, sheet, _), outcome in lost.items())
    rows: list[tuple[object, ...]] = []
    for raw in raw_tables:
        sheet = (raw.file, raw.sheet)
        losses = [outcomes[(*sheet, outcome)] for outcome in ("duplicate", "left_out", "quarantined")]
        rows.append((*sheet, raw.schema.name, raw.rows_in, used[sheet], *losses))
    return rows
