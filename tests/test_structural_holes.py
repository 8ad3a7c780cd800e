"""Burt's measures beyond constraint and effective size, and closure: golden numbers, definitions, relations."""

import math
from dataclasses import replace

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from golden import expected, load, network
from hypothesis import given, settings
from hypothesis import strategies as st
from test_measures_judges import networks, simple_graph, strengths_between

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.closure import ego_density, embedded_share, simmelian_ties
from sanshe_net.measures.social_capital import constraint, effective_size
from sanshe_net.measures.structural_holes import (
    HOLES,
    constraint_hierarchy,
    dyadic_constraint,
    efficiency,
    structural_holes,
)

GOLDEN = load("structural_holes")
EXAMPLES = settings(deadline=None, max_examples=25)
MODELS = ["whole", "ego"]
ORDERS = st.randoms(use_true_random=False)


def close(result, values, digits=1e-9):
    assert result.tolist() == pytest.approx(list(values), rel=0, abs=digits, nan_ok=True)


# --- golden numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOLDEN["cases"])
@pytest.mark.parametrize("model", MODELS)
def test_all_measures_of_a_network_are_the_golden_ones(name, model):
    """Undirected, directed and weighted; whole: three tools agree; ego: see tests/golden/README.md."""
    golden, table = GOLDEN["cases"][name][model], structural_holes(network(name), model=model)
    ending = "" if model == "whole" else "_ego"

    for column, key in [("constraint", "constraint"), ("effective_size", "effective_size"),
                        ("efficiency", "efficiency"), ("constraint_hierarchy", "hierarchy")]:  # fmt: skip
        close(table[column + ending], expected(golden[key]))


@pytest.mark.parametrize("name", GOLDEN["cases"])
@pytest.mark.parametrize("model", MODELS)
def test_efficiency_and_hierarchy_are_the_golden_ones(name, model):
    golden = GOLDEN["cases"][name][model]

    close(efficiency(network(name), model=model), expected(golden["efficiency"]))
    close(constraint_hierarchy(network(name), model=model), expected(golden["hierarchy"]))


def test_the_table_has_the_numbers_of_everett_and_borgatti_2026_table_10():
    """Published to three decimals, in the ego model."""
    published, table = GOLDEN["published_EB2026_table10"], structural_holes(network("eb2026"), model="ego")

    close(table["constraint_ego"], published["constraint"], digits=0.0005 + 1e-9)
    close(table["effective_size_ego"], published["effective_size"], digits=0.0005 + 1e-9)


def test_the_table_has_the_numbers_of_borgatti_1997():
    published = GOLDEN["published_Borgatti1997_example"]
    table = structural_holes(Network.from_edges(published["edges"])).loc[published["order"]]

    close(table["effective_size"], published["effective_size"])
    close(table["constraint"], published["constraint_whole"])
    assert table.loc["A", "efficiency"] == 2.5 / 4


@pytest.mark.parametrize("alters", [2, 3, 4, 5, 6, 7])
def test_a_complete_ego_network_has_the_highest_constraint_and_no_hierarchy(alters):
    """Everett & Borgatti 2020: (2N-1)²/N³ for up to seven contacts."""
    table = structural_holes(nx.complete_graph(alters + 1), model="ego")

    close(table["constraint_ego"], [(2 * alters - 1) ** 2 / alters**3] * (alters + 1))
    close(table["constraint_hierarchy_ego"], [0] * (alters + 1))
    close(table["highest_dyadic_constraint_ego"], [(2 * alters - 1) ** 2 / alters**4] * (alters + 1))


def test_ego_density_of_the_kite_is_its_local_clustering():
    """Krackhardt 1990: Diane (3) has 6 contacts with 8 ties among them; Heather (7) 3 with 1."""
    kite = ego_density(network("kite"))

    assert kite[3] == pytest.approx(8 / 15)
    assert kite[7] == pytest.approx(1 / 3)
    assert math.isnan(kite[9])


# --- definitions read aloud -----------------------------------------------------------------------------


def dyadic_by_definition(network, model, weighted):
    ties = strengths_between(network, weighted)
    result = {}
    for i, contacts in ties.items():
        inside = {i, *contacts} if model == "ego" else set(ties)

        def share(a, b, inside=inside):
            return ties[a].get(b, 0.0) / sum(value for c, value in ties[a].items() if c in inside)

        for j in contacts:
            through = sum(share(i, q) * share(q, j) for q in contacts if q != j)
            result[i, j] = (share(i, j) + through) ** 2
    return result


@EXAMPLES
@given(networks(), st.sampled_from(MODELS), st.booleans())
def test_dyadic_constraint_follows_its_definition(network, model, weighted):
    result = dyadic_constraint(network, model=model, weighted=weighted)

    assert result.to_dict() == pytest.approx(dyadic_by_definition(network, model, weighted))


@EXAMPLES
@given(networks(), st.sampled_from(MODELS), st.booleans())
def test_hierarchy_and_efficiency_follow_their_definition(network, model, weighted):
    by_actor = {actor: [] for actor in network.actors.index}
    for (i, _), value in dyadic_by_definition(network, model, weighted).items():
        by_actor[i].append(value)
    hierarchy, shares = [], []
    for actor, size in effective_size(network, model=model, weighted=weighted).items():
        parts = by_actor[actor]
        n, mean = len(parts), np.mean(parts) if parts else np.nan
        theil = sum(part / mean * math.log(part / mean) for part in parts)
        hierarchy.append(np.nan if n == 0 else 1.0 if n == 1 else theil / (n * math.log(n)))
        shares.append(size / n if n else np.nan)

    close(constraint_hierarchy(network, model=model, weighted=weighted), hierarchy)
    close(efficiency(network, model=model, weighted=weighted), shares)


@EXAMPLES
@given(networks(), st.sampled_from(MODELS), st.booleans())
def test_the_table_holds_what_the_single_measures_give(network, model, weighted):
    options = {"model": model, "weighted": weighted}
    table = structural_holes(network, **options)
    parts = dyadic_constraint(network, **options)

    assert [column.removesuffix("_ego") for column in table] == list(HOLES)
    for measure in (constraint, effective_size, efficiency, constraint_hierarchy):
        single = measure(network, **options)
        pd.testing.assert_series_equal(table[single.name], single, check_exact=False, rtol=1e-12)
    together = parts.groupby(level="source").agg(["sum", "max", "size"]).reindex(table.index)
    ending = "" if model == "whole" else "_ego"
    close(table["constraint" + ending], together["sum"])
    close(table["highest_dyadic_constraint" + ending], together["max"])
    close(table["contacts"], together["size"].fillna(0))


@EXAMPLES
@given(networks())
def test_closure_follows_its_definition(network):
    graph = simple_graph(network)
    either = graph.to_undirected()
    mutual = graph.to_undirected(reciprocal=True) if network.directed else graph

    def embedded(within, actor):
        return sum(any(True for _ in nx.common_neighbors(within, actor, other)) for other in within[actor])

    clustering = nx.clustering(either)
    close(ego_density(network), [clustering[a] if len(either[a]) > 1 else np.nan for a in either])
    close(embedded_share(network),
          [embedded(either, a) / len(either[a]) if either[a] else np.nan for a in either])  # fmt: skip
    close(simmelian_ties(network), [embedded(mutual, a) for a in mutual])


# --- relations ------------------------------------------------------------------------------------------


@EXAMPLES
@given(networks(), st.sampled_from(MODELS), ORDERS)
def test_the_order_of_actors_and_ties_does_not_matter(network, model, random):
    shuffled = Network(
        network.actors.loc[random.sample(list(network.actors.index), len(network.actors))],
        network.ties.iloc[random.sample(range(len(network.ties)), len(network.ties))],
        network.directed,
    )

    table, other = structural_holes(network, model=model), structural_holes(shuffled, model=model)
    pd.testing.assert_frame_equal(other.loc[table.index], table, check_index_type=False)
    pairs, turned = dyadic_constraint(network, model=model), dyadic_constraint(shuffled, model=model)
    assert turned.to_dict() == pytest.approx(pairs.to_dict())


@EXAMPLES
@given(networks(), st.sampled_from(MODELS), st.sampled_from([0.001, 2.0, 1e6]))
def test_the_unit_of_strength_does_not_matter(network, model, factor):
    scaled = replace(network, ties=network.ties.assign(weight=factor * network.ties["weight"]))

    pd.testing.assert_frame_equal(structural_holes(scaled, model=model),
                                  structural_holes(network, model=model), rtol=1e-9)  # fmt: skip


@EXAMPLES
@given(networks(), st.sampled_from(MODELS))
def test_turning_every_tie_round_changes_nothing(network, model):
    turned = replace(network, ties=network.ties.rename(columns={"source": "target", "target": "source"}))

    for measure in (ego_density, embedded_share, simmelian_ties):
        pd.testing.assert_series_equal(measure(turned), measure(network))
    pd.testing.assert_frame_equal(structural_holes(turned, model=model),
                                  structural_holes(network, model=model))  # fmt: skip


# --- conventions ----------------------------------------------------------------------------------------


def test_isolates_pendants_loops_and_ties_of_strength_zero():
    ties = [("a", "b", 1.0), ("a", "a", 5.0), ("b", "c", 0.0)]
    actors = pd.DataFrame(index=["a", "b", "c"])
    table = structural_holes(Network.from_edges(ties, actors=actors))

    assert table.loc["c", "contacts"] == 0
    assert table.loc["c"].drop("contacts").isna().all()
    for actor in ("a", "b"):
        assert table.loc[actor].tolist() == [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]


@pytest.mark.parametrize("actors", [[], ["a"]])
def test_an_empty_network_and_a_single_actor(actors):
    lonely = Network.from_edges([], actors=pd.DataFrame(index=pd.Index(actors, dtype=object)))

    assert structural_holes(lonely).shape == (len(actors), len(HOLES))
    assert dyadic_constraint(lonely).empty
    assert ego_density(lonely).isna().all()
    assert simmelian_ties(lonely).eq(0).all()


def test_a_model_nobody_knows_is_refused():
    with pytest.raises(MeasureError, match="E-VALUE") as refusal:
        structural_holes(network("kite"), model="UCINET")
    assert refusal.value.facts["allowed"] == "whole, ego"


def test_the_two_ends_of_a_tie_constrain_each_other_differently():
    star = dyadic_constraint(Network.from_edges([("hub", leaf) for leaf in "abcd"]))

    assert star["hub", "a"] == 1 / 16
    assert star["a", "hub"] == 1


def test_an_adjacency_is_made_once_and_cannot_be_spoilt():
    kite = network("kite")
    before = kite.adjacency().toarray()

    for weighted in (True, False):
        with pytest.raises(ValueError, match="read-only"):
            kite.adjacency(weighted=weighted).data[0] = 7

    assert kite.adjacency().toarray().tolist() == before.tolist()
    assert kite.adjacency(weighted=False).toarray().max() == 1
