"""Phones and buildings."""

from __future__ import annotations

import re
from typing import Final

from sanshe_net.build.cells.numerals import chinese_number
from sanshe_net.build.cells.text import Cell, Told, Unclear, filled

LONGEST_PHONE: Final = 80
_POWER: Final = re.compile(r"[\d.]+[eE][+-]?\d+")
_MASKED: Final = re.compile(r"(?:\+?86)?(\d{2,4})[*xX×]{2,8}(\d{2,4})")
_EXTENSION: Final = re.compile(
    r"(?<=\d)(?:转|分机|ext\.?|#)\d{1,5}$|(?<=^0\d{2}-\d{8})-\d{1,5}$|(?<=^0\d{3}-\d{7})-\d{1,5}$"
)
_ANOTHER: Final = re.compile(r"[/、,;|\n]|或|\s和\s")
_MOBILES: Final = re.compile(r"(?:1[3-9]\d{9}){2,3}")


def phone(cell: Cell) -> str | Told | None:
    """Return the digits of a phone number, without +86.

    >>> phone("+86 199-0000-0001")
    '19900000001'

    Returns
    -------
    The digits; :class:`Told` with ``W-PHONE-SEVERAL`` for the first whole one of several numbers, and with
    ``W-PHONE-MASKED`` for 138****0001, which is kept like this: it is evidence, though weak.

    Raises
    ------
    Unclear
        ``W-PHONE-UNCLEAR`` for fewer than 5 digits or more than 12, and for ``1.38E+10``, where the
        spreadsheet has lost the last digits.
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    typed = isinstance(cell, int | float)
    if len(tidy) > LONGEST_PHONE or _POWER.fullmatch(tidy) or (typed and not tidy.isdigit()):
        raise Unclear("W-PHONE-UNCLEAR")
    numbers = [found for part in _ANOTHER.split(tidy) if (found := _digits(part)) is not None]
    if len(numbers) == 1 and _MOBILES.fullmatch(numbers[0]):
        numbers = re.findall(r"\d{11}", numbers[0])
    whole = [found for found in numbers if "*" in found or 5 <= len(found) <= 12]
    if not whole:
        raise Unclear("W-PHONE-UNCLEAR")
    codes = ("W-PHONE-SEVERAL",) * (len(numbers) > 1) + ("W-PHONE-MASKED",) * ("*" in whole[0])
    return Told(whole[0], codes) if codes else whole[0]


def _digits(part: str) -> str | None:
    """Return the digits of one number; ``None`` where there are none."""
    bare = _EXTENSION.sub("", part.strip())
    masked = _MASKED.fullmatch(re.sub(r"[\s-]", "", bare))
    if masked is not None:
        return f"{masked[1]}****{masked[2]}"
    digits = re.sub(r"[^0-9]", "", bare)
    return re.sub(r"^(?:00)?86(?=\d{10,12}$)", "", digits) or None


def building(cell: Cell) -> str | None:
    """Return the building of an address: ``3栋2单元301`` -> ``3栋``; other text stays as it is.

    What stands before the building stays: building 3 of two estates is two buildings.

    >>> building("第 3 栋 301"), building("十二号楼"), building("锦绣花园3栋301")
    ('3栋', '12栋', '锦绣花园3栋')
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    found = re.search(r"(\d{1,9}|[A-Za-z]|[一二三四五六七八九十]{1,3})\s*(栋|幢|号楼|座)", tidy)
    if found is None:
        return tidy
    try:
        number = found[1].upper() if found[1].isascii() else str(chinese_number(found[1]))
    except ValueError:
        return tidy
    return f"{tidy[: found.start()].rstrip('第 -')}{number}栋"
