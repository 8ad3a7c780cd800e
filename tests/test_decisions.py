"""Decisions about who is who: taken whole or not at all, undone without a trace, good for the next quarter."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import balance, codes, told

from sanshe_net.build.decisions import (
    COLUMNS,
    Choices,
    Decision,
    Descriptor,
    check_decisions,
    checked,
    choices_of,
    decision_table,
    read_decisions,
    shown_as,
    undone,
    updated,
)
from sanshe_net.build.identity import Identities, resolve_people
from sanshe_net.build.read import read_inputs, read_records
from sanshe_net.errors import InputError, ManyProblems
from sanshe_net.export import write_csv
from sanshe_net.records import Records

FILE = Path(__file__).parent / "data" / "merges_bad.csv"
WANG_1, WANG_2 = Descriptor("王伟", phone="13800000001"), Descriptor("王伟", phone="13800000002")
XIAO, YAO = Descriptor("王小明", phone="13800000003"), Descriptor("王晓明", building="3栋")
SIGN_INS = (
    "姓名,活动,日期,电话,楼栋\n王伟,合唱,2024-05-04,13800000001,\n王伟,灯会,2024-05-05,13800000002,\n"
    "王伟,茶会,2024-05-06,,\n王小明,合唱,2024-05-04,13800000003,\n王晓明,灯会,2024-05-05,,3栋\n"
)


def same(keep: Descriptor, merge: Descriptor, word: str = "same", subject: str = "person") -> Decision:
    return Decision(subject, keep, merge, word, "2024-06-01")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "表").mkdir()
    (tmp_path / "表" / "签到.csv").write_text(SIGN_INS, encoding="utf-8")
    return tmp_path


def read(folder: Path, *decisions: Decision) -> Records:
    path = folder / "决定.csv"
    write_csv(path, decision_table(decisions))
    return read_records(folder / "表", decisions=path)


# --- the file


def test_every_faulty_line_is_named_and_nothing_is_applied() -> None:
    known = {f"P00{i}": Descriptor(f"人{i}") for i in range(1, 8)}

    with pytest.raises(ManyProblems) as refused:
        read_decisions(FILE, lambda: known)

    found = [(problem.place.row, problem.code) for problem in refused.value.problems]
    assert found == [
        (3, "E-DECISION-CIRCLE"), (4, "E-DECISION-SELF"), (5, "E-DECISION-UNKNOWN"), (7, "E-DECISION-BOTH"),
        (8, "E-DECISION-WORD"),
    ]  # fmt: skip


def test_ids_are_those_of_the_tables(folder: Path) -> None:
    plain = read_records(folder / "表")
    ids = plain.people.index[plain.people["name"] == "王伟"]
    path = folder / "按编号.csv"
    path.write_text(f"keep_id,merge_id,decision\n{ids[0]},{ids[1]},同一人\n", encoding="utf-8")

    assert len(read_records(folder / "表", decisions=path).people) == len(plain.people) - 1
    assert read_decisions(path, lambda: {one: Descriptor(one) for one in ids}).people[0].word == "same"
    with pytest.raises(ManyProblems, match="E-DECISION-UNKNOWN"):
        read_decisions(path)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    held = [
        same(Descriptor("=SUM(1)", building="-3栋"), Descriptor("王伟", person_no="007")),
        same(Descriptor("舞蹈队"), Descriptor("社区舞蹈队"), "different", "body"),
        same(Descriptor("灯会", day="2024-02-24"), Descriptor("灯会（二）", day="2024-02-24"), "unsure", "activity"),
    ]  # fmt: skip
    write_csv(tmp_path / "d.csv", decision_table(held))

    found = read_decisions(tmp_path / "d.csv")

    assert [replace(one, line=0) for one in found.every] == held
    assert [one.line for one in found.every] == [2, 3, 4]


@pytest.mark.parametrize("name", ["=甲", "'=甲", "''＝甲", "-乙", "'乙", "O'Neil"])
def test_a_name_that_a_spreadsheet_would_run_is_read_back_as_it_was(tmp_path: Path, name: str) -> None:
    write_csv(tmp_path / "d.csv", decision_table([same(Descriptor(name), XIAO)]))

    assert read_decisions(tmp_path / "d.csv").people[0].keep.name == name


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "persona"}, "E-DECISION-KIND"), ({"decision": "maybe"}, "E-DECISION-WORD"),
        ({"keep_name": ""}, "E-DECISION-END"), ({"kind": "activity"}, "E-DECISION-END"),
        ({"kind": "activity", "keep_day": "2024-02-30", "merge_day": "2024-02-03"}, "E-DECISION-END"),
        ({"merge_name": "王伟", "merge_phone": "13800000001"}, "E-DECISION-SELF"),
    ],
)  # fmt: skip
def test_a_faulty_line_refuses_the_file(tmp_path: Path, change: dict[str, str], code: str) -> None:
    table = decision_table([same(WANG_1, XIAO), same(WANG_1, WANG_2)]).astype(object)
    for column, value in change.items():
        table.loc[1, column] = value
    write_csv(tmp_path / "d.csv", table)

    with pytest.raises(ManyProblems) as refused:
        read_decisions(tmp_path / "d.csv")

    assert [(problem.code, problem.place.row) for problem in refused.value.problems] == [(code, 3)]


def test_a_list_of_people_given_as_decisions_is_refused_without_their_names(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text("张小三,13800000001,keep_id\n", encoding="utf-8")

    with pytest.raises(InputError) as refused:
        read_decisions(tmp_path / "d.csv")

    assert "张**,138****,keep_id" in str(refused.value)
    assert "张小三" not in str(refused.value)
    (tmp_path / "d.csv").write_text("keep_id,merge_id,decision\n张小三,P0009,same\n", encoding="utf-8")
    with pytest.raises(ManyProblems) as refused_ids:
        read_decisions(tmp_path / "d.csv")
    (problem,) = refused_ids.value.problems
    assert "张**、P0009" in problem.wording.zh
    assert "张小三" not in problem.wording.zh


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "E-DECISION-COLUMNS"), ("姓名,决定\n".encode(), "E-DECISION-COLUMNS"),
        ("keep_id,决定\n".encode("gb18030"), "E-DECISION-SYNTAX"),
        (b'keep_id,merge_id,decision\nP1,"P2,same\n', "E-DECISION-SYNTAX"),
        (b"keep_id,merge_id,decision\nP1,P2\n\n", "E-DECISION-FIELDS"),
    ],
)  # fmt: skip
def test_what_is_no_decisions_file_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "d.csv").write_bytes(content)

    with pytest.raises((InputError, ManyProblems), match=code):
        read_decisions(tmp_path / "d.csv")


def test_a_file_that_is_not_there_or_cannot_be_opened_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        read_decisions(tmp_path / "d.csv")

    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "d.csv").write_text("", encoding="utf-8")
    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(InputError, match="E-FILE-UNREADABLE"):
        read_decisions(tmp_path / "d.csv")


def test_a_chain_contradicts_a_pair_that_is_different() -> None:
    a, b, c = (Descriptor(name) for name in "甲乙丙")
    held = [same(a, c, "different"), same(a, b), same(b, c)]

    assert [(fault.code) for fault in check_decisions(held)] == ["E-DECISION-BOTH"]
    with pytest.raises(ManyProblems):
        checked(held, "d.csv")
    assert checked(held[1:], "d.csv") == held[1:]
    assert check_decisions([same(a, b), same(b, c), same(a, c), same(a, b, "unsure")]) == []
    assert [fault.code for fault in check_decisions([same(a, b), same(b, c), same(c, a)])] == [
        "E-DECISION-CIRCLE"
    ]


def test_an_answer_takes_the_place_of_an_older_one_about_the_same_pair() -> None:
    older = [same(WANG_1, WANG_2, "unsure"), same(XIAO, YAO)]
    answer = replace(same(WANG_2, WANG_1), date="2024-09-01")

    after = updated(older, [answer])

    assert {(one.word, one.date) for one in after} == {("same", "2024-09-01"), ("same", "2024-06-01")}
    assert [one.line for one in after] == [2, 3]
    assert updated(after, []) == after


def test_a_line_without_a_decision_cannot_be_undone() -> None:
    held = updated([], [same(WANG_1, WANG_2), same(XIAO, YAO)])

    assert [one.keep for one in undone(held, [2])] == [XIAO] or [one.keep for one in undone(held, [2])] == [
        WANG_1
    ]
    with pytest.raises(ManyProblems) as refused:
        undone(held, [1, 2, 9])
    assert [problem.place.row for problem in refused.value.problems] == [1, 9]


def test_what_is_kept_is_what_nobody_merges_into_another() -> None:
    assert shown_as([("乙", "丙"), ("甲", "乙")]) == {"甲": "甲", "乙": "甲", "丙": "甲"}
    assert shown_as([("b", "z"), ("a", "z")]) == {"a": "a", "b": "a", "z": "a"}
    assert shown_as([("a", "b"), ("b", "a")]) == {"a": "a", "b": "a"}


# --- what they do


def test_people_decided_to_be_one_are_one_under_the_kept_name(folder: Path) -> None:
    records = read(folder, same(XIAO, YAO), same(WANG_1, WANG_2))

    assert records.people["name"].tolist() == ["王伟", "王小明"]
    # The row without a phone can now only be his.
    assert records.attendance["person_id"].notna().all()
    assert "W-SAME-NAME" not in codes(records)
    assert not balance(records).any()


def test_the_other_name_finds_the_person_as_well(folder: Path) -> None:
    (folder / "表" / "组织.csv").write_text("组织名称,负责人\n合唱队,王晓明\n", encoding="utf-8")

    records = read(folder, same(XIAO, YAO))

    assert records.actor_name(records.organisations["leader_id"].iloc[0]) == "王小明"


def test_a_refusal_under_one_name_holds_for_the_other(folder: Path) -> None:
    (folder / "表" / "名册.csv").write_text("姓名,楼栋,是否同意\n王晓明,3栋,不同意\n", encoding="utf-8")

    assert "王小明" in set(read(folder).people["name"])
    assert "王小明" not in set(read(folder, same(XIAO, YAO)).people["name"])


def test_decisions_hold_when_people_are_added_and_wait_when_they_are_away(folder: Path) -> None:
    before = read(folder, same(XIAO, YAO))
    (folder / "表" / "下季.csv").write_text(
        "姓名,活动,日期,电话,楼栋\n丁一,合唱,2024-08-04,,\n王小明,合唱,2024-08-04,13800000003,9栋\n",
        encoding="utf-8",
    )
    after = read(folder, same(XIAO, YAO))
    (folder / "表" / "签到.csv").unlink()
    away = read(folder, same(XIAO, YAO))

    assert (
        before.people.index[before.people["name"] == "王小明"]
        != after.people.index[after.people["name"] == "王小明"]
    )
    assert set(after.people["name"]) == {"王伟", "王小明", "丁一"}
    assert codes(after).count("N-DECISION-UNUSED") == 0
    assert away.people["name"].tolist() == ["丁一", "王小明"]
    assert codes(away) == ["N-DECISION-UNUSED"]


def test_different_keeps_a_pair_from_being_asked_again_and_unsure_does_not(folder: Path) -> None:
    for word, expected in (("different", True), ("unsure", False)):
        write_csv(folder / "d.csv", decision_table([same(WANG_1, WANG_2, word)]))
        people = read_inputs(folder / "表", decisions=folder / "d.csv").people
        assert bool(people.apart) is expected


def test_bodies_and_activities_decided_to_be_one_are_written_one_way(folder: Path) -> None:
    (folder / "表" / "台账.csv").write_text(
        "活动名称,日期,主办单位\n灯 会,2024-05-05,社区舞蹈队\n灯会,2024-05-05,舞蹈队、合唱队\n",
        encoding="utf-8",
    )
    (folder / "表" / "资源.csv").write_text("资源方,受助方,资源类型\n超市,灯 会,物资\n", encoding="utf-8")
    day = "2024-05-05"
    records = read(
        folder,
        same(Descriptor("舞蹈队"), Descriptor("社区舞蹈队"), subject="body"),
        same(Descriptor("灯会", day=day), Descriptor("灯 会", day=day), subject="activity"),
    )

    assert set(records.organisations["name"]) == {"舞蹈队", "合唱队", "超市"}
    assert sorted(records.activities["title"]) == ["合唱", "灯会", "茶会"]
    assert (
        records.support["activity_id"].tolist()
        == records.activities.index[records.activities["title"] == "灯会"].tolist()
    )
    assert not balance(records).any()


# --- laws

PHONES = [None, "1", "2", "3"]
mentions = st.lists(
    st.tuples(
        st.sampled_from(["王伟", "王维", "李娜"]),
        st.sampled_from(PHONES),
        st.sampled_from([None, "3栋", "5栋"]),
    ),
    min_size=1,
    max_size=10,
)
ends = st.builds(Descriptor, st.sampled_from(["王伟", "王维", "李娜"]), phone=st.sampled_from(PHONES))
pairs = st.lists(st.tuples(ends, ends, st.sampled_from(["same", "different", "unsure"])), max_size=5)


def identified(rows: Sequence[tuple[str, str | None, str | None]], choices: Choices) -> Identities:
    frame = pd.DataFrame(rows, columns=["name", "phone", "building"], dtype=object).assign(person_no=None)
    frame = frame.where(frame.notna(), None).assign(
        table="attendance", file="f", sheet="", row=range(len(rows))
    )
    return resolve_people(frame, choices)


def ids(found: Identities) -> list[str | None]:
    return [None if pd.isna(one) else one for one in found.person_id]


@given(mentions, pairs)
def test_merge_then_undo_is_as_if_nothing_had_been_decided(
    rows: list[tuple[str, str | None, str | None]], drawn: list[tuple[Descriptor, Descriptor, str]]
) -> None:
    held = updated([], [same(a, b, word) for a, b, word in drawn])
    left = undone(held, [one.line for one in held])

    assert left == []
    assert identified(rows, choices_of(left)).person_id.equals(identified(rows, Choices()).person_id)


@given(mentions, pairs, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_decisions_matters(
    rows: list[tuple[str, str | None, str | None]],
    drawn: list[tuple[Descriptor, Descriptor, str]],
    draw: random.Random,
) -> None:
    held = [same(a, b, word) for a, b, word in drawn]
    order = draw.sample(range(len(rows)), len(rows))

    found = identified(rows, choices_of(held))
    shuffled = identified([rows[i] for i in order], choices_of(draw.sample(held, len(held))))

    assert [ids(found)[i] for i in order] == ids(shuffled)
    assert found.names == shuffled.names
    assert found.apart == shuffled.apart


@given(mentions, pairs)
def test_deciding_that_all_are_different_joins_nobody(
    rows: list[tuple[str, str | None, str | None]], drawn: list[tuple[Descriptor, Descriptor, str]]
) -> None:
    apart = choices_of([same(a, b, "different") for a, b, _ in drawn])

    assert ids(identified(rows, apart)) == ids(identified(rows, Choices()))


@given(mentions, pairs)
def test_joining_only_ever_joins(
    rows: list[tuple[str, str | None, str | None]], drawn: list[tuple[Descriptor, Descriptor, str]]
) -> None:
    plain, joined = (
        ids(identified(rows, choices_of(held))) for held in ([], [same(a, b, word) for a, b, word in drawn])
    )

    assert len(set(joined) - {None}) <= len(set(plain) - {None})
    for one, other in zip(plain, joined, strict=True):
        assert one is None or other is not None
    together = {}
    for one, other in zip(plain, joined, strict=True):
        if one is not None:
            assert together.setdefault(one, other) == other


def test_an_empty_file_of_decisions_changes_nothing(folder: Path) -> None:
    assert told(read(folder)) == told(read_records(folder / "表"))
    assert decision_table([]).columns.tolist() == list(COLUMNS)
