"""What the terms in the cells of a workbook are called in words; the CSV files keep the terms of the code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd

from sanshe_net.build.headers import SCHEMAS
from sanshe_net.measures.change import REASONS as TEST_REASONS
from sanshe_net.measures.change import VERDICTS
from sanshe_net.measures.window_table import REASONS as WINDOW_REASONS
from sanshe_net.vocabulary import (
    ACTIVITY_KINDS,
    COLUMNS,
    CONSENT,
    COOPERATION_MODES,
    EVIDENCE,
    HUKOU,
    INDICATORS,
    ISSUE_KINDS,
    ISSUE_ROLES,
    ISSUE_STATES,
    KINDS,
    LAYERS,
    MEASURES,
    MEMBER_ROLES,
    NOMINATION_QUESTIONS,
    ROLES,
    SUPPORT_KINDS,
    Label,
    Lang,
)  # fmt: skip

Words = Mapping[str, Label]

OUTCOMES: Final[Words] = {
    "used": Label("使用", "used"),
    "duplicate": Label("重复", "duplicate"),
    "left_out": Label("不计", "left out"),
    "quarantined": Label("待改", "to correct"),
}
"""What became of a row."""
SEVERITIES: Final[Words] = {
    "error": Label("错误", "error"),
    "question": Label("待决定", "question"),
    "warning": Label("注意", "warning"),
    "note": Label("说明", "note"),
}
_PRECISION: Final[Words] = {
    "day": Label("日", "day"),
    "month": Label("月", "month"),
    "quarter": Label("季度", "quarter"),
    "year": Label("年", "year"),
}
_HOSTING: Final[Words] = {
    "host": Label("主办", "host"),
    "cohost": Label("协办", "co-host"),
    "initiator": Label("发起", "started by"),
}
_NETWORKS: Final[Words] = {
    "residents": Label("居民之间", "residents"),
    "all": Label("全部各方", "all parties"),
}
_RECORDS: Final[Words] = {name: schema.label for name, schema in SCHEMAS.items()}
_FIGURES: Final[Words] = {
    **MEASURES,
    "actors": Label("成员数", "actors"),
    "ties": Label("联系数", "ties"),
}

OF_TABLE: Final[Mapping[tuple[str, str], Words]] = {
    ("activities", "kind"): ACTIVITY_KINDS,
    ("issues", "kind"): ISSUE_KINDS,
    ("support", "kind"): SUPPORT_KINDS,
    ("groups", "kind"): {**KINDS, "building": COLUMNS["building"]},
    ("memberships", "role"): MEMBER_ROLES,
    ("issue_people", "role"): ISSUE_ROLES,
    ("hosting", "role"): _HOSTING,
    ("ranks", "evidence"): EVIDENCE,
    ("evidence", "evidence"): EVIDENCE,
    ("indicators", "term"): INDICATORS,
    ("figures", "network"): _NETWORKS,
    ("called_ties", "network"): _NETWORKS,
    ("period_tests", "verdict"): VERDICTS,
    ("figures", "measure"): _FIGURES,
    ("figures", "by"): COLUMNS,
    ("sources", "table"): _RECORDS,
}
"""Columns whose terms are others in this table than elsewhere, or stand in no other."""
OF_COLUMN: Final[Mapping[str, Words]] = {
    "kind": KINDS,
    "initiator_kind": KINDS,
    "role": ROLES,
    "hukou": HUKOU,
    "consent": CONSENT,
    "precision": _PRECISION,
    "mode": COOPERATION_MODES,
    "layer": LAYERS,
    "question": NOMINATION_QUESTIONS,
    "state": ISSUE_STATES,
    "severity": SEVERITIES,
    "outcome": OUTCOMES,
}
LISTS: Final[Mapping[tuple[str, str], Words]] = {
    ("over_time", "why_not"): WINDOW_REASONS,
    ("period_tests", "why_not"): TEST_REASONS,
}
"""Columns whose cells hold several terms, separated by spaces."""
_YES_NO: Final = {True: Label("是", "yes"), False: Label("否", "no")}


def in_words(name: str, table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """Return the table called ``name`` with the terms in its cells in words; what is no term stays.

    Examples
    --------
    >>> table = pd.DataFrame({"role": ["volunteer", None], "present": [True, False]})
    >>> in_words("attendance", table, "zh").to_numpy().tolist()
    [['志愿者', '是'], [nan, '否']]
    """
    shown = table.copy()
    for column in shown.columns:
        if (name, column) in LISTS:
            shown[column] = [_listed(cell, LISTS[name, column], lang) for cell in shown[column]]
            continue
        words = OF_TABLE.get((name, column)) or OF_COLUMN.get(column)
        cells = shown[column]
        if pd.api.types.is_bool_dtype(cells.dtype):
            said = {truth: one.text(lang) for truth, one in _YES_NO.items()}
            shown[column] = cells.astype(object).map(said, na_action="ignore")
        elif words is not None and not pd.api.types.is_numeric_dtype(cells.dtype):
            terms = {term: one.text(lang) for term, one in words.items()}
            shown[column] = cells.astype(object).map(
                lambda cell, terms=terms: terms.get(cell, cell), na_action="ignore"
            )
    return shown


def _listed(cell: str, words: Words, lang: Lang) -> str:
    return ("；" if lang == "zh" else "; ").join(words[code].text(lang) for code in str(cell).split())
