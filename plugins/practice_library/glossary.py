"""Terms explained in place: the first time a page uses a word of the vocabulary, it can be looked up there.

In: the HTML of a page. Out: the same HTML in which the first use of each term opens its explanation.
Words in headings, links, code and pictures are left alone. Needs no script.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from posixpath import commonprefix
from typing import Final

from .addresses import relative_url, source_of
from .catalogue import Catalogue
from .library import Ref
from .links import TERM_KINDS
from .pages import Page
from .templating import plain_template
from .vocabulary import LANGUAGES, Term, Vocabulary

_SECTIONS: Final = ("roles", "approaches", "types")
"""Sections whose labels are words of everyday sentences."""
_REST: Final = r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*>"""
"""A tag behind its name."""
_TAG: Final = re.compile(rf"<{_REST}")
_SILENT: Final = """a abbr button code figcaption h[1-6] nav pre script small span style summary svg table
    time title""".split()
"""Within these elements words are left alone."""
_QUIET_CLASSES: Final = ("pl-eyebrow", "pl-facts", "pl-card", "pl-crumbs", "pl-chips", "pl-lineage")
"""Nor within elements of these classes, which are labels and not sentences."""
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
_QUIET: Final = re.compile(
    rf"<(?P<silent>{'|'.join(_SILENT)})(?![a-z0-9]){_REST}(?P<whole>(?<!/>)[^<]*+</(?P=silent)>)?"
    rf"|<(?P<quiet>[a-z][a-z0-9]*+)(?=[^<>]*?(?:{'|'.join(_QUIET_CLASSES)})){_REST}"
)
"""The first tag of an element in which words are left alone; with all of it, where no other is within it.

Tags are in small letters, as templates and the sanitiser write them: to look for both takes twice as long.
"""
_APART: Final = "\0"
"""Stands between what is spoken, and in no HTML."""
_ALIKE: Final = 6
"""How many letters have to be the same for two spellings to begin alike."""
_KIND: Final = {section: kind for kind, section in TERM_KINDS.items()}


class Glossary:
    """Explains the terms of one vocabulary."""

    def __init__(self, vocabulary: Vocabulary, words: Catalogue, *, directory_urls: bool) -> None:
        """Take the terms and the language in which to explain them."""
        self._words = words
        self._directory_urls = directory_urls
        self._terms = dict(_spellings(vocabulary))
        longest_first = sorted(self._terms, key=lambda spelling: (-len(spelling), spelling))
        spellings = "|".join(_as_html(spelling) for spelling in longest_first)
        self._pattern = (
            re.compile(rf"(?<![\w-])(?:{spellings})(?:e?s)?(?![\w-])", re.IGNORECASE) if spellings else None
        )
        self._beginnings = _shared({_beginning(spelling) for spelling in self._terms})

    def explain(self, html: str, page: Page) -> str:
        """Make the first use of each term on a page open its explanation."""
        if self._pattern is None or page.entry is None or _APART in html:
            return html
        spoken, silent = _parted(html)
        explained = self._explained(_APART.join(spoken), self._pattern, page).split(_APART)
        return "".join(chain.from_iterable(zip(explained, [*silent, ""], strict=True)))

    def _explained(self, text: str, pattern: re.Pattern[str], page: Page) -> str:
        """Explain terms in what is spoken."""
        known: set[str] = set()
        parts: list[str] = []
        done = 0
        for match in self._found(text, pattern):
            term = self._term_of(match[0])
            if term and term.id not in known and not _is_in_tag(text, match.start()):
                known.add(term.id)
                parts += [text[done : match.start()], self._written(term, match[0], page)]
                done = match.end()
        return "".join([*parts, text[done:]])

    def _found(self, text: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Go through the spellings in a text: looked up one by one, which is quicker than at every letter."""
        folded = text.lower()
        if len(folded) != len(text) or "" in self._beginnings:
            yield from pattern.finditer(text)
            return
        end = 0
        for place in sorted(_places(folded, self._beginnings)):
            match = pattern.match(text, place) if place >= end else None
            if match:
                end = match.end()
                yield match

    def _term_of(self, found: str) -> Term | None:
        """Give the term that is spelled so, or with the mark of a plural."""
        folded = markup.unescape(found).casefold()
        for spelling in (folded, folded.removesuffix("s"), folded.removesuffix("es")):
            if spelling in self._terms:
                return self._terms[spelling]
        return None

    def _written(self, term: Term, found: str, page: Page) -> str:
        target = source_of(Ref(kind=_KIND[term.section], id=term.id))
        way = relative_url(target, page.source, directory_urls=self._directory_urls)
        label = self._words.localised(term.label)
        description = self._words.localised(term.description)
        return _explanation(
            term.id, found, label, description, way, self._words.text("term.more", term=label)
        )


@lru_cache(maxsize=4096)
def _explanation(term: str, found: str, label: str, description: str, way: str, more: str) -> str:  # noqa: PLR0913, PLR0917
    return plain_template("explanation.html.jinja").render(
        id=term, found=markup.unescape(found), label=label, description=description, way=way, more=more
    )


def _places(text: str, beginnings: Iterable[str]) -> set[int]:
    """Give where one of them stands."""
    found: set[int] = set()
    for words in beginnings:
        place = text.find(words)
        while place >= 0:
            found.add(place)
            place = text.find(words, place + 1)
    return found


def _beginning(spelling: str) -> str:
    """Give a spelling as it stands in HTML, up to what may be written in several ways."""
    return re.split("[&'\"]", markup.escape(spelling, quote=False).lower())[0]


def _shared(beginnings: Iterable[str]) -> list[str]:
    """Give what to look for, so that what begins alike is looked for once."""
    found: list[str] = []
    for words in sorted(beginnings):
        alike = commonprefix([found[-1], words]) if found else ""
        if len(alike) >= _ALIKE:
            found[-1] = alike
        else:
            found.append(words)
    return found


def _parted(html: str) -> tuple[list[str], list[str]]:
    """Part a page's HTML into what is spoken, and the elements between in which words are left alone."""
    spoken, silent = [], []
    place = 0
    while found := _QUIET.search(html, place):
        start, end = found.span()
        if not found["whole"]:
            end = _end_of(found["silent"] or found["quiet"], found[0], html, end)
        spoken.append(html[place:start])
        silent.append(html[start:end])
        place = end
    return [*spoken, html[place:]], silent


def _is_in_tag(text: str, place: int) -> bool:
    begun = text.rfind("<", 0, place)
    tag = _TAG.match(text, begun) if begun >= 0 else None
    return tag is not None and tag.end() > place


def _end_of(name: str, tag: str, html: str, place: int) -> int:
    """Give where the element of a tag ends, behind others of its kind within it."""
    if tag.endswith("/>") or name in _VOID:
        return place
    depth = 1
    for other in _tags_of(name).finditer(html, place):
        depth += -1 if other[0].startswith("</") else 1
        if not depth:
            return other.end()
    return len(html)


@lru_cache(maxsize=64)
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"</?{name}(?![a-z0-9]){_REST}(?<!/>)")


def _spellings(vocabulary: Vocabulary) -> Iterator[tuple[str, Term]]:
    """Go through the ways in which terms are written, in every language."""
    for section in _SECTIONS:
        for term in vocabulary.section(section).values():
            for language in LANGUAGES:
                for words in (term.label, term.acronym):
                    spelling = words.get(language, "").casefold()
                    if spelling:
                        yield spelling, term


def _as_html(spelling: str) -> str:
    """Give the pattern of a spelling in HTML, where a quotation mark stands for itself or is escaped."""
    written = re.escape(markup.escape(spelling, quote=False))
    return written.replace("'", "(?:'|&#39;)").replace('"', '(?:"|&#34;)')
