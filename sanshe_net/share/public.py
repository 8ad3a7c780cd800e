"""A pack for anybody: groups instead of people."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sanshe_net import __version__, export
from sanshe_net.build.assemble import build_network
from sanshe_net.build.read import Reader, read_inputs
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import ManyProblems
from sanshe_net.network import Network
from sanshe_net.pipeline import community_title, is_simulated, page_subtitle
from sanshe_net.practice.indicators import headline_indicators
from sanshe_net.privacy.coded import Wording
from sanshe_net.privacy.consent import Sharing, sharing
from sanshe_net.privacy.groups import group_members, group_sizes, group_ties, head_counts_of
from sanshe_net.privacy.suppress import SMALLEST
from sanshe_net.records import Records
from sanshe_net.settings import Settings
from sanshe_net.share.statements import biased, check_size, left_out, set_aside, unnamed, wording_of
from sanshe_net.viz.group_page import draw_group_page
from sanshe_net.viz.map import draw_map
from sanshe_net.vocabulary import Label, Lang

Tell = Callable[[Label], None]


def share_with_anybody(
    inputs: Sequence[Path],
    out: Path,
    *,
    settings: Settings | None = None,
    assumed_consent: str | None = None,
    read: Reader = read_inputs,
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
        reading = read(inputs)
    except ManyProblems as problems:
        raise unnamed(problems) from None
    everything = reading.records
    allowed = sharing(everything, assumed_consent)
    check_size(allowed)
    wording = wording_of(everything, reading.names, titles=False)
    records = _shared(everything, allowed)
    tables = _group_tables(records, wording, settings, lang)
    notes = [_groups_note(), *biased(allowed, exact=False)]
    for note in (*notes, *set_aside(everything)):
        tell(note)
    mark = Label("分组数据 · 可公开", "groups only · may be published")
    under = page_subtitle(_by_month(records), mark, simulated=is_simulated(everything))
    title = community_title(replace(settings, title=wording.hidden(settings.title)))
    sizes = tables["groups"][1]
    page = draw_map(
        _group_network(sizes, tables["group_ties"][1]), title=title, subtitle=under, notes=notes, names="groups",
        facts=sizes[["people"]].astype(float), lang=lang, seed=settings.seed,
    )  # fmt: skip
    with export.staged(out, force=force) as folder:
        export.write_text(folder / "map.html", page)
        shown = {name: told for name, told in tables.items() if name != "group_ties"}  # on the map
        export.write_text(folder / "report.html", draw_group_page(title, under, shown, notes, lang))
        for name, (_, table) in tables.items():
            export.write_csv(folder / f"{name}.csv", table)
        export.write_workbook(folder / "tables.xlsx", tables, lang)
        facts = {
            "tool": {"sanshe-net": __version__},
            "lang": lang,
            "level": "public",
            "smallest_group": SMALLEST,
            **left_out(allowed, exact=False),
        }
        export.write_manifest(folder, facts)
    return out / "report.html"


def _shared(everything: Records, allowed: Sharing) -> Records:
    """Return the records of those who may be shared; heads are counted before anybody is left out."""
    counted = everything.activities.assign(head_count=everything.head_counts())
    gone = set(everything.people.index) - allowed.shared
    return replace(everything, activities=counted).without(gone)


def _group_tables(
    records: Records, wording: Wording, settings: Settings, lang: Lang
) -> dict[str, tuple[Label, pd.DataFrame]]:
    layers, rule = ("co_attendance", "council"), TieRule.from_settings(settings)
    ties = build_network(records, layers=layers, rule=rule).ties
    members = group_members(records, wording)
    by_period = headline_indicators(records, every=settings.every).by_period
    return {
        "groups": (
            Label("五人以上的楼栋和组织", "buildings and bodies of five or more"),
            group_sizes(members),
        ),
        "group_ties": (
            Label("五对以上的联系", "ties of five or more pairs"),
            group_ties(members, ties[["source", "target"]]),
        ),
        **head_counts_of(records, by_period, lang),
    }


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
