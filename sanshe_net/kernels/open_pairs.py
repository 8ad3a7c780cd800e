"""Open two-paths a → v → b without a tie a → b, and who shares in connecting a pair."""

from __future__ import annotations

import numpy as np

from sanshe_net.kernels.arrays import whole_numbers, zeros
from sanshe_net.kernels.compiled import Array, compiled
from sanshe_net.kernels.triangles import role_of


@compiled
def shared_ends(
    indptr: Array, indices: Array, into: Array, sources: Array, directed: bool
) -> tuple[float, float]:
    """Return the sums of c_ab² and of c_ab c_ba over ordered pairs, c being the open paths from a to b.

    Indices are sorted. Without directions c_ab is c_ba, and one half of the pairs tells all.
    """
    n = len(indptr) - 1
    there = zeros(n)
    back = zeros(n)
    touched = whole_numbers(n)
    squares = products = 0.0
    for a in range(n):
        lowest = -1 if directed else a
        reached = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v + 1] - 1, indptr[v] - 1, -1):
                b = indices[step]
                if b <= lowest:
                    break
                if there[b] == 0:
                    touched[reached] = b
                    reached += 1
                there[b] += 1
        for place in range(into[a], into[a + 1] if directed else into[a]):
            v = sources[place]
            for step in range(into[v], into[v + 1]):
                back[sources[step]] += 1
        there[a] = 0
        for place in range(indptr[a], indptr[a + 1]):
            there[indices[place]] = 0
        for place in range(into[a], into[a + 1]):
            back[sources[place]] = 0
        for place in range(reached):
            b = touched[place]
            squares += float(there[b]) * there[b]
            products += float(there[b]) * back[b]
            there[b] = 0
        for place in range(into[a], into[a + 1] if directed else into[a]):
            v = sources[place]
            for step in range(into[v], into[v + 1]):
                back[sources[step]] = 0
    if directed:
        return squares, products
    return 2 * squares, 2 * squares


@compiled
def credits(indptr: Array, indices: Array, codes: Array, crossing: bool) -> tuple[Array, Array, Array]:
    """Return, by broker: open pairs, those it alone connects, and its part of each pair by role.

    With ``crossing`` only pairs whose ends are of two known groups count in the first two.
    """
    n = len(indptr) - 1
    brokers = zeros(n)
    touched = whole_numbers(n)
    pairs = np.zeros(n)
    alone = np.zeros(n)
    parts = np.zeros((n, 5))
    for a in range(n):
        reached = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v], indptr[v + 1]):
                b = indices[step]
                if brokers[b] == 0:
                    touched[reached] = b
                    reached += 1
                brokers[b] += 1
        brokers[a] = 0
        for place in range(indptr[a], indptr[a + 1]):
            brokers[indices[place]] = 0
        for place in range(indptr[a], indptr[a + 1]):
            v = indices[place]
            for step in range(indptr[v], indptr[v + 1]):
                b = indices[step]
                if brokers[b] == 0:
                    continue
                if codes[a] >= 0 and codes[v] >= 0 and codes[b] >= 0:
                    parts[v, role_of(codes[a], codes[v], codes[b])] += 1.0 / brokers[b]
                if crossing and (codes[a] < 0 or codes[b] < 0 or codes[a] == codes[b]):
                    continue
                pairs[v] += 1
                alone[v] += brokers[b] == 1
        for place in range(reached):
            brokers[touched[place]] = 0
    return pairs, alone, parts
