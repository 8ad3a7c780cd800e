"""The layouts that stations use: grids, folded lists, stacked tables, merged cells, names of sheets."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from sheets import WriteSheet, codes, told, write

from sanshe_net.build.mapping import SheetMapping
from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.build.values import Habits
from sanshe_net.errors import ManyProblems
from sanshe_net.records import Records


def asked(path: Path, mapping: SheetMapping | None = None) -> list[str]:
    with pytest.raises(ManyProblems) as refusal:
        read_records(path, mapping=mapping)
    assert refusal.value.exit_code == 3, [problem.code for problem in refusal.value.problems]
    return sorted({problem.code for problem in refusal.value.problems})


def present(records: Records) -> set[tuple[str, str, str]]:
    """Who was at what on which day."""
    here = records.attendance[records.attendance["present"].fillna(False)]
    people, activities = records.people["name"], records.activities
    return {
        (people[who], activities.at[what, "title"], str(activities.at[what, "date"])[:10])
        for who, what in zip(here["person_id"], here["activity_id"], strict=True)
    }


LONG = [
    ["姓名", "活动名称", "日期"],
    ["张三", "清洁日", "2019-03-05"],
    ["李四", "清洁日", "2019-03-05"],
    ["李四", "读书会", "2019-03-12"],
]
WIDE = [["姓名", "清洁日2019.3.5", "读书会2019.3.12"], ["张三", "√", ""], ["李四", 1, "到"]]


def test_a_tick_grid_says_the_same_as_a_long_list(write_sheet: WriteSheet) -> None:
    wide, long = (read_records(write_sheet(name, rows)) for name, rows in (("w.csv", WIDE), ("l.csv", LONG)))

    assert present(wide) == present(long)
    assert set(wide.people["name"]) == set(long.people["name"])


def test_marks_of_absence_are_kept_apart_from_blanks(write_sheet: WriteSheet) -> None:
    rows = [WIDE[0], ["张三", "√", "否"], ["李四", "", ""], ["王五", "/", "-"]]

    records = read_records(write_sheet("a.csv", rows))

    assert set(records.people["name"]) == {"张三", "李四", "王五"}
    assert sorted(records.attendance["present"]) == [False, False, False, True]
    assert list(records.sources["used"]) == [2, 1]  # 李四 is on the list, without a mark


def test_roles_in_a_grid_are_roles(write_sheet: WriteSheet) -> None:
    records = read_records(write_sheet("a.csv", [WIDE[0], ["张三", "志愿者", "组织者"]]))

    assert sorted(records.attendance["role"]) == ["organiser", "volunteer"]


@pytest.mark.parametrize("mark", ["×", "○", "△", "请假", "迟到", 3])
def test_marks_that_offices_use_both_ways_are_asked_about(write_sheet: WriteSheet, mark: object) -> None:
    path = write_sheet("a.csv", [WIDE[0], ["张三", mark, "√"]])

    assert asked(path) == ["Q-MARK"]

    answered = SheetMapping(habits=Habits(marks={str(mark): "absent"}))
    assert present(read_records(path, mapping=answered)) == {("张三", "读书会", "2019-03-12")}


def test_dates_without_a_year_are_asked_about_once_for_each_heading(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "清洁日3月5日", "读书会3月12日"], ["张三", "√", "√"]])

    assert asked(path) == ["Q-DATE-YEAR"]

    records = read_records(path, mapping=SheetMapping(habits=Habits(year=2019)))
    assert present(records) == {("张三", "清洁日", "2019-03-05"), ("张三", "读书会", "2019-03-12")}


def test_ticked_columns_without_a_date_are_asked_about(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "清洁日", "读书会", "颜色"], ["张三", "√", "√", "红"]])

    assert asked(path) == ["Q-COLUMN-TICKED"]

    answered = SheetMapping(columns={"清洁日": "ticks", "读书会": "ignore"})
    assert present(read_records(path, mapping=answered)) == {("张三", "清洁日", "NaT")}


def merged_book(path: Path, cells: list[tuple[str, str]], merges: list[tuple[str, str]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("签到")
        for where, text in merges:
            sheet.merge_range(where, text)
        for where, text in cells:
            sheet.write_string(where, text)
    return path


TWO_ROWS = [
    ("A2", "张三"), ("C2", "√"), ("A3", "张三"), ("B3", "13800000001"), ("C3", "√"),
    ("A4", "李四"), ("B4", "13800000002"), ("C4", "√"), ("D4", "√"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "merges"),
    [
        (
            [("A2", "姓名"), ("B2", "电话"), ("C2", "清洁日2019.3.5"), ("D2", "读书会2019.3.12")],
            [("A1:B1", "基本信息"), ("C1:D1", "参加活动")],
        ),
        (
            [("C2", "清洁日2019.3.5"), ("D2", "读书会2019.3.12")],
            [("A1:A2", "姓名"), ("B1:B2", "电话"), ("C1:D1", "参加活动")],
        ),
        (
            [("C2", "2019.3.5"), ("D2", "2019.3.12"), ("C1", "清洁日"), ("D1", "读书会")],
            [("A1:A2", "姓名"), ("B1:B2", "电话")],
        ),
    ],
    ids=["groups above", "names over both rows", "dates below titles"],
)
def test_a_header_of_two_rows_is_read_as_one(
    tmp_path: Path, cells: list[tuple[str, str]], merges: list[tuple[str, str]]
) -> None:
    body = [cell for cell in TWO_ROWS if cell[0][1] in "34"]

    records = read_records(merged_book(tmp_path / "a.xlsx", cells + body, merges))

    assert present(records) == {
        ("张三", "清洁日", "2019-03-05"), ("李四", "清洁日", "2019-03-05"), ("李四", "读书会", "2019-03-12"),
    }  # fmt: skip


def test_cells_merged_downwards_are_filled_and_listed(tmp_path: Path) -> None:
    cells = [("A1", "活动名称"), ("B1", "日期"), ("C1", "姓名"), ("C2", "张三"), ("C3", "李四")]

    records = read_records(
        merged_book(tmp_path / "a.xlsx", cells, [("A2:A3", "清洁日"), ("B2:B3", "2019-03-05")])
    )

    assert present(records) == {("张三", "清洁日", "2019-03-05"), ("李四", "清洁日", "2019-03-05")}
    assert codes(records).count("N-MERGE-FILLED") == 2


def test_blanks_that_are_not_merged_are_never_filled(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.xlsx", [LONG[0], LONG[1], ["李四", "", "2019-03-05"]])

    with pytest.raises(ManyProblems) as refusal:
        read_records(path)

    assert [(problem.code, problem.place.letters) for problem in refusal.value.problems] == [
        ("E-CELL-MISSING", "B")
    ]


def test_ditto_marks_repeat_the_row_above_and_are_listed(write_sheet: WriteSheet) -> None:
    records = read_records(write_sheet("a.csv", [*LONG[:2], ["李四", "同上", "〃"]]))

    assert ("李四", "清洁日", "2019-03-05") in present(records)
    assert codes(records) == ["N-DITTO"]


def test_a_ditto_mark_with_nothing_above_is_refused(write_sheet: WriteSheet) -> None:
    with pytest.raises(ManyProblems, match="E-DITTO-FIRST"):
        read_records(write_sheet("a.csv", [LONG[0], ["李四", "同上", "2019-03-05"]]))


FOLDED = [["姓名", "活动名称", "日期"] * 2, [*LONG[1], *LONG[2]], [*LONG[3], "", "", ""]]


def test_a_list_folded_to_save_paper_is_read_whole_or_not_at_all(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", FOLDED)

    assert asked(path) == ["Q-SIDE-BY-SIDE"]
    records = read_records(path, mapping=SheetMapping(side_by_side="split"))
    assert present(records) == present(read_records(write_sheet("l.csv", LONG)))


def test_two_tables_beside_each_other_are_not_taken_for_one(write_sheet: WriteSheet) -> None:
    rows = [["姓名", "活动名称", "日期", "", "姓名", "团队"], [*LONG[1], "", "李四", "舞蹈队"]]

    assert asked(write_sheet("a.csv", rows)) == ["Q-SIDE-BY-SIDE"]


def test_a_second_table_below_the_first_is_read_when_somebody_says_so(write_sheet: WriteSheet) -> None:
    rows = [
        *LONG[:2],
        ["", "", ""],
        ["队员名单", "", ""],
        ["姓名", "团队", "职务"],
        ["李四", "舞蹈队", "队长"],
    ]
    path = write_sheet("a.csv", rows)

    assert asked(path) == ["Q-STACKED"]
    records = read_records(path, mapping=SheetMapping(stacked="split"))
    assert present(records) == {("张三", "清洁日", "2019-03-05")}
    assert list(records.memberships["role"]) == ["leader"]


def test_a_sheet_per_activity_is_named_by_its_sheet(tmp_path: Path) -> None:
    book = {"清洁日2019.3.5": [["姓名"], ["张三"], ["李四"]], "读书会 2019-03-12": [["姓名"], ["李四"]]}

    records = read_records(write(tmp_path / "a.xlsx", book))

    assert present(records) == present(read_records(write(tmp_path / "l.csv", LONG)))
    assert codes(records) == ["N-ACTIVITY-FROM-NAME"] * 2


def test_a_list_of_people_whose_sheet_has_no_date_is_a_list_of_people(tmp_path: Path) -> None:
    records = read_records(write(tmp_path / "a.xlsx", {"舞蹈队": [["姓名"], ["张三"]]}))

    assert (len(records.people), len(records.activities)) == (1, 0)


def test_two_columns_that_could_be_the_person_are_asked_about(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.xlsx", [["姓名", "参加者", "活动名称"], ["张三", "李四", "清洁日"]])

    assert asked(path) == ["Q-COLUMN-CHOICE"]
    answered = SheetMapping(columns={"参加者": "person", "姓名": "ignore"})
    assert list(read_records(path, mapping=answered).people["name"]) == ["李四"]


def test_headings_nobody_knows_can_be_taught(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["靓仔", "搞乜", "几时"], ["张三", "清洁日", "2019-03-05"]])

    with pytest.raises(ManyProblems, match="E-NO-COLUMN"):
        read_records(path)
    answered = SheetMapping(columns={"靓仔": "person", "搞乜": "activity", "几时": "date"})
    assert present(read_records(path, mapping=answered)) == {("张三", "清洁日", "2019-03-05")}


def test_many_names_in_one_cell_are_many_people(write_sheet: WriteSheet) -> None:
    rows = [
        ["活动名称", "日期", "参加人员"],
        ["清洁日", "2019-03-05", "张三、李四，王五/赵六 孙七；周八\n吴九"],
    ]

    records = read_records(write_sheet("a.csv", rows))

    assert len(present(records)) == 7
    assert "N-NAME-SPLIT" in codes(records)
    assert list(records.sources["used"]) == [1]


def test_people_counted_but_not_named_are_counted_only_when_somebody_says_so(write_sheet: WriteSheet) -> None:
    path = write_sheet(
        "a.csv", [["活动名称", "日期", "参加人员"], ["清洁日", "2019-03-05", "张三、李四等15人"]]
    )

    assert asked(path) == ["Q-NAME-UNNAMED"]
    records = read_records(path, mapping=SheetMapping(unnamed="count"))
    assert len(present(records)) == 2
    assert list(records.head_counts()) == [15]


def test_a_range_of_days_is_one_activity_and_a_list_of_days_several(write_sheet: WriteSheet) -> None:
    rows = [LONG[0], ["张三", "夏令营", "2019.7.1-7.5"], ["李四", "义诊", "2019年3月5日、3月12日"]]

    records = read_records(write_sheet("a.csv", rows))

    assert present(records) == {
        ("张三", "夏令营", "2019-07-01"), ("李四", "义诊", "2019-03-05"), ("李四", "义诊", "2019-03-12"),
    }  # fmt: skip
    camp = records.activities[records.activities["title"] == "夏令营"]
    assert list(camp["end"].dt.strftime("%Y-%m-%d")) == ["2019-07-05"]


def test_a_sheet_without_dates_is_read_with_a_warning(write_sheet: WriteSheet) -> None:
    records = read_records(write_sheet("a.csv", [row[:2] for row in LONG]))

    assert len(records.activities) == 2
    assert codes(records) == ["W-DATE-NONE"]


def test_sections_and_subtotals_inside_a_table_are_listed(write_sheet: WriteSheet) -> None:
    rows = [LONG[0], ["第一组", "", ""], LONG[1], ["小计", "1", ""], ["第二组", "", ""], LONG[2]]

    records = read_records(write_sheet("a.csv", rows))

    assert codes(records) == ["N-ROW-SECTION", "N-ROW-SECTION", "N-ROW-TOTAL"]
    assert list(records.sources["left_out"]) == [3]


def test_a_title_repeated_at_a_page_break_is_no_record(write_sheet: WriteSheet) -> None:
    title = ["社区活动签到表", "", ""]
    records = read_records(write_sheet("a.csv", [title, LONG[0], LONG[1], title, LONG[0], LONG[2]]))

    assert codes(records) == ["N-ROW-REPEATED-HEADER"] * 2
    assert len(present(records)) == 2


def test_a_group_on_a_sign_in_sheet_is_a_membership(write_sheet: WriteSheet) -> None:
    rows = [[*LONG[0], "所属团队"], [*LONG[1], "舞蹈队"], ["张三", "读书会", "2019-03-12", "舞蹈队"]]

    records = read_records(write_sheet("a.csv", rows))

    assert len(records.memberships) == 1
    assert list(records.organisations["name"]) == ["舞蹈队"]


def test_every_answer_leaves_the_rows_conserved(write_sheet: WriteSheet) -> None:
    for rows in (WIDE, FOLDED, LONG):
        records = check_inputs(write_sheet("a.csv", rows), mapping=SheetMapping(side_by_side="split")).records
        counts = records.sources[["rows_in", "used", "duplicate", "left_out", "quarantined"]]
        assert (counts["rows_in"] == counts.iloc[:, 1:].sum(axis=1)).all()


def test_the_same_list_twice_is_one_list(write_sheet: WriteSheet) -> None:
    once, twice = (read_records(write_sheet("a.csv", rows)) for rows in (WIDE, [*WIDE, *WIDE[1:]]))

    assert told(once) == told(twice)


def test_the_same_header_under_another_title_is_another_activity(write_sheet: WriteSheet) -> None:
    rows = [
        ["活动名称：茶会 活动日期：2024-03-05", ""], ["姓名", "电话"], ["张三", "19900000001"], ["", ""],
        ["活动名称：合唱 活动日期：2024-03-12", ""], ["姓名", "电话"], ["李四", "19900000002"],
    ]  # fmt: skip
    path = write_sheet("a.csv", rows)

    assert asked(path) == ["Q-STACKED"]
    records = read_records(path, mapping=SheetMapping(stacked="split"))
    assert present(records) == {("张三", "茶会", "2024-03-05"), ("李四", "合唱", "2024-03-12")}


@pytest.mark.parametrize("heading", ["茶会（2024-03-05）", "活动：茶会 日期：2024-03-05"])
def test_a_heading_that_names_the_activity_of_the_rows_below_is_never_dropped(
    write_sheet: WriteSheet, heading: str
) -> None:
    with pytest.raises(ManyProblems, match="E-ROW-DATED"):
        read_records(write_sheet("a.csv", [["序号", "姓名", "电话"], [heading, "", ""], [1, "张三", ""]]))


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "3月", "4月"], ["", "5日", "12日"], ["张三", "√", "√"]],
        [["姓名", "茶会", "合唱"], ["", "2024-03-05", "2024-04-12"], ["张三", "√", "√"]],
    ],
)
def test_days_in_the_row_below_the_header_belong_to_it(
    write_sheet: WriteSheet, rows: list[list[str]]
) -> None:
    records = read_records(write_sheet("a.csv", rows), mapping=SheetMapping(habits=Habits(year=2024)))

    assert sorted(str(day)[:10] for day in records.activities["date"]) == ["2024-03-05", "2024-04-12"]
    assert len(present(records)) == 2


def test_heads_beside_names_are_added_up_over_the_cells_of_an_activity(write_sheet: WriteSheet) -> None:
    rows = [
        ["活动", "日期", "参加人员"],
        *(["茶会", "2024-03-05", who] for who in ("张三等5人", "李四等7人", "王五")),
    ]

    records = read_records(write_sheet("a.csv", rows), mapping=SheetMapping(unnamed="count"))

    assert list(records.head_counts()) == [13]


@pytest.mark.parametrize("heading", ["是否愿意公开", "授权", "肖像使用", "permission"])
def test_a_column_that_may_ask_for_consent_is_never_read_as_silence(
    write_sheet: WriteSheet, heading: str
) -> None:
    with pytest.raises(ManyProblems, match="E-CONSENT-COLUMN"):
        read_records(write_sheet("a.csv", [[*LONG[0], heading], [*LONG[1], "否"]]))


@pytest.mark.parametrize("who", ["匿名", "无名氏", "不详"])
def test_nobody_in_particular_is_no_person(write_sheet: WriteSheet, who: str) -> None:
    assert asked(write_sheet("a.csv", [LONG[0], [who, *LONG[1][1:]]])) == ["Q-NAME-GROUP"]


def test_a_total_before_a_repeated_header_is_no_title_of_another_table(write_sheet: WriteSheet) -> None:
    records = read_records(
        write_sheet("a.csv", [*LONG[:2], ["", "", ""], ["合计", "", "1"], LONG[0], LONG[2]])
    )

    assert len(present(records)) == 2
    assert codes(records) == ["N-ROW-REPEATED-HEADER", "N-ROW-TOTAL"]
