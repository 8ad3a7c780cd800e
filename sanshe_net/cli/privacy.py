"""Commands of privacy: make a key, give a pack away, forget a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from sanshe_net import terminal
from sanshe_net.cli.app import (
    common_options,
    drawing_options,
    example,
    force_option,
    main,
    takes_inputs,
)
from sanshe_net.cli.reading import reading_options
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.build.read import Reader
    from sanshe_net.errors import Place
    from sanshe_net.settings import Settings

_PATH = click.Path(path_type=Path)


@main.group(epilog=example("sanshe key new 保密/密钥.txt"))
def key() -> None:
    """密钥 / The key that codes are made with."""


@key.command(name="new", epilog=example("sanshe key new 保密/密钥.txt"))
@click.argument("file", type=_PATH)
@common_options
def key_new(file: Path, lang: Lang, settings_file: Path | None, debug: bool) -> None:
    """新建密钥文件 / Make a key.

    只有本人能读写，不会覆盖已有文件。 / Readable by you only; never replaces a file.
    """
    from sanshe_net.privacy.keys import new_key

    made = new_key(file)
    for line in (
        Label(
            f"已写出：{file}（指纹 {made.fingerprint}）", f"Written: {file} (fingerprint {made.fingerprint})"
        ),
        Label(
            "请另存一份备份，和结果分开放。密钥丢失后，原来的编号无法重新生成。",
            "Keep a backup, apart from the results. If it is lost, the codes cannot be made again.",
        ),
    ):
        click.echo(line.text(lang))


@main.command(
    epilog=example(
        "sanshe share 签到表文件夹/ -o 给街道办/ --level partner --scope 街道办 --key 保密/密钥.txt --registry 保密/登记册.json",
        "sanshe share 签到表文件夹/ -o 公开/ --level public",
    )
)
@takes_inputs
@click.option("-o", "--out", type=_PATH, required=True, help="输出文件夹 / output folder")
@click.option(
    "--level",
    type=click.Choice(["partner", "public"]),
    required=True,
    help="partner：编号代替姓名；public：只有五人以上的组 / codes, or groups only",
)
@click.option("--key", "key_file", type=_PATH, help="密钥文件 / key file (partner)")
@click.option("--registry", type=_PATH, help="登记册 / registry (partner)")
@click.option("--new-registry", is_flag=True, help="第一次使用：新建登记册 / the first time")
@click.option("--new-codes", is_flag=True, help="接受另一把密钥，所有编号改变 / accept another key")
@click.option("--scope", help="给谁，例如 街道办 / the recipient (partner)")
@click.option("--assume-consent", help="没有同意一列时的理由 / why consent may be assumed")
@click.option("--keep-titles", is_flag=True, help="保留不含人名的活动名称 / keep titles without names")
@drawing_options
@force_option
@reading_options
@common_options
def share(
    inputs: tuple[Path, ...],
    read: Reader,
    out: Path,
    level: str,
    key_file: Path | None,
    registry: Path | None,
    new_registry: bool,
    new_codes: bool,
    scope: str | None,
    assume_consent: str | None,
    keep_titles: bool,
    title: str | None,
    seed: int | None,
    force: bool,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """对外提供的资料包 / A pack to give away.

    先去掉姓名再分析；没有同意的人不在其中。 / Names go before anything is analysed; who did not agree is not in it.
    """
    from sanshe_net.settings import read_settings
    from sanshe_net.share import Secrets, share_with_anybody, share_with_partner

    settings: Settings = read_settings(settings_file, title=title, seed=seed)

    def tell(said: Label) -> None:
        click.echo(said.text(lang))

    if level == "public":
        page = share_with_anybody(
            inputs,
            out,
            settings=settings,
            assumed_consent=assume_consent,
            read=read,
            lang=lang,
            force=force,
            tell=tell,
        )
        terminal.say_written(page, lang)
        return
    if key_file is None or registry is None or scope is None:
        raise click.UsageError("--level partner: --key, --registry, --scope 都要给 / are all needed")
    secrets = Secrets(key_file, registry, new_registry, new_codes)
    with terminal.steps(lang) as say:
        result = share_with_partner(
            inputs, out, secrets, scope, settings=settings, assumed_consent=assume_consent,
            titles=keep_titles, read=read, lang=lang, force=force, tell=tell, on_step=say,
        )  # fmt: skip
    terminal.say_written(result.report, lang)


_ROWS_SHOWN: Final = 5


def _by_file(traces: Sequence[Place]) -> Iterator[Label]:
    """Yield a line for each file and sheet that still holds somebody: how often, and the first rows."""
    rows: dict[str, list[int]] = {}
    for place in traces:
        rows.setdefault(" › ".join(part for part in (place.file, place.sheet) if part), []).append(place.row)
    for where, lines in rows.items():
        first = ", ".join(map(str, lines[:_ROWS_SHOWN])) + (" …" if len(lines) > _ROWS_SHOWN else "")
        count = len(lines)
        yield Label(f"  {where}：{count} 处（第 {first} 行）", f"  {where}: {count} (rows {first})")


@main.command(epilog=example("sanshe forget 姓名 --registry 保密/登记册.json --in 签到表文件夹/ --in 结果/"))
@click.argument("who")
@click.option("--registry", type=_PATH, required=True, help="登记册 / registry")
@click.option(
    "--in", "folders", type=_PATH, multiple=True, help="要查找的文件夹，可多次 / folders to look through"
)
@click.option("--withdrawn", type=_PATH, help="撤回登记表，默认在登记册旁边 / list of withdrawals")
@click.option("--key", "key_file", type=_PATH, help="密钥，用来查找发出的编号 / to find codes in packs")
@common_options
def forget(
    who: str,
    registry: Path,
    folders: tuple[Path, ...],
    withdrawn: Path | None,
    key_file: Path | None,
    lang: Lang,
    settings_file: Path | None,
    debug: bool,
) -> None:
    """忘记一个人 / Forget a person.

    从登记册删除，写入撤回登记表，列出仍有此人的地方；不改动任何签到表。
    / Out of the registry, onto the list of withdrawals; lists what still holds them; no sheet is changed.
    """
    from sanshe_net.forget import forget_person
    from sanshe_net.privacy.keys import read_key

    key = None if key_file is None else read_key(key_file)
    listed = withdrawn or registry.with_name("withdrawn.csv")
    done = forget_person(who, registry, withdrawn=listed, folders=folders, key=key)
    for line in (
        Label("已从登记册删除。", "Gone from the registry."),
        Label(
            f"已写入 {done.withdrawn}。以后每次运行都请把它和签到表一起给出，然后重新生成结果。",
            f"Written to {done.withdrawn}. Give it with the sheets at every run from now on, and make the results again.",
        ),
        Label(
            f"仍有此人的地方：{len(done.traces)} 处",
            f"Places that still hold this person: {len(done.traces)}",
        ),
        *(_by_file(done.traces)),
        *(Label(f"  无法查看：{path}", f"  could not be looked into: {path}") for path in done.unread),
    ):
        click.echo(line.text(lang))
