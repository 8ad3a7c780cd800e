"""How likely each person was to be at each activity, knowing only how active people and activities were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import linalg
from scipy.special import expit

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.network import Array

TOLERANCE: Final = 1e-9
"""How far an expected number of attendances may lie from the observed one."""
STEPS: Final = 200
LONGEST_STEP: Final = 4.0
"""A multiplier changes at most by the factor e^4 in a step."""
RIDGE: Final = 1e-13
"""All x may be doubled when all y are halved; this picks one of the equal answers."""


@dataclass(frozen=True)
class Classes:
    """People and activities that no margin tells apart.

    Attributes
    ----------
    people, activities
        The class of each person and of each activity.
    person_sizes, activity_sizes
        How many each class holds.
    attended, named
        How many activities each person of a class attended, how many people each activity of one had.
    eligible
        Classes x classes: whether the people could attend the activities.
    """

    people: Array
    activities: Array
    person_sizes: Array
    activity_sizes: Array
    attended: Array
    named: Array
    eligible: Array


@dataclass(frozen=True)
class Configuration:
    """The bipartite configuration model of an attendance matrix.

    Attributes
    ----------
    classes
        Who and what share one chance.
    chances
        Classes of people x classes of activities: how likely a person is to be there; 0 where not
        eligible.
    error
        The largest difference between an expected and an observed number of attendances.
    """

    classes: Classes
    chances: Array
    error: float

    def cells(self) -> Array:
        """Return the chances cell by cell, people x activities."""
        table: Array = self.chances[self.classes.people][:, self.classes.activities]
        return table


def configuration_model(attendance: Attendance) -> Configuration:
    r"""Return how likely each attendance is when only the margins are known.

    Of all ways to make attendance random that keep, on average, the attendances :math:`d_i` of each person
    and the people :math:`k_e` of each activity, this one assumes least (maximum entropy):

    .. math:: p_{ie} = \frac{x_i y_e}{1 + x_i y_e}, \quad \sum_e p_{ie} = d_i, \quad \sum_i p_{ie} = k_e.

    Where a person was not eligible :math:`p_{ie} = 0` and the sums run over the rest. One who came to all
    they could has :math:`p = 1` there, one who never came 0, and likewise activities; these are set apart
    first, exactly, as is what they leave determined. The rest is solved per class (same margin, same
    eligibility) by Newton steps on the concave likelihood, which stop when the margins are
    reproduced to 1e-9: near a full row the multipliers grow for ever, the chances do not.

    Parameters
    ----------
    attendance
        Any; without sign-ins all chances are 0.

    Raises
    ------
    MeasureError
        When the margins are not reproduced within 200 steps, or eligibility is too large to hold.

    Notes
    -----
    Cost: O(r c min(r, c)) a step for *r* classes of people and *c* of activities; some ten steps.

    References
    ----------
    Saracco, F., Di Clemente, R., Gabrielli, A., & Squartini, T. (2015). Randomizing bipartite networks:
    the case of the World Trade Web. *Scientific Reports* 5, 10595.
    Neal, Z. P., & Neal, J. W. (2023). Stochastic degree sequence model with edge constraints (SDSM-EC)
    for backbone extraction. arXiv:2307.12828.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> import pandas as pd
    >>> held = attendance_from_table(pd.DataFrame([[1, 1, 0], [0, 1, 1], [0, 0, 1]]))
    >>> configuration_model(held).cells().round(3).tolist()
    [[0.432, 0.784, 0.784], [0.432, 0.784, 0.784], [0.137, 0.432, 0.432]]
    """
    classes = classes_of(attendance)
    chances, open_cells, rows, columns = _determined(classes)
    if open_cells.any():
        chances[open_cells] = _solved(classes, open_cells, rows, columns)[open_cells]
    error = _error(classes, chances)
    if error > TOLERANCE:
        raise MeasureError("E-CONFIGURATION", found=f"{error:.2g}", allowed=f"{TOLERANCE:g}")
    return Configuration(classes, chances, error)


def classes_of(attendance: Attendance) -> Classes:
    """Return the classes of people and activities with the same margin and the same eligibility."""
    attended, named = attendance.attended, attendance.named
    if attendance.everybody_eligible:
        people, activities = _unique(attended[:, None]), _unique(named[:, None])
        could = np.ones((people[0].size, activities[0].size), dtype=bool)
    else:
        cells = attendance.eligible()
        people, activities = (
            _unique(np.column_stack([_digits(margin), np.packbits(table, axis=1)]))
            for margin, table in ((attended, cells), (named, cells.T))
        )
        could = cells[people[0]][:, activities[0]]
    return Classes(
        people[1], activities[1], people[2], activities[2], attended[people[0]], named[activities[0]], could
    )


def _unique(keys: Array) -> tuple[Array, Array, Array]:
    # First place, class of each, size of each class; in the order of the keys.
    if not len(keys):
        return (np.zeros(0, dtype=np.int64),) * 3
    _, first, inverse, sizes = np.unique(
        keys, axis=0, return_index=True, return_inverse=True, return_counts=True
    )
    return first, inverse.ravel(), sizes


def _digits(margin: Array) -> Array:
    return margin.astype(">u4").view(np.uint8).reshape(len(margin), 4)


def _determined(classes: Classes) -> tuple[Array, Array, Array, Array]:
    # Rows and columns that are full or empty, then those that are once these are out, and so on. Returns the
    # chances so far, the cells still open, and what is left of the margins.
    open_cells = classes.eligible.copy()
    chances = np.zeros(open_cells.shape)
    rows, columns = classes.attended.astype(float), classes.named.astype(float)
    changed = True
    while changed and open_cells.any():
        changed = False
        for cells, ones, own, others, sizes, own_sizes in (
            (open_cells, chances, rows, columns, classes.activity_sizes, classes.person_sizes),
            (open_cells.T, chances.T, columns, rows, classes.person_sizes, classes.activity_sizes),
        ):
            room = cells @ sizes.astype(float)
            full = (own == room) & (room > 0)
            done = full | ((own == 0) & (room > 0))
            if not done.any():
                continue
            changed = True
            fixed = cells & full[:, None]
            ones[fixed] = 1.0
            others -= own_sizes.astype(float) @ fixed
            own[full] = 0.0
            cells[done] = False
    return chances, open_cells, rows, columns


def _solved(classes: Classes, open_cells: Array, rows: Array, columns: Array) -> Array:
    # Newton on the log of the multipliers. The likelihood is concave, so a step that is halved until the
    # likelihood does not fall always arrives.
    counts = np.outer(classes.person_sizes, classes.activity_sizes) * open_cells.astype(float)
    row_sums, column_sums = classes.person_sizes * rows, classes.activity_sizes * columns
    total = max(row_sums.sum(), 1.0)
    with np.errstate(divide="ignore"):
        u = np.where(rows > 0, np.log(np.maximum(rows, 1e-300) / np.sqrt(total)), 0.0)
        v = np.where(columns > 0, np.log(np.maximum(columns, 1e-300) / np.sqrt(total)), 0.0)

    def likelihood(u: Array, v: Array) -> float:
        sums = u[:, None] + v
        return float(row_sums @ u + column_sums @ v - (counts * np.logaddexp(0.0, sums)).sum())

    for _ in range(STEPS):
        chances = expit(u[:, None] + v)
        expected = counts * chances
        wanting = row_sums - expected.sum(axis=1), column_sums - expected.sum(axis=0)
        if _within(wanting[0], classes.person_sizes) and _within(wanting[1], classes.activity_sizes):
            break
        du, dv = _newton(expected * (1.0 - chances), *wanting)
        longest = max(np.abs(du).max(), np.abs(dv).max())
        step = min(1.0, LONGEST_STEP / longest) if longest > 0 else 1.0
        now, slope = likelihood(u, v), float(wanting[0] @ du + wanting[1] @ dv)
        # Close to the top the likelihood changes by less than it is rounded to: the full step is right.
        slack = 1e-12 * (1.0 + abs(now))
        while step > 1e-6 and likelihood(u + step * du, v + step * dv) < now + 1e-4 * step * slope - slack:
            step /= 2
        u, v = u + step * du, v + step * dv
    return np.asarray(expit(u[:, None] + v))


def _within(wanting: Array, sizes: Array) -> bool:
    return bool((np.abs(wanting) <= TOLERANCE / 10 * sizes).all())


def _newton(curve: Array, wanting_rows: Array, wanting_columns: Array) -> tuple[Array, Array]:
    # Solve [[R, B], [B', C]] (du, dv) = wanting with R, C diagonal: the longer side is eliminated.
    if curve.shape[0] < curve.shape[1]:
        dv, du = _newton(curve.T, wanting_columns, wanting_rows)
        return du, dv
    # What no open cell belongs to has no curve and wants nothing.
    row_curve, column_curve = curve.sum(axis=1), curve.sum(axis=0)
    row_curve = np.where(row_curve > 0, row_curve, 1.0)
    column_curve = np.where(column_curve > 0, column_curve, 1.0)
    scaled = curve / row_curve[:, None]
    reduced = np.diag(column_curve * (1.0 + RIDGE)) - curve.T @ scaled
    wanting = wanting_columns - scaled.T @ wanting_rows
    # Each multiplier in units of its own curve: rows that are nearly full stay in sight.
    unit = 1.0 / np.sqrt(column_curve)
    reduced = reduced * unit[:, None] * unit
    reduced[np.diag_indices_from(reduced)] += RIDGE
    try:
        dv = unit * linalg.solve(reduced, unit * wanting, assume_a="pos")
    except linalg.LinAlgError:
        dv = unit * np.linalg.lstsq(reduced, unit * wanting, rcond=RIDGE)[0]
    return (wanting_rows - curve @ dv) / row_curve, dv


def _error(classes: Classes, chances: Array) -> float:
    wanting = (
        classes.attended - chances @ classes.activity_sizes,
        classes.named - classes.person_sizes @ chances,
    )
    return float(max(np.abs(part).max(initial=0.0) for part in wanting))
