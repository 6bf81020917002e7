"""A front matter as it was written: a tree of nodes, every scalar still the text of its author.

Made by `front_matter` and `common_yaml`, read by `schema`, `readers`, `vocabulary` and others.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class ScalarNode(NamedTuple):
    """One written value, not yet converted; a tuple, since these are many and soon made."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class SequenceNode:
    """A list as written."""

    items: tuple[Node, ...]
    line: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys with their values, in the order written; no key twice."""

    pairs: tuple[tuple[ScalarNode, Node], ...]
    line: int

    def get(self, key: str) -> Node | None:
        """Give the value of a key, or None."""
        for name, value in self.pairs:
            if name.text == key:
                return value
        return None


Node = ScalarNode | SequenceNode | MappingNode
