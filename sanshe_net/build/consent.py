"""Whoever refused or withdrew consent was never here: their rows go before anything is made of them.

Leaving a person out afterwards would not do: activities only they attended, groups only they joined and
the names of their family in 介绍人 would stay behind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.build.clean import join_tables
from sanshe_net.build.decisions import NO_CHOICES, Choices
from sanshe_net.build.identity import NAMED_IN, mentions, profiles, resolve_people
from sanshe_net.errors import Place, Problem
from sanshe_net.privacy.coded import without_names
from sanshe_net.vocabulary import WITHHELD_CONSENT

Frames = Mapping[str, pd.DataFrame]

_ENDS: Final = {"support": ("giver", "receiver")}
"""Rows that say nothing once one of these is gone."""
_NAMED_BESIDE: Final = {
    "attendance": ("brought_by", "host", "cohost", "initiator"),
    "activities": ("host", "cohost", "initiator"),
    "organisations": ("supervisor", "leader"),
    "issues": ("raiser", "responsible"),
}
"""Columns that name somebody beside what the row is about: the name goes, the row stays."""

_TYPED: Final = ("activity", "occurrence", "session", "place", "phase", "issue")
"""Columns of free text, such as titles: a name in it becomes dots, the row stays."""


def leave_out_withheld(
    frames: Frames, choices: Choices = NO_CHOICES
) -> tuple[Frames, list[Problem], set[str]]:
    """Return the clean rows without anybody who refused or withdrew consent, a note per row gone, and names.

    One refusal is enough, wherever it stands, be it in a list of withdrawals. Rows that may be theirs (the
    same name without phone or building) go too, and a refusal that fits several people of one name counts
    for all of them. Two names that were decided to be one person are one person here as well.
    """
    said_no = any(frames[name]["consent"].isin(WITHHELD_CONSENT).any() for name in ("people", "attendance"))
    if not said_no and frames["withdrawals"].empty:
        return frames, [], set()
    said = mentions(frames)
    found = resolve_people(said, choices)
    said["person_id"] = found.person_id
    consent = [frames[name].get("consent", pd.Series(index=frames[name].index)) for name, _ in NAMED_IN]
    refusing = said[pd.concat(consent, ignore_index=True).isin(WITHHELD_CONSENT)]
    unclear = set(refusing.loc[refusing["person_id"].isna(), "name"])
    written = set(said["name"]) | _beside(frames)
    withdrawn, nobody, problems = _withdrawn(frames["withdrawals"], profiles(said, found), written)
    gone = {*refusing["person_id"].dropna(), *withdrawn}
    theirs = said["person_id"].isin(gone) | said["name"].isin(unclear | nobody)
    names = set(said.loc[theirs, "name"]) | nobody
    theirs |= said["person_id"].isna() & said["name"].isin(names)
    bodies = set(frames["organisations"]["org"]) | set(frames["memberships"]["org"])
    left, noted = _without(frames, said[theirs], names - bodies)
    return left, noted + problems, names


def _beside(frames: Frames) -> set[str]:
    """Return every name that stands beside what a row is about."""
    columns = [
        frames[table][c] for parts in (_ENDS, _NAMED_BESIDE) for table, cs in parts.items() for c in cs
    ]
    cells = (cell for column in columns for cell in column if cell is not None)
    return {name for cell in cells for name in (cell if isinstance(cell, tuple) else (cell,))}


def _withdrawn(
    rows: pd.DataFrame, people: pd.DataFrame, names: set[str]
) -> tuple[set[str], set[str], list[Problem]]:
    """Return whom the withdrawals mean, names of nobody in particular, and withdrawals of nobody.

    A phone or building that contradicts every bearer of the name makes a withdrawal somebody else's; one
    that nothing contradicts counts, since a withdrawal must never be read as silence.
    """
    ids: set[str] = set()
    unclear: set[str] = set()
    problems: list[Problem] = []
    known: dict[str, list[tuple[str, Any]]] = {}
    for person_id, held in people.to_dict("index").items():
        for alias in held["aliases"]:
            known.setdefault(alias, []).append((str(person_id), held))
    for row in rows.itertuples():
        said = {key: getattr(row, key) for key in ("phone", "building") if getattr(row, key) is not None}
        bearers = known.get(str(row.person), [])
        fits = [
            (person_id, said.get("phone") in held["phone"])
            for person_id, held in bearers
            if all(not held[key] or value in held[key] for key, value in said.items())
        ]
        sure = {person_id for person_id, same_phone in fits if same_phone}
        ids |= sure or {person_id for person_id, _ in fits}
        if not bearers and row.person in names:
            unclear.add(str(row.person))
        elif not fits:
            place = Place(str(row.file), str(row.sheet), int(str(row.row)))
            problems.append(Problem("W-WITHDRAWAL-UNMATCHED", place, "left_out"))
    return ids, unclear, problems


def _without(frames: Frames, theirs: pd.DataFrame, names: set[str]) -> tuple[Frames, list[Problem]]:
    left: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for name, rows in frames.items():
        place = pd.MultiIndex.from_frame(rows[["file", "sheet", "row"]].astype(object))
        # By position, not by place: one cell may name several people, and only one of them withdraws.
        gone = np.zeros(len(rows), dtype=bool)
        gone[theirs.loc[theirs["table"] == name, "at"].astype(int)] = True
        for column in _ENDS.get(name, ()):
            gone |= rows[column].isin(names).to_numpy()
        problems += [Problem("N-CONSENT-WITHHELD", Place(*at), "left_out") for at in place[gone]]
        kept = rows[~gone].reset_index(drop=True)
        for column in set(_TYPED) & set(kept.columns):
            told = {text: without_names(text, names) for text in {*kept[column]} if isinstance(text, str)}
            kept[column] = [told.get(text, text) for text in kept[column]]
        for column in _NAMED_BESIDE.get(name, ()):
            blanked = [_blank(cell, names) for cell in kept[column]]
            kept[column] = pd.Series(blanked, index=kept.index, dtype=object)
        if name in _NAMED_BESIDE:  # without a name two rows may say the same
            kept, repeated = join_tables(name, [{str(column): list(kept[column]) for column in kept}])
            problems += repeated
        left[name] = kept
    return left, problems


def _blank(cell: Any, names: set[str]) -> Any:
    if isinstance(cell, tuple):
        return tuple(name for name in cell if name not in names)
    return None if cell in names else cell
