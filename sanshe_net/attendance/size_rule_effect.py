"""What the size rule changes: the same pairs counted with it and without it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.attendance.projection import count_ties
from sanshe_net.attendance.size_rule import SizeRule
from sanshe_net.vocabulary import Label

WAYS: Final = {True: Label("有人数上限", "with the size rule"), False: Label("无人数上限", "without it")}
TOO_FEW: Final = Label(
    "签到的不到两人，无法比较有无人数上限。", "Fewer than two people signed in: nothing to compare."
)


@dataclass(frozen=True)
class SizeRuleEffect:
    """Ties from attending together, with the size rule and without it.

    Attributes
    ----------
    people
        People with at least one sign-in: the same both ways, whatever the rule leaves of their ties.
    activities, left_out
        Activities with at least one of them, and how many of these the rule leaves out.
    ties, ties_without
        Pairs tied with the rule, and without it.
    """

    people: int
    activities: int
    left_out: int
    ties: int
    ties_without: int

    @property
    def density(self) -> float:
        """Share of all pairs that are tied under the rule; NaN with fewer than two people."""
        return self._density(self.ties)

    @property
    def density_without(self) -> float:
        """Share of all pairs that are tied without the rule; NaN with fewer than two people."""
        return self._density(self.ties_without)

    @property
    def table(self) -> pd.DataFrame:
        """A row with the rule and one without: activities that make ties, ties, mean degree, density."""
        rows = [
            (*WAYS[ruled], self.activities - self.left_out * ruled, self.people, ties, self._degree(ties),
             self._density(ties))
            for ruled, ties in ((True, self.ties), (False, self.ties_without))
        ]  # fmt: skip
        return pd.DataFrame(
            rows, columns=["zh", "en", "activities", "people", "ties", "mean_degree", "density"]
        )

    @property
    def wording(self) -> Label:
        """Both ways in a sentence."""
        if self.people < 2:
            return TOO_FEW
        with_rule, without = (
            (f"{self._degree(ties):.1f}", f"{self._density(ties):.3f}")
            for ties in (self.ties, self.ties_without)
        )
        return Label(
            f"人数上限的影响：{self.activities:,} 场活动中有 {self.left_out:,} 场不计联系；"
            f"{self.people:,} 位签到者中有联系的 {self.ties:,} 对"
            f"（平均 {with_rule[0]} 位，密度 {with_rule[1]}）；若不设上限，则为 {self.ties_without:,} 对"
            f"（平均 {without[0]} 位，密度 {without[1]}）。",
            f"What the size rule changes: of {self.activities:,} activities, {self.left_out:,} make no ties; "
            f"among {self.people:,} people who signed in, {self.ties:,} pairs are tied (mean degree "
            f"{with_rule[0]}, density {with_rule[1]}); without the rule {self.ties_without:,} would be (mean "
            f"degree {without[0]}, density {without[1]}).",
        )

    def _density(self, ties: int) -> float:
        return 2 * ties / (self.people * (self.people - 1)) if self.people > 1 else float("nan")

    def _degree(self, ties: int) -> float:
        return 2 * ties / self.people if self.people else float("nan")


def size_rule_effect(attendance: Attendance, size: SizeRule | None, *, min_joint: int = 1) -> SizeRuleEffect:
    """Return the ties from attending together under the size rule and without it.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> festival = pd.DataFrame({"课": [1, 1] + [0] * 10, "节": [1] * 12})
    >>> effect = size_rule_effect(attendance_from_table(festival), SizeRule())
    >>> effect.ties, effect.ties_without, effect.left_out
    (1, 66, 1)
    """
    made = attendance.named > 0
    activities, without = int(made.sum()), count_ties(attendance, min_joint=min_joint)
    ties = without
    if size is not None:
        made = made & size.makes_ties(attendance)
        ties = count_ties(attendance, size=size, min_joint=min_joint)
    people = int((attendance.attended > 0).sum())
    return SizeRuleEffect(people, activities, activities - int(made.sum()), ties, without)
