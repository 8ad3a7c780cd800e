"""What is said of a command line that cannot be understood, in the language of the run.

click says it in English only. Its English is kept; the Chinese is made from what click knows of the fault.
"""

from __future__ import annotations

import re
from typing import Any, Final

import click

from sanshe_net.vocabulary import Label, Lang


def usage_text(error: click.ClickException, lang: Lang) -> str:
    """Return what is wrong with a command line, how the command is used, and where its help is."""
    said = (_in_chinese(error) or error.format_message()) if lang == "zh" else error.format_message()
    lines = [Label(f"错误：{said}", f"Error: {said}").text(lang)]
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        help_ = f"{ctx.command_path} --help"
        pieces = " ".join([ctx.command_path, *ctx.command.collect_usage_pieces(ctx)])
        usage = (
            Label(f"用法：{pieces}", f"Usage: {pieces}"),
            Label(f"查看说明：{help_}", f"Try '{help_}' for help."),
        )
        lines = [*(line.text(lang) for line in usage), "", *lines]
    return "\n".join(lines)


def _in_chinese(error: click.ClickException) -> str | None:
    """Return the Chinese wording of a fault; ``None`` for one that click words in a way of its own."""
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}。{_maybe(error.possibilities)}"
    if isinstance(error, click.MissingParameter):
        kind = "选项" if isinstance(error.param, click.Option) else "参数"
        return f"缺少{kind} {_named(error)}。{_allowed(error.param)}"
    if isinstance(error, click.BadParameter):
        written = _WRITTEN.search(error.message)
        value = f" {written[1]} " if written is not None else ""
        return f"{_named(error)} 的值{value}不能用。{_allowed(error.param)}"
    if isinstance(error, click.BadOptionUsage):
        without = "does not take a value" in error.message
        return f"选项 {error.option_name} 后面{'不能写值' if without else '要写一个值'}。"
    for pattern, words in _OTHERS.items():
        found = re.fullmatch(pattern, error.message, re.DOTALL)
        if found is not None:
            return words.format(*found.groups()) + _maybe(getattr(error, "possibilities", None))
    return None


_WRITTEN: Final = re.compile(r"^('[^']*'|-?\d+)")
"""How click begins to say what a value is not."""
_OTHERS: Final = {
    r"No such command '?(.*?)'?\.": "没有命令 {0}。",
    r"Missing command\.": "缺少命令。",
    r"Got unexpected extra arguments? \((.*)\)": "多出的参数：{0}。",
}


def _named(error: click.BadParameter) -> str:
    """Return the parameter as it is written on the command line."""
    if isinstance(error.param, click.Option):
        return " / ".join(error.param.opts)
    return str(error.param.human_readable_name) if error.param is not None else ""


def _maybe(names: Any) -> str:
    return f"是不是 {'、'.join(names)}？" if names else ""


def _allowed(param: click.Parameter | None) -> str:
    """Return what may be written for a parameter."""
    kind = param.type if param is not None else None
    if isinstance(kind, click.Choice):
        return f"可以写：{'、'.join(map(str, kind.choices))}。"
    if isinstance(kind, click.IntRange):
        ends = [f"不小于 {kind.min}"] * (kind.min is not None) + [f"不大于 {kind.max}"] * (
            kind.max is not None
        )
        return f"可以写：{'、'.join(['整数', *ends])}。"
    return ""
