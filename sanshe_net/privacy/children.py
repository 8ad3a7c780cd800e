"""Children: in the counts, but never singled out."""

from __future__ import annotations

from typing import Final

import pandas as pd

from sanshe_net.records import Records
from sanshe_net.vocabulary import Label, Lang

CHILD_BELOW: Final = 14
"""Below this age a person is never singled out (PIPL art. 28 counts their data as sensitive)."""


def children(records: Records) -> set[str]:
    """Return the ids of people known to be under :data:`CHILD_BELOW`."""
    return set(records.people.index[records.people["age"] < CHILD_BELOW])


def shown_names(records: Records, lang: Lang = "zh") -> pd.Series[str]:
    """Return the name each person may be shown under, a number for children. Index ``person_id``."""
    young = sorted(children(records))
    names = records.people["name"].copy()
    names[young] = [_CHILD.text(lang).format(i) for i in range(1, len(young) + 1)]
    return names


_CHILD: Final = Label("儿童{}", "child {}")
