"""Closeness, betweenness, eigenvector, PageRank: golden numbers, definitions, and the compiled searches."""

import math

import networkx as nx
import numpy as np
import pandas as pd
import plain_graphs as plain
import pytest
from golden import expected, load, network
from scipy import sparse
from scipy.sparse.csgraph import shortest_path

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.kernels import paths as kernels
from sanshe_net.measures import paths
from sanshe_net.measures.centrality import betweenness, closeness, harmonic_closeness
from sanshe_net.measures.cohesion import compactness
from sanshe_net.measures.spectral import eigenvector, pagerank


def same(values, others, digits=1e-9):
    return np.asarray(values).tolist() == pytest.approx(np.asarray(others).tolist(), abs=digits, nan_ok=True)


@pytest.fixture(params=["igraph", "compiled"])
def either_way(request, monkeypatch):
    """Small networks by igraph as always, and by the searches that large ones get."""
    if request.param == "compiled":
        monkeypatch.setattr(paths, "SEARCH_FROM", 0)
        monkeypatch.setattr(paths, "BETWEENNESS_FROM", 0)


# --- golden numbers -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("name", load("centrality")["cases"])
def test_closeness_and_eigenvector_are_those_of_sna(name):
    """R sna; its closeness of a network in pieces is 0 for all, here undefined."""
    golden, example = load("centrality")["cases"][name], network(name)

    near = [value or math.nan for value in expected(golden["closeness_directed_or_undirected"])]
    assert same(closeness(example), near)
    assert same(harmonic_closeness(example), expected(golden["closeness_suminv"]))
    assert same(betweenness(example), expected(golden["betweenness"]))
    assert same(eigenvector(example, direction="out"), expected(golden["evcent"]))


# --- by definition, on all small graphs -----------------------------------------------------------------


@pytest.mark.usefixtures("either_way")
@pytest.mark.parametrize("directed", [False, True], ids=["undirected", "directed"])
def test_path_measures_are_what_their_definition_says_on_all_small_graphs(directed):
    for matrix in plain.DIRECTED if directed else plain.UNDIRECTED:
        example, n = plain.network_of(matrix, directed), len(matrix)
        assert same(betweenness(example), plain.betweenness(matrix, directed)), matrix
        for direction, steps in (("out", plain.distances(matrix)), ("in", plain.distances(matrix.T))):
            reached = np.isfinite(steps).sum(axis=1) - 1
            total = np.where(np.isfinite(steps), steps, 0).sum(axis=1)
            inverse = [sum(1 / step for step in row if step) for row in steps]
            near = [
                plain.share(n - 1, s) if r == n - 1 else math.nan for r, s in zip(reached, total, strict=True)
            ]
            among = [plain.share(r, s) for r, s in zip(reached, total, strict=True)]
            far = [plain.share(value, n - 1) for value in inverse]
            assert same(harmonic_closeness(example, direction=direction), far), matrix
            assert same(closeness(example, direction=direction), near), matrix
            assert same(closeness(example, direction=direction, unreached="left_out"), among), matrix


def principal(matrix):
    """The eigenvector of the largest eigenvalue; missing when it is not alone or is 0."""
    values, vectors = np.linalg.eig(matrix)
    first = values.real.argmax()
    close = np.abs(values - values[first]) < 1e-3
    vector = np.abs(vectors[:, first].real)
    alone = close.sum() == 1 and values[first].real > 1e-3
    return vector / np.linalg.norm(vector) if alone else np.full(len(matrix), math.nan)


@pytest.mark.parametrize(("matrix", "directed"), plain.GRAPHS[::3])
def test_eigenvector_is_the_one_of_the_largest_eigenvalue_where_that_is_one(matrix, directed):
    example = plain.network_of(matrix, directed)

    assert same(eigenvector(example), principal(matrix.T), digits=1e-7)
    assert same(eigenvector(example, direction="out"), principal(matrix), digits=1e-7)


def test_two_equal_parts_have_no_eigenvector_centrality_and_the_larger_of_two_has_all_of_it():
    equal = Network.from_edges([("李", "王"), ("赵", "陈")])
    larger = Network.from_edges([("李", "王"), ("赵", "陈"), ("赵", "周")])

    assert eigenvector(equal).isna().all()
    assert same(eigenvector(larger)[["李", "王", "赵", "陈", "周"]], [0, 0, 0.5**0.5, 0.5, 0.5])


def test_eigenvector_of_a_large_network_is_that_of_networkx():
    graph = nx.barabasi_albert_graph(300, 3, seed=1)
    theirs = nx.eigenvector_centrality_numpy(graph)

    assert same(eigenvector(graph), list(theirs.values()), digits=1e-8)
    assert same(eigenvector(graph), eigenvector(graph), digits=0)


@pytest.mark.parametrize("directed", [False, True])
def test_pagerank_is_that_of_networkx_and_strengths_matter_when_asked(directed):
    matrix = np.random.default_rng(2).integers(0, 3, (12, 12)) * (1 - np.eye(12))
    matrix = matrix if directed else matrix + matrix.T
    graph = nx.from_numpy_array(matrix, create_using=nx.DiGraph if directed else nx.Graph)
    for weighted in (False, True):
        theirs = nx.pagerank(graph, alpha=0.6, weight="weight" if weighted else None, tol=1e-14, max_iter=999)
        assert same(pagerank(graph, damping=0.6, weighted=weighted), list(theirs.values()))


@pytest.mark.parametrize("damping", [0, 1, -0.5, 1.5, math.nan])
def test_a_damping_that_is_no_chance_is_refused(damping):
    with pytest.raises(MeasureError, match="damping"):
        pagerank(network("kite"), damping=damping)


# --- the compiled searches ------------------------------------------------------------------------------


def arrays(matrix):
    held = sparse.csr_array(matrix)
    return held.indptr.astype(np.int64), held.indices.astype(np.int32)


def hard_cases():
    """More sources than search side by side, one-way ties, pieces, a long chain, nobody."""
    generator = np.random.default_rng(7)
    for n, ties in ((300, 900), (700, 700), (257, 100)):
        yield sparse.csr_array((np.ones(ties), generator.integers(0, n, (2, ties))), shape=(n, n))
    yield sparse.csr_array(sparse.diags_array([np.ones(299)] * 2, offsets=[-1, 1]))
    yield sparse.csr_array((0, 0), dtype=float)
    yield sparse.csr_array((3, 3), dtype=float)


@pytest.mark.parametrize("matrix", list(hard_cases()), ids=lambda matrix: f"{matrix.shape[0]} actors")
def test_the_compiled_searches_find_what_scipy_finds(matrix):
    n = matrix.shape[0]
    steps = shortest_path(matrix, unweighted=True) if n else np.zeros((0, 0))
    found = np.isfinite(steps) & (steps > 0)

    reached, total, inverse = kernels.path_totals(*arrays(matrix))
    between = kernels.steps_between(*arrays(matrix)).T

    assert reached.tolist() == found.sum(axis=1).tolist()
    assert total.tolist() == np.where(found, steps, 0).sum(axis=1).tolist()
    assert same(inverse, np.divide(1, steps, where=found, out=np.zeros((n, n))).sum(axis=1))
    assert (between == np.where(np.isfinite(steps), steps, np.iinfo(between.dtype).max)).all()


@pytest.mark.parametrize("directed", [False, True])
def test_compiled_betweenness_is_that_of_networkx(directed):
    graph = nx.gnp_random_graph(80, 0.05, seed=3, directed=directed)
    theirs = nx.betweenness_centrality(graph, normalized=False)

    ours = kernels.betweenness(*arrays(nx.to_numpy_array(graph)))

    assert same(ours if directed else ours / 2, list(theirs.values()), digits=1e-8)


def test_the_number_of_threads_does_not_change_a_byte(monkeypatch):
    matrix = arrays(nx.to_numpy_array(nx.barabasi_albert_graph(600, 3, seed=2)))

    def everything():
        held = (*kernels.path_totals(*matrix), kernels.betweenness(*matrix), kernels.steps_between(*matrix))
        return [values.tobytes() for values in held]

    two = everything()
    monkeypatch.setattr(kernels, "THREADS", 1)
    assert everything() == two


def test_a_large_network_is_searched_by_compiled_code_and_a_small_one_is_not(monkeypatch):
    """Both sides of the bounds, with the same numbers."""
    graph = nx.barabasi_albert_graph(400, 3, seed=4)
    small = [betweenness(graph), harmonic_closeness(graph), closeness(graph)]
    called = []
    for name in ("path_totals", "betweenness"):
        real = getattr(kernels, name)
        monkeypatch.setattr(kernels, name, lambda *parts, real=real: called.append(real) or real(*parts))
    betweenness(graph), harmonic_closeness(graph), closeness(graph)
    assert not called
    monkeypatch.setattr(paths, "SEARCH_FROM", paths.work(Network.from_networkx(graph)))
    monkeypatch.setattr(paths, "BETWEENNESS_FROM", paths.SEARCH_FROM)
    large = [betweenness(graph), harmonic_closeness(graph), closeness(graph)]
    assert len(called) == 3
    assert all(same(one, other) for one, other in zip(small, large, strict=True))


# --- relations ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("either_way")
def test_a_copy_beside_it_changes_no_betweenness_and_scales_harmonic_closeness():
    for matrix in plain.UNDIRECTED[-5:]:
        once, twice = (plain.network_of(held, False) for held in (matrix, np.kron(np.eye(2), matrix)))
        n = len(matrix)
        assert same(betweenness(twice), [*betweenness(once)] * 2)
        assert same(harmonic_closeness(twice), [*harmonic_closeness(once) * (n - 1) / (2 * n - 1)] * 2)
        assert closeness(twice).isna().all()
        assert same(
            closeness(twice, unreached="left_out"), [*closeness(once, unreached="left_out")] * 2
        )  # comparable within each copy only


@pytest.mark.usefixtures("either_way")
def test_betweenness_summed_is_the_steps_in_between():
    """Each pair at d steps passes d - 1 others: the sum over actors is the sum over pairs."""
    for matrix in plain.DIRECTED[-10:]:
        steps = plain.distances(matrix)
        between = steps[np.isfinite(steps) & (steps > 0)] - 1
        assert betweenness(plain.network_of(matrix, True)).sum() == pytest.approx(between.sum())


def test_compactness_is_the_mean_of_harmonic_closeness():
    example = network("ht_advice")

    assert compactness(example) == pytest.approx(harmonic_closeness(example).mean())


def test_a_parallel_tie_or_a_loop_changes_no_path_measure():
    edges = pd.DataFrame({"source": ["李", "李"], "target": ["王", "赵"]})
    more = pd.concat([edges, edges, pd.DataFrame({"source": ["李"], "target": ["李"]})])

    for measure in (closeness, harmonic_closeness, betweenness, eigenvector, pagerank):
        assert same(measure(Network.from_edges(edges)), measure(Network.from_edges(more)))
