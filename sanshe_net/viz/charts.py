"""Small charts as inline SVG: text stays text, shades still differ in black and white, nothing is loaded.

Colours and line widths are set by the style sheet of the page (:mod:`sanshe_net.viz.style` holds them);
here is only geometry. Everything that is not a number goes through ``Markup.format``, which escapes it.
"""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

import pandas as pd
from markupsafe import Markup

from sanshe_net.viz.style import glyph_path, kind_style, layer_style
from sanshe_net.vocabulary import INDICATORS, Lang

WIDTH: Final = 440.0
LABELLED: Final = 12
"""At most so many columns carry their number; with more, every second or third does."""


class _Panel(NamedTuple):
    """A strip of columns: where its title stands, its columns end, and how high the tallest is."""

    title_y: float
    base: float
    height: float


_ACTIVITIES: Final = _Panel(11, 88, 54)
_ATTENDANCES: Final = _Panel(117, 254, 114)
_BOTTOM: Final = 290


def period_chart(by_period: pd.DataFrame, *, title: str, description: str, lang: Lang) -> Markup:
    """Return columns per period: activities above, heads below with the named part filled.

    Parameters
    ----------
    by_period
        As in :class:`~sanshe_net.practice.indicators.Indicators`. Columns of a period that the records
        cover only in part are hatched and starred.
    title, description
        Read out by a screen reader in place of the picture.
    """
    slot = WIDTH / max(len(by_period), 1)
    shown = ceil(len(by_period) / LABELLED)
    pieces = [_columns(by_period, _ACTIVITIES, slot, "activities"), _heads(by_period, slot)]
    for panel, term in ((_ACTIVITIES, "activities"), (_ATTENDANCES, "attendances")):
        name = INDICATORS[term].text(lang)
        pieces.append(_text(0, panel.title_y, name[:1].upper() + name[1:], "panel"))
        pieces.append(_values(by_period[term], panel, slot, shown))
        pieces.append(Markup('<path class="base" d="M0,{0}H{1}"/>').format(panel.base, _n(WIDTH)))
    pieces.append(_period_names(by_period, slot, shown))
    return Markup(
        '<svg class="periods" viewBox="0 0 {width} {height}" role="img" aria-labelledby="chart-t chart-d">'
        '<title id="chart-t">{title}</title><desc id="chart-d">{description}</desc>{hatch}{body}</svg>'
    ).format(
        width=_n(WIDTH),
        height=_BOTTOM,
        title=title,
        description=description,
        hatch=_HATCH,
        body=Markup("").join(pieces),
    )


def rank_strip(rank: float, low: float, high: float, *, top_k: int, ranked: int) -> Markup:
    """Return where somebody stands: a dot at the rank, a line over its interval, the first ``top_k`` shaded.

    The strip runs from the first place on the left to three times ``top_k``; an interval that goes on
    beyond ends in an arrow. Without an interval (``low`` missing) there is only the dot.
    """
    last = max(2, min(3 * top_k, ranked))

    def at(place: float) -> float:
        return 4 + 88 * (min(place, last) - 1) / (last - 1)

    pieces = [Markup('<rect class="first" x="0" y="0" width="{}" height="12"/>').format(_n(at(top_k + 0.5)))]
    pieces.append(Markup('<path class="track" d="M4,6H92"/>'))
    if not pd.isna(low):
        pieces.append(Markup('<path class="range" d="M{},6H{}"/>').format(_n(at(low)), _n(at(high))))
        if high > last:
            pieces.append(Markup('<path class="range beyond" d="M92,3l4,3l-4,3"/>'))
    if rank <= last:
        pieces.append(Markup('<circle class="dot" cx="{}" cy="6" r="3"/>').format(_n(at(rank))))
    body = Markup("").join(pieces)
    return Markup(
        '<svg class="strip" viewBox="0 0 98 12" preserveAspectRatio="xMinYMid" aria-hidden="true">{}</svg>'
    ).format(body)


def share_bars(upper: float, lower: float) -> Markup:
    """Return two shares (0 to 1) as thin bars above each other, the upper one filled."""
    return Markup(
        '<svg class="shares" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="upper" x="0" y="1" width="{}" height="5"/>'
        '<rect class="lower" x="0" y="8" width="{}" height="5"/></svg>'
    ).format(_n(100 * upper), _n(100 * lower))


def kind_glyph(kind: str) -> Markup:
    """Return the shape that stands for a kind of actor."""
    return Markup(
        '<svg class="glyph" viewBox="-11 -11 22 22" aria-hidden="true"><path d="{}" fill="{}"/></svg>'
    ).format(glyph_path(kind, 7), kind_style(kind).color)


def layer_stroke(layer: str) -> Markup:
    """Return the line that stands for a layer."""
    style = layer_style(layer)
    return Markup(
        '<svg class="stroke" viewBox="0 0 30 10" aria-hidden="true">'
        '<path d="M1,5H29" stroke="{}" stroke-width="{}" stroke-dasharray="{}"/></svg>'
    ).format(style.color, style.width + 1, " ".join(map(str, style.dash)) or "none")


def swatch(part: str) -> Markup:
    """Return the key of one shade of :func:`period_chart`: ``named``, ``heads`` or ``partial``."""
    square = Markup('<rect class="{}" x="1" y="1" width="12" height="12"/>')
    over = square.format("partial") if part == "partial" else Markup("")
    base = square.format("heads" if part == "partial" else part)
    return Markup('<svg class="swatch" viewBox="0 0 14 14" aria-hidden="true">{}{}</svg>').format(base, over)


_HATCH: Final = Markup(
    '<defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><path class="hatch" d="M0,0V5"/></pattern></defs>'
)


def _columns(by_period: pd.DataFrame, panel: _Panel, slot: float, term: str, shade: str = "named") -> Markup:
    """Return one column per period; those of an incomplete period are hatched over."""
    tallest = float(by_period["attendances" if term == "named" else term].max()) or 1.0
    wide = min(0.66 * slot, 40.0)
    pieces = []
    for place, (value, complete) in enumerate(zip(by_period[term], by_period["complete"], strict=True)):
        tall = panel.height * float(value) / tallest
        box = (_n((place + 0.5) * slot - wide / 2), _n(panel.base - tall), _n(wide), _n(tall))
        for name in (shade,) if complete else (shade, "partial"):
            pieces.append(
                Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(name, *box)
            )
    return Markup("").join(pieces)


def _heads(by_period: pd.DataFrame, slot: float) -> Markup:
    named = _columns(by_period, _ATTENDANCES, slot, "named")
    return _columns(by_period, _ATTENDANCES, slot, "attendances", "heads") + named


def _values(values: pd.Series[float], panel: _Panel, slot: float, shown: int) -> Markup:
    tallest = float(values.max()) or 1.0
    pieces = [
        _text((place + 0.5) * slot, panel.base - panel.height * value / tallest - 5, f"{value:,.0f}", "value")
        for place, value in enumerate(values)
        if place % shown == 0
    ]
    return Markup("").join(pieces)


def _period_names(by_period: pd.DataFrame, slot: float, shown: int) -> Markup:
    """Return the periods under their columns; the year once, where it begins."""
    names = [(period[:4], period[4:].lstrip("-")) for period in by_period["period"].astype(str)]
    pieces = []
    begun = [True, *(one[0] != other[0] for one, other in pairwise(names))]
    for place, (year, part) in enumerate(names):
        middle, star = (place + 0.5) * slot, "" if by_period["complete"].iloc[place] else "*"
        if place % shown == 0:
            pieces.append(_text(middle, _ATTENDANCES.base + 15, (part or year) + star, "name"))
        if part and begun[place]:
            # Under the first column drawn of that year; a year squeezed by the next one still reads.
            pieces.append(_text(middle, _ATTENDANCES.base + 30, year, "year"))
    return Markup("").join(pieces)


def _text(x: float, y: float, text: str, name: str) -> Markup:
    return Markup('<text class="{}" x="{}" y="{}">{}</text>').format(name, _n(x), _n(y), text)


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
