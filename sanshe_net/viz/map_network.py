"""The map as a pyvis network: pyvis and vis-network carry the graph, the page around it is ours.

Importing this module imports pyvis (half a second); :mod:`sanshe_net.viz.map` does so only when needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
from pyvis.network import Network as PyvisNetwork

from sanshe_net.network import Network
from sanshe_net.viz.layout import two_level_layout
from sanshe_net.viz.page import render_page
from sanshe_net.viz.scene import Scene
from sanshe_net.viz.style import FONTS, INK, OTHER_LAYER, kind_style, layer_style
from sanshe_net.vocabulary import DIRECTED_LAYERS, label

OPTIONS: Final[dict[str, Any]] = {
    "autoResize": False,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "nodes": {"fixed": True, "chosen": False, "labelHighlightBold": False},
    "edges": {"smooth": False, "chosen": False},
    "interaction": {
        "dragNodes": False,
        "hover": False,
        "keyboard": False,
        "navigationButtons": False,
        "selectable": False,
        "tooltipDelay": 10**9,
    },
}
"""Places are computed beforehand: vis-network moves the camera and calls our painter, nothing else."""

_VIS_SHAPES: Final = {"circle": "dot"}


class MapNetwork(PyvisNetwork):  # type: ignore[misc]
    """A pyvis network that renders our page.

    ``nodes`` and ``edges`` are the usual pyvis lists, filled in one step (several ties between the same two
    actors stay several), ``options`` is a plain dictionary, ``page`` holds everything else.
    """

    page: Scene

    def __init__(self) -> None:
        super().__init__(height="100%", width="100%", cdn_resources="in_line")
        self.options = OPTIONS
        self.page = {}

    @classmethod
    def from_scene(cls, scene: Scene) -> MapNetwork:
        """Return the network of a scene made by :func:`sanshe_net.viz.scene.make_scene`."""
        drawn = cls()
        page = dict(scene)
        actors, ties = page.pop("actors"), dict(page.pop("ties"))
        drawn.page = page
        drawn.set_nodes([{"id": place, **row} for place, row in enumerate(_rows(actors))])
        drawn.edges = _rows({"from": ties.pop("source"), "to": ties.pop("target"), **ties})
        return drawn

    def set_nodes(self, nodes: list[dict[str, Any]]) -> None:
        """Replace all nodes at once."""
        self.nodes = nodes
        self.node_ids = [node["id"] for node in nodes]
        self.node_map = {node["id"]: node for node in nodes}

    def generate_html(self, name: str = "map.html", local: bool = True, notebook: bool = False) -> str:
        """Return the page; the arguments are pyvis's and change nothing."""
        edges = _columns(self.edges, ("from", "to", "layer", "weight", "evidence", "first", "last"))
        nodes = _columns(self.nodes, ("label", "code", "pinyin", "kind", "group", "x", "y"))
        self.html = render_page({**self.page, "options": self.options, "nodes": nodes, "edges": edges})
        return self.html

    def write_html(
        self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False
    ) -> None:
        """Write the page as UTF-8, whatever the system's own encoding is; nothing else is written."""
        Path(name).write_bytes(self.generate_html().encode("utf-8"))
        if open_browser:
            import webbrowser

            webbrowser.open(Path(name).resolve().as_uri())


def plain_network(network: Network, seed: int) -> PyvisNetwork:
    """Return an ordinary pyvis network; see :func:`sanshe_net.viz.map.to_pyvis`."""
    drawn = PyvisNetwork(height="720px", width="100%", directed=False, cdn_resources="in_line")
    font = {"face": FONTS, "color": INK}
    drawn.options = {**OPTIONS, "interaction": {"hover": True}, "nodes": {"font": font}}
    ids = _plain_ids(network.actors.index)
    places = two_level_layout(network, seed=seed)
    rows = zip(ids, network.actors["label"], network.actors["kind"], places["x"], places["y"], strict=True)
    drawn.nodes = [_plain_node(*row) for row in rows]
    drawn.node_ids = ids
    drawn.node_map = {node["id"]: node for node in drawn.nodes}
    drawn.edges = _merged_edges(network, ids)
    return drawn


def _plain_node(actor: int | str, name: Any, kind: str, x: float, y: float) -> dict[str, Any]:
    style = kind_style(kind)
    shown = str(name).strip() or " "  # vis would show the id in place of an empty label
    return {
        "id": actor,
        "label": shown,
        "title": _inert(f"{shown} · {label(kind, 'zh')}"),
        "shape": _VIS_SHAPES.get(style.shape, style.shape),
        "color": style.color,
        "size": 10,
        "x": float(x),
        "y": float(y),
    }


def _merged_edges(network: Network, ids: list[Any]) -> list[dict[str, Any]]:
    index = network.actors.index
    ties = network.ties.assign(
        source=index.get_indexer(pd.Index(network.ties["source"])),
        target=index.get_indexer(pd.Index(network.ties["target"])),
    )
    low, high = np.minimum(ties["source"], ties["target"]), np.maximum(ties["source"], ties["target"])
    pairs = ties.assign(low=low, high=high).sort_values(["low", "high", "layer", "source"], kind="stable")
    return [
        _merged_edge(ids[rows["low"].iloc[0]], ids[rows["high"].iloc[0]], rows, network.directed)
        for _, rows in pairs.groupby(["low", "high"], sort=True)
    ]


def _merged_edge(start: Any, end: Any, rows: pd.DataFrame, directed: bool) -> dict[str, Any]:
    layers = list(dict.fromkeys(rows["layer"]))
    style = layer_style(layers[0]) if len(layers) == 1 else OTHER_LAYER
    said = [
        f"{label(layer, 'zh')}：{weight:.3g}"
        for layer, weight in zip(rows["layer"], rows["weight"], strict=True)
    ]
    edge: dict[str, Any] = {
        "from": start,
        "to": end,
        "title": _inert("；".join(said)),
        "color": style.color,
        "width": round(style.width + 0.8 * (len(rows) - 1), 2),
        "layers": layers,
        "value_by_layer": dict(zip(rows["layer"], rows["weight"].astype(float), strict=False)),
    }
    if len(layers) == 1 and style.dash:
        edge["dashes"] = list(style.dash)
    pointed = rows[rows["layer"].isin(DIRECTED_LAYERS) | directed]
    arrows = ["to"] * bool((pointed["source"] == pointed["low"]).any())
    arrows += ["from"] * bool((pointed["source"] != pointed["low"]).any())
    if arrows:  # an empty text is not a valid vis option
        edge["arrows"] = ", ".join(arrows)
    return edge


def _plain_ids(index: pd.Index[Any]) -> list[Any]:
    # pyvis takes text and plain integers; anything else is numbered through.
    if all(isinstance(actor, str) for actor in index):
        return list(index)
    if all(isinstance(actor, int | np.integer) for actor in index):
        return [int(actor) for actor in index]
    return list(range(len(index)))


def _inert(title: str) -> str:
    # pyvis shows every title as HTML as soon as one of them contains this word.
    return title.replace("href", "hre\u200bf")


def _rows(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    keys = list(columns)
    return [dict(zip(keys, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def _columns(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> dict[str, list[Any]]:
    return {key: [row.get(key) for row in rows] for key in keys}
