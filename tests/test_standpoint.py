"""What a template may ask about its own page: ways, languages, and headings that keep their ids."""

from __future__ import annotations

import markdown
import pytest
from markupsafe import Markup
from tests.golden import CASES, Case, Outcome, build_case

from practice_library.pages import Page
from practice_library.standpoint import Standpoint

TITLE = "<script>alert(\"1\")</script> & 'us'"
FILES = {
    "spaces/practices/check-in.md": f"---\ntitle: |-\n  {TITLE}\nsummary: A word each.\n---\n",
    "spaces/practices/tour.md": "---\ntitle: Tour\nsummary: Un mot.\nlanguage: fr\n---\n",
}
PAGE = Page(source="practices/other.md", template="practice", title="Other")
HEADINGS = [
    "What it is for",
    "Où ça a été essayé",
    "What it is for",
    "2021",
    "2021",
    "…",
    "Tea & talk",
    "Its parts_1",
    "Its parts",
    "Its parts",
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    case = Case(path=CASES, claim="", given=FILES, options={"source": "private"}, expected={})
    return build_case(case, tmp_path_factory.mktemp("standpoint"))


@pytest.fixture
def here(made: Outcome) -> Standpoint:
    here = Standpoint(made, directory_urls=True)
    here.stand_on(PAGE)
    return here


def test_headings_have_the_ids_that_markdown_would_give_them(here: Standpoint) -> None:
    converter = markdown.Markdown(extensions=["toc"])
    converter.convert("\n\n".join(f"## {words}" for words in HEADINGS))
    tokens = converter.toc_tokens  # type: ignore[attr-defined]

    assert [here.anchor(2, words) for words in HEADINGS] == [token["id"] for token in tokens]
    assert [heading.title for heading in here.headings] == [token["name"] for token in tokens]


def test_a_name_of_its_own_is_the_id_of_a_heading_and_its_tags_stay_out_of_the_contents(
    here: Standpoint,
) -> None:
    title = Markup('<a href="../x/">Tea &amp; talk</a>  in\n <code>time</code>')

    assert here.anchor(3, title, "tea") == "tea"
    assert [(h.level, h.id, h.title) for h in here.headings] == [(3, "tea", "Tea &amp; talk in time")]


def test_a_link_holds_the_words_of_a_title_and_none_of_its_signs(here: Standpoint) -> None:
    shown = "&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; &#39;us&#39;"

    assert here.link("practice", "check-in") == f'<a href="../check-in/">{shown}</a>'
    assert here.link("practice", "nothing", TITLE) == shown


def test_a_link_says_in_which_language_a_title_is(here: Standpoint) -> None:
    assert here.link("practice", "tour") == '<a href="../tour/" lang="fr">Tour</a>'


def test_pages_that_are_files_are_linked_as_files(made: Outcome) -> None:
    here = Standpoint(made, directory_urls=False)
    here.stand_on(PAGE)

    assert here.link("practice", "tour") == '<a href="tour.html" lang="fr">Tour</a>'
    assert here.file("contribute/form.json") == "../contribute/form.json"


def test_what_a_template_prints_of_an_entry_is_escaped(made: Outcome) -> None:
    pages = [made.renderer.render(page).html for page in made.plan.pages]

    assert sum("&lt;script&gt;alert" in html for html in pages) > 3
    assert [html for html in pages if "<script>alert" in html] == []
