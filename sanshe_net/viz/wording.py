"""Every sentence of the map page, in both languages. ``{0}``, ``{1}`` are filled in by the page itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sanshe_net.vocabulary import Label

MAP_TEXTS: Final[Mapping[str, Label]] = {
    # --- top
    "with_names": Label("含姓名 · 仅限内部使用", "contains names · internal use only"),
    "with_codes": Label("以编号代替姓名", "codes instead of names"),
    "with_groups": Label("只有分组，没有个人", "groups only, no individuals"),
    "counts": Label("{0} 个成员 · 画出 {1} 条联系", "{0} actors · {1} ties drawn"),
    "table": Label("表格", "Table"),
    "table_hint": Label("以表格查看全部成员", "See all actors as a table"),
    "png": Label("PNG", "PNG"),
    "png_hint": Label("另存为高清图片", "Save as a high-resolution picture"),
    "svg": Label("SVG", "SVG"),
    "svg_hint": Label("另存为可编辑的矢量图", "Save as an editable drawing"),
    "print": Label("打印", "Print"),
    "print_hint": Label("打印地图、图例与说明", "Print the map with its legend and notes"),
    "other_language": Label("English", "中文"),
    "toolbar": Label("工具", "Tools"),
    "noscript": Label(
        "这张图需要浏览器运行脚本。请用 Chrome、Edge 或 360 浏览器打开；文件不会联网。",
        "This map needs a browser that runs scripts, such as Chrome or Edge; the file does not go online.",
    ),
    # --- left
    "filters": Label("筛选", "Filters"),
    "search": Label("搜索姓名、拼音或编号", "Name, pinyin or code"),
    "search_codes": Label("搜索编号", "Code"),
    "search_groups": Label("搜索分组", "Group"),
    "search_none": Label("没有找到“{0}”", "Nothing found for \"{0}\""),
    "kinds": Label("图例 · 成员", "Legend · actors"),
    "layers": Label("图例 · 联系", "Legend · ties"),
    "unknown_kind": Label("其他", "other"),
    "size_by": Label("圆点大小表示", "Size shows"),
    "size_equal": Label("大小相同", "All the same"),
    "no_data": Label("没有资料", "no data"),
    "views": Label("一键视图", "One-click views"),
    "options": Label("显示", "Show"),
    "show_areas": Label("分区底色与名称", "Areas and their names"),
    "show_labels": Label("姓名", "Names"),
    "show_codes": Label("编号", "Codes"),
    "frequent": Label("只看常来往的联系", "Only frequent ties"),
    "frequent_all": Label("全部", "all"),
    "frequent_from": Label("{0} 次及以上", "{0} times or more"),
    "keys": Label(
        "键盘：/ 搜索 · Esc 复位 · 1–3 展开层数 · 方向键移动 · + − 缩放",
        "Keys: / search · Esc reset · 1–3 steps out · arrows move · + − zoom",
    ),
    # --- middle
    "map": Label("社区关系图。用搜索框、右侧名单或表格可以打开每个成员的卡片。",
                 "Map of the community. Search, the list on the right or the table open the card of any actor."),
    "camera": Label("缩放", "Zoom"),
    "zoom_in": Label("放大", "Zoom in"),
    "zoom_out": Label("缩小", "Zoom out"),
    "fit": Label("显示全图", "Fit the whole map"),
    "depth": Label("展开层数", "Steps out"),
    "shelf": Label("没有联系记录（{0}）", "No recorded ties ({0})"),
    "empty": Label("没有可显示的成员。请在图例里勾选至少一类。",
                   "No actor to show. Tick at least one kind in the legend."),
    # --- right
    "people": Label("名单", "List"),
    "rank_kind": Label("名单里是", "List of"),
    "rank_resident": Label("居民", "Residents"),
    "rank_organisation": Label("组织", "Organisations"),
    "rank_partner": Label("资源方", "Partners"),
    "rank_other": Label("其他", "Others"),
    "rank_note": Label("工作人员和政府部门不参加排名。", "Staff and government are not ranked."),
    "rank_equal": Label("选择一项大小指标后，这里会列出名单。", "Choose what size shows to see a list here."),
    "rank_empty": Label("这一类成员没有这项资料。", "Nobody of this kind has data on this."),
    "rank_missing": Label("{0} 人（家）没有这项资料，未列入。", "{0} without data are not listed."),
    "more": Label("再看 {0} 个", "{0} more"),
    "back": Label("返回名单", "Back to the list"),
    "close": Label("关闭", "Close"),
    "reset": Label("复位", "Reset"),
    "code": Label("编号", "Code"),
    "group": Label("分区", "Area"),
    "facts": Label("资料", "Facts"),
    "rank_of": Label("第 {0} / {1} 位", "{0} of {1}"),
    "rank_tied": Label("第 {0} / {1} 位，{2} 个并列", "{0} of {1}, {2} tied"),
    "staff_unranked": Label("工作人员不参加排名", "staff are not ranked"),
    "neighbours_some": Label("画出 {0} 条，共 {1} 条", "{0} drawn of {1}"),
    "no_neighbours": Label("没有联系记录。", "No recorded ties."),
    "strength": Label("强度 {0}", "strength {0}"),
    "times": Label("{0} 次", "{0}×"),
    "gives": Label("指向", "to"),
    "receives": Label("来自", "from"),
    # --- table
    "table_title": Label("全部成员", "All actors"),
    "table_note": Label("点表头可排序；点姓名在图上查看。", "Sort by a column head; a name opens it on the map."),
    "name": Label("名称", "Name"),
    "kind": Label("类别", "Kind"),
    # --- bottom
    "rule_title": Label("联系的含义", "What a tie is"),
    "drawn_title": Label("画了什么", "What is drawn"),
    "drawn_strongest": Label(
        "“{layer}”只画每人最强的 {k} 条，其余联系全部画出；画出 {drawn} 条，共 {all} 条。位置由联系推算，远近不等于居住距离。",
        "Of \"{layer}\" the {k} strongest of each actor, all other ties; {drawn} of {all}. "
        "Places follow ties, not street distance.",
    ),
    "drawn_all": Label(
        "全部 {all} 条联系。位置由联系推算，远近不等于居住距离。",
        "All {all} ties. Places follow ties, not street distance.",
    ),
    "group_found": Label("第 {0} 群", "Group {0}"),
    "groups_found": Label(
        "分群由算法按联系疏密得出，不是登记的分区。", "Groups were found from the ties by an algorithm; nobody registered them."
    ),
    "notes_title": Label("备注", "Notes"),
    "offline": Label("本文件不会向任何地方发送数据。", "This file cannot send data anywhere."),
    # --- announcements
    "said_card": Label("已打开 {0} 的卡片，{1} 条联系", "Card of {0} opened, {1} ties"),
    "said_view": Label("视图：{0}，{1} 个成员", "View: {0}, {1} actors"),
    "said_reset": Label("已复位", "Reset"),
    "said_results": Label("{0} 个结果", "{0} results"),
    "said_shown": Label("显示 {0} 个成员", "{0} actors shown"),
    "file_names": Label("内部", "internal"),
    "file_codes": Label("编号版", "coded"),
    "said_saved": Label("已保存 {0}", "Saved {0}"),
}  # fmt: skip

CODE_LETTERS: Final[Mapping[str, str]] = {
    "resident": "R",
    "organisation": "O",
    "committee": "C",
    "social_worker": "S",
    "partner": "P",
    "government": "G",
}
"""First letter of the code that stands for a name; an actor of no known kind gets ``X``."""


def map_text(key: str, **facts: object) -> Label:
    """Return the wording of ``key`` with its named facts filled in."""
    zh, en = MAP_TEXTS[key]
    return Label(zh.format(**facts), en.format(**facts))
