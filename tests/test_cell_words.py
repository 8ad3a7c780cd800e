"""What the cells of a workbook say: words of its language, which the reader takes for what they were."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sanshe_net.build import values
from sanshe_net.build.headers import SCHEMAS
from sanshe_net.build.read import read_records
from sanshe_net.export.cell_words import OF_COLUMN, OF_TABLE, OUTCOMES, SEVERITIES, in_words
from sanshe_net.messages import MESSAGES
from sanshe_net.pipeline import run_community
from sanshe_net.settings import Settings
from sanshe_net.vocabulary import LANGUAGES, Lang

CHINESE = re.compile("[\u3400-\u9fff]")
HEAD = "姓名,活动,日期,角色,身份,团队,户籍,活动类型,主办单位,是否同意"
ROWS = [
    "张三,灯会,2024-05-04,志愿者,居民,舞蹈队,本地,节庆活动,居委会,同意",
    "李四,灯会,2024-05-04,组织者,居民,舞蹈队,外地,节庆活动,居委会,同意",
    "王五,清洁日,2024年6月,,社工,,,志愿服务,居委会,同意",
    "李四,清洁日,2024年6月,,,,,志愿服务,居委会,同意",
]
OURS = {*OF_COLUMN, *(column for _, column in OF_TABLE)} - {"by"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("sheets")
    (made / "签到.csv").write_text("\n".join([HEAD, *ROWS, ROWS[0]]) + "\n", encoding="utf-8")
    return made


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_workbook_says_what_the_csv_files_say_in_words_of_its_language(
    folder: Path, tmp_path: Path, lang: Lang
) -> None:
    run_community([folder], tmp_path / "out", settings=Settings(draws=5), lang=lang)
    books = {book: openpyxl.load_workbook(tmp_path / "out" / book) for book in ("tables.xlsx", "issues.xlsx")}
    checked = set()
    for book, name in [("tables.xlsx", name) for name in books["tables.xlsx"].sheetnames[1:]] + [
        ("issues.xlsx", "problems")
    ]:
        kept = pd.read_csv(tmp_path / "out" / "tables" / f"{name}.csv", dtype=str)
        shown = pd.DataFrame([list(row) for row in books[book][name].iter_rows(min_row=2, values_only=True)])
        for at, column in enumerate(kept.columns if len(kept) else ()):
            terms = kept[column].dropna()
            if column in OURS and not terms.str.fullmatch(r"[\d.]+").all():
                said = shown[at].dropna()
                assert len(said) == len(terms)
                assert all(bool(CHINESE.search(cell)) == (lang == "zh") for cell in said), (
                    name,
                    column,
                    set(said),
                )
                assert not any("_" in cell for cell in said)
                checked.add(column)
            if set(terms) <= {"True", "False"}:
                assert set(shown[at].dropna()) <= ({"是", "否"} if lang == "zh" else {"yes", "no"})
    assert checked >= {
        "kind",
        "role",
        "hukou",
        "consent",
        "layer",
        "severity",
        "outcome",
        "precision",
        "term",
        "table",
    }


def test_every_word_in_a_workbook_is_read_back_as_its_term() -> None:
    lexicons = {id(words): lexicon for lexicon, words in values.LABELS.items()}
    read = 0
    for words in (*OF_TABLE.values(), *OF_COLUMN.values()):
        lexicon = lexicons.get(id(words))
        for term, label in words.items() if lexicon else ():
            assert {values.word(label.text(lang), str(lexicon)) for lang in LANGUAGES} == {term}
            read += 1
    assert read > 40


def test_a_list_of_people_of_a_workbook_is_read_as_it_was(folder: Path, tmp_path: Path) -> None:
    run_community([folder], tmp_path / "out", settings=Settings(draws=5), lang="zh")
    book = openpyxl.load_workbook(tmp_path / "out" / "tables.xlsx")
    for name in set(book.sheetnames) - {"people"}:
        del book[name]
    book.save(tmp_path / "people.xlsx")

    columns = ["name", "kind", "hukou", "consent"]
    before, after = (read_records(path).people[columns] for path in (folder, tmp_path / "people.xlsx"))
    pd.testing.assert_frame_equal(before, after)


def test_every_severity_outcome_and_table_has_words() -> None:
    assert {message.severity for message in MESSAGES.values()} <= set(SEVERITIES)
    assert set(OUTCOMES) == {"used", "duplicate", "left_out", "quarantined"}
    assert set(OF_TABLE["sources", "table"]) == set(SCHEMAS)


def test_what_is_no_term_stays_as_it_is() -> None:
    table = pd.DataFrame({"kind": ["resident", "别的", None], "evidence": [1, 2, 3], "name": ["leader"] * 3})

    for lang, word in (("zh", "居民"), ("en", "resident")):
        shown = in_words("ties", table, lang)  # type: ignore[arg-type]
        assert shown["kind"].tolist()[:2] == [word, "别的"]
        assert shown["kind"].isna().tolist() == [False, False, True]
        pd.testing.assert_frame_equal(shown[["evidence", "name"]], table[["evidence", "name"]])
