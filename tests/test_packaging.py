"""What an installed copy holds: tools like to take the folder called build for build output."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("wheel")
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "-q"]
    command = [sys.executable, "-m", "pip", "wheel", str(ROOT), "-w", str(folder), *options]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return archive.namelist()


def test_the_wheel_holds_every_file_of_the_package(wheel: list[str]) -> None:
    package = ROOT / "sanshe_net"
    wanted = {
        path.relative_to(ROOT).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert "sanshe_net/build/read.py" in wanted
    assert wanted <= set(wheel)


def test_the_wheel_holds_the_licence_and_no_tests(wheel: list[str]) -> None:
    assert any(name.endswith("LICENSE") for name in wheel)
    assert not any(name.startswith("tests/") for name in wheel)


def test_git_ignores_no_source_file() -> None:
    done = subprocess.run(
        ["git", "check-ignore", "--no-index", "sanshe_net/build/read.py", "sanshe_net/demo/scenario.py"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.stdout == ""
