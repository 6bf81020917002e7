"""The library year by year: how many gatherings there were, of which kind, and how practices went.

In: the library. Out: a `Year` for each year with notes, and sums. Invented notes count only where there are
no others. Called from templates.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .evidence import MaturityLevel
from .library import Library
from .model import TYPES, Harvest, Relation
from .views import LEVELS


@dataclass(frozen=True, kw_only=True)
class Year:
    """What the notes of one year tell."""

    year: int
    notes: int
    """Gatherings written down."""
    spaces: int
    """Spaces that met."""
    practices: int
    """Practices that were tried."""
    outputs: int
    """Outputs that came out."""
    types: tuple[tuple[str, int], ...]
    """Gatherings by kind of space, in the order of the kinds."""
    fates: tuple[tuple[str, int], ...]
    """How often a practice worked, was adapted, did not work."""


def is_invented(library: Library) -> bool:
    """Whether the library has no notes but invented ones."""
    return bool(library.harvests) and all(note.illustrative for note in library.harvests.values())


def by_year(library: Library) -> list[Year]:
    """Give each year with notes that count, newest first."""
    groups: dict[int, list[Harvest]] = defaultdict(list)
    for note in _counting(library):
        groups[note.date.year].append(note)
    return [_year(library, year, groups[year]) for year in sorted(groups, reverse=True)]


def all_years(library: Library) -> Year:
    """Give the sum of all years; its `year` is 0."""
    return _year(library, 0, list(_counting(library)))


def _counting(library: Library) -> Iterable[Harvest]:
    real = [note for note in library.harvests.values() if not note.illustrative]
    return real or library.harvests.values()


def _year(library: Library, year: int, notes: list[Harvest]) -> Year:
    types = Counter(library.spaces[note.space].type for note in notes)
    tried = [m for note in notes for m in note.practices if m.id in library.practices]
    fates = Counter(mention.relation for mention in tried)
    outputs = {m.id for note in notes for m in note.outputs if m.id in library.outputs}
    return Year(
        year=year,
        notes=len(notes),
        spaces=len({note.space for note in notes}),
        practices=len({mention.id for mention in tried}),
        outputs=len(outputs),
        types=tuple((kind, types[kind]) for kind in TYPES),
        fates=tuple((relation.value, fates[relation]) for relation in Relation),
    )


def levels(library: Library) -> list[tuple[MaturityLevel, int]]:
    """Give how many practices there are of each level, the best proven first."""
    found = Counter(maturity.level for maturity in library.maturity.values())
    return [(level, found[level]) for level in LEVELS if found[level]]
