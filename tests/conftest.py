"""Fixtures that several test files share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import Phase, settings
from sheets import Rows, WriteSheet, write

from sanshe_net.build.read import read_records
from sanshe_net.demo import DemoFiles, write_demo
from sanshe_net.network import Network
from sanshe_net.records import Records

# A busy machine is no failure.
settings.register_profile("unhurried", deadline=None)
# For tests/mutation.py: the same examples every time, few, and none made simpler once one fails.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
)
settings.load_profile(os.environ.get("SANSHE_HYPOTHESIS", "unhurried"))


@pytest.fixture
def write_sheet(tmp_path: Path) -> WriteSheet:
    """Write a sheet into an otherwise empty folder: ``write_sheet("a.xlsx", rows)``."""

    def put(name: str, rows: Rows | Mapping[str, Rows] | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        if isinstance(rows, bytes):
            path.write_bytes(rows)
            return path
        return write(path, rows, encoding)

    return put


@pytest.fixture
def read_rows(write_sheet: WriteSheet) -> Callable[..., Records]:
    """Write one sheet and read it back as records."""

    def read(rows: Rows, name: str = "签到.csv", **options: Any) -> Records:
        return read_records(write_sheet(name, rows), **options)

    return read


@pytest.fixture
def path_of_three() -> Network:
    """a - b - c, with two layers between a and b."""
    ties = pd.DataFrame(
        {
            "source": ["a", "a", "b"],
            "target": ["b", "b", "c"],
            "layer": ["x", "y", "x"],
            "weight": [1.0, 2.0, 4.0],
        }
    )
    return Network.from_edges(ties)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> DemoFiles:
    """The demo community's files, written once."""
    return write_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def demo_records(demo: DemoFiles) -> Records:
    """The demo community as the reader reads it."""
    return read_records(demo.records)
