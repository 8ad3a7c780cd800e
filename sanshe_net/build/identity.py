"""Who is who: one person behind several rows, and two people behind one name.

Rows are joined only when nothing contradicts it. The same name with two phone numbers, or in two
buildings, is two people until somebody says otherwise; a row that fits more than one of them stays
unresolved. A name that stands alone (no phone or building anywhere contradicts it) is one person.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.errors import Place, Problem

UNRESOLVED: Final = -1
NAMED_IN: Final = (
    ("people", "person"),
    ("attendance", "person"),
    ("memberships", "person"),
    ("nominations", "nominator"),
    ("nominations", "nominee"),
)
"""Tables and columns where naming somebody makes them a person of the records, the most telling first."""


def mentions(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per time a person is named in the clean rows of :data:`NAMED_IN`.

    Columns ``name``, ``phone``, ``building``, ``table``, ``column``, ``file``, ``sheet``, ``row``; the rows
    of each table and column in the order of its frame.
    """
    parts = []
    for table, column in NAMED_IN:
        rows = frames[table]
        said = {key: rows.get(key) for key in ("phone", "building")}
        held = {"name": rows[column], **said, "table": table, "column": column}
        place = {key: rows[key] for key in ("file", "sheet", "row")}
        parts.append(pd.DataFrame(held | place, index=rows.index, dtype=object))
    return pd.concat(parts, ignore_index=True)


def resolve_people(mentions: pd.DataFrame) -> tuple[pd.Series[str], list[Problem]]:
    """Return who each mention is.

    Parameters
    ----------
    mentions
        One row per time a person is named: ``name``, ``phone``, ``building`` (None where not written),
        ``file``, ``sheet``, ``row``. Rows may come in any order.

    Returns
    -------
    Person id per mention (same index), missing where the person cannot be told apart; and a problem for
    every name that stands for several people and every unresolved mention. Ids are numbered by name,
    then phone and building, so they do not depend on the order of the rows.
    """
    number = pd.Series(0, index=mentions.index)
    people_of: dict[str, int] = {}
    keys = mentions[["name", "phone", "building"]]
    varied = keys.groupby("name")[["phone", "building"]].nunique().max(axis=1) > 1
    unclear = keys[keys["name"].isin(varied.index[varied])]
    for name, same in unclear.groupby("name"):
        found = _separate(zip(same["phone"], same["building"], strict=True))
        number.loc[same.index] = np.array(found)
        people_of[str(name)] = max(found) + 1
    known = mentions.assign(number=number)[number != UNRESOLVED]
    order = known[["name", "number"]].drop_duplicates().sort_values(["name", "number"])
    width = max(4, len(str(len(order))))
    ids = [f"P{i:0{width}d}" for i in range(1, len(order) + 1)]
    numbered = dict(zip(zip(order["name"], order["number"], strict=True), ids, strict=True))
    who = [numbered.get(pair) for pair in zip(mentions["name"], number, strict=True)]
    return pd.Series(who, index=mentions.index, dtype="str"), _problems(mentions, number, people_of)


def _separate(rows: Iterable[tuple[Any, Any]]) -> list[int]:
    """Return a person number for each (phone, building) of one name; :data:`UNRESOLVED` where unclear.

    A phone is one person. A building without a phone is the person whose phone was written with that
    building, if there is exactly one; a building never written with a phone is one more person, unless
    a single person without any building can take it.
    """
    pairs = [(_none(phone), _none(building)) for phone, building in rows]
    phones = sorted({phone for phone, _ in pairs if phone is not None})
    buildings_of: dict[Any, set[Any]] = {phone: set() for phone in phones}
    for phone, building in pairs:
        if phone is not None and building is not None:
            buildings_of[phone].add(building)
    holders: dict[Any, list[Any]] = defaultdict(list)
    for phone, buildings in buildings_of.items():
        for building in buildings:
            holders[building].append(phone)
    alone = sorted({b for p, b in pairs if p is None and b is not None and b not in holders})
    if len(phones) == 1 and len(alone) == 1 and not buildings_of[phones[0]]:
        holders[alone.pop()].append(phones[0])
    number = {("phone", phone): i for i, phone in enumerate(phones)}
    number |= {("building", building): len(phones) + i for i, building in enumerate(alone)}
    for building, held_by in holders.items():
        number["building", building] = number["phone", held_by[0]] if len(held_by) == 1 else UNRESOLVED
    only = 0 if len(phones) + len(alone) == 1 else UNRESOLVED

    def person(phone: Any, building: Any) -> int:
        if phone is not None:
            return number["phone", phone]
        return only if building is None else number["building", building]

    return [person(phone, building) for phone, building in pairs]


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value


def _problems(mentions: pd.DataFrame, number: pd.Series[int], people_of: dict[str, int]) -> list[Problem]:
    several = {name: count for name, count in sorted(people_of.items()) if count > 1}
    problems = [Problem("W-SAME-NAME", Place(), "used", n, {"count": c}) for n, c in several.items()]
    for row in mentions[number == UNRESOLVED].itertuples():
        place = Place(str(row.file), str(row.sheet), int(str(row.row)))
        facts: dict[str, object] = {"count": people_of[str(row.name)]}
        # A sign-in still counts a head; a membership or a nomination of nobody in particular says nothing.
        outcome = "used" if row.table == "attendance" else "left_out"
        problems.append(Problem("W-PERSON-UNRESOLVED", place, outcome, str(row.name), facts))
    return problems


_BODY_WORDS: Final = (
    ("social_worker", r"社工|社会工作"),
    ("committee", r"(居委会|居民委员会|村委会|党委|党支部|两委|党群服务中心|社区服务中心|社区工作站|社区)$"),
    ("government", r"(街道办|街道办事处|党工委|街道|民政局|派出所|司法所|政府|城管)$"),
    (
        "partner",
        r"(公司|物业|物业服务中心|超市|银行|网点|药店|药房|医院|卫生站|卫生服务站|卫生服务中心|诊所|学校|小学|中学"
        r"|幼儿园|理发店|酒楼|餐厅|商店|养老院|事务所)$",
    ),
    ("organisation", r"(队|社|会|团|组|坊|班)$"),
)
"""What a body's name says it is; the first that fits. A social-work station is no residents' group."""


def kind_of_body(name: str) -> str | None:
    """Return the kind that a body's name says (居委会, 街道办, 舞蹈队 ...), ``None`` when it says nothing.

    >>> kind_of_body("青云里社工服务站"), kind_of_body("舞蹈队"), kind_of_body("站里")
    ('social_worker', 'organisation', None)
    """
    return next((kind for kind, words in _BODY_WORDS if re.search(words, name)), None)
