"""What the reader says of small sheets: every code, and the row, column and letters it points to; and what it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import xlsxwriter
from sheets import Rows, write

from sanshe_net.build.mapping import read_mapping
from sanshe_net.build.read import check_inputs
from sanshe_net.errors import Problem
from sanshe_net.records import Records

HEAD = ["姓名", "活动", "日期"]
ZHANG = ["张三", "灯会", "2024-05-04"]
LI = ["李四", "灯会", "2024-05-04"]


def said(problem: Problem) -> str:
    """Return where something was found, its code, what became of the row, the cell and the English facts."""
    place = problem.place
    facts = [str(getattr(fact, "en", fact)) for fact in problem.facts.values()]
    at = f"{place.letters}{place.row or ''}"
    parts = [place.sheet, at, place.column, problem.code, problem.outcome, problem.value, *facts]
    return " · ".join(part for part in parts if part)


def kept(records: Records) -> list[str]:
    """Return who came to what, then what is known of activities, memberships, issues and support."""
    names = dict(records.people["name"]) | dict(records.organisations["name"])
    rows = []
    attendance, activities = records.attendance, records.activities
    for row in attendance.to_dict("records"):
        activity = activities.loc[row["activity_id"]]
        cells = [names[row["person_id"]], activity["title"], activity["date"], activity["occurrence"]]
        rows.append([*cells, row["role"], "" if row["present"] else "absent"])
    for row in activities.to_dict("records"):
        if not pd.isna([row[name] for name in ("end", "precision", "kind", "head_count")]).all():
            rows.append([row[name] for name in ("title", "date", "end", "precision", "kind", "head_count")])
    for row in records.memberships.to_dict("records"):
        rows.append([names[row["person_id"]], names[row["org_id"]], row["role"], row["start"], row["end"]])
    for row in records.issues.to_dict("records"):
        rows.append([row[name] for name in ("title", "state", "raised", "settled")])
    for row in records.support.to_dict("records"):
        rows.append([names[row["giver_id"]], *(row[name] for name in ("kind", "amount", "date"))])
    shown = (
        [str(cell).removesuffix(" 00:00:00") for cell in row if not pd.isna(cell) and cell != ""]
        for row in rows
    )
    return sorted(" ".join(cells) for cells in shown)


def balance(records: Records) -> list[str]:
    """Return what became of the rows of every table."""
    outcomes = ("used", "duplicate", "left_out", "quarantined")
    return [
        " ".join(f"{row[name]} {name}" for name in outcomes if row[name])
        for row in records.sources.to_dict("records")
    ]


@pytest.mark.parametrize(
    ("file", "rows", "mapping", "problems", "records", "became"),
    [
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, ["合计：1人", "", ""], ["注：代签无效", "", ""], ["第二组", "", ""], LI], "",
            [
                "签到 · 3 · N-ROW-TOTAL · left_out · 合计：1人",
                "签到 · 4 · N-ROW-NOTE · left_out · 注：代签无效",
                "签到 · 5 · N-ROW-SECTION · left_out · 第二组",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used 3 left_out"],
            id="totals, notes and sections are no records",
        ),
        pytest.param(
            "a.xlsx", [["a", "b", "c"], ["青云社区"], HEAD, ZHANG], "",
            [
                "签到 · 1 · W-ROW-ABOVE · left_out · a | b | c",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used 1 left_out"],
            id="a row above the header that may be a record is told",
        ),
        pytest.param(
            "a.xlsx", [["a", "b"], HEAD, ZHANG], "",
            [],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used"],
            id="a title of two cells is none",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, HEAD, LI], "",
            [
                "签到 · 3 · N-ROW-REPEATED-HEADER · left_out",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used 1 left_out"],
            id="a header again",
        ),
        pytest.param(
            "a.xlsx", [["灯会签到表"], HEAD, ZHANG, ["灯会签到表"], HEAD, LI], "",
            [
                "签到 · 4 · N-ROW-REPEATED-HEADER · left_out",
                "签到 · 5 · N-ROW-REPEATED-HEADER · left_out",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used 2 left_out"],
            id="a title and header again",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ["同上", "灯会", "2024-05-04"], ZHANG, ["李四", "〃", "同上"]], "",
            [
                "签到 · 2 · E-DITTO-FIRST · quarantined · 同上",
                "签到 · 4 · N-DITTO · used · 〃",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used 1 quarantined"],
            id="ditto marks",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, LI, ZHANG], "",
            [
                "签到 · 4 · N-DUPLICATE · duplicate · row 2",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used 1 duplicate"],
            id="a repeat of a row",
        ),
        pytest.param(
            "a.csv", [HEAD, ZHANG, ["李四", "灯会", "2024-05-04", "多"]], "",
            [
                "3 · E-CSV-FIELDS · quarantined · 4 · 3",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used 1 quarantined"],
            id="a row of too many cells",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "活动"], ["张三", "灯会", "2024-05-04", "x"]], "",
            [
                "签到 · 1 · E-COLUMN-TWICE · quarantined · 活动",
            ],
            [],
            ["2 quarantined"],
            id="two columns of one heading",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "备注1", "身份证号", ""], ["张三", "灯会", "2024-05-04", "x", "1", "y"]], "",
            [
                "签到 · 1 · N-COLUMN-UNKNOWN · used · 备注1",
                "签到 · 1 · N-COLUMN-DROPPED · used · 身份证号",
                "签到 · 1 · N-COLUMN-UNKNOWN · used · (6)",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used"],
            id="columns that nobody knows or that are dropped",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "备注1"], ["张三", "灯会", "2024-05-04", "x"]], "columns: {备注1: ignore}",
            [
                "签到 · 1 · N-MAPPED-IGNORED · used · 备注1",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used"],
            id="a column that a person ignores",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "角色", "备注1"], ["张三", "志愿者", ""]], "",
            [
                "签到 · 1 · N-COLUMN-UNKNOWN · used · 角色",
                "签到 · 1 · N-COLUMN-UNKNOWN · used · 备注1",
            ],
            [],
            ["1 used"],
            id="a list of people",
        ),
        pytest.param(
            "a.xlsx", [["甲", "乙"], ["1", "13900000001"]], "",
            [
                "签到 · E-NO-COLUMN · quarantined · 甲 | 乙 | 1 | 139… · 30",
            ],
            [],
            ["2 quarantined"],
            id="no heading",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "参与者", "活动", "日期"], ["张三", "李四", "灯会", "2024-05-04"]], "",
            [
                "签到 · 1 · Q-COLUMN-CHOICE · quarantined · A 姓名, B 参与者 · person · person · ['姓名', '参与者']",
            ],
            [],
            ["2 quarantined"],
            id="two columns of people",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "清洁日", "读书会"], ["张三", "√", ""], ["李四", "", "√"]], "",
            [
                "签到 · 1 · Q-COLUMN-TICKED · quarantined · B 清洁日, C 读书会 · ['清洁日', '读书会']",
            ],
            [],
            ["3 quarantined"],
            id="ticks without days",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "清洁日2024-05-04", "读书会2024-05-11"], ["张三", "√", "×"], ["李四", "", "志愿者"], ["王五", "", ""]], "",
            [
                "签到 · C2 · Q-MARK · quarantined · ×",
            ],
            [
                "张三 清洁日 2024-05-04 participant",
                "李四 读书会 2024-05-11 volunteer",
            ],
            ["2 used", "1 used"],
            id="a grid of ticks",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "清洁日2024-05-04", "读书会2024-05-11"], ["张三", "√", "△"], ["李四", "○", ""]], "",
            [
                "签到 · C2 · Q-MARK · quarantined · △",
                "签到 · B3 · Q-MARK · quarantined · ○",
            ],
            [
                "张三 清洁日 2024-05-04 participant",
            ],
            ["1 used 1 quarantined"],
            id="a grid of unclear marks",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "清洁日5月4日", "读书会2024-05-11"], ["张三", "√", "√"]], "",
            [
                "签到 · B1 · 清洁日5月4日 · Q-DATE-YEAR · quarantined · 清洁日5月4日",
            ],
            [],
            ["2 quarantined"],
            id="a grid without a year",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "", "姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04", "", "李四", "灯会", "2024-05-04"]], "",
            [
                "签到 · 1 · Q-SIDE-BY-SIDE · quarantined · 2 · A–D / E–G",
            ],
            [],
            ["2 quarantined"],
            id="two tables side by side",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "", "姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04", "", "李四", "灯会", "2024-05-04"]], "side_by_side: split",
            [],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["1 used", "1 used"],
            id="two tables side by side, to be split",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04", "李四", "灯会", "2024-05-04"]], "side_by_side: split",
            [],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["1 used", "1 used"],
            id="a folded list, to be split",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "", "组织", "类别"], ["张三", "灯会", "2024-05-04", "", "舞蹈队", "自组织"]], "",
            [
                "签到 · 1 · Q-SIDE-BY-SIDE · quarantined · 2 · A–C / E–F",
            ],
            [],
            ["2 quarantined"],
            id="two tables apart",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, ["", "", ""], ["组织", "成立日期", ""], ["舞蹈队", "2020-01-01", ""]], "",
            [
                "签到 · 4 · Q-STACKED · quarantined · 4 · 组织 | 成立日期",
            ],
            [],
            ["4 quarantined"],
            id="two tables below each other",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, ["", "", ""], ["舞蹈队名单", "", ""], ["姓名", "组织", "职务"], ["李四", "舞蹈队", "队长"]], "stacked: split",
            [
                "签到 4–6 · 6 · N-ORG-KIND-ASSUMED · used · 舞蹈队 · social organisation",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 舞蹈队 leader",
            ],
            ["1 used", "1 used"],
            id="two tables below each other, to be split",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "角色", "电话", "年龄", "出生年份"], ["张三", "灯会", "2024-02-30", "打酱油", "123", "130", "1800"], ["李四", "灯会", "5月4日", "", "", "", ""], ["", "灯会", "2024-05-04", "", "", "", ""], ["王五", "", "2024-05-04", "", "", "", ""]], "",
            [
                "签到 · C2 · 日期 · E-DATE-IMPOSSIBLE · quarantined · 2024-02-30 · there is no such day",
                "签到 · C3 · 日期 · Q-DATE-YEAR · quarantined · 5月4日",
                "签到 · D2 · 角色 · E-WORD-UNKNOWN · quarantined · 打酱油 · 角色 · participant, volunteer, organiser, leader, speaker, staff",
                "签到 · E2 · 电话 · W-PHONE-UNCLEAR · used · 123",
                "签到 · F2 · 年龄 · E-AGE-IMPOSSIBLE · quarantined · 130",
                "签到 · G2 · 出生年份 · E-BIRTH-IMPOSSIBLE · quarantined · 1800 · 1900 to this year",
                "签到 · A4 · 姓名 · E-NAME-MISSING · quarantined · 姓名",
                "签到 · B5 · 活动 · E-CELL-MISSING · quarantined · 活动",
            ],
            [],
            ["4 quarantined"],
            id="cells that cannot be read",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ["张三、李四", "灯会", "2024-05-04"], ["王五等5人", "灯会", "2024-05-04"], ["全体居民", "灯会", "2024-05-04"]], "",
            [
                "签到 · A2 · 姓名 · N-NAME-SPLIT · used · 张三、李四",
                "签到 · A3 · 姓名 · Q-NAME-UNNAMED · quarantined · 王五等5人",
                "签到 · A4 · 姓名 · Q-NAME-GROUP · quarantined · 全体居民",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["1 used 2 quarantined"],
            id="several people in a cell",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ["张三、李四", "灯会", "2024-05-04"], ["王五等5人", "灯会", "2024-05-04"], ["全体居民", "灯会", "2024-05-04"]], "unnamed: count",
            [
                "签到 · A2 · 姓名 · N-NAME-SPLIT · used · 张三、李四",
                "签到 · A3 · 姓名 · N-NAME-UNNAMED · used · 王五等5人",
                "签到 · A4 · 姓名 · N-NAME-UNNAMED · used · 全体居民",
                "签到 · A4 · 姓名 · N-NAME-NONE · left_out · 全体居民",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
                "灯会 2024-05-04 7.0",
                "王五 灯会 2024-05-04 participant",
            ],
            ["2 used 1 left_out"],
            id="several people in a cell, to be counted",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ["张三", "灯会", "2024-05-04至05-06"], ["李四", "茶会", "2024-05-04、05-11"], ["王五", "棋会", "2024年5月"], ["赵六", "画会", "45000"]], "",
            [
                "签到 · C2 · 日期 · N-DATE-RANGE · used · 2024-05-04至05-06",
                "签到 · C3 · 日期 · N-DATE-LIST · used · 2024-05-04、05-11",
                "签到 · C4 · 日期 · N-DATE-COARSE · used · 2024年5月",
                "签到 · C5 · 日期 · N-DATE-SERIAL · used · 45000",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 茶会 2024-05-04 participant",
                "李四 茶会 2024-05-11 participant",
                "棋会 2024-05-01 2024-05-31 month",
                "灯会 2024-05-04 2024-05-06",
                "王五 棋会 2024-05-01 participant",
                "赵六 画会 2023-03-15 participant",
            ],
            ["4 used"],
            id="days that are not one day",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "签到"], ["张三", "灯会", "2024-05-04", "√"], ["李四", "灯会", "2024-05-04", ""], ["王五", "灯会", "2024-05-04", "×"], ["赵六", "灯会", "2024-05-04", "△"]], "",
            [
                "签到 · D4 · 签到 · Q-MARK · quarantined · ×",
                "签到 · D5 · 签到 · Q-MARK · quarantined · △",
                "签到 · D3 · 签到 · N-PRESENT-BLANK · used",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant absent",
            ],
            ["2 used 2 quarantined"],
            id="marks of presence",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "签到"], ["张三", "灯会", "2024-05-04", "√"], ["张三", "灯会", "2024-05-04", "×"]], "",
            [
                "签到 · D3 · 签到 · Q-MARK · quarantined · ×",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used 1 quarantined"],
            id="marks that contradict",
        ),
        pytest.param(
            "a.xlsx", [["议题", "提出日期", "状态", "解决日期"], ["路灯", "2024-03-05", "已解决", "2024-02-05"], ["井盖", "2024-03-05", "已解决", ""], ["花坛", "2024-03-05", "怪", ""]], "",
            [
                "签到 · C4 · 状态 · E-WORD-UNKNOWN · quarantined · 怪 · 状态 · open, in progress, solved, withdrawn",
                "签到 · D2 · 解决日期 · E-DATES-REVERSED · quarantined · 2024-02-05 · 提出日期 · 2024-03-05",
                "签到 · D3 · 解决日期 · W-ISSUE-UNDATED · used",
            ],
            [
                "井盖 solved 2024-03-05",
            ],
            ["1 used 2 quarantined"],
            id="issues",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "组织", "职务", "加入日期", "退出日期"], ["张三", "舞蹈队", "队长", "2024-03-05", "2023-01-01"], ["李四", "舞蹈队", "", "2020-01-01", "2024年"]], "",
            [
                "签到 · E3 · 退出日期 · N-DATE-LAST · used · 2024年",
                "签到 · E2 · 退出日期 · E-DATES-REVERSED · quarantined · 2023-01-01 · 加入日期 · 2024-03-05",
                "签到 · 3 · N-ORG-KIND-ASSUMED · used · 舞蹈队 · social organisation",
            ],
            [
                "李四 舞蹈队 member 2020-01-01 2024-12-31",
            ],
            ["1 used 1 quarantined"],
            id="memberships",
        ),
        pytest.param(
            "a.xlsx", [["活动", "日期", "类别", "人数"], ["灯会", "2024-05-04", "节庆", "30"], ["灯会", "2024-05-04", "培训", "40"]], "",
            [
                "签到 · 1 · N-COLUMN-UNKNOWN · used · 类别",
                "签到 · 3 · W-ACTIVITY-CONFLICT · used · 灯会 · head count · 30.0, 40.0 · 40.0",
            ],
            [
                "灯会 2024-05-04 40.0",
            ],
            ["2 used"],
            id="activities",
        ),
        pytest.param(
            "a.xlsx", [["资源方", "资源类型", "金额", "日期"], ["物业公司", "资金", "3000元+物资", "2024-03-05"], ["超市", "物资", "若干", "2024-03-05"], ["药店", "怪物", "-5", "2024-03-05"]], "",
            [
                "签到 · B4 · 资源类型 · W-WORD-UNKNOWN · used · 怪物 · 资源类型 · money, goods, venue, service, expertise",
                "签到 · C2 · 金额 · W-AMOUNT-PART · used · 3000元+物资",
                "签到 · C3 · 金额 · W-AMOUNT-UNCLEAR · used · 若干",
                "签到 · C4 · 金额 · W-AMOUNT-NEGATIVE · used · -5",
                "签到 · B4 · 资源类型 · E-CELL-MISSING · quarantined · 资源类型",
                "签到 · 2 · N-ORG-KIND-ASSUMED · used · 物业公司 · resource partner",
                "签到 · 3 · N-ORG-KIND-ASSUMED · used · 超市 · resource partner",
            ],
            [
                "物业公司 money 3000.0 2024-03-05",
                "超市 goods 2024-03-05",
            ],
            ["2 used 1 quarantined"],
            id="support",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动"], ["张三", "灯会"]], "",
            [
                "签到 · W-DATE-NONE · used",
            ],
            [
                "张三 灯会 participant",
            ],
            ["1 used"],
            id="no day",
        ),
        pytest.param(
            "a.xlsx", [["活动名称：灯会", "活动时间：2024-05-04"], ["姓名", "电话"], ["张三", "19900000001"]], "",
            [],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used"],
            id="captions",
        ),
        pytest.param(
            "a.csv", [["姓名", "清洁日", "", "读书会", ""], ["", "2024-05-04", "2024-05-11", "2024-05-18", "2024-05-25"], ["张三", "√", "", "√", ""], ["李四", "", "√", "", "√"]], "",
            [],
            [
                "张三 清洁日 2024-05-04 participant",
                "张三 读书会 2024-05-18 participant",
                "李四 清洁日 2024-05-11 participant",
                "李四 读书会 2024-05-25 participant",
            ],
            ["2 used"],
            id="a header of two rows",
        ),
        pytest.param(
            "a.csv", [["姓名", "3月", ""], ["", "5日", "6日"], ["张三", "√", ""], ["李四", "", "√"]], "year: 2024",
            [],
            [
                "张三 3月5日 2024-03-05 participant",
                "李四 3月6日 2024-03-06 participant",
            ],
            ["2 used"],
            id="a header of a month and its days",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "是否同意"], ["张三", "灯会", "2024-05-04", "是"], ["李四", "灯会", "2024-05-04", "否"], ["王五", "灯会", "2024-05-04", "也许"]], "",
            [
                "签到 · D4 · 是否同意 · E-CONSENT-UNCLEAR · quarantined · 也许",
                "签到 · 3 · N-CONSENT-WITHHELD · left_out",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used 1 left_out 1 quarantined"],
            id="answers about consent",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "电话"], ["2024年5月4日灯会", ""], ["张三", "1"]], "",
            [
                "签到 · 2 · E-ROW-DATED · quarantined · 2024年5月4日灯会",
                "签到 · B3 · 电话 · W-PHONE-UNCLEAR · used · 1",
            ],
            [],
            ["1 used 1 quarantined"],
            id="a day inside a list",
        ),
        pytest.param(
            "a.xlsx", [["编号", "姓名", "活动", "日期"], ["1", "张三", "灯会", "2024-05-04"], ["1", "李四", "灯会", "2024-05-04"]], "",
            [],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2024-05-04 participant",
            ],
            ["2 used"],
            id="numbers of people",
        ),
        pytest.param(
            "a.xlsx", [HEAD, ZHANG, ["李四", "灯会", "2042-05-04"], ["王五", "茶会", "1920-05-04"]], "",
            [
                "签到 · 3 · W-DATE-FAR · used · 2042-05-04 · 2024",
                "签到 · 4 · W-DATE-UNLIKELY · used · 1920-05-04 · 1980–2050",
            ],
            [
                "张三 灯会 2024-05-04 participant",
                "李四 灯会 2042-05-04 participant",
                "王五 茶会 1920-05-04 participant",
            ],
            ["3 used"],
            id="far years",
        ),
        pytest.param(
            "灯会20240504.xlsx", [["姓名", "电话"], ["张三", "19900000001"]], "",
            [
                "签到 · N-ACTIVITY-FROM-NAME · used · 灯会20240504",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used"],
            id="a file that names the activity",
        ),
        pytest.param(
            "a.xlsx", [["姓名", "活动", "日期", "场次"], ["张三", "灯会", "2024-05-04", "1"], ["李四", "灯会", "2024-05-04", "2"], ["王五", "灯会", "2024-05-04", ""]], "",
            [],
            [
                "张三 灯会 2024-05-04 1 participant",
                "李四 灯会 2024-05-04 2 participant",
                "王五 灯会 2024-05-04 participant",
            ],
            ["3 used"],
            id="occurrences of a day",
        ),
        pytest.param(
            "a.csv", [HEAD, ["张\u202e三", "灯会", "2024-05-04"], ["李_x0007_四", "灯会", "2024-05-04"]], "",
            [
                "2 · 姓名 · W-TEXT-DIRECTION · used · 张\u202e三",
                "3 · 姓名 · E-CONTROL-CHARACTER · quarantined · 李_x0007_四",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used 1 quarantined"],
            id="characters that turn or control",
        ),
        pytest.param(
            "a.xlsx", {"签到": [HEAD, ZHANG], "说明": [["请填写"], ["谢谢"]]}, "",
            [
                "说明 · W-SHEET-UNKNOWN · left_out · 请填写 | 谢谢 · 30",
            ],
            [
                "张三 灯会 2024-05-04 participant",
            ],
            ["1 used", "2 left_out"],
            id="a sheet without a table",
        ),
    ],
)  # fmt: skip
def test_what_is_said_of_a_sheet_points_to_the_cell_and_the_rest_is_kept(
    tmp_path: Path,
    file: str,
    rows: Rows,
    mapping: str,
    problems: list[str],
    records: list[str],
    became: list[str],
) -> None:
    path = write(tmp_path / file, rows)
    answers = tmp_path / "answers.yaml"
    answers.write_text(mapping, encoding="utf-8")

    reading = check_inputs(path, mapping=read_mapping(answers) if mapping else None)

    assert [said(problem) for problem in reading.problems] == problems
    assert kept(reading.records) == records
    assert balance(reading.records) == became


# --- what a workbook hides or merges


def book(path: Path, cells: Rows, name: str = "签到", **shape: Any) -> Path:
    """Write a workbook whose sheet hides rows or columns (counted from 0), is hidden, or merges cells."""
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet(name)
        for at, row in enumerate(cells):
            sheet.write_row(at, 0, row)
        for row in shape.get("rows", ()):
            sheet.set_row(row, None, None, {"hidden": True})
        for column in shape.get("columns", ()):
            sheet.set_column(column, column, None, None, {"hidden": True})
        for top, left, bottom, right, text in shape.get("merges", ()):
            sheet.merge_range(top, left, bottom, right, text)
        if shape.get("second"):
            second = made.add_worksheet("第二张")
            for at, row in enumerate(shape["second"]):
                second.write_row(at, 0, row)
            second.hide()
    return path


def told(path: Path, answers: str = "") -> list[str]:
    mapping = path.parent / "answers.yaml"
    mapping.write_text(answers, encoding="utf-8")
    return [
        said(problem)
        for problem in check_inputs(path, mapping=read_mapping(mapping) if answers else None).problems
    ]


def test_hidden_rows_are_named_unless_they_are_blank(tmp_path: Path) -> None:
    rows = [HEAD, ZHANG, [], LI]

    assert told(book(tmp_path / "a.xlsx", rows, rows=[2, 3])) == ["签到 · W-ROWS-HIDDEN · used · 4 · 1"]
    assert told(book(tmp_path / "b.xlsx", rows, rows=[2])) == []
    many = [HEAD, *(["张三", f"{i}会", "2024-05-04"] for i in range(12))]
    listed = ", ".join(map(str, range(2, 12)))
    assert told(book(tmp_path / "c.xlsx", many, rows=range(1, 13))) == [
        f"签到 · W-ROWS-HIDDEN · used · {listed} · 12"
    ]


def test_hidden_columns_are_named_and_those_that_are_used_are_a_warning(tmp_path: Path) -> None:
    rows = [[*HEAD, "备注1", ""], [*ZHANG, "x", ""]]

    assert [
        line for line in told(book(tmp_path / "a.xlsx", rows, columns=[1, 3, 4])) if "HIDDEN" in line
    ] == [
        "签到 · B1 · W-COLUMN-HIDDEN · used · 活动",
        "签到 · D1 · N-COLUMN-HIDDEN · used · 备注1",
    ]


@pytest.mark.parametrize(
    ("answers", "line"),
    [("", "第二张 · Q-HIDDEN-SHEET · quarantined · 2"), ("hidden_sheets: skip", "第二张 · N-HIDDEN-SKIPPED · left_out"), ("hidden_sheets: include", "")],
)  # fmt: skip
def test_a_hidden_sheet_is_asked_about_left_out_or_read(tmp_path: Path, answers: str, line: str) -> None:
    path = book(tmp_path / "a.xlsx", [HEAD, ZHANG], second=[HEAD, [], LI])

    assert told(path, answers) == ([line] if line else [])


def test_cells_merged_downwards_are_filled_and_told_where_they_start(tmp_path: Path) -> None:
    rows = [HEAD, ["张三"], ["李四"], ["王五", "茶会", "2024-05-11"]]
    merges = [(1, 1, 2, 1, "灯会"), (1, 2, 2, 2, "2024-05-04")]
    path = book(tmp_path / "a.xlsx", rows, merges=merges)

    assert told(path) == [
        "签到 · B2 · N-MERGE-FILLED · used · 灯会 · 1",
        "签到 · C2 · N-MERGE-FILLED · used · 2024-05-04 · 1",
    ]
    assert kept(check_inputs(path).records) == [
        "张三 灯会 2024-05-04 participant",
        "李四 灯会 2024-05-04 participant",
        "王五 茶会 2024-05-11 participant",
    ]


def test_a_merge_in_the_header_or_over_a_whole_note_fills_nothing(tmp_path: Path) -> None:
    note = [(3, 0, 4, 2, "注：代签无效")]

    assert told(book(tmp_path / "a.xlsx", [HEAD, ZHANG, LI], merges=note)) == [
        "签到 · 4 · N-ROW-NOTE · left_out · 注：代签无效"
    ]


def test_an_identity_number_that_lost_its_digits_is_told_and_not_shown(tmp_path: Path) -> None:
    for number, lost in ((1e15, True), (1e15 - 1, False)):
        path = book(tmp_path / "a.xlsx", [[*HEAD, "身份证号"], [*ZHANG, number]])
        expected = [
            "签到 · 1 · N-COLUMN-DROPPED · used · 身份证号",
            "签到 · 1 · W-DIGITS-LOST · used · 身份证号",
        ]
        assert told(path) == expected[: 1 + lost]
