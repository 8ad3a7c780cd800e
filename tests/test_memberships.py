"""Groups of actors: one each, several at once, from a column, a table or a layer of ties."""

import numpy as np
import pandas as pd
import pytest
from scipy import sparse

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.kernels.shares import common_shares
from sanshe_net.measures import memberships as module
from sanshe_net.measures.attributes import numeric_attribute
from sanshe_net.measures.memberships import SIMILARITIES, memberships, read_memberships, tie_ends


def people(groups, ties=(), directed=False):
    actors = pd.DataFrame({"group": pd.Series(list(groups), dtype=object)})
    return Network.from_edges(list(ties), actors=actors, directed=directed)


def shares(network, by="group"):
    held = read_memberships(network, by)
    return pd.DataFrame(held.of_actors.toarray(), columns=held.groups)


@pytest.mark.parametrize("several", [["b", "a"], ("a", "b"), {"a", "b"}, frozenset("ab"), {"a": 3, "b": 3},
                                     ["a", "b", "a", None, ""]])  # fmt: skip
def test_a_cell_with_several_groups_gives_each_its_share(several):
    assert shares(people([several, "b"])).to_numpy().tolist() == [[0.5, 0.5], [0.0, 1.0]]


def test_amounts_become_shares_from_a_cell_as_from_a_table():
    table = pd.DataFrame({"b": [30, None], "a": [10, 5]})

    for network, by in ((people([{"a": 10, "b": 30}, {"a": 5}]), "group"), (people("xx"), table)):
        assert shares(network, by).to_dict("list") == {"a": [0.25, 1.0], "b": [0.75, 0.0]}


@pytest.mark.parametrize("nothing", [None, "", float("nan"), [], (None,), {}, {"a": 0}])
def test_who_has_no_group_is_not_known(nothing):
    held = read_memberships(people([["a", "b"], nothing, "a"]), "group")

    assert held.known.tolist() == [True, False, True]
    assert held.of_actors.toarray()[1].sum() == 0


def test_who_has_no_row_or_only_zeros_in_the_table_is_not_known():
    table = pd.DataFrame({"a": [1.0, 0.0]}, index=[2, 0])

    assert read_memberships(people("xyz"), table).known.tolist() == [False, False, True]


def test_groups_are_sorted_whatever_the_order_of_actors():
    assert read_memberships(people(["乙", 2, "甲", 10, ""]), "group").groups.tolist() == [2, 10, "乙", "甲"]


@pytest.mark.parametrize("similarity", SIMILARITIES)
@pytest.mark.parametrize("table", [0, 2048], ids=["pair by pair", "by table"])
def test_similarities_follow_their_definition(similarity, table, monkeypatch):
    monkeypatch.setattr(module, "TABLE", table)
    monkeypatch.setattr(module, "BLOCK", 7)
    amounts = pd.DataFrame(np.random.default_rng(1).integers(0, 3, (9, 4)))
    held = read_memberships(people("x" * 9), amounts, similarity=similarity)
    rows = held.of_actors.toarray()

    def alike(i, j):
        if similarity == "min":
            return np.minimum(rows[i], rows[j]).sum()
        lengths = np.linalg.norm(rows[i]) * np.linalg.norm(rows[j]) if similarity == "cosine" else 1
        return rows[i] @ rows[j] / lengths

    known = np.flatnonzero(held.known)
    judge = np.array([[alike(i, j) for j in known] for i in known])
    codes = held.codes[known]
    one, other = np.meshgrid(codes, codes, indexing="ij")
    np.testing.assert_allclose(held.alike(one, other), judge, atol=1e-12)
    for power in (1, 2):
        totals = (judge**power).sum(axis=1) - judge.diagonal() ** power
        np.testing.assert_allclose(held.totals(power)[codes], totals, atol=1e-12)


@pytest.mark.parametrize("smaller", [True, False])
def test_the_kernel_of_pairs_gives_what_sparse_rows_give(smaller):
    generator = np.random.default_rng(2)
    rows = sparse.random_array((40, 12), density=0.2, rng=generator, format="csr")
    rows.sort_indices()
    one, other = generator.integers(0, 40, (2, 300))

    left, right = rows[one], rows[other]
    twin = (left.minimum(right) if smaller else left.multiply(right)).sum(axis=1)

    parts = (rows.indptr.astype(np.int64), rows.indices.astype(np.int64), rows.data)
    np.testing.assert_allclose(common_shares(one, other, *parts, smaller), twin, atol=1e-15)


@pytest.mark.parametrize("similarity", SIMILARITIES)
def test_similarities_of_single_groups_are_all_the_same(similarity):
    groups = ["a", "b", "a", "c"]
    column = read_memberships(people(groups), "group", similarity=similarity)
    table = read_memberships(people(groups), pd.get_dummies(pd.Series(groups)), similarity=similarity)

    for held in (column, table):
        assert held.single
        assert held.totals()[held.codes].tolist() == [1, 0, 1, 0]
        assert held.alike(held.codes[[0, 0]], held.codes[[1, 2]]).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("by", "code", "facts"),
    [
        ("team", "E-ATTRIBUTE", {"found": "team"}),
        (pd.DataFrame({"a": [1.0]}, index=["nobody"]), "E-MEMBERSHIP-STRANGER", {"found": "nobody"}),
        (pd.DataFrame({"a": [1.0, 1.0]}, index=[1, 1]), "E-ACTOR-TWICE", {"found": 1}),
        (pd.DataFrame([[1.0, 1.0]], columns=["a", "a"]), "E-MEMBERSHIP-TWICE", {"found": "a"}),
        (pd.DataFrame({"a": [1.0, -2.0]}), "E-MEMBERSHIP-AMOUNT", {"found": -2.0, "actor": 1, "group": "a"}),
        (pd.DataFrame({"a": ["1", "two"]}), "E-MEMBERSHIP-AMOUNT", {"found": "two", "actor": 1}),
        (pd.DataFrame({"a": [np.inf]}), "E-MEMBERSHIP-AMOUNT", {"found": np.inf, "actor": 0}),
    ],
)
def test_bad_memberships_are_refused_by_name(by, code, facts):
    with pytest.raises(MeasureError, match=code) as refusal:
        read_memberships(people("xx"), by)
    assert facts.items() <= refusal.value.facts.items()


def test_a_bad_amount_in_a_cell_is_refused_by_name():
    with pytest.raises(MeasureError, match="E-MEMBERSHIP-AMOUNT") as refusal:
        read_memberships(people(["a", {"a": 1, "b": -1}]), "group")
    assert refusal.value.facts == {"found": -1, "actor": 1, "group": "b"}


def layered(pairs, directed=False):
    kinds = {
        "李": "resident",
        "王": "resident",
        "赵": "resident",
        "舞蹈队": "organisation",
        "议事会": "organisation",
    }
    actors = pd.DataFrame({"kind": pd.Series(kinds)})
    ties = pd.DataFrame(pairs, columns=["source", "target"]).assign(layer="membership")
    friends = pd.DataFrame({"source": ["李"], "target": ["赵"], "layer": ["co_attendance"]})
    return Network.from_edges(pd.concat([ties, friends]), actors=actors, directed=directed)


def test_memberships_are_read_from_ties_to_organisations_whichever_end_they_are():
    network = layered([("李", "舞蹈队"), ("议事会", "李"), ("王", "议事会")])

    table = memberships(network)

    assert table.to_dict("index") == {
        "李": {"舞蹈队": 1.0, "议事会": 1.0},
        "王": {"舞蹈队": 0.0, "议事会": 1.0},
    }
    assert read_memberships(network, table).known.tolist() == [True, True, False, False, False]


@pytest.mark.parametrize("pair", [("李", "王"), ("舞蹈队", "议事会")])
def test_a_membership_of_no_group_or_of_two_is_refused(pair):
    with pytest.raises(MeasureError, match="E-MEMBERSHIP-TIE") as refusal:
        memberships(layered([pair]))
    assert refusal.value.facts["pair"] == " – ".join(pair)


def test_memberships_of_a_network_without_that_layer_are_refused():
    with pytest.raises(MeasureError, match="E-LAYER"):
        memberships(people("ab", [(0, 1)]))


def test_ties_are_seen_from_the_side_asked_for():
    network = people(["a", "a", ""], [(0, 1), (1, 2)], directed=True)
    known = np.array([True, True, False])

    seen = {way: tie_ends(network, known, direction=way) for way in ("out", "in", "both")}

    assert {way: ends.ego.tolist() for way, (ends, _) in seen.items()} == {
        "out": [0],
        "in": [1],
        "both": [0, 1],
    }
    assert {left_out for _, left_out in seen.values()} == {1}


def test_an_ordered_category_is_read_by_its_place():
    ranks = pd.Categorical(["low", None, "high"], categories=["low", "middle", "high"], ordered=True)
    network = Network.from_edges([], actors=pd.DataFrame({"rank": ranks}))

    assert numeric_attribute(network, "rank").tolist() == pytest.approx([0.0, np.nan, 2.0], nan_ok=True)


@pytest.mark.parametrize("wrong", ["old", np.inf])
def test_what_is_no_number_is_refused_by_name(wrong):
    network = Network.from_edges(
        [], actors=pd.DataFrame({"age": [3, wrong]}, index=["李", "王"], dtype=object)
    )

    with pytest.raises(MeasureError, match="E-ATTRIBUTE-NUMBER") as refusal:
        numeric_attribute(network, "age")
    assert refusal.value.facts == {"column": "age", "found": wrong, "actor": "王"}
