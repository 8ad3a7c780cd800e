"""Odds of a tie within groups against between them: what does not depend on the sizes of the groups."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sanshe_net.measures.memberships import By, Memberships, Similarity, read_memberships, tie_ends
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network


@measure(level="network", lowest=0, unit="odds ratio", weights="ignored", needs=("kind",))
def within_group_odds_ratio(source: Source, *, by: By = "kind", similarity: Similarity = "product") -> float:
    r"""How many times the odds of a tie are higher within groups than between them.

    With *I* tied and :math:`I_0` untied pairs within groups, *E* and :math:`E_0` between them, it is
    :math:`(I E_0) / (E I_0)`: 1 when groups make no difference, above 1 when ties stay within. Unlike the
    E-I index it does not depend on the sizes of the groups: the one to compare over time.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored; in a
        directed network the pairs are ordered.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. An actor whose group is not known (empty
        or missing) counts as absent.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``. A pair is within groups by that part and between them by the rest.

    Returns
    -------
    float. Unit: odds ratio. Range: 0 or more.
    ``NaN`` when no tie leads between groups, or no pair within a group is untied: the ratio would have no
    bound. :func:`yules_q` is 1 there.
    Cost: O(ties + actors); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or ``similarity`` is none of the
        three.

    References
    ----------
    Moody, J. (2001). Race, school integration, and friendship segregation in America. *American Journal of
    Sociology* 107(3), 679-716.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local", "non_local"]}, index=list("李王赵陈"))
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> within_group_odds_ratio(network, by="hukou")
    3.0
    """
    agree, differ = _cross_products(source, by, similarity)
    return float(agree / differ) if differ else math.nan


@measure(level="network", lowest=-1, highest=1, unit="association", weights="ignored", needs=("kind",))
def yules_q(source: Source, *, by: By = "kind", similarity: Similarity = "product") -> float:
    r"""Association of having a tie with being in the same group (Yule's Q).

    With *I* tied and :math:`I_0` untied pairs within groups, *E* and :math:`E_0` between them, it is
    :math:`(I E_0 - E I_0) / (I E_0 + E I_0)`: the odds ratio of :func:`within_group_odds_ratio` brought to
    -1 (all ties lead between groups), 0 (groups make no difference) and 1 (all ties stay within).

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored; in a
        directed network the pairs are ordered.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. An actor whose group is not known (empty
        or missing) counts as absent.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``. A pair is within groups by that part and between them by the rest.

    Returns
    -------
    float. Unit: association. Range: -1 to 1.
    ``NaN`` when all pairs are tied or none is, or all pairs lie within groups or none does: there is
    nothing to compare.
    Cost: O(ties + actors); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or ``similarity`` is none of the
        three.

    References
    ----------
    Yule, G. U. (1912). On the methods of measuring association between two attributes. *Journal of the
    Royal Statistical Society* 75(6), 579-652.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local", "non_local"]}, index=list("李王赵陈"))
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> yules_q(network, by="hukou")
    0.5
    """
    agree, differ = _cross_products(source, by, similarity)
    return float((agree - differ) / (agree + differ)) if agree + differ else math.nan


@measure(level="actor", lowest=-1, highest=1, unit="association", weights="ignored", needs=("kind",))
def actor_yules_q(
    source: Source, *, by: By = "kind", similarity: Similarity = "product", direction: str = "both"
) -> pd.Series[float]:
    r"""Association, over the others of one actor, of having a tie with being in the same group.

    With :math:`I = \sum_j a_{ij} s_{ij}`, :math:`E = \sum_j a_{ij} (1 - s_{ij})` and the same sums
    :math:`I_0`, :math:`E_0` over those without a tie, it is :math:`(I E_0 - E I_0) / (I E_0 + E I_0)`.
    Unlike :func:`~sanshe_net.measures.integration.actor_ei_index` it takes account of whom the actor
    could have been tied to.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. An actor whose group is not known (empty
        or missing) counts as absent.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``.
    direction
        In a directed network: ties received (``in``), sent (``out``, as in Everett & Borgatti), or
        ``both``, where each other actor is asked about twice.

    Returns
    -------
    Series ``actor_yules_q`` indexed like ``actors``. Unit: association. Range: -1 to 1.
    ``NaN`` for an actor of unknown group, tied to everybody or nobody, or whose others are all of the own
    group or all of others: there is nothing to compare.
    Cost: O(ties + actors); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or an option is not among its
        words.

    References
    ----------
    Everett, M. G., & Borgatti, S. P. (2026). *Social Networks* 85, 80-88.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local", "non_local"]}, index=list("李王赵陈"))
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> actor_yules_q(network, by="hukou").to_dict()
    {'李': 1.0, '王': 1.0, '赵': -1.0, '陈': nan}
    """
    network = as_network(source)
    held = read_memberships(network, by, similarity=similarity)
    agree, differ = np.array(_products(*_four_sums(network, held, direction)))
    values = np.full(len(held.codes), np.nan)
    told = agree + differ > 0
    values[told] = (agree[told] - differ[told]) / (agree[told] + differ[told])
    return pd.Series(values, index=network.actors.index, name="actor_yules_q")


def _cross_products(source: Source, by: By, similarity: Similarity) -> tuple[float, float]:
    network = as_network(source)
    held = read_memberships(network, by, similarity=similarity)
    agree, differ = _products(*(part.sum(keepdims=True) for part in _four_sums(network, held, "out")))
    return float(agree[0]), float(differ[0])


def _products(tied: Array, tied_alike: Array, others: Array, others_alike: Array) -> tuple[Array, Array]:
    # I E0 and E I0. Where nothing can be tied, or untied, the difference of two sums is 0 and not some
    # rounding of it.
    untied_alike = _without_rounding(others_alike - tied_alike, others)
    external = _without_rounding(tied - tied_alike, others)
    untied = _without_rounding(others - tied - untied_alike, others)
    return tied_alike * untied, external * untied_alike


def _without_rounding(difference: Array, scale: Array) -> Array:
    return np.where(difference > 1e-12 * scale, difference, 0.0)


def _four_sums(network: Network, held: Memberships, direction: str) -> tuple[Array, Array, Array, Array]:
    # Of each actor: ties, ties by similarity, possible ties, possible ties by similarity.
    ends, _ = tie_ends(network, held.known, direction=direction)
    n = len(held.codes)
    tied = np.bincount(ends.ego, minlength=n).astype(float)
    alike = held.alike(held.codes[ends.ego], held.codes[ends.alter])
    tied_alike = np.bincount(ends.ego, alike, n)
    times = 2 if network.directed and direction == "both" else 1
    others = np.where(held.known, times * (np.count_nonzero(held.known) - 1.0), 0.0)
    others_alike = np.where(held.known, times * np.append(held.totals(), 0.0)[held.codes], 0.0)
    return tied, tied_alike, others, others_alike
