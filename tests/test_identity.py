"""Who is who: rows are joined only when nothing contradicts it."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build.identity import incomplete, kind_of_body, profiles, resolve_people

Mention = tuple[str, str | None, str | None]
Numbered = tuple[str, str | None, str | None, str | None]


def who(rows: Sequence[Mention]) -> tuple[list[str | None], list[str]]:
    """Return the person of each (name, phone, building), and the codes of what was noticed."""
    mentions = pd.DataFrame(rows, columns=["name", "phone", "building"], dtype=object).assign(person_no=None)
    mentions = mentions.where(mentions.notna(), None).assign(
        table="attendance", file="f", sheet="", row=range(len(rows))
    )
    identities = resolve_people(mentions)
    found, problems = identities.person_id, identities.problems
    return [None if pd.isna(one) else one for one in found], [problem.code for problem in problems]


def groups(rows: Sequence[Mention]) -> list[int | None]:
    """Return the person of each row, numbered by first appearance."""
    found, _ = who(rows)
    order = list(dict.fromkeys(one for one in found if one is not None))
    return [None if one is None else order.index(one) for one in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # A name alone is one person, and takes the phone and building written with it.
        ([("王伟", None, None), ("王伟", None, None)], [0, 0]),
        ([("王伟", None, None), ("王伟", "1", None), ("王伟", None, "3栋")], [0, 0, 0]),
        ([("王伟", "1", "3栋"), ("王伟", "1", "5栋"), ("王伟", None, "5栋"),
        ("王伟", None, None)], [0, 0, 0, 0]),
        # Two phones are two people; a row without a phone is neither.
        ([("王伟", "1", None), ("王伟", "2", None), ("王伟", None, None)], [0, 1, None]),
        # Two buildings are two people.
        ([("王伟", None, "3栋"), ("王伟", None, "5栋"), ("王伟", None, None)], [0, 1, None]),
        # A building finds the phone written with it.
        ([("王伟", "1", "3栋"), ("王伟", "2", "5栋"), ("王伟", None, "3栋"),
        ("王伟", None, "5栋")], [0, 1, 0, 1]),
        # Unless two phones share the building.
        ([("王伟", "1", "3栋"), ("王伟", "2", "3栋"), ("王伟", None, "3栋")], [0, 1, None]),
        # A building that no phone stands with is one more person.
        ([("王伟", "1", "3栋"), ("王伟", None, "5栋")], [0, 1]),
        # Unless the one phone stands with no building at all.
        ([("王伟", "1", None), ("王伟", None, "5栋")], [0, 0]),
        ([("王伟", "1", None), ("王伟", "2", None), ("王伟", None, "5栋")], [0, 1, 2]),
        # Other names have no part in it: a household shares its phone.
        ([("王伟", "1", "3栋"), ("王芳", "1", "3栋")], [0, 1]),
    ],
)  # fmt: skip
def test_phone_and_building_tell_namesakes_apart(rows: list[Mention], expected: list[int | None]) -> None:
    assert groups(rows) == expected


def test_namesakes_are_told_of_and_unclear_rows_listed() -> None:
    rows = [("王伟", "1", None), ("王伟", "2", None), ("王伟", None, None), ("王伟", None, None)]

    assert who(rows)[1] == ["W-SAME-NAME", "W-PERSON-UNRESOLVED", "W-PERSON-UNRESOLVED"]


def test_ids_are_numbered_by_name() -> None:
    assert who([("丙", None, None), ("甲", None, None)])[0] == ["P0001", "P0002"]


mentions = st.tuples(
    st.sampled_from(["王伟", "李娜"]),
    st.sampled_from([None, "1", "2", "3"]),
    st.sampled_from([None, "3栋", "5栋"]),
)


@given(st.lists(mentions, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_decides_nothing(rows: list[Mention], draw: random.Random) -> None:
    order = draw.sample(range(len(rows)), len(rows))

    found, shuffled = who(rows)[0], who([rows[i] for i in order])[0]

    assert [found[i] for i in order] == shuffled


@given(st.lists(mentions, min_size=1, max_size=12))
def test_nobody_has_two_names_or_two_phones(rows: list[Mention]) -> None:
    found, _ = who(rows)
    held = (
        pd.DataFrame(rows, columns=["name", "phone", "building"]).assign(person=found).dropna(subset="person")
    )

    assert (held.groupby("person")[["name", "phone"]].nunique() <= 1).all(axis=None)
    # The same name and phone is never two people.
    assert (held.groupby(["name", "phone"])["person"].nunique() <= 1).all()


@given(st.lists(mentions, min_size=1, max_size=12))
def test_a_row_stays_unresolved_only_among_namesakes(rows: list[Mention]) -> None:
    found, codes = who(rows)
    for (name, phone, _), person in zip(rows, found, strict=True):
        if person is None:
            assert phone is None
            assert len({other for (n, *_), other in zip(rows, found, strict=True) if n == name} - {None}) > 1
            assert "W-SAME-NAME" in codes


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("青云居委会", "committee"), ("青云社区居民委员会", "committee"), ("清城区民政局", "government"),
        ("青云街道办事处", "government"),
        ("舞蹈队", "organisation"), ("书法社", "organisation"), ("社工站", "social_worker"), ("幸福里社工服务站", "social_worker"), ("幸福物业服务中心", "partner"), ("站里", None),
        ("党群服务中心", "committee"), ("街道党工委", "government"),
        ("美发店", None),
    ],
)  # fmt: skip
def test_a_body_says_its_kind_by_its_name(name: str, kind: str | None) -> None:
    assert kind_of_body(name) == kind


# --- person numbers


def numbered(rows: Sequence[Numbered]) -> list[int | None]:
    """Return the person of each (name, phone, number, building), numbered by first appearance."""
    frame = pd.DataFrame(rows, columns=["name", "phone", "person_no", "building"], dtype=object)
    frame = frame.where(frame.notna(), None).assign(table="people", file="f", sheet="", row=range(len(rows)))
    found = [None if pd.isna(one) else one for one in resolve_people(frame).person_id]
    order = list(dict.fromkeys(one for one in found if one is not None))
    return [None if one is None else order.index(one) for one in found]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # Two numbers are two people, even where nothing else tells them apart; 001 and 1 are two numbers.
        ([("张三", None, "001", None), ("张三", None, "1", None), ("张三", None, None, None)], [0, 1, None]),
        # A number finds the phone written with it, whatever the building says.
        ([("张三", "1", "7", "3栋"), ("张三", "2", "8", "5栋"), ("张三", None, "7", "5栋")], [0, 1, 0]),
        # A number written with two phones tells nobody apart.
        ([("张三", "1", "7", None), ("张三", "2", "7", None), ("张三", None, "7", None)], [0, 1, None]),
        # A building finds the number written with it.
        ([("张三", None, "7", "3栋"), ("张三", None, "8", "5栋"), ("张三", None, None, "5栋")], [0, 1, 1]),
        # The one phone takes the one number, until it is known to have another.
        ([("张三", "1", None, None), ("张三", None, "7", None)], [0, 0]),
        ([("张三", "1", "8", None), ("张三", None, "7", None)], [0, 1]),
        # Not where the buildings contradict it, but where they agree.
        ([("张三", "1", None, "3栋"), ("张三", None, "7", "5栋")], [0, 1]),
        ([("张三", "1", None, "3栋"), ("张三", "1", None, "5栋"), ("张三", None, "7", "5栋")], [0, 0, 0]),
        # Another name with the same number is another person.
        ([("张三", None, "7", None), ("李四", None, "7", None)], [0, 1]),
    ],
)  # fmt: skip
def test_a_person_number_tells_namesakes_apart(rows: list[Numbered], expected: list[int | None]) -> None:
    assert numbered(rows) == expected


# --- incomplete names


@pytest.mark.parametrize(
    "name",
    [
        "张**",
        "张＊",
        "李某",
        "李某某",
        "王阿姨",
        "张先生",
        "小明妈妈",
        "陈老师",
        "小王",
        "老李",
        "阿强",
        "王姐",
        "王",
        "张xx",
    ],
)
def test_what_is_nobodys_own_name_is_incomplete(name: str) -> None:
    assert incomplete(name.replace("＊", "*"))


@pytest.mark.parametrize(
    "name", ["王小明", "李娜", "欧阳修", "甲", "Evelyn Jefferson", "张伟", "王小老", "石头"]
)
def test_a_whole_name_is_not_incomplete(name: str) -> None:
    assert not incomplete(name)


@pytest.mark.parametrize(
    ("rows", "expected", "told"),
    [
        # As handed over: two masked names with masked phones, two forms of address.
        ([("张**", "1380001", None), ("张**", "1380002", None), ("李某", None, None), ("王阿姨", None, None)],
         [0, 1, 2, 3], ["W-NAME-INCOMPLETE"] * 3),
        # Two mentions without any key may be two people: neither is counted as one.
        ([("王阿姨", None, None), ("王阿姨", None, None)], [None, None], ["W-NAME-UNRESOLVED"] * 2),
        # A phone or a building makes a person, the name alone never finds it.
        ([("王阿姨", "1", None), ("王阿姨", "1", None), ("王阿姨", None, None)], [0, 0, None],
         ["W-NAME-INCOMPLETE", "W-NAME-UNRESOLVED"]),
        ([("王阿姨", "1", None), ("王阿姨", None, "5栋")], [0, 1], ["W-NAME-INCOMPLETE"]),
        ([("王阿姨", None, "5栋"), ("王阿姨", None, "5栋")], [0, 0], ["W-NAME-INCOMPLETE"]),
    ],
)  # fmt: skip
def test_an_incomplete_name_joins_nothing_by_itself(
    rows: list[Mention], expected: list[int | None], told: list[str]
) -> None:
    assert groups(rows) == expected
    assert who(rows)[1] == told


@given(st.lists(mentions, min_size=1, max_size=12))
def test_a_profile_holds_what_was_written_of_its_person(rows: list[Mention]) -> None:
    frame = pd.DataFrame(rows, columns=["name", "phone", "building"], dtype=object).assign(person_no=None)
    frame = frame.where(frame.notna(), None).assign(
        table="attendance", file="f", sheet="", row=range(len(rows))
    )
    identities = resolve_people(frame)
    known = profiles(frame, identities)

    assert set(known.index) == set(identities.person_id.dropna())
    for person, (name, phone, building) in zip(identities.person_id, rows, strict=True):
        if not pd.isna(person):
            row = known.loc[person]
            assert row["aliases"] == (name,)
            assert phone is None or phone in row["phone"]
            assert building is None or building in row["building"]
