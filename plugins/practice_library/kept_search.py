"""What the search index is made of, kept from build to build by the digest of what it was made from.

In: runs of neighbouring documents, and files before they are compressed. Out: what is known of the words
of each run, the files that tell of all words, and compressed files, each made only where an earlier build has
not made it of the same. Documents come from the admitted library alone, and only what the last index is made
of is kept. Called by `search_index`.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from . import kept_files
from .documents import Document
from .postings import analyse
from .shards import Segment, segment_of


class WordFiles(NamedTuple):
    """The files that tell of words: compressed, or the key by which each is kept."""

    shards: list[tuple[str, bytes]]
    """The first stem of each shard, and the file."""
    dictionary: bytes
    synonyms: list[list[Any]]
    """Names for one thing, and which of them can be found."""


Pack = Callable[[bytes], bytes]
"""Compresses a file, and gives the key by which it is kept."""
_LENGTHS: Final = b"lengths"
"""The key of the lengths of texts, by the digests of their documents."""


class KeptSearch:
    """What one index is made of."""

    def __init__(self, path: Path | None = None, state: str = "") -> None:
        """Take the file it is kept in, if any, and the state of the code that makes it."""
        self._path = path
        self._state = state
        self._before: dict[bytes, bytes] | None = None
        self._now: dict[bytes, bytes] = {}
        self._lengths: dict[bytes, int] = {}

    def word_files(
        self,
        runs: Iterable[Sequence[Document]],
        beside: str,
        make: Callable[[Iterable[Segment], Pack], WordFiles],
    ) -> WordFiles:
        """Give the files that tell of words, compressed; where nothing changed, none is made.

        Args:
            runs: the documents, in runs of neighbours.
            beside: what the files hang on beside the words of documents.
            make: packs the files, from what is known of the words of each run, and gives their keys.
        """
        parts = [(_key_of(documents), documents) for documents in runs]
        keys = [key for key, _ in parts]
        whole = hashlib.sha256(b"".join([*keys, beside.encode()])).digest()
        told = self._as_before(whole, keys)
        if told is None:
            told = make((self._segment(key, documents) for key, documents in parts), self._pack)
            self._now[whole] = zlib.compress(kept_files.written(tuple(told)), 1)
        shards = [(first, self._now[key]) for first, key in told.shards]
        return WordFiles(shards, self._now[told.dictionary], told.synonyms)

    def _as_before(self, whole: bytes, keys: Sequence[bytes]) -> WordFiles | None:
        """Give the keys of the files of an earlier build that are made of the same, and keep all of it."""
        known = self._known()
        found = _unpacked(known.get(whole, b""))
        if not (isinstance(found, tuple) and len(found) == len(WordFiles._fields)):
            return None
        told = WordFiles(*found)
        needed = {whole, *keys, *(key for _, key in told.shards), told.dictionary}
        if not needed <= known.keys():
            return None
        self._now |= {key: known[key] for key in needed}
        return told

    def _segment(self, key: bytes, documents: Sequence[Document]) -> Segment:
        """Give what is known of the words of neighbouring documents."""
        data = self._known().get(key, b"")
        found = _unpacked(data)
        if not (isinstance(found, tuple) and len(found) == len(Segment._fields)):
            found = tuple(segment_of(map(analyse, documents)))
            data = zlib.compress(kept_files.written(found), 1)
        self._now[key] = data
        return Segment(*found)

    def length_of(self, document: Document) -> int:
        """Give the length of a document's text, which is not made for it where it is known."""
        known = self._lengths_before.get(document.digest)
        length = self._lengths[document.digest] = len(document.text) if known is None else known
        return length

    def packed(self, data: bytes) -> bytes:
        """Compress a file."""
        return self._now[self._pack(data)]

    def packed_of(self, told: str, make: Callable[[], bytes]) -> bytes:
        """Compress a file, which is not made where one is known that was made of the same.

        Args:
            told: all that it is made of.
            make: makes it.
        """
        return self._now[self._packed(told.encode(errors="surrogatepass"), make)]

    def _pack(self, data: bytes) -> bytes:
        """Compress a file, and give its key."""
        return self._packed(data, lambda: data)

    def _packed(self, told: bytes, make: Callable[[], bytes]) -> bytes:
        key = hashlib.sha256(told).digest()
        found = self._known().get(key)
        self._now[key] = zlib.compress(make(), 9) if found is None else found
        return key

    def keep(self) -> None:
        """Keep what was asked for, and nothing else; never raises."""
        if self._path is None or self._now.keys() | {_LENGTHS} == self._known().keys():
            return
        lengths = zlib.compress(kept_files.written(dict(sorted(self._lengths.items()))), 1)
        with suppress(OSError):
            kept_files.save(self._path, self._state, dict(sorted({**self._now, _LENGTHS: lengths}.items())))

    @cached_property
    def _lengths_before(self) -> dict[bytes, int]:
        found = _unpacked(self._known().get(_LENGTHS, b""))
        return found if isinstance(found, dict) else {}

    def _known(self) -> dict[bytes, bytes]:
        if self._before is None:
            found = kept_files.load(self._path, self._state) if self._path else None
            self._before = _plain(found) if isinstance(found, dict) else {}
        return self._before


def _key_of(documents: Sequence[Document]) -> bytes:
    return hashlib.sha256(b"".join(document.digest for document in documents)).digest()


def _plain(found: dict[Any, Any]) -> dict[bytes, bytes]:
    """Leave of what was kept what is as it should be."""
    return {key: data for key, data in found.items() if isinstance(key, bytes) and isinstance(data, bytes)}


def _unpacked(data: bytes) -> Any | None:  # noqa: ANN401 - whatever was kept
    try:
        return kept_files.made(zlib.decompress(data)) if data else None
    except zlib.error:
        return None
