"""Called ties: pairs who met more often than their activity and the size of the activities explain.

Being at the same activity is an opportunity. A tie is *called* when chance, with everybody as active and
every activity as large as they were, seldom brings the two together so often, corrected for the
number of pairs looked at. Few records cannot show that for anybody, and the answer then says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.attendance.called_wording import CORRECTIONS, MODELS, REASONS, rule_wording, sentences
from sanshe_net.attendance.matrix import Attendance
from sanshe_net.attendance.multiplicity import adjusted
from sanshe_net.attendance.pair_nulls import FixedMargins, PairNull, fixed_margins, pair_null
from sanshe_net.attendance.projection import joint_ties
from sanshe_net.errors import MeasureError
from sanshe_net.network import TIE_COLUMNS, Array, Network
from sanshe_net.vocabulary import Label, Lang

Model: TypeAlias = Literal["sdsm", "fixed_row", "fixed_column", "fixed_fill", "fdsm"]
Correction: TypeAlias = Literal["bh", "by", "holm", "bonferroni", "none"]
DENSE_PEOPLE: Final = 5000
"""People whose every pair is held for ``fdsm``."""


@dataclass(frozen=True)
class CalledTies:
    """Which pairs met more often than chance explains, and what the records could have shown.

    Attributes
    ----------
    ties
        The pairs called, sorted: ``source``, ``target`` (ids; source first in order), ``joint``
        (activities attended together), ``p``, ``q`` (corrected for all eligible pairs).
    people, activities
        People with at least one sign-in and activities with at least one named person.
    eligible
        Pairs of these people who both could have come to at least one of the activities: the number of
        tests, with the pairs that never met (their p is 1).
    linked
        Pairs that met at least once.
    testable
        Pairs whose smallest attainable p, meeting as often as the less active of the two came, is
        ``alpha`` or less. No other pair can be called, whatever they do.
    uncorrected
        Pairs with p <= ``alpha`` before the correction and the floor of joint activities.
    smallest
        The smallest p.
    model, correction, alpha, min_joint
        The rule: a key of :data:`MODELS` and of :data:`CORRECTIONS`, level, floor of joint activities.
    draws, seed
        Of the ``fdsm`` model; 0 draws means that the p-values are exact.
    """

    ties: pd.DataFrame
    people: int
    activities: int
    eligible: int
    linked: int
    testable: int
    uncorrected: int
    smallest: float
    model: Model
    correction: Correction
    alpha: float
    min_joint: int
    draws: int
    seed: int

    @property
    def testable_share(self) -> float:
        """The share of eligible pairs that are testable."""
        return self.testable / self.eligible

    @property
    def verdict(self) -> Literal["enough", "not enough"]:
        """Whether the records were enough to call any tie."""
        return "enough" if len(self.ties) else "not enough"

    @cached_property
    def wording(self) -> Label:
        """The rule in words, with what came of it: the ``rule`` of a network of these ties."""
        return rule_wording(self)

    def explain(self, lang: Lang) -> list[str]:
        """Return the result in words, one sentence each."""
        return [sentence.text(lang) for sentence in sentences(self)]


def call_ties(
    attendance: Attendance,
    *,
    model: Model = "sdsm",
    alpha: float = 0.05,
    correction: Correction = "bh",
    min_joint: int = 2,
    draws: int = 1000,
    seed: int = 0,
) -> CalledTies:
    r"""Return the pairs who attended together more often than chance explains.

    Each pair with :math:`w_{ij}` joint activities gets the upper tail :math:`p = P(X \ge w_{ij})` of
    the joint activities X that a null gives them:

    - ``sdsm``: attendance is independent with the chances of the bipartite configuration model
      (:func:`~sanshe_net.attendance.configuration.configuration_model`): activity of people and size of
      activities are kept on average. X is Poisson-binomial; the tail is exact.
    - ``fdsm``: both are kept exactly, every such table alike likely; p = (1 + extreme) / (1 + draws) over
      curveball draws.
    - ``fixed_row``: only the activity of people is kept (hypergeometric, exact).
    - ``fixed_column``: only the size of activities (Poisson-binomial, exact).
    - ``fixed_fill``: only the number of sign-ins (exact).

    The p-values are corrected over all eligible pairs. Those that never met have p = 1 and count, for
    they were looked at too. People without a sign-in and activities without a named person are no part of
    the question. Nobody is expected where they were not eligible.

    Parameters
    ----------
    attendance
        Who was at what, and who could have been.
    model
        The null.
    alpha
        Level: of the false discovery rate for ``bh`` and ``by``, of one false tie anywhere for ``holm``
        and ``bonferroni``, of each single pair for ``none``.
    correction
        ``bh`` Benjamini-Hochberg, ``by`` Benjamini-Yekutieli, ``holm``, ``bonferroni`` or ``none``.
    min_joint
        Pairs with fewer joint activities are not called.
    draws, seed
        Of ``fdsm``.

    Returns
    -------
    CalledTies; without a tie where the records are too few, which is a normal answer.

    Raises
    ------
    MeasureError
        For an option that does not exist, and where it cannot be computed: nobody is named, fewer than
        two people or activities, or everybody was at everything they could attend.

    Notes
    -----
    Cost: O(m c) per pair of classes (people with the same number of attendances and the same eligibility)
    for *m* activities and counts up to *c*; ``fdsm``: O(n² m) a draw.

    References
    ----------
    Neal, Z. P., Domagalski, R., & Sagan, B. (2021). Comparing alternatives to the fixed degree sequence
    model for extracting the backbone of bipartite projections. *Scientific Reports* 11, 23929.
    Benjamini, Y., & Hochberg, Y. (1995). Controlling the false discovery rate. *Journal of the Royal
    Statistical Society B* 57(1), 289-300.
    Tarone, R. E. (1990). A modified Bonferroni method for discrete data. *Biometrics* 46(2), 515-522.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> import numpy as np
    >>> days = np.arange(60)
    >>> table = pd.DataFrame([days % 6 == 0, days % 6 == 0, days % 5 == 1, days % 7 == 2], list("甲乙丙丁"))
    >>> called = call_ties(attendance_from_table(table.astype(int)))
    >>> called.ties[["source", "target", "joint"]].to_numpy().tolist(), called.verdict
    ([['乙', '甲', 10]], 'enough')
    """
    _check(model, alpha, correction, min_joint, draws)
    attendance = _asked(attendance)
    chance = _chance(attendance, model, draws, seed)
    eligible, testable = chance.counted(alpha)
    pairs = _tested(attendance, chance)
    q = adjusted(pairs["p"].to_numpy(), eligible, correction)
    pairs = pairs.assign(q=q)
    called = pairs[(pairs["q"] <= alpha) & (pairs["joint"] >= min_joint)]
    return CalledTies(
        called.reset_index(drop=True),
        *attendance.shape,
        eligible=eligible,
        linked=len(pairs),
        testable=testable,
        uncorrected=int((pairs["p"] <= alpha).sum()),
        smallest=float(pairs["p"].min()) if len(pairs) else 1.0,
        model=model,
        correction=correction,
        alpha=alpha,
        min_joint=min_joint,
        draws=draws if model == "fdsm" else 0,
        seed=seed,
    )


def pair_p_values(
    attendance: Attendance, *, model: Model = "sdsm", draws: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Return the p-value of every pair that met: ``source``, ``target``, ``joint``, ``p``.

    All other pairs have p = 1. Parameters and refusals are those of :func:`call_ties`.

    Examples
    --------
    >>> from sanshe_net.attendance.matrix import attendance_from_table
    >>> held = attendance_from_table(pd.DataFrame([[1, 1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 1]]))
    >>> pair_p_values(held, model="fixed_row").to_numpy().round(4).tolist()
    [[0.0, 1.0, 2.0, 0.1667]]
    """
    _check(model, 0.05, "none", 1, draws)
    asked = _asked(attendance)
    return _tested(asked, _chance(asked, model, draws, seed))


def tie_table(called: CalledTies, attendance: Attendance, layer: str = "co_attendance") -> pd.DataFrame:
    """Return the called ties as the ties of a network: weight and evidence are the joint activities.

    ``first`` and ``last`` are the days of the first and the last dated activity attended together.
    """
    rows = {name: attendance.people.get_indexer(pd.Index(called.ties[name])) for name in ("source", "target")}
    dates = attendance.activities["date"].to_numpy().astype("datetime64[ns]")
    both = sparse.csr_array(attendance.present[rows["source"]].multiply(attendance.present[rows["target"]]))
    pair, days = np.repeat(np.arange(both.shape[0]), np.diff(both.indptr)), dates[both.indices]
    spans = pd.Series(days).groupby(pair).agg(["min", "max"]).reindex(range(both.shape[0]))
    joint = called.ties["joint"].to_numpy()
    held = {"source": called.ties["source"], "target": called.ties["target"], "layer": layer}
    held |= {"weight": joint.astype(float), "first": spans["min"].to_numpy(), "last": spans["max"].to_numpy()}
    return pd.DataFrame(held | {"evidence": joint.astype(np.int64)}, columns=[*TIE_COLUMNS])


def called_network(
    attendance: Attendance,
    *,
    actors: pd.DataFrame | None = None,
    layer: str = "co_attendance",
    **options: Any,
) -> Network:
    """Return the network of the called ties; without any tie where the records are not enough.

    Parameters
    ----------
    actors
        Table of the actors; by default the people of ``attendance`` without attributes.
    layer
        Layer of the ties.
    options
        Those of :func:`call_ties`.

    Returns
    -------
    Network whose ``rule`` says the model, the correction, the testable share and, without ties, that the
    records were not enough.
    """
    called = call_ties(attendance, **options)
    if actors is None:
        ids = attendance.people.rename("actor_id")
        actors = pd.DataFrame({"label": ids.astype(str), "kind": ""}, index=ids)
    return Network(actors, tie_table(called, attendance, layer), rule=called.wording)


def _check(model: str, alpha: float, correction: str, min_joint: int, draws: int) -> None:
    for name, value, known in (("model", model, MODELS), ("correction", correction, CORRECTIONS)):
        if value not in known:
            raise MeasureError("E-VALUE", name=name, found=value, allowed=", ".join(known))
    if not 0 < alpha < 1:
        raise MeasureError("E-VALUE", name="alpha", found=alpha, allowed="0 < alpha < 1")
    for name, number in (("min_joint", min_joint), ("draws", draws)):
        if number < 1:
            raise MeasureError("E-VALUE", name=name, found=number, allowed="1, 2, 3, ...")


def _asked(attendance: Attendance) -> Attendance:
    # Those who came at least once and what had at least one named person; or why there is no answer.
    if not attendance.present.nnz:
        raise MeasureError("E-TIES-CANNOT", reason=REASONS["unnamed"])
    asked = attendance.of_people(attendance.attended > 0).of_activities(attendance.named > 0)
    people, activities = asked.shape
    if people < 2:
        raise MeasureError("E-TIES-CANNOT", reason=REASONS["people"])
    if activities < 2:
        raise MeasureError("E-TIES-CANNOT", reason=REASONS["activities"])
    if (asked.attended == asked.opportunities).all():
        raise MeasureError("E-TIES-CANNOT", reason=REASONS["everybody"])
    return asked


def _joint(attendance: Attendance) -> tuple[Array, Array, Array]:
    # Pairs who met, first before second, in order, and how often.
    met = joint_ties(attendance, "count")
    return met.source.astype(np.int64), met.target.astype(np.int64), met.count.astype(np.int64)


def _tested(attendance: Attendance, chance: PairNull | FixedMargins) -> pd.DataFrame:
    one, other, joint = _joint(attendance)
    ids = attendance.people
    p = chance.p_values(one, other, joint)
    return pd.DataFrame({"source": ids[one], "target": ids[other], "joint": joint, "p": p})


def _chance(attendance: Attendance, model: Model, draws: int, seed: int) -> PairNull | FixedMargins:
    if model != "fdsm":
        return pair_null(attendance, model)
    if attendance.shape[0] > DENSE_PEOPLE:
        raise MeasureError("E-FDSM-LARGE", found=attendance.shape[0], allowed=DENSE_PEOPLE)
    return fixed_margins(attendance, draws, seed)
