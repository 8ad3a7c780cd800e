"""QAP, MRQAP and conditional uniform graphs: against sna, against all permutations, against plain numpy."""

import math
from dataclasses import asdict, replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from golden import load, network
from scipy import sparse
from test_tie_change import managers

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.kernels.permutations import dense_sums, shuffles, sparse_sums
from sanshe_net.measures.cug import cug_test
from sanshe_net.measures.dyads import absolute_difference, same_group
from sanshe_net.measures.label_permutations import cells_of, permuted_sums
from sanshe_net.measures.matching import matched
from sanshe_net.measures.mrqap import mrqap
from sanshe_net.measures.nulls import null_test, p_values
from sanshe_net.measures.qap import qap_correlation

GOLDEN, CUG = load("qap_cug")["qap"], load("qap_cug")["cug"]
DEPARTMENTS = load("inputs")["networks"]["ht_advice"]["attributes"]["dept"]


def advice():
    return network("ht_advice", dept=DEPARTMENTS)


def drawn_network(n, ties, *, directed=False, seed=0, weighted=True):
    generator = np.random.default_rng(seed)
    ends = generator.integers(0, n, (3 * ties, 2))
    ends = pd.DataFrame(ends[ends[:, 0] != ends[:, 1]][:ties], columns=["source", "target"])
    ends["weight"] = generator.integers(1, 9, len(ends)) / 2 if weighted else 1.0
    return Network.from_edges(ends, actors=pd.DataFrame(index=range(n)), directed=directed)


def close(p, golden, draws):
    """Two Monte-Carlo p-values agree: within three standard errors of both together."""
    middle = min(max((p + golden) / 2, 1 / draws), 1 - 1 / draws)
    return abs(p - golden) <= 3 * math.sqrt(middle * (1 - middle) * (1 / draws + 1 / 10_000)) + 1 / draws


# --- sna --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (advice(), managers("friends"), "ht_advice_friends"),
        (advice(), managers("reports"), "ht_advice_reports"),
        (network("flo_marriage"), network("flo_business"), "flo_marriage_business"),
    ],
)
def test_the_correlation_is_that_of_sna(one, other, name):
    """R sna gcor."""
    assert qap_correlation(one, other, draws=1).correlation == pytest.approx(GOLDEN[f"gcor_{name}"], abs=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "name"),
    [
        (advice(), managers("friends"), "ht_advice_friends"),
        (network("flo_marriage"), network("flo_business"), "flo"),
    ],
)
def test_p_values_are_those_of_sna(one, other, name):
    """R sna qaptest, 5,000 draws."""
    golden, test = GOLDEN[f"qaptest_{name}"], qap_correlation(one, other, draws=10_000).test

    assert close(test.p_upper, golden["p_ge"], golden["reps"])
    assert close(test.p_lower, golden["p_le"], golden["reps"])


def test_the_regression_is_that_of_sna():
    """R sna netlm, qapspp: Dekker's double semi-partialling, the intercept tested too."""
    golden = GOLDEN["netlm_advice"]
    held = {"friends": managers("friends"), "reports": managers("reports")}
    fit = mrqap(advice(), held | {"same_dept": same_group(advice(), "dept")}, draws=10_000)

    assert fit.coefficients.index.tolist() == golden["names"]
    assert fit.coefficients["estimate"].tolist() == pytest.approx(golden["coef"], abs=1e-9)
    assert fit.coefficients["t"].tolist() == pytest.approx(golden["tstat"], abs=1e-8)
    assert fit.r_squared == pytest.approx(golden["r2"], abs=1e-9)
    for column, name in (("p_two_sided", "p_two_sided"), ("p_lower", "p_le"), ("p_upper", "p_ge")):
        pairs = zip(fit.coefficients[column], golden[name], strict=True)
        assert all(close(p, expected, 1000) for p, expected in pairs), column


def test_conditional_uniform_graphs_are_those_of_sna():
    """R sna cug.test: transitivity of the Florentine marriages, given the number of ties."""
    test = cug_test(network("flo_marriage"), closed_share, draws=1000)

    assert test.observed == pytest.approx(CUG["obs"], abs=1e-9)
    assert close(test.p_upper, CUG["p_ge"], 1000)
    assert close(test.p_lower, CUG["p_le"], 1000)


def closed_share(one):
    ties = one.adjacency(weighted=False)
    degrees = ties.sum(axis=1)
    paths = (degrees * (degrees - 1)).sum()
    return (ties @ ties).multiply(ties).sum() / paths if paths else math.nan


@pytest.mark.parametrize(
    ("given", "mean", "sd"),
    [("size", 0.5012, 0.0430), ("ties", 0.4483, 0.0386), ("dyads", 0.4737, 0.0)],
)
def test_mutual_ties_by_chance_are_those_of_sna(given, mean, sd):
    """R sna 2.7-1 cug.test of grecip (edgewise) on the advice network, 600 draws; dyads fix it."""
    test = cug_test(advice(), mutual_share, given=given, draws=400)

    assert abs(test.mean - mean) <= 4 * sd * math.sqrt(1 / 600 + 1 / 400) + 5e-5
    assert test.sd == pytest.approx(sd, rel=0.2, abs=1e-9)


def mutual_share(one):
    ties = one.adjacency(weighted=False)
    return ties.multiply(ties.T).sum() / ties.nnz


# --- all permutations ---------------------------------------------------------------------------------------


def dense(one, weighted=True):
    return one.adjacency(weighted=weighted).toarray()


def off_diagonal(matrix):
    return matrix[~np.eye(len(matrix), dtype=bool)]


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("n", [4, 5, 6])
def test_p_values_come_near_those_of_all_permutations(n, directed):
    one, other = (drawn_network(n, 2 * n, directed=directed, seed=seed) for seed in (n, n + 10))
    a, b = dense(one), dense(other)
    all_values = np.array(
        [np.corrcoef(off_diagonal(a), off_diagonal(b[np.ix_(p, p)]))[0, 1] for p in permutations(range(n))]
    )
    observed, draws = all_values[0], 4000

    test = qap_correlation(one, other, draws=draws).test

    assert test.observed == pytest.approx(observed)
    assert all_values.mean() == pytest.approx(0, abs=1e-12)  # the centre of the two-sided p-value
    exact = [
        (all_values >= observed - 1e-9).mean(),
        (all_values <= observed + 1e-9).mean(),
        (np.abs(all_values) >= abs(observed) - 1e-9).mean(),
    ]
    for p, expected in zip((test.p_upper, test.p_lower, test.p_two_sided), exact, strict=True):
        assert abs(p - expected) <= 3 * math.sqrt(expected * (1 - expected) / draws) + 2 / draws
    assert abs(test.sd - all_values.std()) < 0.05 * all_values.std()


@pytest.mark.parametrize("directed", [False, True])
def test_every_permutation_of_a_regression_is_the_one_run_on_the_cells(directed):
    """The pivots from sums of products against least squares with the permuted residual in its place."""
    from sanshe_net.measures import mrqap as module

    n = 6
    held = [drawn_network(n, 11, directed=directed, seed=seed) for seed in (1, 2, 3)]
    laid = module._laid_over(held[0], {"b": held[1], "c": held[2]}, weighted=True)
    orders = np.array(list(permutations(range(n)))[::37], dtype=np.int32)
    pairs = [(one, other) for one in laid.columns for other in (*laid.columns, laid.response)]
    moments = module._moments(laid)
    sums = np.broadcast_to(moments[:-1], (len(orders), 3, 4)).copy()
    for column, (one, other) in enumerate(pairs):
        moved = [moved_sum(dense_cells(one), dense_cells(other), p, directed) for p in orders]
        sums[:, 1 + column // 3, 1 + column % 3] = moved

    y, *columns = (dense(one) for one in held)
    cells = ~np.eye(n, dtype=bool) if directed else np.triu(np.ones((n, n), dtype=bool), 1)
    columns = [np.ones((n, n)), *columns]
    for k in range(3):
        rest = np.column_stack([x[cells] for i, x in enumerate(columns) if i != k])
        every = np.column_stack([x.ravel() for i, x in enumerate(columns) if i != k])
        beta = np.linalg.lstsq(rest, columns[k][cells], rcond=None)[0]
        residual = (columns[k].ravel() - every @ beta).reshape(n, n)
        expected = [pivot(y, residual, rest, p, cells) for p in orders]
        assert module._pivot(moments, sums, k, laid.cells) == pytest.approx(expected, rel=1e-7)


def dense_cells(cells):
    return cells.full.toarray()


def moved_sum(one, other, order, directed):
    """Actors i of the first stand where p[i] stood; unordered pairs once."""
    total = (one * other[np.ix_(order, order)]).sum()
    return total if directed else total / 2


def pivot(y, residual, rest, order, cells):
    back = np.argsort(order)
    moved = residual[np.ix_(back, back)]
    design = np.column_stack([moved[cells], rest])
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y[cells]
    errors = y[cells] - design @ beta
    return beta[0] / math.sqrt(errors @ errors / (len(errors) - design.shape[1]) * inverse[0, 0])


# --- the kernels against plain numpy --------------------------------------------------------------------------


def parts(matrix):
    held = sparse.csr_array(matrix)
    return held.indptr.astype(np.int64), held.indices.astype(np.int32), held.data


@pytest.mark.parametrize("seed", range(3))
def test_the_kernels_sum_what_numpy_sums(seed):
    generator = np.random.default_rng(seed)
    a, b = (generator.random((9, 9)) * (generator.random((9, 9)) < 0.4) for _ in range(2))
    orders = np.array([generator.permutation(9) for _ in range(20)], dtype=np.int32)
    expected = [(a * b[np.ix_(p, p)]).sum() for p in orders]

    assert sparse_sums(orders, *parts(a), *parts(b)) == pytest.approx(expected)
    assert dense_sums(orders, *parts(a), b) == pytest.approx(expected)


def test_shuffles_are_permutations_and_all_equally_likely():
    orders = shuffles(np.random.default_rng(0).random((24_000, 4)))

    assert (np.sort(orders, axis=1) == np.arange(4)).all()
    _, counts = np.unique(orders, axis=0, return_counts=True)
    assert len(counts) == 24
    assert abs(counts - 1000).max() < 5 * math.sqrt(1000)


@pytest.mark.parametrize("density", [(0.1, 0.1), (0.1, 0.6), (0.6, 0.1), (0.6, 0.6)])
@pytest.mark.parametrize("directed", [False, True])
def test_sparse_and_full_tables_give_the_same_sums(density, directed, monkeypatch):
    generator = np.random.default_rng(4)
    held = [generator.random((12, 12)) * (generator.random((12, 12)) < part) for part in density]
    held = [matrix * (1 - np.eye(12)) for matrix in held]
    held = held if directed else [matrix + matrix.T for matrix in held]
    sums = []
    for threshold in (2.0, 0.3, -1.0):  # never, sometimes, always written out
        monkeypatch.setattr("sanshe_net.measures.label_permutations.DENSE", threshold)
        one, other = (cells_of(sparse.csr_array(matrix), directed=directed) for matrix in held)
        sums.append(permuted_sums([(one, other), (other, one)], 12, draws=40, seed=3))
    assert sums[0] == pytest.approx(sums[1])
    assert sums[0] == pytest.approx(sums[2])


def test_threads_do_not_change_a_byte(monkeypatch):
    one, other = (drawn_network(30, 60, seed=seed) for seed in (1, 2))
    alone = qap_correlation(one, other, draws=500)
    monkeypatch.setattr("sanshe_net.measures.label_permutations.WORTH_THREADS", 0)

    assert qap_correlation(one, other, draws=500) == alone


# --- relations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [False, True])
def test_a_network_goes_together_with_itself_and_against_its_complement(directed):
    one = drawn_network(12, 30, directed=directed, weighted=False)
    absent = 1 - dense(one, weighted=False) - np.eye(12)
    ends = np.argwhere(absent if directed else np.triu(absent))
    complement = Network.from_edges(ends.tolist(), actors=one.actors, directed=directed)

    same, opposite = (qap_correlation(one, other, weighted=False) for other in (one, complement))

    assert (same.correlation, opposite.correlation) == pytest.approx((1, -1))
    assert same.test.p_upper < 0.01
    assert opposite.test.p_lower < 0.01


def test_results_do_not_depend_on_the_order_of_anything():
    one, other = advice(), managers("friends")
    mixed = [
        replace(held, actors=held.actors.sample(frac=1, random_state=1), ties=held.ties.sample(frac=1, random_state=2))
        for held in (one, other)
    ]  # fmt: skip

    assert qap_correlation(*mixed, draws=99) == qap_correlation(one, other, draws=99)
    table = same_group(one, "dept")
    straight = mrqap(one, {"friends": other, "dept": table}, draws=99)
    turned = mrqap(mixed[0], {"friends": mixed[1], "dept": table.iloc[::-1, ::-1]}, draws=99)
    pd.testing.assert_frame_equal(straight.coefficients, turned.coefficients)
    assert cug_test(one, closed_share, draws=20) == cug_test(mixed[0], closed_share, draws=20)


def test_renaming_the_actors_of_both_networks_alike_changes_no_value():
    """Names in the same sorted order draw the same permutations; in another order the same null."""
    one, other = network("flo_marriage"), network("flo_business")
    straight = qap_correlation(one, other, draws=200)

    assert qap_correlation(renamed(one, 100), renamed(other, 100), draws=200) == straight
    turned = qap_correlation(renamed(one, -1), renamed(other, -1), draws=2000)
    assert turned.correlation == pytest.approx(straight.correlation)
    assert turned.test.p_upper == pytest.approx(straight.test.p_upper, abs=0.02)


def renamed(one, step):
    names = (lambda actor: actor + step) if step > 0 else (lambda actor: 1000 - actor)
    ties = one.ties.assign(source=one.ties["source"].map(names), target=one.ties["target"].map(names))
    return Network(one.actors.set_axis(one.actors.index.map(names)), ties, one.directed)


def test_stretching_a_network_changes_neither_correlation_nor_t():
    one, other = drawn_network(15, 40, seed=1), drawn_network(15, 40, seed=2)
    doubled = replace(other, ties=other.ties.assign(weight=2 * other.ties["weight"]))

    assert qap_correlation(one, doubled).correlation == pytest.approx(qap_correlation(one, other).correlation)
    plain, stretched = (mrqap(one, held, draws=99).coefficients for held in (other, doubled))
    assert stretched["t"].tolist() == pytest.approx(plain["t"].tolist())
    assert stretched.loc["predictor", "estimate"] == pytest.approx(plain.loc["predictor", "estimate"] / 2)


def test_one_predictor_has_the_p_value_of_the_correlation():
    """With nothing to partial out t grows with r: the same permutations are extreme."""
    one, other = network("flo_marriage"), network("flo_business")
    table, test = mrqap(one, other, draws=500).coefficients, qap_correlation(other, one, draws=500).test

    assert table.loc["predictor", ["p_upper", "p_lower", "p_two_sided"]].tolist() == pytest.approx(
        [test.p_upper, test.p_lower, test.p_two_sided]
    )


def test_without_a_link_p_values_are_spread_evenly():
    """Forty pairs of unrelated networks: about a tenth have p <= .1, whatever the test."""
    found = []
    for seed in range(40):
        one, other, third = (drawn_network(12, 25, seed=3 * seed + i, weighted=False) for i in range(3))
        qap = qap_correlation(one, other, draws=59, seed=seed).test
        fit = mrqap(one, {"b": other, "c": third}, draws=59, seed=seed).coefficients
        found.append([qap.p_upper, qap.p_two_sided, fit.loc["b", "p_two_sided"]])
    low = (np.array(found) <= 0.1).mean(axis=0)

    assert (np.abs(low - 0.1) < 3.5 * math.sqrt(0.09 / 40)).all()


# --- random networks of the same kind -----------------------------------------------------------------------------


def kept_by(one):
    """What a null promises to keep: ties, mutual pairs, and the strengths."""
    matrix = dense(one)
    mutual = ((matrix > 0) & (matrix.T > 0)).sum() // 2
    return (matrix > 0).sum(), mutual, sorted(matrix[matrix > 0].tolist())


@pytest.mark.parametrize("directed", [False, True])
def test_random_networks_keep_what_is_given_and_the_observed_one_is_untouched(directed):
    one = drawn_network(10, 24, directed=directed, seed=5)
    before, kept = one.ties.copy(), {"ties": set(), "dyads": set(), "size": set()}
    for given, seen in kept.items():

        def note(drawn, seen=seen):
            ties, mutual, strengths = kept_by(drawn)
            assert drawn.directed == directed
            assert np.diag(dense(drawn)).sum() == 0
            assert (
                Network(drawn.actors, drawn.ties, directed).adjacency().toarray().tolist()
                == dense(drawn).tolist()
            )
            seen.add((ties, mutual, tuple(strengths)))
            return 0.0

        cug_test(one, note, given=given, draws=30)
    pd.testing.assert_frame_equal(one.ties, before)
    ties, mutual, strengths = kept_by(one)
    assert {(held[0], held[2]) for held in kept["ties"]} == {(ties, tuple(strengths))}
    assert kept["dyads"] == {(ties, mutual, tuple(strengths))}
    assert (len({held[1] for held in kept["ties"]}) > 1) == directed  # mutual pairs are free given ties
    assert len({held[0] for held in kept["size"]}) > 5
    random_ones = kept["size"] - {(ties, mutual, tuple(strengths))}
    assert {strength for held in random_ones for strength in held[2]} == {1.0}


@pytest.mark.parametrize("given", ["ties", "dyads"])
@pytest.mark.parametrize("directed", [False, True])
def test_all_networks_of_a_kind_are_equally_likely(given, directed):
    one = Network.from_edges([(0, 1), (1, 2)], actors=pd.DataFrame(index=range(4)), directed=directed)
    seen = {}

    def note(drawn):
        key = dense(drawn).tobytes()
        seen[key] = seen.get(key, 0) + 1
        return 0.0

    cug_test(one, note, given=given, draws=1300)
    possible = {(False, "ties"): 15, (False, "dyads"): 15, (True, "ties"): 66, (True, "dyads"): 60}[
        directed, given
    ]
    counts = np.array(list(seen.values()))
    assert len(counts) == possible
    assert abs(counts - 1300 / possible).max() < 5 * math.sqrt(1300 / possible)


def test_a_measure_fixed_by_the_null_says_nothing():
    test = cug_test(network("kite"), "density", draws=50)

    assert (test.p_upper, test.p_lower, test.p_two_sided) == (1, 1, 1)
    assert math.isnan(test.zscore)


def test_measures_by_name_use_attributes_and_undefined_draws_are_counted():
    one = Network.from_edges([(0, 1), (2, 3)], actors=pd.DataFrame({"kind": list("aabb")}, index=range(4)))
    sometimes = cug_test(one, lambda drawn: math.nan if drawn.adjacency()[0, 1] == 0 else 1.0, draws=50)

    assert cug_test(one, "ei_index", draws=50).observed == -1
    assert sometimes.draws + sometimes.undefined == 50
    assert sometimes.undefined > 10
    assert "left out" in sometimes.explain("en")[-1]


def test_an_unknown_measure_or_null_is_refused():
    with pytest.raises(MeasureError, match="density"):
        cug_test(network("kite"), "densty")
    with pytest.raises(MeasureError, match="dyads"):
        cug_test(network("kite"), "density", given="edges")
    for test in (
        lambda: cug_test(network("kite"), "density", draws=0),
        lambda: mrqap(network("kite"), network("kite"), draws=0),
    ):
        with pytest.raises(MeasureError, match="draws"):
            test()


@pytest.mark.parametrize("given", ["size", "ties", "dyads"])
@pytest.mark.parametrize("n", [0, 1, 2])
def test_tiny_networks_have_a_null_too(n, given):
    one = Network.from_edges([], actors=pd.DataFrame(index=range(n)))

    assert cug_test(one, "components", given=given, draws=5).draws == 5


# --- p-values and bad input -----------------------------------------------------------------------------------------


def test_p_is_never_zero_and_ties_by_rounding_count():
    assert p_values(9.0, np.zeros(99))[0] == 0.01
    assert p_values(0.1 + 0.2, np.array([0.3]))[:2] == (1.0, 1.0)
    assert np.isnan(p_values(math.nan, np.zeros(3))).all()
    assert np.isnan(p_values(1.0, np.zeros(0))).all()


def test_an_undefined_test_says_so():
    told = null_test("density", "ties", math.nan, np.zeros(3), seed=0).explain("zh")

    assert told == ["网络密度 在这里没有定义，无法与随机情形比较。"]


def test_a_network_that_does_not_vary_has_no_correlation():
    one = network("kite")
    nobody = replace(one, ties=one.ties.iloc[:0])
    answer = qap_correlation(one, nobody, draws=9)

    assert np.isnan([answer.correlation, answer.test.p_upper, answer.test.p_lower]).all()


def test_actors_of_one_network_only_are_left_out_and_counted():
    one = network("flo_marriage")
    answer = qap_correlation(one, network("flo_business").without([0, 1]), draws=9)
    both = matched([one.without([0, 1]), network("flo_business")], weighted=True)

    assert (answer.actors, answer.only_first, answer.only_second) == (14, 2, 0)
    assert answer.correlation == pytest.approx(
        np.corrcoef(*(off_diagonal(m.toarray()) for m in both.matrices))[0, 1]
    )
    assert mrqap(one, network("flo_business").without([0, 1]), draws=9).left_out == 2
    assert "14" in answer.explain("zh")[0]


def test_networks_without_a_common_actor_are_refused():
    one, other = Network.from_edges([("甲", "乙")]), Network.from_edges([(1, 2)])

    for call in (qap_correlation, mrqap):
        with pytest.raises(MeasureError, match="E-NO-SHARED-ACTOR"):
            call(one, other)


def test_predictors_that_repeat_each_other_are_named():
    one, other = drawn_network(10, 20, seed=1), drawn_network(10, 20, seed=2)
    fit = mrqap(one, {"a": other, "b": other, "c": drawn_network(10, 20, seed=3)}, draws=9)
    flat = mrqap(one, {"a": other, "empty": replace(other, ties=other.ties.iloc[:0])}, draws=9)

    assert (fit.collinear, flat.collinear) == (("a", "b"), ("empty",))
    assert fit.coefficients.isna().all(axis=None)
    assert "a, b" in fit.explain("en")[-1]


def test_a_perfect_fit_has_coefficients_but_no_t():
    one = drawn_network(10, 20)
    fit = mrqap(one, one, draws=9)

    assert fit.coefficients["estimate"].tolist() == pytest.approx([0, 1], abs=1e-9)
    assert fit.r_squared == 1
    assert fit.coefficients[["t", "p_two_sided"]].isna().all(axis=None)


def test_predictors_from_attributes_are_checked():
    actors = pd.DataFrame({"age": [30, None, 50], "team": ["a", "", "b"]}, index=["李", "王", "赵"])
    one = Network.from_edges([("李", "王")], actors=actors)
    lopsided = absolute_difference(one.without(["王"]), "age")
    lopsided.iloc[0, 1] = 3.0

    for table in (same_group(one, "team"), absolute_difference(one, "age")):
        with pytest.raises(MeasureError, match="E-PREDICTOR-VALUE") as refusal:
            mrqap(one, {"x": table})
        assert refusal.value.facts["found"] == "王"
    assert mrqap(one.without(["王"]), {"x": same_group(one, "team")}, draws=1).actors == 2
    with pytest.raises(MeasureError, match="E-PREDICTOR-DIRECTED"):
        mrqap(one, {"x": lopsided})
    with pytest.raises(MeasureError, match="E-PREDICTOR-TABLE"):
        mrqap(one, {"x": pd.DataFrame({"x": [1.0]})})
    with pytest.raises(MeasureError, match="E-ATTRIBUTE-NUMBER"):
        absolute_difference(one, "team")
    with pytest.raises(MeasureError, match="E-ATTRIBUTE"):
        absolute_difference(one, "hukou")
    for wrong in ({}, {"intercept": one}):
        with pytest.raises(MeasureError, match="predictors"):
            mrqap(one, wrong)


def test_the_regression_is_told_in_words():
    fit = mrqap(advice(), {"friends": managers("friends")}, draws=99)

    assert fit.explain("en")[0].startswith("21 actors, 420 pairs")
    assert fit.explain("zh")[-1].startswith("friends：系数")
    assert asdict(qap_correlation(advice(), managers("friends"), draws=9))["test"]["null"] == "labels"
