"""What the commands print: few lines of many problems, counts, and both languages."""

from __future__ import annotations

import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sheets import WriteSheet

from sanshe_net.cli import main
from sanshe_net.errors import EXAMPLES


def sanshe(*words: object, lang: str = "zh") -> Result:
    return CliRunner(env={"SANSHE_LANG": lang}).invoke(
        main, [str(word) for word in words], prog_name="sanshe"
    )


@pytest.fixture
def bad_sheet(write_sheet: WriteSheet) -> Path:
    """A sheet of 400 rows, each with a date that there is not."""
    head = [["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]]
    return write_sheet("a.csv", [*head, *([f"王{i}", "灯会", "2024-13-45"] for i in range(400))])


@pytest.mark.parametrize("command", ["check", "run"])
@pytest.mark.parametrize(
    ("lang", "more"), [("zh", f"还有 {400 - EXAMPLES} 处"), ("en", f"{400 - EXAMPLES} more of this kind")]
)
def test_a_bad_workbook_is_told_in_few_lines(
    bad_sheet: Path, tmp_path: Path, command: str, lang: str, more: str
) -> None:
    given = ["-o", tmp_path / "out"] if command == "run" else []
    done = sanshe(command, bad_sheet, *given, lang=lang)

    assert done.exit_code == 2
    assert len(done.output.splitlines()) < 20
    assert more in done.output
    assert "400" in done.output
    assert "sanshe check" in done.output  # that lists all of them


def test_check_writes_every_problem_when_asked(bad_sheet: Path, tmp_path: Path) -> None:
    out = tmp_path / "all.xlsx"
    done = sanshe("check", bad_sheet, "-o", out)

    assert done.exit_code == 2  # what is written does not make the sheet good
    assert str(out) in done.output
    assert openpyxl.load_workbook(out)["problems"].max_row == 1 + 400
    assert "E-OUT-FILE-EXISTS" in sanshe("check", bad_sheet, "-o", out).output
    assert sanshe("check", bad_sheet, "-o", out, "--force").exit_code == 2


def test_check_never_writes_over_a_sheet(write_sheet: WriteSheet) -> None:
    sheet = write_sheet("a.xlsx", [["姓名", "活动", "日期"], ["张三", "灯会", "2024-05-04"]])
    before = sheet.read_bytes()

    assert sanshe("check", sheet, "-o", sheet, "--force").exit_code == 2
    assert sheet.read_bytes() == before


# --- a command line that cannot be understood


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["run", "a", "-o", "b", "--forse"], ["没有选项 --forse", "--force"], "No such option"),
        (["run", "-o", "b"], ["缺少参数 INPUTS"], "Missing argument"),
        (["run", "a"], ["缺少选项 -o / --out"], "Missing option"),
        (["run", "a", "-o", "b", "--lang", "fr"], ["--lang 的值 'fr' 不能用", "zh、en"], "is not one of"),
        (["run", "a", "-o", "b", "--year", "12"], ["--year 的值 12 不能用", "不小于 1950、不大于 2100"], "range"),
        (["run", "a", "-o", "b", "--year", "x"], ["--year 的值 'x' 不能用", "整数"], "valid integer"),
        (["run", "a", "-o"], ["选项 -o 后面要写一个值"], "requires an argument"),
        (["run", "a", "-o", "b", "--force=1"], ["选项 --force 后面不能写值"], "does not take a value"),
        (["verify", "a", "--nope"], ["没有选项 --nope"], "No such option"),
        (["chek"], ["没有命令 chek"], "No such command"),
        (["key", "new", "a", "b"], ["多出的参数：b"], "unexpected extra argument"),
        (["share", "a", "-o", "b", "--level", "partner"], ["都要给"], "are all needed"),
    ],
)  # fmt: skip
def test_a_command_line_that_cannot_be_understood_is_told_in_the_language_of_the_run(
    words: list[str], zh: list[str], en: str
) -> None:
    told = sanshe(*words, lang="zh")
    assert told.exit_code == 2
    assert all(part in told.stderr for part in [*zh, "错误："])
    assert "Error" not in told.stderr
    assert "Try" not in told.stderr

    told = sanshe(*words, lang="en")
    assert told.exit_code == 2
    assert all(part in told.stderr for part in [en, "Error: "])
    assert "错误" not in told.stderr


def test_the_language_asked_for_on_the_command_line_is_that_of_its_faults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for lang, word in (("zh", "缺少参数"), ("en", "Missing argument")):
        monkeypatch.setattr(sys, "argv", ["sanshe", "check", "--lang", lang])
        assert word in sanshe("check", "--lang", lang, lang="en" if lang == "zh" else "zh").stderr


def test_how_a_command_is_used_stands_above_its_fault() -> None:
    for lang, use in (
        ("zh", "用法：sanshe run [OPTIONS] INPUTS..."),
        ("en", "Usage: sanshe run [OPTIONS] INPUTS..."),
    ):
        told = sanshe("run", "-o", "b", lang=lang).stderr
        assert told.startswith(use)
        assert "sanshe run --help" in told


def test_without_a_command_the_help_is_shown() -> None:
    for words in ([], ["key"], ["people"]):
        told = sanshe(*words)
        assert "Commands:" in told.output
        assert "错误" not in told.output
