"""Built sites on a server of this machine, and the browser that opens them.

In: what came of a build. Out: the URL of its home page, for as long as a test needs it.
"""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from _pages import chromium, served

__all__ = ("axe_violations", "chromium", "served")


def axe_violations(page: Page) -> list[str]:
    """Give what axe finds wrong on a page as it is now."""
    page.evaluate(Axe().axe_script)
    found: list[str] = page.evaluate(
        'axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap('
        "({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`)))"
    )
    return found
