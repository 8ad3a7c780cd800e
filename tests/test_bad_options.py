"""What is given to a measure beside the network is checked: groups, options, tables; refusals say what to do."""

import networkx as nx
import pandas as pd
import pytest

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.brokerage import brokerage_roles
from sanshe_net.measures.brokerage_nulls import brokerage_test
from sanshe_net.measures.dyads import same_group
from sanshe_net.measures.intermediaries import activity_exclusivity, partial_brokerage
from sanshe_net.measures.mixing import coleman_index
from sanshe_net.measures.overlap import overlapping_roles


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
