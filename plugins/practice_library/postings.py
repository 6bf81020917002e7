"""How much each word of a document says of it: what the ranking of search results rests on.

In: a `Document`. Out: its stems, each with its impact: BM25F's saturated, weighted count of occurrences
(Robertson & Zaragoza, 2009), from 1 to 255. The lengths that BM25F compares with are fixed, so that a
document's impacts depend on nothing but itself and may be kept from one build to the next. Called by `search_index`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    weights: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    named: set[str] = set()
    for part in _FIELDS:
        counts = _counts(document, part)
        length = sum(counts.values())
        if not length:
            continue
        unit = part.weight / (1 - part.slope + part.slope * length / part.usual)
        for word, times in counts.items():
            root = stem(word, document.language)
            surfaces.setdefault(root, word)
            weights[root] += unit * times  # type: ignore[assignment]
            if part.name in _NAMES:
                named.add(root)
    impacts = {root: _step(weight) for root, weight in weights.items()}
    return Analysis(impacts=impacts, surfaces=surfaces, named=frozenset(named))


def _counts(document: Document, part: _Field) -> Mapping[str, float]:
    """Count the words of one part of a document."""
    if part.name == "aliases":
        texts: tuple[str, ...] = document.aliases
    else:
        texts = (getattr(document, part.name),)
    if part.name not in _NAMES:
        found = Counter(word for text in texts for word in tokens(text))
        return {word: times for word, times in found.items() if word not in STOP}
    counts: Counter[str] = Counter()
    for text in texts:
        words = tokens(text)
        counts.update(words)
        for joined in _joined(words):
            counts[joined] += _JOINED  # type: ignore[assignment]
    return counts


def _joined(words: list[str]) -> Iterator[str]:
    """Go through neighbouring words as one, where neither is a stop word."""
    told = [word for word in words if word not in STOP]
    for one, other in pairwise(told):
        if not (one.isdigit() or other.isdigit()):
            yield one + other


def _step(weight: float) -> int:
    return max(1, round(STEPS * weight / (_SATURATION + weight)))
