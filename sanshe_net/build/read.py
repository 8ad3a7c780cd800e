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
from sanshe_net.errors import InputError, ManyProblems, Problem
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
    raw_tables, found = _find_tables(sheets)
    problems += found
    frames = _clean(raw_tables, problems)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors and not quarantine:
        raise ManyProblems(errors)
    if frames["attendance"].empty and not quarantine:
        raise InputError("E-NO-RECORDS")
    frames, withheld = leave_out_withheld(frames)
    problems += withheld
    tables, noticed = link(frames)
    problems += noticed
    return Records(**tables, problems=_problem_rows(problems), sources=_sources(raw_tables, frames, problems))


def _find_tables(sheets: Sequence[RawSheet]) -> tuple[list[RawTable], list[Problem]]:
    tables: list[RawTable] = []
    problems: list[Problem] = []
    for sheet in sheets:
        found, noticed = find_table(sheet)
        problems += noticed
        if found is not None:
            tables.append(found)
    # A cover sheet beside sheets with records is worth a warning; a file without any header is refused.
    read = {table.file for table in tables}
    return tables, [_as_warning(problem, read) for problem in problems]


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
            problem.place.row, problem.place.column, problem.value, *problem.wording,
        )
        for problem in problems
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype({"row": int})


def _sources(raw_tables: Sequence[RawTable], frames: Frames, problems: Sequence[Problem]) -> pd.DataFrame:
    """Return what became of the rows of each sheet; a row lost for several reasons counts once."""
    used = Counter(at for rows in frames.values() for at in zip(rows["file"], rows["sheet"], strict=True))
    lost: dict[tuple[str, str, int], str] = {}
    for problem in problems:
        if problem.outcome != "used" and problem.place.row:
            lost.setdefault((problem.place.file, problem.place.sheet, problem.place.row), problem.outcome)
    outcomes = Counter((file, sheet, outcome) for (file, sheet, _), outcome in lost.items())
    rows = []
    for raw in raw_tables:
        sheet = (raw.file, raw.sheet)
        losses = [outcomes[(*sheet, outcome)] for outcome in ("duplicate", "left_out", "quarantined")]
        rows.append((*sheet, raw.schema.name, raw.rows_in, used[sheet], *losses))
    return pd.DataFrame(rows, columns=list(SOURCE_COLUMNS))
