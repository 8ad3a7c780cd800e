"""Bytes of a text table -> its characters, or a question when nobody can know the encoding.

The ladder is byte-order mark, strict UTF-8, strict GB18030: a statistical guess takes a short Chinese name
list for Korean. Other encodings decode as GB18030 too, into characters that nobody wrote; a text without a
single known heading is therefore tried in them, and what fits is asked, never assumed.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from sanshe_net.build.headers import header_key, known_headings
from sanshe_net.errors import DecisionNeeded, InputError, Place, SettingsError

SNIFFED_LINES: Final = 20
DELIMITERS: Final = (",", "\t", ";", "|")
OTHER_DELIMITERS: Final = ("，", "、", "；", "\N{FULLWIDTH VERTICAL LINE}")
"""Marks that also stand within a cell; the heading line must be made of headings and these."""
TWICE: Final = "utf-8-twice"
"""Our name for text that was decoded wrongly and then encoded once more."""

_UTF8_MARK: Final = b"\xef\xbb\xbf"
_MARKS: Final = ((_UTF8_MARK, "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_OTHERS: Final = ("big5", "utf-16-le", "utf-16-be")
_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_CHINESE: Final = re.compile(r"[一-鿿]")


def decode(content: bytes, shown: str, encoding: str | None = None) -> tuple[str, str]:
    """Return the text of ``content`` and the name of its encoding.

    Parameters
    ----------
    content
        The whole file.
    shown
        The name it is shown under.
    encoding
        The encoding that a person said it is in; ``None`` finds it.

    Raises
    ------
    InputError
        ``E-ENCODING`` with the first line that is not in the encoding of the lines before it.
    DecisionNeeded
        ``Q-ENCODING`` when the text is unreadable as it is and has known headings in another encoding.
    SettingsError
        ``E-ENCODING-UNKNOWN`` when there is no encoding of that name.
    """
    if encoding is not None:
        return _as_told(content, encoding, shown)
    for mark, name in _MARKS:
        if content.startswith(mark):
            return _strict(content.removeprefix(_UTF8_MARK), name, shown), name.upper()
    try:
        text, name = content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as error:
        if _is_cut(error, content) and not content[: error.start].isascii():
            raise _cut(error, shown) from error
        _refuse_mixture(content, shown)
        try:
            text, name = content.decode("gb18030"), "GB18030"
        except UnicodeDecodeError:
            _ask_for(other_encoding(content), shown)
            text, name = _strict(content, "gb18030", shown), "GB18030"
    if best_headings(text) == 0:
        if is_encoded_twice(text):
            raise DecisionNeeded("Q-ENCODING-TWICE", Place(shown), found=TWICE)
        _ask_for(other_encoding(content), shown)
    return text, name


def check_encoding(encoding: str | None) -> None:
    """Refuse the name of an encoding that does not exist."""
    if encoding is None or encoding == TWICE:
        return
    try:
        "".encode(codecs.lookup(encoding).name)
    except LookupError as error:  # unknown, or a codec that is not about text
        raise SettingsError(
            "E-ENCODING-UNKNOWN", found=encoding, allowed=f"utf-8, gb18030, big5, utf-16, {TWICE}"
        ) from error


def other_encoding(content: bytes) -> str | None:
    """Return an encoding outside the ladder in which ``content`` has known headings, if there is one."""
    for name in _OTHERS:
        try:
            if best_headings(content.decode(name)):
                return name
        except UnicodeDecodeError:
            continue
    return None


def is_encoded_twice(text: str) -> bool:
    """Whether ``text`` shows known headings once a wrong decoding is undone (``å§“å``)."""
    head = "\n".join(first_lines(text))
    return any(best_headings(_undone(head, name, "replace")) for name in ("latin-1", "gb18030"))


def first_lines(text: str) -> list[str]:
    """Return the filled lines among which the headings must be."""
    return [line for line in text[:100_000].splitlines() if line.strip()][:SNIFFED_LINES]


def headings(line: str, delimiter: str) -> tuple[int, int]:
    """Return how many cells of the line are known headings, and how many cells it has."""
    keys = [header_key(cell.strip(' "')) for cell in line.split(delimiter)]
    return known_headings(keys), len(keys)


def best_headings(text: str) -> int:
    """Return the most known headings on one line, whatever divides them."""
    return max(
        (headings(line, mark)[0] for line in first_lines(text) for mark in (*DELIMITERS, *OTHER_DELIMITERS)),
        default=0,
    )


def _ask_for(encoding: str | None, shown: str) -> None:
    if encoding is not None:
        raise DecisionNeeded("Q-ENCODING", Place(shown), found=encoding)


def _as_told(content: bytes, encoding: str, shown: str) -> tuple[str, str]:
    check_encoding(encoding)
    content = content.removeprefix(_UTF8_MARK)
    if encoding != TWICE:
        return _strict(content, encoding, shown).removeprefix("\ufeff"), encoding.upper()
    text = _strict(content, "utf-8", shown)
    for name in ("latin-1", "gb18030"):
        try:
            undone = _undone(text, name, "strict")
        except UnicodeError:
            continue
        return undone.removeprefix("\ufeff"), encoding.upper()
    raise InputError("E-ENCODING-TWICE", Place(shown), found=encoding)


def _undone(text: str, wrong: str, errors: str) -> str:
    """Return what the text was before it was taken for ``wrong``.

    Windows shows the bytes 80-9F as other characters where it can (cp1252), so those are taken back first.
    """
    if wrong == "latin-1":
        text = text.translate(_WINDOWS)
    return text.encode(wrong, errors).decode("utf-8", errors)


_WINDOWS: Final = {
    ord(bytes([byte]).decode("cp1252")): byte
    for byte in range(0x80, 0xA0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _refuse_mixture(content: bytes, shown: str) -> None:
    """Refuse GB18030 text that holds lines of UTF-8: read as one encoding they would make up names.

    Chinese in UTF-8 is so unlikely to arise from whole lines of GB18030 that one such line is proof.
    """
    lines = _LINE_END.split(content)
    wide = [(i, line, _is_chinese_utf8(line)) for i, line in enumerate(lines, 1) if not line.isascii()]
    for line_number, line, is_utf8 in wide:
        if is_utf8 != wide[0][2]:
            raise _wrong_byte(shown, line_number, next(byte for byte in line if byte > 127))


def _is_chinese_utf8(line: bytes) -> bool:
    try:
        return _CHINESE.search(line.decode("utf-8")) is not None
    except UnicodeDecodeError:
        return False


def _strict(content: bytes, encoding: str, shown: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        if _is_cut(error, content):
            raise _cut(error, shown) from error
        raise _wrong_byte(shown, _line(error), content[error.start]) from error


def _is_cut(error: UnicodeDecodeError, content: bytes) -> bool:
    """Whether the last character is there in part only."""
    return error.end >= len(content) and len(content) - error.start < 4


def _cut(error: UnicodeDecodeError, shown: str) -> InputError:
    line = _line(error)
    return InputError("E-ENCODING-CUT", Place(shown, row=line), line=line)


def _line(error: UnicodeDecodeError) -> int:
    # Counted in characters: a byte of 上 in UTF-16 is that of a line end.
    before = error.object[: error.start].decode(error.encoding, "ignore")
    return len(re.findall(r"\r\n|\r|\n", before)) + 1


def _wrong_byte(shown: str, line: int, byte: int) -> InputError:
    return InputError("E-ENCODING", Place(shown, row=line), line=line, found=f"0x{byte:02x}")
