"""Where a browser for the tests may be."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

CANDIDATES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "msedge",
    "microsoft-edge",
)
NO_BROWSER = (
    "No browser was found, so the pages cannot be checked. Run the tests with `make test`, which installs "
    "one, or set SANSHE_BROWSER to the path of a Chromium, Chrome or Edge."
)


def installed_browser(own: str) -> str | None:
    """Return the browser named by SANSHE_BROWSER, else one on the path, else Playwright's ``own``."""
    named = os.environ.get("SANSHE_BROWSER")
    if named:
        return shutil.which(named)
    found = (shutil.which(name) for name in CANDIDATES)
    return next(filter(None, found), own if own and Path(own).exists() else None)
