"""One note is written, and every page that has something to tell of it changes; no other page does."""

from __future__ import annotations

import re
import shutil
import zlib
from pathlib import Path
from typing import Final

import pytest
from tests.pages import Page, read_page, read_pages
from tests.sites import (
    Built,
    build,
    changed,
    copy_of_own,
    environment,
    own_day,
    own_site,
    write_files,
    write_project,
)
from tests.small_library import LIBRARY

NOTE: Final = """\
---
title: Two minutes of quiet
date: 2022-03-02
consent: {level: public, given: 2022-03-03, by: group}
practices: [check-in-round]
principles: [shared-ownership]
---

We sat down, and nobody hurried.
"""
"""Three lines of front matter besides title and date."""
PLACE: Final = "spaces/hill/harvests/2022-03-02-two-minutes-of-quiet.md"

CHANGED: Final = {
    "spaces/hill/2022-03-02-two-minutes-of-quiet/": "the note itself",
    "spaces/hill/": "its space's gatherings and practices",
    "spaces/hill/2021-11-03-une-soiree/": "the gathering before it, which now has one after it",
    "practices/check-in-round/": "the evidence and maturity of its practice",
    "spaces/riverside/": "the level on the card of that practice, which this space keeps too",
    "principles/shared-ownership/": "its term",
    "types/community-of-learning/": "the count of notes on its space's card",
    "initiatives/two-shores/": "the same card among the spaces of its initiative",
    "": "newest notes and the library in figures",
    "for/newcomer/": "the card of its space's kind, and of its practice",
    "for/facilitator/": "the level on the card of its practice",
    "for/harvester/": "newest notes",
    "for/knowledge-mobiliser/": "the figures of its year",
    "for/funder/": "the same figures",
    "find/": "the list of everything",
    "map/": "the level of its practice, and that its space holds to its term",
    "initiatives/": "the same card there",
    "spaces/": "the count of notes on its space's card",
    "practices/": "the level of its practice",
    "principles/": "the count of what carries its term",
}
"""Every page that has to change, and what changes on it."""
SHEETS: Final = {f"for/facilitator/{m}-minutes-{p}-people/" for m in (30, 60, 120) for p in (6, 12)}
"""The sheets to print that have the practice on them, with its level."""
FIGURES: Final = {"for/funder/", "for/knowledge-mobiliser/"}
"""Pages that count the notes of each year."""
MACHINES: Final = {
    "search/index.json",
    "contribute/form.json",
    "sitemap.xml",
    "sitemap.xml.gz",
    "sw.js",
    ".practice-library",
}
"""What is there for search, the form, search engines, use without a network, and the next build."""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the small library."""
    project = write_project(tmp_path_factory.mktemp("before"), LIBRARY, options={"source": "private"})
    return build(project, "--strict")


@pytest.fixture(scope="module")
def after(before: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the small library with one note more."""
    project = tmp_path_factory.mktemp("after") / "project"
    shutil.copytree(before.project, project)
    write_files(project, {PLACE: NOTE})
    built = build(project, "--strict")
    assert built.code == 0, built.output
    return built


def without_index(names: set[str]) -> set[str]:
    """Leave out the files of the search index that are named by their content."""
    return {name for name in names if not re.fullmatch(r"search/[0-9a-f]+\.bin", name)}


def indexed(built: Built) -> str:
    """Give all that the files of the search index hold, unpacked."""
    packed = (data for name, data in built.site.items() if re.fullmatch(r"search/[0-9a-f]+\.bin", name))
    return b"\n".join(map(zlib.decompress, packed)).decode("utf-8", "replace")


def text_of(built: Built, address: str) -> str:
    """Give what a page says, on one line."""
    return read_page(address, built.page(address).encode()).text


def test_a_note_changes_the_pages_that_tell_of_it_and_no_other(before: Built, after: Built) -> None:
    pages = {f"{address}index.html" for address in {*CHANGED, *SHEETS}}
    assert without_index(changed(before.site, after.site)) == pages | MACHINES


def test_a_note_raises_the_maturity_of_its_practice_and_says_why(before: Built, after: Built) -> None:
    page = "practices/check-in-round/"
    assert "worked with 1 host" in text_of(before, page)
    assert "worked with 2 independent hosts" in text_of(after, page)
    assert "Two minutes of quiet" in text_of(after, page)


@pytest.mark.parametrize(
    "address",
    ["", "find/", "spaces/hill/", "principles/shared-ownership/", "spaces/hill/2021-11-03-une-soiree/"],
)
def test_a_page_that_changes_names_the_note(before: Built, after: Built, address: str) -> None:
    assert "Two minutes of quiet" not in text_of(before, address)
    assert "Two minutes of quiet" in text_of(after, address)


def test_a_note_is_found_by_search(before: Built, after: Built) -> None:
    assert "nobody hurried" not in indexed(before)
    assert "nobody hurried" in indexed(after)


# The same on the repository's own site.


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the repository's own site."""
    return own_site("english", tmp_path_factory)


@pytest.fixture(scope="module")
def note_in_own(own: Built) -> tuple[str, str, str]:
    """Give a community of practice of the repository, a practice and a principle."""
    circles = (
        place.parent.name
        for place in sorted((own.project / "spaces").glob("*/space.md"))
        if "type: community-of-practice" in place.read_text(encoding="utf-8")
    )
    space = next(name for name in circles if f"spaces/{name}/index.html" in own.site)
    practice = next(name.split("/")[1] for name in own.site if re.match(r"practices/[^/]+/", name))
    principle = next(name.split("/")[1] for name in own.site if re.match(r"principles/[^/]+/", name))
    return space, practice, principle


def test_on_the_own_site_only_pages_that_tell_of_what_the_note_names_change(
    own: Built, note_in_own: tuple[str, str, str], tmp_path: Path
) -> None:
    space, practice, principle = note_in_own
    project = copy_of_own(tmp_path / "project")
    note = NOTE.replace("[check-in-round]", f"[{practice}]").replace("[shared-ownership]", f"[{principle}]")
    write_files(project, {f"spaces/{space}/harvests/2022-03-02-two-minutes-of-quiet.md": note})
    built = build(project, "--strict", env=environment(own_day()))
    assert built.code == 0, built.output
    named = {
        f"spaces/{space}/",
        f"spaces/{space}/2022-03-02-two-minutes-of-quiet/",
        f"practices/{practice}/",
        f"principles/{principle}/",
    }
    pages = {page.address: page for page in read_pages(built.site)}
    different = {name.removesuffix("index.html") for name in without_index(changed(own.site, built.site))}
    different -= MACHINES
    assert {"", "find/", *named} <= different
    others = different - FIGURES - {""}
    assert {address for address in others if not _tells_of(pages[address], named)} == set()


def _tells_of(page: Page, named: set[str]) -> bool:
    """Whether a page is one of these, or links to one."""
    return page.address in named or any(link.address in named for link in page.content_links)
