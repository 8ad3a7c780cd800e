"""Records + a rule -> Network."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pandas as pd

from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.build.tie_rules import STATED_WORDING, TieRule, direct_ties, ties_of_attendance
from sanshe_net.errors import MeasureError, SettingsError
from sanshe_net.network import Network
from sanshe_net.privacy import children, shown_names
from sanshe_net.records import Every, Records
from sanshe_net.vocabulary import DIRECTED_LAYERS, LAYERS, Label, Lang

BETWEEN_PEOPLE: Final = frozenset({"co_attendance", "council", "nomination"})
FROM_SIGN_INS: Final = ("co_attendance", "council")
RECORD_LAYERS = tuple(layer for layer in LAYERS if layer != "tie")


def build_network(
    records: Records,
    *,
    layers: str | Collection[str] | None = None,
    rule: TieRule | None = None,
    lang: Lang = "zh",
) -> Network:
    """Return the network of the records.

    Parameters
    ----------
    layers
        Some of ``co_attendance``, ``council`` (both from sign-ins, the second from council meetings),
        ``membership``, ``hosting``, ``support``, ``nomination``, ``governance``; all by default.
    rule
        How sign-ins become ties; Newman weights and the size rule by default.
    lang
        The language of the labels of children, who are shown by a number.

    Returns
    -------
    Network of everybody who could have such ties, with or without them: people, and bodies unless only
    layers between people are asked for. Directed only when all asked layers are (support, nomination,
    governance).

    Raises
    ------
    MeasureError
        For a layer that does not exist.
    """
    wanted = [layers] if isinstance(layers, str) else list(layers or RECORD_LAYERS)
    unknown = sorted(set(wanted) - set(RECORD_LAYERS))
    if unknown:
        raise MeasureError("E-LAYER", found=", ".join(unknown), allowed=", ".join(RECORD_LAYERS))
    rule = (rule or TieRule()).counted_back_from(records.activities["date"])
    actors = _actors(records, lang, bodies_too=not set(wanted) <= BETWEEN_PEOPLE)
    parts = {layer: direct_ties(records, layer) for layer in wanted if layer not in FROM_SIGN_INS}
    parts |= _met(records, rule, [layer for layer in FROM_SIGN_INS if layer in wanted])
    ordered = [parts[layer] for layer in RECORD_LAYERS if layer in parts]
    ties = pd.concat([part for part in ordered if len(part)] or ordered[:1], ignore_index=True)
    ties = ties[ties["source"].isin(actors.index) & ties["target"].isin(actors.index)]
    ties = ties.sort_values(["layer", "source", "target"], ignore_index=True)
    return Network(actors, ties, directed=set(wanted) <= DIRECTED_LAYERS, rule=_wording(rule, wanted))


def networks_by_period(
    records: Records, every: Every = "quarter", *, rule: TieRule | None = None
) -> dict[str, Network]:
    """Return one network per calendar period, by its label (``2024Q1``), in order.

    Every period has the same actors, so that one without ties is there and known to have none.
    """
    periods = records.periods(every)
    return {
        period.label: build_network(records.between(period.start, period.end), rule=rule)
        for period in periods
    }


def records_of_period(records: Records, label: str, every: Every = "quarter") -> Records:
    """Return the records of the period called ``label``.

    Raises
    ------
    SettingsError
        When the records have no such period.
    """
    periods = {period.label: period for period in records.periods(every)}
    if label not in periods:
        raise SettingsError("E-PERIOD", found=label, allowed=", ".join(periods) or "-")
    return records.between(periods[label].start, periods[label].end)


def main_group(records: Records) -> pd.Series[str]:
    """Return the group each person belongs to, for laying out a map; index ``person_id``.

    The group of most recent membership; people without one are left out.
    """
    members = records.memberships.sort_values(["person_id", "start", "org_id"], na_position="first")
    org = members.groupby("person_id")["org_id"].last()
    return org.map(records.organisations["name"]).rename("group")


def _wording(rule: TieRule, layers: Collection[str]) -> Label:
    """Return in words how the ties of ``layers`` were made."""
    met = [rule.wording] if set(FROM_SIGN_INS) & set(layers) else []
    told = [STATED_WORDING] if set(layers) - set(FROM_SIGN_INS) else []
    return Label("".join(part.zh for part in met + told), " ".join(part.en for part in met + told))


def _met(records: Records, rule: TieRule, layers: Collection[str]) -> dict[str, pd.DataFrame]:
    """Return the ties of the layers that come from sign-ins; who came at all is seen over all of them."""
    if not layers:
        return {}
    attendance = attendance_of(records)
    council = (attendance.activities["kind"] == "council").to_numpy()
    among = {"council": council, "co_attendance": ~council}
    return {layer: ties_of_attendance(attendance, rule, layer, among[layer]) for layer in layers}


def _actors(records: Records, lang: Lang, *, bodies_too: bool) -> pd.DataFrame:
    people = records.people[["kind", "building", "hukou", "sex", "age"]]
    people.insert(0, "label", shown_names(records, lang))
    if "age_band" in records.people:  # records made for sharing say no age
        people["age"] = records.people["age_band"]
    people["group"] = main_group(records).reindex(people.index)
    # Children are in the network, but nothing may single one out.
    young = sorted(children(records))
    people.loc[young, ["building", "hukou", "sex", "age", "group"]] = None
    if bodies_too:
        bodies = records.organisations[["name", "kind"]].rename(columns={"name": "label"})
        people = pd.concat([people, bodies])
    return people.sort_index().rename_axis(index="actor_id")
