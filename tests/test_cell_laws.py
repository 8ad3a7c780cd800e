"""Laws of the cell readers: whatever stands in a cell, they answer, and what was written comes back."""

from __future__ import annotations

import string
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sanshe_net.build import values
from sanshe_net.build.values import Habits, People, Span, Told, Unclear
from sanshe_net.errors import render
from sanshe_net.messages import MESSAGES

HABITS = [values.NO_HABITS, *(Habits(2019, order, {"×": "absent"}) for order in ("ymd", "mdy", "dmy"))]  # type: ignore[arg-type]
READERS: dict[str, Callable[[Any, Habits], Any]] = {
    "text": lambda cell, _: values.text(cell),
    "name": lambda cell, _: values.name(cell),
    "name_and_hint": lambda cell, _: values.name_and_hint(cell),
    "incomplete": lambda cell, _: values.incomplete(str(cell)[:1000]),
    "person": lambda cell, _: values.person(cell),
    "people": lambda cell, _: values.people(cell),
    "names": lambda cell, _: values.names(cell),
    "remarks": lambda cell, _: values.remarks(cell),
    "phone": lambda cell, _: values.phone(cell),
    "building": lambda cell, _: values.building(cell),
    "number": lambda cell, _: values.number(cell),
    "age": lambda cell, _: values.age(cell),
    "birth_year": lambda cell, _: values.birth_year(cell, 2020),
    "amount": lambda cell, _: values.amount(cell),
    "consent": lambda cell, _: values.consent(cell),
    "dates": values.dates,
    "day": values.day,
    "day_in_title": values.day_in_title,
    "present": values.present,
    "word": lambda cell, habits: values.word(cell, "role", habits),
    "words": lambda cell, habits: values.words(cell, "kind", habits),
}
CHARACTERS = "0123456789０１.-/、，；年月日号周至到~—()（） \n元万千百十一二三〇等人名位岁×√○*某张三李四和季度QTZ:点,¥+AaJr\u200b\u202e\ufe0f_x"
SHAPED = st.text(alphabet=CHARACTERS, max_size=40)
CELLS = (
    st.text() | SHAPED | SHAPED | st.floats() | st.integers() | st.booleans() | st.datetimes() | st.dates() | st.times()
    | st.timedeltas() | st.none() | st.just(values.LostCell("E-CELL-ERROR", "#N/A"))
)  # fmt: skip


@pytest.mark.parametrize("name", READERS)
@given(cell=CELLS, habits=st.sampled_from(HABITS))
def test_any_cell_is_read_told_about_or_refused_with_a_known_code(
    name: str, cell: Any, habits: Habits
) -> None:
    try:
        read = READERS[name](cell, habits)
    except Unclear as unclear:
        render(unclear.code, {"value": cell, "reason": unclear.reason, "field": "", "allowed": ""})
    else:
        if isinstance(read, Told):
            assert read.codes
            assert set(read.codes) <= set(MESSAGES)
            assert not any(code.startswith("E-") for code in read.codes)


LONG = [
    "1" * 20_000, "2019年3月5日、" * 3_000, "2019-3-" * 3_000, "张三、" * 7_000, "张 " * 10_000, "(" * 20_000, "(a" * 10_000, "一" * 20_000,
    "周二 " * 7_000, "14:00-" * 4_000, "a,b;" * 5_000, "等" * 20_000, "_x0041_" * 3_000, "3.5 " * 5_000, "王强(" * 7_000, "某" * 20_000, "¥" * 20_000,
    "1," * 10_000, "夫妇" * 10_000, "各" * 20_000, "x" * 20_000, "和" * 20_000, " " * 20_000 + "x", "\u200b" * 20_000 + "x", "·" * 20_000,
]  # fmt: skip


@pytest.mark.parametrize("cell", LONG, ids=lambda cell: cell[:6].strip())
@pytest.mark.parametrize("name", READERS)
def test_a_cell_of_20_kB_is_answered(name: str, cell: str) -> None:
    # A pattern that tries every way to cut a text would not end while anybody waits; nothing is timed.
    code = answer(READERS[name], cell)
    assert code == "" or code in MESSAGES


def answer(read: Callable[[Any, Habits], Any], cell: Any) -> str:
    try:
        read(cell, values.NO_HABITS)
    except Unclear as unclear:
        return unclear.code
    return ""


@given(st.text() | SHAPED)
def test_tidy_text_is_already_tidy(cell: str) -> None:
    try:
        tidy = values.text(cell)
        named = values.name(cell)
    except Unclear:
        return
    assert values.text(tidy) == tidy
    assert values.name(named) == named


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
DIGITS = "〇一二三四五六七八九"


def in_words(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else DIGITS[tens])
        + ("十" if tens else "")
        + (DIGITS[ones] if ones or not tens else "")
    )


FORMS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "年月日": lambda day: f"{day.year}年{day.month}月{day.day}日",
    "padded": lambda day: f"{day.year}年{day.month:02}月{day.day:02}号",
    "dots": lambda day: f"{day.year}.{day.month}.{day.day}",
    "slashes": lambda day: f"{day.year}/{day.month}/{day.day}",
    "digits": lambda day: f"{day:%Y%m%d}" if day.year >= 1900 else "",
    "spaces": lambda day: f"{day.year} {day.month:02} {day.day:02}",
    "clock": lambda day: f"{day.year}-{day.month}-{day.day} 14:00",
    "weekday": lambda day: f"{day.year}年{day.month}月{day.day}日（周{'一二三四五六日'[day.weekday()]}）下午",
    "numerals": lambda day: (
        f"{''.join(DIGITS[int(d)] for d in str(day.year))}年{in_words(day.month)}月{in_words(day.day)}日"
    ),
    "full width": lambda day: day.isoformat().translate(
        {ord(c): ord(c) + 0xFEE0 for c in string.digits + "-"}
    ),
}


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_every_day_survives_being_written(form: str, day: date) -> None:
    assert values.dates(FORMS[form](day)) == (Span(day, day),)
    assert values.day_in_title(f"清洁日 {FORMS[form](day)}") == ("清洁日", (Span(day, day),))


@given(day=DAYS, order=st.sampled_from(["dmy", "mdy"]), mark=st.sampled_from("-/."))
def test_every_day_survives_another_order(day: date, order: Any, mark: str) -> None:
    parts = {"dmy": (day.day, day.month, day.year), "mdy": (day.month, day.day, day.year)}[order]

    assert values.day(mark.join(map(str, parts)), Habits(date_order=order)) == day


@given(day=DAYS)
def test_a_day_without_its_year_is_a_question_until_the_year_is_known(day: date) -> None:
    for written in (f"{day.month}月{day.day}日", f"{day.month}.{day.day}", f"{day.month}/{day.day}"):
        assert values.dates(written, Habits(year=day.year)) == (Span(day, day),)
        with pytest.raises(Unclear, match="Q-DATE-YEAR"):
            values.dates(written)


@given(
    start=DAYS, length=st.integers(1, 400), joint=st.sampled_from(["-", "至", "到", "~", "～", "—", " - "])
)
def test_a_range_comes_back_whole_and_is_refused_backwards(start: date, length: int, joint: str) -> None:
    end = start + timedelta(days=length)
    assume(end.year <= 2100)
    for form in ("年月日", "dots", "iso"):
        write = FORMS[form]
        assert values.dates(write(start) + joint + write(end)) == Told((Span(start, end),), ("N-DATE-RANGE",))
        with pytest.raises(Unclear, match="E-DATE-IMPOSSIBLE"):
            values.dates(write(end) + joint + write(start))


@given(
    days=st.lists(DAYS, min_size=2, max_size=6, unique=True),
    joint=st.sampled_from(["、", "，", "；", "\n", "和"]),
)
def test_a_list_comes_back_in_order(days: list[date], joint: str) -> None:
    written = joint.join(map(FORMS["年月日"], days))

    assert values.dates(written) == Told(tuple(Span(day, day) for day in sorted(days)), ("N-DATE-LIST",))


@given(serial=st.integers(20_000, 60_000))
def test_a_day_number_counts_from_1900_as_excel_does(serial: int) -> None:
    day = date(2019, 3, 5) + timedelta(days=serial - 43529)

    assert (
        values.day(serial)
        == values.day(str(serial))
        == values.day(float(serial))
        == Told(day, ("N-DATE-SERIAL",))
    )


HAN_NAMES = st.builds(
    lambda surname, given: surname + given,
    st.sampled_from(["张", "王", "李", "陈", "欧阳"]),
    st.text(alphabet="伟芳娜敏静秀丽强磊洋艳勇军杰娟涛超明霞平刚", min_size=1, max_size=2),
)
FOREIGN_NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(["Ada", "Ben", "Cyd", "Dora"]),
    st.sampled_from(["Example", "Sample", "Test", "O'Name"]),
)


@pytest.mark.parametrize(
    "separator", ["、", "，", ",", "；", ";", "/", "|", "\n", "\r\n", " ", "  ", "　　", " 、 ", "；\n"]
)
@given(names=st.lists(HAN_NAMES, min_size=2, max_size=12, unique=True))
def test_names_joined_by_any_separator_come_back(separator: str, names: list[str]) -> None:
    # 欧阳伟 is one name with a space after the surname too, so two words of which the first is one are not joined by it.
    assume(not separator.isspace() or "\n" in separator or "欧阳" not in names)

    found = values.people(separator.join(names))

    assert found == Told(People(tuple(names), pieces=tuple(names)), ("N-NAME-SPLIT",))


@pytest.mark.parametrize("separator", [";", "；", "、", "|", "/", "\n"])
@given(names=st.lists(FOREIGN_NAMES, min_size=2, max_size=6, unique=True))
def test_foreign_names_come_back_too(separator: str, names: list[str]) -> None:
    assert values.people(separator.join(names)) == Told(
        People(tuple(names), pieces=tuple(names)), ("N-NAME-SPLIT",)
    )


@given(name=HAN_NAMES | FOREIGN_NAMES)
def test_one_name_is_itself_however_it_is_spaced(name: str) -> None:
    assert values.person(name) == name
    assert values.person(f"　{name}\u200b ") == name
    if len(name) in (2, 3) and "欧阳" not in name:
        assert values.person("　".join(name)) == name


@given(names=st.lists(HAN_NAMES, min_size=1, max_size=5, unique=True), more=st.integers(0, 500))
def test_unnamed_people_are_what_is_left_of_the_count(names: list[str], more: int) -> None:
    read = values.people(f"{'、'.join(names)}等{len(names) + more}人")

    assert isinstance(read, Told)
    assert "Q-NAME-UNNAMED" in read.codes
    assert (read.value.names, read.value.unnamed) == (tuple(names), more)


@given(cents=st.integers(0, 10**11))
def test_an_amount_survives_being_written(cents: int) -> None:
    yuan = cents / 100
    for written in (
        f"{yuan:.2f}",
        f"¥{yuan:,.2f}",
        f"{yuan:.2f}元",
        f"人民币{yuan:,.2f}元整",
        f"￥ {yuan:.2f}",
        yuan,
    ):
        assert values.amount(written) == yuan
    if cents:
        with pytest.raises(Unclear, match="W-AMOUNT-NEGATIVE"):
            values.amount(-yuan)


@given(thousands=st.integers(0, 10**9))
def test_an_amount_in_ten_thousands_is_exact(thousands: int) -> None:
    assert values.amount(f"{thousands / 1000:.3f}万元") == thousands * 10


@given(number=st.integers(0, 99_999_999))
def test_a_number_in_words_is_that_number(number: int) -> None:
    assert values.number(spoken(number)) == number
    assert values.number(spoken(number).translate(FORMAL)) == number


FORMAL = str.maketrans("一二三四五六七八九十百千万", "壹贰叁肆伍陆柒捌玖拾佰仟萬")


def spoken(number: int) -> str:
    """Return a number as it is read aloud, every gap with its 零."""
    if number < 10:
        return DIGITS[number].replace("〇", "零")
    for unit, size in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10)):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return spoken(head) + unit + (gap + spoken(rest) if rest else "")
    raise AssertionError(number)


@given(
    digits=st.text(alphabet=string.digits, min_size=9, max_size=9),
    head=st.sampled_from(["13", "15", "18", "19"]),
)
def test_a_phone_survives_being_written(digits: str, head: str) -> None:
    number = head + digits
    spaced = f"{number[:3]} {number[3:7]} {number[7:]}"
    for written in (
        number,
        int(number),
        float(number),
        spaced,
        spaced.replace(" ", "-"),
        f"+86{number}",
        f"0086 {spaced}",
        f"（{number}）",
    ):
        assert values.phone(written) == number


@given(
    mark=st.sampled_from(["×", "○", "△", "请假", "迟到", "2", "◎"]),
    meaning=st.sampled_from(["present", "absent", "ignore"]),
)
def test_an_answer_settles_a_mark_and_only_that_one(mark: str, meaning: str) -> None:
    habits = Habits(marks={mark: meaning})

    assert values.present(f" {mark} ", habits) is {"present": True, "absent": False, "ignore": None}[meaning]
    assert values.present("√", habits) is True
    with pytest.raises(Unclear, match="Q-MARK"):
        values.present("▲", habits)
