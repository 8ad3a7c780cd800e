"""Which table a header row belongs to, and which column is which."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.build.headers import (
    DROPPED,
    SCHEMAS,
    field_of_caption,
    header_key,
    known_headings,
    match_header,
)


def columns_of(heading: str) -> tuple[str, dict[str, str]]:
    words = heading.split()
    found = match_header([header_key(word) for word in words])
    assert found is not None
    return found.schema.name, {name: words[i] for name, i in found.columns.items()}


@pytest.mark.parametrize(
    ("written", "key"),
    [
        (" 姓 名 *（必填）", "姓名"),
        ("Person_Name:", "personname"),
        ("ＮＡＭＥ", "name"),
        (None, ""),
        ("日期\n", "日期"),
        (3.0, "3.0"),
    ],
)
def test_a_heading_is_compared_without_its_dress(written: object, key: str) -> None:
    assert header_key(written) == key


@pytest.mark.parametrize(
    ("heading", "table"),
    [
        ("姓名 活动 日期", "attendance"), ("name activity date", "attendance"),
        ("person event date", "attendance"),
        ("活动名称 活动日期 活动类型 参加人数", "activities"), ("姓名 性别 年龄 楼栋 户籍", "people"),
        ("组织名称 组织类型 备案情况 负责人", "organisations"), ("姓名 团队 加入日期 职务", "memberships"),
        ("资源方 资源类型 折合金额 受助方", "support"), ("议题 提出人 提出日期 状态", "issues"),
        ("推荐人 被推荐人", "nominations"),
        ("date committee meeting session time person present", "attendance"),
    ],
)  # fmt: skip
def test_each_table_is_known_by_its_header(heading: str, table: str) -> None:
    assert columns_of(heading)[0] == table


def test_a_sign_in_sheet_without_its_date_is_not_taken_for_a_list_of_people() -> None:
    found = match_header(["姓名", "活动"])

    assert found is not None
    assert (found.schema.name, found.missing) == ("attendance", ("date",))


def test_what_stands_above_the_header_counts_as_found() -> None:
    found = match_header(["姓名", "联系电话"], frozenset({"activity", "date"}))

    assert found is not None
    assert (found.schema.name, found.missing) == ("attendance", ())


def test_one_word_goes_to_one_column_and_one_column_to_one_field() -> None:
    _, columns = columns_of("日期 时间 姓名 活动 身份 角色")

    assert columns["date"] == "日期"
    assert columns["session"] == "时间"
    assert (columns["kind"], columns["role"]) == ("身份", "角色")
    assert len(set(columns.values())) == len(columns)


def test_identity_numbers_are_dropped_whatever_the_table() -> None:
    for schema in SCHEMAS.values():
        for field in schema.fields:
            assert not DROPPED & {header_key(word) for word in field.words}


def test_each_schema_asks_for_fields_it_has() -> None:
    for schema in SCHEMAS.values():
        assert set(schema.required) <= {field.name for field in schema.fields}
        assert len({field.name for field in schema.fields}) == len(schema.fields)


@given(st.sampled_from(sorted(SCHEMAS)), st.randoms(use_true_random=False))
def test_the_order_of_the_columns_does_not_matter(name: str, draw: random.Random) -> None:
    keys = [header_key(field.words[0]) for field in SCHEMAS[name].fields]
    shuffled = draw.sample(keys, len(keys))
    first, second = match_header(keys), match_header(shuffled)

    assert first is not None
    assert second is not None
    assert first.schema is second.schema
    assert {k: keys[i] for k, i in first.columns.items()} == {
        k: shuffled[i] for k, i in second.columns.items()
    }


def test_captions_above_a_header_name_fields() -> None:
    assert [field_of_caption(word) for word in ("活动时间", "活动名称", "地点", "天气")] == [
        "date",
        "activity",
        "place",
        None,
    ]


def test_known_headings_count_ignorable_ones_too() -> None:
    assert known_headings(["姓名", "序号", "身份证号", "天气"]) == 3


def test_a_header_of_a_million_columns_is_matched_without_ado() -> None:
    found = match_header(["", *["天气"] * 1_000_000, "姓名"])

    assert found is not None
    assert dict(found.columns) == {"person": 1_000_001}
