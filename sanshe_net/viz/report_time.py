"""The parts of the report about change: density over time, called ties, how firm an order is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sanshe_net.measures.window_table import COLUMNS
from sanshe_net.practice.over_time import DensityOverTime
from sanshe_net.practice.over_time_wording import CHANGES, change_of, missing, shown
from sanshe_net.viz.report_findings import Findings, Section
from sanshe_net.viz.report_wording import Wording, number, period_name
from sanshe_net.viz.time_chart import density_chart, density_swatch, per_cent

RAW: Final = "density_roster"
"""The raw density of the same people as the rarefied one: of the roster, under the size rule."""
WHICH: Final = 4
"""At most so many pairs of periods are named in a sentence."""
NAMES: Final = 15
"""At most so many people are named as tied."""
_COLUMNS: Final = ("tie_activities", "heads_mean", "coverage", RAW, "density_active", "density_active_all")
_BEHIND: Final = ("null_ratio", "null_z", "ties_jaccard")
_CALENDAR: Final = re.compile(r"\d{4}(-\d{2}|Q\d|H\d)?")


def over_time(findings: Findings, say: Wording) -> Section | None:
    """Return how density developed: what the tests say, the chart, the table, every sentence behind it."""
    found = findings.over_time
    if found is None or not found.windows:
        return None
    at = found.table["rarefied_at"].dropna()
    common = number(at.iloc[0]) if len(at) else ""
    drawn = len(found.table) > 1 and found.table[["rarefied", RAW]].notna().any(axis=None)
    columns = [*_COLUMNS, *_BEHIND]
    return {
        "verdicts": _verdicts(found, say),
        "lead": say("time_lead", m=common) if common else say("time_lead_none"),
        "chart": _chart(found, say) if drawn else "",
        "marks": _marks(found, common, say),
        "reasons": [reason.text(say.lang) for reason in missing(found)],
        "heads": [say("time_people"), say("time_equal"), *(_head(column, say) for column in columns)],
        "rows": [_row(str(label), row, columns, say) for label, row in found.table.iterrows()],
        "sentences": found.explain(say.lang),
    }


def called(findings: Findings, say: Wording) -> Section | None:
    """Return which pairs came together too often for chance, or that the records cannot tell."""
    regulars = findings.regulars
    if regulars is None:
        return None
    sentences = regulars.explain(say.lang)
    if regulars.residents is None:
        because = regulars.because.text(say.lang) if regulars.because else ""
        return {"lead": say("called_cannot", reason=because), "sentences": [], "where": ""}
    linked, count = number(regulars.residents.linked), len(regulars.residents.ties)
    if not count:
        return {"lead": say("called_lead_none", linked=linked), "sentences": sentences, "where": ""}
    lead = say("called_lead", linked=linked, called=number(count))
    return {"lead": lead, "sentences": sentences, "where": say("called_where")}


def firmness(findings: Findings, say: Wording) -> Section | None:
    """Return who cannot be told apart by attendance, and what missing sheets would change."""
    standing = findings.standing
    if standing is None or standing.because is not None or not standing.first:
        return None
    labels = findings.records.people["name"]
    people = [str(labels.get(person, person)) for person in standing.first]
    opening = say("firm_tied", n=len(people)) if len(people) > 1 else say("firm_first")
    more = say("firm_more") if len(people) > NAMES else ""
    sentences = [sentence.text(say.lang) for sentence in standing.sentences()]
    return {"opening": opening, "people": say.listed(people[:NAMES]), "more": more, "sentences": sentences}


def methods(findings: Findings, say: Wording) -> list[str]:
    """Return the methods of called ties and of time, from what was done."""
    said = []
    if findings.regulars is not None and findings.regulars.residents is not None:
        said += [findings.regulars.residents.wording.text(say.lang), say("called_size")]
    if findings.over_time is not None and findings.over_time.windows:
        said.append(findings.over_time.methods(say.lang))
    return said


def _verdicts(found: DensityOverTime, say: Wording) -> list[str]:
    """Return how many comparisons found what, neighbours and a year apart."""
    order = list(dict.fromkeys(label for test in found.tests for label in (test.first, test.second)))
    order.sort(key=[window.label for window in found.windows].index)
    place = {label: position for position, label in enumerate(order)}
    groups: dict[str, dict[str, list[str]]] = {"time_neighbours": {}, "time_year": {}}
    for test, corrected in zip(found.tests, found.corrected, strict=True):
        near = place[test.second] - place[test.first] == 1
        held = groups["time_neighbours" if near else "time_year"]
        held.setdefault(change_of(test, corrected), []).append(f"{test.first} → {test.second}")
    found_of = {key: held for key, held in groups.items() if held}
    return [
        say(key, n=sum(map(len, held.values())), found=_counted(held, say)) for key, held in found_of.items()
    ]


def _counted(held: Mapping[str, list[str]], say: Wording) -> str:
    """Return how many pairs of periods changed in which way; those that did are named."""
    said = []
    for change in CHANGES:
        which, words = held.get(change, []), say(f"time_{change}")
        if which and change in ("denser", "sparser") and len(which) <= WHICH:
            said.append(say("time_part_which", said=words, n=len(which), which=say.listed(which)))
        elif which:
            said.append(say("time_part", said=words, n=len(which)))
    return say.listed(said)


def _chart(found: DensityOverTime, say: Wording) -> Any:
    values = found.table["rarefied"].dropna()
    if values.empty:
        values = found.table[RAW].dropna()
    names = [_period(str(label), say) for label in found.table.index]
    ends = {"low": per_cent(values.min()), "high": per_cent(values.max())}
    description = say("time_chart_text", first=names[0], last=names[-1], n=len(names), **ends)
    return density_chart(
        found.table, title=say("time_chart"), description=description, raw=RAW, nothing=say("time_nothing")
    )


def _marks(found: DensityOverTime, common: str, say: Wording) -> list[tuple[Any, str]]:
    keys = [(density_swatch("equal"), say("key_equal", m=common))] if common else []
    keys.append((density_swatch("raw"), say("key_raw")))
    if not found.table["complete"].all():
        keys.append((density_swatch("partial"), say("key_time_partial")))
    return keys


def _row(label: str, row: Any, columns: Iterable[str], say: Wording) -> Section:
    people = " / ".join(shown(column, row[column], say.lang) for column in ("active", "roster"))
    equal = "—"
    if row["rarefied"] == row["rarefied"]:
        ends = {end: per_cent(row[f"rarefied_{end}"]) for end in ("low", "high")}
        equal = say("time_interval", value=per_cent(row["rarefied"]), **ends)
    cells = [_cell(column, row[column], say) for column in columns]
    return {"name": _period(label, say), "complete": row["complete"], "cells": [people, equal, *cells]}


def _cell(column: str, value: float, say: Wording) -> str:
    if column.startswith("density") and value == value:
        return per_cent(value)
    if column in ("heads_mean", "null_z") and value == value:
        return f"{value:.1f}"
    return shown(column, value, say.lang)


def _head(column: str, say: Wording) -> str:
    return COLUMNS[column].text(say.lang)


def _period(label: str, say: Wording) -> str:
    return period_name(label, say.lang) if _CALENDAR.fullmatch(label) else label
