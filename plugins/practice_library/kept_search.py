"""What the search index is made of, kept from build to build by the digest of what it was made from.

In: neighbouring documents, and files before they are compressed. Out: what is known of their words, and the
compressed files, made anew only where an earlier build has not made them. Documents come from the admitted
library alone, and only what the last index is made of is kept. Called by `search_index`.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from . import kept_files
from .documents import Document
from .postings import analyse
from .shards import Segment, segment_of


class KeptSearch:
    """What one index is made of."""

    def __init__(self, path: Path | None = None, state: str = "") -> None:
        """Take the file it is kept in, if any, and the state of the code that makes it."""
        self._path = path
        self._state = state
        self._before: dict[bytes, bytes] | None = None
        self._now: dict[bytes, bytes] = {}

    def segment(self, documents: Sequence[Document]) -> Segment:
        """Give what is known of the words of neighbouring documents."""
        told = repr([(d.language, d.title, d.aliases, d.summary, d.terms, d.text) for d in documents])
        key = hashlib.sha256(told.encode(errors="surrogatepass")).digest()
        data = self._known().get(key, b"")
        found = _unpacked(data)
        if not (isinstance(found, tuple) and len(found) == len(Segment._fields)):
            found = tuple(segment_of(map(analyse, documents)))
            data = zlib.compress(kept_files.written(found), 1)
        self._now[key] = data
        return Segment(*found)

    def packed(self, data: bytes) -> bytes:
        """Compress a file."""
        key = hashlib.sha256(data).digest()
        found = self._known().get(key)
        if found is None:
            found = zlib.compress(data, 9)
        self._now[key] = found
        return found

    def keep(self) -> None:
        """Keep what was asked for, and nothing else; never raises."""
        if self._path is None or self._now.keys() == self._known().keys():
            return
        with suppress(OSError):
            kept_files.save(self._path, self._state, dict(sorted(self._now.items())))

    def _known(self) -> dict[bytes, bytes]:
        if self._before is None:
            found = kept_files.load(self._path, self._state) if self._path else None
            self._before = _plain(found) if isinstance(found, dict) else {}
        return self._before


def _plain(found: dict[Any, Any]) -> dict[bytes, bytes]:
    """Leave of what was kept what is as it should be."""
    return {key: data for key, data in found.items() if isinstance(key, bytes) and isinstance(data, bytes)}


def _unpacked(data: bytes) -> Any | None:  # noqa: ANN401 - whatever was kept
    try:
        return kept_files.made(zlib.decompress(data)) if data else None
    except zlib.error:
        return None
