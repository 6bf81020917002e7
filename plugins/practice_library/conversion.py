"""What MkDocs would make of the Markdown of a page whose content is HTML already: nothing.

In: MkDocs' page, whose Markdown is the one element that its content takes the place of. Out: the page as
`Page.render` leaves it. Where an extension is in use that might do something with that element, or beside it,
`Page.render` itself is called. Called by `publishing`.
"""

from __future__ import annotations

from typing import Final

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from .assembly import CONTENT

_HARMLESS: Final = frozenset(
    """abbr admonition attr_list def_list fenced_code footnotes md_in_html meta nl2br sane_lists smarty
    tables toc""".split()
)
"""Extensions that leave an empty element by itself as it is."""


def convert(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Convert the Markdown of a page made from the library, as `Page.render` does."""
    names = {str(name).removeprefix("markdown.extensions.") for name in config.markdown_extensions}
    if not names <= _HARMLESS:
        page.render(config, files)
        return
    page.content, page.toc = CONTENT, get_toc([])
    page.present_anchor_ids, page.links_to_anchors = set(), {}
