"""Sums over the cells of two matrices when the actors of one trade places, for many permutations at once."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.compiled import Array, compiled


@compiled
def shuffles(uniforms: Array) -> Array:
    """Return a random permutation of 0 .. n-1 for each row of n numbers drawn from [0, 1) (Fisher-Yates)."""
    draws, n = uniforms.shape
    permutations = np.empty((draws, n), np.int32)
    for draw in range(draws):
        row = permutations[draw]
        for i in range(n):
            row[i] = i
        for i in range(n - 1, 0, -1):
            j = int(uniforms[draw, i] * (i + 1))
            row[i], row[j] = row[j], row[i]
    return permutations


@compiled
def sparse_sums(
    permutations: Array,
    indptr: Array,
    indices: Array,
    data: Array,
    other_indptr: Array,
    other_indices: Array,
    other_data: Array,
) -> Array:
    """Return for each permutation p the sum of a[i, j] * b[p[i], p[j]] over the entries of two CSR matrices.

    A row of b is spread out over an array as long as there are actors, looked up, and wiped: O(m) each.
    """
    draws, n = permutations.shape
    sums = np.zeros(draws)
    row = np.zeros(n)
    for draw in range(draws):
        p = permutations[draw]
        total = 0.0
        for i in range(n):
            start, stop = other_indptr[p[i]], other_indptr[p[i] + 1]
            if indptr[i] == indptr[i + 1] or start == stop:
                continue
            for at in range(start, stop):
                row[other_indices[at]] = other_data[at]
            for at in range(indptr[i], indptr[i + 1]):
                total += data[at] * row[p[indices[at]]]
            for at in range(start, stop):
                row[other_indices[at]] = 0.0
        sums[draw] = total
    return sums


@compiled
def dense_sums(permutations: Array, indptr: Array, indices: Array, data: Array, other: Array) -> Array:
    """Return for each permutation p the sum of a[i, j] * b[p[i], p[j]], a in CSR form and b dense."""
    draws, n = permutations.shape
    sums = np.zeros(draws)
    for draw in range(draws):
        p = permutations[draw]
        total = 0.0
        for i in range(n):
            row = other[p[i]]
            for at in range(indptr[i], indptr[i + 1]):
                total += data[at] * row[p[indices[at]]]
        sums[draw] = total
    return sums
