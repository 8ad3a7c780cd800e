"""A list of withdrawn consents: whoever it means was never there, and a withdrawal of nobody is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sheets import WriteSheet, balance, codes

from sanshe_net.build.read import read_records
from sanshe_net.errors import ManyProblems
from sanshe_net.records import Records

FILE = Path(__file__).parent / "data" / "withdrawn.csv"
HEAD = "姓名,活动,日期,电话,楼栋,介绍人\n"
OTHER = "李四,合唱,2024-05-04,,,\n"
Read = Callable[..., Records]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_both(rows: str, withdrawals: str = FILE.read_text(encoding="utf-8-sig")) -> Records:
        (tmp_path / "签到.csv").write_text(HEAD + OTHER + rows, encoding="utf-8")
        (tmp_path / "撤回.csv").write_text(withdrawals, encoding="utf-8")
        records = read_records(tmp_path)
        assert not balance(records).any()
        return records

    return read_both


def test_the_phone_says_who_withdrew_and_a_withdrawal_of_nobody_is_told(read: Read) -> None:
    records = read("张三,合唱,2024-05-04,13800000001,,\n")

    assert records.people["name"].tolist() == ["李四"]
    told = records.problems[records.problems["code"] == "W-WITHDRAWAL-UNMATCHED"]
    assert told[["file", "row"]].values.tolist() == [["撤回.csv", 3]]
    assert "张三" not in "".join(records.problems.astype(str).to_numpy().ravel())


def test_a_namesake_with_another_phone_stays(read: Read) -> None:
    rows = "张三,合唱,2024-05-04,13800000001,,\n张三,合唱,2024-05-04,13800000002,,\n"

    assert read(rows).people["name"].tolist() == ["张三", "李四"]


@pytest.mark.parametrize(
    ("rows", "withdrawals", "left"),
    [
        # Nothing contradicts it: a withdrawal is not read as silence.
        ("张三,合唱,2024-05-04,,,\n", "张三,13800000001,,2024-06-01\n", 0),
        ("张三,合唱,2024-05-04,13800000001,,\n", "张三,,,2024-06-01\n", 0),
        # Without a phone or building it may be any of the namesakes.
        ("张三,合唱,2024-05-04,13800000001,,\n张三,合唱,2024-05-04,13800000002,,\n", "张三,,,2024-06-01\n", 0),
        # The same phone wins over a bearer of the name whose phone nobody wrote.
        ("张三,合唱,2024-05-04,13800000001,3栋,\n张三,合唱,2024-05-04,,5栋,\n", "张三,13800000001,,2024-06-01\n", 1),
        # The building tells as well.
        ("张三,合唱,2024-05-04,,3栋,\n张三,合唱,2024-05-04,,5栋,\n", "张三,,5栋,2024-06-01\n", 1),
        ("张三,合唱,2024-05-04,,3栋,\n", "张三,,5栋,2024-06-01\n", 1),
        # A row that may be theirs goes, too.
        ("张三,合唱,2024-05-04,13800000001,,\n张三,合唱,2024-05-04,13800000002,,\n张三,灯会,2024-05-05,,,\n",
         "张三,13800000001,,2024-06-01\n", 1),
        # Of an incomplete name nobody can say which rows are theirs: all go.
        ("王阿姨,合唱,2024-05-04,,,\n王阿姨,灯会,2024-05-05,,,\n", "王阿姨,,,2024-06-01\n", 0),
    ],
)  # fmt: skip
def test_whom_a_withdrawal_means(read: Read, rows: str, withdrawals: str, left: int) -> None:
    records = read(rows, f"姓名,电话,楼栋,撤回日期\n{withdrawals}")

    assert (
        records.attendance["person_id"].isna()
        | (records.people["name"].reindex(records.attendance["person_id"]).to_numpy() != "李四")
    ).sum() == left


def test_a_name_that_stands_only_beside_something_goes_as_well(read: Read) -> None:
    records = read("王五,合唱,2024-05-04,,,赵六\n", "姓名,撤回日期\n赵六,2024-06-01\n")

    assert records.attendance["introduced"].sum() == 0
    assert "W-WITHDRAWAL-UNMATCHED" not in codes(records)
    assert "赵六" not in "".join(records.problems.astype(str).to_numpy().ravel())


def test_a_withdrawal_without_a_readable_day_stops_the_run(read: Read) -> None:
    with pytest.raises(ManyProblems, match="E-DATE-UNREADABLE"):
        read("", "姓名,撤回日期\n张三,上个月\n")


def test_masked_and_familiar_names_are_never_joined(tmp_path: Path) -> None:
    rows = "张**,138****0001,清洁日\n张**,138****0002,清洁日\n李某,,清洁日\n王阿姨,,清洁日\n"
    text = "\n".join(f"{row},2024-03-05" for row in rows.split())
    (tmp_path / "签到.csv").write_text(f"姓名,电话,活动名称,日期\n{text}\n", encoding="utf-8")
    records = read_records(tmp_path)

    assert len(records.people) == 4
    assert codes(records).count("W-NAME-INCOMPLETE") == 3


def test_one_of_several_names_in_a_cell_withdraws_and_the_others_stay(write_sheet: WriteSheet) -> None:
    sheet = write_sheet("签到.csv", [["姓名", "活动", "日期"], ["李梅、王强、赵敏", "读报", "2024-06-08"]])
    gone = write_sheet("撤回.csv", [["姓名", "电话", "撤回日期"], ["王强", "", "2024-07-01"]])

    records = read_records([sheet, gone])

    assert set(records.people["name"]) == {"李梅", "赵敏"}
    assert len(records.attendance) == 2


def test_internal_only_is_not_overruled_by_any_number_of_yes(write_sheet: WriteSheet) -> None:
    rows = [
        ["姓名", "活动", "日期", "是否同意"],
        *(["李梅", f"活动{i}", "2024-06-08", "是"] for i in range(3)),
    ]
    sheet = write_sheet("签到.csv", [*rows, ["李梅", "唱歌", "2024-06-09", "仅内部"]])
    roster = write_sheet("名册.csv", [["姓名", "是否同意"], ["李梅", "是"]])

    assert list(read_records([sheet, roster]).people["consent"]) == ["internal"]


def test_the_name_of_whoever_withdrew_is_in_no_title_either(read: Read) -> None:
    rows = "张三,送张三赴京,2024-05-05,,,\n李四,送张三赴京,2024-05-05,,,\n王五,张三丰讲堂,2024-05-06,,,\n"
    records = read(rows)

    assert set(records.activities["title"]) == {"合唱", "送…赴京", "…丰讲堂"}
    assert sorted(records.people["name"]) == ["李四", "王五"]
    for table in (records.activities, records.attendance, records.problems):
        assert "张三" not in str(table.to_numpy().tolist())


def test_titles_keep_the_names_of_everybody_else(read: Read) -> None:
    records = read("张三,李四生日会,2024-05-05,,,\n李四,李四生日会,2024-05-05,,,\n")

    assert sorted(records.activities["title"]) == ["合唱", "李四生日会"]


@pytest.mark.parametrize("table", ["support", "issues", "activities"])
def test_titles_of_other_tables_still_mean_the_same_activity(
    write_sheet: WriteSheet, tmp_path: Path, table: str
) -> None:
    sheets = {
        "support": [["资源方", "资源类型", "活动"], ["某某公司", "物资", "送张三赴京"]],
        "issues": [["议题", "提出人", "状态"], ["给张三家装灯", "李四", "未解决"]],
        "activities": [["活动", "日期", "地点"], ["送张三赴京", "2024-05-05", "张三家"]],
    }
    write_sheet(
        "a.csv",
        [
            ["姓名", "活动", "日期", "同意"],
            ["张三", "送张三赴京", "2024-05-05", "不同意"],
            ["李四", "送张三赴京", "2024-05-05", "同意"],
        ],
    )
    write_sheet("b.csv", sheets[table])
    records = read_records(tmp_path)

    assert records.activities["title"].tolist() == ["送…赴京"]
    assert set(records.support["activity_id"]) <= set(records.activities.index)
    for name in ("people", "activities", "issues", "support", "problems"):
        assert "张三" not in str(getattr(records, name).to_numpy().tolist())
