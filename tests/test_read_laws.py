"""Laws that hold for any sheet: every row is accounted for, and a withdrawn consent is "never present"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import balance, told, write

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.errors import SansheError
from sanshe_net.records import Records

HEADER = ["序号", "姓名", "活动", "日期", "是否到场", "联系电话", "备注", "心情"]
names = st.sampled_from(
    ["张三", "李四", "王五", "NA", "1", "=1+1", "", "张三、李四", "合计", "备注：略", "x\x07"]
)
records_of = st.tuples(
    st.sampled_from(["1", ""]), names, st.sampled_from(["灯会", "茶会", ""]),
    st.sampled_from(["2024-02-24", "2024年3月2日", "2024-02-30", "周三", ""]), st.sampled_from(["是", "否",
    "", "×"]),
    st.sampled_from(["", "19900000001", "19900000002"]), st.sampled_from(["", "好"]), st.sampled_from(["",
    "喜"]),
).map(list)  # fmt: skip
rows = st.one_of(
    records_of, st.just(HEADER), st.just(["合计", "", "", "", "", "", "", "35"]), st.just([""] * 8)
)


def outcome_by_hand(row: list[str], earlier: set[tuple[str, ...]]) -> str:
    """Say what must become of a row: a second, slower reading of the same rules."""
    _, name, title, day, mark, phone, _, mood = row
    first = next(cell for cell in row if cell)
    if first in ("合计", "备注：略") or row == HEADER:
        return "left_out"
    unreadable = name == "x\x07" or mark == "×" or day in ("2024-02-30", "周三")
    if unreadable:
        return "quarantined"
    if not any((name, title, day, mark, phone)):
        return "left_out"
    if not (name and title and day):
        return "quarantined"
    content = (title, {"2024年3月2日": "2024-03-02"}.get(day, day), mark, phone, mood)
    signs = {(one, *content) for one in name.split("、")}  # several names are several sign-ins
    if signs <= earlier:
        return "duplicate"
    earlier |= signs
    return "used"


@given(st.lists(rows, max_size=20), st.sampled_from(["a.csv", "a.xlsx"]))
@settings(max_examples=40)
def test_every_row_is_used_repeated_left_out_or_quarantined(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[str]], name: str
) -> None:
    path = write(tmp_path_factory.mktemp("law") / name, [HEADER, *body])

    records = check_inputs(path).records

    earlier: set[tuple[str, ...]] = set()
    expected = [outcome_by_hand(row, earlier) for row in body if any(row)]
    counts = {
        outcome: expected.count(outcome) for outcome in ("used", "duplicate", "left_out", "quarantined")
    }
    assert records.sources.loc[0, list(counts)].to_dict() == counts
    assert records.sources.loc[0, "rows_in"] == len(expected)
    assert len(records.attendance) == len(earlier)
    listed = records.problems[records.problems["outcome"] != "used"]
    assert listed.drop_duplicates("row").shape[0] == len(expected) - counts["used"]


cells = st.one_of(
    st.none(), st.text(max_size=8), st.sampled_from(HEADER), st.integers(-5, 10**12), st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False), st.dates(), st.sampled_from(["合计", "活动名称：灯会",
    "2024-02-24"]),
)  # fmt: skip


@given(st.lists(st.lists(cells, max_size=6), max_size=8), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_no_sheet_at_all_ends_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, body: list[list[Any]], headed: bool, workbook: bool
) -> None:
    body = [[cell for cell in row if not isinstance(cell, str) or cell.isprintable()] for row in body]
    table = [["姓名", "活动", "日期", "角色", "年龄"], *body] if headed else body
    path = write(tmp_path_factory.mktemp("any") / ("a.xlsx" if workbook else "a.csv"), table, "utf-8")
    try:
        records = read_records(path, quarantine=True)
    except SansheError as refused:
        refused.message("zh")
    else:
        assert not balance(records).any()
        build_network(records)


PEOPLE = ["甲", "乙", "丙", "丁"]
person = st.sampled_from(PEOPLE)
someone = st.sampled_from(["", *PEOPLE])


@st.composite
def communities(draw: st.DrawFn) -> dict[str, list[list[str]]]:
    """Draw a workbook in which four people turn up everywhere a person can be named."""
    days = st.sampled_from(["2024-01-05", "2024-02-05"])
    sign_ins = st.tuples(
        person,
        st.sampled_from(["灯会", "茶会", "棋会"]),
        days,
        someone,
        st.sampled_from(["", "舞队", "棋社", *PEOPLE]),
    )
    members = st.tuples(person, st.sampled_from(["舞队", "歌队"]))
    support = st.tuples(
        st.sampled_from([*PEOPLE, "超市"]), st.sampled_from(["", "舞队", *PEOPLE]), st.just("物资")
    )
    issues = st.tuples(st.sampled_from(["灯", "路"]), st.sampled_from(["", "甲、乙", "丙", "甲"]), someone)
    return {
        "签到": [["姓名", "活动", "日期", "介绍人",
        "发起方"], *map(list, draw(st.lists(sign_ins, min_size=1, max_size=8)))],
        "名册": [["姓名", "年龄", "是否同意"], *([name, str(30 + i), ""] for i, name in enumerate(PEOPLE))],
        "成员": [["姓名", "团队"], *map(list, draw(st.lists(members, max_size=4)))],
        "组织": [["组织名称", "组织类型", "负责人"], ["舞队", "社会组织", draw(someone)]],
        "资源": [["资源方", "受助方", "资源类型"], *map(list, draw(st.lists(support, max_size=3)))],
        "议题": [["议题", "提出人", "责任人"], *map(list, draw(st.lists(issues, max_size=3)))],
        "推荐": [["推荐人", "被推荐人"], *map(list, draw(st.lists(st.tuples(person, person), max_size=3)))],
    }  # fmt: skip


def never_here(sheets: dict[str, list[list[str]]], name: str) -> dict[str, list[list[str]]]:
    """Return the workbook as it would be had nobody of that name ever come."""
    about = {"签到": (0,), "名册": (0,), "成员": (0,), "资源": (0, 1), "推荐": (0, 1), "组织": (), "议题": ()}
    left = {}
    for sheet, (header, *rows) in sheets.items():
        kept = [row for row in rows if not any(row[i] == name for i in about[sheet])]
        left[sheet] = [
            header,
            *(["、".join(p for p in cell.split("、") if p != name) for cell in row] for row in kept),
        ]
    return left


def read(folder: Path, sheets: dict[str, list[list[str]]]) -> Records:
    return read_records(write(folder / "全.xlsx", sheets), quarantine=True)


@given(communities(), person, st.sampled_from(["不同意", "已撤回"]))
@settings(max_examples=30)
def test_a_withdrawn_consent_is_never_having_been_there(
    tmp_path_factory: pytest.TempPathFactory, sheets: dict[str, list[list[str]]], name: str, answer: str
) -> None:
    folder = tmp_path_factory.mktemp("consent")
    expected = read(folder, never_here(sheets, name))
    sheets["名册"] = [[*row[:2], answer if row[0] == name else row[2]] for row in sheets["名册"]]

    found = read(folder, sheets)

    assert told(found) == told(expected)
    assert not balance(found).any()
    assert name not in set(found.problems["value"])
    for one, other in zip(_ties(found), _ties(expected), strict=True):
        assert one == other


@given(communities(), person, st.booleans())
@settings(max_examples=30)
def test_a_name_on_a_list_of_withdrawals_was_never_there(
    tmp_path_factory: pytest.TempPathFactory, sheets: dict[str, list[list[str]]], name: str, listed: bool
) -> None:
    folder = tmp_path_factory.mktemp("withdrawn")
    if not listed:  # then the name may stand nowhere but beside something else, such as 介绍人
        sheets["名册"] = [row for row in sheets["名册"] if row[0] != name]
    expected = read(folder, never_here(sheets, name))

    found = read(folder, sheets | {"撤回": [["姓名", "电话", "撤回日期"], [name, "", "2024-06-01"]]})

    assert told(found) == told(expected)
    assert not balance(found).any()
    assert name not in set(found.problems["value"])
    assert _ties(found) == _ties(expected)


def _ties(records: Records) -> list[tuple[str, ...]]:
    network = build_network(records)
    named = network.ties.assign(
        source=network.ties["source"].map(network.actors["label"]),
        target=network.ties["target"].map(network.actors["label"]),
    )
    rows = (tuple(map(str, row)) for row in named.to_numpy())
    return sorted((*sorted(row[:2]), *row[2:]) for row in rows)


@pytest.mark.parametrize("where", ["签到", "名册"])
def test_one_refusal_is_enough_wherever_it_stands(tmp_path: Path, where: str) -> None:
    sheets = {
        "名册": [["姓名", "是否同意"], ["甲", "否" if where == "名册" else "是"], ["乙", ""]],
        "签到": [["姓名", "活动", "日期", "是否同意"], ["甲", "灯会", "2024-01-05", "是"],
                ["甲", "茶会", "2024-01-06", "撤回" if where == "签到" else "是"], ["乙", "灯会",
                "2024-01-05", ""]],
    }  # fmt: skip

    records = read(tmp_path, sheets)

    assert list(records.people["name"]) == ["乙"]
    assert list(records.activities["title"]) == ["灯会"]
    assert sorted(records.sources["left_out"]) == [1, 2]


def test_rows_that_may_be_theirs_go_with_them_and_a_namesake_stays(tmp_path: Path) -> None:
    rows = [["姓名", "活动", "日期", "电话", "同意"], ["甲", "灯会", "2024-01-05", "19900000001", "不同意"],
            ["甲", "茶会", "2024-01-06", "19900000002", ""], ["甲", "棋会", "2024-01-07", "",
            ""]]  # fmt: skip

    records = read(tmp_path, {"签到": rows})

    assert list(records.activities["title"]) == ["茶会"]


def test_rows_that_differ_only_in_a_withdrawn_name_become_one(tmp_path: Path) -> None:
    sheets = {
        "签到": [
            ["姓名", "活动", "日期", "同意"],
            ["甲", "灯会", "2024-01-05", ""],
            ["丁", "灯会", "2024-01-05", "否"],
        ],
        "议题": [["议题", "提出人", "责任人"], ["路灯", "甲", ""], ["路灯", "甲", "丁"]],
    }

    records = read(tmp_path, sheets)

    assert list(records.issues["title"]) == ["路灯"]
    assert not balance(records).any()


def test_a_refusal_that_fits_two_namesakes_counts_for_both(tmp_path: Path) -> None:
    rows = [["姓名", "活动", "日期", "电话", "同意"], ["甲", "灯会", "2024-01-05", "19900000001", ""],
            ["甲", "茶会", "2024-01-06", "19900000002", ""], ["甲", "棋会", "2024-01-07", "", "不同意"],
            ["乙", "灯会", "2024-01-05", "", ""]]  # fmt: skip

    assert list(read(tmp_path, {"签到": rows}).people["name"]) == ["乙"]
