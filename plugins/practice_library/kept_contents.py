"""What stands on the pages of the navigation, from an earlier build: MkDocs builds them anew each time.

In: a page, and who renders it. Out: its content, rendered only if something that it looked at has changed
(see `watching`); most of it is the map. Kept once the pages of a build are finished, and nothing else is.
Called by `plugin`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from . import kept_files
from .markup import Fragment, Heading
from .pages import Page
from .render import Rendered, meta_of
from .watching import Watch, page_state

NAME: Final = "contents"
"""What the file is called in the cache's folder of an edition."""


class KeptContents:
    """The contents of the pages of one build."""

    def __init__(self, path: Path, state: str, watch: Watch) -> None:
        """Take the file they are kept in, the state of all that makes them, and the build."""
        self._path = path
        self._state = f"{state}\n{watch.constant()}"
        self._watch = watch
        found = kept_files.load(path, self._state)
        self._written = found if isinstance(found, str) else "{}"
        self._before: dict[str, Any] = json.loads(self._written)
        self._now: dict[str, Any] = {}

    def rendered(self, page: Page, render: Callable[[Page], Rendered]) -> Rendered:
        """Give a page as it was rendered, or render it.

        Args:
            page: the page.
            render: renders it, looking at nothing but the watched build.
        """
        facts, known = page_state(page), self._before.get(page.source)
        if known and known[0] == facts and known[2] and known[2] == self._watch.states(known[1]):
            self._now[page.source] = known
            return _made(page, *known[3:])
        made: list[Rendered] = []
        looks = tuple(sorted(self._watch.looks(lambda: made.append(render(page)))))
        self._now[page.source] = (facts, looks, self._watch.states(looks), *_told(made[0]))
        return made[0]

    def keep(self) -> None:
        """Keep them, and nothing else; never raises."""
        written = json.dumps(self._now, ensure_ascii=False)  # equal contents are equal bytes
        if written != self._written:
            with suppress(OSError):
                kept_files.save(self._path, self._state, written)


Row = tuple[int, str, str]
"""A heading: its level, its id, its title."""


def _told(rendered: Rendered) -> tuple[str, list[Row], list[tuple[str, str, list[Row]]]]:
    """Tell in plain values what is rendered of a page."""
    fragments = [(slot, str(found.html), _rows(found.headings)) for slot, found in rendered.fragments]
    return str(rendered.html), _rows(rendered.headings), fragments


def _rows(headings: tuple[Heading, ...]) -> list[Row]:
    return [(heading.level, str(heading.id), str(heading.title)) for heading in headings]


def _made(
    page: Page, html: str, headings: list[Row], fragments: list[tuple[str, str, list[Row]]]
) -> Rendered:
    return Rendered(
        page=page,
        meta=meta_of(page),
        html=html,
        headings=_headings(headings),
        fragments=tuple(
            (slot, Fragment(html=text, headings=_headings(rows))) for slot, text, rows in fragments
        ),
    )


def _headings(rows: list[Row]) -> tuple[Heading, ...]:
    return tuple(Heading(level=level, id=key, title=title) for level, key, title in rows)
