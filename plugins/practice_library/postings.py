"""How much each word of a document says of it: what the ranking of search results rests on.

In: a `Document`. Out: its stems, each with its impact: BM25F's saturated, weighted count of occurrences
(Robertson & Zaragoza, 2009), from 1 to `STEPS`. The lengths that BM25F compares with are fixed: a document's
impacts depend on nothing but itself, and may be kept from one build to the next. Called by `results`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
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


_PARTS: Final = (
    _Field("title", 8.0, 4, 0.6),
    _Field("aliases", 6.0, 4, 0.6),
    _Field("summary", 2.5, 20, 0.3),
    _Field("terms", 1.5, 10, 0.3),
)
_TEXT: Final = _Field("text", 1.0, 250, 0.6)
"""The longest part, counted last."""
_NAMES: Final = frozenset({"title", "aliases"})
"""Parts in which every word is searched, stop words and neighbours written as one among them."""
_JOINED: Final = 0.5
"""What two neighbouring words of a name count when written as one: `ice breaker` as `icebreaker`."""
_SATURATION: Final = 2.0
"""k1 of BM25: the higher, the more does a second occurrence add."""
STEPS: Final = 16
"""How finely impacts are told: the coarser, the less there is to fetch, and the order hardly changes."""


Spelling = tuple[str, str]
"""A stem, and a way in which it is written."""


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """The words of one document."""

    impacts: Mapping[str, int]
    """How much each stem says of the document, from 1 to `STEPS`."""
    spellings: Collection[Spelling]
    """The stems that it writes otherwise than as they are, each with how."""
    named: Mapping[str, str]
    """The words of its names as written, and the stem of each."""


def analyse(document: Document) -> Analysis:
    """Weigh the words of a document."""
    language = document.language.partition("-")[0]
    weights: dict[str, float] = {}
    spellings: dict[str, Spelling] = {}
    named: dict[str, str] = {}
    for part in _PARTS:
        counts = _names(document, part, named, language) if part.name in _NAMES else _counts(document, part)
        told = _told(counts, spellings, _cuts(language, keep_stop=part.name in _NAMES))
        unit = _unit(part, told)
        for root, times in told.items():
            weights[root] = weights.get(root, 0.0) + unit * times
    told = _told(_counts(document, _TEXT), spellings, _cuts(language, keep_stop=False))
    impacts = _impacts(told, _unit(_TEXT, told), weights)
    return Analysis(impacts=impacts, spellings=spellings.values(), named=named)


def _unit(part: _Field, told: Mapping[str, float]) -> float:
    """Give what a stem of a part weighs each time: the less, the more words there are."""
    return part.weight / (1 - part.slope + part.slope * sum(told.values()) / part.usual)


def _impacts(told: Mapping[str, float], unit: float, weights: Mapping[str, float]) -> dict[str, int]:
    """Give the impact of each stem.

    Args:
        told: how often the text has each stem: most have few, and many have equally many.
        unit: what a stem weighs each time.
        weights: what other parts add to it.
    """
    by_times = {times: _impact(unit * times) for times in set(told.values())}
    impacts = {root: by_times[times] for root, times in told.items()}
    for root, weight in weights.items():
        impacts[root] = _impact(weight + unit * told.get(root, 0))
    return impacts


def _impact(weight: float) -> int:
    return 1 + int((STEPS - 1) * weight / (_SATURATION + weight) + 0.5)


class _Cuts(dict[str, str | tuple[Spelling, ...]]):
    """The stems of runs of characters without blanks, each with how it is written.

    Texts are made of few different runs, so that most are cut and stemmed once for all documents. Most runs
    are one word that is its own stem: of these just the stem is noted.
    """

    def __init__(self, language: str, *, keep_stop: bool) -> None:
        super().__init__()
        self._language = language
        self._keep_stop = keep_stop

    def __missing__(self, chunk: str) -> str | tuple[Spelling, ...]:
        words = (word for word in tokens(chunk) if self._keep_stop or word not in STOP)
        cut = tuple(_spelling(word, self._language) for word in words)
        is_plain = len(cut) == 1 and cut[0][0] == cut[0][1]
        found = self[chunk] = cut[0][0] if is_plain else cut
        return found


@cache
def _cuts(language: str, *, keep_stop: bool) -> _Cuts:
    return _Cuts(language, keep_stop=keep_stop)


@cache
def _spelling(word: str, language: str) -> Spelling:
    """Give the stem of a word with the word: for the same word the same two, which is quickly seen."""
    root = stem(word, language)
    return (word if root == word else root, word)


def forget() -> None:
    """Let go of what was remembered of words: once all documents are analysed, nobody asks again."""
    _cuts.cache_clear()
    _spelling.cache_clear()
    stem.cache_clear()


def _counts(document: Document, part: _Field) -> Mapping[str, float]:
    """Count the runs of characters of one part of a document."""
    return Counter(getattr(document, part.name).split())


def _told(counts: Mapping[str, float], spellings: dict[str, Spelling], cuts: _Cuts) -> dict[str, float]:
    """Count the stems of runs of characters, and note which are written otherwise than as they are.

    Where a stem is written in several ways, the one that is new last counts.
    """
    told: dict[str, float] = {}
    get = told.get
    for chunk, times in counts.items():
        cut = cuts[chunk]
        if isinstance(cut, str):
            told[cut] = get(cut, 0) + times
            spellings.pop(cut, None)
            continue
        for spelling in cut:
            root, written = spelling
            told[root] = get(root, 0) + times
            if written != root:
                spellings[root] = spelling
            elif root in spellings:
                del spellings[root]
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
