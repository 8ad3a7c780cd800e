"""The name of one person or body."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from sanshe_net.build.cells.text import BLANK_WORDS, Cell, text

LONGEST_NAME: Final = 100
HAN: Final = "㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f〇"
"""Chinese characters, for a class of a pattern."""

_COMPOUND: Final = (
    "欧阳 太史 端木 上官 司马 东方 独孤 南宫 夏侯 诸葛 尉迟 皇甫 公孙 慕容 长孙 宇文 司徒 司空 令狐 轩辕 "
    "钟离 闾丘 澹台 濮阳 淳于 单于 申屠 公冶 宗政 赫连 百里 呼延 东郭 西门 拓跋 万俟 鲜于 仲孙"
)
COMPOUND_SURNAMES: Final = frozenset(_COMPOUND.split())
_SURNAMES: Final = (
    "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段钱汤尹黎易常武乔贺"
    "赖龚文"
)
_TITLES: Final = (
    "阿姨 叔叔 伯伯 伯父 大伯 大爷 大妈 大娘 大叔 大婶 大姐 大哥 婆婆 公公 奶奶 爷爷 先生 女士 小姐 太太 "
    "老师 师傅 医生 护士 主任 书记 站长 经理 老板 同学 同志 教练 警官 律师 校长 院长 所长 队长 组长 会长 "
    "姐 哥 嫂 婶 姨 叔 总"
)
_KIN: Final = (
    "妈妈 爸爸 妈 爸 家长 奶奶 爷爷 外婆 外公 姥姥 姥爷 母亲 父亲 的妈妈 的爸爸 儿子 女儿 爱人 老公 老婆 "
    "家属 孙子 孙女"
)
_SURNAME: Final = f"(?:[{HAN}]|{'|'.join(sorted(COMPOUND_SURNAMES))})"
_INCOMPLETE: Final = re.compile(
    rf"(?:[{HAN}]{{1,3}}|[A-Za-z]{{1,20}}\.?\s?)\*{{1,99}}[{HAN}A-Za-z]{{0,3}}|\*{{1,99}}[{HAN}A-Za-z]{{1,20}}"
    rf"|.*(?<=[{HAN}])[xX×○□■_?]+[{HAN}]?|[{HAN}]{{1,3}}某{{1,2}}|某.*|[xX][{HAN}]{{1,2}}"
    rf"|{_SURNAME}(?:{'|'.join(_TITLES.split())})"
    rf"|[{HAN}]{{1,4}}(?:{'|'.join(_KIN.split())})"
    rf"|.{{0,2}}姓(?:居民|住户|业主|先生|女士|阿姨|老人)?|[老小][{_SURNAMES}]|阿[{HAN}]|[{_SURNAMES}]"
    r"|(?:mr|mrs|ms|miss|dr|auntie|uncle|grandma|grandpa)\.?\s\w+"
)
_HINT: Final = re.compile(r"(?P<name>[^()\[\]【】]+)[(\[【](?P<hint>[^()\[\]【】]{1,20})[)\]】]")


_QUOTES: Final = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "『": "』", "„": "“", "«": "»"}
_QUOTED: Final = re.compile(f"[{''.join(_QUOTES)}][^{''.join({*_QUOTES, *_QUOTES.values()})}]+(.)", re.DOTALL)


def unquoted(tidy: str) -> str:
    """Return a text without the quotes around the whole of it; others, as around a nickname, stay.

    >>> unquoted("“张三”"), unquoted("张三“老张”"), unquoted("“张三”、“李四”")
    ('张三', '张三“老张”', '“张三”、“李四”')
    """
    if tidy[:1] not in _QUOTES:
        return tidy
    found = _QUOTED.fullmatch(tidy)
    inside = tidy[1:-1].strip()
    return inside if found is not None and found[1] == _QUOTES[tidy[0]] and inside else tidy


def name(cell: Cell) -> str | None:
    """Return a person's or body's name; spaces between Chinese characters are layout, not part of it.

    Nor are quotes around it.

    >>> name("张　 伟 ")
    '张伟'
    >>> name("Evelyn  Jefferson")
    'Evelyn Jefferson'
    """
    tidy = unquoted(text(cell) or "")
    if tidy.casefold() in BLANK_WORDS:
        return None
    joined = re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", tidy)
    # What stood on both sides of a space may now be one character, or in another order.
    return joined if joined.isascii() else unicodedata.normalize("NFKC", joined)


def name_and_hint(cell: Cell) -> tuple[str | None, str]:
    """Return a name and what stands in brackets after it.

    >>> name_and_hint("王强（组长）")
    ('王强', '组长')
    """
    whole = name(cell)
    found = _HINT.fullmatch(whole) if whole is not None and len(whole) <= LONGEST_NAME else None
    if found is None or not found["name"].strip() or not found["hint"].strip():
        return whole, ""
    return found["name"].strip(), found["hint"].strip()


def starts_with_surname(name: str) -> bool:
    """Return whether a name starts with one of the hundred most common surnames."""
    return name.startswith(tuple(_SURNAMES)) or name[:2] in COMPOUND_SURNAMES


def incomplete(name: str) -> bool:
    """Return whether a name is masked or a form of address: 张**, 李某, 王阿姨, 小明妈妈, Mrs Smith.

    Two such names are never a reason to take two people for one.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return len(folded) <= LONGEST_NAME and _INCOMPLETE.fullmatch(folded) is not None
