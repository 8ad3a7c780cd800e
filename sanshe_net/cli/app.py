"""The command group and the options that commands share.

Nothing heavy is imported until a command runs, so that ``--help`` is immediate. Refusals are printed as one
message per problem in the chosen language; a traceback is shown only with ``--debug``.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

import click

from sanshe_net import __version__
from sanshe_net.cli.usage import usage_text
from sanshe_net.errors import SansheError
from sanshe_net.vocabulary import LANGUAGES, Label, Lang

Command = TypeVar("Command", bound=Callable[..., Any])
INTERRUPTED = 130
_HELP = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What newer versions of click raise to show the help of a group that was given no command."""


class SansheGroup(click.Group):
    """A command group that turns every refusal into a message and an exit code, in one place."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; exit 0 done, 1 fault of ours, 2 refused, 3 a decision is needed, 130 interrupted."""
        _write_utf8()
        try:
            return super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.Exit as done:
            sys.exit(done.exit_code)
        except click.ClickException as error:
            if isinstance(error, _HELP):
                error.show()
            else:
                click.echo(usage_text(error, chosen_lang()), err=True)
            sys.exit(error.exit_code)
        except (click.Abort, KeyboardInterrupt):
            click.echo(
                Label("已中断，没有写出任何结果。", "Interrupted; nothing was written.").text(chosen_lang()),
                err=True,
            )
            sys.exit(INTERRUPTED)
        except SansheError as error:
            click.echo(error.line(chosen_lang()), err=True)
            sys.exit(error.exit_code)
        except Exception as error:  # the last line of defence: never a traceback at a social worker
            if "--debug" in sys.argv:
                click.echo(_where(error), err=True)
            # Never what the fault says of itself: it may quote a cell.
            click.echo(SansheError("E-INTERNAL", found=type(error).__name__).message(chosen_lang()), err=True)
            sys.exit(1)


def _where(error: BaseException) -> str:
    """Return the way to a fault and to what caused it: lines of code and kinds of faults, no values."""
    before = error.__cause__ or error.__context__
    steps = "".join(traceback.format_tb(error.__traceback__))
    return f"{_where(before) if before else ''}Traceback:\n{steps}{type(error).__name__}\n"


def _write_utf8() -> None:
    # A Chinese Windows console may be GBK, which cannot print everything a sheet can hold.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def chosen_lang() -> Lang:
    """Return the language asked for on the command line, else ``SANSHE_LANG``, else Chinese.

    A terminal that cannot show Chinese gets English, unless Chinese was asked for.
    """
    words = sys.argv[1:]
    given = [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    given += [after for word, after in pairwise(words) if word == "--lang"]
    chosen = (given or [os.environ.get("SANSHE_LANG") or ("zh" if _shows_chinese() else "en")])[-1]
    return "en" if chosen == "en" else "zh"


def _shows_chinese() -> bool:
    try:
        for stream in (sys.stdout, sys.stderr):
            "签到".encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def example(*lines: str) -> str:
    """Return the end of a command's help, its lines kept as they are."""
    return "\n".join(["\b", "例 / Example:", *(f"  {line}" for line in lines)])


def takes_inputs(command: Command) -> Command:
    """Add the argument INPUTS: files and folders of records."""
    return click.argument("inputs", nargs=-1, required=True, type=click.Path(path_type=Path))(command)


def common_options(command: Command) -> Command:
    """Add the options that every command has."""
    for option in (
        click.option("--debug", is_flag=True, help="出错时显示细节 / show details of a failure"),
        click.option(
            "--lang",
            type=click.Choice(LANGUAGES),
            default=chosen_lang,
            show_default="zh",
            help="语言 / language",
        ),
        click.option(
            "--settings",
            "settings_file",
            type=click.Path(path_type=Path),
            help="设置文件（TOML） / settings file",
        ),
    ):
        command = option(command)
    return command


def drawing_options(command: Command) -> Command:
    """Add the options of commands that draw."""
    for option in (
        click.option("--seed", type=click.IntRange(min=0), help="随机种子 / random seed"),
        click.option("--title", help="社区名称，写在报告和图上 / name shown on the report and the map"),
    ):
        command = option(command)
    return command


force_option = click.option("--force", is_flag=True, help="替换上一次的结果 / replace an earlier result")


@click.group(
    cls=SansheGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=example("sanshe demo -o demo", "sanshe check 签到表文件夹/", "sanshe run 签到表文件夹/ -o 结果/"),
)
@click.version_option(__version__, prog_name="sanshe")
def main() -> None:
    """从签到表到社区关系图 / From sign-in sheets to a community network."""
