"""Attributes told pair by pair: the tables that let a regression of networks ask who is alike."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sanshe_net.measures.attributes import numeric_attribute
from sanshe_net.measures.groups import group_codes
from sanshe_net.network import Network, Source, as_network


def same_group(source: Source, by: str) -> pd.DataFrame:
    r"""Return which pairs of actors are in the same group: :math:`x_{ij} = [g_i = g_j]`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph.
    by
        Column of ``actors`` that names the group.

    Returns
    -------
    DataFrame with actor ids as index and columns, 0 or 1, NaN for pairs with an actor whose group is not
    known (empty or missing). Cost: O(n²).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    Examples
    --------
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> same_group(Network.from_edges([("李", "王")], actors=actors), "hukou").loc["李"].to_dict()
    {'李': 1.0, '王': 1.0, '赵': 0.0}
    """
    network = as_network(source)
    codes = group_codes(network, by)
    values = (codes[:, None] == codes).astype(float)
    values[codes < 0], values[:, codes < 0] = np.nan, np.nan
    return _on_pairs(network, values)


def absolute_difference(source: Source, by: str) -> pd.DataFrame:
    r"""Return how far two actors are apart in a number: :math:`x_{ij} = |v_i - v_j|`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph.
    by
        Column of ``actors`` that holds the number, such as age.

    Returns
    -------
    DataFrame with actor ids as index and columns, 0 or more, NaN for pairs with an actor whose number is
    missing. Cost: O(n²).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or it holds something that is
        not a number.

    Examples
    --------
    >>> actors = pd.DataFrame({"age": [70, 64, 31]}, index=["李", "王", "赵"])
    >>> absolute_difference(Network.from_edges([("李", "王")], actors=actors), "age").loc["李"].to_dict()
    {'李': 0.0, '王': 6.0, '赵': 39.0}
    """
    network = as_network(source)
    values = numeric_attribute(network, by)
    return _on_pairs(network, np.abs(values[:, None] - values))


def _on_pairs(network: Network, values: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> pd.DataFrame:
    ids = network.actors.index
    return pd.DataFrame(values, index=ids, columns=ids)
