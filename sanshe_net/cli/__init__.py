"""The command line: read options, call one function, say where the result is. One file a topic."""

from sanshe_net.cli import change, people, privacy, reading, records, verify  # noqa: F401 - they add commands to main
from sanshe_net.cli.app import main

__all__ = ["main"]
