"""Called ties: against published and independent numbers, the long way round, and what must always hold."""

from __future__ import annotations

from itertools import combinations, pairwise, product
from math import comb

import numpy as np
import pandas as pd
import pytest
from attendances import DATA, every_table, of, random_attendance, southern_women, toronto
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sanshe_net.attendance.called_ties import call_ties, called_network, pair_p_values
from sanshe_net.attendance.configuration import configuration_model
from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.attendance.multiplicity import adjusted
from sanshe_net.attendance.pair_nulls import pair_null, poisson_binomial_tails
from sanshe_net.errors import MeasureError
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.cohesion import density
from sanshe_net.measures.social_capital import constraint

EXACT = ("sdsm", "fixed_row", "fixed_column", "fixed_fill")


def matrix_of_p(held: Attendance, **options: object) -> np.ndarray:
    """p by pair, symmetric, 1 for pairs that never met and on the diagonal."""
    pairs = pair_p_values(held, **options)
    found = np.ones((len(held.people),) * 2)
    one, other = (held.people.get_indexer(pd.Index(pairs[name])) for name in ("source", "target"))
    found[one, other] = found[other, one] = pairs["p"]
    return found


# --- what others found ---------------------------------------------------------------------------------


def oracle() -> pd.DataFrame:
    """p-values of the Southern Women: SDSM by an independent implementation, FDSM by 20,000 draws."""
    rows = pd.read_csv(DATA / "southern_women_backbone_oracle.csv")
    ids = southern_women().people
    # The two files spell surnames and one first name differently; four letters tell all 18 apart.
    places = pd.Index([name[:4] for name in ids])
    for column in ("a", "b"):
        rows[column] = places.get_indexer(pd.Index(rows[column].str[:4]))
    assert (rows[["a", "b"]] >= 0).all(axis=None)
    return rows


def test_every_pair_of_the_southern_women_has_the_exact_p_of_the_oracle() -> None:
    rows = oracle()
    p = matrix_of_p(southern_women())

    assert len(rows) == 153
    np.testing.assert_allclose(p[rows["a"], rows["b"]], rows["sdsm_exact_p"], atol=1e-8)


def test_drawn_p_of_the_southern_women_lies_within_chance_of_the_oracle() -> None:
    rows, draws = oracle(), 4000
    p = matrix_of_p(southern_women(), model="fdsm", draws=draws, seed=3)[rows["a"], rows["b"]]
    theirs = rows["fdsm_mc_p_20000"].to_numpy()
    error = np.sqrt(theirs * (1 - theirs) * (1 / draws + 1 / 20_000))

    # Of 153 normal errors one passes 4.5 once in a thousand times; draws are a little dependent.
    assert (np.abs(p - theirs) <= 4.5 * error + 2 / draws).all()


@pytest.mark.parametrize(
    ("model", "uncorrected", "smallest"),
    [
        ("fixed_row", 17, 0.0023),
        ("fixed_column", 9, 0.00042),
        ("fixed_fill", 9, 0.00042),
        ("sdsm", 0, 0.0884),
    ],
)
def test_nobody_of_the_southern_women_is_tied_beyond_chance(
    model: str, uncorrected: int, smallest: float
) -> None:
    called = call_ties(southern_women(), model=model)

    assert (called.eligible, called.linked, called.uncorrected, len(called.ties)) == (
        153,
        139,
        uncorrected,
        0,
    )
    assert called.smallest == pytest.approx(smallest, rel=0.02)
    assert called.verdict == "not enough"


def test_no_pair_of_the_southern_women_could_have_been_called() -> None:
    assert call_ties(southern_women()).testable_share == 0


@pytest.mark.parametrize(
    ("quarter", "shape", "linked", "testable", "uncorrected", "kept"),
    [
        ("2023Q2", (25, 39), 152, 100, 24, 0),
        ("2024Q1", (26, 58), 178, 82, 13, 0),
        (None, (28, 340), 375, 89, 57, 38),
    ],
)
def test_toronto_council_is_called_as_measured_before(
    quarter: str | None, shape: tuple[int, int], linked: int, testable: int, uncorrected: int, kept: int
) -> None:
    called = call_ties(toronto(quarter))

    assert (called.people, called.activities) == shape
    assert called.linked == linked
    assert round(100 * called.testable_share) == testable
    assert (called.uncorrected, len(called.ties)) == (uncorrected, kept)


# --- the configuration model ---------------------------------------------------------------------------


def fixed_point(held: Attendance, steps: int = 100_000) -> np.ndarray:
    """The same chances cell by cell by the damped fixed point, for margins that are not full or empty."""
    could = held.eligible().astype(float)
    d, k = held.attended.astype(float), held.named.astype(float)
    x, y = d / np.sqrt(d.sum()), k / np.sqrt(d.sum())
    for _ in range(steps):
        x = np.sqrt(x * d / (could * y / (1 + np.outer(x, y))).sum(axis=1))
        y = np.sqrt(y * k / (could.T * x / (1 + np.outer(y, x))).sum(axis=1))
        p = could * np.outer(x, y) / (1 + np.outer(x, y))
        if max(np.abs(p.sum(axis=1) - d).max(), np.abs(p.sum(axis=0) - k).max()) < 1e-11:
            return p
    raise AssertionError("the fixed point did not settle")


@pytest.mark.parametrize("blanks", [0.0, 0.2])
def test_newton_steps_arrive_where_the_fixed_point_does(blanks: float) -> None:
    held = random_attendance(5, 14, 40, blanks=blanks)
    held = held.of_people(held.attended > 0).of_activities(held.named > 0)
    assert held.everybody_eligible == (blanks == 0)

    np.testing.assert_allclose(configuration_model(held).cells(), fixed_point(held), atol=1e-8)


cells = st.sampled_from([1.0, 0.0, 0.0, 1.0, np.nan])


@st.composite
def tables(draw: st.DrawFn, *, most: int = 6) -> Attendance:
    people, activities = draw(st.integers(1, most)), draw(st.integers(1, most))
    kind = draw(st.sampled_from([cells, st.sampled_from([0.0, 1.0])]))
    row = st.lists(kind, min_size=activities, max_size=activities)
    return of(draw(st.lists(row, min_size=people, max_size=people)))


@given(tables())
def test_the_margins_are_reproduced_and_nobody_is_expected_where_they_could_not_be(held: Attendance) -> None:
    p = configuration_model(held).cells()

    np.testing.assert_allclose(p.sum(axis=1), held.attended, atol=1e-8)
    np.testing.assert_allclose(p.sum(axis=0), held.named, atol=1e-8)
    assert (p[~held.eligible()] == 0).all()
    assert ((p >= 0) & (p <= 1)).all()
    full = held.attended == held.opportunities
    assert (p[full] == held.eligible()[full]).all()


@given(st.integers(0, 10_000))
def test_blanks_that_close_nothing_change_nothing(seed: int) -> None:
    held = random_attendance(seed, 6, 9)
    one_more = np.hstack([held.present.toarray(), np.full((6, 1), np.nan)])
    if held.attended.min() == 0:
        return
    masked = of(one_more.tolist())  # an activity that nobody could attend
    assert not masked.everybody_eligible

    np.testing.assert_allclose(
        configuration_model(masked).cells()[:, :-1], configuration_model(held).cells(), atol=1e-9
    )


def test_chances_that_miss_the_margins_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.attendance.configuration.STEPS", 1)

    with pytest.raises(MeasureError, match="E-CONFIGURATION"):
        configuration_model(random_attendance(1, 8, 8))


# --- tails, the long way -------------------------------------------------------------------------------


def test_the_tail_of_a_sum_is_that_of_every_outcome_listed() -> None:
    chances = np.random.default_rng(2).random((7, 3))
    for one, other in [(0, 1), (1, 2), (2, 2)]:
        q = chances[:, one] * chances[:, other]
        outcomes = np.array(list(product([0, 1], repeat=7)))
        weights = np.where(outcomes == 1, q, 1 - q).prod(axis=1)
        for count in range(9):
            expected = weights[outcomes.sum(axis=1) >= count].sum()
            found = poisson_binomial_tails(chances, *(np.array([v]) for v in (one, other, count)))
            assert found[0] == pytest.approx(max(expected, 5e-324), rel=1e-12)


def test_many_tails_at_once_are_those_of_numpy() -> None:
    generator = np.random.default_rng(4)
    chances = generator.random((60, 12)) * (generator.random((60, 12)) < 0.7)
    one, other, counts = (
        generator.integers(0, 12, 300),
        generator.integers(0, 12, 300),
        generator.integers(0, 30, 300),
    )
    found = poisson_binomial_tails(chances, one, other, counts)
    for i in range(300):
        pmf = np.ones(1)
        for q in chances[:, one[i]] * chances[:, other[i]]:
            pmf = np.convolve(pmf, [1 - q, q])
        assert found[i] == pytest.approx(pmf[counts[i] :].sum(), rel=1e-9)


def test_a_tail_far_out_keeps_its_digits_and_is_never_0() -> None:
    chances = np.full((400, 1), np.sqrt(1e-3))
    zero, counts = np.zeros(2, dtype=int), np.array([100, 400])
    found = poisson_binomial_tails(chances, zero, zero, counts)

    assert found[0] == pytest.approx(stats.binom.sf(99, 400, 1e-3), rel=1e-8)
    assert found[1] > 0


def brute_fixed_row(held: Attendance, i: int, j: int) -> float:
    could, present = held.eligible(), held.present.toarray()
    mine = list(combinations(np.flatnonzero(could[i]), int(held.attended[i])))
    theirs = list(combinations(np.flatnonzero(could[j]), int(held.attended[j])))
    joint = int(present[i] @ present[j])
    return float(np.mean([len({*a} & {*b}) >= joint for a in mine for b in theirs]))


def brute_fixed_fill(held: Attendance, i: int, j: int) -> float:
    could, present = held.eligible(), held.present.toarray()
    spots = np.argwhere(could)
    joint, hits, all_ways = present[i] @ present[j], 0, 0
    for chosen in combinations(range(len(spots)), int(present.sum())):
        table = np.zeros(held.shape)
        table[tuple(spots[list(chosen)].T)] = 1
        hits += table[i] @ table[j] >= joint
        all_ways += 1
    return hits / all_ways


@pytest.mark.parametrize(
    ("model", "brute"), [("fixed_row", brute_fixed_row), ("fixed_fill", brute_fixed_fill)]
)
@pytest.mark.parametrize(
    "held",
    [
        of([[1, 1, 0, 0], [1, 1, 0, 1], [0, 1, 1, 0]]),
        of([[1, 1, 0, np.nan], [1, 1, 0, 1], [np.nan, 1, 1, 0]]),
    ],
    ids=["all eligible", "some blank"],
)
def test_the_other_nulls_are_every_table_listed(model: str, brute: object, held: Attendance) -> None:
    p = matrix_of_p(held, model=model)
    for i, j in combinations(range(3), 2):
        assert p[i, j] == pytest.approx(brute(held, i, j))


def test_fixed_row_is_the_hypergeometric_test_of_scipy() -> None:
    held = southern_women()
    p, joint = matrix_of_p(held, model="fixed_row"), (held.present @ held.present.T).toarray()
    for i, j in combinations(range(18), 2):
        expected = stats.hypergeom.sf(joint[i, j] - 1, 14, held.attended[i], held.attended[j])
        assert p[i, j] == pytest.approx(expected)


def test_fixed_column_takes_people_for_alike() -> None:
    held = of([[1, 1, 0], [1, 1, 1], [0, 0, 1], [0, 1, 0]])
    q = [comb(k, 2) / comb(4, 2) for k in (2, 3, 2)]
    neither = np.prod([1 - x for x in q])

    assert matrix_of_p(held, model="fixed_column")[1, 2] == pytest.approx(1 - neither)


def test_drawn_p_is_that_of_every_table_with_these_margins() -> None:
    held = of([[1, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 1], [0, 0, 1, 0]])
    every = np.array(list(every_table(held)))
    joint = held.present.toarray() @ held.present.toarray().T
    exact = (every @ every.transpose(0, 2, 1) >= joint).mean(axis=0)
    drawn = matrix_of_p(held, model="fdsm", draws=4000)
    met = np.triu(joint, 1) > 0

    assert len(every) > 20
    np.testing.assert_allclose(drawn[met], exact[met], atol=0.035)


# --- what must always hold -----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_an_activity_that_everybody_attended_changes_no_p_value(seed: int) -> None:
    held = random_attendance(seed, 12, 30)
    held = held.of_people(held.attended > 0)
    rows = held.present.toarray()
    more = of(np.hstack([rows, np.ones((len(rows), 1))]).tolist())
    joint = rows @ rows.T

    # Pairs that met only there have p = 1, as they had before.
    np.testing.assert_allclose(matrix_of_p(more), matrix_of_p(of(rows.tolist())), atol=1e-8)
    assert (joint == 0).any()


@given(tables(), st.sampled_from([*EXACT, "fdsm"]))
@settings(max_examples=60)
def test_p_lies_between_0_and_1_and_no_test_is_lost(held: Attendance, model: str) -> None:
    try:
        called = call_ties(held, model=model, alpha=0.3, correction="none", min_joint=1, draws=20)
    except MeasureError:
        return  # too little to compute; said and tested below
    p = pair_p_values(held, model=model, draws=20)["p"]

    assert ((p > 0) & (p <= 1)).all()
    assert called.linked == len(p) <= called.eligible
    assert len(called.ties) == called.uncorrected == (p <= 0.3).sum() <= called.testable <= called.eligible


@given(tables(), st.sampled_from(EXACT), st.sampled_from([0.05, 0.2, 0.5]))
def test_who_is_testable_is_found_by_the_tail_itself(held: Attendance, model: str, alpha: float) -> None:
    null = pair_null(held, model)
    size = range(len(null.joint))
    one, other = (
        np.array(part, dtype=int) for part in zip(*[(i, j) for i in size for j in size], strict=True)
    )
    most = np.minimum(null.classes.attended[one], null.classes.attended[other])
    most = np.minimum(most, null.joint[one, other])

    expected = (most > 0) & (null.tails(one, other, most) <= alpha)
    assert null.testable(one, other, alpha).tolist() == expected.tolist()


def test_a_stricter_level_never_calls_more() -> None:
    held = toronto()
    called = [
        {*zip(found.ties["source"], found.ties["target"], strict=True)}
        for found in (call_ties(held, alpha=alpha) for alpha in (0.001, 0.01, 0.05, 0.2))
    ]

    assert all(fewer <= more for fewer, more in pairwise(called))
    assert [len(pairs) for pairs in called] == sorted(len(pairs) for pairs in called)
    assert 0 < len(called[0]) < len(called[3])


@given(st.lists(st.floats(1e-12, 1.0), min_size=1, max_size=30), st.integers(0, 20))
def test_corrections_are_those_of_scipy_with_the_pairs_that_never_met(p: list[float], more: int) -> None:
    tests = len(p) + more
    every = np.r_[p, np.ones(more)]
    for ours, theirs in (("bh", "bh"), ("by", "by")):
        expected = stats.false_discovery_control(every, method=theirs)[: len(p)]
        np.testing.assert_allclose(adjusted(np.array(p), tests, ours), expected, rtol=1e-12)
    holm, bonferroni = (adjusted(np.array(p), tests, name) for name in ("holm", "bonferroni"))
    assert (holm <= bonferroni).all()
    assert (holm >= p).all()


def test_pairs_that_never_met_count_as_tests() -> None:
    called = call_ties(toronto())
    p = pair_p_values(toronto())["p"].to_numpy()

    assert called.eligible == 378 > called.linked == len(p)
    assert called.ties["q"].max() == pytest.approx(np.sort(adjusted(p, 378, "bh"))[37])


def test_people_without_a_sign_in_and_activities_without_a_name_are_no_part_of_the_question() -> None:
    rows = random_attendance(3, 8, 20).present.toarray()
    rows = rows[rows.any(axis=1)][:, rows.any(axis=0)]
    more = np.pad(rows, ((0, 2), (0, 3)))

    one, other = call_ties(of(more.tolist())), call_ties(of(rows.tolist()))
    assert (one.people, one.activities, one.eligible, one.smallest) == (
        other.people, other.activities, other.eligible, other.smallest,
    )  # fmt: skip


def test_not_eligible_is_not_the_same_as_absent() -> None:
    rows = random_attendance(8, 10, 24).present.toarray()
    rows = rows[rows.sum(axis=1) > 0]
    blank = rows.copy()
    blank[0, np.flatnonzero(rows[0] == 0)[:6]] = np.nan
    one, other = matrix_of_p(of(rows.tolist())), matrix_of_p(of(blank.tolist()))

    assert np.abs(one[0] - other[0]).max() > 1e-3


def test_two_who_could_never_meet_are_not_tested() -> None:
    held = of([[1, 0, np.nan, np.nan], [0, 1, 1, 0], [np.nan, np.nan, 1, 0]])

    assert call_ties(held).eligible == 2


def test_the_floor_of_joint_activities_holds_after_the_correction() -> None:
    held = toronto()
    low, high = call_ties(held, min_joint=1), call_ties(held, min_joint=60)

    assert (high.ties["joint"] >= 60).all()
    assert 0 < len(high.ties) < len(low.ties)
    assert high.uncorrected == low.uncorrected


def test_the_order_of_people_and_activities_does_not_matter() -> None:
    table = pd.DataFrame(random_attendance(6, 9, 25).present.toarray(), list("abcdefghi"))
    turned = table.sample(frac=1, random_state=1).sample(frac=1, axis=1, random_state=2)
    one, other = (pair_p_values(attendance_from_table(held)) for held in (table, turned))

    pd.testing.assert_frame_equal(one, other)


# --- the answer and its network ------------------------------------------------------------------------


def test_a_network_of_called_ties_has_days_and_says_its_rule() -> None:
    days = pd.date_range("2024-01-01", periods=60)
    here = np.arange(60)
    rows = [here % 6 == 0, here % 6 == 0, here % 5 == 1, here % 7 == 2]
    table = pd.DataFrame(np.array(rows, dtype=int), list("甲乙丙丁"))
    network = called_network(attendance_from_table(table, days))
    tie = network.ties.iloc[0]

    assert len(network.ties) == 1
    assert {tie["source"], tie["target"]} == {"甲", "乙"}
    assert (tie["weight"], tie["evidence"]) == (10, 10)
    assert (tie["first"], tie["last"]) == (days[0], days[54])
    assert "SDSM" in network.rule.en
    assert "Benjamini" in network.rule.zh


def test_a_network_without_any_called_tie_is_a_network_that_says_so() -> None:
    held = southern_women()
    actors = pd.DataFrame({"label": held.people, "kind": "resident"}, index=held.people)
    network = called_network(held, actors=actors)

    assert network.actors is actors
    assert network.ties.empty
    assert "Not enough records to call any tie" in network.rule.en
    assert "记录不足，还不能认定任何一条联系" in network.rule.zh
    assert density(network) == 0
    assert constraint(network).isna().all()
    assert (brokerage_roles(network) == 0).all(axis=None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_answer_says_the_testable_share_and_whether_records_were_enough(lang: str) -> None:
    none, some = (" ".join(call_ties(held).explain(lang)) for held in (southern_women(), toronto()))
    nothing = {"zh": "记录不足，还不能认定任何一条联系", "en": "Not enough records to call any tie"}[lang]

    assert nothing in none
    assert nothing not in some
    assert "89%" in some
    assert "38" in some
    assert ">99%" not in some


def test_drawn_answers_keep_their_draws_and_seed_and_exact_ones_have_none() -> None:
    one, other = call_ties(southern_women(), model="fdsm", draws=30, seed=4), call_ties(southern_women())

    assert (one.draws, one.seed, other.draws) == (30, 4, 0)
    assert "30" in one.wording.en


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([[0, 0], [0, 0]], "no sign-in says who was there"),
        ([[1, 1], [0, 0]], "fewer than 2 people"),
        ([[1, 0], [1, 0]], "fewer than 2 activities"),
        ([[1, 1], [1, 1]], "nothing is left to chance"),
        ([[1, 0, np.nan, np.nan], [np.nan, np.nan, 1, 0]], "nothing is left to chance"),
    ],
)
@pytest.mark.parametrize("model", [*EXACT, "fdsm"])
def test_too_little_to_compute_is_said_and_gives_no_number(
    rows: list[list[float]], reason: str, model: str
) -> None:
    with pytest.raises(MeasureError, match=f"cannot be computed because.*{reason}"):
        call_ties(of(rows), model=model)


@pytest.mark.parametrize(
    "option",
    [{"model": "rna"}, {"correction": "fdr"}, {"alpha": 0}, {"alpha": 1.0}, {"min_joint": 0}, {"draws": 0}],
    ids=str,
)
def test_an_option_that_does_not_exist_is_refused_by_name(option: dict[str, object]) -> None:
    with pytest.raises(MeasureError, match=next(iter(option))):
        call_ties(southern_women(), **option)


def test_more_people_than_can_be_drawn_are_sent_to_the_exact_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanshe_net.attendance.called_ties.DENSE_PEOPLE", 17)

    with pytest.raises(MeasureError, match=r"E-FDSM-LARGE.*sdsm"):
        call_ties(southern_women(), model="fdsm")
