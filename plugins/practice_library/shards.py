"""Which documents have a stem, and what it says of each: postings, in shards that are fetched one by one.

In: the words of documents. Out: shards of postings, in the order of stems. Documents are numbered in their
order and fall into segments, each of which is written by itself. Called by `search_index`.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from .documents import Document
from .postings import Analysis

_MOST_IN_SEGMENT: Final = 256
_SEGMENT: Final = 96
"""After about as many documents a segment ends; where, follows from their names, so that one more note
changes only the segment it comes into."""
_SHARD_SIZE: Final = {True: 5_000, False: 24_000}
"""Bytes of a shard, uncompressed, after which it ends: in a large library, and in another."""
_MORE: Final = 0x80
"""Set in every byte of a number but its last."""

Shard = list[tuple[str, int, bytes]]
"""Stems in order, each with the number of its documents and its postings."""


def ends(document: Document, every: int) -> bool:
    """Whether a run of about so many documents ends with this one, which follows from its name."""
    return zlib.crc32(f"{document.ref.kind}:{document.ref.id}".encode()) % every == 0


def segments_of(documents: Iterable[Document]) -> list[int]:
    """Give the lengths of the segments that documents fall into."""
    lengths: list[int] = []
    length = 0
    for document in documents:
        length += 1
        if length == _MOST_IN_SEGMENT or ends(document, _SEGMENT):
            lengths.append(length)
            length = 0
    return [*lengths, length] if length else lengths


def inverted(analyses: Sequence[Analysis], segments: Sequence[int]) -> dict[str, tuple[int, bytes]]:
    """Give for every stem how many documents have it, and which, segment by segment."""
    postings: dict[str, list[bytes]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    last: dict[str, int] = {}
    start = 0
    for number, length in enumerate(segments):
        for root, (places, impacts) in sorted(_segment(analyses[start : start + length]).items()):
            gap = number - last.get(root, 0)
            last[root] = number
            counts[root] += len(places)
            postings[root].append(_varint(gap) + _varint(len(places)) + bytes(places) + bytes(impacts))
        start += length
    return {root: (counts[root], b"".join(chunks)) for root, chunks in postings.items()}


def _segment(analyses: Sequence[Analysis]) -> dict[str, tuple[list[int], list[int]]]:
    """Give the documents of a segment by stem: their places in it and the impacts there."""
    table: dict[str, tuple[list[int], list[int]]] = {}
    for place, analysis in enumerate(analyses):
        for root, impact in analysis.impacts.items():
            if root not in table:
                table[root] = ([], [])
            places, impacts = table[root]
            places.append(place)
            impacts.append(impact)
    return table


def _varint(number: int) -> bytes:
    """Write a number in as few bytes as it takes, seven bits each, the lowest first."""
    written = bytearray()
    while number >= _MORE:
        written.append(number % _MORE | _MORE)
        number //= _MORE
    written.append(number)
    return bytes(written)


def shards_of(table: Mapping[str, tuple[int, bytes]], *, large: bool) -> list[Shard]:
    """Lay the stems out in order, a shard after the other."""
    shards: list[Shard] = []
    most = size = _SHARD_SIZE[large]
    for root in sorted(table):
        count, data = table[root]
        if size >= most:
            shards.append([])
            size = 0
        shards[-1].append((root, count, data))
        size += len(root) + len(data) + 4
    return shards


def packed(shard: Shard) -> bytes:
    """Write a shard: per stem its length and letters, its count, and its postings after their length."""
    parts = []
    for root, count, data in shard:
        name = root.encode()
        parts += [_varint(len(name)), name, _varint(count), _varint(len(data)), data]
    return b"".join(parts)
