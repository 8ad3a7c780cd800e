"""The demo community: what it writes, read back here without any code of its own."""

from __future__ import annotations

import csv
import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sanshe_net.demo import DemoFiles, write_demo

RUN_BY_RESIDENTS = ("居民", "社会组织")
ORGANISING = ("组织者", "负责人")


@dataclass(frozen=True)
class Page:
    """A sheet as found in the file: the row of its header, and every row as a list of values."""

    rows: list[list[object]]

    @property
    def header_at(self) -> int:
        return next(
            at for at, row in enumerate(self.rows) if sum(cell not in ("", None) for cell in row) >= 4
        )

    @property
    def header(self) -> list[object]:
        return self.rows[self.header_at]

    def kind_of(self, row: list[object]) -> str:
        filled = [cell for cell in row if cell not in ("", None)]
        if not filled:
            return "blanks"
        if row == self.header:
            return "repeated_headers"
        if filled[0] == "合计":
            return "footers"
        return "notes" if str(filled[0]).startswith("注：") else "records"

    def records(self) -> list[dict[str, object]]:
        below = self.rows[self.header_at + 1 :]
        words = [str(word) for word in self.header]
        return [dict(zip(words, row, strict=True)) for row in below if self.kind_of(row) == "records"]


@cache
def read_pages(path: Path) -> dict[str, Page]:
    if path.suffix == ".csv":
        encoding = "gb18030" if "GBK" in path.name else "utf-8-sig"
        with path.open(encoding=encoding, newline="") as file:
            return {"": Page([list(row) for row in csv.reader(file)])}
    book = openpyxl.load_workbook(path)
    pages = {
        sheet.title: Page([["" if cell is None else cell for cell in row] for row in sheet.values])
        for sheet in book
    }
    book.close()
    return pages


def read_records(demo: DemoFiles, name: str) -> pd.DataFrame:
    pages = read_pages(demo.records / f"{name}_模拟数据.xlsx")
    return pd.DataFrame([record for page in pages.values() for record in page.records()])


def as_day(cell: object) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    year, month, day = map(int, re.findall(r"\d+", str(cell))[:3])
    return date(year, month, day)


def plain(cell: object) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", str(cell)))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    return write_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="module")
def facts(demo: DemoFiles) -> dict:
    return json.loads((demo.truth / "truth.json").read_text(encoding="utf-8"))


def read_truth(demo: DemoFiles, name: str) -> pd.DataFrame:
    return pd.read_csv(demo.truth / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def signins(demo: DemoFiles) -> pd.DataFrame:
    """Every record read from the sign-in files at its address, beside what the truth says of it."""
    read = [
        {"file": path.name, "sheet": name, "row": at + 1, "cells": row, "words": page.header, "page": page}
        for path in sorted(demo.records.iterdir())
        if "签到" in path.name
        for name, page in read_pages(path).items()
        for at, row in enumerate(page.rows)
        if at > page.header_at and page.kind_of(row) == "records"
    ]
    return pd.DataFrame(read).merge(
        read_truth(demo, "signins"), on=["file", "sheet", "row"], how="outer", indicator=True
    )


@pytest.fixture(scope="module")
def ledger(demo: DemoFiles) -> pd.DataFrame:
    table = read_records(demo, "活动台账")
    return table.assign(date=table["日期"].map(as_day), title=table["活动名称"].map(plain))


@pytest.fixture(scope="module")
def visits(demo: DemoFiles) -> pd.DataFrame:
    """Every true attendance: the sign-ins that are neither absences nor copies, with person and activity."""
    rows = read_truth(demo, "signins")
    rows = rows[rows["present"] & ~rows["is_duplicate"]]
    people, activities = read_truth(demo, "people"), read_truth(demo, "activities")
    people = people.rename(
        columns={"group": "own_group", "second_group": "other_group", "kind": "person_kind"}
    )
    return rows.merge(people, on="person_id").merge(activities, on="activity_id")


def test_the_totals_are_those_of_the_seed_paper(demo: DemoFiles, ledger: pd.DataFrame) -> None:
    counts = demo.counts

    assert 980 <= len(ledger) <= 1_030
    assert 54_000 <= ledger["参加人数"].sum() <= 56_000
    assert 18_000 <= counts["signins_rows"] <= 22_000
    assert 880 <= counts["residents_named"] <= 920
    assert 370 <= counts["volunteers"] <= 390
    assert len(read_records(demo, "议事会议题")) == 60


def test_six_organisations_are_registered_and_eight_groups_are_not(demo: DemoFiles) -> None:
    table = read_records(demo, "社会组织与资源方名册")

    assert (table[table["类型"] == "社会组织"]["备案情况"] == "已备案").sum() == 6
    assert table["组织名称"].is_unique
    assert set(table["类型"]) == {"社会组织", "自组织", "居委会", "社工机构", "资源方", "政府部门"}
    unregistered = table[(table["类型"] == "自组织") & (table["备案情况"] == "未备案")]["组织名称"]
    assert len(set(unregistered) - {"居民议事会"}) == 8


def test_the_same_seed_writes_the_same_bytes(demo: DemoFiles, tmp_path: Path) -> None:
    write_demo(tmp_path)

    first = {p.relative_to(demo.records.parent): p.read_bytes() for p in demo.records.parent.rglob("*.*")}
    again = {p.relative_to(tmp_path): p.read_bytes() for p in tmp_path.rglob("*.*")}

    assert first == again


def test_another_seed_makes_another_community_of_the_same_size(demo: DemoFiles, tmp_path: Path) -> None:
    other = write_demo(tmp_path, seed=7)

    assert (other.truth / "people.csv").read_bytes() != (demo.truth / "people.csv").read_bytes()
    assert 54_000 <= other.counts["head_count"] <= 56_000
    assert 18_000 <= other.counts["signins_rows"] <= 22_000
    assert 370 <= other.counts["volunteers"] <= 390


def test_the_truth_is_not_among_the_records(demo: DemoFiles) -> None:
    assert not demo.truth.is_relative_to(demo.records)
    assert {path.suffix for path in demo.records.rglob("*")} == {".xlsx", ".csv"}
    assert not any("truth" in path.name for path in demo.records.rglob("*"))


def test_every_file_says_that_it_is_simulated(demo: DemoFiles) -> None:
    for path in demo.records.iterdir():
        assert "模拟数据" in path.name
        for name, page in read_pages(path).items():
            assert "模拟数据" in str(page.rows[0][0]) or name.startswith("议事会"), (path.name, name)

    readme = (demo.records.parent / "说明_README.txt").read_text(encoding="utf-8")
    assert "没有任何真实的人" in readme
    assert "no real person" in readme


def test_every_row_of_every_sheet_is_counted_in_the_truth(demo: DemoFiles) -> None:
    for told in read_truth(demo, "sheets").to_dict("records"):
        page = read_pages(demo.records / told["file"])[told["sheet"]]
        found = Counter(page.kind_of(row) for row in page.rows[page.header_at + 1 :])

        kinds = ("records", "blanks", "repeated_headers", "footers", "notes")
        assert page.header_at + 1 == told["header_row"]
        assert {kind: found[kind] for kind in kinds} == {kind: told[kind] for kind in kinds}
        assert len(page.rows) == told["total_rows"]


def test_the_counts_of_the_truth_are_what_the_files_hold(
    demo: DemoFiles, facts: dict, signins: pd.DataFrame
) -> None:
    counts = facts["counts"]
    marks = [
        dict(zip(words, cells, strict=True)).get("是否到场")
        for words, cells in signins[["words", "cells"]].to_numpy()
    ]

    assert counts == demo.counts
    assert counts["signins_rows"] == len(signins)
    assert counts["signin_absences"] == marks.count("未到") > 0
    assert counts["signins"] + counts["signin_absences"] + counts["signin_duplicates"] == len(signins)
    for table, name in (
        ("activities", "活动台账"),
        ("people", "居民与工作人员名册"),
        ("memberships", "团队成员名单"),
    ):
        assert counts[f"{table}_rows"] == len(read_records(demo, name))


def test_every_signin_stands_where_the_truth_says(demo: DemoFiles, signins: pd.DataFrame) -> None:
    names = read_truth(demo, "people").set_index("person_id")["name"]
    assert (signins["_merge"] == "both").all()

    for row in signins.itertuples():
        cells = dict(zip(row.words, row.cells, strict=True))
        assert plain(cells["姓名"]) == names[row.person_id]
        assert cells["角色"] == row.role
        assert (cells.get("介绍人") or "") == (names[row.brought_by] if row.brought_by >= 0 else "")


def test_every_signin_has_its_activity_in_the_ledger(
    demo: DemoFiles, signins: pd.DataFrame, ledger: pd.DataFrame
) -> None:
    listed = set(zip(ledger["title"], ledger["date"], strict=True))
    assert len(listed) == len(ledger)

    for row in signins.itertuples():
        cells = dict(zip(row.words, row.cells, strict=True))
        if "活动名称" in cells:
            assert (plain(cells["活动名称"]), as_day(cells["日期"])) in listed
        else:
            title, when = (str(row.page.rows[at][0]).split("：", 1)[1] for at in (1, 2))
            assert (plain(title), as_day(when)) in listed


def test_the_planted_duplicates_are_the_only_rows_written_twice(signins: pd.DataFrame) -> None:
    seen = Counter((row.file, row.sheet, *map(str, row.cells)) for row in signins.itertuples())
    twice = {key for key, times in seen.items() if times > 1}
    planted = {
        (row.file, row.sheet, *map(str, row.cells)) for row in signins[signins["is_duplicate"]].itertuples()
    }

    assert max(seen.values()) == 2
    assert twice == planted
    assert len(planted) == 60


def test_no_activity_names_more_people_than_it_counts(ledger: pd.DataFrame, visits: pd.DataFrame) -> None:
    named = visits.groupby(["title", "date"])["person_id"].nunique()
    reported = {(row.活动名称, row.date.isoformat()): row.参加人数 for row in ledger.itertuples()}

    assert all(number <= reported[activity] for activity, number in named.items())


def test_active_leaders_organise_bring_newcomers_and_sit_on_the_council(
    demo: DemoFiles, facts: dict, visits: pd.DataFrame
) -> None:
    residents = visits[visits["person_kind"] == "居民"]
    organised = residents[residents["role"].isin(ORGANISING)]["person_id"].value_counts()
    brought = visits["brought_by"].value_counts()
    leaders = [leader["person_id"] for leader in facts["active_leaders"]]
    seats = set(read_records(demo, "议事会签到")["姓名"].map(plain))

    assert len(leaders) == 9
    assert set(organised.index[:9]) == set(leaders)
    assert organised[leaders].min() >= 20
    assert brought[leaders].min() >= 15
    assert {leader["name"] for leader in facts["active_leaders"] + facts["quiet_leaders"]} <= seats


def test_quiet_leaders_come_rarely_and_are_nominated_often(
    demo: DemoFiles, facts: dict, visits: pd.DataFrame
) -> None:
    votes = read_records(demo, "骨干推荐票")
    nominated = votes["被推荐人"].value_counts()
    times = visits["person_id"].value_counts()

    assert len(facts["quiet_leaders"]) == 3
    for leader in facts["quiet_leaders"]:
        assert 1 <= times[leader["person_id"]] <= 15
        assert nominated[leader["name"]] >= 8
    assert (votes["推荐人"] != votes["被推荐人"]).all()
    assert not votes.duplicated(["推荐人", "推荐理由类型"]).any()


def test_brokers_are_regulars_of_two_groups(facts: dict, visits: pd.DataFrame) -> None:
    times = visits[visits["group"] != ""].value_counts(["person_id", "group"])

    assert len(facts["brokers"]) == 8
    for broker in facts["brokers"]:
        assert min(times[broker["person_id"], group] for group in broker["groups"]) >= 15
    assert not {b["person_id"] for b in facts["brokers"]} & {x["person_id"] for x in facts["active_leaders"]}


def test_exactly_two_residents_share_a_name_and_both_are_active(
    demo: DemoFiles, facts: dict, visits: pd.DataFrame
) -> None:
    roster = read_records(demo, "居民与工作人员名册")
    pair = roster[roster["姓名"].duplicated(keep=False)]

    assert len(pair) == 2
    assert set(pair["姓名"]) == {facts["same_name"][0]["name"]}
    assert pair["楼栋"].nunique() == pair["联系电话"].nunique() == 2
    assert visits["person_id"].value_counts()[[who["person_id"] for who in facts["same_name"]]].min() >= 5
    assert read_truth(demo, "people")["name"].duplicated().sum() == 1


def test_the_staff_dependent_group_stops_when_the_social_workers_are_away(
    demo: DemoFiles, facts: dict, ledger: pd.DataFrame
) -> None:
    activities = read_truth(demo, "activities")
    titles = set(activities[activities["staff_dependent"]]["title"])
    theirs = ledger[ledger["活动名称"].isin(titles)]

    assert set(theirs["发起方"]) == {"社工"}
    assert len(theirs) >= 30
    for away in facts["staff_absences"]:
        during = ledger["date"].between(date.fromisoformat(away["start"]), date.fromisoformat(away["end"]))
        assert not (during & (ledger["发起方"] == "社工")).any()
        assert (during & ledger["发起方"].isin(RUN_BY_RESIDENTS)).sum() >= 5


def test_no_social_worker_signs_in_while_away(facts: dict, visits: pd.DataFrame) -> None:
    workers = visits[visits["person_kind"] == "社工"]

    assert workers["person_id"].nunique() == 4
    for away in facts["staff_absences"]:
        assert not workers["date"].between(away["start"], away["end"]).any()


def test_residents_run_more_and_staff_less_from_phase_to_phase(ledger: pd.DataFrame) -> None:
    share = ledger["发起方"].isin(RUN_BY_RESIDENTS).groupby(ledger["阶段"]).mean()
    share = share[["第一阶段", "第二阶段", "第三阶段", "第四阶段", "第五阶段"]]

    assert share.is_monotonic_increasing
    assert share.iloc[0] == 0
    assert share.iloc[-1] > 0.6


def test_local_and_non_local_residents_mix_more_in_the_end(facts: dict, visits: pd.DataFrame) -> None:
    at_groups = visits[(visits["group"] != "") & (visits["person_kind"] == "居民")]
    elsewhere = at_groups["person_id"].isin(facts["nonlocal"])
    people = elsewhere.groupby([at_groups["phase"], at_groups["activity_id"]]).agg(["sum", "size"])
    people = people[people["size"] > 1]
    across = 2 * people["sum"] * (people["size"] - people["sum"]) / (people["size"] * (people["size"] - 1))
    share = elsewhere.groupby(at_groups["phase"]).mean()
    mixing = across.groupby("phase").mean() / (2 * share * (1 - share))

    assert mixing[1] < 0.65
    assert mixing[5] > mixing[1] + 0.2
    assert len(facts["nonlocal"]) == 315


def test_the_council_moves_from_problems_of_staff_to_plans_of_residents(demo: DemoFiles) -> None:
    issues = read_records(demo, "议事会议题")
    roster = read_records(demo, "居民与工作人员名册").drop_duplicates("姓名").set_index("姓名")["身份"]
    residents = (issues["提出人"].map(roster).fillna("居民") == "居民").astype(float)
    raised = issues["提出日期"].map(as_day)
    early, late = raised < date(2024, 6, 1), raised >= date(2024, 11, 1)

    assert issues["议题"].is_unique
    assert (issues[early]["议题类型"] == "问题").mean() > 0.6
    assert (issues[late]["议题类型"] == "发展").mean() > 0.6
    assert residents[late].mean() > residents[early].mean()
    settled = issues[issues["解决日期"] != ""]
    assert (settled["解决日期"].map(as_day) > settled["提出日期"].map(as_day)).all()
    assert set(settled["状态"]) == {"已解决"}


def test_the_volunteers_counted_are_those_in_the_files(demo: DemoFiles, facts: dict) -> None:
    team = read_records(demo, "团队成员名单")
    names = {plain(name) for name in team[team["团队"] == "青云里志愿服务队"]["姓名"]}
    for path in demo.records.glob("*签到*"):
        for page in read_pages(path).values():
            names |= {plain(record["姓名"]) for record in page.records() if record["角色"] == "志愿者"}

    people = read_truth(demo, "people")
    assert names == set(people[people["volunteer"]]["name"])
    assert people["volunteer"].sum() == facts["counts"]["volunteers"]


def test_head_counts_of_festivals_are_large_and_few_are_named(
    ledger: pd.DataFrame, visits: pd.DataFrame
) -> None:
    festivals = ledger[ledger["活动类型"] == "节庆"]
    named = visits[visits["kind"] == "节庆"]

    assert len(festivals) == 16
    assert festivals["参加人数"].between(100, 400).all()
    assert len(named) < 0.15 * festivals["参加人数"].sum()


def test_dates_are_written_in_all_the_ways_a_station_writes_them(demo: DemoFiles) -> None:
    forms = set()
    for path in demo.records.glob("活动签到*"):
        for page in read_pages(path).values():
            cell = page.records()[0]["日期"]
            forms.add("date" if isinstance(cell, datetime) else re.sub(r"\d+", "9", str(cell)))

    assert {"date", "9.9.9", "9年9月9日", "9-9-9", "9/9/9"} <= forms


def test_some_real_dates_have_a_chinese_number_format(demo: DemoFiles) -> None:
    book = openpyxl.load_workbook(demo.records / "活动台账_模拟数据.xlsx")
    formats = {sheet["B3"].number_format for sheet in book if sheet["B3"].is_date}
    book.close()

    assert formats == {'yyyy"年"m"月"d"日"', "yyyy-mm-dd"}


def test_one_quarter_is_in_gb18030_and_one_in_utf8_with_a_mark(demo: DemoFiles) -> None:
    (chinese,) = demo.records.glob("*_GBK.csv")
    (marked,) = demo.records.glob("*_UTF8.csv")

    with pytest.raises(UnicodeDecodeError):
        chinese.read_bytes().decode("utf-8")
    assert marked.read_bytes().startswith(b"\xef\xbb\xbf")


def test_telephone_numbers_are_clearly_invented_and_often_missing(signins: pd.DataFrame) -> None:
    phones = [plain(dict(zip(row.words, row.cells, strict=True))["联系电话"]) for row in signins.itertuples()]
    given = [phone for phone in phones if phone]

    assert all(re.fullmatch(r"1990000\d{4}", phone) for phone in given)
    assert len(given) / len(phones) == pytest.approx(0.6, abs=0.02)
