"""Figures of a whole network, each with the condition under which it may be read."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.integration import ei_index
from sanshe_net.measures.registry import measure_network
from sanshe_net.network import Network
from sanshe_net.viz.report_wording import Wording, number, percent
from sanshe_net.vocabulary import Label

FIGURE_COLUMNS: Final = ("network", "measure", "by", "value", "zh", "en", "condition_zh", "condition_en")
GROUPS: Final = {"residents": "hukou", "all": "kind"}
"""What the E-I index is worked out by, for each of the two networks."""

_SAY_ZH, _SAY_EN = Wording("zh"), Wording("en")


def network_figures(network: Network) -> pd.DataFrame:
    """Return how the residents hang together through activities, and how all parties do.

    Density never comes without the mean degree: it falls as a network grows even if everybody keeps as
    many contacts as before.

    Returns
    -------
    One row per figure: ``network`` (``residents``: residents only, ties of joint attendance only; ``all``:
    everybody and every layer), ``measure``, ``by`` (the attribute that groups the actors, or empty),
    ``value`` (NaN where undefined), ``zh`` and ``en`` (the value in words), ``condition_zh`` and
    ``condition_en``. A network without actors has no rows.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")])
    >>> network_figures(network).set_index("measure")["en"].to_dict()["mean_degree"]
    '1.3'
    """
    parts = {"residents": _residents_together(network), "all": network}
    rows = [
        (name, *row)
        for name, part in parts.items()
        if len(part.actors)
        for row in _figures(part, GROUPS[name])
    ]
    return pd.DataFrame(rows, columns=list(FIGURE_COLUMNS))


def _residents_together(network: Network) -> Network:
    """Return the residents and their ties of joint attendance, be there any or not."""
    actors = network.actors[network.actors["kind"] == "resident"]
    ties = network.ties
    inside = ties["source"].isin(actors.index) & ties["target"].isin(actors.index)
    ties = ties[inside & (ties["layer"] == "co_attendance")]
    return replace(network, actors=actors, ties=ties.reset_index(drop=True), directed=False)


Row = tuple[str, str, float, str, str, str, str]


def _figures(network: Network, by: str) -> list[Row]:
    matrix = network.adjacency(weighted=False)
    matrix = matrix.maximum(matrix.T) if network.directed else matrix
    actors, ties = len(network.actors), matrix.nnz // 2
    isolates = int((np.diff(matrix.tocsr().indptr) == 0).sum())
    values = measure_network(
        replace(network, directed=False),
        ["density", "mean_degree", "components", "largest_component_share"],
    )
    reached = round(actors * values["largest_component_share"])
    rows = [
        _row("actors", actors, number(actors), isolates=number(isolates)),
        _row("ties", ties, number(ties)),
        _row("mean_degree", values["mean_degree"], f"{values['mean_degree']:.1f}"),
        _row(
            "density",
            values["density"],
            f"{values['density']:.3f}",
            possible=number(actors * (actors - 1) / 2),
        ),
        _row("components", values["components"], number(values["components"])),
        _row(
            "largest_component_share",
            values["largest_component_share"],
            percent(values["largest_component_share"]),
            reached=number(reached),
            actors=number(actors),
        ),
    ]
    return rows + _mixing(network, by)


def _mixing(network: Network, by: str) -> list[Row]:
    """Return the E-I index, unless no tie has two ends of known group or all are of one group."""
    if by not in network.actors.columns:
        return []
    codes = group_codes(network, by)
    one, other = replace(network, directed=False).adjacency(weighted=False).tocoo().coords
    known = (codes[one] >= 0) & (codes[other] >= 0)
    if not known.any() or len(np.unique(codes[codes >= 0])) < 2:
        return []
    value = ei_index(replace(network, directed=False), by=by)
    return [_row("ei_index", value, f"{value:+.2f}", by=by, known=number(known.sum() / 2))]


def _row(measure: str, value: float, shown: str, by: str = "", **facts: object) -> Row:
    key = f"if_{measure}"
    words = (
        Label(_SAY_ZH("undefined"), _SAY_EN("undefined")) if math.isnan(value) else Label(shown, shown)
    )  # a network of one actor has no density
    shown_minus = Label(words.zh.replace("-", "−"), words.en.replace("-", "−"))
    return (measure, by, float(value), *shown_minus, _SAY_ZH(key, **facts), _SAY_EN(key, **facts))
