"""What one cell means: every normaliser against a table of cells, and none of them guesses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build import values
from sanshe_net.build.values import LABELS, LEXICONS, Unclear
from sanshe_net.errors import render

DAY = date(2019, 3, 5)
NINE_FORMS = [
    "2019年3月5日", "2019.3.5", "2019/3/5", "20190305", "２０１９－０３－０５", "2019-3-5 14:00",
    "2019年3月5日（周二）下午", "二〇一九年三月五日", "2019 03 05",
]  # fmt: skip


def code_of(read: Any, *arguments: Any) -> str:
    with pytest.raises(Unclear) as refused:
        read(*arguments)
    return refused.value.code


@pytest.mark.parametrize("written", NINE_FORMS)
def test_nine_ways_to_write_one_date_are_one_day(written: str) -> None:
    assert values.day(written) == DAY


@pytest.mark.parametrize(
    "cell",
    [
        DAY, datetime(2019, 3, 5, 23, 59), 20190305, 20190305.0, "2019-03-05T14:00:00Z", "2019年03月05号",
        "2019年3月5日14:00-16:00", "2019-3-5 9点30分至11点", "2019-03-05 9:00 AM", "二零一九年三月五日",
    ],
)  # fmt: skip
def test_times_and_typed_cells_are_read_as_their_day(cell: Any) -> None:
    assert values.day(cell) == DAY


@pytest.mark.parametrize(
    ("written", "month", "day"),
    [("二〇二四年十月十日", 10, 10), ("二〇二四年十二月三十一日", 12, 31), ("二〇二四年二月二十日", 2, 20)],
)
def test_chinese_numerals_count_in_tens(written: str, month: int, day: int) -> None:
    assert values.day(written) == date(2024, month, day)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-30", "2023年2月29日", "2024.13.1", "2024-00-10", "20240431", "二〇二四年十三月一日",
        "二〇二四年二月三十日", "1066-10-14", "9999-01-01", date(1066, 10, 14), datetime(2400, 1, 1),
    ],
)  # fmt: skip
def test_a_day_that_does_not_exist_is_refused_in_words(cell: Any) -> None:
    with pytest.raises(Unclear) as refused:
        values.day(cell)

    assert refused.value.code == "E-DATE-IMPOSSIBLE"
    assert refused.value.reason.zh != refused.value.reason.en  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "cell",
    [
        "3月5日", "2019年3月", "3/5/2019", "05-03-2019", "19.3.5", 43529, 43529.0, 2019.3, "上周三",
        "2019.7.1-7.5",
        "2019年3月5日、3月12日", "2019-03-05 sometime", True, time(14), timedelta(days=2),
        "2019-03-05 " + "," * 100 + "x",
        "1" * 5000, "2019-3-" + "5" * 50, "昨天2019-03-05",
    ],
)  # fmt: skip
def test_a_day_that_is_not_wholly_written_is_never_guessed(cell: Any) -> None:
    assert code_of(values.day, cell) == "E-DATE-UNREADABLE"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_plausible_day_survives_being_written(day: date) -> None:
    for written in (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        day,
    ):
        assert values.day(written) == day


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.datetimes() | st.timedeltas() | st.none())
@pytest.mark.parametrize(
    "read",
    [
        values.text, values.name, values.person, values.names, values.phone, values.building, values.day,
        values.number, values.amount, values.present, lambda cell: values.word(cell, "role"),
    ],
)  # fmt: skip
def test_any_cell_is_read_or_refused_with_a_known_code(read: Any, cell: Any) -> None:
    try:
        read(cell)
    except Unclear as unclear:
        render(unclear.code, {"value": cell, "reason": unclear.reason, "field": "", "allowed": ""})


@pytest.mark.parametrize(
    "read", [values.text, values.name, values.phone, values.day, values.number, values.present]
)
@pytest.mark.parametrize("blank", [None, "", "  ", "　", "\u200b", "\t\r\n"])
def test_a_blank_cell_is_nothing(read: Any, blank: str | None) -> None:
    assert read(blank) is None


@pytest.mark.parametrize(
    ("cell", "tidy"),
    [
        (" １２栋　", "12栋"), ("ａ\u200bＢ", "aB"), ("\ufeff张三", "张三"), (7.0, "7"), (7.5, "7.5"),
        ("a\nb", "a b"),
        ("𠮷野", "𠮷野"), (True, "True"), (1e300, str(int(1e300))), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_text_is_folded_but_never_lost(cell: Any, tidy: str) -> None:
    assert values.text(cell) == tidy


@pytest.mark.parametrize("cell", ["李\x00四", "\x07", "a\x1b[31m", "x\x7f", "x\x85y"])
def test_control_characters_are_refused(cell: str) -> None:
    assert code_of(values.text, cell) == "E-CONTROL-CHARACTER"


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张　 伟 ", "张伟"), ("张 伟", "张伟"), ("Evelyn  Jefferson", "Evelyn Jefferson"),
        ("阿 Sam", "阿 Sam"),
        ("NA", "NA"), ("null", "null"), ("None", "None"), ("nan", "nan"), (1, "1"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("Jefferson, Evelyn", "Jefferson, Evelyn"), ("阿依古丽·买买提", "阿依古丽·买买提"), ("m01", "m01"),
    ],
)  # fmt: skip
def test_a_name_is_kept_whatever_other_tools_would_make_of_it(cell: Any, name: str) -> None:
    assert values.person(cell) == name


@pytest.mark.parametrize("cell", ["无", "-", "—", "/", "N/A", "n/a", "暂无"])
def test_a_dash_is_no_name(cell: str) -> None:
    assert values.person(cell) is None


@pytest.mark.parametrize(
    "cell", ["张三、李四", "张三,李四", "张三，李四", "张三/李四", "张三；李四", "张三\n李四", "张三 、 李四"]
)
def test_several_people_in_one_cell_are_asked_about(cell: str) -> None:
    assert code_of(values.person, cell) == "E-NAME-SEVERAL"


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("舞蹈队、合唱团", ("舞蹈队", "合唱团")), ("舞蹈队，合唱团；舞蹈队", ("舞蹈队", "合唱团")),
        (None, ()), ("无", ()),
        ("甲、、乙", ("甲", "乙")),
    ],
)  # fmt: skip
def test_a_cell_of_bodies_lists_each_once(cell: Any, names: tuple[str, ...]) -> None:
    assert values.names(cell) == names


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("199 0000 0001", "19900000001"), ("199-0000-0001", "19900000001"), (19900000001.0, "19900000001"),
        ("+86 19900000001", "19900000001"), ("0086-19900000001", "19900000001"),
        ("１９９００００００００1", "199000000001"),
        ("0763-3312345", "07633312345"), ("8612345", "8612345"), ("无", None), ("未填", None),
    ],
)  # fmt: skip
def test_a_phone_is_its_digits_or_nothing(cell: Any, digits: str | None) -> None:
    assert values.phone(cell) == digits


@pytest.mark.parametrize("cell", ["1234", "1.99E+10", "19900000001/19900000002"])
def test_half_a_phone_or_two_are_said_to_be_unclear(cell: str) -> None:
    with pytest.raises(values.Unclear, match="W-PHONE-UNCLEAR"):
        values.phone(cell)


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("是", "yes"),
        ("同意", "yes"),
        ("否", "no"),
        ("拒绝", "no"),
        ("不愿意", "no"),
        ("撤回", "withdrawn"),
        ("", None),
    ],
)
def test_consent_is_an_answer_or_nothing(cell: str, answer: str | None) -> None:
    assert values.consent(cell) == answer


@pytest.mark.parametrize("cell", ["×", "不知道", "/", "无", "再说"])
def test_an_unclear_answer_is_never_taken_for_consent(cell: str) -> None:
    with pytest.raises(values.Unclear, match="E-CONSENT-UNCLEAR"):
        values.consent(cell)


@pytest.mark.parametrize(
    ("cell", "building"),
    [
        ("3栋2单元301", "3栋"), ("第 3 幢", "3栋"), ("3号楼", "3栋"), ("三栋", "3栋"), ("十二栋", "12栋"),
        ("二十栋", "20栋"),
        ("a座", "A栋"), ("幸福里小区", "幸福里小区"), ("无", None), (3, "3"),
    ],
)  # fmt: skip
def test_a_building_has_one_spelling(cell: Any, building: str | None) -> None:
    assert values.building(cell) == building


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (35, 35.0),
        ("35人", 35.0),
        ("1,200", 1200.0),
        ("¥5,000.00", 5000.0),
        ("2.5小时", 2.5),
        ("７岁", 7.0),
        ("无", None),
        (0, 0.0),
    ],
)
def test_a_number_may_carry_its_unit(cell: Any, number: float | None) -> None:
    assert values.number(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "约30",
        "30+",
        "-5",
        -5,
        "3,00",
        "六十",
        "1" * 5000,
        "1e5",
        True,
        "3000元+物资",
        "若干",
        "5千",
        float("nan"),
        float("inf"),
    ],
)
def test_a_vague_number_stays_unknown(cell: Any) -> None:
    assert code_of(values.number, cell) == "W-NUMBER-UNCLEAR"
    assert code_of(values.amount, cell) == "W-AMOUNT-UNCLEAR"


@pytest.mark.parametrize(
    "mark", ["1", 1, 1.0, True, "√", "✓", "✔", "是", "Y", "yes", "TRUE", "到", "已到", "出席", "present"]
)
def test_marks_that_everybody_reads_as_present(mark: Any) -> None:
    assert values.present(mark) is True


@pytest.mark.parametrize(
    "mark", ["0", 0, 0.0, False, "否", "N", "no", "FALSE", "未到", "缺席", "没到", "absent"]
)
def test_marks_that_everybody_reads_as_absent(mark: Any) -> None:
    assert values.present(mark) is False


@pytest.mark.parametrize(
    "mark", ["×", "x", "X", "○", "o", "O", "△", "▲", "请假", "迟到", 2, "-", "/", "?", "代签"]
)
def test_marks_that_offices_use_both_ways_are_never_guessed(mark: Any) -> None:
    assert code_of(values.present, mark) == "E-PRESENT-UNCLEAR"


@pytest.mark.parametrize("lexicon", sorted(LABELS))
def test_every_term_is_known_by_its_own_labels(lexicon: str) -> None:
    for term, label in LABELS[lexicon].items():
        assert {
            values.word(written, lexicon) for written in (term, label.zh, label.en, label.en.upper())
        } == {term}


@pytest.mark.parametrize("lexicon", sorted(LEXICONS))
def test_no_word_of_a_lexicon_stands_for_two_terms(lexicon: str) -> None:
    from sanshe_net.build.values import _WORDS, _key

    said = {(_key(word), term) for term, words in _WORDS.get(lexicon, {}).items() for word in words.split()}

    assert len({word for word, _ in said}) == len(said)


def test_a_word_nobody_taught_us_is_refused() -> None:
    assert code_of(values.word, "志愿着", "role") == "W-WORD-UNKNOWN"
