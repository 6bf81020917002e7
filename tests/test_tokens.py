"""How text becomes the words that are searched, in Python and in the browser alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from playwright.sync_api import Page
from tests.served import chromium, served
from tests.sites import ROOT

from practice_library.tokens import STOP, folded, tokens

ASSETS = ROOT / "plugins" / "practice_library" / "theme" / "assets" / "pl"
CASES = {
    "Guérison": ["guerison"],
    "GUE\u0301RISON": ["guerison"],
    "Mi'kmaw": ["mikmaw"],
    "Mi\u2019kmaw": ["mikmaw"],
    "Mi\u02bckmaw": ["mikmaw"],
    "L\u2019équipe qu'elle anime": ["equipe", "elle", "anime"],
    "aujourd\u2019hui": ["aujourdhui"],
    "don't": ["dont"],
    "check-in round": ["check", "in", "checkin", "round"],
    "check\u2011in": ["check", "in", "checkin"],
    "1-2-4-All": ["1", "2", "4", "all", "124all"],
    "4Ls": ["4ls"],
    "retro\u200bspective co\u00adaching": ["retrospective", "coaching"],
    "Sœur, œuvre, Straße": ["soeur", "oeuvre", "strasse"],
    "one_word (two) three/four": ["one", "word", "two", "three", "four"],
    "  \u2014 \u2026 ! ": [],
    "x" * 50: ["x" * 40],
}


@pytest.mark.parametrize(("text", "words"), CASES.items())
def test_words_are_folded(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_stop_words_are_as_readers_type_them() -> None:
    assert {word for word in STOP if tokens(word) != [word]} == set()


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert tokens(" ".join(tokens(text.replace("-", " ")))) == tokens(text.replace("-", " "))


# The browser's side.


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give a page that has the module of words."""
    site = tmp_path_factory.mktemp("words")
    (site / "search").symlink_to(ASSETS / "search")
    (site / "index.html").write_text("<!doctype html><title>words</title>", encoding="utf-8")
    with served(site) as url, chromium() as browser:
        opened = browser.new_page()
        opened.goto(url)
        yield opened


def in_browser(page: Page, texts: list[str]) -> Any:  # noqa: ANN401 - as JSON gives it
    """Give the words of texts as the browser sees them."""
    return page.evaluate(
        """async (texts) => {
            const { tokens } = await import("./search/words.js");
            return texts.map((text) => tokens(text));
        }""",
        texts,
    )


def spoken(folder: Path) -> list[str]:
    """Give every line under a folder of content."""
    return [line for path in sorted(folder.rglob("*.md")) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.browser
def test_the_browser_reads_the_cases_alike(page: Page) -> None:
    assert in_browser(page, list(CASES)) == list(CASES.values())


@pytest.mark.browser
def test_the_browser_reads_all_content_alike(page: Page) -> None:
    lines = spoken(ROOT / "spaces") + (ROOT / "spaces" / "vocabulary.yml").read_text("utf-8").splitlines()
    assert in_browser(page, lines) == [tokens(line) for line in lines]


LETTERS = st.characters(
    codec="utf-8", categories=("L", "M", "N", "P", "S", "Z"), exclude_characters="\u0130\u03a3"
)
"""Two letters are left out whose small form depends on the language or on where they stand."""


@pytest.mark.browser
def test_the_browser_reads_any_text_alike(page: Page) -> None:
    seen: list[str] = []

    @settings(max_examples=300, database=None, derandomize=True)
    @given(st.text(LETTERS, max_size=30))
    def collect(text: str) -> None:
        seen.append(text)

    collect()
    differing = [
        (text, ours, theirs)
        for text, ours, theirs in zip(seen, map(tokens, seen), in_browser(page, seen), strict=True)
        if ours != theirs
    ]
    assert differing == []
    assert len(seen) >= 300
    assert folded("É") == "e"
