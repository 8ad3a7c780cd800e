"""Formula guards: no CSV of ours arms a spreadsheet, and our reader undoes exactly what we wrote."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build.read_text import read_text
from sanshe_net.export import csv_text
from sanshe_net.guards import guarded, unguarded

STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
texts = st.text(st.sampled_from([*STARTS, *"'\"李a1,; "]), max_size=8) | st.text(max_size=8)
# A carriage return is a line end to our reader, and a file holds no half characters.
names = texts.filter(lambda text: "\r" not in text).filter(lambda text: text.isprintable() or "\t" in text)


@pytest.mark.parametrize("start", STARTS)
def test_text_that_starts_a_formula_is_disarmed(start: str) -> None:
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "李梅", "1-2", "a=b", "'李梅'", "O'Neil", " =1", "'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert guarded(text) == text
    assert unguarded(text) == text


@given(texts)
def test_the_guard_can_be_undone_exactly(text: str) -> None:
    assert unguarded(guarded(text)) == text


@given(texts)
def test_guarded_text_starts_no_formula(text: str) -> None:
    assert not guarded(text).startswith(tuple(STARTS))


@given(texts, texts)
def test_two_texts_are_never_guarded_into_one(one: str, other: str) -> None:
    assert (guarded(one) == guarded(other)) == (one == other)


@given(st.lists(names, min_size=1, max_size=5), names)
def test_a_table_of_ours_is_read_back_as_it_was(held: list[str], heading: str) -> None:
    table = pd.DataFrame({"姓名": held, "活动": heading, "n": range(-len(held), 0)})
    sheet = read_text(csv_text(table.rename(columns={"n": f"n{heading}"})), "a.csv")

    assert sheet.rows[0] == ["姓名", "活动", f"n{heading}"]
    assert [row[:2] for row in sheet.rows[1:]] == [[name or None, heading or None] for name in held]
    assert [row[2] for row in sheet.rows[1:]] == [str(n) for n in range(-len(held), 0)]


@pytest.mark.parametrize("heading", ["=SUM(A1)", "'=x", "＠姓名", "-n"])
def test_headings_are_guarded_too_and_read_back(heading: str) -> None:
    text = csv_text(pd.DataFrame({"姓名": ["李梅"], heading: ["x"]}))

    assert next(csv.reader(io.StringIO(text)))[1] == f"'{heading}"
    assert read_text(text, "a.csv").rows[0] == ["姓名", heading]


def test_numbers_are_untouched_and_the_same_as_text_is_guarded() -> None:
    text = csv_text(pd.DataFrame({"number": [-5.5], "text": ["-5.5"]}))

    assert text == "number,text\n-5.5,'-5.5\n"
