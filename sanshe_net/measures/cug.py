"""CUG: is a network unusual among random networks that share its size, its ties or its mutual pairs?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.measures.matching import by_id, positions
from sanshe_net.measures.matrix_network import MatrixNetwork
from sanshe_net.measures.nulls import NullTest, null_test
from sanshe_net.measures.options import check_draws, check_option
from sanshe_net.measures.registry import all_measures, no_such_measure
from sanshe_net.network import Array, Network, Source, as_network

Given: TypeAlias = Literal["size", "ties", "dyads"]
NetworkMeasure: TypeAlias = Callable[[Network], float]

GIVEN: Final = ("size", "ties", "dyads")


def cug_test(
    source: Source, measure: str | NetworkMeasure, *, given: Given = "ties", draws: int = 1000, seed: int = 0
) -> NullTest:
    r"""Return whether a measure of a network is higher or lower than in random networks of its kind.

    All networks that agree with the observed one in what is ``given`` are equally likely (conditional
    uniform graphs); the p-value is :math:`(1 + extreme) / (1 + draws)`. Actors keep their attributes.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored.
    measure
        A measure of networks, by its name in the register or as a function of a Network.
    given
        What random networks share with this one. ``size``: the actors only, each pair tied with chance
        1/2. ``ties``: also the number of ties. ``dyads``: also the numbers of mutual and one-way pairs; in
        an undirected network the same as ``ties``. With ``ties`` and ``dyads`` the observed strengths are
        dealt anew, with ``size`` every tie has strength 1.
    draws
        Random networks.
    seed
        Seed of the random networks. The same actors and seed give the same answer, in whatever order the
        actors and ties are given.

    Returns
    -------
    NullTest. ``NaN`` where the measure has no value for the network; random networks without a value are
    left out and counted in ``undefined``.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, there is no measure of networks of that name, ``given`` is none of
        the three, or ``draws`` is below 1.

    Notes
    -----
    Cost: ``draws`` times drawing O(n + m log m) (``size``: O(n²)) and the measure.

    References
    ----------
    Anderson, B. S., Butts, C., & Carley, K. (1999). The interaction of size and density with graph-level
    indices. *Social Networks* 21(3), 239-267.
    Butts, C. T. (2008). Social network analysis: a methodological introduction. *Asian Journal of Social
    Psychology* 11(1), 13-41.

    Examples
    --------
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("陈", "周")])
    >>> test = cug_test(network, "components", draws=200)
    >>> test.observed, test.null, test.p_upper > 0.1
    (2.0, 'ties', True)
    """
    network = as_network(source)
    check_option("given", given, GIVEN)
    check_draws(draws, seed)
    name, compute = _named(measure)
    observed, draw = float(compute(network)), _sampler(network, given)
    generator = np.random.default_rng(seed)
    # The measure is anybody's function of one network: there is no way around calling it for each.
    drawn = np.array([float(compute(draw(generator))) for _ in range(draws)])
    return null_test(name, given, observed, drawn, seed=seed)


def _named(measure: str | NetworkMeasure) -> tuple[str, NetworkMeasure]:
    if callable(measure):
        return getattr(measure, "__name__", "measure"), measure
    known = all_measures("network")
    if measure not in known:
        raise no_such_measure(str(measure), "network")
    return measure, known[measure].compute


def _sampler(network: Network, given: Given) -> Callable[[np.random.Generator], Network]:
    # Actors sorted by id and ties by actors: the draws do not depend on the order of the tables.
    order = positions(network.actors.index, by_id(network.actors.index))
    network = replace(network, actors=network.actors.iloc[order])
    matrix, n = network.adjacency(), len(network.actors)
    pairs = n * (n - 1) // 2
    there, back = _dyads(matrix)

    def of_size(generator: np.random.Generator) -> Network:
        # Both directions of each pair are drawn, so that one rule serves both kinds of network.
        ties = generator.random((2, pairs)) < 0.5
        forward, backward = ties if network.directed else (ties[0], ties[0])
        lower, upper = _ends(np.arange(pairs))
        return _built(network, lower, upper, forward.astype(float), backward.astype(float))

    def of_dyads(generator: np.random.Generator) -> Network:
        lower, upper = _ends(generator.choice(pairs, len(there), replace=False))
        turned = generator.random(len(there)) < 0.5
        return _built(network, lower, upper, np.where(turned, back, there), np.where(turned, there, back))

    def of_arcs(generator: np.random.Generator) -> Network:
        cells = generator.choice(2 * pairs, matrix.nnz, replace=False)
        lower, upper = _ends(cells // 2)
        turned = cells % 2 == 1
        one, other = np.where(turned, upper, lower), np.where(turned, lower, upper)
        return _built(network, one, other, matrix.data, np.zeros(matrix.nnz))

    if given == "size":
        return of_size
    # A pair of an undirected network is a dyad whose two sides are the same.
    return of_arcs if given == "ties" and network.directed else of_dyads


def _dyads(matrix: sparse.csr_array[Any]) -> tuple[Array, Array]:
    # Strength there and back of each pair that is tied at all.
    tied = sparse.triu(sparse.csr_array(matrix + matrix.T), format="coo")
    rows, columns = tied.coords
    if not len(rows):  # asked for no entries, scipy gives a matrix back
        return np.empty(0), np.empty(0)
    return np.asarray(matrix[rows, columns]).ravel(), np.asarray(matrix[columns, rows]).ravel()


def _ends(pairs: Array) -> tuple[Array, Array]:
    """Return the two actors of each pair: 0 is (0, 1), 1 is (0, 2), 2 is (1, 2), 3 is (0, 3) and so on."""
    upper = ((1 + np.sqrt(1 + 8 * pairs.astype(float))) / 2).astype(np.int64)
    return pairs - upper * (upper - 1) // 2, upper


def _built(network: Network, one: Array, other: Array, there: Array, back: Array) -> Network:
    n = len(network.actors)
    rows, columns = np.concatenate([one, other]), np.concatenate([other, one])
    values = np.concatenate([there, back])
    kept = np.flatnonzero(values)
    kept = kept[np.argsort(rows[kept] * n + columns[kept])]
    starts = np.zeros(n + 1, dtype=np.int64)
    np.cumsum(np.bincount(rows[kept], minlength=n), out=starts[1:])
    matrix = sparse.csr_array((values[kept], columns[kept], starts), shape=(n, n))
    return MatrixNetwork.of(network.actors, matrix, network.rule, directed=network.directed)
