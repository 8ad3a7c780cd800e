"""Corners of the layouts: headers of two rows, grids, merges, names of sheets, and files that answer."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter
from sheets import Rows, WriteSheet, balance, codes, write

from sanshe_net.build.blocks import fill_merges
from sanshe_net.build.mapping import SheetMapping, read_mapping
from sanshe_net.build.propose import propose_mapping
from sanshe_net.build.raw_sheets import Merge, RawSheet
from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.build.values import Cell, Habits
from sanshe_net.errors import InputError, ManyProblems, SansheError
from sanshe_net.records import Records


def came(records: Records) -> set[tuple[str, str, str]]:
    """Who was at what on which day."""
    here = records.attendance[records.attendance["present"].fillna(False)]
    people, activities = records.people["name"], records.activities
    return {
        (people[who], activities.at[what, "title"], str(activities.at[what, "date"])[:10])
        for who, what in zip(here["person_id"], here["activity_id"], strict=True)
    }


def book(path: Path, rows: Rows, merges: list[str], name: str = "签到") -> Path:
    """Write a workbook of one sheet and merge some of its cells, each with the text of its first."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet(name)
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        for where in merges:
            first = xlsxwriter.utility.xl_cell_to_rowcol(where.partition(":")[0])
            sheet.merge_range(where, str(rows[first[0]][first[1]]))
    return path


# --- headers


def test_a_day_merged_above_known_headings_does_not_hide_them(tmp_path: Path) -> None:
    rows = [["2024年5月4日", "", "第一页"], ["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]]

    records = read_records(book(tmp_path / "a.xlsx", rows, ["A1:B1"]))

    assert came(records) == {("张三", "灯会", "2024-05-04")}


def test_titles_above_their_dates_are_one_header(write_sheet: WriteSheet) -> None:
    rows = [
        ["姓名", "清洁日", "读书会"],
        ["", "2019-03-05", "2019-03-12"],
        ["张三", "√", ""],
        ["李四", "", "√"],
    ]

    records = read_records(write_sheet("a.csv", rows))

    assert came(records) == {("张三", "清洁日", "2019-03-05"), ("李四", "读书会", "2019-03-12")}
    assert not balance(records).any()


def test_a_taught_heading_that_a_second_row_changes_is_refused_not_lost(write_sheet: WriteSheet) -> None:
    rows = [["靓仔", "搞乜"], ["2019-03-05", "2019-03-12"], ["张三", "灯会"]]
    taught = SheetMapping(columns={"靓仔": "person", "搞乜": "activity"})

    reading = check_inputs(write_sheet("a.csv", rows), mapping=taught)

    assert [problem.code for problem in reading.problems] == ["E-NO-COLUMN"]
    assert not balance(reading.records).any()


def test_a_group_reaches_as_far_as_its_own_merge(tmp_path: Path) -> None:
    rows = [
        ["姓名", "2019-03-05", "", "备注"],
        ["", "清洁日", "读书会", ""],
        ["张三", "√", "√", "好"],
        ["", "", "", "好"],
    ]

    records = check_inputs(book(tmp_path / "a.xlsx", rows, ["A1:A2", "B1:C1", "D3:D4"])).records

    assert came(records) == {("张三", "清洁日", "2019-03-05"), ("张三", "读书会", "2019-03-05")}


def test_a_long_remark_is_neither_a_heading_nor_a_note(write_sheet: WriteSheet) -> None:
    long = "关于进一步做好社区环境整治" * 20
    rows = [["姓名", "清洁日2019.3.5", long], ["张三", "√", ""], ["李四", "√", "好"]]

    records = read_records(write_sheet("a.csv", rows))

    assert came(records) == {(who, "清洁日", "2019-03-05") for who in ("张三", "李四")}
    assert "N-COLUMN-UNKNOWN" in codes(records)


def test_a_long_first_cell_is_a_record(write_sheet: WriteSheet) -> None:
    title = "合计" + "社区环境整治" * 40
    path = write_sheet("a.csv", [["活动", "姓名"], [title, "张三"]])

    assert came(read_records(path)) == {("张三", title, "NaT")}


# --- grids


@pytest.mark.parametrize(
    ("heading", "day", "end"),
    [
        ("清洁日2019年3月", "2019-03-01", "2019-03-31"),
        ("清洁日2019.3.5-3.7", "2019-03-05", "2019-03-07"),
    ],
)
def test_a_grid_may_be_of_months_and_of_stretches_of_days(
    write_sheet: WriteSheet, heading: str, day: str, end: str
) -> None:
    records = read_records(write_sheet("a.csv", [["姓名", heading], ["张三", "√"]]))

    assert came(records) == {("张三", "清洁日", day)}
    assert [f"{one:%Y-%m-%d}" for one in records.activities["end"]] == [end]


def test_the_days_of_a_grid_stand_above_a_day_in_the_title(write_sheet: WriteSheet) -> None:
    rows = [["活动时间：2019年3月"], ["姓名", "清洁日2019.3.5", "读书会2019.3.12"], ["张三", "√", ""]]

    assert came(read_records(write_sheet("a.csv", rows))) == {("张三", "清洁日", "2019-03-05")}


def test_blanks_among_ticks_do_not_hide_that_a_column_is_one(write_sheet: WriteSheet) -> None:
    rows = [["姓名", "清洁日", "读书会"], ["张三", "", "√"], ["李四", "√", ""]]
    path = write_sheet("a.csv", rows)

    with pytest.raises(ManyProblems, match="Q-COLUMN-TICKED"):
        read_records(path)


def test_roles_are_no_question_when_the_year_is(write_sheet: WriteSheet) -> None:
    rows = [["姓名", "清洁日3月5日", "读书会3月12日"], ["张三", "志愿者", "×"], ["李四", "、", "√"]]

    asked = [problem.code for problem in check_inputs(write_sheet("a.csv", rows)).problems if problem.stops]

    assert sorted(asked) == ["Q-DATE-YEAR", "Q-DATE-YEAR", "Q-MARK", "Q-MARK"]


# --- merged and hidden cells, names of sheets


def test_a_merge_without_text_or_past_the_last_row_fills_nothing(tmp_path: Path) -> None:
    rows = [["姓名", "活动", "楼栋"], ["张三", "灯会", ""], ["李四", "灯会", ""], ["王五", "灯会", "3栋"]]

    records = read_records(book(tmp_path / "a.xlsx", rows, ["C2:C3", "C4:C9"]))

    assert sorted(records.people["building"].dropna()) == ["3栋"]
    assert not balance(records).any()


def test_a_merge_fills_its_own_column_and_no_row_that_ends_before_it() -> None:
    rows: list[list[Cell]] = [
        ["姓名", "活动", "楼栋"],
        ["张三", "灯会", "3栋"],
        ["李四"],
        ["王五", "茶会"],
        ["赵六", "茶会", None],
    ]
    sheet = RawSheet("a.xlsx", "签到", rows, [1, 2, 3, 4, 5], workbook=True, merges=(Merge(2, 2, 5, 2),))

    filled, problems = fill_merges(sheet, 1)

    assert filled.rows == [*rows[:4], ["赵六", "茶会", "3栋"]]
    assert sheet.rows[4] == ["赵六", "茶会", None]
    assert [(one.code, one.place.row, one.facts) for one in problems] == [("N-MERGE-FILLED", 2, {"count": 3})]


def test_a_hidden_sheet_is_left_out_when_somebody_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name, who in (("签到", "张三"), ("旧签到", "李四")):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["姓名", "活动"])
            sheet.write_row(1, 0, [who, "灯会"])
        sheet.hide()

    with pytest.raises(ManyProblems, match="Q-HIDDEN-SHEET"):
        read_records(path)
    records = read_records(path, mapping=SheetMapping(hidden_sheets="skip"))
    assert list(records.people["name"]) == ["张三"]
    assert "N-HIDDEN-SKIPPED" in codes(records)
    assert not balance(records).any()


def test_the_year_of_a_sheets_name_is_asked_for(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", [["姓名", "电话"], ["张三", "13800000001"]], [], "3月5日清洁日")

    with pytest.raises(ManyProblems, match="Q-DATE-YEAR"):
        read_records(path)
    records = read_records(path, mapping=SheetMapping(habits=Habits(year=2019)))
    assert came(records) == {("张三", "清洁日", "2019-03-05")}


# --- rows that name nobody, lists with numbers


def test_a_row_that_names_nobody_is_left_out_and_listed(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动"], ["张三", "灯会"], ["全体居民", "灯会"]])

    records = read_records(path, mapping=SheetMapping(unnamed="count"))

    assert list(records.people["name"]) == ["张三"]
    assert "N-NAME-NONE" in codes(records)
    assert not balance(records).any()


def test_people_without_a_number_stand_beside_people_with_one(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "会员号"], ["张三", "7"], ["李四", ""], ["王五", ""]])

    assert sorted(read_records(path).people["name"]) == ["张三", "李四", "王五"]


# --- the mapping file and its proposal


def test_the_answers_for_one_file_leave_others_alone(tmp_path: Path) -> None:
    (tmp_path / "表").mkdir()
    for name in ("2023.csv", "2024.csv"):
        write(tmp_path / "表" / name, [["靓仔", "姓名", "活动"], ["张三", "李四", name[:4] + "会"]])
    path = tmp_path / "m.yaml"
    path.write_text("files: {'2024*': {靓仔: person, 姓名: ignore}}\n", encoding="utf-8")

    records = read_records(tmp_path / "表", mapping=path)

    assert {(who, what) for who, what, _ in came(records)} == {("李四", "2023会"), ("张三", "2024会")}


def test_a_mapping_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.yaml"
    for content, code in ((b"\xff\xfe\xfd", "E-MAPPING-SYNTAX"), (b"#" * 1_000_001, "E-MAPPING-SYNTAX")):
        path.write_bytes(content)
        with pytest.raises(InputError, match=code):
            read_mapping(path)
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        read_mapping(tmp_path / "none.yaml")


def test_a_mapping_file_that_the_system_withholds_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def withheld(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "m.yaml"
    path.write_text("", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", withheld)

    with pytest.raises(InputError, match="E-FILE-UNREADABLE"):
        read_mapping(path)


@pytest.mark.parametrize(
    "text", ["stacked: {a: split}", "marks: √", "year: {a: 2019}", "a: &a {x: ?}\nmarks: *a"]
)
def test_an_answer_is_a_word_and_a_table_stands_where_it_is_used(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.yaml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SansheError) as refusal:
        read_mapping(path)

    assert refusal.value.exit_code == 2


def test_tables_of_references_to_tables_are_refused_at_once(tmp_path: Path) -> None:
    lines = ["a0: &a0 {x: ignore}"]
    lines += [f"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}}}" for i in range(1, 60)]
    path = tmp_path / "m.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(ManyProblems, match="E-MAPPING-FORM"):
        read_mapping(path)  # read as written it would have 2^60 entries


def test_a_proposal_for_files_that_cannot_be_read_asks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 and no more")

    text, waiting = propose_mapping([path])

    assert waiting == 0
    assert ": ?" not in text


def test_a_proposal_for_one_column_of_who_knows_what_asks_nothing(write_sheet: WriteSheet) -> None:
    _, waiting = propose_mapping([write_sheet("a.csv", [["靓仔"], ["张三"]])])

    assert waiting == 0


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("版本: [1\n", 2), ("a: 1\nb: 'x\n\n", 4), ("a: 1\n  b: 2\n", 2), ("a: {b: 1}\nc: d: e\n", 2),
    ],
)  # fmt: skip
def test_the_line_at_which_a_mapping_file_breaks_is_named(tmp_path: Path, text: str, row: int) -> None:
    (tmp_path / "m.yaml").write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match="E-MAPPING-SYNTAX") as refused:
        read_mapping(tmp_path / "m.yaml")
    assert refused.value.place.row == row


# --- fields that can be missing, names that are written anywhere


@pytest.mark.parametrize("cell", ["张三 李四", "张三等15人", "舞蹈队全体", "3人", "居民代表", "张三、李四"])
def test_who_brought_somebody_counts_as_unknown_when_it_cannot_be_told(
    write_sheet: WriteSheet, cell: str
) -> None:
    records = read_records(
        write_sheet("a.csv", [["姓名", "活动", "日期", "介绍人"], ["王五", "灯会", "2024-05-04", cell]])
    )

    assert codes(records) == ["W-NAME-SEVERAL"]
    assert records.attendance["brought_by"].isna().all()
    assert records.people["name"].tolist() == ["王五"]


@pytest.mark.parametrize("cell", ["2024-02-30", "去年", "5月4日", "3-5-19", "1.5"])
def test_the_day_somebody_joined_counts_as_unknown_when_it_cannot_be_told(
    write_sheet: WriteSheet, cell: str
) -> None:
    records = read_records(write_sheet("a.csv", [["姓名", "团队", "加入日期"], ["王五", "歌队", cell]]))

    assert "W-DATE-DROPPED" in codes(records)
    assert records.memberships["start"].isna().all()


@pytest.mark.parametrize(
    ("heads", "row"),
    [
        (["姓名", "活动", "日期"], ["钱一", "灯会", "2024-05-04"]),
        (["姓名", "活动", "日期", "介绍人"], ["王五", "灯会", "2024-05-04", "钱一"]),
        (["姓名", "活动", "日期", "介绍人"], ["", "灯会", "2024-05-04", "王五、钱一"]),
        (["活动名称", "日期", "主办单位", "参加人数"], ["灯会", "2024-05-04", "钱一", 9]),
        (["活动名称", "日期", "协办单位", "参加人数"], ["灯会", "2024-05-04", "歌队、钱一", 9]),
        (["活动名称", "日期", "发起人", "参加人数"], ["灯会", "2024-05-04", "钱一", 9]),
        (["组织名称", "负责人"], ["歌队", "钱一"]),
        (["推荐人", "被推荐人"], ["钱一", "王五"]),
        (["推荐人", "被推荐人"], ["王五", "钱一"]),
        (["议题", "提出人"], ["灯", "钱一"]),
        (["议题", "提出人", "责任人"], ["灯", "王五", "钱一"]),
        (["资源方", "受助方", "资源类型"], ["钱一", "歌队", "物资"]),
    ],
)  # fmt: skip
def test_every_name_that_is_written_anywhere_is_known_so_that_it_can_be_hidden(
    write_sheet: WriteSheet, heads: list[str], row: list[object]
) -> None:
    assert "钱一" in check_inputs(write_sheet("a.csv", [heads, row])).names
