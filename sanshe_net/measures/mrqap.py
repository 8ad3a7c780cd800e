"""MRQAP: several networks or attributes explain one network, each beyond the others."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.label_permutations import Cells, cells_of, permuted_sums, product_sum
from sanshe_net.measures.matching import by_id, positions, restrict
from sanshe_net.measures.nulls import NULLS, p_values
from sanshe_net.measures.options import check_draws, check_flag
from sanshe_net.measures.qap import refuse_strangers
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

Predictor: TypeAlias = "Source | pd.DataFrame"

INTERCEPT: Final = "intercept"
COLUMNS: Final = ("estimate", "t", "p_upper", "p_lower", "p_two_sided")
COLLINEAR: Final = 1e-10
"""A predictor of which less than this part is its own cannot be told apart from the others."""
PERFECT: Final = 1e-12
"""A share of unexplained variance below this is rounding: the fit is perfect and t has no value."""


@dataclass(frozen=True)
class NetworkRegression:
    """A regression on the cells of networks, with permutation p-values.

    Attributes
    ----------
    coefficients
        One row for the intercept and each predictor: ``estimate``, ``t``, ``p_upper``, ``p_lower``,
        ``p_two_sided``. The p-values say how often chance gives a t at least, at most, as far from 0 as
        the observed one; t itself is only a pivot, its textbook p-value does not hold for networks.
    r_squared, adjusted_r_squared
        Share of the variance explained; NaN when the response does not vary.
    null
        The null, a key of :data:`sanshe_net.measures.nulls.NULLS`.
    collinear
        Predictors that do not vary or that the others determine; when there are any, nothing is defined.
    cells
        Pairs of actors used: ordered in a directed response, unordered otherwise.
    actors
        Actors that the response and all predictors have.
    left_out
        Actors of the response that a predictor lacks.
    draws, seed
        Random permutations and their seed.
    """

    coefficients: pd.DataFrame
    r_squared: float
    adjusted_r_squared: float
    null: str
    collinear: tuple[str, ...]
    cells: int
    actors: int
    left_out: int
    draws: int
    seed: int

    def explain(self, lang: Lang) -> list[str]:
        """Return the result in words, one sentence each."""
        sentences = [
            Label(
                f"{self.actors} 人、{self.cells} 个对子；{self.left_out} 人不在全部网络里，未计入。",
                f"{self.actors} actors, {self.cells} pairs; {self.left_out} actors are not in every network "
                "and are left out.",
            )
        ]
        if self.collinear:
            named = ", ".join(self.collinear)
            sentences.append(
                Label(
                    f"解释变量没有变化或互相重复，无法区分：{named}。",
                    f"Predictors that do not vary or repeat each other cannot be told apart: {named}.",
                )
            )
            return [sentence.text(lang) for sentence in sentences]
        null = NULLS[self.null]
        sentences.append(
            Label(
                f"解释了 {self.r_squared:.1%} 的差异；p 值：{null.zh}，{self.draws} 次（种子 {self.seed}）。",
                f"{self.r_squared:.1%} of the variance is explained; p-values: {null.en}, {self.draws} draws "
                f"(seed {self.seed}).",
            )
        )
        for name, row in self.coefficients.drop(index=INTERCEPT).iterrows():
            size, p = f"{row['estimate']:.4g}", f"{row['p_two_sided']:.3g}"
            sentences.append(
                Label(f"{name}：系数 {size}，双侧 p = {p}。", f"{name}: {size}, two-sided p = {p}.")
            )
        return [sentence.text(lang) for sentence in sentences]


@measure(level="comparison", lowest=0, highest=1, unit="share of variance explained", weights="strength")
def mrqap(
    response: Source,
    predictors: Predictor | Mapping[str, Predictor],
    *,
    weighted: bool = True,
    draws: int = 1000,
    seed: int = 0,
) -> NetworkRegression:
    r"""What explains who is tied to whom: networks and attributes, each beyond the others (MRQAP).

    Least squares over the cells off the diagonal, :math:`y_{ij} = \beta_0 + \sum_k \beta_k x_{k,ij} +
    e_{ij}`. Each coefficient is tested by double semi-partialling: what of :math:`x_k` the other predictors
    do not explain, :math:`\epsilon_k = x_k - \hat x_k(x_{-k})`, has its rows and columns permuted
    together and takes the place of :math:`x_k`; the *t* statistic is the pivot. The intercept is tested in
    the same way.

    Parameters
    ----------
    response
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored. The cells are
        ordered pairs when it is directed, unordered ones otherwise.
    predictors
        Networks, or tables with actor ids as index and columns (see :func:`~sanshe_net.measures.dyads.
        same_group` and :func:`~sanshe_net.measures.dyads.absolute_difference`), by name; or a single one,
        called ``predictor``. Actors are matched by id; an actor that one of them lacks is left out and
        counted.
    weighted
        ``False`` reads networks without the strength of ties.
    draws
        Random permutations; each serves all coefficients.
    seed
        Seed of the permutations. The same actors and seed give the same answer, in whatever order the
        actors and ties are given.

    Returns
    -------
    NetworkRegression. Unit: share of variance explained. Range: 0 to 1 (``r_squared``; a coefficient is any
    number, in strength of the response per unit of the predictor).
    ``NaN`` when predictors do not vary or determine each other (named in ``collinear``), when there are no
    more pairs than coefficients, and for *t* and p-values when the fit is perfect.

    Raises
    ------
    MeasureError
        When something is neither a network nor a table of numbers on actor ids, the networks have no
        actor in common, an undirected response is to be explained by something that has a direction,
        or ``draws`` is below 1.

    Notes
    -----
    Cost: O(draws * p * (p + 1) * (n + m)) for p predictors of m filled cells. Every sum that a permuted
    regression needs follows from the sums of products of the permuted predictors with all others and the
    response, so no regression is run on the cells; two predictors that are full tables cost n² a draw.

    References
    ----------
    Dekker, D., Krackhardt, D., & Snijders, T. A. B. (2007). Sensitivity of MRQAP tests to collinearity and
    autocorrelation conditions. *Psychometrika* 72(4), 563-581.
    Krackhardt, D. (1988). Predicting with networks: nonparametric multiple regression analysis of dyadic
    data. *Social Networks* 10(4), 359-381.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> council = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "陈"), ("陈", "周"), ("李", "周")])
    >>> neighbours = Network.from_edges([("李", "王"), ("赵", "陈"), ("陈", "周")])
    >>> helped = Network.from_edges([("李", "王"), ("王", "赵"), ("陈", "周"), ("李", "陈")])
    >>> answer = mrqap(council, {"neighbours": neighbours, "helped": helped}, draws=200)
    >>> answer.coefficients["estimate"].round(3).to_dict()
    {'intercept': 0.227, 'neighbours': 0.636, 'helped': 0.205}
    """
    check_flag("weighted", weighted)
    network = as_network(response)
    check_draws(draws, seed)
    named = predictors if isinstance(predictors, Mapping) else {"predictor": predictors}
    sources = {
        name: held if isinstance(held, pd.DataFrame) else as_network(held) for name, held in named.items()
    }
    if not sources or INTERCEPT in sources:
        found = INTERCEPT if sources else "{}"
        raise MeasureError("E-VALUE", name="predictors", found=found, allowed="{name: network}")
    laid = _laid_over(network, sources, weighted=weighted)
    moments = _moments(laid)
    fit = _fit(moments, laid.cells, laid.scales)
    drawn = np.full((draws, len(laid.columns) + 1), math.nan)
    if not np.isnan(fit.t).all():
        drawn = _permuted_t(laid, moments, draws=draws, seed=seed)
    p = np.array([p_values(t, drawn[:, k], 0.0) for k, t in enumerate(fit.t.tolist())])
    values = np.column_stack([fit.estimates, fit.t, p])
    terms = pd.Index([INTERCEPT, *laid.names], name="term")
    table = pd.DataFrame(values, index=terms, columns=list(COLUMNS))
    return NetworkRegression(
        coefficients=table,
        r_squared=fit.r_squared,
        adjusted_r_squared=fit.adjusted,
        null="residuals",
        collinear=tuple(laid.names[k] for k in fit.collinear),
        cells=laid.cells,
        actors=laid.actors,
        left_out=len(network.actors) - laid.actors,
        draws=draws,
        seed=seed,
    )


@dataclass(frozen=True)
class _Laid:
    """Response and predictors on the cells of the shared actors, each divided by its root mean square."""

    names: tuple[str, ...]
    response: Cells
    columns: tuple[Cells, ...]
    scales: Array  # of the intercept (1), the predictors and last the response
    actors: int
    cells: int


@dataclass(frozen=True)
class _Fit:
    """A regression of the scaled response, told in the units of the data."""

    estimates: Array
    t: Array
    r_squared: float
    adjusted: float
    collinear: tuple[int, ...]


def _laid_over(network: Network, sources: Mapping[str, Network | pd.DataFrame], *, weighted: bool) -> _Laid:
    shared = set(network.actors.index)
    for name, held in sources.items():
        if isinstance(held, pd.DataFrame):
            _check_square(name, held)
        shared &= set(held.index if isinstance(held, pd.DataFrame) else held.actors.index)
    refuse_strangers(
        [network, *(held for held in sources.values() if isinstance(held, Network))], len(shared)
    )
    ids = by_id(shared)
    matrices = [restrict(network.adjacency(weighted=weighted), network.actors.index, ids)]
    for name, held in sources.items():
        matrices.append(_matrix(name, held, ids, weighted=weighted))
        if not network.directed and abs(matrices[-1] - matrices[-1].T).sum():
            raise MeasureError("E-PREDICTOR-DIRECTED", found=name)
    ordered = len(ids) * (len(ids) - 1)
    cells = ordered if network.directed else ordered // 2
    scales = [_scale(matrix, ordered) for matrix in matrices]
    laid = [
        cells_of(sparse.csr_array(matrix / scale), directed=network.directed)
        for matrix, scale in zip(matrices, scales, strict=True)
    ]
    return _Laid(
        tuple(sources), laid[0], tuple(laid[1:]), np.array([1.0, *scales[1:], scales[0]]), len(ids), cells
    )


def _matrix(
    name: str, held: Network | pd.DataFrame, ids: list[Any], *, weighted: bool
) -> sparse.csr_array[Any]:
    if isinstance(held, Network):
        return restrict(held.adjacency(weighted=weighted), held.actors.index, ids)
    rows, columns = positions(held.index, ids), positions(held.columns, ids)
    values = held.to_numpy(dtype=float)[np.ix_(rows, columns)]
    np.fill_diagonal(values, 0.0)  # nobody is tied to themselves, whatever stands there
    _check_values(name, values, ids)
    return sparse.csr_array(values)


def _check_square(name: str, table: pd.DataFrame) -> None:
    alike = set(table.index) == set(table.columns) and len(table.index) == len(table.columns)
    if not alike or table.index.has_duplicates:
        raise MeasureError("E-PREDICTOR-TABLE", found=name)


def _check_values(name: str, values: Array, ids: list[Any]) -> None:
    gaps = (~np.isfinite(values)).sum(axis=1)
    if gaps.any():
        # The row with most gaps is the actor without the attribute, not one who is compared with that actor.
        raise MeasureError("E-PREDICTOR-VALUE", name=name, found=ids[int(np.argmax(gaps))])


def _scale(matrix: sparse.csr_array[Any], ordered: int) -> float:
    squares = float((matrix.data**2).sum())
    return math.sqrt(squares / ordered) if squares else 1.0


def _moments(laid: _Laid) -> Array:
    # Sums of products of intercept, predictors and (last) response over the cells.
    held = [*laid.columns, laid.response]
    moments = np.empty((len(held) + 1, len(held) + 1))
    moments[0, 0] = laid.cells
    for a, one in enumerate(held, start=1):
        moments[0, a] = moments[a, 0] = one.once.sum()
        for b, other in enumerate(held[:a], start=1):
            moments[a, b] = moments[b, a] = product_sum(one, other)
    return moments


def _fit(moments: Array, cells: int, scales: Array) -> _Fit:
    design, towards, squares = moments[:-1, :-1], moments[:-1, -1], moments[-1, -1]
    undefined = np.full(len(design), math.nan)
    collinear = _collinear(design, cells)
    if collinear or cells <= len(design):
        return _Fit(undefined, undefined, math.nan, math.nan, collinear)
    inverse = np.linalg.inv(design)
    scaled = inverse @ towards
    around = squares - towards[0] ** 2 / cells
    unexplained = squares - scaled @ towards
    estimates = scaled * scales[-1] / scales[:-1]
    if around <= PERFECT * squares:  # the response is the same everywhere: no variance, no test
        return _Fit(estimates, undefined, math.nan, math.nan, ())
    share, freedom = max(unexplained / around, 0.0), cells - len(design)
    if share <= PERFECT:
        return _Fit(estimates, undefined, 1.0, 1.0, ())
    t = scaled / np.sqrt(unexplained / freedom * np.diag(inverse))
    return _Fit(estimates, t, 1 - share, 1 - share * (cells - 1) / freedom, ())


def _collinear(design: Array, cells: int) -> tuple[int, ...]:
    # Predictors that do not vary, else those that take part in a combination that does not.
    squares = np.diag(design)[1:]
    if not cells:
        return tuple(range(len(squares)))
    around = design[1:, 1:] - np.outer(design[0, 1:], design[0, 1:]) / cells
    spread = np.diag(around)
    flat = np.flatnonzero(spread <= PERFECT * squares)
    if len(flat):
        return tuple(flat.tolist())
    values, vectors = np.linalg.eigh(around / np.sqrt(np.outer(spread, spread)))
    part = np.abs(vectors[:, values < COLLINEAR]).max(axis=1, initial=0.0)
    return tuple(np.flatnonzero(part > math.sqrt(COLLINEAR)).tolist())


def _permuted_t(laid: _Laid, moments: Array, *, draws: int, seed: int) -> Array:
    # Draws x coefficients: t of the permuted residual of each predictor in its place.
    names = len(laid.columns)
    pairs = [(one, other) for one in laid.columns for other in (*laid.columns, laid.response)]
    sums = np.broadcast_to(
        moments[:-1], (draws, names + 1, names + 2)
    ).copy()  # with the intercept nothing moves
    sums[:, 1:, 1:] = permuted_sums(pairs, laid.actors, draws=draws, seed=seed).reshape(
        draws, names, names + 1
    )
    return np.column_stack([_pivot(moments, sums, k, laid.cells) for k in range(names + 1)])


def _pivot(moments: Array, sums: Array, k: int, cells: int) -> Array:
    # By Frisch and Waugh: the permuted residual e meets the response after both are cleared of the others.
    size = len(moments) - 1
    others = np.delete(np.arange(size), k)
    inverse = np.linalg.inv(moments[np.ix_(others, others)])
    residual = np.zeros(size)
    residual[k], residual[others] = 1.0, -inverse @ moments[others, k]
    with_others = np.einsum("a,dab->db", residual, sums)
    crossed, response = with_others[:, others], moments[others, -1]
    own = residual @ moments[:-1, :-1] @ residual
    left = own - np.einsum("da,ab,db->d", crossed, inverse, crossed)
    towards = with_others[:, -1] - crossed @ inverse @ response
    to_explain = moments[-1, -1] - response @ inverse @ response
    left = np.where(left > COLLINEAR * own, left, math.nan)  # the others explain all of it: no t
    unexplained = np.maximum(to_explain - towards**2 / left, PERFECT * to_explain)
    return np.asarray(towards / left / np.sqrt(unexplained / (cells - size) / left))
