"""From a planned page to the Markdown that MkDocs is given.

In: a `Page` of the plan. Out: its Markdown, and beside it the contributors' text as sanitised HTML, which
takes the place of a marked, empty element once MkDocs has converted the page around it. Whatever a
template prints is escaped for Markdown and HTML unless it was made safe here.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jinja2

from . import atlas, cartography, doors, form as forms, phrases, trails, views, years
from .addresses import FIND, HOME, MAP, relative_source, relative_url, source_of, url_of
from .build import Build
from .diagnostics import CODES
from .library import Ref
from .links import PICTURE, TERM_KINDS, Link, replace_links
from .markup import Fragment, as_part, convert, escape, escape_prose
from .mistakes import mistakes_of
from .model import Entry
from .pages import FORMS, PAPER, Page
from .pictures import FOLDER, Picture
from .schema import DECLARATIONS

TEMPLATES: Final = Path(__file__).parent / "templates"
SLOT: Final = '<div class="pl-body" data-pl-slot="{name}"{language}></div>'
"""Stands where a contributor's converted text belongs."""
_SHOWN: Final = re.compile(rf'src="(?:\.\./)*{FOLDER}/([0-9a-z.]+)"')


class Safe(str):
    """Markdown that is ours and needs no escaping."""

    __slots__ = ()


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A page as MkDocs is given it."""

    page: Page
    markdown: str
    """Front matter and text."""
    fragments: tuple[tuple[str, Fragment], ...] = ()
    """Contributors' text by the name of the slot it belongs in."""


class Renderer:
    """Renders the pages of one build."""

    def __init__(
        self, build: Build, *, directory_urls: bool = True, compiled: jinja2.BytecodeCache | None = None
    ) -> None:
        """Take the build, whether pages are folders (`practices/x/`) or files, and kept templates."""
        self._build = build
        self._directory_urls = directory_urls
        self._environment = _environment(build, compiled)

    def render(self, page: Page) -> Rendered:
        """Render one page.

        Raises:
            jinja2.UndefinedError: a template names what it was not given; a fault of ours.
        """
        context = _PageContext(self._build, page, directory_urls=self._directory_urls)
        template = self._environment.get_template(f"{page.template}.md.jinja")
        text = template.render(page=page, here=context, **page.values)
        return Rendered(
            page=page,
            markdown=_head(page) + text.strip() + "\n",
            fragments=tuple(context.fragments.items()),
        )


_FRAMES: Final = {
    HOME: "home.html",
    FIND: "find.html",
    MAP: "map.html",
    **dict.fromkeys(FORMS.values(), "form.html"),
    PAPER: "paper.html",
}
"""Pages with a frame of their own."""


def _head(page: Page) -> str:
    """Write the page's own front matter, in JSON, which YAML includes.

    MkDocs takes a title for HTML, and the search prints it as such: it is escaped here.
    """
    head: dict[str, Any] = {"title": html.escape(page.title, quote=False), "template": "entry.html"}
    if page.description:
        head["description"] = page.description
    head["pl_kind"] = page.ref.kind if page.ref else page.template
    if page.source in _FRAMES:
        head["template"] = _FRAMES[page.source]
    if not page.searched:
        head["search"] = {"exclude": True}
    lines = (f"{key}: {_yaml_of(value)}\n" for key, value in head.items())
    return f"---\n{''.join(lines)}---\n\n"


_UNYAML: Final = re.compile("[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What JSON may hold as it is and YAML may not, or takes for the end of a line."""


def _yaml_of(value: object) -> str:
    """Write a value in JSON that every YAML reader takes for just this value."""
    return _UNYAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _environment(build: Build, compiled: jinja2.BytecodeCache | None) -> jinja2.Environment:
    words = build.words
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        auto_reload=False,
        bytecode_cache=compiled,
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # noqa: S701 - `finalize` escapes every value, for Markdown and HTML both
        finalize=_escaped,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.globals.update(
        library=build.library,
        vocabulary=build.vocabulary,
        options=build.options,
        views=views,
        forms=forms,
        build=build,
        doors=doors,
        trails=trails,
        years=years,
        phrases=phrases,
        atlas=atlas,
        cartography=cartography,
        raw=lambda key: Safe(words.messages[key].rstrip()),
        codes=CODES,
        mistakes=mistakes_of(words),
        declarations=DECLARATIONS,
        t=lambda key, **values: Safe(words.text(key, **_all_escaped(values))),
        n=lambda key, count, **values: Safe(words.plural(key, count, **_all_escaped(values))),
        has_word=words.has,
        day=words.day,
        number=words.number,
        listing=lambda items: Safe(words.listing([_escaped(item) for item in items])),
        word=words.localised,
    )
    environment.filters["prose"] = lambda text: Safe(escape_prose(text))
    environment.filters["safe"] = Safe
    environment.filters["address"] = lambda url: Safe(quote(url, safe=":/?#@!$&+,;=%-._~"))
    environment.filters["text"] = str
    return environment


def _escaped(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, Safe) else escape(str(value))


def _all_escaped(values: dict[str, object]) -> dict[str, object]:
    return {key: _escaped(value) for key, value in values.items()}


class _PageContext:
    """What a template may ask about its own page: links from here, and slots for text."""

    def __init__(self, build: Build, page: Page, *, directory_urls: bool) -> None:
        self._build = build
        self._page = page
        self._directory_urls = directory_urls
        self._pictures: dict[str, Picture] = {}
        self.fragments: dict[str, Fragment] = {}

    def label(self, kind: str, target: str) -> str:
        """Give the title of an entry or the label of a term."""
        ref = Ref(kind=kind, id=target)
        title = self._build.library.title_of(ref)
        if title is not None:
            return title
        term = self._build.library.term(kind, target)
        return self._build.words.localised(term.label) if term else target

    def labels(self, kind: str, targets: Iterable[str]) -> list[str]:
        """Give the titles of several entries or the labels of several terms."""
        return [self.label(kind, target) for target in targets]

    def to(self, kind: str, target: str) -> Safe:
        """Give the way to the page of an entry or a term, for a Markdown link."""
        return Safe(relative_source(source_of(Ref(kind=kind, id=target)), self._page.source))

    def at(self, source: str) -> Safe:
        """Give the way to a page by its source path."""
        return Safe(relative_source(source, self._page.source))

    def way(self, source: str) -> Safe:
        """Give the way to a page by its source path, for HTML that MkDocs does not look into."""
        return Safe(relative_url(source, self._page.source, directory_urls=self._directory_urls))

    def file(self, path: str) -> Safe:
        """Give the way to a file of the site that is no page."""
        here = url_of(self._page.source, directory_urls=self._directory_urls)
        return Safe(f"{'../' * here.count('/')}{path}")

    def url(self, kind: str, target: str) -> Safe:
        """Give the way to the page of an entry or a term, for HTML that MkDocs does not look into."""
        there = source_of(Ref(kind=kind, id=target))
        return Safe(relative_url(there, self._page.source, directory_urls=self._directory_urls))

    def page(self, source: str) -> Safe:
        """Give the way to a page by its source path, for HTML that MkDocs does not look into."""
        return Safe(relative_url(source, self._page.source, directory_urls=self._directory_urls))

    def link(self, kind: str, target: str, label: str = "") -> Safe:
        """Write a Markdown link to an entry or a term; plain words where it has no page."""
        shown = escape(label or self.label(kind, target))
        if not self._build.library.knows(kind, target):
            return Safe(shown)
        is_term = label or kind in TERM_KINDS
        lang = "" if is_term else self.lang(self._build.library.language_of(Ref(kind=kind, id=target)))
        marked = f"{{:{lang} }}" if lang else ""
        return Safe(f"[{shown}]({self.to(kind, target)}){marked}")

    def body(self, entry: Entry, name: str = "body") -> Safe:
        """Convert the text of an entry and leave a slot for it; under another name it is one of several."""
        text = replace_links(entry.body, entry.path, self._written)
        fragment = convert(text)
        sized = _SHOWN.sub(self._sized, fragment.html)
        shown = replace(fragment, html=sized)
        self.fragments[name] = shown if name == "body" else as_part(shown, name)
        return Safe(SLOT.format(name=name, language=self.lang(entry.language)))

    def lang(self, language: str) -> Safe:
        """Write the attribute that marks text of another language than the site's, or nothing."""
        options = self._build.options
        written = language or options.content_language
        differs = written and written != options.language
        return Safe(f' lang="{written}"' if differs else "")

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
        here = url_of(self._page.source, directory_urls=self._directory_urls)
        up = "../" * here.count("/")
        return f"![{escape(link.label)}]({up}{FOLDER}/{picture.name})"

    def _written(self, link: Link) -> str:
        if link.kind == PICTURE:
            return self._picture(link)
        ref = self._build.library.target_of(link)
        if ref is None:
            return escape(link.label or link.target.rpartition("/")[2].replace("-", " "))
        label = link.label or self.label(ref.kind, ref.id)
        way = relative_url(source_of(ref), self._page.source, directory_urls=self._directory_urls)
        return f"[{escape(label)}]({way})"
