"""Public networks and the numbers that other tools and published tables give for them; see README.md."""

import json
from functools import cache
from pathlib import Path

import pandas as pd

from sanshe_net.network import Network

FOLDER = Path(__file__).parent


@cache
def load(name):
    """Return the contents of one file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def network(name, **attributes):
    """Return a network of ``inputs.json``; its actors are numbered from 0."""
    held = load("inputs")["networks"][name]
    edges = held.get("edges") or held["weighted_edges"]
    return Network.from_edges(
        edges,
        actors=pd.DataFrame(attributes, index=pd.RangeIndex(held["n"])),
        directed=held["directed"],
    )


def expected(values):
    """Return golden values as a column; ``null`` means undefined."""
    return [float("nan") if value is None else float(value) for value in values]
