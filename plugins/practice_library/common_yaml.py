"""The YAML that most front matter is written in, read line by line: a tenth of what the YAML library takes.

In: the text of a front matter. Out: the nodes that `front_matter` would make of it through the YAML library,
or nothing where a line is of any other kind, so that the library has the word on whatever is rare or wrong:
what stands over several lines, escapes, tags, a key twice. Called by `front_matter`; tests hold the two
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from .nodes import MappingNode, Node, ScalarNode, SequenceNode

LETTERS: Final = r"\n\x20-\x7e\u00a0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff"
"""What a text may be made of, as a set of a pattern: letters that YAML has no rule about."""
_LETTERS: Final = re.compile(f"[{LETTERS}]*")
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}"
_WORDS: Final = r"\w[^,\[\]{}:#?]*"
_KEY: Final = re.compile(rf"({_NAME}):(?: +|$)")
_ITEM: Final = re.compile(r"- +")
_QUOTED: Final = re.compile(r"""(?:"([^"\\]*)"|'([^']*)')""")
_IN_FLOW: Final = re.compile(_WORDS)
_FLOW_KEY: Final = re.compile(rf"({_NAME}): +")
_BETWEEN: Final = re.compile(r" *(?:, *|(?=[\]}]))")
_LIST: Final = re.compile(rf"\[{_WORDS}(?:, {_WORDS})*\]")
"""A list of nothing but words."""
_PLAIN_TABLE: Final = re.compile(rf"\{{{_NAME}: {_WORDS}(?:, {_NAME}: {_WORDS})*\}}")
"""A mapping to nothing but words."""
_BLOCK: Final = re.compile(r"[|>]-?")
"""What stands before a text that follows on the lines below, further in."""
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` \u00a0")
"""With what no value begins that is written without quotes; some could, where the library says so."""

_Line = tuple[int, str, int]
"""A line with something on it: how far in it begins, its text without the blanks around it, its number."""


class _Unusual(Exception):  # noqa: N818 - nothing is wrong with it
    """A line that is for the YAML library to read."""


def read_common(text: str, first_line: int, max_depth: int) -> MappingNode | None:
    """Read a mapping that is written in the usual way.

    Args:
        text: the front matter.
        first_line: the line of the file on which it begins.
        max_depth: how deep lists and mappings may lie in one another.

    Returns:
        Its node, or None where the YAML library has to read it.
    """
    if not _LETTERS.fullmatch(text):
        return None
    lines = list(_lines(text, first_line))
    if not lines or lines[0][0]:
        return None
    reader = _Reader(lines, text.split("\n"), first_line, max_depth)
    try:
        node = reader.mapping(0)
    except _Unusual:
        return None
    return node if reader.is_done else None


def _lines(text: str, first_line: int) -> Iterator[_Line]:
    """Go through the lines that are neither empty nor a remark."""
    for number, line in enumerate(text.split("\n"), first_line):
        content = line.strip(" ")
        if content and content[0] != "#":
            yield 0 if line[0] != " " else len(line) - len(line.lstrip(" ")), content, number


class _Reader:
    """Goes through the lines of one front matter, once."""

    def __init__(self, lines: list[_Line], written: list[str], first_line: int, max_depth: int) -> None:
        self._lines = [*lines, (-1, "", 0)]
        self._written = written
        self._first_line = first_line
        self._place = 0
        self._left = max_depth

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self._place == len(self._lines) - 1

    def mapping(self, indent: int) -> MappingNode:
        """Read the keys that stand at one depth."""
        self._deeper()
        first = self._lines[self._place][2]
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while True:
            at, text, number = self._lines[self._place]
            if at != indent:
                break
            key = _KEY.match(text)
            if key is None or (name := key[1]).lower() in pairs:
                raise _Unusual
            self._place += 1
            rest = text[key.end() :]
            if not rest:
                node = self._below(number, indent)
            elif _BLOCK.fullmatch(rest):
                node = self._text(rest, number, indent)
            else:
                node = _inline(rest, number, self._left)
            pairs[name.lower()] = ScalarNode(name, number, plain=True), node
        self._ended(at, indent)
        return MappingNode(tuple(pairs.values()), first)

    def _below(self, number: int, indent: int) -> Node:
        """Read what belongs to a key with nothing behind it: the lines below, if they stand further in."""
        at, text, _ = self._lines[self._place]
        if at >= indent and _ITEM.match(text):
            return self._sequence(at)
        return self.mapping(at) if at > indent else ScalarNode("", number, plain=True)

    def _text(self, head: str, number: int, indent: int) -> ScalarNode:
        """Read the lines below a key as one text, where all stand equally far in and none is empty."""
        start = number - self._first_line + 1
        is_within: Callable[[str], bool] = partial(_stands_in, indent + 1)
        end = self._passed(start, is_within)
        after = self._passed(end, lambda line: not line.strip(" "))
        lines = self._written[start:end]
        inner = min((len(line) - len(line.lstrip(" ")) for line in lines), default=0)
        texts = [line[inner:] for line in lines]
        if not texts or any(not text or text != text.strip(" ") for text in texts):
            raise _Unusual
        if end == len(self._written) or self._passed(after, is_within) > after:
            raise _Unusual
        while 0 < self._lines[self._place][2] <= number + len(lines):
            self._place += 1
        text = (" " if head[0] == ">" else "\n").join(texts)
        return ScalarNode(text if head[1:] else f"{text}\n", number, plain=False)

    def _passed(self, place: int, belongs: Callable[[str], bool]) -> int:
        """Give where the lines end that begin at a place and belong together."""
        while place < len(self._written) and belongs(self._written[place]):
            place += 1
        return place

    def _sequence(self, indent: int) -> SequenceNode:
        """Read the items that stand at one depth."""
        self._deeper()
        first = self._lines[self._place][2]
        items: list[Node] = []
        while True:
            at, text, number = self._lines[self._place]
            item = _ITEM.match(text) if at == indent else None
            if item is None:
                break
            rest = text[item.end() :]
            if _KEY.match(rest):
                inner = indent + item.end()
                self._lines[self._place] = inner, rest, number
                items.append(self.mapping(inner))
            else:
                self._place += 1
                items.append(_inline(rest, number, self._left))
        self._ended(at, indent)
        return SequenceNode(tuple(items), first)

    def _deeper(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise _Unusual

    def _ended(self, at: int, indent: int) -> None:
        """Come up again, where no line goes on with what should be at its end."""
        if at > indent:
            raise _Unusual
        self._left += 1


def _stands_in(far: int, line: str) -> bool:
    return line.startswith(" " * far)


def _inline(text: str, line: int, depth: int) -> Node:
    """Read a value that ends with its line."""
    first = text[0]
    if first in "[{":
        node, end = _flow(text, 0, line, depth)
        if end != len(text):
            raise _Unusual
        return node
    if first in "\"'":
        quoted = _QUOTED.fullmatch(text)
        if quoted is None:
            raise _Unusual
        return _of_quotes(quoted, line)
    if first in _INDICATORS or ": " in text or " #" in text or text[-1] == ":":
        raise _Unusual
    return ScalarNode(text, line, plain=True)


def _of_quotes(match: re.Match[str], line: int) -> ScalarNode:
    return ScalarNode(match[1] if match[2] is None else match[2], line, plain=False)


def _flow(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    """Read a list or a mapping in brackets.

    Args:
        text: the line.
        start: where its bracket stands.
        line: the number of the line.
        depth: how deep it may go.

    Returns:
        Its node, and where the text goes on.
    """
    if not depth:
        raise _Unusual
    if text[start] == "[":
        return _list(text, start, line, depth)
    return _table(text, start, line, depth)


def _list(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    if words := _LIST.match(text, start):
        found = words[0][1:-1].split(", ")
        nodes = tuple([ScalarNode(word.strip(" "), line, plain=True) for word in found])
        return SequenceNode(nodes, line), words.end()
    items: list[Node] = []
    place = start + 1
    while not text.startswith("]", place):
        value, place = _in_flow(text, place, line, depth)
        items.append(value)
        place = _next(text, place)
    return SequenceNode(tuple(items), line), place + 1


def _table(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    pairs: dict[str, tuple[ScalarNode, Node]] = {}
    if words := _PLAIN_TABLE.match(text, start):
        found = [pair.split(": ") for pair in words[0][1:-1].split(", ")]
        pairs = {key.lower(): _pair(key, value, line) for key, value in found}
        if len(pairs) < len(found):
            raise _Unusual
        return MappingNode(tuple(pairs.values()), line), words.end()
    place = start + 1
    while not text.startswith("}", place):
        key = _FLOW_KEY.match(text, place)
        if key is None or (name := key[1]).lower() in pairs:
            raise _Unusual
        value, place = _in_flow(text, key.end(), line, depth)
        pairs[name.lower()] = ScalarNode(name, line, plain=True), value
        place = _next(text, place)
    return MappingNode(tuple(pairs.values()), line), place + 1


def _pair(key: str, value: str, line: int) -> tuple[ScalarNode, Node]:
    return ScalarNode(key, line, plain=True), ScalarNode(value.strip(" "), line, plain=True)


def _next(text: str, place: int) -> int:
    """Go on to what follows a comma, or to the bracket that closes."""
    between = _BETWEEN.match(text, place)
    if between is None:
        raise _Unusual
    return between.end()


def _in_flow(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    """Read a value between brackets, and tell where the text goes on."""
    if words := _IN_FLOW.match(text, start):
        return ScalarNode(words[0].rstrip(" "), line, plain=True), words.end()
    if quoted := _QUOTED.match(text, start):
        return _of_quotes(quoted, line), quoted.end()
    if text[start : start + 1] not in {"[", "{"}:
        raise _Unusual
    return _flow(text, start, line, depth - 1)
