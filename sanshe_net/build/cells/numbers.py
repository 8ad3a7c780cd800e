"""Numbers, ages, birth years and sums of money."""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from sanshe_net.build.cells.numerals import WRITTEN, chinese_number
from sanshe_net.build.cells.text import Cell, Told, Unclear, filled
from sanshe_net.vocabulary import Label

LONGEST_NUMBER: Final = 60
"""Characters of a cell that may be a number; longer ones are refused before anything is tried."""
LARGEST: Final = 10**15
OLDEST: Final = 120
EARLIEST_BIRTH: Final = 1900

_PLAIN: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d{1,6})?"
_NUMBER: Final = re.compile(rf"¥?\s?({_PLAIN})\s?(?:人次|人|名|位|户|场|个|周?岁|小时|元|次)?")
_IN_WORDS: Final = re.compile(rf"({WRITTEN.pattern})(?:人次|人|名|位|户|场|个|周?岁|小时|元|次)?")
_AGE_SHAPE: Final = re.compile(r"([-+]?)(\d+(?:\.\d+)?)\s?周?岁?")
_MONTHS_OLD: Final = re.compile(r"(\d{1,3})\s?个?月大?")
_YEAR_SHAPE: Final = re.compile(r"(\d{4})(?:\s?年|[-/.年](?:0?[1-9]|1[0-2])(?:[-/.月].{0,8})?)?")
_MONEY: Final = re.compile(
    rf"(?:人民币|rmb|cny|¥)?\s?(-|负)?\s?¥?\s?(?:({_PLAIN})\s?([百千万亿kw]?)|({WRITTEN.pattern}))"
    r"\s?(元|块钱?|圆)?(整|正)?",
    re.IGNORECASE,
)
_MORE: Final = re.compile(r"\s?(?:[+、,;(及和与加另]|并).{1,}")
_MORE_MONEY: Final = re.compile(r"¥|[\d百千万]\s?(?:元|块|圆|万)|[-~—]\s?\d")
_SCALE: Final = {"": 1, "百": 100, "千": 1000, "k": 1000, "万": 10_000, "w": 10_000, "亿": 10**8}


def number(cell: Cell) -> float | None:
    """Return a number of zero or more; 1,200, 三十五 and a unit after it (人, 岁, 小时, 元) are allowed.

    Raises
    ------
    Unclear
        ``W-NUMBER-UNCLEAR`` when it is not one such number.
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    typed = _typed(cell)
    if typed is not None and 0 <= typed < LARGEST:
        return typed
    found = _NUMBER.fullmatch(tidy) if len(tidy) <= LONGEST_NUMBER else None
    if found is not None:
        return float(found[1].replace(",", ""))
    worded = _IN_WORDS.fullmatch(tidy) if len(tidy) <= LONGEST_NUMBER else None
    if worded is None or isinstance(cell, bool):
        raise Unclear("W-NUMBER-UNCLEAR")
    return float(_in_words(worded[1], "W-NUMBER-UNCLEAR"))


def age(cell: Cell) -> float | None:
    """Return an age in years: 60, 59.5, 60岁, 六十.

    Raises
    ------
    Unclear
        ``E-AGE-IMPOSSIBLE`` for a number that is no age of a person (below 0, above 120),
        ``W-AGE-UNCLEAR`` for anything that is no single number (60多岁).
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    if len(tidy) <= LONGEST_NUMBER and (months := _MONTHS_OLD.fullmatch(tidy)):
        return int(months[1]) // 12 * 1.0
    shape = _AGE_SHAPE.fullmatch(tidy) if not isinstance(cell, bool) else None
    if shape is None:
        try:
            years = number(cell)
        except Unclear as unclear:
            raise Unclear("W-AGE-UNCLEAR") from unclear
    elif shape[1] == "-" or len(shape[2]) > LONGEST_NUMBER:
        raise Unclear("E-AGE-IMPOSSIBLE")
    else:
        years = float(shape[2])
    if years is None or not 0 <= years <= OLDEST:
        raise Unclear("E-AGE-IMPOSSIBLE")
    return years


def birth_year(cell: Cell, latest: int | None = None) -> int | None:
    """Return a year of birth: 1959, 1959年, 1959-03-05, a date.

    Parameters
    ----------
    latest
        The last year that is possible, best that of the last record. Without it the present year: nobody
        is born later than that, whenever the records are from.

    Raises
    ------
    Unclear
        ``E-BIRTH-IMPOSSIBLE`` for a year outside 1900 to ``latest``, ``W-NUMBER-UNCLEAR`` for anything
        that names no year of four digits.
    """
    if isinstance(cell, datetime | date):
        year = cell.year
    else:
        tidy = filled(cell)
        if tidy is None:
            return None
        found = _YEAR_SHAPE.fullmatch(tidy) if len(tidy) <= LONGEST_NUMBER else None
        if found is None and re.fullmatch(r"-?\d+", tidy):
            raise Unclear("E-BIRTH-IMPOSSIBLE", _born(latest))
        if found is None:
            raise Unclear("W-NUMBER-UNCLEAR")
        year = int(found[1])
    if not EARLIEST_BIRTH <= year <= (date.today().year if latest is None else latest):
        raise Unclear("E-BIRTH-IMPOSSIBLE", _born(latest))
    return year


def amount(cell: Cell) -> float | Told | None:
    """Return an amount in yuan: 5000, ¥5,000.00, 0.5万, 五千元整.

    Returns
    -------
    The amount; :class:`Told` with ``W-AMOUNT-PART`` when more than money was given (3000元+物资).

    Raises
    ------
    Unclear
        ``W-AMOUNT-NEGATIVE`` below zero, ``W-AMOUNT-UNCLEAR`` for words that name no sum (若干) and for
        several sums.
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    typed = _typed(cell)
    if typed is not None and typed < 0:
        raise Unclear("W-AMOUNT-NEGATIVE")
    if typed is not None and typed < LARGEST:
        return typed
    found = _MONEY.match(tidy) if len(tidy) <= LONGEST_NUMBER and typed is None else None
    if found is None or isinstance(cell, bool):
        raise Unclear("W-AMOUNT-UNCLEAR")
    if found[1]:
        raise Unclear("W-AMOUNT-NEGATIVE")
    yuan = _yuan(found)
    rest = tidy[found.end() :]
    if not rest:
        return yuan
    if _MORE.fullmatch(rest) and not _MORE_MONEY.search(rest):
        return Told(yuan, ("W-AMOUNT-PART",))
    raise Unclear("W-AMOUNT-UNCLEAR")


def _yuan(found: re.Match[str]) -> float:
    if found[4]:
        return float(_in_words(found[4], "W-AMOUNT-UNCLEAR"))
    return float(Decimal(found[2].replace(",", "")) * _SCALE[found[3].lower()])


def _typed(cell: Cell) -> float | None:
    """Return what the spreadsheet itself holds as a number; ``nan`` and ``inf`` are none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not math.isfinite(cell):
        return None
    return float(cell)


def _in_words(numerals: str, code: str) -> int:
    try:
        return chinese_number(numerals)
    except ValueError as error:
        raise Unclear(code) from error


def _born(latest: int | None) -> Label:
    last = ("今年", "this year") if latest is None else (f"{latest} 年", str(latest))
    return Label(f"{EARLIEST_BIRTH} 年至{last[0]}", f"{EARLIEST_BIRTH} to {last[1]}")
