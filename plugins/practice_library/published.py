"""A page that is built beside MkDocs, as MkDocs and its templates know it.

In: its source and its place. Out: a file that links can lead to, and the page that templates ask. Called by
`publishing`; knows MkDocs, as that does.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urljoin, urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents


class PublishedFile(File):
    """A page that is built by itself: links can lead to it, and MkDocs has nothing more to do."""

    def is_documentation_page(self) -> bool:
        """Keep MkDocs from building it."""
        return False

    def is_media_file(self) -> bool:
        """Keep MkDocs from listing it."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - as MkDocs calls it
        """Do nothing: `Publisher.place` puts it where it belongs."""


class PublishedPage(MkDocsPage):
    """What templates know of a page."""

    def __init__(self, title: str | None, file: File, config: MkDocsConfig) -> None:
        """Set what `MkDocsPage` sets, but for the date: whoever completes a page tells it."""
        file.page, self.file = self, file
        if title is not None:
            self.title = title
        self.children = self.previous_page = self.next_page = None
        self.active, self.update_date = False, ""
        self._set_canonical_url(config.site_url)
        self._set_edit_url(config.repo_url, config.edit_uri, config.edit_uri_template)
        self.markdown = self.content = self._title_from_render = None
        self.toc, self.meta = TableOfContents([]), {}

    def _set_canonical_url(self, base: str | None) -> None:
        """Tell its address, as `MkDocsPage` does; what need not be joined step by step is put together."""
        root = _root_of(base or "")
        if root and _PLAIN_URL.fullmatch(self.url):
            self.canonical_url, self.abs_url = f"{root}{self.url}", f"{_path_of(root)}{self.url}"
        else:
            super()._set_canonical_url(base)


_PLAIN_URL: Final = re.compile(r"(?:[a-z0-9_-]+/)+")
"""An address of which each step leads into a folder."""


@lru_cache(maxsize=8)
def _root_of(base: str) -> str:
    """Give what stands before every address of a site; empty where it is not as simple as that."""
    root = base if base.endswith("/") else f"{base}/"
    return root if base and urljoin(root, "a/") == f"{root}a/" else ""


@lru_cache(maxsize=8)
def _path_of(address: str) -> str:
    return urlsplit(address).path
