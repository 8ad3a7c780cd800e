"""Sign-in sheets: one workbook a quarter, one sheet an activity, and the council's list of who came."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo.community import Community
from sanshe_net.demo.people import RESIDENTS
from sanshe_net.demo.scenario import COUNCIL, GROUPS, STATION
from sanshe_net.demo.sheets import (
    DATE_FORMS,
    TEXT_DATE_FORMS,
    Book,
    Sheet,
    calendar,
    lay_out,
    leave_out,
    spell_dates,
    spell_names,
    spell_phones,
    title_of,
)

IntArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]

DUPLICATES = 60
SINGLE_SHEETS = 30
SINGLE_FILE = "小组活动签到_一活动一表_模拟数据.xlsx"
COUNCIL_FILE = "议事会签到_模拟数据.xlsx"
CSV_ENDINGS = {"2023年第4季度": "_GBK.csv", "2024年第3季度": "_UTF8.csv"}
WITHOUT_INTRODUCERS = ("2023年第4季度", "2024年第4季度")
WEEKDAYS = "一二三四五六日"
PLACE_COLUMNS = ["file", "sheet", "row"]
SIGNIN_COLUMNS = ["person_id", "activity_id", "role", "present", "is_duplicate", "brought_by"]


@dataclass(frozen=True)
class SigninBooks:
    """The sign-in files, and where in them each sign-in stands.

    Attributes
    ----------
    books
        The files to write.
    written
        One row per written record: file, sheet, row, person_id, activity_id, role, present, is_duplicate,
        brought_by (person id, -1 where no such column or nobody is written).
    """

    books: list[Book]
    written: pd.DataFrame


def make_signin_books(rng: np.random.Generator, community: Community) -> SigninBooks:
    """Put every sign-in of the community into exactly one sheet, and copy some rows by mistake."""
    signins = _decorated(rng, community)
    meeting = (signins["series"] == COUNCIL).to_numpy()
    single = signins["activity_id"].isin(_single_activities(rng, community.activities)).to_numpy()
    quarterly = signins[~meeting & ~single]
    copied = rng.choice(quarterly.index.to_numpy(), DUPLICATES, replace=False)
    quarterly = quarterly.assign(copied=quarterly.index.isin(copied))
    placed: list[tuple[str, list[tuple[Sheet, pd.DataFrame]]]] = [
        (_quarter_file(str(quarter)), _quarter_sheets(rng, str(quarter), rows))
        for quarter, rows in quarterly.groupby("quarter", sort=True)
    ]
    placed.append(
        (SINGLE_FILE, [_single_sheet(rng, rows) for _, rows in signins[single].groupby("activity_id")])
    )
    placed.append((COUNCIL_FILE, [_council_sheet(rng, signins[meeting])]))
    books = [Book(file, "signins", [sheet for sheet, _ in sheets]) for file, sheets in placed]
    written = [
        rows.assign(file=file, sheet=sheet.name, row=sheet.record_rows)
        for file, sheets in placed
        for sheet, rows in sheets
    ]
    return SigninBooks(books, _as_written(pd.concat(written, ignore_index=True)))


def _as_written(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what the truth says about each written record."""
    unwritten = rows["quarter"].isin(WITHOUT_INTRODUCERS) | rows["file"].isin((SINGLE_FILE, COUNCIL_FILE))
    return rows.assign(brought_by=rows["brought_by"].where(~unwritten, -1))[[*PLACE_COLUMNS, *SIGNIN_COLUMNS]]


def _decorated(rng: np.random.Generator, community: Community) -> pd.DataFrame:
    """Join to each sign-in the words that its row will show."""
    signins, people = community.signins, community.people
    activities = community.activities.loc[signins["activity_id"]]
    person = people.loc[signins["person_id"]]
    names = np.append(people["name"].to_numpy(dtype=object), "")
    building = leave_out(rng, person["building"].to_numpy(dtype=object), 0.7)
    sure = (signins["person_id"] == community.planted.same_name[1]).to_numpy()
    dates = calendar()
    return signins.assign(
        copied=False,
        is_duplicate=False,
        name=spell_names(rng, person["name"].to_numpy(dtype=object)),
        phone=spell_phones(rng, person["phone"].to_numpy(dtype=object), 0.6),
        building=np.where(sure, person["building"], building),
        sex=person["sex"].to_numpy(),
        age=person["age"].to_numpy(),
        introducer=names[signins["brought_by"]],
        remark=_remarks(rng, signins),
        quarter=[f"{dates[day].year}年第{(dates[day].month + 2) // 3}季度" for day in activities["day"]],
        month=[dates[day].month for day in activities["day"]],
        **{name: activities[name].to_numpy() for name in ("title", "day", "series", "place", "host", "hour")},
    )


def _remarks(rng: np.random.Generator, signins: pd.DataFrame) -> TextArray:
    """Note some first visits of residents, and now and then something else."""
    turn = rng.random(len(signins))
    resident = (signins["person_id"] < RESIDENTS).to_numpy()
    first = ~signins.duplicated("person_id").to_numpy() & resident
    words = np.select([first & (turn < 0.5), resident & (turn > 0.99)], ["首次参加", "家属陪同"], "")
    return words.astype(object)


def _quarter_file(quarter: str) -> str:
    return f"活动签到_{quarter}_模拟数据{CSV_ENDINGS.get(quarter, '.xlsx')}"


def _quarter_sheets(
    rng: np.random.Generator, quarter: str, rows: pd.DataFrame
) -> list[tuple[Sheet, pd.DataFrame]]:
    """Lay out a quarter: a sheet a month, or one table where the file can hold no more than one."""
    words = ["姓名", "活动名称", "日期", "角色", "联系电话", "楼栋", "备注"]
    if quarter not in WITHOUT_INTRODUCERS:
        words.append("介绍人")
    header = ["序号", *rng.permutation(np.array(words, dtype=object))]
    if quarter in CSV_ENDINGS:
        form = rng.choice(np.array([*TEXT_DATE_FORMS], dtype=object))
        return [_quarter_sheet(rng, rows, "", quarter, header, form)]
    forms = rng.choice(np.array(DATE_FORMS, dtype=object), 3, replace=False)
    return [
        _quarter_sheet(rng, monthly, f"{month}月", f"{quarter[:5]}{month}月", header, form)
        for (month, monthly), form in zip(rows.groupby("month", sort=True), forms, strict=False)
    ]


def _quarter_sheet(
    rng: np.random.Generator, rows: pd.DataFrame, name: str, when: str, header: list[str], form: str
) -> tuple[Sheet, pd.DataFrame]:
    numbered = rows.assign(number=np.arange(1, len(rows) + 1), title=_half_width(rng, rows["title"]))
    twice = pd.concat([numbered, numbered[numbered["copied"]].assign(is_duplicate=True)])
    twice = twice.sort_values("activity_id", kind="stable", ignore_index=True)
    starts = np.flatnonzero(~twice["activity_id"].duplicated())[1:]
    titles = (title_of("活动签到表"), f"填表单位：{STATION}　{when}", "")[: rng.integers(1, 4)]
    sheet = lay_out(
        name,
        titles,
        _signin_columns(twice, header, form),
        date_form=form,
        blank_before=starts[rng.random(len(starts)) < 0.08].tolist(),
        header_before=[int(rng.choice(starts))] if rng.random() < 0.4 else [],
        footer={"序号": "合计", header[1]: f"{len(twice)}人"},
        note="注：本表为模拟数据，由社工站整理。" if rng.random() < 0.6 else None,
    )
    return sheet, twice


def _half_width(rng: np.random.Generator, titles: pd.Series) -> pd.Series:
    """On some sheets, write titles with half-width brackets."""
    if rng.random() < 0.3:
        return titles.str.replace("（", "(").str.replace("）", ")")
    return titles


def _signin_columns(rows: pd.DataFrame, header: list[str], form: str) -> dict[str, TextArray]:
    source = {
        "序号": "number",
        "姓名": "name",
        "活动名称": "title",
        "角色": "role",
        "联系电话": "phone",
        "楼栋": "building",
        "备注": "remark",
        "介绍人": "introducer",
        "是否到场": "came",
    }
    dates = spell_dates(rows["day"].to_numpy(), form)
    return {word: dates if word == "日期" else rows[source[word]].to_numpy(dtype=object) for word in header}


def _single_activities(rng: np.random.Generator, activities: pd.DataFrame) -> IntArray:
    """Choose the ordinary group activities of 2024 that have a sheet of their own."""
    days = calendar()
    in_2024 = np.array([days[day].year == 2024 for day in activities["day"]])
    ordinary = (activities["series"] < len(GROUPS)).to_numpy() & in_2024
    return np.sort(rng.choice(np.flatnonzero(ordinary), SINGLE_SHEETS, replace=False))


def _single_sheet(rng: np.random.Generator, rows: pd.DataFrame) -> tuple[Sheet, pd.DataFrame]:
    """Lay out one activity, its facts standing above the header."""
    facts = rows.iloc[0]
    day, hour = calendar()[facts["day"]], facts["hour"]
    when = f"{day.year}年{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）{hour}:00-{hour + 2}:00"
    columns: dict[str, TextArray] = {
        "序号": np.arange(1, len(rows) + 1).astype(object),
        "姓名": rows["name"].to_numpy(dtype=object),
        "性别": rows["sex"].to_numpy(dtype=object),
        "年龄": rows["age"].to_numpy(dtype=object),
        "联系电话": rows["phone"].to_numpy(dtype=object),
        "住址": rows["building"].to_numpy(dtype=object),
        "角色": rows["role"].to_numpy(dtype=object),
        "签名": leave_out(rng, np.full(len(rows), "已签", dtype=object), 0.9),
        "备注": rows["remark"].to_numpy(dtype=object),
    }
    titles = [title_of("活动签到表"), f"活动名称：{facts['title']}", f"活动时间：{when}"]
    titles += [f"活动地点：{facts['place']}", f"主办单位：{facts['host']}"]
    footer = {"序号": "合计", "姓名": f"{len(rows)}人"}
    return lay_out(f"{day.month}.{day.day}{facts['title']}", titles, columns, footer=footer), rows


def _council_sheet(rng: np.random.Generator, rows: pd.DataFrame) -> tuple[Sheet, pd.DataFrame]:
    """Lay out the council's list: who came and who, though a member, did not."""
    header = ["序号", "日期", "活动名称", "姓名", "角色", "是否到场", "楼栋", "联系电话", "备注"]
    shown = rows.assign(number=np.arange(1, len(rows) + 1), came=np.where(rows["present"], "到", "未到"))
    starts = np.flatnonzero(~shown["activity_id"].duplicated())[1:]
    sheet = lay_out(
        "议事会签到",
        [title_of("居民议事会签到表"), "到＝到会，未到＝应到未到"],
        _signin_columns(shown, header, "zh"),
        blank_before=starts[rng.random(len(starts)) < 0.3].tolist(),
        footer={"序号": "合计", "姓名": f"{int(rows['present'].sum())}人"},
    )
    return sheet, rows
