"""What a terminal or a log may show of a cell: enough to find it, never a name, a phone or an address."""

from __future__ import annotations

import re
from typing import Final

_NUMBER: Final = re.compile(r"\d(?:[\s\-.()（）]{0,3}\d){6,}")
"""As many digits as a phone has, however they are grouped."""
_DAY: Final = r"(?:19|20)\d\d[-./]?\d{1,2}[-./]?\d{1,2}"
_DAYS: Final = re.compile(rf"{_DAY}(?:\s*-\s*{_DAY}|\s+\d{{1,2}})?", re.ASCII)
_WORD: Final = re.compile(r"[^\s、,，;；/|()（）:：“”\"]+")
_UNIT: Final = re.compile(r"(?<=\d)(?:人次|[年月日号时分元万])")


def masked(text: str) -> str:
    """Return ``text`` with every word cut to its first character and every phone to three digits.

    Dates, marks and small numbers stay: they are what must be corrected, and they name nobody.

    >>> masked("张三丰、13800138000"), masked("2024年2月30日"), masked("△")
    ('张**、138****', '2024年2月30日', '△')
    """
    return _WORD.sub(_masked_word, _NUMBER.sub(_masked_number, text))


def _masked_number(found: re.Match[str]) -> str:
    if _DAYS.fullmatch(found[0]):
        return found[0]
    return "".join(character for character in found[0] if character.isdigit())[:3] + "****"


def _masked_word(found: re.Match[str]) -> str:
    word = found[0]
    if not any(character.isalpha() for character in _UNIT.sub("", word)):
        return word
    return f"{word[0]}**"
