"""Who the people of some records are, by the private registry; doubts are asked in a file beside it."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from sanshe_net import export
from sanshe_net.build.read import Reading
from sanshe_net.errors import DecisionNeeded, InputError, SettingsError, quote
from sanshe_net.privacy.keys import Key
from sanshe_net.privacy.private_files import check_owner_only, check_place, write_private
from sanshe_net.privacy.registry import (
    Doubt,
    Matched,
    Registry,
    Sighting,
    match_people,
    read_registry,
)

SAME, NEW = frozenset({"同一人", "same"}), frozenset({"新人", "new"})
_QUESTION_COLUMNS: Final = (
    "问题", "姓名", "电话", "楼栋", "可能是", "登记的姓名", "登记的电话", "登记的楼栋", "决定",
)  # fmt: skip


@dataclass(frozen=True)
class Secrets:
    """Where the key and the registry are, and what may happen to them.

    Attributes
    ----------
    key, registry
        Their files; both private.
    new_registry
        Begin a registry: the first time.
    new_codes
        Accept another key than before: every code changes.
    """

    key: Path
    registry: Path
    new_registry: bool = False
    new_codes: bool = False


def known_registry(secrets: Secrets, key: Key, out: Path) -> Registry:
    """Return the registry, an empty one the first time.

    Raises
    ------
    SansheError
        As :func:`~sanshe_net.privacy.registry.read_registry`; ``E-KEY-OTHER`` when its codes were made with
        another key.
    """
    if secrets.new_registry and not secrets.registry.exists():
        check_place(secrets.registry, [out])
        return Registry()
    registry = read_registry(secrets.registry, shared=[out])
    if registry.key not in ("", key.fingerprint) and not secrets.new_codes:
        raise SettingsError("E-KEY-OTHER", known=registry.key, found=key.fingerprint)
    return registry


def sightings(reading: Reading) -> dict[str, Sighting]:
    """Return what was read of each person that tells them apart; by person id of the records."""
    known = reading.people.profiles.loc[reading.records.people.index]
    return {
        str(person): Sighting(frozenset(aliases), frozenset(phones), frozenset(buildings))
        for person, aliases, phones, buildings in known[["aliases", "phone", "building"]].itertuples()
    }


def decided(registry: Registry, seen: dict[str, Sighting], path: Path) -> Matched:
    """Return who everybody is, with the answers that stand beside the registry; ask what is left."""
    questions = path.with_name(f"{path.stem}.questions.csv")
    given = _read_answers(questions)
    asked: dict[str, Doubt] = {}
    answers: dict[tuple[Sighting, str], bool] = {}
    matched = match_people(registry, seen)
    # An answer can open another question (who is not this one may be that one): until nothing changes.
    while fresh := {_question(doubt): doubt for doubt in matched.doubts if _question(doubt) not in asked}:
        asked |= fresh
        told = {(one.sighting, one.person_id): given[name] for name, one in fresh.items() if name in given}
        answers |= told
        matched = match_people(registry, seen, answers)
    if matched.doubts:
        still = {_question(doubt) for doubt in matched.doubts}
        kept = {name: same for name, same in given.items() if name not in still}
        _write_questions(questions, asked, kept, registry)
        count = len({doubt.local_id for doubt in matched.doubts})
        raise DecisionNeeded("Q-REGISTRY-MATCH", count=count, path=questions)
    questions.unlink(missing_ok=True)
    return matched


def _question(doubt: Doubt) -> str:
    """Return a name for a question that holds as long as nothing else is known of the person."""
    held = doubt.sighting
    said = repr((doubt.person_id, sorted(held.names), sorted(held.phones), sorted(held.buildings)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _write_questions(
    path: Path, asked: Mapping[str, Doubt], given: Mapping[str, bool], registry: Registry
) -> None:
    """Write every question, those already answered with their answer."""

    def told(held: Sighting) -> tuple[str, ...]:
        return tuple("、".join(sorted(part)) for part in (held.names, held.phones, held.buildings))

    said = {True: "同一人", False: "新人", None: ""}
    rows = [
        (
            name, *told(one.sighting), one.person_id, *told(registry.people[one.person_id]),
            said[given.get(name)],
        )
        for name, one in asked.items()
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(_QUESTION_COLUMNS))
    write_private(path, f"\ufeff{export.csv_text(table)}", replace=True)


def _read_answers(path: Path) -> dict[str, bool]:
    if not path.is_file():
        return {}
    check_owner_only(path)
    given: dict[str, bool] = {}
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        said = (row.get("决定") or "").strip().casefold()
        if said and said not in SAME | NEW:
            raise InputError("E-REGISTRY-ANSWER", path=path, row=number, found=quote(said))
        if said:
            given[row.get("问题") or ""] = said in SAME
    return given
