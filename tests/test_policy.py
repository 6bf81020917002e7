"""The Content-Security-Policy: what its rules are, and that everything readers use works under it.

The rules are asked of `policy`; whether they get in anybody's way, of one page of each kind in a browser.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.pages import longest_of_each_kind, read_pages
from tests.served import chromium, served
from tests.sites import ROOT, Built, build, write_project
from tests.small_library import LIBRARY

from practice_library.policy import policy_of

WRITTEN: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
LISTEN: Final = """
window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.__violations.push(
  `${event.effectiveDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
BY_HAND: Final = "# By hand\n\n<script>window.byHand = 1</script>\n\nA page of the maintainers’.\n"


def rules_of(policy: str) -> dict[str, str]:
    """Give what a policy says, by directive."""
    return {name: rest for name, _, rest in (rule.strip().partition(" ") for rule in policy.split(";"))}


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_the_scripts_of_the_templates_may_run_by_their_digests() -> None:
    policy = policy_of(["<p>a</p><script>one()</script>", "<script>two()\n</script>"])
    assert rules_of(policy)["script-src"] == f"'self' {digest('one()')} {digest('two()' + chr(10))}"


def test_the_digest_is_of_the_bytes_that_a_browser_digests() -> None:
    assert digest("«été»") in policy_of(["<script>«été»</script>"])


def test_a_script_that_is_data_or_a_file_needs_no_digest() -> None:
    text = '<script id="__config" type="application/json">{}</script><script src="a.js"></script>'
    assert rules_of(policy_of([text]))["script-src"] == "'self'"


def test_only_files_of_the_site_may_run() -> None:
    assert rules_of(policy_of([]))["script-src"] == "'self'"


def test_what_is_not_named_is_forbidden() -> None:
    assert rules_of(policy_of([]))["default-src"] == "'none'"


def test_what_the_default_does_not_cover_is_forbidden_too() -> None:
    assert rules_of(policy_of([]))["base-uri"] == "'none'"


def test_a_form_may_only_lead_to_the_site_itself() -> None:
    assert rules_of(policy_of([]))["form-action"] == "'self'"


def test_nothing_is_allowed_that_would_undo_the_rest() -> None:
    policy = policy_of(["<script>one()</script>"])
    assert not re.search(r"unsafe-|strict-dynamic|\*|https?:|blob:", policy)


def test_only_pictures_may_stand_in_the_page_itself() -> None:
    assert [name for name, rest in rules_of(policy_of([])).items() if "data:" in rest] == ["img-src"]


# In sites.


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give a small site with one page of each kind, and one written by hand."""
    palette = [
        {
            "media": f"(prefers-color-scheme: {name})",
            "scheme": scheme,
            "toggle": {"icon": f"material/{icon}", "name": name},
        }
        for name, scheme, icon in (("light", "default", "weather-sunny"), ("dark", "slate", "weather-night"))
    ]
    theme = {"name": "material", "font": False, "palette": palette, "features": ["navigation.top"]}
    project = tmp_path_factory.mktemp("policy")
    done = build(write_project(project, {**LIBRARY, "docs/by-hand.md": BY_HAND}, theme=theme))
    assert done.code == 0, done.output
    return done


def kinds_of(built: Built) -> dict[str, str]:
    """Give the address of one page of each kind of ours: the longest."""
    found = {**longest_of_each_kind(built.site), "404": "404.html"}
    return {kind: address for kind, address in found.items() if kind}


def test_every_page_that_is_made_from_the_library_has_the_policy(built: Built) -> None:
    pages = {address: WRITTEN.search(built.page(address)) for address in kinds_of(built).values()}
    assert len(pages) > 20
    assert [address for address, found in pages.items() if not found] == []


def test_the_policy_of_a_page_comes_before_all_that_it_is_for(built: Built) -> None:
    late = []
    for address in kinds_of(built).values():
        text = built.page(address)
        policy = WRITTEN.search(text)
        assert policy is not None
        if re.search(r"<(?:script|link|style|img)\b", text[: policy.start()]):
            late.append(address)
    assert late == []


def test_a_page_holds_one_line_of_script_and_its_policy_names_it(built: Built) -> None:
    page = built.page("practices/check-in-round/")
    policy = WRITTEN.search(page)
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    assert policy is not None
    assert rules_of(policy[1])["script-src"] == f"'self' {digest(script)}"


def test_no_page_holds_what_the_policy_would_stop(built: Built) -> None:
    stopped = re.compile(
        r"<script(?!>try\{document\.body\.)(?![^>]*(?:\bsrc=|application/json))|<style|\sstyle=|\son[a-z]+=|javascript:"
    )
    found = {address: stopped.findall(built.page(address)) for address in kinds_of(built).values()}
    assert {address: what for address, what in found.items() if what} == {}


def test_a_page_written_by_hand_has_no_policy(built: Built) -> None:
    assert not WRITTEN.search(built.page("by-hand/"))


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "docs").glob("*.md")))
def test_pages_that_the_repository_has_by_hand_stay_without_a_policy(name: str) -> None:
    text = (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    assert "pl_kind" not in text


# In a browser.


@pytest.fixture(scope="module")
def context() -> Iterator[BrowserContext]:
    """Give a browser that notes what a policy stops."""
    with chromium() as browser, watched(browser) as found:
        yield found


def watched(browser: Browser) -> BrowserContext:
    found = browser.new_context(reduced_motion="reduce")
    found.add_init_script(LISTEN)
    return found


@pytest.fixture(scope="module")
def start(built: Built) -> Iterator[str]:
    """Give the URL of the site on a server."""
    with served(built.project / "site") as found:
        yield found


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give an empty page."""
    found = context.new_page()
    yield found
    found.close()


def violations(page: Page) -> list[Any]:
    found: list[Any] = page.evaluate("window.__violations")
    return found


@pytest.mark.browser
def test_no_page_of_any_kind_breaks_the_policy(page: Page, built: Built, start: str) -> None:
    broken = {}
    for kind, address in kinds_of(built).items():
        page.goto(f"{start}{address}", wait_until="networkidle" if kind == "home" else "load")
        broken[kind] = violations(page)
    assert {kind: found for kind, found in broken.items() if found} == {}


@pytest.mark.browser
def test_a_script_in_the_page_that_is_not_of_the_theme_is_stopped(page: Page, start: str) -> None:
    page.goto(f"{start}practices/check-in-round/")
    page.evaluate(
        "() => { const own = document.createElement('script');"
        " own.text = 'window.ran = 1'; document.body.append(own); }"
    )
    assert page.evaluate("window.ran === undefined")
    assert len(violations(page)) == 1


@pytest.mark.browser
def test_the_search_works_under_the_policy(page: Page, start: str) -> None:
    page.goto(f"{start}practices/check-in-round/")
    page.locator("#pl-search input").click()
    page.keyboard.type("talking")
    result = page.locator("#pl-search [role=option]", has_text="Talking piece").first
    result.wait_for(timeout=20_000)
    page.keyboard.press("Enter")
    page.wait_for_url("**/find/?q=talking")
    page.locator("#pl-finder-results a", has_text="Talking piece").first.wait_for(timeout=20_000)
    assert violations(page) == []


@pytest.mark.browser
def test_light_and_dark_change_places_under_the_policy(page: Page, start: str) -> None:
    page.emulate_media(color_scheme="light")
    page.goto(f"{start}practices/check-in-round/")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
    page.locator(".pl-colours").dblclick()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    assert violations(page) == []


@pytest.mark.browser
def test_a_term_is_explained_under_the_policy(page: Page, built: Built, start: str) -> None:
    address = next(
        found.address for found in read_pages(built.site) if "pl-term" in built.page(found.address)
    )
    page.goto(f"{start}{address}")
    page.locator(".pl-term").first.click()
    assert page.locator(".pl-tip:popover-open").count() == 1
    assert violations(page) == []


@pytest.mark.browser
def test_what_is_written_by_hand_may_run_its_own_script(page: Page, start: str) -> None:
    page.goto(f"{start}by-hand/")
    assert page.evaluate("window.byHand") == 1
    assert violations(page) == []
