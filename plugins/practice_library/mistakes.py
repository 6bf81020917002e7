"""The ten commonest mistakes in notes, with what the check says of each and what to write instead.

In: a language. Out: one record a mistake, for the page of the guide that lists them. What is written there is
tried by `tests/test_mistakes.py`: the wrong text gets just this message, and the right one none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .catalogue import Catalogue
from .diagnostics import Diagnostic, sentence_of

MISTAKES: Final = {
    "tab": "tab-indent",
    "colon": "unquoted-colon",
    "date": "not-a-date",
    "kind": "unknown-type",
    "practice": "unknown-practice",
    "twins": "twin-name",
    "consent": "held-without-consent",
    "list": "expected-text",
    "folder": "wrong-place",
    "curly": "unknown-key",
}
"""The code of what the check says, by mistake; `mistake.<name>.…` in the message catalogue has the words."""


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """One mistake, as the guide tells it."""

    name: str
    code: str
    title: str
    """What went wrong, in a few words."""
    wrong: str
    """What was written: the head of a note, or the paths of files."""
    says: str
    """What the check says of it."""
    right: str
    """What to write instead."""
    short: str
    """The heart of that, on one line."""


def mistakes_of(words: Catalogue) -> list[Mistake]:
    """Give the ten commonest mistakes, in the order in which people meet them."""
    return [_mistake(name, code, words) for name, code in MISTAKES.items()]


def _mistake(name: str, code: str, words: Catalogue) -> Mistake:
    def told(part: str) -> str:
        return words.text(f"mistake.{name}.{part}").rstrip("\n")

    values = dict(
        line.split("=", 1)
        for line in (told("values").split("\n") if words.has(f"mistake.{name}.values") else ())
    )
    found = Diagnostic(path="", line=0, code=code, values=tuple(sorted(values.items())))
    return Mistake(
        name=name,
        code=code,
        title=told("title"),
        wrong=told("wrong"),
        says=sentence_of(found, words),
        right=told("right"),
        short=told("short"),
    )
