"""A folder of this machine as a site, and a browser to open it in: for scripts that measure, and for tests.

In: the folder; the Chromium that `_chromium.find` found, from the environment. Out: a URL, a page. Called by
`_relevance_engines`, `_weigh` and tests, inside `.venv`.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from _chromium import SWITCHES, VARIABLE


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as it came
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Takes no notice of a browser that leaves a page before it has all of it."""

    def handle_error(self, *request: Any) -> None:  # noqa: ANN401 - as it came
        """Tell of anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*request)


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Put a site on a server of this machine; give the URL of its home page."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that `_chromium.find` found and named in the environment.

    Raises:
        LookupError: none is named.
    """
    path = os.environ.get(VARIABLE)
    if not path:
        raise LookupError(f"scripts/test finds a Chromium; without it, set {VARIABLE} to the path of one")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(before: str = "") -> Iterator[Page]:
    """Open a page in that browser; `before` runs ahead of its scripts."""
    with chromium() as browser:
        page = browser.new_page()
        if before:
            page.add_init_script(before)
        yield page
