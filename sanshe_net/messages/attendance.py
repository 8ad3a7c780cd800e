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
    "E-INTERVAL-MEASURE": error(
        "指标 {name} 给出的是 {found}；这里只能用给出 {allowed} 的指标。请换一个，或写一个函数。",
        "The measure {name} gives a {found}; here it must give a {allowed}. Choose another or write a function.",
    ),
    "E-INTERVAL-PERSON": error(
        "指标 {name} 的结果里没有 {found}。结果必须包含矩阵里的每一个人，没有数值的写 NaN。",
        "The measure {name} gives nothing for {found}. It must give a value for everybody; NaN is allowed.",
        personal=("found",),
    ),
}
