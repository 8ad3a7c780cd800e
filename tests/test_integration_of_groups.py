"""Integration: E-I and its null, mixing, Coleman, odds, Yule's Q, assortativity."""

from dataclasses import asdict, replace
from itertools import permutations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from golden import expected, load, network
from hypothesis import given, settings
from hypothesis import strategies as st
from test_measures_judges import networks, simple_graph

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures import integration
from sanshe_net.measures.assortativity import assortativity, numeric_assortativity
from sanshe_net.measures.integration import actor_ei_index, ei_index, ei_index_test
from sanshe_net.measures.mixing import coleman_index, mixing_matrix
from sanshe_net.measures.odds import actor_yules_q, within_group_odds_ratio, yules_q

EXAMPLES = settings(deadline=None, max_examples=15)
HOMOPHILY = load("homophily")
EB2026 = HOMOPHILY["overlapping_memberships_EB2026"]


def hours(chuck=None):
    """The hours of Everett & Borgatti 2026; Chuck works other hours in some of their tables."""
    example = load("inputs")["networks"]["eb2026"]
    table = pd.DataFrame(example["hours_G1_G4"], columns=["G1", "G2", "G3", "G4"], dtype=float)
    if chuck:
        table.loc[example["node_names"].index("Chuck")] = example["hours_chuck_used_in_tables_8_9"]
    return table


def advice():
    groups = load("inputs")["networks"]["ht_advice"]["attributes"]["dept"]
    return network("ht_advice", dept=groups), HOMOPHILY["cases"]["ht_advice_dept"]


def people(groups, ties, directed=False):
    actors = pd.DataFrame({"group": pd.Series(list(groups), dtype=object)})
    return Network.from_edges(list(ties), actors=actors, directed=directed)


# --- golden numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("similarity", "chuck", "table"),
    [("min", False, "table8_minimum_similarity"), ("product", True, "table8_product_similarity")],
)
def test_overlapping_ei_and_yule_are_those_of_everett_and_borgatti_2026_table_8(similarity, chuck, table):
    """Published to three decimals (min) and two (product)."""
    example, golden = network("eb2026"), EB2026[table]
    digits = (0.0005 if similarity == "min" else 0.005) + 1e-9

    ei = actor_ei_index(example, by=hours(chuck), similarity=similarity, direction="out")
    yule = actor_yules_q(example, by=hours(chuck), similarity=similarity, direction="out")

    assert ei.tolist() == pytest.approx(golden["ei"], abs=digits)
    assert yule.tolist() == pytest.approx(golden["yule"], abs=digits)


def test_mixing_assortativity_and_odds_ratio_are_those_of_other_tools():
    """Netseg, igraph and an independent computation."""
    example, golden = advice()
    mixed = mixing_matrix(example, by="dept")

    assert mixed.counts.to_numpy().tolist() == golden["mixing_matrix_rows_send_cols_receive_groups_sorted"]
    assert (mixed.ties, mixed.left_out) == (190, 0)
    assert assortativity(example, by="dept") == pytest.approx(golden["assortativity_newman"], abs=1e-9)
    assert within_group_odds_ratio(example, by="dept") == pytest.approx(golden["orwg"], abs=1e-9)


def test_coleman_index_is_that_of_netseg():
    """Undefined for a group of one."""
    example, golden = advice()
    table = coleman_index(example, by="dept").table

    assert table["internal"].tolist() == [0, 9, 25, 4, 8]
    assert table["index"].tolist() == pytest.approx(
        expected(golden["coleman_by_group"].values()), nan_ok=True
    )


@pytest.mark.parametrize(("case", "name"), [("karate_degree", "karate"), ("flo_degree", "flo_marriage")])
def test_degree_assortativity_is_that_of_igraph(case, name):
    golden = HOMOPHILY["numeric_assortativity_igraph"][case]

    assert numeric_assortativity(network(name)) == pytest.approx(golden, abs=1e-9)


# --- the null of the E-I index --------------------------------------------------------------------------


def every_deal(example, by):
    """The E-I index under every way to deal the groups out."""
    cells = list(example.actors[by])
    return [
        ei_index(replace(example, actors=example.actors.assign(**{by: pd.Series(deal, dtype=object)})), by=by)
        for deal in permutations(cells)
    ]


ONE_EACH, SEVERAL = ["a", "a", "b", "b", "b"], ["a", ("a", "b"), ("a", "b", "c"), "c", "a"]
TIES = [(0, 1), (1, 2), (0, 2), (3, 4), (1, 0), (4, 2)]


@pytest.mark.parametrize("groups", [ONE_EACH, SEVERAL, ["a", "b"], ["a", "b", "b"]], ids=str)
@pytest.mark.parametrize("directed", [False, True])
def test_expected_value_and_sd_are_those_of_every_deal(groups, directed):
    ties = [tie for tie in TIES if max(tie) < len(groups)]
    example = people(groups, ties, directed)
    values = np.array(every_deal(example, "group"))

    answer = ei_index_test(example, by="group", draws=1)

    assert answer.observed == pytest.approx(values[0])  # the first permutation is the identity
    assert answer.expected == pytest.approx(values.mean())
    assert answer.sd == pytest.approx(values.std(), abs=1e-9)


@pytest.mark.parametrize("groups", [ONE_EACH, SEVERAL], ids=["one each", "several"])
def test_p_is_the_share_of_deals_as_extreme(groups):
    example = people(groups, TIES, directed=True)
    values, draws = np.array(every_deal(example, "group")), 4000
    exact = {
        "p_lower": np.mean(values <= values[0] + 1e-9),
        "p_higher": np.mean(values >= values[0] - 1e-9),
        "p": np.mean(np.abs(values - values.mean()) >= abs(values[0] - values.mean()) - 1e-9),
    }

    answer = asdict(ei_index_test(example, by="group", draws=draws))

    for name, p in exact.items():
        assert answer[name] == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / draws) + 2 / draws), name


def test_closed_groups_are_told_from_chance_and_z_points_the_same_way():
    ties = [(i, j) for i in range(8) for j in range(i) if (i < 4) == (j < 4)]
    answer = ei_index_test(people("aaaabbbb", ties), by="group", draws=999)

    assert answer.observed == -1
    assert answer.z < -3
    assert answer.p == answer.p_lower < 0.06  # 2 of 70 deals keep the groups together
    assert answer.p_higher == 1


@EXAMPLES
@given(networks(), st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_actors_and_ties(example, random):
    shuffled = Network(
        example.actors.loc[random.sample(list(example.actors.index), len(example.actors))],
        example.ties.iloc[random.sample(range(len(example.ties)), len(example.ties))],
        example.directed,
    )

    one, other = (asdict(ei_index_test(each, by="group", draws=20)) for each in (example, shuffled))

    assert one == pytest.approx(other, nan_ok=True, abs=1e-12)


@pytest.mark.parametrize("groups", [ONE_EACH, SEVERAL], ids=["one each", "several"])
def test_the_answer_does_not_depend_on_the_size_of_a_chunk(groups, monkeypatch):
    whole = ei_index_test(people(groups, TIES), by="group", draws=50)
    monkeypatch.setattr(integration, "CHUNK", 13)

    assert ei_index_test(people(groups, TIES), by="group", draws=50) == whole


def test_another_seed_deals_differently():
    seeds = {ei_index_test(people("aabbab", TIES), by="group", draws=97, seed=seed).p for seed in range(5)}
    assert len(seeds) > 1


@EXAMPLES
@given(networks())
def test_the_test_observes_the_index_and_counts_what_it_leaves_out(example):
    answer = ei_index_test(example, by="group", draws=5)
    graph = simple_graph(example)
    known = [bool(group) for group in example.actors["group"]]
    both = sum(known[a] and known[b] for a, b in graph.edges)

    assert answer.observed == pytest.approx(ei_index(example, by="group"), nan_ok=True)
    assert (answer.actors, answer.ties, answer.left_out) == (sum(known), both, graph.number_of_edges() - both)


def test_nothing_to_compare_is_said_in_words():
    answer = ei_index_test(people(["a", ""], [(0, 1)]), by="group")

    assert np.isnan([answer.observed, answer.expected, answer.sd, answer.z, answer.p]).all()
    assert "1" in answer.explain("zh")[0]
    assert "nothing to compare" in answer.explain("en")[0]


def test_where_every_deal_is_the_same_z_is_undefined_and_p_is_one():
    answer = ei_index_test(people("aabbb", [(i, j) for i in range(5) for j in range(i)]), by="group")

    assert answer.observed == pytest.approx(answer.expected)
    assert (answer.sd, answer.p) == (0, 1)
    assert np.isnan(answer.z)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_explanation_names_null_draws_seed_and_what_is_left_out(lang):
    text = " ".join(ei_index_test(people(["a", "b", "b", ""], [(0, 1), (1, 2), (2, 3)]), by="group",
                                  draws=77, seed=5).explain(lang))  # fmt: skip

    assert all(number in text for number in ("77", "5", "1 "))
    assert len(text) > 60


def test_no_draws_are_refused():
    with pytest.raises(MeasureError, match="E-VALUE"):
        ei_index_test(people("ab", [(0, 1)]), by="group", draws=0)


# --- second implementations -----------------------------------------------------------------------------


def known_graph(example, by="group"):
    """Only actors of known group; each tie once, with direction."""
    graph = simple_graph(example)
    graph.remove_nodes_from([actor for actor, group in example.actors[by].items() if not group])
    return graph


@EXAMPLES
@given(networks())
def test_four_counts_of_pairs_give_odds_ratio_and_yules_q(example):
    graph, group = known_graph(example), example.actors["group"]
    pairs = list(permutations(graph, 2))
    table = np.zeros((2, 2))
    for a, b in pairs:
        table[int(graph.has_edge(a, b)), int(group[a] == group[b])] += 1
    agree, differ = table[1, 1] * table[0, 0], table[1, 0] * table[0, 1]

    q = (agree - differ) / (agree + differ) if agree + differ else np.nan
    assert yules_q(example, by="group") == pytest.approx(q, nan_ok=True)
    ratio = agree / differ if differ else np.nan
    assert within_group_odds_ratio(example, by="group") == pytest.approx(ratio, nan_ok=True)


@EXAMPLES
@given(networks(), st.sampled_from(["out", "in", "both"]))
def test_actors_are_measured_on_their_own_pairs(example, direction):
    graph, group = known_graph(example), example.actors["group"]
    ways = ["out", "in"] if direction == "both" and example.directed else [direction]
    ei, yule = (pd.Series(np.nan, index=example.actors.index) for _ in range(2))
    for ego in graph:
        table = np.zeros((2, 2))
        for other in set(graph) - {ego}:
            for way in ways:
                tied = graph.has_edge(other, ego) if way == "in" else graph.has_edge(ego, other)
                table[int(tied), int(group[ego] == group[other])] += 1
        agree, differ = table[1, 1] * table[0, 0], table[1, 0] * table[0, 1]
        if table[1].sum():
            ei[ego] = (table[1, 0] - table[1, 1]) / table[1].sum()
        if agree + differ:
            yule[ego] = (agree - differ) / (agree + differ)

    assert actor_ei_index(example, by="group", direction=direction).tolist() == pytest.approx(
        ei.tolist(), nan_ok=True
    )
    assert actor_yules_q(example, by="group", direction=direction).tolist() == pytest.approx(
        yule.tolist(), nan_ok=True
    )


@EXAMPLES
@given(networks())
def test_assortativity_is_that_of_networkx(example):
    graph = known_graph(example)
    nx.set_node_attributes(graph, example.actors["group"].to_dict(), "group")
    with np.errstate(invalid="ignore", divide="ignore"):
        matrix = nx.attribute_mixing_matrix(graph, "group", normalized=False).astype(float)
        judge = nx.attribute_assortativity_coefficient(graph, "group") if matrix.sum() else np.nan
    groups = {example.actors["group"][actor] for edge in graph.edges for actor in edge}

    result = assortativity(example, by="group")

    assert result == pytest.approx(judge if len(groups) > 1 else np.nan, nan_ok=True)


@EXAMPLES
@given(networks(), st.lists(st.integers(0, 4), min_size=7, max_size=7))
def test_numeric_assortativity_is_the_correlation_over_ties(example, ages):
    example = replace(example, actors=example.actors.assign(age=ages[: len(example.actors)]))
    graph = simple_graph(example)
    edges = list(graph.edges) + ([] if example.directed else [(b, a) for a, b in graph.edges])
    sent = graph.out_degree if example.directed else graph.degree
    received = graph.in_degree if example.directed else graph.degree

    def correlation(at_sender, at_receiver):
        x, y = [at_sender(a) for a, _ in edges], [at_receiver(b) for _, b in edges]
        return np.corrcoef(x, y)[0, 1] if len(set(x)) > 1 and len(set(y)) > 1 else np.nan

    age = example.actors["age"].to_dict().__getitem__
    assert numeric_assortativity(example, values="age") == pytest.approx(correlation(age, age), nan_ok=True)
    assert numeric_assortativity(example) == pytest.approx(correlation(sent, received), nan_ok=True)


@EXAMPLES
@given(networks())
def test_the_mixing_matrix_counts_each_tie_once(example):
    graph, group = known_graph(example), example.actors["group"]
    mixed = mixing_matrix(example, by="group")
    counts = mixed.counts

    assert mixed.ties == graph.number_of_edges()
    for g in counts.index:
        for h in counts.columns:
            pairs = [(group[a], group[b]) for a, b in graph.edges]
            if not example.directed and g != h:
                pairs += [(b, a) for a, b in pairs]
            assert counts.loc[g, h] == pairs.count((g, h))
    if mixed.ties:
        assert mixed.shares.to_numpy().sum() == pytest.approx(1)


@EXAMPLES
@given(networks())
def test_coleman_index_follows_its_definition(example):
    graph, group = known_graph(example), example.actors["group"]
    choices = [*graph.edges] + ([] if example.directed else [(b, a) for a, b in graph.edges])
    judge = {}
    for g in sorted({group[actor] for actor in graph}):
        size = sum(group[actor] == g for actor in graph)
        made = [(a, b) for a, b in choices if group[a] == g]
        internal = sum(group[b] == g for _, b in made)
        chance = len(made) * (size - 1) / max(1, len(graph) - 1)
        room = len(made) - chance if internal >= chance else chance
        judge[g] = (internal - chance) / room if room > 1e-12 and size > 1 else np.nan

    result = coleman_index(example, by="group").table["index"]

    assert result.to_dict() == pytest.approx(judge, nan_ok=True)


# --- several groups -------------------------------------------------------------------------------------


@EXAMPLES
@given(networks(), st.sampled_from(["product", "min", "cosine"]))
def test_a_table_of_single_groups_measures_as_the_column(example, similarity):
    known = example.actors.loc[[bool(group) for group in example.actors["group"]], "group"]
    if not len(known):
        return
    table = pd.get_dummies(known).astype(float).assign(nobody=0.0)

    for measure in (ei_index, yules_q, within_group_odds_ratio):
        by_table = measure(example, by=table, similarity=similarity)
        assert by_table == pytest.approx(measure(example, by="group"), nan_ok=True)
    for measure in (actor_ei_index, actor_yules_q):
        pd.testing.assert_series_equal(
            measure(example, by=table, similarity=similarity), measure(example, by="group")
        )
    assert assortativity(example, by=table) == pytest.approx(assortativity(example, by="group"), nan_ok=True)
    one, other = (coleman_index(example, by=by).table["index"] for by in (table[sorted(table)], "group"))
    pd.testing.assert_series_equal(one.drop("nobody"), other, check_names=False)
    tested = [
        asdict(ei_index_test(example, by=by, similarity=similarity, draws=30)) for by in (table, "group")
    ]
    assert tested[0] == pytest.approx(tested[1], nan_ok=True)


@pytest.mark.parametrize("similarity", ["product", "min", "cosine"])
def test_people_with_the_same_groups_are_fully_alike_only_by_min_and_cosine(similarity):
    example = people([("a", "b"), ("a", "b")], [(0, 1)])

    assert ei_index(example, by="group", similarity=similarity) == pytest.approx(
        0 if similarity == "product" else -1
    )


def test_a_mixing_matrix_of_shares_counts_each_tie_once():
    mixed = mixing_matrix(people(["a", ("a", "b"), "b"], [(0, 1), (1, 2)]), by="group")

    assert mixed.counts.to_numpy().tolist() == [[0.5, 1.0], [1.0, 0.5]]
    assert np.triu(mixed.counts).sum() == mixed.ties == 2


def test_coleman_index_of_people_in_several_groups_is_refused_by_name():
    with pytest.raises(MeasureError, match="E-ONE-GROUP") as refusal:
        coleman_index(people(["a", ("a", "b")], [(0, 1)]), by="group")
    assert refusal.value.facts["actor"] == 1


# --- what must not matter -------------------------------------------------------------------------------


@EXAMPLES
@given(networks())
def test_names_of_groups_and_reversed_ties_do_not_matter(example):
    renamed = example.actors["group"].map(lambda group: f"z{ord(group) * -1}" if group else group)
    turned = example.ties.rename(columns={"source": "target", "target": "source"})

    for measure in (yules_q, assortativity, within_group_odds_ratio):
        value = pytest.approx(measure(example, by="group"), nan_ok=True)
        assert measure(replace(example, actors=example.actors.assign(group=renamed)), by="group") == value
        assert measure(replace(example, ties=turned), by="group") == value


@EXAMPLES
@given(networks())
def test_the_odds_measures_of_the_complement_are_turned_round(example):
    graph = known_graph(example)
    complement = nx.complement(graph)
    nx.set_node_attributes(complement, {a: {"group": example.actors["group"][a]} for a in graph})

    if len(graph):
        turned = yules_q(complement, by="group")
        assert turned == pytest.approx(-yules_q(example, by="group"), nan_ok=True)
