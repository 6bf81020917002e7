"""The four questions and the previews of links, in a real browser: by mouse, by keyboard, without a script."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect
from tests.served import chromium, served
from tests.sites import build as build_site, own_site, write_project
from tests.small_library import LIBRARY

pytestmark = pytest.mark.browser

PATIENCE: Final = 90_000
AXE: Final = Axe().axe_script
VIOLATIONS: Final = """
axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`)))
"""
NOTED: Final = """\
---
title: What was lost
date: 2021-10-01
content_note: Speaks of losing work.
consent: {level: public, given: 2021-10-02, by: group}
practices: [check-in-round]
---

The mill closed on a Tuesday.
"""
"""A note with something to know before reading."""
PRACTICE: Final = "practices/check-in-round/"
TO_NOTED: Final = "a[href$='2021-10-01-what-was-lost/']"
TO_SPACE: Final = ".pl-facts a[href$='spaces/riverside/']"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a browser."""
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the repository's own site on a server."""
    with served(own_site("english", tmp_path_factory).project / "site") as start:
        yield start


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the same in French."""
    with served(own_site("french", tmp_path_factory).project / "site") as start:
        yield start


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the small library, with a note that has a content note."""
    files = {**LIBRARY, "spaces/hill/harvests/2021-10-01-what-was-lost.md": NOTED}
    project = write_project(tmp_path_factory.mktemp("small"), files, options={"source": "private"})
    built = build_site(project, "--strict")
    assert built.code == 0, built.output
    with served(project / "site") as start:
        yield start


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a reader's own."""
    with browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", service_workers="block"
    ) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


# The four questions.


def kinds_shown(page: Page) -> list[str]:
    """Give the kinds that the answers point to."""
    shown = page.locator(".pl-choosing__result [data-kind]:visible").all()
    return [kind.get_attribute("data-kind") or "" for kind in shown]


def test_answers_by_keyboard_point_to_a_kind_and_say_why(page: Page, own: str) -> None:
    page.goto(f"{own}types/")
    assert kinds_shown(page) == []
    page.locator("input[name=together]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert kinds_shown(page) == ["community-of-practice"]
    assert page.locator(".pl-choosing__said").inner_text().strip().endswith("Community of practice.")
    result = page.locator(".pl-choosing__kind:visible")
    assert result.locator("li:visible").count() == 1
    assert "Work that they all do" in result.inner_text()
    assert result.locator("a[href*='spaces/']").count()
    marked = page.locator(".pl-compare tr.pl-chosen")
    assert marked.get_attribute("data-kind") == "community-of-practice"
    assert marked.locator(".pl-chosen-mark").is_visible()


def test_answers_are_kept_in_the_address_and_taken_back_by_starting_again(page: Page, own: str) -> None:
    page.goto(f"{own}types/")
    page.get_by_label("A project that they are all part of").check()
    page.get_by_label("Relationships that lead to doing more together").check()
    assert page.url == f"{own}types/?together=project&outcome=relationships"
    page.reload()
    assert kinds_shown(page) == ["community-of-learning"]
    page.get_by_role("button", name="Start again").click()
    expect(page.locator(".pl-choosing__result")).to_be_hidden()
    assert page.url == f"{own}types/"
    assert page.locator(".pl-chosen").count() == 0


def test_answers_that_point_to_several_kinds_show_them_all(page: Page, own: str) -> None:
    page.goto(f"{own}types/?together=challenge&need=be-heard&people=nobody-knows&made-up=1")
    assert kinds_shown(page) == ["social-innovation-lab", "community-of-healing"]
    assert page.locator("article input:checked").count() == 2


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_the_answer_and_nothing_scrolls_sideways(
    page: Page, own: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{own}types/?together=experience&need=be-heard&people=own&outcome=next-step")
    assert kinds_shown(page) == ["community-of-healing"]
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_questions_are_asked_in_french_too(page: Page, french: str) -> None:
    page.goto(f"{french}types/?together=craft")
    assert "Communauté de pratique" in page.locator(".pl-choosing__said").inner_text()
    assert page.locator("legend").first.inner_text() == "Qu’est-ce qui réunirait les gens?"


def test_without_a_script_each_answer_says_what_it_speaks_for_and_marks_it(
    browser: Browser, own: str
) -> None:
    with browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.goto(f"{own}types/")
        answer = page.locator("label", has=page.locator("input[value=craft]"))
        assert "speaks for: Community of practice" in answer.inner_text()
        mark = page.locator("tr[data-kind=community-of-practice] .pl-chosen-mark")
        assert not mark.is_visible()
        answer.click()
        assert mark.is_visible()
        assert page.locator(".pl-chosen-mark:visible").count() == 1


# Previews.


def preview(page: Page) -> str:
    """Wait for the preview, and give what it says."""
    card = page.locator("#pl-preview")
    card.wait_for(state="visible")
    return card.inner_text()


def test_the_mouse_shows_where_a_link_leads_and_may_move_onto_it(page: Page, small: str) -> None:
    page.goto(f"{small}{PRACTICE}")
    link = page.locator(TO_SPACE)
    link.hover()
    assert "Coaches who learn from one another’s cases." in preview(page)
    assert link.get_attribute("aria-describedby") == "pl-preview"
    box = page.locator("#pl-preview").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=4)
    page.wait_for_timeout(700)
    assert page.locator("#pl-preview").is_visible()
    page.mouse.move(5, 5)
    page.locator("#pl-preview").wait_for(state="hidden")
    assert link.get_attribute("aria-describedby") is None


def test_the_keyboard_shows_it_and_escape_puts_it_away(page: Page, small: str) -> None:
    page.goto(f"{small}{PRACTICE}")
    page.locator(".pl-facts a[href*='roles/']").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.locator(TO_SPACE).evaluate("link => link === document.activeElement")
    assert "Riverside coaches" in preview(page)
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    page.keyboard.press("Escape")
    assert not page.locator("#pl-preview").is_visible()
    assert page.locator(TO_SPACE).evaluate("link => link === document.activeElement")


def test_what_has_a_content_note_shows_the_note_and_not_its_text(page: Page, small: str) -> None:
    page.goto(f"{small}{PRACTICE}")
    page.locator(TO_NOTED).first.hover()
    shown = preview(page)
    assert "What was lost" in shown
    assert "Speaks of losing work." in shown
    assert "Tuesday" not in shown
    assert "October" not in shown


def test_only_links_to_entries_have_a_preview(page: Page, small: str) -> None:
    page.goto(f"{small}{PRACTICE}")
    for link in (".pl-crumbs li:nth-child(2) a", ".pl-facts a[href='#evidence']"):
        page.locator(link).first.hover()
        page.wait_for_timeout(900)
        assert page.locator("#pl-preview:visible").count() == 0


@pytest.mark.parametrize("with_touch", [True, False])
def test_nothing_is_fetched_for_a_preview_by_touch_or_where_data_is_saved(
    browser: Browser, small: str, *, with_touch: bool
) -> None:
    with browser.new_context(has_touch=with_touch, viewport={"width": 800, "height": 900}) as context:
        context.set_default_timeout(PATIENCE)
        if not with_touch:
            context.add_init_script(
                "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
            )
        page = context.new_page()
        asked: list[str] = []

        def refuse(route: Route) -> None:
            asked.append(route.request.url)
            route.abort()

        page.goto(f"{small}{PRACTICE}")
        page.route("**/preview.*", refuse)
        link = page.locator(TO_SPACE)
        link.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
        if with_touch:
            link.tap()
        else:
            link.hover()
        page.wait_for_timeout(700)
        assert asked == []
