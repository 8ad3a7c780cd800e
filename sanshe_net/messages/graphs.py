"""Reading graph files."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-GRAPH-FORMAT": error(
        "不能作为网络文件读取：{reason}。可用 GraphML、GEXF 或 node-link JSON；请从原来的软件另存为其中一种。",
        "It cannot be read as a graph file: {reason}. Allowed: GraphML, GEXF or node-link JSON; "
        "save it as one of these from the program it came from.",
    ),
    "E-GRAPH-NODE-TWICE": error(
        "点的编号 {found} 出现不止一次。请让编号唯一，再运行。",
        "The node id {found} appears more than once. Give every node its own id and run again.",
    ),
    "E-GRAPH-STRANGER": error(
        "边 {pair} 的一端没有声明：{found}。请加上这个点，或删去这条边。",
        "An end of the edge {pair} is not declared: {found}. Add the node or delete the edge.",
    ),
    "E-GRAPH-WEIGHT": error(
        "边 {pair} 的强度是 {found}；必须是大于 0 的有限的数。请改正后再运行。",
        "The weight of the edge {pair} is {found}; it must be a finite number above 0. Correct it and run again.",
    ),
    "E-GRAPH-NUMBER": error(
        "{found} 不是 JSON 里可以写的数。请改成数字或 null。",
        "{found} is not a number that JSON allows. Write a number or null.",
    ),
    "E-GRAPH-MORE": error(
        "还有 {found} 处错误没有列出。请先改正上面的，再运行。",
        "{found} more faults are not listed. Correct those above and run again.",
    ),
    "E-GRAPH-OPTION": error(
        "网络文件里没有{found}。请去掉这个选项，或改读签到表。",
        "A graph file has no {found}. Run without this option, or give the sign-in sheets.",
    ),
}
