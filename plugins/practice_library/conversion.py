"""The Markdown of one page after another through one converter, where MkDocs makes a new one for each.

In: MkDocs' page with its Markdown. Out: the page as `Page.render` leaves it, its bytes the same. Where an
extension is in use that may not forget one page before the next, `Page.render` itself is called. A page
whose content is HTML already has nothing to convert. Called by `publishing`.
"""

from __future__ import annotations

from typing import Final

import markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from .assembly import CONTENT
from .markup import hasten

_FORGETFUL: Final = frozenset(
    """abbr admonition attr_list def_list fenced_code footnotes md_in_html meta nl2br sane_lists smarty
    tables toc""".split()
)
"""Extensions that keep nothing from one page for the next once they are reset."""


class PageConverter:
    """Converts pages; makes its converter at the first of them."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        self._config = config
        self._files = files
        self._converter: markdown.Markdown | None = None
        names = {str(name).removeprefix("markdown.extensions.") for name in config.markdown_extensions}
        self._may_reuse = names <= _FORGETFUL

    def convert(self, page: Page) -> None:
        """Convert the Markdown of a page, as `Page.render` does."""
        if not self._may_reuse:
            page.render(self._config, self._files)
            return
        if page.markdown == CONTENT:
            page.content, page.toc = CONTENT, get_toc([])
            page.present_anchor_ids, page.links_to_anchors = set(), {}
            return
        converter = self._fresh()
        raw = mkdocs_pages._RawHTMLPreprocessor()  # noqa: SLF001 - what `Page.render` itself puts in
        anchors = mkdocs_pages._ExtractAnchorsTreeprocessor(page.file, self._files, self._config)  # noqa: SLF001
        links = mkdocs_pages._RelativePathTreeprocessor(page.file, self._files, self._config)  # noqa: SLF001
        title = mkdocs_pages._ExtractTitleTreeprocessor()  # noqa: SLF001
        for part in (raw, anchors, links, title):
            part._register(converter)  # noqa: SLF001 - takes the place of the one for the page before
        page.content = converter.convert(page.markdown or "")
        page.toc = get_toc(getattr(converter, "toc_tokens", []))
        page._title_from_render = title.title  # noqa: SLF001
        page.present_anchor_ids = anchors.present_anchor_ids | raw.present_anchor_ids
        page.links_to_anchors = links.links_to_anchors

    def _fresh(self) -> markdown.Markdown:
        """Give the converter as if nothing had been converted yet."""
        if self._converter is None:
            self._converter = markdown.Markdown(
                extensions=self._config.markdown_extensions,
                extension_configs=self._config.mdx_configs or {},
            )
            hasten(self._converter)
        self._converter.reset()
        return self._converter
