"""When there is no interval: said in words, never a number."""

from __future__ import annotations

from typing import Final

from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.vocabulary import MEASURES, Label, Lang

MIN_ACTIVITIES: Final = 5
"""Fewer activities say nothing about what other activities would have shown."""
MIN_PEOPLE: Final = 2


def too_little(attendance: Attendance) -> Label | None:
    """Return why nothing can be said about chance, or ``None``."""
    people = int((attendance.attended > 0).sum())
    held = int((attendance.named > 0).sum())
    if not people:
        return Label(
            "无法计算：没有一次签到有姓名。请在签到表里写姓名。",
            "Cannot be computed because no sign-in has a name. Use sheets with names.",
        )
    if people < MIN_PEOPLE:
        return Label(
            f"无法计算：有姓名的只有 {people} 人，至少需要 {MIN_PEOPLE} 人。",
            f"Cannot be computed because only {people} person is named; {MIN_PEOPLE} are needed.",
        )
    if held < MIN_ACTIVITIES:
        return Label(
            f"无法计算：有实名签到的活动只有 {held} 场，至少需要 {MIN_ACTIVITIES} 场才能说换一批活动会怎样。",
            f"Cannot be computed because named people signed in for only {held} activities; "
            f"{MIN_ACTIVITIES} are needed to say what other activities would have shown.",
        )
    return None


UNDEFINED: Final = Label(
    "无法计算：该指标在这些记录上没有数值。",
    "Cannot be computed because the measure has no value on these records.",
)
CONSTANT: Final = Label(
    "无法计算名次：所有人的数值都相同，换一批活动也不变。",
    "Ranks cannot be computed because everybody has the same value, whatever the activities.",
)


def check_numbers(*, draws: int, level: float, top_k: int = 1) -> None:
    """Refuse impossible numbers.

    Raises
    ------
    MeasureError
        Naming the option, what was asked for and what is allowed.
    """
    wrong = {
        "draws": (draws, draws < 1, "1, 2, 3, ..."),
        "level": (level, not 0 < level < 1, "0 < level < 1"),
        "top_k": (top_k, top_k < 1, "1, 2, 3, ..."),
    }
    for name, (found, refused, allowed) in wrong.items():
        if refused:
            raise MeasureError("E-VALUE", name=name, found=found, allowed=allowed)


def named(measure: str) -> Label:
    """Return the name of a measure in words; a function keeps its own."""
    return MEASURES.get(measure, Label(measure, measure))


def refusal(measure: str, because: Label, lang: Lang) -> list[str]:
    """Return why nothing is said about a measure, as the only sentence."""
    name = named(measure)
    return [Label(f"{name.zh}：{because.zh}", f"{name.en}: {because.en}").text(lang)]
