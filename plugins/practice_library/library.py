"""The library: admitted entries, linked to one another.

A `Library` knows for every entry and term what points to it and why, the evidence and maturity of every
practice, and what is related. `linker` makes it; pages, search and exports are made from it alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from .consent import Tombstone
from .evidence import Evidence, Maturity
from .links import TERM_KINDS, Link
from .model import (
    HEALING,
    Entry,
    Harvest,
    Kind,
    Output,
    Practice,
    Space,
)
from .related import Related
from .vocabulary import Term, Vocabulary


class Why(StrEnum):
    """Why something points here; `why.<value>` in the message catalogue says it in words."""

    WORKED_IN = "worked-in"
    ADAPTED_IN = "adapted-in"
    DID_NOT_WORK_IN = "did-not-work-in"
    USED_BY = "used-by"
    """A space names the practice among its own."""
    CAME_OUT_OF = "came-out-of"
    """An output, of a space or a gathering."""
    MADE_WITH = "made-with"
    """A practice, by an output that rests on it."""
    IN_OUR_WORDS = "in-our-words"
    """A principle, told in a space's own words."""
    CARRIED_BY = "carried-by"
    """A principle, an approach or a role that the entry carries."""
    ANSWERED_IN = "answered-in"
    """A reflection question."""
    OF_THIS_TYPE = "of-this-type"
    """A kind of space."""
    MENTIONED_IN = "mentioned-in"
    """A link in the text."""
    RELATED_TO = "related-to"
    """A practice, by another that names it as related."""


class Ref(NamedTuple):
    """The name of an entry or a term: its kind and its id. There are many, made and compared all the time."""

    kind: str
    id: str

    def __repr__(self) -> str:
        """Tell it in short: the state of what a page looks at is made of many of these."""
        return f"<{self.kind}:{self.id}>"


class Backlink(NamedTuple):
    """Something that points here, and why."""

    why: Why
    source: Ref
    words: str = ""
    """What the source says of it: its own words of a principle, an answer, how a practice went."""

    def __repr__(self) -> str:
        """Tell it in short, as `Ref` does."""
        return f"<{self.why} {self.source!r} {self.words!r}>"


@dataclass(frozen=True, kw_only=True)
class PracticeRecord:
    """A practice as the library knows it, whether written up or only mentioned."""

    id: str
    title: str
    summary: str
    path: str
    line: int
    space: str = ""
    """The space that stewards it, or that first mentioned it."""
    entry: Practice | None = None
    """The write-up, where there is one."""
    illustrative: bool = False
    language: str = ""

    @property
    def is_rated(self) -> bool:
        """Whether a maturity may be computed for it."""
        return not (self.entry and self.entry.rating == "not-rated")


@dataclass(frozen=True, kw_only=True)
class OutputRecord:
    """An innovation output as the library knows it."""

    id: str
    title: str
    kind: str
    summary: str
    path: str
    line: int
    space: str = ""
    entry: Output | None = None
    illustrative: bool = False
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Initiative:
    """A project that several spaces belong to."""

    id: str
    title: str
    spaces: tuple[str, ...]


_TABLES: Final[Mapping[str, str]] = {
    Kind.SPACE: "spaces",
    Kind.HARVEST: "harvests",
    Kind.PRACTICE: "practices",
    Kind.OUTPUT: "outputs",
}
"""Where a library has the entries of each kind."""


@dataclass(kw_only=True)
class Library:
    """Everything that may be shown, by id, with what points to what."""

    vocabulary: Vocabulary
    spaces: dict[str, Space] = field(default_factory=dict)
    harvests: dict[str, Harvest] = field(default_factory=dict)
    """By date, oldest first."""
    practices: dict[str, PracticeRecord] = field(default_factory=dict)
    outputs: dict[str, OutputRecord] = field(default_factory=dict)
    tombstones: tuple[Tombstone, ...] = ()
    backlinks: dict[Ref, list[Backlink]] = field(default_factory=lambda: defaultdict(list))
    evidence: dict[str, tuple[Evidence, ...]] = field(default_factory=dict)
    maturity: dict[str, Maturity] = field(default_factory=dict)
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=dict)
    initiatives: dict[str, Initiative] = field(default_factory=dict)
    harvests_of: dict[str, list[Harvest]] = field(default_factory=lambda: defaultdict(list))
    """The notes of each space, oldest first."""
    place_of: dict[str, int] = field(default_factory=dict)
    """Where each note stands among those of its space, from 0."""
    practices_in: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The ids of the practices that each space stewards or brought in."""
    outputs_in: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The ids of the outputs that each space stewards or brought in."""
    children_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """The ids of the spaces within each space."""
    by_path: dict[str, Ref] = field(default_factory=dict)
    """Which entry a file holds, for relative links."""

    def term(self, kind: str, term_id: str) -> Term | None:
        """Give the term that a kind of link and an id name, or None."""
        return self.vocabulary.term(TERM_KINDS.get(kind, ""), term_id)

    def entries(self) -> Iterator[Entry]:
        """Go through every entry that has a file."""
        yield from self.spaces.values()
        yield from self.harvests.values()
        yield from (p.entry for p in self.practices.values() if p.entry)
        yield from (o.entry for o in self.outputs.values() if o.entry)

    def is_healing(self, entry: Entry) -> bool:
        """Whether an entry is, or lies in, a community of healing."""
        space = entry if isinstance(entry, Space) else self.spaces.get(entry.space)
        return isinstance(space, Space) and space.type == HEALING

    def entries_of(self, kind: str) -> Mapping[str, Space | Harvest | PracticeRecord | OutputRecord]:
        """Give the entries of a kind by id; none for a kind of term."""
        name = _TABLES.get(kind)
        table: Mapping[str, Space | Harvest | PracticeRecord | OutputRecord] = (
            getattr(self, name) if name else {}
        )
        return table

    def knows(self, kind: str, target: str) -> bool:
        """Whether an entry or a term may be linked to."""
        return target in self.entries_of(kind) or self.term(kind, target) is not None

    def target_of(self, found: Link) -> Ref | None:
        """Give what a link in a body names, or None where it leads nowhere."""
        if found.kind == "file":
            return self.by_path.get(found.target)
        known = self.knows(found.kind, found.target)
        return Ref(kind=found.kind, id=found.target) if known else None

    def title_of(self, ref: Ref) -> str | None:
        """Give the title of an entry; None for a term, whose label depends on the language."""
        holder = self.entries_of(ref.kind)
        return holder[ref.id].title if ref.id in holder else None

    def language_of(self, ref: Ref) -> str:
        """Give the language an entry is written in; empty for the site's own and for terms."""
        holder = self.entries_of(ref.kind)
        return holder[ref.id].language if ref.id in holder else ""

    def pointing_to(self, kind: str, target: str) -> list[Backlink]:
        """Give what points to an entry or a term, in a stable order."""
        return self.backlinks.get(Ref(kind=kind, id=target), [])
