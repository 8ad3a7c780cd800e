"""What a mark in an attendance cell says."""

from __future__ import annotations

from typing import Final

from sanshe_net.build.cells.text import NO_HABITS, Cell, Habits, Unclear, text

PRESENT_MARKS: Final = (
    "1 √ ✓ ✔ ☑ ✅ 是 y yes true 到 已到 到了 实到 到场 已到场 出席 已出席 出勤 参加 已参加 参与 签到 已签到 "
    "已签 present attended"
)
ABSENT_MARKS: Final = (
    "0 / - -- — – 否 n no false 未到 没到 未到场 缺席 缺勤 未出席 未参加 没参加 未签到 未签 没签 没来 absent"
)
_PRESENT: Final = frozenset(PRESENT_MARKS.split())
_ABSENT: Final = frozenset(ABSENT_MARKS.split())


def present(cell: Cell, habits: Habits = NO_HABITS) -> bool | None:
    """Return whether a mark says present; ``None`` for blank and for a mark that ``habits`` ignores.

    What ``habits`` say of a mark holds, whatever others mean by it.

    Raises
    ------
    Unclear
        ``Q-MARK`` for marks that offices use both ways (×, ○, △, 请假, 迟到), for numbers other than 0
        and 1, and for anything else.
    """
    mark = mark_key(cell)
    if mark is None:
        return None
    meaning = next((said for written, said in habits.marks.items() if mark_key(written) == mark), None)
    if meaning is not None:
        return {"present": True, "absent": False}.get(meaning)
    if mark in _PRESENT:
        return True
    if mark in _ABSENT:
        return False
    raise Unclear("Q-MARK")


def mark_key(cell: Cell) -> str | None:
    """Return a mark in the form in which marks are compared: ``TRUE``, ``True`` and ``true`` are one."""
    tidy = text(cell)
    return None if tidy is None else tidy.casefold()
