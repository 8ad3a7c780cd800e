"""What somebody decided about people, bodies and activities: the same, different, or not sure.

A decisions file is a private CSV that is kept and used again each quarter. It names people by what stays
(name, phone, person number, building), never by the ids of one run, which change when people are added. It
is taken whole or not at all: one fault refuses it, and every faulty line is named.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.errors import InputError, ManyProblems, Place, Problem
from sanshe_net.guards import unguarded
from sanshe_net.masks import masked
from sanshe_net.vocabulary import Label

KEYS: Final = ("phone", "person_no", "building")
"""What tells namesakes apart, the strongest first."""
SUBJECTS: Final[Mapping[str, Label]] = {
    "person": Label("人", "person"),
    "body": Label("组织", "organisation"),
    "activity": Label("活动", "activity"),
}
WORDS: Final[Mapping[str, Label]] = {
    "same": Label("同一人", "same"),
    "different": Label("不同人", "different"),
    "unsure": Label("不确定", "unsure"),
}
_READ_AS: Final = {
    **{wording: word for word, label in WORDS.items() for wording in (word, *label)},
    "同一个": "same", "相同": "same", "不同": "different", "不是同一个": "different",
}  # fmt: skip
_ENDS: Final = ("keep", "merge")
_PARTS: Final = ("name", *KEYS, "day")
_ID: Final = re.compile(r"[A-Z]{1,2}[0-9]{1,9}")
COLUMNS: Final = (
    "kind", *(f"{end}_{part}" for end in _ENDS for part in _PARTS), "decision", "date", "by",
)  # fmt: skip
ID_COLUMNS: Final = ("keep_id", "merge_id", "decision")
"""The short form: ids as in the tables of the last run, for files made by a program."""


@dataclass(frozen=True, order=True)
class Descriptor:
    """One end of a pair, by what stays the same when files are added.

    ``day`` (ISO) is for activities only; ``phone``, ``person_no`` and ``building`` for people only.
    """

    name: str
    phone: str | None = None
    person_no: str | None = None
    building: str | None = None
    day: str | None = None

    @property
    def keys(self) -> tuple[str | None, ...]:
        """The values of :data:`KEYS`."""
        return self.phone, self.person_no, self.building

    @property
    def sort_key(self) -> tuple[str, ...]:
        """An order that missing parts do not break."""
        return (self.name, *(key or "" for key in self.keys), self.day or "")


@dataclass(frozen=True)
class Decision:
    """One line of a decisions file; of a pair decided ``same`` the first is the one shown."""

    subject: str
    keep: Descriptor
    merge: Descriptor
    word: str
    date: str = ""
    by: str = ""
    line: int = 0

    @property
    def ends(self) -> tuple[Descriptor, Descriptor]:
        """Both ends, the kept one first."""
        return self.keep, self.merge

    @property
    def pair(self) -> tuple[str, frozenset[Descriptor]]:
        """What it is about, whichever end is kept."""
        return self.subject, frozenset(self.ends)


@dataclass(frozen=True)
class Choices:
    """The decisions of a file, by what they are about."""

    people: tuple[Decision, ...] = ()
    bodies: tuple[Decision, ...] = ()
    activities: tuple[Decision, ...] = ()

    @property
    def every(self) -> tuple[Decision, ...]:
        """All of them in the order of the file."""
        return tuple(sorted((*self.people, *self.bodies, *self.activities), key=lambda one: one.line))


NO_CHOICES: Final = Choices()
Known: TypeAlias = Mapping[str, Descriptor]
"""Who the ids of a short-form file stand for."""


def choices_of(decisions: Sequence[Decision]) -> Choices:
    """Return decisions sorted by what they are about."""
    by = {subject: tuple(one for one in decisions if one.subject == subject) for subject in SUBJECTS}
    return Choices(by["person"], by["body"], by["activity"])


def read_decisions(path: Path, known: Callable[[], Known] | None = None) -> Choices:
    """Return the decisions in a file, all or none.

    Parameters
    ----------
    known
        Gives the people by id, for the short form of the file (``keep_id,merge_id,decision``).

    Raises
    ------
    InputError
        When the file is missing, unreadable, or has other columns.
    ManyProblems
        For every line with an unknown word or id, an end without a name, something merged with itself, a
        circle (A into B into A), or a pair that is both the same and different. Nothing is then applied.
    """
    header, rows = _rows(path)
    if set(header) == set(ID_COLUMNS):
        read = _by_id(path, rows, known() if known is not None else {})
    elif set(header) == set(COLUMNS):
        read = _by_description(path, rows)
    else:
        allowed = Label(",".join(COLUMNS), ",".join(COLUMNS))
        # Of a list without headings, given by mistake, the first line is somebody.
        found = ",".join(name if name in {*COLUMNS, *ID_COLUMNS} else not_named(name) for name in header)
        raise InputError("E-DECISION-COLUMNS", Place(str(path)), found=found, allowed=allowed)
    decisions = [one for one in read if isinstance(one, Decision)]
    faults = [one for one in read if isinstance(one, Problem)]
    faults += check_decisions(decisions, str(path))
    if faults:
        raise ManyProblems(sorted(faults, key=lambda fault: fault.place.row))
    return choices_of(decisions)


def not_named(text: str) -> str:
    """Return an id as it is, anything else without names: in the wrong column a cell may be somebody's."""
    return text if _ID.fullmatch(text) else masked(text)


def check_decisions(decisions: Sequence[Decision], file: str = "") -> list[Problem]:
    """Return a problem for every decision that contradicts the others, in the order of the file."""
    faults: list[Problem] = []
    into: dict[tuple[str, Descriptor], set[tuple[str, Descriptor]]] = {}
    group: dict[tuple[str, Descriptor], tuple[str, Descriptor]] = {}

    def top(one: tuple[str, Descriptor]) -> tuple[str, Descriptor]:
        while group.setdefault(one, one) != one:
            one = group[one]
        return one

    def reaches(start: tuple[str, Descriptor], end: tuple[str, Descriptor]) -> bool:
        seen, ahead = {start}, [start]
        while ahead:
            for one in into.get(ahead.pop(), set()) - seen:
                seen.add(one)
                ahead.append(one)
        return end in seen

    for one in decisions:
        keep, merge = ((one.subject, end) for end in one.ends)
        place = Place(file, row=one.line)
        if keep == merge:
            faults.append(Problem("E-DECISION-SELF", place, "left_out"))
        elif one.word == "same" and reaches(merge, keep):
            faults.append(Problem("E-DECISION-CIRCLE", place, "left_out"))
        elif one.word == "same":
            into.setdefault(keep, set()).add(merge)
            group[top(merge)] = top(keep)
    for one in decisions:
        keep, merge = ((one.subject, end) for end in one.ends)
        if one.word == "different" and keep != merge and top(keep) == top(merge):
            faults.append(Problem("E-DECISION-BOTH", Place(file, row=one.line), "left_out"))
    return faults


def checked(decisions: Sequence[Decision], file: str) -> Sequence[Decision]:
    """Return the decisions as they are.

    Raises
    ------
    ManyProblems
        As :func:`read_decisions`, when they contradict each other.
    """
    faults = check_decisions(decisions, file)
    if faults:
        raise ManyProblems(faults)
    return decisions


def updated(decisions: Sequence[Decision], answers: Sequence[Decision]) -> list[Decision]:
    """Return the decisions with newer answers in place of older ones about the same pairs."""
    answered = {one.pair for one in answers}
    held = [one for one in decisions if one.pair not in answered] + list(answers)
    order = {subject: i for i, subject in enumerate(SUBJECTS)}
    held.sort(key=lambda one: (order[one.subject], one.keep.sort_key, one.merge.sort_key))
    return [replace(one, line=line) for line, one in enumerate(held, start=2)]


def undone(decisions: Sequence[Decision], lines: Sequence[int], file: str = "") -> list[Decision]:
    """Return the decisions without those on some lines.

    Raises
    ------
    ManyProblems
        For every line on which no decision stands; nothing is then undone.
    """
    held = {one.line for one in decisions}
    faults = [
        Problem("E-DECISION-LINE", Place(file, row=line), facts={"allowed": len(held)})
        for line in sorted(set(lines) - held)
    ]
    if faults:
        raise ManyProblems(faults)
    return updated([one for one in decisions if one.line not in set(lines)], [])


def decision_table(decisions: Sequence[Decision]) -> pd.DataFrame:
    """Return decisions as the table of a decisions file."""
    rows = [
        (
            one.subject,
            *(getattr(end, part) for end in one.ends for part in _PARTS),
            one.word, one.date, one.by,
        )
        for one in decisions
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def renamed(frames: Mapping[str, pd.DataFrame], choices: Choices) -> dict[str, pd.DataFrame]:
    """Return the clean rows with bodies and activities that were joined written the same way."""
    made = dict(frames)
    same = [(one.keep.name, one.merge.name) for one in choices.bodies if one.word == "same"]
    names = shown_as(same)
    if names:
        for table, columns in _BODIES_IN.items():
            rows = made[table]
            told = {c: _each(rows[c], lambda cell: _renamed_body(cell, names)) for c in columns}
            made[table] = rows.assign(**told)
        for table, of, to in (("organisations", "org", "supervisor"), ("support", "giver", "receiver")):
            rows = made[table]
            made[table] = rows.assign(**{to: rows[to].where(rows[to] != rows[of], None)})
    held = [one for one in choices.activities if one.word == "same"]
    moved = shown_as([((one.keep.day, one.keep.name), (one.merge.day, one.merge.name)) for one in held])
    return _renamed_activities(made, moved) if moved else made


def _renamed_activities(
    frames: dict[str, pd.DataFrame], moved: Mapping[tuple[str, str], tuple[str, str]]
) -> dict[str, pd.DataFrame]:
    left: set[str] = set()
    for table in ("attendance", "activities"):
        rows = frames[table]
        known = [(day.isoformat(), title) for day, title in zip(rows["date"], rows["activity"], strict=True)]
        shown = [moved.get(key, key) for key in known]
        left |= {title for _, title in shown}
        days = pd.Series([date.fromisoformat(day) for day, _ in shown], index=rows.index, dtype=object)
        titles = pd.Series([title for _, title in shown], index=rows.index, dtype=object)
        frames[table] = rows.assign(date=days, activity=titles)
    # Support names an activity by its title; one that nothing bears any more points nowhere.
    gone = {old[1]: new[1] for old, new in moved.items() if old[1] not in left}
    support = frames["support"]
    told = {column: _each(support[column], lambda cell: gone.get(cell, cell)) for column in _TITLES}
    return {**frames, "support": support.assign(**told)}


_TITLES: Final = ("activity", "receiver")
_BODIES_IN: Final = {
    "organisations": ("org", "supervisor"),
    "memberships": ("org",),
    "activities": ("host", "cohost", "initiator"),
    "attendance": ("host", "cohost", "initiator"),
    "support": ("giver", "receiver"),
}


def _each(cells: pd.Series[Any], change: Callable[[Any], Any]) -> pd.Series[Any]:
    return pd.Series([change(cell) for cell in cells], index=cells.index, dtype=object)


def _renamed_body(cell: Any, names: Mapping[str, str]) -> Any:
    if isinstance(cell, tuple):
        return tuple(dict.fromkeys(names.get(name, name) for name in cell))
    return names.get(cell, cell)


def shown_as(same: Sequence[tuple[Any, Any]]) -> dict[Any, Any]:
    """Return for everything in pairs (keep, merge) as what it is shown: what nobody merges into another.

    A chain ends in one; where several are kept (or a circle keeps none), the smallest.
    """
    parent: dict[Any, Any] = {}

    def top(one: Any) -> Any:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for keep, merge in same:
        a, b = sorted((top(keep), top(merge)))
        parent[b] = a
    merged = {merge for _, merge in same}
    best: dict[Any, Any] = {}
    for one in sorted(parent, key=lambda one: (one in merged, one)):
        best.setdefault(top(one), one)
    return {one: best[top(one)] for one in parent}


# --- reading the file


def _rows(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    if not path.is_file():
        raise InputError("E-FILE-MISSING", path=path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        held = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise InputError("E-FILE-UNREADABLE", Place(str(path)), reason=error.strerror) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise InputError("E-DECISION-SYNTAX", Place(str(path))) from error
    header = [cell.strip() for cell in held[0][1]] if held else []
    filled = [(line, row) for line, row in held[1:] if any(cell.strip() for cell in row)]
    wrong = [line for line, row in filled if len(row) != len(header)]
    if wrong:
        raise ManyProblems([Problem("E-DECISION-FIELDS", Place(str(path), row=line)) for line in wrong])
    return header, [(line, dict(zip(header, map(_unguarded, row), strict=True))) for line, row in filled]


def _unguarded(cell: str) -> str:
    """Return the cell without the quotation mark that keeps a spreadsheet from running it."""
    return unguarded(cell).strip()


def read_word(cell: str) -> str | None:
    """Return the decision that a cell says, ``None`` for a word nobody knows."""
    return _READ_AS.get(cell.strip().casefold())


def _by_id(
    path: Path, rows: Sequence[tuple[int, Mapping[str, str]]], known: Known
) -> list[Decision | Problem]:
    read: list[Decision | Problem] = []
    for line, row in rows:
        place = Place(str(path), row=line)
        strange = [row[column] for column in ID_COLUMNS[:2] if row[column] not in known]
        word = read_word(row["decision"])
        if strange:
            unknown = "、".join(map(not_named, strange))
            read.append(Problem("E-DECISION-UNKNOWN", place, "left_out", facts={"found": unknown}))
        elif word is None:
            read.append(_strange_word(place, row["decision"]))
        else:
            keep, merge = (known[row[column]] for column in ID_COLUMNS[:2])
            read.append(Decision("person", keep, merge, word, line=line))
    return read


def _by_description(path: Path, rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[Decision | Problem]:
    read: list[Decision | Problem] = []
    for line, row in rows:
        place = Place(str(path), row=line)
        word = read_word(row["decision"])
        ends = [Descriptor(*(row[f"{end}_{part}"] or None for part in _PARTS)) for end in _ENDS]  # type: ignore[arg-type]
        days = [end.day for end in ends]
        if row["kind"] not in SUBJECTS:
            facts: dict[str, object] = {"found": not_named(row["kind"]), "allowed": ", ".join(SUBJECTS)}
            read.append(Problem("E-DECISION-KIND", place, "left_out", facts=facts))
        elif word is None:
            read.append(_strange_word(place, row["decision"]))
        elif not all(end.name for end in ends) or (row["kind"] == "activity" and not all(map(_is_day, days))):
            read.append(Problem("E-DECISION-END", place, "left_out"))
        else:
            read.append(Decision(row["kind"], ends[0], ends[1], word, row["date"], row["by"], line))
    return read


def _strange_word(place: Place, found: str) -> Problem:
    allowed = Label("、".join(label.zh for label in WORDS.values()), ", ".join(WORDS))
    return Problem(
        "E-DECISION-WORD", place, "left_out", facts={"found": not_named(found), "allowed": allowed}
    )


def _is_day(text: str | None) -> bool:
    try:
        return date.fromisoformat(text or "").isoformat() == text
    except ValueError:
        return False
