"""What readers can find: every admitted entry and every term, with its words by their weight.

In: the library and the words of the site's language. Out: a `Document` for each, in a stable order. Called by
`search_index`; nothing here has ever seen an entry that is held.
"""

from __future__ import annotations

import hashlib
import marshal
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from . import facets
from .addresses import source_of
from .catalogue import Catalogue
from .evidence import MaturityLevel
from .library import Initiative, Library, OutputRecord, PracticeRecord, Ref
from .links import TERM_KINDS, Link, find_links, replace_links
from .model import Entry, Harvest, Kind, PartialDate, Practice, Space
from .vocabulary import TERM_PAGES, Localised, Term

_TERM_KIND: Final = {section: kind for kind, section in TERM_KINDS.items()}
_PROVEN: Final = {
    MaturityLevel.EXEMPLARY: 9,
    MaturityLevel.GROWING: 8,
    MaturityLevel.EMERGING: 7,
    MaturityLevel.UNPROVEN: 6,
    MaturityLevel.NOT_RATED: 6,
}
_WEIGHTS: Final = {Kind.SPACE: 5, Kind.OUTPUT: 4, Kind.HARVEST: 3}
_MOST_RELATED: Final = 5


_PLAIN: Final = 2
"""A form of `marshal` in which equal plain texts are equal bytes; it takes a third of the time of `repr`."""


class Body(NamedTuple):
    """A text in Markdown."""

    written: str
    labels: tuple[str, ...]
    """What each of its links is called."""

    def words(self) -> str:
        """Give it without its marks."""
        labels = iter(self.labels)
        return plain(replace_links(self.written, "", lambda _: next(labels)) if self.labels else self.written)


@dataclass(frozen=True, kw_only=True)
class Document:
    """One thing that can be found."""

    ref: Ref
    source: str
    """The source path of its page."""
    title: str
    aliases: tuple[str, ...] = ()
    """Other names of it: acronyms, former ids in words."""
    summary: str = ""
    terms: str = ""
    """The words of what it carries: principles, approaches, roles, practices it worked with."""
    told: tuple[str | Body, ...] = ()
    """All else that it says, part by part."""
    language: str = ""
    """The language it is written in."""
    place: str = ""
    """The id of the space it comes from."""
    date: PartialDate | None = None
    level: str = ""
    """The maturity of a practice."""
    content_note: str = ""
    illustrative: bool = False
    time: str = ""
    group_size: str = ""
    weight: int = 1
    """Where it stands when nothing is asked for: the higher, the sooner."""
    related: tuple[tuple[Ref, float], ...] = ()
    """The nearest others, and how near, from 0 to 1."""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Values by facet."""

    @cached_property
    def text(self) -> str:
        """All else that it says, without markup; of a document that is as it was nobody asks for it."""
        return _joined(part if isinstance(part, str) else part.words() for part in self.told)

    @cached_property
    def digest(self) -> bytes:
        """A digest of all its words, from what they are made of."""
        told: list[Any] = [tuple(part) if isinstance(part, Body) else part for part in self.told]
        words = (self.language, self.title, self.aliases, self.summary, self.terms, told)
        return hashlib.sha256(marshal.dumps(words, _PLAIN)).digest()


def documents_of(library: Library, words: Catalogue, content_language: str) -> list[Document]:
    """Give everything that can be found, practices first.

    Args:
        library: what may be shown.
        words: the site's language, in which terms are told.
        content_language: the language of entries that name none.
    """
    maker = _Maker(library, words, content_language or words.language)
    found = [
        *map(maker.practice, library.practices.values()),
        *map(maker.space, library.spaces.values()),
        *map(maker.output, library.outputs.values()),
        *maker.terms(),
        *map(maker.initiative, library.initiatives.values()),
        *map(maker.harvest, library.harvests.values()),
    ]
    return sorted(found, key=lambda document: (_ORDER[document.ref.kind], document.ref.id))


_ORDER: Final = {
    kind: place
    for place, kind in enumerate(
        (Kind.PRACTICE, Kind.SPACE, Kind.OUTPUT, *TERM_KINDS, "initiative", Kind.HARVEST)
    )
}


class _Maker:
    """Makes the documents of one library."""

    def __init__(self, library: Library, words: Catalogue, content_language: str) -> None:
        self._library = library
        self._words = words
        self._content_language = content_language

    def practice(self, record: PracticeRecord) -> Document:
        level = self._library.maturity[record.id].level
        near = self._library.related.get(record.id, ())[:_MOST_RELATED]
        made = self._entry(Kind.PRACTICE, record, record.entry, facets.of_practice(record, self._library))
        return replace(
            made,
            level=level.value,
            weight=_PROVEN[level],
            related=tuple((Ref(kind=Kind.PRACTICE, id=other.id), min(other.score, 1.0)) for other in near),
        )

    def space(self, space: Space) -> Document:
        made = self._entry(Kind.SPACE, space, space, facets.of_space(space, self._library))
        told = (space.host, space.initiative, space.region, *made.told)
        return replace(made, summary=space.purpose, told=told)

    def output(self, record: OutputRecord) -> Document:
        made = self._entry(Kind.OUTPUT, record, record.entry, facets.of_output(record, self._library))
        kind = self._library.vocabulary.term("output_kinds", record.kind)
        used = [part for use in record.entry.used_by for part in (use.who, use.how)] if record.entry else []
        label = self._words.localised(kind.label) if kind else ""
        return replace(made, terms=_joined((label, made.terms)), told=(*made.told, *used))

    def harvest(self, harvest: Harvest) -> Document:
        told = (
            *(mention.note for mention in harvest.practices),
            *(quote.text for quote in harvest.quotes),
            *(answer.text for answer in harvest.reflections),
        )
        values = facets.of_harvest(harvest, self._library)
        return self._entry(Kind.HARVEST, harvest, harvest, values, told)

    def initiative(self, initiative: Initiative) -> Document:
        ref = Ref(kind="initiative", id=initiative.id)
        return Document(
            ref=ref,
            source=source_of(ref),
            title=initiative.title,
            told=tuple(self._library.spaces[key].title for key in initiative.spaces),
            language=self._words.language,
            facets=facets.of_initiative(initiative, self._library),
        )

    def terms(self) -> Iterator[Document]:
        for section in TERM_PAGES:
            for term in self._library.vocabulary.section(section).values():
                yield self._term(_TERM_KIND[section], term)

    def _term(self, kind: str, term: Term) -> Document:
        word = self._words.localised
        ref = Ref(kind=kind, id=term.id)
        parts = [text for part in term.parts for text in (word(part.label), word(part.description))]
        told = (word(term.distinct), *map(word, term.features), *parts)
        return Document(
            ref=ref,
            source=source_of(ref),
            title=word(term.label),
            aliases=tuple(filter(None, (word(term.acronym), _acronym(term.acronym)))),
            summary=word(term.description),
            told=told,
            language=self._words.language,
            weight=2,
            facets=facets.of_term(kind, term.id),
        )

    def _entry(
        self,
        kind: Kind,
        shown: Space | Harvest | PracticeRecord | OutputRecord,
        entry: Entry | None,
        values: Mapping[str, tuple[str, ...]],
        also: Iterable[str] = (),
    ) -> Document:
        ref = Ref(kind=kind, id=shown.id)
        language = shown.language or self._content_language
        practice = entry if isinstance(entry, Practice) else None
        return Document(
            ref=ref,
            source=source_of(ref),
            title=shown.title,
            aliases=tuple(alias.rpartition("/")[2].replace("-", " ") for alias in entry.aliases)
            if entry
            else (),
            summary=getattr(shown, "summary", ""),
            terms=self._carried(values),
            told=self._told(entry, also) if entry else (),
            language=language,
            place=getattr(shown, "space", "") if kind is not Kind.SPACE else "",
            date=shown.date if isinstance(shown, Harvest) else None,
            content_note=entry.content_note if entry else "",
            illustrative=shown.illustrative,
            time=practice.time if practice else "",
            group_size=practice.group_size if practice else "",
            weight=_WEIGHTS.get(kind, 1),
            facets={**values, "language": (language,)},
        )

    def _carried(self, values: Mapping[str, tuple[str, ...]]) -> str:
        """Give the labels of the terms an entry carries."""
        terms = (
            self._library.term(kind, value)
            for kind in ("principle", "approach", "role")
            for value in values.get(kind, ())
        )
        return _joined(self._words.localised(term.label) for term in terms if term)

    def _told(self, entry: Entry, also: Iterable[str]) -> tuple[str | Body, ...]:
        labels = tuple(map(self._label, find_links(entry.body, entry.path, entry.body_line)))
        return (
            getattr(entry, "purpose", "") if isinstance(entry, Practice) else "",
            Body(entry.body, labels),
            *getattr(entry, "watch_for", ()),
            *(mention.words for mention in getattr(entry, "principles", ())),
            *also,
        )

    def _label(self, link: Link) -> str:
        if link.label:
            return link.label
        ref = self._library.target_of(link)
        return (self._library.title_of(ref) if ref else None) or link.target.rpartition("/")[2]


def _acronym(written: Localised) -> str:
    """Give the acronyms of every language in one line, so that one finds the term on either site."""
    return " ".join(dict.fromkeys(written.values()))


def _joined(texts: Iterable[str]) -> str:
    return "\n".join(text.strip() for text in texts if text and text.strip())


_FENCE: Final = re.compile(r"^ {0,3}(?:`{3,}|~{3,}).*$", re.MULTILINE)
_LINK: Final = re.compile(r"[!\[](?:(?<=\[)|(?<=!)\[)([^\[\]\n]*)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])")
_LINE_MARK: Final = re.compile(r"\A[ \t]*(?:#{1,6}[ \t]|>|[-*+][ \t]|[0-9]+[.)][ \t]|\|)[ \t]*")
_RULE: Final = re.compile(r"\A[ \t|:*_=-]+\Z")
_MARKED: Final = frozenset(" \t#>-*+|0123456789:_=")
"""With what a line begins that has a mark of a block before its words, or no words at all."""
_URL: Final = re.compile(r"https?://\S+")
_TAG: Final = re.compile(r"<[^<>\n]{1,200}>")
_EMPHASIS: Final = re.compile(
    r"[*`~_](?:(?<!_)[*`~]{0,2}(?=\S)|(?<=\S[*`~])[*`~]{0,2}|(?<=_)(?<!\w_)_{0,2}(?=\S)|(?<=\S_)_{0,2}(?!\w))"
)
"""It begins with a letter of a kind, which is looked for quickly; what comes before is looked at after."""


def plain(markdown: str) -> str:
    """Give the words of a Markdown text without its marks; good enough to search and to quote."""
    text = _FENCE.sub("", markdown) if "```" in markdown or "~~~" in markdown else markdown
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    lines = text.split("\n")
    for place, line in enumerate(lines):
        if line and line[0] in _MARKED:
            lines[place] = _RULE.sub("", _LINE_MARK.sub("", line))
    text = "\n".join(lines)
    if "://" in text:
        text = _URL.sub("", text)
    if "<" in text:
        text = _TAG.sub("", text)
    if any(mark in text for mark in "*_`~"):
        text = _EMPHASIS.sub("", text)
    return text.replace("|", "")
