"""Make sure there is a browser for the tests: one that is installed, else Debian's, else Playwright's own.

Run by ``make test``. Installs nothing when a Chrome, Chromium or Edge is already there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from find_browser import NO_BROWSER, installed_browser


def run(*command: str) -> bool:
    """Run a command, its output shown; return whether it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, env=environment).returncode == 0


def found() -> str | None:
    """Return the browser the tests would use."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return installed_browser(playwright.chromium.executable_path)


def has_chinese_font() -> bool:
    """Return whether a font with Chinese characters is installed (asked only where fontconfig is)."""
    if shutil.which("fc-list") is None:
        return True
    fonts = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(fonts.stdout.strip())


def install_with_apt(*packages: str) -> bool:
    """Install Debian packages, when this is a Debian-like system and we may."""
    if shutil.which("apt-get") is None or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    return run("apt-get", "update", "-qq") and run("apt-get", "install", "-y", "-qq", *packages)


def main() -> int:
    """Return 0 when there is a browser at the end."""
    if found() is None and not install_with_apt("chromium", "fonts-noto-cjk"):
        run(sys.executable, "-m", "playwright", "install", "chromium")
    if not has_chinese_font() and not install_with_apt("fonts-noto-cjk"):
        print("No font with Chinese characters: the pages work, but screenshots show boxes.")
    browser = found()
    print(f"Browser for the tests: {browser}" if browser else NO_BROWSER)
    return 0 if browser else 1


if __name__ == "__main__":
    sys.exit(main())
