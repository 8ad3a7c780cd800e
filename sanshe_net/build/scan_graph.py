"""Is this graph file sound? Nothing of it is believed before every fault in it is named.

Graph libraries add the unknown end of an edge as a new node, keep the last of two nodes of one id, and accept
a strength of NaN; each would change results without a word.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias
from xml.parsers import expat

from sanshe_net.errors import InputError, Place, Problem
from sanshe_net.vocabulary import Label

GraphFormat: TypeAlias = Literal["graphml", "gexf", "json"]

MAX_DEPTH: Final = 100
MAX_FAULTS: Final = 200
"""More faults than this are counted, not listed."""

DOCTYPE: Final = Label("含有 DOCTYPE 声明", "it holds a DOCTYPE declaration")
DEEP: Final = Label("嵌套太深", "it is nested too deeply")
NO_GRAPH: Final = Label("里面没有点和边", "it holds no nodes and edges")
SEVERAL: Final = Label("里面不止一张图", "it holds more than one graph")
PICKLE: Final = Label("Python pickle，从不打开", "a Python pickle, which is never opened")
UNKNOWN: Final = Label("不认得的格式", "of an unknown format")

_PICKLE: Final = re.compile(rb"\x80[\x02-\x05]|\(dp0|\(lp0|ccopy_reg|c__main__|c[\w.]+\n\w+\n")


@dataclass
class Found:
    """What a file says of its nodes and edges, before anything is made of it."""

    nodes: list[Any] = field(default_factory=list)
    edges: list[tuple[Any, Any]] = field(default_factory=list)
    weights: dict[int, Any] = field(default_factory=dict)
    """Strength by position of the edge; edges without one are not in it."""


def graph_format(content: bytes, shown: str) -> GraphFormat:
    """Return the format of a graph file, told by its content.

    Raises
    ------
    InputError
        ``E-GRAPH-FORMAT`` for a pickle or anything else that is no GraphML, GEXF or JSON.
    """
    if _PICKLE.match(content):
        raise _refused(shown, PICKLE)
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start == b"<":
        if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
            raise _refused(shown, DOCTYPE)
        if b"graphml" in content[:4096]:
            return "graphml"
        if b"gexf" in content[:4096]:
            return "gexf"
    if start in (b"{", b"["):
        return "json"
    raise _refused(shown, UNKNOWN)


def scan_xml(content: bytes, shown: str) -> Found:
    """Return the nodes and edges of a GraphML or GEXF file.

    Raises
    ------
    InputError
        ``E-GRAPH-FORMAT`` when it is no XML, has a DOCTYPE, is nested too deeply or holds several graphs.
    """
    scan = _XmlScan(shown)
    try:
        scan.parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise _refused(shown, error) from error
    if scan.graphs != 1:
        raise _refused(shown, SEVERAL if scan.graphs else NO_GRAPH)
    return scan.found


class _XmlScan:
    """The state of going through the XML: how deep we are, and in which edge."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.found = Found()
        self.depth = self.graphs = 0
        self.weight_keys: set[str] = set()
        self.in_edge = False
        self.text: list[str] | None = None
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(":")[2]
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _refused(self.shown, DEEP)
        if name == "graph":
            self.graphs += 1
        elif name == "node":
            self.found.nodes.append(attributes.get("id", ""))
        elif name == "edge":
            self.in_edge = True
            self.found.edges.append((attributes.get("source", ""), attributes.get("target", "")))
            if "weight" in attributes:
                self.note_weight(attributes["weight"])
        elif name in ("key", "attribute"):  # how GraphML and GEXF declare what their data are
            if attributes.get("attr.name", attributes.get("title")) == "weight":
                self.weight_keys.add(attributes.get("id", ""))
        elif self.in_edge and attributes.get("key", attributes.get("for")) in self.weight_keys:
            if name == "attvalue":
                self.note_weight(attributes.get("value", ""))
            else:
                self.text = []
                self.parser.CharacterDataHandler = self.text.append

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        self.depth -= 1
        if name == "edge":
            self.in_edge = False
        elif name == "data" and self.text is not None:
            self.note_weight("".join(self.text).strip())
            self.text = self.parser.CharacterDataHandler = None

    def note_weight(self, value: str) -> None:
        self.found.weights[len(self.found.edges) - 1] = value


def scan_json(content: bytes, shown: str) -> tuple[Mapping[str, Any], Found, list[Problem]]:
    """Return the node-link data of a JSON file, its nodes and edges, and the numbers that JSON does not have.

    Raises
    ------
    InputError
        ``E-GRAPH-FORMAT`` when it is no JSON, nested too deeply, or holds no lists of nodes and links.
    """
    names: list[str] = []

    def constant(name: str) -> float:
        names.append(name)
        return float(name)

    try:
        data = json.loads(content, parse_constant=constant)
    except RecursionError as error:
        raise _refused(shown, DEEP) from error
    except (ValueError, UnicodeDecodeError) as error:
        raise _refused(shown, error) from error
    edges = data.get("links", data.get("edges")) if isinstance(data, dict) else None
    if not isinstance(edges, list) or not isinstance(data.get("nodes"), list):
        raise _refused(shown, NO_GRAPH)
    for entry in data["nodes"]:
        if not isinstance(entry, dict) or not _is_id(entry.get("id")):
            raise _refused(shown, Label(f"有一个点没有编号：{entry}", f"a node has no id: {entry}"))
    for entry in edges:
        if not isinstance(entry, dict) or not (_is_id(entry.get("source")) and _is_id(entry.get("target"))):
            raise _refused(shown, Label(f"有一条边缺少一端：{entry}", f"an edge lacks an end: {entry}"))
    found = Found(
        [entry["id"] for entry in data["nodes"]],
        [(entry["source"], entry["target"]) for entry in edges],
        {i: entry["weight"] for i, entry in enumerate(edges) if "weight" in entry},
    )
    return data, found, [_fault("E-GRAPH-NUMBER", shown, found=name) for name in sorted(set(names))]


def faults(found: Found, shown: str) -> list[Problem]:
    """Return what is wrong with the nodes and edges, all of it."""
    counted = Counter(found.nodes)
    problems = [
        _fault("E-GRAPH-NODE-TWICE", shown, found=node) for node, times in counted.items() if times > 1
    ]
    for position, (source, target) in enumerate(found.edges):
        pair = f"{source} – {target}"
        strange = [str(end) for end in dict.fromkeys((source, target)) if end not in counted]
        if strange:
            problems.append(_fault("E-GRAPH-STRANGER", shown, pair=pair, found=", ".join(strange)))
        if position in found.weights and not _is_strength(found.weights[position]):
            problems.append(_fault("E-GRAPH-WEIGHT", shown, pair=pair, found=found.weights[position]))
    if len(problems) > MAX_FAULTS:
        more = _fault("E-GRAPH-MORE", shown, found=len(problems) - MAX_FAULTS)
        problems = [*problems[:MAX_FAULTS], more]
    return problems


def _is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def _is_strength(value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return False
    return math.isfinite(number) and number > 0


def _fault(code: str, shown: str, **facts: object) -> Problem:
    return Problem(code, Place(shown), "quarantined", facts=facts)


def _refused(shown: str, reason: object) -> InputError:
    return InputError("E-GRAPH-FORMAT", Place(shown), reason=reason)
