"""Small networks, all or random, and measures computed on them straight from their definitions."""

import math
from itertools import combinations, permutations

import networkx as nx
import numpy as np
import pandas as pd

from sanshe_net import Network


def network_of(matrix, directed):
    """Return the network of an adjacency matrix, its actors numbered."""
    rows, columns = np.nonzero(matrix if directed else np.triu(matrix))
    edges = pd.DataFrame({"source": rows, "target": columns})
    return Network.from_edges(edges, actors=pd.DataFrame(index=range(len(matrix))), directed=directed)


def all_undirected(largest=5):
    """Every undirected graph of up to five actors, one of each form."""
    for graph in nx.graph_atlas_g():
        if 1 <= len(graph) <= largest:
            yield nx.to_numpy_array(graph)


def all_directed(n=3):
    """Every directed graph of n actors, one of each form."""
    places, seen = list(permutations(range(n), 2)), set()
    for code in range(2 ** len(places)):
        matrix = np.zeros((n, n))
        for bit, place in enumerate(places):
            matrix[place] = code >> bit & 1
        forms = {matrix[np.ix_(order, order)].tobytes() for order in permutations(range(n))}
        if not forms & seen:
            yield matrix
        seen |= forms


def random_graphs(directed, count, largest=12, seed=1):
    """Random graphs of 4 to 12 actors, thin and dense."""
    generator = np.random.default_rng(seed)
    for _ in range(count):
        n = int(generator.integers(4, largest + 1))
        matrix = (generator.random((n, n)) < generator.uniform(0.05, 0.6)).astype(float)
        np.fill_diagonal(matrix, 0)
        yield matrix if directed else np.triu(matrix) + np.triu(matrix).T


UNDIRECTED = [*all_undirected(), *random_graphs(False, 10)]
DIRECTED = [*all_directed(), *random_graphs(True, 20)]
GRAPHS = [(matrix, False) for matrix in UNDIRECTED] + [(matrix, True) for matrix in DIRECTED]


def distances(matrix):
    """Steps between all pairs, infinite out of reach (Floyd and Warshall)."""
    n = len(matrix)
    steps = np.where(matrix > 0, 1.0, np.inf)
    np.fill_diagonal(steps, 0)
    for middle in range(n):
        steps = np.minimum(steps, steps[:, [middle]] + steps[[middle], :])
    return steps


def betweenness(matrix, directed):
    """Shares of shortest paths, counted by powers of the adjacency matrix."""
    n, steps = len(matrix), distances(matrix)
    power, paths = np.eye(n), np.eye(n)
    for length in range(1, n):
        power = power @ matrix
        paths = np.where(steps == length, power, paths)
    total = np.zeros(n)
    for i in range(n):
        for s, t in permutations(set(range(n)) - {i}, 2):
            if np.isfinite(steps[s, t]) and steps[s, i] + steps[i, t] == steps[s, t]:
                total[i] += paths[s, i] * paths[i, t] / paths[s, t]
    return total if directed else total / 2


def closeness(matrix):
    """Inverse mean steps; missing for an actor who does not reach all."""
    n, steps = len(matrix), distances(matrix)
    return [(n - 1) / row.sum() if n > 1 and np.isfinite(row).all() else math.nan for row in steps]


def pieces(matrix):
    """Sets of actors joined by chains of ties."""
    reach = np.isfinite(distances(matrix + matrix.T))
    return {frozenset(np.flatnonzero(row).tolist()) for row in reach}


def share(part, whole):
    """Part of the whole; missing when there is no whole."""
    return part / whole if whole else math.nan


def connectedness(matrix):
    """Joined pairs of all pairs."""
    reach = np.isfinite(distances(matrix + matrix.T))
    pairs = list(combinations(range(len(matrix)), 2))
    return share(sum(reach[pair] for pair in pairs), len(pairs))


def compactness(matrix):
    """Mean inverse steps over ordered pairs."""
    pairs = list(permutations(range(len(matrix)), 2))
    return share(sum(1 / distances(matrix)[pair] for pair in pairs), len(pairs))


def transitivity(matrix):
    """Closed two-paths of all two-paths."""
    paths = [(a, c) for a, b, c in permutations(range(len(matrix)), 3) if matrix[a, b] and matrix[b, c]]
    return share(sum(matrix[path] for path in paths), len(paths))


def local_clustering(matrix, too_few):
    """Mean share of tied pairs of contacts, directions ignored."""
    either, shares = (matrix + matrix.T) > 0, []
    for row in either:
        pairs = list(combinations(np.flatnonzero(row), 2))
        if pairs:
            shares.append(sum(either[pair] for pair in pairs) / len(pairs))
        elif too_few == "zero":
            shares.append(0.0)
    return share(sum(shares), len(shares))


def reciprocity(matrix, of):
    """Returned ties of all ties."""
    if of == "arcs":
        return share((matrix * matrix.T).sum(), matrix.sum())
    pairs = list(combinations(range(len(matrix)), 2))
    mutual = sum(matrix[i, j] and matrix[j, i] for i, j in pairs)
    return share(mutual, sum(bool(matrix[i, j] or matrix[j, i]) for i, j in pairs))


def hierarchy(matrix):
    """Reachable pairs that are not mutual, of all reachable pairs."""
    reach = np.isfinite(distances(matrix))
    pairs = [(i, j) for i, j in combinations(range(len(matrix)), 2) if reach[i, j] or reach[j, i]]
    return share(sum(reach[i, j] != reach[j, i] for i, j in pairs), len(pairs))


def efficiency(matrix, of):
    """One minus the superfluous ties of those that could be."""
    superfluous = possible = 0
    for piece in pieces(matrix):
        s, inside = len(piece), matrix[np.ix_(sorted(piece), sorted(piece))]
        ties, most = inside.sum(), s * (s - 1)
        if of == "pairs":
            ties, most = ((inside + inside.T) > 0).sum() / 2, most / 2
        superfluous, possible = superfluous + ties - (s - 1), possible + most - (s - 1)
    return 1 - share(superfluous, possible)


def least_upper_bound(matrix, end="nearest"):
    """One minus the pairs without a bound; ``highest`` is what R sna's C code asks of it."""
    reach = np.isfinite(distances(matrix))
    lacking = possible = 0
    for piece in pieces(matrix):
        possible += (len(piece) - 1) * (len(piece) - 2) // 2
        for i, j in combinations(sorted(piece), 2):
            above = [k for k in piece if reach[k, i] and reach[k, j]]
            if end == "nearest":
                lacking += not any(all(reach[k, bound] for k in above) for bound in above)
            elif len(piece) > 2:
                lacking += not any(all(reach[bound, k] for k in above) for bound in above)
    return 1 - share(lacking, possible)


def centralization(scores, most):
    """How far all are below the highest, of the most this can be."""
    scores = np.asarray(scores, dtype=float)
    return share((scores.max() - scores).sum(), most) if len(scores) else math.nan
