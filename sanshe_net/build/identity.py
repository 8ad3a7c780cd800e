"""Who is who: one person behind several rows, and two people behind one name.

Rows are joined only when nothing contradicts it. The same name with two phone numbers, in two buildings,
with two person numbers or of two sexes is two people until somebody says otherwise
(:mod:`sanshe_net.build.decisions`); a row that fits more than one of them stays unresolved. A name alone,
nothing contradicting it anywhere, is one person. A phone that several names share is a household's: it
never joins two names. An incomplete name (张**, 李某, 王阿姨) may be anybody's and joins nothing by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build.decisions import KEYS, NO_CHOICES, Choices, Descriptor, shown_as
from sanshe_net.build.values import incomplete
from sanshe_net.errors import Place, Problem

Cluster: TypeAlias = tuple[str, int]
"""A person as the rows alone tell them apart: the name, and which of its bearers."""
Said: TypeAlias = tuple[Any, ...]
"""What a mention says: name and what tells namesakes apart; ``None`` where it says nothing."""
_TELLING: Final = (*KEYS, "sex")
"""What tells namesakes apart, the strongest first. Nobody is found again by their sex, so it is no key."""
NAMED_IN: Final = (
    ("people", "person"),
    ("attendance", "person"),
    ("memberships", "person"),
    ("nominations", "nominator"),
    ("nominations", "nominee"),
)
"""Tables and columns where naming somebody makes them a person of the records, the most telling first."""


@dataclass(frozen=True)
class Identities:
    """Who each mention is.

    Attributes
    ----------
    person_id
        Person id per mention (the index of the mentions), missing where the person cannot be told apart.
        Ids are numbered by name, then phone, person number and building, so they do not depend on the
        order of the rows.
    names
        The name each person is shown by: of people joined by a decision, the kept one.
    apart
        Pairs of ids that somebody decided are different people.
    problems
        What was noticed: names that stand for several people, incomplete names, unresolved mentions,
        decisions that fit nobody here.
    """

    person_id: pd.Series[str]
    names: dict[str, str]
    apart: frozenset[frozenset[str]]
    problems: list[Problem]


def mentions(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return one row per time a person is named in the clean rows of :data:`NAMED_IN`.

    Columns ``name``, ``phone``, ``person_no``, ``building``, ``sex``, ``table``, ``column``, ``at`` (position
    in the table), ``file``, ``sheet``, ``row``; the rows of each table and column in the order of its frame.
    """
    parts = []
    for table, column in NAMED_IN:
        rows = frames[table]
        said = {key: rows.get(key) for key in _TELLING}
        held = {"name": rows[column], **said, "table": table, "column": column, "at": range(len(rows))}
        place = {key: rows[key] for key in ("file", "sheet", "row")}
        parts.append(pd.DataFrame(held | place, index=rows.index, dtype=object))
    return pd.concat(parts, ignore_index=True)


def resolve_people(mentions: pd.DataFrame, choices: Choices = NO_CHOICES) -> Identities:
    """Return who each mention is.

    Parameters
    ----------
    mentions
        One row per time a person is named: ``name``, ``phone``, ``person_no``, ``building`` (None where
        not written), ``table``, ``file``, ``sheet``, ``row``. Rows may come in any order.
    choices
        What somebody decided about pairs of people.
    """
    told = _told(mentions)
    said = list(dict.fromkeys(told))  # most mentions repeat what another one says
    fits = _fits(said, Counter(name for name, *_ in told))
    clusters = sorted({(name, k) for (name, *_), held in zip(said, fits, strict=True) for k in held})
    kept, apart, problems = _decided(choices, clusters, said, fits)
    met = {one: frozenset(kept[one[0], k] for k in held) for one, held in zip(said, fits, strict=True)}
    roots = sorted(set(kept.values()))
    width = max(4, len(str(len(roots))))
    ids = {root: f"P{i:0{width}d}" for i, root in enumerate(roots, 1)}
    found = {one: ids[next(iter(held))] if len(held) == 1 else None for one, held in met.items()}
    return Identities(
        pd.Series([found[one] for one in told], index=mentions.index, dtype="str"),
        {person_id: root[0] for root, person_id in ids.items()},
        frozenset(frozenset(ids[end] for end in pair) for pair in apart),
        problems + _problems(mentions, told, met, kept),
    )


def profiles(mentions: pd.DataFrame, found: Identities) -> pd.DataFrame:
    """Return what is known of each person: one row per id.

    Columns ``name`` and, as tuples, ``aliases`` (every way the name is written), ``phone``, ``person_no``,
    ``building``; what is written with the name shown comes first, then by value.
    """
    known = {*zip(found.person_id.astype(object).tolist(), _told(mentions), strict=True)}
    made = pd.DataFrame({"name": pd.Series(found.names, dtype="str")}).rename_axis(index="person_id")
    for position, column in enumerate(("aliases", *KEYS)):
        held: dict[str, set[tuple[bool, Any]]] = {person_id: set() for person_id in made.index}
        for person_id, said in known:
            if person_id in held and said[position] is not None:
                held[person_id].add((said[0] != found.names[person_id], said[position]))
        cells = [tuple(dict.fromkeys(value for _, value in sorted(values))) for values in held.values()]
        made[column] = pd.Series(cells, index=made.index, dtype=object)
    return made.sort_index()


# --- telling namesakes apart


def _told(mentions: pd.DataFrame) -> list[Said]:
    """Return what each mention says: name, phone, person number, building, sex."""
    # What equals not even itself is a missing number, and blank as well.
    columns = [mentions[key].tolist() if key in mentions else [None] * len(mentions) for key in _TELLING]
    keys = [[cell if cell == cell else None for cell in column] for column in columns]
    return list(zip(map(str, mentions["name"].tolist()), *keys, strict=True))


def _fits(said: Sequence[Said], times: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Return for each different mention the bearers of its name whom it may mean; none when nobody can tell.

    ``times`` says how often each name is written.
    """
    fits: list[tuple[int, ...]] = [(0,)] * len(said)
    at: dict[str, list[int]] = {}
    for i, (name, *_) in enumerate(said):
        at.setdefault(name, []).append(i)
    for name, held in at.items():
        partial = incomplete(name)
        rows = [said[i][1:] for i in held]
        if partial or any(len({*values} - {None}) > 1 for values in zip(*rows, strict=True)):
            found = _separate(rows, by_name=not partial, once=times[name] == 1)
            for i, bearers in zip(held, found, strict=True):
                fits[i] = bearers
    return fits


def _separate(rows: Sequence[tuple[Any, ...]], *, by_name: bool, once: bool) -> list[tuple[int, ...]]:
    """Return for each row of one name (phone, person number, building, sex) the people it may mean.

    A phone is one person. A number without a phone is the person whose phone was written with it, if there
    is exactly one; a number never written with a phone is one more person, unless a single person without
    any number can take it. The same for a building without phone and number, and for a sex without any of
    them. ``by_name`` says whether the
    name itself is evidence; if not, nobody takes a key they were never written with, and of rows without
    any key only a name written ``once`` is a person.
    """
    people = 0
    means: dict[tuple[int, Any], tuple[int, ...]] = {}

    def fits(row: tuple[Any, ...]) -> tuple[int, ...] | None:
        return next((means[level, key] for level, key in enumerate(row) if key is not None), None)

    for level in range(len(_TELLING)):
        holders: dict[Any, set[int]] = {row[level]: set() for row in rows if row[level] is not None}
        for row in rows:
            before = fits(row[:level])
            if row[level] is not None and before is not None and len(before) == 1:
                holders[row[level]].update(before)
        alone = sorted(key for key, held in holders.items() if not held)
        if by_name and people == len(alone) == len(holders) == 1 and _agree(rows, level):
            holders[alone.pop()].add(0)
        for key in alone:
            holders[key].add(people)
            people += 1
        means |= {(level, key): tuple(sorted(held)) for key, held in holders.items()}
    nameless = tuple(range(people)) if by_name else (0,) if once else ()
    found = (fits(row) for row in rows)
    return [nameless if held is None else held for held in found]


def _agree(rows: Sequence[tuple[Any, ...]], level: int) -> bool:
    """Return whether rows with the key of ``level`` say nothing weaker that the other rows contradict."""
    for weaker in range(level + 1, len(_TELLING)):
        mine = {row[weaker] for row in rows if row[level] is not None} - {None}
        theirs = {row[weaker] for row in rows if any(key is not None for key in row[:level])} - {None}
        if mine and theirs and mine.isdisjoint(theirs):
            return False
    return True


# --- what was decided


def _decided(
    choices: Choices,
    clusters: Sequence[Cluster],
    mentions: Sequence[Said],
    fits: Sequence[tuple[int, ...]],
) -> tuple[dict[Cluster, Cluster], set[frozenset[Cluster]], list[Problem]]:
    """Return which cluster each is shown as, the pairs decided apart, and decisions that fit nobody here."""
    kept = {cluster: cluster for cluster in clusters}
    if not choices.people:
        return kept, set(), []
    wanted = {end.name for choice in choices.people for end in choice.ends}
    known: dict[str, dict[Cluster, dict[str, set[Any]]]] = {}
    for name, k in clusters:
        if name in wanted:
            known.setdefault(name, {})[name, k] = {key: set() for key in KEYS}
    for (name, *values), held in zip(mentions, fits, strict=True):
        if name in wanted and len(held) == 1:
            for key, value in zip(_TELLING, values, strict=True):
                if value is not None and key in KEYS:
                    known[name][name, held[0]][key].add(value)
    pairs = []
    unused = 0
    for choice in choices.people:
        ends = [_meant(end, known.get(end.name, {})) for end in choice.ends]
        unused += None in ends
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            pairs.append((choice.word, ends[0], ends[1]))
    kept |= shown_as([(keep, merge) for word, keep, merge in pairs if word == "same"])
    apart = {frozenset({kept[a], kept[b]}) for word, a, b in pairs if word == "different"}
    problems = [Problem("N-DECISION-UNUSED", Place(), facts={"count": unused})] if unused else []
    return kept, {pair for pair in apart if len(pair) > 1}, problems


def _meant(end: Descriptor, known: Mapping[Cluster, Mapping[str, set[Any]]]) -> Cluster | None:
    """Return the one cluster that a descriptor fits; the strongest key that is written decides.

    Where nobody has that key, whoever has another one is somebody else.
    """
    open_: dict[Cluster, Mapping[str, set[Any]]] = dict(known)
    for key, value in zip(KEYS, end.keys, strict=True):
        if value is not None:
            exact = {cluster: held for cluster, held in open_.items() if value in held[key]}
            if len(exact) == 1:
                return next(iter(exact))
            open_ = exact or {cluster: held for cluster, held in open_.items() if not held[key]}
    return next(iter(open_)) if len(open_) == 1 else None


def _problems(
    mentions: pd.DataFrame,
    told: Sequence[Said],
    met: Mapping[Said, frozenset[Cluster]],
    kept: Mapping[Cluster, Cluster],
) -> list[Problem]:
    people_of: dict[str, set[Cluster]] = {}
    for cluster, root in kept.items():
        people_of.setdefault(cluster[0], set()).add(root)
    several = {name: len(roots) for name, roots in sorted(people_of.items()) if len(roots) > 1}
    problems = [
        Problem("W-SAME-NAME", Place(), "used", name, {"count": count})
        for name, count in several.items()
        if not incomplete(name)
    ]
    partial_names = {name for name, *_ in met if incomplete(name)}
    noted = {one for one, roots in met.items() if len(roots) != 1 or one[0] in partial_names}
    places = zip(*(mentions[c].tolist() for c in ("file", "sheet", "row", "table")), strict=True)
    warned: set[str] = set()
    for one, (file, sheet, row, table) in zip(told, places, strict=True):
        if one not in noted:
            continue
        name, roots = one[0], met[one]
        place = Place(str(file), str(sheet), int(row))
        partial = name in partial_names
        if partial and len(roots) == 1 and name not in warned:
            warned.add(name)
            problems.append(Problem("W-NAME-INCOMPLETE", place, "used", name))
        if len(roots) != 1:
            # A sign-in still counts a head; a membership or nomination of nobody in particular says nothing.
            outcome = "used" if table == "attendance" else "left_out"
            code = "W-NAME-UNRESOLVED" if partial else "W-PERSON-UNRESOLVED"
            facts: dict[str, object] = {} if partial else {"count": len(people_of.get(name, ()))}
            problems.append(Problem(code, place, outcome, name, facts))
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
