"""The finder in a real browser: typing and choosing, what the counts promise, addresses, and when nothing is found."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from typing import Any, Final, Literal

import pytest
from playwright.sync_api import Browser, Page, Response, Route, ViewportSize
from tests.served import axe_violations, chromium, served
from tests.sites import own_site

pytestmark = pytest.mark.browser

NARROW: Final = ViewportSize(width=320, height=640)
WIDE: Final = ViewportSize(width=1280, height=900)
LIGHT: Final = 150_000
"""Bytes that the page may weigh before a search, compressed, with everything."""
TITLES: Final = "#pl-finder-results h3 a"
TOTAL: Final = "#pl-finder-total"
FIELD: Final = "#pl-finder-text"
FOUND: Final = "#pl-finder-found"
VALUES: Final = ".pl-facet__value:not([hidden]) input"
ANSWERED: Final = "#pl-finder-found[aria-busy=false]"
READY: Final = ".pl-facet"


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
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of the same site in French."""
    built = own_site("french", tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.project / "site") as found:
        yield found


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Give an empty page of a reader's own."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce", service_workers="block") as context:
        yield context.new_page()


def ask(page: Page, start: str, query: str) -> None:
    """Open the finder at an address and wait for its answer."""
    page.goto(f"{start}find/{query}")
    page.locator(READY).first.wait_for(state="attached")
    settle(page)


def settle(page: Page) -> None:
    """Wait until what is asked has been answered."""
    page.locator(ANSWERED).wait_for(state="attached")


def until(page: Page, expression: str) -> None:
    """Wait until something holds; as a function, which the policy of the page lets run."""
    page.wait_for_function(f"() => {expression}")


def total(page: Page) -> int:
    """Give how many results the page says there are."""
    return int(re.sub(r"\D", "", page.locator(TOTAL).inner_text()) or 0)


def counts(page: Page) -> dict[tuple[str, str], tuple[int, bool]]:
    """Give the count of each value shown in the facets, folded ones too, and whether it is chosen."""
    rows: list[list[Any]] = page.evaluate(
        "[...document.querySelectorAll('.pl-facet input')].map(e => [e.name, e.value,"
        " Number(e.parentElement.querySelector('.pl-count').textContent.replace(/\\D/g, '')), e.checked])"
    )
    return {(facet, value): (count, chosen) for facet, value, count, chosen in rows}


def results_of(page: Page, address: str) -> int:
    """Give how many results there are at an address of the finder, as the address itself is answered."""
    page.goto(address)
    page.locator(f"{ANSWERED}:not([hidden])").wait_for()
    return total(page)


def has_focus(page: Page, selector: str) -> bool:
    return bool(page.evaluate("s => document.activeElement.matches(s)", selector))


# What comes first.


def test_the_page_is_light_before_a_search(page: Page, start: str) -> None:
    weights: dict[str, int] = {}

    def weigh(response: Response) -> None:
        body = response.body()
        packed = response.url.endswith((".woff2", ".bin", ".png"))
        weights[response.url.removeprefix(start)] = len(body) if packed else len(gzip.compress(body))

    page.on("response", weigh)
    page.goto(f"{start}find/", wait_until="networkidle")
    page.locator(READY).first.wait_for(state="attached")
    assert "search/index.json" in weights
    assert sum(weights.values()) < LIGHT, weights


def test_the_first_content_does_not_wait_for_scripts(page: Page, start: str) -> None:
    page.route("**/*.js", lambda _: None)
    page.goto(f"{start}find/", wait_until="commit")
    page.locator("#pl-finder-shelves h2").first.wait_for(state="visible")
    assert page.locator(FIELD).is_visible()


def test_nothing_moves_when_the_facets_arrive(page: Page, start: str) -> None:
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => window.moved += e.value)).observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(f"{start}find/", wait_until="networkidle")
    page.locator(READY).first.wait_for()
    assert page.evaluate("window.moved") < 0.01


# Typing and choosing, by keyboard.


def test_what_is_typed_is_found_and_the_arrow_keys_lead_through_it(page: Page, start: str) -> None:
    page.goto(f"{start}find/")
    page.keyboard.press("/")
    assert has_focus(page, FIELD)
    page.keyboard.type("circle")
    page.locator(TITLES).first.wait_for()
    page.wait_for_url("**/find/?q=circle")
    settle(page)
    first = page.locator(TITLES).first.inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == first
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == page.locator(TITLES).nth(1).inner_text()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert has_focus(page, FIELD)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("h1", has_text=first).wait_for()


def test_a_facet_is_chosen_by_keyboard_and_keeps_the_focus(page: Page, start: str) -> None:
    ask(page, start, "?q=circle")
    box = page.locator(".pl-facet input[value=practice]")
    box.focus()
    before = counts(page)["kind", "practice"][0]
    page.keyboard.press("Space")
    page.wait_for_url("**kind=practice*")
    settle(page)
    assert has_focus(page, "input[value=practice]")
    assert total(page) == before
    kinds = page.locator("#pl-finder-results [data-part=kind]").all_inner_texts()
    assert set(kinds) == {"Practice"}
    page.keyboard.press("Space")
    page.wait_for_url("**/find/?q=circle")
    assert has_focus(page, "input[value=practice]")


def test_the_number_of_results_is_told_once_it_has_settled(page: Page, start: str) -> None:
    ask(page, start, "?q=circle")
    status = page.locator("#pl-finder-status")
    until(page, "document.getElementById('pl-finder-status').textContent !== ''")
    assert status.inner_text().startswith(page.locator(TOTAL).inner_text())
    page.evaluate(
        "window.told = []; new MutationObserver(() => window.told.push("
        "document.getElementById('pl-finder-status').textContent)).observe("
        "document.getElementById('pl-finder-status'), {childList: true, characterData: true, subtree: true})"
    )
    page.locator(FIELD).focus()
    page.keyboard.type(" of trust", delay=30)
    until(page, "window.told.length > 0")
    page.wait_for_timeout(300)
    assert len(page.evaluate("window.told")) == 1


def test_more_results_come_at_a_press_and_the_button_keeps_the_focus(page: Page, start: str) -> None:
    ask(page, start, "?kind=practice")
    assert page.locator(TITLES).count() == 20
    page.locator("#pl-finder-more").focus()
    page.keyboard.press("Enter")
    page.locator(TITLES).nth(39).wait_for()
    assert has_focus(page, "#pl-finder-more")
    titles = page.locator(TITLES).all_inner_texts()
    assert len(set(titles)) == len(titles) == 40
    while page.locator("#pl-finder-more").is_visible():
        shown = page.locator(TITLES).count()
        page.keyboard.press("Enter")
        page.locator(TITLES).nth(shown).wait_for()
    assert page.locator(TITLES).count() == total(page)
    assert has_focus(page, TITLES)


# What the counts promise.


@pytest.mark.parametrize("query", ["?q=circle", "?q=meeting&kind=practice&principle=shared-ownership"])
def test_every_count_is_the_number_of_results_that_choosing_it_gives(
    page: Page, start: str, query: str
) -> None:
    ask(page, start, query)
    promised = counts(page)
    assert sum(count > 0 for count, _ in promised.values()) > 30
    shown_empty = page.locator(".pl-facet__value:not([hidden]) .pl-count", has_text=re.compile(r"^0$"))
    assert shown_empty.count() == 0
    now = total(page)
    wrong = {}
    for (facet, value), (count, chosen) in promised.items():
        if chosen:
            assert 0 < count <= now
            continue
        got = page.evaluate(
            """async ([facet, value]) => {
              const box = document.querySelector(`.pl-facet input[name="${facet}"][value="${value}"]`);
              const found = document.getElementById("pl-finder-found");
              const settled = () => new Promise((done) => {
                const look = () => found.getAttribute("aria-busy") === "false" ? done() : setTimeout(look, 2);
                look();
              });
              box.click();
              await settled();
              const total = document.getElementById("pl-finder-total").textContent.replace(/\\D/g, "");
              box.click();
              await settled();
              return Number(total || 0);
            }""",
            [facet, value],
        )
        if got != count:
            wrong[facet, value] = (count, got)
    assert wrong == {}
    assert total(page) == now


def test_two_values_of_a_facet_widen_and_a_second_facet_narrows(page: Page, start: str) -> None:
    one = results_of(page, f"{start}find/?kind=practice")
    two = results_of(page, f"{start}find/?kind=practice&kind=space")
    spaces = results_of(page, f"{start}find/?kind=space")
    across = results_of(page, f"{start}find/?kind=practice&kind=space&type=community-of-healing")
    assert two == one + spaces
    assert 0 < across < two


# Addresses.


def test_the_address_says_it_all_and_back_and_forward_work(page: Page, start: str) -> None:
    ask(page, start, "?q=circle")
    whole = total(page)
    page.locator(".pl-facet input[value=practice]").check()
    page.wait_for_url("**/find/?q=circle&kind=practice")
    page.locator(".pl-facet input[value=space]").check()
    page.wait_for_url("**/find/?q=circle&kind=practice&kind=space")
    settle(page)
    both = total(page)
    page.go_back()
    settle(page)
    assert page.locator(".pl-facet input:checked").count() == 1
    page.go_back()
    settle(page)
    assert (total(page), page.locator(FIELD).input_value()) == (whole, "circle")
    assert page.locator(".pl-facet input:checked").count() == 0
    page.go_forward()
    page.go_forward()
    settle(page)
    page.locator(".pl-facet input[value=space]:checked").wait_for()
    assert total(page) == both
    page.reload()
    page.locator(f"{ANSWERED}:not([hidden])").wait_for()
    assert total(page) == both
    assert page.locator(".pl-facet input:checked").count() == 2


def test_typing_leaves_one_step_to_go_back(page: Page, start: str) -> None:
    page.goto(start)
    page.goto(f"{start}find/")
    page.locator(FIELD).focus()
    page.keyboard.type("talking piece", delay=20)
    page.wait_for_url("**/find/?q=talking+piece")
    page.go_back()
    assert page.url == start


def test_an_address_with_words_nobody_knows_asks_for_the_rest(page: Page, start: str) -> None:
    expected = results_of(page, f"{start}find/?kind=space")
    assert results_of(page, f"{start}find/?kind=space&kind=nothing&colour=red") == expected


def test_a_chosen_filter_is_taken_away_by_its_chip_and_the_focus_is_not_lost(page: Page, start: str) -> None:
    ask(page, start, "?q=circle&kind=practice&kind=space")
    chips = page.locator(".pl-chip:not(.pl-chip--all)")
    assert chips.count() == 2
    chips.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=circle&kind=space")
    assert has_focus(page, ".pl-chip")
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=circle")
    until(page, "document.activeElement.id === 'pl-finder-total'")


# Nothing found, and nothing fetched.


def test_when_filters_leave_nothing_each_button_gives_what_it_says(page: Page, start: str) -> None:
    query = "?kind=role&year=2021"
    ask(page, start, query)
    assert total(page) == 0
    offers = page.locator("#pl-finder-told .pl-offer", has_text="Without")
    assert offers.count() > 0
    for place in range(offers.count()):
        ask(page, start, query)
        promised = int(re.sub(r"\D", "", offers.nth(place).locator(".pl-count").inner_text()))
        offers.nth(place).click()
        until(page, "document.activeElement.id === 'pl-finder-total'")
        assert total(page) == promised > 0


def test_when_nothing_is_like_it_the_list_of_everything_is_there(page: Page, start: str) -> None:
    ask(page, start, "?q=xqzwyvk")
    assert "xqzwyvk" in page.locator(TOTAL).inner_text()
    assert page.locator("#pl-finder-shelves").is_visible()
    page.get_by_role("button", name="Start over").click()
    until(page, "document.activeElement.id === 'pl-finder-text'")
    assert page.url == f"{start}find/"
    assert not page.locator(FOUND).is_visible()


def test_a_slip_of_the_pen_is_corrected_and_the_page_says_so(page: Page, start: str) -> None:
    ask(page, start, "?q=facilitatr")
    assert total(page) > 0
    told = page.locator("#pl-finder-told").inner_text()
    assert "facilitatr" in told


def test_an_index_that_cannot_be_fetched_leaves_the_list_and_a_way_to_try_again(
    page: Page, start: str
) -> None:
    def refuse(route: Route) -> None:
        route.abort()

    page.route("**/search/index.json", refuse)
    page.goto(f"{start}find/?q=circle")
    again = page.get_by_role("button", name="Try again")
    again.wait_for()
    assert page.locator("#pl-finder-shelves").is_visible()
    assert "could not be loaded" in page.locator(FOUND).inner_text()
    assert axe_violations(page) == []
    page.unroute("**/search/index.json", refuse)
    again.click()
    page.locator(TITLES).first.wait_for()
    assert not page.locator("#pl-finder-shelves").is_visible()


# What a result says.


def test_a_result_says_what_it_is_and_why_it_is_there(page: Page, start: str) -> None:
    ask(page, start, "?q=check-in+round&kind=practice")
    first = page.locator(".pl-result").first
    assert first.locator("[data-part=title]").inner_text() == "Check-in round"
    assert first.locator("[data-part=kind]").inner_text() == "Practice"
    assert first.locator("[data-part=maturity]").inner_text() == "exemplary"
    assert first.locator("mark").count() > 0
    assert "Invented example" in first.inner_text()


def test_a_content_note_comes_before_the_text(page: Page, start: str) -> None:
    ask(page, start, "?q=healing&kind=output")
    with_note = page.locator(".pl-result", has=page.locator("[data-part=note]"))
    assert with_note.count() > 0
    parts = with_note.first.evaluate(
        "e => [...e.querySelectorAll('[data-part]')].map((part) => part.dataset.part)"
    )
    assert parts.index("note") < parts.index("passage")


def test_text_of_another_language_says_which(page: Page, start: str) -> None:
    ask(page, start, "?language=fr")
    assert page.locator(f"{TITLES}[lang=fr]").count() == page.locator(TITLES).count() > 0


# Small screens, French, no script.


def test_at_320_pixels_the_filters_fold_and_nothing_scrolls_sideways(page: Page, start: str) -> None:
    page.set_viewport_size(NARROW)
    ask(page, start, "?q=circle&kind=practice")
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert not page.locator(VALUES).first.is_visible()
    page.locator("#pl-finder-filters").focus()
    page.keyboard.press("Enter")
    assert page.locator(VALUES).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.locator(VALUES).nth(1).check()
    settle(page)
    assert page.locator(VALUES).first.is_visible()


def test_the_finder_speaks_french_and_finds_without_accents(page: Page, french: str) -> None:
    ask(page, french, "?q=guerison")
    assert page.locator("html").get_attribute("lang") == "fr"
    assert re.fullmatch(r"[\d\s]+ résultats?", page.locator(TOTAL).inner_text())
    assert page.locator("#pl-finder-facets summary").first.inner_text() == "De quoi il s’agit"
    marks = page.locator("#pl-finder-results mark").all_inner_texts()
    assert any("guérison" in mark.casefold() for mark in marks)


def test_without_scripts_the_page_lists_everything_and_offers_nothing_that_cannot_work(
    browser: Browser, start: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{start}find/?q=circle")
        assert not page.locator(FIELD).is_visible()
        assert not page.locator("#pl-finder-filters").is_visible()
        folds = page.locator("#pl-finder-shelves details")
        assert folds.count() == 4
        for fold in folds.all():
            fold.locator("summary").click()
            listed = fold.locator("li a[href]")
            assert listed.count() == int(fold.locator(".pl-count").first.inner_text())
            assert listed.first.is_visible()


def test_paper_tells_what_was_asked(page: Page, start: str) -> None:
    ask(page, start, "?q=circle&kind=practice")
    page.emulate_media(media="print")
    after = page.locator(TOTAL).evaluate("heading => getComputedStyle(heading, '::after').content")
    assert "circle" in after
    chips = page.locator("#pl-finder-chips button").locator("visible=true").all_inner_texts()
    assert len(chips) == 1
    assert not page.locator("[role=search]").locator("visible=true").count()


@pytest.mark.parametrize(
    ("scheme", "size"), [("light", WIDE), ("dark", NARROW)], ids=["light and wide", "dark and narrow"]
)
def test_axe_finds_nothing_in_any_state(
    page: Page, start: str, scheme: Literal["light", "dark"], size: ViewportSize
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size(size)
    found = {}
    for query in (
        "",
        "?q=circle",
        "?q=circle&kind=practice&kind=space",
        "?kind=role&year=2021",
        "?q=xqzwyvk",
    ):
        ask(page, start, query)
        if size is NARROW:
            page.locator("#pl-finder-filters").click()
            settle(page)
        page.locator(".pl-facet").evaluate_all("all => all.forEach((facet) => facet.open = true)")
        found[query] = axe_violations(page)
    assert {query: violations for query, violations in found.items() if violations} == {}
