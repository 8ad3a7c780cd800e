"""The register: how a measure gets in, how it is found, and the tables made of many."""

import subprocess
import sys
from typing import get_args

import pandas as pd
import pytest
from test_measure_contract import SHAPES, as_measure, plain

from sanshe_net.errors import MeasureError
from sanshe_net.measures import registry
from sanshe_net.measures.registry import GIVES, Level, all_measures, measure, measure_actors, measure_network
from sanshe_net.vocabulary import MEASURES as LABELS


@pytest.fixture
def empty_register(monkeypatch):
    monkeypatch.setattr(registry, "MEASURES", {})
    monkeypatch.setattr(registry, "_import_measures", lambda: None)


def other(source):
    return plain(source)


def register(function, **changes):
    settings = {"level": "actor", "lowest": 0, "unit": "ties", "weights": "ignored"}
    return measure(**{**settings, **changes})(function)


def test_a_registered_function_is_handed_back_unchanged(empty_register):
    assert register(plain, highest=5) is plain
    assert all_measures() == {"plain": as_measure(plain, name="plain")}


def test_a_second_measure_of_the_same_name_is_refused(empty_register):
    register(plain)
    with pytest.raises(MeasureError, match="E-MEASURE-TWICE") as refusal:
        register(plain)
    assert refusal.value.facts == {"found": "plain"}


def test_a_column_of_the_same_name_is_refused(empty_register):
    register(plain, columns=("total",))
    for function, columns in ((other, ("total",)), (other, ("plain",))):
        with pytest.raises(MeasureError, match="E-MEASURE-TWICE"):
            register(function, columns=columns)
    assert list(all_measures()) == ["plain"]


def test_the_order_of_measures_is_that_of_the_vocabulary_whatever_was_imported_first():
    names = list(all_measures())
    assert names == [name for name in LABELS if name in names]
    levels = get_args(registry.Level)
    assert sorted(name for level in levels for name in all_measures(level)) == sorted(names)


def test_every_file_of_measures_is_found_without_being_imported_first():
    """In a fresh interpreter that has imported nothing but the register."""
    code = "from sanshe_net.measures.registry import *; from sanshe_net.measures import registry;"
    code += "print(*registry.all_measures())"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert found.split() == list(all_measures())


def test_measure_actors_gives_one_table_with_all_columns():
    network = SHAPES["directed"]
    table = measure_actors(network)
    fitting = [held for held in all_measures("actor").values() if "mode" not in held.needs]

    expected = [column for held in fitting for column in held.columns or (held.name,)]
    assert list(table.columns) == expected
    pd.testing.assert_index_equal(table.index, network.actors.index)
    for held in fitting:
        asked = list(held.columns) or held.name
        assert table[asked].equals(held.compute(network))


@pytest.mark.parametrize("names", ["degree", ["degree"], ["degree", "degree"], iter(["degree"])])
def test_measures_are_asked_for_by_name(names):
    assert list(measure_actors(SHAPES["star"], names)) == ["degree"]


def test_no_measure_asked_for_gives_a_table_without_columns():
    table = measure_actors(SHAPES["star"], [])
    assert table.shape == (6, 0)
    pd.testing.assert_index_equal(table.index, SHAPES["star"].actors.index)


def test_measure_network_gives_one_number_each():
    values = measure_network(SHAPES["star"])
    fitting = [name for name, held in all_measures("network").items() if "mode" not in held.needs]
    assert list(values.index) == fitting
    assert values["density"] == pytest.approx(1 / 3)
    assert values.dtype == float


@pytest.mark.parametrize(
    ("function", "asked", "nearest"),
    [
        (measure_actors, "constrain", "constraint"),
        (measure_actors, "ego_densty", "ego_density"),
        (measure_network, "densty", "density"),
    ],
)
def test_an_unknown_measure_is_refused_with_the_nearest_first(function, asked, nearest):
    with pytest.raises(MeasureError, match="E-MEASURE") as refusal:
        function(SHAPES["star"], [asked])
    allowed = refusal.value.facts["allowed"].split(", ")
    assert allowed[0] == nearest
    level = "actor" if function is measure_actors else "network"
    assert len(allowed) == 3
    assert set(allowed) < set(all_measures(level))
    assert refusal.value.facts["found"] == asked


@pytest.mark.parametrize("function", [measure_actors, measure_network])
def test_a_measure_that_gives_something_else_is_known_and_named_with_its_place(function):
    level = "actor" if function is measure_actors else "network"
    for name, held in all_measures().items():
        if held.level == level:
            continue
        with pytest.raises(MeasureError, match="E-MEASURE-LEVEL") as refusal:
            function(SHAPES["star"], [name])
        for lang in ("zh", "en"):
            assert GIVES[held.level].text(lang) in refusal.value.message(lang)
            assert f"{held.compute.__module__}.{name}" in refusal.value.message(lang)


def test_what_every_level_gives_is_said():
    assert set(GIVES) == set(get_args(Level))


def test_a_measure_whose_column_is_missing_is_left_out_unless_asked_for(monkeypatch):
    def by_building(source):
        raise MeasureError("E-ATTRIBUTE", found="building", allowed="label, kind", advice="add it")

    held = as_measure(by_building, name="by_building", needs=("building",))
    monkeypatch.setitem(registry.MEASURES, "by_building", held)
    assert "by_building" in all_measures()
    assert "by_building" not in measure_actors(SHAPES["star"])
    with pytest.raises(MeasureError, match="E-ATTRIBUTE"):
        measure_actors(SHAPES["star"], "by_building")
