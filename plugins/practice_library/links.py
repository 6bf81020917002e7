"""Links in bodies: `[[check-in-round]]`, `[[space:riverside|our circle]]` and relative Markdown links.

In: the Markdown of a body. Out: which links it holds, each with its line; and the same Markdown with
each link replaced by whatever the caller makes of it. Code is left alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from .model import Kind

TERM_KINDS: Final = {
    "principle": "principles",
    "approach": "approaches",
    "role": "roles",
    "question": "questions",
    "type": "types",
}
"""What a link may name of the vocabulary, with its section."""

PICTURE: Final = "picture"
"""The kind of a link that shows a picture."""
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp")

_PATTERN: Final = re.compile(
    r"(?P<fence>^ {0,3}(?P<mark>`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>(?P<ticks>`++)[^\n]*?(?<!`)(?P=ticks)(?!`))"
    r"|\[\[(?P<wiki>[^\[\]\n|]+)(?:\|(?P<label>[^\[\]\n]*))?\]\]"
    r"|!\[(?P<alt>[^\[\]\n]*)\]"
    r"(?:\((?P<picture><[^<>\n]*>|(?:[^()\n\"<>]++|\([^()\n]*+\))*)(?:\"[^\"\n]*\")?[ \t]*\)"
    r"|\[(?P<named>[^\[\]\n]*)\])"
    r"|(?<!!)\[(?P<text>[^\[\]\n]*)\]"
    r"\((?P<file><[^<>\n:?#]+\.\w{1,8}(?:#[^<>\n]*)?>|(?!//)[^()\s:?#<>]+\.\w{1,8}(?:#[^()\s]*)?)"
    r"(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|^ {0,3}\[(?P<name>[^\[\]\n^][^\[\]\n]*)\]:[ \t]*"
    r"(?P<defined><[^<>\n:?#]+\.\w{1,8}>|(?!//)[^\s:?#<>]+\.\w{1,8})[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
_BEGINNING: Final = re.compile(r"[`~!\[]")
"""Where something can begin, but for the blanks before it: the quick way past letters."""
_INDENT: Final = 3
_MADE: Final = re.compile(r"\]\(([^()]*)\)$")


@dataclass(frozen=True, kw_only=True)
class Link:
    """One link as an author wrote it."""

    kind: str
    """`practice`, `space`, `harvest`, `output`, a kind of term, `file` for a relative path, `picture`."""
    target: str
    """The id or, for `file` and `picture`, the path from the project's root."""
    written: str
    """What to repeat to the author."""
    label: str
    """The words of the link; empty for those of its target."""
    line: int


@lru_cache(maxsize=50_000)
def find_links(body: str, path: str, first_line: int) -> tuple[Link, ...]:
    """Find the links of a body; it is looked through once, however often this is asked.

    Args:
        body: the Markdown.
        path: the file it comes from, against which relative links are resolved.
        first_line: the line of the file on which the body begins.
    """
    return tuple(_found(body, path, first_line)) if "[" in body else ()


def _found(body: str, path: str, first_line: int) -> Iterator[Link]:
    line, place = first_line, 0
    for match in _matches(body):
        line += body.count("\n", place, match.start())
        place = match.start()
        if link := _link(match, path, line):
            yield link


def replace_links(body: str, path: str, write: Callable[[Link], str]) -> str:
    """Give the body with each link written anew by the caller, and everything else as it was."""

    def written(match: re.Match[str]) -> str:
        link = _link(match, path, 1)
        if link is None:
            return match[0]
        made = write(link)
        if match["defined"] is None:
            return made
        way = _MADE.search(made)
        return f"[{match['name']}]: {way[1]}" if way else ""

    parts, place = [], 0
    for match in _matches(body):
        parts += [body[place : match.start()], written(match)]
        place = match.end()
    return "".join([*parts, body[place:]])


def _matches(body: str) -> Iterator[re.Match[str]]:
    """Go through what is a link or code, as `finditer` would, which tries at every letter."""
    place = 0
    while begun := _BEGINNING.search(body, place):
        at = begun.start()
        start = _line_start(body, place, at)
        match = (_PATTERN.match(body, start) if start < at else None) or _PATTERN.match(body, at)
        if match:
            yield match
        place = match.end() if match else at + 1


def _line_start(body: str, place: int, at: int) -> int:
    """Give where the line of a mark begins, if but a few blanks are before it; else where the mark is."""
    start = at
    while start > max(place, at - _INDENT) and body[start - 1] == " ":
        start -= 1
    return start if start == 0 or body[start - 1] == "\n" else at


def _link(match: re.Match[str], path: str, line: int) -> Link | None:
    """Read what was found; None for code, and for what names no file of ours."""
    if match["wiki"] is not None:
        return _by_id(match, line)
    if match["alt"] is not None:
        written = (match["named"] if match["picture"] is None else match["picture"]).strip()
        target = written if match["picture"] is None else _target(written, path)
        return Link(kind=PICTURE, target=target, written=written, label=match["alt"].strip(), line=line)
    written = match["file"] or match["defined"]
    if not written or (match["defined"] and written.endswith(_PICTURES)):
        return None
    address = written.strip("<>").partition("#")[0]
    label = match["text"] or match["name"] or ""
    return Link(kind="file", target=_target(address, path), written=address, label=label, line=line)


def _by_id(match: re.Match[str], line: int) -> Link:
    kind, separator, target = match["wiki"].strip().rpartition(":")
    return Link(
        kind=kind.strip() if separator else Kind.PRACTICE,
        target=target.strip(),
        written=match["wiki"],
        label=(match["label"] or "").strip(),
        line=line,
    )


def _target(written: str, path: str) -> str:
    """Give the file that an address names, from the project's root; an address elsewhere as it is."""
    address = unquote(written.strip("<>").strip())
    if ":" in address or address.startswith(("/", "\\")):
        return address
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), address))
