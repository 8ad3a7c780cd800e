"""What many rows tell about one thing: the usual value, and where they contradict each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build.clean import PROVENANCE
from sanshe_net.errors import Place, Problem
from sanshe_net.vocabulary import LANGUAGES, Label, label

Frames: TypeAlias = Mapping[str, pd.DataFrame]
"""Clean rows by the name of their table."""
OF_PERSON: Final = {"kind": Label("身份", "kind"), "sex": Label("性别", "sex"), "age": Label("年龄", "age")}
"""Facts of a person that do not change from row to row."""
OF_ACTIVITY: Final = {"place": Label("地点", "place"), "head_count": Label("参加人数", "head count")}
_FIELDS: Final = OF_PERSON | OF_ACTIVITY
_YEARS: Final = 2.0
"""Ages this far apart may be one person's, written in two years."""


def usual(
    keys: Iterable[Any], tables: Iterable[int], cells: Iterable[Any], first: Collection[Any] = ()
) -> dict[Any, Any]:
    """Return for each key the value written most often in the first of ``tables`` that says anything.

    Of values written equally often the smallest, so that the order of the rows decides nothing; a value
    in ``first`` comes before all others of its table, however often they are written.
    """
    cells = list(cells)
    if cells.count(None) == len(cells):  # as for most facts of most sheets
        return {}
    counts = Counter(said for said in zip(keys, tables, cells, strict=True) if said[2] is not None)
    best: dict[Any, tuple[int, bool, int, Any]] = {}
    for (key, at, value), count in counts.items():
        rank = (at, value not in first, -count, value)
        if key not in best or rank < best[key]:
            best[key] = rank
    return {key: rank[-1] for key, rank in best.items()}


def conflicts(
    code: str,
    fact: str,
    keys: Sequence[Any],
    tables: Sequence[int],
    cells: Sequence[Any],
    names: Mapping[Any, str],
    taken: Mapping[Any, Any],
    places: Sequence[tuple[Any, ...]],
) -> Iterator[Problem]:
    """Yield a problem for every key of which one table tells two different values."""
    if cells.count(None) == len(cells):
        return
    told: dict[tuple[Any, int], dict[Any, int]] = {}
    for i, (key, at, cell) in enumerate(zip(keys, tables, cells, strict=True)):
        if key is not None and cell is not None:
            told.setdefault((key, at), {}).setdefault(cell, i)
    for (key, _), values_ in told.items():
        apart = max(values_) - min(values_) if fact == "age" else _YEARS + len(values_) - 1
        if apart > _YEARS:
            zh, en = ([label(str(value), lang) for value in sorted(values_)] for lang in LANGUAGES)
            counted = str(taken[key])
            facts: dict[str, object] = {
                "field": _FIELDS[fact], "found": Label("、".join(zh), ", ".join(en)),
                "allowed": Label(label(counted, "zh"), label(counted, "en")),
            }  # fmt: skip
            yield Problem(code, Place(*places[max(values_.values())]), "used", names[key], facts)


def ages(people: pd.DataFrame, days: Sequence[date]) -> pd.Series[Any]:
    """Return the age of everyone: as written, else from the year of birth in the last year of ``days``."""
    if not days:
        return people["age"]
    told: pd.Series[Any] = people["age"].where(
        people["age"].notna(), max(days).year - people["birth_year"].astype(float)
    )
    return told


def with_unnamed(
    written: pd.Series[Any], once: Sequence[Any], keys: Sequence[Any], rows: pd.DataFrame
) -> pd.Series[Any]:
    """Return the head counts with everybody who was counted beside the names (等5人), each cell once."""
    heads: dict[Any, dict[tuple[Any, ...], float]] = {}
    names: dict[Any, set[str]] = {}
    if rows["unnamed"].isna().all():
        return written
    for key, name, unnamed, place in zip(keys, rows["person"], rows["unnamed"], places_of(rows), strict=True):
        names.setdefault(key, set()).add(name)
        if unnamed is not None:
            heads.setdefault(key, {})[place] = unnamed
    counted = {key: len(names[key]) + sum(held.values()) for key, held in heads.items()}
    told = [
        count if key not in counted else max(counted[key], count or 0.0)
        for key, count in zip(once, written, strict=True)
    ]
    return beside(written.to_frame(), told)


def cells_of(frames: Frames, names: Iterable[str], column: str) -> list[Any]:
    """Return the cells of a column of several tables, one table after the other."""
    cells: list[Any] = []
    for rows in (frames[name] for name in names):
        cells += rows[column].tolist() if column in rows else [None] * len(rows)
    return cells


def beside(rows: pd.DataFrame, cells: Sequence[Any]) -> pd.Series[Any]:
    """Return ``cells`` as a column of ``rows``, whatever they are."""
    column: pd.Series[Any] = pd.Series(list(cells), index=rows.index, dtype=object)
    return column


def number_ids(prefix: str, count: int, width: int) -> list[str]:
    """Return ``count`` ids such as P0001, at least ``width`` digits wide."""
    width = max(width, len(str(count)))
    return [f"{prefix}{i:0{width}d}" for i in range(1, count + 1)]


def places_of(rows: pd.DataFrame) -> Iterator[tuple[Any, ...]]:
    """Yield file, sheet and row of every row."""
    return zip(*(rows[part].tolist() for part in PROVENANCE), strict=True)
