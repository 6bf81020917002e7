"""The message catalogue: every word that the library itself says to readers and authors.

In: a language. Out: sentences by key, with placeholders filled, plurals chosen, and dates and numbers
written as that language writes them (by Babel). The words are data: `messages/<language>/*.yml`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

import yaml
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from .model import PartialDate
from .vocabulary import LANGUAGES, Localised

MESSAGES: Final = Path(__file__).parent / "messages"
_REGIONS: Final = {"en": "en_CA", "fr": "fr_CA"}


class Catalogue:
    """The words of one language."""

    def __init__(self, language: str, messages: Mapping[str, str]) -> None:
        """Take the language and its sentences by key."""
        self.language = language
        self.messages = messages
        self._locale = Locale.parse(_REGIONS[language])
        self._numbers: dict[float, str] = {}
        self._forms: dict[int, str] = {}

    def text(self, key: str, /, **values: object) -> str:
        """Give the sentence of a key with its placeholders filled.

        Raises:
            KeyError: the catalogue has no such key, or the sentence wants a value not given.
        """
        return self.messages[key].format(**values)

    def plural(self, key: str, count: int, /, **values: object) -> str:
        """Give the sentence for a count: `<key>.one` or `<key>.other`, as the language counts.

        Where the catalogue has `<key>.none`, it is used for 0.
        """
        form = self._form(count)
        if count == 0 and f"{key}.none" in self.messages:
            form = "none"
        if f"{key}.{form}" not in self.messages:
            form = "other"
        return self.text(f"{key}.{form}", count=self.number(count), **values)

    def _form(self, count: int) -> str:
        known = self._forms.get(count)
        if known is None:
            known = self._forms[count] = str(self._locale.plural_form(count))
        return known

    def has(self, key: str) -> bool:
        """Whether the catalogue has a key."""
        return key in self.messages

    def day(self, value: date | PartialDate) -> str:
        """Write a date as the language does, as far as it is known."""
        if isinstance(value, date):
            return format_date(value, "long", locale=self._locale)
        if value.month is None:
            return str(value.year)
        whole = date(value.year, value.month, value.day or 1)
        if value.day is None:
            return format_date(whole, "MMMM y", locale=self._locale)
        return format_date(whole, "long", locale=self._locale)

    def number(self, value: float) -> str:
        """Write a number as the language does."""
        known = self._numbers.get(value)
        if known is None:
            known = self._numbers[value] = format_decimal(value, locale=self._locale)
        return known

    def listing(self, items: list[str]) -> str:
        """Join words as the language does: a, b and c."""
        return format_list(items, locale=self._locale)

    def language_name(self, code: str) -> str:
        """Give what a language is called in this one, as Babel knows it; the code where it does not."""
        names = self._locale.languages
        return str(names.get(code.replace("-", "_")) or names.get(code.partition("-")[0]) or code)

    def localised(self, words: Localised) -> str:
        """Give a text of the vocabulary in this language; empty when it has none."""
        return words.get(self.language, "")


@lru_cache(maxsize=len(LANGUAGES))
def catalogue_of(language: str) -> Catalogue:
    """Load the catalogue of a language; one the library does not speak gives English.

    Raises:
        ValueError: two files of a catalogue have one key.
    """
    known = language.partition("-")[0].casefold()
    chosen = known if known in LANGUAGES else LANGUAGES[0]
    messages: dict[str, str] = {}
    for path in sorted((MESSAGES / chosen).glob("*.yml")):
        for key, value in _read(path).items():
            if key in messages:
                raise ValueError(key)
            messages[key] = value
    return Catalogue(chosen, messages)


def _read(path: Path) -> Mapping[str, str]:
    """Read a file of messages, through libyaml where it is there."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: Mapping[str, str] = yaml.load(path.read_text(encoding="utf-8"), loader)  # noqa: S506 - both are safe
    return found


def marks(sentence: str) -> list[tuple[str, str]]:
    """Part a sentence at what it marks: `` `code` `` and `*other words*`, and nothing else.

    Returns:
        Each piece with its mark, which is empty for what is not marked.
    """
    pieces = _MARKED.split(sentence)
    return [(piece[:1], piece[1:-1]) if place % 2 else ("", piece) for place, piece in enumerate(pieces)]


_MARKED: Final = re.compile(r"(`[^`]+`|\*[^*]+\*)")


def placeholders(message: str) -> frozenset[str]:
    """Give the names of the placeholders of a sentence."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(message) if name)
