"""What the station keeps besides sign-ins: team members, resources, agenda items and nominations."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo import occasions, scenario
from sanshe_net.demo.attendance import council_since
from sanshe_net.demo.people import COMMITTEE_STAFF, RESIDENTS, SOCIAL_WORKERS, Planted
from sanshe_net.demo.scenario import (
    BUILDINGS,
    COUNCIL,
    DAYS,
    GROUPS,
    VOLUNTEER_TEAM,
    day_of,
)

IntArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]

ISSUES = 60
SUPPORTS = 150
VOTERS = 120
VOTE_DATES = ("2024-09-20", "2025-01-10")
VOTE_KINDS = ("信任", "求助", "请教")


def make_memberships(
    rng: np.random.Generator,
    people: pd.DataFrame,
    activities: pd.DataFrame,
    signins: pd.DataFrame,
    planted: Planted,
) -> pd.DataFrame:
    """List the members of each group: those who came three times, and volunteers never named as such.

    Returns
    -------
    Columns group (number), person_id, post (a Chinese word), start (day), end (day, -1 for still a member).
    """
    visits = signins.assign(
        group=activities["group"].to_numpy()[signins["activity_id"]],
        day=activities["day"].to_numpy()[signins["activity_id"]],
    )
    visits = visits[(visits["person_id"] < RESIDENTS) & (visits["group"] >= 0)]
    counted = visits.groupby(["group", "person_id"], as_index=False).agg(
        start=("day", "min"), times=("day", "size")
    )
    home = people[["group", "second_group"]].to_numpy()[counted["person_id"]]
    regular = (home == counted["group"].to_numpy()[:, None]).any(axis=1) & (counted["times"] >= 3).to_numpy()
    active_volunteers = signins.loc[signins["role"] == "志愿者", "person_id"]
    listed = np.setdiff1d(planted.volunteers, active_volunteers)
    founded = day_of(GROUPS[VOLUNTEER_TEAM].founded)
    late = np.minimum(np.maximum(people["joined"].to_numpy()[listed], founded), DAYS - 1)
    extra = pd.DataFrame({"group": VOLUNTEER_TEAM, "person_id": listed, "start": late, "times": 0})
    members = pd.concat([counted[regular], extra], ignore_index=True).drop_duplicates(["group", "person_id"])
    left = people["left"].to_numpy()[members["person_id"]]
    start = members["start"].to_numpy()
    end = np.where((left < DAYS) & (left > start), left, -1)
    members = members.assign(end=end, post=_posts(rng, members, planted))
    ordered: pd.DataFrame = members.sort_values(["group", "start", "person_id"], ignore_index=True)
    del ordered["times"]
    return ordered


def _posts(rng: np.random.Generator, members: pd.DataFrame, planted: Planted) -> TextArray:
    """Make each group's leader its founder or head, and one regular its deputy."""
    post = np.full(len(members), "队员", dtype=object)
    person, group = members["person_id"].to_numpy(), members["group"].to_numpy()
    ordinary = members[~members["person_id"].isin(planted.leaders)]
    ranked = ordinary.sort_values("times", ascending=False, kind="stable")
    deputies = ranked.drop_duplicates("group").index
    post[members.index.get_indexer(deputies)] = "副队长"
    heads = person == planted.leader_of[group]
    post[heads] = rng.choice(np.array(["队长", "创始人"], dtype=object), heads.sum(), p=(0.6, 0.4))
    return post


def make_nominations(
    rng: np.random.Generator, people: pd.DataFrame, signins: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Draw the votes of two rounds: leaders get many, the quiet ones most; nobody names themselves.

    Returns
    -------
    Columns source_id, target_id, question (a Chinese word) and day.
    """
    times = (
        signins.loc[signins["present"], "person_id"].value_counts().reindex(range(RESIDENTS), fill_value=0)
    )
    candidates = (times >= 5).to_numpy() & ~np.isin(np.arange(RESIDENTS), planted.same_name)
    weight = np.where(candidates, np.sqrt(times.to_numpy()), 0.0)
    weight[planted.brokers] *= 2
    weight[planted.leaders] = 180
    weight[planted.quiet_leaders] = 340
    known = (people["left"] > DAYS) & (people["joined"] < day_of(VOTE_DATES[0]))
    weight = np.where(known.to_numpy()[:RESIDENTS], weight, 0.0)
    voters = rng.choice(np.flatnonzero((weight > 0) & candidates), VOTERS, replace=False)
    votes = pd.DataFrame(
        {
            "source_id": np.repeat(voters, 3),
            "target_id": rng.choice(RESIDENTS, 3 * VOTERS, p=weight / weight.sum()),
            "question": np.tile(np.array(VOTE_KINDS, dtype=object), VOTERS),
        }
    )
    votes["day"] = np.array([day_of(date) for date in VOTE_DATES])[np.arange(len(votes)) // 3 % 2]
    votes["day"] += rng.integers(0, 5, len(votes))
    votes = votes[(votes["source_id"] != votes["target_id"]) & (rng.random(len(votes)) < 0.85)]
    return votes.sort_values(["day", "source_id", "question"], ignore_index=True)


def make_issues(
    rng: np.random.Generator, activities: pd.DataFrame, signins: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Draw the agenda items: from problems raised by staff to development raised by residents.

    Returns
    -------
    Columns title, kind, raiser_id, responsible_id, raised (day), state, settled (day, or -1).
    """
    days = np.sort(rng.choice(activities.loc[activities["series"] == COUNCIL, "day"].to_numpy(), ISSUES))
    stage = scenario.phase_of(days) - 2
    developing = rng.random(ISSUES) < np.array((0.15, 0.55, 0.85))[stage]
    by_residents = rng.random(ISSUES) < np.array((0.35, 0.7, 0.92))[stage]
    in_resident_hands = rng.random(ISSUES) < np.array((0.2, 0.5, 0.75))[stage]
    staff = rng.integers(RESIDENTS, RESIDENTS + SOCIAL_WORKERS + COMMITTEE_STAFF, (2, ISSUES))
    settled = days + 7 + rng.gamma(2.0, 18.0, ISSUES).astype(np.int64)
    solved = (rng.random(ISSUES) < 0.8) & (settled < DAYS)
    waiting = np.where(rng.random(ISSUES) < 0.6, "处理中", "未解决")
    return pd.DataFrame(
        {
            "title": _issue_titles(rng, developing),
            "kind": np.where(developing, "发展", "问题"),
            "raiser_id": np.where(by_residents, _members(rng, days, planted), staff[0]),
            "responsible_id": np.where(in_resident_hands, _members(rng, days, planted), staff[1]),
            "raised": days,
            "state": np.where(solved, "已解决", waiting),
            "settled": np.where(solved, settled, -1),
        }
    )


def _members(rng: np.random.Generator, days: IntArray, planted: Planted) -> IntArray:
    """Draw a council member for each day among those seated by then; leaders speak up more."""
    seated = council_since(planted)[:, None] <= days
    weight = np.where(np.isin(planted.council, planted.active_leaders), 3.0, 1.0)[:, None]
    turn = rng.exponential(size=seated.shape) / weight
    drawn: IntArray = planted.council[np.argmin(np.where(seated, turn, np.inf), axis=0)]
    return drawn


def _issue_titles(rng: np.random.Generator, developing: npt.NDArray[np.bool_]) -> TextArray:
    """Name each item, none twice: a problem with its building, a development with its stage."""
    problems = np.array([place + what for place in BUILDINGS for what in occasions.PROBLEMS], dtype=object)
    plans = np.array(
        [what + stage for what in occasions.DEVELOPMENTS for stage in occasions.STAGES], dtype=object
    )
    titles = np.empty(len(developing), dtype=object)
    titles[developing] = rng.choice(plans, developing.sum(), replace=False)
    titles[~developing] = rng.choice(problems, (~developing).sum(), replace=False)
    return titles


def make_supports(rng: np.random.Generator, activities: pd.DataFrame) -> pd.DataFrame:
    """Draw what partners gave to activities they co-hosted and to the hosts.

    Returns
    -------
    Columns giver, receiver (names), kind, amount (a number, ``若干`` or empty), day and activity_id.
    """
    partner = (
        activities["cohosts"]
        .str.extract(f"({'|'.join(p.name for p in occasions.PARTNERS)})", expand=False)
        .dropna()
    )
    chosen = np.sort(rng.choice(partner.index.to_numpy(), SUPPORTS, replace=False))
    given = activities.loc[chosen]
    giver = partner.loc[chosen].to_numpy(dtype=object)
    brings = {p.name: np.array(p.brings, dtype=object) for p in occasions.PARTNERS}
    turn = rng.random(SUPPORTS)
    kind = [brings[name][int(share * len(brings[name]))] for name, share in zip(giver, turn, strict=True)]
    amount = (rng.lognormal(6.2, 0.8, SUPPORTS) / 10).round() * 10
    words = np.select([rng.random(SUPPORTS) < 0.1, rng.random(SUPPORTS) < 0.06], ["若干", ""], "number")
    to_activity = rng.random(SUPPORTS) < 0.45
    return pd.DataFrame(
        {
            "giver": giver,
            "receiver": np.where(to_activity, given["title"], given["host"]),
            "kind": kind,
            "amount": [
                int(sum_) if word == "number" else word for sum_, word in zip(amount, words, strict=True)
            ],
            "day": given["day"].to_numpy(),
            "activity_id": chosen,
        }
    )
