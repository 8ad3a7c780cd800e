"""How names sound and look: what makes two of them variants of one.

Pinyin without tones. A character that people read in several ways in names keeps them all (单 is dan and,
as a surname, shan); readings that only dictionaries know would make 方 and 王 sound alike.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import islice, product
from typing import Final

_ALSO_READ: Final = {
    character: tuple(also.split())
    for character, also in (
        ("单", "shan"), ("解", "xie"), ("仇", "qiu"), ("曾", "zeng ceng"), ("区", "ou"), ("查", "zha"),
        ("盖", "ge gai"), ("朴", "piao"), ("尉", "yu wei"), ("翟", "zhai di"), ("种", "chong"),
        ("缪", "miao"), ("乐", "yue le"), ("冼", "xian"), ("覃", "qin tan"), ("员", "yun"),
        ("谌", "chen shen"),
        ("沈", "shen chen"), ("长", "chang zhang"), ("朝", "chao zhao"), ("晟", "sheng cheng"),
        ("盛", "sheng cheng"), ("茜", "qian xi"), ("娜", "na nuo"), ("莘", "xin shen"), ("行", "xing hang"),
        ("重", "zhong chong"), ("贾", "jia gu"),
    )
}  # fmt: skip
READINGS: Final = 8
"""A name with more combinations of readings than this keeps the first so many."""
_TRADITIONAL: Final = (
    "張张劉刘陳陈楊杨黃黄趙赵吳吴孫孙馬马許许鄭郑謝谢韓韩馮冯鄧邓蕭萧葉叶蘇苏呂吕盧卢鍾钟譚谭陸陆賈贾鄒邹龍龙賀贺"
    "顧顾龔龚萬万錢钱嚴严湯汤羅罗蔣蒋閻阎韋韦賴赖莊庄關关藍蓝偉伟華华國国強强麗丽蘭兰鳳凤蓮莲軍军傑杰靜静紅红曉晓"
    "慶庆貴贵愛爱東东會会豔艳艷艳雲云銀银寶宝標标輝辉潔洁瓊琼順顺賢贤學学業业義义榮荣勝胜聖圣壽寿書书樹树紀纪維维"
    "瑩莹穎颖陽阳鄉乡嬌娇蓉蓉鈴铃錦锦鎮镇鑫鑫長长門门開开興兴達达遠远連连進进運运還还邁迈歡欢隊队團团區区場场"
)
_SIMPLER: Final = str.maketrans(dict(zip(_TRADITIONAL[::2], _TRADITIONAL[1::2], strict=True)))
_HINT: Final = re.compile(r"[(\[{【（].*?[)\]}】）]|[\d\W_]+")

_NUMERAL_NAME: Final = re.compile(r"[一-鿿]\d{1,2}")
_NUMERALS: Final = str.maketrans("0123456789", "零一二三四五六七八九")


@lru_cache(maxsize=100_000)
def core(name: str) -> str:
    """Return a name without what is written beside it: brackets, digits, marks; characters simplified.

    A digit that is all there is beside a surname stands for the numeral.

    >>> core("張伟（组长）2"), core("舞蹈 队"), core("007"), core("张1")
    ('张伟', '舞蹈队', '007', '张一')
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    if _NUMERAL_NAME.fullmatch(folded):
        folded = folded.translate(_NUMERALS)
    return _HINT.sub("", folded).translate(_SIMPLER) or folded


@lru_cache(maxsize=20_000)
def readings(character: str) -> tuple[str, ...]:
    """Return the readings of a character in pinyin without tones, the usual one first."""
    from pypinyin import Style, pinyin

    usual = pinyin(character, style=Style.NORMAL)[0]
    return tuple(dict.fromkeys((*usual, *_ALSO_READ.get(character, ()))))


@lru_cache(maxsize=100_000)
def sounds(name: str) -> tuple[str, ...]:
    """Return how a name may be read, syllables run together, so that ``Wang Wei`` sounds like 王伟.

    >>> sounds("单小明"), sounds("Wang Wei")
    (('danxiaoming', 'shanxiaoming'), ('wangwei',))
    """
    combined = product(*(readings(character) for character in core(name)))
    return tuple("".join(parts) for parts in islice(combined, READINGS))


@lru_cache(maxsize=100_000)
def rough(name: str) -> str:
    """Return how a name sounds to those who hear no zh/z, ch/c, sh/s, n/l and -ng/-n apart.

    >>> rough("王玲") == rough("黄林"), rough("王玲") == rough("王林")
    (False, True)
    """
    return " ".join(_roughly(readings(character)[0]) for character in core(name))


@lru_cache(maxsize=2_000)
def _roughly(syllable: str) -> str:
    soft = re.sub(r"^([zcs])h", r"\1", syllable)
    return re.sub(r"ng$", "n", re.sub(r"^l", "n", soft))


def spoken_alike(one: str, other: str) -> bool:
    """Return whether two names share a reading."""
    return not set(sounds(one)).isdisjoint(sounds(other))
