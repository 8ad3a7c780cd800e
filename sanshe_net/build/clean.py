"""Raw tables -> clean rows: every cell read by its field, every refusal a problem row.

Clean rows still name people and bodies as they were written; :mod:`sanshe_net.build.identity` decides
who they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import product
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build import values
from sanshe_net.build.find_tables import RawTable
from sanshe_net.build.headers import SCHEMAS, Field
from sanshe_net.build.mapping import NO_MAPPING, SheetMapping
from sanshe_net.build.values import Cell, Habits, People, Span, Told, Unclear
from sanshe_net.errors import Place, Problem
from sanshe_net.messages import MESSAGES, STOPS
from sanshe_net.vocabulary import STAFF_KINDS, Label

Columns: TypeAlias = dict[str, list[Any]]
Meanings: TypeAlias = dict[tuple[Field, bool], dict[Any, Any]]
PROVENANCE: Final = ("file", "sheet", "row")
_AS_BLANK: Final = {
    "E-DATE-IMPOSSIBLE": "W-DATE-DROPPED",
    "E-DATE-UNREADABLE": "W-DATE-DROPPED",
    "Q-DATE-YEAR": "W-DATE-DROPPED",
    "Q-DATE-ORDER": "W-DATE-DROPPED",
    "Q-DATE-FLOAT": "W-DATE-DROPPED",
    "E-NAME-SEVERAL": "W-NAME-SEVERAL",
    "Q-NAME-UNNAMED": "W-NAME-SEVERAL",
    "Q-NAME-GROUP": "W-NAME-SEVERAL",
    "Q-NAME-SUSPECT": "W-NAME-SEVERAL",
    "E-CELL-ERROR": "W-CELL-LOST",
    "E-CELL-FORMULA": "W-CELL-LOST",
}
"""A field that is not needed counts as blank, with a warning instead of a refusal."""
_DECIDED: Final = {"Q-NAME-UNNAMED": "N-NAME-UNNAMED", "Q-NAME-GROUP": "N-NAME-UNNAMED"}
UNNAMED: Final = frozenset(_DECIDED)
"""Questions that ``unnamed: count`` answers."""
UNNAMED_ACTIVITY: Final = "未写名称的活动"
"""What an activity is called when a sheet gives only its day."""
_LIST_PEOPLE: Final = frozenset({"attendance", "memberships"})
"""Tables that may name several people in one cell."""
_MISSING: Final = {"date": "E-DATE-MISSING", "person": "E-NAME-MISSING"}


def clean_table(
    raw: RawTable, meanings: Meanings, mapping: SheetMapping = NO_MAPPING
) -> tuple[Columns, list[Problem]]:
    """Return the rows of a table that can be used, and a problem for everything else.

    Parameters
    ----------
    meanings
        What every cell read so far means; added to. Sheets repeat few values, so each is read once.
    mapping
        What a person decided about the sheets.

    Returns
    -------
    For every column the cells of the good rows: a column per field of the schema (``None`` where blank),
    ``extra`` (what stood in unused columns, so that rows that differ only there are not duplicates), file,
    sheet, row. A cell that names several people, days or roles makes several rows.
    """
    problems: list[Problem] = []
    bad: set[int] = set()
    columns: dict[str, list[Any]] = {}
    decided = UNNAMED if mapping.unnamed == "count" else frozenset()
    for field in raw.schema.fields:
        habits = mapping.habits if field.by_habit else None
        columns[field.name] = _read_column(raw, field, habits, decided, meanings, problems, bad)
    if raw.schema.name in _LIST_PEOPLE:
        _count_unnamed(raw, columns, problems, bad)
    _require(raw, columns, problems, bad)
    _check_order(raw, columns, problems, bad)
    if "person_no" in raw.columns:
        _refuse_reused_numbers(raw, columns, problems, bad)
    if raw.schema.name == "attendance":
        _complete_attendance(raw, columns, problems, bad)
    others = [[str(row[i]) for row in raw.rows] for i in raw.others]
    columns["extra"] = list(zip(*others, strict=True)) if others else [()] * len(raw.rows)
    columns |= {"file": [raw.file] * len(raw.rows), "sheet": [raw.sheet] * len(raw.rows), "row": raw.lines}
    if bad:
        good = [i for i in range(len(raw.rows)) if i not in bad]
        columns = {name: [cells[i] for i in good] for name, cells in columns.items()}
    return _dated(_expanded(columns)), problems


def _check_order(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    """Set aside rows that end before they start, and tell of issues settled on no day."""
    if raw.schema.name not in _FIRST_AND_LAST:
        return
    first, last = _FIRST_AND_LAST[raw.schema.name]
    for i, (start, end) in enumerate(zip(columns[first], columns[last], strict=True)):
        if i not in bad and start is not None and end is not None and end < start:
            bad.add(i)
            facts: dict[str, object] = {"first": raw.headings[first], "allowed": start.isoformat()}
            place = raw.place(i, last)
            problems.append(Problem("E-DATES-REVERSED", place, "quarantined", end.isoformat(), facts))
    if raw.schema.name == "issues" and "settled" in raw.columns:
        for i, (state, settled) in enumerate(zip(columns["state"], columns["settled"], strict=True)):
            if i not in bad and state == "solved" and settled is None:
                problems.append(Problem("W-ISSUE-UNDATED", raw.place(i, "settled")))


_FIRST_AND_LAST: Final = {"issues": ("raised", "settled"), "memberships": ("start", "end")}


def _complete_attendance(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    """Fill in what a sign-in sheet leaves out, and say so."""
    held = {*raw.columns, *raw.given}
    place = Place(raw.file, raw.sheet)
    if "kind" not in raw.columns and "role" in raw.columns:
        columns["kind"] = [_kind_of(row[raw.columns["role"]]) for row in raw.rows]
    if "present" in raw.columns:
        _note_blank_marks(raw, columns, problems, bad)
    else:  # a sheet without such a column lists those who came
        columns["present"] = [True] * len(raw.rows)
    if "date" not in held and raw.rows:
        problems.append(Problem("W-DATE-NONE", place))
    if "activity" not in held and raw.rows:
        problems.append(Problem("W-ACTIVITY-NONE", place))
        columns["activity"] = [UNNAMED_ACTIVITY] * len(raw.rows)


def _count_unnamed(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    """Unfold cells that name several people; who is counted but not named counts for the activity."""
    columns["unnamed"] = [None] * len(raw.rows)
    for i, people in enumerate(columns["person"]):
        if not isinstance(people, People):
            continue
        columns["person"][i] = people.names or None
        if people.unnamed and people.names:
            columns["unnamed"][i] = float(people.unnamed)
        if not people.names and i not in bad:
            bad.add(i)
            value = str(raw.rows[i][raw.columns["person"]])
            problems.append(Problem("N-NAME-NONE", raw.place(i, "person"), "left_out", value))


def _expanded(columns: Columns) -> Columns:
    """Return the columns with one row per person, day and role of each row."""
    several = [name for name in ("person", "date", "role", "org") if name in columns]
    for column in several:  # most cells name one
        if tuple in set(map(type, columns[column])):
            columns[column] = [
                cell[0] if type(cell) is tuple and len(cell) == 1 else cell for cell in columns[column]
            ]
    if not any(tuple in set(map(type, columns[name])) for name in several):
        return columns
    made: Columns = {name: [] for name in columns}
    for i in range(len(columns["row"])):
        parts = [columns[name][i] for name in several]
        for chosen in product(*(part if isinstance(part, tuple) else (part,) for part in parts)):
            row = {name: cells[i] for name, cells in columns.items()} | dict(
                zip(several, chosen, strict=True)
            )
            for name, cell in row.items():
                made[name].append(cell)
    return made


def _dated(columns: Columns) -> Columns:
    """Return the columns with stretches of days taken apart: first day, last day and how exact they are."""
    if "date" not in columns:
        return columns
    spans = [cell if isinstance(cell, Span) else None for cell in columns["date"]]
    if any(spans):
        columns["date"] = [span.start if span else None for span in spans]
        columns["end"] = [span.end if span and span.end != span.start else None for span in spans]
        columns["precision"] = [
            span.precision if span and span.precision != "day" else None for span in spans
        ]
    return columns


def memberships_of_sign_ins(attendance: pd.DataFrame) -> Columns:
    """Return what sign-in sheets say of who belongs to which group, each membership once."""
    names = [*(field.name for field in SCHEMAS["memberships"].fields), "extra", *PROVENANCE]
    said = attendance[attendance["org"].notna() & attendance["person"].notna()]
    # 王阿姨 on two lists may be two people; saying twice what one row says must not make her two.
    partial = said["person"].map(values.incomplete).astype(bool) & said["phone"].isna()
    said = said[~partial]
    said = said.drop_duplicates(["person", "phone", "building", "org"])
    empty = pd.Series(None, index=said.index, dtype=object)
    return {name: list(said.get(name, empty)) for name in names}


def join_tables(name: str, parts: Sequence[Columns]) -> tuple[pd.DataFrame, list[Problem]]:
    """Return the rows of all tables of one kind in the order of their provenance, each once.

    Returns
    -------
    The rows, and a note for every exact repeat.
    """
    made = ("end", "precision", "unnamed") if name in ("attendance", "activities") else ()
    names = [*(field.name for field in SCHEMAS[name].fields), *made, "extra", *PROVENANCE]
    columns: Columns = {column: [] for column in names}
    for part in parts:
        for column in names:
            columns[column] += part.get(column) or [None] * len(part["row"])
    places = list(zip(*(columns[column] for column in PROVENANCE), strict=True))
    told = [held for column in names[: -len(PROVENANCE)] if (held := columns[column]).count(None) < len(held)]
    content = list(zip(*told, strict=True))
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
    raw: RawTable,
    field: Field,
    habits: Habits | None,
    decided: frozenset[str],
    meanings: Meanings,
    problems: list[Problem],
    bad: set[int],
) -> list[Any]:
    position = raw.columns.get(field.name)
    if position is None and field.name not in raw.given:
        return [None] * len(raw.rows)
    if position is None:
        cells: list[Cell] = [raw.given[field.name]] * len(raw.rows)
    else:
        cells = [row[position] for row in raw.rows]
    meaning = meanings.setdefault((field, habits is not None), {})
    keys: list[Any] = cells
    if bool in set(map(type, cells)):  # since 1 == True
        keys = [(bool, cell) if type(cell) is bool else cell for cell in cells]
    for key, cell in dict(zip(keys, cells, strict=True)).items():
        if key not in meaning:
            meaning[key] = _read(field, habits, cell)
    read: list[Any] = [meaning[key] for key in keys]
    noted = {key for key in set(keys) if isinstance(meaning[key], Unclear | Told)}
    for i, key in enumerate(keys) if noted else ():
        if key in noted:
            read[i] = _noted(raw, field, i, cells[i], meaning[key], decided, problems, bad)
    return read


def _noted(
    raw: RawTable,
    field: Field,
    i: int,
    cell: Cell,
    value: Unclear | Told,
    decided: frozenset[str],
    problems: list[Problem],
    bad: set[int],
) -> Any:
    """Tell what is to be told of a cell, set its row aside when that stops, and return its value."""
    if isinstance(value, Unclear):
        problems.append(_unclear(raw, field, i, cell, value))
        if _stops(value.code):
            bad.add(i)
        return None
    for code in value.codes:
        stops = _stops(code) and code not in decided
        outcome = "quarantined" if stops else "used"
        shown = _DECIDED.get(code, code) if code in decided else code
        problems.append(Problem(shown, raw.place(i, field.name), outcome, values.shown(cell)))
        if stops:
            bad.add(i)
    return value.value


def _read(field: Field, habits: Habits | None, cell: Cell) -> Any:
    try:
        return field.read(cell) if habits is None else field.read(cell, habits=habits)
    except Unclear as unclear:
        if field.strict or unclear.code == "E-CONTROL-CHARACTER":
            return Unclear(unclear.code, unclear.reason)
        return Unclear(_AS_BLANK.get(unclear.code, unclear.code), unclear.reason)


def _stops(code: str) -> bool:
    return MESSAGES[code].severity in STOPS


def _unclear(raw: RawTable, field: Field, i: int, cell: Cell, unclear: Unclear) -> Problem:
    facts: dict[str, object] = {"reason": unclear.reason}
    if unclear.code in ("W-WORD-UNKNOWN", "E-WORD-UNKNOWN"):
        lexicon = field.read.keywords["lexicon"]  # type: ignore[attr-defined]  # a partial of values.word
        labels = values.LABELS[lexicon].values()
        allowed = Label("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))
        facts |= {"field": raw.headings.get(field.name) or field.words[0], "allowed": allowed}
    outcome = "quarantined" if _stops(unclear.code) else "used"
    return Problem(unclear.code, raw.place(i, field.name), outcome, values.shown(cell), facts)


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
    # What the sheet has no column for was settled when the table was found.
    needed = [
        (name, columns[name]) for name in raw.schema.required if name in raw.columns or name in raw.given
    ]
    rows = zip(*(cells for _, cells in needed), strict=True)
    for i in [i for i, cells in enumerate(rows) if None in cells]:
        if i in bad:
            continue
        if all(cells[i] is None or cells[i] == () for cells in held):
            bad.add(i)
            problems.append(Problem("N-ROW-UNFILLED", raw.place(i), "left_out"))
            continue
        missing = next((name for name, cells in needed if cells[i] is None), None)
        if missing is not None and not (raw.marks and missing == "date"):
            bad.add(i)
            heading = raw.headings.get(missing) or raw.schema.field(missing).words[0]
            code = _MISSING.get(missing, "E-CELL-MISSING")
            problems.append(Problem(code, raw.place(i, missing), "quarantined", facts={"needed": heading}))


def _refuse_reused_numbers(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    """Set aside the rows that give a person number to another name than the first row with it."""
    first: dict[str, int] = {}
    for i, (number, name) in enumerate(zip(columns["person_no"], columns["person"], strict=True)):
        if number is None or i in bad:
            continue
        original = first.setdefault(number, i)
        if columns["person"][original] != name:
            bad.add(i)
            facts: dict[str, object] = {"first": raw.lines[original]}
            problems.append(Problem("E-ID-REUSED", raw.place(i, "person_no"), "quarantined", number, facts))


def _note_blank_marks(raw: RawTable, columns: Columns, problems: list[Problem], bad: set[int]) -> None:
    for i, mark in enumerate(columns["present"]):
        if mark is None and i not in bad:
            problems.append(Problem("N-PRESENT-BLANK", raw.place(i, "present")))
