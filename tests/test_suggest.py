"""Pairs that may be one: with reasons anybody can check, found without comparing everybody with everybody."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build.decisions import Decision, Descriptor, decision_table
from sanshe_net.build.identity import resolve_people
from sanshe_net.build.read import read_inputs
from sanshe_net.build.suggest import CROWD, HOUSEHOLD, PAIR_COLUMNS, alike, suggest_people
from sanshe_net.build.suggest_names import suggest_activities, suggest_bodies, suggest_pairs
from sanshe_net.export import write_csv
from sanshe_net.records import empty_records, table

Person = tuple[str, str, str, str]


def profiles(people: Sequence[Person]) -> pd.DataFrame:
    """Return profiles of (name, phone, number, building), blank where empty."""
    columns = ["name", "phone", "person_no", "building"]
    made = pd.DataFrame(people, columns=columns, index=[f"P{i}" for i in range(len(people))], dtype=object)
    for column in columns[1:]:
        made[column] = made[column].map(lambda cell: (cell,) if cell else ())
    return made


def points(one: Person, other: Person, seen: Mapping[str, set[str]] | None = None) -> float | None:
    found = suggest_people(profiles([one, other]), seen or {})
    return None if found.empty else float(found["score"].iloc[0])


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("王伟", "王伟", "same name"), ("王伟（组长）", "王伟", "same name but"), ("王伟2", "王伟", "same name but"),
        ("張偉", "张伟", "same name but"), ("王小明", "王晓明", "same pinyin"), ("王伟", "Wang Wei", "same pinyin"),
        ("单小明", "山小明", "same pinyin"), ("王明小", "王小明", "swapped"), ("王玲", "王林", "nearly alike"),
        ("Jon Smith", "John Smith", "nearly alike"), ("王大明", "王小明", "one character"), ("王秀英", "王英", "one character"),
        ("王阿姨", "王秀英", "incomplete"), ("张**", "张三", "incomplete"),
    ],
)  # fmt: skip
def test_names_resemble_each_other_in_ways_that_are_named(one: str, other: str, reason: str) -> None:
    for pair in ((one, other), (other, one)):
        found = alike(*pair)
        assert found is not None
        assert reason in found.reason.en


@pytest.mark.parametrize(("one", "other"), [("王伟", "李伟"), ("王阿姨", "李秀英"), ("王伟", "王强")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert alike(one, other) is None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("王伟", "1", "", ""), ("王伟", "2", "", ""), 4), (("王伟", "1", "", "3栋"), ("王伟", "2", "", "3栋"), 5),
        (("王伟", "1", "", "3栋"), ("王伟", "2", "", "5栋"), 2), (("王伟", "", "7", ""), ("王伟", "", "8", ""), 4),
        (("王小明", "1", "", ""), ("王晓明", "1", "", ""), 6), (("王小明", "", "7", ""), ("王晓明", "", "7", ""), 6),
        (("王小明", "", "", ""), ("王晓明", "", "", ""), 3), (("王小明", "1", "", ""), ("王晓明", "2", "", ""), 2),
        # One household: brothers and sisters share a phone and all but one character.
        (("王小明", "1", "", ""), ("王小红", "1", "", ""), 2.5), (("王小明", "1", "", ""), ("李娜", "1", "", ""), None),
        (("王大明", "", "", ""), ("王小明", "", "", ""), None), (("王大明", "", "", "3栋"), ("王小明", "", "", "3栋"), 2),
        (("王阿姨", "1", "", ""), ("王秀英", "1", "", ""), 2.5), (("王阿姨", "", "", ""), ("王秀英", "", "", ""), None),
        (("王玲", "1", "", ""), ("王林", "1", "", ""), 4), (("王玲", "", "", ""), ("王林", "", "", ""), None),
    ],
)  # fmt: skip
def test_points_add_up(one: Person, other: Person, expected: float | None) -> None:
    assert points(one, other) == expected


def test_two_who_signed_in_at_one_activity_are_two() -> None:
    pair = (("王小明", "1", "", ""), ("王晓明", "1", "", ""))

    assert points(*pair, {"P0": {"A1"}, "P1": {"A2"}}) == 6
    assert points(*pair, {"P0": {"A1"}, "P1": {"A1", "A2"}}) == 2
    assert points(("王伟", "1", "", ""), ("王伟", "2", "", ""), {"P0": {"A1"}, "P1": {"A1"}}) is None


def test_the_whole_name_and_the_one_seen_more_often_is_kept() -> None:
    seen = {"P0": {"A1", "A2"}, "P1": {"A3"}}
    found = suggest_people(profiles([("王伟", "1", "", ""), ("王伟", "2", "", "")]), {"P1": {"A1"}})
    masked = suggest_people(profiles([("王**", "1", "", ""), ("王秀英", "1", "", "")]), seen)

    assert found[["keep", "merge"]].values.tolist() == [["P1", "P0"]]
    assert masked["keep"].tolist() == ["P1"]


def test_chains_stand_together_and_what_was_decided_is_not_asked_again() -> None:
    people = profiles(
        [
            ("王伟", "1", "", ""),
            ("李娜", "1", "", ""),
            ("王伟", "2", "", ""),
            ("李娜", "2", "", ""),
            ("王维", "3", "", ""),
        ]
    )
    found = suggest_people(people, {})
    apart = suggest_people(people, {}, {frozenset({"P1", "P3"})})

    assert found.columns.tolist() == list(PAIR_COLUMNS)
    assert found["cluster"].tolist() == sorted(found["cluster"])
    chains = [set(rows["keep"]) | set(rows["merge"]) for _, rows in found.groupby("cluster")]
    assert {"P1", "P3"} in chains
    assert {"P0", "P2", "P4"} in chains
    assert len(apart) == len(found) - 1


def test_an_office_phone_says_nothing_and_a_crowd_of_one_name_is_not_compared_in_full() -> None:
    office = [(f"王{a}", "1", "", "") for a in "梅兰竹菊春夏秋冬东西南北中"]
    assert len(office) > HOUSEHOLD
    assert (
        not suggest_people(profiles([*office, ("王阿姨", "1", "", "")]), {})["en"].str.contains("phone").any()
    )
    assert (
        suggest_people(profiles([office[0], ("王阿姨", "1", "", "")]), {})["en"].str.contains("phone").all()
    )

    crowd = profiles([("王伟", str(i), "", "") for i in range(CROWD + 50)])
    assert len(suggest_people(crowd, {})) == CROWD + 49


names = st.sampled_from(["王伟", "王维", "王小明", "王晓明", "王大明", "王明明", "王阿姨", "张**", "李娜"])
people = st.lists(
    st.tuples(
        names,
        st.sampled_from(["", "1", "2"]),
        st.sampled_from(["", "7"]),
        st.sampled_from(["", "3栋", "5栋"]),
    ),
    max_size=9,
)


@given(people, st.randoms(use_true_random=False))
def test_the_order_of_people_decides_nothing(drawn: list[Person], draw: random.Random) -> None:
    known = profiles(drawn)

    found = suggest_people(known, {})
    shuffled = suggest_people(known.loc[draw.sample(list(known.index), len(known))], {})

    pd.testing.assert_frame_equal(found, shuffled)


@given(people)
def test_blocks_miss_no_pair_worth_a_look(drawn: list[Person]) -> None:
    known = profiles(drawn)
    found = {frozenset(pair) for pair in suggest_people(known, {})[["keep", "merge"]].to_numpy()}

    for a in range(len(drawn)):
        for b in range(a):
            shown = points(drawn[a], drawn[b]) is not None
            assert shown == (frozenset((f"P{a}", f"P{b}")) in found)


def test_automatic_joining_joins_nobody_wrongly_and_finds_most() -> None:
    """A station with a list of people: every twelfth shares a name with another, households share phones."""
    draw = random.Random(7)
    surnames, given_ = "王李张刘陈", "伟芳娜敏静丽强磊军洋勇艳杰涛明超霞平刚桂"
    people = []
    for i in range(360):
        name = draw.choice(surnames) + draw.choice(given_) + draw.choice(given_)
        if i % 12 == 1:
            name = people[-1][0]
        phone = people[-1][1] if i % 5 == 0 and people and people[-1][0] != name else f"138{i:08d}"
        people.append((name, phone, f"{i % 24 + 1}栋"))
    rows = []
    for who, (name, phone, building) in enumerate(people):
        rows.append((who, name, phone, building))
        for _ in range(4):
            rows.append((who, name, *(cell if draw.random() < 0.6 else None for cell in (phone, building))))
    frame = pd.DataFrame(rows, columns=["who", "name", "phone", "building"], dtype=object).assign(
        person_no=None, table="attendance", file="f", sheet="", row=range(len(rows))
    )
    found = frame.assign(person=resolve_people(frame).person_id).dropna(subset="person")

    assert (found.groupby("person")["who"].nunique() == 1).all()  # precision 1.0
    assert len(found) / len(frame) > 0.9
    assert (found.groupby("who")["person"].nunique() == 1).mean() > 0.95


# --- bodies and activities


def bodies(*named: tuple[str, str], members: Sequence[tuple[str, str]] = ()) -> pd.DataFrame:
    rows = pd.DataFrame(named, columns=["name", "kind"], index=[f"O{i}" for i in range(len(named))])
    held = pd.DataFrame(members, columns=["org_id", "person_id"])
    from dataclasses import replace

    made = replace(
        empty_records(), organisations=table("organisations", rows), memberships=table("memberships", held)
    )
    return suggest_bodies(made)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("舞蹈队", "舞蹈 队", 5), ("舞蹈队", "舞稻队", 4), ("舞蹈队", "社区舞蹈队", 3),
        ("青云街道便民超市", "青云街道便民大超市", 2), ("舞蹈队", "合唱队", None),
    ],
)  # fmt: skip
def test_bodies_under_two_names(one: str, other: str, expected: float | None) -> None:
    found = bodies((one, "organisation"), (other, "organisation"))

    assert found["score"].tolist() == ([] if expected is None else [expected])
    assert bodies((one, "organisation"), (other, "government")).empty == (
        expected is None or expected - 2 < 2
    )


def test_common_members_make_two_bodies_likelier_one() -> None:
    found = bodies(
        ("舞蹈队", "organisation"), ("社区舞蹈队", "organisation"),
        members=[("O0", "P1"), ("O1", "P1"), ("O1", "P2")],
    )  # fmt: skip

    assert found[["keep", "merge", "score"]].values.tolist() == [["O1", "O0", 4.0]]


def activities(
    *titles: str, day: str = "2024-09-17", signed: Mapping[int, str] | None = None
) -> pd.DataFrame:
    from dataclasses import replace

    rows = pd.DataFrame(
        {"title": titles, "date": pd.Timestamp(day)}, index=[f"A{i}" for i in range(len(titles))]
    )
    held = pd.DataFrame(
        [(f"A{i}", who) for i, who in (signed or {}).items()], columns=["activity_id", "person_id"]
    )
    return suggest_activities(
        replace(empty_records(), activities=table("activities", rows), attendance=table("attendance", held))
    )


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("中秋灯会", "中秋 灯会", 4), ("中秋灯会", "中秋灯会（第二场）", 4), ("灯会（第一场）", "灯会（第二场）", None),
        ("中秋灯会", "青云社区中秋灯会", 3), ("中秋灯会活动", "中秋灯会活动日", 3), ("中秋灯会", "中秋等会", 3),
        ("中秋灯会", "茶会", None),
    ],
)  # fmt: skip
def test_activities_of_one_day_under_two_titles(one: str, other: str, expected: float | None) -> None:
    assert activities(one, other)["score"].tolist() == ([] if expected is None else [expected])


def test_a_sign_in_sheet_and_a_ledger_are_two_sides_of_one_activity() -> None:
    assert activities("中秋灯会", "中秋 灯会", signed={0: "P1"})["score"].tolist() == [5]
    assert activities("中秋灯会", "中秋 灯会", signed={0: "P1", 1: "P1"})["score"].tolist() == [3]
    assert activities("中秋灯会", "中秋 灯会", signed={0: "P1", 1: "P2"})["score"].tolist() == [4]


def test_what_was_decided_to_be_different_is_not_asked_again(tmp_path: Path) -> None:
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "a.csv").write_text(
        "姓名,活动,日期,电话\n王伟,中秋灯会,2024-09-17,13800000001\n王伟,中秋 灯会,2024-09-17,13800000002\n",
        encoding="utf-8",
    )
    (tmp_path / "表" / "b.csv").write_text("姓名,团队\n王伟,舞蹈队\n王伟,社区舞蹈队\n", encoding="utf-8")
    (tmp_path / "表" / "c.csv").write_text("组织名称\n舞蹈队\n社区舞蹈队\n", encoding="utf-8")
    day = "2024-09-17"
    ends = {
        "person": (Descriptor("王伟", phone="13800000001"), Descriptor("王伟", phone="13800000002")),
        "body": (Descriptor("舞蹈队"), Descriptor("社区舞蹈队")),
        "activity": (Descriptor("中秋灯会", day=day), Descriptor("中秋 灯会", day=day)),
    }
    reading = read_inputs(tmp_path / "表")
    asked = suggest_pairs(reading.records, reading.people)
    write_csv(
        tmp_path / "d.csv", decision_table([Decision(s, *pair, "different") for s, pair in ends.items()])
    )

    assert sorted(asked["subject"]) == sorted(ends)
    assert asked["cluster"].tolist() == [1, 2, 3]
    reading = read_inputs(tmp_path / "表", decisions=tmp_path / "d.csv")
    assert suggest_pairs(reading.records, reading.people).empty


def test_of_very_many_bodies_only_those_that_end_alike_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.build.suggest_names.MOST_BODIES", 1)

    assert len(bodies(("舞蹈队", "organisation"), ("社区舞蹈队", "organisation"))) == 1
    assert bodies(("舞蹈队", "organisation"), ("舞稻对", "organisation")).empty
