"""Attendance at random: margins exact, every table alike likely, and one test for every measure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from attendances import every_table, of, random_attendance, southern_women
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.attendance_nulls import (
    attendance_null_test,
    met_network,
    permuted_periods,
    relabelled,
)
from sanshe_net.measures.cohesion import density
from sanshe_net.measures.registry import all_measures
from sanshe_net.network import Network

# --- curveball -----------------------------------------------------------------------------------------


@given(
    st.integers(0, 10_000),
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(1, 40),
    st.sampled_from([0, 0.3]),
)
def test_margins_are_exact_after_any_number_of_trades_and_nobody_comes_where_they_could_not(
    seed: int, people: int, activities: int, trades: int, blanks: float
) -> None:
    held = random_attendance(seed, people, activities, blanks=blanks)
    for drawn in fixed_margin_draws(held, 3, seed, trades=trades):
        table = drawn.present.toarray()
        assert table.sum(axis=1).tolist() == held.attended.tolist()
        assert table.sum(axis=0).tolist() == held.named.tolist()
        assert set(np.unique(table)) <= {0, 1}
        assert (table <= held.eligible()).all()
        assert drawn.present.has_sorted_indices
        assert drawn.attended.tolist() == held.attended.tolist()


@pytest.mark.parametrize(
    "held",
    [
        of([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1]]),
        of([[1, 1, 0], [1, 0, 0], [0, 1, 1], [0, 0, 1]]),
        of([[1, 1, 0, np.nan], [1, 0, 1, 0], [0, 0, 1, 1], [0, np.nan, 1, 0]]),
    ],
    ids=["more activities", "more people", "some blank"],
)
def test_every_table_with_these_margins_is_alike_likely(held: Attendance) -> None:
    every = {table.tobytes() for table in every_table(held)}
    draws = 300 * len(every)
    found = Counter(drawn.present.toarray().tobytes() for drawn in fixed_margin_draws(held, draws, 7))

    assert len(every) > 5
    assert set(found) == every
    assert stats.chisquare([found[table] for table in every]).pvalue > 0.001


def test_draws_are_the_same_with_the_same_seed_and_others_with_another() -> None:
    held = southern_women()
    one, same, other = (
        [drawn.present.toarray().tobytes() for drawn in fixed_margin_draws(held, 4, seed)]
        for seed in (1, 1, 2)
    )

    assert one == same
    assert not set(one) & set(other)
    assert len(set(one)) == 4


def test_draws_do_not_share_their_arrays() -> None:
    draws = [drawn.present.toarray() for drawn in fixed_margin_draws(southern_women(), 3)]
    again = [*fixed_margin_draws(southern_women(), 3)]
    again[0].present.data[:] = 5.0

    assert all((one == two.present.toarray()).all() for one, two in zip(draws[1:], again[1:], strict=True))


def test_with_one_person_there_is_nothing_to_trade() -> None:
    held = of([[1, 0, 1]])

    assert [drawn.present.toarray().tolist() for drawn in fixed_margin_draws(held, 2)] == [[[1, 0, 1]]] * 2


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"draws": 2, "trades": 0}], ids=str)
def test_fewer_than_one_draw_or_trade_is_refused_before_the_first_is_asked_for(wrong: dict[str, int]) -> None:
    with pytest.raises(MeasureError, match="E-VALUE"):
        fixed_margin_draws(southern_women(), **wrong)


# --- the test ------------------------------------------------------------------------------------------


def test_the_density_of_the_southern_women_is_what_chance_gives() -> None:
    test = attendance_null_test("density", southern_women(), draws=1500, seed=2)

    assert test.observed == pytest.approx(139 / 153)
    assert test.mean == pytest.approx(0.911, abs=0.003)
    assert test.sd == pytest.approx(0.027, abs=0.003)
    assert test.zscore == pytest.approx(-0.1, abs=0.1)
    assert 0.3 < test.p_two_sided <= 1


def test_people_who_keep_to_themselves_meet_fewer_others_than_chance_gives() -> None:
    rows = np.kron(np.eye(2), np.ones((6, 1))) @ np.kron(np.eye(2), np.ones((1, 12)))
    rows *= np.random.default_rng(1).random(rows.shape) < 0.5
    test = attendance_null_test("density", of(rows.tolist()), draws=199)

    assert test.p_lower == 1 / 200
    assert test.zscore < -4


def test_p_counts_the_observed_value_as_a_draw() -> None:
    test = attendance_null_test("density", of([[1, 0], [0, 1], [1, 1]]), draws=9)

    assert (test.p_upper, test.p_lower, test.p_two_sided) == (1, 1, 1)


@pytest.mark.parametrize("name", [name for name, held in all_measures("network").items() if not held.needs])
def test_every_measure_of_networks_can_be_held_against_the_margins(name: str) -> None:
    test = attendance_null_test(name, random_attendance(2, 8, 6), draws=2)

    assert test.statistic == name
    assert test.draws + test.undefined == 2


def test_the_network_of_those_who_met_is_that_of_its_table() -> None:
    network = met_network(southern_women())
    copy = Network(network.actors, network.ties)

    assert len(network.ties) == 139
    assert (network.adjacency() != copy.adjacency()).nnz == 0
    assert (network.ties["evidence"] == network.ties["weight"]).all()
    assert density(copy) == density(network)


def test_a_statistic_of_the_attendance_itself_can_be_tested() -> None:
    def largest(held: Attendance) -> float:
        return float(held.named.max())

    test = attendance_null_test(largest, southern_women(), make_network=lambda held: held, draws=5)

    assert (test.statistic, test.observed, test.mean, test.sd) == ("largest", 14, 14, 0)


def grouped(held: Attendance) -> Network:
    network = met_network(held)
    group = ["a"] * (len(held.people) // 2) + ["b"] * (len(held.people) - len(held.people) // 2)
    return replace(network, actors=network.actors.assign(group=group))


def within(network: Network) -> float:
    group = network.actors["group"]
    ends = (network.ties[end].map(group).to_numpy() for end in ("source", "target"))
    return float(np.equal(*ends).mean())


def test_labels_are_dealt_anew_and_ties_stay() -> None:
    network = grouped(southern_women())
    drawn = [*relabelled(network, 20)]

    assert all(held.ties.equals(network.ties) for held in drawn)
    assert all(held.actors.index.equals(network.actors.index) for held in drawn)
    assert all(sorted(held.actors["group"]) == sorted(network.actors["group"]) for held in drawn)
    assert len({tuple(held.actors["group"]) for held in drawn}) > 15


def test_two_circles_are_seen_when_labels_are_dealt_anew() -> None:
    rows = np.kron(np.eye(2), np.ones((5, 6)))
    test = attendance_null_test(within, of(rows.tolist()), null="labels", make_network=grouped, draws=199)

    assert test.observed == 1
    assert test.p_upper < 0.05
    assert test.null == "labels"


def test_relabelling_does_not_depend_on_the_order_of_the_actors() -> None:
    network = grouped(southern_women())
    turned = replace(network, actors=network.actors.iloc[::-1])
    for one, other in zip(relabelled(network, 3, 5), relabelled(turned, 3, 5), strict=True):
        assert one.actors["group"].equals(other.actors["group"].reindex(one.actors.index))


# --- periods -------------------------------------------------------------------------------------------


def two_kinds() -> Attendance:
    held = random_attendance(4, 10, 30)
    kinds = np.where(np.arange(30) % 3 == 0, "council", "culture")
    return replace(held, activities=held.activities.assign(kind=kinds))


def test_periods_are_dealt_anew_within_each_kind_and_missing_ones_stay() -> None:
    held = two_kinds()
    periods = np.array(["old"] * 12 + [None] * 3 + ["new"] * 15, dtype=object)
    kinds = held.activities["kind"].to_numpy()
    drawn = [*permuted_periods(held, list(periods), 30, 3)]

    for labels in drawn:
        assert [label is None for label in labels] == [label is None for label in periods]
        assert Counter(zip(kinds, labels, strict=True)) == Counter(zip(kinds, periods, strict=True))
    assert len({tuple(labels) for labels in drawn}) > 25


def active(held: Attendance) -> float:
    return float((held.attended > 0).mean())


def mean_size(held: Attendance) -> float:
    return float(held.named.mean())


def test_a_change_between_two_periods_is_later_minus_earlier() -> None:
    held = two_kinds()
    periods = ["old"] * 12 + [None] * 3 + ["new"] * 15
    test = attendance_null_test(
        mean_size,
        held,
        null="activities_within_kind",
        make_network=lambda part: part,
        periods=periods,
        draws=99,
    )

    assert test.observed == pytest.approx(held.named[15:].mean() - held.named[:12].mean())
    assert abs(test.mean) < 4 * test.sd / np.sqrt(99)
    assert 0.01 <= test.p_two_sided <= 1


def test_two_periods_without_a_difference_are_rejected_as_often_as_said() -> None:
    rejected = 0
    for seed in range(60):
        held = random_attendance(seed, 12, 24)
        test = attendance_null_test(
            mean_size, held, null="activities_within_kind", make_network=lambda part: part,
            periods=["a"] * 8 + ["b"] * 16, draws=19, seed=seed,
        )  # fmt: skip
        rejected += test.p_two_sided <= 0.1

    assert stats.binomtest(rejected, 60, 0.1).pvalue > 0.001


@pytest.mark.parametrize(
    ("periods", "code"),
    [(None, "E-PERIOD-LABELS"), (["a", "b"], "E-PERIOD-LABELS"), (["a"] * 30, "E-TWO-PERIODS"),
     (["a", "b", "c"] * 10, "E-TWO-PERIODS")],
    ids=["none", "too few", "one", "three"],
)  # fmt: skip
def test_a_comparison_needs_two_periods(periods: list[str] | None, code: str) -> None:
    with pytest.raises(MeasureError, match=code):
        attendance_null_test("density", two_kinds(), null="activities_within_kind", periods=periods)


@pytest.mark.parametrize(
    ("measure", "options", "found"),
    [("densty", {}, "density"), ("density", {"null": "ties"}, "margins"), ("density", {"draws": 0}, "draws")],
)
def test_what_does_not_exist_is_refused_with_what_does(
    measure: str, options: dict[str, object], found: str
) -> None:
    with pytest.raises(MeasureError, match=found):
        attendance_null_test(measure, southern_women(), **options)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_result_names_its_null_in_words(lang: str) -> None:
    text = " ".join(attendance_null_test("density", southern_women(), draws=5).explain(lang))

    assert "curveball" in text
    assert "5" in text
