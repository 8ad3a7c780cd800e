"""Every limit of the reader from both sides: what lies at it is read, what lies beyond it is not."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from workbooks import pack, sheet, text_cell, xlsx

from sanshe_net.build import decode_text, read_files, scan_xlsx, values, workbook_guard
from sanshe_net.build.cells.lexicons import QUESTION_WORDS
from sanshe_net.build.cells.words import OTHER_WORDS
from sanshe_net.build.raw_sheets import Merge
from sanshe_net.build.read_files import read_sheets
from sanshe_net.build.read_text import MAX_CELL_CHARACTERS, read_text
from sanshe_net.build.values import LABELS, Habits, LostCell, Told, Unclear
from sanshe_net.errors import InputError, Problem


def meant(read: Callable[..., Any], cell: Any) -> Any:
    """Return what a cell means, without what is told of it, or the code of its refusal."""
    try:
        found = read(cell)
    except Unclear as unclear:
        return unclear.code
    return found.value if isinstance(found, Told) else found


def counted(read: Any) -> int:
    """Return how many spans or names a cell that tells of a list holds."""
    return len(getattr(read.value, "pieces", read.value))


def days(*lengths: int) -> str:
    """Return a list of days whose parts have these lengths (3: 、5日, 4: 、05日)."""
    return "2024-05-04" + "".join("、5日" if length == 3 else "、05日" for length in lengths)


DMY = Habits(date_order="dmy")


@pytest.mark.parametrize(
    ("read", "held", "value", "beyond", "code"),
    [
        (values.number, "¥100" + ",000" * 14, 1e44, "¥ 100" + ",000" * 14, "W-NUMBER-UNCLEAR"),
        (values.number, 10**15 - 1, 1e15 - 1, 10**15, "W-NUMBER-UNCLEAR"),
        (values.number, "9" * 15, 1e15 - 1, "9" * 16, "W-NUMBER-UNCLEAR"),
        (values.number, "1.123456", 1.123456, "1.1234567", "W-NUMBER-UNCLEAR"),
        (values.number, 0, 0.0, -1, "W-NUMBER-UNCLEAR"),
        (values.number, "999,999", 999_999.0, "9999,999", "W-NUMBER-UNCLEAR"),
        (values.amount, 10**15 - 1, 1e15 - 1, 10**15, "W-AMOUNT-UNCLEAR"),
        (values.amount, 0, 0.0, -1, "W-AMOUNT-NEGATIVE"),
        (values.amount, "¥100" + ",000" * 14, 1e44, "¥ 100" + ",000" * 14, "W-AMOUNT-UNCLEAR"),
        (values.phone, "12345", "12345", "1234", "W-PHONE-UNCLEAR"),
        (values.phone, "012345678901", "012345678901", "0123456789012", "W-PHONE-UNCLEAR"),
        (values.phone, "19900000001" + "-" * 69, "19900000001", "19900000001" + "-" * 70, "W-PHONE-UNCLEAR"),
        (values.age, 120, 120.0, 121, "E-AGE-IMPOSSIBLE"),
        (values.age, "0", 0.0, "-0.5", "E-AGE-IMPOSSIBLE"),
        (values.age, "120岁", 120.0, "120.5岁", "E-AGE-IMPOSSIBLE"),
        (values.age, "999个月", 83.0, "1000个月", "W-AGE-UNCLEAR"),
        (lambda cell: values.birth_year(cell, 2010), 1900, 1900, 1899, "E-BIRTH-IMPOSSIBLE"),
        (lambda cell: values.birth_year(cell, 2010), "2010年", 2010, "2011年", "E-BIRTH-IMPOSSIBLE"),
        (lambda cell: values.birth_year(cell, 2010), date(1900, 1, 1), 1900, date(2011, 1, 1), "E-BIRTH-IMPOSSIBLE"),
        (values.day, date(1900, 1, 1), date(1900, 1, 1), date(1899, 12, 31), "E-DATE-IMPOSSIBLE"),
        (values.day, "2100-12-31", date(2100, 12, 31), "2101-01-01", "E-DATE-IMPOSSIBLE"),
        (values.day, "20000", date(1954, 10, 3), "19999", "E-DATE-UNREADABLE"),
        (values.day, 60000, date(2064, 4, 8), 60001, "E-DATE-UNREADABLE"),
        (lambda cell: values.day(cell, DMY), "1-2-69", date(2069, 2, 1), "1-2-70", "E-DATE-IMPOSSIBLE"),
        (lambda cell: values.day(cell, DMY), "1-2-00", date(2000, 2, 1), "1-2-0", "E-DATE-IMPOSSIBLE"),
        (values.day, "2024Q4", date(2024, 10, 1), "2024Q5", "E-DATE-IMPOSSIBLE"),
        (values.day, "2024年第1季度", date(2024, 1, 1), "2024年第0季度", "E-DATE-IMPOSSIBLE"),
        (values.last_day, "2024Q4", date(2024, 12, 31), "2024Q0", "E-DATE-IMPOSSIBLE"),
        (values.last_day, "2023年2月", date(2023, 2, 28), "2023年13月", "E-DATE-IMPOSSIBLE"),
        (values.last_day, "2024年", date(2024, 12, 31), "1899年", "E-DATE-IMPOSSIBLE"),
        (lambda cell: counted(values.dates(cell)), days(4, *[3] * 62), 2, days(4, 4, *[3] * 61), "E-DATE-UNREADABLE"),
        (lambda cell: counted(values.people(cell)), "张三、" * 1332 + "欧阳小明", 1333, "张三、" * 1332 + "欧阳小明明", "Q-NAME-SUSPECT"),
        (values.text, 2**4_000 - 1, str(2**4_000 - 1), 2**4_000, "E-CELL-LONG"),
        (values.text, "_x0020_", "_x0020_", "_x001F_", "E-CONTROL-CHARACTER"),
        (values.text, "_x00A0_", "_x00A0_", "_x009F_", "E-CONTROL-CHARACTER"),
        (values.text, "_x007E_", "_x007E_", "_x007F_", "E-CONTROL-CHARACTER"),
    ],
    ids=lambda part: getattr(part, "__name__", None) or str(part)[:24],
)  # fmt: skip
def test_a_cell_is_read_up_to_its_limit_and_not_beyond(
    read: Callable[..., Any], held: Any, value: Any, beyond: Any, code: str
) -> None:
    assert meant(read, held) == value
    assert meant(read, beyond) == code


def test_a_title_of_two_hundred_characters_is_looked_into_and_a_longer_one_is_not() -> None:
    assert values.day_in_title("会" * 190 + "2024-05-04")[0] == "会" * 190
    assert values.day_in_title("会" * 191 + "2024-05-04") == ("会" * 191 + "2024-05-04", None)


def test_an_age_in_months_counts_whole_years() -> None:
    assert [values.age(f"{months}个月") for months in (0, 11, 12, 23, 24)] == [0.0, 0.0, 1.0, 1.0, 2.0]


@pytest.mark.parametrize(
    ("title", "day"),
    [("会(1.1)", (1, 1)), ("会(12.31)", (12, 31)), ("会(0.1)", None), ("会(13.1)", None), ("会(1.0)", None), ("会(1.32)", None)],
)  # fmt: skip
def test_two_numbers_of_a_title_are_a_day_of_a_year_or_none(title: str, day: tuple[int, int] | None) -> None:
    rest, spans = values.day_in_title(title, Habits(year=2024))

    assert spans == (None if day is None else (values.Span(date(2024, *day), date(2024, *day)),))
    assert rest == (title if day is None else "会")


@pytest.mark.parametrize(
    ("cell", "first", "told"),
    [
        ("138****0001、19900000001", "138****0001", ("W-PHONE-SEVERAL", "W-PHONE-MASKED")), ("19900000001、138****0001", "19900000001", ("W-PHONE-SEVERAL",)),
        ("1990000000119900000002", "19900000001", ("W-PHONE-SEVERAL",)), ("1234、19900000001", "19900000001", ("W-PHONE-SEVERAL",)), ("138****0001", "138****0001", ("W-PHONE-MASKED",)),
    ],
)  # fmt: skip
def test_of_several_phones_the_first_whole_one_counts(cell: str, first: str, told: tuple[str, ...]) -> None:
    assert values.phone(cell) == Told(first, told)


# --- the words of stations


@pytest.mark.parametrize("lexicon", sorted(OTHER_WORDS))
def test_every_other_word_leads_to_a_term_of_its_vocabulary(lexicon: str) -> None:
    assert OTHER_WORDS[lexicon].keys() <= LABELS[lexicon].keys()
    for term, words in OTHER_WORDS[lexicon].items():
        assert words.split(), term
        assert {values.word(word, lexicon) for word in words.split()} == {term}


def test_every_question_of_a_nomination_has_other_words() -> None:
    assert QUESTION_WORDS.keys() == LABELS["question"].keys()


def test_every_field_with_a_vocabulary_but_the_mode_has_other_words() -> None:
    assert LABELS.keys() - OTHER_WORDS.keys() == {"mode"}


# --- archives


def entry(name: str = "a.xml", size: int = 0, packed: int = 0) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.file_size, made.compress_size = size, packed
    return made


@pytest.mark.parametrize(
    ("held", "beyond", "found", "allowed"),
    [
        ([entry(size=300_000_000, packed=300_000_000)], [entry(size=300_600_000, packed=300_600_000)], "301 MB", "300 MB"),
        ([entry("a", 150_000_000, 10**9), entry("b", 150_000_000, 10**9)], [entry("a", 150_000_001, 10**9), entry("b", 150_000_000, 10**9)], "300 MB", "300 MB"),
        ([entry(f"{i}.xml") for i in range(2_000)], [entry(f"{i}.xml") for i in range(2_001)], "2,001", "2,000"),
        ([entry(size=20_000_000, packed=0)], [entry(size=20_000_001, packed=0)], "20000001 : 1", "200 : 1"),
        ([entry(size=20_000_200, packed=100_001)], [entry(size=20_000_200, packed=99_900)], "200 : 1", "200 : 1"),
    ],
)  # fmt: skip
def test_an_archive_may_reach_its_limits_and_not_pass_them(
    held: list[zipfile.ZipInfo], beyond: list[zipfile.ZipInfo], found: str, allowed: str
) -> None:
    workbook_guard._check_entries(held, "a.xlsx")
    with pytest.raises(InputError) as refused:
        workbook_guard._check_entries(beyond, "a.xlsx")

    assert refused.value.code == "E-WORKBOOK-SIZE"
    assert refused.value.facts == {"found": found, "allowed": allowed}


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["xl/a..b.xml", "c.xml"], None), (["/a.xml"], "E-WORKBOOK-DAMAGED"), (["a/../b.xml"], "E-WORKBOOK-DAMAGED"),
        (["a:b.xml"], "E-WORKBOOK-DAMAGED"), (["a.xml", "A.XML"], "E-WORKBOOK-DAMAGED"), (["x\\a.xml", "x/a.xml"], "E-WORKBOOK-DAMAGED"),
    ],
)  # fmt: skip
def test_names_of_an_archive_are_plain_and_stand_once(names: list[str], code: str | None) -> None:
    entries = [entry(name) for name in names]
    if code is None:
        workbook_guard._check_entries(entries, "a.xlsx")
        return
    with pytest.raises(InputError, match=code):
        workbook_guard._check_entries(entries, "a.xlsx")


def test_a_list_of_entries_ten_times_too_long_is_refused_by_its_size() -> None:
    for marks, code in ((20_000, "E-WORKBOOK-DAMAGED"), (20_001, "E-WORKBOOK-SIZE")):
        with pytest.raises(InputError) as refused:
            workbook_guard.open_archive(b"PK\x01\x02" * marks, "a.xlsx")
        assert refused.value.code == code
    assert refused.value.facts == {"found": "20,001", "allowed": "2,000"}


def test_a_sheet_may_have_five_million_cells() -> None:
    workbook_guard.check_size(1_000_000, 5, "a.xlsx")
    with pytest.raises(InputError) as refused:
        workbook_guard.check_size(5_000_001, 1, "a.xlsx")

    assert refused.value.facts["found"] == "5000001 × 1"
    assert str(refused.value.facts["allowed"]).startswith("5,000,000 ")


@pytest.mark.parametrize(
    ("held", "beyond"),
    [
        (Merge(1, 0, 1_000_000, 0), Merge(1, 0, 1_000_001, 0)), (Merge(2, 0, 500_001, 1), Merge(1, 0, 500_001, 1)),
        (Merge(1_048_576, 0, 1_048_576, 1), Merge(1_048_576, 0, 1_048_577, 0)), (Merge(1, 16_382, 1, 16_383), Merge(1, 16_383, 1, 16_384)),
        (Merge(1, 0, 1, 1), Merge(0, 0, 1, 1)), (Merge(1, 0, 2, 0), Merge(1, -1, 2, 0)),
        (Merge(3, 3, 3, 3), Merge(3, 3, 2, 3)), (Merge(3, 3, 3, 4), Merge(3, 3, 4, 2)),
    ],
)  # fmt: skip
def test_a_merge_lies_within_the_grid_and_has_a_million_cells_at_most(held: Merge, beyond: Merge) -> None:
    workbook_guard.check_merge(held, "ref", "a.xlsx")
    with pytest.raises(InputError, match="E-WORKBOOK-MERGE"):
        workbook_guard.check_merge(beyond, "ref", "a.xlsx")


def test_only_the_first_bytes_of_a_part_tell_its_encoding() -> None:
    workbook_guard._check_part(b"<" * 64 + b"\0", "a.xlsx")
    for xml in (b"<" * 63 + b"\0", b"\xff\xfe<", b"\xfe\xff<"):
        with pytest.raises(InputError) as refused:
            workbook_guard._check_part(xml, "a.xlsx")
        assert refused.value.facts["reason"] == workbook_guard.ENCODING


def test_the_reading_library_is_given_the_parts_and_nothing_else() -> None:
    parts: dict[str, str | bytes] = {
        "a.xml": "<a/>",
        "b.rels": "<b/>",
        "mimetype": "m",
        "MIMETYPE.bin": "n",
        "c.png": b"\x89",
    }

    held = workbook_guard.open_archive(pack(parts), "a.xlsx")

    assert held == {"a.xml": b"<a/>", "b.rels": b"<b/>", "mimetype": b"m"}
    with zipfile.ZipFile(workbook_guard.plain_archive(held)) as plain:
        assert {name: plain.read(name) for name in plain.namelist()} == held
        assert {info.compress_type for info in plain.infolist()} == {zipfile.ZIP_STORED}


# --- what an xlsx says beside its values


def facts_of(rows: str, before: str = "", after: str = "") -> Any:
    return scan_xlsx.scan_sheet(sheet(rows, before, after).encode(), "a.xlsx")


@pytest.mark.parametrize(
    ("attributes", "hidden"),
    [
        ('hidden="1"', True), ('hidden="true"', True), ('hidden="on"', True), ('hidden="0"', False), ('hidden="false"', False), ('hidden=""', False),
        ('ht="0"', True), ('ht="0.00"', True), ('ht="15"', False), ('ht="0.5"', False), ('ht="10"', False), ('ht="100" customHeight="1"', False),
    ],
)  # fmt: skip
def test_a_row_is_hidden_by_a_word_or_by_having_no_height(attributes: str, hidden: bool) -> None:
    facts = facts_of(
        f'<row r="7" {attributes}>{text_cell("A7", "x")}</row><row r="8">{text_cell("A8", "x")}</row>'
    )

    assert facts.hidden_rows == ({7} if hidden else set())


@pytest.mark.parametrize(
    ("attributes", "columns"),
    [
        ('min="2" max="4" hidden="1"', {1, 2, 3}), ('min="2" max="2" hidden="true"', {1}), ('min="2" max="4"', set()), ('min="0" max="1" hidden="1"', {0}),
        ('min="16384" max="99999" hidden="1"', {16_383}), ('min="3" hidden="1"', {2}), ('hidden="1"', {0}), ('min="x" max="2" hidden="1"', {0, 1}),
    ],
)  # fmt: skip
def test_hidden_columns_are_counted_from_the_first(attributes: str, columns: set[int]) -> None:
    facts = facts_of(f'<row r="1">{text_cell("A1", "x")}</row>', f"<cols><col {attributes}/></cols>")

    assert facts.hidden_columns == columns


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        ('<row r="2"><c r="C2"><f>1</f><v>1</v></c></row>', (2, 3)), ("<row><c><f>1</f><v>1</v></c></row><row><c/><c><f>1</f><v>1</v></c></row>", (2, 2)),
        ('<row r="5"><c><f>1</f><v>1</v></c><c><f>1</f><v>1</v></c></row><row><c><f>1</f><v>1</v></c></row>', (6, 2)),
        ('<row r="5"><c r="AB5"><f>1</f><v>1</v></c><c><f>1</f><v>1</v></c></row>', (5, 29)),
        ('<row r="123456789"><c><f>1</f><v>1</v></c></row>', (1, 1)),
    ],
)  # fmt: skip
def test_cells_without_an_address_follow_those_before(rows: str, size: tuple[int, int]) -> None:
    facts = facts_of(rows)

    assert (facts.rows, facts.columns) == size


@pytest.mark.parametrize(
    ("cell", "lost"),
    [
        ('<c r="B3" t="e"><v>#REF!</v></c>', LostCell("E-CELL-ERROR", "#REF!")), ('<c r="B3" t="e"><v> </v></c>', LostCell("E-CELL-ERROR", "#")),
        ('<c r="B3"><f> A1+1 </f></c>', LostCell("E-CELL-FORMULA", "=A1+1")), ('<c r="B3"><f>A1</f><v></v></c>', LostCell("E-CELL-FORMULA", "=A1")),
        ('<c r="B3" t="str"><f>A1</f></c>', LostCell("E-CELL-FORMULA", "=A1")), ('<c r="B3" t="str"><f>A1</f><v></v></c>', None),
        ('<c r="B3"><f>A1</f><v>0</v></c>', None), ('<c r="B3"><v>1</v></c>', None),
    ],
)  # fmt: skip
def test_a_cell_is_lost_where_it_stands(cell: str, lost: LostCell | None) -> None:
    facts = facts_of(f'<row r="3">{text_cell("A3", "x")}{cell}{text_cell("C3", "y")}</row>')

    assert facts.lost == ({} if lost is None else {(3, 1): lost})


@pytest.mark.parametrize(
    ("references", "merges"),
    [
        (["A1:B3"], [Merge(1, 0, 3, 1)]), (["B3:A1"], [Merge(1, 0, 3, 1)]), (["B1:A3"], [Merge(1, 0, 3, 1)]), (["C4"], []), (["C4:C4"], []),
        (["A1:A2", "aa1:ab1"], [Merge(1, 0, 2, 0), Merge(1, 26, 1, 27)]),
    ],
)  # fmt: skip
def test_merges_are_read_from_either_corner(references: list[str], merges: list[Merge]) -> None:
    listed = "".join(f'<mergeCell ref="{reference}"/>' for reference in references)
    facts = facts_of(f'<row r="1">{text_cell("A1", "x")}</row>', after=f"<mergeCells>{listed}</mergeCells>")

    assert list(facts.merges) == merges


def test_the_last_merge_that_is_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert workbook_guard.MAX_MERGES == 100_000
    monkeypatch.setattr(scan_xlsx, "MAX_MERGES", 2)
    two = '<mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/>'

    assert len(facts_of("", after=f"<mergeCells>{two}</mergeCells>").merges) == 2
    with pytest.raises(InputError) as refused:
        facts_of("", after=f'<mergeCells>{two}<mergeCell ref="C1:C2"/></mergeCells>')
    assert refused.value.facts == {"found": "2+ merges", "allowed": "2 merges"}


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("az", 52), ("BA", 53), ("XFD", 16_384)]
)
def test_letters_of_columns_count_in_26s(letters: str, number: int) -> None:
    assert scan_xlsx.column_number(letters) == number


# --- text


def misread(text: str) -> str:
    """Return UTF-8 text as Windows shows it when it is taken for its own Western encoding."""
    shown = []
    for byte in text.encode():
        try:
            shown.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:  # five bytes have no character there
            shown.append(chr(byte))
    return "".join(shown)


def test_every_byte_of_a_misread_text_is_taken_back(tmp_path: Path) -> None:
    every = "".join(map(chr, range(0x4E00, 0x4E40)))  # their last bytes are all that there can be
    text = f"姓名,活动\n{every},灯会\n"
    path = tmp_path / "a.csv"
    path.write_text(misread(text), encoding="utf-8")

    assert decode_text.decode(path.read_bytes(), "a.csv", decode_text.TWICE) == (text, "UTF-8-TWICE")
    [asked] = read_sheets([path])[1]
    assert (asked.code, asked.facts) == ("Q-ENCODING-TWICE", {"found": "utf-8-twice"})


def test_headings_are_looked_for_in_the_first_twenty_filled_lines() -> None:
    for before, found in ((19, 2), (20, 0)):
        assert decode_text.best_headings("\n\n".join(["甲"] * before + ["姓名,活动"])) == found
    assert len(decode_text.first_lines("甲\n" * 30)) == 20
    assert decode_text.first_lines(" \n" * 50_000 + "甲") == []
    assert decode_text.first_lines(" \n" * 49_999 + "甲") == ["甲"]


@pytest.mark.parametrize(
    ("content", "encoding", "code", "row"),
    [
        ("姓名\n张三".encode()[:-1], None, "E-ENCODING-CUT", 2), ("姓名\n张三".encode()[:-2], None, "E-ENCODING-CUT", 2),
        ("姓名\r\n张三\r".encode() + b"\xe5", None, "E-ENCODING-CUT", 3), ("姓名\n".encode() + b"\xff\xff\xff\xff\n", "utf-8", "E-ENCODING", 2),
        ("姓名\n张三\n".encode() + "李四,王五\n".encode("gb18030"), None, "E-ENCODING", 3), ("姓名\n上\n".encode("utf-16-le") + b"\x00\xd8\n\x00", "utf-16-le", "E-ENCODING", 3),
        ("\ufeff姓名\n张".encode() + b"\xff,", None, "E-ENCODING", 2),
    ],
)  # fmt: skip
def test_the_line_at_which_an_encoding_breaks_is_named(
    content: bytes, encoding: str | None, code: str, row: int
) -> None:
    with pytest.raises(InputError) as refused:
        decode_text.decode(content, "a.csv", encoding)

    assert (refused.value.code, refused.value.place.row) == (code, row)
    assert refused.value.facts["line"] == row


def test_a_cell_of_text_is_as_long_as_one_of_a_workbook_can_be() -> None:
    longest = "一" * 32_767
    table = read_text(f"姓名,活动\n张三,{longest}\n李四,{longest}一\n", "a.csv")

    assert MAX_CELL_CHARACTERS == 32_767
    assert [row[1] for row in table.rows[1:]] == [longest, LostCell("E-CELL-LONG", "…")]


def test_a_line_has_as_many_columns_as_a_workbook() -> None:
    assert len(read_text("姓名" + "," * 16_383, "a.csv").rows[0]) == 16_384
    with pytest.raises(InputError) as refused:
        read_text("姓名\n张三" + "," * 16_384, "a.csv")
    assert (refused.value.code, refused.value.place.row) == ("E-WORKBOOK-SIZE", 2)
    assert (getattr(refused.value.facts["found"], "en", ""), refused.value.facts["allowed"]) == (
        "16385 columns",
        "16384",
    )


@pytest.mark.parametrize(
    ("text", "rows", "lines"),
    [
        ("sep=;\n姓名;活动\n张三;灯会\n", [["姓名", "活动"], ["张三", "灯会"]], [2, 3]), ("SEP=\t\r\n姓名\t活动", [["姓名", "活动"]], [2]),
        ("姓名,活动\n\"张\n三\",灯会\n李四,灯会", [["姓名", "活动"], ["张\n三", "灯会"], ["李四", "灯会"]], [1, 2, 4]),
        ("sep=;;\n姓名,活动\n", [["sep=;;"], ["姓名", "活动"]], [1, 2]), ("姓名,活动\r张三,灯会\r\n", [["姓名", "活动"], ["张三", "灯会"]], [1, 2]),
    ],
)  # fmt: skip
def test_rows_of_text_know_the_line_they_start_on(text: str, rows: list[list[str]], lines: list[int]) -> None:
    table = read_text(text, "a.csv")

    assert (table.rows, table.lines) == (rows, lines)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("姓名,日期\n张三,2024-03-11\n李四", True), ("姓名,日期\n张三,2024-03-11\n李四\n", False), ("姓名,日期\n张三,2024-03-11\n李四,2024", False),
        ("姓名,日期\n张三\n李四", False), ("姓名,日期\n李四", False), ("甲,乙\n张三,2024-03-11\n李四", False),
    ],
)  # fmt: skip
def test_a_last_line_of_fewer_cells_than_all_others_was_cut(text: str, cut: bool) -> None:
    if not cut:
        assert len(read_text(text, "a.csv").rows) == len(text.splitlines())
        return
    with pytest.raises(InputError) as refused:
        read_text(text, "a.csv")
    assert (refused.value.code, refused.value.place.row) == ("E-ENCODING-CUT", 3)
    assert refused.value.facts == {"line": 3}


# --- files and folders


def noted(problems: list[Problem]) -> list[tuple[str, str, str, str, str]]:
    """Return code, file, sheet, outcome and the English facts of every problem."""
    return [
        (p.code, p.place.file, p.place.sheet, p.outcome, " ".join(str(getattr(f, "en", f)) for f in p.facts.values()))
        for p in problems
    ]  # fmt: skip


BOOK = xlsx(sheet(f'<row r="1">{text_cell("A1", "姓名")}{text_cell("B1", "活动")}</row>'))
TEXT = "姓名,活动\n张三,灯会\n"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", TEXT.encode(), []), ("a.txt", TEXT.encode(), []), ("a.tsv", TEXT.encode(), []), ("a.xlsx", BOOK, []), ("a.xlsm", BOOK, []), ("A.XLSX", BOOK, []),
        ("a.csv", TEXT.encode("gb18030"), [("N-ENCODING", "used", "GB18030")]), ("a.csv", BOOK, [("N-FILE-SUFFIX", "used", "workbook")]), ("a.txt", BOOK, [("N-FILE-SUFFIX", "used", "workbook")]),
        ("a.xlsx", TEXT.encode(), [("N-FILE-SUFFIX", "used", "CSV text")]), ("a.xls", TEXT.encode("gb18030"), [("N-FILE-SUFFIX", "used", "CSV text"), ("N-ENCODING", "used", "GB18030")]),
        ("~$a.xlsx", BOOK, [("N-FILE-SKIPPED", "left_out", "~$ / ._")]), ("._a.csv", TEXT.encode(), [("N-FILE-SKIPPED", "left_out", "~$ / ._")]), (".~lock.a.csv", TEXT.encode(), [("N-FILE-SKIPPED", "left_out", "~$ / ._")]),
        ("a.csv", b"", [("E-FILE-EMPTY", "quarantined", "")]), ("a.csv", b" \r\n\t\0", [("E-FILE-EMPTY", "quarantined", "")]),
    ],
    ids=lambda part: str(part)[:20],
)  # fmt: skip
def test_what_is_odd_about_a_file_is_told_of_that_file(
    tmp_path: Path, name: str, content: bytes, told: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)

    sheets, problems = read_sheets([path])

    assert noted(problems) == [(code, name, "", outcome, facts) for code, outcome, facts in told]
    assert len(sheets) == (0 if any(outcome != "used" for _, outcome, _ in told) else 1)


def test_what_a_folder_holds_beside_tables_is_listed_with_the_reason(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for name in ("a.csv", "~$b.xlsx", "c.pdf", "d", ".git/e.csv", "sub/f.csv", "out/run.json", "out/g.csv"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"姓名,活动\n张三,{name[0]}会\n", encoding="utf-8")
    (folder / "copy.csv").write_bytes((folder / "a.csv").read_bytes())

    sheets, problems = read_sheets([folder, folder / "a.csv"])

    assert [held.file for held in sheets] == ["a.csv", "sub/f.csv"]
    assert sorted(noted(problems)) == [
        ("N-FILE-SKIPPED", ".git/e.csv", "", "left_out", "~$ / ._ / .*"),
        ("N-FILE-SKIPPED", "a.csv", "", "left_out", "given twice"),
        ("N-FILE-SKIPPED", "c.pdf", "", "left_out", ".pdf"),
        ("N-FILE-SKIPPED", "d", "", "left_out", "-"),
        ("N-FILE-SKIPPED", "out", "", "left_out", "a result of ours"),
        ("N-FILE-SKIPPED", "~$b.xlsx", "", "left_out", "~$ / ._ / .*"),
        ("W-FILE-COPY", "copy.csv", "", "left_out", "a.csv"),
    ]


def test_an_empty_sheet_is_noted_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx(sheet(f'<row r="3">{text_cell("B3", "姓名")}</row>'), sheet("")))

    (held,), problems = read_sheets([path])

    assert (held.file, held.sheet, held.rows, held.lines) == (
        "a.xlsx",
        "表1",
        [[None, None]] * 2 + [[None, "姓名"]],
        [1, 2, 3],
    )
    assert noted(problems) == [("N-SHEET-EMPTY", "a.xlsx", "表2", "left_out", "")]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_files.MAX_FILE_BYTES == 200_000_000
    path = tmp_path / "a.csv"
    path.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(read_files, "MAX_FILE_BYTES", len(TEXT.encode()))
    assert read_sheets([path])[1] == []

    monkeypatch.setattr(read_files, "MAX_FILE_BYTES", len(TEXT.encode()) - 1)
    assert noted(read_sheets([path])[1]) == [("E-FILE-LARGE", "a.csv", "", "quarantined", "0 MB 0 MB")]
