"""Measures against a second implementation: definitions read aloud, or networkx, on random networks."""

from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net import Network
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.centrality import betweenness, degree, harmonic_closeness, k_core, strength
from sanshe_net.measures.cohesion import components, density, largest_component_share, mean_degree
from sanshe_net.measures.integration import ei_index
from sanshe_net.measures.social_capital import constraint, constraint_ego, effective_size, effective_size_ego
from sanshe_net.measures.structural_holes import (
    constraint_hierarchy,
    constraint_hierarchy_ego,
    efficiency,
    efficiency_ego,
)

# Powers of two: sums of strengths are exact, and equally strong paths are exactly equal.
STRENGTHS = st.sampled_from([0.25, 0.5, 1.0, 2.0, 8.0])
EXAMPLES = settings(deadline=None, max_examples=60)
GROUPS = st.sampled_from(["a", "b", "c", "", None])


@st.composite
def networks(draw, max_actors=7):
    """Networks of few actors: any density, loops, several layers, both readings of direction."""
    n = draw(st.integers(1, max_actors))
    actor = st.integers(0, n - 1)
    rows = draw(st.lists(st.tuples(actor, actor, STRENGTHS, st.sampled_from(["x", "y"])), max_size=3 * n))
    ties = pd.DataFrame(rows, columns=["source", "target", "weight", "layer"])
    groups = draw(st.lists(GROUPS, min_size=n, max_size=n))
    actors = pd.DataFrame({"group": pd.Series(groups, dtype=object)}, index=range(n))
    return Network.from_edges(ties, actors=actors, directed=draw(st.booleans()))


def simple_graph(network):
    """The merged ties as a networkx graph, loops left out: weight and distance on each edge."""
    graph = nx.DiGraph() if network.directed else nx.Graph()
    graph.add_nodes_from(network.actors.index)
    for tie in network.ties[network.ties["source"] != network.ties["target"]].itertuples():
        held = graph.get_edge_data(tie.source, tie.target, {"weight": 0.0})["weight"]
        graph.add_edge(tie.source, tie.target, weight=held + tie.weight)
    for _, _, edge in graph.edges(data=True):
        edge["distance"] = 1 / edge["weight"]
    return graph


def strengths_between(network, weighted=True):
    """The symmetric strength of each pair, as a plain dict of dicts."""
    graph = simple_graph(network)
    both = {actor: {} for actor in graph}
    for source, target, weight in graph.edges(data="weight"):
        for one, other in ((source, target), (target, source)):
            both[one][other] = both[one].get(other, 0.0) + (weight if weighted else 1.0)
    return both


def burt_by_definition(network, model, weighted=True):
    """Constraint and effective size of each actor, triple by triple."""
    ties = strengths_between(network, weighted)
    result = {}
    for ego, contacts in ties.items():
        inside = {ego, *contacts} if model == "ego" else set(ties)

        def ties_of(actor, inside=inside):
            return {other: value for other, value in ties[actor].items() if other in inside}

        def share(actor, other, ties_of=ties_of):
            return ties_of(actor).get(other, 0.0) / sum(ties_of(actor).values())

        def marginal(actor, other, ties_of=ties_of):
            return ties_of(actor).get(other, 0.0) / max(ties_of(actor).values())

        others = {j: [q for q in contacts if q != j] for j in contacts}
        squares = [
            (share(ego, j) + sum(share(ego, q) * share(q, j) for q in others[j])) ** 2 for j in contacts
        ]
        sizes = [1 - sum(share(ego, q) * marginal(j, q) for q in others[j]) for j in contacts]
        result[ego] = (sum(squares), sum(sizes)) if contacts else (np.nan, np.nan)
    return pd.DataFrame(result, index=["constraint", "size"]).T


def roles_by_definition(network, groups):
    """Gould-Fernandez roles of each actor, triple by triple."""
    graph = simple_graph(network)
    table = pd.DataFrame(0.0, index=network.actors.index, columns=list(ROLES))
    for a, v, b in permutations(graph, 3):
        if not (groups[a] and groups[v] and groups[b]):
            continue
        if graph.has_edge(a, v) and graph.has_edge(v, b) and not graph.has_edge(a, b):
            table.loc[v, [role_of(groups[a], groups[v], groups[b]), "total"]] += 1
    table[[not groups[actor] for actor in network.actors.index]] = np.nan
    return table


def role_of(first, broker, last):
    if first == last:
        return "coordinator" if broker == first else "itinerant"
    if broker == first:
        return "representative"
    return "gatekeeper" if broker == last else "liaison"


def assert_agree(result, judge):
    expected = pd.Series(judge, dtype=float).reindex(result.index)
    np.testing.assert_allclose(result.to_numpy(), expected.to_numpy(), rtol=1e-9, atol=1e-12)


@EXAMPLES
@given(networks(), st.sampled_from(["whole", "ego"]), st.booleans())
def test_burt_measures_follow_their_definition(network, model, weighted):
    judge = burt_by_definition(network, model, weighted)

    assert_agree(constraint(network, model=model, weighted=weighted), judge["constraint"])
    assert_agree(effective_size(network, model=model, weighted=weighted), judge["size"])


@EXAMPLES
@given(networks())
def test_ego_measures_are_the_ego_models(network):
    pd.testing.assert_series_equal(constraint_ego(network), constraint(network, model="ego"))
    pd.testing.assert_series_equal(effective_size_ego(network), effective_size(network, model="ego"))
    pd.testing.assert_series_equal(efficiency_ego(network), efficiency(network, model="ego"))
    hierarchy = constraint_hierarchy(network, model="ego")
    pd.testing.assert_series_equal(constraint_hierarchy_ego(network), hierarchy)


@EXAMPLES
@given(networks(), st.sampled_from(["whole", "ego"]))
def test_unweighted_undirected_effective_size_is_borgattis_shortcut(network, model):
    """Borgatti (1997): N - 2t/N."""
    network = Network(network.actors, network.ties)
    graph = simple_graph(network)
    shortcut = {}
    for actor in graph:
        contacts = list(graph[actor])
        among = graph.subgraph(contacts).number_of_edges()
        shortcut[actor] = len(contacts) - 2 * among / len(contacts) if contacts else np.nan

    assert_agree(effective_size(network, model=model, weighted=False), shortcut)


@EXAMPLES
@given(networks())
def test_constraint_of_the_whole_network_is_that_of_networkx(network):
    assert_agree(constraint(network), nx.constraint(simple_graph(network), weight="weight"))


@EXAMPLES
@given(networks())
def test_brokerage_roles_follow_their_definition(network):
    judge = roles_by_definition(network, network.actors["group"])

    result = brokerage_roles(network, by="group")

    pd.testing.assert_frame_equal(result, judge, check_index_type=False, check_names=False)


@EXAMPLES
@given(networks())
def test_ei_index_counts_ties_that_leave_the_group(network):
    groups, graph = network.actors["group"], simple_graph(network)
    pairs = [(groups[a], groups[b]) for a, b in graph.edges if groups[a] and groups[b]]
    judge = np.mean([1 if a != b else -1 for a, b in pairs]) if pairs else np.nan

    assert ei_index(network, by="group") == pytest.approx(judge, nan_ok=True)


@EXAMPLES
@given(networks(), st.booleans())
def test_betweenness_is_that_of_networkx(network, weighted):
    judge = nx.betweenness_centrality(
        simple_graph(network), normalized=False, weight="distance" if weighted else None
    )

    assert_agree(betweenness(network, weighted=weighted), judge)


@EXAMPLES
@given(networks())
def test_harmonic_closeness_is_that_of_networkx(network):
    graph = simple_graph(network)
    others = len(graph) - 1
    # networkx sums over those who reach the actor: turn the ties round.
    judge = nx.harmonic_centrality(graph.reverse() if network.directed else graph)

    expected = {actor: value / others if others else np.nan for actor, value in judge.items()}
    assert_agree(harmonic_closeness(network), expected)


@EXAMPLES
@given(networks())
def test_degree_strength_and_core_are_those_of_networkx(network):
    graph = simple_graph(network)

    assert_agree(degree(network), dict(graph.degree()))
    assert_agree(strength(network), dict(graph.degree(weight="weight")))
    assert_agree(k_core(network), nx.core_number(graph))
    if network.directed:
        assert_agree(degree(network, direction="in"), dict(graph.in_degree()))
        assert_agree(strength(network, direction="out"), dict(graph.out_degree(weight="weight")))


@EXAMPLES
@given(networks())
def test_cohesion_is_that_of_networkx(network):
    graph = simple_graph(network)
    parts = list(nx.connected_components(graph.to_undirected()))
    expected_density = nx.density(graph) if len(graph) > 1 else np.nan

    assert density(network) == pytest.approx(expected_density, nan_ok=True)
    assert mean_degree(network) == np.mean([outward for _, outward in (
        graph.out_degree() if network.directed else graph.degree()
    )])  # fmt: skip
    assert components(network) == len(parts)
    assert largest_component_share(network) == max(map(len, parts)) / len(graph)


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sparse_networks_of_forty_agree_with_the_judges(seed, directed):
    """Large enough for detours over strong ties, and for the sparse algorithms."""
    generator = np.random.default_rng(seed)
    pairs = generator.integers(0, 40, size=(75, 2))
    ties = np.column_stack([pairs, generator.choice([0.25, 1.0, 8.0], size=75)]).tolist()
    actors = pd.DataFrame({"group": generator.choice(["a", "b", ""], size=40)}, index=range(40))
    network = Network.from_edges(ties, actors=actors, directed=directed)
    graph = simple_graph(network)

    paths = nx.betweenness_centrality(graph, normalized=False, weight="distance")
    assert_agree(betweenness(network, weighted=True), paths)
    assert_agree(constraint(network), nx.constraint(graph, weight="weight"))
    for model in ("whole", "ego"):
        judge = burt_by_definition(network, model)
        assert_agree(constraint(network, model=model), judge["constraint"])
        assert_agree(effective_size(network, model=model), judge["size"])
    roles = roles_by_definition(network, network.actors["group"])
    result = brokerage_roles(network, by="group")
    pd.testing.assert_frame_equal(result, roles, check_index_type=False, check_names=False)


def test_weighted_betweenness_prefers_the_detour_over_strong_ties():
    """Direct: distance 4; by way of c: 1/8 + 1/8."""
    network = Network.from_edges([("a", "b", 0.25), ("a", "c", 8.0), ("c", "b", 8.0)])

    assert betweenness(network, weighted=True).tolist() == [0, 0, 1]
    assert betweenness(network).tolist() == [0, 0, 0]
