"""Who signed in where, in which role, and who brought whom."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo import occasions, scenario
from sanshe_net.demo.activities import STAFF
from sanshe_net.demo.people import COMMITTEE_STAFF, RESIDENTS, SOCIAL_WORKERS, Planted
from sanshe_net.demo.scenario import (
    COUNCIL,
    FESTIVAL,
    GROUPS,
    OPEN_EVENT,
    SERIES,
    SERVICE,
    TRAINING,
    VOLUNTEER_TEAM,
    day_of,
)

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

VISITOR = 0.008
"""How readily a resident drops in on a group that is not their own, against 1 for their own."""
GROWTH = (0.8, 0.9, 1.0, 1.06, 1.06)
NAMED_SIZES = {TRAINING: 19, SERVICE: 20, OPEN_EVENT: 9, FESTIVAL: 8, COUNCIL: 0}
WORKER_PRESENT = (0.9, 0.8, 0.55, 0.3, 0.18)
LATER_MEMBERS = 4
"""How many council members take their seat only in phase 4."""


def make_signins(
    rng: np.random.Generator, people: pd.DataFrame, activities: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Draw all named sign-ins.

    Returns
    -------
    One row per person and activity, in order of activity: person_id, activity_id, role (a Chinese word),
    present (False only for council members who stayed away) and brought_by (person id or -1).
    """
    drawn = _draw_residents(rng, people, activities, planted)
    special = pd.concat(
        [
            _council(rng, activities, planted),
            _organisers(rng, drawn, activities, planted),
            _speakers(rng, activities, planted),
            _staff(rng, activities),
        ],
        ignore_index=True,
    )
    signins = pd.concat([special, _with_roles(rng, drawn, activities, planted)], ignore_index=True)
    signins["present"] = signins["present"].fillna(True).astype(bool)
    signins = signins.drop_duplicates(["person_id", "activity_id"])
    signins = signins.sort_values(["activity_id", "person_id"], ignore_index=True)
    return signins.assign(brought_by=_introducers(rng, signins, people, activities, planted))


def _draw_residents(
    rng: np.random.Generator, people: pd.DataFrame, activities: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Draw which residents take part in what; everybody takes part at least once."""
    weights = _weights(people.iloc[:RESIDENTS], activities, planted)
    chance = _chances(weights, _named_sizes(rng, activities))
    draws = rng.random(chance.shape)
    attends = draws < chance
    never = np.flatnonzero(~attends.any(axis=1))
    attends[never, np.argmax(chance[never] / (draws[never] + 1e-9), axis=1)] = True
    activity, person = np.nonzero(attends.T)
    return pd.DataFrame({"person_id": person, "activity_id": activity})


def _weights(residents: pd.DataFrame, activities: pd.DataFrame, planted: Planted) -> FloatArray:
    """How strongly each resident (row) is drawn to each activity (column)."""
    liking = _liking(residents, planted)
    series, second = activities["series"].to_numpy(), activities["second_group"].to_numpy()
    weights = liking[:, series]
    joint = second >= 0
    weights[:, joint] = np.maximum(weights[:, joint], liking[:, second[joint]])
    day = activities["day"].to_numpy()
    here = (residents["joined"].to_numpy()[:, None] <= day) & (day <= residents["left"].to_numpy()[:, None])
    mixing = _mixing(residents, activities, planted)
    return np.asarray(weights * mixing * here * residents["level"].to_numpy()[:, None])


def _liking(residents: pd.DataFrame, planted: Planted) -> FloatArray:
    """How much each resident likes each series: their groups, and what volunteers are called to."""
    liking = np.full((RESIDENTS, SERIES), VISITOR)
    second = residents["second_group"].to_numpy()
    has_second = np.flatnonzero(second >= 0)
    liking[has_second, second[has_second]] = 0.25
    liking[planted.brokers, second[planted.brokers]] = 1.0
    liking[np.arange(RESIDENTS), residents["group"].to_numpy()] = 1.0
    volunteer = np.isin(np.arange(RESIDENTS), planted.volunteers)
    liking[:, SERVICE] = np.where(volunteer, 1.0, 0.0)
    liking[:, VOLUNTEER_TEAM] = np.where(volunteer, liking[:, VOLUNTEER_TEAM] + 0.03, 0.0)
    liking[:, TRAINING] = np.where(volunteer, 1.0, 0.05)
    liking[:, (OPEN_EVENT, FESTIVAL)] = np.where(volunteer, 1.0, 0.35)[:, None]
    return liking


def _mixing(residents: pd.DataFrame, activities: pd.DataFrame, planted: Planted) -> FloatArray:
    """Hold residents back from the groups of the other side, less from phase to phase; brokers never."""
    sides = np.array([group.side for group in GROUPS] + ["open"] * (SERIES - len(GROUPS)))[
        activities["series"]
    ]
    nonlocal_ = (residents["hukou"] == "非本地").to_numpy()[:, None]
    across = np.where(nonlocal_, sides == "local", sides == "newcomer")
    across[np.concatenate([planted.brokers, planted.active_leaders])] = False
    return np.where(across, np.array(scenario.MIXING)[activities["phase"]], 1.0)


def _named_sizes(rng: np.random.Generator, activities: pd.DataFrame) -> FloatArray:
    """How many residents each activity is expected to name."""
    by_series = np.array(
        [group.size for group in GROUPS] + [NAMED_SIZES[s] for s in range(len(GROUPS), SERIES)]
    )
    growth = np.array(GROWTH)[activities["phase"]]
    return np.asarray(by_series[activities["series"]] * growth * rng.lognormal(0.0, 0.12, len(activities)))


def _chances(weights: FloatArray, sizes: FloatArray) -> FloatArray:
    """Turn weights into chances 1 - exp(-scale x weight), scaled to the expected size of each activity."""
    scale = sizes / weights.sum(axis=0)
    chance = -np.expm1(-weights * scale)
    for _ in range(4):
        scale = np.minimum(scale * sizes / np.maximum(chance.sum(axis=0), 1e-9), 2.5)
        chance = -np.expm1(-weights * scale)
    return np.asarray(chance)


def _with_roles(
    rng: np.random.Generator, drawn: pd.DataFrame, activities: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Give the residents drawn their ordinary role: participant or volunteer."""
    series = activities["series"].to_numpy()[drawn["activity_id"]]
    phase = activities["phase"].to_numpy()[drawn["activity_id"]]
    helping = np.select(
        [np.isin(series, (SERVICE, VOLUNTEER_TEAM)), np.isin(series, (OPEN_EVENT, FESTIVAL))],
        [1.0, 0.75],
        np.array((0.0, 0.01, 0.02, 0.03, 0.04))[phase],
    )
    volunteer = drawn["person_id"].isin(planted.volunteers).to_numpy() & (rng.random(len(drawn)) < helping)
    return drawn.assign(role=np.where(volunteer, "志愿者", "参加者"))


def _organisers(
    rng: np.random.Generator, drawn: pd.DataFrame, activities: pd.DataFrame, planted: Planted
) -> pd.DataFrame:
    """Name the organiser of what residents run: the leader of the group, or else its regulars in turn."""
    by_residents = ~activities["initiator"].isin(STAFF).to_numpy()
    assisting = rng.random(len(activities)) < np.array((0.0, 0.3, 0.4, 0.4, 0.4))[activities["phase"]]
    organised = (by_residents | assisting) & (activities["series"] != COUNCIL).to_numpy()
    leaders = np.append(planted.leader_of, -1)
    number_of = {group.name: number for number, group in enumerate(GROUPS)}
    hosting = activities["host"].map(number_of).fillna(-1).astype(int).to_numpy()
    running = np.where(activities["group"] >= 0, activities["group"], hosting)
    anyone = rng.choice(planted.active_leaders, len(activities))
    head = np.where(running >= 0, leaders[running], anyone)
    led = _named(np.where(organised & (head >= 0) & (rng.random(len(head)) < 0.92), head, -1))
    second = leaders[activities["second_group"]]
    helped = _named(np.where(organised & (rng.random(len(head)) < 0.7), second, -1))
    shared = np.flatnonzero(by_residents & (activities["group"] >= 0).to_numpy() & (head < 0))
    turns = drawn[drawn["activity_id"].isin(shared) & ~drawn["person_id"].isin(planted.leaders)]
    turns = turns.iloc[rng.permutation(len(turns))].drop_duplicates("activity_id")
    organisers = pd.concat([led, helped, turns], ignore_index=True)
    words = np.array(["组织者", "负责人"], dtype=object)
    return organisers.assign(role=rng.choice(words, len(organisers), p=(0.7, 0.3)))


def _named(person_of_activity: IntArray) -> pd.DataFrame:
    """Make sign-ins of an array that holds one person, or -1, for each activity."""
    activity = np.flatnonzero(person_of_activity >= 0)
    return pd.DataFrame({"person_id": person_of_activity[activity], "activity_id": activity})


def _speakers(rng: np.random.Generator, activities: pd.DataFrame, planted: Planted) -> pd.DataFrame:
    """Name one speaker for each training: a social worker, or a leading resident."""
    training = (activities["series"] == TRAINING).to_numpy()
    away = scenario.falls_in(activities["day"].to_numpy(), scenario.STAFF_ABSENCES)
    worker = RESIDENTS + rng.integers(0, SOCIAL_WORKERS, len(activities))
    resident = rng.choice(planted.active_leaders, len(activities))
    speaker = np.where(away | (rng.random(len(activities)) < 0.5), resident, worker)
    return _named(np.where(training, speaker, -1)).assign(role="讲师")


def _staff(rng: np.random.Generator, activities: pd.DataFrame) -> pd.DataFrame:
    """Name the social workers and committee staff present; no social worker while they are away."""
    count, series = len(activities), activities["series"].to_numpy()
    initiator = activities["initiator"].to_numpy(dtype=object)
    away = scenario.falls_in(activities["day"].to_numpy(), scenario.STAFF_ABSENCES)
    chance = np.where(initiator == "社工", 1.0, np.array(WORKER_PRESENT)[activities["phase"]])
    chance[away] = 0.0
    first = RESIDENTS + series % SOCIAL_WORKERS
    other = RESIDENTS + (series + rng.integers(1, SOCIAL_WORKERS, count)) % SOCIAL_WORKERS
    official = RESIDENTS + SOCIAL_WORKERS + rng.integers(0, COMMITTEE_STAFF, count)
    by_committee = (initiator == "居委会") | (series == FESTIVAL)
    workers = pd.concat(
        [
            _named(np.where(rng.random(count) < chance, first, -1)),
            _named(np.where((rng.random(count) < 0.3) & (chance == 1.0), other, -1)),
        ]
    ).assign(role="工作人员")
    officials = _named(np.where(by_committee | (rng.random(count) < 0.06), official, -1))
    hosting = rng.random(len(officials)) < 0.3
    return pd.concat(
        [workers, officials.assign(role=np.where(hosting, "主持人", "工作人员"))], ignore_index=True
    )


def council_since(planted: Planted) -> IntArray:
    """Return the day each council member took their seat; the quiet leaders are among the last."""
    since = np.full(len(planted.council), day_of(occasions.COUNCIL_DATES[0]))
    since[-LATER_MEMBERS:] = day_of(scenario.PHASES[3].start)
    since[np.isin(planted.council, planted.quiet_leaders)] = day_of(scenario.PHASES[4].start)
    return since


def _council(rng: np.random.Generator, activities: pd.DataFrame, planted: Planted) -> pd.DataFrame:
    """Record for each council meeting which members came and which stayed away; the chair goes round."""
    meeting = np.flatnonzero(activities["series"] == COUNCIL)
    day = activities["day"].to_numpy()[meeting]
    member, place = np.nonzero(council_since(planted)[:, None] <= day)
    quiet = np.isin(planted.council[member], planted.quiet_leaders)
    present = rng.random(len(member)) < np.where(quiet, 0.7, 0.84)
    rows = pd.DataFrame(
        {
            "person_id": planted.council[member],
            "activity_id": meeting[place],
            "role": "参加者",
            "present": present,
        }
    )
    leading = rows["person_id"].isin(planted.active_leaders) & rows["present"]
    chairs = rows[leading].iloc[rng.permutation(leading.sum())].drop_duplicates("activity_id").index
    rows.loc[chairs, "role"] = "主持人"
    return rows


def _introducers(
    rng: np.random.Generator,
    signins: pd.DataFrame,
    people: pd.DataFrame,
    activities: pd.DataFrame,
    planted: Planted,
) -> IntArray:
    """Draw who brought the visitor, for half of the first visits to a group: often its leader."""
    visits = signins.assign(group=activities["group"].to_numpy()[signins["activity_id"]])
    visits = visits[(visits["group"] >= 0) & (visits["person_id"] < RESIDENTS)]
    first = ~visits.duplicated(["person_id", "group"])
    brought = visits[first & (rng.random(len(visits)) < 0.5) & ~visits["person_id"].isin(planted.leaders)]
    known = visits[~first & ~visits["person_id"].isin(planted.same_name)]
    options = brought.reset_index().merge(known, on="activity_id", suffixes=("", "_known"))
    weight = np.where(options["person_id_known"].isin(planted.leaders), 16.0, 1.0)
    options["turn"] = rng.exponential(size=len(options)) / weight
    chosen = options.sort_values("turn", kind="stable").drop_duplicates("index")
    brought_by = np.full(len(signins), -1)
    brought_by[chosen["index"]] = chosen["person_id_known"]
    return brought_by
