"""What a template may ask about the page it writes: ways from there, headings, and slots for text.

In: the build and the page. Out: what a template prints, as HTML that is safe, and beside it the headings
and the contributors' texts of the page. `render` goes with it from page to page; templates call it `here`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from markdown.extensions.toc import slugify, unique
from markupsafe import Markup

from .addresses import relative_url, source_of, url_of
from .build import Build
from .library import Ref
from .links import PICTURE, TERM_KINDS, Link, replace_links
from .markup import Fragment, Heading, as_part, convert, escape
from .model import Entry
from .pages import Page
from .pictures import FOLDER, Picture
from .templating import as_html, printed

SLOT: Final = '<div class="pl-body" data-pl-slot="{name}"{language}></div>'
"""Stands where a contributor's converted text belongs."""
_LANGUAGE: Final = ' lang="{language}"'
_NOTHING: Final = Markup("")
_SHOWN: Final = re.compile(rf'src="(?:\.\./)*{FOLDER}/([0-9a-z.]+)"')


class Standpoint:
    """The page that is being written."""

    def __init__(self, build: Build, *, directory_urls: bool) -> None:
        """Take the build, and whether pages are folders (`practices/x/`) or files."""
        self._build = build
        self._directory_urls = directory_urls
        self._language, self._content_language = build.options.language, build.options.content_language

    def stand_on(self, page: Page) -> None:
        """Go on to another page, with nothing of the last."""
        self.page = page
        self._pictures: dict[str, Picture] = {}
        self._ids: set[str] = set()
        self.headings: list[Heading] = []
        self.fragments: dict[str, Fragment] = {}

    def label(self, kind: str, target: str) -> str:
        """Give the title of an entry or the label of a term."""
        entry = self._build.library.entries_of(kind).get(target)
        return entry.title if entry else self._label_of_term(kind, target)

    def _label_of_term(self, kind: str, target: str) -> str:
        term = self._build.library.term(kind, target)
        return self._build.words.localised(term.label) if term else target

    def labels(self, kind: str, targets: Iterable[str]) -> list[str]:
        """Give the titles of several entries or the labels of several terms."""
        return [self.label(kind, target) for target in targets]

    def way(self, source: str) -> Markup:
        """Give the way to a page by its source path."""
        return as_html(self._way(source))

    def _way(self, source: str) -> str:
        return relative_url(source, self.page.source, directory_urls=self._directory_urls)

    def url(self, kind: str, target: str) -> Markup:
        """Give the way to the page of an entry or a term."""
        return as_html(self._way(_source(kind, target)))

    def file(self, path: str) -> Markup:
        """Give the way to a file of the site that is no page."""
        return as_html(self._up() + path)

    def link(self, kind: str, target: str, label: str = "") -> Markup:
        """Write a link to an entry or a term; plain words where it has no page."""
        library = self._build.library
        entry = library.entries_of(kind).get(target)
        shown = printed(label or (entry.title if entry else self._label_of_term(kind, target)))
        if entry is None and library.term(kind, target) is None:
            return as_html(shown)
        lang = "" if label or kind in TERM_KINDS else self.lang(entry.language if entry else "")
        return as_html(f'<a href="{self._way(_source(kind, target))}"{lang}>{shown}</a>')

    def lang(self, language: str) -> Markup:
        """Write the attribute that marks text of another language than the site's, or nothing."""
        written = language or self._content_language
        if not written or written == self._language:
            return _NOTHING
        return as_html(_LANGUAGE.format(language=printed(written)))

    def anchor(self, level: int, text: str, name: str = "") -> str:
        """Give the id of a heading, and put the heading into the contents of the page.

        Args:
            level: from 1 to 6.
            text: what it says; may be HTML that is safe.
            name: its id; made of its words where it has none.
        """
        words = _bare(printed(text))
        made = name or unique(_slug(words), self._ids)
        self._ids.add(made)
        self.headings.append(Heading(level=level, id=made, title=html.escape(words, quote=False)))
        return made

    def body(self, entry: Entry, name: str = "body") -> Markup:
        """Convert the text of an entry and leave a slot for it; under another name it is one of several."""
        text = replace_links(entry.body, entry.path, self._written)
        fragment = convert(text)
        sized = _SHOWN.sub(self._sized, fragment.html)
        shown = replace(fragment, html=sized)
        self.fragments[name] = shown if name == "body" else as_part(shown, name)
        return as_html(SLOT.format(name=name, language=self.lang(entry.language)))

    def _up(self) -> str:
        """Give the way to the site's root; empty where the page stands there."""
        return "../" * url_of(self.page.source, directory_urls=self._directory_urls).count("/")

    def _sized(self, match: re.Match[str]) -> str:
        """Say how large a picture is, so that nothing moves when it arrives."""
        picture = self._pictures.get(match[1])
        if picture is None:
            return match[0]
        return f'{match[0]} width="{picture.width}" height="{picture.height}" loading="lazy"'

    def _picture(self, link: Link) -> str:
        """Show a picture under the name it is published by; its words where it cannot be shown."""
        picture = self._build.pictures.get(link.target)
        if picture is None:
            return escape(link.label)
        self._pictures[picture.name] = picture
        return f"![{escape(link.label)}]({self._up()}{FOLDER}/{picture.name})"

    def _written(self, link: Link) -> str:
        """Write a link within a contributor's Markdown."""
        if link.kind == PICTURE:
            return self._picture(link)
        ref = self._build.library.target_of(link)
        if ref is None:
            return escape(link.label or link.target.rpartition("/")[2].replace("-", " "))
        label = link.label or self.label(ref.kind, ref.id)
        return f"[{escape(label)}]({self.url(ref.kind, ref.id)})"


@lru_cache(maxsize=4096)
def _slug(words: str) -> str:
    """Make an id of a heading's words, as Python-Markdown does: readers have links to them."""
    return slugify(words, "-")


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    """Give the words of HTML."""
    return Markup(text).striptags()


@lru_cache(maxsize=50_000)
def _source(kind: str, target: str) -> str:
    """Give the source path of the page of an entry or a term."""
    return source_of(Ref(kind=kind, id=target))
