"""Checking the options of a measure: words, whole numbers, numbers within bounds, yes or no."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from numbers import Real

import numpy as np

from sanshe_net.errors import MeasureError
from sanshe_net.vocabulary import Label


def check_option(name: str, value: object, allowed: Sequence[str]) -> None:
    """Refuse an option whose ``value`` is not among those ``allowed``.

    Raises
    ------
    MeasureError
        Naming the option, the value and what is allowed; so do all checks here.
    """
    if not isinstance(value, str) or value not in allowed:
        raise MeasureError("E-VALUE", name=name, found=_shown(value), allowed=", ".join(allowed))


def check_whole(name: str, value: object, least: int = 1) -> None:
    """Refuse what is no whole number of ``least`` or more; numbers of numpy are as good as Python's."""
    if not isinstance(value, int | np.integer) or isinstance(value, bool) or value < least:
        allowed = Label(f"{least} 或更大的整数", f"a whole number, {least} or more")
        raise MeasureError("E-VALUE", name=name, found=_shown(value), allowed=allowed)


def check_draws(draws: object, seed: object) -> None:
    """Refuse a number of draws below 1 and a seed below 0, or what is no whole number."""
    check_whole("draws", draws)
    check_whole("seed", seed, 0)


def check_above(name: str, value: object, above: float = 0, below: float = np.inf) -> None:
    """Refuse what is no number between two bounds, both left out."""
    number = isinstance(value, Real) and not isinstance(value, bool | np.bool_)
    if not number or not above < value < below:  # type: ignore[operator]
        zh, en = (
            (f"大于 {above:g} 的数", f"a number above {above:g}")
            if below == np.inf
            else (f"大于 {above:g} 且小于 {below:g} 的数", f"a number above {above:g} and below {below:g}")
        )
        raise MeasureError("E-VALUE", name=name, found=_shown(value), allowed=Label(zh, en))


def check_flag(name: str, value: object) -> None:
    """Refuse what is neither True nor False: ``"no"`` would count as yes."""
    if not isinstance(value, bool | np.bool_):
        raise MeasureError("E-VALUE", name=name, found=_shown(value), allowed="True, False")


def check_several(name: str, value: object) -> None:
    """Refuse a single word, which would be read letter by letter, and what holds nothing to go through."""
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        raise MeasureError("E-VALUE", name=name, found=_shown(value), allowed=_LIST)


_LIST = Label("列表，例如 [甲, 乙]；只有一个也要写成 [甲]", "a list, such as [a, b]; of a single one: [a]")


def _shown(value: object) -> object:
    # A table or a list is told by its kind: its content would fill the screen.
    several = isinstance(value, Collection) and not isinstance(value, str)
    return type(value).__name__ if several and value is not None else repr(value) if value == "" else value
