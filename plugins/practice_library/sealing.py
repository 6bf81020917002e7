"""Writing the wording of quotes into their consent, so that consent holds for these words and no others.

In: the text of a note. Out: the same text with a `wording` in the consent of every quote that has consent;
nothing else is touched, not even a comment. Called by the command line.
"""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from .wording import wording_of

_OPENING = "---\n"


@dataclass(frozen=True)
class _Edit:
    """A stretch of the text and what takes its place."""

    start: int
    end: int
    text: str


def sealed(text: str) -> str:
    """Seal every quote of a note that has consent of its own.

    Args:
        text: the note, with lines ending in a line feed; it has been read without complaint before.
    """
    closing = text.index("\n---", len(_OPENING) - 1) + 1
    root = yaml.compose(text[len(_OPENING) : closing], Loader=yaml.BaseLoader)
    edits = [edit for quote in _quotes(root) if (edit := _edit(quote, text))]
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _quotes(root: yaml.Node | None) -> list[yaml.Node]:
    quotes = _value(root, "quotes")
    return list(quotes.value) if isinstance(quotes, yaml.SequenceNode) else []


def _edit(quote: yaml.Node, text: str) -> _Edit | None:
    """Say what has to change for one quote; nothing where it has no consent or is sealed already."""
    consent, words = _value(quote, "consent"), _value(quote, "text")
    if not isinstance(consent, yaml.MappingNode) or words is None or not consent.value:
        return None
    digest, offset = wording_of(words.value), len(_OPENING)
    written = _value(consent, "wording")
    if written is not None:
        start, end = written.start_mark.index + offset, written.end_mark.index + offset
        return _Edit(start, end, digest) if written.value != digest else None
    last = consent.value[-1][1].end_mark.index + offset
    last = len(text[:last].rstrip())
    if consent.flow_style:
        return _Edit(last, last, f", wording: {digest}")
    indent = " " * consent.value[0][0].start_mark.column
    return _Edit(last, last, f"\n{indent}wording: {digest}")
