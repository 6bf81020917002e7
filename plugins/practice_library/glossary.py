"""Terms explained in place: the first time a page uses a word of the vocabulary, it can be looked up there.

In: the HTML of a page. Out: the same HTML in which the first use of each term opens its explanation.
Words in headings, links, code and pictures are left alone. Needs no script.
"""

from __future__ import annotations

import html as markup
import re
from collections.abc import Iterator
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
_TOKEN: Final = re.compile(r"""(<(?:[^>"']|"[^"]*"|'[^']*')+>)""")
_NAME: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)")
_SILENT: Final = frozenset(
    """a abbr button code figcaption h1 h2 h3 h4 h5 h6 nav pre script span style summary svg table time
    title""".split()
)
"""Within these elements words are left alone."""
_QUIET_CLASSES: Final = ("pl-eyebrow", "pl-facts", "pl-card", "pl-crumbs", "pl-chips", "pl-lineage")
"""Nor within elements of these classes, which are labels and not sentences."""
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

    def explain(self, html: str, page: Page) -> str:
        """Make the first use of each term on a page open its explanation."""
        if self._pattern is None or page.entry is None:
            return html
        seen: set[str] = set()
        silent: list[str] = []
        parts: list[str] = []
        for token in _TOKEN.split(html):
            if token.startswith("<"):
                _follow(token, silent)
            elif not silent and token.strip():
                parts.append(self._explained(token, page, seen))
                continue
            parts.append(token)
        return "".join(parts)

    def _explained(self, text: str, page: Page, seen: set[str]) -> str:
        def opened(match: re.Match[str]) -> str:
            term = self._term_of(match[0])
            if term is None or term.id in seen:
                return match[0]
            seen.add(term.id)
            return self._written(term, match[0], page)

        return self._pattern.sub(opened, text) if self._pattern else text

    def _term_of(self, found: str) -> Term | None:
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


def _follow(tag: str, silent: list[str]) -> None:
    """Keep count of the elements in which words are left alone."""
    match = _NAME.match(tag)
    if match is None:
        return
    name = match[1].casefold()
    quiet = name in _SILENT or any(mark in tag for mark in _QUIET_CLASSES)
    if tag.startswith("</"):
        if silent and silent[-1] == name:
            silent.pop()
    elif name not in _VOID and not tag.endswith("/>") and (quiet or silent):
        silent.append(name)


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
