"""Commands about time: periods compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sanshe_net import terminal
from sanshe_net.cli.app import common_options, example, force_option, main, takes_inputs
from sanshe_net.cli.reading import reading_options
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.build.read import Reader


@main.command(
    epilog=example(
        "sanshe compare 签到表文件夹/ --every quarter", "sanshe compare 签到表文件夹/ -o 各期密度.csv"
    )
)
@takes_inputs
@reading_options
@click.option(
    "--every",
    type=click.Choice(["month", "quarter", "half", "year"]),
    help="时期长短；设置里有阶段时默认按阶段 / length of a period; by phases when the settings have them",
)
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写成 CSV / write a CSV file")
@force_option
@common_options
def compare(
    inputs: tuple[Path, ...],
    read: Reader,
    every: str | None,
    out: Path | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """各时期是否可比、有无变化 / Periods compared.

    密度连同名册、场次、人数、随机情形和检验；可比才说升降。 / Density with all it depends on; a change only with a test.
    """
    from sanshe_net.build.tie_rules import TieRule
    from sanshe_net.export import check_file, write_csv
    from sanshe_net.practice.over_time import density_over_time
    from sanshe_net.practice.over_time_wording import readable_table
    from sanshe_net.settings import read_settings

    if out is not None:
        check_file(out, force=force, suffix=".csv", inputs=inputs)
    settings = read_settings(settings_file, every=every)
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        records = read(inputs).records
        say(Label("比较各时期", "Comparing the periods"))
        found = density_over_time(
            records,
            every=settings.every,
            phases=settings.phases if settings.phases and every is None else None,
            rule=TieRule.from_settings(settings),
            draws=settings.draws,
            seed=settings.seed,
        )
    if found.windows:
        terminal.print_table(readable_table(found, lang))
    for sentence in found.explain(lang):
        click.echo(sentence)
    click.echo("")
    click.echo(found.methods(lang))
    if out is not None:
        write_csv(out, found.table)
        terminal.say_written(out, lang)
