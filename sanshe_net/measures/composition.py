"""Composition of an actor's contacts: how varied they are, and whether ties bond, bridge or link."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures.attributes import numeric_attribute
from sanshe_net.measures.memberships import By, Similarity, read_memberships, tie_ends
from sanshe_net.measures.options import check_above, check_flag, check_several
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Source, as_network

FORMS: Final = ("bonding", "bridging", "linking")


def alter_composition(
    source: Source, *, by: By = "kind", direction: str = "both", weighted: bool = False
) -> pd.DataFrame:
    r"""Return how many of an actor's contacts belong to each group.

    A cell is :math:`\sum_j a_{ij} b_{jg}`: the contacts in group *g*, those in several groups by their
    shares.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Contacts whose group is not known are
        left out; the group of the actor does not matter.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``, where a mutual contact
        counts twice.
    weighted
        ``True`` counts strengths instead of ties.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per group, sorted. Unit: ties, or summed strength.
    Cost: O(n g + m) for *g* groups.

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
    >>> actors = pd.DataFrame({"group": ["舞蹈队", "舞蹈队", ("舞蹈队", "合唱队")]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")], actors=actors)
    >>> alter_composition(network, by="group").loc["李"].to_dict()
    {'合唱队': 0.5, '舞蹈队': 1.5}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    held = read_memberships(network, by)
    everyone = np.ones(len(network.actors), dtype=bool)
    ends, _ = tie_ends(network, everyone, direction=direction, weighted=weighted)
    n, patterns = len(everyone), len(held.sizes)
    kept = held.known[ends.alter]
    cells = ends.ego[kept].astype(np.int64) * patterns + held.codes[ends.alter[kept]]
    met, place = np.unique(cells, return_inverse=True)
    counts = np.zeros((n, patterns))
    counts.flat[met] = np.bincount(place, ends.weight[kept])
    return pd.DataFrame(counts @ held.shares, index=network.actors.index, columns=held.groups)


@measure(level="actor", lowest=0, highest=1, unit="heterogeneity", weights="ignored", needs=("kind",))
def blau_index(source: Source, *, by: By = "kind", direction: str = "both") -> pd.Series[float]:
    r"""How varied an actor's contacts are (Blau's heterogeneity): the chance that two differ in group.

    It is :math:`1 - \sum_g p_g^2`, where :math:`p_g` is the share of the contacts in group *g*; 0 when all
    are of one group and at most :math:`1 - 1/K` for *K* groups. The two are drawn with replacement.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Contacts whose group is not known (empty
        or missing) are left out; the group of the actor does not matter.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``, where a mutual contact
        counts twice.

    Returns
    -------
    Series ``blau_index`` indexed like ``actors``. Unit: heterogeneity. Range: 0 to 1.
    ``NaN`` for an actor without contacts of known group: nothing varies, and nothing is alike.
    Cost: O(ties + actors x groups).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or ``direction`` is none of the
        three.

    References
    ----------
    Blau, P. M. (1977). *Inequality and Heterogeneity*. Free Press.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")], actors=actors)
    >>> blau_index(network, by="hukou").to_dict()
    {'李': 0.5, '王': 0.0, '赵': 0.0}
    """
    network = as_network(source)
    counts = alter_composition(network, by=by, direction=direction).to_numpy()
    return pd.Series(_heterogeneity(counts), index=network.actors.index, name="blau_index")


@measure(level="actor", lowest=0, highest=1, unit="heterogeneity", weights="ignored", needs=("kind",))
def iqv(
    source: Source, *, by: By = "kind", direction: str = "both", categories: Collection[Any] | None = None
) -> pd.Series[float]:
    r"""How varied an actor's contacts are, as a share of the most that the number of groups allows.

    The index of qualitative variation is :math:`(1 - \sum_g p_g^2) / (1 - 1/K)`, where :math:`p_g` is the
    share of the contacts in group *g* and *K* the number of groups: 1 when all groups are equally present.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Contacts whose group is not known (empty
        or missing) are left out; the group of the actor does not matter.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``, where a mutual contact
        counts twice.
    categories
        The groups of the code book, so that *K* counts also those nobody in this network has. Without it
        *K* is the number of groups in the data (for a table: its columns), and networks with different
        groups cannot be compared.

    Returns
    -------
    Series ``iqv`` indexed like ``actors``. Unit: heterogeneity. Range: 0 to 1.
    ``NaN`` for an actor without contacts of known group, and for everybody when *K* is 1: nothing can
    vary.
    Cost: O(ties + actors x groups).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, ``direction`` is none of the
        three, or an actor has a group that ``categories`` does not list.

    References
    ----------
    Mueller, J. H., & Schuessler, K. F. (1961). *Statistical Reasoning in Sociology*. Houghton Mifflin.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")], actors=actors)
    >>> iqv(network, by="hukou").to_dict()
    {'李': 1.0, '王': 0.0, '赵': 0.0}
    """
    network = as_network(source)
    counts = alter_composition(network, by=by, direction=direction)
    if categories is not None:
        check_several("categories", categories)
    listed = list(dict.fromkeys(counts.columns if categories is None else categories))
    unlisted = counts.columns.difference(pd.Index(listed, tupleize_cols=False), sort=False)
    if len(unlisted):
        raise MeasureError("E-CATEGORY", found=unlisted[0], allowed=", ".join(map(str, listed)) or "-")
    values = np.full(len(counts), np.nan)
    if len(listed) > 1:
        values = np.minimum(_heterogeneity(counts.to_numpy()) / (1 - 1 / len(listed)), 1)
    return pd.Series(values, index=network.actors.index, name="iqv")


@measure(
    level="actor",
    lowest=0,
    highest=1,
    unit="share of ties",
    weights="ignored",
    needs=("kind",),
    columns=FORMS,
)
def bonding_bridging_linking(
    source: Source,
    *,
    by: By = "kind",
    level: str | None = None,
    gap: float = 1,
    similarity: Similarity = "product",
    direction: str = "both",
    weighted: bool = False,
) -> pd.DataFrame:
    r"""Shares of an actor's ties that bond, bridge or link: an operationalisation declared here.

    There is no accepted formula, and this one is ours. A tie *links* when the levels of its ends are at
    least ``gap`` apart, whatever their groups; the other ties *bond* within a group and *bridge* between
    groups: :math:`\sum_j a_{ij} l_{ij}`, :math:`\sum_j a_{ij} (1 - l_{ij}) s_{ij}` and
    :math:`\sum_j a_{ij} (1 - l_{ij}) (1 - s_{ij})`, each divided by :math:`\sum_j a_{ij}`, with
    :math:`l_{ij}` = 1 for a tie that links and :math:`s_{ij}` = 1 for ends of the same group. Bonding and
    bridging follow Putnam; linking, ties to people in positions of institutionalised power, follows
    Szreter & Woolcock. What is a group and what is a level is the claim of whoever names the columns:
    report it with the shares, and never as *the* social capital of a person.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Ties of an actor whose group is not
        known (empty or missing) are left out.
    level
        Column of ``actors`` with the level of authority as a number or an ordered category. Ties of an
        actor whose level is not known are left out. Without it nothing is said about linking.
    gap
        From how many levels apart a tie links.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``.
    direction
        In a directed network: ties received (``in``), sent (``out``), or ``both``, where a mutual contact
        counts twice.
    weighted
        ``True`` gives shares of summed strength instead of ties.

    Returns
    -------
    DataFrame indexed like ``actors``: ``bonding``, ``bridging``, ``linking``; they sum to 1.
    Unit: share of ties. Range: 0 to 1.
    ``NaN`` for an actor of unknown group or level, or without ties to actors whose group and level are
    known. Without ``level``, ``linking`` is ``NaN`` for everybody, and the other two sum to 1.
    Cost: O(ties); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors lack an attribute, a level is no number, naming the actor,
        or an option is impossible.

    References
    ----------
    Szreter, S., & Woolcock, M. (2004). Health by association? Social capital, social theory, and the
    political economy of public health. *International Journal of Epidemiology* 33(4), 650-667.
    Putnam, R. D. (2000). *Bowling Alone*. Simon & Schuster.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"team": ["舞蹈队", "舞蹈队", "合唱队", "居委会"], "rank": [0, 0, 0, 1]},
    ...                       index=["李", "王", "赵", "陈"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵"), ("李", "陈")], actors=actors)
    >>> bonding_bridging_linking(network, by="team", level="rank").loc["李"].round(3).to_dict()
    {'bonding': 0.333, 'bridging': 0.333, 'linking': 0.333}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    check_above("gap", gap)
    held = read_memberships(network, by, similarity=similarity)
    n = len(network.actors)
    levels = np.zeros(n) if level is None else numeric_attribute(network, level, "level")
    known = held.known & ~np.isnan(levels)
    ends, _ = tie_ends(network, known, direction=direction, weighted=weighted)
    links = np.abs(levels[ends.ego] - levels[ends.alter]) >= gap
    alike = np.where(links, 0.0, held.alike(held.codes[ends.ego], held.codes[ends.alter]))
    parts = (alike, np.where(links, 0.0, 1 - alike), links.astype(float))
    sums = np.column_stack([np.bincount(ends.ego, part * ends.weight, n) for part in parts])
    totals = sums.sum(axis=1)
    shares = np.full((n, len(FORMS)), np.nan)
    shares[totals > 0] = (sums[totals > 0] / totals[totals > 0, np.newaxis]).clip(0, 1)
    table = pd.DataFrame(shares, index=network.actors.index, columns=list(FORMS))
    return table if level is not None else table.assign(linking=np.nan)


def _heterogeneity(counts: Array) -> Array:
    totals = counts.sum(axis=1)
    values = np.full(len(counts), np.nan)
    met = totals > 0
    values[met] = 1 - ((counts[met] / totals[met, np.newaxis]) ** 2).sum(axis=1)
    return values
