"""What ``import sanshe_net`` offers, and what it costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import sanshe_net


@pytest.mark.parametrize("name", sanshe_net.__all__)
def test_every_public_name_can_be_loaded(name: str) -> None:
    assert getattr(sanshe_net, name) is not None


def test_an_unknown_name_is_refused_with_those_that_exist() -> None:
    with pytest.raises(AttributeError, match="read_records"):
        sanshe_net.read_record  # noqa: B018


def test_importing_the_package_or_the_command_line_loads_nothing_heavy() -> None:
    code = (
        "import sys, sanshe_net.cli; "
        "heavy = {'pandas', 'numpy', 'scipy', 'igraph', 'networkx', 'pyvis', 'rich', 'numba'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
