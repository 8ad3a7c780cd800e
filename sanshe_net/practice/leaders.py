"""Who could lead, and how sure are we? A shortlist of residents with their evidence, never one score.

Each line of evidence is counted by itself and can be traced to dated rows of the sheets. Where a line is a
sum over activities, resampling the activities says how far its ranking can be trusted. Social workers and
committee staff are not ranked: attending is their job. Children under 14 are never singled out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.measures.uncertainty import rank_intervals
from sanshe_net.practice.indicators import Gap, named_coverage
from sanshe_net.privacy import children, shown_names
from sanshe_net.records import Records
from sanshe_net.vocabulary import HEADING_ROLES, ORGANISING_ROLES, Label, Lang

EVIDENCE_COLUMNS: Final = ("person_id", "evidence", "date", "activity_id", "what", "file", "sheet", "row")
RANK_COLUMNS: Final = (
    "person_id", "evidence", "estimate", "low", "high", "rank", "tied", "rank_low", "rank_high", "share_in_top_k",
    "draws", "seed",
)  # fmt: skip
RESAMPLED: Final = ("activities_attended", "activities_organised", "council_meetings", "newcomers_brought")
"""Lines that are sums over activities: only for these is resampling activities a valid interval."""
MIN_ACTIVITIES: Final = 5
"""A line that rests on fewer activities gets no interval: redrawing one meeting proves nothing."""
LOW_COVERAGE: Final = 0.5


@dataclass(frozen=True)
class Leaders:
    """The shortlist and all it rests on.

    Attributes
    ----------
    shortlist
        One row per candidate, index ``person_id``: ``label``, ``lines`` (on how many lines of evidence the
        person is among the first ``top_k``) and one column per line with its count; NaN where the
        records cannot tell.
    ranks
        One row per candidate and line: count, rank among all residents, how many others share it
        (``tied``), and for lines that are sums over activities the 95 % intervals and the share of draws
        in the first ``top_k``.
    evidence
        One row per fact: who, which line, which day, what, and the file, sheet and row it stands in.
    counts
        The counts behind it, one row per resident (index ``person_id``), one column per line.
    ranked
        How many residents were compared.
    more
        How many further residents are on as many lines as the last one shown.
    coverage
        Share of all heads that have a name, 0 to 1.
    gaps
        Lines the records cannot tell, and the column that would.
    """

    shortlist: pd.DataFrame
    ranks: pd.DataFrame
    evidence: pd.DataFrame
    counts: pd.DataFrame
    ranked: int
    more: int
    coverage: float
    gaps: tuple[Gap, ...]
    top_k: int
    draws: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return how the shortlist was made and what it cannot say, one sentence each."""
        sentences = [_how(self)]
        if self.more:
            sentences.append(Label(
                f"另有 {self.more} 人的证据条数与名单末位相同，未列出。",
                f"{self.more} more residents have as many lines as the last one shown.",
            ))  # fmt: skip
        if self.coverage < LOW_COVERAGE:
            sentences.append(Label(
                f"只有 {self.coverage:.0%} 的人次有姓名：没有签名的人不会出现在名单里。",
                f"Only {self.coverage:.0%} of attendances have a name: people who did not sign cannot appear.",
            ))  # fmt: skip
        return [sentence.text(lang) for sentence in sentences]


def _how(leaders: Leaders) -> Label:
    return Label(
        f"在 {leaders.ranked} 位居民中比较；名单按“进入前 {leaders.top_k} 位的证据条数”排列，同数看最好的一条名次，没有总分。"
        f"名次区间来自对活动重复抽样 {leaders.draws} 次（种子 {leaders.seed}，95%）；"
        "社工、居委会工作人员和 14 岁以下儿童不参加比较。名单供推选参考，不是任命。",
        f"Compared among {leaders.ranked} residents; listed by the number of lines of evidence on which a person "
        f"is among the first {leaders.top_k}, equals by their best rank on any line; no total score. Rank intervals come from "
        f"resampling the activities {leaders.draws} times (seed {leaders.seed}, 95 %). Social workers, committee "
        "staff and children under 14 are not compared. A list to discuss, not an appointment.",
    )


@dataclass(frozen=True)
class _Line:
    """One line of evidence: where its facts come from and what it needs."""

    facts: Callable[[Records, TieRule, int], pd.DataFrame]
    possible: Callable[[Records, int], bool]
    needs: Label


def find_leaders(
    records: Records,
    *,
    top_k: int = 10,
    draws: int = 1000,
    newcomer_days: int = 90,
    rule: TieRule | None = None,
    seed: int = 1,
    lang: Lang = "zh",
) -> Leaders:
    """Return the residents with the most evidence of leading.

    Parameters
    ----------
    top_k
        A person is on a line of evidence when at most ``top_k - 1`` residents have a higher count.
    draws, seed
        Resampling of activities for rank intervals.
    newcomer_days
        First sign-ins within so many days of the first record are not newcomers: everybody is new then.
    rule
        The size rule; nobody is credited with the newcomers of a festival.
    lang
        The language in which the evidence names children, who are shown by a number.

    Returns
    -------
    Leaders. Candidates are those on the most lines, then with the best rank on any line; whoever equals the
    last of the first ``top_k`` is listed too, up to ``2 * top_k``. Attending alone puts nobody on the list
    unless it is all the records hold.
    """
    residents = _residents(records)
    rule = rule or TieRule()
    possible = {term: line for term, line in LINES.items() if line.possible(records, newcomer_days)}
    facts = pd.concat(
        [line.facts(records, rule, newcomer_days).assign(evidence=term) for term, line in possible.items()]
    )
    facts = facts[facts["person_id"].isin(residents)]
    counts = _counts(facts, residents, possible)
    ranks = pd.concat(
        [_ranked(records, facts, counts, term, top_k, draws, seed) for term in possible], ignore_index=True
    )
    standing, more = _choose(_standing(ranks, top_k), top_k)
    chosen = standing.index
    shortlist = counts.reindex(chosen).reindex(columns=list(LINES))
    shortlist.insert(0, "label", records.people["name"].reindex(chosen))
    shortlist.insert(1, "lines", standing["lines"])
    kept = _in_language(facts[facts["person_id"].isin(chosen)].reset_index(drop=True), records, lang)
    kept = kept.sort_values(["person_id", "evidence", "date", "what", "row"])
    return Leaders(
        shortlist=shortlist.rename_axis(index="person_id"),
        ranks=ranks[ranks["person_id"].isin(chosen)].reset_index(drop=True),
        evidence=kept[[*EVIDENCE_COLUMNS]].reset_index(drop=True),
        counts=counts,
        ranked=len(residents),
        more=more,
        coverage=named_coverage(records),
        gaps=tuple(Gap(term, line.needs) for term, line in LINES.items() if term not in possible),
        top_k=top_k,
        draws=draws,
        seed=seed,
    )


def _residents(records: Records) -> pd.Index[Any]:
    people = records.people
    young = children(records)
    return people.index[(people["kind"] == "resident") & ~people.index.isin(young)].sort_values()


def _counts(facts: pd.DataFrame, residents: pd.Index[Any], terms: dict[str, _Line]) -> pd.DataFrame:
    counted = facts.groupby(["person_id", "evidence"])["key"].nunique().unstack("evidence")
    return counted.reindex(index=residents, columns=list(terms)).fillna(0.0)


def _ranked(
    records: Records, facts: pd.DataFrame, counts: pd.DataFrame, term: str, top_k: int, draws: int, seed: int
) -> pd.DataFrame:
    if term in RESAMPLED:
        mine = facts[facts["evidence"] == term].drop_duplicates(["person_id", "key"])  # adds up to the count
        rows = counts.index.get_indexer(pd.Index(mine["person_id"]))
        columns = records.activities.index.get_indexer(pd.Index(mine["activity_id"]))
        shape = (len(counts), len(records.activities))
        matrix = sparse.csr_array((np.ones(len(mine)), (rows, columns)), shape=shape)
        table = rank_intervals(matrix, counts.index, top_k=top_k, draws=draws, seed=seed)
        if mine["activity_id"].nunique() < MIN_ACTIVITIES:
            table[["low", "high", "rank_low", "rank_high", "share_in_top_k"]] = np.nan
    else:  # what is written on a list is not a sample of activities: a rank, but no interval
        table = counts[[term]].rename(columns={term: "estimate"})
        table["rank"] = counts[term].rank(method="min", ascending=False)
    tied = table.groupby("rank")["rank"].transform("size") - 1
    made = table.assign(person_id=counts.index, evidence=term, tied=tied, draws=draws, seed=seed)
    return made.reindex(columns=list(RANK_COLUMNS))


def _standing(ranks: pd.DataFrame, top_k: int) -> pd.DataFrame:
    """Return per resident the ``lines`` they are among the first of, and their ``best`` rank on any."""
    strong = (ranks["estimate"] > 0) & (ranks["rank"] <= top_k)
    # Coming often is evidence of interest; alone it is no evidence of leading.
    other = ranks["evidence"] != "activities_attended"
    leading = strong & other if (other & (ranks["estimate"] > 0)).any() else strong
    held = ranks[strong & ranks["person_id"].isin(ranks.loc[leading, "person_id"])]
    by_person = held.groupby("person_id")["rank"]
    standing = pd.DataFrame({"lines": by_person.size(), "best": by_person.min()}).sort_index()
    return standing.sort_values(["lines", "best"], ascending=[False, True], kind="stable")


def _choose(standing: pd.DataFrame, top_k: int) -> tuple[pd.DataFrame, int]:
    """Return the first ``top_k`` and whoever equals the last of them, and how many equals did not fit."""
    if len(standing) <= top_k:
        return standing, 0
    last = standing.iloc[top_k - 1]
    equal = (standing["lines"] == last["lines"]) & (standing["best"] == last["best"])
    above = (standing["lines"] > last["lines"]) | (
        (standing["lines"] == last["lines"]) & (standing["best"] < last["best"])
    )
    wanted = standing[above | equal]
    return wanted.iloc[: 2 * top_k], max(0, len(wanted) - 2 * top_k)


def _sign_ins(records: Records) -> pd.DataFrame:
    """Return named sign-ins of people present, with the day and title of the activity."""
    rows = records.attendance
    rows = rows[rows["present"].fillna(False).astype(bool) & rows["person_id"].notna()]
    of = records.activities[["date", "title", "kind"]]
    return rows.join(of, on="activity_id").assign(key=rows["activity_id"]).rename(columns={"title": "what"})


def _attended(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    return _sign_ins(records)


def _organised(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    rows = _sign_ins(records)
    return rows[rows["role"].isin(list(ORGANISING_ROLES))]


def _offices(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    held = records.memberships[records.memberships["role"].isin(list(HEADING_ROLES))]
    held = held.rename(columns={"start": "date"})
    heads = records.organisations.dropna(subset=["leader_id"]).reset_index(names="org_id")
    heads = heads.rename(columns={"leader_id": "person_id", "founded": "date"})
    return _about_bodies(pd.concat([held, heads]), records)


def _groups(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    """Groups a person belongs to, and groups whose activities they came to at least twice."""
    members = records.memberships.rename(columns={"start": "date"})
    hosts = records.hosting[records.hosting["role"].isin(["host", "cohost"])][["activity_id", "org_id"]]
    visits = _sign_ins(records).merge(hosts.drop_duplicates(), on="activity_id")
    visits = visits.drop_duplicates(["person_id", "activity_id", "org_id"])
    often = visits.groupby(["person_id", "org_id"])["activity_id"].transform("size") >= 2
    rows = _about_bodies(pd.concat([members, visits[often]]), records)
    bodies = records.organisations.index[records.organisations["kind"] == "organisation"]
    return rows[rows["key"].isin(bodies)]


def _about_bodies(rows: pd.DataFrame, records: Records) -> pd.DataFrame:
    return rows.assign(key=rows["org_id"], what=rows["org_id"].map(records.organisations["name"]))


def _council(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    rows = _sign_ins(records)
    return rows[rows["kind"] == "council"]


def _raised(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    rows = records.issue_people[records.issue_people["role"] == "raiser"]
    rows = rows.join(records.issues[["title", "raised"]], on="issue_id")
    rows = rows.rename(columns={"actor_id": "person_id", "title": "what", "raised": "date"})
    return rows.assign(key=rows["issue_id"])


def _newcomers(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    """Residents whose first sign-in was brought by, or at a small activity organised by, the person."""
    rows = _sign_ins(records).sort_values(["date", "activity_id", "row"])
    rows = rows[rows["activity_id"] == rows.groupby("person_id")["activity_id"].transform("first")]
    rows = rows[rows["date"] > _first_day(records) + pd.Timedelta(days=newcomer_days)]
    rows = rows[records.people["kind"].reindex(rows["person_id"]).to_numpy() == "resident"]
    rows = rows.rename(columns={"person_id": "newcomer"})
    brought = rows.dropna(subset=["brought_by"]).drop_duplicates(["newcomer", "brought_by"])
    brought = brought.assign(person_id=brought["brought_by"])
    # Whoever named somebody, known to us or not, was not brought by the organiser.
    named = set(rows.loc[rows["introduced"].fillna(False).astype(bool), "newcomer"])
    small = rule.makes_ties(attendance_of(records)).reindex(rows["activity_id"]).to_numpy()
    open_ = rows[small & ~rows["newcomer"].isin(named)].drop_duplicates("newcomer")
    led = _organised(records, rule, newcomer_days)[["person_id", "activity_id"]].drop_duplicates()
    led = open_.merge(led, on="activity_id")
    found: pd.DataFrame = pd.concat([brought, led])
    found = found[found["person_id"] != found["newcomer"]]
    # Each newcomer is one fact; the activity is where it happened.
    what = found["what"] + " ← " + found["newcomer"].map(shown_names(records))
    return found.assign(key=found["newcomer"], what=what)


def _first_day(records: Records) -> pd.Timestamp:
    """Return the day of the first named sign-in; a list of activities may begin long before."""
    return pd.Timestamp(_sign_ins(records)["date"].min())


def _nominated(records: Records, rule: TieRule, newcomer_days: int) -> pd.DataFrame:
    rows = records.nominations.rename(columns={"target_id": "person_id"})
    return rows.assign(key=rows["source_id"], what=rows["source_id"].map(shown_names(records)))


def _in_language(facts: pd.DataFrame, records: Records, lang: Lang) -> pd.DataFrame:
    """Return facts about people with the children among them called in ``lang``."""
    said = dict(zip(shown_names(records), shown_names(records, lang), strict=True))
    words = {one: other for one, other in said.items() if one != other}
    about = facts["evidence"].isin(["newcomers_brought", "nominations_received"]) & facts["what"].notna()
    if not words or not about.any():
        return facts
    parts = [str(text).rpartition(" ← ") for text in facts["what"]]
    worded = [before + arrow + words.get(name, name) for before, arrow, name in parts]
    return facts.assign(what=facts["what"].where(~about, pd.Series(worded, facts.index)))


def _always(records: Records, newcomer_days: int) -> bool:
    return True


def _has_roles(records: Records, newcomer_days: int) -> bool:
    return bool(records.attendance["role"].isin(list(ORGANISING_ROLES)).any())


def _can_have_newcomers(records: Records, newcomer_days: int) -> bool:
    known = _has_roles(records, newcomer_days) or bool(records.attendance["introduced"].fillna(False).any())
    days = _sign_ins(records)["date"]
    return known and bool((days.max() - days.min()).days > newcomer_days)


_ROLE_COLUMN: Final = Label(
    "签到表的“角色”列（组织者、负责人、主讲人）", "the column 角色 (role) of the sign-in sheets"
)
LINES: Final[dict[str, _Line]] = {
    "activities_attended": _Line(_attended, _always, Label("", "")),
    "activities_organised": _Line(_organised, _has_roles, _ROLE_COLUMN),
    "newcomers_brought": _Line(
        _newcomers,
        _can_have_newcomers,
        Label(
            "签到表的“介绍人”列或“角色”列，且签到记录长于 newcomer_days（默认 90 天）",
            "the column 介绍人 (brought by) or 角色 (role) of the sign-in sheets, over more than newcomer_days (90)",
        ),
    ),
    "offices_held": _Line(
        _offices,
        lambda records, _: bool(len(records.memberships) or records.organisations["leader_id"].notna().any()),
        Label("成员名单的“团队”“职务”列", "the columns 团队, 职务 (group, position) of a list of members"),
    ),
    "groups_connected": _Line(
        _groups,
        lambda records, _: bool(len(records.memberships) or len(records.hosting)),
        Label("活动台账的“主办单位”列，或成员名单", "the column 主办单位 (host) of the list of activities, or a list of members"),
    ),
    "council_meetings": _Line(
        _council,
        lambda records, _: bool((records.activities["kind"] == "council").any()),
        Label("活动台账的“活动类型”列（议事会）", "the column 活动类型 (activity kind: council)"),
    ),
    "issues_raised": _Line(
        _raised,
        lambda records, _: bool((records.issue_people["role"] == "raiser").any()),
        Label("议题表的“议题”“提出人”列", "the columns 议题, 提出人 (issue, raised by) of a list of council issues"),
    ),
    "nominations_received": _Line(
        _nominated,
        lambda records, _: bool(len(records.nominations)),
        Label("推荐票的“推荐人”“被推荐人”列", "the columns 推荐人, 被推荐人 (nominator, nominee) of nomination slips"),
    ),
}  # fmt: skip
"""Every line of evidence, in the order it is shown."""
