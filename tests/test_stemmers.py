"""The search cuts what is typed to the same stems, in the browser, as the build cuts the library's words."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from typing import Final

import pytest
import snowballstemmer
from playwright.sync_api import Page
from tests.served import chromium, served
from tests.sites import ROOT

pytestmark = pytest.mark.browser

SCRIPTS: Final = ROOT / "plugins/practice_library/theme/assets/pl/search"
STEM_ALL: Final = """
    async ([script, words]) => {
        const { stem } = await import(script);
        return words.map(stem);
    }
"""
INVENTED: Final = 20_000
"""How many words are made up for each language."""
LETTERS: Final = {"english": "abcdefghiklmnoprstuvwxyz'", "french": "abcdehijlmnopqrstuvyzçéèêëîïôûàâ'"}
ENDINGS: Final = {
    "english": """
        's s' sses ied ies us eed eedly ed edly ing ingly y ying bb dd ff gg mm nn pp rr tt at bl iz
        tional enci anci abli entli izer ization ational ation ator alism aliti alli fulness ousli ousness
        iveness iviti biliti bli ogist fulli lessli logi ogi li alize icate iciti ical ful ness ative al ance
        ence er ic able ible ant ement ment ent ism ate iti ous ive ize sion tion ion e ll l past
        succ proc exc even cann inn earr herr out arsen commun emerg gener inter later organ univers""",
    "french": """
        ance ique isme able iste eux atrice ateur ation logie usion ution ence ement ements issement amment
        emment ment ité ités if ive ifs ives eaux aux oux euse euses iv at ic abil eus ièr er abl ira isse
        issante ir îmes îtes is irais irions issant iraient iront issez ions ée és era erai asse ante ai âmes
        âtes ais aise eais erions assions erons ait aient eraient èrent assent ez iez assiez é s ion ière ier e
        enn onn ett ell eill épl auv mal col ni par tap qu y ï ë""",
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """Open a page that can load the search's scripts."""
    with served(SCRIPTS) as address, chromium() as browser:
        opened = browser.new_page()
        opened.goto(address)
        yield opened


def folded(word: str) -> str:
    """Give a word as the index has it: in small letters, without accents."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def written() -> set[str]:
    """Give the words of the repository's content and messages, as they stand and folded."""
    paths = [*ROOT.glob("spaces/**/*.*"), *ROOT.glob("plugins/practice_library/messages/*/*.yml")]
    texts = (path.read_text(encoding="utf-8") for path in paths if path.suffix in {".md", ".yml"})
    words = {word for text in texts for word in re.findall(r"[^\W_]+(?:'\w+)?", text.casefold())}
    return words | {folded(word) for word in words}


def invented(language: str) -> set[str]:
    """Make up words from what the rules of a language look at, the same ones every time."""
    chance = random.Random(20260)  # noqa: S311 - no secret
    endings = ENDINGS[language].split()
    words = set()
    for _ in range(INVENTED):
        letters = "".join(chance.choices(LETTERS[language], k=chance.randint(0, 5)))
        parts = [letters, *chance.choices(endings, k=chance.randint(0, 3))]
        chance.shuffle(parts)
        words.add("".join(parts))
    return words | {folded(word) for word in words}


@pytest.mark.parametrize("language", ["english", "french"])
def test_both_sides_cut_every_word_alike(page: Page, language: str) -> None:
    words = sorted(written() | invented(language))
    stemmer = snowballstemmer.stemmer(language)
    expected = {word: stemmer.stemWord(word) for word in words}
    found = dict(zip(words, page.evaluate(STEM_ALL, [f"./stem-{language}.js", words]), strict=True))
    assert {word: (found[word], stem) for word, stem in expected.items() if found[word] != stem} == {}
    assert sum(word != stem for word, stem in expected.items()) > INVENTED / 2, "too few words with an ending"
