"""How a language counts, dates, numbers and lists."""

from __future__ import annotations

from datetime import date

import pytest

from practice_library.catalogue import Catalogue, catalogue_of, placeholders
from practice_library.model import PartialDate

WORDS = {
    "greeting": "Hello {name}",
    "notes.one": "{count} note",
    "notes.other": "{count} notes",
    "none.none": "nothing",
    "none.one": "{count} thing",
    "none.other": "{count} things",
}


@pytest.mark.parametrize(
    ("language", "count", "sentence"),
    [
        ("en", 0, "0 notes"),
        ("en", 1, "1 note"),
        ("en", 2, "2 notes"),
        ("en", 1200, "1,200 notes"),
        ("fr", 0, "0 note"),
        ("fr", 1, "1 note"),
        ("fr", 2, "2 notes"),
        ("fr", 1200, "1\u00a0200 notes"),
        ("fr", 1_000_000, "1\u00a0000\u00a0000 notes"),
    ],
)
def test_a_count_takes_the_form_that_its_language_gives_it(language: str, count: int, sentence: str) -> None:
    assert Catalogue(language, WORDS).plural("notes", count) == sentence


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_has_words_of_its_own_where_there_are_any(language: str) -> None:
    assert Catalogue(language, WORDS).plural("none", 0) == "nothing"


@pytest.mark.parametrize(
    ("value", "english", "french"),
    [
        (date(2021, 4, 14), "April 14, 2021", "14 avril 2021"),
        (PartialDate(year=2021, month=4, day=14), "April 14, 2021", "14 avril 2021"),
        (PartialDate(year=2021, month=8), "August 2021", "août 2021"),
        (PartialDate(year=2021), "2021", "2021"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(
    value: date | PartialDate, english: str, french: str
) -> None:
    assert catalogue_of("en").day(value) == english
    assert catalogue_of("fr").day(value) == french


@pytest.mark.parametrize(
    ("items", "english", "french"),
    [
        ([], "", ""),
        (["a"], "a", "a"),
        (["a", "b"], "a and b", "a et b"),
        (["a", "b", "c"], "a, b and c", "a, b et c"),
    ],
)
def test_words_are_joined_as_the_language_does(items: list[str], english: str, french: str) -> None:
    assert catalogue_of("en").listing(items) == english
    assert catalogue_of("fr").listing(items) == french


@pytest.mark.parametrize(
    ("asked", "given"),
    [("en", "en"), ("fr", "fr"), ("fr-CA", "fr"), ("FR", "fr"), ("de", "en"), ("", "en")],
)
def test_a_language_that_the_library_does_not_speak_gives_english(asked: str, given: str) -> None:
    assert catalogue_of(asked).language == given


def test_a_placeholder_is_filled_with_the_value_as_it_is() -> None:
    assert Catalogue("en", WORDS).text("greeting", name="{name} %s") == "Hello {name} %s"


def test_a_sentence_that_wants_a_value_not_given_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        Catalogue("en", WORDS).text("greeting")


def test_a_key_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="farewell"):
        Catalogue("en", WORDS).text("farewell")


@pytest.mark.parametrize(
    ("message", "names"),
    [("Hello {name}", {"name"}), ("{a} {b} {a}", {"a", "b"}), ("{{x}}", set()), ("", set())],
)
def test_placeholders_are_found(message: str, names: set[str]) -> None:
    assert placeholders(message) == names
