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
    "E-PHASE-COLUMN": error(
        "阶段表缺少列“{found}”；需要 label（名称）、start（开始日）、end（结束日）。",
        "The table of phases has no column {found}; it needs label, start and end.",
    ),
    "E-PHASE-DAYS": error(
        "阶段“{found}”的起止是 {days}；每个阶段要有名称、开始日和不早于它的结束日。",
        "Phase {found} runs {days}; a phase needs a label, a first day and a last day not before it.",
    ),
    "E-PHASE-OVERLAP": error(
        "阶段“{one}”与“{other}”都包含 {day}：同一场活动会算进两个阶段，无法比较。请改为前后相接的日期。",
        "Phases {one} and {other} both hold {day}: an activity would count in both, and they could not be "
        "compared. Give them dates that follow one another.",
    ),
    "E-PHASE-TWICE": error(
        "有两个阶段都叫“{found}”。请各取一个名称。",
        "Two phases are called {found}. Give each its own name.",
    ),
    "E-WINDOW-ORDER": error(
        "两个时期 {one} 与 {other} 有共同的日子，无法比较：同一场活动会算进两边。请选不重叠的时期。",
        "Periods {one} and {other} share days and cannot be compared: an activity would count on both sides. "
        "Choose periods that do not overlap.",
    ),
}
