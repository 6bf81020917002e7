"""Where the map's things are drawn: a flower for each space, its practices and outputs around it.

In: an `Atlas`. Out: a `Chart` in whole units, a unit being a pixel at full size. Kinds of space make regions
left and right; the principles stand between them. The same atlas gives the same chart, and the work grows
with the number of things (times its logarithm, for sorting). Called from the map's template.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from .atlas import COMMON, Atlas, Node
from .flowers import Flower, flower_of
from .lettering import MORE, lines_of, width_of
from .library import Ref

_GAP: Final = 14
_SHAPE: Final = 1.0
"""Width of a side by its height."""
_HEADING: Final = 76
_MARGIN: Final = 24
_PILL: Final = (250, 21)
"""Width of a principle's label, and the size of its letters."""
SINGLE: Final = 48
"""With more spaces than this, the ties to principles are drawn for each kind of space together."""

LARGE: Final = 2600
"""Wider than this, a map's small labels are read only from near."""


@dataclass(frozen=True, kw_only=True)
class Region:
    """The spaces of one kind."""

    type: str
    x: int
    y: int
    """Where its heading stands."""
    edge: int
    """Its side towards the principles."""
    middle: int
    """Half way down."""
    flowers: tuple[Flower, ...]


@dataclass(frozen=True, kw_only=True)
class Pill:
    """A principle between the regions."""

    node: Node
    x: int
    y: int
    width: int
    height: int
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Strand:
    """A curve from a space, or a kind of space, to a principle it holds to."""

    type: str
    path: str
    weight: int
    """How many spaces it stands for, drawn as width: 1 to 9."""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """The whole drawing."""

    width: int
    height: int
    scale: int
    """How much larger the headings and principles are than on a small map."""
    regions: tuple[Region, ...]
    pills: tuple[Pill, ...]
    strands: tuple[Strand, ...]

    @property
    def is_large(self) -> bool:
        """Whether it is too wide to be read as a whole on paper or a screen."""
        return self.width > LARGE


def is_cut(lines: Sequence[str]) -> bool:
    """Whether a label leaves something out."""
    return lines[-1].endswith(MORE)


def chart_of(atlas: Atlas, common: str) -> Chart:
    """Lay out the map.

    Args:
        atlas: what is on it.
        common: what the cluster that belongs to no one space is called.
    """
    flowers = [flower_of(cluster, common) for cluster in atlas.clusters]
    kinds = [(kind, list(found)) for kind, found in groupby(flowers, lambda f: f.cluster.type)]
    scale = _scale(flowers)
    left, right = _sides(kinds)
    blocks = [_block(side, scale) for side in (left, right)]
    least = round(len(atlas.principles) * _PILL[1] * scale * 4.2)
    tall = max(least, *(block.height for block in blocks))
    spine = round(_PILL[0] * scale * 1.7) if atlas.principles else 0
    lefts = [_shifted(r, _MARGIN, _MARGIN + (tall - blocks[0].height) // 2) for r in blocks[0].regions]
    start = _MARGIN + blocks[0].width + spine
    rights = [_shifted(r, start, _MARGIN + (tall - blocks[1].height) // 2) for r in blocks[1].regions]
    regions = (
        *(replace(r, edge=_MARGIN + blocks[0].width) for r in lefts),
        *(replace(r, edge=start) for r in rights),
    )
    pills = _pills(atlas, regions, _MARGIN + blocks[0].width + spine // 2, tall, scale)
    return Chart(
        width=start + blocks[1].width + _MARGIN,
        height=tall + 2 * _MARGIN,
        scale=scale,
        regions=regions,
        pills=pills,
        strands=tuple(_strands(atlas, regions, pills)),
    )


# Regions on two sides.


@dataclass(frozen=True, kw_only=True)
class _Block:
    """The regions of one side, from the point 0, 0."""

    width: int
    height: int
    regions: tuple[Region, ...] = ()


Kinds = list[tuple[str, list[Flower]]]


def _scale(flowers: Sequence[Flower]) -> int:
    """Say how much larger headings have to be for a map of this size to be read as a whole."""
    return max(1, min(5, round(math.sqrt(_area(flowers)) / 1300)))


def _area(flowers: Sequence[Flower]) -> int:
    return sum((2 * flower.radius + _GAP) ** 2 for flower in flowers)


def _sides(kinds: Kinds) -> tuple[Kinds, Kinds]:
    """Share the kinds out to two sides, in their order and as evenly as that allows."""
    areas = [_area(flowers) for _, flowers in kinds]
    cuts = range(len(kinds) + 1)
    cut = min(cuts, key=lambda at: (abs(sum(areas[:at]) - sum(areas[at:])), at))
    return kinds[:cut], kinds[cut:]


def _block(kinds: Kinds, scale: int) -> _Block:
    """Stack the regions of one side."""
    area = sum(_area(flowers) for _, flowers in kinds)
    widest = max((2 * f.radius for _, flowers in kinds for f in flowers), default=0)
    width = max(widest, round(math.sqrt(area * _SHAPE)))
    y, regions = 0, []
    for kind, flowers in kinds:
        heading = 0 if kind == COMMON else _HEADING * scale
        placed, height = packed(flowers, width, y + heading)
        regions.append(
            Region(
                type=kind,
                x=width // 2,
                y=y + heading * 5 // 8,
                edge=0,
                middle=y + heading + height // 2,
                flowers=placed,
            )
        )
        y += heading + height + _GAP * 2
    return _Block(width=width, height=y, regions=tuple(regions))


def packed(flowers: Sequence[Flower], width: int, top: int) -> tuple[tuple[Flower, ...], int]:
    """Set flowers in rows, the largest first, each row as far up as the two above it let it.

    Returns:
        The flowers in their places, and the height they take.
    """
    rows = list(_rows(sorted(flowers, key=lambda f: -f.radius), width))
    done: list[list[Flower]] = []
    for row in rows:
        y = top + max(flower.radius for flower in row)
        for above in done[-2:]:
            y = max(y, _below(above, row))
        done.append([replace(flower, y=y) for flower in row])
    placed = tuple(flower for row in done for flower in row)
    return placed, max((flower.y + flower.radius - top for flower in placed), default=0)


def _rows(flowers: Sequence[Flower], width: int) -> Iterator[list[Flower]]:
    """Fill rows from side to side and centre them; every other one is shorter, to sink into the last."""
    row: list[Flower] = []
    taken, short = 0, False
    for flower in flowers:
        limit = width - (2 * flower.radius + _GAP if short else 0)
        if row and taken + 2 * flower.radius > max(limit, 2 * row[0].radius):
            yield _centred(row, width)
            row, taken, short = [], 0, not short
        row.append(flower)
        taken += 2 * flower.radius + _GAP
    if row:
        yield _centred(row, width)


def _centred(row: Sequence[Flower], width: int) -> list[Flower]:
    free = width - sum(2 * flower.radius for flower in row)
    x, placed = (free - _GAP * (len(row) - 1)) / 2, []
    for flower in row:
        placed.append(replace(flower, x=round(x + flower.radius)))
        x += 2 * flower.radius + _GAP
    return placed


def _below(above: Sequence[Flower], row: Sequence[Flower]) -> int:
    """Give the highest middle at which a row touches nothing of the one above it."""
    places = [flower.x for flower in above]
    widest = max(flower.radius for flower in above)
    lowest = 0
    for flower in row:
        reach = widest + flower.radius + _GAP
        at = bisect_left(places, flower.x - reach)
        while at < len(above) and places[at] < flower.x + reach:
            distance = above[at].radius + flower.radius + _GAP
            aside = abs(above[at].x - flower.x)
            if aside < distance:
                lowest = max(lowest, above[at].y + math.isqrt(distance**2 - aside**2) + 1)
            at += 1
    return lowest


def _shifted(region: Region, x: int, y: int) -> Region:
    """Move a region with all that is in it."""
    return replace(
        region,
        x=region.x + x,
        y=region.y + y,
        middle=region.middle + y,
        flowers=tuple(replace(flower, x=flower.x + x, y=flower.y + y) for flower in region.flowers),
    )


# Principles between them.


def _pills(atlas: Atlas, regions: Sequence[Region], x: int, tall: int, scale: int) -> tuple[Pill, ...]:
    """Stand the principles below one another, each near the spaces that hold to it."""
    heights: dict[Ref, list[int]] = defaultdict(list)
    for flower in _spaces(regions):
        for ref in atlas.ties.get(flower.cluster.space.ref, ()) if flower.cluster.space else ():
            heights[ref].append(flower.y)
    ordered = sorted(atlas.principles, key=lambda node: _mean(heights[node.ref], tall // 2))
    letter = _PILL[1] * scale
    step = min(tall * 0.9 / max(1, len(ordered)), 130 * scale)
    first = _MARGIN + (tall - step * len(ordered)) / 2 + step / 2
    return tuple(
        _pill(node, x, round(first + step * place), letter, scale) for place, node in enumerate(ordered)
    )


def _pill(node: Node, x: int, y: int, letter: int, scale: int) -> Pill:
    lines = lines_of(node.title, _PILL[0] * scale - letter, letter, most=2, bold=True)
    return Pill(
        node=node,
        x=x,
        y=y,
        width=round(max(width_of(line, letter, bold=True) for line in lines) + 2.2 * letter),
        height=round(letter * (1.2 * len(lines) + 1)),
        lines=lines,
    )


def _mean(values: Sequence[int], otherwise: int) -> float:
    return sum(values) / len(values) if values else otherwise


def _spaces(regions: Sequence[Region]) -> Iterator[Flower]:
    yield from (flower for region in regions for flower in region.flowers)


def _strands(atlas: Atlas, regions: Sequence[Region], pills: Sequence[Pill]) -> Iterator[Strand]:
    """Go through the curves to the principles, one a space or, on a large map, one a kind of space."""
    at = {pill.node.ref: pill for pill in pills}
    together = sum(flower.cluster.space is not None for flower in _spaces(regions)) > SINGLE
    for region in regions:
        counts: Mapping[Ref, list[Flower]] = _holders(atlas, region)
        for ref in (pill.node.ref for pill in pills if pill.node.ref in counts):
            if together:
                weight = min(9, 1 + math.isqrt(len(counts[ref])))
                path = _curve(region.edge, region.middle, at[ref])
                yield Strand(type=region.type, path=path, weight=weight)
                continue
            for flower in counts[ref]:
                yield Strand(type=region.type, path=_curve(flower.x, flower.y, at[ref]), weight=1)


def _holders(atlas: Atlas, region: Region) -> Mapping[Ref, list[Flower]]:
    found: dict[Ref, list[Flower]] = defaultdict(list)
    for flower in region.flowers:
        for ref in atlas.ties.get(flower.cluster.space.ref, ()) if flower.cluster.space else ():
            found[ref].append(flower)
    return found


def _curve(x: int, y: int, pill: Pill) -> str:
    """Draw a curve that leaves and arrives level."""
    end = pill.x - pill.width // 2 if x < pill.x else pill.x + pill.width // 2
    middle = (x + end) // 2
    return f"M{x} {y}C{middle} {y} {middle} {pill.y} {end} {pill.y}"
