"""Graph files from elsewhere: read as they are, or refused with every fault named."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path

import networkx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build import read_graph, scan_graph
from sanshe_net.build.read_graph import is_graph_file, read_network
from sanshe_net.errors import InputError, ManyProblems, MeasureError, SansheError
from sanshe_net.export import write_graphml
from sanshe_net.measures.registry import measure_actors
from sanshe_net.network import Network

FOLDER = Path(__file__).parent / "badinputs"
ML = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{}</graphml>'
PAIR = '<graph edgedefault="undirected"><node id="a"/><node id="b"/><edge source="a" target="b"/></graph>'

FAULTS = {
    "dangling_edge.graphml": [("E-GRAPH-STRANGER", "n0 – n9")],
    "duplicate_node.graphml": [("E-GRAPH-NODE-TWICE", "n0")],
    "bad_weight.graphml": [
        ("E-GRAPH-WEIGHT", "a – b is NaN"), ("E-GRAPH-WEIGHT", "b – c is -3"), ("E-GRAPH-WEIGHT", "a – c is inf"),
    ],
    "nan_dup.json": [
        ("E-GRAPH-NUMBER", "NaN"), ("E-GRAPH-NODE-TWICE", "id a"), ("E-GRAPH-STRANGER", "declared: b"),
        ("E-GRAPH-WEIGHT", "a – b is nan"),
    ],
}  # fmt: skip
REFUSED = {
    "quadratic.graphml": "DOCTYPE", "laughs.gexf": "DOCTYPE", "pickle.gpickle": "pickle", "deep.json": "nested",
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_of_a_graph_file_is_named(name: str) -> None:
    with pytest.raises(ManyProblems) as refused:
        read_network(FOLDER / name)

    found = [(problem.code, problem.wording.en) for problem in refused.value.problems]
    assert [code for code, _ in found] == [code for code, _ in FAULTS[name]]
    for (_, wording), (_, part) in zip(found, FAULTS[name], strict=True):
        assert part in wording


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_safe_to_read_is_refused_by_content(name: str, tmp_path: Path) -> None:
    renamed = tmp_path / "friends.graphml"
    renamed.write_bytes((FOLDER / name).read_bytes())
    for path in (FOLDER / name, renamed):
        with pytest.raises(InputError, match=REFUSED[name]) as refused:
            read_network(path)
        assert refused.value.code == "E-GRAPH-FORMAT"


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_no_pickle_is_ever_opened(protocol: int, tmp_path: Path) -> None:
    path = tmp_path / "graph.json"
    path.write_bytes(pickle.dumps({"nodes": [Path("x")]}, protocol))

    with pytest.raises(InputError, match="E-GRAPH-FORMAT"):
        read_network(path)


@st.composite
def networks(draw: st.DrawFn) -> Network:
    names = draw(
        st.lists(
            st.text("张王李赵abc <&'\"", min_size=1).map(str.strip).filter(bool),
            min_size=2,
            max_size=8,
            unique=True,
        )
    )
    pairs = st.tuples(
        st.sampled_from(names),
        st.sampled_from(names),
        st.floats(0.125, 9, width=16),
        st.sampled_from(["membership", "support"]),
    )
    ties = pd.DataFrame(
        draw(st.lists(pairs, max_size=12, unique_by=lambda tie: (frozenset(tie[:2]), tie[3]))),
        columns=["source", "target", "weight", "layer"],
    )
    actors = pd.DataFrame({"kind": "resident"}, index=pd.Index(names, dtype=object))
    return Network.from_edges(ties, actors=actors, directed=draw(st.booleans()))


@given(networks())
def test_what_we_export_reads_back_with_the_same_measures(network: Network) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "network.graphml"
        write_graphml(path, network)
        read = read_network(path)

    assert list(read.actors.index) == list(network.actors.index)
    assert read.directed == network.directed
    assert list(read.actors.columns) == list(network.actors.columns)
    names = ["degree", "strength"] if not network.directed else ["degree"]
    pd.testing.assert_frame_equal(
        measure_actors(read, names), measure_actors(network, names), check_dtype=False, check_index_type=False
    )
    held = [tuple(row) for row in network.ties[["source", "target", "layer", "weight"]].to_numpy(object)]
    back = [tuple(row) for row in read.ties[["source", "target", "layer", "weight"]].to_numpy(object)]

    def key(tie: tuple[str, str, str, float]) -> tuple[object, ...]:
        ends = tie[:2] if network.directed else tuple(sorted(tie[:2]))
        return (*ends, *tie[2:])

    assert sorted(map(key, back)) == sorted(map(key, held))


@pytest.mark.parametrize("kind", ["graphml", "gexf", "json", "links"])
@pytest.mark.parametrize("directed", [False, True])
def test_a_graph_of_networkx_reads_back(kind: str, directed: bool, tmp_path: Path) -> None:
    graph: networkx.Graph[str] = networkx.DiGraph() if directed else networkx.Graph()
    graph.add_node("甲", kind="resident")
    graph.add_edge("甲", "乙", weight=2.5, layer="support")
    graph.add_edge("丙", "乙", weight=1.0, layer="support")
    graph.nodes["乙"]["kind"] = graph.nodes["丙"]["kind"] = "partner"
    path = tmp_path / "graph.file"
    if kind == "graphml":
        networkx.write_graphml(graph, path)
    elif kind == "gexf":
        networkx.write_gexf(graph, path)
    else:
        data = networkx.node_link_data(graph, edges="edges" if kind == "json" else "links")
        path.write_text(json.dumps(data), encoding="utf-8")

    network = read_network(path)

    assert network.directed is directed
    assert network.actors["kind"].to_dict() == {"甲": "resident", "乙": "partner", "丙": "partner"}
    expected = Network.from_networkx(graph)
    assert (network.adjacency() != expected.adjacency()).nnz == 0
    assert network.layers == ["support"]


def test_a_gexf_edge_without_a_weight_weighs_one_as_the_format_says(tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    path.write_text(
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph defaultedgetype="undirected">'
        '<nodes><node id="0" label="李"/><node id="1" label="王"/><node id="2"/></nodes>'
        '<edges><edge id="0" source="0" target="1" weight="3"/><edge id="1" source="1" target="2"/></edges></graph></gexf>'
    )

    network = read_network(path)

    assert list(network.ties["weight"]) == [3.0, 1.0]
    assert list(network.actors["label"]) == ["李", "王", "2"]


def test_gexf_weights_in_attributes_are_checked_too(tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    path.write_text(
        '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph>'
        '<attributes class="edge"><attribute id="7" title="weight" type="double"/></attributes>'
        '<nodes><node id="0"/><node id="1"/></nodes><edges><edge id="0" source="0" target="1">'
        '<attvalues><attvalue for="7" value="-1"/></attvalues></edge></edges></graph></gexf>'
    )

    with pytest.raises(ManyProblems, match="E-GRAPH-WEIGHT"):
        read_network(path)


def test_a_doctype_in_another_alphabet_is_refused_too(tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    declared = b"<?xml version='1.0' encoding='cp037'?>"
    path.write_bytes(declared + "<!DOCTYPE graphml><graphml/>".encode("cp037") + b"graphml")

    with pytest.raises(InputError, match="encoding"):
        read_network(path)


def test_a_gexf_without_weights_has_ties_of_one(tmp_path: Path) -> None:
    path = tmp_path / "a.gexf"
    networkx.write_gexf(networkx.path_graph(["甲", "乙", "丙"]), path)

    assert list(read_network(path).ties["weight"]) == [1.0, 1.0]


def test_nodes_of_one_name_keep_their_ids(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    nodes = [{"id": 1, "name": "王伟"}, {"id": 2, "name": "王伟"}]
    path.write_text(json.dumps({"nodes": nodes, "links": [{"source": 1, "target": 2, "key": 0}]}), "utf-8")

    assert list(read_network(path).actors.index) == [1, 2]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "unknown format"), ("hello", "unknown format"), ("<html/>", "unknown format"), ("{", "Expecting"),
        ("[1]", "no nodes"), ('{"nodes": 1, "links": []}', "no nodes"), ('{"nodes": [], "links": {}}', "no nodes"),
        ('{"nodes": [1], "links": []}', "no id"), ('{"nodes": [{"id": true}], "links": []}', "no id"),
        ('{"nodes": [{"id": 1}], "links": [{"source": 1}]}', "lacks an end"),
        (ML.format(""), "no nodes"), (ML.format(PAIR + PAIR), "more than one"), (ML.format("<graph>"), "mismatched"),
        (ML.format("<a>" * 200), "too deeply"), ("<graphml><!DOCTYPE x>", "DOCTYPE"),
        ("<?xml version='1.0' encoding='no-such'?>" + ML.format(PAIR), "encoding"),
        (ML.format('<graph><node id="a"/><hyperedge/></graph>'), "hyperedge"),
    ],
)  # fmt: skip
def test_what_is_no_graph_says_what_is_wrong(text: str, part: str, tmp_path: Path) -> None:
    path = tmp_path / "a.graphml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(InputError, match=part) as refused:
        read_network(path)
    assert refused.value.code == "E-GRAPH-FORMAT"


@pytest.mark.parametrize("weight", [0, -1, "x", None, True, 10**400, [1]])
def test_a_weight_is_a_finite_number_above_nought(weight: object, tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    link = {"source": "a", "target": "b", "weight": weight}
    path.write_text(json.dumps({"nodes": [{"id": "a"}, {"id": "b"}], "links": [link]}), encoding="utf-8")

    with pytest.raises(ManyProblems, match="E-GRAPH-WEIGHT"):
        read_network(path)


def test_a_date_that_is_none_is_refused_naming_the_pair(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    links = [{"source": "a", "target": "b", "first": "someday"}]
    path.write_text(json.dumps({"nodes": [{"id": "a"}, {"id": "b"}], "links": links}), encoding="utf-8")

    with pytest.raises(MeasureError, match=r"E-TIE-DATE.*first of a – b is 'someday'"):
        read_network(path)


def test_a_weight_on_some_edges_only_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    links = [{"source": "a", "target": "b", "weight": 1}, {"source": "a", "target": "b"}]
    path.write_text(json.dumps({"nodes": [{"id": "a"}, {"id": "b"}], "links": links}), encoding="utf-8")

    with pytest.raises(MeasureError, match="E-TIE-WEIGHT"):
        read_network(path)


def test_a_flood_of_faults_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    links = [{"source": "a", "target": f"x{i}"} for i in range(scan_graph.MAX_FAULTS + 7)]
    path.write_text(json.dumps({"nodes": [{"id": "a"}], "links": links}), encoding="utf-8")

    with pytest.raises(ManyProblems) as refused:
        read_network(path)

    assert len(refused.value.problems) == scan_graph.MAX_FAULTS + 1
    assert "7 more" in refused.value.problems[-1].wording.en


def test_missing_large_and_locked_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.graphml"
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        read_network(path)
    path.write_text(ML.format(PAIR))
    monkeypatch.setattr(read_graph, "MAX_GRAPH_BYTES", 10)
    with pytest.raises(InputError, match="E-FILE-LARGE"):
        read_network(path)
    monkeypatch.undo()

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(InputError, match="E-FILE-UNREADABLE"):
        read_network(path)


@given(st.binary(max_size=300), st.sampled_from([b"", b"{", b"<graphml", b"<gexf", ML.format(PAIR).encode()]))
def test_no_bytes_end_in_a_traceback(
    tmp_path_factory: pytest.TempPathFactory, rest: bytes, start: bytes
) -> None:
    path = tmp_path_factory.mktemp("graph") / "a.graphml"
    path.write_bytes(start + rest)

    try:
        read_network(path)
    except SansheError as refused:
        refused.message("zh")


def test_a_graph_file_is_told_by_name_or_content(tmp_path: Path) -> None:
    for name, text, expected in (
        ("a.json", "x", True), ("a.txt", ML.format(PAIR), True), ("b.txt", "姓名,活动", False), ("c.xml", "<a/>", False),
    ):  # fmt: skip
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert is_graph_file(tmp_path / name) is expected
    assert not is_graph_file(tmp_path / "none.json")


def sanshe(*words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sanshe_net", *map(str, words), "--lang", "en"]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("debug", [[], ["--debug"]], ids=["plain", "debug"])
def test_a_terminal_never_shows_the_names_of_a_refused_tie(debug: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    nodes = [{"id": "张三丰"}, {"id": "李小四"}]
    links = [{"source": "张三丰", "target": "李小四", "first": "someday"}]
    path.write_text(json.dumps({"nodes": nodes, "links": links}), encoding="utf-8")

    refused = sanshe("measure", path, "-m", "degree", *debug)
    assert (refused.returncode, "张** – 李**" in refused.stderr) == (2, True)
    assert not {"三", "丰", "小", "四"} & set(refused.stderr + refused.stdout)


def test_the_command_line_measures_and_checks_a_graph_file(tmp_path: Path) -> None:
    graph = tmp_path / "a.graphml"
    graph.write_text(ML.format(PAIR))

    measured = sanshe("measure", graph, "-m", "degree", "-o", tmp_path / "degree.csv")
    assert measured.returncode == 0, measured.stderr
    assert list(pd.read_csv(tmp_path / "degree.csv")["degree"]) == [1, 1]
    checked = sanshe("check", graph)
    assert (checked.returncode, "2 actors, 1 ties" in checked.stdout) == (0, True)
    assert sanshe("check", FOLDER / "bad_weight.graphml").returncode == 2
    refused = sanshe("measure", graph, "--layer", "support")
    assert (refused.returncode, "E-LAYER" in refused.stderr) == (2, True)
    refused = sanshe("measure", graph, "--period", "2024Q1")
    assert (refused.returncode, "E-GRAPH-OPTION" in refused.stderr) == (2, True)
