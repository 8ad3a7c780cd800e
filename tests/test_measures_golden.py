"""Measures against published tables and the numbers of other tools; origins in tests/golden/README.md."""

import json
from pathlib import Path

import pandas as pd
import pytest
from golden import expected, load, network

from sanshe_net import Network
from sanshe_net.measures.brokerage import ROLES, brokerage_roles
from sanshe_net.measures.centrality import betweenness, degree, harmonic_closeness, k_core, strength
from sanshe_net.measures.cohesion import components, density, largest_component_share, mean_degree
from sanshe_net.measures.integration import ei_index
from sanshe_net.measures.social_capital import constraint, effective_size

HOLES = load("structural_holes")
SNA_ORDER = {"w_I": "coordinator", "w_O": "itinerant", "b_IO": "representative", "b_OI": "gatekeeper",
             "b_O": "liaison", "t": "total"}  # fmt: skip


def assert_values(result, values, digits=1e-9):
    assert result.tolist() == pytest.approx(expected(values), rel=0, abs=digits, nan_ok=True)


@pytest.mark.parametrize("name", HOLES["cases"])
@pytest.mark.parametrize("model", ["whole", "ego"])
@pytest.mark.parametrize("measure", [constraint, effective_size], ids=lambda measure: measure.__name__)
def test_structural_holes(name, model, measure):
    """Whole: R igraph, python-igraph, networkx. Ego: reference checked against EB2026 Table 10."""
    golden = HOLES["cases"][name][model][measure.__name__]

    assert_values(measure(network(name), model=model), golden)


def test_ego_model_is_the_one_of_everett_and_borgatti_2026_table_10():
    """Published to three decimals."""
    table, example = HOLES["published_EB2026_table10"], network("eb2026")

    assert_values(constraint(example, model="ego"), table["constraint"], digits=0.0005 + 1e-9)
    assert_values(effective_size(example, model="ego"), table["effective_size"], digits=0.0005 + 1e-9)


def test_the_worked_example_of_borgatti_1997():
    """Connections 20(1): UCINET and igraph."""
    published = HOLES["published_Borgatti1997_example"]
    example = Network.from_edges(published["edges"])

    assert_values(effective_size(example)[published["order"]], published["effective_size"])
    assert_values(constraint(example)[published["order"]], published["constraint_whole"])


@pytest.mark.parametrize("alters", [2, 3, 4, 5, 6, 7, 8, 9, 12])
def test_ego_constraint_reaches_the_maximum_of_everett_and_borgatti_2020(alters):
    """(2N-1)²/N³ in a complete ego network for N <= 7; above, with a shadow ego."""
    shadow = alters >= 8
    ties = [(0, alter) for alter in range(1, alters + 1)]
    ties += [(1, other) for other in range(2, alters + 1)]  # alter 1 is the shadow of ego
    if not shadow:
        ties += [(a, b) for a in range(2, alters + 1) for b in range(a + 1, alters + 1)]
    n = alters
    maximum = (n + 1) ** 2 * (n**2 + 4 * n - 4) / (4 * n**4) if shadow else (2 * n - 1) ** 2 / n**3
    listed = HOLES["constraint_maximum"]["ego_model_N_alters"]

    assert constraint(Network.from_edges(ties), model="ego")[0] == pytest.approx(maximum, abs=1e-9)
    assert maximum == pytest.approx(listed.get(str(alters), maximum), abs=1e-9)


def test_the_two_models_name_different_brokers_in_the_kite():
    """Krackhardt 1990: Heather (0.431) under whole, Diane (0.498) under ego."""
    kite = network("kite")
    diane, heather = 3, 7

    whole, ego = constraint(kite), constraint(kite, model="ego")

    assert (whole.idxmin(), ego.idxmin()) == (heather, diane)
    assert (whole.min(), ego.min()) == pytest.approx((0.431, 0.498), abs=5e-4)


@pytest.mark.parametrize("name", load("centrality")["cases"])
def test_centrality_is_that_of_sna(name):
    """R sna 2.7-1 on undirected and directed networks."""
    golden, example = load("centrality")["cases"][name], network(name)

    assert_values(degree(example), golden["degree_total"])
    assert_values(betweenness(example), golden["betweenness"])
    assert_values(harmonic_closeness(example), golden["closeness_suminv"])
    assert_values(k_core(example), golden["kcores"])
    if example.directed:
        assert_values(degree(example, direction="in"), golden["indegree"])
        assert_values(degree(example, direction="out"), golden["outdegree"])


def test_strength_of_the_weighted_karate_club_sums_to_twice_231():
    """Zachary 1977: the weights sum to 231; Mr. Hi (0) has 42, the officer (33) has 48."""
    result = strength(network("karate_w"))

    assert result.sum() == 462
    assert (result[0], result[33]) == (42, 48)


@pytest.mark.parametrize("name", load("cohesion_centralization")["sna"])
def test_density_and_mean_degree_are_those_of_sna(name):
    """R sna gden."""
    golden, example = load("cohesion_centralization")["sna"][name], network(name)

    assert density(example) == pytest.approx(golden["gden"], abs=1e-9)
    assert mean_degree(example) == pytest.approx(golden["gden"] * (len(example.actors) - 1), abs=1e-8)


@pytest.mark.parametrize("name", load("cohesion_centralization")["igraph_structure"])
def test_components_are_those_of_igraph(name):
    """R igraph, weak components."""
    golden, example = load("cohesion_centralization")["igraph_structure"][name], network(name)

    assert components(example) == golden["components_weak"]


def test_the_largest_component_of_the_florentine_marriages_leaves_out_pucci():
    """Padgett & Ansell 1993: 15 of 16 families are connected."""
    assert largest_component_share(network("flo_marriage")) == 15 / 16


@pytest.mark.parametrize("name", load("brokerage")["cases"])
def test_brokerage_roles_are_those_of_sna(name):
    """R sna::brokerage, raw_nli: ordered counts."""
    golden = load("brokerage")["cases"][name]
    result = brokerage_roles(network(golden["network"], group=golden["groups"]), by="group")

    raw = pd.DataFrame(golden["raw_nli"], columns=[SNA_ORDER[role] for role in golden["roles"]])
    assert result.to_numpy().tolist() == raw[list(ROLES)].to_numpy().tolist()
    assert result.sum().tolist() == golden["raw_gli"]


@pytest.mark.parametrize(
    ("groups", "sna_role"), load("brokerage")["role_orientation_probe"]["groups->role"].items()
)
def test_representative_and_gatekeeper_are_not_swapped(groups, sna_role):
    """R sna on 0 -> 1 -> 2; some tools label the two roles the wrong way round."""
    probe = load("brokerage")["role_orientation_probe"]
    actors = pd.DataFrame({"group": groups.split(",")})
    chain = Network.from_edges(probe["arcs"], actors=actors, directed=True)

    roles = brokerage_roles(chain, by="group").loc[probe["broker"]]

    assert roles[roles > 0].index.tolist() == [SNA_ORDER[sna_role.split()[0]], "total"]


@pytest.mark.parametrize("case", load("homophily")["cases"])
def test_ei_index(case):
    """Netseg, igraph and an independent computation agree."""
    golden = load("homophily")["cases"][case]
    name, attribute = case.rsplit("_", 1)
    groups = load("inputs")["networks"][name]["attributes"][attribute]
    example = network(name, **{attribute: groups})
    union = Network(example.actors, example.ties)  # each tied pair once, whatever its direction

    assert ei_index(example, by=attribute) == pytest.approx(golden["ei"], abs=1e-9)
    assert ei_index(union, by=attribute) == pytest.approx(golden["ei_undirected_union"], abs=1e-9)


def test_every_golden_file_names_its_source():
    for path in (Path(__file__).parent / "golden").glob("*.json"):
        assert json.loads(path.read_text(encoding="utf-8")).get("source"), path.name
