"""The readings of tie strength that several measures share: distance, total, share."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import sparse

from sanshe_net.network import Array, Network


def distance(strength: Array) -> Array:
    """Return how far apart tied actors are: the inverse of their strength (Newman 2001).

    Twice the strength is half the distance. The only place where strength becomes distance.

    References
    ----------
    Newman, M. E. J. (2001). Scientific collaboration networks. II. *Physical Review E* 64, 016132.

    Examples
    --------
    >>> distance(np.array([1.0, 4.0])).tolist()
    [1.0, 0.25]
    """
    return 1.0 / np.asarray(strength, dtype=float)


def mutual_strength(network: Network, *, weighted: bool) -> sparse.csr_array[Any]:
    """Return the symmetric strength between actors; in a directed network both directions together."""
    matrix = network.adjacency(weighted=weighted)
    if not network.directed:
        return matrix
    both = sparse.csr_array(matrix + matrix.T)
    both.sort_indices()
    return both


def strength_shares(strength: sparse.csr_array[Any]) -> sparse.csr_array[Any]:
    """Return each row divided by its sum; a row without ties stays empty."""
    ties = np.diff(strength.indptr)
    totals = np.repeat(strength.sum(axis=1), ties)
    return with_values(strength, strength.data / totals)


def with_values(pattern: sparse.csr_array[Any], values: Array) -> sparse.csr_array[Any]:
    """Return a matrix with the entries of ``pattern`` and other ``values``, in the same order."""
    return sparse.csr_array((values, pattern.indices, pattern.indptr), shape=pattern.shape)


def index_arrays(matrix: sparse.csr_array[Any]) -> tuple[Array, Array]:
    """Return ``indptr`` and ``indices`` as the kernels take them: always copies of one kind.

    A kernel is compiled anew for arrays of another kind, and for those that cannot be written to.
    """
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32)
