"""Decisions and clean rows brought together: what is decided here, and who the people are then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sanshe_net.build.consent import leave_out_withheld
from sanshe_net.build.decisions import KEYS, NO_CHOICES, Choices, Descriptor, read_decisions, renamed
from sanshe_net.build.identity import mentions, profiles, resolve_people


@dataclass(frozen=True)
class People:
    """What tells the people of some records apart. Private: it holds phone numbers.

    Attributes
    ----------
    profiles
        One row per person id: ``name``, and as tuples ``aliases``, ``phone``, ``person_no``, ``building``.
    apart
        Pairs of ids that somebody decided are different people.
    choices
        All decisions that were used.
    """

    profiles: pd.DataFrame
    apart: frozenset[frozenset[str]]
    choices: Choices = NO_CHOICES

    def described(self, person_id: str) -> Descriptor:
        """Return a person by what stays when files are added."""
        row = self.profiles.loc[person_id]
        return Descriptor(str(row["name"]), *(row[key][0] if row[key] else None for key in KEYS))

    def holds(self, end: Descriptor) -> bool:
        """Return whether somebody has that name and every key that is written with it."""
        said = [(key, value) for key, value in zip(KEYS, end.keys, strict=True) if value is not None]
        return any(
            end.name in row["aliases"] and all(value in row[key] for key, value in said)
            for row in self.profiles.to_dict("records")
        )


def choose(
    frames: Mapping[str, pd.DataFrame], decisions: Path | None
) -> tuple[Mapping[str, pd.DataFrame], Choices]:
    """Return the rows with joined bodies and activities written the same way, and all decisions.

    Raises
    ------
    InputError, ManyProblems
        As :func:`sanshe_net.build.decisions.read_decisions`.
    """
    if decisions is None:
        return frames, NO_CHOICES

    def by_id() -> dict[str, Descriptor]:
        # The ids of the tables: whoever withheld consent is not among them.
        left, _, _ = leave_out_withheld(frames)
        people = known_people(left)
        return {str(person_id): people.described(str(person_id)) for person_id in people.profiles.index}

    choices = read_decisions(decisions, by_id)
    return renamed(frames, choices), choices


def known_people(frames: Mapping[str, pd.DataFrame], choices: Choices = NO_CHOICES) -> People:
    """Return the people of clean rows."""
    said = mentions(frames)
    found = resolve_people(said, choices)
    return People(profiles(said, found), found.apart, choices)
