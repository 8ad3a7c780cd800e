"""The ways to sum over triads against each other and against the definition: products, dense, compiled."""

from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from test_measures_judges import assert_agree, burt_by_definition, networks, role_of, roles_by_definition

from sanshe_net import Network
from sanshe_net.measures import triads
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.burt import constraint_of, dyadic_of
from sanshe_net.measures.social_capital import effective_size
from sanshe_net.measures.strengths import mutual_strength

WAYS = {
    "products": {"TINY_CELLS": -1, "DENSE_CELLS": -1, "SWEPT_ENTRIES": 10**9},
    "products of single rows": {
        "TINY_CELLS": -1, "DENSE_CELLS": -1, "SWEPT_ENTRIES": 10**9, "BLOCK": 1,
    },
    "dense": {"TINY_CELLS": 10**9},
    "swept": {"TINY_CELLS": -1, "DENSE_CELLS": -1, "SWEPT_ENTRIES": 0},
}  # fmt: skip


def take(patch, way):
    for name, value in WAYS[way].items():
        patch.setattr(triads, name, value)


def random_network(seed, actors, ties, directed=False):
    generator = np.random.default_rng(seed)
    pairs = generator.integers(0, actors, size=(ties, 2))
    rows = np.column_stack([pairs, generator.choice([0.1, 1.0, 3.0, 1e6], size=ties)]).tolist()
    table = pd.DataFrame({"group": generator.choice(["a", "b", "c", ""], size=actors)}, index=range(actors))
    return Network.from_edges(rows, actors=table, directed=directed)


def constraint(network, model, weighted=True):
    """Constraint by the way that is taken; the measure itself leaves small networks to igraph."""
    strength = mutual_strength(network, weighted=weighted)
    values = constraint_of(strength, dyadic_of(strength, triads.two_step_shares(strength, model)))
    return pd.Series(values, network.actors.index)


def burt_sums(network, model, weighted=True):
    return triads.both_sums(mutual_strength(network, weighted=weighted), model)


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None, max_examples=12)
@given(network=networks(max_actors=12), weighted=st.booleans())
def test_every_way_gives_what_the_definition_says(way, network, weighted):
    groups = network.actors["group"]
    with pytest.MonkeyPatch.context() as patch:
        take(patch, way)
        for model in ("whole", "ego"):
            judge = burt_by_definition(network, model, weighted)
            assert_agree(constraint(network, model=model, weighted=weighted), judge["constraint"])
            assert_agree(effective_size(network, model=model, weighted=weighted), judge["size"])
        result = brokerage_roles(network, by="group")
    judge = roles_by_definition(network, groups)
    pd.testing.assert_frame_equal(result, judge, check_index_type=False, check_names=False)


def all_graphs(actors):
    pairs = list(combinations(range(actors), 2))
    for choice in range(2 ** len(pairs)):
        yield [pair for bit, pair in enumerate(pairs) if choice >> bit & 1]


@pytest.mark.parametrize("actors", [1, 2, 3])
def test_the_sweep_is_right_on_every_graph_up_to_three_actors(actors, monkeypatch):
    take(monkeypatch, "swept")
    for edges in all_graphs(actors):
        network = Network.from_edges(edges, actors=pd.DataFrame(index=pd.RangeIndex(actors)))
        for model in ("whole", "ego"):
            judge = burt_by_definition(network, model)
            assert_agree(constraint(network, model=model), judge["constraint"])
            assert_agree(effective_size(network, model=model), judge["size"])


def test_the_sweep_is_right_on_every_graph_of_five_actors(monkeypatch):
    """All 1,024 side by side in one network: parts that are not connected do not touch each other.

    Those of four actors are among them, with an isolate.
    """
    edges = [(5 * copy + a, 5 * copy + b) for copy, graph in enumerate(all_graphs(5)) for a, b in graph]
    actors = pd.DataFrame(index=pd.RangeIndex(5 * 2**10))
    network = Network.from_edges(edges, actors=actors)
    take(monkeypatch, "swept")

    for model in ("whole", "ego"):
        judge = burt_by_definition(network, model)
        assert_agree(constraint(network, model=model), judge["constraint"])
        assert_agree(effective_size(network, model=model), judge["size"])


def test_closed_roles_are_right_on_every_directed_graph_of_three_actors(monkeypatch):
    """All 64 digraphs under each of the five groupings, side by side."""
    arcs = [(a, b) for a in range(3) for b in range(3) if a != b]
    groupings = ["aaa", "aab", "aba", "abb", "abc"]
    rows, groups = [], []
    for choice in range(2 ** len(arcs)):
        for grouping in groupings:
            first = len(groups)
            rows += [(first + a, first + b) for bit, (a, b) in enumerate(arcs) if choice >> bit & 1]
            groups += list(grouping)
    actors = pd.DataFrame({"group": groups}, index=pd.RangeIndex(len(groups)))
    network = Network.from_edges(rows, actors=actors, directed=True)
    take(monkeypatch, "swept")
    result = brokerage_roles(network, by="group")

    held, judge = set(rows), np.zeros((len(groups), len(ROLES)))
    for first in range(0, len(groups), 3):
        for a, v, b in permutations(range(first, first + 3)):
            if (a, v) in held and (v, b) in held and (a, b) not in held:
                judge[v, [ROLES.index(role_of(groups[a], groups[v], groups[b])), -1]] += 1
    assert result.to_numpy().tolist() == judge.tolist()


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("model", ["whole", "ego"])
@pytest.mark.parametrize("weighted", [True, False])
def test_the_sweep_agrees_with_the_products_on_a_larger_network(directed, model, weighted, monkeypatch):
    network = random_network(7, 400, 3_000, directed)
    ways = {}
    for way in ("products", "swept", "dense"):
        take(monkeypatch, way)
        ways[way] = burt_sums(network, model, weighted)
        monkeypatch.undo()

    for other in ("swept", "dense"):
        for one, two in zip(ways["products"], ways[other], strict=True):
            np.testing.assert_allclose(two, one, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("directed", [False, True])
def test_swept_roles_are_those_of_the_products(directed, monkeypatch):
    network = random_network(8, 400, 4_000, directed)
    tables = []
    for way in ("products", "swept", "dense"):
        take(monkeypatch, way)
        tables.append(brokerage_roles(network, by="group"))
        monkeypatch.undo()

    assert tables[0]["total"].sum() > 0
    pd.testing.assert_frame_equal(tables[1], tables[0])
    pd.testing.assert_frame_equal(tables[2], tables[0])


def test_common_contacts_are_counted_the_same_in_every_way(monkeypatch):
    pattern = random_network(9, 300, 4_000).adjacency(weighted=False)
    counts = []
    for way in WAYS:
        take(monkeypatch, way)
        counts.append(triads.common_contacts(pattern).tolist())
        monkeypatch.undo()

    square = (pattern @ pattern).toarray()
    assert counts[0] == square[triads.rows_of(pattern), pattern.indices].tolist()
    assert all(other == counts[0] for other in counts)


def test_the_same_network_gives_the_same_bytes(monkeypatch):
    take(monkeypatch, "swept")
    one, other = (burt_sums(random_network(10, 300, 4_000), "ego") for _ in range(2))

    assert [sums.tobytes() for sums in one] == [sums.tobytes() for sums in other]


def test_very_large_and_very_small_strengths_stay_within_the_numbers(monkeypatch):
    """The strongest allowed, squared and summed, leave little room: the sweep divides before it multiplies."""
    ties = [("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]
    plain = Network.from_edges(ties)
    for factor in (1e100, 1e-100):
        scaled = Network.from_edges([(a, b, factor) for a, b in ties])
        for way in ("swept", "products"):
            take(monkeypatch, way)
            for model in ("whole", "ego"):
                assert constraint(scaled, model=model).tolist() == pytest.approx(
                    constraint(plain, model=model).tolist()
                )
            monkeypatch.undo()


@pytest.mark.parametrize(
    ("actors", "ties", "way"),
    [(90, 100, "dense"), (150, 8_000, "dense"), (1_000, 2_000, "products"), (2_000, 10_000, "swept"),
     (600, 60_000, "dense")],
)  # fmt: skip
def test_the_way_depends_on_size_and_density_alone(actors, ties, way):
    pattern = random_network(11, actors, ties).adjacency(weighted=False)

    dense, swept = triads.is_dense(pattern.shape, pattern.nnz), triads.is_swept(pattern.shape, pattern.nnz)

    assert {"dense": (True, False), "products": (False, False), "swept": (False, True)}[way] == (dense, swept)


def test_a_product_has_a_value_at_each_entry_of_the_mask(monkeypatch):
    """Zero where the product has no entry; the values of the mask do not matter."""
    left, right, mask = (sparse.csr_array(np.array(rows, dtype=float)) for rows in (
        [[1, 2], [0, 0]], [[0, 3], [1, 0]], [[0, 2], [5, 0]],
    ))  # fmt: skip
    for way in WAYS:
        take(monkeypatch, way)
        assert triads.product_at(left, right, mask).tolist() == [3, 0]
        monkeypatch.undo()
