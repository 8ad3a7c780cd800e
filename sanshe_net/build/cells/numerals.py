"""Chinese numerals, as words (五千二百) and as digits (二〇一九)."""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {digit: i for i, digit in enumerate("〇一二三四五六七八九")} | {
    "零": 0, "○": 0, "O": 0, "两": 2,
    "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9,
    **{str(digit): digit for digit in range(10)},
}  # fmt: skip
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS: Final = {"亿": 10**8, "万": 10**4}
"""The largest first."""
LONGEST: Final = 24
WRITTEN: Final = re.compile(
    f"[{''.join(d for d in _DIGITS if not d.isascii())}{''.join(_UNITS)}万萬亿]{{1,{LONGEST}}}"
)
"""Any run of Chinese numerals."""


def chinese_number(numerals: str) -> int:
    """Return 12 for 十二, 5000 for 五千 and 2019 for 二〇一九.

    Raises
    ------
    ValueError
        For what is no number (十十, 五千千) and what is read in two ways (一百五, 一万五).
    """
    if not 0 < len(numerals) <= LONGEST:
        raise ValueError(numerals)
    if all(character in _DIGITS for character in numerals):
        return int("".join(str(_DIGITS[character]) for character in numerals))
    total = 0
    rest = numerals.replace("萬", "万")
    for mark, size in _GROUPS.items():
        if mark in rest:
            head, rest = rest.split(mark, 1)
            if not head:
                raise ValueError(numerals)
            total += _below_ten_thousand(head) * size
    if len(rest) == 1 and total:
        raise ValueError(numerals)
    return total + (_below_ten_thousand(rest) if rest else 0)


def _below_ten_thousand(numerals: str) -> int:
    total, digit, last = 0, None, 10_000
    # 一百五 is 150 to some and 105 to others: after a hundred a single digit needs its 零.
    if len(numerals) > 1 and numerals[-1] in _DIGITS and numerals[-2] in _UNITS and _UNITS[numerals[-2]] > 10:
        raise ValueError(numerals)
    for character in numerals:
        if character in _UNITS and _UNITS[character] < last:
            last = _UNITS[character]
            if digit is None and (last != 10 or total):
                raise ValueError(numerals)
            total += (1 if digit is None else digit) * last
            digit = None
        elif character in "零〇" and digit is None:
            continue
        elif character in _DIGITS and digit is None:
            digit = _DIGITS[character]
        else:
            raise ValueError(numerals)
    return total + (digit or 0)
