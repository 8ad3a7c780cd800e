"""When a cell says something was: days, ranges, lists and months, and what it asks about."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from sanshe_net.build import values
from sanshe_net.build.values import Habits, Span, Told, Unclear


def days(*written: str) -> tuple[Span, ...]:
    """Spans from ``2019-03-05`` or ``2019-03-05/2019-03-07``."""
    ends = [text.split("/") for text in written]
    return tuple(Span(date.fromisoformat(end[0]), date.fromisoformat(end[-1])) for end in ends)


def months(first: str, last: str, precision: Any = "month") -> tuple[Span, ...]:
    return (Span(date.fromisoformat(first), date.fromisoformat(last), precision),)


def read_or_code(read: Any, *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except Unclear as unclear:
        return unclear.code


@pytest.mark.parametrize(
    "cell",
    [
        "2019年3月5日", "2019.3.5", "2019/3/5", "20190305", "２０１９－０３－０５", "2019-3-5 14:00", "2019年3月5日（周二）下午",
        "二〇一九年三月五日", "2019 03 05", 20190305, 20190305.0, date(2019, 3, 5), datetime(2019, 3, 5, 14), "2019-03-05T14:00:00+08:00",
        "2019. 3. 5", "2019年3月5", "2019年3.5", "2019.3月5日", "2019。3。5", "2019‐3‐5", "2019−03−05", "二○一九年三月五号", "二O一九年三月五日",
        "2019年三月五日", "2019年\n3月5日", "2019-3-5\n14:00", "2019年3月5日(周二 14:00)", "2019-3-5，14:00", "2019年3月5日晚上7点半",
        "2019年3月5日 9:00～11:30", "2019-3-5 星期二 上午", "2019年3月5日全天",
    ],
)  # fmt: skip
def test_however_a_day_is_written_it_is_that_day(cell: Any) -> None:
    assert values.dates(cell) == days("2019-03-05")
    assert values.day(cell) == date(2019, 3, 5)


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("2019年3月5日-7日", days("2019-03-05/2019-03-07")), ("2019.7.1-7.5", days("2019-07-01/2019-07-05")),
        ("2019年12月30日至2020年1月2日", days("2019-12-30/2020-01-02")), ("2019.7.1-5", days("2019-07-01/2019-07-05")),
        ("2019-7-1至7-5", days("2019-07-01/2019-07-05")), ("2019-7-1-7-5", days("2019-07-01/2019-07-05")),
        ("2019/7/1—2019/7/5", days("2019-07-01/2019-07-05")), ("2019年7月1日到5日", days("2019-07-01/2019-07-05")),
        ("2019年3月5日 14:00至3月6日 16:00", days("2019-03-05/2019-03-06")), ("20190305-20190307", days("2019-03-05/2019-03-07")),
        ("2019年7月30日~8月2日", days("2019-07-30/2019-08-02")), ("2019年3月5日(周二)－7日(周四)", days("2019-03-05/2019-03-07")),
    ],
)  # fmt: skip
def test_a_range_is_one_span_and_is_told(cell: str, spans: tuple[Span, ...]) -> None:
    assert values.dates(cell) == Told(spans, ("N-DATE-RANGE",))
    assert read_or_code(values.day, cell) == "E-DATE-UNREADABLE"


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("2019年3月5日、3月12日", days("2019-03-05", "2019-03-12")), ("2019年3月5、12、19日", days("2019-03-05", "2019-03-12", "2019-03-19")),
        ("2019.3.5,3.12", days("2019-03-05", "2019-03-12")), ("2019-3-5；2019-3-7", days("2019-03-05", "2019-03-07")),
        ("2019年3月5日\n3月12日", days("2019-03-05", "2019-03-12")), ("2019-3-5\n2019-3-7", days("2019-03-05", "2019-03-07")),
        ("2019年3月5日和12日", days("2019-03-05", "2019-03-12")), ("2019年3月12日、3月5日", days("2019-03-05", "2019-03-12")),
        ("2019年12月30日、2020年1月2日", days("2019-12-30", "2020-01-02")),
    ],
)  # fmt: skip
def test_a_list_is_several_spans_and_is_told(cell: str, spans: tuple[Span, ...]) -> None:
    assert values.dates(cell) == Told(spans, ("N-DATE-LIST",))
    assert read_or_code(values.day, cell) == "E-DATE-UNREADABLE"


def test_a_list_may_hold_a_range() -> None:
    spans = days("2019-03-05/2019-03-07", "2019-03-12")

    assert values.dates("2019年3月5日-7日、12日") == Told(spans, ("N-DATE-LIST", "N-DATE-RANGE"))


def test_a_day_listed_twice_is_one_day() -> None:
    assert values.dates("2019年3月5日、5日") == days("2019-03-05")


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("2019年3月", months("2019-03-01", "2019-03-31")), ("2019-03", months("2019-03-01", "2019-03-31")), ("2019/3", months("2019-03-01", "2019-03-31")),
        ("2019.3", months("2019-03-01", "2019-03-31")), ("2019.10", months("2019-10-01", "2019-10-31")), ("2020年二月份", months("2020-02-01", "2020-02-29")),
        ("2019年3-5月", months("2019-03-01", "2019-05-31")), ("2019.7-2019.8", months("2019-07-01", "2019-08-31")),
        ("2019年11月至2020年1月", months("2019-11-01", "2020-01-31")),
        ("2019年第一季度", months("2019-01-01", "2019-03-31", "quarter")), ("2019Q4", months("2019-10-01", "2019-12-31", "quarter")),
        ("2019年2季度", months("2019-04-01", "2019-06-30", "quarter")), ("2019年", months("2019-01-01", "2019-12-31", "year")),
        ("二〇一九年度", months("2019-01-01", "2019-12-31", "year")),
    ],
)  # fmt: skip
def test_a_month_is_only_a_month_and_is_told(cell: str, spans: tuple[Span, ...]) -> None:
    assert values.dates(cell) == Told(spans, ("N-DATE-COARSE",))
    assert values.day(cell) == Told(spans[0].start, ("N-DATE-FIRST",))
    assert values.last_day(cell) == Told(spans[-1].end, ("N-DATE-LAST",))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (43529, date(2019, 3, 5)), ("43529", date(2019, 3, 5)), (43529.0, date(2019, 3, 5)), (43529.75, date(2019, 3, 5)), ("43529.5", date(2019, 3, 5)),
        (20000, date(1954, 10, 3)), (60000, date(2064, 4, 8)),
    ],
)  # fmt: skip
def test_a_day_number_of_a_spreadsheet_is_read_and_told(cell: Any, day: date) -> None:
    assert values.dates(cell) == Told((Span(day, day, "day", "serial"),), ("N-DATE-SERIAL",))
    assert values.day(cell) == Told(day, ("N-DATE-SERIAL",))


@pytest.mark.parametrize("cell", [2019.3, 2019.1, 2019.12, "2019.1", 3.5, 12.1])
def test_a_date_that_became_a_number_is_asked_about(cell: Any) -> None:
    assert read_or_code(values.dates, cell) == "Q-DATE-FLOAT"


@pytest.mark.parametrize(
    "cell", ["3月5日", "3.5", "3/5", "3-5", "三月五日", "3月5日-7日", "3月", "第一季度", "3月5日（周二）"]
)
def test_a_missing_year_is_asked_for_and_the_answer_is_used(cell: str) -> None:
    assert read_or_code(values.dates, cell) == "Q-DATE-YEAR"
    read = values.dates(cell, Habits(year=2019))
    spans = read.value if isinstance(read, Told) else read
    assert spans[0].start.year == 2019
    assert values.dates("3月5日", Habits(year=2019)) == days("2019-03-05")


@pytest.mark.parametrize(
    "cell", ["05/03/2019", "13/03/2019", "3-5-19", "3.5.19", "19-3-5", "19年3月5日", "5/3/19"]
)
def test_an_order_that_does_not_show_is_asked_for(cell: str) -> None:
    assert read_or_code(values.dates, cell) == "Q-DATE-ORDER"


@pytest.mark.parametrize(
    ("cell", "order", "spans"),
    [
        ("05/03/2019", "dmy", days("2019-03-05")), ("05/03/2019", "mdy", days("2019-05-03")), ("13/03/2019", "dmy", days("2019-03-13")),
        ("3-5-19", "dmy", days("2019-05-03")), ("3-5-19", "mdy", days("2019-03-05")), ("19-3-5", "ymd", days("2019-03-05")),
        ("19年3月5日", "dmy", days("2019-03-05")), ("05-03-69", "dmy", days("2069-03-05")), ("5/3/2019-7/3/2019", "dmy", None),
        ("13/03/2019", "mdy", "E-DATE-IMPOSSIBLE"), ("05/03/2019", "ymd", "E-DATE-IMPOSSIBLE"), ("05-03-70", "dmy", "E-DATE-IMPOSSIBLE"),
        ("5-3-9", "dmy", "E-DATE-IMPOSSIBLE"), ("31/02/2019", "dmy", "E-DATE-IMPOSSIBLE"), ("2019-3-5", "dmy", days("2019-03-05")),
    ],
)  # fmt: skip
def test_the_order_that_a_station_writes_is_used_or_refused(cell: str, order: Any, spans: Any) -> None:
    expected = spans or Told(days("2019-03-05/2019-03-07"), ("N-DATE-RANGE",))

    assert read_or_code(values.dates, cell, Habits(date_order=order)) == expected


def test_the_fifth_of_may_is_plain_in_any_order() -> None:
    assert values.dates("05/05/2019") == days("2019-05-05")


@pytest.mark.parametrize(
    "cell",
    [
        "2019-02-30", "2019.13.1", "2019年3月32日", "3月32日", "2019年13月", "2019年第5季度", "2019Q0", "2019.3.5-3.1", "2019年5-3月",
        "2019年12月30日至1月2日", "2019年12月30日、1月2日", "1066年", "0000-01-01", "2101-01-01", date(1066, 10, 14), "2019年3月0日", "1899Q1",
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_reason(cell: Any) -> None:
    with pytest.raises(Unclear, match="E-DATE-IMPOSSIBLE") as refused:
        values.dates(cell)

    assert refused.value.reason.zh != refused.value.reason.en  # type: ignore[union-attr]


def test_nothing_is_guessed_over_the_turn_of_a_year() -> None:
    for cell in ("12月30日-1月2日", "12月30日、1月2日"):
        assert read_or_code(values.dates, cell, Habits(year=2019)) == "E-DATE-IMPOSSIBLE"


@pytest.mark.parametrize(
    "cell",
    [
        "上周三", "2019", 2019, 201903, 0, 1, 60001, 19999, True, "5日", "2019-3.5", "2019.3-5", "2019-3-5-7", "2019年3月5日、2019年", "2019.3.5 雨",
        "2019年3月至2019年", "14:00", "2019-3-5、", "十十年三月五日", "2019-3-5 14", float("nan"), float("inf"), 2019.305, "2019-3-" + "5" * 9000,
        "2" * 20_000, "2019年3月5日、" * 5_000, "周二 " * 5_000, "2019-03-05 周二" + " 周二" * 40 + "x",
    ],
    ids=lambda cell: str(cell)[:20],
)  # fmt: skip
def test_anything_else_is_unreadable(cell: Any) -> None:
    assert read_or_code(values.dates, cell) == "E-DATE-UNREADABLE"


@pytest.mark.parametrize("cell", [None, "", " ", "无", "/", "—", "暂无"])
def test_no_date_is_none(cell: Any) -> None:
    assert values.dates(cell) is None
    assert values.day(cell) is None


@pytest.mark.parametrize(
    ("title", "bare", "spans"),
    [
        ("清洁日2019.3.5", "清洁日", days("2019-03-05")), ("读书会 2019-03-12", "读书会", days("2019-03-12")), ("2019年3月5日清洁日", "清洁日", days("2019-03-05")),
        ("2019.3.5", "", days("2019-03-05")), ("健身操20190305", "健身操", days("2019-03-05")), ("清洁日（2019.3.5）", "清洁日", days("2019-03-05")),
        ("【2019.3.5】清洁日", "清洁日", days("2019-03-05")), ("清洁日（2019.3.5）第二场", "清洁日 第二场", days("2019-03-05")),
        ("健身操（初级班）2019.3.5", "健身操(初级班)", days("2019-03-05")), ("清洁日 2019.3.5 14:00-16:00", "清洁日", days("2019-03-05")),
        ("2019.3.5-3.7夏令营", "夏令营", days("2019-03-05/2019-03-07")), ("清洁日2019.3.5、3.12", "清洁日", days("2019-03-05", "2019-03-12")),
        ("五月花合唱团二〇一九年三月五日", "五月花合唱团", days("2019-03-05")), ("清洁日——2019/3/5", "清洁日", days("2019-03-05")),
        ("2019年3月清洁日", "清洁日", months("2019-03-01", "2019-03-31")), ("清洁日2019年第一季度", "清洁日", months("2019-01-01", "2019-03-31", "quarter")),
        ("Book club 2019-03-05", "Book club", days("2019-03-05")), ("5/5/2019 Book club", "Book club", days("2019-05-05")),
        ("姓名", "姓名", None), (None, "", None), ("", "", None), ("健身操0305", "健身操0305", None), ("2019年总结", "2019年总结", None),
        ("2019-20年度", "2019-20年度", None), ("3.8妇女节", "3.8妇女节", None), ("第3.5节", "第3.5节", None), ("社区营造2.0", "社区营造2.0", None),
        ("插花班1/4", "插花班1/4", None), ("亲子营3-5", "亲子营3-5", None), ("1-2-3组", "1-2-3组", None), ("3月清洁日", "3月清洁日", None), ("五月花", "五月花", None),
        ("3.5小时培训", "3.5小时培训", None), ("电话13800000001", "电话13800000001", None), ("2019", "2019", None), ("长" * 201, "长" * 201, None),
    ],
    ids=lambda value: str(value)[:24],
)  # fmt: skip
def test_a_title_gives_up_its_date_and_nothing_else(title: Any, bare: str, spans: Any) -> None:
    assert values.day_in_title(title) == (bare, spans)


@pytest.mark.parametrize(
    "title",
    ["清洁日\n3月5日", "(3.5)清洁日", "（3.5）清洁日", "清洁日3.5", "3.5", "3/5", "3-5", "3月5日清洁日"],
)
def test_a_title_without_the_year_asks_for_it(title: str) -> None:
    assert read_or_code(values.day_in_title, title) == "Q-DATE-YEAR"
    bare, spans = values.day_in_title(title, Habits(year=2019))
    assert bare in ("清洁日", "")
    assert spans == days("2019-03-05")


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("2019.2.30清洁日", "E-DATE-IMPOSSIBLE"), ("清洁日05/03/2019", "Q-DATE-ORDER"), ("2019.3.5清洁日2019.3.6", "E-DATE-UNREADABLE"), ("2019年3月5日、2019年4月清洁日", "E-DATE-UNREADABLE"),
    ],
)  # fmt: skip
def test_a_title_with_a_date_that_cannot_be_settled_says_so(title: str, code: str) -> None:
    assert read_or_code(values.day_in_title, title) == code


@pytest.mark.parametrize(
    ("title", "day"),
    [("清洁日1.1", date(2019, 1, 1)), ("清洁日12.31", date(2019, 12, 31)), ("社区营造0.1", None), ("社区营造1.0", None), ("营造13.1", None), ("营造1.32", None)],
)  # fmt: skip
def test_a_number_at_the_end_of_a_title_is_a_day_only_if_it_can_be(title: str, day: date | None) -> None:
    spans = values.day_in_title(title, Habits(year=2019))[1]

    assert spans == (None if day is None else (Span(day, day),))
