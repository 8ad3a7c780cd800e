"""Where a header begins and ends: the boundaries between a title, a header, its lower half and the records."""

from __future__ import annotations

import pytest

from sanshe_net.build.blocks import fill_merges
from sanshe_net.build.header_rows import Header, find_header
from sanshe_net.build.raw_sheets import Merge, RawSheet
from sanshe_net.build.values import Cell

Rows = list[list[Cell]]
TITLES: list[Cell] = [f"甲{i}" for i in range(8)]


def sheet_of(rows: Rows, *merges: Merge) -> RawSheet:
    return RawSheet("a.xlsx", "签到", rows, list(range(1, len(rows) + 1)), workbook=True, merges=merges)


def header_of(rows: Rows, *merges: Merge) -> Header | None:
    return find_header(sheet_of(rows, *merges), {})


def test_a_row_that_is_enough_for_a_table_is_the_header_and_not_one_before_it_that_is_not() -> None:
    short: list[Cell] = ["活动", "地点"]  # no list of activities without a day
    header = header_of([short, ["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]])

    assert header is not None
    assert (header.top, header.texts) == (1, ["姓名", "活动", "日期"])


def test_of_two_headers_alike_the_first_is_taken() -> None:
    header = header_of([["姓名", "活动", "日期"], ["姓名", "活动", "日期"]])

    assert header is not None
    assert header.top == 0


def test_titles_above_a_single_row_of_ticks_are_a_header() -> None:
    header = header_of([["姓名", *TITLES], ["张三", *["√"] * 8]])

    assert header is not None
    assert (header.top, header.below) == (0, 1)


def test_the_ticks_of_a_grid_start_below_the_days_of_its_header() -> None:
    days: list[Cell] = ["5月4日", "5月5日", *[None] * 6]
    ticks: list[Cell] = ["张三", *["√"] * 8]

    header = header_of([["姓名", *TITLES], [None, *days], ticks])
    assert header is not None
    assert header.top == 0
    # Without ticks two dated titles of eight are no header.
    assert header_of([["姓名", *TITLES], [None, *days]]) is None


@pytest.mark.parametrize(("last", "below"), [(1, 1), (2, 2), (3, 1)])
def test_a_heading_over_exactly_two_rows_makes_them_one_header(last: int, below: int) -> None:
    rows: Rows = [["姓名", "电话", "备甲", "备乙"], [None, None, "子", "丑"], [None, None, None, None]]
    header = header_of(rows, Merge(1, 0, last, 0))

    assert header is not None
    assert (header.top, header.below) == (0, below)


def test_a_merge_below_which_nothing_stands_fills_nothing() -> None:
    sheet = sheet_of([["姓名", "活动"]], Merge(1, 0, 3, 0))

    assert fill_merges(sheet, 1) == (sheet, [])


def test_cells_merged_across_one_row_fill_nothing_and_are_not_told() -> None:
    rows: Rows = [["姓名", "活动", "楼栋"], ["张三", "灯会", None], ["李四", None, None]]
    sheet = sheet_of(rows, Merge(2, 1, 2, 2))

    assert fill_merges(sheet, 1) == (sheet, [])


@pytest.mark.parametrize(("top", "told"), [(1, 0), (2, 1)])
def test_only_merges_below_the_header_are_filled(top: int, told: int) -> None:
    rows: Rows = [["姓名", "活动"], ["张三", "灯会"], ["李四", None]]
    filled, problems = fill_merges(sheet_of(rows, Merge(top, 1, 3, 1)), 1)

    assert len(problems) == told
    assert filled.rows[2] == ["李四", "灯会" if told else None]
