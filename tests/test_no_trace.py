"""Nothing held leaves a trace: generated libraries are built with a held thing and without, and compared."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import jinja2
import pytest
from hypothesis import HealthCheck, Phase, given, settings, strategies as st
from jinja2.bccache import Bucket
from tests import figures
from tests.generated import ALL_HELD, CANARY, ENDED, Trial, trials
from tests.golden import CASES, TODAY, Case, File, Outcome, build_case

from practice_library.diagnostics import Severity, format_diagnostic
from practice_library.pages import Plan

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


class _Compiled(jinja2.BytecodeCache):
    """Keeps compiled templates, so that hundreds of libraries are rendered in a minute."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


COMPILED: Final = _Compiled()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Everything that comes of a library, as far as it is published or told."""

    plan: Plan
    pages: Mapping[str, str]
    pictures: Mapping[str, bytes]
    told: tuple[tuple[str, str], ...]
    """Severity and words of every complaint but for the count."""
    ended: tuple[tuple[str, int], ...]
    """Where each complaint is, the count apart."""


def shown(files: Mapping[str, File], trial: Trial) -> Shown:
    """Build a library, and give what comes of it."""
    options = {"audience": trial.audience, "language": trial.language, "source": "public"}
    case = Case(path=CASES, claim="", given=files, options=options, expected={})
    with tempfile.TemporaryDirectory() as folder:
        made = build_case(case, Path(folder))
    complaints = [found for found in made.report.sorted() if found.code != COUNT]
    return Shown(
        plan=made.plan,
        pages=rendered(made),
        pictures={picture.name: picture.data for picture in made.pictures.values()},
        told=tuple((made.report.severity(c).value, format_diagnostic(c, made.words)) for c in complaints),
        ended=tuple((c.path, c.line) for c in complaints),
    )


def rendered(made: Outcome) -> dict[str, str]:
    """Give the HTML and the text of every page."""
    made.renderer._environment.bytecode_cache = COMPILED
    found = {page.source: made.renderer.render(page) for page in made.plan.pages}
    return {
        source: "\n".join([page.head, page.html, *(f"{slot}: {text}" for slot, text in page.fragments)])
        for source, page in found.items()
    }


def text_of(found: Shown) -> str:
    """Give every name and every word that is published."""
    redirects = [f"{redirect.source} {redirect.target}" for redirect in found.plan.redirects]
    pictures = [data.decode("latin-1") for data in found.pictures.values()]
    words = [*found.pages, *found.pages.values(), *redirects, *found.pictures, *pictures]
    return "\n".join(words).casefold()


@pytest.mark.parametrize(("what", "how"), ALL_HELD)
def test_what_is_held_leaves_no_trace(what: str, how: str) -> None:
    @EACH
    @given(trials(what, how))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        held, bare = shown(trial.held, trial), shown(trial.bare, trial)
        assert held.told == ()
        assert held == bare
        assert CANARY not in text_of(held)

    tried()


@pytest.mark.parametrize(("what", "how"), [pair for pair in LINKED if pair[1] not in ENDED])
def test_a_link_to_what_is_held_is_a_link_to_what_never_was(what: str, how: str) -> None:
    @LINKED_EACH
    @given(trials(what, how, linked=True))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        assert shown(trial.held, trial) == shown(trial.bare, trial)

    tried()


@pytest.mark.parametrize(("what", "how"), [pair for pair in LINKED if pair[1] in ENDED])
def test_a_link_to_what_has_ended_is_plain_words_and_stops_nothing(what: str, how: str) -> None:
    @LINKED_EACH
    @given(trials(what, how, linked=True))
    def tried(trial: Trial) -> None:
        figures.add("no trace: libraries generated")
        held, bare = shown(trial.held, trial), shown(trial.bare, trial)
        assert [words for severity, words in held.told if severity == Severity.ERROR] == []
        assert (held.plan, held.pages, held.pictures) == (bare.plan, bare.pages, bare.pictures)
        assert held.ended == bare.ended

    tried()


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
