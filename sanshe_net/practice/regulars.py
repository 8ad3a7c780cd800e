"""Who meets more often than chance explains: ties called among residents, and among everybody.

That two people were at the same activity proves little when both come to everything. Here a pair counts
only when they came together more often than their own habits and the size of the activities explain. That
no pair can be called from short records is a normal answer, said in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sanshe_net.attendance.called_ties import CalledTies, call_ties
from sanshe_net.attendance.matrix import Attendance, attendance_of
from sanshe_net.errors import MeasureError
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label, Lang

COLUMNS: Final = ("network", "source", "target", "source_label", "target_label", "joint", "p", "q")
MIN_JOINT: Final = 2
"""One evening together is no habit, however unlikely it was."""


@dataclass(frozen=True)
class Regulars:
    """The called ties of a community.

    Attributes
    ----------
    residents
        Ties among residents; ``None`` where they cannot be computed.
    everybody
        Ties among all people with staff; ``None`` where they cannot be computed. The same as ``residents``
        when nobody else signed in.
    because
        Why there are none among residents; ``None`` when there is an answer, even if no tie is called.
    """

    residents: CalledTies | None
    everybody: CalledTies | None
    because: Label | None

    def table(self, labels: pd.Series[Any]) -> pd.DataFrame:
        """Return every called tie, of both networks, with the labels of the two people."""
        parts = [
            called.ties.assign(network=name)
            for name, called in (("residents", self.residents), ("all", self.everybody))
            if called is not None and len(called.ties)
        ]
        if not parts:
            return pd.DataFrame(columns=list(COLUMNS))
        table = pd.concat(parts, ignore_index=True)
        named = {f"{end}_label": table[end].map(labels) for end in ("source", "target")}
        return table.assign(**named)[[*COLUMNS]]

    def facts(self) -> dict[str, object]:
        """Return the rules and counts, for the record of a run."""
        found = {"residents": self.residents, "all": self.everybody}
        return {
            name: {"because": self.because.en if self.because else ""} if called is None else _facts(called)
            for name, called in found.items()
        }

    def explain(self, lang: Lang) -> list[str]:
        """Return the answer in words: among residents, then with staff."""
        if self.residents is None:
            return [] if self.because is None else [self.because.text(lang)]
        said = self.residents.explain(lang)
        if self.everybody is not None and self.everybody.people > self.residents.people:
            said.append(_with_staff(self.everybody).text(lang))
        return said


def find_regulars(records: Records) -> Regulars:
    """Return the ties called among residents, and among everybody.

    The null is the exact SDSM, the correction Benjamini-Hochberg over all eligible pairs, the floor two joint
    activities. Activities of any size count: chance expects many meetings at a big one already.
    """
    people = records.people["kind"]
    among, why = _called(attendance_of(records, people.index[people == "resident"]))
    everybody = attendance_of(records)
    came = people.reindex(everybody.people[everybody.attended > 0])
    if among is not None and came.eq("resident").all():
        return Regulars(among, among, None)
    return Regulars(among, _called(everybody)[0], why)


def _called(attendance: Attendance) -> tuple[CalledTies | None, Label | None]:
    try:
        return call_ties(attendance, min_joint=MIN_JOINT), None
    except MeasureError as cannot:
        return None, cannot.wording


def _facts(called: CalledTies) -> dict[str, object]:
    names = (
        "model", "correction", "alpha", "min_joint", "people", "activities", "eligible", "linked", "testable",
        "testable_share", "uncorrected", "verdict",
    )  # fmt: skip
    return {name: getattr(called, name) for name in names} | {"called": len(called.ties)}


def _with_staff(called: CalledTies) -> Label:
    count = len(called.ties)
    return Label(
        f"连同工作人员共 {called.people:,} 人时，认定 {count:,} 条。",
        f"With staff, {called.people:,} people in all, {count:,} {'tie is' if count == 1 else 'ties are'} called.",
    )
