"""Which documents have a stem, and what it says of each: postings, in shards that are fetched one by one.

In: the words of documents. Out: shards of postings, in the order of stems. Documents are numbered in their
order and fall into segments, each of which is written by itself, and hangs on nothing but its documents: it
may be kept from one build to the next. Called by `search_index` and `kept_search`.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from .documents import Document
from .postings import STEPS, Analysis, Spelling

_MOST_IN_SEGMENT: Final = 256
_SEGMENT: Final = 96
"""After about as many documents a segment ends; where, follows from their names, so that one more note
changes only the segment it comes into."""
_SHARD_SIZE: Final = {True: 5_000, False: 24_000}
"""Bytes of a shard, uncompressed, after which it ends: in a large library, and in another."""
_MORE: Final = 0x80
"""Set in every byte of a number but its last."""

Shard = list[tuple[str, int, bytearray]]
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


Written = Mapping[Spelling, int]
"""In how many documents a stem is written in each way that is not the stem itself."""


class Segment(NamedTuple):
    """What is known of the words of some neighbouring documents; made of nothing but tables and texts."""

    postings: Mapping[str, bytes]
    """For every stem which of them have it: their number, their places, the impacts there."""
    written: Written
    named: Mapping[str, str]
    """The words of names as written, and the stem of each."""


class Words(NamedTuple):
    """What is known of the words of all documents."""

    postings: Mapping[str, tuple[int, bytearray]]
    """For every stem how many documents have it, and which, segment by segment."""
    written: Written
    named: Mapping[str, str]


def segment_of(analyses: Iterable[Analysis]) -> Segment:
    """Write what is known of the words of neighbouring documents."""
    table: defaultdict[str, bytearray] = defaultdict(bytearray)
    spellings: Counter[Spelling] = Counter()
    named: dict[str, str] = {}
    for place, analysis in enumerate(analyses):
        named |= analysis.named
        spellings.update(analysis.spellings)
        pairs = [bytes((place, impact)) for impact in range(STEPS + 1)]
        for root, impact in analysis.impacts.items():
            known = table[root]
            known += pairs[impact]
    postings = {root: _varint(len(data) // 2) + data[::2] + data[1::2] for root, data in table.items()}
    return Segment(postings, dict(spellings), named)


@dataclass(slots=True)
class _Posting:
    """The postings of a stem, as they grow."""

    count: int
    """In how many documents it is."""
    last: int
    """The last segment that has it."""
    data: bytearray


def merged(segments: Iterable[Segment]) -> Words:
    """Give what is known of the words of all documents; of each segment only its postings stay."""
    table: dict[str, _Posting] = {}
    written: dict[Spelling, int] = {}
    named: dict[str, str] = {}
    for number, segment in enumerate(segments):
        named |= segment.named
        for root, data in segment.postings.items():
            count = (len(data) - 1) // 2  # before places and impacts, their number takes a byte or two
            known = table.get(root)
            if known is None:
                table[root] = _Posting(count, number, bytearray(_varint(number) + data))
                continue
            known.count += count
            known.data += _varint(number - known.last) + data
            known.last = number
        for spelling, times in segment.written.items():
            written[spelling] = written.get(spelling, 0) + times
    return Words({root: (known.count, known.data) for root, known in table.items()}, written, named)


def _varint(number: int) -> bytes:
    """Write a number in as few bytes as it takes, seven bits each, the lowest first."""
    if number < _MORE:
        return _SHORT[number]
    written = bytearray()
    while number >= _MORE:
        written.append(number % _MORE | _MORE)
        number //= _MORE
    written.append(number)
    return bytes(written)


_SHORT: Final = tuple(bytes([number]) for number in range(_MORE))


def shards_of(table: Mapping[str, tuple[int, bytearray]], *, large: bool) -> list[Shard]:
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
    parts: list[bytes | bytearray] = []
    for root, count, data in shard:
        name = root.encode()
        parts += [_varint(len(name)), name, _varint(count), _varint(len(data)), data]
    return b"".join(parts)
