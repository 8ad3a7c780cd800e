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
    "E-CONFIGURATION": error(
        "按人数和次数推算每次到场的可能性没有收敛：与观察值最多相差 {found}，允许 {allowed}。请用更长的时间或更多的人。",
        "The chances of attending, worked out from the margins, did not settle: they miss an observed number by up to {found}; allowed is {allowed}. Use a longer time or more people.",
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
    "E-INTERVAL-MEASURE": error(
        "指标 {name} 给出的是 {found}；这里只能用给出 {allowed} 的指标。请换一个，或写一个函数。",
        "The measure {name} gives a {found}; here it must give a {allowed}. Choose another or write a function.",
    ),
    "E-INTERVAL-PERSON": error(
        "指标 {name} 的结果里没有 {found}。结果必须包含矩阵里的每一个人，没有数值的写 NaN。",
        "The measure {name} gives nothing for {found}. It must give a value for everybody; NaN is allowed.",
        personal=("found",),
    ),
    "E-PHASE-COLUMN": error(
        "阶段表缺少列“{found}”；需要 label（名称）、start（开始日）、end（结束日）。",
        "The table of phases has no column {found}; it needs label, start and end.",
    ),
    "E-PHASE-DAYS": error(
        "阶段“{found}”的起止是 {days}；每个阶段需要名称、开始日和不早于它的结束日。",
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
    "E-TIES-CANNOT": error(
        "无法计算认定的联系，因为{reason}。请加入更长时间或更多人的实名签到。",
        "Called ties cannot be computed because {reason}. Add sign-ins with names of more people or a longer time.",
    ),
    "E-FDSM-LARGE": error(
        '"fdsm" 至多可用于 {allowed} 人，这里有 {found} 人。请用 "sdsm"（精确值，无需随机抽取）。',
        '"fdsm" works for at most {allowed} people; there are {found}. Use "sdsm": exact, without draws.',
    ),
    "E-PERIOD-LABELS": error(
        "给出了 {found} 个时期标记，而活动有 {allowed} 场；请为每场活动给一个标记，不计入的留空。",
        "There are {found} labels of periods for {allowed} activities; give one for each, missing for those left out.",
    ),
    "E-TWO-PERIODS": error(
        "比较需要恰好两个时期，这里有：{found}。",
        "A comparison needs exactly two periods; there are: {found}.",
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
