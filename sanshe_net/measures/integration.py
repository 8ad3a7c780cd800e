"""Integration: do ties cross the borders between groups?"""

from __future__ import annotations

import math

import numpy as np

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.registry import measure
from sanshe_net.network import Source, as_network


@measure(level="network", lowest=-1, highest=1, unit="balance of ties", weights="ignored", needs=("kind",))
def ei_index(source: Source, *, by: str = "kind") -> float:
    r"""Balance of ties between groups (external) and within groups (internal).

    With *E* ties between and *I* ties within groups it is :math:`(E - I) / (E + I)`: -1 when nobody has a
    tie outside the own group, 1 when every tie leads outside. It depends on the sizes of the groups: among
    two groups of 90 and 10 actors random mixing does not give 0. Compare like with like.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored; a
        directed network is counted by its directed ties, so a mutual pair counts twice.
    by
        Column of ``actors`` that names the group. Ties of an actor whose group is not known (empty or
        missing) are left out.

    Returns
    -------
    float. Unit: balance of ties. Range: -1 to 1.
    ``NaN`` when no tie has two ends of known group: there is nothing to balance.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental
    simulation. *Social Psychology Quarterly* 51(2), 123-140.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> ei_index(network, by="hukou")
    0.0
    """
    network = as_network(source)
    codes = group_codes(network, by)
    ends = network.adjacency(weighted=False).tocoo().coords
    one, other = codes[ends[0]], codes[ends[1]]
    known = (one >= 0) & (other >= 0)
    if not known.any():
        return math.nan
    external = np.count_nonzero((one != other) & known)
    return float(2 * external / np.count_nonzero(known) - 1)
