"""The form asks for everything that an entry may say: a key that the schema gains fails here until it does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

import pytest
from tests.pages import read_page
from tests.sites import own_site

from practice_library.catalogue import catalogue_of
from practice_library.declarations import Field
from practice_library.form import BODY, KINDS, LEFT_OUT, PLACE, SAID_OTHERWISE, STEPS, field_of
from practice_library.model import Kind
from practice_library.phrases import nested_fields
from practice_library.schema import DECLARATIONS
from practice_library.vocabulary import LANGUAGES

SEALS: Final = {"wording"}
"""Keys of consent that stewards have written for them."""
WENT: Final = {"relation", "note"}
"""Keys of a practice that only a gathering has: how it went there."""
NEEDED: Final = {
    Kind.SPACE: {"title", "kind", "summary"},
    Kind.HARVEST: {"title", "kind", "summary"},
    Kind.PRACTICE: set(),
}
"""Keys without which nobody can bring in a practice or an output."""
QUOTED: Final = SEALS | {"share", "until"}
"""Keys of consent that mean nothing for a quote alone, or are left to its note."""


def asked(kind: Kind) -> list[str]:
    """Give the keys that a form asks for, step by step."""
    return [key for step in STEPS[kind] for key in step.keys]


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_asks_once_for_every_key_but_those_that_nobody_begins_with(kind: Kind) -> None:
    place = {PLACE} - ({PLACE} if kind is Kind.SPACE else set())
    declared = {field.key for field in DECLARATIONS[kind]} - LEFT_OUT
    assert sorted(asked(kind)) == sorted(declared | place | {BODY})


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_left_out_is_in_the_schema_and_never_needed(kind: Kind) -> None:
    fields = {field.key: field for field in DECLARATIONS[kind]}
    assert fields.keys() >= LEFT_OUT
    assert not any(fields[key].required for key in LEFT_OUT)


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> dict[Kind, Element]:
    """Give the form of each kind as it stands on its page."""
    built = own_site("english", tmp_path_factory)
    assert built.code == 0, built.output
    pages = {kind: f"contribute/{kind.value}/index.html" for kind in KINDS}
    read = {kind: read_page(name, built.site[name]) for kind, name in pages.items()}
    return {
        kind: next(form for form in page.root.iter("form") if form.get("class") == "pl-form")
        for kind, page in read.items()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_within_a_value_too_every_key_is_on_the_page(forms: dict[Kind, Element], kind: Kind) -> None:
    questions = {found.get("data-key", ""): found for step in forms[kind].iter("section") for found in step}
    for key in asked(kind):
        inner = () if key in {BODY, PLACE} else nested_fields(field_of(kind, key).reader)
        assert _within(questions[key]) >= set(_expected(kind, inner)), key


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_first_mention_needs_is_marked_so(forms: dict[Kind, Element], kind: Kind) -> None:
    new = [part for part in forms[kind].iter("div") if part.get("class") == "pl-if-new"]
    assert all(any(found.get("aria-required") == "true" for found in part.iter()) for part in new)
    assert all(any(found.get("class") == "pl-required" for found in part.iter()) for part in new)
    assert {key for part in new for key in _within(part)} == NEEDED[kind]


def _within(shown: Element) -> set[str]:
    return {found.attrib["data-key"] for found in shown.iter() if "data-key" in found.attrib}


def _expected(kind: Kind, inner: tuple[Field, ...]) -> Iterator[str]:
    """Give the keys that have to be asked for within a value, and within those."""
    away = SEALS | (WENT if kind is not Kind.HARVEST else set())
    for field in inner:
        if field.key not in away:
            yield field.key
        yield from (each.key for each in nested_fields(field.reader) if each.key not in QUOTED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_form_says_of_a_mistake_begins_as_the_build_says_it(language: str) -> None:
    messages = catalogue_of(language).messages
    for code in SAID_OTHERWISE:
        found, remedy = messages[f"form.diagnostic.{code}"].split("; ", 1)
        assert messages[f"diagnostic.{code}"].split("; ", 1)[0] == found, code
        assert ":" not in remedy, code
