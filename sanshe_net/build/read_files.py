"""Bytes on disk -> raw cells with their addresses.

Files are told apart by their content, not their name. Text is decoded by a ladder (byte-order mark,
strict UTF-8, strict GB18030) because a statistical guess takes a short Chinese name list for Korean.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from sanshe_net.build.headers import header_key, known_headings
from sanshe_net.build.values import Cell
from sanshe_net.build.workbook_guard import check_size, check_workbook
from sanshe_net.errors import InputError, Place, Problem
from sanshe_net.files import is_working_name
from sanshe_net.guards import unguarded
from sanshe_net.vocabulary import Label

TABLE_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv"})
TEXT_SUFFIXES: Final = frozenset({".csv", ".txt", ".tsv"})
MAX_COLUMNS: Final = 16_384
MAX_FIELD_CHARACTERS: Final = 100_000
DELIMITERS: Final = (",", "\t", ";", "|")
SNIFFED_LINES: Final = 20


RESULT_MARK: Final = "run.json"
"""A folder that holds this file is a result of this tool."""


class Merge(NamedTuple):
    """Cells shown as one: first and last row (numbered as in ``RawSheet.lines``) and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet, and what its program does not show of them.

    ``lines[i]`` is the row number of ``rows[i]`` as its program shows it; ``hidden_rows`` holds such
    numbers, ``hidden_columns`` positions from 0. Merged cells other than the first are None in ``rows``.
    ``workbook`` tells a sheet, whose columns have letters, from text, whose lines have none.
    """

    file: str
    sheet: str
    rows: list[list[Cell]]
    lines: list[int]
    workbook: bool = False
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()


def read_sheets(inputs: Sequence[Path]) -> tuple[list[RawSheet], list[Problem]]:
    """Return every sheet of the files and folders in ``inputs``, and what was noticed on the way.

    Raises
    ------
    InputError
        When a path does not exist or a folder holds no table. A file that cannot be read becomes a
        problem of severity ``error``.
    """
    sheets: list[RawSheet] = []
    problems: list[Problem] = []
    for path, shown in _files(inputs, problems):
        try:
            sheets += _read_file(path, shown, problems)
        except InputError as error:  # one bad file must not hide what is wrong with the next
            problems.append(Problem(error.code, error.place, "quarantined", facts=error.facts))
    return sheets, problems


def input_files(inputs: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return every file that would be read, with the name it is shown under."""
    return list(_files(inputs, []))


def _files(inputs: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    """Yield every file once, under a name that no other file has."""
    met: set[Path] = set()
    names: set[str] = set()
    for path, shown in _listed(inputs, problems):
        if path.resolve() in met:
            problems.append(_skipped(shown, Label("已经给过", "given twice")))
            continue
        met.add(path.resolve())
        # Two folders may hold files of one name: then the whole path tells them apart.
        shown = shown if shown not in names else path.as_posix()
        names.add(shown)
        yield path, shown


def _listed(inputs: Sequence[Path], problems: list[Problem]) -> Iterator[tuple[Path, str]]:
    for given in sorted(inputs):  # whatever order they are given in, the result is the same
        if given.is_file():
            if _is_lock(given.name):
                problems.append(_skipped(given.name, "~$ / ._"))
            else:
                yield given, given.name
        elif given.is_dir():
            found = sorted(
                path for path in given.rglob("*") if path.is_file() and not is_working_name(path.name)
            )
            results = {path.parent for path in found if path.name == RESULT_MARK}
            for folder in sorted(results):  # an earlier result of ours is no record
                problems.append(
                    _skipped(folder.relative_to(given).as_posix(), Label("本工具的结果", "a result of ours"))
                )
            found = [path for path in found if not results & set(path.parents)]
            tables = [path for path in found if _is_table(path, given, problems)]
            if not tables:
                raise InputError("E-FOLDER-EMPTY", path=given)
            yield from ((path, path.relative_to(given).as_posix()) for path in tables)
        else:
            raise InputError("E-FILE-MISSING", path=given)


def _is_lock(name: str) -> bool:
    return name.startswith(("~$", "._", ".~lock"))


def _is_table(path: Path, folder: Path, problems: list[Problem]) -> bool:
    shown = path.relative_to(folder).as_posix()
    if _is_lock(path.name) or any(part.startswith(".") for part in Path(shown).parts):
        problems.append(_skipped(shown, "~$ / ._ / .*"))
        return False
    if path.suffix.casefold() not in TABLE_SUFFIXES:
        problems.append(_skipped(shown, path.suffix or "-"))
        return False
    return True


def _skipped(shown: str, reason: str | Label) -> Problem:
    return Problem("N-FILE-SKIPPED", Place(shown), "left_out", facts={"reason": reason})


def _read_file(path: Path, shown: str, problems: list[Problem]) -> list[RawSheet]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", Place(shown), reason=error.strerror or error) from error
    if not content.strip(b"\0 \r\n\t"):
        raise InputError("E-FILE-EMPTY", Place(shown))
    workbook = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    kind = None if workbook else _foreign(content)
    if kind is not None:
        raise InputError("E-FILE-TYPE", Place(shown), found=kind)
    if workbook == (path.suffix.casefold() in TEXT_SUFFIXES):
        found = Label("工作簿", "workbook") if workbook else Label("CSV 文本", "CSV text")
        problems.append(Problem("N-FILE-SUFFIX", Place(shown), facts={"found": found}))
    if workbook:
        return _workbook(content, shown, problems)
    text, encoding = decode(content, shown)
    if encoding == "GB18030":
        problems.append(Problem("N-ENCODING", Place(shown), facts={"found": encoding}))
    return [_text_sheet(text, shown)]


def _foreign(content: bytes) -> str | None:
    start = content[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        return "HTML/XML"
    if start.startswith(b"%pdf"):
        return "PDF"
    # UTF-16 text is full of NUL bytes too, but says so with its byte-order mark.
    if content.count(b"\0") > len(content) // 10 and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "binary"
    return None


def _workbook(content: bytes, shown: str, problems: list[Problem]) -> list[RawSheet]:
    from python_calamine import CalamineWorkbook

    check_workbook(content, shown)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_index(i) for i in _worksheets(book.sheets_metadata)]
        for sheet in sheets:
            last_row, last_column = sheet.end or (-1, -1)
            check_size(last_row + 1, last_column + 1, shown)
        # Empty leading rows are kept, so that the row numbers are those that Excel shows.
        cells: list[tuple[str, list[list[Any]]]] = [
            (sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets
        ]
    except (InputError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no Exception, and must not be a traceback
        raise InputError("E-WORKBOOK-DAMAGED", Place(shown), reason=error) from error
    read = []
    for name, rows in cells:
        filled = [[None if cell == "" else cell for cell in row] for row in rows]
        if any(cell is not None for row in filled for cell in row):
            read.append(RawSheet(shown, name, filled, list(range(1, len(rows) + 1))))
        else:
            problems.append(Problem("N-SHEET-EMPTY", Place(shown, name), "left_out"))
    return read


def _worksheets(sheets: Sequence[Any]) -> list[int]:
    """Return the positions of the sheets that hold cells; charts and macros have none."""
    return [i for i, sheet in enumerate(sheets) if str(sheet.typ).endswith("WorkSheet")]


def decode(content: bytes, shown: str) -> tuple[str, str]:
    """Return the text of ``content`` and the name of its encoding.

    Raises
    ------
    InputError
        ``E-ENCODING`` with the first line that is not in the encoding of the lines before it.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strict(content, encoding, shown), encoding.upper()
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        _refuse_mixture(content, shown)
        return _strict(content, "gb18030", shown), "GB18030"


def _refuse_mixture(content: bytes, shown: str) -> None:
    """Refuse GB18030 text that holds lines of UTF-8: read as one encoding they would make up names.

    Chinese in UTF-8 is so unlikely to arise from whole lines of GB18030 that one such line is proof.
    """
    lines = re.split(rb"\r\n|\r|\n", content)
    wide = [(i, line, _is_chinese_utf8(line)) for i, line in enumerate(lines, 1) if not line.isascii()]
    for line_number, line, is_utf8 in wide:
        if is_utf8 != wide[0][2]:
            raise _wrong_byte(shown, line_number, next(byte for byte in line if byte > 127))


def _is_chinese_utf8(line: bytes) -> bool:
    try:
        return _CHINESE.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


_CHINESE: Final = re.compile(r"[一-鿿]")


def _strict(content: bytes, encoding: str, shown: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = len(re.findall(rb"\r\n|\r|\n", before)) + 1
        raise _wrong_byte(shown, line, content[error.start]) from error


def _wrong_byte(shown: str, line: int, byte: int) -> InputError:
    return InputError("E-ENCODING", Place(shown, row=line), line=line, found=f"0x{byte:02x}")


def _text_sheet(text: str, shown: str) -> RawSheet:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    directive, _, rest = text.partition("\n")
    skipped = directive.lower().startswith("sep=") and len(directive) == 5
    delimiter = directive[4] if skipped else _delimiter(text)
    body = rest if skipped else text
    before = csv.field_size_limit(MAX_FIELD_CHARACTERS)
    rows: list[list[Cell]] = []
    lines: list[int] = []
    start = 1
    try:
        reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            rows.append([unguarded(cell) if cell != "" else None for cell in row])
            lines.append(start + skipped)
            start = reader.line_num + 1
            if len(row) > MAX_COLUMNS:
                wide = Label(f"{len(row)} 列", f"{len(row)} columns")
                raise InputError(
                    "E-WORKBOOK-SIZE", Place(shown, row=lines[-1]), found=wide, allowed=str(MAX_COLUMNS)
                )
    except (csv.Error, ValueError, TypeError) as error:
        line = start + skipped
        if "field limit" in str(error):
            raise InputError(
                "E-CSV-LONG", Place(shown, row=line), line=line, allowed=MAX_FIELD_CHARACTERS
            ) from error
        raise InputError("E-CSV-QUOTE", Place(shown, row=line), line=line) from error
    finally:
        csv.field_size_limit(before)
    return RawSheet(shown, "", rows, lines)


def _delimiter(text: str) -> str:
    lines = [line for line in text.split("\n")[:SNIFFED_LINES] if line.strip()]

    def fits(mark: str) -> tuple[int, int]:
        cells = [[header_key(cell.strip(' "')) for cell in line.split(mark)] for line in lines]
        return max((known_headings(keys), len(keys)) for keys in cells) if cells else (0, 0)

    # A name may hold a semicolon; the line that tells is the one with the headings.
    return max(DELIMITERS, key=fits)
