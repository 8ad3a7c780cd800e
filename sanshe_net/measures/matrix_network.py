"""A network known by its matrix: for draws, of which nobody reads the table of ties."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from sanshe_net.network import TIE_COLUMNS, Combine, Network
from sanshe_net.vocabulary import Label


class MatrixNetwork(Network):
    """A network known by its matrix; its table of ties is written when somebody asks for it.

    Building and checking the table costs ten times as much as drawing the matrix.
    """

    _matrix: sparse.csr_array[Any]
    _layer: str
    _counted: bool

    @classmethod
    def of(
        cls,
        actors: pd.DataFrame,
        matrix: sparse.csr_array[Any],
        rule: Label,
        *,
        directed: bool = False,
        layer: str = "tie",
        counted: bool = False,
    ) -> MatrixNetwork:
        """Return the network of ``actors`` with the ties of ``matrix``, all in one layer.

        ``matrix`` has sorted indices, an empty diagonal and, undirected, both directions of each tie.
        ``counted`` says that its numbers are counts of records, the evidence of the ties.
        """
        made = object.__new__(cls)
        held = {"actors": actors, "directed": directed, "rule": rule}
        made.__dict__.update(held, _matrix=matrix, _layer=layer, _counted=counted)
        return made

    @cached_property
    def ties(self) -> pd.DataFrame:
        """The ties as a table, in one layer."""
        coo = sparse.coo_array(self._matrix if self.directed else sparse.triu(self._matrix, format="csr"))
        ids, (rows, columns) = self.actors.index, coo.coords
        held = {"source": ids[rows], "target": ids[columns], "layer": self._layer, "weight": coo.data}
        evidence = coo.data.astype(np.int64) if self._counted else 1
        held |= {"first": pd.NaT, "last": pd.NaT, "evidence": evidence}
        return pd.DataFrame(held, columns=[*TIE_COLUMNS])

    def adjacency(self, *, weighted: bool = True, combine: Combine = "sum") -> sparse.csr_array:
        """Return the matrix; there is one tie a pair, so nothing to combine."""
        if "_matrix" not in self.__dict__:  # a changed copy, made from the tables
            return super().adjacency(weighted=weighted, combine=combine)
        matrix = self._matrix.copy()
        if not weighted or combine == "binary":
            matrix.data[:] = 1.0
        return matrix
