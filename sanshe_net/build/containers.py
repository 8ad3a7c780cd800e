"""What a file is, told by its content and never by its name."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Final, Literal, TypeAlias

from sanshe_net.build.decode_text import other_encoding
from sanshe_net.build.workbook_guard import damaged
from sanshe_net.errors import InputError, Place
from sanshe_net.vocabulary import Label

Container: TypeAlias = Literal["xlsx", "ods", "xls", "text"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS: Final = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML: Final = Label("HTML 网页", "an HTML page")
_ARCHIVE: Final = Label("压缩包", "a zip archive")
_BINARY: Final = Label("二进制数据", "binary data")
_SPREADSHEET_XML: Final = Label("2003 版 XML 表格", "an XML Spreadsheet of 2003")

_STARTS: Final[tuple[tuple[bytes, object], ...]] = (
    (b"<!doctype", _HTML), (b"<html", _HTML), (b"<table", _HTML), (b"<meta", _HTML), (b"<style", _HTML),
    (b"<?xml", "XML"), (b"{\\rtf", "RTF"), (b"%pdf", "PDF"), (b"mime-version:", "MHTML"),
    (b"from: <saved by", "MHTML"), (b"sqlite format 3\0", "SQLite"), (b"\x89png", "PNG"),
    (b"\xff\xd8\xff", "JPEG"), (b"gif8", "GIF"),
)  # fmt: skip
_ARCHIVE_STARTS: Final[tuple[tuple[bytes, object], ...]] = (
    (b"\x1f\x8b", "gzip"), (b"Rar!", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
)  # fmt: skip
_ZIPPED: Final[tuple[tuple[str, object], ...]] = (
    ("xl/workbook.bin", "xlsb"), ("word/document.xml", Label("Word 文档", "a Word document")),
    ("ppt/presentation.xml", Label("PowerPoint 文稿", "a PowerPoint file")),
)  # fmt: skip
_OLE_STREAMS: Final[tuple[tuple[str, object], ...]] = (
    ("WordDocument", Label("Word 文档", "a Word document")),
    ("PowerPoint Document", Label("PowerPoint 文稿", "a PowerPoint file")),
)
_CONTROL: Final = bytes(set(range(32)) - set(b"\t\n\r\x1b"))
_MANY_CONTROLS: Final = 0.02
"""Text holds hardly any control characters; what has more of them is no text."""


def container(content: bytes, shown: str, *, text: bool = False) -> Container:
    """Return how the records in a file are held; ``text`` says that a person called it text.

    Raises
    ------
    InputError
        ``E-FILE-TYPE`` or ``E-FILE-ARCHIVE`` naming what it is when no table can be in it,
        ``E-WORKBOOK-PASSWORD`` when it must be unlocked first.
    """
    if content.startswith(_ZIPS):
        return _in_zip(content, shown)
    if content.startswith(_OLE):
        return _in_ole(content, shown)
    for start, kind in _ARCHIVE_STARTS:
        if content.startswith(start):
            raise InputError("E-FILE-ARCHIVE", Place(shown), found=kind)
    kind = _foreign(content) or (None if text else _binary(content))
    if kind is not None:
        raise InputError("E-FILE-TYPE", Place(shown), found=kind)
    return "text"


def _in_zip(content: bytes, shown: str) -> Container:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.casefold() for name in archive.namelist()}
            kind = archive.read("mimetype")[:200] if "mimetype" in archive.namelist() else b""
    except Exception as error:  # zipfile meets hostile bytes with a dozen kinds of error
        raise damaged(shown, error) from error
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and (not kind or b"spreadsheet" in kind):
        return "ods"
    for name, found in _ZIPPED:
        if name in names:
            raise InputError("E-FILE-TYPE", Place(shown), found=found)
    if kind:
        raise InputError("E-FILE-TYPE", Place(shown), found=kind.decode("latin-1"))
    raise InputError("E-FILE-ARCHIVE", Place(shown), found=_ARCHIVE)


def _in_ole(content: bytes, shown: str) -> Container:
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise InputError("E-WORKBOOK-PASSWORD", Place(shown))
    for name, found in _OLE_STREAMS:
        if name.encode("utf-16-le") in content:
            raise InputError("E-FILE-TYPE", Place(shown), found=found)
    return "xls"


def _foreign(content: bytes) -> object | None:
    start = content[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start:
        return _SPREADSHEET_XML
    for mark, kind in _STARTS:
        if start.startswith(mark):
            return kind
    if re.search(rb"^content-type: *multipart/", start, re.MULTILINE):
        return "MHTML"
    return None


def _binary(content: bytes) -> Label | None:
    # UTF-16 text is full of control bytes too, but says so with its byte-order mark, or by its headings.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None
    sample = content[:1_000_000]
    controls = len(sample) - len(sample.translate(None, _CONTROL))
    few = controls <= max(8, _MANY_CONTROLS * len(sample))
    return None if few or other_encoding(content) is not None else _BINARY
