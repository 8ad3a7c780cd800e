"""Small counts: hidden, and not to be worked out from the totals by anybody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanshe_net.privacy.suppress import SMALLEST, TOTAL, suppressed, suppressed_list


def all_tables(published: pd.DataFrame, shape: tuple[int, int], most: int) -> np.ndarray:
    """Every table of whole numbers up to ``most`` that fits what was published, by trying them all."""
    rows, columns = shape
    held = published.iloc[:rows, :columns].to_numpy(dtype=float, na_value=np.nan)
    free = np.isnan(held)
    tries = (
        np.stack(np.meshgrid(*[np.arange(most + 1)] * int(free.sum())), -1).reshape(-1, free.sum())
        if free.any()
        else np.empty((1, 0))
    )
    tables = np.repeat(held[None], len(tries), axis=0)
    tables[:, free] = tries
    good = np.ones(len(tables), dtype=bool)
    for axis, said in ((2, published.get(TOTAL)), (1, published.T.get(TOTAL))):
        for at, total in enumerate([] if said is None else said.iloc[: shape[2 - axis]]):
            if not pd.isna(total):
                good &= tables.sum(axis=axis)[:, at] == total
    if TOTAL in published.columns and TOTAL in published.index and not pd.isna(published.loc[TOTAL, TOTAL]):
        good &= tables.sum(axis=(1, 2)) == published.loc[TOTAL, TOTAL]
    return tables[good]


small_tables = st.integers(1, 2).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=rows, max_size=rows
    ).map(pd.DataFrame)
)


@settings(max_examples=40)
@given(small_tables, st.booleans(), st.booleans())
def test_no_hidden_cell_can_be_told_by_trying_every_table(
    counts: pd.DataFrame, row_totals: bool, column_totals: bool
) -> None:
    k = 3
    published = suppressed(counts, k=k, row_totals=row_totals, column_totals=column_totals)

    tables = all_tables(published, counts.shape, most=int(counts.to_numpy().sum()) + k - 1)
    assert (tables == counts.to_numpy()).all(axis=(1, 2)).any()
    for row, column in np.argwhere(published.iloc[: len(counts), : counts.shape[1]].isna().to_numpy()):
        assert len(np.unique(tables[:, row, column])) >= k


@settings(max_examples=30)
@given(
    st.lists(st.lists(st.integers(0, 40), min_size=4, max_size=4), min_size=2, max_size=5).map(pd.DataFrame)
)
def test_what_is_published_is_true_and_never_small(counts: pd.DataFrame) -> None:
    published = suppressed(counts)

    whole = counts.copy()
    whole[TOTAL] = whole.sum(axis=1)
    whole.loc[TOTAL] = whole.sum()
    shown = published.notna().to_numpy()
    assert (published.to_numpy()[shown] == whole.to_numpy()[shown]).all()
    assert (whole.to_numpy()[shown] >= SMALLEST).all()


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    assert suppressed(pd.DataFrame([[5, 6], [7, 8]])).notna().all().all()


def test_a_single_small_cell_takes_as_few_others_with_it_as_it_must() -> None:
    published = suppressed(pd.DataFrame([[3, 20, 30], [14, 25, 16], [17, 8, 19]]))

    assert int(published.isna().sum().sum()) == 4
    assert published[TOTAL].tolist() == [53, 55, 44, 152]


@pytest.mark.parametrize(
    "counts",
    [[[3, 20], [2, 9]], [[2, 12], [12, 12]], [[30, 12], [3, 2]], [[9, 30], [3, 20]]],
)
def test_totals_stay_as_long_as_other_cells_can_go(counts: list[list[int]]) -> None:
    published = suppressed(pd.DataFrame(counts))

    assert published[TOTAL].notna().all()
    assert published.loc[TOTAL].notna().all()


def test_zeros_are_hidden_too() -> None:
    assert suppressed_list(pd.Series({"a": 0, "b": 9, "c": 30})).isna().tolist() == [True, True, False, False]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([30, 9, 2], [30, None, None, 41]),
        ([30, 9, 9], [30, 9, 9, 48]),
        ([3], [None, None]),
        ([2, 2], [None, None, None]),
        ([9, 2], [None, None, 11]),
        ([], [None]),
    ],
)
def test_a_list_with_its_total(counts: list[int], expected: list[int | None]) -> None:
    published = suppressed_list(pd.Series(counts, dtype="int64"))

    assert [None if pd.isna(value) else int(value) for value in published] == expected


def test_without_totals_only_the_small_ones_go() -> None:
    published = suppressed(pd.DataFrame([[3, 20], [14, 25]]), row_totals=False, column_totals=False)

    assert published.shape == (2, 2)
    assert int(published.isna().sum().sum()) == 1
