"""What counts as a tie: one named rule per layer, each a sparse product or a plain table.

Sitting in the same room is an opportunity to meet, not a relationship. The rule that turns one into the
other is therefore an object that can say itself in words, and travels with the network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.errors import SettingsError
from sanshe_net.network import TIE_COLUMNS, Array
from sanshe_net.records import Records
from sanshe_net.settings import Settings
from sanshe_net.vocabulary import ORGANISING_ROLES, Label

Weight: TypeAlias = Literal["newman", "count"]
WEIGHTS: Final[dict[str, Label]] = {
    "newman": Label(
        "强度按 Newman 加权：每场活动给每对到场的实名者 1/(实名到场人数-1)",
        "weighted after Newman (2001): each activity gives every pair of its k named people 1/(k-1)",
    ),
    "count": Label("强度是共同参加的活动数", "weighted by the number of activities attended together"),
}


STATED_WORDING: Final = Label(
    "其余联系（团队成员、主办与协办、资源支持、推荐、备案与指导）按表中所写，强度是记录条数。",
    "All other ties (membership, hosting, support, nomination, governance) are as the sheets state them, "
    "weighted by the number of records.",
)


@dataclass(frozen=True)
class TieRule:
    """How attendance becomes ties.

    Attributes
    ----------
    weight
        ``newman`` (sum of 1/(k-1) over joint activities with k people present; a person's total is then
        the number of activities with company they attended) or ``count``.
    max_head_count, max_share, small_activity
        The size rule: an activity makes ties when it has at most ``small_activity`` heads, or at most
        ``max_head_count`` heads and not more than ``max_share`` of all people in the records.
        ``max_head_count=None`` switches the rule off.
    """

    weight: Weight = "newman"
    max_head_count: int | None = 30
    max_share: float = 0.5
    small_activity: int = 10

    def __post_init__(self) -> None:
        if self.weight not in WEIGHTS:
            raise SettingsError("E-VALUE", name="weight", found=self.weight, allowed=", ".join(WEIGHTS))

    @classmethod
    def from_settings(cls, settings: Settings) -> TieRule:
        """Return the rule that the settings describe."""
        weight: Weight = "count" if settings.weight == "count" else "newman"
        return cls(weight, settings.max_head_count, settings.max_share, settings.small_activity)

    @property
    def wording(self) -> Label:
        """The rule in plain words."""
        made = WEIGHTS[self.weight]
        if self.max_head_count is None:
            return Label(
                f"共同参加同一活动即为联系，{made.zh}；未设人数上限。",
                f"A tie is having been at the same activity, {made.en}; no size rule.",
            )
        share = f"{self.max_share:.0%}"
        return Label(
            f"共同参加同一活动即为联系，{made.zh}；"
            f"超过 {self.max_head_count} 人、或超过全部人员 {share} 的大型活动只计参加、不计联系"
            f"（{self.small_activity} 人及以下的活动除外）。",
            f"A tie is having been at the same activity, {made.en}; activities with more than "
            f"{self.max_head_count} heads, or with more than {share} of all people, count as attendance but "
            f"make no ties (activities of up to {self.small_activity} always do).",
        )

    def makes_ties(self, records: Records) -> pd.Series[bool]:
        """Return which activities make ties under the size rule; index ``activity_id``.

        "All people" are those with at least one sign-in in ``records``.
        """
        heads = records.head_counts()
        if self.max_head_count is None:
            return heads >= 0
        presence = records.presence()
        everybody = presence.loc[presence["present"], "person_id"].nunique()
        within = (heads <= self.max_head_count) & (heads <= self.max_share * everybody)
        allowed: pd.Series[bool] = within | (heads <= self.small_activity)
        return allowed


def joint_attendance(records: Records, rule: TieRule, activities: pd.Index[Any], layer: str) -> pd.DataFrame:
    """Return one tie per pair of people present together at one of ``activities``.

    Every activity of k people lists its k(k-1)/2 pairs once; one sort by pair and day then gives weight,
    count, first and last day of each pair as sums and ends of runs. No loop over people or pairs.
    """
    presence = records.presence()
    chosen = presence["present"] & presence["activity_id"].isin(activities)
    presence = presence[chosen & presence["person_id"].isin(records.people.index)]
    days = records.activities["date"].reindex(pd.unique(presence["activity_id"])).sort_values(kind="stable")
    people = pd.Index(sorted(presence["person_id"].unique()))
    person = people.get_indexer(pd.Index(presence["person_id"]))
    event = days.index.get_indexer(pd.Index(presence["activity_id"]))
    source, target, event = _pairs(person, event, len(days))
    if not len(event):
        return _no_ties()
    new = np.r_[True, (np.diff(source) != 0) | (np.diff(target) != 0)]
    starts = np.flatnonzero(new)
    ends = np.r_[starts[1:], len(event)] - 1
    heads = presence.groupby("activity_id").size().reindex(days.index).to_numpy()
    each = 1.0 / (heads[event] - 1) if rule.weight == "newman" else np.ones(len(event))
    return pd.DataFrame(
        {
            "source": people[source[starts]],
            "target": people[target[starts]],
            "layer": layer,
            "weight": np.add.reduceat(each, starts),
            "first": days.to_numpy()[event[starts]],
            "last": days.to_numpy()[event[ends]],
            "evidence": ends - starts + 1,
        }
    )


def _pairs(person: Array, event: Array, n_events: int) -> tuple[Array, Array, Array]:
    """Return every pair of people at every event, once: both people (lower first) and the event.

    Sorted by pair, then event.
    """
    order = np.lexsort((person, event))
    person, event = person[order], event[order]
    sizes = np.bincount(event, minlength=n_events)
    place = np.arange(len(event)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    after = sizes[event] - place - 1  # how many stand after this one at the same event
    one = np.repeat(np.arange(len(event)), after)
    other = one + np.arange(len(one)) - np.repeat(np.cumsum(after) - after, after) + 1
    source, target, event = person[one], person[other], event[one]
    order = np.lexsort((event, target, source))
    return source[order], target[order], event[order]


def direct_ties(records: Records, layer: str) -> pd.DataFrame:
    """Return the ties of a layer that the sheets state themselves; weight = number of rows behind it."""
    return _grouped(_STATED[layer](records), layer)


def _membership(records: Records) -> pd.DataFrame:
    rows = records.memberships.rename(columns={"person_id": "source", "org_id": "target", "start": "date"})
    return rows[["source", "target", "date"]]


def _hosting(records: Records) -> pd.DataFrame:
    """Bodies that carried an activity together, and the people who organised it for its hosts."""
    days = records.activities["date"].reindex(records.hosting["activity_id"])
    bodies = records.hosting.assign(date=days.to_numpy())
    bodies = bodies.drop_duplicates(["activity_id", "org_id"])
    pairs = bodies.merge(bodies, on=["activity_id", "date"])
    pairs = pairs[pairs["org_id_x"] < pairs["org_id_y"]]
    together = pairs.rename(columns={"org_id_x": "source", "org_id_y": "target"})
    carried = records.attendance
    carried = carried[carried["role"].isin([*ORGANISING_ROLES, "staff"]) & carried["present"].fillna(False)]
    hosts = bodies[bodies["role"].isin(["host", "initiator"])]
    people = carried.dropna(subset=["person_id"])[["person_id", "activity_id"]].drop_duplicates()
    served = people.merge(hosts, on="activity_id")
    served = served.rename(columns={"person_id": "source", "org_id": "target"})
    return pd.concat([together, served])[["source", "target", "date"]]


def _support(records: Records) -> pd.DataFrame:
    rows = records.support.dropna(subset=["receiver_id"])
    return rows.rename(columns={"giver_id": "source", "receiver_id": "target"})[["source", "target", "date"]]


def _nomination(records: Records) -> pd.DataFrame:
    rows = records.nominations.rename(columns={"source_id": "source", "target_id": "target"})
    return rows[["source", "target", "date"]]


def _governance(records: Records) -> pd.DataFrame:
    rows = records.organisations.dropna(subset=["supervisor_id"]).reset_index(names="target")
    return rows.rename(columns={"supervisor_id": "source", "founded": "date"})[["source", "target", "date"]]


_STATED: Final = {
    "membership": _membership,
    "hosting": _hosting,
    "support": _support,
    "nomination": _nomination,
    "governance": _governance,
}


def _grouped(rows: pd.DataFrame, layer: str) -> pd.DataFrame:
    rows = rows[rows["source"] != rows["target"]]
    if rows.empty:
        return _no_ties()
    grouped = rows.groupby(["source", "target"], sort=True)["date"]
    made = grouped.agg(first="min", last="max", evidence="size").reset_index()
    made["layer"], made["weight"] = layer, made["evidence"].astype(float)
    return made[[*TIE_COLUMNS]]


def _no_ties() -> pd.DataFrame:
    kinds = {"weight": "float64", "first": "datetime64[ns]", "last": "datetime64[ns]", "evidence": "int64"}
    return pd.DataFrame({column: pd.Series(dtype=kinds.get(column, "str")) for column in TIE_COLUMNS})
