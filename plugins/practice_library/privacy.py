"""Names and numbers that should not be in a note: addresses, telephone, health card and insurance numbers.

In: an entry. Out: what kind of personal detail stands on which line, never the detail itself. Called by
`build` for what may be shown and by the command line for the rest. It knows forms, not people: a name
without a form it cannot see, which SECURITY.md says.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from typing import Final, cast

from .model import Entry

_GAP: Final = r"[\s.\u2010-\u2014-]"
_HYPHEN: Final = r"[ \u2010-\u2014-]"
FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    "personal-email": re.compile(r"(?<!\w)[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}"),
    "personal-phone": re.compile(
        rf"(?<![\w./=-])(?:\+?\d{{1,3}}{_GAP}?)?(?:\(\d{{3}}\)\s?|\d{{3}}{_GAP})\d{{3}}{_GAP}\d{{4}}(?![\w-])"
        r"|(?<![\w+])\+\d{10,15}(?!\w)"
    ),
    "personal-number": re.compile(
        rf"(?<![\w./=-])(?!\d{{3}} 000 000)(?:\d{{3,4}}{_HYPHEN}\d{{3}}{_HYPHEN}\d{{3}}|\d{{9,10}})"
        rf"(?:{_HYPHEN}?[A-Z]{{2}})?(?![\w-])"
        r"|(?<![\w./=-])[A-Z]{4} ?\d{4} ?\d{4}(?![\w-])"
    ),
    "personal-postcode": re.compile(
        r"(?<!\w)[ABCEGHJ-NPRSTVXYabceghj-nprstvxy]\d[A-Za-z][\s\u2010-\u2014-]{0,2}\d[A-Za-z]\d(?!\w)"
    ),
    "personal-handle": re.compile(r"(?<![\w/@.=-])@[A-Za-z_][\w.]{2,30}"),
}
"""What is looked for, by diagnostic code. Each form is bounded, so that no text makes it slow."""
_TELLING: Final = re.compile(r"[@\d]")
"""What every form has in it; most lines have neither and need no closer look."""
_TELLING_ASCII: Final = b"@0123456789"

_UNSEEN: Final = frozenset({"path", "id", "space", "lines", "consent", "aliases", "body", "language"})


@dataclass(frozen=True, kw_only=True, order=True)
class Found:
    """A personal detail on a line."""

    line: int
    code: str


class KnownDetails:
    """What was found in entries before, in memory alone: those that stay as they were are passed over."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[dict[str, object], list[Found]]] = {}

    def of(self, entries: Iterable[Entry]) -> dict[str, list[Found]]:
        """Give the personal details in those entries that have any, by their path."""
        before, self._known = self._known, {}
        for entry in entries:
            told, found = before.get(entry.path, ({}, []))
            if told != entry.__dict__:
                told, found = dict(entry.__dict__), personal_details(entry)
            self._known[entry.path] = told, found
        return {path: found for path, (_, found) in self._known.items() if found}


def personal_details(entry: Entry) -> list[Found]:
    """Find where an entry seems to give away how to reach or recognise somebody."""
    found = {
        Found(line=line, code=code)
        for line, text in _texts(entry)
        if _is_telling(text)
        for code, form in FORMS.items()
        if form.search(text)
    }
    return sorted(found)


def _is_telling(text: str) -> bool:
    """Whether a text has in it what every form has."""
    if text.isascii():  # the quick way
        data = text.encode()
        return len(data.translate(None, _TELLING_ASCII)) < len(data)
    return _TELLING.search(text) is not None


def _texts(entry: Entry) -> Iterator[tuple[int, str]]:
    """Go through every text of an entry with its line."""
    if _is_telling(entry.body):
        yield from enumerate(entry.body.split("\n"), entry.body_line)
    for name in _names_of(cast("Hashable", type(entry))):
        if name not in _UNSEEN and (value := getattr(entry, name)):
            yield from _within(value, entry.lines.get(name, 0))


def _within(value: object, line: int) -> Iterator[tuple[int, str]]:
    """Go through the texts within a value; a record that knows its line tells it better."""
    if isinstance(value, str):
        yield line, value
    elif isinstance(value, tuple):
        for item in value:
            yield from _within(item, line)
    elif names := _names_of(cast("Hashable", type(value))):
        own = getattr(value, "line", 0) or line
        for name in names:
            if part := getattr(value, name):
                yield from _within(part, own)


@cache
def _names_of(kind: Hashable) -> tuple[str, ...]:
    """Give the names of a record's fields; none for what is no record."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()
