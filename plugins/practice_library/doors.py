"""The ways in: a door for each role, what stands behind it, and the sheets to print for a meeting.

In: the library. Out: the doors, the practices of a role or of a length, best evidence first, and the two
practices of a sheet. Called by `pages` and from templates; what a door says in words is in `messages/`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from .evidence import MaturityLevel
from .facets import TIMES
from .library import Backlink, Library, PracticeRecord, Why
from .model import Kind
from .readers import duration_minutes, group_bounds

FOLDER: Final = "for"
"""Where the doors lie."""
SHOWN: Final = 6
"""How many of a kind a door shows before it leads on to the whole list."""
EACH: Final = 3
"""How many of one length or one kind it shows."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """A way in for one role."""

    name: str
    """Its place in addresses, and in the keys of its words."""
    role: str
    """The role of the vocabulary it is for; empty where it is for none."""
    parts: tuple[str, ...]
    """What it shows, in this order; each is a template `_door-<part>`."""

    @property
    def source(self) -> str:
        """Give the source path of its page."""
        return f"{FOLDER}/{self.name}.md"


DOORS: Final = (
    Door(name="newcomer", role="", parts=("subject", "kinds", "proven", "words")),
    Door(name="facilitator", role="facilitator", parts=("sheets", "times", "principles", "questions")),
    Door(name="host", role="host", parts=("kinds", "start", "practices", "consent")),
    Door(name="harvester", role="harvester", parts=("writing", "questions", "newest", "practices")),
    Door(name="participant", role="participant", parts=("kept", "withdrawal", "voices", "practices")),
    Door(name="knowledge-mobiliser", role="knowledge-mobiliser", parts=("trails", "outputs", "years")),
    Door(name="funder", role="", parts=("trails", "years", "fates", "initiatives")),
)


def door_of(role: str) -> Door | None:
    """Give the door for a role of the vocabulary, or None."""
    return next((door for door in DOORS if role and door.role == role), None)


_RANK: Final = {
    MaturityLevel.EXEMPLARY: 0,
    MaturityLevel.GROWING: 1,
    MaturityLevel.EMERGING: 2,
    MaturityLevel.NOT_RATED: 3,
    MaturityLevel.UNPROVEN: 4,
}


def best_first(library: Library, practices: Iterable[PracticeRecord]) -> list[PracticeRecord]:
    """Order practices by their evidence; an invented one comes after a real one of the same level."""

    def key(practice: PracticeRecord) -> tuple[int, bool, int, int, str, str]:
        found = library.maturity[practice.id]
        failed = found.did_not_work - found.worked - found.adapted
        return (
            _RANK[found.level],
            practice.illustrative,
            -found.hosts,
            failed,
            practice.title.casefold(),
            practice.id,
        )

    return sorted(practices, key=key)


def practices_of(library: Library, role: str) -> list[PracticeRecord]:
    """Give the practices that name a role, best evidence first."""
    named = {b.source.id for b in library.pointing_to("role", role) if b.source.kind == Kind.PRACTICE}
    return best_first(library, (library.practices[key] for key in sorted(named)))


BANDS: Final = (15, 30, 60, 120)
"""Lengths, in minutes, by which practices are listed; what takes longer comes last, under 0."""


def by_time(library: Library, role: str) -> list[tuple[int, list[PracticeRecord]]]:
    """Give the practices for a role by the time they take at most, best evidence first."""
    groups: dict[int, list[PracticeRecord]] = {band: [] for band in (*BANDS, 0)}
    for practice in best_first(library, library.practices.values()):
        longest = _minutes(practice)
        if longest and _is_for(practice, role):
            groups[next((band for band in BANDS if longest <= band), 0)].append(practice)
    return [(band, found) for band, found in groups.items() if found]


def time_in_finder(band: int) -> str:
    """Give the value by which the finder knows the time of a band; empty for what takes longer than all."""
    return next((name for name, most in TIMES.items() if most == band), "")


def _is_for(practice: PracticeRecord, role: str) -> bool:
    """Whether a practice is for a role: it names it, or names none."""
    return practice.entry is not None and (not practice.entry.roles or role in practice.entry.roles)


def _minutes(practice: PracticeRecord) -> int:
    """Give the longest time a practice takes; 0 where nobody has said."""
    bounds = duration_minutes(practice.entry.time) if practice.entry else None
    return bounds[1] if bounds else 0


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A sheet of paper for one meeting: so many minutes, so many people."""

    minutes: int
    people: int

    @property
    def source(self) -> str:
        """Give the source path of its page."""
        return f"{FOLDER}/facilitator/{self.minutes}-minutes-{self.people}-people.md"


LENGTHS: Final = (30, 60, 120)
GROUPS: Final = (6, 12, 24)
SHEETS: Final = tuple(Sheet(minutes=minutes, people=people) for minutes in LENGTHS for people in GROUPS)
_TRIED: Final = 40
"""How many of the best practices are tried as pairs."""


def sheet_practices(library: Library, sheet: Sheet) -> tuple[PracticeRecord, ...]:
    """Choose two practices that fit a meeting together, or one, the shorter first.

    Pairs that fill half of the time come before others, then those with the best evidence.
    """
    fitting = best_first(library, (p for p in library.practices.values() if _fits(p, sheet)))
    pairs = [pair for pair in _pairs(fitting[:_TRIED]) if pair.minutes <= sheet.minutes]
    if not pairs:
        return tuple(fitting[:1])
    best = min(pairs, key=lambda pair: (2 * pair.minutes < sheet.minutes, pair.rank))
    return tuple(sorted(best.practices, key=_minutes))


@dataclass(frozen=True, kw_only=True)
class _Pair:
    practices: tuple[PracticeRecord, PracticeRecord]
    minutes: int
    rank: tuple[int, int]
    """The places of both among the best, added, then the better one's."""


def _pairs(ranked: list[PracticeRecord]) -> Iterator[_Pair]:
    for (place, one), (other_place, other) in combinations(enumerate(ranked), 2):
        minutes = _minutes(one) + _minutes(other)
        yield _Pair(practices=(one, other), minutes=minutes, rank=(place + other_place, place))


def _fits(practice: PracticeRecord, sheet: Sheet) -> bool:
    """Whether a practice is written up, and fits the time and the group."""
    entry = practice.entry
    if entry is None or not entry.body or not 0 < _minutes(practice) <= sheet.minutes:
        return False
    bounds = group_bounds(entry.group_size)
    if bounds is None:
        return not entry.group_size
    low, high = bounds
    return low <= sheet.people and (high is None or sheet.people <= high)


def voices(library: Library) -> list[tuple[str, Backlink]]:
    """Give principles by id, each in the words of one space, from as many spaces as can be."""
    heard: Counter[str] = Counter()
    chosen = []
    for principle in library.vocabulary.section("principles"):
        told = [b for b in library.pointing_to("principle", principle) if b.why is Why.IN_OUR_WORDS]
        if told:
            voice = min(told, key=lambda backlink: heard[backlink.source.id])
            heard[voice.source.id] += 1
            chosen.append((principle, voice))
    return chosen[:SHOWN]
