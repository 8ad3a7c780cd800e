"""Tick grids: one column per activity, marks of who came. They are read as one sign-in per mark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sanshe_net.build import headers, values
from sanshe_net.build.header_rows import is_dated
from sanshe_net.build.values import Cell, Habits, Span, Unclear

FIELDS: Final = ("activity", "date", "present", "role")
"""What a grid says in its headings and marks: columns added behind those of the sheet."""
_ENOUGH_TICKS: Final = 2
"""Fewer ticked columns without a date are a property of people (党员 √), not activities."""
_PROPERTY: Final = re.compile(
    r"是否|党员|团员|独居|空巢|孤寡|高龄|低保|残疾|军属|退|户|会员|志愿者|义工|骨干|居民|业主|租|本地|队|组"
    r"|领取|缴费|已交|微信|member|volunteer|resident|owner|retired",
    re.IGNORECASE,
)
"""Headings of ticked columns that say something of people, not what they came to."""
_SUMMED: Final = re.compile(r"合计|总计|小计|次数|总数|出勤|缺勤|total|count|sum", re.IGNORECASE)


@dataclass(frozen=True)
class GridColumn:
    """A column that is an activity: its position, title and the date as it can be read again.

    ``number`` counts the columns headed alike up to this one.
    """

    position: int
    title: str
    date: Cell
    number: int = 1


def grid_columns(
    texts: Sequence[str],
    free: Sequence[int],
    said: dict[str, str],
    rows: Sequence[Sequence[Cell]],
    habits: Habits,
) -> tuple[list[GridColumn], list[int], list[tuple[int, Unclear]]]:
    """Return the columns that are activities, those that may be, and those whose date must be asked.

    Parameters
    ----------
    texts
        The heading of every column.
    free
        Positions of columns that are no field of the table.
    said
        What the mapping file says: heading key -> target.
    rows
        The records.
    """
    told = {i for i in free if said.get(headers.header_key(texts[i])) == "ticks"}
    dated = {i for i in free if texts[i] and is_dated(texts[i]) and not _SUMMED.search(texts[i])}
    ticked = {i for i in free if texts[i] and i not in dated | told and _is_ticked(rows, i, habits)}
    ticked = {i for i in ticked if not _SUMMED.search(texts[i])}
    sure = sorted(told | dated)
    made, unclear = [], []
    count: dict[tuple[str, Cell], int] = {}
    for i in sure:
        try:
            title, spans = values.day_in_title(texts[i], habits)
        except Unclear as question:
            unclear.append((i, question))
            continue
        title = title or texts[i]
        date = _written_all(spans)
        number = count[title, date] = count.get((title, date), 0) + 1
        if number > 1:  # two columns are two activities, though they are headed alike
            title = f"{title} ({number})"
        made.append(GridColumn(i, title, date, number))
    maybe = sorted(ticked) if len(ticked) >= _ENOUGH_TICKS or (sure and ticked) else []
    return made, maybe, unclear


def lone_tick(
    texts: Sequence[str], free: Sequence[int], rows: Sequence[Sequence[Cell]], habits: Habits
) -> list[int]:
    """Return the only ticked column of a sheet, unless its heading tells a property of people.

    Where nobody is left blank it makes no difference whether it is an activity: everybody was there.
    """
    ticked = [i for i in free if texts[i] and _is_ticked(rows, i, habits) and not _SUMMED.search(texts[i])]
    if len(ticked) != 1 or _PROPERTY.search(texts[ticked[0]]):
        return []
    return ticked


def written(span: Span) -> Cell:
    """Return a stretch of days as a cell that :func:`sanshe_net.build.values.dates` reads again."""
    if span.precision != "day":
        return {
            "month": f"{span.start:%Y-%m}",
            "quarter": f"{span.start.year}Q{(span.start.month + 2) // 3}",
            "year": f"{span.start.year}年",
        }[span.precision]
    if span.end == span.start:
        return span.start
    return f"{span.start:%Y-%m-%d}至{span.end:%Y-%m-%d}"


def _written_all(spans: Sequence[Span] | None) -> Cell:
    if not spans:
        return None
    return written(spans[0]) if len(spans) == 1 else "、".join(str(written(span)) for span in spans)


def _is_ticked(rows: Sequence[Sequence[Cell]], position: int, habits: Habits) -> bool:
    """Return whether every cell of a column is blank or a mark or role, and some are not blank."""
    some = False
    for row in rows:
        cell = row[position]
        if cell is None:
            continue
        try:
            values.present(cell, habits)
        except Unclear:
            return False
        some = True
    return some


def expand(
    rows: Sequence[list[Cell]], lines: Sequence[int], grid: Sequence[GridColumn], habits: Habits
) -> tuple[list[list[Cell]], list[int], list[int], list[int]]:
    """Return one row per mark: cells with those of :data:`FIELDS` behind, line and position of the mark.

    The fourth list holds positions of ``rows`` without any mark. A blank is no row: nothing is known.
    """
    made: list[list[Cell]] = []
    at: list[int] = []
    marks: list[int] = []
    blank: list[int] = []
    for i, (row, line) in enumerate(zip(rows, lines, strict=True)):
        before = len(made)
        for column in grid:
            cell = row[column.position]
            if cell is None or (type(cell) is str and not cell.strip()):
                continue
            mark, role = _mark_or_role(cell, habits)
            made.append([*row, column.title, column.date, mark, role])
            at.append(line)
            marks.append(column.position)
        if len(made) == before:
            blank.append(i)
    return made, at, marks, blank


def unclear_marks(
    rows: Sequence[Sequence[Cell]], positions: Sequence[int], habits: Habits
) -> list[tuple[int, int, Unclear]]:
    """Return the marks that nobody can read in some columns: index of the row, position, question."""
    found = []
    for i, row in enumerate(rows):
        for position in positions:
            mark, role = _mark_or_role(row[position], habits)
            if role is None:
                try:
                    values.present(mark, habits)
                except Unclear as question:
                    found.append((i, position, question))
    return found


def _mark_or_role(cell: Cell, habits: Habits) -> tuple[Cell, Cell]:
    """Return mark and role of a grid's cell: 志愿者 says who came and as what."""
    try:
        values.present(cell, habits)
    except Unclear:
        try:
            if values.words(cell, "role", habits) is not None:
                return True, cell
        except Unclear:
            pass
    return cell, None
