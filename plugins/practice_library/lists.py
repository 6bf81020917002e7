"""Lists that are too long for the page they belong to: what that page shows, and the pages that show it all.

In: a list, and what puts its things in groups. Out: a `LongList` for its page and a `PartPage` for each page
of its parts; nothing where the page has room for all. Called by `listings` and, for the finder, by `pages`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, Final, Generic, TypeVar

from .catalogue import Catalogue
from .parts import Bound, Group, Part, firsts_of, neighbours, parts_of

T = TypeVar("T")
NEWEST: Final = "newest"
TITLE: Final = "title"
PROVEN: Final = "proven"
USED: Final = "used"


@dataclass(frozen=True, kw_only=True)
class Way:
    """What leads to a page with a part of a list."""

    label: str
    source: str
    count: int = 0
    """How many things are there, and in the further parts of its group."""


@dataclass(frozen=True, kw_only=True)
class LongList:
    """What a page shows of a list that is too long for it."""

    name: str
    order: str
    """What comes first: `newest`, `title`, `proven` or `used`."""
    first: tuple[Any, ...]
    """The things that the page shows."""
    count: int
    """How many there are in all."""
    ways: tuple[Way, ...]
    """What leads to all of them, a way a group."""


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """A page that shows a part of a list and nothing else."""

    source: str
    title: str
    """The name of the list, and of the part."""
    shape: str
    """The form of the things: a macro of `_lists.html.jinja`."""
    items: tuple[Any, ...]
    before: Way | None
    after: Way | None


@dataclass(frozen=True, kw_only=True)
class Plain(Generic[T]):
    """A list that nobody has counted yet."""

    name: str
    """What the template of its page calls it."""
    title: str
    """What readers are told it is."""
    items: Sequence[T]
    shape: str
    bound: Bound
    groups: Callable[[], list[Group[Any]]]
    """Puts the things in groups, when asked."""
    order: str = TITLE
    first: Callable[[], Iterable[Any]] | None = None
    """Gives the things that come first, where these are not those of the first groups."""
    folder: str = ""
    """Where the pages of its parts lie, if that is not a folder of its name beside its page."""
    shared: bool = False
    """Whether another page has the same list, to which those pages belong."""


@dataclass(frozen=True, kw_only=True)
class Long:
    """A list that is too long for its page."""

    shown: LongList
    pages: tuple[PartPage, ...]
    """The pages of its parts; none where they belong to another page."""


def long_of(plain: Plain[Any], folder: str, words: Catalogue) -> Long | None:
    """Part a list; None where its page has room for it.

    Args:
        plain: the list.
        folder: where the pages of its parts lie, unless the list says otherwise.
        words: the site's language.
    """
    if len(plain.items) <= plain.bound.whole:
        return None
    groups = plain.groups()
    parts = parts_of(plain.folder or folder, groups, plain.bound.part)
    first = plain.first() if plain.first else chain.from_iterable(group.items for group in groups)
    shown = LongList(
        name=plain.name,
        order=plain.order,
        first=tuple(islice(first, plain.bound.first)),
        count=len(plain.items),
        ways=tuple(Way(label=p.label, source=p.source, count=count) for p, count in firsts_of(parts)),
    )
    pages = () if plain.shared else part_pages(parts, plain.title, plain.shape, words)
    return Long(shown=shown, pages=tuple(pages))


def part_pages(parts: Sequence[Part[Any]], title: str, shape: str, words: Catalogue) -> Iterator[PartPage]:
    """Make pages of the parts of a list.

    Args:
        parts: in the order in which they are read.
        title: the name of the list.
        shape: the form of the things.
        words: the site's language.
    """
    for part, (before, after) in zip(parts, neighbours(parts), strict=True):
        yield PartPage(
            source=part.source,
            title=words.text("list.title", list=title, label=_label(part, words)),
            shape=shape,
            items=part.items,
            before=_way(before, part, words) if before else None,
            after=_way(after, part, words) if after else None,
        )


def _label(part: Part[Any], words: Catalogue) -> str:
    if part.parts == 1:
        return part.label
    return words.text("list.part", label=part.label, number=part.number, parts=part.parts)


def _way(part: Part[Any], here: Part[Any], words: Catalogue) -> Way:
    """Name the part before or after one; of another group nothing is told but what it is called."""
    label = _label(part, words) if part.label == here.label else part.label
    return Way(label=label, source=part.source)
