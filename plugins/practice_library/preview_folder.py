"""The folder of a preview, in which pages stay that are as they were: MkDocs empties it before every preview.

In: the folder, and which pages lie in it. Out: the same pages, in their place again after MkDocs has emptied
the folder; whatever else lay among them is gone. Called by the adapter.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from .walking import files_below

_ASIDE: Final = ".aside"
"""Where pages lie meanwhile: MkDocs leaves hidden files alone."""
_NOTHING: Final[Mapping[str, str]] = MappingProxyType({})


class PreviewFolder:
    """The pages that the last preview left."""

    def __init__(self) -> None:
        self.pages: Mapping[str, str] = _NOTHING
        """The digest of every page that lies in the folder, by its name from there."""

    def put_aside(self, folder: Path) -> None:
        """Put pages where MkDocs does not remove them; where that cannot be done, they are made anew."""
        if not self.pages:
            return
        try:
            (folder / _ASIDE).mkdir()
            for name in self._folders():
                (folder / name).rename(folder / _ASIDE / name)
        except OSError:
            self._forget(folder)

    def put_back(self, folder: Path, wanted: Collection[str]) -> None:
        """Put pages where they were: those that are still wanted, and nothing that lay among them."""
        if not self.pages:
            return
        folders = self._folders()
        self.pages = {name: digest for name, digest in self.pages.items() if name in wanted}
        try:
            for name in folders:
                (folder / _ASIDE / name).rename(folder / name)
                for file in files_below(folder / name):
                    if f"{name}/{file}" not in self.pages:
                        (folder / name / file).unlink()
        except OSError:
            for name in folders:
                shutil.rmtree(folder / name, ignore_errors=True)
            self._forget(folder)
        shutil.rmtree(folder / _ASIDE, ignore_errors=True)

    def remember(self, pages: Mapping[str, str]) -> None:
        """Take note of the pages that lie there now; one at the top is made anew each time."""
        self.pages = {name: digest for name, digest in pages.items() if "/" in name}

    def _folders(self) -> list[str]:
        return sorted({name.partition("/")[0] for name in self.pages})

    def _forget(self, folder: Path) -> None:
        self.pages = _NOTHING
        shutil.rmtree(folder / _ASIDE, ignore_errors=True)
