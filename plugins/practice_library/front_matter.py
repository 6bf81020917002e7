"""From the bytes of a file to its front matter, with the line of every key, and its body.

In: the bytes of one file under `spaces/`. Out: a tree of nodes (every scalar still the text that was
written) and the Markdown body, or complaints. Called by `loader`; nothing is converted here, so that
`no`, `08` and `1:30` mean what their author wrote until the schema says what was wanted.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any, Final

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler

from .common_yaml import has_common_letters, read_common
from .nodes import MappingNode, Node, ScalarNode, SequenceNode

MAX_FILE: Final = 256 * 1024
"""The largest note, in bytes."""
MAX_FRONT_MATTER: Final = 16 * 1024
"""The largest front matter of a note, in bytes."""
MAX_DEPTH: Final = 8
"""How deep lists and mappings may lie in one another."""
MAX_FLOW: Final = 400
"""How many brackets one front matter may hold; the YAML library's time grows with their square."""

_DELIMITER: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


Complain = Callable[..., None]
"""`complain(code, line, **values)`: how this module reports, already bound to one file."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file taken apart: what it declares and what it tells."""

    declared: MappingNode
    body: str
    body_line: int
    """The line of the file on which the body's first line stands, from 1."""


class FrontMatterError(Exception):
    """What makes a front matter unreadable: a code, a line and the values of its sentence."""

    def __init__(self, code: str, line: int, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.line = line
        self.values = values


def read_source(data: bytes, complain: Complain) -> Source | None:
    """Take a note apart, or report why that cannot be done.

    Args:
        data: the bytes of the file.
        complain: called with a code, a line (from 1) and the values of the sentence.

    Returns:
        The front matter and the body, or None after at least one complaint.
    """
    try:
        text = read_text(data, MAX_FILE)
        return _split(text)
    except FrontMatterError as error:
        complain(error.code, error.line, **error.values)
        return None


@lru_cache(maxsize=2)
def read_document(data: bytes, max_bytes: int) -> Node:
    """Read a whole file as one YAML document (the vocabulary), as strictly as front matter.

    The last ones are remembered: one preview after another reads the same.

    Raises:
        FrontMatterError: the bytes are no text, or the text is no YAML of the subset in use.
    """
    text = read_text(data, max_bytes)
    return parse_yaml(text, first_line=1, max_flow=max_bytes)


def read_text(data: bytes, max_bytes: int) -> str:
    """Decode a file: UTF-8 with or without a byte order mark, any line ends, no control characters.

    Raises:
        FrontMatterError: too many bytes, not UTF-8, or a character that no author types.
    """
    if len(data) > max_bytes:
        raise FrontMatterError("too-large", 0, size=str(len(data) // 1024), limit=str(max_bytes // 1024))
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        line = len(_LINE_END.findall(data[: error.start])) + 1
        raise FrontMatterError("not-utf-8", line) from None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if any(pasted in text for pasted in _PASTED_LETTERS):
        text = text.translate(_PASTED)
    _refuse_controls(text, 1)
    return unicodedata.normalize("NFC", text)


def _refuse_controls(text: str, first_line: int) -> None:
    """Complain of a character that no author types, written out or as an escape of YAML."""
    if _is_clean(text):
        return
    for position, character in enumerate(text):
        if is_control(character):
            line = text.count("\n", 0, position) + first_line
            raise FrontMatterError("control-character", line, character=f"U+{ord(character):04X}")
    if hidden := _HIDDEN.search(text):
        line = text.count("\n", 0, hidden.start()) + first_line
        raise FrontMatterError("control-character", line, character=f"U+{ord(hidden[0]):04X}")


_LINE_END: Final = re.compile(rb"\r\n|\r|\n")
_HIDDEN: Final = re.compile("(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]")
"""Letters that nobody sees, but for those that tell a black flag whose it is."""
_PASTED: Final = {0xFEFF: None, 0x2028: " ", 0x2029: " "}
"""What comes along unseen when text is pasted: marks of no width, and separators that break no line."""
_PASTED_LETTERS: Final = tuple(map(chr, _PASTED))


def _is_clean(text: str) -> bool:
    """Whether every character is of the common, harmless ranges (the quick way through)."""
    return has_common_letters(text.replace("\t", " "))


def is_control(character: str) -> bool:
    """Whether a character is invisible in a way that can deceive: control, direction, separator."""
    if character in "\t\n\u200b\u200c\u200d":
        return False
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in (
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    )


def _closing(text: str) -> re.Match[str] | None:
    """Find the line that ends a front matter; what begins the text is none."""
    at = text.find("\n---")
    while at >= 0:
        if found := _DELIMITER.match(text, at + 1):
            return found
        at = text.find("\n---", at + 1)
    return None


class StrictHandler(YAMLHandler):
    """How python-frontmatter splits and reads our notes: strictly, with the line of every key."""

    def detect(self, text: str) -> bool:
        """Whether the first line opens a front matter."""
        return _DELIMITER.match(text) is not None

    def split(self, text: str) -> tuple[str, str]:
        """Give the text between the two delimiters, and the rest.

        Raises:
            FrontMatterError: the front matter does not end.
        """
        opening = _DELIMITER.match(text)
        closing = _closing(text)
        if opening is None or closing is None:
            raise FrontMatterError("unclosed-front-matter", 1)
        return text[opening.end() + 1 : closing.start()], text[closing.end() :]

    def load(self, fm: str, **_options: object) -> dict[str, MappingNode]:
        """Read the front matter as a mapping of nodes, under a name of our own.

        Raises:
            FrontMatterError: the text is no mapping of the subset of YAML in use.
        """
        size = len(fm.encode())
        if size > MAX_FRONT_MATTER:
            raise FrontMatterError(
                "too-large", 1, size=str(size // 1024 + 1), limit=str(MAX_FRONT_MATTER // 1024)
            )
        node = parse_yaml(fm, first_line=2)
        if not isinstance(node, MappingNode):
            raise FrontMatterError("no-front-matter", node.line)
        return {"declared": node}


_HANDLER: Final = StrictHandler()


def _split(text: str) -> Source:
    """Divide a note into front matter and body through python-frontmatter."""
    if not _HANDLER.detect(text):
        raise FrontMatterError("no-front-matter", 1)
    loaded, body = frontmatter.parse(text, handler=_HANDLER)
    declared = loaded["declared"]
    assert isinstance(declared, MappingNode)  # noqa: S101 - what our handler's `load` gives
    body_start = len(text.rstrip()) - len(body)
    return Source(declared=declared, body=body, body_line=text.count("\n", 0, body_start) + 1)


def parse_yaml(text: str, first_line: int, max_flow: int = MAX_FLOW) -> Node:
    """Read YAML into nodes: no tags, anchors, aliases, merge keys, second documents, double keys.

    Args:
        text: the YAML text.
        first_line: the line of the file on which the text begins.
        max_flow: how many opening brackets are let through to the YAML library.

    Raises:
        FrontMatterError: the text is not of this subset, or nested deeper than `MAX_DEPTH`.
    """
    if text.count("[") + text.count("{") > max_flow:
        first_over = next(islice(re.finditer(r"[\[{]", text), max_flow, None))
        line = text.count("\n", 0, first_over.start()) + first_line
        raise FrontMatterError("too-deep", line, limit=str(max_flow))
    common = read_common(text, first_line, MAX_DEPTH)
    return common or compose_yaml(text, first_line)


def compose_yaml(text: str, first_line: int) -> Node:
    """Read YAML into nodes through the YAML library.

    Raises:
        FrontMatterError: as `parse_yaml`.
    """
    try:
        return _Composer(first_line).compose(yaml.parse(text, Loader=_Loader))
    except yaml.MarkedYAMLError as error:
        code, line = _cause(error, text.split("\n"))
        raise FrontMatterError(code, line + first_line) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise FrontMatterError("bad-yaml", first_line) from None


def _cause(error: yaml.MarkedYAMLError, lines: list[str]) -> tuple[str, int]:
    """Tell the commonest slips from other YAML errors, and the line on which each was made, from 0."""
    mark = error.problem_mark or error.context_mark
    line = min(mark.line, len(lines) - 1) if mark else 0
    if "quoted scalar" in str(error.context) and error.context_mark:
        return "bad-yaml", error.context_mark.line
    if re.match(r" *\t", lines[line]):
        return "tab-indent", line
    if "mapping values are not allowed" in str(error.problem):
        glued = line > 0 and _GLUED.match(lines[line - 1])
        return ("bad-yaml", line - 1) if glued else ("unquoted-colon", line)
    return "bad-yaml", line


_GLUED: Final = re.compile(r"\s*[a-z_]+:(?!//)\S")
"""A key whose words follow its colon without a blank, which makes them one word."""


class _Composer:
    """Builds nodes from PyYAML's events, which still show what a finished tree no longer does."""

    def __init__(self, first_line: int) -> None:
        self._first_line = first_line
        self._depth = 0

    def compose(self, events: Iterator[Any]) -> Node:
        """Build the one document of a stream."""
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None or event.explicit or event.version or event.tags:
                    raise FrontMatterError("yaml-feature", self._line(event), feature="---")
            elif isinstance(event, yaml.NodeEvent):
                root = self._node(event, events)
        return root or MappingNode(pairs=(), line=self._first_line)

    def _line(self, event: Any) -> int:  # noqa: ANN401 - PyYAML's events are untyped
        return int(event.start_mark.line) + self._first_line

    def _node(self, event: Any, events: Iterator[Any]) -> Node:  # noqa: ANN401
        self._refuse_features(event)
        line = self._line(event)
        if isinstance(event, yaml.ScalarEvent):
            text = event.value if event.value.isascii() else event.value.translate(_PASTED)
            _refuse_controls(text.replace("\n", " "), line)
            return ScalarNode(text=text, line=line)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FrontMatterError("too-deep", line, limit=str(MAX_DEPTH))
        node = (
            SequenceNode(items=tuple(self._items(events)), line=line)
            if isinstance(event, yaml.SequenceStartEvent)
            else MappingNode(pairs=tuple(self._pairs(events)), line=line)
        )
        self._depth -= 1
        return node

    def _refuse_features(self, event: Any) -> None:  # noqa: ANN401
        feature = ""
        if isinstance(event, yaml.AliasEvent):
            feature = f"*{event.anchor}"
        elif event.anchor:
            feature = f"&{event.anchor}"
        elif event.tag:
            feature = str(event.tag).replace("tag:yaml.org,2002:", "!!")
        if feature:
            raise FrontMatterError("yaml-feature", self._line(event), feature=feature)

    def _items(self, events: Iterator[Any]) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, events)

    def _pairs(self, events: Iterator[Any]) -> Iterator[tuple[ScalarNode, Node]]:
        seen: set[str] = set()
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                return
            key = self._node(event, events)
            if not isinstance(key, ScalarNode):
                raise FrontMatterError("bad-yaml", key.line)
            if key.text == "<<":
                raise FrontMatterError("yaml-feature", key.line, feature="<<")
            folded = unicodedata.normalize("NFKC", key.text).casefold()
            if folded in seen:
                raise FrontMatterError("duplicate-key", key.line, key=key.text)
            seen.add(folded)
            yield key, self._node(next(events), events)
