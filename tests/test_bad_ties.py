"""What stands in a table of ties is used as it is or refused by name; nothing is guessed at."""

from fractions import Fraction

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sanshe_net import Network
from sanshe_net.errors import InputError, MeasureError
from sanshe_net.measures.centrality import betweenness, closeness, strength
from sanshe_net.measures.qap import qap_correlation
from sanshe_net.measures.social_capital import constraint


def both_libraries(**attributes):
    """The same two ties in networkx and igraph, each with these attributes."""
    graph = nx.Graph([("李", "王", attributes), ("李", "赵", attributes)])
    mirrored = igraph.Graph.TupleList([("李", "王"), ("李", "赵")])
    for name, value in attributes.items():
        mirrored.es[name] = [value, value]
    return [(Network.from_networkx, graph), (Network.from_igraph, mirrored)]


# --- strengths ------------------------------------------------------------------------------------------

WRONG_WEIGHTS = [
    3 + 0j, "x", "3", "", [1], pd.NA, None, True, np.bool_(True), 10**400, 10**5000, np.nan, np.inf, -1, 1e308, 1e-320,
    pd.Timestamp("2024-05-04"),
]  # fmt: skip


@pytest.mark.parametrize("weight", WRONG_WEIGHTS, ids=lambda value: str(type(value).__name__))
def test_a_weight_that_is_no_usable_number_is_refused_naming_the_pair(weight):
    rows = [("李", "王", 1), ("李", "赵", weight)]
    table = pd.DataFrame(rows, columns=["source", "target", "weight"], dtype=object)
    marked = nx.Graph()
    marked.add_weighted_edges_from(rows)
    mirrored = igraph.Graph.TupleList([row[:2] for row in rows])
    mirrored.es["weight"] = [1, weight]
    good = Network.from_edges([("李", "王"), ("李", "赵")])

    for read in (
        lambda: Network.from_edges(rows),
        lambda: Network.from_edges(table),
        lambda: Network.from_networkx(marked),
        lambda: Network.from_igraph(mirrored),
        lambda: strength(marked),
        lambda: Network(good.actors, good.ties.assign(weight=pd.Series([1, weight], dtype=object))),
    ):
        with pytest.raises(
            MeasureError, match=r"E-TIE-WEIGHT.*weight of 李 – [王赵] is .*1e-100 to 1e100"
        ) as refusal:
            read()
        # A column that holds one complex number holds nothing else: there the first pair is named.
        assert "李 – 赵 的强度是" in refusal.value.message("zh") or isinstance(weight, complex)


@pytest.mark.parametrize(("weight", "shown"), [("x", "'x'"), (np.inf, "inf"), (-1.5, "-1.5"), (True, "True")])
def test_the_weight_found_is_shown(weight, shown):
    with pytest.raises(MeasureError, match=f"is {shown};"):
        Network.from_edges([("李", "王", weight)])


@pytest.mark.parametrize(
    "weights", [[2, 3], [Fraction(2), np.int8(3)], pd.array([2, 3], "Int64"), [np.float32(2), 3]]
)
def test_every_real_number_is_a_weight(weights):
    table = pd.DataFrame({"source": ["李", "李"], "target": ["王", "赵"], "weight": weights})

    assert Network.from_edges(table).ties["weight"].to_numpy(dtype=float).tolist() == [2, 3]


@pytest.mark.parametrize("weight", [1e-100, 1e100])
def test_the_largest_and_the_smallest_strength_give_numbers(weight):
    network = Network.from_edges([("李", "王", weight), ("李", "王", weight), ("王", "赵", weight)])

    for measure in (strength, constraint, closeness):
        assert np.isfinite(measure(network)).all()
    assert betweenness(network, weighted=True).tolist() == [0, 1, 0]
    assert qap_correlation(network, network, draws=9).correlation == pytest.approx(1)


@pytest.mark.parametrize("scale", [1e-90, 1e-12, 1, 3, 1e12, 1e90])
def test_the_unit_of_strength_does_not_matter_to_weighted_betweenness(scale):
    ties = [("甲", "乙", 4), ("乙", "丙", 4), ("甲", "丙", 1), ("丙", "丁", 2), ("丁", "甲", 1)]
    scaled = [(source, target, weight * scale) for source, target, weight in ties]

    held = betweenness(Network.from_edges(scaled), weighted=True)
    assert held.to_dict() == betweenness(Network.from_edges(ties), weighted=True).to_dict()


# --- names of weights -----------------------------------------------------------------------------------


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
@pytest.mark.parametrize(
    "name",
    [
        "eight", "wgt", "wt", "W", "hweight", " weight", "weight ", "Weight", "WEIGHTS", "edge_weight", "Wei-ght", "weigth",
        "strength", "tie strength", "权重", "合作强度",
    ],
)  # fmt: skip
def test_an_attribute_that_means_strength_is_not_passed_over(library, name):
    read, graph = both_libraries(**{name: 5})[library]

    with pytest.raises(
        MeasureError, match=rf"E-EDGE-WEIGHT.*They have: {name}\. Name one of these with weight="
    ):
        read(graph)
    assert read(graph, weight=name).ties["weight"].tolist() == [5, 5]
    assert read(graph, weight=None).ties["weight"].tolist() == [1, 1]
    assert read(both_libraries(**{name: 5, "weight": 2})[library][1]).ties["weight"].tolist() == [2, 2]


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
@pytest.mark.parametrize(
    "name", ["height", "Height", "colour", "hours", "length", "distance", "sign", "weekday", "right"]
)
def test_an_attribute_that_means_something_else_is_left_alone(library, name):
    read, graph = both_libraries(**{name: 5})[library]

    assert read(graph).ties["weight"].tolist() == [1, 1]


@pytest.mark.parametrize("library", [0, 1], ids=["networkx", "igraph"])
@pytest.mark.parametrize("name", ["value", "Count", "frequency", "次数"])
def test_counts_are_refused_only_where_they_would_change_something(library, name):
    for harmless in (1, "a friend", True, None):
        read, graph = both_libraries(**{name: harmless})[library]
        assert read(graph).ties["weight"].tolist() == [1, 1]

    read, graph = both_libraries(**{name: 4})[library]
    with pytest.raises(MeasureError, match=f"E-EDGE-WEIGHT.*{name}"):
        read(graph)


def test_a_name_that_is_not_there_is_answered_with_all_that_are():
    for read, graph in both_libraries(weight=1, hours=2, layer="tie"):
        with pytest.raises(MeasureError, match="They have: hours, layer, weight"):
            read(graph, weight="wieght")


def test_a_column_of_a_table_may_be_named_as_weight():
    table = pd.DataFrame({"source": ["李"], "target": ["王"], "weight": [1], "hours": [5]})

    assert Network.from_edges(table, weight="hours").ties["weight"].tolist() == [5]
    assert Network.from_edges(table, weight=None).ties["weight"].tolist() == [1]
    with pytest.raises(MeasureError, match="They have: hours, weight"):
        Network.from_edges(table, weight="days")


# --- dates, layers, evidence, ends ----------------------------------------------------------------------


def table(**columns):
    return pd.DataFrame({"source": ["李", "李"], "target": ["王", "赵"]}).assign(**columns)


@pytest.mark.parametrize("date", ["someday", "2024-13-40", 5, 2024, True, 1.5, [1], "04/05/2024"])
@pytest.mark.parametrize("column", ["first", "last"])
def test_what_is_no_date_is_refused_naming_the_pair(column, date):
    with pytest.raises(MeasureError, match=f"E-TIE-DATE.*{column} of 李 – 赵 is .*2024-05-04"):
        Network.from_edges(table(**{column: pd.Series(["2024-05-04", date], dtype=object)}))


@pytest.mark.parametrize(
    "given", ["2024-05-04", "20240504", "2024/5/4", pd.Timestamp("2024-05-04"), np.datetime64("2024-05-04")]
)
def test_dates_are_read_and_missing_ones_stay_missing(given):
    for empty in (None, "", pd.NaT, pd.NA, np.nan):
        held = Network.from_edges(table(first=pd.Series([given, empty], dtype=object))).ties["first"]
        assert held.iloc[0] == pd.Timestamp("2024-05-04")
        assert pd.isna(held.iloc[1])


def test_a_layer_on_some_ties_only_is_a_tie_on_the_others():
    graph = nx.Graph()
    graph.add_edge("李", "王", layer="friend")
    graph.add_edge("李", "赵")

    assert Network.from_networkx(graph).layers == ["friend", "tie"]
    assert Network.from_edges(table(layer=[1, np.nan])).layers == ["1", "tie"]
    assert Network.from_edges(table(layer=["friend", None])).only("tie").ties["target"].tolist() == ["赵"]


@pytest.mark.parametrize("count", ["x", "3", -1, 1.5, np.inf, True])
def test_evidence_that_is_no_count_is_refused_naming_the_pair(count):
    with pytest.raises(MeasureError, match=r"E-TIE-EVIDENCE.*李 – 赵 is .*whole number"):
        Network.from_edges(table(evidence=pd.Series([1, count], dtype=object)))


def test_missing_evidence_is_one_record():
    assert Network.from_edges(table(evidence=[4, np.nan])).ties["evidence"].tolist() == [4, 1]


@pytest.mark.parametrize("end", [None, np.nan, pd.NA])
def test_an_end_that_is_missing_is_refused_naming_the_other(end):
    for actors in (None, pd.DataFrame(index=["李"])):
        with pytest.raises(MeasureError, match=r"E-TIE-STRANGER.*李 – ") as refusal:
            Network.from_edges([("李", end)], actors=actors)
        assert "缺的请补上" in refusal.value.message("zh")


@pytest.mark.parametrize(
    "edges",
    [[("a", "b", 1, 2)], [("a",)], [()], [5], 5, "ab", {("a", "b"): 3}, [(["a"], "b")], nx.path_graph(3)],
)
def test_what_is_no_edge_is_refused(edges):
    with pytest.raises(MeasureError, match=r"E-EDGE-ROW.*\(source, target, weight\) is needed"):
        Network.from_edges(edges)


# --- names ----------------------------------------------------------------------------------------------


def test_a_refusal_names_actors_to_who_calls_and_not_to_a_terminal():
    refused = MeasureError("E-TIE-WEIGHT", pair="张三丰 – 199000000011234", found=np.inf)

    assert "张三丰 – 199000000011234 is inf;" in str(refused)
    assert "张三丰 – 199000000011234 的强度是 inf；" in refused.message("zh")
    for lang in ("zh", "en"):
        assert "张** – 199**** " in refused.line(lang)
        assert "inf" in refused.line(lang)
        assert "三丰" not in refused.line(lang) + refused.wording.text(lang)


def test_a_refusal_of_files_is_masked_for_everybody():
    assert "三丰" not in str(InputError("E-TIE-WEIGHT", pair="张三丰 – 李四", found="x"))
