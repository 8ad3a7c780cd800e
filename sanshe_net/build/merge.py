"""Records as they would be if some people, bodies or activities were one: for asking what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from sanshe_net.records import Records

_IDS: Final = {
    "organisations": ("supervisor_id", "leader_id"),
    "hosting": ("activity_id", "org_id"),
    "attendance": ("person_id", "activity_id", "brought_by"),
    "memberships": ("person_id", "org_id"),
    "support": ("giver_id", "receiver_id", "activity_id"),
    "nominations": ("source_id", "target_id"),
    "issue_people": ("actor_id",),
}
"""Columns that point at people, bodies and activities."""
_NAMED: Final = ("people", "organisations", "activities")


def merged(records: Records, shown_as: Mapping[str, str]) -> Records:
    """Return the records with everybody in ``shown_as`` counted as the one they are shown as.

    Parameters
    ----------
    shown_as
        Id -> id, of people, bodies or activities; ids that are not in it stay as they are. The ends must
        not be in it themselves, or stand for themselves.

    Returns
    -------
    Records of the same sign-ins, every one of them. What was unknown of the kept one is taken from the
    others, the smallest id first; an activity has the largest head count reported. Rows that could not be
    told apart stay so.
    """
    moved = {old: new for old, new in shown_as.items() if old != new}
    if not moved:
        return records
    tables: dict[str, pd.DataFrame] = {}
    for name, columns in _IDS.items():
        rows: pd.DataFrame = getattr(records, name)
        tables[name] = rows.assign(**{column: _moved(rows[column], moved) for column in columns})
    # Nobody brings, supports or nominates themselves; what was given stays counted.
    attendance, support, named = (tables[name] for name in ("attendance", "support", "nominations"))
    tables["attendance"] = attendance.assign(brought_by=_other(attendance, "brought_by", "person_id"))
    tables["support"] = support.assign(receiver_id=_other(support, "receiver_id", "giver_id"))
    tables["nominations"] = named[_other(named, "target_id", "source_id").notna()]
    hosting = tables["hosting"]
    tables["hosting"] = hosting[~hosting.duplicated(["activity_id", "org_id", "role"])]
    for name in _NAMED:
        tables[name] = _joined(tables.get(name, getattr(records, name)), moved)
    bodies = tables["organisations"].reset_index()
    bodies = bodies.assign(**{end: _other(bodies, end, "org_id") for end in _IDS["organisations"]})
    return replace(records, **(tables | {"organisations": bodies.set_index("org_id")}))


def _other(rows: pd.DataFrame, column: str, oneself: str) -> pd.Series[Any]:
    """Return a column with what equals ``oneself`` in the same row blanked."""
    return rows[column].where(~(rows[column] == rows[oneself]).fillna(False).astype(bool))


def _moved(column: pd.Series[Any], moved: Mapping[str, str]) -> pd.Series[Any]:
    return column.where(~column.isin(list(moved)), column.map(moved)).astype(column.dtype)


def _joined(rows: pd.DataFrame, moved: Mapping[str, str]) -> pd.DataFrame:
    """Return the table without those who are shown as another, whose facts fill what is blank."""
    gone = sorted(rows.index[rows.index.isin(list(moved))])
    kept = rows.drop(index=gone)
    places = [moved[old] for old in gone]
    for column in kept.columns:
        held: dict[str, Any] = dict(zip(kept.index, kept[column], strict=True))
        for new, theirs in zip(places, rows.loc[gone, column], strict=True):
            mine = held.get(new)
            if new in held and (pd.isna(mine) or (column == "head_count" and theirs > mine)):
                held[new] = theirs
        kept = kept.assign(**{column: pd.Series(held, index=kept.index, dtype=kept[column].dtype)})
    return kept
