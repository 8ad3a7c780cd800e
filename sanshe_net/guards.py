"""Text that a spreadsheet would run as a formula, made harmless in CSV, and read back as it was.

A leading ``'`` keeps every spreadsheet from running a cell. Text that starts with ``'`` before such a start
gets one more, so that taking one away always gives the text that was written.
"""

from __future__ import annotations

import re
from typing import Final

_ARMED: Final = re.compile("'*[=+\\-@\t\r\n\0＝＋－＠]")
"""How a formula starts, full-width signs and characters that a spreadsheet skips included."""
_DISARMED: Final = re.compile(f"'{_ARMED.pattern}")


def guarded(text: str) -> str:
    """Return ``text`` as it goes into a CSV cell; :func:`unguarded` undoes it exactly.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("李梅")
    ("'=1+1", "''=1+1", '李梅')
    """
    return f"'{text}" if _ARMED.match(text) else text


def unguarded(text: str) -> str:
    """Return the text of a CSV cell without the guard of :func:`guarded`.

    >>> unguarded("'=1+1"), unguarded("''=1+1"), unguarded("'李梅'")
    ('=1+1', "'=1+1", "'李梅'")
    """
    return text[1:] if _DISARMED.match(text) else text
