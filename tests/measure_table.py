"""The table of measures in the README, written from the register.

``python tests/measure_table.py`` puts it between the two marks in README.md; a test checks that it is there.
"""

from __future__ import annotations

import inspect
from pathlib import Path

from sanshe_net.measures.registry import Measure, all_measures

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- measures: python tests/measure_table.py -->\n", "<!-- /measures -->"


def measure_table() -> str:
    """Return the Markdown table, a row for each measure in the order of the vocabulary."""
    rows = [_row(held) for held in all_measures().values()]
    return "\n".join(["| measure | 中文 | of | what it is | range |", "|---|---|---|---|---|", *rows, ""])


def with_table(text: str) -> str:
    """Return the README with the table of now between the marks."""
    before, _, rest = text.partition(START)
    return before + START + measure_table() + END + rest.partition(END)[2]


def _row(held: Measure) -> str:
    summary = inspect.cleandoc(held.compute.__doc__ or "").partition("\n")[0].rstrip(".")
    cells = (f"`{held.name}`", held.label.zh, held.level, summary, held.range)
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
