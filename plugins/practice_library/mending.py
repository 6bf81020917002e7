"""Mending what has one safe mending: a slip of the hand that leaves no doubt about what was meant.

In: the text of a note, and a way to hear what is wrong with it. Out: the text with lines mended, as many
lines as before. Called by `fixing`, which keeps a mending only where the note has no error left. No line
that has to do with consent is ever touched, so no mending can open anything.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from .dates import day_of
from .diagnostics import Diagnostic
from .slugs import is_id, slug_of

MOST: Final = 200
"""How many mendings are tried in one note."""
SHORTEST: Final = 4
"""The shortest word in which a slip of the finger is told from another word, in characters."""
_CONSENT: Final = re.compile(
    r"consent|(?<![a-z])(?:withdrawn|tombstone|level|share|given|until|credit|wording|type)\W*:",
    re.IGNORECASE,
)
"""What makes a line one that only people may change: all that the gate decides by."""
_ITEM: Final = re.compile(r"(?P<head>\s*(?:-\s+)+)(?P<value>\S.*?)\s*")
_PAIR: Final = re.compile(r"(?P<head>\s*(?:-\s+)*[\w \"'“”\u2018’«»-]+?\s*:\s+)(?P<value>\S.*?)\s*")
_GLUED: Final = re.compile(r"(?P<head>\s*(?:-\s+)*[a-z_]+:)(?P<value>[^\s/].*)")
_QUOTES: Final = '"“”„«»'
_MARKS: Final = f"'\u2018’{_QUOTES} "
"""What may stand around a word without being part of it."""
_SIGNS: Final = tuple("@`%&*!")
"""Signs that mean something to YAML where a value begins, and nothing to authors."""
_LINE_END: Final = re.compile(r"(\r\n|\r|\n)")

Known = Callable[[str], Collection[str]]
"""Gives the words that may stand where a complaint of a code was made."""
Read = Callable[[str], Sequence[Diagnostic]]
"""Reads a text as a build would, and gives what is wrong with it."""


@dataclass(frozen=True, kw_only=True)
class Mended:
    """What came of mending a note."""

    text: str
    left: tuple[Diagnostic, ...]
    """What is still wrong with it."""


def mended(text: str, read: Read, known: Known) -> Mended:
    """Mend a note line by line, as long as something gets better.

    Args:
        text: the note, with its own line ends.
        read: tells what is wrong with a text.
        known: gives the words that may stand in a place.
    """
    left = tuple(read(text))
    for _ in range(MOST):
        better = _better(text, left, read, known)
        if better is None:
            break
        text, left = better.text, better.left
    return Mended(text=text, left=left)


def lines_of(text: str) -> list[str]:
    """Give the lines of a text as complaints count them."""
    return _LINE_END.split(text)[::2]


def _better(text: str, left: Sequence[Diagnostic], read: Read, known: Known) -> Mended | None:
    """Take the first mending that does away with a complaint."""
    parts = _LINE_END.split(text)
    lines = parts[::2]
    for found in left:
        for line in candidates(lines, found, known) if 0 < found.line <= len(lines) else ():
            changed = [*lines[: found.line - 1], line, *lines[found.line :]]
            if found.line in protected(lines) | protected(changed):
                continue
            fresh = "".join(map("".join, zip(changed, [*parts[1::2], ""], strict=True)))
            after = tuple(read(fresh))
            if (found.code, found.line) not in {(other.code, other.line) for other in after}:
                return Mended(text=fresh, left=after)
    return None


def protected(lines: Sequence[str]) -> frozenset[int]:
    """Give the numbers, from 1, of the lines that have to do with consent: no mending touches them."""
    found: set[int] = set()
    block: int | None = None
    for number, line in enumerate(lines, 1):
        indent = len(line) - len(line.lstrip())
        if line.strip() and block is not None and indent <= block:
            block = None
        if _CONSENT.search(line):
            block = indent if block is None else block
        if block is not None:
            found.add(number)
    return frozenset(found)


def candidates(lines: Sequence[str], found: Diagnostic, known: Known) -> Iterator[str]:
    """Go through what one line could become to do away with a complaint; mostly one thing, often none."""
    line, values = lines[found.line - 1], dict(found.values)
    if found.code in _BY_LINE:
        yield from _BY_LINE[found.code](line)
    if found.code == "unknown-key":
        yield from _keys(line, values.get("key", ""), values.get("known", "").split(", "))
    elif found.code == "not-a-date":
        written = values.get("value", "")
        yield from _replaced(line, written, day_of(written.strip(_QUOTES)))
    elif "value" in values:
        words = known(found.code) or [word for word in values.get("known", "").split(", ") if word]
        yield from _replaced(line, values["value"], meant(values["value"], words))


def meant(written: str, known: Collection[str]) -> str:
    """Give the one known word that was meant; empty where there is none, or more than one.

    Capitals, accents, blanks and quotation marks make no difference, and neither does one slip of the finger.
    """
    folded = slug_of(written.strip(_MARKS))
    near = [folded] if folded in known else sorted(word for word in known if is_slip(folded, word))
    return near[0] if len(near) == 1 and near[0] != written else ""


def is_slip(written: str, wanted: str) -> bool:
    """Whether two words differ by one letter: missing, too many, another one, or two in the wrong order."""
    if min(len(written), len(wanted)) < SHORTEST or written == wanted:
        return False
    place = next(
        (n for n, (a, b) in enumerate(zip(written, wanted, strict=False)) if a != b),
        min(len(written), len(wanted)),
    )
    one, other = written[place:], wanted[place:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]


def _replaced(line: str, written: str, wanted: str) -> Iterator[str]:
    """Put a word in the place of another that stands in the line just once."""
    places = list(re.finditer(rf"(?<![\w-]){re.escape(written)}(?![\w-])", line)) if written else []
    if wanted and len(places) == 1:
        yield line[: places[0].start()] + wanted + line[places[0].end() :]


def _keys(line: str, key: str, known: Sequence[str]) -> Iterator[str]:
    """Spell a key as it is known; `consent` and its like are never made of another word."""
    wanted = slug_of(key.strip(_MARKS)).replace("-", "_")
    near = [wanted] if wanted in known else [word for word in known if is_slip(wanted, word)]
    if len(near) == 1 and not _CONSENT.search(f"{near[0]}:"):
        for mark in ('"', "'", ""):
            head, found, rest = line.partition(f"{mark}{key}{mark}")
            if found and rest.lstrip().startswith(":"):
                yield head + near[0] + rest
                return


def _untabbed(line: str) -> Iterator[str]:
    """Put two blanks in the place of each tab at the start."""
    indent = line[: len(line) - len(line.lstrip())]
    yield indent.replace("\t", "  ") + line[len(indent) :]


def _quoted(line: str) -> Iterator[str]:
    """Put the value of a line between straight quotation marks."""
    match = _PAIR.fullmatch(line)
    if match and " #" not in match["value"]:
        yield match["head"] + _straight(match["value"])


def _straight(value: str) -> str:
    """Write words between straight quotation marks, in the place of others that stand around them."""
    if len(value) > 1 and value[0] in _QUOTES and value[-1] in _QUOTES:
        inner = value[1:-1].strip()
        if not any(mark in inner for mark in _QUOTES):
            value = inner
    return json.dumps(value, ensure_ascii=False)


def _set_apart(line: str) -> Iterator[str]:
    """Part a key and its value where no blank stands between; quote a value that begins with a sign."""
    match = _PAIR.fullmatch(line)
    if match and (match["value"].startswith(_SIGNS) or match["value"][0] in _QUOTES):
        yield from _quoted(line)
    if match is None and (glued := _GLUED.fullmatch(line)):
        yield f"{glued['head']} {glued['value']}"


def _text(line: str) -> Iterator[str]:
    """Make words of what looks like a list or a group."""
    item = _ITEM.fullmatch(line)
    if item and _PAIR.fullmatch(line) and " #" not in item["value"]:
        yield item["head"] + json.dumps(item["value"], ensure_ascii=False)
    match = _PAIR.fullmatch(line)
    if match and match["value"][0] + match["value"][-1] in {"[]", "{}"}:
        yield from _quoted(line)


def _list(line: str) -> Iterator[str]:
    """Make a list of ids that stand beside one another, or of the one thing that stands alone."""
    match = _PAIR.fullmatch(line)
    if match is None or " #" in match["value"]:
        return
    pieces = [piece.strip() for piece in match["value"].split(",")]
    if all(map(is_id, pieces)):
        yield f"{match['head']}[{', '.join(pieces)}]"
    elif len(pieces) == 1:
        yield f"{match['head']}[{_straight(pieces[0])}]"


_BY_LINE: Final[Mapping[str, Callable[[str], Iterator[str]]]] = {
    "tab-indent": _untabbed,
    "unquoted-colon": _quoted,
    "yaml-feature": _set_apart,
    "bad-yaml": _set_apart,
    "expected-text": _text,
    "expected-list": _list,
}
"""How a line is mended for each code that needs no more than the line."""
