"""Files that went wrong: each is read right or refused in one clear sentence, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from bad_containers import CONTAINERS
from sheets import balance, codes, told

from sanshe_net.build.read import read_records
from sanshe_net.build.read_graph import GRAPH_SUFFIXES
from sanshe_net.errors import ManyProblems, SansheError

FOLDER = Path(__file__).parent / "badinputs"

READ = {
    "long_signin.xlsx": [], "utf8.csv": [], "gbk.csv": ["N-ENCODING"], "legacy.xls": [], "cr_only.csv": [],
    "sep_directive.csv": [], "csv_named.xlsx": ["N-FILE-SUFFIX"], "xlsx_named.csv": ["N-FILE-SUFFIX"],
    "title_rows.xlsx": [], "totals.xlsx": ["N-ROW-TOTAL"] * 3, "footer_notes.xlsx": ["N-ROW-NOTE"] * 3,
    "duplicate_rows.xlsx": ["N-DUPLICATE"] * 2,
}  # fmt: skip
REFUSED = {
    "mixed_encodings.csv": [("E-ENCODING", 2, "")],
    "nul_bytes.csv": [("E-CONTROL-CHARACTER", 3, "姓名")],
    "extra_field_every_row.csv": [("E-CSV-FIELDS", 2, ""), ("E-CSV-FIELDS", 3, "")],
    "ragged_long_one.csv": [("E-CSV-FIELDS", 5, "")],
    "ragged_short.csv": [("E-CELL-MISSING", 5, "活动名称")],
    "unclosed_quote.csv": [("E-CSV-QUOTE", 2, "")],
    "quote_swallows_rows.csv": [("E-CSV-FIELDS", 2, "")],
    "binary.csv": [("E-FILE-TYPE", 0, "")],
    "fullwidth_comma.csv": [("Q-DELIMITER", 0, "")],
    "mojibake.csv": [("Q-ENCODING-TWICE", 0, "")],
    "big5.csv": [("Q-ENCODING", 0, "")],
    "html_table.xls": [("E-FILE-TYPE", 0, "")],
    "truncated.xlsx": [("E-WORKBOOK-DAMAGED", 0, "")],
    "password.xlsx": [("E-WORKBOOK-PASSWORD", 0, "")],
    "side_by_side.xlsx": [("E-COLUMN-TWICE", 1, "")],
    "many_names_one_cell.xlsx": [("E-NAME-SEVERAL", 2, "参加人员")],
    "no_cells.xlsx": [("E-WORKBOOK-EMPTY", 0, "")],
    "out_of_grid.xlsx": [("E-WORKBOOK-DAMAGED", 0, "")],
    "zip_bomb_spaces.xlsx": [("E-WORKBOOK-SIZE", 0, "")],
    "billion_laughs.xlsx": [("E-WORKBOOK-DAMAGED", 0, "")],
    "xxe.xlsx": [("E-WORKBOOK-DAMAGED", 0, "")],
    "zip_slip.xlsx": [("E-WORKBOOK-DAMAGED", 0, "")],
    "id_reused.csv": [("E-ID-REUSED", 3, "编号")],
    "leading_zero_ids.xlsx": [("E-ID-REUSED", 4, "编号")],
}
NOTHING_IN_IT = ["~$签到表.xlsx", "._签到表.xlsx"]
OTHERS = ["english.csv", "two_roles_same_event.xlsx"]


def test_every_file_of_the_folder_is_tried() -> None:
    tried = {*READ, *REFUSED, *NOTHING_IN_IT, *OTHERS, "README.md"}
    graphs = {
        path.name for path in FOLDER.iterdir() if path.suffix in GRAPH_SUFFIXES
    }  # tests/test_read_graph.py

    assert {path.name for path in FOLDER.iterdir()} - graphs - set(CONTAINERS) == tried


@pytest.mark.parametrize("name", READ)
def test_the_same_three_sign_ins_are_read_from_every_odd_file(name: str) -> None:
    expected, found = read_records(FOLDER / "utf8.csv"), read_records(FOLDER / name)

    assert len(expected.attendance) == 3
    assert told(found) == told(expected)
    assert codes(found) == READ[name]
    assert not balance(found).any()


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_where_it_goes_wrong(name: str) -> None:
    with pytest.raises(ManyProblems) as refused:
        read_records(FOLDER / name)

    found = [(problem.code, problem.place.row, problem.place.column) for problem in refused.value.problems]
    assert found == REFUSED[name]
    assert {problem.place.file for problem in refused.value.problems} == {name}


@pytest.mark.parametrize("name", NOTHING_IN_IT)
def test_a_file_without_any_record_is_refused(name: str) -> None:
    with pytest.raises(SansheError) as refused:
        read_records(FOLDER / name)

    assert refused.value.code == "E-NO-RECORDS"


def test_english_headers_are_read() -> None:
    records = read_records(FOLDER / "english.csv")

    assert (len(records.people), len(records.activities), len(records.attendance)) == (2, 1, 2)


def test_two_roles_at_one_activity_are_two_rows_and_one_presence() -> None:
    records = read_records(FOLDER / "two_roles_same_event.xlsx")

    assert (len(records.people), len(records.attendance), len(records.presence())) == (1, 2, 1)


def test_all_bad_files_are_reported_in_one_run() -> None:
    with pytest.raises(ManyProblems) as refused:
        read_records(FOLDER)

    assert {problem.place.file for problem in refused.value.problems} - set(CONTAINERS) == set(REFUSED)


def test_with_quarantine_the_good_files_are_used_and_the_bad_ones_listed() -> None:
    records = read_records(FOLDER, quarantine=True)

    listed = records.problems[records.problems["outcome"] == "quarantined"]
    assert set(listed["file"]) - set(CONTAINERS) == set(REFUSED)
    assert set(told(read_records(FOLDER / "utf8.csv"))["attendance"]) <= set(told(records)["attendance"])
    assert not balance(records).any()
