"""Is this workbook safe to hand to the library that reads it?

That library believes what a file says of itself: one stray cell at XFD1048576 makes it ask for hundreds
of gigabytes and end the whole process, past any ``except``. So the archive is looked over first, and the
library is given a plain copy of the parts that were looked at, never the archive itself: two programs may
read one odd archive differently.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from sanshe_net.build.raw_sheets import Merge
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
MAX_MERGES: Final = 100_000
MAX_MERGED_CELLS: Final = 1_000_000

_DIRECTORY_ENTRY: Final = b"PK\x01\x02"
_DOCTYPE: Final = re.compile(rb"<!\s*doctype", re.IGNORECASE)
_PROTECTED: Final = 0x1

PASSWORD: Final = Label("有密码", "it has a password")
DOCTYPE: Final = Label("含有 DOCTYPE 声明", "it holds a DOCTYPE declaration")
UNSAFE_NAME: Final = Label("压缩包里有不安全的文件名", "its archive holds an unsafe file name")
TWICE: Final = Label("压缩包里有两个同名文件", "its archive holds two files of one name")
ENCODING: Final = Label("内部编码不是 UTF-8", "its parts are not in UTF-8")


def open_archive(content: bytes, shown: str) -> dict[str, bytes]:
    """Return the XML parts of a zipped workbook by name, every one of them safe to parse.

    Parameters
    ----------
    content
        The whole file.
    shown
        The name it is shown under.

    Raises
    ------
    InputError
        ``E-WORKBOOK-SIZE`` when it would unpack to more than the limits of this module,
        ``E-WORKBOOK-DAMAGED`` for everything else that no spreadsheet writes.
    """
    if content.count(_DIRECTORY_ENTRY) > 10 * MAX_PARTS:
        raise too_large(shown, f"{content.count(_DIRECTORY_ENTRY):,}", f"{MAX_PARTS:,}")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_entries(entries, shown)
            parts = {
                entry.filename: archive.read(entry)
                for entry in entries
                if _is_part(entry.filename.casefold())
            }
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError) as error:
        raise damaged(shown, error) from error
    except (RuntimeError, NotImplementedError) as error:  # packed in a way unknown to zipfile
        raise damaged(shown, PASSWORD) from error
    for xml in parts.values():
        _check_part(xml, shown)
    return parts


def plain_archive(parts: Mapping[str, bytes]) -> io.BytesIO:
    """Return an archive of just these parts, not packed."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    held.seek(0)
    return held


def check_size(rows: int, columns: int, shown: str) -> None:
    """Refuse a sheet of more than :data:`MAX_CELLS` cells, blank ones included."""
    if rows * columns > MAX_CELLS:
        raise too_large(shown, f"{rows} × {columns}", f"{MAX_CELLS:,} 格 / cells")


def check_merge(merge: Merge, reference: str, shown: str) -> None:
    """Refuse a merge outside the grid, or over more cells than anybody merges."""
    outside = not (0 < merge.top <= merge.bottom <= MAX_ROW and 0 <= merge.left <= merge.right < MAX_COLUMN)
    area = (merge.bottom - merge.top + 1) * (merge.right - merge.left + 1)
    if outside or area > MAX_MERGED_CELLS:
        allowed = f"A1:XFD1048576, {MAX_MERGED_CELLS:,}"
        raise InputError("E-WORKBOOK-MERGE", Place(shown), found=reference, allowed=allowed)


def damaged(shown: str, reason: object) -> InputError:
    """Return the refusal of a workbook that no spreadsheet wrote so."""
    return InputError("E-WORKBOOK-DAMAGED", Place(shown), reason=reason)


def outside(address: str) -> Label:
    """Return the words for a cell that no sheet has."""
    return Label(f"格子 {address} 在工作表范围之外", f"the cell {address} lies outside the sheet")


def twice(address: str) -> Label:
    """Return the words for a cell that holds two values."""
    return Label(f"格子 {address} 写了两次", f"the cell {address} is written twice")


def too_large(shown: str, found: str, allowed: str) -> InputError:
    """Return the refusal of a workbook beyond a limit."""
    return InputError("E-WORKBOOK-SIZE", Place(shown), found=found, allowed=allowed)


def run_parser(parser: expat.XMLParserType, xml: bytes, shown: str) -> None:
    """Parse, and refuse what is no well-formed XML.

    The parser must be made for UTF-8, whatever the XML says of its encoding: the library that reads the
    values takes it for UTF-8 too.
    """
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise damaged(shown, error) from error


def _is_part(name: str) -> bool:
    return name.endswith((".xml", ".rels")) or name == "mimetype"


def _check_entries(entries: list[zipfile.ZipInfo], shown: str) -> None:
    names = [entry.filename.replace("\\", "/") for entry in entries]
    if any(name.startswith("/") or ".." in name.split("/") or ":" in name for name in names):
        raise damaged(shown, UNSAFE_NAME)
    if len({name.casefold() for name in names}) < len(names):
        raise damaged(shown, TWICE)
    if any(entry.flag_bits & _PROTECTED for entry in entries):
        raise InputError("E-WORKBOOK-PASSWORD", Place(shown))
    if len(entries) > MAX_PARTS:
        raise too_large(shown, f"{len(entries):,}", f"{MAX_PARTS:,}")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES:
        raise too_large(shown, f"{unpacked / 1e6:.0f} MB", f"{MAX_UNPACKED_BYTES / 1e6:.0f} MB")
    for entry in entries:
        ratio = entry.file_size / max(entry.compress_size, 1)
        if entry.file_size > LARGE_PART_BYTES and ratio > MAX_RATIO:
            raise too_large(shown, f"{ratio:.0f} : 1", f"{MAX_RATIO} : 1")


def _check_part(xml: bytes, shown: str) -> None:
    if xml.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in xml[:64]:
        raise damaged(shown, ENCODING)
    if b"<!" in xml and _DOCTYPE.search(xml):
        raise damaged(shown, DOCTYPE)
