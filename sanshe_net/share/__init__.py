"""Packs to give away: codes instead of names for a partner, groups instead of people for anybody."""

from sanshe_net.share.known_people import Secrets
from sanshe_net.share.partner import share_with_partner
from sanshe_net.share.public import share_with_anybody

__all__ = ["Secrets", "share_with_anybody", "share_with_partner"]
