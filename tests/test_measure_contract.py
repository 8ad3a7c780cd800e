"""What every registered measure promises, on every odd shape of network; and that breaking it is noticed."""

import inspect
import math
import re
from dataclasses import asdict, is_dataclass, replace
from functools import partial
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.registry import Measure, all_measures
from sanshe_net.vocabulary import MEASURES as LABELS

ALL = list(all_measures().values())
ROUNDING = 1e-9
KINDS = ["resident", "committee", "resident", "organisation", "resident", "committee"]


def community(actors, ties, directed=False):
    """A network whose actors are not in sorted order, of several kinds, with unequal strengths."""
    names = list(actors)
    table = pd.DataFrame({"kind": KINDS[: len(names)]}, index=pd.Index(names, dtype=object))
    rows = [(source, target, 1.0 + position) for position, (source, target) in enumerate(ties)]
    edges = pd.DataFrame(rows, columns=["source", "target", "weight"])
    return Network.from_edges(edges, actors=table, directed=directed)


def with_parallel_layers():
    network = community("丙甲乙", ["丙甲", "甲乙", "乙丙"])
    again = network.ties.assign(layer="council", weight=0.5)
    loops = network.ties.assign(target=network.ties["source"])
    return replace(network, ties=pd.concat([network.ties, again, loops], ignore_index=True))


SHAPES = {
    "empty": community("", []),
    "one actor": community("甲", []),
    "no ties": community("丙甲乙", []),
    "pair": community("乙甲", ["甲乙"]),
    "open triad": community("丙甲乙", ["甲丙", "丙乙"]),
    "triangle": community("丙甲乙", ["丙甲", "甲乙", "乙丙"]),
    "with isolate": community("丁丙甲乙", ["丙甲", "甲乙"]),
    "disconnected": community("丁丙甲乙", ["丁甲", "丙乙"]),
    "directed": community("丁丙甲乙", ["丁甲", "甲丁", "甲丙", "丙乙", "丁丙"], directed=True),
    "parallel layers": with_parallel_layers(),
    "complete 6": community("己戊丁丙乙甲", combinations("己戊丁丙乙甲", 2)),
    "star": community("己戊丁丙乙甲", [("丙", other) for other in "己戊丁乙甲"]),
}


def two_modes(people, activities, ties, directed=False):
    """People and activities in mixed order, and who was at what."""
    network = community(activities + people, ties, directed)
    modes = ["activity"] * len(activities) + ["person"] * len(people)
    return replace(network, actors=network.actors.assign(mode=modes))


TWO_MODE_SHAPES = {
    "empty": two_modes("", "", []),
    "no activities": two_modes("乙甲", "", []),
    "no ties": two_modes("乙甲", "舞", []),
    "pair": two_modes("甲", "舞", ["甲舞"]),
    "one activity": two_modes("丙乙甲", "舞", ["甲舞", "乙舞", "丙舞"]),
    "four-cycle": two_modes("乙甲", "舞书", ["甲舞", "甲书", "乙舞", "书乙"]),
    "path of four": two_modes("丙乙甲", "舞书", ["甲舞", "乙舞", "乙书", "丙书"]),
    "six-cycle": two_modes("丙乙甲", "舞书棋", ["甲舞", "乙舞", "乙书", "丙书", "丙棋", "甲棋"]),
    "disconnected": two_modes("丁丙乙甲", "舞书", ["甲舞", "乙书", "丙书"]),
    "directed": two_modes("丙乙甲", "舞书", ["甲舞", "舞甲", "乙舞", "乙书", "书丙"], directed=True),
}


def shapes_for(held):
    """The shapes that a measure is made for, and those that it must refuse."""
    return (TWO_MODE_SHAPES, SHAPES) if "mode" in held.needs else (SHAPES, {})


FITTING = [(held, shape) for held in ALL for shape in shapes_for(held)[0]]
REFUSED = [(held, shape) for held in ALL for shape in shapes_for(held)[1]]


NAMES = [["kind"], pd.Series(["a", "b"]), {"甲": "a"}, {"a"}]
"""Values in place of the name of a column."""
WRONG_NUMBERS = {
    "bool": ["no", None, 1, 0.0, math.nan, [True]],
    "int": ["3", None, 1.0, math.nan, math.inf, True, -1, [3]],
    "float": ["0.5", None, math.nan, True, -1, [0.5], 1j],
}
"""By the type of an option, what it must refuse."""


# --- the promises ---------------------------------------------------------------------------------------


def check_measure(held, network):
    """Shape, name, type and range of the result; nothing changed; strengths matter only if declared."""
    before = snapshot(network)
    result = run(held, network)
    assert snapshot(network) == before, "changes its input"

    check_form(held, result, network)
    values = defined_values(result)
    assert not np.isinf(values).any(), "infinite"
    assert (values >= held.lowest - ROUNDING).all(), "below its range"
    assert (values <= held.highest + ROUNDING).all(), "above its range"
    pd.testing.assert_frame_equal(as_frame(result), as_frame(run(held, network)))

    if held.weights == "ignored":
        doubled = replace(network, ties=network.ties.assign(weight=2 * network.ties["weight"]))
        pd.testing.assert_frame_equal(as_frame(run(held, doubled)), as_frame(result), obj="doubled weights")


def run(held, network):
    return held.compute(network, network) if held.level == "comparison" else held.compute(network)


def check_form(held, result, network):
    if held.level in ("answer", "comparison"):
        frozen = is_dataclass(result) and type(result).__dataclass_params__.frozen
        assert frozen or (held.level == "comparison" and type(result) is float), "not a frozen dataclass"
        return
    if held.level == "network":
        assert type(result) is float, "not a float"
        return
    if held.level == "tie":
        assert isinstance(result, pd.Series), "not a Series"
        assert result.name == held.name, "wrong name"
        assert list(result.index.names) == ["source", "target"], "not on pairs of actors"
        assert set(result.index.unique("source")) <= set(network.actors.index), "not its actors"
        assert result.dtype == np.float64, "wrong dtype"
        return
    if held.columns:
        assert isinstance(result, pd.DataFrame), "not a DataFrame"
        assert tuple(result.columns) == held.columns, "wrong columns"
    else:
        assert isinstance(result, pd.Series), "not a Series"
        assert result.name == held.name, "wrong name"
    pd.testing.assert_index_equal(result.index, network.actors.index)
    assert (as_frame(result).dtypes == np.float64).all(), "wrong dtype"


def check_documentation(held):
    """A label in both languages, and a docstring that says what is needed to use the number."""
    label = LABELS.get(held.name)
    assert label, "no label"
    assert label.zh, "no Chinese label"
    assert label.en, "no English label"
    assert all(LABELS.get(column) for column in held.columns), "no label for a column"

    doc = inspect.cleandoc(held.compute.__doc__ or "")
    assert ":math:`" in doc, "no formula"
    assert f"Unit: {held.unit}." in doc, "no unit"
    assert re.search(rf"Range: {re.escape(held.range)}\b", doc), "no range"
    assert re.search(r"Cost:[^.]*O\(", doc), "no cost"
    for section in ("Parameters", "Returns", "Raises", "References", "Examples"):
        # Every measure refuses what is not a network, so every measure has something under Raises.
        assert re.search(rf"^{section}\n-+\n\S", doc, re.MULTILINE), f"no {section}"
    for name in inspect.signature(held.compute).parameters:
        assert re.search(rf"^{name}\n    \S", doc, re.MULTILINE), f"{name} is not described"


def check_options(held):
    """Every option given as a word, a number or a yes or no is checked; a refusal names what is allowed."""
    for name, option in inspect.signature(held.compute).parameters.items():
        if isinstance(option.default, str):
            with pytest.raises(MeasureError) as refusal:
                run(
                    replace(held, compute=partial(held.compute, **{name: "no such thing"})),
                    shapes_for(held)[0].get("triangle", TWO_MODE_SHAPES["six-cycle"]),
                )
            assert refusal.value.facts["found"] == "no such thing"
            assert option.default in refusal.value.facts["allowed"]
        for wrong in WRONG_NUMBERS.get(str(option.annotation), ()):
            with pytest.raises(MeasureError, match=f"E-VALUE.*{name} cannot be .*Allowed: ."):
                run(replace(held, compute=partial(held.compute, **{name: wrong})), SHAPES["triangle"])


def check_weights(held):
    """A measure that declares strength moves with it somewhere."""
    if held.weights == "ignored":
        return
    pairs = ((network, equal_strengths(network)) for network in SHAPES.values())
    moved = [not as_frame(run(held, one)).equals(as_frame(run(held, other))) for one, other in pairs]
    assert any(moved), "declares strength but ignores it"


def snapshot(network):
    """Everything a measure could spoil, copied."""
    graph = network.graph
    edges = [(edge.tuple, edge.attributes()) for edge in graph.es]
    tables = [
        (table.to_dict("list"), list(table.index), table.index.name, list(table.dtypes))
        for table in (network.actors, network.ties)
    ]
    return repr((tables, network.directed, network.rule, edges, graph.attributes(), graph.vs.attributes()))


def as_frame(result):
    if is_dataclass(result):
        return pd.DataFrame({name: [repr(value)] for name, value in asdict(result).items()}, dtype=object)
    return pd.DataFrame(result) if isinstance(result, pd.Series | pd.DataFrame) else pd.DataFrame([result])


def defined_values(result):
    if is_dataclass(result):  # what an answer holds is checked where its measure is
        return np.empty(0)
    values = as_frame(result).to_numpy(dtype=float)
    return values[~np.isnan(values)]


def equal_strengths(network):
    return replace(network, ties=network.ties.assign(weight=1.0))


# --- the sweep ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("held", "shape"), FITTING, ids=lambda value: getattr(value, "name", value))
def test_measure_keeps_its_promises(held, shape):
    check_measure(held, shapes_for(held)[0][shape])


@pytest.mark.parametrize(("held", "shape"), REFUSED, ids=lambda value: getattr(value, "name", value))
def test_a_two_mode_measure_refuses_a_network_without_modes(held, shape):
    with pytest.raises(MeasureError, match="E-ATTRIBUTE") as refusal:
        run(held, SHAPES[shape])
    assert refusal.value.facts["found"] == "mode"


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_measure_is_documented(held):
    check_documentation(held)


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_options_are_checked(held):
    check_options(held)


@pytest.mark.parametrize("held", [held for held in ALL if held.needs], ids=lambda held: held.name)
def test_values_in_place_of_the_name_of_a_column_are_refused(held):
    network = shapes_for(held)[0].get("triangle", TWO_MODE_SHAPES["six-cycle"])
    for name in {"mode", "by"} & set(inspect.signature(held.compute).parameters):
        for wrong in NAMES:
            with pytest.raises(
                MeasureError, match=f"E-VALUE.*{name} cannot be (a )?{type(wrong).__name__}.*kind"
            ):
                held.compute(network, **{name: wrong})


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_declared_use_of_weights_is_true(held):
    check_weights(held)


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_what_is_not_a_network_is_refused(held):
    with pytest.raises(MeasureError, match="E-NOT-A-NETWORK"):
        run(held, {"李": ["王"]})


@pytest.mark.parametrize("held", ALL, ids=lambda held: held.name)
def test_needed_columns_are_the_defaults_of_the_options(held):
    parameters = inspect.signature(held.compute).parameters
    assert held.needs == tuple(parameters[name].default for name in ("mode", "by") if name in parameters)


# --- the sweep notices bad measures ---------------------------------------------------------------------


def plain(source):
    r"""Ties, counted.

    It is :math:`\sum_j a_{ij}`.

    Parameters
    ----------
    source
        A network.

    Returns
    -------
    Series. Unit: ties. Range: 0 to 5.
    Cost: O(n + m).

    Raises
    ------
    MeasureError
        Never.

    References
    ----------
    Nobody (2000).

    Examples
    --------
    None.
    """
    return pd.Series(source.adjacency(weighted=False).sum(axis=1), source.actors.index, name="degree")


def wrong_order(source):
    return plain(source).sort_index()


def loses_isolates(source):
    return plain(source)[plain(source) > 0]


def out_of_range(source):
    return -plain(source)


def too_high(source):
    return plain(source) * 10


def infinite(source):
    return plain(source) / 0.0


def changes_the_ties(source):
    result = plain(source)
    source.ties["weight"] = 1.0
    return result


def changes_the_graph(source):
    source.graph.es["weight"] = 1.0
    return plain(source)


def wrong_name(source):
    return plain(source).rename("contacts")


def whole_numbers(source):
    return plain(source).astype(int)


def not_a_series(source):
    return plain(source).to_dict()


def uses_strength(source):
    return plain(source) * source.adjacency().sum() / 1000


def not_reproducible(source):
    return plain(source) * np.random.default_rng().random()


def as_measure(function, **changes):
    held = Measure("degree", function, "actor", 0, 5, "ties", "ignored")
    return replace(held, **changes)


def sweep(held):
    for network in SHAPES.values():
        check_measure(held, replace(network, actors=network.actors.copy(), ties=network.ties.copy()))


def test_the_sweep_passes_a_good_measure():
    sweep(as_measure(plain))
    check_documentation(as_measure(plain))


@pytest.mark.filterwarnings("ignore:divide by zero", "ignore:invalid value")
@pytest.mark.parametrize(
    ("function", "complaint"),
    [
        (wrong_order, "Index"),
        (loses_isolates, "Index"),
        (out_of_range, "below its range"),
        (too_high, "above its range"),
        (infinite, "infinite"),
        (changes_the_ties, "changes its input"),
        (changes_the_graph, "changes its input"),
        (wrong_name, "wrong name"),
        (whole_numbers, "wrong dtype"),
        (not_a_series, "not a Series"),
        (uses_strength, "doubled weights"),
        (not_reproducible, "different"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_sweep_fails_a_bad_measure(function, complaint):
    with pytest.raises(AssertionError, match=complaint):
        sweep(as_measure(function))


def test_the_sweep_fails_a_table_with_other_columns():
    with pytest.raises(AssertionError, match="wrong columns"):
        sweep(as_measure(lambda source: plain(source).to_frame(), columns=("total",)))


def test_the_sweep_fails_a_network_measure_that_is_no_float():
    with pytest.raises(AssertionError, match="not a float"):
        sweep(as_measure(lambda source: len(source.actors), level="network"))


@pytest.mark.parametrize(
    ("level", "complaint"),
    [("answer", "not a frozen dataclass"), ("comparison", "not a frozen dataclass"), ("tie", "not on pairs")],
)
def test_the_sweep_fails_a_result_of_the_wrong_form(level, complaint):
    with pytest.raises(AssertionError, match=complaint):
        sweep(as_measure(lambda source, *other: plain(source), level=level))


def test_the_sweep_fails_a_measure_that_only_claims_to_use_strength():
    with pytest.raises(AssertionError, match="ignores it"):
        check_weights(as_measure(plain, weights="strength"))


@pytest.mark.parametrize(
    ("left_out", "complaint"),
    [
        (":math:", "no formula"),
        ("Unit: ties. ", "no unit"),
        ("Range: 0 to 5", "no range"),
        ("Cost: O(", "no cost"),
        ("Returns", "no Returns"),
        ("Raises", "no Raises"),
        ("References", "no References"),
        ("Examples", "no Examples"),
        ("source\n", "source is not described"),
    ],
)
def test_the_sweep_fails_an_incomplete_docstring(left_out, complaint):
    def incomplete(source):
        return plain(source)

    incomplete.__doc__ = plain.__doc__.replace(left_out, "...", 1)
    with pytest.raises(AssertionError, match=complaint):
        check_documentation(as_measure(incomplete))


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"name": "nobody named this"}, "no label"),
        ({"columns": ("nobody named this",)}, "no label for a column"),
        ({"compute": wrong_name}, "no formula"),
        ({"unit": "metres"}, "no unit"),
        ({"highest": math.inf}, "no range"),
    ],
)
def test_the_sweep_fails_what_is_not_documented(changes, complaint):
    with pytest.raises(AssertionError, match=complaint):
        check_documentation(replace(as_measure(plain), **changes))
