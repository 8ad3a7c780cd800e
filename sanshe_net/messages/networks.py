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
    "E-ATTRIBUTE-NUMBER": error(
        "属性 {column} 需要数字，{actor} 的是 {found}。请改成数字或留空。",
        "The attribute {column} must be a number; that of {actor} is {found}. Correct it or leave it empty.",
        personal=("actor", "found"),
    ),
    "E-MEMBERSHIP-AMOUNT": error(
        "{actor} 在 {group} 的参与量是 {found}；必须是不小于 0 的数，或留空。",
        "The amount of {actor} in {group} is {found}; it must be a number of 0 or more, or empty.",
        personal=("actor", "found"),
    ),
    "E-MEMBERSHIP-STRANGER": error(
        "成员表里的 {found} 不在网络里。请先加进行动者表，或从成员表里删去。",
        "{found} of the table of memberships is not in the network. Add the actor, or delete the row.",
        personal=("found",),
    ),
    "E-MEMBERSHIP-TWICE": error(
        "成员表里 {found} 有不止一列。请合并成一列，每个组必须只有一列。",
        "The table of memberships has several columns {found}. Each group must have one: add them up.",
    ),
    "E-MEMBERSHIP-TIE": error(
        "{layer} 类联系 {pair} 需要恰好一端是：{allowed}。",
        "The tie {pair} of layer {layer} must have exactly one end among: {allowed}.",
        personal=("pair",),
    ),
    "E-ONE-GROUP": error(
        "{name} 需要每人只属于一个组，{actor} 属于不止一个。",
        "{name} needs one group per actor; {actor} has more than one.",
        personal=("actor",),
    ),
    "E-CATEGORY": error(
        "出现了没有列出的 {found}。列出的有：{allowed}。请补上，或更正数据。",
        "There is {found}, which is not among those listed: {allowed}. Add it, or correct the data.",
    ),
    "E-PRESTIGE": error(
        "职业（位置）{position} 的声望是 {found}；每个位置都需要一个不小于 0 的数。",
        "The prestige of the position {position} is {found}; every position must have a number of 0 or more.",
    ),
    "E-POSITION-ANSWER": error(
        "{actor} 对 {position} 的回答是 {found}；需要 1（认识）、0（不认识）或留空。",
        "The answer of {actor} on {position} is {found}; it must be 1 (known), 0 (not known) or empty.",
        personal=("actor", "found"),
    ),
    "E-VALUE": error(
        "{name} 不能是 {found}。可用：{allowed}。", "{name} cannot be {found}. Allowed: {allowed}."
    ),
}
