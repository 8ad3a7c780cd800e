"""One sheet -> its tables: hidden sheets, merged cells, tables side by side or one below the other.

Every choice here changes who is counted, so it is a person's: without an answer in the mapping file the sheet
is not read and a question says what was seen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sanshe_net.build import headers
from sanshe_net.build.header_rows import TITLE_CELLS, Header, captions, find_header
from sanshe_net.build.mapping import SheetMapping
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.row_kinds import ends_a_page, filled, is_header, keys_of
from sanshe_net.build.values import Cell
from sanshe_net.errors import Place, Problem


def hidden_parts(sheet: RawSheet, mapping: SheetMapping) -> tuple[bool, list[Problem]]:
    """Return whether a sheet may be read, and what is hidden in it."""
    place = Place(sheet.file, sheet.sheet)
    if sheet.hidden and mapping.hidden_sheets != "include":
        rows = sum(bool(filled(row)) for row in sheet.rows)
        if mapping.hidden_sheets == "skip":
            return False, [Problem("N-HIDDEN-SKIPPED", place, "left_out")]
        return False, [Problem("Q-HIDDEN-SHEET", place, "quarantined", facts={"count": rows})]
    lines = zip(sheet.rows, sheet.lines, strict=True) if sheet.hidden_rows else ()
    rows_hidden = sorted(line for row, line in lines if line in sheet.hidden_rows and filled(row))
    if not rows_hidden:
        return True, []
    facts: dict[str, object] = {"found": ", ".join(map(str, rows_hidden[:10])), "count": len(rows_hidden)}
    return True, [Problem("W-ROWS-HIDDEN", place, facts=facts)]


def fill_merges(sheet: RawSheet, below: int) -> tuple[RawSheet, list[Problem]]:
    """Return the sheet with cells merged downwards filled below the header, and a note for each merge.

    Cells that are blank without being merged stay blank: whether they repeat what is above is a guess.
    """
    first = sheet.lines[below] if below < len(sheet.lines) else None
    downwards = [merge for merge in sheet.merges if merge.bottom > merge.top]
    if first is None or not downwards:
        return sheet, []
    at = {line: i for i, line in enumerate(sheet.lines)}
    rows = [list(row) for row in sheet.rows]
    problems = []
    for merge in sorted(downwards):
        top = at.get(merge.top)
        if merge.top < first or top is None or merge.left >= len(rows[top]):
            continue
        value = rows[top][merge.left]
        if value is None or (merge.right > merge.left and len(filled(rows[top])) == 1):
            continue  # a note or a title that fills several rows and columns
        for line in range(merge.top + 1, merge.bottom + 1):
            if line in at and merge.left < len(rows[at[line]]):
                rows[at[line]][merge.left] = value
        place = Place(sheet.file, sheet.sheet, merge.top, letters=column_letters(merge.left))
        facts: dict[str, object] = {"count": merge.bottom - merge.top}
        problems.append(Problem("N-MERGE-FILLED", place, value=str(value), facts=facts))
    return replace(sheet, rows=rows), problems


def split(sheet: RawSheet, mapping: SheetMapping) -> tuple[list[RawSheet], list[Problem]]:
    """Return the tables of a sheet as sheets of their own, or the question whether to take them apart."""
    said = mapping.of_file(sheet.file)
    header = find_header(sheet, said)
    if header is None:
        return [sheet], []
    place = Place(sheet.file, sheet.sheet, sheet.lines[header.top])
    spans = _side_by_side(header, sheet)
    if len(spans) > 1 and mapping.side_by_side != "split":
        found = " / ".join(f"{column_letters(a)}–{column_letters(b - 1)}" for a, b in spans)
        facts: dict[str, object] = {"count": len(spans), "found": found}
        return [], [Problem("Q-SIDE-BY-SIDE", place, "quarantined", facts=facts)]
    parts = [_columns(sheet, *span) for span in spans] if len(spans) > 1 else [sheet]
    made: list[RawSheet] = []
    for part in parts:
        starts = _stacked(part, said)
        if len(starts) > 1 and mapping.stacked != "split":
            row = starts[1]
            found = " | ".join(map(str, filled(part.rows[row])))
            facts = {"line": part.lines[row], "found": found}
            at = Place(part.file, part.sheet, part.lines[row])
            return [], [Problem("Q-STACKED", at, "quarantined", facts=facts)]
        made += _rows(part, starts) if len(starts) > 1 else [part]
    return made, []


def column_letters(position: int) -> str:
    """Return the name of a column in a workbook: 0 -> A, 26 -> AA."""
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _side_by_side(header: Header, sheet: RawSheet) -> list[tuple[int, int]]:
    """Return the first column and the one after the last of every table beside another."""
    keys = header.keys
    start = next((i for i, key in enumerate(keys) if key), len(keys))
    starts = [i for i, key in enumerate(keys) if key and key == keys[start]]
    ends = [*starts[1:], len(keys)]
    units = [_trimmed(keys[a:b]) for a, b in zip(starts, ends, strict=True)]
    if len(units) > 1 and all(unit == units[0] for unit in units) and headers.known_headings(units[0]):
        return list(zip(starts, ends, strict=True))
    return _apart(keys, sheet, header.top)


def _trimmed(keys: Sequence[str]) -> list[str]:
    held = list(keys)
    while held and not held[-1]:
        held.pop()
    return held


def _apart(keys: Sequence[str], sheet: RawSheet, top: int) -> list[tuple[int, int]]:
    """Return the spans of tables with a wholly blank column between them, each a table of its own."""
    blank = [
        i
        for i, key in enumerate(keys)
        if not key and not any(i < len(row) and row[i] is not None for row in sheet.rows[top:])
    ]
    spans, start = [], 0
    for end in [*blank, len(keys)]:
        if any(keys[start:end]):
            spans.append((start, end))
        start = end + 1
    known = [headers.match_header(keys[a:b]) for a, b in spans]
    whole = all(
        match is not None and not match.missing and b - a > 1
        for match, (a, b) in zip(known, spans, strict=True)
    )
    return spans if len(spans) > 1 and whole else [(0, len(keys))]


def _columns(sheet: RawSheet, start: int, end: int) -> RawSheet:
    """Return some columns of a sheet, the others blank, so that column letters stay what they are."""
    rows: list[list[Cell]] = [[None] * start + row[start:end] for row in sheet.rows]
    merges = tuple(merge for merge in sheet.merges if start <= merge.left < end)
    name = f"{sheet.sheet} {column_letters(start)}–{column_letters(end - 1)}".strip()
    return replace(sheet, sheet=name, rows=rows, merges=merges)


def _stacked(sheet: RawSheet, said: Mapping[str, str]) -> list[int]:
    """Return the position where each table of a sheet starts, the first at 0."""
    header = find_header(sheet, said)
    if header is None:
        return [0]
    starts, current = [0], keys_of(sheet.rows[header.top])
    for i in range(header.below, len(sheet.rows)):
        row = sheet.rows[i]
        first = row[0] if row else None
        if first is None:
            first = next((cell for cell in row if cell is not None), None)
        if type(first) is not str or not (headers.is_known(first) or headers.header_key(first) in said):
            continue
        keys = keys_of(row)
        if not is_header(row, said):
            continue
        start = _with_title(sheet.rows, i)
        if _trimmed(keys) == _trimmed(current) and not _names_another(sheet.rows, start, i, header.top):
            continue  # the same header at a page break
        current = keys
        starts.append(start)
    return starts


def _names_another(rows: Sequence[Sequence[Cell]], start: int, header: int, first: int) -> bool:
    """Return whether what stands above a repeated header differs from what stands above the first."""
    above = {tuple(map(str, filled(row))) for row in rows[:first]}
    return any(tuple(map(str, filled(row))) not in above for row in rows[start:header] if filled(row))


def _with_title(rows: Sequence[Sequence[Cell]], header: int) -> int:
    """Return where the title above a second header starts: captions, or short rows below a blank one."""
    start = header
    while start and captions(rows[start - 1 : start]) and not ends_a_page(rows[start - 1]):
        start -= 1
    short = start
    while short and 0 < len(filled(rows[short - 1])) <= TITLE_CELLS and not ends_a_page(rows[short - 1]):
        short -= 1
    return short if short and not filled(rows[short - 1]) else start


def _rows(sheet: RawSheet, starts: Sequence[int]) -> list[RawSheet]:
    parts = []
    for start, end in zip(starts, [*starts[1:], len(sheet.rows)], strict=True):
        name = f"{sheet.sheet} {sheet.lines[start]}–{sheet.lines[end - 1]}".strip()
        parts.append(replace(sheet, sheet=name, rows=sheet.rows[start:end], lines=sheet.lines[start:end]))
    return parts
