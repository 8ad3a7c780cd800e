"""A statistic of attendance: any measure, its fast form where there is one, and whether it is a sum.

Whether the bootstrap is right is not a matter of names but of additivity: a value that doubles when every
activity happens twice, and is the sum of its values over any split of the activities, is a sum over
activities. "Ever met" values fail at once: meeting twice is no second contact.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.options import check_option
from sanshe_net.measures.registry import all_measures, no_such_measure
from sanshe_net.measures.uncertainty import company
from sanshe_net.measures.uncertainty.company import WEIGHTS, Weight
from sanshe_net.network import Array, Network

Of: TypeAlias = Literal["network", "attendance"]
Ties: TypeAlias = "Weight | Callable[[Attendance], Network]"
Measured: TypeAlias = "str | Callable[[Any], Any]"
SPLITS: Final = 3
"""So many random halvings of the activities a sum must survive."""
SAME: Final = 1e-9


@dataclass(frozen=True)
class Statistic:
    """How to compute a statistic from attendance.

    Attributes
    ----------
    name
        The measure, for the record.
    values
        Attendance -> one number per person, or one number alone.
    lowest, highest
        Bounds of every value.
    effects
        What each value loses without each activity, in closed form; absent where it must be computed.
    unseen
        What one more activity would bring each person; absent where nothing better is known than what
        an activity brings on average.
    linear
        Whether it is a sum over activities; ``None`` where that must be tried out.
    """

    name: str
    values: Callable[[Attendance], Array]
    lowest: float = -math.inf
    highest: float = math.inf
    effects: Callable[[Attendance], sparse.csr_array] | None = None
    unseen: Callable[[Attendance], Array] | None = None
    linear: bool | None = None


def actor_statistic(measure: Measured, ties: Ties, of: Of, people: int) -> Statistic:
    """Return the statistic of a measure of actors.

    Raises
    ------
    MeasureError
        When there is no measure of actors of that name, or it gives a table.
    """
    _check(ties, of)
    if measure == "strength" and isinstance(ties, str):
        return Statistic(
            "strength",
            lambda held: company.strengths(held, ties),
            lowest=0.0,
            effects=lambda held: company.strength_effects(held, ties),
            linear=True,
        )
    if measure == "degree" and isinstance(ties, str):
        return Statistic(
            "degree",
            company.degrees,
            lowest=0.0,
            highest=max(people - 1.0, 0.0),
            effects=company.degree_effects,
            unseen=company.new_contacts,
            linear=False,
        )
    name, compute, lowest, highest = _function(measure, "actor")

    def values(held: Attendance) -> Array:
        found = compute(_input(held, ties, "network" if isinstance(measure, str) else of))
        if not isinstance(found, pd.Series):
            raise MeasureError("E-INTERVAL-MEASURE", name=name, found=type(found).__name__, allowed="Series")
        missing = held.people.difference(found.index)
        if len(missing):
            raise MeasureError("E-INTERVAL-PERSON", name=name, found=missing[0])
        return found.reindex(held.people).to_numpy(dtype=float)

    return Statistic(name, values, lowest, highest)


def network_statistic(measure: Measured, ties: Ties, of: Of) -> Statistic:
    """Return the statistic of a measure of networks: one number.

    Raises
    ------
    MeasureError
        When there is no measure of networks of that name.
    """
    _check(ties, of)
    if measure in ("density", "mean_degree") and isinstance(ties, str):
        pairs = measure == "density"

        def per(held: Attendance) -> float:
            people = held.shape[0]
            return float(people * (people - 1) if pairs else people) or math.nan

        return Statistic(
            str(measure),
            lambda held: np.array([company.degrees(held).sum() / per(held)]),
            lowest=0.0,
            highest=1.0 if pairs else math.inf,
            effects=lambda held: sparse.csr_array(
                np.atleast_2d(company.degree_effects(held).sum(axis=0)) / per(held)
            ),
            linear=False,
        )
    name, compute, lowest, highest = _function(measure, "network")

    def values(held: Attendance) -> Array:
        found = compute(_input(held, ties, "network" if isinstance(measure, str) else of))
        if not isinstance(found, int | float | np.number):
            raise MeasureError("E-INTERVAL-MEASURE", name=name, found=type(found).__name__, allowed="float")
        return np.array([float(found)])

    return Statistic(name, values, lowest, highest)


def with_activities(attendance: Attendance, positions: Array) -> Attendance:
    """Return the matrix of the activities at ``positions``, in their order; some may come several times."""
    positions = np.sort(positions)
    names = attendance.activities.index[positions]
    again = np.arange(len(positions)) - np.searchsorted(positions, positions)
    if again.any():  # the same activity again needs another name
        names = pd.Index([f"{name}#{time}" for name, time in zip(names, again.tolist(), strict=True)])
    blank = attendance.blank
    return replace(
        attendance,
        present=sparse.csr_array(attendance.present[:, positions]),
        activities=attendance.activities.iloc[positions].set_axis(names.rename("activity_id")),
        since=np.searchsorted(positions, attendance.since),
        until=np.searchsorted(positions, attendance.until),
        blank=sparse.csr_array(blank[:, positions] if blank.nnz else (blank.shape[0], len(positions))),
    )


def activity_order(attendance: Attendance) -> Array:
    """Return the columns by day and name, so that draws do not depend on the order they came in."""
    dates = attendance.activities["date"]
    undated, days = dates.isna().tolist(), dates.astype("datetime64[ns]").astype("int64").tolist()
    names = [str(name) for name in attendance.activities.index]
    keys = list(zip(undated, days, names, strict=True))
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def is_linear(statistic: Statistic, attendance: Attendance) -> bool:
    """Return whether the statistic is a sum over these activities, by trying.

    It must double with every activity doubled, and be the sum of its two parts over random halvings of
    the activities. A value that passes by chance is as good as a sum on these records.
    """
    if statistic.linear is not None:
        return statistic.linear
    whole = statistic.values(attendance)
    every = np.arange(attendance.shape[1])
    if not _alike(statistic.values(with_activities(attendance, np.repeat(every, 2))), 2 * whole):
        return False
    generator, order = np.random.default_rng(0), activity_order(attendance)
    for _ in range(SPLITS):
        dealt = order[generator.permutation(len(every))]
        halves = dealt[: len(every) // 2], dealt[len(every) // 2 :]
        parts = [statistic.values(with_activities(attendance, half)) for half in halves]
        if not _alike(parts[0] + parts[1], whole):
            return False
    return True


def _alike(one: Array, other: Array) -> bool:
    return bool(np.allclose(one, other, rtol=SAME, atol=SAME, equal_nan=True))


def _check(ties: Ties, of: Of) -> None:
    check_option("of", of, ("network", "attendance"))
    if not callable(ties):
        check_option("ties", ties, WEIGHTS)


def _input(held: Attendance, ties: Ties, of: Of) -> Attendance | Network:
    if of == "attendance":
        return held
    return ties(held) if callable(ties) else company.network_of(held, ties)


def _function(
    measure: Measured, level: Literal["actor", "network"]
) -> tuple[str, Callable[[Any], Any], float, float]:
    if not isinstance(measure, str):
        return getattr(measure, "__name__", "measure"), measure, -math.inf, math.inf
    known = all_measures(level)
    if measure not in known:
        raise no_such_measure(measure, level)
    held = known[measure]
    return held.name, held.compute, held.lowest, held.highest
