"""Long lists in parts: how much one page shows of a list, and which pages show the rest.

In: the things of a list, and what to group them by. Out: a `Part` for each page that shows some of them, with
an address that hangs on its group alone. The one place that knows the bounds. Called by `listings`, `lists`
and `shelves`; knows nothing of the library or of words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final, Generic, TypeVar

from .slugs import slug_of

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Bound:
    """How much of a list a page shows."""

    whole: int
    """Up to so many things, a list stays whole on the page it belongs to."""
    first: int
    """How many of a longer one that page shows."""
    part: int
    """How many a page shows that has nothing but a part of the list."""


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """How much a page shows of lists of each kind, the taller the fewer."""

    lines: Bound = Bound(whole=150, first=40, part=200)
    """Links with a word beside them."""
    cards: Bound = Bound(whole=48, first=24, part=48)
    """Cards with a title and a summary."""
    texts: Bound = Bound(whole=60, first=30, part=60)
    """What people wrote: answers, and a principle in their words."""
    evidence: Bound = Bound(whole=90, first=30, part=90)
    """Notes of how a practice went."""
    shelf: int = 400
    """Entries of one kind in the finder's index that needs no script, of which there is one word each."""
    map: int = 500
    """Things on the map up to which its list has all of them, with all that they hang together with."""


BOUNDS: Final = Bounds()
NO_LETTER: Final = "#"
"""Stands for the first letter of a title that begins with none."""


@dataclass(frozen=True, kw_only=True)
class Group(Generic[T]):
    """Things of a list that belong together: those of a year, those that begin with some letters."""

    name: str
    """The end of its address."""
    label: str
    """What it is called: a year, a letter or several, a kind."""
    items: tuple[T, ...]


@dataclass(frozen=True, kw_only=True)
class Part(Generic[T]):
    """What one page shows of a list: a group, or a stretch of a large one."""

    source: str
    """The path of its own page, where it has one."""
    label: str
    """What its group is called."""
    items: tuple[T, ...]
    number: int
    """Which stretch of its group this is, from 1."""
    parts: int
    """How many the group has."""


def parts_of(folder: str, groups: Iterable[Group[T]], size: int) -> list[Part[T]]:
    """Share groups out among pages; a group that one page cannot show has several.

    Args:
        folder: where the pages lie.
        groups: in the order in which they are read; one with nothing in it has no page.
        size: how many things one page shows.
    """
    return [
        Part(
            source=f"{folder}/{group.name}/{number}.md" if number > 1 else f"{folder}/{group.name}.md",
            label=group.label,
            items=group.items[start : start + size],
            number=number,
            parts=-(-len(group.items) // size),
        )
        for group in groups
        for number, start in enumerate(range(0, len(group.items), size), start=1)
    ]


def firsts_of(parts: Iterable[Part[T]]) -> list[tuple[Part[T], int]]:
    """Give the first part of each group, and how many things the group has."""
    found: list[tuple[Part[T], int]] = []
    for part in parts:
        first, count = (part, 0) if part.number == 1 else found.pop()
        found.append((first, count + len(part.items)))
    return found


def neighbours(parts: Sequence[Part[T]]) -> list[tuple[Part[T] | None, Part[T] | None]]:
    """Give what is before and after each part: within a group its parts, else the first of the next group.

    What is told of another group does not hang on how many parts it has, so that a part stays as it is while
    another group grows.
    """
    heads = [place for place, part in enumerate(parts) if part.number == 1]
    ahead = dict(pairwise(heads))
    behind = {place: head for head, place in ahead.items()}
    found: list[tuple[Part[T] | None, Part[T] | None]] = []
    for place, part in enumerate(parts):
        before = place - 1 if part.number > 1 else behind.get(place)
        after = place + 1 if part.number < part.parts else ahead.get(place + 1 - part.number)
        found.append((None if before is None else parts[before], None if after is None else parts[after]))
    return found


def by_year(items: Iterable[T], year_of: Callable[[T], int]) -> list[Group[T]]:
    """Group things by year, the newest first; within a year they keep their order."""
    years: dict[int, list[T]] = defaultdict(list)
    for item in items:
        years[year_of(item)].append(item)
    ordered = sorted(years.items(), reverse=True)
    return [Group(name=str(year), label=str(year), items=tuple(found)) for year, found in ordered]


def by_letter(
    items: Iterable[T], title_of: Callable[[T], str], size: int, span: Callable[[str, str], str]
) -> list[Group[T]]:
    """Group things by the first letters of their titles: a few groups of about the same size.

    Args:
        items: in any order; they come out by title.
        title_of: gives the title of a thing.
        size: how many things one page shows.
        span: names a stretch of the alphabet by its first and its last letter.
    """
    ordered = sorted(((slug_of(title_of(item)), item) for item in items), key=itemgetter(0))
    enough = _even(len(ordered), size)
    together: list[list[tuple[str, list[T]]]] = []
    taken = size
    for letter, titled in groupby(ordered, lambda found: found[0][:1]):
        found = [item for _, item in titled]
        if taken >= enough or taken + len(found) > size:
            together.append([])
            taken = 0
        together[-1].append((letter, found))
        taken += len(found)
    return [_of_letters(group, span) for group in together]


def address_of(letter: str) -> str:
    """Give the end of the address of what begins with a letter, or with none."""
    return "other" if letter == NO_LETTER else letter.lower()


def _even(count: int, size: int) -> int:
    """Give how many things each page has if they are shared out evenly among as few as can be."""
    return -(-count // max(1, -(-count // size)))


def _of_letters(group: Sequence[tuple[str, Iterable[T]]], span: Callable[[str, str], str]) -> Group[T]:
    letters = [letter.upper() or NO_LETTER for letter, _ in group]
    return Group(
        name=address_of(letters[0]),
        label=span(letters[0], letters[-1]) if len(letters) > 1 else letters[0],
        items=tuple(item for _, found in group for item in found),
    )
