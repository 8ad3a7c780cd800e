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
