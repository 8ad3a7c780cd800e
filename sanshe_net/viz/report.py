"""The report: one self-contained page in plain words, for a station head to carry into a meeting.

Every section is a function that hands the template plain values; the template alone writes markup, with
every value escaped. The page holds no script and may load nothing.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from platform import python_version
from typing import Any, Final

import jinja2
import numpy as np
import pandas as pd
from markupsafe import Markup

from sanshe_net import __version__
from sanshe_net.errors import OutputError, Place
from sanshe_net.files import write_text
from sanshe_net.viz import charts, style
from sanshe_net.viz.figures import GROUPS, network_figures
from sanshe_net.viz.report_findings import Findings, Section, main_findings
from sanshe_net.viz.report_people import cell_text, known_traits, shortlist
from sanshe_net.viz.report_time import called, firmness, methods, over_time
from sanshe_net.viz.report_wording import (
    TRAITS,
    Wording,
    day,
    number,
    percent,
    period_name,
)  # fmt: skip
from sanshe_net.vocabulary import (
    COLUMNS,
    KINDS,
    LANGUAGES,
    LAYERS,
    Lang,
    label,
)

__all__ = ["Findings", "draw_report", "network_figures", "write_report"]

NAMED_ONLY: Final = frozenset({"people", "repeat_share", "volunteers", "volunteer_hours"})
"""Indicators that can count only people who signed with a name."""
WITHHELD: Final = frozenset({"building", "nominations_received"})
"""What a pack for others leaves out by design: no column is asked for there."""
LATIN_FONTS: Final = '"Segoe UI", "Helvetica Neue", Arial'
"""First choice in English: Chinese fonts set quotation marks and daggers as wide as a character."""
LIBRARIES: Final = ("pandas", "numpy", "scipy", "igraph")


def draw_report(findings: Findings, *, lang: Lang = "zh") -> str:
    """Return the report as one HTML page that works offline.

    The page is for internal use, because it names people, unless ``findings`` say otherwise.
    It is in one language, prints on A4 and has no script;
    its content policy allows nothing but its own style sheet. The same findings give the same text.

    Raises
    ------
    OutputError
        ``E-VALUE`` for a language there are no words in.
    """
    if lang not in LANGUAGES:
        raise OutputError("E-VALUE", name="lang", found=lang, allowed=", ".join(LANGUAGES))
    say = Wording(lang)
    mark = say("internal") if findings.mark is None else findings.mark.text(lang)
    styles = page_styles(say, mark)
    html = page_template("report.html.j2").render(
        say=say,
        lang={"zh": "zh-CN", "en": "en"}[lang],
        styles=Markup(styles),
        policy=style_policy(styles),
        swatch=charts.swatch,
        mark=mark,
        head=_head(findings, say),
        findings=main_findings(findings, say),
        headline=_headline(findings, say),
        periods=_periods(findings.indicators.by_period, say),
        shortlist=shortlist(findings, say),
        firmness=firmness(findings, say),
        network=_network(findings, say),
        called=called(findings, say),
        over_time=over_time(findings, say),
        gaps=_gaps(findings, say),
        problems=_problems(findings.records.problems, say),
        method=_method(findings, say),
    )
    # A half character (a lone surrogate) cannot be written as UTF-8.
    return html.encode("utf-8", "replace").decode("utf-8")


def write_report(path: Path | str, html: str) -> None:
    r"""Write a page as UTF-8 with ``\n`` line ends, whole or not at all, whatever the system's encoding is.

    Raises
    ------
    OutputError
        When the file cannot be written; it is then as it was.
    """
    write_text(Path(path), html)


# --- head


def _head(findings: Findings, say: Wording) -> Section:
    sources = findings.records.sources
    counts = ["rows_in", "used", "duplicate", "left_out", "quarantined"]
    sums = sources[counts].sum().astype(int)
    by_file = sources.groupby("file", sort=True)[counts].sum().astype(int)
    start, end = findings.period
    return {
        "title": findings.title.strip() or say("untitled"),
        "named": bool(findings.title.strip()),
        "simulated": findings.simulated,
        "period": _span(start, end, say),
        "source": _source(len(by_file), len(sources), say),
        "counts": [(say(term), number(sums[term])) for term in counts],
        "balanced": sums["rows_in"] == sums[counts[1:]].sum(),
        "files": [
            (str(file), [number(value) for value in row])
            for file, row in zip(by_file.index, by_file.to_numpy(), strict=True)
        ],
    }


def _source(n_files: int, n_tables: int, say: Wording) -> str:
    return (
        say("source", files=say.counted(n_files, "file"), tables=say.counted(n_tables, "table"))
        if n_tables
        else ""
    )


def _span(start: pd.Timestamp | None, end: pd.Timestamp | None, say: Wording) -> str:
    if start is None or end is None or pd.isna(start) or pd.isna(end):
        return say("period_unknown")
    return say("period", start=day(start, say.lang), end=day(end, say.lang))


# --- headline figures and periods


def _headline(findings: Findings, say: Wording) -> Section:
    table = findings.indicators.table
    tiles = []
    for term, row in table.iterrows():
        value, remark = _value_and_remark(str(row[say.lang]))
        tiles.append({
            "label": label(str(term), say.lang),
            "value": value,
            "remark": remark,
            "named_only": term in NAMED_ONLY,
            "meaning": row[f"meaning_{say.lang}"],
        })  # fmt: skip
    coverage = findings.leaders.coverage
    if np.isnan(coverage):
        return {"tiles": tiles, "lead": say("headline_lead_none")}
    return {"tiles": tiles, "lead": say("headline_lead", coverage=percent(coverage))}


def _value_and_remark(value: str) -> tuple[str, str]:
    """Split ``101,290（另有 27 笔未折合）`` into the number and what stands in brackets."""
    found = re.fullmatch(r"(.+?) ?[（(](.+)[）)]", value)
    return (found[1], found[2]) if found else (value, "")


def _periods(by_period: pd.DataFrame, say: Wording) -> Section | None:
    if by_period.empty:
        return None
    names = [period_name(period, say.lang) for period in by_period["period"]]
    counts = by_period[["activities", "attendances", "named", "people"]].astype(float)
    rows = [
        {"name": name, "complete": complete, "counts": [number(value) for value in row]}
        for name, complete, row in zip(names, by_period["complete"], counts.to_numpy(), strict=True)
    ]
    most = counts.max()
    description = say(
        "chart_text", first=names[0], last=names[-1], n=len(names),
        activities=number(most["activities"]), attendances=number(most["attendances"]),
    )  # fmt: skip
    chart = charts.period_chart(by_period, title=say("chart_title"), description=description, lang=say.lang)
    partial = not by_period["complete"].all()
    return {"rows": rows, "chart": chart if len(rows) > 1 else "", "partial": partial}


# --- the network


def _network(findings: Findings, say: Wording) -> Section:
    network, figures = findings.network, findings.figures
    blocks: list[Section] = []
    for name in ("residents", "all"):
        rows = [_figure_row(row, say) for _, row in figures[figures["network"] == name].iterrows()]
        if rows and not any(block["rows"] == rows for block in blocks):  # with residents only, both are one
            blocks.append({"title": say(f"network_{name}"), "rows": rows})
    counts = network.actors["kind"].value_counts()
    kinds = [*(kind for kind in KINDS if kind in counts), *sorted(set(counts.index) - set(KINDS))]
    by_layer = network.ties["evidence"].groupby(network.ties["layer"].astype(str))
    ties, records = by_layer.size(), by_layer.sum()
    held = [str(layer) for layer in ties.index]
    layers = [*(layer for layer in LAYERS if layer in held), *sorted(set(held) - set(LAYERS))]
    return {
        "blocks": blocks,
        "rule": network.rule.text(say.lang),
        "sizes": findings.sizes.wording.text(say.lang) if findings.sizes else "",
        "kinds": [
            (charts.kind_glyph(kind), label(kind, say.lang) or say("unknown_kind"), number(counts[kind]))
            for kind in kinds
        ],
        "layers": [
            (
                charts.layer_stroke(layer),
                label(layer, say.lang),
                say("layer_ties", ties=number(ties[layer])),
                say("layer_evidence", evidence=number(records[layer])),
            )
            for layer in layers
        ],
    }  # fmt: skip


def _figure_row(row: pd.Series[Any], say: Wording) -> Section:
    measure = row["measure"]
    name = say(measure) if measure in ("actors", "ties") else label(measure, say.lang)
    if row["by"]:
        name = say("by", measure=name, by=label(row["by"], say.lang))
    return {"name": name, "value": row[say.lang], "condition": row[f"condition_{say.lang}"]}


# --- what is missing, what was noticed, how it was made


def _gaps(findings: Findings, say: Wording) -> list[Section]:
    """Return one entry per column to add, with all that it would make possible."""
    held = [
        gap
        for gap in (*findings.indicators.gaps, *findings.leaders.gaps)
        if findings.mark is None or gap.term not in WITHHELD
    ]
    missing = [(gap.needs.text(say.lang) or say("need_more"), label(gap.term, say.lang)) for gap in held]
    wanted: dict[str, list[str]] = {}
    for needs, gives in missing + _roster_gaps(findings, say):
        wanted.setdefault(needs, []).append(gives)
    return [
        {"needs": _begin(needs), "gives": _begin(say.listed(dict.fromkeys(gives)))}
        for needs, gives in wanted.items()
    ]


def _begin(text: str) -> str:
    """Return ``text`` as the beginning of a line: with a capital where the script has them."""
    return text[:1].upper() + text[1:]


def _roster_gaps(findings: Findings, say: Wording) -> list[tuple[str, str]]:
    """Return what this page itself could not show for want of a column about people."""
    column = {**TRAITS, "kind": COLUMNS["kind"]}
    missing = [
        (trait, say("gap_makeup", column=name.text(say.lang)))
        for trait, name in TRAITS.items()
        if trait not in known_traits(findings) and (findings.mark is None or trait not in WITHHELD)
    ]
    mixed = label("ei_index", say.lang)
    missing += [
        (by, say("by", measure=mixed, by=column[by].text(say.lang)))
        for by in GROUPS.values()
        if by not in set(findings.figures["by"])
    ]
    needs = {by: say("need_people", zh=name.zh, en=name.en) for by, name in column.items()}
    return [(needs[by], gives) for by, gives in missing]


def _problems(problems: pd.DataFrame, say: Wording) -> list[Section]:
    order = {"error": 0, "warning": 1, "note": 2}
    kinds = []
    for code, rows in problems.groupby("code", sort=True):
        first = rows.iloc[0]
        file, sheet, column = (cell_text(first[part]) for part in ("file", "sheet", "column"))
        kinds.append({
            "code": code,
            "severity": first["severity"],
            "count": say("times", n=number(len(rows))),
            "example": first[say.lang],
            "place": Place(file, sheet, int(first["row"]), column).text(say.lang),
            "key": (order.get(first["severity"], 3), -len(rows), code),
        })  # fmt: skip
    return sorted(kinds, key=lambda kind: kind["key"])


def _method(findings: Findings, say: Wording) -> list[str]:
    leaders = findings.leaders
    unresolved = findings.records.unresolved_sign_ins()
    unknown = np.isnan(leaders.coverage)
    versions = [f"sanshe_net {__version__}", f"Python {python_version()}"]
    versions += [f"{library} {version(library)}" for library in LIBRARIES]
    return [
        *(note.text(say.lang) for note in findings.notes),
        say("limit_meeting"),
        say("limit_no_sign_ins") if unknown else say("limit_coverage", coverage=percent(leaders.coverage)),
        say("limit_same_names", n=number(unresolved)) if unresolved else say("limit_same_names_none"),
        say("limit_sampling"),
        say("limit_use"),
        say("made_ranks", top_k=leaders.top_k, draws=number(leaders.draws), seed=leaders.seed),
        *methods(findings, say),
        say("made_versions", versions=say.listed(versions)),
        say("made_same"),
    ]


# --- template and style sheet


@cache
def page_styles(say: Wording, mark: str) -> str:
    """Return the style sheet of a printed page; ``mark`` stands at the foot of every sheet."""
    fonts = style.FONTS if say.lang == "zh" else f"{LATIN_FONTS}, {style.FONTS}"
    tones = {
        "ink": style.INK,
        "muted": style.MUTED,
        "line": style.LINE,
        "accent": style.ACCENT,
        "fonts": fonts,
    }
    variables = "".join(f"  --{name}: {value};\n" for name, value in tones.items())
    # Every printed sheet says what it is, even when it lies alone on a table.
    quoted = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):x} " for c in mark)  # a string of CSS
    foot = f'@page {{ @bottom-left {{ content: "{quoted}"; font-family: {fonts}; }} }}\n'
    return f"\n:root {{\n{variables}}}\n" + _asset("report.css") + foot


def style_policy(styles: str) -> str:
    """Return the content policy that allows this style sheet and nothing else."""
    digest = b64encode(hashlib.sha256(styles.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def page_template(name: str) -> jinja2.Template:
    """Return a template by its name; every value is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)


def _asset(name: str) -> str:
    # Checked out on Windows a text file may hold \r\n, and a browser hashes \n.
    text = files("sanshe_net.viz").joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")
