"""The same records written in several ways read the same: wide = long, zh = en, xlsx = csv = GBK = UTF-16."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import balance, told, write

from sanshe_net.build.read import check_inputs, read_records
from sanshe_net.records import Records

Sign = tuple[str, str, date, bool]
NAMES = ["张三", "李四", "王小明", "欧阳娜娜", "Ada Example", "NA", "赵六", "阿依古丽·买买提"]
TITLES = ["清洁日", "读书会", "义诊", "Clean-up"]
ZH, EN = ["姓名", "活动名称", "日期", "到场", "角色"], ["name", "event", "date", "present", "role"]
ROLES = {"participant": ("参与者", "participant"), "volunteer": ("志愿者", "volunteer")}

activities = st.tuples(
    st.sampled_from(TITLES), st.integers(0, 700).map(lambda days: date(2023, 1, 1) + timedelta(days))
)
signs = st.dictionaries(st.tuples(st.sampled_from(NAMES), activities), st.booleans(), min_size=1, max_size=14)
lists = signs.map(lambda held: [(who, title, day, here) for (who, (title, day)), here in held.items()])
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def long_sheet(held: Sequence[Sign], header: Sequence[str] = ZH, lang: int = 0) -> list[list[object]]:
    yes, no = (("是", "否"), ("yes", "no"))[lang]
    role = ROLES["volunteer"][lang]
    return [
        list(header),
        *([who, title, str(day), yes if here else no, role] for who, title, day, here in held),
    ]


def read_as(folder: Path, name: str, rows: Sequence[Sequence[object]], encoding: str = "utf-8") -> Records:
    path = write(folder / name, rows, encoding=encoding)
    try:
        records = read_records(path)
    finally:
        path.unlink()
    assert not balance(records).any()
    return records


def marks(records: Records) -> set[tuple[str, str, str, bool]]:
    people, held = records.people["name"], records.activities
    rows = records.attendance[["person_id", "activity_id", "present"]].dropna()
    return {
        (people[who], held.at[what, "title"], f"{held.at[what, 'date']:%Y-%m-%d}", bool(here))
        for who, what, here in rows.to_numpy()
    }


@quick
@given(lists)
def test_a_tick_grid_reads_as_the_long_list_it_stands_for(tmp_path: Path, held: list[Sign]) -> None:
    columns = sorted({(title, day) for _, title, day, _ in held})
    at = {(who, title, day): here for who, title, day, here in held}
    people = sorted({who for who, *_ in held})
    grid: list[list[object]] = [["姓名", *(f"{title}{day}" for title, day in columns)]]
    for who in people:
        grid.append(
            [who, *({True: "√", False: "否", None: ""}[at.get((who, *column))] for column in columns)]
        )

    for name in ("宽.csv", "宽.xlsx"):
        wide = read_as(tmp_path, name, grid)
        assert marks(wide) == {(who, title, str(day), here) for who, title, day, here in held}
        assert set(wide.people["name"]) == set(people)
    assert marks(read_as(tmp_path, "长.csv", long_sheet(held))) == marks(wide)


@quick
@given(lists)
def test_chinese_and_english_headings_and_words_read_the_same(tmp_path: Path, held: list[Sign]) -> None:
    zh, en = long_sheet(held), long_sheet(held, EN, 1)

    assert told(read_as(tmp_path, "a.csv", zh)) == told(read_as(tmp_path, "a.csv", en))


@quick
@given(lists)
def test_every_container_and_encoding_reads_the_same(tmp_path: Path, held: list[Sign]) -> None:
    rows = long_sheet(held)
    expected = told(read_as(tmp_path, "a.csv", rows))

    for name, encoding in [("a.xlsx", ""), ("a.csv", "gb18030"), ("a.csv", "utf-8-sig"), ("a.csv", "utf-16")]:
        assert told(read_as(tmp_path, name, rows, encoding)) == expected, (name, encoding)


@quick
@given(lists, st.randoms(use_true_random=False))
def test_order_of_rows_and_columns_and_how_files_are_cut_change_nothing(
    tmp_path: Path, held: list[Sign], chance: random.Random
) -> None:
    rows = long_sheet(held)
    expected = told(read_as(tmp_path, "a.csv", rows))
    body = rows[1:]
    chance.shuffle(body)
    order = chance.sample(range(len(ZH)), len(ZH))
    shuffled = [[row[i] for i in order] for row in [rows[0], *body]]
    assert told(read_as(tmp_path, "a.csv", shuffled)) == expected

    cut = chance.randrange(len(body) + 1)
    parts = [
        write(tmp_path / "1.csv", [rows[0], *body[:cut]]),
        write(tmp_path / "2.csv", [rows[0], *body[cut:]]),
    ]
    assert told(read_records(parts)) == expected
    for part in parts:
        part.unlink()


@quick
@given(lists)
def test_a_row_written_twice_changes_only_the_count_of_repeats(tmp_path: Path, held: list[Sign]) -> None:
    rows = long_sheet(held)
    once, twice = read_as(tmp_path, "a.csv", rows), read_as(tmp_path, "a.csv", [*rows, rows[1]])

    assert told(once) == told(twice)
    assert twice.sources["duplicate"].sum() == once.sources["duplicate"].sum() + 1


JUNK = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "合计",
            "第一组",
            "同上",
            "√",
            "×",
            "姓名",
            "备注：",
            "2024-02-30",
            "张三、李四等5人",
            "3月5日",
            "=1+1",
            "1e400",
        ]
    ),
    st.integers(-5, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.none(),
)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(
            st.sampled_from([*ZH, *EN, "电话", "清洁日2019.3.5", "读书会3月5日", "", "序号"]),
            min_size=1,
            max_size=6,
        ),
        max_size=2,
    ),
    st.lists(st.lists(JUNK, max_size=6), max_size=8),
    st.sampled_from(["a.csv", "a.xlsx"]),
)
def test_whatever_stands_in_a_sheet_its_rows_are_accounted_for(
    tmp_path: Path, headers: list[list[str]], rows: list[list[object]], name: str
) -> None:
    path = tmp_path / name
    try:
        write(path, [*headers, *rows], encoding="utf-8")
    except (UnicodeEncodeError, TypeError, ValueError, OverflowError):
        return  # what the writer itself cannot write
    reading = check_inputs(path)

    assert not balance(reading.records).any()
    # Nothing is lost in silence: a line with content is used, or some problem names it.
    told_of = {problem.place.row for problem in reading.problems}
    sources = reading.records.sources
    assert int(sources[["duplicate", "left_out", "quarantined"]].sum().sum()) == 0 or told_of


def test_the_sheets_of_this_module_are_read_at_all(tmp_path: Path) -> None:
    held = [("张三", "清洁日", date(2024, 2, 24), True)]

    assert marks(read_as(tmp_path, "a.csv", long_sheet(held))) == {("张三", "清洁日", "2024-02-24", True)}
    with pytest.raises(AssertionError):
        assert marks(read_as(tmp_path, "a.csv", long_sheet([("李四", *held[0][1:])]))) == {
            ("张三", "清洁日", "2024-02-24", True)
        }
