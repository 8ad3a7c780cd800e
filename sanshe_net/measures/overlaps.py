"""What two actors of one mode share in the other: sums over pairs, block by block.

All numbers are counts, so that every sum is exact in whatever order it is made.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from sanshe_net.measures.triads import Matrix, blocks, product_at, rows_of, sum_by_actor
from sanshe_net.network import Array


def overlap_blocks(matrix: Matrix) -> Iterator[tuple[slice, Matrix]]:
    """Yield, for consecutive rows, how many columns each shares with every other row; not with itself.

    Examples
    --------
    >>> matrix = sparse.csr_array(np.array([[1.0, 1.0], [0.0, 1.0]]))
    >>> [block.toarray().tolist() for _, block in overlap_blocks(matrix)]
    [[[0.0, 1.0], [1.0, 0.0]]]
    """
    turned = sparse.csr_array(matrix.T)
    for rows in (slice(*ends) for ends in blocks(matrix @ np.diff(turned.indptr).astype(float))):
        shared = sparse.csr_array(matrix[rows] @ turned)
        shared.data[rows_of(shared) + rows.start == shared.indices] = 0
        shared.eliminate_zeros()
        yield rows, shared


def overlap(matrix: Matrix) -> Matrix:
    """Return how many columns each row shares with every other row, as one matrix."""
    parts = [block for _, block in overlap_blocks(matrix)]
    return sparse.csr_array(sparse.vstack(parts, format="csr"))


def row_sums(left: Matrix, right: Matrix, mask: Matrix) -> Array:
    """Return the sum of each row of ``mask ∘ (left @ right)``.

    Examples
    --------
    >>> triangle = sparse.csr_array(np.ones((3, 3)) - np.eye(3))
    >>> row_sums(triangle, triangle, triangle).tolist()
    [2.0, 2.0, 2.0]
    """
    return sum_by_actor(mask, mask.data * product_at(left, right, mask))
