"""Checking a result later: every file is as the run wrote it, or is named."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from sanshe_net import cli, export

FILES = {"report.html": b"report", "tables/people.csv": b"a,b\n", "tables/ties.csv": b""}


@pytest.fixture
def result(tmp_path: Path) -> Path:
    folder, records = tmp_path / "out", tmp_path / "in"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    records.mkdir()
    for name in ("a.csv", "b.csv"):
        (records / name).write_text(name)
    export.write_manifest(folder, {"seed": 1, "inputs": export.hashed_inputs([records])})
    return folder


def found(result: Path) -> list[tuple[str, str]]:
    return [(problem.code, problem.place.file) for problem in export.verify_run(result)]


def test_a_person_can_read_the_manifest(tmp_path: Path) -> None:
    export.write_manifest(tmp_path, {"title": "青云里"})

    assert (tmp_path / "run.json").read_text(encoding="utf-8").startswith('{\n  "title": "青云里",\n')


def test_a_result_that_nobody_touched_is_as_it_was_written(result: Path) -> None:
    assert found(result) == []
    assert export.verify_inputs(result, [result.parent / "in"]) == []


@pytest.mark.parametrize("name", FILES)
def test_each_missing_changed_or_foreign_file_is_named(name: str, result: Path) -> None:
    path = result / name
    path.write_bytes(FILES[name] + b" ")
    assert found(result) == [("E-VERIFY-CHANGED", name)]
    path.unlink()
    assert found(result) == [("E-VERIFY-MISSING", name)]
    path.mkdir()
    (path / "x").write_text("x")
    assert found(result) == [("E-VERIFY-MISSING", name), ("E-VERIFY-EXTRA", f"{name}/x")]


def test_a_link_to_the_same_content_is_a_change(result: Path) -> None:
    (result / "report.html").rename(result.parent / "elsewhere.html")
    (result / "report.html").symlink_to(result.parent / "elsewhere.html")
    (result / "folder").symlink_to(result.parent)

    assert found(result) == [("E-VERIFY-CHANGED", "report.html"), ("E-VERIFY-EXTRA", "folder")]


def test_what_systems_and_office_programs_add_is_no_change(result: Path) -> None:
    for name in (
        ".DS_Store",
        "Thumbs.db",
        "tables/desktop.ini",
        "~$tables.xlsx",
        "._tables.xlsx",
        ".~lock.a.csv#",
    ):
        (result / name).write_text("x")

    assert found(result) == []


def test_a_name_of_a_file_cannot_drive_a_terminal(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (result / "a\x1b[31m\u202e.html").write_text("x")
    (result / os.fsdecode(b"b\xff.html")).write_text("x")
    with pytest.raises(SystemExit):
        cli.main(["verify", str(result)])

    assert "a\\u001b[31m\\u202e.html" in (said := capsys.readouterr().err)
    assert "b\\udcff.html" in said


def test_a_file_that_cannot_be_opened_is_named(result: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("sanshe_net.export.manifest.file_hash", closed)
    assert found(result) == [("E-FILE-UNREADABLE", name) for name in FILES]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "1",
        "{}",
        '{"outputs": []}',
        '{"outputs": {"a": 1}}',
        "[" * 100_000,
        '"\\ud800"',
        "\x00",
    ],
)
def test_a_manifest_that_is_none_is_the_only_problem(text: str, result: Path) -> None:
    (result / "run.json").write_text(text, encoding="utf-8")

    assert found(result) == [("E-VERIFY-MANIFEST", "run.json")]
    assert [p.code for p in export.verify_inputs(result, [result])] == ["E-VERIFY-MANIFEST"]


def test_a_folder_without_a_manifest_is_no_result(result: Path) -> None:
    (result / "run.json").write_bytes(b"\xff\xfe")
    assert found(result) == [("E-VERIFY-MANIFEST", "run.json")]
    (result / "run.json").unlink()
    assert found(result) == [("E-VERIFY-MANIFEST", "run.json")]
    assert found(result / "nowhere") == [("E-VERIFY-MANIFEST", "run.json")]


def test_a_manifest_cannot_lead_out_of_its_folder(result: Path) -> None:
    manifest = json.loads((result / "run.json").read_text())
    (result.parent / "secret").write_bytes(b"report")
    manifest["outputs"]["../secret"] = manifest["outputs"]["report.html"]
    (result / "run.json").write_text(json.dumps(manifest))

    assert found(result) == [("E-VERIFY-MISSING", "../secret")]


def test_changed_missing_and_new_inputs_are_named(result: Path) -> None:
    records = result.parent / "in"
    (records / "a.csv").write_text("changed")
    (records / "b.csv").rename(records / "c.csv")

    problems = export.verify_inputs(result, [records])
    assert [(p.code, p.place.file, p.masked.en.partition(".")[0].rpartition(": ")[2]) for p in problems] == [
        ("E-VERIFY-INPUT", "a.csv", "changed"),
        ("E-VERIFY-INPUT", "b.csv", "missing"),
        ("E-VERIFY-INPUT", "c.csv", "not there then"),
    ]


def test_a_manifest_without_inputs_knows_none(result: Path) -> None:
    export.write_manifest(result, {"inputs": "none"})

    assert len(export.verify_inputs(result, [result.parent / "in"])) == 2


@pytest.mark.parametrize(("lang", "said"), [("zh", "完全相同"), ("en", "as it was written")])
def test_the_command_says_so_when_nothing_changed(
    lang: str, said: str, result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cli.main(["verify", str(result), "--inputs", str(result.parent / "in"), "--lang", lang])

    assert said in capsys.readouterr().out


def test_the_command_lists_what_changed_and_fails(result: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (result / "report.html").unlink()
    (result.parent / "in" / "a.csv").write_text("changed")
    with pytest.raises(SystemExit) as exit_:
        cli.main(["verify", str(result), "--inputs", str(result.parent / "in")])

    assert exit_.value.code == 2
    shown = capsys.readouterr()
    assert "[E-VERIFY-MISSING] report.html" in shown.err
    assert "[E-VERIFY-INPUT] a.csv" in shown.err
    assert shown.out == ""


def test_the_command_names_an_unreadable_manifest_once(
    result: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (result / "run.json").unlink()
    with pytest.raises(SystemExit):
        cli.main(["verify", str(result), "--inputs", str(result.parent / "in")])

    assert capsys.readouterr().err.count("E-VERIFY-MANIFEST") == 1
