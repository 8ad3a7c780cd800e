"""The commands as people run them: interrupted, twice at once, on odd terminals, with names in odd places."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sheets import write

from sanshe_net import cli, files
from sanshe_net.pipeline import run_community
from sanshe_net.settings import Settings

NAMES = ["李梅", "王强", "赵敏", "孙丽", "周杰", "吴芳"]
QUICK = Settings(draws=5)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Two small sign-in sheets that give a whole result."""
    folder = tmp_path / "in"
    folder.mkdir()
    for month in (4, 5):
        rows = [
            [name, f"活动{day}", f"2024-0{month}-{day:02}"]
            for day in range(1, 6)
            for name in NAMES[day % 3 : day % 3 + 4]
        ]
        write(folder / f"{month}月.csv", [["姓名", "活动", "日期"], *rows])
    (tmp_path / "quick.toml").write_text("draws = 5\n")
    return folder


def sanshe(*args: object, cwd: Path | None = None, **env: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "sanshe_net", *map(str, args)], capture_output=True, check=False, cwd=cwd,
        env={**os.environ, **env},
    )  # fmt: skip


def content(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_same_records_same_bytes_whatever_the_hash_seed_clock_place_and_order_of_files(
    records: Path, tmp_path: Path
) -> None:
    given = sorted(records.iterdir())
    for out, order, env in (
        ("one", given, {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai"}),
        ("two", given[::-1], {"PYTHONHASHSEED": "1", "TZ": "America/Los_Angeles"}),
    ):
        done = sanshe("run", *order, "-o", out, "--settings", "quick.toml", cwd=tmp_path, **env)
        assert done.returncode == 0, done.stderr.decode()
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    manifests = [json.loads(held.pop("run.json")) for held in (one, two)]
    for manifest in manifests:
        manifest.pop("made")

    assert [name for name in one if one[name] != two.get(name)] == []
    assert set(one) == set(two)
    assert manifests[0] == manifests[1]


def test_the_manifest_says_what_was_run_and_names_no_person(records: Path, tmp_path: Path) -> None:
    run_community([records], tmp_path / "out", settings=QUICK)

    text = (tmp_path / "out" / "run.json").read_text(encoding="utf-8")
    manifest = json.loads(text)
    assert not [name for name in NAMES if name in text]
    assert str(tmp_path) not in text
    assert set(manifest) == {
        "tool", "python", "platform", "made", "command", "lang", "settings", "inputs", "answers", "rows",
        "tables", "outputs", "called_ties", "over_time",
    }  # fmt: skip
    assert manifest["rows"]["rows_in"] == 40
    assert set(manifest["inputs"]) == {"4月.csv", "5月.csv"}


# --- interrupted

STAGES = [
    "build.read.check_inputs", "build_network", "leaders_of", "_findings", "community_map", "draw_report",
    "_write_tables", "export.write_graphml", "export.write_manifest", "export.folders._move_into_place",
]  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_an_interrupt_at_any_stage_ends_with_130_and_changes_nothing(
    stage: str,
    records: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("{}")
    before = content(tmp_path)

    def interrupted(*args: Any, **kwargs: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(
        f"sanshe_net.{'' if stage.startswith(('build.', 'export.')) else 'pipeline.'}{stage}", interrupted
    )
    settings = str(tmp_path / "quick.toml")
    with pytest.raises(SystemExit) as exit_:
        cli.main(["run", str(records), "-o", str(tmp_path / "out"), "--force", "--settings", settings])
    assert exit_.value.code == 130
    assert content(tmp_path) == before
    assert names(tmp_path) == ["in", "out", "quick.toml"]
    assert "中断" in capsys.readouterr().err


WAITING = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # tests run in the background hand on that it is ignored
from sanshe_net import pipeline
def waiting(*args, **kwargs):
    print("reached", flush=True)
    sys.stdin.read()
pipeline.community_map = waiting
from sanshe_net.cli import main
main(sys.argv[1:])
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows cannot send Ctrl-C to one other process only")
def test_ctrl_c_in_a_real_run_leaves_nothing(records: Path, tmp_path: Path) -> None:
    command = [
        "run",
        str(records),
        "-o",
        str(tmp_path / "x" / "out"),
        "--settings",
        str(tmp_path / "quick.toml"),
    ]
    with subprocess.Popen(
        [sys.executable, "-c", WAITING, *command],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == b"reached\n"
        assert names(tmp_path / "x") == [".out.sanshe-lock", ".out.sanshe-new"]
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)

    assert process.returncode == 130
    assert b"Traceback" not in said
    assert names(tmp_path) == ["in", "quick.toml"]


@pytest.mark.parametrize("write", [0, 1, 7, 16])
def test_a_disk_that_fills_up_is_said_and_the_earlier_result_stays(
    write: int,
    records: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    fill, left = files._fill, [write]

    def full(descriptor: int, content: bytes) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        left[0] -= 1
        fill(descriptor, content)

    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "run.json").write_text("{}")
    before = content(tmp_path)
    monkeypatch.setattr(files, "_fill", full)
    with pytest.raises(SystemExit) as exit_:
        cli.main(
            [
                "run",
                str(records),
                "-o",
                str(tmp_path / "out"),
                "--force",
                "--settings",
                str(tmp_path / "quick.toml"),
            ]
        )
    assert exit_.value.code == 2
    said = capsys.readouterr().err
    assert "[E-OUT-NOT-WRITABLE]" in said
    assert "磁盘已满" in said
    assert content(tmp_path) == before
    assert names(tmp_path) == ["in", "out", "quick.toml"]


# --- where the output stands


@pytest.mark.parametrize("out", ["in", "."])
def test_an_output_that_is_or_holds_the_input_is_refused_before_reading(
    out: str,
    records: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sanshe_net.build.read.check_inputs", lambda *args, **kwargs: pytest.fail("read"))
    before = content(tmp_path)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["run", str(records), "-o", str(tmp_path / out), "--force"])

    assert exit_.value.code == 2
    assert "[E-OUT-IS-INPUT]" in capsys.readouterr().err
    assert content(tmp_path) == before


def test_a_result_inside_the_folder_of_records_is_no_record_while_it_is_made_and_later(records: Path) -> None:
    first = run_community([records], records / "结果", settings=QUICK)
    second = run_community([records], records / "结果", settings=QUICK, force=True)

    assert (first.people, first.activities) == (second.people, second.activities)
    assert first.problems == 0
    assert second.problems == 1  # the earlier result was skipped, and that is said
    assert names(records) == ["4月.csv", "5月.csv", "结果"]


@pytest.mark.parametrize(("command", "suffix"), [("leaders", ".xlsx"), ("measure", ".csv"), ("map", ".html")])
def test_an_output_file_of_the_wrong_kind_is_refused_before_reading(
    command: str,
    suffix: str,
    records: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sanshe_net.build.read.check_inputs", lambda *args, **kwargs: pytest.fail("read"))
    for out, code in ((tmp_path / "a.docx", "E-OUT-SUFFIX"), (records / "4月.csv", "E-OUT-")):
        with pytest.raises(SystemExit) as exit_:
            cli.main([command, str(records), "-o", str(out), "--force"])
        assert exit_.value.code == 2
        said = capsys.readouterr().err
        assert code in said
        assert suffix in said or "E-OUT-IS-INPUT" in said


ODD_NAMES = [
    "../../etc/evil", "C:\\evil", "CON", "a/b:c*?", "..", ".", "长" * 300, "Team A", "team a", "TEAM?A",
    "=cmd|' /C calc'!A0", "a\u202eb",
]  # fmt: skip


def test_names_in_sheets_never_become_names_of_files(records: Path, tmp_path: Path) -> None:
    run_community([records], tmp_path / "plain", settings=QUICK)
    rows = [[name, odd, "2024-06-01", odd] for odd in ODD_NAMES for name in NAMES[:3]]
    write(records / "6月.csv", [["姓名", "活动", "日期", "主办单位"], *rows])
    run_community([records], tmp_path / "odd", settings=QUICK)

    plain, odd = (set(content(tmp_path / name)) for name in ("plain", "odd"))
    assert odd - {"issues.xlsx"} == plain - {"issues.xlsx"}
    assert names(tmp_path) == ["in", "odd", "plain", "quick.toml"]


# --- terminals


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1"])
def test_no_terminal_breaks_a_message(encoding: str, tmp_path: Path) -> None:
    rows = [["姓名", "活动", "日期"], ["𠮷野😀", "合唱", "2024-02-30"], ["李梅", "合唱", "2024-02-01"]]
    write(tmp_path / "a.csv", rows)

    for command in (["check", "a.csv"], ["--help"], ["run", "nowhere.csv", "-o", "out"]):
        done = sanshe(*command, cwd=tmp_path, PYTHONIOENCODING=encoding, SANSHE_LANG="")
        said = (done.stdout + done.stderr).decode("gbk" if encoding == "gbk" else "utf-8", "replace")
        assert "Traceback" not in said
        assert "UnicodeEncodeError" not in said
        if command == ["--help"]:
            assert "Check the sheets" in said
        elif encoding == "gbk":
            assert "没有" in said or "不是存在的日期" in said
        else:  # it cannot show Chinese, so it speaks English
            assert "There is no file" in said or "not a possible date" in said


# --- names stay out of what is printed

SECRET, PHONE = "司马相如", "13812345678"


@pytest.fixture
def wrong_records(tmp_path: Path) -> Path:
    """Sheets in which names and phones stand wherever a message may quote them."""
    folder = tmp_path / "in"
    folder.mkdir()
    head = ["姓名", "活动", "日期", "电话", "是否到场"]
    fine = [[name, "合唱", "2024-05-01", f"1390000000{i}", "到"] for i, name in enumerate(NAMES)]
    write(folder / "a.csv", [
        head, *fine, [f"{SECRET}、张三丰", "合唱", "2024-05-01", PHONE, "到"], ["李梅", "合唱", SECRET, PHONE, "到"],
        ["李梅", "合唱", "2024-05-02", f"{SECRET}{PHONE}", "到"], ["李梅", "合唱", PHONE, "", SECRET],
    ])  # fmt: skip
    write(folder / "b.csv", [[SECRET, PHONE, "x"], ["1", "2", "3"]])
    return folder


def is_masked(said: str) -> bool:
    return SECRET not in said and SECRET[1:] not in said and PHONE not in said and PHONE[4:] not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", [["check"], ["check", "--debug"], ["run", "-o", "out"], ["leaders"]])
def test_no_name_or_phone_is_printed(
    command: list[str], lang: str, wrong_records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        cli.main([*command, str(wrong_records), "--lang", lang])

    assert exit_.value.code == 2
    shown = capsys.readouterr()
    said = shown.out + shown.err
    assert is_masked(said)
    for part in ("Q-MARK", "E-DATE-UNREADABLE", "E-NO-COLUMN", "司**", "138****"):
        assert part in said


def test_names_are_shown_when_asked_for(wrong_records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for options, masked in (([], True), (["--show-names"], False)):
        with pytest.raises(SystemExit):
            cli.main(["check", str(wrong_records), *options])
        said = capsys.readouterr()
        assert is_masked(said.out + said.err) == masked
        assert ("--show-names" in said.out) == masked


def test_the_list_of_the_station_holds_the_true_value(records: Path, tmp_path: Path) -> None:
    rows = [[SECRET, "合唱", "2024-05-01", "12"], [NAMES[0], "合唱", "2024-05-01", SECRET]]
    write(records / "6月.csv", [["姓名", "活动", "日期", "电话"], *rows])
    run_community([records], tmp_path / "out", settings=QUICK, lang="zh")

    book = openpyxl.load_workbook(tmp_path / "out" / "issues.xlsx")
    cells = [str(cell) for row in book["problems"].values for cell in row]
    assert any(SECRET in cell for cell in cells)
    assert not any("**" in cell or "mask" in cell for cell in cells)


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_ours_says_where_but_not_on_what(
    debug: bool, records: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ZeroDivisionError(f"{SECRET} {PHONE}") from error

    command = ["check", str(records), *(["--debug"] if debug else [])]
    monkeypatch.setattr("sanshe_net.build.read.check_inputs", broken)
    monkeypatch.setattr(sys, "argv", ["sanshe", *command])
    with pytest.raises(SystemExit) as exit_:
        cli.main(command)
    assert exit_.value.code == 1
    said = capsys.readouterr().err
    assert is_masked(said)
    assert "ZeroDivisionError" in said
    assert ("KeyError" in said and "in broken" in said) == debug
