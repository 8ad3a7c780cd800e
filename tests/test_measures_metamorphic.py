"""What must not change, or must change in a known way, when a network is written down differently."""

from dataclasses import replace

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_measures_judges import networks

from sanshe_net import Network
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.centrality import betweenness, degree, harmonic_closeness, strength
from sanshe_net.measures.cohesion import components, density, mean_degree
from sanshe_net.measures.integration import ei_index
from sanshe_net.measures.registry import all_measures, measure_actors, measure_network
from sanshe_net.measures.social_capital import constraint, effective_size

KINDS = ["resident", "committee", "resident", "", "organisation", "resident", "partner"]
EXAMPLES = settings(deadline=None, max_examples=30)
# A second copy or an actor more leaves these as they are; the others depend on the number of actors.
_OF_ALL = ("closeness", "harmonic_closeness", "eigenvector", "pagerank", "actor_yules_q")
LOCAL = [
    name for name, held in all_measures("actor").items() if name not in _OF_ALL and "mode" not in held.needs
]


def of_kinds(network):
    kinds = (KINDS * 2)[: len(network.actors)]
    return replace(network, actors=network.actors.assign(kind=kinds))


def all_values(source):
    """Every registered measure: a table for actors, a column for the network."""
    return measure_actors(source), measure_network(source)


def assert_same(one, other):
    """To 1e-9: igraph adds in the order it meets things."""
    actors, network = one
    pd.testing.assert_frame_equal(
        actors, other[0].loc[actors.index], rtol=1e-9, atol=1e-9, check_index_type=False, check_names=False
    )
    pd.testing.assert_series_equal(network, other[1], rtol=1e-9, atol=1e-9)


@EXAMPLES
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(network, random):
    network = of_kinds(network)
    shuffled = Network(
        network.actors.loc[random.sample(list(network.actors.index), len(network.actors))],
        network.ties.iloc[random.sample(range(len(network.ties)), len(network.ties))],
        network.directed,
    )

    assert_same(all_values(network), all_values(shuffled))


@EXAMPLES
@given(networks(), st.permutations("甲乙丙丁戊己庚"))
def test_names_do_not_matter(network, names):
    network = of_kinds(network)
    new = dict(zip(network.actors.index, names, strict=False))
    ties = network.ties.assign(
        source=network.ties["source"].map(new).astype(object),
        target=network.ties["target"].map(new).astype(object),
    )
    renamed = Network(network.actors.rename(index=new), ties, network.directed)

    actors, whole = all_values(renamed)
    assert_same(all_values(network), (actors.set_axis(network.actors.index), whole))


@EXAMPLES
@given(networks())
def test_the_ends_of_an_undirected_tie_can_be_swapped(network):
    network = of_kinds(Network(network.actors, network.ties))
    swapped = network.ties.rename(columns={"source": "target", "target": "source"})

    assert_same(all_values(network), all_values(replace(network, ties=swapped)))


@EXAMPLES
@given(networks())
def test_an_actor_without_ties_changes_no_one_else(network):
    network = of_kinds(network)
    n = len(network.actors)
    newcomer = pd.DataFrame({"label": "new", "kind": "resident"}, index=[n])
    larger = replace(network, actors=pd.concat([network.actors, newcomer]))

    after = measure_actors(larger)
    pd.testing.assert_frame_equal(measure_actors(network, LOCAL), after[columns_of(LOCAL)].iloc[:n],
                                  check_names=False)  # fmt: skip
    assert components(larger) == components(network) + 1
    assert harmonic_closeness(larger)[n] == 0
    assert after.loc[n, ["constraint", "constraint_ego", "effective_size"]].isna().all()
    assert after.loc[n, ["degree", "strength", "betweenness", "k_core", *ROLES]].eq(0).all()


@EXAMPLES
@given(networks())
def test_two_copies_side_by_side_measure_as_one(network):
    network = of_kinds(network)
    n = len(network.actors)
    copy = network.ties.assign(source=network.ties["source"] + n, target=network.ties["target"] + n)
    actors = pd.concat([network.actors, network.actors.set_axis(network.actors.index + n)])
    twice = Network(actors, pd.concat([network.ties, copy], ignore_index=True), network.directed)

    one = measure_actors(network, LOCAL)
    result = measure_actors(twice, LOCAL)
    for half in (result.iloc[:n], result.iloc[n:].set_axis(one.index)):
        pd.testing.assert_frame_equal(half, one, rtol=1e-9, check_names=False)
    assert components(twice) == 2 * components(network)
    assert mean_degree(twice) == mean_degree(network)
    assert ei_index(twice) == pytest.approx(ei_index(network), nan_ok=True)


def columns_of(names):
    known = all_measures("actor")
    return [column for name in names for column in known[name].columns or (name,)]


@EXAMPLES
@given(networks(), st.sampled_from([0.001, 3.0, 1e6]))
def test_the_scale_of_strengths_only_scales_strength(network, factor):
    network = of_kinds(network)
    scaled = replace(network, ties=network.ties.assign(weight=factor * network.ties["weight"]))

    (before, whole), (after, whole_after) = all_values(network), all_values(scaled)
    pd.testing.assert_frame_equal(after.assign(strength=0), before.assign(strength=0), rtol=1e-9)
    assert after["strength"].tolist() == pytest.approx((factor * before["strength"]).tolist())
    pd.testing.assert_series_equal(whole, whole_after)
    pd.testing.assert_series_equal(
        betweenness(network, weighted=True), betweenness(scaled, weighted=True), rtol=1e-9
    )


@EXAMPLES
@given(networks())
def test_layers_are_one_summed_tie(network):
    network = of_kinds(network)
    merged = network.ties.groupby(["source", "target"], as_index=False)["weight"].sum()
    summed = Network.from_edges(merged, actors=network.actors, directed=network.directed)

    assert_same(all_values(network), all_values(summed))


@EXAMPLES
@given(networks())
def test_both_directions_of_every_tie_measure_like_no_direction(network):
    undirected = of_kinds(Network(network.actors, network.ties))
    turned = undirected.ties.rename(columns={"source": "target", "target": "source"})
    mutual = replace(undirected, ties=pd.concat([undirected.ties, turned], ignore_index=True), directed=True)

    same = ["constraint", "constraint_ego", "effective_size", "effective_size_ego", "brokerage_roles",
            "harmonic_closeness"]  # fmt: skip
    pd.testing.assert_frame_equal(measure_actors(mutual, same), measure_actors(undirected, same), rtol=1e-9)
    for doubled in (degree, strength, betweenness):
        assert doubled(mutual).tolist() == pytest.approx((2 * doubled(undirected)).tolist())
    for kept in (density, mean_degree, components, ei_index):
        assert kept(mutual) == pytest.approx(kept(undirected), nan_ok=True)


@EXAMPLES
@given(networks())
def test_representatives_become_gatekeepers_when_all_ties_turn_round(network):
    """Only where a tie a-b closes b-v-a as well, that is in undirected networks, are the two equal."""
    roles = brokerage_roles(replace(network, directed=False), by="group")
    pd.testing.assert_series_equal(roles["representative"], roles["gatekeeper"], check_names=False)

    turned = network.ties.rename(columns={"source": "target", "target": "source"})
    one = brokerage_roles(network, by="group")
    other = brokerage_roles(replace(network, ties=turned), by="group")
    swapped = {"representative": "gatekeeper", "gatekeeper": "representative"}
    pd.testing.assert_frame_equal(other.rename(columns=swapped)[list(ROLES)], one)


@EXAMPLES
@given(networks())
def test_roles_add_up_and_one_group_leaves_only_coordinators(network):
    roles = brokerage_roles(network, by="group")
    assert roles[list(ROLES[:-1])].sum(axis=1, skipna=False).equals(roles["total"])

    alike = brokerage_roles(replace(network, actors=network.actors.assign(group="a")), by="group")
    different = brokerage_roles(
        replace(network, actors=network.actors.assign(group=range(len(network.actors)))), by="group"
    )
    assert alike["coordinator"].equals(alike["total"])
    assert different["liaison"].equals(different["total"])
    assert alike["total"].equals(different["total"])


@EXAMPLES
@given(networks())
def test_an_actor_of_unknown_group_counts_as_absent(network):
    unknown = [actor for actor, group in network.actors["group"].items() if not group]
    without = network.without(unknown)

    roles = brokerage_roles(network, by="group")

    pd.testing.assert_frame_equal(roles.drop(unknown), brokerage_roles(without, by="group"))
    assert roles.loc[unknown].isna().all(axis=None)
    assert ei_index(network, by="group") == pytest.approx(ei_index(without, by="group"), nan_ok=True)


@EXAMPLES
@given(networks())
def test_networkx_and_igraph_graphs_give_what_the_network_gives(network):
    network = of_kinds(network)

    for graph in (as_networkx(network), as_igraph(network)):
        theirs = all_values(graph)
        assert list(theirs[0].index) == list(network.actors.index)
        assert_same(all_values(network), theirs)


def as_networkx(network):
    graph = nx.MultiDiGraph() if network.directed else nx.MultiGraph()
    graph.add_nodes_from(network.actors[["kind"]].to_dict("index").items())
    graph.add_weighted_edges_from(network.ties[["source", "target", "weight"]].itertuples(index=False))
    return graph


def as_igraph(network):
    pairs = network.ties[["source", "target"]].to_numpy(dtype=int).tolist()
    graph = igraph.Graph(len(network.actors), pairs, directed=network.directed)
    graph.vs["kind"] = network.actors["kind"].tolist()
    graph.es["weight"] = network.ties["weight"].tolist()
    return graph


@EXAMPLES
@given(networks())
def test_bounds_between_measures(network):
    contacts = degree(Network(network.actors, network.ties))
    met = contacts[contacts > 0].index
    for model in ("whole", "ego"):
        size = effective_size(network, model=model)[met]
        assert (size <= contacts[met] + 1e-9).all()
        assert (constraint(network, model=model)[met] < 2).all()
    assert not np.isnan(strength(network)).any()
