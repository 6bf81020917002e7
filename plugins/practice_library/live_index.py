"""The search index while pages are previewed: the last one stands until the next is made, beside the reader.

In: what makes the index of a build. Out: the files that a preview begins with, at once; those of its own
library follow a moment after its pages, since nobody searches before they look. Called by the adapter.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

from .search_index import INDEX

Make = Callable[[], Mapping[str, bytes]]


class LiveIndex:
    """The index of one preview after another."""

    def __init__(self) -> None:
        self._files: Mapping[str, bytes] = {}
        self._wanted: Make | None = None
        self._turn = 0
        self._worker: threading.Thread | None = None

    def ask(self, make: Make) -> Make:
        """Take what makes an index, and give what gives the files to begin with.

        Args:
            make: makes the index of the library that is now previewed.
        """
        self._turn += 1
        if not self._files:
            return lambda: self._made(make)
        self._wanted = make
        return lambda: self._files

    def follow(self, folder: Path) -> None:
        """Begin to make the index that was asked for, and put it where the preview is.

        Args:
            folder: the folder of the index in the previewed site.
        """
        make, self._wanted = self._wanted, None
        if make is not None:
            self._worker = threading.Thread(
                target=self._replace, args=(make, folder, self._turn), daemon=True
            )
            self._worker.start()

    def wait(self) -> None:
        """Wait until what was begun is done."""
        if self._worker is not None:
            self._worker.join()

    def _made(self, make: Make) -> Mapping[str, bytes]:
        self._files = make()
        return self._files

    def _replace(self, make: Make, folder: Path, turn: int) -> None:
        """Put new files beside the old ones, and last what names them; not if another preview has begun."""
        files = make()
        if turn != self._turn:
            return
        self._files = files
        with suppress(OSError):
            for name in files.keys() - {INDEX}:
                if not (folder / name).exists():
                    (folder / name).write_bytes(files[name])
            new = folder / f"{INDEX}.new"
            new.write_bytes(files[INDEX])
            new.replace(folder / INDEX)
