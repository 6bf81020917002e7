"""A Chromium for the browser tests: one that is here and starts, or else one fetched for them.

`find` returns its path, for `scripts/test`, or ends the run with how to install one by hand.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from _environment import tool

VARIABLE = "PRACTICE_LIBRARY_CHROMIUM"
TIME_LIMIT = 60  # seconds, for a browser or Playwright to answer
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first shows pages and no window of its own: it takes a third less of the processor."""
PACKAGES = ("chromium-headless-shell", "chromium")
"""Debian's names, of which older releases have the second alone."""
SWITCHES = (
    "--no-sandbox",  # root, and containers, have none to give
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OWN_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> str:
    """Path of a Chromium that has just been seen to start."""
    given = os.environ.get(VARIABLE)
    if given:
        if not _starts(given):
            sys.exit(f"{VARIABLE} is set to {given}, but no Chromium starts from there.")
        return given
    for path in _candidates():
        if path and _starts(path):
            return path
    sys.exit(
        "The browser tests need Chromium, and it could not be installed from here. Install "
        "Chromium or Google Chrome with your system's own packages (Debian: apt install "
        f"{PACKAGES[0]}), or set {VARIABLE} to the path of one, and run this again."
    )


def _candidates() -> Iterator[str | None]:
    """Where a Chromium may be; going on from one place to the next fetches it there first."""
    yield _playwright_own()
    yield from map(shutil.which, NAMES)
    print("No Chromium found: fetching one for the browser tests ...", file=sys.stderr, flush=True)
    if _succeeds(tool("playwright"), "install", "chromium"):
        yield _playwright_own()
    if sys.platform == "linux" and os.geteuid() == 0:
        if _playwright_own() and _succeeds(tool("playwright"), "install-deps", "chromium"):
            yield _playwright_own()
        if _succeeds("apt-get", "update"):
            for package in PACKAGES:
                if _succeeds("apt-get", "install", "-y", package):
                    yield shutil.which(package)


def _playwright_own() -> str | None:
    """The browser that Playwright has downloaded, if it has."""
    path = _output(tool("python"), "-c", OWN_PATH).strip()
    return path if path and Path(path).exists() else None


def _starts(path: str) -> bool:
    """Whether this browser can show a page here: its file may be there, and a library missing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        page = ("--dump-dom", "data:text/html,<p>ready</p>")
        return "ready" in _output(path, "--headless", *SWITCHES, f"--user-data-dir={profile}", *page)


def _output(*command: str) -> str:
    """What a program prints, or nothing if it fails or hangs."""
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=TIME_LIMIT)
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _succeeds(*command: str) -> bool:
    """Run a program that fetches something, without its chatter; whether it went well."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command, check=False, env=environment, stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0
