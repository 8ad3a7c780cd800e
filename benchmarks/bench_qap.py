"""QAP and MRQAP against a straightforward dense numpy implementation, and how the kernel grows.

Run ``python benchmarks/bench_qap.py``; ``--full`` adds networks that take the dense one minutes. The
correlations and coefficients are compared, and the p-values within Monte-Carlo error, before anything is
printed. Ratios are ours / theirs, below 1 is faster.
"""

from __future__ import annotations

import argparse
import math
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from _timing import interleave, machine, markdown_table, milliseconds

from sanshe_net import Network
from sanshe_net.measures.mrqap import mrqap
from sanshe_net.measures.qap import qap_correlation

DRAWS = 1000
Values = Any


def random_network(actors: int, ties: int, seed: int) -> Network:
    """Ties between actors drawn at random, of unequal strength."""
    generator = np.random.default_rng(seed)
    ends = generator.integers(0, actors, (2 * ties, 2))
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    edges = pd.DataFrame(generator.permutation(ends)[:ties], columns=["source", "target"])
    edges["weight"] = generator.integers(1, 9, len(edges)) / 2
    return Network.from_edges(edges, actors=pd.DataFrame(index=range(actors)))


def dense_qap(one: Values, other: Values, draws: int) -> tuple[float, float]:
    """Pearson's r and its upper p-value the way a textbook does it: permute a matrix, correlate."""
    cells = ~np.eye(len(one), dtype=bool)
    first = one[cells] - one[cells].mean()
    first /= np.linalg.norm(first)
    generator = np.random.default_rng(1)

    def correlation(matrix: Values) -> float:
        values = matrix[cells]
        values = values - values.mean()
        return float(first @ values / np.linalg.norm(values))

    observed = correlation(other)
    orders = (generator.permutation(len(one)) for _ in range(draws))
    extreme = sum(correlation(other[np.ix_(order, order)]) >= observed - 1e-12 for order in orders)
    return observed, (1 + extreme) / (1 + draws)


def dense_mrqap(response: Values, columns: list[Values], draws: int) -> tuple[float, float]:
    """The first coefficient and its two-sided p-value by double semi-partialling, one regression a draw."""
    n = len(response)
    cells = np.triu_indices(n, 1)
    generator, y = np.random.default_rng(1), response[cells]
    rest = np.column_stack([np.ones(len(y)), *(x[cells] for x in columns[1:])])

    def fitted(values: Values) -> tuple[float, float]:
        design = np.column_stack([values, rest])
        inverse = np.linalg.inv(design.T @ design)
        beta = inverse @ (design.T @ y)
        errors = y - design @ beta
        return float(beta[0]), float(
            beta[0] / math.sqrt(errors @ errors / (len(y) - len(beta)) * inverse[0, 0])
        )

    estimate, t = fitted(columns[0][cells])
    beta = np.linalg.lstsq(rest, columns[0][cells], rcond=None)[0]
    residual = np.zeros((n, n))
    residual[cells] = columns[0][cells] - rest @ beta
    residual += residual.T
    orders = (generator.permutation(n) for _ in range(draws))
    drawn = (fitted(residual[np.ix_(order, order)][cells])[1] for order in orders)
    extreme = sum(abs(value) >= abs(t) - 1e-12 for value in drawn)
    return estimate, (1 + extreme) / (1 + draws)


def check(what: str, ours: tuple[float, float], theirs: tuple[float, float], draws: int) -> None:
    """Stop when values differ, or p-values by more than chance allows."""
    np.testing.assert_allclose(ours[0], theirs[0], rtol=1e-7, atol=1e-9, err_msg=what)
    middle = (ours[1] + theirs[1]) / 2
    allowed = 4 * math.sqrt(middle * (1 - middle) * (1 / draws + 1 / DRAWS)) + 2 / draws
    assert abs(ours[1] - theirs[1]) <= allowed, f"{what}: {ours[1]} and {theirs[1]}"


def peak(call: Callable[[], Values]) -> int:
    """Return the most memory that Python and numpy held during a call."""
    tracemalloc.start()
    try:
        call()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def our_qap(one: Network, other: Network) -> tuple[float, float]:
    """Return what is compared."""
    answer = qap_correlation(one, other, draws=DRAWS)
    return answer.correlation, answer.test.p_upper


def our_mrqap(one: Network, others: dict[str, Network]) -> tuple[float, float]:
    """Return what is compared; all coefficients are tested, theirs tests the first only."""
    row = mrqap(one, others, draws=DRAWS).coefficients.iloc[1]
    return float(row["estimate"]), float(row["p_two_sided"])


@dataclass(frozen=True)
class Case:
    """Three networks of the same actors, as networks and as full tables."""

    networks: tuple[Network, Network, Network]
    draws: int

    def tables(self) -> list[Values]:
        """Return the full tables."""
        return [held.adjacency().toarray() for held in self.networks]

    def calls(self) -> dict[str, tuple[Callable[[], Values], Callable[[], Values]]]:
        """Return what we do and what they do, by name."""
        (one, other, third), tables = self.networks, self.tables()
        named = {"other": other, "third": third}
        return {
            "QAP": (lambda: our_qap(one, other), lambda: dense_qap(tables[0], tables[1], self.draws)),
            "MRQAP": (lambda: our_mrqap(one, named), lambda: dense_mrqap(tables[0], tables[1:], self.draws)),
        }


def rivals(full: bool) -> Iterator[list[str]]:
    """Yield a row for each comparison; theirs runs fewer draws on large networks and is scaled up."""
    for actors, ties, draws in [(50, 200, 1000), (200, 1000, 100), (1000, 5000, 10), (3000, 15_000, 5)]:
        if actors > 1000 and not full:
            continue
        one, other, third = (random_network(actors, ties, seed) for seed in (1, 2, 3))
        for what, (ours, theirs) in Case((one, other, third), draws).calls().items():
            check(what, ours(), theirs(), draws)
            seconds = interleave({"ours": ours, "theirs": theirs}, 3)
            all_draws = seconds["theirs"] * DRAWS / draws
            ratios = f"{seconds['ours'] / all_draws:.4f}", f"{peak(ours) / peak(theirs):.2f}"
            times = milliseconds(seconds["ours"]), milliseconds(all_draws)
            size = f"{actors:,} actors, {ties:,} ties"
            yield [what, "dense numpy", np.__version__, size, *times, *ratios]


def growth(full: bool) -> Iterator[list[str]]:
    """Yield our own times, the ties doubling, and last the exponent of a log-log fit."""
    sizes = [4_000, 8_000, 16_000, 32_000, 64_000] + ([128_000, 256_000] if full else [])
    taken = []
    for ties in sizes:
        one, other = (random_network(ties // 5, ties, seed) for seed in (1, 2))
        calls = {"QAP": lambda one=one, other=other: qap_correlation(one, other, draws=DRAWS)}
        taken.append(interleave(calls, 3)["QAP"])
        yield [f"QAP, {ties // 5:,} actors, {ties:,} ties", milliseconds(taken[-1])]
    slope = np.polyfit(np.log(sizes), np.log(taken), 1)[0]
    yield ["exponent of n + m", f"{slope:.2f}"]


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="also 3,000 actors, and 256,000 ties")
    full = parser.parse_args().full
    headers = ["what", "peer", "version", "network", "ours (ms)", "theirs (ms)", "ours / theirs", "memory"]
    print(machine("numpy", "scipy", "numba"))
    print(f"\n{DRAWS} permutations\n\n{markdown_table(headers, [*rivals(full)])}\n")
    print(markdown_table(["growth", "ms"], [*growth(full)]))


if __name__ == "__main__":
    main()
