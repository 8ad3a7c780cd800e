"""The HTML page around a map: template, styles and scripts put together under a closed security policy."""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from sanshe_net.errors import OutputError
from sanshe_net.viz import style

VIS_SHA256: Final = "1f20f0736f32cb9bedf8f6383b25cfea2f839e1abe80d6e8040b4d5bea378c69"
"""vis-network 9.1.2 as shipped in the wheel of pyvis 0.3.2 (Apache-2.0 or MIT, as its first lines say)."""
VIS_FILE: Final = "lib/vis-9.1.2/vis-network.min.js"

SCRIPTS: Final = ("data.js", "state.js", "paint.js", "labels.js", "camera.js", "panels.js",
                  "search.js", "card.js", "table.js", "export.js", "start.js")  # fmt: skip
"""Our own scripts in the order they are put together; each one is a chapter of the same program."""

_ESCAPES: Final = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render_page(data: dict[str, Any]) -> str:
    """Return the finished page for ``data`` (plain columns, as JSON can hold them).

    Nothing in the page can leave it: the content policy allows only the two scripts and the one style sheet
    that are inside, by their hash, and no connection at all.
    """
    lang = data["lang"]
    script, vis, styles = app_script(), vis_script(), style_sheet()
    context = {
        "lang": {"zh": "zh-CN", "en": "en"}[lang],
        "texts": data["texts"][lang],
        "title": data["title"][0 if lang == "zh" else 1],
        "policy": content_policy([vis, script], [styles]),
        "styles": Markup(styles),
        "vis": Markup(vis),
        "script": Markup(script),
        "data": Markup(json_block(data)),
    }
    html = _environment().get_template("map.html.j2").render(context)
    # A half character (a lone surrogate) cannot be written as UTF-8.
    return html.encode("utf-8", "replace").decode("utf-8")


def json_block(data: Any) -> str:
    r"""Return ``data`` as JSON that cannot end the script element it stands in.

    Examples
    --------
    >>> json_block("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def content_policy(scripts: list[str], styles: list[str]) -> str:
    """Return the content security policy that allows these scripts and styles, and nothing else."""
    script_hashes = " ".join(_hash(text) for text in scripts)
    style_hashes = " ".join(_hash(text) for text in styles)
    return (
        f"default-src 'none'; script-src {script_hashes}; style-src {style_hashes}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def vis_script() -> str:
    """Return vis-network as installed with pyvis, after checking that it is the one we know.

    Raises
    ------
    OutputError
        ``E-VIS-JS`` when the file is missing or differs.
    """
    spec = find_spec("pyvis")
    places = [] if spec is None else list(spec.submodule_search_locations or [])
    path = Path(places[0], VIS_FILE) if places else Path(VIS_FILE)
    try:
        content = path.read_bytes()
    except OSError:
        raise OutputError("E-VIS-JS", found=VIS_FILE + " ✗") from None
    found = hashlib.sha256(content).hexdigest()
    if found != VIS_SHA256:
        raise OutputError("E-VIS-JS", found=f"sha256 {found[:12]}…")
    # A browser reads every line end as \n before it takes the hash; the map of the sources is not here.
    script = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return script.partition("//# sourceMappingURL=")[0]


@cache
def app_script() -> str:
    """Return our scripts as one strict program."""
    chapters = [_asset(f"map/{name}") for name in SCRIPTS]
    return '\n(() => {\n"use strict";\n\n' + "\n".join(chapters) + "})();\n"


@cache
def style_sheet() -> str:
    """Return the style sheet, its colours and fonts taken from :mod:`sanshe_net.viz.style`."""
    tones = {
        "ink": style.INK,
        "muted": style.MUTED,
        "line": style.LINE,
        "paper": style.PAPER,
        "area": style.AREA,
        "accent": style.ACCENT,
        "fonts": style.FONTS,
    }
    variables = "".join(f"  --{name}: {value};\n" for name, value in tones.items())
    return f"\n:root {{\n{variables}}}\n" + _asset("map/map.css")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )


def _asset(name: str) -> str:
    # Checked out on Windows a text file may hold \r\n, and a browser hashes \n.
    text = files("sanshe_net.viz").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
