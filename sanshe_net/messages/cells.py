"""What one cell means."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, question, warning

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
    "E-CELL-LONG": error(
        "这一格太长，不能读取。请检查这一格（引号是否成对），缩短后再运行。",
        "The cell is too long to be read. Check it (do quotation marks come in pairs?), shorten it and run again.",
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
    "W-TEXT-DIRECTION": warning(
        "“{value}”含有改变文字方向的看不见的字符，显示的可能与实际不同；已去掉，请核对。",
        "“{value}” holds invisible characters that turn the direction of writing, so it may show something else "
        "than it holds; they were removed. Please check.",
    ),
    "Q-DATE-YEAR": question(
        "“{value}”没有写年份。请选定年份：运行时加 --year 2019，或在对应表文件里写 year: 2019；跨年的表请在格里补上年份。",
        "“{value}” names no year. Choose it: run with --year 2019, or write year: 2019 in the mapping file; where "
        "a sheet runs over the turn of a year, write the year into the cells.",
    ),
    "Q-DATE-ORDER": question(
        "“{value}”看不出先写的是年、月还是日。请选定顺序：运行时加 --date-order dmy（日月年）、mdy（月日年）或 ymd（年月日），"
        "或在对应表文件里写 date_order: dmy。两位数的年份按 20 开头读。",
        "“{value}” does not show whether year, month or day comes first. Choose: run with --date-order dmy, mdy or "
        "ymd, or write date_order: dmy in the mapping file. A year of two digits is then read as 20 and those digits.",
    ),
    "Q-DATE-FLOAT": question(
        '“{value}”存成了数字，末尾的 0 会丢失（2019.10 变成 2019.1），看不出是 1 月还是 10 月。请在格里写成 2019年3月 或 2019-03-05，或在对应表文件的 cells: 里写明，例如 "{value}": 2019-10。',
        "“{value}” is stored as a number, which loses a 0 at its end (2019.10 becomes 2019.1), so January and October "
        "look alike. Decide which is meant and write 2019-03 or 2019-03-05 into the cell, or say it under cells: in the "
        'mapping file, such as "{value}": 2019-10.',
    ),
    "N-DATE-SERIAL": note(
        "“{value}”当作表格软件的日期序号读取（从 1900 年起算的天数）。请核对。",
        "“{value}” was taken for the day number of a spreadsheet (days since 1900). Please check.",
    ),
    "N-DATE-RANGE": note(
        "“{value}”是一段日期，按一场活动的起止日期读取。",
        "“{value}” is a range of days, read as the first and last day of one activity.",
    ),
    "N-DATE-LIST": note(
        "“{value}”写了几个日期，按几场活动读取。", "“{value}” lists several dates, read as several occasions."
    ),
    "N-DATE-COARSE": note(
        "“{value}”没有写到哪一天，只知道所在的年、季或月。",
        "“{value}” names no day; only its year, quarter or month is known.",
    ),
    "N-DATE-FIRST": note(
        "“{value}”没有写到哪一天，按其中第一天计。",
        "“{value}” names no day; its first day counts.",
    ),
    "N-DATE-LAST": note(
        "“{value}”没有写到哪一天，按其中最后一天计。",
        "“{value}” names no day; its last day counts.",
    ),
    "W-DATE-FAR": warning(
        "{value} 与其他日期相差太远（其余在 {allowed}），年份可能写错了。请核对；照常读取。",
        "{value} is far from the other dates ({allowed}); perhaps its year is wrong. Please check; it was read as it "
        "stands.",
        personal=(),
    ),
    "W-DATE-UNLIKELY": warning(
        "{value} 这个年份不大可能（一般在 {allowed} 年）。请核对；照常读取。",
        "The year of {value} is unlikely (usual: {allowed}). Please check; it was read as it stands.",
        personal=(),
    ),
    "Q-MARK": question(
        '“{value}”有的地方表示到场，有的表示缺席，不能猜。请在对应表文件的 marks: 里写明，例如 "{value}": present（到场）、'
        "absent（缺席）或 ignore（不算）。",
        "“{value}” means present in some offices and absent in others. Choose once, under marks: in the mapping file: "
        '"{value}": present, absent or ignore.',
    ),
    "Q-NAME-UNNAMED": question(
        "“{value}”里有没有写出姓名的人，不能当作人员，也不知道是谁。请把姓名补全、一人一行；"
        "或者在对应表文件里写 unnamed: count，只把他们计入这场活动的人数。",
        "“{value}” counts people without naming them. Decide: write all names, one person per row, or delete the "
        "count here and put it into the list of activities; or write unnamed: count in the mapping file, and they count "
        "as heads only.",
    ),
    "Q-NAME-GROUP": question(
        "“{value}”是一群人或一家人，不是一个人的姓名。请写出每个人的姓名，或删去这一行；"
        "或者在对应表文件里写 unnamed: count，不当作一个人。",
        "“{value}” is a group or a family, not the name of a person. Decide: write the name of each, or delete the row; "
        "or write unnamed: count in the mapping file, and nobody is made of it.",
    ),
    "Q-NAME-SUSPECT": question(
        '“{value}”不像一个姓名：可能是引号没有配对、几行并进了一格，或姓名里混进了电话，或几个姓名分不开。请检查这一格，一人写一行；或在对应表文件的 cells: 里写明这一格是谁，例如 "{value}": 张三、李四。',
        "“{value}” does not look like a name: several rows swallowed by a quotation mark, a phone number among the names, "
        "or names that cannot be told apart. Check the cell and write one person per row, or say under cells: in the mapping "
        'file whom it names: "{value}": 张三、李四.',
    ),
    "N-NAME-HINT": note(
        "“{value}”括号里的是角色，不算姓名的一部分。",
        "The role in brackets in {value} is not taken for a part of the name.",
    ),
    "N-NAME-SPLIT": note(
        "“{value}”按几个人的姓名分开读取，请核对。",
        "{value} was read as the names of several people. Please check.",
    ),
    "N-NAME-TWICE": note(
        "“{value}”里同一个姓名写了两次，按一个人计。",
        "A name stands twice in {value} and counts as one person.",
    ),
    "E-AGE-IMPOSSIBLE": error(
        "“{value}”不可能是年龄。可以写 0 到 120；请改正后再运行。",
        "“{value}” is not a possible age. Allowed: 0 to 120; correct it and run again.",
    ),
    "E-BIRTH-IMPOSSIBLE": error(
        "“{value}”不可能是出生年份。可以写{reason}；请改正后再运行。",
        "“{value}” is not a possible year of birth. Allowed: {reason}; correct it and run again.",
    ),
    "E-CONSENT-UNCLEAR": error(
        "“{value}”看不出同意还是不同意。可以写 是、否、仅内部、撤回；不清楚时不能当作同意，请改正，或在对应表文件的 words: 下面的 consent: 里写明它的意思（yes、no、internal）。",
        "“{value}” does not say whether consent was given. Allowed: yes, internal, no, withdrawn; unclear is not "
        "consent. Correct it, or say what it means under consent: of words: in the mapping file.",
    ),
    "E-CONSENT-COLUMN": error(
        "“{value}”列像是问是否同意，但表头不认得。请把表头写成“是否同意”，或在对应表文件的 columns: 里给它写 consent；若与此无关，写 ignore 或换一个名称。",
        "Column “{value}” looks like a question of consent but is not a known heading. Head it 是否同意 or "
        "consent, or write consent for it under columns: of the mapping file; if it is something else, write ignore or "
        "give it another name.",
        personal=(),
    ),
    "W-PHONE-UNCLEAR": warning(
        "“{value}”不是一个完整的电话号码，按空白处理，不能用来区分同名的人。",
        "“{value}” is not one whole phone number and counts as blank; it cannot tell namesakes apart.",
    ),
    "W-PHONE-SEVERAL": warning(
        "“{value}”里有几个电话号码，只用第一个。",
        "“{value}” holds several phone numbers; only the first is used.",
    ),
    "W-PHONE-MASKED": warning(
        "“{value}”是打了星号的号码，只能作为弱的线索。",
        "“{value}” is a masked phone number; it is only weak evidence of who is who.",
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
    "E-WORD-UNKNOWN": error(
        "“{value}”不在“{field}”的用词里。{reason}可用：{allowed}。请改正，或在对应表文件的 words: 里写明它的意思。",
        "“{value}” is not a known word for {field}.{reason} Allowed: {allowed}. Correct it, or say what it means under "
        "words: in the mapping file.",
    ),
    "N-WORDS-SEVERAL": note(
        "“{value}”写了几项，每一项都计入。", "“{value}” names several things; each of them counts."
    ),
    "W-WORD-UNKNOWN": warning(
        "“{value}”不在“{field}”的用词里，按空白处理。可用：{allowed}。",
        "“{value}” is not a known word for {field} and counts as blank. Allowed: {allowed}.",
    ),
    "W-AMOUNT-UNCLEAR": warning(
        "“{value}”不是数字，金额按“未知”处理。", "“{value}” is not a number; the amount counts as unknown."
    ),
    "W-AMOUNT-PART": warning(
        "“{value}”不只是钱，只计其中的金额，其余按“未知”处理。",
        "“{value}” is more than money; only the sum counts, the worth of the rest is unknown.",
    ),
    "W-AMOUNT-NEGATIVE": warning(
        "“{value}”是负数，不能是收到的支持，金额按“未知”处理。",
        "“{value}” is negative, which no support can be; the amount counts as unknown.",
    ),
    "W-NUMBER-UNCLEAR": warning(
        "“{value}”不是数字，按空白处理。", "“{value}” is not a number and counts as blank."
    ),
    "W-AGE-UNCLEAR": warning(
        "“{value}”不是一个年龄，按年龄不详处理。未满 14 岁的请写成数字，否则不会按儿童保护。",
        "“{value}” is not one age and counts as not known. Write the age of anybody under 14 as a number, or they are "
        "not protected as children.",
    ),
    "W-DATE-DROPPED": warning(
        "“{value}”不是能读懂的日期，按空白处理。", "“{value}” is not a readable date and counts as blank."
    ),
}
