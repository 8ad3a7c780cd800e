"""The map page as bytes: self-contained, closed, inert, the same every time, silent on names when asked."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from html import unescape
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sanshe_net.errors import OutputError, SansheError
from sanshe_net.network import Network
from sanshe_net.viz import page as page_module
from sanshe_net.viz import style
from sanshe_net.viz.map import View, draw_map, make_map, to_pyvis, write_map
from sanshe_net.viz.style import KIND_STYLES, LAYER_STYLES, glyph_path
from sanshe_net.viz.wording import CODE_LETTERS, MAP_TEXTS
from sanshe_net.vocabulary import KINDS, LAYERS, Label

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = [
    "</script><script>alert(1)</script>",
    "</ScRiPt ><img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]><![CDATA[",
    "a\u2028b\u2029c",
    "{{ 7 * 7 }}{% raw %}",
    "\\u003c/script\\u003e",
    "&lt;b&gt;&amp;#60;",
    "</title></style><h1>",
    "line\r\nbreak\ttab\x00null",
]
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "梅兰竹菊松柏桂荷蓉莲"


def community(n: int = 60, ties_per: float = 2.6, seed: int = 2) -> Network:
    """Residents in four buildings with teams, staff and partners, all with Chinese names."""
    rng = np.random.default_rng(seed)
    kinds = rng.choice([*KINDS], n, p=[0.76, 0.04, 0.03, 0.08, 0.07, 0.02])
    names = [
        f"{SURNAMES[i % 10]}{GIVEN[i // 10 % 10]}{GIVEN[(i * 7 + i // 100) % 10]}{i // 100 or ''}"
        for i in range(n)
    ]
    actors = pd.DataFrame(
        {"label": names, "kind": kinds, "building": [f"{b}栋" for b in rng.integers(1, 5, n)]},
        index=pd.Index([f"person-{name}" for name in names], name="actor_id"),
    )
    pairs = rng.integers(0, n, (int(n * ties_per), 2))
    pairs = np.unique(np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1), axis=0)
    ids = actors.index.to_numpy()
    ties = pd.DataFrame(
        {
            "source": ids[pairs[:, 0]],
            "target": ids[pairs[:, 1]],
            "layer": rng.choice(["co_attendance", "membership", "support"], len(pairs), p=[0.8, 0.1, 0.1]),
            "weight": rng.random(len(pairs)) + 0.1,
            "evidence": rng.integers(1, 9, len(pairs)),
            "first": pd.Timestamp("2023-03-01"),
            "last": pd.Timestamp("2024-03-01"),
        }
    )
    return Network.from_edges(ties, actors=actors)


def facts_of(network: Network) -> pd.DataFrame:
    values = np.arange(len(network.actors), dtype=float)
    values[::5] = np.nan
    return pd.DataFrame({"betweenness": values}, index=network.actors.index)


def data_of(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


@pytest.fixture(scope="module")
def network() -> Network:
    return community()


@pytest.fixture(scope="module")
def html(network) -> str:
    return draw_map(network, title="青云里关系图", facts=facts_of(network), groups=network.actors["building"])


def test_nothing_remote_is_referenced(html):
    own = html.replace(page_module.vis_script(), "")

    assert not re.search(r"""(?:src|href|action|data|poster)\s*=\s*["']?\s*(?:https?:)?//""", html)
    assert set(re.findall(r"https?://[^\s\"'<>)]+", own)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"@import|url\(|sourceMappingURL", own)


def test_the_policy_allows_exactly_the_scripts_and_styles_inside(html):
    policy = unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', html)[1])
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)

    def hashes(texts: list[str]) -> set[str]:
        return {f"'sha256-{b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts}

    assert set(rules["script-src"].split()) == hashes(scripts)
    assert set(rules["style-src"].split()) == hashes(styles)
    assert len(scripts) == 2
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert rules["base-uri"] == rules["form-action"] == "'none'"
    assert "unsafe" not in policy


def test_the_page_has_no_carriage_return_because_a_browser_would_hash_another_text(html):
    assert "\r" not in html


def test_our_scripts_never_write_html():
    script = page_module.app_script()

    for forbidden in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
    ):
        assert forbidden not in script
    for forbidden in ("fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "localStorage"):
        assert forbidden not in script


def test_every_text_the_page_asks_for_exists_and_none_is_left_over():
    script, template = page_module.app_script(), page_module._asset("map.html.j2")
    asked = set(re.findall(r'data-(?:text|title|label)="(\w+)"', template))
    asked |= set(re.findall(r'\bt\("(\w+)"', script))
    lists = {f"rank_{kind}" for kind in ("resident", "organisation", "partner", "other")}
    in_python = {"drawn_strongest", "drawn_all", "group_found", "groups_found", "unknown_kind"}

    assert asked | lists | in_python <= set(MAP_TEXTS)
    assert set(MAP_TEXTS) - lists - in_python <= set(re.findall(r'"(\w+)"', script + template))


def test_every_kind_and_layer_has_its_own_look():
    assert set(KIND_STYLES) == set(KINDS)
    assert set(LAYER_STYLES) == set(LAYERS) - {"tie"}
    assert len({style.shape for style in KIND_STYLES.values()}) == len(KINDS)
    assert len({style.color for style in KIND_STYLES.values()}) == len(KINDS)
    assert len({glyph_path(kind) for kind in KINDS}) == len(KINDS)
    assert set(CODE_LETTERS) == set(KINDS)
    assert len(set(CODE_LETTERS.values())) == len(KINDS)


@pytest.mark.parametrize("payload", HOSTILE)
def test_hostile_text_in_every_field_comes_back_as_text(network, payload):
    actors = network.actors.assign(label=payload, building=payload, note=payload)
    text = Label(payload, payload)
    hostile = Network(actors, network.ties.assign(layer=payload), rule=text)
    views = [View(text, tuple(actors.index[:2]), "betweenness", text)]
    html = draw_map(
        hostile, title=text, subtitle=text, notes=[text], views=views,
        facts=facts_of(network).assign(remark=payload), groups=actors["building"],
    )  # fmt: skip
    data = data_of(html)

    assert html.count("<script") == 3 + page_module.vis_script().count("<script")
    assert html.count("</script>") == 3
    assert data["title"] == [payload, payload]
    assert data["rule"] == [payload, payload]
    assert data["views"][0]["explanation"] == [payload, payload]
    assert data["layers"][0]["id"] == payload
    assert data["groups"] == [[payload, payload]]
    assert data["nodes"]["label"][0].startswith(payload.strip())
    assert data["facts"][1]["values"][0] == [payload, payload]
    raw = re.search(r'id="data">(.*?)</script>', html, re.DOTALL)[1]
    assert not set("<>&\u2028\u2029") & set(raw)


def test_half_a_character_does_not_stop_the_export(network, tmp_path):
    broken = Network(network.actors.assign(label="\ud83d李"), network.ties)

    write_map(tmp_path / "map.html", draw_map(broken, title="\udc00"))

    assert "?李" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_bytes_are_utf8_even_where_the_system_speaks_another_encoding(tmp_path):
    code = (
        "from sanshe_net.network import Network\n"
        "from sanshe_net.viz.map import draw_map, make_map, write_map\n"
        "net = Network.from_edges([('\\u674e', '\\u738b')])\n"
        "write_map('a.html', draw_map(net, title='\\u9752\\u4e91'))\n"
        "make_map(net, title='\\u9752\\u4e91').write_html('b.html')\n"
    )
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONPATH": str(ROOT),
    }

    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)

    first, second = ((tmp_path / name).read_bytes() for name in ("a.html", "b.html"))
    assert first == second
    assert "青云" in first.decode("utf-8")
    assert b"\r" not in first


def test_the_same_input_gives_the_same_bytes_whatever_the_row_order(network, html):
    other = Network(
        network.actors.sample(frac=1, random_state=4),
        network.ties.sample(frac=1, random_state=5).reset_index(drop=True),
        network.directed,
        network.rule,
    )
    again = draw_map(
        other,
        title="青云里关系图",
        facts=facts_of(network).sample(frac=1, random_state=6),
        groups=network.actors["building"],
    )

    assert again.encode() == html.encode()


def test_another_process_gives_the_same_bytes(tmp_path):
    code = (
        "import sys; from sanshe_net.network import Network\n"
        "from sanshe_net.viz.map import draw_map, write_map\n"
        "net = Network.from_edges([(f'a{i}', f'a{(i * 7 + 3) % 40}') for i in range(40)])\n"
        "write_map(sys.argv[1], draw_map(net, title='t', names=sys.argv[2]))\n"
    )
    for names in ("full", "code"):
        made = []
        for salt in ("1", "2"):
            path = tmp_path / f"{names}{salt}.html"
            environment = {**os.environ, "PYTHONHASHSEED": salt, "PYTHONPATH": str(ROOT)}
            subprocess.run([sys.executable, "-c", code, str(path), names], env=environment, check=True)
            made.append(path.read_bytes())
        assert made[0] == made[1]


def test_parallel_layers_between_two_actors_are_all_kept():
    ties = pd.DataFrame(
        [("a", "b", "co_attendance"), ("a", "b", "membership"), ("b", "a", "support")],
        columns=["source", "target", "layer"],
    )
    network = Network.from_edges(ties)

    assert data_of(draw_map(network, title="t"))["edges"]["layer"] == [
        "co_attendance",
        "membership",
        "support",
    ]
    assert len(make_map(network, title="t").edges) == 3
    merged = to_pyvis(network).edges
    assert len(merged) == 1
    assert merged[0]["layers"] == ["co_attendance", "membership", "support"]
    assert all(LAYERS[layer].zh in merged[0]["title"] for layer in merged[0]["layers"])
    assert merged[0]["arrows"] == "from"


def test_to_pyvis_is_an_ordinary_network_that_loses_no_pair(network):
    from pyvis.network import Network as Ordinary

    drawn = to_pyvis(network)
    pairs = {tuple(sorted(pair)) for pair in zip(network.ties["source"], network.ties["target"], strict=True)}

    assert type(drawn) is Ordinary
    assert drawn.num_nodes() == len(network.actors)
    assert {tuple(sorted((edge["from"], edge["to"]))) for edge in drawn.edges} == pairs
    assert network.actors["label"].iloc[0] in json.dumps(drawn.nodes, ensure_ascii=False)
    assert "arrows" not in drawn.edges[0] or drawn.edges[0]["arrows"]
    assert drawn.generate_html()


def test_to_pyvis_never_lets_a_title_be_shown_as_html():
    actors = pd.DataFrame(
        {"label": ["<a href=x onerror=alert(1)>", ""], "kind": "resident"}, index=["a", "b"]
    )
    drawn = to_pyvis(Network.from_edges([("a", "b")], actors=actors))

    assert all("href" not in node["title"] for node in drawn.nodes)
    assert drawn.nodes[1]["label"].strip() == ""
    assert drawn.nodes[1]["label"] != ""


@pytest.mark.parametrize("ids", [[1, 2], [np.int64(1), np.int64(2)], [("a", 1), ("b", 2)]])
def test_to_pyvis_takes_ids_of_any_kind(ids):
    actors = pd.DataFrame({"label": ["李", "王"]}, index=pd.Index(ids, tupleize_cols=False))

    assert to_pyvis(Network.from_edges([], actors=actors)).generate_html()


def test_codes_leave_no_name_and_no_id_in_any_byte(network):
    names = network.actors["label"]
    ids = network.actors.index
    views = [
        View(
            Label(f"{names.iloc[0]}的圈子", f"circle of {names.iloc[0]}"),
            (ids[0],),
            "",
            Label(f"见 {ids[3]}", ids[3]),
        )
    ]
    coded = Network(
        network.actors.assign(contact=[f"{name} 138" for name in names]),
        network.ties,
        rule=Label(f"由 {names.iloc[1]} 记录", f"kept by {names.iloc[1]}"),
    )
    html = draw_map(
        coded, title=f"{names.iloc[2]}社区", notes=[f"感谢{names.iloc[5]}"], views=views, names="code",
        facts=facts_of(network).assign(brought_by=names.shift(1)), groups=network.actors["building"],
    )  # fmt: skip
    content = html.replace(page_module.vis_script(), "")

    for word in [*names, *ids]:
        assert word not in content
    data = data_of(html)
    assert data["groups"] == [[f"{b}栋"] * 2 for b in range(1, 5)]
    assert "contact" not in {attribute["label"][1] for attribute in data["attributes"]}
    assert not any(data["nodes"]["pinyin"]) and not any(data["nodes"]["code"])  # noqa: PT018
    assert sorted(data["nodes"]["label"]) == data["nodes"]["label"]
    assert all(re.fullmatch(r"[A-Z]\d{2,}", code) for code in data["nodes"]["label"])


def test_codes_say_the_kind_and_follow_the_seed(network):
    one, two = (data_of(draw_map(network, title="t", names="code", seed=seed)) for seed in (1, 2))
    kinds = [one["kinds"][k]["id"] for k in one["nodes"]["kind"]]

    assert [code[0] for code in one["nodes"]["label"]] == [CODE_LETTERS[kind] for kind in kinds]
    assert one["nodes"]["label"] == two["nodes"]["label"]
    assert one["facts"][-1]["values"] != two["facts"][-1]["values"]


def test_actors_of_one_name_are_told_apart():
    actors = pd.DataFrame(
        {"label": ["李梅", "李梅", "李梅", "王芳"], "building": ["1栋", "2栋", "2栋", "2栋"]},
        index=["a", "b", "c", "d"],
    )
    network = Network.from_edges([("a", "b"), ("c", "d")], actors=actors)

    labels = data_of(draw_map(network, title="t", groups=actors["building"]))["nodes"]["label"]

    assert labels == ["李梅（1栋）", "李梅（2栋）（b）", "李梅（2栋）（c）", "王芳"]


def test_missing_values_are_missing_and_not_zero(network):
    facts = facts_of(network).assign(remark=["", None, *["有"] * (len(network.actors) - 2)], endless=np.inf)
    data = data_of(draw_map(network, title="t", facts=facts.iloc[:30]))
    by_name = dict(zip(data["nodes"]["code"], range(len(network.actors)), strict=True))

    values = {fact["id"]: fact["values"] for fact in data["facts"]}
    first, second, last = (by_name[network.actors.index[i]] for i in (0, 1, 59))
    assert values["betweenness"][first] is None
    assert values["betweenness"][second] == 1
    assert values["betweenness"][last] is None
    assert values["remark"][first] is None
    assert set(values["endless"]) == {None}


def test_contacts_count_people_not_ties():
    ties = pd.DataFrame(
        [("a", "b", "membership"), ("a", "b", "support"), ("c", "a", "support")],
        columns=["source", "target", "layer"],
    )
    fact = data_of(draw_map(Network.from_edges(ties), title="t"))["facts"][-1]

    assert (fact["id"], fact["values"]) == ("degree", [2, 1, 1])


def test_the_page_says_what_is_drawn_and_what_was_left_out():
    network = community(120, ties_per=12)
    data = data_of(draw_map(network, title="t"))
    drawn, everything = len(data["edges"]["from"]), len(network.ties)

    assert drawn < everything
    assert str(drawn) in data["drawn"][0].replace(",", "")
    assert str(everything) in data["drawn"][1].replace(",", "")
    assert sum(layer["all"] for layer in data["layers"]) == everything
    assert sum(sum(layer["ties"]) for layer in data["layers"]) == 2 * everything


def test_the_number_of_ties_per_actor_can_be_chosen():
    network = community(120, ties_per=12)
    drawn = [
        len(data_of(draw_map(network, title="t", ties_per_actor=k))["edges"]["from"]) for k in (1, 3, 10**6)
    ]

    assert drawn[0] < drawn[1] < drawn[2] == len(network.ties)
    assert "最强的 1 条" in data_of(draw_map(network, title="t", ties_per_actor=1))["drawn"][0]


def test_four_hundred_actors_stay_below_the_size_budget():
    network = community(400)
    html = draw_map(network, title="t", facts=facts_of(network), groups=network.actors["building"])

    assert len(html.encode()) < 700_000


def test_a_networkx_graph_is_drawn_too():
    import networkx as nx

    data = data_of(draw_map(nx.karate_club_graph(), title="空手道俱乐部"))

    assert len(data["nodes"]["label"]) == 34
    assert len(data["edges"]["from"]) == 78


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        ({"lang": "fr"}, "lang"),
        ({"names": "initials"}, "names"),
        ({"ties_per_actor": 0}, "ties_per_actor"),
        ({"views": [View(Label("视", "v"), ("nobody",))]}, "View.actor_ids"),
        ({"views": [View(Label("视", "v"), (), "height")]}, "View.size_by"),
    ],
)
def test_what_does_not_exist_is_refused_with_what_does(network, arguments, name):
    with pytest.raises(OutputError) as refused:
        draw_map(network, title="t", **arguments)

    assert refused.value.code == "E-VALUE"
    assert refused.value.facts["name"] == name


def test_a_drawing_script_that_differs_is_refused(monkeypatch):
    monkeypatch.setattr(page_module, "VIS_SHA256", "0" * 64)
    page_module.vis_script.cache_clear()
    digest = hashlib.sha256(
        Path(find_spec("pyvis").origin).parent.joinpath(page_module.VIS_FILE).read_bytes()
    ).hexdigest()

    with pytest.raises(SansheError) as refused:
        page_module.vis_script()
    page_module.vis_script.cache_clear()

    assert refused.value.code == "E-VIS-JS"
    assert refused.value.facts["found"] == f"sha256 {digest[:12]}…"


@pytest.mark.parametrize("places", [None, [], ["nowhere"]])
def test_a_drawing_script_that_is_not_there_is_refused(monkeypatch, places):
    spec = None if places is None else ModuleSpec("pyvis", None)
    if spec is not None:
        spec.submodule_search_locations = places
    monkeypatch.setattr(page_module, "find_spec", lambda name: spec)
    page_module.vis_script.cache_clear()

    with pytest.raises(OutputError) as refused:
        page_module.vis_script()
    page_module.vis_script.cache_clear()

    assert refused.value.code == "E-VIS-JS"
    assert page_module.VIS_FILE in str(refused.value.facts["found"])


@pytest.mark.parametrize(
    ("lang", "said"), [("zh", ("zh-CN", "图 &lt;b&gt;")), ("en", ("en", "Map &lt;i&gt;"))]
)
def test_the_page_names_its_language_and_its_title_in_it(network, lang, said):
    html = draw_map(network, title=Label("图 <b>", "Map <i>"), lang=lang)

    assert (re.search(r'<html lang="([^"]*)">', html)[1], re.search("<title>(.*?)</title>", html)[1]) == said
    assert (
        unescape(re.search('<noscript><p class="noscript">(.*?)</p>', html)[1])
        == data_of(html)["texts"][lang]["noscript"]
    )


def test_our_scripts_are_one_program_in_their_order_and_begin_no_line_in_another():
    program = page_module.app_script()
    folder = ROOT / "sanshe_net/viz/templates/map"
    chapters = [(folder / name).read_text(encoding="utf-8") for name in page_module.SCRIPTS]

    assert {path.name for path in folder.glob("*.js")} == set(page_module.SCRIPTS)
    assert program.startswith('\n(() => {\n"use strict";\n')
    assert [program.count(f"\n{chapter}") for chapter in chapters] == [1] * len(chapters)


def test_the_style_sheet_begins_with_the_colours_of_the_package():
    named = re.match(r"\n:root \{\n((?:  --[a-z]+: [^\n]*;\n)+)\}\n", page_module.style_sheet())

    assert named is not None
    held = dict(re.findall(r"--([a-z]+): (.*);", named[1]))
    assert (held["ink"], held["paper"], held["fonts"]) == (style.INK, style.PAPER, style.FONTS)
    assert set(re.findall(r"var\(--([a-z]+)\)", page_module.style_sheet())) <= set(held)


def test_importing_the_map_does_not_import_pyvis():
    code = "import sys, sanshe_net.viz.map; sys.exit('pyvis' in sys.modules or 'pypinyin' in sys.modules)"

    subprocess.run([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(ROOT)}, check=True)
