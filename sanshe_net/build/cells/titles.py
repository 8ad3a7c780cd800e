"""The date inside a heading or the name of a sheet: ``清洁日2019.3.5``."""

from __future__ import annotations

import re
from typing import Final

from sanshe_net.build.cells import date_forms as forms
from sanshe_net.build.cells.date_forms import Point
from sanshe_net.build.cells.dates import Span, read_at
from sanshe_net.build.cells.text import NO_HABITS, Cell, Habits, Unclear, text

LONGEST_TITLE: Final = 200
_START: Final = re.compile(r"(?<![\d.第])\d")
_BARE: Final = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})")
_MARKS: Final = " -—–_·:,、~"
_BRACKETS: Final = {("(", ")"), ("[", "]"), ("【", "】"), ("<", ">"), ("《", "》")}


def day_in_title(title: Cell, habits: Habits = NO_HABITS) -> tuple[str, tuple[Span, ...] | None]:
    """Return a heading without its date, and the spans of the date; ``None`` without one.

    A year alone (2019年总结), a month without a year and bare digits other than 20190305 are part of the
    title; 3.5 without a year is a date only where it stands alone, in brackets or at the end.

    >>> day_in_title("清洁日2019.3.5")[0]
    '清洁日'

    Raises
    ------
    Unclear
        ``Q-DATE-YEAR``, ``Q-DATE-ORDER`` or ``E-DATE-IMPOSSIBLE`` as :func:`dates.dates`;
        ``E-DATE-UNREADABLE`` for two dates in different places and for a list of days and months.
    """
    tidy = text(title) or ""
    if len(tidy) > LONGEST_TITLE:
        return tidy, None
    written = forms.with_digits_in_dates(tidy)
    found = _first_date(written, habits)
    if found is None:
        return tidy, None
    spans, start, end = found
    rest = _without(written, start, end)
    if any(forms.point_at(rest, again.start(), forms.WHOLE) for again in _START.finditer(rest)):
        raise Unclear("E-DATE-UNREADABLE")
    return rest, spans


def _first_date(written: str, habits: Habits) -> tuple[tuple[Span, ...], int, int] | None:
    for at in (found.start() for found in _START.finditer(written)):
        point = forms.point_at(written, at, forms.IN_TITLE)
        if point is None or not _is_date(point[0], written, at, point[1]):
            continue
        read = read_at(written, at, habits, forms.IN_TITLE)
        if read is None:  # a list of a day and a month
            raise Unclear("E-DATE-UNREADABLE")
        return read[0], at, read[1]
    return None


def _is_date(point: Point, written: str, start: int, end: int) -> bool:
    """Return whether these numbers are a date here: 3.5 may be a size, 2019-20 a school year."""
    if point.loose is not None:
        return len(point.loose[2]) == 4
    bare = _BARE.fullmatch(written[start:end])
    if bare is None:
        return point.day is not None or point.month is None or 1 <= point.month <= 12
    if not (1 <= int(bare[1]) <= 12 and 1 <= int(bare[3]) <= 31):
        return False
    before, after = written[:start].rstrip(), written[end:].lstrip()
    bracketed = bool(before and after) and (before[-1], after[0]) in _BRACKETS
    alone = not before and not after
    # 插花班1/4 is the first of four meetings, 亲子营3-5 may be for children of three to five.
    return alone or (bare[2] == "." and (bracketed or not after))


def _without(written: str, start: int, end: int) -> str:
    before, after = written[:start].rstrip(), written[end:].lstrip()
    if before and after and (before[-1], after[0]) in _BRACKETS:
        before, after = before[:-1], after[1:]
    before, after = before.rstrip(_MARKS), after.lstrip(_MARKS)
    return f"{before} {after}".strip(_MARKS)
