"""The words that the reader knows by pattern: every one of them is recognised, and what only looks like one is not."""

from __future__ import annotations

from datetime import date

import pytest

from sanshe_net.build import decode_text, naming, row_kinds, values
from sanshe_net.build.cells.names import COMPOUND_SURNAMES, starts_with_surname
from sanshe_net.build.cells.numerals import chinese_number
from sanshe_net.build.values import People, Told
from sanshe_net.errors import SettingsError


@pytest.mark.parametrize(
    "texts",
    [
        ["合计", "总计", "小计", "共计", "平均", "总人数"], ["本页合计", "本月小计", "本年总计", "本次合计", "本场合计", "本季度合计", "全部合计", "全年合计"],
        ["人数合计", "人次总计", "合计人数", "合计人次", "合计金额", "平均年龄", "合计场次", "合计时长"], ["合计：12人", "合计: 12 人次", "共计3场", "合计3次", "合计30元", "合计4小时", "平均60岁", "合计(3人)", "合计 1,200"],
        ["共12人", "共 3 人次", "共3名", "共3位", "共3户"], ["合计：12人（志愿者3人）", "总计12人(含儿童)", "共计12人(含儿童)"], ["签到人数：2人", "实到人数", "应到人数: 12", "到场人数3人", "到会总人数", "参加人次", "参与人数", "出席人员总数 3名"],
        ["total", "Total: 12", "Subtotal", "sub total", "Grand total 12", "sum", "SUM: 3"],
    ],
    ids=lambda texts: texts[0],
)  # fmt: skip
def test_every_way_to_write_a_total_is_one(texts: list[str]) -> None:
    assert [text for text in texts if not row_kinds.ends_a_page([text, None, 3])] == []


@pytest.mark.parametrize(
    "text", ["合计生", "共和", "共同小组", "平均律", "总计划", "total recall", "summer", "人数", "张三合计", "共1234567人"]
)  # fmt: skip
def test_what_begins_like_a_total_is_none(text: str) -> None:
    assert not row_kinds.ends_a_page([text])


NOTES = "注 备注 说明 填表说明 填表人 填表日期 制表人 审核人 审核 经办人 记录人 负责社工签字 负责人签名 负责签字 负责社工 负责人 负责人签字 note Notes"


@pytest.mark.parametrize("word", NOTES.split())
def test_a_note_is_known_by_its_word_and_colon(word: str) -> None:
    assert row_kinds.ends_a_page([None, f" {word}：王某"])
    assert row_kinds.ends_a_page([f"{word} : x"])
    assert not row_kinds.ends_a_page([f"{word} x"])
    assert not row_kinds.ends_a_page([f"{word}：" + "长" * 200])


@pytest.mark.parametrize(
    "text",
    [
        "第一组", "第2队", "第十二小组", "第一批：", "第3场", "第一部分 名单", "第二栋", "第5楼", "第1单元", "第一片区", "第二网格", "一、志愿者", "（二）居民", "3. 社工", "2）儿童", "4．老人",
        "一组", "3栋", "12号楼", "一片区", "二网格", "3单元", "舞蹈小组", "东片区", "二网格：", "志愿者名单", "工作人员:", "以下是居民：", "group A", "Section 2:", "part 1", "Team blue",
    ],
)  # fmt: skip
def test_a_heading_inside_a_table_is_a_section(text: str) -> None:
    assert row_kinds._SECTION.fullmatch(text)


@pytest.mark.parametrize("text", ["张三", "第一", "组", "一二三四组", "groups", "team", "：", "小组", "一、"])
def test_a_name_or_half_a_heading_is_no_section(text: str) -> None:
    assert not row_kinds._SECTION.fullmatch(text)


# --- names

TITLES = (
    "阿姨 叔叔 伯伯 伯父 大伯 大爷 大妈 大娘 大叔 大婶 大姐 大哥 婆婆 公公 奶奶 爷爷 先生 女士 小姐 太太 老师 师傅 医生 护士 "
    "主任 书记 站长 经理 老板 同学 同志 教练 警官 律师 校长 院长 所长 队长 组长 会长 姐 哥 嫂 婶 姨 叔 总"
)
KIN = "妈妈 爸爸 妈 爸 家长 奶奶 爷爷 外婆 外公 姥姥 姥爷 母亲 父亲 的妈妈 的爸爸 儿子 女儿 爱人 老公 老婆 家属 孙子 孙女"


@pytest.mark.parametrize("title", TITLES.split())
def test_a_surname_and_a_form_of_address_is_no_whole_name(title: str) -> None:
    assert values.incomplete(f"王{title}")
    assert values.incomplete(f"欧阳{title}")


@pytest.mark.parametrize("kin", KIN.split())
def test_whose_mother_somebody_is_is_no_whole_name(kin: str) -> None:
    assert values.incomplete(f"小明{kin}")


@pytest.mark.parametrize(
    "name",
    [
        f"{word} smith"
        for word in ["Mr", "mrs.", "MS", "miss", "dr.", "auntie", "uncle", "grandma", "grandpa"]
    ],
)
def test_an_english_form_of_address_is_no_whole_name(name: str) -> None:
    assert values.incomplete(name)


@pytest.mark.parametrize("surname", sorted(COMPOUND_SURNAMES))
def test_a_surname_of_two_characters_keeps_its_name_together(surname: str) -> None:
    assert len(surname) == 2
    assert starts_with_surname(f"{surname}明")
    assert values.person(f"{surname} 小明") == f"{surname}小明"


def test_common_surnames_are_known_and_other_characters_are_none() -> None:
    assert all(map(starts_with_surname, ["李三", "王三", "张三", "文三", "欧阳三"]))
    assert not any(map(starts_with_surname, ["灯会", "春三", "三张"]))


GROUPS = (
    "全体居民 张三全家 张三一家 张三夫妇 张三夫妻 李家两口子 张三家属 张三家人 志愿者若干 李主任一行 各楼栋代表 居民代表 党员代表 业主们 楼栋代表 群众代表 志愿者们 "
    "学生代表 家长们 妇女代表 单位代表 街坊们 商户代表 邻里居民朋友 匿名 无名 无名氏 佚名 不详 未知 保密 社工站 青云社工服务站 便民服务站 文明工作站 阳光社工机构 青云居委会 "
    "青云居民委员会 青云村委会 青云业委会 青云街道办 青云街道办事处 青云派出所 青云党支部 阳光物业公司 阳光有限公司 青云服务中心 书法协会 青年联合会 爱心基金会 青云幼儿园 "
    "青云小学 青云中学 青云医院 青云卫生站 老张工作室 青云志愿队 青云服务队 青云舞蹈队 青云合唱队"
)


@pytest.mark.parametrize("who", GROUPS.split())
def test_who_stands_for_many_is_nobody_in_particular(who: str) -> None:
    read = values.people(who)

    assert read == Told(People((), 0, (who,), (who,)), ("Q-NAME-GROUP",))


@pytest.mark.parametrize(
    ("cell", "unnamed"),
    [
        ("张三等15人", 14), ("张三等共15人", 14), ("张三等十五名居民", 14), ("张三等 3 位", 2), ("张三等3个志愿者", 2), ("张三等若干人", None), ("张三等多名党员", None), ("张三若干人", None), ("张三等群众", None),
        ("张三等", None), ("张三等数位居民", None), ("张三、李四等2人", 0),
    ],
)  # fmt: skip
def test_those_behind_a_name_are_counted_where_somebody_counted(cell: str, unnamed: int | None) -> None:
    read = values.people(cell)

    assert isinstance(read, Told)
    assert (read.value.unnamed, read.codes[-1]) == (unnamed, "Q-NAME-UNNAMED")
    assert read.value.names[0] == "张三"


# --- names of activities


@pytest.mark.parametrize(
    "form",
    [
        "签到表", "签到册", "签到单", "签到簿", "签到记录", "签到记录表", "签到", "点名册", "考勤表", "现场签到表", "人员签到表", "现场人员签到表", "（签到表）", "(签到)", "_签到表", " - 签到表", "—签到表",
        " attendance", "_Sign-in sheet", " sign in list", "-signin", " Attendance list",
    ],
)  # fmt: skip
def test_what_the_paper_is_is_no_part_of_what_was_held(form: str) -> None:
    assert naming._FORM.sub("", f"灯会{form}") == "灯会"
    assert naming._FORM.sub("", f"灯会{form}之一") == f"灯会{form}之一"


@pytest.mark.parametrize(
    "text",
    [
        "", "Sheet1", "工作表2", "表 3", "s1", "table (2)", "签到", "签到表", "签到册", "点名", "点名册", "记录", "数据", "名单", "总表", "汇总", "temp", "新建文本文档", "未命名表格", "sign-in", "Sign in sheet",
        "signin", "attendance", "Attendance sheet", "attendance list", "20240504", "（1）", "2024-05",
    ],
)  # fmt: skip
def test_a_name_that_any_sheet_may_have_names_no_activity(text: str) -> None:
    assert not naming._is_name(text)
    assert naming._is_name(f"灯会{text}") or naming._LIST_NAME.search(text)


@pytest.mark.parametrize(
    "word",
    ["名册", "名单", "花名册", "通讯录", "台账", "登记", "档案", "汇总", "统计", "导出", "Export", "list"],
)
def test_a_list_names_no_activity(word: str) -> None:
    assert not naming._is_name(f"青云{word}2024")


@pytest.mark.parametrize(
    "text",
    [
        "居民信息", "活动情况", "截至5月", "截止5月", "制表：王某", "请填表", "请填写", "5月4日打印", "青云社区", "青云街道", "青云社工站", "青云居委会", "青云小区", "便民中心", "居民", "志愿者", "义工", "青云社区居民", "青云社区志愿者活动", "居民会议",
        "青云社工站义工服务", "活动", "会议", "服务",
    ],
)  # fmt: skip
def test_a_remark_or_the_body_above_a_list_names_no_activity(text: str) -> None:
    assert naming._NO_TITLE.fullmatch(text)


@pytest.mark.parametrize("text", ["灯会", "走进社区", "居民灯会", "青云社区灯会", "志愿者培训", "活动日"])
def test_a_title_names_an_activity(text: str) -> None:
    assert not naming._NO_TITLE.fullmatch(text)
    assert naming._is_name(text)


@pytest.mark.parametrize(("month", "known"), [("0", False), ("1", True), ("12", True), ("13", False)])
@pytest.mark.parametrize("form", ["灯会2024-{}", "灯会2024.{}", "灯会 2024/{}"])
def test_a_month_in_a_title_is_one_of_twelve(month: str, known: bool, form: str) -> None:
    title = form.format(month)
    found = values.day_in_title(title)

    assert found[0] == ("灯会" if known else title)
    assert (None if found[1] is None else found[1][0].start) == (date(2024, int(month), 1) if known else None)


# --- numerals and encodings


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("〇", 0), ("零", 0), ("两", 2), ("十", 10), ("十二", 12), ("二十", 20), ("九十九", 99), ("一百", 100), ("一百零五", 105), ("一百一十", 110), ("两百二十二", 222), ("九百九十九", 999),
        ("一千", 1000), ("一千零一", 1001), ("一千零一十", 1010), ("五千二百", 5200), ("一万", 10_000), ("一万零五百", 10_500), ("十二万三千四百五十六", 123_456), ("一亿", 10**8), ("一亿零三万", 100_030_000), ("三萬", 30_000),
        ("二〇一九", 2019), ("二○二四", 2024), ("壹佰贰拾叁", 123), ("肆仟伍佰陆拾柒", 4567), ("捌拾玖", 89), ("1O", 10), ("一二三", 123),
    ],
)  # fmt: skip
def test_a_numeral_is_its_number(written: str, number: int) -> None:
    assert chinese_number(written) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "十十",
        "五千千",
        "一百五",
        "一千五",
        "一万五",
        "万",
        "亿",
        "百",
        "二百百",
        "十百",
        "一" * 25,
        "一一百",
        "人",
    ],
)
def test_what_is_no_numeral_or_two_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="^" + written + "$"):
        chinese_number(written)


def test_twenty_four_digits_are_still_a_number() -> None:
    assert chinese_number("一" * 24) == int("1" * 24)


def test_an_unknown_encoding_is_answered_with_those_that_may_be_meant() -> None:
    with pytest.raises(SettingsError) as refused:
        decode_text.check_encoding("klingon")

    assert refused.value.facts == {"found": "klingon", "allowed": "utf-8, gb18030, big5, utf-16, utf-8-twice"}


@pytest.mark.parametrize("name", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_mark_of_the_byte_order_is_no_part_of_the_text(name: str) -> None:
    content = "\ufeff姓名,活动\n张三,灯会\n".encode(name)

    assert decode_text.decode(content, "a.csv", name) == ("姓名,活动\n张三,灯会\n", name.upper())


def test_a_mark_is_no_part_of_a_text_that_was_encoded_twice() -> None:
    for wrong in ("latin-1", "gb18030"):
        content = "\ufeff姓名,日期\n".encode().decode(wrong, "replace").encode()
        if "\ufffd" in content.decode():
            continue
        assert decode_text.decode(content, "a.csv", decode_text.TWICE)[0] == "姓名,日期\n"
