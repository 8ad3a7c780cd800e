"""What must not be seen, and by whom: children, keys and codes, the registry, sharing, small counts.

Identifiers and people who refused consent never come this far: they are left out while reading
(:mod:`sanshe_net.build.consent`). Codes make tables *de-identified*, never more: whoever knows somebody's
contacts may still recognise them (:func:`sanshe_net.privacy.uniqueness.uniqueness`).
"""

from sanshe_net.privacy.children import CHILD_BELOW, children, shown_names

__all__ = ["CHILD_BELOW", "children", "shown_names"]
