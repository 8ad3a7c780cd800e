"""One row per window: everything a density needs beside it before anybody may read it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.density_null import null_ratio
from sanshe_net.measures.joint_activities import pairs_that_met
from sanshe_net.measures.rarefaction import density_jackknife
from sanshe_net.measures.turnover import turnover
from sanshe_net.measures.windows import Window
from sanshe_net.network import Array
from sanshe_net.vocabulary import Label

MIN_ACTIVITIES: Final = 10
"""Windows with fewer activities that make ties are not compared."""
MIN_PEOPLE: Final = 5
"""Below so many people who came, a density describes them one by one."""

COLUMNS: Final[dict[str, Label]] = {
    "start": Label("开始日", "first day"),
    "end": Label("结束日", "last day"),
    "complete": Label("记录完整", "complete"),
    "roster": Label("名册人数", "roster"),
    "active": Label("到场人数", "active people"),
    "joiners": Label("新到场", "joiners"),
    "stayers": Label("继续到场", "stayers"),
    "leavers": Label("不再到场", "leavers"),
    "people_jaccard": Label("人员重合度", "turnover of people (Jaccard)"),
    "activities": Label("活动数", "activities"),
    "tie_activities": Label("计联系的活动数", "activities that make ties"),
    "attendances": Label("人次", "attendances (heads)"),
    "named": Label("实名人次", "named sign-ins"),
    "coverage": Label("实名比例", "named coverage"),
    "heads_mean": Label("场均人数", "mean head count"),
    "heads_median": Label("人数中位数", "median head count"),
    "ties": Label("联系数", "ties"),
    "density_roster": Label("密度（名册）", "density (roster)"),
    "density_active": Label("密度（到场者）", "density (active)"),
    "degree_roster": Label("平均联系数（名册）", "mean degree (roster)"),
    "degree_active": Label("平均联系数（到场者）", "mean degree (active)"),
    "density_roster_all": Label("密度（名册，含大型活动）", "density (roster, no size rule)"),
    "density_active_all": Label("密度（到场者，含大型活动）", "density (active, no size rule)"),
    "rarefied_at": Label("等量活动数 M", "common number of activities M"),
    "rarefied": Label("等量密度", "rarefied density"),
    "rarefied_low": Label("等量密度下限", "rarefied density, low"),
    "rarefied_high": Label("等量密度上限", "rarefied density, high"),
    "expected": Label("随机情形的密度", "density by chance"),
    "null_ratio": Label("与随机之比 R", "ratio to chance R"),
    "null_z": Label("与随机之差 z", "z against chance"),
    "eligible_both": Label("两窗均可参加者", "eligible in both windows"),
    "ties_kept": Label("保持的联系", "ties kept"),
    "ties_new": Label("新的联系", "ties new"),
    "ties_lost": Label("失去的联系", "ties lost"),
    "ties_lost_left": Label("因人不再来而失去", "lost: a person left"),
    "ties_lost_stayed": Label("人还来而失去", "lost: both still come"),
    "ties_jaccard": Label("联系重合度", "turnover of ties (Jaccard)"),
    "why_not": Label("未计算的原因", "why not computed"),
}
REASONS: Final[dict[str, Label]] = {
    "partial": Label(
        "记录没有覆盖整个时段，不参与比较", "the records do not cover all of it: shown, not compared"
    ),
    "no_records": Label("这一时段没有活动记录", "no activity is recorded in it"),
    "no_names": Label(
        "到场者都没有姓名，看不出谁与谁相遇", "nobody present is named: who met whom cannot be told"
    ),
    "no_tie_activities": Label(
        "没有一场活动可计联系（都超过人数规则，或实名者不足两人）",
        "no activity makes ties (all are above the size rule or have fewer than two named people)",
    ),
    "few_people": Label(f"到场者不足 {MIN_PEOPLE} 人", f"fewer than {MIN_PEOPLE} people came"),
    "few_activities": Label(
        f"可计联系的活动不足 {MIN_ACTIVITIES} 场，或少于等量比较所取的场数，不能与其他时段比较",
        f"fewer than {MIN_ACTIVITIES} activities that make ties, or fewer than are drawn: not comparable with others",
    ),
    "null_fixed": Label(
        "随机情形不变动（例如有一场活动人人到场），没有 z",
        "chance does not vary (everybody was at one activity): no z",
    ),
    "first": Label("之前没有可比的时段，没有进出与变动", "no earlier window to compare people and ties with"),
}
"""Why something in a row is missing, by code; ``why_not`` holds the codes, separated by spaces."""
DrawNull = Callable[[Attendance], Iterable[Attendance]]


def window_table(
    attendance: Attendance,
    windows: Sequence[Window],
    *,
    makes_ties: Array | None = None,
    named: Array | None = None,
    null: DrawNull | None = None,
) -> pd.DataFrame:
    r"""Return one row per window with the columns of :data:`COLUMNS`, index ``window`` (the labels).

    With N people and L ties the density is :math:`2L / (N(N-1))` and the mean degree :math:`2L / N`, on the
    roster (who could have come to any activity of the window) and on the active people (who came to any).
    The rarefied density is on the roster, at M = the smallest number of activities among the complete
    windows with at least :data:`MIN_ACTIVITIES`, with a 95 % jackknife interval over activities.

    Parameters
    ----------
    attendance
        The roster is its people, from the day they could come.
    windows
        In order; turnover is against the window before.
    makes_ties
        For each activity whether the size rule lets it make ties; by default all do. Activities with fewer
        than two named people never count as making ties.
    named
        Named sign-ins of each activity, for the coverage; by default the people of ``attendance``.
    null
        Gives attendance at random with the margins of what it is given; without it there is no ratio.

    Returns
    -------
    DataFrame. What is undefined is NaN, and ``why_not`` says why (:data:`REASONS`).

    Notes
    -----
    Cost: per window O(sum of k^2), times the draws of the null.
    """
    allowed = np.ones(attendance.shape[1], dtype=bool) if makes_ties is None else makes_ties
    tying = allowed & (attendance.named > 1)
    signed = attendance.named if named is None else named
    parts = [_part(attendance, window, tying, signed) for window in windows]
    common = common_activities(
        [int(part.tying.sum()) for part, window in zip(parts, windows, strict=True) if window.complete]
    )
    rows = []
    for place, (part, window) in enumerate(zip(parts, windows, strict=True)):
        row: dict[str, Any] = {"start": window.start, "end": window.end, "complete": window.complete}
        why = [] if window.complete else ["partial"]
        row |= _counts(part)
        row |= _densities(part, why)
        if "ties" in row:
            row |= _standardised(part, common, null, why)
        row |= _change(parts[place - 1] if place else None, part, why)
        rows.append(row | {"why_not": " ".join(why)})
    labels = pd.Index([window.label for window in windows], name="window", dtype="str")
    return _typed(pd.DataFrame(rows, index=labels, columns=list(COLUMNS)))


def common_activities(numbers: Iterable[int]) -> int:
    """Return the smallest of the numbers of activities that is enough to compare; 0 when none is."""
    return min((number for number in numbers if number >= MIN_ACTIVITIES), default=0)


@dataclass(frozen=True)
class _Part:
    """The attendance of one window: all of it, and its roster at the activities that make ties."""

    all: Attendance
    of_ties: Attendance
    tying: Array
    signed: Array
    on_roster: Array
    active: int


def _part(attendance: Attendance, window: Window, tying: Array, signed: Array) -> _Part:
    inside = attendance.activities["date"].between(window.start, window.end).to_numpy()
    held = attendance.of_activities(inside)
    on_roster = held.opportunities > 0
    of_ties = held.of_activities(tying[inside]).of_people(on_roster)
    active = int((held.attended > 0).sum())
    return _Part(held, of_ties, tying[inside], signed[inside], on_roster, active)


def _counts(part: _Part) -> dict[str, float]:
    heads = part.all.activities["head_count"]
    row = {"activities": float(len(heads)), "tie_activities": float(part.tying.sum())}
    if not len(heads):
        return row
    total, signed = float(heads.sum()), float(part.signed.sum())
    return row | {
        "roster": float(part.on_roster.sum()),
        "active": float(part.active),
        "attendances": total,
        "named": signed,
        "coverage": signed / total if total else math.nan,
        "heads_mean": float(heads.mean()),
        "heads_median": float(heads.median()),
    }


def _densities(part: _Part, why: list[str]) -> dict[str, float]:
    """Return the densities; nothing, and the reason, when there is no telling who met whom."""
    if not part.all.shape[1]:
        why.append("no_records")
        return {}
    if not part.active:
        why.append("no_names")
        return {}
    if part.active < MIN_PEOPLE:
        why.append("few_people")
        return {}
    roster, active = int(part.on_roster.sum()), part.active
    everything = float(pairs_that_met(part.all.present))
    row = {
        "density_roster_all": 2 * everything / (roster * (roster - 1)),
        "density_active_all": 2 * everything / (active * (active - 1)),
    }
    if not part.tying.any():
        why.append("no_tie_activities")
        return row
    ties = float(pairs_that_met(part.of_ties.present))
    return row | {
        "ties": ties,
        "density_roster": 2 * ties / (roster * (roster - 1)),
        "density_active": 2 * ties / (active * (active - 1)),
        "degree_roster": 2 * ties / roster,
        "degree_active": 2 * ties / active,
    }


def _standardised(part: _Part, common: int, null: DrawNull | None, why: list[str]) -> dict[str, float]:
    row: dict[str, float] = {}
    if common and part.of_ties.shape[1] >= common:
        value, error = density_jackknife(part.of_ties, common)
        reach = float(stdtrit(part.of_ties.shape[1] - 1, 0.975)) * error
        row = {"rarefied_at": float(common), "rarefied": value}
        row |= {"rarefied_low": max(value - reach, 0.0), "rarefied_high": min(value + reach, 1.0)}
    else:
        why.append("few_activities")
    if null is None:
        return row
    found = null_ratio(part.of_ties, null(part.of_ties))
    if math.isnan(found.zscore):
        why.append("null_fixed")
    return row | {"expected": found.expected, "null_ratio": found.ratio, "null_z": found.zscore}


def _change(before: _Part | None, part: _Part, why: list[str]) -> dict[str, float]:
    if not part.active:
        return {}
    if before is None or not before.active:
        why.append("first")
        return {}
    found = turnover(before.all, part.all, (before.tying, part.tying))
    return {
        "joiners": found.joiners,
        "stayers": found.stayers,
        "leavers": found.leavers,
        "people_jaccard": found.people_jaccard,
        "eligible_both": found.eligible,
        "ties_kept": found.kept,
        "ties_new": found.new,
        "ties_lost": found.lost,
        "ties_lost_left": found.lost_left,
        "ties_lost_stayed": found.lost_stayed,
        "ties_jaccard": found.ties_jaccard,
    }


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    kinds = {"start": "datetime64[ns]", "end": "datetime64[ns]", "complete": "bool", "why_not": "str"}
    return table.astype({column: kinds.get(column, "float64") for column in COLUMNS})
