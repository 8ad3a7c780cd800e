"""Sums and maxima over the closed triads of a network, all ties at once.

Burt's measures and the Gould-Fernandez roles are all sums over pairs of ties that a third tie closes. Two
ways lead to them. A network of many ties is swept once by a compiled kernel that meets every triangle once
(:mod:`sanshe_net.kernels.triangles`). In a small or a dense one such a sum is a matrix product of
which only the entries at existing ties are wanted: small, because loading the compiler would take longer
than the sum; dense, because a matrix product does more triangles a second than anything else. Which way is
taken depends on the size alone, so that the same input gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.measures.strengths import index_arrays, strength_shares, with_values
from sanshe_net.network import Array

Matrix: TypeAlias = "sparse.csr_array[Any]"
Model: TypeAlias = Literal["whole", "ego"]

BLOCK: Final = 2_000_000
"""Two-paths multiplied at a time; bounds the memory to some 100 MB."""
DENSE_SHARE: Final = 0.2
"""From this share of entries on a dense product is faster than a sparse one and than the kernel."""
DENSE_CELLS: Final = 4096**2
"""Up to this many cells a dense matrix (128 MB) is acceptable."""
TINY_CELLS: Final = 100**2
"""Up to this many cells a dense product takes some .1 ms, whatever the ties: less than a sparse one."""
SWEPT_ENTRIES: Final = 10_000
"""Entries (twice the ties) from which on the kernel is used: below it, products take a few milliseconds,
and loading the compiler half a second once a process."""


def is_swept(shape: tuple[int, int], entries: int) -> bool:
    """Return whether the entries of a symmetric matrix are many and sparse enough for the kernel."""
    return entries >= SWEPT_ENTRIES and not is_dense(shape, entries)


def is_small(pattern: Matrix) -> bool:
    """Return whether a symmetric matrix has too few ties for the kernel."""
    return pattern.nnz < SWEPT_ENTRIES


def is_dense(shape: tuple[int, int], entries: int) -> bool:
    """Return whether a matrix of this size is better multiplied as a dense one."""
    cells = shape[0] * shape[1]
    return cells <= TINY_CELLS or (cells <= DENSE_CELLS and entries > DENSE_SHARE * cells)


def two_step_shares(strength: Matrix, model: Model) -> Array:
    r"""Return, at each tie *ij*, the share of *i*'s ties that leads to *j* through a third actor.

    It is :math:`\sum_{q \ne i,j} p_{iq} p_{qj}`, in the order of the entries of ``strength``, a symmetric
    matrix with sorted indices. ``model`` says whether :math:`p_{qj}` is a share of all ties of *q* or of
    those within the ego network of *i*.
    """
    if not is_swept(strength.shape, strength.nnz):
        return _two_step_products(strength, model)
    return sweep_strengths(strength, model)[0]


def repeated_contacts(strength: Matrix, model: Model) -> Array:
    r"""Return how much of each actor's contacts repeats others: :math:`\sum_j \sum_q p_{iq} m_{jq}`.

    :math:`m_{jq}` is a part of the strongest tie of *j*: with anyone, or within the ego network of *i*.
    """
    if not is_swept(strength.shape, strength.nnz):
        return _repeated_products(strength, model)
    return sweep_strengths(strength, model)[1]


def both_sums(strength: Matrix, model: Model) -> tuple[Array, Array]:
    """Return :func:`two_step_shares` and :func:`repeated_contacts`, in one sweep where there is one."""
    if not is_swept(strength.shape, strength.nnz):
        return _two_step_products(strength, model), _repeated_products(strength, model)
    return sweep_strengths(strength, model)


def sweep_strengths(strength: Matrix, model: Model) -> tuple[Array, Array]:
    """Return what :func:`both_sums` does, by the compiled kernel."""
    from sanshe_net.kernels.triangles import sum_two_steps, sum_within_ego

    start, head, entry, back, order = oriented(*index_arrays(strength))
    totals, values = strength.sum(axis=1), strength.data[entry]
    if model == "whole":
        contact = np.column_stack([strength.indices[entry], strength.indices[back]])
        total, strongest = totals[contact], _strongest(strength)[contact]
    else:
        total, strongest = np.column_stack([values, values]), np.column_stack([values, values])
        sum_within_ego(start, head, values, total, strongest)
    sums, repeated = sum_two_steps(start, head, values, total, strongest)
    two_step = np.empty(strength.nnz)
    two_step[entry], two_step[back] = sums[:, 0], sums[:, 1]
    by_actor = np.empty(len(totals))
    by_actor[order] = repeated
    contacts = np.diff(strength.indptr)
    return two_step / np.repeat(totals, contacts), by_actor / np.where(contacts > 0, totals, 1.0)


def common_contacts(pattern: Matrix) -> Array:
    """Return, at each tie of a symmetric pattern with sorted indices, how many contacts its ends share."""
    tied = with_values(pattern, np.ones(pattern.nnz))
    if not is_swept(pattern.shape, pattern.nnz):
        return product_at(tied, tied, tied)
    from sanshe_net.kernels.triangles import sum_two_steps

    start, head, entry, back, _ = oriented(*index_arrays(tied))
    ones = np.ones((len(head), 2))
    sums, _ = sum_two_steps(start, head, np.ones(len(head)), ones, ones)
    shared = np.empty(pattern.nnz)
    shared[entry], shared[back] = sums[:, 0], sums[:, 1]
    return shared


def oriented(indptr: Array, indices: Array) -> tuple[Array, Array, Array, Array, Array]:
    """Return the ties of a symmetric matrix as the kernels take them; see there. Last the order of actors.

    The arrays are those of :func:`index_arrays`.
    """
    from sanshe_net.kernels.triangles import orient

    order = np.argsort(np.diff(indptr), kind="stable")  # from the fewest to the most contacts
    return *orient(indptr, indices, order), order


def product_at(left: Matrix, right: Matrix, mask: Matrix) -> Array:
    """Return the entries of ``left @ right`` at those of ``mask``, in their order.

    Examples
    --------
    >>> triangle = sparse.csr_array(np.ones((3, 3)) - np.eye(3))
    >>> product_at(triangle, triangle, triangle).tolist()
    [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """
    width = right.shape[1]
    if all(is_dense(matrix.shape, matrix.nnz) for matrix in (left, right)):
        held: Array = (left.toarray() @ right.toarray())[rows_of(mask), mask.indices]
        return held
    if max(left.nnz, right.nnz) >= SWEPT_ENTRIES:
        from sanshe_net.kernels.two_mode import product_at as kernel

        factors = [(*index_arrays(matrix), matrix.data.astype(float)) for matrix in (left, right)]
        return kernel(*factors[0], *factors[1], *index_arrays(mask), width)
    values = np.zeros(mask.nnz)
    places = rows_of(mask) * width + mask.indices
    order = np.argsort(places, kind="stable")
    # Block by block, so that the full product is never held in memory.
    for first, last in blocks(left.astype(bool).astype(np.int64) @ np.diff(right.indptr).astype(np.int64)):
        met = mask[first:last].astype(bool).multiply(left[first:last] @ right).tocoo()
        found = (met.coords[0] + first) * width + met.coords[1]
        values[order[np.searchsorted(places, found, sorter=order)]] = met.data
    return values


def rows_of(matrix: Matrix) -> Array:
    """Return the row of each entry."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))


def sum_by_actor(matrix: Matrix, values: Array) -> Array:
    """Return the ``values`` of the entries of a matrix, summed over each row."""
    return np.bincount(rows_of(matrix), values, matrix.shape[0]).astype(np.float64)


def _two_step_products(strength: Matrix, model: Model) -> Array:
    shares = strength_shares(strength)
    if model == "whole":
        return product_at(shares, shares, strength)
    tied = with_values(strength, np.ones(strength.nnz))
    # At each tie iq: the strength of all ties q has with i and the contacts of i.
    within = product_at(tied, strength, strength) + strength.data
    return product_at(with_values(strength, shares.data / within), strength, strength)


def _repeated_products(strength: Matrix, model: Model) -> Array:
    strongest = _strongest(strength)[strength.indices] if model == "whole" else strongest_within_ego(strength)
    repeats = product_at(strength_shares(strength), strength, strength) / strongest
    return sum_by_actor(strength, repeats)


def _strongest(strength: Matrix) -> Array:
    # The strongest tie of each actor; 0 without ties.
    if strength.nnz == 0:
        return np.zeros(strength.shape[0])
    return np.asarray(strength.max(axis=1).toarray().ravel(), dtype=float)


def strongest_within_ego(strength: Matrix) -> Array:
    """Return, at each tie *ij*, the strongest tie that *j* has with *i* or a contact of *i*.

    ``strength`` is symmetric with sorted indices. Takes at most as many steps as the largest number of
    contacts; few in a dense network, where almost everybody is a contact.
    """
    if strength.nnz == 0 or np.ptp(strength.data) == 0:
        return strength.data
    n = strength.shape[0]
    contacts = strength.indptr.astype(np.int64)
    ego, alter = rows_of(strength), strength.indices.astype(np.int64)
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
    return strongest


def blocks(costs: Array) -> Iterator[tuple[int, int]]:
    """Yield consecutive ranges that cover all positions, each of about ``BLOCK`` in summed cost."""
    block = np.cumsum(costs) // BLOCK
    borders = np.flatnonzero(np.diff(block)) + 1
    edges = [0, *borders.tolist(), len(costs)]
    yield from pairwise(edges)
