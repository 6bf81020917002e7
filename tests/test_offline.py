"""What a reader's device keeps: everything of a small library, nothing that is no longer in the build."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from tests.served import chromium, served
from tests.sites import Built, build, write_files, write_project
from tests.small_library import LIBRARY

from practice_library import offline
from practice_library.walking import files_below

PAGE: Final = "practices/check-in-round/"
KEPT: Final = """async () => {
  const names = await caches.keys();
  const all = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return all.flat().map(({url}) => url);
}"""
SITE: Final = {
    "index.html": '<link href="a.css" rel="stylesheet"><script src="a.js"></script>',
    "find/index.html": '<link rel="canonical" href="https://example.org/"><img src="../pictures/1.png">',
    "notes/one/index.html": "One.",
    "a.css": 'body { background: url("b.svg") }',
    "a.js": 'import { c } from "./c.js"; import("./d.js");',
    "b.svg": "<svg/>",
    "c.js": "",
    "d.js": "",
    "lonely.js": "",
    "pictures/1.png": "",
    "search/index.json": "{}",
}


def build_of(site: Path) -> dict[str, Any]:
    """Read the list in the script of a site."""
    found = re.search(r"practiceLibrary = (\{.*\});", offline.worker(site, files_below(site)))
    assert found is not None
    made: dict[str, Any] = json.loads(found[1])
    return made


def written(folder: Path, files: Mapping[str, str]) -> Path:
    write_files(folder, files)
    return folder


def test_the_first_visit_keeps_the_finder_with_all_that_it_needs(tmp_path: Path) -> None:
    made = build_of(written(tmp_path, SITE))
    assert set(made["first"]) == {"", "find/", "a.css", "a.js", "b.svg", "c.js", "d.js", "pictures/1.png"}


def test_of_a_small_site_every_page_is_kept_and_the_search(tmp_path: Path) -> None:
    assert set(build_of(written(tmp_path, SITE))["rest"]) == {"notes/one/", "search/index.json"}


def test_of_a_large_site_only_what_is_read_is_kept(tmp_path: Path) -> None:
    large = {**SITE, "search/1.bin": "x" * (offline.SMALL + 1)}
    assert build_of(written(tmp_path, large))["rest"] == {}


@pytest.mark.parametrize("name", SITE)
def test_whatever_changes_changes_the_version(tmp_path: Path, name: str) -> None:
    before = build_of(written(tmp_path, SITE))["version"]
    written(tmp_path, {name: f"{SITE[name]} "})
    assert build_of(tmp_path)["version"] != before


def test_what_is_gone_changes_the_version(tmp_path: Path) -> None:
    before = build_of(written(tmp_path, SITE))["version"]
    (tmp_path / "notes/one/index.html").unlink()
    assert build_of(tmp_path)["version"] != before


def test_the_script_does_not_tell_of_itself_or_of_the_marks_of_a_build(tmp_path: Path) -> None:
    before = build_of(written(tmp_path, SITE))
    written(tmp_path, {offline.NAME: "old", ".practice-library": "x"})
    assert build_of(tmp_path) == before


# In sites.


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the small library as everyone sees it."""
    project = write_project(tmp_path_factory.mktemp("public"), LIBRARY, options={"source": "private"})
    built = build(project)
    assert built.code == 0, built.output
    return built


@pytest.fixture(scope="module")
def members(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the same for members."""
    options = {"source": "private", "audience": "members"}
    built = build(write_project(tmp_path_factory.mktemp("members"), LIBRARY, options=options))
    assert built.code == 0, built.output
    return built


def test_nothing_of_the_members_edition_asks_to_be_kept(public: Built, members: Built) -> None:
    assert offline.NAME in public.site
    assert offline.NAME not in members.site
    pages = [name for name in members.site if name.endswith(".html")]
    told = re.compile(rb"data-pl-keep|offline")
    assert [name for name in pages if told.search(members.site[name])] == []
    assert b'<html lang="en" data-pl-keep>' in public.site["index.html"]
    words = "assets/pl/frame-words.js"
    assert b"You are offline." in public.site[words]
    assert b"You are offline." not in members.site[words]


# In a browser.


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture
def site(public: Built, tmp_path: Path) -> Path:
    """Give a copy of the site, to be changed."""
    return Path(shutil.copytree(public.project / "site", tmp_path / "site"))


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a reader with a device of their own."""
    with browser.new_context() as found:
        yield found


def kept(page: Page, start: str) -> set[str]:
    """Give the addresses that the device keeps."""
    urls: list[str] = page.evaluate(KEPT)
    return {url.removeprefix(start) for url in urls}


def wait_until_kept(page: Page, start: str, wanted: set[str]) -> None:
    """Wait until the device keeps just these pages, whatever else."""
    for _ in range(300):
        if {url for url in kept(page, start) if not url or url.endswith("/")} == wanted:
            return
        page.wait_for_timeout(100)
    raise AssertionError(kept(page, start) ^ wanted)


def pages_of(site: Path) -> set[str]:
    names = (path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    return {name.removesuffix("index.html") for name in names}


@pytest.mark.browser
def test_after_the_first_page_everything_works_without_a_network(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    with served(site) as start:
        page.goto(f"{start}{PAGE}")
        wait_until_kept(page, start, pages_of(site))
    context.set_offline(True)
    page.goto(f"{start}practices/talking-piece/")
    assert page.locator("h1").inner_text() == "Talking piece"
    assert page.locator("#pl-offline").is_visible()
    page.goto(f"{start}find/?q=talking")
    page.locator("#pl-finder-results h3 a", has_text="Talking piece").first.wait_for()
    page.locator(".pl-facet input[value=practice]").check()
    page.wait_for_url("**/find/?q=talking&kind=practice")
    page.goto(f"{start}{PAGE}")
    page.keyboard.press("/")
    page.keyboard.type("talking")
    page.locator("#pl-search [role=option]", has_text="Talking piece").first.wait_for()


@pytest.mark.browser
def test_what_is_no_longer_in_the_build_is_thrown_out(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    with served(site) as start:
        page.goto(start)
        wait_until_kept(page, start, pages_of(site))
        shutil.rmtree(site / PAGE)
        (site / offline.NAME).write_text(offline.worker(site, files_below(site)), encoding="utf-8")
        page.goto(f"{start}practices/talking-piece/")
        wait_until_kept(page, start, pages_of(site))
        assert PAGE not in kept(page, start)
        assert len(page.evaluate("async () => caches.keys()")) == 1


@pytest.mark.browser
def test_a_page_that_is_gone_is_thrown_out_where_it_is_asked_for(context: BrowserContext, site: Path) -> None:
    page = context.new_page()
    with served(site) as start:
        page.goto(start)
        wait_until_kept(page, start, pages_of(site))
        shutil.rmtree(site / PAGE)
        page.goto(f"{start}{PAGE}")
        page.goto(start)
        assert PAGE not in kept(page, start)


@pytest.mark.browser
def test_pages_of_another_site_below_this_one_are_not_kept(
    context: BrowserContext, site: Path, members: Built
) -> None:
    shutil.copytree(members.project / "site", site / "members")
    page = context.new_page()
    with served(site) as start:
        page.goto(start)
        wait_until_kept(page, start, pages_of(site) - {name for name in pages_of(site) if "members/" in name})
        page.goto(f"{start}members/{PAGE}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(300)
        assert [url for url in kept(page, start) if url.startswith("members/")] == []
