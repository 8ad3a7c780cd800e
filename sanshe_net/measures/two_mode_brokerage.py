"""Two-mode brokerage: who connects people that are never in the same room."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.groups import group_codes
from sanshe_net.measures.incidence import Matrix, Side, TwoModeSource, incidence_of
from sanshe_net.measures.overlaps import overlap, row_sums
from sanshe_net.measures.registry import measure
from sanshe_net.measures.strengths import with_values
from sanshe_net.network import Array

TWO_MODE_ROLES: Final = (
    "two_mode_coordinator", "two_mode_itinerant", "two_mode_boundary", "two_mode_liaison",
    "two_mode_open_pairs", "two_mode_open_paths",
)  # fmt: skip


@measure(
    level="actor",
    lowest=0,
    unit="pairs of actors",
    weights="ignored",
    needs=("mode", "kind"),
    columns=TWO_MODE_ROLES,
)
def two_mode_brokerage(
    source: TwoModeSource, *, by: str = "kind", side: Side = "first", mode: str = "mode"
) -> pd.DataFrame:
    r"""How many pairs an actor connects who share no activity themselves, by the groups of the three.

    Counted are the unordered pairs *a*, *b* on a path *a-e-v-f-b* through *v* that no activity holds
    together: :math:`\sum_{a < b} [o_{av} > 0] [o_{vb} > 0] [o_{ab} = 0]`, with :math:`o_{av}` the number of
    activities *a* and *v* share. With the groups of *a*, *v* and *b* the roles are

    ==================== ============ ================================================
    two_mode_coordinator A-A-A        within the own group
    two_mode_itinerant   A-B-A        within a group that is not the own
    two_mode_boundary    A-A-B, A-B-B between the own group and another
    two_mode_liaison     A-B-C        between two other groups
    two_mode_open_pairs               all four together
    two_mode_open_paths               paths: each pair counted with its activities,
                                      :math:`o_{av} o_{vb}` of them
    ==================== ============ ================================================

    There is no direction: representative and gatekeeper are one role, boundary. A pair counts once however
    many activities carry it; ``two_mode_open_paths`` says how many do, and its ratio to
    ``two_mode_open_pairs`` how well the average pair is connected. Whether Jasny & Lubell count
    pairs or paths we could not establish: give the column that is used, never "their" measure.
    Cost: O(people x pairs that share an activity), in a dense community one product of dense matrices;
    memory O(pairs that share an activity).

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    by
        Column of ``actors`` that names the group. Paths that touch an actor whose group is not known
        (empty or missing) are left out.
    side
        The mode of the brokers: ``first`` (people, the rows) or ``second`` (activities, the columns).
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    DataFrame indexed by the actors of both modes. Unit: pairs of actors. Range: 0 or more.
    ``NaN`` for an actor of the other mode, and for one whose own group is not known: no role can be named.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, actors have no attribute ``by``, or ``side`` is neither
        of the two.

    References
    ----------
    Jasny, L., & Lubell, M. (2015). Two-mode brokerage in policy networks. *Social Networks* 41, 36-47.
    Gould, R. V., & Fernandez, R. M. (1989). Structures of mediation: a formal approach to brokerage in
    transaction networks. *Sociological Methodology* 19, 89-126.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> modes, kinds = ["person"] * 3 + ["activity"] * 2, ["resident"] * 3 + [""] * 2
    >>> names = ["李", "王", "赵", "舞蹈", "读书"]
    >>> actors = pd.DataFrame({"mode": modes, "kind": kinds}, index=names)
    >>> ties = [("李", "舞蹈"), ("王", "舞蹈"), ("王", "读书"), ("赵", "读书")]
    >>> two_mode_brokerage(Network.from_edges(ties, actors=actors))["two_mode_coordinator"].tolist()
    [0.0, 1.0, 0.0, nan, nan]
    """
    held = incidence_of(source, mode)
    matrix, brokers = held.of(side)
    at = held.actors.get_indexer(brokers.index)
    codes = group_codes(held.network, by)[at]
    known = codes >= 0
    values = np.full((len(held.actors), len(TWO_MODE_ROLES)), np.nan)
    values[at[known]] = _roles(overlap(sparse.csr_array(matrix[known])), codes[known])
    return pd.DataFrame(values, index=held.actors, columns=list(TWO_MODE_ROLES))


def _roles(shared: Matrix, codes: Array) -> Array:
    # Pairs of actors met, minus those that have met each other. `met` and its parts are symmetric with an
    # empty diagonal; all but the boundary count both orders of a pair.
    ends = np.repeat(codes, np.diff(shared.indptr)), codes[shared.indices]
    met = with_values(shared, np.ones(shared.nnz))
    own, foreign = _chosen(met, ends[0] == ends[1]), _chosen(met, ends[0] != ends[1])
    groups = sparse.csr_array(
        (np.ones(len(codes)), codes, np.arange(len(codes) + 1)), shape=(len(codes), codes.max(initial=-1) + 1)
    )
    in_group = foreign @ groups
    same_end = in_group.multiply(in_group).sum(axis=1) - foreign.sum(axis=1) - row_sums(foreign, own, foreign)
    within, across = own.sum(axis=1), foreign.sum(axis=1)
    elsewhere = across * (across - 1) - row_sums(foreign, met, foreign)
    coordinator = (within * (within - 1) - row_sums(own, met, own)) / 2
    boundary = within * across - row_sums(own, met, foreign)
    itinerant, liaison = same_end / 2, (elsewhere - same_end) / 2
    times = shared.sum(axis=1)
    paths = (times**2 - shared.multiply(shared).sum(axis=1) - row_sums(shared, met, shared)) / 2
    pairs = coordinator + itinerant + boundary + liaison
    return np.column_stack([coordinator, itinerant, boundary, liaison, pairs, paths])


def _chosen(matrix: Matrix, chosen: Array) -> Matrix:
    part = with_values(matrix, matrix.data * chosen).copy()
    part.eliminate_zeros()
    return part
