"""Two networks of the same actors: what they share, what changed, and who came or went."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pandas as pd
import pytest
from golden import load, network
from hypothesis import given, settings
from test_measures_judges import networks

from sanshe_net import Network
from sanshe_net.measures.compare import hamming, jaccard, tie_change

GOLDEN = load("qap_cug")["qap"]


def managers(relation):
    """Krackhardt's managers: friendship or reporting."""
    ties = [(i, j) for i, row in enumerate(load("managers")[relation]) for j in row]
    return Network.from_edges(ties, actors=pd.DataFrame(index=range(21)), directed=True)


def test_hamming_distance_is_that_of_sna():
    """R sna hdist, arcs of a directed and ties of an undirected pair of networks."""
    assert hamming(network("ht_advice"), managers("friends")) == GOLDEN["hdist_ht_advice_friends"]
    assert hamming(network("flo_marriage"), network("flo_business")) == GOLDEN["hdist_flo"]


def test_the_florentine_families_share_eight_ties():
    """Padgett & Ansell: 20 marriages, 15 business ties, 8 both."""
    marriage, business = network("flo_marriage"), network("flo_business")

    assert jaccard(marriage, business) == pytest.approx(8 / 27)
    assert hamming(marriage, business, normalized=True) == pytest.approx(19 / 120)


@settings(deadline=None, max_examples=40)
@given(networks(), networks())
def test_every_pair_of_shared_actors_is_counted_once(first, second):
    """The definition read aloud."""
    change = tie_change(first, second)
    directed = first.directed or second.directed
    held = [pairs_tied(one) for one in (first, second)]
    stayers = sorted(set(first.actors.index) & set(second.actors.index))
    cells = list(permutations(stayers, 2) if directed else combinations(stayers, 2))
    counts = {(a, b): 0 for a in (True, False) for b in (True, False)}
    for cell in cells:
        counts[cell in held[0], cell in held[1]] += 1

    found = (change.kept, change.dissolved, change.formed, change.never)
    assert found == tuple(counts[key] for key in ((True, True), (True, False), (False, True), (False, False)))
    assert sum(found) == len(cells)
    size = 1 if directed else 2
    outside = [len({cell for cell in one if not set(cell) <= set(stayers)}) // size for one in held]
    assert [change.lost_with_leavers, change.gained_with_joiners] == outside
    assert hamming(first, second, normalized=True) == pytest.approx(change.hamming_share, nan_ok=True)


def pairs_tied(one):
    """Ordered pairs with a tie; both orders when undirected."""
    ends = {(s, t) for s, t in zip(one.ties["source"], one.ties["target"], strict=True) if s != t}
    return ends if one.directed else ends | {(t, s) for s, t in ends}


def test_turning_time_round_turns_formation_into_dissolution():
    there, back = (
        tie_change(network(one), network(other))
        for one, other in (("flo_marriage", "flo_business"), ("flo_business", "flo_marriage"))
    )

    assert (there.formed, there.dissolved, there.jaccard) == (back.dissolved, back.formed, back.jaccard)
    assert there.dissolution == 12 / 20
    assert there.formation == 7 / 100


def test_people_who_come_or_go_change_no_tie():
    spring = network("kite")
    autumn = spring.without([0, 1])  # 5 and 4 contacts, one of them each other

    left, joined = tie_change(spring, autumn), tie_change(autumn, spring)

    assert (left.formed, left.dissolved, left.jaccard) == (0, 0, 1.0)
    assert (left.leavers, left.joiners, left.lost_with_leavers) == ((0, 1), (), 7)
    assert (joined.joiners, joined.gained_with_joiners, joined.lost_with_leavers) == ((0, 1), 7, 0)


def test_what_cannot_be_shared_is_undefined():
    nobody = Network.from_edges([], actors=pd.DataFrame(index=["甲", "乙"]))
    complete = Network.from_edges([("甲", "乙")])
    strangers = Network.from_edges([("丙", "丁")])

    assert np.isnan(jaccard(nobody, nobody))
    assert np.isnan(tie_change(nobody, complete).dissolution)
    assert np.isnan(tie_change(complete, nobody).formation)
    assert np.isnan([jaccard(complete, strangers), hamming(complete, strangers)]).all()
    assert hamming(nobody, complete) == 1.0


def test_an_undirected_tie_stands_in_both_directions_beside_a_directed_network():
    mutual = Network.from_edges([(1, 2), (2, 1)], directed=True)

    assert tie_change(Network.from_edges([(1, 2)]), mutual).kept == 2
    assert jaccard(Network.from_edges([(1, 2)]), Network.from_edges([(1, 2)], directed=True)) == 0.5


def test_names_and_order_do_not_matter():
    first, second = network("flo_marriage"), network("flo_business")
    turned = replace(second, actors=second.actors.iloc[::-1], ties=second.ties.iloc[::-1])

    assert tie_change(first, turned) == tie_change(first, second)


def test_the_change_is_told_people_first():
    change = tie_change(network("kite"), network("kite").without([0]))

    assert change.explain("zh")[0] == "9 人前后都在，1 人离开，0 人加入。"
    assert change.explain("zh")[1].startswith("随离开者失去 4 条联系")
    assert change.explain("en")[1].startswith("4 ties went with those who left")
    assert change.explain("en")[3].startswith("Stability (Jaccard) 1.00")
    empty = Network.from_edges([], actors=pd.DataFrame(index=[1, 2]))
    assert "no stability" in tie_change(empty, empty).explain("en")[3]
