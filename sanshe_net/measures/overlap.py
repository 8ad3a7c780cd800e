"""Brokerage between groups whose members overlap (Everett & Borgatti 2026)."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.memberships import By, Memberships, read_memberships
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import with_values
from sanshe_net.measures.triads import Matrix, product_at
from sanshe_net.network import Array, Source, as_network

OVERLAPPING_ROLES: Final = (
    "overlapping_coordinator",
    "overlapping_itinerant",
    "overlapping_representative",
    "overlapping_gatekeeper",
    "overlapping_liaison",
    "overlapping_total",
)
ROUNDING: Final = 1e-12
"""A role smaller than this part of the paths it is taken from is the rounding of a difference."""


@measure(
    level="actor",
    lowest=0,
    unit="ordered pairs of actors",
    weights="ignored",
    needs=("kind",),
    columns=OVERLAPPING_ROLES,
)
def overlapping_roles(source: Source, *, by: By = "kind") -> pd.DataFrame:
    r"""How many pairs an actor connects that have no tie themselves, in parts by their several groups.

    Each open two-path :math:`a \to v \to b` counts 1 for its broker *v*, spread over the roles by the
    shares :math:`b_{\cdot j}` of the three in the groups *j*:

    ============== ====== =========================================================
    coordinator    A-A-A  :math:`\sum_j b_{aj} b_{vj} b_{bj}`
    itinerant      A-B-A  :math:`\sum_j b_{aj} b_{bj} (1 - b_{vj})` (consultant)
    representative A-A-B  :math:`\sum_j b_{aj} b_{vj} (1 - b_{bj})`
    gatekeeper     A-B-B  :math:`\sum_j b_{vj} b_{bj} (1 - b_{aj})`
    liaison        A-B-C  what is left of 1
    total                 all five together
    ============== ====== =========================================================

    Where everybody has one group these are the counts of
    :func:`~sanshe_net.measures.brokerage.brokerage_roles`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored. Pairs are
        ordered: in an undirected network each is counted from both ends.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Triples that touch an actor whose group
        is not known (empty or missing) are left out.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per role and the total.
    Unit: ordered pairs of actors. Range: 0 or more.
    ``NaN`` for an actor whose own group is not known: no role can be named.
    Cost: O(two-paths), and once more for every group that the ends of a tie share.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    References
    ----------
    Everett, M. G., & Borgatti, S. P. (2026). *Social Networks* 85, 80-88. Eq. 5.
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
    transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"group": ["舞蹈队", ("舞蹈队", "合唱队"), "合唱队"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors, directed=True)
    >>> overlapping_roles(network, by="group").loc["王"].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'overlapping_coordinator': 0.0, 'overlapping_itinerant': 0.0, 'overlapping_representative': 0.5,
     'overlapping_gatekeeper': 0.5, 'overlapping_liaison': 0.0, 'overlapping_total': 1.0}
    """
    network = as_network(source)
    held = read_memberships(network, by)
    known = np.flatnonzero(held.known)
    ties = sparse.csr_array(network.adjacency(weighted=False)[known][:, known])
    ties.sort_indices()
    total, first, last, ends, all_three = (
        _all_two_paths(ties, held, known) - _closed_two_paths(ties, held, known)
    ).T
    roles = [all_three, ends - all_three, first - all_three, last - all_three]
    counts = np.column_stack([*roles, total - sum(roles), total])
    counts[counts < ROUNDING * (1 + total[:, np.newaxis])] = 0.0
    table = np.full((len(held.codes), len(OVERLAPPING_ROLES)), np.nan)
    table[known] = counts
    return pd.DataFrame(table, index=network.actors.index, columns=list(OVERLAPPING_ROLES))


# Every role is made of five sums over the two-paths a-v-b of an actor v, in this order: of 1, of what a and
# v have in common, v and b, a and b, and all three. Both functions below return them as columns.


def _all_two_paths(ties: Matrix, held: Memberships, known: Array) -> Array:
    # Open or not, with a ≠ b. A path that returns to where it began is a mutual tie, hence `mutual`.
    shares = sparse.csr_array(held.of_actors[known])
    sent, received = ties.sum(axis=1), ties.sum(axis=0)
    to, from_ = sparse.csr_array(ties @ shares), sparse.csr_array(ties.T @ shares)
    mutual = sparse.csr_array(ties.multiply(ties.T))
    squares = sparse.csr_array(shares.power(2))
    back = sparse.csr_array(mutual @ shares)
    back_squared = sparse.csr_array(mutual @ squares)
    in_common = _row_sums(shares, back)
    return np.column_stack(
        [
            received * sent - mutual.sum(axis=1),
            _row_sums(shares, from_) * sent - in_common,
            _row_sums(shares, to) * received - in_common,
            _row_sums(from_, to) - back_squared.sum(axis=1),
            _row_sums(sparse.csr_array(shares.multiply(from_)), to) - _row_sums(shares, back_squared),
        ]
    )


def _closed_two_paths(ties: Matrix, held: Memberships, known: Array) -> Array:
    # Those that a tie a-b closes. A product is taken at the ties a-v, and its entry there sums over the b
    # that both a and v send a tie to; summing over a leaves v.
    codes = held.codes[known]
    rows = np.repeat(np.arange(len(codes)), np.diff(ties.indptr))
    alike = with_values(ties, held.alike(codes[rows], codes[ties.indices]))
    back, alike_back = sparse.csr_array(ties.T), sparse.csr_array(alike.T)
    return np.column_stack(
        [
            _column_sums(ties, back, ties),
            _column_sums(ties, back, alike),
            _column_sums(ties, alike_back, ties),
            _column_sums(alike, back, ties),
            _closed_within_groups(ties, sparse.csr_array(held.of_actors[known])),
        ]
    )


def _closed_within_groups(ties: Matrix, shares: Matrix) -> Array:
    # The sum over closed a-v-b and groups j of b_aj b_vj b_bj. Each membership becomes a point of its own
    # and each tie joins those of its two ends that are in the same group: the triangles of all groups are
    # then those of one network.
    n, groups = shares.shape
    members = shares.tocoo()
    points = members.coords[0].astype(np.int64) * groups + members.coords[1]
    order = np.argsort(points)
    points, weights = points[order], members.data[order]
    rows = np.repeat(np.arange(n), np.diff(ties.indptr))
    held = sparse.csr_array(shares.astype(bool).astype(float))
    common = held[rows].multiply(held[ties.indices]).tocoo()
    tie, group = common.coords
    one = np.searchsorted(points, rows[tie].astype(np.int64) * groups + group)
    other = np.searchsorted(points, ties.indices[tie].astype(np.int64) * groups + group)
    shape = (len(points), len(points))
    plain = sparse.csr_array((np.ones(len(one)), (one, other)), shape=shape)
    onto = sparse.csr_array((weights[other], (one, other)), shape=shape)
    both = sparse.csr_array((weights[one] * weights[other], (one, other)), shape=shape)
    closed = _column_sums(plain, sparse.csr_array(onto.T), both)
    return np.bincount(points // max(1, groups), closed, n)


def _column_sums(left: Matrix, right: Matrix, mask: Matrix) -> Array:
    """Return the sum of each column of ``mask ∘ (left @ right)``."""
    values = mask.data * product_at(left, right, mask)
    return np.bincount(mask.indices, values, mask.shape[1]).astype(np.float64)


def _row_sums(one: Matrix, other: Matrix) -> Array:
    return np.asarray(one.multiply(other).sum(axis=1))
