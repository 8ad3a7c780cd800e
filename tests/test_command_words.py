"""What the commands print: few lines of many problems, counts, and both languages."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from sheets import WriteSheet

from sanshe_net.cli import main
from sanshe_net.errors import EXAMPLES


def sanshe(*words: object, lang: str = "zh") -> Result:
    return CliRunner(env={"SANSHE_LANG": lang}).invoke(main, [str(word) for word in words])


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
