"""The index of the whole library that needs no script: everything on a shelf by its kind, in groups.

In: the library and the site's words. Out: a `Shelf` a kind, for the finder's page and, where a shelf holds
more than one page should list, for pages of its own. Called by `pages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from . import views
from .catalogue import Catalogue
from .library import Library, Ref
from .model import Kind

MOST: Final = 400
"""How many entries a page lists: a shelf with more has pages of its own, a group with more has several."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one list shows: a group of a shelf, or a stretch of a large one."""

    source: str
    """The path of its own page, where the shelf has such."""
    label: str
    refs: tuple[Ref, ...]
    number: int
    """Which stretch of its group this is, from 1."""
    parts: int
    """How many the group has."""


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All entries of one kind."""

    kind: str
    count: int
    parts: tuple[Part, ...]
    apart: bool
    """Whether each part has a page of its own."""


def shelves_of(library: Library, words: Catalogue, most: int = MOST) -> list[Shelf]:
    """Put every entry of the library on its shelf; empty shelves are left out.

    Args:
        library: what may be shown.
        words: the site's language, for the names of groups.
        most: how many entries one page lists.
    """
    kinds = {
        Kind.PRACTICE: _practices(library),
        Kind.SPACE: _spaces(library, words),
        Kind.HARVEST: _harvests(library),
        Kind.OUTPUT: _outputs(library, words),
    }
    return [_shelf(kind, list(groups), most) for kind, groups in kinds.items() if library.entries_of(kind)]


Group = tuple[str, str, list[Ref]]
"""The end of a group's address, its name, and what is in it."""


def _shelf(kind: Kind, groups: list[Group], most: int) -> Shelf:
    count = sum(len(refs) for _, _, refs in groups)
    apart = count > most
    size = most if apart else max(count, 1)
    parts = [part for group in groups for part in _parts(kind, group, size)]
    return Shelf(kind=kind, count=count, parts=tuple(parts), apart=apart)


def _parts(kind: Kind, group: Group, size: int) -> Iterator[Part]:
    name, label, refs = group
    stretches = [refs[start : start + size] for start in range(0, len(refs), size)]
    for number, stretch in enumerate(stretches, start=1):
        end = f"/{number}" if number > 1 else ""
        yield Part(
            source=f"find/{kind}/{name}{end}.md",
            label=label,
            refs=tuple(stretch),
            number=number,
            parts=len(stretches),
        )


def _practices(library: Library) -> Iterator[Group]:
    for letter, practices in views.practices_by_letter(library):
        name = letter.lower() if letter != "#" else "other"
        yield name, letter, _refs(Kind.PRACTICE, (practice.id for practice in practices))


def _spaces(library: Library, words: Catalogue) -> Iterator[Group]:
    for kind, spaces in views.spaces_by_type(library):
        if spaces:
            label = words.text(f"type-short.{kind}")
            yield kind, label, _refs(Kind.SPACE, (space.id for space in spaces))


def _harvests(library: Library) -> Iterator[Group]:
    for year, notes in views.harvests_by_year(library):
        yield str(year), str(year), _refs(Kind.HARVEST, (note.id for note in notes))


def _outputs(library: Library, words: Catalogue) -> Iterator[Group]:
    for kind, outputs in views.outputs_by_kind(library):
        term = library.vocabulary.term("output_kinds", kind)
        label = words.localised(term.label) if term else kind
        yield kind, label, _refs(Kind.OUTPUT, (output.id for output in outputs))


def _refs(kind: Kind, ids: Iterable[str]) -> list[Ref]:
    return [Ref(kind=kind, id=each) for each in ids]
