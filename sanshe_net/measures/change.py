"""Did the network become denser, or was only more recorded? Two periods compared by trading activities."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from scipy.special import stdtrit

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.joint_activities import joint_activities
from sanshe_net.measures.nulls import NullTest, null_test
from sanshe_net.measures.options import check_draws, check_option
from sanshe_net.measures.rarefaction import density_jackknife, met_chances
from sanshe_net.measures.window_table import MIN_ACTIVITIES, MIN_PEOPLE
from sanshe_net.measures.windows import Window
from sanshe_net.network import Array
from sanshe_net.records import Period
from sanshe_net.vocabulary import Label, Lang

Who: TypeAlias = Literal["both", "either"]
WHO: Final = ("both", "either")
BLOCK: Final = 64
"""Draws whose counts lie side by side: one cache line of each activity."""
COVERAGE_GAP: Final = 0.2
"""Periods whose named coverage differs by more than this were not recorded alike."""
LEFT_OUT: Final = 0.5
"""More than this share of a period's activities of kinds the other lacks: they did different things."""
HEADS_APART: Final = 1.5
"""Mean head counts further apart than this factor are pointed out: rarefaction does not equalise them."""
LEVEL: Final = 0.05

VERDICTS: Final = {
    "comparable": Label("可比", "comparable"),
    "not_comparable": Label("不可比", "not comparable"),
}
REASONS: Final = {
    "partial": Label("有一个时期的记录不完整", "the records do not cover the whole of one period"),
    "few_activities": Label(
        f"有一个时期两期共有类型的、可计联系的活动不足 {MIN_ACTIVITIES} 场",
        f"one period has fewer than {MIN_ACTIVITIES} activities that make ties and are of a kind held in both",
    ),
    "few_people": Label(
        f"两期都到过场的人不足 {MIN_PEOPLE} 人",
        f"fewer than {MIN_PEOPLE} of the people compared came in one of the periods",
    ),
    "other_kinds": Label(
        "有一个时期过半的活动是另一期没有的类型",
        "most activities of one period are of kinds that the other has not",
    ),
    "coverage": Label(
        f"两期的实名比例相差超过 {COVERAGE_GAP:.0%}，记录方式不同",
        f"named coverage differs by more than {COVERAGE_GAP:.0%}: the periods were not recorded alike",
    ),
}
"""Why two periods are not comparable, by code."""


@dataclass(frozen=True)
class PeriodComparison:
    """Rarefied density of two periods and whether their difference is more than chance.

    Attributes
    ----------
    first, second
        Labels of the periods.
    verdict
        ``comparable`` or ``not_comparable``, a key of :data:`VERDICTS`.
    why_not
        Codes of :data:`REASONS`; empty when comparable.
    people
        How many people are compared.
    who
        ``both``: those who could come in both periods; ``either``: the whole roster.
    activities
        Activities used in each period: those that make ties, of kinds held in both periods.
    left_out
        Activities of each period that make ties, but are of a kind the other period lacks.
    drawn
        M, the common number of activities.
    densities
        Rarefied density of each period at M.
    difference, low, high
        Second minus first, with a 95 % jackknife interval over activities.
    heads
        Mean head count of the activities used.
    coverage
        Share of heads with a name, over all activities of each period.
    test
        Permutation test of the difference; the mean over the draws is what the mix of kinds alone gives.
    """

    first: str
    second: str
    verdict: str
    why_not: tuple[str, ...]
    people: int
    who: str
    activities: tuple[int, int]
    left_out: tuple[int, int]
    drawn: int
    densities: tuple[float, float]
    difference: float
    low: float
    high: float
    heads: tuple[float, float]
    coverage: tuple[float, float]
    test: NullTest

    @property
    def p(self) -> float:
        """Two-sided p-value; NaN without a test."""
        return self.test.p_two_sided

    def explain(self, lang: Lang) -> list[str]:
        """Return verdict, numbers and limits in words, one sentence each."""
        return [sentence.text(lang) for sentence in _explained(self)]


def compare_periods(
    attendance: Attendance,
    first: Window | Period,
    second: Window | Period,
    *,
    draws: int = 1000,
    seed: int = 0,
    makes_ties: Array | None = None,
    named: Array | None = None,
    who: Who = "both",
) -> PeriodComparison:
    r"""Compare the density of two periods at the same number of activities.

    The statistic is :math:`D_2(M) - D_1(M)`, rarefied densities at M = the smaller number of activities. If
    the periods do not differ, it does not matter in which of them an activity was held: activities trade
    periods at random, within their kind, and the difference is worked out again. Raw densities tested with
    a bootstrap of people reject in every case where nothing changed but the number of activities.

    Parameters
    ----------
    attendance
        People and activities.
    first, second
        Two periods without a day in common.
    draws, seed
        Permutations of the activities, and their seed.
    makes_ties
        For each activity whether the size rule lets it make ties; by default all. Activities with fewer
        than two people never do.
    named
        Named sign-ins of each activity, for the coverage; by default the people of ``attendance``.
    who
        ``both`` compares among people who could come in both periods, so that a changed roster is not taken
        for a changed network; ``either`` among everybody who could come in one.

    Returns
    -------
    PeriodComparison. Difference. Unit: share of pairs of people. Range: -1 to 1. NaN, with the verdict
    "not comparable" and its reasons, below the minimum of activities or people.

    Raises
    ------
    MeasureError
        When the periods share a day, ``draws`` is below 1 or ``who`` is something else.

    Notes
    -----
    Cost: O(sum of k^2) for the pairs, then O(draws * sum of k^2 / 16) or so: the counts of many draws are
    kept side by side. Activities of one series (a weekly class) are no independent draws; where the series
    are kinds of their own, the permutation within kinds allows for it, otherwise p is too small.

    References
    ----------
    Anderson, B. S., Butts, C., & Carley, K. (1999). The interaction of size and density with graph-level
    indices. *Social Networks* 21(3), 239-267.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> came = np.random.default_rng(1).random((30, 40)) < 0.15
    >>> held = attendance_from_table(pd.DataFrame(came.astype(int)), pd.date_range("2024-01-01", periods=40))
    >>> winter, spring = (Period(m, *map(pd.Timestamp, days)) for m, days in {
    ...     "a": ("2024-01-01", "2024-01-15"), "b": ("2024-01-16", "2024-02-09")}.items())
    >>> answer = compare_periods(held, winter, spring, draws=200)
    >>> answer.verdict, answer.drawn, answer.p > 0.05
    ('comparable', 14, True)
    """
    check_draws(draws, seed)
    check_option("who", who, WHO)
    if first.start <= second.end and second.start <= first.end:
        raise MeasureError("E-WINDOW-ORDER", one=first.label, other=second.label)
    dates = attendance.activities["date"]
    inside = [dates.between(one.start, one.end).to_numpy() for one in (first, second)]
    could = [attendance.of_activities(mask).opportunities > 0 for mask in inside]
    people = could[0] & could[1] if who == "both" else could[0] | could[1]
    held = attendance.of_people(people)
    able = held.named > 1
    tying = able if makes_ties is None else able & makes_ties
    used, left_out = _of_shared_kinds(held, [mask & tying for mask in inside])
    parts = [held.of_activities(mask) for mask in used]
    coverage = _coverage(attendance, inside, attendance.named if named is None else named)
    numbers = (parts[0].shape[1], parts[1].shape[1])
    why = _why_not((first, second), parts, left_out, coverage)
    drawn = min(numbers)
    answerable = not {"few_activities", "few_people"} & set(why)
    values = [density_jackknife(part, drawn) if answerable else (math.nan, math.nan) for part in parts]
    difference = values[1][0] - values[0][0]
    reach = _reach([error for _, error in values], numbers)
    chance = _permuted(held, used, drawn, draws=draws, seed=seed) if answerable else np.empty(0)
    return PeriodComparison(
        first.label, second.label, "not_comparable" if why else "comparable", tuple(why),
        people=int(people.sum()), who=who, activities=numbers, left_out=left_out, drawn=drawn,
        densities=(values[0][0], values[1][0]),
        difference=difference, low=difference - reach, high=difference + reach,
        heads=(_mean_heads(parts[0]), _mean_heads(parts[1])), coverage=coverage,
        test=null_test("rarefied_density_difference", "activities_within_kind", difference, chance, seed=seed),
    )  # fmt: skip


def _of_shared_kinds(held: Attendance, inside: list[Array]) -> tuple[list[Array], tuple[int, int]]:
    kinds = held.activities["kind"].to_numpy()
    shared = np.intersect1d(kinds[inside[0]].astype(str), kinds[inside[1]].astype(str))
    known = np.isin(kinds.astype(str), shared)
    used = [mask & known for mask in inside]
    one, other = (int(mask.sum() - kept.sum()) for mask, kept in zip(inside, used, strict=True))
    return used, (one, other)


def _coverage(attendance: Attendance, inside: list[Array], named: Array) -> tuple[float, float]:
    heads = attendance.activities["head_count"].to_numpy()
    one, other = (
        float(named[mask].sum() / heads[mask].sum()) if heads[mask].sum() else math.nan for mask in inside
    )
    return one, other


def _why_not(
    periods: tuple[Window | Period, Window | Period],
    parts: list[Attendance],
    left_out: tuple[int, int],
    coverage: tuple[float, float],
) -> list[str]:
    why = []
    if not all(getattr(period, "complete", True) for period in periods):
        why.append("partial")
    numbers = [part.shape[1] for part in parts]
    if min(numbers) < MIN_ACTIVITIES:
        why.append("few_activities")
    if min(int((part.attended > 0).sum()) for part in parts) < MIN_PEOPLE:
        why.append("few_people")
    if any(out > LEFT_OUT * (out + used) for out, used in zip(left_out, numbers, strict=True)):
        why.append("other_kinds")
    if abs(coverage[0] - coverage[1]) > COVERAGE_GAP:
        why.append("coverage")
    return why


def _permuted(held: Attendance, used: list[Array], drawn: int, *, draws: int, seed: int) -> Array:
    """Return the difference for each draw of which activities the first period has, kind by kind."""
    from sanshe_net.kernels.pair_activities import split_sums

    either = used[0] | used[1]
    joint = joint_activities(held.of_activities(either))
    in_first = used[0][either]
    labels = _traded(in_first, held.activities["kind"].to_numpy()[either], draws, seed)
    most = int(joint.times.max(initial=0))
    numbers = int(in_first.sum()), int((~in_first).sum())
    chances = [met_chances(number, drawn, min(most, number)) for number in numbers]
    # A draw may give a pair no more meetings in a period than the period has activities.
    tables = [np.r_[held_chances, np.ones(most + 1 - len(held_chances))] for held_chances in chances]
    differences = []
    for begin in range(0, draws, BLOCK):
        block = np.ascontiguousarray(labels[begin : begin + BLOCK].T)
        one, other = split_sums(joint.start, joint.at, block, *tables)
        differences.append((other - one) / joint.pairs)
    return np.concatenate(differences)


def _traded(in_first: Array, kinds: Array, draws: int, seed: int) -> Array:
    """Return draws x activities: 1 where the activity is in the first period; as many per kind as there were."""
    labels = np.tile(in_first.astype(np.int16), (draws, 1))
    streams = np.random.default_rng(seed)
    for kind in np.unique(kinds.astype(str)):
        of_kind = np.flatnonzero(kinds.astype(str) == kind)
        labels[:, of_kind] = streams.permuted(labels[:, of_kind], axis=1)
    return labels


def _reach(errors: list[float], numbers: tuple[int, int]) -> float:
    """Return how far a 95 % interval reaches: Student's t, degrees of freedom after Welch."""
    parts = [error**2 for error in errors]
    if not sum(parts) > 0:
        return sum(parts)  # 0, or NaN where there is no error to speak of
    freedom = sum(parts) ** 2 / sum(
        part**2 / (number - 1) for part, number in zip(parts, numbers, strict=True)
    )
    return float(stdtrit(freedom, 0.975) * math.sqrt(sum(parts)))


def _mean_heads(part: Attendance) -> float:
    heads = part.activities["head_count"]
    return float(heads.mean()) if len(heads) else math.nan


def _explained(found: PeriodComparison) -> list[Label]:
    verdict = VERDICTS[found.verdict]
    if found.why_not:
        reasons = [REASONS[code] for code in found.why_not]
        opening = Label(
            f"{found.first} 与 {found.second}：{verdict.zh}，因为{'；'.join(reason.zh for reason in reasons)}。",
            f"{found.first} and {found.second}: {verdict.en}, because {'; '.join(reason.en for reason in reasons)}.",
        )
    else:
        opening = Label(
            f"{found.first} 与 {found.second}：{verdict.zh}。",
            f"{found.first} and {found.second}: {verdict.en}.",
        )
    if math.isnan(found.difference):
        return [opening]
    return [opening, _result(found), _conditions(found), *_cautions(found)]


def _result(found: PeriodComparison) -> Label:
    one, other = found.densities
    if found.why_not:
        said = Label("不作结论", "no conclusion is drawn")
    elif found.p > LEVEL:
        said = Label("看不出超出偶然的差别", "no difference beyond chance")
    elif found.test.observed > found.test.mean:
        said = Label(f"{found.second} 更密", f"{found.second} is denser")
    else:
        said = Label(f"{found.second} 更疏", f"{found.second} is sparser")
    return Label(
        f"同为 {found.drawn} 场活动时，密度 {one:.3f} 与 {other:.3f}，相差 {found.difference:+.3f}"
        f"（95% 区间 {found.low:+.3f} 至 {found.high:+.3f}，p = {found.p:.3g}）：{said.zh}。",
        f"At {found.drawn} activities each the density is {one:.3f} and {other:.3f}, a difference of "
        f"{found.difference:+.3f} (95 % interval {found.low:+.3f} to {found.high:+.3f}, p = {found.p:.3g}): {said.en}.",
    )


def _conditions(found: PeriodComparison) -> Label:
    whom = (
        Label("两期都可参加的", "could come in both periods")
        if found.who == "both"
        else Label("任一期可参加的", "could come in either")
    )
    (one, other), (heads, later_heads) = found.activities, found.heads
    return Label(
        f"比较的是{whom.zh} {found.people} 人；活动 {one} 与 {other} 场，场均 {heads:.1f} 与 {later_heads:.1f} 人；"
        f"检验：活动在两期之间随机互换（同类之内）{found.test.draws} 次，种子 {found.test.seed}。",
        f"Compared are the {found.people} people who {whom.en}; {one} and {other} activities with {heads:.1f} and "
        f"{later_heads:.1f} heads on average; tested by letting activities trade periods within their kind, "
        f"{found.test.draws} draws, seed {found.test.seed}.",
    )


def _cautions(found: PeriodComparison) -> list[Label]:
    said = []
    if max(found.heads) > HEADS_APART * min(found.heads):
        said.append(Label(
            "两期活动的规模差别很大：场次相同并不等于规模相同，密度的差别可能只是活动变大或变小。",
            "Activities were of very different size: an equal number of them is not an equal size, and the difference may be that alone.",
        ))  # fmt: skip
    if any(found.left_out):
        said.append(Label(
            f"另有 {found.left_out[0]} 与 {found.left_out[1]} 场活动的类型只在一期出现，未计入。",
            f"{found.left_out[0]} and {found.left_out[1]} further activities are of kinds held in one period only and are left out.",
        ))  # fmt: skip
    said.append(Label(
        "密度看不出谁与谁来往的变化：请同时看与随机之比 R 和联系重合度。",
        "Density is blind to who mixes with whom: look at the ratio to chance R and the turnover of ties as well.",
    ))  # fmt: skip
    return said
