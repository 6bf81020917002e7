"""Which practices belong beside each other, and why.

In: what is known of each practice: its words by weight, the gatherings it was used in, its principles.
Out: for each practice the nearest others with the reasons. Called by `kept_related`. Similarity of words is
the cosine of TF-IDF vectors (Salton & Buckley, 1988) over stems. Only the weightiest stems of a practice
are looked up, and none that many practices share, so that the cost grows with their number and no faster.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest, nsmallest
from itertools import chain
from typing import Final, NamedTuple

import snowballstemmer

MOST: Final = 10
"""How many related practices are kept for each."""
_KEY_STEMS: Final = 60
_COMMON: Final = 250
"""A stem or gathering shared by more practices than this tells nothing about any two of them."""
_WORD: Final = re.compile(r"[^\W_]+")
_STOP: Final = frozenset(
    """a about after all also an and any are as at be because been before but by can could did do does
    each for from get had has have he her his how i if in into is it its just like make may more most
    much my need no not of on one only or other our out over own people she should so some such take than
    that the their them then there these they this those through time to up us use used using was way we
    well were what when where which while who why will with would you your
    au aux avec ce ces cette comme dans de des du elle en est et il ils je la le les leur leurs lui mais
    ne nos notre nous on ou par pas plus pour qu que qui sa se ses son sont sur un une vos votre
    vous""".split()
)


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """What is compared of one practice."""

    id: str
    words: Sequence[tuple[float, str]]
    """Texts with the weight of each: the title counts for more than the body."""
    gatherings: frozenset[str] = frozenset()
    """Harvest notes that worked with it."""
    terms: frozenset[str] = frozenset()
    """Principles and approaches it carries."""
    named: frozenset[str] = frozenset()
    """Practices it names itself as related."""
    linked: frozenset[str] = frozenset()
    """Practices its text links to."""
    language: str = "en"


@dataclass(frozen=True, kw_only=True)
class Related:
    """One neighbour of a practice, with what they share."""

    id: str
    score: float
    named: bool = False
    """One names the other."""
    gatherings: int = 0
    """In how many gatherings both were used."""
    terms: tuple[str, ...] = ()
    """Principles and approaches that both carry."""
    words: bool = False
    """Whether they are told in like words."""


def relate(practices: Iterable[Likeness]) -> Mapping[str, tuple[Related, ...]]:
    """Give each practice its nearest others, nearest first.

    Args:
        practices: what is known of each; the order decides nothing.
    """
    known = sorted(practices, key=lambda practice: practice.id)
    vectors = _vectors(tuple((p.id, p.language, tuple(p.words)) for p in known))
    scores = _similarity(vectors)
    together = _shared({p.id: p.gatherings for p in known})
    carried = {p.id: p.terms for p in known}
    named = _mutual({p.id: p.named for p in known})
    linked = _mutual({p.id: p.linked for p in known})
    grounds = (_Grounds(scores[k], together[k], named[k], linked[k]) for k in carried)
    return {key: _nearest(key, found, carried) for key, found in zip(carried, grounds, strict=True)}


def stems(text: str, language: str = "en") -> list[str]:
    """Give the stems of a text's words, without stop words, accents and zero-width characters."""
    known = _stems_in(language)
    return [stem for run in text.split() for stem in known[run]]


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of runs of characters without blanks: texts are made of few different ones."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, run: str) -> tuple[str, ...]:
        words = (word for word in _WORD.findall(_folded(run)) if len(word) > 1 and word not in _STOP)
        found = self[run] = tuple(_stem(word, self._language) for word in words)
        return found


@lru_cache(maxsize=8)
def _stems_in(language: str) -> _Stems:
    return _Stems(language)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in folded if not unicodedata.combining(c) and c not in "\u200b\u200c\u200d\u00ad")


@lru_cache(maxsize=200_000)
def _stem(word: str, language: str) -> str:
    stemmer = _stemmer("french" if language.startswith("fr") else "english")
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=4)
def _stemmer(language: str) -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer(language)


@lru_cache(maxsize=1)
def _vectors(told: tuple[tuple[str, str, tuple[tuple[float, str], ...]], ...]) -> dict[str, dict[str, float]]:
    """Weigh the stems of each practice by how telling they are, to unit length; the last are remembered.

    Args:
        told: the id, the language and the words of each practice.
    """
    counts: dict[str, dict[str, float]] = {}
    for key, language, words in told:
        count: dict[str, float] = {}
        known = _stems_in(language)
        for weight, text in words:
            for run, times in Counter(text.split()).items():
                for stem in known[run]:
                    count[stem] = count.get(stem, 0.0) + weight * times
        counts[key] = count
    documents = Counter(chain.from_iterable(counts.values()))
    telling = {stem: math.log((len(counts) + 1) / (number + 0.5)) for stem, number in documents.items()}
    return {key: _unit(count, telling) for key, count in counts.items()}


def _unit(count: Mapping[str, float], telling: Mapping[str, float]) -> dict[str, float]:
    often = {times: 1 + math.log(times + 1) for times in set(count.values())}
    weights = {stem: often[times] * telling[stem] for stem, times in count.items()}
    kept = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:_KEY_STEMS]
    length = math.sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return {stem: weight / length for stem, weight in kept}


def _similarity(vectors: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, float]]:
    """Sum the products of weights over the stems that few practices share."""
    postings: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for key, vector in vectors.items():
        for stem, weight in vector.items():
            postings[stem].append((key, weight))
    scores: dict[str, dict[str, float]] = {key: {} for key in vectors}
    for key, vector in vectors.items():
        row = scores[key]
        for stem, weight in vector.items():
            if len(postings[stem]) > _COMMON:
                continue
            for other, other_weight in postings[stem]:
                row[other] = row.get(other, 0.0) + weight * other_weight
        row.pop(key, None)
    return scores


def _shared(gatherings: Mapping[str, frozenset[str]]) -> dict[str, Counter[str]]:
    """Count in how many gatherings each two practices met."""
    members: dict[str, list[str]] = defaultdict(list)
    for key in sorted(gatherings):
        for gathering in gatherings[key]:
            members[gathering].append(key)
    together: dict[str, Counter[str]] = {key: Counter() for key in gatherings}
    for met in members.values():
        for key in met[:_COMMON]:
            together[key].update(other for other in met[:_COMMON] if other != key)
    return together


def _mutual(pointing: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """Make pointing mutual: who is pointed to, points back."""
    mutual: dict[str, set[str]] = {key: set() for key in pointing}
    for key, others in pointing.items():
        for other in others & pointing.keys() - {key}:
            mutual[key].add(other)
            mutual[other].add(key)
    return mutual


class _Grounds(NamedTuple):
    """On what grounds others may belong beside one practice."""

    similar: Mapping[str, float]
    together: Mapping[str, int]
    named: set[str]
    linked: set[str]


def _nearest(key: str, grounds: _Grounds, carried: Mapping[str, frozenset[str]]) -> tuple[Related, ...]:
    """Weigh the grounds together: naming first, then words, then gatherings and terms."""
    similar, together, named, linked = grounds
    by_terms = _ByTerms(carried[key])
    scored = []
    for other in _worth_weighing(grounds):
        score = similar.get(other, 0.0)
        if other in named:
            score += 0.5
        elif other in linked:
            score += 0.15
        if times := together.get(other):
            score += 0.1 * math.log2(1 + times)
        scored.append((-round(score + by_terms[carried[other]], 6), other))
    best = [(-less, other) for less, other in nsmallest(MOST, scored) if -less >= _WORTH_SAYING]
    return tuple(
        Related(
            id=other,
            score=score,
            named=other in named or other in linked,
            gatherings=together.get(other, 0),
            terms=tuple(sorted(carried[key] & carried[other])),
            words=similar.get(other, 0.0) >= _LIKE_WORDS,
        )
        for score, other in best
    )


class _ByTerms(dict[frozenset[str], float]):
    """What it counts that others carry certain terms, as one practice does: many carry the same."""

    def __init__(self, own: frozenset[str]) -> None:
        super().__init__()
        self._own = own

    def __missing__(self, theirs: frozenset[str]) -> float:
        both = len(self._own & theirs)
        found = self[theirs] = _BY_TERMS * both / (len(self._own) + len(theirs) - both or 1)
        return found


def _worth_weighing(grounds: _Grounds) -> set[str]:
    """Give the practices that may be among the nearest: not those told in words too unlike for that.

    Words alone place enough practices ahead of them, whatever terms they share.
    """
    similar, together, named, linked = grounds
    ahead = nlargest(MOST, similar.values())
    least = ahead[-1] - _BY_TERMS - _ROUNDING if len(ahead) == MOST else 0.0
    return {*(other for other, score in similar.items() if score >= least), *together, *named, *linked}


_BY_TERMS: Final = 0.1
"""What it counts at most that two practices carry the same terms."""
_ROUNDING: Final = 1e-5
"""More than what rounding a score changes."""
_LIKE_WORDS: Final = 0.08
_WORTH_SAYING: Final = 0.04
