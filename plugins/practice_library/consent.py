"""The gate: consent is decided here, once, before anything else looks at the content.

In: `Sources` as read, the audience and the build's date. Out: the `Admission`: entries that may be
shown, already narrowed to what may be shown of them, and a count of the rest. Everything downstream is
made from the admission alone and cannot see what was held. What is not plainly permitted is held.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final, TypeVar

from .model import (
    HEALING,
    Consent,
    Credit,
    Entry,
    Harvest,
    Kind,
    Level,
    Output,
    Practice,
    Quote,
    Share,
    Sources,
    Space,
    changed,
    kind_of,
)
from .narrowing import credited, credited_quote, summary_of
from .terms import Reason, Terms, healing_end, narrowest, reason_of_dates, silent_credit, terms_of
from .wording import wording_of

_E = TypeVar("_E", Space, Harvest, Practice, Output)
_BARE: Final = frozenset(
    {"date", "withdrawn", "tombstone", "illustrative", "language", "aliases", "consent", "title"}
)
"""Keys of a withdrawn entry that tell nothing of what was in it."""


class Audience(StrEnum):
    """Whom an edition is for."""

    PUBLIC = "public"
    MEMBERS = "members"

    @property
    def level(self) -> Level:
        """The least open level that this audience may still see."""
        return Level.PUBLIC if self is Audience.PUBLIC else Level.MEMBERS


@dataclass(frozen=True, kw_only=True)
class Held:
    """An entry that is not shown, and why."""

    entry: Entry
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """A page that says something was withdrawn, and nothing else."""

    kind: Kind
    id: str


@dataclass(frozen=True, kw_only=True)
class Admission:
    """What the gate let through; `held` and what follows it are for stewards, and never published."""

    spaces: tuple[Space, ...] = ()
    harvests: tuple[Harvest, ...] = ()
    practices: tuple[Practice, ...] = ()
    outputs: tuple[Output, ...] = ()
    tombstones: tuple[Tombstone, ...] = ()
    gone: frozenset[str] = frozenset()
    """`kind:id` and `file:path` of what was withdrawn or has expired: links to it become plain words, so
    that a day on which consent ends never stops a build and so keeps the words online."""
    held: tuple[Held, ...] = field(default=(), repr=False)
    until: Mapping[str, date] = field(default_factory=dict, repr=False)
    """The last day of each admitted entry whose consent ends, by its path."""
    held_quotes: tuple[tuple[Entry, Quote], ...] = field(default=(), repr=False)
    """Quotes of admitted entries that are not shown."""
    exposed: tuple[Entry, ...] = field(default=(), repr=False)
    """Held entries that still have something to read in the sources."""

    def entries(self) -> tuple[Space | Harvest | Practice | Output, ...]:
        """Give everything that was let through."""
        return (*self.spaces, *self.harvests, *self.practices, *self.outputs)

    @property
    def held_in_source(self) -> int:
        """How many held entries still have something to read in the sources."""
        return len(self.exposed)


def admit(sources: Sources, audience: Audience, today: date) -> Admission:
    """Decide what may be shown to an audience on a day.

    Args:
        sources: everything that was read.
        audience: whom the edition is for.
        today: the build's date; consent given after it does not hold yet.

    Returns:
        Admitted entries, narrowed to what their consent permits, in the order of the sources.
    """
    return _Gate(sources, audience, today).admit()


class _Gate:
    """One pass over the sources for one audience on one day."""

    def __init__(self, sources: Sources, audience: Audience, today: date) -> None:
        self._sources = sources
        self._audience = audience
        self._today = today
        self._listed = frozenset(sources.withdrawn)
        self._gone = self._listed | {
            self._id(entry) for entry in sources if entry.withdrawn and entry.withdrawn <= today
        }
        self._types = {space.id: space.type for space in sources.spaces}
        self._space_terms = {
            space.id: self._listed_terms(space, terms_of(space, space.type, today))
            for space in sources.spaces
        }

    def admit(self) -> Admission:
        terms = {self._key(entry): self._terms(entry) for entry in self._sources}
        held = tuple(
            Held(entry=entry, reason=reason)
            for entry in self._sources
            if (reason := self._held_because(terms[self._key(entry)]))
        )
        return Admission(
            spaces=self._narrowed(self._sources.spaces, terms),
            harvests=self._narrowed(self._sources.harvests, terms),
            practices=self._narrowed(self._sources.practices, terms),
            outputs=self._narrowed(self._sources.outputs, terms),
            tombstones=tuple(self._tombstones(held)),
            gone=self._gone | frozenset(self._ended(held)),
            held=held,
            until={
                path: found.until
                for path, found in terms.items()
                if found.until and self._held_because(found) is None
            },
            held_quotes=tuple(self._held_quotes(terms)),
            exposed=tuple(h.entry for h in held if not _is_bare(h.entry)),
        )

    def _id(self, entry: Entry) -> str:
        return f"{kind_of(entry)}:{entry.id}"

    def _key(self, entry: Entry) -> str:
        """Tell apart two files that claim one id: which of them counts is decided later."""
        return entry.path

    def _listed_terms(self, entry: Entry, terms: Terms) -> Terms:
        if self._id(entry) in self._listed:
            return replace(terms, reason=Reason.WITHDRAWN)
        return terms

    def _terms(self, entry: Entry) -> Terms:
        if isinstance(entry, Space):
            return self._space_terms[entry.id]
        if not entry.space:
            return self._listed_terms(entry, terms_of(entry, "", self._today))
        outer = self._space_terms.get(entry.space)
        if outer is None:
            return Terms(
                level=Level.WITHHELD,
                share=Share.SUMMARY,
                until=None,
                credit=Credit.ANONYMOUS,
                reason=Reason.SPACE,
            )
        own = terms_of(entry, self._types[entry.space], self._today)
        return narrowest(self._listed_terms(entry, own), outer)

    def _held_because(self, terms: Terms) -> Reason | None:
        if terms.reason:
            return terms.reason
        return None if terms.level >= self._audience.level else Reason.LEVEL

    def _narrowed(self, entries: tuple[_E, ...], terms: Mapping[str, Terms]) -> tuple[_E, ...]:
        return tuple(
            self._narrow(entry, terms[self._key(entry)])
            for entry in entries
            if self._held_because(terms[self._key(entry)]) is None
        )

    def _narrow(self, entry: _E, terms: Terms) -> _E:
        """Leave of an entry what its terms permit."""
        left: dict[str, Any] = {"consent": Consent()}
        if isinstance(entry, Space | Harvest):
            left |= self._without_withdrawn(entry)
        if isinstance(entry, Harvest):
            left["quotes"] = self._quotes(entry, terms)
        shown = credited(changed(entry, **left), terms.credit)
        return summary_of(shown) if terms.share is Share.SUMMARY else shown

    def _without_withdrawn(self, holder: Space | Harvest) -> dict[str, Any]:
        """Make first mentions of what was withdrawn since mere mentions: nobody brings it back."""
        return {
            "practices": tuple(
                replace(m, title="", summary="") if f"practice:{m.id}" in self._gone else m
                for m in holder.practices
            ),
            "outputs": tuple(
                replace(m, title="", kind="", summary="") if f"output:{m.id}" in self._gone else m
                for m in holder.outputs
            ),
        }

    def _quotes(self, harvest: Harvest, note: Terms) -> tuple[Quote, ...]:
        healing = self._types.get(harvest.space) == HEALING
        silent = Credit.ANONYMOUS if note.credit is Credit.ANONYMOUS else silent_credit(healing=healing)
        return tuple(
            credited_quote(quote, silent)
            for quote in harvest.quotes
            if self._is_open(quote, note, healing=healing)
        )

    def _held_quotes(self, terms: Mapping[str, Terms]) -> Iterator[tuple[Entry, Quote]]:
        for harvest in self._sources.harvests:
            note = terms[self._key(harvest)]
            healing = self._types.get(harvest.space) == HEALING
            for quote in harvest.quotes:
                shown = note.share is Share.FULL and self._is_open(quote, note, healing=healing)
                if self._held_because(note) is None and not shown:
                    yield harvest, quote

    def _is_open(self, quote: Quote, note: Terms, *, healing: bool) -> bool:
        """Whether a quote's own consent opens it, for these words, within the terms of its note."""
        consent = quote.consent
        if consent.wording is not None and consent.wording != wording_of(quote.text):
            return False
        if consent.level is None or min(consent.level, note.level) < self._audience.level:
            return False
        until = consent.until or healing_end(consent, healing=healing)
        return reason_of_dates(consent, until, self._today) is None

    def _ended(self, held: tuple[Held, ...]) -> Iterator[str]:
        """Go through what is no longer shown, with the practices and outputs that came in with it."""
        for h in held:
            space = self._space_terms.get(h.entry.space)
            reason = space.reason if space and h.reason is Reason.SPACE else h.reason
            if reason not in {Reason.WITHDRAWN, Reason.EXPIRED}:
                continue
            yield self._id(h.entry)
            yield f"file:{h.entry.path}"
            if isinstance(h.entry, Space | Harvest):
                yield from (f"practice:{m.id}" for m in h.entry.practices if m.title)
                yield from (f"output:{m.id}" for m in h.entry.outputs if m.title)

    def _tombstones(self, held: tuple[Held, ...]) -> list[Tombstone]:
        """A page for each withdrawn entry that asked for one, where its space may be seen."""
        return [
            Tombstone(kind=kind_of(h.entry), id=h.entry.id)
            for h in held
            if h.reason is Reason.WITHDRAWN and h.entry.tombstone and self._may_mark(h.entry)
        ]

    def _may_mark(self, entry: Entry) -> bool:
        if isinstance(entry, Space):
            return entry.type != HEALING
        space = self._space_terms.get(entry.space)
        return not entry.space if space is None else self._held_because(space) is None


def _is_bare(entry: Entry) -> bool:
    """Whether nothing is left in the sources of a withdrawn entry but that it was withdrawn."""
    return (
        entry.withdrawn is not None
        and not entry.body
        and _BARE.issuperset(key.partition("/")[0] for key in entry.lines)
    )
