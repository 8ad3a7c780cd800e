"""The size rule: being two of three hundred at a festival is no tie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.network import Array
from sanshe_net.vocabulary import Label


@dataclass(frozen=True)
class SizeRule:
    """Which activities make ties; every activity counts as attendance.

    An activity makes ties when it has at most ``small_activity`` heads, or at most ``max_head_count`` heads
    and not more than ``max_share`` of those eligible. The limits are a judgement, no standard exists: see
    :func:`~sanshe_net.attendance.size_rule_effect.size_rule_effect` for what they change.
    """

    max_head_count: int = 30
    max_share: float = 0.5
    small_activity: int = 10

    @property
    def wording(self) -> Label:
        """The rule in plain words, as a part of a sentence."""
        share = f"{self.max_share:.0%}"
        return Label(
            f"超过 {self.max_head_count} 人、或超过有资格参加者 {share} 的大型活动只计参加、不计联系"
            f"（{self.small_activity} 人及以下的活动除外）",
            f"activities with more than {self.max_head_count} heads, or with more than {share} of those "
            f"eligible, count as attendance but make no ties (activities of up to {self.small_activity} "
            "always do)",
        )

    def makes_ties(self, attendance: Attendance) -> Array:
        """Return which activities make ties (bool, one per column)."""
        heads = attendance.activities["head_count"].to_numpy(dtype=float)
        within = (heads <= self.max_head_count) & (heads <= self.max_share * could_come(attendance))
        allowed: Array = within | (heads <= self.small_activity)
        return allowed


def could_come(attendance: Attendance) -> Array:
    """Return how many people could have attended each activity (int64, one per column).

    Only people with at least one sign-in: somebody who is merely on a list never was a possible guest.
    """
    columns = attendance.shape[1]
    came = (attendance.attended > 0) & (attendance.until > attendance.since)
    opened = np.bincount(attendance.since[came], minlength=columns + 1)
    closed = np.bincount(attendance.until[came], minlength=columns + 1)
    blank = np.bincount(attendance.blank[came].indices, minlength=columns)
    open_to: Array = (np.cumsum(opened - closed)[:columns] - blank).astype(np.int64)
    return open_to
