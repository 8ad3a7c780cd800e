"""Files and folders -> raw sheets: which files are read, and how each is opened.

Files are told apart by their content, not their name. A file that cannot be read says why, and never hides
what is wrong with the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from sanshe_net.build.containers import container
from sanshe_net.build.decode_text import check_encoding, decode
from sanshe_net.build.raw_sheets import Merge, RawSheet, SheetFacts, sheet_of
from sanshe_net.build.read_text import check_delimiter, read_text
from sanshe_net.build.read_xls import read_xls
from sanshe_net.build.scan_ods import scan_ods
from sanshe_net.build.scan_xlsx import scan_workbook
from sanshe_net.build.workbook_guard import check_size, damaged, open_archive, plain_archive
from sanshe_net.errors import InputError, Place, Problem, SansheError
from sanshe_net.files import is_working_name
from sanshe_net.vocabulary import Label

__all__ = ["Merge", "RawSheet", "input_files", "read_sheets"]

TABLE_SUFFIXES: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt", ".tsv"})
TEXT_SUFFIXES: Final = frozenset({".csv", ".txt", ".tsv"})
MAX_FILE_BYTES: Final = 200_000_000

_NUMBER: Final = re.compile(r"[\d一二三四五六七八九十]+")
_COPY: Final = re.compile(r"\s?\(\d{1,2}\)|(?:副本|复件|备份|copy)\s?\d{0,2}$", re.IGNORECASE)

RESULT_MARK: Final = "run.json"
"""A folder that holds this file is a result of this tool."""


class TextForm(NamedTuple):
    """How text tables are written, where a person said so."""

    encoding: str | None
    delimiter: str | None


def read_sheets(
    inputs: Sequence[Path], *, encoding: str | None = None, delimiter: str | None = None
) -> tuple[list[RawSheet], list[Problem]]:
    """Return every sheet of the files and folders in ``inputs``, and what was noticed on the way.

    Parameters
    ----------
    inputs
        Files and folders of tables.
    encoding, delimiter
        How all text tables are written, for those that do not show it; see
        :func:`sanshe_net.build.decode_text.decode` and :func:`sanshe_net.build.read_text.read_text`.

    Raises
    ------
    InputError
        When a path does not exist or a folder holds no table. A file that cannot be read becomes a
        problem that stops a run.
    SettingsError
        When there is no such encoding or delimiter.
    """
    check_encoding(encoding)
    check_delimiter(delimiter)
    sheets: list[RawSheet] = []
    problems: list[Problem] = []
    met: dict[tuple[bytes, tuple[str, ...]], str] = {}
    for path, shown in _files(inputs, problems):
        try:
            content = _content(path, shown)
            first = met.setdefault((sha256(content).digest(), _numbers(path.stem)), shown)
            if first != shown:
                problems.append(Problem("W-FILE-COPY", Place(shown), "left_out", facts={"first": first}))
                continue
            told = TextForm(encoding, delimiter)
            sheets += _read_file(content, path.suffix.casefold(), shown, told, problems)
        except SansheError as error:  # one bad file must not hide what is wrong with the next
            problems.append(Problem(error.code, error.place, "quarantined", facts=error.facts))
    return sheets, problems


def _numbers(name: str) -> tuple[str, ...]:
    """Return the numbers in the name of a file, but not which copy it is.

    The day of a list of names may stand in the name of its file only: the same people on two days are two
    activities. Where it does not, rows read twice are duplicates, and listed as such.
    """
    return tuple(_NUMBER.findall(_COPY.sub("", unicodedata.normalize("NFKC", name))))


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
    if not path.resolve().is_relative_to(folder.resolve()):  # a folder must not bring in what lies elsewhere
        problems.append(_skipped(shown, Label("指向文件夹之外的链接", "a link to outside the folder")))
        return False
    return True


def _skipped(shown: str, reason: str | Label) -> Problem:
    return Problem("N-FILE-SKIPPED", Place(shown), "left_out", facts={"reason": reason})


def _content(path: Path, shown: str) -> bytes:
    """Return the bytes of a file that nobody changed meanwhile."""
    try:
        before = path.stat()
        if before.st_size > MAX_FILE_BYTES:
            large = {"found": f"{before.st_size / 1e6:.0f} MB", "allowed": f"{MAX_FILE_BYTES / 1e6:.0f} MB"}
            raise InputError("E-FILE-LARGE", Place(shown), **large)
        content = path.read_bytes()
        after = path.stat()
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", Place(shown), reason=error.strerror or error) from error
    if (before.st_mtime_ns, before.st_size, len(content)) != (
        after.st_mtime_ns,
        after.st_size,
        after.st_size,
    ):
        raise InputError("E-FILE-CHANGED", Place(shown))
    if not content.strip(b"\0 \r\n\t"):
        raise InputError("E-FILE-EMPTY", Place(shown))
    return content


def _read_file(
    content: bytes, suffix: str, shown: str, told: TextForm, problems: list[Problem]
) -> list[RawSheet]:
    kind = container(content, shown, text=told.encoding is not None)
    workbook = kind != "text"
    if workbook == (suffix in TEXT_SUFFIXES):
        found = Label("工作簿", "workbook") if workbook else Label("CSV 文本", "CSV text")
        problems.append(Problem("N-FILE-SUFFIX", Place(shown), facts={"found": found}))
    if kind == "text":
        text, encoding = decode(content, shown, told.encoding)
        if encoding == "GB18030":
            problems.append(Problem("N-ENCODING", Place(shown), facts={"found": encoding}))
        return [read_text(text, shown, told.delimiter)]
    sheets, empty = read_xls(content, shown) if kind == "xls" else _read_archive(content, kind, shown)
    if not sheets:
        raise InputError("E-WORKBOOK-EMPTY", Place(shown), found="、".join(empty))
    problems += [Problem("N-SHEET-EMPTY", Place(shown, name), "left_out") for name in empty]
    return sheets


def _read_archive(content: bytes, kind: str, shown: str) -> tuple[list[RawSheet], list[str]]:
    """Return the sheets of an xlsx or ods workbook that hold cells, and the names of those that hold none."""
    parts = open_archive(content, shown)
    facts = scan_workbook(parts, shown) if kind == "xlsx" else scan_ods(parts, shown)
    sheets, empty = [], []
    for name, rows in _values(parts, shown):
        filled = [[cell if cell or cell != "" else None for cell in row] for row in rows]
        sheet = sheet_of(shown, name, filled, facts.get(name, SheetFacts()))
        if sheet is None:
            empty.append(name)
        else:
            sheets.append(sheet)
    return sheets, empty


def _values(parts: dict[str, bytes], shown: str) -> list[tuple[str, list[list[Any]]]]:
    from python_calamine import CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(plain_archive(parts))
        sheets = [book.get_sheet_by_index(i) for i in _worksheets(book.sheets_metadata)]
        for sheet in sheets:
            last_row, last_column = sheet.end or (-1, -1)
            check_size(last_row + 1, last_column + 1, shown)
        # Empty leading rows are kept, so that the row numbers are those that Excel shows.
        return [(sheet.name, sheet.to_python(skip_empty_area=False)) for sheet in sheets]
    except (InputError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the library is no Exception, and must not be a traceback
        raise damaged(shown, error) from error


def _worksheets(sheets: Sequence[Any]) -> list[int]:
    """Return the positions of the sheets that hold cells; charts and macros have none."""
    return [i for i, sheet in enumerate(sheets) if str(sheet.typ).endswith("WorkSheet")]
