"""Built sites on a server of this machine, and the browser that opens them.

In: what came of a build. Out: the URL of its home page, for as long as a test needs it.
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
from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

SWITCHES: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class _Handler(SimpleHTTPRequestHandler):
    """Serves a folder without a word."""

    def log_message(self, *_: Any) -> None:  # noqa: ANN401 - as it came
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    """Takes no notice of a browser that leaves a page before it has all of it."""

    def handle_error(self, *request: Any) -> None:  # noqa: ANN401 - as it came
        """Tell of anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(*request)


@contextlib.contextmanager
def served(site: Path) -> Iterator[str]:
    """Put a site on a server; give the URL of its home page."""
    with _Server(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser that `scripts/test` found."""
    path = os.environ.get("PRACTICE_LIBRARY_CHROMIUM")
    assert path, "scripts/test finds a Chromium; without it, set PRACTICE_LIBRARY_CHROMIUM to the path of one"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(SWITCHES))
        yield started
        started.close()


def axe_violations(page: Page) -> list[str]:
    """Give what axe finds wrong on a page as it is now."""
    page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(
        'axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap('
        "({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`)))"
    )
    return found
