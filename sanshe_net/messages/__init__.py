"""Every message of the tool: a stable code, how severe it is, and its wording in Chinese and English.

A wording says what was found, what is allowed and what to do. ``{names}`` are filled in by
:mod:`sanshe_net.errors`. Codes never change meaning; ``E-`` (to correct) and ``Q-`` (to decide) stop a run,
``W-`` and ``N-`` do not. One file a topic.
"""

from __future__ import annotations

from typing import Final

from sanshe_net.messages import (
    attendance,
    cells,
    files,
    graphs,
    mapping,
    networks,
    output,
    people,
    privacy,
    settings,
    tables,
)
from sanshe_net.messages.message import STOPS, Message, Severity

__all__ = ["MESSAGES", "STOPS", "Message", "Severity"]

_TOPICS: Final = (
    attendance,
    cells,
    files,
    graphs,
    mapping,
    networks,
    output,
    people,
    privacy,
    settings,
    tables,
)
MESSAGES: Final[dict[str, Message]] = {
    code: message for topic in _TOPICS for code, message in topic.MESSAGES.items()
}
