"""Commands about who is who: look at pairs, take over decisions, undo them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sanshe_net import terminal
from sanshe_net.cli.app import common_options, example, force_option, main, takes_inputs
from sanshe_net.cli.reading import reading_options, sheet_options
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.build.read import Reader

_FILE = click.Path(path_type=Path)


@main.group(epilog=example("sanshe people review 签到表文件夹/ -o 待认.xlsx"))
def people() -> None:
    """认人：谁和谁是同一个 / Who is who."""


@people.command(
    epilog=example(
        "sanshe people review 签到表文件夹/ -o 待认.xlsx",
        "sanshe people apply 签到表文件夹/ --review 待认.xlsx --decisions 认人决定.csv",
        "sanshe run 签到表文件夹/ -o 结果/ --decisions 认人决定.csv",
    )
)
@takes_inputs
@click.option("-o", "--out", type=_FILE, required=True, help="工作簿（xlsx） / workbook")
@force_option
@reading_options
@common_options
def review(
    inputs: tuple[Path, ...],
    out: Path,
    force: bool,
    read: Reader,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """写出待认表 / Write the pairs to decide.

    列出可能是同一个的人、组织和活动，写明理由和合并的影响；不合并任何人。 / Lists pairs with reasons and effect; joins nobody.
    """
    from sanshe_net.build.suggest_names import suggest_pairs
    from sanshe_net.build.tie_rules import TieRule
    from sanshe_net.export import check_file
    from sanshe_net.practice.who_is_who import effects
    from sanshe_net.review import review_table, write_review
    from sanshe_net.settings import read_settings

    check_file(out, force=force)
    settings = read_settings(settings_file)
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        reading = read(inputs)
        records, known = reading.records, reading.people
        say(Label("比较姓名", "Comparing names"))
        pairs = suggest_pairs(records, known)
        say(Label("计算合并的影响", "Working out what joining would change"))
        changes = effects(
            records,
            pairs,
            top_k=settings.shortlist_size,
            newcomer_days=settings.newcomer_days,
            rule=TieRule.from_settings(settings),
        )
        write_review(out, review_table(records, known, pairs, changes, lang), lang, force=force)
    found = Label(
        f"{len(pairs)} 对待认（内部文件，含姓名和电话）。",
        f"{len(pairs)} pairs to decide (internal: names and phones).",
    )
    click.echo(found.text(lang))
    terminal.say_written(out, lang)


@people.command(
    epilog=example("sanshe people apply 签到表文件夹/ --review 待认.xlsx --decisions 认人决定.csv")
)
@takes_inputs
@click.option(
    "--review", "answers", type=_FILE, required=True, help="填好的待认表 / the filled review workbook"
)
@click.option(
    "--decisions",
    type=_FILE,
    required=True,
    help="认人决定（CSV），没有就新建 / decisions file, made if missing",
)
@click.option("--by", default="", help="谁决定的 / who decided")
@sheet_options
@common_options
def apply(
    inputs: tuple[Path, ...],
    answers: Path,
    decisions: Path,
    by: str,
    sheets: dict[str, Any],
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """把待认表里的决定记下来 / Take over decisions.

    全部查过才写；有一处不对就什么也不写。 / Checked as a whole; one fault and nothing is written.
    """
    from dataclasses import replace
    from datetime import date

    from sanshe_net.build.decisions import NO_CHOICES, checked, decision_table, read_decisions, updated
    from sanshe_net.build.read import read_inputs
    from sanshe_net.export import write_csv
    from sanshe_net.review import read_answers

    held = read_decisions(decisions) if decisions.is_file() else NO_CHOICES
    with terminal.steps(lang) as say:
        say(Label("读取记录", "Reading the records"))
        used = decisions if decisions.is_file() else None
        reading = read_inputs(inputs, decisions=used, **sheets)
        records, known = reading.records, reading.people
        given = read_answers(answers, known, records, date.today().isoformat())
        after = checked(updated(held.every, [replace(one, by=by) for one in given]), str(decisions))
        write_csv(decisions, decision_table(after))
    done = Label(
        f"记下 {len(given)} 条，文件里共 {len(after)} 条。",
        f"{len(given)} taken over, {len(after)} in the file.",
    )
    click.echo(done.text(lang))
    terminal.say_written(decisions, lang)


@people.command(epilog=example("sanshe people undo --decisions 认人决定.csv --line 3"))
@click.option("--decisions", type=_FILE, required=True, help="认人决定（CSV） / decisions file")
@click.option(
    "--line",
    "lines",
    type=int,
    multiple=True,
    required=True,
    help="文件里的行号，可多次 / line in the file, may be repeated",
)
@common_options
def undo(
    decisions: Path, lines: tuple[int, ...], lang: Lang, settings_file: Path | None, debug: bool
) -> None:
    """撤销决定 / Undo decisions.

    去掉的决定不再起作用，结果与从未合并时相同。 / As if they had never been taken.
    """
    from sanshe_net.build.decisions import decision_table, read_decisions, undone
    from sanshe_net.export import write_csv

    after = undone(read_decisions(decisions).every, lines, str(decisions))
    write_csv(decisions, decision_table(after))
    click.echo(
        Label(f"已撤销；文件里还有 {len(after)} 条。", f"Undone; {len(after)} left in the file.").text(lang)
    )
