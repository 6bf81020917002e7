"""The facts of the library, as frozen records: what an entry says once it has been read.

Nothing here reads, decides or renders. `schema` fills these records, `consent` narrows them, `library`
links them; each field's line says what it means to a reader of the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any, Final, TypeVar, final

R = TypeVar("R")
Day = date
"""A whole day; named apart because a harvest note has a field called `date`."""


class Kind(StrEnum):
    """The four kinds of entry."""

    SPACE = "space"
    HARVEST = "harvest"
    PRACTICE = "practice"
    OUTPUT = "output"


TYPES: Final = (
    "social-innovation-lab",
    "community-of-learning",
    "community-of-practice",
    "community-of-healing",
)
"""The kinds of space. Code knows them because consent depends on them; their words are data."""
HEALING: Final = "community-of-healing"
TYPE_ACRONYMS: Final = {"sil": TYPES[0], "col": TYPES[1], "cop": TYPES[2], "coh": TYPES[3]}


class Level(IntEnum):
    """Who may see an entry; the lower, the narrower."""

    WITHHELD = 0
    """Nobody, in any edition."""
    MEMBERS = 1
    """Readers of the members' edition."""
    PUBLIC = 2
    """Everyone."""


class Share(IntEnum):
    """How much of an entry may be seen; the lower, the narrower."""

    SUMMARY = 0
    """Title, summary, date and practices alone."""
    FULL = 1
    """All of it."""


class Credit(StrEnum):
    """How the people of an entry are named."""

    NAMED = "named"
    ROLE = "role"
    ORGANISATION = "organisation"
    ANONYMOUS = "anonymous"


class Relation(StrEnum):
    """How a practice went in a gathering."""

    WORKED = "worked"
    ADAPTED = "adapted"
    DID_NOT_WORK = "did-not-work"


@dataclass(frozen=True, kw_only=True, order=True)
class PartialDate:
    """A date known to the day, the month or only the year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """Write the date as in front matter: 2021, 2021-04 or 2021-04-14."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """Order dates of any precision; an unknown month or day comes first."""
        return (self.year, self.month or 0, self.day or 0)


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What the people concerned agreed to, as written; None is silence."""

    level: Level | None = None
    """Who may see it."""
    share: Share | None = None
    """How much of it."""
    given: date | None = None
    """The day consent was given."""
    until: date | None = None
    """The last day it holds."""
    by: str | None = None
    """Who gave it: the group, a person or a steward."""
    credit: Credit | None = None
    """How people are named."""
    wording: str | None = None
    """A digest that ties consent to the exact words of a quote."""


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with a part in a gathering; empty fields are unknown or not to be shown."""

    name: str = ""
    role: str = ""
    organisation: str = ""


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Something to read further."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Use:
    """Who took up an output, how and when."""

    who: str
    how: str = ""
    date: PartialDate | None = None


@dataclass(frozen=True, kw_only=True)
class PrincipleMention:
    """A principle a space holds to, perhaps in its own words."""

    id: str
    words: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class PracticeMention:
    """A practice a space or a gathering worked with."""

    id: str
    relation: Relation = Relation.WORKED
    note: str = ""
    """How it went, in a sentence."""
    title: str = ""
    """Set where this is the practice's first mention, which brings it into the library."""
    summary: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class OutputMention:
    """An innovation output that came out of a space or a gathering."""

    id: str
    title: str = ""
    """Set where this is the output's first mention, which brings it into the library."""
    kind: str = ""
    summary: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Quote:
    """Words somebody said, shown only with consent of its own."""

    text: str
    name: str = ""
    role: str = ""
    organisation: str = ""
    language: str = ""
    consent: Consent = field(default_factory=Consent)
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a gathering answered to a reflection question."""

    question: str
    text: str
    line: int = 0


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What every entry has."""

    id: str
    """Its place in addresses: `check-in-round`, or `riverside/2021-04-14-first` for a harvest note."""
    path: str
    """Its file, from the project's root."""
    title: str
    space: str = ""
    """The space it lies in; empty for a space and for what no one space stewards."""
    body: str = ""
    """The Markdown after the front matter."""
    body_line: int = 1
    """The line of the file on which the body begins."""
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    """The line of each key, for complaints."""
    content_note: str = ""
    """What a reader may want to know before reading."""
    consent: Consent = field(default_factory=Consent)
    consent_stated: bool = False
    """Whether the entry says anything of consent."""
    withdrawn: date | None = None
    """From this day it is gone."""
    tombstone: bool = False
    """Whether a calm page says that something was withdrawn."""
    illustrative: bool = False
    """Invented example content."""
    aliases: tuple[str, ...] = ()
    """Old addresses that lead here."""
    language: str = ""
    """The language it is written in; empty for the site's own."""
    summary_only: bool = False
    """Set by the gate: only the summary was agreed to."""


@final
@dataclass(frozen=True, kw_only=True)
class Space(Entry):
    """A collaborative learning space."""

    type: str
    host: str
    purpose: str = ""
    initiative: str = ""
    parent: str = ""
    facilitators: tuple[Person, ...] = ()
    harvesters: tuple[Person, ...] = ()
    started: PartialDate | None = None
    ended: PartialDate | None = None
    region: str = ""
    principles: tuple[PrincipleMention, ...] = ()
    approaches: tuple[str, ...] = ()
    practices: tuple[PracticeMention, ...] = ()
    outputs: tuple[OutputMention, ...] = ()
    resources: tuple[Resource, ...] = ()
    authority: str = ""


@final
@dataclass(frozen=True, kw_only=True)
class Harvest(Entry):
    """One gathering, written down by a harvester."""

    date: PartialDate
    harvesters: tuple[Person, ...] = ()
    participants: int | None = None
    practices: tuple[PracticeMention, ...] = ()
    principles: tuple[PrincipleMention, ...] = ()
    approaches: tuple[str, ...] = ()
    outputs: tuple[OutputMention, ...] = ()
    reflections: tuple[Answer, ...] = ()
    quotes: tuple[Quote, ...] = ()
    checked_by_participants: Day | None = None


@final
@dataclass(frozen=True, kw_only=True)
class Practice(Entry):
    """The full write-up of a practice."""

    summary: str = ""
    purpose: str = ""
    time: str = ""
    group_size: str = ""
    roles: tuple[str, ...] = ()
    principles: tuple[PrincipleMention, ...] = ()
    approaches: tuple[str, ...] = ()
    watch_for: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    rating: str = ""
    resources: tuple[Resource, ...] = ()
    authority: str = ""
    review_by: date | None = None


@final
@dataclass(frozen=True, kw_only=True)
class Output(Entry):
    """The full page of an innovation output."""

    kind: str
    summary: str = ""
    link: str = ""
    practices: tuple[str, ...] = ()
    used_by: tuple[Use, ...] = ()
    resources: tuple[Resource, ...] = ()
    authority: str = ""


AnyEntry = Space | Harvest | Practice | Output
EMPTY_DATE: Final = PartialDate(year=1)
"""Stands for the date of a withdrawn note whose date went with it."""


@dataclass(frozen=True, kw_only=True)
class Sources:
    """Everything that was read, before anybody has looked at consent."""

    spaces: tuple[Space, ...] = ()
    harvests: tuple[Harvest, ...] = ()
    practices: tuple[Practice, ...] = ()
    outputs: tuple[Output, ...] = ()
    withdrawn: tuple[str, ...] = ()
    """Ids listed in `withdrawn.txt`."""

    def __iter__(self) -> Iterator[AnyEntry]:
        """Go through every entry, spaces first."""
        yield from self.spaces
        yield from self.harvests
        yield from self.practices
        yield from self.outputs


def kind_of(entry: Entry) -> Kind:
    """Tell the kind of an entry."""
    return _KINDS[type(entry).__name__]


_KINDS: Final = {kind.capitalize(): kind for kind in Kind}


def changed(record: R, **values: Any) -> R:  # noqa: ANN401 - what the fields of any record hold
    """Give a record with other values in some fields, or raise TypeError: a quick `dataclasses.replace`."""
    if not values.keys() <= record.__dict__.keys():
        raise TypeError(", ".join(values))
    other = object.__new__(type(record))
    other.__dict__.update(record.__dict__, **values)
    return other
