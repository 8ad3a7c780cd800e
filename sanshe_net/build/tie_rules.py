"""What counts as a tie: one named rule for sign-ins, and a plain table per layer that the sheets state.

Sitting in the same room is an opportunity to meet, not a relationship. The rule that turns one into the
other is therefore an object that can say itself in words, and travels with the network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final, cast

import numpy as np
import pandas as pd

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.attendance.projection import joint_ties
from sanshe_net.attendance.size_rule import SizeRule
from sanshe_net.attendance.weights import TieWeight, WeightName, as_weight
from sanshe_net.errors import SettingsError
from sanshe_net.network import TIE_COLUMNS, Array
from sanshe_net.records import Records
from sanshe_net.settings import Settings
from sanshe_net.vocabulary import ORGANISING_ROLES, Label

STATED_WORDING: Final = Label(
    "其余联系（团队成员、主办与协办、资源支持、推荐、备案与指导）按表中所写，强度是记录条数。",
    "All other ties (membership, hosting, support, nomination, governance) are as the sheets state them, "
    "weighted by the number of records.",
)
SIZE_RULE: Final = SizeRule()
NO_SIZE_RULE: Final = Label("未设人数上限", "no size rule")


@dataclass(frozen=True)
class TieRule:
    """How attendance becomes ties: how strong they are, which activities make them, how many it takes.

    Attributes
    ----------
    weight
        A :class:`~sanshe_net.attendance.weights.TieWeight`, or its name. ``newman`` (sum of 1/(k-1) over
        joint activities with k people present) makes a person's total the number of activities with
        company they attended.
    size
        The :class:`~sanshe_net.attendance.size_rule.SizeRule`; None switches it off.
    min_joint
        Floor: people who attended fewer activities together have no tie.
    """

    weight: TieWeight | WeightName = "newman"
    size: SizeRule | None = SIZE_RULE
    min_joint: int = 1

    def __post_init__(self) -> None:
        # A weight by its name is the same rule as the weight itself.
        object.__setattr__(self, "weight", as_weight(self.weight))
        if self.min_joint < 1:
            raise SettingsError("E-VALUE", name="min_joint", found=self.min_joint, allowed=">= 1")

    @classmethod
    def from_settings(cls, settings: Settings) -> TieRule:
        """Return the rule that the settings describe."""
        weight = TieWeight(cast(WeightName, settings.weight), settings.half_life_days or None)
        size = SizeRule(settings.max_head_count, settings.max_share, settings.small_activity)
        return cls(weight, size, settings.min_joint)

    def counted_back_from(self, dates: pd.Series[Any]) -> TieRule:
        """Return this rule with the reference day of a half-life stated: the last of ``dates``."""
        return replace(self, weight=as_weight(self.weight).counted_back_from(dates))

    def makes_ties(self, attendance: Attendance) -> pd.Series[bool]:
        """Return which activities make ties; index ``activity_id``."""
        activities = attendance.activities.index
        made = True if self.size is None else self.size.makes_ties(attendance)
        return pd.Series(made, index=activities, dtype=bool)

    @property
    def wording(self) -> Label:
        """The rule in plain words."""
        made = as_weight(self.weight).wording
        size = NO_SIZE_RULE if self.size is None else self.size.wording
        met = Label("共同参加同一活动即为联系", "A tie is having been at the same activity")
        if self.min_joint > 1:
            met = Label(
                f"共同参加至少 {self.min_joint} 场活动即为联系",
                f"A tie is having been at {self.min_joint} or more activities together",
            )
        return Label(f"{met.zh}，{made.zh}；{size.zh}。", f"{met.en}, {made.en}; {size.en}.")


def ties_of_attendance(
    attendance: Attendance, rule: TieRule, layer: str, among: Array | None = None
) -> pd.DataFrame:
    """Return one tie per pair of people who attended together, under ``rule``.

    Parameters
    ----------
    among
        The activities of the layer (bool, one per column); by default all.
    """
    ties = joint_ties(attendance, rule.weight, size=rule.size, among=among, min_joint=rule.min_joint)
    days = attendance.activities["date"].to_numpy()
    return pd.DataFrame(
        {
            "source": attendance.people[ties.source],
            "target": attendance.people[ties.target],
            "layer": pd.Series(layer, index=range(len(ties)), dtype="str"),
            "weight": ties.weight,
            "first": days[ties.first],
            "last": days[ties.last],
            "evidence": ties.count.astype(np.int64),
        }
    )


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
