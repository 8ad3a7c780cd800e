"""The messages: every code used exists and is used, and both languages say the same."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sanshe_net
from sanshe_net.errors import (
    EXAMPLES,
    SHOWN_CHARACTERS,
    ManyProblems,
    Place,
    Problem,
    SansheError,
    first_of_each,
    quote,
)
from sanshe_net.messages import MESSAGES
from sanshe_net.vocabulary import LANGUAGES, Label

SOURCE = Path(sanshe_net.__file__).parent
_CODE = re.compile(r"[\"`']([EQWN]-[A-Z][A-Z-]+)[\"`']")
OF_DO = re.compile(
    r"请|可用|可以|需要|必须|至少|现有|记录里有|允许|缺少列|已经登记|列出|--debug|--force", re.IGNORECASE
)
EN_DO = re.compile(
    r"allowed|needed|need|use |add|check|close|correct|delete|save|write|fill|put|choose|give|type|copy|"
    r"install|run|must|move|only|they have|it has|records have|lacks|registered|listed",
    re.IGNORECASE,
)


def codes_in_source() -> set[str]:
    texts = (
        path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.parent.name != "messages"
    )
    return {code for text in texts for code in _CODE.findall(text)}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_code_in_the_source_has_a_message_and_every_message_a_use() -> None:
    assert codes_in_source() == set(MESSAGES)


@pytest.mark.parametrize("code", MESSAGES)
def test_both_languages_name_the_same_facts(code: str) -> None:
    assert fields(MESSAGES[code].zh) == fields(MESSAGES[code].en)


@pytest.mark.parametrize("code", MESSAGES)
def test_the_letter_of_a_code_is_its_severity(code: str) -> None:
    assert MESSAGES[code].severity == {"E": "error", "Q": "question", "W": "warning", "N": "note"}[code[0]]


@pytest.mark.parametrize("code", [code for code in MESSAGES if code[0] in "EQ"])
def test_a_refusal_says_what_is_allowed_or_what_to_do(code: str) -> None:
    assert OF_DO.search(MESSAGES[code].zh)
    assert EN_DO.search(MESSAGES[code].en)


@pytest.mark.parametrize("code", MESSAGES)
def test_chinese_is_chinese_and_english_english(code: str) -> None:
    zh, en = (re.sub(r"{\w+}", "", text) for text in (MESSAGES[code].zh, MESSAGES[code].en))

    assert re.search("[一-鿿]", zh)
    # Three English words in a row are a sentence nobody translated.
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", zh.replace("pip install", ""))
    # English quotes Chinese headings where the reader must type them.
    assert len(re.findall("[一-鿿]", en)) <= 16


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_is_filled_in_both_languages(code: str) -> None:
    facts = dict.fromkeys(fields(MESSAGES[code].zh), Label("某事", "something"))
    problem = Problem(
        code, Place("a.xlsx", "签到", 3, "日期"), facts=facts | {"value": Label("某事", "something")}
    )

    assert "something" not in problem.wording.zh
    assert "某事" not in problem.wording.en


def test_a_place_is_named_in_the_language_of_the_reader() -> None:
    place = Place("a.xlsx", "签到", 3, "日期")

    assert place.text("zh") == "a.xlsx › 签到 › 第3行 › “日期”列"
    assert place.text("en") == "a.xlsx › 签到 › row 3 › column 日期"
    assert Place().text("zh") == ""


def test_a_refusal_is_one_line_with_code_place_and_reason() -> None:
    refused = SansheError("E-DATE-MISSING", Place("a.csv", row=3))

    assert (
        refused.message("zh") == "[E-DATE-MISSING] a.csv › 第3行：没有日期。请填上活动日期，例如 2024-05-04。"
    )
    assert str(refused) == refused.message("en")


def test_what_was_found_is_cut_and_made_safe_but_what_is_allowed_is_not() -> None:
    long = "长" * 1000
    refused = SansheError("E-VALUE", name="x", found=f"\x1b[31m{long}", allowed=long)

    for lang in LANGUAGES:
        assert "\x1b" not in refused.message(lang)
        assert refused.message(lang).count("长") < 1000 + SHOWN_CHARACTERS
        assert long in refused.message(lang)
    assert quote("a\nb") == "a\\u000ab"


@pytest.mark.parametrize("of_sheets", [True, False])
def test_of_each_kind_of_problem_in_a_file_the_first_are_shown_and_the_rest_counted(of_sheets: bool) -> None:
    met = [(code, file) for _ in range(500) for code in ("E-DATE-MISSING", "E-NAME-MISSING") for file in "ab"]
    problems = [Problem(code, Place(file, row=row)) for row, (code, file) in enumerate(met, 2)]
    many = ManyProblems(problems, of_sheets=of_sheets)

    for lang in LANGUAGES:
        said = many.message(lang).splitlines()
        assert len(said) == 4 * (EXAMPLES + 1) + 1 + of_sheets  # the count, and where all of them are
        assert sum(str(500 - EXAMPLES) in line for line in said) == 4
        assert ("sanshe check" in said[-1]) == of_sheets
        assert "2000" in said[-1 - of_sheets]
    assert many.problems == problems


@given(st.lists(st.sampled_from("abc"), max_size=40))
def test_what_is_shown_and_what_is_only_counted_are_together_everything(keys: list[str]) -> None:
    shown = first_of_each(keys)

    assert len(shown) + sum(more for _, more in shown) == len(keys)
    assert [i for i, _ in shown] == sorted(
        i for key in "abc" for i in [i for i, held in enumerate(keys) if held == key][:EXAMPLES]
    )
    assert all(more in (0, keys[i + 1 :].count(keys[i])) for i, more in shown)


def test_many_problems_are_all_listed() -> None:
    many = ManyProblems([Problem("E-DATE-MISSING", Place("a.csv", row=row)) for row in (3, 7)])

    for lang in LANGUAGES:
        assert len(many.message(lang).splitlines()) == 3
    assert "2" in many.message("zh").splitlines()[-1]
