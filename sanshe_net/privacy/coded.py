"""Records without names: made before anything is analysed, so that no output can hold what is not here.

Only what is listed in :data:`KEPT` goes on, and nothing that was typed freely: titles, places, remarks and
the names of files become codes. The names of bodies stay when they look like a body's and hold no name of a
person; the caller shows them to somebody before they leave the house.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd

from sanshe_net.privacy.keys import Key, codes_for
from sanshe_net.records import INDEX_NAMES, PROBLEM_COLUMNS, TABLES, Records, table
from sanshe_net.vocabulary import Label

KEPT: Final[Mapping[str, tuple[str, ...]]] = {
    "people": ("name", "kind", "hukou", "sex", "age", "consent"),
    "organisations": ("name", "kind", "registered", "founded", "supervisor_id", "leader_id"),
    "activities": ("title", "date", "occurrence", "kind", "initiator_kind", "mode", "phase", "head_count"),
    "hosting": ("activity_id", "org_id", "role"),
    "attendance": ("person_id", "activity_id", "present", "role", "hours", "brought_by", "introduced"),
    "memberships": ("person_id", "org_id", "role", "start", "end"),
    "support": ("giver_id", "receiver_id", "activity_id", "kind", "amount", "date"),
    "nominations": (),
    "issues": ("title", "kind", "raised", "state", "settled"),
    "issue_people": ("issue_id", "actor_id", "role"),
}
"""What goes on of each table. Whom people trust, or ask for help, does not (``nominations``)."""
AGE_BANDS: Final[Mapping[float, Label]] = {
    14: Label("14–34 岁", "14–34"),
    35: Label("35–49 岁", "35–49"),
    50: Label("50–64 岁", "50–64"),
    65: Label("65 岁及以上", "65 and over"),
}
"""Bands by the age they begin with."""
_ACTOR_COLUMNS: Final = (
    "person_id", "org_id", "supervisor_id", "leader_id", "brought_by", "giver_id", "receiver_id", "actor_id",
)  # fmt: skip
_PLAIN_NUMBERING: Final = re.compile(r"第?[0-9一二三四五六七八九十]{1,4}[次期节届场阶段]{0,3}")
_SEXES: Final = frozenset({"男", "女"})


def without_names(text: str, names: Collection[str]) -> str:
    """Return ``text`` with each of ``names`` in it replaced by dots; single characters are ordinary words.

    >>> without_names("送张三丰赴京", {"张三", "张三丰", "京"})
    '送…赴京'
    """
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        text = text.replace(name, "…")
    return text


@dataclass(frozen=True)
class Wording:
    """Which words of the sheets may stay.

    Attributes
    ----------
    names
        Every name of a person in the sheets, also of those who are left out.
    is_body
        Says whether a name looks like that of a body (舞蹈队, 居委会).
    titles
        Whether titles of activities stay when no name is in them; codes otherwise.
    """

    names: Collection[str]
    is_body: Callable[[str], bool]
    titles: bool = False

    def free_of_names(self, text: str) -> bool:
        """Return whether ``text`` holds no name of a person; single characters are ordinary words."""
        bare = re.sub(r"\s", "", text)
        return not any(name in bare for name in self.names if len(name) > 1)

    def hidden(self, text: str) -> str:
        """Return ``text`` with every name of a person in it replaced by dots."""
        return without_names(text, self.names)


def coded_records(
    records: Records, codes: Mapping[str, str], key: Key, scope: str, wording: Wording
) -> Records:
    """Return the records of the people in ``codes`` with codes for names, months for days, bands for ages.

    Everybody else is as if never here, but for the head counts, which stay. Ids of activities, bodies and
    issues, and the names of files and sheets, are codes of this recipient too: the order of the originals
    would tell of names.

    Parameters
    ----------
    codes
        Person id -> code, for those who may be in what is shared.
    key, scope
        As for the codes of people.
    """
    counted = records.activities.assign(head_count=records.head_counts())
    records = replace(records, activities=counted).without(set(records.people.index) - set(codes))
    # Somebody who could not be told apart may be somebody who did not agree.
    signed = records.attendance[records.attendance["person_id"].notna()]
    records = replace(records, attendance=signed, nominations=records.nominations.iloc[:0])

    def coded(letter: str, texts: Iterable[object]) -> dict[str, str]:
        once = list(dict.fromkeys(map(str, texts)))
        made = codes_for(key, scope, [letter + "\0" + text for text in once])
        return {text: f"{letter}-{code}" for text, code in zip(once, made.values(), strict=True)}

    bodies, activities, issues = records.organisations, records.activities, records.issues
    ids: dict[str, dict[str, str]] = {
        "org_id": dict(zip(bodies.index, coded("O", bodies["name"]).values(), strict=True)),
        "activity_id": _by_row(activities, ("date", "title", "occurrence"), coded, "A"),
        "issue_id": _by_row(issues, ("raised", "title", "kind", "settled", "row"), coded, "I"),
        "person_id": dict(codes),
    }
    actors = ids["org_id"] | ids["person_id"]
    files = coded("F", _texts(records, "file"))
    sheets = coded("S", _texts(records, "sheet"))
    made: dict[str, pd.DataFrame] = {}
    for name in TABLES:
        rows: pd.DataFrame = getattr(records, name)
        kept = rows[[*KEPT[name], "row"]].copy()
        kept["file"], kept["sheet"] = rows["file"].map(files), rows["sheet"].map(sheets)
        for column in kept.columns:
            if column in _ACTOR_COLUMNS:
                kept[column] = kept[column].map(actors)
            elif column in ids:
                kept[column] = kept[column].map(ids[column])
            elif TABLES[name].get(column, "").startswith("datetime"):
                kept[column] = kept[column].dt.to_period("M").dt.to_timestamp()
        if name in INDEX_NAMES:
            kept.index = pd.Index([ids[INDEX_NAMES[name]][one] for one in rows.index], dtype="str")
        made[name] = kept
    _without_typed_text(made, wording, ids)
    made = {name: _in_order(table(name, rows)) for name, rows in made.items()}
    made["people"]["age_band"] = [_band(age) for age in made["people"]["age"]]
    sources = records.sources.assign(
        file=records.sources["file"].map(files), sheet=records.sources["sheet"].map(sheets)
    )
    nothing = pd.DataFrame(columns=list(PROBLEM_COLUMNS))
    return Records(
        **made, problems=nothing, sources=sources.sort_values(["file", "sheet"], ignore_index=True)
    )


def bodies_kept(coded: Records) -> list[str]:
    """Return the names of bodies that are in coded records as they were typed, sorted."""
    names = coded.organisations["name"]
    return sorted(names[names != names.index])


def _without_typed_text(made: dict[str, pd.DataFrame], wording: Wording, ids: Mapping[str, Any]) -> None:
    people, bodies, activities, issues = (
        made[n] for n in ("people", "organisations", "activities", "issues")
    )
    people["name"] = list(people.index)
    people["sex"] = people["sex"].where(people["sex"].isin(_SEXES))
    people["age"] = [_band_start(age) for age in people["age"]]
    plain = [wording.is_body(name) and wording.free_of_names(name) for name in bodies["name"]]
    bodies["name"] = bodies["name"].where(
        pd.Series(plain, bodies.index, dtype=bool), bodies.index.to_series()
    )
    told = [wording.titles and wording.free_of_names(title) for title in activities["title"]]
    activities["title"] = activities["title"].where(
        pd.Series(told, activities.index, dtype=bool), activities.index.to_series()
    )
    for column in ("occurrence", "phase"):
        numbered = [bool(_PLAIN_NUMBERING.fullmatch(str(text))) for text in activities[column]]
        activities[column] = activities[column].where(pd.Series(numbered, activities.index, dtype=bool))
    issues["title"] = list(issues.index)


def _by_row(
    rows: pd.DataFrame, columns: Iterable[str], coded: Callable[..., dict[str, str]], letter: str
) -> dict[str, str]:
    """Return a code for each row that tells of nothing but what the row says, so that it stays next time."""
    said = {
        str(one): "\0".join(map(str, row))
        for one, row in zip(rows.index, rows[[*columns]].itertuples(index=False), strict=True)
    }
    codes = coded(letter, sorted(said.values()))
    return {one: codes[text] for one, text in said.items()}


def _texts(records: Records, column: str) -> list[str]:
    held = [getattr(records, name)[column] for name in (*TABLES, "sources")]
    return sorted(set(pd.concat(held).dropna().astype(str)))


def _in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows in an order that does not tell of names."""
    if rows.index.name:
        return rows.sort_index()
    return rows.sort_values(list(rows.columns), ignore_index=True)


def _band_start(age: float) -> float:
    return max((start for start in AGE_BANDS if start <= age), default=float("nan"))


def _band(start: float) -> str | None:
    return AGE_BANDS[start].zh if start in AGE_BANDS else None
