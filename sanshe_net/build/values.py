"""What one cell means: pure functions from a raw cell to a clean value.

Each returns the value, ``None`` for a blank cell, or raises :class:`Unclear` with the code of the message
that says what is wrong. None of them guesses.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from sanshe_net.vocabulary import (
    ACTIVITY_KINDS,
    CONSENT,
    COOPERATION_MODES,
    HUKOU,
    ISSUE_KINDS,
    ISSUE_STATES,
    KINDS,
    MEMBER_ROLES,
    NOMINATION_QUESTIONS,
    ROLES,
    SUPPORT_KINDS,
    Label,
)  # fmt: skip


@dataclass(frozen=True)
class LostCell:
    """A cell that holds no value, only a failure: a formula error, or a formula never calculated.

    ``code`` names the message, ``shown`` is what the spreadsheet shows there.
    """

    code: str
    shown: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | LostCell | None

BLANK_WORDS: Final = frozenset({"", "-", "--", "—", "/", "\\", "无", "暂无", "未填", "n/a"})


class Unclear(ValueError):  # noqa: N818 - it is a question, not a fault
    """A cell that cannot be read; ``code`` names the message, ``reason`` fills it."""

    def __init__(self, code: str, reason: str | Label = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason


def text(cell: Cell) -> str | None:
    """Return the cell as tidy text: full-width folded, invisible characters and outer spaces gone.

    >>> text(" １２栋　")
    '12栋'

    Raises
    ------
    Unclear
        ``E-CONTROL-CHARACTER`` when it holds a control character other than tab and line breaks,
        ``E-CELL-ERROR`` or ``E-CELL-FORMULA`` when the workbook holds no value for it.
    """
    if cell is None:
        return None
    if isinstance(cell, LostCell):
        raise Unclear(cell.code)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    raw = unicodedata.normalize("NFKC", str(cell))
    if raw.isprintable():
        return " ".join(raw.split()) or None
    kept = []
    for character in raw:
        category = unicodedata.category(character)
        if category == "Cc" and character not in "\t\r\n":
            raise Unclear("E-CONTROL-CHARACTER")
        if category != "Cf":
            kept.append(" " if character.isspace() else character)
    tidy = " ".join("".join(kept).split())
    return tidy or None


def name(cell: Cell) -> str | None:
    """Return a person's or body's name; spaces between Chinese characters are layout, not part of it.

    >>> name("张　 伟 ")
    '张伟'
    >>> name("Evelyn  Jefferson")
    'Evelyn Jefferson'
    """
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    return re.sub(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])", "", tidy)


def person(cell: Cell) -> str | None:
    """Return the name of one person.

    Raises
    ------
    Unclear
        ``E-NAME-SEVERAL`` for several Chinese names in one cell. (``Jefferson, Evelyn`` is one name.)
    """
    found = name(cell)
    if found is not None and _SEVERAL.search(unicodedata.normalize("NFKC", str(cell))):
        raise Unclear("E-NAME-SEVERAL")
    return found


_SEVERAL: Final = re.compile(r"[一-鿿]\s*[、,，;；/|\n]\s*[一-鿿]")


def names(cell: Cell) -> tuple[str, ...]:
    """Return the names in a cell that lists several: ``舞蹈队、合唱团``."""
    tidy = text(cell)
    if tidy is None:
        return ()
    parts = (name(part) for part in re.split(r"[、,,;/|]|\s和\s", tidy))
    return tuple(dict.fromkeys(part for part in parts if part is not None))


def phone(cell: Cell) -> str | None:
    """Return the digits of a phone number, without +86.

    >>> phone("+86 199-0000-0001")
    '19900000001'

    Raises
    ------
    Unclear
        ``W-PHONE-UNCLEAR`` for fewer than 5 digits or more than 12 (two numbers in one cell), and for
        ``1.38E+10``, where the spreadsheet has lost the last digits.
    """
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    digits = re.sub(r"\D", "", "" if re.fullmatch(r"[\d.]+[eE]\+?\d+", tidy) else tidy)
    digits = re.sub(r"^(?:00)?86(?=\d{10,12}$)", "", digits)
    if not 5 <= len(digits) <= 12:
        raise Unclear("W-PHONE-UNCLEAR")
    return digits


def building(cell: Cell) -> str | None:
    """Return the building of an address: ``3栋2单元301`` -> ``3栋``; other text stays as it is.

    What stands before the building stays: building 3 of two estates is two buildings.

    >>> building("第 3 栋 301"), building("十二号楼"), building("锦绣花园3栋301")
    ('3栋', '12栋', '锦绣花园3栋')
    """
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    found = re.search(r"(\d{1,9}|[A-Za-z]|[一二三四五六七八九十]{1,3})\s*(栋|幢|号楼|座)", tidy)
    if found is None:
        return tidy
    estate = tidy[: found.start()].rstrip("第 -")
    return f"{estate}{found[1].upper() if found[1].isascii() else _chinese_number(found[1])}栋"


_CHINESE_DIGITS: Final = {digit: i for i, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}


def _chinese_number(digits: str) -> int:
    """Return 12 for 十二 and 2019 for 二〇一九; a ValueError for what is no number (十十)."""
    if "十" not in digits:
        return int("".join(str(_CHINESE_DIGITS[digit]) for digit in digits))
    tens, ones = digits.split("十")
    return 10 * (_CHINESE_DIGITS[tens] if tens else 1) + (_CHINESE_DIGITS[ones] if ones else 0)


_DAY: Final = re.compile(
    r"(?P<y>\d{4})\s*(?:年|[-/. ])\s*(?P<m>\d{1,2})\s*(?:月|[-/. ])\s*(?P<d>\d{1,2})(?!\d)\s*[日号]?"
    r"(?P<tail>.*)"
)
_CHINESE_DAY: Final = re.compile(
    r"(?P<y>[〇零一二三四五六七八九]{4})年(?P<m>[一二三四五六七八九十]{1,2})月(?P<d>[一二三四五六七八九十]{1,3})[日号]"
    r"(?P<tail>.*)"
)
_LONGEST_DATE: Final = 80
_TAIL: Final = re.compile(
    r"[\sT,]*(?:\(?(?:周|星期)[一二三四五六日天]\)?)?[\s,]*"
    r"(?:(?:上午|下午|晚上|早上|中午|全天)|(?:\d{1,2}[:点时]\d{0,2}分?(?::\d{2})?(?:\.\d+)?(?:\s*[AaPp][Mm])?"
    r"(?:\s*[-~至到—–]+\s*\d{1,2}[:点时]\d{0,2}分?)?))?(?:Z)?\s*"
)
_YMD: Final = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?P<tail>)")
EARLIEST: Final = 1900
LATEST: Final = 2100


def day(cell: Cell) -> date | None:
    """Return the calendar day of a date cell; a time or weekday after it is dropped.

    >>> day("2024年5月4日（周六）14:00-16:00")
    datetime.date(2024, 5, 4)

    Raises
    ------
    Unclear
        ``E-DATE-IMPOSSIBLE`` for a day that does not exist, ``E-DATE-UNREADABLE`` for anything whose
        year, month and day are not all written.
    """
    if isinstance(cell, datetime):
        return _plausible(cell.date())
    if isinstance(cell, date):
        return _plausible(cell)
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    found = None
    if len(tidy) <= _LONGEST_DATE:
        found = _DAY.fullmatch(tidy) or _YMD.fullmatch(tidy) or _CHINESE_DAY.fullmatch(tidy)
    if found is None or not _TAIL.fullmatch(found["tail"]):
        raise Unclear("E-DATE-UNREADABLE")
    read = _chinese_number if found.re is _CHINESE_DAY else int
    try:
        written = date(read(found["y"]), read(found["m"]), read(found["d"]))
    except (ValueError, KeyError) as error:
        raise Unclear("E-DATE-IMPOSSIBLE", _IMPOSSIBLE) from error
    return _plausible(written)


_IMPOSSIBLE: Final = Label("没有这一天", "there is no such day")


def _plausible(found: date) -> date:
    if not EARLIEST <= found.year <= LATEST:
        raise Unclear(
            "E-DATE-IMPOSSIBLE", Label(f"只接受 {EARLIEST}–{LATEST} 年", f"years {EARLIEST}–{LATEST} only")
        )
    return found


def number(cell: Cell) -> float | None:
    """Return a number; thousands separators and a trailing 人, 岁, 小时 or 元 are allowed.

    Raises
    ------
    Unclear
        ``W-NUMBER-UNCLEAR`` when it is not one non-negative number.
    """
    if isinstance(cell, bool):
        raise Unclear("W-NUMBER-UNCLEAR")
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    found = re.fullmatch(
        r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,15})(\.\d{1,6})?\s*(?:人次|人|岁|小时|元|次)?", tidy
    )
    if found is None:
        raise Unclear("W-NUMBER-UNCLEAR")
    return float(found[1].replace(",", "") + (found[2] or ""))


def amount(cell: Cell) -> float | None:
    """Return an amount in yuan; words such as 若干 are not an amount.

    Raises
    ------
    Unclear
        ``W-AMOUNT-UNCLEAR``.
    """
    try:
        return number(cell)
    except Unclear:
        raise Unclear("W-AMOUNT-UNCLEAR") from None


_PRESENT: Final = frozenset(
    {"1", "√", "✓", "✔", "是", "y", "yes", "true", "到", "已到", "出席", "参加", "present", "到场", "签到"}
)
_ABSENT: Final = frozenset(
    {"0", "否", "n", "no", "false", "未到", "缺席", "缺勤", "absent", "没到", "未参加"}
)


def present(cell: Cell) -> bool | None:
    """Return whether a mark says present; ``None`` for blank.

    Raises
    ------
    Unclear
        ``E-PRESENT-UNCLEAR`` for marks that offices use both ways (×, ○, △, 请假) and for anything else.
    """
    tidy = text(cell)
    if tidy is None:
        return None
    mark = tidy.casefold()
    if mark in _PRESENT:
        return True
    if mark in _ABSENT:
        return False
    raise Unclear("E-PRESENT-UNCLEAR")


KIND_WORDS: Final = {
    "resident": "居民 社区居民 业主 租户 群众",
    "social_worker": "社工 社工机构 社工站 社工服务站 社工服务中心 社会工作者 社工员 驻点社工 socialworker",
    "committee": "居委会 居委会工作人员 居委 社区工作人员 社区干部 两委 网格员 党委 committeestaff",
    "organisation": "社会组织 自组织 社区社会组织 团队 兴趣团队 志愿队 organization socialorganisation",
    "partner": "资源方 企业 商户 单位 共建单位 商家 爱心企业 resourcepartner",
    "government": "政府部门 政府 街道 街道办 民政局 街道办事处",
}
ROLE_WORDS: Final = {
    "participant": "参加者 参与者 参加人员 居民 学员 成员 组员 队员 观众 attendee member",
    "volunteer": "志愿者 义工 志愿服务者",
    "organiser": "组织者 召集人 发起人 策划 organizer convenor",
    "leader": "负责人 队长 组长 带头人 主持人 主持 带队 领队 chair host",
    "speaker": "主讲人 讲师 老师 主讲 教师 嘉宾 trainer",
    "staff": "工作人员 社工 社会工作者 居委会 居委会工作人员 socialworker",
}
MEMBER_WORDS: Final = {
    "member": "成员 队员 组员 会员 普通成员",
    "core": "骨干 核心成员 骨干成员",
    "leader": "队长 负责人 组长 会长 团长 社长 理事长 head",
    "deputy": "副队长 副组长 副会长 副团长 副社长",
    "secretary": "秘书 秘书长",
    "founder": "创始人 发起人 创办人",
}
ACTIVITY_WORDS: Final = {
    "interest": "兴趣 兴趣小组 文体 文娱 文体活动",
    "volunteering": "志愿 志愿活动 义工 公益 公益服务 volunteer",
    "festival": "节庆 节日 节日活动 大型活动",
    "council": "居民议事会 议事 议事会议 councilmeeting",
    "training": "培训活动 讲座 学习 能力建设",
    "action": "行动 自治 自治活动 行动小组 社区行动",
    "group_work": "小组 小组活动 小组工作",
    "outreach": "宣传 走访 外展 探访 宣传活动",
}
SUPPORT_WORDS: Final = {
    "money": "现金 捐款 经费 资金支持",
    "goods": "物品 实物 物资支持",
    "venue": "场所 场地支持",
    "service": "义剪 义诊 服务支持",
    "expertise": "专业支持 技术 讲师 师资",
}
ISSUE_WORDS: Final = {"problem": "问题 问题导向", "development": "发展 发展导向"}
STATE_WORDS: Final = {
    "open": "待处理 未处理 搁置",
    "in_progress": "进行中 跟进中 落实中",
    "solved": "已落实 已完成 解决 完成",
    "withdrawn": "撤回 取消",
}
QUESTION_WORDS: Final = {"trust": "信任的人", "help": "求助对象 帮助", "advice": "意见 出主意 咨询"}
HUKOU_WORDS: Final = {"local": "本地 户籍 本市 是", "non_local": "非本地 非户籍 外地 外来 流动 否 nonlocal"}
CONSENT_WORDS: Final = {
    "yes": "是 同意 可署名 y 愿意 可以 已同意 agree agreed",
    "internal": "内部 仅内部 内部化名 仅统计",
    "no": "否 不同意 不入图 n 拒绝 不愿意 不可以 不 不参加 refuse refused",
    "withdrawn": "撤回 已撤回 退出 已退出 撤销",
}
REGISTERED_WORDS: Final = {
    "yes": "已备案 备案 已登记 登记 是 registered",
    "no": "未备案 未登记 否 unregistered",
}


def _key(word: str) -> str:
    return re.sub(r"[\s_\-]", "", unicodedata.normalize("NFKC", word).casefold())


def _lexicon(labels: Mapping[str, Label], words: Mapping[str, str]) -> dict[str, str]:
    held: dict[str, str] = {}
    for term, label in labels.items():
        for word in (term, label.zh, label.en, *words.get(term, "").split()):
            held[_key(word)] = term
    return held


_YES_NO: Final = {"yes": Label("是", "yes"), "no": Label("否", "no")}
LABELS: Final[Mapping[str, Mapping[str, Label]]] = {
    "kind": KINDS, "role": ROLES, "member_role": MEMBER_ROLES, "activity_kind": ACTIVITY_KINDS,
    "mode": COOPERATION_MODES, "support_kind": SUPPORT_KINDS, "issue_kind": ISSUE_KINDS,
    "issue_state": ISSUE_STATES, "question": NOMINATION_QUESTIONS, "hukou": HUKOU, "consent": CONSENT,
    "registered": _YES_NO,
}  # fmt: skip
"""For every field with a fixed vocabulary its terms."""
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "kind": KIND_WORDS, "role": ROLE_WORDS, "member_role": MEMBER_WORDS, "activity_kind": ACTIVITY_WORDS,
    "support_kind": SUPPORT_WORDS, "issue_kind": ISSUE_WORDS, "issue_state": STATE_WORDS,
    "question": QUESTION_WORDS, "hukou": HUKOU_WORDS, "consent": CONSENT_WORDS, "registered": REGISTERED_WORDS,
}  # fmt: skip
LEXICONS: Final = {name: _lexicon(labels, _WORDS.get(name, {})) for name, labels in LABELS.items()}
"""How people write the terms -> the term."""


def word(cell: Cell, lexicon: str) -> str | None:
    """Return the term that a cell means in one of :data:`LEXICONS`.

    >>> word("义工", "role")
    'volunteer'

    Raises
    ------
    Unclear
        ``W-WORD-UNKNOWN`` when nobody taught us that word.
    """
    tidy = text(cell)
    if tidy is None or tidy.casefold() in BLANK_WORDS:
        return None
    found = LEXICONS[lexicon].get(_key(tidy))
    if found is None:
        raise Unclear("W-WORD-UNKNOWN")
    return found


def consent(cell: Cell) -> str | None:
    """Return what somebody answered when asked for consent; ``None`` where nothing is written.

    Raises
    ------
    Unclear
        ``E-CONSENT-UNCLEAR`` for anything that is not a known answer: a refusal must never be read as
        silence.
    """
    tidy = text(cell)
    if tidy is None:
        return None
    found = LEXICONS["consent"].get(_key(tidy))
    if found is None:
        raise Unclear("E-CONSENT-UNCLEAR")
    return found
