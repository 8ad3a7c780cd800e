"""Every sentence of the report, in both languages. ``{names}`` are filled in by :class:`Wording`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sanshe_net.viz.report_time_wording import TIME_TEXTS
from sanshe_net.vocabulary import Label, Lang

REPORT_TEXTS: Final[Mapping[str, Label]] = {
    # --- head
    "untitled": Label("社区签到记录报告", "Report from the sign-in records"),
    "simulated": Label("模拟数据", "Simulated data"),
    "internal": Label("内部资料 含姓名 请勿外传", "Internal: contains names, do not pass on"),
    "period": Label("{start} 至 {end}", "{start} to {end}"),
    "period_unknown": Label("记录时段不详", "Period not known"),
    "source": Label("资料来源：{files}，{tables}", "Source: {files}, {tables}"),
    "source_none": Label("没有读入表格：记录由程序直接给出。", "No sheet was read: the records were handed over by a program."),
    "rows_in": Label("读入行数", "rows read"),
    "used": Label("采用", "used"),
    "duplicate": Label("重复", "duplicate"),
    "left_out": Label("不计入", "left out"),
    "quarantined": Label("暂扣待改", "set aside for correction"),
    "unbalanced": Label(
        "这个等式不平衡，请把文件交给维护者检查，先不要使用本报告。",
        "This equation does not balance. Have the files checked before using this report.",
    ),
    "files_list": Label("逐个文件查看", "File by file"),
    "file": Label("文件", "file"),
    # --- findings
    "findings": Label("记录说明了什么", "What the records show"),
    "find_coverage": Label("{heads} 人次中，{named} 人次有姓名。", "{named} of {heads} attendances have a name."),
    "find_coverage_if": Label(
        "关于个人和联系的结果只来自有姓名的签到；没有签名的人不在其中。",
        "All that follows about people and ties rests on these; people who did not sign are not in it.",
    ),
    "find_no_sign_ins": Label(
        "没有一条到场的签到记录，所以看不出谁常来、谁和谁见过面。",
        "No record says that anybody came, so nothing tells who comes often or who met whom.",
    ),
    "find_no_sign_ins_if": Label(
        "加一张有姓名、活动、日期三列的签到表，再运行一次。",
        "Add a sign-in sheet with the columns name, activity and date, and run again.",
    ),
    "find_none": Label("没有足够的记录，列不出候选人。", "Not enough records to list any candidate."),
    "find_few": Label(
        "只有 {ranked} 位居民可比较，每个人都在前 {top_k} 位以内，名次说明不了什么。",
        "With so few residents to compare ({ranked}) everybody is among the first {top_k}: ranks say nothing yet.",
    ),
    "find_few_if": Label(
        "记录更多之后再看候选名单。",
        "Look at the shortlist again when there are more records.",
    ),
    "find_steady": Label(
        "{listed} 位候选人中，{steady} 位在至少 {lines} 条证据上，整个名次区间都在前 {top_k} 位以内。",
        "{steady} of the {listed} listed have the whole rank interval among the first {top_k} on at least {lines} lines of evidence.",
    ),
    "find_steady_one": Label(
        "{listed} 位候选人中，{steady} 位在“{line}”上的整个名次区间都在前 {top_k} 位以内；只有这一条证据算得出名次区间。",
        "{steady} of the {listed} listed have the whole rank interval among the first {top_k} for “{line}”, the only line of evidence with intervals.",
    ),
    "find_steady_if": Label(
        "{ranked} 位居民参加比较；区间来自对活动重复抽样 {draws} 次。",
        "{ranked} residents compared, activities resampled {draws} times.",
    ),
    "find_one_line_if": Label(
        "其余证据涉及的活动太少，或来自名册而不是活动，没有区间，名次只供参考。",
        "The other lines rest on too few activities for an interval, or on lists instead of activities.",
    ),
    "find_reaching_if": Label(
        "另有 {n} 位的区间伸出前 {top_k} 位，先后不宜当真。",
        "Listed with an interval that reaches beyond the first {top_k}: {n}; their order is open.",
    ),
    "find_fewer_if": Label(
        "其余 {n} 位有区间的证据不足 {lines} 条。",
        "The rest have intervals on fewer than {lines} line(s): {n}.",
    ),
    "find_no_interval": Label(
        "名单上有 {listed} 位候选人，但没有一条证据算得出名次区间。",
        "{listed} are listed, but no line of evidence has rank intervals.",
    ),
    "find_no_interval_if": Label(
        "{ranked} 位居民参加比较；每条证据涉及的活动都太少，先后不宜当真。",
        "{ranked} residents compared; every line rests on too few activities, so their order is open.",
    ),
    "find_attendance_if": Label(
        "现有记录只有参加场次：来得多，不等于带头做事。",
        "The records hold attendance only: coming often is not the same as leading.",
    ),
    "find_organising": Label(
        "由居民组织的 {carried} 场活动里，组织最多的 3 位居民参与了 {top} 场。",
        "The three most active organisers had a part in {top} of the {carried} activities residents organised.",
    ),
    "find_organising_if": Label(
        "按签到表的“角色”：组织者、负责人、主讲人；共 {people} 位居民组织过活动。",
        "By role on the sign-in sheets (organiser, leader, speaker); residents who organised any: {people}.",
    ),
    "find_reach": Label(
        "{actors} 位居民中，{reached} 位可以经由一起参加过活动的人辗转相连。",
        "{reached} of {actors} residents can be linked to each other through people they attended with.",
    ),
    "find_reach_if": Label(
        "指最大连通块；“一起参加”是见面的机会，不等于认识。",
        "This is the largest component; attending together is an opportunity to meet, not acquaintance.",
    ),
    "find_initiated": Label(
        "居民或社会组织发起的活动：{first} {first_part} / {first_all} 场，{last} {last_part} / {last_all} 场。",
        "Activities started by residents or their groups: {first_part} of {first_all} in {first}, {last_part} of {last_all} in {last}.",
    ),
    "find_initiated_if": Label(
        "只比较最早和最近的完整时段，只看写明发起方的活动；这是描述，不说明原因。",
        "First and last complete period only, among activities with a known initiator; a description, not a cause.",
    ),
    # --- headline figures
    "headline": Label("总体数字", "Headline figures"),
    "headline_lead": Label(
        "标有 † 的数字只计有姓名的签到，占全部人次的 {coverage}。",
        "Figures marked † count named sign-ins only, {coverage} of all attendances.",
    ),
    "headline_lead_none": Label(
        "没有签到记录，也没有登记人数：参加活动的数字都是 0。",
        "There are no sign-ins and no head counts: every figure about attending is 0.",
    ),
    "headline_none": Label("没有可以统计的记录。", "There is nothing to count."),
    # --- periods
    "periods": Label("各时段的活动与参加", "Activities and attendances by period"),
    "chart_title": Label("各时段的活动场次与参加人次", "Activities and attendances in each period"),
    "chart_text": Label(
        "从 {first} 到 {last} 共 {n} 个时段；活动最多的一个时段 {activities} 场，人次最多的一个时段 {attendances} 人次。数字见旁边的表。",
        "{n} periods from {first} to {last}; at most {activities} activities and {attendances} attendances in one period. The figures are in the table beside it.",
    ),
    "key_named": Label("有姓名", "with a name"),
    "key_heads": Label("没有姓名", "without a name"),
    "key_partial": Label("* 时段不完整", "* incomplete period"),
    "partial_note": Label(
        "* 记录在这个时段中间开始或结束，不能与完整时段比较。",
        "* The records begin or end inside this period; do not compare it with complete ones.",
    ),
    "people_note": Label("人数只计有姓名者。", "People are those with a name."),
    "column_period": Label("时段", "period"),
    "column_activities": Label("场次", "activities"),
    "column_attendances": Label("人次", "attendances"),
    "column_named": Label("有姓名", "named"),
    "column_people": Label("人数", "people"),
    # --- shortlist
    "shortlist": Label("社区骨干候选名单（供商议）", "Shortlist of possible leaders, for discussion"),
    "shortlist_none": Label(
        "没有足够的记录，列不出候选人。这也是一个有效的结果。",
        "Not enough records to list any candidate. That is a valid result.",
    ),
    "column_name": Label("姓名", "name"),
    "lines": Label("进前 {top_k} 位", "lines in first {top_k}"),
    "lines_of": Label("{lines} / {of} 条", "{lines} of {of}"),
    "strip_key": Label(
        "横条：阴影为前 {top_k} 位，圆点为名次，粗线为 95% 名次区间，箭头表示伸出刻度（第 {last} 位）以外；只有圆点的没有区间。",
        "Strips: shaded = first {top_k}; dot = rank; bold line = 95 % rank interval; arrow = beyond the scale (rank {last}); a dot alone has no interval.",
    ),
    "rank": Label("第 {low} 位", "rank {low}"),
    "rank_tied": Label("并列第 {low} 位", "rank {low}, tied"),
    "rank_interval": Label("第 {low}–{high} 位", "rank {low}–{high}"),
    "tied": Label("并列 {low}", "{low}, tied"),
    "cards": Label("每位候选人的证据卡", "Evidence card of each candidate"),
    "cards_lead": Label(
        "点开姓名查看。全部事实见 tables/evidence.csv。",
        "Open a name to see it. All facts are in tables/evidence.csv.",
    ),
    "cards_print": Label(
        "证据卡在电子版中点开；打印时只印已点开的。",
        "Evidence cards unfold on screen; only those left open are printed.",
    ),
    "card_lines": Label("{of} 条证据中 {lines} 条进入前 {top_k} 位", "among the first {top_k} on {lines} of {of} lines"),
    "column_line": Label("证据", "line of evidence"),
    "column_count": Label("次数", "count"),
    "column_range": Label("95% 区间", "95 % interval"),
    "column_rank": Label("名次", "rank"),
    "column_ranks": Label("名次区间", "rank interval"),
    "column_share": Label("抽样中进入前 {top_k} 位", "draws in first {top_k}"),
    "latest": Label("最近 {n} 条有日期的事实", "Latest {n} dated facts"),
    "latest_other": Label(
        "除“{attended}”外，最近 {n} 条有日期的事实",
        "Latest {n} dated facts other than “{attended}”",
    ),
    "latest_none": Label("没有带日期的事实。", "No dated facts."),
    "row": Label("第 {row} 行", "row {row}"),
    "makeup": Label("候选人与全体居民的构成", "Make-up of the shortlist beside that of the residents"),
    "makeup_lead": Label(
        "上条为候选人（{listed} 位），下条为参加比较的居民（{ranked} 位）。居民不足 {smallest} 人的格子不显示；只隐去一格会被推算出来时，多隐去一格。",
        "Upper bar: listed ({listed}); lower bar: all residents compared ({ranked}). Groups below {smallest} residents are hidden, never one alone.",
    ),
    "makeup_part": Label("候选人", "listed"),
    "makeup_whole": Label("居民", "all"),
    "hidden": Label("不显示", "hidden"),
    "not_stated": Label("未写明", "not stated"),
    # --- network
    "network": Label("联系网络", "The network"),
    "network_residents": Label("居民之间：共同参加活动", "Among residents: attended together"),
    "network_all": Label("全部成员：全部联系类型", "All actors: all kinds of tie"),
    "rule": Label("联系怎样得出", "How ties were made"),
    "parties": Label("都有谁", "Who is in it"),
    "ties_by_layer": Label("有哪些联系", "Ties by kind"),
    "no_ties": Label("没有联系：没有足够的记录。", "No ties: not enough records."),
    "actors": Label("成员数", "actors"),
    "ties": Label("联系数", "ties"),
    "unknown_kind": Label("其他", "other"),
    "layer_ties": Label("{ties} 条", "{ties}"),
    "layer_evidence": Label("依据 {evidence} 次记录", "from {evidence} records"),
    "by": Label("{measure}，按{by}", "{measure} by {by}"),
    "if_actors": Label("其中 {isolates} 位（家）没有任何联系", "{isolates} of them without any tie"),
    "if_ties": Label("有联系的成员对数；几种联系合为一条", "pairs with a tie; several kinds count once"),
    "if_density": Label(
        "占 {possible} 对可能联系的比例；须与平均联系数一起看",
        "of {possible} possible pairs; read it with the mean degree",
    ),
    "if_mean_degree": Label("平均每位成员与多少位有联系", "contacts of an actor, on average"),
    "if_components": Label("互不相连的部分，没有联系的成员各算一块", "separate parts; an actor without ties is one"),
    "if_largest_component_share": Label("最大一块里的成员：{reached} / {actors}", "actors in the largest part: {reached} of {actors}"),
    "if_ei_index": Label(
        "−1 全在组内，1 全跨组；{known} 条联系两端组别已知",
        "−1 all within groups, 1 all across; {known} ties of known groups",
    ),
    "undefined": Label("无法定义", "not defined"),
    # --- gaps
    "gaps": Label("还算不出的，以及补哪一列就能算", "What could not be worked out, and the column that would"),
    "gaps_none": Label("所有项目都已算出。", "Everything could be worked out."),
    "gap_needs": Label("补上", "add"),
    "gap_gives": Label("就能算出", "to work out"),
    "need_more": Label("更多的记录", "more records"),
    "need_people": Label("人员名册的“{zh}”列", "the column {zh} ({en}) of a roster of people"),
    "gap_makeup": Label("候选人构成（{column}）", "make-up of the shortlist ({column})"),
    # --- problems
    "problems": Label("读表时注意到的问题", "Noticed while reading the sheets"),
    "problems_none": Label("没有发现问题。", "Nothing to remark."),
    "problems_lead": Label("每种问题举一例；全部问题见 issues.xlsx。", "One example of each kind; all are in issues.xlsx."),
    "times": Label("{n} 处", "{n}×"),
    "error": Label("须改正", "to correct"),
    "warning": Label("请留意", "please check"),
    "note": Label("备忘", "for the record"),
    # --- method
    "method": Label("怎样得出，有什么局限", "How this was made, and its limits"),
    "limit_meeting": Label(
        "一起参加活动是见面的机会，不是关系。联系只说明有记录可查的共同在场。",
        "Attending together is an opportunity to meet, not a relationship. A tie says only that both were recorded there.",
    ),
    "limit_coverage": Label(
        "{coverage} 的人次有姓名。没有签名、没有记录的参与不在结果里。",
        "{coverage} of attendances have a name. Taking part without signing, or without a record, is not in the results.",
    ),
    "limit_no_sign_ins": Label(
        "没有签到记录：谁来过、和谁一起，这里都没有说。",
        "There are no sign-ins: nothing here tells who came, or who met whom.",
    ),
    "if_joined": Label("如果把疑似同一个的合并", "If likely pairs were one"),
    "if_joined_none": Label("都不合并", "none joined"),
    "if_joined_all": Label("全部合并", "all joined"),
    "if_joined_unresolved": Label(
        "{n} 行签到分不清是谁，未计入个人结果。",
        "Sign-in rows that cannot be told apart and are not in results about people: {n}.",
    ),
    "listed": Label("在名单上", "listed"),
    "limit_same_names": Label(
        "{n} 行到场的签到因同名或姓名不完整无法分清是谁，计入人次，不计入个人结果。",
        "Sign-in rows of people who came left unresolved because names are shared or incomplete: {n}. They count as attendances, not in results about people.",
    ),
    "limit_same_names_none": Label("没有因同名分不清的签到。", "No sign-in was left unresolved because of a shared name."),
    "limit_use": Label(
        "名单用于邀请和培养，不用于考核、待遇或管控。名次只在本时段、本批记录内有效。",
        "The shortlist is for inviting and supporting people, not for appraisal, benefits or control. Ranks hold for this period and these records only.",
    ),
    "limit_sampling": Label(
        "名次区间只反映“活动换一批会怎样”，不含漏签、错签的影响。",
        "Rank intervals say what other activities might have shown; missed or wrong sign-ins are not in them.",
    ),
    "made_ranks": Label(
        "名次：前 {top_k} 位为界，对活动重复抽样 {draws} 次，随机种子 {seed}。",
        "Ranks: first {top_k}, activities resampled {draws} times, random seed {seed}.",
    ),
    "made_versions": Label("软件版本：{versions}。", "Versions: {versions}."),
    "made_same": Label(
        "同样的文件、设置和版本得出逐字节相同的报告，所以文中没有制作时间。",
        "The same files, settings and versions give the same report byte for byte; hence no time of making in it.",
    ),
    "offline": Label("本文件可离线打开，不会向任何地方发送数据。", "This file works offline and cannot send data anywhere."),
    **TIME_TEXTS,
}  # fmt: skip

NOUNS: Final[Mapping[str, tuple[Label, Label]]] = {
    "file": (Label("个文件", "file"), Label("个文件", "files")),
    "table": (Label("张表", "table"), Label("张表", "tables")),
}
"""What is counted in a running sentence: one of it, and several."""
EVIDENCE_UNITS: Final[Mapping[str, Label]] = {
    "activities_attended": Label("场", ""),
    "activities_organised": Label("场", ""),
    "newcomers_brought": Label("人", ""),
    "offices_held": Label("项", ""),
    "groups_connected": Label("个", ""),
    "council_meetings": Label("次", ""),
    "issues_raised": Label("条", ""),
    "nominations_received": Label("票", ""),
}
"""Chinese counts with a classifier; in English the head of the column says what is counted."""

SEXES: Final[Mapping[str, Label]] = {"女": Label("女", "women"), "男": Label("男", "men")}
TRAITS: Final[Mapping[str, Label]] = {
    "hukou": Label("户籍", "registration"),
    "sex": Label("性别", "sex"),
    "age": Label("年龄", "age"),
    "building": Label("楼栋", "building"),
}
"""What the make-up of the shortlist is compared on."""
AGE_BANDS: Final[Mapping[float, Label]] = {
    35: Label("14–34 岁", "14–34"),
    50: Label("35–49 岁", "35–49"),
    65: Label("50–64 岁", "50–64"),
    float("inf"): Label("65 岁及以上", "65 and over"),
}
"""Bands by the age below which they end; the first starts where people may be singled out."""

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """The sentences of the report in one language.

    Examples
    --------
    >>> Wording("en")("rank_interval", low=1, high=4)
    'rank 1–4'
    """

    lang: Lang

    def __call__(self, key: str, **facts: object) -> str:
        """Return the wording of ``key`` with its facts filled in."""
        return REPORT_TEXTS[key].text(self.lang).format(**facts)

    def listed(self, parts: Iterable[str]) -> str:
        """Return the parts as a list within a line."""
        return ("、" if self.lang == "zh" else ", ").join(parts)

    def counted(self, n: int, noun: str) -> str:
        """Return ``n`` with one of :data:`NOUNS`.

        Examples
        --------
        >>> Wording("en").counted(1, "file"), Wording("zh").counted(1, "file")
        ('1 file', '1 个文件')
        """
        one, many = NOUNS[noun]
        return f"{number(n)} {(one if n == 1 else many).text(self.lang)}"


def day(when: object, lang: Lang) -> str:
    """Return a day in words: 2024年5月4日, 4 May 2024."""
    year, month, number = (int(part) for part in str(when)[:10].split("-"))
    return f"{year}年{month}月{number}日" if lang == "zh" else f"{number} {_MONTHS[month - 1]} {year}"


def percent(share: float) -> str:
    """Return a share in whole per cent; what is not quite none or all does not read as 0 % or 100 %.

    Examples
    --------
    >>> percent(0.359), percent(0.001), percent(0.999), percent(1.0)
    ('36%', '<1%', '>99%', '100%')
    """
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def number(value: float) -> str:
    """Return a count with thousands set off."""
    return f"{value:,.0f}"


def period_name(period: str, lang: Lang) -> str:
    """Return the label of a period in words.

    Examples
    --------
    >>> period_name("2024Q1", "zh"), period_name("2024-03", "en"), period_name("2024H2", "en")
    ('2024年第1季度', 'March 2024', '2024 H2')
    """
    year, part = period[:4], period[4:]
    if not part:
        return f"{year}年" if lang == "zh" else year
    if part[0] == "-":
        month = int(part[1:])
        return f"{year}年{month}月" if lang == "zh" else f"{_MONTHS[month - 1]} {year}"
    if lang == "en":
        return f"{year} {part}"
    return f"{year}年第{part[1]}季度" if part[0] == "Q" else f"{year}年{'上' if part == 'H1' else '下'}半年"
