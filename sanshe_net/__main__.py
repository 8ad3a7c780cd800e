"""``python -m sanshe_net`` is ``sanshe``."""

from sanshe_net.cli import main

main()
