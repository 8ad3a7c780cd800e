"""What it would change if people who may be one were counted as one: on the shortlist, and pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sanshe_net.build.decisions import shown_as
from sanshe_net.build.merge import merged
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.practice.leaders import Leaders, find_leaders
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label, label

FIRST_PAIRS: Final = 30
"""For so many pairs, the likeliest, the effect of joining them is worked out."""
NOT_WORKED_OUT: Final = Label("未计算", "not worked out")
NO_EFFECT: Final = Label("名单和前列名次不变", "shortlist and leading ranks stay as they are")
BROKERS: Final = "groups_connected"


@dataclass(frozen=True)
class Sensitivity:
    """The shortlist with none and with all of the suggested pairs joined.

    Attributes
    ----------
    pairs
        How many pairs are suggested: those of the review workbook.
    table
        One row per person on either shortlist, index ``person_id``: ``label``, ``none_merged`` and
        ``all_merged``, whether they are on it then. Somebody joined with another stands under the one
        they would be shown as.
    unresolved
        Sign-ins of people present whose person cannot be told; in neither shortlist.
    """

    pairs: int
    table: pd.DataFrame
    unresolved: int

    @property
    def enters(self) -> list[str]:
        """Names only on the shortlist with all suggested pairs joined."""
        return list(self.table.loc[~self.table["none_merged"] & self.table["all_merged"], "label"])

    @property
    def leaves(self) -> list[str]:
        """Names only on the shortlist with none joined."""
        return list(self.table.loc[self.table["none_merged"] & ~self.table["all_merged"], "label"])

    def explain(self, lang: Any) -> str:
        """Return what joining the suggested pairs would change, in one sentence."""
        if not self.pairs:
            words = Label(
                "没有疑似同一个而尚未决定的，名单不受影响。",
                "Nothing undecided looks like one under two names; the shortlist depends on no such decision.",
            )
        elif not self.enters and not self.leaves:
            words = Label(
                f"把 {self.pairs} 对疑似同一个的全部合并，候选名单不变。",
                f"With all suggested pairs joined ({self.pairs}) the shortlist stays the same.",
            )
        else:
            words = Label(
                f"把 {self.pairs} 对疑似同一个的全部合并，候选名单会有变化：进入 {_zh(self.enters)}；退出 {_zh(self.leaves)}。"
                "请先认人，再用名单。",
                f"With all suggested pairs joined ({self.pairs}) the shortlist changes: enter {_en(self.enters)}; "
                f"leave {_en(self.leaves)}. Decide who is who before using it.",
            )
        return words.text(lang)


def _zh(names: Sequence[str]) -> str:
    return "、".join(names) or "无"


def _en(names: Sequence[str]) -> str:
    return ", ".join(names) or "nobody"


def shortlist_sensitivity(
    records: Records, pairs: pd.DataFrame, leaders: Leaders, **options: Any
) -> Sensitivity:
    """Return whom the shortlist would gain and lose if all suggested pairs were joined.

    Parameters
    ----------
    pairs
        Suggestions (:func:`sanshe_net.build.suggest_names.suggest_pairs`).
    leaders
        The shortlist as it is.
    options
        ``newcomer_days`` and ``rule`` of that shortlist; ``top_k`` is taken from it.
    """
    shown = shown_as(list(zip(pairs["keep"], pairs["merge"], strict=True)))
    before = {shown.get(str(one), str(one)) for one in leaders.shortlist.index}
    after = before
    if shown:
        joined = _quick(merged(records, shown), leaders.top_k, **options)
        after = {str(one) for one in joined.shortlist.index}
    ids = sorted(before | after)
    table = pd.DataFrame(
        {
            "label": records.people["name"].reindex(ids),
            "none_merged": [one in before for one in ids],
            "all_merged": [one in after for one in ids],
        },
        index=pd.Index(ids, name="person_id", dtype="str"),
    )
    unresolved = records.unresolved_sign_ins()
    return Sensitivity(len(pairs), table, unresolved)


def _quick(records: Records, top_k: int, **options: Any) -> Leaders:
    # Who is on the shortlist follows from the counts; the intervals, which take the time, are not needed.
    return find_leaders(records, top_k=top_k, draws=1, **options)


def effects(
    records: Records, pairs: pd.DataFrame, *, top_k: int, newcomer_days: int = 90, rule: TieRule | None = None
) -> list[Label]:
    """Return for each pair what joining it, and only it, would change; the likeliest are worked out."""
    options: dict[str, Any] = {"newcomer_days": newcomer_days, "rule": rule}
    now = _standing(records, top_k, options)
    first = set(pairs.sort_values("score", ascending=False, kind="stable").index[:FIRST_PAIRS])
    found = []
    for at, keep, merge in zip(pairs.index, pairs["keep"], pairs["merge"], strict=True):
        if at in first:
            then = _standing(merged(records, {merge: keep}), top_k, options)
            found.append(_change(records, str(keep), str(merge), now, then, top_k))
        else:
            found.append(NOT_WORKED_OUT)
    return found


@dataclass(frozen=True)
class _Standing:
    """Everybody's rank on each line of evidence they have any of, and the shortlist."""

    ranks: Mapping[str, Mapping[str, int]]
    listed: frozenset[str]


def _standing(records: Records, top_k: int, options: Mapping[str, Any]) -> _Standing:
    found = _quick(records, top_k, **options)
    ranks: dict[str, dict[str, int]] = {}
    for term in found.counts:
        held = found.counts[term]
        places = held.rank(method="min", ascending=False)[held > 0]
        ranks[str(term)] = {str(one): int(place) for one, place in places.items()}
    return _Standing(ranks, frozenset(str(one) for one in found.shortlist.index))


def _change(records: Records, keep: str, merge: str, now: _Standing, then: _Standing, top_k: int) -> Label:
    """Return the lines on which the joined person comes among the first or rises there, and the shortlist."""
    name = records.people["name"]
    said: list[Label] = []
    for term, ranks in then.ranks.items():
        new = ranks.get(keep)
        old = [rank for end in (keep, merge) if (rank := now.ranks.get(term, {}).get(end)) is not None]
        if new is not None and new <= top_k and (not old or new < min(old)):
            said.append(_rises(str(name[keep]), term, old, new))
    moved = {one if one != merge else keep for one in now.listed}
    for one in sorted(then.listed - moved):
        said.append(Label(f"{name[one]}进入候选名单", f"{name[one]} enters the shortlist"))
    for one in sorted(moved - then.listed):
        said.append(Label(f"{name[one]}退出候选名单", f"{name[one]} leaves the shortlist"))
    if not said:
        return NO_EFFECT
    return Label("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def _rises(name: str, term: str, old: Sequence[int], new: int) -> Label:
    was = Label(
        "、".join(f"第 {rank} 位" for rank in old) or "没有",
        ", ".join(f"rank {rank}" for rank in old) or "none",
    )
    if term == BROKERS:  # who belongs to several groups stands between them
        return Label(
            f"合并后{name}成为牵线位置第 {new} 位（联系团队数，原{was.zh}）",
            f"joining them makes {name} broker number {new} (groups connected; was {was.en})",
        )
    return Label(
        f"合并后{name}在“{label(term, 'zh')}”上是第 {new} 位（原{was.zh}）",
        f"joining them puts {name} at rank {new} for {label(term, 'en')} (was {was.en})",
    )
