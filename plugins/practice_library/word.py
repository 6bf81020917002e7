"""Word documents, unpacked within bounds and read twice: by pandoc, and by us for every paragraph there is.

In: the bytes of a `.docx`. Out: a `Manuscript`. What pandoc leaves out (comments, what stands in the margins)
is told as left. Called by `opening`.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree as ET

from .manuscripts import MAX_PARTS, Left, Manuscript, ManuscriptError
from .pandoc import converted

MAX_UNPACKED: Final = 120 * 1024 * 1024
"""How much a Word document may unfold to, in bytes."""
MAX_TEXT: Final = 24 * 1024 * 1024
"""How much of that may be text, in bytes: of it a tree is made in memory."""
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED: Final = frozenset({f"{_W}moveFrom", _FALLBACK})
"""Parts of a Word document that say again what stands elsewhere."""
_GAPS: Final = frozenset({f"{_W}tab", f"{_W}br", f"{_W}cr"})
_TEXT_PARTS: Final = re.compile(
    r"word/(?:(?P<comment>comments\d*)|(?P<margin>header\d*|footer\d*)|document\d*|footnotes\d*|endnotes\d*"
    r"|diagrams/data\d+|charts/chart\d+)\.xml"
)
_DEFINES: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def word_manuscripts(name: str, data: bytes) -> Iterator[Manuscript]:
    """Read a Word document.

    Raises:
        ManuscriptError: damaged, too large, or not what it seems.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = dict(_unpacked(archive))
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise ManuscriptError("damaged") from None
    if not any(_is_main(part) for part in parts):
        raise ManuscriptError("damaged")
    paragraphs = [found for part in sorted(parts) for found in _paragraphs(part, parts[part])]
    found = converted(data, "docx")
    yield Manuscript(
        name=name,
        markdown=found.markdown,
        paragraphs=tuple(words for what, words in paragraphs if not what),
        title=found.title,
        date=found.date,
        pictures=tuple(
            (target, parts[f"word/{target}"]) for target in found.pictures if f"word/{target}" in parts
        ),
        left=(
            *(Left(what=what, words=words) for what, words in paragraphs if what),
            *(Left(what="remote", words=target) for target in found.remote),
        ),
    )


def _is_main(part: str) -> bool:
    return re.fullmatch(r"word/document\d*\.xml", part) is not None


def _unpacked(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Unpack text and pictures, and count all bytes as they come: what a head says may be a lie."""
    entries = archive.infolist()
    if len(entries) > MAX_PARTS:
        raise ManuscriptError("too-large")
    left, text = MAX_UNPACKED, MAX_TEXT
    for entry in entries:
        limit = min(left, text) if entry.filename.endswith((".xml", ".rels")) else left
        with archive.open(entry) as stream:
            found = stream.read(limit + 1)
        if len(found) > limit:
            raise ManuscriptError("too-large")
        left -= len(found)
        text -= len(found) if entry.filename.endswith((".xml", ".rels")) else 0
        yield entry.filename, found


def _paragraphs(part: str, data: bytes) -> Iterator[tuple[str, str]]:
    """Go through the paragraphs of a part; with a name where it lies in the margin or is a comment."""
    match = _TEXT_PARTS.fullmatch(part)
    if match is None:
        return
    if _DEFINES.search(data):
        raise ManuscriptError("damaged")
    try:
        root = ET.fromstring(data)  # noqa: S314 - bounded above, and without definitions
    except (ET.ParseError, ValueError, RecursionError):
        raise ManuscriptError("damaged") from None
    what = next((kind for kind, found in match.groupdict().items() if found), "")
    text = "".join(_runs(root))
    yield from ((what, " ".join(line.split())) for line in text.split("\n") if line.strip())


def _runs(element: ET.Element) -> Iterator[str]:
    """Go through the text of a part, with a line end after each paragraph."""
    stack: list[ET.Element | str] = [element]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            yield top
            continue
        if top.tag in _SKIPPED:
            continue
        tag = top.tag.rpartition("}")[2]
        if top.tag in _GAPS:
            yield " "
        elif tag == "noBreakHyphen":
            yield "\u2011"
        elif tag in {"t", "v"} and top.text:
            yield top.text
        if tag in {"p", "pt"}:
            stack.append("\n")
        stack.extend(reversed(top))
