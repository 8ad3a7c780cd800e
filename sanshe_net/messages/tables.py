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
    "N-ROW-SECTION": note("分段标题，未计入：“{value}”", "A heading inside the table, left out: “{value}”"),
    "E-ROW-DATED": error(
        "“{value}”像是下面各行的活动或日期，但没有写在列里，不能照此读取。请给这张表加“活动名称”“日期”两列，或一张工作表只放一场活动。",
        "“{value}” looks like the activity or day of the rows below it, but stands in no column. Add columns activity "
        "and date, or put each activity on a sheet of its own.",
    ),
    "N-DITTO": note(
        "“{value}”按上一行的内容填入。", "“{value}” was replaced by what stands in the row above."
    ),
    "E-DITTO-FIRST": error(
        "“{value}”的上一行没有内容可以照抄。请填上真正的内容。",
        "“{value}” has nothing above it to repeat. Fill in the real content.",
    ),
    "N-MERGE-FILLED": note(
        "合并的单元格“{value}”，按同样内容填到下面 {count} 行。",
        "The merged cell “{value}” was filled into the {count} rows below it.",
    ),
    "W-ROWS-HIDDEN": warning(
        "有 {count} 行是隐藏的（第 {found} 行），照常读取。不该计入的请删去，或取消筛选后核对。",
        "{count} rows are hidden (row {found}) and were read like the others. Delete what should not count, or "
        "remove the filter and check.",
    ),
    "W-COLUMN-HIDDEN": warning(
        "“{value}”列是隐藏的，照常读取。请核对。",
        "Column {value} is hidden and was read like the others. Please check.",
    ),
    "N-COLUMN-HIDDEN": note("“{value}”列是隐藏的，未使用。", "Column {value} is hidden and was not used."),
    "W-DIGITS-LOST": warning(
        "“{value}”列里的长号码被表格软件存成了数字，末几位已经丢失（该列不保存）。",
        "Long numbers in column {value} were stored as numbers, so their last digits are lost (the column is not kept).",
    ),
    "N-ACTIVITY-FROM-NAME": note(
        "活动取自表头上方的标题、工作表或文件的名称：“{value}”",
        "The activity is taken from the title above the header or the name of the sheet or file: “{value}”",
    ),
    "W-GRID-TWICE": warning(
        "这一列与前面的一列表头相同，按另一场活动“{value}”计。若是同一场，请合成一列；否则请把表头写得不同。",
        "The column is headed like one before it and counts as another activity, {value}. If it is the same one, "
        "make them one column; otherwise give them different headings.",
        personal=(),
    ),
    "E-SHEET-TRANSPOSED": error(
        "这张表是横着的：{found} 写在第一行，一人一列。请转置（复制，选择性粘贴 → 转置）成一人一行，第一行写 姓名、活动、日期，再运行。",
        "This sheet lies on its side: {found} stand across the top, a column for each. Turn it (copy, paste special, "
        "transpose) so that every person has a row below the headings name, activity, date, and run again.",
        personal=("found",),
    ),
    "E-HOUSEHOLDS": error(
        "这张表按户登记（{found}），没有一人一行的“姓名”列。请改成一人一行，第一行写 姓名、楼栋；"
        "或者在对应表文件的 columns: 下写明这些列是 person（人）还是 ignore（不用）。",
        "This list is by household ({found}) and has no column name with a person to a row. Write a row for each person "
        "under the headings name, building; or say under columns: of the mapping file whether those columns are "
        "person or ignore.",
    ),
    "E-DATES-REVERSED": error(
        "{value} 早于“{first}”的 {allowed}。请改正其中一个日期。",
        "{value} is before {allowed} in column {first}. Correct one of the two dates.",
    ),
    "W-ISSUE-UNDATED": warning(
        "议题已解决，但没有写解决日期。请补上，否则算不出用了多久。",
        "The issue is solved but has no date of it. Add one, or nobody can tell how long it took.",
    ),
    "W-CELL-LOST": warning(
        "这一格没有内容，只有公式错误（{value}），按空白处理。",
        "The cell holds no value, only a formula error ({value}), and counts as blank.",
    ),
    "N-NAME-UNNAMED": note(
        "“{value}”：没有写名字的人只计入人数。", "{value}: people without names count as heads only."
    ),
    "N-NAME-NONE": note("“{value}”没有写出任何人的名字，未计入。", "{value} names nobody and was left out."),
    "W-DATE-NONE": warning(
        "没有日期列：同名的活动按一场计，按时间的结果不可用。请补上“活动日期”列。",
        "There is no date column: activities of one title count as one, and nothing over time can be told. "
        "Add a column date.",
    ),
    "W-ACTIVITY-NONE": warning(
        "没有活动名称列：同一天签到的人按一场活动计。请补上“活动名称”列。",
        "There is no column of activities: everyone who signed on one day counts as being at one activity. Add a "
        "column activity.",
    ),
    "N-ROW-TOTAL": note(
        "合计行，未计入：“{value}”",
        "A total row, left out: “{value}”",
        personal=(),
    ),
    "N-ROW-NOTE": note("说明行，未计入：“{value}”", "A note row, left out: “{value}”"),
    "N-ROW-UNFILLED": note("只有序号、没有内容的行，未计入。", "A numbered but unfilled row, left out."),
    "N-DUPLICATE": note("与{first}完全相同，只计一次。", "Exactly the same as {first}; counted once."),
}
