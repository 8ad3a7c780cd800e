"""The attendance matrix, called ties, intervals and periods."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-ATTENDANCE-LARGE": error(
        "{rows} 人 × {columns} 场活动的参加资格无法逐格列出；至多 {allowed} 格。请只取一段时间或一部分人。",
        "Who could attend what cannot be listed for {rows} people by {columns} activities; at most {allowed} "
        "cells. Use fewer people or a shorter time.",
    ),
    "E-ATTENDANCE-PERSON": error(
        "记录里没有编号为 {found} 的人。请用人员表里的编号。",
        "The records have no person with the id {found}. Use ids from the table of people.",
        personal=("found",),
    ),
    "E-ATTENDANCE-VALUE": error(
        "参加表 {cell} 的值是 {found}；允许 1（到场）、0（有资格而未到）、空（没有资格）。",
        "The attendance table holds {found} at {cell}; allowed are 1 (present), 0 (eligible, absent) and "
        "missing (not eligible).",
        personal=("cell",),
    ),
    "E-TIE-HALF-LIFE": error(
        "强度“{weight}”不能按半衰期 {found} 天折减。半衰期必须是大于 0 的天数，且只用于逐场相加的强度：{allowed}。",
        "The weight {weight} cannot fade with a half-life of {found} days. A half-life must be above 0, and is "
        "for weights that add up activities only: {allowed}.",
    ),
    "E-TIE-UNDATED": error(
        "有 {count} 场计入联系的活动没有日期（如 {activity}），无法按半衰期折减。请补上日期，或不用半衰期。",
        "{count} activities that make ties have no date ({activity}, for one), so that they cannot fade. Add the "
        "dates, or use no half-life.",
    ),
    "E-TIE-REFERENCE": error(
        "半衰期从 {found} 往回算，但有活动在这之后（{activity}）。请用不早于最后一场活动的日子，或先截取时段。",
        "The half-life counts back from {found}, but an activity came later ({activity}). Use a day not before the "
        "last activity, or choose the period first.",
    ),
}
