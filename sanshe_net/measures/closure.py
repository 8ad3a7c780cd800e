"""Closure: how closely an actor's contacts are tied to each other.

Closure is the other side of structural holes: it makes norms hold and trust safe (Coleman), and it lets
nobody stand between. Strength is not used, and direction only where it is said.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import mutual_strength
from sanshe_net.measures.triads import Matrix, common_contacts, sum_by_actor
from sanshe_net.network import Network, Source, as_network


@measure(level="actor", lowest=0, highest=1, unit="share of pairs of contacts", weights="ignored")
def ego_density(source: Source) -> pd.Series[float]:
    r"""Which share of the pairs of an actor's contacts are tied to each other.

    It is :math:`2 t_i / [N_i (N_i - 1)]` for *N* contacts with *t* ties among them. Without directions this
    is also called the local clustering coefficient. It falls as the number of contacts grows: read it
    beside that number.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored; a tie in
        either direction counts as one.

    Returns
    -------
    Series ``ego_density`` indexed like ``actors``. Unit: share of pairs of contacts. Range: 0 to 1.
    ``NaN`` for an actor with fewer than two contacts: there is no pair to be tied (UCINET prints 0).

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Coleman, J. S. (1988). Social capital in the creation of human capital. *American Journal of Sociology*
    94, S95-S120.
    Burt, R. S. (2005). *Brokerage and Closure*. Oxford University Press.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> ego_density(network).round(3).to_dict()
    {'李': 0.333, '王': 1.0, '赵': 1.0, '陈': nan}
    """
    network = as_network(source)
    ties = mutual_strength(network, weighted=False)
    contacts = np.diff(ties.indptr)
    tied = sum_by_actor(ties, common_contacts(ties))  # each pair of contacts that is tied, from both ends
    values = np.where(contacts > 1, tied / np.maximum(contacts * (contacts - 1.0), 1.0), np.nan)
    return pd.Series(values, index=network.actors.index, name="ego_density")


@measure(level="actor", lowest=0, highest=1, unit="share of ties", weights="ignored")
def embedded_share(source: Source) -> pd.Series[float]:
    r"""Which share of an actor's ties is embedded: its two ends have a contact in common.

    It is :math:`|\{ j : \exists q \; a_{ij} a_{iq} a_{qj} = 1 \}| / N_i` over the *N* contacts. An embedded
    tie is watched and supported by a third; one that is not is the only way across.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored; a tie in
        either direction counts as one.

    Returns
    -------
    Series ``embedded_share`` indexed like ``actors``. Unit: share of ties. Range: 0 to 1.
    ``NaN`` for an actor without ties: there is nothing to be a share of.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Granovetter, M. (1985). Economic action and social structure: the problem of embeddedness. *American
    Journal of Sociology* 91(3), 481-510.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> embedded_share(network).round(3).to_dict()
    {'李': 0.667, '王': 1.0, '赵': 1.0, '陈': 0.0}
    """
    network = as_network(source)
    ties = mutual_strength(network, weighted=False)
    contacts = np.diff(ties.indptr)
    embedded = sum_by_actor(ties, common_contacts(ties) > 0)
    values = np.where(contacts > 0, embedded / np.maximum(contacts, 1), np.nan)
    return pd.Series(values, index=network.actors.index, name="embedded_share")


@measure(level="actor", lowest=0, unit="ties", weights="ignored")
def simmelian_ties(source: Source) -> pd.Series[float]:
    r"""How many of an actor's mutual ties lie in a circle of three who are all tied to each other.

    With :math:`r_{ij} = a_{ij} a_{ji}` it is :math:`|\{ j : \exists q \; r_{ij} r_{iq} r_{qj} = 1 \}|`.
    Such ties are stronger and last longer than others: a third takes part in every quarrel.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored; in a
        directed network only ties in both directions count.

    Returns
    -------
    Series ``simmelian_ties`` indexed like ``actors``. Unit: ties. Range: 0 or more.
    Always defined; 0 for an actor without mutual ties.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Krackhardt, D. (1999). The ties that torture: Simmelian tie analysis in organizations. *Research in the
    Sociology of Organizations* 16, 183-210.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> simmelian_ties(network).to_dict()
    {'李': 2.0, '王': 2.0, '赵': 2.0, '陈': 0.0}
    """
    network = as_network(source)
    ties = _mutual_ties(network)
    values = sum_by_actor(ties, common_contacts(ties) > 0)
    return pd.Series(values, index=network.actors.index, name="simmelian_ties")


def _mutual_ties(network: Network) -> Matrix:
    ties = network.adjacency(weighted=False)
    if not network.directed:
        return ties
    mutual = sparse.csr_array(ties.multiply(ties.T))
    mutual.sort_indices()
    return mutual
