"""How strong the tie of two people is who attended together: a named weight that can say itself.

With *k* named people at an activity and *d* activities of a person, over the activities that make ties:

=================== ==============================================================================
count               number of joint activities *w*
ratio               *w* / *m*, of all *m* activities
newman              sum of 1 / (*k* - 1) over joint activities
resource_allocation sum of 1 / *k*
adamic_adar         sum of 1 / ln *k*
jaccard             *x* / (*x* + *y_AB* + *y_A* + *y_B*), the simple ratio index
half_weight         *x* / (*x* + *y_AB* + (*y_A* + *y_B*) / 2)
cosine              *w* / sqrt(*d_A* *d_B*)
=================== ==============================================================================

Here *x* counts where both were seen together, *y_A* and *y_B* where only one of them was, while both could
have come; *y_AB* where both were seen at the same time at different activities. No weight is *the* strength
of a tie: the sums say how much exposure two people had, the ratios how much they prefer each other's company.

References
----------
Newman, M. E. J. (2001). Scientific collaboration networks. II. *Physical Review E* 64, 016132.
Cairns, S. J., & Schwager, S. J. (1987). A comparison of association indices. *Animal Behaviour* 35,
1454-1469.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError, SettingsError
from sanshe_net.network import Array
from sanshe_net.vocabulary import FADING_WEIGHTS, TIE_WEIGHTS, Label

WeightName: TypeAlias = Literal[
    "newman", "count", "ratio", "resource_allocation", "adamic_adar", "jaccard", "half_weight", "cosine"
]
Simultaneous: TypeAlias = Literal["none", "same_day"]
TIMED: Final = ("jaccard", "half_weight")
"""Weights that ask what was seen at the same time."""
SAME_DAY: Final = Label(
    "（同一天的活动视为同时：按天计，当天只要一起参加过一场就算在一起；无日期的活动各算一天）",
    " (activities of one day count as simultaneous: the unit is the day, spent together when they shared one "
    "of its activities; each undated activity is a day of its own)",
)
LAST_DAY: Final = Label("记录里最后一场有日期的活动", "the last dated activity of the records")


@dataclass(frozen=True)
class TieWeight:
    """A weight of ties, with or without fading.

    Attributes
    ----------
    name
        One of the table above.
    half_life_days
        Days after which an activity counts half: its share times ``2 ** -(age / half_life_days)``. Only for
        sums over activities (newman, count, resource_allocation, adamic_adar). None: nothing fades.
    reference
        Day from which ages count back; None is the day of the last dated activity.
    simultaneous
        For jaccard and half_weight. Records hold days, not hours: with ``none`` no two activities
        are simultaneous (*y_AB* = 0); with ``same_day`` those of one day are, and the unit is the day.

    Raises
    ------
    SettingsError
        For another name or value, and for a half-life with a weight that is no sum.

    Examples
    --------
    >>> TieWeight("count").decayed(90, "2024-06-30").wording.en.partition('; an ')[2]
    'activity counts half after 90 days, and so on, counted back from 2024-06-30'
    """

    name: WeightName = "newman"
    half_life_days: float | None = None
    reference: pd.Timestamp | None = None
    simultaneous: Simultaneous = "none"

    def __post_init__(self) -> None:
        _check("weight", self.name, tuple(TIE_WEIGHTS))
        _check("simultaneous", self.simultaneous, ("none", "same_day") if self.name in TIMED else ("none",))
        days = self.half_life_days
        if days is not None and not (self.name in FADING_WEIGHTS and days > 0 and math.isfinite(days)):
            raise SettingsError(
                "E-TIE-HALF-LIFE", found=days, weight=self.name, allowed=", ".join(FADING_WEIGHTS)
            )

    def decayed(self, half_life_days: float, reference: str | pd.Timestamp | None = None) -> TieWeight:
        """Return this weight with activities that fade; see the attributes."""
        day = None if reference is None else pd.Timestamp(reference)
        return replace(self, half_life_days=half_life_days, reference=day)

    def counted_back_from(self, dates: pd.Series[Any]) -> TieWeight:
        """Return this weight with its reference day stated: the last of ``dates``, unless one is given."""
        if self.half_life_days is None or self.reference is not None or not dates.notna().any():
            return self
        return replace(self, reference=dates.max())

    @property
    def wording(self) -> Label:
        """The weight in plain words, as a part of a sentence."""
        made = TIE_WEIGHTS[self.name]
        if self.simultaneous == "same_day":
            made = Label(made.zh + SAME_DAY.zh, made.en + SAME_DAY.en)
        if self.half_life_days is None:
            return made
        days = f"{self.half_life_days:g}"
        day = LAST_DAY if self.reference is None else Label(*[f"{self.reference:%Y-%m-%d}"] * 2)
        return Label(
            f"{made.zh}；每过 {days} 天，一场活动的分量减半，从{day.zh}那天往回算",
            f"{made.en}; an activity counts half after {days} days, and so on, counted back from {day.en}",
        )

    def shares(self, activities: pd.DataFrame, named: Array) -> Array:
        """Return what each activity adds to every pair of its ``named`` people.

        Raises
        ------
        MeasureError
            When activities fade and one with company is undated or later than the reference day.
        """
        k = np.maximum(named, 2).astype(float)  # fewer make no pair
        shares: dict[str, Array] = {
            "newman": 1 / (k - 1),
            "resource_allocation": 1 / k,
            "adamic_adar": 1 / np.log(k),
        }
        share = shares.get(self.name, np.ones(len(k)))
        if self.half_life_days is None:
            return share
        company = activities[named > 1]
        undated = company.index[company["date"].isna()]
        if len(undated):
            raise MeasureError("E-TIE-UNDATED", count=len(undated), activity=undated[0])
        reference = self.counted_back_from(activities["date"]).reference
        if reference is None:  # no activity has a date, and none has company
            return share
        late = company.index[company["date"] > reference]
        if len(late):
            raise MeasureError("E-TIE-REFERENCE", found=f"{reference:%Y-%m-%d}", activity=late[0])
        ahead = ((activities["date"] - reference) / pd.Timedelta(days=1)).fillna(0)
        faded: Array = share * np.exp2(ahead.to_numpy(dtype=float) / self.half_life_days)
        return faded


def as_weight(weight: TieWeight | WeightName) -> TieWeight:
    """Return a weight given by its name, or as it is."""
    return weight if isinstance(weight, TieWeight) else TieWeight(weight)


def _check(name: str, found: str, allowed: tuple[str, ...]) -> None:
    if found not in allowed:
        raise SettingsError("E-VALUE", name=name, found=found, allowed=", ".join(allowed))
