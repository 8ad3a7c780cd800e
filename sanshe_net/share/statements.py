"""What every pack checks and says: who is left out, which words may stay, what is refused."""

from __future__ import annotations

from sanshe_net.build.cells.names import starts_with_surname
from sanshe_net.build.identity import kind_of_body
from sanshe_net.errors import DecisionNeeded, InputError, ManyProblems, Place, render
from sanshe_net.privacy.coded import Wording
from sanshe_net.privacy.consent import Sharing
from sanshe_net.privacy.suppress import SMALLEST
from sanshe_net.records import Records
from sanshe_net.vocabulary import Label


def check_size(allowed: Sharing) -> None:
    """Refuse (``E-SHARE-EMPTY``) a pack of fewer people than a group may have."""
    if len(allowed.shared) < SMALLEST:
        raise InputError("E-SHARE-EMPTY", least=SMALLEST)


def wording_of(records: Records, names: frozenset[str], titles: bool) -> Wording:
    """Return which words of the sheets may stay."""
    # Every person's name, however it looks; of other names all that are no body's: a host may be a person.
    others = {*names, *records.organisations["name"]}
    people = {*records.people["name"], *(name for name in others if not _is_body(name))}
    return Wording(frozenset(people), _is_body, titles)


def _is_body(name: str) -> bool:
    """Return whether a name is surely a body's: 龚学会 may be a person, 青云里合唱团 is none."""
    return kind_of_body(name) is not None and not (len(name) <= 3 and starts_with_surname(name))


def biased(allowed: Sharing, *, exact: bool = True) -> list[Label]:
    """Return the warning that people are missing, if any are; not ``exact``: small counts as "fewer than"."""
    count: object = allowed.left_out
    if not exact and allowed.left_out < SMALLEST:
        count = Label(f"少于 {SMALLEST}", f"Fewer than {SMALLEST}")
    return [render("W-SHARE-BIASED", {"count": count})] if allowed.left_out else []


def left_out(allowed: Sharing, *, exact: bool = True) -> dict[str, object]:
    """Return what the manifest says of people left out."""
    counts = {
        "consent_unknown": allowed.undecided, "internal_only": allowed.internal, "under_14": allowed.young,
    }  # fmt: skip
    few = f"<{SMALLEST}"
    shown = {name: count if exact or count >= SMALLEST else few for name, count in counts.items()}
    return {"left_out": shown, **({"consent_assumed": allowed.reason} if allowed.reason else {})}


def set_aside(records: Records) -> list[Label]:
    """Return what the station is told of rows that were set aside: how many, none when there are none."""
    aside = int(records.sources["quarantined"].sum())
    told = Label(
        f"{aside} 行待改，没有计入这份资料；用 sanshe check 逐行查看。",
        f"Rows set aside and not in this pack: {aside}; sanshe check shows them.",
    )
    return [told] if aside else []


def unnamed(problems: ManyProblems) -> InputError | DecisionNeeded:
    """Return a refusal that quotes nothing from the sheets."""
    kind = DecisionNeeded if problems.exit_code == DecisionNeeded.exit_code else InputError
    return kind("E-SHARE-READ", Place(), count=len(problems.problems))
