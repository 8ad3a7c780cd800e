"""What is given to a measure beside the network is checked: groups, options, tables; refusals say what to do."""

import networkx as nx
import numpy as np
import pandas as pd
import pytest

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.assortativity import numeric_assortativity
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.brokerage_nulls import brokerage_test
from sanshe_net.measures.composition import bonding_bridging_linking, iqv
from sanshe_net.measures.cug import cug_test
from sanshe_net.measures.dyads import same_group
from sanshe_net.measures.intermediaries import activity_exclusivity, partial_brokerage
from sanshe_net.measures.key_player_values import distance_weighted_reach, fragmentation_without, reach
from sanshe_net.measures.key_players import key_players
from sanshe_net.measures.mixing import coleman_index
from sanshe_net.measures.overlap import overlapping_roles
from sanshe_net.measures.positions import alter_positions, position_access
from sanshe_net.measures.two_mode import two_mode_degree


def people(groups):
    """A chain of three people of these groups."""
    actors = pd.DataFrame({"team": pd.Series(groups, index=["李", "王", "赵"], dtype=object)})
    return Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)


ONE_GROUP_EACH = [
    brokerage_roles, brokerage_test, partial_brokerage, same_group,
    lambda network, by: activity_exclusivity(network, across=by),
    lambda network, by: coleman_index(network, by=by),
]  # fmt: skip


@pytest.mark.parametrize("measure", ONE_GROUP_EACH)
@pytest.mark.parametrize(
    "several", [("a", "b"), ["a", "b"], {"a", "b"}, frozenset("ab"), {"a": 1.0, "b": 2.0}]
)
def test_several_groups_of_one_person_are_refused_by_name(measure, several):
    with pytest.raises(
        MeasureError, match=r"E-ONE-GROUP.*王 has several in team.*overlapping_roles"
    ) as refusal:
        measure(people(["a", several, "b"]), by="team")
    assert "王 在 team 里不止一个" in refusal.value.message("zh")
    assert overlapping_roles(people(["a", several, "b"]), by="team").shape[0] == 3


def test_tuples_may_be_names_of_actors():
    graph = nx.relabel_nodes(nx.path_graph(3), {i: ("李", i) for i in range(3)})
    nx.set_node_attributes(graph, "a", "team")

    assert brokerage_roles(graph, by="team")["coordinator"].to_dict() == {
        ("李", 0): 0,
        ("李", 1): 2,
        ("李", 2): 0,
    }


# --- options --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["李", 5, {"李": 1}, None])
def test_a_single_name_is_no_set_of_actors(wrong):
    chain = Network.from_edges([("李", "王"), ("王", "赵")])

    calls = [
        lambda: reach(chain, wrong),
        lambda: distance_weighted_reach(chain, wrong),
        lambda: fragmentation_without(chain, wrong),
        lambda: key_players(chain, candidates=wrong),
    ]
    for call in calls[: 3 if wrong is None else 4]:  # no candidates named: everybody is one
        with pytest.raises(
            MeasureError, match=r"E-VALUE.*(actors|candidates) cannot be .*of a single one: \[a\]"
        ):
            call()
    assert reach(chain, ["李"]) == reach(chain, pd.Index(["李"])) == reach(chain, iter(["李"]))


@pytest.mark.parametrize("wrong", ["resident", 3, {"a": 1}])
def test_a_single_word_is_no_list_of_categories(wrong):
    with pytest.raises(MeasureError, match=r"E-VALUE.*categories cannot be"):
        iqv(people(["a", "b", "a"]), by="team", categories=wrong)


@pytest.mark.parametrize(
    "wrong", ["78", 5, [1], {"a": "78", "b": 1}, {"a": True, "b": 1}, {"a": -1, "b": 1}, {"b": 1}]
)
def test_prestige_is_a_number_for_each_position(wrong):
    known = pd.DataFrame({"a": [1], "b": [0]}, index=["李"])

    for call in (
        lambda: alter_positions(people(["a", "b", "a"]), by="team", prestige=wrong),
        lambda: position_access(known, wrong),
    ):
        with pytest.raises(MeasureError, match=r"E-VALUE.*prestige cannot be|E-PRESTIGE.*position a "):
            call()


@pytest.mark.parametrize("option", ["across", "level", "values"])
def test_values_in_place_of_a_name_are_refused_under_the_name_of_the_option(option):
    network = people(["a", "b", "a"])
    call = {
        "across": activity_exclusivity,
        "level": bonding_bridging_linking,
        "values": numeric_assortativity,
    }[option]
    with pytest.raises(MeasureError, match=f"{option} cannot be list.*team"):
        call(network, **{option: ["team"]})


@pytest.mark.parametrize("wrong", [0, -1, 1.0, "9", None, True, float("nan")])
def test_draws_are_a_whole_number(wrong):
    with pytest.raises(MeasureError, match=r"draws cannot be .*a whole number, 1 or more"):
        cug_test(people(["a", "b", "a"]), "transitivity", draws=wrong)
    assert cug_test(people(["a", "b", "a"]), "components", draws=np.int64(5), seed=np.uint8(2)).draws == 5


@pytest.mark.parametrize("wrong", [-1, 1.0, "9", None, True])
def test_a_seed_is_a_whole_number(wrong):
    with pytest.raises(MeasureError, match=r"seed cannot be .*a whole number, 0 or more"):
        cug_test(people(["a", "b", "a"]), "transitivity", seed=wrong)


def test_directed_networks_and_tables_of_ties_are_told_what_fits():
    directed = Network.from_edges([("李", "王"), ("王", "赵")], directed=True)
    with pytest.raises(MeasureError, match=r"E-VALUE.*pairs cannot be once.*ordered.*directed"):
        brokerage_test(directed, pairs="once")

    ties = pd.DataFrame({"source": ["李", "李"], "target": ["舞", "书"]})
    for table in (
        ties,
        ties.assign(weight=2),
        ties.rename(columns={"source": "person", "target": "activity"}),
    ):
        with pytest.raises(MeasureError, match=r"E-TWO-MODE-TABLE.*people x activities is needed.*crosstab"):
            two_mode_degree(table)
    assert two_mode_degree(pd.crosstab(ties["source"], ties["target"]))["李"] == 1


def test_a_network_without_modes_is_told_how_to_name_them():
    with pytest.raises(MeasureError, match=r"E-ATTRIBUTE.*bipartite or type.*people x activities") as refusal:
        two_mode_degree(nx.path_graph(3))
    assert "人 × 活动" in refusal.value.message("zh")
