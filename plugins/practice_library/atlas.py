"""What the map shows: every space, practice, output and principle, and what ties them to one another.

In: the library. Out: an `Atlas`: the things in clusters, a cluster a space, and their ties, each told once.
Where they are drawn is for `cartography` to say. Called from the map's template.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, groupby
from typing import Final

from . import parts
from .library import Backlink, Library, OutputRecord, PracticeRecord, Ref, Why
from .model import TYPES, Kind, Space
from .slugs import slug_of

PRINCIPLE: Final = "principle"
COMMON: Final = "common"
"""Stands for a kind of space where a cluster belongs to no one space."""
SMALL: Final = 200
_WORKED: Final = {Why.WORKED_IN, Why.ADAPTED_IN, Why.USED_BY}
_HELD: Final = {Why.CARRIED_BY, Why.IN_OUR_WORDS}

Label = Callable[[str, str], str]
"""Gives the title of an entry or the label of a term by its kind and id."""


@dataclass(frozen=True, kw_only=True)
class Node:
    """One thing on the map."""

    ref: Ref
    title: str
    language: str = ""
    """The language of the title, where it is not the site's."""
    level: str = ""
    """How far the evidence of a practice goes."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A space with what belongs to it, or what belongs to no one space."""

    type: str
    """The kind of space, or `common`."""
    space: Node | None
    leaves: tuple[Node, ...]
    """Its practices, then its outputs, each by title."""


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """All that is on the map."""

    principles: tuple[Node, ...]
    clusters: tuple[Cluster, ...]
    """By kind of space, then by title."""
    ties: Mapping[Ref, tuple[Ref, ...]] = field(default_factory=dict)
    """What each thing hangs together with besides its own space: of a space its principles; of a practice
    principles and other spaces; of an output practices and other spaces. No tie is told from both ends."""

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Give every thing once, in the order of the list."""
        return (*self.principles, *chain.from_iterable(_nodes_of(cluster) for cluster in self.clusters))

    @property
    def kinds(self) -> list[tuple[str, list[Cluster]]]:
        """Give the clusters by kind of space."""
        return [(kind, list(found)) for kind, found in groupby(self.clusters, lambda c: c.type)]

    @property
    def is_small(self) -> bool:
        """Whether its list can be shown unfolded."""
        return len(self.nodes) <= SMALL

    @property
    def is_large(self) -> bool:
        """Whether its list names spaces and principles only, and their pages what belongs to them."""
        return len(self.nodes) > parts.BOUNDS.map

    @property
    def numbers(self) -> Mapping[Ref, int]:
        """Give the place of each thing in that order, from 1."""
        return {node.ref: number for number, node in enumerate(self.nodes, start=1)}


def _nodes_of(cluster: Cluster) -> tuple[Node, ...]:
    return (cluster.space, *cluster.leaves) if cluster.space else cluster.leaves


def atlas_of(library: Library, label: Label) -> Atlas:
    """Gather what the map shows.

    Args:
        library: what may be shown.
        label: gives titles and labels in the site's language.
    """
    principles = tuple(
        Node(ref=Ref(kind=PRINCIPLE, id=term), title=label(PRINCIPLE, term))
        for term in library.vocabulary.section("principles")
    )
    homes = _Homes(library)
    return Atlas(
        principles=principles,
        clusters=tuple(_clusters(library, homes)),
        ties={ref: found for ref, found in _ties(library, homes, principles) if found},
    )


class _Homes:
    """Knows for every practice and output the spaces it is of, and the one that it is drawn with."""

    def __init__(self, library: Library) -> None:
        self.spaces: dict[Ref, tuple[str, ...]] = {}
        for kind, records, why in (
            (Kind.PRACTICE, library.practices, _WORKED),
            (Kind.OUTPUT, library.outputs, {Why.CAME_OUT_OF}),
        ):
            for record in records.values():
                ref = Ref(kind=kind, id=record.id)
                used = Counter(_spaces(library, library.pointing_to(kind, record.id), why))
                most = sorted(used, key=lambda space: (space != record.space, -used[space], space))
                own = [record.space] if record.space in library.spaces and record.space not in used else []
                self.spaces[ref] = (*own, *most)

    def of(self, ref: Ref) -> str:
        """Give the space that stewards something, else the one that most worked with it, else nothing."""
        return next(iter(self.spaces[ref]), "")


def _spaces(library: Library, backlinks: list[Backlink], why: set[Why]) -> Iterator[str]:
    """Go through the spaces that point to something for such a reason, themselves or in a gathering."""
    for backlink in backlinks:
        if backlink.why in why and backlink.source.kind == Kind.SPACE:
            yield backlink.source.id
        elif backlink.why in why and backlink.source.kind == Kind.HARVEST:
            yield library.harvests[backlink.source.id].space


def _clusters(library: Library, homes: _Homes) -> Iterator[Cluster]:
    leaves: dict[str, list[Node]] = defaultdict(list)
    for practice in sorted(library.practices.values(), key=_by_title):
        level = library.maturity[practice.id].level.value
        node = _node(Kind.PRACTICE, practice, level=level)
        leaves[homes.of(node.ref)].append(node)
    for output in sorted(library.outputs.values(), key=_by_title):
        node = _node(Kind.OUTPUT, output)
        leaves[homes.of(node.ref)].append(node)
    for space in sorted(library.spaces.values(), key=lambda s: (TYPES.index(s.type), *_by_title(s))):
        yield Cluster(type=space.type, space=_node(Kind.SPACE, space), leaves=tuple(leaves[space.id]))
    if leaves[""]:
        yield Cluster(type=COMMON, space=None, leaves=tuple(leaves[""]))


def _node(kind: Kind, holder: Space | PracticeRecord | OutputRecord, level: str = "") -> Node:
    return Node(ref=Ref(kind=kind, id=holder.id), title=holder.title, language=holder.language, level=level)


def _by_title(holder: Space | PracticeRecord | OutputRecord) -> tuple[str, str]:
    return slug_of(holder.title), holder.id


def _ties(
    library: Library, homes: _Homes, principles: tuple[Node, ...]
) -> Iterator[tuple[Ref, tuple[Ref, ...]]]:
    """Go through the ties of each thing, principles first."""
    held = _principles_held(library, principles)
    for space in library.spaces:
        ref = Ref(kind=Kind.SPACE, id=space)
        yield ref, tuple(held[ref])
    made_with: dict[Ref, dict[Ref, None]] = defaultdict(dict)
    for practice in library.practices:
        ref = Ref(kind=Kind.PRACTICE, id=practice)
        others = (Ref(kind=Kind.SPACE, id=space) for space in homes.spaces[ref][1:])
        yield ref, (*held[ref], *others)
        for backlink in library.pointing_to(Kind.PRACTICE, practice):
            if backlink.why is Why.MADE_WITH:
                made_with[backlink.source][ref] = None
    for output in library.outputs:
        ref = Ref(kind=Kind.OUTPUT, id=output)
        others = (Ref(kind=Kind.SPACE, id=space) for space in homes.spaces[ref][1:])
        yield ref, (*made_with[ref], *others)


def _principles_held(library: Library, principles: tuple[Node, ...]) -> dict[Ref, dict[Ref, None]]:
    """Give for spaces and practices the principles they hold to; what a gathering held to is its space's."""
    held: dict[Ref, dict[Ref, None]] = defaultdict(dict)
    for node in principles:
        backlinks = library.pointing_to(PRINCIPLE, node.ref.id)
        for space in _spaces(library, backlinks, _HELD):
            held[Ref(kind=Kind.SPACE, id=space)][node.ref] = None
        for backlink in backlinks:
            if backlink.why in _HELD and backlink.source.kind == Kind.PRACTICE:
                held[backlink.source][node.ref] = None
    return held
