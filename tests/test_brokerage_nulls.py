"""Gould-Fernandez roles against their nulls: published and golden numbers, enumeration, permutation, laws."""

from dataclasses import replace
from functools import cache
from itertools import permutations, product

import numpy as np
import pandas as pd
import pytest
from golden import load, network
from scipy import sparse

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures import triads
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.brokerage_nulls import (
    NULLS,
    brokerage_test,
    brokerage_tests,
    network_brokerage_test,
)
from sanshe_net.measures.open_pairs import open_paths, shared_ends

GOLDEN = load("brokerage")
CASE = GOLDEN["cases"]["ht_advice_dept"]
SNA_ORDER = ["coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total"]
SNA_ROLE = {"w_I": "coordinator", "w_O": "itinerant", "b_IO": "representative", "b_OI": "gatekeeper",
            "b_O": "liaison"}  # fmt: skip
GROUPINGS_OF_FOUR = [(0, 0, 0, 0), (0, 0, 0, 1), (0, 0, 1, 1), (0, 0, 1, 2), (0, 1, 2, 3)]
VARIES = [role for role in ROLES if role != "total"]


def managers():
    return network("ht_advice", kind=CASE["groups"])


def of(matrix, groups, directed=True):
    """The network of a 0/1 matrix."""
    rows, columns = np.nonzero(matrix if directed else np.triu(matrix))
    actors = pd.DataFrame({"kind": [f"group {group}" for group in groups]})
    return Network.from_edges(zip(rows, columns, strict=True), actors=actors, directed=directed)


def roles_by_definition(matrix, groups):
    """Open two-paths by broker and role, triple by triple; the last column is the total."""
    table = np.zeros((len(groups), 6))
    for a, v, b in permutations(range(len(groups)), 3):
        if matrix[a, v] and matrix[v, b] and not matrix[a, b]:
            first, last = groups[a] == groups[v], groups[b] == groups[v]
            inside = 0 if last else 2
            outside = 3 if last else 1 if groups[a] == groups[b] else 4
            table[v, [inside if first else outside, 5]] += 1
    return table


@cache
def every_network(actors, directed):
    """Every network of so few actors, as matrices."""
    places = [(i, j) for i, j in product(range(actors), repeat=2) if (i != j if directed else i < j)]
    found = []
    for held in product([False, True], repeat=len(places)):
        matrix = np.zeros((actors, actors), bool)
        for (i, j), there in zip(places, held, strict=True):
            matrix[i, j] |= there
            if not directed:
                matrix[j, i] |= there
        found.append(matrix)
    return found, np.array([matrix.sum() // (1 if directed else 2) for matrix in found])


@cache
def every_count(groups, directed):
    matrices, ties = every_network(len(groups), directed)
    return np.array([roles_by_definition(matrix, groups) for matrix in matrices]), ties


def moments(values, weights):
    """Mean and SD of values along the first axis."""
    shares = weights / weights.sum()
    mean = np.tensordot(shares, values, 1)
    return mean, np.sqrt(np.tensordot(shares, (values - mean) ** 2, 1))


def random_case(seed, most=7):
    generator = np.random.default_rng(seed)
    n, directed = int(generator.integers(3, most)), bool(seed % 2)
    matrix = generator.random((n, n)) < generator.choice([0.2, 0.4, 0.7])
    np.fill_diagonal(matrix, False)
    if not directed:
        matrix = np.triu(matrix) | np.triu(matrix).T
    return matrix, generator.integers(0, 3, n), directed


# --- golden numbers -------------------------------------------------------------------------------------


def test_the_roles_have_the_orientation_of_gould_and_fernandez():
    probe = GOLDEN["role_orientation_probe"]
    for groups, role in probe["groups->role"].items():
        actors = pd.DataFrame({"kind": groups.split(",")})
        counts = brokerage_test(Network.from_edges(probe["arcs"], actors=actors, directed=True)).observed
        assert counts.loc[probe["broker"], SNA_ROLE[role.split()[0]]] == 1
        assert counts.loc[probe["broker"], VARIES].sum() == 1


def test_counts_expectations_and_z_of_managers_are_those_of_sna():
    """R sna 2.7-1; by node exact for a directed network with ties of equal chance."""
    answer = brokerage_test(managers(), null="bernoulli")

    for table, key in (("observed", "raw"), ("expected", "sna_exp"), ("sd", "sna_sd"), ("zscore", "sna_z")):
        ours = getattr(answer, table)[SNA_ORDER].to_numpy()
        np.testing.assert_allclose(ours, np.array(CASE[f"{key}_nli"], dtype=float), rtol=0, atol=2e-9)


@pytest.mark.parametrize("null", ["bernoulli", "given_ties"])
def test_network_moments_of_managers_are_the_exact_ones(null):
    """Closed forms checked by pairwise sums of covariances."""
    golden = CASE["bernoulli_exact" if null == "bernoulli" else "given_m_exact"]
    table = network_brokerage_test(managers(), null=null).table.loc[SNA_ORDER]

    assert table["observed"].tolist() == CASE["raw_gli"]
    for column, key in (("expected", "mean"), ("sd", "sd"), ("zscore", "z")):
        np.testing.assert_allclose(table[column], golden[key], rtol=0, atol=2e-9)


def test_sds_over_the_network_differ_from_those_of_sna_where_sna_miscounts():
    """Itinerant and liaison agree; coordinator, representative, gatekeeper and total of sna are too large."""
    sd = network_brokerage_test(managers(), null="bernoulli").table.loc[SNA_ORDER, "sd"]
    differ = np.array(CASE["sna_sd_gli"]) - sd

    assert (differ[["itinerant", "liaison"]].abs() < 1e-9).all()
    assert (differ[["coordinator", "representative", "gatekeeper", "total"]] > 0.5).all()


@pytest.mark.parametrize("name", [key for key in GOLDEN["tiny_exhaustive"] if key != "note"])
def test_moments_of_all_digraphs_on_five_actors(name):
    """All 2^20 of them enumerated for the golden file; 8 of 20 ties, density 0.4; published to 4 digits."""
    golden = GOLDEN["tiny_exhaustive"][name]
    groups = [int(group) for group in name.split("_")[2]]
    matrix = np.zeros((5, 5), bool)
    matrix.ravel()[[1, 2, 3, 4, 5, 7, 8, 9]] = True
    assert matrix.sum() == 8
    for null, key in (("bernoulli", "bernoulli"), ("given_ties", "given_m")):
        table = network_brokerage_test(of(matrix, groups), null=null).table.loc[SNA_ORDER]
        for column, part in (("expected", "mean"), ("sd", "sd")):
            if f"{key}_{part}" in golden:
                np.testing.assert_allclose(table[column], golden[f"{key}_{part}"], rtol=0, atol=5.1e-5)


# --- exact enumeration ----------------------------------------------------------------------------------


@pytest.mark.parametrize("directed", [True, False], ids=["directed", "undirected"])
@pytest.mark.parametrize("groups", [*GROUPINGS_OF_FOUR, (0, 0, 1), (0, 1, 2)], ids=str)
def test_random_graph_nulls_are_the_moments_over_all_networks(groups, directed):
    """Three and four actors: every network, by node and over the network, for three numbers of ties."""
    counts, ties = every_count(groups, directed)
    matrices, _ = every_network(len(groups), directed)
    possible = ties.max()
    for held in sorted({2, possible // 2, possible - 1}):
        example = of(matrices[int(np.flatnonzero(ties == held)[-1])], groups, directed)
        chance = held / possible
        weights = {
            "bernoulli": chance**ties * (1 - chance) ** (possible - ties),
            "given_ties": (ties == held).astype(float),
        }
        for null, weight in weights.items():
            mean, sd = moments(counts, weight)
            answer = brokerage_test(example, null=null)
            np.testing.assert_allclose(answer.expected, mean, atol=1e-9)
            np.testing.assert_allclose(answer.sd, sd, atol=1e-6)
            mean, sd = moments(counts.sum(axis=1), weight)
            table = network_brokerage_test(example, null=null).table
            np.testing.assert_allclose(table["expected"], mean, atol=1e-9)
            np.testing.assert_allclose(table["sd"], sd, atol=1e-6)


@pytest.mark.parametrize("groups", [(0, 0, 1, 1, 2), (0, 0, 0, 1, 1)], ids=str)
def test_random_graph_nulls_of_five_actors_without_directions(groups):
    counts, ties = every_count(groups, False)
    matrices, _ = every_network(5, False)
    example = of(matrices[int(np.flatnonzero(ties == 6)[0])], groups, directed=False)
    for null, weight in (("bernoulli", 0.6**ties * 0.4 ** (10 - ties)), ("given_ties", 1.0 * (ties == 6))):
        mean, sd = moments(counts.sum(axis=1), weight)
        table = network_brokerage_test(example, null=null).table
        np.testing.assert_allclose(table["expected"], mean, atol=1e-9)
        np.testing.assert_allclose(table["sd"], sd, atol=1e-6)


@pytest.mark.parametrize("seed", range(24))
def test_the_label_null_is_the_moments_over_all_ways_to_deal_the_groups(seed):
    """Up to six actors: every distinct dealing; by node those that leave the actor its group."""
    matrix, groups, directed = random_case(seed)
    dealings = np.array(sorted(set(permutations(groups.tolist()))))
    counts = np.array([roles_by_definition(matrix, dealt) for dealt in dealings])
    example = of(matrix, groups, directed)

    mean, sd = moments(counts.sum(axis=1), np.ones(len(dealings)))
    table = network_brokerage_test(example).table
    np.testing.assert_allclose(table["expected"], mean, atol=1e-9)
    np.testing.assert_allclose(table["sd"], sd, atol=1e-6)

    answer = brokerage_test(example)
    for actor, group in enumerate(groups):
        kept = dealings[:, actor] == group
        mean, sd = moments(counts[kept, actor], np.ones(kept.sum()))
        np.testing.assert_allclose(answer.expected.iloc[actor], mean, atol=1e-9)
        np.testing.assert_allclose(answer.sd.iloc[actor], sd, atol=1e-6)


@pytest.mark.parametrize("name", ["ht_advice", "karate"])
def test_the_label_null_agrees_with_permutations(name):
    """2,000 seeded permutations of a real network: means within five standard errors, SDs within 10 %."""
    draws, generator = 2000, np.random.default_rng(0)
    groups = np.arange(load("inputs")["networks"][name]["n"]) % 4 // 2
    held = network(name, kind=groups.astype(str))
    pattern = sparse.csr_array(held.adjacency(weighted=False))
    drawn = np.array(
        [
            open_paths(pattern, generator.permutation(groups), held.directed).roles.sum(axis=0)
            for _ in range(draws)
        ]
    )
    table = network_brokerage_test(held).table.loc[VARIES]

    assert (abs(drawn.mean(axis=0) - table["expected"]) <= 5 * table["sd"] / np.sqrt(draws) + 1e-9).all()
    np.testing.assert_allclose(drawn.std(axis=0), table["sd"], rtol=0.1, atol=1e-9)


# --- the counting kernel and its judge ------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("swept", [False, True])
def test_products_and_kernel_count_what_the_definition_says(seed, swept, monkeypatch):
    """Counts, and each kind of shared actors, on networks up to 12 actors."""
    if swept:
        monkeypatch.setattr(triads, "SWEPT_ENTRIES", 0)
        monkeypatch.setattr(triads, "TINY_CELLS", -1)
        monkeypatch.setattr(triads, "DENSE_SHARE", 2.0)
    matrix, groups, directed = random_case(seed, most=13)
    groups = np.unique(groups, return_inverse=True)[1]
    pattern = sparse.csr_array(matrix.astype(float))
    held = open_paths(pattern, groups, directed)
    n = len(matrix)
    paths = np.zeros((n, n, n))
    for a, v, b in permutations(range(n), 3):
        paths[a, v, b] = matrix[a, v] and matrix[v, b] and not matrix[a, b]
    first, last, ends = paths.sum(axis=2), paths.sum(axis=0), paths.sum(axis=1)

    np.testing.assert_array_equal(held.roles, roles_by_definition(matrix, groups)[:, :5])
    np.testing.assert_array_equal(held.through, paths.sum(axis=(0, 2)))
    np.testing.assert_array_equal(held.reversible, (paths * paths.transpose(2, 1, 0)).sum(axis=(0, 2)))
    np.testing.assert_array_equal(held.same_first, (first**2).sum(axis=0))
    np.testing.assert_array_equal(held.same_last, (last**2).sum(axis=1))
    np.testing.assert_array_equal(held.crossed, (first * last.T).sum(axis=0))
    np.testing.assert_array_equal(held.begun, first.sum(axis=1))
    np.testing.assert_array_equal(held.ended, last.sum(axis=0))
    assert held.ties.tolist() == [
        (first * last).sum(),
        (first * first.T).sum(),
        (last * last.T).sum(),
        (first * ends.T).sum(),
        (last * ends.T).sum(),
        (paths * paths.transpose(1, 2, 0)).sum(),
    ]
    assert shared_ends(pattern, directed) == ((ends**2).sum(), (ends * ends.T).sum())


def test_the_counts_of_a_larger_network_are_those_of_brokerage_roles():
    generator = np.random.default_rng(5)
    actors = pd.DataFrame({"kind": generator.choice(["a", "b", "c", "", None], 300)})
    for directed in (False, True):
        held = Network.from_edges(generator.integers(0, 300, (2500, 2)), actors=actors, directed=directed)
        pd.testing.assert_frame_equal(brokerage_test(held).observed, brokerage_roles(held))


# --- laws -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("null", NULLS)
def test_turning_all_ties_round_swaps_representative_and_gatekeeper(null):
    held = managers()
    ties = held.ties.assign(source=held.ties["target"], target=held.ties["source"])
    swapped = {"representative": "gatekeeper", "gatekeeper": "representative"}
    one, other = (brokerage_test(each, null=null) for each in (held, replace(held, ties=ties)))
    for table in ("observed", "expected", "sd"):
        turned = getattr(other, table).rename(columns=swapped)[list(ROLES)]
        pd.testing.assert_frame_equal(getattr(one, table), turned)
    one, other = (network_brokerage_test(each, null=null).table for each in (held, replace(held, ties=ties)))
    pd.testing.assert_frame_equal(one, other.rename(index=swapped).loc[list(ROLES)])


@pytest.mark.parametrize("null", NULLS)
def test_the_names_and_the_order_of_actors_do_not_matter(null):
    held = managers()
    shuffled = replace(held, actors=held.actors.sample(frac=1, random_state=3))
    mine, theirs = (brokerage_test(each, null=null) for each in (held, shuffled))
    pd.testing.assert_frame_equal(mine.zscore, theirs.zscore.loc[held.actors.index])
    renamed = replace(
        held, actors=held.actors.assign(kind=held.actors["kind"].map(lambda group: f"组{group}"))
    )
    pd.testing.assert_frame_equal(brokerage_test(renamed, null=null).zscore, mine.zscore)


@pytest.mark.parametrize("null", NULLS)
def test_a_directed_network_of_mutual_ties_has_the_counts_of_the_undirected_one(null):
    """The label null too; the others not: there a mutual pair is two ties drawn apart."""
    karate = network("karate", kind=(np.arange(34) % 3).astype(str))
    back = karate.ties.assign(source=karate.ties["target"], target=karate.ties["source"])
    both = replace(karate, ties=pd.concat([karate.ties, back], ignore_index=True), directed=True)
    one, other = (brokerage_test(each, null=null) for each in (karate, both))
    pd.testing.assert_frame_equal(one.observed, other.observed)
    assert np.allclose(one.sd, other.sd) == (null == "labels")
    if null == "labels":
        mine, theirs = (network_brokerage_test(each).table for each in (karate, both))
        pd.testing.assert_frame_equal(mine, theirs)
    if null == "bernoulli":  # what sna gives for symmetric input
        ratio = one.sd / other.sd
        np.testing.assert_allclose(ratio[["representative", "gatekeeper"]], 1)
        np.testing.assert_allclose(ratio[["coordinator", "itinerant", "liaison", "total"]], np.sqrt(2))


@pytest.mark.parametrize("null", NULLS)
def test_pairs_counted_once_are_half_but_for_the_boundary(null):
    karate = network("karate", kind=(np.arange(34) % 3).astype(str))
    ordered, once = (vars(brokerage_test(karate, null=null, pairs=pairs)) for pairs in ("ordered", "once"))
    for table in ("observed", "expected", "sd"):
        halves = (ordered[table] / 2).drop(columns=["representative", "gatekeeper"])
        wanted = halves.assign(boundary=ordered[table]["gatekeeper"])
        pd.testing.assert_frame_equal(once[table], wanted[once[table].columns])
    for table in ("observed", "expected"):
        np.testing.assert_allclose(once[table].drop(columns="total").sum(axis=1), once[table]["total"])
    table = network_brokerage_test(karate, null=null, pairs="once").table
    doubled = network_brokerage_test(karate, null=null).table
    assert list(table.index) == ["coordinator", "itinerant", "boundary", "liaison", "total"]
    np.testing.assert_allclose(table.loc["liaison", "sd"] * 2, doubled.loc["liaison", "sd"])
    np.testing.assert_allclose(table.loc["boundary"], doubled.loc["gatekeeper"])


@pytest.mark.parametrize("null", NULLS)
def test_both_levels_at_once_are_the_two_apart(null):
    by_actor, over_all = brokerage_tests(managers(), null=null)
    pd.testing.assert_frame_equal(by_actor.zscore, brokerage_test(managers(), null=null).zscore)
    pd.testing.assert_frame_equal(over_all.table, network_brokerage_test(managers(), null=null).table)


def test_an_expectation_of_the_label_null_is_a_share_of_the_open_two_paths():
    answer = brokerage_test(managers())
    np.testing.assert_allclose(answer.expected[VARIES].sum(axis=1), answer.observed["total"])
    assert (answer.expected["total"] == answer.observed["total"]).all()
    assert answer.zscore["total"].isna().all()


def test_actors_of_unknown_group_are_left_out_with_their_ties():
    held = managers()
    kinds = held.actors["kind"].where(held.actors.index % 5 > 0, "")
    some = replace(held, actors=held.actors.assign(kind=kinds))
    known = kinds[kinds != ""].index
    ties = held.ties[held.ties["source"].isin(known) & held.ties["target"].isin(known)]
    rest = replace(held, actors=held.actors.loc[known], ties=ties)
    for null in NULLS:
        mine, theirs = brokerage_test(some, null=null), brokerage_test(rest, null=null)
        pd.testing.assert_frame_equal(mine.zscore.loc[known], theirs.zscore)
        assert mine.observed.drop(known).isna().all(axis=None)
        mine, theirs = network_brokerage_test(some, null=null), network_brokerage_test(rest, null=null)
        pd.testing.assert_frame_equal(mine.table, theirs.table)
        assert (mine.actors, mine.ties) == (len(known), len(ties))


def test_two_copies_side_by_side_have_twice_the_roles():
    held = managers()
    shift = len(held.actors)
    copied = held.ties.assign(source=held.ties["source"] + shift, target=held.ties["target"] + shift)
    ties = pd.concat([held.ties, copied])
    actors = pd.concat([held.actors, held.actors.set_axis(held.actors.index + shift)])
    two = network_brokerage_test(replace(held, actors=actors, ties=ties)).table
    assert (two["observed"] == 2 * network_brokerage_test(held).table["observed"]).all()


def test_where_nothing_can_vary_there_is_no_z():
    """One group; everybody tied to everybody; each of a group of its own."""
    one_group = of(~np.eye(4, dtype=bool) & (np.arange(4) > 0), [0, 0, 0, 0])
    assert brokerage_test(one_group).zscore.isna().all(axis=None)
    assert network_brokerage_test(one_group).table["zscore"].isna().all()
    complete = of(~np.eye(5, dtype=bool), [0, 0, 1, 1, 2], directed=False)
    for null in NULLS:
        table = network_brokerage_test(complete, null=null).table
        assert (table["observed"] == 0).all()
        assert (table["expected"].abs() < 1e-9).all()
        assert table["zscore"].isna().all()
    alone = of(np.triu(np.ones((6, 6), bool), 1), range(6))
    assert (brokerage_test(alone).sd == 0).all(axis=None)


# --- what is refused, and what is said ------------------------------------------------------------------


@pytest.mark.parametrize("measure", [brokerage_test, network_brokerage_test])
def test_pairs_of_a_directed_network_are_not_counted_once(measure):
    with pytest.raises(
        MeasureError, match=r"pairs cannot be once\. Allowed: ordered \(the network is directed\)"
    ):
        measure(managers(), pairs="once")


@pytest.mark.parametrize("measure", [brokerage_test, network_brokerage_test])
def test_an_unknown_attribute_is_refused_by_name(measure):
    with pytest.raises(MeasureError, match="E-ATTRIBUTE") as refusal:
        measure(managers(), by="departement")
    assert refusal.value.facts["found"] == "departement"


@pytest.mark.parametrize("null", NULLS)
def test_the_answer_says_which_null_it_is_in_both_languages(null):
    for answer in (brokerage_test(managers(), null=null), network_brokerage_test(managers(), null=null)):
        for lang in ("zh", "en"):
            said = answer.explain(lang)
            assert said[0] == NULLS[null].text(lang).format(by="kind")
            assert "kind" in said[0]
            assert len(said) == 3
