"""The map in a real browser: what a social worker, a keyboard user and a phone see; what never happens."""

from __future__ import annotations

import pandas as pd
import pytest

from sanshe_net.network import Network
from sanshe_net.viz.map import View, draw_map, write_map
from sanshe_net.vocabulary import Label

HOSTILE = [
    "</script><script>window.hit=1</script>",
    '<img src=x onerror="window.hit=1">',
    "'\"><svg onload=window.hit=1>",
    "javascript:window.hit=1//href",
    "{{7*7}}${window.hit=1}`",
    "a\u2028b\u2029c</title><script>window.hit=1</script>",
    "<!--<script>",
    "]]>\x00\x07&lt;&amp;",
    "\u202eevil\u202d",
    "--></style><style>*{display:none}",
]


def community() -> tuple[Network, pd.DataFrame]:
    """Six residents in two buildings, a team, a social worker, a shop; one resident without ties."""
    people = [
        ("P1", "李梅", "resident", "东苑1栋"),
        ("P2", "王芳", "resident", "东苑1栋"),
        ("P3", "赵强", "resident", "东苑1栋"),
        ("P4", "陈静", "resident", "西苑2栋"),
        ("P5", "曾小红", "resident", "西苑2栋"),
        ("P6", "周独", "resident", "西苑2栋"),
        ("O1", "青云舞蹈队", "organisation", None),
        ("S1", "何社工", "social_worker", None),
        ("B1", "惠民超市", "partner", None),
    ]
    actors = pd.DataFrame(people, columns=["actor_id", "label", "kind", "building"]).set_index("actor_id")
    ties = pd.DataFrame(
        [
            ("P1", "P2", "co_attendance", 2.5, 5),
            ("P2", "P3", "co_attendance", 1.0, 1),
            ("P3", "P4", "co_attendance", 0.5, 1),
            ("P4", "P5", "co_attendance", 1.5, 3),
            ("P1", "O1", "membership", 1.0, 1),
            ("S1", "O1", "membership", 1.0, 1),
            ("B1", "O1", "support", 3.0, 2),
        ],
        columns=["source", "target", "layer", "weight", "evidence"],
    ).assign(first=pd.Timestamp("2023-03-05"), last=pd.Timestamp("2024-05-04"))
    facts = pd.DataFrame(
        {"activities_attended": [20, 12, 12, 7, None, 3, None, 31, None]}, index=actors.index
    )
    return Network(actors, ties, rule=Label("同场即为联系", "joint attendance is a tie")), facts


@pytest.fixture(scope="module")
def map_file(tmp_path_factory):
    network, facts = community()
    page = draw_map(
        network,
        title=Label("青云里关系图", "Map of Qingyunli"),
        subtitle=Label("模拟数据", "simulated data"),
        facts=facts,
        groups=network.actors["building"],
        views=[
            View(Label("骨干", "Core"), ("P1", "P2"), "activities_attended", Label("常来的人", "Regulars"))
        ],
        notes=[Label("备注一", "Note one")],
    )
    path = tmp_path_factory.mktemp("map") / "map.html"
    write_map(path, page)
    return path


@pytest.fixture
def opened(open_page, map_file):
    return open_page(map_file)


def search(page, text: str) -> None:
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def ink(page) -> int:
    """Count the pixels of the canvas that something was drawn on."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page.evaluate(
        "() => { const c = document.querySelector('#canvas canvas');"
        " const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        " let n = 0; for (let i = 3; i < d.length; i += 4) n += d[i] > 0; return n; }"
    )


def test_the_page_asks_for_nothing_but_itself_and_raises_no_error(opened, map_file):
    opened.page.wait_for_selector("#panel .row")

    assert opened.requests == [map_file.resolve().as_uri()]
    assert opened.errors == []
    assert opened.console == []


def test_the_page_cannot_reach_the_network_even_if_a_script_tried(opened):
    reached = opened.page.evaluate(
        "() => fetch('https://example.invalid/').then(() => 'reached', () => 'refused')"
    )

    assert reached == "refused"
    assert any("Content Security Policy" in line for line in opened.console)


def test_something_is_drawn(opened):
    assert ink(opened.page) > 3000


def test_searching_a_chinese_name_opens_the_card_with_facts_and_rank(opened):
    search(opened.page, "王芳")

    card = opened.page.inner_text("#panel")
    assert "王芳" in card
    assert "东苑1栋" in card
    assert "12" in card
    assert "居民 第 2 / 5 位，2 个并列" in card
    assert "2023-03-05 – 2024-05-04" in card
    assert "王芳" in opened.page.inner_text("#live")


@pytest.mark.parametrize("typed", ["limei", "lm", "p1", "LiMei", "li mei", "李"])
def test_pinyin_initials_and_code_find_a_person(opened, typed):
    search(opened.page, typed)

    assert opened.page.inner_text("#card-name") == "李梅"


@pytest.mark.parametrize("typed", ["zengxiaohong", "zxh", "cengxiaohong"])
def test_a_surname_of_two_readings_is_found_by_either(opened, typed):
    search(opened.page, typed)

    assert opened.page.inner_text("#card-name") == "曾小红"


def test_enter_of_an_input_method_does_not_choose_a_person(opened):
    opened.page.fill("#search", "李")
    opened.page.evaluate(
        "document.getElementById('search').dispatchEvent("
        "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
    )

    assert opened.page.locator("#card-name").count() == 0


def test_leaving_a_view_brings_back_the_size_and_the_way_back_from_a_card_leads_to_it(opened):
    page = opened.page
    page.select_option("#size", "degree")
    page.click("#views button")
    assert page.input_value("#size") == "activities_attended"
    page.locator("#panel .row").first.click()
    page.click("#panel .back")
    assert "常来的人" in page.inner_text("#panel")
    page.click("#reset")

    assert page.input_value("#size") == "degree"


def test_the_slider_leaves_frequent_ties_only(opened):
    page = opened.page
    before = ink(page)
    page.fill("#frequent", "3")

    assert page.inner_text("#frequent-value") == "3 次及以上"
    assert ink(page) < before


def test_a_search_without_result_says_so(opened):
    opened.page.fill("#search", "没有这个人")

    assert "没有这个人" in opened.page.inner_text("#results")
    assert opened.page.locator("#results [role=option]").count() == 0


def test_search_is_an_aria_combobox(opened):
    opened.page.fill("#search", "p")
    opened.page.keyboard.press("ArrowDown")

    field = opened.page.locator("#search")
    assert field.get_attribute("aria-expanded") == "true"
    assert field.get_attribute("aria-activedescendant") == "result-1"
    assert opened.page.locator("#result-1").get_attribute("aria-selected") == "true"


def test_the_legend_hides_a_kind_and_a_layer(opened):
    before = ink(opened.page)
    opened.page.locator("#kinds label", has_text="居民").locator("input").uncheck()
    without_residents = ink(opened.page)
    opened.page.locator("#layers label", has_text="资源支持").locator("input").uncheck()
    without_support = ink(opened.page)

    assert without_residents < before
    assert without_support < without_residents
    assert "显示 3 个成员" in opened.page.inner_text("#live")


def test_hiding_every_kind_says_what_to_do(opened):
    for tick in opened.page.locator("#kinds input").all():
        tick.uncheck()

    assert opened.page.is_visible("#empty")


def test_staff_are_in_no_ranked_list(opened):
    opened.page.locator("#panel .segments button").first.click()
    listed = opened.page.locator("#panel .rows").inner_text()

    assert "李梅" in listed
    assert "何社工" not in listed
    assert opened.page.locator("#panel .segments button").all_inner_texts() == ["居民", "组织", "资源方"]


def test_a_person_without_data_is_not_ranked_and_the_card_says_no_data(opened):
    assert "曾小红" not in opened.page.locator("#panel .rows").inner_text()
    search(opened.page, "曾小红")

    assert "没有资料" in opened.page.inner_text("#panel .facts")


def test_the_switch_changes_every_text_and_back(opened):
    opened.page.click("#switch-language")
    english = opened.page.inner_text("#app")

    assert opened.page.title() == "Map of Qingyunli"
    assert opened.page.get_attribute("html", "lang") == "en"
    wanted = (
        "simulated data",
        "joint attendance is a tie",
        "Note one",
        "cannot send data",
        "Attended together",
    )
    for text in wanted:
        assert text in english
    for text in ("图例", "筛选", "模拟数据", "备注", "居民", "大小"):
        assert text not in english
    opened.page.click("#switch-language")
    assert "图例" in opened.page.inner_text("#app")


def test_a_view_lights_its_members_and_explains_itself_and_escape_resets(opened):
    opened.page.click("#views button")
    assert "常来的人" in opened.page.inner_text("#panel")
    assert opened.page.get_attribute("#views button", "aria-pressed") == "true"

    opened.page.keyboard.press("Escape")
    assert opened.page.get_attribute("#views button", "aria-pressed") == "false"
    assert not opened.page.is_visible("#focus-bar")
    assert "已复位" in opened.page.inner_text("#live")


def test_number_keys_widen_the_focus(opened):
    search(opened.page, "李梅")
    opened.page.locator("#search").blur()
    opened.page.keyboard.press("3")

    assert opened.page.get_attribute("#depths button[data-value='3']", "aria-pressed") == "true"


def test_neighbours_are_links_from_card_to_card(opened):
    search(opened.page, "李梅")
    opened.page.locator("#panel .row", has_text="王芳").click()

    assert opened.page.inner_text("#card-name") == "王芳"


def test_the_keyboard_alone_reaches_a_card_and_returns(opened):
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("陈静")
    page.keyboard.press("Enter")
    assert page.inner_text("#card-name") == "陈静"
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.value") == "back":
            break
    page.keyboard.press("Enter")

    assert page.locator("#card-name").count() == 0


def test_clicking_an_actor_selects_it_and_clicking_the_ground_lets_go(open_page, tmp_path):
    actors = pd.DataFrame({"label": ["李"], "kind": "resident"}, index=["a"])
    write_map(tmp_path / "map.html", draw_map(Network.from_edges([], actors=actors), title="小"))
    page = open_page(tmp_path / "map.html").page
    box = page.locator("#canvas").bounding_box()
    middle = box["x"] + box["width"] / 2
    for step in range(-40, 41, 4):  # the only actor stands somewhere near the middle
        page.mouse.click(middle, box["y"] + box["height"] / 2 + step)
        if page.is_visible("#focus-bar"):
            break
    assert page.inner_text("#card-name") == "李"

    page.mouse.click(box["x"] + 5, box["y"] + box["height"] - 5)
    page.wait_for_selector("#focus-bar", state="hidden")


def test_the_table_lists_everyone_sorts_and_opens_a_card(opened):
    page = opened.page
    page.click("#open-table")
    assert page.locator("#table tbody tr").count() == 9
    page.locator("#table th button", has_text="参加活动").click()
    assert page.locator("#table th[aria-sort=descending]").count() == 1
    assert "何社工" in page.locator("#table tbody tr").first.inner_text()
    page.locator("#table .open", has_text="赵强").click()

    assert page.inner_text("#card-name") == "赵强"


def test_the_svg_holds_chinese_text_and_a_safe_file_name(opened, tmp_path):
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-svg")
    saved = tmp_path / "saved.svg"
    waiting.value.save_as(saved)
    drawing = saved.read_text(encoding="utf-8")

    assert waiting.value.suggested_filename == "青云里关系图_内部.svg"
    for text in ("青云里关系图", "李梅", "东苑1栋", "同场即为联系", "居民"):
        assert text in drawing
    assert "<script" not in drawing


def test_the_png_is_a_large_picture(opened, tmp_path):
    with opened.page.expect_download() as waiting:
        opened.page.click("#save-png")
    saved = tmp_path / "saved.png"
    waiting.value.save_as(saved)
    content = saved.read_bytes()

    assert content.startswith(b"\x89PNG")
    assert int.from_bytes(content[16:20], "big") == 3200


def test_paper_shows_the_drawing_with_its_legend(opened):
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")

    assert opened.page.is_visible("#paper svg")
    assert not opened.page.is_visible("#canvas")
    assert "李梅" in opened.page.inner_text("#paper")


def test_a_phone_has_drawers_and_fits_the_map(open_page, map_file):
    opened = open_page(map_file, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = opened.page
    assert not page.is_visible("#search")
    page.tap("#open-filters")
    page.wait_for_selector("#search", state="visible")
    page.tap("#filters [data-close]")
    page.wait_for_selector("#search", state="hidden")
    page.tap("#open-list")
    page.locator("#panel .row").first.tap()

    assert page.inner_text("#card-name") == "李梅"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert ink(page) > 1000
    assert opened.errors == []


CAUTION = Label(
    "99% 的人可以被知道其联系的人认出来（909 人中 899 人；按联系人数和联系人的联系人数）。"
    "这是去标识化资料，不是无法识别个人的资料。实名覆盖率 36%：图上只有签过名的人。",
    "99% of people could be picked out by someone who knows their contacts (899 of 909; by number of "
    "contacts and the contacts' contacts). The pack is de-identified; people in it may still be recognised.",
)
MARK = Label(
    "2023-03-01 – 2025-02-28 · 去标识化资料 · 仅供街道办使用 · 请勿转发",
    "2023-03-01 – 2025-02-28 · de-identified · for the street office only · do not pass on",
)
RULE = Label("同场即为联系，" * 25, "joint attendance is a tie, " * 18)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_whom_a_page_is_for_and_what_to_beware_of_can_be_read_without_scrolling(
    open_page, tmp_path, width, height, lang
):
    network, _ = community()
    rule = Network(network.actors, network.ties, rule=RULE)
    page = draw_map(rule, title="图", subtitle=MARK, notes=[CAUTION], names="given", lang=lang)
    write_map(tmp_path / "map.html", page)
    opened = open_page(tmp_path / "map.html", viewport={"width": width, "height": height})

    # The last word of each text lies within the part of its box that is seen, and within the window.
    for box, words in ((".subtitle", MARK), ("#foot", CAUTION)):
        seen = opened.page.evaluate(
            """([box, words]) => {
                const outer = document.querySelector(box).getBoundingClientRect();
                const walk = document.createTreeWalker(document.querySelector(box), NodeFilter.SHOW_TEXT);
                while (walk.nextNode()) {
                    const at = walk.currentNode.data.indexOf(words);
                    if (at < 0) continue;
                    const range = document.createRange();
                    range.setStart(walk.currentNode, at);
                    range.setEnd(walk.currentNode, at + words.length);
                    return [...range.getClientRects()].every(one =>
                        one.right <= outer.right + 1 && one.bottom <= outer.bottom + 1 && one.top >= outer.top - 1
                        && one.right <= innerWidth && one.bottom <= innerHeight);
                }
                return "not there";
            }""",
            [box, words.text(lang)],
        )
        assert seen is True, (box, seen)
    assert opened.page.evaluate("document.getElementById('map').clientHeight") > height * 0.4


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_in_every_field_is_shown_and_never_run(open_page, tmp_path, payload):
    network, facts = community()
    actors = network.actors.assign(label=payload, note=payload, kind=["resident"] * 8 + [payload])
    ties = network.ties.assign(layer=payload)
    text = Label(payload, payload)
    page = draw_map(
        Network(actors, ties, rule=text),
        title=text,
        subtitle=text,
        facts=facts.assign(**{payload: 1.0, "remark": payload}),
        groups=pd.Series(payload, index=actors.index),
        views=[View(text, ("P1",), payload, text)],
        notes=[text],
    )
    write_map(tmp_path / "map.html", page)
    opened = open_page(tmp_path / "map.html")
    opened.page.click("#views button")
    opened.page.locator("#panel .row").first.click()
    opened.page.fill("#search", payload[:6])
    opened.page.click("#open-table")
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert opened.page.evaluate("window.hit") is None
    assert opened.page.locator("img, iframe, object").count() == 0
    assert opened.page.locator("script").count() == 3
    assert opened.errors == []
    assert opened.console == []


@pytest.mark.parametrize("people", [0, 1, 2])
def test_a_map_of_almost_nobody_still_opens(open_page, tmp_path, people):
    actors = pd.DataFrame({"label": ["李", "王"], "kind": "resident"}, index=["a", "b"]).iloc[:people]
    write_map(tmp_path / "map.html", draw_map(Network.from_edges([], actors=actors), title="小"))
    opened = open_page(tmp_path / "map.html")

    assert opened.errors == []
    assert opened.console == []
    assert opened.page.locator("#panel .row").count() == people
