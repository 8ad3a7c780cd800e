"""What reading a file gives: the cells of its sheets with their addresses, before anything is understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from sanshe_net.build.values import Cell, LostCell


class Merge(NamedTuple):
    """Cells shown as one: first and last row (numbered as in ``RawSheet.lines``) and column (from 0)."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawSheet:
    """The cells of one sheet, and what its program does not show of them.

    ``lines[i]`` is the row number of ``rows[i]`` as its program shows it; ``hidden_rows`` holds such
    numbers, ``hidden_columns`` positions from 0. Merged cells other than the first are None in ``rows``.
    ``workbook`` tells a sheet, whose columns have letters, from text, whose lines have none.
    """

    file: str
    sheet: str
    rows: list[list[Cell]]
    lines: list[int]
    workbook: bool = False
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True)
class SheetFacts:
    """What a sheet says beside the values of its cells, found by scanning it.

    ``lost`` holds the cells without a value by row (from 1) and column (from 0); ``rows`` and ``columns``
    tell how far the filled cells reach.
    """

    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    lost: Mapping[tuple[int, int], LostCell] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0


def sheet_of(file: str, name: str, values: list[list[Cell]], facts: SheetFacts) -> RawSheet | None:
    """Return the sheet of a workbook, cells that were lost in their places; ``None`` when none is filled.

    ``values`` holds every row from the first on, so that row numbers are those that a person sees; it is
    taken over and changed.
    """
    for (row, column), lost in facts.lost.items():
        values.extend([] for _ in range(row - len(values)))
        cells = values[row - 1]
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = lost
    if not any(cell is not None for cells in values for cell in cells):
        return None
    width = max(map(len, values))
    return RawSheet(
        file,
        name,
        values,
        list(range(1, len(values) + 1)),
        workbook=True,
        hidden=facts.hidden,
        hidden_rows=frozenset(row for row in facts.hidden_rows if row <= len(values)),
        hidden_columns=frozenset(column for column in facts.hidden_columns if column < width),
        merges=facts.merges,
    )
