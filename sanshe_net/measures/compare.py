"""Comparison of two networks of the same actors: what they share, and what changed from one to the next.

Actors are matched by id. An actor of only one of the two networks has no cells to compare: people who
joined or left are composition change, and the ties they brought or took are never counted as formed or
dissolved.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass

from sanshe_net.measures.matching import Matched, matched
from sanshe_net.measures.options import check_flag
from sanshe_net.measures.registry import measure
from sanshe_net.network import Source, as_network
from sanshe_net.vocabulary import Label, Lang


@dataclass(frozen=True)
class TieChange:
    """What changed from a first to a second network; composition and ties apart.

    Attributes
    ----------
    stayers, leavers, joiners
        Ids of the actors in both, only in the first, only in the second network.
    kept, dissolved, formed, never
        Among the stayers: pairs tied in both, only in the first, only in the second, in neither network
        (ordered pairs when one of the networks is directed). They sum to all pairs of stayers.
    lost_with_leavers, gained_with_joiners
        Ties of the first network with an end that left, of the second with an end that joined.
    jaccard
        ``kept / (kept + dissolved + formed)``; NaN when nobody was tied in either.
    formation
        ``formed / (formed + never)``: of the open pairs, the share that closed; NaN when none was open.
    dissolution
        ``dissolved / (kept + dissolved)``: of the ties, the share that ended; NaN when there were none.
    hamming
        ``formed + dissolved``, the pairs that changed.
    hamming_share
        The share of all pairs that changed; NaN for fewer than two stayers.
    """

    stayers: tuple[Hashable, ...]
    leavers: tuple[Hashable, ...]
    joiners: tuple[Hashable, ...]
    kept: int
    dissolved: int
    formed: int
    never: int
    lost_with_leavers: int
    gained_with_joiners: int
    jaccard: float
    formation: float
    dissolution: float
    hamming: int
    hamming_share: float

    def explain(self, lang: Lang) -> list[str]:
        """Return the change in words, one sentence each; people first, then the ties of those who stayed."""
        stay, leave, join = (len(ids) for ids in (self.stayers, self.leavers, self.joiners))
        sentences = [
            Label(
                f"{stay} 人前后都在，{leave} 人离开，{join} 人加入。",
                f"{stay} actors stayed, {leave} left, {join} joined.",
            ),
            Label(
                f"随离开者失去 {self.lost_with_leavers} 条联系，随加入者得到 {self.gained_with_joiners} 条；"
                "这是人员变动，不算联系的变化。",
                f"{self.lost_with_leavers} ties went with those who left, {self.gained_with_joiners} came "
                "with those who joined; this is a change of people, not of ties.",
            ),
            Label(
                f"前后都在的人之间：保持 {self.kept} 条，断开 {self.dissolved} 条，新建 {self.formed} 条。",
                f"Among those who stayed: {self.kept} ties kept, {self.dissolved} dissolved, "
                f"{self.formed} formed.",
            ),
            _stability(self.jaccard),
        ]
        return [sentence.text(lang) for sentence in sentences]


def _stability(jaccard: float) -> Label:
    if math.isnan(jaccard):
        return Label(
            "他们之间前后都没有联系，无法计算稳定度。", "They had no ties at either time: no stability."
        )
    return Label(
        f"稳定度（Jaccard）{jaccard:.2f}：前后任一时点有联系的对子中，两次都有的占比。",
        f"Stability (Jaccard) {jaccard:.2f}: the share of pairs tied at both times among those ever tied.",
    )


@measure(level="comparison", lowest=0, highest=1, unit="share of ties", weights="ignored")
def jaccard(first: Source, second: Source) -> float:
    r"""The share of ties that two networks have in common.

    Of the pairs tied in either network, those tied in both: :math:`N_{11} / (N_{11} + N_{10} + N_{01})`, over
    the actors of both. Between two waves it is the stability of ties.

    Parameters
    ----------
    first
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    second
        The other one; actors are matched by id. When only one of the two is directed, an undirected tie
        counts in both directions.

    Returns
    -------
    float. Unit: share of ties. Range: 0 to 1.
    ``NaN`` when the shared actors have no tie in either network: there is nothing to agree about.

    Raises
    ------
    MeasureError
        When one of the two is not a network.

    Notes
    -----
    Cost: O(n + m).

    References
    ----------
    Jaccard, P. (1901). Étude comparative de la distribution florale dans une portion des Alpes et des Jura.
    *Bulletin de la Société vaudoise des sciences naturelles* 37, 547-579.
    Snijders, T. A. B., van de Bunt, G. G., & Steglich, C. E. G. (2010). Introduction to stochastic
    actor-based models for network dynamics. *Social Networks* 32(1), 44-60.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> spring = Network.from_edges([("李", "王"), ("李", "赵")])
    >>> autumn = Network.from_edges([("李", "王"), ("王", "赵")])
    >>> round(jaccard(spring, autumn), 3)
    0.333
    """
    return tie_change(first, second).jaccard


@measure(level="comparison", lowest=0, unit="pairs of actors", weights="ignored")
def hamming(first: Source, second: Source, *, normalized: bool = False) -> float:
    r"""How many pairs of actors are tied in one network and not in the other.

    It is :math:`N_{10} + N_{01}` over the actors of both networks; unordered pairs, ordered ones when a
    network is directed.

    Parameters
    ----------
    first
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    second
        The other one; actors are matched by id. When only one of the two is directed, an undirected tie
        counts in both directions.
    normalized
        ``True`` divides by the number of pairs, so that 1 means that every pair differs.

    Returns
    -------
    float. Unit: pairs of actors. Range: 0 or more.
    ``NaN`` when fewer than two actors are shared: there is no pair to compare.

    Raises
    ------
    MeasureError
        When one of the two is not a network.

    Notes
    -----
    Cost: O(n + m).

    References
    ----------
    Hamming, R. W. (1950). Error detecting and error correcting codes. *Bell System Technical Journal* 29(2),
    147-160.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> spring = Network.from_edges([("李", "王"), ("李", "赵")])
    >>> autumn = Network.from_edges([("李", "王"), ("王", "赵")])
    >>> hamming(spring, autumn)
    2.0
    """
    check_flag("normalized", normalized)
    change = tie_change(first, second)
    if normalized or len(change.stayers) < 2:
        return change.hamming_share
    return float(change.hamming)


@measure(level="comparison", lowest=0, unit="pairs of actors", weights="ignored")
def tie_change(first: Source, second: Source) -> TieChange:
    r"""Ties kept, formed and dissolved by those who stayed, and who came or went.

    Over the pairs of actors of both networks, with :math:`N_{ab}` the pairs that are tied (1) or not (0)
    first and then: formation :math:`N_{01} / (N_{01} + N_{00})`, dissolution
    :math:`N_{10} / (N_{11} + N_{10})`, stability :math:`N_{11} / (N_{11} + N_{10} + N_{01})`. Ties that came
    or went with people are counted apart.

    Parameters
    ----------
    first
        The earlier network: a Network, a networkx graph or an igraph graph. Layers are merged, self-loops
        ignored.
    second
        The later one; actors are matched by id. When only one of the two is directed, an undirected tie
        counts in both directions.

    Returns
    -------
    TieChange. Unit: pairs of actors. Range: 0 or more (shares 0 to 1).
    A share is ``NaN`` where there is nothing to take a share of.

    Raises
    ------
    MeasureError
        When one of the two is not a network.

    Notes
    -----
    Cost: O(n + m).

    References
    ----------
    Snijders, T. A. B., van de Bunt, G. G., & Steglich, C. E. G. (2010). Introduction to stochastic
    actor-based models for network dynamics. *Social Networks* 32(1), 44-60.
    Huisman, M., & Snijders, T. A. B. (2003). Statistical analysis of longitudinal network data with changing
    composition. *Sociological Methods & Research* 32(2), 253-287.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> spring = Network.from_edges([("李", "王"), ("李", "赵"), ("赵", "陈")])
    >>> autumn = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "周")])
    >>> change = tie_change(spring, autumn)
    >>> change.kept, change.dissolved, change.formed, change.lost_with_leavers, change.joiners
    (1, 1, 1, 1, ('周',))
    """
    networks = [as_network(first), as_network(second)]
    both = matched(networks, weighted=False)
    earlier, later = (matrix.nnz for matrix in both.matrices)
    shared = int(both.matrices[0].multiply(both.matrices[1]).nnz)
    once = 1 if both.directed else 2  # a symmetric matrix holds each pair twice
    # In a directed comparison an undirected network counts both ways, as its matrix does.
    kept, dissolved, formed = (count // once for count in (shared, earlier - shared, later - shared))
    never = both.cells - kept - dissolved - formed
    return TieChange(
        stayers=both.actors,
        leavers=both.left_out[0],
        joiners=both.left_out[1],
        kept=kept,
        dissolved=dissolved,
        formed=formed,
        never=never,
        lost_with_leavers=_outside(both, 0),
        gained_with_joiners=_outside(both, 1),
        jaccard=_share(kept, kept + dissolved + formed),
        formation=_share(formed, formed + never),
        dissolution=_share(dissolved, kept + dissolved),
        hamming=formed + dissolved,
        hamming_share=_share(formed + dissolved, both.cells),
    )


def _outside(both: Matched, which: int) -> int:
    gone = both.totals[which] - both.matrices[which].nnz
    return gone if both.directed else gone // 2


def _share(part: int, whole: int) -> float:
    return part / whole if whole else math.nan
