"""Tables as workbooks and CSV, text typed as text."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sanshe_net.export.cell_words import in_words
from sanshe_net.export.folders import check_file
from sanshe_net.export.headings import heading
from sanshe_net.files import write_bytes, write_text
from sanshe_net.guards import guarded
from sanshe_net.vocabulary import Label, Lang

SHEET_ROWS: Final = 5_000
"""In the workbook of a run a longer table goes to its CSV file only: nobody reads it in a spreadsheet, and
writing it takes longer than everything else. The first sheet of the workbook says where it is."""
EXCEL_ROWS: Final = 1_048_575
"""Rows that one sheet holds below its header; a longer table goes on in a second one."""
CELL_CHARACTERS: Final = 32_000
"""A cell of a workbook holds at most 32,767 characters."""


def write_workbook_file(
    path: Path, tables: Mapping[str, tuple[Label, pd.DataFrame]], lang: Lang, *, force: bool = False
) -> None:
    """Write a workbook of its own, whole or not at all; see :func:`write_workbook`."""
    check_file(path, force=force, suffix=".xlsx")
    write_workbook(path, tables, lang)


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV that Excel opens: UTF-8 with a byte-order mark, formulas disarmed.

    Text that a spreadsheet would run as a formula gets a leading ``'``.
    """
    write_text(path, csv_text(table), bom=True)


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as guarded CSV text (see :func:`write_csv`)."""
    shown = _with_index(table)
    shown.columns = pd.Index([_guarded(str(column)) for column in shown.columns])
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column].dtype):
            shown[column] = shown[column].map(_guarded, na_action="ignore")
    return shown.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _guarded(value: Any) -> Any:
    return guarded(value) if isinstance(value, str) else value


def write_workbook(
    path: Path,
    tables: Mapping[str, tuple[Label, pd.DataFrame]],
    lang: Lang,
    *,
    max_rows: int | None = None,
) -> None:
    """Write tables as one workbook: a first sheet that lists them, then one sheet each.

    Strings are typed as text, never formulas or links; the same tables give the same bytes. A table of
    more than :data:`EXCEL_ROWS` rows goes on in further, numbered sheets.

    Parameters
    ----------
    max_rows
        Longer tables are listed but left to their CSV file, for a workbook that has them beside it.
        Every row of every table is written when None.

    Raises
    ------
    OutputError
        When the file cannot be written; it is then as it was.
    """
    import xlsxwriter

    places = {
        name: [f"tables/{name}.csv"]
        if max_rows is not None and len(table) > max_rows
        else _sheet_names(name, len(table))
        for name, (_, table) in tables.items()
    }
    typed_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {**typed_text, "in_memory": True}) as book:
        book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        bold = book.add_format({"bold": True, "text_wrap": False, "bottom": 1})
        contents = pd.DataFrame(
            [
                (name, label.text(lang), len(table), ", ".join(places[name]))
                for name, (label, table) in tables.items()
            ],
            columns=["table", "meaning", "rows", "where"] if lang == "en" else ["表", "内容", "行数", "位置"],
        )
        _write_sheet(book, "contents" if lang == "en" else "目录", contents, bold)
        for name, (_, table) in tables.items():
            if max_rows is None or len(table) <= max_rows:
                # A person reads the workbook, so it is in words; the CSV files keep the terms.
                shown = in_words(name, _with_index(table), lang)
                shown.columns = pd.Index([heading(name, str(column), lang) for column in shown.columns])
                for number, sheet in enumerate(places[name]):
                    part = shown.iloc[number * EXCEL_ROWS : (number + 1) * EXCEL_ROWS]
                    _write_sheet(book, sheet, part, bold)
    write_bytes(path, content.getvalue())


def _sheet_names(name: str, rows: int) -> list[str]:
    """Return the sheets that a table fills, no name longer than Excel's 31 characters."""
    endings = ["", *(f" ({number})" for number in range(2, -(-rows // EXCEL_ROWS) + 1))]
    return [f"{name[: 31 - len(ending)]}{ending}" for ending in endings]


def _write_sheet(book: Any, name: str, table: pd.DataFrame, bold: Any) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        sheet.write_string(0, position, str(column), bold)
        values = table.iloc[:, position]  # two columns may have one word above them
        width = max([_width(str(column)), *(_width(_shown(value)) for value in values.head(200))])
        sheet.set_column(position, position, min(width + 2, 60))
        for row, value in enumerate(values, start=1):
            if isinstance(value, bool) or not isinstance(value, int | float):
                text = _shown(value)
                if text:
                    sheet.write_string(row, position, text[:CELL_CHARACTERS])
            elif value == value:  # NaN is an empty cell
                sheet.write_number(row, position, value)


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return "" if value is None or value is pd.NaT or value is pd.NA or value != value else str(value)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _with_index(table: pd.DataFrame) -> pd.DataFrame:
    return table.reset_index() if table.index.name else table.copy()
