"""What one cell means: pure functions from a raw cell to a clean value.

Each returns the value, ``None`` for a blank cell, :class:`Told` (the value, and the codes of what should be
said of how it was read), or raises :class:`Unclear` with the code of the message that says what is wrong:
``E-`` must be corrected, ``Q-`` a person must decide. None of them guesses. What a station answered once is
in :class:`Habits`.

The readers live in :mod:`sanshe_net.build.cells`, one topic a file; this is where to import them from.
"""

from __future__ import annotations

from sanshe_net.build.cells.contacts import building, phone
from sanshe_net.build.cells.dates import EARLIEST, LATEST, Precision, Span, dates, day, last_day
from sanshe_net.build.cells.marks import mark_key, present
from sanshe_net.build.cells.names import incomplete, name, name_and_hint
from sanshe_net.build.cells.numbers import age, amount, birth_year, number
from sanshe_net.build.cells.people import People, names, people, person
from sanshe_net.build.cells.text import (
    BLANK_WORDS,
    NO_HABITS,
    Cell,
    DateOrder,
    Habits,
    LostCell,
    MarkMeaning,
    Told,
    Unclear,
    remarks,
    shown,
    text,
)
from sanshe_net.build.cells.titles import day_in_title
from sanshe_net.build.cells.words import LABELS, LEXICONS, consent, word, word_key, words

__all__ = [
    "BLANK_WORDS", "EARLIEST", "LABELS", "LATEST", "LEXICONS", "NO_HABITS", "Cell", "DateOrder", "Habits",
    "LostCell", "MarkMeaning", "People", "Precision", "Span", "Told", "Unclear", "age", "amount",
    "birth_year", "building", "consent", "dates", "day", "day_in_title", "incomplete", "last_day", "mark_key", "name",
    "name_and_hint", "names", "number", "people", "person", "phone", "present", "remarks", "shown", "text", "word",
    "word_key", "words",
]  # fmt: skip
