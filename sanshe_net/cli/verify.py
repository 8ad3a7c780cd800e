"""The command that checks a result later: is every file as the run wrote it?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from sanshe_net.cli.app import common_options, example, main
from sanshe_net.vocabulary import Label, Lang


@main.command(epilog=example("sanshe verify 结果/", "sanshe verify 结果/ --inputs 签到表文件夹/"))
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--inputs",
    multiple=True,
    type=click.Path(path_type=Path),
    help="再核对输入，可多次 / check the inputs too, may be repeated",
)
@common_options
def verify(
    folder: Path, inputs: tuple[Path, ...], lang: Lang, settings_file: Path | None, debug: bool
) -> None:
    """核对结果有没有被改动 / Check a result.

    按 run.json 核对结果文件夹里的每个文件。 / Compares every file of a result with what run.json says.
    """
    from sanshe_net.export import verify_inputs, verify_run

    problems = verify_run(folder)
    if inputs and "E-VERIFY-MANIFEST" not in {problem.code for problem in problems}:
        problems += verify_inputs(folder, inputs)
    for problem in problems:
        click.echo(problem.line(lang), err=True)
    if problems:
        sys.exit(2)
    click.echo(Label("与写出时完全相同。", "Everything is as it was written.").text(lang))
