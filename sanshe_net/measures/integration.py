"""Integration: do ties cross the borders between groups?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from sanshe_net.measures.memberships import By, Ends, Memberships, Similarity, read_memberships, tie_ends
from sanshe_net.measures.options import check_draws
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

LABELS_PERMUTED: Final = "labels permuted"
"""The null of :func:`ei_index_test`: the ties stay, the groups are dealt out anew among the actors."""
CHUNK: Final = 4_000_000
"""Ties compared at a time; bounds the working memory to some 100 MB."""
ROUNDING: Final = 1e-9
"""Two balances nearer than this are the same balance added up in another order."""


@measure(level="network", lowest=-1, highest=1, unit="balance of ties", weights="ignored", needs=("kind",))
def ei_index(source: Source, *, by: By = "kind", similarity: Similarity = "product") -> float:
    r"""Balance of ties between groups (external) and within groups (internal).

    With *E* ties between and *I* ties within groups it is :math:`(E - I) / (E + I)`: -1 when nobody has a
    tie outside the own group, 1 when every tie leads outside. It depends on the sizes of the groups: among
    two groups of 90 and 10 actors random mixing does not give 0. Compare like with like, or ask
    :func:`ei_index_test` what these sizes alone would give.

    A tie of someone in several groups is internal by the part that its two ends have in common:
    :math:`I = \sum a_{ij} s_{ij}` and :math:`E = \sum a_{ij} (1 - s_{ij})`.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored; a
        directed network is counted by its directed ties, so a mutual pair counts twice.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Ties of an actor whose group is not
        known (empty or missing) are left out.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``. All the same where everybody has one group.

    Returns
    -------
    float. Unit: balance of ties. Range: -1 to 1.
    ``NaN`` when no tie has two ends of known group: there is nothing to balance.
    Cost: O(ties); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or ``similarity`` is none of the
        three.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental
    simulation. *Social Psychology Quarterly* 51(2), 123-140.
    Everett, M. G., & Borgatti, S. P. (2026). *Social Networks* 85, 80-88.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> ei_index(network, by="hukou")
    0.0
    """
    network = as_network(source)
    held = read_memberships(network, by, similarity=similarity)
    ends, _ = tie_ends(network, held.known)
    if not len(ends.ego):
        return math.nan
    internal = held.alike(held.codes[ends.ego], held.codes[ends.alter]).sum()
    return float(np.clip(1 - 2 * internal / len(ends.ego), -1, 1))


@measure(level="actor", lowest=-1, highest=1, unit="balance of ties", weights="ignored", needs=("kind",))
def actor_ei_index(
    source: Source, *, by: By = "kind", similarity: Similarity = "product", direction: str = "both"
) -> pd.Series[float]:
    r"""Balance of an actor's own ties: outside the own group against within it.

    It is :math:`(E_i - I_i) / (E_i + I_i)` with :math:`I_i = \sum_j a_{ij} s_{ij}` and
    :math:`E_i = \sum_j a_{ij} (1 - s_{ij})`, where :math:`s_{ij}` is 1 in the same group, 0 in another,
    and in between where memberships overlap.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Ties of an actor whose group is not
        known (empty or missing) are left out.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``.
    direction
        In a directed network: ties received (``in``), sent (``out``, as in Everett & Borgatti), or
        ``both``, where a mutual contact counts twice.

    Returns
    -------
    Series ``actor_ei_index`` indexed like ``actors``. Unit: balance of ties. Range: -1 to 1.
    ``NaN`` for an actor of unknown group, or without ties to actors of known group: there is nothing to
    balance.
    Cost: O(ties); in several groups times the groups of an actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or an option is not among its
        words.

    References
    ----------
    Everett, M. G., & Borgatti, S. P. (2026). *Social Networks* 85, 80-88.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> actor_ei_index(network, by="hukou").to_dict()
    {'李': -1.0, '王': 0.0, '赵': 1.0}
    """
    network = as_network(source)
    held = read_memberships(network, by, similarity=similarity)
    ends, _ = tie_ends(network, held.known, direction=direction)
    n = len(network.actors)
    ties = np.bincount(ends.ego, minlength=n)
    alike = held.alike(held.codes[ends.ego], held.codes[ends.alter])
    internal = np.bincount(ends.ego, weights=alike, minlength=n)
    values = np.full(n, np.nan)
    met = ties > 0
    values[met] = np.clip(1 - 2 * internal[met] / ties[met], -1, 1)
    return pd.Series(values, index=network.actors.index, name="actor_ei_index")


@dataclass(frozen=True)
class EiIndexTest:
    """An E-I index beside what the sizes of the groups alone would give.

    Attributes
    ----------
    observed
        The E-I index.
    expected, sd
        Mean and standard deviation over all ways to deal the groups out among the actors; exact.
    z
        How many ``sd`` the observed value lies above the expected one; NaN where nothing can vary.
    p
        Two-sided: how often a random deal is at least as far from the expected value.
    p_lower, p_higher
        How often a random deal gives as low a value (as closed groups), or as high a one (as open groups).
    draws, seed, null
        How many random deals, from which seed, under which null.
    actors, ties
        How many actors of known group there are, and ties between them.
    left_out
        How many ties have an end whose group is not known.
    """

    observed: float
    expected: float
    sd: float
    z: float
    p: float
    p_lower: float
    p_higher: float
    draws: int
    seed: int
    null: str
    actors: int
    ties: int
    left_out: int

    def explain(self, lang: Lang) -> list[str]:
        """Return what was found and under which null, one sentence each."""
        return [sentence.text(lang) for sentence in _sentences(self)]


@measure(level="answer", lowest=-1, highest=1, unit="balance of ties", weights="ignored", needs=("kind",))
def ei_index_test(
    source: Source,
    *,
    by: By = "kind",
    similarity: Similarity = "product",
    draws: int = 1000,
    seed: int = 0,
) -> EiIndexTest:
    r"""Whether ties cross groups more or less often than the sizes of the groups alone would give.

    The ties stay as they are and the groups are dealt out anew among the actors of known group. Over all
    such deals the mean number of internal ties is :math:`m \sum_g s_g (s_g - 1) / [n(n-1)]` for *m* ties
    among *n* actors in groups of sizes :math:`s_g`, hence the expected E-I index; its variance follows
    from pairs of ties that are the same, share an actor, or share none. Both are exact, and so is *z*;
    the *p* are shares of random deals, :math:`(1 + extreme) / (1 + draws)`. People in several groups keep
    their combination of groups, as one card in the deal.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored; a directed
        network is counted by its directed ties.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Actors whose group is not known (empty or
        missing) and their ties are left out.
    similarity
        What two actors in several groups have in common: ``product`` of their shares, ``min`` or
        ``cosine``.
    draws
        How many random deals.
    seed
        Seed of the deals. Same seed and network, same answer, in whatever order actors and ties come.

    Returns
    -------
    EiIndexTest. Unit: balance of ties. Range: -1 to 1 for the observed and the expected value.
    All ``NaN`` without ties between actors of known group; ``z`` also when every deal gives the same value.
    On a projection of attendances every activity ties all its participants: ties are not independent of
    each other, and labels dealt out one by one make too small a ``p``. Test called ties instead.
    Cost: O(draws x (actors + ties)), in several groups times the groups of an actor; for ``min`` also the
    square of the number of different combinations.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or an option is impossible.

    References
    ----------
    Krackhardt, D., & Stern, R. N. (1988). Informal networks and organizational crises: an experimental
    simulation. *Social Psychology Quarterly* 51(2), 123-140.
    Mantel, N. (1967). The detection of disease clustering and a generalized regression approach. *Cancer
    Research* 27(2), 209-220.

    Examples
    --------
    >>> import pandas as pd
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local", "non_local"]}, index=list("李王赵陈"))
    >>> network = Network.from_edges([("李", "王"), ("赵", "陈")], actors=actors)
    >>> answer = ei_index_test(network, by="hukou")
    >>> answer.observed, round(answer.expected, 3)
    (-1.0, 0.333)
    """
    network = as_network(source)
    held = read_memberships(network, by, similarity=similarity)
    check_draws(draws, seed)
    ends, left_out = tie_ends(network, held.known)
    codes, one, other = _in_order_of_ids(network, held, ends)
    found = [math.nan] * 7
    if len(one):
        internal = float(held.alike(codes[one], codes[other]).sum())
        drawn = _drawn(held, codes, one, other, draws, seed)
        found = _standing(internal, *_moments(held, codes, one, other), drawn, len(one))
    observed, expected, sd, z, p, p_lower, p_higher = found
    drawn_as = (draws, seed, LABELS_PERMUTED)
    return EiIndexTest(
        observed, expected, sd, z, p, p_lower, p_higher, *drawn_as, len(codes), len(one), left_out
    )


def _in_order_of_ids(network: Network, held: Memberships, ends: Ends) -> tuple[Array, Array, Array]:
    # The patterns of the actors of known group in the order of their ids, and the two ends of each tie as
    # places in that order, the lower first: the deals then do not depend on the order of the rows.
    index = network.actors.index

    def place(position: int) -> tuple[str, Any]:
        return type(index[position]).__name__, index[position]

    order = np.array(sorted(np.flatnonzero(held.known).tolist(), key=place), dtype=np.int64)
    rank = np.full(len(index), -1, dtype=np.int64)
    rank[order] = np.arange(len(order))
    first, second = rank[ends.ego], rank[ends.alter]
    if not network.directed:  # every tie is there from both ends
        once = first < second
        first, second = first[once], second[once]
    return held.codes[order], np.minimum(first, second), np.maximum(first, second)


def _moments(held: Memberships, codes: Array, one: Array, other: Array) -> tuple[float, float]:
    # Mean and sd of the internal ties over all deals. A product of two ties is one of three kinds: the
    # same dyad, two dyads that share an actor, or four different actors; each has one mean similarity.
    n, m = len(codes), len(one)
    total, squares = held.totals()[codes], held.totals(2)[codes]
    degree = np.bincount(one, minlength=n) + np.bincount(other, minlength=n)
    times = np.unique(one * n + other, return_counts=True)[1]
    same = float(times @ times)
    sharing = float(degree @ degree) - 2 * same
    all_pairs, all_squares, rows = float(total.sum()), float(squares.sum()), float(total @ total)
    mean = m * all_pairs / (n * (n - 1))
    second = same * all_squares / (n * (n - 1))
    if n > 2:
        second += sharing * (rows - all_squares) / (n * (n - 1) * (n - 2))
    if n > 3:
        apart = all_pairs**2 - 4 * rows + 2 * all_squares
        second += (m**2 - same - sharing) * apart / (n * (n - 1) * (n - 2) * (n - 3))
    variance = second - mean**2
    return mean, math.sqrt(variance) if variance > ROUNDING * second else 0.0


def _drawn(held: Memberships, codes: Array, one: Array, other: Array, draws: int, seed: int) -> Array:
    # Internal ties of each deal; deals come from one stream whatever the size of a chunk.
    generator = np.random.default_rng(seed)
    # Few patterns fit into a byte or two, and every draw reads them twice for each tie.
    cards = codes.astype(np.min_scalar_type(len(held.sizes)))
    size = max(1, CHUNK // max(len(cards), len(one)))
    internal = []
    for start in range(0, draws, size):
        deals = generator.permuted(np.tile(cards, (min(size, draws - start), 1)), axis=1)
        dealt = np.ascontiguousarray(deals.T)
        first, second = dealt[one], dealt[other]
        alike = first == second if held.single else held.alike(first, second)
        internal.append(alike.sum(axis=0, dtype=float))
    return np.concatenate(internal)


def _standing(observed: float, mean: float, sd: float, drawn: Array, ties: int) -> list[float]:
    # More internal ties are a lower index.
    slack = ROUNDING * ties
    chances = [
        np.count_nonzero(np.abs(drawn - mean) >= abs(observed - mean) - slack),
        np.count_nonzero(drawn >= observed - slack),
        np.count_nonzero(drawn <= observed + slack),
    ]
    z = (mean - observed) / sd if sd else math.nan
    values = [1 - 2 * observed / ties, 1 - 2 * mean / ties, 2 * sd / ties, z]
    return values + [(1 + int(extreme)) / (1 + len(drawn)) for extreme in chances]


def _sentences(answer: EiIndexTest) -> list[Label]:
    if math.isnan(answer.observed):
        return [Label(
            f"没有两端都知道所属组的联系（另有 {answer.left_out} 条未计入），无从比较。",
            f"No tie has two ends of known group ({answer.left_out} left out): there is nothing to compare.",
        )]  # fmt: skip
    return [
        Label(
            f"{answer.ties} 条联系的内外联系指数为 {answer.observed:+.2f}；"
            f"仅由各组人数决定时应为 {answer.expected:+.2f}（标准差 {answer.sd:.2f}，z = {answer.z:.2f}）。",
            f"The E-I index of {answer.ties} ties is {answer.observed:+.2f}; the sizes of the groups alone "
            f"would give {answer.expected:+.2f} (sd {answer.sd:.2f}, z = {answer.z:.2f}).",
        ),
        Label(
            f"双侧 p = {answer.p:.3f}：联系不变，"
            f"组别在 {answer.actors} 人之间随机重排 {answer.draws} 次（种子 {answer.seed}）。",
            f"Two-sided p = {answer.p:.3f}: ties kept, groups dealt out anew among {answer.actors} actors "
            f"{answer.draws} times (seed {answer.seed}).",
        ),
        *_left_out(answer),
    ]


def _left_out(answer: EiIndexTest) -> list[Label]:
    if not answer.left_out:
        return []
    return [
        Label(
            f"{answer.left_out} 条联系有一端所属组不明，未计入。",
            f"{answer.left_out} ties have an end of unknown group and are left out.",
        )
    ]
