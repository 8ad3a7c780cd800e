"""The mapping file that ``sanshe map-columns`` proposes: what must be decided, with the choices."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from sanshe_net.build.find_tables import find_tables
from sanshe_net.build.mapping import NO_MAPPING, TARGETS, SheetMapping, cell_key
from sanshe_net.build.read import check_inputs
from sanshe_net.build.read_files import RawSheet, read_sheets
from sanshe_net.build.row_kinds import filled
from sanshe_net.errors import Place, Problem
from sanshe_net.vocabulary import LANGUAGES, Label

_HEAD: Final = (
    "# 对应表：在每个 ? 处填写，保存后用 --mapping 交给 sanshe；下个季度照用。",
    "# Mapping file: fill in every ?, save, and give it to sanshe with --mapping; use it again next quarter.",
)
_LAYOUT: Final = {
    "Q-DATE-YEAR": (
        "year",
        Label("没写年份的日期是哪一年，例如 2024", "year of dates without one, such as 2024"),
    ),
    "Q-DATE-ORDER": ("date_order", Label("ymd 年月日 / mdy 月日年 / dmy 日月年", "ymd, mdy or dmy")),
    "Q-HIDDEN-SHEET": ("hidden_sheets", Label("include 读 / skip 不读", "include or skip")),
    "Q-SIDE-BY-SIDE": ("side_by_side", Label("split 一栏一栏都读", "split: read each table")),
    "Q-STACKED": ("stacked", Label("split 分成几张表读", "split: read each table")),
    "Q-NAME-UNNAMED": ("unnamed", Label("count 只计人数", "count: as heads without names")),
    "Q-NAME-GROUP": ("unnamed", Label("count 不当作一个人，只计人数", "count: as heads, never as a person")),
}
"""Questions that one entry answers."""
_CELLS: Final = ("Q-NAME-SUSPECT", "Q-DATE-FLOAT")
_CELLS_HINT: Final = Label(
    "写明这一格是什么：张三、李四；2019-10", "what the cell means: names with 、 between; 2019-10"
)


def propose_mapping(
    inputs: Sequence[Path],
    mapping: SheetMapping = NO_MAPPING,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> tuple[str, int]:
    """Return the text of a mapping file for these sheets, and how many entries wait for an answer.

    How every column is read stands in it as comments; entries are only what must be decided.

    Parameters
    ----------
    mapping, encoding, delimiter
        What is decided already, as in :func:`sanshe_net.build.read.read_records`.
    """
    problems = check_inputs(inputs, mapping=mapping, encoding=encoding, delimiter=delimiter).problems
    sheets, _ = read_sheets(inputs, encoding=encoding, delimiter=delimiter)
    lines = [*_HEAD, ""]
    columns = _columns(problems, sheets)
    if columns:
        lines += ["columns:", f"  # {_comment(Label('可填', 'one of'))}: {', '.join(TARGETS)}"]
        lines += [f"  {_quoted(heading)}: ?  # {_comment(why)}" for heading, why in columns.items()]
    marks = sorted({problem.value for problem in problems if problem.code == "Q-MARK"})
    if marks:
        lines += ["marks:", "  # present 到 / absent 未到 / ignore 不计"]
        lines += [f"  {_quoted(mark)}: ?" for mark in marks]
    cells = sorted({
        cell_key(problem.value)
        for problem in problems
        if problem.code in _CELLS and (problem.place.column or problem.place.letters)
    })  # fmt: skip
    if cells:
        lines += ["cells:", f"  # {_comment(_CELLS_HINT)}"]
        lines += [f"  {_quoted(cell)}: ?" for cell in cells]
    answers = sorted({cell_key(problem.value) for problem in problems if problem.code == "E-CONSENT-UNCLEAR"})
    if answers:
        lines += ["words:", "  consent:", "    # yes 同意 / no 不同意 / internal 仅内部 / withdrawn 已撤回"]
        lines += [f"    {_quoted(answer)}: ?" for answer in answers]
    asked = {problem.code for problem in problems}
    layout = {entry: words for code, (entry, words) in _LAYOUT.items() if code in asked}
    lines += [f"{entry}: ?  # {_comment(words)}" for entry, words in layout.items()]
    waiting = len(columns) + len(marks) + len(cells) + len(answers) + len(layout)
    return "\n".join([*lines, "", *_as_read(sheets, mapping), ""]), waiting


def _columns(problems: Iterable[Problem], sheets: Sequence[RawSheet]) -> dict[str, Label]:
    """Return the headings that need an answer, and why."""
    asked: dict[str, Label] = {}
    for problem in problems:
        if problem.code in ("Q-COLUMN-CHOICE", "Q-COLUMN-TICKED"):
            headings = problem.facts["headings"]
            assert isinstance(headings, list)
            for heading in headings:
                term = str(problem.facts.get("term", "ticks / present"))
                asked.setdefault(heading, Label(f"{term} 或 ignore", f"{term} or ignore"))
        elif problem.code == "E-CONSENT-COLUMN":
            asked.setdefault(problem.value, Label("consent 或 ignore", "consent or ignore"))
        elif problem.code in ("E-NO-COLUMN", "E-COLUMN-NEEDED"):
            for heading in _likely_headings(sheets, problem.place):
                asked.setdefault(heading, Label("这一列是什么", "what this column is"))
    return asked


def _likely_headings(sheets: Sequence[RawSheet], place: Place) -> list[str]:
    meant = [sheet for sheet in sheets if (sheet.file, sheet.sheet) == (place.file, place.sheet)]
    rows = [pair for sheet in meant for pair in zip(sheet.rows, sheet.lines, strict=True)]
    held = [row for row, line in rows if len(filled(row)) > 1 and line >= place.row]
    return [" ".join(str(cell).split()) for cell in filled(held[0])] if held else []


def _as_read(sheets: Sequence[RawSheet], mapping: SheetMapping) -> list[str]:
    """Return as comments how the columns of every table are read now."""
    lines = [f"# {_comment(Label('现在这样读', 'read like this now'))}:"]
    for sheet in sheets:
        for table in find_tables(sheet, mapping)[0]:
            lines.append(
                f"# {Place(table.file, table.sheet).text('en')} = {table.schema.label.zh} {table.schema.name}"
            )
            lines += [f"#   {heading} -> {name}" for name, heading in table.headings.items() if heading]
    return [" ".join(line.split("\n")) for line in lines]


def _comment(words: Label) -> str:
    return " / ".join(words.text(lang) for lang in LANGUAGES)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=not text.isprintable())  # JSON strings are YAML strings
