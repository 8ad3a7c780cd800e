"""The installed ``sanshe``, used as a person uses it: by its command line only."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sanshe_net import cli
from sanshe_net.demo import DemoFiles, write_demo

DATA = Path(__file__).parent / "data"
TORONTO = DATA / "toronto_council_attendance.csv"
SOUTHERN_WOMEN = DATA / "southern_women_dated.csv"
OUTPUTS = {"report.html", "map.html", "tables.xlsx", "tables", "network.graphml", "run.json"}


def sanshe(
    *args: object, cwd: Path | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = shutil.which("sanshe", path=str(Path(sys.executable).parent))
    assert command is not None, "the package is not installed: run `make test`"
    return subprocess.run(
        [command, *map(str, args)], capture_output=True, encoding="utf-8", cwd=cwd, check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", **(env or {})},
    )  # fmt: skip


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def refused(done: subprocess.CompletedProcess[str], code: str) -> None:
    assert done.returncode == 2, done.stderr
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


@pytest.fixture(scope="module")
def demo_run(demo: DemoFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "结果"
    done = sanshe("run", demo.records, "-o", out)
    assert done.returncode == 0, done.stderr
    return out


# --- the three inputs


def test_the_demo_command_makes_sheets_truth_and_the_whole_result(tmp_path: Path) -> None:
    done = sanshe("demo", "-o", tmp_path / "demo", "--lang", "en")

    assert done.returncode == 0, done.stderr
    result = tmp_path / "demo" / "result"
    assert {path.name for path in result.iterdir()} >= OUTPUTS
    assert str(result / "report.html") in done.stdout
    assert str(result / "map.html") in done.stdout
    assert "simulated" in (result / "report.html").read_text(encoding="utf-8").casefold()
    assert "simulated" in (result / "map.html").read_text(encoding="utf-8").casefold()


def test_the_demo_command_with_bad_settings_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("max_headcount = 3\n", encoding="utf-8")

    done = sanshe("demo", "-o", tmp_path / "x" / "demo", "--settings", tmp_path / "s.toml")
    refused(done, "E-SETTINGS-KEY")
    assert [path.name for path in tmp_path.iterdir()] == ["s.toml"]


def demo_is_refused(out: Path, code: str, *options: str) -> None:
    """The command refuses, and the folder is afterwards as it was before."""
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    refused(sanshe("demo", "-o", out, *options), code)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("part", ["records", "truth"])
def test_the_demo_command_never_replaces_records_that_are_not_a_demos(part: str, tmp_path: Path) -> None:
    (tmp_path / part).mkdir()
    (tmp_path / part / "真实签到.csv").write_text("姓名,活动,日期\n李梅,合唱,2024-05-04\n", encoding="utf-8")

    demo_is_refused(tmp_path, "E-OUT-EXISTS")
    demo_is_refused(tmp_path, "E-OUT-NOT-OURS", "--force")
    (tmp_path / "truth").mkdir(exist_ok=True)
    (tmp_path / "truth" / "truth.json").write_text('{"simulated": false}', encoding="utf-8")
    demo_is_refused(tmp_path, "E-OUT-NOT-OURS", "--force")


def test_the_demo_command_replaces_a_demo_when_asked_but_no_foreign_file(
    demo: DemoFiles, tmp_path: Path
) -> None:
    out = tmp_path / "demo"
    for part in (demo.records, demo.truth):
        shutil.copytree(part, out / part.name)
    foreign = out / "records" / "真实签到.csv"
    foreign.write_text("姓名,活动,日期\n真人甲,合唱,2024-05-04\n", encoding="utf-8")

    demo_is_refused(out, "E-OUT-EXISTS")
    demo_is_refused(out, "E-OUT-NOT-OURS", "--force")
    foreign.unlink()
    first = next((out / "records").glob("*.csv"))
    first.write_text("changed", encoding="utf-8")
    files = write_demo(out, force=True)
    assert first.read_bytes() == (demo.records / first.name).read_bytes()
    assert files.counts == demo.counts
    assert {path.name for path in out.iterdir()} == {"records", "truth", "说明_README.txt"}
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_demo_that_fails_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanshe_net.demo.workbooks._write_truth", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_demo(tmp_path / "x" / "demo")
    assert list(tmp_path.iterdir()) == []


def test_a_refused_run_makes_no_folder(tmp_path: Path) -> None:
    refused(sanshe("run", tmp_path / "没有.xlsx", "-o", tmp_path / "x" / "y" / "out"), "E-FILE-MISSING")

    assert list(tmp_path.iterdir()) == []


def test_the_demo_result_holds_what_was_planted(demo_run: Path, demo: DemoFiles) -> None:
    people = pd.read_csv(demo.truth / "people.csv")
    actors = rows(demo_run / "tables" / "actors.csv")
    kinds = {row["label"]: row["kind"] for row in actors}

    assert {row["name"] for row in people.to_dict("records") if row["kind"] != "resident"} <= set(kinds)
    shortlisted = {row["label"] for row in rows(demo_run / "tables" / "shortlist.csv")}
    planted = set(people.loc[people["leader"] & ~people["quiet_leader"], "name"])
    assert planted <= shortlisted
    assert all(kinds[name] == "resident" for name in shortlisted)
    # The planted pair of one name is two people, told apart by phone and building.
    twins = people.loc[people["same_name"], "name"]
    assert len(twins) == 2
    assert sum(row["label"] == twins.iloc[0] for row in actors) == 2


def test_the_toronto_records_run_from_the_command_line(tmp_path: Path) -> None:
    done = sanshe("run", TORONTO, "-o", tmp_path / "out", "--lang", "en")

    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["rows"] == {
        "rows_in": 6111, "used": 6106, "duplicate": 5, "left_out": 0, "quarantined": 0,
    }  # fmt: skip
    # 405 meeting-days, 28 councillors: tests/data/README.md.
    assert manifest["tables"]["activities"] == 405
    assert manifest["tables"]["people"] == 28
    attended = {
        row["actor_id"]: float(row["activities_attended"]) for row in rows(tmp_path / "out/tables/actors.csv")
    }
    assert sum(attended.values()) == 2462  # person-meetings present, absences left out
    problems = [row["code"] for row in rows(tmp_path / "out" / "tables" / "problems.csv")]
    assert problems.count("N-DUPLICATE") == 5


def test_the_southern_women_run_from_the_command_line(tmp_path: Path) -> None:
    done = sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "run.json").read_text(encoding="utf-8"))
    assert manifest["tables"]["people"] == 18
    assert manifest["tables"]["activities"] == 14
    assert manifest["rows"]["used"] == 89
    problems = [row["code"] for row in rows(tmp_path / "out" / "tables" / "problems.csv")]
    assert problems == ["W-DATE-UNLIKELY"]  # 1933, once


def test_the_smallest_input_is_three_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "姓名,活动,日期\n李梅,合唱,2024-05-04\n王强,合唱,2024-05-04\n", encoding="utf-8"
    )
    done = sanshe("run", tmp_path / "a.csv", "-o", tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} >= OUTPUTS


# --- what a run promises


def test_the_same_input_gives_the_same_bytes(demo: DemoFiles, demo_run: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert sanshe("run", demo.records, "-o", again, env={"PYTHONHASHSEED": "7"}).returncode == 0

    for path in sorted(demo_run.rglob("*")):
        if path.is_file() and path.name != "run.json":
            assert path.read_bytes() == (again / path.relative_to(demo_run)).read_bytes(), path.name


def test_the_manifest_can_be_checked_against_the_files(demo_run: Path) -> None:
    from sanshe_net.export import file_hash

    manifest = json.loads((demo_run / "run.json").read_text(encoding="utf-8"))
    written = {path.relative_to(demo_run).as_posix() for path in demo_run.rglob("*") if path.is_file()}
    assert set(manifest["outputs"]) == written - {"run.json"}
    for name, facts in manifest["outputs"].items():
        assert file_hash(demo_run / name) == facts["sha256"]


def test_no_output_names_a_folder_of_this_machine(demo_run: Path, demo: DemoFiles) -> None:
    for path in (path for path in demo_run.rglob("*") if path.is_file() and path.suffix != ".xlsx"):
        assert str(demo.records).encode() not in path.read_bytes(), path.name


def test_every_fact_of_the_shortlist_can_be_found_in_the_sheets(demo_run: Path, demo: DemoFiles) -> None:
    names = {row["actor_id"]: row["label"] for row in rows(demo_run / "tables" / "actors.csv")}
    facts = [
        row for row in rows(demo_run / "tables" / "evidence.csv") if row["evidence"] == "activities_organised"
    ]
    workbooks: dict[str, openpyxl.Workbook] = {}
    checked = 0
    for fact in facts:
        if not fact["file"].endswith(".xlsx"):
            continue
        book = workbooks.setdefault(fact["file"], openpyxl.load_workbook(demo.records / fact["file"]))
        cells = [str(cell.value) for cell in book[fact["sheet"]][int(fact["row"])]]
        assert names[fact["person_id"]] in {cell.replace(" ", "").replace("\u3000", "") for cell in cells}
        checked += 1
    assert checked > 100


# --- the other commands


def test_check_counts_every_row_and_writes_nothing(demo: DemoFiles, tmp_path: Path) -> None:
    done = sanshe("check", demo.records, "--lang", "en", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "N-DUPLICATE" in done.stdout
    assert f"{demo.counts['signin_duplicates']} duplicate" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_measure_writes_what_the_library_computes(tmp_path: Path) -> None:
    from sanshe_net import build_network, measure_actors, read_records

    out = tmp_path / "m.csv"
    done = sanshe("measure", SOUTHERN_WOMEN, "-m", "degree", "-m", "constraint_ego", "-o", out)

    assert done.returncode == 0, done.stderr
    network = build_network(read_records(SOUTHERN_WOMEN), layers="co_attendance")
    expected = measure_actors(network, ["degree", "constraint_ego"])
    written = pd.read_csv(out, encoding="utf-8-sig", index_col="actor_id")
    pd.testing.assert_frame_equal(written[["degree", "constraint_ego"]], expected, check_index_type=False)
    assert "Newman" in done.stderr  # the rule of the ties is printed with the result


def test_measure_of_one_period_sees_that_period_only() -> None:
    whole = sanshe("measure", TORONTO, "-m", "density", "-m", "mean_degree")
    quarter = sanshe("measure", TORONTO, "-m", "density", "-m", "mean_degree", "--period", "2023Q1")

    assert whole.returncode == quarter.returncode == 0
    assert whole.stdout != quarter.stdout
    refused(sanshe("measure", TORONTO, "-m", "density", "--period", "2031Q1"), "E-PERIOD")


def test_leaders_prints_intervals_and_how_the_list_was_made(demo: DemoFiles, tmp_path: Path) -> None:
    out = tmp_path / "l.xlsx"
    done = sanshe("leaders", demo.records, "-k", "5", "-o", out)

    assert done.returncode == 0, done.stderr
    assert "第" in done.stdout
    assert "位" in done.stdout
    assert "没有总分" in done.stdout
    assert openpyxl.load_workbook(out).sheetnames == ["目录", "shortlist", "ranks", "evidence"]


def test_map_writes_one_page(tmp_path: Path) -> None:
    done = sanshe("map", SOUTHERN_WOMEN, "-o", tmp_path / "m.html", "--title", "南方妇女")

    assert done.returncode == 0, done.stderr
    assert "南方妇女" in (tmp_path / "m.html").read_text(encoding="utf-8")
    refused(sanshe("map", SOUTHERN_WOMEN, "-o", tmp_path / "m.html"), "E-OUT-FILE-EXISTS")


@pytest.mark.parametrize("command", ["", *sorted(cli.main.commands)])
def test_help_ends_in_an_example(command: str) -> None:
    done = sanshe(*command.split(), "--help")

    assert done.returncode == 0
    _, _, example = done.stdout.partition("Example:")
    assert example.strip().startswith(f"sanshe {command}".strip())


# --- bad input: one clear message, exit 2, no traceback, nothing written


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_file_is_named(lang: str, tmp_path: Path) -> None:
    done = sanshe("run", tmp_path / "没有.xlsx", "-o", tmp_path / "out", "--lang", lang)

    refused(done, "E-FILE-MISSING")
    assert "没有.xlsx" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unreadable_encoding_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "in" / "混合.csv"
    path.parent.mkdir()
    path.write_bytes("姓名,活动,日期\n".encode() + b"\xff\xff\xff,x,2024-01-01\n")

    done = sanshe("run", path, "-o", tmp_path / "out")
    refused(done, "E-ENCODING")
    assert "混合.csv" in done.stderr
    assert "第2行" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_sheet_without_a_known_column_says_what_it_saw(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("甲,乙,丙\n1,2,3\n", encoding="utf-8")

    done = sanshe("run", tmp_path / "a.csv", "-o", tmp_path / "out")
    refused(done, "E-NO-COLUMN")
    assert "甲" in done.stderr
    assert "姓名" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("lang", "row"), [("zh", "第3行"), ("en", "row 3")])
def test_an_impossible_date_names_file_row_and_column(lang: str, row: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "姓名,活动,日期\n李梅,合唱,2024-05-04\n王强,合唱,2024-02-30\n", encoding="utf-8"
    )

    done = sanshe("run", tmp_path / "a.csv", "-o", tmp_path / "out", "--lang", lang)
    refused(done, "E-DATE-IMPOSSIBLE")
    for part in ("a.csv", row, "日期", "2024-02-30", "2024-05-04"):
        assert part in done.stderr
    assert not (tmp_path / "out").exists()


def test_every_problem_of_every_file_is_listed_in_one_run(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_text(
        "姓名,活动,日期\n李梅,合唱,2024-02-30\n,合唱,2024-02-03\n", encoding="utf-8"
    )
    (folder / "b.csv").write_text("姓名,活动,日期,是否到场\n李梅,合唱,2024-02-03,△\n", encoding="utf-8")

    done = sanshe("run", folder, "-o", tmp_path / "out")
    for code in ("E-DATE-IMPOSSIBLE", "E-NAME-MISSING", "Q-MARK", "E-MANY"):
        refused(done, code)


def test_an_output_that_is_a_file_or_cannot_be_written_is_refused_before_reading(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    refused(sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "file"), "E-OUT-IS-FILE")
    refused(sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "file" / "out"), "E-OUT-NOT-WRITABLE")
    assert (tmp_path / "file").read_text() == "x"


def test_an_earlier_result_is_replaced_only_when_asked(tmp_path: Path) -> None:
    assert sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "out").returncode == 0

    refused(sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "out"), "E-OUT-EXISTS")
    assert sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "out", "--force").returncode == 0


def test_a_misspelt_setting_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("max_headcount = 3\n", encoding="utf-8")

    done = sanshe("run", SOUTHERN_WOMEN, "-o", tmp_path / "out", "--settings", tmp_path / "s.toml")
    refused(done, "E-SETTINGS-KEY")
    assert "max_head_count" in done.stderr


def test_settings_change_what_is_computed(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_text("max_share = 1.0\n", encoding="utf-8")
    plain = sanshe("measure", SOUTHERN_WOMEN, "-m", "density")
    changed = sanshe("measure", SOUTHERN_WOMEN, "-m", "density", "--settings", tmp_path / "s.toml")

    assert plain.returncode == changed.returncode == 0
    assert plain.stdout != changed.stdout
    assert "0.908" in changed.stdout  # 139 of 153 pairs without the size rule


def test_an_unknown_measure_is_refused_with_near_ones_first() -> None:
    done = sanshe("measure", SOUTHERN_WOMEN, "-m", "betweeness")

    refused(done, "E-MEASURE")
    assert "betweenness" in done.stderr
    refused(sanshe("measure", SOUTHERN_WOMEN, "-m", "density", "-m", "degree"), "E-MEASURE-MIXED")


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "2 行待改，未计入"), ("en", "set aside and not in the results: 2")]
)
def test_a_run_says_how_many_rows_it_set_aside_and_where_they_are(
    lang: str, words: str, tmp_path: Path
) -> None:
    sheet = tmp_path / "签到.csv"
    good = "".join(f"{name},合唱,2024-01-05\n" for name in ("李梅", "王强", "赵新"))
    head = "姓名,活动,日期\n"
    sheet.write_text(f"{head}{good}孙来,合唱,2024-13-45\n周游,合唱,2024-13-46\n", encoding="utf-8")

    done = sanshe("run", sheet, "-o", tmp_path / "out", "--quarantine", "--lang", lang)
    assert words in done.stdout
    listed = rows(tmp_path / "out" / "tables" / "problems.csv")
    assert [row["row"] for row in listed if row["outcome"] == "quarantined"] == ["5", "6"]
    assert (tmp_path / "out" / "issues.xlsx").exists()

    sheet.write_text(head + good, encoding="utf-8")
    clean = sanshe("run", sheet, "-o", tmp_path / "clean", "--quarantine", "--lang", lang)
    assert {"zh": "待改", "en": "set aside"}[lang] not in clean.stdout


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "是不是 betweenness"), ("en", "Did you mean betweenness")]
)
def test_a_misspelt_measure_is_answered_with_the_nearest_few(lang: str, words: str) -> None:
    done = sanshe("measure", SOUTHERN_WOMEN, "-m", "betweeness", "--lang", lang)

    assert words in done.stderr
    assert len(done.stderr) < 250


@pytest.mark.parametrize(("lang", "words"), [("zh", "有指标"), ("en", "exists")])
def test_a_measure_that_is_for_python_only_says_so_and_where_it_is(lang: str, words: str) -> None:
    done = sanshe("measure", SOUTHERN_WOMEN, "-m", "core_periphery", "--lang", lang)

    refused(done, "E-MEASURE-LEVEL")
    assert words in done.stderr
    assert "sanshe_net.measures.core_periphery.core_periphery" in done.stderr


def test_density_is_printed_with_the_mean_degree_beside_it() -> None:
    done = sanshe("measure", SOUTHERN_WOMEN, "-m", "density")
    both = sanshe("measure", SOUTHERN_WOMEN, "-m", "density", "-m", "mean_degree")

    assert "mean_degree" in done.stdout
    assert done.stdout == both.stdout


def test_a_fault_of_ours_is_one_line_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("sanshe_net.build.read.check_inputs", broken)
    monkeypatch.setattr(sys, "argv", ["sanshe", "check", "x", "--lang", "en"])
    with pytest.raises(SystemExit) as exit_:
        cli.main(["check", "x", "--lang", "en"])
    assert exit_.value.code == 1
    shown = capsys.readouterr()
    assert "[E-INTERNAL]" in shown.err
    assert "Traceback" not in shown.err


def test_an_interrupt_ends_with_130_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: object, **kwargs: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sanshe_net.pipeline.draw_report", interrupted)
    with pytest.raises(SystemExit) as exit_:
        cli.main(["run", str(SOUTHERN_WOMEN), "-o", str(tmp_path / "out")])
    assert exit_.value.code == 130
    assert list(tmp_path.iterdir()) == []


def test_a_gbk_terminal_does_not_break_the_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "sanshe_net", "check", str(SOUTHERN_WOMEN)],
        capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "gbk"},
    )  # fmt: skip

    assert done.returncode == 0
    assert "活动 14 场" in done.stdout.decode("gbk")
