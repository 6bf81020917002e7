"""Documents that people bring along: their Markdown, their pictures, and every paragraph of the source.

In: the text of a file, in whichever way it was stored. Out: plain text as Markdown, and the words of both.
`word` and `mail` make documents of their kinds; `opening` says which file is which.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MAX_BYTES: Final = 25 * 1024 * 1024
"""The largest file that is read, in bytes."""
MAX_PARTS: Final = 2000
"""How many files a Word document, and how many parts an e-mail, may hold."""
PICTURES: Final = (".png", ".jpg", ".jpeg", ".webp")


class ManuscriptError(Exception):
    """Why a document cannot be read: the end of a message's key."""


@dataclass(frozen=True, kw_only=True)
class Left:
    """Something of a source that is not in the note, for the report to tell."""

    what: str
    """What it is: `import.left.<what>` in the message catalogue says it."""
    words: str


@dataclass(frozen=True, kw_only=True)
class Manuscript:
    """A document, ready to be understood."""

    name: str
    """The file it came from, for the report."""
    markdown: str
    paragraphs: tuple[str, ...]
    """All that the source says, independently of how it was converted."""
    title: str = ""
    date: str = ""
    """The day that the document tells about itself, in its own words."""
    pictures: tuple[tuple[str, bytes], ...] = ()
    """Name, as the Markdown has it, and bytes."""
    left: tuple[Left, ...] = ()


# Plain text and Markdown.


def decoded(data: bytes) -> str:
    """Give the text of a file in whichever of the common ways it was stored."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def cleaned(text: str) -> str:
    """Give a text with our line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")


SHORT: Final = 60
"""Lines no longer than this were broken on purpose."""


def plain_markdown(text: str) -> str:
    """Write plain text as Markdown that looks like it: nothing becomes markup that was none."""
    blocks = re.split(r"\n[ \t]*\n", text.strip("\n"))
    return "\n\n".join(_block(block.split("\n")) for block in blocks) + "\n"


def _block(lines: list[str]) -> str:
    plain = [_line(line) for line in lines]
    end = "  \n" if all(len(line) <= SHORT for line in lines) and not _is_list(plain) else "\n"
    return end.join(plain)


def _is_list(lines: list[str]) -> bool:
    return any(line.startswith(("- ", "> ")) for line in lines)


def _line(line: str) -> str:
    """Take what Markdown would misread out of a line."""
    inner = re.sub(r"^[•·▪◦*]\s+", "- ", line.strip())
    return re.sub(r"^#", r"\\#", inner).replace("<", "&lt;").replace("[[", r"\[\[").replace("![", r"\![")


# Words.


_WORD: Final = re.compile(r"\w+")
_MARKS: Final = str.maketrans(dict.fromkeys("*_`\\~\xad\u200b", ""))


def words_of(text: str) -> list[str]:
    """Give the words of a text, whatever marks stand around and within them."""
    plain = unicodedata.normalize("NFKC", text.translate(_MARKS))
    return [word.casefold() for word in _WORD.findall(plain)]
