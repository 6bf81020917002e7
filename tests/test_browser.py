"""The repository's own site in a real browser: one page of each kind, looked at as readers look at it.

Each page is visited once, in light and in dark, wide and narrow; what was seen there is kept, and each test
asks one thing of it. `scripts/test` finds the browser and names it in the environment.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect
from tests.pages import longest_of_each_kind, read_pages
from tests.served import chromium
from tests.sites import Built, own_site

from _pages import Handler, Server

pytestmark = pytest.mark.browser

KINDS: Final = (
    "home",
    "door",
    "sheet",
    "find",
    "map",
    "index-spaces",
    "index-practices",
    "index-outputs",
    "index-principles",
    "index-approaches",
    "index-roles",
    "index-questions",
    "index-types",
    "index-initiatives",
    "space",
    "harvest",
    "practice",
    "output",
    "principle",
    "approach",
    "role",
    "question",
    "type",
    "initiative",
    "tombstone",
    "contribute",
    "form-harvest",
    "form-space",
    "form-practice",
    "paper",
    "fields",
    "diagnostics",
    "mistakes",
    "guide",
    "404",
)
"""Every kind of page that the site has; `index-types` is the comparison of the four kinds of space."""
SCHEMES: Final[Mapping[Literal["light", "dark"], str]] = {"light": "default", "dark": "slate"}
"""What a reader's device asks for, and what Material calls it."""
IN_SCHEME: Final = "(name) => document.body.dataset.mdColorScheme === name"
WIDE: Final = ViewportSize(width=1280, height=900)
NARROW: Final = ViewportSize(width=320, height=640)
PATIENCE: Final = 90_000
"""Milliseconds to wait for a page on a machine that has much else to do."""
USELESS_ON_PAPER: Final = "header, .pl-nav, .pl-toc, .pl-beside, .pl-top, [role=search], .pl-print, .pl-edit"
AXE: Final = Axe().axe_script
VIOLATIONS: Final = """
axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`)))
"""
"""What axe finds wrong, and where."""


@dataclass
class Seen:
    """What a visit to one page showed."""

    violations: dict[str, list[str]] = field(default_factory=dict)
    """What axe found, by scheme and width."""
    widths: dict[int, int] = field(default_factory=dict)
    """How wide the page is, by the width of the window."""
    backgrounds: dict[str, str] = field(default_factory=dict)
    """The page's background by scheme."""
    requests: set[str] = field(default_factory=set)
    """Every address that was asked for."""
    complaints: list[str] = field(default_factory=list)
    """Errors in the browser's console."""
    printed: int = 0
    """How much of what paper cannot do is printed."""


@dataclass
class Published:
    """A site on a server of this machine."""

    built: Built
    start: str
    """The URL of its home page."""

    @cached_property
    def pages(self) -> dict[str, str]:
        """Give the URL of one page of each kind: the longest, which has the most to get wrong."""
        addresses = {**longest_of_each_kind(self.built.site), "404": "404.html"}
        return {kind: f"{self.start}{address}" for kind, address in addresses.items()}


class _Handler(Handler):
    """Serves a site below the path that it is meant for, without a word."""

    def __init__(self, *arguments: Any, mount: str, **more: Any) -> None:  # noqa: ANN401 - as it came
        self._mount = mount
        super().__init__(*arguments, **more)

    def translate_path(self, path: str) -> str:
        """Find the file; what lies outside of the site's path is not there."""
        inside = path.removeprefix(self._mount)
        return super().translate_path(f"/{inside}" if inside != path else "/not-on-this-site")


@pytest.fixture(scope="module")
def publish() -> Iterator[Callable[[Built], Published]]:
    """Give a way to put a site on a server."""
    servers: list[Server] = []

    def published(built: Built) -> Published:
        assert built.code == 0, built.output
        mount = urlsplit(read_pages(built.site)[0].place).path
        handler = partial(_Handler, mount=mount, directory=str(built.project / "site"))
        servers.append(Server(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, args=(0.05,), daemon=True).start()
        return Published(built=built, start=f"http://127.0.0.1:{servers[-1].server_port}{mount}")

    yield published
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def site(publish: Callable[[Built], Published], tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Give the repository's own site on a server."""
    return publish(own_site("english", tmp_path_factory))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def visited(site: Published, browser: Browser) -> Iterator[Callable[[str], Seen]]:
    """Give what is seen on the page of a kind, visited once."""
    addresses = site.pages
    with browser.new_context(reduced_motion="reduce", service_workers="block") as context:
        context.set_default_timeout(PATIENCE)
        yield cache(lambda kind: _visit(addresses[kind], context))


def _visit(address: str, context: BrowserContext) -> Seen:
    """Open a page and keep what it shows, light in a wide window, dark in a narrow one, and on paper."""
    seen, page = Seen(), context.new_page()
    page.on("request", lambda request: seen.requests.add(request.url))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.emulate_media(color_scheme="light")
    page.goto(address)
    page.evaluate(AXE)
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(IN_SCHEME, arg=SCHEMES[scheme])
        seen.backgrounds[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
        size = WIDE if scheme == "light" else NARROW
        page.set_viewport_size(size)
        seen.widths[size["width"]] = page.evaluate("document.documentElement.scrollWidth")
        seen.violations[f"{scheme}, {size['width']} px"] = page.evaluate(VIOLATIONS)
    page.emulate_media(media="print")
    seen.printed = page.locator(USELESS_ON_PAPER).locator("visible=true").count()
    page.close()
    return seen


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a reader's own."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce", service_workers="block") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


# One page of each kind.


def test_the_site_has_a_page_of_each_kind(site: Published) -> None:
    assert set(KINDS) <= set(site.pages)


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_light_and_wide_or_dark_and_narrow(
    visited: Callable[[str], Seen], kind: str
) -> None:
    seen = visited(kind)
    assert len(seen.violations) == 2
    assert {where: found for where, found in seen.violations.items() if found} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_scrolls_sideways_at_320_pixels(visited: Callable[[str], Seen], kind: str) -> None:
    assert visited(kind).widths[NARROW["width"]] <= NARROW["width"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_asks_another_host_for_anything(
    visited: Callable[[str], Seen], site: Published, kind: str
) -> None:
    elsewhere = {url for url in visited(kind).requests if not url.startswith((site.start, "data:", "blob:"))}
    assert visited(kind).requests
    assert elsewhere == set()


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_makes_the_browser_complain(visited: Callable[[str], Seen], kind: str) -> None:
    assert visited(kind).complaints == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_paper_cannot_do_is_not_printed(visited: Callable[[str], Seen], kind: str) -> None:
    assert visited(kind).printed == 0


@pytest.mark.parametrize("kind", KINDS)
def test_light_and_dark_are_two(visited: Callable[[str], Seen], kind: str) -> None:
    backgrounds = visited(kind).backgrounds
    assert backgrounds["light"] != backgrounds["dark"]


def test_every_kind_of_page_is_readable_without_scripts(browser: Browser, site: Published) -> None:
    hidden = []
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        page = context.new_page()
        for kind, address in site.pages.items():
            if kind not in KINDS:
                continue
            page.goto(address)
            content = page.locator("article, main").first
            links = (
                content.locator("a[href]:visible").count() + page.locator("header a[href]:visible").count()
            )
            if not (content.locator("h1").first.is_visible() and links):
                hidden.append(kind)
    assert hidden == []


PLACES: Final = """
[".pl-brand", "header input", "h1", ".pl-toc", ".pl-colophon a", "footer"].map((selector) => {
  const box = document.querySelector(selector)?.getBoundingClientRect();
  return box && [selector, box.x, box.y, box.width, box.height].join(" ");
})
"""
"""Where parts of a page stand."""


@pytest.mark.parametrize("kind", ["practice", "harvest", "find"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_moves_when_the_script_makes_what_it_offers(
    browser: Browser, site: Published, kind: str, size: ViewportSize
) -> None:
    places = []
    for comes in (False, True):
        with browser.new_context(viewport=size, reduced_motion="reduce", service_workers="block") as context:
            page = context.new_page()
            if not comes:
                page.route("**/*.js", lambda route: route.abort())
            page.goto(site.pages[kind])
            assert page.locator(".pl-colours").is_visible() == comes
            assert page.locator("article + .pl-colophon .pl-print").count() == comes
            if kind == "find":
                page.evaluate("document.querySelector('.pl-finder').remove()")
            places.append(page.evaluate(PLACES))
    assert places[0] == places[1]


MOVED: Final = """
window.moved = 0;
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.moved += entry.value))
  .observe({type: "layout-shift", buffered: true});
"""
"""Adds up how much of the page moved, as browsers measure it."""
GOOD: Final = 0.1
"""What Web Vitals call good: a paragraph may take a line more or less, but no part of the page another place."""
PAINTED: Final = "() => performance.getEntriesByName('first-contentful-paint').length"
TWO_FRAMES: Final = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"


@pytest.mark.parametrize("kind", ["home", "practice", "harvest", "find"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_nothing_to_speak_of_moves_when_the_fonts_come_late(
    browser: Browser, site: Published, kind: str, size: ViewportSize
) -> None:
    with browser.new_context(viewport=size, service_workers="block") as context:
        page = context.new_page()
        page.add_init_script(MOVED)
        held: list[Route] = []
        page.route("**/*.woff2", lambda route: held.append(route))  # noqa: PLW0108 - it wants a function
        page.goto(site.pages[kind], wait_until="domcontentloaded")
        page.wait_for_function(PAINTED)
        page.evaluate(TWO_FRAMES)
        assert held
        for font in held:
            font.continue_()
        page.evaluate("() => document.fonts.ready.then(() => 0)")
        page.evaluate(TWO_FRAMES)
        assert page.evaluate("window.moved") < GOOD


def test_the_bars_of_the_browser_take_the_colours_that_were_chosen(page: Page, site: Published) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.pages["practice"])
    bars = page.locator("meta[name=theme-color]")
    light = bars.get_attribute("content")
    while page.locator(".pl-colours").get_attribute("data-state") != "dark":
        page.locator(".pl-colours").click()
    assert light == "#fbf7f0"
    assert bars.get_attribute("content") == "#1c1a17"


def test_on_paper_a_page_says_where_it_came_from(page: Page, site: Published) -> None:
    page.goto(site.pages["practice"])
    widths = (
        "['link[rel=canonical]', 'title'].map((s) => document.querySelector(s).getBoundingClientRect().width)"
    )
    assert page.evaluate(widths) == [0, 0]
    page.emulate_media(media="print")
    assert min(page.evaluate(widths)) > 100


# By keyboard alone.

FOCUSED: Final = "document.activeElement"


def tab_until(page: Page, matches: str, *, most: int = 40) -> bool:
    """Press Tab until what has the focus matches a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({matches!r})"):
            return True
    return False


def test_the_first_stop_of_the_keyboard_skips_to_the_content(page: Page, site: Published) -> None:
    page.goto(site.pages["practice"])
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    target = link.get_attribute("href") or ""
    assert target.startswith("#")
    assert link.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(f"!{FOCUSED}.closest('header, .pl-nav')")


def test_the_keyboard_reaches_the_search_and_then_the_first_link_of_the_content(
    page: Page, site: Published
) -> None:
    page.goto(site.pages["practice"])
    assert tab_until(page, ".pl-search-button, #pl-search input")
    assert tab_until(page, "article a")


def test_whatever_has_the_focus_is_seen_to_have_it(page: Page, site: Published) -> None:
    page.goto(site.pages["practice"])
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            f"(({{outlineStyle, outlineWidth, boxShadow}}) => [outlineStyle, outlineWidth, boxShadow])"
            f"(getComputedStyle({FOCUSED}))"
        )
        if style[0] == "none" and style[2] == "none":
            unseen.append(page.evaluate(f"{FOCUSED}.outerHTML.slice(0, 120)"))
    assert unseen == []


@pytest.mark.parametrize(("edition", "language"), [("english", "en"), ("french", "fr")])
def test_search_is_opened_and_finds_by_keyboard_in_each_language(
    page: Page,
    publish: Callable[[Built], Published],
    tmp_path_factory: pytest.TempPathFactory,
    edition: str,
    language: str,
) -> None:
    page.goto(publish(own_site(edition, tmp_path_factory)).pages["practice"])
    assert page.locator("html").get_attribute("lang") == language
    title = page.locator("h1").inner_text()
    assert tab_until(page, ".pl-search-button, #pl-search input")
    if page.evaluate(f"{FOCUSED}.matches('.pl-search-button')"):
        page.keyboard.press("Enter")
    page.keyboard.type(title, delay=5)
    result = page.locator("#pl-search [role=option]").first
    # While the title is still being typed, other results come first.
    expect(result).to_contain_text(title.split()[0], ignore_case=True)


def test_a_term_is_explained_by_enter_and_put_away_by_escape(page: Page, site: Published) -> None:
    site_pages = read_pages(site.built.site)
    with_term = next(found for found in site_pages if "pl-term" in site.built.site[found.name].decode())
    page.goto(f"{site.start}{with_term.address}")
    assert tab_until(page, ".pl-term", most=120)
    tip = page.locator(f"#{page.locator(':focus').get_attribute('popovertarget')}")
    assert not tip.is_visible()
    page.keyboard.press("Enter")
    assert tip.is_visible()
    assert tip.locator("a").is_visible()
    page.keyboard.press("Escape")
    assert not tip.is_visible()
    assert page.evaluate(f"{FOCUSED}.matches('.pl-term')")


def test_the_menu_of_small_screens_is_opened_and_closed_by_keyboard(page: Page, site: Published) -> None:
    page.set_viewport_size(NARROW)
    page.goto(site.pages["practice"])
    assert tab_until(page, ".pl-menu-open")
    page.keyboard.press("Enter")
    page.locator("#pl-menu a").first.wait_for(state="visible")
    assert page.evaluate(f"{FOCUSED}.matches('#pl-menu a')")
    page.keyboard.press("Escape")
    assert not page.locator("#pl-menu").is_visible()
    assert page.evaluate(f"{FOCUSED}.matches('.pl-menu-open')")


def test_the_menu_of_small_screens_closes_behind_whoever_leaves_it(page: Page, site: Published) -> None:
    page.set_viewport_size(NARROW)
    page.goto(site.pages["practice"])
    page.locator(".pl-menu-open").click()
    page.locator("#pl-menu a").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate(f"!{FOCUSED}.closest('#pl-menu')")
    assert not page.locator("#pl-menu").is_visible()


def test_the_menu_of_small_screens_opens_and_closes_without_scripts(
    browser: Browser, site: Published
) -> None:
    with browser.new_context(java_script_enabled=False, viewport=NARROW) as context:
        page = context.new_page()
        page.goto(site.pages["practice"])
        assert not page.locator("#pl-menu").is_visible()
        page.locator(".pl-menu-open").click()
        assert page.locator("#pl-menu a[aria-current]").is_visible()
        page.keyboard.press("Escape")
        assert not page.locator("#pl-menu").is_visible()


def test_chosen_colours_are_there_with_the_first_line_of_the_next_page(page: Page, site: Published) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(site.pages["practice"])
    button = page.locator(".pl-colours")
    while button.get_attribute("data-state") != "dark":
        button.click()
    page.wait_for_function(IN_SCHEME, arg="slate")
    page.route("**/*.js", lambda route: route.abort())
    page.goto(site.pages["home"])
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_without_scripts_colours_follow_the_device(browser: Browser, site: Published) -> None:
    seen = set()
    for scheme in SCHEMES:
        with browser.new_context(java_script_enabled=False, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(site.pages["practice"])
            # What a page without scripts cannot be asked, its picture tells.
            seen.add(page.screenshot(clip={"x": 0, "y": 300, "width": 4, "height": 4}))
            assert not page.locator(".pl-colours").is_visible()
    assert len(seen) == len(SCHEMES)
