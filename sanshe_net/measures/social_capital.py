"""Social capital of a position: constraint and effective size, after Burt.

Both come in two models that rank people differently, and every result says which one it is. ``whole``
sets a contact's ties in proportion to all their ties in the network (igraph, networkx); ``ego`` looks at
the actor and their contacts only (UCINET's default). Direction is not used: the strength between two
actors is that of both directions together.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sanshe_net.measures.burt import constraint_of, dyadic_of, effective_size_of, name_of
from sanshe_net.measures.options import check_flag
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import mutual_strength
from sanshe_net.measures.triads import Model, is_small, repeated_contacts, two_step_shares
from sanshe_net.network import Source, as_network


@measure(level="actor", lowest=0, highest=2, unit="constraint", weights="strength")
def constraint(source: Source, *, model: Model = "whole", weighted: bool = True) -> pd.Series[float]:
    r"""How far an actor's ties lead back to the same few people (Burt's constraint).

    A low value marks a possible broker. For actor *i* it is
    :math:`\sum_j (p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj})^2` over the contacts *j*, where :math:`p_{ij}`
    is the share of *j* in the strength of *i*'s ties. Constraint can exceed 1; 2 is never reached.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: :math:`p_{qj}` is a share of all ties of *q*. ``ego``: of those with *i* and the
        contacts of *i*; see :func:`constraint_ego`.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``constraint``, or ``constraint_ego`` for that model, indexed like ``actors``.
    Unit: constraint. Range: 0 to 2.
    ``NaN`` for an actor without ties: nothing constrains them, which is not the same as being a free
    broker. An actor with a single contact has 1.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or ``model`` is neither of the two.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.
    Everett, M. G., & Borgatti, S. P. (2020). Unpacking Burt's constraint measure. *Social Networks* 62,
    50-57.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> constraint(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {'李': 0.5, '王': 1.0, '赵': 1.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    name = name_of("constraint", model)
    strength = mutual_strength(network, weighted=weighted)
    if model == "whole" and is_small(strength):
        # igraph walks every two-path of a small network before a sparse product has begun.
        values = np.array(network.graph.constraint(weights="weight" if weighted else None), dtype=float)
    else:
        values = constraint_of(strength, dyadic_of(strength, two_step_shares(strength, model)))
    return pd.Series(values, index=network.actors.index, name=name)


@measure(level="actor", lowest=0, highest=2, unit="constraint", weights="strength")
def constraint_ego(source: Source, *, weighted: bool = True) -> pd.Series[float]:
    r"""How far an actor's ties lead back to the same few people, within the ego network.

    :func:`constraint` with ``model="ego"``: :math:`\sum_j (p_{ij} + \sum_{q \ne i,j} p_{iq} p_{qj})^2`,
    where :math:`p_{qj}` is the share of *j* in the ties of *q* with *i* and the contacts of *i*. This is
    UCINET's default.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``constraint_ego`` indexed like ``actors``. Unit: constraint. Range: 0 to 2.
    ``NaN`` for an actor without ties; 1 for an actor with one contact, where UCINET prints missing.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.
    Everett, M. G., & Borgatti, S. P. (2020). Unpacking Burt's constraint measure. *Social Networks* 62,
    50-57.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> constraint_ego(Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "李")])).to_dict()
    {'李': 1.125, '王': 1.125, '赵': 1.125}
    """
    return constraint(source, model="ego", weighted=weighted)


@measure(level="actor", lowest=1, unit="contacts", weights="strength")
def effective_size(source: Source, *, model: Model = "whole", weighted: bool = True) -> pd.Series[float]:
    r"""How many of an actor's contacts are not a repetition of others (Burt's effective size).

    It is :math:`\sum_j [1 - \sum_{q \ne i,j} p_{iq} m_{jq}]` over the contacts *j*, where :math:`p_{iq}` is
    the share of *q* in the strength of *i*'s ties and :math:`m_{jq}` the strength between *j* and *q* as a
    part of the strongest tie of *j*. Without weights and directions it is :math:`N - 2t/N` for *N*
    contacts with *t* ties among them.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    model
        ``whole``: the strongest tie *j* has with anyone. ``ego``: with *i* or a contact of *i*; see
        :func:`effective_size_ego`.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``effective_size``, or ``effective_size_ego`` for that model, indexed like ``actors``.
    Unit: contacts. Range: 1 or more, and never more than the number of contacts.
    ``NaN`` for an actor without ties: there is no ego network to measure.

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
    >>> effective_size(network).round(3).to_dict()
    {'李': 2.333, '王': 1.0, '赵': 1.0, '陈': 1.0}
    """
    check_flag("weighted", weighted)
    network = as_network(source)
    name = name_of("effective_size", model)
    strength = mutual_strength(network, weighted=weighted)
    values = effective_size_of(strength, repeated_contacts(strength, model))
    return pd.Series(values, index=network.actors.index, name=name)


@measure(level="actor", lowest=1, unit="contacts", weights="strength")
def effective_size_ego(source: Source, *, weighted: bool = True) -> pd.Series[float]:
    r"""How many of an actor's contacts are not a repetition of others, within the ego network.

    :func:`effective_size` with ``model="ego"``: :math:`\sum_j [1 - \sum_{q \ne i,j} p_{iq} m_{jq}]`, where
    :math:`m_{jq}` is a part of the strongest tie of *j* with *i* or a contact of *i*. This is UCINET's
    default. The two models differ only when strengths do.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored; the two
        directions of a directed network are summed.
    weighted
        ``False`` gives every tie the strength 1.

    Returns
    -------
    Series ``effective_size_ego`` indexed like ``actors``.
    Unit: contacts. Range: 1 or more, and never more than the number of contacts.
    ``NaN`` for an actor without ties: there is no ego network to measure.

    Cost: :math:`O(m^{1.5})` for *m* ties, about *m* in sparse networks; a matrix product in dense ones.

    Raises
    ------
    MeasureError
        When ``source`` is not a network.

    References
    ----------
    Burt, R. S. (1992). *Structural Holes*. Harvard University Press. Ch. 2.
    Borgatti, S. P. (1997). Structural holes: unpacking Burt's redundancy measures. *Connections* 20(1),
    35-38.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> effective_size_ego(Network.from_edges([("李", "王"), ("李", "赵")])).to_dict()
    {'李': 2.0, '王': 1.0, '赵': 1.0}
    """
    return effective_size(source, model="ego", weighted=weighted)
