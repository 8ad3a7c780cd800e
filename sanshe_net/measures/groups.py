"""The groups of actors that brokerage and integration compare."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.network import Array, Network


def group_codes(network: Network, by: str) -> Array:
    """Return the group of each actor as a number from 0, and -1 where the group is not known.

    Parameters
    ----------
    network
        The network whose ``actors`` are grouped.
    by
        Column of ``actors``. An empty text and a missing value both mean "not known".

    Raises
    ------
    MeasureError
        When there is no such column.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"group": ["舞蹈队", "", None, "舞蹈队"]})
    >>> group_codes(Network.from_edges([], actors=actors), "group").tolist()
    [0, -1, -1, 0]
    """
    columns = [str(column) for column in network.actors.columns]
    if by not in network.actors.columns:
        raise MeasureError("E-ATTRIBUTE", found=by, allowed=", ".join(columns))
    codes, names = pd.factorize(network.actors[by].astype(object))  # a missing value has code -1 and no name
    empty = np.asarray(names == "", dtype=bool)
    if empty.any():
        codes = np.append(np.where(empty, -1, np.cumsum(~empty) - 1), -1)[codes]
    return np.asarray(codes, dtype=np.int64)
