"""What must not be seen: children.

Identifiers and people who refused consent never come this far: they are left out while reading
(:mod:`sanshe_net.build.consent`).
"""

from __future__ import annotations

from typing import Final

from sanshe_net.records import Records

CHILD_BELOW: Final = 14
"""Below this age a person is never singled out (PIPL art. 28 counts their data as sensitive)."""


def children(records: Records) -> set[str]:
    """Return the ids of people known to be under :data:`CHILD_BELOW`."""
    return set(records.people.index[records.people["age"] < CHILD_BELOW])
