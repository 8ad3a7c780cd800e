"""Every message of the tool: a stable code, how severe it is, and its wording in Chinese and English.

A wording says what was found, what is allowed and what to do. ``{names}`` are filled in by
:mod:`sanshe_net.errors`. Codes never change meaning; ``E-`` stops a run, ``W-`` and ``N-`` do not.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "note"]


class Message(NamedTuple):
    """One message: severity and the two wordings."""

    severity: Severity
    zh: str
    en: str


def _error(zh: str, en: str) -> Message:
    return Message("error", zh, en)


def _warning(zh: str, en: str) -> Message:
    return Message("warning", zh, en)


def _note(zh: str, en: str) -> Message:
    return Message("note", zh, en)


MESSAGES: Final[dict[str, Message]] = {
    # --- finding and opening files
    "E-FILE-MISSING": _error(
        "没有这个文件或文件夹：{path}。请检查路径后再运行。",
        "There is no file or folder {path}. Check the path and run again.",
    ),
    "E-FILE-UNREADABLE": _error(
        "打不开：{reason}。请关闭正在使用它的程序，或检查读取权限。",
        "Cannot be opened: {reason}. Close the program that uses it, or check that you may read it.",
    ),
    "E-FILE-TYPE": _error(
        "内容是{found}，不能读取。可用 xlsx、xls、ods 工作簿或 CSV 文本；请另存为其中一种。",
        "The content is {found}, which cannot be read. Allowed: xlsx, xls, ods workbooks or CSV text; "
        "save it as one of these.",
    ),
    "E-FILE-EMPTY": _error(
        "文件里没有任何内容。请换成有记录的文件，或把它移出文件夹。",
        "The file holds nothing. Use one with records, or move it out of the folder.",
    ),
    "E-WORKBOOK-DAMAGED": _error(
        "工作簿打不开：{reason}。请去掉密码，或重新拷贝一份，用 Excel 或 WPS 另存后再运行。",
        "The workbook cannot be opened: {reason}. Remove its password, or copy it again; "
        "save it from Excel or WPS and run again.",
    ),
    "E-WORKBOOK-SIZE": _error(
        "文件展开后是 {found}，超过允许的 {allowed}。请删去空行空列，或拆成几个文件。",
        "The file unpacks to {found}; at most {allowed} is allowed. Delete empty rows and columns, "
        "or split it into several files.",
    ),
    "E-FOLDER-EMPTY": _error(
        "文件夹里没有可读的表格（xlsx、xls、ods、csv、txt）：{path}。请把记录放进去，或换一个文件夹。",
        "The folder holds no readable table (xlsx, xls, ods, csv, txt): {path}. "
        "Put the records there, or give another folder.",
    ),
    "E-ENCODING": _error(
        "第 {line} 行（字节 {found}）与前面各行的编码不同，或文件不完整；整个文件应是 UTF-8 或 GB18030。"
        "请用 Excel 另存为“CSV UTF-8”再运行。",
        "Line {line} (byte {found}) is not in the encoding of the lines before it, or the file is cut short; "
        "the whole file must be UTF-8 or GB18030. Save it from Excel as “CSV UTF-8” and run again.",
    ),
    "E-CSV-QUOTE": _error(
        "第 {line} 行的引号没有结束，或结束后还有文字。请在该行补上或删去引号。",
        "A quotation mark on line {line} is never closed, or text follows it. Close or delete it on that line.",
    ),
    "E-CSV-LONG": _error(
        "第 {line} 行有一格超过 {allowed} 个字，不能读取。请缩短这一格，或检查引号是否成对。",
        "Line {line} has a cell of more than {allowed} characters, which cannot be read. "
        "Shorten it, or check that quotation marks come in pairs.",
    ),
    "E-CSV-FIELDS": _error(
        "这一行有 {found} 格，表头有 {allowed} 格。请补齐或删去多余的分隔符。",
        "This line has {found} fields, the header has {allowed}. Add or remove separators.",
    ),
    "N-FILE-SKIPPED": _note(
        "不是记录表，已跳过（{reason}）。",
        "Not a table of records, skipped ({reason}).",
    ),
    "N-SHEET-EMPTY": _note("工作表是空的，已跳过。", "The sheet is empty, skipped."),
    "N-FILE-SUFFIX": _note(
        "文件名的后缀与内容不符，按内容（{found}）读取。",
        "The ending of the file name does not fit the content; read as what it is ({found}).",
    ),
    "N-ENCODING": _note("按 {found} 编码读取。", "Read as {found}."),
    # --- finding tables
    "E-NO-COLUMN": _error(
        "前 {looked} 行里没有认得的表头；看到的是：{found}。"
        "至少需要 姓名、活动、日期 三列（也可用 name, activity, date）。请补上表头。",
        "No known header in the first {looked} rows; found: {found}. "
        "At least the columns name, activity, date (姓名, 活动, 日期) are needed. Add a header row.",
    ),
    "W-SHEET-UNKNOWN": _warning(
        "没有认得的表头，整张工作表未使用；看到的是：{found}。需要的话请补上表头，例如 姓名、活动、日期。",
        "No known header, the whole sheet was not used; found: {found}. "
        "If it holds records, add a header such as name, activity, date.",
    ),
    "E-COLUMN-NEEDED": _error(
        "这张{table}缺少“{needed}”列；认得的列有：{found}。请补上这一列，或写在表头上方（例如“活动时间：2024年5月4日”）。",
        "This {table} lacks the column {needed}; known columns: {found}. "
        "Add it, or write it above the header (for example 活动时间：2024年5月4日).",
    ),
    "E-COLUMN-TWICE": _error(
        "有两列同名：{found}。两张表并排时请上下接成一张；否则请删去或改名其中一列。",
        "Two columns have the same heading: {found}. Put tables that stand side by side below each other; "
        "otherwise delete or rename one.",
    ),
    "E-HEADER-SECOND": _error(
        "表中又出现一个不同的表头：{value}。请把它下面的表移到另一张工作表。",
        "Another, different header stands inside the table: {value}. Move the table below it to its own sheet.",
    ),
    "N-COLUMN-UNKNOWN": _note("不认得的列，未使用：“{value}”", "Unknown column, not used: “{value}”"),
    "N-COLUMN-DROPPED": _note(
        "“{value}”列含个人标识或敏感信息，读取时已丢弃。",
        "Column {value} holds identifiers or sensitive data and was dropped on reading.",
    ),
    # --- rows that are not records
    "W-ROW-ABOVE": _warning(
        "在表头上方，未使用：{value}。若是一条记录，请移到表头下面。",
        "Stands above the header and was not used: {value}. If it is a record, move it below the header.",
    ),
    "N-ROW-REPEATED-HEADER": _note("重复的表头行，未计入。", "A repeated header row, left out."),
    "N-ROW-TOTAL": _note("合计行，未计入：“{value}”", "A total row, left out: “{value}”"),
    "N-ROW-NOTE": _note("说明行，未计入：“{value}”", "A note row, left out: “{value}”"),
    "N-ROW-UNFILLED": _note("只有序号、没有内容的行，未计入。", "A numbered but unfilled row, left out."),
    "N-DUPLICATE": _note("与{first}完全相同，只计一次。", "Exactly the same as {first}; counted once."),
    # --- values
    "E-DATE-IMPOSSIBLE": _error(
        "“{value}”不是存在的日期（{reason}）。请写成 2024-05-04 这样的日期后再运行。",
        "“{value}” is not a possible date ({reason}). Write it like 2024-05-04 and run again.",
    ),
    "E-DATE-UNREADABLE": _error(
        "“{value}”看不出是哪一天。可以写 2024-05-04、2024年5月4日、2024.5.4 或 2024/5/4；请改正后再运行。",
        "“{value}” cannot be read as a day. Allowed: 2024-05-04, 2024年5月4日, 2024.5.4 or 2024/5/4; "
        "correct it and run again.",
    ),
    "E-DATE-MISSING": _error(
        "没有日期。请填上活动日期，例如 2024-05-04。",
        "The date is missing. Fill it in, for example 2024-05-04.",
    ),
    "E-NAME-MISSING": _error(
        "没有姓名。请填上姓名，或删去这一行。", "The name is missing. Fill it in or delete the row."
    ),
    "E-NAME-SEVERAL": _error(
        "“{value}”像是几个人的名字。请一人写一行。",
        "{value} looks like the names of several people. Write one person per row.",
    ),
    "W-NAME-SEVERAL": _warning(
        "“{value}”像是几个人的名字，按空白处理。这一列只写一个人。",
        "{value} looks like the names of several people and counts as blank. Write one person in this column.",
    ),
    "E-CELL-MISSING": _error(
        "“{needed}”是空的。请填上，或删去这一行。", "{needed} is empty. Fill it in or delete the row."
    ),
    "E-CONTROL-CHARACTER": _error(
        "含有看不见的控制字符：{value}。请重新输入这一格。",
        "Holds an invisible control character: {value}. Type the cell again.",
    ),
    "E-PRESENT-UNCLEAR": _error(
        "“{value}”看不出到了还是没到。可以写 到/未到、是/否、1/0、√；请改正后再运行。",
        "“{value}” does not say present or absent. Allowed: 到/未到, yes/no, 1/0, √; correct it and run again.",
    ),
    "E-CONSENT-UNCLEAR": _error(
        "“{value}”看不出同意还是不同意。可以写 是、否、仅内部、撤回；不清楚时不能当作同意，请改正后再运行。",
        "“{value}” does not say whether consent was given. Allowed: yes, internal, no, withdrawn; "
        "unclear is not consent, so correct it and run again.",
    ),
    "E-CONSENT-COLUMN": _error(
        "“{value}”列像是问是否同意，但表头不认得。请把表头写成“是否同意”；若与此无关，请换一个名称。",
        "Column “{value}” looks like a question of consent but is not a known heading. Head it 是否同意 or "
        "consent; if it is something else, give it another name.",
    ),
    "W-PHONE-UNCLEAR": _warning(
        "“{value}”不是一个完整的电话号码，按空白处理，不能用来区分同名的人。",
        "“{value}” is not one whole phone number and counts as blank; it cannot tell namesakes apart.",
    ),
    "W-FACT-CONFLICT": _warning(
        "“{value}”的“{field}”前后不一（{found}），可能是两个人或写错了；暂按{allowed}计。请核对。",
        "The {field} of {value} differs ({found}): perhaps two people, or a mistake; taken as {allowed} for "
        "now. Please check.",
    ),
    "W-ACTIVITY-CONFLICT": _warning(
        "同一天的“{value}”有两行“{field}”不同（{found}），按一场活动、{allowed}计。若是两场，请加“场次”列区分。",
        "Two rows of {value} on one day differ in {field} ({found}); counted as one activity with {allowed}. "
        "If there were two, tell them apart by a column 场次 (occurrence).",
    ),
    "N-PRESENT-BLANK": _note(
        "到场一格是空的：既不算到场也不算缺席。",
        "The attendance mark is blank: counted neither as present nor as absent.",
    ),
    "W-PRESENT-BOTH": _warning(
        "同一人同一场次既记到场又记缺席（另见{first}），按到场计。",
        "The same person is marked both present and absent for one sitting (see {first}); counted as present.",
    ),
    "W-WORD-UNKNOWN": _warning(
        "“{value}”不在“{field}”的用词里，按空白处理。可用：{allowed}。",
        "“{value}” is not a known word for {field} and counts as blank. Allowed: {allowed}.",
    ),
    "W-AMOUNT-UNCLEAR": _warning(
        "“{value}”不是数字，金额按“未知”处理。", "“{value}” is not a number; the amount counts as unknown."
    ),
    "W-NUMBER-UNCLEAR": _warning(
        "“{value}”不是数字，按空白处理。", "“{value}” is not a number and counts as blank."
    ),
    "W-DATE-DROPPED": _warning(
        "“{value}”不是能读懂的日期，按空白处理。", "“{value}” is not a readable date and counts as blank."
    ),
    # --- who is who
    "W-PERSON-UNRESOLVED": _warning(
        "名册里有 {count} 位“{value}”，这一行没有电话或楼栋可以区分；未计入个人结果。请补上电话或楼栋。",
        "There are {count} people called {value} and this row has no phone or building to tell them apart; "
        "left out of person results. Add a phone or a building.",
    ),
    "W-SAME-NAME": _warning(
        "“{value}”可能是同名的 {count} 个人（电话或楼栋不同），已分开计。若是同一人，请在表里统一电话和楼栋。",
        "{value} may be {count} people of one name (phone or building differ) and is counted separately. "
        "If it is one person, make phone and building agree.",
    ),
    "N-ORG-KIND-ASSUMED": _note(
        "组织名册里没有“{value}”，按名称和出现的位置归为{kind}。",
        "{value} is not in the list of organisations; taken as {kind} from its name and where it appears.",
    ),
    "W-PERSON-KIND-ASSUMED": _warning(
        "“{value}”没有写身份，但以工作人员签到过，归为{kind}，不参加居民的比较。若是居民，请在名册里写明身份。",
        "{value} has no kind but signed in as staff; taken as {kind} and not compared with residents. "
        "If this is a resident, give the kind in the list of people.",
    ),
    "W-ACTOR-UNKNOWN": _warning(
        "“{value}”既不在人员里也不在组织里，这个名字未使用。请在名册或签到表里补上。",
        "{value} is neither a known person nor a known organisation; the name was not used. "
        "Add it to a roster or a sign-in sheet.",
    ),
    "N-CONSENT-WITHHELD": _note(
        "本人不同意或已撤回同意，全部记录未使用。",
        "Consent refused or withdrawn: none of this person's records is used.",
    ),
    "E-MANY": _error(
        "共 {count} 处问题使运行停止，已全部列出；没有写出任何结果。",
        "{count} problems stop the run; all are listed and nothing was written.",
    ),
    "E-RECORD-COLUMNS": _error(
        "记录表 {table} 缺少列：{found}。", "The table {table} lacks columns: {found}."
    ),
    "E-NO-RECORDS": _error(
        "读完全部文件，没有一条可用的签到记录。至少需要 姓名、活动、日期 三列。",
        "All files were read and hold no usable attendance record. At least the columns name, activity, date are needed.",
    ),
    # --- settings and options
    "E-SETTINGS-SYNTAX": _error(
        "设置文件不是有效的 TOML：{reason}。请改正后再运行。",
        "The settings file is not valid TOML: {reason}. Correct it and run again.",
    ),
    "E-SETTINGS-KEY": _error(
        "设置里没有“{found}”这一项。可用：{allowed}。", "There is no setting {found}. Allowed: {allowed}."
    ),
    "E-SETTINGS-VALUE": _error(
        "设置“{key}”的值 {found} 不可用。需要：{allowed}。",
        "The value {found} of setting {key} cannot be used. Needed: {allowed}.",
    ),
    "E-PERIOD": _error(
        "没有时段“{found}”。记录里有：{allowed}。", "There is no period {found}. The records have: {allowed}."
    ),
    # --- networks and measures
    "E-NOT-A-NETWORK": _error(
        "需要 Network、networkx 图或 igraph 图，得到的是 {found}。",
        "A Network, a networkx graph or an igraph graph is needed, not {found}.",
    ),
    "E-ACTOR-COLUMNS": _error("行动者表缺少列：{found}。", "The table of actors lacks columns: {found}."),
    "E-ACTOR-TWICE": _error(
        "行动者编号 {found} 出现不止一次；编号必须唯一。",
        "Actor id {found} appears more than once; ids must be unique.",
    ),
    "E-TIE-COLUMNS": _error("联系表缺少列：{found}。", "The table of ties lacks columns: {found}."),
    "E-EDGE-COLUMNS": _error(
        "边表需要 source 和 target 两列，看到的是：{found}。",
        "An edge table needs the columns source and target; found: {found}.",
    ),
    "E-TIE-STRANGER": _error(
        "联系的一端 {found} 不在行动者表里。请先把它加进去。",
        "One end of a tie, {found}, is not in the table of actors. Add it first.",
    ),
    "E-TIE-WEIGHT": _error(
        "{pair} 的强度是 {found}；强度必须是大于 0 的数，要么每条都有，要么都没有。",
        "The weight of {pair} is {found}; weights must be numbers above 0, on every tie or on none.",
    ),
    "E-LAYER": _error(
        "没有联系类型 {found}。现有：{allowed}。", "There is no layer {found}. It has: {allowed}."
    ),
    "E-KIND": _error("没有类别 {found}。现有：{allowed}。", "There is no kind {found}. It has: {allowed}."),
    "E-MEASURE": _error(
        "没有指标 {found}。可用：{allowed}。", "There is no measure {found}. Allowed: {allowed}."
    ),
    "E-MEASURE-MIXED": _error(
        "{allowed} 描述整个网络，{found} 描述每个人，不能放进同一张表。请分两次运行。",
        "{allowed} describes the whole network, {found} each actor; they do not fit one table. Run twice.",
    ),
    "E-MEASURE-TWICE": _error("指标 {found} 已经登记过。", "The measure {found} is registered already."),
    "E-ATTRIBUTE": _error(
        "行动者没有属性 {found}。现有：{allowed}。", "Actors have no attribute {found}. They have: {allowed}."
    ),
    "E-VALUE": _error(
        "{name} 不能是 {found}。可用：{allowed}。", "{name} cannot be {found}. Allowed: {allowed}."
    ),
    # --- output
    "E-OUT-IS-FILE": _error(
        "输出位置 {path} 是一个文件。请给一个文件夹名。",
        "The output {path} is a file. Give the name of a folder.",
    ),
    "E-OUT-IS-FOLDER": _error(
        "输出位置 {path} 是一个文件夹。请给一个文件名。",
        "The output {path} is a folder. Give the name of a file.",
    ),
    "E-OUT-FILE-EXISTS": _error(
        "{path} 已经存在。请换一个文件名，或加 --force 替换它。",
        "{path} exists already. Choose another name, or add --force to replace it.",
    ),
    "E-OUT-NOT-WRITABLE": _error(
        "不能写入 {path}（{reason}）。请换一个可写的文件夹。",
        "Cannot write to {path} ({reason}). Choose a folder you may write to.",
    ),
    "E-OUT-EXISTS": _error(
        "{path} 里已经有内容。请换一个新文件夹，或加 --force 用新结果替换旧结果。",
        "{path} is not empty. Choose a new folder, or add --force to replace an earlier result.",
    ),
    "E-OUT-NOT-OURS": _error(
        "{path} 不是本工具的结果文件夹，--force 也不会动它。请换一个文件夹。",
        "{path} is not a result of this tool and is not touched even with --force. Choose another folder.",
    ),
    "E-VIS-JS": _error(
        "随 pyvis 安装的绘图脚本与预期不符（{found}）。请重新安装：pip install pyvis==0.3.2。",
        "The drawing script installed with pyvis is not the expected one ({found}). "
        "Install it again: pip install pyvis==0.3.2.",
    ),
    "E-INTERNAL": _error(
        "程序出错了（{found}），没有写出任何结果。加 --debug 再运行可看到细节。",
        "The program failed ({found}) and wrote no result. Run again with --debug for details.",
    ),
}
