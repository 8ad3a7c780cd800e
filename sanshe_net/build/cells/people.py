"""Who is named in a cell: one person, several, or more than are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from sanshe_net.build.cells.names import (
    COMPOUND_SURNAMES,
    HAN,
    LONGEST_NAME,
    name,
    name_and_hint,
    starts_with_surname,
    unquoted,
)
from sanshe_net.build.cells.numerals import chinese_number
from sanshe_net.build.cells.text import BLANK_WORDS, Cell, Told, Unclear, lines, remarks, text, told
from sanshe_net.build.cells.words import LEXICONS, word_key

LONGEST_LIST: Final = 4_000
"""Characters of a cell that may list people."""


@dataclass(frozen=True)
class People:
    """Who a cell names.

    ``names`` each once, in order; ``unnamed`` how many more there were (``None``: some, nobody counted);
    ``groups`` what stands for people without naming them; ``pieces`` the parts of the cell as written.
    """

    names: tuple[str, ...]
    unnamed: int | None = 0
    groups: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()


_PARTS: Final = re.compile(r"(?:\([^()]*\)|[^、,;/|\n])+|[、,;/|\n]")
"""What stands between separators, and the separators; those in brackets belong to the name."""
_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")
_NUMBERING: Final = re.compile(rf"(?m)^\(?\d{{1,3}}[、.)]\s?(?=[{HAN}])")
_NUMBERED: Final = re.compile(rf"\d{{1,2}}(?P<name>[{HAN}]{{2,4}})")
_FOREIGN_NAME: Final = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ.'’-]+(?: [A-Za-zÀ-ɏ.'’-]+){0,4}")
_NAME_LIKE: Final = re.compile(r"(?!.*--)[A-Za-zÀ-ɏ.'’,\- ]+")
"""Letters, and what stands between the letters of names in other scripts."""
_SUFFIXES: Final = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "md"})
_HAS_HAN: Final = re.compile(f"[{HAN}]")
_BARE_NAME: Final = re.compile("[一-鿿]{2,3}")
_HAN_TOKEN: Final = re.compile(f"[{HAN}]{{1,4}}")
_AND: Final = re.compile(rf"([{HAN}]{{2,3}})[和与及]([{HAN}]{{2,3}})")
_COUNT: Final = r"(?:\d{1,5}|[一二三四五六七八九十百两]{1,5})"
_WHO: Final = r"(?:人|居民|群众|志愿者|党员)"
_AND_MORE: Final = re.compile(
    rf"(?P<names>[^等]*?)\s?(?:等\s?共?\s?(?P<total>{_COUNT})\s?[余多]?\s?[名位个]?{_WHO}?"
    rf"|等?\s?(?:若干|多|数)[名位个]?{_WHO}|等若干|等{_WHO}?)"
)
_ONLY_COUNT: Final = re.compile(
    rf"[{HAN}]{{0,8}}?\s?(?P<count>{_COUNT})\s?[余多]?\s?(?:[名位个]?{_WHO}|[名位])"
)
_GROUP: Final = re.compile(
    r".*(?:全体|全家|一家|夫妇|夫妻|两口子|家属|家人|若干|一行|各.{1,6}代表).*"
    r"|.*(?:居民|党员|业主|楼栋|群众|志愿者|学生|家长|妇女|单位|街坊|商户)(?:代表|们|朋友)"
    r"|匿名|无名氏?|佚名|不详|未知|保密"
    r"|.{0,30}(?:社工站|社工服务站|服务站|工作站|社工机构|居委会|居民委员会|村委会|业委会|街道办|街道办事处|派出所|党支部"
    r"|物业公司|有限公司|服务中心|协会|联合会|基金会|幼儿园|小学|中学|医院|卫生站|工作室|志愿队|服务队|舞蹈队|合唱队)"
)
_PHONE_LIKE: Final = re.compile(r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}[- ]?\d{7,8}|\d{14,17}[\dXx])(?!\d)")
_COMPANY: Final = re.compile(
    rf"(?P<name>[{HAN}]{{2,6}})\s?(?:\+\s?(?P<count>\d{{1,3}})\s?人?|\((?:带|含|及|和|携)[^()]{{1,12}}\))"
)
"""Somebody and those they brought: 张三+2, 李四(带孩子)."""
_SIGNED_FOR: Final = re.compile(r"代签|代签到|代签名|代签字")
_LOST_LETTERS: Final = re.compile(r"[?□■\ufffd ]+")
"""What is left of a name that a program could not write."""
_ROLES: Final = LEXICONS["role"].keys() | LEXICONS["kind"].keys() | LEXICONS["member_role"].keys()


def person(cell: Cell) -> str | Told | None:
    """Return the name of one person.

    Returns
    -------
    The name; :class:`Told` with ``N-NAME-HINT`` when a role in brackets was taken off it (王强（组长）), or
    ``W-TEXT-DIRECTION``.

    Raises
    ------
    Unclear
        ``E-NAME-SEVERAL`` for several names in one cell (``Jefferson, Evelyn`` is one), and as
        :func:`people`: ``Q-NAME-UNNAMED``, ``Q-NAME-GROUP``, ``Q-NAME-SUSPECT``.
    """
    read = people(cell)
    codes: tuple[str, ...] = ()
    if isinstance(read, Told):
        read, codes = read.value, read.codes
    if read is None:
        return None
    question = next((code for code in codes if code.startswith("Q-")), None)
    if question is not None:
        raise Unclear(question)
    if len(read.names) > 1 or len(read.pieces) > 1:
        raise Unclear("E-NAME-SEVERAL")
    return told(read.names[0], codes)  # type: ignore[no-any-return]


def people(cell: Cell) -> People | Told | None:
    """Return everybody whom a cell names; ``None`` when it is blank.

    Names stand apart by 、 ， ； / | or a line break; Chinese names also by spaces (张三 李四), but a single
    character is never a name (张　三).

    Returns
    -------
    :class:`People`, within :class:`Told` with ``N-NAME-SPLIT`` when there are several, ``N-NAME-TWICE`` when
    one stands there twice, ``N-NAME-HINT`` and ``W-TEXT-DIRECTION``; with ``Q-NAME-UNNAMED`` when more came
    than are named (等15人), ``Q-NAME-GROUP`` for what names nobody (全体居民, 张三夫妇).

    Raises
    ------
    Unclear
        ``Q-NAME-SUSPECT`` for what looks like several rows in one cell, or a phone number among the names.
    """
    if type(cell) is str and _is_bare_name(cell):
        found, codes = _sorted_out((cell,))
        return told(found, tuple(codes))  # type: ignore[no-any-return]
    tidy = unquoted(text(cell) or "")
    if tidy.casefold() in BLANK_WORDS:
        return None
    if len(tidy) > LONGEST_LIST or _PHONE_LIKE.search(tidy):
        raise Unclear("Q-NAME-SUSPECT")
    if _SIGNED_FOR.search(tidy) or _LOST_LETTERS.fullmatch(tidy):
        raise Unclear("Q-NAME-SUSPECT")
    written = _NUMBERING.sub("", "\n".join(map(_without_number, lines(unquoted("\n".join(lines(cell)))))))
    more = _AND_MORE.fullmatch(written)
    listed = written if more is None else more["names"]
    if "\n" in listed and re.search(r"\d", _IN_BRACKETS.sub("", listed)):
        raise Unclear("Q-NAME-SUSPECT")
    pieces = tuple(piece for part in _parts(listed) for piece in _apart(part))
    if not _HAS_HAN.search(listed) and not all(map(_NAME_LIKE.fullmatch, pieces)):
        pieces = (tidy,)  # semicolons in what is no list of names separate nothing
    if not pieces and more is None:
        return None
    found, codes = _sorted_out(pieces)
    if more is not None:
        total = _count(more["total"])
        unnamed = None if total is None or found.unnamed is None else max(total - len(found.names), 0)
        found, codes = replace(found, unnamed=unnamed), [*codes, "Q-NAME-UNNAMED"]
    return told(found, (*remarks(cell), *codes))  # type: ignore[no-any-return]


def _is_bare_name(cell: str) -> bool:
    """Whether there is nothing to tidy and nothing to take apart, as in most cells."""
    plain = _BARE_NAME.fullmatch(cell) is not None and cell not in BLANK_WORDS
    return plain and _AND_MORE.fullmatch(cell) is None and _SIGNED_FOR.search(cell) is None


def _without_number(line: str) -> str:
    """Return a line without the number before a name: ③王五."""
    numbered = _NUMBERED.fullmatch(line)
    return numbered["name"] if numbered is not None and starts_with_surname(numbered["name"]) else line


def _sorted_out(pieces: Sequence[str]) -> tuple[People, list[str]]:
    """Return which pieces are names and which are not, and what is to be said of it."""
    names: list[str] = []
    groups: list[str] = []
    counts: list[int | None] = []
    codes = ["N-NAME-SPLIT"] if len(pieces) > 1 else []
    for piece in pieces:
        counted = _ONLY_COUNT.fullmatch(piece)
        if counted is not None or _AND_MORE.fullmatch(piece):
            counts.append(_count(counted["count"]) if counted is not None else None)
            codes.append("Q-NAME-UNNAMED")
        elif company := _COMPANY.fullmatch(piece):
            names.append(company["name"])
            counts.append(_count(company["count"]))
            codes.append("Q-NAME-UNNAMED")
        elif _GROUP.fullmatch(piece) or word_key(piece) in _ROLES:
            groups.append(piece)
            codes.append("Q-NAME-GROUP")
        else:
            bare, hint = name_and_hint(piece)
            hinted = bool(bare) and word_key(hint) in _ROLES
            names.append(str(bare) if hinted else piece)
            codes += ["N-NAME-HINT"] * hinted
    if len(set(names)) < len(names):
        codes.append("N-NAME-TWICE")
    unnamed = None if None in counts else sum(count for count in counts if count is not None)
    return People(tuple(dict.fromkeys(names)), unnamed, tuple(groups), tuple(pieces)), codes


def _count(written: str | None) -> int | None:
    if written is None or written.isdigit():
        return None if written is None else int(written)
    try:
        return chinese_number(written)
    except ValueError:
        return None


def _parts(listed: str) -> Iterator[str]:
    """Yield what stands between separators; a separator within a foreign name is none."""
    held: list[str] = []
    separator = ""
    for part in _PARTS.findall(listed):
        if part in _SEPARATORS:
            separator = part
        elif not part.strip():
            continue
        elif held and not _separates(held[-1], separator, part):
            held += [separator, part]
        else:
            yield from _of_foreign(held)
            held = [part]
    yield from _of_foreign(held)


_SEPARATORS: Final = frozenset("、,;/|\n")


def _separates(left: str, separator: str, right: str) -> bool:
    if separator == "、" or _HAS_HAN.search(left) or _HAS_HAN.search(right):
        return True
    foreign = all(_FOREIGN_NAME.fullmatch(side.strip()) for side in (left, right))
    return separator != "," and foreign


def _of_foreign(held: Sequence[str]) -> Iterator[str]:
    """Yield the names in foreign writing with commas: ``Jefferson, Evelyn`` is one, three words are three."""
    parts = [part.strip() for part in held[::2]]
    foreign = all(_FOREIGN_NAME.fullmatch(part) for part in parts)
    if len(parts) > 1 and parts[-1].casefold() in _SUFFIXES:
        parts.pop()
    words = [len(part.split()) > 1 for part in parts]
    if len(parts) < 2 or not foreign or (len(parts) == 2 and not words[0]):
        yield from ["".join(held)] * bool(held)
    elif len(parts) > 2 and len(set(words)) == 1:
        yield from parts
    else:
        raise Unclear("Q-NAME-SUSPECT")


def _apart(part: str) -> list[str]:
    """Return the Chinese names that spaces or 和 keep apart; anything else as the one piece it is."""
    joined = name(part)
    tokens = part.split()
    if joined is None:
        return []
    if len(joined) > LONGEST_NAME:
        raise Unclear("Q-NAME-SUSPECT")
    both = _AND.fullmatch(joined)
    if both is not None and (len(tokens) == 1 or len(tokens) == 3):
        return [both[1], both[2]]
    if len(tokens) == 1 or not all(_HAN_TOKEN.fullmatch(token) for token in tokens):
        return [joined]
    if len(tokens) == 2 and (tokens[0] in COMPOUND_SURNAMES or min(map(len, tokens)) == 1):
        return [joined]
    return _of_tokens(tokens)


def _of_tokens(tokens: Sequence[str]) -> list[str]:
    """Return names of two or three characters; a row of single ones (王 小 明) is one of them."""
    names = []
    for single, run in groupby(tokens, lambda token: len(token) == 1):
        held = list(run)
        found = ["".join(held)] if single else held
        if not all(len(token) in (2, 3) or token[:2] in COMPOUND_SURNAMES for token in found):
            raise Unclear("Q-NAME-SUSPECT")
        names += found
    return names


def names(cell: Cell) -> tuple[str, ...]:
    """Return the names in a cell that lists bodies, or bodies and people: ``舞蹈队、合唱团``."""
    tidy = text(cell)
    if tidy is None:
        return ()
    parts = (name(part) for part in re.split(r"[、,;/|]|\s和\s", tidy))
    return tuple(dict.fromkeys(part for part in parts if part is not None))
