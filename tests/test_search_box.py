"""The search in the head of every page, in a real browser: by shortcut, by arrow keys, on a phone, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from tests.served import axe_violations, chromium, served
from tests.sites import own_site

pytestmark = pytest.mark.browser

NARROW: Final = ViewportSize(width=320, height=640)
DEEP: Final = "practices/check-in-round/"
FIELD: Final = "#pl-search input"
OPTIONS: Final = "#pl-search [role=option]"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser for all tests of this file."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of the repository's own site."""
    built = own_site("english", tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.project / "site") as found:
        yield found


@pytest.fixture(scope="module")
def mounted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the same below the path that it is meant for, which the page where there is no page needs."""
    folder = tmp_path_factory.mktemp("mounted")
    (folder / "practice-library").symlink_to(own_site("english", tmp_path_factory).project / "site")
    with served(folder) as found:
        yield f"{found}practice-library/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a reader's own."""
    with browser.new_context(reduced_motion="reduce", service_workers="block") as context:
        yield context.new_page()


def type_in(page: Page, text: str) -> None:
    """Type into the search in the head and wait for the list."""
    page.keyboard.press("/")
    page.keyboard.insert_text(text)  # all at once: the list comes once, and stays
    page.locator(OPTIONS).first.wait_for()


def active(page: Page) -> str:
    """Give the id of the option that the arrow keys have come to."""
    return page.locator(FIELD).get_attribute("aria-activedescendant") or ""


def has_focus(page: Page, selector: str) -> bool:
    return bool(page.evaluate("s => document.activeElement.matches(s)", selector))


def test_on_a_deep_page_the_arrow_keys_lead_to_a_result_and_enter_follows(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "talking pie")
    field = page.locator(FIELD)
    assert (field.get_attribute("role"), field.get_attribute("aria-expanded")) == ("combobox", "true")
    assert 2 <= page.locator(OPTIONS).count() <= 7
    assert active(page) == ""
    page.keyboard.press("ArrowDown")
    first = page.locator(f"#{active(page)}")
    assert first.get_attribute("aria-selected") == "true"
    assert "Talking piece" in first.inner_text()
    assert has_focus(page, FIELD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{start}practices/talking-piece/")


def test_the_arrow_keys_go_round_and_the_last_option_leads_to_all_results(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    page.keyboard.press("ArrowUp")
    last = page.locator(OPTIONS).last
    assert last.get_attribute("id") == active(page)
    page.keyboard.press("ArrowDown")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    promised = "".join(filter(str.isdigit, last.inner_text()))
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=circle")
    page.locator("#pl-finder-total", has_text=promised).wait_for()


def test_enter_without_a_choice_leads_to_the_finder(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=circle")


def test_escape_puts_the_list_away_and_leaves_what_was_typed(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    page.keyboard.press("Escape")
    assert not page.locator(OPTIONS).first.is_visible()
    assert page.locator(FIELD).get_attribute("aria-expanded") == "false"
    assert page.locator(FIELD).input_value() == "circle"
    assert has_focus(page, FIELD)


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_shortcut_leads_to_the_search_but_not_while_typing(page: Page, start: str, keys: str) -> None:
    page.goto(f"{start}{DEEP}")
    page.keyboard.press(keys)
    assert has_focus(page, FIELD)
    page.keyboard.type("one/two")
    assert page.locator(FIELD).input_value() == "one/two"


def test_a_shortcut_leads_back_from_a_box_that_was_ticked(page: Page, start: str) -> None:
    page.goto(f"{start}find/")
    page.locator("#pl-finder-facets input").first.check()
    page.keyboard.press("/")
    assert has_focus(page, "#pl-finder-text")


def test_a_content_note_says_what_it_is(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "kitchen-table circle")
    assert "Content note: " in page.locator(OPTIONS, has_text="Kitchen-table circle").first.inner_text()


def test_nothing_of_the_search_is_fetched_before_somebody_goes_to_it(page: Page, start: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(start)))
    page.goto(f"{start}{DEEP}", wait_until="networkidle")
    assert [url for url in asked if url.startswith("search/") or "/search/" in url or "box" in url] == []
    page.keyboard.press("/")
    page.keyboard.type("circle")
    page.locator(OPTIONS).first.wait_for()
    assert "search/index.json" in asked


def test_what_is_not_found_leads_on(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "xqzwyvk")
    assert "xqzwyvk" in page.locator(".pl-search__told").inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{start}find/")


def test_a_search_that_cannot_be_loaded_says_so_and_leads_on(page: Page, start: str) -> None:
    page.route("**/search/index.json", lambda route: route.abort())
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    assert "could not be loaded" in page.locator(".pl-search__told").inner_text()
    assert page.locator(OPTIONS).first.get_attribute("href") == f"{start}find/"


def test_the_number_of_results_is_told(page: Page, start: str) -> None:
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    told = page.locator("#pl-search [role=status]").text_content() or ""
    promised = "".join(filter(str.isdigit, page.locator(OPTIONS).last.inner_text()))
    assert told.startswith(f"{promised} results")


def test_on_a_phone_a_button_opens_it_and_escape_gives_the_button_back(page: Page, start: str) -> None:
    page.set_viewport_size(NARROW)
    page.goto(f"{start}{DEEP}")
    button = page.locator(".pl-search-button")
    button.focus()
    page.keyboard.press("Enter")
    assert has_focus(page, FIELD)
    assert button.get_attribute("aria-expanded") == "true"
    page.keyboard.type("circle")
    page.locator(OPTIONS).first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert axe_violations(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert has_focus(page, ".pl-search-button")
    assert button.get_attribute("aria-expanded") == "false"


def test_without_a_script_the_form_leads_to_the_list_of_everything(browser: Browser, start: str) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{start}{DEEP}")
        page.locator("header input").fill("circle")
        page.keyboard.press("Enter")
        page.wait_for_url(f"{start}find/?q=circle")
        assert page.locator("#pl-finder-shelves h2").first.is_visible()
        page.set_viewport_size(NARROW)
        page.goto(f"{start}{DEEP}")
        assert not page.locator("header input").is_visible()
        page.locator("header form button").click()
        page.wait_for_url(f"{start}find/?q=")
        assert page.locator("#pl-finder-shelves h2").first.is_visible()


@pytest.mark.parametrize("address", ["", "404.html"])
def test_the_field_in_the_page_is_the_same(page: Page, mounted: str, address: str) -> None:
    page.goto(f"{mounted}{address}")
    field = page.locator("article form.pl-search input")
    field.fill("circle")  # at once: what is found for the first letters would go again
    option = page.locator("article [role=option]").first
    option.wait_for()
    page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert axe_violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_the_list_is_open(page: Page, start: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{start}{DEEP}")
    type_in(page, "circle")
    page.keyboard.press("ArrowDown")
    assert axe_violations(page) == []
