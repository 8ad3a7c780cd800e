"""When something was: the spans of days that a cell names."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from sanshe_net.build.cells import date_forms as forms
from sanshe_net.build.cells.date_forms import Point
from sanshe_net.build.cells.text import NO_HABITS, Cell, Habits, Told, Unclear, filled, lines, told
from sanshe_net.vocabulary import Label

EARLIEST: Final = 1900
LATEST: Final = 2100
LONGEST_DATE: Final = 200
"""Characters; a longer cell is refused before any pattern is tried."""
SERIALS: Final = (20_000, 60_000)
"""Day numbers that are read as such: 1954 to 2064."""
_DAY_ZERO: Final = date(1899, 12, 30)
LAST_SHORT_YEAR: Final = 2069
"""A year of two digits is 2000 to this one."""

Precision: TypeAlias = Literal["day", "month", "quarter", "year"]


@dataclass(frozen=True, order=True)
class Span:
    """From the first to the last day of something, both included.

    ``precision`` is what was written: of a month only the month. ``assumed`` says what had to be assumed
    (``serial``: a bare number was taken for the day number of a spreadsheet).
    """

    start: date
    end: date
    precision: Precision = "day"
    assumed: str = ""


class _Date(NamedTuple):
    """A point with everything that it needs, from its own text, from the point before or from habits."""

    year: int
    month: int | None
    day: int | None
    quarter: int | None


def dates(cell: Cell, habits: Habits = NO_HABITS) -> tuple[Span, ...] | Told | None:
    """Return the spans that a cell names, in order: one day, a range, a list, a month, a quarter, a year.

    Returns
    -------
    The spans; :class:`Told` with ``N-DATE-SERIAL``, ``N-DATE-RANGE``, ``N-DATE-LIST`` or ``N-DATE-COARSE``
    when it is not simply one written day.

    Raises
    ------
    Unclear
        ``E-DATE-IMPOSSIBLE`` for a day that does not exist and a range that runs backwards,
        ``Q-DATE-YEAR`` without a year, ``Q-DATE-ORDER`` when day and month may be either way round or the
        year has two digits, ``Q-DATE-FLOAT`` for a number such as 2019.1 (January or October),
        ``E-DATE-UNREADABLE`` for anything else.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return (_one_day(_plausible(cell)),)
    tidy = filled(cell)
    if tidy is None:
        return None
    if isinstance(cell, bool) or not isinstance(cell, str | int | float) or len(tidy) > LONGEST_DATE:
        raise Unclear("E-DATE-UNREADABLE")
    tidy = _MONTH_NAMED.sub(_with_month_number, tidy)
    serial = _serial(tidy)
    if serial is not None:
        return Told((serial,), ("N-DATE-SERIAL",))
    if _LOST_ZERO.fullmatch(tidy) if isinstance(cell, str) else _FLOAT.fullmatch(tidy):
        raise Unclear("Q-DATE-FLOAT")
    found = _read_all(tidy, habits)
    if found is None and isinstance(cell, str):
        found = _read_all(";".join(lines(cell)), habits)
    if found is None:
        raise Unclear("E-DATE-UNREADABLE")
    return told(found, _remarks(found))  # type: ignore[no-any-return]


def day(cell: Cell, habits: Habits = NO_HABITS, *, last: bool = False) -> date | Told | None:
    """Return the calendar day of a cell that needs just one; a time or weekday after it is dropped.

    >>> day("2024年5月4日（周六）14:00-16:00")
    datetime.date(2024, 5, 4)

    Parameters
    ----------
    last
        Of a month, quarter or year take the last day instead of the first: for what ended then.

    Returns
    -------
    The day; :class:`Told` with ``N-DATE-SERIAL`` when it was a number, with ``N-DATE-FIRST`` or
    ``N-DATE-LAST`` when only a month, quarter or year was written.

    Raises
    ------
    Unclear
        As :func:`dates`; ``E-DATE-UNREADABLE`` also for several days and a range of days.
    """
    read = dates(cell, habits)
    spans: tuple[Span, ...] | None = read.value if isinstance(read, Told) else read
    if spans is None:
        return None
    span = spans[0]
    if len(spans) > 1 or (span.precision == "day" and span.start != span.end):
        raise Unclear("E-DATE-UNREADABLE")
    if span.precision != "day":
        return Told(span.end, ("N-DATE-LAST",)) if last else Told(span.start, ("N-DATE-FIRST",))
    return told(span.start, ("N-DATE-SERIAL",) if span.assumed else ())  # type: ignore[no-any-return]


def last_day(cell: Cell, habits: Habits = NO_HABITS) -> date | Told | None:
    """Return the day of a cell that says when something ended; otherwise as :func:`day`."""
    return day(cell, habits, last=True)


_SERIAL: Final = re.compile(r"([2-6]\d{4})(?:\.\d{1,15})?")
_FLOAT: Final = re.compile(r"(?:(?:19|20)\d\d|1?\d)\.\d{1,2}")
_LOST_ZERO: Final = re.compile(r"(?:19|20)\d\d\.1")
"""A spreadsheet that takes 2019.10 for a number writes 2019.1, into text files too."""


_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAMED: Final = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_MONTH_NAMED: Final = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m1>{_NAMED})"
    rf"|(?P<m2>{_NAMED}) (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r",?[ -](?P<year>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""4 May 2024, May 4, 2024: the only dates whose month is a word."""


def _with_month_number(found: re.Match[str]) -> str:
    month = _MONTHS.index((found["m1"] or found["m2"])[:3].casefold()) + 1
    return f"{found['year']}-{month}-{found['d1'] or found['d2']}"


def _serial(tidy: str) -> Span | None:
    found = _SERIAL.fullmatch(tidy)
    if found is None or not SERIALS[0] <= int(found[1]) <= SERIALS[1]:
        return None
    day = _DAY_ZERO + timedelta(days=int(found[1]))
    return Span(day, day, "day", "serial")


def _read_all(tidy: str, habits: Habits) -> tuple[Span, ...] | None:
    """Return the spans of a text that is nothing but dates."""
    written = forms.with_digits(tidy)
    found = read_at(written, 0, habits)
    return found[0] if found is not None and found[1] == len(written) else None


def read_at(
    written: str, at: int, habits: Habits, patterns: tuple[re.Pattern[str], ...] = forms.FIRST
) -> tuple[tuple[Span, ...], int] | None:
    """Return the spans written at a position (one, a range, a list of them) and where they end.

    Raises
    ------
    Unclear
        When a date stands there that does not exist or needs an answer.
    """
    first = forms.point_at(written, at, patterns)
    if first is None:
        return None
    point, end = first
    known = _complete(point, None, habits)
    spans: list[Span] = []
    while True:
        end = _after(forms.TAIL, written, end)
        span, known, end = _until(written, end, point, known, habits)
        spans.append(span)
        following = _following(written, end, point, habits)
        if following is None:
            break
        point, end = following
        later = _complete(point, known, habits)
        if point.year is None and (later.year, later.month or 0) < (known.year, known.month or 0):
            raise Unclear("E-DATE-IMPOSSIBLE", BACKWARDS)
        known = later
    if len({span.precision for span in spans}) > 1:
        return None
    return tuple(sorted(set(spans))), end


def _until(written: str, end: int, point: Point, known: _Date, habits: Habits) -> tuple[Span, _Date, int]:
    """Return the span that starts at ``known``, which lasts until a second point if one follows."""
    span = _span(known)
    joint = forms.BETWEEN.match(written, end)
    second = joint and forms.next_point_at(written, joint.end(), point, joint[0])
    if not second:
        return span, known, end
    until = _complete(second[0], known, habits)
    last = _span(until)
    if last.precision != span.precision:
        return span, known, end
    if last.start < span.start:
        raise Unclear("E-DATE-IMPOSSIBLE", BACKWARDS)
    return Span(span.start, last.end, span.precision), until, _after(forms.TAIL, written, second[1])


def _following(written: str, end: int, point: Point, habits: Habits) -> tuple[Point, int] | None:
    joint = forms.NEXT.match(written, end)
    return None if joint is None else forms.next_point_at(written, joint.end(), point, joint[0])


def _after(pattern: re.Pattern[str], written: str, at: int) -> int:
    found = pattern.match(written, at)
    return at if found is None else found.end()


def _complete(point: Point, before: _Date | None, habits: Habits) -> _Date:
    """Return the point with what it leaves to the point before it or to the habits of the station."""
    if point.loose is not None:
        return _ordered(point.loose, point.year_first, habits)
    month = point.month
    if month is None and point.day is not None and before is not None:
        month = before.month
    if month is None and point.day is not None:
        raise Unclear("E-DATE-UNREADABLE")
    year = point.year
    if year is None:
        year = habits.year if before is None else before.year
    if year is None:
        _span(_Date(2000, month, point.day, point.quarter))  # no year makes 30 February possible
        raise Unclear("Q-DATE-YEAR")
    return _Date(year, month, point.day, point.quarter)


def _ordered(loose: tuple[str, str, str], year_first: bool, habits: Habits) -> _Date:
    a, b, c = loose
    if len(c) == 4 and a == b:  # the fifth of May either way
        return _Date(int(c), int(a), int(b), None)
    if habits.date_order is None:
        raise Unclear("Q-DATE-ORDER")
    order = "ymd" if year_first else habits.date_order
    year, month, day = {"ymd": (a, b, c), "dmy": (c, b, a), "mdy": (c, a, b)}[order]
    if len(day) == 4:
        raise Unclear("E-DATE-IMPOSSIBLE", _OTHER_ORDER)
    if len(year) == 4:
        return _Date(int(year), int(month), int(day), None)
    if len(year) != 2 or 2000 + int(year) > LAST_SHORT_YEAR:
        raise Unclear("E-DATE-IMPOSSIBLE", _SHORT)
    return _Date(2000 + int(year), int(month), int(day), None)


def _span(known: _Date) -> Span:
    year, month, day, quarter = known
    _plausible(date(max(year, 1), 1, 1))
    try:
        if day is not None:
            return _one_day(date(year, month or 0, day))
        if quarter is not None:
            if not 1 <= quarter <= 4:
                raise ValueError(quarter)
            return _months(year, 3 * quarter - 2, 3 * quarter, "quarter")
        if month is not None:
            return _months(year, month, month, "month")
        return _months(year, 1, 12, "year")
    except ValueError as error:
        raise Unclear("E-DATE-IMPOSSIBLE", IMPOSSIBLE) from error


def _months(year: int, first: int, last: int, precision: Precision) -> Span:
    start = date(year, first, 1)
    return Span(start, date(year, last, calendar.monthrange(year, last)[1]), precision)


def _one_day(day: date) -> Span:
    return Span(day, day)


def _remarks(spans: tuple[Span, ...]) -> tuple[str, ...]:
    codes = []
    if len(spans) > 1:
        codes.append("N-DATE-LIST")
    if any(span.precision == "day" and span.start != span.end for span in spans):
        codes.append("N-DATE-RANGE")
    if spans[0].precision != "day":
        codes.append("N-DATE-COARSE")
    return tuple(codes)


IMPOSSIBLE: Final = Label("没有这一天", "there is no such day")
BACKWARDS: Final = Label(
    "后面的日期早于前面的；跨年时请写明年份", "it ends before it starts; write the year of each"
)
_SHORT: Final = Label(
    f"两位数的年份只能是 2000–{LAST_SHORT_YEAR} 年",
    f"a year of two digits must be one of 2000–{LAST_SHORT_YEAR}",
)
_OTHER_ORDER: Final = Label("与选定的年月日顺序不符", "it does not fit the order chosen for dates")


def _plausible(found: date) -> date:
    if not EARLIEST <= found.year <= LATEST:
        raise Unclear(
            "E-DATE-IMPOSSIBLE", Label(f"只接受 {EARLIEST}–{LATEST} 年", f"years {EARLIEST}–{LATEST} only")
        )
    return found
