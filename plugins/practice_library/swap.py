"""Whole or nothing: a site is built into a folder beside the published one and takes its place at the end.

In: the folder the site belongs in. Out: the folder to build into, and the swap. Whatever goes wrong
before the swap leaves the published site as it was; what a killed build left behind, the next one removes.
Where the system can exchange two folders in one step, no moment is without a site.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import IO, Final

from .sharing import Aside, Share, later, one_by_one
from .walking import files_below

MANIFEST: Final = ".practice-library"
"""A file in every site of ours that names its edition and lists all other files: only what it lists is
ever replaced, and only by the same edition."""
_EDITION: Final = "edition: "
_PUBLIC: Final = "public"
_NEW: Final = ".new"
_OLD: Final = ".old"
_LOCK: Final = ".lock"
_LARGE: Final = 30_000
"""From how many bytes of its list on a site is looked through while other things are done."""
_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2
Retire = Callable[[Path, Path, Sequence[str]], bool]
"""Takes the folders of the old site and of the new one, and the files of that; tells whether it took the old
one away."""


class SwapError(Exception):
    """Why a site cannot be put in place: the end of a message's key (`swap.<reason>`), and a name."""

    def __init__(self, reason: str, name: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.name = name


class Swap:
    """One build's hold on the place of a site, from before the first file to after the last."""

    def __init__(self, site: Path, edition: str = _PUBLIC) -> None:
        """Take the folder that the site belongs in, and for whom it is; nothing is touched yet."""
        self.site = site
        self._edition = edition
        self.staging = site.with_name(f".{site.name}{_NEW}")
        self._old = site.with_name(f".{site.name}{_OLD}")
        self._lock: IO[str] | None = None
        self._fault: Callable[[], SwapError | None] = _none

    def prepare(self, aside: Aside = later) -> Path:
        """Take the lock, clear away what earlier builds left, and give the folder to build into.

        Args:
            aside: begins to look through a large site, of which `confirm` then tells.

        Raises:
            SwapError: another build is under way, or the site's folder is not this edition's to replace.
            OSError: a folder cannot be written.
        """
        if self.site.is_symlink():
            raise SwapError("link")
        self.site.parent.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(self.site.with_name(f".{self.site.name}{_LOCK}"))
        try:
            self._recover()
            begin = aside if _is_large(self.site) else later
            self._fault = begin(partial(_fault_of, self.site, self._edition))
            if begin is later:
                self.confirm()
            remove(self.staging)
            self.staging.mkdir()
        except BaseException:
            self.release()
            raise
        return self.staging

    def confirm(self) -> None:
        """Make sure that the site's folder is this edition's to replace.

        Raises:
            SwapError: it is not.
            OSError: it cannot be read.
        """
        fault = self._fault()
        self._fault = _none
        if fault:
            raise fault

    def commit(
        self, share: Share = one_by_one, retire: Retire | None = None, names: Iterable[str] | None = None
    ) -> None:
        """Put the new site in the place of the old one, and let go.

        Args:
            share: how the removal of the old site is shared out.
            retire: may keep the old site, where that was exchanged for the new one.
            names: the files of the new site in a stable order, where somebody has just looked through it.

        Raises:
            OSError: a folder could not be renamed; the old site is in its place.
        """
        listed = _write_manifest(self.staging, self._edition, names)
        if not self.site.exists():
            self.staging.rename(self.site)
        elif exchange(self.staging, self.site):
            if not (retire and retire(self.staging, self.site, listed)):
                _remove_later(self.staging, share)
        else:
            self._replace(share)
        self.release()

    def discard(self) -> None:
        """Remove what a failed build left, and let go; never raises."""
        if self._lock is not None:
            shutil.rmtree(self.staging, ignore_errors=True)
            self.release()

    def release(self) -> None:
        """Let the next build begin."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _replace(self, share: Share) -> None:
        """Swap in two steps, for systems that know no exchange."""
        self.site.rename(self._old)
        try:
            self.staging.rename(self.site)
        except BaseException:
            self._old.rename(self.site)
            raise
        _remove_later(self._old, share)

    def _recover(self) -> None:
        """Put the old site back where a build was killed between the two steps."""
        if self._old.is_dir() and not self.site.exists():
            self._old.rename(self.site)
        remove(self._old)


def remove(folder: Path) -> None:
    """Remove a folder of ours, if it is there; a link in its place, and not what that leads to.

    Raises:
        OSError: something in it could not be removed.
    """
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _remove_later(folder: Path, share: Share) -> None:
    """Remove the old site; what cannot be removed now, the next build clears away."""
    with suppress(OSError):
        inner = [inner for outer in _folders_in(folder) for inner in _folders_in(outer)]
        share(partial(shutil.rmtree, ignore_errors=True), inner)
        remove(folder)


def _folders_in(folder: Path) -> list[Path]:
    return [Path(item.path) for item in os.scandir(folder) if item.is_dir(follow_symlinks=False)]


def _write_manifest(staging: Path, edition: str, found: Iterable[str] | None) -> list[str]:
    """Name the edition, and list what the site is made of, inside it; give the files there are now."""
    names = [name for name in (files_below(staging) if found is None else found) if name != MANIFEST]
    listed = "".join(f"{name}\n" for name in names)
    (staging / MANIFEST).write_text(f"{_EDITION}{edition}\n{listed}", encoding="utf-8", newline="\n")
    return [*names, MANIFEST]


def _read_manifest(site: Path) -> tuple[str, set[str]]:
    """Give the edition of a site and the files it lists; one that names no edition is the public one."""
    manifest = site / MANIFEST
    lines = manifest.read_text(encoding="utf-8").splitlines() if manifest.is_file() else []
    named = bool(lines) and lines[0].startswith(_EDITION)
    edition = lines[0].removeprefix(_EDITION) if named else _PUBLIC
    return edition, set(lines[1:] if named else lines)


def _is_large(site: Path) -> bool:
    try:
        return (site / MANIFEST).stat().st_size > _LARGE
    except OSError:
        return False


def _fault_of(site: Path, edition: str) -> SwapError | None:
    """Tell why a folder is not this edition's to replace: it is no folder, or holds something else."""
    if not site.exists():
        return None
    if not site.is_dir():
        return SwapError("file")
    there, listed = _read_manifest(site)
    found = [name for name in files_below(site) if name != MANIFEST]
    foreign = next((name for name in found if name not in listed), "")
    if foreign:
        return SwapError("foreign", foreign)
    return SwapError("edition", there) if found and there != edition else None


def _none() -> None:
    """Find no fault."""


def _locked(path: Path) -> IO[str]:
    """Hold a file's lock, which the system lets go of when this process ends, however it ends.

    Raises:
        SwapError: another process holds it.
    """
    stream = path.open("a", encoding="utf-8")
    try:
        _lock(stream)
    except OSError:
        stream.close()
        raise SwapError("busy") from None
    if sys.platform != "win32":
        # A child that outlives this process would go on holding the lock.
        os.register_at_fork(after_in_child=stream.close)
    return stream


if sys.platform == "win32":
    import msvcrt

    def _lock(stream: IO[str]) -> None:
        msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(stream: IO[str]) -> None:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step: renameat2 on Linux, renamex_np on macOS.

    Returns:
        Whether it was done; False where the system or its disk cannot.
    """
    names = os.fsencode(one), os.fsencode(other)
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "linux":
            return bool(library.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0)
        if sys.platform == "darwin":
            return bool(library.renamex_np(names[0], names[1], _EXCHANGE) == 0)
    return False
