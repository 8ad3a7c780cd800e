"""Lists of people that put several into one cell: teams, households."""

from __future__ import annotations

import pytest
from sheets import WriteSheet, balance, codes, told

from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.records import Records
from sanshe_net.vocabulary import LANGUAGES

TEAM = ["团队", "姓名", "职务"]


def members(records: Records) -> list[tuple[str, str, str]]:
    """Who belongs to what, and in which line that stands."""
    people, bodies = records.people["name"], records.organisations["name"]
    return [(people[row.person_id], bodies[row.org_id], row.row) for row in records.memberships.itertuples()]


@pytest.mark.parametrize(
    "cell", ["张三、李四、王五", "张三 李四 王五", "张三，李四\n王五", "1、张三\n2、李四\n3、王五"]
)
def test_several_members_in_one_cell_are_the_members_one_by_one(write_sheet: WriteSheet, cell: str) -> None:
    together = read_records(write_sheet("a.xlsx", [TEAM, ["舞蹈队", cell, "骨干"]]))
    apart = read_records(
        write_sheet("b.xlsx", [TEAM, *(["舞蹈队", who, "骨干"] for who in ("张三", "李四", "王五"))])
    )

    assert told(together) == told(apart)
    assert sorted(members(together)) == [("张三", "舞蹈队", 2), ("李四", "舞蹈队", 2), ("王五", "舞蹈队", 2)]
    assert codes(together) == ["N-NAME-SPLIT", "N-ORG-KIND-ASSUMED"]
    assert together.sources[["rows_in", "used"]].to_numpy().tolist() == [[1, 1]]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("张三、李四等5人", "Q-NAME-UNNAMED"), ("张三夫妇", "Q-NAME-GROUP"), ("张三、13800138000", "Q-NAME-SUSPECT"),
    ],
)  # fmt: skip
def test_a_members_list_refuses_what_a_sign_in_sheet_refuses(
    write_sheet: WriteSheet, cell: str, code: str
) -> None:
    of_team = check_inputs(write_sheet("a.csv", [TEAM, ["舞蹈队", cell, ""], ["舞蹈队", "赵六", ""]]))
    of_day = check_inputs(write_sheet("b.csv", [["姓名", "活动", "日期"], [cell, "灯会", "2024-05-04"]]))

    assert {problem.code for problem in of_team.problems if problem.stops} == {code}
    assert {problem.code for problem in of_day.problems if problem.stops} == {code}
    assert [who for who, _, _ in members(of_team.records)] == ["赵六"]


def test_a_line_of_members_is_used_when_one_of_them_is(write_sheet: WriteSheet) -> None:
    rows = [
        [*TEAM, "楼栋"],
        ["合唱队", "王伟", "", "3栋"],
        ["棋社", "王伟", "", "5栋"],
        ["舞蹈队", "王伟、李四", "", ""],
    ]
    records = read_records(write_sheet("a.csv", rows))

    assert ("李四", "舞蹈队", 4) in members(records)
    assert "W-PERSON-UNRESOLVED" in codes(records)
    assert records.sources[["rows_in", "used", "left_out"]].to_numpy().tolist() == [[3, 3, 0]]
    assert not balance(records).any()


def test_a_line_that_repeats_only_one_of_its_members_is_used(write_sheet: WriteSheet) -> None:
    rows = [TEAM, ["舞蹈队", "张三", ""], ["舞蹈队", "张三、李四", ""], ["舞蹈队", "李四、张三", ""]]
    records = read_records(write_sheet("a.csv", rows))

    assert sorted(members(records)) == [("张三", "舞蹈队", 2), ("李四", "舞蹈队", 3)]
    assert records.sources[["rows_in", "used", "duplicate"]].to_numpy().tolist() == [[3, 2, 1]]


# --- lists by household


@pytest.mark.parametrize(
    "rows",
    [
        [["户主", "家庭成员", "楼栋", "电话"], ["张三", "李四、王五", "3栋", ""]],
        [["户主", "家庭成员", "日期", "活动"], ["张三", "李四、王五", "2024-05-04", "灯会"]],
        [["2024年住户名单"], ["户 主", "家庭成员"], ["张三", "李四"]],
        [["序号", "户主姓名", "项目", "时间"], ["1", "张三", "低保", "2024-05-04"]],
    ],
)
def test_a_list_by_household_is_refused_by_its_headings(
    write_sheet: WriteSheet, rows: list[list[str]]
) -> None:
    found = check_inputs(write_sheet("a.csv", rows))
    stopping = [problem for problem in found.problems if problem.stops]

    assert [problem.code for problem in stopping] == ["E-HOUSEHOLDS"]
    assert all("户" in problem.wording.text(lang) for problem in stopping for lang in LANGUAGES)
    assert found.records.activities.empty
    assert not balance(found.records).any()


def test_a_head_of_household_beside_names_is_only_a_column(write_sheet: WriteSheet) -> None:
    rows = [["姓名", "户主", "活动", "日期"], ["张三", "李四", "灯会", "2024-05-04"]]
    records = read_records(write_sheet("a.csv", rows))

    assert records.people["name"].tolist() == ["张三"]
    assert codes(records) == ["N-COLUMN-UNKNOWN"]


def test_a_list_by_household_is_read_as_somebody_said(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["户主", "家庭成员", "楼栋"], ["张三", "李四、王五", "3栋"]])
    mapping = path.with_name("m.yaml")
    mapping.write_text("columns:\n  户主: person\n  家庭成员: ignore\n", encoding="utf-8")

    records = read_records(path, mapping=mapping)
    assert records.people[["name", "building"]].to_numpy().tolist() == [["张三", "3栋"]]
