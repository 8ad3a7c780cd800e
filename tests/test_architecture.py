"""Who may import whom, read from the source: never upward, never sideways between packages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import sanshe_net

PACKAGE = Path(sanshe_net.__file__).parent

ALLOWED = {
    "vocabulary": set(),
    "messages": set(),
    "masks": set(),
    "guards": set(),
    "errors": {"masks", "messages", "vocabulary"},
    "files": {"errors", "messages", "vocabulary"},
    "records": {"errors", "messages", "vocabulary"},
    "settings": {"errors", "messages", "records", "vocabulary"},
    "privacy": {"errors", "messages", "records", "vocabulary"},
    "ties": {"errors", "vocabulary"},
    "network": {"errors", "messages", "records", "ties", "vocabulary"},
    "kernels": set(),
    "attendance": {"errors", "kernels", "messages", "network", "records", "vocabulary"},
    "build": {"attendance", "errors", "files", "guards", "masks", "messages", "network", "privacy", "records", "settings", "vocabulary"},
    "measures": {"attendance", "errors", "kernels", "messages", "network", "records", "vocabulary"},
    "practice": {
        "attendance", "build", "errors", "measures", "messages", "network", "privacy", "records", "settings", "vocabulary",
    },
    "viz": {
        "attendance", "build", "errors", "files", "measures", "messages", "network", "practice", "privacy", "records", "vocabulary",
    },
    "export": {
        "attendance", "build", "errors", "files", "guards", "measures", "messages", "network", "practice", "privacy", "records", "vocabulary",
    },
    "demo": {"errors", "messages", "vocabulary"},
}  # fmt: skip
"""Room -> rooms it may import from. Rooms not named here (pipeline, cli) see everything below them."""
ALLOWED["review"] = {"build", "errors", "export", "messages", "practice", "records", "vocabulary"}
ALLOWED["terminal"] = {"errors", "messages", "records", "vocabulary"}
ALLOWED["tables"] = ALLOWED["viz"] | {"viz"}
ALLOWED["pipeline"] = {*ALLOWED} - {"demo", "terminal"}
ALLOWED["share"] = {*ALLOWED} - {"demo", "terminal"}
ALLOWED["forget"] = ALLOWED["share"] - {"pipeline"}
ALLOWED["cli"] = {*ALLOWED} - {"cli"}
ALLOWED["__main__"] = {"cli"}

ONLY_IN = {"pyvis": {"viz"}, "click": {"cli", "terminal"}, "rich": {"terminal"}, "numba": {"kernels"}}
"""Third parties that stay in one room."""


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(source: str, package: str = "") -> Iterator[str]:
    """Every module that the source imports, wherever in the file it stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"relative import in {package}"
            yield node.module or ""
            for alias in node.names:
                behind_the_front_door = node.module == "sanshe_net" and sanshe_net._HOME.get(alias.name)
                yield behind_the_front_door or f"{node.module}.{alias.name}"


def offences(source: str, room: str) -> list[str]:
    found = []
    for module in imported(source, room):
        top, _, rest = module.partition(".")
        if top in ONLY_IN and room not in ONLY_IN[top]:
            found.append(f"{room} imports {top}, which only {sorted(ONLY_IN[top])} may")
        other = rest.partition(".")[0]
        if top == "sanshe_net" and other in ALLOWED and other not in {room, *ALLOWED[room]}:
            found.append(f"{room} imports sanshe_net.{other}, which stands above or beside it")
    return found


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent != PACKAGE or path.stem != "__init__")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_rooms_below_its_own(path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8"), room_of(path)) == []


def test_every_room_has_a_rule() -> None:
    assert {room_of(path) for path in MODULES} <= set(ALLOWED)


def test_the_package_has_the_rooms_of_the_design() -> None:
    rooms = {room_of(path) for path in MODULES}
    assert {"build", "measures", "practice", "viz", "network", "records", "export", "cli"} <= rooms


@pytest.mark.parametrize(
    ("source", "room"),
    [
        ("from sanshe_net.cli import main", "network"),
        ("import sanshe_net.viz.map", "measures"),
        ("from sanshe_net import viz", "practice"),
        ("from sanshe_net import draw_map", "measures"),
        ("from sanshe_net import Network, run_community as run", "network"),
        ("def f():\n    from sanshe_net.build.read import read_records", "measures"),
        ("import click", "pipeline"),
        ("from pyvis.network import Network", "network"),
    ],
)
def test_the_rule_notices_a_forbidden_import(source: str, room: str) -> None:
    assert offences(source, room) != []


MODULE_LINES, FUNCTION_LINES = 450, 60


def long_functions(source: str) -> list[str]:
    """Functions and methods of more than FUNCTION_LINES lines, their docstring not counted."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0]
            documented = ast.get_docstring(node, clean=False) is not None
            docstring = first.end_lineno - first.lineno + 1 if documented else 0
            lines = node.end_lineno - node.lineno + 1 - docstring
            if lines > FUNCTION_LINES:
                found.append(f"{node.name}: {lines} lines")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_or_function_outgrows_its_room(path: Path) -> None:
    source = path.read_text(encoding="utf-8")

    assert len(source.splitlines()) <= MODULE_LINES
    assert long_functions(source) == []


@pytest.mark.parametrize("start", ["def f():", "async def f():", "class A:\n  def f(self):"])
def test_the_rule_notices_a_long_function_but_not_a_long_docstring(start: str) -> None:
    docstring = '    """' + "words\n" * 100 + '    """'
    fits, long = ("\n".join([start, docstring, *["    x = 1"] * lines]) for lines in (59, 60))

    assert long_functions(fits) == []
    assert long_functions(long) == ["f: 61 lines"]
