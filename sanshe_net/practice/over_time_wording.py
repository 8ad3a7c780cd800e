"""Density over time in words: what may be said of it, and how it was made."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import pandas as pd

from sanshe_net.measures.change import LEVEL, VERDICTS
from sanshe_net.measures.change import REASONS as NOT_COMPARABLE
from sanshe_net.measures.window_table import COLUMNS, MIN_ACTIVITIES, MIN_PEOPLE, REASONS
from sanshe_net.measures.windows import SLACK_DAYS
from sanshe_net.vocabulary import Label, Lang

if TYPE_CHECKING:
    from sanshe_net.measures.change import PeriodComparison
    from sanshe_net.practice.over_time import DensityOverTime

NOTHING: Final = Label(
    "记录里没有带日期的活动，无法按时期看密度。",
    "The records have no dated activity: there is no density over time.",
)
NO_TEST: Final = Label(
    "没有两个完整的时期可以比较，因此不能说上升或下降。",
    "There are no two complete periods to compare, so neither a rise nor a fall can be claimed.",
)


SHOWN: Final = (
    "complete", "roster", "active", "tie_activities", "heads_mean", "coverage", "density_roster", "density_active",
    "density_active_all", "degree_active", "rarefied", "null_ratio", "null_z", "ties_jaccard",
)  # fmt: skip
"""Columns of the table that fit a terminal; a density never stands alone."""
SHARES: Final = ("coverage", "people_jaccard", "ties_jaccard")


def readable_table(found: DensityOverTime, lang: Lang) -> pd.DataFrame:
    """Return the table as people read it: the periods across the top, what is missing as a dash."""
    rows = {
        COLUMNS[column].text(lang): [shown(column, value, lang) for value in found.table[column]]
        for column in SHOWN
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(found.table.index), dtype=object)
    return table.rename_axis(index=Label("时期", "period").text(lang)).reset_index()


def shown(column: str, value: float, lang: Lang) -> str:
    """Return a value of the table as people read it; what is missing as a dash."""
    if column == "complete":
        return (Label("是", "yes") if value else Label("否", "no")).text(lang)
    if math.isnan(value):
        return "—"
    if column in SHARES:
        return f"{value:.0%}"
    if column.startswith("density") or column == "rarefied":
        return f"{value:.3f}"
    return f"{value:.0f}" if value == round(value) and column != "null_ratio" else f"{value:.2f}"


def explained(found: DensityOverTime) -> list[Label]:
    """Return what may be said, one sentence each."""
    if not found.windows:
        return [NOTHING]
    return [*_tests(found), *_lines(found), *missing(found), *_outside(found), _alarm(found)]


Change: TypeAlias = Literal["denser", "sparser", "no_change", "not_comparable"]
CHANGES: Final[dict[Change, Label]] = {
    "denser": Label("密度上升", "denser"),
    "sparser": Label("密度下降", "sparser"),
    "no_change": Label("没有超出偶然的差别", "no difference beyond chance"),
    "not_comparable": Label("不可比", "not comparable"),
}
"""What a test of two periods says."""


def change_of(test: PeriodComparison, corrected: float) -> Change:
    """Return what a test says at its corrected p-value."""
    if test.why_not:
        return "not_comparable"
    if corrected > LEVEL:
        return "no_change"
    return "denser" if test.test.observed > test.test.mean else "sparser"


def _tests(found: DensityOverTime) -> list[Label]:
    if not found.tests:
        return [NO_TEST]
    pairs = zip(found.tests, found.corrected, strict=True)
    return [_tested(test, corrected) for test, corrected in pairs]


def _tested(test: PeriodComparison, corrected: float) -> Label:
    verdict = VERDICTS[test.verdict]
    if test.why_not:
        reasons = [NOT_COMPARABLE[code] for code in test.why_not]
        return Label(
            f"{test.first} 与 {test.second} {verdict.zh}：{'；'.join(reason.zh for reason in reasons)}。",
            f"{test.first} and {test.second} are {verdict.en}: {'; '.join(reason.en for reason in reasons)}.",
        )
    said = CHANGES[change_of(test, corrected)]
    one, other = test.densities
    return Label(
        f"{test.first} → {test.second}（可比，各取 {test.drawn} 场）：{one:.3f} → {other:.3f}，"
        f"相差 {test.difference:+.3f}（{test.low:+.3f} 至 {test.high:+.3f}，校正后 p = {corrected:.3g}）：{said.zh}。",
        f"{test.first} → {test.second} (comparable, at {test.drawn} activities each): {one:.3f} → {other:.3f}, "
        f"difference {test.difference:+.3f} ({test.low:+.3f} to {test.high:+.3f}, corrected p = {corrected:.3g}): {said.en}.",
    )


def _lines(found: DensityOverTime) -> list[Label]:
    said = []
    raw = found.table["density_active_all"].dropna()
    ruled = found.table["density_active"].dropna()
    if len(raw) and len(ruled):
        said.append(Label(
            f"到场者之间的密度：计大型活动时 {raw.min():.3f} 至 {raw.max():.3f}，按人数规则 {ruled.min():.3f} 至 {ruled.max():.3f}；"
            f"有 {found.too_big} 场活动不计联系。",
            f"Density among active people: {raw.min():.3f} to {raw.max():.3f} with big activities, {ruled.min():.3f} to "
            f"{ruled.max():.3f} under the size rule; {found.too_big} activities make no ties.",
        ))  # fmt: skip
    ratio = found.table["null_ratio"].dropna()
    if len(ratio):
        said.append(Label(
            f"与“谁来几次、每场几人”相同的随机情形之比 R 为 {ratio.min():.2f} 至 {ratio.max():.2f}；小于 1 表示总是同一些人相遇。",
            f"The ratio to chance R, with everybody coming as often and every activity as large, is {ratio.min():.2f} to "
            f"{ratio.max():.2f}; below 1 the same people keep meeting.",
        ))  # fmt: skip
    lengths = found.lengths
    if lengths.notna().any():
        half, same, double = (_number(lengths[name]) for name in ("half", "same", "double"))
        said.append(Label(
            f"窗口取一半、照旧、加倍时，平均密度为 {half}、{same}、{double}：原始密度的高低有多少只取决于窗口长短。",
            f"With windows half as long, as they are and twice as long the mean density is {half}, {same} and {double}: so much "
            "of a raw density is the length of its window.",
        ))  # fmt: skip
    return said


def _number(value: float) -> str:
    return "—" if math.isnan(value) else f"{value:.3f}"


def missing(found: DensityOverTime) -> list[Label]:
    """Return why values are missing, and in which periods."""
    said = []
    for code, reason in REASONS.items():
        labels = [str(label) for label, why in found.table["why_not"].items() if code in why.split()]
        if labels and code != "first":
            said.append(Label(f"{'、'.join(labels)}：{reason.zh}。", f"{', '.join(labels)}: {reason.en}."))
    return said


def _outside(found: DensityOverTime) -> list[Label]:
    said = []
    if found.placed.undated:
        said.append(Label(
            f"{found.placed.undated} 场活动没有日期，不属于任何时期。",
            f"Activities without a date, in no period: {found.placed.undated}.",
        ))  # fmt: skip
    if found.placed.outside:
        said.append(Label(
            f"{found.placed.outside} 场活动的日期不在任何时期之内，未计入。",
            f"Activities dated outside all periods, left out: {found.placed.outside}.",
        ))  # fmt: skip
    return said


def _alarm(found: DensityOverTime) -> Label:
    zh, en = (found.alarm.explain(lang)[0] for lang in ("zh", "en"))
    return Label(zh, en)


def methods_text(found: DensityOverTime) -> Label:
    """Return the methods paragraph."""
    if not found.windows:
        return NOTHING
    parts = [_data(found), _rule(found), _standard(found), _null(found), _test(found), _limits(found)]
    return Label("".join(part.zh for part in parts), " ".join(part.en for part in parts))


def _data(found: DensityOverTime) -> Label:
    windows, complete = len(found.windows), sum(window.complete for window in found.windows)
    first, last = found.windows[0].start, found.windows[-1].end
    out = found.staff_left_out
    staff_zh, staff_en = (f"，{out} 名工作人员不计", f"; {out} staff are not counted") if out else ("", "")
    return Label(
        f"时期为{found.period_rule.zh}（{first:%Y-%m-%d} 至 {last:%Y-%m-%d}，共 {windows} 个，其中记录完整的 {complete} 个；"
        f"首末活动日距时期边界不超过 {SLACK_DAYS} 天，或注明的记录范围包含整个时期，视为完整）。不完整的时期列出但不参与比较。"
        f"名册共 {found.everybody} 人{staff_zh}；每个时期的名册是当期至少有一场活动可以参加的人（从迁入日起），到场者是当期签到过的人。",
        f"Periods are {found.period_rule.en} ({first:%Y-%m-%d} to {last:%Y-%m-%d}, {windows} in all, {complete} covered completely "
        f"by the records: the first and last activity within {SLACK_DAYS} days of the edges, or as stated). Incomplete periods are shown, "
        f"not compared. The roster has {found.everybody} people{staff_en}; in each period it is those who could have come to at least "
        "one activity (from the day they moved in), the active are those who did.",
    )


def _rule(found: DensityOverTime) -> Label:
    wording = found.rule.wording
    return Label(
        f"{wording.zh}有 {found.too_big} 场活动因此不计联系；不用此规则的密度并列给出。实名不足两人的活动不产生联系，也不计入活动数。",
        f"{wording.en} {found.too_big} activities therefore make no ties; densities without the rule are given beside. Activities "
        "with fewer than two named people make no ties and are not counted among those that do.",
    )


def _standard(found: DensityOverTime) -> Label:
    at = found.table["rarefied_at"].dropna()
    if at.empty:
        return Label(
            f"没有一个完整时期有 {MIN_ACTIVITIES} 场可计联系的活动，因此没有等量密度。",
            f"No complete period has {MIN_ACTIVITIES} activities that make ties, so there is no rarefied density.",
        )
    return Label(
        f"等量密度是从当期活动中任取 M = {at.iloc[0]:.0f} 场时名册中两人相遇过的期望比例（稀疏化，闭式；M 取各完整时期可计联系的活动数的最小值，"
        f"少于 {MIN_ACTIVITIES} 场的时期除外），95% 区间由逐场剔除的刀切法得到。",
        f"Rarefied density is the expected share of pairs of the roster who met at M = {at.iloc[0]:.0f} activities drawn from the period "
        f"(closed form; M is the smallest number among complete periods with at least {MIN_ACTIVITIES}), with 95 % intervals "
        "from a jackknife over activities.",
    )


def _null(found: DensityOverTime) -> Label:
    if not found.null_draws:
        return Label("没有与随机情形比较。", "No comparison with chance was made.")
    return Label(
        f"随机情形保持每人的参加次数和每场的人数（curveball，每期 {found.null_draws} 次，种子 {found.seed}）。",
        f"Chance keeps how often everybody came and how many came to each activity (curveball, {found.null_draws} draws a period, "
        f"seed {found.seed}).",
    )


def _test(found: DensityOverTime) -> Label:
    return Label(
        f"两期比较：在两期都可参加的人之间，活动在两期之间随机互换（同类之内）{found.draws} 次（种子 {found.seed}），统计量为等量密度之差，"
        f"p = (1+更极端的次数)/(1+{found.draws})，对 {len(found.tests)} 个检验作 Holm 校正；活动或人数不足（{MIN_ACTIVITIES} 场、{MIN_PEOPLE} 人）"
        "时不作答。",
        f"Two periods were compared among people who could come in both, by letting activities trade periods within their kind "
        f"({found.draws} draws, seed {found.seed}); the statistic is the difference of rarefied densities, p = (1 + more extreme) / "
        f"(1 + {found.draws}), corrected over {len(found.tests)} tests after Holm; below {MIN_ACTIVITIES} activities or {MIN_PEOPLE} "
        "people no answer is given.",
    )


def _limits(found: DensityOverTime) -> Label:
    coverage = found.table["coverage"].dropna()
    named = (
        "–".join(dict.fromkeys(f"{value:.0%}" for value in (coverage.min(), coverage.max())))
        if len(coverage)
        else "—"
    )
    return Label(
        f"局限：只看得见签了名的人（各期实名比例 {named}）；等量密度拉平活动的场次，不拉平规模；同在一场只是相遇的机会；"
        "系列活动彼此不独立，p 可能偏小；季节影响请看相隔一年的比较。",
        f"Limits: only people who signed are seen (named coverage {named}); rarefaction equalises the number of activities, not their "
        "sizes; being at one activity is an opportunity to meet; activities of a series are not independent, so p may be too "
        "small; for the seasons look at the comparisons a year apart.",
    )
