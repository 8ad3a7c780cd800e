"""A strength is never made up: misspelt names of weights, wrong weights, loops and parallel ties."""

import igraph
import networkx as nx
import pandas as pd
import pytest

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.centrality import degree, strength


def both_libraries(**attributes):
    """The same two ties in networkx and igraph, each with these attributes."""
    graph = nx.Graph([("李", "王", attributes), ("李", "赵", attributes)])
    mirrored = igraph.Graph.TupleList([("李", "王"), ("李", "赵")])
    for name, value in attributes.items():
        mirrored.es[name] = [value, value]
    return [(Network.from_networkx, graph), (Network.from_igraph, mirrored)]


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
def test_a_misspelt_weight_name_is_refused_and_the_right_one_named(library):
    read, graph = both_libraries(weight=5, hours=2)[library]

    with pytest.raises(MeasureError, match="E-EDGE-WEIGHT") as refusal:
        read(graph, weight="wieght")
    assert refusal.value.facts["found"] == "wieght"
    with pytest.raises(MeasureError, match="hours"):
        read(graph, weight="hour")
    assert read(graph, weight="hours").ties["weight"].tolist() == [2, 2]


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
@pytest.mark.parametrize("name", ["wieght", "weigth", "Weight", "weights"])
def test_an_attribute_that_looks_like_weight_is_not_passed_over(library, name):
    read, graph = both_libraries(**{name: 5})[library]

    with pytest.raises(MeasureError, match=name):
        read(graph)
    with pytest.raises(MeasureError, match=name):
        strength(graph)
    assert read(graph, weight=name).ties["weight"].tolist() == [5, 5]
    assert read(graph, weight=None).ties["weight"].tolist() == [1, 1]


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
def test_without_weights_every_tie_is_one(library):
    read, graph = both_libraries(colour="red", height=3)[library]

    assert read(graph).ties["weight"].tolist() == [1, 1]


def test_a_column_of_an_edge_table_that_looks_like_weight_is_refused():
    edges = pd.DataFrame({"source": ["李"], "target": ["王"], "wieght": [5]})

    with pytest.raises(MeasureError, match="wieght"):
        Network.from_edges(edges)
    assert Network.from_edges(edges.rename(columns={"wieght": "hours"})).ties["weight"].tolist() == [1]


def test_without_ties_no_name_can_be_wrong():
    assert Network.from_networkx(nx.empty_graph(3), weight="hours").ties.empty


@pytest.mark.parametrize("weight", [float("nan"), -1.0, float("inf")])
def test_a_wrong_weight_is_refused_naming_the_pair(weight):
    with pytest.raises(MeasureError, match="E-TIE-WEIGHT") as refusal:
        strength(nx.Graph([("李", "王", {"weight": weight})]))
    assert refusal.value.facts["pair"] == "李 – 王"


def test_ties_with_oneself_are_counted_and_ignored():
    network = Network.from_edges([("李", "李"), ("李", "王"), ("王", "王")])

    assert network.loops == 2
    assert degree(network).tolist() == [1, 1]


def test_parallel_ties_are_one_contact_of_summed_strength():
    network = Network.from_edges([("李", "王", 2), ("王", "李", 3)])

    assert degree(network).tolist() == [1, 1]
    assert strength(network).tolist() == [5, 5]
    assert network.adjacency(combine="max").max() == 3
