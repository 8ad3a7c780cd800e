"""Finding and opening files."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error, note, question, warning

MESSAGES: Final[dict[str, Message]] = {
    "E-FILE-MISSING": error(
        "没有这个文件或文件夹：{path}。请检查路径后再运行。",
        "There is no file or folder {path}. Check the path and run again.",
    ),
    "E-FILE-UNREADABLE": error(
        "打不开：{reason}。请关闭正在使用它的程序，或检查读取权限。",
        "Cannot be opened: {reason}. Close the program that uses it, or check that you may read it.",
    ),
    "E-FILE-TYPE": error(
        "内容是{found}，不能读取。可用 xlsx、xls、ods 工作簿或 CSV 文本；请用 Excel 或 WPS 打开，另存为 .xlsx 后再运行。",
        "The content is {found}, which cannot be read. Allowed: xlsx, xls, ods workbooks or CSV text; "
        "open it in Excel or WPS, save it as .xlsx and run again.",
    ),
    "E-FILE-EMPTY": error(
        "文件里没有任何内容。请换成有记录的文件，或把它移出文件夹。",
        "The file holds nothing. Use one with records, or move it out of the folder.",
    ),
    "E-FILE-ARCHIVE": error(
        "这是{found}，里面没有工作簿的内容。请先解压，再读解压出来的文件夹。",
        "This is {found} without the content of a workbook. It must be unpacked first; then read the folder that comes out.",
    ),
    "E-WORKBOOK-DAMAGED": error(
        "工作簿打不开：{reason}。请重新拷贝一份，用 Excel 或 WPS 另存后再运行。",
        "The workbook cannot be opened: {reason}. Copy it again; save it from Excel or WPS and run again.",
    ),
    "E-WORKBOOK-PASSWORD": error(
        "工作簿有密码。请用 Excel 或 WPS 打开，去掉密码，保存后再运行。",
        "The workbook is protected by a password. Open it in Excel or WPS, remove the password, save it and run again.",
    ),
    "E-WORKBOOK-EMPTY": error(
        "没有一张工作表有数据（{found}）。请换成有记录的文件，或把它移出文件夹。",
        "There is no data in any sheet ({found}). Use a file with records, or move it out of the folder.",
    ),
    "E-WORKBOOK-MERGE": error(
        "合并单元格 {found} 太大或超出工作表（允许 {allowed} 格以内）。请取消合并，保存后再运行。",
        "The merged cells {found} are too many or lie outside the sheet (allowed: {allowed} cells). "
        "Unmerge them, save and run again.",
    ),
    "E-WORKBOOK-SIZE": error(
        "文件展开后是 {found}，超过允许的 {allowed}。请删去空行空列，或拆成几个文件。",
        "The file unpacks to {found}; at most {allowed} is allowed. Delete empty rows and columns, "
        "or split it into several files.",
    ),
    "E-FOLDER-EMPTY": error(
        "文件夹里没有可读的表格（xlsx、xls、ods、csv、txt）：{path}。请把记录放进去，或换一个文件夹。",
        "The folder holds no readable table (xlsx, xls, ods, csv, txt): {path}. "
        "Put the records there, or give another folder.",
    ),
    "E-FILE-CHANGED": error(
        "文件在读取时被改动了。请先保存并关闭它，再运行。",
        "The file changed while it was read. Save and close it first, then run again.",
    ),
    "E-FILE-LARGE": error(
        "文件有 {found}，超过允许的 {allowed}。请拆成几个文件。",
        "The file has {found}; at most {allowed} is allowed. Split it into several files.",
    ),
    "W-FILE-COPY": warning(
        "内容与“{first}”完全相同，只计一次。请删去其中一份。",
        "Its content is exactly that of {first}; counted once. Delete one of the two.",
    ),
    "E-ENCODING": error(
        "第 {line} 行（字节 {found}）与前面各行的编码不同；整个文件应是 UTF-8 或 GB18030。"
        "请用 Excel 另存为“CSV UTF-8”再运行。",
        "Line {line} (byte {found}) is not in the encoding of the lines before it; "
        "the whole file must be UTF-8 or GB18030. Save it from Excel as “CSV UTF-8” and run again.",
    ),
    "E-ENCODING-CUT": error(
        "文件在最后一行（第 {line} 行）中间断开了。请重新拷贝；若最后一行本来就完整，请补齐各格并在末尾换行。",
        "The file is cut off within its last line ({line}). Copy it again; if that line is whole, fill in all "
        "its cells and end it with a line break.",
    ),
    "E-ENCODING-UNKNOWN": error(
        "没有编码 {found}。可用：{allowed}。", "There is no encoding {found}. Allowed: {allowed}."
    ),
    "E-ENCODING-TWICE": error(
        "不能按 {found} 还原：有些字已经丢失。请从原来的系统重新导出，存为 UTF-8。",
        "It cannot be read as {found}: some characters are lost. Export it again from where it came, and save it as UTF-8.",
    ),
    "Q-ENCODING": question(
        "按 UTF-8 和 GB18030 都读不出认得的表头，按 {found} 可以。若确实是这种编码，请加 --encoding {found} 再运行。",
        "Neither UTF-8 nor GB18030 gives a known header, but {found} does. "
        "If that is its encoding, run again with --encoding {found}.",
    ),
    "Q-ENCODING-TWICE": question(
        "文字像是被转码了两次（乱码）。请从原来的系统重新导出为 UTF-8；或加 --encoding {found} 再运行，由本工具还原。",
        "The text looks encoded twice (å¼ ä¸‰). Export it again as UTF-8 from where it came, or run again with "
        "--encoding {found} to have it undone.",
    ),
    "Q-DELIMITER": question(
        "表头是用“{found}”分隔的。若各格都用它分隔，请加 --delimiter {found} 再运行。",
        "The heading line is separated by {found}. If all cells are, run again with --delimiter {found}.",
    ),
    "E-DELIMITER": error(
        "分隔符不能是“{found}”。可用一个符号，例如：{allowed}。",
        "{found} cannot separate cells. Allowed is one mark, such as: {allowed}.",
    ),
    "E-CSV-QUOTE": error(
        "第 {line} 行开始的引号没有结束，或结束后还有文字。请在该行补上或删去引号。",
        "The quotation mark that opens on line {line} is never closed, or text follows its end. "
        "Close or delete it on that line.",
    ),
    "E-CSV-LONG": error(
        "第 {line} 行有一格超过 {allowed} 个字，不能读取。请缩短这一格，或检查引号是否成对。",
        "Line {line} has a cell of more than {allowed} characters, which cannot be read. "
        "Shorten it, or check that quotation marks come in pairs.",
    ),
    "E-CSV-FIELDS": error(
        "这一行有 {found} 格，表头有 {allowed} 格。请补齐或删去多余的分隔符。",
        "This line has {found} fields, the header has {allowed}. Add or remove separators.",
    ),
    "N-FILE-SKIPPED": note(
        "不是记录表，已跳过（{reason}）。",
        "Not a table of records, skipped ({reason}).",
    ),
    "N-SHEET-EMPTY": note("工作表是空的，已跳过。", "The sheet is empty, skipped."),
    "N-FILE-SUFFIX": note(
        "文件名的后缀与内容不符，按内容（{found}）读取。",
        "The ending of the file name does not fit the content; read as what it is ({found}).",
    ),
    "N-ENCODING": note("按 {found} 编码读取。", "Read as {found}."),
}
