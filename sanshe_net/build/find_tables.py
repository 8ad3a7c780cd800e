"""Raw cells -> tables: the header row, what stands above it, and which rows are records.

Nothing is dropped silently: a row that is not a record (blank rows aside) becomes a problem row with its
reason, and a sheet without a known header is listed with what was seen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sanshe_net.build import headers
from sanshe_net.build.headers import Schema
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.values import Cell
from sanshe_net.errors import Place, Problem, quote

LOOKED_AT: Final = 30
"""The header must stand in the first so many rows."""
TITLE_CELLS: Final = 2
"""A row above the header with more cells than this, and no caption among them, may be a lost record."""

_TOTAL: Final = re.compile(
    r"(?:本[页月年次场]|本季度|全[部年])?(?:合计|总计|小计|共计|平均|总人数)(?:人数|人次|金额|年龄|场次|时长)?"
    r"[\s:()\d,.]*(?:人次|人|场|次|元|小时|岁)?\s*\)?\.?|(?:sub|grand )?total[\s:\d,.]*|sum[\s:\d,.]*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"(注|备注|说明|填表说明|填表人|制表人|审核人|负责社工签名|note|notes)\s*[:：]", re.IGNORECASE
)
_CAPTION: Final = re.compile(r"(?:^|\s)([一-鿿]{2,8}|[A-Za-z]{4,12})\s*[:：]\s*")
_DIGIT: Final = re.compile(r"\d")
_LONG_NUMBER: Final = re.compile(r"\d{7,}")


@dataclass(frozen=True)
class RawTable:
    """The records of one sheet, cells still raw.

    ``given`` holds what stood above the header; ``others`` the positions of columns that are not used;
    ``rows_in`` counts every row that is not blank, titles above the header aside.
    """

    file: str
    sheet: str
    schema: Schema
    columns: dict[str, int]
    headings: dict[str, str]
    given: dict[str, str]
    others: list[int]
    rows: list[list[Cell]]
    lines: list[int]
    rows_in: int


def find_table(sheet: RawSheet) -> tuple[RawTable | None, list[Problem]]:
    """Return the table of a sheet (``None`` when it has no known header) and what was noticed."""
    top = _header_row(sheet.rows)
    if top is None:
        return None, [_no_header(sheet)]
    keys = _keys(sheet.rows[top])
    given = _given(sheet.rows[:top])
    match = headers.match_header(keys, frozenset(given))
    if match is None:
        return None, [_no_header(sheet)]
    place = Place(sheet.file, sheet.sheet, sheet.lines[top])
    headings = {name: _heading(sheet.rows[top][i]) for name, i in match.columns.items()}
    if match.missing:
        return None, [_column_needed(place, match, headings)]
    twice = [headings[name] for name, i in match.columns.items() if keys.count(keys[i]) > 1]
    if twice:
        facts: dict[str, object] = {"found": "、".join(twice)}
        return None, [Problem("E-COLUMN-TWICE", place, "quarantined", facts=facts)]
    rows, lines, problems = _records(sheet, top, keys)
    second = [problem for problem in problems if problem.code == "E-HEADER-SECOND"]
    if second:
        return None, second[:1]
    problems += _above(sheet, top)
    rows_in = len(rows) + len(problems)
    others, noticed = _other_columns(sheet.rows[top], keys, match.columns, rows, place)
    fields = {field.name for field in match.schema.fields} - set(match.columns)
    used = {name: text for name, text in given.items() if name in fields}
    columns = dict(match.columns)
    table = RawTable(
        sheet.file, sheet.sheet, match.schema, columns, headings, used, others, rows, lines, rows_in
    )
    return table, problems + noticed


def _keys(row: Sequence[Cell]) -> list[str]:
    return [headers.header_key(cell) for cell in row]


def _heading(cell: Cell) -> str:
    return " ".join(str(cell).split())


def _filled(row: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in row if cell is not None and str(cell).strip()]


def _header_row(rows: Sequence[Sequence[Cell]]) -> int | None:
    best, best_rank = None, (False, 0)
    for position, row in enumerate(rows[:LOOKED_AT]):
        score = _header_score(row)
        # 活动名称： | 灯会 | 日期： | 2024-02-24 are captions, if there is anything better.
        bare = not any(str(cell).strip().endswith((":", "：")) for cell in _filled(row))
        if score and (bare, score) > best_rank:
            best, best_rank = position, (bare, score)
    return best


def _header_score(row: Sequence[Cell]) -> int:
    """Return how many headings a row holds; 0 when it is no header."""
    filled = [key for key in _keys(row) if key]
    score = headers.known_headings(filled)
    # A title or a record may hold one known word; a header is mostly known words.
    return score if score * 2 >= len(filled) and headers.match_header(filled) is not None else 0


def _given(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    held: dict[str, str] = {}
    for row in rows:
        cells = [str(cell).strip() for cell in row if cell is not None]
        for position, cell in enumerate(cells):
            # 活动名称： | 中秋灯会 (caption and value in two cells) or 活动名称：中秋灯会 (in one).
            if cell.endswith((":", "：")) and position + 1 < len(cells):
                cell = f"{cell}{cells[position + 1]}"
            # "活动名称：中秋灯会 活动时间：…" splits into "", 活动名称, 中秋灯会, 活动时间, …
            parts = _CAPTION.split(cell)
            for caption, value in zip(parts[1::2], parts[2::2], strict=True):
                name = headers.field_of_caption(caption)
                if name is not None and value.strip():
                    held.setdefault(name, value.strip())
    return held


def _above(sheet: RawSheet, top: int) -> list[Problem]:
    """Return a problem for every row above the header that looks like more than a title."""
    problems = []
    for row, line in zip(sheet.rows[:top], sheet.lines[:top], strict=True):
        cells = [str(cell).strip() for cell in _filled(row)]
        if len(cells) > TITLE_CELLS and not any(_CAPTION.search(cell) for cell in cells):
            place = Place(sheet.file, sheet.sheet, line)
            problems.append(Problem("W-ROW-ABOVE", place, "left_out", value=" | ".join(cells)))
    return problems


def _records(sheet: RawSheet, top: int, keys: list[str]) -> tuple[list[list[Cell]], list[int], list[Problem]]:
    rows: list[list[Cell]] = []
    lines: list[int] = []
    problems: list[Problem] = []
    width, caption = len(keys), next(key for key in keys if key)
    for row, line in zip(sheet.rows[top + 1 :], sheet.lines[top + 1 :], strict=True):
        first = next(
            (cell for cell in row if cell is not None and (type(cell) is not str or cell.strip())), None
        )
        if first is None:
            continue
        problem = _not_a_record(row, first, keys, caption, Place(sheet.file, sheet.sheet, line))
        if problem is not None:
            problems.append(problem)
        else:
            rows.append(row[:width] + [None] * (width - len(row)))
            lines.append(line)
    return rows, lines, problems


def _not_a_record(
    row: list[Cell], first: Cell, keys: list[str], caption: str, place: Place
) -> Problem | None:
    if type(first) is str:  # a number or a date in front is no header, total or note
        text = first.strip()
        if _TOTAL.fullmatch(text.replace("：", ":").replace("（", "(").replace("）", ")")):
            return Problem("N-ROW-TOTAL", place, "left_out", text)
        if _NOTE.match(text):
            return Problem("N-ROW-NOTE", place, "left_out", text)
        key = headers.header_key(text)
        if key == caption and _keys(row)[: len(keys)] == keys:
            return Problem("N-ROW-REPEATED-HEADER", place, "left_out")
        if headers.known_headings([key]) and _header_score(row) > 1 and not _DIGIT.search(str(row)):
            return Problem("E-HEADER-SECOND", place, "quarantined", " | ".join(map(str, _filled(row))))
    if len(row) > len(keys) and _filled(row[len(keys) :]):
        facts: dict[str, object] = {"found": len(row), "allowed": len(keys)}
        return Problem("E-CSV-FIELDS", place, "quarantined", facts=facts)
    return None


def _other_columns(
    header: Sequence[Cell],
    keys: Sequence[str],
    columns: Mapping[str, int],
    rows: Sequence[Sequence[Cell]],
    place: Place,
) -> tuple[list[int], list[Problem]]:
    """Return the columns that are not used but tell two rows apart, and a note for each.

    Columns of identifiers count among them while duplicates are looked for; no table ever holds them.
    """
    others: list[int] = []
    problems: list[Problem] = []
    used = set(columns.values())
    for position, key in enumerate(keys):
        unheaded = not key and any(row[position] is not None for row in rows)
        if position in used or key in headers.IGNORED or not (key or unheaded):
            continue
        others.append(position)
        code = "N-COLUMN-DROPPED" if key in headers.DROPPED else "N-COLUMN-UNKNOWN"
        heading = f"({position + 1})" if unheaded else _heading(header[position])
        if "同意" in key or "consent" in key:
            problems.append(Problem("E-CONSENT-COLUMN", place, "quarantined", heading))
            continue
        problems.append(Problem(code, place, value=heading))
    return others, problems


def _no_header(sheet: RawSheet) -> Problem:
    # Long numbers may be phones or identity numbers; a message must not carry them.
    seen = [_LONG_NUMBER.sub("…", quote(cell)) for row in sheet.rows[:3] for cell in _filled(row)]
    facts: dict[str, object] = {"found": " | ".join(seen[:8]) or "-", "looked": LOOKED_AT}
    return Problem("E-NO-COLUMN", Place(sheet.file, sheet.sheet), "quarantined", facts=facts)


def _column_needed(place: Place, match: headers.HeaderMatch, headings: Mapping[str, str]) -> Problem:
    needed = "、".join(match.schema.field(name).words[0] for name in match.missing)
    facts: dict[str, object] = {
        "table": match.schema.label, "needed": needed, "found": "、".join(headings.values()),
    }  # fmt: skip
    return Problem("E-COLUMN-NEEDED", place, "quarantined", facts=facts)
