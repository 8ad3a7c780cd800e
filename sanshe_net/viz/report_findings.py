"""What was found, and the three to five sentences that say the most of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from sanshe_net.attendance.size_rule_effect import SizeRuleEffect
from sanshe_net.network import Network
from sanshe_net.practice.indicators import Indicators
from sanshe_net.practice.leaders import Leaders
from sanshe_net.practice.over_time import DensityOverTime
from sanshe_net.practice.regulars import Regulars
from sanshe_net.practice.standing import Standing
from sanshe_net.practice.who_is_who import Sensitivity
from sanshe_net.records import Records
from sanshe_net.viz.report_wording import Wording, number, percent, period_name
from sanshe_net.vocabulary import ORGANISING_ROLES, Label, label

Section = dict[str, Any]
"""What one section gives to the template."""


@dataclass(frozen=True)
class Findings:
    """All that a report is drawn from.

    Attributes
    ----------
    title
        Name of the community; may be empty.
    period
        First and last day looked at, ``None`` where not known.
    indicators, leaders, network, records
        As the functions of ``practice`` and ``build`` return them.
    figures
        :func:`~sanshe_net.viz.figures.network_figures` of ``network``.
    simulated
        Whether the records are made up; the page says so on top.
    sensitivity
        The shortlist with none and with all suggested pairs joined, where that was worked out.
    mark
        Who the page is for, on top and below every sheet; ``None`` for internal use.
    notes
        More sentences on how it was made.
    sizes
        Ties from attending together with the size rule and without it.
    regulars, over_time, standing
        Called ties, density over time, and how firm the order by attendance is, where worked out.
    """

    title: str
    period: tuple[pd.Timestamp | None, pd.Timestamp | None]
    indicators: Indicators
    leaders: Leaders
    network: Network
    figures: pd.DataFrame
    records: Records
    simulated: bool
    sensitivity: Sensitivity | None = None
    mark: Label | None = None
    notes: tuple[Label, ...] = ()
    sizes: SizeRuleEffect | None = None
    regulars: Regulars | None = None
    over_time: DensityOverTime | None = None
    standing: Standing | None = None


def main_findings(findings: Findings, say: Wording) -> list[Section]:
    """Return the sentences the data support: a figure to see, the sentence, and its condition."""
    found = [
        _coverage_finding(findings, say),
        _candidates_finding(findings.leaders, say),
        _organising_finding(findings.records, say),
        _reach_finding(findings.figures, say),
        _initiated_finding(findings, say),
    ]
    return [dict(zip(("figure", "sentence", "condition"), one, strict=True)) for one in found if one]


Finding = tuple[str, str, str]


def _coverage_finding(findings: Findings, say: Wording) -> Finding:
    heads, named = findings.records.head_counts().sum(), findings.records.named_sign_ins().sum()
    if not heads:
        return "0", say("find_no_sign_ins"), say("find_no_sign_ins_if")
    sentence = say("find_coverage", heads=number(heads), named=number(named))
    return percent(named / heads), sentence, say("find_coverage_if")


def _candidates_finding(leaders: Leaders, say: Wording) -> Finding:
    listed = len(leaders.shortlist)
    if not listed:
        return "0", say("find_none"), " ".join(leaders.explain(say.lang)[1:])
    facts = {"ranked": number(leaders.ranked), "top_k": leaders.top_k}
    if leaders.ranked <= leaders.top_k:
        return "—", say("find_few", **facts), say("find_few_if")
    ranks = leaders.ranks[leaders.ranks["estimate"] > 0]
    drawn = ranks.dropna(subset=["rank_low", "rank_high"])
    lines = list(dict.fromkeys(drawn["evidence"]))
    if not lines:
        return "—", say("find_no_interval", listed=listed), say("find_no_interval_if", **facts)
    needed = min(2, len(lines))
    within = drawn[drawn["rank_high"] <= leaders.top_k].groupby("person_id").size()
    steady = set(within.index[within >= needed])
    reaching = set(drawn.loc[drawn["rank_high"] > leaders.top_k, "person_id"]) - steady
    line = label(lines[0], say.lang)
    found = {"listed": listed, "steady": len(steady), "top_k": leaders.top_k}
    sentence = say("find_steady" if needed > 1 else "find_steady_one", lines=needed, line=line, **found)
    conditions = [say("find_steady_if", draws=number(leaders.draws), **facts)]
    if ranks["evidence"].eq("activities_attended").all():
        conditions.insert(0, say("find_attendance_if"))
    elif needed == 1:
        conditions.append(say("find_one_line_if"))
    if reaching:
        conditions.append(say("find_reaching_if", n=len(reaching), top_k=leaders.top_k))
    if rest := listed - len(steady) - len(reaching):
        conditions.append(say("find_fewer_if", n=rest, lines=needed))
    return f"{len(steady)} / {listed}", sentence, ("" if say.lang == "zh" else " ").join(conditions)


def _organising_finding(records: Records, say: Wording) -> Finding | None:
    rows = records.attendance
    residents = records.people.index[records.people["kind"] == "resident"]
    carried = rows["role"].isin(list(ORGANISING_ROLES)) & rows["present"].fillna(False).astype(bool)
    rows = rows[carried & rows["person_id"].isin(residents)]
    held = rows.groupby("person_id")["activity_id"].nunique().sort_index()
    if len(held) <= 3:  # three of three say nothing about concentration
        return None
    first = held.sort_values(ascending=False, kind="stable").index[:3]
    top, whole = (
        rows.loc[rows["person_id"].isin(first), "activity_id"].nunique(),
        rows["activity_id"].nunique(),
    )
    sentence = say("find_organising", carried=number(whole), top=number(top))
    return percent(top / whole), sentence, say("find_organising_if", people=number(len(held)))


def _reach_finding(figures: pd.DataFrame, say: Wording) -> Finding | None:
    values = figures[figures["network"] == "residents"].set_index("measure")["value"]
    if values.empty or not values["ties"]:
        return None
    share, actors = values["largest_component_share"], values["actors"]
    sentence = say("find_reach", actors=number(actors), reached=number(round(share * actors)))
    return percent(share), sentence, say("find_reach_if")


def _initiated_finding(findings: Findings, say: Wording) -> Finding | None:
    periods, activities = findings.indicators.by_period, findings.records.activities
    whole = periods[periods["complete"].astype(bool)]
    if len(whole) < 2:
        return None
    facts: dict[str, str] = {}
    shares = []
    for end, period in (("first", whole.iloc[0]), ("last", whole.iloc[-1])):
        held = activities["date"].between(period["start"], period["end"])
        known = activities.loc[held, "initiator_kind"].dropna()
        if known.empty:
            return None
        mine = int(known.isin(["resident", "organisation"]).sum())
        facts |= {
            end: period_name(period["period"], say.lang),
            f"{end}_part": number(mine),
            f"{end}_all": number(len(known)),
        }
        shares.append(percent(mine / len(known)))
    return " → ".join(shares), say("find_initiated", **facts), say("find_initiated_if")
