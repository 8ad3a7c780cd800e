"""Phases of a project in the settings file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sanshe_net.errors import SettingsError
from sanshe_net.records import Period
from sanshe_net.settings import read_settings


def written(folder: Path, *phases: str) -> Path:
    path = folder / "设置.toml"
    path.write_text("".join(f"[[phases]]\n{phase}\n" for phase in phases), encoding="utf-8")
    return path


def test_phases_are_read_in_the_order_they_are_written(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        'label = "兴趣活动"\nstart = 2021-01-01\nend = 2021-06-30',
        'label = "链接资源"\nstart = 2021-07-01\nend = 2021-07-01',
    )

    assert read_settings(path).phases == (
        Period("兴趣活动", pd.Timestamp("2021-01-01"), pd.Timestamp("2021-06-30")),
        Period("链接资源", pd.Timestamp("2021-07-01"), pd.Timestamp("2021-07-01")),
    )


@pytest.mark.parametrize(
    ("phase", "key"),
    [
        ('label = "一"\nstart = 2021-01-01\nends = 2021-06-30', "phases"),
        ('label = "一"\nstart = 2021-01-01', "phases"),
        ('label = ""\nstart = 2021-01-01\nend = 2021-06-30', "phases"),
        ("label = 1\nstart = 2021-01-01\nend = 2021-06-30", "phases"),
        ('label = "一"\nstart = "2021-01-01"\nend = 2021-06-30', "phases.start"),
        ('label = "一"\nstart = 2021-01-01\nend = 2021-06-30T08:00:00', "phases.end"),
        ('label = "一"\nstart = 2021-07-01\nend = 2021-06-30', "phases.end"),
    ],
)
def test_a_phase_that_makes_no_sense_is_refused_by_name(tmp_path: Path, phase: str, key: str) -> None:
    with pytest.raises(SettingsError, match="E-SETTINGS-VALUE") as refused:
        read_settings(written(tmp_path, phase))

    assert refused.value.facts["key"] == key


@pytest.mark.parametrize("line", ["phases = 3", 'phases = ["一"]', "[phases]\nlabel = 1"])
def test_phases_are_a_list_of_tables(tmp_path: Path, line: str) -> None:
    path = tmp_path / "设置.toml"
    path.write_text(line, encoding="utf-8")

    with pytest.raises(SettingsError, match="E-SETTINGS-VALUE"):
        read_settings(path)
