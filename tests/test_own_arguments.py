"""Functions with arguments of their own, outside the register, keep the promises of measures too."""

import inspect
import re

import measure_table
import numpy as np
import pandas as pd
import pytest
from measure_table import OWN_ARGUMENTS, own_function

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.registry import all_measures

TIES = [("丙", "甲", 1), ("甲", "乙", 2), ("乙", "丙", 3), ("甲", "丁", 4)]
KINDS = ["resident", "committee", "resident", "organisation"]
OF_ONE_MODE = sorted(
    set(OWN_ARGUMENTS) - {"position_access", "dual_projection", "measure_both", "incidence_of"}
)
ARGUMENTS = {
    "cug_test": ("transitivity",), "reach": (["甲"],), "distance_weighted_reach": (["甲"],),
    "fragmentation_without": (["甲"],), "same_group": ("kind",), "absolute_difference": ("age",),
}  # fmt: skip


def community(order="丁丙乙甲"):
    """Four people in this order, a layer of memberships among their ties."""
    table = {
        "kind": dict(zip("甲乙丙丁", KINDS, strict=True)),
        "age": dict(zip("甲乙丙丁", [70, 64, 31, 5], strict=True)),
    }
    actors = pd.DataFrame(table).loc[list(order)]
    ties = pd.DataFrame(TIES, columns=["source", "target", "weight"]).assign(
        layer=["tie"] * 3 + ["membership"]
    )
    return Network.from_edges(ties.iloc[:: 1 if order == "丁丙乙甲" else -1], actors=actors)


def call(name, network):
    return own_function(name)(network, *ARGUMENTS.get(name, ()))


@pytest.mark.parametrize("name", OWN_ARGUMENTS)
def test_it_says_what_is_needed_to_use_it(name):
    doc = inspect.cleandoc(own_function(name).__doc__)

    assert name not in all_measures()
    assert re.search(r"Cost:[^.]*O\(", doc)
    for section in ("Parameters", "Returns", "Raises", "Examples"):
        assert re.search(rf"^{section}\n-+\n\S", doc, re.MULTILINE), section
    for parameter in inspect.signature(own_function(name)).parameters:
        assert re.search(rf"^{parameter}\n    \S", doc, re.MULTILINE), parameter


@pytest.mark.parametrize("name", OF_ONE_MODE)
def test_it_changes_nothing_and_the_order_of_actors_and_ties_changes_nothing(name):
    network, turned = community(), community("甲乙丙丁")
    before = network.actors.copy(), network.ties.copy()

    result, other = call(name, network), call(name, turned)
    pd.testing.assert_frame_equal(network.actors, before[0])
    pd.testing.assert_frame_equal(network.ties, before[1])
    if isinstance(result, pd.DataFrame):
        assert list(result.index) == [actor for actor in network.actors.index if actor in result.index]
        columns = [column for column in result.columns if column in other.columns]
        assert len(columns) == result.shape[1] == other.shape[1]
        pd.testing.assert_frame_equal(result, other.reindex(index=result.index, columns=result.columns))
    elif isinstance(result, float):
        assert result == other or np.isnan(result)
    elif name == "brokerage_tests":
        pd.testing.assert_frame_equal(result[0].observed, other[0].observed.reindex(result[0].observed.index))
        pd.testing.assert_frame_equal(result[1].table, other[1].table)
    else:
        assert result.observed == other.observed


@pytest.mark.parametrize("name", ["dual_projection", "measure_both", "incidence_of"])
def test_both_modes_do_not_depend_on_the_order_of_the_table(name):
    table = pd.DataFrame([[1, 1], [1, 0], [0, 1]], index=["李", "王", "赵"], columns=["舞", "书"])
    before = table.copy()

    result, other = own_function(name)(table), own_function(name)(table.iloc[::-1, ::-1])
    pd.testing.assert_frame_equal(table, before)
    if name == "measure_both":
        pd.testing.assert_frame_equal(result, other.reindex(result.index))
        assert list(result.index) == ["李", "王", "赵", "舞", "书"]
    elif name == "incidence_of":
        assert list(result.actors) == ["李", "王", "赵", "舞", "书"]
        assert result.matrix.toarray().tolist() == other.matrix.toarray()[::-1, ::-1].tolist()
    else:
        assert (
            result.first.adjacency().toarray().tolist()
            == other.first.adjacency().toarray()[::-1, ::-1].tolist()
        )


@pytest.mark.parametrize("name", OF_ONE_MODE)
def test_what_is_not_a_network_is_refused(name):
    with pytest.raises(MeasureError, match="E-NOT-A-NETWORK"):
        call(name, {"李": ["王"]})


def test_the_tables_of_the_readme_are_checked_and_nothing_else_is_done(monkeypatch, tmp_path, capsys):
    readme = tmp_path / "README.md"
    monkeypatch.setattr(measure_table, "README", readme)
    text = f"{measure_table.START}{measure_table.END}\n{measure_table.OWN_START}{measure_table.OWN_END}\n"
    readme.write_text(text, encoding="utf-8")

    assert measure_table.main(["--check"]) == 1
    assert "are old" in capsys.readouterr().err
    assert measure_table.main(["--chek"]) == 2
    assert measure_table.main(["--check", "x"]) == 2
    assert readme.read_text(encoding="utf-8") == text
    assert measure_table.main([]) == 0
    assert measure_table.main(["--check"]) == 0
    assert "`cug.cug_test`" in readme.read_text(encoding="utf-8")
