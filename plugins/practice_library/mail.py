"""Saved e-mail: its text, its pictures, and the documents that it brings along.

In: the bytes of an `.eml`. Out: a `Manuscript` for the message and one for each document within. Who wrote to
whom stays out of the note and is told as left. Nothing is fetched. Called by `opening`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Final

from .manuscripts import (
    MAX_PARTS,
    PICTURES,
    Left,
    Manuscript,
    ManuscriptError,
    cleaned,
    decoded,
    plain_markdown,
    words_of,
)
from .pandoc import converted

MAX_DEPTH: Final = 3
"""How deep e-mails may lie in one another."""
Open = Callable[[str, bytes], Iterator[Manuscript]]
"""Reads a document that came along; gives nothing for one of no known kind."""


def mail_manuscripts(name: str, data: bytes, enclosed: Open) -> Iterator[Manuscript]:
    """Read a saved e-mail.

    Args:
        name: of its file.
        data: its bytes.
        enclosed: reads a document that came along.

    Raises:
        ManuscriptError: too many parts, or e-mails too deep in one another.
    """
    yield from _message(name, message_from_bytes(data, policy=policy.default), enclosed, 0)


def _message(name: str, message: EmailMessage, enclosed: Open, depth: int) -> Iterator[Manuscript]:
    parts = list(_walked(message))
    body, html = _texts(parts)
    attached = [part for part in parts if not _is_body(part)]
    found = converted(html.encode(), "html") if html else None
    shown = found.pictures if found else ()
    pictures = dict(_pictures(attached, shown))
    documents = [inner for part in attached for inner in _enclosed(part, enclosed, depth)]
    taken = {*names_of(documents), *map(_name, filter(_is_picture, attached))}
    yield Manuscript(
        name=name,
        markdown=_with_pictures(
            found.markdown if found else plain_markdown(body), [n for n in pictures if n not in shown]
        ),
        paragraphs=(_header(message, "subject"), *(paragraphs_of(html) if html else body.split("\n"))),
        title=_header(message, "subject"),
        date=_sent(message),
        pictures=tuple(pictures.items()),
        left=(
            *(Left(what=key, words=told) for key in _TOLD if (told := _header(message, key))),
            *(Left(what="remote", words=target) for target in (found.remote if found else ())),
            *(Left(what="attachment", words=n) for n in map(_name, attached) if n not in taken),
        ),
    )
    yield from documents


def names_of(documents: list[Manuscript]) -> set[str]:
    """Give the names of the files that documents came from."""
    return {document.name for document in documents}


_TOLD: Final = ("from", "to", "cc", "date")
"""Heads of an e-mail that stay out of the note and are told: they name people."""


def _walked(message: EmailMessage) -> Iterator[EmailMessage]:
    """Go through the parts of an e-mail that hold something, without looking into enclosed e-mails."""
    stack, count = [message], 0
    while stack:
        part = stack.pop()
        count += 1
        if count > MAX_PARTS:
            raise ManuscriptError("too-large")
        if part.get_content_maintype() == "multipart":  # an enclosed e-mail is a part of its own
            stack.extend(reversed([p for p in part.iter_parts() if isinstance(p, EmailMessage)]))
        else:
            yield part


def _is_body(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and not part.get_filename() and not part.is_attachment()


def _texts(parts: list[EmailMessage]) -> tuple[str, str]:
    """Give the plain text of an e-mail, and its HTML where that alone says everything."""
    bodies = [part for part in parts if _is_body(part)]
    html = "\n".join(_content(part) for part in bodies if part.get_content_subtype() == "html")
    plain = "\n\n".join(_content(part) for part in bodies if part.get_content_subtype() != "html")
    said = set(words_of(plain))
    more = [word for line in paragraphs_of(html) for word in words_of(line) if word not in said]
    return cleaned(plain), html if more else ""


def _content(part: EmailMessage) -> str:
    return decoded(_bytes_of(part)) if part.get_content_charset() is None else _decoded(part)


def _decoded(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a way of storing letters that nobody knows
        return decoded(_bytes_of(part))


def _bytes_of(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _name(part: EmailMessage) -> str:
    """Give the name of an attachment, without any way that leads elsewhere."""
    given = part.get_filename() or part.get_content_type().replace("/", ".")
    return PurePosixPath(given.replace("\\", "/")).name


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (LookupError, ValueError):
        return ""


def _sent(message: EmailMessage) -> str:
    try:
        return str(parsedate_to_datetime(_header(message, "date")).date())
    except (TypeError, ValueError, IndexError, OverflowError):
        return ""


def _is_picture(part: EmailMessage) -> bool:
    return PurePosixPath(_name(part)).suffix.casefold() in PICTURES


def _pictures(parts: list[EmailMessage], shown: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    """Go through the pictures of an e-mail, by the name under which its text shows them."""
    for part in filter(_is_picture, parts):
        cid = f"cid:{str(part.get('content-id', '')).strip('<> ')}"
        yield cid if cid in shown else _name(part), _bytes_of(part)


def _with_pictures(markdown: str, added: list[str]) -> str:
    """Put the pictures that only came along at the end of the text."""
    return "\n\n".join([markdown.rstrip("\n"), *(f"![](<{name}>)" for name in added)]) + "\n"


def _enclosed(part: EmailMessage, enclosed: Open, depth: int) -> Iterator[Manuscript]:
    """Read the documents that a part of an e-mail is."""
    if part.get_content_type() != "message/rfc822":
        yield from enclosed(_name(part), _bytes_of(part))
        return
    if depth >= MAX_DEPTH:
        raise ManuscriptError("too-deep")
    for inner in part.iter_parts():
        if isinstance(inner, EmailMessage):
            yield from _message(_name(part), inner, enclosed, depth + 1)


class _Text(HTMLParser):
    """Collects what a page of HTML says."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Begin a new line, or a stretch that says nothing."""
        del attrs
        self._unseen += tag in {"script", "style", "title"}
        self.told.append("" if tag in _INLINE else "\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line, or a stretch that says nothing."""
        self._unseen -= tag in {"script", "style", "title"} and self._unseen > 0
        self.told.append("" if tag in _INLINE else "\n")

    def handle_data(self, data: str) -> None:
        """Take what is said."""
        if not self._unseen:
            self.told.append(re.sub(r"\s+", " ", data))


_INLINE: Final = frozenset(
    "a abbr b big cite code em font i mark q s small span strike strong sub sup u".split()
)


def paragraphs_of(html: str) -> list[str]:
    """Give the paragraphs of a page of HTML, as plain words."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return [line.strip() for line in "".join(parser.told).split("\n") if line.strip()]
