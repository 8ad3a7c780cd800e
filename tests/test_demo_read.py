"""The reader against the demo's planted truth: what was written is what is read."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pytest
from sheets import balance

from sanshe_net.demo import DemoFiles
from sanshe_net.records import Records


def truth(demo: DemoFiles, name: str) -> pd.DataFrame:
    return pd.read_csv(demo.truth / f"{name}.csv", keep_default_na=False)


@pytest.fixture(scope="module")
def facts(demo: DemoFiles) -> dict[str, Any]:
    return json.loads((demo.truth / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def matched(demo: DemoFiles, demo_records: Records) -> pd.DataFrame:
    """Every sign-in that was read beside what the truth says of its address."""
    place = ["file", "sheet", "row"]
    read = demo_records.attendance.rename(columns={"person_id": "read_as", "activity_id": "read_at"})
    written = truth(demo, "signins").astype({"present": bool, "is_duplicate": bool})
    return read.fillna({"sheet": ""}).merge(
        written, on=place, how="outer", suffixes=("", "_truth"), indicator=True
    )


def test_every_sign_in_is_read_once_from_its_address(matched: pd.DataFrame) -> None:
    left = matched[matched["_merge"] != "both"]

    assert set(left["_merge"]) == {"right_only"}
    assert left["is_duplicate"].all()
    assert not matched.loc[matched["_merge"] == "both", "is_duplicate"].any()


def test_presence_and_absence_are_kept(matched: pd.DataFrame, demo: DemoFiles, demo_records: Records) -> None:
    read = matched[matched["_merge"] == "both"]

    assert (read["present"].astype(bool) == read["present_truth"]).all()
    assert (~demo_records.attendance["present"]).sum() == demo.counts["signin_absences"]
    assert demo_records.attendance["present"].sum() == demo.counts["signins"]


def test_every_named_row_goes_to_the_right_person(matched: pd.DataFrame, demo_records: Records) -> None:
    named = matched[(matched["_merge"] == "both") & matched["read_as"].notna()]

    assert (named.groupby("read_as")["person_id"].nunique() == 1).all()
    assert (named.groupby("person_id")["read_as"].nunique() == 1).all()
    unresolved = matched[(matched["_merge"] == "both") & matched["read_as"].isna()]
    assert len(unresolved) == (demo_records.problems["code"] == "W-PERSON-UNRESOLVED").sum()


def test_every_row_goes_to_the_right_activity(
    matched: pd.DataFrame, demo: DemoFiles, demo_records: Records
) -> None:
    read = matched[matched["_merge"] == "both"]

    assert (read.groupby("read_at")["activity_id"].nunique() == 1).all()
    assert (read.groupby("activity_id")["read_at"].nunique() == 1).all()
    assert len(demo_records.activities) == len(truth(demo, "activities"))


def test_the_pair_of_one_name_is_two_people(
    demo: DemoFiles, demo_records: Records, facts: dict[str, Any]
) -> None:
    (name,) = {person["name"] for person in facts["same_name"]}
    pair = demo_records.people[demo_records.people["name"] == name]
    expected = (
        truth(demo, "people")
        .set_index("person_id")
        .loc[[person["person_id"] for person in facts["same_name"]]]
    )

    assert sorted(pair["building"]) == sorted(expected["building"])
    assert set(demo_records.problems.loc[demo_records.problems["code"] == "W-SAME-NAME", "value"]) == {name}


def test_kinds_and_registration_are_those_of_the_roster(demo: DemoFiles, demo_records: Records) -> None:
    people = demo_records.people[~demo_records.people["name"].duplicated(keep=False)].set_index("name")
    expected = truth(demo, "people").set_index("name")
    expected = expected.loc[people.index]
    kinds = {"居民": "resident", "社工": "social_worker", "居委会工作人员": "committee"}

    assert (people["kind"] == expected["kind"].map(lambda kind: kinds.get(kind, kind))).all()
    local = people["hukou"].dropna()
    assert len(local) > 800
    assert (local == expected.loc[local.index, "hukou"].map({"本地": "local", "非本地": "non_local"})).all()


def test_every_row_of_every_sheet_is_accounted_for(demo: DemoFiles, demo_records: Records) -> None:
    expected = truth(demo, "sheets").set_index(["file", "sheet"]).sort_index()
    found = demo_records.sources.set_index(["file", "sheet"]).sort_index()

    assert list(found.index) == list(expected.index)
    assert not balance(demo_records).any()
    not_records = expected[["repeated_headers", "footers", "notes"]].sum(axis=1)
    assert (found["rows_in"] == expected["records"] + not_records).all()
    assert (found["left_out"] == not_records).all()
    assert (found["duplicate"] == expected["duplicates"]).all()
    assert not found["quarantined"].any()


def test_nothing_in_the_demo_stops_a_run(demo_records: Records) -> None:
    assert set(demo_records.problems["severity"]) <= {"note", "warning"}


def test_head_counts_and_kinds_come_from_the_ledger(demo: DemoFiles, demo_records: Records) -> None:
    expected = truth(demo, "activities")
    key = ["title", "date"]
    found = demo_records.activities.assign(date=demo_records.activities["date"].astype(str).str[:10])
    both = found.merge(expected, on=key, suffixes=("", "_truth"))

    # Titles are written with stray spaces and full-width marks here and there.
    assert len(both) > 0.9 * len(expected)
    assert found["head_count"].sum() == demo.counts["head_count"]
    assert (both["head_count"] == both["head_count_truth"]).mean() > 0.99
