"""The people of the simulated community, and the ones planted among them to be found again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo.names import invent_names
from sanshe_net.demo.scenario import (
    BROKER_GROUPS,
    BUILDINGS,
    DAYS,
    FIRST_DAY,
    GROUPS,
    STAFF_DEPENDENT,
    VOLUNTEER_TEAM,
    date_of,
)

RESIDENTS = 900
SOCIAL_WORKERS = 4
COMMITTEE_STAFF = 5
VOLUNTEERS = 380
QUIET_LEADERS = 3
SHARE_NONLOCAL = 0.35
NEVER = 10 * DAYS

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Planted:
    """Who was planted among the residents; every array holds person ids.

    Attributes
    ----------
    leader_of
        Leader of each group, -1 where it has none.
    leaders, quiet_leaders, brokers, volunteers, same_name, council
        ``leaders`` includes the quiet ones; ``same_name`` is one pair of two residents with one name.
    """

    leader_of: IntArray
    leaders: IntArray
    quiet_leaders: IntArray
    brokers: IntArray
    volunteers: IntArray
    same_name: IntArray
    council: IntArray

    @property
    def active_leaders(self) -> IntArray:
        """The leaders who run a group."""
        return self.leader_of[self.leader_of >= 0]


def make_people(rng: np.random.Generator) -> tuple[pd.DataFrame, Planted]:
    """Invent the residents and the staff, and plant the special ones.

    Returns
    -------
    The people (index ``person_id``: residents first, then social workers, then committee staff) and who was
    planted. Columns: name, kind, sex, age, building, hukou, phone, moved_in, and what the simulation needs:
    joined and left (day numbers), level (how active), group and second_group (numbers, -1 for none).
    """
    residents = _residents(rng)
    planted = _plant(rng, residents)
    people = pd.concat([residents, _staff(rng)], ignore_index=True).rename_axis("person_id")
    people["name"] = invent_names(rng, people["sex"].to_numpy(dtype=object))
    people.loc[planted.same_name[1], "name"] = people.loc[planted.same_name[0], "name"]
    people["phone"] = [f"1990000{number:04d}" for number in rng.permutation(10_000)[: len(people)]]
    return people, planted


def _residents(rng: np.random.Generator) -> pd.DataFrame:
    building = rng.choice(len(BUILDINGS), RESIDENTS, p=(0.16, 0.15, 0.13, 0.12, 0.12, 0.12, 0.10, 0.10))
    nonlocal_ = _choose_nonlocal(rng, building)
    age_band = rng.choice(3, RESIDENTS, p=(0.27, 0.33, 0.40))
    age = np.array((20, 36, 60))[age_band] + rng.integers(0, np.array((16, 24, 22))[age_band])
    moved_in = np.where(
        nonlocal_, rng.integers(-8 * 365, DAYS - 200, RESIDENTS), rng.integers(-28 * 365, -2 * 365, RESIDENTS)
    )
    joined = (rng.beta(0.75, 1.7, RESIDENTS) * (DAYS - 40)).astype(np.int64)
    joined = np.where(moved_in > 0, np.maximum(joined, moved_in + 10), joined)
    left = np.where(rng.random(RESIDENTS) < 0.15, joined + rng.integers(90, DAYS, RESIDENTS), NEVER)
    first, second = _home_groups(rng, age, nonlocal_)
    return pd.DataFrame(
        {
            "kind": "居民",
            "sex": np.where(rng.random(RESIDENTS) < 0.62, "女", "男"),
            "age": age,
            "building": np.array(BUILDINGS, dtype=object)[building],
            "hukou": np.where(nonlocal_, "非本地", "本地"),
            "moved_in": date_of(moved_in),
            "joined": joined,
            "left": left,
            "level": rng.lognormal(0.0, 0.95, RESIDENTS),
            "group": first,
            "second_group": second,
        }
    )


def _choose_nonlocal(rng: np.random.Generator, building: IntArray) -> BoolArray:
    """Choose the non-local residents, more of them in the last buildings, which are let."""
    chance = np.linspace(0.5, 2.2, len(BUILDINGS))[building]
    chosen = rng.choice(RESIDENTS, round(SHARE_NONLOCAL * RESIDENTS), replace=False, p=chance / chance.sum())
    return np.isin(np.arange(RESIDENTS), chosen)


def _home_groups(rng: np.random.Generator, age: IntArray, nonlocal_: BoolArray) -> tuple[IntArray, IntArray]:
    """Draw each resident's own group and, for a third of them, a second one."""
    size = np.array([group.size * group.rate for group in GROUPS])
    age_fit = {
        "old": np.where(age >= 55, 1.0, 0.25),
        "young": np.where(age < 50, 1.0, 0.2),
        "any": np.full(len(age), 0.6),
    }
    side_fit = {
        "local": np.where(nonlocal_, 0.20, 1.0),
        "newcomer": np.where(nonlocal_, 1.6, 0.22),
        "open": np.ones(len(age)),
    }
    liking = size * np.column_stack([age_fit[group.age] * side_fit[group.side] for group in GROUPS])
    order = np.argsort(-(np.log(liking) + rng.gumbel(size=liking.shape)), axis=1)
    second = np.where(rng.random(len(age)) < 0.33, order[:, 1], -1)
    return order[:, 0], second


def _staff(rng: np.random.Generator) -> pd.DataFrame:
    count = SOCIAL_WORKERS + COMMITTEE_STAFF
    return pd.DataFrame(
        {
            "kind": ["社工"] * SOCIAL_WORKERS + ["居委会工作人员"] * COMMITTEE_STAFF,
            "sex": rng.choice(np.array(["女", "男"], dtype=object), count, p=(0.7, 0.3)),
            "age": rng.integers(24, 52, count),
            "building": "",
            "hukou": "",
            "moved_in": np.datetime64("NaT", "D"),
            "joined": 0,
            "left": NEVER,
            "level": 0.0,
            "group": -1,
            "second_group": -1,
        }
    )


def _plant(rng: np.random.Generator, residents: pd.DataFrame) -> Planted:
    """Choose the planted residents and change ``residents`` so that they behave as planted."""
    group = residents["group"].to_numpy()
    grown = residents["age"].between(30, 72).to_numpy()
    long_here = (residents["moved_in"] < pd.Timestamp(FIRST_DAY)).to_numpy()
    free = grown & long_here & (group != STAFF_DEPENDENT)
    leader_of = np.full(len(GROUPS), -1)
    for number, facts in enumerate(GROUPS):
        if facts.running == "led":
            leader_of[number] = _take(rng, free, group == number, 1)[0]
    brokers = np.array([_take(rng, free, group == home, 1)[0] for home, _ in BROKER_GROUPS])
    quiet = _take(rng, free, residents["age"].to_numpy() >= 45, QUIET_LEADERS)
    pair = _take_pair(rng, free, residents)
    leading = leader_of[leader_of >= 0]
    regular = np.concatenate([leading, brokers, pair])
    residents.loc[np.concatenate([regular, quiet]), ["joined", "left"]] = (0, NEVER)
    residents.loc[regular, "second_group"] = -1
    residents.loc[brokers, "second_group"] = [other for _, other in BROKER_GROUPS]
    residents.loc[leading, "level"] = rng.uniform(3.5, 5.0, len(leading))
    residents.loc[brokers, "level"] = rng.uniform(2.5, 3.5, len(brokers))
    residents.loc[pair, "level"] = rng.uniform(1.5, 2.5, len(pair))
    residents.loc[quiet, "level"] = 0.06
    leaders = np.concatenate([leading, quiet])
    council = np.concatenate([leaders, brokers[:5], _take(rng, free, residents["level"].to_numpy() > 1.2, 8)])
    volunteers = _choose_volunteers(rng, residents, leading)
    return Planted(leader_of, np.sort(leaders), np.sort(quiet), brokers, volunteers, pair, council)


def _take(rng: np.random.Generator, free: BoolArray, suitable: BoolArray, count: int) -> IntArray:
    """Choose residents who are free and suitable; they are not free afterwards."""
    chosen = rng.choice(np.flatnonzero(free & suitable), count, replace=False)
    free[chosen] = False
    return chosen


def _take_pair(rng: np.random.Generator, free: BoolArray, residents: pd.DataFrame) -> IntArray:
    """Choose two residents of one sex from different buildings and different groups."""
    first = _take(rng, free, np.ones(len(free), dtype=bool), 1)[0]
    other = np.ones(len(free), dtype=bool)
    for column, alike in (("sex", True), ("building", False), ("group", False)):
        other &= (residents[column] == residents.at[first, column]).to_numpy() == alike
    return np.array([first, _take(rng, free, other, 1)[0]])


def _choose_volunteers(rng: np.random.Generator, residents: pd.DataFrame, leading: IntArray) -> IntArray:
    """Choose the volunteers: the volunteer team, the leading residents, and active residents by chance."""
    team = (residents[["group", "second_group"]] == VOLUNTEER_TEAM).any(axis=1).to_numpy()
    team = team | np.isin(np.arange(RESIDENTS), leading)
    chance = np.where(team, 0.0, residents["level"].to_numpy())
    others = rng.choice(RESIDENTS, VOLUNTEERS - team.sum(), replace=False, p=chance / chance.sum())
    return np.sort(np.concatenate([np.flatnonzero(team), others]))
