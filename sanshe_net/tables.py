"""The tables of a run: what each holds, in words, for the workbook, the CSV files and the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Final

import pandas as pd

from sanshe_net.errors import MeasureError
from sanshe_net.measures.centrality import degree, k_core
from sanshe_net.measures.registry import all_measures, measure_actors, measure_network, no_such_measure
from sanshe_net.network import Network
from sanshe_net.practice.leaders import Leaders
from sanshe_net.records import Records, record_tables
from sanshe_net.viz.report import Findings
from sanshe_net.vocabulary import Label, Lang, label


def actor_facts(network: Network, leaders: Leaders) -> pd.DataFrame:
    """Return what is known of each actor: contacts in the whole network, evidence counts of residents."""
    measured = pd.concat([degree(network), k_core(network)], axis=1)
    return leaders.counts.reindex(network.actors.index).join(measured)


def leader_tables(leaders: Leaders) -> dict[str, tuple[Label, pd.DataFrame]]:
    """Return the tables of a leader shortlist by name, each with what it holds; names beside the ids."""
    ranks, evidence = leaders.ranks.copy(), leaders.evidence.copy()
    for table in (ranks, evidence):
        table.insert(1, "label", table["person_id"].map(leaders.shortlist["label"]))
    return {
        "shortlist": (Label("可能的带头人", "leader shortlist"), leaders.shortlist),
        "ranks": (Label("各条证据的名次与区间", "ranks and intervals per line of evidence"), ranks),
        "evidence": (Label("证据出处（逐条）", "every fact with its source"), evidence),
    }


def readable_shortlist(leaders: Leaders, lang: Lang) -> pd.DataFrame:
    """Return the shortlist for reading: per line the count and, where there is one, the rank interval."""
    ends = ["rank_low", "rank_high"]
    ranks = leaders.ranks.pivot(index="person_id", columns="evidence", values=ends)
    words = Label("{:.0f}（第{:.0f}–{:.0f}位）", "{:.0f} (rank {:.0f}–{:.0f})").text(lang)
    shown = {
        Label("姓名", "name").text(lang): leaders.shortlist["label"],
        Label("进前列的条数", "lines").text(lang): leaders.shortlist["lines"],
    }
    for term in leaders.counts.columns:
        # Where nobody is listed there are no ranks, and so no columns of them.
        columns = pd.MultiIndex.from_product([ends, [term]])
        intervals = ranks.reindex(index=leaders.shortlist.index, columns=columns).to_numpy()
        shown[label(term, lang)] = pd.Series(
            [
                words.format(count, low, high) if count and low == low else f"{count:.0f}"
                for count, (low, high) in zip(leaders.shortlist[term], intervals, strict=True)
            ],
            index=leaders.shortlist.index,
            dtype="str",
        )
    return pd.DataFrame(shown)


CLIQUE_BOUND: Final = frozenset({
    "betweenness", "constraint", "constraint_ego", "effective_size", "effective_size_ego", "brokerage_roles",
})  # fmt: skip
"""Measures of open positions, which a projection closes: each activity makes a clique of all who came."""


def projection_caution(network: Network, names: Sequence[str]) -> Label | None:
    """Return a warning when measures of brokerage are asked of ties from attending together."""
    asked = CLIQUE_BOUND if not names else CLIQUE_BOUND & set(names)
    if not asked or not {"co_attendance", "council"} & set(network.layers):
        return None
    return Label(
        "注意：共同参加的联系使每场活动的人两两相连，牵线位置（中介度、约束度、有效规模、牵线角色）会因此走样，"
        "不要据此判断谁是牵线人；可改用 --layer membership。",
        "Caution: ties from attending together join everyone at an activity, which distorts brokerage "
        "(betweenness, constraint, effective size, roles); do not read brokers from them. "
        "Try --layer membership.",
    )


NEVER_ALONE: Final = {"density": "mean_degree", "two_mode_density": "two_mode_mean_degree"}
"""What stands beside a density: it falls as a network grows, even if everybody keeps as many contacts."""


def measure_table(network: Network, names: Sequence[str]) -> pd.DataFrame:
    """Return the asked measures as one table: of every actor with its label, or of the whole network.

    Raises
    ------
    MeasureError
        When a name is unknown or gives something else (a comparison, an answer), or measures of actors and
        of networks are asked for together.
    """
    known = {**all_measures("actor"), **all_measures("network")}
    for name in names:
        if name not in known:
            raise no_such_measure(name, "actor", "network")
    whole = [name for name in names if name in all_measures("network")]
    if not whole:
        return network.actors[["label", "kind"]].join(measure_actors(network, names or None))
    if len(whole) < len(names):
        others = [name for name in names if name not in whole]
        raise MeasureError("E-MEASURE-MIXED", found=", ".join(others), allowed=", ".join(whole))
    beside = [[name, NEVER_ALONE[name]] if name in NEVER_ALONE else [name] for name in whole]
    return measure_network(network, dict.fromkeys(chain(*beside))).to_frame()


def result_tables(findings: Findings) -> dict[str, tuple[Label, pd.DataFrame]]:
    """Return every table of a run by name, each with what it holds."""
    records, leaders, network = findings.records, findings.leaders, findings.network
    actors = network.actors.join(actor_facts(network, leaders))
    tables = {
        "indicators": (Label("核心指标", "headline indicators"), findings.indicators.table),
        "periods": (Label("各时段活动与人次", "activities per period"), findings.indicators.by_period),
        **leader_tables(leaders),
        "if_joined": (
            Label("认人对名单的影响", "the shortlist if likely pairs were one"),
            _if_joined(findings),
        ),
        "figures": (Label("网络数字", "network figures"), findings.figures),
        "size_rule": (
            Label("有无人数上限的联系", "ties with the size rule and without it"),
            pd.DataFrame() if findings.sizes is None else findings.sizes.table,
        ),
        **_change_tables(findings),
        "actors": (Label("全部人员与组织", "all people and bodies"), actors),
        "ties": (Label("全部联系", "all ties"), network.ties),
    }
    names = {
        "people": Label("人员", "people"), "organisations": Label("组织", "organisations"),
        "activities": Label("活动", "activities"), "hosting": Label("主办与协办", "hosts and co-hosts"),
        "attendance": Label("签到", "sign-ins"), "memberships": Label("成员", "memberships"),
        "support": Label("资源支持", "support"), "nominations": Label("推荐", "nominations"),
        "issues": Label("议题", "council issues"), "issue_people": Label("议题相关人", "people of issues"),
    }  # fmt: skip
    held = record_tables(records)
    told = {name: (label, held[name]) for name, label in names.items()}
    return tables | told | {"problems": problem_table(records), "sources": (_SOURCES, held["sources"])}


def _change_tables(findings: Findings) -> dict[str, tuple[Label, pd.DataFrame]]:
    """Return called ties, periods and their tests, and how firm the order is; empty where not worked out."""
    regulars, found, standing = findings.regulars, findings.over_time, findings.standing
    labels, nothing = findings.network.actors["label"], pd.DataFrame()
    return {
        "standing": (
            Label("参加次数的名次有多稳", "how firm the order by attendance is"),
            nothing if standing is None else standing.table(labels),
        ),
        "called_ties": (
            Label("一起来得比巧合多的人", "pairs who came together more than by coincidence"),
            nothing if regulars is None else regulars.table(labels),
        ),
        "over_time": (
            Label("各时期的密度与条件", "density per period with its conditions"),
            nothing if found is None else found.table,
        ),
        "period_tests": (
            Label("时期之间的检验", "tests between periods"),
            nothing if found is None else found.test_table(),
        ),
    }


_SOURCES: Final = Label("各表行数去向", "what became of the rows of each sheet")


def problem_table(records: Records) -> tuple[Label, pd.DataFrame]:
    """Return what was noticed while reading, for the station itself: names as they are written."""
    of_terminal = ["zh_masked", "en_masked"]
    told = records.problems.drop(columns=of_terminal, errors="ignore")
    return Label("读取时发现的问题", "problems noticed while reading"), told


def _if_joined(findings: Findings) -> pd.DataFrame:
    doubt = findings.sensitivity
    return pd.DataFrame() if doubt is None else doubt.table
