"""Sums and maxima over the closed triads of a network, all ties at once.

Burt's measures and the Gould-Fernandez roles are all sums over pairs of ties that a third tie closes.
Such a sum is a matrix product of which only the entries at existing ties are wanted; the products here
are made block by block, so that the full square of a large network is never held in memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.measures.strengths import with_values
from sanshe_net.network import Array

Matrix: TypeAlias = "sparse.csr_array[Any]"

BLOCK: Final = 2_000_000
"""Two-paths multiplied at a time; bounds the memory to some 100 MB."""
DENSE_SHARE: Final = 0.1
"""From this share of entries on a dense product is faster than a sparse one."""
DENSE_ACTORS: Final = 4096
"""Up to this many actors a dense matrix (128 MB) is acceptable."""


def masked_product(left: Matrix, right: Matrix, mask: Matrix) -> Matrix:
    """Return ``mask ∘ (left @ right)``: the product at the entries of ``mask``, times its values.

    Examples
    --------
    >>> triangle = sparse.csr_array(np.ones((3, 3)) - np.eye(3))
    >>> masked_product(triangle, triangle, triangle).sum(axis=1).tolist()
    [2.0, 2.0, 2.0]
    """
    if is_dense(left.shape[0], min(left.nnz, right.nnz)):
        return sparse.csr_array(mask.multiply(left.toarray() @ right.toarray()))
    paths = left.astype(bool).astype(np.int64) @ np.diff(right.indptr).astype(np.int64)
    blocks = [
        sparse.csr_array(mask[start:stop].multiply(left[start:stop] @ right))
        for start, stop in _blocks(paths)
    ]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def is_dense(actors: int, entries: int) -> bool:
    """Return whether a matrix of this size is better multiplied as a dense one."""
    return actors <= DENSE_ACTORS and entries > DENSE_SHARE * actors**2


def strongest_anywhere(strength: Matrix) -> Matrix:
    """Return, at each tie *ij*, the strongest tie that *j* has with anyone.

    ``strength`` is symmetric with sorted indices.
    """
    if strength.nnz == 0:
        return strength
    strongest = strength.max(axis=1).toarray().ravel()
    return with_values(strength, strongest[strength.indices])


def strongest_within_ego(strength: Matrix) -> Matrix:
    """Return, at each tie *ij*, the strongest tie that *j* has with *i* or a contact of *i*.

    ``strength`` is symmetric with sorted indices. Takes at most as many steps as the largest number of
    contacts; few in a dense network, where almost everybody is a contact.
    """
    if strength.nnz == 0 or np.ptp(strength.data) == 0:
        return strength
    n = strength.shape[0]
    contacts = strength.indptr.astype(np.int64)
    ego = np.repeat(np.arange(n, dtype=np.int64), np.diff(contacts))
    alter = strength.indices.astype(np.int64)
    ties = ego * n + alter
    order = np.lexsort((-strength.data, ego))  # the ties of each actor, the strongest first
    strongest = np.empty(strength.nnz)
    pending, step = np.arange(strength.nnz), 0
    # All ties at once walk down the list of their alter, until it names the ego or one of its contacts.
    while len(pending):
        tie = order[contacts[alter[pending]] + step]
        third = alter[tie]
        wanted = ego[pending] * n + third
        place = np.minimum(np.searchsorted(ties, wanted), len(ties) - 1)
        inside = (third == ego[pending]) | (ties[place] == wanted)
        strongest[pending[inside]] = strength.data[tie[inside]]
        pending, step = pending[~inside], step + 1
    return with_values(strength, strongest)


def _blocks(costs: Array) -> Iterator[tuple[int, int]]:
    # Consecutive ranges that cover all positions, each of about BLOCK in summed cost; at least one.
    block = np.cumsum(costs) // BLOCK
    borders = np.flatnonzero(np.diff(block)) + 1
    edges = [0, *borders.tolist(), len(costs)]
    yield from pairwise(edges)
