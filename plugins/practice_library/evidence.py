"""What is known of a practice, computed from the gatherings that worked with it, never typed.

In: the notes of a practice's evidence. Out: its maturity with the reason and the next step, and the
spread over kinds of space and years. Called by `library`; knows nothing of pages or words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .model import Harvest, Relation


class MaturityLevel(StrEnum):
    """How far the evidence of a practice goes."""

    UNPROVEN = "unproven"
    """No admitted note says that it worked."""
    EMERGING = "emerging"
    """It worked with one host."""
    GROWING = "growing"
    """It worked with several independent hosts."""
    EXEMPLARY = "exemplary"
    """It worked with many, and more often than it did not."""
    NOT_RATED = "not-rated"
    """Held by its community; no level is computed."""


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """From how many independent hosts a level begins."""

    growing: int = 2
    exemplary: int = 3
    small_count: int = 5
    """Counts of people below this are not told exactly."""


class Evidence(NamedTuple):
    """One gathering that worked with a practice."""

    harvest: Harvest
    relation: Relation
    note: str
    space_type: str
    host: str
    """Tells hosts apart; independent hosts have different ones."""
    illustrative: bool
    counts: bool = True
    """Whether it counts towards maturity."""


@dataclass(frozen=True, kw_only=True)
class Maturity:
    """The level of a practice, and what it rests on."""

    level: MaturityLevel
    hosts: int = 0
    """With how many independent hosts it worked or was adapted."""
    worked: int = 0
    adapted: int = 0
    did_not_work: int = 0
    illustrative: bool = False
    """Whether it rests on invented example notes."""
    hosts_to_next: int = 0
    """How many more hosts would raise the level; 0 when hosts are not what is missing."""
    next_level: MaturityLevel | None = None

    @property
    def notes(self) -> int:
        """How many notes it rests on."""
        return self.worked + self.adapted + self.did_not_work


def counting(evidence: Iterable[Evidence], *, illustrative: bool) -> tuple[Evidence, ...]:
    """Mark which notes count: real ones; invented ones only for an invented practice without real ones.

    Args:
        evidence: the notes of one practice.
        illustrative: whether the practice itself is invented.
    """
    notes = tuple(evidence)
    only_invented = illustrative and all(note.illustrative for note in notes)
    return tuple(_marked(note, counts=only_invented or not note.illustrative) for note in notes)


def _marked(note: Evidence, *, counts: bool) -> Evidence:
    return note if note.counts is counts else note._replace(counts=counts)


def maturity_of(evidence: Sequence[Evidence], thresholds: Thresholds, *, rated: bool = True) -> Maturity:
    """Compute the maturity of a practice.

    Args:
        evidence: its notes, marked by `counting`.
        thresholds: from how many hosts a level begins.
        rated: False for what its community asked not to be rated.
    """
    if not rated:
        return Maturity(level=MaturityLevel.NOT_RATED)
    notes = [note for note in evidence if note.counts]
    relations = Counter(note.relation for note in notes)
    hosts = {note.host for note in notes if note.relation is not Relation.DID_NOT_WORK}
    worked = relations[Relation.WORKED] + relations[Relation.ADAPTED]
    did_not_work = relations[Relation.DID_NOT_WORK]
    level = _level(len(hosts), thresholds, mostly_worked=worked > did_not_work)
    next_level, missing = _next(level, len(hosts), thresholds)
    return Maturity(
        level=level,
        hosts=len(hosts),
        worked=relations[Relation.WORKED],
        adapted=relations[Relation.ADAPTED],
        did_not_work=did_not_work,
        illustrative=bool(notes) and all(note.illustrative for note in notes),
        hosts_to_next=missing,
        next_level=next_level,
    )


def _level(hosts: int, thresholds: Thresholds, *, mostly_worked: bool) -> MaturityLevel:
    if hosts >= thresholds.exemplary and mostly_worked:
        return MaturityLevel.EXEMPLARY
    if hosts >= thresholds.growing:
        return MaturityLevel.GROWING
    return MaturityLevel.EMERGING if hosts else MaturityLevel.UNPROVEN


def _next(level: MaturityLevel, hosts: int, thresholds: Thresholds) -> tuple[MaturityLevel | None, int]:
    """Say which level comes next and how many hosts are missing for it."""
    if level is MaturityLevel.UNPROVEN:
        return MaturityLevel.EMERGING, 1
    if level is MaturityLevel.EMERGING:
        return MaturityLevel.GROWING, max(thresholds.growing - hosts, 0)
    if level is MaturityLevel.GROWING:
        return MaturityLevel.EXEMPLARY, max(thresholds.exemplary - hosts, 0)
    return None, 0


@dataclass(frozen=True, kw_only=True)
class SpreadCell:
    """How a practice went in one kind of space in one year."""

    type: str
    year: int
    worked: int
    adapted: int
    did_not_work: int


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Where and when a practice was worked with."""

    types: tuple[str, ...]
    """The kinds of space, in their usual order."""
    years: tuple[int, ...]
    """Every year from the first to the last."""
    cells: tuple[SpreadCell, ...]


def spread_of(evidence: Iterable[Evidence], type_order: Sequence[str]) -> Spread | None:
    """Lay out where and when a practice was worked with; None without a note that counts."""
    notes = [note for note in evidence if note.counts]
    if not notes:
        return None
    tally = Counter((note.space_type, note.harvest.date.year, note.relation) for note in notes)
    years = sorted({year for _, year, _ in tally})
    types = [kind for kind in type_order if any(found == kind for found, _, _ in tally)]
    cells = tuple(
        SpreadCell(
            type=kind,
            year=year,
            worked=tally[kind, year, Relation.WORKED],
            adapted=tally[kind, year, Relation.ADAPTED],
            did_not_work=tally[kind, year, Relation.DID_NOT_WORK],
        )
        for kind in types
        for year in years
        if any(tally[kind, year, relation] for relation in Relation)
    )
    return Spread(types=tuple(types), years=tuple(range(years[0], years[-1] + 1)), cells=cells)
