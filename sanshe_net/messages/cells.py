"""What one cell means."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, warning

MESSAGES: Final[dict[str, Message]] = {
    "E-CELL-ERROR": error(
        "这一格是表格软件的公式错误：{value}。请改成真正的内容后再运行。",
        "The cell holds a formula error: {value}. Put the real content there and run again.",
        personal=(),
    ),
    "E-CELL-FORMULA": error(
        "这一格是没有算出结果的公式。请用 Excel 或 WPS 打开、保存一次，再运行。",
        "The cell holds a formula that was never calculated. Open and save the file in Excel or WPS and run again.",
    ),
    "E-DATE-IMPOSSIBLE": error(
        "“{value}”不是存在的日期（{reason}）。请写成 2024-05-04 这样的日期后再运行。",
        "“{value}” is not a possible date ({reason}). Write it like 2024-05-04 and run again.",
    ),
    "E-DATE-UNREADABLE": error(
        "“{value}”看不出是哪一天。可以写 2024-05-04、2024年5月4日、2024.5.4 或 2024/5/4；请改正后再运行。",
        "“{value}” cannot be read as a day. Allowed: 2024-05-04, 2024年5月4日, 2024.5.4 or 2024/5/4; "
        "correct it and run again.",
    ),
    "E-DATE-MISSING": error(
        "没有日期。请填上活动日期，例如 2024-05-04。",
        "The date is missing. Fill it in, for example 2024-05-04.",
    ),
    "E-NAME-MISSING": error(
        "没有姓名。请填上姓名，或删去这一行。", "The name is missing. Fill it in or delete the row."
    ),
    "E-NAME-SEVERAL": error(
        "“{value}”像是几个人的名字。请一人写一行。",
        "{value} looks like the names of several people. Write one person per row.",
    ),
    "W-NAME-SEVERAL": warning(
        "“{value}”像是几个人的名字，按空白处理。这一列只写一个人。",
        "{value} looks like the names of several people and counts as blank. Write one person in this column.",
    ),
    "E-CELL-MISSING": error(
        "“{needed}”是空的。请填上，或删去这一行。", "{needed} is empty. Fill it in or delete the row."
    ),
    "E-CONTROL-CHARACTER": error(
        "含有看不见的控制字符：{value}。请重新输入这一格。",
        "Holds an invisible control character: {value}. Type the cell again.",
    ),
    "E-PRESENT-UNCLEAR": error(
        "“{value}”看不出到了还是没到。可以写 到/未到、是/否、1/0、√；请改正后再运行。",
        "“{value}” does not say present or absent. Allowed: 到/未到, yes/no, 1/0, √; correct it and run again.",
    ),
    "E-CONSENT-UNCLEAR": error(
        "“{value}”看不出同意还是不同意。可以写 是、否、仅内部、撤回；不清楚时不能当作同意，请改正后再运行。",
        "“{value}” does not say whether consent was given. Allowed: yes, internal, no, withdrawn; "
        "unclear is not consent, so correct it and run again.",
    ),
    "E-CONSENT-COLUMN": error(
        "“{value}”列像是问是否同意，但表头不认得。请把表头写成“是否同意”；若与此无关，请换一个名称。",
        "Column “{value}” looks like a question of consent but is not a known heading. Head it 是否同意 or "
        "consent; if it is something else, give it another name.",
        personal=(),
    ),
    "W-PHONE-UNCLEAR": warning(
        "“{value}”不是一个完整的电话号码，按空白处理，不能用来区分同名的人。",
        "“{value}” is not one whole phone number and counts as blank; it cannot tell namesakes apart.",
    ),
    "W-FACT-CONFLICT": warning(
        "“{value}”的“{field}”前后不一（{found}），可能是两个人或写错了；暂按{allowed}计。请核对。",
        "The {field} of {value} differs ({found}): perhaps two people, or a mistake; taken as {allowed} for "
        "now. Please check.",
        personal=("value", "found", "allowed"),
    ),
    "W-ACTIVITY-CONFLICT": warning(
        "同一天的“{value}”有两行“{field}”不同（{found}），按一场活动、{allowed}计。若是两场，请加“场次”列区分。",
        "Two rows of {value} on one day differ in {field} ({found}); counted as one activity with {allowed}. "
        "If there were two, tell them apart by a column 场次 (occurrence).",
    ),
    "N-PRESENT-BLANK": note(
        "到场一格是空的：既不算到场也不算缺席。",
        "The attendance mark is blank: counted neither as present nor as absent.",
    ),
    "W-PRESENT-BOTH": warning(
        "同一人同一场次既记到场又记缺席（另见{first}），按到场计。",
        "The same person is marked both present and absent for one sitting (see {first}); counted as present.",
    ),
    "W-WORD-UNKNOWN": warning(
        "“{value}”不在“{field}”的用词里，按空白处理。可用：{allowed}。",
        "“{value}” is not a known word for {field} and counts as blank. Allowed: {allowed}.",
    ),
    "W-AMOUNT-UNCLEAR": warning(
        "“{value}”不是数字，金额按“未知”处理。", "“{value}” is not a number; the amount counts as unknown."
    ),
    "W-NUMBER-UNCLEAR": warning(
        "“{value}”不是数字，按空白处理。", "“{value}” is not a number and counts as blank."
    ),
    "W-DATE-DROPPED": warning(
        "“{value}”不是能读懂的日期，按空白处理。", "“{value}” is not a readable date and counts as blank."
    ),
}
