"""Core and periphery: golden numbers, every division tried by hand, the search against it."""

import math
from itertools import combinations

import numpy as np
import pandas as pd
import plain_graphs as plain
import pytest
from golden import load, network

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.core_periphery import core_periphery

GOLDEN = load("core_periphery")["cases"]
VARIANTS = {"offdiag_block_one": "ones", "offdiag_block_missing": "ignored"}


def star(n):
    return Network.from_edges([(0, i) for i in range(1, n)])


def fit(matrix, core, between):
    """Pearson's correlation of the cells off the diagonal with the ideal, by numpy."""
    inside = np.isin(np.arange(len(matrix)), core)
    both, neither = np.outer(inside, inside), np.outer(~inside, ~inside)
    kept = ~np.eye(len(matrix), dtype=bool)
    if between == "ignored":
        kept &= both | neither
    cells, ideal = matrix[kept], (~neither)[kept].astype(float)
    if len(cells) < 2 or np.ptp(cells) == 0 or np.ptp(ideal) == 0:
        return math.nan
    return np.corrcoef(cells, ideal)[0, 1]


def best(matrix, between):
    """The best fit and all cores that have it."""
    n = len(matrix)
    fits = {core: fit(matrix, core, between) for size in range(1, n) for core in combinations(range(n), size)}
    defined = {core: value for core, value in fits.items() if not math.isnan(value)}
    highest = max(defined.values(), default=math.nan)
    return highest, {core for core, value in defined.items() if value > highest - 1e-9}


@pytest.mark.parametrize(
    ("name", "variant"), [(name, variant) for name in GOLDEN for variant in GOLDEN[name]]
)
@pytest.mark.parametrize("search", ["auto", "heuristic"])
def test_the_core_is_that_of_an_exhaustive_search(name, variant, search):
    """Independent enumeration; the heuristic finds one of the same cores."""
    golden = GOLDEN[name][variant]
    example = star(8) if name == "star8" else network(name)

    answer = core_periphery(example, between=VARIANTS[variant], search=search)

    assert answer.fit == pytest.approx(golden["r"], abs=1e-9)
    found = [list(core) for core in (answer.core, *answer.others)]
    assert found == golden["cores"] if search == "auto" else found[0] in golden["cores"]


@pytest.mark.parametrize("between", ["ones", "ignored"])
@pytest.mark.parametrize("directed", [False, True])
def test_every_division_is_tried(between, directed):
    """All graphs of up to five actors and random ones to eight."""
    graphs = [*plain.all_undirected()][::2] if not directed else [*plain.all_directed()]
    for matrix in [*graphs, *plain.random_graphs(directed, 5, largest=8)]:
        highest, cores = best(matrix, between)
        answer = core_periphery(plain.network_of(matrix, directed), between=between)
        assert answer.fit == pytest.approx(highest, abs=1e-9, nan_ok=True)
        assert {core for core in (answer.core, *answer.others) if core} == cores


@pytest.mark.parametrize("between", ["ones", "ignored"])
def test_the_search_reaches_what_trying_all_finds_on_random_graphs(between):
    for matrix in plain.random_graphs(False, 6, seed=8):
        example = plain.network_of(matrix, False)
        exact, found = (
            core_periphery(example, between=between, search=how) for how in ("exact", "heuristic")
        )
        assert found.fit == pytest.approx(exact.fit, abs=1e-9, nan_ok=True)
        assert (found.search, exact.search) == ("heuristic", "exact")


@pytest.mark.parametrize("search", ["exact", "heuristic"])
@pytest.mark.parametrize("between", ["ones", "ignored"])
def test_strengths_count_when_asked_and_their_unit_does_not_matter(search, between):
    generator = np.random.default_rng(9)
    matrix = np.triu(generator.integers(0, 6, (8, 8)), 1).astype(float)
    rows, columns = np.nonzero(matrix)
    ties = pd.DataFrame({"source": rows, "target": columns, "weight": matrix[rows, columns]})
    answers = [
        core_periphery(
            Network.from_edges(ties.assign(weight=ties["weight"] * unit), actors=pd.DataFrame(index=range(8))),
            between=between, weighted=True, search=search,
        )
        for unit in (1, 1e-6, 1e6)
    ]  # fmt: skip
    highest, cores = best(matrix + matrix.T, between)

    assert all(answer.fit == pytest.approx(highest, abs=1e-9) for answer in answers)
    assert all(answer.core in cores for answer in answers)


def test_a_block_of_friends_with_hangers_on_is_found_among_many():
    """Larger than can be tried: 15 who are all tied, 85 who have one tie each to one of them."""
    friends = list(combinations(range(15), 2))
    hangers = [(i % 15, i) for i in range(15, 100)]
    answer = core_periphery(Network.from_edges([*friends, *hangers]), between="ignored")

    assert answer.core == tuple(range(15))
    assert (answer.fit, answer.search) == (pytest.approx(1), "heuristic")


def test_the_same_seed_gives_the_same_answer_and_the_answer_says_it():
    example = plain.network_of(next(plain.random_graphs(False, 1, seed=3)), False)

    one, two = (core_periphery(example, search="heuristic", starts=3, seed=5) for _ in range(2))

    assert one == two
    assert (one.starts, one.seed) == (3, 5)


@pytest.mark.parametrize("search", ["exact", "heuristic"])
@pytest.mark.parametrize("n", [0, 1, 2, 5])
def test_without_ties_or_with_all_of_them_there_is_no_core(search, n):
    actors = pd.DataFrame(index=range(n))
    for ties in ([], [*combinations(range(n), 2)]):
        answer = core_periphery(Network.from_edges(ties, actors=actors), search=search)
        assert answer.core == ()
        assert math.isnan(answer.fit)
        assert answer.explain("zh") == "没有可以比较的划分。"


def test_the_answer_says_in_words_what_it_is():
    text = core_periphery(star(8)).explain("en")

    assert text.startswith(
        "core: 0. correlation with the ideal 1.000. ideal: ties within the core and between"
    )
    assert "every division was tried" in text
    assert "其他核心" in core_periphery(network("kite")).explain("zh")


def test_too_many_actors_to_try_all_and_no_start_are_refused():
    with pytest.raises(MeasureError, match="E-TOO-MANY-EXACT"):
        core_periphery(star(21), search="exact")
    with pytest.raises(MeasureError, match="starts"):
        core_periphery(star(8), starts=0)
