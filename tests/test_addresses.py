"""Where pages live, and the way from one to another."""

from __future__ import annotations

from itertools import product
from typing import Final
from urllib.parse import urljoin

import pytest

from practice_library.addresses import index_of, relative_url, source_of, url_of
from practice_library.library import Ref

FOLDERS: Final = ("practices", "spaces", "spaces/r", "spaces/r/deep", "spaces-old", "a")
NAMES: Final = ("index", "a", "r", "deep", "practices")


@pytest.mark.parametrize(
    ("kind", "target", "source"),
    [
        ("space", "riverside", "spaces/riverside/index.md"),
        ("harvest", "riverside/2021-04-14-first", "spaces/riverside/2021-04-14-first.md"),
        ("practice", "check-in", "practices/check-in.md"),
        ("output", "round-card", "outputs/round-card.md"),
        ("principle", "shared-ownership", "principles/shared-ownership.md"),
        ("approach", "safe-space", "approaches/safe-space.md"),
        ("role", "harvester", "roles/harvester.md"),
        ("question", "what-now", "questions/what-now.md"),
        ("type", "community-of-healing", "types/community-of-healing.md"),
        ("initiative", "warm-rooms", "initiatives/warm-rooms.md"),
    ],
)
def test_each_kind_has_its_place(kind: str, target: str, source: str) -> None:
    assert source_of(Ref(kind=kind, id=target)) == source


def test_what_has_no_page_has_no_place() -> None:
    with pytest.raises(KeyError):
        source_of(Ref(kind="benefit", id="belonging"))


def test_a_folder_has_an_index_page() -> None:
    assert index_of("practices") == "practices/index.md"


@pytest.mark.parametrize(
    ("source", "as_folder", "as_file"),
    [
        ("index.md", "", "index.html"),
        ("practices/index.md", "practices/", "practices/index.html"),
        ("practices/check-in.md", "practices/check-in/", "practices/check-in.html"),
        ("about.md", "about/", "about.html"),
        ("spaces/riverside/index.md", "spaces/riverside/", "spaces/riverside/index.html"),
    ],
)
def test_a_page_has_its_url_in_both_styles(source: str, as_folder: str, as_file: str) -> None:
    assert url_of(source) == as_folder
    assert url_of(source, directory_urls=False) == as_file


@pytest.mark.parametrize(
    ("target", "page", "between_folders", "between_files"),
    [
        ("practices/a.md", "practices/b.md", "../a/", "a.html"),
        ("practices/a.md", "practices/a.md", "./", "a.html"),
        ("practices/a.md", "practices/index.md", "a/", "a.html"),
        ("practices/index.md", "practices/a.md", "../", "index.html"),
        ("practices/a.md", "index.md", "practices/a/", "practices/a.html"),
        ("index.md", "practices/a.md", "../../", "../index.html"),
        ("index.md", "index.md", "./", "index.html"),
        ("practices/a.md", "spaces/r/2021-x.md", "../../../practices/a/", "../../practices/a.html"),
        ("spaces/r/2021-x.md", "spaces/r/index.md", "2021-x/", "2021-x.html"),
        ("spaces/r/index.md", "spaces/r/2021-x.md", "../", "index.html"),
    ],
)
def test_the_way_between_pages_is_as_html_wants_it(
    target: str, page: str, between_folders: str, between_files: str
) -> None:
    assert relative_url(target, page) == between_folders
    assert relative_url(target, page, directory_urls=False) == between_files


@pytest.mark.parametrize("directory_urls", [True, False])
def test_the_way_between_any_two_pages_leads_there(directory_urls: bool) -> None:  # noqa: FBT001
    sources = ["index.md", "404.md", "a.md", *(f"{folder}/{name}.md" for folder in FOLDERS for name in NAMES)]
    for page, target in product(sources, repeat=2):
        here, there = (
            f"https://site.invalid/{url_of(source, directory_urls=directory_urls)}"
            for source in (page, target)
        )
        assert urljoin(here, relative_url(target, page, directory_urls=directory_urls)) == there
