"""A flower of the map: a space in the middle, its practices and outputs in rings around it.

In: a cluster of an `Atlas`. Out: a `Flower` in whole units around the point 0, 0. No two labels overlap, and
the name in the middle is as large as fits. Called by `cartography`, which says where flowers stand.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from .atlas import Cluster, Node
from .lettering import lines_of

LABEL: Final = (84, 52)
"""Width and height of a leaf's label; of three lines at most."""
APART: Final = 99
"""How far leaves are from one another: no two labels of this size overlap at this distance."""
LETTER: Final = 12
LETTERS: Final = (22, 20, 18, 16, 14, 12)
"""The sizes in which the name of a space may be written."""
LEADING: Final = 1.15
"""From line to line on a disc, by the size of its letters."""
_LEAST: Final = 54
"""Radius of the smallest heart; that of others grows with the root of what is around them."""
_GROWTH: Final = 22
_CLEAR: Final = 54
"""Between the edge of a heart and the middle of the nearest leaves; between outmost leaves and rim."""
_RIM: Final = 8
"""Around a heart without leaves."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A practice or an output, from the middle of its flower."""

    node: Node
    x: int
    y: int
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Flower:
    """A space and what belongs to it."""

    cluster: Cluster
    x: int
    y: int
    radius: int
    heart: int
    """Radius of the disc in the middle."""
    letter: int
    """Size of the letters on it."""
    lines: tuple[str, ...]
    leaves: tuple[Leaf, ...]


def flower_of(cluster: Cluster, common: str) -> Flower:
    """Lay out a space with its leaves, around the point 0, 0."""
    count = len(cluster.leaves)
    heart = max(_LEAST, round(_GROWTH * math.sqrt(count)))
    letter, lines = inscribed(cluster.space.title if cluster.space else common, heart)
    rings = rings_of(count, heart + _CLEAR)
    places = [(round(x), round(y)) for radius, held in rings for x, y in _around(radius, held)]
    return Flower(
        cluster=cluster,
        x=0,
        y=0,
        radius=(rings[-1][0] if rings else heart - _CLEAR + _RIM) + _CLEAR,
        heart=heart,
        letter=letter,
        lines=lines,
        leaves=tuple(
            Leaf(node=node, x=x, y=y, lines=lines_of(node.title, LABEL[0], LETTER, most=3))
            for node, (x, y) in zip(cluster.leaves, places, strict=True)
        ),
    )


def inscribed(text: str, radius: int) -> tuple[int, tuple[str, ...]]:
    """Write a text into a disc: the largest letters with which it fits, and its lines."""
    for letter in LETTERS:
        for most in range(1, 5):
            tall = (most * LEADING - 0.3) * letter / 2
            if tall >= radius:
                break
            wide = 2 * math.sqrt(radius**2 - tall**2) - letter * 0.6
            lines = lines_of(text, wide, letter, most=most, bold=True)
            if " ".join(lines) == " ".join(text.split()):
                return letter, lines
    return LETTERS[-1], lines_of(text, radius * 1.55, LETTERS[-1], most=4, bold=True)


def rings_of(count: int, nearest: int) -> list[tuple[int, int]]:
    """Give the rings of a flower from within: the radius of each and how many leaves it holds.

    Leaves are never nearer to one another than `APART`, on a ring or from ring to ring.

    Args:
        count: of leaves.
        nearest: the least radius of a ring.
    """
    if not count:
        return []
    outmost = nearest
    while sum(_room(radius) for radius in _radii(nearest, outmost)) < count:
        outmost += 4
    rooms = [(radius, _room(radius)) for radius in _radii(nearest, outmost)]
    total, rings, left = sum(room for _, room in rooms), [], count
    for radius, room in rooms[:-1]:
        taken = min(left, room, count * room // total)
        rings.append((radius, taken))
        left -= taken
    return [*(ring for ring in rings if ring[1]), (rooms[-1][0], left)]


def _radii(nearest: int, outmost: int) -> list[int]:
    """Give the radii of the rings within one, from the inmost."""
    return list(range(outmost, nearest - 1, -APART))[::-1]


def _room(radius: int) -> int:
    """Give how many leaves a ring holds."""
    return int(math.pi / math.asin((APART + 1) / (2 * radius)))


def _around(radius: int, count: int) -> Iterator[tuple[float, float]]:
    """Go round a ring clockwise, from the top."""
    turn = 2 * math.pi / count
    start = -math.pi / 2 + (turn / 2 if count % 2 == 0 else 0)
    for place in range(count):
        yield radius * math.cos(start + turn * place), radius * math.sin(start + turn * place)
