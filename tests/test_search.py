"""The search in a browser: what it finds, in which order, and that every count is true."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from tests.searching import ask, index_of, opened, write_index
from tests.served import chromium
from tests.sites import ROOT, write_project
from tests.small_library import LIBRARY

from practice_library.facets import GROUPS, LONGER, TIMES

pytestmark = pytest.mark.browser

EXTRA = {
    "spaces/practices/retrospective.md": """\
---
title: Retrospective
summary: The group looks back on what went well and on what did not.
time: 30 minutes
group_size: 3-12
consent: {level: public, given: 2021-04-20, by: group}
---

Ask what to keep, what to drop and what to try.
""",
    "spaces/practices/parking-lot.md": """\
---
title: Parking lot
summary: A sheet for what is off topic.
content_note: It tells of a quarrel.
consent: {level: public, given: 2021-04-20, by: group}
---

A Mi’kmaw elder asked for it. The retrospective afterwards was short.
""",
    "spaces/practices/tour-de-guerison.md": """\
---
title: Cercle de guérison
summary: On s’écoute, sans hâte.
language: fr
consent: {level: public, given: 2021-04-20, by: group}
---

L’équipe apporte une pierre.
""",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="module")
def small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the small library's search, with some practices to find."""
    root = tmp_path_factory.mktemp("search")
    write_index(root / "site", index_of(write_project(root / "project", {**LIBRARY, **EXTRA})))
    with opened(root / "site", browser) as page:
        yield page


@pytest.fixture(scope="module")
def whole(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Give the search of the repository's own library."""
    site = tmp_path_factory.mktemp("whole") / "site"
    write_index(site, index_of(ROOT))
    with opened(site, browser) as page:
        yield page


def find(page: Page, text: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what a question may say
    return ask(page, [{"text": text, **more}])[0]


def titles(answer: dict[str, Any]) -> list[str]:
    return [result["title"] for result in answer["results"]]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("retrospctive", "Retrospective"),
        ("retrospectives", "Retrospective"),
        ("what went well", "Retrospective"),
        ("how do I look back on what went well?", "Retrospective"),
        ("lessons learned", "Retrospective"),
        ("parkinglot", "Parking lot"),
        ("Mi'kmaw", "Parking lot"),
        ("Mi\u2019kmaw", "Parking lot"),
        ("mi\u02bckmaw elder", "Parking lot"),
        ("guerison", "Cercle de guérison"),
        ("Guérisons", "Cercle de guérison"),
        ("l'equipe", "Cercle de guérison"),
        ("CoP", "Community of practice"),
        ("check in", "Check-in round"),
        ("checkin", "Check-in round"),
        ("check-in round", "Check-in round"),
    ],
)
def test_what_was_meant_comes_first(small: Page, typed: str, first: str) -> None:
    assert titles(find(small, typed))[0] == first


def test_an_exact_word_is_never_beaten_by_one_that_is_near(small: Page) -> None:
    answer = find(small, "trees")
    assert titles(answer)[0] == "Under the trees"
    assert answer["corrected"] == []


def test_a_slip_of_the_pen_is_told(small: Page) -> None:
    assert find(small, "retrospctive")["corrected"] == [{"from": "retrospctive", "to": "retrospective"}]


def test_a_slip_of_a_name_that_only_the_thesaurus_knows_finds_its_other_names(small: Page) -> None:
    answer = find(small, "debreifs")
    assert titles(answer)[0] == "Retrospective"
    assert answer["corrected"] == [{"from": "debreifs", "to": "debrief"}]


def test_the_last_word_may_be_unfinished_while_typing(small: Page) -> None:
    assert titles(find(small, "retrosp", typing=True))[0] == "Retrospective"


def test_a_result_shows_why_it_matches_and_its_content_note(small: Page) -> None:
    result = find(small, "elder")["results"][0]
    assert [piece["text"] for piece in result["passage"] if piece["marked"]] == ["elder"]
    assert result["note"] == "It tells of a quarrel."
    assert "".join(piece["text"] for piece in result["passage"]).startswith("A Mi’kmaw elder")


def test_nothing_found_offers_near_words_each_of_which_finds(small: Page) -> None:
    answer = find(small, "riverxxsd qqqqqq")
    assert answer["total"] == 0
    near = find(small, "retrxspxctxve")["near"]
    assert "retrospective" in near
    assert all(find(small, word)["total"] for word in near)


def test_nothing_found_says_which_filter_to_loosen(small: Page) -> None:
    answer = find(small, "retrospective", filters={"kind": ["role"], "year": ["2021"]})
    assert answer["total"] == 0
    without = find(small, "retrospective", filters={"year": ["2021"]})["total"]
    told = {offer["facet"]: offer["total"] for offer in answer["loosen"]}
    assert told == ({"kind": without} if without else {None: find(small, "retrospective")["total"]})


@pytest.mark.parametrize("odd", ["", "   ", "the of and", "((", "\u200b", "a" * 3000, "💥", "%$#", "-", "'"])
def test_odd_queries_are_answered(small: Page, odd: str) -> None:
    answer = find(small, odd, typing=True)
    assert answer["total"] >= len(answer["results"]) >= 0
    assert answer["total"] > 0 or answer["near"] == []


def test_without_a_query_everything_is_there_the_best_proven_first(small: Page) -> None:
    answer = find(small, "")
    assert answer["total"] == small.evaluate("engine.total")
    assert answer["results"][0]["kind"] == "practice"


def test_pages_of_results_are_the_whole_each_once(whole: Page) -> None:
    seen: list[str] = []
    total = find(whole, "meeting")["total"]
    while len(seen) < total:
        page = find(whole, "meeting", first=len(seen))["results"]
        assert page
        seen += [f"{result['kind']}:{result['id']}" for result in page]
    assert len(seen) == len(set(seen)) == total > 20


CHOICES: list[dict[str, list[str]]] = [
    {},
    {"kind": ["practice"]},
    {"kind": ["practice", "harvest"]},
    {"type": ["community-of-learning"], "kind": ["harvest"]},
    {"time": ["1-hour"], "group": ["6-12"]},
    {"year": ["2021", "2023"], "maturity": ["emerging"]},
]


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("typed", ["", "how do we welcome people", "trust"])
def test_every_count_is_the_number_of_results_that_a_click_gives(
    whole: Page, typed: str, chosen: dict[str, list[str]]
) -> None:
    answer = find(whole, typed, filters=chosen, count=0)
    clicks, expected = [], []
    for facet, counts in answer["counts"].items():
        for value, count in counts.items():
            own = chosen.get(facet, [])
            if value not in own:
                clicks.append({"text": typed, "filters": {**chosen, facet: [*own, value]}, "count": 0})
                expected.append(count)
    assert [after["total"] for after in ask(whole, clicks)] == expected
    assert len(clicks) > 60


def test_a_chosen_value_counts_the_results_that_carry_it(whole: Page) -> None:
    both = find(whole, "", filters={"kind": ["practice", "space"]}, count=0)
    alone = [find(whole, "", filters={"kind": [kind]}, count=0)["total"] for kind in ("practice", "space")]
    assert [both["counts"]["kind"][kind] for kind in ("practice", "space")] == alone
    assert both["total"] == sum(alone)


def test_a_value_that_nothing_has_gives_nothing(whole: Page) -> None:
    assert find(whole, "", filters={"kind": ["unheard-of"]})["total"] == 0
    assert find(whole, "", filters={"unheard-of": ["x"]})["total"] == whole.evaluate("engine.total")


def test_once_fetched_it_needs_no_network(whole: Page) -> None:
    assert whole.evaluate("engine.small")
    whole.evaluate("engine.fetchAll()")
    whole.context.set_offline(True)
    try:
        assert find(whole, "retrospctive circle of trust")["total"]
    finally:
        whole.context.set_offline(False)


@pytest.mark.parametrize(
    ("text", "time", "group"),
    [
        ("Thursday, twelve people, one hour", "1-hour", "6-12"),
        ("12 people 30 minutes", "30-minutes", "6-12"),
        ("jeudi, douze personnes, une heure", "1-hour", "6-12"),
        ("6 personnes et une demi-heure", "30-minutes", "6-12"),
        ("five people, half an hour", "30-minutes", "3-5"),
        ("3 participants 15 min", "15-minutes", "3-5"),
    ],
)
def test_what_fits_the_time_and_the_group_comes_first(whole: Page, text: str, time: str, group: str) -> None:
    fitting = find(whole, "", filters={"time": [time], "group": [group]}, count=500)["results"]
    found = find(whole, text, count=500)["results"]
    first = {(result["kind"], result["id"]) for result in found[: len(fitting)]}
    assert len(found) >= len(fitting) > 1
    assert first == {(result["kind"], result["id"]) for result in fitting}


FITTING = """async ([asked, times, groups]) => {
    const { fitting } = await import("./assets/pl/search/fits.js");
    const facets = [{ id: "time", ids: times }, { id: "group", ids: groups }];
    return asked.map((text) => fitting(text, facets).map(({ value }) => value)[0] ?? "");
}"""


def test_every_value_of_time_and_group_is_what_its_bounds_are_read_as(small: Page) -> None:
    times = {f"{most} minutes": value for value, most in TIMES.items()}
    groups = {f"{low} people": value for value, (low, _) in GROUPS.items() if low > 2}
    groups |= {f"{high} people": value for value, (low, high) in GROUPS.items() if low > 2 and high < 999}
    asked = {**times, **groups, "20 minutes": "30-minutes", "half a day": "half-day", "900 people": "26"}
    read = small.evaluate(FITTING, [[*asked], [*TIMES, LONGER], [*GROUPS]])
    assert dict(zip(asked, read, strict=True)) == asked


def test_where_nothing_fits_no_other_value_is_taken(small: Page) -> None:
    asked = ["one hour", "300 minutes", "12 people", "two people"]
    assert small.evaluate(FITTING, [asked, ["2-hours", LONGER], ["2", "3-5", "26"]]) == ["", "", "", ""]
