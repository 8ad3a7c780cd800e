"""Forgetting a person: out of the registry, onto the list of withdrawals, and where they still are.

Nothing is deleted from the sheets or from earlier results: those are somebody's records. What still holds the
person is listed, and the next run leaves them out because of the list of withdrawals.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from sanshe_net import export
from sanshe_net.build.read_files import TABLE_SUFFIXES, read_sheets
from sanshe_net.errors import DecisionNeeded, InputError, Place, SansheError
from sanshe_net.guards import unguarded
from sanshe_net.privacy.keys import Key, codes_for
from sanshe_net.privacy.private_files import write_private
from sanshe_net.privacy.registry import Registry, Sighting, read_registry, write_registry

WITHDRAWN_COLUMNS: Final = ("姓名", "电话", "撤回日期")
_TEXT_SUFFIXES: Final = frozenset({".html", ".htm", ".json", ".graphml", ".md", ".log", ".xml", ".gexf"})


@dataclass(frozen=True)
class Forgotten:
    """What was done, and what is left to do.

    Attributes
    ----------
    traces
        Where the person still stands.
    unread
        Files that could not be looked into.
    withdrawn
        The list of withdrawals; the next run must read it.
    """

    traces: tuple[Place, ...]
    unread: tuple[str, ...]
    withdrawn: Path


def forget_person(
    name_or_id: str,
    registry_path: Path,
    *,
    withdrawn: Path,
    folders: Sequence[Path] = (),
    key: Key | None = None,
    day: date | None = None,
) -> Forgotten:
    """Take a person out of the registry and note the withdrawal.

    Parameters
    ----------
    name_or_id
        A name, or a ``person_id`` of the registry.
    withdrawn
        List of withdrawals to write on, or to begin.
    folders
        Sheets and results to look through.
    key
        To find the person's codes in packs given to partners too.
    day
        Day of the withdrawal; today by default.

    Raises
    ------
    InputError
        ``E-FORGET-UNKNOWN`` when the registry does not know the person; ``E-FORGET-KEY`` when a pack for a
        partner is to be searched without the key that made its codes.
    DecisionNeeded
        ``Q-FORGET-SEVERAL`` when the name is that of several people.
    """
    registry = read_registry(registry_path)
    found = registry.called(name_or_id)
    if not found:
        raise InputError("E-FORGET-UNKNOWN", path=withdrawn)
    if len(found) > 1:
        told = (f"{one} ({_told_apart(registry.people[one])})" for one in found)
        raise DecisionNeeded("Q-FORGET-SEVERAL", count=len(found), allowed=", ".join(told))
    person = registry.people[found[0]]
    files = sorted(_files(folders))
    packs = _packs(files)
    if packs and key is None:
        raise InputError("E-FORGET-KEY", path=next(iter(packs)).parent)
    sought = person.names | person.phones | {found[0]}
    codes, closed = _codes(packs, registry, found[0], key)
    traces, unread = _traces(files, sought, codes, beside={withdrawn.resolve(), registry_path.resolve()})
    # First the list, then the registry: a failure between them forgets nobody by half.
    _note_withdrawal(withdrawn, person, day or date.today())
    write_registry(registry_path, registry.without(found[0]))
    return Forgotten(tuple(traces), (*unread, *closed), withdrawn)


def _note_withdrawal(path: Path, person: Sighting, day: date) -> None:
    """Add a person to the list of withdrawals, which may have columns of its own; for its owner only."""
    head: list[str] = list(WITHDRAWN_COLUMNS)
    rows: list[list[str]] = []
    if path.exists():
        reader = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))
        head, *lines = list(reader) or [[]]
        rows = [[unguarded(cell) for cell in line] for line in lines if any(line)]
        ours = tuple(head[: len(WITHDRAWN_COLUMNS)]) == WITHDRAWN_COLUMNS and len(set(head)) == len(head)
        if not ours or any(len(row) > len(head) for row in rows):
            raise InputError("E-FORGET-FILE", path=path)
    phones = sorted(person.phones) or [""]
    known = {tuple(row[:2]) for row in rows}
    new = [[name, phone, day.isoformat()] for name in sorted(person.names) for phone in phones]
    rows += [row for row in new if tuple(row[:2]) not in known]
    table = pd.DataFrame([row + [""] * (len(head) - len(row)) for row in rows], columns=head, dtype="str")
    write_private(path, f"\ufeff{export.csv_text(table)}", replace=True)


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        if not folder.exists():
            raise InputError("E-FILE-MISSING", path=folder)
        yield from [folder] if folder.is_file() else (path for path in folder.rglob("*") if path.is_file())


def _told_apart(person: Sighting) -> str:
    """Return what tells somebody from others of the name, without giving a phone away."""
    phones = (f"{phone[:3]}****{phone[-4:]}" for phone in sorted(person.phones))
    return " ".join((*sorted(person.buildings), *phones)) or "-"


def _packs(files: Sequence[Path]) -> dict[Path, tuple[str, object]]:
    """Return the manifests of packs for a partner among ``files``: their scope and the key of their codes."""
    packs = {}
    for path in files:
        if path.name == export.MANIFEST:
            try:
                manifest = json.loads(path.read_text(encoding="utf-8"))
                scope, fingerprint = manifest.get("scope"), manifest.get("key")
            except (OSError, ValueError, AttributeError):
                continue  # not a manifest of ours: its text is searched like any other
            if isinstance(scope, str):
                packs[path] = scope, fingerprint
    return packs


def _codes(
    packs: Mapping[Path, tuple[str, object]], registry: Registry, person: str, key: Key | None
) -> tuple[dict[Path, str], list[str]]:
    """Return the code that the person has in each pack, and the packs that another key made."""
    codes, closed = {}, []
    for path, (scope, fingerprint) in packs.items():
        if key is not None and fingerprint == key.fingerprint:
            codes[path.parent] = codes_for(key, scope, registry.people)[person]
        else:
            closed.append(str(path.parent))
    return codes, closed


def _traces(
    files: Sequence[Path], sought: frozenset[str], codes: dict[Path, str], *, beside: set[Path]
) -> tuple[list[Place], list[str]]:
    traces: list[Place] = []
    unread: list[str] = []
    for path in files:
        if path.resolve() in beside:
            continue
        here = sought | {code for folder, code in codes.items() if path.is_relative_to(folder)}
        pattern = re.compile("|".join(re.escape(_bare(text)) for text in sorted(here)))
        try:
            traces += (
                _in_table(path, pattern)
                if path.suffix.casefold() in TABLE_SUFFIXES
                else _in_text(path, pattern)
            )
        except (SansheError, OSError):
            unread.append(str(path))
    return traces, unread


def _in_table(path: Path, pattern: re.Pattern[str]) -> list[Place]:
    sheets, problems = read_sheets([path])
    refused = next((problem for problem in problems if problem.severity == "error"), None)
    if refused is not None:
        raise InputError(refused.code, refused.place, **refused.facts)
    return [
        Place(str(path), sheet.sheet, line)
        for sheet in sheets
        for row, line in zip(sheet.rows, sheet.lines, strict=True)
        if any(cell is not None and pattern.search(_bare(str(cell))) for cell in row)
    ]


def _in_text(path: Path, pattern: re.Pattern[str]) -> list[Place]:
    if path.suffix.casefold() not in _TEXT_SUFFIXES:
        raise InputError("E-FILE-TYPE", Place(str(path)), found=path.suffix or "-")
    text = path.read_bytes().decode("utf-8", "replace")
    return [
        Place(str(path), row=number)
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(_bare(line))
    ]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
