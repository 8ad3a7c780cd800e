"""From bytes to cells: what is in the file decides, and a file that cannot be read says why and where."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from sheets import WriteSheet, codes, told

from sanshe_net.build import workbook_guard
from sanshe_net.build.decode_text import decode
from sanshe_net.build.read import read_records
from sanshe_net.build.read_files import input_files, read_sheets
from sanshe_net.errors import InputError, ManyProblems, SansheError

HEADER = "姓名,活动,日期"
TEXT = f"{HEADER}\n张三,灯会,2024-02-24\n𠮷野,灯会,2024-02-24\n"
BARE = "\r\n".join(TEXT.split("\n"))


def refusal(path: Path) -> tuple[str, int]:
    with pytest.raises(ManyProblems) as refused:
        read_records(path)
    assert len(refused.value.problems) == 1
    return refused.value.problems[0].code, refused.value.problems[0].place.row


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le-bom", "utf-16-be-bom"]
)
def test_every_encoding_of_a_station_gives_the_same_names(write_sheet: WriteSheet, encoding: str) -> None:
    if encoding.endswith("-bom"):
        content = ("\ufeff" + TEXT).encode(encoding.removesuffix("-bom"))
    else:
        content = TEXT.encode(encoding)

    names = read_records(write_sheet("a.csv", content)).people["name"]

    assert sorted(names) == ["张三", "𠮷野"]


@given(st.text("张王李赵龘𠮷镕a1 ", min_size=1).filter(lambda text: not text.isascii()))
def test_text_is_decoded_as_it_was_encoded(text: str) -> None:
    assert decode(text.encode("utf-8"), "f") == (text, "UTF-8")
    assert decode((f"姓名\n{text}").encode("gb18030"), "f") == (f"姓名\n{text}", "GB18030")


@pytest.mark.parametrize(("first", "second"), [("utf-8", "gb18030"), ("gb18030", "utf-8")])
def test_a_mixture_of_encodings_names_the_first_line_that_differs(
    write_sheet: WriteSheet, first: str, second: str
) -> None:
    lines = [HEADER, "张三,灯会,2024-02-24", "plain,fair,2024-02-24", "李四,灯会,2024-02-24"]
    content = b"\n".join(line.encode(first if i < 3 else second) for i, line in enumerate(lines))

    assert refusal(write_sheet("a.csv", content)) == ("E-ENCODING", 4)


def test_a_file_cut_inside_a_character_names_its_last_line(write_sheet: WriteSheet) -> None:
    for encoding, cut in (("gb18030", 1), ("gb18030", 3), ("utf-8", 2), ("utf-8-sig", 1)):
        content = TEXT.encode(encoding) + "𠮷".encode(encoding.removesuffix("-sig"))[:cut]
        assert refusal(write_sheet("a.csv", content)) == ("E-ENCODING-CUT", 4)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_gives_the_line_numbers_an_editor_shows(
    write_sheet: WriteSheet, ending: str
) -> None:
    rows = [HEADER, "", "张三,灯会,2024-02-24", '李四,"灯\n会",2024-02-24', "王五,灯会,2024-02-24"]

    records = read_records(write_sheet("a.csv", ending.join(rows).encode()))

    assert list(records.attendance["row"]) == [3, 4, 6]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("said", [False, True])
def test_the_separator_is_found_or_taken_from_its_line(
    write_sheet: WriteSheet, mark: str, said: bool
) -> None:
    text = TEXT.replace(",", mark)

    records = read_records(write_sheet("a.csv", (f"sep={mark}\n" * said + text).encode()))

    assert list(records.attendance["row"]) == [2 + said, 3 + said]


def test_a_name_full_of_semicolons_does_not_pass_for_the_separator(write_sheet: WriteSheet) -> None:
    content = f'{HEADER}\n"Robert\'); DROP TABLE people; DELETE; --",灯会,2024-02-24\n'.encode()

    assert list(read_records(write_sheet("a.csv", content)).people["name"]) == [
        "Robert'); DROP TABLE people; DELETE; --"
    ]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ('"张三,灯会,2024-02-24', "E-CSV-QUOTE"), ('"张"三,灯会,2024-02-24', "E-CSV-QUOTE"),
        ("张三,灯会,2024-02-24,多", "E-CSV-FIELDS"), ("张三", "E-CELL-MISSING"),
        ("字" * 10_000_001 + ",灯会,2024-02-24", "E-CSV-LONG"),
        ("字" * 100_001 + ",灯会,2024-02-24", "E-CELL-LONG"),
    ],
)  # fmt: skip
def test_a_broken_line_is_named(write_sheet: WriteSheet, line: str, code: str) -> None:
    assert refusal(write_sheet("a.csv", f"{HEADER}\n王五,灯会,2024-02-24\n{line}\n".encode())) == (code, 3)


def test_a_line_of_too_many_columns_is_refused(write_sheet: WriteSheet) -> None:
    assert refusal(write_sheet("a.csv", f"{HEADER}{',x' * 20_000}\n".encode())) == ("E-WORKBOOK-SIZE", 1)


def test_reading_leaves_the_settings_of_the_csv_module_alone(write_sheet: WriteSheet) -> None:
    import csv

    before = csv.field_size_limit()
    read_records(write_sheet("a.csv", TEXT.encode()))

    assert csv.field_size_limit() == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xls", b"<html><table><tr><td>\xe5\xa7\x93</td></tr></table>", "E-FILE-TYPE"),
        ("a.xls", b'\xef\xbb\xbf  <?xml version="1.0"?><Workbook/>', "E-FILE-TYPE"),
        ("a.csv", b"%PDF-1.7\n", "E-FILE-TYPE"),
        ("a.csv", b"\x00\x01\x02\x00\x00" * 50, "E-FILE-TYPE"), ("a.csv", b"", "E-FILE-EMPTY"),
        ("a.csv", b" \r\n\t\n", "E-FILE-EMPTY"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 500, "E-WORKBOOK-DAMAGED"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "E-WORKBOOK-DAMAGED"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_its_content(
    write_sheet: WriteSheet, name: str, content: bytes, code: str
) -> None:
    assert refusal(write_sheet(name, content)) == (code, 0)


@given(
    st.binary(max_size=400),
    st.sampled_from(
        [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", HEADER.encode() + b"\n"]
    ),
)
def test_no_bytes_at_all_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("bytes") / "a.csv"
    path.write_bytes(start + rest)

    try:
        read_records(path)
    except SansheError as refused:
        refused.message("zh")


def test_a_workbook_cut_anywhere_is_refused_or_read(write_sheet: WriteSheet) -> None:
    whole = write_sheet("a.xlsx", [HEADER.split(","), ["张三", "灯会", "2024-02-24"]]).read_bytes()

    for length in range(8, len(whole) - 1, 97):
        with pytest.raises(ManyProblems):
            read_records(write_sheet("b.xlsx", whole[:length]))


def changed(book: bytes, part: str, change: dict[bytes, bytes]) -> bytes:
    """Return a workbook with some bytes of one part replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            for before, after in change.items() if entry.filename.startswith(part) else ():
                assert before in content
                content = content.replace(before, after)
            new.writestr(entry.filename, content)
    return out.getvalue()


@pytest.fixture
def book(write_sheet: WriteSheet) -> bytes:
    return write_sheet("whole.xlsx", [HEADER.split(","), ["张三", "灯会", "2024-02-24"]]).read_bytes()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({b'r="C2"': b'r="XFD1048576"'}, "E-WORKBOOK-SIZE"),
        ({b'r="C2"': b"r='XFD1048576'"}, "E-WORKBOOK-SIZE"),
        ({b'r="C2"': b' r = "xfd1048576"'}, "E-WORKBOOK-SIZE"),
        ({b'<c r="C2"': b'<c s="0" junk="' + b"y" * 400 + b'" r="XFD1048576"'}, "E-WORKBOOK-SIZE"),
        ({b'r="C2"': b'x=">" r="XFD1048576"'}, "E-WORKBOOK-SIZE"),
        ({b'r="C2"': b'r="XFE1"'}, "E-WORKBOOK-DAMAGED"),
        ({b'r="C2"': b'r="C1048577"'}, "E-WORKBOOK-DAMAGED"),
        ({b'r="C2"': b'r="ZZZZZZZZ99999999"'}, "E-WORKBOOK-DAMAGED"),
        (
            {b'<row r="2"': b'<row r="99999999"', b'r="A2"': b"", b'r="B2"': b"", b'r="C2"': b""},
            "E-WORKBOOK-DAMAGED",
        ),
        ({b"<worksheet": b"<!DOCTYPE x><worksheet"}, "E-WORKBOOK-DAMAGED"),
        ({b"</sheetData>": b""}, "E-WORKBOOK-DAMAGED"),
    ],
)
def test_a_hostile_sheet_is_refused_before_it_is_opened(
    write_sheet: WriteSheet, book: bytes, change: dict[bytes, bytes], code: str
) -> None:
    assert refusal(write_sheet("a.xlsx", changed(book, SHEET, change))) == (code, 0)


def test_a_styled_cell_without_content_may_stand_anywhere(write_sheet: WriteSheet, book: bytes) -> None:
    styled = changed(book, SHEET, {b"</row></sheetData>": b'<c r="XFD1048576" s="0"/></row></sheetData>'})

    assert len(read_records(write_sheet("a.xlsx", styled)).attendance) == 1


def test_a_workbook_full_of_parts_or_of_one_swollen_part_is_refused(
    write_sheet: WriteSheet, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    swollen = write_sheet("a.xlsx", changed(book, SHEET, {b"</worksheet>": b" " * 200_000 + b"</worksheet>"}))
    assert len(read_records(swollen).attendance) == 1

    monkeypatch.setattr(workbook_guard, "LARGE_PART_BYTES", 100_000)
    assert refusal(swollen) == ("E-WORKBOOK-SIZE", 0)
    monkeypatch.undo()
    monkeypatch.setattr(workbook_guard, "MAX_UNPACKED_BYTES", 100_000)
    assert refusal(swollen) == ("E-WORKBOOK-SIZE", 0)
    monkeypatch.undo()
    monkeypatch.setattr(workbook_guard, "MAX_PARTS", 3)
    assert refusal(swollen) == ("E-WORKBOOK-SIZE", 0)


@pytest.mark.parametrize("name", ["../../evil.txt", "/etc/passwd", "a\\..\\..\\b", "C:/evil"])
def test_an_archive_that_points_outside_itself_is_refused(
    write_sheet: WriteSheet, book: bytes, name: str
) -> None:
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, "x")

    assert refusal(write_sheet("a.xlsx", out.getvalue())) == ("E-WORKBOOK-DAMAGED", 0)


def test_a_panic_of_the_reading_library_is_a_damaged_workbook(
    write_sheet: WriteSheet, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    import python_calamine

    class PanicException(BaseException):
        """What pyo3 raises when Rust code panics."""

    def panic(content: object) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(python_calamine.CalamineWorkbook, "from_filelike", panic, raising=False)
    assert refusal(write_sheet("a.xlsx", book)) == ("E-WORKBOOK-DAMAGED", 0)


def test_a_chart_sheet_is_passed_over(write_sheet: WriteSheet, tmp_path: Path) -> None:
    path = tmp_path / "图.xlsx"
    with xlsxwriter.Workbook(path) as book:
        chart = book.add_chart({"type": "bar"})
        book.add_chartsheet("图").set_chart(chart)
        sheet = book.add_worksheet("签到")
        sheet.write_row(0, 0, HEADER.split(","))
        sheet.write_row(1, 0, ["张三", "灯会", "2024-02-24"])
        chart.add_series({"values": "=签到!$A$1:$A$2"})

    assert list(read_records(path).attendance["sheet"]) == ["签到"]


def test_rows_are_numbered_as_excel_numbers_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "It's “签到”"
    for row, cells in {4: HEADER.split(","), 7: ["张三", "灯会", "2024-02-24"]}.items():
        for i, cell in enumerate(cells):
            sheet.cell(row, i + 3, cell)
    book.save(path)

    found = read_records(path).attendance.iloc[0]

    assert (found["row"], found["sheet"]) == (7, "It's “签到”")


def test_an_empty_sheet_is_noted_and_a_folder_is_read_whole(write_sheet: WriteSheet, tmp_path: Path) -> None:
    write_sheet("a.xlsx", {"空": [], "签到": [HEADER.split(","), ["张三", "灯会", "2024-02-24"]]})
    (tmp_path / "深").mkdir()
    write_sheet("深/b.csv", TEXT.encode())
    for name in ("~$a.xlsx", "._a.xlsx", ".隐藏.csv", "照片.jpg", ".~lock.a.xlsx#"):
        write_sheet(name, b"x")

    records = read_records(tmp_path)

    assert sorted(set(records.attendance["file"])) == ["a.xlsx", "深/b.csv"]
    assert codes(records) == ["N-DUPLICATE", *["N-FILE-SKIPPED"] * 5, "N-SHEET-EMPTY"]
    assert [shown for _, shown in input_files([tmp_path])] == ["a.xlsx", "深/b.csv"]


def test_a_folder_without_tables_and_a_missing_path_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="E-FOLDER-EMPTY"):
        read_records(tmp_path)
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        read_records(tmp_path / "没有.csv")


def test_a_file_that_may_not_be_read_is_refused(
    write_sheet: WriteSheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    path = write_sheet("a.csv", TEXT.encode())
    monkeypatch.setattr(Path, "read_bytes", locked)

    assert refusal(path) == ("E-FILE-UNREADABLE", 0)


def test_a_file_given_twice_is_read_once(write_sheet: WriteSheet, tmp_path: Path) -> None:
    path = write_sheet("a.csv", TEXT.encode())

    records = read_records([path, tmp_path, path])

    assert codes(records) == ["N-FILE-SKIPPED"] * 2
    assert told(records) == told(read_records(path))


def test_two_files_of_one_name_stay_apart(tmp_path: Path) -> None:
    paths = []
    for folder, name in (("一月", "张三"), ("二月", "李四")):
        (tmp_path / folder).mkdir()
        paths.append(tmp_path / folder / "签到.csv")
        paths[-1].write_text(f"{HEADER}\n{name},灯会,2024-02-24\n", encoding="utf-8")

    records = read_records(paths)

    assert list(records.sources["used"]) == [1, 1]
    assert records.attendance["file"].nunique() == 2


def test_the_limits_hold_for_what_the_library_returns(
    write_sheet: WriteSheet, book: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_guard, "MAX_CELLS", 5)

    assert refusal(write_sheet("a.xlsx", book)) == ("E-WORKBOOK-SIZE", 0)


def test_a_sheet_holds_the_row_number_of_every_row(write_sheet: WriteSheet) -> None:
    sheets, problems = read_sheets([write_sheet("a.csv", BARE.encode())])

    assert [(sheet.sheet, sheet.lines) for sheet in sheets] == [("", [1, 2, 3])]
    assert problems == []
