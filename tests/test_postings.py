"""The words of documents are weighed and counted as a plain reading of the rules would have it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from hypothesis import given, strategies as st

from practice_library.documents import Document
from practice_library.library import Ref
from practice_library.postings import STEPS, Analysis, analyse
from practice_library.search_index import _usual
from practice_library.shards import merged, segment_of
from practice_library.tokens import STOP, stem, tokens

PARTS = {
    "title": (8.0, 4, 0.6),
    "aliases": (6.0, 4, 0.6),
    "summary": (2.5, 20, 0.3),
    "terms": (1.5, 10, 0.3),
    "text": (1.0, 250, 0.6),
}
"""What a word of each part weighs, how many there usually are, how much more of them thin each other out."""
NAMES = ("title", "aliases")
RUNS = [
    "walk",
    "walks",
    "Walking,",
    "walked.",
    "check-in",
    "l\u2019équipe",
    "don't",
    "the",
    "The",
    "12",
    "Maïs",
]
TEXTS = st.lists(st.sampled_from([*RUNS, "\u2014"]), max_size=12).map(" ".join)
DOCUMENTS = st.builds(
    Document,
    ref=st.just(Ref(kind="practice", id="x")),
    source=st.just("x.md"),
    title=TEXTS,
    aliases=st.lists(TEXTS, max_size=2).map(tuple),
    summary=TEXTS,
    terms=TEXTS,
    told=st.tuples(TEXTS | TEXTS.map(lambda text: f"{text}\n" * 40)),
    language=st.sampled_from(["en", "fr", "pt-BR"]),
)


def words_of(document: Document, part: str) -> Iterator[tuple[str, float]]:
    """Give the words of a part and how often each run of characters has them, in the order of runs."""
    told = getattr(document, part)
    if part not in NAMES:
        for run, times in Counter(told.split()).items():
            yield from ((word, times) for word in tokens(run) if word not in STOP)
        return
    counts: Counter[str] = Counter()
    for name in (told,) if part == "title" else told:
        counts.update(tokens(name))
        telling = [word for word in tokens(name) if word not in STOP]
        joined = [a + b for a, b in pairwise(telling) if not (a.isdigit() or b.isdigit())]
        counts.update(dict.fromkeys(joined, 0.5))
    for run, times in counts.items():
        yield from ((word, times) for word in tokens(run))


def plainly(document: Document) -> tuple[dict[str, int], dict[str, str]]:
    """Give the impact of each stem of a document, and how it is written there, one word after the other."""
    weights: defaultdict[str, float] = defaultdict(float)
    written = {}
    for part, (weight, usual, slope) in PARTS.items():
        counts: defaultdict[str, float] = defaultdict(float)
        for word, times in words_of(document, part):
            root = stem(word, document.language)
            counts[root] += times
            written[root] = word
        for root, times in counts.items():
            weights[root] += weight / (1 - slope + slope * sum(counts.values()) / usual) * times
    return {root: 1 + int((STEPS - 1) * told / (2 + told) + 0.5) for root, told in weights.items()}, written


@given(DOCUMENTS)
def test_words_weigh_what_the_rules_say(document: Document) -> None:
    made = analyse(document)
    impacts, written = plainly(document)
    assert made.impacts == impacts
    assert dict(made.spellings) == {root: word for root, word in written.items() if word != root}


@given(st.lists(st.lists(DOCUMENTS, min_size=1, max_size=3), max_size=4))
def test_postings_tell_each_document_that_has_a_stem(segments: list[list[Document]]) -> None:
    made = merged(segment_of(map(analyse, documents)) for documents in segments)
    postings: defaultdict[str, bytes] = defaultdict(bytes)
    last: defaultdict[str, int] = defaultdict(int)
    written: Counter[tuple[str, str]] = Counter()
    for number, documents in enumerate(segments):
        analyses = list(map(analyse, documents))
        written.update(pair for analysis in analyses for pair in analysis.spellings)
        for root in dict.fromkeys(root for analysis in analyses for root in analysis.impacts):
            having = {place: a.impacts[root] for place, a in enumerate(analyses) if root in a.impacts}
            postings[root] += bytes([number - last[root], len(having), *having, *having.values()])
            last[root] = number
    assert {root: bytes(data) for root, (_, data) in made.postings.items()} == postings
    assert made.written == written


def test_a_stem_of_many_documents_is_counted_in_each() -> None:
    analysis = Analysis(impacts={"walk": 3}, spellings=[("walk", "walks")], named={})
    made = merged([segment_of([analysis] * 200), segment_of([analysis] * 100)])
    assert made.postings["walk"][0] == 300
    assert made.written == {("walk", "walks"): 300}


@given(st.lists(DOCUMENTS, min_size=1, max_size=6))
def test_a_stem_is_shown_as_most_documents_write_it(documents: list[Document]) -> None:
    ways: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        for root, written in plainly(document)[1].items():
            ways[root][written] += 1
    usual = _usual(merged([segment_of(map(analyse, documents))]))
    for root, counts in ways.items():
        most = min(counts, key=lambda written: (-counts[written], len(written), written))
        assert usual.get(root, root) == most
