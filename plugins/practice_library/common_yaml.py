"""The YAML that most front matter is written in, read line by line: in two fifths of what libyaml takes.

In: the text of a front matter. Out: the nodes that `front_matter` would make of it through the YAML library,
or nothing where a line is of any other kind, so that the library has the word on whatever is rare or wrong:
what stands over several lines, escapes, tags, a key twice. Called by `front_matter`; tests hold the two
against each other.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache, partial
from typing import Final

from .nodes import MappingNode, Node, ScalarNode, SequenceNode

_LETTERS: Final = bytes([*b"\n", *range(0x20, 0x7F)])
_OTHER_LETTERS: Final = re.compile(r"[\u00a0-\u200a\u2010-\u2027\u2030-\u205f\u2070-\ud7ff]*")
"""What a text may be made of, in ASCII and beyond: letters that YAML has no rule about."""
_NAME: Final = r"[A-Za-z0-9_][A-Za-z0-9_-]{0,99}"
_WORDS: Final = r"\w[^,\[\]{}:#?]*+"
_VALUE: Final = rf"""(?:({_WORDS})|"([^"\\]*)"|'([^']*)')"""
_END: Final = r" *(?:, *|(?=[\]}]))"
"""What follows a value between brackets: a comma, or the bracket that closes."""
_LINE: Final = re.compile(rf"^( *)(- +(?=[^ \n])|)(?:({_NAME}):(?: +|$)|)(.*)$", re.MULTILINE)
"""A line: the blanks before it, the mark of an item, a key, and the rest."""
_QUOTED: Final = re.compile(r"""(?:"([^"\\]*)"|'([^']*)')""")
_FLOW_ITEM: Final = re.compile(f"{_VALUE}{_END}")
_FLOW_PAIR: Final = re.compile(f"({_NAME}): +{_VALUE}{_END}")
_FLOW_KEY: Final = re.compile(rf"({_NAME}): +")
_FLOW_END: Final = re.compile(_END)
_LIST: Final = re.compile(rf"\[{_WORDS}(?:, {_WORDS})*\]")
"""A list of nothing but words."""
_TABLE: Final = re.compile(rf"\{{{_NAME}: {_WORDS}(?:, {_NAME}: {_WORDS})*\}}")
"""A mapping to nothing but words."""
_PAIR: Final = re.compile(rf"({_NAME}): ({_WORDS})")
_BLOCKS: Final = frozenset({"|", "|-", ">", ">-"})
"""What stands before a text that follows on the lines below, further in."""
_INDICATORS: Final = frozenset("-?:,[]{}#&*!|>'\"%@` \u00a0")
"""With what no value begins that is written without quotes; some could, where the library says so."""

_Line = tuple[int, int, str, str, int]
"""A line with something on it: how far in it begins, how long the mark of its item is, its key, what follows
without blanks at the end, its number."""

_key: Final = lru_cache(maxsize=4096)(ScalarNode)
"""Makes the node of a key: there are few, and they stand on the same lines again and again."""


class _Unusual(Exception):  # noqa: N818 - nothing is wrong with it
    """A line that is for the YAML library to read."""


def has_common_letters(text: str) -> bool:
    """Whether a text has nothing but line ends and letters that YAML has no rule about."""
    others = text.encode(errors="surrogatepass").translate(None, _LETTERS)
    return not others or _OTHER_LETTERS.fullmatch(others.decode(errors="surrogatepass")) is not None


def read_common(text: str, first_line: int, max_depth: int) -> MappingNode | None:
    """Read a mapping that is written in the usual way.

    Args:
        text: the front matter.
        first_line: the line of the file on which it begins.
        max_depth: how deep lists and mappings may lie in one another.

    Returns:
        Its node, or None where the YAML library has to read it.
    """
    if not has_common_letters(text):
        return None
    lines = list(_lines(text, first_line))
    if not lines or lines[0][0]:
        return None
    reader = _Reader(lines, text, first_line, max_depth)
    try:
        node = reader.mapping(0)
    except _Unusual:
        return None
    return node if reader.is_done else None


def _lines(text: str, first_line: int) -> Iterator[_Line]:
    """Go through the lines that are neither empty nor a remark."""
    for number, (blanks, item, key, rest) in enumerate(_LINE.findall(text), first_line):
        if key or item or (rest and rest[0] != "#"):
            yield len(blanks), len(item), key, rest.rstrip(" "), number


class _Reader:
    """Goes through the lines of one front matter, once."""

    def __init__(self, lines: list[_Line], text: str, first_line: int, max_depth: int) -> None:
        self._lines = [*lines, (-1, 0, "", "", 0)]
        self._whole = text
        self._first_line = first_line
        self._place = 0
        self._left = max_depth

    @cached_property
    def _written(self) -> list[str]:
        """Every line as it was written."""
        return self._whole.split("\n")

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self._place == len(self._lines) - 1

    def mapping(self, indent: int) -> MappingNode:
        """Read the keys that stand at one depth."""
        self._deeper()
        lines = self._lines
        first = lines[self._place][-1]
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while True:
            at, item, name, rest, number = lines[self._place]
            if at != indent:
                break
            folded = name.lower()
            if item or not name or folded in pairs:
                raise _Unusual
            self._place += 1
            if not rest:
                node = self._below(number, indent)
            elif rest in _BLOCKS:
                node = self._text(rest, number, indent)
            else:
                node = _inline(rest, number, self._left)
            pairs[folded] = _key(name, number), node
        self._ended(at, indent)
        return MappingNode(tuple(pairs.values()), first)

    def _below(self, number: int, indent: int) -> Node:
        """Read what belongs to a key with nothing behind it: the lines below, if they stand further in."""
        at, item, *_ = self._lines[self._place]
        if at >= indent and item:
            return self._sequence(at)
        return self.mapping(at) if at > indent else ScalarNode("", number)

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
        while 0 < self._lines[self._place][-1] <= number + len(lines):
            self._place += 1
        text = (" " if head[0] == ">" else "\n").join(texts)
        return ScalarNode(text if head[1:] else f"{text}\n", number)

    def _passed(self, place: int, belongs: Callable[[str], bool]) -> int:
        """Give where the lines end that begin at a place and belong together."""
        while place < len(self._written) and belongs(self._written[place]):
            place += 1
        return place

    def _sequence(self, indent: int) -> SequenceNode:
        """Read the items that stand at one depth."""
        self._deeper()
        lines = self._lines
        first = lines[self._place][-1]
        items: list[Node] = []
        while True:
            at, item, name, rest, number = lines[self._place]
            if at != indent or not item:
                break
            if name:
                lines[self._place] = indent + item, 0, name, rest, number
                items.append(self.mapping(indent + item))
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
    if first not in _INDICATORS:
        if ": " in text or " #" in text or text[-1] == ":":
            raise _Unusual
        return ScalarNode(text, line)
    if first in "[{":
        node, end = _flow(text, 0, line, depth)
        if end != len(text):
            raise _Unusual
        return node
    quoted = _QUOTED.fullmatch(text)
    if quoted is None:
        raise _Unusual
    return ScalarNode(quoted[1] or quoted[2] or "", line)


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
    if text.startswith("{", start):
        return _table(text, start, line, depth)
    if text.startswith("[", start):
        return _list(text, start, line, depth)
    raise _Unusual


def _list(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    if words := _LIST.match(text, start):
        found = words[0][1:-1].split(", ")
        return SequenceNode(tuple([ScalarNode(word.rstrip(" "), line) for word in found]), line), words.end()
    items: list[Node] = []
    place = start + 1
    while not text.startswith("]", place):
        if value := _FLOW_ITEM.match(text, place):
            items.append(_of_flow(value, line))
            place = value.end()
        else:
            node, place = _nested(text, place, line, depth)
            items.append(node)
    return SequenceNode(tuple(items), line), place + 1


def _table(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    pairs: dict[str, tuple[ScalarNode, Node]] = {}
    if words := _TABLE.match(text, start):
        found = _PAIR.findall(text, start, words.end())
        pairs = {key.lower(): (_key(key, line), ScalarNode(value.rstrip(" "), line)) for key, value in found}
        if len(pairs) < len(found):
            raise _Unusual
        return MappingNode(tuple(pairs.values()), line), words.end()
    place = start + 1
    while not text.startswith("}", place):
        name, node, place = _pair(text, place, line, depth)
        if name.lower() in pairs:
            raise _Unusual
        pairs[name.lower()] = _key(name, line), node
    return MappingNode(tuple(pairs.values()), line), place + 1


def _pair(text: str, start: int, line: int, depth: int) -> tuple[str, Node, int]:
    """Read a key and its value between brackets, and tell where the text goes on."""
    if pair := _FLOW_PAIR.match(text, start):
        return pair[1], _of_flow(pair, line), pair.end()
    key = _FLOW_KEY.match(text, start)
    if key is None:
        raise _Unusual
    return key[1], *_nested(text, key.end(), line, depth)


def _of_flow(found: re.Match[str], line: int) -> ScalarNode:
    """Make the node of a value between brackets, from its three last groups: one for each way to write it."""
    *_, words, double, single = found.groups()
    return ScalarNode(words.rstrip(" ") if words else double or single or "", line)


def _nested(text: str, start: int, line: int, depth: int) -> tuple[Node, int]:
    """Read a list or a mapping within another, and go on to what follows its comma."""
    node, place = _flow(text, start, line, depth - 1)
    end = _FLOW_END.match(text, place)
    if end is None:
        raise _Unusual
    return node, end.end()
