"""Key players against golden numbers, exhaustive search, and the laws that their values keep."""

import math
from dataclasses import replace
from itertools import combinations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from golden import load, network

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures import key_player_search
from sanshe_net.measures.centrality import degree
from sanshe_net.measures.key_player_values import (
    distance_weighted_reach,
    fragmentation_without,
    pairs_separated,
    reach,
)
from sanshe_net.measures.key_players import GOALS, GREEDY_SHARE, key_players

GOLDEN = load("key_players")["cases"]
CASES = [(name, k) for name in GOLDEN for k in (1, 2, 3)]
ASKED = {
    "KPPNeg_F": {"goal": "fragmentation"},
    "KPPNeg_DF": {"goal": "distance_fragmentation"},
    "KPPPos_R1": {"goal": "reach", "steps": 1},
    "KPPPos_R2": {"goal": "reach", "steps": 2},
    "KPPPos_DR": {"goal": "distance_reach"},
}
REACHING, FRAGMENTING = GOALS[:2], GOALS[2:]


# --- second implementation: networkx, one set at a time -------------------------------------------------


def plain_value(graph, members, goal, steps=1):
    n, members = graph.number_of_nodes(), set(members)
    if goal in REACHING:
        near = {}
        for member in members:
            for actor, step in nx.single_source_shortest_path_length(graph, member).items():
                near[actor] = min(step, near.get(actor, step))
        if goal == "reach":
            return sum(step <= steps for step in near.values()) / n
        return sum(1 / max(step, 1) for step in near.values()) / n
    rest = graph.to_undirected().subgraph(set(graph) - members)
    lengths = dict(nx.all_pairs_shortest_path_length(rest))
    near = [step for row in lengths.values() for step in row.values() if step]
    m = len(rest)
    if m < 2:
        return math.nan
    kept = len(near) if goal == "fragmentation" else sum(1 / step for step in near)
    return 1 - kept / (m * (m - 1))


def exhaustive(graph, k, goal, steps=1):
    """The best value and the sets that have it, in order."""
    values = {chosen: plain_value(graph, chosen, goal, steps) for chosen in combinations(sorted(graph), k)}
    best = max(values.values())
    return best, [chosen for chosen, value in values.items() if value > best - 1e-9]


def random_graph(seed, largest=10):
    """Sparse enough to be in several parts, with isolates; now and then directed."""
    generator = np.random.default_rng(seed)
    n = int(generator.integers(4, largest))
    return nx.gnp_random_graph(n, generator.uniform(0.1, 0.5), seed=seed, directed=seed % 3 == 0)


# --- golden numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", ASKED)
@pytest.mark.parametrize(("name", "k"), CASES)
def test_the_best_sets_are_those_of_exhaustive_search(name, k, term):
    """Exhaustive; R keyplayer and NetworKit agree on those they have."""
    golden, example = GOLDEN[name][f"k={k}"][term], network(name)

    answer = key_players(example, k, **ASKED[term])

    scale = answer.n if term.startswith("KPPPos_R") else 1
    assert answer.value * scale == pytest.approx(golden["value"], abs=1e-9)
    assert answer.optimal == golden["n_optimal"]
    assert [sorted(chosen) for chosen in answer.best_sets] == golden["sets"][:20]
    assert sorted(answer.actors) == golden["sets"][0]
    assert (answer.method, answer.proven, answer.bound, answer.guarantee) == ("exact", True, answer.value, 1)


@pytest.mark.parametrize(("name", "k"), CASES)
def test_greedy_finds_the_greedy_set_of_the_reference(name, k):
    golden, example = GOLDEN[name][f"k={k}"]["greedy_DR"], network(name)

    answer = key_players(example, k, method="greedy")

    assert answer.value == pytest.approx(golden["value"], abs=1e-9)
    assert distance_weighted_reach(example, golden["set"]) == pytest.approx(golden["value"], abs=1e-9)


@pytest.mark.parametrize(("name", "k"), CASES)
def test_the_values_of_a_given_set_are_those_of_the_reference(name, k):
    golden, example = GOLDEN[name][f"k={k}"], network(name)
    top = golden["top_degree_set"]

    assert distance_weighted_reach(example, top["set"]) == pytest.approx(top["DR"], abs=1e-9)
    assert fragmentation_without(example, top["set"], by_distance=True) == pytest.approx(top["DF"], abs=1e-9)
    for steps in (1, 2):
        best = golden[f"KPPPos_R{steps}"]
        for chosen in best["sets"][:3]:
            assert reach(example, chosen, steps=steps) * GOLDEN[name]["n"] == pytest.approx(best["value"])


@pytest.mark.parametrize("name", GOLDEN)
def test_fragmentation_before_any_removal(name):
    example = network(name)

    assert fragmentation_without(example) == pytest.approx(GOLDEN[name]["F_0"], abs=1e-9)
    assert fragmentation_without(example, by_distance=True) == pytest.approx(GOLDEN[name]["DF_0"], abs=1e-9)
    assert key_players(example, 1, goal="fragmentation").before == fragmentation_without(example)


def test_reaching_and_fragmenting_the_karate_club_take_different_people():
    """Borgatti's point: {0, 33} reach most, {0, 1} hold most together; the top two by degree do not."""
    karate = network("karate")

    assert set(key_players(karate, 2).actors) == {0, 33}
    assert set(key_players(karate, 2, goal="fragmentation").actors) == {0, 1}
    assert fragmentation_without(karate, [0, 33]) < fragmentation_without(karate, [0, 1])


# --- exhaustive oracles ---------------------------------------------------------------------------------


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("seed", range(12))
def test_exact_is_exhaustive_on_random_graphs(seed, goal):
    graph, k = random_graph(seed), 1 + seed % 3
    k = min(k, len(graph) - 2)
    best, sets = exhaustive(graph, k, goal)

    answer = key_players(graph, k, goal=goal, method="exact")

    assert answer.value == pytest.approx(best, abs=1e-12)
    assert (answer.optimal, list(answer.best_sets)) == (len(sets), sets[:20])
    assert [plain_value(graph, answer.actors[: i + 1], goal) for i in range(k)] == pytest.approx(
        answer.running
    )


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("seed", range(12))
def test_no_method_does_worse_than_promised(seed, goal):
    graph, k = random_graph(seed, 12), 3
    k = min(k, len(graph) - 2)
    best, _ = exhaustive(graph, k, goal)

    greedy, swap = (key_players(graph, k, goal=goal, method=method) for method in ("greedy", "swap"))

    assert greedy.value - 1e-12 <= swap.value <= best + 1e-12
    for answer in (greedy, swap):
        assert answer.value == pytest.approx(plain_value(graph, answer.actors, goal), abs=1e-12)
        if goal in FRAGMENTING:
            assert math.isnan(answer.bound)
            assert math.isnan(answer.guarantee)
            assert not answer.proven
            continue
        assert answer.value >= GREEDY_SHARE * best - 1e-12
        assert best <= answer.bound + 1e-12
        assert answer.value >= answer.guarantee * best - 1e-12
        assert not answer.proven or answer.value == pytest.approx(best, abs=1e-12)


def every_exchange(graph, members, goal):
    for out in members:
        for new in set(graph) - set(members):
            yield plain_value(graph, (set(members) - {out}) | {new}, goal)


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("seed", range(4))
def test_no_single_exchange_improves_what_swap_found(seed, goal):
    graph = random_graph(seed + 50, 12)
    answer = key_players(graph, min(3, len(graph) - 2), goal=goal, method="swap")

    assert max(every_exchange(graph, answer.actors, goal)) <= answer.value + 1e-12


def test_swap_improves_on_greed_where_greed_fails():
    """Two hubs that share no contact cover all; a third one, best alone, covers less of each."""
    left, right = [f"l{i}" for i in range(6)], [f"r{i}" for i in range(6)]
    ties = [("L", other) for other in left] + [("R", other) for other in right]
    ties += [("M", other) for other in left[:4] + right[:4]]

    greedy, swap = (key_players(nx.Graph(ties), 2, goal="reach", method=m) for m in ("greedy", "swap"))

    assert greedy.actors[0] == "M"
    assert set(swap.actors) == {"L", "R"}
    assert greedy.value < swap.value
    assert swap.value <= greedy.bound


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("value", [reach, distance_weighted_reach], ids=lambda value: value.__name__)
def test_reach_is_monotone_and_submodular(seed, value):
    """What an actor adds shrinks as the set grows: the ground of every bound given."""
    graph, generator = random_graph(seed + 100), np.random.default_rng(seed)
    order = generator.permutation(len(graph)).tolist()
    newcomer, small, large = order[0], order[1 : 1 + len(order) // 3], order[1 : 1 + len(order) // 2]

    gains = [value(graph, [*held, newcomer]) - value(graph, held) for held in (small, large)]

    assert gains[0] >= gains[1] - 1e-12
    assert gains[1] >= -1e-12


def test_fragmentation_is_not_submodular():
    """In a ring nothing happens until the second one leaves: nothing may be proven from single removals."""
    ring = nx.cycle_graph(6)

    one, two = fragmentation_without(ring, [0]), fragmentation_without(ring, [0, 3])

    assert fragmentation_without(ring) == one == 0
    assert two == pytest.approx(2 / 3)


# --- size, candidates, direction, order -----------------------------------------------------------------


def test_only_candidates_are_chosen_but_everybody_counts():
    karate = network("karate")
    allowed = [3, 5, 7, 11, 24]

    for goal in GOALS:
        exact = key_players(karate, 2, goal=goal, candidates=allowed)
        values = [plain_value(nx.karate_club_graph(), chosen, goal) for chosen in combinations(allowed, 2)]
        assert set(exact.actors) <= set(allowed)
        assert exact.value == pytest.approx(max(values))
        for method in ("greedy", "swap"):
            found = key_players(karate, 2, goal=goal, candidates=[*allowed, 24], method=method)
            assert set(found.actors) <= set(allowed)
            assert (found.candidates, found.n) == (5, 34)


@pytest.mark.parametrize("method", ["auto", "exact", "greedy", "swap"])
def test_a_set_larger_than_the_network_takes_what_there_is(method):
    triangle = nx.complete_graph(3)

    everybody = key_players(triangle, 99, method=method)
    leaving_two = key_players(triangle, 99, goal="fragmentation", method=method)

    assert (sorted(everybody.actors), everybody.value, everybody.asked) == ([0, 1, 2], 1, 99)
    assert (leaving_two.actors, leaving_two.value) == ((0,), 0)
    assert "99" in everybody.explain("en")[-1]
    assert "99" in everybody.explain("zh")[-1]


@pytest.mark.parametrize("goal", GOALS)
def test_networks_too_small_for_a_value(goal):
    nobody, alone, pair = (key_players(nx.empty_graph(n), goal=goal) for n in (0, 1, 2))

    assert math.isnan(nobody.value)
    assert nobody.actors == ()
    assert nobody.explain("en")[1] == "Too few actors: there is no value."
    if goal in REACHING:
        assert (alone.actors, alone.value) == ((0,), 1)
        assert (pair.actors, pair.running, pair.value) == ((0, 1), (0.5, 1), 1)
    else:
        assert math.isnan(alone.value)
        assert (pair.actors, pair.value, pair.change, pair.proven) == ((), 1, 0, True)
        assert (pair.optimal, pair.best_sets) == (1, ((),))


def test_in_a_complete_network_everybody_is_as_good():
    complete = nx.complete_graph(7)

    reaching, breaking = key_players(complete, 2), key_players(complete, 2, goal="fragmentation")

    assert (reaching.value, reaching.optimal, reaching.actors) == (1, 21, (0, 1))
    assert (breaking.value, breaking.change, breaking.optimal) == (0, 0, 21)
    assert len(reaching.best_sets) == 20


@pytest.mark.parametrize("goal", GOALS)
def test_without_ties_nobody_is_key(goal):
    answer = key_players(nx.empty_graph(5), 2, goal=goal)

    assert answer.value == pytest.approx(0.4 if goal in REACHING else 1)
    assert answer.optimal == 10


def test_reach_follows_the_ties_and_fragmentation_ignores_their_direction():
    chain = nx.DiGraph([(0, 1), (1, 2), (2, 3)])

    assert [key_players(chain, 1, direction=way).actors for way in ("out", "in", "both")] == [
        (0,),
        (3,),
        (1,),
    ]
    assert [reach(chain, [1], steps=3, direction=way) for way in ("out", "in", "both")] == [0.75, 0.5, 1]
    for goal in FRAGMENTING:
        assert (
            key_players(chain, 1, goal=goal).value == key_players(chain.to_undirected(), 1, goal=goal).value
        )
        assert key_players(chain.reverse(), 1, goal=goal) == key_players(chain, 1, goal=goal)


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("method", ["exact", "greedy", "swap"])
def test_the_order_and_strength_of_ties_do_not_matter(goal, method):
    karate = network("karate")
    shuffled = karate.ties.sample(frac=1, random_state=1).assign(weight=7.0)
    swapped = shuffled.rename(columns={"source": "target", "target": "source"})
    loops = pd.concat([swapped, swapped.assign(target=swapped["source"]), swapped], ignore_index=True)

    expected = key_players(karate, 3, goal=goal, method=method)

    assert key_players(replace(karate, ties=loops), 3, goal=goal, method=method) == expected


def test_relabelled_actors_give_the_relabelled_set():
    karate = network("karate")
    names = {actor: f"人{actor:02d}" for actor in karate.actors.index}
    graph = nx.relabel_nodes(nx.karate_club_graph(), names)

    for goal in GOALS:
        there, here = (key_players(one, 3, goal=goal) for one in (graph, karate))
        assert there.actors == tuple(names[actor] for actor in here.actors)
        assert there.value == here.value


def test_long_ways_do_not_fit_a_byte_and_are_still_right():
    chain = nx.path_graph(600)

    answer = key_players(chain, 1, candidates=[0, 1], method="greedy")

    assert answer.actors == (1,)
    assert answer.value == pytest.approx(plain_value(chain, [1], "distance_reach"), abs=1e-9)
    for steps in (254, 598, 599):
        reached = key_players(chain, 1, goal="reach", steps=steps, candidates=[0], method="greedy")
        assert reached.value == (steps + 1) / 600
    assert fragmentation_without(chain, by_distance=True) == pytest.approx(
        plain_value(chain, [], "distance_fragmentation"), abs=1e-9
    )


@pytest.mark.parametrize("goal", GOALS)
def test_an_exact_search_too_large_is_refused_and_auto_turns_to_swaps(goal, monkeypatch):
    monkeypatch.setattr(key_player_search, "PATIENCE", {"auto": 1, "exact": 2})
    karate = network("karate")

    with pytest.raises(MeasureError, match="E-SET-SEARCH") as refusal:
        key_players(karate, 3, goal=goal, method="exact")

    assert (refusal.value.facts["found"], refusal.value.facts["k"]) == (34, 3)
    assert key_players(karate, 3, goal=goal).method == "swap"
    assert key_players(karate, 3, goal=goal) == key_players(karate, 3, goal=goal, method="swap")


def test_what_does_not_fit_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(key_player_search, "MOST_STEPS", 1000)

    with pytest.raises(MeasureError, match="E-SET-SIZE"):
        key_players(network("karate"))
    assert key_players(network("karate"), candidates=range(20)).n == 34


@pytest.mark.parametrize("wrong", [0, -1, 1.5, True, "3", None])
@pytest.mark.parametrize("name", ["k", "steps"])
def test_what_is_no_size_is_refused(name, wrong):
    with pytest.raises(MeasureError, match="E-VALUE") as refusal:
        key_players(nx.path_graph(4), **{name: wrong})

    assert (refusal.value.facts["name"], refusal.value.facts["found"]) == (name, wrong)


def test_strangers_and_nobody_are_refused():
    chain = nx.path_graph(4)

    for call in (
        lambda: key_players(chain, candidates=[1, "陌生人"]),
        lambda: reach(chain, ["陌生人"]),
        lambda: distance_weighted_reach(chain, ["陌生人"]),
        lambda: fragmentation_without(chain, ["陌生人"]),
    ):
        with pytest.raises(MeasureError, match="E-SET-ACTOR") as refusal:
            call()
        assert refusal.value.facts["found"] == "陌生人"
    with pytest.raises(MeasureError, match="candidates"):
        key_players(chain, candidates=[])


def test_the_values_of_no_set_and_of_everybody():
    chain = nx.path_graph(4)

    assert (reach(chain, []), distance_weighted_reach(chain, [])) == (0, 0)
    assert (reach(chain, range(4)), distance_weighted_reach(chain, range(4))) == (1, 1)
    assert math.isnan(fragmentation_without(chain, [0, 1, 2]))
    assert math.isnan(reach(nx.empty_graph(0), []))
    with pytest.raises(MeasureError, match="direction"):
        reach(chain, [0], direction="up")


def test_an_answer_explains_itself_in_both_languages():
    karate = network("karate")

    for goal in GOALS:
        for method in ("exact", "greedy"):
            answer = key_players(karate, 2, goal=goal, method=method)
            zh, en = answer.explain("zh"), answer.explain("en")
            assert len(zh) == len(en) == 3
            assert all(str(actor) in zh[0] and str(actor) in en[0] for actor in answer.actors)
    reached = key_players(karate, 2, goal="reach", steps=2)
    assert "34 of 34 actors within 2 steps" in reached.explain("en")[1]
    assert "others as good: 42" in reached.explain("en")[2]
    assert (
        "may be a better one" in key_players(karate, 2, goal="fragmentation", method="swap").explain("en")[2]
    )
    assert "within 1 step," in key_players(karate, 2, goal="reach").explain("en")[1]


# --- pairs separated ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", GOLDEN)
def test_who_separates_most_pairs_is_the_single_key_player(name):
    example = network(name)
    n, golden = GOLDEN[name]["n"], GOLDEN[name]["k=1"]["KPPNeg_F"]
    separated = pairs_separated(example)

    best = separated.idxmax()
    before = GOLDEN[name]["F_0"] * n * (n - 1) / 2
    rest = (n - 1) * (n - 2) / 2
    isolates = (degree(example) == 0).sum()  # each is apart from the best, a pair that goes with it
    apart_before = before - isolates
    assert [best] == golden["sets"][0]
    assert (apart_before + separated[best]) / rest == pytest.approx(golden["value"], abs=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_pairs_separated_are_those_counted_one_by_one(seed):
    graph = random_graph(seed + 200, 14)
    around = graph.to_undirected()

    def apart(one):
        rest = around.subgraph(set(around) - {one})
        pairs = combinations(sorted(rest), 2)
        return sum(nx.has_path(around, a, b) and not nx.has_path(rest, a, b) for a, b in pairs)

    assert pairs_separated(graph).tolist() == [apart(one) for one in graph]


def test_only_cut_points_separate():
    for seed in range(5):
        graph = nx.gnp_random_graph(30, 0.07, seed=seed)
        separated = pairs_separated(Network.from_networkx(graph))
        assert set(separated[separated > 0].index) == set(nx.articulation_points(graph))
