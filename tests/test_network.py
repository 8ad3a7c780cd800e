"""Networks: from and to other libraries and back, what is refused, and the matrix against a dense judge."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.errors import MeasureError
from sanshe_net.network import Network, as_network

DAYS = pd.to_datetime(["2024-01-05", None, "2024-03-01"])


@pytest.fixture
def rich() -> Network:
    """Two layers between one pair, dates, attributes, and an isolate."""
    actors = pd.DataFrame(
        {
            "label": ["甲", "乙", "丙", "丁"],
            "kind": ["resident", "resident", "partner", ""],
            "age": [60.0, 41.0, 3.0, 9.0],
        },
        index=["P1", "P2", "O1", "O2"],
    )
    ties = pd.DataFrame(
        {"source": ["P1", "P1", "P2"], "target": ["P2", "P2", "O1"], "layer": ["council", "membership",
        "support"],
         "weight": [1.5, 2.0, 0.25], "first": DAYS, "last": DAYS, "evidence": [2, 1, 3]}
    )  # fmt: skip
    return Network.from_edges(ties, actors=actors)


def same(one: Network, other: Network) -> None:
    def rows(ties: pd.DataFrame) -> list[tuple[str, ...]]:
        return sorted(tuple(map(str, row)) for row in ties.to_numpy(dtype=object))

    assert one.actors.index.tolist() == other.actors.index.tolist()
    assert (
        one.actors[["label", "kind"]].to_numpy().tolist()
        == other.actors[["label", "kind"]].to_numpy().tolist()
    )
    assert rows(one.ties) == rows(other.ties)
    assert one.directed == other.directed


@pytest.mark.parametrize("there", ["networkx", "igraph"])
@pytest.mark.parametrize("directed", [False, True])
def test_a_network_survives_the_way_there_and_back(rich: Network, there: str, directed: bool) -> None:
    network = Network(rich.actors, rich.ties, directed=directed)

    back = as_network(getattr(network, f"to_{there}")())

    same(back, network)
    assert back.actors["age"].tolist() == rich.actors["age"].tolist()


@pytest.mark.parametrize(
    "ids", [[0, 1, 2], [("a", 1), ("a", 2), ("b", 1)], ["x", "y", "z"], [10, "10", ("10",)], [1.5, 2.5, 3.5]]
)
def test_any_id_that_can_be_a_key_can_be_an_actor(ids: list[Any]) -> None:
    graph = nx.Graph()
    graph.add_nodes_from(ids)
    graph.add_edge(ids[0], ids[2], weight=2)

    network = Network.from_networkx(graph)

    assert network.actors.index.tolist() == ids
    assert list(network.to_networkx().nodes) == ids
    assert list(network.to_networkx().edges()) == [(ids[0], ids[2])]
    assert network.to_igraph().vs["actor_id"] == ids
    assert network.adjacency().toarray()[0, 2] == 2
    assert len(network.without([ids[0]]).ties) == 0


@pytest.mark.parametrize("make", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
@pytest.mark.parametrize("size", [0, 3])
def test_graphs_without_edges_keep_their_isolates(make: type[nx.Graph], size: int) -> None:
    graph = make()
    graph.add_nodes_from(range(size))

    network = Network.from_networkx(graph)

    assert (len(network.actors), len(network.ties), network.layers) == (size, 0, [])
    assert network.adjacency().shape == (size, size)
    assert (
        network.to_networkx().number_of_nodes()
        == network.to_igraph().vcount()
        == network.graph.vcount()
        == size
    )
    same(as_network(network.to_igraph()), network)


def test_parallel_edges_of_a_multigraph_stay_side_by_side() -> None:
    graph = nx.MultiGraph([(1, 2, {"layer": "x"}), (1, 2, {"layer": "y"})])

    assert Network.from_networkx(graph).ties["layer"].tolist() == ["x", "y"]


def test_weights_may_have_another_name_or_be_ignored() -> None:
    graph = nx.Graph([(1, 2, {"n": 5})])
    mirrored = igraph.Graph([(0, 1)], edge_attrs={"n": [5]})

    assert Network.from_networkx(graph, weight="n").ties["weight"].tolist() == [5]
    assert Network.from_networkx(graph, weight=None).ties["weight"].tolist() == [1]
    assert Network.from_networkx(graph).ties["weight"].tolist() == [1]
    assert Network.from_igraph(mirrored, weight="n").ties["weight"].tolist() == [5]
    assert Network.from_igraph(mirrored).ties["weight"].tolist() == [1]


def test_an_edge_of_weight_nought_is_no_tie() -> None:
    assert Network.from_edges([("a", "b", 0), ("b", "c", 1)]).ties["source"].tolist() == ["b"]


@pytest.mark.parametrize("weight", [-1, float("nan"), float("inf"), None])
def test_a_weight_that_is_no_strength_is_refused(weight: float | None) -> None:
    with pytest.raises(MeasureError, match="E-TIE-WEIGHT"):
        Network.from_edges([("a", "b", weight), ("b", "c", 1)])


def test_weights_on_some_edges_only_are_refused() -> None:
    with pytest.raises(MeasureError, match="E-TIE-WEIGHT"):
        Network.from_networkx(nx.Graph([(1, 2, {"weight": 3}), (2, 3, {})]))


def test_broken_tables_are_refused_by_name(rich: Network) -> None:
    with pytest.raises(MeasureError, match="E-TIE-STRANGER"):
        Network.from_edges([("P1", "stranger")], actors=rich.actors)
    with pytest.raises(MeasureError, match="E-ACTOR-TWICE"):
        Network.from_edges([], actors=pd.concat([rich.actors, rich.actors]))
    with pytest.raises(MeasureError, match="E-EDGE-COLUMNS"):
        Network.from_edges(pd.DataFrame({"from": ["a"], "to": ["b"]}))
    with pytest.raises(MeasureError, match="E-ACTOR-COLUMNS"):
        Network(rich.actors.drop(columns="kind"), rich.ties)
    with pytest.raises(MeasureError, match="E-TIE-COLUMNS"):
        Network(rich.actors, rich.ties.drop(columns="evidence"))


@pytest.mark.parametrize("thing", [None, 3, "a graph", pd.DataFrame(), [("a", "b")]])
def test_what_is_no_network_is_refused(thing: Any) -> None:
    with pytest.raises(MeasureError, match="E-NOT-A-NETWORK"):
        as_network(thing)


def test_layers_and_kinds_are_chosen_by_name(rich: Network) -> None:
    assert rich.layers == ["council", "membership", "support"]
    assert rich.only("council").ties["layer"].tolist() == ["council"]
    assert rich.only(layers=["council", "support"]).layers == ["council", "support"]
    assert rich.only(kinds="resident").actors.index.tolist() == ["P1", "P2"]
    assert rich.only(kinds="resident").layers == ["council", "membership"]
    with pytest.raises(MeasureError, match=r"E-LAYER.*friend.*council"):
        rich.only("friend")
    with pytest.raises(MeasureError, match=r"E-KIND.*dog.*resident"):
        rich.only(kinds=["dog"])


def test_a_directed_layer_alone_is_read_as_directed(rich: Network) -> None:
    assert rich.only("support").directed
    assert not rich.only(["support", "council"]).directed


def test_a_network_and_its_filters_never_change_it(rich: Network) -> None:
    actors, ties = rich.actors.copy(), rich.ties.copy()
    rich.only("council", "resident")
    rich.without(["P1"])
    rich.adjacency()
    rich.graph.vcount()
    changed = rich.to_networkx()
    changed.remove_node("P1")

    pd.testing.assert_frame_equal(rich.actors, actors)
    pd.testing.assert_frame_equal(rich.ties, ties)
    with pytest.raises(FrozenInstanceError):
        rich.directed = True  # type: ignore[misc]


def test_without_an_actor_their_ties_are_gone(rich: Network) -> None:
    left = rich.without(["P2"])

    assert left.actors.index.tolist() == ["P1", "O1", "O2"]
    assert left.ties.empty


edges = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([0.5, 1.0, 3.0])), max_size=14
)


@given(edges, st.booleans(), st.sampled_from(["sum", "max", "binary"]), st.booleans())
def test_the_sparse_matrix_is_the_dense_one(
    drawn: list[tuple[int, int, float]], directed: bool, combine: Any, weighted: bool
) -> None:
    how = combine if weighted else "binary"
    cells: dict[tuple[int, int], list[float]] = {}
    for a, b, weight in drawn:
        if a != b:
            cells.setdefault((a, b) if directed else (min(a, b), max(a, b)), []).append(weight)
    expected = np.zeros((6, 6))
    for (a, b), weights in cells.items():
        value = {"sum": sum(weights), "max": max(weights), "binary": 1.0}[how]
        expected[a, b] = value
        if not directed:
            expected[b, a] = value
    network = Network.from_edges(drawn, actors=pd.DataFrame(index=pd.RangeIndex(6)), directed=directed)

    matrix = network.adjacency(weighted=weighted, combine=combine)

    np.testing.assert_allclose(matrix.toarray(), expected)
    assert matrix.has_sorted_indices
    assert matrix.nnz == np.count_nonzero(expected)


@given(edges, st.booleans())
def test_the_cached_graph_holds_the_same_ties(drawn: list[tuple[int, int, float]], directed: bool) -> None:
    network = Network.from_edges(drawn, actors=pd.DataFrame(index=pd.RangeIndex(6)), directed=directed)

    dense = np.array(network.graph.get_adjacency(attribute="weight").data, dtype=float).reshape(6, 6)

    np.testing.assert_allclose(dense, network.adjacency().toarray())
    assert network.graph is network.graph


def test_the_actors_of_an_edge_list_are_sorted_whatever_its_order(path_of_three: Network) -> None:
    assert path_of_three.actors.index.tolist() == ["a", "b", "c"]
    assert path_of_three.adjacency().toarray().tolist() == [[0, 3, 0], [3, 0, 4], [0, 4, 0]]
    assert path_of_three.adjacency(combine="max").toarray().tolist() == [[0, 2, 0], [2, 0, 4], [0, 4, 0]]
    assert Network.from_edges([("c", "b"), ("b", "a")]).actors.index.tolist() == ["a", "b", "c"]
    assert Network.from_edges([]).actors.empty
