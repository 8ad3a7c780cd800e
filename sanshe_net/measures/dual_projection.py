"""Dual projection: both one-mode views of a two-mode network, always used together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.measures.incidence import Side, TwoModeSource, incidence_of
from sanshe_net.measures.overlaps import overlap
from sanshe_net.measures.registry import all_measures, measure_actors
from sanshe_net.network import Network
from sanshe_net.vocabulary import Label


@dataclass(frozen=True)
class DualProjection:
    """Both projections of a two-mode network; ``rule`` of each says how its ties were made.

    Attributes
    ----------
    first
        The actors of the first mode (people), tied by what they share in the second.
    second
        The actors of the second mode (activities), tied by whom they share of the first.
    """

    first: Network
    second: Network


def dual_projection(source: TwoModeSource, *, mode: str = "mode") -> DualProjection:
    r"""Return both projections: people by shared activities, and activities by shared people.

    The strength of a tie is the number shared, :math:`B B^T` and :math:`B^T B` without their diagonals;
    actors who share nothing stay, without ties. One projection alone forgets why a tie is there; the two
    together keep nearly everything (Everett & Borgatti 2013), so read both: :func:`measure_both` gives
    any measure of actors (degree, constraint, k-core ...) for people and activities in one table, and
    ``two_mode_eigenvector`` is the coreness that both projections agree on.

    In a projection every activity is a clique by construction. Transitivity, constraint, brokerage
    and E-I indices of it are therefore high or low for reasons of arithmetic, and need a null model that
    keeps who attends how much, or a backbone.

    Parameters
    ----------
    source
        Records, a table of one mode by the other, or a Network, networkx or igraph graph whose actors
        name their mode; see :func:`~sanshe_net.measures.incidence.incidence_of`.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    DualProjection with the Networks ``first`` and ``second``. Cost: O(sum of squared ties) of each mode.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network.

    References
    ----------
    Everett, M. G., & Borgatti, S. P. (2013). The dual-projection approach for two-mode networks. *Social
    Networks* 35(2), 204-210.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [1, 1], [0, 1]], index=["李", "王", "赵"], columns=["舞蹈", "读书"])
    >>> both = dual_projection(table)
    >>> both.first.ties[["source", "target", "weight"]].to_numpy().tolist()
    [['李', '王', 2.0], ['李', '赵', 1.0], ['王', '赵', 1.0]]
    >>> both.second.ties["weight"].tolist()
    [2.0]
    """
    return DualProjection(_project(source, mode, "first"), _project(source, mode, "second"))


def measure_both(
    source: TwoModeSource, names: str | Iterable[str] | None = None, *, mode: str = "mode"
) -> pd.DataFrame:
    """Return measures of actors in both projections, one row per actor of either mode.

    Parameters
    ----------
    source
        As in :func:`dual_projection`.
    names
        Names of measures of actors, as in :func:`~sanshe_net.measures.registry.measure_actors`; without it
        all but the two-mode ones.
    mode
        Column of ``actors`` that names the mode.

    Returns
    -------
    DataFrame with the columns of ``measure_actors``; each value is of the projection that the actor is in.
    Cost: O(sum of squared ties) of each mode, and that of the measures.

    Raises
    ------
    MeasureError
        When ``source`` is not a two-mode network, or there is no measure of that name.

    Examples
    --------
    >>> table = pd.DataFrame([[1, 1], [1, 1], [0, 1]], index=["李", "王", "赵"], columns=["舞蹈", "读书"])
    >>> measure_both(table, ["degree", "strength"])["strength"].to_dict()
    {'李': 3.0, '王': 3.0, '赵': 2.0, '舞蹈': 2.0, '读书': 2.0}
    """
    both = dual_projection(source, mode=mode)
    if names is None:  # a projection has one mode left
        columns = {*both.first.actors.columns, *both.second.actors.columns} - {"mode"}
        names = [name for name, held in all_measures("actor").items() if columns.issuperset(held.needs)]
    names = names if isinstance(names, str) else list(names)
    tables = [measure_actors(network, names) for network in (both.first, both.second)]
    return pd.concat(tables).reindex(incidence_of(source, mode).actors)


def _project(source: TwoModeSource, mode: str, side: Side) -> Network:
    held = incidence_of(source, mode)
    matrix, actors = held.of(side)
    product = overlap(matrix)
    product.sort_indices()
    shared = sparse.triu(product).tocoo()
    ends = {name: actors.index[at] for name, at in zip(("source", "target"), shared.coords, strict=True)}
    ties = pd.DataFrame({**ends, "weight": shared.data, "evidence": shared.data.astype(np.int64)})
    made = Network.from_edges(ties, actors=actors)
    other = held.modes[side == "first"]
    rule = Label(
        f"投影：共有 {other} 中的至少一个即为联系，强度是共有的个数",
        f"a projection: a tie is sharing at least one {other}, weighted by how many",
    )
    return Network(made.actors, made.ties, rule=rule)
