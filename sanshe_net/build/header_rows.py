"""Where the header of a sheet is, what its columns are called, and what stands above it.

A header may fill two rows: groups above headings, or titles above dates. The two are read as one heading per
column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from sanshe_net.build import headers
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.row_kinds import filled, header_score, keys_of
from sanshe_net.build.values import Cell, Unclear, day_in_title, present
from sanshe_net.errors import Place, Problem

LOOKED_AT: Final = 30
"""The header must stand in the first so many rows."""
TICKS_LOOKED_AT: Final = 8
"""Rows below a heading that show whether it stands above ticks."""
TITLE_CELLS: Final = 2
"""A row above the header with more cells than this, and no caption among them, may be a lost record."""
_CAPTION: Final = re.compile(r"(?:^|\s)([一-鿿]{2,8}|[A-Za-z]{4,12})\s*[:：]\s*")
_LONG_HEADING: Final = 200


@dataclass(frozen=True)
class Header:
    """The header of a sheet: positions of its first row and of the first row below it, a text per column."""

    top: int
    below: int
    texts: list[str]
    said: Mapping[str, str] = field(default_factory=dict)
    """What the mapping file says of headings."""

    @property
    def keys(self) -> list[str]:
        """The comparable form of every heading."""
        return [headers.key_for(text, self.said) for text in self.texts]


def find_header(sheet: RawSheet, said: Mapping[str, str]) -> Header | None:
    """Return the header of a sheet, ``None`` when no row has known headings or some of the mapping file's."""
    top = _header_row(sheet.rows, said)
    if top is None:
        return None
    texts = [heading(cell) for cell in sheet.rows[top]]
    if top and _is_second_row(sheet, top - 1, texts):
        return Header(top, top + 1, _joined(_spread(sheet, top - 1, len(texts)), texts), said)
    if top + 1 < len(sheet.rows) and _goes_on_below(sheet, top, texts):
        under = [heading(cell) for cell in sheet.rows[top + 1][: len(texts)]]
        under += [""] * (len(texts) - len(under))
        return Header(top, top + 2, _joined(_spread(sheet, top, len(texts)), under), said)
    return Header(top, top + 1, texts, said)


def heading(cell: Cell) -> str:
    """Return a heading on one line."""
    return "" if cell is None else " ".join(str(cell).split())


def captions(rows: Sequence[Sequence[Cell]]) -> dict[str, str]:
    """Return what stands above a header as caption and value: field -> ``2024年5月4日``."""
    held: dict[str, str] = {}
    for row in rows:
        cells = [str(cell).strip() for cell in row if cell is not None]
        for position, cell in enumerate(cells):
            # 活动名称： | 中秋灯会 (caption and value in two cells) or 活动名称：中秋灯会 (in one).
            if cell.endswith((":", "：")) and position + 1 < len(cells):
                cell = f"{cell}{cells[position + 1]}"
            # "活动名称：中秋灯会 活动时间：…" splits into "", 活动名称, 中秋灯会, 活动时间, …
            parts = _CAPTION.split(cell)
            for caption, value in zip(parts[1::2], parts[2::2], strict=True):
                name = headers.field_of_caption(caption)
                if name is not None and value.strip():
                    held.setdefault(name, value.strip())
    return held


def rows_above(sheet: RawSheet, top: int) -> list[Problem]:
    """Return a problem for every row above the header that looks like more than a title."""
    problems = []
    for row, line in zip(sheet.rows[:top], sheet.lines[:top], strict=True):
        cells = [str(cell).strip() for cell in filled(row)]
        grouped = any(merge.top == line and merge.right > merge.left for merge in sheet.merges)
        if len(cells) > TITLE_CELLS and not grouped and not any(_CAPTION.search(cell) for cell in cells):
            place = Place(sheet.file, sheet.sheet, line)
            problems.append(Problem("W-ROW-ABOVE", place, "left_out", value=" | ".join(cells)))
    return problems


def _header_row(rows: Sequence[Sequence[Cell]], said: Mapping[str, str]) -> int | None:
    """Return the first row that is most like a header."""
    best, best_rank = None, (False, False, False, 0)
    for position, row in enumerate(rows[:LOOKED_AT]):
        held = filled(row)
        score = header_score(row, said) or _grid_score(rows, position, said)
        if not score:
            continue
        # 活动名称： | 灯会 | 日期： | 2024-02-24 are captions, and a title may be one known word.
        bare = not any(str(cell).strip().endswith((":", "：")) for cell in held)
        match = headers.match_header(keys_of(row, said), said=said)
        enough = match is not None and match.schema.is_enough(match.columns)
        rank = (bare, enough, score * 4 >= len(held) * 3, min(score, 2))
        if rank > best_rank:
            best, best_rank = position, rank
    return best


def _grid_score(rows: Sequence[Sequence[Cell]], position: int, said: Mapping[str, str]) -> int:
    """Return how many headings a tick grid's header holds: known ones, dated titles, titles above ticks."""
    texts = [heading(cell) for cell in rows[position]]
    keys = [headers.key_for(text, said) for text in texts]
    known = sum(key in said or bool(headers.known_headings([key])) for key in keys)
    if not known or headers.match_header(keys, said=said) is None:
        return 0
    rest = [i for i, text in enumerate(texts) if text and not headers.known_headings([keys[i]])]
    below = rows[position + 1 : position + 1 + TICKS_LOOKED_AT]
    under = [heading(cell) for cell in below[0]] if below else []
    under += [""] * (len(texts) - len(under))
    days = [text for text in under if text]
    if len(days) > 1 and all(map(_only_a_date, days)):  # the lower half of a header: the ticks start below it
        below = below[1:]
    activities = sum(
        is_dated(texts[i])
        or is_dated(f"{texts[i]}{under[i]}")
        or _is_ticked([row[i : i + 1] for row in below])
        for i in rest
    )
    return known + activities if activities and (known + activities) * 2 >= len(rest) + known else 0


def _is_ticked(column: Sequence[Sequence[Cell]]) -> bool:
    """Return whether the cells of a column, those that are filled, are all marks; at least one is."""
    cells = [cell for cells in column for cell in filled(cells)]
    try:
        return bool(cells) and all(present(cell) is not None for cell in cells)
    except Unclear:
        return False


@lru_cache(maxsize=10_000)
def is_dated(text: str) -> bool:
    """Return whether a heading names a day, with or without its year."""
    if not text or len(text) > _LONG_HEADING:
        return False
    try:
        return day_in_title(text)[1] is not None
    except Unclear:
        return True


def _only_a_date(text: str) -> bool:
    try:
        title, spans = day_in_title(text)
    except Unclear as unclear:
        return len(re.sub(r"[\d\s年月日号./\-—~()（）周星期一二三四五六日天]", "", text)) == 0 and bool(
            unclear.code
        )
    return spans is not None and not title


def _spread(sheet: RawSheet, position: int, width: int) -> list[str]:
    """Return the texts of a row of groups, each repeated over the columns it stands above.

    Merged cells say how far a group reaches; text files have none, there it reaches over the blanks.
    """
    row, line = sheet.rows[position], sheet.lines[position]
    texts = [heading(cell) for cell in row[:width]] + [""] * (width - len(row))
    if sheet.workbook:
        for merge in sheet.merges:
            if merge.top <= line <= merge.bottom and merge.left < width:
                for column in range(merge.left, min(merge.right + 1, width)):
                    texts[column] = texts[merge.left]
        return texts
    for column in range(1, width):
        texts[column] = texts[column] or texts[column - 1]
    return texts


def _joined(groups: Sequence[str], texts: Sequence[str]) -> list[str]:
    """Return one heading per column from a row of groups and the row below it."""
    joined = []
    for group, text in zip(groups, texts, strict=True):
        if not text or not group or group == text:
            joined.append(text or group)
        elif headers.known_headings([headers.known_key(text)]):  # a day above 姓名 changes nothing
            joined.append(text)
        elif is_dated(f"{group}{text}") and not is_dated(text) and not is_dated(group):  # 3月 above 5日
            joined.append(f"{group}{text}")
        elif _only_a_date(text) or _only_a_date(group):
            joined.append(f"{group} {text}")
        else:  # 参加活动 above 清洁日3月5日 says nothing about the column
            joined.append(text)
    return joined


def _is_second_row(sheet: RawSheet, position: int, texts: Sequence[str]) -> bool:
    """Return whether the row at ``position`` is the upper half of the header below it."""
    row, line = sheet.rows[position], sheet.lines[position]
    cells = [heading(cell) for cell in row[: len(texts)]]
    held = [(i, cell) for i, cell in enumerate(cells) if cell]
    if not held or any(_CAPTION.search(cell) for _, cell in held):
        return False
    across = [
        merge for merge in sheet.merges if merge.top <= line <= merge.bottom and merge.right > merge.left
    ]
    if across and len(held) > 1 and all(merge.right - merge.left + 1 < len(texts) for merge in across):
        return True
    # Dates above titles: every cell is a date and stands over a heading that no table knows.
    return len(held) > 1 and all(
        _only_a_date(cell) and not headers.known_headings([headers.header_key(texts[i])]) for i, cell in held
    )


def _goes_on_below(sheet: RawSheet, top: int, texts: Sequence[str]) -> bool:
    """Return whether the row below the header row is its lower half."""
    under = [heading(cell) for cell in sheet.rows[top + 1][: len(texts)]]
    held = [(i, text) for i, text in enumerate(under) if text]
    keys = [headers.header_key(text) for text in texts]
    first_line = sheet.lines[top]
    grouped = {
        column
        for merge in sheet.merges
        if merge.top <= first_line <= merge.bottom and merge.right > merge.left
        for column in range(merge.left, merge.right + 1)
    }
    known = [i for i, key in enumerate(keys) if headers.known_headings([key]) and i not in grouped]
    down = [merge for merge in sheet.merges if merge.top == first_line and merge.bottom == first_line + 1]
    if not held or any(i in known and under[i] and not _is_label(under[i]) for i, _ in held):
        return False
    if any(merge.left in known for merge in down):  # 姓名 reaches over both rows
        return True
    dates = [_only_a_date(text) or is_dated(f"{texts[i]}{text}") for i, text in held if i not in known]
    if len(dates) > 1 and all(dates):  # titles above, dates below
        return True
    groups = _spread(sheet, top, len(texts))
    return (
        len(held) > 1
        and all((not texts[i] or not (i + 1 < len(texts) and texts[i + 1])) and groups[i] for i, _ in held)
        and any(not texts[i] for i, _ in held)
    )


def _is_label(text: str) -> bool:
    return headers.header_key(text) in {"日期", "时间", "date", "活动日期", "活动时间"}
