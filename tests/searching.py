"""A search index by itself, without the site around it, asked in a browser: for tests of search.

In: the folder of a project. Out: the engine's answers. The index is the one that a build writes.
"""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page
from tests.served import served
from tests.sites import ROOT, TODAY

from practice_library import kept_files
from practice_library.build import Options, build
from practice_library.results import index_of_build
from practice_library.search_index import FOLDER

ASSETS: Final = "assets/pl"
SEARCH: Final = ROOT / "plugins" / "practice_library" / "theme" / ASSETS / "search"
_ASK: Final = """async (questions) => {
    const { open } = await import("./assets/pl/search/engine.js");
    const engine = (window.engine ??= await open());
    const answers = [];
    for (const question of questions) answers.push(await engine.ask(question));
    return answers;
}"""


def index_of(project: Path, *, today: date = TODAY, language: str = "en") -> dict[str, bytes]:
    """Make the index of a project's content, as a build would."""
    made = build(project, project / "spaces", Options(today=today, language=language))
    assert not made.report.has_errors, made.report
    return index_of_build(made)


def write_index(site: Path, files: dict[str, bytes]) -> None:
    """Lay an index and the engine out as a site does."""
    (site / FOLDER).mkdir(parents=True)
    for name, data in files.items():
        (site / FOLDER / name).write_bytes(data)
    (site / ASSETS).mkdir(parents=True)
    (site / ASSETS / "search").symlink_to(SEARCH)
    (site / "index.html").write_text("<!doctype html><title>search</title>", encoding="utf-8")


@contextlib.contextmanager
def opened(site: Path, browser: Browser) -> Iterator[Page]:
    """Open a page of a site that has an index."""
    with served(site) as url:
        page = browser.new_page()
        page.goto(url)
        yield page


def ask(page: Page, questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Ask the engine one question after the other; give its answers."""
    return list(page.evaluate(_ASK, list(questions)))


def kept_words(data: bytes) -> bytes:
    """Give what a build keeps of the words of documents, from the bytes of that file, decompressed."""
    kept = kept_files.made(data[len(kept_files._HEAD) + kept_files._DIGEST :])
    assert kept
    return b"".join(zlib.decompress(part) for part in kept.values())
