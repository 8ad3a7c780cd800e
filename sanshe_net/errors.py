"""What is said when something is wrong: one refusal, or one row of the problem list.

Both carry a stable code from :mod:`sanshe_net.messages`, say what was found, what is allowed and what
to do, in Chinese and English, and name the place (file, sheet, row, column) when there is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Final

from sanshe_net.masks import masked
from sanshe_net.messages import MESSAGES, STOPS, Severity
from sanshe_net.vocabulary import LANGUAGES, Label, Lang

SHOWN_CHARACTERS = 60
"""A value quoted in a message is cut here, so that a 10 MB cell cannot flood a terminal."""
EXAMPLES: Final = 3
"""How many problems of one kind in one file are printed: they show what is meant."""
ALL_LISTED: Final = Label(
    "只列出每个文件里每种问题的前几处。要把全部问题写成表格：sanshe check 表格 -o 问题.xlsx",
    "Only the first of each kind in a file are shown. A table of all: sanshe check INPUTS -o problems.xlsx",
)


@dataclass(frozen=True)
class Place:
    """Where something was found. Rows count from 1 as the spreadsheet or editor shows them.

    ``column`` is the heading, ``letters`` the name of the column in a workbook (``D``).
    """

    file: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    letters: str = ""

    def text(self, lang: Lang) -> str:
        """Return ``file › sheet › D3 (row 3, column 日期)`` with the empty parts left out."""
        row = "" if not self.row else f"第{self.row}行" if lang == "zh" else f"row {self.row}"
        column = "" if not self.column else f"“{self.column}”列" if lang == "zh" else f"column {self.column}"
        parts = [part for part in (row, column) if part]
        if self.letters:
            within = "，".join(parts) if lang == "zh" else ", ".join(parts)
            cell = f"{self.letters}{self.row or ''}"
            parts = [f"{cell}（{within}）" if lang == "zh" else f"{cell} ({within})"] if within else [cell]
        return _printable(" › ".join(part for part in (self.file, self.sheet, *parts) if part))


_LONG_NUMBER: Final = re.compile(r"\d{11,}")


def without_long_numbers(text: str) -> str:
    """Return ``text`` with numbers of 11 or more digits cut: phones and identity numbers stay at home."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:3]}…", text)


def quote(value: object, *, cut: bool = True, numbers: bool = False) -> str:
    """Return ``value`` safe to print: control characters escaped, long text cut, and long numbers too."""
    text = str(value) if numbers else without_long_numbers(str(value))
    shown = text[:SHOWN_CHARACTERS] + "…" if cut and len(text) > SHOWN_CHARACTERS else text
    return _printable(shown)


def _printable(text: str) -> str:
    """Return ``text`` with control characters escaped: a name of a file or a sheet may hold any."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def render(code: str, facts: dict[str, object], *, names: bool = True, numbers: bool = False) -> Label:
    """Return the two wordings of ``code`` with its facts; without ``names``, the personal ones masked.

    ``numbers`` leaves long numbers whole: in a network they are the names of actors.
    """
    message = MESSAGES[code]
    hidden = () if names else message.personal
    zh, en = (_shown(facts, lang, hidden, numbers) for lang in LANGUAGES)
    return Label(message.zh.format(**zh), message.en.format(**en))


def _shown(facts: dict[str, object], lang: Lang, hidden: tuple[str, ...], numbers: bool) -> dict[str, str]:
    worded = {name: fact.text(lang) if isinstance(fact, Label) else str(fact) for name, fact in facts.items()}
    # A number that is none (nan, inf) names nobody, and is what must be corrected.
    told = {name for name, fact in facts.items() if isinstance(fact, float) and not isfinite(fact)}
    worded |= {name: masked(worded[name]) for name in hidden if name in worded and name not in told}
    # What the tool allows or advises and the paths a person typed are never cut, only what stood in a file.
    whole = {"allowed", "advice", "path"}
    return {name: quote(fact, cut=name not in whole, numbers=numbers) for name, fact in worded.items()}


@dataclass(frozen=True)
class Problem:
    """One line of ``records.problems``.

    ``outcome`` says what became of the row: ``used`` (the problem is a remark), ``duplicate``,
    ``left_out`` (not a record, or withheld) or ``quarantined`` (a record that cannot be used).
    """

    code: str
    place: Place
    outcome: str = "used"
    value: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    @property
    def severity(self) -> Severity:
        """``error`` and ``question`` stop a run, ``warning`` and ``note`` do not."""
        return MESSAGES[self.code].severity

    @property
    def stops(self) -> bool:
        """Whether a run cannot go on before this is corrected or decided."""
        return self.severity in STOPS

    @property
    def wording(self) -> Label:
        """The message in both languages, names and all: for the list that stays with the station."""
        return render(self.code, {"value": self.value, **self.facts})

    @property
    def masked(self) -> Label:
        """The message in both languages as a terminal or a log may show it."""
        return render(self.code, {"value": self.value, **self.facts}, names=False)

    def line(self, lang: Lang) -> str:
        """Return the problem as a line of a terminal or a log: code, place, message; names masked."""
        return _line(self.code, self.place, self.masked, lang)


def _line(code: str, place: Place, wording: Label, lang: Lang) -> str:
    where = place.text(lang)
    separator = "：" if lang == "zh" else ": "
    return f"[{code}] {where}{separator if where else ''}{wording.text(lang)}"


def first_of_each(keys: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the positions of the first :data:`EXAMPLES` of each key, in order.

    Each with how many more there are, which is said once: at the last one that is shown.

    >>> first_of_each(["a", "b", "a", "a", "a", "a"])
    [(0, 0), (1, 0), (2, 0), (3, 2)]
    """
    total = Counter(keys)
    seen: Counter[Hashable] = Counter()
    shown = []
    for i, key in enumerate(keys):
        seen[key] += 1
        if seen[key] <= EXAMPLES:
            shown.append((i, total[key] - EXAMPLES if seen[key] == EXAMPLES else 0))
    return shown


def and_more(count: int) -> Label:
    """Return the words for ``count`` problems of a kind that are not shown."""
    return Label(f"……还有 {count} 处同样的问题", f"… and {count} more of this kind")


class SansheError(Exception):
    """A refusal with a stable code; the command line prints it in one line and never a traceback.

    Parameters
    ----------
    code
        A key of :data:`sanshe_net.messages.MESSAGES`.
    place
        Where it was found, if anywhere.
    facts
        What the message needs to name: the value found, what is allowed. A Label is shown in the
        language of the message.
    """

    exit_code: int = 2

    def __init__(self, code: str, place: Place | None = None, **facts: object) -> None:
        self.code = code
        self.place = place or Place()
        self.facts = facts
        self.wording = render(code, facts, names=False)
        super().__init__(self.message("en"))

    def message(self, lang: Lang) -> str:
        """Return ``[code] place: what was found, what is allowed, what to do``, names and phones masked."""
        return _line(self.code, self.place, self.wording, lang)

    def line(self, lang: Lang) -> str:
        """Return what a terminal or a log may show: names and phones masked, always."""
        return self.message(lang)


class InputError(SansheError):
    """The files cannot be used as they are."""


class SettingsError(SansheError):
    """The settings file or an option asks for something that does not exist."""


class OutputError(SansheError):
    """The result cannot be written where it was asked for."""


class MeasureError(SansheError):
    """A measure was asked of a network that lacks what it needs.

    Whoever calls a measure in Python has the network at hand and must find the actor: ``str()`` and
    :meth:`message` name it. :meth:`line`, which is all that the commands print, masks it.
    """

    def message(self, lang: Lang) -> str:
        """Return ``[code] place: what was found, what is allowed, what to do``, with the names of actors."""
        return _line(self.code, self.place, render(self.code, self.facts, numbers=True), lang)

    def line(self, lang: Lang) -> str:
        """Return the same with names and phones masked."""
        return super().message(lang)


class DecisionNeeded(SansheError):  # noqa: N818 - a question, not a fault
    """A person must decide before the work can go on."""

    exit_code = 3


class ManyProblems(SansheError):  # noqa: N818 - the list of them
    """The files hold problems that stop a run: ``problems`` has every one, the message some of each kind.

    ``of_sheets`` says that ``sanshe check`` finds the same ones.
    """

    def __init__(self, problems: list[Problem], *, of_sheets: bool = False) -> None:
        self.problems = problems
        self.of_sheets = of_sheets
        # What must be corrected comes first; a run that lacks only decisions ends with a code of its own.
        only_questions = all(problem.severity == "question" for problem in problems)
        self.exit_code = DecisionNeeded.exit_code if only_questions else InputError.exit_code
        super().__init__("Q-MANY" if only_questions else "E-MANY", count=len(problems))

    def message(self, lang: Lang) -> str:
        """Return a line for each of the first problems of a kind in a file, how many more, the count last."""
        lines = []
        left = 0
        for i, more in first_of_each([(problem.code, problem.place.file) for problem in self.problems]):
            problem = self.problems[i]
            lines.append(problem.line(lang))
            if more:
                left += more
                lines.append(_line(problem.code, Place(problem.place.file), and_more(more), lang))
        hint = [ALL_LISTED.text(lang)] if left and self.of_sheets else []
        return "\n".join([*lines, super().message(lang), *hint])
