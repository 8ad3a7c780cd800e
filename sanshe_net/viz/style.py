"""How things look, said once: a colour and a shape per kind, a line per layer, the fonts.

Colours are Okabe and Ito's eight, which people with any common colour blindness can tell apart; every
kind has its own shape as well, and every layer its own dash, so that a black-and-white print still reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Final, NamedTuple

BLACK: Final = "#000000"
ORANGE: Final = "#E69F00"
SKY: Final = "#56B4E9"
GREEN: Final = "#009E73"
YELLOW: Final = "#F0E442"
BLUE: Final = "#0072B2"
VERMILION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"

INK: Final = "#16202C"
"""Text."""
MUTED: Final = "#566375"
"""Text of second rank; 4.5 : 1 and more on white."""
LINE: Final = "#D8DEE6"
"""Hairlines."""
PAPER: Final = "#FCFDFE"
"""The ground a map is drawn on."""
AREA: Final = "#5B7BA3"
"""Areas: filled at a tenth of this, named in a darker tone."""
ACCENT: Final = BLUE
"""What is chosen, pressed or in focus."""

FONTS: Final = (
    '"Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "PingFang SC", '
    '"Microsoft YaHei", "Hiragino Sans GB", system-ui, sans-serif'
)
"""Fonts that hold Chinese on Linux, macOS and Windows; nothing is embedded or fetched."""


class KindStyle(NamedTuple):
    """Colour of a kind and the name of its shape."""

    color: str
    shape: str


class LayerStyle(NamedTuple):
    """Colour of a layer, its dash in pixels (empty: solid) and its lightest line width."""

    color: str
    dash: tuple[int, ...]
    width: float


KIND_STYLES: Final[Mapping[str, KindStyle]] = {
    "resident": KindStyle(BLUE, "circle"),
    "organisation": KindStyle(ORANGE, "square"),
    "committee": KindStyle(VERMILION, "diamond"),
    "social_worker": KindStyle(GREEN, "triangle"),
    "partner": KindStyle(PURPLE, "star"),
    "government": KindStyle(BLACK, "hexagon"),
}
OTHER_KIND: Final = KindStyle("#7A8796", "circle")
"""For a network from elsewhere, whose actors are of no kind we know."""

LAYER_STYLES: Final[Mapping[str, LayerStyle]] = {
    "co_attendance": LayerStyle("#7C8BA0", (), 0.8),
    "membership": LayerStyle("#B87F00", (), 1.2),
    "hosting": LayerStyle(VERMILION, (7, 3), 1.3),
    "support": LayerStyle("#B4568A", (), 1.5),
    "council": LayerStyle(GREEN, (2, 3), 1.3),
    "nomination": LayerStyle(BLUE, (5, 3, 1, 3), 1.2),
    "governance": LayerStyle(BLACK, (1, 3), 1.4),
}
OTHER_LAYER: Final = LayerStyle("#7C8BA0", (), 0.9)


def kind_style(kind: str) -> KindStyle:
    """Return the style of ``kind``; a kind nobody styled is a grey circle."""
    return KIND_STYLES.get(kind, OTHER_KIND)


def layer_style(layer: str) -> LayerStyle:
    """Return the style of ``layer``; a layer nobody styled is a plain grey line."""
    return LAYER_STYLES.get(layer, OTHER_LAYER)


# Radii that make every shape look as large as a circle of radius 1 (equal areas, stars a little less).
_POLYGONS: Final[Mapping[str, tuple[int, float, float]]] = {
    "square": (4, 1.25, pi / 4),
    "diamond": (4, 1.30, 0.0),
    "triangle": (3, 1.50, -pi / 2),
    "hexagon": (6, 1.12, 0.0),
}
_STAR_OUTER: Final = 1.50
_STAR_INNER: Final = 0.66


def shape_path(shape: str, radius: float = 10.0) -> str:
    """Return the SVG path of ``shape`` around the origin, as large to the eye as a circle of ``radius``.

    Examples
    --------
    >>> shape_path("diamond", 10)
    'M13,0L0,13L-13,0L0,-13Z'
    """
    if shape == "star":
        turns = [-pi / 2 + step * pi / 5 for step in range(10)]
        reach = [radius * (_STAR_INNER if step % 2 else _STAR_OUTER) for step in range(10)]
        return _closed([(r * cos(turn), r * sin(turn)) for r, turn in zip(reach, turns, strict=True)])
    if shape in _POLYGONS:
        corners, scale, start = _POLYGONS[shape]
        turns = [start + step * 2 * pi / corners for step in range(corners)]
        sink = radius * 0.2 if shape == "triangle" else 0.0  # a triangle's middle lies below its centre
        reach_of = radius * scale
        return _closed([(reach_of * cos(turn), reach_of * sin(turn) + sink) for turn in turns])
    r = _short(radius)
    return f"M{r},0A{r},{r} 0 1 1 -{r},0A{r},{r} 0 1 1 {r},0Z"


def glyph_path(kind: str, radius: float = 10.0) -> str:
    """Return the SVG path of the shape that stands for ``kind``."""
    return shape_path(kind_style(kind).shape, radius)


def _closed(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_short(x)},{_short(y)}" for x, y in points) + "Z"


def _short(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
