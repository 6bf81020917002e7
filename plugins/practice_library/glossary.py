"""Terms explained in place: the first time a page uses a word of the vocabulary, it can be looked up there.

In: the HTML of a page. Out: the same HTML in which the first use of each term opens its explanation.
Words in headings, links, code and pictures are left alone. Needs no script.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
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
_TAG: Final = re.compile(r"""<(?:[^>"']++|"[^"]*+"|'[^']*+')++>""")
_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_SILENT: Final = frozenset(
    """a abbr button code figcaption h1 h2 h3 h4 h5 h6 nav pre script span style summary svg table time
    title""".split()
)
"""Within these elements words are left alone."""
_QUIET_CLASSES: Final = ("pl-eyebrow", "pl-facts", "pl-card", "pl-crumbs", "pl-chips", "pl-lineage")
"""Nor within elements of these classes, which are labels and not sentences."""
_ALIKE: Final = 6
"""How many letters have to be the same for two spellings to begin alike."""
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
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
        if self._pattern is None or page.entry is None:
            return html
        found = [(match, self._term_of(match[0])) for match in self._found(html, self._pattern)]
        left = {term.id for _, term in found if term}
        spoken = _Spoken(html)
        parts: list[str] = []
        done = 0
        for match, term in found:
            if not left:
                break
            if term and term.id in left and spoken.holds(match.start()):
                left.remove(term.id)
                parts += [html[done : match.start()], self._written(term, match[0], page)]
                done = match.end()
        return "".join([*parts, html[done:]])

    def _found(self, html: str, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Go through the spellings in a page: looked up one by one, which is quicker than at every letter."""
        folded = html.lower()
        if len(folded) != len(html) or "" in self._beginnings:
            yield from pattern.finditer(html)
            return
        places = sorted({place for words in self._beginnings for place in _places(folded, words)})
        end = 0
        for place in places:
            match = pattern.match(html, place) if place >= end else None
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
        return plain_template("explanation.html.jinja").render(
            id=term.id,
            found=markup.unescape(found),
            label=label,
            description=self._words.localised(term.description),
            way=way,
            more=self._words.text("term.more", term=label),
        )


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


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


class _Spoken:
    """What of a page's HTML is text, not a tag nor within what is left alone; told from front to back."""

    def __init__(self, html: str) -> None:
        self._tags = _TAG.finditer(html)
        self._tag = next(self._tags, None)
        self._silent: list[str] = []

    def holds(self, place: int) -> bool:
        """Whether a place is in such text; each is to be asked for behind the last."""
        tag, silent = self._tag, self._silent
        while tag is not None and tag.end() <= place:
            name, what = _read(tag[0])
            if what == _ENDS:
                if silent and silent[-1] == name:
                    silent.pop()
            elif what == _QUIET or (what == _BEGINS and silent):
                silent.append(name)
            tag = next(self._tags, None)
        self._tag = tag
        return not silent and (tag is None or tag.start() > place)


_EMPTY, _ENDS, _BEGINS, _QUIET = range(4)
"""What a tag does: nothing that lasts, end an element, begin one, begin one in which words are left alone."""


@lru_cache(maxsize=4096)
def _read(tag: str) -> tuple[str, int]:
    """Give the element of a tag, and what the tag does."""
    match = _NAME.match(tag)
    name = match[1].casefold() if match else ""
    if tag.startswith("</"):
        return name, _ENDS
    if not name or name in _VOID or tag.endswith("/>"):
        return name, _EMPTY
    is_quiet = name in _SILENT or ("pl-" in tag and any(mark in tag for mark in _QUIET_CLASSES))
    return name, _QUIET if is_quiet else _BEGINS


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
