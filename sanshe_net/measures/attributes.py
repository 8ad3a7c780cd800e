"""Reading a column of actors as numbers."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.network import Array, Network
from sanshe_net.vocabulary import Label

NO_ATTRIBUTE: Final = Label(
    "请改用其中之一，或先把这一列加进行动者表", "use one of these or add the column to the actors"
)
"""What to do when actors lack a column."""


def check_attribute(network: Network, name: object, option: str = "by") -> None:
    """Refuse a ``name`` that is no column of ``actors``; ``option`` is what it was given for.

    Raises
    ------
    MeasureError
        Naming the columns there are.
    """
    columns = ", ".join(str(column) for column in network.actors.columns)
    if not isinstance(name, Hashable):  # a list, a Series or a dict of values in place of their name
        raise MeasureError("E-VALUE", name=option, found=type(name).__name__, allowed=columns)
    if name not in network.actors.columns:
        raise MeasureError("E-ATTRIBUTE", found=name, allowed=columns, advice=NO_ATTRIBUTE)


def numeric_attribute(network: Network, name: str, option: str = "by") -> Array:
    """Return a column of ``actors`` as floats, NaN where it is empty or missing.

    Parameters
    ----------
    network
        The network whose ``actors`` hold the numbers.
    name
        Column of ``actors``. An ordered categorical counts by the place of its categories, from 0.
    option
        The option that the name was given for, to be named in a refusal.

    Raises
    ------
    MeasureError
        When there is no such column, or it holds something that is not a finite number.

    Examples
    --------
    >>> actors = pd.DataFrame({"age": [30, None, ""]}, dtype=object)
    >>> numeric_attribute(Network.from_edges([], actors=actors), "age").tolist()
    [30.0, nan, nan]
    """
    check_attribute(network, name, option)
    column = network.actors[name]
    if isinstance(column.dtype, pd.CategoricalDtype) and column.dtype.ordered:
        places = column.cat.codes.to_numpy(dtype=float)
        return np.where(places < 0, np.nan, places)
    given = column.astype(object)
    missing = (given.isna() | (given == "")).to_numpy(dtype=bool)
    numbers = pd.to_numeric(given.mask(missing, None), errors="coerce").to_numpy(dtype=float)
    wrong = ~missing & ~np.isfinite(numbers)
    if wrong.any():
        first = int(np.flatnonzero(wrong)[0])
        actor = network.actors.index[first]
        raise MeasureError("E-ATTRIBUTE-NUMBER", column=name, found=given.iloc[first], actor=actor)
    return numbers
