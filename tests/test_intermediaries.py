"""Activity, exclusivity, shared roles, honest brokers and Everett-Valente brokerage, against definitions."""

from dataclasses import replace
from itertools import combinations, permutations

import igraph
import numpy as np
import pandas as pd
import pytest
from golden import expected, load, network

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.bridging import everett_valente
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.centrality import betweenness
from sanshe_net.measures.intermediaries import activity_exclusivity, honest_broker, partial_brokerage

BRIDGING = load("bridging")["cases"]
SEEDS = range(16)


def random_network(seed):
    """Up to 12 actors, every other one directed, groups of which some are not known."""
    generator = np.random.default_rng(seed)
    n = int(generator.integers(3, 13))
    groups = generator.choice(["a", "b", "c", ""], n)
    ends = generator.integers(0, n, (int(generator.integers(1, 3 * n)), 2))
    actors = pd.DataFrame({"kind": groups, "building": groups})
    return Network.from_edges(ends, actors=actors, directed=bool(seed % 2))


def matrix_of(held):
    return held.adjacency(weighted=False).toarray() > 0


def open_pairs(matrix):
    """Each ordered open pair with its brokers."""
    for a, b in permutations(range(len(matrix)), 2):
        if not matrix[a, b]:
            yield a, b, np.flatnonzero(matrix[a] & matrix[:, b])


# --- activity, exclusivity, shared roles ----------------------------------------------------------------


@pytest.mark.parametrize("across", [None, "building"])
@pytest.mark.parametrize("seed", SEEDS)
def test_activity_and_exclusivity_are_what_their_definitions_say(seed, across):
    held = random_network(seed)
    groups = held.actors["building"].tolist()
    wanted = np.zeros((len(groups), 2))
    for a, b, brokers in open_pairs(matrix_of(held)):
        if across is None or (groups[a] and groups[b] and groups[a] != groups[b]):
            wanted[brokers, 0] += 1
            wanted[brokers, 1] += len(brokers) == 1

    table = activity_exclusivity(held, across=across)

    np.testing.assert_array_equal(table, wanted / (1 if held.directed else 2))


@pytest.mark.parametrize("seed", SEEDS)
def test_shared_roles_add_up_to_the_pairs_that_are_connected(seed):
    held = random_network(seed)
    known = held.actors["kind"] != ""
    matrix = matrix_of(held)[known][:, known]
    wanted = np.zeros(known.sum())
    for _, _, brokers in open_pairs(matrix):
        wanted[brokers] += 1 / max(1, len(brokers))

    table = partial_brokerage(held)

    np.testing.assert_allclose(table.loc[known, "total_part"], wanted)
    np.testing.assert_allclose(table.drop(columns="total_part").sum(axis=1, min_count=1), table["total_part"])
    assert table[~known].isna().all(axis=None)
    assert (table[known].to_numpy() <= brokerage_roles(held)[known].to_numpy() + 1e-9).all()
    connected = sum(len(brokers) > 0 for _, _, brokers in open_pairs(matrix))
    assert table["total_part"].sum() == pytest.approx(connected)


def test_a_sole_broker_gets_the_whole_credit_in_the_roles_of_gould_and_fernandez():
    """In a tree every pair two steps apart has one broker."""
    actors = pd.DataFrame({"kind": list("aabbcab")})
    tree = Network.from_edges([(0, 1), (0, 2), (1, 3), (1, 4), (2, 5), (2, 6)], actors=actors)

    np.testing.assert_array_equal(partial_brokerage(tree), brokerage_roles(tree))
    table = activity_exclusivity(tree)
    np.testing.assert_array_equal(table["brokerage_activity"], table["brokerage_exclusivity"])
    np.testing.assert_array_equal(table["brokerage_activity"] * 2, brokerage_roles(tree)["total"])


def test_a_second_broker_takes_exclusivity_and_leaves_activity():
    ties = [("甲", "乙"), ("乙", "丙")]
    before = activity_exclusivity(Network.from_edges(ties)).loc["乙"]
    after = activity_exclusivity(Network.from_edges([*ties, ("甲", "丁"), ("丁", "丙")])).loc["乙"]

    assert before.tolist() == [1, 1]
    assert after.tolist() == [1, 0]


def test_activity_across_an_unknown_attribute_is_refused_by_name():
    with pytest.raises(MeasureError, match="E-ATTRIBUTE") as refusal:
        activity_exclusivity(random_network(0), across="bilding")
    assert refusal.value.facts["found"] == "bilding"


# --- honest broker --------------------------------------------------------------------------------------


@pytest.mark.parametrize("contacts", ["in", "mutual"])
@pytest.mark.parametrize("seed", SEEDS)
def test_honest_brokers_are_counted_pair_by_pair(seed, contacts):
    held = random_network(seed)
    matrix = matrix_of(held)
    senders = matrix & matrix.T if contacts == "mutual" else matrix
    wanted = np.zeros((len(matrix), 3))
    for actor in range(len(matrix)):
        for a, b in combinations(np.flatnonzero(senders[:, actor]), 2):
            wanted[actor, int(matrix[a, b]) + int(matrix[b, a])] += 1

    table = honest_broker(held, contacts=contacts)
    shares = honest_broker(held, contacts=contacts, normalized=True)

    np.testing.assert_array_equal(table, wanted)
    pairs = wanted.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(shares, wanted / np.where(pairs > 0, pairs, np.nan))
    if not held.directed:
        assert (table["hbi1"] == 0).all()


def test_the_honest_broker_of_an_undirected_network_is_as_active_as_its_open_pairs():
    karate = network("karate")
    np.testing.assert_array_equal(
        honest_broker(karate)["hbi0"], activity_exclusivity(karate)["brokerage_activity"]
    )


# --- Everett-Valente ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BRIDGING)
def test_everett_valente_of_public_networks(name):
    """Golden: mean betweenness of the incident ties, checked with networkx; share of the maximum."""
    held, golden = network(name), BRIDGING[name]

    np.testing.assert_allclose(everett_valente(held), expected(golden["everett_valente"]), atol=2e-9)
    shares = expected(golden["everett_valente_pct_of_max"])
    np.testing.assert_allclose(100 * everett_valente(held, normalized=True), shares, atol=2e-9)


@pytest.mark.parametrize("seed", range(24))
def test_everett_valente_is_the_mean_betweenness_of_the_ties(seed):
    """Undirected: all but those with one contact. Directed: mean of in-ties and out-ties, for brokers."""
    held = random_network(seed)
    graph = igraph.Graph.Adjacency(matrix_of(held).tolist(), mode="directed" if held.directed else "upper")
    flow = graph.edge_betweenness()
    wanted = []
    for actor, between in enumerate(betweenness(held)):
        sides = [graph.incident(actor, mode=mode) for mode in (("in", "out") if held.directed else ("all",))]
        ends = {end for side in sides for tie in side for end in graph.es[tie].tuple} - {actor}
        brokers = between > 0 if held.directed else len(ends) > 1
        means = [np.mean([flow[tie] for tie in side]) if side else 0.0 for side in sides]
        wanted.append(np.mean(means) if brokers else 0.0 if ends else np.nan)

    np.testing.assert_allclose(everett_valente(held), wanted, atol=1e-9)


@pytest.mark.parametrize("n", [3, 4])
def test_no_network_exceeds_the_maximum_of_everett_and_valente(n):
    """Every network of so few actors; the largest score is the maximum."""
    pairs = list(combinations(range(n), 2))
    highest = 0.0
    for held in range(1, 2 ** len(pairs)):
        ties = [pair for place, pair in enumerate(pairs) if held >> place & 1]
        highest = max(highest, everett_valente(igraph.Graph(n=n, edges=ties), normalized=True).max())
    assert highest == pytest.approx(1)


@pytest.mark.parametrize("n", [5, 6, 11, 20])
def test_an_actor_between_two_equal_stars_scores_one(n):
    half = (n - 1) // 2
    one = [(1, leaf) for leaf in range(2, half + 1)]
    other = [(half + 1, leaf) for leaf in range(half + 2, n)]
    scores = everett_valente(Network.from_edges([(0, 1), (0, half + 1), *one, *other]), normalized=True)
    assert scores[0] == pytest.approx(1)
    assert scores.max() == pytest.approx(1)


def test_everett_valente_of_mutual_ties_is_that_of_the_undirected_network_for_brokers():
    karate = network("karate")
    back = karate.ties.assign(source=karate.ties["target"], target=karate.ties["source"])
    both = replace(karate, ties=pd.concat([karate.ties, back], ignore_index=True), directed=True)
    brokers = betweenness(karate) > 0
    pd.testing.assert_series_equal(everett_valente(karate)[brokers], everett_valente(both)[brokers])


def test_a_further_component_changes_nobody():
    kite = network("kite")
    shift = len(kite.actors)
    copied = kite.ties.assign(source=kite.ties["source"] + shift, target=kite.ties["target"] + shift)
    actors = pd.concat([kite.actors, kite.actors.set_axis(kite.actors.index + shift)])
    two = replace(kite, actors=actors, ties=pd.concat([kite.ties, copied], ignore_index=True))
    for measure in (everett_valente, activity_exclusivity, honest_broker):
        np.testing.assert_allclose(measure(two).iloc[:shift], measure(kite))
        np.testing.assert_allclose(measure(two).iloc[shift:], measure(kite))


def test_a_directed_network_is_not_normalized():
    with pytest.raises(MeasureError, match="E-VALUE") as refusal:
        everett_valente(network("ht_advice"), normalized=True)
    assert refusal.value.facts["name"] == "normalized"
