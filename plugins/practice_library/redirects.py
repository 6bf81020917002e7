"""Pages at old addresses that lead to where their entries are now."""

from __future__ import annotations

import posixpath

from .addresses import url_of
from .catalogue import Catalogue
from .pages import Redirect
from .templating import plain_template


def redirect_page(redirect: Redirect, words: Catalogue, *, directory_urls: bool) -> str:
    """Write the HTML of a page that leads on at once, and by a link where that fails."""
    there = url_of(redirect.target, directory_urls=directory_urls)
    old = url_of(
        redirect.source.removesuffix("/index.md").removesuffix(".md") + ".md",
        directory_urls=directory_urls,
    )
    start = old.rstrip("/") if old.endswith("/") else posixpath.dirname(old)
    way = posixpath.relpath(there or ".", start or ".")
    way = f"{way}/" if there.endswith("/") else way
    return plain_template("redirect.html.jinja").render(
        way=way,
        language=words.language,
        title=words.text("redirect.title"),
        link=words.text("redirect.link"),
    )
