"""What sheets were once read wrongly: titles against file names, sheets on their side, lone ticks, far years."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import Rows, WriteSheet, balance, codes

from sanshe_net.build import far_dates, values
from sanshe_net.build.header_rows import find_header
from sanshe_net.build.mapping import SheetMapping, read_mapping
from sanshe_net.build.propose import propose_mapping
from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.sideways import people_across
from sanshe_net.errors import ManyProblems
from sanshe_net.records import Records


def came(records: Records) -> set[tuple[str, str, str]]:
    """Who was at what on which day."""
    here = records.attendance[records.attendance["present"].fillna(False)]
    people, activities = records.people["name"], records.activities
    return {
        (people[who], activities.at[what, "title"], str(activities.at[what, "date"])[:10])
        for who, what in zip(here["person_id"], here["activity_id"], strict=True)
    }


def mapping_of(folder: Path, text: str) -> SheetMapping:
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def asked(path: Path, mapping: SheetMapping | None = None) -> set[str]:
    return {problem.code for problem in check_inputs(path, mapping=mapping).problems if problem.stops}


def told_codes(path: Path, mapping: SheetMapping | None = None) -> list[str]:
    return [problem.code for problem in check_inputs(path, mapping=mapping).problems]


# --- titles and names


@pytest.mark.parametrize(
    ("file", "above", "title", "day"),
    [
        ("6广场舞20240525.csv", [["青云社区2024年5月26日广场舞活动签到表"]], "青云社区 广场舞活动", "2024-05-26"),
        ("6广场舞20240525.csv", [["广场舞活动签到表"]], "广场舞活动", "2024-05-25"),
        ("6广场舞20240525.csv", [["广场舞签到表"], ["时间：2024年5月27日"]], "广场舞", "2024-05-27"),
        ("6广场舞20240525.csv", [["广场舞"], ["时间：2024年5月27日"]], "广场舞", "2024-05-27"),
        ("6广场舞20240525.csv", [["青云社区居民签到表"]], "6广场舞", "2024-05-25"),
        ("6广场舞20240525.csv", [["请用正楷填写"], ["时间：2024年5月27日"]], "6广场舞", "2024-05-27"),
        ("6广场舞20240525.csv", [["成员名单"]], "6广场舞", "2024-05-25"),
        ("广场舞20240525.csv", [["中秋灯会（5月26日）"]], "中秋灯会", "2024-05-26"),
        ("清洁日签到表20240525.csv", [], "清洁日", "2024-05-25"),
        ("签到表20240525.csv", [["清洁日签到表"], ["时间：2024-05-27"]], "清洁日", "2024-05-27"),
    ],
)  # fmt: skip
def test_the_title_above_the_header_names_the_activity_before_the_file_does(
    write_sheet: WriteSheet, file: str, above: Rows, title: str, day: str
) -> None:
    path = write_sheet(file, [*above, ["序号", "姓名", "电话"], ["1", "张三", ""]])

    assert came(read_records(path)) == {("张三", title, day)}


def test_a_title_says_nothing_where_a_column_names_the_activity(write_sheet: WriteSheet) -> None:
    path = write_sheet(
        "a.csv", [["2024年5月26日广场舞签到表"], ["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]]
    )

    assert came(read_records(path)) == {("张三", "灯会", "2024-05-04")}


@pytest.mark.parametrize("above", ["青云社区居民信息（截至2024年5月26日）", "2024年5月26日打印"])
def test_the_day_a_list_was_made_is_no_activity(write_sheet: WriteSheet, above: str) -> None:
    path = write_sheet("居民.csv", [[above], ["姓名", "楼栋"], ["张三", "1栋"]])

    assert read_records(path).activities.empty


def test_a_title_whose_day_lacks_its_year_is_asked_about(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["5月26日灯会签到表"], ["姓名", "电话"], ["张三", ""]])

    assert asked(path) == {"Q-DATE-YEAR"}
    assert came(read_records(path, mapping=mapping_of(path.parent, "year: 2024"))) == {
        ("张三", "灯会", "2024-05-26")
    }


# --- months where a day is needed


def test_a_month_is_a_date_wherever_a_date_is_read(write_sheet: WriteSheet) -> None:
    path = write_sheet(
        "a.csv", [["资源方", "资源类型", "金额", "日期"], ["物业公司", "资金", "500", "2019年3月"]]
    )

    records = read_records(path)

    assert str(records.support["date"].iloc[0])[:10] == "2019-03-01"
    assert "N-DATE-FIRST" in codes(records)


def test_what_ended_in_a_month_ended_on_its_last_day(write_sheet: WriteSheet) -> None:
    head = ["议题", "提出日期", "状态", "解决日期"]
    path = write_sheet("a.csv", [head, ["路灯", "2024-03-05", "已解决", "2024年3月"]])

    records = read_records(path)

    assert str(records.issues["settled"].iloc[0])[:10] == "2024-03-31"
    assert "N-DATE-LAST" in codes(records)


@given(st.integers(1950, 2099), st.integers(1, 12))
def test_a_month_begins_on_its_first_and_ends_on_its_last_day(year: int, month: int) -> None:
    first, last = values.day(f"{year}年{month}月"), values.last_day(f"{year}年{month}月")

    assert first == values.Told(date(year, month, 1), ("N-DATE-FIRST",))
    assert isinstance(last, values.Told)
    assert (last.value.month, (last.value.toordinal() + 1) - first.value.toordinal()) == (
        month,
        last.value.day,
    )


# --- what the mapping file answers


def test_a_name_that_cannot_be_told_apart_is_answered_in_the_mapping_file(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动", "日期"], ["张三丰李 四明王", "灯会", "2024-05-04"]])
    [written] = [problem.value for problem in check_inputs(path).problems if problem.code == "Q-NAME-SUSPECT"]
    text, waiting = propose_mapping([path])
    assert waiting == 1

    filled = text.replace(f'"{written}": ?', f'"{written}": 张三丰、李明王')
    records = read_records(path, mapping=mapping_of(path.parent, filled))

    assert {name for name, *_ in came(records)} == {"张三丰", "李明王"}


def test_a_date_that_lost_its_zero_is_answered_in_the_mapping_file(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.xlsx", [["姓名", "活动", "日期"], ["张三", "灯会", 2019.1]])
    text, _ = propose_mapping([path])

    assert asked(path) == {"Q-DATE-FLOAT"}
    records = read_records(
        path, mapping=mapping_of(path.parent, text.replace('"2019.1": ?', '"2019.1": 2019-10'))
    )

    assert str(records.activities["date"].iloc[0])[:10] == "2019-10-01"


CONSENT = [
    ["姓名", "活动", "日期", "是否同意"],
    ["张三", "灯会", "2024-05-04", "√"],
    ["李四", "灯会", "2024-05-04", "×"],
]


@pytest.mark.parametrize(
    "text", ["marks: {√: present, ×: absent}", "words: {consent: {√: yes, ×: no}}"]
)  # fmt: skip
def test_marks_of_consent_are_answered_in_the_mapping_file(write_sheet: WriteSheet, text: str) -> None:
    path = write_sheet("a.csv", CONSENT)

    assert asked(path) == {"E-CONSENT-UNCLEAR"}
    records = read_records(path, mapping=mapping_of(path.parent, text))

    assert list(records.people["name"]) == ["张三"]
    assert list(records.people["consent"]) == ["yes"]


def test_a_mark_that_counts_for_nothing_is_no_consent(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", CONSENT)

    assert asked(path, mapping_of(path.parent, "marks: {√: present, ×: ignore}")) == {"E-CONSENT-UNCLEAR"}


def test_the_proposal_asks_about_marks_of_consent_and_headings_like_it(write_sheet: WriteSheet) -> None:
    marks = write_sheet("a.csv", CONSENT)
    text, waiting = propose_mapping([marks])
    assert waiting == 2
    filled = text.replace('"√": ?', '"√": yes').replace('"×": ?', '"×": no')
    assert asked(marks, mapping_of(marks.parent, filled)) == set()

    heading = write_sheet(
        "a.csv", [["姓名", "活动", "日期", "是否愿意公开"], ["张三", "灯会", "2024-05-04", "是"]]
    )
    text, waiting = propose_mapping([heading])
    assert (asked(heading), waiting) == ({"E-CONSENT-COLUMN"}, 1)
    filled = text.replace('"是否愿意公开": ?', '"是否愿意公开": consent')
    assert asked(heading, mapping_of(heading.parent, filled)) == set()


SIMPLE = [["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]]


@pytest.mark.parametrize(
    ("text", "unused"),
    [
        ("marks: {△: present}", "△"), ("words: {role: {打酱油: participant}}", "打酱油"), ("year: 2019", "2019"),
        ("files: {'2023*.csv': {靓仔: ignore}}", "2023*.csv"), ("cells: {张三李四: 张三}", "张三李四"),
    ],
)  # fmt: skip
def test_an_answer_that_nothing_needed_is_noted(write_sheet: WriteSheet, text: str, unused: str) -> None:
    path = write_sheet("a.csv", SIMPLE)

    noted = [
        p
        for p in check_inputs(path, mapping=mapping_of(path.parent, text)).problems
        if p.code == "N-MAPPING-UNUSED"
    ]

    assert [problem.value for problem in noted] == [unused]


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        ([["姓名", "3月5日清洁日"], ["张三", "△"]], "marks: {△: present}\nyear: 2024"),
        ([["姓名", "活动", "日期", "角色"], ["张三", "灯会", "5月4日", "打酱油/志愿者"]], "words: {role: {打酱油: participant}}\nyear: 2024"),
        ([["姓名", "活动", "日期"], ["张三丰李 四明王", "灯会", "2024-05-04"]], "cells: {张三丰李 四明王: 张三丰、李明王}\nfiles: {'*.csv': {备注: ignore}}"),
    ],
)  # fmt: skip
def test_an_answer_that_was_needed_is_not_noted(write_sheet: WriteSheet, rows: Rows, text: str) -> None:
    path = write_sheet("a.csv", rows)

    records = read_records(path, mapping=mapping_of(path.parent, text))

    assert len(records.attendance) >= 1
    assert "N-MAPPING-UNUSED" not in codes(records)


@pytest.mark.parametrize("year", ["1949", "2101", "soon", "0024"])
def test_a_year_that_cannot_be_is_refused_with_the_years_that_can(tmp_path: Path, year: str) -> None:
    with pytest.raises(ManyProblems) as refusal:
        mapping_of(tmp_path, f"year: {year}")

    assert "1950–2100" in refusal.value.problems[0].wording.en


def test_what_a_cell_means_is_one_text(tmp_path: Path) -> None:
    with pytest.raises(ManyProblems, match="E-MAPPING-FORM"):
        mapping_of(tmp_path, "cells: {张三: {a: b}}")
    assert dict(mapping_of(tmp_path, "cells: {张三: ?}").cells) == {}


# --- headings


@pytest.mark.parametrize("to", ["ignore", "date"])
def test_a_heading_with_a_hint_is_answered_as_it_is_written(write_sheet: WriteSheet, to: str) -> None:
    head = ["姓名", "活动", "日期（年月日）"]
    path = write_sheet("a.csv", [head, ["张三", "灯会", "2024-05-04"]])

    records = read_records(path, mapping=mapping_of(path.parent, f"columns: {{日期（年月日）: {to}}}"))

    assert records.activities["date"].isna().all() == (to == "ignore")


def test_two_headings_that_differ_in_their_hints_are_told_apart(write_sheet: WriteSheet) -> None:
    head = ["姓名", "活动", "日期", "电话（家属）", "电话（本人）"]
    path = write_sheet("a.csv", [head, ["张三", "灯会", "2024-05-04", "13900000001", "13900000002"]])

    assert asked(path) == {"E-COLUMN-TWICE"}
    reading = check_inputs(
        path, mapping=mapping_of(path.parent, "columns: {电话（家属）: ignore, 电话（本人）: phone}")
    )

    assert list(reading.people.profiles["phone"]) == [("13900000002",)]


# --- ticks


def test_a_lone_ticked_column_is_asked_about_and_answered(write_sheet: WriteSheet) -> None:
    path = write_sheet("名单.csv", [["姓名", "楼栋", "清洁日"], ["张三", "1栋", "√"], ["李四", "2栋", ""]])
    text, waiting = propose_mapping([path])

    assert (asked(path), waiting) == ({"Q-COLUMN-TICKED"}, 1)
    filled = text.replace('"清洁日": ?', '"清洁日": ticks')
    assert {name for name, *_ in came(read_records(path, mapping=mapping_of(path.parent, filled)))} == {
        "张三"
    }


def test_a_lone_ticked_activity_has_the_day_of_its_sheet(write_sheet: WriteSheet) -> None:
    path = write_sheet("a20240504.csv", [["姓名", "清洁日"], ["张三", "√"], ["李四", ""]])
    mapping = mapping_of(path.parent, "columns: {清洁日: ticks}")

    assert came(read_records(path, mapping=mapping)) == {("张三", "清洁日", "2024-05-04")}


def test_undated_ticks_below_a_caption_have_its_day(write_sheet: WriteSheet) -> None:
    path = write_sheet(
        "a.csv", [["日期：2024-05-04"], ["姓名", "清洁日", "读书会"], ["张三", "√", ""], ["李四", "", "√"]]
    )
    mapping = mapping_of(path.parent, "columns: {清洁日: ticks, 读书会: ticks}")

    assert came(read_records(path, mapping=mapping)) == {
        ("张三", "清洁日", "2024-05-04"),
        ("李四", "读书会", "2024-05-04"),
    }


@pytest.mark.parametrize("heading", ["独居", "是否会员", "志愿者"])
def test_a_ticked_property_is_no_activity(write_sheet: WriteSheet, heading: str) -> None:
    path = write_sheet("名单.csv", [["姓名", "楼栋", heading], ["张三", "1栋", "√"], ["李四", "2栋", ""]])

    assert asked(path) == set()


@pytest.mark.parametrize(
    ("marks", "here"), [(["√", ""], {"张三"}), (["张三", ""], {"张三", "李四"}), (["", ""], {"张三", "李四"})]
)
def test_a_column_of_signatures_marks_nobody_absent(
    write_sheet: WriteSheet, marks: list[str], here: set[str]
) -> None:
    path = write_sheet("灯会20240504.csv", [["姓名", "签到"], ["张三", marks[0]], ["李四", marks[1]]])

    assert {name for name, *_ in came(read_records(path))} == here


def test_columns_headed_alike_are_numbered_and_told(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "2024-05-04", "2024-05-04"], ["张三", "√", ""], ["李四", "", "√"]])

    records = read_records(path)

    assert sorted(records.activities["title"]) == ["2024-05-04", "2024-05-04 (2)"]
    assert codes(records).count("W-GRID-TWICE") == 1


def test_a_mark_that_is_a_whole_number_is_shown_as_one(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.xlsx", [["姓名", "清洁日2024-05-04"], ["张三", 2]])
    [problem] = [problem for problem in check_inputs(path).problems if problem.stops]
    text, _ = propose_mapping([path])

    assert problem.value == "2"
    assert asked(path, mapping_of(path.parent, text.replace('"2": ?', '"2": present'))) == set()


# --- sheets on their side


@pytest.mark.parametrize(
    "rows",
    [
        [["活动", "张三", "李四", "王五"], ["清洁日", "√", "", "√"], ["读书会", "", "√", ""]],
        [["活动", "日期", "张三", "李四"], ["清洁日", "2024-05-04", "√", ""]],
        [["姓名", "张三", "李四"], ["2024-05-04清洁日", "√", ""], ["2024-05-11读书会", "√", "√"]],
        [["", "张三", "李四"], ["2024-05-04清洁日", "√", "×"]],
        [["春季活动"], ["activity", "Ada Wong", "Ben Cole"], ["Clean-up", "1", "0"]],
        [["姓名", "张三", "李四"], ["电话", "13900000001", "13900000002"], ["活动", "灯会", "灯会"], ["日期", "2024-05-04", "2024-05-04"]],
        [["姓名", "张三"], ["电话", "13900000001"], ["活动", "灯会"], ["日期", "2024-05-04"]],
    ],
    ids=lambda rows: "|".join(rows[-1]),
)  # fmt: skip
def test_a_sheet_on_its_side_is_refused_as_one(write_sheet: WriteSheet, rows: Rows) -> None:
    path = write_sheet("a.csv", rows)
    reading = check_inputs(path)

    assert {problem.code for problem in reading.problems if problem.stops} == {"E-SHEET-TRANSPOSED"}
    assert not balance(reading.records).any()


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "黄梅戏", "金秋游"], ["张三", "√", ""], ["李四", "", "√"]],
        [["活动", "日期", "收费", "户外"], ["清洁日", "2024-05-04", "√", ""]],
        [["姓名", "日期", "活动"], ["张三", "2024-05-04", "灯会"], ["姓名", "日期", "活动"], ["李四", "2024-05-04", "灯会"]],
    ],
    ids=lambda rows: "|".join(rows[0]),
)  # fmt: skip
def test_a_sheet_that_stands_upright_is_not_taken_for_one_on_its_side(
    write_sheet: WriteSheet, rows: Rows
) -> None:
    assert "E-SHEET-TRANSPOSED" not in told_codes(write_sheet("a.csv", rows))


def test_names_above_nothing_are_no_sheet_on_its_side() -> None:
    rows: list[list[values.Cell]] = [["活动", "张三", "李四"], ["清洁日", None, None]]
    sheet = RawSheet("a.csv", "", rows, [1, 2])

    assert people_across(sheet, find_header(sheet, {})) == []


def test_names_above_marks_of_nothing_are_no_sheet_on_its_side() -> None:
    rows: list[list[values.Cell]] = [[None, "张三", "李四", "王芳"], [None, "√", "√", "√"]]
    sheet = RawSheet("a.csv", "", rows, [1, 2])

    assert people_across(sheet, find_header(sheet, {})) == []


# --- far dates


def dated(write_sheet: WriteSheet, *days: str) -> list[tuple[str, str]]:
    rows = [["姓名", "活动", "日期"], *(["张三", "灯会", day] for day in days)]
    found = check_inputs(write_sheet("a.csv", rows)).problems
    return [(problem.code, problem.value) for problem in found if problem.code.startswith("W-DATE")]


def test_a_year_far_from_all_others_is_told(write_sheet: WriteSheet) -> None:
    assert dated(write_sheet, "2024-05-04", "2024-06-04", "2042-05-04") == [("W-DATE-FAR", "2042-05-04")]
    assert dated(write_sheet, "2024-05-04", "2024-06-04", "2004-05-04") == [("W-DATE-FAR", "2004-05-04")]


def test_an_unlikely_year_is_told_though_it_is_the_only_one(write_sheet: WriteSheet) -> None:
    assert dated(write_sheet, "1924-05-04") == [("W-DATE-UNLIKELY", "1924-05-04")]
    assert dated(write_sheet, "2099-05-04") == [("W-DATE-UNLIKELY", "2099-05-04")]


def test_years_of_an_archive_are_not_far_from_each_other(write_sheet: WriteSheet) -> None:
    assert dated(write_sheet, *(f"{year}-05-04" for year in range(2004, 2026, 3))) == []


@given(st.lists(st.integers(1980, 2050), min_size=1, max_size=12, unique=True).map(sorted), st.data())
def test_no_year_within_the_bulk_stands_beyond_a_gap(years: list[int], data: st.DataObject) -> None:
    middle = data.draw(st.sampled_from(years))
    first, last = far_dates._bulk(years, middle)
    held = [year for year in years if first <= year <= last]

    assert middle in held
    assert all(b - a - 1 <= far_dates.EMPTY_YEARS for a, b in pairwise(held))
    assert all(first - year - 1 > far_dates.EMPTY_YEARS for year in years if year < first)
    assert all(year - last - 1 > far_dates.EMPTY_YEARS for year in years if year > last)


# --- values


@pytest.mark.parametrize("who", ["社工站", "青云里社工站", "青云社区居委会", "阳光物业公司", "青云小学"])
def test_an_institution_in_a_column_of_names_is_no_person(write_sheet: WriteSheet, who: str) -> None:
    path = write_sheet(
        "a.csv", [["姓名", "活动", "日期"], [who, "灯会", "2024-05-04"], ["张三", "灯会", "2024-05-04"]]
    )

    assert asked(path) == {"Q-NAME-GROUP"}
    records = read_records(path, mapping=mapping_of(path.parent, "unnamed: count"))
    assert list(records.people["name"]) == ["张三"]


@pytest.mark.parametrize(("cell", "years"), [("8个月", 0.0), ("18个月大", 1.0), ("30月", 2.0)])
def test_an_age_in_months_is_a_childs(cell: str, years: float) -> None:
    assert values.age(cell) == years


def test_an_age_that_cannot_be_read_counts_as_not_known_and_says_what_that_means(
    write_sheet: WriteSheet,
) -> None:
    path = write_sheet(
        "a.csv", [["姓名", "活动", "日期", "年龄"], ["张三", "灯会", "2024-05-04", "十来岁吧"]]
    )

    records = read_records(path)

    assert records.people["age"].isna().all()
    assert "W-AGE-UNCLEAR" in codes(records)


# --- sheets as people make them


@pytest.mark.parametrize("who", ["张三（李四代签）", "王五代签", "???", "□□"])
def test_what_may_be_somebody_else_or_nobody_is_asked_about(write_sheet: WriteSheet, who: str) -> None:
    path = write_sheet("a.csv", [["姓名", "活动", "日期"], [who, "灯会", "2024-05-04"]])

    assert asked(path) == {"Q-NAME-SUSPECT"}


@pytest.mark.parametrize(("who", "heads"), [("张三+2", 3.0), ("张三 + 2人", 3.0)])
def test_who_was_brought_along_is_a_head_and_not_a_part_of_the_name(
    write_sheet: WriteSheet, who: str, heads: float
) -> None:
    path = write_sheet("a.csv", [["姓名", "活动", "日期"], [who, "灯会", "2024-05-04"]])

    assert asked(path) == {"Q-NAME-UNNAMED"}
    records = read_records(path, mapping=mapping_of(path.parent, "unnamed: count"))
    assert list(records.people["name"]) == ["张三"]
    assert list(records.activities["head_count"]) == [heads]


def test_children_brought_along_are_asked_about(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动", "日期"], ["张三（带孩子）", "灯会", "2024-05-04"]])

    assert asked(path) == {"Q-NAME-UNNAMED"}
    records = read_records(path, mapping=mapping_of(path.parent, "unnamed: count"))
    assert list(records.people["name"]) == ["张三"]


@pytest.mark.parametrize(("who", "name"), [("③王五", "王五"), ("12李四", "李四"), ("5栋张三", "5栋张三")])
def test_a_number_before_a_name_is_none_of_it(write_sheet: WriteSheet, who: str, name: str) -> None:
    path = write_sheet("a.csv", [["姓名", "活动", "日期"], [who, "灯会", "2024-05-04"]])

    assert list(read_records(path).people["name"]) == [name]


@pytest.mark.parametrize(
    "last",
    [
        "合计：2人（志愿者0人）",
        "签到人数：2人",
        "共 2 人",
        "负责人签字：王社工",
        "负责社工：王某",
        "记录人：王某",
    ],
)
def test_the_foot_of_a_sheet_is_no_record(write_sheet: WriteSheet, last: str) -> None:
    path = write_sheet("a.csv", [*SIMPLE, [last, "", ""]])

    assert came(read_records(path)) == {("张三", "灯会", "2024-05-04")}


@pytest.mark.parametrize(
    "head",
    [["姓名 Name", "活动 Activity", "日期 Date"], ["姓名", "活動名稱", "活動時間"], ["姓名\\签名", "活动\\项目", "日期"]],
)  # fmt: skip
def test_headings_in_two_languages_or_traditional_writing_are_known(
    write_sheet: WriteSheet, head: list[str]
) -> None:
    path = write_sheet("a.csv", [head, *SIMPLE[1:]])

    assert came(read_records(path)) == {("张三", "灯会", "2024-05-04")}


def test_a_heading_and_a_letter_are_no_heading_in_two_languages(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动a", "活动b"], ["张三", "√", ""], ["李四", "", "√"]])

    assert asked(path) == {"Q-COLUMN-TICKED"}


@pytest.mark.parametrize(
    "written",
    ["4 May 2024", "May 4, 2024", "4th May, 2024", "04-May-2024", "Sept 4 2024", "4 Sep. 2024"],
)
def test_a_month_may_be_an_english_word(written: str) -> None:
    assert values.day(written) == date(2024, 9 if "Sep" in written else 5, 4)


@pytest.mark.parametrize("written", ["31 Feb 2024", "May 2024 4", "4 Mayor 2024"])
def test_what_only_looks_like_an_english_date_is_refused(written: str) -> None:
    with pytest.raises(values.Unclear):
        values.day(written)


# --- corners


def test_a_half_of_a_folded_grid_without_ticks_is_told(write_sheet: WriteSheet) -> None:
    head = ["姓名", "清洁日", "读书会"]
    rows = [head * 2, ["张三", "√", "", "李四", "", ""], ["王五", "", "√", "赵六", "", ""]]
    path = write_sheet("a.csv", rows)

    reading = check_inputs(path, mapping=mapping_of(path.parent, "side_by_side: split"))

    assert "Q-COLUMN-TICKED" in {problem.code for problem in reading.problems if problem.stops}
    assert not balance(reading.records).any()


def test_whoever_withdrew_is_no_host_among_hosts(write_sheet: WriteSheet) -> None:
    head = ["姓名", "活动", "日期", "主办单位", "是否同意"]
    said_no = ["张三", "灯会", "2024-05-04", "", "否"]
    path = write_sheet("a.csv", [head, said_no, ["李四", "灯会", "2024-05-04", "张三、舞蹈队", "是"]])

    records = read_records(path)

    assert list(records.organisations["name"]) == ["舞蹈队"]
    assert "张三" not in set(records.people["name"])


def test_the_proposal_finds_the_headings_of_the_file_it_asks_about(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("姓名,活动,日期\n张三,灯会,2024-05-04\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("靓仔,搞乜\n张三,灯会\n", encoding="utf-8")

    text, waiting = propose_mapping([tmp_path])

    assert waiting == 2
    assert '"靓仔": ?' in text
