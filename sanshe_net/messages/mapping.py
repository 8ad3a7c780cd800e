"""The mapping file, and the questions about layout that it answers."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, question

MESSAGES: Final[dict[str, Message]] = {
    # --- the file itself
    "E-MAPPING-SYNTAX": error(
        "对应表文件不是有效的 YAML（{reason}）。请改正，或用 sanshe map-columns 重新生成。",
        "The mapping file is not valid YAML ({reason}). Correct it, or write a new one with sanshe map-columns.",
    ),
    "E-MAPPING-FORM": error(
        "这里需要“名称: 值”的形式。可以用 sanshe map-columns 生成一份来对照。",
        "Here “name: value” is needed. Compare with a file written by sanshe map-columns.",
    ),
    "E-MAPPING-TWICE": error(
        "“{value}”写了两次。请只留一行。", "{value} is said twice. Keep only one of the lines."
    ),
    "E-MAPPING-KEY": error(
        "没有“{value}”这一项。{meant}可用：{allowed}。",
        "There is no entry {value}. {meant} Allowed: {allowed}.",
    ),
    "E-MAPPING-VALUE": error(
        "“{value}”不可用。{meant}可用：{allowed}。", "{value} cannot be used. {meant} Allowed: {allowed}."
    ),
    "E-MAPPING-FIELD-TWICE": error(
        "两列都对应 {field}：{found}。请只留一列，另一列写 ignore；不同文件请分别写在 files: 下面。",
        "Two columns are both {field}: {found}. Keep one and write ignore for the other; columns of different "
        "files must stand under files:.",
    ),
    "E-MAPPING-HEADING": error(
        "对应表文件里的列“{value}”不在任何一张表里：表头改了吗？请改正，或用 sanshe map-columns 重新生成。",
        "The column {value} of the mapping file is in no sheet: did the headings change? Correct it, or write a "
        "new one with sanshe map-columns.",
    ),
    "N-MAPPING-UNUSED": note(
        "对应表文件 {entry} 里的“{value}”这次没有用到。",
        "The entry “{value}” under {entry} of the mapping file was not needed this time.",
    ),
    # --- what it answers
    "Q-COLUMN-CHOICE": question(
        "{found} 都可能是“{field}”，需要您选一列：请在对应表文件的 columns: 里给它写 {term}，其余写 ignore。",
        "{found} could each be {field}. Choose: under columns: of the mapping file write {term} for one and ignore "
        "for the others.",
    ),
    "Q-COLUMN-TICKED": question(
        "{found} 这些列里都是勾，像是一列一场活动，但列名没有日期。是活动的话请在对应表文件的 columns: 里写 ticks；只是这场活动的到场记号写 present；都不是写 ignore。",
        "The columns {found} hold ticks, as if each were an activity, but their headings have no date. Under "
        "columns: of the mapping file write ticks for those that are activities, present for one that "
        "marks who came to the activity of this sheet, and ignore for the others.",
    ),
    "Q-SIDE-BY-SIDE": question(
        "有 {count} 张表并排（{found}），像是为省纸分成几栏。要一栏一栏都读，请在对应表文件里写 side_by_side: split；也可以把它们上下接成一张。",
        "{count} tables stand side by side ({found}), as if folded to save paper. To read each of them, write "
        "side_by_side: split in the mapping file, or put them below each other.",
    ),
    "Q-STACKED": question(
        "第 {line} 行又出现一个不同的表头（{found}）。要当作另一张表读，请在对应表文件里写 stacked: split；也可以把它移到另一张工作表。",
        "Another, different header stands in row {line} ({found}). To read it as a table of its own, write stacked: "
        "split in the mapping file, or move it to its own sheet.",
    ),
    "Q-HIDDEN-SHEET": question(
        "这张工作表是隐藏的，里面有 {count} 行内容。要读请加 --hidden include，不读请加 --hidden skip（或在对应表文件里写 hidden_sheets）。",
        "This sheet is hidden and holds {count} rows. Add --hidden include to read it or --hidden skip to leave it "
        "(or write hidden_sheets in the mapping file).",
    ),
    "N-HIDDEN-SKIPPED": note("隐藏的工作表，按您的选择未读。", "A hidden sheet, left out as you decided."),
    "N-MAPPED-IGNORED": note(
        "按对应表文件未使用的列：“{value}”", "Column not used, as the mapping file says: “{value}”"
    ),
}
