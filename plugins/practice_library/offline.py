"""What a reader's device may keep of a site, so that the library works in a hall without a network.

In: the folder of a finished site. Out: the script at its root that makes the browser keep pages, with the
list of what belongs to this build. Whatever is not in the build any more, the browser throws out when it
sees that list change. Called by `plugin`, for public sites only: nothing of a members' edition is kept.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from .cache import digest_of
from .templating import plain_template

NAME: Final = "sw.js"
"""At the root, since it may only keep what lies in its folder and below."""
SMALL: Final = 1_500_000
"""Bytes of a search index up to which all of a site is kept, not just what was read."""
MOST: Final = 30_000_000
"""Bytes of a site up to which all of it is kept."""
FIRST: Final = ("find/index.html", "index.html")
"""Pages kept with the first visit, with all that they need."""
_INDEX: Final = "search/"
_LENGTH: Final = 16
_NEEDS: Final = {
    ".html": re.compile(rb'(?:\bsrc|<link\b[^>]*?\bhref)="([^"#?]+)"'),
    ".js": re.compile(rb'(?:\bfrom|\bimport)\s*\(?\s*"(\.[^"]+)"'),
    ".css": re.compile(rb'\burl\("?([^"():#?]+)"?\)'),
}
"""How files of a kind name others that they need."""


def worker(site: Path, names: Iterable[str], known: Mapping[str, str] | None = None) -> str:
    """Write the script for a finished site.

    Args:
        site: its folder.
        names: the files in it, in a stable order.
        known: what `digest_of` gives for files of the site that need not be read again, by their paths.

    Raises:
        OSError: the site cannot be read.
    """
    found = _Site(site, names, known or {})
    first = found.with_needs(FIRST)
    rest = set(found.with_needs(found.searched())) - set(first) if found.is_small() else ()
    listed = "".join(f"{name} {digest}\n" for name, digest in found.digests.items())
    build = {
        "version": digest_of(listed.encode())[:_LENGTH],
        "first": {_address(name): found.digests[name] for name in first},
        "rest": {_address(name): found.digests[name] for name in sorted(rest)},
    }
    return plain_template("sw.js.jinja").render(build=build)


def put_worker(site: Path, names: Collection[str], known: Mapping[str, str]) -> list[str]:
    """Put the script into a finished site, told of as to `worker`; give the files there are now.

    Raises:
        OSError: the site cannot be read, or the script not be written.
    """
    (site / NAME).write_text(worker(site, names, known), encoding="utf-8", newline="\n")
    return sorted({*names, NAME})


class _Site:
    """The files of a site, of which no more are read than have to be."""

    def __init__(self, folder: Path, names: Iterable[str], known: Mapping[str, str]) -> None:
        self._folder = folder
        self.digests: dict[str, str] = {}
        for name in names:
            if not name.startswith(".") and name != NAME:
                digest = known.get(name) or digest_of((folder / name).read_bytes())
                self.digests[name] = digest[:_LENGTH]

    def searched(self) -> list[str]:
        """Give the pages of the site and the files of its search."""
        return [name for name in self.digests if name.endswith(".html") or name.startswith(_INDEX)]

    def is_small(self) -> bool:
        """Whether all of it may be kept."""
        index = (name for name in self.digests if name.startswith(_INDEX))
        return self._size_of(index) <= SMALL and self._size_of(self.digests) <= MOST

    def _size_of(self, names: Iterable[str]) -> int:
        return sum(os.stat(f"{self._folder}/{name}").st_size for name in names)  # noqa: PTH116 - thousands of them

    def with_needs(self, names: Iterable[str]) -> list[str]:
        """Give files with all that they need, however far away."""
        reached: set[str] = set()
        ahead = [name for name in names if name in self.digests]
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead += self._needs(name)
        return sorted(reached)

    def _needs(self, name: str) -> list[str]:
        if posixpath.splitext(name)[1] not in _NEEDS:
            return []
        data = (self._folder / name).read_bytes()
        return [other for other in _named(name, data) if other in self.digests]


def _named(name: str, data: bytes) -> Iterator[str]:
    """Give the files that one names, as paths from the root of the site."""
    for found in _NEEDS[posixpath.splitext(name)[1]].findall(data):
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), found.decode()))
        if not there.endswith(".html"):
            yield there


def _address(name: str) -> str:
    """Give a file's address from the root, as pages are called up: without the file's name in a folder."""
    return re.sub(r"(^|/)index\.html$", r"\1", name)
