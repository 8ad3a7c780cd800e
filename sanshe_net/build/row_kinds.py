"""Which rows below a header are records, and what the others are: totals, notes, sections, headers again."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import Final

from sanshe_net.build import headers
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.values import Cell, LostCell
from sanshe_net.errors import Place, Problem

_TOTAL: Final = re.compile(
    r"(?:本[页月年次场]|本季度|全[部年])?(?:人数|人次)?(?:合计|总计|小计|共计|平均|总人数)(?:人数|人次|金额|年龄|场次|时长)?"
    r"[\s:()\d,.]*(?:人次|人|场|次|元|小时|岁)?\s*\)?\.?|共\s?\d{1,6}\s?(?:人次|[人名位户])"
    r"|(?:合计|总计|共计)[:\s]*\d{1,6}\s?人\s?\([^()]{1,40}\)"
    r"|(?:签到|实到|应到|到场|到会|参加|参与|出席)(?:总?人[数次]|人员总数)[\s:]*\d{0,6}\s?[人名位]?次?"
    r"|(?:sub[ -]?|grand )?total[\s:\d,.]*|sum[\s:\d,.]*",
    re.IGNORECASE,
)
_NOTE: Final = re.compile(
    r"(注|备注|说明|填表说明|填表人|填表日期|制表人|审核人|审核|经办人|记录人|负责(?:社工|人)?签[名字]|负责(?:社工|人)(?:签[名字])?|note|notes)\s*[:：]",
    re.IGNORECASE,
)
_NUMERAL: Final = r"[一二三四五六七八九十\d]{1,3}"
_SECTION: Final = re.compile(
    rf"(?:第{_NUMERAL}(?:组|队|小组|批|场|部分|栋|楼|单元|片区|网格).{{0,20}}|[(（]?{_NUMERAL}[)）、.．].{{1,30}}"
    rf"|{_NUMERAL}(?:组|栋|号楼|片区|网格|单元)|.{{1,20}}(?:小组|片区|网格|名单|人员)[:：]?|.{{1,20}}[:：]"
    r"|(?:group|section|part|team) \w{1,10}:?)",
    re.IGNORECASE,
)
"""A heading inside a table. It counts as one only when it stands alone in its row."""
_DITTO: Final = frozenset({"同上", "〃", "″", '"', "''", "”", "“", "ditto", "do.", "同前"})
_LONG_TEXT: Final = 200
_SWALLOWED: Final = re.compile(r"\d{5}\s*\n|\n[^\n]{0,40}\d{5}")
"""A cell of several lines with long numbers: quotation marks have swallowed the ends of rows."""


@dataclass(frozen=True)
class Body:
    """The records below a header, cells still raw, and what became of the other rows (line -> outcome)."""

    rows: list[list[Cell]]
    lines: list[int]
    left: dict[int, str]
    problems: list[Problem]


def filled(row: Sequence[Cell]) -> list[Cell]:
    """Return the cells of a row that hold anything."""
    return [cell for cell in row if cell is not None and (type(cell) is not str or cell.strip())]


def keys_of(row: Sequence[Cell], said: Mapping[str, str] = MappingProxyType({})) -> list[str]:
    """Return the heading key of every cell; ``said`` are the headings of the mapping file."""
    return [headers.key_for(str(cell), said) if cell is not None else "" for cell in row]


def ends_a_page(row: Sequence[Cell]) -> bool:
    """Return whether a row is a total or a note, which end a page rather than begin a table."""
    text = str(next(iter(filled(row)), "")).strip()
    return len(text) <= _LONG_TEXT and (_is_total(text) or _NOTE.match(text) is not None)


def _is_total(text: str) -> bool:
    plain = text.replace("：", ":").replace("（", "(").replace("）", ")")
    return _TOTAL.fullmatch(plain) is not None


def is_header(row: Sequence[Cell], said: Mapping[str, str]) -> bool:
    """Return whether a row inside a table is a header: mostly known headings, and no digit anywhere."""
    return header_score(row, said) > 1 and not _DIGIT.search(str(row))


_DIGIT: Final = re.compile(r"\d")


def header_score(row: Sequence[Cell], said: Mapping[str, str]) -> int:
    """Return how many headings a row holds, those of the mapping file included; 0 when it is no header."""
    held = [key for key in keys_of(row, said) if key]
    score = headers.known_headings(held) + sum(key in said for key in held)
    # A title or a record may hold one known word; a header is mostly known words.
    return score if score * 2 >= len(held) and headers.match_header(held, said=said) is not None else 0


def body_of(
    sheet: RawSheet, top: int, below: int, keys: Sequence[str], names_activity: Callable[[str], bool]
) -> Body:
    """Return the records of a sheet whose header stands at position ``top`` and ends before ``below``.

    Ditto marks are replaced by what stands above them, and listed. ``names_activity`` says whether a heading
    inside the table tells the activity or day of the rows below it, which nothing else tells.
    """
    body = Body([], [], {}, [])
    width = len(keys)
    titles = {tuple(map(str, filled(row))) for row in sheet.rows[:top] if filled(row)}
    header_rows = [keys_of(row)[:width] for row in sheet.rows[top:below]]
    above: list[Cell] = [None] * width
    dittos = _dittos_in(sheet.rows)
    firsts = {next(filter(None, keys), "") for keys in header_rows}
    for row, line in zip(sheet.rows[below:], sheet.lines[below:], strict=True):
        first = row[0] if row else None
        if first is None or (type(first) is str and not first.strip()):
            first = next((cell for cell in row if cell is not None and str(cell).strip()), None)
            if first is None:
                continue
        problem = None
        if type(first) is str or len(row) > width or LostCell in map(type, row):
            place = Place(sheet.file, sheet.sheet, line)
            problem = _not_a_record(row, first, width, header_rows, firsts, titles, place)
            if problem is None and type(first) is str and width > 1 and len(filled(row)) == 1:
                problem = _section(first.strip(), place, names_activity)
        if problem is None:
            cells = row if len(row) == width else row[:width] + [None] * (width - len(row))
            if dittos and not dittos.isdisjoint(cells):
                cells, problem = _without_dittos(cells, above, Place(sheet.file, sheet.sheet, line))
        if problem is not None:
            body.problems.append(problem)
        if problem is None or problem.outcome == "used":
            body.rows.append(cells)
            body.lines.append(line)
            above = cells
        else:
            body.left[line] = problem.outcome
    return body


def _dittos_in(rows: Sequence[Sequence[Cell]]) -> set[Cell]:
    """Return the ditto marks of a sheet as they are written there."""
    texts = (cell for cell in set(chain.from_iterable(rows)) if type(cell) is str)
    return {text for text in texts if len(text) <= _LONG_TEXT and text.strip().casefold() in _DITTO}


def _without_dittos(row: list[Cell], above: Sequence[Cell], place: Place) -> tuple[list[Cell], Problem]:
    """Return the row with its ditto marks replaced, and what is to be told of it."""
    marks = [i for i, cell in enumerate(row) if type(cell) is str and cell.strip().casefold() in _DITTO]
    open_ = next((i for i in marks if above[i] is None), None)
    if open_ is not None:
        return row, Problem("E-DITTO-FIRST", place, "quarantined", str(row[open_]))
    repeated = [above[i] if i in marks else cell for i, cell in enumerate(row)]
    return repeated, Problem("N-DITTO", place, value=str(row[marks[0]]))


def _not_a_record(
    row: list[Cell],
    first: Cell,
    width: int,
    header_rows: Sequence[Sequence[str]],
    firsts: set[str],
    titles: set[tuple[str, ...]],
    place: Place,
) -> Problem | None:
    if type(first) is str:  # a number or a date in front is no header, total or note
        text = first.strip()
        if len(text) <= _LONG_TEXT:
            if _is_total(text):
                return Problem("N-ROW-TOTAL", place, "left_out", text)
            if _NOTE.match(text):
                return Problem("N-ROW-NOTE", place, "left_out", text)
        if headers.known_key(text) in firsts and _repeats(row, header_rows):
            return Problem("N-ROW-REPEATED-HEADER", place, "left_out")
        if titles and tuple(map(str, filled(row))) in titles:
            return Problem("N-ROW-REPEATED-HEADER", place, "left_out")
    if LostCell in map(type, row):
        for at, cell in enumerate(row):
            if isinstance(cell, LostCell) and cell.code == "E-CELL-LONG":
                heading = header_rows[-1][at] if at < width else ""
                at_column = Place(place.file, place.sheet, place.row, heading)
                return Problem(cell.code, at_column, "quarantined", str(cell))
    if len(row) > width and filled(row[width:]):
        swallowed = next((cell for cell in row if type(cell) is str and _SWALLOWED.search(cell)), None)
        if swallowed is not None:
            return Problem("Q-NAME-SUSPECT", place, "quarantined", swallowed)
        facts: dict[str, object] = {"found": len(row), "allowed": width}
        return Problem("E-CSV-FIELDS", place, "quarantined", facts=facts)
    return None


def _section(text: str, place: Place, names_activity: Callable[[str], bool]) -> Problem | None:
    if names_activity(text):
        return Problem("E-ROW-DATED", place, "quarantined", text)
    return Problem("N-ROW-SECTION", place, "left_out", text) if _SECTION.fullmatch(text) else None


def _repeats(row: Sequence[Cell], header_rows: Sequence[Sequence[str]]) -> bool:
    keys = keys_of(row)
    return any(keys[: len(held)] == list(held) for held in header_rows)
