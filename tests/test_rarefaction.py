"""Rarefied density: published values, closed form against slow counts and simulation, and its laws."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.errors import MeasureError
from sanshe_net.measures.joint_activities import joint_activities, pairs_that_met
from sanshe_net.measures.rarefaction import density_jackknife, rarefaction_curve, rarefied_density

DATA = Path(__file__).parent / "data"
FEW = settings(max_examples=25, deadline=None)


def southern_women() -> Attendance:
    rows = pd.read_csv(DATA / "southern_women_dated.csv")
    return attendance_from_table(pd.crosstab(rows["person"], rows["date"]))


@st.composite
def tables(draw: st.DrawFn, least: int = 1) -> pd.DataFrame:
    people, activities = draw(st.integers(2, 6)), draw(st.integers(least, 6))
    cells = st.lists(st.integers(0, 1), min_size=activities, max_size=activities)
    rows = draw(st.lists(cells, min_size=people, max_size=people))
    return pd.DataFrame(rows, [f"p{i}" for i in range(people)], [f"a{i}" for i in range(activities)])


def plain_density(table: np.ndarray) -> float:
    joint = table @ table.T
    return float((joint[np.triu_indices(len(table), 1)] > 0).mean())


def slow_rarefied(table: pd.DataFrame, drawn: int) -> float:
    """The mean density over every choice of activities."""
    cells = table.to_numpy()
    return float(
        np.mean([plain_density(cells[:, list(c)]) for c in combinations(range(cells.shape[1]), drawn)])
    )


def test_southern_women_rarefied_as_in_the_run_of_record() -> None:
    # attendance-networks notes, section 2.2: closed form, checked there against simulation.
    expected = {1: 0.150, 2: 0.276, 5: 0.550, 7: 0.673, 10: 0.804, 14: 0.908}

    curve = rarefaction_curve(southern_women(), expected)

    assert curve.round(3).to_dict() == expected


def test_southern_women_lose_the_error_of_the_run_of_record_without_one_activity() -> None:
    # Section 3: delete-one-activity jackknife of the density, se .150; plain leave-one-out as judge.
    cells = southern_women().present.toarray()
    without = np.array([plain_density(np.delete(cells, column, axis=1)) for column in range(14)])

    density, error = density_jackknife(southern_women(), 14)

    assert error == pytest.approx(math.sqrt(13 / 14 * ((without - without.mean()) ** 2).sum()))
    assert (round(density, 3), round(error, 3)) == (0.908, 0.150)


@FEW
@given(tables())
def test_the_closed_form_is_the_mean_over_every_choice_of_activities(table: pd.DataFrame) -> None:
    for drawn, value in rarefaction_curve(attendance_from_table(table)).items():
        assert value == pytest.approx(slow_rarefied(table, int(drawn)))


@FEW
@given(tables(least=2), st.data())
def test_the_jackknife_is_the_spread_of_leaving_out_each_activity(
    table: pd.DataFrame, data: st.DataObject
) -> None:
    held = table.shape[1]
    drawn = data.draw(st.integers(1, held))
    at = min(drawn, held - 1)
    without = np.array([slow_rarefied(table.drop(columns=column), at) for column in table])

    density, error = density_jackknife(attendance_from_table(table), drawn)

    assert density == pytest.approx(slow_rarefied(table, drawn))
    assert error == pytest.approx(
        math.sqrt((held - 1) / held * ((without - without.mean()) ** 2).sum()), abs=1e-12
    )


def test_the_closed_form_agrees_with_a_simulation() -> None:
    draws = np.random.default_rng(7)
    cells = (draws.random((40, 30)) < 0.12).astype(int)
    held = attendance_from_table(pd.DataFrame(cells))
    simulated = [plain_density(cells[:, draws.choice(30, 12, replace=False)]) for _ in range(600)]

    error = np.std(simulated) / math.sqrt(len(simulated))
    assert abs(rarefied_density(held, 12) - np.mean(simulated)) < 4 * error


@FEW
@given(tables())
def test_all_activities_give_the_density_and_one_the_mean_share_of_pairs_at_an_activity(
    table: pd.DataFrame,
) -> None:
    curve = rarefaction_curve(attendance_from_table(table))
    heads, people = table.sum(), len(table)

    assert curve.iloc[-1] == pytest.approx(plain_density(table.to_numpy()))
    assert curve.iloc[0] == pytest.approx((heads * (heads - 1) / (people * (people - 1))).mean())
    assert curve.is_monotonic_increasing or (np.diff(curve) >= -1e-12).all()


@FEW
@given(tables(), st.randoms())
def test_whoever_the_people_are_and_however_activities_are_called_changes_nothing(
    table: pd.DataFrame, random
) -> None:
    names = [f"q{i}" for i in range(len(table))]
    random.shuffle(names)
    other = table.set_axis(names).iloc[:, ::-1]

    one, two = (rarefaction_curve(attendance_from_table(held)) for held in (table, other))
    np.testing.assert_allclose(one, two, atol=1e-12)


@FEW
@given(tables())
def test_the_compiled_list_of_pairs_is_the_plain_product(table: pd.DataFrame) -> None:
    attendance = attendance_from_table(table)
    cells = attendance.present.toarray()
    slow = [list(np.flatnonzero(cells[i] * cells[j])) for i, j in combinations(range(len(cells)), 2)]

    joint = joint_activities(attendance)
    listed = [list(joint.at[joint.start[p] : joint.start[p + 1]]) for p in range(len(joint.start) - 1)]

    assert sorted(map(list, listed)) == sorted(met for met in slow if met)
    assert pairs_that_met(attendance.present) == len(listed)
    assert joint.pairs == len(slow)


@pytest.mark.parametrize("shape", [(1, 3), (0, 3), (3, 0), (3, 2)])
def test_too_few_people_or_activities_have_no_rarefied_density(shape: tuple[int, int]) -> None:
    held = attendance_from_table(pd.DataFrame(np.ones(shape)))

    assert math.isnan(rarefied_density(held, 3) if shape != (1, 3) else rarefied_density(held, 1))
    assert all(math.isnan(value) for value in density_jackknife(held, 3 if shape != (1, 3) else 1)[:1])


def test_one_activity_alone_has_a_density_but_no_error() -> None:
    density, error = density_jackknife(attendance_from_table(pd.DataFrame([[1], [1], [0]])), 1)

    assert density == pytest.approx(1 / 3)
    assert math.isnan(error)


def test_an_activity_of_everybody_makes_everything_dense_whatever_is_left_out() -> None:
    held = attendance_from_table(pd.DataFrame(np.ones((4, 3))))

    assert density_jackknife(held, 3) == (1.0, 0.0)


@pytest.mark.parametrize("drawn", [0, -1])
def test_no_activity_at_all_cannot_be_drawn(drawn: int) -> None:
    with pytest.raises(MeasureError, match="E-VALUE"):
        rarefied_density(southern_women(), drawn)
