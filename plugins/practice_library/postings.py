"""How much each word of a document says of it: what the ranking of search results rests on.

In: a `Document`. Out: its stems, each with its impact: BM25F's saturated, weighted count of occurrences
(Robertson & Zaragoza, 2009), from 1 to `STEPS`. The lengths that BM25F compares with are fixed: a document's
impacts depend on nothing but itself, and may be kept from one build to the next. Called by `results`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from .documents import Document
from .tokens import STOP, stem, tokens


class _Field(NamedTuple):
    """How one part of a document counts."""

    name: str
    weight: float
    usual: float
    """The usual number of its words."""
    slope: float
    """How much more words than usual thin each other out, from 0 to 1."""


_FIELDS: Final = (
    _Field("title", 8.0, 4, 0.6),
    _Field("aliases", 6.0, 4, 0.6),
    _Field("summary", 2.5, 20, 0.3),
    _Field("terms", 1.5, 10, 0.3),
    _Field("text", 1.0, 250, 0.6),
)
_NAMES: Final = frozenset({"title", "aliases"})
"""Parts in which every word is searched, stop words and neighbours written as one among them."""
_JOINED: Final = 0.5
"""What two neighbouring words of a name count when written as one: `ice breaker` as `icebreaker`."""
_SATURATION: Final = 2.0
"""k1 of BM25: the higher, the more does a second occurrence add."""
STEPS: Final = 16
"""How finely impacts are told: the coarser, the less there is to fetch, and the order hardly changes."""


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The words of one document."""

    impacts: Mapping[str, int]
    """How much each stem says of the document, from 1 to `STEPS`."""
    surfaces: Mapping[str, str]
    """How each stem is written in it."""
    named: frozenset[str]
    """The stems of its names."""


def analyse(document: Document) -> Analysis:
    """Weigh the words of a document."""
    language = document.language.partition("-")[0]
    weights: dict[str, float] = {}
    surfaces: dict[str, str] = {}
    named: set[str] = set()
    for part in _FIELDS:
        counts = _counts(document, part, language)
        length = sum(counts.values())
        unit = part.weight / (1 - part.slope + part.slope * length / part.usual)
        for word, times in counts.items():
            weights[word.stem] = weights.get(word.stem, 0.0) + unit * times
            surfaces.setdefault(word.stem, word.written)
        if part.name in _NAMES:
            named.update(word.stem for word in counts)
    impacts = {root: _step(weight) for root, weight in weights.items()}
    return Analysis(impacts=impacts, surfaces=surfaces, named=frozenset(named))


class _Word(NamedTuple):
    """One word as it is written, folded, and its stem."""

    written: str
    stem: str


@lru_cache(maxsize=500_000)
def _words(chunk: str, language: str) -> tuple[_Word, ...]:
    """Give the words of a run of characters without blanks; texts are made of few different ones."""
    return tuple(_Word(word, stem(word, language)) for word in tokens(chunk))


def _counts(document: Document, part: _Field, language: str) -> dict[_Word, float]:
    """Count the words of one part of a document."""
    if part.name in _NAMES:
        return _names(document, part, language)
    counts: dict[_Word, float] = {}
    for chunk, times in Counter(getattr(document, part.name).split()).items():
        for word in _words(chunk, language):
            if word.written not in STOP:
                counts[word] = counts.get(word, 0.0) + times
    return counts


def _names(document: Document, part: _Field, language: str) -> dict[_Word, float]:
    """Count the words of names, and each two that stand beside each other as one."""
    counts: Counter[_Word] = Counter()
    for name in (document.title,) if part.name == "title" else document.aliases:
        words = [word for chunk in name.split() for word in _words(chunk, language)]
        counts.update(words)
        for joined in _joined([word.written for word in words]):
            counts[_Word(joined, stem(joined, language))] += _JOINED  # type: ignore[assignment]
    return dict(counts)


def _joined(words: list[str]) -> Iterator[str]:
    """Go through neighbouring words as one, where neither is a stop word or a number."""
    told = [word for word in words if word not in STOP]
    for one, other in pairwise(told):
        if not (one.isdigit() or other.isdigit()):
            yield one + other


def _step(weight: float) -> int:
    return max(1, round(STEPS * weight / (_SATURATION + weight)))
