"""Brokers by how replaceable they are: who alone connects two actors, who shares it, what contacts know."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.brokerage import ROLES
from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.open_pairs import named_network
from sanshe_net.measures.options import check_flag, check_option
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import index_arrays
from sanshe_net.measures.triads import product_at, sum_by_actor
from sanshe_net.network import Source, as_network

Contacts: TypeAlias = Literal["in", "mutual"]
ACTIVITY: Final = ("brokerage_activity", "brokerage_exclusivity")
PARTS: Final = tuple(f"{role}_part" for role in ROLES)
HONEST: Final = ("hbi0", "hbi1", "hbi2")


@measure(level="actor", lowest=0, unit="pairs of actors", weights="ignored", columns=ACTIVITY)
def activity_exclusivity(source: Source, *, across: str | None = None) -> pd.DataFrame:
    r"""How many pairs without a tie an actor connects, and how many of them nobody else connects.

    Activity is the number of open two-paths through *v*,
    :math:`\sum_{a \ne b} x_{av} x_{vb} (1 - x_{ab})`; exclusivity counts those pairs *ab* for which *v* is
    the only broker, :math:`\sum_v x_{av} x_{vb} = 1`. Somebody active but not exclusive can be replaced; an
    exclusive one who leaves takes the connection along. Pairs are unordered, in a directed network ordered.

    R's ``netrics`` keeps some pairs of directed networks that have a tie; they are not counted here.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    across
        Column of ``actors``: count only pairs of two different groups, leaving out pairs with an end whose
        group is not known. The broker may be of any group or none. Without it all pairs.

    Returns
    -------
    DataFrame indexed like ``actors``: ``brokerage_activity``, ``brokerage_exclusivity``.
    Unit: pairs of actors. Range: 0 or more.
    Always defined; 0 for an actor with fewer than two contacts.
    Cost: O(two-paths), the sum of indegree times outdegree.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``across``.

    References
    ----------
    Hamilton, M., Hileman, J., & Bodin, Ö. (2020). Evaluating heterogeneous brokerage: new conceptual and
    methodological approaches and their application to multi-level environmental governance networks.
    *Social Networks* 61, 1-10.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> ties = [("李", "王"), ("王", "赵"), ("李", "陈"), ("陈", "赵"), ("赵", "孙")]
    >>> activity_exclusivity(Network.from_edges(ties))["brokerage_exclusivity"].to_dict()
    {'孙': 0.0, '李': 0.0, '王': 0.0, '赵': 2.0, '陈': 0.0}
    """
    from sanshe_net.kernels.open_pairs import credits

    network = as_network(source)
    n = len(network.actors)
    codes = np.full(n, -1, np.int64) if across is None else group_codes(network, across, "across")
    pattern = network.adjacency(weighted=False)
    pairs, alone, _ = credits(*index_arrays(pattern), codes, across is not None)
    table = np.column_stack([pairs, alone]) / (1 if network.directed else 2)
    return pd.DataFrame(table, index=network.actors.index, columns=list(ACTIVITY))


@measure(
    level="actor", lowest=0, unit="ordered pairs of actors", weights="ignored", needs=("kind",), columns=PARTS
)
def partial_brokerage(source: Source, *, by: str = "kind") -> pd.DataFrame:
    r"""Gould-Fernandez roles in which brokers of the same pair share it.

    Each open pair *ab* counts for its broker *v* as :math:`1 / \sum_u x_{au} x_{ub}`, one part for each
    actor that connects the pair, instead of 1 as in ``brokerage_roles``; so all totals together are the
    number of connected pairs without a tie. UCINET offers the same as partial credit.

    Pairs are ordered, as in ``brokerage_roles``: in an undirected network each is counted from both ends.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group. Actors whose group is not known (empty or missing) are
        left out with their ties; they take no part of a pair.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per role with ``_part`` after its name, and ``total_part``.
    Unit: ordered pairs of actors. Range: 0 or more.
    ``NaN`` for an actor whose own group is not known: no role can be named.
    Cost: O(two-paths), the sum of indegree times outdegree.

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
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"kind": "resident"}, index=["李", "王", "赵", "陈"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("李", "陈"), ("陈", "赵")], actors=actors)
    >>> partial_brokerage(network)["coordinator_part"].tolist()
    [1.0, 1.0, 1.0, 1.0]
    """
    from sanshe_net.kernels.open_pairs import credits

    network = as_network(source)
    codes = group_codes(network, by)
    pattern, known = named_network(network, codes)
    _, _, parts = credits(*index_arrays(pattern), codes[known], False)
    table = np.full((len(codes), len(PARTS)), np.nan)
    table[known] = np.column_stack([parts, parts.sum(axis=1)])
    return pd.DataFrame(table, index=network.actors.index, columns=list(PARTS))


@measure(level="actor", lowest=0, unit="pairs of contacts", weights="ignored", columns=HONEST)
def honest_broker(source: Source, *, contacts: Contacts = "in", normalized: bool = False) -> pd.DataFrame:
    r"""How many pairs of an actor's contacts know each other not at all, one-sidedly, mutually.

    Over the :math:`k (k - 1) / 2` pairs of the *k* contacts: ``hbi0`` counts pairs without a tie (pure
    brokerage), ``hbi1`` pairs with a tie in one direction (weak brokerage), ``hbi2`` pairs tied in both
    (no brokerage). Together they are all pairs. In an undirected network ``hbi1`` is 0.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    contacts
        In a directed network: ``in``, who sends a tie to the actor; ``mutual``, who does and gets one back.
    normalized
        ``True`` divides by the number of pairs of contacts.

    Returns
    -------
    DataFrame indexed like ``actors``: ``hbi0``, ``hbi1``, ``hbi2``.
    Unit: pairs of contacts. Range: 0 or more.
    0 for an actor with fewer than two contacts; normalized it is ``NaN``: there is no pair.
    Cost: O(Σ k²) for *k* contacts each at most.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``contacts`` is neither of the two.

    References
    ----------
    Borgatti, S. P., Everett, M. G., & Freeman, L. C. (2002). *UCINET for Windows: Software for Social
    Network Analysis*. Analytic Technologies. Honest broker index.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> ties = [("李", "王"), ("李", "赵"), ("王", "赵"), ("李", "陈")]
    >>> honest_broker(Network.from_edges(ties)).loc["李"].tolist()
    [2.0, 0.0, 1.0]
    """
    check_flag("normalized", normalized)
    network = as_network(source)
    check_option("contacts", contacts, ("in", "mutual"))
    ties = network.adjacency(weighted=False)
    back = sparse.csr_array(ties.T)
    mutual = sparse.csr_array(ties.multiply(back))
    held = mutual if contacts == "mutual" else back
    number = np.diff(held.indptr)
    pairs = number * (number - 1) / 2
    # At contact v-b: the other contacts of v with a tie to b; every tie among contacts is met once.
    sent = sum_by_actor(held, product_at(held, ties, held))
    both = (sum_by_actor(held, product_at(held, mutual, held)) if network.directed else sent) / 2
    table = np.column_stack([pairs - sent + both, sent - 2 * both, both])
    if normalized:
        table /= np.where(pairs > 0, pairs, np.nan)[:, np.newaxis]
    return pd.DataFrame(table, index=network.actors.index, columns=list(HONEST))
