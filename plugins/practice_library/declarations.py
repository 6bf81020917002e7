"""What a mapping of the front matter may say: its fields, lists of values, and records made of them.

In: a node, and the declaration of what may stand there. Out: the values by key, or complaints. A reader of
one value is whatever has `name` and `read`: `readers` and `values` have them, `schema` declares with them.
"""

from __future__ import annotations

from collections.abc import Callable, KeysView, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, Self

from .diagnostics import Report, nearest
from .nodes import MappingNode, Node, ScalarNode, SequenceNode
from .vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True)
class Context:
    """The file being read, and what its values are held against."""

    path: str
    report: Report
    vocabulary: Vocabulary

    def complain(self, code: str, line: int, **values: str) -> None:
        """Report a complaint about this file."""
        self.report.add(code, self.path, line, **values)


class Reader(Protocol):
    """Turns a node into a value."""

    @property
    def name(self) -> str:
        """Which kind of value this is; `value.<name>` in the message catalogue describes it."""

    def read(self, node: Node, key: str, context: Context) -> Any | None:  # noqa: ANN401
        """Give the value, or None after a complaint."""


@dataclass(frozen=True)
class Field:
    """One key that an entry may have."""

    key: str
    reader: Reader
    required: bool = False


class Declaration(tuple[Field, ...]):  # noqa: SLOT001 - what is worked out from it is kept beside it
    """The keys that a mapping may have."""

    def __new__(cls, *fields: Field) -> Self:
        """Take the fields in their order."""
        return super().__new__(cls, fields)

    @cached_property
    def by_key(self) -> Mapping[str, Field]:
        """Each by its key."""
        return {declared.key: declared for declared in self}

    @cached_property
    def required(self) -> KeysView[str]:
        """Those without which there is nothing, in their order."""
        return {declared.key: declared for declared in self if declared.required}.keys()


def read_fields(declaration: Declaration, node: MappingNode, context: Context) -> dict[str, Any]:
    """Read a mapping as declared; unknown and missing keys are complaints.

    Returns:
        The values by key, without those that are absent or wrong.
    """
    fields = declaration.by_key
    values: dict[str, Any] = {}
    for (name, line), value in node.pairs:
        declared = fields.get(name)
        if declared is None:
            near, known = nearest(name, fields), ", ".join(fields)
            context.complain("unknown-key", line, key=name, near=near, known=known)
            continue
        read = declared.reader.read(value, name, context)
        if read is not None:
            values[name] = read
    for required in declaration.required:
        if required not in values and node.get(required) is None:
            context.complain("missing-key", node.line, key=required)
    return values


def instead_of(node: Node, code: str) -> str:
    """Say of a key left empty that it is empty, and not that it is of the wrong form."""
    empty = isinstance(node, ScalarNode) and not node.text.strip()
    return "empty-value" if empty else code


@dataclass(frozen=True)
class ListOf:
    """Several values of one kind."""

    item: Reader
    unique: Callable[[Any], object] | None = field(default=None, compare=False)
    """Gives what no two values may share; the value itself when absent."""
    repeats: bool = False
    """Whether the same may stand twice: two people may have one role."""

    @property
    def name(self) -> str:
        """As `Reader`: a list of what its items are."""
        return f"list-{self.item.name}"

    def read(self, node: Node, key: str, context: Context) -> tuple[Any, ...] | None:
        """Give the values that are right, or None where there is no list."""
        if not isinstance(node, SequenceNode):
            context.complain(instead_of(node, "expected-list"), node.line, key=key)
            return None
        values: list[Any] = []
        seen: set[object] = set()
        for item in node.items:
            value = self.item.read(item, key, context)
            if value is None:
                continue
            identity = self.unique(value) if self.unique else value
            if identity in seen:
                context.complain("repeated", item.line, key=key, value=str(identity))
                continue
            if not self.repeats:
                seen.add(identity)
            values.append(value)
        return tuple(values)


@dataclass(frozen=True)
class Record:
    """A mapping of declared fields, made into a record."""

    name: str
    make: Callable[..., Any] = field(compare=False)
    fields: Declaration
    lined: bool = False
    """Whether the record keeps its line, for complaints that come later."""

    def read(self, node: Node, key: str, context: Context) -> Any | None:  # noqa: ANN401
        """Give the record, or None where there is no mapping, or not all that it needs."""
        if not isinstance(node, MappingNode):
            context.complain(instead_of(node, "expected-mapping"), node.line, key=key)
            return None
        values = read_fields(self.fields, node, context)
        if not self.fields.required <= values.keys():
            return None
        if self.lined:
            values["line"] = node.line
        return self.make(**values)
