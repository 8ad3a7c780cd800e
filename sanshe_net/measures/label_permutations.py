"""Trading places: actors permuted at random, and the sums of cell products that this changes.

Permuting the rows and columns of a matrix together leaves its sum and its sum of squares as they are. All
that changes in a correlation or a regression are sums of products of cells, and these need the ties only.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from scipy import sparse

from sanshe_net.measures.strengths import index_arrays
from sanshe_net.network import Array

BLOCK: Final = 2**18
"""Actor positions permuted at a time; bounds the working memory of a thread to a few MB."""
THREADS: Final = 2
WORTH_THREADS: Final = 2_000_000
"""Cells visited below which a second thread costs more than it saves."""
DENSE: Final = 0.25
"""Share of cells filled above which looking a cell up in a full table beats spreading sparse rows."""


@dataclass(frozen=True)
class Cells:
    """The off-diagonal cells of one matrix, ready for sums of products.

    ``once`` holds each pair of actors once (the upper triangle of an undirected matrix, all cells of a
    directed one); ``full`` the whole matrix, ``table`` the same written out when it is mostly filled.
    """

    once: sparse.csr_array[Any]
    full: sparse.csr_array[Any]
    table: Array | None


def cells_of(matrix: sparse.csr_array[Any], *, directed: bool) -> Cells:
    """Return a matrix with an empty diagonal, ready for sums of products over pairs of actors."""
    full = sparse.csr_array(matrix).astype(float)
    full.eliminate_zeros()
    once = full if directed else sparse.csr_array(sparse.triu(full, 1))
    n = full.shape[0]
    table = full.toarray() if full.nnz > DENSE * n * n else None
    return Cells(once, full, table)


def product_sum(one: Cells, other: Cells) -> float:
    """Return the sum over pairs of actors of the products of their cells."""
    return float(one.once.multiply(other.full).sum())


def permuted_sums(pairs: Sequence[tuple[Cells, Cells]], n: int, *, draws: int, seed: int) -> Array:
    """Return draws x pairs: the product sum of each pair when the actors of its first matrix trade places.

    All pairs of a draw share one permutation. The same seed gives the same bytes on any number of threads:
    every block of draws has a stream of its own.
    """
    work = sum(min(one.full.nnz, other.full.nnz) + n for one, other in pairs)

    def sums(permutations: Array) -> Array:
        back = cache(lambda: _inverse(permutations))  # not every pair needs it
        columns = [_sums(permutations, back, one, other) for one, other in pairs]
        return np.column_stack(columns)

    return _over_blocks(
        sums, n, draws=draws, seed=seed, threads=THREADS if draws * work > WORTH_THREADS else 1
    )


def _over_blocks(function: Callable[[Array], Array], n: int, *, draws: int, seed: int, threads: int) -> Array:
    from sanshe_net.kernels.permutations import shuffles

    # A block of its own for each thread at least, so that few draws on many actors are shared too.
    size = max(1, min(BLOCK // max(n, 1), -(-draws // 8)))
    sizes = [min(size, draws - start) for start in range(0, draws, size)]
    streams = np.random.SeedSequence(seed).spawn(len(sizes))

    def block(number: int) -> Array:
        uniforms = np.random.default_rng(streams[number]).random((sizes[number], n))
        return function(shuffles(uniforms))

    if threads == 1:
        return np.concatenate([block(number) for number in range(len(sizes))])
    with ThreadPoolExecutor(threads) as pool:
        return np.concatenate(list(pool.map(block, range(len(sizes)))))


def _sums(permutations: Array, back: Callable[[], Array], one: Cells, other: Cells) -> Array:
    # Moving one matrix by p is moving the other back; either may be the one that is looked up.
    from sanshe_net.kernels.permutations import dense_sums, sparse_sums

    if one.table is None and other.table is None:
        # Spreading rows costs more than looking cells up: spread the sparser one.
        looked_up_first = one.full.nnz < other.full.nnz
    else:
        looked_up_first = one.full.nnz > other.full.nnz
    walked, looked_up = (other, one) if looked_up_first else (one, other)
    places = back() if looked_up_first else permutations
    if looked_up.table is not None:
        return np.asarray(dense_sums(places, *_parts(walked.once), looked_up.table))
    return np.asarray(sparse_sums(places, *_parts(walked.once), *_parts(looked_up.full)))


def _inverse(permutations: Array) -> Array:
    back = np.empty_like(permutations)
    places = np.broadcast_to(np.arange(permutations.shape[1], dtype=back.dtype), back.shape)
    np.put_along_axis(back, permutations, places, axis=1)
    return back


def _parts(matrix: sparse.csr_array[Any]) -> tuple[Array, Array, Array]:
    return *index_arrays(matrix), matrix.data
