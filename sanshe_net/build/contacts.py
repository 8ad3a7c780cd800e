"""What the private registry knows people by, read beside the records: phones, and every name there is.

Phones are not kept in the records. This looks at the rows people came from once more, whatever the layout of
their sheet: a row that holds a single mobile number and a single person gives that person the number.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sanshe_net.build import values
from sanshe_net.build.headers import SCHEMAS, header_key
from sanshe_net.build.read_files import RawSheet, read_sheets
from sanshe_net.records import Records

_MOBILE: Final = re.compile(r"(?<![0-9])(?:\+?86)?(1[3-9][0-9]{9})(?![0-9])")
_NAMES_PEOPLE: Final = frozenset({
    "person", "brought_by", "leader", "raiser", "responsible", "nominator", "nominee",
})  # fmt: skip
_NAME_HEADS: Final = frozenset(
    header_key(word)
    for schema in SCHEMAS.values()
    for field in schema.fields
    if field.name in _NAMES_PEOPLE
    for word in field.words
)


@dataclass(frozen=True)
class Contacts:
    """Mobile numbers by person id, and every name in a column of names, also of people left out."""

    phones: dict[str, frozenset[str]]
    names: frozenset[str]


def read_contacts(inputs: Sequence[Path], records: Records) -> Contacts:
    """Return the phones of the people of ``records``, which were read from ``inputs``, and all names."""
    sheets, _ = read_sheets(inputs)
    here: dict[tuple[str, str, int], set[str]] = {}
    for name in ("people", "attendance", "memberships"):
        rows = getattr(records, name).reset_index()
        known = rows[rows["person_id"].notna()]
        for person, *at in known[["person_id", "file", "sheet", "row"]].itertuples(index=False):
            here.setdefault((at[0], at[1], at[2]), set()).add(person)
    phones: dict[str, set[str]] = {}
    names: set[str] = set(records.people["name"])
    for sheet in sheets:
        names |= _names(sheet)
        for cells, line in zip(sheet.rows, sheet.lines, strict=True):
            people = here.get((sheet.file, sheet.sheet, line), set())
            if len(people) == 1:
                numbers = _mobiles(cells)
                if len(numbers) == 1:
                    phones.setdefault(next(iter(people)), set()).update(numbers)
    return Contacts({one: frozenset(held) for one, held in phones.items()}, frozenset(names))


def _names(sheet: RawSheet) -> set[str]:
    """Return what stands below any heading that names people."""
    columns: set[int] = set()
    found: set[str] = set()
    for row in sheet.rows:
        keys = [header_key(cell) for cell in row]
        heads = {i for i, key in enumerate(keys) if key in _NAME_HEADS}
        columns |= heads
        below = (row[i] for i in columns - heads if i < len(row))
        found.update(name for cell in below if isinstance(cell, str) for name in values.names(cell) or ())
    return found


def _mobiles(cells: Iterable[object]) -> set[str]:
    found: set[str] = set()
    for cell in cells:
        text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
        bare = re.sub(r"(?<=[0-9])[\s-](?=[0-9])", "", unicodedata.normalize("NFKC", text))
        found.update(_MOBILE.findall(bare))
    return found
