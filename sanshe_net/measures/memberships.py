"""Who belongs to which groups, also to several at once, and how alike two actors are by their groups.

A membership is a row of shares: an actor with a single group has all of it there, an actor in several
groups a share in each, and the shares of an actor sum to 1. Two actors are alike by 1 when they have the
same single group and by 0 when they have none in common; everything that counts ties within groups counts
a tie by how alike its ends are (Everett & Borgatti 2026). Actors with the same shares share a *pattern*,
so that a community of thousands has to be compared by its few patterns only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.attributes import check_attribute
from sanshe_net.measures.groups import holds_several
from sanshe_net.measures.options import check_flag, check_option
from sanshe_net.measures.triads import Matrix
from sanshe_net.network import Array, Network, Source, as_network

By: TypeAlias = "str | pd.DataFrame"
Similarity: TypeAlias = Literal["product", "min", "cosine"]
SIMILARITIES: Final = ("product", "min", "cosine")
DIRECTIONS: Final = ("both", "in", "out")

TABLE: Final = 2048
"""Up to this many patterns the similarity of all pairs is kept as a table (32 MB)."""
BLOCK: Final = 4_000_000
"""Similarities computed at a time; bounds the memory to some 100 MB."""


@dataclass(frozen=True)
class Memberships:
    """The groups of the actors of a network.

    Attributes
    ----------
    codes
        The pattern of each actor, -1 where no group is known.
    shares
        Patterns x groups; every row sums to 1.
    groups
        The names of the groups, sorted.
    similarity
        How two patterns are compared: ``product``, ``min`` or ``cosine``.
    """

    codes: Array
    shares: Matrix
    groups: pd.Index[Any]
    similarity: Similarity

    @property
    def known(self) -> Array:
        """Which actors have a group."""
        return np.asarray(self.codes >= 0)

    @cached_property
    def single(self) -> bool:
        """Whether everybody has one group, so that ties are within a group or not and never partly."""
        return bool(self.shares.nnz == self.shares.shape[0])

    @cached_property
    def sizes(self) -> Array:
        """How many actors have each pattern."""
        return np.bincount(self.codes[self.known], minlength=self.shares.shape[0])

    @cached_property
    def of_actors(self) -> Matrix:
        """Actors x groups; the row of an actor without a known group is empty."""
        held = np.flatnonzero(self.known)
        ones = (np.ones(len(held)), (held, self.codes[held]))
        picked = sparse.csr_array(ones, shape=(len(self.codes), self.shares.shape[0]))
        return sparse.csr_array(picked @ self.shares)

    def alike(self, one: Array, other: Array) -> Array:
        """Return how alike patterns are, pair by pair; arrays of patterns in, of the same shape out."""
        if self.single:
            return np.asarray(one == other, dtype=float)
        if self._table is not None:
            return np.asarray(self._table[one, other])
        from sanshe_net.kernels.shares import common_shares

        rows = self._compared
        first, second = (np.asarray(end, dtype=np.int64).ravel() for end in (one, other))
        start, group = rows.indptr.astype(np.int64), rows.indices.astype(np.int64)
        values = common_shares(first, second, start, group, rows.data, self.similarity == "min")
        return values.reshape(one.shape)

    def totals(self, power: int = 1) -> Array:
        """Return for each pattern how alike it is, to the ``power`` 1 or 2, to all other actors together."""
        if self.single:
            return np.asarray(self.sizes - 1.0)
        itself = np.arange(self.shares.shape[0])
        return np.asarray(self._sums(power) - self.alike(itself, itself) ** power)

    def _sums(self, power: int) -> Array:
        # Over all actors, oneself among them.
        if self.similarity == "min":
            if power == 1:
                return _smaller_sums(self.shares, self.sizes)
            sums = [rows**power @ self.sizes for rows in self._rows()]
            return np.concatenate([np.empty(0), *sums])
        rows = self._compared
        if power == 1:
            return np.asarray(rows @ (rows.T @ self.sizes))
        weighted = sparse.csr_array(sparse.diags_array(self.sizes.astype(float)) @ rows)
        squares = sparse.csr_array(rows @ sparse.csr_array(rows.T @ weighted))  # (b_i · b_j)² over j
        return np.asarray(squares.multiply(rows).sum(axis=1))

    @cached_property
    def _compared(self) -> Matrix:
        # The shares in the form whose products are the similarities.
        if self.similarity != "cosine":
            return self.shares
        lengths = np.sqrt(self.shares.power(2).sum(axis=1))
        scaled = sparse.csr_array(sparse.diags_array(1 / lengths) @ self.shares)
        scaled.sort_indices()
        return scaled

    @cached_property
    def _table(self) -> Array | None:
        if self.shares.shape[0] > TABLE:
            return None
        return np.concatenate([np.empty((0, self.shares.shape[0])), *self._rows()])

    def _rows(self) -> Iterator[Array]:
        # Rows of the table of all pairs of patterns, a block at a time.
        dense = self._compared.toarray()
        size = max(1, BLOCK // max(1, len(dense)))
        for start in range(0, len(dense), size):
            rows = dense[start : start + size]
            if self.similarity != "min":
                yield rows @ dense.T
            else:
                from scipy.spatial.distance import cdist

                # Rows sum to 1, and min(a, b) = (a + b - |a - b|) / 2.
                yield 1 - cdist(rows, dense, "cityblock") / 2


def _smaller_sums(shares: Matrix, sizes: Array) -> Array:
    # The sum over j of min(b_i, b_j) in each group: with its members in ascending order, what those below
    # hold, and b_i for each of the others.
    columns = shares.tocsc()
    group = np.repeat(np.arange(shares.shape[1]), np.diff(columns.indptr))
    order = np.lexsort((columns.data, group))
    values, pattern = columns.data[order], columns.indices[order]
    times = sizes[pattern].astype(float)
    held, people = np.append(0.0, np.cumsum(values * times)), np.append(0.0, np.cumsum(times))
    first, last = columns.indptr[group], columns.indptr[group + 1]
    upto = np.arange(1, len(values) + 1)
    parts = held[upto] - held[first] + values * (people[last] - people[upto])
    return np.bincount(pattern, parts, shares.shape[0])


class Ends(NamedTuple):
    """The ties between actors of known group, seen from ``ego``."""

    ego: Array
    alter: Array
    weight: Array


def tie_ends(
    network: Network, known: Array, *, direction: str = "out", weighted: bool = False
) -> tuple[Ends, int]:
    """Return the ties between actors of ``known`` group, and how many ties are left out.

    An undirected tie is seen from both ends; a directed one from its sender (``out``), its receiver
    (``in``) or from either (``both``). Left out are ties with an end whose group is not known, each once.

    Raises
    ------
    MeasureError
        When ``direction`` is none of the three.
    """
    check_flag("weighted", weighted)
    check_option("direction", direction, DIRECTIONS)
    ties = network.adjacency(weighted=weighted).tocoo()
    rows, columns = ties.coords
    kept = known[rows] & known[columns]
    left_out = int(np.count_nonzero(~kept))
    sent = Ends(rows[kept], columns[kept], ties.data[kept])
    if not network.directed:
        return sent, left_out // 2
    received = Ends(sent.alter, sent.ego, sent.weight)
    if direction == "both":
        joined = (np.concatenate(pair) for pair in zip(sent, received, strict=True))
        return Ends(*joined), left_out
    return (sent if direction == "out" else received), left_out


def memberships(
    source: Source,
    *,
    layer: str = "membership",
    kinds: str | Collection[str] = "organisation",
) -> pd.DataFrame:
    """Return who belongs to which organisation, from the ties of a layer.

    The table goes as ``by`` into every measure that takes groups, for people in several organisations.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph with ties actor - organisation.
    layer
        The layer of these ties; their strengths are summed.
    kinds
        The kinds of actors that are the groups. Each tie of the layer has one of them at one end.

    Returns
    -------
    DataFrame, one row per actor with such a tie (index ``actor_id``, in the order of ``actors``), one
    column per organisation, the strength of the membership in each cell and 0 for none.
    Cost: O(n g + m) for *g* organisations.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, has no such layer, or a tie of it joins two groups or none.

    Examples
    --------
    >>> actors = pd.DataFrame({"kind": ["resident", "resident", "organisation", "organisation"]},
    ...                       index=["李", "王", "舞蹈队", "议事会"])
    >>> ties = pd.DataFrame({"source": ["李", "李", "王"], "target": ["舞蹈队", "议事会", "议事会"]})
    >>> network = Network.from_edges(ties.assign(layer="membership"), actors=actors)
    >>> memberships(network).loc["李"].to_dict()
    {'舞蹈队': 1.0, '议事会': 1.0}
    """
    network = as_network(source)
    held = network.only(layers=layer).ties
    bodies = {kinds} if isinstance(kinds, str) else set(kinds)
    group = network.actors["kind"].isin(bodies)
    first = group.loc[held["source"]].to_numpy(dtype=bool)
    second = group.loc[held["target"]].to_numpy(dtype=bool)
    if (first == second).any():
        wrong = held[first == second].iloc[0]
        pair = f"{wrong['source']} – {wrong['target']}"
        raise MeasureError("E-MEMBERSHIP-TIE", layer=layer, pair=pair, allowed=", ".join(sorted(bodies)))
    people = held["target"].where(first, held["source"])
    groups = held["source"].where(first, held["target"])
    table = held.assign(actor_id=people, group=groups).pivot_table(
        index="actor_id", columns="group", values="weight", aggfunc="sum", fill_value=0.0
    )
    members = network.actors.index[network.actors.index.isin(table.index)]
    return table.reindex(members).astype(float)


def read_memberships(network: Network, by: By, *, similarity: str = "product") -> Memberships:
    r"""Return the groups of the actors of a network.

    Parameters
    ----------
    network
        The network whose actors are grouped.
    by
        Column of ``actors``, or a table of memberships. A cell of the column names a group, or several as
        a list, tuple or set (equal shares) or as a dict group -> amount. The table has a row per actor id,
        a column per group, and amounts such as hours; empty cells are 0. In either case amounts become
        shares of the actor. An empty text, a missing value, an empty list, a row of zeros and an actor
        without a row mean "not known".
    similarity
        How two actors are compared by their shares :math:`b`: ``product`` is :math:`\sum_k b_{ik} b_{jk}`,
        ``min`` is :math:`\sum_k \min(b_{ik}, b_{jk})`, ``cosine`` the product of the shares scaled to
        length 1. The three agree where everybody has one group.

    Raises
    ------
    MeasureError
        When there is no such column or similarity, the table names an actor that the network lacks, or
        an amount is not a finite number of 0 or more.

    Examples
    --------
    >>> actors = pd.DataFrame({"group": [("舞蹈队", "合唱队"), "合唱队", None]})
    >>> held = read_memberships(Network.from_edges([], actors=actors), "group")
    >>> held.of_actors.toarray().tolist()
    [[0.5, 0.5], [1.0, 0.0], [0.0, 0.0]]
    """
    check_option("similarity", similarity, SIMILARITIES)
    if isinstance(by, pd.DataFrame):
        amounts, groups = _table_amounts(network, by)
    else:
        check_attribute(network, by)
        column = network.actors[by].astype(object)
        if not any(holds_several(column)):
            return _one_group_each(column, similarity)
        amounts, groups = _column_amounts(column)
    totals = amounts.sum(axis=1)
    known = totals > 0
    shares = amounts[known] / totals[known, np.newaxis]
    patterns, codes = np.unique(shares, axis=0, return_inverse=True)
    all_codes = np.full(len(network.actors), -1, dtype=np.int64)
    all_codes[known] = codes.ravel()
    return Memberships(all_codes, sparse.csr_array(patterns), groups, similarity)  # type: ignore[arg-type]


def _one_group_each(column: pd.Series[Any], similarity: str) -> Memberships:
    codes, found = pd.factorize(column.mask(column.isna() | (column == ""), None))
    groups = _sorted(found)
    place = groups.get_indexer(pd.Index(found, tupleize_cols=False))
    ordered = np.append(place, -1)[codes].astype(np.int64)
    return Memberships(ordered, sparse.eye_array(len(groups), format="csr"), groups, similarity)  # type: ignore[arg-type]


def _column_amounts(column: pd.Series[Any]) -> tuple[Array, pd.Index[Any]]:
    rows: list[int] = []
    names: list[Any] = []
    given: list[Any] = []
    for position, value in enumerate(column):
        if isinstance(value, Mapping):
            parts = dict(value)
        elif isinstance(value, list | tuple | set | frozenset):
            parts = dict.fromkeys(value, 1.0)  # named twice is a member once
        else:
            parts = {value: 1.0}
        for name, amount in parts.items():
            if name is not None and name == name and name != "":  # NaN is not equal to itself
                rows.append(position)
                names.append(name)
                given.append(amount)
    amounts = pd.to_numeric(pd.Series(given, dtype=object), errors="coerce").to_numpy(dtype=float)
    _check_amounts(amounts, lambda at: (column.index[rows[at]], names[at], given[at]))
    groups = _sorted(dict.fromkeys(names))
    table = np.zeros((len(column), len(groups)))
    table[rows, groups.get_indexer(pd.Index(names, tupleize_cols=False))] = amounts
    return table, groups


def _table_amounts(network: Network, table: pd.DataFrame) -> tuple[Array, pd.Index[Any]]:
    if table.index.has_duplicates:
        raise MeasureError("E-ACTOR-TWICE", found=table.index[table.index.duplicated()][0])
    strangers = table.index.difference(network.actors.index, sort=False)
    if len(strangers):
        raise MeasureError("E-MEMBERSHIP-STRANGER", found=strangers[0])
    if table.columns.has_duplicates:
        raise MeasureError("E-MEMBERSHIP-TWICE", found=table.columns[table.columns.duplicated()][0])
    given = table.reindex(index=network.actors.index, columns=_sorted(table.columns))
    numbers = given.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    amounts = np.where(given.isna().to_numpy(), 0.0, numbers)
    columns = max(1, amounts.shape[1])

    def held(at: int) -> tuple[Any, Any, Any]:
        row, column = divmod(at, columns)
        return given.index[row], given.columns[column], given.iat[row, column]

    _check_amounts(amounts.ravel(), held)
    return amounts, given.columns


def _check_amounts(amounts: Array, held: Any) -> None:
    wrong = ~(np.isfinite(amounts) & (amounts >= 0))
    if wrong.any():
        actor, group, found = held(int(np.flatnonzero(wrong)[0]))
        raise MeasureError("E-MEMBERSHIP-AMOUNT", found=found, actor=actor, group=group)


def _sorted(names: Collection[Any] | pd.Index[Any]) -> pd.Index[Any]:
    ordered = sorted(names, key=lambda name: (type(name).__name__, name))
    groups: pd.Index[Any] = pd.Index(ordered, name="group", tupleize_cols=False)
    return groups
