"""Timing rivals fairly: turn by turn in one process, medians, and only after they agree."""

from __future__ import annotations

import gc
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version
from statistics import median
from time import perf_counter
from typing import Any


def interleave(calls: Mapping[str, Callable[[], Any]], repeats: int = 5) -> dict[str, float]:
    """Return the median seconds of each call.

    The calls take turns, so that a machine that slows down slows all of them; every other round goes
    backwards, so that none is always the one that finds the cache warm. A first round is not counted.

    Parameters
    ----------
    calls
        Functions without arguments, by name. They must not share work that only the first one pays for.
    repeats
        Rounds that count.
    """
    for call in calls.values():
        call()
    seconds: dict[str, list[float]] = {name: [] for name in calls}
    for turn in range(repeats):
        for name in list(calls)[:: 1 if turn % 2 == 0 else -1]:
            seconds[name].append(_once(calls[name]))
    return {name: median(values) for name, values in seconds.items()}


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; the first column is text, the others are aligned right."""
    rule = ["---", *["---:"] * (len(headers) - 1)]
    return "\n".join(f"| {' | '.join(map(str, row))} |" for row in (headers, rule, *rows))


def milliseconds(seconds: float) -> str:
    """Return a time with three digits, in milliseconds."""
    return f"{seconds * 1000:.3g}"


def machine(*packages: str) -> str:
    """Return what the numbers were made with: Python, processor and versions of packages."""
    held = ", ".join(f"{package} {version(package)}" for package in packages)
    return f"Python {platform.python_version()}, {platform.machine()}, {held}"


def _once(call: Callable[[], Any]) -> float:
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        start = perf_counter()
        call()
        return perf_counter() - start
    finally:
        if was_on:
            gc.enable()
