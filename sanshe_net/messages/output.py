"""Writing results."""

from __future__ import annotations

from typing import Final

from sanshe_net.messages.message import Message, error

MESSAGES: Final[dict[str, Message]] = {
    "E-OUT-IS-FILE": error(
        "输出位置 {path} 是一个文件。请给一个文件夹名。",
        "The output {path} is a file. Give the name of a folder.",
    ),
    "E-OUT-IS-FOLDER": error(
        "输出位置 {path} 是一个文件夹。请给一个文件名。",
        "The output {path} is a folder. Give the name of a file.",
    ),
    "E-OUT-FILE-EXISTS": error(
        "{path} 已经存在。请换一个文件名，或加 --force 替换它。",
        "{path} exists already. Choose another name, or add --force to replace it.",
    ),
    "E-OUT-IS-LINK": error(
        "输出位置 {path} 是一个链接，指向 {found}；写在那里可能动到别的文件。请给真正的位置。",
        "The output {path} is a link to {found}; writing there may touch other files. Give the real place.",
    ),
    "E-OUT-IS-INPUT": error(
        "输出位置 {path} 会覆盖或混入输入 {found}。请写到输入以外的地方。",
        "The output {path} would replace the input {found} or be read as one next time. "
        "Choose a place outside the inputs.",
    ),
    "E-OUT-SUFFIX": error(
        "输出文件 {path} 的后缀不对，这个命令写的是 {allowed}。请改成以 {allowed} 结尾的文件名。",
        "The output file {path} has the wrong ending: this command writes {allowed}. Use a name that ends so.",
    ),
    "E-OUT-LOCKED": error(
        "另一次运行正在写同一个位置（{path} 被占用），没有做任何事。请等它结束再运行，或换一个输出位置。",
        "Another run is writing to the same place ({path} is held); nothing was done. "
        "Run again when it is done, or choose another output.",
    ),
    "E-OUT-IN-USE": error(
        "{path} 正被别的程序（例如 Excel 或 WPS）打开，不能替换。请关闭它再运行；原来的文件没有变。",
        "{path} is open in another program (Excel or WPS, say) and cannot be replaced. "
        "Close it and run again; the file is as it was.",
    ),
    "E-OUT-REREAD": error(
        "写到 {path} 的结果读回来与写入的不同（{found}），没有替换原来的结果。请检查磁盘，或换一个位置再运行。",
        "What was written for {path} reads back differently ({found}); an earlier result was kept. "
        "Check the disk, or choose another place and run again.",
    ),
    "E-OUT-NOT-WRITABLE": error(
        "不能写入 {path}（{reason}）。请换一个可写的文件夹。",
        "Cannot write to {path} ({reason}). Choose a folder you may write to.",
    ),
    "E-OUT-EXISTS": error(
        "{path} 里已经有内容。请换一个新文件夹，或加 --force 用新结果替换旧结果。",
        "{path} is not empty. Choose a new folder, or add --force to replace an earlier result.",
    ),
    "E-OUT-NOT-OURS": error(
        "{path} 不是本工具的结果文件夹，--force 也不会动它。请换一个文件夹。",
        "{path} is not a result of this tool and is not touched even with --force. Choose another folder.",
    ),
    "E-VERIFY-MANIFEST": error(
        "不能核对：run.json 读不了（{reason}）。请给 sanshe run 写出的结果文件夹。",
        "Nothing to check against: run.json cannot be read ({reason}). Give a folder that sanshe run wrote.",
    ),
    "E-VERIFY-MISSING": error(
        "缺少这个文件。请从备份找回，或重新运行。",
        "The file is missing. Bring it back from a copy, or run again.",
    ),
    "E-VERIFY-CHANGED": error(
        "内容与写出时不同。请用原来的文件，或重新运行。",
        "The content is not what was written. Use the original file, or run again.",
    ),
    "E-VERIFY-EXTRA": error(
        "不是这次运行写出的。请把它移出结果文件夹。",
        "This run did not write it. Move it out of the folder of the result.",
    ),
    "E-VERIFY-INPUT": error(
        "输入与这次运行时不同：{found}。请用当时的文件核对，或重新运行。",
        "The input is not as it was at the run: {found}. Check with the files of that time, or run again.",
    ),
    "E-VIS-JS": error(
        "随 pyvis 安装的绘图脚本与预期不符（{found}）。请重新安装：pip install pyvis==0.3.2。",
        "The drawing script installed with pyvis is not the expected one ({found}). "
        "Install it again: pip install pyvis==0.3.2.",
    ),
    "E-INTERNAL": error(
        "程序出错了（{found}），没有写出任何结果。加 --debug 再运行可看到细节。",
        "The program failed ({found}) and wrote no result. Run again with --debug for details.",
    ),
}
