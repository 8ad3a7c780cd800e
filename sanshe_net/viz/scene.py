"""Everything a map page knows, as plain columns ready for JSON: actors, ties, groups, facts, views, words."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from sanshe_net.errors import OutputError
from sanshe_net.network import Network
from sanshe_net.viz.layout import id_order, strongest_ties, two_level_layout
from sanshe_net.viz.names import NameMode, Names, coded_names, full_names, group_texts, hide_label
from sanshe_net.viz.style import kind_style, layer_style, shape_path
from sanshe_net.viz.wording import MAP_TEXTS, map_text
from sanshe_net.vocabulary import DIRECTED_LAYERS, KINDS, LANGUAGES, LAYERS, STAFF_KINDS, Label, Lang, label

Scene: TypeAlias = dict[str, Any]

STRONGEST: Final = 3
"""How many of each actor's attendance ties are drawn, unless asked otherwise."""
SHARED_ATTRIBUTES: Final = frozenset({"building", "hukou", "group"})
"""Attributes that a page with codes instead of names may still carry."""
UNSHOWN_ATTRIBUTES: Final = frozenset({"label", "kind", "name", "consent", "file", "sheet", "row"})
SAME_SIZE: Final = ""
CONTACTS: Final = "degree"
NOTHING: Final = Label("", "")


@dataclass(frozen=True)
class View:
    """A finding that one click shows: who, sized by what, and a sentence that says why.

    Attributes
    ----------
    name
        What the button says.
    actor_ids
        Who is lit; the others fade.
    size_by
        A numeric column of the facts, ``"degree"`` (number of contacts) or ``""`` (all the same).
    explanation
        One sentence or two, shown beside the map.
    """

    name: Label
    actor_ids: tuple[Hashable, ...]
    size_by: str = SAME_SIZE
    explanation: Label = NOTHING

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor_ids", tuple(self.actor_ids))


@dataclass(frozen=True)
class Request:
    """What :func:`sanshe_net.viz.map.draw_map` was asked for."""

    title: Label
    subtitle: Label | None
    facts: pd.DataFrame | None
    groups: pd.Series[Any] | None
    views: Sequence[View]
    notes: Sequence[Label]
    lang: Lang
    names: NameMode
    ties_per_actor: int
    seed: int


def make_scene(network: Network, request: Request) -> Scene:
    """Return the page's data; actors are in the order of their ids, or of their codes."""
    layout = two_level_layout(network, request.groups, seed=request.seed)
    order = id_order(network.actors.index)
    actors, layout = network.actors.iloc[order], layout.iloc[order]
    if request.names == "code":
        names = coded_names(actors, request.seed)
        by_code = sorted(range(len(actors)), key=names.labels.__getitem__)
        actors, layout = actors.iloc[by_code], layout.iloc[by_code]
        names = names._replace(labels=[names.labels[i] for i in by_code])
    else:
        areas = [""] * len(actors) if request.groups is None else group_texts(layout["group"])
        names = full_names(actors, areas)
    facts = _facts(network, request.facts, actors.index)
    drawn = strongest_ties(network, request.ties_per_actor)
    return {
        **_words(network, request, names, len(drawn)),
        "kinds": _kinds(actors),
        "layers": _layers(network, actors.index),
        "groups": _group_labels(layout["group"], names, request.groups is None),
        "actors": _actors(actors, layout, names),
        "attributes": _attributes(actors, layout["group"], request.names, names),
        "facts": [_fact(str(name), facts[name], names) for name in facts.columns],
        "ties": _ties(drawn, actors.index),
        "views": [_view(view, actors.index, facts, names) for view in request.views],
    }


def _words(network: Network, request: Request, names: Names, drawn: int) -> Scene:
    def hidden(text: Label | None) -> list[str] | None:
        return None if text is None else list(hide_label(names, text))

    counts = {"drawn": f"{drawn:,}", "all": f"{len(network.ties):,}", "k": request.ties_per_actor}
    some = drawn < len(network.ties)
    said = map_text("drawn_strongest" if some else "drawn_all", layer="{layer}", **counts)
    said = Label(*(text.replace("{layer}", label("co_attendance", lang))
                   for text, lang in zip(said, LANGUAGES, strict=True)))  # fmt: skip
    notes = [hide_label(names, note) for note in request.notes]
    if request.groups is None and len(network.ties):
        notes.append(MAP_TEXTS["groups_found"])
    return {
        "lang": request.lang,
        "names": request.names,
        "title": hidden(request.title),
        "subtitle": hidden(request.subtitle),
        "rule": hidden(network.rule),
        "drawn": list(said),
        "notes": [list(note) for note in notes],
        "texts": {lang: {key: text.text(lang) for key, text in MAP_TEXTS.items()} for lang in LANGUAGES},
    }


def _kinds(actors: pd.DataFrame) -> list[Scene]:
    present = set(actors["kind"])
    known = [kind for kind in KINDS if kind in present]
    return [
        {
            "id": kind,
            "label": _both(kind) if kind else list(MAP_TEXTS["unknown_kind"]),
            "color": kind_style(kind).color,
            "shape": kind_style(kind).shape,
            "path": shape_path(kind_style(kind).shape, 10),
            "staff": kind in STAFF_KINDS,
        }
        for kind in [*known, *sorted(present - set(known))]
    ]


def _layers(network: Network, index: pd.Index[Any]) -> list[Scene]:
    present = network.layers
    known = [layer for layer in LAYERS if layer in present]
    result = []
    for layer in [*known, *(name for name in present if name not in known)]:
        ties = network.ties[network.ties["layer"] == layer]
        ends = np.concatenate([index.get_indexer(pd.Index(ties[end])) for end in ("source", "target")])
        style = layer_style(layer)
        result.append(
            {
                "id": layer,
                "label": _both(layer),
                "color": style.color,
                "dash": list(style.dash),
                "width": style.width,
                "directed": network.directed or layer in DIRECTED_LAYERS,
                "ties": np.bincount(ends, minlength=len(index)).tolist(),
                "all": len(ties),
            }
        )
    return result


def _group_labels(groups: pd.Series[Any], names: Names, found: bool) -> list[list[str]]:
    held = [value for value in groups.unique() if value is not None and not pd.isna(value)]
    if found:
        return [list(Label(*(text.format(n) for text in MAP_TEXTS["group_found"]))) for n in sorted(held)]
    return [[names.hide(str(value))] * 2 for value in sorted(held)]


def _actors(actors: pd.DataFrame, layout: pd.DataFrame, names: Names) -> Scene:
    kinds = [kind["id"] for kind in _kinds(actors)]
    held = sorted(value for value in layout["group"].unique() if value is not None and not pd.isna(value))
    return {
        "label": names.labels,
        "code": names.codes,
        "pinyin": names.pinyin,
        "kind": [kinds.index(kind) for kind in actors["kind"]],
        "group": [held.index(value) if value in held else -1 for value in layout["group"]],
        "x": [_number(value) for value in layout["x"]],
        "y": [_number(value) for value in layout["y"]],
    }


def _attributes(actors: pd.DataFrame, groups: pd.Series[Any], mode: NameMode, names: Names) -> list[Scene]:
    shown = [column for column in map(str, actors.columns) if column not in UNSHOWN_ATTRIBUTES]
    if mode == "code":
        shown = [column for column in shown if column in SHARED_ATTRIBUTES]
    result = []
    for column in shown:
        texts = [_text(value) for value in actors[column]]
        if not any(texts) or texts == group_texts(groups):
            continue
        values = sorted(set(texts) - {""})
        result.append(
            {
                "label": _both(column),
                "values": [[names.hide(text) for text in _both(value)] for value in values],
                "of": [values.index(text) if text else -1 for text in texts],
            }
        )
    return result


def _facts(network: Network, facts: pd.DataFrame | None, index: pd.Index[Any]) -> pd.DataFrame:
    """Return the facts in the order of ``index``, with the number of contacts as the last one."""
    table = pd.DataFrame(index=index) if facts is None else facts.reindex(index)
    if CONTACTS in table.columns:
        return table
    matrix = network.adjacency(weighted=False)
    pattern = matrix + matrix.T if network.directed else matrix
    contacts = np.diff(pattern.tocsr().indptr).astype(float)
    return table.assign(**{CONTACTS: pd.Series(contacts, index=network.actors.index).reindex(index)})


def _fact(name: str, column: pd.Series[Any], names: Names) -> Scene:
    if _is_figure(column):
        values: list[Any] = [_number(value) for value in column.astype(float)]
        return {"id": name, "label": _both(name), "numeric": True, "values": values}
    texts = [_text(value) for value in column]
    hidden = [[names.hide(part) for part in _both(text)] if text else None for text in texts]
    return {"id": name, "label": _both(name), "numeric": False, "values": hidden}


def _ties(drawn: pd.DataFrame, index: pd.Index[Any]) -> Scene:
    source = index.get_indexer(pd.Index(drawn["source"]))
    target = index.get_indexer(pd.Index(drawn["target"]))
    layers = drawn["layer"].to_numpy()
    order = np.lexsort((drawn["weight"].to_numpy(dtype=float), layers.astype(str), target, source))
    drawn = drawn.iloc[order]
    return {
        "source": source[order].tolist(),
        "target": target[order].tolist(),
        "layer": [str(layer) for layer in drawn["layer"]],
        "weight": [_number(value) for value in drawn["weight"]],
        "evidence": [int(value) if pd.notna(value) else 0 for value in drawn["evidence"]],
        "first": _days(drawn["first"]),
        "last": _days(drawn["last"]),
    }


def _view(view: View, index: pd.Index[Any], facts: pd.DataFrame, names: Names) -> Scene:
    at = index.get_indexer(pd.Index(list(view.actor_ids), dtype=object, tupleize_cols=False))
    if (at < 0).any():
        stranger = view.actor_ids[int(np.flatnonzero(at < 0)[0])]
        raise OutputError("E-VALUE", name="View.actor_ids", found=stranger, allowed="network.actors.index")
    sizes = [str(name) for name in facts.columns if _is_figure(facts[name])]
    if view.size_by and view.size_by not in sizes:
        raise OutputError("E-VALUE", name="View.size_by", found=view.size_by, allowed=", ".join(sizes))
    return {
        "name": list(hide_label(names, view.name)),
        "explanation": list(hide_label(names, view.explanation)),
        "size": view.size_by,
        "actors": sorted(set(at.tolist())),
    }


def _is_figure(column: pd.Series[Any]) -> bool:
    return pd.api.types.is_numeric_dtype(column.dtype) and not pd.api.types.is_bool_dtype(column.dtype)


def _both(term: str) -> list[str]:
    return [label(term, lang) for lang in LANGUAGES]


def _text(value: object) -> str:
    if value is None or value is pd.NaT or (isinstance(value, float) and np.isnan(value)) or value is pd.NA:
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _number(value: float) -> int | float | None:
    """Return ``value`` with six significant digits, whole numbers without a point, None when undefined."""
    if not np.isfinite(value):
        return None
    short = float(f"{value:.6g}")
    return int(short) if short.is_integer() and abs(short) < 1e15 else short


def _days(dates: pd.Series[Any]) -> list[int | None]:
    """Return dates as days since 1970, None when unknown."""
    held = pd.to_datetime(dates)
    days = (held - pd.Timestamp(0)).dt.days if len(held) else pd.Series(dtype=float)
    return [None if pd.isna(day) else int(day) for day in days]
