"""The interview that begins an entry at the terminal: one question at a time, until it is understood.

In: the library, and a way to read a line. Out: answers for `starters`. An answer that means nothing is asked
for again; Enter passes over what may stay open. Consent is asked for plainly, and only the very words count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from .build import Build
from .catalogue import Catalogue
from .dates import day_of
from .mending import meant
from .model import TYPE_ACRONYMS, TYPES, Kind

TRIES: Final = 3
"""How often a question is asked before the interview gives up."""
SHOWN: Final = 30
"""How many things to choose from are listed."""
LEVELS: Final = ("public", "members", "withheld")
BY: Final = ("group", "person", "steward")


class Interview:
    """Asks somebody at a terminal."""

    def __init__(
        self, made: Build, words: Catalogue, read: Callable[[str], str], say: Callable[[str], None]
    ) -> None:
        """Take the library as it is, the language, and how to ask and to speak."""
        self._made = made
        self._words = words
        self._read = read
        self._say = say

    def ask(self, name: str) -> str:
        """Ask one question until the answer means something; nothing after too many tries."""
        offered = self._offered(name)
        for number, choice in enumerate(offered, 1):
            self._say(f"  {number}. {choice}")
        for _ in range(TRIES):
            given = self._read(f"{self._words.text(f'new.ask.{name}')} ").strip()
            if answer := _chosen(name, given, offered):
                return answer
            self._say(self._words.text("new.again"))
        return ""

    def more(self, kind: Kind) -> dict[str, Any]:
        """Ask what may stay open: for a harvest note its practices, the reflections and consent."""
        if kind is not Kind.HARVEST:
            return {}
        self._say(self._words.text("new.may-stay-open"))
        found: dict[str, Any] = {}
        if practices := self._practices():
            found["practices"] = practices
        if reflections := dict(self._reflections()):
            found["reflections"] = reflections
        return {**found, "consent": self.consent()}

    def consent(self) -> dict[str, str]:
        """Ask who may see it; whatever is not plainly said leaves it withheld."""
        level = self._one_of("consent", LEVELS)
        if level in {"", "withheld"}:
            return {"level": "withheld"}
        given = self._read(f"{self._words.text('new.ask.given')} ").strip()
        by = self._one_of("by", BY)
        return {"level": level, **({"given": given} if given else {}), **({"by": by} if by else {})}

    def _offered(self, name: str) -> list[str]:
        """Give what there is to choose from."""
        if name == "space":
            return list(self._made.library.spaces)[:SHOWN]
        return list(self._made.vocabulary.section("output_kinds")) if name == "kind-of-output" else []

    def _one_of(self, name: str, choices: tuple[str, ...]) -> str:
        """Ask for one of a few words, exactly; Enter leaves it open."""
        for _ in range(TRIES):
            given = self._read(f"{self._words.text(f'new.ask.{name}')} ").strip()
            if not given or given in choices:
                return given
            self._say(self._words.text("new.one-of", known=", ".join(choices)))
        return ""

    def _practices(self) -> list[str]:
        known = self._made.library.practices
        for _ in range(TRIES):
            given = self._read(f"{self._words.text('new.ask.practices')} ")
            pieces = [piece.strip() for piece in given.split(",") if piece.strip()]
            found = {piece: piece if piece in known else meant(piece, known) for piece in pieces}
            unknown = [piece for piece, practice in found.items() if not practice]
            if not unknown:
                return list(dict.fromkeys(found.values()))
            self._say(self._words.text("new.unknown-practice", value=", ".join(unknown)))
        return []

    def _reflections(self) -> Iterator[tuple[str, str]]:
        for question, term in self._made.vocabulary.section("questions").items():
            answer = self._read(f"{self._words.localised(term.label)} ").strip()
            if answer:
                yield question, answer


def _chosen(name: str, given: str, offered: list[str]) -> str:
    """Give what an answer means; nothing where it means nothing."""
    if given.isascii() and given.isdigit() and 0 < int(given) <= len(offered):
        return offered[int(given) - 1]
    if name == "date":
        return given if re.fullmatch(r"\d{4}(-\d{2}){0,2}", given) else day_of(given)
    if name == "type":
        return given if TYPE_ACRONYMS.get(given.casefold(), given) in TYPES else ""
    if offered:
        return given if given in offered else meant(given, offered) or given
    return given


def stated(given: Mapping[str, str], words: Catalogue) -> dict[str, Any]:
    """Give what flags say of a harvest note beyond what it needs.

    Raises:
        ValueError: a day or a giver of consent without a level; the sentence says so.
    """
    found: dict[str, Any] = {}
    if practices := [piece.strip() for piece in given.get("practices", "").split(",") if piece.strip()]:
        found["practices"] = practices
    if given.get("participants"):
        found["participants"] = given["participants"]
    level, day, by = (given.get(name, "") for name in ("consent", "given", "by"))
    if (day or by) and not level:
        raise ValueError(words.text("new.no-level"))
    parts = {"level": level, "given": day, "by": by}
    return {**found, "consent": {key: value for key, value in parts.items() if value}} if level else found
