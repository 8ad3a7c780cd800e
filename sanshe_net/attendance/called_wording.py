"""Called ties in words: the rule, what came of it, and why there may be no answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sanshe_net.vocabulary import Label

if TYPE_CHECKING:
    from sanshe_net.attendance.called_ties import CalledTies

MODELS: Final = {
    "sdsm": Label(
        "保持每人的参加次数和每场的人数（平均意义，SDSM 精确值）",
        "everybody as active and every activity as large as they were, on average (SDSM, exact)",
    ),
    "fdsm": Label(
        "严格保持每人的参加次数和每场的人数（FDSM）",
        "everybody exactly as active and every activity exactly as large as they were (FDSM)",
    ),
    "fixed_row": Label("只保持每人的参加次数", "everybody as active as they were, activities of any size"),
    "fixed_column": Label("只保持每场的人数", "every activity as large as it was, people of any activity"),
    "fixed_fill": Label("只保持签到总数", "as many sign-ins as there were, of anybody anywhere"),
}
"""The nulls by name: what chance keeps."""
CORRECTIONS: Final = {
    "bh": Label("Benjamini-Hochberg 校正（控制错误发现率）", "Benjamini-Hochberg, false discovery rate"),
    "by": Label("Benjamini-Yekutieli 校正（控制错误发现率）", "Benjamini-Yekutieli, false discovery rate"),
    "holm": Label("Holm 校正", "Holm, any false tie"),
    "bonferroni": Label("Bonferroni 校正", "Bonferroni, any false tie"),
    "none": Label("未做多重检验校正", "not corrected for the number of pairs"),
}
"""The corrections by name."""
REASONS: Final = {
    "unnamed": Label("没有一条签到写明是谁", "no sign-in says who was there"),
    "people": Label("有签到的人不足 2 个", "fewer than 2 people have a sign-in"),
    "activities": Label("有实名到场者的活动不足 2 场", "fewer than 2 activities have a named person"),
    "everybody": Label(
        "每个人都参加了自己能参加的全部活动，没有什么可由机会决定",
        "all came to all they could, so nothing is left to chance",
    ),
}
"""Why called ties cannot be computed."""
NOT_ENOUGH: Final = Label("记录不足，还不能认定任何一条联系。", "Not enough records to call any tie.")


def rule_wording(called: CalledTies) -> Label:
    """Return the rule, the testable share and, without ties, that the records were not enough."""
    model, correction = MODELS[called.model], CORRECTIONS[called.correction]
    draws = Label("", "")
    if called.draws:
        draws = Label(
            f"，随机 {called.draws} 次，种子 {called.seed}", f", {called.draws} draws, seed {called.seed}"
        )
    rule = Label(
        f"认定的联系：共同参加的次数多于随机所能解释的（随机情形：{model.zh}{draws.zh}；{correction.zh}，"
        f"覆盖全部 {called.eligible:,} 对，水平 {called.alpha:g}；至少共同参加 {called.min_joint} 场）；"
        f"{_share(called)} 的人对可检验。",
        "A called tie is having attended together more often than chance explains (chance: "
        f"{model.en}{draws.en}; {correction.en}, over all {called.eligible:,} pairs, level "
        f"{called.alpha:g}; at least {called.min_joint} joint activities); {_share(called)} of the pairs are "
        "testable.",
    )
    if called.verdict == "enough":
        return rule
    return Label(rule.zh + NOT_ENOUGH.zh, f"{rule.en} {NOT_ENOUGH.en}")


def sentences(called: CalledTies) -> list[Label]:
    """Return what was found, sentence by sentence."""
    found = [
        Label(
            f"{called.people:,} 人、{called.activities:,} 场活动；{called.eligible:,} 对有机会见面，"
            f"{called.linked:,} 对共同参加过。",
            f"{called.people:,} people and {called.activities:,} activities; {called.eligible:,} pairs could "
            f"have met, {called.linked:,} did.",
        ),
        Label(
            f"可检验的人对占 {_share(called)}：其余的人来得太少，即使每次都一起来，也不能与巧合区分。",
            f"{_share(called)} of the pairs are testable: the others came too seldom to be told from "
            "chance even had they always come together.",
        ),
    ]
    if called.verdict == "not enough":
        return [*found, NOT_ENOUGH, _smallest(called), rule_only(called)]
    count = len(called.ties)
    found.append(
        Label(f"认定 {count:,} 条联系。", f"{count:,} {'tie is' if count == 1 else 'ties are'} called.")
    )
    return [*found, rule_only(called)]


def rule_only(called: CalledTies) -> Label:
    """Return what chance means here and how the number of pairs is corrected for."""
    model, correction = MODELS[called.model], CORRECTIONS[called.correction]
    return Label(
        f"随机情形：{model.zh}；{correction.zh}，水平 {called.alpha:g}，至少共同参加 {called.min_joint} 场。",
        f"Chance: {model.en}; {correction.en}, level {called.alpha:g}, at least {called.min_joint} joint "
        "activities.",
    )


def _smallest(called: CalledTies) -> Label:
    p = f"{called.smallest:.2g}"
    return Label(
        f"最小的 p 值是 {p}（未校正），校正前不超过 {called.alpha:g} 的有 {called.uncorrected:,} 对；"
        "这不等于没有联系，只是现有记录看不出来。",
        f"The smallest p-value is {p} (uncorrected); {called.uncorrected:,} pairs are at {called.alpha:g} or "
        "below before correction. That does not mean there are no ties: these records cannot show them.",
    )


def _share(called: CalledTies) -> str:
    share = called.testable_share
    # Neither "none" nor "all" unless it is so.
    if 0 < share < 0.01:
        return "<1%"
    return ">99%" if 0.99 < share < 1 else f"{share:.0%}"
