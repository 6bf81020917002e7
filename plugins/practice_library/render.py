"""From a planned page to the HTML of its content.

In: a `Page` of the plan. Out: its front matter and its HTML, and beside it the contributors' text as
sanitised HTML, which takes the place of marked, empty elements. Whatever a template prints is escaped unless
it is HTML that was made safe here. Called by `plugin`, for one page after another.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape as escape_html

from . import atlas, cartography, doors, form as forms, phrases, trails, views, years
from .addresses import FIND, HOME, MAP
from .assembly import CONTENT
from .build import Build
from .catalogue import Catalogue, marks
from .diagnostics import CODES
from .markup import Fragment, Heading, paragraphs
from .mistakes import mistakes_of
from .pages import FORMS, PAPER, Page
from .schema import DECLARATIONS
from .standpoint import Standpoint
from .templating import QuickEnvironment
from .tightening import Joining

TEMPLATES: Final = Path(__file__).parent / "templates"


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """A page before its frame is put around it."""

    page: Page
    meta: Mapping[str, Any]
    """Its front matter."""
    html: str
    """Its content, with an empty element for each text of a contributor."""
    headings: tuple[Heading, ...] = ()
    """The headings in that content."""
    fragments: tuple[tuple[str, Fragment], ...] = ()
    """Contributors' text by the name of the slot it belongs in."""

    @property
    def head(self) -> str:
        """Give its front matter as it is written: in JSON, which YAML includes."""
        lines = (f"{key}: {_yaml_of(value)}\n" for key, value in self.meta.items())
        return f"---\n{''.join(lines)}---\n"

    @property
    def markdown(self) -> str:
        """Give what MkDocs is given to convert: the front matter, and an empty element for the content."""
        return f"{self.head}\n{CONTENT}\n"


class Renderer:
    """Renders the pages of one build."""

    def __init__(
        self, build: Build, *, directory_urls: bool = True, compiled: jinja2.BytecodeCache | None = None
    ) -> None:
        """Take the build, whether pages are folders (`practices/x/`) or files, and kept templates."""
        self._here = Standpoint(build, directory_urls=directory_urls)
        self._environment = _environment(build, self._here, compiled)

    def render(self, page: Page) -> Rendered:
        """Render one page.

        Raises:
            jinja2.UndefinedError: a template names what it was not given; a fault of ours.
        """
        here = self._here
        here.stand_on(page)
        template = self._environment.get_template(f"{page.template}.html.jinja")
        return Rendered(
            page=page,
            meta=meta_of(page),
            html=template.render(page=page, **page.values).strip(),
            headings=tuple(here.headings),
            fragments=tuple(here.fragments.items()),
        )


_FRAMES: Final = {
    HOME: "home.html",
    FIND: "find.html",
    MAP: "map.html",
    **dict.fromkeys(FORMS.values(), "form.html"),
    PAPER: "paper.html",
}
"""Pages with a frame of their own."""


def meta_of(page: Page) -> dict[str, Any]:
    """Give a page's own front matter.

    MkDocs takes a title for HTML, and the search prints it as such: it is escaped here.
    """
    meta: dict[str, Any] = {"title": html.escape(page.title, quote=False), "template": "entry.html"}
    if page.description:
        meta["description"] = page.description
    meta["pl_kind"] = str(page.ref.kind if page.ref else page.template)
    if page.source in _FRAMES:
        meta["template"] = _FRAMES[page.source]
    if not page.searched:
        meta["search"] = {"exclude": True}
    return meta


_UNYAML: Final = re.compile("[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""What JSON may hold as it is and YAML may not, or takes for the end of a line."""


def _yaml_of(value: object) -> str:
    """Write a value in JSON that every YAML reader takes for just this value."""
    return _UNYAML.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, ensure_ascii=False))


def _environment(build: Build, here: Standpoint, compiled: jinja2.BytecodeCache | None) -> jinja2.Environment:
    """Make the environment of our templates, in which every value is escaped that is not HTML already."""
    environment = QuickEnvironment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        auto_reload=False,
        bytecode_cache=compiled,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Joining],
    )
    environment.globals.update(
        here=here,
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
        codes=CODES,
        mistakes=mistakes_of(build.words),
        declarations=DECLARATIONS,
        **_words_in_html(build.words),
    )
    environment.filters["address"] = lambda url: quote(url, safe=":/?#@!$&+,;=%-._~")
    environment.filters["paragraphs"] = paragraphs
    environment.filters["marks"] = marks
    return environment


def _words_in_html(words: Catalogue) -> dict[str, Any]:
    """Give what templates call for words: sentences as HTML, the values in them escaped."""
    escaped = Catalogue(words.language, {key: str(escape_html(text)) for key, text in words.messages.items()})

    def values_of(values: Mapping[str, object]) -> dict[str, object]:
        return {key: escape_html(value) for key, value in values.items()}

    @cache
    def sentence(key: str) -> Markup:
        return Markup(escaped.text(key))

    def text(key: str, **values: object) -> Markup:
        return Markup(escaped.text(key, **values_of(values))) if values else sentence(key)

    return {
        "t": text,
        "n": lambda key, count, **values: Markup(escaped.plural(key, count, **values_of(values))),
        "plain": words.text,
        "raw": lambda key: words.messages[key].rstrip(),
        "has_word": words.has,
        "day": cache(words.day),
        "number": words.number,
        "listing": lambda items: Markup(words.listing([escape_html(item) for item in items])),
        "word": words.localised,
    }
