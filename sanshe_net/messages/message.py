"""What a message is: how severe, its two wordings, and which of its facts may name a person."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

Severity: TypeAlias = Literal["error", "question", "warning", "note"]
STOPS: Final[frozenset[Severity]] = frozenset({"error", "question"})
"""An error must be corrected, a question answered, before a run goes on."""


VALUE: Final = ("value",)


class Message(NamedTuple):
    """One message: severity and the two wordings.

    ``personal`` names the facts that may hold a name, a phone or an address: they are masked in the terminal
    and in logs. ``value``, what stood in a cell, is one of them unless a message says that it never is.
    """

    severity: Severity
    zh: str
    en: str
    personal: tuple[str, ...] = VALUE


def error(zh: str, en: str, *, personal: tuple[str, ...] = VALUE) -> Message:
    """Return a message about something that must be corrected."""
    return Message("error", zh, en, personal)


def question(zh: str, en: str, *, personal: tuple[str, ...] = VALUE) -> Message:
    """Return a message about something that a person must decide."""
    return Message("question", zh, en, personal)


def warning(zh: str, en: str, *, personal: tuple[str, ...] = VALUE) -> Message:
    """Return a message about something that may be wrong."""
    return Message("warning", zh, en, personal)


def note(zh: str, en: str, *, personal: tuple[str, ...] = VALUE) -> Message:
    """Return a message about something that was done."""
    return Message("note", zh, en, personal)
