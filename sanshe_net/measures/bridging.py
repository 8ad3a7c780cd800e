"""Bridging: how much of what flows over an actor's ties only passes through."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse.csgraph import connected_components

from sanshe_net.errors import MeasureError
from sanshe_net.measures.options import check_flag
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network


@measure(level="actor", lowest=0, unit="pairs of actors", weights="ignored")
def everett_valente(source: Source, *, normalized: bool = False) -> pd.Series[float]:
    r"""Brokerage of Everett and Valente: betweenness shared out over an actor's ties.

    It is :math:`(2 b_v + c_v - 1) / k_v` with the betweenness :math:`b_v`, the :math:`c_v` actors of the
    component and the :math:`k_v` contacts: the mean betweenness of the actor's ties, so the average of what
    a contact gains by them. Somebody with few contacts between many actors scores high, a busy
    actor whose contacts know each other low. The paper adds *n - 1*, which is the same in a connected
    network; in others no path runs between components.

    In a directed network it is the mean of :math:`(b_v + r^{in}_v) / k^{in}_v` and
    :math:`(b_v + r^{out}_v) / k^{out}_v`, *r* being how many can reach the actor and be reached; 0
    when :math:`b_v = 0`, as the paper has it.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    normalized
        ``True`` divides by the maximum among *n* actors, :math:`(n^2 - 1) / 4` for odd and
        :math:`(n^2 - 2) / 4` for even *n*; undirected networks only.

    Returns
    -------
    Series ``everett_valente`` indexed like ``actors``. Unit: pairs of actors. Range: 0 or more.
    0 for an actor with one contact, who brokers nothing. ``NaN`` for an actor without ties: there is no
    tie to share it over.
    Cost: O(nm) for *n* actors and *m* ties, as betweenness.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or a directed one is to be normalized.

    References
    ----------
    Everett, M. G., & Valente, T. W. (2016). Bridging, brokerage and betweenness. *Social Networks* 44,
    202-208.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> everett_valente(Network.from_edges([("李", "王"), ("王", "赵")])).to_dict()
    {'李': 0.0, '王': 2.0, '赵': 0.0}
    """
    check_flag("normalized", normalized)
    network = as_network(source)
    if normalized and network.directed:
        raise MeasureError("E-VALUE", name="normalized", found=True, allowed="False (directed network)")
    between = np.asarray(network.graph.betweenness(), dtype=float)
    values = _directed(network, between) if network.directed else _undirected(network, between)
    if normalized:
        n = len(between)
        values = values / ((n**2 - (1 if n % 2 else 2)) / 4) if n > 1 else values
    return pd.Series(values, index=network.actors.index, name="everett_valente")


def _undirected(network: Network, between: Array) -> Array:
    ties = network.adjacency(weighted=False)
    contacts = np.diff(ties.indptr)
    _, component = connected_components(ties, directed=False)
    size = np.bincount(component)[component] if len(between) else np.zeros(0)
    values = (2 * between + size - 1) / np.where(contacts > 0, contacts, np.nan)
    return np.asarray(np.where(contacts == 1, 0.0, values))


def _directed(network: Network, between: Array) -> Array:
    ties = network.adjacency(weighted=False)
    sent, received = np.diff(ties.indptr), np.bincount(ties.indices, minlength=len(between))
    n = max(1, len(between))
    reached, reaching = (
        np.asarray(network.graph.neighborhood_size(order=n, mode=mode, mindist=1), dtype=float)
        for mode in ("out", "in")
    )
    # Whoever lies on a path has ties in and out.
    into = (between + reaching) / np.maximum(received, 1)
    out = (between + reached) / np.maximum(sent, 1)
    values = np.where(between > 0, (into + out) / 2, 0.0)
    return np.asarray(np.where(sent + received > 0, values, np.nan))
