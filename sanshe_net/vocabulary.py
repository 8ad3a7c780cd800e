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

TIE_WEIGHTS: Final[Mapping[str, Label]] = {
    "newman": Label(
        "强度按 Newman 加权：每场活动给每对到场的实名者 1/(实名到场人数-1)",
        "weighted after Newman (2001): each activity gives every pair of its k named people 1/(k-1)",
    ),
    "count": Label("强度是共同参加的活动数", "weighted by the number of activities attended together"),
    "ratio": Label(
        "强度是共同参加的活动数除以计入联系的活动总数",
        "weighted by the number of activities attended together, divided by all activities that make ties",
    ),
    "resource_allocation": Label(
        "强度按资源分配加权：每场活动给每对到场的实名者 1/实名到场人数",
        "weighted by resource allocation: each activity gives every pair of its k named people 1/k",
    ),
    "adamic_adar": Label(
        "强度按 Adamic-Adar 加权：每场活动给每对到场的实名者 1/ln(实名到场人数)",
        "weighted after Adamic and Adar: each activity gives every pair of its k named people 1/ln(k)",
    ),
    "jaccard": Label(
        "强度是 Jaccard 系数（简单比率指数）：两人共同参加的活动，占两人都有资格时至少一人参加的活动之比",
        "weighted by the simple ratio index (Jaccard): of the activities that one of the two attended while "
        "both could come, the share they attended together",
    ),
    "half_weight": Label(
        "强度是半权指数：同简单比率指数，但只见到其中一人的活动按一半计",
        "weighted by the half-weight index: as the simple ratio index, but an activity that saw only one of "
        "the two counts half",
    ),
    "cosine": Label(
        "强度是余弦系数：共同参加的活动数除以两人各自参加活动数之积的平方根",
        "weighted by the cosine: activities attended together over the root of the product of what each attended",
    ),
}
"""How strong a tie from attending together is; the formulas are in :mod:`sanshe_net.attendance.weights`."""
FADING_WEIGHTS: Final = ("newman", "count", "resource_allocation", "adamic_adar")
"""Weights that add up activities, so that each can fade with its age."""

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
    "connectedness": Label("连通度", "connectedness"),
    "fragmentation": Label("碎片化程度", "fragmentation"),
    "compactness": Label("紧凑度", "compactness"),
    "reciprocity": Label("互惠性", "reciprocity"),
    "transitivity": Label("传递性", "transitivity"),
    "mean_local_clustering": Label("平均局部聚类系数", "mean local clustering"),
    "krackhardt_hierarchy": Label("层级度（克拉克哈特）", "hierarchy (Krackhardt)"),
    "krackhardt_efficiency": Label("精简度（克拉克哈特）", "efficiency (Krackhardt)"),
    "krackhardt_lub": Label("共同上级度（克拉克哈特）", "least upper bound (Krackhardt)"),
    "degree_centralization": Label("联系集中度", "degree centralization"),
    "betweenness_centralization": Label("中介集中度", "betweenness centralization"),
    "closeness_centralization": Label("接近集中度", "closeness centralization"),
    "core_periphery": Label("核心与边缘", "core and periphery"),
    "degree": Label("联系人数", "contacts (degree)"),
    "strength": Label("联系强度", "tie strength"),
    "betweenness": Label("中介度", "betweenness"),
    "harmonic_closeness": Label("调和接近度", "harmonic closeness"),
    "closeness": Label("接近度", "closeness"),
    "eigenvector": Label("特征向量中心度", "eigenvector centrality"),
    "pagerank": Label("PageRank 值", "PageRank"),
    "k_core": Label("核心层级", "k-core"),
    "constraint": Label("约束度（全网）", "constraint (whole network)"),
    "constraint_ego": Label("约束度（个人网）", "constraint (ego network)"),
    "effective_size": Label("有效规模（全网）", "effective size (whole network)"),
    "effective_size_ego": Label("有效规模（个人网）", "effective size (ego network)"),
    "efficiency": Label("效率", "efficiency"),
    "efficiency_ego": Label("效率（个人网）", "efficiency (ego network)"),
    "constraint_hierarchy": Label("约束等级度", "hierarchy of constraint"),
    "constraint_hierarchy_ego": Label("约束等级度（个人网）", "hierarchy of constraint (ego network)"),
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
    "brokerage_test": Label("牵线角色与零模型比较（每个人）", "brokerage roles against a null (each actor)"),
    "network_brokerage_test": Label(
        "牵线角色与零模型比较（全网）", "brokerage roles against a null (network)"
    ),
    "activity_exclusivity": Label("牵线活跃度与独占度", "brokerage activity and exclusivity"),
    "brokerage_activity": Label("牵线活跃度", "brokerage activity"),
    "brokerage_exclusivity": Label("独家牵线", "brokerage exclusivity"),
    "partial_brokerage": Label("分摊的牵线角色", "brokerage roles, shared"),
    "coordinator_part": Label("协调者（分摊）", "coordinator (shared)"),
    "itinerant_part": Label("顾问（分摊）", "itinerant broker (shared)"),
    "representative_part": Label("代表（分摊）", "representative (shared)"),
    "gatekeeper_part": Label("守门人（分摊）", "gatekeeper (shared)"),
    "liaison_part": Label("联络人（分摊）", "liaison (shared)"),
    "total_part": Label("合计（分摊）", "total (shared)"),
    "honest_broker": Label("诚实中间人指数", "honest broker index"),
    "hbi0": Label("联系人之间无联系的对数", "pairs of contacts without a tie (HBI0)"),
    "hbi1": Label("联系人之间单向联系的对数", "pairs of contacts tied one way (HBI1)"),
    "hbi2": Label("联系人之间双向联系的对数", "pairs of contacts tied both ways (HBI2)"),
    "everett_valente": Label("Everett-Valente 牵线度", "Everett-Valente brokerage"),
    "boundary": Label("跨界（代表/守门人）", "boundary (representative or gatekeeper)"),
    "ei_index": Label("内外联系指数 (E-I)", "E-I index"),
    "jaccard": Label("联系重合度 (Jaccard)", "share of ties in common (Jaccard)"),
    "hamming": Label("不同的对子数 (Hamming)", "pairs that differ (Hamming)"),
    "tie_change": Label("联系的变化", "change of ties"),
    "qap_correlation": Label("网络相关 (QAP)", "correlation of networks (QAP)"),
    "mrqap": Label("网络回归 (MRQAP)", "regression of networks (MRQAP)"),
    "pairs_separated": Label("失去后断开的人对", "pairs separated without the actor"),
    "key_players": Label("关键人物组合", "key players"),
    "two_mode_density": Label("二模密度", "two-mode density"),
    "two_mode_mean_degree": Label("二模平均联系数", "two-mode mean degree"),
    "two_mode_degree": Label("二模度数占比", "two-mode degree"),
    "two_mode_closeness": Label("二模接近度", "two-mode closeness"),
    "two_mode_betweenness": Label("二模中介度", "two-mode betweenness"),
    "two_mode_eigenvector": Label("二模特征向量中心度", "two-mode eigenvector centrality"),
    "robins_alexander_clustering": Label("二模聚类（四环）", "two-mode clustering (four-cycles)"),
    "opsahl_clustering": Label("二模传递性", "two-mode transitivity (Opsahl)"),
    "opsahl_local_clustering": Label("二模个人聚类", "two-mode local clustering (Opsahl)"),
    "latapy_clustering": Label("二模重叠度", "two-mode overlap (Latapy)"),
    "redundancy": Label("二模冗余度", "two-mode redundancy"),
    "two_mode_brokerage": Label("二模牵线角色", "two-mode brokerage roles"),
    "two_mode_coordinator": Label("二模协调者", "two-mode coordinator"),
    "two_mode_itinerant": Label("二模顾问", "two-mode itinerant broker"),
    "two_mode_boundary": Label("二模跨界者", "two-mode boundary broker"),
    "two_mode_liaison": Label("二模联络人", "two-mode liaison"),
    "two_mode_open_pairs": Label("牵起的人对", "pairs connected"),
    "two_mode_open_paths": Label("牵起人对的活动路径", "activity paths that connect them"),
    "ei_index_test": Label("内外联系指数检验", "E-I index against chance"),
    "actor_ei_index": Label("个人内外联系指数", "E-I index of an actor"),
    "mixing_matrix": Label("组间联系表", "mixing matrix"),
    "coleman_index": Label("科尔曼同质指数", "Coleman's homophily index"),
    "within_group_odds_ratio": Label("组内联系比值比", "within-group odds ratio"),
    "yules_q": Label("尤尔 Q", "Yule's Q"),
    "actor_yules_q": Label("个人尤尔 Q", "Yule's Q of an actor"),
    "assortativity": Label("同配系数（组别）", "assortativity (groups)"),
    "numeric_assortativity": Label("同配系数（数值）", "assortativity (numbers)"),
    "overlapping_roles": Label("牵线角色（多重成员）", "brokerage roles (overlapping memberships)"),
    "overlapping_coordinator": Label("协调者（多重成员）", "coordinator (overlapping)"),
    "overlapping_itinerant": Label("顾问（多重成员）", "itinerant broker (overlapping)"),
    "overlapping_representative": Label("代表（多重成员）", "representative (overlapping)"),
    "overlapping_gatekeeper": Label("守门人（多重成员）", "gatekeeper (overlapping)"),
    "overlapping_liaison": Label("联络人（多重成员）", "liaison (overlapping)"),
    "overlapping_total": Label("合计（多重成员）", "total (overlapping)"),
    "blau_index": Label("布劳多样性", "Blau heterogeneity of contacts"),
    "iqv": Label("标准化多样性 (IQV)", "index of qualitative variation (IQV)"),
    "bonding_bridging_linking": Label("黏合、桥接与联结占比", "bonding, bridging and linking"),
    "bonding": Label("黏合占比", "bonding share"),
    "bridging": Label("桥接占比", "bridging share"),
    "linking": Label("联结占比", "linking share"),
    "alter_positions": Label("可及位置（已观察到的联系人）", "positions of observed contacts"),
    "extensity": Label("可及位置数", "extensity"),
    "upper_reachability": Label("可及最高声望", "upper reachability"),
    "prestige_range": Label("声望跨度", "range of prestige"),
    "mean_prestige": Label("平均声望", "mean prestige"),
    "total_prestige": Label("声望合计", "total prestige"),
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
