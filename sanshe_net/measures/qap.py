"""QAP: do two networks of the same actors go together more than chance would have it?"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from sanshe_net.errors import MeasureError
from sanshe_net.measures.label_permutations import Cells, cells_of, permuted_sums, product_sum
from sanshe_net.measures.matching import matched
from sanshe_net.measures.nulls import NullTest, null_test
from sanshe_net.measures.options import check_draws, check_flag
from sanshe_net.measures.registry import measure
from sanshe_net.network import Network, Source, as_network
from sanshe_net.vocabulary import Label, Lang

FLAT: Final = 1e-12
"""A variance below this part of the mean square is rounding: all cells are equal."""


@dataclass(frozen=True)
class QAPCorrelation:
    """The correlation of two networks and its permutation test.

    Attributes
    ----------
    correlation
        Pearson's r over the pairs of shared actors; NaN when one of the networks does not vary.
    test
        Where it lies among the correlations after permuting the actors of one network.
    actors
        How many actors both networks have; only these are compared.
    only_first, only_second
        How many actors of either network were left out.
    """

    correlation: float
    test: NullTest
    actors: int
    only_first: int
    only_second: int

    def explain(self, lang: Lang) -> list[str]:
        """Return the result in words, one sentence each."""
        others = self.only_first + self.only_second
        sentence = Label(
            f"比较两个网络都有的 {self.actors} 人；只在一个网络里的 {others} 人未计入。",
            f"Compared over the {self.actors} actors of both networks; {others} of only one are left out.",
        )
        return [sentence.text(lang), *self.test.explain(lang)]


@measure(level="comparison", lowest=-1, highest=1, unit="correlation", weights="strength")
def qap_correlation(
    first: Source, second: Source, *, weighted: bool = True, draws: int = 1000, seed: int = 0
) -> QAPCorrelation:
    r"""Whether two networks have their ties, and strong ties, between the same actors.

    Pearson's correlation over the cells off the diagonal, :math:`r = \frac{\sum_{i \ne j} (a_{ij} - \bar a)
    (b_{ij} - \bar b)}{\sqrt{\sum (a_{ij} - \bar a)^2 \sum (b_{ij} - \bar b)^2}}`. Ties of one actor hang
    together, so the usual test is wrong; here the actors of one network trade places, rows and columns
    together, which keeps its structure and breaks its link with the other. The mean under this null is 0.

    Parameters
    ----------
    first
        A Network, a networkx graph or an igraph graph. Layers are summed, self-loops ignored.
    second
        The other one; actors are matched by id, actors of only one network left out and counted. When only
        one of the two is directed, an undirected tie counts in both directions.
    weighted
        ``False`` compares ties without their strength.
    draws
        Random permutations.
    seed
        Seed of the permutations. The same actors and seed give the same answer, in whatever order the
        actors and ties are given.

    Returns
    -------
    QAPCorrelation. Unit: correlation. Range: -1 to 1.
    ``NaN`` when a network has the same value in all cells (no ties, or all): nothing varies.

    Raises
    ------
    MeasureError
        When one of the two is not a network, they have no actor in common, or ``draws`` is below 1.

    Notes
    -----
    Cost: O(draws * (n + m)). Sums and variances do not change under permutation; only the sum of products
    over the ties is computed anew, in compiled code on up to two threads.

    References
    ----------
    Hubert, L. J. (1987). *Assignment Methods in Combinatorial Data Analysis*. Marcel Dekker.
    Krackhardt, D. (1987). QAP partialling as a test of spuriousness. *Social Networks* 9(2), 171-186.

    Examples
    --------
    >>> from sanshe_net import Network
    >>> help_ties = Network.from_edges([("李", "王"), ("王", "赵"), ("陈", "周")])
    >>> council = Network.from_edges([("李", "王"), ("王", "赵"), ("赵", "陈"), ("陈", "周")])
    >>> answer = qap_correlation(help_ties, council, draws=200)
    >>> round(answer.correlation, 3), answer.test.null
    (0.802, 'labels')
    """
    check_flag("weighted", weighted)
    networks = [as_network(first), as_network(second)]
    check_draws(draws, seed)
    both = matched(networks, weighted=weighted)
    refuse_strangers(networks, len(both.actors))
    one, other = (cells_of(matrix, directed=both.directed) for matrix in both.matrices)
    observed, drawn = math.nan, np.full(draws, math.nan)
    spread = _spread(one, both.cells) * _spread(other, both.cells)
    if spread > 0:
        centre = one.once.sum() * other.once.sum() / both.cells
        observed = (product_sum(one, other) - centre) / spread
        sums = permuted_sums([(one, other)], len(both.actors), draws=draws, seed=seed)
        drawn = (sums[:, 0] - centre) / spread
    return QAPCorrelation(
        correlation=float(np.clip(observed, -1, 1)),
        test=null_test("qap_correlation", "labels", float(observed), drawn, seed=seed, centre=0.0),
        actors=len(both.actors),
        only_first=len(both.left_out[0]),
        only_second=len(both.left_out[1]),
    )


def refuse_strangers(networks: list[Network], shared: int) -> None:
    """Refuse networks that all have actors but none in common: their ids do not match.

    Raises
    ------
    MeasureError
        Naming an actor of the first and of the last network.
    """
    if not shared and all(len(network.actors) for network in networks):
        one, other = networks[0].actors.index[0], networks[-1].actors.index[0]
        raise MeasureError("E-NO-SHARED-ACTOR", found=one, other=other)


def _spread(cells: Cells, count: int) -> float:
    # The root of the sum of squares around the mean; 0 when it is no more than rounding.
    if not count:
        return 0.0
    squares, mean = float((cells.once.data**2).sum()), float(cells.once.sum()) / count
    around = squares - count * mean**2
    return math.sqrt(around) if around > FLAT * squares else 0.0
