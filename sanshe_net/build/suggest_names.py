"""Bodies and activities that may be one under two names, as in :mod:`sanshe_net.build.suggest`."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import combinations
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz

from sanshe_net.build.decide import People
from sanshe_net.build.decisions import Decision
from sanshe_net.build.sounds import core, spoken_alike
from sanshe_net.build.suggest import PAIR_COLUMNS, Pair, Scored, pair_table, suggest_people
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label

MOST_BODIES: Final = 1_000
"""Of more bodies than this only those with the same last two characters are compared."""
ALIKE_TITLES: Final = 80.0
"""How alike, of 100, two titles of one day must be."""
_ORDINAL: Final = re.compile(r"第?([0-9一二三四五六七八九十]+|上|下)(?:场|期|次|节|届|午)")

_SAME: Final = Label("去掉空格、括号和标点后名称相同", "same name without spaces, brackets and marks")
_SOUND: Final = Label("读音相同", "same pinyin")
_WITHIN: Final = Label("一个名称以另一个结尾", "one name ends with the other")
_NEAR: Final = Label("名称相近", "names nearly alike")
_MEMBERS: Final = Label("成员大多相同", "mostly the same members")
_KINDS: Final = Label("类别不同", "different kinds")
_ONE_SIDE: Final = Label("一个只有签到，另一个只在台账", "one has sign-ins, the other has none")
_BOTH_SIDES: Final = Label("有人在两边都签到", "somebody signed in at both")
_SAME_DAY: Final = Label("同一天", "same day")


def suggest_pairs(records: Records, people: People) -> pd.DataFrame:
    """Return every pair worth a look: people, bodies and activities, in the columns of suggest_people.

    Pairs that were decided to be different are left out; pairs decided to be the same are one already.
    """
    parts = [
        suggest_people(people.profiles, activities_of(records), people.apart),
        suggest_bodies(records, people.choices.bodies),
        suggest_activities(records, people.choices.activities),
    ]
    held = [part for part in parts if len(part)]
    made = pd.concat(held, ignore_index=True) if held else pd.DataFrame(columns=list(PAIR_COLUMNS))
    # Each subject counts its chains from 1; here they go on.
    made["cluster"] = made.groupby(["subject", "cluster"], sort=False).ngroup() + 1
    return made


def activities_of(records: Records) -> dict[str, frozenset[str]]:
    """Return the activities at which each person was present."""
    here = records.presence()
    here = here[here["present"]]
    return {str(who): frozenset(rows) for who, rows in here.groupby("person_id")["activity_id"]}


def suggest_bodies(records: Records, decided: Collection[Decision] = ()) -> pd.DataFrame:
    """Return pairs of bodies that may be one: 舞蹈队 and 社区舞蹈队."""
    bodies = records.organisations
    ids, names = [str(one) for one in bodies.index], [str(name) for name in bodies["name"]]
    kinds = list(bodies["kind"])
    members = records.memberships.groupby("org_id")["person_id"].agg(frozenset).to_dict()
    apart = _apart(decided)
    found: dict[Pair, Scored] = {}
    for a, b in combinations(range(len(ids)), 2):
        one, other = core(names[a]), core(names[b])
        if len(ids) > MOST_BODIES and one[-2:] != other[-2:]:
            continue
        scored = _body_names(one, other)
        if scored is None or frozenset((names[a], names[b])) in apart:
            continue
        if kinds[a] != kinds[b]:
            scored.add(-2, _KINDS)
        mine, yours = (members.get(ids[i], frozenset()) for i in (a, b))
        if mine and yours and 2 * len(mine & yours) >= min(len(mine), len(yours)):
            scored.add(1, _MEMBERS)
        found[a, b] = scored

    def rank(i: int) -> tuple[Any, ...]:
        return -len(members.get(ids[i], ())), len(names[i]), ids[i]

    return pair_table("body", ids, found, rank)


def _body_names(one: str, other: str) -> Scored | None:
    if one == other:
        return Scored(5, [_SAME])
    if spoken_alike(one, other):
        return Scored(4, [_SOUND])
    short, long = sorted((one, other), key=len)
    if len(short) >= 3 and long.endswith(short):
        return Scored(3, [_WITHIN])
    if len(short) >= 5 and fuzz.ratio(one, other) > ALIKE_TITLES:
        return Scored(2, [_NEAR])
    return None


def suggest_activities(records: Records, decided: Collection[Decision] = ()) -> pd.DataFrame:
    """Return pairs of activities of one day that may be one: 中秋灯会 and 中秋灯会（第二场）.

    Titles that count themselves differently (第一场, 第二场) are two, and so are two occurrences.
    """
    held = records.activities
    ids = [str(one) for one in held.index]
    titles, days = [str(title) for title in held["title"]], list(held["date"])
    occurrences = [None if cell != cell else cell for cell in held["occurrence"]]
    attended: dict[str, frozenset[str]] = {
        str(one): frozenset(rows) for one, rows in records.attendance.groupby("activity_id")["person_id"]
    }
    apart = _apart(decided)
    by_day: dict[Any, list[int]] = {}
    for i, day in enumerate(days):
        if day == day:  # that two have no day does not make it the same one
            by_day.setdefault(day, []).append(i)
    found: dict[Pair, Scored] = {}
    for same_day in by_day.values():
        for a, b in combinations(same_day, 2):
            if _count(titles[a], occurrences[a], titles[b], occurrences[b]):
                continue
            scored = _titles(titles[a], titles[b])
            ends = frozenset((f"{days[i]:%Y-%m-%d}", titles[i]) for i in (a, b))
            if scored is None or ends in apart:
                continue
            here = [attended.get(ids[i], frozenset()) for i in (a, b)]
            if bool(here[0]) != bool(here[1]):
                scored.add(1, _ONE_SIDE)
            elif here[0] & here[1]:
                scored.add(-1, _BOTH_SIDES)
            found[a, b] = scored

    def rank(i: int) -> tuple[Any, ...]:
        return -len(attended.get(ids[i], ())), len(titles[i]), ids[i]

    return pair_table("activity", ids, found, rank)


def _titles(one: str, other: str) -> Scored | None:
    a, b = core(one), core(other)
    if a == b:
        return Scored(4, [_SAME_DAY, _SAME])
    short, long = sorted((a, b), key=len)
    if len(short) >= 3 and long.endswith(short):
        return Scored(3, [_SAME_DAY, _WITHIN])
    if spoken_alike(one, other) or fuzz.ratio(a, b) >= ALIKE_TITLES:
        return Scored(3, [_SAME_DAY, _NEAR])
    return None


def _count(one: str, first: Any, other: str, second: Any) -> bool:
    """Return whether two titles of one day count themselves as different occurrences."""
    ordinals = [_ORDINAL.findall(title) for title in (one, other)]
    return (all(ordinals) and ordinals[0] != ordinals[1]) or bool(first and second and first != second)


def _apart(decided: Collection[Decision]) -> set[frozenset[Any]]:
    held = (one for one in decided if one.word == "different")
    return {
        frozenset((end.day, end.name) if one.subject == "activity" else end.name for end in one.ends)
        for one in held
    }
