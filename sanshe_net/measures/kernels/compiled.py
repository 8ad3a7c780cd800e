"""How a kernel is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Return ``function`` compiled on its first call, and kept on disk for the next process.

    It runs without the interpreter lock, so that threads share the work; sums keep their order, so that
    the same input gives the same bytes.
    """
    return cast(Function, numba.njit(cache=True, nogil=True)(function))
