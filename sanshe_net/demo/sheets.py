"""Sheets as a station keeps them: titles above, blank lines, headers again, sums below, odd spelling."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np
import numpy.typing as npt

from sanshe_net.demo.scenario import COMMUNITY, DAYS, FIRST_DAY

IntArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]
Cell = str | int | date
Line = tuple[Cell, ...]

DATE_NUMBER_FORMATS = {"excel": "yyyy-mm-dd", "excel_zh": 'yyyy"年"m"月"d"日"'}
TEXT_DATE_FORMS = {
    "dot": "{0.year}.{0.month}.{0.day}",
    "zh": "{0.year}年{0.month}月{0.day}日",
    "iso": "{0:%Y-%m-%d}",
    "slash": "{0.year}/{0.month}/{0.day}",
}
DATE_FORMS = (*DATE_NUMBER_FORMATS, *TEXT_DATE_FORMS)
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True)
class Sheet:
    """One sheet, ready to be written.

    Attributes
    ----------
    titles
        Lines above the header, each merged over the whole width.
    lines
        Everything below the header in order: records, blank lines, repeated headers, the sum and the note.
    record_rows
        Row number of each record in the finished sheet, counted from 1.
    date_format
        Number format of the dates, where they are real dates.
    blanks, repeated_headers, footers, notes
        How many such lines there are among ``lines``.
    """

    name: str
    titles: tuple[str, ...]
    header: tuple[str, ...]
    lines: list[Line]
    record_rows: IntArray
    date_format: str
    blanks: int
    repeated_headers: int
    footers: int
    notes: int

    @property
    def total_rows(self) -> int:
        """Number of rows of the finished sheet, blank ones included."""
        return len(self.titles) + 1 + len(self.lines)


@dataclass(frozen=True)
class Book:
    """A file of sheets that all hold the same table; the ending of the name says how to write it."""

    file: str
    table: str
    sheets: list[Sheet]


def lay_out(
    name: str,
    titles: Sequence[str],
    columns: Mapping[str, TextArray | list[Cell]],
    *,
    date_form: str = "iso",
    blank_before: Sequence[int] = (),
    header_before: Sequence[int] = (),
    footer: Mapping[str, Cell] | None = None,
    note: str | None = None,
) -> Sheet:
    """Lay the columns out as a sheet.

    Parameters
    ----------
    name, titles
        Name of the sheet and the lines above its header.
    columns
        Header word -> cells; an empty text is an empty cell.
    date_form
        How its dates are written, one of ``DATE_FORMS``.
    blank_before, header_before
        Numbers of the records that a blank line or the header once more stands before.
    footer, note
        The sum (header word -> cell) and a remark below the records.

    Returns
    -------
    The sheet, which knows the row of each record.
    """
    header = tuple(columns)
    records: list[Line] = list(zip(*columns.values(), strict=True))
    lines, record_at = _broken_up(records, header, blank_before, header_before)
    if footer:
        lines.append(tuple(footer.get(word, "") for word in header))
    if note:
        lines.append((note, *_blank(header)[1:]))
    return Sheet(
        name=name,
        titles=tuple(titles),
        header=header,
        lines=lines,
        record_rows=record_at + len(titles) + 2,
        date_format=DATE_NUMBER_FORMATS.get(date_form, ""),
        blanks=len(blank_before),
        repeated_headers=len(header_before),
        footers=int(footer is not None),
        notes=int(note is not None),
    )


def _broken_up(
    records: list[Line], header: Line, blank_before: Sequence[int], header_before: Sequence[int]
) -> tuple[list[Line], IntArray]:
    """Put blank lines and repeated headers between the records; also return where each record ended up."""
    breaks = sorted([(at, False) for at in blank_before] + [(at, True) for at in header_before])
    lines = records.copy()
    for at, is_header in reversed(breaks):
        lines.insert(at, header if is_header else _blank(header))
    numbers = np.arange(len(records))
    return lines, numbers + np.searchsorted([at for at, _ in breaks], numbers, side="right")


def _blank(header: Line) -> Line:
    return ("",) * len(header)


def title_of(what: str) -> str:
    """Return a title line that says the data are simulated.

    Examples
    --------
    >>> title_of("活动台账")
    '青云里社区活动台账（模拟数据）'
    """
    return f"{COMMUNITY}{what}（模拟数据）"


@cache
def calendar() -> tuple[date, ...]:
    """Return the date of every day of the simulation."""
    first = date.fromisoformat(str(FIRST_DAY))
    return tuple(first + timedelta(days=day) for day in range(DAYS))


def spell_dates(days: IntArray, form: str) -> TextArray:
    """Write dates in one of ``DATE_FORMS``; a negative day is an empty cell.

    Examples
    --------
    >>> spell_dates(np.array([4, -1]), "dot").tolist()
    ['2023.3.5', '']
    """
    if form in DATE_NUMBER_FORMATS:
        spelled: list[Cell] = [*calendar()]
    else:
        spelled = [TEXT_DATE_FORMS[form].format(day) for day in calendar()]
    return np.array([*spelled, ""], dtype=object)[np.where(days < 0, DAYS, days)]


def spell_names(rng: np.random.Generator, names: TextArray) -> TextArray:
    """Write names as people do: some of two characters set wide, some with a space left behind."""
    turn = rng.random(len(names))
    short = np.array([len(name) == 2 for name in names])
    spelled = names.copy()
    for chosen, pattern in (
        (short & (turn < 0.12), "{0[0]} {0[1]}"),
        (short & (turn >= 0.12) & (turn < 0.18), "{0[0]}\u3000{0[1]}"),
        (turn >= 0.985, "{} "),
        (~short & (turn < 0.006), " {}"),
    ):
        spelled[chosen] = [pattern.format(name) for name in names[chosen]]
    return spelled


def spell_phones(rng: np.random.Generator, phones: TextArray, share: float) -> TextArray:
    """Leave out all but a share of the phone numbers; write some in groups or in full-width digits."""
    turn = rng.random(len(phones))
    spelled = phones.copy()
    grouped, wide = turn < 0.12, (turn >= 0.12) & (turn < 0.17)
    spelled[grouped] = [f"{phone[:3]} {phone[3:7]} {phone[7:]}" for phone in phones[grouped]]
    spelled[wide] = [phone.translate(WIDE_DIGITS) for phone in phones[wide]]
    return leave_out(rng, spelled, share)


def leave_out(rng: np.random.Generator, cells: TextArray, share: float) -> TextArray:
    """Keep a share of the cells and empty the others."""
    return np.where(rng.random(len(cells)) < share, cells, "")
