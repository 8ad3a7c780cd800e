"""Who is named in a cell: one person, several, or people whom nobody named."""

from __future__ import annotations

from typing import Any

import pytest

from sanshe_net.build import values
from sanshe_net.build.cells.names import LONGEST_NAME
from sanshe_net.build.values import People, Told, Unclear


def read_or_code(read: Any, *arguments: Any) -> Any:
    try:
        return read(*arguments)
    except Unclear as unclear:
        return unclear.code


def found(cell: Any) -> tuple[People, tuple[str, ...]]:
    read = values.people(cell)
    return (read.value, read.codes) if isinstance(read, Told) else (read, ())


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("张三、李四，王五/赵六 孙七；周八\n吴九", "张三 李四 王五 赵六 孙七 周八 吴九"), ("张三 李四", "张三 李四"), ("张三　　李四", "张三 李四"),
        ("张三和李四", "张三 李四"), ("张三、李四和王五", "张三 李四 王五"), ("张三 与 李四", "张三 李四"), ("张三|李四\t王五", "张三 李四 王五"),
        ("1、张三\n2、李四", "张三 李四"), ("张 三、李 四", "张三 李四"), ("张三 李 小 明", "张三 李小明"), ("张三、、李四、", "张三 李四"), ("王伟（3栋）\n李四", "王伟(3栋) 李四"), ("张三、 、李四", "张三 李四"), ("张三、李四、无", "张三 李四"),
        ("欧阳小明 上官飞燕", "欧阳小明 上官飞燕"), ("张三, Sam", "张三 Sam"), ("张**、李四", "张** 李四"), ("王伟（3栋）、王伟（5栋）", "王伟(3栋) 王伟(5栋)"),
    ],
)  # fmt: skip
def test_several_names_are_told_apart_and_the_split_is_told(cell: str, names: str) -> None:
    read, codes = found(cell)

    assert read.names == tuple(names.split())
    assert (read.unnamed, read.groups) == (0, ())
    assert codes == ("N-NAME-SPLIT",)


QUOTES = ["“”", '""', "「」", "『』", "''", "‘’", "＂＂", "｢｣"]


@pytest.mark.parametrize("quotes", QUOTES)
@pytest.mark.parametrize("inside", ["{}", " {} ", "{}\u200b"])
@pytest.mark.parametrize("name", ["张三", "张 三", "欧阳小明", "Ada Example", "m01", "王**", "张三“老张"])
def test_quotes_around_a_name_are_no_part_of_it(name: str, inside: str, quotes: str) -> None:
    opening, closing = quotes
    cell = f"{opening}{inside.format(name)}{closing}"
    if "“" in name:  # quotes within quotes: nobody can tell which go
        assert found(cell)[0].names == (values.name(cell),)
        return

    assert values.name(cell) == values.name(name)
    assert found(cell) == found(name)
    assert values.person(f" {cell} ") == values.name(name)


@pytest.mark.parametrize("quotes", QUOTES)
def test_several_names_in_quotes_are_told_apart(quotes: str) -> None:
    opening, closing = quotes
    each = "、".join(f"{opening}{name}{closing}" for name in ("张三", "李四"))

    assert found(each) == found("张三、李四")
    assert found(f"{opening}张三、李四{closing}") == found("张三、李四")
    assert found(f"{opening}张三\n李四{closing}") == found("张三\n李四")


@pytest.mark.parametrize(
    "cell",
    ["张三“老张”", "“老张”张三", "张三'老张'", "O'Brien", "O'Brien'", "“张三", "张三”", "“张三」", "“”"],
)
def test_other_quotes_stay(cell: str) -> None:
    assert values.name(cell) == cell


@pytest.mark.parametrize("cell", ["“无”", '"-"', "「未填」", "“ ”"])
def test_nobody_in_quotes_is_nobody(cell: str) -> None:
    assert values.people(cell) is None or cell == "“ ”"
    assert values.name(cell) in (None, "“”")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Ada Example; Ben Sample", ("Ada Example", "Ben Sample")), ("Ada, Ben, Cy", ("Ada", "Ben", "Cy")), ("Ada Example\nBen Sample", ("Ada Example", "Ben Sample")),
        ("Ada Example, Ben Sample, Cy Test", ("Ada Example", "Ben Sample", "Cy Test")), ("Example, Ada; Sample, Ben", ("Example, Ada", "Sample, Ben")),
    ],
)  # fmt: skip
def test_foreign_names_are_told_apart_too(cell: str, names: tuple[str, ...]) -> None:
    assert found(cell) == (People(names, pieces=names), ("N-NAME-SPLIT",))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("张三", "张三"), ("张 三", "张三"), ("张　三", "张三"), ("欧阳 小明", "欧阳小明"), ("欧阳 明", "欧阳明"), ("王 小 明", "王小明"), ("张 小明", "张小明"),
        ("Jefferson, Evelyn", "Jefferson, Evelyn"), ("Evelyn  Jefferson", "Evelyn Jefferson"), ("Example, Ada, Jr.", "Example, Ada, Jr."),
        ("阿 Sam", "阿 Sam"), ("阿依古丽·买买提", "阿依古丽·买买提"), ("NA", "NA"), ("Null", "Null"), ("None", "None"), ("nan", "nan"), (1, "1"), ("m01", "m01"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"), ("</script><script>", "</script><script>"), ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("' OR 1=1; DROP TABLE x", "' OR 1=1; DROP TABLE x"), ("王伟（3栋）", "王伟(3栋)"), ("李和平", "李和平"), ("等等等", "等等等"), ("张*三", "张*三"),
    ],
)  # fmt: skip
def test_one_name_stays_one_name(cell: Any, name: str) -> None:
    assert values.people(cell) == People((name,), pieces=(name,))
    assert values.person(cell) == name


@pytest.mark.parametrize("cell", [None, "", "　", "无", "-", "/", "N/A", "、", "，、"])
def test_nobody_is_none(cell: Any) -> None:
    assert values.people(cell) is None
    assert values.person(cell) is None


@pytest.mark.parametrize(
    ("cell", "names", "unnamed"),
    [
        ("张三、李四等15人", ("张三", "李四"), 13), ("张三、李四等十五人", ("张三", "李四"), 13), ("张三 等 15 名居民", ("张三",), 14), ("张三等人", ("张三",), None),
        ("张三等", ("张三",), None), ("张三、李四等1人", ("张三", "李四"), 0), ("居民15人", (), 15), ("15人", (), 15), ("志愿者10名", (), 10), ("张三、居民8人、志愿者2名", ("张三",), 10),
        ("等人", (), None), ("若干人", (), None), ("张三、若干居民", ("张三",), None), ("居民十十人", (), None), ("张三等十十人", ("张三",), None),
        ("张三等、李四", ("李四",), None), ("居民5人等20人", (), 20),
    ],
)  # fmt: skip
def test_people_who_are_counted_but_not_named_stay_a_count_and_a_question(
    cell: str, names: tuple[str, ...], unnamed: int | None
) -> None:
    read, codes = found(cell)

    assert (read.names, read.unnamed) == (names, unnamed)
    assert "Q-NAME-UNNAMED" in codes
    assert read_or_code(values.person, cell) == "Q-NAME-UNNAMED"


@pytest.mark.parametrize(
    "cell", ["全体居民代表", "张三夫妇", "李四夫妻", "王五一家", "赵六全家", "孙七家属", "各楼栋代表", "居民代表", "党员们", "居民", "志愿者", "工作人员", "居委会", "Volunteers"]
)  # fmt: skip
def test_a_group_is_never_a_person(cell: str) -> None:
    read, codes = found(cell)

    assert (read.names, read.groups, codes) == ((), (cell,), ("Q-NAME-GROUP",))
    assert read_or_code(values.person, cell) == "Q-NAME-GROUP"


def test_a_group_among_names_leaves_the_names() -> None:
    read, codes = found("张三、全体党员")

    assert read == People(("张三",), 0, ("全体党员",), ("张三", "全体党员"))
    assert codes == ("N-NAME-SPLIT", "Q-NAME-GROUP")


@pytest.mark.parametrize(
    "cell",
    [
        "张三,13800000001\n李四", "王五13800000001", "13800000001", 13800000001.0, "张三 0763-3312345", "张三110101199001011234", "张三,35\n李四",
        "阿依古丽 买买提", "张 三 李 四", "张三 李 小明", "Ada Example, Ben Sample", "Ada, Ben Sample, Cy", "甲" * 101, "张三、" * 2000, "名 " * 3000,
    ],
    ids=lambda cell: str(cell)[:20],
)  # fmt: skip
def test_what_may_be_several_rows_or_names_is_asked_about(cell: Any) -> None:
    assert read_or_code(values.people, cell) == "Q-NAME-SUSPECT"
    assert read_or_code(values.person, cell) == "Q-NAME-SUSPECT"


@pytest.mark.parametrize(
    "cell", ["张三、李四", "张三 李四", "张三\n李四", "张三、张三", "Ada Example; Ben Sample"]
)
def test_a_cell_for_one_person_refuses_several(cell: str) -> None:
    assert read_or_code(values.person, cell) == "E-NAME-SEVERAL"


def test_a_name_that_stands_twice_counts_once_and_is_told() -> None:
    read, codes = found("张三、张三")

    assert (read.names, read.pieces) == (("张三",), ("张三", "张三"))
    assert codes == ("N-NAME-SPLIT", "N-NAME-TWICE")


@pytest.mark.parametrize(
    ("cell", "name", "hint"),
    [
        ("王强（组长）", "王强", "组长"), ("王强 (志愿者)", "王强", "志愿者"), ("王强【社工】", "王强", "社工"), ("王伟（3栋）", "王伟", "3栋"), ("王强", "王强", ""),
        ("（组长）", "(组长)", ""), ("王强（）", "王强()", ""), ("Ada (host) Example", "Ada (host) Example", ""), (None, None, ""), ("名" * 200 + "（组长）", "名" * 200 + "(组长)", ""),
    ],
    ids=lambda value: str(value)[:12],
)  # fmt: skip
def test_what_stands_in_brackets_after_a_name_is_a_hint(cell: Any, name: str | None, hint: str) -> None:
    assert values.name_and_hint(cell) == (name, hint)


def test_a_role_in_brackets_is_no_part_of_the_name_but_what_tells_namesakes_apart_is() -> None:
    assert values.person("王强（组长）") == Told("王强", ("N-NAME-HINT",))
    assert values.person("王伟（3栋）") == "王伟(3栋)"
    assert found("王强（组长）、李四") == (
        People(("王强", "李四"), pieces=("王强(组长)", "李四")), ("N-NAME-SPLIT", "N-NAME-HINT"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "张**", "*三", "张*", "张某", "李某某", "某居民", "王阿姨", "张先生", "李女士", "刘老师", "欧阳老师", "小明妈妈", "王五家长", "X姓居民", "王姓居民", "x女士",
        "张XX", "张x", "张○○", "王×强", "小李", "老王", "阿陈", "张", "Mrs Smith", "mr. Smith", "陈总", "李姐",
    ],
)  # fmt: skip
def test_a_masked_name_or_a_form_of_address_is_incomplete(name: str) -> None:
    assert values.incomplete(name)


@pytest.mark.parametrize(
    "name", ["张三", "小明", "小红", "刘小红老师", "Evelyn Jefferson", "NA", "欧阳", "阿依古丽·买买提", "王〇", "Max Example", "甲" * 500]
)  # fmt: skip
def test_a_name_is_not_incomplete(name: str) -> None:
    assert not values.incomplete(name)


def test_what_is_too_long_for_a_name_is_not_looked_into() -> None:
    assert values.incomplete("张" + "*" * (LONGEST_NAME - 1))
    assert not values.incomplete("张" + "*" * LONGEST_NAME)
    name = "名" * (LONGEST_NAME - 4)
    assert values.name_and_hint(f"{name}（组长）") == (name, "组长")
    assert values.name_and_hint(f"名{name}（组长）") == (f"名{name}(组长)", "")
    assert values.people("名" * LONGEST_NAME) == People(("名" * LONGEST_NAME,), pieces=("名" * LONGEST_NAME,))


@pytest.mark.parametrize("mark", [*"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"])
def test_a_character_that_turns_the_writing_is_removed_and_told(mark: str) -> None:
    assert values.person(f"李四{mark}ABC") == Told("李四ABC", ("W-TEXT-DIRECTION",))
    assert values.remarks(f"李四{mark}ABC") == ("W-TEXT-DIRECTION",)
    assert values.name(f"李四{mark}ABC") == "李四ABC"


@pytest.mark.parametrize("cell", ["张三", "张\u200b三", "张\xad三", "\ufeff张三", None, 7, "张\u200e三"])
def test_other_invisible_characters_are_removed_without_a_word(cell: Any) -> None:
    assert values.remarks(cell) == ()
    assert values.person(cell) in ("张三", "7", None)
