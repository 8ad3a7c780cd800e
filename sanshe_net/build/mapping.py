"""The mapping file: what a person decided once about how a station's sheets are to be read.

A small YAML file, written by ``sanshe map-columns`` and reused next quarter. Everything in it is read as text
(YAML takes Y and no for true and false, which are marks here), and anything it does not know is refused with
its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from sanshe_net.build.headers import SCHEMAS, header_key
from sanshe_net.build.values import LEXICONS, Habits
from sanshe_net.errors import InputError, ManyProblems, Place, Problem
from sanshe_net.vocabulary import Label

IGNORE: Final = "ignore"
TICKS: Final = "ticks"
"""Not a field: the heading names an activity, the cells are marks of who came."""
TARGETS: Final = (
    *dict.fromkeys(field.name for schema in SCHEMAS.values() for field in schema.fields),
    TICKS,
    IGNORE,
)
"""What a column can be said to be."""
MAX_BYTES: Final = 1_000_000
YEARS: Final = (1950, 2100)
"""Years that dates written without one can have."""
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "date_order": ("ymd", "mdy", "dmy"),
    "hidden_sheets": ("include", "skip"),
    "side_by_side": ("split",),
    "stacked": ("split",),
    "sheet_name": ("activity", "ignore"),
    "unnamed": ("count",),
}
_MARKS: Final = ("present", "absent", "ignore")
_SECTIONS: Final = ("columns", "files", "marks", "words", "cells", "year", *_CHOICES)


@dataclass(frozen=True)
class SheetMapping:
    """The answers of one mapping file; the default answers nothing.

    Attributes
    ----------
    columns
        Heading (as :func:`sanshe_net.build.headers.header_key` makes it) -> field, ``ticks`` or ``ignore``.
    files
        The same for single files: pattern of the file name -> columns. These come first.
    habits
        How dates, marks and words are written.
    cells
        Single cells that nobody can read: as they are written (:func:`cell_key`) -> what they mean.
    hidden_sheets, side_by_side, stacked, sheet_name, unnamed
        What to do with hidden sheets, tables beside and below each other, sheet names and people who are
        counted but not named; "" is undecided.
    source
        The file that says so.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    cells: Mapping[str, str] = field(default_factory=dict)
    hidden_sheets: str = ""
    side_by_side: str = ""
    stacked: str = ""
    sheet_name: str = ""
    unnamed: str = ""
    source: Path | None = None

    @property
    def is_empty(self) -> bool:
        """Whether it answers nothing."""
        return replace(self, source=None) == SheetMapping()

    def of_file(self, file: str) -> Mapping[str, str]:
        """Return what is said of the columns of ``file``: heading key -> field, ``ticks`` or ``ignore``."""
        name = file.rpartition("/")[2]
        held = dict(self.columns)
        for pattern, columns in self.files.items():
            if fnmatchcase(name, pattern):
                held |= columns
        return held


NO_MAPPING: Final = SheetMapping()


def cell_key(cell: object) -> str:
    """Return a cell in the form in which the mapping file names it: folded, on one line."""
    return " ".join(unicodedata.normalize("NFKC", str(cell)).split())


def read_mapping(path: Path | str) -> SheetMapping:
    """Return the answers in a mapping file.

    Raises
    ------
    InputError
        When it does not exist, cannot be read or is no YAML.
    ManyProblems
        When it names a section, field, mark or choice that does not exist, says a thing twice, or gives
        two columns of one sheet to one field. Every fault is named with its line.
    """
    path = Path(path)
    place = Place(path.name)
    if not path.is_file():
        raise InputError("E-FILE-MISSING", path=path)
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", place, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise InputError("E-MAPPING-SYNTAX", place, reason="UTF-8") from error
    if len(content) > MAX_BYTES:
        raise InputError("E-MAPPING-SYNTAX", place, reason=f"> {MAX_BYTES:,} bytes")
    return replace(_mapping(text, path.name), source=path)


_OPEN: Final = re.compile(r"(:[ ]{1,9})\?(?=[ ]{0,99}(?:#|,|\}|$))", re.MULTILINE)


def _mapping(text: str, shown: str) -> SheetMapping:
    import yaml

    try:
        # A lone ? is the proposal's way of saying "not decided yet"; in YAML it would start a key.
        text = _OPEN.sub(r'\1""', text)
        root = yaml.compose(text, Loader=yaml.BaseLoader)
        held, problems = _plain(root, shown)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        reason = getattr(error, "problem", None) or type(error).__name__
        mark = getattr(error, "problem_mark", None)
        place = Place(shown, row=mark.line + 1 if mark else 0)
        raise InputError("E-MAPPING-SYNTAX", place, reason=reason) from error
    checked = _Checked(shown, problems)
    made = checked.mapping(held)
    if problems:
        raise ManyProblems(problems)
    return made


@dataclass(frozen=True)
class _Said:
    """A text of the file or a table of them, with the line it stands on."""

    line: int
    value: str | dict[str, _Said]


def _plain(node: Any, shown: str) -> tuple[dict[str, _Said], list[Problem]]:
    """Return the tables and texts of a YAML tree; keys said twice, lists and references are problems."""
    problems: list[Problem] = []
    met: set[int] = set()

    def walk(node: Any) -> _Said:
        line = node.start_mark.line + 1
        if node.id == "scalar":
            return _Said(line, str(node.value).strip())
        # A table is written where it stands: tables of references to tables grow without end.
        if node.id != "mapping" or id(node) in met:
            problems.append(Problem("E-MAPPING-FORM", Place(shown, row=line), "quarantined"))
            return _Said(line, "")
        met.add(id(node))
        held: dict[str, _Said] = {}
        for key, value in node.value:
            name = str(key.value).strip() if key.id == "scalar" else ""
            if name in held:
                at = Place(shown, row=key.start_mark.line + 1)
                problems.append(Problem("E-MAPPING-TWICE", at, "quarantined", name))
            held[name] = _Said(key.start_mark.line + 1, walk(value).value)
        return _Said(line, held)

    said = walk(node).value if node is not None else {}
    if isinstance(said, str):
        problems.append(Problem("E-MAPPING-FORM", Place(shown, row=1), "quarantined"))
        said = {}
    return said, problems


@dataclass(frozen=True)
class _Checked:
    """Turns what a file says into answers, collecting every fault."""

    shown: str
    problems: list[Problem]

    def mapping(self, held: dict[str, _Said]) -> SheetMapping:
        for name, said in held.items():
            if name not in _SECTIONS:
                self.unknown("E-MAPPING-KEY", said.line, name, _SECTIONS)
        chosen: dict[str, Any] = {
            name: self.choice(held[name], allowed) for name, allowed in _CHOICES.items() if name in held
        }
        order = chosen.pop("date_order", "") or None
        habits = Habits(
            year=self.year(held.get("year")),
            date_order=order,
            marks=self.decided(self.table(held, "marks"), _MARKS),
            words={lexicon: self.words(lexicon, said) for lexicon, said in self.table(held, "words")},
        )
        files = {pattern: self.columns(dict(self.inner(said))) for pattern, said in self.table(held, "files")}
        cells = {cell_key(cell): self.word(said) for cell, said in self.table(held, "cells")}
        return SheetMapping(
            self.columns(dict(self.table(held, "columns"))),
            files,
            habits,
            {cell: meant for cell, meant in cells.items() if meant},
            **chosen,
        )

    def table(self, held: dict[str, _Said], name: str) -> Iterator[tuple[str, _Said]]:
        yield from self.inner(held[name]) if name in held else ()

    def inner(self, said: _Said) -> Iterator[tuple[str, _Said]]:
        if isinstance(said.value, dict):
            yield from said.value.items()
        elif said.value:
            self.problems.append(Problem("E-MAPPING-FORM", Place(self.shown, row=said.line), "quarantined"))

    def word(self, said: _Said) -> str:
        if isinstance(said.value, dict):
            self.problems.append(Problem("E-MAPPING-FORM", Place(self.shown, row=said.line), "quarantined"))
            return ""
        return said.value

    def choice(self, said: _Said, allowed: tuple[str, ...]) -> str:
        value = self.word(said)
        if value and value not in allowed:
            self.unknown("E-MAPPING-VALUE", said.line, value, allowed)
        return value

    def year(self, said: _Said | None) -> int | None:
        if said is None or said.value == "":
            return None
        text = said.value if isinstance(said.value, str) else ""
        if len(text) == 4 and text.isascii() and text.isdigit() and YEARS[0] <= int(text) <= YEARS[1]:
            return int(text)
        self.unknown("E-MAPPING-VALUE", said.line, text, (f"{YEARS[0]}–{YEARS[1]}",))
        return None

    def words(self, lexicon: str, said: _Said) -> dict[str, str]:
        if lexicon not in LEXICONS:
            self.unknown("E-MAPPING-KEY", said.line, lexicon, tuple(LEXICONS))
            return {}
        terms = tuple(dict.fromkeys(LEXICONS[lexicon].values()))
        return self.decided(self.inner(said), terms)

    def decided(self, held: Iterator[tuple[str, _Said]], allowed: tuple[str, ...]) -> dict[str, str]:
        """Return the choices that were made; what is left open is asked again."""
        chosen = {key: self.choice(said, allowed) for key, said in held}
        return {key: choice for key, choice in chosen.items() if choice}

    def columns(self, held: dict[str, _Said]) -> dict[str, str]:
        made: dict[str, str] = {}
        first: dict[str, str] = {}
        for heading, said in held.items():
            target = self.choice(said, TARGETS)
            if not target:
                continue
            made[header_key(heading)] = target
            if target in (IGNORE, TICKS):
                continue
            if target in first:
                facts: dict[str, object] = {"found": f"{first[target]}, {heading}", "field": target}
                place = Place(self.shown, row=said.line)
                self.problems.append(Problem("E-MAPPING-FIELD-TWICE", place, "quarantined", facts=facts))
            first.setdefault(target, heading)
        return made

    def unknown(self, code: str, line: int, value: str, allowed: tuple[str, ...]) -> None:
        near = get_close_matches(value, allowed, n=1, cutoff=0.5)
        meant = Label(f"是不是 {near[0]}？", f"Did you mean {near[0]}?") if near else Label("", "")
        facts: dict[str, object] = {"meant": meant, "allowed": ", ".join(allowed)}
        self.problems.append(Problem(code, Place(self.shown, row=line), "quarantined", value, facts))
