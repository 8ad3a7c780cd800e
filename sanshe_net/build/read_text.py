"""CSV and other text tables -> raw cells, each row with the line of the file it starts on."""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from sanshe_net.build.decode_text import DELIMITERS, OTHER_DELIMITERS, best_headings, first_lines, headings
from sanshe_net.build.raw_sheets import RawSheet
from sanshe_net.build.values import Cell, LostCell
from sanshe_net.build.workbook_guard import MAX_COLUMN
from sanshe_net.errors import DecisionNeeded, InputError, Place, SettingsError
from sanshe_net.guards import unguarded
from sanshe_net.vocabulary import Label

MAX_CELL_CHARACTERS: Final = 32_767
"""What a cell of a spreadsheet can hold; a longer one is set aside without being shown."""
MAX_FIELD_CHARACTERS: Final = 10_000_000
"""A field longer than this is an unclosed quotation mark rather than a cell."""

_QUOTED: Final = re.compile(r'"(?:[^"]|"")*+"')
_NAMED: Final = {"tab": "\t", "\\t": "\t"}


def read_text(text: str, shown: str, delimiter: str | None = None) -> RawSheet:
    """Return the rows of a text table.

    Parameters
    ----------
    text
        The whole file, decoded.
    shown
        The name it is shown under.
    delimiter
        What a person said divides the cells (``tab`` for a tab); ``None`` finds it.

    Raises
    ------
    InputError
        When quotation marks do not pair up, a line is endless, or the file ends in the middle of a row.
    DecisionNeeded
        ``Q-DELIMITER`` when only a mark that may stand within cells makes known headings.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    directive, _, rest = text.partition("\n")
    skipped = directive.lower().startswith("sep=") and len(directive) == 5
    mark = check_delimiter(delimiter) or (directive[4] if skipped else _delimiter(text, shown))
    body = rest if skipped else text
    before = csv.field_size_limit(MAX_FIELD_CHARACTERS)
    try:
        rows, lines = _rows(body, mark, 1 + skipped, shown)
    finally:
        csv.field_size_limit(before)
    _refuse_cut_end(text, rows, lines, mark, shown)
    return RawSheet(shown, "", rows, lines)


def check_delimiter(delimiter: str | None) -> str | None:
    """Return the mark that a person named, ``None`` for none.

    Raises
    ------
    SettingsError
        ``E-DELIMITER`` when it is not one mark.
    """
    if delimiter is None:
        return None
    mark = _NAMED.get(delimiter.casefold(), delimiter)
    if len(mark) != 1 or mark in '"\r\n\0 ':
        raise SettingsError("E-DELIMITER", found=delimiter, allowed=", ; | tab ， 、")
    return mark


def _rows(body: str, delimiter: str, first: int, shown: str) -> tuple[list[list[Cell]], list[int]]:
    """Return the rows and the line each starts on; ``first`` is the number of the first line."""
    rows: list[list[Cell]] = []
    lines: list[int] = []
    start = first
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            rows.append([_cell(text) for text in row])
            lines.append(start)
            start = reader.line_num + first
            if len(row) > MAX_COLUMN:
                wide = Label(f"{len(row)} 列", f"{len(row)} columns")
                place = Place(shown, row=lines[-1])
                raise InputError("E-WORKBOOK-SIZE", place, found=wide, allowed=str(MAX_COLUMN))
    except (csv.Error, ValueError, TypeError) as error:
        raise _broken(body, delimiter, start, first, str(error), shown) from error
    return rows, lines


def _cell(text: str) -> Cell:
    if text == "":
        return None
    return unguarded(text) if len(text) <= MAX_CELL_CHARACTERS else LostCell("E-CELL-LONG", "…")


def _broken(body: str, delimiter: str, start: int, first: int, reason: str, shown: str) -> InputError:
    """Return the refusal of a text whose quotation marks do not pair up; the row begins on line ``start``."""
    if "field limit" in reason:
        allowed = f"{MAX_FIELD_CHARACTERS:,}"
        return InputError("E-CSV-LONG", Place(shown, row=start), line=start, allowed=allowed)
    line = start
    if (
        "unexpected end" in reason
    ):  # the mark that opens and never closes may stand lines below the row's start
        rest = "\n".join(body.split("\n")[start - first :])
        line += rest.count("\n", 0, _unclosed(rest))
    return InputError("E-CSV-QUOTE", Place(shown, row=line), line=line)


def _unclosed(text: str) -> int:
    """Return where the quotation mark stands that is never closed."""
    at = text.find('"')
    while (closed := _QUOTED.match(text, at)) is not None and text.find('"', closed.end()) >= 0:
        at = text.find('"', closed.end())
    return at


def _refuse_cut_end(text: str, rows: list[list[Cell]], lines: list[int], mark: str, shown: str) -> None:
    """Refuse a file that ends within its last row: fewer cells than all the others, and no line end.

    A copy that broke off leaves a name or a date that looks whole and is not (2019-03-1).
    """
    if text.endswith("\n") or len(rows) < 3:
        return
    header = max(first_lines(text), key=lambda line: headings(line, mark))
    known, width = headings(header, mark)
    body = [row for row in rows[1:-1] if row]
    if known and len(rows[-1]) < width and body and all(len(row) >= width for row in body):
        raise InputError("E-ENCODING-CUT", Place(shown, row=lines[-1]), line=lines[-1])


def _delimiter(text: str, shown: str) -> str:
    lines = first_lines(text)

    def fits(mark: str) -> tuple[int, int]:
        return max((headings(line, mark) for line in lines), default=(0, 0))

    # A name may hold a semicolon; the line that tells is the one with the headings.
    best = max(DELIMITERS, key=fits)
    if fits(best)[0] == 0 and best_headings(text) > 1:
        raise DecisionNeeded("Q-DELIMITER", Place(shown), found=max(OTHER_DELIMITERS, key=fits))
    return best
