"""The station's other workbooks: calendar, rosters, teams, resources, agenda items and nominations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo.community import Community
from sanshe_net.demo.people import RESIDENTS
from sanshe_net.demo.scenario import GROUPS, PHASES
from sanshe_net.demo.sheets import Book, Cell, Sheet, calendar, lay_out, leave_out, spell_dates, title_of

BoolArray = npt.NDArray[np.bool_]
TextArray = npt.NDArray[np.object_]

SHARE_ON_ROSTER = 0.95
LEDGER_DATE_FORMS = ("excel_zh", "slash", "excel")


def make_record_books(rng: np.random.Generator, community: Community, on_roster: BoolArray) -> list[Book]:
    """Lay out every workbook that holds no sign-ins.

    Parameters
    ----------
    rng
        Source of chance, for the cells left empty.
    community
        The simulated community.
    on_roster
        Whether each person is on the roster, see ``choose_roster``.
    """
    return [
        Book("活动台账_模拟数据.xlsx", "activities", _ledger(community.activities)),
        Book("居民与工作人员名册_模拟数据.xlsx", "people", _roster(rng, community, on_roster)),
        Book(
            "社会组织与资源方名册_模拟数据.xlsx", "organisations", [_organisations(community.organisations)]
        ),
        Book("团队成员名单_模拟数据.xlsx", "memberships", _teams(rng, community)),
        Book("资源链接登记_模拟数据.xlsx", "supports", [_supports(community)]),
        Book("议事会议题_模拟数据.xlsx", "issues", [_issues(community)]),
        Book("骨干推荐票_模拟数据.xlsx", "nominations", [_nominations(community)]),
    ]


def choose_roster(rng: np.random.Generator, community: Community) -> BoolArray:
    """Choose who is on the roster: all staff and planted residents, and nearly all others."""
    planted = community.planted
    needed = np.concatenate([planted.leaders, planted.brokers, planted.same_name, planted.council])
    everyone = np.arange(len(community.people))
    chosen = (rng.random(len(everyone)) < SHARE_ON_ROSTER) | (everyone >= RESIDENTS)
    return chosen | np.isin(everyone, needed)


def _cells(table: pd.DataFrame, columns: dict[str, str]) -> dict[str, TextArray]:
    """Pick columns under new headings."""
    return {word: table[column].to_numpy(dtype=object) for word, column in columns.items()}


def _ledger(activities: pd.DataFrame) -> list[Sheet]:
    """Lay out the calendar, one sheet a year with dates written in that year's way."""
    phases = np.array([phase.name for phase in PHASES], dtype=object)
    dates = calendar()
    table = activities.assign(
        phase_name=phases[activities["phase"]], year=[dates[day].year for day in activities["day"]]
    )
    columns = {
        "活动名称": "title",
        "日期": "day",
        "活动类型": "kind",
        "发起方": "initiator",
        "主办单位": "host",
        "协办单位": "cohosts",
        "合作模式": "mode",
        "阶段": "phase_name",
        "地点": "place",
        "参加人数": "head_count",
    }
    sheets = []
    for (year, rows), form in zip(table.groupby("year"), LEDGER_DATE_FORMS, strict=True):
        cells = _cells(rows, columns) | {"日期": spell_dates(rows["day"].to_numpy(), form)}
        footer: dict[str, Cell] = {"活动名称": "合计", "参加人数": int(rows["head_count"].sum())}
        title = title_of(f"{year}年活动台账")
        sheets.append(lay_out(f"{year}年", [title], cells, date_form=form, footer=footer))
    return sheets


def _roster(rng: np.random.Generator, community: Community, on_roster: BoolArray) -> list[Sheet]:
    people = community.people
    moved_in = (people["moved_in"].dt.strftime("%Y-%m-%d")).fillna("").to_numpy(dtype=object)
    phone = leave_out(rng, people["phone"].to_numpy(dtype=object), 0.9)
    sure = people.index.isin(community.planted.same_name)
    shown = people.assign(
        moved_in_on=leave_out(rng, moved_in, 0.9), phone_known=np.where(sure, people["phone"], phone)
    )
    columns = {
        "姓名": "name",
        "身份": "kind",
        "性别": "sex",
        "年龄": "age",
        "楼栋": "building",
        "户籍": "hukou",
        "联系电话": "phone_known",
        "入住日期": "moved_in_on",
    }
    resident = people.index.to_numpy() < RESIDENTS
    parts = {
        "居民": shown[resident & on_roster].sort_values(["building", "name"]),
        "工作人员": shown[~resident],
    }
    return [lay_out(part, [title_of(f"{part}名册")], _cells(rows, columns)) for part, rows in parts.items()]


def _organisations(organisations: pd.DataFrame) -> Sheet:
    founded = [_in_words(day) if pd.notna(day) else "" for day in organisations["founded"]]
    columns = {
        "组织名称": "name",
        "类型": "kind",
        "备案情况": "registered",
        "成立日期": "founded_on",
        "业务指导单位": "supervisor",
        "负责人": "head",
    }
    shown = organisations.assign(founded_on=founded)
    return lay_out("名册", [title_of("社会组织与资源方名册")], _cells(shown, columns))


def _in_words(day: pd.Timestamp) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _teams(rng: np.random.Generator, community: Community) -> list[Sheet]:
    members = community.memberships
    person = community.people.loc[members["person_id"]]
    phone = leave_out(rng, person["phone"].to_numpy(dtype=object), 0.85)
    sure = members["person_id"].isin(community.planted.same_name)
    groups = np.array([group.name for group in GROUPS], dtype=object)
    shown = members.assign(
        team=groups[members["group"]],
        name=person["name"].to_numpy(),
        phone=np.where(sure, person["phone"], phone),
        since=spell_dates(members["start"].to_numpy(), "dot"),
        until=spell_dates(members["end"].to_numpy(), "dot"),
    )
    columns = {"团队": "team", "姓名": "name", "职务": "post", "加入日期": "since", "退出日期": "until"}
    columns["联系电话"] = "phone"
    names = sorted(shown["team"].unique())
    return [
        lay_out(team, [title_of(f"{team}成员名单")], _cells(shown[shown["team"] == team], columns))
        for team in names
    ]


def _supports(community: Community) -> Sheet:
    table = community.supports
    about = community.activities["title"].loc[table["activity_id"]].to_numpy()
    shown = table.assign(about=about, on=spell_dates(table["day"].to_numpy(), "slash"))
    columns = {"资源方": "giver", "受助方": "receiver", "资源类型": "kind", "折合金额": "amount"}
    columns |= {"日期": "on", "关联活动": "about"}
    return lay_out("资源链接", [title_of("资源链接登记表")], _cells(shown, columns))


def _issues(community: Community) -> Sheet:
    table, name = community.issues, community.people["name"]
    shown = table.assign(
        raiser=name[table["raiser_id"]].to_numpy(),
        responsible=name[table["responsible_id"]].to_numpy(),
        raised_on=spell_dates(table["raised"].to_numpy(), "zh"),
        settled_on=spell_dates(table["settled"].to_numpy(), "zh"),
    )
    columns = {
        "议题": "title",
        "议题类型": "kind",
        "提出人": "raiser",
        "提出日期": "raised_on",
        "责任人": "responsible",
        "状态": "state",
        "解决日期": "settled_on",
    }
    return lay_out("议题", [title_of("居民议事会议题登记表")], _cells(shown, columns))


def _nominations(community: Community) -> Sheet:
    table, name = community.nominations, community.people["name"]
    shown = table.assign(
        source=name[table["source_id"]].to_numpy(),
        target=name[table["target_id"]].to_numpy(),
        on=spell_dates(table["day"].to_numpy(), "iso"),
    )
    columns = {"推荐人": "source", "被推荐人": "target", "推荐理由类型": "question", "日期": "on"}
    return lay_out("推荐票", [title_of("骨干推荐票")], _cells(shown, columns))
