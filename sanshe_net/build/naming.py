"""What a title row, the name of a sheet or of a file says of the activity whose sign-in sheet it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from sanshe_net.build import grids, headers, values
from sanshe_net.build.header_rows import captions, heading
from sanshe_net.build.headers import HeaderMatch
from sanshe_net.build.mapping import SheetMapping
from sanshe_net.build.read_files import RawSheet
from sanshe_net.build.row_kinds import filled
from sanshe_net.build.values import Cell, Habits, Span, Unclear
from sanshe_net.errors import Place, Problem

_FORM: Final = re.compile(
    r"[\s_\-—–]*[(（]?(?:现场)?(?:人员)?(?:签到|点名|考勤)(?:记录)?[表册单簿]?[)）]?$"
    r"|[\s_\-]+(?:attendance|sign[ -]?in)(?: sheet| list)?$",
    re.IGNORECASE,
)
"""The end of a title that says what the paper is, not what was held: 中秋灯会签到表."""
_GENERIC: Final = re.compile(
    r"(?:sheet|工作表|表|s|table|签到|签到表|签到册|点名|点名册|记录|数据|名单|总表|汇总|temp|新建.*|未命名.*"
    r"|sign[ -]?in(?: sheet)?|attendance(?: sheet| list)?)?[\s_()（）\-\d]*",
    re.IGNORECASE,
)
"""Names of sheets and files that name no activity."""
_LIST_NAME: Final = re.compile(
    r"名册|名单|花名册|通讯录|台账|登记|档案|汇总|统计|导出|export|list", re.IGNORECASE
)
_NO_TITLE: Final = re.compile(
    r".*(?:信息|情况|截至|截止|制表|填表|填写|打印).*"
    r"|(?:.{1,15}(?<!进)(?:社区|街道|社工站|居委会|小区|中心))?(?:居民|志愿者|义工)?(?:活动|会议|服务)?"
)
"""Rows above a header that name no activity: remarks, or only the body that keeps the sheet."""
_LONGEST_TITLE: Final = 60


class _Name(NamedTuple):
    """A text that may name the activity, and where it stands; ``title`` tells a row above the header."""

    text: str
    place: Place
    title: bool = False


def named_by_sheet(
    sheet: RawSheet,
    top: int,
    given: dict[str, Cell],
    keys: Sequence[str],
    match: HeaderMatch,
    mapping: SheetMapping,
) -> tuple[dict[str, Cell], HeaderMatch, list[Problem]]:
    """Return what titles and names say of a list of people that does not name its activity.

    A title above the header (rows before ``top``) comes before the name of the sheet, that before the name
    of the file; what stands in a column or a caption comes before all of them.
    """
    held = {*match.columns, *given}
    if (
        match.schema.name not in ("attendance", "people")
        or "activity" in held
        or "person" not in match.columns
        or mapping.sheet_name == "ignore"
    ):
        return given, match, []
    names = list(_names(sheet, top))
    habits = mapping.habits
    if habits.year is None and "date" not in held:  # 3月5日 in the title, 20240305 in the name of the file
        habits = replace(habits, year=_year_of(names))
    for name in names:
        try:
            title, spans = values.day_in_title(name.text, habits)
        except Unclear as question:
            facts: dict[str, object] = {"reason": question.reason}
            return given, match, [Problem(question.code, name.place, "quarantined", name.text, facts)]
        dated = spans is not None and "date" not in held and spans[0].precision == "day"
        bare = _FORM.sub("", title)
        by_choice = mapping.sheet_name == "activity" and name.place.sheet == name.text
        known = "date" in held or (name.title and bool(_day_elsewhere(names, habits)))
        told = dated or by_choice or (known and (not name.title or _is_title(name, title, names)))
        if not told or _GENERIC.fullmatch(bare) or (name.title and _NO_TITLE.fullmatch(bare)):
            continue
        said: dict[str, Cell] = {**given, "activity": bare}
        if dated and spans is not None:
            said["date"] = grids.written(spans[0])
        elif "date" not in held:
            said |= _day_elsewhere(names, habits)
        matched = headers.match_header(keys, frozenset(said), mapping.of_file(sheet.file), only="attendance")
        return said, matched or match, [Problem("N-ACTIVITY-FROM-NAME", name.place, value=name.text)]
    return given, match, []


def day_of_sheet(sheet: RawSheet, top: int, mapping: SheetMapping) -> Cell:
    """Return the one day that titles and names tell of a sheet, for its only activity."""
    return _day_elsewhere(list(_names(sheet, top)), mapping.habits).get("date")


def _names(sheet: RawSheet, top: int) -> Iterator[_Name]:
    """Yield what may name the activity, the most telling first."""
    for row, line in zip(sheet.rows[:top], sheet.lines[:top], strict=True):
        cells = {heading(cell) for cell in filled(row)}
        text = next(iter(cells), "")
        if len(cells) == 1 and len(text) <= _LONGEST_TITLE and not captions([row]) and _is_name(text):
            yield _Name(text, Place(sheet.file, sheet.sheet, line), title=True)
    place = Place(sheet.file, sheet.sheet)
    for text in (sheet.sheet, re.sub(r"\.\w{1,5}$", "", sheet.file.rpartition("/")[2])):
        if _is_name(text):
            yield _Name(text, place)


def _is_name(text: str) -> bool:
    return not _GENERIC.fullmatch(text.strip()) and not _LIST_NAME.search(text)


def _is_title(name: _Name, title: str, names: Sequence[_Name]) -> bool:
    """Return whether an undated row above a header is a title: it says so, or a name says the same."""
    return _FORM.search(title) is not None or any(not other.title and title in other.text for other in names)


def _spans(name: _Name, habits: Habits) -> tuple[Span, ...] | None:
    try:
        return values.day_in_title(name.text, habits)[1]
    except Unclear:
        return None


def _year_of(names: Sequence[_Name]) -> int | None:
    """Return the year that the only days with a year among the names have."""
    years = {span.start.year for name in names for span in _spans(name, Habits()) or ()}
    return years.pop() if len(years) == 1 else None


def _day_elsewhere(names: Sequence[_Name], habits: Habits) -> Mapping[str, Cell]:
    """Return the day that one of the names tells, for an activity whose own name tells none."""
    for name in names:
        spans = _spans(name, habits)
        if spans is not None and spans[0].precision == "day":
            return {"date": grids.written(spans[0])}
    return {}
