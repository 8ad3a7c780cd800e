"""Settings: everything a person may choose, in one small TOML file, with defaults that are safe.

The file is optional. Names that do not exist are refused, so that a misspelt setting cannot be ignored.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sanshe_net.errors import InputError, Place, SettingsError
from sanshe_net.records import EVERY, Every, Period
from sanshe_net.vocabulary import FADING_WEIGHTS, TIE_WEIGHTS


@dataclass(frozen=True)
class Settings:
    """What one run uses; written into ``run.json``.

    Attributes
    ----------
    title
        Name of the community, shown on the map and the report.
    weight
        Weight of a co-attendance tie: ``newman`` (each activity shares out 1/(k-1) per pair), ``count``, or
        another of :data:`sanshe_net.vocabulary.TIE_WEIGHTS`.
    half_life_days
        Days after which an activity counts half in a weight; 0 and nothing fades. Only for weights that
        add up activities.
    min_joint
        How many joint activities make a tie at least.
    max_head_count, max_share, small_activity
        The size rule: an activity with more heads than ``max_head_count``, or with more than
        ``max_share`` of those eligible, makes no ties; one with at most
        ``small_activity`` heads always does.
    ties_per_actor
        How many of a person's strongest co-attendance ties the map draws.
    shortlist_size
        How many leaders each line of evidence may put on the shortlist.
    draws
        How often activities are resampled for rank intervals.
    newcomer_days
        A first sign-in within so many days of the first record does not count as a newcomer's.
    every
        Length of a period: month, quarter, half or year.
    seed
        Start of every random draw.
    phases
        Phases of the project, ``[[phases]]`` in the file, each with ``label``, ``start`` and ``end`` (both
        days included); change over time is then told phase by phase. None overlaps another.
    """

    title: str = ""
    weight: str = "newman"
    half_life_days: float = 0.0
    min_joint: int = 1
    max_head_count: int = 30
    max_share: float = 0.5
    small_activity: int = 10
    ties_per_actor: int = 3
    shortlist_size: int = 10
    draws: int = 1000
    newcomer_days: int = 90
    every: Every = "quarter"
    seed: int = 1
    phases: tuple[Period, ...] = ()

    def __post_init__(self) -> None:
        _check("weight", self.weight, self.weight in TIE_WEIGHTS, ", ".join(TIE_WEIGHTS))
        fades = self.weight in FADING_WEIGHTS
        days, limits = self.half_life_days, ">= 0" if fades else f"0 (weight = {self.weight})"
        _check("half_life_days", days, days == 0 or (fades and 0 < days < math.inf), limits)
        _check("every", self.every, self.every in EVERY, ", ".join(EVERY))
        _check("max_share", self.max_share, 0 < self.max_share <= 1, "0 < max_share <= 1")
        for name in ("max_head_count", "ties_per_actor", "shortlist_size", "draws", "min_joint"):
            _check(name, getattr(self, name), getattr(self, name) >= 1, ">= 1")
        for name in ("small_activity", "newcomer_days", "seed"):
            _check(name, getattr(self, name), getattr(self, name) >= 0, ">= 0")


def read_settings(path: Path | None, **overrides: object) -> Settings:
    """Return the settings in ``path`` (or the defaults), with ``overrides`` that are not None on top.

    Raises
    ------
    InputError, SettingsError
        When the file is missing, is not TOML, or names a setting or value that does not exist.
    """
    held = {} if path is None else _load(path)
    types = {field.name: type(field.default) for field in fields(Settings)}
    unknown = sorted(set(held) - set(types))
    if unknown:
        place = Place(file=str(path))
        raise SettingsError("E-SETTINGS-KEY", place, found=", ".join(unknown), allowed=", ".join(types))
    if "phases" in held:
        held["phases"] = _phases(held["phases"])
    for name, value in held.items():
        number = types[name] is float and type(value) is int
        _check(name, value, number or type(value) is types[name], types[name].__name__)
    chosen: dict[str, Any] = {name: value for name, value in overrides.items() if value is not None}
    return replace(Settings(), **{**held, **chosen})


def _phases(rows: object) -> tuple[Period, ...]:
    """Return the phases as written; that they follow one another is checked where they are used."""
    allowed = "[[phases]] label = ..., start = 2024-01-01, end = 2024-06-30"
    _check("phases", rows, isinstance(rows, list) and all(isinstance(row, dict) for row in rows), allowed)
    phases = []
    for row in rows if isinstance(rows, list) else []:
        _check("phases", ", ".join(row), set(row) == {"label", "start", "end"}, allowed)
        _check("phases", row["label"], isinstance(row["label"], str) and bool(row["label"]), allowed)
        for edge in ("start", "end"):
            _check(f"phases.{edge}", row[edge], type(row[edge]) is date, "2024-01-01")
        _check("phases.end", row["end"], row["start"] <= row["end"], f">= {row['start']}")
        phases.append(Period(row["label"], pd.Timestamp(row["start"]), pd.Timestamp(row["end"])))
    return tuple(phases)


def _load(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise InputError("E-FILE-MISSING", path=path)
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", Place(file=str(path)), reason=error.strerror) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SettingsError("E-SETTINGS-SYNTAX", Place(file=str(path)), reason=error) from error


def _check(key: str, value: object, good: bool, allowed: str) -> None:
    if not good:
        raise SettingsError("E-SETTINGS-VALUE", key=key, found=value, allowed=allowed)
