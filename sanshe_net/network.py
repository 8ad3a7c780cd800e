"""Network: who is tied to whom, through what, how strongly, and on what evidence.

A :class:`Network` is two tables, one of actors and one of ties, and never changes: every filter
returns a new one. Graph libraries are reached through ``to_networkx``/``to_igraph``; measures work on
the sparse adjacency matrix or on the cached igraph graph.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.ties import TIE_COLUMNS as TIE_COLUMNS
from sanshe_net.ties import (
    check_ends,
    check_strengths,
    check_weight_name,
    dates,
    evidence,
    layers,
    rows_of,
    strengths,
)
from sanshe_net.vocabulary import DIRECTED_LAYERS, Label

if TYPE_CHECKING:
    import igraph
    import networkx

Array: TypeAlias = "np.ndarray[Any, Any]"
Combine: TypeAlias = Literal["sum", "max", "binary"]

ACTOR_COLUMNS: Final = ("label", "kind")
AS_GIVEN: Final = Label("联系由外部给定，原样使用", "ties were given from outside and are used as they are")


@dataclass(frozen=True)
class Network:
    """Actors and the ties between them.

    Attributes
    ----------
    actors
        One row per actor, index ``actor_id``; columns ``label`` (text shown), ``kind`` (a key of
        :data:`sanshe_net.vocabulary.KINDS`, or empty) and any attributes.
    ties
        One row per pair and layer: ``source``, ``target`` (actor ids), ``layer``, ``weight`` (strength,
        1e-100 to 1e100), ``first`` and ``last`` (dates or NaT), ``evidence`` (how many records it rests on).
    directed
        Whether ``source`` and ``target`` are read as from and to. A network that mixes directed and
        undirected layers is read as undirected.
    rule
        In words, how the ties were made. Printed with every output.
    """

    actors: pd.DataFrame
    ties: pd.DataFrame
    directed: bool = False
    rule: Label = AS_GIVEN

    def __post_init__(self) -> None:
        _check_actors(self.actors)
        _check_ties(self.ties, self.actors.index)

    @property
    def layers(self) -> list[str]:
        """The layers that have at least one tie, sorted."""
        return sorted(self.ties["layer"].unique())

    @property
    def loops(self) -> int:
        """How many ties lead from an actor to the same actor. Measures ignore them."""
        return int((self.ties["source"] == self.ties["target"]).sum())

    def only(
        self, layers: str | Collection[str] | None = None, kinds: str | Collection[str] | None = None
    ) -> Network:
        """Return the network of some layers, or among actors of some kinds.

        Raises
        ------
        MeasureError
            When a layer or kind is asked for that this network does not have.
        """
        actors, ties, directed = self.actors, self.ties, self.directed
        if layers is not None:
            wanted = _known(layers, self.layers, "E-LAYER")
            ties = ties[ties["layer"].isin(wanted)]
            directed = directed or wanted <= DIRECTED_LAYERS
        if kinds is not None:
            keep = _known(kinds, sorted(actors["kind"].unique()), "E-KIND")
            actors = actors[actors["kind"].isin(keep)]
            ties = ties[ties["source"].isin(actors.index) & ties["target"].isin(actors.index)]
        return replace(self, actors=actors, ties=ties.reset_index(drop=True), directed=directed)

    def without(self, actor_ids: Iterable[Hashable]) -> Network:
        """Return the network as if these actors had never been in it."""
        gone = pd.Index(list(actor_ids))
        actors = self.actors[~self.actors.index.isin(gone)]
        ties = self.ties[~self.ties["source"].isin(gone) & ~self.ties["target"].isin(gone)]
        return replace(self, actors=actors, ties=ties.reset_index(drop=True))

    def adjacency(self, *, weighted: bool = True, combine: Combine = "sum") -> sparse.csr_array:
        """Return the ties as a sparse matrix, rows and columns in the order of ``actors``.

        Parameters
        ----------
        weighted
            ``False`` gives ones.
        combine
            What becomes of several ties between the same two actors (layers, or both directions of an
            undirected network): their ``sum``, their ``max``, or ``binary`` (any tie counts as 1).

        Returns
        -------
        n x n ``csr_array`` of float64, empty diagonal, sorted indices; symmetric when the network is
        undirected. For reading only: its arrays are shared by all who ask. Copy it to change it.
        """
        if not weighted or combine == "binary":
            return sparse.csr_array(self._pattern)
        return sparse.csr_array(self._strengths) if combine == "sum" else self._merged("max")

    # Both cached, because every measure asks for them and making them can cost more than the measure.
    @cached_property
    def _strengths(self) -> sparse.csr_array:
        matrix = self._merged("sum")
        for array in (matrix.data, matrix.indices, matrix.indptr):
            array.flags.writeable = False
        return matrix

    @cached_property
    def _pattern(self) -> sparse.csr_array:
        held = self._strengths
        ones = np.ones(held.nnz)
        ones.flags.writeable = False
        return sparse.csr_array((ones, held.indices, held.indptr), shape=held.shape)

    def _merged(self, how: Literal["sum", "max"]) -> sparse.csr_array:
        n = len(self.actors)
        rows = self.actors.index.get_indexer(pd.Index(self.ties["source"]))
        columns = self.actors.index.get_indexer(pd.Index(self.ties["target"]))
        values = self.ties["weight"].to_numpy(dtype=float)
        kept = rows != columns
        rows, columns, values = rows[kept], columns[kept], values[kept]
        if not self.directed:
            rows, columns = np.concatenate([rows, columns]), np.concatenate([columns, rows])
            values = np.concatenate([values, values])
        matrix = sparse.csr_array((values, (rows, columns)), shape=(n, n))
        if matrix.nnz < len(values):  # several ties between the same two actors
            matrix = _merge(rows, columns, values, n, how)
        matrix.sort_indices()
        return matrix

    @cached_property
    def graph(self) -> igraph.Graph:
        """The ties as a simple igraph graph with edge attribute ``weight``; for reading only.

        Cached, because building it can cost more than what is then asked of it. Vertices are in the
        order of ``actors``. Use :meth:`to_igraph` for a graph of your own.
        """
        import igraph

        matrix = self.adjacency()
        if not self.directed:
            matrix = sparse.csr_array(sparse.triu(matrix))
        coo = matrix.tocoo()
        pairs = np.column_stack([coo.coords[0], coo.coords[1]])
        graph = igraph.Graph(n=len(self.actors), edges=pairs, directed=self.directed)
        graph.es["weight"] = coo.data.tolist()
        return graph

    def to_igraph(self) -> igraph.Graph:
        """Return a new igraph graph: parallel edges per layer kept, attributes on vertices and edges.

        Vertex attribute ``name`` holds the actor id as text, ``actor_id`` the id itself.
        """
        import igraph

        index = self.actors.index
        pairs = np.column_stack([index.get_indexer(pd.Index(self.ties[end])) for end in ("source", "target")])
        graph = igraph.Graph(n=len(index), edges=pairs, directed=self.directed)
        graph.vs["actor_id"] = index.tolist()
        graph.vs["name"] = [str(actor) for actor in index]
        for column in self.actors.columns:
            graph.vs[column] = _plain(self.actors[column])
        for column in self.ties.columns.difference(["source", "target"]):
            graph.es[column] = _plain(self.ties[column])
        return graph

    def to_networkx(self) -> networkx.MultiGraph[Any]:
        """Return a networkx ``MultiGraph`` (``MultiDiGraph`` when directed), one edge per pair and layer."""
        import networkx

        graph = networkx.MultiDiGraph() if self.directed else networkx.MultiGraph()
        columns = {column: _plain(self.actors[column]) for column in self.actors.columns}
        for position, actor in enumerate(self.actors.index):
            graph.add_node(actor, **{str(name): values[position] for name, values in columns.items()})
        others = self.ties.columns.difference(["source", "target", "layer"])
        values = zip(*(_plain(self.ties[column]) for column in others), strict=True)
        ends = zip(self.ties["source"], self.ties["target"], self.ties["layer"], values, strict=True)
        for source, target, layer, row in ends:
            graph.add_edge(source, target, key=layer, layer=layer, **dict(zip(others, row, strict=True)))
        return graph

    @classmethod
    def from_networkx(cls, graph: networkx.Graph[Any], *, weight: str | None = "weight") -> Network:
        """Return the network of a networkx graph; node names become actor ids.

        Parameters
        ----------
        graph
            Any networkx graph; the edges of a multigraph are kept side by side. Node attributes become
            columns of ``actors``.
        weight
            Edge attribute read as strength, ``None`` to ignore weights. Without an attribute ``weight`` there
            are no weights: every tie is 1. Another name that no edge has is refused, and so is an attribute
            that only some edges have, and one that seems to hold the strength under another name (``weight``
            misspelt, ``w``, ``strength``, 权重; ``value``, ``count``, 次数 if not all 1): a strength silently
            read as 1 is made up. Strengths are numbers from 1e-100 to 1e100, so that their sums,
            products and inverses are numbers; an edge of weight 0 is no tie.

        Raises
        ------
        MeasureError
            When weights or dates cannot be read, naming the attributes there are or the pair of actors.
        """
        nodes = pd.DataFrame([data for _, data in graph.nodes(data=True)], index=_index(list(graph.nodes)))
        edges = pd.DataFrame.from_records(
            [(source, target, data) for source, target, data in graph.edges(data=True)],
            columns=["source", "target", "data"],
        )
        ties = pd.DataFrame({"source": edges["source"], "target": edges["target"]}, dtype=object)
        names = {name for data in edges["data"] for name in data}
        check_weight_name(
            weight, names, len(edges), lambda name: [data.get(name, 1) for data in edges["data"]]
        )
        for name in ("weight", "layer", "first", "last", "evidence"):
            key = weight if name == "weight" else name
            held = [data.get(key) if key is not None else None for data in edges["data"]]
            if any(value is not None for value in held):
                ties[name] = held
        return cls._from_tables(nodes, ties, graph.is_directed())

    @classmethod
    def from_igraph(cls, graph: igraph.Graph, *, weight: str | None = "weight") -> Network:
        """Return the network of an igraph graph; actor ids are ``actor_id``, else ``name``, else numbers.

        ``weight`` is read as in :meth:`from_networkx`.
        """
        held = graph.vs.attributes()
        key = next((name for name in ("actor_id", "name") if name in held), None)
        ids = list(range(graph.vcount())) if key is None else list(graph.vs[key])
        nodes = pd.DataFrame({name: graph.vs[name] for name in held if name != "actor_id"}, index=_index(ids))
        ends = graph.get_edgelist()
        check_weight_name(weight, graph.es.attributes(), len(ends), lambda name: graph.es[name])
        ties = pd.DataFrame(
            {"source": [ids[a] for a, _ in ends], "target": [ids[b] for _, b in ends]}, dtype=object
        )
        for name in ("weight", "layer", "first", "last", "evidence"):
            attribute = weight if name == "weight" else name
            if attribute is not None and attribute in graph.es.attributes():
                ties[name] = graph.es[attribute]
        return cls._from_tables(nodes, ties, graph.is_directed())

    @classmethod
    def from_edges(
        cls,
        edges: pd.DataFrame | Iterable[Sequence[Any]],
        *,
        actors: pd.DataFrame | None = None,
        directed: bool = False,
        weight: str | None = "weight",
    ) -> Network:
        """Return the network of an edge table.

        Parameters
        ----------
        edges
            A table with ``source`` and ``target`` and, if known, ``layer``, ``weight``, ``first``, ``last``,
            ``evidence``; or pairs ``(source, target)`` or triples with a weight. Several rows of the same two
            actors stay side by side; :meth:`adjacency` says how they become one. Other columns are left
            alone, unless they seem to hold the strength.
        actors
            Table indexed by actor id, for actors without ties and for attributes. Without it the actors
            are those named by the edges, sorted.
        directed
            Whether an edge leads from its source to its target only.
        weight
            Column read as strength, as in :meth:`from_networkx`.

        Raises
        ------
        MeasureError
            When an edge is none, an end is missing, or a strength or date cannot be read, naming the pair.

        Examples
        --------
        >>> Network.from_edges([("李", "王"), ("李", "赵")]).actors.index.tolist()
        ['李', '王', '赵']
        """
        if not isinstance(edges, pd.DataFrame):
            rows = rows_of(edges)
            width = max((len(row) for row in rows), default=2)
            edges = pd.DataFrame(rows, columns=["source", "target", "weight"][:width])
        if not {"source", "target"} <= set(edges.columns):
            raise MeasureError("E-EDGE-COLUMNS", found="、".join(map(str, edges.columns)))
        check_weight_name(weight, edges.columns, len(edges), edges.__getitem__)
        if weight != "weight":
            edges = edges.drop(columns="weight", errors="ignore").rename(columns={weight: "weight"})
        check_ends(edges)
        if actors is None:
            ends = pd.unique(pd.concat([edges["source"], edges["target"]]).astype(object))
            actors = pd.DataFrame(index=_index(_sorted(list(ends))))
        return cls._from_tables(actors, edges, directed)

    @classmethod
    def _from_tables(cls, actors: pd.DataFrame, ties: pd.DataFrame, directed: bool) -> Network:
        actors = actors.rename_axis(index="actor_id")
        if "label" not in actors:
            actors = actors.assign(label=[str(actor) for actor in actors.index])
        if "kind" not in actors:
            actors = actors.assign(kind="")
        actors = actors.assign(kind=actors["kind"].fillna(""))
        defaults: dict[str, Any] = {
            "layer": "tie",
            "weight": 1.0,
            "first": pd.NaT,
            "last": pd.NaT,
            "evidence": 1,
        }
        absent = {name: value for name, value in defaults.items() if name not in ties}
        ties = ties.assign(**absent)[[*TIE_COLUMNS]]
        weights = strengths(ties)
        if not np.isnan(weights).any():  # else what is no number stays, for the check to name
            ties = ties.assign(weight=weights)
        ties = ties[weights != 0]  # a tie of strength 0 is no tie
        ties = ties.assign(
            **{end: dates(ties, end) for end in ("first", "last") if end not in absent},
            **({} if "layer" in absent else {"layer": layers(ties)}),
            **({} if "evidence" in absent else {"evidence": evidence(ties)}),
        )
        return cls(actors, ties.reset_index(drop=True), directed)


Source: TypeAlias = "Network | networkx.Graph[Any] | igraph.Graph"


def as_network(source: Source) -> Network:
    """Return ``source`` as a :class:`Network`; every measure starts here.

    Raises
    ------
    MeasureError
        When it is neither a Network nor a networkx nor an igraph graph.
    """
    if isinstance(source, Network):
        return source
    library = type(source).__module__.partition(".")[0]
    if library == "igraph" or hasattr(source, "vcount"):
        return Network.from_igraph(source)
    if hasattr(source, "adj"):
        return Network.from_networkx(source)
    raise MeasureError("E-NOT-A-NETWORK", found=type(source).__name__)


def _check_actors(actors: pd.DataFrame) -> None:
    missing = [column for column in ACTOR_COLUMNS if column not in actors.columns]
    if missing:
        raise MeasureError("E-ACTOR-COLUMNS", found=", ".join(missing))
    if actors.index.has_duplicates:
        twice = actors.index[actors.index.duplicated()][0]
        raise MeasureError("E-ACTOR-TWICE", found=twice)


def _check_ties(ties: pd.DataFrame, known: pd.Index[Any]) -> None:
    missing = [column for column in TIE_COLUMNS if column not in ties.columns]
    if missing:
        raise MeasureError("E-TIE-COLUMNS", found=", ".join(missing))
    check_ends(ties, known)
    check_strengths(ties)


def _known(asked: str | Collection[str], held: Sequence[str], code: str) -> set[str]:
    wanted = {asked} if isinstance(asked, str) else set(asked)
    unknown = sorted(wanted - set(held))
    if unknown:
        raise MeasureError(code, found=", ".join(unknown), allowed=", ".join(held) or "-")
    return wanted


def _merge(
    rows: Array, columns: Array, values: Array, n: int, how: Literal["sum", "max"]
) -> sparse.csr_array:
    # In the order of the values, so that the same ties in another order give the same bytes.
    order = np.lexsort((values, columns, rows))
    rows, columns, values = rows[order], columns[order], values[order]
    starts = np.flatnonzero(np.r_[True, (np.diff(rows) != 0) | (np.diff(columns) != 0)][: len(rows)])
    merged = np.maximum.reduceat(values, starts) if how == "max" else np.add.reduceat(values, starts)
    return sparse.csr_array((merged, (rows[starts], columns[starts])), shape=(n, n))


def _index(ids: list[Any]) -> pd.Index[Any]:
    # Tuples stay one label each: pandas would make a MultiIndex of them.
    index: pd.Index[Any] = pd.Index(ids, name="actor_id", tupleize_cols=False)
    return index


def _sorted(ids: list[Any]) -> list[Any]:
    return sorted(ids, key=lambda value: (type(value).__name__, value))


def _plain(column: pd.Series[Any]) -> list[Any]:
    # Graph formats know text and numbers only: dates go as ISO text, missing values as empty text.
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        return [str(value) for value in column.dt.strftime("%Y-%m-%d").fillna("")]
    if pd.api.types.is_numeric_dtype(column.dtype):
        return list(column.tolist())
    return ["" if pd.isna(value) else value for value in column]
