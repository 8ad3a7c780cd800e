"""Is somebody a broker beyond chance? Gould-Fernandez roles against what a named null expects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures import label_null, open_pairs, random_graph_null
from sanshe_net.measures.brokerage import ROLES
from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.options import check_option
from sanshe_net.measures.registry import measure
from sanshe_net.measures.triads import Matrix
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

Null: TypeAlias = Literal["labels", "bernoulli", "given_ties"]
Pairs: TypeAlias = Literal["ordered", "once"]
NULLS: Final[dict[str, Label]] = {
    "labels": Label(
        "零模型：网络不变，把“{by}”的分组在人之间重新分配（看某一个人时，这个人保留自己的分组）",
        'null: the network stays, the groups of "{by}" are dealt anew (an actor looked at keeps its own)',
    ),
    "bernoulli": Label(
        "零模型：分组“{by}”不变，每一对之间以相同概率（即观察到的密度）有联系",
        'null: the groups of "{by}" stay, every possible tie has one chance, the observed density',
    ),
    "given_ties": Label(
        "零模型：分组“{by}”不变，同样数目的联系随机分配到各对之间",
        'null: the groups of "{by}" stay, as many ties as observed are dealt to the possible ones',
    ),
}
ORDERED: Final = Label("ordered（这个网络有方向）", "ordered (the network is directed)")
COUNTED: Final[dict[str, Label]] = {
    "ordered": Label(
        "有序对：无向网络里每一对从两端各数一次",
        "ordered pairs: without directions every pair is counted from both ends",
    ),
    "once": Label("每一对只数一次", "every pair is counted once"),
}
MOMENTS: Final = Label(
    "期望值和标准差是精确公式，不是模拟", "expectation and SD are exact formulas, not simulated"
)
ONCE: Final = ("coordinator", "itinerant", "boundary", "liaison", "total")
"""Roles when every pair is counted once: representative and gatekeeper are then the same."""


@dataclass(frozen=True)
class BrokerageTest:
    """Roles beside what the null expects.

    Attributes
    ----------
    observed, expected, sd, zscore
        One row per actor, one column per role. ``NaN`` for an actor whose group is not known, and a z
        where the null lets nothing vary.
    null, by, pairs
        How it was asked.
    """

    observed: pd.DataFrame
    expected: pd.DataFrame
    sd: pd.DataFrame
    zscore: pd.DataFrame
    null: str
    by: str
    pairs: str

    def explain(self, lang: Lang) -> list[str]:
        """Return which null it is, how pairs are counted and that the moments are exact."""
        return _explain(self.null, self.by, self.pairs, lang)


@dataclass(frozen=True)
class NetworkBrokerageTest:
    """Roles of all actors together beside what the null expects.

    Attributes
    ----------
    table
        One row per role: ``observed``, ``expected``, ``sd``, ``zscore``; a z is ``NaN`` where the null lets
        nothing vary.
    actors, ties
        Actors whose group is known, and ties among them.
    null, by, pairs
        How it was asked.
    """

    table: pd.DataFrame
    actors: int
    ties: int
    null: str
    by: str
    pairs: str

    def explain(self, lang: Lang) -> list[str]:
        """Return which null it is, how pairs are counted and that the moments are exact."""
        return _explain(self.null, self.by, self.pairs, lang)


@measure(level="answer", lowest=0, unit="ordered pairs of actors", weights="ignored", needs=("kind",))
def brokerage_test(
    source: Source, *, by: str = "kind", null: Null = "labels", pairs: Pairs = "ordered"
) -> BrokerageTest:
    r"""Gould-Fernandez roles of each actor, what a null expects of them, and z.

    It is :math:`z = (x - E[x]) / SD[x]` for the counts *x* of ``brokerage_roles``. Expectation and SD are
    exact for every null, with and without directions:

    ``labels``
        The network stays, the actor keeps its group, the groups of the others are dealt anew:
        :math:`E = T_v \cdot share`, with :math:`T_v` the actor's open two-paths and the share of the role
        among all ways to take two others. It asks *given how much this actor connects, are they of these
        groups?* and is right where some have many more contacts than others. The total is then fixed: its
        z is ``NaN``.
    ``bernoulli``
        Every possible tie has the chance *d*, the density: :math:`E = n d^2 (1 - d)` for *n* triples. As in
        R's ``sna::brokerage``, whose SDs of undirected networks are too small by :math:`\sqrt 2` for
        all but representative and gatekeeper; these here are not.
    ``given_ties``
        As many ties as observed are dealt to the possible ones.

    The last two compare with a network in which everybody has about as many contacts: whoever has many gets
    high z in every role. z is no p-value: counts of a few actors are far from normal.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group. Actors whose group is not known (empty or missing) are
        left out with their ties, also from the density.
    null
        ``labels``, ``bernoulli`` or ``given_ties``.
    pairs
        ``ordered`` counts a pair from both ends, as ``brokerage_roles``; ``once``, for undirected
        networks only, once: ``boundary`` then stands for representative and gatekeeper, which are the same.

    Returns
    -------
    BrokerageTest: tables ``observed``, ``expected``, ``sd`` and ``zscore`` on ``actors.index``.
    Unit: ordered pairs of actors. Range: 0 or more (z-scores have no bounds).
    ``NaN`` for an actor whose own group is not known, and for z where SD is 0: nothing can vary.
    Cost: O(m^1.5) for *m* ties at most, as counting; about linear in networks of few contacts each.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, ``null`` or ``pairs`` is none
        of those named, or pairs of a directed network are to be counted once.

    References
    ----------
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
    transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"kind": ["resident"] * 3 + ["partner"]}, index=["李", "王", "赵", "超市"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵"), ("李", "超市")], actors=actors)
    >>> answer = brokerage_test(network)
    >>> answer.observed.loc["李"].tolist()
    [2.0, 0.0, 2.0, 2.0, 0.0, 6.0]
    >>> answer.expected.loc["李"].tolist()
    [2.0, 0.0, 2.0, 2.0, 0.0, 6.0]
    """
    return _of_actors(_counted(source, by, null, pairs))


@measure(level="answer", lowest=0, unit="ordered pairs of actors", weights="ignored", needs=("kind",))
def network_brokerage_test(
    source: Source, *, by: str = "kind", null: Null = "labels", pairs: Pairs = "ordered"
) -> NetworkBrokerageTest:
    r"""Gould-Fernandez roles of all actors together, what a null expects of them, and z.

    It is :math:`z = (x - E[x]) / SD[x]` for :math:`x = \sum_v x_v`, the counts of ``brokerage_roles`` summed
    over actors. Expectation and SD are exact for every null, with and without directions. The nulls are
    those of ``brokerage_test``; under ``labels`` the groups of *all* actors are dealt anew. The null
    matters more than anything else: name it with the number.

    R's ``sna::brokerage`` (2.7-1) gives other SDs over the network under ``bernoulli`` for coordinator,
    representative, gatekeeper and total: it leaves out, or counts too few, pairs of triples that contradict
    each other. Enumerating all networks of 4 and 5 actors gives the SDs returned here.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group. Actors whose group is not known (empty or missing) are
        left out with their ties, also from the density.
    null
        ``labels``, ``bernoulli`` or ``given_ties``.
    pairs
        ``ordered`` counts a pair from both ends; ``once``, for undirected networks only, once:
        ``boundary`` then stands for representative and gatekeeper, which are the same.

    Returns
    -------
    NetworkBrokerageTest: ``table`` with one row per role. Unit: ordered pairs of actors.
    Range: 0 or more (z-scores have no bounds).
    ``NaN`` for z where SD is 0: nothing can vary, as the total under ``labels``.
    Cost: O(m^1.5) for *m* ties at most; ``labels`` adds O(two-paths), the sum of squared numbers of
    contacts.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, ``null`` or ``pairs`` is none
        of those named, or pairs of a directed network are to be counted once.

    References
    ----------
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
    transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"kind": ["resident", "resident", "partner"]}, index=["李", "王", "超市"])
    >>> network = Network.from_edges([("李", "王"), ("王", "超市")], actors=actors)
    >>> network_brokerage_test(network, pairs="once").table["expected"].round(3).to_dict()
    {'coordinator': 0.0, 'itinerant': 0.333, 'boundary': 0.667, 'liaison': 0.0, 'total': 1.0}
    """
    return _of_network(_counted(source, by, null, pairs))


def brokerage_tests(
    source: Source, *, by: str = "kind", null: Null = "labels", pairs: Pairs = "ordered"
) -> tuple[BrokerageTest, NetworkBrokerageTest]:
    """Return ``brokerage_test`` and ``network_brokerage_test`` of one count.

    Parameters
    ----------
    source
        As in :func:`brokerage_test`.
    by
        As in :func:`brokerage_test`.
    null
        As in :func:`brokerage_test`.
    pairs
        As in :func:`brokerage_test`.

    Returns
    -------
    The two answers, by actor and over the network. Cost: O(m^1.5), as :func:`brokerage_test` alone.

    Raises
    ------
    MeasureError
        Where :func:`brokerage_test` does.

    Examples
    --------
    >>> by_actor, over_all = brokerage_tests(Network.from_edges([("李", "王"), ("王", "赵")]))
    >>> over_all.actors  # nobody's group is known
    0
    """
    counted = _counted(source, by, null, pairs)
    return _of_actors(counted), _of_network(counted)


@dataclass(frozen=True)
class _Counted:
    # What both levels start from: the ties among the actors of known group, and the open two-paths by role;
    # only dealing groups anew also asks which of these share actors.
    network: Network
    pattern: Matrix
    known: Array
    codes: Array
    roles: Array
    paths: open_pairs.OpenPaths | None
    null: str
    by: str
    pairs: str


def _counted(source: Source, by: str, null: str, pairs: str) -> _Counted:
    network = as_network(source)
    check_option("null", null, tuple(NULLS))
    check_option("pairs", pairs, tuple(COUNTED))
    if network.directed and pairs != "ordered":
        raise MeasureError("E-VALUE", name="pairs", found=pairs, allowed=ORDERED)
    codes = group_codes(network, by)
    pattern, known = open_pairs.named_network(network, codes)
    codes = codes[known]
    paths = open_pairs.open_paths(pattern, codes, network.directed) if null == "labels" else None
    roles = paths.roles if paths else open_pairs.open_roles(pattern, codes, network.directed)
    return _Counted(network, pattern, known, codes, roles, paths, null, by, pairs)


def _of_actors(held: _Counted) -> BrokerageTest:
    if held.paths:
        mean, sd = label_null.node_moments(held.paths, held.codes)
    else:
        sizes = np.bincount(held.codes)
        by_group = _random_graph(held, random_graph_null.node_triples(sizes, directed=held.network.directed))
        mean, sd = by_group[0][held.codes], by_group[1][held.codes]
    observed = np.column_stack([held.roles, held.roles.sum(axis=1)])
    tables = [_as_counted(values, held.pairs) for values in (observed, mean, sd)]
    tables.append(_zscore(*tables))
    counts, expected, sds, zscore = (_on_actors(values, held) for values in tables)
    return BrokerageTest(counts, expected, sds, zscore, held.null, held.by, held.pairs)


def _of_network(held: _Counted) -> NetworkBrokerageTest:
    directed = held.network.directed
    if held.paths:
        ends = open_pairs.shared_ends(held.pattern, directed)
        mean, sd = label_null.network_moments(held.paths, ends, held.codes)
    else:
        sizes = np.bincount(held.codes)
        mean, sd = _random_graph(held, random_graph_null.network_triples(sizes, directed=directed))
    roles = held.roles.sum(axis=0)
    observed = np.append(roles, roles.sum())
    columns = [_as_counted(values[np.newaxis], held.pairs)[0] for values in (observed, mean, sd)]
    columns.append(_zscore(*columns))
    names = ("observed", "expected", "sd", "zscore")
    index = pd.Index(_roles(held.pairs), name="role")
    table = pd.DataFrame(dict(zip(names, columns, strict=True)), index=index)
    ties = held.pattern.nnz if directed else held.pattern.nnz // 2
    return NetworkBrokerageTest(table, len(held.known), ties, held.null, held.by, held.pairs)


def _random_graph(held: _Counted, triples: random_graph_null.Triples) -> tuple[Array, Array]:
    # Without directions each tie is two entries of the matrix.
    per_tie, actors = 1 if held.network.directed else 2, len(held.known)
    bernoulli = held.null == "bernoulli"
    moments = random_graph_null.bernoulli_moments if bernoulli else random_graph_null.given_ties_moments
    return moments(triples, held.pattern.nnz // per_tie, actors * (actors - 1) // per_tie)


def _roles(pairs: str) -> list[str]:
    return list(ROLES if pairs == "ordered" else ONCE)


def _as_counted(values: Array, pairs: str) -> Array:
    # Roles are columns; a pair counted once is half of one counted from both ends, but for the boundary,
    # which one of its two roles counts once already.
    return values if pairs == "ordered" else values[:, [0, 1, 2, 4, 5]] / np.array([2, 2, 1, 2, 2])


def _zscore(observed: Array, expected: Array, sd: Array) -> Array:
    return (observed - expected) / np.where(sd > 0, sd, np.nan)


def _on_actors(values: Array, held: _Counted) -> pd.DataFrame:
    index = held.network.actors.index
    table = np.full((len(index), values.shape[1]), np.nan)
    table[held.known] = values
    return pd.DataFrame(table, index=index, columns=_roles(held.pairs))


def _explain(null: str, by: str, pairs: str, lang: Lang) -> list[str]:
    return [NULLS[null].text(lang).format(by=by), COUNTED[pairs].text(lang), MOMENTS.text(lang)]
