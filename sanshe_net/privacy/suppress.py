"""Small counts in published tables, hidden so that the totals do not give them back."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from scipy.optimize import linprog

SMALLEST: Final = 5
"""Groups of fewer people are never shown."""
TOTAL: Final = "total"

Array: TypeAlias = "np.ndarray[Any, Any]"
_ROUNDING: Final = 1e-6


def suppressed(
    counts: pd.DataFrame, *, k: int = SMALLEST, row_totals: bool = True, column_totals: bool = True
) -> pd.DataFrame:
    """Return a table of counts with its totals, cells that could single somebody out missing.

    Cells below ``k`` go first, zeros too: that nobody of a group came is also known of each of them. Then
    the smallest other cells go, one at a time, until every hidden number could be any of at least ``k``
    different ones as far as anybody can work out from what is left. This is exact: the bounds are those of
    a linear programme whose corners are whole numbers. Totals go last.

    Parameters
    ----------
    counts
        Counts of people, 0 or more, one row and column per group; may not have a group named ``total``.
    row_totals, column_totals
        Which totals to publish; the grand total goes with both, or with a single one.

    Returns
    -------
    Table of ``Int64`` with a last row and column ``total`` where asked; hidden cells are missing.
    """
    whole = counts.to_numpy(dtype=float)
    shown = _Shown(whole, k, row_totals=row_totals, column_totals=column_totals)
    while (exposed := shown.first_exposed()) is not None:
        shown.hide_beside(exposed)
    made = pd.DataFrame(shown.values, index=[*counts.index, TOTAL], columns=[*counts.columns, TOTAL])
    made.index.name = counts.index.name
    made = made.astype("Int64")
    kept = made.mask(pd.DataFrame(~shown.visible, index=made.index, columns=made.columns))
    rows = len(counts) + int(column_totals)
    published: pd.DataFrame = kept.iloc[:rows, : counts.shape[1] + int(row_totals)]
    return published


def suppressed_list(counts: pd.Series[Any], *, k: int = SMALLEST) -> pd.Series[Any]:
    """Return a list of counts with its total, hidden as in :func:`suppressed`."""
    column: pd.Series[Any] = suppressed(counts.to_frame("count"), k=k, row_totals=False)["count"]
    return column


class _Shown:
    """A table with totals, and which of its cells are published."""

    def __init__(self, counts: Array, k: int, *, row_totals: bool, column_totals: bool) -> None:
        rows, columns = counts.shape
        self.k = k
        self.values = np.zeros((rows + 1, columns + 1))
        self.values[:-1, :-1] = counts
        self.values[:-1, -1], self.values[-1, :-1] = counts.sum(axis=1), counts.sum(axis=0)
        self.values[-1, -1] = counts.sum()
        self.visible = self.values >= k
        self.visible[:-1, -1] &= row_totals
        self.visible[-1, :-1] &= column_totals
        self.visible[-1, -1] &= row_totals or column_totals
        self.meant = np.ones_like(self.visible)  # cells that would be printed if they were not hidden
        self.meant[:-1, -1], self.meant[-1, :-1] = row_totals, column_totals
        self.meant[-1, -1] = row_totals or column_totals

    def first_exposed(self) -> tuple[int, int] | None:
        """Return a hidden cell that fewer than ``k`` numbers fit, one alone in its line first."""
        fixed, values = self._known()
        if not fixed.shape[1]:
            return None
        exposed = []
        for row, column in np.argwhere(self.meant & ~self.visible):
            sought = self._sum_of(int(row), int(column))
            low, high = (_extreme(sign * sought, fixed, values) for sign in (1.0, -1.0))
            if low is not None and high is not None and -high - low + 1 < self.k - _ROUNDING:
                exposed.append((int(row), int(column)))
        return min(exposed, key=lambda cell: (not self._alone(cell), cell), default=None)

    def hide_beside(self, exposed: tuple[int, int]) -> None:
        """Hide one more cell: in the line where ``exposed`` is alone, else in either, else anywhere."""
        beside = [cell for line in self._lines(exposed) for cell in line]
        everywhere = [(int(row), int(column)) for row, column in np.argwhere(self.visible)]
        shown = (
            [c for c in among if self.visible[c]] for among in (*self._alone(exposed), beside, everywhere)
        )
        # What is exposed is told by cells that are shown, so there are some.
        self.visible[min(next(filter(None, shown)), key=self._dearness)] = False

    def _lines(self, cell: tuple[int, int]) -> list[list[tuple[int, int]]]:
        rows, columns = self.visible.shape
        return [[(cell[0], j) for j in range(columns)], [(i, cell[1]) for i in range(rows)]]

    def _alone(self, cell: tuple[int, int]) -> list[list[tuple[int, int]]]:
        """Return the row or column in which no other cell is hidden."""
        return [line for line in self._lines(cell) if sum(self._hidden(other) for other in line) == 1]

    def _hidden(self, cell: tuple[int, int]) -> bool:
        return bool(self.meant[cell] and not self.visible[cell])

    def _dearness(self, cell: tuple[int, int]) -> tuple[int, bool, float, tuple[int, int]]:
        """Order cells by what hiding them costs: totals last, then those that help no other hidden cell."""
        row, column = cell
        totals = (row == self.visible.shape[0] - 1) + (column == self.visible.shape[1] - 1)
        hidden = self.meant & ~self.visible
        helps = bool(hidden[row].any() and hidden[:, column].any())
        return totals, not helps, float(self.values[cell]), cell

    def _known(self) -> tuple[Array, Array]:
        """Return what is published as sums of inner cells: one row of ones and zeros each, and its value."""
        cells = [(int(row), int(column)) for row, column in np.argwhere(self.visible)]
        inner = (self.values.shape[0] - 1) * (self.values.shape[1] - 1)
        fixed = np.array([self._sum_of(*cell) for cell in cells]).reshape(len(cells), inner)
        return fixed, np.array([self.values[cell] for cell in cells])

    def _sum_of(self, row: int, column: int) -> Array:
        """Return which inner cells a cell or total adds up."""
        part = np.zeros((self.values.shape[0] - 1, self.values.shape[1] - 1))
        last_row, last_column = self.values.shape[0] - 1, self.values.shape[1] - 1
        rows = slice(None) if row == last_row else slice(row, row + 1)
        columns = slice(None) if column == last_column else slice(column, column + 1)
        part[rows, columns] = 1
        return part.ravel()


def _extreme(cost: Array, fixed: Array, values: Array) -> float | None:
    """Return the smallest sum that fits what is published, None when it has no end."""
    equal = (fixed, values) if len(values) else (None, None)
    found = linprog(cost, A_eq=equal[0], b_eq=equal[1], bounds=(0, None), method="highs")
    return None if found.fun is None else float(found.fun)
