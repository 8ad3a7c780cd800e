"""Brokerage: who stands between two people that have no tie, and between which groups."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import with_values
from sanshe_net.measures.triads import Matrix, is_swept, oriented, product_at, ranked, rows_of
from sanshe_net.network import Array, Source, as_network

ROLES: Final = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


@measure(
    level="actor", lowest=0, unit="ordered pairs of actors", weights="ignored", needs=("kind",), columns=ROLES
)
def brokerage_roles(source: Source, *, by: str = "kind") -> pd.DataFrame:
    r"""How many pairs an actor connects that have no tie themselves, by the groups of the three.

    Counted are the open two-paths :math:`a \to v \to b` through actor *v*:
    :math:`\sum_{a \ne b} x_{av} x_{vb} (1 - x_{ab})`. With the groups of *a*, *v* and *b* in this order the
    roles are

    ============== ====== ============================================
    coordinator    A-A-A  within the own group
    itinerant      A-B-A  within a group that is not the own (consultant)
    representative A-A-B  from the own group to another
    gatekeeper     A-B-B  from another group to the own
    liaison        A-B-C  between two other groups
    total                 all five together
    ============== ====== ============================================

    Pairs are ordered, as in R's ``sna::brokerage``. In an undirected network every pair is therefore
    counted from both ends: halve coordinator, itinerant, liaison and total to count pairs; representative
    and gatekeeper are equal, and either one counts the pairs.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group. Triples that touch an actor whose group is not known
        (empty or missing) are left out.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per role and ``total``.
    Unit: ordered pairs of actors. Range: 0 or more.
    ``NaN`` for an actor whose own group is not known: no role can be named.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    References
    ----------
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
    transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"kind": ["resident", "resident", "committee"]}, index=["李", "王", "居委会"])
    >>> network = Network.from_edges([("李", "王"), ("王", "居委会")], actors=actors, directed=True)
    >>> brokerage_roles(network).loc["王"].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'coordinator': 0.0, 'itinerant': 0.0, 'representative': 1.0, 'gatekeeper': 0.0, 'liaison': 0.0,
     'total': 1.0}
    """
    network = as_network(source)
    codes = group_codes(network, by)
    known = np.flatnonzero(codes >= 0)
    ties = network.adjacency(weighted=False)
    if len(known) < len(codes):
        ties = sparse.csr_array(ties[known][:, known])
    table = np.full((len(codes), len(ROLES)), np.nan)
    groups, directed = codes[known], network.directed
    counts = _two_paths(ties, groups, directed) - closed_two_paths(ties, groups, directed)
    table[known, :-1] = counts
    table[known, -1] = counts.sum(axis=1)
    return pd.DataFrame(table, index=network.actors.index, columns=list(ROLES))


def _two_paths(ties: Matrix, groups: Array, directed: bool) -> Array:
    # Two-paths a-v-b with a ≠ b through each v, one column per role in the order of ROLES, open or not.
    # A path that returns to where it began (a = b) is a mutual tie, hence `mutual`.
    n = len(groups)
    shape = (n, groups.max(initial=-1) + 1)
    member = sparse.csr_array((np.ones(n), (np.arange(n), groups)), shape=shape)
    outward = sparse.csr_array(ties @ member)
    inward = sparse.csr_array(ties.T @ member) if directed else outward
    mutual = sparse.csr_array(ties.multiply(ties.T)) if directed else ties
    out_all, in_all = outward.sum(axis=1), inward.sum(axis=1)
    out_own, in_own = outward.multiply(member).sum(axis=1), inward.multiply(member).sum(axis=1)
    mutual_own = (mutual @ member).multiply(member).sum(axis=1)
    mutual_foreign = mutual.sum(axis=1) - mutual_own
    out_foreign, in_foreign = out_all - out_own, in_all - in_own
    # a and b in one group that is not that of v
    same_end = inward.multiply(outward).sum(axis=1) - in_own * out_own
    return np.column_stack(
        [
            in_own * out_own - mutual_own,
            same_end - mutual_foreign,
            in_own * out_foreign,
            in_foreign * out_own,
            in_foreign * out_foreign - same_end,
        ]
    )


def closed_two_paths(ties: Matrix, groups: Array, directed: bool) -> Array:
    """Return how many two-paths *a -> v -> b* through each *v* are closed by a tie *a -> b*, by role.

    Parameters
    ----------
    ties
        Ones without a diagonal, rows and columns sorted; symmetric unless ``directed``.
    groups
        The group of each actor as a number.
    directed
        Whether ``ties`` may be without its mirror image.

    Returns
    -------
    One row per actor, one column per role in the order of :data:`ROLES`, without the total.
    """
    both = sparse.csr_array(ties + 2 * ties.T) if directed else ties
    if not is_swept(both):
        return _closed_products(ties, groups)
    from sanshe_net.measures.kernels.triangles import count_closed

    both.sort_indices()
    start, head, entry, _ = oriented(both)
    direction = both.data[entry].astype(np.int64) if directed else np.full(len(entry), 3, dtype=np.int64)
    order = ranked(both)
    closed = np.empty((len(order), len(ROLES) - 1))
    closed[order] = count_closed(start, head, direction, groups[order])
    return closed


def _closed_products(ties: Matrix, groups: Array) -> Array:
    # At each tie a-v: how many b both send a tie to. Summing over a leaves v.
    broker, within = ties.indices, groups[rows_of(ties)] == groups[ties.indices]
    own = with_values(ties, ties.data * within).copy()  # the places are those of `ties`: not to be changed
    own.eliminate_zeros()
    every = product_at(ties, sparse.csr_array(ties.T), ties)
    with_broker = product_at(ties, sparse.csr_array(own.T), ties)  # b in the group of v
    with_first = product_at(own, sparse.csr_array(ties.T), ties)  # b in the group of a
    by_role = [
        with_broker * within,
        with_first * ~within,
        (every - with_broker) * within,
        with_broker * ~within,
        (every - with_broker - with_first) * ~within,
    ]
    return np.column_stack([np.bincount(broker, values, len(groups)) for values in by_role])
