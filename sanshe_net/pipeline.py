"""The whole run: records in, report, map, tables and manifest out. The rooms are strung together here only."""

from __future__ import annotations

import math
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sanshe_net import export
from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.attendance.size_rule_effect import size_rule_effect
from sanshe_net.build.assemble import build_network, main_group
from sanshe_net.build.read import Reader, Reading, read_inputs
from sanshe_net.build.suggest_names import suggest_pairs
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.measures.windows import covered_days
from sanshe_net.network import Network
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.practice.leaders import Leaders, find_leaders
from sanshe_net.practice.over_time import DensityOverTime, density_over_time
from sanshe_net.practice.regulars import Regulars, find_regulars
from sanshe_net.practice.standing import Standing, how_firm
from sanshe_net.practice.who_is_who import Sensitivity, shortlist_sensitivity
from sanshe_net.privacy.children import children
from sanshe_net.records import Records, record_tables
from sanshe_net.settings import Settings
from sanshe_net.tables import actor_facts, result_tables
from sanshe_net.viz.map import View, draw_map
from sanshe_net.viz.report import Findings, draw_report, network_figures
from sanshe_net.vocabulary import Label, Lang

Step = Callable[[Label], None]
INTERNAL: Final = Label("内部资料，含姓名", "internal, contains names")
LIBRARIES: Final = (
    "sanshe-net", "igraph", "networkx", "numpy", "pandas", "pypinyin", "python-calamine", "pyvis", "PyYAML",
    "rapidfuzz", "scipy", "xlrd", "XlsxWriter",
)  # fmt: skip
NULL_DRAWS: Final = 50
"""Matrices by chance per period in a run, enough for a mean and a standard deviation; the report says how many."""
SIMULATED_WORD: Final = "模拟数据"
"""Written in the demo's file names; its outputs must say so too."""

_READING = Label("读取记录", "Reading the records")
_LINKING = Label("建立网络", "Building the network")
_RANKING = Label("比较带头人证据", "Comparing the evidence of leading")
_CALLING = Label("看谁一起来得比巧合多", "Telling company from coincidence")
_COMPARING = Label("比较各时期", "Comparing the periods")
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


Prepare = Callable[[Reading, Settings], tuple[Records, Settings, Profile]]
"""What is done to the records before anything is made of them, and who the results are then for."""


@dataclass(frozen=True)
class Result:
    """Where a run put its results, how much it read, and how many rows were set aside (``quarantined``)."""

    folder: Path
    report: Path
    map: Path
    activities: int
    people: int
    ties: int
    problems: int
    quarantined: int


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
            records, settings, profile = prepare(reading, settings)
        say(_LINKING)
        network = build_network(records, rule=TieRule.from_settings(settings), lang=lang)
        say(_RANKING)
        leaders = leaders_of(records, settings, lang)
        doubt = _sensitivity(records, reading, leaders, settings) if profile.names else None
        standing = how_firm(records, leaders)
        say(_CALLING)
        regulars = find_regulars(records)
        say(_COMPARING)
        over_time = _over_time(records, reading, settings, profile)
        findings = _findings(
            records, network, leaders, settings, doubt, simulated, profile, (regulars, over_time, standing)
        )
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
        facts |= {"called_ties": regulars.facts(), "over_time": over_time.facts()}
        export.write_manifest(folder, facts)
    aside = int(records.sources["quarantined"].sum())
    counts = (len(records.activities), len(records.people), len(network.ties), len(records.problems), aside)
    return Result(out, out / "report.html", out / "map.html", *counts)


def leaders_of(records: Records, settings: Settings, lang: Lang = "zh") -> Leaders:
    """Return the leader shortlist under the settings."""
    return find_leaders(
        records,
        top_k=settings.shortlist_size,
        draws=settings.draws,
        newcomer_days=settings.newcomer_days,
        rule=TieRule.from_settings(settings),
        seed=settings.seed,
        lang=lang,
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
    """Return the map of a community as one HTML page: every actor, the strongest ties, the evidence.

    Children are counted in the report, but no dot on the map is a child.
    """
    young = children(records)
    if young:
        ties = network.ties[~network.ties["source"].isin(young) & ~network.ties["target"].isin(young)]
        network = replace(network, actors=network.actors[~network.actors.index.isin(young)], ties=ties)
    return draw_map(
        network,
        title=community_title(settings),
        subtitle=page_subtitle(records, profile.mark, simulated=simulated),
        facts=actor_facts(network, leaders),
        groups=map_groups(records).reindex(network.actors.index),
        views=_views(network, leaders),
        notes=[*profile.notes, *_counted(leaders), *_young(len(young))],
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
    network = build_network(records, rule=TieRule.from_settings(settings), lang=lang)
    leaders = leaders_of(records, settings, lang)
    return community_map(records, network, leaders, settings, lang=lang, simulated=is_simulated(records))


def community_title(settings: Settings) -> Label:
    """Return the title of the map and the report."""
    if settings.title:
        return Label(settings.title, settings.title)
    return Label("三社联动社区关系图", "Community network")


def _findings(
    records: Records,
    network: Network,
    leaders: Leaders,
    settings: Settings,
    doubt: Sensitivity | None,
    simulated: bool,
    profile: Profile,
    change: tuple[Regulars, DensityOverTime, Standing],
) -> Findings:
    dates, rule = records.activities["date"].dropna(), TieRule.from_settings(settings)
    period = (dates.min(), _last_day(dates, profile.mark)) if len(dates) else (None, None)
    regulars, over_time, standing = change
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
        sizes=size_rule_effect(attendance_of(records), rule.size, min_joint=rule.min_joint),
        regulars=regulars,
        over_time=over_time,
        standing=standing,
    )


def _over_time(records: Records, reading: Reading, settings: Settings, profile: Profile) -> DensityOverTime:
    """Return density over time; where days are only months no phase and no length in days can be told."""
    found = density_over_time(
        records,
        every=settings.every,
        phases=settings.phases if settings.phases and profile.names else None,
        covered=None if profile.names else covered_days(reading.records),
        rule=TieRule.from_settings(settings),
        null_draws=NULL_DRAWS,
        draws=settings.draws,
        seed=settings.seed,
    )
    return found if profile.names else replace(found, lengths=found.lengths * math.nan)


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


def _young(count: int) -> list[Label]:
    if not count:
        return []
    return [
        Label(
            f"14 岁以下的 {count} 人不在图上，只计入人数。",
            f"{count} people under 14 are counted but not on the map.",
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
