"""The mapping file: what it may say, what is refused with its line, and the proposal that answers questions."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from sheets import WriteSheet

from sanshe_net.build.mapping import TARGETS, read_mapping
from sanshe_net.build.propose import propose_mapping
from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.cli import main
from sanshe_net.errors import ManyProblems, SansheError

BAD = Path(__file__).parent / "badinputs"


def mapping_of(folder: Path, text: str):  # type: ignore[no-untyped-def]
    path = folder / "m.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


@pytest.mark.parametrize(
    ("file", "line", "says"),
    [
        ("mapping_unknown_field.yaml", 3, "phone"),
        ("mapping_twice.yaml", 3, "姓名, 参加者"),
        ("mapping_dup_key.yaml", 3, "姓名"),
    ],
)
def test_a_faulty_mapping_is_refused_with_its_line(file: str, line: int, says: str) -> None:
    with pytest.raises(ManyProblems) as refusal:
        read_mapping(BAD / file)

    [problem] = refusal.value.problems
    assert problem.place.row == line
    assert says in problem.wording.en


@pytest.mark.parametrize(
    "text",
    [
        "columns: [姓名]", "- a", "just text", "columns: {姓名: person", "marks: {○: maybe}", "year: soon", "year: 19",
        "date_order: ydm", "colums: {姓名: person}", "words: {colour: {红: red}}", "words: {role: {党员: nobody}}",
        "columns: {姓名: {deep: person}}", "hidden_sheets: yes", "!!python/object/apply:os.system ['true']",
        "a: &a [*a]", "columns:\n\t姓名: person",
    ],
)  # fmt: skip
def test_anything_the_mapping_does_not_know_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SansheError) as refusal:
        mapping_of(tmp_path, text)

    assert refusal.value.exit_code == 2


def test_yes_and_no_are_marks_and_not_truth_values(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "marks:\n  Y: present\n  no: absent\n  1: present\n")

    assert dict(mapping.habits.marks) == {"Y": "present", "no": "absent", "1": "present"}


def test_an_entry_left_open_answers_nothing(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "columns: {姓名: ?}\nyear: ?\nstacked:\nmarks: {○: ?}\n")

    assert (dict(mapping.columns), mapping.habits.year, mapping.stacked) == ({}, None, "")
    assert dict(mapping.habits.marks) == {}


@pytest.mark.parametrize(
    ("header", "cell", "entry", "asked"),
    [
        ("是否同意", "坚决不给外人看", "words: {consent: {坚决不给外人看: ?}}", "E-CONSENT-UNCLEAR"),
        ("签到", "○", "marks: {○: ?}", "Q-MARK"),
        ("角色", "大拿", "words: {role: {大拿: ?}}", "E-WORD-UNKNOWN"),
    ],
)
def test_an_entry_left_open_is_asked_again(
    tmp_path: Path, header: str, cell: str, entry: str, asked: str
) -> None:
    sheet = tmp_path / "签到.csv"
    sheet.write_text(f"姓名,活动,日期,{header}\n张三,灯会,2024-02-24,{cell}\n", encoding="utf-8")

    found = check_inputs(sheet, mapping=mapping_of(tmp_path, entry)).problems

    assert asked in {problem.code for problem in found}


def test_columns_of_single_files_come_first(tmp_path: Path) -> None:
    mapping = mapping_of(tmp_path, "columns: {靓仔: person}\nfiles: {'2024*.csv': {靓仔: ignore}}\n")

    assert mapping.of_file("a/2024上.csv") == {"靓仔": "ignore"}
    assert mapping.of_file("2023.csv") == {"靓仔": "person"}


def test_a_mapped_heading_that_is_gone_stops_the_run(tmp_path: Path, write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动名称"], ["张三", "清洁日"]])

    with pytest.raises(ManyProblems, match="E-MAPPING-HEADING"):
        read_records(path, mapping=mapping_of(tmp_path, "columns: {靓仔: person}"))


def test_words_can_be_taught(tmp_path: Path, write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", [["姓名", "活动名称", "角色"], ["张三", "清洁日", "打酱油"]])

    with pytest.raises(ManyProblems, match="E-WORD-UNKNOWN"):
        read_records(path)
    records = read_records(path, mapping=mapping_of(tmp_path, "words: {role: {打酱油: participant}}"))
    assert list(records.attendance["role"]) == ["participant"]


QUESTIONS = [
    [["姓名", "参加者", "活动名称"], ["张三", "李四", "清洁日"]],
    [["姓名", "清洁日3月5日", "读书会3月12日"], ["张三", "×", "○"]],
    [["姓名", "清洁日", "读书会"], ["张三", "√", "√"]],
    [["姓名", "活动名称", "姓名", "活动名称"], ["张三", "清洁日", "李四", "清洁日"]],
    [["name", "event", "date"], ["Ada", "Clean-up", "05/03/2019"]],
    [["活动名称", "参加人员"], ["清洁日", "张三、李四等15人"]],
    [["靓仔", "搞乜"], ["张三", "清洁日"]],
]
ANSWERS = {
    "year": "2019", "date_order": "dmy", "unnamed": "count", "side_by_side": "split", "姓名": "person", "参加者": "ignore",
    "清洁日": "ticks", "读书会": "ticks", "靓仔": "person", "搞乜": "activity", "×": "absent", "○": "present",
}  # fmt: skip


@pytest.mark.parametrize("rows", QUESTIONS, ids=lambda rows: "|".join(rows[0]))
def test_the_proposal_filled_in_answers_every_question(
    tmp_path: Path, write_sheet: WriteSheet, rows: list[list[str]]
) -> None:
    path = write_sheet("a.csv", rows)
    text, waiting = propose_mapping([path])
    assert waiting == text.count(": ?")
    filled = []
    for line in text.splitlines():
        entry = line.strip().partition(":")[0].strip('"')
        filled.append(line.replace("?", ANSWERS[entry], 1) if ": ?" in line else line)

    records = read_records(path, mapping=mapping_of(tmp_path, "\n".join(filled)))

    assert len(records.people) >= 1


def test_the_command_writes_a_proposal_and_the_run_takes_it(tmp_path: Path, write_sheet: WriteSheet) -> None:
    path = write_sheet("a.csv", QUESTIONS[0])
    out = tmp_path / "对应表.yaml"

    assert CliRunner().invoke(main, ["check", str(path)]).exit_code == 3
    assert CliRunner().invoke(main, ["map-columns", str(path), "-o", str(out)]).exit_code == 0
    text = out.read_text(encoding="utf-8")
    out.write_text(
        text.replace('"姓名": ?', '"姓名": person').replace('"参加者": ?', '"参加者": ignore'),
        encoding="utf-8",
    )
    assert CliRunner().invoke(main, ["check", str(path), "--mapping", str(out)]).exit_code == 0
    assert (
        CliRunner().invoke(main, ["map-columns", str(path), "-o", str(out)]).exit_code == 2
    )  # kept as it is


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(TARGETS).map(lambda target: f"columns: {{a: {target}}}"))
def test_whatever_a_mapping_file_holds_it_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("m") / "m.yaml"
    path.write_text(text, encoding="utf-8", errors="replace")

    with suppress(SansheError):  # anything else is a fault of ours
        read_mapping(path)


def test_a_proposal_reads_the_sheets_as_it_was_told_to(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,活動,日期\n張三,清潔日,2024-06-08\n".encode("big5"))

    text, waiting = propose_mapping([path], encoding="big5")

    assert waiting == 0
    assert "姓名 -> person" in text
