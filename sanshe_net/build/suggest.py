"""Who may be one person under two names: pairs to look at, with reasons. Nothing here joins anything.

The score is a sum of points anybody can check: how alike two names are, plus what agrees (phone, person
number, building), minus what conflicts. Pairs are found by blocks (same name, same pinyin, one character
left out, same phone), not by comparing everybody with everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

import pandas as pd
from rapidfuzz.distance import OSA, Levenshtein

from sanshe_net.build.sounds import core, rough, sounds, spoken_alike
from sanshe_net.build.values import incomplete
from sanshe_net.vocabulary import Label

Pair: TypeAlias = tuple[int, int]
SHOWN: Final = 2.0
"""Points from which a pair is worth a look."""
PAIR_COLUMNS: Final = ("subject", "keep", "merge", "score", "zh", "en", "cluster")
CROWD: Final = 100
"""In a larger block (a hundred bearers of one name) only neighbours in order are compared."""
HOUSEHOLD: Final = 12
"""A phone that more people share than this is an office's and says nothing."""


@dataclass(frozen=True)
class Alike:
    """How two names resemble each other: points, and what the same phone adds to them."""

    points: float
    with_phone: float
    reason: Label


SAME: Final = Alike(5, 3, Label("姓名相同", "same name"))
CORE: Final = Alike(
    4, 3, Label("不计括号、数字、繁体，姓名相同", "same name but for brackets, digits or old forms")
)
SOUND: Final = Alike(3, 3, Label("读音相同", "same pinyin"))
TURNED: Final = Alike(2, 3, Label("字序颠倒", "two characters swapped"))
NEAR: Final = Alike(1.5, 2.5, Label("读音相近", "sound nearly alike"))
ONE_OFF: Final = Alike(1, 1.5, Label("一字之差", "one character differs"))
PARTIAL: Final = Alike(0.5, 2, Label("一个是不完整的称呼", "one is an incomplete name"))

_PHONE: Final = Label("电话相同", "same phone")
_FAMILY: Final = Label("电话相同（也可能是一家人）", "same phone (or one household)")
_SAME_KEY: Final = {
    "person_no": (3.0, Label("编号相同", "same person number")),
    "building": (1.0, Label("同一楼栋", "same building")),
}
_OTHER_KEY: Final = {
    "phone": Label("电话不同", "different phones"),
    "person_no": Label("编号不同", "different person numbers"),
    "building": Label("楼栋不同", "different buildings"),
}
_BOTH_DIFFER: Final = Label("电话和楼栋都不同", "phone and building both differ")
_TOGETHER: Final = Label("两人曾在同一场活动分别签到", "both signed in at the same activity")


@dataclass
class Scored:
    """Points and reasons of one pair while they are added up."""

    score: float
    reasons: list[Label] = field(default_factory=list)

    def add(self, points: float, reason: Label) -> None:
        """Add points with their reason."""
        self.score += points
        self.reasons.append(reason)


def suggest_people(
    profiles: pd.DataFrame,
    seen: Mapping[str, Collection[str]],
    apart: Collection[frozenset[str]] = (),
) -> pd.DataFrame:
    """Return pairs of people who may be one, the likeliest cluster first.

    Parameters
    ----------
    profiles
        One row per person id: ``name`` and, as tuples, ``phone``, ``person_no``, ``building``
        (:func:`sanshe_net.build.identity.profiles`).
    seen
        The activities each person signed in at.
    apart
        Pairs of ids that somebody decided are different; they are not suggested again.

    Returns
    -------
    Columns of :data:`PAIR_COLUMNS`: ``keep`` and ``merge`` are ids, ``score`` the points, ``zh`` and ``en``
    the reasons, ``cluster`` the number of the chain of pairs it belongs to. Only pairs with :data:`SHOWN`
    points or more.
    """
    ids = [str(person_id) for person_id in profiles.index]
    names = [str(name) for name in profiles["name"]]
    keys = {key: [frozenset(held) for held in profiles[key]] for key in _OTHER_KEY}
    shared = Counter(phone for held in keys["phone"] for phone in held)
    office = {phone for phone, holders in shared.items() if holders > HOUSEHOLD}
    keys["phone"] = [held - office for held in keys["phone"]]
    met = [frozenset(seen.get(person_id, ())) for person_id in ids]

    def evidence(pair: Pair) -> bool:
        return any(not held[pair[0]].isdisjoint(held[pair[1]]) for held in keys.values())

    found: dict[Pair, Scored] = {}
    for pair in _candidates(names, keys["phone"], evidence):
        a, b = pair
        how = alike(names[a], names[b])
        if how is not None and frozenset((ids[a], ids[b])) not in apart:
            scored = Scored(how.points, [how.reason])
            _weigh_keys(scored, how, {key: (held[a], held[b]) for key, held in keys.items()})
            if not met[a].isdisjoint(met[b]):
                scored.add(-4, _TOGETHER)
            found[pair] = scored

    def rank(i: int) -> tuple[Any, ...]:
        return incomplete(names[i]), -len(met[i]), ids[i]

    return pair_table("person", ids, found, rank)


def alike(one: str, other: str) -> Alike | None:
    """Return how two names of people resemble each other, ``None`` when they do not.

    >>> alike("王晓明", "王小明").reason.en, alike("李某", "李娜").reason.en, alike("王伟", "李娜")
    ('same pinyin', 'one is an incomplete name', None)
    """
    if one == other:
        return SAME
    if incomplete(one) or incomplete(other):
        return PARTIAL if core(one)[:1] == core(other)[:1] else None
    a, b = core(one), core(other)
    if a == b:
        return CORE
    if spoken_alike(one, other):
        return SOUND
    if min(len(a), len(b)) >= 3 and sorted(a) == sorted(b) and OSA.distance(a, b) == 1:
        return TURNED
    if rough(one) == rough(other):
        return NEAR
    if max(len(a), len(b)) >= 3 and Levenshtein.distance(a, b, score_cutoff=1) == 1:
        near = Levenshtein.distance(sounds(one)[0], sounds(other)[0], score_cutoff=1) <= 1
        return NEAR if near else ONE_OFF
    return None


def _candidates(
    names: Sequence[str], phones: Sequence[frozenset[str]], evidence: Callable[[Pair], bool]
) -> Iterator[Pair]:
    """Yield each pair of people once whose names may resemble each other.

    Names that only nearly sound or look alike come with evidence beside the name or not at all.
    """
    met: set[Pair] = set()
    strong: tuple[Callable[[int], Iterable[Hashable]], ...] = (
        lambda i: (names[i],),
        lambda i: (core(names[i]),),
        lambda i: sounds(names[i]),
        lambda i: ("".join(sorted(core(names[i]))),) if len(core(names[i])) >= 3 else (),
        lambda i: phones[i],
    )
    weak: tuple[Callable[[int], Iterable[Hashable]], ...] = (
        lambda i: (rough(names[i]),),
        lambda i: _shortened(core(names[i])),
        lambda i: (core(names[i])[:1],) if incomplete(names[i]) else (),
    )
    for keys_of in strong:
        for pair in _in_blocks(len(names), keys_of):
            if pair not in met:
                met.add(pair)
                yield pair
    for keys_of in weak:
        for pair in _in_blocks(len(names), keys_of):
            if pair not in met and evidence(pair):
                met.add(pair)
                yield pair


def _shortened(name: str) -> Iterator[str]:
    """Yield a name and what is left of it without any one character; two that share one are alike."""
    if len(name) >= 3:
        yield from (name[:i] + name[i + 1 :] for i in range(len(name)))
    yield name


def _in_blocks(count: int, keys_of: Callable[[int], Iterable[Hashable]]) -> Iterator[Pair]:
    blocks: dict[Hashable, list[int]] = {}
    for i in range(count):
        for key in keys_of(i):
            blocks.setdefault(key, []).append(i)
    for held in blocks.values():
        reach = len(held) if len(held) <= CROWD else 2
        for at, a in enumerate(held):
            for b in held[at + 1 : at + reach]:
                if a != b:
                    yield a, b


def _weigh_keys(
    scored: Scored, how: Alike, keys: Mapping[str, tuple[frozenset[str], frozenset[str]]]
) -> None:
    differ = set()
    for key, (mine, yours) in keys.items():
        if mine and yours and mine.isdisjoint(yours):
            differ.add(key)
        elif mine and yours and key == "phone":
            scored.add(how.with_phone, _PHONE if how.with_phone >= 2 else _FAMILY)
        elif mine and yours:
            scored.add(*_SAME_KEY[key])
    if {"phone", "building"} <= differ:
        scored.add(-3, _BOTH_DIFFER)
        differ -= {"phone", "building"}
    for key in sorted(differ):
        scored.add(-1, _OTHER_KEY[key])


def pair_table(
    subject: str, ids: Sequence[str], found: Mapping[Pair, Scored], rank: Callable[[int], Any]
) -> pd.DataFrame:
    """Return scored pairs as a table: the end with the smaller ``rank`` is kept, chains stand together."""
    shown = {pair: scored for pair, scored in found.items() if scored.score >= SHOWN}
    ends = {pair: sorted(pair, key=rank) for pair in shown}
    order = sorted(shown, key=lambda pair: (-shown[pair].score, *(ids[i] for i in ends[pair])))
    chain: dict[int, int] = {}

    def top(i: int) -> int:
        while chain.setdefault(i, i) != i:
            i = chain[i]
        return i

    for a, b in order:
        chain[top(b)] = top(a)
    numbers: dict[int, int] = {}
    rows = []
    for pair in order:
        keep, merge = (ids[i] for i in ends[pair])
        scored = shown[pair]
        zh, en = ("；".join(r.zh for r in scored.reasons), "; ".join(r.en for r in scored.reasons))
        cluster = numbers.setdefault(top(pair[0]), len(numbers) + 1)
        rows.append((subject, keep, merge, scored.score, zh, en, cluster))
    made = pd.DataFrame(rows, columns=list(PAIR_COLUMNS)).astype({"score": float, "cluster": int})
    return made.sort_values("cluster", kind="stable", ignore_index=True)
