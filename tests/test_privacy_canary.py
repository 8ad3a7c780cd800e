"""Marked names, phones, numbers and addresses in every place of the sheets; none comes out in a pack."""

from __future__ import annotations

import base64
import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from canaries import NEEDLES, marks_in, marks_in_folder, write_marked_sheets

from sanshe_net.cli import main

FEW_DRAWS = "draws = 20\n"


@dataclass(frozen=True)
class Packs:
    folder: Path
    said: dict[str, str]


def sanshe(*args: object) -> tuple[int, str]:
    """Run a command in this process; return its exit code and all that it printed."""
    words, printed = [*map(str, args)], io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["sanshe", *words])
        patch.setattr(sys, "stdout", printed)
        patch.setattr(sys, "stderr", printed)
        try:
            main(words)
        except SystemExit as done:
            return int(done.code or 0), printed.getvalue()
    return 0, printed.getvalue()


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> Packs:
    folder = tmp_path_factory.mktemp("canary")
    sheets = write_marked_sheets(folder / "签到")
    (folder / "设置.toml").write_text(FEW_DRAWS, encoding="utf-8")
    key, registry = folder / "密钥.txt", folder / "登记册.json"
    settings = ("--settings", folder / "设置.toml")
    title = ("--title", "甄雀子的社区")
    secret = ("--key", key, "--registry", registry, "--new-registry", "--scope", "街道办")
    commands = {
        "key": ("key", "new", key),
        "internal": ("run", sheets, "-o", folder / "internal", *settings, *title),
        "partner": ("share", sheets, "-o", folder / "partner", "--level", "partner", *secret, *settings, *title),
        "titles": (
            "share", sheets, "-o", folder / "titles", "--level", "partner", "--keep-titles", "--lang", "en",
            *secret, *settings,
        ),
        "public": ("share", sheets, "-o", folder / "public", "--level", "public", *settings, *title),
    }  # fmt: skip
    said = {}
    for name, command in commands.items():
        code, said[name] = sanshe(*command)
        assert code == 0, said[name]
    return Packs(folder, said)


@pytest.mark.parametrize("level", ["partner", "titles", "public"])
def test_no_mark_is_in_any_byte_of_a_pack_or_of_what_was_printed(packs: Packs, level: str) -> None:
    assert (packs.folder / level / "report.html").is_file()
    assert marks_in_folder(packs.folder / level) == []
    assert marks_in("printed", packs.said[level].encode()) == []


def test_the_search_finds_every_kind_of_name_in_results_for_internal_use(packs: Packs) -> None:
    found = marks_in_folder(packs.folder / "internal")

    assert {mark.split(":")[0].split("!")[0] for mark in found} >= {
        "report.html", "map.html", "tables.xlsx", "network.graphml", "run.json", "tables/people.csv",
    }  # fmt: skip
    assert any(mark.endswith("zhenque") for mark in found)  # the map can be searched by pinyin


@pytest.mark.parametrize("needle", NEEDLES)
@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("gb18030"),
        lambda text: json.dumps(text).encode(),
        lambda text: b"".join(b"&#%d;" % ord(c) for c in text),
        lambda text: base64.b64encode(("x" + text + "!").encode()),
        lambda text: base64.b64encode(("xy" + text).encode("utf-16-le")),
    ],
)
def test_the_search_sees_through_every_writing(needle: str, hide) -> None:  # type: ignore[no-untyped-def]
    assert marks_in("file", b"before " + hide(needle) + b" after") != []
    assert marks_in("file", b"before after") == []


def test_the_packs_hold_neither_the_key_nor_the_ids_of_the_registry(packs: Packs) -> None:
    secret = (packs.folder / "密钥.txt").read_text().split("\n")[1]
    people = json.loads((packs.folder / "登记册.json").read_text(encoding="utf-8"))["people"]
    hidden = [secret.encode(), *(person["id"].encode() for person in people)]

    for level in ("partner", "titles", "public"):
        for path in (packs.folder / level).rglob("*"):
            assert path.is_dir() or not any(text in path.read_bytes() for text in hidden)
    assert secret not in "".join(packs.said.values())


def test_a_refusal_quotes_nothing_from_the_sheets(tmp_path: Path) -> None:
    sheet = tmp_path / "签到.csv"
    sheet.write_text("姓名,活动,日期\n甄雀子,晨练,2024-02-30\n甄雀丑,晨练,甄雀\n", encoding="utf-8")

    code, printed = sanshe("share", sheet, "-o", tmp_path / "out", "--level", "public")

    assert code == 2
    assert "E-SHARE-READ" in printed
    assert marks_in("printed", printed.encode()) == []
    assert not (tmp_path / "out").exists()


def test_every_page_of_a_pack_says_what_it_is(packs: Packs) -> None:
    for page in ("report.html", "map.html"):
        partner = (packs.folder / "partner" / page).read_text(encoding="utf-8")
        public = (packs.folder / "public" / page).read_text(encoding="utf-8")
        assert "去标识化资料" in partner
        assert "仅供街道办使用" in partner
        assert "可以被知道其联系的人认出来" in partner
        assert "内部资料" not in partner
        assert "分组数据" in public
