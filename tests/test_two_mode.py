"""Two-mode measures: published numbers, networkx and definitions read aloud; every source gives the same."""

from itertools import combinations, combinations_with_replacement, permutations, product

import igraph
import networkx as nx
import numpy as np
import pandas as pd
import pytest
from golden import expected, load
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures import triads, two_mode
from sanshe_net.measures.dual_projection import dual_projection, measure_both
from sanshe_net.measures.incidence import ATTENDANCE, incidence_of
from sanshe_net.measures.registry import all_measures, measure_actors, measure_network
from sanshe_net.measures.two_mode import (
    highest_betweenness,
    two_mode_betweenness,
    two_mode_closeness,
    two_mode_degree,
    two_mode_density,
    two_mode_eigenvector,
    two_mode_mean_degree,
)
from sanshe_net.measures.two_mode_brokerage import TWO_MODE_ROLES, two_mode_brokerage
from sanshe_net.measures.two_mode_clustering import (
    latapy_clustering,
    opsahl_clustering,
    opsahl_local_clustering,
    redundancy,
    robins_alexander_clustering,
)
from sanshe_net.records import empty_records, table
from sanshe_net.vocabulary import LANGUAGES

DAVIS, GOLDEN = load("inputs")["networks"]["davis"], load("two_mode")["davis"]
WOMEN, EVENTS = DAVIS["women"], DAVIS["events"]
TABLE = pd.DataFrame(DAVIS["incidence"], index=WOMEN, columns=EVENTS)
EXAMPLES = settings(deadline=None, max_examples=15)
OF_ACTORS = [two_mode_degree, two_mode_closeness, two_mode_betweenness, two_mode_eigenvector,
             opsahl_local_clustering, latapy_clustering, redundancy]  # fmt: skip
OF_NETWORKS = [two_mode_density, two_mode_mean_degree, robins_alexander_clustering, opsahl_clustering]
EVELYN, E8 = "Evelyn Jefferson", "E8"


def close(values):
    return pytest.approx(expected(values), rel=0, abs=1e-9, nan_ok=True)


# --- what others say about Davis' Southern Women -------------------------------------------------------


def test_density_and_mean_degrees_of_the_southern_women():
    assert two_mode_density(TABLE) == pytest.approx(GOLDEN["density"], abs=1e-9)
    assert two_mode_mean_degree(TABLE) == 89 / 18
    assert two_mode_mean_degree(TABLE, side="second") == 89 / 14


@pytest.mark.parametrize(
    ("measure", "column"),
    [
        (two_mode_degree, "degree_norm"),
        (two_mode_closeness, "closeness_norm"),
        (two_mode_betweenness, "betweenness_norm"),
    ],
)
def test_centrality_of_the_southern_women_is_that_of_networkx(measure, column):
    assert measure(TABLE)[GOLDEN["order"]].tolist() == close(GOLDEN[column])


@pytest.mark.parametrize(("actor", "row"), [(EVELYN, "ucinet_EVELYN"), (E8, "ucinet_E8")])
def test_centrality_of_the_southern_women_is_that_of_ucinet(actor, row):
    """UCINET 6.849, printed to three decimals."""
    ours = {
        "degree": two_mode_degree,
        "closeness": two_mode_closeness,
        "betweenness": two_mode_betweenness,
        "eigenvector": two_mode_eigenvector,
    }
    for name, measure in ours.items():
        assert measure(TABLE)[actor] == pytest.approx(GOLDEN[row][name], abs=5e-4)


def test_clustering_of_the_southern_women_is_that_of_networkx_and_tnet():
    held = GOLDEN["robins_alexander_bipartite_clustering(nx)=tnet_reinforcement"]
    assert robins_alexander_clustering(TABLE) == pytest.approx(held, abs=1e-9)
    women, events = (GOLDEN[f"opsahl_global_clustering_{side}(tnet)"] for side in ("women", "events"))
    assert opsahl_clustering(TABLE) == pytest.approx(women, abs=1e-9)
    assert opsahl_clustering(TABLE, side="second") == pytest.approx(events, abs=1e-9)
    local = opsahl_local_clustering(TABLE)[WOMEN]
    assert local.tolist() == close(GOLDEN["opsahl_local_clustering_women(tnet)"])


def test_overlap_and_redundancy_of_the_southern_women_are_those_of_networkx():
    for relative, mean in GOLDEN["latapy_avg_women"].items():
        assert latapy_clustering(TABLE, relative=relative)[WOMEN].mean() == pytest.approx(mean, abs=1e-9)
    assert latapy_clustering(TABLE)[WOMEN].tolist() == close(GOLDEN["latapy_clustering_dot_women"])
    assert redundancy(TABLE)[WOMEN].tolist() == close(GOLDEN["redundancy_women"])


def test_projection_of_the_southern_women_has_139_ties_that_name_their_rule():
    both = dual_projection(TABLE)

    assert len(both.first.ties) == GOLDEN["projection_women_edges"]
    assert both.first.actors.index.tolist() == WOMEN
    assert both.second.actors.index.tolist() == EVENTS
    for network in (both.first, both.second):
        assert all(network.rule.text(lang) for lang in LANGUAGES)
    assert both.first.rule != both.second.rule


# --- the highest betweenness ----------------------------------------------------------------------------


def test_the_counterexample_to_the_simplified_branch():
    """Borgatti & Everett 1997, p. 256, give 12 for 7 by 2; the network of the file reaches 16."""
    held = load("two_mode")["max_betweenness_7x2"]
    assert highest_betweenness(7, 2) == held["raw"]

    graph = nx.Graph([(edge[:2], edge[2:]) for edge in held["edges"]])
    nx.set_node_attributes(graph, {node: int(node[0] == "b") for node in graph}, "bipartite")
    assert two_mode_betweenness(graph)[held["node"]] == 1.0


@pytest.mark.parametrize(
    ("own", "other"), [(1, 2), (1, 4), (2, 1), (2, 2), (2, 4), (3, 3), (4, 3), (5, 2), (6, 2), (7, 2), (3, 4)]
)
def test_the_highest_betweenness_is_the_highest_of_all_networks(own, other):
    """Every network up to the names of the other actors of the own mode."""
    sets = [frozenset(chosen) for size in range(other + 1) for chosen in combinations(range(other), size)]
    highest = 0.0
    for mine in sets:
        for theirs in combinations_with_replacement(sets, own - 1):
            ties = [(actor, own + tie) for actor, held in enumerate((mine, *theirs)) for tie in held]
            highest = max(highest, igraph.Graph(own + other, ties).betweenness(0))

    bound = highest_betweenness(own, other)
    assert highest == pytest.approx(0.0 if np.isnan(bound) else bound)


# --- networkx as judge ----------------------------------------------------------------------------------


@st.composite
def tables(draw, smallest=0):
    """Who was at what, as a table; people are 0, 1 ..., activities a, b ..."""
    people, activities = draw(st.integers(smallest, 7)), draw(st.integers(smallest, 6))
    cells = draw(st.lists(st.booleans(), min_size=people * activities, max_size=people * activities))
    values = np.array(cells, dtype=int).reshape(people, activities)
    return pd.DataFrame(values, index=range(people), columns=list("abcdef")[:activities])


def as_networkx(held):
    graph = nx.Graph()
    graph.add_nodes_from(held.index, bipartite=0)
    graph.add_nodes_from(held.columns, bipartite=1)
    graph.add_edges_from((person, activity) for person, activity in tied(held))
    return graph


def tied(held):
    return [(held.index[row], held.columns[column]) for row, column in np.argwhere(held.to_numpy())]


def assert_matches(ours, theirs):
    assert ours.tolist() == pytest.approx([theirs[actor] for actor in ours.index], abs=1e-9, nan_ok=True)


@EXAMPLES
@given(tables(smallest=1))
def test_centrality_is_that_of_networkx(held):
    graph, people = as_networkx(held), list(held.index)

    assert_matches(two_mode_degree(held), nx.bipartite.degree_centrality(graph, people))
    if held.shape[0] > 1 and held.shape[1] > 1:  # networkx divides by zero beside one actor
        assert_matches(two_mode_betweenness(held), nx.bipartite.betweenness_centrality(graph, people))
    closeness = nx.bipartite.closeness_centrality(graph, people, normalized=False)
    if nx.is_connected(graph):
        assert_matches(two_mode_closeness(held), closeness)
    else:
        assert two_mode_closeness(held).isna().all()


@EXAMPLES
@given(tables())
def test_closeness_by_component_is_that_of_each_component_alone(held):
    graph = as_networkx(held)
    ours = two_mode_closeness(held, disconnected="component")

    for members in nx.connected_components(graph):
        part = held.loc[held.index.isin(members), held.columns.isin(members)]
        alone = two_mode_closeness(part)
        assert ours[alone.index].tolist() == pytest.approx(alone.tolist(), nan_ok=True)


@EXAMPLES
@given(tables())
def test_clustering_is_that_of_networkx(held):
    graph = as_networkx(held)

    whole = robins_alexander_clustering(held)
    assert (0.0 if np.isnan(whole) else whole) == pytest.approx(
        nx.bipartite.robins_alexander_clustering(graph)
    )
    for relative in ("dot", "min", "max"):
        ours = latapy_clustering(held, relative=relative)
        assert_matches(ours.fillna(0), nx.bipartite.latapy_clustering(graph, mode=relative))
    ours = redundancy(held)
    for actor in graph:
        if graph.degree(actor) < 2:  # networkx refuses such an actor
            assert np.isnan(ours[actor])
            with pytest.raises(nx.NetworkXError, match="fewer than two"):
                nx.bipartite.node_redundancy(graph, [actor])
        else:
            assert ours[actor] == pytest.approx(nx.bipartite.node_redundancy(graph, [actor])[actor])


@EXAMPLES
@given(tables(smallest=1))
def test_projections_are_those_of_networkx(held):
    graph, both = as_networkx(held), dual_projection(held)

    for network, side in ((both.first, held.index), (both.second, held.columns)):
        theirs = nx.bipartite.weighted_projected_graph(graph, list(side))
        pairs = {
            frozenset((tie.source, tie.target)): (tie.weight, tie.evidence)
            for tie in network.ties.itertuples()
        }
        assert pairs == {frozenset((a, b)): (w, w) for a, b, w in theirs.edges(data="weight")}
        assert network.actors.index.tolist() == list(side)


# --- definitions read aloud -----------------------------------------------------------------------------


def paths_around(graph, actor):
    """The four-paths i-e-actor-f-j, and how many of them are closed elsewhere."""
    paths = closed = 0
    for one, other in permutations(graph[actor], 2):
        for first, second in product(set(graph[one]) - {actor}, set(graph[other]) - {actor}):
            if first != second:
                paths += 1
                closed += bool((set(graph[first]) & set(graph[second])) - {one, other})
    return paths, closed


def opsahl_local_read_aloud(graph, actor):
    paths, closed = paths_around(graph, actor)
    return closed / paths if paths else np.nan


def opsahl_read_aloud(graph, side):
    counts = [paths_around(graph, actor) for actor in side]
    paths = sum(path for path, _ in counts)
    return sum(closed for _, closed in counts) / paths if paths else np.nan


def robins_alexander_read_aloud(graph):
    """Three-paths a-b-c-d in both directions; closed when d and a are tied."""
    paths = [
        (a, b, c, d) for a in graph for b in graph[a] for c in graph[b] for d in graph[c]
        if len({a, b, c, d}) == 4
    ]  # fmt: skip
    return sum(a in graph[d] for a, _, _, d in paths) / len(paths) if paths else np.nan


def brokerage_read_aloud(graph, people, group, broker):
    """Unordered pairs that share an activity with the broker and none with each other."""
    counts = dict.fromkeys(TWO_MODE_ROLES, 0)
    shared = {pair: len(set(graph[pair[0]]) & set(graph[pair[1]])) for pair in permutations(people, 2)}
    others = [person for person in people if person != broker and group[person]]
    for one, other in combinations(others, 2):
        paths = shared[one, broker] * shared[other, broker]
        if paths and not shared[one, other]:
            alike = (group[one] == group[broker]) + (group[other] == group[broker])
            outside = "itinerant" if group[one] == group[other] else "liaison"
            counts["two_mode_" + (outside, "boundary", "coordinator")[alike]] += 1
            counts["two_mode_open_pairs"] += 1
            counts["two_mode_open_paths"] += paths
    return counts


def every_small_table():
    """All tables of 3 by 3 and 4 by 2, side by side in one network; their measures are local."""
    for people, activities in ((3, 3), (4, 2)):
        for cells in product([0, 1], repeat=people * activities):
            yield np.array(cells).reshape(people, activities)


def test_local_clustering_of_all_small_networks():
    blocks = sparse.block_diag([sparse.coo_array(cells) for cells in every_small_table()]).toarray()
    held = pd.DataFrame(blocks, index=range(len(blocks)), columns=[f"a{i}" for i in range(blocks.shape[1])])
    graph = as_networkx(held)

    ours = opsahl_local_clustering(held)

    assert_matches(ours, {actor: opsahl_local_read_aloud(graph, actor) for actor in graph})
    assert opsahl_clustering(held) == pytest.approx(opsahl_read_aloud(graph, held.index))
    assert robins_alexander_clustering(held) == pytest.approx(robins_alexander_read_aloud(graph))


@EXAMPLES
@given(tables())
def test_clustering_is_what_its_definition_says(held):
    graph = as_networkx(held)

    ours = opsahl_local_clustering(held)
    assert_matches(ours, {actor: opsahl_local_read_aloud(graph, actor) for actor in graph})
    for side, actors in (("first", held.index), ("second", held.columns)):
        theirs = opsahl_read_aloud(graph, actors)
        assert opsahl_clustering(held, side=side) == pytest.approx(theirs, nan_ok=True)
    theirs = robins_alexander_read_aloud(graph)
    assert robins_alexander_clustering(held) == pytest.approx(theirs, nan_ok=True)


@EXAMPLES
@given(tables(smallest=1), st.lists(st.sampled_from(["a", "b", "c", "", None]), min_size=13, max_size=13))
def test_brokerage_is_what_its_definition_says(held, groups):
    graph = as_networkx(held)
    group = dict(zip(graph, groups, strict=False))
    nx.set_node_attributes(graph, group, "group")
    for side, actors in (("first", held.index), ("second", held.columns)):
        roles = two_mode_brokerage(graph, by="group", side=side)
        for actor in roles.index:
            if actor in actors and group[actor]:
                theirs = brokerage_read_aloud(graph, list(actors), group, actor)
                assert roles.loc[actor].to_dict() == theirs
            else:
                assert roles.loc[actor].isna().all()


def test_a_pair_counts_once_however_many_activities_carry_it():
    people = {"王": "舞书棋", "李": "舞书", "赵": "棋"}
    held = pd.DataFrame(
        {activity: {who: activity in went for who, went in people.items()} for activity in "舞书棋"}
    )

    roles = two_mode_brokerage(held, by="mode").loc["王"]

    assert roles[["two_mode_coordinator", "two_mode_open_pairs", "two_mode_open_paths"]].tolist() == [1, 1, 2]


# --- what must not change -------------------------------------------------------------------------------


@EXAMPLES
@given(tables())
def test_exchanging_the_modes_changes_nothing(held):
    held, turned = incidence_of(held), incidence_of(held.T)
    for measure in OF_ACTORS:
        assert_matches(measure(held), measure(turned))
    for measure in (two_mode_density, robins_alexander_clustering):
        assert measure(turned) == pytest.approx(measure(held), nan_ok=True)
    for measure in (two_mode_mean_degree, opsahl_clustering):
        assert measure(turned) == pytest.approx(measure(held, side="second"), nan_ok=True)


@EXAMPLES
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_people_and_activities_does_not_matter(held, random):
    rows, columns = (random.sample(list(side), len(side)) for side in (held.index, held.columns))
    held, shuffled = incidence_of(held), incidence_of(held.loc[rows, columns])
    for measure in OF_ACTORS:
        assert_matches(measure(held), measure(shuffled))
    for measure in OF_NETWORKS:
        assert measure(held) == pytest.approx(measure(shuffled), nan_ok=True)


@EXAMPLES
@given(tables(smallest=1))
def test_an_activity_nobody_went_to_changes_only_what_is_relative_to_all(held):
    columns, larger = held.shape[1], incidence_of(held.assign(z=0))
    held = incidence_of(held)
    for measure in (opsahl_local_clustering, latapy_clustering, redundancy):
        after = measure(larger)
        assert np.isnan(after["z"])
        assert_matches(measure(held), after)
    assert two_mode_degree(larger)["z"] == 0
    assert two_mode_density(larger) * (columns + 1) / columns == pytest.approx(two_mode_density(held))


@EXAMPLES
@given(tables(smallest=1))
def test_two_copies_side_by_side_cluster_as_one(held):
    n, copy = len(held), [f"copy {activity}" for activity in held.columns]
    twin = pd.DataFrame(held.to_numpy(), index=held.index + n, columns=copy)
    held, twice = incidence_of(held), incidence_of(pd.concat([held, twin]).fillna(0))
    for measure in (opsahl_local_clustering, latapy_clustering, redundancy):
        assert_matches(measure(held), measure(twice))
    for measure in (opsahl_clustering, robins_alexander_clustering):
        assert measure(twice) == pytest.approx(measure(held), nan_ok=True)
    assert two_mode_mean_degree(twice) == two_mode_mean_degree(held)
    assert two_mode_eigenvector(twice).isna().all()  # the two are equally central: no vector is the one


# --- blocks and large networks --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def random_table():
    generator = np.random.default_rng(5)
    held = (generator.random((60, 45)) < 0.15).astype(int)
    return pd.DataFrame(held, index=range(60), columns=[f"a{i}" for i in range(45)])


@pytest.mark.parametrize(("block", "share", "swept"), [(1, 0.0, 0), (700, 2.0, 0), (700, 2.0, 10**9)])
def test_blocks_and_compiled_products_change_nothing(random_table, monkeypatch, block, share, swept):
    """From a share of 2 on everything is dense never: the kernel runs, or products of sparse blocks."""
    local = (opsahl_local_clustering, latapy_clustering, redundancy)
    before = [measure(random_table) for measure in local]
    monkeypatch.setattr(triads, "BLOCK", block)
    monkeypatch.setattr(triads, "SWEPT_ENTRIES", swept)
    monkeypatch.setattr(triads, "TINY_CELLS", -1)
    monkeypatch.setattr(triads, "DENSE_SHARE", share)
    for measure, values in zip(local, before, strict=True):
        pd.testing.assert_series_equal(measure(random_table), values)


@pytest.mark.parametrize("share", [0.02, 0.3])
def test_the_compiled_product_is_that_of_scipy(monkeypatch, share):
    """Sparse rows are cleared entry by entry, full ones at once."""
    random = np.random.default_rng(2)
    left, right, mask = (
        sparse.random_array(shape, density=share, rng=random, format="csr")
        for shape in ((40, 30), (30, 50), (40, 50))
    )
    mask.sort_indices()
    monkeypatch.setattr(triads, "SWEPT_ENTRIES", 0)
    monkeypatch.setattr(triads, "TINY_CELLS", -1)
    monkeypatch.setattr(triads, "DENSE_SHARE", 2.0)
    rows, columns = mask.nonzero()
    assert triads.product_at(left, right, mask) == pytest.approx((left @ right).toarray()[rows, columns])


def test_a_large_eigenvector_is_found_by_iteration(random_table, monkeypatch):
    before = two_mode_eigenvector(random_table)
    monkeypatch.setattr(two_mode, "DENSE", 0)
    pd.testing.assert_series_equal(two_mode_eigenvector(random_table), before, rtol=1e-9)
    assert (before**2).groupby([*["person"] * 60, *["activity"] * 45]).sum().tolist() == pytest.approx([1, 1])


def test_the_eigenvector_is_0_outside_the_strongest_component():
    held = pd.DataFrame([[1, 1, 0], [1, 1, 0], [0, 0, 1]], index=range(3), columns=list("abc"))
    assert two_mode_eigenvector(held)[[2, "c"]].tolist() == [0.0, 0.0]
    assert two_mode_eigenvector(held)[[0, "a"]].tolist() == pytest.approx([np.sqrt(0.5)] * 2)


# --- sources and refusals -------------------------------------------------------------------------------


def as_network(held):
    actors = pd.DataFrame({"mode": ["person"] * len(held) + ["activity"] * held.shape[1]},
                          index=[*held.index, *held.columns])  # fmt: skip
    return Network.from_edges(pd.DataFrame(tied(held), columns=["source", "target"]), actors=actors)


def as_igraph(held):
    graph = igraph.Graph()
    graph.add_vertices([*held.index, *held.columns])
    graph.vs["type"] = [False] * len(held) + [True] * held.shape[1]
    graph.add_edges(tied(held))
    return graph


def as_records(held):
    """Who was not there is sometimes absent, sometimes blank; activities have several sittings."""
    rows = []
    for person, row in held.iterrows():
        for position, (activity, was_there) in enumerate(row.items()):
            rows.append((person, activity, True if was_there else (False if position % 2 else pd.NA), "1"))
            rows.append((person, activity, False, "2"))
    columns = ["person_id", "activity_id", "present", "session"]
    attendance = pd.DataFrame(rows, columns=columns).assign(role="participant")
    people = pd.DataFrame({"name": held.index, "kind": "resident"}, index=held.index)
    activities = pd.DataFrame({"title": held.columns}, index=held.columns)
    tables = {name: getattr(empty_records(), name) for name in empty_records().__dataclass_fields__}
    return empty_records().__class__(
        **tables
        | {"people": table("people", people), "activities": table("activities", activities)}
        | {"attendance": table("attendance", attendance)}
    )


@pytest.mark.parametrize("made", [as_network, as_networkx, as_igraph, as_records])
def test_every_source_measures_alike(made):
    held = incidence_of(made(TABLE))

    assert held.matrix.toarray().tolist() == DAVIS["incidence"]
    assert held.actors.tolist() == [*WOMEN, *EVENTS]
    assert redundancy(made(TABLE)).tolist() == redundancy(TABLE).tolist()


def test_records_keep_the_kinds_of_people_and_say_what_a_tie_is():
    held = incidence_of(as_records(TABLE))
    assert held.network.rule == ATTENDANCE
    assert held.modes == ("person", "activity")
    roles = two_mode_brokerage(as_records(TABLE))
    assert roles.loc[WOMEN, "two_mode_coordinator"].equals(roles.loc[WOMEN, "two_mode_open_pairs"])
    assert roles.loc[EVENTS].isna().all(axis=None)


def test_actors_of_both_modes_may_come_in_any_order_and_ties_in_any_direction():
    network = as_network(TABLE)
    turned = network.ties.rename(columns={"source": "target", "target": "source"})
    some = pd.concat([network.ties[::2], turned[1::2]], ignore_index=True)
    mixed = Network(network.actors.sort_index(), some, directed=True)
    both = pd.concat([network.ties, turned], ignore_index=True)
    mutual = Network(network.actors, both, directed=True)
    for measure in OF_ACTORS:
        for other in (mixed, mutual):
            assert measure(other).index.equals(other.actors.index)
            assert_matches(measure(network), measure(other))


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("person", "activity", ("person", "activity")),
        (0, 1, ("0", "1")),
        (False, True, ("0", "1")),
        ("会议", "社员", ("会议", "社员")),
    ],
)
def test_the_first_mode_does_not_depend_on_the_order_of_actors(first, second, names):
    for modes in ([first, second], [second, first]):
        actors = pd.DataFrame({"side": modes}, index=["甲", "舞"])
        held = incidence_of(Network.from_edges([("甲", "舞")], actors=actors), "side")
        assert held.modes == names
        assert held.actors[~held.is_second].tolist() == actors.index[actors["side"] == first].tolist()


def test_two_mode_measures_are_among_all_measures_of_a_two_mode_network_only():
    two_modes = {name for name, held in all_measures().items() if "mode" in held.needs}
    network = as_network(TABLE)
    for measured, level in ((measure_actors, "actor"), (measure_network, "network")):
        wanted = {
            column for name in two_modes & set(all_measures(level))
            for column in all_measures(level)[name].columns or (name,)
        }  # fmt: skip
        results = measured(network)
        assert wanted <= set(results.columns if level == "actor" else results.index)
        plain = Network(network.actors.drop(columns="mode"), network.ties)
        results = measured(plain)
        assert not wanted & set(results.columns if level == "actor" else results.index)


def test_both_projections_are_measured_in_one_table():
    both, values = dual_projection(TABLE), measure_both(TABLE, iter(["degree", "constraint"]))
    assert values.index.tolist() == [*WOMEN, *EVENTS]
    for network in (both.first, both.second):
        pd.testing.assert_frame_equal(
            values.loc[network.actors.index], measure_actors(network, ["degree", "constraint"]),
            check_names=False,
        )  # fmt: skip


def test_a_tie_within_a_mode_is_refused_by_name():
    graph = as_networkx(TABLE)
    graph.add_edge(EVELYN, "Flora Price")
    with pytest.raises(MeasureError, match="E-TIE-WITHIN-MODE") as refusal:
        two_mode_degree(graph)
    assert refusal.value.facts["pair"] == f"{EVELYN} – Flora Price"
    assert refusal.value.facts["found"] == "0"


def test_an_actor_without_a_mode_and_a_third_mode_are_refused():
    network = as_network(TABLE)
    for value in (None, "", np.nan):
        modes = network.actors["mode"].mask(network.actors.index == E8, value)
        with pytest.raises(MeasureError, match="E-MODE-MISSING") as refusal:
            two_mode_degree(Network(network.actors.assign(mode=modes), network.ties))
        assert refusal.value.facts["found"] == E8
    modes = network.actors["mode"].mask(network.actors.index == E8, "room")
    with pytest.raises(MeasureError, match="E-MODES") as refusal:
        two_mode_degree(Network(network.actors.assign(mode=modes), network.ties))
    assert refusal.value.facts["found"] == "activity, person, room"


def test_a_type_that_is_no_mode_is_not_taken_for_one():
    graph = igraph.Graph([(0, 1)], vertex_attrs={"type": ["old", "new"]})
    with pytest.raises(MeasureError, match="E-ATTRIBUTE") as refusal:
        two_mode_degree(graph)
    assert refusal.value.facts["found"] == "mode"
    assert two_mode_degree(graph, mode="type").tolist() == [1.0, 1.0]


@pytest.mark.parametrize("cell", [-1, np.inf, "yes"])
def test_a_cell_that_is_no_strength_is_refused_by_name(cell):
    held = pd.DataFrame([[1, 0], [0, 1]], index=["李", "王"], columns=["舞", "书"], dtype=object)
    held.loc["王", "舞"] = cell
    with pytest.raises(MeasureError, match="E-TIE-WEIGHT") as refusal:
        two_mode_degree(held)
    assert refusal.value.facts["pair"] == "王 – 舞"


def test_a_blank_cell_is_no_tie_and_a_name_in_both_modes_is_refused():
    held = pd.DataFrame([[1, None], [np.nan, 2.5]], index=["李", "王"], columns=["舞", "书"])
    assert two_mode_degree(held).tolist() == [0.5] * 4
    with pytest.raises(MeasureError, match="E-ACTOR-TWICE"):
        two_mode_degree(held.rename(columns={"舞": "李"}))
