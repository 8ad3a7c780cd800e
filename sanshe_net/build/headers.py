"""Which tables the reader knows, their columns, and how people head those columns.

A :class:`Schema` is one kind of table; a :class:`Field` one column of it with the words that head it, the
best-known first. When a sheet has two columns for one field the earlier word wins it, and the other
column goes to the next field that knows its word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any, Final

from sanshe_net.build import values
from sanshe_net.build.values import Cell
from sanshe_net.vocabulary import Label


@dataclass(frozen=True)
class Field:
    """One column: its headings, how its cells are read, and what an unreadable cell means.

    ``strict`` cells that cannot be read set the row aside and stop the run; others count as blank.
    ``by_habit`` cells are read with the station's habits (year of dates, marks, words) besides.
    """

    name: str
    words: tuple[str, ...]
    read: Callable[..., Any]
    strict: bool = False
    by_habit: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The words in comparable form."""
        return tuple(map(header_key, self.words))


@dataclass(frozen=True)
class Schema:
    """One kind of table.

    ``required`` fields tell it from others and may also stand above the header (``活动时间：2024年5月4日``).
    A table is read when it has one of the sets in ``enough``: all of them, unless something less will do.
    """

    name: str
    label: Label
    required: tuple[str, ...]
    fields: tuple[Field, ...]
    less: tuple[tuple[str, ...], ...] = ()

    def is_enough(self, held: Collection[str]) -> bool:
        """Return whether a table with these fields can be read."""
        return any(set(names) <= set(held) for names in (self.required, *self.less))

    def field(self, name: str) -> Field:
        """Return the field of that name."""
        return next(field for field in self.fields if field.name == name)


_TRADITIONAL: Final = "動稱電話樓棟號聯絡職務間時點組織團隊單類別齡戶參與員會議題資額簽備註歲證紀錄狀態見區場節長領導負責協辦邀請結東數對應報類種業僑籍貫邊養護險醫療"
_SIMPLE: Final = "动称电话楼栋号联络职务间时点组织团队单类别龄户参与员会议题资额签备注岁证纪录状态见区场节长领导负责协办邀请结东数对应报类种业侨籍贯边养护险医疗"
_SIMPLIFIED: Final = dict(zip(map(ord, _TRADITIONAL), _SIMPLE, strict=True))
"""Characters of headings in traditional writing."""


@lru_cache(maxsize=50_000)
def header_key(cell: object) -> str:
    """Return a heading in comparable form: folded, without spaces, marks and bracketed hints.

    >>> header_key(" 姓 名 *（必填）")
    '姓名'
    """
    folded = (
        unicodedata.normalize("NFKC", "" if cell is None else str(cell)).casefold().translate(_SIMPLIFIED)
    )
    bare = re.sub(r"\((?:必填|选填|required|optional)[^)]*\)", "", folded)
    return re.sub(r"[\s*:_]", "", bare)


def _field(
    name: str,
    words: str,
    read: Callable[..., Any] = values.text,
    *,
    strict: bool = False,
    by_habit: bool = False,
) -> Field:
    return Field(name, tuple(words.split()), read, strict, by_habit)


def _word(lexicon: str) -> Callable[[Cell], Any]:
    return partial(values.word, lexicon=lexicon)


_PERSON = _field(
    "person",
    "姓名 参加者 参加人员 参与者 参加人 签到人 居民姓名 志愿者姓名 名字 人员 成员姓名 成员 队员 name fullname person "
    "participant attendee resident volunteer member participantname membername",
    values.person,
    strict=True,
)
_PEOPLE = replace(_PERSON, read=values.people)
_ACTIVITY = _field(
    "activity",
    "活动名称 活动 活动主题 活动项目 项目名称 项目 主题 会议名称 会议 event activity eventname activityname "
    "eventtitle activitytitle committee meeting",
    strict=True,
)
_DATE = _field(
    "date",
    "活动日期 日期 活动时间 签到日期 举办日期 会议日期 会议时间 时间 date eventdate activitydate day",
    values.dates,
    strict=True,
    by_habit=True,
)
_DAY = replace(_DATE, read=values.day)
_OCCURRENCE = _field("occurrence", "场次 期次 第几次 第几节 届次 meeting meetingnumber meetingno occurrence")
_SESSION = _field("session", "时段 节次 场 session sitting time 时间")
_PHONE = _field(
    "phone",
    "联系电话 手机号码 手机号 手机 电话 联系方式 电话号码 phone mobile telephone phonenumber",
    values.phone,
)
_BUILDING = _field(
    "building", "楼栋 楼号 栋号 住址 地址 家庭住址 居住楼栋 building address block", values.building
)
_KIND = _field("kind", "身份 人员类别 人员类型 类别 kind persontype", _word("kind"), by_habit=True)
_ROLE = _field(
    "role",
    "角色 活动角色 参与角色 职责 身份 role",
    partial(values.words, lexicon="role"),
    strict=True,
    by_habit=True,
)
_SEX = _field("sex", "性别 sex gender")
_AGE = _field("age", "年龄 岁数 周岁 age", values.age)
_BIRTH_YEAR = _field(
    "birth_year", "出生年份 出生年月 出生日期 生日 birthyear birthday dateofbirth", values.birth_year
)
_HUKOU = _field(
    "hukou", "户籍 户口 户籍类型 是否本地户籍 户籍情况 hukou registration", _word("hukou"), by_habit=True
)
_CONSENT = _field(
    "consent",
    "是否同意 知情同意 同意 同意情况 consent 知情同意书 是否同意公开 是否同意入图 同意书",
    values.consent,
    strict=True,
    by_habit=True,
)
_HOST = _field(
    "host", "主办单位 主办 主办方 承办单位 举办单位 host organiser organizer hostedby", values.names
)
_COHOST = _field("cohost", "协办单位 协办 协办方 合作单位 cohost cohosts partners", values.names)
_INITIATOR = _field("initiator", "发起方 发起人 发起单位 发起 initiator initiatedby", values.names)
_ACTIVITY_KIND = _field(
    "activity_kind", "活动类型 活动类别 activitykind activitytype", _word("activity_kind"), by_habit=True
)
_PLACE = _field("place", "活动地点 地点 场地 place venue location")
_ORG = _field(
    "org", "团队 团队名称 组织名称 组织 社团 队伍 所属团队 所属组织 单位 organisation organization group team club org committee",
    values.name, strict=True,
)  # fmt: skip
_PERSON_NO_WORDS = "人员编号 居民编号 会员号 会员编号 personid personno residentid memberid"
_PERSON_NO = _field("person_no", _PERSON_NO_WORDS)
_START = _field(
    "start", "加入日期 入队日期 加入时间 开始日期 start joined startdate from", values.day, by_habit=True
)
_END = _field(
    "end", "退出日期 离队日期 退出时间 结束日期 end left enddate until", values.last_day, by_habit=True
)

SCHEMAS: Final[Mapping[str, Schema]] = {
    schema.name: schema
    for schema in (
        Schema(
            "attendance", Label("签到表", "sign-in sheet"), ("person", "activity", "date"),
            (
                _PEOPLE, _ACTIVITY, _DATE, _OCCURRENCE, _SESSION,
                _field("present", "是否到场 是否参加 到场 出席 出勤 签到情况 到会 是否到会 是否签到 出席情况 参加情况 到场情况 出勤情况 present attended attendance 签到", values.present, strict=True, by_habit=True),
                _ROLE, _KIND, _PHONE, _BUILDING, _SEX, _AGE, _BIRTH_YEAR, _HUKOU, _CONSENT,
                _field("hours", "服务时长 时长 工时 小时 hours", values.number),
                _field("brought_by", "介绍人 带来人 邀请人 broughtby invitedby", values.person),
                _ACTIVITY_KIND, _HOST, _COHOST, _INITIATOR, _PLACE,
                _field("head_count", "参加人数 人数 参与人数 参加人次 人次 headcount", values.number),
                _field("org", "所属团队 所属组织 团队 团队名称 组织 组织名称 社团 队伍 单位 工作单位 organisation organization group team club org", values.name),
                _PERSON_NO,
            ),
            (("person", "activity"), ("person", "date")),
        ),
        Schema(
            "activities", Label("活动台账", "list of activities"), ("activity", "date"),
            (
                _ACTIVITY, _DATE, _OCCURRENCE, _ACTIVITY_KIND, _INITIATOR, _HOST, _COHOST,
                _field("mode", "合作模式 mode cooperationmode", _word("mode"), by_habit=True),
                _field("phase", "阶段 phase"),
                _PLACE,
                _field("head_count", "参加人数 人数 参与人数 参加人次 人次 headcount participants", values.number),
            ),
        ),
        Schema(
            "people", Label("人员名册", "list of people"), ("person",),
            (
                _PERSON, _KIND, _SEX, _AGE, _BIRTH_YEAR, _BUILDING, _HUKOU, _PHONE, _CONSENT,
                _field("moved_in", "入住日期 入住时间 迁入日期 movedin", values.day, by_habit=True),
                # In a list of people 编号 is the person's own; on a sign-in sheet it only counts the rows.
                _field("person_no", f"{_PERSON_NO_WORDS} 编号"),
            ),
        ),
        Schema(
            "withdrawals", Label("撤回同意名单", "list of withdrawn consents"), ("person", "withdrawn"),
            (
                _PERSON, _PHONE, _BUILDING,
                _field("withdrawn", "撤回日期 撤回时间 撤回同意日期 撤销日期 withdrawn withdrawndate withdrawnon", values.day, strict=True, by_habit=True),
            ),
        ),
        Schema(
            "organisations", Label("组织名册", "list of organisations"), ("org",),
            (
                _field("org", "组织名称 单位名称 团队名称 机构名称 名称 组织 单位 团队 organisation organization group org", values.name, strict=True),
                _field("org_kind", "组织类型 类型 单位类型 类别 kind type organisationkind", _word("kind"), by_habit=True),
                _field("registered", "备案情况 备案 是否备案 登记情况 registered", _word("registered"), by_habit=True),
                _field("founded", "成立日期 成立时间 founded", values.day, by_habit=True),
                _field("supervisor", "业务指导单位 指导单位 主管单位 备案单位 supervisor supervisedby", values.name),
                _field("leader", "负责人 队长 法人 联系人 leader head", values.name),
            ),
        ),
        Schema(
            "memberships", Label("成员名单", "list of members"), ("person", "org"),
            (
                _PEOPLE, _ORG, _START, _END,
                _field("member_role", "职务 队内职务 角色 身份 role position", _word("member_role"), by_habit=True),
                _PHONE, _BUILDING, _PERSON_NO,
            ),
        ),
        Schema(
            "support", Label("资源登记", "list of support"), ("giver", "support_kind"),
            (
                _field("giver", "资源方 支持方 捐赠方 提供方 提供单位 捐赠单位 giver donor partner supporter", values.name, strict=True),
                _field("receiver", "受助方 受益方 接收方 受赠方 receiver recipient beneficiary", values.name),
                _field("support_kind", "资源类型 支持类型 资源种类 kind supportkind type", _word("support_kind"), by_habit=True),
                _field("amount", "折合金额 金额 价值 amount value", values.amount),
                _DAY,
                _field("activity", "关联活动 活动名称 活动 activity event"),
            ),
            (("giver", "amount"), ("giver", "receiver")),
        ),
        Schema(
            "issues", Label("议题表", "list of council issues"), ("issue",),
            (
                _field("issue", "议题 议题名称 议事议题 事项 issue topic agendaitem", strict=True),
                _field("issue_kind", "议题类型 议题类别 类型 kind issuekind", _word("issue_kind"), by_habit=True),
                _field("raiser", "提出人 提议人 提案人 raiser raisedby", values.names),
                _field("raised", "提出日期 提出时间 会议日期 日期 raised raisedon date", values.day, by_habit=True),
                _field("responsible", "责任人 落实人 跟进人 responsible owner", values.names),
                _field("state", "状态 落实情况 进展 结果 办理结果 state status result", _word("issue_state"), strict=True, by_habit=True),
                _field("settled", "解决日期 完成日期 办结日期 settled solved solvedon", values.last_day, by_habit=True),
            ),
        ),
        Schema(
            "nominations", Label("推荐票", "nomination slips"), ("nominator", "nominee"),
            (
                _field("nominator", "推荐人 提名人 填写人 nominator from source", values.person, strict=True),
                _field("nominee", "被推荐人 被提名人 nominee to target", values.person, strict=True),
                _field("question", "推荐理由类型 推荐类型 问题 question kind", _word("question"), by_habit=True),
                _field("date", "日期 推荐日期 date", values.day, by_habit=True),
            ),
        ),
    )
}  # fmt: skip

IGNORED: Final = frozenset(
    map(header_key, "序号 编号 no no. # 签名 签字 签到 备注 signature remark remarks note notes".split())
)
"""Headings that carry nothing we use."""

SIGNED: Final = frozenset({"签到"})
"""Headings of marks that may as well be signatures."""

DROPPED: Final = frozenset(
    map(
        header_key,
        "身份证 身份证号 身份证号码 身份证件 证件类型 证件号 证件号码 idcard idnumber nationalid passport 护照 护照号 "
        "户口簿号 社保卡号 社保号 医保号 医保卡号 银行卡 银行卡号 银行账号 银行账户 开户行 "
        "微信号 微信 qq qq号 wechat 邮箱 email 人脸 指纹 照片 "
        "病史 病情 疾病 诊断 慢性病 用药 健康状况 健康情况 身体状况 过敏史 精神状况 health diagnosis disability "
        "残疾 残疾证号 残疾类别 残疾等级 是否残疾 低保 低保证号 是否低保 特困 是否特困 贫困户 低保户 "
        "收入 月收入 家庭收入 income 婚姻 婚姻状况 marital maritalstatus 宗教 宗教信仰 religion "
        "民族 ethnicity 政治面貌 党员 是否党员 犯罪记录 前科 社区矫正 信访".split(),
    )
)
"""Headings of identifiers and of what PIPL art. 28 calls sensitive, or comes close to it: the whole column is
dropped on reading."""


@dataclass(frozen=True)
class HeaderMatch:
    """How one header row fits one schema: field -> column position."""

    schema: Schema
    columns: Mapping[str, int]
    missing: tuple[str, ...]


def match_header(
    keys: Sequence[str],
    given: frozenset[str] = frozenset(),
    said: Mapping[str, str] = MappingProxyType({}),
    only: str | None = None,
) -> HeaderMatch | None:
    """Return the schema that a header row fits best, or ``None`` when it fits none.

    Parameters
    ----------
    keys
        The heading of every column, from :func:`header_key`.
    given
        Fields already known from above the header.
    said
        What a person said of some headings: key -> field (or another word, for a column that is no field).
    only
        The one schema to consider.

    Returns
    -------
    The match that is enough to be read, with the most required fields, then the most columns used; at least
    one required field must be a column.
    """
    at: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        at.setdefault(key, []).append(position)
    matches = []
    for order, schema in enumerate(SCHEMAS.values()):
        if only not in (None, schema.name):
            continue
        columns = _assign(at, schema, said)
        held = {*columns, *given}
        missing = tuple(name for name in schema.required if name not in held)
        if any(name in columns for name in schema.required):
            rank = (not schema.is_enough(held), len(missing) - len(schema.required), -len(columns), order)
            matches.append((rank, HeaderMatch(schema, columns, missing)))
    return min(matches, key=lambda match: match[0])[1] if matches else None


@lru_cache(maxsize=50_000)
def known_key(text: str) -> str:
    """Return the key of a heading; of one like ``住址/楼栋`` or ``日期（年月日）`` the part that is known.

    >>> known_key("住址/楼栋"), known_key("活动日期（年月日）")
    ('住址', '活动日期')
    """
    whole = header_key(text)
    if whole in _EVERY_WORD:
        return whole
    bare = re.sub(r"\([^()元万]{0,40}\)", "", whole)
    both = _TWO_LANGUAGES.fullmatch(bare)
    if both is not None and {both[1], both[2]} <= _EVERY_WORD:  # 姓名 Name
        return both[1]
    parts = (part for part in (bare, *re.split(r"[/\\、或|]", bare)) if part in _EVERY_WORD)
    return next(parts, whole)


_TWO_LANGUAGES: Final = re.compile(r"([^a-z.#]+)([a-z][a-z.#]*)")


def key_for(text: str, said: Collection[str]) -> str:
    """Return the key of a heading, whole where the mapping file names it so: 电话（家属） beside 电话（本人）."""
    whole = header_key(text)
    return whole if whole in said else known_key(text)


def is_known(text: str) -> bool:
    """Return whether a cell could be a heading that some schema knows."""
    return len(text) <= LONGEST_HEADING and known_key(text) in _EVERY_WORD


LONGEST_HEADING: Final = 60


def known_headings(keys: Sequence[str]) -> int:
    """Return how many of the headings any schema knows, ignorable ones included."""
    return sum(key in _EVERY_WORD for key in keys)


def field_of_caption(caption: str) -> str | None:
    """Return the attendance field that a caption above a header names: ``活动时间`` -> ``date``."""
    key = header_key(caption)
    for name in ("activity", "date", "place", "host", "cohost", "initiator", "activity_kind"):
        if key in _WORDS["attendance"][name]:
            return name
    return None


def _assign(at: Mapping[str, Sequence[int]], schema: Schema, said: Mapping[str, str]) -> dict[str, int]:
    """Return a column for each field; ``at`` holds where every heading stands."""
    columns: dict[str, int] = {}
    taken = {i for key in said for i in at.get(key, ())}
    for key, name in said.items():
        if name in _WORDS[schema.name] and key in at:
            columns.setdefault(name, at[key][0])
    for field in schema.fields:
        free = (i for word in _WORDS[schema.name][field.name] for i in at.get(word, ()) if i not in taken)
        position = next(free, None)
        if position is not None and field.name not in columns:
            columns[field.name] = position
            taken.add(position)
    return columns


_WORDS: Final = {
    schema.name: {field.name: field.keys for field in schema.fields} for schema in SCHEMAS.values()
}
_EVERY_WORD: Final = (
    {word for fields in _WORDS.values() for words in fields.values() for word in words} | IGNORED | DROPPED
)
