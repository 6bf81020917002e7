"""Built sites on a server of this machine, and the browser that opens them.

In: what came of a build. Out: the URL of its home page, for as long as a test needs it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from _pages import served

__all__ = ("axe_violations", "chromium", "served")

SWITCHES: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


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
