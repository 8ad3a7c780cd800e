"""Packs to give away: for a partner with codes instead of names, for anybody with groups instead of people.

The order is the point: names are taken out before anything is analysed, who is who is decided before any
code is given, and how many could still be recognised is said before anything is written.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import pandas as pd

from sanshe_net import export
from sanshe_net.build.assemble import build_network
from sanshe_net.build.contacts import Contacts, read_contacts
from sanshe_net.build.identity import kind_of_body
from sanshe_net.build.read import read_records
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import (
    DecisionNeeded,
    InputError,
    ManyProblems,
    Place,
    SettingsError,
    quote,
    render,
)
from sanshe_net.network import Network
from sanshe_net.pipeline import Profile, Result, community_title, is_simulated, page_subtitle, run_community
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.privacy.coded import Wording, bodies_kept, coded_records
from sanshe_net.privacy.consent import Sharing, sharing
from sanshe_net.privacy.groups import group_members, group_sizes, group_ties, head_counts_of
from sanshe_net.privacy.keys import Key, checked_scope, codes_for, read_key
from sanshe_net.privacy.private_files import check_owner_only, check_place, write_private
from sanshe_net.privacy.registry import (
    Doubt,
    Matched,
    Registry,
    Sighting,
    match_people,
    read_registry,
    write_registry,
)
from sanshe_net.privacy.suppress import SMALLEST
from sanshe_net.privacy.uniqueness import DE_IDENTIFIED, Uniqueness, uniqueness
from sanshe_net.records import Records
from sanshe_net.settings import Settings
from sanshe_net.viz.group_page import draw_group_page
from sanshe_net.viz.map import draw_map
from sanshe_net.vocabulary import Label, Lang

Tell = Callable[[Label], None]
SAME, NEW = frozenset({"同一人", "same"}), frozenset({"新人", "new"})
_QUESTION_COLUMNS: Final = (
    "问题", "姓名", "电话", "楼栋", "可能是", "登记的姓名", "登记的电话", "登记的楼栋", "决定",
)  # fmt: skip


@dataclass(frozen=True)
class Secrets:
    """Where the key and the registry are, and what may happen to them.

    Attributes
    ----------
    key, registry
        Their files; both private.
    new_registry
        Begin a registry: the first time.
    new_codes
        Accept another key than before: every code changes.
    """

    key: Path
    registry: Path
    new_registry: bool = False
    new_codes: bool = False


def share_with_partner(
    inputs: Sequence[Path],
    out: Path,
    secrets: Secrets,
    scope: str,
    *,
    settings: Settings | None = None,
    assumed_consent: str | None = None,
    titles: bool = False,
    lang: Lang = "zh",
    force: bool = False,
    tell: Tell = lambda said: None,
    on_step: Tell | None = None,
) -> Result:
    """Write a pack for one partner: everything a run makes, with codes instead of names.

    Parameters
    ----------
    scope
        Who gets it; another partner gets other codes.
    assumed_consent
        Why consent may be assumed, for records without that column.
    titles
        Keep titles of activities that hold no known name.
    tell
        Called, before anything is written, with what must be known: who was left out, how many could be
        recognised, which names of bodies stay.

    Raises
    ------
    SansheError
        When the key, the registry, the consent or the sheets do not allow it; nothing is written then.
    DecisionNeeded
        When somebody may be in the registry: the questions are in a private file beside it.
    """
    scope = checked_scope(scope)
    key = read_key(secrets.key, shared=[out])
    registry = _registry(secrets, key, out)

    def prepare(records: Records, chosen: Settings) -> tuple[Records, Settings, Profile]:
        allowed = sharing(records, assumed_consent)
        _check_size(allowed)
        contacts = read_contacts(inputs, records)
        matched = _decided(registry, _sightings(records, contacts), secrets.registry)
        write_registry(secrets.registry, replace(matched.registry, key=key.fingerprint))
        published = codes_for(key, scope, matched.registry.people)
        codes = {local: published[matched.ids[local]] for local in sorted(allowed.shared)}
        wording = _wording(records, contacts, titles)
        coded = coded_records(records, codes, key, scope, wording)
        measured = _measured(coded, chosen)
        notes = [_unique_note(measured), *_biased(allowed)]
        kept = bodies_kept(coded)
        for note in notes:
            tell(note)
        if kept:
            tell(render("N-BODIES-KEPT", {"count": len(kept), "allowed": "、".join(kept)}))
        mark = Label(
            f"{DE_IDENTIFIED.zh} · 仅供{scope}使用 · 请勿转发",
            f"{DE_IDENTIFIED.en} · for {scope} only · do not pass on",
        )
        manifest = {
            "level": "partner", "scope": scope, "key": key.fingerprint,
            "uniqueness": {"people": measured.people, "unique": measured.unique, "share": measured.share},
            **_left_out(allowed),
        }  # fmt: skip
        chosen = replace(chosen, title=wording.hidden(chosen.title))
        return coded, chosen, Profile(mark, tuple(notes), manifest, names=False)

    try:
        return run_community(
            inputs, out, settings=settings, lang=lang, force=force, on_step=on_step, prepare=prepare
        )
    except ManyProblems as problems:
        raise _unnamed(problems) from None


def share_with_anybody(
    inputs: Sequence[Path],
    out: Path,
    *,
    settings: Settings | None = None,
    assumed_consent: str | None = None,
    lang: Lang = "zh",
    force: bool = False,
    tell: Tell = lambda said: None,
) -> Path:
    """Write a pack for anybody: groups of at least five people and ties of at least five pairs; return its page.

    Parameters as in :func:`share_with_partner`.
    """
    settings = settings or Settings()
    export.check_output(out, force=force)
    try:
        everything = read_records(inputs)
    except ManyProblems as problems:
        raise _unnamed(problems) from None
    allowed = sharing(everything, assumed_consent)
    _check_size(allowed)
    wording = _wording(everything, read_contacts(inputs, everything), titles=False)
    counted = everything.activities.assign(head_count=everything.head_counts())
    gone = set(everything.people.index) - allowed.shared
    records = replace(everything, activities=counted).without(gone)
    ties = build_network(
        records, layers=("co_attendance", "council"), rule=TieRule.from_settings(settings)
    ).ties
    members = group_members(records, wording)
    sizes, joined = group_sizes(members), group_ties(members, ties[["source", "target"]])
    by_period = headline_indicators(records, every=settings.every).by_period
    tables = {
        "groups": (Label("五人以上的楼栋和组织", "buildings and bodies of five or more"), sizes),
        "group_ties": (Label("五对以上的联系", "ties of five or more pairs"), joined),
        **head_counts_of(records, by_period),
    }
    notes = [_groups_note(), *_biased(allowed, exact=False)]
    for note in notes:
        tell(note)
    mark = Label("分组数据 · 可公开", "groups only · may be published")
    under = page_subtitle(_by_month(records), mark, simulated=is_simulated(everything))
    title = community_title(replace(settings, title=wording.hidden(settings.title)))
    page = draw_map(
        _group_network(sizes, joined), title=title, subtitle=under, notes=notes, names="given",
        facts=sizes[["people"]].astype(float), lang=lang, seed=settings.seed,
    )  # fmt: skip
    with export.staged(out, force=force) as folder:
        export.write_text(folder / "map.html", page)
        export.write_text(folder / "report.html", draw_group_page(title, under, tables, notes, lang))
        for name, (_, table) in tables.items():
            export.write_csv(folder / f"{name}.csv", table)
        export.write_workbook(folder / "tables.xlsx", tables, lang)
        facts = {"level": "public", "smallest_group": SMALLEST, **_left_out(allowed, exact=False)}
        export.write_manifest(folder, facts)
    return out / "report.html"


# --- who is who


def _registry(secrets: Secrets, key: Key, out: Path) -> Registry:
    if secrets.new_registry and not secrets.registry.exists():
        check_place(secrets.registry, [out])
        return Registry()
    registry = read_registry(secrets.registry, shared=[out])
    if registry.key not in ("", key.fingerprint) and not secrets.new_codes:
        raise SettingsError("E-KEY-OTHER", known=registry.key, found=key.fingerprint)
    return registry


def _sightings(records: Records, contacts: Contacts) -> dict[str, Sighting]:
    return {
        str(person): Sighting(
            frozenset({name}),
            contacts.phones.get(str(person), frozenset()),
            frozenset() if pd.isna(building) else frozenset({building}),
        )
        for person, name, building in records.people[["name", "building"]].itertuples()
    }


def _decided(registry: Registry, seen: dict[str, Sighting], path: Path) -> Matched:
    """Return who everybody is, with the answers that stand beside the registry; ask what is left."""
    questions = path.with_name(f"{path.stem}.questions.csv")
    given = _read_answers(questions)
    asked: dict[str, Doubt] = {}
    answers: dict[tuple[Sighting, str], bool] = {}
    matched = match_people(registry, seen)
    # An answer can open another question (who is not this one may be that one): until nothing changes.
    while fresh := {_question(doubt): doubt for doubt in matched.doubts if _question(doubt) not in asked}:
        asked |= fresh
        told = {(one.sighting, one.person_id): given[name] for name, one in fresh.items() if name in given}
        answers |= told
        matched = match_people(registry, seen, answers)
    if matched.doubts:
        still = {_question(doubt) for doubt in matched.doubts}
        kept = {name: same for name, same in given.items() if name not in still}
        _write_questions(questions, asked, kept, registry)
        count = len({doubt.local_id for doubt in matched.doubts})
        raise DecisionNeeded("Q-REGISTRY-MATCH", count=count, path=questions)
    questions.unlink(missing_ok=True)
    return matched


def _question(doubt: Doubt) -> str:
    """Return a name for a question that holds as long as nothing else is known of the person."""
    held = doubt.sighting
    said = repr((doubt.person_id, sorted(held.names), sorted(held.phones), sorted(held.buildings)))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _write_questions(
    path: Path, asked: Mapping[str, Doubt], given: Mapping[str, bool], registry: Registry
) -> None:
    """Write every question, those already answered with their answer."""

    def told(held: Sighting) -> tuple[str, ...]:
        return tuple("、".join(sorted(part)) for part in (held.names, held.phones, held.buildings))

    said = {True: "同一人", False: "新人", None: ""}
    rows = [
        (
            name, *told(one.sighting), one.person_id, *told(registry.people[one.person_id]),
            said[given.get(name)],
        )
        for name, one in asked.items()
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=list(_QUESTION_COLUMNS))
    write_private(path, f"\ufeff{export.csv_text(table)}", replace=True)


def _read_answers(path: Path) -> dict[str, bool]:
    if not path.is_file():
        return {}
    check_owner_only(path)
    given: dict[str, bool] = {}
    text = path.read_bytes().decode("utf-8-sig", "replace")
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        said = (row.get("决定") or "").strip().casefold()
        if said and said not in SAME | NEW:
            raise InputError("E-REGISTRY-ANSWER", path=path, row=number, found=quote(said))
        if said:
            given[row.get("问题") or ""] = said in SAME
    return given


# --- what is said of a pack


def _check_size(allowed: Sharing) -> None:
    if len(allowed.shared) < SMALLEST:
        raise InputError("E-SHARE-EMPTY", least=SMALLEST)


def _wording(records: Records, contacts: Contacts, titles: bool) -> Wording:
    # Every person's name, however it looks; of the rest in columns of names, those that are no body's.
    others = {name for name in contacts.names if kind_of_body(name) is None}
    names = set(records.people["name"]) | (others - set(records.organisations["name"]))
    return Wording(frozenset(names), lambda name: kind_of_body(name) is not None, titles)


def _measured(coded: Records, settings: Settings) -> Uniqueness:
    ties = build_network(coded, rule=TieRule.from_settings(settings)).ties
    return uniqueness(zip(ties["source"], ties["target"], strict=True), list(coded.people.index))


def _unique_note(measured: Uniqueness) -> Label:
    return render(
        "W-UNIQUE",
        {"share": f"{measured.share:.0%}", "people": measured.people, "unique": measured.unique},
    )


def _biased(allowed: Sharing, *, exact: bool = True) -> list[Label]:
    count: object = allowed.left_out
    if not exact and allowed.left_out < SMALLEST:
        count = Label(f"少于 {SMALLEST}", f"Fewer than {SMALLEST}")
    return [render("W-SHARE-BIASED", {"count": count})] if allowed.left_out else []


def _left_out(allowed: Sharing, *, exact: bool = True) -> dict[str, object]:
    counts = {
        "consent_unknown": allowed.undecided, "internal_only": allowed.internal, "under_14": allowed.young,
    }  # fmt: skip
    few = f"<{SMALLEST}"
    shown = {name: count if exact or count >= SMALLEST else few for name, count in counts.items()}
    return {"left_out": shown, **({"consent_assumed": allowed.reason} if allowed.reason else {})}


def _unnamed(problems: ManyProblems) -> InputError | DecisionNeeded:
    """Return a refusal that quotes nothing from the sheets."""
    kind = DecisionNeeded if problems.exit_code == DecisionNeeded.exit_code else InputError
    return kind("E-SHARE-READ", Place(), count=len(problems.problems))


def _groups_note() -> Label:
    return Label(
        f"只显示 {SMALLEST} 人以上的组和 {SMALLEST} 对人以上的联系；联系数写“至少”；能从合计倒推的数字也已隐去。",
        f"Only groups of {SMALLEST} or more people and ties of {SMALLEST} or more pairs; numbers of pairs are "
        "lower bounds; numbers that totals would give back are hidden too.",
    )


def _by_month(records: Records) -> Records:
    months = records.activities["date"].dt.to_period("M").dt.to_timestamp()
    return replace(records, activities=records.activities.assign(date=months))


def _group_network(sizes: pd.DataFrame, joined: pd.DataFrame) -> Network:
    kinds = sizes["kind"].where(sizes["kind"] != "building", "resident")
    actors = pd.DataFrame({"label": sizes["label"], "kind": kinds}).rename_axis(index="actor_id")
    ties = pd.DataFrame({
        "source": joined["source"], "target": joined["target"], "layer": "co_attendance",
        "weight": joined["pairs"].astype(float), "first": pd.NaT, "last": pd.NaT, "evidence": joined["pairs"],
    })  # fmt: skip
    rule = Label(
        "两组之间的联系：至少五对不同的人共同参加过活动。",
        "A tie between two groups: at least five different pairs of people attended together.",
    )
    return Network(actors, ties, rule=rule)
