"""The map: what is on it, where it is drawn, and that a reader can use it, with or without a script."""

from __future__ import annotations

import gzip
import math
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path
from types import FrameType
from typing import Any, Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize
from tests.golden import CASES, Case, Outcome, build_case
from tests.pages import read_page
from tests.served import chromium, served
from tests.sites import Built, own_site
from tests.small_library import LIBRARY

from practice_library.atlas import COMMON, Atlas, Cluster, Node, atlas_of
from practice_library.cartography import Chart, chart_of
from practice_library.flowers import APART, LABEL, LEADING, LETTER, Flower, inscribed, rings_of
from practice_library.lettering import lines_of, width_of
from practice_library.library import Ref
from practice_library.model import TYPES, Harvest, Space
from practice_library.parts import BOUNDS

SIZES: Final = (0, 1, 2, 9, 60, 500, 2000)
WORDS: Final = "round listening of story harbour neighbours’ map card for the first agreement étape".split()


def title(number: int, words: int) -> str:
    """Give a title that differs from number to number, of so many words."""
    return " ".join(WORDS[(number * 7 + place * 5) % len(WORDS)] for place in range(words)) + f" {number}"


@cache
def made_atlas(size: int) -> Atlas:
    """Make a map of about so many things; spaces differ in kind and in how much belongs to them."""
    principles = tuple(Node(ref=Ref(kind="principle", id=f"p{n}"), title=title(n, 3)) for n in range(8))
    clusters: list[Cluster] = []
    made = 0
    while made < size:
        number = len(clusters)
        count = min((number * 5) % 13 + 25 * (number % 17 == 3), size - made - 1)
        leaves = tuple(
            Node(
                ref=Ref(kind="practice" if n % 4 else "output", id=f"l{made}-{n}"),
                title=title(made + n, 1 + n % 5),
                level="growing" if n % 4 else "",
            )
            for n in range(count)
        )
        space = Node(ref=Ref(kind="space", id=f"s{number}"), title=title(number, 1 + number % 6))
        clusters.append(Cluster(type=TYPES[number % 4], space=space, leaves=leaves))
        made += count + 1
    clusters.sort(key=lambda cluster: TYPES.index(cluster.type))
    ties = {
        cluster.space.ref: (principles[n % 8].ref, principles[(n + 3) % 8].ref)
        for n, cluster in enumerate(clusters)
        if cluster.space
    }
    return Atlas(principles=principles, clusters=tuple(clusters), ties=ties)


@cache
def made_chart(size: int) -> Chart:
    return chart_of(made_atlas(size), "Held in common")


def flowers_of(chart: Chart) -> list[Flower]:
    return [flower for region in chart.regions for flower in region.flowers]


# Where things are drawn.


@pytest.mark.parametrize("size", SIZES)
def test_everything_is_drawn_once_and_nothing_else(size: int) -> None:
    chart = made_chart(size)
    drawn = [pill.node.ref for pill in chart.pills]
    for flower in flowers_of(chart):
        assert flower.cluster.space is not None
        drawn += [flower.cluster.space.ref, *(leaf.node.ref for leaf in flower.leaves)]
    assert sorted(drawn) == sorted(node.ref for node in made_atlas(size).nodes)


@pytest.mark.parametrize("size", SIZES)
def test_no_two_flowers_touch(size: int) -> None:
    ordered = sorted(flowers_of(made_chart(size)), key=lambda f: f.x - f.radius)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.x - other.radius > one.x + one.radius:
                break
            assert math.dist((one.x, one.y), (other.x, other.y)) >= one.radius + other.radius


@pytest.mark.parametrize("size", SIZES)
def test_no_two_labels_of_a_flower_overlap_and_none_lies_on_its_heart(size: int) -> None:
    for flower in flowers_of(made_chart(size)):
        places = [(leaf.x, leaf.y) for leaf in flower.leaves]
        for (x, y), (ox, oy) in combinations(places, 2):
            assert abs(x - ox) >= LABEL[0] or abs(y - oy) >= LABEL[1]
        assert all(math.hypot(x, y) >= flower.heart + LABEL[1] for x, y in places)


@pytest.mark.parametrize("size", SIZES)
def test_every_label_keeps_to_its_room(size: int) -> None:
    for flower in flowers_of(made_chart(size)):
        for leaf in flower.leaves:
            assert 1 <= len(leaf.lines) <= 3
            assert max(width_of(line, LETTER) for line in leaf.lines) <= LABEL[0]
            assert math.hypot(leaf.x, leaf.y) < flower.radius


@pytest.mark.parametrize("size", SIZES)
def test_everything_lies_within_the_chart(size: int) -> None:
    chart = made_chart(size)
    for flower in flowers_of(chart):
        assert flower.radius <= flower.x <= chart.width - flower.radius
        assert flower.radius <= flower.y <= chart.height - flower.radius
    for pill in chart.pills:
        assert pill.width / 2 <= pill.x <= chart.width - pill.width / 2
        assert pill.height / 2 <= pill.y <= chart.height - pill.height / 2


@pytest.mark.parametrize("size", [size for size in SIZES if size > 1])
def test_principles_stand_apart_from_one_another_and_from_every_flower(size: int) -> None:
    chart = made_chart(size)
    for one, other in pairwise(sorted(chart.pills, key=lambda pill: pill.y)):
        assert one.y + one.height / 2 < other.y - other.height / 2
    left = min(pill.x - pill.width / 2 for pill in chart.pills)
    right = max(pill.x + pill.width / 2 for pill in chart.pills)
    assert all(f.x + f.radius < left or f.x - f.radius > right for f in flowers_of(chart))


@pytest.mark.parametrize("size", [60, 500])
def test_the_same_things_give_the_same_chart_whatever_the_order_of_the_ties(size: int) -> None:
    atlas = made_atlas(size)
    turned = replace(atlas, ties=dict(reversed(list(atlas.ties.items()))))
    assert chart_of(turned, "Held in common") == made_chart(size)


@pytest.mark.parametrize("count", [1, 2, 7, 8, 13, 14, 40, 333])
def test_rings_hold_just_what_belongs_to_a_space(count: int) -> None:
    rings = rings_of(count, 108)
    assert sum(held for _, held in rings) == count
    assert all(outer - inner >= APART for (inner, _), (outer, _) in pairwise(rings))


@pytest.mark.parametrize(
    "text", ["Oak", "Tidewater Lab", "Harbour Pathways partners’ table", "Youth-focused CoP"]
)
@pytest.mark.parametrize("radius", [54, 80, 200])
def test_a_name_is_written_within_its_disc(text: str, radius: int) -> None:
    letter, lines = inscribed(text, radius)
    assert " ".join(lines) == text
    tall = (len(lines) * LEADING - 0.3) * letter / 2
    wide = max(width_of(line, letter, bold=True) for line in lines) / 2
    assert math.hypot(tall, wide) <= radius


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Check-in round", ("Check-in round",)),
        ("A round of questions before lunch", ("A round of", "questions", "before lunch")),
        (
            "One two three four five six seven eight nine ten",
            ("One two three", "four five six", "seven eight…"),
        ),
        ("Incomprehensibilities", ("Incomprehensi", "bilities")),
        ("after-the-storm-again", ("after-the-storm-", "again")),
        ("", ("",)),
    ],
)
def test_lines_are_broken_where_a_reader_would(text: str, lines: tuple[str, ...]) -> None:
    assert lines_of(text, LABEL[0], LETTER, most=3) == lines


def calls_of(size: int) -> int:
    """Count the calls of functions that laying out a map takes."""
    atlas, calls = made_atlas(size), 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        chart_of(atlas, "Held in common")
    finally:
        sys.setprofile(before)
    return calls


def test_the_work_grows_with_the_number_of_things() -> None:
    chart_of(made_atlas(2000), "Held in common")
    assert calls_of(2000) <= 4 * 1.25 * calls_of(500)


# What is on it.


def library_of(folder: Path, **more: str) -> Outcome:
    """Build the small library, with more files or others in their place."""
    case = Case(path=CASES, claim="", given={**LIBRARY, **more}, options={"source": "private"}, expected={})
    return build_case(case, folder)


def map_of(made: Outcome) -> str:
    page = next(page for page in made.plan.pages if page.template == "map")
    return made.renderer.render(page).html


def atlas_in(made: Outcome) -> Atlas:
    return atlas_of(made.library, lambda _kind, target: target)


@pytest.fixture
def small(tmp_path: Path) -> Outcome:
    return library_of(tmp_path)


def test_every_space_practice_output_and_principle_is_on_the_map_and_nothing_else(small: Outcome) -> None:
    library = small.library
    assert sorted(node.ref for node in atlas_in(small).nodes) == sorted(
        Ref(kind=kind, id=key)
        for kind, found in (
            ("space", library.spaces),
            ("practice", library.practices),
            ("output", library.outputs),
            ("principle", library.vocabulary.section("principles")),
        )
        for key in found
    )


def expected_ties(made: Outcome) -> Iterator[tuple[Ref, Ref]]:
    """Go through what entries say of one another, as written in them."""
    library = made.library
    holders: list[Space | Harvest] = [*library.spaces.values(), *library.harvests.values()]
    for holder in holders:
        space = Ref(kind="space", id=holder.space or holder.id)
        yield from ((space, Ref(kind="principle", id=m.id)) for m in holder.principles)
        for mention in holder.practices:
            if getattr(mention.relation, "value", "") != "did-not-work":
                yield space, Ref(kind="practice", id=mention.id)
        yield from ((space, Ref(kind="output", id=m.id)) for m in holder.outputs)
    for practice in library.practices.values():
        for held in practice.entry.principles if practice.entry else ():
            yield Ref(kind="practice", id=practice.id), Ref(kind="principle", id=held.id)
    for output in library.outputs.values():
        for key in output.entry.practices if output.entry else ():
            yield Ref(kind="output", id=output.id), Ref(kind="practice", id=key)


def test_whatever_entries_say_of_one_another_is_on_the_map(small: Outcome) -> None:
    atlas = atlas_in(small)
    told = {frozenset((one, other)) for one, found in atlas.ties.items() for other in found}
    for cluster in atlas.clusters:
        told |= {frozenset((cluster.space.ref, leaf.ref)) for leaf in cluster.leaves if cluster.space}
    expected = {frozenset(tie) for tie in expected_ties(small)}
    assert len(expected) > 8
    assert expected - told == set()


def test_the_list_has_every_thing_and_every_tie_of_the_chart(small: Outcome) -> None:
    page = read_page("map/index.html", f"<!doctype html><article>{map_of(small)}</article>".encode())
    drawn, listed = (
        [
            link.attrib["href"]
            for link in part.iter()
            if link.tag.rpartition("}")[2] == "a" and link.attrib["href"][0] != "#"
        ]
        for part in (
            next(found for found in page.root.iter() if found.tag.endswith("svg")),
            next(found for found in page.root.iter("div") if found.attrib.get("class") == "pl-map__list"),
        )
    )
    assert sorted(drawn) == sorted(listed)
    ties = [link for link in page.links if link.anchor.startswith("n")]
    assert len(ties) == sum(map(len, atlas_in(small).ties.values()))
    assert {tie.anchor for tie in ties} <= set(page.ids)


def test_a_large_map_tells_ties_by_number_and_lists_what_leads_on(
    small: Outcome, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds = replace(BOUNDS, map=len(atlas_in(small).nodes) - 1)
    monkeypatch.setattr("practice_library.parts.BOUNDS", bounds)
    page = read_page("map/index.html", f"<!doctype html><article>{map_of(small)}</article>".encode())
    drawn = [link for link in page.root.iter() if "data-number" in link.attrib]
    atlas = atlas_in(small)
    assert sorted(int(link.attrib["data-number"]) for link in drawn) == sorted(atlas.numbers.values())
    told = {
        (int(link.attrib["data-number"]), int(other))
        for link in drawn
        for reason in ("data-with", "data-in", "data-holds")
        for other in link.attrib.get(reason, "").split()
    }
    expected = {(atlas.numbers[one], atlas.numbers[to]) for one, found in atlas.ties.items() for to in found}
    assert told == expected != set()
    shown = next(d for d in page.root.iter("div") if "pl-map__list" in d.attrib.get("class", ""))
    listed = {link.attrib["href"] for link in shown.iter("a")}
    assert {f"../spaces/{space}/" for space in small.library.spaces} <= listed
    assert {f"../principles/{p}/" for p in small.library.vocabulary.section("principles")} <= listed


def test_a_practice_of_no_space_is_held_in_common(tmp_path: Path) -> None:
    shelf = "---\ntitle: Left over\nsummary: Nobody’s.\nconsent: {level: public, given: 2021-04-20, by: group}\n---\n"
    made = library_of(tmp_path, **{"spaces/practices/left-over.md": shelf})
    last = atlas_in(made).clusters[-1]
    assert (last.type, last.space, [leaf.title for leaf in last.leaves]) == (COMMON, None, ["Left over"])


def test_what_is_held_changes_nothing_on_the_map(tmp_path: Path) -> None:
    entry = "---\ntitle: Whispered names\nsummary: Hidden.\nprinciples: [shared-ownership]\nconsent: {level: withheld}\n---\n"
    held = {"spaces/riverside/practices/whispered-names.md": entry}
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    with_it, without = library_of(tmp_path / "with", **held), library_of(tmp_path / "without")
    assert map_of(with_it) == map_of(without)


def test_an_empty_library_says_where_to_begin(tmp_path: Path) -> None:
    vocabulary = {"spaces/vocabulary.yml": LIBRARY["spaces/vocabulary.yml"]}
    made = build_case(Case(path=CASES, claim="", given=vocabulary, options={}, expected={}), tmp_path)
    assert "pl-begin" in map_of(made)
    assert "<svg" not in map_of(made)


# In a browser, on the repository's own site.

WIDE: Final = ViewportSize(width=1280, height=900)
NARROW: Final = ViewportSize(width=320, height=640)
BOX: Final = "document.querySelector('.pl-map__chart').getAttribute('viewBox').split(' ').map(Number)"
AXE: Final = Axe().axe_script
VIOLATIONS: Final = (
    "axe.run({resultTypes: ['violations']}).then(({violations}) => violations.map(({id}) => id))"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return own_site("english", tmp_path_factory)


@pytest.fixture(scope="module")
def start(site: Built) -> Iterator[str]:
    with served(site.project / "site") as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Browser, start: str) -> Iterator[Page]:
    """Open the map in a wide window."""
    with browser.new_context(viewport=WIDE, reduced_motion="reduce", service_workers="block") as context:
        context.set_default_timeout(90_000)
        opened = context.new_page()
        opened.goto(f"{start}map/")
        opened.wait_for_selector(".pl-map--live")
        yield opened


def width_shown(page: Page) -> float:
    return float(page.evaluate(BOX)[2])


@pytest.mark.browser
def test_buttons_and_keys_bring_nearer_and_show_the_whole_again(page: Page) -> None:
    whole = width_shown(page)
    page.locator("[data-pl-map=in]").click()
    nearer = width_shown(page)
    page.locator("#pl-map").focus()
    page.keyboard.press("+")
    assert whole > nearer > width_shown(page)
    page.keyboard.press("0")
    assert width_shown(page) == whole
    page.keyboard.press("+")
    page.keyboard.press("-")
    assert width_shown(page) == pytest.approx(whole, rel=0.01)


@pytest.mark.browser
def test_the_wheel_scrolls_the_page_and_with_control_brings_nearer(page: Page) -> None:
    whole = width_shown(page)
    page.locator(".pl-map__frame").hover()
    page.mouse.wheel(0, 200)
    page.wait_for_function("scrollY > 0")
    assert width_shown(page) == whole
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.wait_for_function(f"{BOX}[2] < {whole} * .9")
    page.keyboard.up("Control")


@pytest.mark.browser
def test_dragging_moves_the_map_and_opens_nothing(page: Page) -> None:
    page.locator("[data-pl-map=in]").click()
    before, address = page.evaluate(BOX), page.url
    page.locator(".pl-map__pills a").nth(3).hover()
    page.mouse.down()
    page.mouse.move(500, 400, steps=4)
    page.mouse.up()
    assert page.evaluate(BOX)[:2] != before[:2]
    assert page.url == address


@pytest.mark.browser
def test_two_fingers_bring_nearer(page: Page) -> None:
    whole = width_shown(page)
    pinch = """([type, id, x]) => document.querySelector('.pl-map__frame').dispatchEvent(new PointerEvent(type,
        {pointerId: id, pointerType: 'touch', clientX: x, clientY: 500, bubbles: true}))"""
    steps: list[Any] = [
        ["pointerdown", 7, 600], ["pointerdown", 8, 700], ["pointermove", 8, 800],
        ["pointermove", 7, 500], ["pointerup", 7, 500], ["pointerup", 8, 800],
    ]  # fmt: skip
    for step in steps:
        page.evaluate(pinch, step)
    assert width_shown(page) < whole * 0.6


@pytest.mark.browser
def test_a_click_leads_to_the_entry(page: Page) -> None:
    heart = page.locator("a.pl-map__heart").first
    target = heart.evaluate("link => new URL(link.getAttribute('href'), location).href")
    heart.click()
    page.wait_for_url(target)
    assert page.locator(".pl-page--space").count() == 1


@pytest.mark.browser
def test_the_map_is_one_stop_of_the_keyboard_and_arrows_go_about_in_it(page: Page) -> None:
    page.locator("[data-pl-map=whole]").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "pl-map"
    page.keyboard.press("ArrowRight")
    visited = []
    for key in ("ArrowLeft", "ArrowLeft", "ArrowUp", "ArrowRight", "ArrowDown"):
        visited.append(page.evaluate("document.activeElement.closest('svg a')?.getAttribute('href')"))
        page.keyboard.press(key)
    assert None not in visited
    assert len(set(visited)) > 3
    page.keyboard.press("Tab")
    assert page.evaluate("!document.activeElement.closest('.pl-map__frame')")


@pytest.mark.browser
def test_what_has_the_focus_is_in_view_with_what_hangs_together_with_it_and_enter_opens_it(
    page: Page,
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.locator("#pl-map").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    link = page.locator("svg a:focus")
    frame, box = page.locator(".pl-map__frame").bounding_box(), link.bounding_box()
    assert frame is not None
    assert box is not None
    assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
    assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
    assert page.locator(".pl-map__ties path").get_attribute("d")
    assert page.locator(".pl-map__about strong").is_visible()
    assert faults == []
    target = link.evaluate("link => new URL(link.getAttribute('href'), location).href")
    page.keyboard.press("Enter")
    page.wait_for_url(target)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_the_map_brought_near_and_something_held(
    browser: Browser,
    start: str,
    scheme: Any,  # noqa: ANN401 - playwright's own literal
) -> None:
    with browser.new_context(
        viewport=WIDE, reduced_motion="reduce", color_scheme=scheme, service_workers="block"
    ) as context:
        page = context.new_page()
        page.goto(f"{start}map/")
        page.locator("#pl-map").focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("+")
        page.evaluate(AXE)
        assert page.evaluate(VIOLATIONS) == []


@pytest.mark.browser
def test_on_a_phone_the_map_begins_readable_and_the_page_keeps_its_width(
    browser: Browser, start: str
) -> None:
    with browser.new_context(viewport=NARROW, has_touch=True) as context:
        page = context.new_page()
        page.goto(f"{start}map/")
        page.wait_for_selector(".pl-map--live")
        assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
        box = page.locator(".pl-map__pills text").nth(2).bounding_box()
        assert box is not None
        assert box["height"] >= 8
        buttons = page.locator(".pl-map__tools button")
        heights = buttons.evaluate_all("found => found.map((one) => one.offsetHeight)")
        assert len(heights) == 3
        assert min(heights) >= 24


@pytest.mark.browser
def test_without_a_script_the_map_scrolls_and_its_links_lead_on(browser: Browser, start: str) -> None:
    with browser.new_context(viewport=WIDE, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{start}map/")
        frame = page.locator(".pl-map__frame")
        frame.hover()
        page.mouse.wheel(400, 0)
        heart = page.locator("a.pl-map__heart").first
        assert not page.locator(".pl-map__tools").is_visible()
        heart.click()
        page.wait_for_url("**/spaces/*/")


@pytest.mark.browser
def test_the_map_is_light(site: Built) -> None:
    assert len(gzip.compress(site.site["map/index.html"])) < 30_000
