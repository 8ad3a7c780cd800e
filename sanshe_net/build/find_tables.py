"""Raw cells -> tables: which table a sheet holds, what its columns mean, and which rows are records.

Nothing is dropped silently: a row that is not a record (blank rows aside) becomes a problem row with its
reason, a sheet without a known header is listed with what was seen, what can be read in two ways is asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from sanshe_net.build import grids, headers
from sanshe_net.build.blocks import column_letters, fill_merges, hidden_parts, split
from sanshe_net.build.header_rows import LOOKED_AT, Header, captions, find_header, is_dated, rows_above
from sanshe_net.build.headers import HeaderMatch, Schema
from sanshe_net.build.households import household_headings
from sanshe_net.build.mapping import IGNORE, NO_MAPPING, SheetMapping, cell_key
from sanshe_net.build.naming import day_of_sheet, named_by_sheet
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.row_kinds import Body, body_of, filled
from sanshe_net.build.sideways import people_across
from sanshe_net.build.values import Cell, Unclear, shown
from sanshe_net.errors import Place, Problem, quote
from sanshe_net.vocabulary import Label

_LONG_NUMBER: Final = re.compile(r"\d{7,}")
_SHOWN_PEOPLE: Final = 3
_OF_CONSENT: Final = re.compile(
    r"同意|愿意|授权|公开|肖像|撤回|拒绝|知情|consent|agree|permission|authori[sz]"
)
"""Headings that may ask for consent: a refusal in a column nobody read would be read as silence."""
_ASKED_WHEN_TWO: Final = frozenset({"person", "activity", "date", "giver", "issue", "nominator", "nominee"})
"""Fields that decide who and what is counted: two columns that could be one of them are asked about."""


@dataclass(frozen=True)
class RawTable:
    """The records of one table, cells still raw.

    ``given`` holds what is said once for all rows, above the header or in the name of the sheet; ``others``
    the positions of columns that are not used; ``left`` the lines that are no records and what became of
    them. In a tick grid a line has one row per mark, and ``marks`` the column of each row's mark.
    """

    file: str
    sheet: str
    schema: Schema
    columns: dict[str, int]
    headings: dict[str, str]
    given: dict[str, Cell]
    others: list[int]
    rows: list[list[Cell]]
    lines: list[int]
    workbook: bool = False
    left: dict[int, str] = field(default_factory=dict)
    marks: list[int] = field(default_factory=list)

    @property
    def rows_in(self) -> int:
        """How many lines of the sheet hold anything, titles above the header aside."""
        return len(set(self.lines) | set(self.left))

    def place(self, i: int, name: str = "") -> Place:
        """Return where row ``i`` stands, or its cell of the field ``name``."""
        position = self.columns.get(name)
        heading = self.headings.get(name, "")
        if self.marks and name in grids.FIELDS:
            position = self.marks[i]
        letters = column_letters(position) if self.workbook and position is not None else ""
        return Place(self.file, self.sheet, self.lines[i], heading, letters)


def find_tables(sheet: RawSheet, mapping: SheetMapping = NO_MAPPING) -> tuple[list[RawTable], list[Problem]]:
    """Return the tables of a sheet (none when it has no known header) and what was noticed."""
    readable, problems = hidden_parts(sheet, mapping)
    if not readable:
        return [], problems
    parts, asked = split(sheet, mapping)
    problems += asked
    tables: list[RawTable] = []
    for part in parts:
        found, noticed = _tables_of(part, mapping)
        tables += found
        problems += noticed
    return tables, problems


def _tables_of(sheet: RawSheet, mapping: SheetMapping) -> tuple[list[RawTable], list[Problem]]:
    said = mapping.of_file(sheet.file)
    header = find_header(sheet, said)
    people = people_across(sheet, header)
    if people:
        facts: dict[str, object] = {"found": "、".join(people[:_SHOWN_PEOPLE])}
        return [], [Problem("E-SHEET-TRANSPOSED", Place(sheet.file, sheet.sheet), "quarantined", facts=facts)]
    if header is None:
        return [], [_by_household(sheet, None, None, said) or _no_header(sheet)]
    keys = header.keys
    given: dict[str, Cell] = dict(captions(sheet.rows[: header.top]))
    match = headers.match_header(keys, frozenset(given), said)
    by_household = _by_household(sheet, header, match, said)
    if match is None or by_household is not None:
        return [], [by_household or _no_header(sheet)]
    place = Place(sheet.file, sheet.sheet, sheet.lines[header.below - 1])
    sheet, problems = fill_merges(sheet, header.below)
    complete = {"activity", "date"} <= {*match.columns, *given} or "person" not in match.columns
    names_one = _names_none if complete else names_activity
    body = body_of(sheet, header.top, header.below, keys, names_one)
    free = [i for i in range(len(keys)) if i not in match.columns.values()]
    is_list = match.schema.name in ("attendance", "people") and "activity" not in {*match.columns, *given}
    grid, maybe, unclear = (
        grids.grid_columns(header.texts, _unknown(keys, free, said), dict(said), body.rows, mapping.habits)
        if is_list and "person" in match.columns and "date" not in match.columns
        else ([], [], [])
    )
    if is_list and "person" in match.columns and not grid and not maybe and not unclear:
        # What may be consent is asked about as consent.
        silent = [i for i in _unknown(keys, free, said) if not _OF_CONSENT.search(header.texts[i])]
        maybe = grids.lone_tick(header.texts, silent, body.rows, mapping.habits)
    asked = _asked(header, match, said, maybe, unclear, place, sheet.workbook)
    if asked:
        return [], asked + _unclear_marks(sheet, header, body, [i for i, _ in unclear], mapping)
    if grid:
        if match.schema.name == "people":
            match = headers.match_header(keys, frozenset({"activity", "date", *given}), said) or match
        day = given.get("date") or (day_of_sheet(sheet, header.top, mapping) if len(grid) == 1 else None)
        grid = [replace(column, date=column.date or day) for column in grid]
    else:
        given, match, noticed = named_by_sheet(sheet, header.top, given, keys, match, mapping)
        problems += noticed
    refused = _refused(header, match, {*given, *(grids.FIELDS if grid else ())}, place)
    if refused is not None:
        return [], [refused]
    above = rows_above(sheet, header.top)
    body.left.update({problem.place.row: problem.outcome for problem in above})
    problems += body.problems + above
    match = _without_signatures(header, match, body)
    on_grid = {column.position for column in grid}
    others, noticed = _other_columns(header, match.columns, on_grid, body.rows, place, said)
    problems += [
        Problem("W-GRID-TWICE", replace(place, letters=_letters(sheet, column.position)), value=column.title)
        for column in grid
        if column.number > 1
    ]
    problems += noticed + _hidden_columns(sheet, header, match.columns, on_grid, place)
    return _made(sheet, header, match, given, others, body, grid, mapping), problems


def _unclear_marks(
    sheet: RawSheet, header: Header, body: Body, positions: Sequence[int], mapping: SheetMapping
) -> list[Problem]:
    """Return the questions about marks in columns of which something else is asked.

    They come in the same breath, or the next run would come back with them.
    """
    asked = []
    for i, position, question in grids.unclear_marks(body.rows, positions, mapping.habits):
        letters = _letters(sheet, position)
        at = Place(sheet.file, sheet.sheet, body.lines[i], header.texts[position], letters)
        cell = shown(body.rows[i][position])
        asked.append(Problem(question.code, at, "quarantined", cell, {"reason": question.reason}))
    return asked


def _without_signatures(header: Header, match: HeaderMatch, body: Body) -> HeaderMatch:
    """Return the match without a column 签到 in which people signed with their names instead of a mark."""
    position = match.columns.get("present")
    if position is None or header.keys[position] not in headers.SIGNED:
        return match
    cells = [shown(cell) for cell in filled([row[position] for row in body.rows])]
    if cells and max(map(len, cells)) == 1:
        return match
    columns = {name: at for name, at in match.columns.items() if name != "present"}
    return replace(match, columns=columns)


def _letters(sheet: RawSheet, position: int) -> str:
    return column_letters(position) if sheet.workbook else ""


def _names_none(text: str) -> bool:
    """Where columns hold activity and day, a heading inside the table is only a heading."""
    return False


def names_activity(text: str) -> bool:
    """Return whether a heading inside a table tells an activity or its day."""
    return is_dated(text) or not {"activity", "date"}.isdisjoint(captions([[text]]))


def _made(
    sheet: RawSheet,
    header: Header,
    match: HeaderMatch,
    given: Mapping[str, Cell],
    others: list[int],
    body: Body,
    grid: Sequence[grids.GridColumn],
    mapping: SheetMapping,
) -> list[RawTable]:
    if mapping.cells:
        read = sorted(match.columns.values())
        rows_read = [_answered(row, read, mapping.cells) for row in body.rows]
        body = replace(body, rows=rows_read)
    known = {each.name for each in match.schema.fields} - set(match.columns)
    table = RawTable(
        sheet.file,
        sheet.sheet,
        match.schema,
        dict(match.columns),
        {name: header.texts[i] for name, i in match.columns.items()},
        {name: cell for name, cell in given.items() if name in known},
        others,
        body.rows,
        body.lines,
        sheet.workbook,
        dict(body.left),
    )
    if not grid:
        return [table]
    rows, lines, marks, blank = grids.expand(body.rows, body.lines, grid, mapping.habits)
    width = len(header.texts)
    columns = table.columns | {name: width + i for i, name in enumerate(grids.FIELDS)}
    headings = dict.fromkeys(grids.FIELDS, "") | table.headings
    ticks = replace(table, columns=columns, headings=headings, rows=rows, lines=lines, marks=marks)
    if not blank:
        return [ticks]
    # Somebody on the list without any mark is still somebody of the community.
    people = headers.match_header(header.keys, frozenset(), mapping.of_file(sheet.file), only="people")
    assert people is not None  # a grid has a column of people, which is all that a list of people needs
    unmarked = replace(
        table,
        schema=people.schema,
        columns=dict(people.columns),
        headings={name: header.texts[i] for name, i in people.columns.items()},
        given={},
        rows=[body.rows[i] for i in blank],
        lines=[body.lines[i] for i in blank],
        left={},
    )
    return [ticks, unmarked]


def _answered(row: list[Cell], positions: Sequence[int], cells: Mapping[str, str]) -> list[Cell]:
    """Return a row with the cells that the mapping file explains replaced by what they mean."""
    said = {i: cells[key] for i in positions if (key := cell_key(shown(row[i]))) in cells}
    return [said.get(i, cell) for i, cell in enumerate(row)] if said else row


def _unknown(keys: Sequence[str], free: Sequence[int], said: Mapping[str, str]) -> list[int]:
    """Return the free columns whose heading says nothing yet."""
    silent = headers.IGNORED | headers.DROPPED | {key for key, target in said.items() if target == IGNORE}
    return [i for i in free if keys[i] and keys[i] not in silent]


def _asked(
    header: Header,
    match: HeaderMatch,
    said: Mapping[str, str],
    maybe: Sequence[int],
    unclear: Sequence[tuple[int, Unclear]],
    place: Place,
    workbook: bool,
) -> list[Problem]:
    """Return the questions about the columns of a table."""
    asked = []
    keys = header.keys
    spoken_for = set(match.columns.values())
    for name, position in match.columns.items():
        words = match.schema.field(name).keys
        rivals = [
            i
            for i, key in enumerate(keys)
            if key in words and key != keys[position] and i not in spoken_for and key not in said
        ]
        if name in _ASKED_WHEN_TWO and rivals and keys[position] not in said:
            at = [_named(header, i, workbook) for i in sorted([position, *rivals])]
            label = match.schema.field(name).words
            facts: dict[str, object] = {
                "found": Label("、".join(at), ", ".join(at)),
                "field": Label(label[0], name),
                "term": name,
                "headings": [header.texts[i] for i in sorted([position, *rivals])],
            }
            asked.append(Problem("Q-COLUMN-CHOICE", place, "quarantined", facts=facts))
    if maybe:
        at = [_named(header, i, workbook) for i in maybe]
        facts = {
            "found": Label("、".join(at), ", ".join(at)),
            "headings": [header.texts[i] for i in maybe],
        }
        asked.append(Problem("Q-COLUMN-TICKED", place, "quarantined", facts=facts))
    for i, question in unclear:
        letters = column_letters(i) if workbook else ""
        at_column = replace(place, column=header.texts[i], letters=letters)
        facts = {"reason": question.reason}
        asked.append(Problem(question.code, at_column, "quarantined", header.texts[i], facts))
    return asked


def _named(header: Header, position: int, workbook: bool) -> str:
    return f"{column_letters(position)} {header.texts[position]}" if workbook else header.texts[position]


def _refused(header: Header, match: HeaderMatch, given: set[str], place: Place) -> Problem | None:
    headings = {name: header.texts[i] for name, i in match.columns.items()}
    if not match.schema.is_enough({*match.columns, *given}):
        return _column_needed(place, match, headings)
    keys = header.keys
    twice = [headings[name] for name, i in match.columns.items() if keys.count(keys[i]) > 1]
    if twice:
        facts: dict[str, object] = {"found": "、".join(twice)}
        return Problem("E-COLUMN-TWICE", place, "quarantined", facts=facts)
    return None


def _other_columns(
    header: Header,
    columns: Mapping[str, int],
    on_grid: set[int],
    rows: Sequence[Sequence[Cell]],
    place: Place,
    said: Mapping[str, str],
) -> tuple[list[int], list[Problem]]:
    """Return the columns that are not used but tell two rows apart, and a note for each.

    Columns of identifiers count among them while duplicates are looked for; no table ever holds them.
    """
    others: list[int] = []
    problems: list[Problem] = []
    used = {*columns.values(), *on_grid}
    for position, key in enumerate(header.keys):
        unheaded = not key and any(row[position] is not None for row in rows)
        if position in used or key in headers.IGNORED or not (key or unheaded):
            continue
        others.append(position)
        heading = f"({position + 1})" if unheaded else header.texts[position]
        if said.get(key) == IGNORE:
            problems.append(Problem("N-MAPPED-IGNORED", place, value=heading))
        elif key in headers.DROPPED:
            problems.append(Problem("N-COLUMN-DROPPED", place, value=heading))
            if any(_has_lost_digits(row[position]) for row in rows):
                problems.append(Problem("W-DIGITS-LOST", place, value=heading))
        elif _OF_CONSENT.search(key):
            problems.append(Problem("E-CONSENT-COLUMN", place, "quarantined", heading))
        else:
            problems.append(Problem("N-COLUMN-UNKNOWN", place, value=heading))
    return others, problems


def _has_lost_digits(cell: Cell) -> bool:
    """Return whether a cell is a number too long for a spreadsheet, such as an identity number."""
    return isinstance(cell, int | float) and abs(cell) >= 1e15


def _hidden_columns(
    sheet: RawSheet, header: Header, columns: Mapping[str, int], on_grid: set[int], place: Place
) -> list[Problem]:
    """Return a warning for every hidden column with a heading: what nobody sees nobody checked."""
    hidden = [i for i in sorted(sheet.hidden_columns) if i < len(header.texts) and header.texts[i]]
    used = {*columns.values(), *on_grid}
    return [
        Problem(
            "W-COLUMN-HIDDEN" if i in used else "N-COLUMN-HIDDEN",
            replace(place, letters=column_letters(i)),
            value=header.texts[i],
        )
        for i in hidden
    ]


def _by_household(
    sheet: RawSheet, header: Header | None, match: HeaderMatch | None, said: Mapping[str, str]
) -> Problem | None:
    found = household_headings(sheet, header, match, said)
    facts: dict[str, object] = {"found": "、".join(found)}
    return (
        Problem("E-HOUSEHOLDS", Place(sheet.file, sheet.sheet), "quarantined", facts=facts) if found else None
    )


def _no_header(sheet: RawSheet) -> Problem:
    # Long numbers may be phones or identity numbers; a message must not carry them.
    seen = [_LONG_NUMBER.sub("…", quote(cell)) for row in sheet.rows[:3] for cell in filled(row)]
    facts: dict[str, object] = {"found": " | ".join(seen[:8]) or "-", "looked": LOOKED_AT}
    return Problem("E-NO-COLUMN", Place(sheet.file, sheet.sheet), "quarantined", facts=facts)


def _column_needed(place: Place, match: HeaderMatch, headings: Mapping[str, str]) -> Problem:
    needed = "、".join(match.schema.field(name).words[0] for name in match.missing)
    facts: dict[str, object] = {
        "table": match.schema.label, "needed": needed, "found": "、".join(headings.values()),
    }  # fmt: skip
    return Problem("E-COLUMN-NEEDED", place, "quarantined", facts=facts)
