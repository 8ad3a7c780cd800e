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


def test_a_long_table_is_listed_and_left_to_its_csv(tmp_path: Path) -> None:
    long = pd.DataFrame({"x": range(export.SHEET_ROWS + 1)})
    export.write_workbook(tmp_path / "a.xlsx", {"ties": (Label("联系", "ties"), long)}, "en")

    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["contents"]
    assert [cell.value for cell in book["contents"][2]] == ["ties", "ties", len(long), "tables/ties.csv"]


def test_missing_values_are_empty_cells_and_dates_are_days(tmp_path: Path) -> None:
    table = pd.DataFrame(
        {"day": [pd.Timestamp("2024-05-04"), pd.NaT], "x": [float("nan"), 1.5], "flag": [True, None]}
    )
    export.write_workbook(tmp_path / "a.xlsx", {"t": (Label("表", "t"), table)}, "en")

    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["t"]
    assert [cell.value for cell in sheet[2]] == ["2024-05-04", None, "True"]
    assert [cell.value for cell in sheet[3]] == [None, 1.5, None]


def test_a_run_that_fails_leaves_the_earlier_result_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with export.staged(out) as folder:
        (folder / "run.json").write_text("{}")
        (folder / "old.txt").write_text("old")

    def fail() -> None:
        with export.staged(out, force=True) as folder:
            (folder / "new.txt").write_text("new")
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        fail()
    assert sorted(path.name for path in out.iterdir()) == ["old.txt", "run.json"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_run_replaces_an_earlier_result_whole(tmp_path: Path) -> None:
    out = tmp_path / "out"
    for name in ("first", "second"):
        with export.staged(out, force=True) as folder:
            (folder / name).write_text(name)
            (folder / "run.json").write_text("{}")

    assert sorted(path.name for path in out.iterdir()) == ["run.json", "second"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_that_is_not_ours_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")

    with pytest.raises(OutputError, match="E-OUT-NOT-OURS"):
        export.check_output(tmp_path, force=True)
    with pytest.raises(OutputError, match="E-OUT-EXISTS"):
        export.check_output(tmp_path, force=False)
    assert (tmp_path / "thesis.docx").read_text() == "years of work"


def test_an_output_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")

    with pytest.raises(OutputError, match="E-OUT-IS-FILE"):
        export.check_output(tmp_path / "file", force=False)
    with pytest.raises(OutputError, match="E-OUT-NOT-WRITABLE"):
        export.check_output(tmp_path / "file" / "out", force=False)


def test_writing_text_leaves_no_half_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        export.write_text(tmp_path / "a.html", "new")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["old"]


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


def test_the_manifest_holds_the_hash_of_every_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    export.write_manifest(tmp_path, {"seed": 1})

    manifest = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    # SHA-256 of "abc": FIPS 180-2, appendix B.1.
    expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert manifest["outputs"]["a.txt"] == {"sha256": expected, "bytes": 3}
    assert manifest["seed"] == 1
