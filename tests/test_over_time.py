"""Density over time: the Toronto council as oracle, the words, the stated no-answers."""

from __future__ import annotations

import importlib.util
import math
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from test_records import made

from sanshe_net.attendance.matrix import Attendance, attendance_of
from sanshe_net.cli import main
from sanshe_net.errors import MeasureError
from sanshe_net.measures.rarefaction import rarefied_density
from sanshe_net.practice.over_time import DensityOverTime, density_over_time, holm
from sanshe_net.practice.over_time_wording import readable_table
from sanshe_net.records import Period, Records

ROOT = Path(__file__).parent.parent
QUARTERS = ["2022Q4", "2023Q1", "2023Q2", "2023Q3", "2023Q4", "2024Q1", "2024Q2", "2024Q3"]


@cache
def example() -> ModuleType:
    spec = importlib.util.spec_from_file_location("toronto_density", ROOT / "examples" / "toronto_density.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def council() -> Records:
    return example().read_council(ROOT / "tests" / "data" / "toronto_council_attendance.csv")


@cache
def story() -> DensityOverTime:
    return density_over_time(council(), null_draws=100, draws=99)


# --- Toronto: values of the run of record (attendance-networks notes, sections 1.3, 2.1, 2.2, 5) --------


def test_the_sheet_has_405_meetings_and_2462_attendances_of_28_people() -> None:
    held = attendance_of(council())

    assert len(council().attendance) == 6111
    assert held.shape == (28, 405)
    assert held.present.nnz == 2462


def test_with_city_council_everybody_active_has_met_everybody_every_quarter() -> None:
    assert story().table["density_active_all"].tolist() == [1.0] * 8


def test_the_size_rule_leaves_out_city_council_and_nothing_else() -> None:
    titles = council().activities["title"]

    assert story().too_big == (titles == "City Council").sum()


def test_raw_density_without_city_council_is_that_of_the_run_of_record() -> None:
    # On the roster of 28; meetings with at least two present make ties.
    table = story().table
    shown = ["2022Q4", "2023Q1", "2023Q3", "2024Q1"]

    assert table.loc[shown, "density_roster"].round(3).tolist() == [0.278, 0.466, 0.474, 0.471]
    assert table.loc[shown, "tie_activities"].tolist() == [11, 46, 25, 58]
    # Among those present at any committee meeting (here: at any meeting) .32 to .60.
    committees = attendance_of(council())
    committees = committees.of_activities((committees.named > 1) & (committees.named <= 14))
    held = []
    for window in story().windows:
        part = committees.between(window.start, window.end)
        held.append(rarefied_density(part.of_people(part.attended > 0), part.shape[1]))
    assert [round(min(held), 2), round(max(held), 2)] == [0.32, 0.60]


def test_at_twenty_meetings_the_third_quarter_of_2023_stands_out() -> None:
    held = attendance_of(council())
    held = held.of_activities((held.named > 1) & (held.named <= 14))
    at_twenty = [
        round(rarefied_density(held.between(window.start, window.end), 20), 3)
        for window in story().windows
        if window.label in ("2023Q1", "2023Q3", "2024Q1")
    ]

    assert at_twenty == [0.325, 0.410, 0.315]


def test_committees_repeat_the_same_people_as_the_ratio_to_chance_says() -> None:
    ratios = [0.97, 0.77, 0.66, 0.98, 0.69, 0.76, 0.68, 0.85]

    assert story().table["null_ratio"].tolist() == pytest.approx(ratios, abs=0.012)
    assert story().table["null_z"].between(-17, -0.4).all()


def test_the_quarter_that_the_records_only_begin_in_is_shown_and_never_compared() -> None:
    table = story().table

    assert table.index.tolist() == QUARTERS
    assert table.index[~table["complete"]].tolist() == ["2022Q4"]
    assert "2022Q4" not in {label for test in story().tests for label in (test.first, test.second)}


def test_each_quarter_is_compared_with_the_next_and_with_the_year_before() -> None:
    pairs = [(test.first, test.second) for test in story().tests]

    assert pairs[:6] == list(pairwise(QUARTERS[1:]))
    assert pairs[6:] == [("2023Q1", "2024Q1"), ("2023Q2", "2024Q2"), ("2023Q3", "2024Q3")]
    table = story().test_table()
    assert (table["p_corrected"] >= table["p"]).all()


def test_the_example_runs_and_tells_the_story(capsys: pytest.CaptureFixture[str]) -> None:
    example().tell(council())

    said = capsys.readouterr().out
    assert "{'2023Q1': 0.325, '2023Q3': 0.41, '2024Q1': 0.315}" in said
    assert "no difference beyond chance" in said
    assert "City Council everybody meets everybody" in said


# --- words ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_methods_paragraph_is_written_from_what_was_done(lang) -> None:
    found = density_over_time(council(), every="half", null_draws=20, draws=49, seed=7)
    said = found.methods(lang)

    for fact in (
        "28",
        "20",
        "49",
        "7",
        "2022-07-01",
        f"{found.table['rarefied_at'].max():.0f}",
        str(found.too_big),
    ):
        assert fact in said
    assert ("半年" if lang == "zh" else "half year") in said
    assert ("局限" if lang == "zh" else "Limits") in said
    assert "nan" not in " ".join([said, *found.explain(lang)])


def test_without_a_null_the_words_say_so() -> None:
    found = density_over_time(council(), every="half", null_draws=0, draws=9)

    assert found.table["null_ratio"].isna().all()
    assert "No comparison with chance" in found.methods("en")
    assert "没有与随机情形比较" in found.methods("zh")


def test_a_rise_is_only_said_with_a_test_behind_it() -> None:
    said = " ".join(story().explain("en"))

    assert min(story().corrected) > 0.05
    assert "denser" not in said
    assert "sparser" not in said


# --- bad input ----------------------------------------------------------------------------------------------


def station(
    days: Iterator[str] | list[str], people: int = 12, *, named: bool = True, kind: str = "resident"
) -> Records:
    draws = np.random.default_rng(3)
    activities = pd.DataFrame(
        {"title": "x", "date": pd.to_datetime(list(days)), "kind": "interest", "head_count": 4.0},
    )
    activities.index = pd.Index([f"A{i:03}" for i in range(len(activities))])
    rows = [
        (f"p{who:02}", event) for event in activities.index for who in draws.choice(people, 4, replace=False)
    ]
    signed = pd.DataFrame(rows, columns=["person_id", "activity_id"]).assign(present=True)
    if not named:
        signed["person_id"] = None
    names = [f"p{i:02}" for i in range(people)]
    return made(
        people=pd.DataFrame({"name": names, "kind": kind}, index=names),
        activities=activities,
        attendance=signed,
    )


def test_records_without_days_say_that_there_is_no_density_over_time() -> None:
    found = density_over_time(station([None] * 3), draws=9, null_draws=9)  # type: ignore[list-item]

    assert found.table.empty
    assert "没有带日期的活动" in found.explain("zh")[0]
    assert "no dated activity" in found.methods("en")


def test_sign_ins_without_any_name_are_no_network_and_no_zero() -> None:
    found = density_over_time(station(pd.date_range("2024-01-01", periods=180).strftime("%Y-%m-%d"), named=False),
                              draws=9, null_draws=9)  # fmt: skip

    assert found.table["density_active"].isna().all()
    assert found.table["why_not"].str.contains("no_names").all()
    assert all(math.isnan(test.difference) for test in found.tests)
    assert "nobody present is named" in " ".join(found.explain("en"))


def test_a_period_without_records_between_two_others_is_stated_and_passed_over() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in (1, 2, 3, 7, 8, 9) for day in (2, 9, 16, 23, 28)]
    found = density_over_time(station(days), draws=49, null_draws=9)

    assert found.table.loc["2024Q2", "why_not"] == "no_records"
    assert found.placed.empty == ("2024Q2",)
    assert [(test.first, test.second) for test in found.tests] == [("2024Q1", "2024Q3")]
    assert "2024Q2：这一时段没有活动记录" in " ".join(found.explain("zh"))


def test_activities_outside_the_phases_are_counted_and_said() -> None:
    days = [f"2024-{month:02}-{day:02}" for month in range(1, 10) for day in (2, 9, 16, 23, 28)]
    phases = [
        Period("一", pd.Timestamp("2024-01-01"), pd.Timestamp("2024-03-31")),
        Period("二", pd.Timestamp("2024-06-01"), pd.Timestamp("2024-09-30")),
    ]
    found = density_over_time(station(days), phases=phases, draws=49, null_draws=9)

    assert (found.placed.outside, found.placed.dated) == (10, 45)
    assert "left out: 10" in " ".join(found.explain("en"))
    assert "phases of the project" in found.methods("en")
    overlapping = [phases[0], Period("二", pd.Timestamp("2024-03-31"), pd.Timestamp("2024-09-30"))]
    with pytest.raises(MeasureError, match="E-PHASE-OVERLAP"):
        density_over_time(station(days), phases=overlapping)


def test_staff_are_left_out_unless_asked_for() -> None:
    records = station(pd.date_range("2024-01-01", periods=91).strftime("%Y-%m-%d"), kind="social_worker")

    assert density_over_time(records, draws=9, null_draws=0).everybody == 0
    with_staff = density_over_time(records, draws=9, null_draws=0, staff=True)
    assert (with_staff.everybody, with_staff.staff_left_out) == (12, 0)


def test_one_period_alone_cannot_rise_or_fall() -> None:
    found = density_over_time(
        station(pd.date_range("2024-01-01", periods=91).strftime("%Y-%m-%d")), draws=9, null_draws=9
    )

    assert found.tests == ()
    assert "neither a rise nor a fall" in found.explain("en")[0]


@pytest.mark.parametrize("options", [{"draws": 0}, {"null_draws": -1}])
def test_numbers_of_draws_that_make_no_sense_are_refused(options) -> None:
    with pytest.raises(MeasureError, match="E-VALUE"):
        density_over_time(council(), **options)


def test_the_same_records_and_seed_give_the_same_answer() -> None:
    one, two = (density_over_time(council(), every="half", null_draws=9, draws=9) for _ in range(2))

    pd.testing.assert_frame_equal(one.table, two.table)
    assert one.tests == two.tests


def test_people_by_other_ids_have_the_same_history() -> None:
    records = station(pd.date_range("2024-01-01", periods=182).strftime("%Y-%m-%d"))
    back = {name: f"q{99 - at}" for at, name in enumerate(records.people.index)}
    other = made(
        people=records.people.rename(index=back),
        activities=records.activities,
        attendance=records.attendance.assign(person_id=records.attendance["person_id"].map(back)),
    )

    one, two = (density_over_time(held, null_draws=0, draws=49) for held in (records, other))

    pd.testing.assert_frame_equal(one.table, two.table)
    assert [test.p for test in one.tests] == [test.p for test in two.tests]


def test_p_values_are_corrected_after_holm() -> None:
    assert holm([0.02, 0.01, 0.5]) == (0.04, 0.03, 0.5)
    assert holm([]) == ()


def test_the_roster_is_whoever_could_come() -> None:
    records = station(pd.date_range("2024-01-01", periods=91).strftime("%Y-%m-%d"))
    held: Attendance = attendance_of(records)

    assert density_over_time(records, draws=9, null_draws=0).table["roster"].tolist() == [held.shape[0]]


def test_the_readable_table_has_the_periods_across_and_dashes_for_what_is_missing() -> None:
    table = readable_table(story(), "zh").set_index("时期")

    assert list(table.columns) == QUARTERS
    assert table.loc["记录完整"].tolist() == ["否", *["是"] * 7]
    assert table.loc["等量密度", "2022Q4"] == "—"
    assert table.loc["密度（名册）", "2023Q1"] == "0.466"
    assert table.loc["计联系的活动数", "2024Q1"] == "58"
    assert "nan" not in table.to_string()


def test_the_command_prints_table_words_and_methods_and_writes_the_table(tmp_path: Path) -> None:
    sheet, out = ROOT / "tests" / "data" / "toronto_council_attendance.csv", tmp_path / "t.csv"
    chosen = tmp_path / "s.toml"
    chosen.write_text(
        "draws = 49\n"
        '[[phases]]\nlabel = "一"\nstart = 2022-12-01\nend = 2023-06-30\n'
        '[[phases]]\nlabel = "二"\nstart = 2023-07-01\nend = 2024-06-30\n',
        encoding="utf-8",
    )
    words = ["compare", str(sheet), "--settings", str(chosen), "-o", str(out), "--lang", "zh"]

    done = CliRunner().invoke(main, words)

    assert done.exit_code == 0, done.output
    assert "一 → 二（可比" in done.output
    assert "项目的各阶段" in done.output
    written = pd.read_csv(out, encoding="utf-8-sig", index_col="window")
    assert written["roster"].tolist() == [28, 28]
    assert list(written.index) == ["一", "二"]


def test_a_calendar_asked_for_on_the_command_line_wins_over_phases_and_odd_ones_are_refused(
    tmp_path: Path,
) -> None:
    sheet = ROOT / "tests" / "data" / "toronto_council_attendance.csv"
    chosen = tmp_path / "s.toml"
    chosen.write_text(
        'draws = 9\n[[phases]]\nlabel = "一"\nstart = 2022-12-01\nend = 2023-06-30\n'
        '[[phases]]\nlabel = "二"\nstart = 2023-06-30\nend = 2024-06-30\n',
        encoding="utf-8",
    )
    words = ["compare", str(sheet), "--settings", str(chosen), "--lang", "en"]

    by_year = CliRunner().invoke(main, [*words, "--every", "year"])
    by_phase = CliRunner().invoke(main, words)

    assert by_year.exit_code == 0, by_year.output
    assert "each calendar year" in by_year.output
    assert by_phase.exit_code == 2
    assert "E-PHASE-OVERLAP" in by_phase.output
