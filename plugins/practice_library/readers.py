"""Small readers: each turns one written value into one typed value, or says what is wrong with it.

In: a node of the front matter. Out: the value, or None after a complaint. `schema` composes them into
declarations; the field reference prints `name` of each from the message catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Final
from urllib.parse import urlsplit

from .declarations import Context
from .diagnostics import nearest
from .model import TYPE_ACRONYMS, TYPES, PartialDate
from .nodes import Node, ScalarNode
from .slugs import is_id

YEARS: Final = range(1900, 2101)
"""Years that a date may have; anything else is a slip of the finger."""
_UNSEEN: Final = re.compile(r"[\s\u00ad\u200b-\u200f\u2060]*")
"""Signs of no width, of which no word can be made."""
_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_PARTIAL: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_DURATION: Final = re.compile(
    r"(\d{1,3})(?:\s*[-\u2013]\s*(\d{1,3}))?\s*(min|mins|minutes?|h|hours?|heures?|days?|jours?|d|j)",
    re.ASCII,
)
_GROUP_SIZE: Final = re.compile(r"(\d{1,4})(?:\s*[-\u2013]\s*(\d{1,4})|(\+))?", re.ASCII)
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")
_SCHEMES: Final = ("http", "https", "mailto")


def scalar_text(node: Node, key: str, context: Context) -> str | None:
    """Give the text of a node that has to be one plain value."""
    if not isinstance(node, ScalarNode):
        context.complain("expected-text", node.line, key=key)
        return None
    text = node.text.strip()
    if not text or (not text.isascii() and _UNSEEN.fullmatch(text)):
        context.complain("empty-value", node.line, key=key)
        return None
    return text


@dataclass(frozen=True)
class Text:
    """Words: one line, or with `lines` several paragraphs."""

    limit: int = 200
    lines: bool = False

    @property
    def name(self) -> str:
        return "paragraphs" if self.lines else "text"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if len(text) > self.limit:
            limit, size = str(self.limit), str(len(text))
            context.complain("too-long", node.line, key=key, limit=limit, size=size)
            return None
        if not self.lines and "\n" in text:
            context.complain("several-lines", node.line, key=key)
            return None
        return text


@dataclass(frozen=True)
class Flag:
    """`true` or `false`."""

    name: str = "flag"

    def read(self, node: Node, key: str, context: Context) -> bool | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if text not in {"true", "false"}:
            context.complain("not-a-choice", node.line, key=key, value=text, known="true, false")
            return None
        return text == "true"


@dataclass(frozen=True)
class Choice:
    """One of a few words, exactly as written here."""

    values: Mapping[str, Any]
    name: str = "choice"

    def read(self, node: Node, key: str, context: Context) -> Any | None:  # noqa: ANN401
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if text not in self.values:
            known = ", ".join(self.values)
            context.complain("not-a-choice", node.line, key=key, value=text, known=known)
            return None
        return self.values[text]


def choice_of(options: type[Enum], *, by_name: bool = False) -> Choice:
    """Make a choice from an enumeration, by its members' values or lower-case names."""
    return Choice({(o.name.casefold() if by_name else str(o.value)): o for o in options})


@dataclass(frozen=True)
class Day:
    """A whole day, `2021-04-14`."""

    name: str = "day"

    def read(self, node: Node, key: str, context: Context) -> date | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        match = _DAY.fullmatch(text)
        found = _real_day(*map(int, match.groups())) if match else None
        if found is None:
            context.complain("not-a-date", node.line, key=key, value=text, example="2021-04-14")
        return found


@dataclass(frozen=True)
class PartialDay:
    """A date as far as it is known: `2021`, `2021-04` or `2021-04-14`."""

    name: str = "partial-date"

    def read(self, node: Node, key: str, context: Context) -> PartialDate | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        match = _PARTIAL.fullmatch(text)
        if match:
            year, month, day = (int(part) if part else None for part in match.groups())
            if year is not None and _real_day(year, 1 if month is None else month, 1 if day is None else day):
                return PartialDate(year=year, month=month, day=day)
        example = "2021-04-14, 2021-04, 2021"
        context.complain("not-a-date", node.line, key=key, value=text, example=example)
        return None


def _real_day(year: int, month: int, day: int) -> date | None:
    """Give the day of the calendar, or None where there is no such day."""
    try:
        return date(year, month, day) if year in YEARS else None
    except ValueError:
        return None


@dataclass(frozen=True)
class Count:
    """A whole number of people."""

    name: str = "count"
    limit: int = 100_000

    def read(self, node: Node, key: str, context: Context) -> int | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= self.limit):  # noqa: PLR2004 - the digits of the limit
            context.complain("not-a-number", node.line, key=key, value=text)
            return None
        return int(text)


@dataclass(frozen=True)
class Id:
    """The id of an entry, held against the library later; for harvest notes `space/date-slug`."""

    of: str
    code: str = "not-an-id"

    @property
    def name(self) -> str:
        return f"id-{self.of}"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if not all(is_id(part) for part in text.split("/")):
            context.complain(self.code, node.line, key=key, value=text)
            return None
        return text


@dataclass(frozen=True)
class TermId:
    """The id of a term of the vocabulary."""

    section: str
    code: str

    @property
    def name(self) -> str:
        return f"term-{self.section.replace('_', '-')}"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        return None if text is None else self.check(text, node.line, context)

    def check(self, text: str, line: int, context: Context) -> str | None:
        """Give the id when the vocabulary has it, else complain."""
        known = context.vocabulary.section(self.section)
        if text in known or context.vocabulary.unread:
            return text
        near = nearest(text, known)
        context.complain(self.code, line, value=text, near=near, known=", ".join(known))
        return None


@dataclass(frozen=True)
class SpaceType:
    """A kind of space, by its id or its English acronym."""

    name: str = "term-types"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        found = TYPE_ACRONYMS.get(text.casefold(), text)
        if found in TYPES:
            return found
        near = nearest(text, (*TYPES, *TYPE_ACRONYMS))
        known = ", ".join(TYPES)
        context.complain("unknown-type", node.line, value=text, near=near, known=known)
        return None


@dataclass(frozen=True)
class Address:
    """A web or e-mail address."""

    name: str = "address"

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        if not is_safe_address(text):
            context.complain("not-an-address", node.line, key=key, value=text)
            return None
        return text


def is_safe_address(text: str) -> bool:
    """Whether a text is a whole http, https or mailto address."""
    if re.search(r"[\s\x00-\x1f\x7f<>\"\\]", text):
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.path if parts.scheme == "mailto" else parts.netloc)


@dataclass(frozen=True)
class Pattern:
    """A text of a fixed form."""

    name: str
    pattern: re.Pattern[str]
    code: str
    ascends: bool = False
    """Whether its first two groups say from how many to how many."""

    def read(self, node: Node, key: str, context: Context) -> str | None:
        text = scalar_text(node, key, context)
        if text is None:
            return None
        match = self.pattern.fullmatch(text)
        if match is None or (self.ascends and not _is_ascending(*match.groups()[:2])):
            context.complain(self.code, node.line, key=key, value=text)
            return None
        return text


def _is_ascending(low: str | None, high: str | None) -> bool:
    """Whether a range goes up; a single number always does."""
    return not low or not high or int(low) <= int(high)


DURATION: Final = Pattern("duration", _DURATION, "not-a-duration", ascends=True)
GROUP_SIZE: Final = Pattern("group-size", _GROUP_SIZE, "not-a-group-size", ascends=True)
LANGUAGE: Final = Pattern("language", _LANGUAGE, "not-a-language")


def duration_minutes(text: str) -> tuple[int, int] | None:
    """Give the shortest and longest time, in minutes, that a `time:` names; a day has eight hours."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    unit = {"m": 1, "h": 60, "d": 480, "j": 480}[match[3][0]]
    return int(match[1]) * unit, int(match[2] or match[1]) * unit


def group_bounds(text: str) -> tuple[int, int | None] | None:
    """Give the smallest and largest group that a `group_size:` names; None for no upper bound."""
    match = _GROUP_SIZE.fullmatch(text)
    if match is None:
        return None
    return int(match[1]), None if match[3] else int(match[2] or match[1])
