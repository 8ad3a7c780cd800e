"""Density over time as inline SVG: at an equal number of activities, with its interval; raw density pale."""

from __future__ import annotations

from itertools import pairwise
from math import ceil, floor, isnan, log10
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from sanshe_net.viz.charts import LABELLED, WIDTH

_LEFT: Final = 34.0
_TOP: Final = 16.0
_BASE: Final = 170.0
_HEIGHT: Final = 206
_COARSE: Final = 4
"""At most so many lines across."""


def density_chart(table: pd.DataFrame, *, title: str, description: str, raw: str, nothing: str) -> Markup:
    """Return the rarefied density of each period with its interval, and the raw density beside it.

    Parameters
    ----------
    table
        As in :class:`~sanshe_net.practice.over_time.DensityOverTime`. Periods that the records cover only in
        part are starred and drawn hollow; no line joins them, for they are not compared.
    title, description
        Read out by a screen reader in place of the picture.
    raw
        Which raw density is drawn.
    nothing
        The word where a period has no value.
    """
    slot = (WIDTH - _LEFT) / max(len(table), 1)
    most = float(table[["rarefied", "rarefied_high", raw]].max().max())
    step = _step(most)
    top = step * max(ceil(most / step - 1e-9), 1)
    rows = list(table.to_dict("records"))
    xs = [_LEFT + (place + 0.5) * slot for place in range(len(rows))]
    body = Markup("").join([
        *_scale(top, step),
        _line(xs, [row[raw] for row in rows], [True] * len(rows), top, "raw"),
        *(_dot(x, row[raw], top, "raw", row["complete"]) for x, row in zip(xs, rows, strict=True)),
        _line(xs, [row["rarefied"] for row in rows], [bool(row["complete"]) for row in rows], top, "equal"),
        *(_value(x, row, top, nothing, labelled=place % ceil(len(rows) / LABELLED) == 0)
          for place, (x, row) in enumerate(zip(xs, rows, strict=True))),
        *_names(table, xs),
    ])  # fmt: skip
    return Markup(
        '<svg class="periods density" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="time-t time-d"><title id="time-t">{title}</title>'
        '<desc id="time-d">{description}</desc>{body}</svg>'
    ).format(width=_n(WIDTH), height=_HEIGHT, title=title, description=description, body=body)


def density_swatch(part: str) -> Markup:
    """Return the key of one mark of :func:`density_chart`: ``equal``, ``raw`` or ``partial``."""
    if part == "partial":
        inside = Markup('<circle class="equal open" cx="9" cy="7" r="3.4"/>')
    else:
        inside = Markup('<path class="{0}" d="M0,7H18"/><circle class="{0}" cx="9" cy="7" r="{1}"/>').format(
            part, "3.4" if part == "equal" else "2"
        )
    return Markup('<svg class="swatch wider" viewBox="0 0 18 14" aria-hidden="true">{}</svg>').format(inside)


def per_cent(value: float) -> str:
    """Return a density as per cent with as many decimals as it needs.

    Examples
    --------
    >>> per_cent(0.0123), per_cent(0.25), per_cent(0.0004)
    ('1.2%', '25%', '0.04%')
    """
    if not value:
        return "0"
    decimals = 0 if value >= 0.0995 else 1 if value >= 0.00095 else 2
    return f"{value:.{decimals}%}"


def _step(most: float) -> float:
    """Return a round distance between the lines of the scale."""
    if isnan(most) or most <= 0:
        return 1.0
    rough = most / _COARSE
    unit = 10.0 ** floor(log10(rough))
    return next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor >= rough - 1e-12)


def _y(value: float, top: float) -> float:
    return _BASE - (_BASE - _TOP) * min(value, top) / top


def _scale(top: float, step: float) -> list[Markup]:
    pieces = []
    for number in range(round(top / step) + 1):
        y = _n(_y(number * step, top))
        name = "base" if number == 0 else "grid"
        pieces.append(Markup('<path class="{}" d="M{},{}H{}"/>').format(name, _n(_LEFT), y, _n(WIDTH)))
        mark = f"{round(100 * number * step, 6):g}%" if number else "0"
        pieces.append(_text(_LEFT - 5, float(y) + 3.5, mark, "tick"))
    return pieces


def _line(xs: list[float], values: list[float], joined: list[bool], top: float, name: str) -> Markup:
    """Return the line through neighbouring values; it is broken where a value is missing."""
    pieces = []
    for one, other in pairwise(range(len(xs))):
        ends = (values[one], values[other])
        if joined[one] and joined[other] and not any(map(isnan, ends)):
            y, later = (_n(_y(value, top)) for value in ends)
            pieces.append(f"M{_n(xs[one])},{y}L{_n(xs[other])},{later}")
    return Markup('<path class="{}" d="{}"/>').format(name, "".join(pieces)) if pieces else Markup("")


def _dot(x: float, value: float, top: float, name: str, complete: bool) -> Markup:
    if isnan(value):
        return Markup("")
    shown = name if complete else f"{name} open"
    return Markup('<circle class="{}" cx="{}" cy="{}" r="{}"/>').format(
        shown, _n(x), _n(_y(value, top)), "3.4" if name == "equal" else "2"
    )


def _value(x: float, row: dict[Any, Any], top: float, nothing: str, *, labelled: bool) -> Markup:
    value = row["rarefied"]
    if isnan(value):
        return _text(x, _BASE - 5, nothing, "none")
    ends = [_n(_y(row[end], top)) for end in ("rarefied_low", "rarefied_high")]
    bar = Markup('<path class="interval" d="M{},{}V{}"/>').format(_n(x), *ends)
    said = _text(x, float(ends[1]) - 5, per_cent(value), "value") if labelled else Markup("")
    return bar + _dot(x, value, top, "equal", row["complete"]) + said


def _names(table: pd.DataFrame, xs: list[float]) -> list[Markup]:
    """Return the periods under their dots; the year of a calendar period once, where it begins."""
    every = ceil(len(xs) / LABELLED)
    pieces, begun = [], ""
    labels = table.index.astype(str)
    for place, (x, label, complete) in enumerate(zip(xs, labels, table["complete"], strict=True)):
        star = "" if complete else "*"
        calendar = label[:4].isdigit() and len(label) <= 7
        year, part = (label[:4], label[4:].lstrip("-")) if calendar else ("", label)
        if place % every == 0:
            pieces.append(_text(x, _BASE + 15, _short(part or year, len(xs)) + star, "name"))
        if part and year != begun:
            pieces.append(_text(x, _BASE + 30, year, "year"))
        begun = year
    return pieces


def _short(text: str, places: int) -> str:
    """Return a typed name cut to what fits below a dot."""
    fits = max(4, 36 // max(places, 1))
    return text if len(text) <= fits else f"{text[: fits - 1]}…"


def _text(x: float, y: float, text: str, name: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(name, _n(x), _n(y), text)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
