"""From words to ids."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from practice_library.slugs import MAX_ID, is_id, slug_of


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("Check-in round", "check-in-round"),
        ("  Check -- in  ", "check-in"),
        ("Tour d’été", "tour-dete"),
        ("Tour d'été", "tour-dete"),
        ("Don't ask, don't fix", "dont-ask-dont-fix"),
        ("Cœur à cœur", "coeur-a-coeur"),
        ("ÉCOUTER", "ecouter"),
        ("e\u0301te\u0301", "ete"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("L’nu’k", "lnuk"),
        ("Ⅷ rules", "viii-rules"),
        ("Room №5", "room-no5"),
        ("2021-04-14 First", "2021-04-14-first"),
        ("a_b.c/d", "a-b-c-d"),
        ("!!!", ""),
        ("円", ""),
        ("", ""),
    ],
)
def test_words_become_an_id_in_one_way(words: str, slug: str) -> None:
    assert slug_of(words) == slug


def test_a_long_title_is_cut_without_a_hyphen_at_its_end() -> None:
    assert slug_of("a" * (MAX_ID - 1) + " b") == "a" * (MAX_ID - 1)


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_a_slug_of_a_slug_is_itself(words: str) -> None:
    slug = slug_of(words)
    assert slug_of(slug) == slug


@given(st.text(max_size=120))
@settings(max_examples=200, deadline=None)
def test_capitals_make_no_difference_to_an_id(words: str) -> None:
    assert slug_of(words) == slug_of(words.casefold())


@pytest.mark.parametrize("text", ["a", "check-in-round", "2021-04-14-first", "a" * MAX_ID])
def test_small_letters_digits_and_single_hyphens_serve_as_an_id(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text",
    ["", "A", "-a", "a-", "a--b", "a_b", "a b", "a/b", "..", "é", "a\n", "\u0661", "a" * (MAX_ID + 1)],
)
def test_anything_else_serves_as_no_id(text: str) -> None:
    assert not is_id(text)


@pytest.mark.parametrize("text", ["con", "aux", "nul", "com1", "lpt9"])
def test_a_name_that_windows_keeps_serves_as_no_id(text: str) -> None:
    assert not is_id(text)


def test_the_name_of_the_pages_that_list_all_of_a_kind_serves_as_no_id() -> None:
    assert not is_id("index")
