"""The sentences of the report about time, called ties and how firm an order is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanshe_net.vocabulary import Label

TIME_TEXTS: Final[Mapping[str, Label]] = {
    # --- density over time
    "time": Label("居民之间是不是更紧密了", "Are residents growing closer?"),
    "time_neighbours": Label("相邻的 {n} 组时期：{found}。", "Neighbouring periods ({n} pairs): {found}."),
    "time_year": Label("相隔一年的 {n} 组：{found}。", "A year apart ({n} pairs): {found}."),
    "time_part": Label("{said} {n} 组", "{said} {n}"),
    "time_part_which": Label("{said} {n} 组（{which}）", "{said} {n} ({which})"),
    "time_denser": Label("更紧密", "closer"),
    "time_sparser": Label("更疏远", "less close"),
    "time_no_change": Label("没有超出偶然的变化", "no change beyond chance"),
    "time_not_comparable": Label("不可比", "not comparable"),
    "time_lead": Label(
        "圆点：各期都只取 {m} 场活动时，名册里每 100 对居民有几对会相遇；竖线是 95% 区间。场次拉平，才分得清是更紧密，还是只是活动更多。",
        "Dots: of every 100 pairs of residents on the roster, how many would meet at {m} activities of the period; bars are "
        "95 % intervals. Only at an equal number can growing closer be told from holding more activities.",
    ),
    "time_lead_none": Label(
        "没有一个完整时期的活动多到可以拉平场次，所以只有原始密度（浅色），不能拿来比较高低。",
        "No complete period has enough activities to put periods on an equal number: only raw densities (pale), not to be compared.",
    ),
    "time_chart": Label("各时期居民相遇的密度", "Density of meetings among residents in each period"),
    "time_chart_text": Label(
        "从 {first} 到 {last} 共 {n} 个时期；等量密度最低 {low}，最高 {high}。数字见下面的表。",
        "{n} periods from {first} to {last}; density at an equal number of activities from {low} to {high}. The figures are in the table below.",
    ),
    "time_nothing": Label("无", "none"),
    "key_equal": Label("场次相同时（{m} 场）", "at {m} activities each"),
    "key_raw": Label("原始密度：活动多就高，不宜比较", "raw density: rises with the number of activities"),
    "key_time_partial": Label("* 记录不完整，不比较", "* incomplete, not compared"),
    "time_table": Label("各时期的数字", "The figures of each period"),
    "time_sentences": Label("逐组比较与说明", "Every comparison, and what stands behind it"),
    "time_people": Label("到场 / 名册", "active / roster"),
    "time_equal": Label("场次相同时的密度", "density at equal activities"),
    "time_interval": Label("{value}（{low}–{high}）", "{value} ({low}–{high})"),
    "time_ratio_note": Label(
        "R：与“每人来几次、每场几人都不变”的随机情形之比，小于 1 表示常是同一些人相遇。联系重合度：上一期的联系有多少保持下来（两期合计中的比例）。",
        "R: ratio to chance with everybody coming as often and every activity as large; below 1 the same people keep meeting. "
        "Turnover of ties: of the ties of this and the last period, the share found in both.",
    ),
    # --- called ties
    "called": Label("哪些人一起来得比巧合多", "Who comes together more than by coincidence"),
    "called_lead": Label(
        "{linked} 对居民一起参加过活动；其中 {called} 对一起来的次数，超出了“两人都常来”和“活动人多”所能解释的，认定为联系。",
        "{linked} pairs of residents attended together; {called} of them did so more often than coming a lot and big activities "
        "explain, and are called ties.",
    ),
    "called_lead_none": Label(
        "{linked} 对居民一起参加过活动，但记录还不够，认定不了任何一条联系。这是正常的结果，不等于居民之间没有来往。",
        "{linked} pairs of residents attended together, but the records are not enough to call any tie. That is a normal result; "
        "it does not mean that residents have no ties.",
    ),
    "called_cannot": Label("这些记录还算不出来：{reason}", "Not from these records: {reason}"),
    "called_where": Label(
        "逐条见 tables/called_ties.csv。认定的联系仍只说明共同在场，不说明感情好坏。",
        "All of them are in tables/called_ties.csv. A called tie still says only that two were there together.",
    ),
    "called_size": Label(
        "认定联系时各种规模的活动都计入：大活动里的相遇，随机情形本来就预计得多。",
        "Activities of every size count for called ties: chance already expects many meetings at a big one.",
    ),
    # --- how firm the order is
    "firm": Label("按参加次数排的名次，有多稳", "How firm is the order by attendance?"),
    "firm_tied": Label(
        "谁参加得最多，记录分不出来，可能是这 {n} 位中的任何一位，应看作并列：",
        "Who came most cannot be told; it may be any of these {n}, who count as tied:",
    ),
    "firm_first": Label("只有这一位能与其他人分出先后：", "Told apart from everybody else, in first place:"),
    "firm_more": Label("等", "and others"),
}  # fmt: skip
