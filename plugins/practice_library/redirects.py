"""Pages at old addresses that lead to where their entries are now."""

from __future__ import annotations

from .addresses import relative_url
from .catalogue import Catalogue
from .pages import Redirect
from .templating import plain_template


def redirect_page(redirect: Redirect, words: Catalogue, *, directory_urls: bool) -> str:
    """Write the HTML of a page that leads on at once, and by a link where that fails."""
    way = relative_url(redirect.target, redirect.source, directory_urls=directory_urls)
    return plain_template("redirect.html.jinja").render(
        way=way,
        language=words.language,
        title=words.text("redirect.title"),
        link=words.text("redirect.link"),
    )
