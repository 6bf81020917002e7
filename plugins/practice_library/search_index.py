"""The static files that search works on in the browser, made from the admitted library alone.

In: documents with the words of each. Out: files by name: a list of what there is (`index.json`) and, each
compressed and named by its content, one catalogue (facets, order, neighbours), the postings of words in
shards, a dictionary for slips of the pen, and what results show in blocks. A search fetches only what it
needs. Called by `results`; `theme/assets/pl/search/` reads the files; docs/develop/search.md
tells their format.
"""

from __future__ import annotations

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from .documents import Document
from .facets import FACETS, order_of
from .kept_search import KeptSearch, Pack, WordFiles
from .postings import forget
from .shards import Segment, Words, ends, merged, packed, segments_of, shards_of
from .tokens import STEMMED, STOP, stem, tokens

FOLDER: Final = "search"
INDEX: Final = "index.json"
_LARGE: Final = 1_500
"""From this many documents on, a search fetches what few results show; below, few files hold them all."""
_BLOCK: Final = {True: 3, False: 8}
"""After about as many documents a block ends, in a large library and in another."""
_BLOCK_SIZE: Final = {True: 16_000, False: 32_000}
"""Characters of a block after which it ends."""
_MOST_TEXT: Final = {True: 4_000, False: 20_000}
"""Characters of a document's text that its passages are chosen from."""
_MOST_WORDS: Final = 20_000
"""Words of the dictionary: those that most documents have."""
_MOST_RELATED_FROM: Final = 65_536
STEP: Final = 255


@dataclass(frozen=True, kw_only=True)
class Found:
    """A document with what its result shows."""

    document: Document
    shown: Mapping[str, Any]
    """What a result shows beside title and text, by the short name that the browser knows."""


def search_files(
    found: Sequence[Found],
    labels: Mapping[str, Mapping[str, str]],
    facet_labels: Mapping[str, str],
    synonyms: Iterable[Sequence[str]],
    kept: KeptSearch | None = None,
) -> dict[str, bytes]:
    """Make every file of the index.

    Args:
        found: the documents in their order.
        labels: what each value of each facet is called, in the order in which to show them.
        facet_labels: what each facet is called.
        synonyms: groups of words that stand for one another.
        kept: what an earlier build made.

    Returns:
        Their content by name, below `FOLDER`.
    """
    kept = kept or KeptSearch()
    files = _Files()
    lengths = segments_of(item.document for item in found)
    groups = [list(group) for group in synonyms]
    large = len(found) >= _LARGE
    make = partial(_word_files, synonyms=groups, large=large)
    told = kept.word_files(_runs(found, lengths), repr((groups, large)), make)
    catalogue = {
        "segments": lengths,
        "shards": [[first, files.add(data)] for first, data in told.shards],
        "sizes": [len(data) for _, data in told.shards],
        "blocks": [
            [len(block), files.add(_block(block, kept, large=large))]
            for block in _blocks(found, kept, large=large)
        ],
        "dictionary": files.add(told.dictionary),
        "synonyms": told.synonyms,
        "stop": sorted(STOP),
    }
    facets = _facets(found, labels)
    columns = _columns(found, facets)
    head = _json(catalogue)
    name = files.add(kept.packed(struct.pack("<I", len(head)) + head + columns))
    index = {
        "catalogue": name,
        "total": len(found),
        "bytes": files.total,
        "names": labels["one-of-kind"],
        "languages": sorted({item.document.language for item in found}),
        "facets": [
            {
                "id": facet,
                "label": facet_labels[facet],
                "values": [
                    {"id": value, "label": labels[facet].get(value, value)} for value in facets[facet]
                ],
            }
            for facet in FACETS
            if facets[facet]
        ],
    }
    return {**files.content, INDEX: _json(index)}


def _runs(found: Sequence[Found], lengths: Sequence[int]) -> Iterator[list[Document]]:
    """Part documents into runs of given lengths."""
    items = iter(found)
    for length in lengths:
        yield [item.document for item in islice(items, length)]


def _word_files(
    segments: Iterable[Segment], pack: Pack, *, synonyms: Iterable[Sequence[str]], large: bool
) -> WordFiles:
    """Pack the files that tell of words, and say which synonyms can be found."""
    words = merged(segments)
    forget()
    shards = [(shard[0][0], pack(packed(shard))) for shard in shards_of(words.postings, large=large)]
    return WordFiles(shards, pack(_dictionary(words)), _known(synonyms, words.postings))


class _Files:
    """The compressed files made so far, each named by its content."""

    def __init__(self) -> None:
        self.content: dict[str, bytes] = {}

    def add(self, packed: bytes) -> str:
        """Take a file and give its name."""
        digest = hashlib.sha256(packed).hexdigest()
        length = 8
        while self.content.get(f"{digest[:length]}.bin", packed) != packed:
            length += 1
        self.content[f"{digest[:length]}.bin"] = packed
        return digest[:length]

    @property
    def total(self) -> int:
        return sum(map(len, self.content.values()))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _blocks(found: Sequence[Found], kept: KeptSearch, *, large: bool) -> Iterator[list[Found]]:
    """Part what results show into blocks of a few documents."""
    block: list[Found] = []
    size = 0
    for item in found:
        block.append(item)
        size += len(item.document.summary) + min(kept.length_of(item.document), _MOST_TEXT[large])
        if size > _BLOCK_SIZE[large] or ends(item.document, _BLOCK[large]):
            yield block
            block, size = [], 0
    if block:
        yield block


def _block(block: Sequence[Found], kept: KeptSearch, *, large: bool) -> bytes:
    """Write what the results of a block show, compressed."""
    most = _MOST_TEXT[large]
    told = repr((most, [(item.document.digest, _result(item, "")) for item in block]))
    return kept.packed_of(told, lambda: _json([_result(item, item.document.text[:most]) for item in block]))


def _result(item: Found, text: str) -> dict[str, Any]:
    document = item.document
    told = {
        "k": document.ref.kind,
        "i": document.ref.id,
        "t": document.title,
        "s": document.summary,
        "b": text,
        "a": " · ".join(document.aliases),
        "m": document.level,
        "n": document.content_note,
        "x": int(document.illustrative),
        **item.shown,
    }
    return {key: value for key, value in told.items() if value or key in "sb"}


# What else a search needs.


def _dictionary(words: Words) -> bytes:
    """Write the words that a slip of the pen may stand for, in order, each with how common it is.

    A line is a word without what it shares with the one before, after the number of those letters and before
    the binary order of the number of its documents, each as one character from `0` on.
    """
    postings, _, named = words
    names = set(named.values())
    kept = (root for root, (count, _) in postings.items() if count > 1 or root in names)
    common = sorted(kept, key=lambda root: (-postings[root][0], root))[:_MOST_WORDS]
    told = _usual(words)
    usual = {word: postings[root][0] for word, root in named.items()}
    usual |= {told.get(root, root): postings[root][0] for root in common}
    lines, before = [], ""
    for word in sorted(usual):
        shared = min(_shared(before, word), 60)
        lines.append(f"{chr(48 + shared)}{word[shared:]}{chr(48 + usual[word].bit_length())}")
        before = word
    return "\n".join(lines).encode()


def _usual(words: Words) -> dict[str, str]:
    """Give the way in which most documents write a stem, for stems that some do not write as they are."""
    plain = {root: words.postings[root][0] for root, _ in words.written}
    for (root, _), times in words.written.items():
        plain[root] -= times
    ways = {**words.written, **{(root, root): times for root, times in plain.items() if times}}
    usual: dict[str, tuple[int, int, str]] = {}
    for (root, surface), times in ways.items():
        way = (-times, len(surface), surface)
        usual[root] = min(usual.get(root, way), way)
    return {root: surface for root, (_, _, surface) in usual.items()}


def _shared(one: str, other: str) -> int:
    """Count the letters with which two words begin alike."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def _known(synonyms: Iterable[Sequence[str]], postings: Mapping[str, object]) -> list[list[Any]]:
    """Give each group of names for one thing, folded, and which of them can be found."""
    there = postings.keys()
    groups: list[list[Any]] = []
    for group in synonyms:
        names = list(dict.fromkeys(filter(None, (" ".join(_words(name)) for name in group))))
        findable = [place for place, name in enumerate(names) if _is_there(name, there)]
        if len(names) > 1 and findable:
            groups.append([names, findable])
    return groups


def _words(name: str) -> list[str]:
    """Give the words of a synonym as a reader types them; a hyphen parts two words."""
    return tokens(name.replace("-", " "))


def _is_there(name: str, there: AbstractSet[str]) -> bool:
    """Whether some document may have every word of a name.

    Little words are passed over; a name of which they leave one word says something else: `out of work`.
    """
    words = name.split()
    told = {word for word in words if word not in STOP}
    if len(told) < min(len(words), 2):
        return False
    return all(any(stem(word, lang) in there for lang in (*STEMMED, "")) for word in told)


def _facets(found: Sequence[Found], labels: Mapping[str, Mapping[str, str]]) -> dict[str, list[str]]:
    """Give the values of each facet that some document has, in the order to show."""
    values: dict[str, set[str]] = {facet: set() for facet in FACETS}
    for item in found:
        for facet, own in item.document.facets.items():
            values[facet].update(own)
    return {facet: order_of(facet, values[facet], labels) for facet in FACETS}


def _columns(found: Sequence[Found], facets: Mapping[str, Sequence[str]]) -> bytes:
    """Write what is known of every document, a column after the other.

    Its weight, a byte each. Per facet that has values: the number of a document's values, a byte, and each
    as its place among them, in two bytes where there are more than 255. Its neighbours: their number, and
    each as its place among the documents, two bytes, and how near, one byte.
    """
    parts = [bytes(item.document.weight for item in found)]
    for facet in FACETS:
        if not facets[facet]:
            continue
        number = {value: place for place, value in enumerate(facets[facet])}
        form = "<H" if len(number) > STEP else "<B"
        column = bytearray()
        for item in found:
            own = item.document.facets.get(facet, ())[:STEP]
            column.append(len(own))
            for value in own:
                column += struct.pack(form, number[value])
        parts.append(bytes(column))
    parts.append(_neighbours(found))
    return b"".join(parts)


def _neighbours(found: Sequence[Found]) -> bytes:
    place = {item.document.ref: number for number, item in enumerate(found[:_MOST_RELATED_FROM])}
    column = bytearray()
    for item in found:
        near = [(place[ref], score) for ref, score in item.document.related if ref in place]
        column.append(len(near))
        for other, score in near:
            column += struct.pack("<HB", other, max(1, round(STEP * score)))
    return bytes(column)
