"""From a simulated community's sheets to its shortlist, in a dozen lines.

Run it from anywhere: ``python examples/quickstart.py``.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from sanshe_net import build_network, find_leaders, headline_indicators, measure_network, read_records
from sanshe_net.demo import write_demo


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = read_records(write_demo(Path(folder)).records)
    for sentence in headline_indicators(records).explain("en"):
        print(sentence)
    groups = build_network(records, layers=["membership", "hosting"])
    print(measure_network(groups, ["components", "largest_component_share"]))
    leaders = find_leaders(records, draws=200)
    print(leaders.shortlist[["label", "lines"]])
    print("\n".join(leaders.explain("en")))


if __name__ == "__main__":
    main()
