"""Pages at old addresses."""

from __future__ import annotations

import pytest

from practice_library.catalogue import catalogue_of
from practice_library.pages import Redirect
from practice_library.redirects import redirect_page


@pytest.mark.parametrize(
    ("old", "new", "way", "way_of_files"),
    [
        ("practices/round.md", "practices/check-in.md", "../check-in/", "check-in.html"),
        ("old/library/round.md", "practices/a.md", "../../../practices/a/", "../../practices/a.html"),
        ("round.md", "practices/a.md", "../practices/a/", "practices/a.html"),
    ],
)
def test_an_old_address_leads_to_the_page_of_today(old: str, new: str, way: str, way_of_files: str) -> None:
    words = catalogue_of("en")
    moved = Redirect(source=old, target=new)
    assert f'<a href="{way}">' in redirect_page(moved, words, directory_urls=True)
    assert f'<a href="{way_of_files}">' in redirect_page(moved, words, directory_urls=False)


def test_the_old_address_of_a_space_leads_to_the_space_of_today() -> None:
    moved = Redirect(source="spaces/mill/index.md", target="spaces/riverside/index.md")
    assert '<a href="../riverside/">' in redirect_page(moved, catalogue_of("en"), directory_urls=True)


def test_the_old_address_of_a_space_leads_on_where_pages_are_files() -> None:
    moved = Redirect(source="spaces/mill/index.md", target="spaces/riverside/index.md")
    page = redirect_page(moved, catalogue_of("en"), directory_urls=False)
    assert '<a href="../riverside/index.html">' in page
