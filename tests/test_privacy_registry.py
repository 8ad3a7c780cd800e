"""The registry: the same person keeps the same id, nobody is guessed, and the file stays private and whole."""

from __future__ import annotations

import itertools
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanshe_net.errors import InputError, SansheError
from sanshe_net.privacy.registry import (
    Matched,
    Registry,
    Sighting,
    match_people,
    read_registry,
    write_registry,
)


def seen(name: str, phone: str = "", building: str = "") -> Sighting:
    return Sighting(frozenset({name}), *(frozenset({x} if x else ()) for x in (phone, building)))


def counter() -> Callable[[], str]:
    numbers = itertools.count()
    return lambda: f"new{next(numbers)}"


def matched(known: dict[str, Sighting], here: dict[str, Sighting], answers=None) -> Matched:  # type: ignore[no-untyped-def]
    return match_people(Registry(known), here, answers, new_id=counter())


people = st.builds(
    seen, st.sampled_from("王李张赵"), st.sampled_from(["", "1", "2", "3"]), st.sampled_from(["", "A", "B"])
)
communities = st.lists(people, max_size=6, unique=True).map(
    lambda held: {f"P{i}": s for i, s in enumerate(held)}
)


@given(communities)
def test_the_same_people_again_are_the_same_people(here: dict[str, Sighting]) -> None:
    first = matched({}, here)
    again = match_people(first.registry, here, new_id=counter())

    assert len(first.ids) == len(here)
    told_apart = {doubt.local_id for doubt in again.doubts}
    assert {local: one for local, one in first.ids.items() if local not in told_apart} == again.ids
    assert again.registry == first.registry


@given(communities)
def test_people_with_a_phone_of_their_own_are_never_in_doubt_again(here: dict[str, Sighting]) -> None:
    own = {local: Sighting(s.names, frozenset({f"1390000{local}"}), s.buildings) for local, s in here.items()}
    first = matched({}, own)

    assert match_people(first.registry, own).ids == first.ids


@given(communities, communities)
def test_whoever_is_registered_stays_so_under_the_same_id(
    known: dict[str, Sighting], here: dict[str, Sighting]
) -> None:
    found = matched(known, here)

    assert list(found.registry.people)[: len(known)] == list(known)
    for one, before in known.items():
        after = found.registry.people[one]
        assert before.names <= after.names
        assert before.phones <= after.phones
    assert len(set(found.ids.values())) == len(found.ids)
    assert set(found.ids) | {doubt.local_id for doubt in found.doubts} == set(here)
    assert not set(found.ids) & {doubt.local_id for doubt in found.doubts}


@given(communities, communities, st.randoms())
def test_the_order_of_the_records_decides_nothing(
    known: dict[str, Sighting], here: dict[str, Sighting], random: object
) -> None:
    shuffled = list(here.items())
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert matched(known, here) == matched(known, dict(shuffled))


@pytest.mark.parametrize(
    ("known", "now", "same"),
    [
        (seen("王伟", "1", "A"), seen("王伟", "1", "A"), True),
        (seen("王伟", "1", "A"), seen("王伟", "2", "A"), True),  # the phone was corrected
        (seen("王伟", "1", "A"), seen("王伟", "1", "B"), True),  # they moved
        (seen("王伟", "1", "A"), seen("王伟"), True),
        (seen("王伟"), seen("王伟", "1", "A"), True),
        (seen("王伟", "1", "A"), seen("王伟", "2", "B"), None),
        (seen("王伟", "1", ""), seen("王伟", "2", ""), None),
        (seen("王伟", "", "A"), seen("王伟", "", "B"), None),
        (seen("王伟", "1", "A"), seen("王玮", "1", "A"), None),  # a correction, or another of the household
        (seen("王伟", "1", "A"), seen("李梅", "2", "A"), False),
        (seen("王伟", "", "A"), seen("李梅", "", "A"), False),
    ],
)
def test_who_is_the_same_who_is_new_and_who_is_asked_about(
    known: Sighting, now: Sighting, same: bool | None
) -> None:
    found = matched({"p": known}, {"P1": now})

    expected = {True: {"P1": "p"}, False: {"P1": "new0"}, None: {}}[same]
    assert found.ids == expected
    assert [(doubt.local_id, doubt.person_id) for doubt in found.doubts] == (
        [("P1", "p")] if same is None else []
    )


def test_two_of_one_name_are_told_apart_by_phone_and_a_third_is_asked_about() -> None:
    known = {"a": seen("王伟", "1"), "b": seen("王伟", "2")}
    here = {"P1": seen("王伟", "2"), "P2": seen("王伟", "1"), "P3": seen("王伟", "3")}

    assert matched(known, here).ids == {"P1": "b", "P2": "a", "P3": "new0"}
    assert len(matched(known, {"P3": here["P3"]}).doubts) == 2


def test_a_name_alone_is_nobody_in_particular_when_two_have_it() -> None:
    known = {"a": seen("王伟", "1"), "b": seen("王伟", "2")}

    assert matched(known, {"P1": seen("王伟")}).ids == {}


@pytest.mark.parametrize(("same", "expected"), [(True, "p"), (False, "new0")])
def test_an_answer_settles_it_and_what_was_learnt_stays(same: bool, expected: str) -> None:
    known, now = {"p": seen("王伟", "1", "A")}, seen("王伟", "2", "B")
    found = matched(known, {"P1": now}, {(now, "p"): same})

    assert found.ids == {"P1": expected}
    assert found.doubts == ()
    # Next quarter nobody needs to be asked again.
    assert match_people(found.registry, {"P1": now}).ids == {"P1": expected}


def test_an_answer_about_somebody_no_longer_registered_is_passed_over() -> None:
    now = seen("王伟", "2", "B")

    assert matched({}, {"P1": now}, {(now, "gone"): True}).ids == {"P1": "new0"}


def test_ids_are_random_and_long() -> None:
    here = {"P1": seen("王伟")}
    one, other = (match_people(Registry(), here).ids["P1"] for _ in range(2))

    assert one != other
    assert len(one) == 20


def test_people_are_found_by_name_or_id_and_can_be_taken_out() -> None:
    registry = Registry({"a": seen("王伟"), "b": seen("王伟", "2"), "c": seen("李梅")})

    assert registry.called("王伟") == ["a", "b"]
    assert registry.called("c") == ["c"]
    assert registry.called("赵") == []
    assert list(registry.without("a").people) == ["b", "c"]
    assert "王伟" not in repr(registry)


# --- on disk


def test_a_registry_is_read_back_as_it_was_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "登记册.json"
    registry = Registry({"b": seen("王伟", "1", "A"), "a": seen("李梅")}, "0123abcd")
    write_registry(path, registry)

    assert read_registry(path) == registry
    assert list(read_registry(path).people) == ["b", "a"]
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


GOOD = {"format": "sanshe-net registry 1", "key": "", "people": []}
PERSON = {"id": "a", "names": ["王伟"], "phones": [], "buildings": []}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        json.dumps({**GOOD, "format": "else"}),
        json.dumps({**GOOD, "people": [{"id": "a"}]}),
        json.dumps({**GOOD, "people": [{**PERSON, "names": ["王伟", 3]}]}),
        json.dumps({**GOOD, "people": [PERSON, PERSON]}),
        json.dumps({**GOOD, "people": ["王伟"]}),
        "[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_spoilt_registry_is_refused_without_quoting_it(tmp_path: Path, text: str | bytes) -> None:
    path = tmp_path / "registry"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    path.chmod(0o600)

    with pytest.raises(InputError) as refused:
        read_registry(path)
    assert refused.value.code == "E-REGISTRY-FORM"
    assert "王伟" not in refused.value.message("zh")
    assert refused.value.__cause__ is None


def test_a_registry_that_is_missing_or_cannot_be_read_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "registry"
    with pytest.raises(InputError, match="E-REGISTRY-MISSING"):
        read_registry(path)
    write_registry(path, Registry())

    def fail(*_: object, **__: object) -> str:
        raise OSError(5, "broken")

    monkeypatch.setattr(Path, "read_text", fail)
    with pytest.raises(InputError, match="broken"):
        read_registry(path)


def test_a_registry_in_a_pack_or_open_to_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "registry"
    write_registry(path, Registry())
    with pytest.raises(SansheError, match="E-PRIVATE-PLACE"):
        read_registry(path, shared=[tmp_path])
    if os.name == "posix":
        path.chmod(0o644)
        with pytest.raises(SansheError, match="E-PRIVATE-OPEN"):
            read_registry(path)
