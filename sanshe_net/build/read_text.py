"""CSV and other text tables -> raw cells with the line each row starts on.

Text is decoded by a ladder (byte-order mark, strict UTF-8, strict GB18030) because a statistical guess takes
a short Chinese name list for Korean.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Final

from sanshe_net.build.headers import header_key, known_headings
from sanshe_net.build.raw_sheets import RawSheet
from sanshe_net.build.values import Cell
from sanshe_net.errors import InputError, Place
from sanshe_net.vocabulary import Label

MAX_COLUMNS: Final = 16_384
MAX_FIELD_CHARACTERS: Final = 100_000
DELIMITERS: Final = (",", "\t", ";", "|")
SNIFFED_LINES: Final = 20


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


def text_sheet(text: str, shown: str) -> RawSheet:
    """Return the rows of a text table, each with the line of the file it starts on."""
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
            rows.append([cell if cell != "" else None for cell in row])
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
