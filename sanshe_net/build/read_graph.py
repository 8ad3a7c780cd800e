"""A graph file that somebody else made -> Network, after it was looked over."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sanshe_net.build.scan_graph import faults, graph_format, scan_json, scan_xml
from sanshe_net.errors import InputError, ManyProblems, MeasureError, Place
from sanshe_net.network import Network

if TYPE_CHECKING:
    import networkx

GRAPH_SUFFIXES: Final = frozenset({".graphml", ".gexf", ".json", ".gpickle", ".pickle", ".pkl"})
"""Names of graph files; pickles are among them to be refused by name of what they are."""
MAX_GRAPH_BYTES: Final = 100_000_000
_UNWEIGHTED: Final = 1.0


def read_network(path: Path | str) -> Network:
    """Read a network from GraphML, GEXF or node-link JSON, told apart by content.

    Node ids become actor ids, or the attribute ``name`` when every node has its own; node attributes become
    columns of ``actors``, edge attributes ``weight``, ``layer``, ``first``, ``last`` and ``evidence`` are
    kept. Edges from an actor to itself are kept as ties and, as everywhere, not counted by any measure.

    Parameters
    ----------
    path
        The file; at most 100 MB.

    Raises
    ------
    InputError
        ``E-GRAPH-FORMAT`` when it is none of the formats or not safe to read (a DOCTYPE, a pickle).
    ManyProblems
        With every node id used twice, every edge to an undeclared node and every weight that is not a
        finite number above 0.
    """
    path = Path(path)
    content = _content(path)
    kind = graph_format(content, path.name)
    if kind == "json":
        data, found, problems = scan_json(content, path.name)
    else:
        data, found, problems = {}, scan_xml(content, path.name), []
    problems += faults(found, path.name)
    if problems:
        raise ManyProblems(problems)
    try:
        graph = _of_json(data) if kind == "json" else _of_xml(content, kind)
        return Network.from_networkx(_named(graph))
    except (MeasureError, InputError):
        raise
    except Exception as error:  # the library meets odd but well-formed files with any kind of error
        raise InputError("E-GRAPH-FORMAT", Place(path.name), reason=error) from error


def is_graph_file(path: Path) -> bool:
    """Whether a path is to be read as a graph, by its name or its first bytes."""
    if not path.is_file():
        return False
    if path.suffix.casefold() in GRAPH_SUFFIXES:
        return True
    with path.open("rb") as file:
        start = file.read(4096)
    return start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") and (
        b"<graphml" in start or b"<gexf" in start
    )


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise InputError("E-FILE-MISSING", path=path)
    try:
        size = path.stat().st_size
        if size > MAX_GRAPH_BYTES:
            large, allowed = f"{size / 1e6:.0f} MB", f"{MAX_GRAPH_BYTES / 1e6:.0f} MB"
            raise InputError("E-FILE-LARGE", Place(path.name), found=large, allowed=allowed)
        return path.read_bytes()
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", Place(path.name), reason=error.strerror or error) from error


def _of_xml(content: bytes, kind: str) -> networkx.Graph[Any]:
    import networkx

    if kind == "graphml":
        return networkx.read_graphml(io.BytesIO(content), force_multigraph=True)
    graph = networkx.read_gexf(io.BytesIO(content))
    if any("weight" in data for _, _, data in graph.edges(data=True)):
        for _, _, data in graph.edges(data=True):  # the format says: no weight means 1
            data.setdefault("weight", _UNWEIGHTED)
    return graph


def _of_json(data: Any) -> networkx.Graph[Any]:
    import networkx

    graph = networkx.MultiDiGraph() if data.get("directed") is True else networkx.MultiGraph()
    for node in data["nodes"]:
        graph.add_node(node["id"])
        graph.nodes[node["id"]].update({name: value for name, value in node.items() if name != "id"})
    for edge in data.get("links", data.get("edges")):
        key = graph.add_edge(edge["source"], edge["target"])
        kept = {name: value for name, value in edge.items() if name not in ("source", "target", "key")}
        graph.edges[edge["source"], edge["target"], key].update(kept)
    return graph


def _named(graph: networkx.Graph[Any]) -> networkx.Graph[Any]:
    """Return the graph under the names of its nodes, if every node has its own."""
    import networkx

    names = {node: data.get("name") for node, data in graph.nodes(data=True)}
    named = all(isinstance(name, str) and name for name in names.values())
    if named and len(set(names.values())) == len(names):
        graph = networkx.relabel_nodes(graph, names)
        for _, data in graph.nodes(data=True):
            del data["name"]
    for node, data in graph.nodes(data=True):
        data["label"] = str(data.get("label") or node)
    return graph
