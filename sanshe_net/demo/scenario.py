"""The fixed facts of the simulated community: its phases, its groups and the days they live by."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

FIRST_DAY = np.datetime64("2023-03-01")
LAST_DAY = np.datetime64("2025-02-28")
DAYS = int((LAST_DAY - FIRST_DAY).astype(int)) + 1

COMMUNITY = "青云里社区"
COMMITTEE = "青云里社区居委会"
STATION = "青云里社工服务站"
STREET = "青云街道办事处"

BUILDINGS = tuple(f"{number}栋" for number in range(1, 9))


class Phase(NamedTuple):
    """One of the five phases of the seed paper."""

    name: str
    start: str
    end: str


PHASES = (
    Phase("第一阶段", "2023-03-01", "2023-07-31"),
    Phase("第二阶段", "2023-08-01", "2023-12-31"),
    Phase("第三阶段", "2024-01-01", "2024-05-31"),
    Phase("第四阶段", "2024-06-01", "2024-10-31"),
    Phase("第五阶段", "2024-11-01", "2025-02-28"),
)
STAFF_ABSENCES = (("2024-03-11", "2024-03-31"), ("2024-08-05", "2024-08-25"), ("2024-12-09", "2024-12-29"))
"""Weeks in which all social workers are away for training: nothing of theirs takes place."""
HOLIDAYS = (("2024-02-07", "2024-02-18"), ("2025-01-26", "2025-02-05"))
"""The weeks of the Spring Festival: no ordinary activity takes place."""


class Group(NamedTuple):
    """A group of residents with its own series of activities.

    ``running`` says who runs it: ``led`` by a resident leader from phase 3 on, ``shared`` among its members,
    or ``staff``, which never leaves the hands of the social workers. ``side`` says who feels at home in it.
    """

    name: str
    kind: str
    titles: tuple[str, ...]
    weekday: str
    rate: float
    size: int
    founded: str
    registered: str | None
    side: str
    age: str
    running: str


GROUPS = (
    Group(
        "青云里舞蹈队",
        "兴趣",
        ("广场舞排练", "舞蹈基本功练习", "舞蹈队新人课"),
        "TUE",
        0.7,
        25,
        "2023-03-01",
        "2024-03-15",
        "local",
        "old",
        "led",
    ),
    Group(
        "青云里太极队",
        "兴趣",
        ("太极拳晨练", "八段锦练习"),
        "WED",
        0.66,
        23,
        "2023-03-01",
        None,
        "local",
        "old",
        "led",
    ),
    Group(
        "青云里合唱团",
        "兴趣",
        ("合唱排练", "红歌学唱", "声乐入门课"),
        "THU",
        0.6,
        24,
        "2023-04-01",
        None,
        "local",
        "old",
        "led",
    ),
    Group(
        "青云里手工坊",
        "兴趣",
        ("手工编织", "布艺制作", "节庆手作"),
        "SUN",
        0.5,
        19,
        "2023-04-10",
        None,
        "newcomer",
        "any",
        "shared",
    ),
    Group(
        "青云里亲子读书会",
        "兴趣",
        ("亲子共读", "绘本故事会", "家长沙龙"),
        "SAT",
        0.62,
        24,
        "2023-05-01",
        "2024-06-01",
        "newcomer",
        "young",
        "led",
    ),
    Group(
        "智能手机学习小组",
        "兴趣",
        ("智能手机入门", "手机就医挂号练习", "防骗手机课"),
        "MON",
        0.6,
        18,
        "2023-04-01",
        None,
        "local",
        "old",
        "staff",
    ),
    Group(
        "青云里书法社",
        "兴趣",
        ("书法练习", "春联习作"),
        "FRI",
        0.45,
        17,
        "2023-06-01",
        None,
        "local",
        "old",
        "shared",
    ),
    Group(
        "新邻里互助会",
        "兴趣",
        ("新邻里茶话会", "新居民周末聚会", "家乡菜分享"),
        "SUN",
        0.58,
        23,
        "2023-06-10",
        None,
        "newcomer",
        "young",
        "led",
    ),
    Group(
        "青云里粤曲社",
        "兴趣",
        ("粤曲私伙局", "粤曲唱腔练习"),
        "FRI",
        0.45,
        17,
        "2023-07-01",
        None,
        "local",
        "old",
        "shared",
    ),
    Group(
        "青云里长者互助组",
        "志愿",
        ("长者互助茶座", "探访独居长者", "长者生日会"),
        "THU",
        0.6,
        22,
        "2023-09-01",
        "2024-04-10",
        "local",
        "old",
        "led",
    ),
    Group(
        "青云里志愿服务队",
        "志愿",
        ("志愿服务例会", "楼道清洁日", "文明出行劝导"),
        "SAT",
        0.68,
        26,
        "2023-08-15",
        "2024-01-20",
        "open",
        "any",
        "led",
    ),
    Group(
        "青云里环保队",
        "行动",
        ("旧物回收行动", "垃圾分类督导", "环保手作交流"),
        "SUN",
        0.62,
        22,
        "2024-01-05",
        "2024-07-10",
        "open",
        "any",
        "led",
    ),
    Group(
        "青云里园艺小组",
        "行动",
        ("社区花园养护", "阳台种植交流"),
        "WED",
        0.5,
        17,
        "2024-02-20",
        None,
        "open",
        "any",
        "shared",
    ),
    Group(
        "青云里邻里守望队",
        "自治",
        ("夜间安全巡查", "楼栋公约商议", "邻里纠纷调解"),
        "FRI",
        0.7,
        20,
        "2024-03-01",
        "2024-09-05",
        "open",
        "any",
        "led",
    ),
)
STAFF_DEPENDENT = next(number for number, group in enumerate(GROUPS) if group.running == "staff")
VOLUNTEER_TEAM = next(number for number, group in enumerate(GROUPS) if group.name == "青云里志愿服务队")

# Series of activities that belong to no group, numbered after the groups.
TRAINING, SERVICE, OPEN_EVENT, FESTIVAL, COUNCIL = range(len(GROUPS), len(GROUPS) + 5)
SERIES = len(GROUPS) + 5

RESIDENT_RUN = {
    "led": (0.0, 0.06, 0.50, 0.82, 0.93),
    "shared": (0.0, 0.0, 0.15, 0.35, 0.45),
    "staff": (0.0, 0.0, 0.0, 0.0, 0.0),
}
"""Share of a group's activities that residents run, by phase."""
MIXING = (0.08, 0.16, 0.40, 0.75, 1.0)
"""How readily local and non-local residents go to each other's groups, by phase."""
BROKER_GROUPS = ((0, 7), (1, 4), (2, 3), (9, 4), (6, 7), (8, 3), (0, 4), (2, 7))
"""The two otherwise separate groups each planted broker is a regular of."""


def day_of(date: str) -> int:
    """Return the number of the day, counted from 0 on the first day of the simulation.

    Examples
    --------
    >>> day_of("2023-03-02")
    1
    """
    return int((np.datetime64(date) - FIRST_DAY).astype(int))


def date_of(days: npt.NDArray[np.int64]) -> npt.NDArray[np.datetime64]:
    """Return the dates of numbered days, also of days before the first."""
    dates: npt.NDArray[np.datetime64] = FIRST_DAY + days.astype("timedelta64[D]")
    return dates


def phase_of(days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the phase each day falls in, 0 for the first."""
    starts = np.array([day_of(phase.start) for phase in PHASES])
    return np.searchsorted(starts, days, side="right") - 1


def falls_in(days: npt.NDArray[np.int64], spans: tuple[tuple[str, str], ...]) -> npt.NDArray[np.bool_]:
    """Tell for each day whether it lies inside one of the spans (both ends included)."""
    inside = np.zeros(len(days), dtype=bool)
    for start, end in spans:
        inside |= (days >= day_of(start)) & (days <= day_of(end))
    return inside
