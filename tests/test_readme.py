"""The README is true: its commands, settings and measures exist, its Python runs."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from dataclasses import asdict
from pathlib import Path

import pytest
from measure_table import with_table

from sanshe_net import cli
from sanshe_net.demo import DemoFiles
from sanshe_net.settings import Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.mark.parametrize("command", sorted(cli.main.commands))
def test_every_command_is_shown(command: str) -> None:
    assert f"sanshe {command}" in README


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"sanshe (\w+) ", "\n".join(blocks("sh") + blocks("bat"))))

    assert shown <= set(cli.main.commands)


def test_the_measure_table_is_the_register() -> None:
    """``python tests/measure_table.py`` writes it anew."""
    assert with_table(README) == README


def test_the_settings_shown_are_the_defaults() -> None:
    (text,) = blocks("toml")

    assert tomllib.loads(text) == {**asdict(Settings()), "phases": []}


def test_the_python_shown_runs(demo: DemoFiles) -> None:
    code = "\n".join(blocks("python")).replace("demo/records", str(demo.records))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)

    assert done.returncode == 0, done.stderr
    # Krackhardt's kite, ego model: tests/golden/structural_holes.json.
    assert "3: 0.498" in done.stdout
    # What the README says that density over time printed.
    (shown,) = blocks("text")
    printed = [line.split() for line in done.stdout.splitlines()]
    assert all(line.split() in printed for line in shown.splitlines())


@pytest.mark.parametrize("script", sorted((ROOT / "examples").glob("*.py")), ids=lambda path: path.name)
def test_every_example_finishes(script: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(script)], capture_output=True, encoding="utf-8", cwd=tmp_path, check=False
    )

    assert done.returncode == 0, done.stderr
    assert list(tmp_path.iterdir()) == []
