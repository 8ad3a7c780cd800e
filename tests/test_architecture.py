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
    "errors": {"messages", "vocabulary"},
    "records": {"errors", "messages", "vocabulary"},
    "settings": {"errors", "messages", "records", "vocabulary"},
    "privacy": {"errors", "messages", "records", "vocabulary"},
    "network": {"errors", "messages", "records", "vocabulary"},
    "build": {"errors", "messages", "network", "privacy", "records", "settings", "vocabulary"},
    "measures": {"errors", "messages", "network", "records", "vocabulary"},
    "practice": {
        "build", "errors", "measures", "messages", "network", "privacy", "records", "settings", "vocabulary",
    },
    "viz": {
        "build", "errors", "measures", "messages", "network", "practice", "privacy", "records", "vocabulary",
    },
    "export": {
        "build", "errors", "measures", "messages", "network", "practice", "privacy", "records", "vocabulary",
    },
    "demo": {"errors", "messages", "vocabulary"},
}  # fmt: skip
"""Room -> rooms it may import from. Rooms not named here (pipeline, cli) see everything below them."""
ALLOWED["terminal"] = {"errors", "messages", "records", "vocabulary"}
ALLOWED["pipeline"] = {*ALLOWED} - {"demo", "terminal"}
ALLOWED["cli"] = {*ALLOWED} - {"cli"}
ALLOWED["__main__"] = {"cli"}

ONLY_IN = {"pyvis": {"viz"}, "click": {"cli", "terminal"}, "rich": {"terminal"}}
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
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


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
        ("def f():\n    from sanshe_net.build.read import read_records", "measures"),
        ("import click", "pipeline"),
        ("from pyvis.network import Network", "network"),
    ],
)
def test_the_rule_notices_a_forbidden_import(source: str, room: str) -> None:
    assert offences(source, room) != []


def test_no_module_or_function_outgrows_its_room() -> None:
    long = [
        f"{path.relative_to(PACKAGE)}: {len(lines)} lines"
        for path in MODULES
        if len(lines := path.read_text(encoding="utf-8").splitlines()) > 450
    ]
    assert long == []
