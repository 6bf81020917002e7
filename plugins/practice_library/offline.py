"""What a reader's device may keep of a site, so that the library works in a hall without a network.

In: the folder of a finished site. Out: the script at its root that makes the browser keep pages, with the
list of what belongs to this build. Whatever is not in the build any more, the browser throws out when it
sees that list change. Called by `plugin`, for public sites only: nothing of a members' edition is kept.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

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


def worker(site: Path) -> str:
    """Write the script for a finished site.

    Raises:
        OSError: the site cannot be read.
    """
    digests, needs = _read(site)
    first = _with_needs(FIRST, needs)
    all_files = _with_needs(_searched(needs), needs)
    rest = sorted(set(all_files) - set(first)) if _is_small(site, all_files) else []
    build = {
        "version": _digest(f"{name} {digest}\n".encode() for name, digest in digests.items()),
        "first": {_address(name): digests[name] for name in first},
        "rest": {_address(name): digests[name] for name in rest},
    }
    return plain_template("sw.js.jinja").render(build=build)


def _read(site: Path) -> tuple[dict[str, str], dict[str, list[str]]]:
    """Give for every file of a site its digest, and the files of the site that it needs."""
    digests: dict[str, str] = {}
    named: dict[str, list[str]] = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not name.startswith(".") and name != NAME:
            data = path.read_bytes()
            digests[name] = _digest([data])
            named[name] = list(_named(name, data))
    return digests, {name: [other for other in found if other in digests] for name, found in named.items()}


def _named(name: str, data: bytes) -> Iterator[str]:
    """Give the files that one names, as paths from the root of the site."""
    pattern = _NEEDS.get(posixpath.splitext(name)[1])
    for found in pattern.findall(data) if pattern else ():
        there = posixpath.normpath(posixpath.join(posixpath.dirname(name), found.decode()))
        if not there.endswith(".html"):
            yield there


def _with_needs(names: Iterable[str], needs: dict[str, list[str]]) -> list[str]:
    """Give files with all that they need, however far away."""
    known: dict[str, None] = {}
    ahead = [name for name in names if name in needs]
    while ahead:
        name = ahead.pop()
        if name not in known:
            known[name] = None
            ahead += needs[name]
    return sorted(known)


def _searched(names: Iterable[str]) -> list[str]:
    """Give the pages of a site and the files of its search."""
    return [name for name in names if name.endswith(".html") or name.startswith(_INDEX)]


def _is_small(site: Path, names: list[str]) -> bool:
    sizes = {name: (site / name).stat().st_size for name in names}
    index = sum(size for name, size in sizes.items() if name.startswith(_INDEX))
    return index <= SMALL and sum(sizes.values()) <= MOST


def _address(name: str) -> str:
    """Give a file's address from the root, as pages are called up: without the file's name in a folder."""
    return re.sub(r"(^|/)index\.html$", r"\1", name)


def _digest(parts: Iterable[bytes]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()[:_LENGTH]
