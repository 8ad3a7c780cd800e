"""Opening containers: what a workbook does not show is found, what is hostile or no table is named."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlwt
from bad_containers import CONTAINERS, OPENED, REFUSED
from workbooks import HEAD, STRICT, ods, ods_cell, pack, sheet, text_cell, xlsx, xlsx_parts

from sanshe_net.build import read_files, workbook_guard
from sanshe_net.build.raw_sheets import Merge, RawSheet
from sanshe_net.build.read_files import read_sheets
from sanshe_net.build.scan_xlsx import scan_sheet
from sanshe_net.build.values import LostCell
from sanshe_net.errors import InputError, Problem

FOLDER = Path(__file__).parent / "badinputs"
NAME = text_cell("A1", "姓名")


def opened(folder: Path, content: bytes, name: str = "a.xlsx") -> tuple[list[RawSheet], list[Problem]]:
    path = folder / name
    path.write_bytes(content)
    return read_sheets([path])


def only_sheet(folder: Path, content: bytes, name: str = "a.xlsx") -> RawSheet:
    sheets, problems = opened(folder, content, name)
    assert [(problem.code, problem.wording.en) for problem in problems] == []
    (found,) = sheets
    return found


def refusal(folder: Path, content: bytes, name: str = "a.xlsx") -> tuple[str, str]:
    sheets, (problem,) = opened(folder, content, name)
    assert sheets == []
    assert problem.stops
    return problem.code, problem.wording.en


def lost(code: str, shown: str) -> LostCell:
    return LostCell(f"E-CELL-{code}", shown)


# --- the corpus


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_file_of_the_corpus_is_opened_or_refused(name: str) -> None:
    sheets, problems = read_sheets([FOLDER / name])

    if name in REFUSED:
        assert sheets == []
        assert [problem.code for problem in problems if problem.stops] == [REFUSED[name]]
    else:
        assert not any(problem.stops for problem in problems)
        assert (len(sheets[0].rows), max(map(len, sheets[0].rows))) == OPENED[name]


def test_failed_and_uncalculated_formulas_are_found_where_they_stand() -> None:
    (failed,), _ = read_sheets([FOLDER / "error_cells.xlsx"])
    assert [failed.rows[1][1], failed.rows[2][0], failed.rows[3][1]] == [
        lost("ERROR", "#N/A"), lost("ERROR", "#REF!"), lost("ERROR", "#DIV/0!"),
    ]  # fmt: skip
    (uncalculated,), _ = read_sheets([FOLDER / "formula_no_cache.xlsx"])
    assert uncalculated.rows[1][0] == lost("FORMULA", '=CONCATENATE("张","三")')
    (calculated,), _ = read_sheets([FOLDER / "formula_cached.xlsx"])
    assert calculated.rows[1][0] == "张三"


def test_phonetic_guides_chinese_date_formats_and_the_1904_system_are_read_right() -> None:
    (phonetic,), _ = read_sheets([FOLDER / "phonetic.xlsx"])
    assert phonetic.rows == [["姓名"], ["張三"]]
    for name, rows in (("builtin_cn_dates.xlsx", 3), ("date_1904.xlsx", 1)):
        (found,), _ = read_sheets([FOLDER / name])
        assert [row[1] for row in found.rows[1:]] == [date(2019, 3, 5)] * rows


def test_a_phonetic_guide_in_the_shared_texts_is_not_part_of_the_name(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    parts["xl/sharedStrings.xml"] = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="1"><si><r><t>張</t></r>'
        '<r><t>三</t></r><rPh sb="0" eb="2"><t>zhang san</t></rPh></si></sst>'
    )
    parts["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "</Relationships>",
        '<Relationship Id="rId9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        'Target="sharedStrings.xml"/></Relationships>',
    )

    assert only_sheet(tmp_path, pack(parts)).rows == [["張三"]]


def test_control_characters_are_kept_for_the_cell_to_be_refused() -> None:
    (found,), _ = read_sheets([FOLDER / "control_chars.xlsx"])

    assert [row[0] for row in found.rows[1:]] == ["张\x07三", "李四\x1b[31m"]


def test_hidden_sheets_rows_and_columns_are_found() -> None:
    (rows,), _ = read_sheets([FOLDER / "hidden_rows.xlsx"])
    (columns,), _ = read_sheets([FOLDER / "hidden_column.xlsx"])
    sheets, _ = read_sheets([FOLDER / "hidden_sheet.xlsx"])

    assert (rows.hidden_rows, rows.hidden_columns, rows.workbook) == ({3}, set(), True)
    assert (columns.hidden_rows, columns.hidden_columns) == (set(), {1})
    assert [(found.sheet, found.hidden) for found in sheets] == [("签到", False), ("旧名单", True)]


def test_a_cell_longer_than_any_is_set_aside_and_never_shown() -> None:
    (found,), problems = read_sheets([FOLDER / "huge_field.csv"])

    assert found.rows[1:] == [["张三", lost("LONG", "…")], ["李四", "短"]]
    assert problems == []


# --- facts of xlsx sheets, whatever way their XML is spelt


def test_facts_are_found_however_the_xml_is_spelt(tmp_path: Path) -> None:
    plain = sheet(
        f'<row r="1">{NAME}</row><row r="2" hidden="1"><c r="A2" t="e"><f>NA()</f><v>#N/A</v></c></row>'
        '<row r="3" ht="0"><c r="B3"><f>A1</f></c></row>',
        before='<cols><col min="1" max="1" width="9"/><col min="2" max="16384" hidden="true"/></cols>',
        after='<mergeCells><mergeCell ref="A1:B1"/><mergeCell ref="A2"/></mergeCells><headerFooter>文字</headerFooter>',
    )
    odd = (
        plain.replace('"e"', "'e'")
        .replace('r="A2"', 'r = "A2"')
        .replace(">", "\n>")
        .replace("?\n>", "?>")
        .replace("/\n>", "/>")
    )
    unaddressed = (
        plain.replace(' r="A1"', "").replace(' r="A2"', "").replace(' r="2"', "").replace(' r="3"', "")
    )
    prefixed = (
        plain.replace("<", "<x:")
        .replace("<x:/", "</x:")
        .replace("<x:?xml", "<?xml")
        .replace("xmlns=", "xmlns:x=")
    )

    for xml in (plain, odd, unaddressed, prefixed, plain.replace("><", ">\n  <")):
        found = only_sheet(tmp_path, xlsx(xml))
        assert found.rows[0][0] == "姓名"
        assert found.rows[1] == [lost("ERROR", "#N/A"), None][: len(found.rows[1])]
        assert found.rows[2] == [None, lost("FORMULA", "=A1")]
        assert (found.hidden_rows, found.hidden_columns) == ({2, 3}, {1})
        assert found.merges == (Merge(1, 0, 1, 1),)


@pytest.mark.parametrize(
    ("second", "after", "expected"),
    [
        ('<row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>', "", (lost("ERROR", "#N/A"), set(), ())),
        ("<row r=\"2\"><c r=\"A2\" t='e'><v>#N/A</v></c></row>", "", (lost("ERROR", "#N/A"), set(), ())),
        ('<row r="2"><c r="A2"><f>A9</f></c></row>', "", (lost("FORMULA", "=A9"), set(), ())),
        ('<row r="2" hidden="1"><c r="A2"><v>7</v></c></row>', "", (7.0, {2}, ())),
        ("<row r=\"2\" hidden='true'><c r=\"A2\"><v>7</v></c></row>", "", (7.0, {2}, ())),
        ('<row r="2" ht="0"><c r="A2"><v>7</v></c></row>', "", (7.0, {2}, ())),
        ("<row r=\"2\" ht='0'><c r=\"A2\"><v>7</v></c></row>", "", (7.0, {2}, ())),
        ('<row r="2" ht="0.0"><c r="A2"><v>7</v></c></row>', "", (7.0, {2}, ())),
        ('<row r="2" ht = "0"><c r="A2"><v>7</v></c></row>', "", (7.0, {2}, ())),
        ('<row r="2"><c r="A2"><v>7</v></c></row>', '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>', (7.0, set(), (Merge(1, 0, 1, 1),))),
    ],
)  # fmt: skip
def test_a_fact_is_found_where_it_is_the_only_one_of_its_sheet(
    tmp_path: Path, second: str, after: str, expected: tuple[object, ...]
) -> None:
    found = only_sheet(tmp_path, xlsx(sheet(f'<row r="1">{NAME}</row>{second}', after=after)))

    assert (found.rows[1][0], set(found.hidden_rows), found.merges) == expected


@pytest.mark.parametrize(
    "aside",
    [
        '<!--<row r="5" s="-->"/>{}-->', '<?x <row r="5" s="?>"/>{}<?x ?>',
        '<![CDATA[<row r="5" s="]]>"/>{}<![CDATA[]]>', '<!--<c r="Z5"><v>--></v></c>{}-->',
    ],
)  # fmt: skip
def test_nothing_hides_behind_a_comment_that_ends_within_what_looks_like_a_row(
    tmp_path: Path, aside: str
) -> None:
    first = f'<row r="1">{NAME}</row>'
    far = aside.format('<row r="9"><c r="XFD900000"><v>1</v></c></row>')
    failed = aside.format('<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c></row>')

    # One of them is no well-formed XML; what matters is that none of them comes to the library.
    assert refusal(tmp_path, xlsx(sheet(first + far)))[0] in ("E-WORKBOOK-SIZE", "E-WORKBOOK-DAMAGED")
    if not aside.startswith("<!--<c"):
        found = only_sheet(tmp_path, xlsx(sheet(first + failed)))
        assert (found.rows[1][0], found.hidden_rows) == (lost("ERROR", "#N/A"), {2})


def test_an_instruction_before_everything_is_no_declaration() -> None:
    xml = sheet('<row r="9" hidden="1"/>').removeprefix(HEAD)

    assert scan_sheet(f'<?xml-x <row r="5" s="?>{xml}'.encode(), "f").hidden_rows == {9}


@pytest.mark.parametrize("spelt", ["<c r=", "<c  r="])
@pytest.mark.parametrize("row", ["2", "3"])
def test_two_values_for_one_cell_are_refused_not_one_of_them_lost(
    tmp_path: Path, spelt: str, row: str
) -> None:
    twice = f'<row r="2">{text_cell("A2", "甲")}</row><row r="{row}">{text_cell("A2", "乙")}</row>'
    xml = sheet(f'<row r="1">{NAME}</row>{twice}').replace("<c r=", spelt)

    code, wording = refusal(tmp_path, xlsx(xml))

    assert code == "E-WORKBOOK-DAMAGED"
    assert "the cell A2 is written twice" in wording
    blank = sheet(f'<row r="1">{NAME}<c r="B1" s="1"/><c r="B1"/></row>')
    assert only_sheet(tmp_path, xlsx(blank)).rows == [["姓名"]]


@pytest.mark.parametrize("spelt", ["a2", "A02", "A002"])
def test_a_cell_written_twice_is_seen_however_its_address_is_spelt(spelt: str) -> None:
    rows = f'<row r="1">{NAME}</row><row r="2">{text_cell("A2", "甲")}</row><row r="3">{text_cell(spelt, "乙")}</row>'

    with pytest.raises(InputError, match="E-WORKBOOK-DAMAGED"):
        scan_sheet(sheet(rows).encode(), "f")


def test_the_height_of_a_row_is_looked_at_in_one_go() -> None:
    # One step back for every digit would make hours of these.
    xml = sheet(f'<row r="1" ht="{"0" * 3_000_000}1">{NAME}</row><row r="2" ht="&#48;"/>').encode()

    assert scan_sheet(xml, "f").hidden_rows == {2}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1" t="str"><f>A9</f><v></v></c>', None), ('<c r="A1"><f>A9</f><v>7</v></c>', 7.0),
        ('<c r="A1"><f>A9</f><v/></c>', lost("FORMULA", "=A9")), ('<c r="A1" t="str"><f>A9</f></c>', lost("FORMULA", "=A9")),
        ('<c r="A1"><f t="shared" si="0"/></c>', lost("FORMULA", "=")), ('<c r="A1" t="e"/>', None),
        ('<c r="A1" t="e"><v></v></c>', lost("ERROR", "#")),
        ('<c r="A1" t="inlineStr"><f>A9</f><is><t>甲</t></is></c>', "甲"),
    ],
)  # fmt: skip
def test_a_formula_without_a_result_is_told_from_an_empty_result(
    tmp_path: Path, cell: str, value: object
) -> None:
    found = only_sheet(tmp_path, xlsx(sheet(f'<row r="1">{cell}{text_cell("B1", "姓名")}</row>')))

    assert found.rows == [[value, "姓名"]]


def test_the_state_of_a_sheet_is_found_through_the_relations(tmp_path: Path) -> None:
    parts = xlsx_parts(
        sheet(f'<row r="1">{NAME}</row>'),
        sheet(f'<row r="4" hidden="1">{text_cell("A4", "旧")}</row>'),
        state='state="veryHidden"',
    )
    moved = {name.replace("sheet2", "Blatt2"): content for name, content in parts.items()}
    moved["xl/_rels/workbook.xml.rels"] = str(parts["xl/_rels/workbook.xml.rels"]).replace(
        "worksheets/sheet2", "/xl/worksheets/Blatt2"
    )
    for content in (pack(parts), pack(moved)):
        sheets, problems = opened(tmp_path, content)
        assert problems == []
        assert [(found.hidden, found.hidden_rows) for found in sheets] == [(False, set()), (True, {4})]


def test_strict_ooxml_macros_and_a_missing_style_sheet_are_read(tmp_path: Path) -> None:
    rows = f'<row r="1">{NAME}</row><row r="2">{text_cell("A2", "张三")}</row>'
    strict = xlsx(sheet(rows, main=STRICT), main=STRICT)
    macros = pack(xlsx_parts(sheet(rows)) | {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro"})
    wrong = pack(
        xlsx_parts(sheet(rows)) | {"xl/styles.xml": "<styleSheet><numFmts><numFmt/></numFmts></styleSheet>"}
    )

    for content, name in ((strict, "a.xlsx"), (macros, "a.xlsm"), (wrong, "a.xlsx")):
        assert only_sheet(tmp_path, content, name).rows == [["姓名"], ["张三"]]


# --- hostile workbooks


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("A1:XFD1048576", "E-WORKBOOK-MERGE"), ("A1:A1048577", "E-WORKBOOK-MERGE"), ("A0:B1", "E-WORKBOOK-MERGE"),
        ("XFD1:XFE1", "E-WORKBOOK-MERGE"), ("A:A", "E-WORKBOOK-MERGE"), ("", "E-WORKBOOK-MERGE"),
    ],
)  # fmt: skip
def test_an_absurd_merge_is_named(tmp_path: Path, reference: str, code: str) -> None:
    content = xlsx(
        sheet(f'<row r="1">{NAME}</row>', after=f'<mergeCells><mergeCell ref="{reference}"/></mergeCells>')
    )

    found, wording = refusal(tmp_path, content)
    assert found == code
    assert reference in wording


def test_a_sheet_full_of_merges_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.build.scan_xlsx.MAX_MERGES", 2)
    merges = '<mergeCell ref="A1:B1"/>' * 3
    content = xlsx(sheet(f'<row r="1">{NAME}</row>', after=f"<mergeCells>{merges}</mergeCells>"))

    assert refusal(tmp_path, content)[0] == "E-WORKBOOK-SIZE"


@pytest.mark.parametrize(
    ("rows", "code", "part"),
    [
        ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "E-WORKBOOK-DAMAGED", "XFE1"),
        ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "E-WORKBOOK-DAMAGED", "A1048577"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "E-WORKBOOK-DAMAGED", "cannot be opened"),
        ('<row r="1"><c r="1A"><f>B1</f></c></row>', "E-WORKBOOK-DAMAGED", "1A"),
        ('<row r="1"><c r="XFD1048576"><v>1</v></c></row>', "E-WORKBOOK-SIZE", "1048576 × 16384"),
        ('<row r="99999">' + "<c><v>1</v></c>" * 60 + "</row>", "E-WORKBOOK-SIZE", "99999"),
        ('<row r="99999"><c x=">" r="XFD99999"><v>1</v></c></row>', "E-WORKBOOK-SIZE", "16384"),
        ("<row><c><v>1</v></row>", "E-WORKBOOK-DAMAGED", "mismatched"),
    ],
)  # fmt: skip
def test_a_cell_that_reaches_too_far_is_refused_before_anything_believes_it(
    tmp_path: Path, rows: str, code: str, part: str
) -> None:
    found, wording = refusal(tmp_path, xlsx(sheet(rows)))

    assert found == code
    assert part in wording


def test_a_doctype_is_refused_however_it_is_written(tmp_path: Path) -> None:
    xml = sheet(f'<row r="1">{NAME}</row>')
    for declared in ("<!DOCTYPE x>", "<!doctype x>", "<!\nDOCTYPE x [<!ENTITY a 'b'>]>"):
        content = xlsx(xml.replace("<worksheet", f"{declared}<worksheet"))
        assert refusal(tmp_path, content) == (
            "E-WORKBOOK-DAMAGED",
            "The workbook cannot be opened: it holds a DOCTYPE declaration. Copy it again; save it from Excel or WPS and run again.",
        )
    parts = xlsx_parts(xml) | {"docProps/core.xml": "<!DOCTYPE x><a/>"}
    assert "DOCTYPE" in refusal(tmp_path, pack(parts))[1]
    for encoding in ("utf-16", "utf-16-le", "utf-32"):
        parts = xlsx_parts(xml) | {"xl/worksheets/sheet1.xml": xml.encode(encoding)}
        assert "UTF-8" in refusal(tmp_path, pack(parts))[1]


def test_an_archive_that_two_programs_would_read_differently_is_refused(tmp_path: Path) -> None:
    good = xlsx(sheet(f'<row r="1">{NAME}</row>'))
    twice = io.BytesIO(good)
    with zipfile.ZipFile(twice, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert "two files of one name" in refusal(tmp_path, twice.getvalue())[1]

    locked = bytearray(good)
    at = locked.index(b"PK\x01\x02")
    locked[at + 8] |= 1
    assert refusal(tmp_path, bytes(locked))[0] == "E-WORKBOOK-PASSWORD"

    packed = bytearray(good)
    packed[at + 10] = 99
    assert refusal(tmp_path, bytes(packed))[0] == "E-WORKBOOK-DAMAGED"


@pytest.mark.parametrize(
    "name", ["..\\evil.xml", "C:\\evil.xml", "\\\\server\\evil.xml", "xl/../../evil.xml"]
)
def test_names_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    content = pack(xlsx_parts(sheet(f'<row r="1">{NAME}</row>')) | {name: "x"})

    assert "unsafe file name" in refusal(tmp_path, content)[1]


def test_an_absurd_number_of_entries_is_refused_before_the_list_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = xlsx(sheet(f'<row r="1">{NAME}</row>'))
    monkeypatch.setattr(workbook_guard, "MAX_PARTS", 0)

    assert refusal(tmp_path, content)[0] == "E-WORKBOOK-SIZE"


def test_a_part_that_was_changed_after_packing_is_refused(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(f'<row r="1">{NAME}</row>')) | {"docProps/note.xml": "<note>0123456789</note>"}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)

    assert refusal(tmp_path, out.getvalue().replace(b"0123456789", b"1123456789"))[0] == "E-WORKBOOK-DAMAGED"


def test_missing_parts_are_a_damaged_workbook(tmp_path: Path) -> None:
    parts = xlsx_parts(sheet(f'<row r="1">{NAME}</row>'))
    for name in ("xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        content = pack({other: part for other, part in parts.items() if other != name})
        assert refusal(tmp_path, content)[0] in ("E-WORKBOOK-DAMAGED", "E-WORKBOOK-EMPTY")


def test_a_workbook_without_any_cell_says_so_once(tmp_path: Path) -> None:
    code, wording = refusal(tmp_path, xlsx(sheet(""), sheet("")))

    assert code == "E-WORKBOOK-EMPTY"
    assert "表1、表2" in wording


# --- what is no table


@pytest.mark.parametrize(
    ("content", "code", "part"),
    [
        (b"<html><body>", "E-FILE-TYPE", "HTML"), (b"\xef\xbb\xbf\n<META charset=utf-8>", "E-FILE-TYPE", "HTML"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "E-FILE-TYPE", "MHTML"),
        (b"Date: x\nContent-Type: multipart/related", "E-FILE-TYPE", "MHTML"),
        (b"{\\rtf1\\ansi", "E-FILE-TYPE", "RTF"), (b"SQLite format 3\0" + b"\0" * 99, "E-FILE-TYPE", "SQLite"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
         "E-FILE-TYPE", "2003"),
        (b"Rar!\x1a\x07\x00", "E-FILE-ARCHIVE", "RAR"), (b"\x1f\x8b\x08" + b"\0" * 50, "E-FILE-ARCHIVE", "gzip"),
        (pack({"word/document.xml": "<x/>"}), "E-FILE-TYPE", "Word"), (pack({"ppt/presentation.xml": "<x/>"}), "E-FILE-TYPE", "PowerPoint"),
        (pack({"xl/workbook.bin": "x"}), "E-FILE-TYPE", "xlsb"), (pack({"签到.csv": "姓名,活动"}), "E-FILE-ARCHIVE", "zip"),
        (pack({"签到.xlsx": xlsx(sheet(""))}), "E-FILE-ARCHIVE", "zip"), (pack({}), "E-FILE-ARCHIVE", "zip"),
        (ods("", mime="application/vnd.oasis.opendocument.text"), "E-FILE-TYPE", "opendocument.text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "E-FILE-TYPE", "Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "E-WORKBOOK-PASSWORD", "password"),
    ],
)  # fmt: skip
def test_what_is_no_table_says_what_it_is(tmp_path: Path, content: bytes, code: str, part: str) -> None:
    found, wording = refusal(tmp_path, content, "a.xls")

    assert found == code
    assert part in wording


# --- ods


def test_what_an_ods_sheet_does_not_show_is_found(tmp_path: Path) -> None:
    row = "<table:table-row {}>{}</table:table-row>"
    hidden = '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    first = (
        '<table:table table:name="签到"><table:table-column/><table:table-column table:visibility="collapse" '
        'table:number-columns-repeated="16383"/>'
        + row.format("", ods_cell("标题", 'table:number-columns-spanned="2"') + "<table:covered-table-cell/>")
        + row.format('table:visibility="filter"', ods_cell("姓名") + ods_cell("电话"))
        + row.format(
            "", ods_cell("#N/A", 'table:formula="of:=NA()"') + ods_cell("", 'calcext:value-type="error"')
        )
        + row.format("", '<table:table-cell table:formula="of:=A1"/>' + ods_cell("#N/A"))
        + row.format(
            'table:number-rows-repeated="1048572" table:visibility="collapse"',
            '<table:table-cell table:number-columns-repeated="16384"/>',
        )
        + "</table:table>"
    )
    second = (
        '<table:table table:name="旧" table:style-name="ta2">'
        + row.format("", ods_cell("旧"))
        + "</table:table>"
    )

    sheets, problems = opened(tmp_path, ods(first + second, hidden), "a.ods")

    assert problems == []
    assert [(found.sheet, found.hidden, found.workbook) for found in sheets] == [
        ("签到", False, True),
        ("旧", True, True),
    ]
    found = sheets[0]
    assert found.rows == [
        ["标题", None], ["姓名", "电话"], [lost("ERROR", "#N/A"), lost("ERROR", "#")], [lost("FORMULA", "=A1"), "#N/A"],
    ]  # fmt: skip
    assert (found.hidden_rows, found.hidden_columns, found.merges) == ({2}, {1}, (Merge(1, 0, 1, 1),))


@pytest.mark.parametrize(
    ("table", "code"),
    [
        ('<table:table-row table:number-rows-repeated="1048576">' + ods_cell("x") * 6 + "</table:table-row>", "E-WORKBOOK-SIZE"),
        ('<table:table-row table:number-rows-repeated="1048577">' + ods_cell("x") + "</table:table-row>", "E-WORKBOOK-DAMAGED"),
        (30 * ('<table:table-row table:number-rows-repeated="10000">' + ods_cell("x") + "</table:table-row>"), "E-WORKBOOK-SIZE"),
        ("<table:table-row>" + ods_cell("x", 'table:number-columns-repeated="16385"') + "</table:table-row>", "E-WORKBOOK-DAMAGED"),
        ("<table:table-row>" + ods_cell("x", 'table:number-columns-spanned="9999999"') + "</table:table-row>", "E-WORKBOOK-MERGE"),
        ('<table:table-row><table:table-cell><table:table table:name="in"/></table:table-cell></table:table-row>', "E-WORKBOOK-DAMAGED"),
        ("<table:table-row>", "E-WORKBOOK-DAMAGED"), ("", "E-WORKBOOK-EMPTY"),
    ],
)  # fmt: skip
def test_a_hostile_ods_is_refused(tmp_path: Path, table: str, code: str) -> None:
    assert refusal(tmp_path, ods(f'<table:table table:name="a">{table}</table:table>'), "a.ods")[0] == code


def test_an_ods_full_of_merges_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.build.scan_ods.MAX_MERGES", 0)
    row = "<table:table-row>" + ods_cell("x", 'table:number-rows-spanned="2"') + "</table:table-row>"

    assert (
        refusal(tmp_path, ods(f'<table:table table:name="a">{row}</table:table>'), "a.ods")[0]
        == "E-WORKBOOK-SIZE"
    )


# --- xls


def old_workbook() -> tuple[xlwt.Workbook, xlwt.Worksheet]:
    book = xlwt.Workbook(encoding="utf-8")
    return book, book.add_sheet("签到")


def saved(book: xlwt.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_an_old_workbook_does_not_show_is_found(tmp_path: Path) -> None:
    book, written = old_workbook()
    day, clock = xlwt.easyxf(num_format_str="yyyy-mm-dd"), xlwt.easyxf(num_format_str="hh:mm")
    written.write_merge(0, 0, 0, 1, "标题")
    for column, value in enumerate(["姓名", "日期", "时间", "到场", "年龄"]):
        written.write(1, column, value)
    written.write(2, 0, "张三")
    written.write(2, 1, date(2024, 2, 24), day)
    written.write(2, 2, 0.5, clock)
    written.write(2, 3, True)
    written.write(2, 4, 36.5)
    written.write(3, 1, 45346.25, day)
    written.row(3).set_cell_error(0, 0x2A)
    written.row(2).hidden = True
    written.col(1).hidden = True
    book.add_sheet("旧").write(0, 0, "旧")
    book.get_sheet(1).visibility = 1
    book.add_sheet("空")

    sheets, problems = opened(tmp_path, saved(book), "a.xls")

    assert [problem.code for problem in problems] == ["N-SHEET-EMPTY"]
    assert [(found.sheet, found.hidden) for found in sheets] == [("签到", False), ("旧", True)]
    found = sheets[0]
    assert found.rows[2] == ["张三", date(2024, 2, 24), time(12), True, 36.5]
    assert found.rows[3][:2] == [lost("ERROR", "#N/A"), datetime(2024, 2, 24, 6)]
    assert (found.hidden_rows, found.hidden_columns, found.merges) == ({3}, {1}, (Merge(1, 0, 1, 1),))


def test_an_old_workbook_beyond_the_limits_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book, written = old_workbook()
    written.write(65535, 255, "x")
    assert refusal(tmp_path, saved(book), "a.xls")[0] == "E-WORKBOOK-SIZE"

    book, written = old_workbook()
    written.write_merge(0, 1, 0, 1, "x")
    monkeypatch.setattr("sanshe_net.build.read_xls.MAX_MERGES", 0)
    assert refusal(tmp_path, saved(book), "a.xls")[0] == "E-WORKBOOK-SIZE"


def test_a_protected_old_workbook_says_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import xlrd

    def locked(**options: object) -> None:
        raise xlrd.XLRDError("Workbook is encrypted")

    book, written = old_workbook()
    written.write(0, 0, "x")
    monkeypatch.setattr(xlrd, "open_workbook", locked)

    assert refusal(tmp_path, saved(book), "a.xls")[0] == "E-WORKBOOK-PASSWORD"


def test_a_damaged_old_workbook_is_refused_or_read(tmp_path: Path) -> None:
    whole = (FOLDER / "legacy.xls").read_bytes()

    for at in range(0, len(whole), 61):
        for damaged in (whole[:at], whole[:at] + b"\xff\xff\xff\x7f" + whole[at + 4 :]):
            sheets, problems = opened(tmp_path, damaged, "a.xls")
            assert sheets or any(problem.stops for problem in problems)


# --- files


def test_a_result_of_ours_is_no_record(tmp_path: Path) -> None:
    (tmp_path / "签到.csv").write_text("姓名,活动,日期\n张三,灯会,2024-02-24\n", encoding="utf-8")
    (tmp_path / "结果").mkdir()
    for name in ("run.json", "actors.csv"):
        (tmp_path / "结果" / name).write_text("x", encoding="utf-8")

    sheets, problems = read_sheets([tmp_path])

    assert [found.file for found in sheets] == ["签到.csv"]
    assert [(problem.code, problem.place.file) for problem in problems] == [("N-FILE-SKIPPED", "结果")]


def test_a_copy_under_another_name_is_counted_once(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("姓名,活动,日期\n张三,灯会,2024-02-24\n", encoding="utf-8")

    sheets, (problem,) = read_sheets([tmp_path])

    assert [found.file for found in sheets] == ["a.csv"]
    assert (problem.code, problem.place.file, problem.outcome) == ("W-FILE-COPY", "b.csv", "left_out")
    assert "a.csv" in problem.wording.en


def test_the_same_people_on_two_days_are_two_activities_and_no_copy(tmp_path: Path) -> None:
    content = "姓名,电话\n李梅,13800000001\n王芳,13800000002\n"
    names = (
        "歌会2024-03-05",
        "歌会2024-03-12",
        "歌会2024-03-12 (1)",
        "歌会2024-03-12 - 副本",
        "歌会３月１２日",
    )
    for name in names:
        (tmp_path / f"{name}.csv").write_text(content, encoding="utf-8")

    sheets, problems = read_sheets([tmp_path])

    assert {found.file for found in sheets} == {
        "歌会2024-03-05.csv", "歌会2024-03-12 (1).csv", "歌会３月１２日.csv",
    }  # fmt: skip
    assert [(problem.code, problem.place.file) for problem in problems] == [
        ("W-FILE-COPY", "歌会2024-03-12 - 副本.csv"), ("W-FILE-COPY", "歌会2024-03-12.csv"),
    ]  # fmt: skip


def test_a_file_that_changes_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv"
    path.write_text("姓名,活动,日期\n", encoding="utf-8")
    read = Path.read_bytes

    def changed_meanwhile(self: Path) -> bytes:
        content = read(self)
        self.write_bytes(content + "张三,灯会,2024-02-24\n".encode())
        return content

    monkeypatch.setattr(Path, "read_bytes", changed_meanwhile)
    sheets, (problem,) = read_sheets([path])

    assert (sheets, problem.code) == ([], "E-FILE-CHANGED")


def test_a_file_beyond_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_files, "MAX_FILE_BYTES", 10)

    assert refusal(tmp_path, b"x" * 11, "a.csv")[0] == "E-FILE-LARGE"


def test_a_link_that_leaves_the_folder_is_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "签到.csv").write_text(f"姓名,活动,日期\n{folder.name},灯会,2024-02-24\n", encoding="utf-8")
    try:
        (inside / "link.csv").symlink_to(outside / "签到.csv")
        (inside / "folder").symlink_to(outside, target_is_directory=True)
        (inside / "same.csv").symlink_to(inside / "签到.csv")
    except OSError:
        pytest.skip("this account may not make links, so no link can lead out of the folder")

    sheets, problems = read_sheets([inside])

    assert [found.rows[1][0] for found in sheets] == ["in"]
    assert {problem.code for problem in problems} == {"N-FILE-SKIPPED"}
    assert "link.csv" in {problem.place.file for problem in problems}


def test_all_bad_files_among_five_hundred_are_reported(tmp_path: Path) -> None:
    for number in range(500):
        text = f"姓名,活动,日期\n张{number},灯会,2024-02-24\n"
        (tmp_path / f"{number:03}.csv").write_text("" if number in (7, 77, 477) else text, encoding="utf-8")

    sheets, problems = read_sheets([tmp_path])

    assert len(sheets) == 497
    assert [(problem.code, problem.place.file) for problem in problems] == [
        ("E-FILE-EMPTY", "007.csv"), ("E-FILE-EMPTY", "077.csv"), ("E-FILE-EMPTY", "477.csv"),
    ]  # fmt: skip
