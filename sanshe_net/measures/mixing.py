"""Mixing: who is tied to whom by group, and how that departs from what the sizes of groups allow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.errors import MeasureError
from sanshe_net.measures.memberships import By, Memberships, read_memberships, tie_ends
from sanshe_net.measures.registry import measure
from sanshe_net.network import Array, Network, Source, as_network
from sanshe_net.vocabulary import Label


@dataclass(frozen=True)
class MixingMatrix:
    """Ties by the groups of their two ends.

    Attributes
    ----------
    counts
        Group x group, both sorted. Directed: ties from the group of the row to that of the column.
        Undirected: symmetric, and each cell counts the ties between its two groups once.
    shares
        The same as shares of all ends: sums to 1. Undirected, a tie between two groups lies half in either
        cell.
    ties
        How many ties have two ends of known group.
    left_out
        How many ties have an end whose group is not known.
    directed
        Whether rows send and columns receive.
    """

    counts: pd.DataFrame
    shares: pd.DataFrame
    ties: int
    left_out: int
    directed: bool


@measure(level="answer", lowest=0, unit="ties", weights="ignored", needs=("kind",))
def mixing_matrix(source: Source, *, by: By = "kind") -> MixingMatrix:
    r"""How many ties there are within and between groups.

    A cell is :math:`\sum_{ij} b_{ig} a_{ij} b_{jh}` with :math:`b_{ig}` = 1 for the group of *i* and 0 for
    others; the tie of someone in several groups is spread over cells by the shares of both ends.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored.
    by
        Column of ``actors`` that names the group or several groups, or a table actor x group; see
        :func:`~sanshe_net.measures.memberships.read_memberships`. Ties of an actor whose group is not
        known (empty or missing) are left out and counted.

    Returns
    -------
    MixingMatrix. Unit: ties. Range: 0 or more.
    The shares are ``NaN`` without ties: there is nothing to share out.
    Cost: O(ties + groups²).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, or actors have no attribute ``by``.

    References
    ----------
    Newman, M. E. J. (2003). Mixing patterns in networks. *Physical Review E* 67, 026126.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("王", "赵")], actors=actors)
    >>> mixing_matrix(network, by="hukou").counts.loc["local"].to_dict()
    {'local': 1.0, 'non_local': 1.0}
    """
    network = as_network(source)
    held = read_memberships(network, by)
    cells, ties, left_out = mixing(network, held)
    counts = cells.copy()
    if not network.directed:
        np.fill_diagonal(counts, counts.diagonal() / 2)  # a tie within a group is there from both ends
    total = cells.sum()
    shares = cells / total if total else np.full(cells.shape, np.nan)
    rows = held.groups.rename("from" if network.directed else held.groups.name)
    columns = held.groups.rename("to" if network.directed else held.groups.name)
    return MixingMatrix(
        pd.DataFrame(counts, rows, columns),
        pd.DataFrame(shares, rows, columns),
        ties=ties,
        left_out=left_out,
        directed=network.directed,
    )


def mixing(network: Network, held: Memberships) -> tuple[Array, int, int]:
    """Return group x group sums of the adjacency, how many ties they rest on, and how many are left out.

    An undirected tie is in the sums from both ends.
    """
    ends, left_out = tie_ends(network, held.known)
    n = len(held.sizes)
    pairs = held.codes[ends.ego] * n + held.codes[ends.alter]
    met, times = np.unique(pairs, return_counts=True)
    between = sparse.csr_array((times.astype(float), (met // max(1, n), met % max(1, n))), shape=(n, n))
    cells = (held.shares.T @ between @ held.shares).toarray()
    return cells, len(ends.ego) // (1 if network.directed else 2), left_out


@dataclass(frozen=True)
class ColemanIndex:
    """How much each group keeps to itself, beside what its size allows.

    Attributes
    ----------
    table
        One row per group, sorted: ``size``; ``choices`` its members make and how many of them stay
        ``internal``; ``expected`` internal choices; ``index``.
    left_out
        How many ties have an end whose group is not known.
    """

    table: pd.DataFrame
    left_out: int


@measure(level="answer", lowest=-1, highest=1, unit="homophily", weights="ignored", needs=("kind",))
def coleman_index(source: Source, *, by: By = "kind") -> ColemanIndex:
    r"""How far the choices of each group stay within it, given its size (Coleman's homophily index).

    With :math:`k_i` choices of actor *i*, group *g* of size :math:`s` among *n* actors makes
    :math:`m = \sum_{i \in g} k_i`, of which :math:`e = \sum_{i \in g} k_i (s - 1)/(n - 1)` would stay
    inside if made at random. The index of *o* observed internal choices is :math:`(o - e)/(m - e)` above
    *e* and :math:`(o - e)/e` below: 1 when all stay inside, 0 for chance, -1 when none does. A group whose
    members choose more people than it has cannot reach 1.

    Parameters
    ----------
    source
        A Network, a networkx graph or an igraph graph. Layers are merged and self-loops ignored. An
        undirected tie is a choice of both its ends.
    by
        Column of ``actors`` that names the one group of each, or a table actor x group. Actors whose group
        is not known (empty or missing) and their ties are left out.

    Returns
    -------
    ColemanIndex. Unit: homophily. Range: -1 to 1 for the index.
    ``NaN`` for a group without choices, of a single member, or of everybody: nothing could be otherwise.
    Cost: O(ties).

    Raises
    ------
    MeasureError
        When ``source`` is not a network, actors have no attribute ``by``, or somebody has several groups:
        their choices belong to none of them alone.

    References
    ----------
    Coleman, J. S. (1958). Relational analysis: the study of social organizations with survey methods.
    *Human Organization* 17(4), 28-36.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> actors = pd.DataFrame({"hukou": ["local", "local", "non_local"]}, index=["李", "王", "赵"])
    >>> network = Network.from_edges([("李", "王"), ("赵", "王")], actors=actors, directed=True)
    >>> coleman_index(network, by="hukou").table["index"].to_dict()
    {'local': 1.0, 'non_local': nan}
    """
    network = as_network(source)
    held = read_memberships(network, by)
    if not held.single:
        twice = int(np.flatnonzero(np.diff(held.shares.indptr)[held.codes] * held.known > 1)[0])
        column = Label("成员表", "the table of memberships") if isinstance(by, pd.DataFrame) else by
        raise MeasureError("E-ONE-GROUP", column=column, actor=network.actors.index[twice])
    ends, left_out = tie_ends(network, held.known)
    own = np.append(held.shares.indices, -1)[held.codes]  # the group of each actor, -1 for none
    groups = len(held.groups)
    sizes = np.bincount(own[held.known], minlength=groups).astype(float)
    sender = own[ends.ego]
    made = np.bincount(sender, minlength=groups).astype(float)
    internal = np.bincount(sender[sender == own[ends.alter]], minlength=groups).astype(float)
    expected = made * (sizes - 1) / max(1, sizes.sum() - 1)
    room = np.where(internal >= expected, made - expected, expected)
    index = np.full(groups, np.nan)
    told = (room > 0) & (sizes > 1)
    index[told] = (internal - expected)[told] / room[told]
    columns = {"size": sizes, "choices": made, "internal": internal, "expected": expected, "index": index}
    return ColemanIndex(pd.DataFrame(columns, index=held.groups), left_out)
