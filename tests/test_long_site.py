"""Long lists on a built site, as a reader meets them: on a phone, in the dark, on paper, by keyboard."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.long_library import LIBRARY
from tests.pages import Page as Read, file_of, read_pages
from tests.served import axe_violations, chromium, served
from tests.sites import TODAY, Built, build, write_files, write_project

from practice_library.build import Options, SourceAccess, build as build_core
from practice_library.parts import BOUNDS
from practice_library.render import Renderer

PAGES: Final = (
    "questions/growth/",
    "questions/growth/answers/2019/",
    "principles/shared-ownership/",
    "principles/shared-ownership/own-words/a/",
    "principles/shared-ownership/carried-harvest/2020/",
    "practices/",
    "practices/emerging/a/",
    "practices/round/evidence/2025/",
    "spaces/meadow/",
    "spaces/meadow/practices/a/",
    "spaces/meadow/timeline/2016/",
)
"""One page of each form that the parts of lists have, and those that lead to them."""


def _site(name: str, folders: pytest.TempPathFactory) -> Built:
    language, directory_urls = {"english": ("en", True), "french": ("fr", False)}[name]
    root = folders.mktemp(name) / "project"
    made = build(
        write_project(
            root,
            LIBRARY,
            language=language,
            options={"source": "private"},
            use_directory_urls=directory_urls,
        ),
        "--strict",
    )
    assert made.code == 0, made.output
    return made


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the site of the library with long lists."""
    return _site("english", tmp_path_factory)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give it in French, with pages that are files."""
    return _site("french", tmp_path_factory)


@pytest.fixture(scope="module", params=["english", "french"])
def pages(request: pytest.FixtureRequest) -> tuple[Built, list[Read]]:
    """Give the pages of each site in turn."""
    built: Built = request.getfixturevalue(request.param)
    return built, read_pages(built.site)


def test_every_link_leads_somewhere_and_every_page_can_be_read(pages: tuple[Built, list[Read]]) -> None:
    built, found = pages
    ids = {page.name: set(page.ids) for page in found}
    broken = []
    for page in found:
        for link in page.links:
            file = file_of(link.address, built.site) if link.is_internal else ""
            if file is None or (file and link.anchor and link.anchor not in ids.get(file, ())):
                broken.append(f"{page.name}: {link.written}")
    assert broken == []
    assert [page.name for page in found if page.errors] == []
    twice = {page.name: [i for i, n in Counter(page.ids).items() if n > 1] for page in found}
    assert {name: names for name, names in twice.items() if names} == {}


def test_every_page_is_reached_by_links_alone(pages: tuple[Built, list[Read]]) -> None:
    known = {page.address: page for page in pages[1]}
    reached, ahead = {""}, [""]
    while ahead:
        found = {
            link.address.removesuffix("index.html") for link in known[ahead.pop()].links
        } & known.keys() - reached
        reached |= found
        ahead += sorted(found)
    assert known.keys() - reached - {"404.html"} == set()


def test_no_page_is_heavy_for_what_it_lists(english: Built) -> None:
    pages = (name for name in english.site if name.endswith(".html"))
    written = ("contribute/", "map/", "find/")
    sizes = {name: len(english.site[name]) for name in pages if not name.startswith(written)}
    assert {name: size for name, size in sizes.items() if size > 60_000} == {}


def test_parts_are_not_what_search_finds(english: Built) -> None:
    index = [zlib.decompress(data) for name, data in english.site.items() if name.endswith(".bin")]
    assert any(b"questions/growth/" in block for block in index)
    assert not any(b"answers/2019" in block for block in index)


# In a browser.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the browser that `scripts/test` found."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def home(english: Built) -> Iterator[str]:
    """Give the URL of the English site."""
    with served(english.project / "site") as url:
        yield url


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    browser: Browser, home: str, scheme: Literal["light", "dark"], width: int
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 700}, color_scheme=scheme, service_workers="block"
    )
    page = context.new_page()
    wrong: dict[str, object] = {}
    for address in PAGES:
        page.goto(home + address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found = [*axe_violations(page), *([f"{wide} pixels wide"] if wide > width else [])]
        wrong |= {address: found} if found else {}
    context.close()
    assert wrong == {}


@pytest.mark.browser
def test_all_answers_are_read_by_keyboard_without_a_script(browser: Browser, home: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}questions/growth/")
    assert page.locator(".pl-answer").count() == 30
    _press(page, page.locator("nav[aria-labelledby=pl-list-answers] a").first)
    answers = page.locator(".pl-answer p:first-child").all_inner_texts()
    while page.locator(".pl-neighbours a[rel=next]").count():
        _press(page, page.locator(".pl-neighbours a[rel=next]"))
        answers += page.locator(".pl-answer p:first-child").all_inner_texts()
    context.close()
    written = re.findall("We grew by .*", "\n".join(LIBRARY.values()))
    assert Counter(answers) == Counter(written)


def _press(page: Page, link: Locator) -> None:
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.browser
def test_a_map_without_a_list_of_all_ties_tells_them_at_hand(
    browser: Browser, home: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, LIBRARY)
    made = build_core(tmp_path, tmp_path / "spaces", Options(today=TODAY, source=SourceAccess.PRIVATE))
    monkeypatch.setattr("practice_library.parts.BOUNDS", replace(BOUNDS, map=100))
    content = Renderer(made).render(next(p for p in made.plan.pages if p.template == "map")).html
    script = '<script type="module" src="../assets/pl/map.js"></script>'
    page = browser.new_page()
    page.route("**/map/", lambda route: route.fulfill(content_type="text/html", body=content + script))
    page.goto(f"{home}map/")
    page.wait_for_selector(".pl-map--live")
    page.locator("svg a[href$='practices/round/']").focus()
    told = page.locator(".pl-map__about").inner_text()
    assert told.startswith("Round Also in:")
    assert told.count(",") == 7
    assert re.search(r" \+5\d", told)
    assert (page.locator(".pl-map__ties path").get_attribute("d") or "").count("M") >= 60
    page.close()
