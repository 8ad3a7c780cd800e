"""The planted truth of a simulated community: what a good analysis of its workbooks should find again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo.community import Community
from sanshe_net.demo.people import RESIDENTS
from sanshe_net.demo.scenario import GROUPS, PHASES, STAFF_ABSENCES, STAFF_DEPENDENT, VOLUNTEER_TEAM, date_of
from sanshe_net.demo.sheets import Book


@dataclass(frozen=True)
class Truth:
    """What was planted and what was written.

    Attributes
    ----------
    tables
        ``people``, ``activities``, ``signins`` (a row per written record) and ``sheets`` (a row per sheet).
    facts
        Phases, staff absences, and the planted residents by role.
    counts
        How much is in the files.
    """

    tables: dict[str, pd.DataFrame]
    facts: dict[str, Any]
    counts: dict[str, int]


def tell_truth(
    community: Community, books: Sequence[Book], written: pd.DataFrame, on_roster: npt.NDArray[np.bool_]
) -> Truth:
    """Gather the planted truth.

    Parameters
    ----------
    community, books, on_roster
        What was simulated, the files it was put into, and who is on the roster.
    written
        The sign-in records as written, see ``SigninBooks.written``.
    """
    sheets = _sheets(books, written)
    tables = {
        "people": _people(community, on_roster),
        "activities": _activities(community.activities),
        "signins": written,
        "sheets": sheets,
    }
    return Truth(tables, _facts(community), _counts(community, sheets, written))


def _people(community: Community, on_roster: npt.NDArray[np.bool_]) -> pd.DataFrame:
    people, planted = community.people, community.planted
    groups = np.array([group.name for group in GROUPS] + [""], dtype=object)
    shown = people.reset_index()[["person_id", "name", "kind", "sex", "age", "building", "hukou", "phone"]]
    shown = shown.assign(group=groups[people["group"]], second_group=groups[people["second_group"]])
    volunteers = volunteers_written(community)
    marks = {
        "leader": planted.leaders,
        "quiet_leader": planted.quiet_leaders,
        "broker": planted.brokers,
        "volunteer": volunteers,
        "council": planted.council,
        "same_name": planted.same_name,
    }
    for mark, chosen in marks.items():
        shown[mark] = shown["person_id"].isin(chosen)
    return shown.assign(on_roster=on_roster)


def volunteers_written(community: Community) -> npt.NDArray[np.int64]:
    """Return everyone who signed in as a volunteer or is listed in the volunteer team."""
    signed = community.signins.loc[community.signins["role"] == "志愿者", "person_id"]
    members = community.memberships
    listed = members.loc[members["group"] == VOLUNTEER_TEAM, "person_id"]
    return np.union1d(signed, listed)


def _activities(activities: pd.DataFrame) -> pd.DataFrame:
    groups = np.array([group.name for group in GROUPS] + [""], dtype=object)
    shown = activities.reset_index().assign(
        date=date_of(activities["day"].to_numpy()),
        phase=activities["phase"] + 1,
        group=groups[activities["group"]],
        second_group=groups[activities["second_group"]],
        staff_dependent=activities["series"] == STAFF_DEPENDENT,
    )
    columns = [
        "activity_id",
        "title",
        "date",
        "kind",
        "phase",
        "initiator",
        "host",
        "cohosts",
        "mode",
        "place",
    ]
    return shown[[*columns, "group", "second_group", "staff_dependent", "head_count"]]


def _sheets(books: Sequence[Book], written: pd.DataFrame) -> pd.DataFrame:
    """Count the lines of every sheet: titles, one header, records, and all that is no record."""
    rows = [
        {
            "file": book.file,
            "sheet": sheet.name,
            "table": book.table,
            "header_row": len(sheet.titles) + 1,
            "records": len(sheet.record_rows),
            "blanks": sheet.blanks,
            "repeated_headers": sheet.repeated_headers,
            "footers": sheet.footers,
            "notes": sheet.notes,
            "total_rows": sheet.total_rows,
        }
        for book in books
        for sheet in book.sheets
    ]
    duplicates = written.groupby(["file", "sheet"], as_index=False)["is_duplicate"].sum()
    joined = pd.DataFrame(rows).merge(duplicates, on=["file", "sheet"], how="left")
    return (
        joined.rename(columns={"is_duplicate": "duplicates"})
        .astype({"duplicates": "Int64"})
        .fillna({"duplicates": 0})
    )


def _facts(community: Community) -> dict[str, Any]:
    people, planted = community.people, community.planted

    def named(chosen: npt.NDArray[np.int64]) -> list[dict[str, Any]]:
        return [{"person_id": int(person), "name": people.at[person, "name"]} for person in chosen]

    groups = people.loc[planted.brokers, ["group", "second_group"]].to_numpy()
    leads = [
        {**who, "group": GROUPS[group].name}
        for group in _led(planted.leader_of)
        for who in named(planted.leader_of[[group]])
    ]
    brokers = [
        {**who, "groups": [GROUPS[group].name for group in pair]}
        for who, pair in zip(named(planted.brokers), groups, strict=True)
    ]
    return {
        "simulated": True,
        "seed": community.seed,
        "phases": [phase._asdict() for phase in PHASES],
        "staff_absences": [{"start": start, "end": end} for start, end in STAFF_ABSENCES],
        "staff_dependent_group": GROUPS[STAFF_DEPENDENT].name,
        "active_leaders": leads,
        "quiet_leaders": named(planted.quiet_leaders),
        "brokers": brokers,
        "same_name": named(planted.same_name),
        "council": named(planted.council),
        "nonlocal": people.index[people["hukou"] == "非本地"].tolist(),
    }


def _led(leader_of: npt.NDArray[np.int64]) -> list[int]:
    return [int(group) for group in np.flatnonzero(leader_of >= 0)]


def _counts(community: Community, sheets: pd.DataFrame, written: pd.DataFrame) -> dict[str, int]:
    """Count what is in the files; every row of a sheet belongs to exactly one of the counted kinds."""
    signed = written[written["present"] & ~written["is_duplicate"]]
    records = sheets.groupby("table")["records"].sum()
    of_signins = sheets[sheets["table"] == "signins"]
    numbers = {
        "people_named": written["person_id"].nunique(),
        "residents_named": written.loc[written["person_id"] < RESIDENTS, "person_id"].nunique(),
        "volunteers": len(volunteers_written(community)),
        "head_count": community.activities["head_count"].sum(),
        "signins": len(signed),
        "signin_absences": (~written["present"]).sum(),
        "signin_duplicates": written["is_duplicate"].sum(),
        "signin_introductions": (signed["brought_by"] >= 0).sum(),
        "sheets": len(sheets),
        "total_rows": sheets["total_rows"].sum(),
    }
    numbers |= {f"{table}_rows": rows for table, rows in records.items()}
    numbers |= {
        f"signin_{kind}": of_signins[kind].sum()
        for kind in ("blanks", "repeated_headers", "footers", "notes")
    }
    return {name: int(number) for name, number in numbers.items()}
