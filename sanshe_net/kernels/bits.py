"""Sets of 64 as the bits of a word."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from sanshe_net.kernels.compiled import compiled

ONE: Final = np.uint64(1)
NONE: Final = np.uint64(0)
ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)
# Place of the only bit of a word: multiply by a de Bruijn sequence and look up the highest six bits.
_SEQUENCE: Final = np.uint64(0x03F79D71B4CB0A89)
_PLACE: Final = np.zeros(64, np.int64)
for _bit in range(64):
    _PLACE[((int(_SEQUENCE) << _bit) & int(ALL)) >> 58] = _bit


@compiled
def ones(word: Any) -> Any:
    """Return how many bits of a word are set."""
    word = word - ((word >> ONE) & np.uint64(0x5555555555555555))
    word = (word & np.uint64(0x3333333333333333)) + ((word >> np.uint64(2)) & np.uint64(0x3333333333333333))
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@compiled
def place_of(bit: Any) -> Any:
    """Return the place, from 0, of the only bit that is set in a word."""
    return _PLACE[(bit * _SEQUENCE) >> np.uint64(58)]
