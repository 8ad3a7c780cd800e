"""The calendar of the simulated community: what took place, who started it and who hosted it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from sanshe_net.demo import occasions, scenario
from sanshe_net.demo.scenario import (
    COMMITTEE,
    COUNCIL,
    DAYS,
    FESTIVAL,
    GROUPS,
    OPEN_EVENT,
    SERVICE,
    STATION,
    STREET,
    TRAINING,
    day_of,
)

IntArray = npt.NDArray[np.int64]
TextArray = npt.NDArray[np.object_]

SOCIAL_WORKER, COMMITTEE_WORD, RESIDENT, SOCIAL_ORGANISATION = "社工", "居委会", "居民", "社会组织"
STAFF = (SOCIAL_WORKER, COMMITTEE_WORD)
RESIDENT_RUN_ELSEWHERE = (0.0, 0.0, 0.25, 0.55, 0.75)
"""Share of the activities of no group that residents run, by phase, once an organisation is registered."""
REGISTERED_ON = np.array([day_of(group.registered) if group.registered else DAYS for group in GROUPS])


def make_activities(rng: np.random.Generator) -> pd.DataFrame:
    """Draw up the calendar of two years.

    Returns
    -------
    One row per activity in order of date (index ``activity_id``): title, day (number), series, group and
    second_group (numbers, -1 for none), phase (0 to 4), kind, initiator, host, cohosts (joined by 、), mode,
    place, hour.
    No two activities share both title and day.
    """
    ordinary = pd.concat([_group_sessions(rng), _occasional(rng)], ignore_index=True)
    fixed = pd.concat([_festivals(), _council_meetings()], ignore_index=True)
    ordinary = ordinary[~scenario.falls_in(ordinary["day"].to_numpy(), scenario.HOLIDAYS)]
    planned = pd.concat([ordinary, fixed], ignore_index=True)
    planned = _add_initiators(rng, planned)
    planned = pd.concat([planned, _open_events(rng, int(rng.integers(1_002, 1_020)) - len(planned))])
    planned = planned.drop_duplicates(["title", "day"]).sort_values(
        ["day", "series", "title"], ignore_index=True
    )
    hosted = _add_hosts(rng, planned.assign(phase=scenario.phase_of(planned["day"].to_numpy())))
    hosted["place"] = rng.choice(np.array(occasions.PLACES, dtype=object), len(hosted))
    hosted.loc[hosted["series"] == COUNCIL, "place"] = "居民议事厅"
    hosted["hour"] = rng.choice((9, 10, 14, 15, 19), len(hosted))
    return hosted.rename_axis("activity_id")


def _frame(title: object, day: object, series: object, kind: object) -> pd.DataFrame:
    return pd.DataFrame(
        {"title": title, "day": day, "series": series, "kind": kind, "group": -1, "second_group": -1}
    )


def _group_sessions(rng: np.random.Generator) -> pd.DataFrame:
    """Lay out the weekly sessions of every group from the day it was founded, some weeks left out."""
    sessions = []
    for number, group in enumerate(GROUPS):
        weeks = pd.date_range(group.founded, str(scenario.LAST_DAY), freq=f"W-{group.weekday}")
        held = weeks[rng.random(len(weeks)) < group.rate]
        days = (held - pd.Timestamp(str(scenario.FIRST_DAY))).days.to_numpy(dtype=np.int64)
        titles = rng.choice(np.array(group.titles, dtype=object), len(days))
        sessions.append(_frame(titles, days, number, group.kind).assign(group=number))
    return pd.concat(sessions, ignore_index=True)


def _occasional(rng: np.random.Generator) -> pd.DataFrame:
    """Lay out trainings, volunteer services, and from phase 4 on activities two groups run together."""
    trainings = _scattered(rng, occasions.TRAINING_TITLES, 42, day_of("2023-06-01"))
    services = _scattered(rng, occasions.SERVICE_TITLES, 46, day_of("2023-05-01"))
    joint = _scattered(rng, occasions.JOINT_TITLES, 34, day_of(scenario.PHASES[3].start))
    pairs = rng.permuted(np.tile(_led_groups(), (len(joint[1]), 1)), axis=1)[:, :2]
    return pd.concat(
        [
            _frame(*trainings, TRAINING, "培训"),
            _frame(*services, SERVICE, "志愿"),
            _frame(*joint, pairs[:, 0], "行动").assign(group=pairs[:, 0], second_group=pairs[:, 1]),
        ],
        ignore_index=True,
    )


def _led_groups() -> IntArray:
    return np.array([number for number, group in enumerate(GROUPS) if group.running == "led"])


def _scattered(
    rng: np.random.Generator, titles: tuple[str, ...], count: int, first_day: int
) -> tuple[TextArray, IntArray]:
    """Scatter ``count`` activities over the days from ``first_day`` on; no title twice on a day."""
    span = DAYS - first_day
    place = rng.choice(len(titles) * span, count, replace=False)
    return np.array(titles, dtype=object)[place // span], first_day + place % span


def _festivals() -> pd.DataFrame:
    titles, dates = zip(*occasions.FESTIVALS, strict=True)
    return _frame(list(titles), [day_of(date) for date in dates], FESTIVAL, "节庆")


def _council_meetings() -> pd.DataFrame:
    days = [day_of(date) for date in occasions.COUNCIL_DATES]
    return _frame(occasions.COUNCIL_TITLE, days, COUNCIL, "议事会")


def _open_events(rng: np.random.Generator, count: int) -> pd.DataFrame:
    """Fill the calendar up with ``count`` events for everybody, outside holidays and staff absences."""
    titles = tuple(event.title for event in occasions.OPEN_EVENTS)
    title, day = _scattered(rng, titles, 2 * count, 0)
    closed = scenario.falls_in(day, scenario.HOLIDAYS + scenario.STAFF_ABSENCES)
    events = _frame(title[~closed][:count], day[~closed][:count], OPEN_EVENT, "便民服务")
    phase = scenario.phase_of(events["day"].to_numpy())
    ours = (rng.random(count) < np.array(RESIDENT_RUN_ELSEWHERE)[phase] * 0.6) & (
        events["day"] >= REGISTERED_ON.min()
    )
    staff = rng.choice(np.array(STAFF, dtype=object), count, p=(0.55, 0.45))
    return events.assign(initiator=np.where(ours, SOCIAL_ORGANISATION, staff))


def _add_initiators(rng: np.random.Generator, planned: pd.DataFrame) -> pd.DataFrame:
    """Say who started each activity; what social workers would start while away does not take place."""
    day, series, group = (planned[column].to_numpy() for column in ("day", "series", "group"))
    phase = scenario.phase_of(day)
    running = np.array([scenario.RESIDENT_RUN[g.running] for g in GROUPS] + [RESIDENT_RUN_ELSEWHERE])
    chance = running[group, phase]
    chance[series == FESTIVAL] *= 0.5
    chance[(group < 0) & (day < REGISTERED_ON.min())] = 0.0
    by_residents = rng.random(len(planned)) < chance
    by_committee = (rng.random(len(planned)) < 0.22) & (series != scenario.STAFF_DEPENDENT)
    by_committee |= np.isin(series, (FESTIVAL, COUNCIL))
    registered = np.where(group >= 0, day >= REGISTERED_ON[group], series != COUNCIL)
    by_whom = np.select(
        [by_residents & registered, by_residents, by_committee],
        [SOCIAL_ORGANISATION, RESIDENT, COMMITTEE_WORD],
        SOCIAL_WORKER,
    )
    away = (by_whom == SOCIAL_WORKER) & scenario.falls_in(day, scenario.STAFF_ABSENCES)
    taking_place: pd.DataFrame = planned.assign(initiator=by_whom)[~away]
    return taking_place


def _hosts(rng: np.random.Generator, planned: pd.DataFrame, own: TextArray) -> TextArray:
    """Name the host: staff, the group itself, the council, or any organisation registered by then."""
    initiator = planned["initiator"].to_numpy(dtype=object)
    open_to = planned["day"].to_numpy()[:, None] >= REGISTERED_ON
    any_registered = np.argmin(np.where(open_to, rng.random(open_to.shape), np.inf), axis=1)
    names = np.array([group.name for group in GROUPS], dtype=object)
    return np.select(
        [initiator == SOCIAL_WORKER, initiator == COMMITTEE_WORD, own != "", planned["series"] == COUNCIL],
        [STATION, COMMITTEE, own, occasions.COUNCIL_TITLE],
        names[any_registered],
    )


def _add_hosts(rng: np.random.Generator, planned: pd.DataFrame) -> pd.DataFrame:
    """Name the host, the co-hosts and the mode of cooperation."""
    group_names = np.array([group.name for group in GROUPS] + [""], dtype=object)
    own, second = group_names[planned["group"]], group_names[planned["second_group"]]
    initiator, count = planned["initiator"].to_numpy(dtype=object), len(planned)
    by_residents = ~np.isin(initiator, STAFF)
    host = _hosts(rng, planned, own)
    draws = rng.random((count, 3))
    shown = np.array((1.0, 0.85, 0.55, 0.3, 0.15))[planned["phase"]]
    festival = (planned["series"] == FESTIVAL).to_numpy()
    parts = pd.DataFrame(
        {
            "group": np.where(by_residents, "", own),
            "second_group": second,
            "station": np.where(draws[:, 0] < shown, STATION, ""),
            "committee": np.where((draws[:, 1] < 0.25) | festival, COMMITTEE, ""),
            "street": np.where(festival & (draws[:, 2] < 0.6), STREET, ""),
            "partner": _partners(rng, planned),
        }
    )
    parts = parts.mask(parts.eq(pd.Series(host), axis=0), "")
    cohosts = ["、".join(filter(None, row)) for row in parts.to_numpy(dtype=object)]
    return planned.assign(host=host, cohosts=cohosts, mode=_modes(host, parts))


def _partners(rng: np.random.Generator, planned: pd.DataFrame) -> TextArray:
    """Draw the partner of each activity: open events have their usual ones, others any or none."""
    weight = np.array([partner.weight for partner in occasions.PARTNERS])
    names = np.array([partner.name for partner in occasions.PARTNERS], dtype=object)
    partner = rng.choice(names, len(planned), p=weight / weight.sum())
    usual = {event.title: event.partners for event in occasions.OPEN_EVENTS}
    turn = rng.random(len(planned))
    for title, partners in usual.items():
        these = (planned["title"] == title).to_numpy()
        partner[these] = np.array(partners, dtype=object)[(turn[these] * len(partners)).astype(int)]
    chance = np.where(
        planned["series"] == OPEN_EVENT, 0.9, np.where(planned["series"] == FESTIVAL, 0.95, 0.14)
    )
    partner[rng.random(len(planned)) >= chance] = ""
    return partner


def _modes(host: TextArray, parts: pd.DataFrame) -> TextArray:
    """Read the mode of cooperation off the parties that took part; blank where only one did."""
    with_partner = parts["partner"] != ""
    with_committee = (parts["committee"] != "") | (host == COMMITTEE)
    with_station = (parts["station"] != "") | (host == STATION)
    alone = (parts == "").all(axis=1)
    modes = np.select(
        [alone, with_partner & with_committee, with_partner, with_station],
        ["", "多方合作", "社会与社区资源整合", "专业+合作"],
        "",
    )
    return modes.astype(object)


def add_head_counts(rng: np.random.Generator, activities: pd.DataFrame, named: IntArray) -> pd.DataFrame:
    """Add the reported head counts: never below the number of people named, about 55,000 in all.

    Small activities report hardly more than they name; festivals 100 to 400; open events make up the rest.
    """
    series = activities["series"].to_numpy()
    count = named + rng.poisson(1.2, len(activities))
    festival, event = series == FESTIVAL, series == OPEN_EVENT
    count[festival] = rng.integers(120, 390, festival.sum())
    count[series == COUNCIL] = named[series == COUNCIL]
    crowd = rng.lognormal(0.0, 0.45, event.sum())
    wanted = int(rng.integers(55_000, 55_800)) - count[~event].sum()
    for _ in range(20):
        crowd = np.clip(crowd * wanted / crowd.sum(), 35, 395)
    count[event] = np.maximum(crowd.round().astype(np.int64), named[event] + 5)
    return activities.assign(head_count=count)


def organisations(heads: dict[str, str]) -> pd.DataFrame:
    """List every organisation of the scenario; ``heads`` names the person in charge of some of them."""
    rows: list[tuple[str, str, str, str | None, str]] = [
        (STREET, "政府部门", "", "2002-01-01", ""),
        (COMMITTEE, "居委会", "", "2005-06-01", STREET),
        # An agency is registered (登记) with the state, not filed (备案) with the community.
        (STATION, "社工机构", "", "2022-12-01", STREET),
    ]
    for group in GROUPS:
        filed = group.registered is not None
        rows.append(
            (
                group.name,
                "社会组织" if filed else "自组织",
                "已备案" if filed else "未备案",
                group.founded,
                COMMITTEE if filed else "",
            )
        )
    rows.append((occasions.COUNCIL_TITLE, "自组织", "未备案", occasions.COUNCIL_DATES[0], COMMITTEE))
    rows += [(partner.name, "资源方", "", None, "") for partner in occasions.PARTNERS]
    table = pd.DataFrame(rows, columns=["name", "kind", "registered", "founded", "supervisor"])
    table["founded"] = pd.to_datetime(table["founded"])
    return table.assign(head=table["name"].map(heads).fillna("")).rename_axis("org_id")
