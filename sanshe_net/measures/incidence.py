"""Two-mode networks: who took part in what, as a matrix of one mode by the other.

Everything two-mode starts here: attendance records, a table of people by activities, or a graph whose
actors say which of two modes they belong to become one :class:`Incidence`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.options import check_option
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label

if TYPE_CHECKING:
    import igraph

TwoModeSource: TypeAlias = "Source | Records | pd.DataFrame | Incidence"
Side: TypeAlias = Literal["first", "second"]
SIDES: Final = ("first", "second")
NO_MODES: Final = Label(
    "二模指标要知道每个行动者属于哪一类：请添加 mode、bipartite 或 type 列，用 mode= 写明列名，"
    "或者给出 人 × 活动 的表（DataFrame）",
    "a two-mode measure must know the mode of each actor: add a column mode, bipartite or type, name another "
    "with mode=, or give a table of people x activities (DataFrame)",
)
"""What to do when no column says which mode an actor belongs to."""
Matrix: TypeAlias = "sparse.csr_array[Any]"

ATTENDANCE: Final = Label(
    "二模网络：某人到场参加某活动即为联系", "two-mode: a tie is a person having been present at an activity"
)
KNOWN_MODES: Final = (("person", "activity"), (0, 1))
"""Pairs of modes whose order is known; False and True are 0 and 1."""


@dataclass(frozen=True)
class Incidence:
    """Who of the first mode is tied to whom of the second.

    Attributes
    ----------
    matrix
        Ones, first mode x second mode; ``csr_array`` of float64 with sorted indices.
    network
        The same as a Network, both modes among its ``actors``.
    is_second
        For each actor of ``network``, whether it belongs to the second mode.
    modes
        The names of the first and the second mode.
    """

    matrix: Matrix
    network: Network
    is_second: Array
    modes: tuple[str, str]

    @property
    def actors(self) -> pd.Index[Any]:
        """The actors of both modes, in the order of the source."""
        return self.network.actors.index

    def of(self, side: Side) -> tuple[Matrix, pd.DataFrame]:
        """Return the matrix with ``side`` as its rows, and the actors of that side.

        Raises
        ------
        MeasureError
            When ``side`` is neither ``first`` nor ``second``.
        """
        check_option("side", side, SIDES)
        second = side == "second"
        matrix = sparse.csr_array(self.matrix.T) if second else self.matrix
        return matrix, self.network.actors[self.is_second == second]

    def both(self) -> tuple[Matrix, Matrix]:
        """Return the matrix with the first mode as its rows, and with the second."""
        return self.matrix, self.of("second")[0]

    def on_actors(self, of_modes: Iterable[Array], name: str) -> pd.Series[float]:
        """Return the values of the first mode and those of the second as one column on the actors."""
        values = np.empty(len(self.is_second))
        values[~self.is_second], values[self.is_second] = of_modes
        return pd.Series(values, index=self.actors, name=name)

    @cached_property
    def graph(self) -> igraph.Graph:
        """The ties as an undirected igraph graph on the actors of both modes; for reading only."""
        import igraph

        first, second = np.flatnonzero(~self.is_second), np.flatnonzero(self.is_second)
        rows, columns = self.matrix.tocoo().coords
        return igraph.Graph(n=len(self.is_second), edges=np.column_stack([first[rows], second[columns]]))


def incidence_of(source: TwoModeSource, mode: str = "mode") -> Incidence:
    """Return ``source`` as a two-mode network; every two-mode measure starts here.

    Whoever asks several measures of the same source gets them sooner from the Incidence itself.

    Parameters
    ----------
    source
        :class:`Records` (people by activities, tied where present); a table whose rows are one mode and
        whose columns the other, tied where the cell is a number above 0 (blank and 0 are no tie); or a
        Network, a networkx or an igraph graph whose actors name their mode. Direction, strength and
        layers are merged away, self-loops ignored. An Incidence is handed back as it is.
    mode
        Column of ``actors`` that names the mode. When there is no column ``mode``, the ``bipartite`` of
        networkx and the ``type`` of igraph are taken. The first mode is ``person``, 0 or False; of two
        other words the one that sorts first.

    Returns
    -------
    Incidence: the matrix of the first mode by the second, and what it was made of.
    Cost: O(n + m); O(rows x columns) of a table.

    Raises
    ------
    MeasureError
        When ``source`` is nothing of this kind, has no such column, an actor has no mode or the column
        more than two, or a tie joins two actors of one mode.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> incidence_of(table).matrix.toarray().tolist()
    [[1.0, 1.0], [0.0, 1.0]]
    """
    if isinstance(source, Incidence):
        return source
    if isinstance(source, Records):
        network = attendance_network(source)
    elif isinstance(source, pd.DataFrame):
        network = _table_network(source)
    else:
        network = as_network(source)
    is_second, modes = _modes(network, mode)
    ties = network.adjacency(weighted=False)
    rows, columns = ties.tocoo().coords
    within = np.flatnonzero(is_second[rows] == is_second[columns])
    if len(within):
        ends = network.actors.index[[rows[within[0]], columns[within[0]]]]
        raise MeasureError(
            "E-TIE-WITHIN-MODE", pair=f"{ends[0]} – {ends[1]}", found=modes[int(is_second[rows[within[0]]])]
        )
    first, second = np.flatnonzero(~is_second), np.flatnonzero(is_second)
    matrix = ties[first][:, second]
    if network.directed:
        matrix = sparse.csr_array(matrix + ties[second][:, first].T)
        matrix.data[:] = 1.0
    matrix.sort_indices()
    return Incidence(sparse.csr_array(matrix), network, is_second, modes)


def attendance_network(records: Records) -> Network:
    """Return the attendance itself as a two-mode network: people, activities, and who was present.

    People and activities without any attendance are kept; absent and blank are no tie. ``actors`` has a
    column ``mode`` (``person`` or ``activity``), the columns of people are those of ``records.people``.

    Examples
    --------
    >>> from sanshe_net.records import empty_records
    >>> attendance_network(empty_records()).actors["mode"].tolist()
    []
    """
    people = records.people.drop(columns=["name"]).assign(label=records.people["name"], mode="person")
    activities = records.activities[["title"]].rename(columns={"title": "label"}).assign(mode="activity")
    actors = pd.concat([people, activities.assign(kind="")])
    presence = records.presence()
    presence = presence[presence["present"]]
    known = presence["person_id"].isin(people.index) & presence["activity_id"].isin(activities.index)
    ends = {"person_id": "source", "activity_id": "target"}
    ties = presence.loc[known, list(ends)].rename(columns=ends)
    made = Network.from_edges(ties, actors=actors)
    return Network(made.actors, made.ties, rule=ATTENDANCE)


def _table_network(table: pd.DataFrame) -> Network:
    ids = pd.Index([*table.index, *table.columns], dtype=object, tupleize_cols=False)
    modes = np.repeat([0, 1], table.shape)
    cells = table.to_numpy(dtype=object)
    filled = np.asarray(table.notna())
    if {"source", "target"} <= set(table.columns) or (
        filled.any() and all(isinstance(value, str) for value in cells[filled])
    ):
        raise MeasureError("E-TWO-MODE-TABLE", found=", ".join(map(str, table.columns)))
    numbers = np.where(filled, cells, 0.0)
    try:
        values = numbers.astype(float)
    except (TypeError, ValueError):
        values = pd.to_numeric(pd.Series(numbers.ravel(), dtype=object), errors="coerce").to_numpy()
        values = np.asarray(values, dtype=float).reshape(table.shape)
    rows, columns = np.nonzero(values)  # what is no number is NaN here, hence refused with the ties
    ties = pd.DataFrame(
        {"source": ids[rows], "target": ids[len(table) + columns], "weight": values[rows, columns]}
    )
    return Network.from_edges(ties, actors=pd.DataFrame({"mode": modes}, index=ids))


def _modes(network: Network, mode: str) -> tuple[Array, tuple[str, str]]:
    # Whether each actor belongs to the second mode, and the names of the two.
    actors = network.actors
    column = _mode_column(actors, mode)
    held = actors[column].astype(object)
    missing = held.isna() | (held == "")
    if missing.any():
        raise MeasureError("E-MODE-MISSING", found=actors.index[missing][0], column=column)
    values = sorted(held.unique(), key=str)
    first, second = next((pair for pair in KNOWN_MODES if set(values) <= set(pair)), (None, None))
    if first is None:
        if len(values) > 2:
            raise MeasureError("E-MODES", column=column, found=", ".join(map(str, values)))
        first, second = values[0], values[1] if len(values) == 2 else ""
    return (held != first).to_numpy(dtype=bool), (str(first), str(second))


def _mode_column(actors: pd.DataFrame, mode: str) -> str:
    allowed = ", ".join(str(column) for column in actors.columns)
    if not isinstance(mode, Hashable):  # a list, a Series or a dict of values in place of their name
        raise MeasureError("E-VALUE", name="mode", found=type(mode).__name__, allowed=allowed)
    if mode in actors.columns:
        return mode
    if mode == "mode":
        if "bipartite" in actors.columns:
            return "bipartite"
        if "type" in actors.columns and actors["type"].isin([True, False]).all():
            return "type"
    raise MeasureError("E-ATTRIBUTE", found=mode, allowed=allowed, advice=NO_MODES)
