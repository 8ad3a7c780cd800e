"""Settings: safe defaults, and a misspelt one is never ignored."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import pytest

from sanshe_net.errors import InputError, SettingsError
from sanshe_net.settings import Settings, read_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "设置.toml"


def test_without_a_file_the_defaults_hold() -> None:
    assert read_settings(None) == Settings()


def test_the_file_wins_over_the_defaults_and_an_option_over_the_file(path: Path) -> None:
    path.write_text(
        '\ufefftitle = "青云社区"\nmax_head_count = 40\nmax_share = 1\nevery = "month"\n', encoding="utf-8"
    )

    settings = read_settings(path, max_head_count=50, seed=None)

    assert (settings.title, settings.max_head_count, settings.max_share, settings.every, settings.seed) == (
        "青云社区", 50, 1, "month", 1,
    )  # fmt: skip


def test_every_setting_can_be_written(path: Path) -> None:
    values = {name: [] if value == () else value for name, value in asdict(Settings()).items()}
    lines = [f"{name} = {value!r}" for name, value in values.items()]
    path.write_text("\n".join(lines), encoding="utf-8")

    assert read_settings(path) == Settings()


@pytest.mark.parametrize(
    "line",
    [
        'weight = "friendship"', "half_life_days = -1", "half_life_days = nan", "half_life_days = inf", "min_joint = 0", 'every = "week"', "max_share = 0", "max_share = 1.5", "max_share = nan",
        "max_head_count = 0",
        "draws = 0", "shortlist_size = -1", "ties_per_actor = 0", "small_activity = -1", "newcomer_days = -1",
        "seed = -1",
        'seed = "1"', "seed = 1.5", "seed = true", "title = 3", "draws = [1]", "draws = 2024-01-01",
    ],
)  # fmt: skip
def test_a_value_that_makes_no_sense_is_refused_by_name(path: Path, line: str) -> None:
    path.write_text(line, encoding="utf-8")

    with pytest.raises(SettingsError, match="E-SETTINGS-VALUE") as refused:
        read_settings(path)

    assert refused.value.facts["key"] == line.split()[0]
    assert refused.value.facts["allowed"]


def test_a_misspelt_setting_is_refused_with_those_that_exist(path: Path) -> None:
    path.write_text("max_heads = 30\n", encoding="utf-8")

    with pytest.raises(SettingsError, match=r"max_heads.*max_head_count"):
        read_settings(path)


@pytest.mark.parametrize(
    "content", [b"title = ", b"[", b"\xff\xfe", "title = '青'".encode("gbk"), b"a = " + b"[" * 100_000]
)
def test_what_is_no_toml_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(SettingsError, match="E-SETTINGS-SYNTAX"):
        read_settings(path)


def test_a_missing_or_locked_file_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="E-FILE-MISSING"):
        read_settings(path)

    def locked(self: Path, **options: object) -> str:
        raise PermissionError(13, "Permission denied")

    path.write_text("seed = 2", encoding="utf-8")
    monkeypatch.setattr(Path, "read_text", locked)
    with pytest.raises(InputError, match="E-FILE-UNREADABLE"):
        read_settings(path)


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().seed = 2  # type: ignore[misc]
