"""What the records add up to: the counts a station reports, each with its definition and its coverage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from sanshe_net.records import Every, Records
from sanshe_net.vocabulary import INDICATORS, STAFF_KINDS, Label, Lang


@dataclass(frozen=True)
class Gap:
    """Something that could not be worked out, and the column that would make it possible."""

    term: str
    needs: Label


@dataclass(frozen=True)
class Indicators:
    """The headline counts.

    Attributes
    ----------
    table
        One row per indicator, index ``term``: ``value`` (number), ``zh`` and ``en`` (the value in words,
        ranges and shares included), ``meaning_zh`` and ``meaning_en`` (what exactly is counted).
    by_period
        One row per calendar period: ``period``, ``start``, ``end``, ``activities``, ``attendances``
        (heads), ``named`` (sign-ins with a name), ``people`` (different named people), ``complete``
        (False when the records start or stop inside the period).
    gaps
        What could not be counted, and why.
    """

    table: pd.DataFrame
    by_period: pd.DataFrame
    gaps: tuple[Gap, ...]

    def explain(self, lang: Lang) -> list[str]:
        """Return one sentence per indicator."""
        colon, stop = ("：", "。") if lang == "zh" else (": ", ".")
        return [
            f"{INDICATORS[str(term)].text(lang)}{colon}{row[lang]} ({row[f'meaning_{lang}']}){stop}"
            for term, row in self.table.iterrows()
        ]


def headline_indicators(records: Records, *, every: Every = "quarter") -> Indicators:
    """Return the headline counts of the records.

    Counts are of what the sheets say: 人次 (attendances) are heads, reported or signed in, whichever is
    more; 人数 (people) are different named people, given as a range when some could not be told apart.
    """
    rows, gaps = {}, []
    for term, (count, meaning, needs) in _COUNTS.items():
        found = count(records)
        if found is None:
            gaps.append(Gap(term, _missing_of_hours(records, needs) if term == "volunteer_hours" else needs))
        else:
            rows[term] = (*found, *meaning)
    columns = ["value", "zh", "en", "meaning_zh", "meaning_en"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis(index="term")
    return Indicators(table, _by_period(records, every), tuple(gaps))


def named_coverage(records: Records) -> float:
    """Return the share of all heads that have a name on a sheet, 0 to 1; NaN without any head."""
    heads = records.head_counts().sum()
    return float(records.named_sign_ins().sum() / heads) if heads else float("nan")


Found = tuple[float, str, str] | None


def _plain(value: float) -> Found:
    shown = f"{value:,.0f}"
    return value, shown, shown


def _share(part: float, whole: float) -> Found:
    if not whole:
        return None
    shown = f"{part / whole:.0%}"
    return part / whole, shown, shown


def _activities(records: Records) -> Found:
    return _plain(len(records.activities))


def _attendances(records: Records) -> Found:
    return _plain(float(records.head_counts().sum()))


def _people(records: Records) -> Found:
    presence = records.presence()
    known = presence.loc[presence["present"], "person_id"].nunique()
    unclear = records.unresolved_sign_ins()
    if not unclear:
        return _plain(known)
    # Every unclear sign-in may be one of those known, or one more person.
    shown = f"{known:,}–{known + unclear:,}"
    return known, shown, shown


def _coverage(records: Records) -> Found:
    return _share(float(records.named_sign_ins().sum()), float(records.head_counts().sum()))


def _residents_present(records: Records) -> pd.DataFrame:
    presence = records.presence()
    staff = records.people.index[records.people["kind"].isin(list(STAFF_KINDS))]
    return presence[presence["present"] & ~presence["person_id"].isin(staff)]


def _repeat(records: Records) -> Found:
    times = _residents_present(records).groupby("person_id").size()
    return _share(float((times > 1).sum()), len(times))


def _volunteering(records: Records) -> pd.DataFrame:
    rows = records.attendance
    return rows[(rows["role"] == "volunteer") & rows["present"].fillna(False).astype(bool)]


def _volunteers(records: Records) -> Found:
    rows = _volunteering(records)
    return _plain(rows["person_id"].nunique()) if len(rows) else None


def _hours(records: Records) -> Found:
    hours = _volunteering(records)["hours"].dropna()
    return _plain(float(hours.sum())) if len(hours) else None


def _missing_of_hours(records: Records, needs: Label) -> Label:
    """Return what is missing for the hours: the column, the volunteers whose hours they are, or the figures."""
    if records.attendance["hours"].isna().all():
        return needs
    return _HOURS_OF_VOLUNTEERS if len(_volunteering(records)) else _SIGN_IN


def _bodies(records: Records, kind: str) -> pd.DataFrame:
    return records.organisations[records.organisations["kind"] == kind]


def _registered(records: Records) -> Found:
    known = _bodies(records, "organisation")["registered"].dropna()
    return _plain(int(known.sum())) if len(known) else None


def _organisations(records: Records) -> Found:
    held = _bodies(records, "organisation")
    return _plain(len(held)) if len(held) else None


def _partners(records: Records) -> Found:
    held = _bodies(records, "partner")
    return _plain(len(held)) if len(held) else None


def _amount(records: Records) -> Found:
    if records.support.empty:
        return None
    known = records.support["amount"].dropna()
    total, unknown = float(known.sum()), len(records.support) - len(known)
    if not unknown:
        return _plain(total)
    return (
        total,
        f"{total:,.0f}（另有 {unknown} 笔未折合）",
        f"{total:,.0f} (and {unknown} without an amount)",
    )


def _meetings(records: Records) -> Found:
    held = int((records.activities["kind"] == "council").sum())
    return _plain(held) if held else None


def _settled(records: Records) -> Found:
    if records.issues.empty:
        return None
    done, total = int((records.issues["state"] == "solved").sum()), len(records.issues)
    return done / total, f"{done} / {total}", f"{done} of {total}"


def _resident_initiated(records: Records) -> Found:
    known = records.activities["initiator_kind"].dropna()
    mine = known.isin(["resident", "organisation"])
    return _share(float(mine.sum()), len(known))


_SIGN_IN: Final = Label(
    "签到表里“角色”列写明“志愿者”的行",
    "rows marked 志愿者 (volunteer) in the column 角色 (role) of the sign-in sheets",
)
_HOURS_OF_VOLUNTEERS: Final = Label(
    "志愿者各行的“服务时长”（现在只有其他角色的行填了）",
    "the hours (服务时长) in the rows of volunteers; so far only rows of other roles have them",
)
_COUNTS: Final[dict[str, tuple[Callable[[Records], Found], Label, Label]]] = {
    "activities": (
        _activities,
        Label("同一名称、同一日期算一场", "one title on one day is one activity"),
        Label("", ""),
    ),
    "attendances": (
        _attendances,
        Label("每场取登记人数与签到人数中较大者，逐场相加", "per activity the larger of reported heads and sign-ins, summed"),
        Label("", ""),
    ),
    "people": (
        _people,
        Label("有姓名的不同的人，含工作人员；分不清的同名者给出范围", "different named people, staff included; a range where people share a name"),
        Label("", ""),
    ),
    "named_coverage": (
        _coverage,
        Label("有姓名的签到占全部人次的比例", "sign-ins with a name as a share of all attendances"),
        Label("活动台账的“参加人数”列", "the column 参加人数 (head count) of the list of activities"),
    ),
    "repeat_share": (
        _repeat,
        Label("实名居民中参加过两场及以上的比例", "share of named residents who came at least twice"),
        Label("", ""),
    ),
    "volunteers": (_volunteers, Label("以志愿者身份签到过的不同的人", "different people who signed in as volunteer"), _SIGN_IN),
    "volunteer_hours": (
        _hours,
        Label("志愿者签到的“服务时长”之和", "sum of the hours of volunteer sign-ins"),
        Label("签到表里的“服务时长”列", "the column 服务时长 (hours) of the sign-in sheets"),
    ),
    "organisations_registered": (
        _registered,
        Label("组织名册中写明已备案的社会组织", "organisations that the list calls registered"),
        Label("组织名册的“备案情况”列", "the column 备案情况 (registered) of the list of organisations"),
    ),
    "organisations_all": (
        _organisations,
        Label("名册、成员名单或主办单位中出现的社会组织与自组织", "organisations and groups on any list or as host"),
        Label("组织名册，或活动台账的“主办单位”列", "a list of organisations, or the column 主办单位 (host)"),
    ),
    "partners": (
        _partners,
        Label("提供过或登记为资源方的单位", "bodies listed as partner or that gave something"),
        Label("资源登记表的“资源方”列", "the column 资源方 (giver) of a list of support"),
    ),
    "support_amount": (
        _amount,
        Label("资源登记表中折合金额之和", "sum of the amounts in the list of support"),
        Label("资源登记表的“折合金额”列", "the column 折合金额 (amount) of a list of support"),
    ),
    "council_meetings_held": (
        _meetings,
        Label("活动类型为议事会的场次", "activities of the kind council"),
        Label("活动台账的“活动类型”列（议事会）", "the column 活动类型 (activity kind: council)"),
    ),
    "issues_settled": (
        _settled,
        Label("已解决的议题 / 全部议题", "issues settled, of all issues"),
        Label("议题表的“状态”列", "the column 状态 (state) of a list of council issues"),
    ),
    "resident_initiated": (
        _resident_initiated,
        Label("写明发起方的活动中，由居民或社会组织发起的比例", "share of activities with a known initiator that residents or their groups started"),
        Label("活动台账的“发起方”列", "the column 发起方 (initiator) of the list of activities"),
    ),
}  # fmt: skip


def _by_period(records: Records, every: Every) -> pd.DataFrame:
    heads, named, presence = records.head_counts(), records.named_sign_ins(), records.presence()
    dates = records.activities["date"]
    rows: list[tuple[Any, ...]] = []
    for period in records.periods(every):
        held = dates.index[dates.between(period.start, period.end)]
        here = presence[presence["present"] & presence["activity_id"].isin(held)]
        complete = period.start >= dates.min() - pd.Timedelta(
            days=7
        ) and period.end <= dates.max() + pd.Timedelta(days=7)
        counts = (len(held), heads[held].sum(), named.reindex(held).sum(), here["person_id"].nunique())
        rows.append((period.label, period.start, period.end, *counts, complete))
    columns = ["period", "start", "end", "activities", "attendances", "named", "people", "complete"]
    return pd.DataFrame(rows, columns=columns)
