"""Composition of contacts: variety, positions, and ties that bond, bridge or link."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from golden import load, network
from hypothesis import given, settings
from hypothesis import strategies as st
from test_integration_of_groups import hours
from test_measures_judges import networks, simple_graph

from sanshe_net import Network
from sanshe_net.errors import MeasureError
from sanshe_net.measures.composition import alter_composition, blau_index, bonding_bridging_linking, iqv
from sanshe_net.measures.integration import actor_ei_index
from sanshe_net.measures.positions import ACCESS, alter_positions, position_access

EXAMPLES = settings(deadline=None, max_examples=15)
EB2026 = load("homophily")["overlapping_memberships_EB2026"]
NAN = float("nan")


def star(groups, **columns):
    """Ego 0 with a tie to every other."""
    actors = pd.DataFrame({"group": pd.Series(list(groups), dtype=object), **columns})
    return Network.from_edges([(0, alter) for alter in range(1, len(actors))], actors=actors)


def alters(example, actor, direction="both"):
    """The contacts of known group; a mutual contact twice when both directions are asked for."""
    graph = simple_graph(example)
    sent = [b for a, b in graph.edges if a == actor] + (
        [] if example.directed else [a for a, b in graph.edges if b == actor]
    )
    received = [a for a, b in graph.edges if b == actor] if example.directed else []
    met = {"out": sent, "in": received, "both": sent + received}[direction if example.directed else "out"]
    return [alter for alter in met if example.actors["group"][alter]]


# --- variety --------------------------------------------------------------------------------------------


def test_composition_and_heterogeneity_are_those_of_everett_and_borgatti_2026_tables_3_and_4():
    """Published to two decimals."""
    example = network("eb2026")

    composition = alter_composition(example, by=hours(), direction="out")
    heterogeneity = blau_index(example, by=hours(), direction="out")

    np.testing.assert_allclose(composition, EB2026["table3_alter_composition"], rtol=0, atol=0.005 + 1e-9)
    assert heterogeneity.tolist() == pytest.approx(EB2026["table4_heterogeneity"], abs=0.005 + 1e-9)


@EXAMPLES
@given(networks(), st.sampled_from(["both", "in", "out"]))
def test_variety_follows_its_definition(example, direction):
    groups = example.actors["group"]
    kinds = len({group for group in groups if group})
    counts = alter_composition(example, by="group", direction=direction)
    blau, variation = (measure(example, by="group", direction=direction) for measure in (blau_index, iqv))
    for actor in example.actors.index:
        met = [groups[alter] for alter in alters(example, actor, direction)]
        judge = 1 - sum((met.count(g) / len(met)) ** 2 for g in set(met)) if met else NAN
        assert counts.loc[actor].to_dict() == {g: met.count(g) for g in counts.columns}
        assert blau[actor] == pytest.approx(judge, nan_ok=True)
        assert variation[actor] == pytest.approx(judge / (1 - 1 / kinds) if kinds > 1 else NAN, nan_ok=True)


def test_strength_counts_when_asked_for():
    example = Network.from_edges([(0, 1, 3.0), (0, 2, 0.5)], actors=pd.DataFrame({"group": ["a", "a", "b"]}))

    assert alter_composition(example, by="group", weighted=True).loc[0].to_dict() == {"a": 3.0, "b": 0.5}
    assert alter_composition(example, by="group").loc[0].to_dict() == {"a": 1.0, "b": 1.0}


def test_the_code_book_says_how_many_groups_there_could_be():
    example = star("xab")  # the contacts of 0: one a, one b

    assert iqv(example, by="group")[0] == pytest.approx(0.5 / (1 - 1 / 3))
    assert iqv(example, by="group", categories=list("abxyz"))[0] == pytest.approx(0.5 / (1 - 1 / 5))
    assert iqv(star("aaa"), by="group").isna().all()
    assert iqv(star("aaa"), by="group", categories=["a", "b"])[0] == 0


def test_a_group_that_the_code_book_does_not_list_is_refused():
    with pytest.raises(MeasureError, match="E-CATEGORY") as refusal:
        iqv(star("xab"), by="group", categories=["a", "x"])
    assert refusal.value.facts == {"found": "b", "allowed": "a, x"}


# --- bonding, bridging, linking -------------------------------------------------------------------------


def test_a_tie_across_levels_links_whatever_its_group():
    example = star("aaabb", level=[1, 1, 3, 1, 2])

    shares = bonding_bridging_linking(example, by="group", level="level")
    wide = bonding_bridging_linking(example, by="group", level="level", gap=2)

    assert shares.loc[0].to_dict() == {"bonding": 0.25, "bridging": 0.25, "linking": 0.5}
    assert wide.loc[0].to_dict() == {"bonding": 0.25, "bridging": 0.5, "linking": 0.25}


def test_without_a_declared_level_nothing_is_said_about_linking():
    shares = bonding_bridging_linking(star("aab"), by="group")

    assert shares.loc[0, ["bonding", "bridging"]].tolist() == [0.5, 0.5]
    assert shares["linking"].isna().all()


def test_people_in_several_groups_bond_by_what_they_have_in_common():
    shares = bonding_bridging_linking(
        star(["a", ("a", "b"), "b"], level=[0, 0, 0]), by="group", level="level"
    )

    assert shares.loc[0].to_dict() == {"bonding": 0.25, "bridging": 0.75, "linking": 0.0}


@EXAMPLES
@given(networks(), st.lists(st.sampled_from([0, 1, 2, None]), min_size=7, max_size=7), st.booleans())
def test_shares_follow_the_declared_rule_and_sum_to_one(example, levels, weighted):
    example = replace(example, ties=example.ties.assign(weight=1.0) if not weighted else example.ties)
    levels = pd.Series(levels[: len(example.actors)], dtype=object)
    example = replace(example, actors=example.actors.assign(level=levels))
    groups = example.actors["group"]
    sums = {actor: [0.0, 0.0, 0.0] for actor in example.actors.index}
    for a, b, weight in simple_graph(example).edges(data="weight"):
        if groups[a] and groups[b] and levels[a] is not None and levels[b] is not None:
            form = 2 if levels[a] != levels[b] else int(groups[a] != groups[b])
            for end in (a, b):
                sums[end][form] += weight if weighted else 1.0

    shares = bonding_bridging_linking(example, by="group", level="level", weighted=weighted)

    for actor, parts in sums.items():
        judge = [part / sum(parts) if sum(parts) else NAN for part in parts]
        assert shares.loc[actor].tolist() == pytest.approx(judge, nan_ok=True)
    assert shares.sum(axis=1, skipna=False).dropna().tolist() == pytest.approx([1.0] * len(shares.dropna()))


@EXAMPLES
@given(networks())
def test_bridging_less_bonding_is_the_ei_index_of_an_actor(example):
    shares = bonding_bridging_linking(example, by="group")

    pd.testing.assert_series_equal(
        shares["bridging"] - shares["bonding"], actor_ei_index(example, by="group"), check_names=False
    )


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"level": "rank"}, "E-ATTRIBUTE"),
        ({"level": "label"}, "E-ATTRIBUTE-NUMBER"),
        ({"gap": 0}, "E-VALUE"),
        ({"direction": "up"}, "E-VALUE"),
    ],
)
def test_bad_declarations_are_refused(options, code):
    example = star("ab")
    example = replace(example, actors=example.actors.assign(label="李"))
    with pytest.raises(MeasureError, match=code):
        bonding_bridging_linking(example, by="group", **options)


# --- positions ------------------------------------------------------------------------------------------

PRESTIGE = {"doctor": 78.0, "teacher": 70.0, "cleaner": 20.0}


def test_the_position_generator_by_hand():
    known = pd.DataFrame(
        [[1, 1, 1], [0, 1, 0], [0, 0, 0], [None, True, None], [None, "", None]],
        columns=list(PRESTIGE), index=list("abcde"), dtype=object,
    )  # fmt: skip

    access = position_access(known, pd.Series(PRESTIGE))

    rows = {actor: access.loc[actor].tolist() for actor in known.index}
    assert rows["a"] == [3, 78, 58, 56, 168, 3]
    assert rows["b"] == [1, 70, 0, 70, 70, 3]
    assert rows["c"] == pytest.approx([0, NAN, NAN, NAN, 0, 3], nan_ok=True)
    assert rows["d"] == [1, 70, 0, 70, 70, 1]
    assert rows["e"] == pytest.approx([NAN] * 5 + [0], nan_ok=True)


def test_no_positions_or_no_respondents_give_an_empty_or_undefined_table():
    assert position_access(pd.DataFrame(index=["a"]), {}).isna().loc["a", list(ACCESS)].all()
    assert position_access(pd.DataFrame(columns=["teacher"]), PRESTIGE).shape == (0, 6)


@pytest.mark.parametrize("answer", ["perhaps", 2, -1, 0.5])
def test_an_answer_that_is_neither_yes_nor_no_is_refused_by_name(answer):
    known = pd.DataFrame({"doctor": [1, 0], "teacher": [1, answer]}, index=["李", "王"], dtype=object)
    with pytest.raises(MeasureError, match="E-POSITION-ANSWER") as refusal:
        position_access(known, PRESTIGE)
    assert refusal.value.facts == {"found": answer, "actor": "王", "position": "teacher"}


@pytest.mark.parametrize("prestige", [{"doctor": 1.0}, {"doctor": 1.0, "teacher": NAN},
                                      {"doctor": 1.0, "teacher": "high"}, {"doctor": 1.0, "teacher": -1}])  # fmt: skip
def test_a_position_without_prestige_is_refused_by_name(prestige):
    with pytest.raises(MeasureError, match="E-PRESTIGE") as refusal:
        position_access(pd.DataFrame({"doctor": [1], "teacher": [0]}), prestige)
    assert refusal.value.facts["position"] == "teacher"


@EXAMPLES
@given(networks())
def test_positions_of_observed_contacts_answer_like_a_survey_of_them(example):
    prestige = {"a": 10, "b": 30, "c": 31}
    groups = example.actors["group"]
    held = {actor: {groups[alter] for alter in alters(example, actor)} for actor in example.actors.index}
    survey = pd.DataFrame({p: [int(p in held[actor]) for actor in held] for p in prestige}, index=list(held))

    observed = alter_positions(example, by="group", prestige=prestige)

    judge = position_access(survey, prestige).drop(columns="answered")
    pd.testing.assert_frame_equal(observed, judge, check_names=False, check_index_type=False)
    plain = alter_positions(example, by="group")
    assert plain["extensity"].equals(observed["extensity"])
    assert plain.drop(columns="extensity").isna().all(axis=None)
