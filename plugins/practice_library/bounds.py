"""Limits on the Markdown of a body, so that no single note can make a build slow.

In: a body. Out: the lines on which there is more markup than any reader could make use of. Checked before
the Markdown library sees the text, whose time grows with the square of what is counted here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

MAX_QUOTE_DEPTH: Final = 20
"""How deep quotations, and lists on one line, may lie in one another."""
MAX_INDENT: Final = 40
"""How far a line may be indented, in columns: ten levels of a list."""
MAX_COLUMNS: Final = 60
"""How many columns a table may have."""
MAX_OF_MARK: Final[Mapping[str, int]] = {
    "[": 100,
    "*": 200,
    "_": 400,
    "`": 400,
    "<": 400,
    "!": 400,
    "&": 400,
    "\\": 400,
    "\n": 1000,
}
"""How many of a mark, or how many lines, one paragraph may hold."""
MAX_OF_KIND: Final = 500
"""How many headings, and how many footnotes, one body may hold."""

_FEW: Final = {**MAX_OF_MARK, "|": MAX_COLUMNS, "\n": MAX_OF_KIND - 1}
"""How many of a mark a whole body may have, so that no paragraph can have too many, nor the body headings."""
_CONTAINERS: Final = re.compile(r"[ \t]*(?:(?:>|(?:[-+*:]|\d+[.)])(?=[ \t]))[ \t]*)+")
_RULE: Final = re.compile(r" {0,3}(?:(?:-[ \t]*)+|(?:\*[ \t]*)+|(?:_[ \t]*)+)")
_ITEM: Final = re.compile(r" {0,3}(?:([*+-])|\d+\.) ")
_UNUSUAL: Final = re.compile(r"\n(?=[ \t>+*:\d-])(?:[ \t>+*:-]{10}|[ \t]*(?:(?:\d+[.)]|[>+*:-])[ \t]*){10})")
"""A line that may be deep: of ten marks and blanks at its head, or more."""
_INDENT: Final = re.compile(r"[ \t]*")
_HEADING: Final = re.compile(r" {0,3}(?:#|=+[ \t]*$|-+[ \t]*$)")


def excessive_lines(body: str, first_line: int) -> Iterator[int]:
    """Give the lines, from `first_line` on, that hold too much markup; one line a paragraph at most.

    Args:
        body: the Markdown.
        first_line: the line of the file on which the body begins.
    """
    if _is_modest(body):
        return
    tally = _Tally()
    for number, line in enumerate(body.split("\n"), first_line):
        if tally.exceeds(line):
            yield number


def _is_modest(body: str) -> bool:
    """Whether there is so little markup that no paragraph can have too much (the quick way through)."""
    return (
        all(mark not in body or body.count(mark) <= most for mark, most in _FEW.items())
        and _UNUSUAL.search(f"\n{body}") is None
    )


class _Tally:
    """Counts the marks of one paragraph after another, and the headings and footnotes of all."""

    def __init__(self) -> None:
        self._marks = dict.fromkeys(MAX_OF_MARK, 0)
        self._headings = 0
        self._footnotes = 0
        self._bullets: bool | None = None
        self._told = False

    def exceeds(self, line: str) -> bool:
        """Count one more line, and say whether it is the first of its paragraph that is too much."""
        if not line.strip():
            self._marks = dict.fromkeys(MAX_OF_MARK, 0)
            self._told = False
            return False
        self._begin_item(line)
        self._count(line)
        if self._told or not (_is_deep(line) or self._is_over()):
            return False
        self._told = True
        return True

    def _begin_item(self, line: str) -> None:
        """Count the marks of each item of a list by itself: to the Markdown library it is a paragraph."""
        item = _ITEM.match(line)
        if not self._marks["\n"]:
            self._bullets = bool(item[1]) if item else None
        elif item and bool(item[1]) is self._bullets:
            self._marks = {**dict.fromkeys(MAX_OF_MARK, 0), "\n": self._marks["\n"]}

    def _count(self, line: str) -> None:
        for mark in self._marks:
            self._marks[mark] += line.count(mark)
        self._marks["\n"] += 1
        self._headings += _HEADING.match(line) is not None
        self._footnotes += line.count("[^")

    def _is_over(self) -> bool:
        over = any(count > MAX_OF_MARK[mark] for mark, count in self._marks.items())
        return over or max(self._headings, self._footnotes) > MAX_OF_KIND


def _is_deep(line: str) -> bool:
    """Whether a line is quoted, indented or divided beyond use."""
    containers = None if _RULE.fullmatch(line) else _CONTAINERS.match(line)
    indent = _INDENT.match(line.expandtabs(4))
    return (
        (containers is not None and len(re.findall(r"[^ \t\d]", containers[0])) > MAX_QUOTE_DEPTH)
        or (indent is not None and len(indent[0]) > MAX_INDENT)
        or line.count("|") > MAX_COLUMNS + 1
    )
