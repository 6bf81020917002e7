"""A second tree of a large site: the next site is made of it by what changed, and not file by file.

In: what lies in a new site's folder, and pages of the cache. Out: the whole new site in that folder; and the
old site, made like the new one, for the next time. A tree holds nothing but second names of files of the site
and of the cache, and is never trusted: what is in it and not the very file that belongs there is taken out.
Called by `plugin` and `publishing`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from . import swap
from .sharing import Share
from .walking import all_below, files_below

NAME: Final = "spare"
"""What it is called in the cache's folder of an edition."""
LEAST: Final = 1_000
"""With fewer files a site is quickly made."""


class Spare:
    """The tree of one edition, which lies in the folder of its cache."""

    def __init__(self, folder: Path, share: Share) -> None:
        """Take the place of the tree, and how work on many files is shared out; nothing is touched yet."""
        self._folder = folder
        self._share = share

    def fill(self, staging: Path, pages: Mapping[str, str]) -> bool:
        """Put pages into a new site's folder, if there is a tree to make it of.

        Args:
            staging: the folder, with all that is not a page.
            pages: the path of each page's file, by its name in the site.

        Returns:
            Whether that was done; if not, the folder is as it was.
        """
        if not os.path.lexists(self._folder):
            return False
        try:
            if self._folder.is_symlink():
                return False
            others = {name: f"{staging}/{name}" for name in files_below(staging)}
            align(self._folder, {**pages, **others}, self._share)
            return swap.exchange(self._folder, staging)
        except OSError:
            return False
        finally:
            self.drop()

    def drop(self) -> None:
        """Remove the tree, if there is one."""
        with suppress(OSError):
            swap.remove(self._folder)
        shutil.rmtree(self._folder, ignore_errors=True)  # as much of it as can be

    def retire(self, old: Path, site: Path, names: Sequence[str]) -> bool:
        """Keep an old site, made like the one that took its place.

        Args:
            old: where it lies.
            site: the published one.
            names: all files of that.

        Returns:
            Whether it was kept; if not, it lies where it was, in whatever state.
        """
        try:
            if len(names) < LEAST or not _together(old, self._folder.parent):
                return False
            align(old, {name: f"{site}/{name}" for name in names}, self._share)
            swap.remove(self._folder)
            old.rename(self._folder)
        except OSError:
            return False
        return True


def align(folder: Path, wanted: Mapping[str, str], share: Share) -> None:
    """Make a folder hold certain files and nothing else, each the very file itself under a second name.

    Args:
        folder: the folder.
        wanted: the path of each file, by its name in the folder.
        share: how that is shared out.

    Raises:
        OSError: something could not be removed, or a file not be given a second name.
    """
    names, folders = all_below(folder)
    there = {name: _identity(f"{folder}/{name}") for name in names}
    right = {name for name, path in wanted.items() if name in there and there[name] == _identity(path)}
    share(partial(_unlink, folder), sorted(there.keys() - right))
    lasting = _folders_of(wanted)
    for name in folders:
        if name not in lasting:
            shutil.rmtree(folder / name, ignore_errors=True)
    share(partial(_link, folder), [(name, path) for name, path in wanted.items() if name not in right])


Identity = tuple[int, int]
"""What two names of one file, and of no other, have in common."""


def _identity(path: str) -> Identity:
    found = os.lstat(path)
    return found.st_dev, found.st_ino


def _unlink(folder: Path, name: str) -> None:
    os.unlink(f"{folder}/{name}")  # noqa: PTH108 - thousands of them


def _link(folder: Path, pair: tuple[str, str]) -> None:
    name, path = pair
    try:
        os.link(path, f"{folder}/{name}")
    except FileNotFoundError:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        os.link(path, f"{folder}/{name}")


def _folders_of(names: Mapping[str, str]) -> set[str]:
    """Give the folders that files lie in, at any depth, each with a slash behind it."""
    found: set[str] = set()
    for name in names:
        inside = name[: name.rfind("/") + 1]
        while inside and inside not in found:
            found.add(inside)
            inside = inside[: inside.rfind("/", 0, -1) + 1]
    return found


def _together(one: Path, other: Path) -> bool:
    """Whether two folders are on one disk, where a file can have names in both."""
    other.mkdir(parents=True, exist_ok=True)
    return one.stat().st_dev == other.stat().st_dev
