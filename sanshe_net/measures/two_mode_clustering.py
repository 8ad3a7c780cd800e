"""Two-mode clustering: do people who share one activity share others?"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.incidence import Matrix, Side, TwoModeSource, incidence_of
from sanshe_net.measures.options import check_option
from sanshe_net.measures.overlaps import overlap, overlap_blocks, row_sums
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import with_values
from sanshe_net.measures.triads import product_at
from sanshe_net.network import Array

Relative: TypeAlias = Literal["dot", "min", "max"]
RELATIVES: Final = ("dot", "min", "max")


@measure(
    level="network", lowest=0, highest=1, unit="share of three-paths", weights="ignored", needs=("mode",)
)
def robins_alexander_clustering(source: TwoModeSource, *, mode: str = "mode") -> float:
    r"""The share of paths person-activity-person-activity whose ends are tied too.

    It is :math:`4 C_4 / L_3`: four times the number of four-cycles (two people who share two activities)
    over the number of three-paths. The same seen from either mode; tnet and migraph call it reinforcement.
    Cost: O(sum of squared head counts).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    float. Unit: share of three-paths. Range: 0 to 1.
    ``NaN`` when there is no three-path: nothing could have been closed (networkx gives 0).

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Robins, G., & Alexander, M. (2004). Small worlds among interlocking directors: network structure and
    distance in bipartite graphs. *Computational & Mathematical Organization Theory* 10(1), 69-94.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0], [1, 1, 1]], index=["李", "王"], columns=["舞蹈", "读书", "棋牌"])
    >>> robins_alexander_clustering(table)
    0.6666666666666666
    """
    rows, columns = incidence_of(source, mode).both()
    of_row, of_column = np.diff(rows.indptr).astype(float), np.diff(columns.indptr).astype(float)
    paths = float((of_row - 1) @ (rows @ (of_column - 1)))  # by the tie in the middle
    if not paths:
        return float("nan")
    # Both modes give the same four-cycles; the one with fewer two-paths gives them sooner.
    shared = rows if of_column @ of_column <= of_row @ of_row else columns
    cycles = sum(float(block.data @ (block.data - 1)) for _, block in overlap_blocks(shared)) / 4
    return 4 * cycles / paths


@measure(level="network", lowest=0, highest=1, unit="share of four-paths", weights="ignored", needs=("mode",))
def opsahl_clustering(source: TwoModeSource, *, side: Side = "first", mode: str = "mode") -> float:
    r"""The share of paths person-activity-person-activity-person whose two ends share a third activity.

    It is :math:`\sum_v c_v / \sum_v p_v`: of the :math:`p_v` four-paths *i-e-v-f-j* in the middle of which
    *v* stands (three different people, two different activities), the :math:`c_v` whose ends *i* and *j*
    share an activity other than *e* and *f*. Unlike transitivity on a projection, an activity with
    three people is not a closed triple by itself. Cost: O(people x pairs that share an activity), as
    :func:`opsahl_local_clustering`.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    side
        The mode whose actors cluster: ``first`` (people, the rows) or ``second`` (activities, the columns).
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    float. Unit: share of four-paths. Range: 0 to 1.
    ``NaN`` when there is no four-path: nothing could have been closed.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, or ``side`` is neither of the two.

    References
    ----------
    Opsahl, T. (2013). Triadic closure in two-mode networks: redefining the global and local clustering
    coefficients. *Social Networks* 35(2), 159-167.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0], [1, 0, 1], [0, 1, 1]], index=["李", "王", "赵"])
    >>> opsahl_clustering(table)
    1.0
    """
    paths, closed = _four_paths(incidence_of(source, mode).of(side)[0])
    return float(closed.sum() / paths.sum()) if paths.any() else float("nan")


@measure(level="actor", lowest=0, highest=1, unit="share of four-paths", weights="ignored", needs=("mode",))
def opsahl_local_clustering(source: TwoModeSource, *, mode: str = "mode") -> pd.Series[float]:
    r"""Of the pairs an actor meets at different activities, the share that meet elsewhere too.

    It is :math:`c_v / p_v`: of the :math:`p_v` four-paths *i-e-v-f-j* in the middle of which *v* stands
    (*i*, *v*, *j* different, *e* and *f* different), the :math:`c_v` whose ends *i* and *j* share an activity
    other than *e* and *f*. Activities are measured the same way, with the modes exchanged. Open
    paths are counted by how many activities *i* and *j* share (none, one or two; with three or more a path
    is always closed), so that no path is listed. Cost: O(people x pairs that share an activity), in a dense
    community one product of dense matrices; memory O(pairs that share an activity).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``opsahl_local_clustering`` indexed by the actors of both modes. Unit: share of four-paths.
    Range: 0 to 1. ``NaN`` for an actor in the middle of no four-path: nothing could have been closed.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Opsahl, T. (2013). Triadic closure in two-mode networks: redefining the global and local clustering
    coefficients. *Social Networks* 35(2), 159-167.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1, 0], [1, 0, 1], [0, 1, 0]], index=["李", "王", "赵"])
    >>> opsahl_local_clustering(table)[["李", "王"]].tolist()
    [0.0, nan]
    """
    held = incidence_of(source, mode)
    counts = [_four_paths(matrix) for matrix in held.both()]
    return held.on_actors((_shares(closed, paths) for paths, closed in counts), "opsahl_local_clustering")


@measure(level="actor", lowest=0, highest=1, unit="mean overlap", weights="ignored", needs=("mode",))
def latapy_clustering(
    source: TwoModeSource, *, relative: Relative = "dot", mode: str = "mode"
) -> pd.Series[float]:
    r"""How much an actor's activities overlap with those of the others it meets there, on average.

    It is :math:`\frac{1}{|M_i|} \sum_{j \in M_i} |N_i \cap N_j| / r_{ij}` over the actors :math:`M_i` of the
    own mode with which *i* shares at least one neighbour; :math:`r_{ij}` is :math:`|N_i \cup N_j|` for
    ``dot`` (Jaccard's index), :math:`\min(|N_i|, |N_j|)` for ``min`` and :math:`\max(|N_i|, |N_j|)` for
    ``max``. Cost: O(sum of squared ties of the other mode).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    relative
        What the shared neighbours are compared to: all neighbours of both (``dot``), those of the one
        with fewer (``min``) or more (``max``).
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``latapy_clustering`` indexed by the actors of both modes. Unit: mean overlap. Range: 0 to 1.
    ``NaN`` for an actor that shares a neighbour with nobody: there is no overlap to take a mean of
    (networkx gives 0).

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, or ``relative`` is none of the three.

    References
    ----------
    Latapy, M., Magnien, C., & Del Vecchio, N. (2008). Basic notions for the analysis of large two-mode
    networks. *Social Networks* 30(1), 31-48.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [0, 1]], index=["李", "王"], columns=["舞蹈", "读书"])
    >>> latapy_clustering(table).to_dict()
    {'李': 0.5, '王': 0.5, '舞蹈': 0.5, '读书': 0.5}
    """
    check_option("relative", relative, RELATIVES)
    held = incidence_of(source, mode)
    return held.on_actors((_mean_overlap(matrix, relative) for matrix in held.both()), "latapy_clustering")


@measure(
    level="actor",
    lowest=0,
    highest=1,
    unit="share of pairs brought",
    weights="ignored",
    needs=("mode",),
)
def redundancy(source: TwoModeSource, *, mode: str = "mode") -> pd.Series[float]:
    r"""Of the pairs an actor brings together, the share that would meet without it.

    It is :math:`\frac{2}{k_i (k_i - 1)} |\{u, w \in N_i : \exists\, j \ne i, u, w \in N_j\}|`. For an
    activity: the pairs of participants who meet at another activity too; for a person: the pairs of
    activities that somebody else went to as well. In attendance data it is near 1 for almost everybody.
    Cost: O(ties x pairs that share two neighbours), in a dense community one product with a dense matrix.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    Series ``redundancy`` indexed by the actors of both modes. Unit: share of pairs brought.
    Range: 0 to 1. ``NaN`` for an actor with fewer than two ties: it brings no pair together (networkx
    refuses the whole network then).

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Latapy, M., Magnien, C., & Del Vecchio, N. (2008). Basic notions for the analysis of large two-mode
    networks. *Social Networks* 30(1), 31-48.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [1, 1], [0, 1]], index=["李", "王", "赵"], columns=["舞蹈", "读书"])
    >>> redundancy(table).round(3).to_dict()
    {'李': 1.0, '王': 1.0, '赵': nan, '舞蹈': 1.0, '读书': 0.333}
    """
    held = incidence_of(source, mode)
    rows, columns = held.both()
    return held.on_actors((_redundant(rows, columns), _redundant(columns, rows)), "redundancy")


def _mean_overlap(matrix: Matrix, relative: Relative) -> Array:
    degree = np.diff(matrix.indptr).astype(float)
    means = np.empty(len(degree))
    for rows, shared in overlap_blocks(matrix):
        met = np.diff(shared.indptr)
        own, other = np.repeat(degree[rows], met), degree[shared.indices]
        if relative == "dot":
            base = own + other - shared.data
        else:
            base = (np.minimum if relative == "min" else np.maximum)(own, other)
        row = np.repeat(np.arange(len(met)), met)
        means[rows] = _shares(np.bincount(row, shared.data / base, minlength=len(met)), met)
    return means


def _redundant(matrix: Matrix, turned: Matrix) -> Array:
    # A pair of neighbours meets without the actor when the two share one more neighbour than the actor.
    twice = overlap(turned)
    twice.data = (twice.data >= 2).astype(float)
    twice.eliminate_zeros()
    degree = np.diff(matrix.indptr).astype(float)
    return _shares(row_sums(matrix, twice, matrix), degree * (degree - 1))


def _four_paths(matrix: Matrix) -> tuple[Array, Array]:
    # For the four-paths i-e-v-f-j around each row v, how many there are and how many are closed; both ends
    # in either order. A path is open when i and j share nothing, or nothing but e or f or both.
    shared = overlap(matrix)
    met = shared.sum(axis=1)
    others = np.diff(sparse.csr_array(matrix.T).indptr) - 1.0
    same_event = matrix @ others**2
    paths = met**2 - same_event - shared.multiply(shared).sum(axis=1) + met
    tied = _where(shared, shared.data > 0)
    # Paths whose ends share something; e = f cannot be told from it and is taken off.
    linked = row_sums(shared, tied, shared) - (same_event - met)
    return paths, linked - _shares_one(matrix, shared) - _shares_two(matrix, shared)


def _shares_one(matrix: Matrix, shared: Matrix) -> Array:
    # Open paths whose ends share one activity only, and v was there: it is e or f, and the other of the two
    # is another activity of v and that end.
    partners = with_values(matrix, product_at(_where(shared, shared.data == 1), matrix, matrix))
    more = with_values(shared, shared.data - 1)
    return 2 * row_sums(matrix, sparse.csr_array(partners.T), more)


def _shares_two(matrix: Matrix, shared: Matrix) -> Array:
    # Open paths whose ends share e and f and nothing else. Which two they are follows from the sum and the
    # sum of squares of their numbers.
    twice = _where(shared, shared.data == 2)
    pairs, turned = sparse.csr_array(sparse.triu(twice)), sparse.csr_array(matrix.T)
    number = matrix.indices.astype(float)
    total = product_at(with_values(matrix, number), turned, pairs)
    squares = product_at(with_values(matrix, number**2), turned, pairs)
    apart = np.sqrt(2 * squares - total**2)
    ends = ((total - apart) / 2).astype(np.int64), ((total + apart) / 2).astype(np.int64)
    size = matrix.shape[1]
    events = sparse.csr_array((np.ones(len(apart)), ends), shape=(size, size))
    # Of the pairs that share e and f, those that v itself is part of have no third person in the middle.
    open_paths: Array = 4 * (row_sums(matrix, events, matrix) - twice.sum(axis=1))
    return open_paths


def _where(matrix: Matrix, chosen: Array) -> Matrix:
    # Ones at the chosen entries.
    ones: Matrix = with_values(matrix, chosen.astype(float)).copy()
    ones.eliminate_zeros()
    return ones


def _shares(part: Array, whole: Array) -> Array:
    # NaN where there is nothing to take a share of.
    shares: Array = np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
    return shares
