"""What changed from one window to the next: the people, or the ties among those who stayed?"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.measures.incidence import Matrix
from sanshe_net.network import Array


@dataclass(frozen=True)
class Turnover:
    """People and ties of a window against those of the one before.

    Attributes
    ----------
    joiners, stayers, leavers
        People present in this window only, in both, in the earlier one only.
    people_jaccard
        Stayers / everybody present in either; NaN when nobody was.
    eligible
        People who could have come in both windows: ties are compared among these.
    kept, new, lost
        Ties among them in both windows, only this one, only the earlier one.
    lost_left, lost_stayed
        Of the lost ones, those of which an end no longer came at all, and those of which both ends still
        came, but not together.
    ties_jaccard
        Kept / (kept + new + lost); NaN when there were none.
    """

    joiners: int
    stayers: int
    leavers: int
    people_jaccard: float
    eligible: int
    kept: int
    new: int
    lost: int
    lost_left: int
    lost_stayed: int
    ties_jaccard: float


def turnover(
    earlier: Attendance, later: Attendance, makes_ties: tuple[Array, Array] | None = None
) -> Turnover:
    """Return the turnover of people and of ties between two parts of one attendance matrix.

    Parameters
    ----------
    earlier, later
        The same people in the same rows, other activities.
    makes_ties
        For each of the two, which of its activities make ties; by default all. People count as present at
        any activity.
    """
    masks = makes_ties or tuple(np.ones(part.shape[1], dtype=bool) for part in (earlier, later))
    before, now = (part.attended > 0 for part in (earlier, later))
    both = (earlier.opportunities > 0) & (later.opportunities > 0)
    old, new = (_ties(part, mask, both) for part, mask in zip((earlier, later), masks, strict=True))
    kept = old.multiply(new)
    lost = sparse.coo_array(old - kept)
    gone = lost.data > 0
    still = now[both]
    stayed = int((gone & still[lost.row] & still[lost.col]).sum())
    n_kept, n_old, n_new = (int(matrix.sum()) for matrix in (kept, old, new))
    return Turnover(
        joiners=int((now & ~before).sum()),
        stayers=int((now & before).sum()),
        leavers=int((before & ~now).sum()),
        people_jaccard=_share(int((now & before).sum()), int((now | before).sum())),
        eligible=int(both.sum()),
        kept=n_kept,
        new=n_new - n_kept,
        lost=n_old - n_kept,
        lost_left=n_old - n_kept - stayed,
        lost_stayed=stayed,
        ties_jaccard=_share(n_kept, n_old + n_new - n_kept),
    )


def tied_pairs(present: Matrix) -> Matrix:
    """Return the pairs of rows that share a column: ones above the diagonal."""
    joint = sparse.csr_array(sparse.triu(present @ present.T, 1))
    joint.data[:] = 1.0
    return joint


def _ties(part: Attendance, mask: Array, people: Array) -> Matrix:
    return tied_pairs(sparse.csr_array(part.present[:, mask][people]))


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else math.nan
