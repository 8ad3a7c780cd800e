"""Each layer of the network, from records made by hand."""

from __future__ import annotations

from itertools import combinations

import pandas as pd
import pytest
from test_records import made

from sanshe_net.build.assemble import build_network, main_group, networks_by_period, records_of_period
from sanshe_net.build.tie_rules import TieRule
from sanshe_net.errors import MeasureError, SettingsError
from sanshe_net.records import Records, empty_records


@pytest.fixture
def records() -> Records:
    """Three residents (one a child), a social worker, four bodies; an outing, later a council."""
    return made(
        people=pd.DataFrame(
            {"name": ["甲", "乙", "小丙",
            "社工"], "kind": ["resident"] * 3 + ["social_worker"], "age": [60, None, 13, 30]},
            index=["P1", "P2", "P3", "P4"],
        ),
        organisations=pd.DataFrame(
            {
                "name": ["舞队", "居委会", "街道办", "超市"],
                "kind": ["organisation", "committee", "government", "partner"],
                "supervisor_id": ["O3", None, None, None],
                "founded": pd.to_datetime(["2023-05-01", None, None, None]),
            },
            index=["O1", "O2", "O3", "O4"],
        ),
        activities=pd.DataFrame(
            {"title": ["郊游", "议事会"], "date": pd.to_datetime(["2024-01-10", "2024-07-10"]),
            "kind": ["interest", "council"]},
            index=["A1", "A2"],
        ),
        hosting=pd.DataFrame(
            {"activity_id": ["A1", "A1", "A1", "A2"], "org_id": ["O1", "O2", "O1", "O2"], "role": ["host",
            "cohost", "initiator", "host"]}
        ),
        attendance=pd.DataFrame(
            {
                "person_id": ["P1", "P2", "P3", "P4", "P1", "P2"],
                "activity_id": ["A1", "A1", "A1", "A1", "A2", "A2"],
                "present": [True, True, True, True, True, True],
                "role": ["organiser", "participant", "participant", "staff", "participant", "participant"],
            }
        ),
        memberships=pd.DataFrame(
            {"person_id": ["P1", "P1", "P2"], "org_id": ["O1", "O1",
            "O1"], "start": pd.to_datetime(["2024-01-01", "2024-06-01", None])}
        ),
        support=pd.DataFrame(
            {"giver_id": ["O4", "O4", "O4"], "receiver_id": ["O1",
            "O1", None], "date": pd.to_datetime(["2024-01-05", "2024-02-05", None])}
        ),
        nominations=pd.DataFrame({"source_id": ["P2", "P1", "P1"], "target_id": ["P1", "P2",
        "P1"], "question": "trust"}),
    )  # fmt: skip


def pairs(records: Records, layer: str) -> dict[tuple[str, str], float]:
    ties = build_network(records, layers=layer, rule=TieRule("count", None)).ties
    assert set(ties["layer"]) <= {layer}
    return dict(zip(zip(ties["source"], ties["target"], strict=True), ties["weight"], strict=True))


@pytest.mark.parametrize(
    ("layer", "expected"),
    [
        ("co_attendance", dict.fromkeys(combinations(["P1", "P2", "P3", "P4"], 2), 1)),
        ("council", {("P1", "P2"): 1}),
        ("membership", {("P1", "O1"): 2, ("P2", "O1"): 1}),
        # The bodies that carried it together, and those who organised or staffed it for its hosts.
        ("hosting", {("O1", "O2"): 1, ("P1", "O1"): 1, ("P4", "O1"): 1}),
        ("support", {("O4", "O1"): 2}),
        ("nomination", {("P2", "P1"): 1, ("P1", "P2"): 1}),
        ("governance", {("O3", "O1"): 1}),
    ],
)  # fmt: skip
def test_each_layer_is_what_its_sheet_says(
    records: Records, layer: str, expected: dict[tuple[str, str], float]
) -> None:
    assert pairs(records, layer) == expected


def test_first_and_last_day_and_evidence_come_from_the_rows(records: Records) -> None:
    tie = build_network(records, layers="support").ties.iloc[0]

    assert (tie["first"], tie["last"], tie["evidence"]) == (
        pd.Timestamp("2024-01-05"),
        pd.Timestamp("2024-02-05"),
        2,
    )


@pytest.mark.parametrize(
    ("layers", "directed"),
    [
        (["support"], True),
        (["support", "nomination", "governance"], True),
        (["support", "membership"], False),
        (None, False),
    ],
)
def test_a_network_is_directed_only_when_all_its_layers_are(
    records: Records, layers: list[str] | None, directed: bool
) -> None:
    assert build_network(records, layers=layers).directed is directed


def test_all_layers_together_are_the_layers_one_by_one(records: Records) -> None:
    whole = build_network(records, rule=TieRule("count", None))

    assert len(whole.ties) == sum(len(pairs(records, layer)) for layer in whole.layers)
    assert len(whole.layers) == 7


def test_everybody_who_could_have_such_ties_is_there(records: Records) -> None:
    people, bodies = ["P1", "P2", "P3", "P4"], ["O1", "O2", "O3", "O4"]

    # A body cannot sign in, so it is no actor of a network of sign-ins and dilutes no density.
    assert list(build_network(records, layers="council").actors.index) == people
    assert list(build_network(records, layers="membership").actors.index) == bodies + people


def test_the_rule_speaks_of_the_layers_that_are_there(records: Records) -> None:
    assert "same activity" not in build_network(records, layers="membership").rule.en
    assert "as the sheets state them" not in build_network(records, layers="co_attendance").rule.en


def test_a_child_is_in_the_network_but_not_by_name(records: Records) -> None:
    network = build_network(records)

    assert network.actors["label"].to_dict() | {"P3": ""} == dict(
        zip(network.actors.index, ["舞队", "居委会", "街道办", "超市", "甲", "乙", "", "社工"], strict=True)
    )
    assert "小丙" not in network.actors.to_csv()


def test_a_network_per_period_has_the_same_actors_and_its_own_ties(records: Records) -> None:
    networks = networks_by_period(records, "quarter", rule=TieRule("count", None))

    assert list(networks) == ["2024Q1", "2024Q2", "2024Q3"]
    assert len({tuple(network.actors.index) for network in networks.values()}) == 1
    assert "co_attendance" in networks["2024Q1"].layers
    assert not {"co_attendance", "council", "hosting", "support"} & set(networks["2024Q2"].layers)
    assert "council" in networks["2024Q3"].layers


def test_a_period_is_found_by_its_label(records: Records) -> None:
    assert list(records_of_period(records, "2024H2", "half").activities.index) == ["A2"]
    with pytest.raises(SettingsError, match="2023Q1"):
        records_of_period(records, "2023Q1")


def test_the_latest_group_of_a_person_is_their_main_one(records: Records) -> None:
    assert main_group(records).to_dict() == {"P1": "舞队", "P2": "舞队"}


def test_records_of_nothing_make_an_empty_network() -> None:
    network = build_network(empty_records())

    assert (len(network.actors), len(network.ties)) == (0, 0)


def test_a_layer_that_does_not_exist_is_refused(records: Records) -> None:
    with pytest.raises(MeasureError, match="friendship"):
        build_network(records, layers=["council", "friendship"])


def test_building_changes_nothing_in_the_records(records: Records) -> None:
    before = {
        name: getattr(records, name).copy() for name in ("people", "attendance", "hosting", "activities")
    }
    build_network(records)

    for name, frame in before.items():
        pd.testing.assert_frame_equal(getattr(records, name), frame)
