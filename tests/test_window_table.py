"""One row per window: the values, and the reasons where there are none."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.measures.density_null import null_ratio
from sanshe_net.measures.turnover import turnover
from sanshe_net.measures.window_table import COLUMNS, REASONS, common_activities, window_table
from sanshe_net.measures.windows import Window, calendar_windows

MONTHS = ["2024-01", "2024-02", "2024-03"]


def months(cells: pd.DataFrame, per_month: list[int]) -> Attendance:
    days = [
        f"{month}-{1 + at:02}" for month, count in zip(MONTHS, per_month, strict=False) for at in range(count)
    ]
    return attendance_from_table(cells, days)


def month(label: str, *, complete: bool = True) -> Window:
    start = pd.Timestamp(f"{label}-01")
    return Window(label, start, start + pd.offsets.MonthEnd(1), complete)


def dealt(people: int, heads: list[int], seed: int = 0) -> pd.DataFrame:
    draws = np.random.default_rng(seed)
    cells = np.zeros((people, len(heads)))
    for column, count in enumerate(heads):
        cells[draws.choice(people, count, replace=False), column] = 1
    return pd.DataFrame(cells, [f"p{i:02}" for i in range(people)])


def test_a_row_holds_what_a_density_must_be_read_with() -> None:
    # Six people; January: 甲-戊 at one activity of three and one of two; February: one joins, two leave.
    cells = pd.DataFrame(
        [[1, 0, 1, 1], [1, 0, 1, 0], [1, 1, 0, 1], [0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], list("abcdef")
    )
    cells[0] = [1, 1, 1, 0, 1, 0]
    held = months(cells, [2, 2])

    table = window_table(held, [month("2024-01"), month("2024-02")])
    first, second = (table.loc[label] for label in ("2024-01", "2024-02"))

    assert list(table.columns) == list(COLUMNS)
    assert (first["roster"], first["active"], first["activities"], first["attendances"]) == (6, 5, 2, 6)
    assert (first["heads_mean"], first["heads_median"], first["coverage"]) == (3.0, 3.0, 1.0)
    # abce meet (6 ties), cd: 7 ties of 15 and of 10 pairs.
    assert (first["ties"], first["density_roster"], first["density_active"]) == (7, 7 / 15, 7 / 10)
    assert (first["degree_roster"], first["degree_active"]) == (14 / 6, 14 / 5)
    assert (second["joiners"], second["stayers"], second["leavers"]) == (1, 4, 1)
    assert second["people_jaccard"] == 4 / 6
    # February: abf and ace. Kept ab, ac, ae, ce; new af, bf; lost bc, be (both still come) and cd (d is gone).
    assert [second[f"ties_{what}"] for what in ("kept", "new", "lost", "lost_left", "lost_stayed")] == [
        4,
        2,
        3,
        1,
        2,
    ]
    assert second["ties_jaccard"] == 4 / 9
    assert first["why_not"].split() == ["few_activities", "first"]
    assert second["why_not"].split() == ["few_activities"]
    assert np.isnan(first["rarefied"])


def test_the_common_number_is_the_smallest_of_complete_windows_with_enough() -> None:
    held = months(dealt(20, [5] * 51), [17, 23, 11])
    windows = [month("2024-01"), month("2024-02"), month("2024-03", complete=False)]

    table = window_table(held, windows)

    assert table["rarefied_at"].tolist()[:2] == [17, 17]
    assert "partial" in table.loc["2024-03", "why_not"]
    assert "few_activities" in table.loc["2024-03", "why_not"]
    assert table.loc["2024-01", "rarefied"] == pytest.approx(table.loc["2024-01", "density_roster"])
    assert (table["rarefied_low"] <= table["rarefied"]).tolist() == [True, True, False]
    assert common_activities([3, 9]) == 0


def test_the_size_rule_is_shown_with_and_without() -> None:
    cells = dealt(12, [4] * 10 + [12])
    held = months(cells, [11])
    row = window_table(held, [month("2024-01")], makes_ties=held.named <= 6).iloc[0]

    assert (row["tie_activities"], row["activities"]) == (10, 11)
    assert row["density_active_all"] == 1.0
    assert row["density_active"] < 1.0
    assert row["rarefied"] == pytest.approx(row["density_roster"])


def odd() -> dict[str, tuple[Attendance, Window, np.ndarray | None]]:
    plain = months(dealt(12, [4] * 12), [12])
    heads = plain.activities.assign(head_count=20.0)
    nobody = Attendance(plain.present * 0, plain.people, heads, plain.since, plain.until, plain.blank)
    nobody.present.eliminate_zeros()
    return {
        "no_records": (plain, month("2023-06"), None),
        "no_names": (nobody, month("2024-01"), None),
        "few_people": (months(dealt(3, [2] * 12), [12]), month("2024-01"), None),
        "no_tie_activities": (plain, month("2024-01"), np.zeros(12, dtype=bool)),
        "few_activities": (months(dealt(12, [4] * 9), [9]), month("2024-01"), None),
        "null_fixed": (months(dealt(12, [4] * 11 + [12]), [12]), month("2024-01"), None),
        "partial": (plain, month("2024-01", complete=False), None),
    }


@pytest.mark.parametrize("code", list(odd()))
def test_what_cannot_be_computed_is_missing_with_its_reason(code: str) -> None:
    held, window, makes_ties = odd()[code]

    row = window_table(
        held, [window], makes_ties=makes_ties, null=lambda part: fixed_margin_draws(part, 20, 1)
    ).iloc[0]

    assert code in row["why_not"].split()
    assert all(reason.zh and reason.en for reason in REASONS.values())
    if code in ("no_records", "no_names", "few_people", "no_tie_activities"):
        assert row[["ties", "density_active", "density_roster", "rarefied", "null_ratio"]].isna().all()
    if code == "no_names":
        assert (row["attendances"], row["coverage"], row["active"]) == (240, 0.0, 0)
    if code == "null_fixed":
        assert (row["null_ratio"], math.isnan(row["null_z"])) == (1.0, True)


def test_every_reason_but_the_first_window_is_met_above() -> None:
    assert set(odd()) | {"first"} == set(REASONS)


def test_southern_women_are_as_dense_as_their_attendance_makes_them() -> None:
    # Run of record: observed .908, null .911 (sd .027), z = -.1.
    from test_rarefaction import southern_women

    held = southern_women()
    found = null_ratio(held, fixed_margin_draws(held, draws=1000, seed=1))

    assert found.expected == pytest.approx(0.911, abs=0.004)
    assert found.sd == pytest.approx(0.027, abs=0.003)
    assert found.zscore == pytest.approx(-0.1, abs=0.1)
    assert found.draws == 1000


@st.composite
def pairs_of_tables(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    people = draw(st.integers(1, 5))
    tables = []
    for _ in range(2):
        activities = draw(st.integers(1, 4))
        cells = st.lists(st.sampled_from([1.0, 0.0, np.nan]), min_size=activities, max_size=activities)
        tables.append(
            pd.DataFrame(draw(st.lists(cells, min_size=people, max_size=people)), list("abcde")[:people])
        )
    return tables[0], tables[1]


@settings(max_examples=40, deadline=None)
@given(pairs_of_tables())
def test_turnover_is_counted_pair_by_pair(tables: tuple[pd.DataFrame, pd.DataFrame]) -> None:
    one, two = tables
    found = turnover(attendance_from_table(one), attendance_from_table(two))
    kept = new = left = stayed = 0
    could = one.notna().any(axis=1) & two.notna().any(axis=1)
    here = {name: (two.loc[name] == 1).any() for name in two.index}
    for i, j in combinations(one.index[could], 2):
        before, now = (((held.loc[i] == 1) & (held.loc[j] == 1)).any() for held in tables)
        kept += before and now
        new += now and not before
        lost = before and not now
        stayed += lost and here[i] and here[j]
        left += lost and not (here[i] and here[j])

    assert (found.kept, found.new, found.lost_left, found.lost_stayed) == (kept, new, left, stayed)
    assert (found.lost, found.eligible) == (left + stayed, could.sum())
    total = kept + new + found.lost
    assert found.ties_jaccard == pytest.approx(kept / total if total else math.nan, nan_ok=True)


def test_relabelling_people_changes_no_row() -> None:
    cells = dealt(15, [5] * 24)
    renamed = cells.set_axis([f"q{i:02}" for i in range(15)][::-1])
    windows = calendar_windows(months(cells, [12, 12]), "month")

    one, two = (window_table(months(held, [12, 12]), windows) for held in (cells, renamed))

    pd.testing.assert_frame_equal(one, two)
