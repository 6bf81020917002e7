"""Looking at a folder until something in it changes, so that a check can be made anew.

In: folders and files to look at. Out: a turn each time one of them is written, added or taken away. Looks
at names, sizes and times twice a second: it needs no package, and works on network folders too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

INTERVAL: Final = 0.5
"""Seconds between two looks."""
Snapshot = frozenset[tuple[str, int, int]]
"""Every file with its size and the time of its last change."""


def snapshot(paths: Sequence[Path]) -> Snapshot:
    """Look at files, and at all that lies in folders; links are not followed."""
    return frozenset(found for path in paths for found in _files(path))


def _files(path: Path) -> Iterator[tuple[str, int, int]]:
    try:
        if path.is_dir() and not path.is_symlink():
            with os.scandir(path) as items:
                for item in items:
                    yield from _files(Path(item.path))
            return
        status = path.stat(follow_symlinks=False)
    except OSError:  # it went away between two looks
        return
    yield str(path), status.st_size, status.st_mtime_ns


def changes(paths: Sequence[Path], wait: Callable[[float], None] = time.sleep) -> Iterator[None]:
    """Give a turn at once, and then one after each change.

    Args:
        paths: files and folders.
        wait: waits so many seconds.
    """
    seen = snapshot(paths)
    yield
    while True:
        wait(INTERVAL)
        found = snapshot(paths)
        if found != seen:
            seen = found
            yield
