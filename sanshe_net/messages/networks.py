"""Networks and measures."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-NOT-A-NETWORK": error(
        "需要 Network、networkx 图或 igraph 图，得到的是 {found}。",
        "A Network, a networkx graph or an igraph graph is needed, not {found}.",
    ),
    "E-ACTOR-COLUMNS": error("行动者表缺少列：{found}。", "The table of actors lacks columns: {found}."),
    "E-ACTOR-TWICE": error(
        "行动者编号 {found} 出现不止一次；编号必须唯一。",
        "Actor id {found} appears more than once; ids must be unique.",
        personal=("found",),
    ),
    "E-TIE-COLUMNS": error("联系表缺少列：{found}。", "The table of ties lacks columns: {found}."),
    "E-EDGE-COLUMNS": error(
        "边表需要 source 和 target 两列，看到的是：{found}。",
        "An edge table needs the columns source and target; found: {found}.",
    ),
    "E-TIE-STRANGER": error(
        "联系的一端 {found} 不在行动者表里。请先把它加进去。",
        "One end of a tie, {found}, is not in the table of actors. Add it first.",
        personal=("found",),
    ),
    "E-TIE-WEIGHT": error(
        "{pair} 的强度是 {found}；强度必须是大于 0 的数，要么每条都有，要么都没有。",
        "The weight of {pair} is {found}; weights must be numbers above 0, on every tie or on none.",
        personal=("pair",),
    ),
    "E-EDGE-WEIGHT": error(
        "没有一条联系有名为 {found} 的强度。现有属性：{allowed}。请改用其中之一，或改名为 weight；不带强度时用 weight=None。",
        "No tie has a weight named {found}. They have: {allowed}. Use one of these or rename it; weight=None is for none.",
    ),
    "E-TOO-MANY-EXACT": error(
        '逐一试过所有划分至多可用于 {allowed} 个行动者，这里有 {found} 个。请用 search="heuristic"。',
        'Every division can be tried for at most {allowed} actors; there are {found}. Use search="heuristic".',
    ),
    "E-LAYER": error(
        "没有联系类型 {found}。现有：{allowed}。", "There is no layer {found}. It has: {allowed}."
    ),
    "E-KIND": error("没有类别 {found}。现有：{allowed}。", "There is no kind {found}. It has: {allowed}."),
    "E-MEASURE": error(
        "没有指标 {found}。可用：{allowed}。", "There is no measure {found}. Allowed: {allowed}."
    ),
    "E-MEASURE-MIXED": error(
        "{allowed} 描述整个网络，{found} 描述每个人，不能放进同一张表。请分两次运行。",
        "{allowed} describes the whole network, {found} each actor; they do not fit one table. Run twice.",
    ),
    "E-MEASURE-TWICE": error("指标 {found} 已经登记过。", "The measure {found} is registered already."),
    "E-ATTRIBUTE": error(
        "行动者没有属性 {found}。现有：{allowed}。", "Actors have no attribute {found}. They have: {allowed}."
    ),
    "E-VALUE": error(
        "{name} 不能是 {found}。可用：{allowed}。", "{name} cannot be {found}. Allowed: {allowed}."
    ),
}
