"""The people part of the report: the shortlist with its evidence, and whom it is made up of."""

from __future__ import annotations

import re
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.errors import Place
from sanshe_net.practice.leaders import Leaders
from sanshe_net.privacy import children
from sanshe_net.viz import charts
from sanshe_net.viz.report_findings import Findings, Section
from sanshe_net.viz.report_wording import (
    AGE_BANDS,
    EVIDENCE_UNITS,
    SEXES,
    TRAITS,
    Wording,
    number,
    percent,
)
from sanshe_net.vocabulary import HUKOU, Label, label

SMALL_CELL: Final = 5
"""Groups of fewer residents are not shown."""
LATEST: Final = 5
"""How many dated facts an evidence card quotes."""
MOST_GROUPS: Final = 9
"""A make-up with more groups than this and one shows so many, the largest, and the rest together."""


def shortlist(findings: Findings, say: Wording) -> Section:
    """Return the shortlist: one row and one evidence card per candidate, and how it was made."""
    leaders = findings.leaders
    terms = [term for term in EVIDENCE_UNITS if leaders.ranks["evidence"].eq(term).any()]
    ranks = dict(leaders.ranks.set_index(["person_id", "evidence"]).iterrows())
    twice = findings.records.people["name"].duplicated(keep=False)
    people = []
    for place, (person, row) in enumerate(leaders.shortlist.iterrows(), 1):
        building = findings.records.people["building"].get(person) if twice.get(person, False) else None
        people.append({
            "anchor": f"card-{place}",
            "name": cell_text(row["label"]),
            "where": cell_text(building),
            "lines": say("lines_of", lines=int(row["lines"]), of=len(terms)),
            "summary": say("card_lines", lines=int(row["lines"]), of=len(terms), top_k=leaders.top_k),
            "cells": [_standing(term, ranks[person, term], leaders, say) for term in terms],
            "facts": _facts(leaders.evidence[leaders.evidence["person_id"] == person], say),
        })  # fmt: skip
    last = max(2, min(3 * leaders.top_k, leaders.ranked))
    return {
        "terms": [label(term, say.lang) for term in terms],
        "people": people,
        "top_k": leaders.top_k,
        "sentences": leaders.explain(say.lang),
        "key": say("strip_key", top_k=leaders.top_k, last=last),
        "make_up": make_up(findings, say),
        "if_joined": _if_joined(findings, say),
    }


def _if_joined(findings: Findings, say: Wording) -> Section | None:
    """Return who is on the shortlist only with none, or only with all, of the suggested pairs joined."""
    doubt = findings.sensitivity
    if doubt is None:
        return None
    yes, no = say("listed"), "–"
    rows = [
        (cell_text(row["label"]), *(yes if row[end] else no for end in ("none_merged", "all_merged")))
        for _, row in doubt.table[doubt.table["none_merged"] != doubt.table["all_merged"]].iterrows()
    ]
    unresolved = say("if_joined_unresolved", n=number(doubt.unresolved)) if doubt.unresolved else ""
    return {"sentence": doubt.explain(say.lang), "unresolved": unresolved, "rows": rows}


def _standing(term: str, row: pd.Series[Any], leaders: Leaders, say: Wording) -> Section:
    """Return one line of evidence of one person; nothing counted has no rank worth printing."""
    count, low, high = row["estimate"], row["rank_low"], row["rank_high"]
    cell = {
        "term": label(term, say.lang), "count": number(count), "unit": EVIDENCE_UNITS[term].text(say.lang),
        "rank": "", "place": "", "places": "", "range": "", "share": "", "strip": "", "strong": False,
    }  # fmt: skip
    if not count > 0:
        return cell
    place = {"low": int(row["rank"])}
    cell |= {
        "rank": say("rank_tied" if row["tied"] > 0 else "rank", **place),
        "place": say("tied", **place) if row["tied"] > 0 else str(place["low"]),
        "strip": charts.rank_strip(row["rank"], low, high, top_k=leaders.top_k, ranked=leaders.ranked),
        "strong": row["rank"] <= leaders.top_k,
    }
    if not pd.isna(low):
        ends = {"low": int(low), "high": int(high)}
        cell |= {
            "rank": say("rank", **ends) if low == high else say("rank_interval", **ends),
            "places": f"{ends['low']}–{ends['high']}",
            "range": f"{number(row['low'])}–{number(row['high'])}",
            "share": percent(row["share_in_top_k"]),
        }
    return cell


def _facts(evidence: pd.DataFrame, say: Wording) -> Section:
    """Return the latest rows that hold evidence; attending is quoted only for people with nothing else."""
    dated = evidence.dropna(subset=["date"])
    other = dated[dated["evidence"] != "activities_attended"]
    chosen = (dated if other.empty else other).sort_values(
        ["date", "file", "sheet", "row"], ascending=[False, True, True, True], kind="stable"
    )
    rows: dict[tuple[str, str, int], Section] = {}
    for fact in chosen.to_dict("records"):
        # One row of a sheet can be evidence of several things at once.
        at = (cell_text(fact["file"]), cell_text(fact["sheet"]), int(fact["row"]))
        if at not in rows and len(rows) == LATEST:
            break
        row = rows.setdefault(at, {"date": f"{fact['date']:%Y-%m-%d}", "lines": {}, "whats": {}})
        row["lines"][label(fact["evidence"], say.lang)] = row["whats"][cell_text(fact["what"])] = None
    for at, row in rows.items():
        row["line"], row["what"] = (say.listed(filter(None, row.pop(key))) for key in ("lines", "whats"))
        row["source"] = Place(*at).text(say.lang)
    if not rows:
        return {"title": say("latest_none"), "rows": []}
    attended = label("activities_attended", say.lang)
    key = "latest" if other.empty else "latest_other"
    return {"title": say(key, n=len(rows), attended=attended), "rows": list(rows.values())}


def cell_text(value: object) -> str:
    """Return a value of a table as text, nothing where it is missing."""
    return "" if value is None or pd.isna(value) else str(value)  # type: ignore[call-overload]


# --- make-up of the shortlist


def _compared(findings: Findings) -> pd.DataFrame:
    people = findings.records.people
    young = people.index.isin(children(findings.records))
    return people[(people["kind"] == "resident") & ~young]


def known_traits(findings: Findings) -> list[str]:
    """Return the traits of residents that the records know for anybody."""
    people = _compared(findings)
    return [trait for trait in TRAITS if people[trait].notna().any()]


def make_up(findings: Findings, say: Wording) -> Section | None:
    """Return the make-up of the shortlist beside that of all residents compared; nothing without traits."""
    people, listed = _compared(findings), findings.leaders.shortlist.index
    traits = known_traits(findings)
    if listed.empty or not traits:
        return None
    blocks = []
    for trait in traits:
        groups = _grouped(people[trait], trait, say)
        counts = pd.DataFrame({"whole": groups.value_counts(sort=False)})
        counts["part"] = groups[groups.index.isin(listed)].value_counts(sort=False)
        counts["hidden"] = _hidden(counts["whole"])
        rows = [_share_row(str(name), row, len(listed), len(people), say) for name, row in counts.iterrows()]
        blocks.append({"title": TRAITS[trait].text(say.lang), "rows": rows})
    facts = {"listed": len(listed), "ranked": number(len(people)), "smallest": SMALL_CELL}
    return {"lead": say("makeup_lead", **facts), "blocks": blocks}


def _grouped(values: pd.Series[Any], trait: str, say: Wording) -> pd.Series[Any]:
    """Return the group of each person as an ordered category in words, those not known last."""
    if trait == "age":
        order = [name.text(say.lang) for name in AGE_BANDS.values()]
        worded = pd.cut(values, [-np.inf, *AGE_BANDS], right=False, labels=order).astype(object)
    else:
        words: dict[str, Label] = {**HUKOU, **SEXES} if trait != "building" else {}
        held = values.dropna().astype(str)
        largest = held.value_counts()
        kept = largest.index[:MOST_GROUPS] if len(largest) > MOST_GROUPS + 1 else largest.index
        names = {value: words[value].text(say.lang) if value in words else value for value in kept}
        order = [names[value] for value in sorted(names, key=_natural)]
        worded = values.astype(object).map(
            lambda value: names.get(value, say("unknown_kind")), na_action="ignore"
        )
        order += [say("unknown_kind")] if len(kept) < len(largest) else []
    worded = worded.where(worded.notna(), say("not_stated"))
    order = [name for name in dict.fromkeys([*order, say("not_stated")]) if worded.eq(name).any()]
    return pd.Series(pd.Categorical(worded, categories=order, ordered=True), index=values.index)


def _natural(text: str) -> list[tuple[int, int | str]]:
    """Sort 2栋 before 10栋."""
    return [(0, int(part)) if part.isdigit() else (1, part) for part in re.split(r"([0-9]+)", text)]


def _hidden(whole: pd.Series[int]) -> pd.Series[bool]:
    """Return which groups are too small to show, with one more where a single one could be worked out."""
    hidden = whole < SMALL_CELL
    if hidden.sum() == 1 and (~hidden).any():
        hidden |= hidden.index == whole[~hidden].idxmin()
    return hidden


def _share_row(name: str, row: pd.Series[Any], listed: int, compared: int, say: Wording) -> Section:
    shown = {"name": name, "typed": name not in _own_words(say)}
    if row["hidden"]:
        return {**shown, "part": say("hidden"), "whole": "", "bars": ""}
    part, whole = int(row["part"]), int(row["whole"])
    bars = charts.share_bars(part / listed, whole / compared)
    return {**shown, "part": f"{part} / {listed}", "whole": percent(whole / compared), "bars": bars}


def _own_words(say: Wording) -> set[str]:
    """Return the names of groups that are ours; any other was typed into a sheet."""
    ours = (*HUKOU.values(), *SEXES.values(), *AGE_BANDS.values())
    return {*(name.text(say.lang) for name in ours), say("unknown_kind"), say("not_stated")}
