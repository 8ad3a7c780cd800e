"""The compiled loops of key players against plain twins in numpy and scipy."""

from itertools import combinations
from math import lcm

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csgraph

from sanshe_net.kernels import bits, fragments
from sanshe_net.kernels import key_players as kernels
from sanshe_net.measures.key_player_search import worth_of_steps
from sanshe_net.measures.strengths import index_arrays as ties_of

FAR = 255


def matrix_of(seed, n=150, directed=False):
    """Several blocks of 64 actors, some without ties."""
    graph = nx.gnp_random_graph(n, 2.2 / n, seed=seed, directed=directed)
    return nx.to_scipy_sparse_array(graph, format="csr", dtype=float)


def plain_steps(matrix):
    steps = csgraph.shortest_path(matrix, unweighted=True)
    return np.where(np.isinf(steps), FAR, steps).astype(np.uint8)


def plain_worth(limit=None):
    if limit is None:
        worth, _ = worth_of_steps(1000, FAR)
    else:
        worth = (np.arange(FAR + 1) <= limit).astype(np.int64)
    worth[FAR] = 0
    return worth


def plain_value(steps, worth, rows):
    return int(worth[steps[list(rows)]].max(axis=0, initial=0).sum())


def plain_nearness(matrix, gone, worth):
    left = csgraph.shortest_path(matrix[~gone][:, ~gone], unweighted=True)
    finite = left[np.isfinite(left) & (left > 0)].astype(int)
    return int(worth[finite].sum())


def plain_pairs(matrix, gone):
    _, part = csgraph.connected_components(matrix[~gone][:, ~gone], directed=False)
    sizes = np.bincount(part)
    return int((sizes * (sizes - 1) // 2).sum())


def some_gone(matrix, seed, share=0.05):
    return np.random.default_rng(seed).random(matrix.shape[0]) < share


@pytest.mark.parametrize("n", [1, 63, 64, 65, 150])
@pytest.mark.parametrize("directed", [False, True])
def test_steps_are_those_of_scipy(n, directed):
    matrix = matrix_of(n, n, directed)
    candidates = np.arange(0, n, 2)
    row_of = np.full(n, -1)
    row_of[candidates] = np.arange(len(candidates))
    steps = np.full((len(candidates), n), FAR, np.uint8)

    complete = kernels.fill_steps(*ties_of(matrix), row_of, 254, steps)

    assert complete
    assert (steps == plain_steps(matrix)[candidates]).all()


def test_steps_stop_at_the_longest_and_say_so():
    matrix = nx.to_scipy_sparse_array(nx.path_graph(9), format="csr")
    steps = np.full((9, 9), FAR, np.uint8)

    assert not kernels.fill_steps(*ties_of(matrix), np.arange(9), 3, steps)
    full = plain_steps(matrix)
    assert (steps == np.where(full <= 3, full, FAR)).all()


def test_bits_are_counted_and_found():
    words = [0, 1, 2**63, 2**64 - 1, 0xF0F0, 0x0123456789ABCDEF]

    assert [int(bits.ones(np.uint64(word))) for word in words] == [word.bit_count() for word in words]
    assert [int(bits.place_of(np.uint64(1 << place))) for place in range(64)] == list(range(64))


@pytest.mark.parametrize("limit", [None, 1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_lazy_greedy_is_greedy(seed, limit):
    steps, worth = plain_steps(matrix_of(seed)), plain_worth(limit)
    expected = []
    for _ in range(6):
        values = [
            -1 if i in expected else plain_value(steps, worth, [*expected, i]) for i in range(len(steps))
        ]
        expected.append(int(np.argmax(values)))

    rows, values, bound, computed = kernels.lazy_greedy(steps, worth, 6)

    assert rows.tolist() == expected
    assert values.tolist() == [plain_value(steps, worth, expected[: i + 1]) for i in range(6)]
    assert bound >= values[-1]
    assert computed <= 6 * len(steps)


@pytest.mark.parametrize("limit", [None, 1])
@pytest.mark.parametrize("seed", range(4))
def test_the_best_swap_is_that_of_trying_all(seed, limit):
    steps, worth = plain_steps(matrix_of(seed, 70)), plain_worth(limit)
    members = np.random.default_rng(seed).choice(70, 4, replace=False)
    value = plain_value(steps, worth, members)
    gained = {}
    for position in range(4):
        for row in sorted(set(range(70)) - set(members.tolist())):
            swapped = members.copy()
            swapped[position] = row
            gained[position, row] = plain_value(steps, worth, swapped) - value

    position, row, gain = kernels.best_swap(steps, worth, members)

    assert gain == max(gained.values())
    assert gained[position, row] == gain


def test_no_swap_is_offered_where_none_gains():
    steps = plain_steps(nx.to_scipy_sparse_array(nx.star_graph(5), format="csr"))

    assert kernels.best_swap(steps, plain_worth(), np.array([0]))[1] == -1
    assert kernels.best_swap(steps, plain_worth(), np.arange(6))[1] == -1


@pytest.mark.parametrize("limit", [None, 1, 2])
@pytest.mark.parametrize("k", [1, 2, 3])
def test_branching_finds_every_best_set(k, limit):
    steps, worth = plain_steps(matrix_of(7, 24)), plain_worth(limit)
    values = {chosen: plain_value(steps, worth, chosen) for chosen in combinations(range(24), k)}
    best = max(values.values())
    sets = [chosen for chosen, value in values.items() if value == best]

    for floor in (0, best):
        value, number, first, looked = kernels.best_sets(steps, worth, k, floor, 20, 10**9)
        assert (value, number) == (best, len(sets))
        assert [tuple(row) for row in first[: min(number, 20)].tolist()] == sets[:20]
        assert looked <= len(values)
    assert kernels.best_sets(steps, worth, k, 0, 20, 10)[3] == -1


def test_the_highest_are_summed():
    values = np.array([5, 1, 9, 9, 0, -3])

    assert [kernels.highest_sum(values, k) for k in range(7)] == [0, 9, 18, 23, 24, 24, 24]


@pytest.mark.parametrize("seed", range(8))
def test_one_walk_counts_the_pairs_left_by_each_removal(seed):
    matrix = matrix_of(seed)
    gone = some_gone(matrix, seed, 0.05 * (seed % 2))
    left = np.empty(len(gone), np.int64)

    now = fragments.pairs_after_each(*ties_of(matrix), gone, left)

    assert now == plain_pairs(matrix, gone)
    for actor in range(len(gone)):
        without = gone.copy()
        without[actor] = True
        assert left[actor] == (-1 if gone[actor] else plain_pairs(matrix, without))


@pytest.mark.parametrize("n", [1, 64, 65, 150])
def test_nearness_is_that_of_scipy(n):
    matrix = matrix_of(n, n)
    worth, _ = worth_of_steps(n * n, n + 1)
    for share in (0, 0.1):
        gone = some_gone(matrix, n, share)
        assert fragments.nearness(*ties_of(matrix), gone, worth) == plain_nearness(matrix, gone, worth)


@pytest.mark.parametrize("seed", range(4))
def test_no_removal_costs_more_than_the_most(seed):
    """And one that leaves no other way costs just that."""
    matrix = matrix_of(seed, 80) if seed else nx.to_scipy_sparse_array(nx.balanced_tree(2, 5), format="csr")
    n = matrix.shape[0]
    gone, (worth, _) = some_gone(matrix, seed), worth_of_steps(n * n, n + 1)

    most = fragments.most_lost(*ties_of(matrix), gone, worth)

    now = plain_nearness(matrix, gone, worth)
    for actor in np.flatnonzero(~gone):
        without = gone.copy()
        without[actor] = True
        lost = now - plain_nearness(matrix, without, worth)
        assert lost <= most[actor]
        if seed == 0:  # a tree
            assert lost == most[actor]
    assert (most[gone] == 0).all()


def test_sets_are_walked_through_in_order():
    chosen, walked = np.arange(3), []
    while True:
        walked.append(tuple(chosen.tolist()))
        if not fragments.next_set(chosen, 6):
            break

    assert walked == list(combinations(range(6), 3))


def test_the_worth_of_steps_is_exact_where_it_matters():
    worth, unit = worth_of_steps(5000**2, 5000)

    assert unit % lcm(*range(1, 21)) == 0
    assert worth[0] == worth[1] == unit
    assert [int(value) * steps for steps, value in enumerate(worth[1:21], 1)] == [unit] * 20
    assert worth[21:] / unit == pytest.approx(1 / np.arange(21, 5001), abs=1e-8)
    assert int(worth[1]) * 5000**2 < 2**63
