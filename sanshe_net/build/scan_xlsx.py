"""What an xlsx workbook says beside its values: failed formulas, hidden parts, merged cells, far cells.

The library that reads the values believes every address and passes over failures in silence, so each sheet
is looked over first. Rows and cells that say nothing but a value are taken out by a search for bytes; what is
left is parsed. Nothing here trusts one spelling of XML: what the search does not know goes to the parser.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
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
    twice,
)  # fmt: skip

_CELL: Final = (
    rb'<c r="[A-Z][1-9][0-9]{0,4}"(?: s="[0-9]+")?(?: t="(?:s|n|b|d|str|inlineStr)")?'
    rb"(?:/>|><v>[^<]*</v></c>|><is><t[^<>]*>[^<]*</t></is></c>)"
)
"""A cell that says nothing but its value, and lies within the first 26 columns and 99,999 rows."""
_PLAIN_CELL: Final = re.compile(_CELL)
_PLAIN_ROW: Final = re.compile(
    rb'<row r="[0-9]{1,5}"'
    rb"""(?: (?:(?:spans|s|customFormat|customHeight|x14ac:dyDescent)|ht(?!="[0.]*+"))="[^"<&]*+")*+"""
    rb"(?:/>|>(?:" + _CELL + rb")*+</row>)"
)
"""A row that is shown and holds nothing but such cells."""
_CELL_ADDRESS: Final = re.compile(rb'<c r="([^"]*)')
_ODD: Final = (b":c", b":row")
_ODD_CELL: Final = re.compile(rb'<c[\t\r\n>/]|<row[\t\r\n>/]|<c r="[A-Z]{0,9}[a-z0]')
"""A cell or row without its address, or with an address spelt as no program does (a2, A02)."""
_ADDRESS: Final = re.compile(r"([A-Za-z]{1,4})([0-9]{1,8})")
_TRUE: Final = ("1", "true", "on")

Handler = Callable[[str, dict[str, str]], None]


def scan_workbook(parts: Mapping[str, bytes], shown: str) -> dict[str, SheetFacts]:
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
        When a sheet reaches too far, or merges more than a sheet could show.
    """
    scanned = {name.casefold(): scan_sheet(xml, shown) for name, xml in parts.items() if b"sheetData" in xml}
    by_name = {name.casefold(): xml for name, xml in parts.items()}
    targets = _targets(by_name.get("xl/_rels/workbook.xml.rels", b""), shown)
    facts: dict[str, SheetFacts] = {}
    for name, state, relation in _sheet_list(by_name.get("xl/workbook.xml", b""), shown):
        found = scanned.get(targets.get(relation, ""), SheetFacts())
        hidden = state.casefold() in ("hidden", "veryhidden")
        facts[name] = replace(found, hidden=hidden)
    return facts


def _sheet_list(xml: bytes, shown: str) -> list[tuple[str, str, str]]:
    """Return name, state and relation of every sheet."""
    sheets: list[tuple[str, str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            relation = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))

    _parse(xml, start, shown)
    return sheets


def _targets(xml: bytes, shown: str) -> dict[str, str]:
    """Return the part of every relation of the workbook, by its id."""
    targets: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if _local(tag) == "Relationship":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.lstrip("/").casefold()

    _parse(xml, start, shown)
    return targets


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _parse(xml: bytes, start: Handler, shown: str) -> None:
    if xml:
        parser = expat.ParserCreate("utf-8")
        parser.StartElementHandler = start
        run_parser(parser, xml, shown)


def scan_sheet(xml: bytes, shown: str) -> SheetFacts:
    """Return the facts of one sheet.

    Raises
    ------
    InputError
        When a filled cell lies outside the grid or a merge is absurd, or the part is no well-formed XML.
    """
    rest = _PLAIN_ROW.sub(b"", xml)
    # Parsed is only what may tell something; or all, when cells without an address count on those before,
    # when one stands there twice, or when a comment may begin or end within what looks like a row.
    short = _all_addressed(rest) and not _has_asides(xml) and not _has_repeats(xml)
    rest = _PLAIN_CELL.sub(b"", rest) if short else xml
    scan = _SheetScan(shown)
    run_parser(scan.parser, rest, shown)
    return scan.facts()


def _has_asides(xml: bytes) -> bool:
    """Whether there is a comment, CDATA or an instruction: what looks like a row in it may be none."""
    return b"<!" in xml or xml.count(b"<?") > xml.removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml ")


def _has_repeats(xml: bytes) -> bool:
    """Whether two cells may have one address."""
    addresses = _CELL_ADDRESS.findall(xml)
    return len(set(addresses)) < len(addresses)


def _all_addressed(xml: bytes) -> bool:
    """Whether every cell and row is spelt as every program spells it, beginning with its address."""
    return (
        not any(mark in xml for mark in _ODD)
        and xml.count(b"<c ") == xml.count(b'<c r="')
        and xml.count(b"<row ") == xml.count(b'<row r="')
        and _ODD_CELL.search(xml) is None
    )


class _SheetScan:
    """The state of going through one sheet: which cell we are in, and what was found so far."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.row = self.rows = self.columns = 0
        self.column = -1
        self.kind = self.address = ""
        self.formula: list[str] | None = None
        self.value: list[str] | None = None
        self.open = False
        self.filled: dict[int, int] = {}  # the columns of every row, a bit each
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merges: list[Merge] = []
        self.lost: dict[tuple[int, int], LostCell] = {}
        self.parser = expat.ParserCreate("utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start

    def facts(self) -> SheetFacts:
        self.end_cell()
        return SheetFacts(
            hidden_rows=frozenset(self.hidden_rows),
            hidden_columns=frozenset(self.hidden_columns),
            merges=tuple(self.merges),
            lost=self.lost,
            rows=self.rows,
            columns=self.columns,
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag if tag in ("c", "v") else _local(tag)
        if name == "c":
            self.start_cell(attributes)
        elif name in ("v", "is", "f"):
            self.start_content(name)
        elif name == "row":
            self.start_row(attributes)
        elif name == "col":
            self.add_hidden_columns(attributes)
        elif name == "mergeCell":
            self.add_merge(attributes.get("ref", ""))

    def start_row(self, attributes: dict[str, str]) -> None:
        self.end_cell()
        self.row = _number(attributes.get("r"), self.row + 1)
        self.column = -1
        if attributes.get("hidden") in _TRUE or not attributes.get("ht", "1").strip("0."):
            self.hidden_rows.add(self.row)

    def start_cell(self, attributes: dict[str, str]) -> None:
        self.end_cell()
        self.open = True
        self.kind = attributes.get("t", "")
        address = attributes.get("r")
        self.address = address or "-"
        if address is None:
            self.column += 1
            return
        found = _ADDRESS.fullmatch(address)
        if found is None:
            raise damaged(self.shown, outside(address))
        self.column = column_number(found[1]) - 1
        self.row = int(found[2])

    def start_content(self, name: str) -> None:
        text: list[str] = ["inline"] if name == "is" else []
        if name == "f":
            self.formula = text
        else:
            self.value = text
        if name != "is" and (self.kind == "e" or self.formula is not None):
            self.parser.CharacterDataHandler = text.append
            self.parser.EndElementHandler = self.end_content

    def end_content(self, tag: str) -> None:
        self.parser.CharacterDataHandler = self.parser.EndElementHandler = None

    def end_cell(self) -> None:
        """Note the cell that just ended; the next one, or the next row, tells that it did."""
        if not self.open:
            return
        self.open = False
        if self.value is not None or self.formula is not None:
            self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column + 1)
            if self.rows > MAX_ROW or self.columns > MAX_COLUMN:
                raise damaged(self.shown, outside(self.address))
            check_size(self.rows, self.columns, self.shown)
            self.check_once()
            self.note_loss("".join(self.value or ()).strip())
        self.value = self.formula = None

    def check_once(self) -> None:
        """Refuse a second value for one cell: the library keeps the last and says nothing of the first."""
        held, bit = self.filled.get(self.row, 0), 1 << self.column
        if held & bit:
            raise damaged(self.shown, twice(self.address))
        self.filled[self.row] = held | bit

    def note_loss(self, value: str) -> None:
        if self.kind == "e":
            self.lost[self.row, self.column] = LostCell("E-CELL-ERROR", value or "#")
        # A formula may well give an empty text; any other result that is not there was never worked out.
        elif self.formula is not None and not value and (self.kind != "str" or self.value is None):
            self.lost[self.row, self.column] = LostCell("E-CELL-FORMULA", "=" + "".join(self.formula).strip())

    def add_hidden_columns(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in _TRUE:
            first = _number(attributes.get("min"), 1)
            last = min(_number(attributes.get("max"), first), MAX_COLUMN)
            self.hidden_columns.update(range(max(first, 1) - 1, last))

    def add_merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        ends = [_ADDRESS.fullmatch(end) for end in (first, last or first)]
        if len(self.merges) >= MAX_MERGES:
            raise too_large(self.shown, f"{MAX_MERGES:,}+ merges", f"{MAX_MERGES:,} merges")
        merge = Merge(0, 0, 0, 0)  # outside every sheet
        if ends[0] and ends[1]:
            rows = sorted(int(end[2]) for end in ends if end)
            columns = sorted(column_number(end[1]) - 1 for end in ends if end)
            merge = Merge(rows[0], columns[0], rows[1], columns[1])
        check_merge(merge, reference, self.shown)
        if merge[:2] != merge[2:]:
            self.merges.append(merge)


def column_number(letters: str) -> int:
    """Return the number of a column from 1.

    >>> column_number("AA")
    27
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else otherwise
