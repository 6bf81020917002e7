"""Terms are explained where a page first says them in a sentence, and nowhere else."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

import pytest
from hypothesis import given, settings, strategies as st
from tests.golden import CASES, Case, build_case

from practice_library.glossary import Glossary
from practice_library.pages import Page

NOTE: Final = "---\ntitle: Tour\nsummary: A word each.\n---\n"
EXPLANATION: Final = re.compile(r'<button class="pl-term"[^>]*>([^<]*)</button><span popover.*?</span>')

QUIET: Final = "a abbr button code h1 h3 nav pre span summary svg table time".split()
CLASSES: Final = ("pl-eyebrow", "pl-facts", "pl-card__meta", "pl-chips", "pl-lineage")
WORDS: Final = st.sampled_from(
    [
        "host",
        "Hosts",
        "a facilitator",
        "FACILITATORS",
        "safe space",
        "harvester-like",
        "ghost",
        "é, ",
        "İ",
        " &amp; ",
    ]
)
ATTRIBUTES: Final = st.sampled_from(
    ["", "", ' class="pl-body"', ' title="a host > others"', " id='facilitator'", ' lang="fr" data-a="<b>"']
)
CLASSED: Final = st.sampled_from([f' class="{name}"' for name in CLASSES])


def _element(name: str, attributes: str, within: list[str]) -> str:
    return f"<{name}{attributes}>{''.join(within)}</{name}>"


HTML: Final = st.recursive(
    WORDS | st.sampled_from(["<br>", '<img alt="a host">', '<hr class="pl-card">', "<svg/>"]),
    lambda within: st.builds(
        _element,
        st.sampled_from([*QUIET, "p", "div", "li", "em", "article"]),
        ATTRIBUTES | CLASSED,
        st.lists(within, max_size=4),
    ),
    max_leaves=14,
)
"""Elements within one another, of which some are quiet."""


class Sentences(HTMLParser):
    """Gathers what stands in no quiet element, each piece between two tags by itself."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.pieces: list[str] = []
        self._within: list[bool] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        quiet = tag in QUIET or any(name in (value or "") for _, value in attrs for name in CLASSES)
        if tag not in {"br", "img", "hr"}:
            self._within.append(quiet)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - as the parser calls it
        self._within.pop()

    def handle_data(self, data: str) -> None:
        if not any(self._within):
            self.pieces.append(data)


@pytest.fixture(scope="module")
def page_and_glossary(tmp_path_factory: pytest.TempPathFactory) -> tuple[Page, Glossary]:
    given = {"spaces/practices/tour.md": NOTE}
    case = Case(path=CASES, claim="", given=given, options={"source": "private"}, expected={})
    made = build_case(case, tmp_path_factory.mktemp("glossary"))
    page = next(page for page in made.plan.pages if page.entry)
    return page, Glossary(made.vocabulary, made.words, directory_urls=True)


@given(st.lists(HTML, max_size=6).map("".join))
@settings(max_examples=300)
def test_the_first_use_in_a_sentence_is_explained(
    page_and_glossary: tuple[Page, Glossary], html: str
) -> None:
    page, glossary = page_and_glossary
    explained = glossary.explain(html, page)
    said = [
        found[0].lower().removesuffix("s")
        for piece in Sentences(html).pieces
        for found in re.finditer(
            r"(?<![\w-])(?:facilitator|safe space|harvester)s?(?![\w-])", piece, re.IGNORECASE
        )
    ]

    assert EXPLANATION.sub(r"\1", explained) == html
    assert [words.lower().removesuffix("s") for words in EXPLANATION.findall(explained)] == list(
        dict.fromkeys(said)
    )
