"""Two-mode cohesion and centrality: people and activities measured together, nothing projected."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.sparse.linalg import svds

from sanshe_net.measures.incidence import Incidence, Matrix, Side, TwoModeSource, incidence_of
from sanshe_net.measures.options import check_option
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array

Disconnected: TypeAlias = Literal["missing", "component"]
DISCONNECTED: Final = ("missing", "component")

DENSE: Final = 200
"""Up to this many actors in the smaller mode all singular values are computed, above only the two largest."""
TIED: Final = 1e-9
"""Two largest singular values nearer than this share are one value, and their vectors are not unique."""


@measure(
    level="network", lowest=0, highest=1, unit="share of possible ties", weights="ignored", needs=("mode",)
)
def two_mode_density(source: TwoModeSource, *, mode: str = "mode") -> float:
    r"""The share of all pairs of a person and an activity that are tied.

    It is :math:`m / (n_1 n_2)`, with *m* ties between the :math:`n_1` actors of the first mode and the
    :math:`n_2` of the second. People and activities without a tie count. Cost: O(m).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    float. Unit: share of possible ties. Range: 0 to 1.
    ``NaN`` when a mode has no actor: no tie is possible.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. *Social Networks* 19(3),
    243-269.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> two_mode_density(table)
    0.75
    """
    matrix = incidence_of(source, mode).matrix
    possible = matrix.shape[0] * matrix.shape[1]
    return float(matrix.nnz / possible) if possible else float("nan")


@measure(level="network", lowest=0, unit="ties per actor", weights="ignored", needs=("mode",))
def two_mode_mean_degree(source: TwoModeSource, *, side: Side = "first", mode: str = "mode") -> float:
    r"""How many activities a person went to on average; or how many people an activity had.

    It is :math:`m / n_1` for the first mode and :math:`m / n_2` for the second: the two modes have
    different means, and one number for both (UCINET's :math:`m / (n_1 + n_2)` since 6.849) describes
    neither. Cost: O(m).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    side
        The mode whose mean is wanted: ``first`` (people, the rows) or ``second`` (activities, the columns).
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    float. Unit: ties per actor. Range: 0 or more.
    ``NaN`` when the mode has no actor: there is nobody to take a mean of.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, or ``side`` is neither of the two.

    References
    ----------
    Latapy, M., Magnien, C., & Del Vecchio, N. (2008). Basic notions for the analysis of large two-mode
    networks. *Social Networks* 30(1), 31-48.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0], [0, 1, 1]], index=["李", "王"], columns=["舞蹈", "读书", "棋牌"])
    >>> two_mode_mean_degree(table), two_mode_mean_degree(table.T)
    (2.0, 1.3333333333333333)
    """
    matrix, _ = incidence_of(source, mode).of(side)
    return float(matrix.nnz / matrix.shape[0]) if matrix.shape[0] else float("nan")


@measure(
    level="actor", lowest=0, highest=1, unit="share of the other mode", weights="ignored", needs=("mode",)
)
def two_mode_degree(source: TwoModeSource, *, mode: str = "mode") -> pd.Series[float]:
    r"""The share of the other mode that an actor is tied to.

    It is :math:`k_i / n'`, with :math:`k_i` the number of ties and :math:`n'` the number of actors of the
    other mode: the share of activities a person went to, the share of people an activity reached. Cost:
    O(m) for *m* ties.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``two_mode_degree`` indexed by the actors of both modes. Unit: share of the other mode.
    Range: 0 to 1. 0 for an actor without ties; ``NaN`` when the other mode has no actor.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. *Social Networks* 19(3),
    243-269.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> two_mode_degree(table).to_dict()
    {'李': 1.0, '王': 0.5, '舞蹈': 0.5, '读书': 1.0}
    """
    held = incidence_of(source, mode)
    shares = [
        np.diff(matrix.indptr) / (matrix.shape[1] if matrix.shape[1] else np.nan) for matrix in held.both()
    ]
    return held.on_actors(shares, "two_mode_degree")


@measure(
    level="actor",
    lowest=0,
    highest=1,
    unit="share of nearest possible",
    weights="ignored",
    needs=("mode",),
)
def two_mode_closeness(
    source: TwoModeSource, *, disconnected: Disconnected = "missing", mode: str = "mode"
) -> pd.Series[float]:
    r"""How near an actor is to everybody of both modes, against the nearest that two modes allow.

    It is :math:`(n' + 2 (n - 1)) / \sum_j d_{ij}`, with *n* actors in the own mode, :math:`n'` in the
    other and :math:`d_{ij}` the number of steps: nobody can be nearer than one step to the whole other
    mode and two to the own. Cost: O((n + n') m) for *m* ties.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    disconnected
        What a network that falls apart gets. ``missing``: an actor who does not reach everybody has no
        closeness. ``component``: each component is measured as a network of its own; such values must
        not be compared between components, where the smallest look nearest.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``two_mode_closeness`` indexed by the actors of both modes. Unit: share of nearest possible.
    Range: 0 to 1. ``NaN`` for an actor who does not reach everybody (see ``disconnected``), and for one
    without ties: the distance to those out of reach is not a number. networkx multiplies by the share
    reached instead, and gives 0 to an actor without ties.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, or ``disconnected`` is neither of the two.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. *Social Networks* 19(3),
    243-269.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> two_mode_closeness(table).round(3).to_dict()
    {'李': 1.0, '王': 0.667, '舞蹈': 0.667, '读书': 1.0}
    """
    check_option("disconnected", disconnected, DISCONNECTED)
    held = incidence_of(source, mode)
    component = _components(held)
    own, other = _sizes(held, component)
    # igraph gives the inverse of the summed distances to those in reach; the sum itself is whole.
    with np.errstate(divide="ignore", invalid="ignore"):
        total = np.rint(1 / np.asarray(held.graph.closeness(normalized=False), dtype=float))
        values = (other + 2 * (own - 1)) / total
    if disconnected == "missing" and component.max(initial=0) > 0:
        values[:] = np.nan
    return pd.Series(values, index=held.actors, name="two_mode_closeness")


@measure(
    level="actor",
    lowest=0,
    highest=1,
    unit="share of highest possible",
    weights="ignored",
    needs=("mode",),
)
def two_mode_betweenness(source: TwoModeSource, *, mode: str = "mode") -> pd.Series[float]:
    r"""How many pairs of others have their shortest connection through an actor, against the most possible.

    It is :math:`b_i / b_{max}`: Freeman's betweenness :math:`b_i` in the two-mode network, divided by the
    highest that any actor of a mode with *n* actors can have beside :math:`n'` of the other:
    :math:`b_{max} = \frac{1}{2} [n'^2 (s+1)^2 + n' (s+1)(2t - s - 1) - t (2s - t + 3)]` with
    :math:`s = \lfloor (n-1) / n' \rfloor` and :math:`t = (n-1) \bmod n'`. The shorter formula that the paper
    gives for :math:`n > n'` is too small (12 instead of 16 for 7 by 2) and not used. Cost: O((n + n') m) for
    *m* ties.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``two_mode_betweenness`` indexed by the actors of both modes.
    Unit: share of highest possible. Range: 0 to 1.
    0 for an actor between nobody; ``NaN`` when nobody of that mode can be between anybody (:math:`b_{max}`
    is 0), as when the other mode has one actor only.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Borgatti, S. P., & Everett, M. G. (1997). Network analysis of 2-mode data. *Social Networks* 19(3),
    243-269.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> two_mode_betweenness(table).round(3).to_dict()
    {'李': 1.0, '王': 0.0, '舞蹈': 0.0, '读书': 1.0}
    """
    held = incidence_of(source, mode)
    raw = np.asarray(held.graph.betweenness(directed=False), dtype=float)
    first, second = held.matrix.shape
    highest = np.where(held.is_second, highest_betweenness(second, first), highest_betweenness(first, second))
    return pd.Series(raw / highest, index=held.actors, name="two_mode_betweenness")


def highest_betweenness(own: int, other: int) -> float:
    """Return the highest betweenness in a mode of ``own`` actors beside one of ``other``; NaN where it is 0.

    Examples
    --------
    >>> highest_betweenness(7, 2)
    16.0
    """
    if not own or not other:
        return float("nan")
    s, t = divmod(own - 1, other)
    twice = other**2 * (s + 1) ** 2 + other * (s + 1) * (2 * t - s - 1) - t * (2 * s - t + 3)
    return twice / 2 if twice else float("nan")


@measure(level="actor", lowest=0, highest=1, unit="share of the length", weights="ignored", needs=("mode",))
def two_mode_eigenvector(source: TwoModeSource, *, mode: str = "mode") -> pd.Series[float]:
    r"""How central an actor is by the centrality of those it is tied to, in both modes at once.

    With the matrix :math:`B` of ties it is the pair of leading singular vectors,
    :math:`B v = \sigma u` and :math:`B^T u = \sigma v`: central people went to central activities, and
    activities are central by the people they drew. The same as the leading eigenvectors of both
    projections :math:`B B^T` and :math:`B^T B` (with their diagonals), which is why the dual-projection
    approach loses nothing here; used as coreness, it ranks the core of both modes. Each mode has length 1.
    Cost: O(m) a step of the iteration for *m* ties.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``two_mode_eigenvector`` indexed by the actors of both modes. Unit: share of the length.
    Range: 0 to 1. 0 outside the component that has the largest :math:`\sigma`; ``NaN`` for all when there
    are no ties, or when two components have the same :math:`\sigma`: the vectors are then not unique.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Bonacich, P. (1991). Simultaneous group and individual centralities. *Social Networks* 13(2), 155-168.
    Everett, M. G., & Borgatti, S. P. (2013). The dual-projection approach for two-mode networks. *Social
    Networks* 35(2), 204-210.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> two_mode_eigenvector(table).round(3).to_dict()
    {'李': 0.851, '王': 0.526, '舞蹈': 0.526, '读书': 0.851}
    """
    held = incidence_of(source, mode)
    vectors = _leading_vectors(held.matrix)
    if vectors is None:
        return pd.Series(np.nan, index=held.actors, name="two_mode_eigenvector")
    values = held.on_actors(vectors, "two_mode_eigenvector")
    component = _components(held)
    # Outside the component of the largest value there is nothing but rounding.
    values[component != component[np.argmax(values.to_numpy())]] = 0.0
    return values


def _leading_vectors(matrix: Matrix) -> tuple[Array, Array] | None:
    # The two vectors of the largest singular value, or None when they are not unique.
    smaller = min(matrix.shape)
    if not matrix.nnz:
        return None
    if smaller <= DENSE:
        left, values, right = np.linalg.svd(matrix.toarray(), full_matrices=False)
    else:
        start = np.ones(smaller)  # a start of its own would be drawn at random
        left, values, right = svds(matrix, k=2, v0=start)
    order = np.argsort(-values, kind="stable")
    if smaller > 1 and values[order[0]] - values[order[1]] <= TIED * values[order[0]]:
        return None
    return abs(left[:, order[0]]), abs(right[order[0]])


def _components(held: Incidence) -> Array:
    return np.asarray(held.graph.connected_components().membership, dtype=np.int64)


def _sizes(held: Incidence, component: Array) -> tuple[Array, Array]:
    # How many actors of the own and of the other mode are in the component of each actor.
    own = held.is_second.astype(np.int64)
    members = np.bincount(2 * component + own, minlength=2 * component.max(initial=-1) + 2)
    return members[2 * component + own].astype(float), members[2 * component + 1 - own].astype(float)
