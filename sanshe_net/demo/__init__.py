"""A simulated community with planted leaders, brokers and duplicates: for learning, tests and benchmarks."""

from __future__ import annotations

from sanshe_net.demo.community import Community, simulate
from sanshe_net.demo.workbooks import DemoFiles, write_demo

__all__ = ["Community", "DemoFiles", "simulate", "write_demo"]
