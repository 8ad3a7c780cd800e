"""Core and periphery: a group in which everybody is tied, and others tied to it but not to each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.options import check_flag, check_option, check_whole
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

Between: TypeAlias = Literal["ones", "ignored"]
BETWEEN: Final = ("ones", "ignored")
Search: TypeAlias = Literal["auto", "exact", "heuristic"]
SEARCHES: Final = ("auto", "exact", "heuristic")

EXACT_ACTORS: Final = 20
"""Up to this many actors every division is tried: a million of them, in a fraction of a second."""
SAME: Final = 1e-9
"""Cores whose fits differ by less are equally good."""

IDEALS: Final = {
    "ones": Label(
        "理想模型：核心内部、核心与边缘之间都有联系，边缘内部没有",
        "ideal: ties within the core and between core and periphery, none within the periphery",
    ),
    "ignored": Label(
        "理想模型：核心内部都有联系，边缘内部没有，核心与边缘之间不计",
        "ideal: ties within the core, none within the periphery; those between the two are ignored",
    ),
}
FOUND: Final = {
    "exact": Label("已逐一试过所有划分，是最优解", "every division was tried: the best there is"),
    "heuristic": Label("启发式搜索所得，不保证最优", "found by search, not proven to be the best"),
}
FITS: Final = Label("与理想模型的相关系数", "correlation with the ideal")
CORE: Final = Label("核心", "core")
NO_CORE: Final = Label("没有可以比较的划分", "there is no division to compare")
EQUALS: Final = Label("同样好的其他核心", "other cores that fit as well")


@dataclass(frozen=True)
class CorePeriphery:
    """The core that fits best, how well, and how it was found.

    Attributes
    ----------
    core
        The ids of its actors, in the order of ``actors``; empty when there is no division to compare.
    fit
        Correlation of the ties with the ideal, over pairs of different actors; ``NaN`` without a core.
    between
        What the ideal says of ties between core and periphery: ``ones`` or ``ignored``.
    search
        ``exact`` when every division was tried, else ``heuristic``.
    others
        Further cores with the same fit. All of them when the search was exact, else empty.
    starts, seed
        Starting points of the heuristic, the first of them by degree, and the seed of the others.
    """

    core: tuple[Any, ...]
    fit: float
    between: Between
    search: Literal["exact", "heuristic"]
    others: tuple[tuple[Any, ...], ...]
    starts: int
    seed: int

    def explain(self, lang: Lang = "zh") -> str:
        """Return the answer in words: the core, its fit, the ideal and how sure it is."""
        colon, stop = ("：", "。") if lang == "zh" else (": ", ". ")
        if not self.core:
            return NO_CORE.text(lang) + stop.strip()
        parts = [
            CORE.text(lang) + colon + ", ".join(map(str, self.core)),
            f"{FITS.text(lang)} {self.fit:.3f}",
            IDEALS[self.between].text(lang),
            FOUND[self.search].text(lang),
        ]
        if self.others:
            parts.append(
                EQUALS.text(lang) + colon + " / ".join(", ".join(map(str, core)) for core in self.others)
            )
        return stop.join(parts) + stop.strip()


@measure(level="answer", lowest=-1, highest=1, unit="correlation", weights="ignored")
def core_periphery(
    source: Source,
    *,
    between: Between = "ones",
    weighted: bool = False,
    search: Search = "auto",
    starts: int = 20,
    seed: int = 0,
) -> CorePeriphery:
    r"""Divide the actors into a core and a periphery that look most like the ideal.

    It maximises the Pearson correlation :math:`r(a_{ij}, \delta_{ij})` over ordered pairs :math:`i \ne j`,
    with :math:`\delta_{ij} = 1` within the core and 0 within the periphery. Between the two
    :math:`\delta_{ij} = 1` (``ones``), or these pairs are left out (``ignored``). The two ideals find
    different cores: always say which.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged, self-loops ignored. A directed tie
        counts as it is: both cells of a pair of actors are compared with the same ideal.
    between
        The ideal of ties between core and periphery: ``ones`` or ``ignored``.
    weighted
        ``True`` correlates strengths, layers summed; without it a tie is 1.
    search
        ``exact`` tries every division, for up to 20 actors; ``heuristic`` climbs from several starts, moving
        one actor or swapping two as long as the fit grows; ``auto`` is exact where it can be.
    starts
        Starts of the heuristic, 1 or more: the best set of actors of highest degree; the others take each
        degree times a number drawn from 0 to 1.
    seed
        Seed of the drawn starts. On another order of the actors they are other starts.

    Returns
    -------
    :class:`CorePeriphery`. Unit: correlation. Range: -1 to 1. No core and a fit of ``NaN`` when no division
    leaves anything to compare: fewer than three actors, no ties, or every possible tie. Cost: O(2^n) exact;
    heuristic O(n) for each move and O(kn) for each round of swaps, *k* actors in the core.

    Raises
    ------
    MeasureError
        When ``source`` is not a network, an option is not one of those named, ``starts`` is below 1, or
        ``exact`` is asked for more than 20 actors.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1999). Models of core/periphery structures. *Social Networks* 21(4),
    375-395.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> answer = core_periphery(Network.from_edges([("李", "王"), ("李", "赵"), ("李", "陈")]))
    >>> answer.core, round(answer.fit, 3), answer.search
    (('李',), 1.0, 'exact')
    """
    check_flag("weighted", weighted)
    check_option("between", between, BETWEEN)
    check_option("search", search, SEARCHES)
    network = as_network(source)
    n = len(network.actors)
    check_whole("starts", starts)
    check_whole("seed", seed, 0)
    if search == "exact" and n > EXACT_ACTORS:
        raise MeasureError("E-TOO-MANY-EXACT", found=n, allowed=EXACT_ACTORS)
    exact = search == "exact" or (search == "auto" and n <= EXACT_ACTORS)
    matrix = _both_ways(network, weighted=weighted)
    if exact:
        fit, found = _try_all(matrix, between)
    else:
        fit, found = _climb(matrix, between, starts, seed)
    cores = [tuple(network.actors.index[members]) for members in found]
    return CorePeriphery(
        core=cores[0] if cores else (),
        fit=fit,
        between=between,
        search="exact" if exact else "heuristic",
        others=tuple(cores[1:]),
        starts=0 if exact else starts,
        seed=seed,
    )


Pair: TypeAlias = "tuple[sparse.csr_array[Any], sparse.csr_array[Any]]"


def _both_ways(network: Network, *, weighted: bool) -> Pair:
    """Return the strengths and the squared strengths of each pair, both directions summed."""
    matrix = network.adjacency(weighted=weighted)
    squares = sparse.csr_array(matrix.multiply(matrix))
    return tuple(sparse.csr_array(held + held.T) for held in (matrix, squares))  # type: ignore[return-value]


def fit_of(
    inside: Array,
    outside: Array,
    squared: Array,
    total: tuple[float, float],
    size: Array,
    n: int,
    *,
    ones: bool,
) -> Array:
    """Return the correlation with the ideal, from sums; ``NaN`` where one side does not vary.

    Parameters
    ----------
    inside, outside
        Strengths within the core and within the periphery, over ordered pairs.
    squared
        Squared strengths within either.
    total
        Strengths and squared strengths of the whole network.
    size
        Actors in the core, of ``n``.
    ones
        Whether the pairs between core and periphery are ideally tied, or left out.
    """
    core, rest = size * (size - 1.0), (n - size) * (n - size - 1.0)
    if ones:
        cells, ideal = np.full_like(core, n * (n - 1.0)), n * (n - 1.0) - rest
        values, squares = np.full_like(core, total[0]), np.full_like(core, total[1])
        joint = total[0] - outside
    else:
        cells, ideal = core + rest, core
        values, squares, joint = inside + outside, squared, inside
    spread, ideal_spread = cells * squares - values**2, cells * ideal - ideal**2
    # Rounding leaves a hair of spread where all strengths are equal.
    varies = (spread > SAME * cells * squares) & (ideal_spread > 0)
    fits = np.full(np.shape(core), np.nan)
    scale = np.sqrt(np.where(varies, spread * ideal_spread, 1))
    np.divide(cells * joint - values * ideal, scale, out=fits, where=varies)
    return fits


def _try_all(pair: Pair, between: Between) -> tuple[float, list[Array]]:
    """Return the best fit and every core that has it, smaller numbers of actors in ``actors`` first."""
    n = pair[0].shape[0]
    if n < 2:
        return math.nan, []
    inside, squared = (_sums_of_all_sets(held.toarray()) for held in pair)
    size = _sums_of_all_sets(np.eye(n) * 2)
    outside, squares_outside = inside[::-1], squared[::-1]
    total = float(inside[-1]), float(squared[-1])
    fits = fit_of(inside, outside, squared + squares_outside, total, size, n, ones=between == "ones")
    fits[[0, -1]] = np.nan
    if np.isnan(fits).all():
        return math.nan, []
    best = float(np.nanmax(fits))
    sets = [np.flatnonzero(code >> np.arange(n) & 1) for code in np.flatnonzero(fits >= best - SAME)]
    return best, sorted(sets, key=lambda members: (len(members), members.tolist()))


def _sums_of_all_sets(matrix: Array) -> Array:
    """Return, for every set of actors, half the sum of a symmetric matrix within it; bits name the actors.

    Built by doubling: a set with actor *v* on top is one of the sets below *v*, with *v*'s sum over it.
    """
    sums = np.zeros(1)
    for actor, row in enumerate(matrix):
        joined = np.zeros(1)
        for other in range(actor):
            joined = np.concatenate([joined, joined + row[other]])
        sums = np.concatenate([sums, sums + joined + row[actor] / 2])
    return sums


@dataclass
class _Division:
    """A core while it grows and shrinks, with the sums that tell what a move would change.

    Each of the sums has two rows: strengths and squared strengths, of both directions together.
    """

    pair: Pair
    core: Array
    ones: bool
    inward: Array  # from each actor to the core
    whole: Array  # from each actor to everybody

    @classmethod
    def of(cls, pair: Pair, core: Array, *, ones: bool) -> _Division:
        inward = np.array([held @ core.astype(float) for held in pair])
        return cls(pair, core.copy(), ones, inward, np.array([held.sum(axis=1) for held in pair]))

    def fits(self, within: Array, without: Array, size: Array) -> Array:
        total = float(self.whole[0].sum() / 2), float(self.whole[1].sum() / 2)
        return fit_of(
            within[0], without[0], within[1] + without[1], total, size, len(self.core), ones=self.ones
        )

    def sums(self) -> tuple[Array, Array]:
        """Return the strengths within the core and within the periphery, as columns."""
        core = self.core
        within = self.inward[:, core].sum(axis=1, keepdims=True) / 2
        return within, (self.whole - self.inward)[:, ~core].sum(axis=1, keepdims=True) / 2

    def fit(self) -> float:
        return float(self.fits(*self.sums(), np.array([self.core.sum()]))[0])

    def fits_after_move(self) -> Array:
        """Return the fit if an actor changed sides, for each of them."""
        within, without = self.sums()
        sign = np.where(self.core, -1, 1)
        return self.fits(
            within + sign * self.inward, without - sign * (self.whole - self.inward), self.core.sum() + sign
        )

    def fits_after_swap(self, member: int) -> Array:
        """Return the fit if a member of the core gave place to an outsider, for each outsider."""
        within, without = self.sums()
        outward = self.whole - self.inward
        outsiders = np.flatnonzero(~self.core)
        tie = np.array([held[[member]].toarray()[0, outsiders] for held in self.pair])
        within = within - self.inward[:, [member]] + self.inward[:, outsiders] - tie
        without = without + outward[:, [member]] - outward[:, outsiders] - tie
        return self.fits(within, without, np.full(len(outsiders), self.core.sum()))

    def move(self, actor: int) -> None:
        sign = -1 if self.core[actor] else 1
        self.core[actor] = not self.core[actor]
        for row, held in zip(self.inward, self.pair, strict=True):
            first, last = held.indptr[actor], held.indptr[actor + 1]
            row[held.indices[first:last]] += sign * held.data[first:last]


def _climb(pair: Pair, between: Between, starts: int, seed: int) -> tuple[float, list[Array]]:
    """Return the best fit over all starts and its core."""
    n = pair[0].shape[0]
    if n < 2:
        return math.nan, []
    generator = np.random.default_rng(seed)
    best, members = -math.inf, np.empty(0, dtype=np.int64)
    degree = np.asarray(pair[0].sum(axis=1))
    for start in range(starts):
        scores = degree if start == 0 else degree * generator.random(n)
        core = _best_prefix(pair, np.argsort(-scores, kind="stable"), ones=between == "ones")
        division = _Division.of(pair, core, ones=between == "ones")
        while _improve_by_moves(division) or _improve_by_swaps(division):
            pass
        if division.fit() > best + SAME:  # never for NaN
            best, members = division.fit(), np.flatnonzero(division.core)
    return (best, [members]) if len(members) else (math.nan, [])


def _improve_by_moves(division: _Division) -> bool:
    """Move one actor after the other, each time the one that gains most; return whether any did."""
    moved, fit = False, np.nan_to_num(division.fit(), nan=-2.0)
    while True:
        fits = np.nan_to_num(division.fits_after_move(), nan=-2.0)
        chosen = int(fits.argmax())
        if fits[chosen] <= fit + SAME:
            return moved
        division.move(chosen)
        moved, fit = True, fits[chosen]


def _improve_by_swaps(division: _Division) -> bool:
    """Give each member of the core the best outsider for it, where that gains; return whether any did."""
    swapped, fit = False, np.nan_to_num(division.fit(), nan=-2.0)
    for member in np.flatnonzero(division.core).tolist():
        outsiders = np.flatnonzero(~division.core)
        fits = np.nan_to_num(division.fits_after_swap(member), nan=-2.0)
        if len(fits) and fits.max() > fit + SAME:
            fit = fits.max()
            division.move(member)
            division.move(int(outsiders[fits.argmax()]))
            swapped = True
    return swapped


def _best_prefix(pair: Pair, order: Array, *, ones: bool) -> Array:
    """Return the core of the first actors of an order that fits best, over all sizes."""
    n = pair[0].shape[0]
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    within, without = np.zeros((2, n + 1)), np.zeros((2, n + 1))
    for row, held in enumerate(pair):
        coo = held.tocoo()
        first, second = place[coo.coords[0]], place[coo.coords[1]]
        # A pair is inside the k highest from its later place on, outside up to its earlier one.
        within[row] = np.r_[0, np.cumsum(np.bincount(np.maximum(first, second), coo.data / 2, n))]
        without[row] = np.r_[
            np.cumsum(np.bincount(np.minimum(first, second), coo.data / 2, n)[::-1])[::-1], 0
        ]
    total = float(pair[0].sum() / 2), float(pair[1].sum() / 2)
    sizes = np.arange(n + 1)
    fits = fit_of(within[0], without[0], within[1] + without[1], total, sizes, n, ones=ones)
    fits[[0, -1]] = np.nan
    core = np.zeros(n, dtype=np.bool_)
    if not np.isnan(fits).all():
        core[order[: int(np.nanargmax(fits))]] = True
    else:
        core[order[:1]] = True
    return core
