"""The corpus of files that went wrong: each is read, asked about, refused or skipped as its entry says."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sheets import balance, told

from sanshe_net.build.blocks import column_letters
from sanshe_net.build.decisions import read_decisions
from sanshe_net.build.mapping import read_mapping
from sanshe_net.build.read import Reading, check_inputs, is_empty, read_records
from sanshe_net.build.read_graph import read_network
from sanshe_net.cli import main
from sanshe_net.errors import ManyProblems, Problem, SansheError

FOLDER = Path(__file__).parent / "badinputs"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
ENTRIES: list[dict[str, Any]] = MANIFEST["files"]
TABLES = [
    entry
    for entry in ENTRIES
    if entry["folder"] not in ("07_graph", "09_config") and entry["file"] != "merges_bad.csv"
]
EXIT = {"ok": 0, "ok_with_issues": 0, "ask": 3, "row_error": 2, "reject_file": 2, "skip": 2}
"""Exit code of ``sanshe check``; a file that is no input leaves nothing to check when it is the only one."""

COUNTED_OTHERWISE = {
    # The entry counts the four who are named; whoever refused consent is as if never present.
    "consent.xlsx": {"people": 3},
}


def ids(entry: dict[str, Any]) -> str:
    return f"{entry['folder'][:2]}-{entry['file']}"


def severity_of(reading: Reading) -> int:
    stopping = [problem for problem in reading.problems if problem.stops]
    if stopping:
        return ManyProblems(stopping).exit_code
    return 2 if is_empty(reading.records) else 0


@pytest.mark.parametrize("entry", TABLES, ids=ids)
def test_a_table_comes_out_as_its_entry_says(entry: dict[str, Any]) -> None:
    reading = check_inputs(FOLDER / entry["file"])

    assert severity_of(reading) == EXIT[entry["outcome"]], [problem.code for problem in reading.problems]
    assert not balance(reading.records).any()
    if EXIT[entry["outcome"]] == 0:
        records = reading.records
        found = {
            "people": len(records.people),
            "activities": len(records.activities),
            "attendance": int(records.attendance["present"].fillna(False).sum()),
        }
        expected = entry.get("counts", {}) | COUNTED_OTHERWISE.get(entry["file"], {})
        assert {name: found[name] for name in expected} == expected


def is_told(problem: Problem, at: dict[str, Any]) -> bool:
    row = int("".join(c for c in at["cell"] if c.isdigit())) if "cell" in at else at.get("line", 0)
    letters = "".join(c for c in at.get("cell", "") if c.isalpha())
    place = problem.place
    return (not row or place.row == row) and (not letters or place.letters in ("", letters))


@pytest.mark.parametrize("entry", [entry for entry in TABLES if "at" in entry], ids=ids)
def test_every_place_that_an_entry_names_is_told(entry: dict[str, Any]) -> None:
    problems = check_inputs(FOLDER / entry["file"]).problems

    untold = [at for at in entry["at"] if not any(is_told(problem, at) for problem in problems)]
    assert untold == []


@pytest.mark.parametrize("entry", TABLES, ids=ids)
def test_the_command_ends_with_the_code_of_its_outcome_and_no_traceback(entry: dict[str, Any]) -> None:
    result = CliRunner().invoke(main, ["check", str(FOLDER / entry["file"]), "--lang", "en"])

    assert result.exit_code == EXIT[entry["outcome"]]
    assert "Traceback" not in result.output
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry["folder"] == "07_graph"], ids=ids)
def test_a_bad_graph_file_is_refused(entry: dict[str, Any]) -> None:
    with pytest.raises(SansheError) as refusal:
        read_network(FOLDER / entry["file"])

    assert refusal.value.exit_code == 2


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if entry["folder"] == "09_config"], ids=ids)
def test_a_bad_mapping_is_refused_where_it_goes_wrong(entry: dict[str, Any]) -> None:
    with pytest.raises(ManyProblems) as refusal:
        read_mapping(FOLDER / entry["file"])

    for at in entry.get("at", []):
        assert at["line"] in {problem.place.row for problem in refusal.value.problems}


def test_bad_decisions_are_refused_at_every_line_that_is_wrong() -> None:
    [entry] = [entry for entry in ENTRIES if entry["file"] == "merges_bad.csv"]
    known = {f"P{number:03d}" for number in range(1, 8)}

    with pytest.raises(ManyProblems) as refusal:
        read_decisions(FOLDER / entry["file"], lambda: _described(known))

    assert {at["line"] for at in entry["at"]} <= {problem.place.row for problem in refusal.value.problems}


def _described(ids_: set[str]) -> dict[str, Any]:
    from sanshe_net.build.decisions import Descriptor

    return {person: Descriptor(person, None, None, None) for person in ids_}


SAME_AS_CONTROL = [
    entry
    for entry in TABLES
    if EXIT[entry["outcome"]] == 0
    and entry.get("counts") == {"people": 3, "activities": 2, "attendance": 3}
    and entry["file"] not in ("sheet_per_activity.xlsx",)
]


@pytest.mark.parametrize("entry", SAME_AS_CONTROL, ids=ids)
def test_the_same_three_sign_ins_are_read_from_every_odd_file(entry: dict[str, Any]) -> None:
    expected, found = read_records(FOLDER / "utf8.csv"), read_records(FOLDER / entry["file"])

    def who_was_where(records: Any) -> set[tuple[str, ...]]:
        return {row[:-1] for row in told(records)["attendance"]}

    assert told(found)["activities"] == told(expected)["activities"]
    assert len(who_was_where(found)) == len(who_was_where(expected)) == 3
    assert set(found.people["name"]) == set(expected.people["name"])


def test_every_bad_file_of_a_folder_is_reported_in_one_run(tmp_path: Path) -> None:
    for number in range(60):
        shutil.copy(FOLDER / "utf8.csv", tmp_path / f"好{number:02d}.csv")
        (tmp_path / f"好{number:02d}.csv").write_bytes(
            (FOLDER / "utf8.csv").read_bytes().replace("清洁日".encode(), f"清洁日{number}".encode())
        )
    bad = ["truncated.xlsx", "password.xlsx", "mixed_encodings.csv"]
    for name in bad:
        shutil.copy(FOLDER / name, tmp_path / name)

    with pytest.raises(ManyProblems) as refusal:
        read_records(tmp_path)

    assert {problem.place.file for problem in refusal.value.problems} == set(bad)


def test_a_lock_file_in_a_folder_is_skipped_and_mentioned_once(tmp_path: Path) -> None:
    for name in ("utf8.csv", "~$签到表.xlsx", "._签到表.xlsx"):
        shutil.copy(FOLDER / name, tmp_path / name)

    records = read_records(tmp_path)

    assert list(records.problems["code"]) == ["N-FILE-SKIPPED"] * 2
    assert len(records.attendance) == 3


def test_every_file_of_the_folder_has_an_entry() -> None:
    held = {path.name for path in FOLDER.iterdir()} - {"README.md", "manifest.json"}

    assert held == {entry["file"] for entry in ENTRIES}


def test_columns_are_named_as_a_workbook_names_them() -> None:
    assert [column_letters(i) for i in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
