"""Rank intervals by resampling activities."""

from itertools import product
from math import factorial, prod

import numpy as np
import pandas as pd
import pytest
from golden import load
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.uncertainty import rank_intervals, sums

COLUMNS = ["estimate", "low", "high", "rank", "rank_low", "rank_high", "share_in_top_k", "draws", "seed"]
INTERVALS = ["low", "high", "rank_low", "rank_high", "share_in_top_k"]


def table(rows, **options):
    rows = np.asarray(rows, dtype=float)
    names = pd.Index([f"p{i}" for i in range(len(rows))], name="actor_id")
    return rank_intervals(sparse.csr_array(rows), names, **options)


@st.composite
def contributions(draw):
    people, activities = draw(st.integers(1, 6)), draw(st.integers(2, 5))
    row = st.lists(st.sampled_from([0, 0, 1, 2, 0.1]), min_size=activities, max_size=activities)
    return np.array(draw(st.lists(row, min_size=people, max_size=people)), dtype=float)


def every_draw(rows):
    """All ways to draw the activities: the statistics of each and its probability."""
    activities = rows.shape[1]
    for weights in product(range(activities + 1), repeat=activities):
        if sum(weights) == activities:
            ways = factorial(activities) / prod(map(factorial, weights))
            yield rows @ np.array(weights), ways / activities**activities


def competition_ranks(values):
    rounded = np.round(values, 9)
    return np.array([1 + sum(rounded > value) for value in rounded])


def test_the_leaders_of_the_southern_women():
    """Davis, company counted per activity; an independent script with 200,000 draws and the same ranks.

    Theresa 1 (1-6, P(rank <= 6) = .9752), first .450, top 3 .852; Evelyn 2 (1-11), first .270, top 3 .508.
    A share of 4,000 draws has a standard error of .008. Breaking ties by the order of the rows would give
    Theresa .35 for first: a third of her first places are shared.
    """
    davis = load("inputs")["networks"]["davis"]
    attended = np.array(davis["incidence"], dtype=float)
    company = sparse.csr_array(attended * (attended.sum(axis=0) - 1))
    women, leaders = pd.Index(davis["women"]), ["Theresa Anderson", "Evelyn Jefferson"]

    first = rank_intervals(company, women, top_k=1, draws=4000).loc[leaders]
    three = rank_intervals(company, women, top_k=3, draws=4000).loc[leaders]

    assert first["rank"].tolist() == [1, 2]
    assert first["rank_low"].tolist() == [1, 1]
    assert first["rank_high"].tolist() == pytest.approx([6, 11], abs=1)
    assert first["share_in_top_k"].tolist() == pytest.approx([0.450, 0.270], abs=0.03)
    assert three["share_in_top_k"].tolist() == pytest.approx([0.852, 0.508], abs=0.03)


@settings(deadline=None, max_examples=15)
@given(contributions(), st.integers(1, 3))
def test_shares_and_intervals_are_those_of_all_possible_draws(rows, top_k):
    """Second implementation: every multinomial outcome with its probability."""
    draws = 2000
    result = table(rows, top_k=top_k, draws=draws)

    outcomes = list(every_draw(rows))
    chances = np.array([chance for _, chance in outcomes])
    values = np.array([value for value, _ in outcomes])
    ranks = np.array([competition_ranks(value) for value in values])
    share = np.clip(chances @ (ranks <= top_k), 0, 1)
    allowed = 5 * np.sqrt(share * (1 - share) / draws) + 1e-9

    assert result["estimate"].tolist() == pytest.approx(rows.sum(axis=1).tolist())
    assert result["rank"].tolist() == competition_ranks(rows.sum(axis=1)).tolist()
    assert (abs(result["share_in_top_k"] - share) <= allowed).all()
    # No more than the tail, and five standard errors, may lie outside an interval.
    tail = 0.025 + 5 * np.sqrt(0.025 * 0.975 / draws)
    for low, high, drawn in (("low", "high", values), ("rank_low", "rank_high", ranks)):
        assert (chances @ (drawn < result[low].to_numpy() - 1e-9) <= tail).all()
        assert (chances @ (drawn > result[high].to_numpy() + 1e-9) <= tail).all()


def test_the_mean_of_the_draws_is_the_observed_value():
    """The bootstrap is unbiased for sums over activities (and for nothing else)."""
    generator = np.random.default_rng(3)
    rows = generator.integers(0, 3, size=(5, 40)).astype(float)

    draws = np.concatenate(list(sums.resampled(sparse.csr_array(rows), 4000, seed=1)))

    errors = rows.std(axis=1) * np.sqrt(40 / 4000)
    assert (abs(draws.mean(axis=0) - rows.sum(axis=1)) < 5 * errors).all()
    assert draws.std(axis=0).tolist() == pytest.approx((rows.std(axis=1) * np.sqrt(40)).tolist(), rel=0.1)


def test_columns_types_and_index():
    result = table([[1, 0, 1], [0, 1, 0]], draws=20, seed=7)

    assert list(result.columns) == COLUMNS
    assert result.index.tolist() == ["p0", "p1"]
    assert result.index.name == "actor_id"
    assert (result[["estimate", *INTERVALS]].dtypes == np.float64).all()
    assert (result[["rank", "draws", "seed"]].dtypes == np.int64).all()
    assert (result["draws"] == 20).all()
    assert (result["seed"] == 7).all()


def test_equal_values_share_the_best_rank():
    assert table([[1, 1], [0, 0], [1, 1], [0, 1]])["rank"].tolist() == [1, 4, 1, 3]


def test_rounding_errors_do_not_split_a_rank():
    """0.1 + 0.2 and 0.3 are the same value."""
    assert table([[0.1, 0.2], [0.3, 0.0]])["rank"].tolist() == [1, 1]


@settings(deadline=None, max_examples=40)
@given(contributions(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_activities_does_not_matter(rows, random):
    names = pd.Index(["丁", "丙", "甲", "乙", "戊", "己"][: len(rows)])
    people = random.sample(range(len(rows)), len(rows))
    activities = random.sample(range(rows.shape[1]), rows.shape[1])

    one = rank_intervals(sparse.csr_array(rows), names, draws=50)
    other = rank_intervals(sparse.csr_array(rows[people][:, activities]), names[people], draws=50)

    pd.testing.assert_frame_equal(other.loc[names], one, check_exact=True)


def test_the_size_of_a_chunk_does_not_matter(monkeypatch):
    rows = np.random.default_rng(1).integers(0, 2, size=(20, 30))
    one = table(rows, draws=101)
    monkeypatch.setattr(sums, "CHUNK", 200)
    pd.testing.assert_frame_equal(table(rows, draws=101), one, check_exact=True)


def test_the_seed_decides_the_draws():
    rows = np.random.default_rng(1).integers(0, 2, size=(6, 30))
    pd.testing.assert_frame_equal(table(rows, seed=1), table(rows, seed=1), check_exact=True)
    assert not table(rows, seed=1)[INTERVALS].equals(table(rows, seed=2)[INTERVALS])


def test_the_global_generator_is_left_alone():
    np.random.seed(5)  # noqa: NPY002 - the very thing that must not move
    before = np.random.get_state()[1].copy()  # noqa: NPY002
    table([[1, 0], [0, 1]])
    assert (np.random.get_state()[1] == before).all()  # noqa: NPY002


@pytest.mark.parametrize("activities", [0, 1])
def test_fewer_than_two_activities_have_no_interval(activities):
    result = table(np.ones((3, activities)))

    assert result[INTERVALS].isna().all(axis=None)
    assert result["estimate"].tolist() == [activities] * 3
    assert result["rank"].tolist() == [1, 1, 1]


def test_no_actors_give_an_empty_table():
    result = rank_intervals(sparse.csr_array((0, 5)), pd.Index([], name="actor_id"))
    assert result.shape == (0, len(COLUMNS))
    assert list(result.columns) == COLUMNS


def test_a_wider_level_gives_a_wider_interval():
    rows = np.random.default_rng(2).integers(0, 2, size=(8, 40))
    narrow, wide = table(rows, level=0.5), table(rows, level=0.99)

    assert (wide["low"] <= narrow["low"]).all()
    assert (wide["rank_high"] >= narrow["rank_high"]).all()
    assert (wide["high"] - wide["low"]).sum() > (narrow["high"] - narrow["low"]).sum()


def test_repeated_entries_are_summed_and_the_input_is_left_alone():
    counts = sparse.csr_array(
        (np.array([1, 1, 0, 1]), np.array([2, 2, 0, 1]), np.array([0, 3, 4])), shape=(2, 3)
    )
    held = [array.copy() for array in (counts.data, counts.indices, counts.indptr)]

    result = rank_intervals(counts, pd.Index(["a", "b"]))

    assert result["estimate"].tolist() == [2, 1]
    pd.testing.assert_frame_equal(
        result, rank_intervals(sparse.csr_array([[0, 0, 2], [0, 1, 0]]), pd.Index(["a", "b"]))
    )
    after = (counts.data, counts.indices, counts.indptr)
    assert all((a == b).all() for a, b in zip(held, after, strict=True))


@pytest.mark.parametrize(
    ("rows", "names", "options", "code"),
    [
        ([[1, 2]], ["a", "b"], {}, "E-VALUE"),
        ([[1, 2], [1, 0]], ["a", "a"], {}, "E-ACTOR-TWICE"),
        ([[1, np.nan]], ["a"], {}, "E-VALUE"),
        ([[1, np.inf]], ["a"], {}, "E-VALUE"),
        ([[1, 2]], ["a"], {"top_k": 0}, "E-VALUE"),
        ([[1, 2]], ["a"], {"draws": 0}, "E-VALUE"),
        ([[1, 2]], ["a"], {"level": 1.0}, "E-VALUE"),
        ([[1, 2]], ["a"], {"level": 0.0}, "E-VALUE"),
    ],
)
def test_impossible_requests_are_refused(rows, names, options, code):
    with pytest.raises(MeasureError, match=code):
        rank_intervals(sparse.csr_array(np.array(rows, dtype=float)), pd.Index(names), **options)
