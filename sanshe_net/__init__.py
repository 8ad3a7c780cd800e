"""From a community station's sign-in sheets to an honest network.

The names below are loaded when first used, so that ``import sanshe_net`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "Attendance": "sanshe_net.attendance.matrix",
    "Network": "sanshe_net.network",
    "Records": "sanshe_net.records",
    "SansheError": "sanshe_net.errors",
    "Settings": "sanshe_net.settings",
    "TieRule": "sanshe_net.build.tie_rules",
    "actor_intervals": "sanshe_net.measures.uncertainty",
    "attendance_from_table": "sanshe_net.attendance.matrix",
    "attendance_of": "sanshe_net.attendance.matrix",
    "build_network": "sanshe_net.build.assemble",
    "call_ties": "sanshe_net.attendance.called_ties",
    "density_over_time": "sanshe_net.practice.over_time",
    "draw_map": "sanshe_net.viz.map",
    "find_leaders": "sanshe_net.practice.leaders",
    "headline_indicators": "sanshe_net.practice.indicators",
    "measure_actors": "sanshe_net.measures.registry",
    "measure_network": "sanshe_net.measures.registry",
    "read_network": "sanshe_net.build.read_graph",
    "read_records": "sanshe_net.build.read",
    "run_community": "sanshe_net.pipeline",
}
__all__ = sorted([*_HOME, "__version__"])


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name not in _HOME:
        raise AttributeError(f"module 'sanshe_net' has no attribute {name!r}; it has {sorted(_HOME)}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
