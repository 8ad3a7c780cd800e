"""Checking the options of a measure."""

from __future__ import annotations

from collections.abc import Sequence

from sanshe_net.errors import MeasureError


def check_option(name: str, value: object, allowed: Sequence[str]) -> None:
    """Refuse an option whose ``value`` is not among those ``allowed``.

    Raises
    ------
    MeasureError
        Naming the option, the value and what is allowed.
    """
    if value not in allowed:
        raise MeasureError("E-VALUE", name=name, found=value, allowed=", ".join(allowed))
