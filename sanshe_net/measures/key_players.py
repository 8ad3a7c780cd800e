"""Key players: the few who together reach everybody, or without whom the network falls apart.

The best set is not the set of the best: two central people who reach the same others add little to each
other (Borgatti 2006).
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np

from sanshe_net.errors import MeasureError
from sanshe_net.measures.key_player_search import Found, Method, search_fragments, search_reach
from sanshe_net.measures.key_player_values import (
    Direction,
    fragmentation_without,
    positions,
    ties_along,
)
from sanshe_net.measures.options import check_option, check_whole
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import mutual_strength
from sanshe_net.network import Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

Goal: TypeAlias = Literal["reach", "distance_reach", "fragmentation", "distance_fragmentation"]
GOALS: Final = ("reach", "distance_reach", "fragmentation", "distance_fragmentation")
METHODS: Final = ("auto", "exact", "greedy", "swap")
REACHING: Final = ("reach", "distance_reach")
GREEDY_SHARE: Final = 1 - 1 / math.e
"""What lazy greedy is sure to reach of the best value (Nemhauser, Wolsey & Fisher 1978)."""


SOMEBODY: Final = Label("至少一个行动者", "one actor or more")
NOBODY: Final = Found(np.empty(0, np.int64), (), "exact", None, 1, np.empty((1, 0), np.int64), 1)
"""Where nobody can be chosen there is one set, the empty one."""


@dataclass(frozen=True)
class KeyPlayers:
    """A set of actors and how good it is.

    Attributes
    ----------
    goal, steps, direction
        What was asked for; ``steps`` matters for ``reach`` only, ``direction`` for the two kinds of reach.
    asked
        The size asked for; the set is smaller when the network or the candidates are too few.
    actors
        The set: first who does most alone, then who adds most to the first, and so on.
    running
        The value of the first, of the first two, and so on; the last is ``value``.
    value
        The value of the set, 0 to 1; ``nan`` where undefined.
    before
        The value of no set at all: 0 for reach; for fragmentation that of the network as it is.
    method
        How the set was found: ``exact``, ``greedy``, or ``swap`` (greedy, then exchanges).
    proven
        Whether no set of this size is better, for certain.
    bound
        No set of this size has a higher value; ``nan`` when nothing better than 1 is known.
    guarantee
        At least this share of the best possible value is reached; ``nan`` when nothing is known.
    optimal
        How many sets share the best value; ``None`` unless the search was exact.
    best_sets
        The first 20 of them, in the order of ``actors``; empty unless the search was exact.
    looked
        How many sets were valued.
    candidates, n
        How many actors could be chosen, and how many there are.
    """

    goal: Goal
    steps: int
    direction: Direction
    asked: int
    actors: tuple[Any, ...]
    running: tuple[float, ...]
    value: float
    before: float
    method: str
    proven: bool
    bound: float
    guarantee: float
    optimal: int | None
    best_sets: tuple[tuple[Any, ...], ...]
    looked: int
    candidates: int
    n: int

    @property
    def change(self) -> float:
        """What the set makes of it: ``value - before``."""
        return self.value - self.before

    def explain(self, lang: Lang) -> list[str]:
        """Return who was chosen, what they do together, and how sure it is, one sentence each."""
        sentences = [_chosen(self), _achieved(self), _certainty(self)]
        if len(self.actors) < self.asked:
            sentences.append(Label(
                f"要求 {self.asked} 人，但只能选出 {len(self.actors)} 人。",
                f"{self.asked} were asked for, but only {len(self.actors)} can be chosen.",
            ))  # fmt: skip
        return [sentence.text(lang) for sentence in sentences]


@measure(level="answer", lowest=0, highest=1, unit="share", weights="ignored")
def key_players(
    source: Source,
    k: int = 3,
    *,
    goal: Goal = "distance_reach",
    steps: int = 1,
    direction: Direction = "out",
    method: Method = "auto",
    candidates: Iterable[Hashable] | None = None,
) -> KeyPlayers:
    r"""The set of ``k`` actors that together reaches most, or without which least holds together.

    With :math:`d(K,j)` the steps from the nearest member of the set *K* to *j* (0 for a member) and *n*
    actors, the value is by ``goal``:

    * ``reach``: :math:`\frac1n |\{j : d(K,j) \le m\}|`, members counted as reached;
    * ``distance_reach``: :math:`\frac1n \sum_j 1 / \max(1, d(K,j))`, 0 for those out of reach; it is 1
      exactly when everybody is a member or a contact of one;
    * ``fragmentation``: :math:`1 - \frac{\sum_{i \ne j} r_{ij}}{(n-k)(n-k-1)}` among those left after the
      removal of *K*, with :math:`r_{ij} = 1` where a way from *i* to *j* is left;
    * ``distance_fragmentation``: the same with :math:`1 / d_{ij}` for :math:`r_{ij}`.

    Reach is submodular: the greedy set is certain to have :math:`1 - 1/e` of the best value, and how much
    a set could gain by single additions bounds how far from the best it is. Fragmentation is neither: only
    an exact search proves anything. Nothing is random.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, strengths and self-loops ignored.
    k
        Size of the set. A network too small for it gives a smaller set: reach can take every candidate,
        fragmentation leaves at least two actors to hold together.
    goal
        One of the four. Reaching and fragmenting call for different people.
    steps
        The *m* of ``reach``.
    direction
        In a directed network, for reach: along the ties (``out``), against them (``in``: where ties are
        nominations, those who heed the set), or ``both``. Fragmentation reads ties as undirected.
    method
        ``greedy``; ``swap``: greedy, then the best exchange of a member while there is one; ``exact``;
        ``auto``: exact where it takes a moment, else ``swap``. Branches that cannot hold a best set are
        left out for reach, so that it can be exact far beyond full enumeration.
    candidates
        Ids of the actors who may be chosen, for example residents but not staff; without it all. The
        others still count as reached or as holding together.

    Returns
    -------
    KeyPlayers. Unit: share. Range: 0 to 1.
    ``value`` is ``nan`` without actors, and for fragmentation with fewer than two: no pair can be connected.
    Equal sets are ranked by the order of ``actors``, whatever the order of ties.

    Raises
    ------
    MeasureError
        When ``k`` or ``steps`` is no whole number of 1 or more, an option is none of the allowed, a
        candidate is not in the network, there is none, or an exact search would take too long.

    Notes
    -----
    Cost: reach O(c n + n m / 64) for *c* candidates, *m* ties and few steps, and as much per exchange; one
    byte per candidate and actor. Fragmentation O(k (n + m)), and as much per member and exchange; weighted
    by distance O(k n m). Exact: at worst O(c^k n) for reach, O(c^(k-1) (n + m)) for fragmentation and
    O(c^k n m / 64) for distance-weighted fragmentation.

    References
    ----------
    Borgatti, S. P. (2006). Identifying sets of key players in a social network. *Computational and
    Mathematical Organization Theory* 12(1), 21-34.
    Nemhauser, G. L., Wolsey, L. A., & Fisher, M. L. (1978). An analysis of approximations for maximizing
    submodular set functions. *Mathematical Programming* 14(1), 265-294.
    Leskovec, J., et al. (2007). Cost-effective outbreak detection in networks. *KDD*, 420-429.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> chain = Network.from_edges([("甲", "乙"), ("乙", "丙"), ("丙", "丁"), ("丁", "戊"), ("戊", "己")])
    >>> answer = key_players(chain, 2)
    >>> answer.actors, answer.value, answer.proven
    (('乙', '戊'), 1.0, True)
    >>> key_players(chain, 1, goal="fragmentation").best_sets
    (('丁',), ('丙',))
    """
    network = as_network(source)
    check_option("goal", goal, GOALS)
    check_option("method", method, METHODS)
    check_whole("k", k)
    check_whole("steps", steps)
    n = len(network.actors)
    chosen = np.arange(n) if candidates is None else positions(network, candidates, "candidates")
    if candidates is not None and not len(chosen):
        raise MeasureError("E-VALUE", name="candidates", found="()", allowed=SOMEBODY)
    size = min(k, len(chosen)) if goal in REACHING else max(min(k, len(chosen), n - 2), 0)
    matrix = ties_along(network, direction)
    if goal not in REACHING:
        matrix = mutual_strength(network, weighted=False)
    if size == 0:
        found, unit = NOBODY, 1
    elif goal in REACHING:
        limit = min(steps, n) if goal == "reach" else None
        found, unit = search_reach(matrix, chosen, size, limit, method)
    else:
        found, unit = search_fragments(matrix, chosen, size, goal == "distance_fragmentation", method)
    asked = _Asked(goal, int(steps), direction, int(k), len(chosen))
    return _answer(network, asked, found, unit)


@dataclass(frozen=True)
class _Asked:
    goal: Goal
    steps: int
    direction: Direction
    k: int
    candidates: int


def _answer(network: Network, asked: _Asked, found: Found, unit: int) -> KeyPlayers:
    n, goal, ids = len(network.actors), asked.goal, network.actors.index
    before = _before(network, goal)
    running = tuple(_as_share(goal, whole, unit, n, size) for size, whole in enumerate(found.running, 1))
    value = running[-1] if running else before
    known = found.bound is not None and len(found.running) > 0
    bound = _as_share(goal, found.bound or 0, unit, n, len(found.members)) if known else math.nan
    proven = found.method == "exact" or (known and found.bound == found.running[-1])
    guarantee = math.nan
    if proven:
        guarantee = 1.0
    elif known and found.bound:
        guarantee = max(GREEDY_SHARE, found.running[-1] / found.bound)
    return KeyPlayers(
        goal=goal, steps=asked.steps, direction=asked.direction, asked=asked.k,
        actors=tuple(ids[found.members]), running=running, value=value, before=before,
        method=found.method, proven=proven, bound=value if proven else bound, guarantee=guarantee,
        optimal=found.optimal, best_sets=tuple(tuple(ids[row]) for row in found.sets),
        looked=found.looked, candidates=asked.candidates, n=n,
    )  # fmt: skip


def _before(network: Network, goal: Goal) -> float:
    if goal in REACHING:
        return 0.0 if len(network.actors) else math.nan
    return fragmentation_without(network, by_distance=goal == "distance_fragmentation")


def _as_share(goal: Goal, whole: int, unit: int, n: int, size: int) -> float:
    if goal in REACHING:
        return whole / (unit * n)
    return 1 - whole / (unit * (n - size) * (n - size - 1))


def _chosen(answer: KeyPlayers) -> Label:
    names = [str(actor) for actor in answer.actors]
    return Label(
        f"从 {answer.candidates} 个候选人中选出 {len(names)} 人：{'、'.join(names) or '无'}"
        "（单独作用最大的在前，其后依次是补充最多的）。",
        f"{len(names)} chosen from {answer.candidates} candidates: {', '.join(names) or 'nobody'} "
        "(first who does most alone, then who adds most).",
    )


def _achieved(answer: KeyPlayers) -> Label:
    if math.isnan(answer.value):
        return Label("人数太少，没有可计算的数值。", "Too few actors: there is no value.")
    value, before = f"{answer.value:.3f}", f"{answer.before:.3f}"
    if answer.goal == "reach":
        reached, within = round(answer.value * answer.n), answer.steps
        return Label(
            f"他们合起来在 {within} 步以内联系到 {answer.n} 人中的 {reached} 人（含自己）。",
            f"Together they reach {reached} of {answer.n} actors within {within} step{'s'[: within - 1]}, "
            "themselves included.",
        )
    if answer.goal == "distance_reach":
        return Label(
            f"他们合起来的接近程度为 {value}（1 表示人人都在其中，或与其中一人直接相连）。",
            f"Together they are this near to everybody: {value} (1: everybody is one of them or a contact "
            "of one).",
        )
    weighed = answer.goal == "distance_fragmentation"
    return Label(
        f"没有他们，其余人之间的断裂程度{'（计入距离）' if weighed else ''}从 {before} 变为 {value}"
        "（1 表示谁也联系不到谁）。",
        f"Without them the fragmentation of the others{', distances counted,' if weighed else ''} goes from "
        f"{before} to {value} (1: nobody is connected to anybody).",
    )


def _certainty(answer: KeyPlayers) -> Label:
    if answer.optimal is not None:
        others = answer.optimal - 1
        return Label(
            f"已确认没有更好的组合；同样好的另有 {others} 组。",
            f"No set of this size is better, for certain; others as good: {others}.",
        )
    if answer.proven:
        return Label(
            "已证明没有更好的组合；是否有同样好的组合未清点。",
            "No set of this size is better, which is proven; sets as good were not counted.",
        )
    if math.isnan(answer.bound):
        return Label(
            "没有逐一比较所有组合：可能有更好的组合，无法证明相差多少。",
            "Not all sets were compared: there may be a better one, and nothing tells by how much.",
        )
    return Label(
        f"没有逐一比较所有组合：任何组合都不会超过 {answer.bound:.3f}，"
        f"这一组至少达到最好的 {answer.guarantee:.0%}。",
        f"Not all sets were compared: none exceeds {answer.bound:.3f}, and this one has at least "
        f"{answer.guarantee:.0%} of the best.",
    )
