"""Any measure of a network made from attendance, against attendance, labels or periods at random.

A network of people who met is a union of cliques: each activity ties everybody who came. Random graphs of
the same size or density are the wrong chance for it. Here the attendance is shuffled, and the network
made anew from each draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.fixed_margins import fixed_margin_draws
from sanshe_net.attendance.matrix import Attendance
from sanshe_net.errors import MeasureError
from sanshe_net.measures.matrix_network import MatrixNetwork
from sanshe_net.measures.nulls import NullTest, null_test
from sanshe_net.measures.options import check_draws, check_option
from sanshe_net.measures.registry import all_measures, no_such_measure
from sanshe_net.network import Array, Network
from sanshe_net.vocabulary import Label

AttendanceNull: TypeAlias = Literal["margins", "labels", "activities_within_kind"]
ATTENDANCE_NULLS: Final = ("margins", "labels", "activities_within_kind")
MakeNetwork: TypeAlias = Callable[[Attendance], Any]
Statistic: TypeAlias = Callable[[Any], float]
MET: Final = Label(
    "共同参加过任何一场活动即为联系，强度是共同参加的活动数",
    "a tie is having been at any activity together, weighted by the number of joint activities",
)


def attendance_null_test(
    measure: str | Statistic,
    attendance: Attendance,
    *,
    null: AttendanceNull = "margins",
    make_network: MakeNetwork | None = None,
    periods: Sequence[Any] | None = None,
    draws: int = 1000,
    seed: int = 0,
) -> NullTest:
    """Return where a measure lies among its values under a null for attendance.

    - ``margins``: everybody attends as many activities and every activity has as many people as they did,
      nobody what they could not attend; otherwise at random (curveball). Is there structure
      beyond who came how often? Nothing else: it does not test whether a trait goes with a position.
    - ``labels``: the attributes of the actors are dealt anew to the actors; the ties stay. For measures of
      groups.
    - ``activities_within_kind``: which period an activity belongs to is dealt anew within its kind. The
      value is that of the second period minus that of the first.

    Parameters
    ----------
    measure
        The name of a measure of networks, or a function of what ``make_network`` returns.
    attendance
        Who was at what, and who could have been.
    null
        As above.
    make_network
        From attendance to what is measured; by default :func:`met_network`. With ``labels`` its network
        needs actors with attributes. ``lambda held: held`` measures the attendance itself.
    periods
        With ``activities_within_kind``: the period of each activity, two of them, in the order of
        ``attendance.activities``; missing leaves an activity out.
    draws, seed
        How many draws, and their seed.

    Returns
    -------
    NullTest with p = (1 + extreme) / (1 + draws).

    Raises
    ------
    MeasureError
        For an unknown measure or null, for ``draws`` below 1, and where there are not exactly two periods
        with a label for each activity.

    References
    ----------
    Strona, G., et al. (2014). A fast and unbiased procedure to randomize ecological binary matrices with
    fixed row and column totals. *Nature Communications* 5, 4114.
    Farine, D. R., & Whitehead, H. (2015). Constructing, conducting and interpreting animal social network
    analysis. *Journal of Animal Ecology* 84(5), 1144-1163.
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. *Statistical
    Applications in Genetics and Molecular Biology* 9(1), 39.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> table = pd.DataFrame([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1], [0, 0, 1, 1]], list("甲乙丙丁"))
    >>> test = attendance_null_test("density", attendance_from_table(table), draws=99)
    >>> round(test.observed, 3), test.null, test.p_lower < 0.2
    (0.333, 'margins', True)
    """
    check_option("null", null, ATTENDANCE_NULLS)
    check_draws(draws, seed)
    name, compute = _named(measure)
    make = met_network if make_network is None else make_network
    if null == "activities_within_kind":
        labels, (first, second) = _two_periods(attendance, periods)

        def change(held: Array) -> float:
            later, earlier = (compute(make(attendance.of_activities(held == one))) for one in (second, first))
            return float(later) - float(earlier)

        observed = change(labels)
        drawn = np.array([change(held) for held in _dealt(attendance, labels, draws, seed)])
        return null_test(name, null, observed, drawn, seed=seed)
    made = make(attendance)
    shuffled = (
        (make(held) for held in fixed_margin_draws(attendance, draws, seed))
        if null == "margins"
        else relabelled(made, draws, seed)
    )
    # The measure is anybody's function of one network: there is no way around calling it for each.
    drawn = np.array([float(compute(held)) for held in shuffled])
    return null_test(name, null, float(compute(made)), drawn, seed=seed)


def met_network(attendance: Attendance) -> Network:
    """Return the network of everybody in ``attendance``, tied where they met, by how often.

    Actors have no attributes but their id. Ties carry no days; ``build`` makes the networks that do.
    """
    present = attendance.present
    joint = sparse.csr_array(present @ present.T)
    joint.setdiag(0.0)
    joint.eliminate_zeros()
    joint.sort_indices()
    ids = attendance.people.rename("actor_id")
    actors = pd.DataFrame({"label": ids.astype(str), "kind": ""}, index=ids)
    return MatrixNetwork.of(actors, joint, MET, layer="co_attendance", counted=True)


def permuted_periods(
    attendance: Attendance, periods: Sequence[Any], draws: int, seed: int = 0
) -> Iterator[Array]:
    """Yield the periods of the activities dealt anew within each kind of activity.

    Each kind keeps as many activities in each period as it had, so that a change of programme is not taken
    for a change of people. Activities whose period is missing keep that.

    Parameters
    ----------
    attendance
        Its ``activities["kind"]`` says the kinds; activities of unknown kind are a kind of their own.
    periods
        The period of each activity, in the order of ``attendance.activities``.
    draws, seed
        How many, and the seed.

    Yields
    ------
    Array of objects, one period per activity; ``attendance.of_activities(drawn == period)`` is a period.

    Raises
    ------
    MeasureError
        When there is not one label per activity, or ``draws`` is below 1.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> held = attendance_from_table(pd.DataFrame([[1, 1, 0, 1], [0, 1, 1, 1]]))
    >>> [drawn.tolist() for drawn in permuted_periods(held, ["一", "一", "二", "二"], 2)]
    [['二', '一', '一', '二'], ['二', '二', '一', '一']]
    """
    check_draws(draws, seed)
    return _dealt(attendance, _labels(attendance, periods), draws, seed)


def _dealt(attendance: Attendance, labels: Array, draws: int, seed: int) -> Iterator[Array]:
    kinds = pd.factorize(attendance.activities["kind"].fillna(""), sort=True)[0]
    kinds = np.where(pd.isna(labels), -1, kinds)
    places = [np.flatnonzero(kinds == kind) for kind in range(kinds.max(initial=-1) + 1)]
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        drawn = labels.copy()
        for held in places:
            drawn[held] = labels[generator.permutation(held)]
        yield drawn


def relabelled(network: Network, draws: int, seed: int = 0) -> Iterator[Network]:
    """Yield the network with the attributes of its actors dealt anew to its actors; ids and ties stay."""
    order = np.argsort(network.actors.index.astype(str), kind="stable")
    generator = np.random.default_rng(seed)
    for _ in range(draws):
        places = np.empty(len(order), dtype=np.int64)
        places[order] = order[generator.permutation(len(order))]
        actors = network.actors.iloc[places].set_axis(network.actors.index)
        yield replace(network, actors=actors)


def _labels(attendance: Attendance, periods: Sequence[Any] | None) -> Array:
    labels = np.array(list(() if periods is None else periods), dtype=object)
    if len(labels) != attendance.shape[1]:
        raise MeasureError("E-PERIOD-LABELS", found=len(labels), allowed=attendance.shape[1])
    return labels


def _two_periods(attendance: Attendance, periods: Sequence[Any] | None) -> tuple[Array, list[Any]]:
    # In the order of their first activity: the activities stand by date.
    labels = _labels(attendance, periods)
    held = list(dict.fromkeys(label for label in labels.tolist() if not pd.isna(label)))
    if len(held) != 2:
        raise MeasureError("E-TWO-PERIODS", found=", ".join(map(str, held)) or "-")
    return labels, held


def _named(measure: str | Statistic) -> tuple[str, Statistic]:
    if callable(measure):
        return getattr(measure, "__name__", "measure"), measure
    known = all_measures("network")
    if measure not in known:
        raise no_such_measure(str(measure), "network")
    return measure, known[measure].compute
