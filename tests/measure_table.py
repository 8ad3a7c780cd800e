"""The tables of measures in the README, written from the register and from the functions themselves.

``python tests/measure_table.py`` puts them between their marks in README.md; with ``--check`` it only says
whether they are there, as a test does.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from sanshe_net.measures.registry import Measure, all_measures

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- measures: python tests/measure_table.py -->\n", "<!-- /measures -->"
OWN_START, OWN_END = "<!-- functions: python tests/measure_table.py -->\n", "<!-- /functions -->"

OWN_ARGUMENTS = {
    "structural_holes": "structural_holes",
    "brokerage_tests": "brokerage_nulls",
    "cug_test": "cug",
    "reach": "key_player_values",
    "distance_weighted_reach": "key_player_values",
    "fragmentation_without": "key_player_values",
    "alter_composition": "composition",
    "position_access": "positions",
    "memberships": "memberships",
    "dual_projection": "dual_projection",
    "measure_both": "dual_projection",
    "incidence_of": "incidence",
    "same_group": "dyads",
    "absolute_difference": "dyads",
}
"""Functions that need an argument no network has, or return what is no measure of one level; and their modules.

They are not in the register, because nobody can ask for them by name alone."""


def own_function(name: str) -> Callable[..., Any]:
    """Return one of the functions with arguments of their own."""
    found: Callable[..., Any] = getattr(import_module(f"sanshe_net.measures.{OWN_ARGUMENTS[name]}"), name)
    return found


def measure_table() -> str:
    """Return the Markdown table, a row for each measure in the order of the vocabulary."""
    rows = [_row(held) for held in all_measures().values()]
    return "\n".join(["| measure | 中文 | of | what it is | range |", "|---|---|---|---|---|", *rows, ""])


def function_table() -> str:
    """Return the Markdown table of the functions with arguments of their own."""
    rows = [
        f"| `{module}.{name}` | {', '.join(inspect.signature(own_function(name)).parameters)} "
        f"| {_summary(own_function(name))} |"
        for name, module in OWN_ARGUMENTS.items()
    ]
    return "\n".join(["| function | arguments | what it is |", "|---|---|---|", *rows, ""])


def with_table(text: str) -> str:
    """Return the README with the tables of now between their marks."""
    for start, table, end in ((START, measure_table(), END), (OWN_START, function_table(), OWN_END)):
        before, _, rest = text.partition(start)
        text = before + start + table + end + rest.partition(end)[2]
    return text


def _row(held: Measure) -> str:
    cells = (f"`{held.name}`", held.label.zh, held.level, _summary(held.compute), held.range)
    return f"| {' | '.join(cells)} |"


def _summary(function: Callable[..., Any]) -> str:
    line = inspect.cleandoc(function.__doc__ or "").partition("\n")[0]
    return line.partition(": :math:")[0].rstrip(".").replace("|", "\\|")


def main(arguments: list[str]) -> int:
    """Write the tables, or with ``--check`` say whether they are as they must be."""
    if arguments not in ([], ["--check"]):
        print("usage: python tests/measure_table.py [--check]", file=sys.stderr)
        return 2
    held = README.read_text(encoding="utf-8")
    wanted = with_table(held)
    if arguments and held != wanted:
        print("README.md: the tables of measures are old; run python tests/measure_table.py", file=sys.stderr)
        return 1
    if not arguments:
        README.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
