"""What stands above each column of a workbook, in words; the CSV files keep the terms of the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanshe_net.measures.window_table import COLUMNS as WINDOW_COLUMNS
from sanshe_net.vocabulary import COLUMNS, Label, Lang, label

OF_TABLE: Final[Mapping[tuple[str, str], Label]] = {
    ("indicators", "value"): Label("数值", "number"),
    ("figures", "value"): Label("数值", "number"),
    ("organisations", "name"): Label("名称", "name"),
    ("organisations", "kind"): Label("组织类别", "kind of body"),
    ("activities", "kind"): Label("活动类型", "activity kind"),
    ("activities", "end"): Label("结束日期", "last day"),
    ("issues", "title"): Label("议题", "issue"),
    ("issues", "kind"): Label("议题类型", "kind of issue"),
    ("support", "kind"): Label("资源类型", "kind of support"),
    ("memberships", "role"): Label("职务", "position"),
    ("hosting", "role"): Label("主办或协办", "host or co-host"),
    ("nominations", "source_id"): Label("推荐人编号", "nominator's id"),
    ("nominations", "target_id"): Label("被推荐人编号", "nominee's id"),
    ("ties", "evidence"): Label("依据的记录数", "records behind it"),
    ("ranks", "low"): Label("计数下限（95%）", "count, low (95 %)"),
    ("ranks", "high"): Label("计数上限（95%）", "count, high (95 %)"),
    ("problems", "zh"): Label("说明（中文）", "remark (Chinese)"),
    ("problems", "en"): Label("说明（英文）", "remark (English)"),
    ("sources", "table"): Label("记录种类", "kind of record"),
    ("groups", "group"): Label("组号", "group id"),
    ("groups", "label"): Label("楼栋或组织", "building or body"),
    ("attendances", "group"): Label("时段", "period"),
    ("standing", "rank"): Label("名次", "rank"),
    ("standing", "estimate"): Label("与人同场的次数", "attendances in company"),
    ("standing", "rank_low"): Label("可能的最好名次", "best possible rank"),
    ("standing", "rank_high"): Label("可能的最差名次", "worst possible rank"),
    ("standing", "tied"): Label("分不出先后的人数", "how many cannot be told apart"),
    ("called_ties", "p"): Label("p 值（未校正）", "p-value, uncorrected"),
    ("called_ties", "q"): Label("校正后的 p 值", "p-value, corrected"),
    ("period_tests", "first"): Label("前一期", "first period"),
    ("period_tests", "second"): Label("后一期", "second period"),
    ("period_tests", "people"): Label("比较的人数", "people compared"),
    ("period_tests", "activities"): Label("各取的活动数", "activities drawn from each"),
    ("period_tests", "low"): Label("差的下限（95%）", "difference, low (95 %)"),
    ("period_tests", "high"): Label("差的上限（95%）", "difference, high (95 %)"),
    ("period_tests", "draws"): Label("抽样次数", "draws"),
    **{("over_time", column): words for column, words in WINDOW_COLUMNS.items()},
}
"""Columns whose word means something else in this table than in others."""

OF_COLUMN: Final[Mapping[str, Label]] = {
    # people
    "moved_in": Label("入住日期", "moved in"),
    "consent": Label("同意情况", "consent"),
    # organisations
    "registered": Label("已备案", "registered"),
    "founded": Label("成立日期", "founded"),
    "supervisor_id": Label("指导单位编号", "supervisor's id"),
    "leader_id": Label("负责人编号", "head's id"),
    # activities
    "precision": Label("日期精度", "precision of the date"),
    "occurrence": Label("第几次", "occurrence"),
    "initiator_kind": Label("发起方", "started by"),
    "mode": Label("合作方式", "kind of cooperation"),
    "phase": Label("阶段", "phase"),
    "place": Label("地点", "place"),
    "head_count": Label("登记人数", "reported heads"),
    # attendance
    "present": Label("到场", "present"),
    "session": Label("节次", "session"),
    "hours": Label("服务时长", "hours"),
    "brought_by": Label("介绍人编号", "brought by"),
    "introduced": Label("写有介绍人", "names who brought them"),
    # memberships, support, issues
    "start": Label("开始日期", "from"),
    "end": Label("结束日期", "to"),
    "giver_id": Label("资源方编号", "giver's id"),
    "receiver_id": Label("接受方编号", "receiver's id"),
    "amount": Label("折合金额（元）", "amount (yuan)"),
    "question": Label("推荐的问题", "question"),
    "issue_id": Label("议题编号", "issue id"),
    "raised": Label("提出日期", "raised on"),
    "state": Label("状态", "state"),
    "settled": Label("解决日期", "settled on"),
    # problems
    "cell": Label("单元格", "cell"),
    # indicators and figures
    "term": Label("指标", "indicator"),
    "network": Label("网络", "network"),
    "measure": Label("指标", "measure"),
    "by": Label("分组依据", "by"),
    "zh": Label("文字（中文）", "in words (Chinese)"),
    "en": Label("文字（英文）", "in words (English)"),
    "meaning_zh": Label("口径（中文）", "what is counted (Chinese)"),
    "meaning_en": Label("口径（英文）", "what is counted (English)"),
    "condition_zh": Label("怎样读（中文）", "how to read it (Chinese)"),
    "condition_en": Label("怎样读（英文）", "how to read it (English)"),
    "complete": Label("完整时段", "complete period"),
    # groups instead of people
    "group": Label("组", "group"),
    "pairs": Label("至少多少对", "at least so many pairs"),
    # said better here than in COLUMNS
    "person_id": Label("人员编号", "person id"),
    "actor_id": Label("人员或组织编号", "id of person or body"),
    "activity_id": Label("活动编号", "activity id"),
    "org_id": Label("组织编号", "id of body"),
    "rows_in": Label("读入行数", "rows read"),
    "left_out": Label("不计", "left out"),
    "rank_low": Label("名次最好", "best rank"),
    "rank_high": Label("名次最差", "worst rank"),
    "share_in_top_k": Label("进前列的抽样比例", "share of draws in the first"),
    # change
    "ties": Label("联系数", "ties"),
    "window": Label("时期", "period"),
    "source_label": Label("一方", "one person"),
    "target_label": Label("另一方", "the other"),
    "joint": Label("共同参加的活动数", "activities together"),
    "verdict": Label("能否比较", "verdict"),
    "why_not": Label("原因", "why not"),
    "density_first": Label("前一期密度", "density, first"),
    "density_second": Label("后一期密度", "density, second"),
    "difference": Label("相差", "difference"),
    "p": Label("p 值", "p-value"),
    "p_corrected": Label("校正后的 p 值", "p-value, corrected"),
    "none_merged": Label("都不合并", "none joined"),
    "all_merged": Label("全部合并", "all joined"),
}
"""Columns that mean the same in every table that has them."""


def heading(table: str, column: str, lang: Lang) -> str:
    """Return the words above ``column`` of ``table``.

    Examples
    --------
    >>> heading("organisations", "name", "zh"), heading("people", "name", "zh")
    ('名称', '姓名')
    """
    for words, key in ((OF_TABLE, (table, column)), (OF_COLUMN, column), (COLUMNS, column)):
        if key in words:
            return words[key].text(lang)  # type: ignore[index]
    return label(column, lang)
