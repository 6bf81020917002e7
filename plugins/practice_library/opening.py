"""Which file is which: the reader for each kind of document.

In: a file's name and bytes. Out: the documents in it. Called by `importing`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from .front_matter import FrontMatterError, parse_yaml
from .mail import mail_manuscripts
from .manuscripts import MAX_BYTES, Left, Manuscript, ManuscriptError, cleaned, decoded, plain_markdown
from .nodes import MappingNode, ScalarNode
from .pandoc import PandocError
from .word import word_manuscripts

_HEAD: Final = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_manuscripts(name: str, data: bytes) -> Iterator[Manuscript]:
    """Read a file of a known kind.

    Args:
        name: its name; the ending says what it is.
        data: its bytes.

    Raises:
        ManuscriptError: too large, damaged, or of no known kind.
    """
    if len(data) > MAX_BYTES:
        raise ManuscriptError("too-large")
    reader = _READERS.get(PurePosixPath(name).suffix.casefold())
    if reader is None:
        raise ManuscriptError("unknown-kind")
    try:
        yield from reader(name, data)
    except PandocError as error:
        raise ManuscriptError(str(error)) from None


def is_known(name: str) -> bool:
    """Whether the name is that of a document we can read."""
    return PurePosixPath(name).suffix.casefold() in _READERS


def _markdown(name: str, data: bytes) -> Iterator[Manuscript]:
    """Read Markdown; of a head that it may have only the title and the date are understood."""
    head, body = _split(cleaned(decoded(data)))
    facts = _facts(head)
    yield Manuscript(
        name=name,
        markdown=body,
        paragraphs=tuple(body.split("\n")),
        title=facts.get("title", ""),
        date=facts.get("date", ""),
        left=tuple(Left(what="head", words=line.strip()) for line in head.split("\n") if line.strip()),
    )


def _split(text: str) -> tuple[str, str]:
    match = _HEAD.match(text)
    return (match[1] or "", text[match.end() :]) if match else ("", text)


def _facts(head: str) -> dict[str, str]:
    """Give the plain facts of a head; none where it cannot be understood."""
    try:
        node = parse_yaml(head, first_line=2)
    except FrontMatterError:
        return {}
    pairs = node.pairs if isinstance(node, MappingNode) else ()
    return {key.text.casefold(): value.text for key, value in pairs if isinstance(value, ScalarNode)}


def _plain(name: str, data: bytes) -> Iterator[Manuscript]:
    text = cleaned(decoded(data))
    yield Manuscript(name=name, markdown=plain_markdown(text), paragraphs=tuple(text.split("\n")))


def _mail(name: str, data: bytes) -> Iterator[Manuscript]:
    return mail_manuscripts(name, data, _enclosed)


def _enclosed(name: str, data: bytes) -> Iterator[Manuscript]:
    """Read a document that came with an e-mail."""
    return read_manuscripts(name, data) if is_known(name) else iter(())


_READERS: Final[Mapping[str, Callable[[str, bytes], Iterator[Manuscript]]]] = {
    ".docx": word_manuscripts,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".eml": _mail,
}
