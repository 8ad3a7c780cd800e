"""Is this workbook safe to hand to the library that reads it?

That library believes what a file says of itself: one stray cell at XFD1048576 makes it ask for hundreds
of gigabytes and end the whole process, past any ``except``. So the archive is looked over first.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from typing import Final

from sanshe_net.errors import InputError, Place
from sanshe_net.vocabulary import Label

MAX_UNPACKED_BYTES: Final = 300_000_000
MAX_PARTS: Final = 2_000
LARGE_PART_BYTES: Final = 20_000_000
MAX_RATIO: Final = 200
"""A part larger than :data:`LARGE_PART_BYTES` may not be packed more tightly than this."""
MAX_CELLS: Final = 5_000_000
MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384

_FAR: Final = re.compile(rb"""r\s{0,9}=\s{0,9}["'](?:[A-Za-z]{2,9}[0-9]|[A-Za-z]?[0-9]{6})""")
"""An address beyond column Z or row 99,999; a sheet without any is within every limit."""
_ANY_CELL: Final = re.compile(rb"<(?:\w{1,20}:)?c[\s/>]")
_LONG_CELL: Final = re.compile(rb"<(?:\w{1,20}:)?c\s[^<>]{300}")
_ADDRESSED: Final = re.compile(
    rb"""<(?:\w{1,20}:)?c\s{1,9}(?:[^<>]{0,300}?\s)?r\s{0,9}=\s{0,9}["']([A-Za-z]{1,9})([0-9]{1,12})["'][^<>]{0,300}?(/?)>"""
)
_ROW: Final = re.compile(rb"""<(?:\w{1,20}:)?row\s[^<>]{0,300}?\br\s{0,9}=\s{0,9}["']([0-9]{1,12})["']""")
_REPEATED: Final = re.compile(rb"""number-(rows|columns)-repeated\s*=\s*["']([0-9]{1,12})["']""")
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")

PASSWORD: Final = Label("有密码", "it has a password")
DOCTYPE: Final = Label("含有 DOCTYPE 声明", "it holds a DOCTYPE declaration")
OUTSIDE: Final = Label("有格子在工作表范围之外", "a cell lies outside the sheet")
UNSAFE_NAME: Final = Label("压缩包里有不安全的文件名", "its archive holds an unsafe file name")
ENCODING: Final = Label("内部编码不是 UTF-8", "its parts are not in UTF-8")


def check_workbook(content: bytes, shown: str) -> None:
    """Refuse a workbook that must not be opened.

    Parameters
    ----------
    content
        The whole file: a zip archive (xlsx, ods) or an OLE file (xls).
    shown
        The name it is shown under.

    Raises
    ------
    InputError
        ``E-WORKBOOK-SIZE`` when it would unpack to more than the limits of this module,
        ``E-FILE-TYPE`` for xlsb, ``E-WORKBOOK-DAMAGED`` for everything else that no spreadsheet writes.
    """
    if not content.startswith(b"PK"):
        if _PROTECTED in content:
            raise _damaged(shown, PASSWORD)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_entries(archive.infolist(), shown)
            for entry in archive.infolist():
                if entry.filename.lower().endswith(".xml"):
                    _check_part(archive.read(entry), shown)
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError) as error:
        raise _damaged(shown, error) from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed in a way unknown to zipfile
        raise _damaged(shown, PASSWORD) from error


def check_size(rows: int, columns: int, shown: str) -> None:
    """Refuse a sheet of more than :data:`MAX_CELLS` cells, blank ones included."""
    if rows * columns > MAX_CELLS:
        raise _too_large(shown, f"{rows} × {columns}", f"{MAX_CELLS:,} 格 / cells")


def _check_entries(entries: list[zipfile.ZipInfo], shown: str) -> None:
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") or ":" in name for name in names):
        raise _damaged(shown, UNSAFE_NAME)
    if "xl/workbook.bin" in names:
        raise InputError("E-FILE-TYPE", Place(shown), found="xlsb")
    if len(entries) > MAX_PARTS:
        raise _too_large(shown, str(len(entries)), str(MAX_PARTS))
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise _too_large(shown, f"{unpacked / 1e6:.0f} MB", f"{MAX_UNPACKED_BYTES / 1e6:.0f} MB")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGE_PART_BYTES and ratio > MAX_RATIO:
            raise _too_large(shown, f"{ratio:.0f} : 1", f"{MAX_RATIO} : 1")


def _check_part(xml: bytes, shown: str) -> None:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:64]:
        raise _damaged(shown, ENCODING)
    if b"<!DOCTYPE" in xml:
        raise _damaged(shown, DOCTYPE)
    if b"sheetData" in xml and _FAR.search(xml):
        _check_addresses(xml, shown)
    elif b"-repeated" in xml:
        _check_repeats(xml, shown)


def _check_addresses(xml: bytes, shown: str) -> None:
    """Refuse a sheet whose filled cells reach too far from A1. Cells with a style only do not count."""
    found = _ADDRESSED.findall(xml)
    filled = {(letters, row) for letters, row, closed in found if not closed}
    columns = [_column(letters) for letters in {letters for letters, _ in filled}] or [1]
    rows = [int(row) for row in {row for _, row in filled}] or [1]
    if len(found) < len(_ANY_CELL.findall(xml)):  # cells may leave their address to the row they are in
        rows += [1, *map(int, _ROW.findall(xml))]
    if max(columns) > MAX_COLUMN or max(rows) > MAX_ROW or _LONG_CELL.search(xml):
        raise _damaged(shown, OUTSIDE)
    check_size(max(rows), max(columns), shown)


def _check_repeats(xml: bytes, shown: str) -> None:
    """Refuse an ods sheet that repeats filled cells into more than the limit.

    LibreOffice ends every sheet with an empty row and column repeated to the edge; the reader trims
    those, so only repeats before the last filled cell count.
    """
    filled = xml[: max(xml.rfind(b"office:value-type"), xml.rfind(b"<text:p"), 0)]
    most = {b"rows": 1, b"columns": 1}
    for axis, count in _REPEATED.findall(filled):
        most[axis] = max(most[axis], int(count))
    check_size(most[b"rows"], most[b"columns"], shown)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _damaged(shown: str, reason: object) -> InputError:
    return InputError("E-WORKBOOK-DAMAGED", Place(shown), reason=reason)


def _too_large(shown: str, found: str, allowed: str) -> InputError:
    return InputError("E-WORKBOOK-SIZE", Place(shown), found=found, allowed=allowed)
