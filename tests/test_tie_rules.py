"""What counts as a tie, against a slow count of every pair."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_records import made

from sanshe_net.attendance.size_rule import SizeRule
from sanshe_net.attendance.weights import TieWeight
from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import SettingsError
from sanshe_net.network import Network
from sanshe_net.pipeline import run_community
from sanshe_net.records import Records
from sanshe_net.settings import Settings

DATA = Path(__file__).parent / "data"
NO_RULE = TieRule("count", None)


def community(*groups: str, heads: list[float | None] | None = None) -> Records:
    """Return records of one activity a day, each attended by the people of one string."""
    people = sorted(set("".join(groups)))
    days = pd.date_range("2024-01-01", periods=len(groups))
    ids = [f"A{i:03d}" for i in range(len(groups))]
    activities = pd.DataFrame({"title": ids, "date": days, "head_count": heads}, index=ids)
    rows = [(person, activity, True) for activity, group in zip(ids, groups, strict=True) for person in group]
    return made(
        people=pd.DataFrame({"name": people, "kind": "resident"}, index=people),
        activities=activities,
        attendance=pd.DataFrame(rows, columns=["person_id", "activity_id", "present"]),
    )


def crowd(size: int) -> str:
    return "".join(chr(0x4E00 + i) for i in range(size))


def co_attendance(records: Records, rule: TieRule) -> Network:
    return build_network(records, layers="co_attendance", rule=rule)


groups = st.lists(st.text("abcdefgh", max_size=8), min_size=1, max_size=10)


@given(groups, st.sampled_from(["count", "newman"]))
def test_ties_are_those_of_a_slow_count(drawn: list[str], weight: str) -> None:
    records = community(*drawn)
    expected: dict[tuple[str, str], list[tuple[pd.Timestamp, float]]] = defaultdict(list)
    for group, day in zip(drawn, records.activities["date"], strict=True):
        here = sorted(set(group))
        for pair in combinations(here, 2):
            expected[pair].append((day, 1 / (len(here) - 1) if weight == "newman" else 1))

    ties = co_attendance(records, TieRule(weight, None)).ties  # type: ignore[arg-type]

    assert list(zip(ties["source"], ties["target"], strict=True)) == sorted(expected)
    for tie in ties.itertuples():
        joint = expected[str(tie.source), str(tie.target)]
        assert tie.weight == pytest.approx(sum(each for _, each in joint))
        assert (tie.first, tie.last, tie.evidence) == (joint[0][0], joint[-1][0], len(joint))


@given(groups)
def test_newman_strength_is_the_number_of_activities_in_company(drawn: list[str]) -> None:
    network = co_attendance(community(*drawn), TieRule("newman", None))
    company = [set(group) for group in drawn if len(set(group)) > 1]

    strength = network.adjacency().sum(axis=1)

    assert strength == pytest.approx(
        [sum(person in group for group in company) for person in network.actors.index]
    )


@pytest.mark.parametrize("size", [1, 2, 3, 10, 30])
def test_one_activity_adds_all_its_pairs_and_half_its_heads(size: int) -> None:
    records = community(crowd(size))

    assert co_attendance(records, NO_RULE).ties["weight"].sum() == size * (size - 1) / 2
    assert co_attendance(records, TieRule("newman", None)).ties["weight"].sum() == pytest.approx(
        size / 2 if size > 1 else 0
    )


@pytest.mark.parametrize(
    ("size", "others", "ties"),
    [(30, 40, True), (31, 40, False), (20, 20, True), (21, 20, False), (10, 0, True), (11, 0, False)],
)
def test_the_size_rule_turns_at_its_boundaries(size: int, others: int, ties: bool) -> None:
    everybody = crowd(size + others)
    alone = everybody[size:]  # everybody else came once, alone

    records = community(everybody[:size], *alone)

    assert co_attendance(records, TieRule()).ties.empty is not ties
    assert len(co_attendance(records, NO_RULE).ties) == size * (size - 1) / 2


@pytest.mark.parametrize(("heads", "ties"), [(30, True), (31, False)])
def test_the_size_rule_counts_reported_heads(heads: int, ties: bool) -> None:
    records = community("ab", *crowd(80), heads=[heads, *[None] * 80])

    assert co_attendance(records, TieRule()).ties.empty is not ties


def test_everybody_means_those_who_came() -> None:
    records = community(crowd(12))
    absent = pd.DataFrame({"person_id": list(crowd(60)), "activity_id": "A000", "present": False})
    attendance = pd.concat([records.attendance[absent.columns], absent], ignore_index=True)

    network = co_attendance(
        made(people=records.people, activities=records.activities, attendance=attendance), TieRule()
    )

    assert network.ties.empty


def test_a_festival_changes_nothing_but_attendance() -> None:
    small = [crowd(40)[i : i + 5] for i in range(0, 40, 3)]

    without, with_festival = (
        co_attendance(community(*all_of), TieRule()) for all_of in (small, [*small, crowd(40)])
    )

    pd.testing.assert_frame_equal(without.ties, with_festival.ties)


def test_absence_and_blank_make_no_tie() -> None:
    records = made(
        people=pd.DataFrame({"name": list("abc")}, index=list("abc")),
        activities=pd.DataFrame({"title": "x", "date": pd.Timestamp("2024-01-01")}, index=["A1"]),
        attendance=pd.DataFrame(
            {"person_id": list("abc"), "activity_id": "A1", "present": [True, False, None]}
        ),
    )

    assert co_attendance(records, NO_RULE).ties.empty


def test_the_rule_says_itself_and_refuses_other_weights() -> None:
    assert TieRule().wording != NO_RULE.wording
    assert "30" in TieRule().wording.zh
    assert TieRule.from_settings(Settings(weight="count", max_head_count=12)) == TieRule(
        "count", SizeRule(12)
    )
    with pytest.raises(SettingsError, match="friendship"):
        TieRule("friendship")  # type: ignore[arg-type]


def test_southern_women_meet_as_davis_wrote_it_down() -> None:
    network = co_attendance(read_records(DATA / "southern_women_dated.csv"), NO_RULE)
    oracle = pd.read_csv(DATA / "southern_women_backbone_oracle.csv")
    expected = {
        frozenset(name.split()[0].replace("Katherina", "Katherine") for name in pair): count
        for *pair, count in oracle[["a", "b", "co_attendance"]].itertuples(index=False)
    }

    names = network.actors["label"]
    found = {
        frozenset((names[a], names[b])): weight
        for a, b, weight in network.ties[["source", "target", "weight"]].itertuples(index=False)
    }

    assert len(expected) == 153
    assert len(found) == 139
    assert {pair: found.get(pair, 0) for pair in expected} == expected


def test_toronto_council_meets_as_the_city_published_it() -> None:
    records = read_records(DATA / "toronto_council_attendance.csv")
    raw = pd.read_csv(DATA / "toronto_council_attendance.csv").drop_duplicates()
    came = raw[raw["present"] == 1]

    assert len(records.activities) == 405
    assert records.presence()["present"].sum() == 2462
    assert records.sources["duplicate"].sum() == 5
    assert len(records.attendance) == len(raw)
    assert records.attendance["present"].sum() == len(came)
    network = co_attendance(records, NO_RULE)
    incidence = pd.crosstab(came["person"], [came["date"], came["committee"], came["meeting"]]).clip(upper=1)
    joint = incidence.to_numpy() @ incidence.to_numpy().T
    assert len(network.ties) == 375 == (joint[np.triu_indices(28, 1)] > 0).sum()
    by_name = network.actors["label"].to_numpy()
    dense = network.adjacency().toarray()[np.ix_(by_name.argsort(), by_name.argsort())]
    np.testing.assert_array_equal(dense, joint - np.diag(joint.diagonal()))


def test_every_part_of_a_rule_comes_from_the_settings_and_is_said() -> None:
    settings = Settings(weight="count", half_life_days=90, min_joint=2, max_head_count=12)
    rule = TieRule.from_settings(settings)

    assert rule == TieRule(TieWeight("count").decayed(90), SizeRule(12), min_joint=2)
    for said in ("90", "12", "2 场"):
        assert said in rule.wording.zh
    with pytest.raises(SettingsError, match="half_life_days"):
        Settings(weight="jaccard", half_life_days=90)
    with pytest.raises(SettingsError, match="min_joint"):
        TieRule(min_joint=0)


def test_a_network_says_from_which_day_its_ties_fade() -> None:
    network = co_attendance(community("ab", "ab"), TieRule(TieWeight("count").decayed(1), None))

    assert network.ties["weight"].tolist() == [1.5]
    assert "2024-01-02" in network.rule.zh
    assert "2024-01-02" in network.rule.en


def test_a_run_shows_its_ties_with_the_size_rule_and_without(tmp_path: Path) -> None:
    run_community([DATA / "southern_women_dated.csv"], tmp_path / "out", settings=Settings(draws=20))
    table = pd.read_csv(tmp_path / "out" / "tables" / "size_rule.csv")

    # Two of the 14 events had more than half of the 18 women.
    assert table["activities"].tolist() == [12, 14]
    assert table["ties"].tolist()[1] == 139
    assert "人数上限的影响" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
