"""Ranks within draws, and what an interval of them is."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from sanshe_net.network import Array

DECIMALS: Final = 9
"""Values that agree to this many decimals share a rank."""


def ranks(values: Array) -> Array:
    """Return competition ranks within each row, 1 = highest: one more than the number of higher values."""
    rounded = -np.round(values, DECIMALS)
    order = np.argsort(rounded, axis=1)
    ordered = np.take_along_axis(rounded, order, axis=1)
    place = np.tile(np.arange(1, values.shape[1] + 1), (len(values), 1))
    place[:, 1:][ordered[:, 1:] == ordered[:, :-1]] = 0
    found = np.empty_like(place)
    np.put_along_axis(found, order, np.maximum.accumulate(place, axis=1), axis=1)
    return found


def tails(level: float) -> list[float]:
    """Return the two shares that an interval of this coverage leaves out below."""
    return [(1 - level) / 2, (1 + level) / 2]


def with_rank_intervals(table: pd.DataFrame, drawn: Array, *, top_k: int, level: float) -> pd.DataFrame:
    """Return ``table`` with rank intervals and the share in the first ``top_k`` over the rows ``drawn``."""
    placed = ranks(drawn)
    low, high = tails(level)
    # Ranks are whole numbers: the interval ends at the ranks just outside the percentiles.
    return table.assign(
        rank_low=np.quantile(placed, low, axis=0, method="lower").astype(float),
        rank_high=np.quantile(placed, high, axis=0, method="higher").astype(float),
        share_in_top_k=(placed <= top_k).mean(axis=0),
    )
