"""How much room words take in a drawing, and where their lines are broken.

In: a text and the size of its letters. Out: its width, or its lines. Estimates for the site's sans-serif,
on the wide side, since no font is at hand when a drawing is laid out. Called by `cartography` and `flowers`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

_NARROW: Final = frozenset("fijlrtI.,:;!'’()[]|-\u2010\u2011 \u00a0")
_WIDE: Final = frozenset("mwMW@—%&")
MORE: Final = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Give the width of one line, in the unit of the size of its letters."""
    return sum(map(_breadth, text)) * size * (1.06 if bold else 1)


@cache
def _breadth(letter: str) -> float:
    """Give the width of a letter by its height."""
    if unicodedata.combining(letter):
        return 0
    plain = unicodedata.normalize("NFD", letter)[0]
    if plain in _NARROW:
        return 0.32
    if plain in _WIDE or unicodedata.east_asian_width(letter) in "WF":
        return 1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.84
    return 0.62 if plain.isupper() else 0.53


def lines_of(text: str, width: float, size: float, *, most: int, bold: bool = False) -> tuple[str, ...]:
    """Break a text into lines that fit.

    Args:
        text: one paragraph.
        width: of a line.
        size: of the letters.
        most: how many lines there may be; what is left over ends in an ellipsis.
        bold: whether the letters are semibold.

    Returns:
        At least one line.
    """

    def fits(line: str) -> bool:
        return width_of(line, size, bold=bold) <= width

    lines = [""]
    for word in text.split():
        for piece in _pieces(word, fits):
            joined = f"{lines[-1]} {piece}".strip()
            if fits(joined) or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and not fits(f"{last}{MORE}"):
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}{MORE}")


def _pieces(word: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """Break a word that is wider than a line; after a hyphen where it has one."""
    while not fits(word):
        end = next((end for end in range(len(word) - 1, 1, -1) if fits(word[:end])), 1)
        hyphen = word.rfind("-", 1, end)
        end = hyphen + 1 if hyphen > 0 else end
        yield word[:end]
        word = word[end:]
    if word:
        yield word
