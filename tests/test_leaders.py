"""The leader shortlist: residents only, one line of evidence at a time, every fact traceable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sanshe_net.build.read import read_records
from sanshe_net.demo import DemoFiles
from sanshe_net.practice.leaders import LINES, RESAMPLED, find_leaders
from sanshe_net.records import Records

SIGN_INS = """姓名,活动,日期,角色,年龄,介绍人
李梅,合唱,2024-01-05,组织者,50,
王强,合唱,2024-01-05,,40,
社工小陈,合唱,2024-01-05,社工,30,
李梅,合唱,2024-06-05,组织者,50,
赵新,合唱,2024-06-05,,35,
孙来,合唱,2024-06-12,,35,王强
王强,合唱,2024-06-12,,40,
社工小陈,合唱,2024-06-12,组织者,30,
童童,合唱,2024-06-12,组织者,9,
"""


def records_of(text: str, folder: Path, name: str = "签到.csv") -> Records:
    (folder / name).write_text(text, encoding="utf-8")
    return read_records(folder)


@pytest.fixture
def small(tmp_path: Path) -> Records:
    return records_of(SIGN_INS, tmp_path)


def who(records: Records, name: str) -> str:
    return str(records.people.index[records.people["name"] == name][0])


def test_staff_and_children_are_never_ranked(small: Records) -> None:
    leaders = find_leaders(small, draws=20)

    ranked = set(leaders.counts.index)
    assert who(small, "社工小陈") not in ranked
    assert who(small, "童童") not in ranked
    assert leaders.ranked == 4


def test_each_line_counts_what_its_name_says(small: Records) -> None:
    counts = find_leaders(small, draws=20).counts

    li, wang = who(small, "李梅"), who(small, "王强")
    assert counts.loc[li, "activities_organised"] == 2
    assert counts.loc[wang, "activities_attended"] == 2
    # 赵新 first came to the activity that 李梅 organised; 孙来 says that 王强 brought them.
    assert counts.loc[li, "newcomers_brought"] == 1
    assert counts.loc[wang, "newcomers_brought"] == 1


def test_those_who_came_in_the_first_months_are_nobodys_newcomers(small: Records) -> None:
    counts = find_leaders(small, draws=20, newcomer_days=155).counts

    # 赵新 came on day 152 of the records, 孙来 on day 159.
    assert counts["newcomers_brought"].sum() == 1


def test_records_too_short_for_newcomers_say_so_instead_of_counting_none(small: Records) -> None:
    leaders = find_leaders(small, draws=20, newcomer_days=365)

    assert "newcomers_brought" in {gap.term for gap in leaders.gaps}


def test_newcomers_are_counted_from_the_first_sign_in_whatever_the_list_of_activities_says(
    tmp_path: Path,
) -> None:
    (tmp_path / "台账.csv").write_text("活动名称,日期,参加人数\n开站,2020-01-01,9\n", encoding="utf-8")
    counts = find_leaders(records_of(SIGN_INS, tmp_path), draws=20, newcomer_days=155).counts

    assert counts["newcomers_brought"].sum() == 1


def test_whoever_names_a_stranger_was_not_brought_by_the_organiser(tmp_path: Path) -> None:
    text = SIGN_INS.replace("赵新,合唱,2024-06-05,,35,", "赵新,合唱,2024-06-05,,35,外面人")
    records = records_of(text, tmp_path)

    assert find_leaders(records, draws=20).counts.loc[who(records, "李梅"), "newcomers_brought"] == 0


def test_a_child_is_not_named_as_somebodys_newcomer(tmp_path: Path) -> None:
    records = records_of(
        SIGN_INS.replace("孙来,合唱,2024-06-12,,35,王强", "孙来,合唱,2024-06-12,,8,王强"), tmp_path
    )
    evidence = find_leaders(records, draws=20).evidence

    assert not evidence["what"].str.contains("孙来").any()
    assert evidence["what"].str.contains("儿童").any()


def test_a_line_that_rests_on_few_activities_has_no_interval(small: Records) -> None:
    ranks = find_leaders(small, draws=20).ranks

    assert ranks["rank_low"].isna().all()
    assert ranks["share_in_top_k"].isna().all()


def test_a_speaker_who_once_signed_as_staff_is_not_ranked(tmp_path: Path) -> None:
    text = SIGN_INS + "陈静,合唱,2024-06-12,工作人员,40,\n陈静,讲座,2024-06-20,主讲人,40,\n"
    records = records_of(text, tmp_path)

    assert who(records, "陈静") not in find_leaders(records, draws=20).counts.index


def test_attending_alone_makes_no_candidate_when_there_is_other_evidence(small: Records) -> None:
    leaders = find_leaders(small, draws=20)

    assert who(small, "赵新") not in leaders.shortlist.index
    assert who(small, "李梅") in leaders.shortlist.index


def test_attendance_is_used_when_it_is_all_there_is(tmp_path: Path) -> None:
    records = records_of(
        "姓名,活动,日期\n甲一,棋,2024-01-01\n乙二,棋,2024-01-01\n甲一,棋,2024-01-08\n", tmp_path
    )
    leaders = find_leaders(records, top_k=1, draws=20)

    assert leaders.shortlist["label"].tolist() == ["甲一"]
    assert {gap.term for gap in leaders.gaps} == set(LINES) - {"activities_attended"}
    assert all(gap.needs.zh and gap.needs.en for gap in leaders.gaps)


def test_every_fact_stands_in_the_row_it_names(tmp_path: Path) -> None:
    records = records_of(SIGN_INS, tmp_path)
    lines = SIGN_INS.splitlines()
    evidence = find_leaders(records, draws=20).evidence

    assert len(evidence) > 0
    for fact in evidence[evidence["evidence"] != "newcomers_brought"].itertuples():
        name = records.actor_name(str(fact.person_id))
        assert name in lines[int(str(fact.row)) - 1]
        assert f"{fact.date:%Y-%m-%d}" in lines[int(str(fact.row)) - 1]


def test_the_facts_of_a_candidate_add_up_to_the_count(demo_records: Records) -> None:
    leaders = find_leaders(demo_records, draws=20)
    # Two roles in one activity are two rows but one activity.
    unit = leaders.evidence["activity_id"].fillna(leaders.evidence["what"])
    attended = leaders.evidence[leaders.evidence["evidence"] == "activities_attended"]
    facts = attended.assign(unit=unit).groupby("person_id")["unit"].nunique()

    pd.testing.assert_series_equal(
        facts.sort_index().astype(float),
        leaders.shortlist["activities_attended"].sort_index(),
        check_names=False,
    )


def test_intervals_are_given_for_sums_over_activities_only(demo_records: Records) -> None:
    ranks = find_leaders(demo_records, draws=50).ranks

    has_interval = ranks.groupby("evidence")["rank_low"].apply(lambda column: column.notna().all())
    for line, given in has_interval.items():
        assert given == (line in RESAMPLED), line
    held = ranks.dropna(subset=["rank_low"])
    assert (held["rank_low"] <= held["rank_high"]).all()
    assert held["share_in_top_k"].between(0, 1).all()


def test_the_planted_leaders_of_the_demo_are_found(demo_records: Records, demo: DemoFiles) -> None:
    people = pd.read_csv(demo.truth / "people.csv")
    planted = set(people.loc[people["leader"] & ~people["quiet_leader"], "name"])
    found = set(find_leaders(demo_records, draws=100).shortlist["label"])

    assert planted <= found


def test_the_same_records_give_the_same_shortlist_whatever_the_order_of_the_rows(tmp_path: Path) -> None:
    header, *rows = SIGN_INS.splitlines()
    shuffled = "\n".join([header, *np.random.default_rng(3).permutation(rows)])
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = find_leaders(records_of(SIGN_INS, tmp_path / "a"), draws=50)
    second = find_leaders(records_of(shuffled, tmp_path / "b"), draws=50)

    pd.testing.assert_frame_equal(first.shortlist, second.shortlist)
    pd.testing.assert_frame_equal(first.ranks, second.ranks)


def test_a_crowd_of_equals_is_cut_and_counted(tmp_path: Path) -> None:
    rows = "".join(f"居民{i:02d},棋,2024-01-01\n" for i in range(30))
    leaders = find_leaders(records_of(f"姓名,活动,日期\n{rows}", tmp_path), top_k=5, draws=10)

    assert len(leaders.shortlist) == 10
    assert leaders.more == 20
    assert "20" in " ".join(leaders.explain("en"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_explanation_names_the_rule_the_seed_and_the_coverage(small: Records, lang: str) -> None:
    text = " ".join(find_leaders(small, draws=20, seed=7).explain(lang))  # type: ignore[arg-type]

    assert "20" in text
    assert "7" in text
