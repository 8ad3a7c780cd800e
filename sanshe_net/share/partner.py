"""A pack for one partner: everything a run makes, with codes instead of names.

The order is the point: names are taken out before anything is analysed, who is who is decided before any
code is given, and how many could still be recognised is said before anything is written.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import Reader, Reading, read_inputs
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import ManyProblems, render
from sanshe_net.pipeline import Profile, Result, run_community
from sanshe_net.privacy.coded import bodies_kept, coded_records
from sanshe_net.privacy.consent import sharing
from sanshe_net.privacy.keys import checked_scope, codes_for, read_key
from sanshe_net.privacy.registry import write_registry
from sanshe_net.privacy.uniqueness import DE_IDENTIFIED, Uniqueness, uniqueness
from sanshe_net.records import Records
from sanshe_net.settings import Settings
from sanshe_net.share.known_people import (
    Secrets,
    decided,
    known_registry,
    sightings,
    withdrawals_beside,
)
from sanshe_net.share.statements import biased, check_size, left_out, set_aside, unnamed, wording_of
from sanshe_net.vocabulary import Label, Lang

Tell = Callable[[Label], None]


def share_with_partner(
    inputs: Sequence[Path],
    out: Path,
    secrets: Secrets,
    scope: str,
    *,
    settings: Settings | None = None,
    assumed_consent: str | None = None,
    titles: bool = False,
    read: Reader = read_inputs,
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
    read
        Reads ``inputs``: :func:`sanshe_net.build.read.read_inputs`, or a partial of it with options.
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
    registry = known_registry(secrets, key, out)
    inputs = [*inputs, *withdrawals_beside(secrets.registry, inputs)]

    def prepare(reading: Reading, chosen: Settings) -> tuple[Records, Settings, Profile]:
        records = reading.records
        allowed = sharing(records, assumed_consent)
        check_size(allowed)
        matched = decided(registry, sightings(reading), secrets.registry)
        write_registry(secrets.registry, replace(matched.registry, key=key.fingerprint))
        published = codes_for(key, scope, matched.registry.people)
        codes = {local: published[matched.ids[local]] for local in sorted(allowed.shared)}
        wording = wording_of(records, reading.names, titles)
        coded = coded_records(records, codes, key, scope, wording)
        measured = _measured(coded, chosen)
        notes = [_unique_note(measured), *biased(allowed)]
        kept = bodies_kept(coded)
        for note in (*notes, *set_aside(records)):
            tell(note)
        if kept:
            tell(render("N-BODIES-KEPT", {"count": len(kept), "allowed": "、".join(kept)}))
        manifest = {
            "level": "partner", "scope": scope, "key": key.fingerprint,
            "uniqueness": {"people": measured.people, "unique": measured.unique, "share": measured.share},
            **left_out(allowed),
        }  # fmt: skip
        # Phases are days, and their names were typed: neither goes to anybody else.
        chosen = replace(chosen, title=wording.hidden(chosen.title), phases=())
        return coded, chosen, Profile(_mark(scope), tuple(notes), manifest, names=False)

    try:
        return run_community(
            inputs,
            out,
            settings=settings,
            read=read,
            lang=lang,
            force=force,
            on_step=on_step,
            prepare=prepare,
        )
    except ManyProblems as problems:
        raise unnamed(problems) from None


def _mark(scope: str) -> Label:
    return Label(
        f"{DE_IDENTIFIED.zh} · 仅供{scope}使用 · 请勿转发",
        f"{DE_IDENTIFIED.en} · for {scope} only · do not pass on",
    )


def _measured(coded: Records, settings: Settings) -> Uniqueness:
    ties = build_network(coded, rule=TieRule.from_settings(settings)).ties
    return uniqueness(zip(ties["source"], ties["target"], strict=True), list(coded.people.index))


def _unique_note(measured: Uniqueness) -> Label:
    return render(
        "W-UNIQUE",
        {"share": f"{measured.share:.0%}", "people": measured.people, "unique": measured.unique},
    )
