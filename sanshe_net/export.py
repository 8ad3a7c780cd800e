"""Results on disk: tables, graphs and the manifest, written so that a failure leaves the old result alone.

A run is written into a staging folder beside its target and moved into place at the end. Text from the
sheets is typed as text: a name that starts with ``=`` stays a name in every spreadsheet.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from sanshe_net.errors import OutputError
from sanshe_net.vocabulary import Label, Lang, label

if TYPE_CHECKING:
    from sanshe_net.network import Network

MANIFEST: Final = "run.json"
SHEET_ROWS: Final = 5_000
"""In the workbook of a run a longer table goes to its CSV file only: nobody reads it in a spreadsheet, and
writing it takes longer than everything else. The first sheet of the workbook says where it is."""
EXCEL_ROWS: Final = 1_048_575
"""Rows that one sheet holds below its header; a longer table goes on in a second one."""
CELL_CHARACTERS: Final = 32_000
"""A cell of a workbook holds at most 32,767 characters."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def check_output(out: Path, *, force: bool) -> None:
    """Refuse, before any work is done, an output folder that could not be written at the end.

    Raises
    ------
    OutputError
        When ``out`` is a file, holds something (and not ``force``, or not a result of ours), or its
        folder (or, when that is yet to be made, the nearest one above it) cannot be written to.
    """
    try:
        if out.is_file():
            raise OutputError("E-OUT-IS-FILE", path=out)
        if out.is_dir() and any(out.iterdir()):
            if not force:
                raise OutputError("E-OUT-EXISTS", path=out)
            if not (out / MANIFEST).is_file():
                raise OutputError("E-OUT-NOT-OURS", path=out)
        nearest = next(folder for folder in out.absolute().parents if folder.exists())
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=error.strerror or error) from error
    if not nearest.is_dir():
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=f"no folder {nearest}")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason="permission")


@contextmanager
def staged(out: Path, *, force: bool = False) -> Iterator[Path]:
    """Give a folder to write into; it becomes ``out`` when the block ends well and vanishes otherwise.

    Raises
    ------
    OutputError
        As :func:`check_output`, and when writing or moving fails.
    """
    check_output(out, force=force)
    staging = out.parent / f".{out.name}.new-{os.getpid()}"
    made = [folder for folder in out.absolute().parents if not folder.exists()]
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir()
        yield staging
        _move_into_place(staging, out)
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=error.strerror or error) from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        for folder in made:  # deepest first; one that holds the result is not empty and stays
            with suppress(OSError):
                folder.rmdir()


def _move_into_place(staging: Path, out: Path) -> None:
    """Replace ``out`` by ``staging``; whatever happens in between, the earlier result stays on disk."""
    earlier = out.parent / f".{out.name}.old-{os.getpid()}"
    try:
        if out.exists():
            out.rename(earlier)
        staging.rename(out)
    except BaseException as failure:  # an interrupt, too
        if earlier.exists() and not out.exists():
            try:
                earlier.rename(out)
            except OSError:
                kept = Label(f"原结果在旁边的 {earlier.name}", f"earlier result beside it: {earlier.name}")
                raise OutputError("E-OUT-NOT-WRITABLE", path=out, reason=kept) from failure
        raise
    shutil.rmtree(earlier, ignore_errors=True)


def check_file(path: Path, *, force: bool) -> None:
    """Refuse an output file that exists (unless ``force``) or whose folder is not there.

    Raises
    ------
    OutputError
        When it cannot be written.
    """
    if path.is_dir():
        raise OutputError("E-OUT-IS-FOLDER", path=path)
    if path.exists() and not force:
        raise OutputError("E-OUT-FILE-EXISTS", path=path)
    if not path.parent.is_dir():
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=f"no folder {path.parent}")


def write_workbook_file(
    path: Path, tables: Mapping[str, tuple[Label, pd.DataFrame]], lang: Lang, *, force: bool = False
) -> None:
    """Write a workbook of its own, whole or not at all; see :func:`write_workbook`."""
    check_file(path, force=force)
    partial = path.with_name(f".{path.stem}.new-{os.getpid()}.xlsx")
    try:
        write_workbook(partial, tables, lang)
        partial.replace(path)
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=error.strerror or error) from error
    finally:
        partial.unlink(missing_ok=True)


def write_text(path: Path, text: str, *, bom: bool = False) -> None:
    """Write ``text`` as UTF-8 as it is, whole or not at all.

    Raises
    ------
    OutputError
        When the file cannot be written.
    """
    partial = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        partial.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode("utf-8"))
        partial.replace(path)
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=error.strerror or error) from error
    finally:
        partial.unlink(missing_ok=True)


def write_csv(path: Path, table: pd.DataFrame) -> None:
    """Write a table as CSV that Excel opens: UTF-8 with a byte-order mark, formulas disarmed.

    Text that a spreadsheet would run as a formula gets a leading ``'``.
    """
    write_text(path, csv_text(table), bom=True)


def csv_text(table: pd.DataFrame) -> str:
    """Return a table as guarded CSV text (see :func:`write_csv`)."""
    shown = _with_index(table)
    shown.columns = pd.Index([_guarded(str(column)) for column in shown.columns])
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column].dtype):
            shown[column] = shown[column].map(_guarded, na_action="ignore")
    return shown.to_csv(index=False, lineterminator="\n", date_format="%Y-%m-%d")


def _guarded(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA_STARTS) else value


def write_workbook(
    path: Path,
    tables: Mapping[str, tuple[Label, pd.DataFrame]],
    lang: Lang,
    *,
    max_rows: int | None = None,
) -> None:
    """Write tables as one workbook: a first sheet that lists them, then one sheet each.

    Strings are typed as text, never formulas or links; the same tables give the same bytes. A table of
    more than :data:`EXCEL_ROWS` rows goes on in further, numbered sheets.

    Parameters
    ----------
    max_rows
        Longer tables are listed but left to their CSV file, for a workbook that has them beside it.
        Every row of every table is written when None.
    """
    import xlsxwriter

    places = {
        name: [f"tables/{name}.csv"]
        if max_rows is not None and len(table) > max_rows
        else _sheet_names(name, len(table))
        for name, (_, table) in tables.items()
    }
    typed_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), {**typed_text, "in_memory": True}) as book:
        book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
        bold = book.add_format({"bold": True, "text_wrap": False, "bottom": 1})
        contents = pd.DataFrame(
            [
                (name, label.text(lang), len(table), ", ".join(places[name]))
                for name, (label, table) in tables.items()
            ],
            columns=["table", "meaning", "rows", "where"] if lang == "en" else ["表", "内容", "行数", "位置"],
        )
        _write_sheet(book, "contents" if lang == "en" else "目录", contents, bold, lang)
        for name, (_, table) in tables.items():
            if max_rows is None or len(table) <= max_rows:
                shown = _with_index(table)
                for number, sheet in enumerate(places[name]):
                    part = shown.iloc[number * EXCEL_ROWS : (number + 1) * EXCEL_ROWS]
                    _write_sheet(book, sheet, part, bold, lang)


def _sheet_names(name: str, rows: int) -> list[str]:
    """Return the sheets that a table fills, no name longer than Excel's 31 characters."""
    endings = ["", *(f" ({number})" for number in range(2, -(-rows // EXCEL_ROWS) + 1))]
    return [f"{name[: 31 - len(ending)]}{ending}" for ending in endings]


def _write_sheet(book: Any, name: str, table: pd.DataFrame, bold: Any, lang: Lang) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for position, column in enumerate(table.columns):
        # A person reads the workbook, so its heads are in words; the CSV files keep the terms.
        heading = label(str(column), lang) if lang == "zh" else str(column)
        sheet.write_string(0, position, heading, bold)
        values = table[column]
        width = max([_width(heading), *(_width(_shown(value)) for value in values.head(200))])
        sheet.set_column(position, position, min(width + 2, 60))
        for row, value in enumerate(values, start=1):
            if isinstance(value, bool) or not isinstance(value, int | float):
                text = _shown(value)
                if text:
                    sheet.write_string(row, position, text[:CELL_CHARACTERS])
            elif value == value:  # NaN is an empty cell
                sheet.write_number(row, position, value)


def _shown(value: object) -> str:
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    return "" if value is None or value is pd.NaT or value is pd.NA or value != value else str(value)


def _width(text: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in text)


def _with_index(table: pd.DataFrame) -> pd.DataFrame:
    return table.reset_index() if table.index.name else table.copy()


def write_graphml(path: Path, network: Network) -> None:
    """Write the network as GraphML with all layers, for Gephi, Cytoscape, igraph or R."""
    graph = network.to_igraph()
    del graph.vs["actor_id"]  # the same as "name"
    graph.write_graphml(str(path))


def write_manifest(folder: Path, facts: Mapping[str, object]) -> None:
    """Write ``run.json``: what was run, on what, with the hash of every file in ``folder``. Goes last."""
    outputs = {
        path.relative_to(folder).as_posix(): {"sha256": file_hash(path), "bytes": path.stat().st_size}
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    text = json.dumps({**facts, "outputs": outputs}, ensure_ascii=False, indent=2, default=str)
    write_text(folder / MANIFEST, f"{text}\n")


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file as hex digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
