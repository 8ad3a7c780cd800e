"""The network on every day of the records: who met within the last days, and tie-time over co-eligible time.

Windows start and stop somewhere; these do not. A meeting makes a pair tied from its day on for a stated
number of days, and each day counts who is tied then.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.joint_activities import two_way
from sanshe_net.network import Array


@dataclass(frozen=True)
class StreamDensity:
    """Tie-time over the time in which people could have been tied.

    Attributes
    ----------
    density
        Pair-days tied / pair-days both eligible; NaN when no two people were ever eligible together.
    tied_days, eligible_days
        The two, in pair-days.
    days
        How long a meeting ties a pair.
    first, last
        First and last day counted; None without dated activities.
    """

    density: float
    tied_days: int
    eligible_days: int
    days: int
    first: pd.Timestamp | None
    last: pd.Timestamp | None


def every_day(attendance: Attendance, days: int = 30) -> pd.DataFrame:
    r"""Return the network of the last ``days`` days on every day of the records.

    Parameters
    ----------
    attendance
        Undated activities are left out. Give only those that make ties, if a size rule is meant.
    days
        A pair is tied on the day it meets and the ``days - 1`` that follow.

    Returns
    -------
    DataFrame, one row per day from the first activity to the last (index ``date``): ``ties``, ``active``
    (people present within the days), ``eligible`` (people who could come that day), ``density_active``
    and ``density_eligible`` (:math:`2L/(N(N-1))`, NaN below two people), ``full`` (whether the records
    reach back so many days).

    Raises
    ------
    MeasureError
        When ``days`` is below 1.

    Notes
    -----
    Cost: O(sum of k^2) time whatever the number of days, memory for the people and the days. Each meeting
    adds a stretch to a list of changes; a pair's last day is all that must be kept to join its stretches.
    """
    from sanshe_net.kernels.pair_days import active_changes, tied_changes

    if days < 1:
        raise MeasureError("E-VALUE", name="days", found=days, allowed="1, 2, 3, ...")
    dated, day, calendar = _dated(attendance)
    by_person, by_activity = _halves(dated)
    ties = np.cumsum(tied_changes(*by_person, *by_activity, day, days, len(calendar)))
    active = np.cumsum(active_changes(*by_person, day, days, len(calendar)))
    eligible = _eligible(dated, day, len(calendar))
    return pd.DataFrame(
        {
            "ties": ties,
            "active": active,
            "eligible": eligible,
            "density_active": _density(ties, active),
            "density_eligible": _density(ties, eligible),
            "full": np.arange(len(calendar)) >= days - 1,
        },
        index=calendar,
    )


def stream_density(attendance: Attendance, days: int = 30) -> StreamDensity:
    r"""Return the density of the stream of meetings, :math:`\sum_{ij} |T_{ij}| / \sum_{ij} |T_i \cap T_j|`.

    :math:`T_{ij}` are the days on which the pair is tied, :math:`T_i` those on which *i* could come: from
    the day of their first eligible activity to the last day of the records (or the day before the activity
    they no longer could attend). No window is chosen, and people who came late dilute nothing.

    Parameters
    ----------
    attendance, days
        As in :func:`every_day`.

    Returns
    -------
    StreamDensity. Unit: share of pair-days. Range: 0 to 1.

    Raises
    ------
    MeasureError
        When ``days`` is below 1.

    References
    ----------
    Latapy, M., Viard, T., & Magnien, C. (2018). Stream graphs and link streams for the modeling of
    interactions over time. *Social Network Analysis and Mining* 8, 61.
    """
    table = every_day(attendance, days)
    could = table["eligible"].to_numpy()
    tied, possible = int(table["ties"].sum()), int((could * (could - 1) // 2).sum())
    first, last = (table.index[0], table.index[-1]) if len(table) else (None, None)
    return StreamDensity(tied / possible if possible else math.nan, tied, possible, days, first, last)


def _dated(attendance: Attendance) -> tuple[Attendance, Array, pd.DatetimeIndex]:
    """Return the dated part, the day of each activity counted from the first, and all days between."""
    known = attendance.activities["date"].notna().to_numpy()
    dated = attendance if known.all() else attendance.of_activities(known)
    dates = dated.activities["date"].dt.normalize()
    if dates.empty:
        return dated, np.empty(0, np.int64), pd.DatetimeIndex([], name="date")
    calendar = pd.date_range(dates.iloc[0], dates.iloc[-1], name="date")
    return dated, (dates - dates.iloc[0]).dt.days.to_numpy().astype(np.int64), calendar


def _halves(dated: Attendance) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    one, two, three, four = two_way(dated.present)
    return (one, two), (three, four)


def _eligible(dated: Attendance, day: Array, days: int) -> Array:
    # From the first eligible activity (the first day of all for column 0) up to the first that no longer is.
    edges = np.r_[day, days].astype(np.int64)
    since, until = edges[dated.since], edges[dated.until]
    ever = dated.since < dated.until
    change = np.bincount(since[ever], minlength=days + 1) - np.bincount(until[ever], minlength=days + 1)
    return np.cumsum(change)[:days]


def _density(ties: Array, people: Array) -> Array:
    pairs = people * (people - 1) / 2
    return np.asarray(np.divide(ties, pairs, out=np.full(len(ties), math.nan), where=pairs > 0))
