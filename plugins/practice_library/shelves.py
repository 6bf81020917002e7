"""The index of the whole library that needs no script: everything on a shelf by its kind, in groups.

In: the library and the site's words. Out: a `Shelf` a kind, for the finder's page and, where a shelf holds
more than one page should list, for pages of its own. Called by `pages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from . import views
from .catalogue import Catalogue
from .library import Library, Ref
from .model import Kind
from .parts import BOUNDS, Group, Part, address_of, parts_of


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """All entries of one kind."""

    kind: str
    count: int
    parts: tuple[Part[Ref], ...]
    apart: bool
    """Whether each part has a page of its own."""


def shelves_of(library: Library, words: Catalogue, most: int = BOUNDS.shelf) -> list[Shelf]:
    """Put every entry of the library on its shelf; empty shelves are left out.

    Args:
        library: what may be shown.
        words: the site's language, for the names of groups.
        most: how many entries one page lists: a shelf with more has pages of its own, and a group of it
            with more has several.
    """
    kinds = {
        Kind.PRACTICE: _practices(library),
        Kind.SPACE: _spaces(library, words),
        Kind.HARVEST: _harvests(library),
        Kind.OUTPUT: _outputs(library, words),
    }
    return [_shelf(kind, list(groups), most) for kind, groups in kinds.items() if library.entries_of(kind)]


def _shelf(kind: Kind, groups: list[Group[Ref]], most: int) -> Shelf:
    count = sum(len(group.items) for group in groups)
    apart = count > most
    size = most if apart else max(count, 1)
    return Shelf(kind=kind, count=count, parts=tuple(parts_of(f"find/{kind}", groups, size)), apart=apart)


def _practices(library: Library) -> Iterator[Group[Ref]]:
    for letter, practices in views.practices_by_letter(library):
        yield _group(address_of(letter), letter, Kind.PRACTICE, (practice.id for practice in practices))


def _spaces(library: Library, words: Catalogue) -> Iterator[Group[Ref]]:
    for kind, spaces in views.spaces_by_type(library):
        if spaces:
            label = words.text(f"type-short.{kind}")
            yield _group(kind, label, Kind.SPACE, (space.id for space in spaces))


def _harvests(library: Library) -> Iterator[Group[Ref]]:
    for year, notes in views.harvests_by_year(library):
        yield _group(str(year), str(year), Kind.HARVEST, (note.id for note in notes))


def _outputs(library: Library, words: Catalogue) -> Iterator[Group[Ref]]:
    for kind, outputs in views.outputs_by_kind(library):
        term = library.vocabulary.term("output_kinds", kind)
        label = words.localised(term.label) if term else kind
        yield _group(kind, label, Kind.OUTPUT, (output.id for output in outputs))


def _group(name: str, label: str, kind: Kind, ids: Iterable[str]) -> Group[Ref]:
    return Group(name=name, label=label, items=tuple(Ref(kind=kind, id=each) for each in ids))
