"""Records: what the station wrote down, as clean tables that never change.

Two-mode is the truth: ``attendance`` (person x activity) is what was observed, ties are derived later.
Absent (``present`` is False), blank (``present`` is missing) and no row at all (not eligible, or not
recorded) are three different things. Every row keeps the file, sheet and row it came from.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from typing import Final, Literal, TypeAlias, cast

import pandas as pd

from sanshe_net.errors import InputError, SettingsError

Every: TypeAlias = Literal["month", "quarter", "half", "year"]
EVERY: Final[tuple[Every, ...]] = ("month", "quarter", "half", "year")

_FROM = {"file": "str", "sheet": "str", "row": "int64"}
_DATE = "datetime64[ns]"

TABLES: Final[dict[str, dict[str, str]]] = {
    "people": {
        "name": "str", "kind": "str", "building": "str", "hukou": "str", "sex": "str", "age": "float64",
        "moved_in": _DATE, "consent": "str",
    },
    "organisations": {
        "name": "str", "kind": "str", "registered": "boolean", "founded": _DATE, "supervisor_id": "str",
        "leader_id": "str",
    },
    "activities": {
        "title": "str", "date": _DATE, "end": _DATE, "precision": "str", "occurrence": "str",
        "kind": "str", "initiator_kind": "str", "mode": "str", "phase": "str", "place": "str",
        "head_count": "float64",
    },
    "hosting": {"activity_id": "str", "org_id": "str", "role": "str"},
    "attendance": {
        "person_id": "str", "activity_id": "str", "present": "boolean", "role": "str", "session": "str",
        "hours": "float64", "brought_by": "str", "introduced": "boolean",
    },
    "memberships": {"person_id": "str", "org_id": "str", "role": "str", "start": _DATE, "end": _DATE},
    "support": {
        "giver_id": "str", "receiver_id": "str", "activity_id": "str", "kind": "str", "amount": "float64",
        "date": _DATE,
    },
    "nominations": {"source_id": "str", "target_id": "str", "question": "str", "date": _DATE},
    "issues": {"title": "str", "kind": "str", "raised": _DATE, "state": "str", "settled": _DATE},
    "issue_people": {"issue_id": "str", "actor_id": "str", "role": "str"},
}  # fmt: skip
"""Columns and types of every table; each also has ``file``, ``sheet`` and ``row``. Text is missing (NaN)
where the sheet was blank."""

INDEX_NAMES: Final = {
    "people": "person_id",
    "organisations": "org_id",
    "activities": "activity_id",
    "issues": "issue_id",
}
PROBLEM_COLUMNS: Final = (
    "code", "severity", "outcome", "file", "sheet", "row", "cell", "column", "value", "zh", "en",
    "zh_masked", "en_masked",
)  # fmt: skip
SOURCE_COLUMNS: Final = (
    "file", "sheet", "table", "rows_in", "used", "duplicate", "left_out", "quarantined",
)  # fmt: skip


@dataclass(frozen=True)
class Period:
    """A stretch of calendar time, both ends included."""

    label: str
    start: pd.Timestamp
    end: pd.Timestamp


@dataclass(frozen=True)
class Records:
    """The clean tables of one community; columns are those of :data:`TABLES`.

    ``problems`` holds one row for everything that was noticed while reading, worded for the station's own
    list and, with names masked, for a terminal. ``sources`` holds one row per table found, with what became
    of its rows: rows_in = used + duplicate + left_out + quarantined.
    """

    people: pd.DataFrame
    organisations: pd.DataFrame
    activities: pd.DataFrame
    hosting: pd.DataFrame
    attendance: pd.DataFrame
    memberships: pd.DataFrame
    support: pd.DataFrame
    nominations: pd.DataFrame
    issues: pd.DataFrame
    issue_people: pd.DataFrame
    problems: pd.DataFrame
    sources: pd.DataFrame

    def __post_init__(self) -> None:
        for name, columns in TABLES.items():
            missing = [c for c in (*columns, *_FROM) if c not in getattr(self, name).columns]
            if missing:
                raise InputError("E-RECORD-COLUMNS", table=name, found=", ".join(missing))

    def between(self, start: str | pd.Timestamp, end: str | pd.Timestamp) -> Records:
        """Return what happened from ``start`` to ``end``, both included.

        People and organisations stay; activities, attendance and every dated row outside go. Rows
        without a date stay, memberships stay when they overlap the stretch.
        """
        first, last = pd.Timestamp(start), pd.Timestamp(end)
        activities = self.activities[self.activities["date"].between(first, last)]
        members = self.memberships
        overlap = ~(members["start"] > last) & ~(members["end"] < first)
        issues = _within(self.issues, "raised", first, last)
        of_issue = self.issue_people["issue_id"].isin(issues.index)
        return replace(
            self,
            activities=activities,
            hosting=self.hosting[self.hosting["activity_id"].isin(activities.index)],
            attendance=self.attendance[self.attendance["activity_id"].isin(activities.index)],
            memberships=members[overlap],
            support=_within(self.support, "date", first, last),
            nominations=_within(self.nominations, "date", first, last),
            issues=issues,
            issue_people=self.issue_people[of_issue],
        )

    def only(self, activity_kinds: str | Collection[str]) -> Records:
        """Return the records with only the activities (and attendance) of some kinds."""
        kinds = {activity_kinds} if isinstance(activity_kinds, str) else set(activity_kinds)
        activities = self.activities[self.activities["kind"].isin(kinds)]
        return replace(
            self,
            activities=activities,
            hosting=self.hosting[self.hosting["activity_id"].isin(activities.index)],
            attendance=self.attendance[self.attendance["activity_id"].isin(activities.index)],
        )

    def without(self, actor_ids: Collection[str]) -> Records:
        """Return the records as if these people or organisations had never been in them.

        Head counts stay as reported: they count heads, not names.
        """
        gone = set(actor_ids)
        organisations = self.organisations[~self.organisations.index.isin(gone)]
        cut = {end: organisations[end].where(~organisations[end].isin(gone)) for end in _ORG_LINKS}
        attendance = _drop(self.attendance, gone, "person_id")
        brought = attendance["brought_by"]
        return replace(
            self,
            people=self.people[~self.people.index.isin(gone)],
            organisations=organisations.assign(**cut),
            hosting=_drop(self.hosting, gone, "org_id"),
            attendance=attendance.assign(brought_by=brought.where(~brought.isin(gone))),
            memberships=_drop(self.memberships, gone, "person_id", "org_id"),
            support=_drop(self.support, gone, "giver_id", "receiver_id"),
            nominations=_drop(self.nominations, gone, "source_id", "target_id"),
            issue_people=_drop(self.issue_people, gone, "actor_id"),
        )

    def presence(self) -> pd.DataFrame:
        """Return one row per person and activity: ``person_id``, ``activity_id``, ``present`` (bool).

        Several sittings or roles of one activity are one row, present if present at any of them. Blank
        marks and people who could not be told apart are left out.
        """
        known = self.attendance.dropna(subset=["person_id", "present"])
        known = known.astype({"present": bool})
        return known.groupby(["person_id", "activity_id"], sort=True)[["present"]].max().reset_index()

    def head_counts(self) -> pd.Series[float]:
        """Return how many took part in each activity: the larger of reported and signed in.

        Index ``activity_id``, name ``head_count``; 0 where nobody signed in and nothing was reported.
        """
        signed = self.named_sign_ins().reindex(self.activities.index, fill_value=0)
        reported = self.activities["head_count"].fillna(0)
        counts: pd.Series[float] = reported.where(reported >= signed, signed.astype(float))
        return counts.rename("head_count")

    def named_sign_ins(self) -> pd.Series[int]:
        """Return the number of named people present at each activity that has any.

        Index ``activity_id``, name ``named``. People who could not be told apart count once per row.
        """
        here = self.attendance[self.attendance["present"].fillna(False).astype(bool)]
        resolved = here[here["person_id"].notna()].drop_duplicates(["person_id", "activity_id"])
        counted = pd.concat([resolved, here[here["person_id"].isna()]])
        named: pd.Series[int] = counted.groupby("activity_id", sort=True).size()
        return named.rename("named")

    def unresolved_sign_ins(self) -> int:
        """Return the number of rows of somebody present who could not be told apart.

        A row of an absence, or with a mark that says nothing, is no attendance and is not counted.
        """
        present = self.attendance["present"].fillna(False).astype(bool)
        return int((present & self.attendance["person_id"].isna()).sum())

    def periods(self, every: Every = "quarter") -> list[Period]:
        """Return the calendar periods that the activities fall into, in order, gaps included."""
        return calendar_periods(self.activities["date"].dropna(), every)

    def actor_name(self, actor_id: str) -> str:
        """Return the name of a person or organisation."""
        table = self.people if actor_id in self.people.index else self.organisations
        return cast(str, table.at[actor_id, "name"])


_ORG_LINKS: Final = ("supervisor_id", "leader_id")


def table(name: str, rows: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return ``rows`` in the columns and types of table ``name``; without rows, an empty table.

    Columns that ``rows`` lacks are missing throughout, ``row`` is then 0, which is nowhere.
    """
    columns = {**TABLES[name], **_FROM}
    held = rows if rows is not None else pd.DataFrame()
    made = {
        column: pd.Series(held.get(column, 0 if column == "row" else None), index=held.index, dtype=kind)
        for column, kind in columns.items()
    }
    frame = pd.DataFrame(made, index=held.index)
    return frame.rename_axis(index=INDEX_NAMES[name]) if name in INDEX_NAMES else frame


def empty_records() -> Records:
    """Return records that hold nothing."""
    tables = {name: table(name) for name in TABLES}
    return Records(
        **tables,
        problems=pd.DataFrame(columns=list(PROBLEM_COLUMNS)),
        sources=pd.DataFrame(columns=list(SOURCE_COLUMNS)),
    )


def record_tables(records: Records) -> dict[str, pd.DataFrame]:
    """Return every table of ``records`` by name, in the order of the class."""
    return {field.name: getattr(records, field.name) for field in fields(records)}


def _within(rows: pd.DataFrame, column: str, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    return rows[rows[column].isna() | rows[column].between(first, last)]


def _drop(rows: pd.DataFrame, gone: set[str], *columns: str) -> pd.DataFrame:
    keep = pd.Series(True, index=rows.index)
    for column in columns:
        keep &= ~rows[column].isin(gone)
    return rows[keep]


def calendar_periods(dates: pd.Series[pd.Timestamp], every: Every) -> list[Period]:
    """Return the calendar periods that ``dates`` (none missing) fall into, in order, gaps included."""
    if every not in EVERY:
        raise SettingsError("E-VALUE", name="every", found=every, allowed=", ".join(EVERY))
    if dates.empty:
        return []
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    first = dates.min().normalize().replace(day=1)
    start = first - pd.DateOffset(months=(first.month - 1) % months)
    periods = []
    while start <= dates.max():
        end = start + pd.DateOffset(months=months) - pd.Timedelta(days=1)
        periods.append(Period(_period_label(start, every), start, end))
        start = start + pd.DateOffset(months=months)
    return periods


def _period_label(start: pd.Timestamp, every: Every) -> str:
    if every == "month":
        return f"{start:%Y-%m}"
    if every == "quarter":
        return f"{start.year}Q{(start.month + 2) // 3}"
    if every == "half":
        return f"{start.year}H{1 if start.month < 7 else 2}"
    return str(start.year)
