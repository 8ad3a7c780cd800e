"""Write the simulated community as the messy workbooks of a station, with the truth beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pandas as pd

from sanshe_net.demo.community import simulate
from sanshe_net.demo.record_books import choose_roster, make_record_books
from sanshe_net.demo.sheets import Book, Cell, Sheet
from sanshe_net.demo.signin_books import make_signin_books
from sanshe_net.demo.truth import Truth, tell_truth
from sanshe_net.errors import OutputError

CREATED = datetime(2025, 3, 1)
CSV_ENCODINGS = {"_GBK.csv": "gb18030", "_UTF8.csv": "utf-8-sig"}
WIDTHS = {
    "序号": 6,
    "活动名称": 22,
    "日期": 15,
    "联系电话": 16,
    "姓名": 11,
    "议题": 26,
    "关联活动": 22,
    "组织名称": 24,
    "主办单位": 20,
    "协办单位": 40,
    "合作模式": 20,
    "业务指导单位": 20,
    "成立日期": 16,
    "入住日期": 14,
    "受助方": 22,
    "资源方": 22,
}
README_NAME = "说明_README.txt"
TRUTH_NAME = "truth.json"
PARTS = ("truth", "records", README_NAME)
"""What a demo consists of; the truth is put in place first, because it tells a demo from other folders."""
NOT_FILES = (".", "~$", "Thumbs.db", "desktop.ini")
"""Beginnings of names that a file manager or an open spreadsheet leaves in a folder."""
README = """青云里社区：模拟数据

这里的一切都是计算机模拟的：社区、单位、活动、电话和姓名均为虚构，没有任何真实的人。
records/  社工站会保存的表格（签到表、台账、名册等），特意保留了常见的不规范写法。
truth/    模拟时埋下的答案（骨干、桥接者、同名居民、重复行等），只用于测试与教学，请勿当作输入。
随机种子：{seed}

Qingyunli community: simulated data

Everything here was made by a computer: the community, bodies, activities, telephone numbers and names are
invented, and no real person is in it.
records/  the sheets a social-work station would keep, with the usual irregularities left in on purpose.
truth/    the planted answers (leaders, brokers, residents of one name, duplicate rows ...), for tests and
          teaching only; never an input.
Seed of the random numbers: {seed}
"""


@dataclass(frozen=True)
class DemoFiles:
    """Where a demo was written.

    Attributes
    ----------
    records
        Folder of the station's workbooks: the input of an analysis.
    truth
        Folder of the planted truth: for tests only.
    counts
        What was written, as in ``truth.json``.
    """

    records: Path
    truth: Path
    counts: dict[str, int]


def write_demo(folder: Path, *, seed: int = 2024, force: bool = False) -> DemoFiles:
    """Simulate a community and write its workbooks and the planted truth, whole or not at all.

    Parameters
    ----------
    folder
        Written into; made when missing.
    seed
        The same seed writes the same bytes.
    force
        Replace the records and the truth of an earlier demo.

    Returns
    -------
    Where the files are, and how much is in them.

    Raises
    ------
    OutputError
        When the folder holds records or truth already (and not ``force``, or not of a demo alone), or
        cannot be written to.
    """
    made = [place for place in (folder.absolute(), *folder.absolute().parents) if not place.exists()]
    try:
        _check_folder(folder, force=force)
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".demo-", ignore_cleanup_errors=True) as name:
            staging = Path(name)
            counts = _write_parts(staging, seed)
            _move_into_place(staging, folder)
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=folder, reason=error.strerror or error) from error
    finally:
        for place in made:  # deepest first; one that holds the demo is not empty and stays
            with suppress(OSError):
                place.rmdir()
    return DemoFiles(folder / "records", folder / "truth", counts)


def _check_folder(folder: Path, *, force: bool) -> None:
    """Refuse a folder whose records or truth are in use, unless they are a demo's and may be replaced."""
    places = (folder / "records", folder / "truth")
    held = [place for place in places if place.is_file() or (place.is_dir() and any(place.iterdir()))]
    if held and not force:
        raise OutputError("E-OUT-EXISTS", path=held[0])
    ours = _files_of_demo(folder)
    for place in held:
        if not ours or place.is_file():
            raise OutputError("E-OUT-NOT-OURS", path=place)
        for path in sorted(place.rglob("*")):
            if path.relative_to(folder).as_posix() not in ours and not path.name.startswith(NOT_FILES):
                raise OutputError("E-OUT-NOT-OURS", path=path)


def _files_of_demo(folder: Path) -> list[str]:
    """Return the files of the demo in ``folder`` as its truth lists them; none when it is not a demo."""
    try:
        facts = json.loads((folder / "truth" / TRUTH_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return facts.get("files", []) if isinstance(facts, dict) and facts.get("simulated") is True else []


def _write_parts(folder: Path, seed: int) -> dict[str, int]:
    """Write everything a demo consists of into an empty folder; return the counts."""
    community = simulate(seed)
    signin_stream, roster_stream, record_stream = np.random.default_rng((seed, 1)).spawn(3)
    signins = make_signin_books(signin_stream, community)
    on_roster = choose_roster(roster_stream, community)
    books = signins.books + make_record_books(record_stream, community, on_roster)
    truth = tell_truth(community, books, signins.written, on_roster)
    for name in ("records", "truth"):
        (folder / name).mkdir()
    for book in books:
        write_book(folder / "records" / book.file, book)
    _write_truth(folder / "truth", truth, [f"records/{book.file}" for book in books])
    (folder / README_NAME).write_text(README.format(seed=seed), encoding="utf-8", newline="\n")
    return truth.counts


def _move_into_place(staging: Path, folder: Path) -> None:
    earlier = staging / "earlier"
    earlier.mkdir()
    for part in reversed(PARTS):
        if (folder / part).exists():
            (folder / part).rename(earlier / part)
    for part in PARTS:
        (staging / part).rename(folder / part)


def write_book(path: Path, book: Book) -> None:
    """Write one file: an Excel workbook, or a CSV in the encoding its name tells."""
    if path.suffix == ".xlsx":
        _write_workbook(path, book.sheets)
    else:
        encoding = next(code for ending, code in CSV_ENCODINGS.items() if path.name.endswith(ending))
        _write_csv(path, book.sheets[0], encoding)


def _write_csv(path: Path, sheet: Sheet, encoding: str) -> None:
    """Write a sheet as Excel exports it: every line as wide as the header."""
    padding = ("",) * (len(sheet.header) - 1)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file)
        writer.writerows((title, *padding) for title in sheet.titles)
        writer.writerow(sheet.header)
        writer.writerows(sheet.lines)


def _write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    import xlsxwriter  # here, not above: only writing a demo needs it

    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True})  # no temporary files: twice as fast
    workbook.set_properties({"created": CREATED, "comments": "模拟数据 simulated data"})
    title = workbook.add_format({"bold": True, "align": "center", "valign": "vcenter"})
    bold = workbook.add_format({"bold": True, "bg_color": "#EAEFF4", "border": 1})
    for sheet in sheets:
        page = workbook.add_worksheet(sheet.name)
        for row, text in enumerate(sheet.titles):
            page.merge_range(row, 0, row, len(sheet.header) - 1, text, title)
        for column, word in enumerate(sheet.header):
            page.set_column(column, column, WIDTHS.get(word, 10))
            page.write_string(len(sheet.titles), column, word, bold)
        dates = workbook.add_format({"num_format": sheet.date_format}) if sheet.date_format else None
        _write_lines(page, sheet.lines, len(sheet.titles) + 1, dates)
    workbook.close()


def _write_lines(page: Any, lines: Iterable[tuple[Cell, ...]], first_row: int, dates: Any) -> None:
    """Write cells by their type; an empty text stays an empty cell."""
    for row, line in enumerate(lines, first_row):
        for column, cell in enumerate(line):
            if isinstance(cell, str):
                if cell:
                    page.write_string(row, column, cell)
            elif isinstance(cell, date):
                page.write_datetime(row, column, cell, dates)
            else:
                page.write_number(row, column, cell)


def _write_truth(folder: Path, truth: Truth, records: list[str]) -> None:
    for name, table in truth.tables.items():
        _write_table(folder / f"{name}.csv", table)
    own = [*(f"truth/{name}.csv" for name in truth.tables), f"truth/{TRUTH_NAME}"]
    facts = truth.facts | {"counts": truth.counts, "files": sorted([*records, *own])}
    text = json.dumps(facts, ensure_ascii=False, indent=2)
    (folder / TRUTH_NAME).write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_table(path: Path, table: pd.DataFrame) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
