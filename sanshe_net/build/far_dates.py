"""Dates that lie far from all others: a slip of a digit makes 2042 of 2024, and eighteen empty years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Final

import pandas as pd

from sanshe_net.errors import Place, Problem

USUAL_YEARS: Final = (1980, 2050)
"""Years of a station's records. Fixed, so that the same sheets say the same on every day."""
EMPTY_YEARS: Final = 5
"""Dates with more years than this between them and the bulk of the others are far away."""
_TABLES: Final = ("attendance", "activities")


def far_dates(frames: Mapping[str, pd.DataFrame]) -> list[Problem]:
    """Return a warning for the first row of every sheet with a date that is far from the others.

    Records that are old as a whole (of 1933) are told once a sheet.
    """
    times = Counter(day for name in _TABLES for day in frames[name]["date"].tolist() if day is not None)
    if not times:
        return []
    years = sorted(day.year for day in times.elements())
    first, last = _bulk(sorted(set(years)), years[len(years) // 2])
    if USUAL_YEARS[0] <= first and last <= USUAL_YEARS[1] and (years[0], years[-1]) == (first, last):
        return []  # as nearly always
    old = not USUAL_YEARS[0] <= last <= USUAL_YEARS[1]
    problems: list[Problem] = []
    told: set[tuple[str, str, date | None]] = set()
    for name in _TABLES:
        rows = frames[name]
        for day, file, sheet, row in zip(rows["date"], rows["file"], rows["sheet"], rows["row"], strict=True):
            if day is None or (file, sheet, day) in told:
                continue
            if old and first <= day.year <= last:
                if (file, sheet, None) in told:
                    continue
                told.add((file, sheet, None))
            unlikely = not USUAL_YEARS[0] <= day.year <= USUAL_YEARS[1]
            if not unlikely and first <= day.year <= last:
                continue
            told.add((file, sheet, day))
            span = USUAL_YEARS if unlikely else (first, last)
            facts: dict[str, object] = {"allowed": "–".join(map(str, dict.fromkeys(span)))}
            code = "W-DATE-UNLIKELY" if unlikely else "W-DATE-FAR"
            problems.append(
                Problem(code, Place(str(file), str(sheet), int(row)), "used", day.isoformat(), facts)
            )
    return problems


def _bulk(years: list[int], middle: int) -> tuple[int, int]:
    """Return the first and last of the years that hang together around ``middle``."""
    at = years.index(middle)
    first = last = at
    while first and years[first] - years[first - 1] - 1 <= EMPTY_YEARS:
        first -= 1
    while last + 1 < len(years) and years[last + 1] - years[last] - 1 <= EMPTY_YEARS:
        last += 1
    return years[first], years[last]
