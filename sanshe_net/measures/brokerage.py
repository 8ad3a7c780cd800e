"""Brokerage: who stands between two people that have no tie, and between which groups."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.registry import measure
from sanshe_net.measures.triads import Matrix, masked_product
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
    ties = sparse.csr_array(network.adjacency(weighted=False)[known][:, known])
    table = np.full((len(codes), len(ROLES)), np.nan)
    counts = _two_paths(ties, codes[known]) - _closed_two_paths(ties, codes[known])
    table[known, :-1] = counts
    table[known, -1] = counts.sum(axis=1)
    return pd.DataFrame(table, index=network.actors.index, columns=list(ROLES))


def _two_paths(ties: Matrix, codes: Array) -> Array:
    # Two-paths a-v-b with a ≠ b through each v, one column per role in the order of ROLES, open or not.
    # A path that returns to where it began (a = b) is a mutual tie, hence `mutual`.
    own, foreign = _split(ties, codes)
    shape = (len(codes), codes.max(initial=-1) + 1)
    member = sparse.csr_array((np.ones(len(codes)), (np.arange(len(codes)), codes)), shape=shape)
    same_end = (foreign.T @ member).multiply(foreign @ member).sum(axis=1)  # a and b in one other group
    mutual_own = own.multiply(own.T).sum(axis=1)
    mutual_foreign = foreign.multiply(foreign.T).sum(axis=1)
    in_own, out_own = own.sum(axis=0), own.sum(axis=1)
    in_foreign, out_foreign = foreign.sum(axis=0), foreign.sum(axis=1)
    return np.column_stack(
        [
            in_own * out_own - mutual_own,
            same_end - mutual_foreign,
            in_own * out_foreign,
            in_foreign * out_own,
            in_foreign * out_foreign - same_end,
        ]
    )


def _closed_two_paths(ties: Matrix, codes: Array) -> Array:
    # The two-paths a-v-b that a tie a-b closes. A product is taken at the ties a-v, and its entry there
    # counts the b that both a and v send a tie to; summing over a leaves v.
    own, foreign = _split(ties, codes)
    into_own, into_foreign = sparse.csr_array(own.T), sparse.csr_array(foreign.T)
    outward = masked_product(foreign, into_foreign, ties)
    representative, liaison = _split(outward, codes)
    return np.column_stack(
        [
            masked_product(own, into_own, own).sum(axis=0),
            masked_product(own, into_foreign, foreign).sum(axis=0),
            representative.sum(axis=0),
            masked_product(foreign, into_own, foreign).sum(axis=0),
            liaison.sum(axis=0),
        ]
    )


def _split(matrix: Matrix, codes: Array) -> tuple[Matrix, Matrix]:
    # The entries within groups and those between groups.
    entries = matrix.tocoo()
    rows, columns = entries.coords
    within = codes[rows] == codes[columns]
    own, foreign = (
        sparse.csr_array((entries.data[kept], (rows[kept], columns[kept])), shape=matrix.shape)
        for kept in (within, ~within)
    )
    return own, foreign
