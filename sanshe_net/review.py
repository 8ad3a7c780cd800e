"""The review workbook: every pair side by side with its reasons and its effect, to be decided by a person.

It is private: it holds names and phone numbers. What was decided is read back from the same workbook.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from sanshe_net.build.decide import People
from sanshe_net.build.decisions import (
    SUBJECTS,
    WORDS,
    Decision,
    Descriptor,
    check_decisions,
    not_named,
    read_word,
)
from sanshe_net.build.suggest_names import activities_of
from sanshe_net.errors import InputError, ManyProblems, OutputError, Place, Problem
from sanshe_net.export import check_file
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label, Lang

SIDES: Final = (Label("甲", "A"), Label("乙", "B"))
_OF_PAIR: Final = {
    "pair": Label("对", "pair"),
    "cluster": Label("组", "cluster"),
    "kind": Label("类别", "kind"),
}
_OF_SIDE: Final = {
    "name": Label("名称", "name"),
    "phone": Label("电话", "phone"),
    "person_no": Label("编号", "person no"),
    "building": Label("楼栋", "building"),
    "day": Label("活动日期", "day"),
    "sign_ins": Label("签到次数", "sign-ins"),
    "first": Label("首次", "first"),
    "last": Label("最近", "last"),
}
_OF_BOTH: Final = {
    "score": Label("分数", "points"),
    "reasons": Label("理由", "reasons"),
    "effect": Label("合并的影响", "effect of joining"),
    "decision": Label("决定", "decision"),
    "shown": Label("合并后用谁的名称", "name to keep"),
}
_SHEET: Final = Label("待认", "review")
_HELP: Final = Label("说明", "how to")
_ADVICE: Final = (
    Label("内部文件：含姓名和电话，请勿外传。", "Internal: names and phone numbers. Do not pass on."),
    Label(
        "在“决定”列选：同一人、不同人、不确定。空白的以后再问。",
        "Choose in the column decision: same, different, unsure. Blank ones are asked again.",
    ),
    Label(
        "同一组的几对连在一起：甲=乙、乙=丙，甲就是丙。请整组一起看。",
        "Pairs of one cluster hang together: A=B and B=C make A=C. Look at the whole cluster.",
    ),
    Label(
        "同一场活动各签各的名，多半是两个人。",
        "Two who signed in separately at one activity are most likely two people.",
    ),
    Label("填好后运行：sanshe people apply", "When filled in, run: sanshe people apply"),
)


def review_table(
    records: Records, people: People, pairs: pd.DataFrame, effects: Sequence[Label], lang: Lang
) -> pd.DataFrame:
    """Return suggested pairs side by side, one row each; columns are headed in ``lang``."""
    sides = {"person": _people(records, people), "body": _bodies(records), "activity": _activities(records)}
    rows = []
    for number, (pair, effect) in enumerate(zip(pairs.itertuples(), effects, strict=True), 1):
        subject = str(pair.subject)
        row: dict[str, Any] = {
            _head("pair", lang): number,
            _head("cluster", lang): int(str(pair.cluster)),
            _head("kind", lang): SUBJECTS[subject].text(lang),
        }
        for side, end in zip(SIDES, (str(pair.keep), str(pair.merge)), strict=True):
            for part in _OF_SIDE:
                row[_head(part, lang, side)] = sides[subject].at[end, part]
        reasons = Label(str(pair.zh), str(pair.en)).text(lang)
        ends = (pair.score, reasons, effect.text(lang), "", SIDES[0].text(lang))
        rows.append(row | {_head(part, lang): cell for part, cell in zip(_OF_BOTH, ends, strict=True)})
    return pd.DataFrame(rows, columns=_heads(lang), dtype=object)


def _heads(lang: Lang) -> list[str]:
    sides = [_head(part, lang, side) for side in SIDES for part in _OF_SIDE]
    return [*(_head(p, lang) for p in _OF_PAIR), *sides, *(_head(p, lang) for p in _OF_BOTH)]


def _head(part: str, lang: Lang, side: Label | None = None) -> str:
    words = (_OF_PAIR | _OF_SIDE | _OF_BOTH)[part].text(lang)
    return words if side is None else f"{side.text(lang)} {words}"


def _side(ids: pd.Index[Any], **known: Any) -> pd.DataFrame:
    made = pd.DataFrame(known, index=ids, dtype=object)
    return made.reindex(columns=list(_OF_SIDE)).astype(object)


def _dates(records: Records) -> pd.DataFrame:
    """Return for each person how often and from when to when they were present."""
    days = records.activities["date"].to_dict()
    seen = pd.DataFrame(
        [(who, days[one]) for who, held in sorted(activities_of(records).items()) for one in sorted(held)],
        columns=["person_id", "date"],
    )
    return seen.groupby("person_id")["date"].agg(["size", "min", "max"])


def _people(records: Records, people: People) -> pd.DataFrame:
    known, dates = people.profiles, _dates(records).reindex(people.profiles.index)
    return _side(
        known.index,
        name=known["name"],
        **{part: known[part].map("、".join) for part in ("phone", "person_no", "building")},
        sign_ins=dates["size"].fillna(0).astype(int),
        first=dates["min"],
        last=dates["max"],
    )


def _bodies(records: Records) -> pd.DataFrame:
    return _side(records.organisations.index, name=records.organisations["name"])


def _activities(records: Records) -> pd.DataFrame:
    rows = records.activities
    signed = records.attendance.groupby("activity_id").size().reindex(rows.index)
    return _side(rows.index, name=rows["title"], day=rows["date"], sign_ins=signed.fillna(0).astype(int))


def write_review(path: Path, table: pd.DataFrame, lang: Lang, *, force: bool = False) -> None:
    """Write the review workbook: text typed as text, the decision chosen from a list.

    Raises
    ------
    OutputError
        When the file exists (and not ``force``: it may hold answers) or cannot be written.
    """
    import xlsxwriter

    check_file(path, force=force)
    partial = path.with_name(f".{path.stem}.new.xlsx")
    try:
        typed = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(str(partial), {**typed, "in_memory": True}) as book:
            book.set_properties({"created": pd.Timestamp("2000-01-01").to_pydatetime()})
            _write_pairs(book, table, lang)
            sheet = book.add_worksheet(_HELP.text(lang))
            for row, advice in enumerate(_ADVICE):
                sheet.write_string(row, 0, advice.text(lang))
        partial.replace(path)
    except OSError as error:
        raise OutputError("E-OUT-NOT-WRITABLE", path=path, reason=error.strerror or error) from error
    finally:
        partial.unlink(missing_ok=True)


def _write_pairs(book: Any, table: pd.DataFrame, lang: Lang) -> None:
    sheet = book.add_worksheet(_SHEET.text(lang))
    sheet.freeze_panes(1, 3)
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    asked = book.add_format({"bg_color": "#FFF4CC", "valign": "top"})
    choices = {
        _head("decision", lang): [label.text(lang) for label in WORDS.values()],
        _head("shown", lang): [side.text(lang) for side in SIDES],
    }
    wide = {_head("reasons", lang): 30, _head("effect", lang): 44}
    for position, head in enumerate(table.columns):
        sheet.write_string(0, position, str(head), bold)
        sheet.set_column(position, position, wide.get(head, 12), wrapped)
        for row, cell in enumerate(table[head], 1):
            form = asked if head in choices else wrapped
            if isinstance(cell, int | float) and cell == cell:
                sheet.write_number(row, position, cell, form)
            else:
                sheet.write_string(row, position, _text(cell), form)
        if head in choices and len(table):
            sheet.data_validation(
                1, position, len(table), position, {"validate": "list", "source": choices[head]}
            )


def _text(cell: Any) -> str:
    if cell is None or cell != cell:
        return ""
    return f"{cell:%Y-%m-%d}" if isinstance(cell, pd.Timestamp) else str(cell)


def read_answers(path: Path, known: People, records: Records, today: str) -> list[Decision]:
    """Return what was decided in a filled review workbook; rows left blank are no decisions.

    Parameters
    ----------
    known, records
        Who is in the records now: an answer about nobody here is refused.
    today
        The date written beside every answer (ISO).

    Raises
    ------
    InputError
        When the file is missing or is no review workbook.
    ManyProblems
        For every row with an unknown word, with somebody who is not in the records, or that contradicts
        the others; nothing is then used.
    """
    rows, lang, name = _review_rows(path)
    words = {label.text(lang): subject for subject, label in SUBJECTS.items()}
    found: list[Decision] = []
    faults: list[Problem] = []
    for line, row in rows:
        said = row[_head("decision", lang)]
        if not said:
            continue
        place = Place(name, _SHEET.text(lang), line)
        word, subject = read_word(said), words.get(row[_head("kind", lang)], "")
        if word is None:
            allowed = Label("、".join(one.zh for one in WORDS.values()), ", ".join(WORDS))
            faults.append(
                Problem("E-DECISION-WORD", place, facts={"found": not_named(said), "allowed": allowed})
            )
            continue
        ends = [_end(row, lang, side, subject) for side in SIDES]
        if row[_head("shown", lang)] == SIDES[1].text(lang):
            ends.reverse()
        strange = [end.name for end in ends if not _is_here(subject, end, known, records)]
        if strange:
            unknown = "、".join(map(not_named, strange))
            faults.append(Problem("E-DECISION-UNKNOWN", place, facts={"found": unknown}))
            continue
        found.append(Decision(subject, ends[0], ends[1], word, today, line=line))
    faults += check_decisions(found, name)
    if faults:
        raise ManyProblems(sorted(faults, key=lambda fault: fault.place.row))
    return found


def _is_here(subject: str, end: Descriptor, known: People, records: Records) -> bool:
    if subject == "person":
        return known.holds(end)
    if subject == "body":
        return bool((records.organisations["name"] == end.name).any())
    days = records.activities.loc[records.activities["title"] == end.name, "date"]
    return any(_text(day) == (end.day or "") for day in days)


def _end(row: dict[str, str], lang: Lang, side: Label, subject: str) -> Descriptor:
    cells = {part: row[_head(part, lang, side)] for part in _OF_SIDE}
    if subject == "person":
        # Of people joined before, the first key is as good as any.
        keys = [cells[part].split("、")[0] or None for part in ("phone", "person_no", "building")]
        return Descriptor(cells["name"], *keys)
    return Descriptor(cells["name"], day=cells["day"] or None)


def _review_rows(path: Path) -> tuple[list[tuple[int, dict[str, str]]], Lang, str]:
    from sanshe_net.build.read_files import read_sheets

    if not path.is_file():
        raise InputError("E-FILE-MISSING", path=path)
    sheets, problems = read_sheets([path])
    if any(problem.stops for problem in problems):
        raise ManyProblems(problems)
    for sheet in sheets:
        for lang in ("zh", "en"):
            heads = [_cell(cell) for cell in sheet.rows[0]] if sheet.rows else []
            if set(_heads(lang)) <= set(heads):
                rows = [
                    (line, dict(zip(heads, [*map(_cell, row), *[""] * len(heads)], strict=False)))
                    for line, row in zip(sheet.lines[1:], sheet.rows[1:], strict=True)
                ]
                return rows, lang, sheet.file
    needed = Label("、".join(_heads("zh")), ", ".join(_heads("en")))
    raise InputError("E-REVIEW-COLUMNS", Place(str(path)), allowed=needed)


def _cell(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()
