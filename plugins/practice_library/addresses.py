"""Where everything lives on the site: from the name of an entry or a term to its page.

In: a `Ref`. Out: the page's source path (`practices/check-in-round.md`), its URL, and the way from one
page to another. Addresses are permanent: they follow from ids and from nothing else.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from .library import Ref
from .links import TERM_KINDS
from .model import Kind

HOME: Final = "index.md"
FIND: Final = "find/index.md"
MAP: Final = "map/index.md"
INDEXES: Final = (
    "spaces",
    "practices",
    "outputs",
    "principles",
    "approaches",
    "roles",
    "questions",
    "types",
    "initiatives",
)
"""Folders of the site with an index page and a page for each of their own."""


def source_of(ref: Ref) -> str:
    """Give the source path of a page, from the root of the docs.

    Raises:
        KeyError: nothing of this kind has a page.
    """
    if ref.kind == Kind.SPACE:
        return f"spaces/{ref.id}/index.md"
    if ref.kind == Kind.HARVEST:
        return f"spaces/{ref.id}.md"
    if ref.kind in _FOLDERS:
        return f"{_FOLDERS[ref.kind]}/{ref.id}.md"
    return f"{TERM_KINDS[ref.kind]}/{ref.id}.md"


_FOLDERS: Final = {
    Kind.PRACTICE: "practices",
    Kind.OUTPUT: "outputs",
    "initiative": "initiatives",
}


def index_of(folder: str) -> str:
    """Give the source path of a folder's index page."""
    return f"{folder}/index.md"


def url_of(source: str, *, directory_urls: bool = True) -> str:
    """Give the URL of a page from the site's root, without a leading slash; empty for the home page."""
    stem = source.removesuffix(".md")
    folder, _, name = stem.rpartition("/")
    if name == "index":
        if directory_urls:
            return f"{folder}/" if folder else ""
        return f"{stem}.html"
    return f"{stem}/" if directory_urls else f"{stem}.html"


def file_name(source: str, *, directory_urls: bool = True) -> str:
    """Give the file of a page, from the site's root."""
    url = url_of(source, directory_urls=directory_urls)
    return f"{url}index.html" if not url or url.endswith("/") else url


def relative_url(target: str, page: str, *, directory_urls: bool = True) -> str:
    """Give the way from one page's URL to another's, as HTML wants it.

    Args:
        target: the source path of the page to go to.
        page: the source path of the page to start from.
        directory_urls: whether pages are folders (`practices/x/`) or files (`practices/x.html`).
    """
    there = _place(target, directory_urls)
    here = _place(page, directory_urls)
    if there.steps[0] != here.steps[0]:
        return here.up + there.url or "./"
    shared, most = 0, min(len(there.steps), len(here.steps)) - 1
    while shared < most and there.steps[shared] == here.steps[shared]:
        shared += 1
    return "../" * (len(here.steps) - 1 - shared) + "/".join(there.steps[shared:]) or "./"


class _Place(NamedTuple):
    """Where a page stands."""

    url: str
    steps: tuple[str, ...]
    """The folders of its URL, and what stands in the last."""
    up: str
    """The way to the site's root."""


@lru_cache(maxsize=50_000)
def _place(source: str, directory_urls: bool) -> _Place:  # noqa: FBT001 - as a key of what is kept
    """Tell where a page stands."""
    url = url_of(source, directory_urls=directory_urls)
    return _Place(url=url, steps=tuple(url.split("/")), up="../" * url.count("/"))
