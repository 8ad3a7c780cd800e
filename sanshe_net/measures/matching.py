"""Several networks of the same actors, laid over each other: the cells of their matrices, actor by actor."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.network import Array, Network


@dataclass(frozen=True)
class Matched:
    """Networks restricted to the actors that all of them have.

    Attributes
    ----------
    actors
        Ids of the shared actors, sorted: results do not depend on the order in which actors were given.
    matrices
        One square sparse matrix for each network, rows and columns in the order of ``actors``.
    totals
        Entries of each matrix before the restriction.
    left_out
        For each network its actors that another one lacks, sorted.
    directed
        Whether any of them is; cells are then ordered pairs, and an undirected tie stands in both.
    """

    actors: tuple[Hashable, ...]
    matrices: tuple[sparse.csr_array[Any], ...]
    totals: tuple[int, ...]
    left_out: tuple[tuple[Hashable, ...], ...]
    directed: bool

    @property
    def cells(self) -> int:
        """How many pairs can be tied: ordered in directed networks, unordered in others."""
        ordered = len(self.actors) * (len(self.actors) - 1)
        return ordered if self.directed else ordered // 2


def matched(networks: Sequence[Network], *, weighted: bool) -> Matched:
    """Return the networks restricted to the actors that all of them have, matched by id."""
    held = [set(network.actors.index) for network in networks]
    shared = by_id(set.intersection(*held))
    full = [network.adjacency(weighted=weighted) for network in networks]
    parts = [
        restrict(matrix, network.actors.index, shared) for matrix, network in zip(full, networks, strict=True)
    ]
    return Matched(
        actors=tuple(shared),
        matrices=tuple(parts),
        totals=tuple(matrix.nnz for matrix in full),
        left_out=tuple(tuple(by_id(ids.difference(shared))) for ids in held),
        directed=any(network.directed for network in networks),
    )


def by_id(ids: Iterable[Hashable]) -> list[Any]:
    """Return actor ids in the one order that does not depend on how they were given."""
    return sorted(ids, key=lambda value: (type(value).__name__, value))


def positions(index: pd.Index[Any], ids: Sequence[Hashable]) -> Array:
    """Return where each of ``ids`` stands in ``index``."""
    place = {actor: position for position, actor in enumerate(index)}
    return np.array([place[actor] for actor in ids], dtype=np.int64)


def restrict(
    matrix: sparse.csr_array[Any], index: pd.Index[Any], ids: Sequence[Hashable]
) -> sparse.csr_array[Any]:
    """Return the rows and columns of ``ids``, in that order."""
    chosen = positions(index, ids)
    part = sparse.csr_array(matrix[chosen][:, chosen])
    part.sort_indices()
    return part
