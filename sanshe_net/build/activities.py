"""Activities: every one once, told apart by title, day and occurrence, whichever sheets name it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build.clean import PROVENANCE
from sanshe_net.build.facts import (
    OF_ACTIVITY,
    Frames,
    beside,
    cells_of,
    conflicts,
    number_ids,
    places_of,
    usual,
    with_unnamed,
)
from sanshe_net.errors import Problem

Key: TypeAlias = tuple[str, date | None, str]
TELL_OF_ACTIVITIES: Final = ("activities", "attendance")
"""The tables that tell of activities, the more telling one first."""
_COUNCIL: Final = "议事会"
"""An activity with this in its title is a council meeting, unless its kind is written."""


def all_activities(frames: Frames, problems: list[Problem]) -> tuple[pd.DataFrame, dict[str, list[str]]]:
    """Return every activity once, and for both tables that name activities the id per row.

    What the list of activities says of one wins over what a sign-in sheet says.
    """
    keys = _activity_keys(frames)
    every = [key for name in TELL_OF_ACTIVITIES for key in keys[name]]
    places = [place for name in TELL_OF_ACTIVITIES for place in places_of(frames[name])]
    first: dict[Key, tuple[Any, ...]] = {}
    for key, place in zip(every, places, strict=True):
        first.setdefault(key, place)
    once = sorted(first, key=lambda key: (key[1] or date.max, key[0], key[2]))  # without a day last
    id_of = dict(zip(once, number_ids("A", len(once), 4), strict=True))
    made = pd.DataFrame(once, columns=["title", "date", "occurrence"], dtype=object)
    made["occurrence"] = made["occurrence"].where(made["occurrence"] != "", None)
    made[list(PROVENANCE)] = pd.DataFrame(
        [first[key] for key in once], columns=list(PROVENANCE), dtype=object
    )
    at = [i for i, name in enumerate(TELL_OF_ACTIVITIES) for _ in keys[name]]
    for fact in ("activity_kind", "mode", "phase", "place", "head_count", "end", "precision"):
        cells = cells_of(frames, TELL_OF_ACTIVITIES, fact)
        told = usual(every, at, cells)
        if fact == "head_count":  # of two head counts the larger: nobody who was counted may vanish
            for key, cell in zip(every, cells, strict=True):
                if cell is not None and cell > told[key]:
                    told[key] = cell
        made[fact] = beside(made, [told.get(key) for key in once])
        if fact in OF_ACTIVITY:
            titles = {key: key[0] for key in once}
            problems += conflicts("W-ACTIVITY-CONFLICT", fact, every, at, cells, titles, told, places)
    made["head_count"] = with_unnamed(made["head_count"], once, keys["attendance"], frames["attendance"])
    kind = made.pop("activity_kind")
    council = kind.isna() & made["title"].map(lambda title: _COUNCIL in title).astype(bool)
    made["kind"] = kind.where(~council, "council")
    made.index = pd.Index([id_of[key] for key in once], dtype="str")
    return made, {name: [id_of[key] for key in keys[name]] for name in TELL_OF_ACTIVITIES}


def _activity_keys(frames: Frames) -> dict[str, list[Key]]:
    """Return title, day and occurrence per row; a blank occurrence is the only one of that day."""
    written: dict[tuple[str, date | None], set[str]] = {}
    for name in TELL_OF_ACTIVITIES:
        rows = frames[name]
        for title, day, occurrence in {*_called(rows)}:
            written.setdefault((title, day), set()).update({occurrence} if occurrence else ())

    def meant(title: str, day: date | None, occurrence: str | None) -> Key:
        held = written[title, day]
        return title, day, occurrence or (next(iter(held)) if len(held) == 1 else "")

    keys: dict[str, list[Key]] = {}
    for name in TELL_OF_ACTIVITIES:
        called = list(_called(frames[name]))
        key_of = {said: meant(*said) for said in set(called)}
        keys[name] = [key_of[said] for said in called]
    return keys


def _called(rows: pd.DataFrame) -> Iterator[tuple[str, date | None, str | None]]:
    return zip(*(rows[column].tolist() for column in ("activity", "date", "occurrence")), strict=True)
