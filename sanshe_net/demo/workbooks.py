"""Write the simulated community as the messy workbooks of a station, with the truth beside them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from sanshe_net.demo.community import simulate
from sanshe_net.demo.record_books import choose_roster, make_record_books
from sanshe_net.demo.sheets import Book, Cell, Sheet
from sanshe_net.demo.signin_books import make_signin_books
from sanshe_net.demo.truth import Truth, tell_truth

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


def write_demo(folder: Path, *, seed: int = 2024) -> DemoFiles:
    """Simulate a community and write its workbooks and the planted truth.

    Parameters
    ----------
    folder
        Written into; made when missing. Files of an earlier demo are replaced.
    seed
        The same seed writes the same bytes.

    Returns
    -------
    Where the files are, and how much is in them.
    """
    community = simulate(seed)
    signin_stream, roster_stream, record_stream = np.random.default_rng((seed, 1)).spawn(3)
    signins = make_signin_books(signin_stream, community)
    on_roster = choose_roster(roster_stream, community)
    books = signins.books + make_record_books(record_stream, community, on_roster)
    truth = tell_truth(community, books, signins.written, on_roster)
    files = DemoFiles(folder / "records", folder / "truth", truth.counts)
    for place in (files.records, files.truth):
        place.mkdir(parents=True, exist_ok=True)
    for book in books:
        write_book(files.records / book.file, book)
    _write_truth(files.truth, truth)
    (folder / README_NAME).write_text(README.format(seed=seed), encoding="utf-8", newline="\n")
    return files


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


def _write_truth(folder: Path, truth: Truth) -> None:
    for name, table in truth.tables.items():
        _write_table(folder / f"{name}.csv", table)
    text = json.dumps(truth.facts | {"counts": truth.counts}, ensure_ascii=False, indent=2)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _write_table(path: Path, table: pd.DataFrame) -> None:
    table.to_csv(path, index=False, encoding="utf-8", lineterminator="\n", date_format="%Y-%m-%d")
