"""Did Toronto's council grow together? Density of committee meetings over two years, honestly told.

Run ``python examples/toronto_density.py [sheet.csv]``. The sheet is who was present at which meeting of which
committee; every step below is one that a bare "density per quarter" leaves out.

Contains public sector Datasets made available under the City of Toronto's Open Data Licence v2.0.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pandas as pd

from sanshe_net.attendance.matrix import attendance_of
from sanshe_net.measures.rarefaction import rarefied_density
from sanshe_net.practice.over_time import DensityOverTime, density_over_time
from sanshe_net.records import Records, empty_records, table

SHEET = Path(__file__).parent.parent / "tests" / "data" / "toronto_council_attendance.csv"
COMPARED = ["2023Q1", "2023Q3", "2024Q1"]


def read_council(path: Path) -> Records:
    """Return the sheet as records: an activity is a meeting on a day, whatever its number of sittings."""
    rows = pd.read_csv(path)
    meeting = rows["date"] + " " + rows["committee"] + " " + rows["meeting"].astype(str)
    held = rows.assign(activity_id=meeting).drop_duplicates("activity_id").set_index("activity_id")
    activities = pd.DataFrame(
        {"title": held["committee"], "date": pd.to_datetime(held["date"]), "kind": "council"}
    )
    names = sorted(rows["person"].unique())
    people = pd.DataFrame({"name": names, "kind": "resident"}, index=names)
    signed = pd.DataFrame(
        {"person_id": rows["person"], "activity_id": meeting, "present": rows["present"] == 1}
    )
    return replace(
        empty_records(),
        people=table("people", people),
        activities=table("activities", activities),
        attendance=table("attendance", signed),
    )


def tell(records: Records) -> DensityOverTime:
    """Print the story and return what it rests on."""
    found = density_over_time(records, every="quarter", null_draws=200, draws=999, seed=1)
    shown = found.table[["complete", "tie_activities", "density_active_all", "density_active",
                         "density_roster", "rarefied", "null_ratio", "null_z"]]  # fmt: skip
    print("With City Council everybody meets everybody, every quarter; without it they do not.")
    print(shown.round(3).to_string())

    attendance = attendance_of(records)
    small = attendance.of_activities((attendance.named > 1) & (attendance.named <= 14))
    at_twenty = {
        window.label: rarefied_density(small.between(window.start, window.end), 20)
        for window in found.windows
        if window.label in COMPARED
    }
    print("\nThe same raw density, but from 46, 25 and 58 meetings. At 20 meetings each:")
    print({label: round(value, 3) for label, value in at_twenty.items()})

    print()
    print(*found.explain("en"), sep="\n")
    print("\n" + found.methods("en"))
    return found


if __name__ == "__main__":
    tell(read_council(Path(sys.argv[1]) if len(sys.argv) > 1 else SHEET))
