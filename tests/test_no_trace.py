"""Nothing held leaves a trace: generated libraries are built with a held thing and without, and compared.

All pages of the library that has the thing are rendered, with the report and what the gate held out of reach.
What is left for a page to tell of is the same in the other library, to the last field and in the same order; so
its pages can but be the same. One library of each thing in each way is rendered on both sides to see that it is.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from pathlib import Path
from typing import Any, Final, NoReturn

import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from tests import figures
from tests.compiled import COMPILED
from tests.generated import ALL_HELD, CANARY, ENDED, Trial, trials
from tests.golden import CASES, TODAY, Case, File, Outcome, build_case

from practice_library.diagnostics import Severity, format_diagnostic
from practice_library.pages import Page, Plan
from practice_library.render import Renderer

LINKED: Final = tuple(
    (what, how)
    for what, how in ALL_HELD
    if what != "quote" and (what != "picture" or how == "within-a-held-space")
)
"""What something else can link to, or show."""
COUNT: Final = "held-in-public-source"
EACH: Final = settings(
    max_examples=3, phases=[Phase.generate], suppress_health_check=list(HealthCheck), print_blob=False
)
"""A few libraries for each thing in each way: several hundred in all. One that fails is told as it is."""
LINKED_EACH: Final = settings(EACH, max_examples=2)
Held = tuple[str, str]


class _AskedError(AssertionError):
    """A page asked for what was out of its reach."""


class _OutOfReach:
    """Stands for what a page may not ask anything of."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise _AskedError(name)

    def __bool__(self) -> NoReturn:
        raise _AskedError

    def __iter__(self) -> NoReturn:
        raise _AskedError


NOTHING: Final[Any] = _OutOfReach()


def text_with(renderer: Renderer, page: Page) -> str:
    """Give all that stands on a page."""
    found = renderer.render(page)
    return "\n".join([found.head, found.html, *(f"{slot}: {text}" for slot, text in found.fragments)])


APART: Final[dict[str, str]] = {}
"""The texts of pages that ask nothing of a library, by the page as it is planned and the options of its build."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Everything that comes of a library, as far as it is published or told."""

    plan: Plan
    seen: str
    """All that a page can tell of, in its order: the library, and the pictures by their files."""
    pictures: Mapping[str, bytes]
    told: tuple[tuple[str, str], ...]
    """Severity and words of every complaint but for the count."""
    ended: tuple[tuple[str, int], ...]
    """Where each complaint is, the count apart."""
    made: Outcome = field(compare=False, repr=False)
    """The build, with the report and what the gate held out of reach."""

    @cached_property
    def pages(self) -> dict[str, str]:
        """Give the HTML and the text of every page."""
        renderer = Renderer(self.made, compiled=COMPILED)
        return {page.source: self._apart(page) or text_with(renderer, page) for page in self.plan.pages}

    def _apart(self, page: Page) -> str:
        """Give the text of a page that can be rendered without any library; empty for one that cannot."""
        key = repr((page, self.made.options))
        if key not in APART:
            apart = replace(self.made, library=NOTHING, pictures=NOTHING)
            try:
                APART[key] = text_with(Renderer(apart, compiled=COMPILED), page)
            except _AskedError:
                APART[key] = ""
        return APART[key]


def shown(files: Mapping[str, File], trial: Trial) -> Shown:
    """Build a library, and give what comes of it."""
    options = {"audience": trial.audience, "language": trial.language, "source": "public"}
    case = Case(path=CASES, claim="", given=files, options=options, expected={})
    with tempfile.TemporaryDirectory() as folder:
        made = build_case(case, Path(folder))
    complaints = [found for found in made.report.sorted() if found.code != COUNT]
    sizes = [(path, found.name, found.width, found.height) for path, found in made.pictures.items()]
    return Shown(
        plan=made.plan,
        seen=repr((made.library, sizes)),
        pictures={picture.name: picture.data for picture in made.pictures.values()},
        told=tuple((made.report.severity(c).value, format_diagnostic(c, made.words)) for c in complaints),
        ended=tuple((c.path, c.line) for c in complaints),
        made=replace(made, report=NOTHING, admission=NOTHING),
    )


def text_of(found: Shown) -> str:
    """Give every name and every word that is published."""
    redirects = [f"{redirect.source} {redirect.target}" for redirect in found.plan.redirects]
    pictures = [data.decode("latin-1") for data in found.pictures.values()]
    words = [*found.pages, *found.pages.values(), *redirects, *found.pictures, *pictures]
    return "\n".join(words).casefold()


def assert_same(held: Shown, bare: Shown, number: int) -> None:
    """Hold against each other what is published of the two libraries of a trial.

    Args:
        held: what comes of the library with the thing.
        bare: what comes of the one without it.
        number: of the trial; with the second, which is seldom the simplest, pages are rendered on both sides.
    """
    assert (held.plan, held.seen, held.pictures) == (bare.plan, bare.seen, bare.pictures)
    assert held.pages.keys() == {page.source for page in held.plan.pages}
    if number == 1:
        assert held.pages == bare.pages


@pytest.mark.parametrize(("what", "how"), ALL_HELD)
def test_what_is_held_leaves_no_trace(what: str, how: str) -> None:
    numbers = count()

    @EACH
    @given(trials(what, how))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        held, bare = shown(trial.held, trial), shown(trial.bare, trial)
        assert held.told == bare.told == ()
        assert_same(held, bare, next(numbers))
        assert CANARY not in text_of(held)

    tried()
    assert next(numbers) > 1


@pytest.mark.parametrize(("what", "how"), [pair for pair in LINKED if pair[1] not in ENDED])
def test_a_link_to_what_is_held_is_a_link_to_what_never_was(what: str, how: str) -> None:
    numbers = count()

    @LINKED_EACH
    @given(trials(what, how, linked=True))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        held, bare = shown(trial.held, trial), shown(trial.bare, trial)
        assert (held.told, held.ended) == (bare.told, bare.ended)
        assert_same(held, bare, next(numbers))

    tried()
    assert next(numbers) > 1


@pytest.mark.parametrize(("what", "how"), [pair for pair in LINKED if pair[1] in ENDED])
def test_a_link_to_what_has_ended_is_plain_words_and_stops_nothing(what: str, how: str) -> None:
    numbers = count()

    @LINKED_EACH
    @given(trials(what, how, linked=True))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        held, bare = shown(trial.held, trial), shown(trial.bare, trial)
        assert [words for severity, words in held.told if severity == Severity.ERROR] == []
        assert held.ended == bare.ended
        assert_same(held, bare, next(numbers))

    tried()
    assert next(numbers) > 1


def test_every_trial_holds_its_thing() -> None:
    """What a trial holds is in the one library and not in the other, or nothing is shown by it."""

    @settings(EACH, max_examples=60)
    @given(st.sampled_from(ALL_HELD).flatmap(lambda pair: trials(*pair)))
    def tried(trial: Trial) -> None:
        gone = {name for name, content in trial.held.items() if trial.bare.get(name) != content}
        assert gone
        assert trial.bare.keys() <= trial.held.keys()
        assert any(CANARY in name or CANARY in str(trial.held[name]) for name in gone)

    tried()


def test_consent_is_decided_as_of_a_day_that_a_trial_knows() -> None:
    assert str(TODAY) == "2026-11-24"
