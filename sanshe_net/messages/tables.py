"""Finding the tables of a sheet, and which rows are records."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, warning

MESSAGES: Final[dict[str, Message]] = {
    "E-NO-COLUMN": error(
        "前 {looked} 行里没有认得的表头；看到的是：{found}。"
        "至少需要 姓名、活动、日期 三列（也可用 name, activity, date）。请补上表头。",
        "No known header in the first {looked} rows; found: {found}. "
        "At least the columns name, activity, date (姓名, 活动, 日期) are needed. Add a header row.",
        personal=("found",),
    ),
    "W-SHEET-UNKNOWN": warning(
        "没有认得的表头，整张工作表未使用；看到的是：{found}。需要的话请补上表头，例如 姓名、活动、日期。",
        "No known header, the whole sheet was not used; found: {found}. "
        "If it holds records, add a header such as name, activity, date.",
        personal=("found",),
    ),
    "E-COLUMN-NEEDED": error(
        "这张{table}缺少“{needed}”列；认得的列有：{found}。请补上这一列，或写在表头上方（例如“活动时间：2024年5月4日”）。",
        "This {table} lacks the column {needed}; known columns: {found}. "
        "Add it, or write it above the header (for example 活动时间：2024年5月4日).",
    ),
    "E-COLUMN-TWICE": error(
        "有两列同名：{found}。两张表并排时请上下接成一张；否则请删去或改名其中一列。",
        "Two columns have the same heading: {found}. Put tables that stand side by side below each other; "
        "otherwise delete or rename one.",
    ),
    "E-HEADER-SECOND": error(
        "表中又出现一个不同的表头：{value}。请把它下面的表移到另一张工作表。",
        "Another, different header stands inside the table: {value}. Move the table below it to its own sheet.",
    ),
    "N-COLUMN-UNKNOWN": note(
        "不认得的列，未使用：“{value}”",
        "Unknown column, not used: “{value}”",
        personal=(),
    ),
    "N-COLUMN-DROPPED": note(
        "“{value}”列含个人标识或敏感信息，读取时已丢弃。",
        "Column {value} holds identifiers or sensitive data and was dropped on reading.",
        personal=(),
    ),
    "W-ROW-ABOVE": warning(
        "在表头上方，未使用：{value}。若是一条记录，请移到表头下面。",
        "Stands above the header and was not used: {value}. If it is a record, move it below the header.",
    ),
    "N-ROW-REPEATED-HEADER": note("重复的表头行，未计入。", "A repeated header row, left out."),
    "N-ROW-TOTAL": note(
        "合计行，未计入：“{value}”",
        "A total row, left out: “{value}”",
        personal=(),
    ),
    "N-ROW-NOTE": note("说明行，未计入：“{value}”", "A note row, left out: “{value}”"),
    "N-ROW-UNFILLED": note("只有序号、没有内容的行，未计入。", "A numbered but unfilled row, left out."),
    "N-DUPLICATE": note("与{first}完全相同，只计一次。", "Exactly the same as {first}; counted once."),
}
