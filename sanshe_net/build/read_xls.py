"""The old xls format -> raw cells.

It is read in Python and not by the library of the other formats: that one shows failed formulas as blanks,
does not say what is hidden, and a damaged file can end the whole process in it.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any, Final

from sanshe_net.build.raw_sheets import Merge, RawSheet, SheetFacts, sheet_of
from sanshe_net.build.values import Cell, LostCell
from sanshe_net.build.workbook_guard import MAX_MERGES, check_merge, check_size, damaged, too_large
from sanshe_net.errors import InputError, Place

_PROTECTED: Final = "encrypted"
_FIRST_DAY: Final = 1.0
"""Serial numbers below are a time without a day."""


def read_xls(content: bytes, shown: str) -> tuple[list[RawSheet], list[str]]:
    """Return the sheets that hold cells, and the names of those that hold none.

    Raises
    ------
    InputError
        ``E-WORKBOOK-PASSWORD``, ``E-WORKBOOK-SIZE``, or ``E-WORKBOOK-DAMAGED`` for anything else that
        cannot be read.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=content, formatting_info=True, ragged_rows=True, logfile=io.StringIO()
        )
        found = [(sheet.name, *_read(sheet, book.datemode, shown)) for sheet in book.sheets()]
    except InputError:
        raise
    except Exception as error:  # xlrd meets damaged bytes with every kind of error there is
        if _PROTECTED in str(error):
            raise InputError("E-WORKBOOK-PASSWORD", Place(shown)) from error
        raise damaged(shown, error) from error
    sheets = [(name, sheet_of(shown, name, rows, facts)) for name, rows, facts in found]
    return [sheet for _, sheet in sheets if sheet is not None], [
        name for name, sheet in sheets if sheet is None
    ]


def _read(sheet: Any, datemode: int, shown: str) -> tuple[list[list[Cell]], SheetFacts]:
    check_size(sheet.nrows, sheet.ncols, shown)
    rows = [
        [
            _value(kind, value, datemode)
            for kind, value in zip(sheet.row_types(i), sheet.row_values(i), strict=True)
        ]
        for i in range(sheet.nrows)
    ]
    if len(sheet.merged_cells) > MAX_MERGES:
        raise too_large(shown, f"{len(sheet.merged_cells):,}", f"{MAX_MERGES:,}")
    merges = [
        Merge(top + 1, left, bottom, right - 1)
        for top, bottom, left, right in sheet.merged_cells
        if (bottom - top) * (right - left) > 1
    ]
    for merge in merges:
        check_merge(merge, f"R{merge.top}C{merge.left + 1}:R{merge.bottom}C{merge.right + 1}", shown)
    facts = SheetFacts(
        hidden=bool(sheet.visibility),
        hidden_rows=frozenset(i + 1 for i, row in sheet.rowinfo_map.items() if row.hidden),
        hidden_columns=frozenset(i for i, column in sheet.colinfo_map.items() if column.hidden),
        merges=tuple(merges),
    )
    return rows, facts


def _value(kind: int, value: Any, datemode: int) -> Cell:
    import xlrd

    if kind == xlrd.XL_CELL_DATE:
        moment: datetime = xlrd.xldate.xldate_as_datetime(value, datemode)
        if value < _FIRST_DAY:
            return moment.time()
        return moment if value % 1 else moment.date()
    if kind == xlrd.XL_CELL_ERROR:
        return LostCell("E-CELL-ERROR", xlrd.error_text_from_code.get(value, "#"))
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return float(value)
    return str(value) if value != "" else None
