"""What the command line shows while it works: steps with their time, tables, what was read, what was noticed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanshe_net.errors import ALL_LISTED, Place, and_more, first_of_each
from sanshe_net.messages import STOPS
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    import pandas as pd

    from sanshe_net.records import Records


@contextmanager
def steps(lang: Lang) -> Iterator[Callable[[Label], None]]:
    """Show each step with its time while the block runs; silent when nobody is watching."""
    if not sys.stderr.isatty():
        yield lambda step: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        shown: list[Any] = []

        def say(step: Label) -> None:
            if shown:
                progress.update(shown[-1], total=1, completed=1)
            shown.append(progress.add_task(step.text(lang), total=None))

        yield say
        if shown:
            progress.update(shown[-1], total=1, completed=1)


@contextmanager
def time_left(what: Label, lang: Lang) -> Iterator[Callable[[int, int], None]]:
    """Show how much of a long computation is done and the time left; silent when nobody is watching.

    The block is given what to pass as ``on_progress``: a function of how much is done, and of how much.
    """
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(what.text(lang), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)


def print_sources(records: Records, lang: Lang) -> None:
    """Print what was read and what became of every row."""
    counts = records.sources[["rows_in", "used", "duplicate", "left_out", "quarantined"]].sum()
    total, used, duplicate, left_out, bad = (int(value) for value in counts)
    files = records.sources["file"].nunique()
    click.echo(
        Label(
            f"读了 {files} 个文件、{len(records.sources)} 张表：{total} 行 = 使用 {used} + 重复 {duplicate} + 不计 {left_out} + 待改 {bad}",
            f"Read {files} file(s), {len(records.sources)} sheet(s): {total} rows = {used} used + {duplicate} duplicate "
            f"+ {left_out} left out + {bad} to correct",
        ).text(lang)
    )
    here = Label(
        f"活动 {len(records.activities)} 场，人员 {len(records.people)} 位，组织 {len(records.organisations)} 个，签到 {len(records.attendance)} 行",
        f"{len(records.activities)} activities, {len(records.people)} people, {len(records.organisations)} bodies, "
        f"{len(records.attendance)} sign-ins",
    )
    click.echo(here.text(lang))


def print_problems(records: Records, lang: Lang, *, names: bool = False) -> None:
    """Print the first problems of each kind, of what stops a run in each file; masked unless ``names``."""
    text_of = lang if names else f"{lang}_masked"
    cut = False
    for (severity, code), rows in records.problems.groupby(["severity", "code"], sort=True):
        stops = severity in STOPS
        click.echo(f"\n[{code}] × {len(rows)}", err=stops)
        # What stops a run is settled file by file; of the rest a few show what is meant.
        shown = first_of_each(rows["file"].tolist() if stops else [code] * len(rows))
        columns = ["file", "sheet", "row", "column", "cell", text_of]
        cells = rows[columns].to_numpy()
        for i, more in shown:
            file, sheet, row, column, cell, text = cells[i]
            place = Place(file, sheet, row, column, cell.rstrip("0123456789")).text(lang)
            click.echo(f"  {place}{_colon(lang) if place else ''}{text}", err=stops)
            if more:
                cut = True
                where = f"{file}{_colon(lang)}" if stops and file else ""
                click.echo(f"  {where}{and_more(more).text(lang)}", err=stops)
    if cut:
        click.echo(f"\n{ALL_LISTED.text(lang)}")

    hidden = records.problems[lang] != records.problems[f"{lang}_masked"]
    if hidden.any() and not names:
        asks = Label(
            "表里的姓名和电话已遮住；要看原文请用 sanshe check --show-names。",
            "Names and phones of cells are masked; sanshe check --show-names shows them.",
        )
        click.echo(f"\n{asks.text(lang)}")


def print_table(table: pd.DataFrame) -> None:
    """Print a table with aligned columns, Chinese characters two wide."""
    from rich.console import Console
    from rich.table import Table

    shown = Table(show_edge=False, pad_edge=False)
    for column in table.columns:
        number = table[column].dtype.kind in "if"
        shown.add_column(str(column), justify="right" if number else "left", overflow="fold")
    for row in table.itertuples(index=False):
        shown.add_row(
            *(f"{value:g}" if isinstance(value, float) else str(value) for value in row), style=None
        )
    console = Console(markup=False, highlight=False)
    # A pipe or a file has no width: nothing may be cut there.
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=400)
    console.print(shown)


def say_written(path: Path, lang: Lang) -> None:
    """Print where a file is."""
    click.echo(Label(f"已写出：{path}", f"Written: {path}").text(lang))


def _colon(lang: Lang) -> str:
    return "：" if lang == "zh" else ": "
