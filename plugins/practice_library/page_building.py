"""One page after another, as MkDocs builds it: rendered, converted, templated, and kept in the cache.

In: pages, and MkDocs' configuration, navigation and templates. Out: for each page its digest in the cache (or
its bytes), with what it looked at and what was logged meanwhile. Called by `publishing`, several at a time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import get_relative_url

from .cache import Kept, PageCache
from .conversion import convert
from .host_log import HOSTS
from .pages import Page
from .published import PublishedPage
from .templating import find_once
from .watching import Watch, page_state


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A page as it is handed over to be built."""

    file: File
    """What MkDocs knows it by."""
    meta: Mapping[str, Any]
    """Its front matter."""
    markdown: str
    """What is left to convert."""
    complete: Callable[[MkDocsPage], None]
    """Completes the page once that is converted."""


Finish = Callable[[Page], Draft]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of building one page."""

    kept: Kept
    data: bytes
    """The HTML, where it could not be kept on disk."""
    told: tuple[tuple[str, int, str], ...]
    """What was logged meanwhile: logger, level, sentence. A page that said something is not kept."""


class PageBuilder:
    """Builds one page after another, as MkDocs does."""

    def __init__(  # noqa: PLR0913, PLR0917 - all that MkDocs' own functions take
        self,
        watch: Watch,
        store: PageCache,
        config: MkDocsConfig,
        env: Environment,
        nav: Navigation,
        files: Files,
        doc_files: list[File],
        finish: Finish,
    ) -> None:
        self._watch = watch
        self._store = store
        self._config = config
        self._env = env
        self._nav = nav
        self._files = files
        self._doc_files = doc_files
        self._finish = finish
        self._heard = _Listening()
        self._shared = get_context(nav, doc_files, config)
        env.auto_reload = False
        find_once(env)

    def build(self, page: Page) -> Outcome:
        """Build one page, and keep it."""
        made: list[tuple[MkDocsPage, bytes]] = []
        with self._heard as heard:
            seen = self._watch.looks(lambda: made.append(self._made(page)))
        mkdocs_page, data = made[0]
        looks = tuple(sorted(seen))
        states = self._watch.states(looks)
        output = self._put(data) if states and not heard.told else ""
        return Outcome(
            kept=Kept(
                facts=page_state(page),
                looks=looks,
                states=states,
                output=output,
                anchors=tuple(sorted(mkdocs_page.present_anchor_ids or ())),
                points=tuple(_points(mkdocs_page)),
            ),
            data=b"" if output else data,
            told=tuple(heard.told),
        )

    def _made(self, page: Page) -> tuple[MkDocsPage, bytes]:
        draft = self._finish(page)
        made = PublishedPage(None, draft.file, self._config)
        self._config._current_page = made  # noqa: SLF001 - as MkDocs does, for extensions that ask
        made.markdown, made.meta = draft.markdown, dict(draft.meta)
        convert(made, self._config, self._files)
        draft.complete(made)
        made.active = True
        context = self._context(made)
        template = self._env.get_template(made.meta.get("template", "main.html"))
        html = template.render(context)
        self._config._current_page = None  # noqa: SLF001
        return made, html.encode("utf-8", errors="xmlcharrefreplace")

    def _context(self, page: MkDocsPage) -> Mapping[str, Any]:
        """Give what MkDocs hands to a template: `get_context`, of which little hangs on the page."""
        if self._config.extra_css or self._config.extra_javascript:
            return get_context(self._nav, self._doc_files, self._config, page)
        return {**self._shared, "base_url": get_relative_url(".", page.url), "page": page}

    def _put(self, data: bytes) -> str:
        """Keep a page; a cache that cannot be written is no cache."""
        try:
            return self._store.put(data)
        except OSError:
            return ""


class _Listening(logging.Handler):
    """Hears what the hosts log while a page is built."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.told: list[tuple[str, int, str]] = []

    def __enter__(self) -> Self:
        self.told = []
        self._loggers = [logging.getLogger(name) for name in HOSTS]
        self._before = [(list(logger.handlers), logger.propagate) for logger in self._loggers]
        for logger in self._loggers:
            logger.handlers, logger.propagate = [self], False
        return self

    def __exit__(self, *_: object) -> None:
        for logger, (handlers, propagate) in zip(self._loggers, self._before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate

    def emit(self, record: logging.LogRecord) -> None:
        """Remember what was said."""
        self.told.append((record.name, record.levelno, record.getMessage()))


def _points(page: MkDocsPage) -> Iterator[tuple[str, str, str]]:
    for file, anchors in (page.links_to_anchors or {}).items():
        for anchor, written in anchors.items():
            yield file.src_uri, anchor, written
