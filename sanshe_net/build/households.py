"""Lists by household: a head and the members beside it, where other lists have a person to a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanshe_net.build.header_rows import LOOKED_AT, Header, heading
from sanshe_net.build.headers import HeaderMatch, header_key
from sanshe_net.build.raw_sheets import RawSheet
from sanshe_net.build.row_kinds import filled

_WORDS: Final = (
    "户主 户主姓名 家庭成员 家庭成员姓名 家庭成员名单 "
    "householdhead headofhousehold householdmembers familymembers"
)
_HOUSEHOLD: Final = frozenset(map(header_key, _WORDS.split()))
_LONGEST: Final = 40


def household_headings(
    sheet: RawSheet, header: Header | None, match: HeaderMatch | None, said: Mapping[str, str]
) -> list[str]:
    """Return the headings of a list by household that nobody explained; none where a column names persons.

    Without one such a list would be taken for a list of activities, or for no table, and everybody in it
    would be lost.
    """
    if match is not None and match.schema.required[0] not in ("activity", "org"):
        return []
    rows = sheet.rows[:LOOKED_AT] if header is None else sheet.rows[header.top : header.below]
    texts = [heading(cell) for row in rows for cell in filled(row)]
    keys = {text: header_key(text) for text in texts if len(text) <= _LONGEST}
    return [text for text, key in keys.items() if key in _HOUSEHOLD and key not in said]
