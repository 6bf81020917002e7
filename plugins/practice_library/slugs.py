"""From words to ids: the one way in which a title or a file name becomes part of an address."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

ID_PATTERN: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID: Final = 80
"""Longest id, in characters, so that addresses and file names stay within every system's limits."""

_LIGATURES: Final = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "đ": "d", "ł": "l", "’": "", "'": "", "ʼ": ""}
)
_OTHERS: Final = re.compile(r"[^a-z0-9]+")
RESERVED: Final = frozenset(
    {"index", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that stand for something else on some system or server."""


@lru_cache(maxsize=20_000)
def slug_of(words: str) -> str:
    """Give the id of a title or file name: accents folded, everything else to hyphens.

    Returns:
        An id of at most `MAX_ID` characters, or an empty text when no letter or digit is left.
    """
    if words.isascii():  # the quick way: nothing is to be folded but capitals
        return _joined(words.lower().replace("'", ""))
    folded = unicodedata.normalize("NFKD", words.casefold().translate(_LIGATURES)).casefold()
    letters = "".join(c for c in folded if not unicodedata.combining(c))
    return _joined(letters)


def _joined(letters: str) -> str:
    return _OTHERS.sub("-", letters).strip("-")[:MAX_ID].strip("-")


def free_id(words: str, kind: str) -> str:
    """Give the id of a title that has no file: with its kind before it where it could not stand alone."""
    found = slug_of(words)
    return found if is_id(found) else f"{kind}-{found}"[:MAX_ID].strip("-")


def is_id(text: str) -> bool:
    """Whether a text can serve as an id: lower-case letters and digits joined by single hyphens."""
    return ID_PATTERN.fullmatch(text) is not None and len(text) <= MAX_ID and text not in RESERVED
