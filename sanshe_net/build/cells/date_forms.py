"""The written forms of a day, a month, a quarter and a year, found at a position of a text.

Every form is one pattern without nested repeats, so reading is linear in the length of the text; the
callers cut that length before anything is tried.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from sanshe_net.build.cells.numerals import chinese_number

_S: Final = r"\s?"
RANGE: Final = r"(?:-{1,2}|~|至|到|—{1,2}|–)"
_CLOCK: Final = r"\d{1,2}[:点时](?:半|\d{1,2}分?)?(?::\d{2})?(?:\.\d{1,9})?(?:\s?[AaPp][Mm])?"
_WHEN: Final = (
    r"(?:(?:周|星期|礼拜)[一二三四五六日天]|上午|下午|晚上|早上|早晨|中午|傍晚|凌晨|全天"
    rf"|{_CLOCK}(?:{_S}{RANGE}{_S}{_CLOCK})?)"
)
TAIL: Final = re.compile(
    rf"(?:\s|T(?=\d)|(?<=\d)Z|[+-]\d{{2}}:\d{{2}}|\({_S}{_WHEN}(?:[\s,]?{_WHEN}){{0,3}}{_S}\)|,?{_S}{_WHEN})*"
)
"""Weekdays and times after a date; they may be blank."""
BETWEEN: Final = re.compile(rf"{_S}{RANGE}{_S}")
NEXT: Final = re.compile(rf"{_S}[、,;和及与]{_S}")


class Point(NamedTuple):
    """What is written at one place; ``None`` for what is not. ``loose`` parts await the order of dates."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    loose: tuple[str, str, str] | None = None
    year_first: bool = False
    """Of loose parts the first is known to be the year (19年3月5日), only not its century."""
    dashed: bool = False
    """Written with hyphens: a hyphen after it does not tell a range from one more part."""


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


_Y: Final = r"(?P<y>\d{4})"
_M: Final = r"(?P<m>\d{1,2})"
_D: Final = r"(?P<d>\d{1,2})(?!\d)"
_MARK: Final = r"(?P<s>[-/.。])"
_SAME: Final = rf"{_S}(?P=s){_S}"
_OF_DAY: Final = rf"(?:{_S}[日号])?"

WHOLE: Final = _compiled(
    rf"{_Y}{_S}{_MARK}{_S}{_M}{_SAME}{_D}{_OF_DAY}",
    rf"{_Y}{_S}[年./-]{_S}{_M}{_S}月{_S}{_D}{_OF_DAY}",
    rf"{_Y}年{_S}{_M}(?P<s>[./]){_D}{_OF_DAY}",
    rf"{_Y} {_M} {_D}(?![:点时])",
    r"(?P<y>(?:19|2[01])\d{2})(?P<m>\d{2})(?P<d>\d{2})(?!\d)",
)
"""Year, month and day."""
_LOOSE: Final = _compiled(
    rf"(?P<a>\d{{1,2}}){_S}{_MARK}{_S}(?P<b>\d{{1,2}}){_SAME}(?P<c>\d{{4}}|\d{{1,2}})(?!\d)",
    rf"(?P<a>\d{{2}})(?P<yy>年)(?P<b>\d{{1,2}})月(?P<c>\d{{1,2}}){_OF_DAY}",
)
"""Three numbers whose order is not plain, or whose century is not."""
_COARSE: Final = _compiled(
    rf"{_Y}{_S}年?{_S}[-.]?(?:第?{_S}(?P<q>\d){_S}季度?)",
    rf"{_Y}{_S}年?{_S}[-.]?(?:[Qq](?P<q>\d))",
    rf"{_Y}{_S}年{_S}{_M}(?={_S}{RANGE}{_S}\d{{1,2}}{_S}月)",
    rf"{_Y}{_S}年{_S}{_M}{_S}月份?",
    rf"{_Y}{_S}{_MARK}{_S}{_M}(?!\d)月?份?",
)
"""A quarter or a month of a written year."""
_YEAR: Final = _compiled(r"(?P<y>\d{4})年(?:度|全年)?")
_OF_YEAR: Final = _compiled(
    rf"{_M}{_S}月{_S}{_D}{_OF_DAY}",
    rf"{_M}{_S}(?P<s>[./-]){_S}{_D}{_OF_DAY}",
)
"""Month and day; the year stands elsewhere."""
_PART: Final = _compiled(r"第?\s?(?P<q>\d)\s?季度?", r"(?P<m>\d{1,2})\s?月份?", r"(?P<d>\d{1,2})\s?[日号]")
_NUMBER: Final = _compiled(r"(?P<d>\d{1,2})(?![\d:点时年月季.])")
FIRST: Final = (*WHOLE, *_COARSE, *_YEAR, *_LOOSE, *_OF_YEAR, *_PART)
IN_TITLE: Final = (*WHOLE, *_COARSE, _LOOSE[0], *_OF_YEAR)

_NUMERALS: Final = re.compile(r"[〇零○一二三四五六七八九十0-9O]{1,5}(?=\s?[年月日号季])")
_WHOLE_NUMERALS: Final = re.compile(
    r"[〇零○一二三四五六七八九0-9O]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}[日号]"
    r"|[〇零○一二三四五六七八九0-9O]{4}年第?[一二三四]季度"
)


_DASHES: Final = {ord(dash): plain for dash, plain in zip("‐‒−〜―", "---~—", strict=True)}
"""The hyphens, minus signs and wave dashes that mean the same as the usual ones."""


def with_digits(written: str) -> str:
    """Return a date with its Chinese numerals as digits: ``二〇一九年三月五日`` -> ``2019年3月5日``."""
    return _NUMERALS.sub(_to_digits, written.translate(_DASHES))


def with_digits_in_dates(title: str) -> str:
    """Return a title with the numerals of whole dates as digits; others (五月花) stay as they are."""
    return _WHOLE_NUMERALS.sub(lambda found: with_digits(found[0]), title)


def _to_digits(found: re.Match[str]) -> str:
    if found[0].isdigit() and found[0].isascii():
        return found[0]
    try:
        return str(chinese_number(found[0]))
    except ValueError:
        return found[0]


def point_at(
    written: str, at: int, patterns: tuple[re.Pattern[str], ...] = FIRST
) -> tuple[Point, int] | None:
    """Return what is written at position ``at`` and where it ends."""
    for pattern in patterns:
        found = pattern.match(written, at)
        if found is not None:
            return _point(found.groupdict()), found.end()
    return None


def next_point_at(written: str, at: int, before: Point, joint: str) -> tuple[Point, int] | None:
    """Return the point after ``before``, which may leave out what the first one says.

    A bare number is a day only where the joint between the two cannot be a part of a date.
    """
    found = point_at(written, at)
    if found is None and before.day is not None and not (before.dashed and "-" in joint):
        return point_at(written, at, _NUMBER)
    return found


def _point(groups: dict[str, str | None]) -> Point:
    if groups.get("a") is not None:
        loose = (str(groups["a"]), str(groups["b"]), str(groups["c"]))
        return Point(loose=loose, year_first=bool(groups.get("yy")))
    year, month, day, quarter = (int(groups[key] or 0) if groups.get(key) else None for key in "ymdq")
    return Point(year, month, day, quarter, dashed=groups.get("s") == "-")
