"""What every reader of cells shares: the cell, its tidy text, and the three ways to answer.

A reader returns the value, ``None`` for a blank cell, :class:`Told` when the value is used but somebody
should hear how it was read, or raises :class:`Unclear`. The code says what happens then: ``E-`` the cell
must be corrected, ``Q-`` a person must decide, ``W-`` and ``N-`` are remarks and the cell counts as blank.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, Literal, TypeAlias

from sanshe_net.vocabulary import Label


@dataclass(frozen=True)
class LostCell:
    """A cell that holds no value, only a failure: a formula error, or a formula never calculated.

    ``code`` names the message, ``shown`` is what the spreadsheet shows there.
    """

    code: str
    shown: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | LostCell | None
DateOrder: TypeAlias = Literal["ymd", "mdy", "dmy"]
MarkMeaning: TypeAlias = Literal["present", "absent", "ignore"]

BLANK_WORDS: Final = frozenset({"", "-", "--", "—", "/", "\\", "无", "暂无", "未填", "n/a"})
LONGEST_INTEGER: Final = 4_000
"""Bits of a whole number that is still written out; Python refuses to write out very long ones."""


class Unclear(ValueError):  # noqa: N818 - it is a question, not a fault
    """A cell that cannot be read; ``code`` names the message, ``reason`` fills it."""

    def __init__(self, code: str, reason: str | Label = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


@dataclass(frozen=True)
class Told:
    """A value that is used, and the codes of the messages that say how it was read.

    A ``Q-`` among the codes means that the value is only part of what stands there: a person must decide
    before it is used.
    """

    value: Any
    codes: tuple[str, ...]


def told(value: Any, codes: tuple[str, ...]) -> Any:
    """Return the bare value when there is nothing to tell, else :class:`Told` with each code once."""
    return Told(value, tuple(dict.fromkeys(codes))) if codes else value


@dataclass(frozen=True)
class Habits:
    """How this station writes: the answers to questions that its sheets raised.

    Parameters
    ----------
    year
        The year of dates written without one.
    date_order
        Whether ``3-5-19`` starts with the year, the month or the day.
    marks
        What a mark in an attendance cell says.
    words
        Lexicon -> word as the station writes it -> term (or ``ignore``: the cell counts as blank).
    """

    year: int | None = None
    date_order: DateOrder | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_HABITS: Final = Habits()

_UNSEEN: Final = re.compile("[\ufe00-\ufe0f\u034f\u115f\u1160\u3164\uffa0\u2800\U000e0100-\U000e01ef]")
"""Characters that show nothing although Unicode counts them as printable."""
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook stores a control character; some programs show it like this."""
_DIRECTION: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")


def text(cell: Cell) -> str | None:
    """Return the cell as tidy text: full-width folded, invisible characters and outer spaces gone.

    >>> text(" １２栋　")
    '12栋'

    Raises
    ------
    Unclear
        ``E-CONTROL-CHARACTER`` when it holds a control character other than tab and line breaks,
        ``E-CELL-LONG`` for a number of more than a thousand digits,
        ``E-CELL-ERROR`` or ``E-CELL-FORMULA`` when the workbook holds no value for it.
    """
    if cell is None:
        return None
    if isinstance(cell, LostCell):
        raise Unclear(cell.code)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and cell.bit_length() > LONGEST_INTEGER:
        raise Unclear("E-CELL-LONG")
    raw = unicodedata.normalize("NFKC", str(cell))
    if not raw.isprintable() or _UNSEEN.search(raw) or "_x" in raw:
        raw = _seen(raw)
    return " ".join(raw.split()) or None


def shown(cell: Cell) -> str:
    """Return a cell as a person sees it: a whole number, which workbooks hold as 2.0, is 2."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def lines(cell: Cell) -> list[str]:
    """Return the tidy lines of a cell, blank ones left out."""
    written = str(cell) if isinstance(cell, str) else text(cell) or ""
    return [line for line in map(text, re.split(r"[\r\n\u2028\u2029]|_x000[AaDd]_", written)) if line]


def filled(cell: Cell) -> str | None:
    """Return the tidy text, ``None`` also for what people write into a cell to leave it blank: 无, /."""
    tidy = text(cell)
    return None if tidy is None or tidy.casefold() in BLANK_WORDS else tidy


def remarks(cell: Cell) -> tuple[str, ...]:
    """Return the codes of what should be said of any text, however it is read.

    ``W-TEXT-DIRECTION`` for characters that turn the direction of writing: they make a name show
    something other than what it holds, so they are removed and the cell listed.
    """
    return ("W-TEXT-DIRECTION",) if isinstance(cell, str) and _DIRECTION.search(cell) else ()


def _seen(raw: str) -> str:
    """Return what a reader sees of ``raw``; control characters are refused."""
    kept = []
    for character in _UNSEEN.sub("", raw):
        category = unicodedata.category(character)
        if category == "Cs" or (category == "Cc" and character not in "\t\r\n"):
            raise Unclear("E-CONTROL-CHARACTER")
        if category != "Cf":
            kept.append(" " if character.isspace() else character)
    # What stood on both sides of a removed character may now be one.
    return _ESCAPE.sub(_escaped, unicodedata.normalize("NFKC", "".join(kept)))


def _escaped(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    if chr(code) in "\t\r\n":
        return " "
    if code < 0x20 or 0x7F <= code < 0xA0:
        raise Unclear("E-CONTROL-CHARACTER")
    return found[0]
