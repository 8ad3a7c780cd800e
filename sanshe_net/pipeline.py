"""The whole run: records in, report, map, tables and manifest out. The rooms are strung together here only."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sanshe_net import export
from sanshe_net.build.assemble import build_network, main_group
from sanshe_net.build.read import Reader, Reading, read_inputs
from sanshe_net.build.suggest_names import suggest_pairs
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import MeasureError
from sanshe_net.measures.centrality import degree, k_core
from sanshe_net.measures.registry import all_measures, measure_actors, measure_network
from sanshe_net.network import Network
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.practice.leaders import Leaders, find_leaders
from sanshe_net.practice.who_is_who import Sensitivity, shortlist_sensitivity
from sanshe_net.records import Records, record_tables
from sanshe_net.settings import Settings
from sanshe_net.viz.map import View, draw_map
from sanshe_net.viz.report import Findings, draw_report, network_figures
from sanshe_net.vocabulary import Label, Lang, label

Step = Callable[[Label], None]
INTERNAL: Final = Label("内部资料，含姓名", "internal, contains names")
LIBRARIES: Final = (
    "sanshe-net", "igraph", "networkx", "numpy", "pandas", "python-calamine", "pyvis", "scipy", "XlsxWriter",
)  # fmt: skip
SIMULATED_WORD: Final = "模拟数据"
"""Written in the demo's file names; its outputs must say so too."""

_READING = Label("读取记录", "Reading the records")
_LINKING = Label("建立网络", "Building the network")
_RANKING = Label("比较带头人证据", "Comparing the evidence of leading")
_DRAWING = Label("绘制关系图", "Drawing the map")
_WRITING = Label("写报告和表格", "Writing the report and tables")


@dataclass(frozen=True)
class Profile:
    """Who the results of a run are for.

    Attributes
    ----------
    mark
        What stands on every page: internal, or de-identified and for whom.
    notes
        Sentences for the foot of every page.
    manifest
        What goes into ``run.json`` beside the usual.
    names
        Whether names are in the results; the names of the input files are then in the manifest.
    """

    mark: Label = INTERNAL
    notes: tuple[Label, ...] = ()
    manifest: Mapping[str, object] = field(default_factory=dict)
    names: bool = True


Prepare = Callable[[Records, Settings], tuple[Records, Settings, Profile]]
"""What is done to the records before anything is made of them, and who the results are then for."""


@dataclass(frozen=True)
class Result:
    """Where a run put its results, and how much it read."""

    folder: Path
    report: Path
    map: Path
    activities: int
    people: int
    ties: int
    problems: int


def run_community(
    inputs: Sequence[Path],
    out: Path,
    *,
    settings: Settings | None = None,
    read: Reader = read_inputs,
    lang: Lang = "zh",
    force: bool = False,
    on_step: Step | None = None,
    prepare: Prepare | None = None,
) -> Result:
    """Read records and write everything into ``out``, or nothing at all.

    Parameters
    ----------
    inputs
        Files and folders of records.
    out
        Folder of the results; made, or with ``force`` replaced when it holds an earlier run.
    read
        Reads ``inputs``: :func:`sanshe_net.build.read.read_inputs`, or a partial of it with options.
    on_step
        Called with a wording before each step, for showing progress.
    prepare
        Changes what was read before it is analysed: :mod:`sanshe_net.share` takes the names out.

    Raises
    ------
    SansheError
        When the records, the settings or ``out`` cannot be used; ``out`` is then as it was.
    """
    settings = settings or Settings()
    say = on_step or (lambda step: None)
    # Entered before the work: what cannot be written at the end is refused now, and a second run as well.
    with export.staged(out, force=force, inputs=inputs) as folder:
        say(_READING)
        reading = read(inputs)
        records = reading.records
        simulated, profile = is_simulated(records), Profile()
        if prepare is not None:
            records, settings, profile = prepare(records, settings)
        say(_LINKING)
        network = build_network(records, rule=TieRule.from_settings(settings))
        say(_RANKING)
        leaders = leaders_of(records, settings)
        doubt = _sensitivity(records, reading, leaders, settings) if profile.names else None
        findings = _findings(records, network, leaders, settings, doubt, simulated, profile)
        say(_DRAWING)
        page = community_map(
            records, network, leaders, settings, lang=lang, simulated=simulated, profile=profile
        )
        say(_WRITING)
        export.write_text(folder / "map.html", page)
        export.write_text(folder / "report.html", draw_report(findings, lang=lang))
        _write_tables(folder, result_tables(findings), lang)
        export.write_graphml(folder / "network.graphml", network)
        facts = _manifest(inputs, reading, records, settings, lang, profile)
        export.write_manifest(folder, facts)
    counts = (len(records.activities), len(records.people), len(network.ties), len(records.problems))
    return Result(out, out / "report.html", out / "map.html", *counts)


def leaders_of(records: Records, settings: Settings) -> Leaders:
    """Return the leader shortlist under the settings."""
    return find_leaders(
        records,
        top_k=settings.shortlist_size,
        draws=settings.draws,
        newcomer_days=settings.newcomer_days,
        rule=TieRule.from_settings(settings),
        seed=settings.seed,
    )


def community_map(
    records: Records,
    network: Network,
    leaders: Leaders,
    settings: Settings,
    *,
    lang: Lang = "zh",
    simulated: bool = False,
    profile: Profile = Profile(),
) -> str:
    """Return the map of a community as one HTML page: every actor, the strongest ties, the evidence."""
    return draw_map(
        network,
        title=community_title(settings),
        subtitle=page_subtitle(records, profile.mark, simulated=simulated),
        facts=actor_facts(network, leaders),
        groups=map_groups(records).reindex(network.actors.index),
        views=_views(network, leaders),
        notes=[*profile.notes, *_counted(leaders)],
        ties_per_actor=settings.ties_per_actor,
        lang=lang,
        names="full" if profile.names else "given",
        seed=settings.seed,
    )


def map_groups(records: Records) -> pd.Series[Any]:
    """Return who stands with whom on the map: people with their group, a group's own mark among its members."""
    people = main_group(records)
    bodies = records.organisations["name"]
    groups: pd.Series[Any] = pd.concat([people, bodies[bodies.isin(set(people))]])
    return groups


def map_of_files(
    inputs: Sequence[Path],
    settings: Settings,
    *,
    read: Reader = read_inputs,
    lang: Lang = "zh",
    on_step: Step | None = None,
) -> str:
    """Return the map of the records in ``inputs`` as one HTML page."""
    say = on_step or (lambda step: None)
    say(_READING)
    records = read(inputs).records
    say(_DRAWING)
    network = build_network(records, rule=TieRule.from_settings(settings))
    leaders = leaders_of(records, settings)
    return community_map(records, network, leaders, settings, lang=lang, simulated=is_simulated(records))


def actor_facts(network: Network, leaders: Leaders) -> pd.DataFrame:
    """Return what is known of each actor: contacts in the whole network, and the evidence counts of residents."""
    measured = pd.concat([degree(network), k_core(network)], axis=1)
    return leaders.counts.reindex(network.actors.index).join(measured)


def community_title(settings: Settings) -> Label:
    """Return the title of the map and the report."""
    if settings.title:
        return Label(settings.title, settings.title)
    return Label("三社联动社区关系图", "Community network")


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
        intervals = ranks[[(end, term) for end in ends]].reindex(leaders.shortlist.index).to_numpy()
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


def measure_table(network: Network, names: Sequence[str]) -> pd.DataFrame:
    """Return the asked measures as one table: of every actor with its label, or of the whole network.

    Raises
    ------
    MeasureError
        When a name is unknown, or measures of actors and of networks are asked for together.
    """
    known = all_measures()
    for name in names:
        if name not in known:
            nearest = get_close_matches(name, known, n=3)
            allowed = ", ".join(dict.fromkeys([*nearest, *known]))
            raise MeasureError("E-MEASURE", found=name, allowed=allowed)
    whole = [name for name in names if name in all_measures("network")]
    if not whole:
        return network.actors[["label", "kind"]].join(measure_actors(network, names or None))
    if len(whole) < len(names):
        others = [name for name in names if name not in whole]
        raise MeasureError("E-MEASURE-MIXED", found=", ".join(others), allowed=", ".join(whole))
    return measure_network(network, whole).to_frame()


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
        "actors": (Label("全部人员与组织", "all people and bodies"), actors),
        "ties": (Label("全部联系", "all ties"), network.ties),
    }
    names = {
        "people": Label("人员", "people"), "organisations": Label("组织", "organisations"),
        "activities": Label("活动", "activities"), "hosting": Label("主办与协办", "hosts and co-hosts"),
        "attendance": Label("签到", "sign-ins"), "memberships": Label("成员", "memberships"),
        "support": Label("资源支持", "support"), "nominations": Label("推荐", "nominations"),
        "issues": Label("议题", "council issues"), "issue_people": Label("议题相关人", "people of issues"),
        "problems": Label("读取时发现的问题", "problems noticed while reading"),
        "sources": Label("各表行数去向", "what became of the rows of each sheet"),
    }  # fmt: skip
    held = record_tables(records)
    of_terminal = ["zh_masked", "en_masked"]
    held["problems"] = held["problems"].drop(columns=of_terminal, errors="ignore")
    return tables | {name: (label, held[name]) for name, label in names.items()}


def _if_joined(findings: Findings) -> pd.DataFrame:
    doubt = findings.sensitivity
    return pd.DataFrame() if doubt is None else doubt.table


def _findings(
    records: Records,
    network: Network,
    leaders: Leaders,
    settings: Settings,
    doubt: Sensitivity | None,
    simulated: bool,
    profile: Profile,
) -> Findings:
    dates = records.activities["date"].dropna()
    period = (dates.min(), _last_day(dates, profile.mark)) if len(dates) else (None, None)
    return Findings(
        title=settings.title,
        period=period,
        indicators=headline_indicators(records, every=settings.every),
        leaders=leaders,
        network=network,
        figures=network_figures(network),
        records=records,
        simulated=simulated,
        sensitivity=doubt,
        mark=None if profile.names else profile.mark,
        notes=profile.notes,
    )


def is_simulated(records: Records) -> bool:
    """Return whether the records are those of the made-up community."""
    return bool(records.sources["file"].str.contains(SIMULATED_WORD).any())


def page_subtitle(records: Records, mark: Label, *, simulated: bool) -> Label:
    """Return what stands below a title: the days covered, and who the page is for."""
    dates = records.activities["date"].dropna()
    span = f"{dates.min():%Y-%m-%d} – {_last_day(dates, mark):%Y-%m-%d}" if len(dates) else ""
    said = Label("模拟数据，并无真人", "simulated data, no real people") if simulated else mark
    if simulated and mark is not INTERNAL:
        said = Label(f"{said.zh} · {mark.zh}", f"{said.en} · {mark.en}")
    return Label(f"{span} · {said.zh}", f"{span} · {said.en}")


def _last_day(dates: pd.Series[Any], mark: Label) -> pd.Timestamp:
    """Return the last day covered; where others look the days are months."""
    last: pd.Timestamp = dates.max() if mark is INTERNAL else dates.max() + pd.offsets.MonthEnd(0)
    return last


def _views(network: Network, leaders: Leaders) -> list[View]:
    views = []
    shortlist = leaders.shortlist.index
    carried = "activities_organised" if "activities_organised" in leaders.counts else "activities_attended"
    if len(shortlist):
        views.append(View(
            Label("可能的带头人", "possible leaders"), tuple(shortlist), carried,
            Label("证据条数较多的居民；请结合报告里的名次区间和出处讨论。",
                  "Residents on the most lines of evidence; discuss them with the intervals and sources in the report."),
        ))  # fmt: skip
    if "groups_connected" in leaders.counts:
        bridging = leaders.counts["groups_connected"]
        top = bridging[bridging >= max(3.0, bridging.quantile(0.98))].index
        if len(top):
            views.append(View(
                Label("联系多个团队的人", "people in several groups"), tuple(top), "groups_connected",
                Label("参加或经常出席多个团队活动的居民。", "Residents who belong to, or often join, several groups."),
            ))  # fmt: skip
    bodies = network.actors.index[~network.actors["kind"].isin(["resident", "social_worker"])]
    tied = set(network.ties["source"]) | set(network.ties["target"])
    bodies = bodies[bodies.isin(list(tied))]
    if len(bodies):
        views.append(View(
            Label("组织与资源方", "organisations and partners"), tuple(bodies), "degree",
            Label("社会组织、居委会、资源方之间的联系。", "Ties among organisations, the committee and partners."),
        ))  # fmt: skip
    return views


def _counted(leaders: Leaders) -> list[Label]:
    coverage = leaders.coverage
    if coverage != coverage:
        return []
    return [
        Label(
            f"实名覆盖率 {coverage:.0%}：图上只有签过名的人。",
            f"Named coverage {coverage:.0%}: only people who signed are shown.",
        )
    ]


def _write_tables(folder: Path, tables: dict[str, tuple[Label, pd.DataFrame]], lang: Lang) -> None:
    export.make_folder(folder / "tables")
    for name, (_, table) in tables.items():
        export.write_csv(folder / "tables" / f"{name}.csv", table)
    export.write_workbook(folder / "tables.xlsx", tables, lang, max_rows=export.SHEET_ROWS)
    problems = tables["problems"]
    if len(problems[1]):
        export.write_workbook(folder / "issues.xlsx", {"problems": problems}, lang)


def _inputs(inputs: Sequence[Path], profile: Profile) -> dict[str, Any]:
    """Return the hashes of the inputs; a pack for others numbers them, since file names may name people."""
    hashed = export.hashed_inputs(inputs)
    return hashed if profile.names else {str(i): facts for i, facts in enumerate(hashed.values(), 1)}


def _sensitivity(records: Records, reading: Reading, leaders: Leaders, settings: Settings) -> Sensitivity:
    pairs = suggest_pairs(records, reading.people)
    return shortlist_sensitivity(
        records, pairs, leaders, newcomer_days=settings.newcomer_days, rule=TieRule.from_settings(settings)
    )


def _manifest(
    inputs: Sequence[Path],
    reading: Reading,
    records: Records,
    settings: Settings,
    lang: Lang,
    profile: Profile,
) -> dict[str, Any]:
    sources = records.sources[["rows_in", "used", "duplicate", "left_out", "quarantined"]].sum()
    return {
        "tool": {name: version(name) for name in LIBRARIES},
        "python": platform.python_version(),
        "platform": platform.system(),
        "made": pd.Timestamp.now(tz="UTC").strftime("%Y-%m-%dT%H:%M:%SZ"),
        "command": f"sanshe run INPUTS -o OUT --lang {lang}",
        "lang": lang,
        "settings": asdict(settings),
        "inputs": _inputs(inputs, profile),
        "answers": {name: {"sha256": export.file_hash(path)} for name, path in reading.answers.items()},
        "rows": {name: int(count) for name, count in sources.items()},
        "tables": {name: len(table) for name, table in record_tables(records).items()},
        **profile.manifest,
    }
