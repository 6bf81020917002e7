"""The contribution form as four people fill it in, in a real browser, and what it promises them on the way.

Each person's file is downloaded, put into a library and checked and built there, as a maintainer would.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, ViewportSize, expect
from tests.served import chromium, served
from tests.sites import Built, build, own_site, run, write_project
from tests.small_library import LIBRARY

pytestmark = pytest.mark.browser

WIDE: Final = ViewportSize(width=1280, height=900)
NARROW: Final = ViewportSize(width=320, height=640)
PATIENCE: Final = 90_000
Files = dict[str, str]
KINDS: Final = ("harvest", "space", "practice")
OPTIONS: Final = {"contact": "library@example.org", "today": "2026-11-24"}
REPOSITORY: Final = "https://github.com/example/library"
AXE: Final = Axe().axe_script
VIOLATIONS: Final = """
axe.run({resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 200)}`)))
"""
IN_SCHEME: Final = "(name) => document.body.dataset.mdColorScheme === name"
"""Whether the page has taken up what the device asks for."""
FOCUSED: Final = "document.activeElement"


@dataclass(frozen=True, kw_only=True)
class Site:
    """A site on a server."""

    start: str


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give a small site in English whose sources are on GitHub."""
    project = write_project(tmp_path_factory.mktemp("english"), LIBRARY, options=OPTIONS, repo_url=REPOSITORY)
    built = build(project)
    assert built.code == 0, built.output
    with served(project / "site") as start:
        yield Site(start=start)


@pytest.fixture(scope="module")
def french(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Give the repository's own site in French."""
    built = own_site("french", tmp_path_factory)
    assert built.code == 0, built.output
    with served(built.project / "site") as start:
        yield Site(start=start)


@contextlib.contextmanager
def reader(browser: Browser) -> Iterator[BrowserContext]:
    """Give somebody's browser, in which nothing was typed yet."""
    with browser.new_context(
        viewport=WIDE, reduced_motion="reduce", accept_downloads=True, service_workers="block"
    ) as made:
        made.set_default_timeout(PATIENCE)
        yield made


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with reader(browser) as made:
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def open_form(page: Page, site: Site, kind: str, step: str = "") -> None:
    """Open a form and wait until its script is ready."""
    page.goto(f"{site.start}contribute/{kind}/{step}")
    page.wait_for_selector("[data-ready]")


def go(page: Page, step: str) -> None:
    """Go to a step by its link."""
    page.locator(f".pl-progress a[href='#pl-step-{step}']").click()
    page.locator(f"#pl-step-{step}").wait_for(state="visible")


def choose(page: Page, field: str, words: str) -> None:
    """Type ahead and take what is suggested first."""
    page.fill(f"#f-{field}-find", words)
    page.keyboard.press("Enter")


def download(page: Page) -> tuple[str, str]:
    """Download the file; give its place in the library and what is in it."""
    go(page, "review")
    with page.expect_download() as found:
        page.click("[data-download]")
    place = page.locator("[data-path]").inner_text()
    assert place.endswith(f"/{found.value.suggested_filename}")
    return place, Path(found.value.path()).read_text(encoding="utf-8")


# Four people.


def hurried(page: Page, english: Site) -> Files:
    """A harvester with no time: a space, a title, a date."""
    open_form(page, english, "harvest")
    page.select_option("#f-space", "hill")
    page.fill("#f-title", "Reading: aloud")
    page.fill("#f-date", "2026-10-14")
    return dict([download(page)])


QUOTES: Final = (
    ("Everyone may read this.", "public", "2026-10-20", "role"),
    ("Everyone, and by my name.", "public", "2026-10-20", "named"),
    ("Only for members.", "members", "2026-10-20", ""),
    ("Not outside this room.", "withheld", "", ""),
    ("I have not been asked.", "", "", ""),
)
"""Words, who may see them, the day of the yes, and how the speaker is named."""


def add_quotes(page: Page) -> None:
    """Add five quotes of five different consents."""
    go(page, "quotes")
    for place, (text, level, given, credit) in enumerate(QUOTES):
        page.click("[data-key=quotes] > .pl-add")
        row = page.locator("[data-key=quotes] .pl-row").nth(place)
        row.locator("[data-key=text] textarea").fill(text)
        row.locator("[data-key=name] input").fill("Ana Ray")
        row.locator("[data-key=role] input").fill("Coach")
        if level:
            row.locator(f"[data-key=level] input[value={level}]").check()
        if given:
            row.locator("[data-key=given] input").fill(given)
        if credit:
            row.locator(f"[data-key=credit] input[value={credit}]").check()


def thorough(page: Page, english: Site) -> Files:
    """A harvester who fills in everything."""
    open_form(page, english, "harvest")
    page.select_option("#f-space", "riverside")
    page.fill("#f-title", "Third circle")
    page.fill("#f-date", "2026-10-14")
    page.fill("#f-participants", "11")
    page.locator("[data-key=harvesters] [data-key=role] input").fill("Circle member")
    go(page, "told")
    page.fill(
        "#f-body", "We met in the back room.\n\n## What we tried\n\nA [[check-in-round]], then silence."
    )
    go(page, "practices")
    choose(page, "practices", "talking")
    page.locator("[data-key=relation] input[value=did-not-work]").check()
    page.locator("[data-key=note] textarea").fill("Nobody saw it.")
    choose(page, "practices", "Tea first")
    page.locator("[data-key=summary] textarea:visible").fill("Tea before talk.")
    go(page, "learned")
    page.locator("[data-key=principles] input[value=shared-ownership]").check()
    page.locator("#f-principles-shared-ownership-words").fill("Ours: all of it.")
    page.locator("[data-key=approaches] input[value=safe-space]").check()
    choose(page, "outputs", "listening")
    go(page, "reflections")
    page.fill("#f-reflections-insights-gained", "Silence helps.\n\nSo does tea.")
    add_quotes(page)
    go(page, "consent")
    page.check("#f-consent-level-public")
    page.fill("#f-consent-given", "2026-10-20")
    page.check("#f-consent-by-group")
    return dict([download(page)])


def in_french(page: Page, french: Site) -> Files:
    """Somebody who describes a new space and its practice in French."""
    open_form(page, french, "space")
    page.fill("#f-title", "L’atelier d’été")
    page.check("#f-type-community-of-practice")
    page.fill("#f-host", "Centre « La Grève »")
    page.fill("#f-purpose", "Apprendre ensemble : dehors, l’été.")
    space = download(page)
    open_form(page, french, "practice")
    page.fill("#f-title", "Marche à deux")
    page.fill("#f-summary", "Deux personnes marchent; l’une parle, l’autre écoute.")
    page.select_option("#f-space", "+")
    page.locator("[data-key=own_space] [data-key=name] input").fill("L’atelier d’été")
    page.locator("[data-key=own_space] input[value=community-of-practice]").check()
    go(page, "how")
    page.fill("#f-time", "20-30 minutes")
    practice = download(page)
    assert space[0] in page.locator("[data-also]").inner_text()
    return dict([space, practice])


def healing(page: Page, english: Site) -> Files:
    """The keeper of a healing circle, who says nothing of consent."""
    open_form(page, english, "space")
    page.fill("#f-title", "Evening circle")
    page.check("#f-type-community-of-healing")
    page.fill("#f-host", "River Centre")
    return dict([download(page)])


@dataclass(frozen=True, kw_only=True)
class Handed:
    """What four people handed over, and the site that came of it."""

    files: dict[str, str]
    checked: Built
    built: Built


@pytest.fixture(scope="module")
def handed(browser: Browser, english: Site, french: Site, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """Let four people fill in the form; put their files into a library, unchanged, and check and build it."""
    files: dict[str, str] = {}
    for person, site in ((hurried, english), (thorough, english), (in_french, french), (healing, english)):
        with reader(browser) as context:
            files |= person(context.new_page(), site)
    options = {**OPTIONS, "source": "private"}
    project = write_project(tmp_path_factory.mktemp("handed"), {**LIBRARY, **files}, options=options)
    checked = run(project, "practice_library.cli", "check")
    return Handed(files=files, checked=checked, built=build(project))


def test_what_four_people_hand_over_passes_the_check_and_builds(handed: Handed) -> None:
    assert handed.checked.code == 0, handed.checked.output
    assert handed.built.code == 0, handed.built.output
    assert sorted(handed.files) == [
        "spaces/evening-circle/space.md",
        "spaces/hill/harvests/2026-10-14-reading-aloud.md",
        "spaces/latelier-dete/practices/marche-a-deux.md",
        "spaces/latelier-dete/space.md",
        "spaces/riverside/harvests/2026-10-14-third-circle.md",
    ]


def test_the_least_that_can_be_said_is_written_and_held(handed: Handed) -> None:
    text = handed.files["spaces/hill/harvests/2026-10-14-reading-aloud.md"]
    assert text == '---\ntitle: "Reading: aloud"\ndate: 2026-10-14\n---\n'
    assert "spaces/hill/2026-10-14-reading-aloud/index.html" not in handed.built.site


def test_of_five_quotes_those_are_shown_whose_speakers_agreed(handed: Handed) -> None:
    shown = handed.built.page("spaces/riverside/2026-10-14-third-circle/")
    assert [quote in shown for quote, *_ in QUOTES] == [True, True, False, False, False]
    assert shown.count("Ana Ray") == 1
    assert "did not work" in shown
    assert "Ours: all of it." in handed.built.page("principles/shared-ownership/")
    assert "practices/tea-first/index.html" in handed.built.site


def test_a_new_space_and_its_practice_are_there_in_french(handed: Handed) -> None:
    assert "dehors, l’été" in handed.built.page("spaces/latelier-dete/")
    assert "l’autre écoute" in handed.built.page("practices/marche-a-deux/")


def test_a_healing_circle_that_says_nothing_is_shown_to_nobody(handed: Handed) -> None:
    assert "Evening circle" in handed.files["spaces/evening-circle/space.md"]
    assert not any(b"Evening circle" in data for data in handed.built.site.values())


def test_a_healing_circle_is_told_what_holds_and_is_not_offered_a_public_way(
    page: Page, english: Site
) -> None:
    healing(page, english)
    assert page.locator("[data-way=pull] [data-when=private]").is_visible()
    assert page.locator(f"[data-way=pull] a[href^='{REPOSITORY}/new']").count() == 0
    go(page, "consent")
    assert page.locator(".pl-defaults[data-for=healing]").is_visible()
    assert not page.locator(".pl-defaults[data-for=usual]").is_visible()


def test_the_preview_shows_what_a_reader_will_see(page: Page, english: Site) -> None:
    thorough(page, english)
    preview = page.locator(".pl-look")
    assert preview.locator(".pl-quote").count() == 2
    assert "talking piece" in preview.inner_text().casefold()
    assert "Only for members." not in preview.inner_text()


def test_a_pull_request_leaves_out_what_is_not_for_everyone(page: Page, english: Site) -> None:
    thorough(page, english)
    link = page.locator("[data-when=open] [data-open]")
    (text,) = parse_qs(urlsplit(link.get_attribute("href") or "").query)["value"]
    assert [quote in text for quote, *_ in QUOTES] == [True, True, False, False, False]
    assert text.count("Ana Ray") == 1
    assert page.locator("[data-when=open] [data-pruned]").is_visible()


# What it promises.


def fill_in(page: Page, *, words: str = "We met.") -> None:
    """Fill in a note that everyone may read."""
    page.select_option("#f-space", "hill")
    page.fill("#f-title", "Été & hiver: 100 % “d’accord”")
    page.fill("#f-date", "2026-10-14")
    go(page, "told")
    page.fill("#f-body", words)
    go(page, "consent")
    page.check("#f-consent-level-public")
    page.fill("#f-consent-given", "2026-10-20")


def test_the_prefilled_address_opens_with_the_exact_content(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    fill_in(page, words="A + B = C\n\n- [[check-in-round]] #1 & so on\n- \\ % 😀\n")
    place, text = download(page)
    address = urlsplit(page.locator("[data-when=open] [data-open]").get_attribute("href") or "")
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{REPOSITORY}/new/main"
    assert parse_qs(address.query, strict_parsing=True) == {"filename": [place], "value": [text]}


def test_an_e_mail_to_the_maintainers_holds_the_note(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    fill_in(page)
    _, text = download(page)
    address = urlsplit(page.locator("[data-mail]").get_attribute("href") or "")
    assert (address.scheme, address.path) == ("mailto", OPTIONS["contact"])
    body = parse_qs(address.query, strict_parsing=True)["body"][0]
    assert body.replace("\r\n", "\n").endswith(text)


def test_a_text_too_long_for_an_address_is_copied_instead(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    fill_in(page, words="A sentence of some length. " * 400)
    go(page, "review")
    long = page.locator("[data-way=pull] [data-when=long]")
    long.wait_for(state="visible")
    address = long.locator("[data-open]").get_attribute("href") or ""
    assert len(address) < 7500
    assert "value" not in parse_qs(urlsplit(address).query)
    assert long.locator("[data-upload]").get_attribute("href") == f"{REPOSITORY}/upload/main/spaces"
    assert page.locator("[data-long]").is_visible()


def test_a_reload_keeps_what_was_typed_and_forget_forgets_it(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    fill_in(page)
    go(page, "practices")
    choose(page, "practices", "Tea first")
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert page.locator("[data-key=practices] .pl-row [data-title]").inner_text() == "Tea first"
    go(page, "told")
    assert page.input_value("#f-body") == "We met."
    page.locator(".pl-bar [data-forget]").click()
    page.locator("dialog [data-yes]").click()
    assert page.input_value("#f-title") == ""
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('form'))") == []
    page.reload()
    page.wait_for_selector("[data-ready]")
    assert page.input_value("#f-title") == ""
    assert page.locator("[data-key=practices] .pl-row").count() == 0


def test_forgetting_can_still_be_thought_over(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    page.fill("#f-title", "Kept")
    page.locator(".pl-bar [data-forget]").click()
    page.keyboard.press("Escape")
    assert page.input_value("#f-title") == "Kept"
    assert page.evaluate(f"{FOCUSED}.matches('[data-forget]')")


def test_nothing_is_sent_and_no_network_is_needed_once_the_page_is_open(
    page: Page, context: BrowserContext, english: Site
) -> None:
    open_form(page, english, "harvest")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    context.set_offline(True)
    fill_in(page)
    place, text = download(page)
    assert place.startswith("spaces/hill/harvests/2026-10-14-")
    assert "We met." in text
    pictures = f"GET {english.start}assets/"
    assert [request for request in asked if not request.startswith((pictures, "GET blob:"))] == []


def test_without_scripts_the_page_shows_the_form_on_paper(browser: Browser, english: Site) -> None:
    with browser.new_context(java_script_enabled=False, viewport=WIDE) as context:
        page = context.new_page()
        page.goto(f"{english.start}contribute/harvest/")
        assert page.locator(".pl-without .pl-sheet").is_visible()
        assert page.locator(".pl-without a[href='../']").is_visible()
        assert not page.locator("form.pl-form").is_visible()


def test_what_is_missing_is_said_at_its_field_in_the_words_of_the_build(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    page.fill("#f-date", "14 October")
    go(page, "told")
    go(page, "gathering")
    error = page.locator("[data-key=date] .pl-field__error")
    assert "'14 October' is not a date that 'Date of the gathering' can use" in error.inner_text()
    assert page.get_attribute("#f-date", "aria-invalid") == "true"
    assert (error.get_attribute("id") or "-") in (page.get_attribute("#f-date", "aria-describedby") or "")
    page.locator(".pl-errors a", has_text="Title").click()
    expect(page.locator("#f-title")).to_be_focused()
    go(page, "review")
    left = page.locator(".pl-left").inner_text()
    assert "'Title' is missing; please fill it in" in left
    assert "choose who may see it, and fill in the day they said yes" in left
    assert not page.locator(".pl-ways").is_visible()


def test_a_private_repository_is_offered_everything(page: Page, english: Site) -> None:
    def private(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace('"public":true', '"public":false'))

    page.route("**/contribute/harvest/", private)
    open_form(page, english, "harvest")
    page.select_option("#f-space", "hill")
    page.fill("#f-title", "Ours")
    page.fill("#f-date", "2026-10-14")
    go(page, "review")
    assert page.locator("[data-when=open] [data-open]").is_visible()


def test_a_note_is_filled_in_by_keyboard_alone(page: Page, english: Site) -> None:
    open_form(page, english, "harvest")
    page.focus("#f-space")
    page.keyboard.type("Hill")
    page.keyboard.press("Tab")
    page.keyboard.type("By hand")
    page.keyboard.press("Tab")
    page.keyboard.type("2026-10-14")
    press_until(page, "#pl-step-gathering [data-next]")
    page.keyboard.press("Enter")
    expect(page.locator("#pl-step-told h2")).to_be_focused()
    press_until(page, "#f-body")
    page.keyboard.type("We met.")
    press_until(page, "#pl-step-told [data-next]")
    page.keyboard.press("Enter")
    press_until(page, "#f-practices-find")
    page.keyboard.type("tal")
    page.keyboard.press("ArrowDown")
    assert page.locator("#f-practices-found [aria-selected=true]").inner_text() == "Talking piece"
    page.keyboard.press("Enter")
    assert page.locator("[data-key=practices] [data-title]").inner_text() == "Talking piece"
    page.keyboard.press("ArrowDown")
    assert page.locator("[data-key=relation] input[value=adapted]").is_checked()
    for step in ("practices", "learned", "reflections", "quotes", "consent"):
        press_until(page, f"#pl-step-{step} [data-next]")
        page.keyboard.press("Enter")
    press_until(page, "[data-download]")
    with page.expect_download() as found:
        page.keyboard.press("Enter")
    text = Path(found.value.path()).read_text(encoding="utf-8")
    assert (
        "title: By hand\ndate: 2026-10-14\npractices:\n  - id: talking-piece\n    relation: adapted\n" in text
    )


def press_until(page: Page, matches: str, *, most: int = 60) -> None:
    """Press Tab until what has the focus matches a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"{FOCUSED}.matches({matches!r})"):
            return
    pytest.fail(f"the keyboard does not reach {matches}")


# Every form, as it is looked at.


def fill_a_row_of_each(page: Page) -> None:
    """Open everything that a form can show: a row in each list, all steps at once."""
    page.click("[data-all]")
    for button in page.locator(".pl-add:visible").all():
        button.click()
    for field in page.locator(".pl-found [role=combobox]:visible").all():
        field.fill("Something new")
        field.press("Enter")
    page.locator(".pl-file summary").click()


@pytest.mark.parametrize(
    ("kind", "language"), [("harvest", "english"), *((kind, "french") for kind in KINDS)]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    page: Page, request: pytest.FixtureRequest, kind: str, language: str
) -> None:
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    open_form(page, request.getfixturevalue(language), kind)
    page.evaluate(AXE)
    fill_a_row_of_each(page)
    found = {}
    for scheme, size in (("light", WIDE), ("dark", NARROW)):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.wait_for_function(IN_SCHEME, arg="slate" if scheme == "dark" else "default")
        page.set_viewport_size(size)
        found[scheme] = page.evaluate(VIOLATIONS)
    assert found == {"light": [], "dark": []}
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert complaints == []


@pytest.mark.parametrize("form", ["A4", "Letter"])
def test_the_paper_form_prints_on_few_pages(browser: Browser, english: Site, form: str) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{english.start}contribute/paper/")
        assert page.locator(".pl-aloud").count() == len(KINDS)
        printed = page.pdf(format=form)
    pages = printed.count(b"/Type /Page\n") or printed.count(b"/Type /Page ")
    assert 6 <= pages <= 24
