"""Results on disk: text stays text, a failure leaves the old result alone."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sanshe_net import export
from sanshe_net.errors import OutputError
from sanshe_net.network import Network
from sanshe_net.vocabulary import Label

HOSTILE = [
    "=1+1",
    "+86",
    "-5",
    "@SUM(A1)",
    "\tx",
    "＝1",
    "http://example.org",
    "{=A1}",
    "'quoted",
    "007",
    "李,梅",
]


@pytest.fixture
def table() -> pd.DataFrame:
    return pd.DataFrame({"name": HOSTILE, "count": range(len(HOSTILE))})


def test_csv_disarms_formulas_and_leaves_numbers_alone(table: pd.DataFrame, tmp_path: Path) -> None:
    export.write_csv(tmp_path / "a.csv", table.assign(count=-1))

    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row, name in zip(rows, HOSTILE, strict=True):
        assert row["name"] in (name, f"'{name}")
        assert not row["name"].startswith(("=", "+", "-", "@", "\t", "＝"))
        assert row["count"] == "-1"


def test_csv_has_the_mark_that_makes_excel_read_chinese(table: pd.DataFrame, tmp_path: Path) -> None:
    export.write_csv(tmp_path / "a.csv", table)

    assert (tmp_path / "a.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_workbook_cells_are_text_never_formulas_or_links(table: pd.DataFrame, tmp_path: Path) -> None:
    export.write_workbook(tmp_path / "a.xlsx", {"t": (Label("表", "table"), table)}, "zh")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    cells = [sheet.cell(row, 1) for row in range(2, len(HOSTILE) + 2)]
    assert [cell.value for cell in cells] == HOSTILE
    assert {cell.data_type for cell in cells} == {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_the_same_tables_give_the_same_workbook_bytes(table: pd.DataFrame, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export.write_workbook(tmp_path / f"{name}.xlsx", {"t": (Label("表", "table"), table)}, "en")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_long_table_is_listed_and_left_to_its_csv_only_where_asked(tmp_path: Path) -> None:
    tables = {"ties": (Label("联系", "ties"), pd.DataFrame({"x": range(6)}))}
    for name, max_rows in (("short", 5), ("just", 6), ("whole", None)):
        export.write_workbook(tmp_path / f"{name}.xlsx", tables, "en", max_rows=max_rows)

    book = openpyxl.load_workbook(tmp_path / "short.xlsx")
    assert book.sheetnames == ["contents"]
    assert [cell.value for cell in book["contents"][2]] == ["ties", "ties", 6, "tables/ties.csv"]
    for name in ("just", "whole"):
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert [cell.value for cell in book["contents"][2]] == ["ties", "ties", 6, "ties"]
        assert [row[0] for row in book["ties"].values] == ["x", *range(6)]


def test_a_workbook_of_its_own_holds_every_row(tmp_path: Path) -> None:
    rows = export.SHEET_ROWS + 1
    tables = {"evidence": (Label("证据", "evidence"), pd.DataFrame({"x": range(rows)}))}
    export.write_workbook_file(tmp_path / "a.xlsx", tables, "en")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["evidence"]
    assert [row[0] for row in sheet.values] == ["x", *range(rows)]


def test_only_the_workbook_of_a_run_leaves_long_tables_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sanshe_net import pipeline

    monkeypatch.setattr(export, "SHEET_ROWS", 2)
    problems = pd.DataFrame({"code": ["N-DUPLICATE"] * 3})
    pipeline._write_tables(tmp_path, {"problems": (Label("问题", "problems"), problems)}, "en")

    assert openpyxl.load_workbook(tmp_path / "tables.xlsx").sheetnames == ["contents"]
    assert openpyxl.load_workbook(tmp_path / "issues.xlsx")["problems"].max_row == 4


def test_a_table_longer_than_a_sheet_goes_on_in_numbered_sheets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sanshe_net.export.tables.EXCEL_ROWS", 2)
    name = "a_name_of_exactly_31_characters"
    table = pd.DataFrame({"x": range(5)}, index=pd.Index(list("abcde"), name="id"))
    export.write_workbook(tmp_path / "a.xlsx", {name: (Label("表", "t"), table)}, "en")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheets = [name, f"{name[:27]} (2)", f"{name[:27]} (3)"]
    assert book.sheetnames == ["contents", *sheets]
    assert book["contents"]["D2"].value == ", ".join(sheets)
    parts = [list(book[sheet].values) for sheet in sheets]
    assert parts == [
        [("id", "x"), ("a", 0), ("b", 1)],
        [("id", "x"), ("c", 2), ("d", 3)],
        [("id", "x"), ("e", 4)],
    ]


def test_missing_values_are_empty_cells_and_dates_are_days(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"day": [pd.Timestamp("2024-05-04"), pd.NaT], "x": [float("nan"), 1.5], "flag": [True, None]}
    )
    export.write_workbook(tmp_path / "a.xlsx", {"t": (Label("表", "t"), table)}, "en")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    assert [cell.value for cell in sheet[2]] == ["2024-05-04", None, "True"]
    assert [cell.value for cell in sheet[3]] == [None, 1.5, None]


def test_graphml_can_be_read_back_with_every_layer(tmp_path: Path) -> None:
    import networkx

    edges = pd.DataFrame(
        {
            "source": ["李<&>", "李<&>"],
            "target": ["王\"'", "王\"'"],
            "layer": ["a", "b"],
            "weight": [1.5, 2.0],
        }
    )
    export.write_graphml(tmp_path / "n.graphml", Network.from_edges(edges))

    graph = networkx.read_graphml(tmp_path / "n.graphml")
    assert {data["name"] for _, data in graph.nodes(data=True)} == {"李<&>", "王\"'"}
    assert sorted(data["layer"] for *_, data in graph.edges(data=True)) == ["a", "b"]


@pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has /dev/full, which stands for a full disk"
)
@pytest.mark.parametrize("actors", [2, 300])
def test_a_disk_that_is_full_refuses_the_graph(actors: int) -> None:
    edges = pd.DataFrame({"source": ["a"] * actors, "target": [f"b{i}" for i in range(actors)]})

    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        export.write_graphml(Path("/dev/full"), Network.from_edges(edges))


def test_a_graph_that_was_cut_short_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(graph: object, path: str) -> None:
        Path(path).write_text("<graphml><graph></graph></graph", encoding="utf-8")

    edges = pd.DataFrame({"source": ["a"], "target": ["b"]})
    monkeypatch.setattr("igraph.Graph.write_graphml", cut)
    with pytest.raises(OutputError, match=r"E-OUT-NOT-WRITABLE.*cut short"):
        export.write_graphml(tmp_path / "n.graphml", Network.from_edges(edges))


def test_the_manifest_holds_the_hash_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    export.write_manifest(tmp_path, {"seed": 1})

    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    # SHA-256 of "abc": FIPS 180-2, appendix B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert manifest["outputs"]["a.txt"] == {"sha256": expected, "bytes": 3}
    assert manifest["seed"] == 1
