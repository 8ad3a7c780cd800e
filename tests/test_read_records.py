"""From files to records: what is read, what is kept apart, and that nothing is lost on the way."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from sheets import WriteSheet, balance, codes, told

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.errors import ManyProblems
from sanshe_net.records import Records, record_tables

ReadRows = Callable[..., Records]
HEADER = ["姓名", "活动", "日期"]
ROWS = [
    HEADER,
    ["张三", "灯会", "2024-02-24"],
    ["李四", "灯会", "2024-02-24"],
    ["张三", "茶会", "2024-03-02"],
]


def test_the_smallest_input_is_name_activity_date(read_rows: ReadRows) -> None:
    records = read_rows(ROWS)

    assert list(records.people["name"]) == ["张三", "李四"]
    assert set(records.people["kind"]) == {"resident"}
    assert list(records.activities["title"]) == ["灯会", "茶会"]
    assert records.attendance["present"].all()
    assert set(records.attendance["role"]) == {"participant"}
    assert codes(records) == []
    assert records.activities["occurrence"].isna().all()


def test_chinese_and_english_headers_and_words_say_the_same(read_rows: ReadRows) -> None:
    zh = [
        [*HEADER, "角色", "是否到场", "性别", "楼栋"],
        ["张三", "灯会", "2024年2月24日", "志愿者", "未到", "男", "3栋"],
    ]
    en = [
        ["name", "event", "date", "role", "attended", "sex", "building"],
        ["张三", "灯会", "2024/2/24", "volunteer", "no", "男", "3栋"],
    ]

    assert told(read_rows(zh)) == told(read_rows(en))


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("a.xlsx", "utf-8"), ("a.csv", "gb18030"), ("a.csv", "utf-8-sig"), ("a.txt", "utf-16")],
)
def test_the_kind_of_file_does_not_change_the_records(
    write_sheet: WriteSheet, read_rows: ReadRows, name: str, encoding: str
) -> None:
    assert told(read_records(write_sheet(name, ROWS, encoding))) == told(read_rows(ROWS, "b.csv"))


def test_absent_blank_and_no_row_are_three_things(read_rows: ReadRows) -> None:
    rows = [[*HEADER, "是否到场"], ["张三", "灯会", "2024-02-24", "√"], ["李四", "灯会", "2024-02-24",
    "未到"],
            ["王五", "灯会", "2024-02-24", ""]]  # fmt: skip

    records = read_rows(rows)

    assert records.attendance["present"].tolist() == [True, False, pd.NA]
    assert codes(records) == ["N-PRESENT-BLANK"]
    assert len(records.people) == 3
    assert records.presence()["present"].tolist() == [True, False]
    assert records.named_sign_ins().tolist() == [1]


@pytest.mark.parametrize("mark", ["×", "o", "△", "请假"])
def test_an_unclear_mark_is_a_question_that_quarantine_does_not_answer(
    read_rows: ReadRows, mark: str
) -> None:
    rows = [[*HEADER, "到场"], ["张三", "灯会", "2024-02-24", mark], ["李四", "灯会", "2024-02-24", "是"]]

    for quarantine in (False, True):
        with pytest.raises(ManyProblems, match="Q-MARK") as asked:
            read_rows(rows, quarantine=quarantine)
        assert asked.value.exit_code == 3


def test_a_contradiction_is_noted_and_counts_as_present(read_rows: ReadRows) -> None:
    rows = [[*HEADER, "到场", "时段"], *(["张三", "灯会", "2024-02-24", mark, at] for mark, at in
            [("否", "上午"), ("是", "上午"), ("否", "下午")])]  # fmt: skip

    records = read_rows(rows)

    noted = records.problems[records.problems["code"] == "W-PRESENT-BOTH"]
    assert noted["row"].tolist() == [2]
    assert "第3行" in noted["zh"].iloc[0]
    assert records.presence()["present"].tolist() == [True]


def test_a_repeat_is_counted_once_and_says_of_what(write_sheet: WriteSheet, tmp_path: Path) -> None:
    write_sheet("a.csv", [*ROWS, ROWS[1]])
    write_sheet("b.csv", [HEADER, ROWS[1], ["王五", *ROWS[1][1:]]])

    records = read_records(tmp_path)

    noted = records.problems[records.problems["code"] == "N-DUPLICATE"]
    assert noted[["file", "row"]].to_numpy().tolist() == [["a.csv", 5], ["b.csv", 2]]
    assert "第2行" in noted["zh"].iloc[0]
    assert "a.csv" not in noted["zh"].iloc[0]
    assert "a.csv" in noted["zh"].iloc[1]
    assert len(records.attendance) == 4


def test_rows_that_differ_only_where_we_do_not_look_are_not_repeats(read_rows: ReadRows) -> None:
    other = [[*HEADER, "时刻"], [*ROWS[1], "上午"], [*ROWS[1], "下午"]]
    identity = [[*HEADER, "身份证号"], [*ROWS[1], "440102199001011234"], [*ROWS[1], "440102199001015678"]]

    for rows in (other, identity):
        assert "N-DUPLICATE" not in codes(read_rows(rows))


def test_an_identity_number_appears_in_no_table(write_sheet: WriteSheet) -> None:
    planted = "440102199001011234"
    path = write_sheet(
        "a.xlsx", [[*HEADER, "身份证号", "证件"], [*ROWS[1], planted, planted], [*ROWS[2], planted, planted]]
    )

    for name, table in record_tables(read_records(path)).items():
        assert planted not in table.to_csv(), name


OPTIONAL = {
    "名册": [["姓名", "身份", "楼栋", "户籍", "年龄", "入住日期"], ["张三", "居民", "3栋", "非本地", 70,
    "2020-01-05"], ["陈社工", "社工", "", "", "", ""]],
    "签到": [
        [*HEADER, "角色", "服务时长", "介绍人", "主办单位"],
        ["张三", "灯会", "2024-02-24", "组织者", 2.5, "", "舞蹈队、青云居委会"],
        ["李四", "灯会", "2024-02-24", "", "", "张三", "舞蹈队、青云居委会"],
        ["陈社工", "第一次议事会", "2024-03-02", "工作人员", "", "", ""],
    ],
    "台账": [
        ["活动名称", "活动日期", "活动类型", "发起方", "参加人数", "合作模式", "阶段"],
        ["灯会", "2024-02-24", "节庆", "张三", 120, "多方合作", "一"], ["茶会", "2024-03-09", "兴趣", "社工",
        12, "", ""],
    ],
    "组织": [["组织名称", "组织类型", "备案情况", "成立日期", "主管单位", "负责人"], ["舞蹈队", "社会组织",
    "已备案", "2023-05-01", "青云街道办", "张三"]],
    "成员": [["姓名", "团队", "加入日期", "职务"], ["张三", "舞蹈队", "2023-05-01", "队长"], ["李四",
    "书法社", "", ""]],
    "资源": [["资源方", "受助方", "资源类型", "折合金额", "日期"], ["示例超市", "舞蹈队", "物资", "¥1,200",
    "2024-02-01"], ["示例诊所", "灯会", "服务", "若干", "2024-02-24"]],
    "议题": [["议题", "议题类型", "提出人", "提出日期", "责任人", "状态", "解决日期"], ["楼道灯", "问题",
    "张三、李四", "2024-03-02", "青云居委会", "已解决", "2024-04-01"]],
    "推荐": [["推荐人", "被推荐人", "问题", "日期"], ["李四", "张三", "信任", "2024-03-02"]],
}  # fmt: skip


def test_every_optional_table_is_read_and_linked(write_sheet: WriteSheet) -> None:
    records = read_records(write_sheet("全.xlsx", OPTIONAL))
    name = records.actor_name
    people = records.people.set_index("name")
    bodies = records.organisations.set_index("name")

    assert people["kind"].to_dict() == {"张三": "resident", "李四": "resident", "陈社工": "social_worker"}
    assert people.loc["张三", ["building", "hukou", "age"]].tolist() == ["3栋", "non_local", 70]
    assert bodies["kind"].to_dict() == {
        "舞蹈队": "organisation", "书法社": "organisation", "青云居委会": "committee",
        "青云街道办": "government",
        "示例超市": "partner", "示例诊所": "partner",
    }  # fmt: skip
    assert bodies.loc["舞蹈队", "registered"]
    assert (name(bodies.loc["舞蹈队", "leader_id"]), name(bodies.loc["舞蹈队", "supervisor_id"])) == (
        "张三",
        "青云街道办",
    )
    activities = records.activities.set_index("title")
    assert activities["kind"].fillna("").to_dict() == {
        "灯会": "festival",
        "茶会": "interest",
        "第一次议事会": "council",
    }
    assert activities["initiator_kind"].fillna("").to_dict() == {
        "灯会": "resident",
        "茶会": "social_worker",
        "第一次议事会": "",
    }
    assert activities.loc["灯会", ["head_count", "mode", "phase"]].tolist() == [120, "multi_party", "一"]
    hosts = {
        (name(org), role)
        for org, role in zip(records.hosting["org_id"], records.hosting["role"], strict=True)
    }
    assert hosts == {("舞蹈队", "host"), ("青云居委会", "host"), ("张三", "initiator")}
    assert records.attendance["brought_by"].dropna().map(name).tolist() == ["张三"]
    assert records.attendance["hours"].dropna().tolist() == [2.5]
    members = records.memberships.set_index("role")["start"]
    assert members.to_dict() == {"leader": pd.Timestamp("2023-05-01"), "member": pd.NaT}
    support = records.support.set_index("kind")
    assert name(support.at["goods", "receiver_id"]) == "舞蹈队"
    assert records.activities.at[support.at["service", "activity_id"], "title"] == "灯会"
    assert support["amount"].fillna(-1).to_dict() == {"goods": 1200, "service": -1}
    assert records.issues[["title", "kind", "state"]].to_numpy().tolist() == [["楼道灯", "problem", "solved"]]
    concerned = zip(records.issue_people["actor_id"], records.issue_people["role"], strict=True)
    assert {(name(actor), role) for actor, role in concerned} == {
        ("张三", "raiser"), ("李四", "raiser"), ("青云居委会", "responsible"),
    }  # fmt: skip
    nomination = records.nominations.iloc[0]
    assert (name(nomination["source_id"]), name(nomination["target_id"]), nomination["question"]) == (
        "李四",
        "张三",
        "trust",
    )
    assert not balance(records).any()


@pytest.mark.parametrize(
    ("initiator", "kind"),
    [
        ("居民", "resident"), ("社工", "social_worker"), ("居委会", "committee"), ("张三", "resident"),
        ("陈社工", "social_worker"),
        ("舞蹈队", "organisation"), ("青云居委会", "committee"), ("青云街道办", "government"),
        ("李四、陈社工", "resident"), ("", None),
    ],
)  # fmt: skip
def test_an_activity_takes_the_kind_of_whoever_started_it(
    write_sheet: WriteSheet, initiator: str, kind: str | None
) -> None:
    ledger = [["活动名称", "活动日期", "发起方"], ["灯会", "2024-02-24", initiator]]

    records = read_records(write_sheet("全.xlsx", {**OPTIONAL, "台账": ledger}))

    found = records.activities.set_index("title").at["灯会", "initiator_kind"]
    assert found == kind if kind else pd.isna(found)


def test_support_goes_to_the_group_when_an_activity_has_its_name(write_sheet: WriteSheet) -> None:
    sheets = {
        "签到": [HEADER, ["张三", "舞蹈队", "2024-02-24"]], "成员": OPTIONAL["成员"],
        "资源": [["资源方", "受助方", "资源类型"], ["示例超市", "舞蹈队", "物资"]],
    }  # fmt: skip

    records = read_records(write_sheet("a.xlsx", sheets))

    assert records.actor_name(records.support.loc[0, "receiver_id"]) == "舞蹈队"


def test_support_given_to_one_of_several_days_is_found_by_its_date(write_sheet: WriteSheet) -> None:
    sheets = {
        "签到": [HEADER, ["张三", "义诊", "2024-02-24"], ["张三", "义诊", "2024-03-24"]],
        "资源": [["资源方", "资源类型", "关联活动", "日期"], ["示例诊所", "服务", "义诊",
        "2024-03-24"], ["示例诊所", "物资", "义诊", ""]],
    }  # fmt: skip

    records = read_records(write_sheet("a.xlsx", sheets))

    days = records.support["activity_id"].map(records.activities["date"])
    assert days.tolist() == [pd.Timestamp("2024-03-24"), pd.NaT]


@pytest.mark.parametrize(
    ("roles", "kind"),
    [
        (["工作人员", "工作人员"], "social_worker"),
        (["工作人员", ""], "social_worker"),
        (["工作人员", "志愿者"], "social_worker"),
        (["工作人员"] * 5 + ["主讲人"], "social_worker"),
        (["", ""], "resident"),
    ],
)
def test_somebody_who_ever_signs_as_staff_is_taken_for_staff_and_it_is_said(
    read_rows: ReadRows, roles: list[str], kind: str
) -> None:
    rows = [[*HEADER, "角色"], *(["陈静", f"活动{i}", "2024-02-24", role] for i, role in enumerate(roles))]

    records = read_rows(rows)

    assert records.people["kind"].tolist() == [kind]
    assert codes(records) == ["W-PERSON-KIND-ASSUMED"] * (kind != "resident")


@pytest.mark.parametrize(
    ("word", "kind", "role"),
    [
        ("社工", "social_worker", "staff"),
        ("居委会工作人员", "committee", "staff"),
        ("居民", "resident", "participant"),
        ("志愿者", "resident", "volunteer"),
    ],
)
def test_a_role_that_is_an_office_says_the_kind_too(
    read_rows: ReadRows, word: str, kind: str, role: str
) -> None:
    records = read_rows([[*HEADER, "角色"], [*ROWS[1], word]])

    assert (records.people["kind"].iloc[0], records.attendance["role"].iloc[0]) == (kind, role)


@pytest.mark.parametrize(
    ("title", "kind", "expected"),
    [("第三次居民议事会", "", "council"), ("议事会选举", "培训", "training"), ("议事厅开放日", "", None)],
)
def test_a_council_is_known_by_its_title_unless_its_kind_is_written(
    read_rows: ReadRows, title: str, kind: str, expected: str | None
) -> None:
    found = read_rows([[*HEADER, "活动类型"], ["张三", title, "2024-02-24", kind]]).activities["kind"].iloc[0]

    assert found == expected if expected else pd.isna(found)


def test_a_row_points_to_the_cell_it_came_from(write_sheet: WriteSheet) -> None:
    path = write_sheet("全.xlsx", OPTIONAL)
    records = read_records(path)
    book = openpyxl.load_workbook(path)

    for _, row in records.attendance.iterrows():
        assert book[row["sheet"]].cell(row["row"], 1).value == records.people.at[row["person_id"], "name"]
    for name in ("people", "organisations", "activities"):
        for _, row in record_tables(records)[name].iterrows():
            cells = [str(cell.value) for cell in book[row["sheet"]][row["row"]]]
            assert any(row.get("name", row.get("title")) in cell for cell in cells)
    book.close()


def test_the_order_of_files_and_rows_changes_nothing_but_provenance(tmp_path: Path) -> None:
    from sheets import write

    sheets = {name: list(rows) for name, rows in OPTIONAL.items()}
    sheets["签到"] += [
        ["张三", "灯会", "2024-02-24", "志愿者", 1, "李四", ""],
        ["李四", "茶会", "2024-03-09", "", "", "", "书法社"],
    ]
    sheets["名册"] += [
        ["李四", "居民", "5栋", "本地", 41, ""],
        ["李四", "居民", "5栋", "本地", 42, ""],
        ["李四", "", "5栋", "非本地", 42, ""],
    ]
    sheets["议题"] += [["楼道灯", "发展", "李四", "2024-03-02", "", "", ""]]
    expected = None
    for seed in range(6):
        draw, folder = random.Random(seed), tmp_path / str(seed)
        folder.mkdir()
        names = draw.sample([f"{i}.csv" for i in range(len(sheets))], len(sheets))
        for name, (header, *rows) in zip(names, sheets.values(), strict=True):
            write(folder / name, [header, *draw.sample(rows, len(rows))])
        found = read_records(folder)
        expected = expected or told(found)

        assert told(found) == expected


def test_without_problems_the_reading_is_silent_and_the_network_follows(read_rows: ReadRows) -> None:
    network = build_network(read_rows(ROWS))

    assert network.ties[["layer", "weight"]].to_numpy().tolist() == [["co_attendance", 1.0]]
