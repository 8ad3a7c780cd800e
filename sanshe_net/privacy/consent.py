"""Who may be in what is shared. (Who refused or withdrew was left out while reading.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sanshe_net.errors import SettingsError
from sanshe_net.privacy.children import children
from sanshe_net.records import Records

SHORTEST_REASON: Final = 6


@dataclass(frozen=True)
class Sharing:
    """Who may be in what is shared, and who may not.

    Attributes
    ----------
    shared
        Ids of the people who agreed and are not children.
    undecided, internal, young
        How many did not say, agreed to internal use only, or are children (who count here only).
    reason
        Why consent was assumed; empty when it is in the records.
    """

    shared: frozenset[str]
    undecided: int
    internal: int
    young: int
    reason: str = ""

    @property
    def left_out(self) -> int:
        """How many people of the records are not in what is shared."""
        return self.undecided + self.internal + self.young


def sharing(records: Records, assumed: str | None = None) -> Sharing:
    """Return who may be in what is shared: adults and youths from 14 whose consent is *yes*.

    Parameters
    ----------
    assumed
        Why everybody's consent may be assumed, for records without any word about consent.

    Raises
    ------
    SettingsError
        ``E-CONSENT-NONE`` when no consent is known and no reason given, ``E-CONSENT-REASON`` when the reason
        says nothing, ``E-CONSENT-GIVEN`` when there is consent in the records to go by.
    """
    consent = records.people["consent"]
    known = bool(consent.notna().any())
    if assumed is None and not known:
        raise SettingsError("E-CONSENT-NONE")
    if assumed is not None and known:
        raise SettingsError("E-CONSENT-GIVEN")
    if assumed is not None and len(assumed.strip()) < SHORTEST_REASON:
        raise SettingsError("E-CONSENT-REASON", least=SHORTEST_REASON)
    young = records.people.index.isin(children(records))
    agreed = consent.eq("yes") if assumed is None else consent.isna()
    internal = consent.eq("internal")
    return Sharing(
        shared=frozenset(records.people.index[agreed & ~young]),
        undecided=int((~agreed & ~internal & ~young).sum()),
        internal=int((internal & ~young).sum()),
        young=int(young.sum()),
        reason=(assumed or "").strip(),
    )
