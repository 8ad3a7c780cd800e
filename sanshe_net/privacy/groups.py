"""Groups instead of people: what may be shown to anybody, every number standing for at least five people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from sanshe_net.privacy.coded import AGE_BANDS, Wording
from sanshe_net.privacy.suppress import SMALLEST, TOTAL, suppressed_list
from sanshe_net.records import Records
from sanshe_net.vocabulary import HUKOU, KINDS, Label, Lang

PAIR_BANDS: Final = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
"""Pairs are shown as "at least this many": exact numbers of overlapping groups could be subtracted."""
SEXES: Final[Mapping[str, Label]] = {"女": Label("女", "women"), "男": Label("男", "men")}
NOT_STATED: Final = Label("未填", "not stated")


def group_members(records: Records, wording: Wording) -> pd.DataFrame:
    """Return who belongs to which group: ``group``, ``label``, ``kind``, ``person_id``, one row each.

    Groups are buildings and bodies with members. Those of fewer than :data:`SMALLEST` people are left out,
    and so are buildings with a person's name in them; bodies of doubtful name are numbered.
    """
    at_home = records.people["building"].dropna()
    at_home = at_home[[wording.free_of_names(text) for text in at_home]]
    home = pd.DataFrame({"label": at_home, "kind": "building", "person_id": at_home.index})
    home["group"] = "B:" + home["label"]
    rows, bodies = records.memberships, records.organisations
    joined = pd.DataFrame({
        "label": rows["org_id"].map(bodies["name"]), "kind": rows["org_id"].map(bodies["kind"]),
        "person_id": rows["person_id"], "group": "O:" + rows["org_id"],
    })  # fmt: skip
    known = joined["person_id"].isin(records.people.index)
    members = pd.concat([home, joined[known]], ignore_index=True).drop_duplicates(["group", "person_id"])
    size = members.groupby("group")["person_id"].transform("size")
    members = members[size >= SMALLEST].sort_values(["kind", "label", "person_id"], ignore_index=True)
    number = {group: i for i, group in enumerate(dict.fromkeys(members["group"]), 1)}
    members["group"] = [f"G{number[group]:03d}" for group in members["group"]]
    plain = [
        kind == "building" or (wording.is_body(text) and wording.free_of_names(text))
        for kind, text in zip(members["kind"], members["label"], strict=True)
    ]
    members["label"] = members["label"].where(pd.Series(plain, members.index, dtype=bool), members["group"])
    return members[["group", "label", "kind", "person_id"]]


def group_ties(members: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Return the ties between groups: ``source``, ``target``, ``pairs``.

    A tie stands for at least :data:`SMALLEST` different pairs of people, with more than one person at each
    end, so that none shows whom a single person knows.

    Parameters
    ----------
    members
        From :func:`group_members`.
    pairs
        Who is tied to whom: ``source`` and ``target``, person ids.
    """
    of = members[["group", "person_id"]]
    both = pd.concat([pairs[["source", "target"]], pairs.set_axis(["target", "source"], axis=1)])
    met = both.merge(of, left_on="source", right_on="person_id").merge(
        of, left_on="target", right_on="person_id", suffixes=("_a", "_b")
    )
    met = met[met["group_a"] < met["group_b"]].copy()
    met["pair"] = [(min(ends), max(ends)) for ends in zip(met["source"], met["target"], strict=True)]
    grouped = met.groupby(["group_a", "group_b"], sort=True)
    counted = pd.DataFrame({
        "pairs": grouped["pair"].nunique(),
        "here": grouped["source"].nunique(),
        "there": grouped["target"].nunique(),
    }).reset_index()  # fmt: skip
    kept = counted[(counted["pairs"] >= SMALLEST) & (counted[["here", "there"]].min(axis=1) > 1)]
    made = kept.rename(columns={"group_a": "source", "group_b": "target"})[["source", "target", "pairs"]]
    made["pairs"] = [max(band for band in PAIR_BANDS if band <= count) for count in made["pairs"]]
    return made.reset_index(drop=True)


def group_sizes(members: pd.DataFrame) -> pd.DataFrame:
    """Return one row per group: ``label``, ``kind``, ``people``; index ``group``."""
    sizes = members.groupby("group", sort=True).agg(
        label=("label", "first"), kind=("kind", "first"), people=("person_id", "size")
    )
    return sizes.rename_axis(index="group")


def head_counts_of(
    records: Records, by_period: pd.DataFrame, lang: Lang = "zh"
) -> dict[str, tuple[Label, pd.DataFrame]]:
    """Return who came by kind, registration, sex and age, and attendances by period; small counts missing.

    The groups are named in ``lang``; what is shown, and in which order, does not depend on it. Under-14s
    are in no list of people. Attendances are heads, with or without a name.
    """
    here = records.presence()
    people = records.people[records.people.index.isin(here.loc[here["present"], "person_id"])]
    traits: dict[str, tuple[Label, pd.Series[Any]]] = {
        "kind": (Label("按类别", "by kind"), _worded(people["kind"], KINDS)),
        "hukou": (Label("按户籍", "by registration"), _worded(people["hukou"], HUKOU)),
        "sex": (Label("按性别", "by sex"), people["sex"].where(people["sex"].isin(list(SEXES)))),
        "age": (Label("按年龄", "by age"), people["age"].map(_age_band)),
    }
    named = (*KINDS.values(), *HUKOU.values(), *SEXES.values(), *AGE_BANDS.values(), NOT_STATED)
    words = {one.zh: one.text(lang) for one in named}
    tables = {}
    for name, (title, held) in traits.items():
        counts = held.fillna(NOT_STATED.zh).value_counts().sort_index()
        if set(counts.index) - {NOT_STATED.zh}:
            tables[f"people_{name}"] = (title, _listed(counts, "people").rename(index=words))
    attended = by_period.set_index("period")["attendances"].astype(int)
    tables["attendances"] = (Label("各时段人次", "attendances per period"), _listed(attended, "attendances"))
    return tables


def _listed(counts: pd.Series[Any], name: str) -> pd.DataFrame:
    return suppressed_list(counts).rename(name).rename_axis(index="group").to_frame()


def _worded(values: pd.Series[Any], words: Mapping[str, Label]) -> pd.Series[Any]:
    return values.map(lambda value: words[value].zh if value in words else None)


def _age_band(age: float) -> str | None:
    start = max((start for start in AGE_BANDS if start <= age), default=None)
    return None if start is None else AGE_BANDS[start].zh


__all__ = ["PAIR_BANDS", "TOTAL", "group_members", "group_sizes", "group_ties", "head_counts_of"]
