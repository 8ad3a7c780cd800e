"""Folders that lack most of what a run can use: each ends with a report that says what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sheets import WriteSheet

from sanshe_net.build.decisions import Descriptor
from sanshe_net.build.read import read_inputs
from sanshe_net.build.suggest_names import suggest_pairs
from sanshe_net.cli import main
from sanshe_net.practice.who_is_who import NO_EFFECT
from sanshe_net.review import read_answers, review_table, write_review

BAD = Path(__file__).parent / "badinputs"
FOLDERS = {
    "names only": {"名单": "姓名\n张三\n李四\n"},
    "children only": {"名单": "姓名,年龄\n张三,8\n李四,9\n"},
    "sign-ins without dates": {"签到": "姓名,活动\n张三,中秋灯会\n李四,社区中秋灯会\n"},
    "sign-ins without activities": {"签到": "姓名,日期\n张三,2024-05-04\n李四,2024-05-04\n"},
    "some sign-ins dated": {"签到": "姓名,活动,日期\n张三,灯会,2024-05-04\n", "旧": "姓名,活动\n张三,灯会\n"},
    "nobody came": {"签到": "姓名,活动,日期,是否到场\n张三,灯会,2024-05-04,否\n"},
    "staff only": {"签到": "姓名,活动,日期,身份\n张三,灯会,2024-05-04,社工\n"},
    "activities only": {"台账": "活动,日期\n灯会,2024-05-04\n茶会,2024-06-04\n"},
    "bodies only": {"组织": "组织名称,负责人\n舞蹈队,张三\n书画社,\n"},
    "members only": {"成员": "姓名,团队\n张三,舞蹈队\n李四,舞蹈队\n"},
    "support only": {"资源": "资源方,资源类型,金额\n爱心超市,资金,1万\n区民政局,物资,若干\n"},
    "issues only": {"议题": "议题,提出人,状态\n路灯,张三,已解决\n停车,,\n"},
    "nominations only": {"推荐": "推荐人,被推荐人\n张三,李四\n"},
    "withdrawals only": {"撤回": "姓名,撤回日期\n张三,2024-05-04\n"},
    "everybody withdrew": {
        "撤回": "姓名,撤回日期\n张三,2024-05-04\n",
        "签到": "姓名,活动,日期\n张三,灯会,2024-05-04\n",
    },
}
SIGN_INS = {
    "sign-ins without dates", "sign-ins without activities", "some sign-ins dated", "staff only",
}  # fmt: skip


def sanshe(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.mark.parametrize("name", FOLDERS)
def test_whatever_little_a_folder_holds_every_result_is_made(tmp_path: Path, name: str) -> None:
    sheets = tmp_path / "表"
    sheets.mkdir()
    for stem, text in FOLDERS[name].items():
        (sheets / f"{stem}.csv").write_text(text, encoding="utf-8")

    for command in (
        ("run", sheets, "-o", tmp_path / "结果"),
        ("leaders", sheets, "-o", tmp_path / "名单.xlsx"),
        ("people", "review", sheets, "-o", tmp_path / "待认.xlsx"),
    ):
        done = sanshe(*command)
        assert done.exit_code == 0, done.output

    report = (tmp_path / "结果" / "report.html").read_text(encoding="utf-8")
    assert ("没有签到记录" in report) == (name not in SIGN_INS)
    assert (tmp_path / "结果" / "map.html").is_file()


@pytest.mark.parametrize(
    "file",
    ["gb18030_rare.csv", "na_names.csv", "amounts.xlsx", "minutes.csv", "phonetic.xlsx", "xss_names.xlsx"],
)
def test_a_nasty_file_that_can_be_read_can_be_run(tmp_path: Path, file: str) -> None:
    done = sanshe("run", BAD / file, "-o", tmp_path / "结果", "--quarantine", "--lang", "en")

    assert done.exit_code == 0, done.output
    assert (tmp_path / "结果" / "report.html").is_file()


def test_activities_without_a_day_are_never_suggested_as_one(write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动"], ["张三", "中秋灯会"], ["李四", "社区中秋灯会"]])

    reading = read_inputs(path)

    assert suggest_pairs(reading.records, reading.people).empty


def test_an_answer_finds_its_activity_though_another_of_that_title_has_no_day(tmp_path: Path) -> None:
    sheets = tmp_path / "表"
    sheets.mkdir()
    (sheets / "a.csv").write_text(
        "姓名,活动,日期\n张三,中秋灯会,2024-09-17\n李四,社区中秋灯会,2024-09-17\n", encoding="utf-8"
    )
    (sheets / "b.csv").write_text("姓名,活动\n王五,中秋灯会\n赵六,社区中秋灯会\n", encoding="utf-8")
    reading = read_inputs(sheets)
    pairs = suggest_pairs(reading.records, reading.people)
    table = review_table(reading.records, reading.people, pairs, [NO_EFFECT] * len(pairs), "zh")
    table["决定"] = "同一人"
    path = tmp_path / "待认.xlsx"
    write_review(path, table, "zh")

    [decision] = read_answers(path, reading.people, reading.records, "2024-10-01")

    ends = {Descriptor("中秋灯会", day="2024-09-17"), Descriptor("社区中秋灯会", day="2024-09-17")}
    assert set(decision.ends) == ends
    assert decision.word == "same"
