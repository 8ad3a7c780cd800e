"""A simulated community through the five phases of the seed paper: plain tables and the planted truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sanshe_net.demo.activities import add_head_counts, make_activities, organisations
from sanshe_net.demo.attendance import make_signins
from sanshe_net.demo.people import RESIDENTS, SOCIAL_WORKERS, Planted, make_people
from sanshe_net.demo.relations import make_issues, make_memberships, make_nominations, make_supports
from sanshe_net.demo.scenario import COMMITTEE, GROUPS, STATION


@dataclass(frozen=True)
class Community:
    """Everything that happened in the simulated community.

    Days are numbers, 0 for 2023-03-01; groups are numbers into ``scenario.GROUPS``; words that a station
    would write (kinds, roles, initiators) are Chinese. The ``make_`` functions say which columns
    each table has.
    """

    seed: int
    people: pd.DataFrame
    organisations: pd.DataFrame
    activities: pd.DataFrame
    signins: pd.DataFrame
    memberships: pd.DataFrame
    supports: pd.DataFrame
    nominations: pd.DataFrame
    issues: pd.DataFrame
    planted: Planted


def simulate(seed: int = 2024) -> Community:
    """Simulate two years of the community; the same seed gives the same tables.

    Parameters
    ----------
    seed
        Seed of the random numbers. Each table draws from a stream of its own.

    Returns
    -------
    The tables and who was planted among the residents.
    """
    streams = np.random.default_rng(seed).spawn(8)
    people, planted = make_people(streams[0])
    activities = make_activities(streams[1])
    signins = make_signins(streams[2], people, activities, planted)
    named = np.bincount(signins.loc[signins["present"], "activity_id"], minlength=len(activities))
    activities = add_head_counts(streams[3], activities, named)
    return Community(
        seed=seed,
        people=people,
        organisations=organisations(_heads(people, planted)),
        activities=activities,
        signins=signins,
        memberships=make_memberships(streams[4], people, activities, signins, planted),
        supports=make_supports(streams[5], activities),
        nominations=make_nominations(streams[6], people, signins, planted),
        issues=make_issues(streams[7], activities, signins, planted),
        planted=planted,
    )


def _heads(people: pd.DataFrame, planted: Planted) -> dict[str, str]:
    """Name the person in charge of the committee, the station and each group that has a leader."""
    name = people["name"]
    heads = {STATION: name[RESIDENTS], COMMITTEE: name[RESIDENTS + SOCIAL_WORKERS]}
    return heads | {GROUPS[g].name: name[p] for g, p in enumerate(planted.leader_of) if p >= 0}
