"""Brokerage roles of people in several groups, after Everett & Borgatti 2026."""

from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from golden import load, network
from hypothesis import given, settings
from hypothesis import strategies as st
from test_integration_of_groups import hours
from test_measures_judges import networks, simple_graph

from sanshe_net import Network
from sanshe_net.measures import triads
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.overlap import OVERLAPPING_ROLES, overlapping_roles

EXAMPLES = settings(deadline=None, max_examples=15)
PLAIN = dict(zip(OVERLAPPING_ROLES, ROLES, strict=True))


@st.composite
def memberships(draw):
    """A network of any kind, and amounts of its actors in three groups; some actors in none."""
    example = draw(networks())
    n = len(example.actors)
    amounts = draw(st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=n, max_size=n))
    return example, pd.DataFrame(amounts, columns=list("abc"), dtype=float)


def roles_by_definition(example, amounts):
    graph, known = simple_graph(example), amounts.index[amounts.sum(axis=1) > 0]
    shares = {actor: amounts.loc[actor].to_numpy() / amounts.loc[actor].sum() for actor in known}
    table = {actor: np.zeros(6) for actor in known}
    for a, v, b in permutations(known, 3):
        if graph.has_edge(a, v) and graph.has_edge(v, b) and not graph.has_edge(a, b):
            x, y, z = shares[a], shares[v], shares[b]
            parts = [x @ (y * z), (x * z) @ (1 - y), (x * y) @ (1 - z), (y * z) @ (1 - x)]
            table[v] += [*parts, 1 - sum(parts), 1]
    frame = pd.DataFrame.from_dict(table, orient="index", columns=list(OVERLAPPING_ROLES))
    return frame.reindex(example.actors.index).astype(float)


def test_roles_are_those_of_everett_and_borgatti_2026_table_9():
    """Published to two decimals."""
    golden = load("brokerage")["overlapping_membership_EB2026_table9"]
    order = [f"overlapping_{'itinerant' if role == 'consultant' else role}" for role in golden["columns"]]

    result = overlapping_roles(network("eb2026"), by=hours(chuck=True))

    np.testing.assert_allclose(result[order], golden["values"], rtol=0, atol=0.005 + 1e-9)


@EXAMPLES
@given(memberships())
def test_roles_follow_equation_5(example_and_amounts):
    example, amounts = example_and_amounts

    result = overlapping_roles(example, by=amounts)

    np.testing.assert_allclose(result, roles_by_definition(example, amounts), atol=1e-9)
    assert not (result < 0).any(axis=None)


@EXAMPLES
@given(networks())
def test_a_partition_gives_the_roles_of_gould_and_fernandez(example):
    result = overlapping_roles(example, by="group").rename(columns=PLAIN)

    pd.testing.assert_frame_equal(result, brokerage_roles(example, by="group"))


@pytest.mark.parametrize("directed", [False, True])
@pytest.mark.parametrize("dense", [0.0, 1.0], ids=["as dense", "as sparse blocks"])
def test_a_network_of_some_size_gives_them_too(directed, dense, monkeypatch):
    monkeypatch.setattr(triads, "DENSE_SHARE", dense)
    monkeypatch.setattr(triads, "BLOCK", 50)
    generator = np.random.default_rng(3)
    ties = {tuple(pair) for pair in generator.integers(0, 25, (110, 2)).tolist()}
    actors = pd.DataFrame({"group": generator.choice(list("abcd"), 25)})
    example = Network.from_edges(sorted(ties), actors=actors, directed=directed)
    amounts = pd.DataFrame(generator.integers(0, 2, (25, 3)))

    result = overlapping_roles(example, by="group").rename(columns=PLAIN)
    pd.testing.assert_frame_equal(result, brokerage_roles(example, by="group"))
    np.testing.assert_allclose(
        overlapping_roles(example, by=amounts), roles_by_definition(example, amounts), atol=1e-9
    )


@EXAMPLES
@given(memberships())
def test_the_total_does_not_depend_on_groups_and_roles_add_up(example_and_amounts):
    example, amounts = example_and_amounts
    amounts += 1  # everybody somewhere
    alike = replace(example, actors=example.actors.assign(group="a"))

    result = overlapping_roles(example, by=amounts)

    total = result["overlapping_total"]
    assert total.tolist() == brokerage_roles(alike, by="group")["total"].tolist()
    np.testing.assert_allclose(result[list(OVERLAPPING_ROLES[:-1])].sum(axis=1), total, atol=1e-9)


@EXAMPLES
@given(memberships())
def test_turning_all_ties_round_swaps_representative_and_gatekeeper(example_and_amounts):
    example, amounts = example_and_amounts
    turned = replace(example, ties=example.ties.rename(columns={"source": "target", "target": "source"}))
    swapped = {
        "overlapping_representative": "overlapping_gatekeeper",
        "overlapping_gatekeeper": "overlapping_representative",
    }

    other = overlapping_roles(turned, by=amounts).rename(columns=swapped)[list(OVERLAPPING_ROLES)]

    np.testing.assert_allclose(other, overlapping_roles(example, by=amounts), atol=1e-9)
