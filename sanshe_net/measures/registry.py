"""The register of measures: what each one measures, in what unit, over which range.

A measure is a plain function; :func:`measure` hands it back unchanged and writes it down. Whoever needs
"all measures" (command line, report, documentation, tests) asks here, so that a new function in any file
of this folder is known everywhere.
"""

from __future__ import annotations

import math
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import import_module
from typing import Any, Final, Literal, TypeAlias, TypeVar

import pandas as pd

from sanshe_net import measures
from sanshe_net.errors import MeasureError
from sanshe_net.network import Network, Source, as_network
from sanshe_net.vocabulary import LANGUAGES, Label, Lang
from sanshe_net.vocabulary import MEASURES as LABELS

Level: TypeAlias = Literal["actor", "network", "tie", "answer", "comparison"]
Weights: TypeAlias = Literal["strength", "ignored"]
Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Measure:
    """What is known about a measure without running it.

    Attributes
    ----------
    name
        The name of the function, and of the Series it returns.
    compute
        The function. By level, ``compute(source)`` gives a Series or a DataFrame on ``actors.index``
        (``actor``), a number (``network``), a Series on pairs of actor ids (``tie``) or a frozen dataclass
        (``answer``); ``compute(first, second)`` a number or a frozen dataclass (``comparison``).
    level
        What it describes: each ``actor``, the ``network``, each ``tie``; or it is an ``answer`` that does
        not fit a number (a set of actors, a test with its null), or a ``comparison`` of two networks.
    lowest, highest
        Bounds of every defined value; ``inf`` when there is no upper bound.
    unit
        What is counted, in words.
    weights
        Whether tie strength matters (``strength``) or not (``ignored``) when called without options.
    needs
        Columns of ``actors`` it reads when called without options.
    columns
        Columns of the table it returns; empty for a measure that returns one Series or number.
    """

    name: str
    compute: Callable[..., Any]
    level: Level
    lowest: float
    highest: float
    unit: str
    weights: Weights
    needs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()

    @property
    def label(self) -> Label:
        """The name in Chinese and English."""
        return LABELS[self.name]

    @property
    def range(self) -> str:
        """The bounds in words, as the docstring of the measure must give them."""
        if math.isinf(self.highest):
            return f"{self.lowest:g} or more"
        return f"{self.lowest:g} to {self.highest:g}"


GIVES: Final[Mapping[Level, Label]] = {
    "actor": Label("每人一个数", "a number for each actor"),
    "network": Label("全网一个数", "a number for the network"),
    "tie": Label("每条联系一个数", "a number for each tie"),
    "answer": Label("一个不止一个数的结果", "an answer of more than one number"),
    "comparison": Label("两个网络的比较", "a comparison of two networks"),
}
"""What a measure of each level gives."""
_OR: Final[Mapping[Lang, str]] = {"zh": "或", "en": " or "}
NEAREST: Final = 3
"""So many names are suggested for a misspelt one."""
MEASURES: Final[dict[str, Measure]] = {}
"""Every measure registered so far, by name; :func:`all_measures` is the complete list."""


def measure(
    *,
    level: Level,
    lowest: float,
    highest: float = math.inf,
    unit: str,
    weights: Weights,
    needs: Sequence[str] = (),
    columns: Sequence[str] = (),
) -> Callable[[Function], Function]:
    """Register the decorated function as a measure and hand it back unchanged.

    The arguments are those of :class:`Measure`; the name is that of the function.

    Raises
    ------
    MeasureError
        When its name, or one of its columns, is taken.
    """

    def register(function: Function) -> Function:
        name = function.__name__
        taken = {term for other in MEASURES.values() for term in (other.name, *other.columns)}
        for term in (name, *columns):
            if term in taken:
                raise MeasureError("E-MEASURE-TWICE", found=term)
        MEASURES[name] = Measure(
            name, function, level, lowest, highest, unit, weights, tuple(needs), tuple(columns)
        )
        return function

    return register


def all_measures(level: Level | None = None) -> dict[str, Measure]:
    """Return every measure by name, in the order of the vocabulary, whatever was imported first.

    Parameters
    ----------
    level
        Only the measures of this level; without it all.
    """
    _import_measures()
    order = {name: position for position, name in enumerate(LABELS)}
    names = sorted(MEASURES, key=lambda name: (order.get(name, len(order)), name))
    return {name: MEASURES[name] for name in names if level in (None, MEASURES[name].level)}


def measure_actors(source: Source, names: str | Iterable[str] | None = None) -> pd.DataFrame:
    """Return a table of measures, one row per actor.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph.
    names
        Names of measures of actors; without it all whose columns of ``actors`` are there.

    Returns
    -------
    DataFrame indexed like ``actors``, one column per measure; a measure that is itself a table, such as
    ``brokerage_roles``, gives its several columns.

    Raises
    ------
    MeasureError
        When there is no measure of actors of that name, or an attribute it needs is missing.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> network = Network.from_edges([("李", "王"), ("李", "赵")])
    >>> measure_actors(network, ["degree", "constraint"]).loc["李"].to_dict()
    {'degree': 2.0, 'constraint': 0.5}
    """
    network = as_network(source)
    results = [chosen.compute(network) for chosen in _chosen("actor", network, names)]
    table = pd.concat(results, axis=1) if results else pd.DataFrame()
    return table.reindex(network.actors.index)


def measure_network(source: Source, names: str | Iterable[str] | None = None) -> pd.Series[float]:
    """Return measures of a whole network.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph.
    names
        Names of measures of networks; without it all whose columns of ``actors`` are there.

    Returns
    -------
    Series ``value`` indexed by the names of the measures.

    Raises
    ------
    MeasureError
        When there is no measure of networks of that name, or an attribute it needs is missing.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> measure_network(Network.from_edges([("李", "王"), ("李", "赵")]), "components").to_dict()
    {'components': 1.0}
    """
    network = as_network(source)
    values = {chosen.name: chosen.compute(network) for chosen in _chosen("network", network, names)}
    index = pd.Index(list(values), name="measure", dtype=object)
    return pd.Series(list(values.values()), index=index, name="value", dtype=float)


def _chosen(level: Level, network: Network, names: str | Iterable[str] | None) -> list[Measure]:
    known = all_measures(level)
    if names is None:
        return [held for held in known.values() if set(held.needs) <= set(network.actors.columns)]
    asked = [names] if isinstance(names, str) else list(dict.fromkeys(names))
    for name in asked:
        if name not in known:
            raise no_such_measure(str(name), level)
    return [known[name] for name in asked]


def no_such_measure(name: str, *levels: Level) -> MeasureError:
    """Return the refusal of ``name`` where ``levels`` are wanted: it is misspelt, or gives something else."""
    everything = all_measures()
    if name in everything:
        held = everything[name]
        allowed = Label(*(_OR[lang].join(GIVES[level].text(lang) for level in levels) for lang in LANGUAGES))
        call = f"{held.compute.__module__}.{name}"
        return MeasureError(
            "E-MEASURE-LEVEL", found=name, level=GIVES[held.level], allowed=allowed, path=call
        )
    known = [term for term, held in everything.items() if held.level in levels]
    # A message has room for a few only: the nearest, however far.
    nearest = get_close_matches(name, known, n=NEAREST, cutoff=0.0)
    return MeasureError("E-MEASURE", found=name, allowed=", ".join(nearest))


@cache
def _import_measures() -> None:
    for module in pkgutil.iter_modules(measures.__path__, f"{measures.__name__}."):
        import_module(module.name)
