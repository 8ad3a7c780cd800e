"""Clean rows that name people, bodies and activities -> tables that point at them.

This is where a name becomes an actor: people by :func:`sanshe_net.build.identity.resolve_people`, bodies by
their name, activities by title, day and occurrence. Nothing here depends on the order of the rows but
which of several equal rows a fact is traced to.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, Final, TypeAlias

import pandas as pd

from sanshe_net.build import identity, values
from sanshe_net.build.activities import TELL_OF_ACTIVITIES, all_activities
from sanshe_net.build.clean import PROVENANCE, seen_from
from sanshe_net.build.facts import (
    OF_PERSON,
    Frames,
    ages,
    beside,
    cells_of,
    conflicts,
    number_ids,
    places_of,
    usual,
)
from sanshe_net.errors import Place, Problem
from sanshe_net.records import table
from sanshe_net.vocabulary import KINDS, STAFF_KINDS

Ids: TypeAlias = Mapping[str, Sequence[str]]

_BODY_IN: Final = (
    ("organisations", "org", "organisation"),
    ("memberships", "org", "organisation"),
    ("activities", "host", "organisation"),
    ("activities", "cohost", "organisation"),
    ("activities", "initiator", "organisation"),
    ("attendance", "host", "organisation"),
    ("attendance", "cohost", "organisation"),
    ("attendance", "initiator", "organisation"),
    ("organisations", "supervisor", "government"),
    ("support", "giver", "partner"),
    ("support", "receiver", "organisation"),
)
"""Where naming a body makes it an organisation, and the kind it has there if nothing else tells."""


@dataclass
class Directory:
    """Who is called what: built once, then asked for every name.

    ``kinds`` holds the kind of every person and of the bodies whose kind is written or said by their name.
    """

    people: dict[str, list[str]]
    bodies: dict[str, str]
    kinds: dict[str, str]
    problems: list[Problem] = field(default_factory=list)

    def actor(self, name: Any, place: Place, outcome: str = "used") -> str | None:
        """Return the id of the body or the one person of that name; a problem when there is none.

        ``outcome`` is what becomes of the row then.
        """
        if name in self.bodies:
            return self.bodies[name]
        held = self.people.get(name, [])
        if len(held) == 1:
            return held[0]
        code = "W-PERSON-UNRESOLVED" if held else "W-ACTOR-UNKNOWN"
        self.problems.append(Problem(code, place, outcome, name, {"count": len(held)}))
        return None

    def actors(self, rows: pd.DataFrame, column: str, outcome: str = "used") -> pd.Series[Any]:
        """Return the id for every name in a column of clean rows."""
        names = rows[column].tolist()
        if names.count(None) == len(names):
            return beside(rows, names)
        cells = zip(names, places_of(rows), strict=True)
        found = [None if name is None else self.actor(name, Place(*place), outcome) for name, place in cells]
        return beside(rows, found)


def link(
    frames: Frames, said: pd.DataFrame, found: identity.Identities
) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """Return the tables of :class:`sanshe_net.records.Records` made from clean rows.

    Parameters
    ----------
    said, found
        Where people are named in the rows, and who they are.
    """
    who, problems = found.person_id, list(found.problems)
    said = said.assign(person_id=who.astype(object).where(who.notna(), None))
    people_said = said["person_id"].tolist()
    ids: dict[tuple[str, str], list[str | None]] = {}
    for person_id, *where in zip(people_said, said["table"].tolist(), said["column"].tolist(), strict=True):
        ids.setdefault((where[0], where[1]), []).append(person_id)
    people = _people(said, frames, found.names, problems)
    known: dict[str, list[str]] = {}  # of people joined by a decision every name finds them
    called = {*zip(people_said, said["name"].tolist(), strict=True)}
    for person_id, name in sorted(pair for pair in called if pair[0] is not None):
        known.setdefault(name, []).append(person_id)
    frames = _support_of_activities(frames)
    bodies = _bodies(frames, set(known), problems)
    sure = bodies[bodies.pop("told").astype(bool)]
    kinds = dict(zip(people.index, people["kind"], strict=True)) | dict(
        zip(sure.index, sure["kind"], strict=True)
    )
    directory = Directory(known, dict(zip(bodies["name"], bodies.index, strict=True)), kinds, problems)
    activities, activity_of = all_activities(frames, problems)
    hosting, initiator = _hosting(frames, activity_of, directory)
    activities["initiator_kind"] = pd.Series(initiator, dtype=object).reindex(activities.index)
    tables = {
        "people": people,
        "organisations": _organisations(bodies, directory),
        "activities": table("activities", activities),
        "hosting": hosting,
        "attendance": _attendance(
            frames["attendance"], ids.get(("attendance", "person"), []), activity_of["attendance"], directory
        ),
        "memberships": _memberships(frames["memberships"], ids.get(("memberships", "person"), []), directory),
        "support": _support(frames["support"], activities, directory),
        "nominations": _nominations(frames["nominations"], ids),
    }
    return tables | _issues(frames["issues"], directory), directory.problems


# --- people


def _people(
    said: pd.DataFrame, frames: Frames, shown: Mapping[str, str], problems: list[Problem]
) -> pd.DataFrame:
    order = {name: i for i, name in enumerate(dict.fromkeys(name for name, _ in identity.NAMED_IN))}
    ids = list(said["person_id"])
    at = [order[name] for name in said["table"].tolist()]
    places = list(places_of(said))
    first: dict[str, tuple[Any, ...]] = {}
    for person_id, place in zip(ids, places, strict=True):
        if person_id is not None and person_id not in first:
            first[person_id] = (shown[person_id], *place)
    made = pd.DataFrame.from_dict(
        first, orient="index", columns=["name", *PROVENANCE], dtype=object
    ).sort_index()
    for fact in ("kind", "building", "hukou", "sex", "age", "birth_year", "moved_in", "consent"):
        cells = cells_of(frames, (name for name, _ in identity.NAMED_IN), fact)
        # Once social worker is never a resident, unless the list of people says so.
        known = usual(ids, at, cells, STAFF_KINDS if fact == "kind" else ())
        known.pop(None, None)
        if fact == "consent":  # once "internal only" is not overruled by any number of yes
            known |= {who: said for who, said in zip(ids, cells, strict=True) if who and said == "internal"}
        made[fact] = beside(made, [known.get(person_id) for person_id in made.index])
        if fact in OF_PERSON:
            names = dict(zip(made.index, made["name"], strict=True))
            problems += conflicts("W-FACT-CONFLICT", fact, ids, at, cells, names, known, places)
    days = [day for name in TELL_OF_ACTIVITIES for day in frames[name]["date"] if day is not None]
    made["age"] = ages(made, days)
    return table("people", _with_kinds(made, said, frames["attendance"], problems))


def _with_kinds(
    people: pd.DataFrame, said: pd.DataFrame, attendance: pd.DataFrame, problems: list[Problem]
) -> pd.DataFrame:
    here = said[said["table"] == "attendance"]
    signed = zip(here["person_id"], attendance["role"], strict=True)
    staff = {person_id for person_id, role in signed if person_id is not None and role == "staff"}
    assumed = people[people["kind"].isna() & people.index.isin(staff)]
    for name, place in zip(assumed["name"], places_of(assumed), strict=True):
        facts: dict[str, object] = {"kind": KINDS["social_worker"]}
        problems.append(Problem("W-PERSON-KIND-ASSUMED", Place(*place), "used", name, facts))
    kind = people["kind"].where(~people.index.isin(assumed.index), "social_worker")
    return people.assign(kind=kind.where(kind.notna(), "resident"))


# --- bodies


def _cells(rows: pd.DataFrame, column: str) -> Iterator[tuple[int, str, Place, int]]:
    """Yield every name in a column of one or several names: row, name, place, position in the cell."""
    cells = rows[column].tolist()
    if cells.count(None) == len(cells):
        return
    for i, (cell, place) in enumerate(zip(cells, places_of(rows), strict=True)):
        if cell:
            for position, name in enumerate(cell if isinstance(cell, tuple) else (cell,)):
                yield i, name, Place(*place), position


def _bodies(frames: Frames, people: set[str], problems: list[Problem]) -> pd.DataFrame:
    listed = frames["organisations"]
    assumed: dict[str, str] = {}
    places: dict[str, Place] = {}
    for name, column, otherwise in _BODY_IN:
        for _, body, place, _ in _cells(frames[name], column):
            # The list of organisations, which comes first, may name a body like a person.
            if body not in assumed and (column == "org" or body not in people):
                # 发起方 names a party (社工), a body, or somebody we do not know: only a body becomes one.
                if column == "initiator" and (_party(body) or identity.kind_of_body(body) is None):
                    continue
                assumed[body], places[body] = otherwise, place
    names = sorted(assumed)
    made = pd.DataFrame(
        {"name": names}, index=pd.Index(number_ids("O", len(names), 3), dtype="str"), dtype=object
    )
    for fact in ("org_kind", "registered", "founded", "supervisor", "leader"):
        told = usual(listed["org"], [0] * len(listed), listed[fact])
        made[fact] = beside(made, [told.get(name) for name in names])
    made["kind"] = made.pop("org_kind")
    made["told"] = [
        kind is not None or identity.kind_of_body(name) is not None
        for kind, name in zip(made["kind"], made["name"], strict=True)
    ]
    for body_id, name in made.loc[made["kind"].isna(), "name"].items():
        kind = identity.kind_of_body(name) or assumed[name]
        made.loc[body_id, "kind"] = kind
        facts: dict[str, object] = {"kind": KINDS[kind]}
        problems.append(Problem("N-ORG-KIND-ASSUMED", places[name], "used", name, facts))
    made["registered"] = made["registered"].map({"yes": True, "no": False})
    for part in PROVENANCE:
        made[part] = [getattr(places[name], part) for name in names]
    return made


@lru_cache(maxsize=10_000)
def _party(body: str) -> str | None:
    """Return the kind that an initiator such as 社工 or 居民 names, ``None`` for a body's own name."""
    try:
        return values.word(body, "kind")
    except values.Unclear:
        return None


def _organisations(bodies: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    supervisors, leaders = (directory.actors(bodies, column) for column in ("supervisor", "leader"))
    return table("organisations", bodies.assign(supervisor_id=supervisors, leader_id=leaders))


# --- activities


def _hosting(frames: Frames, activity_of: Ids, directory: Directory) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return who hosted what, and for each activity the kind of whoever started it, the first named."""
    met: dict[tuple[str, str, str], Place] = {}
    starters: dict[str, list[tuple[int, int, str]]] = {}
    for order, name in enumerate(TELL_OF_ACTIVITIES):
        for role in ("host", "cohost", "initiator"):
            for i, body, place, position in _cells(frames[name], role):
                key = (activity_of[name][i], body, role)
                met.setdefault(key, place)
                if role == "initiator":
                    starters.setdefault(key[0], []).append((order, position, body))
    rows: list[tuple[Any, ...]] = []
    ids: dict[str, str | None] = {}
    for (activity_id, body, role), place in met.items():
        if role == "initiator" and _party(body) is not None:
            continue
        actor = ids[body] = directory.actor(body, place)
        if actor is not None:
            rows.append((activity_id, actor, role, place.file, place.sheet, place.row))
    made = pd.DataFrame(rows, columns=["activity_id", "org_id", "role", *PROVENANCE], dtype=object)
    kinds = {}
    for activity_id, named in starters.items():
        known = [_party(body) or directory.kinds.get(ids.get(body) or "") for _, _, body in sorted(named)]
        kind = next((kind for kind in known if kind is not None), None)
        if kind is not None:
            kinds[activity_id] = kind
    return table("hosting", made.sort_values(["activity_id", "role", "org_id"], ignore_index=True)), kinds


# --- what people did


def _attendance(
    rows: pd.DataFrame, people: Sequence[str | None], activities: Sequence[str], directory: Directory
) -> pd.DataFrame:
    roles = [role or "participant" for role in rows["role"]]
    made = rows.assign(
        person_id=beside(rows, people),
        activity_id=beside(rows, activities),
        role=beside(rows, roles),
        brought_by=directory.actors(rows, "brought_by"),
        introduced=rows["brought_by"].notna(),
    )
    _note_contradictions(made, directory)
    return table("attendance", made)


def _note_contradictions(rows: pd.DataFrame, directory: Directory) -> None:
    """Note people marked present and absent for one sitting; :meth:`Records.presence` has them present.

    A column we do not know, such as 时刻, tells sittings apart as well.
    """
    absent = rows[(rows["present"] == False) & rows["person_id"].notna()]  # noqa: E712 - may be missing
    if absent.empty:
        return
    sitting = ["person_id", "activity_id", "session", "role", "extra"]
    came: dict[tuple[Any, ...], Place] = {}
    here = rows[(rows["present"] == True) & rows["person_id"].isin(absent["person_id"])]  # noqa: E712
    for key, place in zip(zip(*(here[c] for c in sitting), strict=True), places_of(here), strict=True):
        came.setdefault(key, Place(*place))
    for key, at in zip(zip(*(absent[c] for c in sitting), strict=True), places_of(absent), strict=True):
        if key in came:
            here_too: dict[str, object] = {"first": seen_from(Place(*at), came[key])}
            directory.problems.append(Problem("W-PRESENT-BOTH", Place(*at), "used", facts=here_too))


def _memberships(rows: pd.DataFrame, people: Sequence[str | None], directory: Directory) -> pd.DataFrame:
    roles = [role or "member" for role in rows["member_role"]]
    made = rows.assign(
        person_id=beside(rows, people),
        org_id=directory.actors(rows, "org"),
        role=beside(rows, roles),
    )
    return table("memberships", made.dropna(subset=["person_id", "org_id"]).reset_index(drop=True))


def _support_of_activities(frames: Frames) -> Frames:
    """Return the frames with support given *to an activity* under ``activity``, not as a body's name.

    A receiver is an activity when one has that title and no group has that name.
    """
    support = frames["support"]
    titles = {title for name in TELL_OF_ACTIVITIES for title in frames[name]["activity"]}
    groups = set(frames["organisations"]["org"]) | set(frames["memberships"]["org"])
    to_activity = support["receiver"].isin(titles - groups - {None})
    activity = support["activity"].where(support["activity"].notna() | ~to_activity, support["receiver"])
    receiver = support["receiver"].where(~to_activity, None)
    return {**frames, "support": support.assign(activity=activity, receiver=receiver)}


def _support(rows: pd.DataFrame, activities: pd.DataFrame, directory: Directory) -> pd.DataFrame:
    held: dict[tuple[str, date | None], list[str]] = {}
    for activity_id, title, day in zip(
        activities.index, activities["title"], activities["date"], strict=True
    ):
        for key in {(title, None if pd.isna(day) else day), (title, None)}:
            held.setdefault(key, []).append(activity_id)

    def meant(title: str | None, day: date | None) -> str | None:
        # A title held on several days names one activity only together with its day.
        for key in ((title, day), (title, None)) if title is not None else ():
            if len(held.get(key, ())) == 1:
                return held[key][0]
        return None

    found = [meant(title, day) for title, day in zip(rows["activity"], rows["date"], strict=True)]
    made = rows.assign(
        giver_id=directory.actors(rows, "giver", "left_out"),
        receiver_id=directory.actors(rows, "receiver"),
        activity_id=beside(rows, found),
        kind=rows["support_kind"],
    )
    return table("support", made.dropna(subset=["giver_id"]).reset_index(drop=True))


def _nominations(rows: pd.DataFrame, ids: Mapping[Any, Sequence[str | None]]) -> pd.DataFrame:
    ends = {"source_id": "nominator", "target_id": "nominee"}
    found = {end: beside(rows, ids.get(("nominations", column), [])) for end, column in ends.items()}
    return table("nominations", rows.assign(**found).dropna(subset=list(ends)).reset_index(drop=True))


def _issues(rows: pd.DataFrame, directory: Directory) -> dict[str, pd.DataFrame]:
    def rank(i: int) -> tuple[str, ...]:
        said = rows.iloc[i]
        return tuple(str(said[c] or "~") for c in ("raised", "issue", "issue_kind", "settled", "state"))

    rows = rows.iloc[sorted(range(len(rows)), key=rank)]
    rows.index = pd.Index(number_ids("I", len(rows), 3), dtype="str")
    parts = []
    for role, column in (("raiser", "raiser"), ("responsible", "responsible")):
        for i, name, place, _ in _cells(rows, column):
            actor = directory.actor(name, place)
            if actor is not None:
                parts.append((rows.index[i], actor, role, place.file, place.sheet, place.row))
    people = pd.DataFrame(parts, columns=["issue_id", "actor_id", "role", *PROVENANCE], dtype=object)
    issues = rows.rename(columns={"issue": "title", "issue_kind": "kind"})
    return {"issues": table("issues", issues), "issue_people": table("issue_people", people)}
