"""Dates as people write them: recognised where nobody could read them in two ways.

In: words. Out: the date as front matter has it (`2021-04-14`, `2021-04`), or nothing. The names of the
months are Babel's. Called by `mending` for one value, and by `drafts` for a whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final

from babel.dates import get_month_names

from .readers import YEARS
from .vocabulary import LANGUAGES

_ORDINAL: Final = r"(?:st|nd|rd|th|er|re|e)?\.?"
_YEAR: Final = r"(?P<year>\d{4})"
_DAY: Final = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_NUMERIC: Final = (
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    r"(?P<first>\d{1,2})[-/.](?P<second>\d{1,2})[-/.](?P<year>\d{4})",
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})",
    r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
)
MONTHS: Final = 12


@cache
def _months() -> dict[str, int]:
    """Give the number of each month by its names, long and short, in the languages of the site."""
    return {
        name.casefold().rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_month_names(width, locale=language).items()
    }


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Give the forms of a date, the most exact first."""
    names = "|".join(sorted(map(re.escape, _months()), key=lambda name: (-len(name), name)))
    month = rf"(?P<name>{names})\.?"
    written = (
        rf"{_DAY}\s+(?:de\s+|of\s+)?{month},?\s+{_YEAR}",
        rf"{month}\s+{_DAY},?\s+{_YEAR}",
        rf"{month},?\s+{_YEAR}",
    )
    forms = (*_NUMERIC[:2], *written[:2], *_NUMERIC[2:], written[2])
    return tuple(re.compile(rf"(?<![\w./-]){form}(?![\w/-])", re.IGNORECASE) for form in forms)


def day_of(words: str) -> str:
    """Give the date that words are; empty where they are none, or could be two."""
    flat = " ".join(words.split())
    for pattern in _patterns():
        if match := pattern.fullmatch(flat):
            return _written(match)
    return ""


def dates_in(text: str) -> Iterator[str]:
    """Go through the dates in a text, in the order in which they stand; a month alone only after all days."""
    found: list[tuple[bool, int, str]] = []
    taken: set[int] = set()
    for pattern in _patterns():
        for match in pattern.finditer(text):
            written = _written(match)
            if written and taken.isdisjoint(range(*match.span())):
                taken.update(range(*match.span()))
                found.append((written.count("-") == 1, match.start(), written))
    yield from (written for _, _, written in sorted(found))


def _written(match: re.Match[str]) -> str:
    """Write a date as front matter has it; nothing where there is no such day, or two could be meant."""
    parts = match.groupdict()
    month = _months().get((parts.get("name") or "").casefold().rstrip("."), 0) or int(parts.get("month") or 0)
    day = int(parts.get("day") or 0)
    if parts.get("first"):
        first, second = int(parts["first"]), int(parts["second"])
        if first <= MONTHS and second <= MONTHS and first != second:
            return ""
        day, month = (first, second) if second <= MONTHS else (second, first)
    year = int(parts["year"])
    try:
        whole = date(year, month, day or 1)
    except ValueError:
        return ""
    if year not in YEARS:
        return ""
    return str(whole) if day else f"{year:04d}-{month:02d}"
