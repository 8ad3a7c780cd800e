"""Strength and degree straight from the attendance matrix, and what each activity adds to them.

No network is built: strength is a sum over activities, and what a degree loses without an activity is
how many contacts were met there and nowhere else.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.network import Array, Network
from sanshe_net.vocabulary import Label

Weight: TypeAlias = Literal["newman", "count"]
WEIGHTS: Final = ("newman", "count")
RULES: Final = {
    "newman": Label(
        "共同参加同一活动即为联系，每场活动给每对到场者 1/(到场人数-1)",
        "a tie is having been at the same activity; each of k people gives every pair 1/(k-1)",
    ),
    "count": Label(
        "共同参加同一活动即为联系，强度是共同参加的活动数",
        "a tie is having been at the same activity, weighted by the number of joint activities",
    ),
}


def network_of(attendance: Attendance, weight: Weight) -> Network:
    """Return the network of everybody in the matrix; a tie is a joint activity."""
    joint = sparse.triu(_joint(attendance.present), k=1, format="coo")
    rows, columns = joint.coords
    values = joint.data
    if weight == "newman":  # the same pairs in the same order: whoever met had company
        each = sparse.diags_array(_each(attendance.named))
        shared = sparse.csr_array(attendance.present @ each @ attendance.present.T)
        shared.sort_indices()
        values = sparse.triu(shared, k=1, format="coo").data
    people = attendance.people
    ties = pd.DataFrame(
        {
            "source": people[rows],
            "target": people[columns],
            "layer": "co_attendance",
            "weight": values,
            "first": pd.NaT,
            "last": pd.NaT,
            "evidence": joint.data.astype(np.int64),
        }
    )
    labels = [str(person) for person in people]
    actors = pd.DataFrame({"label": labels, "kind": ""}, index=people.rename("actor_id"))
    return Network(actors, ties, rule=RULES[weight])


def strengths(attendance: Attendance, weight: Weight) -> Array:
    """Return the strength of each person; by Newman's rule the number of activities with company."""
    gained: Array = attendance.present @ _gain(attendance.named, weight)
    return gained


def strength_effects(attendance: Attendance, weight: Weight) -> sparse.csr_array:
    """Return how much strength each activity gives each person; people x activities."""
    return sparse.csr_array(attendance.present @ sparse.diags_array(_gain(attendance.named, weight)))


def degrees(attendance: Attendance) -> Array:
    """Return how many others each person ever met."""
    met = attendance.present @ attendance.present.T
    contacts: Array = (np.diff(met.indptr) - (attendance.attended > 0)).astype(float)
    return contacts


def degree_effects(attendance: Attendance) -> sparse.csr_array:
    """Return how many contacts each person owes to each activity alone; people x activities.

    Only pairs with a single joint activity lose their tie with it. The sum of the numbers of a pair's joint
    activities is, for such a pair, the number of that activity.
    """
    people, activities = attendance.shape
    joint = _joint(attendance.present).tocoo()
    number = sparse.diags_array(np.arange(1.0, activities + 1))
    where = (attendance.present @ number @ attendance.present.T).tocsr()
    where.sort_indices()
    once = (joint.data == 1) & (joint.row != joint.col)
    event = where.data[once].astype(np.int64) - 1
    held = (joint.row[once].astype(np.int64), event)
    effects = sparse.csr_array((np.ones(len(event)), held), shape=(people, activities))
    effects.sum_duplicates()
    return effects


def new_contacts(attendance: Attendance) -> Array:
    """Return how many new contacts one more activity would bring each person, roughly.

    The company of a usual attendance, times the share of the others a person has not met yet.
    """
    heads = attendance.named.astype(float)
    company = float((heads * (heads - 1)).sum() / max(heads.sum(), 1.0))
    others = max(attendance.shape[0] - 1, 1)
    expected: Array = company * (1 - degrees(attendance) / others)
    return expected


def _joint(present: sparse.csr_array) -> sparse.csr_array:
    joint = sparse.csr_array(present @ present.T)
    joint.sort_indices()
    return joint


def _each(heads: Array) -> Array:
    # What each pair gets at an activity; an activity of one makes no pair.
    shares: Array = np.divide(1.0, heads - 1, out=np.zeros(len(heads)), where=heads > 1)
    return shares


def _gain(heads: Array, weight: Weight) -> Array:
    gained: Array = (heads > 1).astype(float) if weight == "newman" else np.maximum(heads - 1.0, 0.0)
    return gained
