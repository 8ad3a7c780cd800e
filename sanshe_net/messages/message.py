"""What a message is: how severe, and its two wordings."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "question", "warning", "note"]
STOPS: Final[frozenset[Severity]] = frozenset({"error", "question"})
"""An error must be corrected, a question answered, before a run goes on."""


class Message(NamedTuple):
    """One message: severity and the two wordings."""

    severity: Severity
    zh: str
    en: str


def error(zh: str, en: str) -> Message:
    """Return a message about something that must be corrected."""
    return Message("error", zh, en)


def question(zh: str, en: str) -> Message:
    """Return a message about something that a person must decide."""
    return Message("question", zh, en)


def warning(zh: str, en: str) -> Message:
    """Return a message about something that may be wrong."""
    return Message("warning", zh, en)


def note(zh: str, en: str) -> Message:
    """Return a message about something that was done."""
    return Message("note", zh, en)
