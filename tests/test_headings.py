"""What stands above the columns of a workbook: words of its language, the right ones, never one twice."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sanshe_net.build.read import read_records
from sanshe_net.export import write_workbook_file
from sanshe_net.export.headings import OF_COLUMN, OF_TABLE, heading
from sanshe_net.pipeline import leaders_of, run_community
from sanshe_net.records import INDEX_NAMES, PROBLEM_COLUMNS, SOURCE_COLUMNS, TABLES
from sanshe_net.settings import Settings
from sanshe_net.share import share_with_anybody
from sanshe_net.tables import leader_tables
from sanshe_net.vocabulary import LANGUAGES, Label, Lang

CHINESE = re.compile("[\u3400-\u9fff]")
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫"


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sign-ins of twelve residents of two buildings and a list of bodies; one row that cannot be used."""
    folder = tmp_path_factory.mktemp("sheets")
    rows = [
        f"{name}一,{at % 2 + 1}栋,合唱{week},2024-01-0{week + 1}"
        for week in range(3)
        for at, name in enumerate(SURNAMES)
    ]
    text = "\n".join(["姓名,楼栋,活动,日期", *rows, rows[0]]) + "\n"
    (folder / "签到.csv").write_text(text, encoding="utf-8")
    return folder


def headings(book: Path) -> dict[str, list[str]]:
    return {
        sheet.title: [str(cell.value) for cell in sheet[1] if cell.value]
        for sheet in openpyxl.load_workbook(book).worksheets
    }


def books(sheets: Path, out: Path, lang: Lang) -> dict[str, dict[str, list[str]]]:
    """Return the headings of every workbook that can be written."""
    settings = Settings(draws=5)
    run_community([sheets], out / "run", settings=settings, lang=lang)
    share_with_anybody([sheets], out / "public", assumed_consent="登记时口头同意", lang=lang)
    found = leaders_of(read_records([sheets]), settings)
    write_workbook_file(out / "leaders.xlsx", leader_tables(found), lang)
    names = ("run/tables.xlsx", "run/issues.xlsx", "public/tables.xlsx", "leaders.xlsx")
    return {name: headings(out / name) for name in names}


def test_no_heading_of_a_chinese_workbook_is_english(sheets: Path, tmp_path: Path) -> None:
    made = books(sheets, tmp_path, "zh")
    assert {"people", "attendance", "problems"} <= set(made["run/tables.xlsx"])
    english = [
        (book, sheet, word)
        for book, held in made.items()
        for sheet, words in held.items()
        for word in words
        if not CHINESE.search(word)
    ]
    assert not english


def test_no_heading_of_an_english_workbook_is_chinese_or_a_term(sheets: Path, tmp_path: Path) -> None:
    for book, held in books(sheets, tmp_path, "en").items():
        for sheet, words in held.items():
            assert not [word for word in words if CHINESE.search(word) or "_" in word], (book, sheet)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_columns_of_a_table_have_one_heading(lang: Lang) -> None:
    tables: dict[str, tuple[str, ...]] = {
        name: (*columns, "file", "sheet", "row") for name, columns in TABLES.items()
    }
    tables |= {"problems": PROBLEM_COLUMNS[:-2], "sources": SOURCE_COLUMNS}  # the masked ones are not written
    for name, columns in tables.items():
        shown = (INDEX_NAMES[name], *columns) if name in INDEX_NAMES else columns
        words = [heading(name, column, lang) for column in shown]
        assert len(set(words)) == len(words), (name, words)


def test_one_word_of_the_code_has_the_right_heading_in_each_table() -> None:
    assert heading("people", "name", "zh") == "姓名"
    assert heading("organisations", "name", "zh") == "名称"
    assert heading("activities", "title", "zh") == "活动"
    assert heading("issues", "title", "zh") == "议题"


def test_every_heading_is_said_in_two_languages() -> None:
    for words in (*OF_TABLE.values(), *OF_COLUMN.values()):
        assert CHINESE.search(words.zh), words
        assert not CHINESE.search(words.en), words


def test_two_columns_under_one_heading_keep_their_own_cells(tmp_path: Path) -> None:
    table = pd.DataFrame({"measure": ["a"], "term": ["b"]})
    write_workbook_file(tmp_path / "a.xlsx", {"t": (Label("表", "t"), table)}, "zh")
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    assert [cell.value for cell in sheet[1]] == ["指标", "指标"]
    assert [cell.value for cell in sheet[2]] == ["a", "b"]
