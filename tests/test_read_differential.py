"""The same cells read by our reader and by openpyxl, over books that two libraries wrote: no silent difference."""

from __future__ import annotations

import io
import math
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.build.raw_sheets import RawSheet
from sanshe_net.build.read_files import read_sheets
from sanshe_net.build.scan_xlsx import scan_sheet
from sanshe_net.build.values import LostCell

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    max_size=12,
)
DAYS = st.dates(date(1900, 3, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1)).map(lambda at: at.replace(microsecond=0))
NUMBERS = st.one_of(st.integers(-(2**52), 2**52), st.floats(-1e12, 1e12, allow_nan=False))
CELLS = st.one_of(st.none(), TEXTS, DAYS, MOMENTS, NUMBERS, st.booleans(), st.just("张三"))
BOOKS = st.lists(st.lists(st.lists(CELLS, max_size=5), max_size=6), min_size=1, max_size=2)


def by_openpyxl(sheets: list[list[list[Any]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for rows in sheets:
        sheet = book.create_sheet()
        for i, row in enumerate(rows, 1):
            for j, value in enumerate(row, 1):
                cell = sheet.cell(i, j)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # a text that begins with = is text here
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def by_xlsxwriter(sheets: list[list[list[Any]]]) -> bytes:
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        day, moment = (
            book.add_format({"num_format": "yyyy-mm-dd"}),
            book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        )
        for rows in sheets:
            sheet = book.add_worksheet()
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    if isinstance(value, datetime):
                        sheet.write_datetime(i, j, value, moment)
                    elif isinstance(value, date):
                        sheet.write_datetime(i, j, value, day)
                    elif isinstance(value, str):
                        sheet.write_string(i, j, value)
                    elif value is not None:
                        sheet.write(i, j, value)
    return out.getvalue()


def told(value: Any) -> Any:
    """The value in the form in which both libraries must agree."""
    if isinstance(value, LostCell):
        return value.shown
    if isinstance(value, bool) or value is None or value == "":
        return value if value != "" else None
    if isinstance(value, datetime):
        return value.replace(microsecond=0)
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, int | float):
        return float(f"{value:.14g}")
    return value


def cells_of(rows: Any) -> dict[tuple[int, int], Any]:
    found = {(i, j): told(value) for i, row in enumerate(rows, 1) for j, value in enumerate(row)}
    return {at: value for at, value in found.items() if value is not None}


def compare(content: bytes, folder: Path) -> None:
    path = folder / "book.xlsx"
    path.write_bytes(content)
    sheets, problems = read_sheets([path])
    ours: dict[str, RawSheet] = {sheet.sheet: sheet for sheet in sheets}
    book = openpyxl.load_workbook(path, data_only=True)

    filled = {sheet.title: cells_of(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    assert {name: cells_of(sheet.rows) for name, sheet in ours.items()} == {
        name: cells for name, cells in filled.items() if cells
    }
    for name, sheet in ours.items():
        other = book[name]
        hidden = {number for number, row in other.row_dimensions.items() if row.hidden}
        assert sheet.hidden_rows == {number for number in hidden if number <= len(sheet.rows)}
        assert {(merge.top, merge.left + 1, merge.bottom, merge.right + 1) for merge in sheet.merges} == {
            (held.min_row, held.min_col, held.max_row, held.max_col) for held in other.merged_cells.ranges
        }
        assert sheet.hidden == (other.sheet_state != "visible")
    if any(filled.values()):
        assert {problem.code for problem in problems} <= {"N-SHEET-EMPTY"}
    else:
        assert [problem.code for problem in problems] == ["E-WORKBOOK-EMPTY"]


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
@settings(max_examples=150)
@given(BOOKS)
def test_our_reader_and_openpyxl_see_the_same_cells(
    tmp_path_factory: pytest.TempPathFactory, write: Any, sheets: list[list[list[Any]]]
) -> None:
    compare(write(sheets), tmp_path_factory.mktemp("book"))


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(1, 8), st.integers(1, 4)), unique=True, max_size=4),
    st.sets(st.integers(1, 9), max_size=3),
    st.sampled_from(["visible", "hidden", "veryHidden"]),
    st.lists(
        st.sampled_from(["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"]), max_size=3
    ),
)
def test_our_reader_and_openpyxl_see_the_same_hidden_merged_and_failed_cells(
    tmp_path_factory: pytest.TempPathFactory,
    corners: list[tuple[int, int]],
    hidden: set[int],
    state: str,
    failed: list[str],
) -> None:
    book = openpyxl.Workbook()
    book.active.title = "第一"  # type: ignore[union-attr]
    book.active["A1"] = "姓名"  # type: ignore[index]
    sheet = book.create_sheet("第二")
    sheet.sheet_state = state
    for row in range(1, 10):
        for column in range(1, 7):
            sheet.cell(row, column, f"{row}-{column}")
    for i, error in enumerate(failed, 1):
        sheet.cell(10, i, error).data_type = "e"
    for row in hidden:
        sheet.row_dimensions[row].hidden = True
    for i, (row, column) in enumerate(corners):
        if not any(abs(row - r) < 2 and abs(column - c) < 2 for r, c in corners[:i]):
            sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column + 1)
    out = io.BytesIO()
    book.save(out)

    compare(out.getvalue(), tmp_path_factory.mktemp("book"))
    # What is found by searching for bytes is what a full parse finds; a comment forces the parse.
    with zipfile.ZipFile(out) as archive:
        xml = archive.read("xl/worksheets/sheet2.xml")
    for far in (b"", b'<row r="12"><c r="ABC12"><v>1</v></c></row>'):
        sheet_xml = xml.replace(b"</sheetData>", far + b"</sheetData>")
        parsed = scan_sheet(sheet_xml.replace(b"</sheetData>", b"<!-- -->\n</sheetData>"), "f")
        assert replace(scan_sheet(sheet_xml, "f"), rows=0, columns=0) == replace(parsed, rows=0, columns=0)


def test_the_named_differences_are_what_they_are_said_to_be() -> None:
    folder = Path(__file__).parent / "badinputs"
    (ours,), _ = read_sheets([folder / "builtin_cn_dates.xlsx"])
    with pytest.warns(UserWarning, match="no default style"):
        theirs = openpyxl.load_workbook(folder / "builtin_cn_dates.xlsx").worksheets[0]
    # Excel's Chinese date formats have no format text; openpyxl gives the bare serial number.
    assert (ours.rows[1][1], theirs.cell(2, 2).value) == (date(2019, 3, 5), 43529)
    # The format writes a control character as _x0007_; openpyxl leaves that as it is.
    (ours,), _ = read_sheets([folder / "control_chars.xlsx"])
    theirs = openpyxl.load_workbook(folder / "control_chars.xlsx").worksheets[0]
    assert (ours.rows[1][0], theirs.cell(2, 1).value) == ("张\x07三", "张_x0007_三")


def test_told_keeps_what_matters_apart() -> None:
    values = [None, True, 1.5, "a", date(2024, 1, 1), datetime(2024, 1, 1, 5), time(5)]
    assert len({repr(told(value)) for value in values}) == len(values)
    assert math.isclose(told(0.1 + 0.2), 0.3)
