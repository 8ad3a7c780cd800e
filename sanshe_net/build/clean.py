"""Raw tables -> clean rows: every cell read by its field, every refusal a problem row.

Clean rows still name people and bodies as they were written; :mod:`sanshe_net.build.identity` decides
who they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build import values
from sanshe_net.build.find_tables import RawTable
from sanshe_net.build.headers import SCHEMAS, Field
from sanshe_net.build.values import Cell, Unclear
from sanshe_net.errors import Place, Problem
from sanshe_net.vocabulary import STAFF_KINDS, Label

Columns: TypeAlias = dict[str, list[Any]]
Meanings: TypeAlias = dict[Field, dict[Any, Any]]
PROVENANCE: Final = ("file", "sheet", "row")
_AS_BLANK: Final = {
    "E-DATE-IMPOSSIBLE": "W-DATE-DROPPED",
    "E-DATE-UNREADABLE": "W-DATE-DROPPED",
    "E-NAME-SEVERAL": "W-NAME-SEVERAL",
}
"""A field that is not needed counts as blank, with a warning instead of a refusal."""
_MISSING: Final = {"date": "E-DATE-MISSING", "person": "E-NAME-MISSING"}


def clean_table(raw: RawTable, meanings: Meanings) -> tuple[Columns, list[Problem]]:
    """Return the rows of a table that can be used, and a problem for everything else.

    Parameters
    ----------
    meanings
        What every cell read so far means; added to. Sheets repeat few values, so each is read once.

    Returns
    -------
    For every column the cells of the good rows: a column per field of the schema (``None`` where blank),
    ``extra`` (what stood in unused columns, so that rows that differ only there are not duplicates), file,
    sheet, row.
    """
    problems: list[Problem] = []
    bad: set[int] = set()
    columns: dict[str, list[Any]] = {}
    for field in raw.schema.fields:
        columns[field.name] = _read_column(raw, field, meanings.setdefault(field, {}), problems, bad)
    _require(raw, columns, problems, bad)
    if "person_no" in raw.columns:
        _refuse_reused_numbers(raw, columns, problems, bad)
    if raw.schema.name == "attendance":
        if "kind" not in raw.columns and "role" in raw.columns:
            columns["kind"] = [_kind_of(row[raw.columns["role"]]) for row in raw.rows]
        if "present" in raw.columns:
            _note_blank_marks(raw, columns, problems, bad)
        else:  # a sheet without such a column lists those who came
            columns["present"] = [True] * len(raw.rows)
    columns["extra"] = [tuple(str(row[i]) for i in raw.others) for row in raw.rows]
    columns |= {"file": [raw.file] * len(raw.rows), "sheet": [raw.sheet] * len(raw.rows), "row": raw.lines}
    if bad:
        good = [i for i in range(len(raw.rows)) if i not in bad]
        columns = {name: [cells[i] for i in good] for name, cells in columns.items()}
    return columns, problems


def join_tables(name: str, parts: Sequence[Columns]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of all tables of one kind in the order of their provenance, each once.

    Returns
    -------
    The rows, and a note for every exact repeat.
    """
    names = [*(field.name for field in SCHEMAS[name].fields), "extra", *PROVENANCE]
    columns: Columns = {column: [cell for part in parts for cell in part[column]] for column in names}
    places = list(zip(*(columns[column] for column in PROVENANCE), strict=True))
    content = list(zip(*(columns[column] for column in names[: -len(PROVENANCE)]), strict=True))
    first: dict[tuple[Any, ...], int] = {}
    kept: list[int] = []
    problems: list[Problem] = []
    # Which file comes first on disk must not decide anything.
    for i in sorted(range(len(places)), key=places.__getitem__):
        original = first.setdefault(content[i], i)
        if original == i:
            kept.append(i)
        else:
            place = Place(*places[i])
            facts: dict[str, object] = {"first": seen_from(place, Place(*places[original]))}
            problems.append(Problem("N-DUPLICATE", place, "duplicate", facts=facts))
    ordered = {column: [cells[i] for i in kept] for column, cells in columns.items()}
    return pd.DataFrame(ordered, columns=names, dtype=object).astype({"row": "int64"}), problems


def seen_from(place: Place, other: Place) -> Label:
    """Return where ``other`` is: its row alone when it stands on the same sheet as ``place``."""
    same = (place.file, place.sheet) == (other.file, other.sheet)
    shown = Place(row=other.row) if same else other
    return Label(shown.text("zh"), shown.text("en"))


def _read_column(
    raw: RawTable, field: Field, meaning: dict[Any, Any], problems: list[Problem], bad: set[int]
) -> list[Any]:
    position = raw.columns.get(field.name)
    if position is None and field.name not in raw.given:
        return [None] * len(raw.rows)
    if position is None:
        cells: list[Cell] = [raw.given[field.name]] * len(raw.rows)
    else:
        cells = [row[position] for row in raw.rows]
    read: list[Any] = []
    for i, cell in enumerate(cells):
        key = cell if type(cell) is str else (type(cell), cell)  # since 1 == True
        value = meaning[key] if key in meaning else meaning.setdefault(key, _read(field, cell))
        if isinstance(value, Unclear):
            problems.append(_unclear(raw, field, i, cell, value))
            if _stops(value):
                bad.add(i)
            value = None
        read.append(value)
    return read


def _read(field: Field, cell: Cell) -> Any:
    try:
        return field.read(cell)
    except Unclear as unclear:
        if field.strict or unclear.code == "E-CONTROL-CHARACTER":
            return Unclear(unclear.code, unclear.reason)
        return Unclear(_AS_BLANK.get(unclear.code, unclear.code), unclear.reason)


def _stops(unclear: Unclear) -> bool:
    return unclear.code.startswith("E-")


def _unclear(raw: RawTable, field: Field, i: int, cell: Cell, unclear: Unclear) -> Problem:
    heading = raw.headings.get(field.name, field.words[0])
    facts: dict[str, object] = {"reason": unclear.reason}
    if unclear.code == "W-WORD-UNKNOWN":
        lexicon = field.read.keywords["lexicon"]  # type: ignore[attr-defined]  # a partial of values.word
        labels = values.LABELS[lexicon].values()
        allowed = Label("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
        facts |= {"field": heading, "allowed": allowed}
    outcome = "quarantined" if _stops(unclear) else "used"
    place = Place(raw.file, raw.sheet, raw.lines[i], heading)
    return Problem(unclear.code, place, outcome, str(cell), facts)


@lru_cache(maxsize=1_000)
def _kind_of(cell: Cell) -> str | None:
    # 角色 or 身份 says 社工: that is a role of this sign-in and a kind of person at once.
    try:
        kind = values.word(cell, "kind")
    except Unclear:
        return None
    return kind if kind == "resident" or kind in STAFF_KINDS else None


def _require(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    held = [columns[name] for name in raw.columns]
    needed = [(name, columns[name]) for name in raw.schema.required]
    for i, line in enumerate(raw.lines):
        if i in bad:
            continue
        if all(cells[i] is None or cells[i] == () for cells in held):
            bad.add(i)
            problems.append(Problem("N-ROW-UNFILLED", Place(raw.file, raw.sheet, line), "left_out"))
            continue
        missing = next((name for name, cells in needed if cells[i] is None), None)
        if missing is not None:
            bad.add(i)
            heading = raw.headings.get(missing, raw.schema.field(missing).words[0])
            place = Place(raw.file, raw.sheet, line, heading)
            code = _MISSING.get(missing, "E-CELL-MISSING")
            problems.append(Problem(code, place, "quarantined", facts={"needed": heading}))


def _refuse_reused_numbers(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    """Set aside the rows that give a person number to another name than the first row with it."""
    first: dict[str, int] = {}
    for i, (number, name) in enumerate(zip(columns["person_no"], columns["person"], strict=True)):
        if number is None or i in bad:
            continue
        original = first.setdefault(number, i)
        if columns["person"][original] != name:
            bad.add(i)
            place = Place(raw.file, raw.sheet, raw.lines[i], raw.headings["person_no"])
            facts: dict[str, object] = {"first": raw.lines[original]}
            problems.append(Problem("E-ID-REUSED", place, "quarantined", number, facts))


def _note_blank_marks(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    for i, mark in enumerate(columns["present"]):
        if mark is None and i not in bad:
            place = Place(raw.file, raw.sheet, raw.lines[i], raw.headings["present"])
            problems.append(Problem("N-PRESENT-BLANK", place))
