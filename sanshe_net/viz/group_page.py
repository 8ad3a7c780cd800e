"""The page of a pack for anybody: counts of groups, nothing about a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from markupsafe import Markup

from sanshe_net.viz.report import page_styles, page_template, style_policy
from sanshe_net.viz.report_wording import Wording
from sanshe_net.vocabulary import Label, Lang, label

HIDDEN = Label("少于 5 或已隐去", "under 5 or hidden")
NOTHING = Label("没有可以显示的内容。", "Nothing can be shown.")
WORDS = {
    "group": Label("组", "group"),
    "total": Label("合计", "total"),
    "building": Label("楼栋", "building"),
    "people": Label("人数", "people"),
    "pairs": Label("至少多少对", "at least so many pairs"),
}


def draw_group_page(
    title: Label,
    mark: Label,
    tables: Mapping[str, tuple[Label, pd.DataFrame]],
    notes: Sequence[Label],
    lang: Lang,
) -> str:
    """Return one HTML page without scripts that shows ``tables`` as they are, missing cells as hidden."""
    names = tables["groups"][1]["label"]
    styles = page_styles(Wording(lang), mark.text(lang))
    return page_template("groups.html.j2").render(
        title=title.text(lang),
        mark=mark.text(lang),
        lang={"zh": "zh-CN", "en": "en"}[lang],
        styles=Markup(styles),
        policy=style_policy(styles),
        sections=[
            {
                "title": what.text(lang),
                "heads": [_word(str(column), lang) for column in _columns(table)],
                "rows": [
                    [_cell(cell, names, lang) for cell in row]
                    for row in _columns(table).itertuples(index=False)
                ],
            }
            for what, table in tables.values()
        ],
        nothing=NOTHING.text(lang),
        notes=[note.text(lang) for note in notes],
    )


def _columns(table: pd.DataFrame) -> pd.DataFrame:
    return (
        table.drop(columns="group", errors="ignore")
        if "label" in table
        else table.reset_index(drop=table.index.name is None)
    )


def _cell(value: object, names: pd.Series[str], lang: Lang) -> str:
    if pd.isna(value):  # type: ignore[call-overload]
        return HIDDEN.text(lang)
    text = str(value)
    return str(names[text]) if text in names.index else _word(text, lang)


def _word(text: str, lang: Lang) -> str:
    return WORDS[text].text(lang) if text in WORDS else label(text, lang)
