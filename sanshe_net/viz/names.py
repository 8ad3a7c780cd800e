"""What the actors of a map are called: their names made distinct, or codes that give no name away."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import pandas as pd

from sanshe_net.viz.wording import CODE_LETTERS
from sanshe_net.vocabulary import Label

NameMode: TypeAlias = Literal["full", "code", "given", "groups"]

_CHINESE: Final = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


class Names(NamedTuple):
    """The words for each actor, in the order asked for."""

    labels: list[str]
    codes: list[str]
    pinyin: list[str]
    hide: Callable[[str], str]
    """Takes every known name out of a text; does nothing when names are shown."""


def full_names(actors: pd.DataFrame, groups: Sequence[str]) -> Names:
    """Return the names as they are; who shares a name gets the group, then the id, added."""
    ids = [str(actor) for actor in actors.index]
    plain = [str(name).strip() or code for name, code in zip(actors["label"], ids, strict=True)]
    labels = _tell_apart(plain, groups)
    labels = _tell_apart(labels, ids)
    codes = ["" if code == name else code for code, name in zip(ids, plain, strict=True)]
    return Names(labels, codes, _pinyin_keys(plain), lambda text: text)


def coded_names(actors: pd.DataFrame, seed: int) -> Names:
    """Return codes, a letter for the kind and a number drawn by a seeded shuffle."""
    letters = [CODE_LETTERS.get(kind, "X") for kind in actors["kind"]]
    shuffled = list(range(len(letters)))
    random.Random(seed).shuffle(shuffled)
    width = max(len(str(max(Counter(letters).values(), default=1))), 2)
    codes = [""] * len(letters)
    given: Counter[str] = Counter()
    for position in shuffled:
        given[letters[position]] += 1
        codes[position] = f"{letters[position]}{given[letters[position]]:0{width}d}"
    return Names(codes, [""] * len(codes), [""] * len(codes), _hider(actors, codes))


def hide_label(names: Names, label: Label) -> Label:
    """Return ``label`` with every known name taken out of both wordings."""
    return Label(names.hide(label.zh), names.hide(label.en))


def _tell_apart(labels: list[str], marks: Sequence[str]) -> list[str]:
    held = Counter(labels)
    return [
        f"{label}（{mark}）" if held[label] > 1 and mark else label
        for label, mark in zip(labels, marks, strict=True)
    ]


def _hider(actors: pd.DataFrame, codes: list[str]) -> Callable[[str], str]:
    """Return a function that puts codes where names or ids stand.

    Names and ids of one character or that are bare numbers are replaced only when they are the whole text:
    inside a sentence they are ordinary words.
    """
    code_of: dict[str, str] = {}
    for name, actor, code in zip(actors["label"], actors.index, codes, strict=True):
        for word in (str(name).strip(), str(actor).strip()):
            if word:
                code_of[word] = code if code_of.get(word, code) == code else "—"
    long = [word for word in code_of if len(word) > 1 and not word.isdigit()]
    long.sort(key=lambda word: (-len(word), word))
    pattern = re.compile("|".join(map(re.escape, long))) if long else None

    def hide(text: str) -> str:
        if text.strip() in code_of:
            return code_of[text.strip()]
        return pattern.sub(lambda found: code_of[found[0]], text) if pattern else text

    return hide


def _pinyin_keys(names: list[str]) -> list[str]:
    """Return what can be typed for each name: full pinyin, initials, other readings of the surname."""
    known: dict[str, str] = {}
    return [known.setdefault(name, _pinyin_key(name)) if _CHINESE.search(name) else "" for name in names]


def _pinyin_key(name: str) -> str:
    from pypinyin import Style, lazy_pinyin, pinyin

    syllables = [part.strip().lower() for part in lazy_pinyin(name) if part.strip()]
    readings = [syllables]
    for other in pinyin(name[0], style=Style.NORMAL, heteronym=True)[0]:
        if other != syllables[0]:
            readings.append([other, *syllables[1:]])
    keys: list[str] = []
    for reading in readings[:3]:
        keys += ["".join(reading), "".join(part[0] for part in reading)]
    return " ".join(dict.fromkeys(_plain_letters(key) for key in keys))


def _plain_letters(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key)


def group_texts(groups: pd.Series[Any]) -> list[str]:
    """Return the group of each actor as text, empty when there is none."""
    return ["" if value is None or pd.isna(value) else str(value) for value in groups]
