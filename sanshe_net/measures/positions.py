"""Access to positions in society: the position generator of Lin, from a survey or from observed contacts."""

from __future__ import annotations

from collections.abc import Mapping
from numbers import Real
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures.composition import alter_composition
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Source, as_network
from sanshe_net.vocabulary import Label

Prestige: TypeAlias = "Mapping[Any, float] | pd.Series[float]"
ACCESS: Final = ("extensity", "upper_reachability", "prestige_range", "mean_prestige", "total_prestige")


def position_access(known: pd.DataFrame, prestige: Prestige) -> pd.DataFrame:
    r"""Return what the answers to a position generator ("do you know a nurse ...?") give access to.

    Over the positions :math:`P_i` that respondent *i* knows somebody in, with prestige :math:`w_p`:
    extensity :math:`|P_i|`, upper reachability :math:`\max w_p`, range :math:`\max w_p - \min w_p`, and the
    mean and total of :math:`w_p`.

    Parameters
    ----------
    known
        Respondent x position: 1 (or true) for "knows somebody in it", 0 for "does not", empty for no
        answer.
    prestige
        The prestige of each position, 0 or more, by its name in the columns of ``known``.

    Returns
    -------
    DataFrame indexed like ``known``: ``extensity``, ``upper_reachability``, ``prestige_range``,
    ``mean_prestige``, ``total_prestige``, and ``answered``, the number of positions answered about.
    An unanswered position is not counted as known, so with fewer answers every count is a lower bound:
    compare only respondents with the same ``answered``. ``NaN`` everywhere for a respondent without any
    answer. Extensity 0 leaves the mean, reachability and range undefined, ``NaN``, and the total 0; one
    position has range 0.
    Cost: O(n p) for *n* respondents and *p* positions.

    Raises
    ------
    MeasureError
        When an answer is not 0, 1 or empty, naming the respondent and the position, or a position has no
        prestige of 0 or more.

    References
    ----------
    Lin, N., & Dumin, M. (1986). Access to occupations through social ties. *Social Networks* 8(4), 365-385.
    van der Gaag, M., Snijders, T. A. B., & Flap, H. (2008). Position generator measures and their
    relationship to other social capital measures. In N. Lin & B. Erickson (Eds.), *Social Capital: An
    International Research Program*. Oxford University Press.

    Examples
    --------
    >>> known = pd.DataFrame({"医生": [1, 0], "教师": [1, 1], "保洁员": [1, 0]}, index=["李", "王"])
    >>> position_access(known, {"医生": 78, "教师": 70, "保洁员": 20})["prestige_range"].to_dict()
    {'李': 58.0, '王': 0.0}
    """
    answers = known.astype(object)
    empty = (answers.isna() | (answers == "")).to_numpy(dtype=bool)
    numbers = answers.apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float)
    wrong = ~empty & ~np.isin(numbers, (0.0, 1.0))
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        found, actor, position = answers.iat[row, column], known.index[row], known.columns[column]
        raise MeasureError("E-POSITION-ANSWER", found=found, actor=actor, position=position)
    table = _access(~empty & (numbers == 1), _prestige_of(known.columns, prestige))
    answered = (~empty).sum(axis=1).astype(float)
    table[answered == 0] = np.nan
    columns = pd.DataFrame(table, index=known.index, columns=list(ACCESS))
    return columns.assign(answered=answered)


@measure(
    level="actor", lowest=0, unit="positions or prestige", weights="ignored", needs=("kind",), columns=ACCESS
)
def alter_positions(
    source: Source, *, by: str = "kind", prestige: Prestige | None = None, direction: str = "both"
) -> pd.DataFrame:
    r"""What positions an actor's observed contacts hold: the position generator, observed-alter version.

    Over the distinct positions :math:`P_i` of the contacts of *i*, with prestige :math:`w_p`: extensity
    :math:`|P_i|`, upper reachability :math:`\max w_p`, range :math:`\max w_p - \min w_p`, and the mean and
    total of :math:`w_p`. A survey asks about everybody a person knows, this sees only ties in the records:
    the two are not comparable. For surveys see :func:`position_access`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the position, such as an occupation, or several positions. Contacts
        whose position is not known (empty or missing) are left out; that of the actor does not matter.
    prestige
        The prestige of each position, 0 or more, by its name. Without it only extensity is told.
    direction
        In a directed network: contacts by ties received (``in``), sent (``out``), or ``both``.

    Returns
    -------
    DataFrame indexed like ``actors``: ``extensity``, ``upper_reachability``, ``prestige_range``,
    ``mean_prestige``, ``total_prestige``. Unit: positions or prestige. Range: 0 or more.
    Extensity 0 leaves the mean, reachability and range undefined, ``NaN``, and the total 0; one position
    has range 0. Without ``prestige`` all but extensity are ``NaN`` for everybody.
    Cost: O(ties + actors x positions).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, ``direction`` is none of the
        three, or a position has no prestige of 0 or more.

    References
    ----------
    Lin, N., & Dumin, M. (1986). Access to occupations through social ties. *Social Networks* 8(4), 365-385.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"work": ["教师", "医生", "保洁员"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")], actors=actors)
    >>> prestige = {"医生": 78, "教师": 70, "保洁员": 20}
    >>> alter_positions(network, by="work", prestige=prestige)["upper_reachability"].to_dict()
    {'李': 78.0, '王': 70.0, '赵': 70.0}
    """
    network = as_network(source)
    counts = alter_composition(network, by=by, direction=direction)
    held = counts.to_numpy() > 0
    if prestige is None:
        table = np.full((len(counts), len(ACCESS)), np.nan)
        table[:, 0] = held.sum(axis=1)
    else:
        table = _access(held, _prestige_of(counts.columns, prestige))
    return pd.DataFrame(table, index=network.actors.index, columns=list(ACCESS))


def _access(held: Array, prestige: Array) -> Array:
    # One row per person: what the positions held give, in the order of ACCESS.
    extensity = held.sum(axis=1).astype(float)
    total = held @ prestige
    some = extensity > 0
    highest = np.where(held, prestige, -np.inf).max(axis=1, initial=-np.inf)
    lowest = np.where(held, prestige, np.inf).min(axis=1, initial=np.inf)
    table = np.full((len(held), len(ACCESS)), np.nan)
    table[:, 0], table[:, 4] = extensity, total
    table[some, 1] = highest[some]
    table[some, 2] = highest[some] - lowest[some]
    table[some, 3] = total[some] / extensity[some]
    return table


def _prestige_of(positions: pd.Index[Any], prestige: Prestige) -> Array:
    if not isinstance(prestige, Mapping | pd.Series):
        allowed = Label("{职业: 声望}", "{position: prestige}")
        raise MeasureError("E-VALUE", name="prestige", found=type(prestige).__name__, allowed=allowed)
    values = np.zeros(len(positions))
    for place, position in enumerate(positions):
        found = prestige.get(position)
        number = float(found) if isinstance(found, Real) and not isinstance(found, bool) else np.nan
        if not (np.isfinite(number) and number >= 0):
            raise MeasureError("E-PRESTIGE", position=position, found="-" if found is None else found)
        values[place] = number
    return values
