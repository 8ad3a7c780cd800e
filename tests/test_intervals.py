"""Intervals of measures: which method is right, closed forms against plain loops, published numbers."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.errors import MeasureError
from sanshe_net.measures.uncertainty import (
    ActorIntervals,
    actor_intervals,
    company,
    inseparable,
    network_intervals,
    stress_test,
)
from sanshe_net.measures.uncertainty.resampling import drawn_effects, effects_of, standard_errors
from sanshe_net.measures.uncertainty.statistic import (
    actor_statistic,
    is_linear,
    network_statistic,
    with_activities,
)
from sanshe_net.terminal import time_left
from sanshe_net.vocabulary import Label

DATA = Path(__file__).parent / "data"
COLUMNS = [
    "estimate", "low", "high", "rank", "rank_low", "rank_high", "share_in_top_k", "draws", "seed", "method",
]  # fmt: skip
INTERVALS = ["low", "high", "rank_low", "rank_high", "share_in_top_k"]


def southern_women() -> Attendance:
    rows = pd.read_csv(DATA / "southern_women_dated.csv")
    table = pd.crosstab(rows["person"], rows["event"]).clip(upper=1)
    days = rows.drop_duplicates("event").set_index("event")["date"].reindex(table.columns)
    return attendance_from_table(table, days)


def made(people: int, activities: int, share: float = 0.4, seed: int = 0) -> Attendance:
    held = np.random.default_rng(seed).random((people, activities)) < share
    return attendance_from_table(pd.DataFrame(held.astype(int), [f"p{i:02d}" for i in range(people)]))


@st.composite
def attendances(draw: st.DrawFn) -> Attendance:
    people, activities = draw(st.integers(2, 6)), draw(st.integers(5, 8))
    row = st.lists(st.integers(0, 1), min_size=activities, max_size=activities)
    table = pd.DataFrame(draw(st.lists(row, min_size=people, max_size=people)))
    return attendance_from_table(table.set_axis([f"p{i}" for i in range(people)]))


def graph_of(here: np.ndarray) -> nx.Graph:
    """The co-attendance network the plain way: a set of pairs an activity."""
    graph = nx.Graph()
    graph.add_nodes_from(range(len(here)))
    for column in here.T:
        for one, other in combinations(np.flatnonzero(column), 2):
            held = graph.get_edge_data(one, other, {"newman": 0.0, "count": 0})
            graph.add_edge(
                one, other, newman=held["newman"] + 1 / (column.sum() - 1), count=held["count"] + 1
            )
    return graph


def values_of(here: np.ndarray, measure: str, weight: str) -> np.ndarray:
    degrees = graph_of(here).degree(weight=weight if measure == "strength" else None)
    return np.array([value for _, value in sorted(degrees)], dtype=float)


# The published and the measured


def test_southern_women_density_is_jackknifed_to_a_standard_error_of_15_points() -> None:
    """attendance-networks.md section 3: density .908, jackknife .150; event bootstrap mean .766, .40-.91.

    An independent script with 20,000 draws: mean .762, .37-.91 (.40 is its 3 % point).
    """
    women = southern_women()

    found = network_intervals(women, "density")
    wrong = network_intervals(women, "density", method="bootstrap", draws=1000)

    assert found.method == "jackknife"
    assert found.estimate == pytest.approx(139 / 153)
    assert found.standard_error == pytest.approx(0.150, abs=0.0005)
    assert found.low < found.estimate < found.high < 1
    assert wrong.mean == pytest.approx(0.766, abs=0.02)
    assert (wrong.low, wrong.high) == pytest.approx((0.37, 0.91), abs=0.04)
    assert "no sum over activities" in wrong.explain("en")[1]


def test_southern_women_leaders_by_company() -> None:
    """Section 3, 4,000 resamples: Theresa 1, 1-7, P(top 3) .85; Evelyn 2, 1-11, .27 first.

    Its .36 for Theresa first breaks ties by the order of the rows; sharing first places gives .45.
    """
    women, leaders = southern_women(), ["Theresa", "Evelyn"]

    first = actor_intervals(women, "strength", ties="count", unseen=False, top_k=1, draws=4000)
    three = actor_intervals(women, "strength", ties="count", unseen=False, top_k=3, draws=4000)

    table = first.table.loc[leaders]
    assert first.method == "bootstrap"
    assert table["rank"].tolist() == [1, 2]
    assert table["rank_low"].tolist() == [1, 1]
    assert table["rank_high"].tolist() == pytest.approx([7, 11], abs=1)
    assert table["share_in_top_k"].tolist() == pytest.approx([0.45, 0.27], abs=0.03)
    assert three.table.loc["Theresa", "share_in_top_k"] == pytest.approx(0.85, abs=0.03)
    placed = first.drawn.argsort(axis=1)[:, ::-1][:, 0]  # one first place a draw, ties by place
    sole = (first.drawn == first.drawn.max(axis=1, keepdims=True)).sum(axis=1) == 1
    mine = list(first.table.index).index("Theresa")
    assert (placed[sole] == mine).sum() / 4000 <= 0.40
    six = first.table.nsmallest(6, "rank")
    assert six["rank_low"].max() <= six["rank_high"].min()


def test_the_first_six_southern_women_cannot_be_told_apart() -> None:
    found = inseparable(actor_intervals(southern_women(), "strength", ties="count", unseen=False))

    assert set(found.table.index[:6]) <= set(found.sets[0])
    assert found.explain("en")[0].startswith("not separable: Theresa, Evelyn, ")


# Which method


@pytest.mark.parametrize(
    ("measure", "ties", "linear"),
    [
        ("strength", "newman", True), ("strength", "count", True), ("degree", "newman", False),
        ("betweenness", "newman", False), ("constraint", "count", False),
    ],
)  # fmt: skip
def test_what_is_a_sum_over_activities_is_found_out(measure: str, ties: str, linear: bool) -> None:
    women = southern_women()
    statistic = actor_statistic(measure, ties, "network", 18)
    plain = actor_statistic(
        lambda network: _measured(network, measure), ties, "network", 18
    )  # nothing declared

    assert is_linear(statistic, women) is linear
    assert is_linear(plain, women) is linear


def _measured(network, measure):
    from sanshe_net.measures.registry import measure_actors

    return measure_actors(network, measure)[measure]


def test_a_degree_is_no_sum_even_where_nobody_met_twice() -> None:
    """Splitting the activities cannot show it there; doubling them does."""
    table = pd.DataFrame(np.kron(np.eye(5, dtype=int), np.ones((2, 1), dtype=int)))
    held = attendance_from_table(table)

    assert not is_linear(actor_statistic(lambda n: _measured(n, "degree"), "newman", "network", 10), held)


def test_a_function_of_attendance_is_a_statistic_too() -> None:
    held = made(5, 12)

    def visits(attendance: Attendance) -> pd.Series:
        return pd.Series(attendance.attended.astype(float), attendance.people)

    found = actor_intervals(held, visits, of="attendance", draws=50)

    assert (found.measure, found.method) == ("visits", "bootstrap")
    assert found.table["estimate"].tolist() == held.attended.tolist()


def test_ties_can_be_any_rule() -> None:
    held = made(6, 10)
    found = actor_intervals(held, "degree", ties=lambda a: company.network_of(a, "count"), draws=50)
    fast = actor_intervals(held, "degree", draws=50, unseen=False)
    plain = actor_intervals(
        held, "degree", ties=lambda a: company.network_of(a, "count"), draws=50, unseen=False
    )

    assert found.method == "jackknife"
    np.testing.assert_allclose(plain.drawn, np.minimum(plain.drawn, np.inf))
    pd.testing.assert_series_equal(plain.table["estimate"], fast.table["estimate"])
    np.testing.assert_allclose(np.minimum(plain.drawn, 5), fast.drawn)


# Fast paths against plain loops


@settings(deadline=None, max_examples=12)
@given(attendances(), st.sampled_from(["newman", "count"]))
def test_strength_degree_and_density_are_those_of_a_plain_network(held: Attendance, weight: str) -> None:
    here = held.present.toarray()
    network = company.network_of(held, weight)

    for measure, fast in (
        ("strength", company.strengths(held, weight)),
        ("degree", company.degrees(held)),
    ):
        assert fast.tolist() == pytest.approx(values_of(here, measure, weight).tolist())
        assert _measured(network, measure).tolist() == pytest.approx(fast.tolist())
    assert network_statistic("density", weight, "network").values(held)[0] == pytest.approx(
        nx.density(graph_of(here))
    )


@settings(deadline=None, max_examples=30)
@given(attendances(), st.sampled_from(["newman", "count"]), st.sampled_from(["strength", "degree"]))
def test_what_an_activity_adds_is_what_is_lost_without_it(
    held: Attendance, weight: str, measure: str
) -> None:
    here = held.present.toarray()
    whole = values_of(here, measure, weight)
    plain = [
        whole - values_of(np.delete(here, column, axis=1), measure, weight) for column in range(here.shape[1])
    ]

    statistic = actor_statistic(measure, weight, "network", len(here))
    order = [str(name) for name in held.activities.index]
    fast = effects_of(statistic, held).toarray()

    np.testing.assert_allclose(fast, np.array(plain).T[:, np.argsort(order)], atol=1e-9)


@settings(deadline=None, max_examples=15)
@given(attendances())
def test_the_standard_error_of_density_is_the_textbook_jackknife(held: Attendance) -> None:
    here, count = held.present.toarray(), held.shape[1]
    without = np.array([nx.density(graph_of(np.delete(here, column, axis=1))) for column in range(count)])
    expected = np.sqrt((count - 1) / count * ((without - without.mean()) ** 2).sum())

    effects = effects_of(network_statistic("density", "newman", "network"), held)

    assert standard_errors(effects)[0] == pytest.approx(expected, abs=1e-9)


def test_the_bootstrap_of_a_sum_is_that_of_activities_drawn_one_by_one() -> None:
    """Second implementation: the measure itself on each set drawn."""
    held, draws = made(6, 15), 1000
    fast = actor_intervals(held, "strength", unseen=False, draws=draws).drawn
    generator = np.random.default_rng(5)
    plain = np.array([
        company.strengths(with_activities(held, generator.integers(0, 15, 15)), "newman") for _ in range(draws)
    ])  # fmt: skip

    assert fast.mean(axis=0).tolist() == pytest.approx(plain.mean(axis=0).tolist(), abs=0.4)
    np.testing.assert_allclose(np.cov(fast.T), np.cov(plain.T), atol=0.8)


def test_draws_of_a_degree_spread_as_the_jackknife_says() -> None:
    held = made(20, 30, share=0.12)
    effects = effects_of(actor_statistic("degree", "newman", "network", 20), held)

    drawn = drawn_effects(company.degrees(held), effects, 4000, 0)

    errors = standard_errors(effects) * np.sqrt(30 / 29)
    assert drawn.mean(axis=0).tolist() == pytest.approx(company.degrees(held).tolist(), abs=0.4)
    assert drawn.std(axis=0).tolist() == pytest.approx(errors.tolist(), rel=0.06)


def test_subsampling_spreads_like_the_jackknife_for_a_sum() -> None:
    held = made(8, 36)
    effects = effects_of(actor_statistic("strength", "newman", "network", 8), held)
    found = actor_intervals(held, "strength", method="subsample", draws=400)

    # Leaving out d of E at a time spreads a sum by (E - d) / E less.
    assert found.drawn.std(axis=0).tolist() == pytest.approx(
        (standard_errors(effects) * 30 / 36).tolist(), rel=0.15
    )
    assert not found.unseen


# Laws


@pytest.mark.parametrize("measure", ["strength", "degree", "betweenness"])
def test_the_order_of_people_and_activities_does_not_matter(measure: str) -> None:
    table = pd.DataFrame(
        (np.random.default_rng(4).random((7, 9)) < 0.4).astype(int),
        [f"p{i}" for i in range(7)],
        [f"a{i}" for i in range(9)],
    )
    mixed = table.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)

    one = actor_intervals(attendance_from_table(table), measure, draws=40)
    other = actor_intervals(attendance_from_table(mixed), measure, draws=40)

    pd.testing.assert_frame_equal(one.table, other.table, check_exact=measure != "betweenness")


@pytest.mark.parametrize("measure", ["strength", "degree"])
def test_other_names_give_the_same_numbers(measure: str) -> None:
    held = made(9, 12)
    names = dict(zip(held.people, np.random.default_rng(3).permutation(held.people), strict=True))
    table = pd.DataFrame(held.present.toarray(), held.people).rename(index=names)
    renamed = attendance_from_table(table)

    one = actor_intervals(held, measure, draws=100, unseen=False).table
    other = actor_intervals(renamed, measure, draws=100, unseen=False).table

    pd.testing.assert_frame_equal(one.rename(index=names).sort_index(), other.sort_index())


def test_every_activity_twice_narrows_the_relative_interval_of_a_sum() -> None:
    held = made(8, 30)
    twice = with_activities(held, np.repeat(np.arange(30), 2))

    one = actor_intervals(held, "strength", unseen=False, draws=2000).table
    two = actor_intervals(twice, "strength", unseen=False, draws=2000).table

    assert two["estimate"].tolist() == (2 * one["estimate"]).tolist()
    ratio = ((two["high"] - two["low"]) / (one["high"] - one["low"])).mean()
    assert ratio == pytest.approx(np.sqrt(2), rel=0.1)


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not() -> None:
    held = made(10, 20)
    one, again, other = (actor_intervals(held, "degree", seed=seed, draws=60) for seed in (1, 1, 2))

    assert one.drawn.tobytes() == again.drawn.tobytes()
    assert one.drawn.tobytes() != other.drawn.tobytes()
    tests = [stress_test(held, seed=seed, draws=10, shares=[0.2]).table for seed in (1, 1, 2)]
    assert tests[0].equals(tests[1])
    assert not tests[0].equals(tests[2])


def test_the_table_has_its_columns_and_nothing_is_changed() -> None:
    held = made(6, 10)
    before = held.present.copy()
    found = actor_intervals(held, "degree", draws=30, seed=4)

    assert list(found.table.columns) == COLUMNS
    assert found.table.index.name == "actor_id"
    assert (found.table["seed"] == 4).all()
    assert (found.table["method"] == "jackknife").all()
    assert (held.present != before).nnz == 0


def test_values_stay_within_the_bounds_of_the_measure() -> None:
    found = actor_intervals(made(6, 12, 0.5), "degree", draws=200)
    assert found.drawn.min() >= 0
    assert found.drawn.max() <= 5


def test_somebody_who_never_came_is_not_sure_to_be_last() -> None:
    """Garwood: nothing seen in E activities leaves up to 3 expected (97.5 % of Poisson 1), not 0."""
    held = made(8, 20, 0.1)
    table = pd.DataFrame(held.present.toarray(), held.people)
    table.loc["p00"] = 0
    held = attendance_from_table(table)

    plain = actor_intervals(held, "strength", unseen=False).table.loc["p00"]
    honest = actor_intervals(held, "strength").table.loc["p00"]

    assert (plain["low"], plain["high"]) == (0, 0)
    assert (honest["low"], honest["high"]) == (0, 3)
    assert honest["rank_low"] < plain["rank_low"]


def test_a_measure_undefined_for_some_is_nan_for_them_only() -> None:
    held = made(7, 12, 0.5)
    table = pd.DataFrame(held.present.toarray(), held.people)
    table.loc["p00"] = 0
    found = actor_intervals(attendance_from_table(table), "constraint", draws=50).table

    assert found.loc["p00", ["estimate", "rank", *INTERVALS]].isna().all()
    assert found.drop(index="p00")["rank"].notna().all()
    assert found.drop(index="p00")[INTERVALS].notna().all(axis=None)


def test_progress_is_told_to_the_end() -> None:
    told: list[tuple[int, int]] = []
    actor_intervals(
        made(5, 8), "betweenness", draws=20, on_progress=lambda done, total: told.append((done, total))
    )
    assert told == [(done, 8) for done in range(1, 9)]
    told.clear()
    stress_test(made(5, 8), draws=3, shares=[0.1, 0.2], on_progress=lambda *step: told.append(step))
    assert told[-1] == (6, 6)


# Nothing to say


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (np.ones((3, 4)), "only 4 activities"), (np.ones((1, 8)), "only 1 person"), (np.zeros((3, 8)), "no sign-in"),
        (np.zeros((0, 8)), "no sign-in"), (np.ones((3, 0)), "no sign-in"),
        (np.ones((3, 8)), "everybody has the same value"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("measure", ["strength", "degree"])
def test_too_little_is_said_in_words_and_never_a_number(table: np.ndarray, words: str, measure: str) -> None:
    held = attendance_from_table(pd.DataFrame(table, [f"p{i}" for i in range(len(table))]))
    found = actor_intervals(held, measure, draws=20)

    assert found.table[INTERVALS].isna().all(axis=None)
    assert [words in sentence for sentence in found.explain("en")] == [True]
    assert "无法计算" in found.explain("zh")[0]
    assert inseparable(found).because == found.because
    assert inseparable(found).sets == ()
    tested = stress_test(held, measure, draws=5)
    assert tested.table.empty
    assert "无法计算" in tested.explain("zh")[0]


@pytest.mark.parametrize("table", [np.ones((3, 4)), np.ones((1, 8)), np.zeros((0, 8))])
def test_a_network_number_without_interval_says_why(table: np.ndarray) -> None:
    held = attendance_from_table(pd.DataFrame(table, [f"p{i}" for i in range(len(table))]))
    found = network_intervals(held)

    assert np.isnan([found.low, found.high, found.standard_error]).all()
    assert "Cannot be computed because" in found.explain("en")[0]


@pytest.mark.parametrize(
    "options",
    [
        {"draws": 0}, {"level": 1.0}, {"top_k": 0}, {"method": "guess"}, {"ties": "cosine"}, {"of": "x"},
        {"measure": "no_such"}, {"measure": "density"}, {"measure": lambda network: 3.0},
        {"measure": lambda network: pd.Series([1.0], ["p00"])},
    ],
)  # fmt: skip
def test_impossible_requests_are_refused(options: dict) -> None:
    with pytest.raises(MeasureError):
        actor_intervals(made(4, 8), **options)


@pytest.mark.parametrize("options", [{"remove": "x"}, {"shares": [0.0]}, {"shares": [1.0]}, {"draws": 0}])
def test_impossible_stress_tests_are_refused(options: dict) -> None:
    with pytest.raises(MeasureError):
        stress_test(made(4, 8), **options)


# Who cannot be told apart


def fake(drawn: np.ndarray, estimate: list[float]) -> ActorIntervals:
    """Intervals with draws of our own making."""
    base = actor_intervals(made(len(estimate), 8), draws=len(drawn))
    table = base.table.assign(estimate=estimate, rank_low=1.0)
    table["rank"] = table["estimate"].rank(ascending=False, method="min")
    return ActorIntervals(
        "x", table, drawn, "bootstrap", base.why, None, False, 0.95, 3, len(drawn), 0
    )  # fmt: skip


def test_two_who_move_together_are_told_apart_though_their_intervals_overlap() -> None:
    generator = np.random.default_rng(1)
    shared, own = generator.normal(0, 10, (2000, 1)), generator.normal(0, 0.1, (2000, 2))

    together = inseparable(fake(np.array([11, 10]) + shared + own, [11.0, 10.0]))
    separate = inseparable(fake(np.array([11, 10]) + generator.normal(0, 10, (2000, 2)), [11.0, 10.0]))

    assert together.sets == ()
    assert separate.sets == (("p00", "p01"),)
    assert together.table["rank_high"].tolist() == [1, 2]
    assert separate.table["rank_high"].tolist() == [2, 2]
    assert together.explain("zh") == ["所有人都能分出先后。"]


def test_like_neighbours_make_overlapping_sets() -> None:
    drawn = np.random.default_rng(2).normal([6.0, 3.5, 1.0], 1, (3000, 3))
    found = inseparable(fake(drawn, [6.0, 3.5, 1.0]))

    assert found.sets == (("p00", "p01"), ("p01", "p02"))
    assert found.table["tied_with"].tolist() == [("p01",), ("p00", "p02"), ("p01",)]
    assert found.table["set"].tolist() == [1, 1, 2]
    assert found.explain("en") == ["not separable: p00, p01", "not separable: p01, p02"]


def test_the_widest_gap_is_that_of_all_pairs_one_by_one() -> None:
    from sanshe_net.kernels.pair_gaps import widest_gaps

    generator = np.random.default_rng(0)
    values, precision = generator.normal(size=(20, 7)), generator.random((7, 7))
    precision += precision.T
    plain = [
        max(abs(row[i] - row[j]) * precision[i, j] for i, j in combinations(range(7), 2)) for row in values
    ]

    assert widest_gaps(values, precision).tolist() == pytest.approx(plain)


def test_the_critical_value_for_two_is_that_of_one_comparison() -> None:
    drawn = np.random.default_rng(2).normal(0, 1, (20_000, 2))
    assert inseparable(fake(drawn, [1.0, 0.0])).critical == pytest.approx(1.96, abs=0.05)


def test_equal_and_unmoving_values_are_not_told_apart_but_unequal_ones_are() -> None:
    drawn = np.tile([3.0, 3.0, 1.0], (50, 1))
    assert inseparable(fake(drawn, [3.0, 3.0, 1.0])).sets == (("p00", "p01"),)


def test_only_the_first_can_be_compared() -> None:
    intervals = actor_intervals(made(12, 20), draws=100)
    assert (inseparable(intervals, first=3).table["rank"] <= 3).all()
    with pytest.raises(MeasureError):
        inseparable(intervals, first=0)


# Stress


@pytest.mark.parametrize("remove", ["sheets", "sign_ins", "people"])
def test_more_missing_records_hurt_more(remove: str) -> None:
    table = stress_test(southern_women(), "strength", ties="count", remove=remove, draws=60).table

    assert table.index.tolist() == [0.05, 0.1, 0.2, 0.3]
    assert table["correlation"].iloc[0] > table["correlation"].iloc[-1]
    assert table["overlap"].between(0, 1).all()
    assert (table["correlation_low"] <= table["correlation"]).all()
    assert (table["undefined"] == 0).all()


def test_a_stress_test_is_what_a_plain_loop_over_sheets_finds() -> None:
    """Every way to lose one sheet of the Southern Women."""
    women = southern_women()
    here = women.present.toarray()
    whole = values_of(here, "strength", "count")
    kept = []
    for column in range(14):
        less = values_of(np.delete(here, column, axis=1), "strength", "count")
        first = np.flatnonzero(whole == whole.max())
        kept.append(bool(set(first) & set(np.flatnonzero(less == less.max()))))

    found = stress_test(women, "strength", ties="count", shares=[0.07], draws=150).table

    assert found["first_kept"].iloc[0] == pytest.approx(np.mean(kept), abs=0.16)


def test_a_stress_test_says_itself() -> None:
    found = stress_test(made(6, 20), shares=[0.1], draws=20)
    assert found.explain("zh")[0].startswith("如果缺了 10% 的签到表")
    assert found.explain("en")[0].startswith("If 10% of the sheets were missing")


def test_the_answers_say_how_they_were_made() -> None:
    held = made(6, 12)
    assert "each activity is left out in turn" in actor_intervals(held, "degree", draws=20).explain("en")[0]
    assert "with replacement: the value is a sum" in actor_intervals(held, draws=20).explain("en")[0]
    whole = network_intervals(held, "mean_degree").explain("zh")
    assert "标准误" in whole[0]
    assert "共 12 场" in whole[1]
    assert "抽样，" not in whole[1]


@pytest.mark.parametrize("watched", [True, False])
def test_a_terminal_shows_the_time_left_and_a_pipe_nothing(
    watched: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: watched)
    with time_left(Label("抽样", "resampling"), "zh") as on_progress:
        actor_intervals(made(5, 8), "degree", draws=20, on_progress=on_progress)

    shown = capsys.readouterr().err
    assert ("抽样" in shown) is watched
    assert ("20/20" in shown) is watched
