"""The private registry: who is who over the years, under random ids that never change.

It is the only file that joins names to what is shared, and belongs with the key, not with the results. A
person is found again by name and a phone or building that agree; whoever might be somebody registered, but
cannot be told, is asked about and never guessed.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from sanshe_net.errors import InputError
from sanshe_net.privacy.private_files import check_owner_only, check_place, write_private

FORMAT: Final = "sanshe-net registry 1"
ID_BYTES: Final = 10


@dataclass(frozen=True)
class Sighting:
    """What one run's records know of a person: all names, phones and buildings written for them."""

    names: frozenset[str]
    phones: frozenset[str] = frozenset()
    buildings: frozenset[str] = frozenset()

    def joined(self, other: Sighting) -> Sighting:
        """Return what both know."""
        return Sighting(
            self.names | other.names, self.phones | other.phones, self.buildings | other.buildings
        )


@dataclass(frozen=True)
class Registry:
    """The people known so far, in the order they were first met.

    Attributes
    ----------
    people
        Random ``person_id`` -> what was ever written of that person.
    key
        Fingerprint of the key that their codes are made with; empty before the first time.
    """

    people: Mapping[str, Sighting] = field(default_factory=dict, repr=False)
    key: str = ""

    def without(self, person_id: str) -> Registry:
        """Return the registry as if this person had never been in it."""
        return replace(self, people={one: held for one, held in self.people.items() if one != person_id})

    def called(self, name_or_id: str) -> list[str]:
        """Return the ids of everybody of that name, or of that id."""
        if name_or_id in self.people:
            return [name_or_id]
        return [one for one, held in self.people.items() if name_or_id in held.names]


@dataclass(frozen=True)
class Doubt:
    """Somebody in the records who may be somebody registered."""

    local_id: str
    sighting: Sighting
    person_id: str


@dataclass(frozen=True)
class Matched:
    """Who the people of some records are.

    Attributes
    ----------
    ids
        Id in the records -> ``person_id``; those in doubt are missing.
    registry
        The registry with the new people, and what is new of the others.
    doubts
        What a person must decide, in the order of the records' ids.
    """

    ids: Mapping[str, str]
    registry: Registry
    doubts: tuple[Doubt, ...]


Answers = Mapping[tuple[Sighting, str], bool]
"""(who was seen, ``person_id``) -> whether they are one person."""


def match_people(
    registry: Registry,
    seen: Mapping[str, Sighting],
    answers: Answers | None = None,
    *,
    new_id: Callable[[], str] = lambda: secrets.token_hex(ID_BYTES),
) -> Matched:
    """Find the people of some records in the registry, and add the others.

    One after the other: an answer given; name and phone agree; name and building agree; the name alone,
    where it is one person here and there and nothing contradicts it. Each step takes only pairs that are
    each other's only choice. What is left but shares a name or a phone is a doubt.

    Parameters
    ----------
    seen
        Id in the records -> what they know of that person. The order does not matter.
    new_id
        Makes the id of a new person.
    """
    answers = answers or {}
    here, there = dict(seen), dict(registry.people)
    same_as: dict[Sighting, list[str]] = {}
    for (sighting, person), same in answers.items():
        if same:
            same_as.setdefault(sighting, []).append(person)
    names_here, names_there = _index(here, "names"), _index(there, "names")

    def once(local: str, person: str) -> bool:
        """Whether every name they share is one person here and one there."""
        shared = seen[local].names & registry.people[person].names
        return all(len(names_here[name]) == len(names_there[name]) == 1 for name in shared)

    def pairs(agree: Callable[[str, str], bool]) -> list[tuple[str, str]]:
        return [
            (local, person)
            for local in here
            for person in _meeting(here[local].names, names_there)
            if person in there and answers.get((seen[local], person), True) and agree(local, person)
        ]

    told = [(local, person) for local in here for person in same_as.get(here[local], ()) if person in there]
    ids = _take(told, here, there)
    ids |= _take(pairs(lambda a, b: bool(seen[a].phones & there[b].phones)), here, there)
    ids |= _take(pairs(lambda a, b: bool(seen[a].buildings & there[b].buildings)), here, there)
    ids |= _take(pairs(lambda a, b: once(a, b) and not _differ(seen[a], there[b])), here, there)
    phones_there = _index(there, "phones")
    doubts = tuple(
        Doubt(local, here[local], person)
        for local in sorted(here)
        for person in _meeting(here[local].names, names_there) | _meeting(here[local].phones, phones_there)
        if person in there and answers.get((seen[local], person), True)
    )
    unclear = {doubt.local_id for doubt in doubts}
    ids |= {local: new_id() for local in sorted(here) if local not in unclear}
    people = dict(registry.people)
    for local in sorted(ids):
        known = people.get(ids[local])
        people[ids[local]] = seen[local] if known is None else known.joined(seen[local])
    return Matched(ids, replace(registry, people=people), doubts)


def _take(pairs: Sequence[tuple[str, str]], here: dict[str, Any], there: dict[str, Any]) -> dict[str, str]:
    """Return the pairs whose two ends stand in no other pair, and take these off both sides."""
    left, right = (Counter(ends) for ends in zip(*pairs, strict=True)) if pairs else (Counter(), Counter())
    taken = {local: person for local, person in pairs if left[local] == right[person] == 1}
    for local, person in taken.items():
        del here[local], there[person]
    return taken


def _index(held: Mapping[str, Sighting], part: str) -> dict[str, list[str]]:
    """Return for each name, or phone, everybody who has it."""
    found: dict[str, list[str]] = {}
    for one, sighting in held.items():
        for text in getattr(sighting, part):
            found.setdefault(text, []).append(one)
    return found


def _meeting(texts: Collection[str], index: Mapping[str, Sequence[str]]) -> dict[str, None]:
    """Return everybody who has one of ``texts``, in order."""
    return dict.fromkeys(one for text in sorted(texts) for one in index.get(text, ()))


def _differ(one: Sighting, other: Sighting) -> bool:
    """Return whether both have a phone, or both a building, and none agrees."""
    return any(
        bool(mine and theirs) and not mine & theirs
        for mine, theirs in ((one.phones, other.phones), (one.buildings, other.buildings))
    )


# --- on disk


def read_registry(path: Path, *, shared: Sequence[Path] = ()) -> Registry:
    """Return the registry in a file.

    Raises
    ------
    InputError, SettingsError
        When it is missing, is no registry, can be read by others, or lies where others get it.
    """
    check_place(path, shared)
    if not path.is_file():
        raise InputError("E-REGISTRY-MISSING", path=path)
    check_owner_only(path)
    try:
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError("E-REGISTRY-FORM", path=path, reason=error.strerror or error) from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        # The reason must not quote what the file holds: names.
        raise InputError("E-REGISTRY-FORM", path=path, reason=type(error).__name__) from None


def write_registry(path: Path, registry: Registry) -> None:
    """Write the registry, readable by its owner only, whole or not at all."""
    held = {
        "format": FORMAT,
        "key": registry.key,
        "people": [
            {"id": one, **{part: sorted(getattr(held, part)) for part in _PARTS}}
            for one, held in registry.people.items()
        ],
    }
    write_private(path, json.dumps(held, ensure_ascii=False, indent=1) + "\n", replace=True)


_PARTS: Final = ("names", "phones", "buildings")


def _from_json(held: Any) -> Registry:
    if held["format"] != FORMAT:
        raise ValueError("format")
    people = {}
    for person in held["people"]:
        texts = [person["id"], *(text for part in _PARTS for text in person[part])]
        if not all(isinstance(text, str) for text in texts) or person["id"] in people:
            raise ValueError("people")
        people[person["id"]] = Sighting(*(frozenset(person[part]) for part in _PARTS))
    return Registry(people, str(held["key"]))
