"""What two actors of one mode share in the other: sums over pairs, block by block.

All numbers are counts, so that every sum is exact in whatever order it is made.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.network import Array

Matrix: TypeAlias = "sparse.csr_array[Any]"

BLOCK: Final = 4_000_000
"""Entries worked on at a time; bounds the memory to some 100 MB."""
SMALL: Final = 256**2
"""Up to this many entries a matrix is dense whatever it holds: no kernel need be loaded for it."""
DENSE_SHARE: Final = 0.1
"""From this share of entries on a product of dense matrices is faster than one of sparse ones."""
DENSE_ENTRIES: Final = 4096**2
"""Up to this many entries a dense matrix (128 MB) is acceptable."""


def overlap_blocks(matrix: Matrix) -> Iterator[tuple[slice, Matrix]]:
    """Yield, for consecutive rows, how many columns each shares with every other row; not with itself.

    Examples
    --------
    >>> matrix = sparse.csr_array(np.array([[1.0, 1.0], [0.0, 1.0]]))
    >>> [block.toarray().tolist() for _, block in overlap_blocks(matrix)]
    [[[0.0, 1.0], [1.0, 0.0]]]
    """
    turned = sparse.csr_array(matrix.T)
    for rows in _blocks(matrix @ np.diff(turned.indptr).astype(float)):
        shared = sparse.csr_array(matrix[rows] @ turned)
        ends = np.repeat(np.arange(rows.start, rows.stop), np.diff(shared.indptr))
        shared.data[ends == shared.indices] = 0
        shared.eliminate_zeros()
        yield rows, shared


def overlap(matrix: Matrix) -> Matrix:
    """Return how many columns each row shares with every other row, as one matrix."""
    blocks = [block for _, block in overlap_blocks(matrix)]
    return sparse.csr_array(sparse.vstack(blocks, format="csr"))


def row_sums(left: Matrix, right: Matrix, mask: Matrix) -> Array:
    """Return the sum of each row of ``mask ∘ (left @ right)``.

    Examples
    --------
    >>> triangle = sparse.csr_array(np.ones((3, 3)) - np.eye(3))
    >>> row_sums(triangle, triangle, triangle).tolist()
    [2.0, 2.0, 2.0]
    """
    rows = np.repeat(np.arange(mask.shape[0]), np.diff(mask.indptr))
    values = mask.data * at_entries(left, right, mask)
    return np.bincount(rows, values, minlength=mask.shape[0]).astype(float)


def at_entries(left: Matrix, right: Matrix, mask: Matrix) -> Array:
    """Return ``left @ right`` at the entries of ``mask``, in their order."""
    fits = left.shape[0] * right.shape[1] <= DENSE_ENTRIES
    if fits and is_dense(left) and is_dense(right):
        product = left.toarray() @ right.toarray()
        rows = np.repeat(np.arange(mask.shape[0]), np.diff(mask.indptr))
        return np.asarray(product[rows, mask.indices], dtype=float)
    from sanshe_net.measures.kernels.two_mode import product_at

    where = *_parts(mask)[:2], right.shape[1]
    return product_at(*_parts(left), *_parts(right), *where)


def _parts(matrix: Matrix) -> tuple[Array, Array, Array]:
    # In one type each, so that the kernel is compiled once.
    return matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data.astype(float)


def is_dense(matrix: Matrix) -> bool:
    """Return whether a matrix is better multiplied as a dense one."""
    entries = matrix.shape[0] * matrix.shape[1]
    return entries <= SMALL or (entries <= DENSE_ENTRIES and matrix.nnz > DENSE_SHARE * entries)


def _blocks(costs: Array) -> Iterator[slice]:
    # Consecutive ranges that cover all rows, each of about BLOCK in summed cost; at least one.
    block = np.cumsum(costs) // BLOCK
    borders = np.flatnonzero(np.diff(block)) + 1
    yield from (slice(start, stop) for start, stop in pairwise([0, *borders.tolist(), len(costs)]))
