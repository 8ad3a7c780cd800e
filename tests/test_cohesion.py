"""Cohesion, Krackhardt's dimensions and centralization: golden numbers, definitions, relations."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import plain_graphs as plain
import pytest
from golden import load, network

from sanshe_net import Network
from sanshe_net.measures.centralization import (
    betweenness_centralization,
    closeness_centralization,
    degree_centralization,
)
from sanshe_net.measures.clustering import mean_local_clustering, transitivity
from sanshe_net.measures.cohesion import compactness, connectedness, density, fragmentation, reciprocity
from sanshe_net.measures.krackhardt import krackhardt_efficiency, krackhardt_hierarchy, krackhardt_lub

GOLDEN = load("cohesion_centralization")


def same(value, expected, digits=1e-9):
    return value == pytest.approx(math.nan if expected is None else expected, abs=digits, nan_ok=True)


# --- golden numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOLDEN["sna"])
def test_cohesion_is_that_of_sna(name):
    """R sna: connectedness, efficiency, hierarchy, lubness, gtrans."""
    golden, example = GOLDEN["sna"][name], network(name)

    assert same(connectedness(example), golden["connectedness"])
    assert same(fragmentation(example), 1 - golden["connectedness"])
    assert same(transitivity(example), golden["gtrans_weak"])
    assert same(krackhardt_hierarchy(example), golden["hierarchy_krackhardt"])
    assert same(krackhardt_efficiency(example), golden["efficiency"])
    assert same(krackhardt_lub(example), golden["lubness"])


def test_reciprocity_of_the_managers_advice_is_that_of_sna_and_igraph():
    """R sna grecip edgewise and dyadic.nonnull, R igraph default and ratio."""
    golden, advice = GOLDEN["sna"]["ht_advice"], network("ht_advice")

    assert same(reciprocity(advice), golden["grecip_edgewise"])
    assert same(reciprocity(advice, of="pairs"), golden["grecip_dyadic_nonnull"])


@pytest.mark.parametrize("name", GOLDEN["igraph_structure"])
def test_local_clustering_is_that_of_igraph(name):
    """R igraph: transitivity average with isolates as NaN and as zero."""
    golden, example = GOLDEN["igraph_structure"][name], network(name)

    assert same(mean_local_clustering(example), golden["trans_avg_nan"])
    assert same(mean_local_clustering(example, too_few="zero"), golden["trans_avg_zero"])


@pytest.mark.parametrize("name", GOLDEN["igraph_centralization"])
def test_centralization_is_that_of_igraph_without_loops(name):
    """R igraph centr_*; undefined closeness is undefined."""
    golden = GOLDEN["igraph_centralization"][name]
    example = Network.from_edges([(0, i) for i in range(1, 8)]) if name == "star8" else network(name)

    assert same(degree_centralization(example), golden["degree_noloops"])
    assert same(betweenness_centralization(example), golden["betw"])
    assert same(closeness_centralization(example), golden["clo"])
    if example.directed:
        assert same(degree_centralization(example, direction="in"), golden["degree_in_noloops"])
        assert same(degree_centralization(example, direction="out"), golden["degree_out_noloops"])


# --- by definition, on all small graphs -----------------------------------------------------------------


@pytest.mark.parametrize("directed", [False, True], ids=["undirected", "directed"])
def test_cohesion_is_what_its_definition_says_on_all_small_graphs(directed):
    for matrix in plain.DIRECTED if directed else plain.UNDIRECTED:
        example = plain.network_of(matrix, directed)
        assert same(connectedness(example), plain.connectedness(matrix)), matrix
        assert same(compactness(example), plain.compactness(matrix)), matrix
        assert same(transitivity(example), plain.transitivity(matrix)), matrix
        assert same(krackhardt_hierarchy(example), plain.hierarchy(matrix)), matrix
        assert same(krackhardt_lub(example), plain.least_upper_bound(matrix)), matrix
        assert same(krackhardt_lub(example, direction="in"), plain.least_upper_bound(matrix.T)), matrix
        for too_few in ("excluded", "zero"):
            expected = plain.local_clustering(matrix, too_few)
            assert same(mean_local_clustering(example, too_few=too_few), expected), matrix
        for of in ("arcs", "pairs"):
            expected = plain.reciprocity(matrix, of) if directed else math.nan
            assert same(reciprocity(example, of=of), expected), matrix
            assert same(krackhardt_efficiency(example, of=of), plain.efficiency(matrix, of)), matrix


@pytest.mark.parametrize("n", [3, 4, 5])
def test_the_maximum_of_centralization_is_that_of_all_graphs_of_the_size(n):
    """Freeman's denominators, found by going through every graph."""
    graphs = [matrix for matrix in plain.all_undirected() if len(matrix) == n]
    examples = [plain.network_of(matrix, directed=False) for matrix in graphs]

    spread = [plain.centralization(matrix.sum(axis=1), (n - 1) * (n - 2)) for matrix in graphs]
    between = [plain.betweenness(matrix, directed=False) for matrix in graphs]
    most_between = max(plain.centralization(scores, 1) for scores in between)
    near = [plain.closeness(matrix) for matrix in graphs]
    most_near = np.nanmax([plain.centralization(scores, 1) for scores in near])

    assert max(spread) == 1
    for example, one, two, three in zip(examples, spread, between, near, strict=True):
        assert same(degree_centralization(example), one)
        assert same(betweenness_centralization(example), plain.centralization(two, most_between))
        assert same(closeness_centralization(example), plain.centralization(three, most_near))


def test_the_maximum_of_directed_degree_centralization_is_that_of_all_digraphs():
    graphs = list(plain.all_directed(3))
    for direction, axes in (("out", [1]), ("in", [0]), ("both", [0, 1])):
        degrees = [sum(matrix.sum(axis=axis) for axis in axes) for matrix in graphs]
        most = max(plain.centralization(scores, 1) for scores in degrees)
        for matrix, scores in zip(graphs, degrees, strict=True):
            example = plain.network_of(matrix, directed=True)
            expected = plain.centralization(scores, most)
            assert same(degree_centralization(example, direction=direction), expected)


# --- the least upper bound ------------------------------------------------------------------------------


def test_the_nearest_common_superior_counts_not_the_highest():
    """Two heads share a deputy: R sna's code asks who reaches all common superiors, and finds nobody."""
    example = Network.from_edges([(0, 2), (1, 2), (2, 3), (2, 4)], directed=True)
    matrix = example.adjacency().toarray()

    assert same(krackhardt_lub(example), 5 / 6)  # only the two heads themselves lack a bound
    assert same(plain.least_upper_bound(matrix, end="highest"), 1 - 4 / 6)


def test_looking_for_the_highest_superior_never_finds_more():
    """What methods.md reports of sna::lubness, over all digraphs of three actors and random ones."""
    pairs = [(plain.least_upper_bound(m), plain.least_upper_bound(m, end="highest")) for m in plain.DIRECTED]
    defined = [(nearest, highest) for nearest, highest in pairs if not math.isnan(nearest)]

    assert any(highest < nearest - 1e-9 for nearest, highest in defined)


def test_an_outtree_has_every_dimension_of_krackhardt():
    tree = Network.from_edges([(0, 1), (0, 2), (1, 3), (1, 4), (2, 5)], directed=True)

    values = [
        connectedness(tree),
        krackhardt_hierarchy(tree),
        krackhardt_efficiency(tree),
        krackhardt_lub(tree),
    ]

    assert values == [1, 1, 1, 1]
    assert krackhardt_lub(tree, direction="in") < 1


def test_the_compiled_comparison_of_superiors_is_the_plain_one(monkeypatch):
    """Also with more than 64 classes, and with the cycles of one class counted by its size."""
    from sanshe_net.measures import krackhardt

    generator = np.random.default_rng(3)
    for n in (5, 40, 90, 130):
        matrix = (generator.random((n, n)) < 1.2 / n).astype(float)
        np.fill_diagonal(matrix, 0)
        example = plain.network_of(matrix, directed=True)
        at_once = krackhardt_lub(example)
        with monkeypatch.context() as patch:
            patch.setattr(krackhardt, "ALL_AT_ONCE", 0)
            assert krackhardt_lub(example) == at_once
        if n <= 40:
            assert same(at_once, plain.least_upper_bound(matrix))


# --- relations and other tools --------------------------------------------------------------------------


def test_compactness_is_networkx_global_efficiency():
    graph = nx.gnp_random_graph(60, 0.05, seed=4)

    assert same(compactness(graph), nx.global_efficiency(graph))


def test_an_isolate_leaves_triads_alone_and_thins_the_rest():
    matrix = plain.UNDIRECTED[-1]
    wider = np.pad(matrix, (0, 1))
    before, after = (plain.network_of(held, directed=False) for held in (matrix, wider))
    n = len(matrix)

    assert transitivity(after) == transitivity(before)
    assert mean_local_clustering(after) == pytest.approx(mean_local_clustering(before))
    for measure in (compactness, connectedness, density):
        assert measure(after) == pytest.approx(measure(before) * (n - 1) / (n + 1))


def test_two_copies_side_by_side_are_as_transitive_and_half_as_connected():
    for matrix in plain.UNDIRECTED[-5:]:
        twice = np.kron(np.eye(2), matrix)
        once, both = (plain.network_of(held, directed=False) for held in (matrix, twice))
        n = len(matrix)
        assert same(transitivity(both), transitivity(once))
        assert same(krackhardt_efficiency(both), krackhardt_efficiency(once))
        assert connectedness(both) == pytest.approx(connectedness(once) * (n - 1) / (2 * n - 1))


def test_reversing_all_ties_swaps_in_and_out():
    for matrix in plain.DIRECTED[-10:]:
        there, back = plain.network_of(matrix, directed=True), plain.network_of(matrix.T, directed=True)
        assert same(
            degree_centralization(there, direction="in"), degree_centralization(back, direction="out")
        )
        assert same(krackhardt_lub(there, direction="in"), krackhardt_lub(back))
        assert same(reciprocity(there), reciprocity(back))
        assert same(transitivity(there), transitivity(back))
        assert same(krackhardt_hierarchy(there), krackhardt_hierarchy(back))


def test_names_and_order_of_actors_do_not_matter():
    matrix = plain.DIRECTED[-1]
    order = np.random.default_rng(5).permutation(len(matrix))
    one, other = plain.network_of(matrix, True), plain.network_of(matrix[np.ix_(order, order)], True)

    for measure in (
        transitivity,
        compactness,
        krackhardt_lub,
        krackhardt_hierarchy,
        betweenness_centralization,
    ):
        assert same(measure(one), measure(other))


# --- what cannot be said --------------------------------------------------------------------------------


@pytest.mark.parametrize("n", [0, 1])
def test_with_one_actor_or_none_nothing_is_cohesive_or_not(n):
    alone = Network.from_edges([], actors=pd.DataFrame(index=range(n)), directed=True)
    measures = (connectedness, fragmentation, compactness, reciprocity, transitivity, mean_local_clustering)
    more = (krackhardt_hierarchy, krackhardt_efficiency, krackhardt_lub, degree_centralization)

    assert all(math.isnan(measure(alone)) for measure in (*measures, *more))


def test_every_tie_of_an_undirected_network_is_mutual_so_reciprocity_says_nothing():
    assert math.isnan(reciprocity(network("kite")))


def test_closeness_centralization_of_a_network_in_pieces_is_undefined_not_zero():
    """R sna gives 0."""
    assert math.isnan(closeness_centralization(network("flo_marriage")))
