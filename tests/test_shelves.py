"""The index that needs no script: everything once, on one page or, where there is much, on several."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from tests.sites import TODAY, write_files
from tests.small_library import LIBRARY

from practice_library.build import Build, Options, build
from practice_library.catalogue import catalogue_of
from practice_library.diagnostics import Report
from practice_library.library import Ref
from practice_library.model import Kind
from practice_library.pages import plan_pages
from practice_library.shelves import Shelf, shelves_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give the small library."""
    root = tmp_path_factory.mktemp("shelves")
    write_files(root, LIBRARY)
    found = build(root, root / "spaces", Options(today=TODAY, language="en"))
    assert not found.report.has_errors
    return found


def listed(shelves: list[Shelf]) -> Counter[Ref]:
    return Counter(ref for shelf in shelves for part in shelf.parts for ref in part.items)


def entries(made: Build) -> set[Ref]:
    return {Ref(kind=kind, id=each) for kind in Kind for each in made.library.entries_of(kind)}


@pytest.mark.parametrize("most", [1, 2, 3, 400])
def test_every_entry_is_listed_just_once_however_small_a_page(made: Build, most: int) -> None:
    found = listed(shelves_of(made.library, catalogue_of("en"), most))
    assert set(found) == entries(made)
    assert set(found.values()) == {1}


@pytest.mark.parametrize("most", [1, 2, 3])
def test_no_page_lists_more_than_it_may(made: Build, most: int) -> None:
    shelves = shelves_of(made.library, catalogue_of("en"), most)
    assert any(shelf.apart for shelf in shelves)
    for shelf in shelves:
        sizes = [len(part.items) for part in shelf.parts]
        assert max(sizes) <= most if shelf.apart else sum(sizes) <= most


def test_each_page_has_an_address_of_its_own(made: Build) -> None:
    shelves = shelves_of(made.library, catalogue_of("en"), 1)
    sources = [part.source for shelf in shelves for part in shelf.parts]
    assert len(set(sources)) == len(sources)
    assert "find/harvest/2021.md" in sources
    others = {page.source for page in made.plan.pages}
    assert set(sources) & others == set()


def test_what_has_room_has_no_pages_of_its_own(made: Build) -> None:
    assert not any(shelf.apart for shelf in shelves_of(made.library, catalogue_of("en")))
    assert not any(
        page.source.startswith("find/") and page.source != "find/index.md" for page in made.plan.pages
    )


def test_what_has_none_gets_pages(made: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    small = shelves_of(made.library, catalogue_of("en"), 1)
    monkeypatch.setattr("practice_library.pages.shelves_of", lambda *_: small)
    plan = plan_pages(made.library, catalogue_of("en"), Report())
    pages = {page.source: page for page in plan.pages if page.template == "part"}
    apart = [part for shelf in small if shelf.apart for part in shelf.parts]
    assert set(pages) == {part.source for part in apart}
    assert not any(page.searched for page in pages.values())


def test_an_empty_shelf_is_left_out(made: Build) -> None:
    library = replace(made.library, outputs={})
    assert [shelf.kind for shelf in shelves_of(library, catalogue_of("en"))] == [
        "practice",
        "space",
        "harvest",
    ]
