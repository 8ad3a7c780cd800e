"""Sheets that lie on their side: people across the top, activities or headings down the first column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from sanshe_net.build import headers
from sanshe_net.build.cells.names import HAN, starts_with_surname
from sanshe_net.build.header_rows import LOOKED_AT, Header, heading
from sanshe_net.build.raw_sheets import RawSheet
from sanshe_net.build.row_kinds import filled, keys_of
from sanshe_net.build.values import Cell, Unclear, present

_ENOUGH_PEOPLE: Final = 2
_ENOUGH_HEADINGS: Final = 3
_LONGEST_MARK: Final = 2
_HAN_NAME: Final = re.compile(f"[{HAN}]{{2,4}}")
_FOREIGN_NAME: Final = re.compile(r"[A-Z][a-z'’-]+ [A-Z][A-Za-z'’. -]+")


def people_across(sheet: RawSheet, header: Header | None) -> list[str]:
    """Return the people who stand across the top of a sheet; none when it stands upright."""
    if header is None or headers.known_headings(header.keys) == 1:
        firsts = [(row[0], row[1:]) for row in sheet.rows if row and heading(row[0])]
        keys = keys_of([first for first, _ in firsts])
        known = headers.known_headings(keys)
        if known >= _ENOUGH_HEADINGS and known * 4 >= len(keys) * 3:  # headings down the first column
            told = zip(keys, firsts, strict=True)
            people = [rest for key, (_, rest) in told if headers.match_header([key], only="people")]
            return [heading(cell) for rest in people[:1] for cell in filled(rest)]
    tops = range(min(len(sheet.rows), LOOKED_AT)) if header is None else (header.top,)
    return next((found for at in tops if (found := _names_above_marks(sheet.rows, at))), [])


def _names_above_marks(rows: Sequence[Sequence[Cell]], top: int) -> list[str]:
    """Return the names in a row that stand above nothing but marks, beside a column of other things."""
    texts = {i: heading(cell) for i, cell in enumerate(rows[top]) if i and heading(cell)}
    texts = {i: text for i, text in texts.items() if not headers.is_known(text)}
    names = {i: text for i, text in texts.items() if _is_name(text)}
    if len(names) < _ENOUGH_PEOPLE or len(names) * 4 < len(texts) * 3:
        return []
    first = [text for row in rows[top + 1 :] if row and (text := heading(row[0]))]
    if not first:
        return []
    cells = [row[i] for row in rows[top + 1 :] for i in names if i < len(row) and heading(row[i])]
    upright = sum(map(_is_name, first)) * 2 >= len(first)
    return list(names.values()) if cells and all(map(_is_mark, cells)) and not upright else []


def _is_name(text: str) -> bool:
    chinese = _HAN_NAME.fullmatch(text) is not None and starts_with_surname(text)
    return chinese or _FOREIGN_NAME.fullmatch(text) is not None


def _is_mark(cell: Cell) -> bool:
    try:
        return present(cell) is not None
    except Unclear:
        return len(heading(cell)) <= _LONGEST_MARK and not _is_name(heading(cell))
