"""Brokerage: who stands between two people that have no tie, and between which groups."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.open_pairs import named_network, open_roles
from sanshe_net.measures.registry import measure
from sanshe_net.network import Source, as_network

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
    ties, known = named_network(network, codes)
    table = np.full((len(codes), len(ROLES)), np.nan)
    counts = open_roles(ties, codes[known], network.directed)
    table[known, :-1] = counts
    table[known, -1] = counts.sum(axis=1)
    return pd.DataFrame(table, index=network.actors.index, columns=list(ROLES))
