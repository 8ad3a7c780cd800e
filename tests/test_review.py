"""The review workbook and its commands: pairs out, decisions in, and a way back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner, Result

from sanshe_net.build.decisions import Decision, Descriptor, decision_table, read_decisions
from sanshe_net.build.read import read_inputs
from sanshe_net.build.suggest_names import suggest_pairs
from sanshe_net.cli import main
from sanshe_net.errors import InputError, ManyProblems, OutputError
from sanshe_net.export import write_csv
from sanshe_net.practice.who_is_who import NO_EFFECT
from sanshe_net.review import read_answers, review_table, write_review
from sanshe_net.vocabulary import Lang

SHEETS = {
    "签到": "姓名,活动,日期,电话,楼栋\n王小明,中秋灯会,2024-09-17,13800000001,3栋\n王晓明,茶会,2024-09-18,13800000001,\n"
    "=1+1,茶会,2024-09-18,13800000002,\n=1+1,茶会,2024-09-20,13800000003,\n王小明,棋会,2024-09-19,13800000001,\n"
    "李娜,中秋 灯会,2024-09-17,,\n",
    "组织": "组织名称,负责人\n舞蹈队,\n社区舞蹈队,\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "表").mkdir()
    for name, text in SHEETS.items():
        (tmp_path / "表" / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def reviewed(folder: Path, lang: Lang = "zh") -> Path:
    reading = read_inputs(folder / "表")
    records, people = reading.records, reading.people
    pairs = suggest_pairs(records, people)
    path = folder / "待认.xlsx"
    table = review_table(records, people, pairs, [NO_EFFECT] * len(pairs), lang)
    write_review(path, table, lang, force=True)
    return path


def fill(path: Path, answers: Mapping[str, str], keep: str = "") -> None:
    """Write decisions beside the pairs whose first name is a key of ``answers``."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    at = {
        part: next(i for i, head in enumerate(heads, 1) if head in part)
        for part in (("甲 名称", "A name"), ("决定", "decision"), ("合并后用谁的名称", "name to keep"))
    }
    name, decision, shown = at.values()
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, name).value in answers:
            sheet.cell(row, decision).value = answers[sheet.cell(row, name).value]
            if keep:
                sheet.cell(row, shown).value = keep
    book.save(path)


def answers(folder: Path) -> list[Decision]:
    reading = read_inputs(folder / "表")
    return read_answers(folder / "待认.xlsx", reading.people, reading.records, "2024-10-01")


def sanshe(*words: object) -> Result:
    from unittest.mock import patch

    # The group leaves with sys.exit and looks at the words of the command line for the language.
    with patch("sys.argv", ["sanshe", *map(str, words)]):
        return CliRunner().invoke(main, [str(word) for word in words])


def test_pairs_stand_side_by_side_as_text(folder: Path) -> None:
    sheet = openpyxl.load_workbook(reviewed(folder)).worksheets[0]
    rows = [
        dict(zip([c.value for c in sheet[1]], [c.value for c in row], strict=True))
        for row in sheet.iter_rows(min_row=2)
    ]

    assert [row["类别"] for row in rows] == ["人", "人", "组织", "活动"]
    first = rows[0]
    assert (first["甲 名称"], first["甲 电话"], first["甲 楼栋"], first["甲 签到次数"]) == (
        "王小明",
        "13800000001",
        "3栋",
        2,
    )
    assert (first["乙 名称"], first["甲 首次"], first["甲 最近"]) == ("王晓明", "2024-09-17", "2024-09-19")
    assert first["理由"] == "读音相同；电话相同"
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert rows[1]["甲 名称"] == "=1+1"
    assert any("同一人" in check.formula1 for check in sheet.data_validations.dataValidation)


def test_the_same_pairs_give_the_same_bytes(folder: Path) -> None:
    assert reviewed(folder).read_bytes() == reviewed(folder).read_bytes()


def test_answers_are_read_back_with_who_they_are_about(folder: Path) -> None:
    reviewed(folder)
    fill(folder / "待认.xlsx", {"王小明": "同一人", "=1+1": "不同人", "舞蹈队": "不确定", "中秋灯会": "same"})

    found = answers(folder)

    assert [(one.subject, one.word, one.date) for one in found] == [
        ("person", "same", "2024-10-01"), ("person", "different", "2024-10-01"), ("body", "unsure", "2024-10-01"),
        ("activity", "same", "2024-10-01"),
    ]  # fmt: skip
    assert found[0].keep == Descriptor("王小明", "13800000001", None, "3栋")
    assert found[3].keep == Descriptor("中秋灯会", day="2024-09-17")


def test_the_other_name_can_be_kept_and_the_workbook_may_be_english(folder: Path) -> None:
    reviewed(folder, "en")
    fill(folder / "待认.xlsx", {"王小明": "same"}, keep="B")

    assert [one.keep.name for one in answers(folder)] == ["王晓明"]


def test_blank_answers_are_no_decisions(folder: Path) -> None:
    reviewed(folder)

    assert answers(folder) == []


def test_every_faulty_answer_is_named(folder: Path) -> None:
    reviewed(folder)
    fill(folder / "待认.xlsx", {"王小明": "也许", "=1+1": "同一人", "舞蹈队": "同一人", "中秋灯会": "同一人"})
    (folder / "表" / "组织.csv").unlink()
    (folder / "表" / "签到.csv").write_text("姓名,活动,日期\n王小明,棋会,2024-09-17\n", encoding="utf-8")

    with pytest.raises(ManyProblems) as refused:
        answers(folder)

    assert [(problem.place.row, problem.code) for problem in refused.value.problems] == [
        (2, "E-DECISION-WORD"), (3, "E-DECISION-UNKNOWN"), (4, "E-DECISION-UNKNOWN"), (5, "E-DECISION-UNKNOWN"),
    ]  # fmt: skip


def test_a_pair_of_an_unknown_kind_is_nobody_here(folder: Path) -> None:
    path = reviewed(folder)
    fill(path, {"王小明": "同一人"})
    book = openpyxl.load_workbook(path)
    book.worksheets[0].cell(2, 3).value = "猫"
    book.save(path)

    with pytest.raises(ManyProblems, match="E-DECISION-UNKNOWN"):
        answers(folder)


def test_what_is_no_review_workbook_is_refused(folder: Path) -> None:
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        answers(folder)
    pd.DataFrame({"决定": ["同一人"]}).to_excel(folder / "待认.xlsx", index=False)
    with pytest.raises(InputError, match="E-REVIEW-COLUMNS"):
        answers(folder)
    cut_short = Path(__file__).parent / "badinputs" / "truncated.xlsx"
    (folder / "待认.xlsx").write_bytes(cut_short.read_bytes())
    with pytest.raises(ManyProblems):
        answers(folder)


def test_a_review_with_answers_is_not_overwritten(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = reviewed(folder)
    with pytest.raises(OutputError, match="E-OUT-FILE-EXISTS"):
        write_review(path, pd.DataFrame(), "zh")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    before = path.read_bytes()
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        write_review(path, pd.DataFrame(), "zh", force=True)
    assert path.read_bytes() == before
    assert list(folder.glob(".*")) == []


# --- the commands


def test_review_apply_run_undo(folder: Path) -> None:
    review, decisions, sheets = folder / "待认.xlsx", folder / "决定.csv", folder / "表"
    done = sanshe("people", "review", sheets, "-o", review)
    assert done.exit_code == 0, done.output
    assert "4 对待认" in done.output
    assert "王小明" not in done.output

    fill(review, {"王小明": "同一人", "=1+1": "不同人"})
    done = sanshe("people", "apply", sheets, "--review", review, "--decisions", decisions, "--by", "陈社工")
    assert done.exit_code == 0, done.output
    held = read_decisions(decisions)
    assert [(one.keep.name, one.word, one.by) for one in held.every] == [
        ("=1+1", "different", "陈社工"),
        ("王小明", "same", "陈社工"),
    ]
    assert all(one.date for one in held.every)

    # Next time only what is undecided is asked, and old answers are kept beside new ones.
    done = sanshe(
        "people", "review", sheets, "-o", review, "--decisions", decisions, "--force", "--lang", "en"
    )
    assert "2 pairs" in done.output
    fill(review, {"舞蹈队": "same"})
    done = sanshe("people", "apply", sheets, "--review", review, "--decisions", decisions)
    assert done.exit_code == 0, done.output
    assert len(read_decisions(decisions).every) == 3

    records = read_inputs(sheets, decisions=decisions).records
    assert sorted(records.people["name"]) == ["=1+1", "=1+1", "李娜", "王小明"]
    assert records.organisations["name"].tolist() == ["舞蹈队"]

    done = sanshe("people", "undo", "--decisions", decisions, "--line", "2", "--line", "3", "--line", "4")
    assert done.exit_code == 0, done.output
    again = read_inputs(sheets, decisions=decisions).records
    plain = read_inputs(sheets).records
    pd.testing.assert_frame_equal(again.people, plain.people)
    pd.testing.assert_frame_equal(again.attendance, plain.attendance)


def test_answers_that_contradict_the_file_are_refused_and_nothing_is_written(folder: Path) -> None:
    one, other = Descriptor("王小明", "13800000001", None, "3栋"), Descriptor("王晓明", "13800000001")
    third = Descriptor("第三人")
    held = [Decision("person", third, one, "same"), Decision("person", third, other, "same")]
    write_csv(folder / "决定.csv", decision_table(held))
    before = (folder / "决定.csv").read_bytes()
    reviewed(folder)
    fill(folder / "待认.xlsx", {"王小明": "不同人"})

    done = sanshe(
        "people", "apply", folder / "表", "--review", folder / "待认.xlsx", "--decisions", folder / "决定.csv"
    )

    assert done.exit_code == 2
    assert (folder / "决定.csv").read_bytes() == before


def test_a_run_with_decisions_says_which_file_it_used(folder: Path) -> None:
    pair = Decision(
        "person", Descriptor("王小明", "13800000001"), Descriptor("王晓明", "13800000001"), "same"
    )
    write_csv(folder / "决定.csv", decision_table([pair]))

    done = sanshe("run", folder / "表", "-o", folder / "结果", "--decisions", folder / "决定.csv")

    assert done.exit_code == 0, done.output
    assert '"decisions": {' in (folder / "结果" / "run.json").read_text(encoding="utf-8")
    assert "如果把疑似同一个的合并" in (folder / "结果" / "report.html").read_text(encoding="utf-8")
    assert (folder / "结果" / "tables" / "if_joined.csv").is_file()
