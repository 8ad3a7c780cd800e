"""How a kernel is compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeAlias, TypeVar, cast

import numba
import numpy as np

Array: TypeAlias = "np.ndarray[Any, Any]"
Function = TypeVar("Function", bound=Callable[..., Any])
OPTIONS: Final[dict[str, Any]] = {
    "cache": True,
    "nogil": True,
    # Nobody calls a kernel from C, nor waits for an error from dividing by 0: less to compile.
    "no_cfunc_wrapper": True,
    "error_model": "numpy",
}


def compiled(function: Function) -> Function:
    """Return ``function`` compiled on its first call, and kept on disk for the next process.

    It runs without the interpreter lock, so that threads share the work; sums keep their order, so that
    the same input gives the same bytes.
    """
    return cast(Function, numba.njit(**OPTIONS)(function))
