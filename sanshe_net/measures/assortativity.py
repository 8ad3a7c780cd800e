"""Assortativity: whether tied actors are alike, in group or in number."""

from __future__ import annotations

import math

import numpy as np

from sanshe_net.measures.attributes import numeric_attribute
from sanshe_net.measures.memberships import By, read_memberships, tie_ends
from sanshe_net.measures.mixing import mixing
from sanshe_net.measures.registry import measure
from sanshe_net.network import Source, as_network

ROUNDING = 1e-12
"""A variance smaller than this part of the mean square is the rounding of a sum."""


@measure(level="network", lowest=-1, highest=1, unit="correlation", weights="ignored", needs=("kind",))
def assortativity(source: Source, *, by: By = "kind") -> float:
    r"""How much more ties lie within groups than the activity of the groups would give (Newman's r).

    With :math:`e_{gh}` the share of ties from group *g* to group *h* and the sums :math:`a_g` over its
    rows, :math:`b_g` over its columns, it is :math:`(\sum e_{gg} - \sum a_g b_g) / (1 - \sum a_g b_g)`: 1
    when all ties lie within groups, 0 when groups do not matter. Chance is set by how many ties the groups
    have, not by how many members: compare :func:`~sanshe_net.measures.integration.ei_index_test`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored. An
        undirected tie counts from both ends; directed ties are not made symmetric, as netseg does.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Ties of an actor whose group is not
        known (empty or missing) are left out.

    Returns
    -------
    float. Unit: correlation. Range: -1 to 1.
    ``NaN`` without ties, or when all of them lie within one group: no other mixing was possible.
    Cost: O(ties + groups²).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local", "non_local"]}, index=list("李王赵陈"))
    >>> network = Network.from_edges([("李", "王"), ("赵", "陈")], actors=actors)
    >>> assortativity(network, by="hukou")
    1.0
    """
    network = as_network(source)
    cells, _, _ = mixing(network, read_memberships(network, by))
    total = cells.sum()
    if not total:
        return math.nan
    shares = cells / total
    chance = float(shares.sum(axis=1) @ shares.sum(axis=0))
    if 1 - chance <= ROUNDING:
        return math.nan
    return float(np.clip((np.trace(shares) - chance) / (1 - chance), -1, 1))


@measure(level="network", lowest=-1, highest=1, unit="correlation", weights="ignored")
def numeric_assortativity(source: Source, *, values: str | None = None) -> float:
    r"""Correlation of a number over the two ends of a tie: do the old know the old, the busy the busy?

    It is Pearson's :math:`r = \sum (x_i - \bar x)(y_j - \bar y) / (m s_x s_y)` over the *m* ties
    :math:`i \to j`, *x* at the sender and *y* at the receiver.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored; an
        undirected tie counts from both ends.
    values
        Column of ``actors`` with the number. Ties of an actor without one (empty or missing) are left out.
        Without it the number of contacts: of ties sent by the sender and received by the receiver, when
        directed (degree assortativity).

    Returns
    -------
    float. Unit: correlation. Range: -1 to 1.
    ``NaN`` without ties, or when all senders or all receivers have the same number: nothing varies.
    Cost: O(ties).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``values``, or it holds something that is
        not a number, naming the actor.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> round(numeric_assortativity(Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "陈")])), 3)
    -0.5
    """
    network = as_network(source)
    n = len(network.actors)
    given = np.zeros(n) if values is None else numeric_attribute(network, values, "values")
    ends, _ = tie_ends(network, ~np.isnan(given))
    x, y = given[ends.ego], given[ends.alter]
    if values is None:
        x = np.bincount(ends.ego, minlength=n)[ends.ego].astype(float)
        y = np.bincount(ends.alter, minlength=n)[ends.alter].astype(float)
    if not len(x) or np.ptp(x) == 0 or np.ptp(y) == 0:
        return math.nan
    x, y = x - x.mean(), y - y.mean()
    return float(np.clip(x @ y / math.sqrt((x @ x) * (y @ y)), -1, 1))
