"""How much each word of a document says of it: what the ranking of search results rests on.

In: a `Document`. Out: its stems, each with its impact: BM25F's saturated, weighted count of occurrences
(Robertson & Zaragoza, 2009), from 1 to `STEPS`. The lengths that BM25F compares with are fixed: a document's
impacts depend on nothing but itself, and may be kept from one build to the next. Called by `results`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
    named: Mapping[str, str]
    """The words of its names as written, and the stem of each."""


def analyse(document: Document) -> Analysis:
    """Weigh the words of a document."""
    language = document.language.partition("-")[0]
    weights: dict[str, float] = {}
    surfaces: dict[str, str] = {}
    named: dict[str, str] = {}
    for part in _FIELDS:
        counts = _names(document, part, named, language) if part.name in _NAMES else _counts(document, part)
        told = _told(counts, surfaces, language, keep_stop=part.name in _NAMES)
        unit = part.weight / (1 - part.slope + part.slope * sum(told.values()) / part.usual)
        for root, times in told.items():
            weights[root] = weights.get(root, 0.0) + unit * times
    impacts = {
        root: 1 + int((STEPS - 1) * weight / (_SATURATION + weight) + 0.5) for root, weight in weights.items()
    }
    return Analysis(impacts=impacts, surfaces=surfaces, named=named)


@lru_cache(maxsize=500_000)
def _words(chunk: str, language: str, keep_stop: bool) -> tuple[tuple[str, str], ...]:  # noqa: FBT001 - quicker
    """Give the stems of a run of characters without blanks, each with how it is written.

    Texts are made of few different runs, so that most are cut and stemmed once for all documents.
    """
    return tuple((stem(word, language), word) for word in tokens(chunk) if keep_stop or word not in STOP)


def forget() -> None:
    """Let go of what was remembered of words: once all documents are analysed, nobody asks again."""
    _words.cache_clear()
    stem.cache_clear()


def _counts(document: Document, part: _Field) -> Mapping[str, float]:
    """Count the runs of characters of one part of a document."""
    return Counter(getattr(document, part.name).split())


def _told(
    counts: Mapping[str, float], surfaces: dict[str, str], language: str, *, keep_stop: bool
) -> dict[str, float]:
    """Count the stems of runs of characters, and note how each is written."""
    told: dict[str, float] = {}
    for chunk, times in counts.items():
        for root, written in _words(chunk, language, keep_stop):
            told[root] = told.get(root, 0.0) + times
            surfaces[root] = written
    return told


def _names(document: Document, part: _Field, named: dict[str, str], language: str) -> Mapping[str, float]:
    """Count the words of names, and each two that stand beside each other as one; note the words."""
    counts: Counter[str] = Counter()
    for name in (document.title,) if part.name == "title" else document.aliases:
        words = tokens(name)
        counts.update(words)
        joined = _joined(words)
        counts.update(dict.fromkeys(joined, _JOINED))
        named.update((word, stem(word, language)) for word in [*words, *joined])
    return counts


def _joined(words: list[str]) -> list[str]:
    """Write neighbouring words as one, where neither is a stop word or a number."""
    told = [word for word in words if word not in STOP]
    pairs = pairwise(told)
    return [one + other for one, other in pairs if not (one.isdigit() or other.isdigit())]
