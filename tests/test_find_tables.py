"""Where a table begins, what stands above it, and which rows are records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pandas as pd
import pytest
from sheets import WriteSheet, balance, codes

from sanshe_net.build.read import read_records
from sanshe_net.errors import ManyProblems
from sanshe_net.records import Records

ReadRows = Callable[..., Records]
HEADER = ["姓名", "活动", "日期"]
ROW = ["张三", "灯会", "2024-02-24"]


def refused(read_rows: ReadRows, rows: list[list[object]], name: str = "签到.csv") -> list[tuple[str, int]]:
    with pytest.raises(ManyProblems) as found:
        read_rows(rows, name)
    return [(problem.code, problem.place.row) for problem in found.value.problems]


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
@pytest.mark.parametrize(
    "above",
    [
        [["活动名称：灯会", "活动时间：2024年2月24日（周六）14:00-16:00"]],
        [["活动名称：灯会 活动时间：2024年2月24日"]],
        [["活动名称：", "灯会", "", "日期:", "2024-02-24"]],
        [["青云社区签到表"], [""], ["活动名称：灯会"], ["活动时间：2024.2.24", "天气：晴"]],
        [["活动名称:灯会", "", "会议时间: 2024/2/24"]],
    ],
)
def test_captions_above_the_header_hold_for_every_row(
    read_rows: ReadRows, name: str, above: list[list[object]]
) -> None:
    records = read_rows([*above, ["姓名", "电话"], ["张三", "19900000001"], ["李四", ""]], name)

    assert records.activities[["title", "date"]].to_numpy().tolist() == [["灯会", pd.Timestamp("2024-02-24")]]
    assert list(records.attendance["row"]) == [len(above) + 2, len(above) + 3]
    assert not balance(records).any()


def test_a_column_wins_over_the_caption_above_it(read_rows: ReadRows) -> None:
    records = read_rows([["活动名称：灯会"], HEADER, ["张三", "茶会", "2024-02-24"]])

    assert list(records.activities["title"]) == ["茶会"]


def test_a_caption_that_is_no_day_is_refused_for_every_row(read_rows: ReadRows) -> None:
    rows = [["活动名称：灯会", "活动时间：待定"], ["姓名", "电话"], ["张三", ""], ["李四", ""]]

    assert refused(read_rows, rows) == [("E-DATE-UNREADABLE", 3), ("E-DATE-UNREADABLE", 4)]


@pytest.mark.parametrize("blanks", [0, 1, 28])
def test_the_header_is_found_below_titles(read_rows: ReadRows, blanks: int) -> None:
    rows = [["2024年签到表"], *[[""]] * blanks, HEADER, ROW]

    assert list(read_rows(rows).attendance["row"]) == [blanks + 3]


def test_a_header_too_far_down_is_not_found(read_rows: ReadRows) -> None:
    assert refused(read_rows, [*[["标题"]] * 30, HEADER, ROW]) == [("E-NO-COLUMN", 0)]


def test_a_refusal_shows_the_cells_seen_but_no_long_number(read_rows: ReadRows) -> None:
    with pytest.raises(ManyProblems) as found:
        read_rows([["甲", "19900000001"], ["乙", "440102199001011234"]])

    for lang in ("zh", "en"):
        assert "甲" in found.value.message(lang)
        assert "19900000001" not in found.value.message(lang)
        assert "440102199001011234" not in found.value.message(lang)


def test_a_record_above_the_header_is_listed(read_rows: ReadRows) -> None:
    records = read_rows([["李四", "灯会", "2024-02-24"], HEADER, ROW])

    assert codes(records) == ["W-ROW-ABOVE"]
    assert records.sources.loc[0, ["rows_in", "used", "left_out"]].tolist() == [2, 1, 1]


def test_a_header_in_the_last_row_leaves_nothing_to_read(read_rows: ReadRows) -> None:
    with pytest.raises(Exception, match="E-NO-RECORDS"):
        read_rows([["签到表"], HEADER])


@pytest.mark.parametrize(
    "word",
    [
        "合计",
        "人数合计",
        "合计：35人",
        "总计",
        "小计：",
        "本页合计",
        "共计 35 人次",
        "平均",
        "平均年龄",
        "总人数：12",
        "合计（35人）",
        "Total",
        "subtotal: 12",
        "Sum",
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_a_total_is_left_out_and_listed(read_rows: ReadRows, name: str, word: str) -> None:
    records = read_rows([HEADER, ROW, [word, "", 35]], name)

    assert codes(records) == ["N-ROW-TOTAL"]
    assert list(records.people["name"]) == ["张三"]


@pytest.mark.parametrize("name", ["总计划", "Sumi Tan", "Sum Yi", "Totally", "合计明", "平均分"])
def test_a_name_that_begins_like_a_total_is_a_name(read_rows: ReadRows, name: str) -> None:
    records = read_rows([HEADER, [name, "灯会", "2024-02-24"]])

    assert list(records.people["name"]) == [name]


@pytest.mark.parametrize(
    "text", ["备注：以上人员均已签到", "注: 请勿涂改", "填表人：王社工", "说明： √ 表示参加", "Note: ok"]
)
def test_a_note_below_the_table_is_left_out_and_listed(read_rows: ReadRows, text: str) -> None:
    assert codes(read_rows([HEADER, ROW, [text]])) == ["N-ROW-NOTE"]


def test_a_repeated_header_and_unfilled_rows_are_left_out(read_rows: ReadRows) -> None:
    rows = [
        ["序号", *HEADER],
        [1, *ROW],
        ["序号", *HEADER],
        [2, "", "", ""],
        ["", "", "", ""],
        [3, "无", "", "-"],
    ]

    records = read_rows(rows, "a.xlsx")

    assert codes(records) == ["N-ROW-REPEATED-HEADER", "N-ROW-UNFILLED", "N-ROW-UNFILLED"]
    assert records.sources.loc[0, ["rows_in", "used", "left_out"]].tolist() == [4, 1, 3]


def test_an_unfilled_row_under_a_column_of_bodies_is_still_unfilled(read_rows: ReadRows) -> None:
    assert codes(read_rows([["序号", *HEADER, "主办单位"], [1, *ROW, ""], [2, "", "", "", ""]])) == [
        "N-ROW-UNFILLED"
    ]


def test_another_header_inside_the_table_stops_the_sheet(read_rows: ReadRows) -> None:
    rows = [HEADER, ROW, [], ["姓名", "电话", "角色"], ["李四", "19900000001", "志愿者"]]

    assert refused(read_rows, rows) == [("Q-STACKED", 4)]


def test_two_columns_of_one_heading_are_refused(read_rows: ReadRows) -> None:
    assert refused(read_rows, [[*HEADER, "姓名", "签名"], [*ROW, "李四", ""]]) == [("E-COLUMN-TWICE", 1)]


def test_columns_that_are_not_used_may_share_a_heading(read_rows: ReadRows) -> None:
    records = read_rows([[*HEADER, "天气", "天气", "签名", "签名"], [*ROW, "晴", "热", "", ""]])

    assert codes(records) == ["N-COLUMN-UNKNOWN"] * 2


def test_a_column_without_heading_but_with_content_is_noted(read_rows: ReadRows) -> None:
    rows = [["姓名", "", "活动", "日期", None], ["张三", "x", "灯会", "2024-02-24", None]]

    records = read_rows(rows, "a.xlsx")

    assert records.problems[["code", "value"]].to_numpy().tolist() == [["N-COLUMN-UNKNOWN", "(2)"]]


def test_of_two_sheets_the_unknown_one_is_a_warning(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.xlsx", {"封面": [["青云社区", "2024年"]], "签到": [HEADER, ROW]})

    records = read_records(path)

    assert codes(records) == ["W-SHEET-UNKNOWN"]
    assert records.problems.loc[0, "sheet"] == "封面"


def test_a_file_with_no_known_sheet_is_refused(write_sheet: WriteSheet) -> None:
    write_sheet("好.csv", [HEADER, ROW])
    path = write_sheet("坏.csv", [["甲", "乙"], ["丙", "丁"]])

    with pytest.raises(ManyProblems, match="E-NO-COLUMN"):
        read_records(path.parent)


def test_a_sheet_that_lacks_a_column_is_told_which(read_rows: ReadRows) -> None:
    with pytest.raises(ManyProblems) as found:
        read_rows([["推荐人", "日期"], ["张三", "2024-02-24"]])

    assert "被推荐人" in found.value.message("zh")
    assert found.value.problems[0].place.row == 1


def test_typed_cells_of_a_workbook_are_read_by_their_type(read_rows: ReadRows) -> None:
    rows = [
        [*HEADER, "年龄", "联系电话"],
        [1, "2/23", datetime(2024, 2, 24, 14, 30), 34.0, 19900000001],
        [True, "2/23", date(2024, 2, 24), 35, "19900000002"],
        ["=cmd", "=1+1", "2024-02-24", "40岁", 19900000003.0],
        ["#N/A", "2/23", date(2024, 2, 24), None, None],
    ]

    records = read_rows(rows[:3], "a.xlsx")

    assert sorted(records.people["name"]) == ["1", "True"]
    assert set(records.activities["title"]) == {"2/23"}
    assert sorted(records.people["age"]) == [34, 35]
    assert len(records.activities) == 1
    assert sorted(read_rows([rows[0], *rows[3:]], "b.csv").people["name"]) == ["#N/A", "=cmd"]


def test_the_note_of_a_dropped_column_does_not_hold_its_cells(read_rows: ReadRows) -> None:
    records = read_rows([[*HEADER, "身份证号", "健康状况"], [*ROW, "440102199001011234", "高血压"]])

    assert codes(records) == ["N-COLUMN-DROPPED"] * 2
    assert "440102199001011234" not in records.problems.to_csv()
