"""Commands that read records: check them, run everything, one measure, the leaders, the map, the demo."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sanshe_net import terminal
from sanshe_net.cli.app import common_options, drawing_options, example, force_option, main, takes_inputs
from sanshe_net.cli.graph_files import graph_input, print_graph
from sanshe_net.cli.reading import checking_options, reading_options
from sanshe_net.errors import ManyProblems, SansheError
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    import pandas as pd

    from sanshe_net.build.read import Reader
    from sanshe_net.records import Records
    from sanshe_net.settings import Settings

TOP_ROWS = 20


@main.command(epilog=example("sanshe demo -o demo"))
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="输出文件夹 / output folder",
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=2024,
    show_default=True,
    help="模拟的种子 / seed of the simulation",
)
@force_option
@common_options
def demo(out: Path, seed: int, force: bool, lang: Lang, settings_file: Path | None, debug: bool) -> None:
    """模拟社区完整演示 / A simulated community, end to end.

    生成一个模拟社区的表格并完整运行一遍。 / Writes the sheets of a made-up community and runs everything.
    """
    from sanshe_net.build.read import read_inputs
    from sanshe_net.demo import write_demo
    from sanshe_net.export import check_output

    settings = _settings(settings_file, title=_DEMO_TITLE.text(lang))
    check_output(out / "result", force=force)
    with terminal.steps(lang) as say:
        say(Label("生成模拟社区的表格", "Writing the sheets of a simulated community"))
        files = write_demo(out, seed=seed, force=force)
    click.echo(Label(f"模拟的表格：{files.records}", f"Simulated sheets: {files.records}").text(lang))
    _run((files.records,), out / "result", settings, read_inputs, lang, force)


_DEMO_TITLE = Label("青云里社区（模拟数据）", "Qingyunli community (simulated)")


@main.command(name="check", epilog=example("sanshe check 签到表文件夹/"))
@takes_inputs
@click.option("--show-names", is_flag=True, help="显示表里的姓名和电话 / show names and phones of cells")
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    help="全部问题写成工作簿（xlsx，含姓名） / write every problem to a workbook (with names)",
)
@force_option
@checking_options
@common_options
def check_sheets(
    inputs: tuple[Path, ...],
    show_names: bool,
    out: Path | None,
    force: bool,
    check: Reader,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """检查表格，列出全部问题 / Check the sheets.

    读一遍表格，列出问题；除了 -o 的工作簿，不写任何文件。 / Lists the problems; writes nothing but the workbook of -o.
    """
    from sanshe_net.build.read import is_empty
    from sanshe_net.export import check_file

    if out is not None:
        check_file(out, force=force, suffix=".xlsx", inputs=inputs)
    _settings(settings_file)  # a mistake in it should be found here, not in the run
    if (graph := graph_input(inputs)) is not None:
        print_graph(graph, lang)
        return
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        reading = check(inputs)
    records = reading.records
    terminal.print_sources(records, lang)
    terminal.print_problems(records, lang, names=show_names)
    if out is not None:
        _write_problems(out, records, lang, force)
    stopping = [problem for problem in reading.problems if problem.stops]
    if stopping:
        refusal = ManyProblems(stopping)  # printed above; only the count is left to say
        click.echo(SansheError.message(refusal, lang), err=True)
        sys.exit(refusal.exit_code)
    if is_empty(records):
        raise SansheError("E-NO-RECORDS")


def _write_problems(out: Path, records: Records, lang: Lang, force: bool) -> None:
    from sanshe_net.export import write_workbook_file
    from sanshe_net.tables import problem_table

    write_workbook_file(out, {"problems": problem_table(records)}, lang, force=force)
    terminal.say_written(out, lang)


@main.command(epilog=example("sanshe run 签到表文件夹/ -o 结果/ --title 青云里社区"))
@takes_inputs
@reading_options
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), required=True, help="输出文件夹 / output folder"
)
@drawing_options
@force_option
@common_options
def run(
    inputs: tuple[Path, ...],
    read: Reader,
    out: Path,
    title: str | None,
    seed: int | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """报告、关系图和表格 / Report, map and tables.

    读表、建网络，写出报告、关系图和全部表格。 / Reads the sheets and writes everything.
    """
    _run(inputs, out, _settings(settings_file, title=title, seed=seed), read, lang, force)


@main.command(
    epilog=example(
        "sanshe measure 签到表文件夹/ -m degree -m constraint_ego --layer membership -o 指标.csv",
        "sanshe measure 签到表文件夹/ -m density -m mean_degree --period 2024Q1",
    )
)
@takes_inputs
@reading_options
@click.option("-m", "--measure", "names", multiple=True, help="指标名，可多次 / a measure, may be repeated")
@click.option(
    "--layer",
    "layers",
    multiple=True,
    default=("co_attendance",),
    show_default=True,
    help="联系类型 / layer; all = 全部",
)
@click.option("--period", help="只用一个时段，例如 2024Q1 / one period only")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写成 CSV / write a CSV file")
@force_option
@common_options
def measure(
    inputs: tuple[Path, ...],
    read: Reader,
    names: tuple[str, ...],
    layers: tuple[str, ...],
    period: str | None,
    out: Path | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """计算网络指标 / Network measures.

    不写 -m 时计算全部个人指标 / without -m every measure of actors.
    """
    from sanshe_net.build.assemble import build_network, records_of_period
    from sanshe_net.build.tie_rules import TieRule
    from sanshe_net.export import check_file
    from sanshe_net.tables import measure_table, projection_caution

    if out is not None:
        check_file(out, force=force, suffix=".csv", inputs=inputs)
    settings = _settings(settings_file)
    if (graph := graph_input(inputs, period=period)) is not None:
        _give(measure_table(graph, names), out, lang)
        return
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        records = read(inputs).records
        say(Label("计算指标", "Measuring"))
        if period is not None:
            records = records_of_period(records, period, settings.every)
        wanted = None if "all" in layers else layers
        network = build_network(records, layers=wanted, rule=TieRule.from_settings(settings), lang=lang)
        table = measure_table(network, names)
        caution = projection_caution(network, names)
    for words in (network.rule, caution):
        if words is not None:
            click.echo(words.text(lang), err=True)
    _give(table, out, lang)


@main.command(epilog=example("sanshe leaders 签到表文件夹/ -k 10 -o 带头人.xlsx"))
@takes_inputs
@reading_options
@click.option("-k", "--top", type=click.IntRange(min=1), help="名单大约多少人 / about how many candidates")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="写成工作簿（xlsx） / write a workbook")
@force_option
@common_options
def leaders(
    inputs: tuple[Path, ...],
    read: Reader,
    top: int | None,
    out: Path | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """可能的带头人 / Possible leaders.

    证据、名次区间和出处，没有总分。 / Evidence, rank intervals and sources; no total score.
    """
    from sanshe_net.export import check_file
    from sanshe_net.pipeline import leaders_of
    from sanshe_net.tables import leader_tables, readable_shortlist

    if out is not None:
        check_file(out, force=force, suffix=".xlsx", inputs=inputs)
    settings = _settings(settings_file, shortlist_size=top)
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        records = read(inputs).records
        say(Label("比较带头人证据", "Comparing the evidence of leading"))
        found = leaders_of(records, settings, lang)
    terminal.print_table(readable_shortlist(found, lang))
    for sentence in found.explain(lang):
        click.echo(sentence)
    if out is not None:
        from sanshe_net.export import write_workbook_file

        write_workbook_file(out, leader_tables(found), lang, force=force)
        terminal.say_written(out, lang)


@main.command(name="map", epilog=example("sanshe map 签到表文件夹/ -o 关系图.html"))
@takes_inputs
@reading_options
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    default=Path("map.html"),
    show_default=True,
    help="HTML 文件 / HTML file",
)
@drawing_options
@force_option
@common_options
def draw(
    inputs: tuple[Path, ...],
    read: Reader,
    out: Path,
    title: str | None,
    seed: int | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """只画关系图 / The map only.

    一个可以离线打开的网页。 / One page that opens offline.
    """
    from sanshe_net.export import check_file, write_text
    from sanshe_net.pipeline import map_of_files

    check_file(out, force=force, suffix=".html", inputs=inputs)
    settings = _settings(settings_file, title=title, seed=seed)
    with terminal.steps(lang) as say:
        page = map_of_files(inputs, settings, read=read, lang=lang, on_step=say)
    write_text(out, page)
    terminal.say_written(out, lang)


def _settings(path: Path | None, **overrides: object) -> Settings:
    from sanshe_net.settings import read_settings

    return read_settings(path, **overrides)


def _run(
    inputs: tuple[Path, ...], out: Path, settings: Settings, read: Reader, lang: Lang, force: bool
) -> None:
    from sanshe_net.pipeline import run_community

    with terminal.steps(lang) as say:
        result = run_community(inputs, out, settings=settings, read=read, lang=lang, force=force, on_step=say)
    for line in (
        Label(f"报告：{result.report}", f"Report: {result.report}"),
        Label(f"关系图：{result.map}", f"Map:    {result.map}"),
        Label(f"表格：{out / 'tables.xlsx'}", f"Tables: {out / 'tables.xlsx'}"),
        Label(
            f"活动 {result.activities} 场，人员 {result.people} 位，联系 {result.ties} 条。",
            f"{result.activities} activities, {result.people} people, {result.ties} ties.",
        ),
    ):
        click.echo(line.text(lang))
    if result.quarantined:
        aside = Label(
            f"{result.quarantined} 行待改，未计入结果；逐行列在 issues.xlsx（“去向”一列为“待改”）。",
            f"Rows set aside and not in the results: {result.quarantined}; each is listed in issues.xlsx (outcome: to correct).",
        )
        click.echo(aside.text(lang))
    if result.problems:
        noticed = Label(
            f"读取时有 {result.problems} 条提示，见 issues.xlsx。",
            f"{result.problems} remarks while reading: see issues.xlsx.",
        )
        click.echo(noticed.text(lang))


def _give(table: pd.DataFrame, out: Path | None, lang: Lang) -> None:
    from sanshe_net.export import write_csv

    if out is None:
        terminal.print_table(table.head(TOP_ROWS).reset_index())
        if len(table) > TOP_ROWS:
            more = Label(
                f"……共 {len(table)} 行；用 -o 文件.csv 写出全部。",
                f"… {len(table)} rows in all; -o FILE.csv writes every one.",
            )
            click.echo(more.text(lang))
        return
    write_csv(out, table)
    terminal.say_written(out, lang)
