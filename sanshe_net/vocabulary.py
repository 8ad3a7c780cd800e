"""The words of the field: one term, one meaning, one Chinese and one English label.

Every label a reader sees comes from here. The left-hand terms are what the code, the tables and the
settings file use; they never change with the language.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

Lang: TypeAlias = Literal["zh", "en"]
LANGUAGES: Final[tuple[Lang, ...]] = ("zh", "en")


class Label(NamedTuple):
    """One wording in both languages."""

    zh: str
    en: str

    def text(self, lang: Lang) -> str:
        """Return the wording in ``lang``."""
        return self.zh if lang == "zh" else self.en


KINDS: Final[Mapping[str, Label]] = {
    "resident": Label("居民", "resident"),
    "social_worker": Label("社工", "social worker"),
    "committee": Label("居委会", "residents' committee"),
    "organisation": Label("社会组织", "social organisation"),
    "partner": Label("资源方", "resource partner"),
    "government": Label("政府部门", "government"),
}
STAFF_KINDS: Final = frozenset({"social_worker", "committee", "government"})
"""Kinds that are paid to be there; they never enter a resident ranking."""

ROLES: Final[Mapping[str, Label]] = {
    "participant": Label("参加者", "participant"),
    "volunteer": Label("志愿者", "volunteer"),
    "organiser": Label("组织者", "organiser"),
    "leader": Label("负责人", "leader"),
    "speaker": Label("主讲人", "speaker"),
    "staff": Label("工作人员", "staff"),
}
ORGANISING_ROLES: Final = frozenset({"organiser", "leader", "speaker"})
"""Attendance roles that count as having carried an activity."""

MEMBER_ROLES: Final[Mapping[str, Label]] = {
    "member": Label("成员", "member"),
    "core": Label("骨干", "core member"),
    "leader": Label("队长", "head"),
    "deputy": Label("副队长", "deputy head"),
    "secretary": Label("秘书", "secretary"),
    "founder": Label("创始人", "founder"),
}
HEADING_ROLES: Final = frozenset({"leader", "deputy", "secretary", "founder"})
"""Membership roles that are an office in the group."""

LAYERS: Final[Mapping[str, Label]] = {
    "co_attendance": Label("共同参加活动", "attended together"),
    "membership": Label("团队成员", "membership"),
    "hosting": Label("主办与协办", "hosting"),
    "support": Label("资源支持", "support"),
    "council": Label("同席议事", "council"),
    "nomination": Label("推荐", "nomination"),
    "governance": Label("备案与指导", "governance"),
    "tie": Label("联系", "tie"),
}
DIRECTED_LAYERS: Final = frozenset({"support", "nomination", "governance"})

ACTIVITY_KINDS: Final[Mapping[str, Label]] = {
    "interest": Label("兴趣活动", "interest activity"),
    "volunteering": Label("志愿服务", "volunteering"),
    "festival": Label("节庆活动", "festival"),
    "council": Label("议事会", "residents' council"),
    "training": Label("培训", "training"),
    "action": Label("自治行动", "residents' action"),
    "group_work": Label("小组工作", "group work"),
    "outreach": Label("宣传走访", "outreach"),
    "service": Label("便民服务", "neighbourhood service"),
}
COOPERATION_MODES: Final[Mapping[str, Label]] = {
    "professional": Label("专业+合作", "professional + cooperation"),
    "multi_party": Label("多方合作", "multi-party cooperation"),
    "integration": Label("社会与社区资源整合", "social and community resources combined"),
}
SUPPORT_KINDS: Final[Mapping[str, Label]] = {
    "money": Label("资金", "money"),
    "goods": Label("物资", "goods"),
    "venue": Label("场地", "venue"),
    "service": Label("服务", "service"),
    "expertise": Label("专业", "expertise"),
}
ISSUE_KINDS: Final[Mapping[str, Label]] = {
    "problem": Label("问题解决", "problem-oriented"),
    "development": Label("发展议题", "development-oriented"),
}
ISSUE_STATES: Final[Mapping[str, Label]] = {
    "open": Label("未解决", "open"),
    "in_progress": Label("处理中", "in progress"),
    "solved": Label("已解决", "solved"),
    "withdrawn": Label("已撤回", "withdrawn"),
}
ISSUE_ROLES: Final[Mapping[str, Label]] = {
    "raiser": Label("提出人", "raised by"),
    "responsible": Label("责任人", "responsible"),
}
NOMINATION_QUESTIONS: Final[Mapping[str, Label]] = {
    "trust": Label("信任", "trust"),
    "help": Label("求助", "help"),
    "advice": Label("请教", "advice"),
}
HUKOU: Final[Mapping[str, Label]] = {
    "local": Label("本地户籍", "local registration"),
    "non_local": Label("非本地户籍", "non-local registration"),
}
CONSENT: Final[Mapping[str, Label]] = {
    "yes": Label("同意", "yes"),
    "internal": Label("仅内部", "internal only"),
    "no": Label("不同意", "no"),
    "withdrawn": Label("已撤回", "withdrawn"),
}
WITHHELD_CONSENT: Final = frozenset({"no", "withdrawn"})
"""Consent answers that equal "was never here"."""

MEASURES: Final[Mapping[str, Label]] = {
    "density": Label("网络密度", "density"),
    "mean_degree": Label("平均联系数", "mean degree"),
    "components": Label("连通块数", "components"),
    "largest_component_share": Label("最大连通块占比", "share in the largest component"),
    "degree": Label("联系人数", "contacts (degree)"),
    "strength": Label("联系强度", "tie strength"),
    "betweenness": Label("中介度", "betweenness"),
    "harmonic_closeness": Label("调和接近度", "harmonic closeness"),
    "k_core": Label("核心层级", "k-core"),
    "constraint": Label("约束度（全网）", "constraint (whole network)"),
    "constraint_ego": Label("约束度（个人网）", "constraint (ego network)"),
    "effective_size": Label("有效规模（全网）", "effective size (whole network)"),
    "effective_size_ego": Label("有效规模（个人网）", "effective size (ego network)"),
    "efficiency": Label("效率", "efficiency"),
    "constraint_hierarchy": Label("约束等级度", "hierarchy of constraint"),
    "dyadic_constraint": Label("二元约束", "dyadic constraint"),
    "highest_dyadic_constraint": Label("最高二元约束", "highest dyadic constraint"),
    "contacts": Label("联系人数", "contacts"),
    "ego_density": Label("自我网密度", "ego density"),
    "embedded_share": Label("嵌入联系比例", "share of embedded ties"),
    "simmelian_ties": Label("齐美尔联系", "Simmelian ties"),
    "brokerage_roles": Label("牵线角色", "brokerage roles"),
    "coordinator": Label("协调者", "coordinator"),
    "itinerant": Label("顾问", "itinerant broker"),
    "representative": Label("代表", "representative"),
    "gatekeeper": Label("守门人", "gatekeeper"),
    "liaison": Label("联络人", "liaison"),
    "total": Label("合计", "total"),
    "ei_index": Label("内外联系指数 (E-I)", "E-I index"),
}
EVIDENCE: Final[Mapping[str, Label]] = {
    "activities_attended": Label("参加活动", "activities attended"),
    "months_active": Label("活跃月数", "months active"),
    "activities_organised": Label("组织活动", "activities organised"),
    "offices_held": Label("团队职务", "offices held"),
    "groups_connected": Label("联系团队", "groups connected"),
    "council_meetings": Label("参加议事会", "council meetings"),
    "issues_raised": Label("提出议题", "issues raised"),
    "newcomers_brought": Label("带动新人", "newcomers brought in"),
    "nominations_received": Label("获得推荐", "nominations received"),
}
INDICATORS: Final[Mapping[str, Label]] = {
    "activities": Label("活动场次", "activities"),
    "attendances": Label("参加人次", "attendances"),
    "people": Label("参加人数", "people"),
    "named_coverage": Label("实名覆盖率", "named coverage"),
    "repeat_share": Label("重复参加率", "people who came again"),
    "volunteers": Label("志愿者人数", "volunteers"),
    "volunteer_hours": Label("志愿服务时长", "volunteer hours"),
    "organisations_registered": Label("备案社会组织", "registered organisations"),
    "organisations_all": Label("社会组织与自组织", "organisations and groups"),
    "partners": Label("资源方", "resource partners"),
    "support_amount": Label("链接资源（折合元）", "support (yuan)"),
    "council_meetings_held": Label("议事会场次", "council meetings"),
    "issues_settled": Label("议题落实", "issues settled"),
    "resident_initiated": Label("居民发起的活动", "activities started by residents"),
}
COLUMNS: Final[Mapping[str, Label]] = {
    "name": Label("姓名", "name"),
    "label": Label("名称", "name"),
    "kind": Label("类别", "kind"),
    "building": Label("楼栋", "building"),
    "hukou": Label("户籍", "registration"),
    "sex": Label("性别", "sex"),
    "age": Label("年龄", "age"),
    "group": Label("所属团队", "group"),
    "title": Label("活动", "activity"),
    "date": Label("日期", "date"),
    "role": Label("角色", "role"),
    "layer": Label("联系类型", "layer"),
    "weight": Label("强度", "weight"),
    "evidence": Label("依据", "evidence"),
    "person_id": Label("人员编号", "person_id"),
    "actor_id": Label("编号", "actor_id"),
    "activity_id": Label("活动编号", "activity_id"),
    "org_id": Label("组织编号", "org_id"),
    "lines": Label("进前列的证据条数", "lines"),
    "estimate": Label("计数", "estimate"),
    "low": Label("计数下限", "low"),
    "high": Label("计数上限", "high"),
    "rank": Label("名次", "rank"),
    "tied": Label("并列人数", "tied"),
    "rank_low": Label("名次最好", "rank_low"),
    "rank_high": Label("名次最差", "rank_high"),
    "share_in_top_k": Label("进前列的抽样比例", "share_in_top_k"),
    "draws": Label("抽样次数", "draws"),
    "seed": Label("随机种子", "seed"),
    "what": Label("事实", "what"),
    "file": Label("文件", "file"),
    "sheet": Label("工作表", "sheet"),
    "row": Label("行", "row"),
    "column": Label("列", "column"),
    "code": Label("代码", "code"),
    "severity": Label("轻重", "severity"),
    "outcome": Label("去向", "outcome"),
    "value": Label("值", "value"),
    "source": Label("从", "source"),
    "target": Label("到", "target"),
    "rows_in": Label("读入行数", "rows_in"),
    "used": Label("使用", "used"),
    "duplicate": Label("重复", "duplicate"),
    "left_out": Label("不计", "left_out"),
    "quarantined": Label("待改", "quarantined"),
    "period": Label("时段", "period"),
    "attendances": Label("人次", "attendances"),
    "named": Label("实名人次", "named"),
    "people": Label("人数", "people"),
    "activities": Label("活动", "activities"),
    "none_merged": Label("都不合并", "none_merged"),
    "all_merged": Label("全部合并", "all_merged"),
    "first": Label("首次", "first"),
    "last": Label("最近", "last"),
}

_ALL: Final[tuple[Mapping[str, Label], ...]] = (
    MEASURES, EVIDENCE, INDICATORS, COLUMNS, KINDS, LAYERS, ROLES, MEMBER_ROLES, ACTIVITY_KINDS,
    COOPERATION_MODES, SUPPORT_KINDS, ISSUE_KINDS, ISSUE_STATES, ISSUE_ROLES,
    NOMINATION_QUESTIONS, HUKOU, CONSENT,
)  # fmt: skip


def label(term: str, lang: Lang) -> str:
    """Return the wording of ``term`` in ``lang``; a term nobody named is its own label."""
    for mapping in _ALL:
        if term in mapping:
            return mapping[term].text(lang)
    return term
