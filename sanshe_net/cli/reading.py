"""The options of every command that reads records, and the command that proposes a mapping file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanshe_net import terminal
from sanshe_net.cli.app import Command, common_options, example, force_option, main, takes_inputs
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.build.mapping import SheetMapping

DATE_ORDERS = ("ymd", "mdy", "dmy")


def _options(command: Command) -> Command:
    for option in (
        click.option("--delimiter", help="文本文件的分隔符 / separator of text files"),
        click.option("--encoding", help="文本文件的编码，例如 big5 / encoding of text files"),
        click.option(
            "--hidden",
            "hidden_sheets",
            type=click.Choice(["include", "skip"]),
            help="隐藏的工作表：读或不读 / hidden sheets",
        ),
        click.option(
            "--date-order",
            type=click.Choice(DATE_ORDERS),
            help="05/03/2019 这类日期的次序 / order of such dates",
        ),
        click.option(
            "--year",
            type=click.IntRange(1950, 2100),
            help="没写年份的日期是哪一年 / year of dates without one",
        ),
        click.option(
            "--mapping",
            "mapping_file",
            type=click.Path(path_type=Path),
            help="对应表文件（见 map-columns） / mapping file",
        ),
    ):
        command = option(command)
    return command


def sheet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how sheets are read; the command gets them as the keywords ``sheets``."""

    @wraps(command)
    def with_sheets(
        *args: Any,
        mapping_file: Path | None,
        year: int | None,
        date_order: str | None,
        hidden_sheets: str | None,
        encoding: str | None,
        delimiter: str | None,
        **kwargs: Any,
    ) -> Any:
        mapping = _mapping(mapping_file, year, date_order, hidden_sheets)
        sheets = {"mapping": mapping, "encoding": encoding, "delimiter": delimiter}
        return command(*args, sheets=sheets, **kwargs)

    return _options(with_sheets)


def checking_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of reading but --quarantine; the command gets one function ``check``."""

    @wraps(command)
    def with_check(*args: Any, sheets: dict[str, Any], decisions: Path | None, **kwargs: Any) -> Any:
        from sanshe_net.build.read import check_inputs

        return command(*args, check=partial(check_inputs, decisions=decisions, **sheets), **kwargs)

    option = click.option(
        "--decisions",
        type=click.Path(path_type=Path),
        help="认人决定文件（CSV，见 people） / decisions about who is who",
    )
    return sheet_options(option(with_check))


def reading_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add every option of reading; the command gets one function ``read`` that reads its inputs."""

    @wraps(command)
    def with_reader(*args: Any, check: Any, quarantine: bool, **kwargs: Any) -> Any:
        from sanshe_net.build.read import read_inputs

        read = partial(read_inputs, quarantine=quarantine, **check.keywords)
        return command(*args, read=read, **kwargs)

    option = click.option(
        "--quarantine", is_flag=True, help="把要改正的行放一边，先用其余的 / set bad rows aside and go on"
    )
    return checking_options(option(with_reader))


def _mapping(
    path: Path | None, year: int | None, date_order: str | None, hidden_sheets: str | None
) -> SheetMapping:
    from sanshe_net.build.mapping import NO_MAPPING, read_mapping

    mapping = read_mapping(path) if path is not None else NO_MAPPING
    habits: dict[str, Any] = {"year": year, "date_order": date_order}
    given = {name: value for name, value in habits.items() if value is not None}
    return replace(
        mapping,
        habits=replace(mapping.habits, **given),
        hidden_sheets=hidden_sheets or mapping.hidden_sheets,
    )


@main.command(
    name="map-columns",
    epilog=example(
        "sanshe map-columns 签到表文件夹/ -o 对应表.yaml",
        "sanshe run 签到表文件夹/ --mapping 对应表.yaml -o 结果/",
    ),
)
@takes_inputs
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="对应表文件（yaml） / mapping file"
)
@force_option
@sheet_options
@common_options
def map_columns(
    inputs: tuple[Path, ...],
    out: Path,
    force: bool,
    sheets: dict[str, Any],
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """列名和写法对应表 / Propose a mapping file.

    列出表格里需要您决定的列、记号和日期，填好后每次照用。 / Writes what must be decided about columns, marks and
    dates; fill it in once and use it every time.
    """
    from sanshe_net.build.propose import propose_mapping
    from sanshe_net.export import check_file, write_text

    check_file(out, force=force)
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        text, waiting = propose_mapping(inputs, **sheets)
    write_text(out, text)
    terminal.say_written(out, lang)
    if waiting:
        todo = Label(
            f"有 {waiting} 处等您填写（?）。填好后加 --mapping {out} 运行。",
            f"{waiting} entries wait for your answer (?). Then run with --mapping {out}.",
        )
    else:
        todo = Label("没有需要决定的。", "Nothing needs a decision.")
    click.echo(todo.text(lang))
