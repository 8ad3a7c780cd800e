"""Records as if some were one: every sign-in is still there, and it is what reading them as one would give."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import told

from sanshe_net.build.assemble import build_network
from sanshe_net.build.decisions import Decision, Descriptor, decision_table, shown_as
from sanshe_net.build.merge import merged
from sanshe_net.build.read import read_records
from sanshe_net.build.suggest import PAIR_COLUMNS
from sanshe_net.export import write_csv
from sanshe_net.practice.leaders import find_leaders
from sanshe_net.practice.who_is_who import (
    NO_EFFECT,
    NOT_WORKED_OUT,
    Sensitivity,
    effects,
    shortlist_sensitivity,
)
from sanshe_net.records import Records

PEOPLE = ["甲乙", "丙丁", "戊己", "庚辛"]


def community(folder: Path) -> Records:
    sheets = {
        "签到": "姓名,活动,日期,角色,介绍人\n"
        + "".join(
            f"{name},{title},2024-0{month}-05,{'组织者' if i == month % 4 else '参加者'},{PEOPLE[(i + 1) % 4]}\n"
            for month in range(1, 7)
            for i, name in enumerate(PEOPLE)
            for title in ("合唱", "合唱排练")
            if (i + month) % 3
        ),
        "名册": "姓名,楼栋,性别\n甲乙,,女\n丙丁,3栋,\n戊己,5栋,\n庚辛,,\n",
        "台账": "活动名称,日期,主办单位,参加人数\n"
        + "".join(
            f"合唱,2024-0{m}-05,歌队、舞队,{20 + m}\n合唱排练,2024-0{m}-05,舞队,{30 + m}\n"
            for m in range(1, 7)
        ),
        "组织": "组织名称,组织类型,负责人,指导单位\n歌队,社会组织,甲乙,舞队\n舞队,社会组织,,\n",
        "成员": "姓名,团队,职务\n甲乙,歌队,\n甲乙,舞队,\n丙丁,舞队,队长\n戊己,歌队,\n",
        "推荐": "推荐人,被推荐人\n甲乙,丙丁\n戊己,甲乙\n戊己,丙丁\n",
        "资源": "资源方,受助方,资源类型\n歌队,舞队,物资\n超市,歌队,物资\n",
        "议题": "议题,提出人\n灯,甲乙、丙丁\n",
    }
    folder.mkdir()
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return read_records(folder)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return community(tmp_path_factory.mktemp("merge") / "表")


def named(table: pd.DataFrame, name: str, column: str = "name") -> str:
    return str(table.index[table[column] == name][0])


def test_nobody_joined_is_nothing_changed(records: Records) -> None:
    assert merged(records, {}) is records
    assert merged(records, {"P0001": "P0001"}) is records


@given(st.data())
@settings(max_examples=40)
def test_joining_keeps_every_sign_in_and_points_nowhere_else(records: Records, data: st.DataObject) -> None:
    ids = st.sampled_from(sorted(records.people.index))
    activities = st.sampled_from(sorted(records.activities.index))
    pairs = [
        *data.draw(st.lists(st.tuples(ids, ids), max_size=3)),
        *data.draw(st.lists(st.tuples(activities, activities), max_size=3)),
    ]
    shown = shown_as(pairs)

    found = merged(records, shown)

    assert len(found.attendance) == len(records.attendance)
    columns = ["file", "sheet", "row", "present", "role"]
    pd.testing.assert_frame_equal(found.attendance[columns], records.attendance[columns])
    expected = records.attendance["person_id"].map(lambda one: shown.get(one, one))
    assert found.attendance["person_id"].tolist() == expected.tolist()
    gone = {old for old, new in shown.items() if old != new}
    assert set(found.people.index) == set(records.people.index) - gone
    assert set(found.activities.index) == set(records.activities.index) - gone
    assert found.head_counts().max() >= records.head_counts().max()
    build_network(found)


@pytest.mark.parametrize(
    ("subject", "pairs"),
    [
        ("person", [("甲乙", "丙丁")]), ("person", [("丙丁", "甲乙"), ("丙丁", "戊己")]), ("person", [("庚辛", "戊己")]),
        ("body", [("歌队", "舞队")]), ("activity", [("合唱", "合唱排练")]),
    ],
)  # fmt: skip
def test_joined_afterwards_is_joined_while_reading(
    tmp_path: Path, subject: str, pairs: Sequence[tuple[str, str]]
) -> None:
    records = community(tmp_path / "表")
    if subject == "activity":
        days = [f"2024-0{month}-05" for month in range(1, 7)]
        ends = [tuple(Descriptor(name, day=day) for name in pair) for pair in pairs for day in days]
        by_day = records.activities.assign(day=records.activities["date"].astype(str))
        shown = {
            named(by_day[by_day["day"] == day], merge, "title"): named(
                by_day[by_day["day"] == day], keep, "title"
            )
            for keep, merge in pairs
            for day in days
        }
    else:
        table = records.people if subject == "person" else records.organisations
        ends = [tuple(Descriptor(name) for name in pair) for pair in pairs]
        shown = {named(table, merge): named(table, keep) for keep, merge in pairs}
    write_csv(tmp_path / "d.csv", decision_table([Decision(subject, *pair, "same") for pair in ends]))

    expected = read_records(tmp_path / "表", decisions=tmp_path / "d.csv")
    found = merged(records, shown)

    mine, theirs = told(found), told(expected)
    for name in ("people", "organisations", "activities", "hosting", "support", "issue_people"):
        assert mine[name] == theirs[name], name
    for name in ("attendance", "memberships"):
        # The only difference: rows that named somebody who is now oneself.
        assert len(mine[name]) == len(theirs[name]), name
    found_ties, expected_ties = (
        build_network(one, layers="co_attendance").ties[["weight", "evidence"]] for one in (found, expected)
    )
    assert sorted(map(tuple, found_ties.round(9).to_numpy())) == sorted(
        map(tuple, expected_ties.round(9).to_numpy())
    )


def test_nobody_points_at_themselves(records: Records) -> None:
    person = {named(records.people, "丙丁"): named(records.people, "甲乙")}
    body = {named(records.organisations, "舞队"): named(records.organisations, "歌队")}
    found = merged(records, person | body)

    assert not (found.attendance["brought_by"] == found.attendance["person_id"]).fillna(False).any()
    assert not (found.nominations["source_id"] == found.nominations["target_id"]).any()
    assert found.organisations["supervisor_id"].isna().all()
    assert found.support["receiver_id"].notna().tolist() == [False, True]
    assert not found.hosting.duplicated(["activity_id", "org_id", "role"]).any()


def test_what_was_unknown_is_taken_from_the_other(records: Records) -> None:
    keep, other = (named(records.people, name) for name in ("甲乙", "丙丁"))
    row = merged(records, {other: keep}).people.loc[keep]

    assert (row["name"], row["building"], row["sex"]) == ("甲乙", "3栋", "女")


# --- what it would change


def pair_rows(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [("person", keep, merge, 5.0 - i / 10, "", "", 1) for i, (keep, merge) in enumerate(pairs)]
    return pd.DataFrame(rows, columns=list(PAIR_COLUMNS)).astype({"score": float})


def test_the_shortlist_is_shown_with_none_and_with_all_joined(records: Records) -> None:
    leaders = find_leaders(records, top_k=1, draws=5)
    listed = set(leaders.shortlist.index)
    others = [one for one in records.people.index if one not in listed]
    found = shortlist_sensitivity(records, pair_rows((others[0], others[1])), leaders)
    joined = find_leaders(merged(records, {others[1]: others[0]}), top_k=1, draws=5)

    assert set(found.table.index[found.table["none_merged"]]) == listed
    assert set(found.table.index[found.table["all_merged"]]) == set(joined.shortlist.index)
    assert found.pairs == 1
    assert found.explain("zh")


def test_without_pairs_the_shortlist_depends_on_no_decision(records: Records) -> None:
    found = shortlist_sensitivity(records, pair_rows(), find_leaders(records, draws=5))

    assert found.enters == found.leaves == []
    assert "不受影响" in found.explain("zh")


@pytest.mark.parametrize(
    ("none", "joined", "words"),
    [([True], [True], "stays the same"), ([True, False], [True, True], "enter 乙; leave nobody"),
     ([True, True], [True, False], "enter nobody; leave 乙")],
)  # fmt: skip
def test_whoever_enters_or_leaves_is_named(none: list[bool], joined: list[bool], words: str) -> None:
    table = pd.DataFrame({"label": ["甲", "乙"][: len(none)], "none_merged": none, "all_merged": joined})

    assert words in Sensitivity(2, table, 0).explain("en")


def test_the_effect_of_a_pair_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.practice.who_is_who.FIRST_PAIRS", 2)
    groups = {"甲乙": "歌舞", "丙丁": "棋书", "戊己": "歌舞棋", "庚辛": "书"}
    rows = "".join(f"{name},{one}队\n" for name, held in groups.items() for one in held)
    (tmp_path / "成员.csv").write_text(f"姓名,团队\n{rows}", encoding="utf-8")
    (tmp_path / "签到.csv").write_text("姓名,活动,日期\n庚辛,合唱,2024-01-05\n", encoding="utf-8")
    records = read_records(tmp_path)
    a, b, c, d = (named(records.people, name) for name in groups)

    found = effects(records, pair_rows((a, b), (c, d), (a, d)), top_k=1)

    assert found[0].zh == (
        "合并后甲乙成为牵线位置第 1 位（联系团队数，原第 2 位、第 2 位）；甲乙进入候选名单；戊己退出候选名单"
    )
    assert "joining them makes 甲乙 broker number 1" in found[0].en
    assert found[1] == NO_EFFECT
    assert found[2] == NOT_WORKED_OUT


def test_joining_two_who_never_came_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "签到.csv").write_text("姓名,活动,日期\n甲乙,合唱,2024-01-05\n", encoding="utf-8")
    (tmp_path / "名册.csv").write_text("姓名,楼栋\n丙丁,3栋\n丙丁,5栋\n", encoding="utf-8")
    records = read_records(tmp_path)
    one, other = records.people.index[records.people["name"] == "丙丁"]

    assert effects(records, pair_rows((str(one), str(other))), top_k=3) == [NO_EFFECT]
