"""How many people could be recognised in a coded network by somebody who knows their contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import Final

from sanshe_net.vocabulary import Label

FEW: Final = 5
"""A person who looks like fewer than four others can be picked out."""
DE_IDENTIFIED: Final = Label("去标识化资料", "de-identified")
"""What coded tables are called; they are never called more than that."""


@dataclass(frozen=True)
class Uniqueness:
    """How many of ``people`` share their position with fewer than :data:`FEW`, themselves included."""

    people: int
    unique: int

    @property
    def share(self) -> float:
        """The share that could be picked out, 0 to 1; 0 without people."""
        return self.unique / self.people if self.people else 0.0


def uniqueness(pairs: Iterable[tuple[Hashable, Hashable]], people: Collection[Hashable]) -> Uniqueness:
    """Return how many people could be picked out by the numbers of their contacts and of the contacts' own.

    Two people are in the same position when they have equally many contacts, and these have equally many
    (Hay et al. 2007, one step of vertex refinement).

    Parameters
    ----------
    pairs
        Who is tied to whom, in any order and as often as they are; bodies may be among them.
    people
        Those who could be recognised.
    """
    contacts: dict[Hashable, set[Hashable]] = {}
    for one, other in pairs:
        if one != other:
            contacts.setdefault(one, set()).add(other)
            contacts.setdefault(other, set()).add(one)
    degree = {one: len(held) for one, held in contacts.items()}
    position = {one: tuple(sorted(degree[other] for other in contacts.get(one, ()))) for one in people}
    alike = Counter(position.values())
    return Uniqueness(len(position), sum(alike[held] < FEW for held in position.values()))
