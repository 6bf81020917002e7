"""Links in bodies: `[[check-in-round]]`, `[[space:riverside|our circle]]` and relative Markdown links.

In: the Markdown of a body. Out: which links it holds, each with its line; and the same Markdown with
each link replaced by whatever the caller makes of it. Code is left alone.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

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

_PATTERN: Final = re.compile(
    r"(?P<fence>^ {0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n.*?(?:^ {0,3}(?P=mark)[`~]*[ \t]*$|\Z))"
    r"|(?P<code>(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`))"
    r"|\[\[(?P<wiki>[^\[\]\n|]+)(?:\|(?P<label>[^\[\]\n]+))?\]\]"
    r"|!\[(?P<alt>[^\[\]\n]*)\]\((?P<picture>[^()\s]+)(?:[ \t]+\"[^\"\n]*\")?\)"
    r"|(?<!!)\[(?P<text>[^\[\]\n]*)\]"
    r"\((?P<file>[^()\s:]+\.md)(?P<anchor>#[^()\s]*)?(?:[ \t]+\"[^\"\n]*\")?\)",
    re.MULTILINE | re.DOTALL,
)


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


def find_links(body: str, path: str, first_line: int) -> Iterator[Link]:
    """Go through the links of a body.

    Args:
        body: the Markdown.
        path: the file it comes from, against which relative links are resolved.
        first_line: the line of the file on which the body begins.
    """
    for match in _PATTERN.finditer(body):
        if link := _link(match, path, body, first_line):
            yield link


def replace_links(body: str, path: str, write: Callable[[Link], str]) -> str:
    """Give the body with each link written anew by the caller, and everything else as it was."""

    def written(match: re.Match[str]) -> str:
        link = _link(match, path, body, 1)
        return write(link) if link else match[0]

    return _PATTERN.sub(written, body)


def _link(match: re.Match[str], path: str, body: str, first_line: int) -> Link | None:
    line = first_line + body.count("\n", 0, match.start())
    if match["file"] is not None:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["file"]))
        return Link(kind="file", target=target, written=match["file"], label=match["text"], line=line)
    if match["picture"] is not None:
        written = match["picture"]
        foreign = ":" in written or written.startswith(("/", "\\"))
        target = written if foreign else posixpath.normpath(posixpath.join(posixpath.dirname(path), written))
        return Link(kind=PICTURE, target=target, written=written, label=match["alt"].strip(), line=line)
    if match["wiki"] is None:
        return None
    kind, separator, target = match["wiki"].strip().rpartition(":")
    return Link(
        kind=kind.strip() if separator else Kind.PRACTICE,
        target=target.strip(),
        written=match["wiki"],
        label=(match["label"] or "").strip(),
        line=line,
    )
