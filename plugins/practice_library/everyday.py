"""Everyday Markdown to HTML: paragraphs, headings and lists, which is all that most bodies have.

In: a body, and a converter for what is marked within its lines. Out: the HTML and the headings that the
converter would make of it; nothing for a body that has something else, or may have. Called by `markup`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions.toc import strip_tags, unique
from markdown.util import ETX, STX

_MARK: Final = re.compile(r"[`\\\[<&*_]")
_BREAK: Final = "  \n"
"""What the converter may find within lines begins with one of these."""
_LINK: Final = re.compile(r"\[(?<!!\[)([^\[\]`\\<>&*_\n]+)\]\(([a-zA-Z0-9_/.:?=#%+~-]+)\)")
"""A link with nothing in it that has to be looked at: as links to entries are."""
_UNUSUAL: Final = ("\t", "\r", STX, ETX, "[TOC]")
"""What the converter treats apart before it looks for blocks, or after."""

_LINE: Final = r"(?:\*\*?|__?)?(?:[^\s\d#>=\-_*+:\[|]|\d++(?!\.\ )|\[[^\[\]\n]*+\]\()[^\n]*+"
"""A line of words: it begins with nothing that a kind of block is told by."""
_LINES: Final = rf"{_LINE}(?:\n[ ]{{0,3}}{_LINE})*"
_BULLET: Final = r"[*+-][ ]++"
_NUMBER: Final = r"\d++\.[ ]++"
_BLOCK: Final = re.compile(
    rf"""(?P<level>\#{{2,6}})[ ]*+(?P<title>[^\s#\\][^\n#\\]*+)\n(?:[ ]*+\n)*
    |(?:(?P<ul>{_BULLET}{_LINES}(?:\n{_BULLET}{_LINES})*)
    |(?P<ol>{_NUMBER}{_LINES}(?:\n{_NUMBER}{_LINES})*)
    |(?P<p>{_LINES}))(?:\n(?=\#)|\n(?:[ ]*+\n)+)""",
    re.VERBOSE,
)
"""One block, up to the next: a heading's line is one, others end with an empty line or before a heading."""
_ITEM: Final = re.compile(rf"^(?:{_BULLET}|{_NUMBER})", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Everyday:
    """A body that was converted."""

    html: str
    headings: tuple[tuple[int, str, str], ...]
    """Level, id and title of each heading; the title is HTML without tags."""


@dataclass(frozen=True, kw_only=True)
class _Block:
    tag: str
    """`p`, `ul`, `ol`, or that of a heading."""
    texts: list[str]
    """What it says: a text, or one for each item of a list."""
    start: str = ""
    """The number of its first item."""


def convert(text: str, converter: Markdown, slug: Callable[[str], str]) -> Everyday | None:
    """Convert a body, if all of it is everyday.

    Args:
        text: its Markdown.
        converter: converts what is marked within lines.
        slug: makes an id of the words of a heading.
    """
    blocks = _blocks(text)
    if not blocks:
        return None
    shown = _shown((text for block in blocks for text in block.texts), converter)
    headings: list[tuple[int, str, str]] = []
    ids: set[str] = set()
    parts: list[str] = []
    for tag, group in groupby(blocks, lambda block: block.tag):
        if tag in {"ul", "ol"}:
            parts.append(_list(tag, list(group), shown))
        elif tag == "p":
            parts += [f"<p>{shown[block.texts[0]]}</p>" for block in group]
        else:
            for block in group:
                title = shown[block.texts[0]]
                name = strip_tags(title.strip())
                made = unique(slug(html.unescape(name)), ids)
                headings.append((int(tag[1]), made, name))
                parts.append(f'<{tag} id="{made}">{title}</{tag}>')
    return Everyday(html="\n".join(parts), headings=tuple(headings))


def _blocks(text: str) -> list[_Block]:
    """Give the blocks of a body; none where one of them is not everyday."""
    if any(mark in text for mark in _UNUSUAL):
        return []
    source = text.strip("\n") + "\n\n"
    found: list[_Block] = []
    place = 0
    while place < len(source):
        match = _BLOCK.match(source, place)
        if match is None:
            return []
        found.append(_block(match))
        place = match.end()
    return found


def _block(match: re.Match[str]) -> _Block:
    if match["level"]:
        return _Block(tag=f"h{len(match['level'])}", texts=[match["title"].strip()])
    tag = str(match.lastgroup)
    if tag == "p":
        return _Block(tag=tag, texts=[match[tag]])
    items = [item.removesuffix("\n") for item in _ITEM.split(match[tag])[1:]]
    start = match[tag].partition(".")[0] if tag == "ol" else ""
    return _Block(tag=tag, texts=items, start=start)


def _list(tag: str, blocks: list[_Block], shown: Mapping[str, str]) -> str:
    """Write a list; where empty lines part it, the items on both sides are paragraphs."""
    items: list[str] = []
    for number, block in enumerate(blocks):
        last = len(block.texts) - 1
        for place, text in enumerate(block.texts):
            is_loose = (number and not place) or (place == last and block is not blocks[-1])
            item = f"\n<p>{shown[text]}</p>\n" if is_loose else shown[text]
            items.append(f"<li>{item}</li>\n")
    start = blocks[0].start
    numbered = f' start="{start}"' if start not in {"", "1"} else ""
    return f"<{tag}{numbered}>\n{''.join(items)}</{tag}>"


def _shown(texts: Iterable[str], converter: Markdown) -> dict[str, str]:
    """Give each text as HTML."""
    shown: dict[str, str] = {}
    marked: list[str] = []
    for text in texts:
        escaped = text.replace(">", "&gt;")
        if not _is_marked(text):
            shown[text] = escaped
        elif not _is_marked(_LINK.sub("", text)):
            shown[text] = _LINK.sub(_linked, escaped)
        else:
            marked.append(text)
    if marked:
        shown.update(zip(marked, _within_lines(marked, converter), strict=True))
    return shown


def _linked(match: re.Match[str]) -> str:
    return f'<a href="{match[2]}">{match[1]}</a>'


def _is_marked(text: str) -> bool:
    return _MARK.search(text) is not None or _BREAK in text


def _within_lines(texts: Iterable[str], converter: Markdown) -> Iterator[str]:
    """Convert what is marked within lines."""
    converter.reset()
    root = Element("div")
    for text in texts:
        SubElement(root, "p").text = text
    for name in ("inline", "prettify", "unescape"):
        converter.treeprocessors[name].run(root)
    for paragraph in root:
        paragraph.tail = None
        made = converter.serializer(paragraph)[len("<p>") : -len("</p>")]
        if STX in made:
            for last in converter.postprocessors:
                made = last.run(made)
        yield made
