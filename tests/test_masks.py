"""What a terminal shows of cells: the place and the kind of a mistake, no name and no phone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.errors import InputError, ManyProblems, Place, Problem
from sanshe_net.masks import masked
from sanshe_net.vocabulary import LANGUAGES, Label


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张三", "张**"),
        ("欧阳丽华", "欧**"),
        ("张三、李四，王五/赵六|孙七", "张**、李**，王**/赵**|孙**"),
        ("Li Mei", "L** M**"),
        ("13800138000", "138****"),
        ("１３８００１３８０００", "１３８****"),
        ("138-0013-8000", "138****"),
        ("138 0013 8000", "138****"),
        ("(0763) 3366889", "(076****"),
        ("电话：+86 13800138000转5", "电**：+**"),
        ("440102199001011234", "440****"),
        ("44010219900101123X", "4**"),
        ("幸福路12号3栋502", "幸**"),
        ('=HYPERLINK("http://x")', '=**("h**://x**")'),
        ("", ""),
    ],
)  # fmt: skip
def test_names_phones_and_addresses_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    ["2024-02-30", "2024年2月30日", "20240230", "2024.5.4-2024.5.6", "2024-05-04 00:00", "13/45/2024",
     "5月4日", "△", "×", "√√", "200元", "1.5万", "12人次", "-5", "45123", "2024/5/4"],
)  # fmt: skip
def test_dates_marks_and_small_numbers_are_shown(text: str) -> None:
    assert masked(text) == text


@given(st.text(st.characters(categories=["L"]), min_size=2, max_size=6), st.text(max_size=20))
def test_no_word_survives(name: str, around: str) -> None:
    assert not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", masked(f"{around} {name} {around}"))


@given(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.lists(st.sampled_from(["", " ", "-", ".", "  "]), min_size=10, max_size=10),
    st.text(max_size=10),
)
def test_no_phone_survives_however_it_is_grouped(phone: str, gaps: list[str], around: str) -> None:
    grouped = "".join(digit + gap for digit, gap in zip(phone, [*gaps, ""], strict=True))
    shown = masked(f"{around}：{grouped}：{around}")

    assert phone[4:] not in "".join(filter(str.isdigit, shown.replace(around, "")))


def test_a_problem_is_masked_for_the_terminal_and_true_for_the_station() -> None:
    problem = Problem("E-NAME-SEVERAL", Place("a.csv", row=3), value="张三 李四")

    for lang in LANGUAGES:
        assert "张三 李四" in problem.wording.text(lang)
        assert "张** 李**" in problem.masked.text(lang)
        for shown in (problem.masked.text(lang), problem.line(lang), ManyProblems([problem]).message(lang)):
            assert "三" not in shown
            assert "四" not in shown


def test_a_refusal_never_carries_a_name_into_a_log() -> None:
    refused = InputError("E-NO-COLUMN", Place("a.csv"), found="张三丰 | 13800138000", looked=20)

    for shown in (str(refused), refused.message("zh"), refused.message("en")):
        assert "张**" in shown
        assert "三丰" not in shown
        assert "13800138000" not in shown


def test_facts_in_two_languages_are_masked_in_both() -> None:
    facts = {"found": Label("三栋、五栋", "block three, block five"), "field": "x", "allowed": "五栋"}
    problem = Problem("W-FACT-CONFLICT", Place(), value="张三丰", facts=facts)

    assert "栋" not in problem.masked.zh
    assert "lock" not in problem.masked.en


def test_headings_are_shown_as_they_are() -> None:
    assert "爱好特长" in Problem("N-COLUMN-UNKNOWN", Place(), value="爱好特长").masked.zh
