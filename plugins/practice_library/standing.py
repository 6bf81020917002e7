"""Where a page stands in the navigation, and the parts of the frame that all pages of a folder share.

In: the navigation of a build, then one page after another. Out: what a page has to do with an item, and parts
of its frame, rendered for the first page of a folder and taken over for the others. Made by `plugin` for each
build; called by the templates of the theme.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

Key = tuple[str, ...]

ITSELF: Final = "page"
WITHIN: Final = "true"
"""What `aria-current` says of a link to the page, and of one to what it lies in."""


class Standing:
    """The navigation, as pages stand in it."""

    def __init__(self, items: Iterable[Any]) -> None:
        """Take MkDocs' items of the navigation, with those below them."""
        self._items = list(_all(items))
        self._roots = [(item, _root(target_of(item))) for item in self._items]
        self._kept: dict[Key, str] = {}
        self._last: tuple[Any, Key | None] = (None, None)

    def at(self, item: Any, page: Any) -> str:  # noqa: ANN401 - MkDocs' items have no common kind
        """Tell whether a page is what an item leads to, or lies under it; empty where it is neither.

        Pages made from the library are not in the navigation themselves: they are told by their address.
        """
        return self._at(item, _root(target_of(item)), page, page.url) if page else ""

    def once(self, name: str, page: Any, caller: Callable[[], str]) -> str:  # noqa: ANN401
        """Give a part of the frame: as it was rendered for another page that must have the same, or anew.

        Args:
            name: the part, and on what it hangs besides the page's folder and place.
            page: MkDocs' page; none where there is none.
            caller: renders the part.
        """
        if not page:
            return caller()
        if self._last[0] is not page:
            self._last = (page, self._shared(page))
        shared = self._last[1]
        if shared is None:
            return caller()
        key = (name, *shared)
        if key not in self._kept:
            self._kept[key] = caller()
        return self._kept[key]

    def _shared(self, page: Any) -> Key | None:  # noqa: ANN401
        """Name all that the frame of a page hangs on; none where the page has one of its own."""
        url = page.url
        if any(root.startswith(url) for _, root in self._roots):
            return None
        marks = (self._at(item, root, page, url) for item, root in self._roots)
        return (posixpath.dirname(url.rstrip("/")), str(url.count("/")), *marks)

    @staticmethod
    def _at(item: Any, root: str, page: Any, url: str) -> str:  # noqa: ANN401
        if target_of(item) is page:
            return ITSELF
        if item.active or (root and url.startswith(root) and not page.ancestors):
            return WITHIN
        return ""


def target_of(item: Any) -> Any:  # noqa: ANN401
    """Give what an item leads to: a section has no page of its own, so its first."""
    return item.children[0] if item.children else item


def _all(items: Iterable[Any]) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _all(item.children or ())


def _root(target: Any) -> str:  # noqa: ANN401
    """Give the address below which pages lie under an item."""
    return (getattr(target, "url", "") or "").replace("index.html", "")
