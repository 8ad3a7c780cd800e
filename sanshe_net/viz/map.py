"""The interactive map: one HTML file that works offline, shows the findings first and sends nothing.

:func:`draw_map` is what most people want; :func:`to_pyvis` hands out the plain pyvis object instead.
pyvis is imported only when a map is drawn.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pandas as pd

from sanshe_net.errors import OutputError
from sanshe_net.files import write_text
from sanshe_net.network import Source, as_network
from sanshe_net.viz.names import NameMode
from sanshe_net.viz.scene import STRONGEST, Request, View, make_scene
from sanshe_net.vocabulary import LANGUAGES, Label, Lang

if TYPE_CHECKING:
    import pyvis.network

    from sanshe_net.viz.map_network import MapNetwork

__all__ = ["View", "draw_map", "make_map", "to_pyvis", "write_map"]


def draw_map(
    network: Source,
    *,
    title: str | Label,
    subtitle: str | Label | None = None,
    facts: pd.DataFrame | None = None,
    groups: pd.Series[Any] | None = None,
    views: Sequence[View] = (),
    notes: Sequence[str | Label] = (),
    lang: Lang = "zh",
    names: NameMode = "full",
    ties_per_actor: int = STRONGEST,
    seed: int = 1,
) -> str:
    """Return the map of ``network`` as one self-contained HTML page.

    Parameters
    ----------
    network
        A :class:`~sanshe_net.network.Network`, or a networkx or igraph graph.
    title, subtitle
        Shown on top; the subtitle is the place to say that data are simulated or internal.
    facts
        Index actor id, one column per measure or piece of evidence. Numeric columns can be chosen as the
        size of the dots and are ranked; a missing value reads "no data". Text columns go on the card.
    groups
        Group of each actor (building, area, team); see :func:`~sanshe_net.viz.layout.two_level_layout`.
    views
        Findings to show with one click.
    notes
        Sentences for the foot of the page.
    lang
        Language the page opens in; a button switches.
    names
        ``"full"`` shows names. ``"code"`` leaves every name and id out of the file: labels are a letter for
        the kind and a number from a seeded shuffle, attributes other than building, registration and
        group are left out, names inside given texts become codes. ``"given"`` shows the labels as they are
        and says that they are codes, ``"groups"`` that they are groups of people.
    ties_per_actor
        How many of each actor's strongest attendance ties are drawn; the page says so.
    seed
        Seed of the layout and of the codes. The same input and seed give the same bytes.

    Raises
    ------
    OutputError
        When a view names an actor or a measure that is not there, an option has an unknown value, or the
        drawing script that pyvis installed is not the one that was checked (``E-VIS-JS``).

    Examples
    --------
    >>> from sanshe_net.network import Network
    >>> page = draw_map(Network.from_edges([("李", "王"), ("李", "赵")]), title="示例")
    >>> "Content-Security-Policy" in page
    True
    """
    drawn = make_map(
        network, title=title, subtitle=subtitle, facts=facts, groups=groups, views=views,
        notes=notes, lang=lang, names=names, ties_per_actor=ties_per_actor, seed=seed,
    )  # fmt: skip
    return drawn.generate_html()


def make_map(
    network: Source,
    *,
    title: str | Label,
    subtitle: str | Label | None = None,
    facts: pd.DataFrame | None = None,
    groups: pd.Series[Any] | None = None,
    views: Sequence[View] = (),
    notes: Sequence[str | Label] = (),
    lang: Lang = "zh",
    names: NameMode = "full",
    ties_per_actor: int = STRONGEST,
    seed: int = 1,
) -> MapNetwork:
    """Return the map as a pyvis network that renders our page; arguments as in :func:`draw_map`."""
    from sanshe_net.viz.map_network import MapNetwork

    if lang not in LANGUAGES:
        raise OutputError("E-VALUE", name="lang", found=lang, allowed="zh, en")
    if ties_per_actor < 1:
        raise OutputError("E-VALUE", name="ties_per_actor", found=ties_per_actor, allowed="1, 2, 3 …")
    if names not in get_args(NameMode):
        raise OutputError("E-VALUE", name="names", found=names, allowed=", ".join(get_args(NameMode)))
    request = Request(
        title=_label(title),
        subtitle=None if subtitle is None else _label(subtitle),
        facts=facts,
        groups=groups,
        views=views,
        notes=[_label(note) for note in notes],
        lang=lang,
        names=names,
        ties_per_actor=ties_per_actor,
        seed=seed,
    )
    return MapNetwork.from_scene(make_scene(as_network(network), request))


def write_map(path: Path | str, html: str) -> None:
    r"""Write a page as UTF-8 with ``\n`` line ends, whole or not at all, whatever the system's encoding is.

    Raises
    ------
    OutputError
        When the file cannot be written; it is then as it was.
    """
    write_text(Path(path), html)


def to_pyvis(network: Source, *, seed: int = 1) -> pyvis.network.Network:
    """Return the usual pyvis ``Network``, laid out and styled, for people who want to go on with pyvis.

    The ties of all layers between two actors become one edge that names each of them in its title: pyvis
    would keep only the first of several.
    """
    from sanshe_net.viz.map_network import plain_network

    return plain_network(as_network(network), seed)


def _label(text: str | Label) -> Label:
    return Label(text, text) if isinstance(text, str) else text


def __getattr__(name: str) -> Any:
    """Give ``MapNetwork`` on first use: it cannot be defined without importing pyvis."""
    if name == "MapNetwork":
        from sanshe_net.viz.map_network import MapNetwork

        return MapNetwork
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
