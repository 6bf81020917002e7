"""A converter of Markdown that does not look for what cannot be there; what comes of a text stays the same.

In: a converter as Python-Markdown makes it. Out: the same, with parts of it put in the place of others: most
blocks are plain paragraphs, most lines have no marks, hardly a text asks for a table of contents. Called by
`markup`, which makes one converter and keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeVar
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.toc import TocExtension, TocTreeprocessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString, Registry

T = TypeVar("T")

_MARKS: Final = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "not_strong": ("*", "_"),
    "em_strong": ("*", "_"),
    "em_strong2": ("*", "_"),
    "footnote": ("[^",),
}
"""What a converter may look for within lines, with the marks of which one has to be there."""
_MARKED: Final = re.compile(r"[`\\\[<&*_]|  \n")
_PLAIN_BLOCK: Final = re.compile(r"(?:[^\W\d_][^\n]*+\n?)+")
"""Lines of which each begins with a letter: nothing that any kind of block but a paragraph is told by."""


class _Inline(InlineProcessor):
    """Looks for marks within lines only where there are any; most lines have none."""

    def __init__(self, converter: Markdown, marks: tuple[tuple[str, ...], ...]) -> None:
        super().__init__(converter)
        self._marks = marks
        self._apply: Any = getattr(self, "_InlineProcessor__applyPattern")  # noqa: B009 - no other way to it

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if isinstance(data, AtomicString) or _MARKED.search(data) is None:
            return data
        patterns = self.inlinePatterns
        for number in range(patternIndex, len(self._marks)):
            marks, start, matched = self._marks[number], 0, True
            while matched and any(mark in data for mark in marks):
                data, matched, start = self._apply(patterns[number], data, number, start)
        return data


class _Plain(ParagraphProcessor):
    """Takes plain lines for the paragraph they are, before all others have looked for their marks in them."""

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as Markdown calls it
        """Whether a block is such lines."""
        return _PLAIN_BLOCK.fullmatch(block) is not None


class _Unescape(UnescapeTreeprocessor):
    """Restores characters that were escaped, where any was."""

    def unescape(self, text: str) -> str:
        """Restore those of one text."""
        return str(super().unescape(text)) if STX in text else text


class _Contents(TocTreeprocessor):
    """Makes a table of contents only of a text that has a place for it; headings get ids in any case."""

    def run(self, doc: Element) -> None:
        """Give ids to headings."""
        wanted, self._made = self.marker, True
        if not any(wanted in (item.text or "") for item in doc.iter()):
            self.marker, self._made = "", False
        super().run(doc)
        self.marker = wanted

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        """Give the table, or what is as good as none."""
        return super().build_toc_div(toc_list) if self._made else Element("div")


class Contents(TocExtension):
    """The extension that makes tables of contents, as seldom as it can."""

    TreeProcessorClass = _Contents


class _Settled(Registry[T]):
    """Parts of a converter in their order, which is looked up at every block."""

    def __init__(self, others: Registry[T]) -> None:
        super().__init__()
        self._order: tuple[T, ...] = ()
        for name, priority in vars(others)["_priority"]:  # no other way to their names
            self.register(others[name], name, priority)

    def __iter__(self) -> Iterator[T]:
        if len(self._order) != len(self):
            self._order = tuple(super().__iter__())
        return iter(self._order)

    def register(self, item: T, name: str, priority: float) -> None:
        """Add a part."""
        super().register(item, name, priority)
        self._order = ()


def shorten(converter: Markdown) -> bool:
    """Let a converter pass by what has no marks, if all that it looks for has some.

    Returns:
        Whether that is so.
    """
    parser = converter.parser
    parser.blockprocessors.register(_Plain(parser), "plain", 99)
    parser.blockprocessors = _Settled(parser.blockprocessors)
    converter.treeprocessors.register(_Unescape(converter), "unescape", 0)
    in_order = sorted(vars(converter.inlinePatterns)["_priority"], key=lambda item: -item.priority)
    if not all(item.name in _MARKS for item in in_order):
        return False
    marks = tuple(_MARKS[item.name] for item in in_order)
    converter.treeprocessors.register(_Inline(converter, marks), "inline", 20)
    return True
