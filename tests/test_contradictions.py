"""What the sheets contradict, leave open or do not say is told, never settled in silence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sheets import write

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import read_records
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import ManyProblems
from sanshe_net.pipeline import map_of_files, run_community
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.records import Records
from sanshe_net.settings import Settings

SIGN_INS = "姓名,活动,日期\n李梅,合唱,2024-05-04\n王强,合唱,2024-05-04\n"
Read = Callable[..., Records]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_texts(**sheets: str) -> Records:
        for name, text in sheets.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return read_records(tmp_path)

    return read_texts


def codes(records: Records) -> list[str]:
    return records.problems["code"].tolist()


def balanced(records: Records) -> bool:
    rows = records.sources
    return bool((rows["rows_in"] == rows[["used", "duplicate", "left_out", "quarantined"]].sum(axis=1)).all())


@pytest.mark.parametrize(
    ("initiator", "kind"),
    [
        ("社工", "social_worker"), ("青云社工站", "social_worker"), ("居委会", "committee"), ("社区", "committee"),
        ("幸福物业公司", "partner"), ("街道党工委", "government"), ("居民", "resident"), ("合唱队", "organisation"),
        ("李梅", "resident"), ("站里", None), ("外面人", None),
    ],
)  # fmt: skip
def test_only_residents_and_their_groups_start_things_for_residents(
    read: Read, initiator: str, kind: str | None
) -> None:
    records = read(a=SIGN_INS, b=f"活动名称,日期,发起方\n合唱,2024-05-04,{initiator}\n")
    told = records.activities["initiator_kind"].iloc[0]

    assert (None if told != told else told) == kind
    share = headline_indicators(records).table["value"].get("resident_initiated")
    assert share == (None if kind is None else float(kind in ("resident", "organisation")))


def test_a_stranger_who_started_something_is_no_organisation(read: Read) -> None:
    records = read(a=SIGN_INS, b="活动名称,日期,发起方\n合唱,2024-05-04,张三丰\n")

    assert records.organisations.empty


def test_two_rows_of_one_activity_that_differ_are_told_and_no_head_vanishes(read: Read) -> None:
    ledger = "活动名称,日期,参加人数,地点\n合唱,2024-05-04,300,广场\n合唱,2024-05-04,200,礼堂\n"
    records = read(a=SIGN_INS, b=ledger)

    assert records.head_counts().tolist() == [300]
    conflicts = records.problems[records.problems["code"] == "W-ACTIVITY-CONFLICT"]
    assert len(conflicts) == 2
    assert conflicts["en"].str.contains("300").any()


def test_an_occurrence_written_on_one_side_only_is_still_the_same_activity(read: Read) -> None:
    records = read(a=SIGN_INS, b="活动名称,日期,场次,参加人数\n合唱,2024-05-04,3,40\n")

    assert len(records.activities) == 1
    assert records.head_counts().tolist() == [40]


def test_two_occurrences_of_one_day_stay_two(read: Read) -> None:
    ledger = "活动名称,日期,场次,参加人数\n合唱,2024-05-04,上午场,40\n合唱,2024-05-04,下午场,30\n"

    assert len(read(a=SIGN_INS, b=ledger).activities) == 3  # the sign-in sheet does not say which


@pytest.mark.parametrize(
    ("facts", "told"),
    [("女,70\n女,9", 1), ("女,70\n女,71", 0), ("女,70\n,", 0)],
)
def test_two_ages_of_one_person_are_told(read: Read, facts: str, told: int) -> None:
    rows = "".join(f"王芳,{row}\n" for row in facts.split("\n"))
    records = read(a=SIGN_INS, b=f"姓名,性别,年龄\n{rows}")

    assert codes(records).count("W-FACT-CONFLICT") == told


def test_a_name_of_two_sexes_is_two_people_unless_something_stronger_joins_them(read: Read) -> None:
    two = read(a="姓名,性别,活动,日期\n王芳,女,a,2024-01-01\n王芳,男,b,2024-01-02\n王芳,,c,2024-01-03\n")
    one = read(
        a="姓名,性别,电话,活动,日期\n王芳,女,19900000001,a,2024-01-01\n王芳,男,19900000001,b,2024-01-02\n"
    )

    assert len(two.people) == 2
    assert {"W-SAME-NAME", "W-PERSON-UNRESOLVED"} <= set(codes(two))  # nobody can tell who came to c
    assert len(one.people) == 1
    assert "W-FACT-CONFLICT" in codes(one)


def test_once_social_worker_is_never_a_resident_unless_the_roster_says_so(read: Read) -> None:
    sheet = "姓名,活动,日期,身份\n陈静,a,2024-01-01,社工\n陈静,b,2024-01-02,居民\n陈静,c,2024-01-03,居民\n"

    assert read(a=sheet).people["kind"].tolist() == ["social_worker"]
    assert read(a=sheet, b="姓名,身份\n陈静,居民\n").people["kind"].tolist() == ["resident"]


@pytest.mark.parametrize("answer", ["×", "不知道", "/"])
def test_an_unclear_answer_about_consent_stops_the_run(read: Read, answer: str) -> None:
    with pytest.raises(ManyProblems, match="E-CONSENT-UNCLEAR"):
        read(a=SIGN_INS, b=f"姓名,是否同意\n李梅,{answer}\n")


def test_a_column_that_asks_for_consent_in_other_words_stops_the_run(read: Read) -> None:
    with pytest.raises(ManyProblems, match="E-CONSENT-COLUMN"):
        read(a=SIGN_INS, b="姓名,照片使用同意吗\n李梅,否\n")


def test_a_withdrawn_name_is_quoted_in_no_problem(read: Read) -> None:
    sheet = "姓名,活动,日期,介绍人\n李梅,合唱,2024-05-04,\n王强,合唱,2024-05-04,甲乙、戊己\n甲乙,合唱,2024-05-04,\n"
    records = read(a=sheet, b="姓名,是否同意\n甲乙,撤回\n")

    assert not records.problems.astype(str).apply(lambda column: column.str.contains("甲乙")).any().any()


def test_a_row_of_nobody_in_particular_is_not_counted_as_used(read: Read) -> None:
    twins = "姓名,活动,日期,联系电话\n张伟,合唱,2024-05-04,19900000001\n张伟,合唱,2024-05-04,19900000002\n李梅,合唱,2024-05-04,\n"
    records = read(a=twins, b="团队,姓名\n合唱队,张伟\n合唱队,李梅\n", c="推荐人,被推荐人\n李梅,张伟\n")

    assert len(records.memberships) == 1
    assert records.nominations.empty
    assert records.sources.set_index("file")["used"].to_dict() == {"a.csv": 3, "b.csv": 1, "c.csv": 0}
    assert balanced(records)


def test_a_sheet_nobody_can_read_stands_in_the_account(read: Read, tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for name, rows in {"好": SIGN_INS, "怪": "甲,乙\n1,2\n3,4\n"}.items():
        sheet = book.create_sheet(name)
        for row in rows.strip().split("\n"):
            sheet.append(row.split(","))
    del book["Sheet"]
    book.save(tmp_path / "x.xlsx")
    account = read().sources.set_index("sheet")

    assert account.loc["怪", ["rows_in", "left_out"]].tolist() == [3, 3]
    assert account.loc["好", "used"] == 2


def test_an_earlier_result_in_the_folder_is_no_input(read: Read, tmp_path: Path) -> None:
    result = tmp_path / "结果" / "tables"
    result.mkdir(parents=True)
    (result / "attendance.csv").write_text("person_id,activity_id\nP1,A1\n", encoding="utf-8")
    (tmp_path / "结果" / "run.json").write_text("{}", encoding="utf-8")
    records = read(a=SIGN_INS)

    assert set(records.sources["file"]) == {"a.csv"}
    assert "N-FILE-SKIPPED" in codes(records)


def test_long_numbers_reach_no_problem_row(read: Read) -> None:
    sheet = "张三,441802199001011234,x,y\n" + SIGN_INS
    records = read(a=sheet)

    assert not records.problems.astype(str).apply(lambda c: c.str.contains("441802199001011234")).any().any()


def test_half_a_phone_is_told_because_it_tells_nobody_apart(read: Read) -> None:
    records = read(a="姓名,活动,日期,联系电话\n李梅,合唱,2024-05-04,1.38E+10\n")

    assert codes(records) == ["W-PHONE-UNCLEAR"]


def test_one_building_number_in_two_estates_is_two_buildings(read: Read) -> None:
    sheet = "姓名,活动,日期,住址\n王芳,合唱,2024-05-04,青云花园3栋\n王芳,合唱,2024-05-04,锦绣花园3栋\n"

    assert len(read(a=sheet).people) == 2


def test_a_child_has_no_trait_on_the_map(read: Read) -> None:
    records = read(a=SIGN_INS, b="姓名,性别,年龄,楼栋\n李梅,女,8,3栋\n王强,男,40,5栋\n")
    actors = build_network(records).actors.set_index("label")

    assert actors.loc["儿童1", ["building", "sex", "age", "group"]].isna().all()
    assert actors.loc["王强", "building"] == "5栋"


def test_a_child_is_called_one_in_the_language_of_the_results(tmp_path: Path) -> None:
    rows = [["姓名", "年龄", "活动", "日期", "介绍人"]]
    rows += [["张三", 40, "合唱", "2024-01-08", ""], ["李四", 41, "合唱", "2024-01-08", ""]]
    rows += [["林小宝", 9, "亲子", "2024-06-08", "张三"], ["赵六", 42, "亲子", "2024-06-08", "张三"]]
    path = write(tmp_path / "a.csv", rows)

    for lang, word, other in (("zh", "儿童1", "child 1"), ("en", "child 1", "儿童1")):
        out = tmp_path / lang
        run_community([path], out, settings=Settings(draws=5), lang=lang)  # type: ignore[arg-type]
        told = "".join(
            (out / name).read_text(encoding="utf-8-sig")
            for name in (
                "report.html",
                "map.html",
                "network.graphml",
                "tables/actors.csv",
                "tables/evidence.csv",
            )
        )
        assert word in told
        assert other not in told
        assert f"亲子 ← {word}" in (out / "tables" / "evidence.csv").read_text(encoding="utf-8-sig")


def test_the_size_rule_holds_for_the_council_too(read: Read) -> None:
    rows = "".join(f"居民{i:03d},第一次居民议事会,2024-01-01\n" for i in range(40))
    records = read(a=f"姓名,活动,日期\n{rows}")

    assert len(build_network(records, layers="council").ties) == 0
    assert len(build_network(records, layers="council", rule=TieRule(size=None)).ties) == 40 * 39 / 2


def test_no_dot_on_the_map_is_a_child(tmp_path: Path) -> None:
    rows = [["姓名", "年龄", "活动", "日期"]]
    rows += [[who, age, "亲子", "2024-06-08"] for who, age in (("林小宝", 9), ("张三", 40), ("李四", 41))]
    path = write(tmp_path / "a.csv", rows)

    page = map_of_files([path], Settings())

    assert "张三" in page
    assert "李四" in page
    assert "林小宝" not in page
    assert "儿童1" not in page
    assert "14 岁以下的 1 人不在图上" in page
