"""What one cell means: every normaliser against a table of cells, and none of them guesses."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build import values
from sanshe_net.build.cells.numerals import chinese_number
from sanshe_net.build.cells.words import OTHER_WORDS, word_key
from sanshe_net.build.values import LABELS, LEXICONS, Habits, Told, Unclear
from sanshe_net.errors import render


def read_or_code(read: Any, *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except Unclear as unclear:
        return unclear.code


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
        "上周三", "2019.7.1-7.5", "2019年3月5日、3月12日", "2019-03-05 sometime", True, time(14),
        timedelta(days=2), "2019-03-05 " + "," * 100 + "x", "1" * 5000, "2019-3-" + "5" * 50, "昨天2019-03-05",
    ],
)  # fmt: skip
def test_a_cell_that_does_not_name_just_one_day_is_never_guessed(cell: Any) -> None:
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
        ("𠮷野", "𠮷野"), ("a_x000D_b", "a b"), ("10_x0041_", "10_x0041_"), ("e\u200b\u0301", "é"), ("✔\ufe0f", "✔"), ("张\u115f三", "张三"), (True, "True"), (1e300, str(int(1e300))), (float("nan"), "nan"),
    ],
)  # fmt: skip
def test_text_is_folded_but_never_lost(cell: Any, tidy: str) -> None:
    assert values.text(cell) == tidy


@pytest.mark.parametrize(
    "cell",
    [
        "李\x00四",
        "\x07",
        "a\x1b[31m",
        "x\x7f",
        "x\x85y",
        "_x0007_",
        "李四_x001B_[31m",
        "_x00\u200b07_",
        "李\ud800四",
    ],
)
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
        ("0763-3312345-801", "07633312345"), ("0763-3312345转801", "07633312345"), ("199-0000-0001(妻)", "19900000001"),
        ("0763-3312345", "07633312345"), ("8612345", "8612345"), ("无", None), ("未填", None),
    ],
)  # fmt: skip
def test_a_phone_is_its_digits_or_nothing(cell: Any, digits: str | None) -> None:
    assert values.phone(cell) == digits


@pytest.mark.parametrize(
    "cell", ["1234", "1.99E+10", "微信", "138.5", 138.5, -19900000001, "1" * 5000, "/" * 90]
)
def test_half_a_phone_is_said_to_be_unclear(cell: Any) -> None:
    assert code_of(values.phone, cell) == "W-PHONE-UNCLEAR"


@pytest.mark.parametrize(
    ("cell", "digits", "code"),
    [
        ("19900000001/19900000002", "19900000001", "W-PHONE-SEVERAL"),
        ("19900000001、0763-3312345", "19900000001", "W-PHONE-SEVERAL"),
        ("19900000001 19900000002", "19900000001", "W-PHONE-SEVERAL"),
        ("12/19900000002", "19900000002", "W-PHONE-SEVERAL"),
        ("199****0001", "199****0001", "W-PHONE-MASKED"),
        ("199XXXX0001", "199****0001", "W-PHONE-MASKED"),
        ("+86 199 **** 0001", "199****0001", "W-PHONE-MASKED"),
    ],
)
def test_a_phone_that_is_used_though_not_wholly_is_told(cell: str, digits: str, code: str) -> None:
    assert values.phone(cell) == Told(digits, (code,))


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
        ("a座", "A栋"), ("十十栋", "十十栋"), ("幸福里小区", "幸福里小区"), ("无", None), (3, "3"),
    ],
)  # fmt: skip
def test_a_building_has_one_spelling(cell: Any, building: str | None) -> None:
    assert values.building(cell) == building


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (35, 35.0), ("35人", 35.0), ("1,200", 1200.0), ("¥5,000.00", 5000.0), ("2.5小时", 2.5), ("７岁", 7.0),
        ("无", None), (0, 0.0), ("六十", 60.0), ("三十五人", 35.0), ("一百零五", 105.0), ("两千", 2000.0), ("三萬", 30000.0), ("一万零五", 10005.0), ("一亿二千万", 120_000_000.0),
        ("十", 10.0), ("二〇", 20.0), ("叁佰元", 300.0), ("一千零一十", 1010.0), (0.1 + 0.2, 0.1 + 0.2),
    ],
)  # fmt: skip
def test_a_number_may_carry_its_unit_or_be_written_in_words(cell: Any, number: float | None) -> None:
    assert values.number(cell) == number


@pytest.mark.parametrize(
    "cell",
    [
        "约30", "30+", "-5", -5, "3,00", "1" * 5000, "1e5", True, False, "若干", 1e15, float("nan"), float("inf"),
        "一百五", "一万五", "十十", "五千千", "二百三百", "万", "百", "一二百", "一万一亿", "一萬二万", "一万二萬", "零十百", "三万三万", "一千一万",
    ],
)  # fmt: skip
def test_a_vague_number_stays_unknown(cell: Any) -> None:
    assert code_of(values.number, cell) == "W-NUMBER-UNCLEAR"


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("¥5,000.00", 5000.0), ("￥5000", 5000.0), ("0.5万", 5000.0), ("五千元整", 5000.0), ("5000元", 5000.0), ("3千", 3000.0),
        ("1.2万元", 12000.0), ("0.57万", 5700.0), ("五百", 500.0), ("人民币5000元", 5000.0), ("RMB 5000", 5000.0),
        ("1.5w", 15000.0), ("2K", 2000.0), ("3百", 300.0), ("0.1亿", 10_000_000.0), (5000.55, 5000.55), (0, 0.0), ("待定", "W-AMOUNT-UNCLEAR"), ("若干", "W-AMOUNT-UNCLEAR"),
        ("一批", "W-AMOUNT-UNCLEAR"), ("约5000", "W-AMOUNT-UNCLEAR"), ("5000-6000", "W-AMOUNT-UNCLEAR"), ("一万五", "W-AMOUNT-UNCLEAR"),
        ("1万2千", "W-AMOUNT-UNCLEAR"), ("3000元+2000元", "W-AMOUNT-UNCLEAR"), ("$100", "W-AMOUNT-UNCLEAR"), (True, "W-AMOUNT-UNCLEAR"),
        (1e300, "W-AMOUNT-UNCLEAR"), (float("nan"), "W-AMOUNT-UNCLEAR"), ("9" * 5000, "W-AMOUNT-UNCLEAR"),
        (-200, "W-AMOUNT-NEGATIVE"), ("-200", "W-AMOUNT-NEGATIVE"), ("负200元", "W-AMOUNT-NEGATIVE"), ("¥-5", "W-AMOUNT-NEGATIVE"),
        ("3000元+物资", Told(3000.0, ("W-AMOUNT-PART",))), ("3000元，物资10箱", Told(3000.0, ("W-AMOUNT-PART",))),
        ("五千元和场地", Told(5000.0, ("W-AMOUNT-PART",))), ("无", None), (None, None),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_yuan_in_part_or_not_at_all(cell: Any, yuan: Any) -> None:
    assert read_or_code(values.amount, cell) == yuan


@pytest.mark.parametrize(
    ("cell", "years"),
    [
        (60, 60.0), ("60岁", 60.0), ("60 周岁", 60.0), ("六十", 60.0), ("六十岁", 60.0), (59.5, 59.5), (0, 0.0), (120, 120.0),
        ("无", None), (121, "E-AGE-IMPOSSIBLE"), (-1, "E-AGE-IMPOSSIBLE"), ("-1", "E-AGE-IMPOSSIBLE"), (230, "E-AGE-IMPOSSIBLE"),
        (1959, "E-AGE-IMPOSSIBLE"), ("二百", "E-AGE-IMPOSSIBLE"), ("9" * 5000, "E-AGE-IMPOSSIBLE"), (1e300, "E-AGE-IMPOSSIBLE"),
        ("60多岁", "W-AGE-UNCLEAR"), (True, "W-AGE-UNCLEAR"), ("老", "W-AGE-UNCLEAR"), (float("nan"), "W-AGE-UNCLEAR"),
    ],
)  # fmt: skip
def test_an_age_is_that_of_a_person_or_refused(cell: Any, years: Any) -> None:
    assert read_or_code(values.age, cell) == years


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1959, 1959), (1959.0, 1959), ("1959年", 1959), ("1959年3月", 1959), ("1959-03-05", 1959), (date(1959, 3, 5), 1959),
        (datetime(1959, 3, 5), 1959), (2020, 2020), (1900, 1900), ("无", None), (2021, "E-BIRTH-IMPOSSIBLE"), (2059, "E-BIRTH-IMPOSSIBLE"),
        (1899, "E-BIRTH-IMPOSSIBLE"), (59, "E-BIRTH-IMPOSSIBLE"), ("-5", "E-BIRTH-IMPOSSIBLE"), ("9" * 5000, "E-BIRTH-IMPOSSIBLE"),
        ("五九年", "W-NUMBER-UNCLEAR"), ("1959年生于本地或外地也不知道", "W-NUMBER-UNCLEAR"), ("x" * 5000, "W-NUMBER-UNCLEAR"),
        (True, "W-NUMBER-UNCLEAR"), ("1959.15", "W-NUMBER-UNCLEAR"),
    ],
)  # fmt: skip
def test_nobody_is_born_after_the_last_record(cell: Any, year: Any) -> None:
    assert read_or_code(values.birth_year, cell, 2020) == year


@pytest.mark.parametrize("numerals", ["", "一" * 25, "x"])
def test_what_holds_no_numeral_is_no_number(numerals: str) -> None:
    with pytest.raises(ValueError):
        chinese_number(numerals)


@pytest.mark.parametrize(
    ("latest", "zh", "en"),
    [(2020, "1900 年至2020 年", "1900 to 2020"), (None, "1900 年至今年", "1900 to this year")],
)
def test_an_impossible_year_of_birth_is_answered_with_those_that_are_possible(
    latest: Any, zh: str, en: str
) -> None:
    with pytest.raises(Unclear) as refused:
        values.birth_year(1066, latest)

    assert refused.value.reason == (zh, en)


def test_without_records_nobody_is_born_after_this_year() -> None:
    this_year = date.today().year

    assert values.birth_year(this_year) == this_year
    assert read_or_code(values.birth_year, this_year + 1) == "E-BIRTH-IMPOSSIBLE"


@pytest.mark.parametrize(
    "mark",
    [
        "1",
        1,
        1.0,
        True,
        "√",
        "✓",
        "✔",
        "是",
        "Y",
        "yes",
        "TRUE",
        "到",
        "已到",
        "出席",
        "present",
        "✔️",
        "☑",
        " √ ",
    ],
)
def test_marks_that_everybody_reads_as_present(mark: Any) -> None:
    assert values.present(mark) is True


@pytest.mark.parametrize(
    "mark",
    ["0", 0, 0.0, False, "否", "N", "no", "FALSE", "未到", "缺席", "没到", "absent", "-", "—", "/", "／"],
)
def test_marks_that_everybody_reads_as_absent(mark: Any) -> None:
    assert values.present(mark) is False


@pytest.mark.parametrize(
    "mark",
    ["×", "x", "X", "○", "o", "O", "△", "▲", "〇", "✗", "◯", "请假", "迟到", "早退", 2, 1.5, "?", "代签"],
)
def test_marks_that_offices_use_both_ways_are_never_guessed(mark: Any) -> None:
    assert code_of(values.present, mark) == "Q-MARK"


@pytest.mark.parametrize("lexicon", sorted(LABELS))
def test_every_term_is_known_by_its_own_labels(lexicon: str) -> None:
    for term, label in LABELS[lexicon].items():
        assert {
            values.word(written, lexicon) for written in (term, label.zh, label.en, label.en.upper())
        } == {term}


@pytest.mark.parametrize("lexicon", sorted(LEXICONS))
def test_no_word_of_a_lexicon_stands_for_two_terms(lexicon: str) -> None:
    said = {
        (word_key(word), term)
        for term, words in OTHER_WORDS.get(lexicon, {}).items()
        for word in words.split()
    }
    said |= {(word_key(word), term) for term, label in LABELS[lexicon].items() for word in (term, *label)}
    twice = {word for word, _ in said if len({term for other, term in said if other == word}) > 1}

    assert twice == set()


@pytest.mark.parametrize(
    ("written", "lexicon", "term"),
    [
        ("签到人", "role", "participant"), ("参与人员", "role", "participant"), ("义工", "role", "volunteer"), ("主讲", "role", "speaker"),
        ("已解决", "issue_state", "solved"), ("待办", "issue_state", "open"), ("处理中", "issue_state", "in_progress"),
        ("已办结", "issue_state", "solved"), ("取消", "issue_state", "withdrawn"), ("外来", "hukou", "non_local"), ("Social-Worker", "kind", "social_worker"),
        ("无", "role", None), (None, "role", None),
    ],
)  # fmt: skip
def test_a_term_is_known_by_the_words_that_stations_use(written: Any, lexicon: str, term: str | None) -> None:
    assert values.word(written, lexicon) == term


def test_a_word_nobody_taught_us_stops_where_it_decides_results_and_is_told_elsewhere() -> None:
    assert code_of(values.word, "志愿着", "role") == "E-WORD-UNKNOWN"
    assert code_of(values.word, "挺好", "issue_state") == "E-WORD-UNKNOWN"
    assert code_of(values.word, "太空活动", "activity_kind") == "W-WORD-UNKNOWN"


@pytest.mark.parametrize(("cell", "lexicon"), [("志愿者", "kind"), ("商户", "role"), ("网格员", "role")])
def test_a_role_among_kinds_of_people_is_no_mistake(cell: str, lexicon: str) -> None:
    assert code_of(values.word, cell, lexicon) == "W-WORD-UNKNOWN"


@pytest.mark.parametrize(
    ("written", "near"),
    [
        ("志原者", "志愿者"),
        ("组织着", "组织者"),
        ("voluntear", "volunteer"),
        ("打酱油", None),
        ("志" * 5000, None),
    ],
)
def test_an_unknown_word_is_answered_with_the_nearest_known_one(written: str, near: str | None) -> None:
    with pytest.raises(Unclear) as refused:
        values.word(written, "role")

    reason = refused.value.reason
    assert near is None if reason == "" else (near in reason.zh and near in reason.en)  # type: ignore[union-attr,operator]


@pytest.mark.parametrize(
    ("cell", "terms"),
    [
        ("志愿者", ("volunteer",)), ("志愿者/组织者", Told(("volunteer", "organiser"), ("N-WORDS-SEVERAL",))),
        ("志愿者、义工", ("volunteer",)), ("主持人和讲师", Told(("leader", "speaker"), ("N-WORDS-SEVERAL",))),
        ("志愿者/打酱油", "E-WORD-UNKNOWN"), ("志" * 5000, "E-WORD-UNKNOWN"), ("无", None), (None, None), ("//", None),
    ],
)  # fmt: skip
def test_a_cell_of_several_roles_means_each_of_them(cell: Any, terms: Any) -> None:
    assert read_or_code(values.words, cell, "role") == terms


def test_what_a_station_says_its_words_mean_holds() -> None:
    habits = Habits(words={"role": {"打酱油": "participant", "志愿者": "staff", "路过": "ignore"}})

    assert values.word(" 打 酱 油 ", "role", habits) == "participant"
    assert values.word("志愿者", "role", habits) == "staff"
    assert values.word("路过", "role", habits) is None
    assert values.words("路过", "role", habits) is None
    assert values.words("打酱油/路过", "role", habits) == ("participant",)
    assert code_of(values.word, "打酱油", "kind", habits) == "E-WORD-UNKNOWN"


@pytest.mark.parametrize(
    ("mark", "present"),
    [("×", False), ("○", True), ("◯", "Q-MARK"), ("TRUE", False), (True, False), (2, None), (2.0, None), ("2", None), ("√", True)],
)  # fmt: skip
def test_what_a_station_says_its_marks_mean_holds(mark: Any, present: Any) -> None:
    habits = Habits(marks={"×": "absent", "○": "present", "true": "absent", "2": "ignore"})

    assert read_or_code(values.present, mark, habits) == present


@pytest.mark.parametrize("cell", [10**5000, -(10**5000)], ids=["above", "below"])
@pytest.mark.parametrize("read", [values.text, values.number, values.age, values.dates, values.phone])
def test_a_number_of_thousands_of_digits_is_refused_not_written_out(read: Any, cell: int) -> None:
    assert code_of(read, cell) == "E-CELL-LONG"


LOST = values.LostCell("E-CELL-ERROR", "#N/A")


@pytest.mark.parametrize(
    "read",
    [
        values.text, values.name, values.person, values.people, values.names, values.phone, values.building, values.dates,
        values.day, values.number, values.age, values.birth_year, values.amount, values.present, values.consent,
        values.name_and_hint, values.day_in_title, lambda cell: values.word(cell, "role"), lambda cell: values.words(cell, "role"),
    ],
)  # fmt: skip
def test_a_formula_error_is_never_taken_for_a_value_or_a_blank(read: Any) -> None:
    assert code_of(read, LOST) == "E-CELL-ERROR"
    assert str(LOST) == "#N/A"


@pytest.mark.parametrize("code", [0x00, 0x1F, 0x7F, 0x9F])
def test_the_escape_of_a_control_character_is_refused(code: int) -> None:
    assert code_of(values.text, f"张_x{code:04X}_三") == "E-CONTROL-CHARACTER"


@pytest.mark.parametrize("code", [0x20, 0x7E, 0xA0, 0x4E00])
def test_any_other_escape_is_text_as_it_stands(code: int) -> None:
    assert values.text(f"张_x{code:04X}_三") == f"张_x{code:04X}_三"
