"""Structural holes: the rest of Burt's measures, and all of them in one pass.

Constraint and effective size are in :mod:`sanshe_net.measures.social_capital`; models and conventions are
the same here. Actors without ties have ``NaN``.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sanshe_net.measures.burt import (
    constraint_of,
    contacts_of,
    dyadic_of,
    effective_size_of,
    efficiency_of,
    hierarchy_of,
    highest_of,
    name_of,
)
from sanshe_net.measures.options import check_flag
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import mutual_strength
from sanshe_net.measures.triads import Model, both_sums, repeated_contacts, rows_of, two_step_shares
from sanshe_net.network import Source, as_network

HOLES: Final = (
    "contacts",
    "constraint",
    "effective_size",
    "efficiency",
    "constraint_hierarchy",
    "highest_dyadic_constraint",
)


@measure(level="actor", lowest=0, highest=1, unit="share of contacts", weights="strength")
def efficiency(source: Source, *, model: Model = "whole", weighted: bool = True) -> pd.Series[float]:
    r"""Which share of an actor's contacts is not a repetition of others (Burt's efficiency).

    It is effective size over the number of contacts: :math:`\frac{1}{N} \sum_j [1 - \sum_{q \ne i,j}
    p_{iq} m_{jq}]`. *N* counts contacts, not ties: somebody tied in both directions is one contact.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: the ties of a contact are all their ties in the network (igraph, networkx). ``ego``: those
        with the actor and the actor's contacts (UCINET's default).
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``efficiency``, or ``efficiency_ego`` for that model, indexed like ``actors``.
    Unit: share of contacts. Range: 0 to 1, 0 not reached; 1 when no two contacts know each other.
    ``NaN`` for an actor without ties: there are no contacts to be a share of.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``model`` is neither of the two.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. *Connections* 20(1),
    35-38.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> efficiency(network).round(3).to_dict()
    {'李': 0.778, '王': 0.5, '赵': 0.5, '陈': 1.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    name = name_of("efficiency", model)
    strength = mutual_strength(network, weighted=weighted)
    values = efficiency_of(strength, repeated_contacts(strength, model))
    return pd.Series(values, index=network.actors.index, name=name)


@measure(level="actor", lowest=0, highest=1, unit="share of contacts", weights="strength")
def efficiency_ego(source: Source, *, weighted: bool = True) -> pd.Series[float]:
    r"""Which share of an actor's contacts is not a repetition of others, within the ego network.

    :func:`efficiency` with ``model="ego"``: :math:`\frac{1}{N} \sum_j [1 - \sum_{q \ne i,j} p_{iq} m_{jq}]`,
    where :math:`m_{jq}` compares the tie of *j* with *q* to the strongest of *j* with *i* and the contacts
    of *i*. This is UCINET's default.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``efficiency_ego`` indexed like ``actors``. Unit: share of contacts. Range: 0 to 1, 0 not
    reached; 1 when no two contacts know each other. ``NaN`` for an actor without ties.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``weighted`` is neither True nor False.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. *Connections* 20(1),
    35-38.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> efficiency_ego(network).round(3).to_dict()
    {'李': 0.778, '王': 0.5, '赵': 0.5, '陈': 1.0}
    """
    return efficiency(source, model="ego", weighted=weighted)


@measure(level="actor", lowest=0, highest=1, unit="inequality of constraint", weights="strength")
def constraint_hierarchy(
    source: Source, *, model: Model = "whole", weighted: bool = True
) -> pd.Series[float]:
    r"""How far an actor's constraint comes from a single contact (Burt's hierarchy).

    It is the Coleman-Theil inequality of the dyadic constraints :math:`c_{ij}` of the *N* contacts:
    :math:`\sum_j r_j \ln r_j / (N \ln N)` with :math:`r_j = c_{ij} N / \sum_k c_{ik}`. Not to be mixed up
    with Krackhardt's hierarchy, which describes a whole directed network.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: the ties of a contact are all their ties in the network (igraph, networkx). ``ego``: those
        with the actor and the actor's contacts (UCINET's default).
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``constraint_hierarchy``, or ``constraint_hierarchy_ego`` for that model, indexed like ``actors``.
    Unit: inequality of constraint. Range: 0 to 1, from all contacts alike to one contact alone.
    ``NaN`` for an actor without ties: nothing constrains them. 1 for an actor with one contact (UCINET).

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``model`` is neither of the two.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王", 9), ("李", "赵", 1)])
    >>> constraint_hierarchy(network).round(3).to_dict()
    {'李': 0.905, '王': 1.0, '赵': 1.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    name = name_of("constraint_hierarchy", model)
    strength = mutual_strength(network, weighted=weighted)
    values = hierarchy_of(strength, dyadic_of(strength, two_step_shares(strength, model)))
    return pd.Series(values, index=network.actors.index, name=name)


@measure(level="actor", lowest=0, highest=1, unit="inequality of constraint", weights="strength")
def constraint_hierarchy_ego(source: Source, *, weighted: bool = True) -> pd.Series[float]:
    r"""How far an actor's constraint comes from a single contact, within the ego network.

    :func:`constraint_hierarchy` with ``model="ego"``: :math:`\sum_j r_j \ln r_j / (N \ln N)` over the dyadic
    constraints of the ego network, :math:`r_j = c_{ij} N / \sum_k c_{ik}`. This is UCINET's default.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``constraint_hierarchy_ego`` indexed like ``actors``. Unit: inequality of constraint.
    Range: 0 to 1. ``NaN`` for an actor without ties; 1 for an actor with one contact (UCINET).

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``weighted`` is neither True nor False.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王", 9), ("李", "赵", 1)])
    >>> constraint_hierarchy_ego(network).round(3).to_dict()
    {'李': 0.905, '王': 1.0, '赵': 1.0}
    """
    return constraint_hierarchy(source, model="ego", weighted=weighted)


@measure(level="tie", lowest=0, highest=1, unit="constraint", weights="strength")
def dyadic_constraint(source: Source, *, model: Model = "whole", weighted: bool = True) -> pd.Series[float]:
    r"""How far one contact constrains an actor: the share of the actor's ties that leads to them.

    It is :math:`c_{ij} = (p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj})^2`, the part that contact *j* has in
    the constraint of *i*. The two ends of a tie differ: :math:`c_{ij}` is not :math:`c_{ji}`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: the ties of a contact are all their ties in the network (igraph, networkx). ``ego``: those
        with the actor and the actor's contacts (UCINET's default).
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``dyadic_constraint``, or ``dyadic_constraint_ego`` for that model, with one row for each end of
    each tie: ``source`` is the actor who is constrained, ``target`` the contact who constrains them.
    Unit: constraint. Range: 0 to 1, 0 not reached; 1 for the only contact of an actor.
    Actors without ties have no row.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``model`` is neither of the two.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> dyadic_constraint(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {('李', '王'): 0.25, ('李', '赵'): 0.25, ('王', '李'): 1.0, ('赵', '李'): 1.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    name = name_of("dyadic_constraint", model)
    strength = mutual_strength(network, weighted=weighted)
    actors = network.actors.index
    pairs = pd.MultiIndex.from_arrays(
        [actors[rows_of(strength)], actors[strength.indices]], names=["source", "target"]
    )
    return pd.Series(dyadic_of(strength, two_step_shares(strength, model)), index=pairs, name=name)


def structural_holes(source: Source, *, model: Model = "whole", weighted: bool = True) -> pd.DataFrame:
    r"""Return all of Burt's measures of every actor, in one pass over the triangles of the network.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: the ties of a contact are all their ties in the network (igraph, networkx). ``ego``: those
        with the actor and the actor's contacts (UCINET's default).
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per measure, ``NaN`` for actors without ties except in
    ``contacts``:

    ============================= ========================================================================
    ``contacts``                  *N*, those tied to the actor in either direction
    ``constraint``                :func:`~sanshe_net.measures.social_capital.constraint`
    ``effective_size``            :func:`~sanshe_net.measures.social_capital.effective_size`
    ``efficiency``                :func:`efficiency`
    ``constraint_hierarchy``      :func:`constraint_hierarchy`
    ``highest_dyadic_constraint`` the highest :func:`dyadic_constraint` that a contact has over the actor
    ============================= ========================================================================

    With ``model="ego"`` each column but the first ends in ``_ego``, as the single measures do.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``model`` is neither of the two.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李"), ("李", "陈")])
    >>> structural_holes(network).round(3).loc["李"].to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'contacts': 3.0, 'constraint': 0.611, 'effective_size': 2.333, 'efficiency': 0.778,
     'constraint_hierarchy': 0.052, 'highest_dyadic_constraint': 0.25}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    names = ["contacts", *(name_of(column, model) for column in HOLES[1:])]
    strength = mutual_strength(network, weighted=weighted)
    two_step, repeated = both_sums(strength, model)
    dyadic = dyadic_of(strength, two_step)
    columns = [
        contacts_of(strength).astype(np.float64),
        constraint_of(strength, dyadic),
        effective_size_of(strength, repeated),
        efficiency_of(strength, repeated),
        hierarchy_of(strength, dyadic),
        highest_of(strength, dyadic),
    ]
    return pd.DataFrame(dict(zip(names, columns, strict=True)), index=network.actors.index)
