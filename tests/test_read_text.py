"""Text tables: what shows how it is written is read, what does not is asked, and an answer is taken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build.read import read_records
from sanshe_net.build.read_files import read_sheets
from sanshe_net.build.read_text import read_text
from sanshe_net.errors import InputError, ManyProblems, Problem, SettingsError

FOLDER = Path(__file__).parent / "badinputs"
TEXT = "姓名,活动,日期\n张三,灯会,2024-02-24\n李四,灯会,2024-02-24\n"


def cells(path: Path, encoding: str | None = None, delimiter: str | None = None) -> list[list[object]]:
    (sheet,), problems = read_sheets([path], encoding=encoding, delimiter=delimiter)
    assert problems == []
    return [list(row) for row in sheet.rows]


def problem(path: Path, encoding: str | None = None, delimiter: str | None = None) -> Problem:
    sheets, (found,) = read_sheets([path], encoding=encoding, delimiter=delimiter)
    assert sheets == []
    return found


EXPECTED = [line.split(",") for line in TEXT.splitlines()]


# --- encoding


@pytest.mark.parametrize("encoding", ["big5", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_only_the_headings_betray_is_asked_and_the_answer_taken(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.translate(str.maketrans("张灯会动", "張燈會動")).encode(encoding))

    asked = problem(path)

    assert (asked.code, asked.severity) == ("Q-ENCODING", "question")
    assert f"--encoding {encoding}" in asked.wording.en
    assert cells(path, encoding)[1] == ["張三", "燈會", "2024-02-24"]


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252", "gb18030"])
def test_text_encoded_twice_is_asked_and_can_be_undone(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "a.csv"
    # The characters of these words survive each of the wrong decodings.
    text = "姓名,活动\n卡卡,义卖\n" if wrong == "latin-1" else "姓名,活动\n"
    path.write_text(text.encode().decode(wrong, "replace"), encoding="utf-8")

    asked = problem(path)

    assert asked.code == "Q-ENCODING-TWICE"
    assert "--encoding utf-8-twice" in asked.wording.en
    if wrong == "latin-1":
        assert cells(path, "utf-8-twice")[1] == ["卡卡", "义卖"]


def test_what_was_not_encoded_twice_cannot_be_undone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,𠮷é\n", encoding="utf-8")

    assert problem(path, "utf-8-twice").code == "E-ENCODING-TWICE"


def test_questions_alone_end_with_the_code_of_a_decision() -> None:
    for name in ("big5.csv", "mojibake.csv", "fullwidth_comma.csv"):
        with pytest.raises(ManyProblems) as asked:
            read_records(FOLDER / name)
        assert (asked.value.code, asked.value.exit_code) == ("Q-MANY", 3)


@pytest.mark.parametrize("encoding", ["utf-8", "UTF8", "gbk", "utf-16", "utf-8-sig"])
def test_a_named_encoding_is_used_with_or_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode(encoding))

    assert cells(path, encoding) == EXPECTED


@pytest.mark.parametrize("encoding", ["klingon", "rot13", "hex", ""])
def test_an_encoding_that_does_not_exist_is_refused(tmp_path: Path, encoding: str) -> None:
    with pytest.raises(SettingsError, match="E-ENCODING-UNKNOWN"):
        read_sheets([], encoding=encoding)


def test_a_wrong_byte_in_a_named_encoding_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,活动\n上海,下\n".encode("utf-16-le") + b"\x00\xd8,\x00" + "\n".encode("utf-16-le"))

    found = problem(path, "utf-16-le")

    assert (found.code, found.place.row) == ("E-ENCODING", 3)


def test_unicode_text_of_excel_is_read(tmp_path: Path) -> None:
    path = tmp_path / "签到.txt"
    path.write_bytes(TEXT.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"))

    assert cells(path) == EXPECTED


def test_a_text_that_no_encoding_explains_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("甲,乙\n丙,丁\n".encode("gb18030"))

    (sheet,), _ = read_sheets([path])

    assert sheet.rows == [["甲", "乙"], ["丙", "丁"]]


# --- separators


@pytest.mark.parametrize("mark", ["，", "、", "；"])
def test_a_mark_that_stands_within_cells_is_asked_and_the_answer_taken(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", mark), encoding="utf-8")

    asked = problem(path)

    assert (asked.code, asked.severity) == ("Q-DELIMITER", "question")
    assert f"--delimiter {mark}" in asked.wording.en
    assert cells(path, delimiter=mark) == EXPECTED


@pytest.mark.parametrize("name", ["tab", "\\t", "\t", "TAB"])
def test_a_tab_has_a_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TEXT.replace(",", "\t"), encoding="utf-8")

    assert cells(path, delimiter=name) == EXPECTED


@pytest.mark.parametrize("mark", ["", ",,", '"', "\n", " "])
def test_what_cannot_separate_is_refused(mark: str) -> None:
    with pytest.raises(SettingsError, match="E-DELIMITER"):
        read_sheets([], delimiter=mark)


# --- rows


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('姓名,活动\n"张三,灯会\n李四,灯会\n', 2), ('姓名,活动\n"张\n三","灯会\n李四,灯会\n', 3),
        ('姓名,活动\n"张""三","灯\n""会","x\n李四', 3), ('sep=,\n姓名,活动\n"张三,灯会\n', 3), ('姓名,活动\n"张"三,灯会\n', 2),
        ('姓名,活动\n"张"三,灯会\n李四,灯会\n', 2), ('姓名,活动\n李四,"灯\n会","x\n王五,茶会\n', 3),
    ],
)  # fmt: skip
def test_a_quotation_mark_is_named_by_the_line_where_it_opens(text: str, line: int) -> None:
    with pytest.raises(InputError, match="E-CSV-QUOTE") as refused:
        read_text(text, "a.csv")

    assert refused.value.place.row == line


def test_a_file_that_ends_within_its_last_row_is_refused() -> None:
    with pytest.raises(InputError, match="E-ENCODING-CUT") as refused:
        read_text(TEXT + "王五,灯", "a.csv")

    assert refused.value.place.row == 4
    for whole in (TEXT.rstrip("\n"), TEXT + "王五,灯\n", "姓名,活动\n张三", "甲,乙,丙\n丁,戊,己\n庚"):
        assert read_text(whole, "a.csv").rows


@given(st.text('姓名,，;\t|"\n\r活动a= \0\ufeff', max_size=60), st.sampled_from([None, ",", "，"]))
def test_any_text_is_read_or_refused(text: str, delimiter: str | None) -> None:
    from sanshe_net.errors import SansheError

    try:
        sheet = read_text(text, "a.csv", delimiter)
    except SansheError as refused:
        refused.message("zh")
    else:
        assert len(sheet.rows) == len(sheet.lines)
        assert sheet.lines == sorted(set(sheet.lines))


def test_the_quotation_mark_that_is_never_closed_is_named_not_one_before_it() -> None:
    text = '姓名,活动\n"张三",灯会\n李四,"灯\n会"\n王五,茶会\n赵六,"灯会\n'

    with pytest.raises(InputError, match="E-CSV-QUOTE") as refused:
        read_text(text, "a.csv")
    assert refused.value.place.row == 6


def test_the_shortest_table_that_can_be_seen_to_break_off_has_two_rows() -> None:
    with pytest.raises(InputError, match="E-ENCODING-CUT"):
        read_text("姓名,活动,日期\n张三,灯会,2024-05-04\n李四,灯", "a.csv")
    assert len(read_text("姓名,活动,日期\n张三,灯", "a.csv").rows) == 2
