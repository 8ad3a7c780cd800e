"""How firm is the order of those who come most: who cannot be told apart, and what if sheets were lost?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.measures.uncertainty import (
    Inseparable,
    StressTest,
    actor_intervals,
    inseparable,
    stress_test,
)
from sanshe_net.practice.leaders import Leaders
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label, Lang

COMPARED: Final = 100
"""Only so many of those who come most are compared with each other; the rest are nobody's rivals."""
LOST: Final = 0.1
"""Share of the sign-ins that the stress test loses."""
STRESS_DRAWS: Final = 100


@dataclass(frozen=True)
class Standing:
    """How firm the order by attendance is.

    Attributes
    ----------
    ties
        Which of those who come most cannot be told apart (strength after Newman: a person's attendances
        in company).
    stress
        The same order with a tenth of the sign-ins lost.
    top_k
        The places asked about.
    """

    ties: Inseparable
    stress: StressTest
    top_k: int

    @property
    def because(self) -> Label | None:
        """Why nothing can be said; ``None`` when something can."""
        return self.ties.because or self.stress.because

    @property
    def first(self) -> tuple[Any, ...]:
        """Whoever is first, with all who cannot be told from them; empty without an answer."""
        table = self.ties.table
        if self.because is not None or table.empty:
            return ()
        return (table.index[0], *table["tied_with"].iloc[0])

    @property
    def open_places(self) -> int:
        """How many of the first ``top_k`` cannot be told from somebody who ranks below them all."""
        table = self.ties.table
        below = set(table.index[table["rank"] > self.top_k])
        inside = table[table["rank"] <= self.top_k]
        return sum(bool(below.intersection(tied)) for tied in inside["tied_with"])

    def table(self, labels: pd.Series[Any]) -> pd.DataFrame:
        """Return one row per person compared: places that are possible for all at once, and how many equal them."""
        held = self.ties.table
        if self.because is not None:
            held = held.iloc[:0]
        shown = held[["estimate", "rank", "rank_low", "rank_high"]].copy()
        shown["tied"] = [len(tied) for tied in held["tied_with"]]
        shown.insert(0, "label", labels.reindex(held.index))
        return shown.rename_axis(index="person_id")

    def explain(self, lang: Lang) -> list[str]:
        """Return what may be said, one sentence each; people by their ids."""
        if self.because is not None:
            return [self.because.text(lang)]
        tied = Label("、".join(map(str, self.first)), ", ".join(map(str, self.first)))
        opening = Label(f"分不出先后：{tied.zh}", f"Not separable: {tied.en}")
        said = [opening] if len(self.first) > 1 else []
        return [sentence.text(lang) for sentence in [*said, *self.sentences()]]

    def sentences(self) -> list[Label]:
        """Return what may be said without naming anybody."""
        return [sentence for sentence in (self._open(), self._stress()) if sentence is not None]

    def _open(self) -> Label | None:
        if not self.open_places:
            return None
        return Label(
            f"参加最多的前 {self.top_k} 位里，有 {self.open_places} 位与名次更靠后的人分不出先后：第 {self.top_k} 位不是一道门槛。",
            f"Of the first {self.top_k} by attendance, {self.open_places} cannot be told from somebody further down: place "
            f"{self.top_k} is no threshold.",
        )

    def _stress(self) -> Label | None:
        row = self.stress.table.iloc[0]
        if row["overlap"] != row["overlap"]:
            return None
        reach = f"{row['overlap_low']:.0%}–{row['overlap_high']:.0%}"
        return Label(
            f"如果漏掉 {LOST:.0%} 的签到，参加最多的前 {self.top_k} 位平均仍有 {row['overlap']:.0%} 相同（{reach}；"
            f"随机漏掉 {self.stress.draws} 次）。",
            f"If {LOST:.0%} of the sign-ins were missing, {row['overlap']:.0%} of the first {self.top_k} by attendance would be the "
            f"same on average ({reach}; lost at random {self.stress.draws} times).",
        )


def how_firm(records: Records, leaders: Leaders) -> Standing:
    """Return how firm the order of residents by attendance is; the residents compared are those of ``leaders``."""
    attendance = attendance_of(records, leaders.counts.index)
    intervals = actor_intervals(
        attendance, "strength", top_k=leaders.top_k, draws=leaders.draws, seed=leaders.seed
    )
    stress = stress_test(
        attendance, "strength", remove="sign_ins", shares=(LOST,), top_k=leaders.top_k, draws=STRESS_DRAWS,
        seed=leaders.seed,
    )  # fmt: skip
    return Standing(inseparable(intervals, first=COMPARED), stress, leaders.top_k)
