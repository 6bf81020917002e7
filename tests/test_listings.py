"""No page lists more than it shows: what is too long for a page is on pages of its own, all of it, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final
from urllib.parse import urljoin

import pytest
from tests import long_library
from tests.sites import TODAY, write_files
from tests.small_library import LIBRARY as SMALL

from practice_library import views
from practice_library.addresses import source_of, url_of
from practice_library.build import Build, Options, SourceAccess, build
from practice_library.library import Ref
from practice_library.lists import PartPage
from practice_library.model import Kind
from practice_library.pages import Page
from practice_library.parts import BOUNDS
from practice_library.render import Renderer
from practice_library.watching import Watch, page_state

LONG: Final = {
    ("spaces/index.md", "community-of-practice"),
    ("practices/index.md", "emerging"),
    ("outputs/index.md", "tool"),
    ("initiatives/index.md", "tables"),
    ("initiatives/tables.md", "spaces"),
    ("types/community-of-practice.md", "spaces"),
    ("spaces/meadow/index.md", "timeline"),
    ("spaces/meadow/index.md", "practices"),
    ("spaces/meadow/index.md", "outputs"),
    ("practices/growing.md", "mentions"),
    ("practices/round.md", "evidence"),
    ("practices/round.md", "used-by"),
    ("practices/round.md", "made-with"),
    ("outputs/the-book.md", "gatherings"),
    ("principles/shared-ownership.md", "own-words"),
    ("principles/shared-ownership.md", "carried-harvest"),
    ("principles/shared-ownership.md", "carried-practice"),
    ("principles/shared-ownership.md", "carried-space"),
    ("roles/facilitator.md", "carried-practice"),
    ("approaches/safe-space.md", "mentions"),
    ("questions/growth.md", "answers"),
}
"""Every list of that library that is longer than its page shows, with the bounds below."""


def made_of(files: Mapping[str, str], root: Path, language: str = "en") -> Build:
    write_files(root, files)
    options = Options(today=TODAY, language=language, source=SourceAccess.PRIVATE)
    made = build(root, root / "spaces", options)
    assert not made.report.has_errors, made.report.diagnostics
    return made


def part_of(page: Page) -> PartPage:
    part = page.values["part"]
    assert isinstance(part, PartPage)
    return part


@dataclass(frozen=True)
class Planned:
    """The pages of a build."""

    made: Build

    def __getitem__(self, source: str) -> Page:
        return next(page for page in self.made.plan.pages if page.source == source)

    @property
    def parts(self) -> list[Page]:
        return [page for page in self.made.plan.pages if page.template == "part"]

    def of(self, source: str) -> list[Page]:
        """Give the pages of the parts that a page of an entry leads to."""
        return [page for page in self.parts if page.values["trail"][-1][1] == source]


@pytest.fixture(scope="module", params=["en", "fr"])
def long(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Planned]:
    """Give the library with long lists, in both languages."""
    with pytest.MonkeyPatch.context() as patch:
        lower_lines(patch)
        yield Planned(made_of(long_library.LIBRARY, tmp_path_factory.mktemp("long"), request.param))


def lower_lines(patch: pytest.MonkeyPatch) -> None:
    """Let lists of lines be long from sixty on, as cards and texts are, so that few notes make one."""
    lines = replace(BOUNDS.lines, whole=59, part=50)
    patch.setattr("practice_library.parts.BOUNDS", replace(BOUNDS, lines=lines))


def test_every_list_that_is_too_long_is_known_to_its_page(long: Planned) -> None:
    assert {(page.source, name) for page in long.made.plan.pages for name in page.lists} == LONG


def test_a_small_library_has_no_pages_of_parts(tmp_path: Path) -> None:
    plan = made_of(SMALL, tmp_path).plan
    assert [page.source for page in plan.pages if page.lists or page.template == "part"] == []


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("questions/growth/answers", Kind.HARVEST),
        ("practices/round/evidence", Kind.HARVEST),
        ("spaces/meadow/timeline", Kind.HARVEST),
        ("principles/shared-ownership/carried-harvest", Kind.HARVEST),
    ],
)
def test_the_parts_of_a_list_show_all_of_it_once(long: Planned, folder: str, kind: Kind) -> None:
    renderer = Renderer(long.made)
    parts = [page for page in long.parts if page.source.startswith(f"{folder}/")]
    notes = {url_of(source_of(Ref(kind=kind, id=note))) for note in long.made.library.harvests}
    if folder.startswith("spaces/meadow"):
        notes = {url for url in notes if url.startswith("spaces/meadow/")}
    linked = Counter(url for page in parts for url in ways_of(renderer.render(page).html, page) & notes)
    assert set(linked) == notes
    assert set(linked.values()) == {1}


def ways_of(html: str, page: Page, *, directory_urls: bool = True) -> set[str]:
    """Give where the links of a page lead, as addresses from the root."""
    here = "https://site.invalid/" + url_of(page.source, directory_urls=directory_urls)
    found = (urljoin(here, href) for href in re.findall(r'href="([^"#]*)[^"]*"', html) if href)
    return {url.removeprefix("https://site.invalid/") for url in found}


@pytest.mark.parametrize("directory_urls", [True, False])
def test_every_way_to_and_from_a_part_leads_to_a_page(long: Planned, *, directory_urls: bool) -> None:
    renderer = Renderer(long.made, directory_urls=directory_urls)
    there = {url_of(page.source, directory_urls=directory_urls) for page in long.made.plan.pages}
    told = [page for page in long.made.plan.pages if page.lists or page.template == "part"]
    lost = {
        page.source: ways_of(renderer.render(page).html, page, directory_urls=directory_urls) - there
        for page in told
    }
    assert {source: ways for source, ways in lost.items() if ways} == {}


def test_every_part_is_reached_from_the_page_it_belongs_to_and_leads_back(long: Planned) -> None:
    renderer = Renderer(long.made)
    for page in long.made.plan.pages:
        parts = long.of(page.source) if page.lists else []
        led = ways_of(renderer.render(page).html, page) if parts else set()
        firsts = {part.source for part in parts if is_first(part)}
        assert {url_of(source) for source in firsts} <= led
        for part in parts:
            assert url_of(page.source) in ways_of(renderer.render(part).html, part)


def is_first(page: Page) -> bool:
    return re.search(r"/\d+\.md$", page.source) is None


def test_no_part_is_empty_or_shows_more_than_it_may(long: Planned) -> None:
    sizes = {page.source: len(part_of(page).items) for page in long.parts}
    assert min(sizes.values()) > 0
    assert {source: size for source, size in sizes.items() if size > 90} == {}


def test_no_two_pages_have_one_address_or_one_title(long: Planned) -> None:
    for directory_urls in (True, False):
        urls = Counter(url_of(page.source, directory_urls=directory_urls) for page in long.made.plan.pages)
        assert [url for url, count in urls.items() if count > 1] == []
    titles = Counter(page.title for page in long.parts)
    assert [title for title, count in titles.items() if count > 1] == []


def test_parts_are_neither_searched_nor_in_a_navigation(long: Planned) -> None:
    assert [page.source for page in long.parts if page.searched or page.listed or page.ref] == []


def test_an_index_shows_the_practices_with_the_most_hosts(long: Planned) -> None:
    library = long.made.library
    shown = long["practices/index.md"].lists["emerging"].first
    others = {p.id for p in library.practices.values()} - {p.id for p in shown}
    least = min(library.maturity[p.id].hosts for p in shown)
    emerging = [p for level, found in views.practices_by_level(library) if level == "emerging" for p in found]
    assert all(library.maturity[p.id].hosts <= least for p in emerging if p.id in others)


# What has to be made anew after an edit.


class States:
    """The pages of a build, each with its state and that of whatever it looked at."""

    def __init__(self, made: Build) -> None:
        self.told: dict[str, tuple[str, tuple[str, ...]]] = {}
        self.html: dict[str, str] = {}
        watch = Watch(made)
        renderer = Renderer(watch.build)
        for page in made.plan.pages:
            looks = watch.looks(partial(self._render, renderer, page))
            self.told[page.source] = (page_state(page), tuple(watch.state(look) for look in sorted(looks)))

    def _render(self, renderer: Renderer, page: Page) -> None:
        self.html[page.source] = renderer.render(page).html

    def anew(self, after: States) -> set[str]:
        """Give the pages that a build with another state has to make anew."""
        return {source for source, told in after.told.items() if self.told.get(source) != told}


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    return States(made_of(long_library.LIBRARY, tmp_path_factory.mktemp("before")))


def years(sources: set[str], folder: str) -> set[str]:
    return {source.removeprefix(f"{folder}/") for source in sources if source.startswith(f"{folder}/")}


@pytest.mark.parametrize("folder", ["questions/growth/answers", "practices/round/evidence"])
def test_after_an_edit_of_an_old_note_only_its_year_is_made_anew(
    states: States, folder: str, tmp_path: Path
) -> None:
    path = long_library.note_path(3)
    text = long_library.LIBRARY[path].replace("We grew by 3.", "We grew by three.")
    edited = text.replace("practices: [round,", "practices: [{id: round, relation: adapted},")
    anew = states.anew(States(made_of({**long_library.LIBRARY, path: edited}, tmp_path)))
    assert years(anew, folder) == {"2019.md"}
    assert f"{folder.rpartition('/')[0]}.md" in anew


def test_after_an_edit_of_an_answer_nothing_else_is_made_anew(states: States, tmp_path: Path) -> None:
    path = long_library.note_path(3)
    text = long_library.LIBRARY[path].replace("We grew by 3.", "We grew by three.")
    anew = states.anew(States(made_of({**long_library.LIBRARY, path: text}, tmp_path)))
    counting = {"questions/index.md", "find/index.md"}
    assert anew - counting == {
        "questions/growth.md",
        "questions/growth/answers/2019.md",
        f"spaces/meadow/{path.rpartition('/')[2]}",
    }


def test_past_years_keep_their_addresses_and_their_bytes_when_a_note_is_added(
    states: States, tmp_path: Path
) -> None:
    added = {"spaces/meadow/harvests/2025-12-30-once-more.md": new_note()}
    after = States(made_of({**long_library.LIBRARY, **added}, tmp_path))
    assert states.told.keys() < after.told.keys()
    parts = {source for source in states.html if re.search(r"/(19|20)\d\d(/\d+)?\.md$", source)}
    changed = {source for source in parts if states.html[source] != after.html[source]}
    assert changed
    assert {source for source in changed if "/2025" not in source} == set()
    assert {source for source in parts & states.anew(after) if "/2025" not in source} == set()


def new_note() -> str:
    return re.sub(r"date: .*", "date: 2025-12-30", long_library.note(7)).replace("Evening 7", "Once more")
