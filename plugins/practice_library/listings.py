"""Which lists a page has that grow with the library: answers, evidence, gatherings, what carries a term.

In: the library, and what a page is about. Out: a `Long` for each list that is too long for that page; others
are listed whole by the page's template, which finds them itself. Called by `pages`: a page that is told what
it lists has to be made anew only when just that has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Final, TypeVar

from . import parts, views
from .addresses import index_of
from .catalogue import Catalogue
from .evidence import Evidence
from .library import Backlink, Library, OutputRecord, PracticeRecord, Ref, Why
from .lists import NEWEST, PROVEN, TITLE, USED, Long, Plain, long_of
from .model import Harvest, Kind, Space
from .parts import Bound, Group, by_letter, by_year
from .trails import MOST

T = TypeVar("T")


def long_lists(library: Library, words: Catalogue, ref: Ref | None, source: str) -> list[Long]:
    """Give the lists of a page that are too long for it.

    Args:
        library: what may be shown.
        words: the site's language, for the names of lists and groups.
        ref: the entry or the term that the page is about; None for an index.
        source: the path of the page.
    """
    listed = _LISTED.get(ref.kind if ref else source)
    if listed is None:
        return []
    lister = _Lister(library, words, ref.id if ref else "", ref.kind if ref else "")
    folder = source.removesuffix(".md").removesuffix("/index")
    made = (long_of(plain, f"{folder}/{plain.name}", words) for plain in listed(lister))
    return [found for found in made if found]


class _Lister:
    """Goes through the lists of one page."""

    def __init__(self, library: Library, words: Catalogue, key: str, kind: str) -> None:
        self._library = library
        self._words = words
        self._key = key
        self._kind = kind
        self._bounds = parts.BOUNDS

    # Entries.

    def of_space(self) -> Iterator[Plain[Any]]:
        """Its gatherings, its practices and what came out of it."""
        space = self._library.spaces[self._key]
        yield self._by_year("timeline", views.notes_of(self._library, space.id), _year_of_note)
        yield self._practices(space)
        outputs = views.outputs_of(self._library, space)
        yield self._by_title("outputs", outputs, _title, self._bounds.cards, shape="output_cards")
        yield from self._mentions()

    def _practices(self, space: Space) -> Plain[Any]:
        """Cards of the practices a space worked with most; all of them in one word each."""
        found = views.practices_of(self._library, space)
        refs = [Ref(kind=Kind.PRACTICE, id=practice.id) for practice, _ in found]
        most = sorted(found, key=lambda counted: -counted[1].total())
        plain = self._by_title("practices", refs, self._label, self._bounds.lines, shape="columns")
        shown = replace(self._bounds.cards, part=self._bounds.lines.part)
        return replace(plain, bound=shown, order=USED, first=lambda: (practice for practice, _ in most))

    def of_harvest(self) -> Iterator[Plain[Any]]:
        """What links to it."""
        yield from self._mentions()

    def of_practice(self) -> Iterator[Plain[Any]]:
        """Its evidence, the spaces that keep it and the outputs made with it."""
        notes = views.evidence_of(self._library, self._key)
        evidence = self._by_year("evidence", notes, _year_of_evidence, self._bounds.evidence)
        yield replace(evidence, first=lambda: notes)
        used = views.uses(self._library, self._key, Why.USED_BY)
        yield self._by_title("used-by", used, self._source)
        made = [found.source for found in views.uses(self._library, self._key, Why.MADE_WITH)]
        outputs = self._by_title("made-with", made, self._label, shape="columns")
        yield replace(outputs, bound=replace(outputs.bound, first=MOST), first=lambda: made)
        yield from self._mentions()

    def of_output(self) -> Iterator[Plain[Any]]:
        """The gatherings that it came out of."""
        came = [
            found.source
            for found in views.pointing(self._library, Kind.OUTPUT, self._key, Why.CAME_OUT_OF)
            if found.source.kind == Kind.HARVEST
        ]
        yield self._by_year("gatherings", self._newest(came), self._year, shape="columns")
        yield from self._mentions()

    # Terms.

    def of_term(self) -> Iterator[Plain[Any]]:
        """What spaces say of it, and what carries it."""
        own = views.pointing(self._library, self._kind, self._key, Why.IN_OUR_WORDS)
        yield self._by_title("own-words", own, self._source, self._bounds.texts)
        for kind, refs in views.by_kind(views.carriers(self._library, self._kind, self._key)):
            name = f"carried-{kind}"
            if kind == Kind.HARVEST:
                yield self._by_year(name, self._newest(refs), self._year, shape="columns")
            else:
                yield self._by_title(name, refs, self._label, shape="columns")
        yield from self._mentions()

    def of_question(self) -> Iterator[Plain[Any]]:
        """The answers to it."""
        answers = views.answers(self._library, self._key)
        yield self._by_year("answers", answers, self._year_of_source, self._bounds.texts)
        yield from self.of_term()

    def of_type(self) -> Iterator[Plain[Any]]:
        """Its spaces, which the index of spaces lists too."""
        spaces = views.spaces_of_type(self._library, self._key)
        yield replace(self._spaces_of_type(self._key, spaces), name="spaces", shared=True)
        yield from self._mentions()

    def of_initiative(self) -> Iterator[Plain[Any]]:
        """Its spaces and what came out of them."""
        initiative = self._library.initiatives[self._key]
        yield self._spaces("spaces", views.spaces_in(self._library, initiative))
        outputs = views.outputs_in_initiative(self._library, initiative)
        yield self._by_title("outputs", outputs, _title, self._bounds.cards, shape="output_cards")

    # Indexes.

    def of_practices(self) -> Iterator[Plain[Any]]:
        """Those of each level, the best proven first."""
        for level, found in views.practices_by_level(self._library):
            proven = sorted(found, key=self._proven)
            plain = self._by_title(level.value, found, _title, self._bounds.cards, shape="practice_cards")
            yield replace(plain, order=PROVEN, first=partial(list, proven))

    def of_outputs(self) -> Iterator[Plain[Any]]:
        """Those of each kind."""
        for kind, found in views.outputs_by_kind(self._library):
            plain = self._by_title(kind, found, _title, self._bounds.cards, shape="output_cards")
            term = self._library.vocabulary.term("output_kinds", kind)
            yield replace(plain, title=self._words.localised(term.label) if term else kind)

    def of_spaces(self) -> Iterator[Plain[Any]]:
        """Those of each kind."""
        for kind, found in views.spaces_by_type(self._library):
            yield self._spaces_of_type(kind, found)

    def of_initiatives(self) -> Iterator[Plain[Any]]:
        """The spaces of each, which its own page lists too."""
        for initiative in self._library.initiatives.values():
            plain = self._spaces(initiative.id, views.spaces_in(self._library, initiative))
            yield replace(plain, folder=f"initiatives/{initiative.id}/spaces", shared=True)

    # Lists.

    def _spaces(self, name: str, spaces: Sequence[Space]) -> Plain[Space]:
        plain = self._by_title(name, spaces, _title, self._bounds.cards, shape="space_cards")
        return replace(plain, title=self._words.text("list.spaces"))

    def _spaces_of_type(self, kind: str, spaces: Sequence[Space]) -> Plain[Space]:
        """No space can be called as their folder is: what lies there is two steps below it."""
        plain = self._spaces(kind, spaces)
        title = self._words.text(f"type-short.{kind}")
        return replace(plain, title=title, folder=f"spaces/by-kind/{kind}")

    def _mentions(self) -> Iterator[Plain[Ref]]:
        """What links to an entry or a term, where much does: notes by year, then others by kind."""
        if len(self._library.pointing_to(self._kind, self._key)) <= self._bounds.lines.whole:
            return
        found = views.mentions(self._library, self._kind, self._key)
        notes = self._newest(ref for ref in found if ref.kind == Kind.HARVEST)
        plain = self._by_year("mentions", notes, self._year, shape="columns")
        others = [
            Group(name=kind, label=self._words.text(f"kinds.{kind}"), items=tuple(refs))
            for kind, refs in views.refs_by_kind(found)
            if kind != Kind.HARVEST
        ]
        yield replace(plain, items=found, groups=lambda: [*by_year(notes, self._year), *others])

    def _by_year(
        self,
        name: str,
        items: Sequence[T],
        year_of: Callable[[T], int],
        bound: Bound | None = None,
        shape: str = "",
    ) -> Plain[T]:
        """Describe a list whose newest things come first."""
        return Plain(
            name=name,
            title=self._name(name),
            items=items,
            shape=shape or name.replace("-", "_"),
            bound=bound or self._bounds.lines,
            groups=lambda: by_year(items, year_of),
            order=NEWEST,
        )

    def _by_title(
        self,
        name: str,
        items: Sequence[T],
        title_of: Callable[[T], str],
        bound: Bound | None = None,
        shape: str = "",
    ) -> Plain[T]:
        """Describe a list in the order of the alphabet."""
        chosen = bound or self._bounds.lines
        return Plain(
            name=name,
            title=self._name(name),
            items=items,
            shape=shape or name.replace("-", "_"),
            bound=chosen,
            groups=lambda: by_letter(items, title_of, chosen.part, self._span),
            order=TITLE,
        )

    def _name(self, name: str) -> str:
        """Say what a list is; the lists of an index are named by their kinds."""
        return self._words.text(f"list.{name}") if self._words.has(f"list.{name}") else ""

    def _span(self, first: str, last: str) -> str:
        return self._words.text("list.letters", first=first, last=last)

    # Things of lists.

    def _newest(self, refs: Iterable[Ref]) -> list[Ref]:
        """Put notes in order, the newest first."""
        notes = self._library.harvests
        return sorted(refs, key=lambda ref: (notes[ref.id].date.sort_key, ref.id), reverse=True)

    def _year(self, ref: Ref) -> int:
        return self._library.harvests[ref.id].date.year

    def _year_of_source(self, backlink: Backlink) -> int:
        return self._year(backlink.source)

    def _label(self, ref: Ref) -> str:
        return self._library.title_of(ref) or ref.id

    def _source(self, backlink: Backlink) -> str:
        return self._label(backlink.source)

    def _proven(self, practice: PracticeRecord) -> tuple[int, int]:
        maturity = self._library.maturity[practice.id]
        return -maturity.hosts, -maturity.worked


def _title(titled: Space | PracticeRecord | OutputRecord) -> str:
    return titled.title


def _year_of_note(note: Harvest) -> int:
    return note.date.year


def _year_of_evidence(note: Evidence) -> int:
    return note.harvest.date.year


_LISTED: Final[Mapping[str, Callable[[_Lister], Iterator[Plain[Any]]]]] = {
    Kind.SPACE: _Lister.of_space,
    Kind.HARVEST: _Lister.of_harvest,
    Kind.PRACTICE: _Lister.of_practice,
    Kind.OUTPUT: _Lister.of_output,
    "principle": _Lister.of_term,
    "approach": _Lister.of_term,
    "role": _Lister.of_term,
    "question": _Lister.of_question,
    "type": _Lister.of_type,
    "initiative": _Lister.of_initiative,
    index_of("practices"): _Lister.of_practices,
    index_of("outputs"): _Lister.of_outputs,
    index_of("spaces"): _Lister.of_spaces,
    index_of("initiatives"): _Lister.of_initiatives,
}
"""The lists of a page by the kind of what it is about, or by the path of an index."""
