"""What may stand in a table of ties: strengths, dates, layers, evidence; what does not is refused by name.

A strength, a date or a count that is guessed at is made up, so nothing here is repaired: a number written
as text is refused as much as a missing one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from difflib import get_close_matches
from numbers import Real
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.vocabulary import Label

TIE_COLUMNS: Final = ("source", "target", "layer", "weight", "first", "last", "evidence")
LEAST, MOST = 1e-100, 1e100
"""Strengths outside cannot be used: their sums, products or inverses would not be numbers."""

_STRENGTHS: Final = frozenset({"w", "wt", "wts", "wgt", "wgts", "wght", "wghts", "权", "权值", "加权"})
"""Names that mean strength and nothing else, as :func:`_plain_name` writes them."""
_OF_STRENGTH: Final = ("weight", "strength", "权重", "强度")
"""A name that contains one of these means strength too: ``edge_weight``, ``合作强度``."""
_COUNTS: Final = frozenset(
    {"value", "values", "count", "counts", "freq", "frequency", "次数", "频次", "频率"}
)
"""Names that mean strength in many files (GML, D3, counted contacts) if numbers other than 1 stand there."""
_OTHER_WORDS: Final = frozenset({"height"})
"""As near to ``weight`` as a misspelling is, but something else."""
_DATE: Final = re.compile(r"\s*(?:\d{8}\s*$|\d{4}\D)")
"""The year comes first: which of 04/05 is the month cannot be known."""
_TOO_LONG: Final = Label("太长的数", "a number too long to show")


def strengths(ties: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the column ``weight`` as floats, NaN for what is no number.

    Numbers in text, truth values and complex numbers are no strengths.
    """
    column = ties["weight"]
    kind = column.dtype.kind if isinstance(column.dtype, np.dtype) else ""
    if kind and kind in "fiu":
        return column.to_numpy(dtype=float)
    return np.array([_real(value) for value in column.astype(object)], dtype=float)


def check_strengths(ties: pd.DataFrame) -> None:
    """Refuse a strength that no measure could use, naming the two actors."""
    weights = strengths(ties)
    wrong = ~((weights >= LEAST) & (weights <= MOST))
    if wrong.any():
        at = int(np.flatnonzero(wrong)[0])
        raise MeasureError("E-TIE-WEIGHT", found=_found(ties["weight"], at), pair=_pair(ties, at))


def dates(ties: pd.DataFrame, column: str) -> pd.Series[Any]:
    """Return ``first`` or ``last`` as dates, NaT where empty; refuse what is none, naming the two actors."""
    given = ties[column]
    if pd.api.types.is_datetime64_any_dtype(given.dtype):
        return given
    values = given.astype(object)
    read = {}
    for value in dict.fromkeys(value for value in map(_hashable, values) if not _is_empty(value)):
        named = not isinstance(value, Real) and (not isinstance(value, str) or _DATE.match(value))
        read[value] = pd.to_datetime(value, errors="coerce") if named else pd.NaT
    found = [pd.NaT if _is_empty(value) else read[value] for value in map(_hashable, values)]
    for at, value in enumerate(found):
        if value is pd.NaT and not _is_empty(values.iloc[at]):
            raise MeasureError("E-TIE-DATE", column=column, found=_found(values, at), pair=_pair(ties, at))
    # A time of day or of another zone is no part of when people first met.
    days = [value if value is pd.NaT else value.tz_localize(None) for value in found]
    return pd.Series(days, index=ties.index, dtype="datetime64[ns]")


def layers(ties: pd.DataFrame) -> list[str]:
    """Return ``layer`` as text, ``tie`` where it is missing."""
    return ["tie" if _is_empty(value) else _as_word(value) for value in ties["layer"].astype(object)]


def evidence(ties: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Return ``evidence`` as whole numbers, 1 where it is missing; refuse others, naming the two actors."""
    given = ties["evidence"]
    numbers = [1.0 if _is_empty(value) else _real(value) for value in given.astype(object)]
    for at, number in enumerate(numbers):
        if not (0 <= number < 2**53 and number == int(number)):
            raise MeasureError("E-TIE-EVIDENCE", found=_found(given, at), pair=_pair(ties, at))
    return np.array(numbers, dtype=float).astype(np.int64)


def check_weight_name(
    weight: str | None, names: Iterable[object], edges: int, values: Callable[[str], Iterable[object]]
) -> None:
    """Refuse the name of a weight that edges do not have, and pass over no strength of another name.

    ``values`` gives what stands under a name. Without an attribute ``weight`` a tie is 1, unless one seems to
    hold its strength: ``weight`` misspelt, another word for it, or counts under a name that is often one.
    """
    held = [str(name) for name in names]
    if weight is None or weight in held or not edges:
        return
    others = [name for name in held if name not in TIE_COLUMNS]
    if weight != "weight" or any(_means_strength(name, values) for name in others):
        allowed = ", ".join(sorted(name for name in held if name not in ("source", "target"))) or "-"
        raise MeasureError("E-EDGE-WEIGHT", found=weight, allowed=allowed)


def rows_of(edges: object) -> list[tuple[Any, ...]]:
    """Return edges as pairs and triples with a weight; refuse what is neither."""
    if isinstance(edges, str | Mapping) or not isinstance(edges, Iterable):  # a dict would lose its values
        raise MeasureError("E-EDGE-ROW", found=type(edges).__name__)
    rows = []
    for edge in edges:
        row = tuple(edge) if isinstance(edge, Iterable) else ()
        if len(row) not in (2, 3) or not all(isinstance(end, Hashable) for end in row[:2]):
            raise MeasureError("E-EDGE-ROW", found=_shown(edge))
        rows.append(row)
    return rows


def check_ends(ties: pd.DataFrame, known: pd.Index[Any] | None = None) -> None:
    """Refuse a tie with an end that is missing or not among the ``known``, naming the two ends."""
    for end in ("source", "target"):
        strangers = ties[end].isna() if known is None else ~ties[end].isin(known)
        if strangers.any():
            at = int(np.flatnonzero(strangers)[0])
            raise MeasureError("E-TIE-STRANGER", found=ties[end].iloc[at], pair=_pair(ties, at))


def _means_strength(name: str, values: Callable[[str], Iterable[object]]) -> bool:
    plain = _plain_name(name)
    if plain in _OTHER_WORDS:
        return False
    if plain in _STRENGTHS or any(word in plain for word in _OF_STRENGTH):
        return True
    if plain in _COUNTS:  # all 1 is what is read without it
        return any(number != 1 for number in map(_real, values(name)) if not np.isnan(number))
    return bool(get_close_matches("weight", [plain], n=1, cutoff=0.8))


def _plain_name(name: str) -> str:
    return re.sub(r"[\s_\-.]+", "", name).casefold()


def _real(value: object) -> float:
    if not isinstance(value, Real) or isinstance(value, bool | np.bool_):
        return np.nan
    try:
        return float(value)
    except OverflowError:
        return np.inf


def _is_empty(value: object) -> bool:
    return value is None or value is pd.NA or value is pd.NaT or value == "" or value != value


def _hashable(value: object) -> Any:
    try:
        hash(value)
    except TypeError:
        return str(value)
    return value


def _as_word(value: object) -> str:
    if isinstance(value, float) and value.is_integer():  # whole numbers beside missing ones become floats
        return str(int(value))
    return str(value)


def _found(column: pd.Series[Any], at: int) -> object:
    value = column.astype(object).iloc[at]
    return f"'{value}'" if isinstance(value, str) else _shown(value)


def _shown(value: object) -> object:
    try:
        str(value)
    except ValueError:  # Python writes no number of more than 4,300 digits
        return _TOO_LONG
    return value


def _pair(ties: pd.DataFrame, at: int) -> str:
    return f"{ties['source'].iloc[at]} – {ties['target'].iloc[at]}"
