"""How fast 20,000 rows of 8 columns are read, and how much memory that needs.

``python benchmarks/bench_read.py`` prints Markdown tables: our reading and cleaning against pandas with
openpyxl reading the bare cells, turn by turn in one process; then the peak memory of each in a process of
its own.
"""

from __future__ import annotations

import datetime
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import xlsxwriter
from _timing import interleave, machine, markdown_table

ROWS = 20_000
HEADINGS = ("序号", "姓名", "活动名称", "活动日期", "联系电话", "楼栋", "角色", "备注")
MEMORY = """
import resource, sys
from pathlib import Path
path = Path(sys.argv[2])
if sys.argv[1] == "pandas":
    import pandas
    pandas.read_excel(path, engine="openpyxl")
else:
    from sanshe_net.build.read import read_records
    read_records(path)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def write_book(path: Path, *, merged: bool) -> Path:
    """Write a sign-in book; ``merged`` adds a title over the columns and hides a row, as people do."""
    luck = random.Random(1)
    surnames, given = "王李张刘陈杨黄赵吴周", "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英"
    people = [
        (luck.choice(surnames) + "".join(luck.choices(given, k=2)), f"199{i:08d}", f"{i % 30}栋")
        for i in range(2_000)
    ]
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("签到")
        if merged:
            sheet.merge_range(0, 0, 0, 7, "签到表")
            sheet.set_row(5, None, None, {"hidden": True})
        sheet.write_row(int(merged), 0, HEADINGS)
        for i in range(ROWS):
            name, phone, building = luck.choice(people)
            day = datetime.date(2023, 1, 1) + datetime.timedelta(days=i // 30)
            note = "自带茶杯" if luck.random() < 0.1 else ""
            row = [i + 1, name, f"活动{i // 30 % 40}", day, phone, building, "参与者", note]
            sheet.write_row(i + 1 + merged, 0, row)
    return path


def speed(path: Path) -> str:
    """Return a table of the medians, and how many times faster than pandas each is."""
    from sanshe_net.build.read import read_records, read_rows
    from sanshe_net.build.read_files import read_sheets

    calls: dict[str, Callable[[], Any]] = {
        "pandas.read_excel, openpyxl, bare cells": lambda: pd.read_excel(path, engine="openpyxl"),
        "read_sheets: guard, scan and cells": lambda: read_sheets([path]),
        "read_rows: read and cleaned": lambda: read_rows([path]),
        "read_records: and who is who": lambda: read_records(path),
    }
    (sheet,), _ = read_sheets([path])
    assert len(pd.read_excel(path, engine="openpyxl")) + 1 == len(sheet.rows)
    seconds = interleave(calls, repeats=5)
    base = seconds["pandas.read_excel, openpyxl, bare cells"]
    rows = [(name, f"{value:.3f} s", f"{base / value:.1f} x") for name, value in seconds.items()]
    return markdown_table(("20,000 rows x 8 columns", "median", "faster"), rows)


def memory(path: Path) -> str:
    """Return a table of the peak memory of each reader in a process of its own."""
    rows = []
    for name in ("pandas", "read_records"):
        command = [sys.executable, "-c", MEMORY, name, path]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
        rows.append((name, f"{float(done.stdout):.0f} MB"))
    return markdown_table(("reader", "peak memory"), rows)


def main() -> None:
    print(machine("pandas", "openpyxl", "python-calamine"))
    with tempfile.TemporaryDirectory() as name:
        for label, merged in (("plain sheet", False), ("with a merged title and a hidden row", True)):
            path = write_book(Path(name) / f"{merged}.xlsx", merged=merged)
            print(f"\n{label}\n\n{speed(path)}\n\n{memory(path)}")


if __name__ == "__main__":
    main()
