"""The groups of actors that brokerage and integration compare."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures.attributes import check_attribute
from sanshe_net.network import Array, Network


def group_codes(network: Network, by: str, option: str = "by") -> Array:
    """Return the group of each actor as a number from 0, and -1 where the group is not known.

    Parameters
    ----------
    network
        The network whose ``actors`` are grouped.
    by
        Column of ``actors``. An empty text and a missing value both mean "not known".

    option
        The option that the name was given for, to be named in a refusal.

    Raises
    ------
    MeasureError
        When there is no such column, or somebody has several groups in it.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"group": ["舞蹈队", "", None, "舞蹈队"]})
    >>> group_codes(Network.from_edges([], actors=actors), "group").tolist()
    [0, -1, -1, 0]
    """
    check_attribute(network, by, option)
    given = network.actors[by]
    if given.dtype == object:
        _check_one_each(given, by)
    codes, names = pd.factorize(given)  # a missing value has code -1 and no name
    empty = np.asarray(names == "", dtype=bool)
    if empty.any():
        codes = np.append(np.where(empty, -1, np.cumsum(~empty) - 1), -1)[codes]
    return np.asarray(codes, dtype=np.int64)


def holds_several(column: pd.Series[Any]) -> list[bool]:
    """Return which cells name several groups (or amounts in them) instead of one."""
    types = [type(value) for value in column]
    several = {each for each in set(types) if issubclass(each, list | tuple | set | frozenset | Mapping)}
    return [each in several for each in types] if several else [False] * len(types)


def _check_one_each(column: pd.Series[Any], by: str) -> None:
    # A list cannot be counted, and a tuple would be a group that nobody named.
    several = holds_several(column)
    if any(several):
        raise MeasureError("E-ONE-GROUP", column=by, actor=column.index[several.index(True)])
