"""What an ods workbook says beside its values: failed formulas, hidden parts, merged cells, far cells."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final
from xml.parsers import expat

from sanshe_net.build.raw_sheets import Merge, SheetFacts
from sanshe_net.build.values import LostCell
from sanshe_net.build.workbook_guard import (
    MAX_COLUMN,
    MAX_MERGES,
    MAX_ROW,
    check_merge,
    check_size,
    damaged,
    outside,
    run_parser,
    too_large,
)  # fmt: skip
from sanshe_net.vocabulary import Label

_ERROR: Final = re.compile(r"#(?:N/A|REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}")
NESTED: Final = Label("格子里还有一张表", "a cell holds a table of its own")
_HIDDEN: Final = ("collapse", "filter")
_MAX_REPEATED_CELLS: Final = 200_000
"""Filled cells that a document may claim without writing them: bytes must not become a day's reading."""
_MAX_REPEATS: Final = 9
"""Digits of a count of repeats; a longer number is no count."""


def scan_ods(parts: dict[str, bytes], shown: str) -> dict[str, SheetFacts]:
    """Return the facts of every sheet by its name.

    Parameters
    ----------
    parts
        The XML parts of the archive by name, see :func:`sanshe_net.build.workbook_guard.open_archive`.
    shown
        The name the file is shown under.

    Raises
    ------
    InputError
        When filled cells reach too far, or a merge is absurd.
    """
    scan = _OdsScan(shown)
    run_parser(scan.parser, parts.get("content.xml", b""), shown)
    return scan.sheets


class _OdsScan:
    """The state of going through all sheets of a document: they are one part."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.sheets: dict[str, SheetFacts] = {}
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.depth = self.repeated = 0
        self.name = ""
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.begin_sheet({})

    def begin_sheet(self, attributes: dict[str, str]) -> None:
        self.facts = SheetFacts(hidden=attributes.get("style-name") in self.hidden_styles)
        self.row = self.rows = self.columns = self.next_column = 0
        self.row_repeats = 1
        self.column = 0
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.hidden_rows: list[range] = []
        self.hidden_columns: list[range] = []
        self.merges: list[Merge] = []
        self.lost: dict[tuple[int, int], LostCell] = {}

    def start(self, tag: str, given: dict[str, str]) -> None:
        name = _local(tag)
        attributes = {_local(key): value for key, value in given.items()}
        if name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self.depth += 1
            if self.depth > 1:  # a table within a cell; the values of both would run into each other
                raise damaged(self.shown, NESTED)
            self.name = attributes.get("name", "")
            self.begin_sheet(attributes)
        elif name == "table-column":
            self.add_column(attributes)
        elif name == "table-row":
            self.add_row(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            failed = any(_local(key) == "value-type" and value == "error" for key, value in given.items())
            self.cell = attributes | ({"failed": "yes"} if failed else {})
            self.text = []
        elif name == "p" and self.cell is not None:
            self.parser.CharacterDataHandler = self.text.append

    def end(self, tag: str) -> None:
        name = _local(tag)
        if name == "p":
            self.parser.CharacterDataHandler = None
        elif name in ("table-cell", "covered-table-cell") and self.cell is not None:
            self.end_cell(self.cell)
            self.cell = None
        elif name == "table-row":
            self.row += self.row_repeats - 1
        elif name == "table":
            self.depth -= 1
            self.end_sheet()

    def add_column(self, attributes: dict[str, str]) -> None:
        repeats = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.hidden_columns.append(range(self.next_column, self.next_column + repeats))
        self.next_column += repeats

    def add_row(self, attributes: dict[str, str]) -> None:
        self.row += 1
        self.column = 0
        self.row_repeats = _count(attributes, "number-rows-repeated")
        if attributes.get("visibility") in _HIDDEN:
            self.hidden_rows.append(range(self.row, self.row + self.row_repeats))

    def end_cell(self, cell: dict[str, str]) -> None:
        repeats = _count(cell, "number-columns-repeated")
        text = "".join(self.text).strip()
        formula = cell.get("formula")
        if text or formula is not None or "value-type" in cell:
            self.rows = max(self.rows, self.row + self.row_repeats - 1)
            self.columns = max(self.columns, self.column + repeats)
            if self.rows > MAX_ROW or self.columns > MAX_COLUMN:
                raise damaged(self.shown, outside(f"R{self.rows}C{self.columns}"))
            check_size(self.rows, self.columns, self.shown)
            self.repeated += self.row_repeats * repeats - 1
            if self.repeated > _MAX_REPEATED_CELLS:
                raise too_large(self.shown, f"{self.repeated:,}+", f"{_MAX_REPEATED_CELLS:,} 格 / cells")
            lost = _lost(cell, text, formula)
            if lost is not None:
                for row in range(self.row, self.row + self.row_repeats):
                    for column in range(self.column, self.column + repeats):
                        self.lost[row, column] = lost
        self.add_merge(cell)
        self.column += repeats

    def add_merge(self, cell: dict[str, str]) -> None:
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down * across > 1:
            merge = Merge(self.row, self.column, self.row + down - 1, self.column + across - 1)
            check_merge(merge, f"{down} × {across}", self.shown)
            if len(self.merges) >= MAX_MERGES:
                raise too_large(self.shown, f"{MAX_MERGES:,}+", f"{MAX_MERGES:,}")
            self.merges.append(merge)

    def end_sheet(self) -> None:
        self.sheets[self.name] = replace(
            self.facts,
            hidden_rows=_within(self.hidden_rows, self.rows + 1),
            hidden_columns=_within(self.hidden_columns, self.columns),
            merges=tuple(self.merges),
            lost=self.lost,
            rows=self.rows,
            columns=self.columns,
        )


def _lost(cell: dict[str, str], text: str, formula: str | None) -> LostCell | None:
    if "failed" in cell or (formula is not None and _ERROR.fullmatch(text)):
        return LostCell("E-CELL-ERROR", text or "#")
    if formula is not None and not text and "value-type" not in cell:
        return LostCell("E-CELL-FORMULA", "=" + formula.partition("=")[2])
    return None


def _within(ranges: list[range], end: int) -> frozenset[int]:
    return frozenset(at for held in ranges for at in range(held.start, min(held.stop, end)))


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(int(text), 1) if text.isdecimal() and len(text) <= _MAX_REPEATS else 1


def _local(tag: str) -> str:
    return tag.rpartition(" ")[2]
