"""Cells with a fixed vocabulary: roles, kinds, states, consent."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

from sanshe_net.build.cells import lexicons
from sanshe_net.build.cells.text import NO_HABITS, Cell, Habits, Told, Unclear, filled, text
from sanshe_net.vocabulary import (
    ACTIVITY_KINDS,
    CONSENT,
    COOPERATION_MODES,
    HUKOU,
    ISSUE_KINDS,
    ISSUE_STATES,
    KINDS,
    MEMBER_ROLES,
    NOMINATION_QUESTIONS,
    ROLES,
    SUPPORT_KINDS,
    Label,
)  # fmt: skip

IGNORED_TERM: Final = "ignore"
"""What a station may say that a word of its own means: nothing."""
STOPPING: Final = frozenset({"role", "kind", "issue_state"})
"""Lexicons whose words decide results; one that nobody knows must be corrected."""
_ELSEWHERE: Final = {"role": "kind", "kind": "role"}
"""Columns headed 身份 hold either; a word of the other lexicon is no mistake, it only says nothing here."""
LONGEST_WORD: Final = 60
_LIKE: Final = 0.6

_YES_NO: Final = {"yes": Label("是", "yes"), "no": Label("否", "no")}
LABELS: Final[Mapping[str, Mapping[str, Label]]] = {
    "kind": KINDS, "role": ROLES, "member_role": MEMBER_ROLES, "activity_kind": ACTIVITY_KINDS,
    "mode": COOPERATION_MODES, "support_kind": SUPPORT_KINDS, "issue_kind": ISSUE_KINDS,
    "issue_state": ISSUE_STATES, "question": NOMINATION_QUESTIONS, "hukou": HUKOU, "consent": CONSENT,
    "registered": _YES_NO,
}  # fmt: skip
"""For every field with a fixed vocabulary its terms."""
OTHER_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": lexicons.KIND_WORDS, "role": lexicons.ROLE_WORDS, "member_role": lexicons.MEMBER_WORDS,
    "activity_kind": lexicons.ACTIVITY_WORDS, "support_kind": lexicons.SUPPORT_WORDS,
    "issue_kind": lexicons.ISSUE_WORDS, "issue_state": lexicons.STATE_WORDS,
    "question": lexicons.QUESTION_WORDS, "hukou": lexicons.HUKOU_WORDS, "consent": lexicons.CONSENT_WORDS,
    "registered": lexicons.REGISTERED_WORDS,
}  # fmt: skip


def word_key(word: str) -> str:
    """Return a word in the form in which words are compared."""
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", word).casefold())


def _lexicon(labels: Mapping[str, Label], words: Mapping[str, str]) -> dict[str, str]:
    held: dict[str, str] = {}
    for term, label in labels.items():
        for word in (term, label.zh, label.en, *words.get(term, "").split()):
            held[word_key(word)] = term
    return held


LEXICONS: Final = {name: _lexicon(labels, OTHER_WORDS.get(name, {})) for name, labels in LABELS.items()}
"""How people write the terms -> the term."""


def word(cell: Cell, lexicon: str, habits: Habits = NO_HABITS) -> str | None:
    """Return the term that a cell means in one of :data:`LEXICONS`.

    What ``habits`` say a word means holds before what it means elsewhere.

    >>> word("义工", "role")
    'volunteer'

    Raises
    ------
    Unclear
        When nobody taught us that word: ``E-WORD-UNKNOWN`` for the lexicons in :data:`STOPPING`, its reason
        the nearest known word; ``W-WORD-UNKNOWN`` for the others, and for a role among kinds of people
        (志愿者) or a kind among roles (商户).
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    known, term = _meaning(tidy, lexicon, habits)
    if not known:
        raise _unknown(tidy, lexicon)
    return term


def words(cell: Cell, lexicon: str, habits: Habits = NO_HABITS) -> tuple[str, ...] | Told | None:
    """Return the terms that a cell means, each once: ``志愿者/组织者`` are two.

    Returns
    -------
    The terms, one as a rule; :class:`Told` with ``N-WORDS-SEVERAL`` when there are more.

    Raises
    ------
    Unclear
        As :func:`word`, for the first word that is not known.
    """
    tidy = filled(cell)
    if tidy is None:
        return None
    known, whole = _meaning(tidy, lexicon, habits)
    if known:
        return None if whole is None else (whole,)
    parts = re.split(r"[/、,;|+&]|(?:和|及|与|兼)(?=.)", tidy) if len(tidy) <= LONGEST_WORD else [tidy]
    found: dict[str, None] = {}
    for part in filter(None, map(str.strip, parts)):
        known, term = _meaning(part, lexicon, habits)
        if not known:
            raise _unknown(part, lexicon)
        if term is not None:
            found[term] = None
    if len(found) > 1:
        return Told(tuple(found), ("N-WORDS-SEVERAL",))
    return tuple(found) or None


def consent(cell: Cell, habits: Habits = NO_HABITS) -> str | None:
    """Return what somebody answered when asked for consent; ``None`` where nothing is written.

    A mark (√, ×) says what ``habits`` say of it: present is yes, absent is no.

    Raises
    ------
    Unclear
        ``E-CONSENT-UNCLEAR`` for anything that is not a known answer: a refusal must never be read as
        silence.
    """
    tidy = text(cell)
    if tidy is None:
        return None
    _, found = _meaning(tidy, "consent", habits)
    if found is None:
        marks = {word_key(str(written)): said for written, said in habits.marks.items()}
        found = _MARKED.get(marks.get(word_key(tidy), ""))
    if found is None:
        raise Unclear("E-CONSENT-UNCLEAR")
    return found


_MARKED: Final = {"present": "yes", "absent": "no"}


def _meaning(tidy: str, lexicon: str, habits: Habits) -> tuple[bool, str | None]:
    """Return whether a word is known, and its term (``None`` for one that the station ignores)."""
    key = word_key(tidy)
    for written, term in habits.words.get(lexicon, {}).items():
        if word_key(str(written)) == key:
            return True, None if term == IGNORED_TERM else term
    term_known = LEXICONS[lexicon].get(key)
    return term_known is not None, term_known


def _unknown(tidy: str, lexicon: str) -> Unclear:
    other = _ELSEWHERE.get(lexicon)
    if lexicon not in STOPPING or (other is not None and word_key(tidy) in LEXICONS[other]):
        return Unclear("W-WORD-UNKNOWN")
    if len(tidy) > LONGEST_WORD:
        return Unclear("E-WORD-UNKNOWN")
    like = difflib.get_close_matches(word_key(tidy), sorted(LEXICONS[lexicon]), n=1, cutoff=_LIKE)
    if not like:
        return Unclear("E-WORD-UNKNOWN")
    return Unclear("E-WORD-UNKNOWN", Label(f"是不是“{like[0]}”？", f" Did you mean “{like[0]}”?"))
