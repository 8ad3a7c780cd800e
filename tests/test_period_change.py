"""The two-period test: its draws, its verdicts, and its stated no-answers."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.attendance.matrix import Attendance, attendance_from_table
from sanshe_net.errors import MeasureError
from sanshe_net.measures.change import REASONS, VERDICTS, compare_periods
from sanshe_net.measures.joint_activities import joint_activities
from sanshe_net.measures.rarefaction import met_chances, rarefied_density
from sanshe_net.measures.windows import Window
from sanshe_net.records import Period


def period(label: str, start: int, stop: int) -> Period:
    first = pd.Timestamp("2024-01-01")
    return Period(label, first + pd.Timedelta(days=start), first + pd.Timedelta(days=stop - 1))


def dealt(heads: list[int], people: int = 30, seed: int = 0) -> pd.DataFrame:
    """Activities of the given sizes, one a day, with people drawn at random."""
    draws = np.random.default_rng(seed)
    cells = np.zeros((people, len(heads)))
    for column, count in enumerate(heads):
        cells[draws.choice(people, count, replace=False), column] = 1
    return pd.DataFrame(cells, [f"p{i:02}" for i in range(people)])


def attended(table: pd.DataFrame, kinds: list[str] | None = None) -> Attendance:
    held = attendance_from_table(table, pd.date_range("2024-01-01", periods=table.shape[1]))
    if kinds is None:
        return held
    activities = held.activities.assign(kind=kinds)
    return Attendance(held.present, held.people, activities, held.since, held.until, held.blank)


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 6), st.integers(2, 7), st.data())
def test_sums_over_pairs_when_activities_change_hands_are_the_plain_ones(
    people: int, activities: int, data
) -> None:
    from sanshe_net.kernels.pair_activities import split_sums

    cells = np.array(data.draw(st.lists(st.lists(st.integers(0, 1), min_size=activities, max_size=activities),
                                        min_size=people, max_size=people)))  # fmt: skip
    labels = np.array(data.draw(st.lists(st.lists(st.integers(0, 1), min_size=3, max_size=3),
                                         min_size=activities, max_size=activities)), dtype=np.int16)  # fmt: skip
    first, second = (np.random.default_rng(seed).random(activities + 1) for seed in (1, 2))
    first[0] = second[0] = 0.0
    joint = joint_activities(attendance_from_table(pd.DataFrame(cells)))

    one, other = split_sums(joint.start, joint.at, labels, first, second)

    for draw in range(3):
        met = [cells[i] * cells[j] for i, j in combinations(range(people), 2)]
        in_first = [int((pair * labels[:, draw]).sum()) for pair in met]
        assert one[draw] == pytest.approx(sum(first[w] for w in in_first))
        assert other[draw] == pytest.approx(
            sum(second[int(pair.sum()) - w] for pair, w in zip(met, in_first, strict=True))
        )


def test_the_statistic_is_the_difference_of_rarefied_densities_and_chance_is_trading_activities() -> None:
    table = dealt([5] * 10 + [9] * 12)
    held = attended(table)

    found = compare_periods(held, period("a", 0, 10), period("b", 10, 22), draws=400, seed=3)

    one, other = (
        rarefied_density(attendance_from_table(table[columns]), 10) for columns in (range(10), range(10, 22))
    )
    assert found.densities == pytest.approx((one, other))
    assert found.difference == pytest.approx(other - one)
    # The plain way: relabel, cut the table, rarefy.
    draws = np.random.default_rng(5)
    plain = []
    for _ in range(200):
        order = draws.permutation(22)
        parts = (attendance_from_table(table[np.sort(part)]) for part in (order[:10], order[10:]))
        plain.append(-np.subtract(*(rarefied_density(part, 10) for part in parts)))
    assert found.test.sd == pytest.approx(np.std(plain), rel=0.25)
    assert found.test.mean == pytest.approx(np.mean(plain), abs=4 * found.test.sd / math.sqrt(200))
    assert found.p == (1 + round(found.p * 401 - 1)) / 401


def test_activities_twice_as_large_make_the_later_period_denser_and_it_says_so() -> None:
    found = compare_periods(attended(dealt([4] * 20 + [10] * 15)), period("春", 0, 20), period("夏", 20, 35))

    assert found.verdict == "comparable"
    assert found.why_not == ()
    assert found.p < 0.01
    assert found.low > 0
    assert "夏 更密" in " ".join(found.explain("zh"))
    assert "夏 is denser" in " ".join(found.explain("en"))
    assert "different size" in " ".join(found.explain("en"))


def test_the_same_activities_twice_do_not_differ() -> None:
    half = dealt([6] * 12)
    both = pd.concat([half, half], axis=1, ignore_index=True)

    found = compare_periods(attended(both), period("a", 0, 12), period("b", 12, 24))

    assert found.difference == 0.0
    assert found.p > 0.5
    assert "no difference beyond chance" in " ".join(found.explain("en"))


def test_activities_trade_periods_only_within_their_kind() -> None:
    # Big council meetings in one period only in number: the mix explains the difference, chance expects it.
    kinds = ["class"] * 12 + ["council"] * 4 + ["class"] * 4 + ["council"] * 12
    heads = [4] * 12 + [15] * 4 + [4] * 4 + [15] * 12
    table = dealt(heads)

    within = compare_periods(attended(table, kinds), period("a", 0, 16), period("b", 16, 32))
    blind = compare_periods(attended(table), period("a", 0, 16), period("b", 16, 32))

    assert within.difference == pytest.approx(blind.difference)
    assert blind.p < 0.05 < within.p
    assert within.test.mean > 0.1 > abs(blind.test.mean)


def test_kinds_of_one_period_only_are_left_out_and_counted() -> None:
    kinds = ["class"] * 14 + ["trip"] * 3 + ["class"] * 12
    found = compare_periods(attended(dealt([5] * 29), kinds), period("a", 0, 17), period("b", 17, 29))

    assert (found.activities, found.left_out, found.verdict) == ((14, 12), (3, 0), "comparable")
    assert "3" in " ".join(found.explain("zh")[-2:])


def no_answers() -> dict[str, tuple[Attendance, Period | Window, Period | Window]]:
    plenty = attended(dealt([5] * 30))
    a, b = period("a", 0, 15), period("b", 15, 30)
    mostly_other = attended(dealt([5] * 60), ["class"] * 15 + ["class"] * 12 + ["trip"] * 33)
    few = attended(dealt([3] * 30, people=3))
    heads = plenty.activities.assign(head_count=[5.0] * 15 + [10.0] * 15)
    half_named = Attendance(plenty.present, plenty.people, heads, plenty.since, plenty.until, plenty.blank)
    return {
        "few_activities": (plenty, period("a", 0, 9), b),
        "few_people": (few, a, b),
        "partial": (plenty, Window("a", a.start, a.end, complete=False), b),
        "other_kinds": (mostly_other, a, period("b", 15, 60)),
        "coverage": (half_named, a, b),
    }


@pytest.mark.parametrize("code", list(no_answers()))
def test_periods_that_cannot_be_compared_are_called_so_with_the_reason(code: str) -> None:
    held, first, second = no_answers()[code]

    found = compare_periods(held, first, second, draws=99)

    assert code in found.why_not
    assert found.verdict == "not_comparable"
    for lang in ("zh", "en"):
        words = found.explain(lang)
        assert VERDICTS["not_comparable"].text(lang) in words[0]
        assert REASONS[code].text(lang) in words[0]
    if code.startswith("few"):
        assert math.isnan(found.difference)
        assert math.isnan(found.p)
        assert len(found.explain("en")) == 1


def test_a_period_without_records_is_no_answer() -> None:
    found = compare_periods(attended(dealt([5] * 15)), period("a", 0, 15), period("b", 100, 120), draws=9)

    assert {"few_activities", "few_people"} <= set(found.why_not)
    assert found.activities[1] == 0
    assert math.isnan(found.low)


def test_only_people_who_could_come_in_both_periods_are_compared_unless_asked() -> None:
    table = dealt([6] * 30)
    table.iloc[:4, :15] = np.nan  # moved in later
    held = attended(table)
    since = np.where(np.arange(30) < 4, 15, 0)
    held = Attendance(held.present, held.people, held.activities, since, held.until, held.blank)

    both = compare_periods(held, period("a", 0, 15), period("b", 15, 30), draws=9)
    either = compare_periods(held, period("a", 0, 15), period("b", 15, 30), draws=9, who="either")

    assert (both.people, either.people) == (26, 30)


def test_the_names_of_people_and_their_order_change_nothing() -> None:
    table = dealt([5] * 12 + [8] * 12)
    renamed = table.set_axis([f"x{i:02}" for i in range(30)][::-1])
    a, b = period("a", 0, 12), period("b", 12, 24)

    one, two = (compare_periods(attended(held), a, b, draws=99, seed=4) for held in (table, renamed))

    assert one.p == two.p
    assert one.difference == pytest.approx(two.difference)
    assert (one.low, one.high) == pytest.approx((two.low, two.high))


def test_the_same_seed_gives_the_same_answer_and_draws_beyond_a_block_are_all_there() -> None:
    held = attended(dealt([5] * 24))
    a, b = period("a", 0, 12), period("b", 12, 24)

    assert compare_periods(held, a, b, draws=130, seed=1) == compare_periods(held, a, b, draws=130, seed=1)
    assert compare_periods(held, a, b, draws=130, seed=1).test.draws == 130


def test_the_size_rule_decides_which_activities_make_ties() -> None:
    held = attended(dealt([5] * 12 + [30] + [5] * 12))
    rule = held.named <= 15

    found = compare_periods(held, period("a", 0, 13), period("b", 13, 25), makes_ties=rule, draws=99)

    assert found.activities == (12, 12)
    assert found.heads == (5.0, 5.0)


def test_periods_that_share_a_day_and_odd_options_are_refused() -> None:
    held = attended(dealt([5] * 24))
    with pytest.raises(MeasureError, match="E-WINDOW-ORDER"):
        compare_periods(held, period("a", 0, 13), period("b", 12, 24))
    with pytest.raises(MeasureError, match="E-VALUE"):
        compare_periods(held, period("a", 0, 12), period("b", 12, 24), draws=0)
    with pytest.raises(MeasureError, match="E-VALUE"):
        compare_periods(held, period("a", 0, 12), period("b", 12, 24), who="all")  # type: ignore[arg-type]


def test_chances_of_having_met_are_one_where_the_rest_is_too_small() -> None:
    assert met_chances(5, 3, 5).tolist() == pytest.approx([0, 0.6, 0.9, 1, 1, 1])
