"""Many tests at once: p-values corrected for all that were made, also those that came out as 1."""

from __future__ import annotations

import numpy as np

from sanshe_net.network import Array


def adjusted(p: Array, tests: int, correction: str) -> Array:
    r"""Return p-values corrected for ``tests`` tests, of which those not in ``p`` came out as 1.

    With the p-values in order, :math:`p_{(1)} \le \dots \le p_{(N)}`:

    - ``bh``: :math:`\min_{k \ge r} p_{(k)} N / k` (Benjamini & Hochberg: false discovery rate, for tests
      that are independent or positively dependent);
    - ``by``: the same times :math:`\sum_{k=1}^N 1/k` (Benjamini & Yekutieli: under any dependence);
    - ``holm``: :math:`\max_{k \le r} p_{(k)} (N - k + 1)` (any false discovery at all);
    - ``bonferroni``: :math:`p N`; ``none``: p itself. Never above 1.

    Examples
    --------
    >>> adjusted(np.array([0.04, 0.01]), 3, "bh").round(3).tolist()
    [0.06, 0.03]
    >>> adjusted(np.array([0.04, 0.01]), 3, "holm").round(3).tolist()
    [0.08, 0.03]
    """
    if correction == "none":
        return np.asarray(p, dtype=float)
    if correction == "bonferroni":
        return np.asarray(np.minimum(p * tests, 1.0))
    order = np.argsort(p, kind="stable")
    rank = np.arange(1, len(p) + 1)
    if correction == "holm":
        ordered = np.maximum.accumulate(p[order] * (tests - rank + 1.0))
    else:
        dependence = (1.0 / np.arange(1, tests + 1)).sum() if correction == "by" else 1.0
        ordered = np.minimum.accumulate((p[order] * tests * dependence / rank)[::-1])[::-1]
    found = np.empty(len(p))
    found[order] = np.minimum(ordered, 1.0)
    return found
