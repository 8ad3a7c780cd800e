"""From files to Records: read the sheets, find the tables, clean the rows, link who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build import values
from sanshe_net.build.clean import Columns, Meanings, clean_table, join_tables, memberships_of_sign_ins
from sanshe_net.build.consent import leave_out_withheld
from sanshe_net.build.decide import People, choose
from sanshe_net.build.facts import Frames
from sanshe_net.build.far_dates import far_dates
from sanshe_net.build.find_tables import RawTable, find_tables
from sanshe_net.build.headers import SCHEMAS
from sanshe_net.build.identity import mentions, profiles, resolve_people
from sanshe_net.build.link import link
from sanshe_net.build.mapping import NO_MAPPING, SheetMapping, read_mapping
from sanshe_net.build.read_files import RawSheet, read_sheets
from sanshe_net.build.unused_answers import unused_answers
from sanshe_net.build.values import Cell
from sanshe_net.errors import InputError, ManyProblems, Place, Problem, without_long_numbers
from sanshe_net.records import PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES, Records, record_tables


@dataclass(frozen=True)
class Reading:
    """What was read.

    ``people`` is what tells the people of the records apart (private: it holds phones); ``answers`` are the
    files that decided something, by what they are: ``mapping``, ``decisions``; ``names`` is every name of a
    person that was written, also of people who are left out.
    """

    records: Records
    people: People
    problems: list[Problem]
    answers: Mapping[str, Path]
    names: frozenset[str]


Reader: TypeAlias = Callable[[Sequence[Path]], Reading]
"""What reads the inputs of a run: :func:`read_inputs`, as it is or with options given."""


def read_records(
    inputs: Path | str | Sequence[Path | str],
    *,
    quarantine: bool = False,
    mapping: SheetMapping | Path | str | None = None,
    decisions: Path | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Records:
    """Read sign-in sheets and the optional tables beside them.

    Parameters
    ----------
    inputs
        Files (xlsx, xls, ods, csv, txt) or folders of them. The smallest useful input is a sheet with
        姓名 / 活动 / 日期 (name / activity / date).
    quarantine
        Go on with what can be used when rows or whole files cannot; they are listed in
        ``records.problems`` with the outcome ``quarantined``.
    mapping
        What was decided about columns, marks, dates and layouts, or the file that holds it.
    decisions
        A file of what was decided about pairs of people, bodies and activities
        (:func:`sanshe_net.build.decisions.read_decisions`).
    encoding, delimiter
        How text files are written; found out when not given.

    Returns
    -------
    Records with every table, the problems and the count of rows per source.

    Raises
    ------
    InputError
        When a path does not exist or nothing usable was found.
    ManyProblems
        When anything must be corrected or decided first; it lists all of it. With ``quarantine`` only
        when something must be decided: the answer may change every row, not only the bad ones.
    """
    return read_inputs(
        inputs,
        quarantine=quarantine,
        mapping=mapping,
        decisions=decisions,
        encoding=encoding,
        delimiter=delimiter,
    ).records


def read_inputs(
    inputs: Path | str | Sequence[Path | str], *, quarantine: bool = False, **options: Any
) -> Reading:
    """Return :func:`read_records` together with what tells people apart; parameters are the same."""
    reading = check_inputs(inputs, **options)
    stops = ("question",) if quarantine else ("error", "question")
    stopping = [problem for problem in reading.problems if problem.severity in stops]
    if stopping:
        raise ManyProblems(stopping, of_sheets=True)
    if is_empty(reading.records):
        raise InputError("E-NO-RECORDS")
    return reading


def check_inputs(
    inputs: Path | str | Sequence[Path | str],
    *,
    mapping: SheetMapping | Path | str | None = None,
    decisions: Path | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Reading:
    """Read as :func:`read_records` does but stop at nothing that the sheets hold.

    Returns
    -------
    The records of all rows that can be used, and every problem.
    """
    given = [inputs] if isinstance(inputs, Path | str) else list(inputs)
    answers = read_mapping(mapping) if isinstance(mapping, Path | str) else mapping or NO_MAPPING
    rows = read_rows([Path(item) for item in given], answers, encoding=encoding, delimiter=delimiter)
    frames, problems = rows.frames, rows.problems
    written = _names_written(frames, rows.tables)
    frames, choices = choose(frames, decisions)
    frames, withheld, names = leave_out_withheld(frames, choices)
    # What was noticed before consent was known may quote somebody who must not be in it.
    problems = [_without_names(problem, names) for problem in problems] + withheld
    said = mentions(frames)
    found_people = resolve_people(said, choices)
    tables, noticed = link(frames, said, found_people)
    problems += noticed
    sources = _sources(rows.tables, frames, problems, noticed) + rows.refused
    records = Records(
        **tables,
        problems=_problem_rows(problems),
        sources=pd.DataFrame(sources, columns=list(SOURCE_COLUMNS)),
    )
    files = {"mapping": answers.source, "decisions": decisions}
    held = {name: path for name, path in files.items() if path is not None}
    people = People(profiles(said, found_people), found_people.apart, choices)
    return Reading(records, people, problems, held, written)


@dataclass(frozen=True)
class CleanRows:
    """The clean rows of every table, before anybody asks who is who.

    ``tables`` are the raw tables they came from, ``refused`` the account of sheets without any.
    """

    frames: Frames
    tables: list[RawTable]
    refused: list[tuple[object, ...]]
    problems: list[Problem]


def read_rows(
    inputs: Sequence[Path],
    mapping: SheetMapping = NO_MAPPING,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> CleanRows:
    """Read files, find their tables and clean their rows."""
    sheets, problems = read_sheets(inputs, encoding=encoding, delimiter=delimiter)
    tables, found, refused = _find_tables(sheets, mapping)
    problems += found + unused_answers(mapping, sheets)
    frames = _clean(tables, problems, mapping)
    return CleanRows(frames, tables, refused, problems + far_dates(frames))


def _names_written(frames: Frames, tables: Sequence[RawTable]) -> frozenset[str]:
    """Return every name that stands in a column of people's names, in rows that are set aside as well."""
    names: set[str] = set()
    for rows in frames.values():
        for column in NAMES_OF_PEOPLE & set(rows.columns):
            for cell in {*rows[column].tolist()} - {None}:
                names.update(cell if isinstance(cell, tuple) else (cell,))
    for raw in tables:
        for position in (raw.columns[name] for name in NAMES_OF_PEOPLE & set(raw.columns)):
            cells = {cell for row in raw.rows if type(cell := row[position]) is str}
            # A cell that is a name already read, in letters only, holds no other.
            open_ = {cell for cell in cells if not (cell in names and cell.isalpha())}
            names.update(name for cell in open_ for name in _names_in(cell))
    return frozenset(names)


def _names_in(cell: Cell) -> tuple[str, ...]:
    """Return the names in a cell, however bad it is: here a name too many does no harm."""
    try:
        return values.names(cell)
    except values.Unclear:
        return (str(cell),)


NAMES_OF_PEOPLE: Final = frozenset({
    "person", "brought_by", "leader", "raiser", "responsible", "nominator", "nominee", "host", "cohost",
    "initiator", "giver",
})  # fmt: skip
"""Columns that name people, or bodies that may be people."""


def is_empty(records: Records) -> bool:
    """Return whether records hold nobody and nothing."""
    tables = record_tables(records)
    return all(tables[name].empty for name in TABLES) and "withdrawals" not in set(records.sources["table"])


def _without_names(problem: Problem, names: set[str]) -> Problem:
    return replace(problem, value="…") if any(name in problem.value for name in names) else problem


def _find_tables(
    sheets: Sequence[RawSheet], mapping: SheetMapping
) -> tuple[list[RawTable], list[Problem], list[tuple[object, ...]]]:
    """Return the tables, what was noticed, and the account of the sheets that hold no known table."""
    found = [(sheet, *find_tables(sheet, mapping)) for sheet in sheets]
    tables = [table for _, held, _ in found for table in held]
    # A cover sheet beside sheets with records is worth a warning; a file without any header is refused.
    read = {table.file for table in tables}
    problems = [_as_warning(problem, read) for _, _, noticed in found for problem in noticed]
    refused: list[tuple[object, ...]] = []
    for sheet, held, noticed in found:
        if not held:
            rows = sum(any(cell is not None for cell in row) for row in sheet.rows)
            bad = any(_as_warning(problem, read).stops for problem in noticed)
            refused.append((sheet.file, sheet.sheet, "", rows, 0, 0, 0 if bad else rows, rows if bad else 0))
    return tables, problems, refused


def _as_warning(problem: Problem, read: set[str]) -> Problem:
    if problem.code == "E-NO-COLUMN" and problem.place.file in read:
        return replace(problem, code="W-SHEET-UNKNOWN", outcome="left_out")
    return problem


def _clean(raw_tables: Sequence[RawTable], problems: list[Problem], mapping: SheetMapping) -> Frames:
    parts: dict[str, list[Columns]] = {name: [] for name in SCHEMAS}
    meanings: Meanings = {}
    for raw in raw_tables:
        columns, noticed = clean_table(raw, meanings, mapping)
        problems += noticed
        parts[raw.schema.name].append(columns)
    frames: dict[str, pd.DataFrame] = {}
    for name, held in parts.items():
        if name == "memberships":
            held.append(memberships_of_sign_ins(frames["attendance"]))
        frames[name], repeated = join_tables(name, held)
        problems += repeated
    return frames


def _problem_rows(problems: Sequence[Problem]) -> pd.DataFrame:
    rows = [
        (
            problem.code, problem.severity, problem.outcome, problem.place.file, problem.place.sheet,
            problem.place.row, _cell_name(problem.place), problem.place.column,
            without_long_numbers(problem.value), *problem.wording,
            *problem.masked,
        )
        for problem in problems
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(PROBLEM_COLUMNS)).astype({"row": int})


def _cell_name(place: Place) -> str:
    return f"{place.letters}{place.row}" if place.letters and place.row else place.letters


def _sources(
    raw_tables: Sequence[RawTable], frames: Frames, problems: Sequence[Problem], linking: Sequence[Problem]
) -> list[tuple[object, ...]]:
    """Return what became of the lines of each table: one that is used in part is used.

    ``linking`` are those of the problems that were noticed after the rows of ``frames`` were made.
    """
    lost: dict[tuple[str, str, int], str] = {}
    for problem in problems:
        if problem.outcome != "used" and problem.place.row:
            lost.setdefault((problem.place.file, problem.place.sheet, problem.place.row), problem.outcome)
    kept = {at for clean in frames.values() for at in _places(clean)}
    late = Counter(
        (problem.place.file, problem.place.sheet, problem.place.row)
        for problem in linking
        if problem.outcome != "used"
    )
    held = {name: Counter(_places(frames[name])) for name in _LOST_LATER}
    rows: list[tuple[object, ...]] = []
    for raw in raw_tables:
        sheet, name = (raw.file, raw.sheet), raw.schema.name
        outcomes = Counter(raw.left.values())
        for line in set(raw.lines):
            at = (*sheet, line)
            whole = at not in kept or (name in _LOST_LATER and late[at] >= held[name][at])
            outcomes[lost.get(at, "used") if whole else "used"] += 1
        losses = [outcomes[outcome] for outcome in ("used", "duplicate", "left_out", "quarantined")]
        rows.append((*sheet, name, raw.rows_in, *losses))
    return rows


def _places(clean: pd.DataFrame) -> Iterator[tuple[str, str, int]]:
    """Return where each clean row stands: file, sheet and line."""
    return zip(clean["file"], clean["sheet"], clean["row"], strict=True)


_LOST_LATER: Final = frozenset({"memberships", "nominations", "support"})
"""Tables whose clean rows may still be left out when nobody can tell whom they name."""
