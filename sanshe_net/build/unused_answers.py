"""Answers of the mapping file that nothing used: sheets change, and then an answer may answer nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import chain
from typing import Final

from sanshe_net.build import values
from sanshe_net.build.header_rows import LOOKED_AT
from sanshe_net.build.headers import header_key
from sanshe_net.build.mapping import IGNORE, SheetMapping, cell_key
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.row_kinds import keys_of
from sanshe_net.build.values import Cell, Unclear
from sanshe_net.errors import Place, Problem

_LONGEST: Final = 200
"""Characters of a cell that may be a mark, a word or a date."""


def unused_answers(mapping: SheetMapping, sheets: Sequence[RawSheet]) -> list[Problem]:
    """Return an error for every column that the mapping file uses and no sheet has, a note for the rest."""
    if mapping.is_empty:
        return []
    return [*_headings(mapping, sheets), *_entries(mapping, sheets)]


def _headings(mapping: SheetMapping, sheets: Sequence[RawSheet]) -> list[Problem]:
    used = {
        key
        for columns in (mapping.columns, *mapping.files.values())
        for key, to in columns.items()
        if to != IGNORE
    }
    if not used:
        return []
    met = {key for sheet in sheets for row in sheet.rows[:LOOKED_AT] for key in keys_of(row)}
    met |= {header_key(cell) for sheet in sheets for row in sheet.rows[:LOOKED_AT] for cell in row if cell}
    return [Problem("E-MAPPING-HEADING", Place(), "quarantined", key) for key in sorted(used - met)]


def _entries(mapping: SheetMapping, sheets: Sequence[RawSheet]) -> Iterator[Problem]:
    names = {sheet.file.rpartition("/")[2] for sheet in sheets}
    for pattern in mapping.files:
        if not any(fnmatchcase(name, pattern) for name in names):
            yield _unused("files", pattern)
    habits = mapping.habits
    if not (habits.marks or habits.words or mapping.cells or habits.year):
        return
    written = _texts(cell for sheet in sheets for cell in set(chain.from_iterable(sheet.rows)))
    cells = set(map(cell_key, written))
    marks = {cell.casefold() for cell in cells}
    yield from (_unused("marks", mark) for mark in habits.marks if cell_key(mark).casefold() not in marks)
    words = {values.word_key(text) for text in written} if habits.words else set()
    for lexicon, said in habits.words.items():
        yield from (
            _unused(f"words: {lexicon}", word) for word in said if not _is_said(values.word_key(word), words)
        )
    yield from (_unused("cells", cell) for cell in mapping.cells if cell not in cells)
    if habits.year is not None:
        titles = {text for sheet in sheets for text in (sheet.sheet, sheet.file.rpartition("/")[2])}
        if not any(_lacks_year(text, replace(habits, year=None)) for text in sorted(written | titles)):
            yield _unused("year", str(habits.year))


def _is_said(word: str, written: set[str]) -> bool:
    """Return whether a word is written anywhere, alone or beside others (志愿者/组织者)."""
    return word in written or any(word in text for text in written)


def _texts(cells: Iterable[Cell]) -> set[str]:
    """Return the short texts among cells as they are compared."""
    held = {values.shown(cell) for cell in cells if isinstance(cell, str | int | float)}
    return {text for text in held if text and len(text) <= _LONGEST and text.isprintable()}


def _lacks_year(text: str, habits: values.Habits) -> bool:
    """Return whether a text names a day without its year."""
    for read in (values.dates, values.day_in_title):
        try:
            read(text, habits)
        except Unclear as unclear:
            if unclear.code == "Q-DATE-YEAR":
                return True
    return False


def _unused(entry: str, value: str) -> Problem:
    return Problem("N-MAPPING-UNUSED", Place(), value=value, facts={"entry": entry})
