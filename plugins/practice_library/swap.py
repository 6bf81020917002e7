"""Whole or nothing: a site is built into a folder beside the published one and takes its place at the end.

In: the folder the site belongs in. Out: the folder to build into, and the swap. Whatever goes wrong
before the swap leaves the published site as it was; what a killed build left behind, the next one removes.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

MARK: Final = ".practice-library"
"""A file in every site of ours: only a folder that has it, or is empty, is ever replaced."""
_NEW: Final = ".new"
_OLD: Final = ".old"


class SwapError(Exception):
    """Why a site cannot be put in place; its text says what to do."""


def staging_of(site: Path) -> Path:
    """Give the folder beside a site into which the next one is built."""
    return site.with_name(f".{site.name}{_NEW}")


def prepare(site: Path) -> Path:
    """Clear away what earlier builds left, and give the folder to build into.

    Raises:
        SwapError: the site's folder is a link, or holds something that is not ours.
    """
    check_place(site)
    _recover(site)
    staging = staging_of(site)
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    return staging


def check_place(site: Path) -> None:
    """Make sure that a folder may be replaced.

    Raises:
        SwapError: it is a link, or holds something that is not ours.
    """
    if site.is_symlink():
        raise SwapError("link")
    if site.exists() and not site.is_dir():
        raise SwapError("file")
    if site.is_dir() and any(site.iterdir()) and not _is_ours(site):
        raise SwapError("foreign")


def _is_ours(site: Path) -> bool:
    """Whether a folder was made by us, or by MkDocs before us."""
    return (site / MARK).is_file() or (site / "sitemap.xml").is_file()


def _recover(site: Path) -> None:
    """Put the old site back where a build was killed in the middle of the swap."""
    old = site.with_name(f".{site.name}{_OLD}")
    if old.is_dir() and not site.exists():
        old.rename(site)
    shutil.rmtree(old, ignore_errors=True)


def swap_in(site: Path) -> None:
    """Put the new site in the place of the old one.

    Raises:
        OSError: a folder could not be renamed; the old site is back in its place.
    """
    staging = staging_of(site)
    (staging / MARK).write_text("", encoding="utf-8")
    old = site.with_name(f".{site.name}{_OLD}")
    if site.exists():
        site.rename(old)
    try:
        staging.rename(site)
    except OSError:
        if old.exists():
            old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def discard(site: Path) -> None:
    """Remove what a failed build left."""
    shutil.rmtree(staging_of(site), ignore_errors=True)
