"""Pairs who attended together: formulas, floor, size rule and part-time presence against slow judges."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse
from test_attendance import tables

from sanshe_net.attendance import projection
from sanshe_net.attendance.matrix import Attendance, attendance_from_table, attendance_of
from sanshe_net.attendance.projection import JointTies, count_ties, joint_ties
from sanshe_net.attendance.size_rule import SizeRule, could_come
from sanshe_net.attendance.size_rule_effect import size_rule_effect
from sanshe_net.attendance.weights import TieWeight
from sanshe_net.build.read import read_records
from sanshe_net.errors import MeasureError, SettingsError
from sanshe_net.vocabulary import FADING_WEIGHTS, TIE_WEIGHTS

DATA = Path(__file__).parent / "data"
SAME_DAY = {"simultaneous": "same_day"}


def group(*rows: list[float], dates: list[str] | None = None) -> Attendance:
    """Return the matrix of a few people, a row each."""
    people = [f"p{i:03d}" for i in range(len(rows))]
    return attendance_from_table(pd.DataFrame(rows, people, dtype=float), dates)


def crowd(n: int, m: int, share: float, seed: int) -> Attendance:
    drawn = np.random.default_rng(seed).random((n, m)) < share
    return group(*drawn.astype(float).tolist())


def pairs_of(ties: JointTies) -> dict[tuple[int, int], float]:
    return dict(zip(zip(ties.source.tolist(), ties.target.tolist(), strict=True), ties.weight, strict=True))


def strength(ties: JointTies, n: int) -> np.ndarray[Any, Any]:
    sums: np.ndarray[Any, Any] = np.bincount(ties.source, ties.weight, n)
    return sums + np.bincount(ties.target, ties.weight, n)


# --- slow judges: the formulas, written down pair by pair


def observed(table: np.ndarray[Any, Any], i: int, j: int, days: list[Any]) -> tuple[int, int, int, int]:
    """Return x, y_AB, y_A, y_B of a table with 1, 0 and NaN, by days."""
    x = both = only_i = only_j = 0
    for day in dict.fromkeys(days):
        now = [e for e in range(table.shape[1]) if days[e] == day]
        seen_i, seen_j = (any(table[a, e] == 1 for e in now) for a in (i, j))
        could_i, could_j = (any(not np.isnan(table[a, e]) for e in now) for a in (i, j))
        if any(table[i, e] == 1 and table[j, e] == 1 for e in now):
            x += 1
        elif seen_i and seen_j:
            both += 1
        elif seen_i and could_j:
            only_i += 1
        elif seen_j and could_i:
            only_j += 1
    return x, both, only_i, only_j


Sum = Callable[[int], float]
SUMS: dict[str, Sum] = {
    "newman": lambda k: 1 / (k - 1),
    "resource_allocation": lambda k: 1 / k,
    "adamic_adar": lambda k: 1 / np.log(k),
}


def slow(table: np.ndarray[Any, Any], name: str, days: list[Any]) -> dict[tuple[int, int], float]:
    here = table == 1
    heads, attended = here.sum(axis=0), here.sum(axis=1)
    found = {}
    for i, j in combinations(range(len(table)), 2):
        joint = [e for e in range(table.shape[1]) if here[i, e] and here[j, e]]
        if not joint:
            continue
        x, both, only_i, only_j = observed(table, i, j, days)
        found[i, j] = {
            "count": lambda joint=joint: len(joint),
            "ratio": lambda joint=joint: len(joint) / table.shape[1],
            "cosine": lambda joint=joint, i=i, j=j: len(joint) / np.sqrt(attended[i] * attended[j]),
            "jaccard": lambda o=(x, both, only_i, only_j): o[0] / sum(o),
            "half_weight": lambda o=(x, both, only_i, only_j): o[0] / (o[0] + o[1] + (o[2] + o[3]) / 2),
        }.get(name, lambda joint=joint: sum(SUMS[name](heads[e]) for e in joint))()
    return found


@given(tables(), st.sampled_from([*TIE_WEIGHTS]))
def test_every_weight_is_its_formula_whoever_could_come(table: pd.DataFrame, name: Any) -> None:
    ties = joint_ties(attendance_from_table(table), name)

    assert pairs_of(ties) == pytest.approx(slow(table.to_numpy(), name, [*range(table.shape[1])]))


@given(tables(), st.sampled_from(["jaccard", "half_weight"]), st.data())
def test_what_is_seen_on_one_day_is_one_observation(table: pd.DataFrame, name: Any, data: Any) -> None:
    days = sorted(data.draw(st.lists(st.integers(1, 3), min_size=table.shape[1], max_size=table.shape[1])))
    held = attendance_from_table(table, [f"2024-01-0{day}" for day in days])

    ties = joint_ties(held, TieWeight(name, **SAME_DAY))

    assert pairs_of(ties) == pytest.approx(slow(table.to_numpy(), name, days))
    assert ties.count.tolist() == joint_ties(held, "count").count.tolist()


def test_undated_activities_are_never_simultaneous() -> None:
    rows = [[1.0, 0, 1], [0, 1, 1]]
    undated, one_day = group(*rows), group(*rows, dates=["2024-01-01"] * 3)

    assert joint_ties(undated, TieWeight("jaccard", **SAME_DAY)).weight.tolist() == [1 / 3]
    assert joint_ties(one_day, TieWeight("jaccard")).weight.tolist() == [1 / 3]
    assert joint_ties(one_day, TieWeight("jaccard", **SAME_DAY)).weight.tolist() == [1]


def test_who_moved_in_later_is_seen_alone_only_where_they_could_have_come() -> None:
    old = Attendance(
        sparse.csr_array(np.array([[1.0, 1, 1, 1], [0, 0, 1, 0]])),
        pd.Index(["p1", "p2"]),
        group([1.0] * 4).activities,
        since=np.array([0, 2]),
        until=np.array([4, 4]),
        blank=sparse.csr_array((2, 4)),
    )

    assert joint_ties(old, "jaccard").weight.tolist() == [1 / 2]
    assert joint_ties(old, "half_weight").weight.tolist() == [2 / 3]
    assert joint_ties(old, "cosine").weight.tolist() == [1 / 2]


def test_a_blank_is_not_an_absence() -> None:
    absent, blank = group([1, 1], [1, 0]), group([1, 1], [1, np.nan])

    assert joint_ties(absent, "jaccard").weight.tolist() == [1 / 2]
    assert joint_ties(blank, "jaccard").weight.tolist() == [1]
    assert joint_ties(absent, "count").weight.tolist() == joint_ties(blank, "count").weight.tolist() == [1]


# --- the walk itself, against sparse products


def plain(held: Attendance, share: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
    """Return weight, count, first and last activity of all pairs, dense."""
    a = held.present.toarray()
    met = a[:, None, :] * a[None, :, :]
    count = met.sum(axis=2)
    return (a * share) @ a.T, count, met.argmax(axis=2), a.shape[1] - 1 - met[:, :, ::-1].argmax(axis=2)


@pytest.mark.parametrize("n", [1, 2, 63, 64, 65, 130])
@pytest.mark.parametrize("floor", [1, 2, 4])
@pytest.mark.parametrize("block", [1, 50, 1 << 20])
def test_the_walk_is_the_product_of_the_table_with_itself(
    n: int, floor: int, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(projection, "BLOCK", block)
    held = crowd(n, 20, 0.2, seed=n)
    weight, count, first, last = plain(held, 1 / np.maximum(held.named - 1, 1))
    source, target = np.nonzero(np.triu(count >= floor, 1))

    ties = joint_ties(held, min_joint=floor)

    np.testing.assert_array_equal([ties.source, ties.target], [source, target])
    np.testing.assert_allclose(ties.weight, weight[source, target], rtol=1e-12)
    np.testing.assert_array_equal(ties.count, count[source, target])
    np.testing.assert_array_equal([ties.first, ties.last], [first[source, target], last[source, target]])
    assert count_ties(held, min_joint=floor) == len(source)


def test_the_parts_of_the_work_change_no_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    held = crowd(200, 60, 0.1, seed=1)
    whole = joint_ties(held)
    monkeypatch.setattr(projection, "BLOCK", 100)
    monkeypatch.setattr(projection, "THREADS", 5)
    parts = joint_ties(held)

    for name in ("source", "target", "weight", "count", "first", "last"):
        assert getattr(whole, name).tobytes() == getattr(parts, name).tobytes()


@given(tables(), st.sampled_from([*TIE_WEIGHTS]), st.randoms())
def test_the_order_of_people_changes_nothing(table: pd.DataFrame, name: Any, random: Any) -> None:
    order = random.sample(range(len(table)), len(table))
    moved = table.iloc[order]

    one, other = (joint_ties(attendance_from_table(held), name) for held in (table, moved))

    assert one.weight.tobytes() == other.weight.tobytes()
    assert pairs_of(one) == pairs_of(other)


@pytest.mark.parametrize("name", [*TIE_WEIGHTS])
@pytest.mark.parametrize("shape", [(0, 0), (0, 3), (3, 0), (1, 1), (3, 2)])
def test_where_nobody_met_there_are_no_ties(name: Any, shape: tuple[int, int]) -> None:
    held = attendance_from_table(pd.DataFrame(np.zeros(shape)))
    ties = joint_ties(held, name, size=SizeRule())

    assert len(ties) == len(ties.weight) == len(ties.first) == 0
    assert size_rule_effect(held, SizeRule()).ties == 0


@pytest.mark.parametrize("name", [*TIE_WEIGHTS])
def test_everybody_at_everything_is_tied_alike(name: Any) -> None:
    ties = joint_ties(group(*[[1.0] * 4] * 5), name)

    assert len(ties) == 10
    assert np.ptp(ties.weight) == 0
    if name in ("ratio", "jaccard", "half_weight", "cosine"):
        assert ties.weight == pytest.approx(1)


# --- identities


@pytest.mark.parametrize("k", [1, 2, 3, 10, 70])
def test_one_activity_adds_all_pairs_to_counts_and_half_its_heads_to_newman(k: int) -> None:
    before = crowd(70, 10, 0.3, seed=2).present.toarray()
    after = np.column_stack([before, np.arange(70) < k])

    def added(name: Any) -> float:
        one, other = (joint_ties(group(*rows.tolist()), name).weight.sum() for rows in (before, after))
        return float(other - one)

    assert added("count") == pytest.approx(k * (k - 1) / 2)
    assert added("newman") == pytest.approx(k / 2 if k > 1 else 0)


def test_newman_strength_is_the_number_of_activities_with_company() -> None:
    held = crowd(60, 40, 0.05, seed=3)
    company = held.present.toarray()[:, held.named > 1].sum(axis=1)

    assert strength(joint_ties(held), 60) == pytest.approx(company)


def test_southern_women() -> None:
    held = attendance_of(read_records(DATA / "southern_women_dated.csv"))
    ties = joint_ties(held)

    assert held.present.nnz == 89
    assert len(ties) == 139
    assert ties.count.sum() == (held.named * (held.named - 1) / 2).sum()
    assert strength(ties, 18) == pytest.approx(held.attended)


# --- fading


def test_an_activity_counts_half_after_its_half_life() -> None:
    held = group([1, 1, 1], [1, 1, 1], dates=["2024-01-01", "2024-01-31", "2024-03-01"])

    assert joint_ties(held, TieWeight("count").decayed(30)).weight.tolist() == [1.75]
    assert joint_ties(held, TieWeight("newman").decayed(30, "2024-03-31")).weight.tolist() == [0.875]


@pytest.mark.parametrize("name", FADING_WEIGHTS)
def test_a_half_life_of_ages_changes_nothing_and_a_later_day_scales_all(name: Any) -> None:
    held = crowd(20, 30, 0.3, seed=4)
    days = pd.date_range("2024-01-01", periods=30).to_numpy()
    held = Attendance(
        held.present, held.people, held.activities.assign(date=days), held.since, held.until, held.blank
    )
    plainly, slowly, soon, late = (
        joint_ties(held, weight).weight
        for weight in (
            TieWeight(name), TieWeight(name).decayed(1e9), TieWeight(name).decayed(7),
            TieWeight(name).decayed(7, "2024-02-06"),
        )
    )  # fmt: skip

    assert slowly == pytest.approx(plainly)
    assert (soon < plainly).any()
    assert late == pytest.approx(soon / 2)


def test_a_tie_that_has_faded_to_nothing_is_no_tie() -> None:
    held = group([1, 0, 1], [1, 0, 0], [0, 1, 1], dates=["2000-01-01", "2024-01-01", "2024-01-01"])

    assert pairs_of(joint_ties(held, TieWeight("count").decayed(1))) == {(0, 2): 1}


def test_what_has_no_date_or_is_yet_to_come_cannot_fade() -> None:
    with pytest.raises(MeasureError, match="E-TIE-UNDATED"):
        joint_ties(group([1, 1], [1, 1], dates=["2024-01-01", None]), TieWeight().decayed(30))  # type: ignore[list-item]
    with pytest.raises(MeasureError, match="2023-12-31"):
        joint_ties(group([1], [1], dates=["2024-01-01"]), TieWeight().decayed(30, "2023-12-31"))
    alone = group([1, 1], [1, 0], dates=["2024-01-01", None])  # type: ignore[list-item]
    assert joint_ties(alone, TieWeight().decayed(30)).weight.tolist() == [1]
    assert len(joint_ties(group([1], [0]), TieWeight().decayed(30))) == 0


# --- what weights say and refuse


def test_every_weight_says_itself_and_its_options() -> None:
    weights = [TieWeight(name) for name in TIE_WEIGHTS]  # type: ignore[arg-type]
    weights += [
        TieWeight("jaccard", **SAME_DAY),
        TieWeight().decayed(90),
        TieWeight().decayed(90, "2024-06-30"),
    ]  # type: ignore[arg-type]

    assert len({weight.wording for weight in weights}) == len(weights)
    assert "2024-06-30" in weights[-1].wording.zh
    assert "90 天" in weights[-1].wording.zh


@pytest.mark.parametrize(
    "options",
    [
        {"name": "friendship"}, {"name": "jaccard", "half_life_days": 30}, {"half_life_days": 0},
        {"half_life_days": float("nan")}, {"half_life_days": -1}, {"half_life_days": float("inf")},
        {"name": "count", "simultaneous": "same_day"}, {"name": "jaccard", "simultaneous": "same_hour"},
    ],
)  # fmt: skip
def test_a_weight_that_makes_no_sense_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        TieWeight(**options)


def test_a_floor_below_one_is_refused() -> None:
    with pytest.raises(SettingsError, match="min_joint"):
        joint_ties(group([1], [1]), min_joint=0)


# --- the size rule, with and without


@given(tables())
def test_those_who_could_come_are_counted_cell_by_cell(table: pd.DataFrame) -> None:
    held = attendance_from_table(table)

    assert could_come(held).tolist() == held.eligible()[held.attended > 0].sum(axis=0).tolist()


def test_half_of_those_who_could_come_is_too_many_whoever_came_later() -> None:
    came = np.zeros((40, 2))
    came[:11, 0] = came[:, 1] = 1  # 11 of 20 in the beginning; the other 20 had not moved in
    later = came.copy()
    later[20:, 0] = np.nan

    assert SizeRule(100).makes_ties(group(*came.tolist())).tolist() == [True, False]
    assert SizeRule(100).makes_ties(group(*later.tolist())).tolist() == [False, False]


def festival(size: int) -> Attendance:
    """80 activities of 5 to 12 of 300 residents, then one of ``size``."""
    generator = np.random.default_rng(5)
    rows = np.zeros((300, 81))
    for activity in range(80):
        rows[generator.choice(300, generator.integers(5, 13), replace=False), activity] = 1
    rows[generator.choice(300, size, replace=False), 80] = 1
    return group(*rows.tolist())


def density(ties: JointTies) -> float:
    return len(ties) / (300 * 299 / 2)


@pytest.mark.parametrize(("size", "expected"), [(300, 1.0), (200, 0.47)])
def test_a_festival_ties_everybody_unless_a_rule_or_a_floor_says_otherwise(
    size: int, expected: float
) -> None:
    held, quiet = festival(size), festival(0)
    raw, ruled = joint_ties(held), joint_ties(held, size=SizeRule())

    assert density(joint_ties(quiet)) == pytest.approx(0.06, abs=0.02)
    assert density(raw) == pytest.approx(expected, abs=0.02)
    assert pairs_of(ruled) == pairs_of(joint_ties(quiet))
    assert not ruled.made[-1]
    # Met at the festival and once before: the floor of two. All who met before, when everybody was there.
    floored = joint_ties(held, min_joint=2)
    assert density(floored) <= density(joint_ties(quiet)) + 1e-9
    if size == 300:
        assert len(floored) == len(joint_ties(quiet))


def test_newman_weights_shrink_a_festival_but_do_not_hide_it() -> None:
    held = festival(300)
    pairs = 300 * 299 / 2
    share = {name: joint_ties(held, name).weight.sum() for name in ("count", "newman")}

    assert pairs / share["count"] == pytest.approx(0.95, abs=0.02)
    assert 150 / share["newman"] == pytest.approx(0.31, abs=0.03)


def test_the_effect_of_the_size_rule_is_told_both_ways() -> None:
    held = festival(300)
    effect = size_rule_effect(held, SizeRule())

    assert (effect.people, effect.activities, effect.left_out) == (300, 81, 1)
    assert (effect.ties, effect.ties_without) == (len(joint_ties(held, size=SizeRule())), 44850)
    assert effect.density_without == 1
    assert effect.table["density"].tolist() == [effect.density, 1.0]
    assert "44,850" in effect.wording.zh
    assert "1.000" in effect.wording.en
    off = size_rule_effect(held, None)
    assert (off.ties, off.left_out) == (44850, 0)
    assert "Fewer than two" in size_rule_effect(group([1, 1]), SizeRule()).wording.en


def test_toronto_has_density_one_every_quarter_because_everybody_sits_in_city_council() -> None:
    records = read_records(DATA / "toronto_council_attendance.csv")
    held = attendance_of(records)
    council = (records.activities["title"] == "City Council").reindex(held.activities.index).to_numpy()
    ruled = SizeRule().makes_ties(held)

    def active_density(chosen: Any) -> float:
        part = held.of_activities(chosen)
        active = int((part.attended > 0).sum())
        return round(2 * count_ties(part) / (active * (active - 1)), 2)

    quarters = [
        held.activities["date"].between(period.start, period.end).to_numpy()
        for period in records.periods("quarter")
    ]

    assert [active_density(inside) for inside in quarters] == [1.0] * 8
    assert [active_density(inside & ~council) for inside in quarters] == [
        0.32, 0.54, 0.51, 0.60, 0.57, 0.55, 0.53, 0.55,
    ]  # fmt: skip
    # The default size rule finds the 39 days of City Council, and nothing else.
    assert ruled.tolist() == (~council).tolist()
    assert size_rule_effect(held, SizeRule()).left_out == council.sum() == 39
