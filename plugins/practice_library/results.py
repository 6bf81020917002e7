"""What a search result shows: what it is, where it comes from, how long it takes, in the site's language.

In: the build. Out: the files of the index. Called by the adapter; `search_index` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from . import phrases
from .addresses import source_of, url_of
from .build import Build
from .catalogue import Catalogue
from .documents import Document, documents_of
from .facets import FACETS, GROUPS, LONGER, TIMES
from .kept_search import KeptSearch
from .library import Ref
from .links import TERM_KINDS
from .model import TYPES, Kind
from .search_index import Found, search_files
from .sweeping import paused
from .views import LEVELS
from .vocabulary import Vocabulary

_KINDS: Final = (*Kind, *TERM_KINDS, "initiative")
_SECTIONS: Final = {
    "principle": "principles",
    "approach": "approaches",
    "role": "roles",
    "output-kind": "output_kinds",
}


def index_of_build(
    build: Build, *, directory_urls: bool = True, kept: KeptSearch | None = None
) -> dict[str, bytes]:
    """Make the files of the search index.

    Args:
        build: the library with its words.
        directory_urls: whether pages are folders or files.
        kept: what an earlier build made; what this one makes is kept in its place.

    Returns:
        Their content by name, below `search_index.FOLDER`.
    """
    with paused():
        documents = documents_of(build.library, build.words, build.options.content_language)
        maker = _Shown(build, directory_urls=directory_urls)
        found = [Found(document=d, shown=maker.of(d)) for d in documents]
        synonyms = [group for groups in build.vocabulary.synonyms.values() for group in groups]
        facet_labels = {facet: build.words.text(f"facet.{facet}") for facet in FACETS}
        files = search_files(found, labels_of(build, documents), facet_labels, synonyms, kept)
    if kept:
        kept.keep()
    return files


class _Shown:
    """Tells what the results of one build show."""

    def __init__(self, build: Build, *, directory_urls: bool) -> None:
        self._build = build
        self._directory_urls = directory_urls

    def of(self, document: Document) -> Mapping[str, Any]:
        """Give what the result of a document shows, by the short names that the browser knows."""
        options = self._build.options
        site = self._build.words.language
        space = self._build.library.spaces.get(document.place)
        written = document.language or options.content_language
        return {
            "u": self._url(document.source),
            "l": written if written and written != site else "",
            "p": [space.title, self._url(source_of(Ref(kind=Kind.SPACE, id=space.id)))] if space else [],
            "d": self._build.words.day(document.date) if document.date else "",
            "f": " · ".join(self._facts(document)),
        }

    def _url(self, source: str) -> str:
        return url_of(source, directory_urls=self._directory_urls)

    def _facts(self, document: Document) -> list[str]:
        words = self._build.words
        facts = []
        if document.time:
            facts.append(phrases.shown_time(document.time, words.plural))
        if document.group_size:
            facts.append(phrases.group(document.group_size, words.text, words.plural))
        return facts


def labels_of(build: Build, documents: Sequence[Document]) -> dict[str, dict[str, str]]:
    """Give what the values of each facet are called, in the order in which to show them."""
    languages = sorted({document.language for document in documents})
    words, vocabulary = build.words, build.vocabulary
    return {
        "kind": {kind: words.text(f"kinds.{kind}") for kind in _KINDS},
        "one-of-kind": {kind: words.text(f"kind.{kind}") for kind in _KINDS},
        "type": {kind: words.text(f"type-short.{kind}") for kind in TYPES},
        "maturity": {level.value: words.text(f"level.{level.value}") for level in LEVELS},
        "year": {},
        "time": {value: words.text(f"facet.time.{value}") for value in (*TIMES, LONGER)},
        "group": {value: words.text(f"facet.group.{value}") for value in GROUPS},
        "language": {code: words.language_name(code) for code in languages},
        "initiative": {key: found.title for key, found in build.library.initiatives.items()},
        **{facet: _terms(vocabulary, section, words) for facet, section in _SECTIONS.items()},
    }


def _terms(vocabulary: Vocabulary, section: str, words: Catalogue) -> dict[str, str]:
    return {term.id: words.localised(term.label) for term in vocabulary.section(section).values()}
